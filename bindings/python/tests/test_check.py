# SPDX-License-Identifier: Apache-2.0
"""Requests checked: dicts and JSON, faults and lints, with tables and without."""
import json
import unittest

import ddbexpr

UPDATE = {
    "TableName": "Orders",
    "Key": {"id": "a"},
    "UpdateExpression": "SET #s = :s, hits = hits + :one",
    "ExpressionAttributeNames": {"#s": "status"},
    "ExpressionAttributeValues": {":s": "new", ":one": 1},
}


def codes(request, **options):
    return [one.code for one in ddbexpr.check(request, **options)]


class CheckTest(unittest.TestCase):
    def test_clean(self):
        self.assertEqual(codes({"TableName": "T", "Key": {"id": "a"}, "ProjectionExpression": "a"}), [])

    def test_lints_may_be_left_out(self):
        self.assertEqual(codes(UPDATE, lint=False), [])
        found = {one.code: one for one in ddbexpr.check(UPDATE)}
        self.assertIn("DX401", found)
        self.assertEqual(found["DX401"].severity, "warning")
        self.assertEqual(found["DX401"].service_type, "")
        self.assertFalse(found["DX401"].verdict)

    def test_faults_in_the_services_order(self):
        request = {**UPDATE, "UpdateExpression": "SET size = :s, hits = :x"}
        found = ddbexpr.check(request)
        self.assertEqual([one.code for one in found if one.severity == "error"], ["DX107", "DX110", "DX111", "DX112"])
        self.assertEqual([one.verdict for one in found[:2]], [True, False])
        first = found[0]
        self.assertEqual(first.text[first.span[0]:first.span[1]], "size")
        self.assertEqual(first.source, "UpdateExpression")
        self.assertIn("reserved keyword: size", first.service_message)
        self.assertEqual(found[2].member, "#s")

    def test_fixes(self):
        request = {"Key": {"id": "a"}, "TableName": "T", "ProjectionExpression": "a, size"}
        (fix,) = ddbexpr.check(request, operation="GetItem")[0].fixes
        self.assertTrue(fix.safe)
        self.assertEqual([edit.kind for edit in fix.edits], ["replace", "add_member"])
        self.assertEqual((fix.edits[0].span, fix.edits[0].text), ((3, 7), "#size"))
        self.assertEqual((fix.edits[1].source, fix.edits[1].member), ("ExpressionAttributeNames", "#size"))

    def test_what_is_missing(self):
        request = {name: value for name, value in UPDATE.items() if name != "Key"}
        self.assertNotEqual(codes(request, lint=False), [])
        self.assertEqual(codes(request, lint=False, partial=True), [])

    def test_operation(self):
        self.assertNotEqual(codes({"Key": {"id": "a"}}, operation="PutItem", lint=False), [])
        self.assertEqual(codes({"Key": {"id": "a"}, "TableName": "T"}, operation="DeleteItem", lint=False), [])
        with self.assertRaisesRegex(ddbexpr.InputError, "there is no operation Put"):
            ddbexpr.check({}, operation="Put")
        with self.assertRaisesRegex(ddbexpr.InputError, "there is no request"):
            ddbexpr.check({"what": "ever"})

    def test_tables_say_more(self):
        table = ddbexpr.Table({"id": "N"}, name="Orders", indexes={"by_status": {"status": "N"}})
        self.assertEqual(codes(UPDATE, lint=False), [])
        self.assertEqual(codes(UPDATE, lint=False, tables=[table]), ["DX812"])
        table = ddbexpr.Table({"id": "S"}, name="Orders", indexes={"by_status": {"status": "N"}})
        self.assertIn("DX309", codes(UPDATE, tables=[table]))
        self.assertNotIn("DX309", codes({**UPDATE, "TableName": "Other"}, tables=[table]))

    def test_transactions(self):
        found = ddbexpr.check(
            {"TransactItems": [{"Delete": {"TableName": "T", "Key": {"id": "a"}}}, {"Update": {**UPDATE, "Key": {"id": "b"},
             "UpdateExpression": "SET size = :s, hits = :one, #s = :s"}}]}
        )
        self.assertEqual([(one.code, one.action) for one in found if one.severity == "error"], [("DX107", 1)])

    def test_json(self):
        request = {
            "TableName": "T",
            "Key": {"id": {"S": "a"}},
            "ConditionExpression": "size = :s",
            "ExpressionAttributeValues": {":s": {"S": "x"}},
        }
        text = json.dumps({"op": "DeleteItem", "request": request})
        self.assertEqual(codes(text, lint=False), ["DX107"])
        self.assertEqual(codes(text.encode(), lint=False), ["DX107"])
        self.assertEqual(codes(request, operation="DeleteItem", lint=False), ["DX107"])
        self.assertEqual(codes(f"[{text}, {text}]", lint=False), ["DX107", "DX107"])

    def test_state_machine(self):
        text = json.dumps(
            {
                "StartAt": "Put",
                "States": {
                    "Put": {
                        "Type": "Task",
                        "Resource": "arn:aws:states:::dynamodb:putItem",
                        "Parameters": {
                            "TableName": "T",
                            "Item": {"id": {"S.$": "$.id"}},
                            "ConditionExpression": "size = :s",
                            "ExpressionAttributeValues": {":s": {"S.$": "$.s"}},
                        },
                        "End": True,
                    }
                },
            }
        )
        self.assertIn("DX107", codes(text))

    def test_classic_messages(self):
        request = {**UPDATE, "UpdateExpression": "SET size = :s, hits = :one, #s = :s"}
        current, classic = (ddbexpr.check(request, messages=name)[0] for name in ("current", "classic"))
        self.assertEqual(current.service_message, "1 validation error detected: " + classic.service_message)

    def test_what_is_no_request(self):
        for request in ("", "{", "5", "\ud800", b"\xff", {"Key": object()}, {1: 2}, 5, None, {"Key": {"a": 1.5}}):
            with self.assertRaises((ddbexpr.InputError, TypeError), msg=request):
                ddbexpr.check(request)

    def test_a_member_of_the_wrong_shape(self):
        found = ddbexpr.check({**UPDATE, "ExpressionAttributeNames": 5})
        self.assertEqual([(one.severity, one.service_type) for one in found], [("error", "SerializationException")])


if __name__ == "__main__":
    unittest.main()
