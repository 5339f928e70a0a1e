# SPDX-License-Identifier: Apache-2.0
"""Attribute values in the forms that Python programs have them in, to the JSON that the library reads, and back.

    plain   what boto3's Table takes and gives: str, int and Decimal, bytes, bool, None, list, dict, set
    typed   what boto3's client takes and gives: {"N": "5"}, a B being bytes
    json    DynamoDB JSON as in files and on the wire: {"N": "5"}, a B being base64 text

A form that is None is told by what is given: typed or json if every attribute looks like {"N": "5"}, else plain.
"""
import base64
import binascii
import decimal
import json
from collections.abc import Mapping as AnyMapping
from collections.abc import Set as AnySet
from typing import Any, Dict, Iterable, Mapping, Optional

from ._library import TYPES

Value = Any
Item = Dict[str, Value]

FORMS = ("plain", "typed", "json")

# The numbers that the service takes, as boto3 has them: anything else is refused, not rounded.
_NUMBERS = decimal.Context(
    Emin=-128,
    Emax=126,
    prec=38,
    traps=[decimal.Clamped, decimal.Overflow, decimal.Inexact, decimal.Rounded, decimal.Underflow],
)


def checked_form(form: Optional[str]) -> Optional[str]:
    if form is not None and form not in FORMS:
        raise ValueError(f"a form is one of {', '.join(FORMS)}, or None: not {form!r}")
    return form


# --- which form it is ---

_LOOKS = {
    "S": (str,),
    "N": (str,),
    "B": (str, bytes, bytearray),
    "BOOL": (bool,),
    "NULL": (bool,),
    "L": (list, tuple),
    "M": (AnyMapping,),
    "SS": (list, tuple, AnySet),
    "NS": (list, tuple, AnySet),
    "BS": (list, tuple, AnySet),
}


def _looks_typed(value: Value) -> bool:
    if not isinstance(value, AnyMapping) or len(value) != 1:
        return False
    tag, content = next(iter(value.items()))
    return isinstance(tag, str) and tag in TYPES and isinstance(content, _LOOKS[tag])


def _holds_bytes(value: Value) -> bool:
    if isinstance(value, AnyMapping):
        return any(_holds_bytes(one) for one in value.values())
    if isinstance(value, (list, tuple, AnySet)):
        return any(_holds_bytes(one) for one in value)
    return isinstance(value, (bytes, bytearray))


def form_of(maps: Iterable[Optional[Mapping[str, Value]]]) -> Optional[str]:
    """The form of some maps from names to values, taken together; None: there is nothing to tell it by."""
    values = [value for one in maps if isinstance(one, AnyMapping) for value in one.values()]
    if not values:
        return None
    if not all(_looks_typed(value) for value in values):
        return "plain"
    return "typed" if _holds_bytes(values) else "json"


# --- to the library ---


def _number(value: Any) -> str:
    number = _NUMBERS.create_decimal(value)
    if not number.is_finite():
        raise TypeError("Infinity and NaN not supported")
    return str(number)


def _is_number(value: Value) -> bool:
    if isinstance(value, float):
        raise TypeError("Float types are not supported. Use Decimal types instead.")
    return isinstance(value, (int, decimal.Decimal)) and not isinstance(value, bool)


def _bytes_of(value: Value) -> Optional[bytes]:
    """Of what is binary: also boto3.dynamodb.types.Binary, which needs no boto3 to be known by."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if type(value).__name__ == "Binary" and isinstance(getattr(value, "value", None), (bytes, bytearray)):
        return bytes(value.value)
    return None


class Binary(bytes):
    """Bytes that have what boto3's Binary has."""

    @property
    def value(self) -> bytes:
        return bytes(self)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _unsupported(value: Value) -> TypeError:
    return TypeError(f'Unsupported type "{type(value)}" for value "{value}"')


def _from_set(value: "AnySet[Value]") -> Dict[str, Any]:
    members = list(value)
    if all(_is_number(one) for one in members):  # an empty set, too: the service refuses it
        return {"NS": sorted(_number(one) for one in members)}
    if all(isinstance(one, str) for one in members):
        return {"SS": sorted(members)}
    binaries = [content for content in map(_bytes_of, members) if content is not None]
    if len(binaries) == len(members):
        return {"BS": sorted(_base64(one) for one in binaries)}
    raise _unsupported(value)


def _from_plain(value: Value) -> Dict[str, Any]:
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, str):
        return {"S": value}
    if _is_number(value):
        return {"N": _number(value)}
    binary = _bytes_of(value)
    if binary is not None:
        return {"B": _base64(binary)}
    if isinstance(value, AnyMapping):
        return {"M": to_json(value, "plain")}
    if isinstance(value, AnySet):
        return _from_set(value)
    if isinstance(value, (list, tuple)):
        return {"L": [_from_plain(one) for one in value]}
    raise _unsupported(value)


def _wire_binary(content: Value, form: str) -> Any:
    if form == "typed" and isinstance(content, str):  # boto3's client takes it for its bytes, not for base64
        content = content.encode("utf-8", "surrogatepass")
    binary = _bytes_of(content)
    return content if binary is None else _base64(binary)


def _from_typed(value: Value, form: str) -> Any:
    """What is no DynamoDB JSON stays as it is: the library says what the service says of it."""
    if not isinstance(value, AnyMapping):
        return value
    result: Dict[str, Any] = {}
    for tag, content in value.items():
        if tag == "B":
            content = _wire_binary(content, form)
        elif tag == "BS" and isinstance(content, (list, tuple, AnySet)):
            content = [_wire_binary(one, form) for one in content]
        elif tag in ("SS", "NS") and isinstance(content, AnySet):
            content = sorted(content)
        elif tag == "L" and isinstance(content, (list, tuple)):
            content = [_from_typed(one, form) for one in content]
        elif tag == "M" and isinstance(content, AnyMapping):
            content = to_json(content, form)
        result[tag] = content
    return result


def to_json(values: Mapping[str, Value], form: str) -> Dict[str, Any]:
    """An item, a key, or ExpressionAttributeValues."""
    if not isinstance(values, AnyMapping):
        raise TypeError(f"a dict is wanted, not {type(values).__name__}")
    for name in values:
        if not isinstance(name, str):
            raise TypeError(f"names are str, not {type(name).__name__}: {name!r}")
    return {
        name: _from_plain(value) if form == "plain" else _from_typed(value, form) for name, value in values.items()
    }


def _refuse(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} has no place in DynamoDB JSON: {value!r}")


def text_of(data: Any) -> bytes:
    """JSON. ASCII, so that what is no Unicode comes to the library as an escape."""
    return json.dumps(data, default=_refuse, allow_nan=False).encode("ascii")


# --- from the library ---


def _to_plain(value: Dict[str, Any]) -> Value:
    tag, content = next(iter(value.items()))
    if tag == "N":
        return decimal.Decimal(content)
    if tag == "B":
        return Binary(base64.b64decode(content))
    if tag == "NULL":
        return None
    if tag == "L":
        return [_to_plain(one) for one in content]
    if tag == "M":
        return from_json(content, "plain")
    if tag == "SS":
        return set(content)
    if tag == "NS":
        return {decimal.Decimal(one) for one in content}
    if tag == "BS":
        return {Binary(base64.b64decode(one)) for one in content}
    return content


def _to_typed(value: Dict[str, Any]) -> Dict[str, Any]:
    tag, content = next(iter(value.items()))
    if tag == "B":
        return {"B": base64.b64decode(content)}
    if tag == "BS":
        return {"BS": [base64.b64decode(one) for one in content]}
    if tag == "L":
        return {"L": [_to_typed(one) for one in content]}
    if tag == "M":
        return {"M": from_json(content, "typed")}
    return value


def value_from_json(value: Optional[Dict[str, Any]], form: str) -> Value:
    """One value, as the library writes it. None stays None: nothing is there."""
    if value is None or form == "json":
        return value
    try:
        return _to_plain(value) if form == "plain" else _to_typed(value)
    except (binascii.Error, decimal.DecimalException):  # what was given and refused
        return value


def from_json(values: Dict[str, Any], form: str) -> Item:
    """An item or a key."""
    return {name: value_from_json(value, form) for name, value in values.items()}
