#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of configurations against the tool: what one takes the other takes, and what one refuses the other
refuses, but for what a schema cannot say.

usage: run_schema.py DDBEXPR

Good ones are the YAML blocks of docs/configuration.md and what `ddbexpr types` prints."""
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

BAD = [
    "tabels: {}",
    "5",
    "[]",
    "tables: []",
    "tables: {T: S}",
    "tables: {T: {kye: 'pk:S'}}",
    "tables: {T: {key: pk}}",
    "tables: {T: {key: 'pk:SS'}}",
    "tables: {T: {key: {pk: S}}}",
    "tables: {T: {key: 'a:S,b:S,c:S'}}",
    "tables: {T: {attributes: {a: T}}}",
    "tables: {T: {attributes: {a: s}}}",
    "tables: {T: {attributes: {a: []}}}",
    "tables: {T: {attributes: {a: {b: S}}}}",
    "tables: {T: {attributes: {a: [[S]]}}}",
    "tables: {T: {attributes: {a..b: S}}}",
    "tables: {T: {attributes: {.a: S}}}",
    "tables: {T: {attributes: {'': S}}}",
    "tables: {T: {attributes: {'a[': S}}}",
    "tables: {T: {attributes: {'[]': S}}}",
    "tables: {T: {attributes: {'a[*]': S}}}",
    "tables: {T: {attributes: {'a[]b': S}}}",
    "tables: {T: {indexes: {i: {}}}}",
    "tables: {T: {indexes: {i: {key: 'a:S', local: perhaps}}}}",
    "tables: {T: {indexes: {i: {key: 'a:S', projection: SOME}}}}",
    "tables: {T: {indexes: {i: {key: 'a:S', projection: [[a]]}}}}",
    "rules: {ne-accepts-missing: off}",
    "rules: {D: off}",
    "rules: {DX503: warn}",
    "rules: {DX503: }",
    "rules: [DX503]",
    "paths: {match: a}",
    "paths: [{rules: {}}]",
    "paths: [a]",
    "paths: [{match: []}]",
    "paths: [{match: ''}]",
    "paths: [{match: /a}]",
    "paths: [{match: ../a}]",
    "paths: [{match: a, messages: old}]",
    "messages: old",
    "messages: [classic]",
]

GOOD = [
    "",
    "tables:",
    "tables: {T: }",
    "rules:",
    "paths:",
    "{}",
    "tables: {T: {key: 'pk:S, sk:N', attributes: {a: NULL, b: [\"NULL\", S], 'a[].b[0][].c': M}, indexes: }}",
    "tables: {'*': {indexes: {i: {key: 'a:S,b:S,c:S,d:S,e:S,f:S,g:S,h:S', local: false, projection: []}}}}",
    "rules: {DX: info, DX5: off}",
    "paths: [{match: [a, '**/b']}]",
    '{"tables": {"T": {"key": "pk:S"}}}',
]

# What only the tool sees.
BEYOND = [
    "rules: {DX999: off}",
    "tables: {T: {key: 'pk:S', attributes: {pk: N}}}",
    "tables: {T: {key: 'pk:S', indexes: {i: {key: 'a:S,b:S', local: true}}}}",
]


class Loader(yaml.SafeLoader):
    """YAML as editors read it since YAML 1.2: `off` is a text."""

    yaml_implicit_resolvers = {}


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])


def faults_of_schema(validator, text):
    return [f"schema: {e.json_path}: {e.message}" for e in validator.iter_errors(yaml.load(text, Loader))]


def faults_of_tool(binary, text):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = [binary, "check", "--config", file.name, "--condition-expression", "attribute_exists(a)"]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    lines = done.stderr.decode().splitlines()
    return lines if done.returncode in (0, 3) else lines + [f"exit status {done.returncode}"]


def printed(binary, items, *options):
    done = subprocess.run([binary, "types", *options, "-"], input=json.dumps(items).encode(), capture_output=True, check=True)
    return done.stdout.decode()


def hostile_items():
    names = ["on", "no", "Y", "null", "1", "0x1f", "-", "- a", "a: b", "a #b", "#a", "'", '"', "\\", "ü", "a b", "&a", "*a"]
    names += ["!a", "%a", "@a", "`a", "|", ">", "?", ": ", "~", "{a}", ",", "a:", "\u202e", "\uff21", "\U0001f600", "<<"]
    return {name: {"M": {name: {"NULL": True}}} for name in names}


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    schema = json.loads((ROOT / "docs/ddbexpr.schema.json").read_text(encoding="utf-8"))
    tap = Tap()
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    document = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", document, re.M | re.S)
    tap.case("the document has examples", [] if len(blocks) > 2 else ["few blocks of YAML"])
    types = printed(binary, hostile_items(), "--table-name", "no")
    read = yaml.safe_load(types)["tables"]["no"]["attributes"]
    wanted = {path for name in hostile_items() for path in (name, f"{name}.{name}")}
    tap.case("what types prints has the names of the items", sorted(wanted ^ read.keys()))
    for text in GOOD + blocks + [types]:
        problems = faults_of_schema(validator, text) + faults_of_tool(binary, text)
        tap.case(f"good: {json.dumps(text[:60])}", problems)
    for text in BAD:
        problems = [] if faults_of_schema(validator, text) else ["the schema takes it"]
        problems += [] if faults_of_tool(binary, text) else ["the tool takes it"]
        tap.case(f"bad: {json.dumps(text)}", problems)
    for text in BEYOND:
        problems = faults_of_schema(validator, text) + ([] if faults_of_tool(binary, text) else ["the tool takes it"])
        tap.case(f"bad beyond the schema: {json.dumps(text)}", problems)
    sys.exit(tap.finish())


main()
