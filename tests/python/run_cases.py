#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the Python package what the tool is asked, and compares the answers: every case of tests/cases, one test each.

usage: run_cases.py DDBEXPR LIBRARY_DIR FILE...

What the answer has to be is tests/cases/run_cases.py's business: here it has to be the tool's, to the letter. Then once
more with plain values, as far as a case can be said with them, and in the classic wording.
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bindings" / "python")]
from tap import Tap  # noqa: E402

QUESTION = ("op", "key", "items", "tables", "request")
METHODS = {
    "PutItem": "put_item",
    "UpdateItem": "update_item",
    "DeleteItem": "delete_item",
    "GetItem": "get_item",
    "Query": "query",
    "Scan": "scan",
    "TransactWriteItems": "transact_write_items",
}

def answers_of_the_tool(binary, cases, messages):
    questions = "".join(json.dumps({k: c[k] for k in QUESTION if k in c}) + "\n" for c in cases)
    done = subprocess.run(
        [binary, "request", "--jsonl", "--service-messages", messages],
        input=questions.encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


class Asker:
    """Asks the package in one form of values, and gives the answer as the tool writes it."""

    def __init__(self, ddbexpr, form, messages):
        self.ddbexpr, self.form, self.messages = ddbexpr, form, messages

    def table(self, key, items, name=""):
        return self.ddbexpr.Table(key, items, name=name, form=self.form, messages=self.messages)

    def tables_of(self, case):
        """-> (what has the methods, the tables by name)"""
        if "tables" not in case:
            table = self.table(case["key"], case.get("items", ()))
            return table, {"": table}
        tables = {name: self.table(t["key"], t.get("items", ()), name) for name, t in case["tables"].items()}
        return self.ddbexpr.Client(*tables.values(), form=self.form), tables

    def answer(self, case):
        asked, tables = self.tables_of(case)
        before = [table.items for table in tables.values()]
        try:
            response = getattr(asked, METHODS[case["op"]])(**case["request"])
        except self.ddbexpr.ClientError as error:
            told = error_of(error)
        except self.ddbexpr.Unsupported as error:
            told = {"ok": False, "error": {"__type": "UnsupportedByDdbexpr", "message": str(error)}}
        else:
            del response["ResponseMetadata"]
            after = {name: {"items": table.items} for name, table in tables.items()}
            return {"ok": True, "response": response, **({"tables": after} if "tables" in case else after[""])}
        return told if before == [table.items for table in tables.values()] else {"changed": "by a request that failed"}

    def problems(self, case, wanted):
        wanted = {member: value for member, value in wanted.items() if member != "diagnostics"}
        try:
            got = self.answer(case)
        except Exception as error:  # noqa: BLE001  a case that Python falls over is a failure of its own
            got = {"raised": repr(error)}
        if got == wanted:
            return []
        return [f"{case['id']}: asked {case['request']}", f"the tool {wanted}", f"Python   {got}"]


def error_of(error):
    response = error.response
    told = {"__type": response["Error"]["Code"], "message": response["Error"]["Message"]}
    told.update({member: response[member] for member in ("Item", "CancellationReasons") if member in response})
    return {"ok": False, "error": told}


# --- the same with plain values ---


class Plain:
    """Cases and answers with the values that boto3's Table has. What DynamoDB JSON alone can say raises ValueError."""

    MAPS = ("Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey", "Attributes", "LastEvaluatedKey")

    def __init__(self, values):
        self.values = values

    def map(self, typed):
        try:
            plain = self.values.from_json(typed, "plain")
            again = self.values.to_json(plain, "plain")
        except Exception as error:  # noqa: BLE001  garbage, of whatever kind
            raise ValueError from error
        if self.normal(again) != self.normal(typed):
            raise ValueError
        return plain

    def normal(self, value):
        """Sets without order."""
        if isinstance(value, list):
            return [self.normal(one) for one in value]
        if not isinstance(value, dict):
            return value
        return {k: sorted(v) if k in ("SS", "NS", "BS") and isinstance(v, list) else self.normal(v) for k, v in value.items()}

    def body(self, body):
        if not isinstance(body, dict):
            raise ValueError
        result = {name: self.map(value) if name in self.MAPS else value for name, value in body.items()}
        if "Items" in result:
            result["Items"] = [self.map(item) for item in result["Items"]]
        if "TransactItems" in result:
            if not isinstance(result["TransactItems"], list):
                raise ValueError
            result["TransactItems"] = [
                {name: self.body(action) for name, action in actions.items()} for actions in result["TransactItems"]
            ]
        return result

    def table(self, table):
        return {**table, "items": [self.map(item) for item in table.get("items", ())]}

    def case(self, case):
        result = {**case, "request": self.body(case["request"])}
        if "tables" not in case:
            return self.table(result)
        return {**result, "tables": {name: self.table(table) for name, table in case["tables"].items()}}

    def error(self, error):
        """Items in errors stay DynamoDB JSON with bytes, as boto3 has them."""
        result = dict(error)
        if "Item" in error:
            result["Item"] = self.values.from_json(error["Item"], "typed")
        if "CancellationReasons" in error:
            result["CancellationReasons"] = [self.error(reason) for reason in error["CancellationReasons"]]
        return result

    def answer(self, answer):
        if not answer["ok"]:
            return {**answer, "error": self.error(answer["error"])}
        result = {**answer, "response": self.body(answer["response"])}
        if "tables" not in answer:
            return self.table(result)
        return {**result, "tables": {name: self.table(table) for name, table in answer["tables"].items()}}


def plain_problems(ddbexpr, cases, answers):
    """-> (how many cases there are with plain values, what is wrong)"""
    from ddbexpr import values

    plain, asker, count, problems = Plain(values), Asker(ddbexpr, "plain", "current"), 0, []
    for case, answer in zip(cases, answers):
        try:
            asked, wanted = plain.case(case), plain.answer(answer)
        except (ValueError, AttributeError):
            continue
        count += 1
        problems += asker.problems(asked, wanted)
    return count, problems


def main():
    binary, libraries, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
    os.environ["DDBEXPR_LIBRARY_DIR"] = libraries
    import ddbexpr

    cases = []
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            cases += [json.loads(line) for line in lines if line.strip()]
    tap = Tap()
    answers = answers_of_the_tool(binary, cases, "current")
    for case, wanted in zip(cases, answers):
        tap.case(case["id"], Asker(ddbexpr, "json", "current").problems(case, wanted))
    count, problems = plain_problems(ddbexpr, cases, answers)
    tap.case("with plain values", problems[:30] + ([] if count > len(cases) * 0.8 else [f"only {count} cases"]))
    problems = []
    for case, wanted in zip(cases, answers_of_the_tool(binary, cases, "classic")):
        problems += Asker(ddbexpr, "json", "classic").problems(case, wanted)
    tap.case("in the classic wording", problems[:30])
    return tap.finish()


sys.exit(main())
