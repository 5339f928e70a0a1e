# SPDX-License-Identifier: Apache-2.0
"""Expressions by themselves: compiled once, then asked about as many items as one likes, by as many threads as one likes.

Each checks its text, names and values as the service does, and raises ExpressionError where that would refuse them.
"""
import ctypes
import json
from ctypes import POINTER, byref, c_bool, c_size_t, c_void_p
from typing import Any, ClassVar, List, Mapping, Optional, Tuple

from . import _library as lib
from ._library import Bindings, ExplainOptions, Items, Str, library
from ._memory import Arena, Diags, Explanation as OwnedExplanation, Program, UpdateExplanation as OwnedUpdateExplanation
from ._memory import bytes_of, check, decoded, encoded, made, written
from .conditions import Builder
from .diagnostics import Diagnostic, collected, told, unreadable
from .errors import ExpressionError, InputError
from .explanations import Explanation, UpdateExplanation, explanation, update_explanation
from .values import Item, Value, checked_form, form_of, from_json, text_of, to_json

Names = Mapping[str, str]
Values = Mapping[str, Value]


def _refused(diags: Diags) -> ExpressionError:
    found = collected(diags.pointer)
    one = told(found)
    assert one, "the library tells why it refuses"
    return ExpressionError(one.service_type, one.service_message, found)


def _read_item(item: Optional[Mapping[str, Value]], form: str, arena: Arena) -> Optional[int]:
    """The item in the arena; None: there is none."""
    if item is None:
        return None
    result, items = c_void_p(), Items()
    items.size, items.form = ctypes.sizeof(Items), lib.TYPED
    items.text = arena.keep(text_of(to_json(item, form)))
    with Diags() as diags:
        if not check(library.json_next_item(byref(items), arena.pointer, diags.pointer, byref(result))):
            raise unreadable(diags)
    if items.layout != lib.LINES:
        raise InputError("this is the answer of Scan or Query, which is no item: hand over one of its Items")
    return result.value


class Expression:
    """What the five kinds share. `names` are ExpressionAttributeNames and `values` ExpressionAttributeValues; `form` is
    that of the values and of all items, `plain`, `typed` or `json`, and told by each of them if it is None. With
    `allow_unused` names and values may be those of a whole request, of which this expression uses some."""

    _kind: ClassVar[int]

    def __init__(
        self,
        expression: Any,
        names: Optional[Names] = None,
        values: Optional[Values] = None,
        *,
        form: Optional[str] = None,
        allow_unused: bool = False,
    ) -> None:
        built = Builder().build(expression, self._kind == lib.KEY_CONDITION)
        if built:
            if names or values:
                raise TypeError("a condition of boto3 has its names and values with it")
            expression, names, values = built
        self.text: str = expression
        self._text = encoded(expression)
        self._form = checked_form(form)
        self._values_form = self._form or ("plain" if built else form_of([values]))
        self._program = self._compile(dict(names or {}), dict(values or {}), allow_unused)

    def _compile(self, names: Names, values: Values, allow_unused: bool) -> Program:
        arena, bindings, result = Arena(), Bindings(), c_void_p()
        bindings.size, bindings.allow_unused = ctypes.sizeof(Bindings), allow_unused
        with Diags() as diags:
            self._read_bindings(arena, bindings, names, values, diags)
            text = arena.keep(self._text)
            status = library.compile(self._kind, text, byref(bindings), None, diags.pointer, byref(result))
            if not check(status):
                raise _refused(diags)
        return Program(result.value, arena)

    def _read_bindings(self, arena: Arena, bindings: Bindings, names: Names, values: Values, diags: Diags) -> None:
        where, count = c_void_p(), c_size_t()
        if names:
            text = arena.keep(text_of(names))
            if not check(library.json_read_names(arena.pointer, text, diags.pointer, byref(where), byref(count))):
                raise unreadable(diags)
            bindings.names, bindings.name_count = where.value, count.value
        if values:
            text = arena.keep(text_of(to_json(values, self._values_form or "plain")))
            status = library.json_read_values(
                arena.pointer, text, lib.TYPED, diags.pointer, byref(where), byref(count)
            )
            if not check(status):
                raise unreadable(diags)
            bindings.values, bindings.value_count = where.value, count.value

    def _form_of(self, item: Optional[Mapping[str, Value]]) -> str:
        return self._form or form_of([item]) or self._values_form or "plain"

    def __deepcopy__(self, memo: Any) -> "Expression":
        return self  # it does not change, and its program is not to be copied

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class _Condition(Expression):
    """What has a truth."""

    def evaluate(self, item: Optional[Mapping[str, Value]]) -> bool:
        """Whether it is true of an item; None: there is no item."""
        truth = c_bool()
        with Arena() as arena:
            found = _read_item(item, self._form_of(item), arena)
            check(library.evaluate(self._program.pointer, found, byref(truth)))
        return truth.value

    def explain(self, item: Optional[Mapping[str, Value]], key: Optional[Mapping[str, Value]] = None) -> Explanation:
        """Why it is true or false of an item. `key`: the key of the request, if it is known."""
        form = self._form_of(item)
        with Arena() as arena:
            options = _explain_options(key, self._form_of(key), arena)
            found = _read_item(item, form, arena)
            arguments = (self._program.pointer, found, byref(options), None)
            with OwnedExplanation(made(library.explain, *arguments)) as owned:
                data = json.loads(written(library.json_write_explanation, owned.pointer, 0))
                rendered = written(library.explanation_render, owned.pointer, None).rstrip("\n")
        return explanation(data, self._text, form, rendered)

    @property
    def attributes(self) -> Tuple[str, ...]:
        """The attributes of an item that it looks at."""
        names, count = POINTER(Str)(), c_size_t()
        with Arena() as arena:
            check(library.program_attributes(self._program.pointer, arena.pointer, byref(names), byref(count)))
            return tuple(decoded(bytes_of(names[i])) for i in range(count.value))


class Condition(_Condition):
    """A ConditionExpression."""

    _kind = lib.CONDITION


class Filter(_Condition):
    """A FilterExpression."""

    _kind = lib.FILTER


class KeyCondition(_Condition):
    """A KeyConditionExpression."""

    _kind = lib.KEY_CONDITION


class Update(Expression):
    """An UpdateExpression."""

    _kind = lib.UPDATE

    def apply(self, item: Optional[Mapping[str, Value]]) -> Optional[Item]:
        """The item afterwards, in the form that it had; the one given stays as it is. None is no item, and comes back if
        the update creates none. Raises ExpressionError if the update cannot be applied."""
        form, result = self._form_of(item), c_void_p()
        with Arena() as arena, Diags() as diags:
            found = _read_item(item, form, arena)
            status = library.update(self._program.pointer, found, arena.pointer, diags.pointer, byref(result))
            if not check(status):
                raise _refused(diags)
            return _item_at(result.value, form)

    def explain(
        self, item: Optional[Mapping[str, Value]], key: Optional[Mapping[str, Value]] = None
    ) -> UpdateExplanation:
        """What each action reads and does. `key`: the key of the request, which a missing item begins with."""
        form = self._form_of(item if item is not None else key)
        with Arena() as arena:
            options = _explain_options(key, self._form_of(key), arena)
            found = _read_item(item, form, arena)
            arguments = (self._program.pointer, found, byref(options), None)
            with OwnedUpdateExplanation(made(library.explain_update, *arguments)) as owned:
                data = json.loads(written(library.json_write_update_explanation, owned.pointer, 0))
                after = _item_at(library.update_explanation_item(owned.pointer), form)
                faults: List[Diagnostic] = collected(library.update_explanation_diags(owned.pointer))
                rendered = written(library.update_explanation_render, owned.pointer, None).rstrip("\n")
        return update_explanation(data, self._text, form, after, faults, rendered)


class Projection(Expression):
    """A ProjectionExpression."""

    _kind = lib.PROJECTION

    def __init__(
        self,
        expression: str,
        names: Optional[Names] = None,
        *,
        form: Optional[str] = None,
        allow_unused: bool = False,
    ) -> None:
        super().__init__(expression, names, form=form, allow_unused=allow_unused)

    def apply(self, item: Mapping[str, Value]) -> Item:
        """The part of the item that it names, in the form that the item has."""
        form = self._form_of(item)
        with Arena() as arena:
            found = _read_item(item, form, arena)
            if found is None:
                raise InputError("there is nothing to be seen of no item")
            part = made(library.project, self._program.pointer, found, arena.pointer)
            return _item_at(part, form) or {}


def _explain_options(key: Optional[Mapping[str, Value]], form: str, arena: Arena) -> ExplainOptions:
    return ExplainOptions(ctypes.sizeof(ExplainOptions), _read_item(key, form, arena), False)


def _item_at(pointer: Optional[int], form: str) -> Optional[Item]:
    if not pointer:
        return None
    return from_json(json.loads(written(library.json_write_item, pointer, lib.TYPED, 0)), form)
