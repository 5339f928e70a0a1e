# SPDX-License-Identifier: Apache-2.0
"""What the tests of recipes share: the recipes as docs/editors-and-ci.md has them, projects to try them in, running."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402,F401  (imported from here by the tests)

DOCUMENT = ROOT / "docs" / "editors-and-ci.md"
RECIPE = re.compile(r"(?:<!-- file: (\S+) -->\n)?```(\w+)\n(.*?)```\n", re.S)
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")

CLEAN = '{"TableName": "users", "Item": {"id": {"S": "a"}}, "ConditionExpression": "attribute_not_exists(id)"}\n'


def recipes():
    """-> [(file that it goes into, kind, text)]"""
    return RECIPE.findall(DOCUMENT.read_text(encoding="utf-8"))


def recipe(file, number=0):
    """The text of the recipe for a file; of several the one with this number."""
    return [text for name, _, text in recipes() if name == file][number]


def make_project(folder, faulty):
    """A folder as a user has it: requests, with faults or without, and suites that pass."""
    shutil.copytree(ROOT / "docs/examples/testing/1", folder / "tests")
    shutil.copy(ROOT / "docs/examples/testing/reserve.json", folder)
    if faulty:
        shutil.copytree(ROOT / "docs/examples/orders", folder / "requests")
        shutil.copy(ROOT / "docs/examples/stock.json", folder / "requests")
    else:
        (folder / "requests").mkdir()
        (folder / "requests" / "put-item.json").write_text(CLEAN, encoding="utf-8")
    return folder


def environment(binary, **more):
    """The environment of a shell that has the tool."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "DDBEXPR"))}
    variables["PATH"] = f"{pathlib.Path(binary).resolve().parent}:{variables['PATH']}"
    return dict(variables, NO_COLOR="1", **{name: str(value) for name, value in more.items()})


def bash(text, folder, variables):
    """Runs a text as GitHub's runner does: it ends at the first command that fails."""
    return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text], cwd=folder, env=variables,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def ended(done, *wanted):
    """Problems where a command did not end with one of these statuses."""
    if done.returncode in wanted:
        return []
    return [f"status {done.returncode}, not {' or '.join(map(str, wanted))}", done.stdout, done.stderr]


def run_action(binary, project, scratch, inputs, **more):
    """The steps of action.yml, one after another. -> ({name of a step: what became of it}, outputs)"""
    import yaml

    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    known = {f"inputs.{name}": inputs.get(name, about["default"]) for name, about in action["inputs"].items()}
    known["github.action_path"] = str(ROOT)
    outputs, path = scratch / "output", scratch / "path"
    results = {}
    for step in action["runs"]["steps"]:
        if "run" not in step:
            continue
        outputs.write_text("", encoding="utf-8")
        path.touch()
        given = {name: EXPRESSION.sub(lambda m: known[m[1]], value) for name, value in step.get("env", {}).items()}
        variables = environment(binary, GITHUB_OUTPUT=outputs, GITHUB_PATH=path, RUNNER_TEMP=scratch, **given)
        variables["PATH"] = ":".join([*path.read_text(encoding="utf-8").split(), variables["PATH"]])
        results[step["name"]] = bash(step["run"], project, dict(variables, **more))
        for line in outputs.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            known[f"steps.{step['id']}.outputs.{name}"] = value
    return results, known
