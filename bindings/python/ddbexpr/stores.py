# SPDX-License-Identifier: Apache-2.0
"""Tables as the library has them: key schema and items, in its memory. Runs requests against them. It must not know
boto3, nor the forms of values: requests and answers are DynamoDB JSON."""
import ctypes
import json
import threading
from contextlib import ExitStack, contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_void_p
from typing import Any, Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from . import _library as lib
from ._library import ExecuteOptions, KeyAttribute, Question, Str, Table, library
from ._memory import Arena, Diags, Outcome, RequestExplanation, check, encoded, written
from .diagnostics import Diagnostic, collected, told, unreadable
from .errors import InputError
from .values import text_of


class Answer(NamedTuple):
    """What a request came to: `response` or `error` as the service sends it."""

    response: Optional[Dict[str, Any]]
    error: Optional[Dict[str, Any]]
    diagnostics: Tuple[Diagnostic, ...] = ()
    explanation: str = ""


class Store:
    """One table. Whoever reads or changes its items holds its lock."""

    def __init__(self, name: str, key: Mapping[str, str]) -> None:
        if not 1 <= len(key) <= 2:
            raise InputError("a key schema has one or two attributes, the partition key first")
        for attribute, kind in key.items():
            if kind not in ("S", "N", "B"):
                raise InputError(f"the type of the key attribute {attribute!r} is S, N or B, not {kind!r}")
        self.name = name
        self.key = dict(key)
        self.lock = threading.RLock()
        self._schema = Arena()  # names, for as long as the store is there
        self._name = self._schema.keep(encoded(name))
        self._attributes = (KeyAttribute * len(key))(
            *(KeyAttribute(self._schema.keep(encoded(a)), lib.TYPES[kind]) for a, kind in key.items())
        )
        self._items: Dict[int, Arena] = {}  # in order: each item's address and the arena that it lives in
        self._array = (c_void_p * 0)()

    # --- what holds for all requests ---

    def describe(self, table: Table) -> None:
        """Fills in the library's structure, which borrows from the store."""
        table.size = ctypes.sizeof(Table)
        table.name = self._name
        table.key = self._attributes
        table.key_count = len(self._attributes)
        table.items = ctypes.cast(self._array, POINTER(c_void_p))
        table.item_count = len(self._items)

    def _set(self, items: Dict[int, Arena]) -> None:
        self._items = items
        self._array = (c_void_p * len(items))(*items)

    # --- all items at once ---

    def load(self, items: Sequence[Mapping[str, Any]]) -> None:
        """Holds these items and no others. They are DynamoDB JSON."""
        arena, table = Arena(), Table()
        with Diags() as diags:
            self.describe(table)
            text = arena.keep(text_of(list(items)))
            if not check(library.json_read_table(arena.pointer, text, lib.TYPED, diags.pointer, byref(table))):
                raise unreadable(diags)
        with self.lock:
            self._set({table.items[i]: arena for i in range(table.item_count)})

    def dump(self) -> List[Dict[str, Any]]:
        """The items as DynamoDB JSON."""
        with self.lock:
            return [json.loads(written(library.json_write_item, item, lib.TYPED, 0)) for item in self._items]

    def __len__(self) -> int:
        with self.lock:
            return len(self._items)

    # --- after a write: what it made is copied out of the outcome, which goes ---

    def after_all(self, outcome: Outcome, number: int) -> "Dict[int, Arena]":
        """What the store holds then, whatever the write was. The outcome has what stays at the same address."""
        result = {}
        for index in range(library.outcome_table_item_count(outcome.pointer, number)):
            item = library.outcome_table_item_at(outcome.pointer, number, index)
            arena = self._items.get(item)
            if arena is None:
                item, arena = _copied(item)
            result[item] = arena
        return result

    def after_one(self, outcome: Outcome, number: int) -> "Dict[int, Arena]":
        """The same of a write of one item, without looking at all the others."""
        old, new = library.outcome_old_item(outcome.pointer), library.outcome_new_item(outcome.pointer)
        grows = library.outcome_table_item_count(outcome.pointer, number) - len(self._items)
        if old not in self._items:
            return {**self._items, **dict([_copied(new)])} if grows else self._items
        if new is None:
            return {item: arena for item, arena in self._items.items() if item != old}
        fresh = _copied(new)
        return dict(fresh if item == old else (item, arena) for item, arena in self._items.items())

    def replace(self, items: "Dict[int, Arena]") -> None:
        self._set(items)


def _copied(item: int) -> Tuple[int, Arena]:
    arena, result = Arena(), c_void_p()
    text = arena.keep(written(library.json_write_item, item, lib.TYPED, 0).encode("utf-8"))
    check(library.json_read_item(arena.pointer, text, lib.TYPED, None, byref(result)))
    assert result.value, "what the library has written it can read"
    return result.value, arena


def described(stores: Sequence[Store]) -> Any:
    tables = (Table * len(stores))()
    for table, store in zip(tables, stores):
        store.describe(table)
    return tables


def operation_number(name: str) -> int:
    result = c_int()
    text = name.encode("utf-8", "surrogatepass")
    if not library.operation_from_name(Str(ctypes.cast(c_char_p(text), c_void_p), len(text)), byref(result)):
        raise InputError(f"there is no operation {name}")
    return result.value


_WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")


@contextmanager
def _locked(stores: Sequence[Store]) -> Iterator[None]:
    with ExitStack() as stack:
        for store in sorted(stores, key=id):  # always in one order, so that no two wait for each other
            stack.enter_context(store.lock)
        yield


def run(operation: str, body: Dict[str, Any], stores: Sequence[Store], messages: int) -> Answer:
    """Runs a request against the stores, and lets those hold what comes of it."""
    with _locked(stores), Arena() as arena, Diags() as diags:
        question = Question()
        question.size, question.tables_named = ctypes.sizeof(Question), True
        text = arena.keep(text_of(body))
        number = operation_number(operation)
        if not check(library.json_read_request(arena.pointer, number, text, diags.pointer, byref(question.request))):
            return _not_read(diags)
        return _execute(operation, question, stores, ExecuteOptions(ctypes.sizeof(ExecuteOptions), messages), diags)


def _not_read(diags: Diags) -> Answer:
    """What the service answers to what is no request."""
    found = collected(diags.pointer)
    one = told(found)
    assert one, "the library tells why it cannot read"
    message = one.service_message or one.message
    return Answer(None, {"__type": one.service_type or "SerializationException", "message": message}, tuple(found))


def _execute(
    operation: str, question: Question, stores: Sequence[Store], options: ExecuteOptions, diags: Diags
) -> Answer:
    tables, pointer = described(stores), c_void_p()
    request = byref(question.request)
    arguments = (request, tables, len(stores), byref(options))
    check(library.execute(*arguments, None, diags.pointer, byref(pointer)))
    with Outcome(pointer.value) as outcome:
        # Of the tables nothing is written: there are no names in the question.
        answer = json.loads(written(library.json_write_answer, outcome.pointer, byref(question), None, None, 0))
        if answer["ok"]:
            if operation in _WRITES:
                look = Store.after_all if operation == "TransactWriteItems" else Store.after_one
                after = [look(store, outcome, number) for number, store in enumerate(stores)]
                for store, items in zip(stores, after):
                    store.replace(items)
            return Answer(answer["response"], None)
    found = tuple(collected(diags.pointer))
    return Answer(None, answer["error"], found, _explained(arguments) if operation in _WRITES else "")


def _explained(arguments: Tuple[Any, ...]) -> str:
    """Why a write failed; empty where the service would not have come to the items."""
    pointer = c_void_p()
    if not check(library.explain_request(*arguments, None, None, byref(pointer))):
        return ""
    with RequestExplanation(pointer.value) as explanation:
        return written(library.request_explanation_render, explanation.pointer, None).rstrip("\n")
