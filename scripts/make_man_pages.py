#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the manual pages of the tool from its option tables: one of the tool, one of each command.

usage: make_man_pages.py HELP.json CHANGELOG.md FOLDER PAGE...

HELP.json is what `ddbexpr help --format json` prints. The pages are those that the build expects: it is an error if they
are not exactly those that there are."""
import json
import pathlib
import re
import sys

import roff

MANUAL = "ddbexpr manual"


class Manual:
    def __init__(self, tool, changelog):
        self.tool = tool
        self.date = roff.release_date(changelog, tool["version"])

    def head(self, name):
        return roff.head(name, 1, self.date, f"ddbexpr {self.tool['version']}", MANUAL)

    def page_of(self, command):
        return f"ddbexpr-{command['name']}"

    def exit_statuses(self):
        lines = [".SH EXIT STATUS"]
        for entry in self.tool["exit_statuses"]:
            lines += [".TP", f"\\fB{entry['status']}\\fP", roff.words(entry["meaning"])]
        return lines

    def tool_page(self):
        commands = self.tool["commands"]
        lines = self.head("ddbexpr")
        lines += [".SH NAME", f"ddbexpr \\- {roff.escaped(self.tool['summary'])}"]
        lines += [".SH SYNOPSIS", ".B ddbexpr", "\\fICOMMAND\\fP [\\fIOPTION\\fP \\[u2026]]"]
        lines += [".SH DESCRIPTION", roff.words(self.tool["values"]), "Each command has a page of its own."]
        lines += [".SH COMMANDS"]
        for command in commands:
            lines += [".TP", f".BR {roff.escaped(self.page_of(command))} (1)", roff.words(command["summary"])]
        lines += self.exit_statuses()
        lines += [".SH ENVIRONMENT", ".TP", ".B NO_COLOR", "If set and not empty, nothing is coloured."]
        lines += [".TP", ".B TERM", "On a terminal that is called dumb nothing is coloured."]
        lines += [".SH FILES", ".TP", ".I ddbexpr.yaml", "What a project says of its tables and rules; the nearest one above a file holds."]
        lines += [".TP", ".I *.ddbtest.yaml", roff.words("Suites, for `ddbexpr test`.")]
        return lines + roff.see_also([(self.page_of(c), 1) for c in commands] + [("libddbexpr", 3)])

    def command_page(self, command):
        name = self.page_of(command)
        lines = self.head(name)
        lines += [".SH NAME", f"{roff.escaped(name)} \\- {roff.escaped(command['summary'])}"]
        lines += [".SH SYNOPSIS", f"\\fBddbexpr {roff.escaped(command['name'])}\\fP", roff.line(command["usage"])]
        lines += [".SH DESCRIPTION", *paragraphs(command["text"]), ".PP", roff.words(self.tool["values"])]
        lines += [".SH OPTIONS"]
        ignored = [option for option in command["options"] if option.get("ignored")]
        for option in command["options"]:
            if option not in ignored:
                lines += [".TP", option_tag(option), roff.words(option["help"])]
        if ignored:
            lines += [".PP", "Accepted, because the AWS CLI has them, and without effect:"]
            lines += [", ".join(option_tag(option) for option in ignored) + "."]
        lines += self.exit_statuses()
        lines += [".SH EXAMPLE", *roff.indented(command["example"])]
        return lines + roff.see_also([("ddbexpr", 1)])


def paragraphs(text):
    """Prose, a line a sentence; what is indented stays as it is."""
    lines = []
    for block in re.split(r"\n\s*\n", text):
        if lines:
            lines.append(".PP")
        if block.startswith("  "):
            lines += roff.indented(block)
        else:
            lines += [roff.words(part) for part in block.split("\n")]
    return lines


def option_tag(option):
    tag = f"\\fB\\-\\-{roff.escaped(option['name'])}\\fP"
    return f"{tag} \\fI{roff.escaped(option['argument'])}\\fP" if option.get("argument") else tag


def main():
    tool = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder, expected = pathlib.Path(sys.argv[3]), sys.argv[4:]
    manual = Manual(tool, pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    pages = {"ddbexpr.1": manual.tool_page()}
    for command in tool["commands"]:
        pages[f"{manual.page_of(command)}.1"] = manual.command_page(command)
    for page in sorted(set(expected) ^ pages.keys()):
        sys.exit(f"{page}: the build and the tool do not name the same commands")
    for page, lines in pages.items():
        (folder / page).write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
