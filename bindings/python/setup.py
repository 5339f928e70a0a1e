# SPDX-License-Identifier: Apache-2.0
"""What pyproject.toml cannot say: the version, which stands in meson.build alone, and the name of a wheel with libraries.

A wheel with ddbexpr/lib/*.so.* in it is for this platform and any Python 3; one without looks for the libraries of the
system, and is for any platform."""
import pathlib
import re

from setuptools import setup
from setuptools.dist import Distribution

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # before setuptools 70.1 it was wheel's
    from wheel.bdist_wheel import bdist_wheel

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parents[1] / "meson.build"


def version() -> str:
    found = re.search(r"^ *version: '([^']+)',$", BUILD.read_text(encoding="utf-8"), re.M)
    if not found:
        raise SystemExit(f"there is no version in {BUILD}")
    return found[1]


def has_libraries() -> bool:
    return any((HERE / "ddbexpr" / "lib").glob("*.so.*"))


class Wheel(bdist_wheel):
    def get_tag(self):
        python, abi, platform = super().get_tag()
        return ("py3", "none", platform) if has_libraries() else (python, abi, platform)


class WithLibraries(Distribution):
    def has_ext_modules(self):
        return has_libraries()


setup(version=version(), cmdclass={"bdist_wheel": Wheel}, distclass=WithLibraries)
