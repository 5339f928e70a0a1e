#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds: what a target begins with, made of tests/cases, tests/suite, examples and docs.

usage: seeds.py TARGET FOLDER        writes one file an input; prints nothing"""
import gzip
import hashlib
import itertools
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from packed import zstd  # noqa: E402

KINDS = {  # the byte that stands for it
    "ConditionExpression": "0",
    "FilterExpression": "1",
    "KeyConditionExpression": "2",
    "UpdateExpression": "3",
    "ProjectionExpression": "4",
}
OPERATIONS = ["PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "Scan", "TransactWriteItems"]
LARGEST = 4000  # bytes: mutations of what is larger find little


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def cases():
    for path in sorted((ROOT / "tests/cases").glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            case = json.loads(line)
            if isinstance(case.get("request"), dict) and case.get("op") in OPERATIONS:
                yield case


def bodies(case):
    """The request, or the bodies of a transaction's actions."""
    actions = case["request"].get("TransactItems")
    if not isinstance(actions, list):
        return [case["request"]]
    return [body for action in actions if isinstance(action, dict) for body in action.values() if isinstance(body, dict)]


def expressions():
    """(byte of the kind, text, body, items of the table)"""
    for case in cases():
        for body in bodies(case):
            for member, kind in KINDS.items():
                if isinstance(body.get(member), str):
                    yield kind, body[member], body, case.get("items") or []


def number_texts(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("N", "NS") and isinstance(inner, (str, list)):
                yield from [inner] if isinstance(inner, str) else [n for n in inner if isinstance(n, str)]
            else:
                yield from number_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from number_texts(inner)


def parse():
    return {kind + text for kind, text, _, _ in expressions()}


def format_():
    return {kind + "X" + text for kind, text, _, _ in expressions()}


def compile_():
    for kind, text, body, items in expressions():
        names, values = (body.get("ExpressionAttribute" + part) for part in ("Names", "Values"))
        parts = [text, dump(names) if names else "", dump(values) if values else "", dump(items[0]) if items else ""]
        yield kind + "1" + "\0".join(parts)


def number():
    texts = sorted({text for case in cases() for text in number_texts(case)})
    return {f"{a} {b}" for a, b in itertools.zip_longest(texts, texts[1:] + texts[:1])}


def item():
    for case in cases():
        items = case.get("items") or []
        for layout in ("\n".join(map(dump, items)), dump(items), dump({"Items": items, "Count": len(items)})):
            yield "01a" + layout
    for path in sorted(ROOT.glob("examples/*/*.jsonl")) + sorted(ROOT.glob("examples/*/item*.json")):
        yield "13c" + path.read_text(encoding="utf-8")


def measure():
    for kind, text, body, items in expressions():
        if kind in "012":
            names, values = (body.get("ExpressionAttribute" + part) for part in ("Names", "Values"))
            parts = [text, dump(names) if names else "", dump(values) if values else "", *map(dump, items[:5])]
            yield kind + "1" + "\0".join(parts)


def source():
    files = [path.read_bytes() for path in sorted(ROOT.glob("examples/*/*.jsonl"))]
    for case in itertools.islice(cases(), 0, None, 10):
        items = [dump(i) for i in case.get("items") or []]
        files += ["\n".join(items).encode(), ("[" + ",".join(items) + "]").encode(), b'{"Items":[%s]}' % ",".join(items).encode()]
        if items:
            yield "1\0" + items[0] + "\n\0"
            yield "1[\0" + items[0] + ",\0" + items[-1] + "]"
            yield '1{"Items":[\0' + ", ".join(items) + ",\n\0" + items[-1] + "]}"
    for file in files:
        yield b"0" + file
        yield b"0" + gzip.compress(file, mtime=0)
        yield b"0" + zstd(file)


def request():
    for case in cases():
        yield str(OPERATIONS.index(case["op"])) + dump(case["request"])
    for path in sorted(ROOT.glob("docs/**/*.asl.json")) + sorted(ROOT.glob("tests/golden/**/*.asl.json")):
        yield "1" + path.read_text(encoding="utf-8")


def question():
    for case in cases():
        yield dump({name: case[name] for name in ("op", "key", "items", "tables", "request") if name in case})


def fix():
    for seed in request():
        yield seed
    for path in sorted((ROOT / "docs/rules").glob("*.md")):
        for text in re.findall(r"^\{.*\}$", path.read_text(encoding="utf-8"), re.MULTILINE):
            yield "1" + text


def yaml_files():
    paths = [p for folder in ("examples", "docs", "tests") for p in ROOT.glob(folder + "/**/*.yaml")]
    return sorted(path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file())


def fenced():
    """What stands in fences of the documents."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for text in re.findall(r"^```ya?ml\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            yield text


def yaml():
    for text in itertools.chain(yaml_files(), fenced()):
        yield "0a" + text
    for seed in itertools.islice(question(), 0, None, 20):
        yield "1a" + seed


def config():
    return [text for text in itertools.chain(yaml_files(), fenced()) if "expect" not in text]


def suite():
    return [text for text in itertools.chain(yaml_files(), fenced()) if "tests" in text]


def case():
    for number_, shift in itertools.product(range(40), (1, 3, 7)):
        yield bytes((i * i * shift + number_ * 37) & 0xFF for i in range(40 + 8 * number_))


TARGETS = {
    "case": case,
    "compile": compile_,
    "config": config,
    "fix": fix,
    "format": format_,
    "item": item,
    "measure": measure,
    "number": number,
    "parse": parse,
    "question": question,
    "request": request,
    "source": source,
    "suite": suite,
    "yaml": yaml,
}


def main():
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for seed in TARGETS[sys.argv[1]]():
        content = seed if isinstance(seed, bytes) else seed.encode("utf-8", "surrogatepass")
        if len(content) <= LARGEST:
            (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


main()
