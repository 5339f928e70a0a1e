#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs what stands in action.yml, the problem matcher and the recipes of docs/editors-and-ci.md, in a project with faults
and in one without. Patterns are matched against what the tool prints: each line by one of them, with the right parts.

usage: run_recipes.py DDBEXPR"""
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import yaml
from recipes import EXPRESSION, ROOT, Tap, bash, ended, environment, make_project, recipe, recipes, run_action

MATCHERS = json.loads((ROOT / ".github/problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
SEEN = ["error", "note", "warning"]  # what the project with faults is known to have


def unmatched(lines, patterns):
    """Lines that not exactly one of the patterns matches. A pattern is (regular expression, {part: group})."""
    for line in lines:
        found = [(match, groups) for regexp, groups in patterns if (match := re.search(regexp, line))]
        if len(found) != 1:
            yield f"{len(found)} patterns match: {line}"
            continue
        match, groups = found[0]
        place = ":".join(match[groups[part]] for part in ("file", "line", "column") if part in groups)
        if place not in line or not match[groups["message"]]:
            yield f"{groups} of {match.groups()}: {line}"


def whole(lines, patterns, severities=SEEN):
    """Problems of patterns with what was printed, and of a sample that does not have all that can be printed."""
    kinds = sorted({match[1] for line in lines if (match := re.search(r":\d+: (\w+): ", line))})
    return [*unmatched(lines, patterns), *([] if kinds == severities else [f"printed were {kinds}"])]


def errorformat(text):
    """Vim's errorformat, as far as it is used, as a pattern."""
    groups, parts = {}, []
    for piece in re.findall(r"%.|[^%]+", text):
        name = {"%f": "file", "%l": "line", "%c": "column", "%t": "severity", "%m": "message"}.get(piece)
        if name:
            groups[name] = len(groups) + 1
        shape = {"%f": "(.+?)", "%l": r"(\d+)", "%c": r"(\d+)", "%t": "(.)", "%m": "(.+)"}
        parts.append(shape.get(piece, re.escape(piece)))
    return "^" + "".join(parts) + "$", groups


def try_action(tap, binary, good, bad, scratch):
    results, known = run_action(binary, bad, scratch, {"paths": "requests", "arguments": "--fail-on warning"})
    problems = ended(results["Check"], 0) + ended(results["Fail where there are findings"], 2)
    codes = [r["ruleId"] for r in json.loads((bad / "ddbexpr.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]]
    problems += [] if "DX107" in codes else [f"SARIF has {codes}"]
    problems += [] if "::error file=requests/update-status.json,line=4" in results["Check"].stdout else ["no annotation"]
    problems += [] if known["steps.check.outputs.status"] == "2" else [str(known)]
    tap.case("action.yml: findings are annotated, written as SARIF, and fail", problems)
    results, _ = run_action(binary, good, scratch, {"paths": "requests tests/../requests", "arguments": ""})
    tap.case("action.yml: a clean project passes", [p for done in results.values() for p in ended(done, 0)])
    lines = {"paths": f"{good}/requests\nrequests\n", "arguments": "--fail-on\nwarning\n"}
    results, _ = run_action(binary, bad, scratch, lines)
    tap.case("action.yml: paths and arguments may be a line each", ended(results["Fail where there are findings"], 2))

    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = action["runs"]["steps"]
    upload = next(step for step in steps if "uses" in step)
    problems = [] if upload["with"]["sarif_file"] == "${{ inputs.sarif-file }}" else [str(upload)]
    problems += [f"{step['name']}: ${{{{ {m[1]} }}}} in a shell text" for step in steps for m in EXPRESSION.finditer(step.get("run", ""))]
    tap.case("action.yml: what is given to it is never part of a shell text", problems)


def try_workflows(tap, binary, good, bad):
    with_action, without = (yaml.safe_load(recipe(".github/workflows/dynamodb.yml", number)) for number in (0, 1))
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    use = with_action["jobs"]["check"]["steps"][-1]
    tap.case("the workflow gives the action what it takes",
             set(use["with"]) - set(action["inputs"]) or ([] if use["uses"].startswith("OWNER/ddbexpr@v") else [str(use)]))

    for folder, status in ((bad, 2), (good, 0)):
        for step in without["jobs"]["check"]["steps"]:
            if "run" in step:
                done = bash(step["run"], folder, environment(binary))
                lines = done.stdout.splitlines()
                problems = ended(done, status)
                if "matcher" in step["name"]:
                    file = lines.pop(0).removeprefix("::add-matcher::")
                    problems += [] if (ROOT / file).is_file() else [f"there is no {file}"]
                    patterns = [(m["pattern"][0]["regexp"], m["pattern"][0]) for m in MATCHERS]
                    problems += whole(lines, patterns, ["error", "warning"] if status else [])
                tap.case(f"{step['name']}, status {status}", problems)
    done = bash("ddbexpr check --notes --format gcc requests || true", bad, environment(binary))
    patterns = [(m["pattern"][0]["regexp"], m["pattern"][0]) for m in MATCHERS]
    tap.case("the problem matcher knows notes", whole(done.stdout.splitlines(), patterns))


def try_gitlab(tap, binary, good, bad):
    job = yaml.safe_load(recipe(".gitlab-ci.yml"))["dynamodb"]
    for folder, status, failures in ((bad, 2, True), (good, 0, False)):
        done = bash("\n".join(job["script"]), folder, environment(binary))
        problems = ended(done, status)
        trees = [xml.parse(folder / file).getroot() for file in job["artifacts"]["reports"]["junit"]]
        counts = [int(tree.get("failures")) for tree in trees]
        problems += [] if (counts[0] > 0) == failures and counts[1] == 0 else [f"failures: {counts}"]
        tap.case(f"GitLab CI, status {status}", problems)


def try_make(tap, binary, good, bad):
    for folder, status in ((bad, 2), (good, 0)):
        (folder / "Makefile").write_text(recipe("Makefile"), encoding="utf-8")
        tap.case(f"make, status {status}", ended(bash("make check-dynamodb", folder, environment(binary)), status))


def try_editors(tap, binary, bad):
    def printed(command):
        done = bash(command, bad, environment(binary))
        return done.stdout.splitlines(), ended(done, 0, 1, 2)

    task = json.loads(recipe(".vscode/tasks.json"))["tasks"][0]
    lines, problems = printed(task["command"])
    pattern = task["problemMatcher"]["pattern"]
    tap.case("VS Code's task", problems + whole(lines, [(pattern["regexp"], pattern)]))

    every = " ".join(f"requests/{path.name}" for path in sorted((bad / "requests").iterdir()))
    efm = yaml.safe_load(recipe("efm-langserver/config.yaml"))
    tool = efm["languages"]["json"][0]
    lines, problems = printed(tool["lint-command"].replace("${INPUT}", every))
    formats = tool["lint-formats"]
    tap.case("efm-langserver", problems + whole(lines, [errorformat(text) for text in formats]))

    lua = recipe("none-ls.lua")
    arguments = [every if word == "$FILENAME" else shlex.quote(word)
                 for word in re.findall(r'"([^"]+)"', re.search(r"args = \{(.*?)\}", lua)[1])]
    lines, problems = printed(" ".join([re.search(r'command = "(\w+)"', lua)[1], *arguments]))
    shape = re.search(r'from_pattern\(\s*"(.*?)",\s*\{(.*?)\}', lua, re.S)
    names = {"row": "line", "col": "column"}
    groups = {names.get(name, name): place for place, name in enumerate(re.findall(r'"(\w+)"', shape[2]), 1)}
    regexp = shape[1].replace("%d", r"\d").replace("%a", "[A-Za-z]").replace("%[", r"\[").replace("%]", r"\]")
    tap.case("none-ls", problems + whole(lines, [(regexp, groups)]))

    vim = dict(re.findall(r"^setlocal (\w+)=(.*)$", recipe("ftplugin/json.vim"), re.M))
    lines, problems = printed(vim["makeprg"].replace("\\ ", " ").replace("%", every))
    texts = vim["errorformat"].replace("\\ ", " ").split(",")
    problems += [] if texts == formats else [f"{texts} and {formats}"]
    tap.case("Vim", problems + whole(lines, [errorformat(text) for text in texts]))


def main():
    binary = sys.argv[1]
    tap = Tap()
    tap.case("every recipe says which file it is for", [text for file, _, text in recipes() if not file])
    files = [file for file, _, _ in recipes()]
    tap.case("all recipes are known here", [] if len(files) == 10 else files)
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for name in ("good", "bad", "runner"):
            (scratch / name).mkdir()
        good, bad = make_project(scratch / "good", False), make_project(scratch / "bad", True)
        try_action(tap, binary, good, bad, scratch / "runner")
        try_workflows(tap, binary, good, bad)
        try_gitlab(tap, binary, good, bad)
        try_make(tap, binary, good, bad)
        try_editors(tap, binary, bad)
    return tap.finish()


sys.exit(main())
