# SPDX-License-Identifier: Apache-2.0
"""What is told before anything else: members that are missing, too short or too long, or no word of their list."""
from refusals import Refusal

RETURN_VALUES = ("ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW", "NONE")
# Written so by the service (aws): UPDATE_NEW.
RETURN_VALUES_TEXT = (
    "Failed to satisfy constraint: Member must satisfy enum value set: "
    "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"
)
CLASSIC_RETURN_VALUES = ("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW")
CAPACITY = ("INDEXES", "TOTAL", "NONE")
METRICS = ("SIZE", "NONE")
SELECT = ("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES")
ON_FAILURE = ("ALL_OLD", "NONE")


def refuse(found):
    """All that was found in one message; it is part of the message, so nothing is put in front of it."""
    if found:
        count = len(found)
        raise Refusal(f"{count} validation error{'s' if count > 1 else ''} detected: {'; '.join(found)}", wrapped=False)


def wrong_word(members, name, words, where=None):
    """-> [] or one text"""
    given = members.get(name)
    if given is None or given in words:
        return []
    where = where or name[0].lower() + name[1:]
    return [
        f"Value '{given}' at '{where}' failed to satisfy constraint: "
        f"Member must satisfy enum value set: [{', '.join(words)}]"
    ]


def missing(members, name, where=None):
    if members.get(name) is not None:
        return []
    where = where or name[0].lower() + name[1:]
    return [f"Value null at '{where}' failed to satisfy constraint: Member must not be null"]


def wrong_return_values(members, classic):
    given = members.get("ReturnValues")
    if given is None or given in RETURN_VALUES:
        return []
    return wrong_word(members, "ReturnValues", CLASSIC_RETURN_VALUES) if classic else [RETURN_VALUES_TEXT]
