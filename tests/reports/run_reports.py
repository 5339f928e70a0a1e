#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the reports of check as other programs do: parses them, counts, and judges SARIF by its schema.

usage: run_reports.py DDBEXPR REPORT-SAMPLE"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

try:
    import jsonschema
except ImportError:
    jsonschema = None

BINARY, SAMPLE = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])

# What sample.c calls its files, as formats without control characters have them.
ODD = "odd :,%,\n\"<&>'::.json"
BAD = "bad\ufffd\x1b[31m.json"
BAD_XML = "bad\ufffd\ufffd[31m.json"
FILES = [None, "dir/plain file.json", ODD, BAD, "./clean.json"]


def sample(*options):
    return subprocess.run([SAMPLE, *options], capture_output=True, check=False)


def text(*options):
    return sample(*options).stdout.decode("utf-8")


def findings():
    return [json.loads(line) for line in text("--format", "jsonl").split("\n") if line]


def differ(what, expected, actual):
    return [] if expected == actual else [f"{what}: {actual!r} in place of {expected!r}"]


# --- JSON ---


def json_problems():
    whole = json.loads(text("--format", "json"))
    yield from differ("json beside jsonl", whole, findings())
    yield from differ("files", [None] + [f for f in FILES if f and "clean" not in f], unique(f.get("file") for f in whole))
    for finding in whole:
        if "line" in finding and "span" in finding:
            columns = finding["end_column"] - finding["column"]
            yield from differ("columns", finding["span"]["end"] - finding["span"]["start"], columns)
        if not {"code", "name", "severity", "source", "message", "verdict"} <= finding.keys():
            yield f"members are missing: {finding}"


def unique(values):
    return list(dict.fromkeys(values))


# --- SARIF ---


def sarif(*options):
    return json.loads(text("--format", "sarif", *options))


def schema_problems(log):
    schema = json.loads((ROOT / "tests/data/sarif-2.1.0.json").read_text(encoding="utf-8"))
    judge = jsonschema.validators.validator_for(schema)(schema)
    return [f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in judge.iter_errors(log)]


def rule_problems(run):
    rules = run["tool"]["driver"]["rules"]
    yield from differ("codes", sorted({f["code"] for f in findings()}), [rule["id"] for rule in rules])
    for rule in rules:
        for member in ("name", "shortDescription", "fullDescription", "help", "defaultConfiguration"):
            if not rule.get(member):
                yield f"{rule['id']} has no {member}"
        if not urllib.parse.urlsplit(rule["helpUri"]).netloc:
            yield f"{rule['id']} has no helpUri that is absolute"
        if not rule["help"]["markdown"]:
            yield f"{rule['id']} has no help in Markdown"


def result_problems(run):
    rules = run["tool"]["driver"]["rules"]
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for result, finding in zip(run["results"], findings(), strict=True):
        yield from differ("ruleIndex", result["ruleId"], rules[result["ruleIndex"]]["id"])
        yield from differ("ruleId", finding["code"], result["ruleId"])
        yield from differ("level", levels[finding["severity"]], result["level"])
        yield from differ("suppressions", [], result["suppressions"])
        message = result["message"]["text"].replace("{{", "{").replace("}}", "}")
        yield from differ("message", finding["message"], message[: len(finding["message"])])
        yield from place_problems(result["locations"][0], finding)


def place_problems(location, finding):
    physical = location.get("physicalLocation")
    yield from differ("a file", "file" in finding, physical is not None)
    if not physical:
        return
    uri = physical["artifactLocation"]["uri"]
    if not re.fullmatch(r"(?:[A-Za-z0-9/._~-]|%[0-9A-F]{2})+", uri):
        yield f"no URI: {uri}"
    path = urllib.parse.unquote(uri, errors="replace")
    yield from differ("path", finding["file"].removeprefix("./"), path)
    region = physical.get("region")
    yield from differ("a region", "line" in finding, region is not None)
    if region:
        place = [finding[name] for name in ("line", "column", "end_line", "end_column", "offset")]
        names = ("startLine", "startColumn", "endLine", "endColumn", "byteOffset")
        yield from differ("region", place, [region[name] for name in names])
        yield from differ("length", finding["end_offset"] - finding["offset"], region["byteLength"])


def fingerprints(run):
    return [result["partialFingerprints"]["ddbexprExpression/v1"] for result in run["results"]]


def check(request, *options):
    """A whole UpdateItem request -> the run of its SARIF."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "request.json"
        path.write_text(request, encoding="utf-8")
        words = ["check", "--notes", "--op", "UpdateItem", "--cli-input-json", f"file://{path}", "--format", "sarif", *options]
        done = subprocess.run([BINARY, *words], capture_output=True, check=False)
    return json.loads(done.stdout)["runs"][0]


REQUEST = """{"TableName": "t", "Key": {"id": {"S": "1"}}, "UpdateExpression": "%s", "ConditionExpression": "%s",
    "ExpressionAttributeValues": {":a": {"N": "1"}, ":b": {"N": "2"}}%s}"""


def stability_problems():
    written = fingerprints(check(REQUEST % ("SET n = n + :a, m = m + :a", "version = :b", "")))
    formatted = fingerprints(check(REQUEST % ("set  n=n+:a ,m=m + :a", "version=:b", ', "ReturnValues": "NONE"')))
    other = fingerprints(check(REQUEST % ("SET n = n + :a, k = k + :a", "version = :b", "")))
    if len(written) < 3:
        yield f"too few findings for this test: {written}"
    yield from differ("fingerprints after formatting", written, formatted)
    if written == other:
        yield "fingerprints of another expression are the same"
    if len(set(written)) != len(written):
        yield f"two findings have one fingerprint: {written}"
    broken = [fingerprints(check(REQUEST % (update, "version = :b", ""))) for update in ("SET n = = :a", "SET  n =  = :a")]
    yield from differ("fingerprints of what cannot be parsed", broken[0], broken[1])


def suppression_problems():
    run = check(REQUEST % ("SET n = n + :a", "version = :b", ', "ddbexpr-ignore": "DX602"'))
    kinds = {result["ruleId"]: [s["kind"] for s in result["suppressions"]] for result in run["results"]}
    yield from differ("suppressed", ["inSource"], kinds.get("DX602"))
    yield from differ("not suppressed", [], kinds.get("DX610"))
    with tempfile.TemporaryDirectory() as folder:
        run = check(REQUEST % ("SET n = n + :a", "version = :b", ""), "--write-baseline", f"{folder}/baseline")
    yield from differ("by baseline", {"external"}, {s["kind"] for r in run["results"] for s in r["suppressions"]})


FIXABLE = """[{"op": "UpdateItem", "request": {"TableName": "ä", "Key": {"id": {"S": "1"}},
    "UpdateExpression": "SET status = :\\u0073, total = status",
    "ExpressionAttributeValues": {":s": {"S": "é"}, ":zz": {"S": "ü"}}}},
 {"op": "DeleteItem", "request": {"TableName": "t", "Key": {"id": {"S": "1"}},
    "ConditionExpression": "owner == :me", "ExpressionAttributeValues": {":me": {"S": "x"}}}}]
"""


def sarif_of(content):
    """-> the run of a file's SARIF"""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "requests.json"
        path.write_bytes(content)
        done = subprocess.run([BINARY, "check", "--notes", path.name, "--format", "sarif"], cwd=folder, capture_output=True, check=False)
    return json.loads(done.stdout)["runs"][0]


def fix_problems():
    """Every fix by itself: the file is still JSON, one finding of the kind is gone, and nothing else has changed."""
    content = FIXABLE.encode()
    run = sarif_of(content)
    yield from schema_problems({"version": "2.1.0", "runs": [run]}) if jsonschema else []
    fixed = 0
    for result in run["results"]:
        for fix in result.get("fixes", []):
            change = fix["artifactChanges"][0]
            yield from differ("artifact", "requests.json", change["artifactLocation"]["uri"])
            region, text = change["replacements"][0]["deletedRegion"], change["replacements"][0]["insertedContent"]["text"]
            start, end = region["byteOffset"], region["byteOffset"] + region["byteLength"]
            lines = content[:start].decode().split("\n")
            yield from differ("start", [len(lines), len(lines[-1]) + 1], [region["startLine"], region["startColumn"]])
            lines = content[:end].decode().split("\n")
            yield from differ("end", [len(lines), len(lines[-1]) + 1], [region["endLine"], region["endColumn"]])
            mended = content[:start] + text.encode() + content[end:]
            json.loads(mended)
            before = sum(r["ruleId"] == result["ruleId"] for r in run["results"])
            after = sum(r["ruleId"] == result["ruleId"] for r in sarif_of(mended)["results"])
            if after >= before:
                yield f"{result['ruleId']} is still there {after} times after its fix: {mended.decode()}"
            fixed += 1
    if fixed < 4:
        yield f"too few fixes for this test: {fixed}"


# --- XML ---


def junit_problems(*options):
    root = xml.etree.ElementTree.fromstring(text("--format", "junit", *options))
    for suite in [root, *root.findall("testsuite")]:
        for name, path in (("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error"),
                           ("skipped", ".//skipped")):
            yield from differ(f"{suite.get('name')!r}: {name}", len(suite.findall(path)), int(suite.get(name)))
    yield from differ("suites", ["command line", *FILES[1:3], BAD_XML, FILES[4]],
                      [suite.get("name") for suite in root.findall("testsuite")])
    cases = root.findall(".//testcase")
    codes = [case.get("name")[:5] for case in cases if case.get("name").startswith("DX")]
    yield from differ("codes", [finding["code"] for finding in findings()], codes)
    failing = {"error"} if "--fail-on" not in options else {"error", "warning"}
    expected = sum(finding["severity"] in failing for finding in findings())
    yield from differ("failures", expected, int(root.get("failures")))


def checkstyle_problems():
    root = xml.etree.ElementTree.fromstring(text("--format", "checkstyle"))
    yield from differ("files", ["command line", *FILES[1:3], BAD_XML, FILES[4]],
                      [file.get("name") for file in root.findall("file")])
    errors = root.findall(".//error")
    for error, finding in zip(errors, findings(), strict=True):
        yield from differ("source", f"ddbexpr.{finding['code']}", error.get("source"))
        yield from differ("severity", finding["severity"], error.get("severity"))
        yield from differ("line", str(finding["line"]) if "line" in finding else None, error.get("line"))
        if finding["message"].replace("\x1b", "\ufffd").replace("\x01", "\ufffd") not in error.get("message"):
            yield f"message: {error.get('message')!r} without {finding['message']!r}"


# --- lines ---


def github_problems():
    lines = text("--format", "github").split("\n")
    yield from differ("last line", "", lines.pop())
    commands = {"error": "error", "warning": "warning", "info": "notice"}
    for line, finding in zip(lines, findings(), strict=True):
        parts = re.fullmatch(r"::(\w+) ((?:\w+=[^:,\r\n]*,?)+)::([^\r\n]*)", line)
        if not parts:
            yield f"no command: {line!r}"
            continue
        yield from differ("command", commands[finding["severity"]], parts[1])
        properties = dict(item.split("=", 1) for item in parts[2].split(","))
        properties = {name: urllib.parse.unquote(value) for name, value in properties.items()}
        wanted = finding.get("file", "").replace("\x1b", "\ufffd")
        yield from differ("file", wanted, properties.get("file", ""))
        yield from differ("title", f"{finding['code']} {finding['name']}", properties["title"])
        yield from differ("line", finding.get("line"), int(properties["line"]) if "line" in properties else None)
        message = urllib.parse.unquote(parts[3])
        if finding["message"].replace("\x1b", "\ufffd") not in message:
            yield f"message: {message!r} without {finding['message']!r}"


def gcc_problems():
    lines = text("--format", "gcc").split("\n")
    yield from differ("last line", "", lines.pop())
    words = {"error": "error", "warning": "warning", "info": "note"}
    for line, finding in zip(lines, findings(), strict=True):
        if re.search(r"[\x00-\x1f]", line):
            yield f"control characters: {line!r}"
        if not line.endswith(f" [{finding['code']}]"):
            yield f"no code at the end: {line}"
        place = f":{finding['line']}:{finding['column']}" if "line" in finding else ""
        if f"{place}: {words[finding['severity']]}: " not in line:
            yield f"no place or severity: {line}"


# --- without libxml2 ---


def library_problems():
    """A report in XML that cannot be written is refused before anything is read; the others do not need it."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("libxml2.so.2", "libxml2.so.16"):
            (pathlib.Path(folder) / name).write_bytes(b"")
        environment = os.environ | {"LD_LIBRARY_PATH": folder}
        for command, form, status in (
            ("check", "junit", 3), ("check", "checkstyle", 3), ("check", "sarif", 3), ("test", "junit", 3), ("test", "tap", 3),
        ):  # fmt: skip
            done = subprocess.run([BINARY, command, "--format", form, "missing"], env=environment, capture_output=True, check=False)
            yield from differ(f"{command} {form}", status, done.returncode)
            told = b"needs libxml2 (libxml2.so.2), which cannot be loaded" in done.stderr
            yield from differ(f"{command} {form}: told", form in ("junit", "checkstyle"), told)


# --- all ---


def exit_problems():
    for options, status in (
        ([], 2),
        (["--exit-zero"], 0),
        (["--select", "DX4"], 0),
        (["--select", "DX4", "--fail-on", "warning"], 1),
        (["--ignore", "DX1"], 0),
        (["--ignore", "DX", "--select", "DX107"], 2),
        (["--format", "yaml"], 3),
        (["--fail-on", "never"], 3),
    ):
        yield from differ(" ".join(options), status, sample(*options).returncode)


def main():
    tap = Tap()
    tap.case("JSON and JSON Lines", json_problems())
    log = sarif()
    run = log["runs"][0]
    if jsonschema:
        tap.case("SARIF keeps to its schema", schema_problems(log))
        tap.case("SARIF without findings does", schema_problems(sarif("--select", "DX9")))
    else:
        tap.skip("SARIF keeps to its schema", "no jsonschema for this Python")
    tap.case("SARIF: rules", rule_problems(run))
    tap.case("SARIF: results", result_problems(run))
    tap.case("SARIF: fingerprints outlive formatting", stability_problems())
    tap.case("SARIF: suppressions", suppression_problems())
    tap.case("SARIF: fixes", fix_problems())
    tap.case("JUnit", junit_problems())
    tap.case("JUnit with --fail-on warning", junit_problems("--fail-on", "warning"))
    tap.case("Checkstyle", checkstyle_problems())
    tap.case("workflow commands of GitHub", github_problems())
    tap.case("lines of gcc", gcc_problems())
    tap.case("exit statuses", exit_problems())
    tap.case("without libxml2", library_problems())
    sys.exit(tap.finish())


main()
