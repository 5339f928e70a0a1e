# SPDX-License-Identifier: Apache-2.0
"""Which Python runs what: Debian's sees Debian's packages, and another one may come first in the PATH."""
import subprocess
import sys


def with_modules(*names):
    """The first Python that has the modules, or None."""
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            done = subprocess.run([python, "-c", "import " + ", ".join(names)], capture_output=True, check=False)
        except OSError:
            continue
        if done.returncode == 0:
            return python
    return None


def problems_of(done):
    """What a finished process said, if it failed."""
    return [] if done.returncode == 0 else [f"exit status {done.returncode}", done.stdout or "", done.stderr or ""]
