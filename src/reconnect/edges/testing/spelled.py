"""Anything that an app gives, spelled out to the last item, so that two of them can be compared."""

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterable, Awaitable, Coroutine, Iterable, Iterator, Mapping, Sized
from enum import Enum
from functools import partial
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any, Final, TypeVar, cast

import attrs
from attrs import define

from reconnect.edges.testing.responses import is_response, parts_of

__all__ = ["NotComparable", "awaited", "collected", "placeless", "spelled"]

T = TypeVar("T")
MOST: Final = 10_000  # ours: a stream that goes on for longer is not for a test
MOST_AT_ALL: Final = 100 * MOST  # ours: an answer with more in it holds the app itself, by mistake
_PLACE: Final = re.compile(r"\bat 0x[0-9A-Fa-f]{6,}")
_TEXT: Final = (str, bytes)
_SHORT: Final = (int, float, complex, Enum, dt.date, dt.time, dt.timedelta, dt.tzinfo, range, type(None))
_MADE: Final = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType, CodeType, partial)
_FACES: Final = ("model_dump", "to_dict", "to_pydict")  # how pydantic, pandas, polars and Arrow show all that they hold
_JOURNAL: Final = ("append", "view", "export", "erase")  # what a journal is known by: it holds what everyone wrote


class NotComparable(AssertionError):
    """An answer is of a sort that no test can compare here; its words say what to do."""


def spelled(value: object) -> str:
    """Spell a value out, with everything in it: items that are worked out late, fields, causes of errors.

    Two things come out alike if nobody could tell them apart by what they hold; where they lie in memory is no part
    of it, nor is what a name that begins with `_` holds. What is read from is read, and what is awaited is awaited.

    >>> spelled({"late": (n * n for n in range(3))})
    "dict(tuple('late', generator(0, 1, 4)))"

    Raises:
        NotComparable: it goes on for more than 10,000 items, or has to be awaited inside a running event loop.
    """
    return _Speller().spell(value)


def placeless(text: str) -> str:
    """Leave out of a text where things lie in memory."""
    return _PLACE.sub("at 0x...", text)


def awaited(value: Awaitable[T]) -> T:
    """Wait for something in an event loop of its own.

    Raises:
        NotComparable: an event loop runs already, in which nothing else can wait.
    """

    async def whole() -> T:
        return await value

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(whole())
    if isinstance(value, Coroutine):
        value.close()
    raise NotComparable(
        "expected to be called from a plain function, got a running event loop, in which no answer can be awaited;"
        " call assert_noninterfering through asyncio.to_thread"
    )


async def collected(items: AsyncIterable[T]) -> tuple[list[T], Exception | None]:
    """Gather what is streamed, and what stopped it, if anything did.

    Raises:
        NotComparable: it goes on for more than 10,000 items.
    """
    found: list[T] = []
    try:
        async for item in items:
            found.append(item)
            _require_few(found)
    except NotComparable:
        raise
    except Exception as error:  # noqa: BLE001 - whatever an app raises, somebody may come to see
        return found, error
    return found, None


def _require_few(found: Sized) -> None:
    if len(found) > MOST:
        raise NotComparable(f"expected at most {MOST:,} items in an answer, got more; give the first of them")


def _is_short(value: object) -> bool:
    return isinstance(value, (*_SHORT, *_MADE))


@define
class _Speller:
    """Spells one value out, and counts how much there is in it."""

    spent: int = 0

    def spell(self, value: object, inside: frozenset[int] = frozenset()) -> str:
        """Spell a value that lies inside others; one that holds itself is told once."""
        if isinstance(value, _TEXT):
            return repr(value)
        if _is_short(value):
            return placeless(repr(value))
        if id(value) in inside:
            return "(itself)"
        self.spent += 1
        if self.spent > MOST_AT_ALL:
            raise NotComparable("expected what a person gets, got an answer that holds all of the app")
        return f"{type(value).__qualname__}({', '.join(self._parts(value, inside | {id(value)}))})"

    def _parts(self, value: object, inside: frozenset[int]) -> list[str]:
        """Spell what a value holds, up to what stops it, if anything does."""
        found: list[str] = []
        try:
            for item in _held(value):
                found.append(self.spell(item, inside))
                _require_few(found)
        except NotComparable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an app raises, somebody may come to see
            found.append(f"stopped by {self.spell(error, inside)}")
        return sorted(found) if isinstance(value, set | frozenset) else found


def _held(value: Any) -> Iterator[object]:  # noqa: ANN401 - anything at all
    """Go through what a value holds, in its order."""
    cls = cast("type[object]", type(value))
    if isinstance(value, BaseException):
        yield from _of_error(value)
    elif all(hasattr(value, name) for name in _JOURNAL):
        return
    elif is_response(value):
        yield from parts_of(value)
    elif isinstance(value, Mapping):
        yield from cast("Mapping[object, object]", value).items()
    elif isinstance(value, Awaitable | AsyncIterable):
        yield from _of_later(cast("Awaitable[object] | AsyncIterable[object]", value))
    elif isinstance(value, bytearray | memoryview):
        yield bytes(cast("bytearray", value))
    elif attrs.has(cls):
        yield from ((each.name, getattr(value, each.name)) for each in attrs.fields(cls) if each.init)
    elif (face := next((name for name in _FACES if hasattr(value, name)), None)) is not None:
        yield getattr(value, face)()
    else:
        yield from _of_object(value)


def _of_error(error: BaseException) -> Iterator[object]:
    """Go through what an error tells: what it is called and says, its notes and data, and what led to it."""
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    yield placeless(str(error))
    yield error.args
    yield {name: held for name, held in vars(error).items() if name == "__notes__" or not name.startswith("_")}
    yield error.__cause__
    yield None if error.__suppress_context__ else error.__context__


def _of_later(value: Awaitable[object] | AsyncIterable[object]) -> Iterator[object]:
    """Go through what has to be waited for."""
    if isinstance(value, Awaitable):
        yield awaited(value)
        return
    found, error = awaited(collected(value))
    yield from found
    if error is not None:
        raise error


def _of_object(value: Any) -> Iterator[object]:  # noqa: ANN401 - anything at all
    """Go through an object of any class: what can be read from it, or what it says, its open fields, and its items."""
    if hasattr(value, "read") and hasattr(value, "close"):
        yield value.read()
        return
    lineage, iterates = cast("type[object]", type(value)).__mro__, isinstance(value, Iterable)
    speaks = any("__repr__" in vars(base) for base in lineage[:-1])
    if speaks and not (iterates and lineage[0].__module__ == "builtins"):
        yield placeless(repr(value))
    slots = (name for base in lineage for name in _names(getattr(base, "__slots__", ())))
    for name in dict.fromkeys((*slots, *getattr(value, "__dict__", ()))):
        if not name.startswith("_") and hasattr(value, name):
            yield name, getattr(value, name)
    if iterates:
        yield from cast("Iterable[object]", value)


def _names(slots: str | Iterable[str]) -> Iterable[str]:
    return (slots,) if isinstance(slots, str) else slots
