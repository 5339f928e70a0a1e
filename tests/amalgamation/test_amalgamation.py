#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The one file that scripts/amalgamate makes of both libraries: every compiler takes it without a warning and without
any option, it defines the public functions and nothing else, and a program is built with it by one command.

usage: test_amalgamation.py DDBEXPR.C CXX|- CC..."""
import pathlib
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "structure")]
from declarations import exported  # noqa: E402
from tap import Tap  # noqa: E402

EMBED = TESTS.parent / "examples" / "embed.c"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def run(*command, text=None):
    """Output and problems of a command."""
    done = subprocess.run([str(word) for word in command], input=text, capture_output=True, text=True, check=False)
    failed = [f"{command[0]} ended with status {done.returncode}", *done.stderr.splitlines()[:20]]
    return done.stdout, failed if done.returncode else []


def defined(compiled):
    """Names that other files see."""
    lines, problems = run("nm", "--extern-only", "--defined-only", "--format=posix", compiled)
    return {line.split()[0] for line in lines.splitlines()}, problems


def header_problems(compiler, language, standard, folder):
    return run(*compiler, f"-std={standard}", *WARNINGS, "-fsyntax-only", "-x", language, "-I", folder, "-",
               text='#include "ddbexpr.h"\n#include "ddbexpr.h"\nint main(void);\n')[1]


def try_compiler(tap, cc, source, scratch):
    name, compiled, program = pathlib.Path(cc).name, scratch / "ddbexpr.o", scratch / "embed"
    _, problems = run(cc, "-std=c17", *WARNINGS, "-c", source, "-o", compiled)
    tap.case(f"{name} compiles ddbexpr.c without a warning", problems)

    functions, problems = defined(compiled)
    wanted = set(exported((source.parent / "ddbexpr.h").read_text(encoding="utf-8")))
    problems += [f"{function} is declared and not defined" for function in sorted(wanted - functions)]
    problems += [f"{function} is defined and not declared" for function in sorted(functions - wanted)]
    tap.case(f"{name}: all that others see of ddbexpr.c is the public functions", problems if wanted else ["no functions"])

    example = scratch / "embed.c"
    text = EMBED.read_text(encoding="utf-8").replace("<ddbexpr/json.h>", '"ddbexpr.h"')
    example.write_text(text, encoding="utf-8")
    _, problems = run(cc, "-std=c17", "-I", source.parent, example, compiled, "-o", program)
    printed, more = ("", []) if problems else run(program)
    if printed != "version = :v is false\n":
        more = [*more, f"it printed {printed!r}"]
    tap.case(f"{name}: examples/embed.c is built with it and runs", problems or more)
    tap.case(f"{name}: ddbexpr.h is C99", header_problems([cc], "c", "c99", source.parent))


def main():
    source, cxx, compilers = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    tap = Tap()
    tap.case("there is a compiler to try", [] if compilers else ["neither gcc nor clang"])
    with tempfile.TemporaryDirectory() as folder:
        for cc in compilers:
            try_compiler(tap, cc, source, pathlib.Path(folder))
    if cxx == "-":
        tap.skip("ddbexpr.h is C++11", "no C++ compiler")
    else:
        tap.case("ddbexpr.h is C++11", header_problems([cxx], "c++", "c++11", source.parent))
    return tap.finish()


sys.exit(main())
