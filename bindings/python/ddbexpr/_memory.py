# SPDX-License-Identifier: Apache-2.0
"""What the library allocates, each owned by one Python object and freed with it: at the end of a `with`, else when
nobody holds it any more. It must not know what the texts and values mean.
"""
import ctypes
from ctypes import byref, c_void_p
from types import TracebackType
from typing import Any, Callable, ClassVar, Optional, Type, TypeVar

from ._library import INVALID, LIMIT, MISUSE, NO_MEMORY, Str, library
from .errors import InputError

_T = TypeVar("_T", bound="Owned")


class Owned:
    """A pointer that the library gave, and the function that takes it back."""

    free: ClassVar[Any]

    def __init__(self, pointer: Optional[int]) -> None:
        self.pointer = pointer

    def close(self) -> None:
        pointer, self.pointer = self.pointer, None
        if pointer:
            self.free(pointer)

    def __del__(self) -> None:
        if getattr(self, "pointer", None):
            self.close()

    def __reduce_ex__(self, protocol: Any) -> Any:
        """A copy of the pointer would be freed a second time, or in another process."""
        raise TypeError(f"{type(self).__name__} stands for memory of the library: it cannot be copied or pickled")

    def __enter__(self: _T) -> _T:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], value: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()


def check(status: int) -> bool:
    """Whether a call went well; False: the input is wrong, and the diagnostics say how. Anything else is raised."""
    if status == NO_MEMORY:
        raise MemoryError
    if status == LIMIT:
        raise InputError("larger than the library handles")
    if status == MISUSE:
        raise InputError("not what the library can work on")
    return status != INVALID


def made(function: Callable[..., int], *arguments: Any) -> Optional[int]:
    """What a function gives through its last parameter. Only for functions that have no INVALID."""
    result = c_void_p()
    check(function(*arguments, byref(result)))
    return result.value


def bytes_of(text: Str) -> bytes:
    """A copy of what the library lends."""
    return ctypes.string_at(text.ptr, text.len) if text.len else b""


class Arena(Owned):
    """Where values live. What is in it is immutable for us: any number of threads may read it."""

    free = library.arena_free

    def __init__(self) -> None:
        super().__init__(made(library.arena_new, None))

    def room(self, size: int) -> int:
        """Memory that lives as long as the arena."""
        place: Optional[int] = library.arena_alloc(self.pointer, size or 1)
        if place is None:
            raise MemoryError
        return place

    def keep(self, text: bytes) -> Str:
        """A copy of the text that lives as long as the arena."""
        place = self.room(len(text))
        ctypes.memmove(place, text, len(text))
        return Str(place, len(text))


class Buffer(Owned):
    """What the library writes."""

    free = library.buffer_free

    def __init__(self) -> None:
        super().__init__(made(library.buffer_new, None))

    def bytes(self) -> bytes:
        return bytes_of(library.buffer_text(self.pointer))


class Diags(Owned):
    """What the library has to say."""

    free = library.diags_free

    def __init__(self) -> None:
        super().__init__(made(library.diags_new, None))


class Program(Owned):
    """A compiled expression, with the arena that its values live in."""

    free = library.program_free

    def __init__(self, pointer: Optional[int], arena: Arena) -> None:
        super().__init__(pointer)
        self.arena = arena


class Explanation(Owned):
    free = library.explanation_free


class UpdateExplanation(Owned):
    free = library.update_explanation_free


class RequestExplanation(Owned):
    free = library.request_explanation_free


class Outcome(Owned):
    free = library.outcome_free


def written(function: Callable[..., int], *arguments: Any) -> str:
    """What a function appends to a buffer, which is its last parameter."""
    with Buffer() as buffer:
        check(function(*arguments, buffer.pointer))
        return buffer.bytes().decode("utf-8", "replace")


def encoded(text: str) -> bytes:
    """Any text is an input: what is no Unicode is for the library to refuse."""
    if not isinstance(text, str):
        raise TypeError(f"an expression is a str, not {type(text).__name__}")
    return text.encode("utf-8", "surrogatepass")


def decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return text.decode("utf-8", "replace")
