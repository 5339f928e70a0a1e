#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What debian/ says of version, libraries and symbols is what the sources say; and its documents are all there."""
import collections
import re
import sys

from declarations import exported
from tree import ROOT, Tap, read

HEADERS = ROOT / "include/ddbexpr"


def wrong_version():
    version = re.search(r"version: '([^']+)'", read(ROOT / "meson.build"))[1]
    said = re.match(r"ddbexpr \(([^)]+)\)", read(ROOT / "debian/changelog"))[1]
    return [] if said == version else [f"debian/changelog says {said}, meson.build {version}"]


def headers_of(library):
    """The headers of a library, as include/ddbexpr/meson.build lists them."""
    listed = re.search(rf"{library}_headers = files\((.*?)\)", read(HEADERS / "meson.build"), re.DOTALL)[1]
    names = re.findall(r"'([^']+)'", listed) + (["version.h.in"] if library == "core" else [])
    return [HEADERS / name for name in names]


def symbols_of(soname):
    """What debian/libddbexpr0.symbols has of a library."""
    table = read(ROOT / "debian/libddbexpr0.symbols")
    part = re.search(rf"^{re.escape(soname)} .*\n((?: .*\n)*)", table, re.MULTILINE)
    return set(re.findall(r"^ (ddbexpr_\w+)@", part[1], re.MULTILINE)) if part else set()


def wrong_symbols(library, soname):
    declared = {name for header in headers_of(library) for name in exported(read(header))}
    listed = symbols_of(soname)
    if not listed:
        yield f"there is nothing of {soname}"
    yield from (f"{name} is missing: add a line, with the version that it came in" for name in sorted(declared - listed))
    yield from (f"{name} is not in the headers" for name in sorted(listed - declared))


def clashing_documents():
    """Documents of which a package can have only one: all of a line's files go into one folder."""
    for table in sorted((ROOT / "debian").glob("*.docs")):
        paths = [path for line in read(table).split() for path in ROOT.glob(line)]
        counts = collections.Counter(path.name for path in paths)
        yield from (f"{table.name}: {count} files {name}" for name, count in counts.items() if count > 1)
        yield from ([] if paths else [f"{table.name} names nothing"])


def main():
    tap = Tap()
    tap.case("the package has the version", wrong_version())
    tap.case("debian/libddbexpr0.symbols lists the core's functions", wrong_symbols("core", "libddbexpr.so.0"))
    tap.case("... and the JSON library's", wrong_symbols("json", "libddbexpr-json.so.0"))
    tap.case("no document takes another's place", clashing_documents())
    return tap.finish()


sys.exit(main())
