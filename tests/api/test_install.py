#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `meson install` puts somewhere is enough to build and run a program with pkg-config.

usage: test_install.py BUILD_DIR CC..."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402

PROGRAM = """
#include <ddbexpr/ddbexpr.h>
#include <string.h>

int main(void)
{
    ddbexpr_expression *expression;
    if (ddbexpr_parse(DDBEXPR_CONDITION, ddbexpr_cstr("a = :b"), NULL, NULL, &expression) != DDBEXPR_OK)
        return 1;
    ddbexpr_expression_free(expression);
    return strcmp(ddbexpr_version(), DDBEXPR_VERSION) != 0;
}
"""


def run(command, **more):
    """Output and problems of a command."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    failed = f"{command[0]} ended with status {result.returncode}\n{result.stdout}"
    return result.stdout, [failed] if result.returncode else []


def build_and_run(library, stage, environment, compiler):
    flags, problems = run(["pkg-config", "--cflags", "--libs", library], env=environment)
    if problems:
        return problems
    source, program = stage / f"{library}.c", stage / library
    source.write_text(PROGRAM, encoding="utf-8")
    _, problems = run([*compiler, "-std=c99", "-o", str(program), str(source), *flags.split()])
    return problems or run([str(program)], env=environment)[1]


def main():
    build, compiler = sys.argv[1], sys.argv[2:]
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        stage = pathlib.Path(folder)
        _, problems = run(["meson", "install", "-C", build, "--no-rebuild", "--destdir", str(stage)])
        tap.case("meson install", problems)
        packages = sorted(stage.rglob("libddbexpr*.pc"))
        tap.case("the core can be found by pkg-config",
                 [] if "libddbexpr.pc" in [path.name for path in packages] else ["there is no libddbexpr.pc"])
        for package in packages:
            libraries = {str(path.parent) for path in stage.rglob("libddbexpr*.so")}
            environment = dict(
                os.environ,
                PKG_CONFIG_PATH=str(package.parent),
                PKG_CONFIG_SYSROOT_DIR=str(stage),
                LD_LIBRARY_PATH=":".join(libraries),
            )
            tap.case(f"a program can be built and run with {package.stem}",
                     build_and_run(package.stem, stage, environment, compiler))
    return tap.finish()


sys.exit(main())
