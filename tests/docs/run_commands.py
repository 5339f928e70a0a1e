#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/commands.md is what scripts/make_command_reference.py makes of the tool. usage: run_commands.py DDBEXPR [--update]"""
import difflib
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

PAGE = ROOT / "docs" / "commands.md"

made = subprocess.run(
    [sys.executable, ROOT / "scripts" / "make_command_reference.py", sys.argv[1]], capture_output=True, check=True
).stdout.decode()
if "--update" in sys.argv:
    PAGE.write_text(made, encoding="utf-8")
page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
tap = Tap()
tap.case(
    "docs/commands.md is up to date (mended by: run_commands.py DDBEXPR --update)",
    list(difflib.unified_diff(page.splitlines(), made.splitlines(), "docs/commands.md", "made", lineterm="")),
)
tap.case("the commands are there", [] if made.count("\n    ddbexpr ") >= 20 else ["some are not"])
sys.exit(tap.finish())
