#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where a configuration lies, told as people in the working directory would write it: above it, below it, elsewhere, and
all of it below the root folder.

usage: run_places.py DDBEXPR"""
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())


def told_in(here, folder):
    """A faulty configuration, as it is named when a file beside it is checked."""
    done = subprocess.run([BINARY, "check", str(folder / "request.json")], cwd=here, capture_output=True, text=True, check=False)
    return name_in(done.stderr)


def name_in(complaint):
    return complaint.removeprefix("ddbexpr: ").split(":")[0]


def in_a_folder_taken_away(folder, *words):
    folder.mkdir()
    command = ["sh", "-c", 'rmdir "$0" && exec "$@"', str(folder), BINARY, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(os.path.realpath(place))
        project = place / "project"
        (project / "src" / "inner").mkdir(parents=True)
        (place / "other").mkdir()
        (project / "ddbexpr.yaml").write_text("nonsense: 1\n")
        (project / "request.json").write_text('{"op": "GetItem", "TableName": "T", "Key": {"pk": {"S": "a"}}}\n')
        places = {
            "in the working directory": (project, "ddbexpr.yaml"),
            "above it": (project / "src", "../ddbexpr.yaml"),
            "two folders above it": (project / "src" / "inner", "../../ddbexpr.yaml"),
            "below it": (place, "project/ddbexpr.yaml"),
            "elsewhere": (place / "other", f"{project}/ddbexpr.yaml"),
            "below the root": (pathlib.Path("/"), str(project / "ddbexpr.yaml")[1:]),
        }
        for name, (here, expected) in places.items():
            told = told_in(here, project)
            tap.case(name, [] if told == expected else [f"{told!r} in place of {expected!r}"])
        done = in_a_folder_taken_away(place / "gone", "check", str(project / "request.json"))
        good = "nonsense" in done.stderr and name_in(done.stderr) == f"{project}/ddbexpr.yaml"
        tap.case("above no working directory", [] if good else [done.stderr])
        done = in_a_folder_taken_away(place / "gone", "check", "--condition-expression", "attribute_exists(a)")
        tap.case("none, as there is no working directory", [] if (done.returncode, done.stdout, done.stderr) == (0, "no faults\n", "") else [str(done)])
        (project / "ddbexpr.yaml").unlink()
        (project / "ddbexpr.yaml").symlink_to("ddbexpr.yaml")
        told = told_in(project, project)
        tap.case("one that cannot be looked at is not as none", [] if told == "ddbexpr.yaml" else [repr(told)])
    return tap.finish()


sys.exit(main())
