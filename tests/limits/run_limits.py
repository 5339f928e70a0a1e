#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every limit of the tool (src/cli/limits.h) at its value and one past it; a function is called as its limit is, which
tests/structure/test_limits.py holds against the header.

usage: run_limits.py DDBEXPR [--sanitized]"""
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
SANITIZED = "--sanitized" in sys.argv
LIMITS = {}
for match in re.finditer(r"^#define (LIMIT_\w+)\s+(.*?)\s*(?:/\*.*)?$", (ROOT / "src/cli/limits.h").read_text(), re.MULTILINE):
    LIMITS[match[1]] = eval(match[2].replace("(size_t)", ""))  # 256, ((size_t)1 << 20)

TAKEN, FINDINGS, REFUSED, UNUSABLE, INTERNAL = range(5)


def run(*arguments, stdin="", less_memory=None):
    """(exit status, standard output, standard error); with so many megabytes to be had in one piece at most."""
    command = [BINARY, *map(str, arguments)]
    environment = dict(os.environ)
    if less_memory and SANITIZED:
        environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + f":max_allocation_size_mb={less_memory}:allocator_may_return_null=1"
    elif less_memory:
        command = ["sh", "-c", f'ulimit -v {less_memory * 1024} && exec "$@"', "sh", *command]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout, done.stderr


def write(name, text):
    path = pathlib.Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def wants(got, status, part=None, without=None):
    """What is wrong with an exit status and what was said."""
    text = got[1] + got[2]
    if got[0] != status:
        yield f"exit status {got[0]} and not {status}: {text[:300]}"
    if part is not None and part not in text:
        yield f"does not say `{part}`: {text[:300]}"
    if without is not None and without in text:
        yield f"says `{without}`: {text[:300]}"


# --- what is read ---


def limit_input_bytes(limit):
    """A file that may be read asks for as much memory as it has bytes, of which there is not enough here; one that is
    larger is refused before that."""
    for past in range(2):
        with open("large.json", "wb") as file:
            file.truncate(limit + past)
        got = run("check", "large.json", less_memory=1024)
        wanted = "large.json: larger than 2 GB" if past else "large.json: out of memory"
        if got[0] not in (UNUSABLE, INTERNAL) or wanted not in got[2]:
            yield f"exit status {got[0]}, and no `{wanted}`: {got[2][:300]}"
    os.remove("large.json")


def check_with(config):
    return run("check", "--config", write("limit.yaml", config), "--condition-expression", "attribute_exists(a)")


def limit_config_bytes(limit):
    config = "rules: {}\n# "
    yield from wants(check_with(config.ljust(limit, "x")), TAKEN)
    yield from wants(check_with(config.ljust(limit + 1, "x")), UNUSABLE, f"larger than {limit} bytes")


def limit_config_levels(limit):
    # The map around it is a level, too.
    nested = lambda levels: "rules: " + "[" * (levels - 1) + "]" * (levels - 1) + "\n"
    too_deep = f"more than {limit} levels"
    yield from wants(check_with(nested(limit)), UNUSABLE, without=too_deep)
    yield from wants(check_with(nested(limit + 1)), UNUSABLE, too_deep)


def limit_config_pattern(limit):
    config = lambda length: f"paths:\n  - match: {'x' * length}\n    messages: classic\n"
    yield from wants(check_with(config(limit)), TAKEN)
    yield from wants(check_with(config(limit + 1)), UNUSABLE, f"a pattern has {limit} bytes at most")


def key_of(count):
    return ",".join(f"k{i}:S" for i in range(count))


def limit_config_table_key(limit):
    config = lambda count: f"tables: {{T: {{key: '{key_of(count)}'}}}}\n"
    yield from wants(check_with(config(limit)), TAKEN)
    yield from wants(check_with(config(limit + 1)), UNUSABLE, f"at most {limit} attributes")


def limit_config_index_key(limit):
    config = lambda count: f"tables: {{T: {{key: 'pk:S', indexes: {{I: {{key: '{key_of(count)}'}}}}}}}}\n"
    yield from wants(check_with(config(limit)), TAKEN)
    yield from wants(check_with(config(limit + 1)), UNUSABLE, f"at most {limit} attributes")


SUITE = """table: {key: {pk: S}}
tests:
  - name: it is there
    given: [{pk: a%s}]
    request: {op: DeleteItem, Key: {pk: a}, ConditionExpression: attribute_exists(pk)}
    expect: success
"""


def test(suite):
    return run("test", write("limit.ddbtest.yaml", suite))


def limit_suite_bytes(limit):
    suite = SUITE % "" + "# "
    yield from wants(test(suite.ljust(limit, "x")), TAKEN, "1 passed")
    yield from wants(test(suite.ljust(limit + 1, "x")), UNUSABLE, f"larger than {limit} bytes")
    os.remove("limit.ddbtest.yaml")


def limit_suite_changed_bytes(limit):
    """An item of 64 KB, of names above all, and as many changes of it as come to the limit; one of another is past it."""
    names = [f"a{i:02}".ljust(1012, "x") for i in range(63)]
    names.append("b".ljust(2 ** 16 - 63 * 1024 - len("pk") - 2 * len('"":{"S":""},'), "x"))
    items = "items:\n  small: {pk: b}\n  large: {pk: a, %s}\n" % ", ".join(f"{name}: ''" for name in names)
    items += "".join(f"  c{i}: {{item: large}}\n" for i in range(limit >> 16))
    yield from wants(test(items + SUITE % ""), TAKEN, "1 passed")
    past = f"what changes make of items and requests has more than {limit >> 20} MB"
    yield from wants(test(items + "  past: {item: small}\n" + SUITE % ""), UNUSABLE, past)
    for change in ("request: {Item: {item: small}}", "request: {op: Scan}, with: {Limit: 1}"):
        yield from wants(test(items + SUITE % "" + f"  - {{name: past, {change}, expect: success}}\n"), UNUSABLE, past)
    os.remove("limit.ddbtest.yaml")


def limit_suite_levels(limit):
    # Around the list: tests, a test, given, an item.
    nested = lambda levels: SUITE % (", a: " + "[" * (levels - 5) + "]" * (levels - 5))
    too_deep = f"more than {limit} levels"
    yield from wants(test(nested(limit)), UNUSABLE, without=too_deep)
    yield from wants(test(nested(limit + 1)), UNUSABLE, too_deep)


def limit_yaml_tags(limit):
    for code in ("utf-8", "utf-16-le", "utf-16-be"):
        for past in range(2):
            text = "\ufeff" + "".join(f"%TAG !t{i}! tag:x:\n" for i in range(limit + past)) + "---\n" + SUITE % ""
            pathlib.Path("tags.ddbtest.yaml").write_bytes(text.encode(code))
            got = run("test", "tags.ddbtest.yaml")
            yield from wants(got, UNUSABLE if past else TAKEN, "tags are not used here" if past else "1 passed")


def limit_request_file_levels(limit):
    """The request is the second object from outside; a member that is not known may be as deep as it likes."""
    for past in range(2):
        levels = limit - 1 + past
        write("request.json", '{"op": "DeleteItem", "Key": {"pk": {"S": "a"}}, "Note": ' + "[" * levels + "]" * levels + "}")
        suite = (SUITE % "").replace("{op: DeleteItem, Key: {pk: a}, ConditionExpression: attribute_exists(pk)}",
                                     "{from: request.json}")
        yield from wants(test(suite), UNUSABLE if past else TAKEN, None if past else "1 passed")


def limit_jobs(limit):
    evaluate = lambda jobs: run("eval", "--condition-expression", "attribute_exists(a)", "--jobs", jobs, "--items", "-",
                                stdin='{"a": {"N": "1"}}')
    yield from wants(evaluate(limit), TAKEN)
    yield from wants(evaluate(limit + 1), UNUSABLE, f"a number from 1 to {limit}")


# --- what is looked at for help ---


def types_of(item):
    got = run("types", "-", stdin=json.dumps({"pk": {"S": "a"}, **item}))
    yield from wants(got, TAKEN)
    return got[1] + got[2]


def limit_sample_steps(limit):
    def nested(steps):
        value = {"N": "1"}
        for _ in range(steps - 1):
            value = {"M": {"a": value}}
        return {"a": value}

    for past in range(2):
        told = yield from types_of(nested(limit + past))
        path = ".".join("a" * (limit + past))
        if (f"{path}: N" in told) != (past == 0):
            yield f"a path of {limit + past} steps is {'told' if past else 'not told'}: {told[-300:]}"


def limit_sample_places(limit):
    # The key is one of them.
    for past in range(2):
        told = yield from types_of({f"a{i}": {"N": "1"} for i in range(limit - 1 + past)})
        count = told.count(": N")
        if count != limit - 1:
            yield f"{count} places of {limit - 1 + past}"


def limit_sample_names(limit):
    for past in range(2):
        told = yield from types_of({"m": {"M": {f"a{i}": {"N": "1"} for i in range(limit + past)}}})
        count = told.count(": N")
        if count != (0 if past else limit):
            yield f"{count} names of {limit + past}"


# --- what is told ---


def limit_yaml_faults_told(limit):
    for count in (limit, limit + 1):
        got = check_with("".join(f"x{i}: 1\n" for i in range(count)))
        yield from wants(got, UNUSABLE)
        told = len(re.findall(r"`x\d+`", got[2]))
        if told != limit:
            yield f"{told} faults are told of {count}: {got[2][-300:]}"


def limit_sets_shown(limit):
    """Every item is without another set of attributes."""
    names = "abcde"
    absent = [set(some) for size in range(1, 6) for some in itertools.combinations(names, size)]
    condition = " AND ".join(f"attribute_exists({name})" for name in names)
    for count in (limit, limit + 1):
        items = [{name: {"N": "1"} for name in names if name not in some} for some in absent[:count]]
        got = run("explain", "--condition-expression", condition, "--items", "-",
                  stdin="\n".join(map(json.dumps, items)))
        yield from wants(got, FINDINGS)
        if ("more sets of clauses" in got[1]) != (count > limit):
            yield f"of {count} sets: {got[1][-300:]}"


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in LIMITS:
            test_of = globals().get(name.lower())
            tap.case(f"{name} at its value and one past it", test_of(LIMITS[name]) if test_of else ["there is no such test"])
        os.chdir("/")
    return tap.finish()


sys.exit(main())
