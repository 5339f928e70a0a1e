#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the static library that is installed: functions that are ours alone get names that no program has.

usage: make_archive.py AR NM OBJCOPY INPUT.a OUTPUT.a

A shared library hides what it does not export; an archive cannot. So what does not begin with ddbexpr_ is renamed; and
what a compiler left for optimisation across files, which has the old names and is for that compiler alone, is removed."""
import pathlib
import subprocess
import sys
import tempfile

NO_LTO = ["--remove-section=.gnu.lto_*", "--remove-section=.gnu.debuglto_*", "--remove-section=.llvm.lto",
          "--strip-symbol=__gnu_lto_v1"]
PUBLIC, PRIVATE = "ddbexpr_", "ddbexpr__private_"


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def private_names(nm, archive):
    """Global names that the archive defines, but for those of headers."""
    for line in run(nm, "--extern-only", "--defined-only", "--format=posix", archive).splitlines():
        fields = line.split()
        if len(fields) > 1 and not fields[0].startswith(PUBLIC):
            yield fields[0]


def members(ar, archive):
    """The object files; a thin archive names them, from where it lies."""
    for name in run(ar, "t", str(archive)).splitlines():
        path = pathlib.Path(name)
        yield path if path.exists() else archive.parent / path


def main():
    ar, nm, objcopy = sys.argv[1:4]
    archive, target = pathlib.Path(sys.argv[4]), pathlib.Path(sys.argv[5]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        names = pathlib.Path(folder) / "names"
        names.write_text("".join(f"{name} {PRIVATE}{name}\n" for name in sorted(set(private_names(nm, str(archive))))))
        objects = []
        for member in members(ar, archive):
            objects.append(str(pathlib.Path(folder) / member.name))
            run(objcopy, *NO_LTO, f"--redefine-syms={names}", str(member), objects[-1])
        target.unlink(missing_ok=True)
        run(ar, "rcsD", str(target), *objects)


main()
