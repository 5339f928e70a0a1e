#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the wheel as scripts/wheel does, installs it into fresh virtual environments, runs its tests and the README's
examples there, and takes it out again.

usage: run_wheel.py BUILD_FOLDER VERSION"""
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402
from interpreters import problems_of, with_modules  # noqa: E402

# Only what is installed is to be found.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("DDBEXPR", "PYTHON", "PIP_"))}
ENVIRONMENT["PYTHONDONTWRITEBYTECODE"] = "1"

USER = """
import ddbexpr

condition = ddbexpr.Condition("a = :a", values={":a": 1})
truth: bool = condition.evaluate({"a": 1})
why: str = condition.explain({"a": 1}).clauses[0].reason
faults: "list[ddbexpr.Diagnostic]" = ddbexpr.check({"Key": {"a": 1}})
wrong: int = condition.evaluate(None).nothing
"""


def run(*command, cwd=None):
    command = [str(part) for part in command]
    return subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def wheel_problems(wheel, version):
    """What is in it, and under which name."""
    wanted = f"ddbexpr-{version}-py3-none-linux_{platform.machine()}.whl"
    if wheel.name != wanted:
        yield f"{wheel.name}, not {wanted}"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = f"ddbexpr-{version}.dist-info"
        if "Root-Is-Purelib: false" not in archive.read(f"{info}/WHEEL").decode():
            yield "WHEEL: a wheel with libraries is not pure"
    modules = {f"ddbexpr/{path.name}" for path in (ROOT / "bindings/python/ddbexpr").glob("*.py")}
    libraries = {"ddbexpr/lib/libddbexpr.so.0", "ddbexpr/lib/libddbexpr-json.so.0"}
    have = {name for name in names if not name.startswith(info)}
    yield from sorted(have ^ (modules | libraries | {"ddbexpr/py.typed"}))
    if f"{info}/LICENSE" not in names:
        yield "no licence"


def library_problems(folder):
    """The libraries need libc and each other, and know no folder of the machine that built them."""
    for library in sorted(folder.glob("*.so.*")):
        dynamic = run("readelf", "-d", library).stdout
        for needed in re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic):
            if not needed.startswith(("libc.so", "libddbexpr", "ld-linux")):
                yield f"{library.name} needs {needed}"
        yield from re.findall(r"\(R(?:UN)?PATH\).*\[/.*\]", dynamic)


class Venv:
    """A virtual environment, with the package's tests beside it."""

    def __init__(self, folder, python, *options):
        self.folder, self.python = folder, folder / "bin" / "python"
        self.made = run(python, "-m", "venv", *options, folder)
        self.tests = folder / "package"
        for name in ("tests", "README.md"):
            source = ROOT / "bindings" / "python" / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            self.tests.mkdir(exist_ok=True)
            copy(source, self.tests / name)

    def pip(self, *arguments):
        return run(self.python, "-m", "pip", "--disable-pip-version-check", *arguments)

    def files(self):
        return {path.relative_to(self.folder) for path in self.folder.rglob("*")}

    def ask(self, program):
        return run(self.python, "-c", program, cwd=self.folder)


def install(tap, venv, wheel, title):
    tap.case(f"{title}: is made", problems_of(venv.made))
    tap.case(f"{title}: the wheel is installed without an index", problems_of(venv.pip("install", "--no-index", wheel)))


def try_alone(tap, venv, wheel, version):
    """Nothing but the standard library."""
    title = "a fresh environment"
    before = venv.files()
    install(tap, venv, wheel, title)
    done = venv.ask(
        "import ddbexpr, importlib.metadata as m; print(ddbexpr.__version__, m.version('ddbexpr'), ddbexpr.__file__)"
    )
    said = done.stdout.split()
    good = said[:2] == [version, version] and said[2].startswith(str(venv.folder))
    tap.case(f"{title}: library and package are of version {version}", [] if good else problems_of(done) + said)
    tap.case(f"{title}: the libraries need nothing", library_problems(next(venv.folder.rglob("ddbexpr/lib"))))
    done = run(venv.python, "-m", "unittest", "discover", "-s", "tests", "-p", "test_[!p]*.py", cwd=venv.tests)
    ran = re.search(r"^Ran (\d+) tests", done.stderr, re.M)
    enough = ran and int(ran[1]) > 80
    tap.case(f"{title}: the tests pass", problems_of(done) or ([] if enough else [done.stderr]))
    done = run(venv.python, "tests/test_readme.py", cwd=venv.tests)
    tap.case(f"{title}: the README's examples print what they show", problems_of(done))
    tap.case(f"{title}: the wheel is uninstalled", problems_of(venv.pip("uninstall", "--yes", "ddbexpr")))
    left = [str(path) for path in venv.files() - before if "__pycache__" not in path.parts]
    tap.case(f"{title}: nothing is left of it", left)
    done = venv.ask("import ddbexpr")
    tap.case(f"{title}: it cannot be imported any more", [] if "ModuleNotFoundError" in done.stderr else [done.stderr])


def try_with_pytest(tap, venv, wheel):
    """Beside Debian's pytest and boto3."""
    title = "beside pytest and boto3"
    install(tap, venv, wheel, title)
    report = venv.folder / "report.xml"
    done = run(venv.python, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}", "tests", cwd=venv.tests)
    tap.case(f"{title}: pytest passes", problems_of(done))
    for case in xml.etree.ElementTree.parse(report).iter("testcase") if report.exists() else ():
        name = f"{case.get('classname')}.{case.get('name')}"
        if case.find("skipped") is not None:
            tap.case(name, ["skipped"])  # everything is there: there is no reason to
        else:
            tap.case(name, [child.text or child.tag for child in case if child.tag in ("failure", "error")])


def try_without_libraries(tap, venv, libraries):
    """As pip makes it of the sources: with the libraries of the system, or of a folder that is named."""
    title = "a wheel without libraries"
    sources = venv.folder / "sources"
    shutil.copytree(ROOT / "bindings", sources / "bindings", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "meson.build", sources)
    options = ("--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", venv.folder / "wheels")
    done = venv.pip("wheel", *options, sources / "bindings" / "python")
    tap.case(f"{title}: pip makes it", problems_of(done))
    for wheel in (venv.folder / "wheels").glob("*.whl"):
        tap.case(f"{title}: is for any platform", [] if wheel.name.endswith("-py3-none-any.whl") else [wheel.name])
        tap.case(f"{title}: is installed", problems_of(venv.pip("install", "--no-index", "--force-reinstall", wheel)))
    done = venv.ask(
        f"import os; os.environ['DDBEXPR_LIBRARY_DIR'] = {str(libraries)!r}\n"
        "import ddbexpr; print(ddbexpr.Condition('attribute_exists(a)').evaluate({'a': 1}))"
    )
    tap.case(f"{title}: takes them from a folder", [] if done.stdout == "True\n" else problems_of(done) + [done.stdout])


def try_types(tap, venv):
    python = with_modules("mypy")
    if python is None:
        tap.skip("mypy sees the types of the installed package", "mypy is not there")
        return
    done = run(
        python, "-m", "mypy", "--strict", "--cache-dir", venv.folder / "mypy", "--python-executable", venv.python, "-c", USER,
        cwd=venv.folder,
    )  # fmt: skip
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    good = len(errors) == 1 and '"bool" has no attribute "nothing"' in errors[0]
    tap.case("mypy sees the types of the installed package", [] if good else [done.stdout, done.stderr])


def main():
    build, version = sys.argv[1:]
    tap = Tap()
    done = run(ROOT / "scripts" / "wheel", "--build", build)
    tap.case("scripts/wheel", problems_of(done))
    if done.returncode:
        return tap.finish()
    wheel = pathlib.Path(done.stdout.splitlines()[-1])
    tap.case("the wheel has its name, and in it what it should", wheel_problems(wheel, version))
    with tempfile.TemporaryDirectory() as folder:
        try_alone(tap, Venv(pathlib.Path(folder) / "alone", sys.executable), wheel, version)
        python = with_modules("pytest", "boto3")
        if python is None:
            tap.skip("beside pytest and boto3", "python3-pytest or python3-boto3 is not there")
            return tap.finish()
        venv = Venv(pathlib.Path(folder) / "beside", python, "--system-site-packages")
        try_with_pytest(tap, venv, wheel)
        try_types(tap, venv)
        try_without_libraries(tap, venv, pathlib.Path(build) / "libraries" / "src")
    return tap.finish()


sys.exit(main())
