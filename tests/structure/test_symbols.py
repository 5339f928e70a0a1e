#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a library exports, what it takes from the C library, and that it has no variables.

usage: test_symbols.py [--sanitized | --counted] NAME SHARED STATIC HEADER..."""
import pathlib
import re
import subprocess
import sys

from declarations import exported, unexported
from tree import Tap, read

# Nothing here prints, reads the locale, the clock or the environment, or ends the process.
C_FUNCTIONS = {
    "bcmp", "calloc", "free", "malloc", "memchr", "memcmp", "memcpy", "memmem", "memmove", "memset", "realloc", "strchr",
    "strcmp", "strcspn", "strlen", "strncmp", "strspn",
}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def dynamic_symbols(library, which):
    """(type, name) of the dynamic symbols, versions cut off."""
    for line in run("nm", "-D", which, library):
        kind, symbol = line.split()[-2:]
        if kind != "A":  # the names of the versions themselves
            yield kind, symbol.split("@")[0]


def variables(archive):
    """Sections of the archive's objects that can be written to at run time."""
    member = "?"
    for line in run("size", "-A", archive):
        if "(ex " in line or line.endswith(":"):
            member = line.split()[0].rstrip(":")
        match = re.match(r"(\.t?(?:data|bss)\S*)\s+(\d+)", line)
        if match and int(match[2]) and not match[1].startswith(".data.rel.ro"):
            yield f"{pathlib.Path(member).name}: {match[2]} bytes in {match[1]}"


def main():
    arguments = sys.argv[1:]
    sanitized = "--sanitized" in arguments
    counted = "--counted" in arguments
    arguments = [argument for argument in arguments if argument not in ("--sanitized", "--counted")]
    library, shared, static = arguments[:3]
    headers = [pathlib.Path(header) for header in arguments[3:]]

    tap = Tap()
    declared = {}
    for header in headers:
        for function in exported(read(header)):
            declared[function] = header.name
    offered = {symbol for _, symbol in dynamic_symbols(shared, "--defined-only")}
    tap.case(
        f"{library} exports every function of its headers",
        (f"{declared[function]} declares {function}" for function in sorted(declared.keys() - offered)),
    )
    tap.case(f"{library} exports nothing else", sorted(offered - declared.keys()))
    tap.case(
        f"{library}'s names begin with ddbexpr_",
        sorted(symbol for symbol in offered | declared.keys() if not symbol.startswith("ddbexpr_")),
    )
    tap.case(
        f"{library}'s headers mark every function for export",
        (f"{header.name}: {function}" for header in headers for function in unexported(read(header))),
    )
    # Names with an underscore are the compiler's and the sanitizers' own.
    foreign = {
        symbol
        for _, symbol in dynamic_symbols(shared, "--undefined-only")
        if not symbol.startswith(("_", "ddbexpr_")) and symbol not in C_FUNCTIONS
    }
    silent_case = f"{library} calls nothing that prints, reads the locale or ends the process"
    if counted:
        tap.skip(silent_case, "gcov has files to write")
    else:
        tap.case(silent_case, sorted(foreign))
    variable_case = f"{library} has no variables"
    if sanitized or counted:
        tap.skip(variable_case, "sanitizers and gcov have some")
    else:
        tap.case(variable_case, variables(static))
    return tap.finish()


sys.exit(main())
