#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The hooks of .pre-commit-hooks.yaml, run by pre-commit itself from a repository on this machine, as the recipes of
docs/editors-and-ci.md use them; and what builds the tool where there is none. pre-commit is told to use no network.

usage: run_hooks.py DDBEXPR [--build]    with --build the tool is built by action.yml and scripts/hook, else they find it
                                         built"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml
from recipes import ROOT, Tap, bash, ended, environment, make_project, recipe, run_action

TAKEN = ["put-item.json", "a/UpdateItem-2.json", "delete_item.jsonl", "order.asl.json", "transact-write-items.json",
         "x/query.json", "Scan.json"]
NOT_TAKEN = ["package.json", "my-put-item.json", "put-item.yaml", "asl.json", "items.json"]


def git(folder, variables, *words):
    done = subprocess.run(["git", *words], cwd=folder, env=variables, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(folder, variables):
    git(folder, variables, "init", "-q")
    git(folder, variables, "add", "-A")
    git(folder, variables, "commit", "-q", "-m", "all")
    return git(folder, variables, "rev-parse", "HEAD")


def hooks_repository(folder, variables):
    """A repository with what the hooks need. -> its commit"""
    (folder / "scripts").mkdir()
    for name in (".pre-commit-hooks.yaml", "scripts/hook", "scripts/lib.sh"):
        shutil.copy(ROOT / name, folder / name)
    return committed(folder, variables)


def try_names(tap):
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    for name in ("ddbexpr-check", "ddbexpr-check-built"):
        pattern = hooks[name]["files"]
        problems = [f"not taken: {file}" for file in TAKEN if not re.search(pattern, file)]
        problems += [f"taken: {file}" for file in NOT_TAKEN if re.search(pattern, file)]
        tap.case(f"{name} takes the files that are requests by their names", problems)


def try_pre_commit(tap, scratch, variables, url, commit):
    for number, hook in ((0, "installed"), (1, "built")):
        for faulty in (True, False):
            project = scratch / f"{hook}-{faulty}"
            project.mkdir()
            make_project(project, faulty)
            if not faulty and hook == "built":
                shutil.copy(project / "requests/put-item.json", project / "requests/other.json")
            text = recipe(".pre-commit-config.yaml", number)
            text = text.replace("https://github.com/OWNER/ddbexpr", str(url)).replace("v0.1.0", commit)
            (project / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
            committed(project, variables)
            done = bash("pre-commit run --all-files --color never", project, variables)
            problems = ended(done, 1 if faulty else 0)
            wanted = ["DX107", "exit code: 2"] if faulty else ["Passed"]
            wanted += ["ddbexpr test....", "Passed"] if number == 0 else []
            problems += [f"not said: {word}\n{done.stdout}" for word in wanted if word not in done.stdout]
            problems += ["a hook had no files"] if "no files" in done.stdout else []
            tap.case(f"pre-commit, {hook}, {'faults' if faulty else 'clean'}", problems)


def main():
    binary, build = sys.argv[1], "--build" in sys.argv
    tap = Tap()
    try_names(tap)
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for name in ("home", "hooks", "bin", "runner", "good"):
            (scratch / name).mkdir()
        identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        nowhere = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
        built = scratch / "runner" / "ddbexpr"
        if build:
            # A runner without ddbexpr; what it would install is there.
            for program in (scratch / "bin" / "sudo", scratch / "bin" / "apt-get"):
                program.write_text(f"#!/bin/sh\necho {program.name} \"$@\"\n", encoding="utf-8")
                program.chmod(0o755)
            project = make_project(scratch / "good", False)
            results, _ = run_action(program, project, scratch / "runner", {"paths": "requests"}, CFLAGS="-O0")
            problems = [problem for done in results.values() for problem in ended(done, 0)]
            said = results["Build ddbexpr where there is none"].stdout
            problems += [] if "apt-get -q -y install --no-install-recommends gcc " in said else ["nothing was installed", said]
            problems += [] if (built / "tree/src/ddbexpr").exists() else ["nothing was built"]
            tap.case("action.yml builds the tool where there is none, and checks with it", problems)
        else:
            (built / "tree/src").mkdir(parents=True)
            (built / "tree/src/ddbexpr").symlink_to(pathlib.Path(binary).resolve())
        variables = environment(binary, HOME=scratch / "home", PRE_COMMIT_HOME=scratch / "home", DDBEXPR_BUILD=built,
                                **identity, **nowhere)
        commit = hooks_repository(scratch / "hooks", variables)
        (built / "ready").write_text(commit + "\n", encoding="utf-8")  # as if it were built from there
        if shutil.which("pre-commit"):
            try_pre_commit(tap, scratch, variables, scratch / "hooks", commit)
        else:
            tap.skip("pre-commit runs the hooks", "no pre-commit")
    return tap.finish()


sys.exit(main())
