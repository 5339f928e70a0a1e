# SPDX-License-Identifier: Apache-2.0
"""The command lines that are walked: those of tests/golden/cli and of tests/fault/cli, which are folders of the same
form (tests/golden/run_golden.py). It knows which commands, options and formats the tool has from its help, so that one
without a line is noticed. It must not know what goes wrong."""
import pathlib
import re
import shlex
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
FOLDERS = (HERE / "cli", HERE.parent / "golden" / "cli")


def content(path):
    return path.read_bytes() if path.is_file() else b""


def tree(folder):
    """-> {path in the folder: content}"""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Line:
    """A command line, and what it finds: standard input, environment, files."""

    def __init__(self, folder):
        self.name = folder.name
        self.words = shlex.split((folder / "cmd").read_text(encoding="utf-8"))[1:]
        self.stdin = content(folder / "stdin")
        self.environment = dict(line.split("=", 1) for line in content(folder / "env").decode().split("\n") if line)
        self.files = tree(folder / "files")
        self.writes = (folder / "files_after").is_dir()
        self.terminal = (folder / "tty").exists()


def all_lines():
    """Those on a terminal are about the terminal."""
    folders = [path for folder in FOLDERS for path in sorted(folder.iterdir()) if (path / "cmd").exists()]
    return [line for line in map(Line, folders) if not line.terminal]


# --- what the tool has ---


class Abilities:
    """The commands, their options, and the values of --format."""

    def __init__(self, binary):
        self.binary = binary
        self.options = {}  # command: {option: whether it takes a value}
        self.formats = {}  # command: values of --format
        for command in re.findall(r"^  ([a-z-]+) +\S", self.help(), re.M):
            if command not in ("help", "version"):
                self.read_help(command)

    def help(self, *words):
        return subprocess.run([self.binary, "help", *words], capture_output=True, text=True, check=True).stdout

    def read_help(self, command):
        text = self.help(command)
        self.options[command] = {}
        for name, value in re.findall(r"^  --([a-z-]+)( [A-Z]\S*)?(?= |$)", text, re.M):
            self.options[command][name] = bool(value)
        told = re.search(r"^  --format FORMAT\s+([a-z, \n]+?)(?:;|:|\n  --|\n\n|$)", text, re.M)
        if told:
            self.formats[command] = re.findall(r"[a-z]+", re.sub(r"\bor\b", "", told[1]))

    def wanted(self):
        """What some line has to use."""
        for command in self.options:
            yield command
            yield from (f"{command} --format {form}" for form in self.formats.get(command, []))

    def used(self, line):
        """What a line uses, options that are abbreviated included."""
        if not line.words or line.words[0] not in self.options:
            return {" ".join(line.words[:1])}
        command, found = line.words[0], {line.words[0]}
        if line.writes:
            found.add(f"{command} writes")
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
