# SPDX-License-Identifier: Apache-2.0
"""Diagnostics as data: what the service refuses, and what was probably not meant. It must not know what was checked."""
import json
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional, Tuple

from . import _library as lib
from ._library import library
from ._memory import Diags, bytes_of, decoded, written
from .errors import InputError

# Places count characters, so that text[start:end] is what is meant; the library counts bytes.
Span = Tuple[int, int]


@dataclass(frozen=True)
class Label:
    """A second place in the text, with what is to be seen there."""

    span: Span
    text: str


@dataclass(frozen=True)
class Edit:
    """One change: `replace`, `add_member`, `remove_member`, `wrap_member` (docs/json-output.md describes them)."""

    kind: str
    source: str
    span: Optional[Span] = None
    member: str = ""
    text: str = ""


@dataclass(frozen=True)
class Fix:
    """How to mend it: all the edits together. Safe: it keeps the only meaning that what was written can have."""

    title: str
    safe: bool
    edits: Tuple[Edit, ...]


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong. `str()` is the text for people, with the place underlined."""

    code: str  # "DX107"; `ddbexpr rule DX107` says more
    name: str  # "reserved-word"
    severity: str  # "error", "warning", "info"
    source: str  # "ConditionExpression", "ExpressionAttributeValues", "Key", …
    message: str
    hint: str = ""  # how to mend it
    text: str = ""  # the expression, if it is about one
    span: Optional[Span] = None  # in the text
    member: str = ""  # the placeholder or attribute, where the source is a map
    service_type: str = ""  # "ValidationException"; empty for lints
    service_message: str = ""  # exactly
    verdict: bool = False  # the one fault that the service would tell
    action: Optional[int] = None  # of a transaction, from 0
    labels: Tuple[Label, ...] = ()
    fixes: Tuple[Fix, ...] = ()
    rendered: str = field(default="", repr=False, compare=False)

    def __str__(self) -> str:
        return self.rendered or f"{self.severity}[{self.code}]: {self.message}"


def span_counter(text: bytes) -> Callable[[Dict[str, int]], Span]:
    """Makes spans of bytes of a text into spans of characters."""

    def span(place: Dict[str, int]) -> Span:
        if not text or text.isascii():
            return place["start"], place["end"]
        return len(decoded(text[: place["start"]])), len(decoded(text[: place["end"]]))

    return span


def _fixes(one: Optional[int], text: bytes) -> Tuple[Fix, ...]:
    """The one that the library suggests, if it does."""
    safety = library.diag_fix_safety(one)
    if safety == lib.FIX_NONE:
        return ()
    span = span_counter(text)
    edits = []
    for index in range(library.diag_edit_count(one)):
        edit = library.diag_edit_at(one, index)
        kind = lib.EDIT_KINDS[edit.kind]
        place = span({"start": edit.span.start, "end": edit.span.end}) if kind == "replace" else None
        source = library.source_name(edit.source).decode()
        edits.append(Edit(kind, source, place, decoded(bytes_of(edit.member)), decoded(bytes_of(edit.text))))
    title = decoded(bytes_of(library.diag_fix_title(one)))
    return (Fix(title, safety == lib.FIX_SAFE, tuple(edits)),)


def diagnostic(
    data: Dict[str, Any], text: bytes = b"", rendered: str = "", fixes: Tuple[Fix, ...] = ()
) -> Diagnostic:
    """One of docs/json-output.md, whose spans are of the text."""
    span = span_counter(text)
    return Diagnostic(
        code=data["code"],
        name=data["name"],
        severity=data["severity"],
        source=data["source"],
        message=data["message"],
        hint=data.get("hint", ""),
        text=decoded(text),
        span=span(data["span"]) if "span" in data else None,
        member=data.get("member", ""),
        service_type=data.get("service_type", ""),
        service_message=data.get("service_message", ""),
        verdict=data.get("verdict", False),
        action=data.get("action"),
        labels=tuple(Label(span(label["span"]), label["text"]) for label in data.get("labels", ())),
        fixes=fixes,
        rendered=rendered,
    )


def collected(diags: Optional[int]) -> List[Diagnostic]:
    """Those of a collector, in the service's order."""
    if not library.diags_count(diags):
        return []
    result = []
    for index, data in enumerate(json.loads(written(library.json_write_diags, diags, 0))):
        one = library.diags_at(diags, index)
        text = bytes_of(library.diag_text(one))
        rendered = written(library.diag_render, one, None).rstrip("\n")
        result.append(diagnostic(data, text, rendered, _fixes(one, text)))
    return result


def told(diagnostics: List[Diagnostic]) -> Optional[Diagnostic]:
    """The one that the service tells, else the first."""
    return next((one for one in diagnostics if one.verdict), diagnostics[0] if diagnostics else None)


def unreadable(diags: Diags) -> InputError:
    """The error for what the readers refuse."""
    found = collected(diags.pointer)
    return InputError("; ".join(one.message for one in found[:2]) or "unreadable", found)
