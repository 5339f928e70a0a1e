/* SPDX-License-Identifier: Apache-2.0 */
/* Measures dynalite in process with the workload: its own functions, called as its server calls them.
 *
 *   node dynalite.js FOLDER WORKLOAD SAMPLES SAMPLE_MS        FOLDER: where dynalite is installed
 *
 * Prints the results as JSON. Maps and items are JavaScript objects before the clock starts. */
'use strict'

const fs = require('fs')
const Module = require('module')
const path = require('path')

const [, , folder, workloadPath, sampleCount, sampleMs] = process.argv
/* Functions of a module that it does not export. */
function loadInner(part, names) {
  const file = path.join(path.resolve(folder), part)
  const inner = new Module(file, module)
  inner.filename = file
  inner.paths = Module._nodeModulePaths(path.dirname(file))
  inner._compile(`${fs.readFileSync(file, 'utf8')}\nObject.assign(module.exports, { ${names} })`, file)
  return inner.exports
}

const load = (part) => require(path.join(path.resolve(folder), part))
const validations = load('validations')
const db = load('db')
const { applyUpdateExpression, deepClone } = loadInner('actions/updateItem.js', ['applyUpdateExpression', 'deepClone'])
const workload = JSON.parse(fs.readFileSync(workloadPath, 'utf8'))

/* Time that the process has run, its collector and compiler threads included, in ns. */
function now() {
  const usage = process.cpuUsage()
  return (usage.user + usage.system) * 1000
}

function sample(repeat, repetitions) {
  const start = now()
  repeat(repetitions)
  return now() - start
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2
}

const WARM_UP_NS = 4e8 // the compiler has had its chance then


function measure(name, repeat) {
  const wanted = Number(sampleMs) * 1e6
  let repetitions = 1
  for (let took = 0; took < wanted; ) {
    took = sample(repeat, repetitions)
    if (took < wanted) repetitions = Math.ceil(repetitions * Math.min(10, (1.2 * wanted) / Math.max(took, 1)))
  }
  for (let took = 0; took < WARM_UP_NS; ) took += sample(repeat, repetitions)
  repetitions = Math.max(1, Math.round((repetitions * wanted) / sample(repeat, repetitions)))
  const samples = []
  for (let i = 0; i < Number(sampleCount); i++) samples.push(sample(repeat, repetitions) / repetitions)
  const middle = median(samples)
  return {
    name: 'dynalite/' + name,
    median_ns: middle,
    min_ns: Math.min(...samples),
    max_ns: Math.max(...samples),
    deviation_ns: median(samples.map((s) => Math.abs(s - middle))),
    repetitions,
  }
}

/* The request's members that expressions are read from; dynalite adds what it made of them. */
function requestOf(operation) {
  const request = { TableName: 'table', Key: { pk: { S: 'user#4711' } } }
  request[operation.kind === 'update' ? 'UpdateExpression' : 'ConditionExpression'] = operation.expr
  if (Object.keys(operation.names).length) request.ExpressionAttributeNames = operation.names
  if (Object.keys(operation.values).length) request.ExpressionAttributeValues = operation.values
  return request
}

function checked(request) {
  const copy = { ...request }
  const message = validations.validateExpressions(copy)
  if (message) throw new Error(message)
  return copy
}

const table = { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }

let kept = 0 // so that nothing is left out

function repeatCheck(request) {
  return (repetitions) => {
    while (repetitions--) kept += checked(request)._updates ? 1 : 0
  }
}

function repeatEvaluate(request, item) {
  const expression = checked(request)._condition.expression
  return (repetitions) => {
    while (repetitions--) kept += db.matchesExprFilter(item, expression) ? 1 : 0
  }
}

/* What updateItem does between reading and writing: a copy of the item, then the actions. These are changed while they
 * are applied, so that they are copied first: the objects, not what they hold. */
function repeatUpdate(request, item) {
  const { sections } = checked(request)._updates
  return (repetitions) => {
    while (repetitions--) {
      const actions = sections.map((section) => ({ ...section }))
      kept += applyUpdateExpression(actions, table, deepClone(item)) ? 1 : 0
    }
  }
}

const results = []
for (const operation of workload.ops) {
  const request = requestOf(operation)
  results.push(measure(`check/${operation.id}`, repeatCheck(request)))
  for (const [size, item] of Object.entries(workload.items)) {
    const stage = operation.kind === 'update' ? 'update' : 'evaluate'
    const repeat = stage === 'update' ? repeatUpdate(request, item) : repeatEvaluate(request, item)
    results.push(measure(`${stage}/${operation.id}/${size}`, repeat))
  }
}
if (kept < 0) throw new Error('nothing was done')
process.stdout.write(JSON.stringify({ results }) + '\n')
