#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each public header compiles alone, and twice over, as C99 and as C++11.

usage: test_headers.py BUILD_INCLUDE_DIR CXX|- CC..."""
import pathlib
import subprocess
import sys

from tree import ROOT, Tap, name

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wundef", "-Werror"]


def problems(compiler, language, standard, header, built):
    program = f"#include <ddbexpr/{header}>\n#include <ddbexpr/{header}>\nint main(void);\n"
    command = compiler + [f"-std={standard}", *WARNINGS, "-fsyntax-only", "-x", language, "-"]
    command += ["-I", str(ROOT / "include"), "-I", str(built)]
    result = subprocess.run(command, input=program, capture_output=True, text=True)
    return result.stderr.splitlines()[:20] or ["the compiler failed"] if result.returncode else []


def main():
    built = pathlib.Path(sys.argv[1])
    cxx, cc = sys.argv[2], sys.argv[3:]
    headers = sorted({path.name for folder in (ROOT / "include", built) for path in (folder / "ddbexpr").glob("*.h")})
    tap = Tap()
    for header in headers:
        tap.case(f"{header} is C99", problems(cc, "c", "c99", header, built))
        if cxx == "-":
            tap.skip(f"{header} is C++11", "no C++ compiler")
        else:
            tap.case(f"{header} is C++11", problems([cxx], "c++", "c++11", header, built))
    return tap.finish()


sys.exit(main())
