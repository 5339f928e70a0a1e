# SPDX-License-Identifier: Apache-2.0
"""Tables and clients: boto3's arguments in, boto3's answers and errors out."""
import concurrent.futures
import pickle
import subprocess
import sys
import unittest
from decimal import Decimal

import ddbexpr

ORDER = {"id": "order-17", "version": 5, "status": "packed"}
GUARDED = {
    "Key": {"id": "order-17"},
    "UpdateExpression": "SET version = :next",
    "ConditionExpression": "version = :seen",
    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
}


def orders(**options):
    return ddbexpr.Table({"id": "S"}, [ORDER], name="Orders", **options)


class TableTest(unittest.TestCase):
    def setUp(self):
        self.table = orders()

    def test_get(self):
        answer = self.table.get_item(Key={"id": "order-17"}, ConsistentRead=True)
        self.assertEqual(answer["Item"], ORDER)
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 200)
        self.assertNotIn("Item", self.table.get_item(Key={"id": "other"}))
        part = self.table.get_item(Key={"id": "order-17"}, ProjectionExpression="version")
        self.assertEqual(part["Item"], {"version": 5})

    def test_put(self):
        old = self.table.put_item(Item={"id": "order-17", "blob": b"x"}, ReturnValues="ALL_OLD")
        self.assertEqual(old["Attributes"], ORDER)
        self.table.put_item(Item={"id": "order-18", "tags": {"a", "b"}})
        self.assertEqual(self.table.items, [{"id": "order-17", "blob": b"x"}, {"id": "order-18", "tags": {"a", "b"}}])
        self.assertEqual(len(self.table), 2)

    def test_update(self):
        answer = self.table.update_item(
            **GUARDED, ExpressionAttributeValues={":seen": 5, ":next": Decimal(6)}, ReturnValues="UPDATED_NEW"
        )
        self.assertEqual(answer["Attributes"], {"version": 6})
        self.assertEqual(self.table.items, [{**ORDER, "version": 6}])

    def test_delete(self):
        self.table.delete_item(Key={"id": "nobody"})
        self.assertEqual(self.table.items, [ORDER])
        self.assertEqual(self.table.delete_item(Key={"id": "order-17"}, ReturnValues="ALL_OLD")["Attributes"], ORDER)
        self.assertEqual(self.table.items, [])

    def test_query_and_scan(self):
        events = ddbexpr.Table({"who": "S", "at": "N"}, [{"who": "a", "at": n} for n in range(5)])
        page = events.query(
            KeyConditionExpression="who = :w AND #at >= :n",
            ExpressionAttributeNames={"#at": "at"},
            ExpressionAttributeValues={":w": "a", ":n": 1},
            ScanIndexForward=False,
            Limit=2,
        )
        self.assertEqual([item["at"] for item in page["Items"]], [4, 3])
        self.assertEqual(page["LastEvaluatedKey"], {"who": "a", "at": 3})
        rest = events.query(
            KeyConditionExpression="who = :w",
            ExpressionAttributeValues={":w": "a"},
            ScanIndexForward=False,
            ExclusiveStartKey=page["LastEvaluatedKey"],
        )
        self.assertEqual([item["at"] for item in rest["Items"]], [2, 1, 0])
        found = events.scan(
            FilterExpression="#at IN (:n, :m)",
            ExpressionAttributeNames={"#at": "at"},
            ExpressionAttributeValues={":n": 1, ":m": 9},
        )
        self.assertEqual((found["Count"], found["ScannedCount"]), (1, 5))

    def test_transaction_in_one_table(self):
        self.table.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": "Orders", "Item": {"id": "order-18"}}},
                {"Delete": {"TableName": "Orders", "Key": {"id": "order-17"}}},
            ]
        )
        self.assertEqual(self.table.items, [{"id": "order-18"}])
        client = self.table.meta.client
        client.transact_write_items(TransactItems=[{"Delete": {"TableName": "Orders", "Key": {"id": "order-18"}}}])
        self.assertEqual(len(self.table), 0)

    def test_items_can_be_replaced(self):
        self.table.items = [{"id": "b"}, {"id": "a"}]
        self.assertEqual([item["id"] for item in self.table.items], ["b", "a"])
        with self.assertRaises(ddbexpr.InputError):
            self.table.items = [{"id": 5}]
        self.assertEqual(len(self.table), 2)

    def test_other_forms(self):
        typed = ddbexpr.Table({"id": "S"}, [{"id": {"S": "a"}, "b": {"B": b"x"}}], form="typed")
        self.assertEqual(typed.get_item(Key={"id": {"S": "a"}})["Item"], {"id": {"S": "a"}, "b": {"B": b"x"}})
        json = ddbexpr.Table({"id": "S"}, [{"id": {"S": "a"}, "b": {"B": "eA=="}}], form="json")
        self.assertEqual(json.get_item(Key={"id": {"S": "a"}})["Item"], {"id": {"S": "a"}, "b": {"B": "eA=="}})

    def test_described_as_create_table_does(self):
        table = ddbexpr.Table.from_create_table(
            {
                "TableName": "Orders",
                "KeySchema": [
                    {"AttributeName": "sk", "KeyType": "RANGE"},
                    {"AttributeName": "pk", "KeyType": "HASH"},
                ],
                "AttributeDefinitions": [
                    {"AttributeName": "sk", "AttributeType": "N"},
                    {"AttributeName": "pk", "AttributeType": "S"},
                    {"AttributeName": "state", "AttributeType": "S"},
                ],
                "GlobalSecondaryIndexes": [
                    {"IndexName": "by_state", "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}]}
                ],
                "BillingMode": "PAY_PER_REQUEST",
            },
            items=[{"pk": "a", "sk": 1}],
        )
        self.assertEqual(list(table.key.items()), [("pk", "S"), ("sk", "N")])
        self.assertEqual((table.name, table.table_name, len(table)), ("Orders", "Orders", 1))
        self.assertEqual(table.indexes, {"by_state": {"state": "S"}})

    def test_boto3_conditions(self):
        try:
            from boto3.dynamodb.conditions import Attr, Key
        except ImportError:
            self.skipTest("no boto3")
        self.assertEqual(self.table.scan(FilterExpression=Attr("version").gt(4))["Count"], 1)
        found = self.table.query(KeyConditionExpression=Key("id").eq("order-17"), FilterExpression=Attr("version").lt(5))
        self.assertEqual((found["Count"], found["ScannedCount"]), (0, 1))
        with self.assertRaises(ddbexpr.ClientError):
            self.table.put_item(Item=ORDER, ConditionExpression=Attr("id").not_exists())
        self.table.update_item(
            Key={"id": "order-17"},
            UpdateExpression="SET version = :next",
            ConditionExpression=Attr("version").eq(5),
            ExpressionAttributeValues={":next": 6},
        )
        self.assertEqual(self.table.items[0]["version"], 6)


class ErrorsTest(unittest.TestCase):
    def setUp(self):
        self.table = orders()

    def refused(self, **more):
        with self.assertRaises(ddbexpr.ClientError) as caught:
            self.table.update_item(**{**GUARDED, "ExpressionAttributeValues": {":seen": 4, ":next": 5}, **more})
        return caught.exception

    def test_false_condition(self):
        error = self.refused()
        self.assertIsInstance(error, ddbexpr.ConditionalCheckFailedException)
        self.assertEqual(error.response["Error"]["Code"], "ConditionalCheckFailedException")
        self.assertEqual(error.response["Error"]["Message"], "The conditional request failed")
        self.assertEqual(error.operation_name, "UpdateItem")
        self.assertEqual(
            str(error),
            "An error occurred (ConditionalCheckFailedException) when calling the UpdateItem operation: "
            "The conditional request failed",
        )
        self.assertEqual(error.response.get("Item")["version"], {"N": "5"})
        self.assertEqual(error.item, ORDER)
        self.assertIn("`version` is N 5 where `:seen` is N 4", error.explanation)
        self.assertEqual(self.table.items, [ORDER])

    def test_the_item_only_if_it_is_asked_for(self):
        error = self.refused(ReturnValuesOnConditionCheckFailure="NONE")
        self.assertIsNone(error.response.get("Item"))
        self.assertIsNone(error.item)

    def test_refused_request(self):
        error = self.refused(UpdateExpression="SET size = :next")
        self.assertEqual(error.response["Error"]["Code"], "ValidationException")
        self.assertIn("reserved keyword: size", error.response["Error"]["Message"])
        self.assertEqual(error.diagnostics[0].code, "DX107")
        self.assertNotIsInstance(error, ddbexpr.ConditionalCheckFailedException)

    def test_update_that_cannot_be_applied(self):
        error = self.refused(
            UpdateExpression="SET hits = hits + :next, version = :seen", ConditionExpression="version <> :seen"
        )
        self.assertEqual(error.response["Error"]["Code"], "ValidationException")
        self.assertIn("`hits` is read, but the item has no such attribute", error.explanation)

    def test_cancelled_transaction(self):
        client = ddbexpr.Client(self.table)
        with self.assertRaises(client.exceptions.TransactionCanceledException) as caught:
            client.transact_write_items(
                TransactItems=[
                    {"Put": {"TableName": "Orders", "Item": {"id": {"S": "new"}}}},
                    {
                        "ConditionCheck": {
                            "TableName": "Orders",
                            "Key": {"id": {"S": "order-17"}},
                            "ConditionExpression": "version = :v",
                            "ExpressionAttributeValues": {":v": {"N": "4"}},
                            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                        }
                    },
                ]
            )
        error = caught.exception
        reasons = error.response["CancellationReasons"]
        self.assertEqual([reason["Code"] for reason in reasons], ["None", "ConditionalCheckFailed"])
        self.assertEqual(reasons[1]["Item"]["version"], {"N": "5"})
        self.assertEqual(error.reasons[0], ("None", "", None))
        self.assertEqual(error.reasons[1][2]["version"], {"N": "5"})
        self.assertIn("to blame is action 2 of 2", error.explanation)
        self.assertEqual(self.table.items, [ORDER])

    def test_what_is_no_request(self):
        for request in ({"Key": 5}, {"Key": {"id": "a"}, "ExpressionAttributeNames": 5}, {"Key": {"id": b"a"}}, {}):
            with self.assertRaises(ddbexpr.ClientError, msg=request):
                self.table.get_item(**request)

    def test_unknown_arguments(self):
        with self.assertRaisesRegex(TypeError, "GetItem has no parameter 'Keys'"):
            self.table.get_item(Keys={"id": "a"})

    def test_none_is_no_argument(self):
        with self.assertRaisesRegex(TypeError, "GetItem: ProjectionExpression is None"):
            self.table.get_item(Key={"id": "a"}, ProjectionExpression=None)

    def test_a_client_is_told_the_table(self):
        client = ddbexpr.Client(self.table)
        with self.assertRaisesRegex(TypeError, "PutItem: TableName is missing"):
            client.put_item(Item={"id": {"S": "new"}})
        with self.assertRaisesRegex(TypeError, "TransactWriteItems: TableName is missing"):
            client.transact_write_items(TransactItems=[{"Put": {"Item": {"id": {"S": "new"}}}}])
        self.assertEqual(self.table.items, [ORDER])

    def test_what_botocore_has_beside_the_error(self):
        error = self.refused()
        self.assertEqual(error.response["message"], "The conditional request failed")
        members = {"RequestId", "HTTPStatusCode", "HTTPHeaders", "RetryAttempts"}
        for answer in (error.response, self.table.get_item(Key={"id": "a"})):
            self.assertEqual(set(answer["ResponseMetadata"]), members)
        with self.assertRaises(ddbexpr.TransactionCanceledException) as caught:
            self.table.transact_write_items(
                TransactItems=[
                    {"Put": {"TableName": "Orders", "Item": ORDER, "ConditionExpression": "attribute_not_exists(id)"}}
                ]
            )
        self.assertEqual(caught.exception.response["Message"], caught.exception.response["Error"]["Message"])
        with self.assertRaises(ddbexpr.ClientError) as caught:
            self.table.get_item()
        self.assertEqual(set(caught.exception.response), {"Error", "ResponseMetadata"})

    def test_unknown_table(self):
        with self.assertRaises(ddbexpr.ResourceNotFoundException):
            ddbexpr.Client(self.table).get_item(TableName="Nobody", Key={"id": {"S": "a"}})

    def test_indexes_are_unsupported_and_say_so(self):
        with self.assertRaisesRegex(ddbexpr.Unsupported, "indexes are not supported") as caught:
            self.table.query(
                IndexName="x", KeyConditionExpression="a = :a", ExpressionAttributeValues={":a": 1}
            )
        self.assertIsInstance(caught.exception, NotImplementedError)

    def test_tables_that_are_none(self):
        for key, items in [
            ({}, []),
            ({"a": "S", "b": "S", "c": "S"}, []),
            ({"a": "M"}, []),
            ({"a": "S"}, [{}]),
            ({"a": "S"}, [{"a": 1}]),
            ({"a": "S"}, [{"a": "x"}, {"a": "x"}]),
            ({"a": "S"}, [{"a": "x", "b": set()}]),
        ]:
            with self.assertRaises(ddbexpr.InputError, msg=(key, items)):
                ddbexpr.Table(key, items)
        with self.assertRaises(ValueError):
            ddbexpr.Table({"a": "S"}, form="yaml")
        with self.assertRaises(ValueError):
            ddbexpr.Table({"a": "S"}, messages="old")
        with self.assertRaises(ddbexpr.InputError):
            ddbexpr.Client()
        with self.assertRaises(ddbexpr.InputError):
            ddbexpr.Client(orders(), orders())

    def test_pickled(self):
        error = self.refused()
        again = pickle.loads(pickle.dumps(error))
        self.assertIs(type(again), type(error))
        self.assertEqual((again.response, again.item, str(again)), (error.response, error.item, str(error)))

    def test_classic_messages(self):
        request = {"Key": {"id": "a"}, "UpdateExpression": "SET size = :a", "ExpressionAttributeValues": {":a": 1}}
        texts = []
        for messages in ("current", "classic"):
            with self.assertRaises(ddbexpr.ClientError) as caught:
                orders(messages=messages).update_item(**request)
            texts.append(caught.exception.response["Error"]["Message"])
        self.assertEqual(texts[0], "1 validation error detected: " + texts[1])

    def test_botocores_error(self):
        try:
            from botocore.exceptions import ClientError
        except ImportError:
            self.skipTest("no botocore")
        self.assertIsInstance(self.refused(), ClientError)

    def test_without_botocore(self):
        program = (
            "import sys; sys.modules['botocore'] = None; sys.modules['botocore.exceptions'] = None\n"
            "import ddbexpr\n"
            "table = ddbexpr.Table({'id': 'S'}, [{'id': 'a'}])\n"
            "try: table.put_item(Item={'id': 'a'}, ConditionExpression='attribute_not_exists(id)')\n"
            "except ddbexpr.ClientError as error: print(error.operation_name, error.response['Error']['Code'], error)\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        self.assertEqual(
            done.stdout,
            "PutItem ConditionalCheckFailedException An error occurred (ConditionalCheckFailedException) when calling "
            "the PutItem operation: The conditional request failed\n",
            done.stderr,
        )


class ClientTest(unittest.TestCase):
    def test_several_tables(self):
        customers = ddbexpr.Table({"id": "S"}, [{"id": "c1", "open": 0}], name="Customers")
        client = ddbexpr.Client(orders(), customers)
        client.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": "Orders", "Item": {"id": {"S": "new"}, "b": {"B": b"\0"}}}},
                {
                    "Update": {
                        "TableName": "Customers",
                        "Key": {"id": {"S": "c1"}},
                        "UpdateExpression": "SET #o = #o + :one",
                        "ExpressionAttributeNames": {"#o": "open"},
                        "ExpressionAttributeValues": {":one": {"N": "1"}},
                    }
                },
            ]
        )
        self.assertEqual(customers.items, [{"id": "c1", "open": 1}])
        found = client.get_item(TableName="Orders", Key={"id": {"S": "new"}})["Item"]
        self.assertEqual(found, {"id": {"S": "new"}, "b": {"B": b"\0"}})

    def test_code_may_be_ready_for_what_never_comes(self):
        client = ddbexpr.Client(orders())
        for name in ("ProvisionedThroughputExceededException", "TransactionConflictException", "ThrottlingException"):
            self.assertTrue(issubclass(getattr(client.exceptions, name), ddbexpr.ClientError))
        with self.assertRaises(AttributeError):
            client.exceptions.NoSuchException

    def test_arns(self):
        client = ddbexpr.Client(orders())
        name = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders"
        self.assertIn("Item", client.get_item(TableName=name, Key={"id": {"S": "order-17"}}))


class ThreadsTest(unittest.TestCase):
    def test_no_update_is_lost(self):
        table = ddbexpr.Table({"id": "S"}, [{"id": "a", "n": 0}, {"id": "b", "n": 0}], name="T")
        client = ddbexpr.Client(table, ddbexpr.Table({"id": "S"}, name="U"), form="plain")

        def count(number):
            asked = client if number % 2 else table
            asked.update_item(
                TableName="T",
                Key={"id": "a"},
                UpdateExpression="SET n = n + :one",
                ExpressionAttributeValues={":one": 1},
            )

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(count, range(400)))
        self.assertEqual(table.items, [{"id": "a", "n": 400}, {"id": "b", "n": 0}])

    def test_clients_with_the_same_tables_do_not_wait_for_each_other(self):
        one, two = (ddbexpr.Table({"id": "S"}, name=name) for name in "AB")
        clients = [ddbexpr.Client(one, two), ddbexpr.Client(two, one)]

        def put(number):
            clients[number % 2].put_item(TableName="AB"[number // 2 % 2], Item={"id": {"S": str(number)}})

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(put, range(400), timeout=120))
        self.assertEqual(len(one) + len(two), 400)


if __name__ == "__main__":
    unittest.main()
