#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints docs/commands.md, the reference of the commands, made of the option tables that are in the tool.

usage: make_command_reference.py DDBEXPR > docs/commands.md

All it says is what `ddbexpr help --format json` says; the examples are run, in the root of the repository."""
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
OPERATIONS = ("put-item", "update-item", "delete-item", "get-item", "query", "scan", "transact-write-items")

# Where there is more about a command.
PAGES = {
    "check": "[check.md](check.md), [check-output.md](check-output.md), [configuration.md](configuration.md)",
    "eval": "[language.md](language.md)",
    "explain": "[explain.md](explain.md)",
    "test": "[testing.md](testing.md), [suites.md](suites.md), [test-output.md](test-output.md)",
    **dict.fromkeys(OPERATIONS, "[faq.md](faq.md), for what can be refused; [language.md](language.md)"),
    "request": "[json-output.md](json-output.md#questions-and-answers-request---jsonl)",
    "fmt": "[json-output.md](json-output.md#formatted-texts-fmt---format-json)",
    "ast": "[json-output.md](json-output.md#trees-ast---format-json)",
    "types": "[configuration.md](configuration.md)",
    "rule": "[rules](rules/README.md)",
    "rules": "[rules](rules/README.md)",
    "generate": "[fuzzing.md](fuzzing.md)",
    "help": "[json-output.md](json-output.md#commands-and-their-options-help---format-json)",
}

HEAD = """# Commands

<!-- Made by scripts/make_command_reference.py: do not edit. -->

The reference, made of the option tables of the tool: it is what `ddbexpr help COMMAND` says. {values}
`-` is standard input. An option may be shortened as long as it is clear which one is meant, and its value may follow
`=` or a blank.

| exit status | meaning |
| ---: | --- |
{statuses}

| command | what it does |
| --- | --- |
{commands}
"""

FILES = """
## Values and files

A value of an option is given inline, as `file://PATH`, or as `-` for standard input. Items are DynamoDB JSON, or plain JSON
with `--plain`. A file of items holds one object, an array, JSON Lines, a table export, or what `aws dynamodb scan`, `query`
or `get-item` printed. A plain object with an array `Items` is taken for an item, unless the numbers `Count` and
`ScannedCount` stand beside it. Of `eval`, `explain` and `types` a file may be packed with gzip or zstd, as exports are, and
be of any size.

`--write` leaves a file in the form that it has (of an answer it keeps Items, Count and ScannedCount). Files are replaced as a
whole, one after another: whenever the tool is killed there is the old file or the new one, and perhaps `FILE.XXXXXX` beside
it. Each table needs a file of its own.

Diagnostics go to standard error, results to standard output; colours only on a terminal and never with `NO_COLOR`.
"""


def run(binary, command):
    folder = str(pathlib.Path(binary).resolve().parent)
    environment = dict(os.environ, PATH=f"{folder}:{os.environ['PATH']}", NO_COLOR="1")
    return subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    ).stdout.decode()


def plain(text):
    """A text of the help, in which Markdown finds nothing but code."""
    parts = text.split("`")
    return "`".join(part if i % 2 else re.sub(r"([*<])", r"\\\1", part) for i, part in enumerate(parts))


def cell(text):
    return text.replace("|", "\\|")


def option_rows(options):
    for option in options:
        if "ignored" in option:
            continue
        spelled = f"--{option['name']}" + (f" {option['argument']}" if "argument" in option else "")
        yield f"| `{cell(spelled)}` | {cell(plain(option['help']))} |"


def section(binary, command):
    example = command["example"].strip()
    ignored = [f"`--{option['name']}`" for option in command["options"] if "ignored" in option]
    yield f"\n## {command['name']}\n"
    yield f"*{command['summary']}*\n"
    yield f"    ddbexpr {command['name']} {command['usage']}\n"
    yield f"{plain(command['text'])}\n"
    yield "| option | |\n| --- | --- |"
    yield from option_rows(command["options"])
    if ignored:
        yield f"\nTaken because the AWS CLI has them, and without effect: {', '.join(ignored)}."
    yield f"\n```console\n$ {example}\n{run(binary, example)}```"
    if command["name"] in PAGES:
        yield f"\nMore: {PAGES[command['name']]}."


def main():
    binary = sys.argv[1]
    tool = json.loads(subprocess.run([binary, "help", "--format", "json"], capture_output=True, check=True).stdout)
    statuses = "\n".join(f"| {s['status']} | {s['meaning']} |" for s in tool["exit_statuses"])
    commands = "\n".join(f"| [{c['name']}](#{c['name']}) | {c['summary']} |" for c in tool["commands"])
    lines = [HEAD.format(values=tool["values"], statuses=statuses, commands=commands), FILES.strip("\n")]
    for command in tool["commands"]:
        lines += section(binary, command)
    print("\n".join(lines))


main()
