#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of suites against the tool: what one takes the other takes, and what one refuses the other refuses,
but for what a schema cannot say.

usage: run_suite_schema.py READ_SUITE

Good ones are also the suites in docs/suites.md. READ_SUITE exits with 0 for a good suite, with 3 for a faulty one."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

try:
    import jsonschema
    import yaml
except ImportError:
    print("1..0 # SKIP python3-jsonschema and python3-yaml are not there")
    sys.exit(0)

HEAD = "table: {key: {pk: S}}\nitems: {a: {pk: a}}\nrequests: {scan: {op: Scan}}\ntests:\n"


def test(members):
    return HEAD + "- {name: t, " + members + "}\n"


def expect(what):
    return test("request: scan, expect: " + what)


GOOD = [
    HEAD + "  []\n",
    "tables: {T: {key: {pk: S, sk: N}, items: }, U: {key: {b: B}, items: [{b: {B: YQ==}}]}}\nitems:\nrequests:\ntests: []",
    "table: {key: {pk: S}, items: {pk: a}}\ntests: []",
    "table: {key: {pk: S}}\nitems: {a: {pk: x}, b: a, c: {item: b, set: {x: 1}}, d: {item: {pk: 5x}, remove: pk}}\ntests: []",
    test("request: scan, expect: success"),
    test("given: a, request: scan, with: {Limit: 1, ':a': 1, '#b': c}, without: [], expect: success"),
    test("given: [a, {pk: b}], request: {op: Scan, TableName: x, Select: COUNT}, expect: {}"),
    test("given: , request: {operation: GetItem, Key: {pk: a}}, with: , without: , expect: {returns: {Item: null}}"),
    test("request: scan, rows: [{expect: success}, {name: 5, ':a': 1, '#b': x, expect: error, given: a, with: {Limit: 2}}]"),
    test("request: scan, expect: error, rows: [{}]"),
    test("steps: [{request: scan}, {name: s, request: scan, with: {':a': 1}, without: [], expect: error}]"),
    test("skip: later, request: scan, expect: success"),
    test("request: {TransactItems: [{Put: {Item: {pk: a}}}, {Delete: {Key: {pk: b}, ConditionExpression: a}}]}, expect: success"),
    test("request: {TransactItems: 5, op: TransactWriteItems}, expect: SerializationException"),
    expect("ConditionalCheckFailedException"),
    expect("error"),
    expect("{error: error, message: x, because: c}"),
    expect("{error: ValidationException, message: {contains: x, matches: y}, because: [c, d]}"),
    expect("{error: error, message: {contains: [x, y]}, because: {1: c, 2: [d, e]}}"),
    expect("{after: null, table: [a, {pk: b}]}"),
    expect("{after: {contains: {x: 1}}, table: a}"),
    expect("{after: a, tables: }"),
    expect("{returns: {Attributes: {contains: {a: 1}}, Item: a, Items: [a], Count: 1, ScannedCount: 0, LastEvaluatedKey: null}}"),
    expect("{error: error, returns: {CancellationReasons: [None, {Code: ValidationError, Message: x, Item: null}, {}]}}"),
    expect("{error: error, returns: {CancellationReasons: [{Code: None, Message: null}, {Message: {contains: x}}]}}"),
    expect("{returns: {Items: null, Count: null, CancellationReasons: null}}"),
]

BAD = [
    "5",
    "[]",
    "tests: []",
    "table: {key: {pk: S}}",
    "tables: {}\ntests: []",
    "tables: []\ntests: []",
    "table: {key: {pk: S}}\ntables: {T: {key: {pk: S}}}\ntests: []",
    "table: {}\ntests: []",
    "table: {key: pk}\ntests: []",
    "table: {key: {}}\ntests: []",
    "table: {key: {a: S, b: S, c: S}}\ntests: []",
    "table: {key: {a: SS}}\ntests: []",
    "table: {key: {a: S}, itms: []}\ntests: []",
    "tables: {'': {key: {a: S}}}\ntests: []",
    "table: {key: {a: S}}\ntests: {}",
    "table: {key: {a: S}}\ntests: [x]",
    "table: {key: {a: S}}\nitems: [a]\ntests: []",
    "table: {key: {a: S}}\nitems: {a: [b]}\ntests: []",
    "table: {key: {a: S}}\nitems: {a: }\ntests: []",
    "table: {key: {a: S}}\nrequests: {a: b}\ntests: []",
    "table: {key: {a: S}}\nrequests: {a: {Foo: b}}\ntests: []",
    "table: {key: {a: S}}\nrequests: {a: {from: 'x', with: {}}}\ntests: []",
    "table: {key: {a: S}}\nrequests: {a: {TransactItems: [{Get: {}}]}}\ntests: []",
    "table: {key: {a: S}}\nrequests: {a: {TransactItems: [{Put: {ReturnValues: x}}]}}\ntests: []",
    "table: {key: {a: S}}\ntest: []\ntests: []",
    test("request: scan"),
    test("expect: success"),
    test("request: scan, expect: success, skip: true"),
    test("request: scan, expect: success, skip: "),
    test("request: scan, expect: success, rows: []"),
    test("request: scan, expect: success, rows: [a]"),
    test("request: scan, expect: success, rows: [{request: scan}]"),
    test("request: scan, rows: [{}]"),
    test("request: scan, expect: success, with: [a]"),
    test("request: scan, expect: success, with: {Foo: 1}"),
    test("request: scan, expect: success, without: [[a]]"),
    test("request: scan, expect: success, without: {a: b}"),
    test("request: [scan], expect: success"),
    test("request: , expect: success"),
    test("steps: []"),
    test("steps: [scan]"),
    test("steps: [{expect: success}]"),
    test("steps: [{request: scan, given: a}]"),
    test("steps: [{request: scan}], request: scan"),
    test("steps: [{request: scan}], expect: success"),
    test("steps: [{request: scan}], rows: [{expect: success}]"),
    expect("fine"),
    expect(""),
    expect("[success]"),
    expect("{error: success}"),
    expect("{message: x}"),
    expect("{because: x}"),
    expect("{error: error, message: [x]}"),
    expect("{error: error, message: {}}"),
    expect("{error: error, message: null}"),
    expect("{error: error, message: {contain: x}}"),
    expect("{error: error, message: {contains: []}}"),
    expect("{error: error, because: {first: x}}"),
    expect("{error: error, because: {0: x}}"),
    expect("{error: error, because: []}"),
    expect("{after: [a]}"),
    expect("{after: 5, aftr: 5}"),
    expect("{table: [[a]]}"),
    expect("{table: [], tables: {}}"),
    expect("{tables: [a]}"),
    expect("{returns: [a]}"),
    expect("{returns: {item: a}}"),
    expect("{returns: {Count: -1}}"),
    expect("{returns: {Count: [1]}}"),
    expect("{error: error, returns: {CancellationReasons: None}}"),
    expect("{error: error, returns: {CancellationReasons: [Nothing]}}"),
    expect("{error: error, returns: {CancellationReasons: [{Code: Nothing}]}}"),
    expect("{error: error, returns: {CancellationReasons: [{code: None}]}}"),
]

# What only the tool sees.
BEYOND = [
    "table: {key: {pk: S}}\nitems: {a: {x: {SS: []}}}\ntests: []",
    "table: {key: {pk: S}}\nitems: {a: b}\ntests: []",
    "table: {key: {pk: S}, items: [{x: 1}]}\ntests: []",
    test("request: other, expect: success"),
    test("request: {op: Scn}, expect: success"),
    test("request: {Key: {pk: a}}, expect: success"),
    test("given: b, request: scan, expect: success"),
    test("request: scan, without: [':v'], expect: success"),
    expect("{error: error, message: {matches: '('}}"),
    expect("{returns: {CancellationReasons: [None]}}"),
    expect("{tables: {T: []}}"),
]


class Loader(yaml.SafeLoader):
    """YAML as editors read it since YAML 1.2, by the core schema."""

    yaml_implicit_resolvers = {}


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))


def names_are_texts(value):
    """JSON has no names but texts; YAML's are what they look like."""
    if isinstance(value, dict):
        return {str(name): names_are_texts(member) for name, member in value.items()}
    return [names_are_texts(element) for element in value] if isinstance(value, list) else value


def faults_of_schema(validator, text):
    document = names_are_texts(yaml.load(text, Loader))
    return [f"schema: {e.json_path}: {e.message[:200]}" for e in validator.iter_errors(document)]


def faults_of_tool(binary, text, suffix=".yaml"):
    with tempfile.NamedTemporaryFile("w", suffix=".ddbtest" + suffix, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([binary, file.name], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    lines = done.stderr.decode().splitlines()
    return lines if done.returncode in (0, 3) and bool(lines) == bool(done.returncode) else lines + [f"exit {done.returncode}"]


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    schema = json.loads((ROOT / "docs/suite.schema.json").read_text(encoding="utf-8"))
    tap = Tap()
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    document = (ROOT / "docs/suites.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:yaml|json)\n(.*?)^```$", document, re.M | re.S)
    suites = [block for block in blocks if "tests" in block]
    tap.case("the document has examples", [] if len(suites) > 7 else ["few suites"])
    for text in GOOD + suites:
        problems = faults_of_schema(validator, text) + faults_of_tool(binary, text)
        tap.case(f"good: {json.dumps(text[-90:])}", problems)
    for text in GOOD:  # the same as JSON
        text = json.dumps(names_are_texts(yaml.load(text, Loader)))
        tap.case(f"good as JSON: {text[-90:]}", faults_of_tool(binary, text, ".json"))
    for text in BAD:
        problems = [] if faults_of_schema(validator, text) else ["the schema takes it"]
        problems += [] if faults_of_tool(binary, text) else ["the tool takes it"]
        tap.case(f"bad: {json.dumps(text[-90:])}", problems)
    for text in BEYOND:
        problems = faults_of_schema(validator, text) + ([] if faults_of_tool(binary, text) else ["the tool takes it"])
        tap.case(f"bad beyond the schema: {json.dumps(text[-90:])}", problems)
    sys.exit(tap.finish())


main()
