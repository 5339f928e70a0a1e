# SPDX-License-Identifier: Apache-2.0
"""Values in the three forms: taken, told apart, given back."""
import enum
import unittest
from decimal import Decimal

import ddbexpr
from ddbexpr.values import Binary

EVERYTHING = {
    "s": "text \u00e9 \U0001f600 \0",
    "n": Decimal("12.5"),
    "i": 7,
    "b": b"\x00\xff",
    "t": True,
    "f": False,
    "z": None,
    "l": [1, "a", [b"x"], {"in": {2}}],
    "m": {"deep": {"deeper": [None]}, "S": "no type"},
    "ss": {"a", "b"},
    "ns": {1, Decimal("2.5")},
    "bs": {b"a", b"b"},
    "el": [],
    "em": {},
    "es": "",
    "eb": b"",
}
TYPED = {
    "b": {"B": b"\x00\xff"},
    "bs": {"BS": [b"a", b"b"]},
    "l": {"L": [{"B": b"x"}, {"M": {"in": {"B": b"y"}}}]},
    "n": {"N": "12.5"},
    "z": {"NULL": True},
}
JSON = {
    "b": {"B": "AP8="},
    "bs": {"BS": ["YQ==", "Yg=="]},
    "l": {"L": [{"B": "eA=="}, {"M": {"in": {"B": "eQ=="}}}]},
    "n": {"N": "12.5"},
    "z": {"NULL": True},
}

touch = ddbexpr.Update("SET touched = :t", values={":t": True})


def through(item, **options):
    """The item, read and written by the library."""
    return ddbexpr.Update("REMOVE no_such_attribute", **options).apply(item)


class FormsTest(unittest.TestCase):
    def test_plain_comes_back_as_it_was(self):
        self.assertEqual(through(EVERYTHING), EVERYTHING)
        for name, value in through(EVERYTHING).items():
            wanted = {int: Decimal, bytes: Binary}.get(type(EVERYTHING[name]), type(EVERYTHING[name]))
            self.assertIs(type(value), wanted, name)

    def test_typed_comes_back_as_it_was(self):
        self.assertEqual(through(TYPED), TYPED)

    def test_json_comes_back_as_it_was(self):
        self.assertEqual(through(JSON), JSON)

    def test_each_form_means_the_same(self):
        condition = ddbexpr.Condition("b = :b", values={":b": b"\x00\xff"})
        for item in ({"b": b"\x00\xff"}, TYPED, JSON):
            self.assertTrue(condition.evaluate(item))

    def test_forms_are_told_apart(self):
        for item, form in [
            ({"a": {"S": "x"}}, "json"),
            ({"a": {"S": "x"}, "b": {"B": b"x"}}, "typed"),
            ({"a": {"S": "x"}, "b": 1}, "plain"),  # one attribute that is not typed is enough
            ({"a": {"S": 5}}, "plain"),
            ({"a": {"S": "x", "N": "1"}}, "plain"),
            ({"a": {"s": "x"}}, "plain"),
            ({"a": {}}, "plain"),
            ({"a": {"NULL": True}}, "json"),
            ({"a": {"M": {}}}, "json"),
        ]:
            got = touch.apply(item)["touched"]
            self.assertEqual(got, True if form == "plain" else {"BOOL": True}, item)

    def test_an_explicit_form_is_not_guessed(self):
        item = {"a": {"S": "x"}}
        size = ddbexpr.Condition("attribute_type(a, :m)", values={":m": "M"}, form="plain")
        self.assertTrue(size.evaluate(item))
        self.assertFalse(ddbexpr.Condition("attribute_type(a, :m)", values={":m": "M"}).evaluate(item))
        with self.assertRaises(ddbexpr.InputError):
            ddbexpr.Condition("attribute_exists(a)", form="json").evaluate({"a": 1})
        with self.assertRaisesRegex(ValueError, "a form is one of plain, typed, json"):
            ddbexpr.Condition("attribute_exists(a)", form="yaml")

    def test_an_item_that_says_nothing_has_the_form_of_the_values(self):
        typed = ddbexpr.Update("SET a = :a", values={":a": {"B": b"x"}})
        self.assertEqual(typed.apply({}), {"a": {"B": b"x"}})
        self.assertEqual(typed.apply(None), {"a": {"B": b"x"}})
        self.assertEqual(ddbexpr.Update("SET a = :a", values={":a": 5}).apply({}), {"a": 5})

    def test_the_given_item_stays(self):
        item = {"a": 1}
        touch.apply(item)
        self.assertEqual(item, {"a": 1})


class NumbersTest(unittest.TestCase):
    def test_exact(self):
        for number in (0, -1, 10**37, Decimal("0.1"), Decimal("1e-130"), Decimal("9.9999e+125"), Decimal("-0")):
            self.assertEqual(through({"n": number})["n"], number)

    def test_floats_are_refused_as_boto3_does(self):
        for value in (1.5, [1.5], {"a": {"b": float("nan")}}, {1.5}):
            with self.assertRaisesRegex(TypeError, "Float types are not supported. Use Decimal types instead."):
                through({"a": value})

    def test_what_is_no_number_of_the_service_is_refused(self):
        for value in (Decimal("NaN"), Decimal("Infinity")):
            with self.assertRaisesRegex(TypeError, "Infinity and NaN not supported"):
                through({"a": value})
        for value in (10**38 + 1, 10**200, 10**5000):
            with self.assertRaises(ArithmeticError):
                through({"a": value})
        with self.assertRaises(ddbexpr.InputError):
            through({"a": Decimal("1e-131")})

    def test_bool_is_no_number(self):
        self.assertEqual(through({"a": True})["a"], True)
        self.assertIs(type(through({"a": True})["a"]), bool)


class BadValuesTest(unittest.TestCase):
    def test_types_that_have_no_place(self):
        for value in (object(), {1, "a"}, {b"a", "a"}, {True}, 1j, [object()], {"a": {frozenset()}}, range(3)):
            with self.assertRaisesRegex(TypeError, "Unsupported type"):
                through({"a": value})

    def test_names_are_str(self):
        for item in ({1: 2}, {"a": {b"b": 1}}, {None: {"S": "x"}}):
            with self.assertRaisesRegex(TypeError, "names are str"):
                through(item)

    def test_items_are_dicts(self):
        for item in ("text", 5, [1], {"a"}):
            with self.assertRaisesRegex(TypeError, "a dict is wanted"):
                through(item)

    def test_what_no_table_can_hold(self):
        for item in ({"a": set()}, {"a": {"SS": []}}, {"a": {"N": "x"}}, {"a": {"NULL": False}}):
            with self.assertRaises(ddbexpr.InputError, msg=item):
                through(item)

    def test_answers_with_items(self):
        for items in ([], [{"a": {"S": "x"}}], [{"a": {"S": "x"}}, {"a": {"S": "y"}}]):
            with self.assertRaisesRegex(ddbexpr.InputError, "which is no item"):
                through({"Items": items, "Count": len(items)}, form="json")
        self.assertEqual(through({"Item": {"a": {"S": "x"}}}, form="json"), {"a": {"S": "x"}})  # of GetItem
        self.assertEqual(through({"Items": {"L": []}}, form="json"), {"Items": {"L": []}})
        self.assertEqual(through({"Items": ["x"]}), {"Items": ["x"]})

    def test_typed_values_that_are_none(self):
        for value in ({"S": 5}, {"Q": "x"}, {"N": 5}, {"L": {}}, {"B": "no base64"}, {"S": "a", "N": "1"}, "x"):
            with self.assertRaises(ddbexpr.InputError, msg=value):
                through({"a": value}, form="json")
        with self.assertRaisesRegex(TypeError, "Decimal has no place in DynamoDB JSON"):
            through({"a": {"N": Decimal(1)}}, form="typed")

    def test_text_that_is_no_unicode(self):
        for item in ({"a": "\ud800"}, {"\udfff": 1}):
            with self.assertRaises(ddbexpr.InputError):
                through(item)

    def test_depth(self):
        deep = []
        for _ in range(40):
            deep = [deep]
        with self.assertRaises(ddbexpr.InputError):
            through({"a": deep})
        endless = []
        endless.append(endless)
        with self.assertRaises(RecursionError):
            through({"a": endless})


class KindredTypesTest(unittest.TestCase):
    def test_subclasses_and_tuples(self):
        class Colour(str, enum.Enum):
            RED = "red"

        class Level(enum.IntEnum):
            HIGH = 3

        item = {"c": Colour.RED, "l": Level.HIGH, "t": (1, 2), "f": frozenset({"a"}), "b": bytearray(b"x")}
        self.assertEqual(through(item), {"c": "red", "l": 3, "t": [1, 2], "f": {"a"}, "b": b"x"})

    def test_binary_has_what_boto3s_has(self):
        found = through({"b": b"x", "bs": {b"y"}})
        self.assertEqual((found["b"].value, [one.value for one in found["bs"]]), (b"x", [b"y"]))
        self.assertIs(type(found["b"].value), bytes)

    def test_text_is_binary_for_boto3s_client(self):
        got = through({"b": {"B": "abcd"}, "bs": {"BS": ["é", b"x"]}, "l": {"L": [{"B": "y"}]}}, form="typed")
        self.assertEqual(got["b"], {"B": b"abcd"})
        self.assertEqual(sorted(got["bs"]["BS"]), sorted(["é".encode(), b"x"]))
        self.assertEqual(got["l"], {"L": [{"B": b"y"}]})
        self.assertEqual(through({"b": {"B": "abcd"}}, form="json"), {"b": {"B": "abcd"}})

    def test_binary_of_boto3(self):
        class Binary:
            value = b"x"

        self.assertEqual(through({"b": Binary(), "bs": {Binary()}}), {"b": b"x", "bs": {b"x"}})


if __name__ == "__main__":
    unittest.main()
