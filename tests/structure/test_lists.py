#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lists that people keep by hand against the files that are there: nothing may be forgotten in the build."""
import re
import sys

from tree import ROOT, Tap, files, name, read


def quoted(path):
    """The words in quotation marks of a meson.build."""
    return set(re.findall(r"'([^'\n]+)'", read(path))) if path.exists() else set()


def unlisted_sources():
    for path in files(".c", folders=["src"]):
        here = path.name in quoted(path.parent / "meson.build")
        if not here and f"{path.parent.name}/{path.name}" not in quoted(path.parent.parent / "meson.build"):
            yield f"{name(path)} is not in {name(path.parent)}/meson.build or the one above"


def unlisted_unit_tests():
    listed = quoted(ROOT / "tests/unit/meson.build")
    for path in files(".c", folders=["tests/unit"]):
        if path.stem.startswith("test_") and path.stem.removeprefix("test_") not in listed:
            yield name(path)


def unlisted_headers():
    listed = quoted(ROOT / "include/ddbexpr/meson.build")
    for path in files(".h", folders=["include/ddbexpr"]):
        if path.name not in listed:
            yield name(path)


def missing_from_umbrella():
    build = read(ROOT / "include/ddbexpr/meson.build")
    core = re.search(r"core_headers = files\((.*?)\)", build, re.DOTALL)[1]
    wanted = set(re.findall(r"'([^']+)'", core)) - {"ddbexpr.h"} | {"version.h"}
    included = set(re.findall(r"#include <ddbexpr/([^>]+)>", read(ROOT / "include/ddbexpr/ddbexpr.h")))
    return sorted(wanted ^ included)


def structure_tests_unlisted():
    listed = quoted(ROOT / "tests/structure/meson.build")
    return (name(path) for path in files(".py", folders=["tests/structure"])
            if path.name.startswith("test_") and path.name not in listed)


def unused_texts():
    """Texts of hints: nobody sees one that no source names."""
    listed = re.findall(r"^TEXT\((\w+)", read(ROOT / "src/diagnostic/diagnostics.def"), re.M)
    named = {word for path in files(".c", ".h", folders=["src"]) for word in re.findall(r"\bTEXT_\w+", read(path))}
    return (text for text in listed if text not in named)


def main():
    tap = Tap()
    tap.case("every source file is built", unlisted_sources())
    tap.case("every unit test is run", unlisted_unit_tests())
    tap.case("every structure test is run", structure_tests_unlisted())
    tap.case("every public header is installed", unlisted_headers())
    tap.case("ddbexpr.h includes every header of the core and no other", missing_from_umbrella())
    tap.case("every text of the diagnostics is used", unused_texts())
    return tap.finish()


sys.exit(main())
