#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What was measured against what is wanted, as a table.

usage: targets.py [--document FILE | --merge FILE | --measured] RESULTS ...

RESULTS are files that bench, tool.py and peers.py wrote. --document puts the tables into FILE between the lines
`<!-- targets -->`, `<!-- peers -->`, … and `<!-- end -->`; --merge writes all results to one file; --measured leaves
out what was not measured. Nothing fails because a target is missed: the table says so."""
import argparse
import os
import pathlib
import platform
import re

import figures

SIZES = ("s", "m", "l")

# Nanoseconds that the best other engine took to parse and check, measured elsewhere: it is not among the peers that are
# installed here, so that these rows compare two machines.
BEST_OTHER = {"c02_version": 455, "c03_and_or": 1857, "c08_or50": 29021, "u04_set40": 22300}
EVALUATE_NS = {"c01_not_exists": 15, "c03_and_or": 60, "c08_or50": 800}
UPDATE_NS, UPDATE_RATIO = 1000, 1.5
RATE_MB_S = 600
CHECK_NS, START_NS = 1e9, 2e6
GROWTH = 2.3

NOT_MEASURED = "not measured"


def spread(result, unit=figures.duration):
    return f"{unit(result['min_ns'])} … {unit(result['max_ns'])}"


def limit(results, target, name, wanted_ns):
    """A row: the median of a figure must not be more."""
    result = results.get(name)
    if not result:
        return [target, name, f"≤ {figures.duration(wanted_ns)}", NOT_MEASURED, "", ""]
    verdict = "met" if result["median_ns"] <= wanted_ns else "missed"
    return [
        target, name, f"≤ {figures.duration(wanted_ns)}", figures.duration(result["median_ns"]), spread(result), verdict
    ]  # fmt: skip


def rate(results, target, name):
    """A row: so many MB of JSON a second."""
    result, wanted = results.get(name), f"≥ {RATE_MB_S} MB/s"
    if not result:
        return [target, name, wanted, NOT_MEASURED, "", ""]
    verdict = "met" if result["bytes"] * 1000 / result["median_ns"] >= RATE_MB_S else "missed"
    slow, fast = (result["bytes"] * 1000 / result[key] for key in ("max_ns", "min_ns"))
    return [target, name, wanted, figures.rate(result), f"{slow:.0f} … {fast:.0f}", verdict]


def ratio(results, target, what, name, other, wanted, key="median_ns", least=False):
    """A row: one figure over another must not be more (or less)."""
    shown = f"{'≥' if least else '≤'} {wanted:.2g}"
    if name not in results or other not in results:
        return [target, what, shown, NOT_MEASURED, "", ""]
    value = results[name][key] / results[other][key]
    met = value >= wanted if least else value <= wanted
    return [target, what, shown, f"{value:.2f}", "", "met" if met else "missed"]


def allocation_row(results):
    counts = [result["allocations"] for name, result in results.items() if name.startswith("evaluate/")]
    verdict = ("missed" if max(counts) else "met") if counts else ""
    value = str(max(counts)) if counts else NOT_MEASURED
    return ["2", "allocations of an evaluation, at most", "0", value, "", verdict]


def growth_rows(results):
    """A row a stage: the steepest of its cases."""
    worst = {}
    for name, result in results.items():
        if "growth" in result:
            stage = name.split("/")[-2]
            worst[stage] = max(worst.get(stage, (0, "")), (result["growth"], name))
    for stage, (value, name) in sorted(worst.items()):
        yield ["6", f"{stage}: steepest ({name.split('/')[0]})", f"≤ {GROWTH}", f"{value:.2f}", "",
               "met" if value <= GROWTH else "missed"]  # fmt: skip


def cores():
    return len(os.sched_getaffinity(0))


def target_rows(results):
    for operation, other in BEST_OTHER.items():
        yield limit(results, "1", f"check/{operation}", other / 3)
    for name in sorted(results):
        if name.startswith("dynalite/check/"):
            ours = name.removeprefix("dynalite/")
            yield ratio(results, "1", f"{ours} over dynalite's", ours, name, 1 / 3)
    for operation, wanted in EVALUATE_NS.items():
        for size in SIZES:
            yield limit(results, "2", f"evaluate/{operation}/{size}", wanted)
    yield allocation_row(results)
    yield limit(results, "3", "update/u01_set3/l", UPDATE_NS)
    yield ratio(results, "3", "update/u01_set3: l over s", "update/u01_set3/l", "update/u01_set3/s", UPDATE_RATIO)
    for name in ("eval/count", "eval/lines", "explain/items", "eval/gzip", "eval/zstd"):
        yield rate(results, "4", name)
    yield ratio(results, "4", f"{cores()} cores over one, wall", "eval/count", "eval/count, all cores", 0.8 * cores(),
                key="wall_ns", least=True)  # fmt: skip
    yield ratio(results, "4", "memory: whole over half", "eval/count", "eval/count, half of it", 1.1, key="memory_kb")
    yield limit(results, "5", "check/folder of 10,000", CHECK_NS)
    yield limit(results, "5", "start/version", START_NS)
    yield from growth_rows(results)


TARGET_HEAD = ["", "what", "wanted", "median", "spread", ""]


def peer_rows(results):
    """Every figure of another program with ours beside it."""
    pairs = {"jq/items": "ours/items", "sqlite/items, loaded": "ours/items", "sqlite/items, with loading": "ours/items",
             "jq/start": "ours/start", "sqlite/start": "ours/start"}  # fmt: skip
    for name, result in results.items():
        peer, _, rest = name.partition("/")
        ours = results.get(pairs.get(name, rest))
        if peer not in ("dynalite", "jq", "sqlite") or not ours:
            continue
        times = result["median_ns"] / ours["median_ns"]
        yield [peer, rest, figures.duration(result["median_ns"]), spread(result),
               figures.duration(ours["median_ns"]), spread(ours), f"{times:.3g}"]  # fmt: skip


PEER_HEAD = ["program", "what", "median", "spread", "ours", "spread", "ratio"]


def stage_rows(results):
    """The workload by operation; stages with items at the size in the middle."""
    operations = [name.split("/")[1] for name in results if name.startswith("lex/")]
    for operation in operations:
        row = [operation]
        for stage in STAGES:
            names = (f"{stage}/{operation}", f"{stage}/{operation}/m")
            found = [results[name] for name in names if name in results]
            row.append(figures.duration(found[0]["median_ns"]) if found else "")
        yield row


STAGES = ("lex", "parse", "check", "compile", "evaluate", "update", "explain", "request")


def print_table(head, rows):
    rows = [head, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def markdown(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell or " " for cell in row) + " |\n" for row in lines).replace("|   |", "| |")


def machine():
    """What kind of machine this is, without a name."""
    text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8") if os.path.exists("/proc/cpuinfo") else ""
    clock = re.search(r"^cpu MHz\s*: ([0-9.]+)", text, re.MULTILINE)
    gigahertz = f" at {float(clock[1]) / 1000:.2f} GHz" if clock else ""
    guest = ", a virtual machine" if re.search(r"^flags.*\bhypervisor\b", text, re.MULTILINE) else ""
    return f"{cores()} cores of {platform.machine()}{gigahertz}{guest}"


def document(path, results):
    text = path.read_text(encoding="utf-8")
    blocks = {
        "machine": machine() + ".\n",
        "targets": markdown(TARGET_HEAD, list(target_rows(results))),
        "stages": markdown(["", *STAGES], list(stage_rows(results))),
        "peers": markdown(PEER_HEAD, list(peer_rows(results))),
    }
    for name, block in blocks.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- end -->)"
        text = re.sub(pattern, lambda m, block=block: f"{m[1]}\n{block}\n{m[2]}", text, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--document", type=pathlib.Path)
    parser.add_argument("--merge")
    parser.add_argument("--measured", action="store_true")
    parser.add_argument("results", nargs="+")
    arguments = parser.parse_args()
    results = {}
    for path in arguments.results:
        results |= figures.read(path)
    if arguments.merge:
        figures.write(arguments.merge, results.values())
    elif arguments.document:
        document(arguments.document, results)
    else:
        rows = target_rows(results)
        print_table(TARGET_HEAD, (row for row in rows if not arguments.measured or NOT_MEASURED not in row))


if __name__ == "__main__":
    main()
