# SPDX-License-Identifier: Apache-2.0
"""Requests checked without items, as `ddbexpr check` does it: what the service would refuse, and what was probably not
meant."""
import ctypes
from ctypes import POINTER, byref, c_size_t
from typing import Any, List, Mapping, Optional, Sequence, Tuple, Union

from . import _library as lib
from ._library import ExecuteOptions, FoundRequest, IndexKey, LintOptions, Request, Search, library
from ._memory import Arena, Diags, check as went_well, encoded
from .diagnostics import Diagnostic, collected, unreadable
from .errors import InputError
from .requests import form_of_request, request_to_json
from .stores import described, operation_number
from .tables import Table, _messages
from .values import checked_form, text_of


def check(
    request: Union[Mapping[str, Any], str, bytes],
    operation: Optional[str] = None,
    *,
    tables: Sequence[Table] = (),
    form: Optional[str] = None,
    lint: bool = True,
    partial: bool = False,
    messages: str = "current",
) -> List[Diagnostic]:
    """What is wrong with a request, in the service's order; the one that the service would tell is the `verdict`.

    request     the keyword arguments of boto3 as a dict, or JSON text: a request as sent on the wire, several of them
                (an array, JSON Lines), or a state machine's definition
    operation   "UpdateItem", …; None: that which has the request's members
    tables      those whose keys and indexes are known; their items do not matter
    form        of the values in a dict: `plain`, `typed`, `json`; None: told by the values
    lint        also what the service accepts but was probably not meant
    partial     members that must be there, such as Key, may be left out
    messages    `classic` for the service's wording before 2026

    Raises InputError where there is no request."""
    arena = Arena()
    if isinstance(request, Mapping):
        given = checked_form(form) or form_of_request(request) or "plain"
        text = text_of(request_to_json(request, given))
    elif isinstance(request, (str, bytes)):
        text = encoded(request) if isinstance(request, str) else request
    else:
        raise TypeError(f"a request is a dict or JSON text, not {type(request).__name__}")
    options = ExecuteOptions(ctypes.sizeof(ExecuteOptions), _messages(messages), partial)
    result: List[Diagnostic] = []
    for found in _requests(arena, text, operation):
        result += _check_one(arena, found, tables, options, lint)
    return result


def _requests(arena: Arena, text: bytes, operation: Optional[str]) -> Sequence[FoundRequest]:
    search = Search()
    search.size = ctypes.sizeof(Search)
    if operation is not None:
        search.operation_given, search.operation = True, operation_number(operation)
    found, count, others = POINTER(FoundRequest)(), c_size_t(), c_size_t()
    with Diags() as diags:
        status = library.json_find_requests(
            arena.pointer, arena.keep(text), byref(search), diags.pointer, byref(found), byref(count), byref(others)
        )
        if not went_well(status):
            raise unreadable(diags)
    if not count.value:
        raise InputError("there is no request: say which operation it is of")
    return [found[i] for i in range(count.value)]


def _check_one(
    arena: Arena, found: FoundRequest, tables: Sequence[Table], options: ExecuteOptions, lint: bool
) -> List[Diagnostic]:
    request = Request()
    with Diags() as diags:
        if not went_well(library.json_read_found(arena.pointer, byref(found), diags.pointer, byref(request))):
            return collected(diags.pointer)
        known = described([table._store for table in tables]) if tables else None
        went_well(
            library.request_check(byref(request), known, len(tables), byref(options), None, diags.pointer)
        )  # faults are no error of ours
        if lint:
            more, kept = _lint_options(arena, request, tables, known, options.messages)
            went_well(library.lint(byref(request), byref(more), None, diags.pointer))
            del kept
        return collected(diags.pointer)


def _lint_options(
    arena: Arena, request: Request, tables: Sequence[Table], known: Any, messages: int
) -> Tuple[LintOptions, Any]:
    """The options, and what they borrow beside the arena's."""
    keys = [
        IndexKey(
            arena.keep(encoded(table.name)), arena.keep(encoded(index)), arena.keep(encoded(name)), lib.TYPES[kind]
        )
        for table in tables
        for index, attributes in table.indexes.items()
        for name, kind in attributes.items()
    ]
    kept = (IndexKey * len(keys))(*keys)
    options = LintOptions()
    options.size, options.messages = ctypes.sizeof(LintOptions), messages
    options.tables, options.table_count = known, len(tables)
    options.index_keys, options.index_key_count = kept, len(keys)
    options.unknown_values, options.unknown_value_count = _unknown(arena, request)
    return options, kept


def _unknown(arena: Arena, request: Request) -> Tuple[Optional[int], int]:
    """What a state machine fills in, of a request and of all its actions: lint takes them together."""
    bodies = [request, *(ctypes.cast(request.actions, POINTER(Request))[i] for i in range(request.action_count))]
    size = ctypes.sizeof(lib.Str)
    count = sum(body.unknown_value_count for body in bodies)
    room = arena.room(count * size)
    at = room
    for body in bodies:
        length = body.unknown_value_count * size
        if length:
            ctypes.memmove(at, body.unknown_values, length)
        at += length
    return room, count
