# SPDX-License-Identifier: Apache-2.0
"""Questions from other dice than those of `ddbexpr generate`: numbers, base64, sets and nesting at and beyond what can
be read, and expressions with many parentheses, odd tokens and tokens out of place."""
import json
import random

EXPONENTS = (
    *("0", "1", "125", "126", "127", "129", "130", "131", "165", "00125", "2147483647", "2147483648"),
    *("9223372036854775807", "9223372036854775808", "99999999999999999999999"),
)
LENGTHS = (0, 1, 1, 2, 3, 37, 38, 39, 40, 60, 130)
BASE64 = "ABCDabcd" * 3 + "09+/=-_ \n"
NAMES = ("a", "b", "a.b", "a[0]", "b[1].c", "#a", "#b", "#a.b", "pk", "status", "sizes", "a [ 1 ]", "#c", "a.#b[2]")
VALUES = (":v", ":w", ":s", ":n", ":l")
ODD = (
    *("==", "!=", "&&", "+", "-", "*", "/", ".", ",", "(", ")", "[", "]", ":", "#", "_", "é", "'x'", "0", "01", "10"),
    *("AND", "or", "Not", "between", "IN", "SET", "remove", "ADD", "DELETE", "<", "<>", "< =", "=", "size", "f("),
    *("2147483648", "[2147483648]", "a[99999999999]", "((", "))", "", "\t", "\u00a0", "\x00", "日本"),
)
ITEM = {
    "pk": {"S": "k"},
    "a": {"M": {"b": {"N": "5"}, "c": {"L": []}}},
    "b": {"L": [{"S": "x"}, {"M": {"c": {"N": "-1.50"}}}, {"SS": ["x", "y"]}]},
    "sizes": {"NS": ["1", "2.5"]},
}


class Soup:
    def __init__(self, seed):
        self.dice = random.Random(seed)

    def one(self, *choices):
        return self.dice.choice(choices)

    def chance(self, part):
        return self.dice.random() < part

    def question(self):
        """-> a line of JSON"""
        make = self.one(
            self.of_values,
            self.of_condition,
            self.of_condition,
            self.of_update,
            self.of_projection,
            self.of_keys,
            self.of_transaction,
        )
        if make == self.of_keys:
            return json.dumps(make())
        op, request = make()
        return json.dumps({"op": op, "key": {"pk": "S"}, "items": [ITEM], "request": request})

    # --- values ---

    def digits(self):
        return "".join(self.dice.choice("0001259") for _ in range(self.one(*LENGTHS)))

    def number(self):
        text = self.one("", "", "", "-", "+", "--") + self.digits()
        text += self.one("", ".") + self.one("", self.digits())
        if self.chance(0.6):
            text += self.one("e", "E") + self.one("", "+", "-") + self.one(*EXPONENTS, str(self.dice.randrange(200)))
        return text + (self.one(" ", "x", ".", "e1", "_") if self.chance(0.03) else "")

    def binary(self):
        return "".join(self.dice.choice(BASE64) for _ in range(self.one(0, 1, 2, 3, 4, 4, 8, 5))) + self.one("", "=", "==")

    def value(self):
        kind = self.dice.randrange(8)
        if kind < 3:
            value = {"N": self.number()}
        elif kind < 5:
            value = {"B": self.binary()}
        elif kind == 5:
            value = {"NS": [self.number() for _ in range(self.dice.randrange(4))]}
        elif kind == 6:
            value = {"BS": [self.binary() for _ in range(self.dice.randrange(4))]}
        else:
            value = {"SS": [self.one("a", "b", "", "é", '"') for _ in range(self.dice.randrange(5))]}
        for _ in range(self.one(0, 0, 0, 0, 1, 1, 30, 31, 32, 33, 34, 35)):
            value = {"L": [value]} if self.chance(0.5) else {"M": {self.one("x", "x", "x", ""): value}}
        return value

    def of_values(self):
        value = self.value()
        kind = self.dice.randrange(4)
        if kind == 0:
            return "PutItem", {"Item": {"pk": {"S": "k"}, "x": value}}
        if kind == 1:
            return "GetItem", {"Key": {"pk": value}}
        if kind == 2:
            text = self.one("a.b < :v", "a.b BETWEEN :v AND :v", "b[1].c = :v", "contains(:v, a.b)", "size(:v) > a.b")
            return "Scan", {"FilterExpression": text, "ExpressionAttributeValues": {":v": value}}
        text = self.one("SET a.b = a.b + :v", "SET a.b = a.b - :v", "ADD a.b :v", "ADD q :v", "SET q = :v", "DELETE sizes :v")
        request = {"Key": {"pk": {"S": "k"}}, "UpdateExpression": text, "ExpressionAttributeValues": {":v": value}}
        return "UpdateItem", request

    # --- keys and transactions ---

    def key_value(self):
        return self.one(
            *[{"S": "k"}, {"S": "m"}, {"S": "k"}, {"N": "1"}, {"N": "1.0"}, {"B": "aw=="}, {"B": ""}, {"S": ""}],
            *[{"S": "k" * 1024}, {"S": "k" * 1025}, {"S": "k" * 2048}, {"S": "k" * 2049}, {"N": "x"}, {"L": []}, {}],
        )

    def key(self):
        names = self.one(("pk", "sk"), ("pk", "sk"), ("pk", "sk"), ("sk", "pk"), ("pk",), ("pk", "sk", "x"), (), ("pk", ""))
        return {name: self.key_value() for name in names}

    def of_keys(self):
        """Keys of all kinds, with and without another fault."""
        op = self.one("PutItem", "GetItem", "DeleteItem", "UpdateItem", "Query", "Scan", "TransactWriteItems")
        text = self.one("pk = :v", "pk.a = :v", "sk[0] = :v", "a a", "", "attribute_exists(a)", "sk = :v AND pk = :w")
        request = self.with_maps({}, text)
        if op == "PutItem":
            request |= {"Item": self.key(), "ConditionExpression": text}
        elif op == "GetItem":
            request = {"Key": self.key(), "ProjectionExpression": self.one("a", "pk", "pk.a", "sk[1]", "a a")}
        elif op == "DeleteItem":
            request |= {"Key": self.key(), "ConditionExpression": text}
        elif op == "UpdateItem":
            update = self.one("SET a = pk", "SET a = pk.a", "SET pk = :v", "REMOVE sk.a", "ADD a :v", "SET a a")
            request = self.with_maps({"Key": self.key(), "UpdateExpression": update}, text + update)
            request |= {"ConditionExpression": text}
        elif op == "TransactWriteItems":
            request = {"TransactItems": [self.action(self.key(), text) for _ in range(self.one(1, 2, 3))]}
        else:
            kind = "KeyConditionExpression" if op == "Query" else "FilterExpression"
            request |= {kind: text, "ExclusiveStartKey": self.key(), "Limit": self.one(1, 1, 2, 0)}
            request["Select"] = self.one("COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES")
        schema = {"pk": "S", "sk": self.one("S", "N", "B")}
        stored = {"pk": {"S": "k"}, "sk": {"S": {"S": "k"}, "N": {"N": "1"}, "B": {"B": "aw=="}}[schema["sk"]]}
        return {"op": op, "key": schema, "items": [stored], "request": request}

    def action(self, key, text):
        word = self.one("Put", "Update", "Delete", "ConditionCheck")
        body = {"Item" if word == "Put" else "Key": key, "ConditionExpression": text}
        update = self.spoilt(self.update()) if word == "Update" else ""
        if update:
            body["UpdateExpression"] = update
        return {word: self.with_maps(body, text + update)}

    def of_transaction(self):
        keys = self.dice.sample(("k", "m", "n", "o", "p"), self.one(1, 2, 3, 4))
        if self.chance(0.1):
            keys[0] = keys[-1]
        actions = [self.action({"pk": {"S": key}}, self.spoilt(self.condition(self.one(0, 0, 1)))) for key in keys]
        return "TransactWriteItems", {"TransactItems": actions}

    # --- texts ---

    def within(self, text):
        return f"({text})" if self.chance(0.25) else text

    def operand(self):
        kind = self.dice.randrange(10)
        if kind < 4:
            text = self.one(*NAMES)
        elif kind < 8:
            text = self.one(*VALUES)
        else:
            text = f"size({self.operand()})"
        return self.within(text)

    def clause(self):
        kind = self.dice.randrange(8)
        if kind < 3:
            return f"{self.operand()}{self.one('=', ' <> ', '<', ' <= ', '>', '>=')}{self.operand()}"
        if kind == 3:
            return f"{self.operand()} BETWEEN {self.operand()} AND {self.operand()}"
        if kind == 4:
            return f"{self.operand()} IN ({', '.join(self.operand() for _ in range(self.one(1, 2, 3)))})"
        name = self.one("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size")
        count = 1 if "exists" in name else 2
        return f"{name}({', '.join(self.operand() for _ in range(self.one(count, count, count, 3)))})"

    def condition(self, depth):
        if not depth or self.chance(0.3):
            return self.within(self.clause())
        if self.chance(0.2):
            return f"NOT {self.condition(depth - 1)}"
        return self.within(f"{self.condition(depth - 1)} {self.one('AND', 'OR', 'or')} {self.condition(depth - 1)}")

    def right_side(self):
        kind = self.dice.randrange(6)
        if kind < 2:
            return self.within(f"{self.right_operand()} {self.one('+', '-')} {self.right_operand()}")
        return self.right_operand()

    def right_operand(self):
        if self.chance(0.3):
            name = self.one("if_not_exists", "list_append", "list_append", "size", "If_not_exists")
            return self.within(f"{name}({self.right_operand()}, {self.right_operand()})")
        return self.within(self.one(*NAMES, *VALUES))

    def update(self):
        sections = []
        for word in self.dice.sample(("SET", "remove", "ADD", "DELETE", "SET"), self.one(1, 1, 2, 2, 3, 4)):
            count = self.one(1, 1, 2, 3)
            action = {
                "SET": lambda: f"{self.one(*NAMES)} = {self.right_side()}",
                "remove": lambda: self.one(*NAMES),
            }.get(word, lambda: f"{self.one(*NAMES)} {self.one(*VALUES)}")
            sections.append(f"{word} " + ", ".join(action() for _ in range(count)))
        return " ".join(sections)

    def spoilt(self, text):
        """The text with some words dropped, repeated, moved or replaced."""
        if self.chance(0.5):
            return text
        words = text.replace("(", " ( ").replace(")", " ) ").split(" ")
        for _ in range(self.one(1, 1, 2, 3)):
            at = self.dice.randrange(len(words))
            words[at : at + 1] = self.one([], [words[at]] * 2, [self.one(*ODD)], [words[at], self.one(*ODD)], words[at:][::-1])
            words = words or [""]
        return self.one(" ", "", "  ").join(words)

    def with_maps(self, request, text):
        """Mostly what the text uses; sometimes one more or one less."""
        names = {"#a": "a", "#b": "b", "#c": self.one("a", "c", "status", "a.b")}
        values = {":v": {"N": "5"}, ":w": self.one({"S": "x"}, {"N": "4"}), ":s": {"SS": ["x"]}, ":n": {"N": "1.0"}}
        values[":l"] = self.one({"L": [{"S": "x"}]}, {"S": "L"}, {"BOOL": True})
        names = {key: name for key, name in names.items() if (key in text) != self.chance(0.02)}
        values = {key: value for key, value in values.items() if (key in text) != self.chance(0.02)}
        if names:
            request["ExpressionAttributeNames"] = names
        if values:
            request["ExpressionAttributeValues"] = values
        return request

    def of_condition(self):
        text = self.spoilt(self.condition(self.one(0, 1, 1, 2, 3)))
        kind = self.one("DeleteItem", "Scan", "Query", "DeleteItem")
        if kind == "DeleteItem":
            request = {"Key": {"pk": {"S": self.one("k", "m")}}, "ConditionExpression": text}
        elif kind == "Scan":
            request = {"FilterExpression": text}
        else:
            text = self.one("pk = :w AND ", "", "pk = :w OR ") + text
            request = {"KeyConditionExpression": text}
        return kind, self.with_maps(request, text)

    def of_update(self):
        text = self.spoilt(self.update())
        request = {"Key": {"pk": {"S": self.one("k", "k", "m")}}, "UpdateExpression": text}
        request["ReturnValues"] = self.one("NONE", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW")
        return "UpdateItem", self.with_maps(request, text)

    def of_projection(self):
        text = self.spoilt(", ".join(self.one(*NAMES) for _ in range(self.one(1, 2, 2, 3, 5))))
        request = self.with_maps({"Key": {"pk": {"S": "k"}}, "ProjectionExpression": text}, text)
        request.pop("ExpressionAttributeValues", None)
        return "GetItem", request
