# SPDX-License-Identifier: Apache-2.0
"""The tables of a question and the items that they hold."""
import values
from keys import key_of
from refusals import Refusal, unreadable

KEY_TYPES = ("S", "N", "B")


class Table:
    def __init__(self, schema, items):
        if type(schema) is not dict or not 1 <= len(schema) <= 2 or not set(schema.values()) <= set(KEY_TYPES):
            raise unreadable()
        self.schema = schema
        self.items = {}
        for json in items or ():
            item = values.decode_map(json)
            try:
                values.check_attributes(item, classic=True)
            except Refusal:
                raise unreadable() from None
            if any(item.get(name, ("",))[0] != tag for name, tag in schema.items()):
                raise unreadable()
            key = key_of(item, schema)
            if key in self.items:
                raise unreadable()
            self.items[key] = item

    def encoded(self):
        return [values.encode_map(item) for item in self.items.values()]


class Tables:
    def __init__(self, question):
        self.only = None
        self.named = {}
        if "tables" in question:
            for name, table in question["tables"].items():
                self.named[name] = Table(table.get("key"), table.get("items"))
        else:
            self.only = Table(question.get("key"), question.get("items"))

    def find(self, name):
        """-> the table of this name, or of the ARN that ends in it"""
        if self.only:
            return self.only
        if name in self.named:
            return self.named[name]
        if name is not None and name.startswith("arn:") and name.rpartition("/")[2] in self.named:
            return self.named[name.rpartition("/")[2]]
        if name is None and len(self.named) == 1:
            return next(iter(self.named.values()))
        raise Refusal("Requested resource not found", wrapped=False, kind="ResourceNotFoundException")

    def encoded(self):
        if self.only:
            return {"items": self.only.encoded()}
        return {"tables": {name: {"items": table.encoded()} for name, table in self.named.items()}}
