# SPDX-License-Identifier: Apache-2.0
"""The command lines that are walked: those of tests/golden/cli and of tests/fault/cli, which are folders of the same
form (tests/golden/run_golden.py), and those of the documents (tests/docs/run_documents.py). It knows which commands,
options and formats the tool has from its help, so that one without a line is noticed. It must not know what goes wrong.
"""
import gzip
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from packed import zstd  # noqa: E402

FOLDERS = (HERE / "cli", HERE.parent / "golden" / "cli")


def content(path):
    return path.read_bytes() if path.is_file() else b""


def tree(folder):
    """-> {path in the folder: content}"""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# Lines of which every allocation fails, also where others are walked in part: together they come to every line of the
# tool that a lack of memory leads to.
WHOLE = {
    "test-measured", "test-rewritten", "test-stdin-suite", "check-fix-value-file", "config-path-classic", "test-twice", "check-junit-suppressed-by-baseline", "check-format-checkstyle",
    "check-format-github", "check-write-baseline", "check-diff-ignored", "check-diff-options", "explain-many-updates", "eval-zst", "eval-wide", "eval-wide-fault", "test-stdin-cases",
    "check-write-baseline-into-pipe", "explain-each-gz", "explain-many", "test-item-faults",
    "test-json-suite", "test-none-junit", "check-fix-beside-no-request", "check-baseline-and-unused",
    "generate-update-item", "transact-without-schema", "update-item-diff", "test-because",
}  # fmt: skip

# Files that are made of others: FILE.many of FILE, and so on. The many, and a wide one, are more than the tool reads at
# once.
MADE = {".many": lambda text: text * (700000 // len(text)), ".half": lambda text: text[: len(text) // 2], ".gz": lambda text: gzip.compress(text, mtime=0), ".zst": zstd, ".wide": lambda text: text.replace(b"WIDE", b"x" * 300000)}


def made(name, files):
    """-> content of a file that a command line names; None: it is made of none"""
    base, dot, suffix = name.rpartition(".")
    if name in files or f".{suffix}" not in MADE:
        return files.get(name)
    text = made(base, files)
    return None if text is None else MADE[dot + suffix](text)


class Line:
    """A command line, and what it finds: standard input, environment, files."""

    def __init__(self, name, words, stdin=b"", environment=None, files=None):
        self.name, self.words, self.stdin = name, words, stdin
        self.environment, self.files = environment or {}, files or {}
        for word in words:
            text = made(word, self.files)
            if text is not None:
                self.files[word] = text

    def with_format(self, form):
        return Line(f"{self.name} --format {form}", [*self.words, "--format", form], self.stdin, self.environment, self.files)


def line_of_folder(folder):
    words = shlex.split((folder / "cmd").read_text(encoding="utf-8"))[1:]
    lines = content(folder / "env").decode().split("\n")
    return Line(folder.name, words, content(folder / "stdin"), dict(l.split("=", 1) for l in lines if l), tree(folder / "files"))


def lines_of_folders():
    """Those on a terminal are about the terminal."""
    folders = [path.parent for folder in FOLDERS for path in sorted(folder.glob("*/cmd"))]
    return [line_of_folder(folder) for folder in folders if not (folder / "tty").exists()]


# --- documents ---

BLOCK = re.compile(r"(?:<!-- in: (?P<folder>\S+) -->\n)?```console\n(?P<body>.*?)```\n", re.S)
COMMAND = re.compile(r"^\$ ((?:ddbexpr|cat|echo|printf|cd)\b(?:[^\n]*\\\n)*[^\n]*)\n", re.M)

# In place of the tool: keeps the words, each behind a line that it is one, and standard input.
RECORDER = """#!/bin/sh
n=$(ls "$RECORDED" | wc -l)
cat >"$RECORDED/$n.stdin"
pwd >"$RECORDED/$n.folder"
printf '%s\\0' "$@" >"$RECORDED/$n.words"
"""


def files_of(words, folder):
    """What the words name of a folder, as files of a folder of their own."""
    files = {}
    for word in words:
        name = re.sub(r"^(?:\w+=)?(?:file://)?", "", word)
        path = folder / name
        if not name or len(name) > 200 or name.startswith(("/", "..", "{", "[")) or not path.exists():
            continue
        files |= {str(p.relative_to(folder)): p.read_bytes() for p in ([path] if path.is_file() else path.rglob("*")) if p.is_file()}
    return files


def lines_of_document(path, place):
    """A shell runs the commands, with something else for a ddbexpr."""
    for block in BLOCK.finditer(path.read_text(encoding="utf-8")):
        folder = ROOT / (block["folder"] or ".")
        for command in COMMAND.findall(block["body"]):
            subprocess.run(["bash", "-c", command], cwd=folder, env=dict(os.environ, PATH=f"{place}:{os.environ['PATH']}",
                           RECORDED=place / "recorded"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=False)  # fmt: skip


def lines_of_documents():
    """Those that only read their folder, and those in the folder of an example, which is copied as a whole."""
    lines = []
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        (place / "recorded").mkdir()
        (place / "ddbexpr").write_text(RECORDER)
        (place / "ddbexpr").chmod(0o755)
        for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md")), *sorted(HERE.parent.glob("golden/*.md"))]:
            lines_of_document(document, place)
        for path in sorted(place.glob("recorded/*.words"), key=lambda p: int(p.stem)):
            words = path.read_bytes().decode().split("\0")[:-1]
            folder = pathlib.Path(path.with_suffix(".folder").read_text().strip())
            files = files_of(words, folder) if folder == ROOT else tree(folder)
            lines.append(Line(f"document {path.stem}: {' '.join(words[:1])}", words, path.with_suffix(".stdin").read_bytes(), {}, files))
    return lines


def all_lines():
    lines, seen = [], set()
    for line in lines_of_folders() + lines_of_documents():
        key = (tuple(line.words), line.stdin, tuple(sorted(line.files)))
        if key not in seen:
            lines.append(line)
        seen.add(key)
    return lines


# --- what the tool has ---


class Abilities:
    """The commands, their options, and the values of --format."""

    def __init__(self, binary):
        self.binary = binary
        self.options = {}  # command: {option: whether it takes a value}
        self.formats = {}  # command: values of --format
        for command in re.findall(r"^  ([a-z-]+) +\S", self.help(), re.M):
            self.read_help(command)

    def help(self, *words):
        return subprocess.run([self.binary, "help", *words], capture_output=True, text=True, check=True).stdout

    def read_help(self, command):
        text = self.help(command)
        self.options[command] = {}
        for name, value in re.findall(r"^  --([a-z-]+)( [A-Z]\S*)?(?= |$)", text, re.M):
            self.options[command][name] = bool(value)
        told = re.search(r"^  --format FORMAT\s+([a-z, ]+)(?:\((\w+): or (\w+)\))?$", text, re.M)
        if told:
            self.formats[command] = re.findall(r"[a-z]+", re.sub(r"\bor\b", "", told[1]))
            self.formats[command] += [told[3]] if told[2] == command else []
        elif "--format" in self.options[command]:
            raise ValueError(f"what are the formats of {command}?")

    def wanted(self):
        """What some line has to use."""
        for command in self.options:
            yield command
            yield from (f"{command} --format {form}" for form in self.formats.get(command, []))

    def with_formats(self, lines):
        """The lines, and others for formats that none of them has: of a line of the same command."""
        used = set().union(*map(self.used, lines))
        for command, forms in self.formats.items():
            bare = [l for l in lines if command in self.used(l) and f"{command} --help" not in self.used(l) and "--format" not in " ".join(self.used(l))]
            lines += (bare[0].with_format(form) for form in forms if bare and f"{command} --format {form}" not in used)
        return lines

    def used(self, line):
        """What a line uses, options that are abbreviated included."""
        if not line.words or line.words[0] not in self.options:
            return {" ".join(line.words[:1])}
        command, found = line.words[0], {line.words[0]}
        words = iter(line.words[1:])
        for word in words:
            if not word.startswith("--"):
                continue
            name, equals, value = word[2:].partition("=")
            fitting = [o for o in self.options[command] if o == name] or [o for o in self.options[command] if o.startswith(name)]
            if len(fitting) != 1:
                continue
            if self.options[command][fitting[0]] and not equals:
                value = next(words, "")
            found.add(f"{command} --{fitting[0]}" + (f" {value}" if fitting[0] == "format" else ""))
        return found


def chosen(lines, abilities):
    """Few lines that use all that any line uses."""
    open_ones, picked = set().union(*map(abilities.used, lines)), []
    while open_ones:
        best = max(lines, key=lambda line: len(abilities.used(line) & open_ones))
        picked.append(best)
        open_ones -= abilities.used(best)
    return picked
