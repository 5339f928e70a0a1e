#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The manual pages have no faults that mandoc finds, and say what the tables and headers say.

usage: test_man_pages.py HELP.json libddbexpr.3 PAGE..."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tests/structure"))

from declarations import exported  # noqa: E402
from tap import Tap  # noqa: E402

NOT_RELEASED = 'missing date, using "": TH'  # until the changelog gives the version a date


def faults(page):
    done = subprocess.run(["mandoc", "-Tlint", "-W", "warning", str(page)], capture_output=True, text=True, check=False)
    return [line for line in done.stdout.splitlines() + done.stderr.splitlines() if NOT_RELEASED not in line]


def shown(page):
    """What a reader sees, in one line."""
    done = subprocess.run(["mandoc", "-Tutf8", "-O", "width=1000", str(page)], capture_output=True, text=True, check=True)
    return " ".join(re.sub(r".\x08", "", done.stdout).split())


def main():
    tool = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    library, pages = pathlib.Path(sys.argv[2]), {path.name: path for path in map(pathlib.Path, sys.argv[3:])}
    tap = Tap()
    if not shutil.which("mandoc"):
        tap.skip("manual pages", "no mandoc")
        return tap.finish()
    for page in [library, *pages.values()]:
        tap.case(f"{page.name} has no faults", faults(page))
    text = shown(pages["ddbexpr.1"])
    tap.case("ddbexpr(1) names every command",
             [c["name"] for c in tool["commands"] if f"ddbexpr-{c['name']}(1) {c['summary']}" not in text])
    for command in tool["commands"]:
        text = shown(pages[f"ddbexpr-{command['name']}.1"])
        missing = [f"--{option['name']}" for option in command["options"]]
        missing += [command["usage"], command["example"].split("\n")[0]]
        missing = [part for part in missing if " ".join(part.split()) not in text]
        tap.case(f"ddbexpr-{command['name']}(1) has its usage, options and example", missing)
    text = shown(library)
    for header in sorted((ROOT / "include/ddbexpr").glob("*.h")):
        declared = exported(header.read_text(encoding="utf-8"))
        tap.case(f"libddbexpr(3) has every function of {header.name}", [name for name in declared if f"{name}(" not in text])
    return tap.finish()


sys.exit(main())
