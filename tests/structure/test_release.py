#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The version says the same wherever it stands: in meson.build, the changelog, the recipes, the headers. And forms for
those who report something ask for what they say they ask."""
import datetime
import re
import sys

import yaml
from tree import ROOT, Tap, files, name, read

VERSION = re.search(r"^    version: '([^']+)'", read(ROOT / "meson.build"), re.M)[1]
SECTION = re.compile(r"^## \[([^\]]+)\](?: - (.*))?$", re.M)
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def number(version):
    return tuple(map(int, version.split(".")))


def changelog_problems():
    text = read(ROOT / "CHANGELOG.md")
    sections = SECTION.findall(text)
    if [title for title, _ in sections[:2]] != ["Unreleased", VERSION]:
        yield f"the first two sections are {sections[:2]}, not [Unreleased] and [{VERSION}]"
    dates = []
    for title, date in sections[1:]:
        try:
            dates.append(datetime.date.fromisoformat(date))
        except ValueError:
            yield f"[{title}] has no date: {date!r}"
    if dates != sorted(dates, reverse=True):
        yield "not newest first"
    for kind in re.findall(r"^### (.*)$", text, re.M):
        if kind not in KINDS:
            yield f"### {kind} is none of {', '.join(sorted(KINDS))}"


def other_tags():
    for path in files(".md", folders=["docs"]):
        for tag in re.findall(r"(?:rev: |ddbexpr@)v([\d.]+)", read(path)):
            if tag != VERSION:
                yield f"{name(path)}: v{tag}"


def later_headers():
    for path in files(".h", ".h.in", folders=["include"]):
        for since in re.findall(r"\bSince (\d+\.\d+\.\d+)", read(path)):
            if number(since) > number(VERSION):
                yield f"{name(path)}: since {since}"


def form_problems(path):
    form = yaml.safe_load(read(path))
    for member in ("name", "description", "body"):
        if not form.get(member):
            yield f"no {member}"
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    ids = [field.get("id") for field in fields]
    if None in ids or len(set(ids)) != len(ids):
        yield f"fields without an id, or with one twice: {ids}"
    if not any(field.get("validations", {}).get("required") for field in fields):
        yield "nothing is required"
    for field in form["body"]:
        if field["type"] not in ("markdown", "textarea", "input", "dropdown", "checkboxes"):
            yield f"there is no field of type {field['type']}"
        if field["type"] != "markdown" and not field["attributes"].get("label"):
            yield f"{field.get('id')} has no label"
        if field["type"] in ("dropdown", "checkboxes") and not field["attributes"].get("options"):
            yield f"{field.get('id')} has no options"


def main():
    tap = Tap()
    tap.case(f"the changelog has {VERSION} with its date, newest first", changelog_problems())
    tap.case("recipes name the tag of this version", other_tags())
    tap.case("no header is newer than the version", later_headers())
    forms = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    tap.case("there are forms", [] if len(forms) >= 3 else map(name, forms))
    for form in forms:
        tap.case(f"{form.name} is a form", form_problems(form))
    return tap.finish()


sys.exit(main())
