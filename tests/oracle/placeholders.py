# SPDX-License-Identifier: Apache-2.0
"""ExpressionAttributeNames and ExpressionAttributeValues: their keys, their members, which are used."""
import re

import values
from refusals import Refusal

KEY = {"Names": re.compile(r"#[A-Za-z0-9_]+"), "Values": re.compile(r":[A-Za-z0-9_]+")}
KEY_BYTES = 255
ORDERED = ("S", "N", "B")


def decode_names(json):
    return {key: values.text_of(name) for key, name in values.object_of(json).items() if name is not None}


def hash_order(keys, given=None):
    """The keys as a Java HashSet made of `given` hands them out."""
    wanted = max(16, int((given or len(keys)) / 0.75) + 1)
    capacity = 16
    while capacity < wanted:
        capacity *= 2

    def slot(key):
        code = 0
        units = key.encode("utf-16-be")
        for i in range(0, len(units), 2):
            code = (code * 31 + units[i] * 256 + units[i + 1]) & 0xFFFFFFFF
        return (code ^ code >> 16) & (capacity - 1)

    return sorted(keys, key=slot)


class Scope:
    """The two maps of one request, and what its expressions have used of them."""

    def __init__(self, names, given, sent, classic, depth=values.DEPTH):
        self.names, self.given, self.sent = names, given, sent
        self.classic, self.depth = classic, depth
        self.used = set()

    def check(self):
        """Each map: that it is not empty, its keys, then its members."""
        if self.names is not None:
            self._check_keys("Names", self.names)
            bad = [key for key in self.names if values.bad_name(self.names[key])]
            for key in hash_order(bad, len(self.names)):
                check_name(key, self.names[key])
        if self.given is not None:
            self._check_keys("Values", self.given)
            nested = [key for key in self.given if self.given[key][0] not in values.FLAT]
            for key in hash_order(nested, len(self.given)):
                values.check_value(self.given[key], self.classic, key, self.depth)

    def _check_keys(self, which, members):
        map_name = "ExpressionAttribute" + which
        if not members:
            raise Refusal(map_name + " must not be empty")
        bad = [key for key in members if len(key) > KEY_BYTES or not KEY[which].fullmatch(key)]
        for key in hash_order(bad, len(members)):
            length = len(key.encode())
            if length > KEY_BYTES:
                text = "The expression attribute map contains a key that is too long;"
                text += f" size of key: {length}" if which == "Names" else ""
                raise Refusal(f"{map_name} contains invalid key: {text}")
            if not KEY[which].fullmatch(key):
                raise Refusal(f'{map_name} contains invalid key: Syntax error; key: "{key}"')

    def name(self, key):
        """-> the attribute name behind #key, or None"""
        self.used.add(key)
        return (self.names or {}).get(key)

    def value(self, key):
        """-> the value behind :key, or None"""
        self.used.add(key)
        return (self.given or {}).get(key)

    def shown(self, key):
        """The value behind :key as the bounds of BETWEEN show it: numbers as written."""
        tag, content = next(member for member in self.sent[key].items() if member[0] in ORDERED)
        return f"{{{tag}:{content}}}"

    def check_unused(self):
        for which, members in (("Names", self.names), ("Values", self.given)):
            unused = [key for key in members or () if key not in self.used]
            if unused:
                keys = ", ".join(hash_order(unused, len(members)))
                raise Refusal(f"Value provided in ExpressionAttribute{which} unused in expressions: keys: {{{keys}}}")


def check_name(key, name):
    if values.bad_name(name):
        text = values.bad_name(name)
        raise Refusal(f"ExpressionAttributeNames contains invalid value: {text} for key {key}")
