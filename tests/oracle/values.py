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
MEMBER = {"SS": "S", "NS": "N", "BS": "B"}
DEPTH = 31
NAME_BYTES = 65535
PREFIX = "One or more parameter values were invalid: "
TOO_DEEP = (
    "Nesting Levels have exceeded supported limits: "
    "Attributes in the item have nested levels beyond supported limit"
)
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
    if type(json) is not dict:
        raise unreadable()
    found = [READERS[tag](content) for tag, content in json.items() if tag in READERS and content is not None]
    if len(found) == 1:
        return found[0]
    for value in found:
        if value[0] == "?":
            return value
    if not found:
        return "?", Fault("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
    return "?", Fault(
        "Supplied AttributeValue has more than one datatypes set, "
        "must contain exactly one of the supported datatypes"
    )


def text_of(json):
    if type(json) is str:
        return json
    if json is True or json is False or json is None:
        raise unreadable()
    if type(json) in (int, float):
        raise unreadable("NUMBER_VALUE cannot be converted to String")
    raise unreadable("Start of structure or map found where not expected")


def read_number(json):
    text = text_of(json)
    try:
        return "N", decimals.read(text)
    except decimals.BadNumber as fault:
        return "?", Fault(str(fault), str(fault).removesuffix(": "))


def read_binary(json):
    text = text_of(json)
    try:
        return "B", base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise unreadable(
            "Base64 encoded length is expected a multiple of 4 bytes, with the standard alphabet"
        ) from None


def read_bool(json):
    if type(json) is not bool:
        raise unreadable()
    return "BOOL", json


def read_null(json):
    if type(json) is not bool:
        raise unreadable()
    return ("NULL", True) if json else ("?", Fault(PREFIX + "Null attribute value types must have the value of true"))


def read_list(json):
    if type(json) is not list:
        raise unreadable()
    return "L", [decode(member) for member in json]


def read_map(json):
    if type(json) is not dict:
        raise unreadable()
    return "M", {name: decode(member) for name, member in json.items()}


def read_set(tag, json):
    if type(json) is not list:
        raise unreadable()
    members = [READERS[MEMBER[tag]](member) for member in json]
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
    """-> {name: value} of an item, a key or the values of a request"""
    if type(json) is not dict:
        raise unreadable()
    return {name: decode(member) for name, member in json.items()}


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
    """Yields what is wrong with a value and all in it, in text order; True stands for an empty name."""
    tag, content = value
    if tag == "?":
        yield content
    elif tag == "L":
        for member in content:
            yield from faults_within(member)
    elif tag == "M":
        for name, member in content.items():
            if not name:
                yield Fault("Empty attribute name")
            yield from faults_within(member)


def fault_of(value, limit=DEPTH):
    """-> the first Fault of one value, or None"""
    if value[0] in ("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS"):
        return None
    if depth(value) > limit:
        return Fault(TOO_DEEP)
    return next(faults_within(value), None)


def check_attributes(attributes, classic):
    """Raises what is wrong with an item or a key: empty names at the top first, then value by value (aws)."""
    for name in attributes:
        if not name:
            raise Refusal("Empty attribute name", wrapped=False)
    for value in attributes.values():
        fault = fault_of(value)
        if fault:
            raise Refusal(fault.classic if classic else fault.current)


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
