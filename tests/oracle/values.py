# SPDX-License-Identifier: Apache-2.0
"""Attribute values: DynamoDB JSON in and out, what is wrong with one, its size, its depth.

A value is a pair (type, content): ("S", str), ("N", Decimal), ("B", bytes), ("BOOL", bool), ("NULL", True),
("L", [value]), ("M", {name: value}), and sets as sorted tuples. So two values are equal when the pairs are.
A value that the service refuses is ("?", Fault): it is told when its turn has come.
"""
import base64
import binascii

import decimals
from refusals import Refusal, unreadable

TYPES = ("S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M")
FLAT = frozenset(TYPES) - {"L", "M"}
MEMBER = {"SS": "S", "NS": "N", "BS": "B"}
DEPTH = 31
NAME_BYTES = 65535
PREFIX = "One or more parameter values were invalid: "
TOO_DEEP = (
    "Nesting Levels have exceeded supported limits: "
    "Attributes in the item have nested levels beyond supported limit"
)
STRUCTURE = "Start of structure or map found where not expected"
EMPTY_NAME = "Empty attribute name"
# What follows the figure nobody has shown (docs/behaviour.md, open question 9).
LONG_NAME = "Attribute name is too large, must be less than or equal to 65535 bytes"
EMPTY_SETS = {
    "SS": PREFIX + "An string set  may not be empty",
    "NS": PREFIX + "An number set  may not be empty",
    "BS": PREFIX + "Binary sets should not be empty",
}


class Fault:
    """What is wrong with a value, in today's wording and in the one before."""

    def __init__(self, current, classic=None):
        self.current = current
        self.classic = current if classic is None else classic


def decode(json):
    """-> a value; raises a Refusal for JSON of a wrong type"""
    if type(json) is dict and len(json) == 1:
        ((tag, content),) = json.items()
        if tag in READERS and content is not None:
            return READERS[tag](content)
    given = [(tag, content) for tag, content in object_of(json).items() if tag in READERS and content is not None]
    found = [(tag, READERS[tag](content)) for tag, content in given]
    if len(found) == 1:
        return found[0][1]
    # Of several types the fault of a number is told first (dyl-bad-014); for sets we know no better.
    for tag, value in found:
        if value[0] == "?" and tag in ("N", "SS", "NS", "BS"):
            return value
    if not found:
        return "?", Fault("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
    return "?", Fault(
        "Supplied AttributeValue has more than one datatypes set, "
        "must contain exactly one of the supported datatypes"
    )


def object_of(json):
    """-> a JSON object"""
    if type(json) is dict:
        return json
    raise unreadable(STRUCTURE) if type(json) is list else unreadable()


def list_of(json):
    if type(json) is list:
        return json
    raise unreadable(STRUCTURE) if type(json) is dict else unreadable()


def plain_of(json, kind, name):
    """-> a plain JSON value of a type of Python, which the service calls `name`"""
    if type(json) is kind:
        return json
    if type(json) in (dict, list):
        raise unreadable(STRUCTURE)
    token = {str: "STRING", bool: str(json).upper(), type(None): "NULL"}.get(type(json), "NUMBER")
    raise unreadable(f"{token}_VALUE cannot be converted to {name}")


def text_of(json):
    return json if type(json) is str else plain_of(json, str, "String")


def flag_of(json):
    return plain_of(json, bool, "Boolean")


def count_of(json):
    return plain_of(json, int, "Integer")


def read_number(json):
    text = text_of(json)
    try:
        return "N", decimals.read(text)
    except decimals.BadNumber as fault:
        return "?", Fault(str(fault), str(fault).removesuffix(": "))


def read_binary(json):
    text = text_of(json)
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
        # Neither padding that is not needed nor bits that say nothing (docs/behaviour.md, open question 26).
        if base64.b64encode(content).decode() != text:
            raise binascii.Error
        return "B", content
    except (binascii.Error, UnicodeEncodeError):
        raise unreadable(
            "Base64 encoded length is expected a multiple of 4 bytes, with the standard alphabet"
        ) from None


def read_bool(json):
    return "BOOL", flag_of(json)


def read_null(json):
    return ("NULL", True) if flag_of(json) else ("?", Fault(PREFIX + "Null attribute value types must have the value of true"))


def read_list(json):
    return "L", [decode(member) for member in list_of(json)]


def read_map(json):
    return "M", decode_map(json)


def read_set(tag, json):
    members = [READERS[MEMBER[tag]](member) for member in list_of(json)]
    if not members:
        return "?", Fault(EMPTY_SETS[tag])
    for member in members:
        if member[0] == "?":
            return member
    contents = [content for _, content in members]
    repeat = next((i for i, content in enumerate(contents) if content in contents[:i]), None)
    return (tag, tuple(sorted(contents))) if repeat is None else ("?", duplicates(tag, json, contents, repeat))


def duplicates(tag, sent, contents, repeat):
    """Today's wording shows the members before the repeat sorted, the rest as sent (aws)."""
    if tag == "NS":
        return Fault(PREFIX + "Input collection contains duplicates.", "Input collection contains duplicates")
    shown = [text for _, text in sorted(zip(contents[:repeat], sent[:repeat]))] + sent[repeat:]
    quoted = [f'"{text}"' for text in shown]
    if tag == "SS":
        return Fault(
            f"{PREFIX}Input collection [{', '.join(quoted)}] contains duplicates.",
            f"{PREFIX}Input collection [{', '.join(sent)}] contains duplicates.",
        )
    return Fault(
        f"{PREFIX}Input collection [{','.join(quoted)}]of type BS contains duplicates.",
        f"{PREFIX}Input collection [{', '.join(sent)}]of type BS contains duplicates.",
    )


READERS = {
    "S": lambda json: ("S", text_of(json)),
    "N": read_number,
    "B": read_binary,
    "BOOL": read_bool,
    "NULL": read_null,
    "L": read_list,
    "M": read_map,
    "SS": lambda json: read_set("SS", json),
    "NS": lambda json: read_set("NS", json),
    "BS": lambda json: read_set("BS", json),
}


def decode_map(json):
    """-> {name: value} of an item, a key, a map or the values of a request; null is as good as nothing"""
    return {name: decode(member) for name, member in object_of(json).items() if member is not None}


def encode(value):
    tag, content = value
    if tag in ("S", "BOOL", "NULL"):
        return {tag: content}
    if tag == "N":
        return {"N": decimals.write(content)}
    if tag == "B":
        return {"B": base64.b64encode(content).decode()}
    if tag == "L":
        return {"L": [encode(member) for member in content]}
    if tag == "M":
        return {"M": {name: encode(member) for name, member in content.items()}}
    if tag == "SS":
        return {"SS": list(content)}
    if tag == "NS":
        return {"NS": [decimals.write(member) for member in content]}
    return {"BS": [base64.b64encode(member).decode() for member in content]}


def encode_map(attributes):
    return {name: encode(value) for name, value in attributes.items()}


def depth(value):
    """How many lists and maps stand around the deepest place."""
    tag, content = value
    if tag == "L":
        return 1 + max(map(depth, content), default=0)
    if tag == "M":
        return 1 + max(map(depth, content.values()), default=0)
    return 0


def faults_within(value):
    """Yields what is wrong with a value and all in it, in text order."""
    tag, content = value
    if tag == "?":
        yield content
    elif tag in ("L", "M"):
        for member in content if tag == "L" else content.values():
            yield from faults_within(member)


def bad_names_within(value):
    """Yields what is wrong with the names in a value."""
    tag, content = value
    if tag == "L":
        for member in content:
            yield from bad_names_within(member)
    elif tag == "M":
        for name, member in content.items():
            if bad_name(name):
                yield bad_name(name)
            yield from bad_names_within(member)


def bad_name(name):
    """-> what is wrong with an attribute name, or None"""
    if not name:
        return EMPTY_NAME
    return LONG_NAME if len(name) > NAME_BYTES // 4 and len(name.encode()) > NAME_BYTES else None


def check_value(value, classic, key=None, limit=DEPTH):
    """Raises what is wrong with a value: its depth, what is in it, the names in it (aws: names behind the depth). `key`: its placeholder, which
    the older wording shows."""
    if value[0] in FLAT:
        return
    fault = Fault(TOO_DEEP) if depth(value) > limit else next(faults_within(value), None)
    if fault and classic and key:
        raise Refusal(f"ExpressionAttributeValues contains invalid value: {fault.classic} for key {key}")
    if fault:
        raise Refusal(fault.classic if classic else fault.current)
    for text in bad_names_within(value):
        raise Refusal(text, wrapped=False)


def check_attributes(attributes, classic):
    """Raises what is wrong with an item or a key: names at the top first (aws), then value by value."""
    for name in attributes:
        if bad_name(name):
            raise Refusal(bad_name(name), wrapped=False)
    for value in attributes.values():
        if value[0] not in FLAT:
            check_value(value, classic)


def size(value):
    tag, content = value
    if tag == "S":
        return len(content.encode())
    if tag == "N":
        return decimals.size(content)
    if tag == "B":
        return len(content)
    if tag in ("BOOL", "NULL"):
        return 1
    if tag == "L":
        return 3 + sum(1 + size(member) for member in content)
    if tag == "M":
        return 3 + sum(1 + len(name.encode()) + size(member) for name, member in content.items())
    return sum(size((MEMBER[tag], member)) for member in content)


def item_size(item):
    return sum(len(name.encode()) + size(value) for name, value in item.items())
