# SPDX-License-Identifier: Apache-2.0
"""What is told before anything else: members that are missing, too short or too long, or no word of their list."""
from refusals import Refusal, unreadable

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


def text_member(request, name):
    """-> a member that is a string, or None"""
    given = request.get(name)
    if given is None or type(given) is str:
        return given
    if type(given) in (int, float):
        raise unreadable("NUMBER_VALUE cannot be converted to String")
    raise unreadable() if type(given) is bool else unreadable("Start of structure or map found where not expected")


def wrong_word(request, name, words, where=None):
    """-> [] or one text"""
    given = request.get(name)
    if given is None or given in words:
        return []
    where = where or name[0].lower() + name[1:]
    return [
        f"Value '{given}' at '{where}' failed to satisfy constraint: "
        f"Member must satisfy enum value set: [{', '.join(words)}]"
    ]


def missing(request, name, where=None):
    if request.get(name) is not None:
        return []
    where = where or name[0].lower() + name[1:]
    return [f"Value null at '{where}' failed to satisfy constraint: Member must not be null"]


def wrong_return_values(request, classic):
    given = request.get("ReturnValues")
    if given is None or given in RETURN_VALUES:
        return []
    return wrong_word(request, "ReturnValues", CLASSIC_RETURN_VALUES) if classic else [RETURN_VALUES_TEXT]
