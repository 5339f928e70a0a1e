# SPDX-License-Identifier: Apache-2.0
"""Primary keys: what the schema asks of an item and of a Key. A schema is {attribute: type}, partition key first."""
import values
from refusals import bare

NO_MATCH = "The provided key element does not match the schema"
HASH_BYTES, RANGE_BYTES = 2048, 1024


def key_of(item, schema):
    """-> what tells items of a table apart"""
    return tuple(item[name] for name in schema)


def check_empty(name, value):
    if value[0] in ("S", "B") and not value[1]:
        what = "string" if value[0] == "S" else "binary"
        raise bare(
            "One or more parameter values are not valid. "
            f"The AttributeValue for a key attribute cannot contain an empty {what} value. Key: {name}"
        )


def check_item_present(item, schema):
    """That an item to be put has its key attributes."""
    for name in schema:
        if name not in item:
            raise bare(f"{values.PREFIX}Missing the key {name} in the item")


def check_item_types(item, schema):
    for name, tag in schema.items():
        if item[name][0] != tag:
            raise bare(f"{values.PREFIX}Type mismatch for key {name} expected: {tag} actual: {item[name][0]}")


def check_item_keys(item, schema):
    """Both, attribute by attribute."""
    for name, tag in schema.items():
        check_item_present(item, [name])
        check_item_types(item, {name: tag})


def check_key_names(key, schema):
    if set(key) != set(schema):
        raise bare(NO_MATCH)


def check_key_types(key, schema):
    for name, tag in schema.items():
        if key[name][0] != tag:
            raise bare(NO_MATCH)


def check_content(key, schema):
    """That no key attribute is empty or too long."""
    for limit, name in zip((HASH_BYTES, RANGE_BYTES), schema):
        check_empty(name, key[name])
        if key[name][0] == schema[name] and values.size(key[name]) > limit:
            if limit == HASH_BYTES:
                raise bare(values.PREFIX + "Size of hashkey has exceeded the maximum size limit of2048 bytes")
            raise bare(values.PREFIX + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes")


def check_scalar(paths, schema):
    """That no path leads into a key attribute."""
    for steps in paths:
        if len(steps) > 1 and steps[0] in schema:
            raise bare(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                f"Key: {steps[0]}"
            )
