#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A unit test of code that calls update_item, with ddbexpr as the table. Standard library only.

usage: coprocess.py [DDBEXPR]

`Table` has the methods of a boto3 client that the code under test uses, takes the same keyword arguments and returns
the same dictionaries; errors have `.response["Error"]["Code"]` as botocore's ClientError has.
"""
import json
import subprocess
import sys
import unittest

BINARY = sys.argv.pop(1) if len(sys.argv) > 1 else "ddbexpr"


class ServiceError(Exception):
    """Shaped like botocore.exceptions.ClientError."""

    def __init__(self, error, operation):
        code = error["__type"].split("#")[-1]
        super().__init__(f"An error occurred ({code}) when calling the {operation} operation: {error['message']}")
        self.response = {"Error": {"Code": code, "Message": error["message"]}}
        for member in ("Item", "CancellationReasons"):
            if member in error:
                self.response[member] = error[member]


class Table:
    """One table held in memory; requests are answered by `ddbexpr request --jsonl`."""

    def __init__(self, key, items=()):
        self.key, self.items = key, list(items)
        self.process = subprocess.Popen(
            [BINARY, "request", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def _call(self, operation, request):
        question = {"op": operation, "key": self.key, "items": self.items, "request": request}
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if not answer["ok"]:
            raise ServiceError(answer["error"], operation)
        self.items = answer["items"]
        return answer["response"]

    def put_item(self, **request):
        return self._call("PutItem", request)

    def update_item(self, **request):
        return self._call("UpdateItem", request)

    def get_item(self, **request):
        return self._call("GetItem", request)


def ship(client, order_id, seen_version):
    """The code under test: ships an order if nobody has changed it since it was read."""
    try:
        client.update_item(
            TableName="orders",
            Key={"id": {"S": order_id}},
            UpdateExpression="SET #s = :new_status, version = :new_version",
            ConditionExpression="version = :current_version",
            ExpressionAttributeNames={"#s": "status"},
            ExpressionAttributeValues={
                ":new_status": {"S": "shipped"},
                ":new_version": {"N": str(seen_version + 1)},
                ":current_version": {"N": str(seen_version)},
            },
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
        return "shipped"
    except ServiceError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return f"now at version {error.response['Item']['version']['N']}"


class ShipTest(unittest.TestCase):
    def setUp(self):
        order = {"id": {"S": "order-17"}, "status": {"S": "packed"}, "version": {"N": "5"}}
        self.table = Table({"id": "S"}, [order])
        self.addCleanup(self.table.close)

    def test_ships_what_it_has_seen(self):
        self.assertEqual(ship(self.table, "order-17", 5), "shipped")
        item = self.table.get_item(Key={"id": {"S": "order-17"}})["Item"]
        self.assertEqual(item["status"], {"S": "shipped"})
        self.assertEqual(item["version"], {"N": "6"})

    def test_leaves_what_has_moved_on(self):
        self.assertEqual(ship(self.table, "order-17", 4), "now at version 5")
        self.assertEqual(self.table.items[0]["status"], {"S": "packed"})

    def test_other_errors_come_through(self):
        with self.assertRaisesRegex(ServiceError, "The provided key element does not match the schema"):
            self.table.get_item(Key={"id": {"N": "17"}})


if __name__ == "__main__":
    unittest.main()
