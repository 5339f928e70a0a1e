# SPDX-License-Identifier: Apache-2.0
"""Explanations as data: why a condition is true or false, what an update does. Made from docs/json-output.md's JSON; it
must not know how that came about."""
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional, Tuple

from .diagnostics import Diagnostic, Span, diagnostic, span_counter
from .values import Item, Value, value_from_json

_Spans = Callable[[Dict[str, int]], Span]


@dataclass(frozen=True)
class Operand:
    """What a clause compares, or an action reads, resolved."""

    kind: str  # "path", "value", "size"
    text: str  # as written: "#s", ":v", "size(tags)"
    span: Span
    path: str  # with names resolved; empty for values
    value: Value  # in the form of the item; None if it is missing, and of a plain NULL
    missing: bool  # nothing is there


@dataclass(frozen=True)
class Note:
    """A trap of the language that bites here."""

    code: str
    name: str
    text: str


@dataclass(frozen=True)
class Clause:
    """A comparison, BETWEEN, IN, or function."""

    text: str
    span: Span
    outcome: bool
    skipped: bool  # the service need not look at it
    blamed: bool  # one of the smallest set that would turn a false condition; of a true one: it carries the outcome
    operands: Tuple[Operand, ...]
    reason: str  # one sentence
    wanted: str  # what would turn it; empty if it is not to blame
    notes: Tuple[Note, ...]


@dataclass(frozen=True)
class Explanation:
    """Of a condition. It is as true as the condition; `str()` is the text for people."""

    text: str
    matched: bool
    clauses: Tuple[Clause, ...]
    other_blame_sets: Optional[int]  # smallest sets besides that of the blamed clauses; None: more than can be counted
    rendered: str = field(repr=False, compare=False)

    def __bool__(self) -> bool:
        return self.matched

    @property
    def blamed(self) -> Tuple[Clause, ...]:
        """The clauses that are to blame, or that carry a true condition."""
        return tuple(clause for clause in self.clauses if clause.blamed)

    def __str__(self) -> str:
        return self.rendered


@dataclass(frozen=True)
class Action:
    """One action of an update."""

    section: str  # "SET", "REMOVE", "ADD", "DELETE"
    text: str
    span: Span
    target: Operand
    operands: Tuple[Operand, ...]
    after: Value  # what it leaves at the target; None if nothing is left, and of a plain NULL
    fault: Optional[Diagnostic]  # why it cannot be applied
    reason: str
    effect: str


@dataclass(frozen=True)
class UpdateExplanation:
    """Of an update. It is true if the update can be applied; `str()` is the text for people."""

    text: str
    applies: bool
    item: Optional[Item]  # afterwards; None if there is none, or the update cannot be applied
    actions: Tuple[Action, ...]
    diagnostics: Tuple[Diagnostic, ...]  # why it cannot be applied
    rendered: str = field(repr=False, compare=False)

    def __bool__(self) -> bool:
        return self.applies

    def __str__(self) -> str:
        return self.rendered


def _operand(data: Dict[str, Any], span: _Spans, form: str) -> Operand:
    value = data.get("value")
    return Operand(
        data["kind"],
        data["text"],
        span(data["span"]),
        data.get("path", ""),
        value_from_json(value, form),
        value is None,
    )


def _operands(data: List[Dict[str, Any]], span: _Spans, form: str) -> Tuple[Operand, ...]:
    return tuple(_operand(one, span, form) for one in data)


def _clause(data: Dict[str, Any], span: _Spans, form: str) -> Clause:
    return Clause(
        data["text"],
        span(data["span"]),
        data["outcome"],
        data["skipped"],
        data["blamed"],
        _operands(data["operands"], span, form),
        data.get("reason", ""),
        data.get("wanted", ""),
        tuple(Note(note["code"], note["name"], note["text"]) for note in data["notes"]),
    )


def explanation(data: Dict[str, Any], text: bytes, form: str, rendered: str) -> Explanation:
    """Of the JSON of a condition's explanation."""
    span = span_counter(text)
    return Explanation(
        data["text"],
        data["matched"],
        tuple(_clause(one, span, form) for one in data["clauses"]),
        data["other_blame_sets"],
        rendered,
    )


def update_explanation(
    data: Dict[str, Any],
    text: bytes,
    form: str,
    item: Optional[Item],
    diagnostics: List[Diagnostic],
    rendered: str,
) -> UpdateExplanation:
    """Of the JSON of an update's explanation, with the item that comes of it."""
    span = span_counter(text)
    actions = tuple(
        Action(
            one["section"],
            one["text"],
            span(one["span"]),
            _operand(one["target"], span, form),
            _operands(one["operands"], span, form),
            value_from_json(one.get("after"), form),
            diagnostic(one["fault"], text) if one.get("fault") else None,
            one.get("reason", ""),
            one.get("effect", ""),
        )
        for one in data["actions"]
    )
    return UpdateExplanation(data["text"], data["applies"], item, actions, tuple(diagnostics), rendered)
