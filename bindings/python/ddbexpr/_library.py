# SPDX-License-Identifier: Apache-2.0
"""The shared libraries: found, loaded, and declared for ctypes. It must not know what anything is good for.

The structures are those of include/ddbexpr, member by member. A library in which they look otherwise is not used.
"""
import ctypes
import os
import pathlib
from ctypes import POINTER, Structure, c_bool, c_char_p, c_int, c_int64, c_size_t, c_uint, c_uint32, c_void_p
from typing import Any, Dict, Iterator, List, Optional, Tuple, Union

CORE = "libddbexpr.so.0"
JSON = "libddbexpr-json.so.0"

# Where the libraries are: the folder that this variable names, else the package's own, else where the system looks.
FOLDER_VARIABLE = "DDBEXPR_LIBRARY_DIR"

# ddbexpr_status
OK, INVALID, NO_MEMORY, LIMIT, MISUSE = range(5)

# ddbexpr_kind
CONDITION, FILTER, KEY_CONDITION, UPDATE, PROJECTION = range(5)

# ddbexpr_json_form: the binding writes and reads DynamoDB JSON only
TYPED = 0

# ddbexpr_json_layout: an item is written by itself
LINES = 0

# ddbexpr_messages
MESSAGES = {"current": 0, "classic": 1}

# ddbexpr_fix_safety
FIX_NONE, FIX_SAFE = range(2)

# ddbexpr_edit_kind
EDIT_KINDS = ("replace", "add_member", "remove_member", "wrap_member")

# ddbexpr_type
TYPES = {name: number for number, name in enumerate(("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"))}


class Str(Structure):
    _fields_ = [("ptr", c_void_p), ("len", c_size_t)]


class Span(Structure):
    _fields_ = [("start", c_uint32), ("end", c_uint32)]


class Edit(Structure):
    _fields_ = [("kind", c_int), ("source", c_int), ("span", Span), ("member", Str), ("text", Str)]


class Bindings(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("names", c_void_p),
        ("name_count", c_size_t),
        ("values", c_void_p),
        ("value_count", c_size_t),
        ("allow_unused", c_bool),
    ]


class Request(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("operation", c_int),
        ("table_name", Str),
        ("item", c_void_p),
        ("key", c_void_p),
        ("condition_expression", Str),
        ("update_expression", Str),
        ("filter_expression", Str),
        ("projection_expression", Str),
        ("key_condition_expression", Str),
        ("names_given", c_bool),
        ("values_given", c_bool),
        ("names", c_void_p),
        ("name_count", c_size_t),
        ("values", c_void_p),
        ("value_count", c_size_t),
        ("return_values", Str),
        ("return_values_on_condition_check_failure", Str),
        ("return_consumed_capacity", Str),
        ("return_item_collection_metrics", Str),
        ("select", Str),
        ("client_request_token", Str),
        ("index_name", Str),
        ("limit_given", c_bool),
        ("limit", c_int64),
        ("scan_backward", c_bool),
        ("exclusive_start_key", c_void_p),
        ("legacy", c_void_p),
        ("legacy_count", c_size_t),
        ("legacy_in_effect", c_bool),
        ("actions_given", c_bool),
        ("actions", c_void_p),
        ("action_count", c_size_t),
        ("action_malformed", c_bool),
        ("action_ambiguous", c_bool),
        ("payload_bytes", c_size_t),
        ("unknown_values", c_void_p),
        ("unknown_value_count", c_size_t),
        ("incomplete", c_bool),
    ]


class KeyAttribute(Structure):
    _fields_ = [("name", Str), ("type", c_int)]


class Table(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("name", Str),
        ("key", POINTER(KeyAttribute)),
        ("key_count", c_size_t),
        ("items", POINTER(c_void_p)),
        ("item_count", c_size_t),
    ]


class Question(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("request", Request),
        ("tables", POINTER(Table)),
        ("table_count", c_size_t),
        ("tables_named", c_bool),
    ]


class ExecuteOptions(Structure):
    _fields_ = [("size", c_size_t), ("messages", c_int), ("partial", c_bool)]


class ExplainOptions(Structure):
    _fields_ = [("size", c_size_t), ("key", c_void_p), ("in_transaction", c_bool)]


class IndexKey(Structure):
    _fields_ = [("table", Str), ("index", Str), ("attribute", Str), ("type", c_int)]


class LintOptions(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("messages", c_int),
        ("tables", POINTER(Table)),
        ("table_count", c_size_t),
        ("attributes", c_void_p),
        ("attribute_count", c_size_t),
        ("index_keys", POINTER(IndexKey)),
        ("index_key_count", c_size_t),
        ("unknown_values", c_void_p),
        ("unknown_value_count", c_size_t),
    ]


class Search(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("file_name", Str),
        ("operation_given", c_bool),
        ("operation", c_int),
        ("filled_in", c_bool),
    ]


class FoundRequest(Structure):
    _fields_ = [
        ("operation", c_int),
        ("label", Str),
        ("filled_in", c_bool),
        ("map", c_void_p),
    ]


class Items(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("text", Str),
        ("form", c_int),
        ("layout", c_int),
        ("span", Span),
        ("exported", c_bool),
        ("offset", c_size_t),
        ("ended", c_bool),
        ("wanted", c_void_p),
        ("partial", c_bool),
        ("breaks_off", c_bool),
        ("begun", c_bool),
    ]


_Signature = Tuple[Any, List[Any]]
_OUT = POINTER(c_void_p)
_SIZE_OUT = POINTER(c_size_t)

# Everything that is opaque is a void pointer: what it is is said by the variable that holds it.
_CORE_FUNCTIONS: Dict[str, _Signature] = {
    "version": (c_char_p, []),
    "arena_new": (c_int, [c_void_p, _OUT]),
    "arena_alloc": (c_void_p, [c_void_p, c_size_t]),
    "arena_free": (None, [c_void_p]),
    "buffer_new": (c_int, [c_void_p, _OUT]),
    "buffer_text": (Str, [c_void_p]),
    "buffer_clear": (None, [c_void_p]),
    "buffer_free": (None, [c_void_p]),
    "diags_new": (c_int, [c_void_p, _OUT]),
    "diags_count": (c_size_t, [c_void_p]),
    "diags_at": (c_void_p, [c_void_p, c_size_t]),
    "diags_free": (None, [c_void_p]),
    "diag_text": (Str, [c_void_p]),
    "diag_fix_safety": (c_int, [c_void_p]),
    "diag_fix_title": (Str, [c_void_p]),
    "diag_edit_count": (c_size_t, [c_void_p]),
    "diag_edit_at": (Edit, [c_void_p, c_size_t]),
    "source_name": (c_char_p, [c_int]),
    "diag_render": (c_int, [c_void_p, c_void_p, c_void_p]),
    "compile": (c_int, [c_int, Str, POINTER(Bindings), c_void_p, c_void_p, _OUT]),
    "program_free": (None, [c_void_p]),
    "program_attributes": (c_int, [c_void_p, c_void_p, POINTER(POINTER(Str)), _SIZE_OUT]),
    "evaluate": (c_int, [c_void_p, c_void_p, POINTER(c_bool)]),
    "update": (c_int, [c_void_p, c_void_p, c_void_p, c_void_p, _OUT]),
    "project": (c_int, [c_void_p, c_void_p, c_void_p, _OUT]),
    "explain": (c_int, [c_void_p, c_void_p, POINTER(ExplainOptions), c_void_p, _OUT]),
    "explanation_render": (c_int, [c_void_p, c_void_p, c_void_p]),
    "explanation_free": (None, [c_void_p]),
    "explain_update": (c_int, [c_void_p, c_void_p, POINTER(ExplainOptions), c_void_p, _OUT]),
    "update_explanation_item": (c_void_p, [c_void_p]),
    "update_explanation_diags": (c_void_p, [c_void_p]),
    "update_explanation_render": (c_int, [c_void_p, c_void_p, c_void_p]),
    "update_explanation_free": (None, [c_void_p]),
    "operation_name": (c_char_p, [c_int]),
    "operation_from_name": (c_bool, [Str, POINTER(c_int)]),
    "execute": (
        c_int,
        [POINTER(Request), POINTER(Table), c_size_t, POINTER(ExecuteOptions), c_void_p, c_void_p, _OUT],
    ),
    "request_check": (
        c_int,
        [POINTER(Request), POINTER(Table), c_size_t, POINTER(ExecuteOptions), c_void_p, c_void_p],
    ),
    "outcome_table_item_count": (c_size_t, [c_void_p, c_size_t]),
    "outcome_table_item_at": (c_void_p, [c_void_p, c_size_t, c_size_t]),
    "outcome_old_item": (c_void_p, [c_void_p]),
    "outcome_new_item": (c_void_p, [c_void_p]),
    "outcome_free": (None, [c_void_p]),
    "explain_request": (
        c_int,
        [POINTER(Request), POINTER(Table), c_size_t, POINTER(ExecuteOptions), c_void_p, c_void_p, _OUT],
    ),
    "request_explanation_render": (c_int, [c_void_p, c_void_p, c_void_p]),
    "request_explanation_free": (None, [c_void_p]),
    "lint": (c_int, [POINTER(Request), POINTER(LintOptions), c_void_p, c_void_p]),
}

_JSON_FUNCTIONS: Dict[str, _Signature] = {
    "json_read_item": (c_int, [c_void_p, Str, c_int, c_void_p, _OUT]),
    "json_next_item": (c_int, [POINTER(Items), c_void_p, c_void_p, _OUT]),
    "json_read_table": (c_int, [c_void_p, Str, c_int, c_void_p, POINTER(Table)]),
    "json_read_names": (c_int, [c_void_p, Str, c_void_p, _OUT, _SIZE_OUT]),
    "json_read_values": (c_int, [c_void_p, Str, c_int, c_void_p, _OUT, _SIZE_OUT]),
    "json_read_request": (c_int, [c_void_p, c_int, Str, c_void_p, POINTER(Request)]),
    "json_find_requests": (
        c_int,
        [c_void_p, Str, POINTER(Search), c_void_p, POINTER(POINTER(FoundRequest)), _SIZE_OUT, _SIZE_OUT],
    ),
    "json_read_found": (c_int, [c_void_p, POINTER(FoundRequest), c_void_p, POINTER(Request)]),
    "json_write_item": (c_int, [c_void_p, c_int, c_uint, c_void_p]),
    "json_write_answer": (c_int, [c_void_p, POINTER(Question), c_void_p, c_void_p, c_uint, c_void_p]),
    "json_write_diags": (c_int, [c_void_p, c_uint, c_void_p]),
    "json_write_explanation": (c_int, [c_void_p, c_uint, c_void_p]),
    "json_write_update_explanation": (c_int, [c_void_p, c_uint, c_void_p]),
}


class Library:
    """The functions by their names without `ddbexpr_`: library.compile(…), library.json_read_item(…)."""

    def __init__(self, core: ctypes.CDLL, json: ctypes.CDLL) -> None:
        for library, functions in ((core, _CORE_FUNCTIONS), (json, _JSON_FUNCTIONS)):
            for name, (result, arguments) in functions.items():
                function = library["ddbexpr_" + name]
                function.restype, function.argtypes = result, arguments
                setattr(self, name, function)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"ddbexpr_{name} is not declared")


def _folders() -> Iterator[Optional[pathlib.Path]]:
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        yield pathlib.Path(named)
        return
    yield pathlib.Path(__file__).resolve().parent / "lib"
    yield None


def _open(folder: Optional[pathlib.Path]) -> Tuple[ctypes.CDLL, ctypes.CDLL]:
    """Both libraries. The core comes first: the other one then finds it loaded, wherever it lies."""

    def path(name: str) -> str:
        return name if folder is None else str(folder / name)

    return ctypes.CDLL(path(CORE)), ctypes.CDLL(path(JSON))


def _check_structures(library: Library) -> None:
    """What the library says of its structures' sizes must be what is declared here."""
    arena = c_void_p()
    room = ctypes.create_string_buffer(8 * ctypes.sizeof(Request))
    request = ctypes.cast(room, POINTER(Request))
    text = b"{}"
    if library.arena_new(None, ctypes.byref(arena)) != OK:
        raise MemoryError
    try:
        pointer = Str(ctypes.cast(c_char_p(text), c_void_p), len(text))
        status = library.json_read_request(arena, 0, pointer, None, request)
    finally:
        library.arena_free(arena)
    if status != OK or request.contents.size != ctypes.sizeof(Request):
        raise ImportError(f"the ddbexpr libraries ({library.version().decode()}) do not fit this package")


def _load() -> Library:
    failures: List[Union[OSError, AttributeError]] = []
    for folder in _folders():
        if folder is not None and not folder.is_dir():
            failures.append(OSError(f"there is no folder {folder}"))
            continue
        try:
            library = Library(*_open(folder))
        except (OSError, AttributeError) as error:
            failures.append(error)
            continue
        _check_structures(library)
        return library
    raise ImportError(f"{CORE} and {JSON} cannot be loaded: " + "; ".join(str(f) for f in failures))


library = _load()
version: str = library.version().decode()
