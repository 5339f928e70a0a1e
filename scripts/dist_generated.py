#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts what re2c or Bison makes of a grammar into the tarball, so that it can be built without them.

usage: dist_generated.py INPUT OUTPUT COMMAND...      a script of `meson dist`

Runs COMMAND in the folder generated/ of the tarball, without numbers of lines that lie elsewhere (-i, --no-lines)."""
import os
import pathlib
import subprocess
import sys

source, output, command = sys.argv[1], sys.argv[2], sys.argv[3:]
root = pathlib.Path(os.environ["MESON_DIST_ROOT"])
folder = root / "generated"
folder.mkdir(exist_ok=True)
sys.exit(subprocess.run([*command, "-o", output, f"../{source}"], cwd=folder, check=False).returncode)
