#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What docs/install.md says is enough to build is enough: without cmocka there are no tests, unless they are asked for.
And what packagers build with: optimisation across files.

usage: test_setup.py CC..."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = """
#include <ddbexpr/ddbexpr.h>
int main(void) { return ddbexpr_version()[0] == '\\0'; }
"""


def run(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)


def without_cmocka(folder):
    """An environment, and options of meson, that know every library of this system but that one."""
    places = run("pkg-config", "--variable", "pc_path", "pkg-config").stdout.strip().split(":")
    places = os.environ.get("PKG_CONFIG_PATH", "").split(":") + places
    known = folder / "pkgconfig"
    known.mkdir()
    for file in (file for place in places if place for file in pathlib.Path(place).glob("*.pc")):
        if file.name != "cmocka.pc" and not (known / file.name).exists():
            (known / file.name).symlink_to(file)
    native = folder / "native.ini"
    native.write_text("[binaries]\ncmake = 'false'\n", encoding="utf-8")  # it would find cmocka as well
    environment = dict(os.environ, CC=" ".join(sys.argv[1:]), PKG_CONFIG_LIBDIR=str(known), PKG_CONFIG_PATH="")
    return environment, ["--native-file", str(native)]


def tests_of(build):
    done = run("meson", "introspect", "--tests", str(build))
    return [test["name"] for test in json.loads(done.stdout)] if done.returncode == 0 else [done.stdout]


def without_lto(folder):
    """Problems of the static library of a build with b_lto, where it is used by a program that is built without."""
    environment, build = dict(os.environ, CC=" ".join(sys.argv[1:])), folder / "lto"
    (folder / "program.c").write_text(PROGRAM, encoding="utf-8")
    for command in (
        ["meson", "setup", "-Db_lto=true", "-Doptimization=0", "-Djson=disabled", "-Dtests=disabled", str(build), str(ROOT)],
        ["ninja", "-C", str(build), "install/libddbexpr.a"],
        [*sys.argv[1:], "-fno-lto", f"-I{ROOT}/include", f"-I{build}/include", "-o", str(folder / "program"),
         str(folder / "program.c"), str(build / "install/libddbexpr.a")],
        [str(folder / "program")],
    ):
        done = run(*command, env=environment)
        if done.returncode:
            yield f"{command}: {done.stdout[-4000:]}"
            return
    names = run("nm", "-g", "--defined-only", "--format=posix", str(build / "install/libddbexpr.a")).stdout.splitlines()
    functions = [line.split()[0] for line in names if " T " in line]
    yield from (name for name in functions if not name.startswith("ddbexpr_"))
    yield from ([] if "ddbexpr_version" in functions else ["ddbexpr_version is not defined"])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment, options = without_cmocka(folder)

        def setup(build, *more):
            return run("meson", "setup", *options, *more, str(folder / build), str(ROOT), env=environment)

        done = setup("plain", "-Dcli=enabled", "-Djson=enabled")
        tap.case("meson setup without cmocka", [done.stdout[-4000:]] if done.returncode else [])
        tap.case("... has no tests", tests_of(folder / "plain"))
        done = setup("tests", "-Dtests=enabled")
        refused = done.returncode and '"cmocka" not found' in done.stdout
        tap.case("... and says so, if they are asked for", [] if refused else [done.stdout[-4000:]])
        tap.case("optimised across files: the static library is for programs that are not", without_lto(folder))
    return tap.finish()


sys.exit(main())
