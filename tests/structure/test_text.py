#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files as text: heads, lengths, blanks, words that must not be there, formatting, reserved words."""
import re
import shutil
import subprocess
import sys

from tree import ROOT, Tap, files, name, read

C_SUFFIXES = (".c", ".h", ".h.in", ".cpp")
SOURCE_SUFFIXES = C_SUFFIXES + (".def", ".re", ".y", ".map", ".py", ".sh")
LINES_AT_MOST = 1000
RESERVED_WORDS = 573

# Data is not ours to tidy: what a case holds may be anything.
DATA_FOLDERS = ("tests/cases", "tests/data", "tests/golden", "tests/regress", "tests/fuzz/corpus")

# Not ours, or nobody's: in a worktree .git is a file.
NOT_WRITTEN = ("LICENSE", ".git")

# Put together here so that this file does not hold them.
UNFINISHED = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
MACHINE_PATHS = re.compile("|".join(re.escape("/" + folder + "/") for folder in ["wo" + "rk", "ho" + "me"]))


def is_script(path):
    return "." not in path.name and read(path).startswith("#!")


def text_files():
    """(path, text) of everything that people write."""
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name not in NOT_WRITTEN]
    for path in sorted(top) + files():
        if name(path).startswith(DATA_FOLDERS) and not path.name.endswith(SOURCE_SUFFIXES + (".md", "meson.build")):
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8", errors="replace")


def source_files():
    return [(path, text) for path, text in text_files() if path.name.endswith(SOURCE_SUFFIXES) or is_script(path)]


def lacks_head(path, text):
    """Whether the licence line or the comment on the file's job is missing."""
    lines = text.splitlines() + ["", "", ""]
    if lines[0].startswith("#!"):
        lines.pop(0)
    if path.name.endswith((".py", ".sh")) or is_script(path):
        return lines[0] != "# SPDX-License-Identifier: Apache-2.0" or not lines[1].startswith(('"""', "# "))
    return lines[0] != "/* SPDX-License-Identifier: Apache-2.0 */" or not lines[1].startswith("/* ")


def lines_matching(pattern, texts):
    for path, text in texts:
        for number, line in enumerate(text.split("\n"), 1):
            if pattern.search(line):
                yield f"{name(path)}:{number}"


def wrong_ends(texts):
    for path, text in texts:
        if text and (not text.endswith("\n") or text.endswith("\n\n")):
            yield name(path)


def reserved_words():
    words = read(ROOT / "grammar" / "reserved_words.txt").splitlines()
    if words != sorted(set(words)):
        yield "not sorted, or with doubles"
    if len(words) != RESERVED_WORDS:
        yield f"{len(words)} words in place of {RESERVED_WORDS}"


def unformatted(paths):
    result = subprocess.run(
        ["clang-format", "--style=file", "--dry-run", "-Werror", *map(str, paths)], capture_output=True, text=True
    )
    if result.returncode == 0:
        return []
    places = re.findall(r"^(\S+?):(\d+):\d+: error: ", result.stderr, re.MULTILINE)
    first_lines = {}
    for path, line in places:
        first_lines.setdefault(path.removeprefix(f"{ROOT}/"), line)
    return [f"{path}:{line}" for path, line in first_lines.items()] or result.stderr.splitlines()


def main():
    tap = Tap()
    texts = list(text_files())
    sources = source_files()
    tap.case(
        "every source file begins with its licence and its job",
        (name(path) for path, text in sources if lacks_head(path, text)),
    )
    tap.case(
        f"no source file has more than {LINES_AT_MOST} lines",
        (name(path) for path, text in sources if text.count("\n") > LINES_AT_MOST),
    )
    tap.case("no tabs", lines_matching(re.compile("\t"), texts))
    tap.case("no blanks at line ends", lines_matching(re.compile(r"[ \r]$"), texts))
    tap.case("every file ends with one line break", wrong_ends(texts))
    tap.case("nothing is marked as unfinished", lines_matching(UNFINISHED, texts))
    tap.case("no paths of one machine", lines_matching(MACHINE_PATHS, texts))
    tap.case("the reserved words are sorted and complete", reserved_words())
    if shutil.which("clang-format"):
        paths = files(*C_SUFFIXES, folders=["src", "include", "tests", "fuzz", "bench", "examples"])
        tap.case("clang-format changes nothing", unformatted([p for p in paths if not p.name.endswith(".in")]))
    else:
        tap.skip("clang-format changes nothing", "no clang-format")
    return tap.finish()


sys.exit(main())
