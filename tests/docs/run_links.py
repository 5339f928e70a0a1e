#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The links of all Markdown files lead somewhere: to a file or folder of the repository, and to a heading in it.

usage: run_links.py

It does not ask the network: of a link to elsewhere only the form is looked at."""
import functools
import pathlib
import re
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from markdown import anchors, links, pages  # noqa: E402
from tap import Tap  # noqa: E402


def read(path):
    return path.read_text(encoding="utf-8")


@functools.cache
def anchors_of(path):
    return anchors(read(path))


def problem_of(page, link):
    """-> what is wrong with a link, or None"""
    if re.match(r"https?://[\w.-]+(/\S*)?$|mailto:\S+@\S+$", link):
        return None
    target, _, fragment = link.partition("#")
    path = (page.parent / urllib.parse.unquote(target)).resolve() if target else page
    if ROOT not in [path, *path.parents]:
        return f"{link}: leads out of the repository"
    if not path.exists():
        return f"{link}: there is no such file"
    if not fragment:
        return None
    if path.suffix != ".md":
        return f"{link}: only Markdown has headings"
    return None if fragment in anchors_of(path) else f"{link}: there is no such heading"


def indexed(page):
    """The documents that an index names, with or without a link."""
    named = [link.partition("#")[0] for link in links(read(page))] + re.findall(r"`([\w-]+\.md)`", read(page))
    return {(page.parent / name).resolve() for name in named}


def main():
    tap = Tap()
    total = 0
    for page in pages(ROOT):
        found = links(read(page))
        total += len(found)
        if found:
            tap.case(str(page.relative_to(ROOT)), [p for p in (problem_of(page, link) for link in found) if p])
    tap.case("there are links", [] if total > 100 else [str(total)])
    index = ROOT / "docs" / "README.md"
    missing = {p for p in (ROOT / "docs").glob("*.md") if p != index} - indexed(index)
    tap.case("docs/README.md names every document of its folder", sorted(p.name for p in missing))
    sys.exit(tap.finish())


main()
