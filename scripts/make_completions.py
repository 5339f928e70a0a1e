#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the completions of a shell from the tool's option tables.

usage: make_completions.py HELP.json bash|zsh|fish OUTPUT

HELP.json is what `ddbexpr help --format json` prints. What an option takes is read off its entry: FORMAT and the like
list their words in the help; X is a member of the request, whose words are the service's; FILE and FOLDER are paths; JSON
may be file://PATH. The frame of each shell's script is scripts/completions/ddbexpr.SHELL, in which lines @COMMANDS@ and
@OPTIONS@ stand for what is made here."""
import json
import pathlib
import re
import sys

FRAMES = pathlib.Path(__file__).resolve().parent / "completions"
WORDY = {"FORMAT", "WHEN", "EPOCH", "LEVEL", "KIND"}
PATHS = ("FILE", "FOLDER", "ITEMS")
# The words that the service takes for members of a request.
MEMBERS = {
    "return-values": ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"],
    "return-values-on-condition-check-failure": ["ALL_OLD", "NONE"],
    "return-consumed-capacity": ["INDEXES", "TOTAL", "NONE"],
    "return-item-collection-metrics": ["SIZE", "NONE"],
    "select": ["ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT"],
}
WHOLE_ITEM = {"put-item", "delete-item"}  # they return NONE or ALL_OLD


class Option:
    def __init__(self, entry, command, operations):
        self.name, self.help, self.argument = entry["name"], entry["help"], entry.get("argument")
        self.words = MEMBERS.get(self.name, []) if self.argument == "X" else []
        if self.name == "return-values" and command in WHOLE_ITEM:
            self.words = ["NONE", "ALL_OLD"]
        elif self.argument in WORDY and not self.words:
            self.words = listed(self.help, command)
        elif self.argument == "OPERATION":
            self.words = operations
        self.takes_path = bool(self.argument) and self.argument.endswith(PATHS)
        self.takes_json = self.argument == "JSON"

    def kind(self):
        """What a shell is to offer behind it: "none" (it takes nothing), "words", "files", "json", "any"."""
        if not self.argument:
            return "none"
        return "words" if self.words else "files" if self.takes_path else "json" if self.takes_json else "any"


class Command:
    def __init__(self, entry, names, operations):
        self.name, self.summary = entry["name"], entry["summary"]
        self.options = [Option(option, self.name, operations) for option in entry["options"] if not option.get("ignored")]
        arguments = re.sub(r"--[a-z-]+ \S+", "", entry["usage"])
        self.takes_files = bool(re.search(r"\b(FILE|FOLDER|SUITE|ITEMS)\b", arguments))
        self.words = names if re.search(r"\bCOMMAND\b", arguments) else []


def listed(help_text, command):
    """The words that a help text offers: `text, markdown or json`; what is in brackets is about them."""
    words = re.findall(rf"\({command}: or (\w+)\)", help_text)
    text = re.sub(r"\s*\([^)]*\)", "", help_text)
    found = re.search(r"([\w-]+(?:, [\w-]+)+(?: or [\w-]+)?|[\w-]+ or [\w-]+)", text)
    return re.split(r", | or ", found[1]) + words if found else words


def load(path):
    tool = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    names = [entry["name"] for entry in tool["commands"]]
    # The operations are those that commands are named after.
    operations = [camel(entry["name"]) for entry in tool["commands"] if entry["summary"].startswith(camel(entry["name"]))]
    return [Command(entry, names, operations) for entry in tool["commands"]]


def camel(name):
    return "".join(part.capitalize() for part in name.split("-"))


def single_quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


# --- bash: tables that the frame looks up ---

def bash(commands):
    options = []
    for command in commands:
        names = " ".join(f"--{option.name}" for option in command.options)
        options.append(f"    {command.name}) options='{names}' ;;")
    kinds = {}  # of each option, by command
    for command in commands:
        for option in command.options:
            if option.kind() != "none":
                words = f" {' '.join(option.words)}" if option.words else ""
                kinds.setdefault(option.name, {})[command.name] = option.kind() + words
    behind = {}  # what follows: behind which options
    for option, by_command in sorted(kinds.items()):
        values = set(by_command.values())
        for command, value in [("*", values.pop())] if len(values) == 1 else by_command.items():
            behind.setdefault(value, []).append(f"{command}:--{option}")
    values = [f"    {' | '.join(places)}) value='{value}' ;;" for value, places in sorted(behind.items())]
    files = " | ".join(command.name for command in commands if command.takes_files)
    words = [f"    {command.name}) arguments='{' '.join(command.words)}' ;;" for command in commands if command.words]
    return {
        "COMMANDS": ["    local commands='" + " ".join(command.name for command in commands) + "'"],
        "OPTIONS": options,
        "VALUES": values,
        "ARGUMENTS": [f"    {files}) arguments=@files ;;", *words],
    }


# --- zsh: a function a command ---

def zsh_text(text):
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


def zsh_action(option):
    actions = {"words": f"({' '.join(option.words)})", "files": "_files", "json": "_ddbexpr_json", "any": " "}
    return f":{option.argument.replace(':', ' ')}:{actions[option.kind()]}" if option.argument else ""


def zsh_spec(option):
    equals = "=" if option.argument else ""
    return f"        {single_quoted(f'*--{option.name}{equals}[{zsh_text(option.help)}]{zsh_action(option)}')} \\"


def zsh(commands):
    lines = []
    for command in commands:
        lines += [f"_ddbexpr_{command.name}() {{", "    _arguments -s : \\"]
        lines += [zsh_spec(option) for option in command.options]
        argument = "'*:FILE:_files'" if command.takes_files else f"'1:COMMAND:({' '.join(command.words)})'" if command.words else "'*: : '"
        lines += [f"        {argument}", "}", ""]
    names = [f"        {single_quoted(command.name + ':' + zsh_text(command.summary))}" for command in commands]
    return {"OPTIONS": lines[:-1], "COMMANDS": names}


# --- fish: a line an option ---

def fish_quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish_spec(command, option):
    wants = {
        "none": "",
        "words": f" -x -a {fish_quoted(' '.join(option.words))}",
        "files": " -r -F",
        "json": " -x -a '(__ddbexpr_json)'",
        "any": " -x",
    }
    condition = fish_quoted(f"__ddbexpr_is {command.name}")
    return f"complete -c ddbexpr -n {condition} -l {option.name}{wants[option.kind()]} -d {fish_quoted(option.help)}"


def fish(commands):
    names, options = [], []
    for command in commands:
        names.append(f"complete -c ddbexpr -n __ddbexpr_first -f -a {command.name} -d {fish_quoted(command.summary)}")
        options += [fish_spec(command, option) for option in command.options]
        condition = fish_quoted(f"__ddbexpr_is {command.name}")
        if command.takes_files:
            options.append(f"complete -c ddbexpr -n {condition} -F")
        elif command.words:
            options.append(f"complete -c ddbexpr -n {condition} -f -a {fish_quoted(' '.join(command.words))}")
    return {"COMMANDS": names, "OPTIONS": options}


def main():
    source, shell, target = sys.argv[1:]
    made = {"bash": bash, "zsh": zsh, "fish": fish}[shell](load(source))
    lines = []
    for line in (FRAMES / f"ddbexpr.{shell}").read_text(encoding="utf-8").split("\n"):
        place = re.fullmatch(r"@(\w+)@", line)
        lines += made[place[1]] if place else [line]
    pathlib.Path(target).write_text("\n".join(lines), encoding="utf-8")


main()
