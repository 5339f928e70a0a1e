# SPDX-License-Identifier: Apache-2.0
"""Expressions by themselves: conditions, updates, projections, their explanations and their faults."""
import concurrent.futures
import pickle
import unittest

import ddbexpr


class ConditionTest(unittest.TestCase):
    def test_true_and_false(self):
        condition = ddbexpr.Condition("#v = :v", {"#v": "version"}, {":v": 4})
        self.assertIs(condition.evaluate({"version": 4}), True)
        self.assertIs(condition.evaluate({"version": 5}), False)
        self.assertIs(condition.evaluate({"version": {"N": "4"}}), True)
        self.assertIs(condition.evaluate({}), False)
        self.assertIs(condition.evaluate(None), False)
        self.assertIs(ddbexpr.Condition("attribute_not_exists(pk)").evaluate(None), True)

    def test_siblings(self):
        self.assertTrue(ddbexpr.Filter("contains(tags, :t)", values={":t": "a"}).evaluate({"tags": {"a", "b"}}))
        key = ddbexpr.KeyCondition("pk = :p AND begins_with(sk, :s)", values={":p": "x", ":s": "2026"})
        self.assertTrue(key.evaluate({"pk": "x", "sk": "2026-11"}))
        self.assertFalse(key.evaluate({"pk": "x", "sk": "2025-11"}))

    def test_attributes(self):
        self.assertEqual(ddbexpr.Condition("a.b = c OR size(#d) > a.e", {"#d": "d\u00e9"}).attributes, ("a", "c", "d\u00e9"))

    def test_explained(self):
        condition = ddbexpr.Condition("version = :v AND #s <> :s", {"#s": "status"}, {":v": 4, ":s": "done"})
        explained = condition.explain({"version": 5, "status": "new"})
        self.assertFalse(explained)
        self.assertEqual([clause.outcome for clause in explained.clauses], [False, True])
        (blamed,) = explained.blamed
        self.assertEqual(blamed.text, "version = :v")
        self.assertEqual(blamed.reason, "`version` is N 5 where `:v` is N 4")
        self.assertEqual(blamed.wanted, "`version` would have to be N 4, or `:v` N 5")
        self.assertEqual([operand.value for operand in blamed.operands], [5, 4])
        self.assertEqual(explained.clauses[1].operands[0].path, "status")
        self.assertTrue(str(explained).startswith("ConditionExpression is false\n"))
        self.assertTrue(condition.explain({"version": 4}))

    def test_explained_of_no_item(self):
        explained = ddbexpr.Condition("a = :a", values={":a": None}).explain(None)
        self.assertTrue(explained.clauses[0].operands[0].missing)
        self.assertFalse(explained.clauses[0].operands[1].missing)
        self.assertIn("there is no item", str(explained))

    def test_operands_have_the_form_of_the_item(self):
        condition = ddbexpr.Condition("b = :b", values={":b": b"x"})
        for item, wanted in (({"b": b"y"}, b"y"), ({"b": {"B": b"y"}}, {"B": b"y"}), ({"b": {"B": "eQ=="}}, {"B": "eQ=="})):
            self.assertEqual(condition.explain(item).clauses[0].operands[0].value, wanted)

    def test_spans_count_characters(self):
        with self.assertRaises(ddbexpr.ExpressionError) as caught:
            ddbexpr.Condition("a = :v AND \u00e9 = :v", values={":v": 1})
        self.assertEqual(caught.exception.diagnostics[0].span, (11, 12))

    def test_many_threads_at_once(self):
        condition = ddbexpr.Condition("n < :n", values={":n": 500})
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda n: condition.evaluate({"n": n}), range(1000)))
        self.assertEqual(found, [n < 500 for n in range(1000)])


class RefusedTest(unittest.TestCase):
    def test_every_fault_and_the_services_words(self):
        with self.assertRaises(ddbexpr.ExpressionError) as caught:
            ddbexpr.Condition("status = :s AND a = :b", values={":s": "x", ":c": 1})
        error = caught.exception
        self.assertEqual(error.code, "ValidationException")
        self.assertIn("Attribute name is a reserved keyword; reserved keyword: status", str(error))
        self.assertEqual([one.code for one in error.diagnostics], ["DX107", "DX110", "DX112"])
        first = error.diagnostics[0]
        self.assertTrue(first.verdict)
        self.assertEqual((first.name, first.severity, first.source), ("reserved-word", "error", "ConditionExpression"))
        self.assertEqual(first.span, (0, 6))
        self.assertEqual(first.service_message, str(error))
        self.assertIn("ExpressionAttributeNames", first.hint)
        self.assertIn("^^^^^^", str(first))

    def test_unused_ones_may_be_allowed(self):
        more = {":a": 1, ":b": 2}
        with self.assertRaises(ddbexpr.ExpressionError):
            ddbexpr.Condition("a = :a", {"#x": "y"}, more)
        self.assertTrue(ddbexpr.Condition("a = :a", {"#x": "y"}, more, allow_unused=True).evaluate({"a": 1}))

    def test_hostile_texts(self):
        for text in ("", "\0", "\ud800", "(" * 5000, "a" * 5000, "NOT " * 400 + "a = a", "\u202e = :v"):
            with self.assertRaises(ddbexpr.ExpressionError, msg=repr(text[:10])):
                ddbexpr.Condition(text)
        for text in (None, 5, b"a = b"):
            with self.assertRaises(TypeError):
                ddbexpr.Condition(text)

    def test_hostile_placeholders(self):
        for names in ({"#a": 5}, {"#a": None}, {5: "a"}, ["#a"]):
            with self.assertRaises((ddbexpr.Error, TypeError, ValueError), msg=names):
                ddbexpr.Condition("#a = #a", names)
        for values in ({":a": {"S": 5, "N": 5}}, {":a": {"Q": 1}}, [1]):
            with self.assertRaises((ddbexpr.Error, TypeError, ValueError), msg=values):
                ddbexpr.Condition("a = :a", values=values, form="json")

    def test_errors_can_be_pickled(self):
        with self.assertRaises(ddbexpr.ExpressionError) as caught:
            ddbexpr.Condition("size = :s")
        again = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((str(again), again.diagnostics), (str(caught.exception), caught.exception.diagnostics))


class UpdateTest(unittest.TestCase):
    def test_applied(self):
        update = ddbexpr.Update("SET n = n + :one REMOVE gone ADD tags :t", values={":one": 1, ":t": {"b"}})
        self.assertEqual(update.apply({"n": 1, "gone": 1, "tags": {"a"}}), {"n": 2, "tags": {"a", "b"}})

    def test_no_item(self):
        self.assertEqual(ddbexpr.Update("SET a = :a", values={":a": 1}).apply(None), {"a": 1})
        self.assertIsNone(ddbexpr.Update("REMOVE a").apply(None))

    def test_cannot_be_applied(self):
        update = ddbexpr.Update("SET n = n + :one", values={":one": 1})
        with self.assertRaises(ddbexpr.ExpressionError) as caught:
            update.apply({})
        self.assertEqual(
            str(caught.exception), "The provided expression refers to an attribute that does not exist in the item"
        )
        self.assertEqual(caught.exception.diagnostics[0].code, "DX802")

    def test_explained(self):
        update = ddbexpr.Update("SET n = n + :one, m = :one", values={":one": 1})
        good = update.explain({"n": 1})
        self.assertTrue(good)
        self.assertEqual(good.item, {"n": 2, "m": 1})
        self.assertEqual([action.after for action in good.actions], [2, 1])
        self.assertEqual(good.actions[0].operands[0].value, 1)
        bad = update.explain(None, key={"pk": "x"})
        self.assertFalse(bad)
        self.assertIsNone(bad.item)
        self.assertEqual(bad.actions[0].fault.code, "DX802")
        self.assertIsNone(bad.actions[1].fault)
        self.assertEqual([one.code for one in bad.diagnostics], ["DX802"])
        self.assertIn("cannot be applied", str(bad))

    def test_of_a_missing_item_with_its_key(self):
        update = ddbexpr.Update("SET a = :a", values={":a": 1})
        self.assertEqual(update.explain(None, key={"pk": "x"}).item, {"pk": "x", "a": 1})


class ProjectionTest(unittest.TestCase):
    def test_part_of_an_item(self):
        projection = ddbexpr.Projection("a.b[1], #c", {"#c": "c"})
        self.assertEqual(projection.apply({"a": {"b": [1, 2]}, "c": b"x", "d": 0}), {"a": {"b": [2]}, "c": b"x"})
        self.assertEqual(projection.apply({"c": {"B": b"x"}}), {"c": {"B": b"x"}})
        self.assertEqual(projection.apply({"d": 1}), {})


class Boto3ConditionsTest(unittest.TestCase):
    def setUp(self):
        try:
            from boto3.dynamodb.conditions import Attr, Key
        except ImportError:
            self.skipTest("no boto3")
        self.Attr, self.Key = Attr, Key

    def test_instead_of_a_text(self):
        condition = ddbexpr.Condition(self.Attr("a").eq(1) & self.Attr("b").exists())
        self.assertTrue(condition.evaluate({"a": 1, "b": 2}))
        self.assertFalse(condition.evaluate({"a": 1}))
        self.assertTrue(ddbexpr.KeyCondition(self.Key("pk").eq("x")).evaluate({"pk": "x"}))
        with self.assertRaisesRegex(TypeError, "has its names and values with it"):
            ddbexpr.Condition(self.Attr("a").eq(1), values={":v": 1})

    def test_its_values_are_plain(self):
        self.assertTrue(ddbexpr.Condition(self.Attr("a").eq({"S": "x"}), form="plain").evaluate({"a": {"S": "x"}}))
        condition = ddbexpr.Condition(self.Attr("a").eq({"S": "x"}))
        self.assertTrue(condition.evaluate({"a": {"M": {"S": {"S": "x"}}}}))
        self.assertFalse(condition.evaluate({"a": {"S": "x"}}))  # looks like JSON of a String


if __name__ == "__main__":
    unittest.main()
