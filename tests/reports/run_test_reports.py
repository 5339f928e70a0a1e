#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the reports of `ddbexpr test` as other programs do: TAP by Perl's TAP::Parser, JUnit by junitparser, and so on.

usage: run_test_reports.py TEST-REPORT-SAMPLE"""
import fcntl
import json
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import termios
import urllib.parse
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

try:
    import yaml
except ImportError:
    yaml = None

SAMPLE = str(pathlib.Path(sys.argv[1]).resolve())
FORMATS = ("text", "tap", "junit", "json", "github")
SETS = ("plain", "odd", "none")

# What the set `odd` reports as unusable; of the first there are two lines.
UNUSABLE = ["bad\ufffd\x1b[31m.jsonl", "odd :,%,\n\"<&>'::.ddbtest.yaml"]
WHY = "cannot be used: standard error says why"

# A terminal or a reader of lines would obey these.
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def run(which, *options, **more):
    return subprocess.run([SAMPLE, which, *options], capture_output=True, check=False, **more)


def text(which, *options):
    return run(which, *options).stdout.decode("utf-8")


def report(which, *options):
    return json.loads(text(which, "--format", "json", *options))


def differ(what, expected, actual):
    return [] if expected == actual else [f"{what}: {actual!r} in place of {expected!r}"]


def verdicts(whole):
    return [test["verdict"] for test in whole["tests"]]


# --- text ---


def text_problems():
    lines = text("odd").split("\n")
    for line in lines:
        if HARMFUL.search(line):
            yield f"harmful: {line!r}"
    heads = [line for line in lines if re.match(r"(odd|bad).*: FAILED ", line)]
    yield from differ("failures", 2, len(heads))
    yield from differ("place", ":4:3: FAILED fails # ", re.search(r":\d+:\d+: FAILED fails # ", heads[0])[0])
    yield from differ("files", 3, len([line for line in lines if re.match(r"(ok|FAILED) .*\(\d.* tests?.*\)$", line)]))
    yield from differ("summary", "2 passed, 2 failed, 1 skipped, 3 unusable; stopped at the first failure", lines[-2])
    yield from differ("coverage", 2, text("odd").count("\ncondition  \\x1b\n\nok 1 - no test point\n"))


def shortened_problems():
    """Beside a diff a value is cut to the terminal's width; without one it is there in full."""
    long = next(line for line in text("plain").split("\n") if "came:     {" in line)
    yield from differ("in a pipe", True, long.endswith("}"))
    narrow = next(line for line in on_terminal("plain", columns=40) if "came:     {" in line)
    yield from differ("on a terminal", '    came:     {"pk": {"S": "s#1"}, "sto…', narrow)
    yield from differ("its width", 40, len(narrow))
    full = next(line for line in on_terminal("plain", columns=40) if "answer: " in line)
    yield from differ("without a diff", True, full.endswith("The conditional request failed"))


def quiet_problems():
    quiet, loud = text("odd", "--quiet"), text("odd")
    yield from differ("failures", loud.count(": FAILED "), quiet.count(": FAILED "))
    yield from differ("summary", loud.split("\n")[-2], quiet.split("\n")[-2])
    for line in quiet.split("\n"):
        if re.match(r"ok dir|ok odd|FAILED |.*: skipped ", line):
            yield f"not quiet: {line}"
    for form in FORMATS[1:]:
        yield from differ(f"--quiet of {form}", text("odd", "--format", form), text("odd", "--quiet", "--format", form))


def colour_problems():
    coloured = text("plain", "--color", "always")
    yield from differ("without its colours", text("plain"), re.sub("\x1b\\[[0-9;]*m", "", coloured))
    if "\x1b[1;31mFAILED\x1b[0m" not in coloured:
        yield f"no colours: {coloured!r}"
    for form in FORMATS[1:]:
        found = text("odd", "--format", form, "--color", "always")
        yield from differ(f"colours of {form}", text("odd", "--format", form), found)


def on_terminal(which, *options, columns=80):
    """The lines that a terminal gets."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = dict(os.environ, TERM="xterm", NO_COLOR="1")
    done = subprocess.Popen([SAMPLE, which, *options], stdout=slave, stderr=subprocess.DEVNULL, env=environment)
    os.close(slave)
    printed = b""
    try:
        while piece := os.read(master, 65536):
            printed += piece
    except OSError:  # the other end is closed
        pass
    done.wait()
    os.close(master)
    return printed.decode("utf-8").replace("\r\n", "\n").split("\n")


def time_problems():
    times = re.compile(r" in \d+\.\d\d s|seconds|time=")
    for form in FORMATS:
        for which in SETS:
            done = run(which, "--format", form)
            if times.search((done.stdout + done.stderr).decode()):
                yield f"{form} tells times"
    yield from differ("on a terminal", "3 passed, 2 failed, 1 skipped in 0.00 s", on_terminal("plain")[-2])
    yield from differ("if asked", "3 passed, 2 failed, 1 skipped in 0.00 s", text("plain", "--times").split("\n")[-2])
    whole = report("plain", "--times")
    yield from differ("json", [0.00025, 0.00025, 0.00025, 0.0005, 0.0005, 0.0], [t["seconds"] for t in whole["tests"]])
    yield from differ("json: all", 0.00175, whole["summary"]["seconds"])
    root = xml.etree.ElementTree.fromstring(text("plain", "--format", "junit", "--times"))
    yield from differ("junit", ["0.000500", "0.001250"], [suite.get("time") for suite in root])
    yield from differ("junit: a test", "0.000250", root[0][0].get("time"))


# --- JSON ---


def json_problems():
    whole = report("odd")
    yield from differ("members", ["version", "tests", "files", "unusable", "summary", "coverage"], list(whole))
    yield from differ("version", 1, whole["version"])
    yield from differ("verdicts", ["passed", "failed", "skipped", "passed", "failed"], verdicts(whole))
    summary = {"files": 3, "passed": 2, "failed": 2, "skipped": 1, "unusable": 3, "stopped": True}
    yield from differ("summary", summary, whole["summary"])
    yield from differ("unusable", UNUSABLE, whole["unusable"])
    yield from differ("unusable of others", [[], []], [report(which)["unusable"] for which in ("plain", "none")])
    for name in ("passed", "failed", "skipped"):
        yield from differ(name, summary[name], sum(file[name] for file in whole["files"]))
    yield from differ("coverage", {"percent": 50, "clauses": ["\u202e", {}]}, whole["coverage"])
    test = whole["tests"][1]
    yield from differ("place", [4, 3], [test["line"], test["column"]])
    yield from differ("step", 2, test["step"])
    yield from differ("steps", [1, 2, 2, 3], [d["step"] for d in test["differences"]])
    yield from differ("reason", whole["tests"][2]["name"].removeprefix("skipped "), whole["tests"][2]["reason"])
    if not test["name"].startswith(f'fails # {"TO" + "DO"} \\# SKIP \\ "\'<&>]]>%0A::,\n...\n---\n\r\t\x1b[31m\ufffd\u202e\x85\u2028'):
        yield f"name: {test['name']!r}"
    if "\x1b" in test["explanation"] + test["differences"][1]["diff"]:
        yield "colours"
    text_of_it = text("odd", "--format", "json")
    if re.search("[\u0080-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|\x1b", text_of_it):
        yield "harmful characters"


def section_problems():
    """What a format has no place for is on standard error."""
    section = "condition  \\x1b\n\nok 1 - no test point\n"
    for form, count in (("text", 0), ("tap", 0), ("junit", 2), ("json", 1), ("github", 2)):
        done = run("odd", "--format", form)
        yield from differ(f"{form}: on standard error", count, done.stderr.decode().count(section))


# --- TAP ---

PERL = r"""
use TAP::Parser; use JSON::PP;
binmode STDIN, ":utf8"; local $/; my $tap = <STDIN>;
my $parser = TAP::Parser->new({tap => $tap});
my (@points, $yaml, $unknown, $comments);
while (my $result = $parser->next) {
    push @points, {ok => $result->is_actual_ok ? 1 : 0, description => $result->description, skip => $result->explanation,
                   directive => $result->directive, yaml => undef} if $result->is_test;
    $points[-1]{yaml} = $result->data if $result->is_yaml;
    $unknown .= $result->raw if $result->is_unknown;
    $comments++ if $result->is_comment;
}
print JSON::PP->new->utf8->encode({points => \@points, errors => [$parser->parse_errors], planned => $parser->tests_planned,
    unknown => $unknown, failed => [$parser->failed], skipped => [$parser->skipped], todo => [$parser->todo],
    comments => $comments, good_plan => $parser->is_good_plan ? 1 : 0});
"""


def perl_judge(which):
    """The report as Perl's parser reads it."""
    tap = run(which, "--format", "tap").stdout
    if not tap.startswith(b"TAP version 13\n"):
        return {"errors": ["no version"]}
    return json.loads(subprocess.run(["perl", "-e", PERL], input=tap, capture_output=True, check=True).stdout)


def have_perl():
    return subprocess.run(["perl", "-MTAP::Parser", "-MJSON::PP", "-e", "1"], capture_output=True, check=False).returncode == 0


def tap_problems(which):
    judged, whole = perl_judge(which), report(which)
    yield from differ("errors", [], judged["errors"])
    yield from differ("unknown lines", None, judged["unknown"])
    expected = [verdict != "failed" for verdict in verdicts(whole)]
    expected += [False] * (len(whole["unusable"]) or not expected)
    yield from differ("points", expected, [bool(point["ok"]) for point in judged["points"]])
    yield from differ("plan", [len(expected), 1], [int(judged["planned"]), judged["good_plan"]])
    for path, point in zip(whole["unusable"], judged["points"][len(whole["tests"]) :]):
        if not point["description"].startswith(f"- {path[:3]}") or not point["description"].endswith(WHY):
            yield f"unusable: {point['description']!r}"
    yield from differ("skipped", [i for i, v in enumerate(verdicts(whole), 1) if v == "skipped"], judged["skipped"])
    yield from differ("to do", [], judged["todo"])
    for test, point in zip(whole["tests"], judged["points"]):
        unescaped = re.sub(r"\\([#\\])", r"\1", point["description"].removeprefix("- "))
        start = test["name"].split("\n")[0].rstrip()
        if not unescaped.startswith(start):
            yield f"description: {unescaped!r} in place of {test['name']!r}"
        if (test["verdict"] == "failed") != (point["yaml"] is not None):
            yield f"diagnostics: {point}"
        if test["verdict"] == "skipped" and not point["skip"].startswith(test["reason"].split("\n")[0]):
            yield f"reason: {point['skip']!r}"
        if test.get("differences"):
            names = [d["what"] for d in test["differences"]]
            yield from differ("differences", names, [d["what"] for d in point["yaml"]["differences"]])
            yield from differ("explanation", test["explanation"], point["yaml"]["explanation"])


def tap_yaml_problems(which):
    """The diagnostics as YAML has them: the very texts of the JSON report."""
    tap = text(which, "--format", "tap")
    blocks = re.findall(r"^not ok [^\n]*\n  ---\n(.*?)^  \.\.\.\n", tap, re.M | re.S)
    failed = [test for test in report(which)["tests"] if test["verdict"] == "failed"]
    for block, test in zip(blocks, failed, strict=True):
        data = yaml.safe_load(block)
        yield from differ("severity", "fail", data["severity"])
        yield from differ("file", test["file"], data["at"]["file"])
        yield from differ("answer", test["answer"], data["answer"])
        yield from differ("step", test.get("step"), data.get("step"))
        yield from differ("explanation", test.get("explanation"), data.get("explanation"))
        yield from differ("differences", test["differences"], data.get("differences", []))
        if test["differences"]:
            first = test["differences"][0]
            yield from differ("expected", first["expected"], data["expected"])
            yield from differ("actual", first["actual"], data["actual"])
            yield from differ("line", first["line"], data["at"]["line"])
            yield from differ("message", f"{first['what']}: expected ", data["message"][: len(first["what"]) + 11])
    for line in tap.split("\n"):
        if HARMFUL.search(line):
            yield f"harmful: {line!r}"


# --- JUnit ---


def junit_problems(which):
    whole = report(which)
    root = xml.etree.ElementTree.fromstring(text(which, "--format", "junit"))
    for suite in [root, *root.findall("testsuite")]:
        for name, path in (("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error"),
                           ("skipped", ".//skipped")):
            yield from differ(f"{suite.get('name')!r}: {name}", len(suite.findall(path)), int(suite.get(name)))
    bad = bool(whole["summary"]["unusable"] or not whole["tests"])
    files = [file["file"].replace("\x1b", "\ufffd") for file in whole["files"]]
    yield from differ("suites", files + ["inputs"] * bad, [suite.get("name") for suite in root])
    cases = [case for case in root.iter("testcase") if case.get("classname") != "inputs"]
    inputs = [(case.get("name"), case[0].get("message")) for case in root.findall("testsuite[@name='inputs']/testcase")]
    told = [(path.replace("\x1b", "\\x1b").replace("\n", "\\n").replace("\ufffd", "\\xff"), WHY) for path in whole["unusable"]]
    yield from differ("inputs", told or [("a test", "there are no tests")] * (not whole["tests"]), inputs)
    for case, test in zip(cases, whole["tests"], strict=True):
        marks = {"passed": [], "failed": ["failure"], "skipped": ["skipped"]}[test["verdict"]]
        yield from differ("verdict", marks, [element.tag for element in case])
        yield from differ("line", str(test["line"]) if "line" in test else None, case.get("line"))
        if not case.get("name").startswith(test["name"].split("\n")[0]):
            yield f"name: {case.get('name')!r}"
        if not case.get("file").startswith(case.get("classname")) or ".ddbtest." in case.get("classname"):
            yield f"class: {case.get('classname')!r}"
        for difference in test.get("differences", []):
            if difference["what"] not in case[0].text:
                yield f"{difference['what']} is missing"


JUDGE = """
import json, sys, junitparser
def word(case):
    results = case.result if isinstance(case.result, list) else [case.result]
    return [type(result).__name__ for result in results]
whole = junitparser.JUnitXml.fromstring(sys.stdin.buffer.read())
written = [whole.tests, whole.failures, whole.errors, whole.skipped]
suites = [[suite.tests, suite.failures, suite.errors, suite.skipped, [word(case) for case in suite]] for suite in whole]
whole.update_statistics()
print(json.dumps([written, [whole.tests, whole.failures, whole.errors, whole.skipped], suites]))
"""


def python_with(module):
    """A Python that has a module: Debian's packages are not for others."""
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0:
            return python
    return None


def junitparser_problems(python, which):
    whole = report(which)
    done = subprocess.run([python, "-c", JUDGE], input=run(which, "--format", "junit").stdout, capture_output=True, check=False)
    if done.returncode:
        yield done.stderr.decode()
        return
    written, counted, suites = json.loads(done.stdout)
    yield from differ("counts", counted, written)
    words = {"passed": [], "failed": ["Failure"], "skipped": ["Skipped"]}
    expected = [words[verdict] for verdict in verdicts(whole)]
    expected += [["Error"]] * (len(whole["unusable"]) or not expected)
    yield from differ("results", expected, [case for suite in suites for case in suite[4]])


# --- GitHub ---


def github_problems():
    done, whole = run("odd", "--format", "github"), report("odd")
    lines = done.stdout.decode().split("\n")
    yield from differ("last line", "", lines.pop())
    unusable, lines = lines[-len(UNUSABLE) :], lines[: -len(UNUSABLE)]
    for line, path in zip(unusable, UNUSABLE, strict=True):
        parts = re.fullmatch(r"::error file=([^:,\r\n]*),title=ddbexpr test::(.*)", line)
        yield from differ("unusable", [path.replace("\x1b", "\ufffd"), WHY], parts and [urllib.parse.unquote(parts[1]), parts[2]])
    yield from differ("nothing", "::error title=ddbexpr test::there are no tests\n", text("none", "--format", "github"))
    yield from differ("summary", text("odd").split("\n")[-2], done.stderr.decode().split("\n")[-2])
    failed = [test for test in whole["tests"] if test["verdict"] == "failed"]
    for line, test in zip(lines, failed, strict=True):
        parts = re.fullmatch(r"::error ((?:\w+=[^:,\r\n]*,?)+)::([^\r\n]*)", line)
        if not parts or HARMFUL.search(line):
            yield f"no command: {line!r}"
            continue
        properties = dict(item.split("=", 1) for item in parts[1].split(","))
        properties = {name: urllib.parse.unquote(value) for name, value in properties.items()}
        yield from differ("file", test["file"].replace("\x1b", "\ufffd"), properties["file"])
        first = (test["differences"] or [test])[0]
        yield from differ("line", str(first["line"]), properties["line"])
        yield from differ("column", str(first["column"]) if "column" in first else None, properties.get("col"))
        if not properties["title"].startswith(test["name"].split("\n")[0]):
            yield f"title: {properties['title']!r}"
        for difference in test["differences"]:
            if difference["what"] not in parts[2]:
                yield f"{difference['what']} is missing"


# --- all formats ---


def exit_problems():
    for options, status in (
        (["plain"], 1), (["none"], 0), (["plain", "--format", "yaml"], 3), (["plain", "--format", "sarif"], 3),
        (["plain", "--color", "red"], 3),
    ):
        yield from differ(" ".join(options), status, run(*options).returncode)


def full_problems():
    """Where nothing can be written, the exit status says so, and standard error why."""
    for form in FORMATS:
        for which in SETS:
            if not run(which, "--format", form).stdout:
                continue
            with open("/dev/full", "wb") as full:
                done = subprocess.run([SAMPLE, which, "--format", form], stdout=full, stderr=subprocess.PIPE, check=False)
            yield from differ(f"{form} of {which}", 4, done.returncode)
            if done.stderr.count(b"cannot write to standard output") != 1:
                yield f"{form} of {which}: {done.stderr!r}"


def memory_problems(form):
    """Every allocation fails once: a report that is not whole is told."""
    whole = run("odd", "0", "--format", form)
    environment = dict(os.environ)
    if form == "junit":  # libxml2 loses an element's name when it has no memory for the element
        environment["ASAN_OPTIONS"] = f"{environment.get('ASAN_OPTIONS', '')}:detect_leaks=0"
    count = int(whole.stderr.split()[-1])
    if count < 10:
        yield f"too few allocations for this test: {count}"
    for number in range(1, count + 1):
        done = run("odd", str(number), "--format", form, env=environment)
        if done.returncode == 4 and b"out of memory" in done.stderr:
            continue
        if done.returncode != whole.returncode or done.stdout != whole.stdout:
            yield f"allocation {number}: exit status {done.returncode}, {done.stderr[-200:]!r}"


def document_problems():
    """What the page shows is what comes out."""
    page = (ROOT / "docs/test-output.md").read_text(encoding="utf-8")
    for form in FORMATS:
        block = re.search(rf"<!-- report: {form} -->\n```\w*\n(.*?)```\n", page, re.S)
        printed = re.sub(" +$", "", text("plain", "--format", form), flags=re.M)  # no page has blanks at line ends
        yield from differ(form, printed, block and block[1])
    for name in json_names(report("odd", "--times")):
        if f"`{name}`" not in page:
            yield f"the member {name} is not described"


def json_names(value):
    if isinstance(value, list):
        return {name for element in value for name in json_names(element)}
    if isinstance(value, dict):
        return {name for name in value if name not in ("percent", "clauses")} | json_names(list(value.values()))
    return set()


def main():
    tap = Tap()
    tap.case("text", text_problems())
    tap.case("text: long values", shortened_problems())
    tap.case("--quiet", quiet_problems())
    tap.case("--color", colour_problems())
    tap.case("--times", time_problems())
    tap.case("JSON", json_problems())
    tap.case("sections", section_problems())
    for which in SETS:
        if have_perl():
            tap.case(f"TAP of {which} for TAP::Parser", tap_problems(which))
        else:
            tap.skip(f"TAP of {which} for TAP::Parser", "no TAP::Parser for this Perl")
        if yaml:
            tap.case(f"TAP of {which}: YAML", tap_yaml_problems(which))
        else:
            tap.skip(f"TAP of {which}: YAML", "no yaml for this Python")
        tap.case(f"JUnit of {which}", junit_problems(which))
        python = python_with("junitparser")
        if python:
            tap.case(f"JUnit of {which} for junitparser", junitparser_problems(python, which))
        else:
            tap.skip(f"JUnit of {which} for junitparser", "no junitparser for this Python")
    tap.case("workflow commands of GitHub", github_problems())
    tap.case("exit statuses", exit_problems())
    tap.case("a full disk", full_problems())
    for form in FORMATS:
        tap.case(f"no memory for {form}", memory_problems(form))
    tap.case("docs/test-output.md", document_problems())
    sys.exit(tap.finish())


main()
