#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes input for measuring the tool: the same bytes on every machine.

usage: generate.py items COUNT          JSON Lines of items of about 1 KB
       generate.py requests COUNT DIR   files with a request each, in folders of a hundred
       generate.py suite COUNT          a suite of `ddbexpr test`, as JSON"""
import json
import pathlib
import random
import sys

WORDS = "amber birch cedar delta ember fjord grove heron iris jade kelp lotus maple nectar opal pine quartz reed".split()


def words(dice, count):
    return " ".join(dice.choice(WORDS) for _ in range(count))


def order_line(dice):
    return {
        "M": {
            "sku": {"S": f"sku-{dice.randrange(1000000)}"},
            "quantity": {"N": str(dice.randrange(1, 60))},
            "options": {"L": [{"S": dice.choice(WORDS)}, {"N": f"{dice.random():.6f}"}, {"BOOL": dice.random() < 0.5}]},
        }
    }


def item(dice, number):
    """Of the condition in tool.py one attribute stands early, one in the middle, one late."""
    return {
        "pk": {"S": f"order#{number:08}"},
        "status": {"S": dice.choice(["open", "paid", "sent", "lost"])},
        "customer": {"M": {"name": {"S": words(dice, 2)}, "city": {"S": dice.choice(WORDS).title()}}},
        "note": {"S": words(dice, dice.randrange(10, 30))},
        "version": {"N": str(dice.randrange(1, 40))},
        "lines": {"L": [order_line(dice) for _ in range(dice.randrange(3, 7))]},
        "labels": {"SS": sorted(dice.sample(WORDS, 4))},
        "created": {"S": f"2026-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}T12:00:00Z"},
        "total": {"N": f"{dice.randrange(100, 100000) / 100:.2f}"},
        "gift": {"BOOL": dice.random() < 0.1},
    }


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def items(count):
    dice = random.Random(7)
    for number in range(count):
        yield compact(item(dice, number)) + "\n"


def request(dice, number):
    """An update as programs send it; a few use a reserved word, so that there is something to find."""
    name = "#status" if number % 50 else "status"
    body = {
        "TableName": "orders",
        "Key": {"pk": {"S": f"order#{number:08}"}},
        "UpdateExpression": f"SET {name} = :status, version = version + :one, lines[0].quantity = :quantity REMOVE draft",
        "ConditionExpression": "version = :read AND (attribute_not_exists(locked) OR locked < :now)",
        "ExpressionAttributeNames": {"#status": "status"},
        "ExpressionAttributeValues": {
            ":status": {"S": dice.choice(WORDS)},
            ":one": {"N": "1"},
            ":quantity": {"N": str(dice.randrange(1, 60))},
            ":read": {"N": str(dice.randrange(1, 40))},
            ":now": {"N": "1790000000"},
        },
    }
    if name == "status":
        del body["ExpressionAttributeNames"]
    return body


def requests(count, folder):
    dice = random.Random(7)
    for number in range(count):
        directory = pathlib.Path(folder) / f"service-{number // 100:03}"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / f"request-{number:05}.json").write_text(json.dumps(request(dice, number), indent=2) + "\n")


def suite(count):
    """Reads of the same two items; every second test expects a false condition."""
    values = {":read": 3, ":next": 4}
    tests = []
    for number in range(count):
        passes = number % 2 == 0
        tests.append(
            {
                "name": f"test {number}",
                "given": {"item": "stored", "set": {"version": 3 if passes else 5}},
                "request": "pay",
                "expect": "success" if passes else {"error": "ConditionalCheckFailedException"},
            }
        )
    pay = {
        "Key": {"pk": "o#1"},
        "UpdateExpression": "SET version = :next",
        "ConditionExpression": "version = :read",
        "ExpressionAttributeValues": values,
    }
    stored = {"pk": "o#1", "version": 3, "total": 12.5, "note": "amber birch cedar"}
    return {"table": {"key": {"pk": "S"}}, "items": {"stored": stored}, "requests": {"pay": pay}, "tests": tests}


def main():
    kind, count = sys.argv[1], int(sys.argv[2])
    if kind == "items":
        sys.stdout.writelines(items(count))
    elif kind == "requests":
        requests(count, sys.argv[3])
    else:
        print(json.dumps(suite(count), indent=1))


if __name__ == "__main__":
    main()
