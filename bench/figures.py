# SPDX-License-Identifier: Apache-2.0
"""Figures as the scripts share them: one process measured, samples summed up, rows printed and kept. The files are those
that the program `bench` writes, so that all can be compared by name."""
import json
import shutil
import statistics
import subprocess


def launch(launcher, command, runs, core=None):
    """Runs a command after one that warms up -> a list of (seconds, processor seconds, kB, status). `launcher` is the
    program bench/launch; `core` a number, or None for all there are."""
    pinned = ["taskset", "-c", str(core)] if core is not None and shutil.which("taskset") else []
    done = subprocess.run([*pinned, launcher, str(1 + runs), *command], stdout=subprocess.PIPE, text=True, check=True)
    lines = [line.split() for line in done.stdout.splitlines()[1:]]
    return [(float(wall), float(processor), int(memory), int(status)) for wall, processor, memory, status in lines]


def figure(name, seconds, size=0, note="", count=1):
    """The figure of samples in seconds, for each of `count` things that a sample did."""
    samples = [1e9 * s / count for s in seconds]
    median = statistics.median(samples)
    result = {
        "name": name,
        "median_ns": median,
        "min_ns": min(samples),
        "max_ns": max(samples),
        "deviation_ns": statistics.median(abs(s - median) for s in samples),
        "repetitions": count,
    }
    if size:
        result["bytes"] = size
    if note:
        result["note"] = note
    return result


def duration(ns):
    for limit, unit in ((1e3, "ns"), (1e6, "µs"), (1e9, "ms")):
        if ns < limit:
            return f"{ns * 1e3 / limit:.3g} {unit}"
    return f"{ns / 1e9:.3g} s"


def rate(result):
    """MB/s, or nothing."""
    return f"{result['bytes'] * 1000 / result['median_ns']:.0f} MB/s" if result.get("bytes") else ""


def print_row(result, baseline):
    before = baseline.get(result["name"], {}).get("median_ns")
    spread = f"{duration(result['min_ns'])} … {duration(result['max_ns'])}"
    row = f"{result['name']:34} {duration(result['median_ns']):>10}  {spread:24} {rate(result):>10}"
    if before:
        row += f"  before {duration(before)}, ratio {result['median_ns'] / before:.2f}"
    print(row, "", result.get("note", ""), flush=True)


def read(path):
    """Results of a file by name; none without a path."""
    if not path:
        return {}
    with open(path, encoding="utf-8") as f:
        return {result["name"]: result for result in json.load(f)["results"]}


def write(path, results):
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"results": list(results)}, f, indent=1)
        f.write("\n")
