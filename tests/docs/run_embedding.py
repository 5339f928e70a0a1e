#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What docs/embedding.md shows is what stands in the programs of examples/embedding, and what those print.

usage: run_embedding.py [--update] PROGRAM...    the programs as they were built; with --update the document is rewritten:
                                                 read the diff

A comment straight before a block says what it is: <!-- from: threads.c --> is the file without its licence,
<!-- from: threads.c [thread] --> what stands in it from /* [thread] */ to the next /* [end] */, and
<!-- printed by: threads.c --> what the program prints. Every block of C says so, and every program is there."""
import difflib
import pathlib
import re
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

DOCUMENT = ROOT / "docs" / "embedding.md"
SOURCES = ROOT / "examples" / "embedding"
BLOCK = re.compile(
    r"(?P<head>(?:<!-- (?P<what>from|printed by): (?P<file>\S+)(?: \[(?P<region>\w+)\])? -->\n)?```(?:c|text)\n)"
    r"(?P<body>.*?)(?P<tail>```\n)",
    re.S,
)
MARK = re.compile(r"^ */\* \[\w+\] \*/\n", re.M)


def source(file, region):
    text = (SOURCES / file).read_text(encoding="utf-8")
    if region is None:
        return MARK.sub("", text.split("\n", 1)[1])
    parts = re.findall(rf"^ */\* \[{region}\] \*/\n(.*?)^ */\* \[end\] \*/\n", text, re.S | re.M)
    return textwrap.dedent(parts[0]) if len(parts) == 1 else f"there are {len(parts)} parts [{region}] in {file}\n"


def main():
    programs = {pathlib.Path(path).name + ".c": path for path in sys.argv[1:] if path != "--update"}
    printed, tap = {}, Tap()
    for file, program in sorted(programs.items()):
        done = subprocess.run([program], capture_output=True, text=True, check=False)
        printed[file] = done.stdout
        tap.case(f"{file} ends well", [] if done.returncode == 0 else [f"status {done.returncode}", done.stderr])
    tap.case("every program of examples/embedding is run",
             sorted({path.name for path in SOURCES.glob("*.c")} ^ set(programs)))

    unmarked, seen, problems = [], set(), {}

    def replace(match):
        if not match["what"]:
            unmarked.append(match["body"].split("\n")[0])
            return match[0]
        file = match["file"]
        seen.add((match["what"], file))
        wanted = printed.get(file, "") if match["what"] == "printed by" else source(file, match["region"])
        if match["body"] != wanted:
            problems.setdefault(file, []).extend(
                difflib.unified_diff(match["body"].splitlines(), wanted.splitlines(), "document", file, lineterm=""))
        return match["head"] + wanted + match["tail"]

    text = DOCUMENT.read_text(encoding="utf-8")
    fresh = BLOCK.sub(replace, text)
    if "--update" in sys.argv and fresh != text:
        DOCUMENT.write_text(fresh, encoding="utf-8")
    tap.case("every block says where it is from", unmarked)
    for file in sorted(programs):
        missing = [f"nothing is {what} it" for what in ("from", "printed by") if (what, file) not in seen]
        tap.case(f"{file} is shown as it is, and what it prints", missing + problems.pop(file, []))
    tap.case("nothing else is shown", problems)
    return tap.finish()


sys.exit(main())
