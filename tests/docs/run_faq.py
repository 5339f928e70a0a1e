#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/faq.md has every message that the code can give in the service's name, and none that it cannot.

usage: run_faq.py [--update]    with --update the index in the page is written anew

An entry is a heading with a block of kind `text`, one message a line, a text, and a block of kind `console` in which the
messages come out. (That they really do is for run_documents.py.)"""
import ast
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from markdown import anchor  # noqa: E402
from tap import Tap  # noqa: E402

TABLE = ROOT / "src" / "diagnostic" / "diagnostics.def"
PAGE = ROOT / "docs" / "faq.md"

STRING = r'"(?:[^"\\]|\\.)*"'
DEFINE = re.compile(rf"^#define (\w+) ({STRING})$", re.M)
FAULT = re.compile(rf"^FAULT\((\w+), (\d+), {STRING}, \w+,\s*({STRING}|\w+),\s*({STRING}|NULL),", re.M)
OTHER = re.compile(rf"^OTHER\((\w+), (\d+), {STRING}, {STRING},\s*({STRING}),", re.M)
INPUT = re.compile(rf"^INPUT\((\w+), (\d+), {STRING}, ({STRING}),", re.M)
# Messages that belong to no diagnostic.
TEXT = re.compile(rf"^TEXT\((TEXT_CONDITION_FAILED|TEXT_TRANSACTION_CANCELLED), ({STRING})\)", re.M)

ENTRY = re.compile(r"^### (?P<title>[^\n]+)\n\n```text\n(?P<messages>.*?)```\n\n(?P<text>.*?)\n```console\n(?P<console>.*?)```\n", re.M | re.S)
INDEX = re.compile(r"(<!-- index: .*? -->\n).*?(<!-- end of index -->\n)", re.S)


class Message:
    """A text of the code, with holes in it."""

    def __init__(self, name, code, template):
        self.name, self.code, self.template = name, code, template
        parts = re.split(r"(\{kind\}|\{\d\})", template.rstrip())  # a line of a page ends with no blank
        holes = {"{kind}": r"\w+Expression"}
        self.pattern = re.compile("".join(holes.get(p, ".*" if re.fullmatch(r"\{\d\}", p) else re.escape(p)) for p in parts))

    def is_in(self, entry):
        return any(self.pattern.fullmatch(line) for line in entry["messages"].splitlines())

    def in_index(self):
        return re.sub(r"\{\d\}", "…", self.template.removeprefix("Invalid {kind}: ")).strip()


def messages_of_code():
    table = TABLE.read_text(encoding="utf-8")
    macros = dict(DEFINE.findall(table))
    found = [(m[1], m[2], text) for m in FAULT.finditer(table) for text in (m[3], m[4])]
    found += [(m[1], m[2], m[3]) for pattern in (OTHER, INPUT) for m in pattern.finditer(table)]
    found += [(name, None, text) for name, text in TEXT.findall(table)]
    for kind, pattern in (("FAULT", FAULT), ("OTHER", OTHER), ("INPUT", INPUT)):
        if len(re.findall(rf"^{kind}\(", table, re.M)) != len(pattern.findall(table)):
            sys.exit(f"some {kind} of {TABLE.name} has another form than is known here")
    texts = [(name, code, ast.literal_eval(macros.get(text, text))) for name, code, text in found if text != "NULL"]
    return [Message(*text) for text in texts if text[2]]


def index_of(messages, entries):
    lines = set()
    for message in messages:
        lines |= {f"- [`{message.in_index()}`](#{anchor(e['title'])})" for e in entries if message.is_in(e)}
    return "\n" + "\n".join(sorted(lines, key=lambda line: (re.sub(r"[^a-z …]", "", line.lower()), line))) + "\n\n"


def problems_of(entry, messages):
    for line in entry["messages"].splitlines():
        fitting = [m for m in messages if m.pattern.fullmatch(line)]
        if not fitting:
            yield f"no message of the code: {line}"
        if line not in entry["console"]:
            yield f"comes out of no example: {line}"
        codes = {m.code for m in fitting if m.code and m.pattern.pattern != ".*"}
        if codes and not any(f"(rules/DX{code}.md)" in entry["text"] for code in codes):
            yield f"none of the pages of {sorted(codes)} is named: {line}"


def main():
    page = PAGE.read_text(encoding="utf-8")
    entries = list(ENTRY.finditer(page))
    messages = messages_of_code()
    fresh = INDEX.sub(lambda m: m[1] + index_of(messages, entries) + m[2], page)
    if "--update" in sys.argv:
        PAGE.write_text(fresh, encoding="utf-8")
        page = fresh
    tap = Tap()
    tap.case("the code has messages", [] if len(messages) >= 149 else [str(len(messages))])
    tap.case("every heading is an entry", [] if page.count("\n### ") == len(entries) else ["an entry has another form than is known here"])
    tap.case("every message of the code has an entry", [f"{m.name}: {m.template}" for m in messages if not any(map(m.is_in, entries))])
    for entry in entries:
        tap.case(entry["title"], list(problems_of(entry, messages)))
    tap.case("the index is up to date (mended by: run_faq.py --update)", [] if fresh == page else ["it is not"])
    sys.exit(tap.finish())


main()
