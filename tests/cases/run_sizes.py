#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks declarative facts about sizes through `ddbexpr request --jsonl` and prints TAP, one test a fact.

usage: run_sizes.py DDBEXPR FILE

A fact names a size and what the service says to it; the questions that show it are built here. The size of a number is
measured: the longest padding beside it that PutItem still takes says how many bytes it has.
"""
import base64
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import Tap  # noqa: E402

LIMIT = 409600
STATEMENT = 3
WRITES, DROPS = 19, 2
KEY = {"k": {"S": "x"}}
KEY_BYTES = 2


class Coprocess:
    """`ddbexpr request --jsonl`, asked one question at a time."""

    def __init__(self, tool):
        self.process = subprocess.Popen([tool, "request", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, op, request, items=(), key=None):
        question = {"op": op, "key": key or {"k": "S"}, "items": list(items), "request": request}
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit("Bail out! the tool ended")
        return json.loads(answer)

    def end(self):
        self.process.stdin.close()
        return self.process.wait()


def item_of(size, **attributes):
    """An item of exactly so many bytes, with nothing but ASCII in it; attributes are given with their own sizes."""
    rest = size - KEY_BYTES - sum(len(name) + length for name, (_, length) in attributes.items()) - 1
    return dict(KEY, **{name: value for name, (value, _) in attributes.items()}, p={"S": "p" * rest})


def verdict(fact, answer, where=lambda answer: answer["error"].get("message", "")):
    """What is wrong with an answer, given what the fact says."""
    if fact.get("ok"):
        return [] if answer["ok"] else [f"refused: {answer['error']}"]
    if answer["ok"]:
        return ["accepted"]
    if answer["error"]["__type"] != fact["error"]:
        return [f"type {answer['error']['__type']}, not {fact['error']}"]
    text = where(answer)
    if "message" in fact and text != fact["message"]:
        return [f"says {text}"]
    if fact.get("contains", "") not in text:
        return [f"says {text}"]
    return []


def number_bytes(tool, fact):
    number = ({"N": fact["number"]}, fact["bytes"])
    for size, ok in ((LIMIT, True), (LIMIT + 1, False)):
        answer = tool.ask("PutItem", {"Item": item_of(size, n=number)})
        if answer["ok"] != ok:
            yield f"with {size} bytes, if it has {fact['bytes']}: {'refused' if ok else 'accepted'}"


def cancellation_message(answer):
    return " ".join(r.get("Message") or "" for r in answer["error"].get("CancellationReasons", []))


def item(tool, fact):
    size = fact["item_bytes"]
    filler = item_of(size)["p"]
    update = {"Key": KEY, "UpdateExpression": "SET p = :p", "ExpressionAttributeValues": {":p": filler}}
    if fact["op"] == "PutItem":
        yield from verdict(fact, tool.ask("PutItem", {"Item": item_of(size)}))
    elif fact["op"] == "UpdateItem":
        yield from verdict(fact, tool.ask("UpdateItem", update))
    elif fact["error"] == "TransactionCanceledException":
        request = {"TransactItems": [{"Update": update}]}
        yield from verdict(fact, tool.ask("TransactWriteItems", request), cancellation_message)
        # The finished item alone counts: at the limit it is taken, where UpdateItem's statement would be too large.
        update["ExpressionAttributeValues"] = {":p": item_of(LIMIT)["p"]}
        if not tool.ask("TransactWriteItems", request)["ok"]:
            yield "an item at the limit is refused"
    else:
        yield from verdict(fact, tool.ask("TransactWriteItems", {"TransactItems": [{"Put": {"Item": item_of(size)}}]}))


def update_statement(tool, fact):
    """The formula of the fact, for several expressions, at the limit and one byte past it."""
    del fact
    stored = dict(KEY, a={"N": "1"}, s={"SS": ["m"]}, d={"SS": ["m", "n"]})
    small = {":n": {"N": "1"}, ":m": {"SS": ["m"]}, ":o": {"SS": ["o"]}}
    shapes = (  # expression, stored item, bytes of what is written beside p's value, writes, drops
        ("SET p = :p", None, len("p"), 1, 0),
        ("SET p = :p, q = :n", None, len("p") + len("q") + 2, 2, 0),
        ("SET p = :p ADD c :n", None, len("p") + len("c") + 2, 2, 0),
        ("SET p = :p ADD s :o", stored, len("p") + len("s") + 2, 2, 0),
        ("SET p = :p REMOVE a, s, d", stored, len("p"), 1, 3),
        ("SET p = :p REMOVE a, s DELETE d :m", stored, len("p"), 1, 3),
    )
    for text, item_before, others, writes, drops in shapes:
        room = LIMIT - STATEMENT - WRITES * writes - DROPS * drops - others
        for length, ok in ((room, True), (room + 1, False)):
            values = {k: v for k, v in small.items() if k in text}
            request = {
                "Key": KEY,
                "UpdateExpression": text,
                "ExpressionAttributeValues": dict(values, **{":p": {"S": "p" * length}}),
            }
            answer = tool.ask("UpdateItem", request, [item_before] if item_before else [])
            if answer["ok"] != ok:
                yield f"{text} with {length} bytes: {'refused' if ok else 'accepted'}"
    # The figure that was measured on the service: 409,581 bytes of finished item, with 3 bytes of key in it.
    for size, ok in ((409581, True), (409582, False)):
        request = {
            "Key": {"k": {"S": "xy"}},
            "UpdateExpression": "SET p = :p",
            "ExpressionAttributeValues": {":p": {"S": "p" * (size - len("kxy") - len("p"))}},
        }
        if tool.ask("UpdateItem", request)["ok"] != ok:
            yield f"a finished item of {size} bytes: {'refused' if ok else 'accepted'}"


def key(tool, fact):
    """A key value of so many bytes, S and B, in writes and in reads."""
    position = 1 if "range" in fact["id"] else 0
    length = fact["bytes"]
    for tag, value in (("S", "v" * length), ("B", base64.b64encode(b"v" * length).decode())):
        schema = {"h": "S", "r": tag} if position else {"h": tag}
        name = "r" if position else "h"
        whole = {name: {tag: value}}
        if position:
            whole["h"] = {"S": "x"}
        for op, request in (
            ("PutItem", {"Item": whole}),
            ("UpdateItem", {"Key": whole}),
            ("DeleteItem", {"Key": whole}),
            ("GetItem", {"Key": whole}),
        ):
            for problem in verdict(fact, tool.ask(op, request, key=schema)):
                yield f"{op} with a key of type {tag}: {problem}"
    if position and fact.get("ok"):
        past = {"h": {"S": "x"}, "r": {"S": "v" * (length + 1)}}
        if tool.ask("PutItem", {"Item": past}, key={"h": "S", "r": "S"})["ok"]:
            yield "one byte more is accepted"


KINDS = {"number-bytes": number_bytes, "item": item, "update-statement": update_statement, "key": key}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tap = Tap()
    tool = Coprocess(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as lines:
        for line in lines:
            fact = json.loads(line)
            tap.case(fact["id"], KINDS[fact["kind"]](tool, fact))
    tap.case("the tool ends as it should", [] if tool.end() == 0 else ["it does not"])
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
