# SPDX-License-Identifier: Apache-2.0
"""What the structure tests share: the project's files, and TAP. It must not know any rule."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from tap import Tap  # noqa: E402,F401  (imported from here by the tests)

# The folders and the kinds of files that people write; what is built or fetched lies elsewhere.
FOLDERS = ("src", "include", "grammar", "tests", "scripts", "fuzz", "bench", "examples", "docs", "install", "bindings", ".ci")


def files(*suffixes, folders=FOLDERS):
    """The files of the folders, sorted; with suffixes: those that end so."""
    found = []
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and (not suffixes or path.name.endswith(suffixes)):
                found.append(path)
    return sorted(found)


def name(path):
    """A path as messages show it."""
    return path.relative_to(ROOT).as_posix()


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")
