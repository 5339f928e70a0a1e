#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`meson install` puts everything where it belongs, programs can be built against it, and `ninja uninstall` leaves nothing.

usage: test_install.py BUILD_DIR CC..."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
EMBED = ROOT / "examples/embed.c"
PRINTED = "version = :v is false\n"

# What has to be there, under the prefix; LIB stands for the folder of the libraries.
WANTED = [
    "bin/ddbexpr",
    *(f"LIB/lib{name}{end}" for name in ("ddbexpr", "ddbexpr-json") for end in (".a", ".so", ".so.0")),
    "LIB/pkgconfig/ddbexpr.pc",
    "LIB/pkgconfig/ddbexpr-json.pc",
    "include/ddbexpr/ddbexpr.h",
    "include/ddbexpr/json.h",
    "include/ddbexpr/version.h",
    "share/ddbexpr/ddbexpr.schema.json",
    "share/ddbexpr/suite.schema.json",
    "share/ddbexpr/rules/DX107.md",
    "share/licenses/ddbexpr/LICENSE",
    "share/man/man1/ddbexpr.1",
    "share/man/man1/ddbexpr-check.1",
    "share/man/man3/libddbexpr.3",
    "share/bash-completion/completions/ddbexpr",
    "share/zsh/site-functions/_ddbexpr",
    "share/fish/vendor_completions.d/ddbexpr.fish",
]

# Of the core alone, in the C that its headers ask for.
CORE_PROGRAM = """
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
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)
    failed = f"{command} ended with status {result.returncode}\n{result.stdout}"
    return result.stdout, [failed] if result.returncode else []


class Stage:
    """A folder into which everything was installed."""

    def __init__(self, build, folder, compiler):
        self.build, self.compiler = build, compiler
        self.folder = pathlib.Path(folder) / "stage"
        self.outside = pathlib.Path(folder) / "outside"
        self.outside.mkdir()

    def install(self):
        return run(["meson", "install", "-C", self.build, "--no-rebuild", "--destdir", str(self.folder)])[1]

    def find(self):
        """Looks where the prefix and the libraries are."""
        self.prefix = next(self.folder.rglob("bin/ddbexpr")).parents[1]
        self.libraries = next(self.folder.rglob("pkgconfig/ddbexpr.pc")).parents[1]
        self.environment = dict(
            os.environ,
            PKG_CONFIG_PATH=str(self.libraries / "pkgconfig"),
            PKG_CONFIG_SYSROOT_DIR=str(self.folder),
            LD_LIBRARY_PATH=str(self.libraries),
            CC=self.compiler[-1],
        )

    def missing(self):
        place = str(self.libraries.relative_to(self.prefix))
        wanted = [name.replace("LIB", place) for name in WANTED]
        wanted += [f"include/ddbexpr/{path.name}" for path in (ROOT / "include/ddbexpr").glob("*.h")]
        wanted += [f"share/ddbexpr/rules/{path.name}" for path in (ROOT / "docs/rules").glob("DX*.md")]
        return [name for name in wanted if not (self.prefix / name).exists()]

    def wrong_sonames(self):
        for name in ("libddbexpr", "libddbexpr-json"):
            headers, problems = run(["objdump", "-p", str(self.libraries / f"{name}.so")])
            yield from problems
            if re.findall(r"SONAME\s+(\S+)", headers) != [f"{name}.so.0"]:
                yield f"{name}.so is not called {name}.so.0"
            node = name.upper().replace("-", "_") + "_0"
            if node not in headers:
                yield f"{name}.so has no version {node}"

    def names_not_ours(self):
        """What the archives define without saying whose it is."""
        for name in ("libddbexpr.a", "libddbexpr-json.a"):
            symbols, problems = run(["nm", "-g", "--defined-only", "--format=posix", str(self.libraries / name)])
            yield from problems
            names = [line.split()[0] for line in symbols.splitlines() if len(line.split()) > 2]
            if len(names) < 10:
                yield f"{name} defines {names} only"
            yield from (f"{name}: {each}" for each in names if not each.startswith("ddbexpr_"))

    def shell(self, command):
        return run(["sh", "-c", command], cwd=self.outside, env=self.environment)

    def printed_otherwise(self, program):
        printed, problems = self.shell(program)
        return problems or ([] if printed == PRINTED else [f"{program} printed {printed!r}"])

    def build_core(self):
        (self.outside / "core.c").write_text(CORE_PROGRAM, encoding="utf-8")
        cc = " ".join(self.compiler)
        return self.shell(f"{cc} -std=c99 core.c -o core $(pkg-config --cflags --libs ddbexpr) && ./core")[1]

    def build_embed(self, options, pkg_config_options):
        (self.outside / "a.out").unlink(missing_ok=True)
        shutil.copy(EMBED, self.outside)
        cc = " ".join(self.compiler)
        flags = f"$(pkg-config {pkg_config_options} --cflags --libs ddbexpr-json)"
        return self.shell(f"{cc} {options} embed.c {flags}")[1] or self.printed_otherwise("./a.out")

    def build_with_cmake(self):
        project = self.outside / "cmake"
        shutil.copytree(ROOT / "tests/install/cmake", project)
        shutil.copy(EMBED, project)
        _, problems = self.shell("cmake -S cmake -B cmake/build && cmake --build cmake/build")
        return problems or self.printed_otherwise("cmake/build/outside")

    def uninstall(self):
        return run(["ninja", "-C", self.build, "uninstall"])[1]

    def left(self):
        return [str(path) for path in self.folder.rglob("*")] if self.folder.exists() else []


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(sys.argv[1], folder, sys.argv[2:])
        problems = stage.install()
        tap.case("meson install", problems)
        if problems:
            return tap.finish()
        stage.find()
        tap.case("everything is where it belongs", stage.missing())
        tap.case("sonames and versions of the libraries", stage.wrong_sonames())
        tap.case("static libraries take no names from programs", stage.names_not_ours())
        tap.case("the tool runs where it was installed", run([str(stage.prefix / "bin/ddbexpr"), "version"])[1])
        tap.case("a program of the core, in C99", stage.build_core())
        tap.case("examples/embed.c, by the line that it shows", stage.build_embed("", ""))
        tap.case("examples/embed.c, linked statically", stage.build_embed("-static", "--static"))
        if shutil.which("cmake"):
            tap.case("a project of CMake's", stage.build_with_cmake())
        else:
            tap.skip("a project of CMake's", "no cmake")
        tap.case("ninja uninstall", stage.uninstall())
        tap.case("nothing is left", stage.left())
    return tap.finish()


sys.exit(main())
