#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures other programs beside ours: dynalite (npm) in process with the workload, jq and SQLite over JSON Lines.

usage: peers.py [--runs N] [--megabytes N] [--samples N] [--json FILE] [--install FOLDER] LAUNCH DDBEXPR [PART ...]

What is not on the machine is said and skipped; with --install dynalite is fetched from npm's registry into FOLDER.
Every program that counts items must come to the number that ours comes to."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import figures  # noqa: E402
import generate  # noqa: E402
from tool import CONDITION  # noqa: E402

DYNALITE = "4.0.0"

# The condition of tool.py for the others. Numbers are text in DynamoDB JSON; ours compares them exactly, these as
# floating-point numbers.
JQ = """reduce inputs as $item (0; if ($item.status.S == "paid") and (($item.version.N | tonumber) > 20)
    and (($item.total.N | tonumber) < 500) then . + 1 else . end)"""
SQL = """SELECT count(*) FROM items WHERE json_extract(item, '$.status.S') = 'paid'
    AND CAST(json_extract(item, '$.version.N') AS REAL) > 20 AND CAST(json_extract(item, '$.total.N') AS REAL) < 500"""


def missing(program, use):
    if shutil.which(program):
        return False
    print(f"{program} is not installed: {use} is left out")
    return True


def output(*command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **more).stdout


class Peers:
    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.core = max(os.sched_getaffinity(0))
        self.results = []

    def wants(self, name):
        return not self.arguments.part or any(part in name for part in self.arguments.part)

    def add(self, result):
        self.results.append(result)
        figures.print_row(result, {})

    def run(self, name, command, size=0, runs=None, allowed=(0, 1)):
        samples = figures.launch(self.arguments.launch, command, runs or self.arguments.runs, self.core)
        if samples[-1][3] not in allowed:
            sys.exit(f"{name}: exit status {samples[-1][3]}: {' '.join(command)}")
        result = figures.figure(name, [sample[1] for sample in samples], size)
        result["wall_ns"] = figures.figure(name, [sample[0] for sample in samples])["median_ns"]
        self.add(result)


def measure_dynalite(peers):
    if missing("node", "dynalite"):
        return
    folder = pathlib.Path(peers.arguments.install or HERE)
    module = folder / "node_modules" / "dynalite"
    if not module.is_dir() and peers.arguments.install and not missing("npm", "dynalite"):
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--no-audit", "--no-fund", "--omit=dev", "--ignore-scripts", "--silent"]
        subprocess.run(["npm", "install", *options, "--prefix", str(folder), f"dynalite@{DYNALITE}"])
    if not module.is_dir():
        print("dynalite is not installed: it is left out")
        return
    pinned = ["taskset", "-c", str(peers.core)] if shutil.which("taskset") else []
    samples = [str(peers.arguments.samples), "20"]
    text = output(*pinned, "node", str(HERE / "dynalite.js"), str(module), str(HERE.parent / "workload.json"), *samples)
    for result in generate.json.loads(text)["results"]:
        peers.add(result)


def items_of(peers):
    path, size = peers.folder / "items.jsonl", 0
    with path.open("w") as f:
        for line in generate.items(sys.maxsize):
            size += f.write(line)
            if size >= peers.arguments.megabytes * 1000000:
                break
    return path, size


def measure_items(peers):
    tool = peers.arguments.tool
    path, size = items_of(peers)
    ours = [tool, "eval", *CONDITION, "--count", "--items", str(path)]
    wanted = subprocess.run(ours, stdout=subprocess.PIPE, text=True).stdout.split()
    peers.run("ours/items", ours, size)
    if not missing("jq", "a filter in jq"):
        agree("jq", output("jq", "-n", JQ, str(path)), wanted)
        peers.run("jq/items", ["jq", "-n", JQ, str(path)], size)
    if not missing("sqlite3", "json_extract"):
        measure_sqlite(peers, path, size, wanted)


def measure_sqlite(peers, path, size, wanted):
    """Loaded beforehand, as text: the query reads the JSON of each item three times. Then with the loading."""
    database = str(peers.folder / "items.db")
    load = ["CREATE TABLE items (item TEXT)", ".mode ascii", '.separator "\\037" "\\n"', f".import {path} items"]
    output("sqlite3", database, *load)
    agree("sqlite3", output("sqlite3", database, SQL), wanted)
    peers.run("sqlite/items, loaded", ["sqlite3", database, SQL], size)
    peers.run("sqlite/items, with loading", ["sqlite3", ":memory:", *load, SQL], size)


def agree(name, text, wanted):
    if text.split()[0] not in wanted:
        sys.exit(f"{name} counts {text.strip()}, ours says {' '.join(wanted)}")


def measure_start(peers):
    peers.run("ours/start", [peers.arguments.tool, "version"], runs=31)
    if not missing("jq", "its start"):
        peers.run("jq/start", ["jq", "-n", "1"], runs=31)
    if not missing("sqlite3", "its start"):
        peers.run("sqlite/start", ["sqlite3", ":memory:", "SELECT 1"], runs=31)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--samples", type=int, default=7)
    parser.add_argument("--json")
    parser.add_argument("--install")
    parser.add_argument("launch")
    parser.add_argument("tool")
    parser.add_argument("part", nargs="*")
    arguments = parser.parse_args()
    arguments.tool = str(pathlib.Path(arguments.tool).resolve())
    with tempfile.TemporaryDirectory() as folder:
        peers = Peers(arguments, pathlib.Path(folder))
        for name, measure in (("start", measure_start), ("items", measure_items), ("dynalite", measure_dynalite)):
            if peers.wants(name):
                measure(peers)
    if arguments.json:
        figures.write(arguments.json, peers.results)


if __name__ == "__main__":
    main()
