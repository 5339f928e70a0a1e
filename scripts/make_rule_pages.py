#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the C table of the rules' pages, so that the tool has them wherever it is.

usage: make_rule_pages.py diagnostics.def notes.def PAGES OUTPUT DEPFILE

PAGES is the folder with a file DX107.md for each code there is: those with a RULE, and those of the notes. Refuses a code
without a page, a page without a code, and a page that does not begin with what the code is called and finds. What else
a page must be is for tests/rules."""
import pathlib
import re
import sys

MOST_BYTES = 4095  # what every compiler takes as one string

diagnostics, notes, folder, target, depfile = map(pathlib.Path, sys.argv[1:])


def read(path):
    return path.read_text(encoding="utf-8")


def codes():
    """-> {code: (name, summary or None)}"""
    table = read(diagnostics)
    names = dict(re.findall(r'^(?:FAULT|LINT|INPUT|OTHER)\(\w+, (\d+), "([^"]+)"', table, re.M))
    found = {number: (names[number], summary) for number, summary in re.findall(r'^RULE\((\d+), "(.*)"\)', table, re.M)}
    for number, name in re.findall(r'^NOTE\(\w+, (\d+), "([^"]+)"', read(notes), re.M):
        found.setdefault(number, (name, None))
    return {f"DX{number}": rule for number, rule in sorted(found.items())}


def head_of(code, name, text):
    """-> (severity, summary), from the lines that a page begins with"""
    head = re.match(rf"# {code} {re.escape(name)}\n\n\*(error|warning|info): (.+)\*\n\n", text)
    if not head:
        sys.exit(f"{code}.md: must begin with `# {code} {name}` and, as a paragraph, `*error: what it finds*`")
    return head.groups()


def quoted(text):
    """A C string, a line of the text in each line; with no trigraphs in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
    return "\n".join(f'     "{line}\\n"' for line in escaped.removesuffix("\n").split("\n"))


def entry(code, name, summary):
    text = read(folder / f"{code}.md")
    severity, found = head_of(code, name, text)
    if summary not in (None, found):
        sys.exit(f"{code}.md: says that it finds `{found}`; diagnostics.def says `{summary}`")
    if len(text.encode()) > MOST_BYTES:
        sys.exit(f"{code}.md: is longer than {MOST_BYTES} bytes")
    return f'    {{"{code}", "{name}", {quoted(found).strip()[:-3]}", DDBEXPR_{severity.upper()},\n{quoted(text)}}},\n'


def main():
    rules = codes()
    pages = {path.stem for path in folder.glob("DX*.md")}
    for code in sorted(rules.keys() ^ pages):
        sys.exit(f"{code}: there is no page {folder / code}.md" if code in rules else f"{code}.md: there is no such code")
    with open(target, "w", encoding="utf-8") as f:
        f.write("/* Made by scripts/make_rule_pages.py: do not edit. */\n")
        f.write("static const struct rule_page rule_pages[] = {\n")
        f.writelines(entry(code, *rule) for code, rule in rules.items())
        f.write("};\n")
    # The folder as well: it changes when a page comes or goes.
    needed = [folder, *sorted(folder.glob("DX*.md"))]
    depfile.write_text(f"{target}: {' '.join(str(path).replace(' ', chr(92) + ' ') for path in needed)}\n")


main()
