"""A digest names content: the same content has the same digest on every machine, in every process."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Final, cast

import attrs

from reconnect.errors import InvalidBody
from reconnect.record.silent import is_silent, silent_default
from reconnect.temporal.instant import as_instant, to_microseconds

__all__ = ["digest"]

LASTS: Final = "content that lasts: texts, numbers, times, enums, tuples, attrs values"
CLASSES: Final = 1024  # remembered at once; a host may make up any number of them
LENGTH: Final = 32  # hex digits: 128 bits, so that two contents practically never share one


def digest(*parts: object) -> str:
    """Return 32 hex digits that depend on the content of the parts and on nothing else.

    Never on `hash()`, on order of creation or on memory addresses: ids that are derived from it are the same
    on both people's phones. A field that says nothing is not in it, as it is not in a document: a later version may
    add such fields, and whatever was said before keeps its id, and every yes that names it.

    Raises:
        InvalidBody: a part holds something that has no lasting content, such as a function.
    """
    return hashlib.sha256(b"".join(_encoded(parts))).hexdigest()[:LENGTH]


def _encoded(value: object) -> Iterator[bytes]:
    """Write a value as type mark, length and content, so that no two values share their bytes."""
    cls: type = type(value)
    if attrs.has(cls):
        mark = getattr(value, "kind", cls.__name__)
        held = ((name, getattr(value, name), silent) for name, silent in _fields(cls))
        said = ((name, part) for name, part, silent in held if not is_silent(part, silent))
        yield from _joined(b"a", (mark, *said))
    elif isinstance(value, tuple):
        yield from _joined(b"t", cast("tuple[object, ...]", value))
    elif isinstance(value, frozenset):
        members = sorted(b"".join(_encoded(member)) for member in cast("frozenset[object]", value))
        yield b"{%d:" % len(members)
        yield from members
    else:
        mark_, content = _plain(value)
        yield b"%s%d:%s" % (mark_, len(content), content)


@lru_cache(maxsize=CLASSES)
def _fields(cls: type[attrs.AttrsInstance]) -> tuple[tuple[str, object], ...]:
    """Return the names of the fields of a class, each with the default that says nothing."""
    return tuple((each.name, silent_default(each.default)) for each in attrs.fields(cls))


def _joined(mark: bytes, values: tuple[object, ...]) -> Iterator[bytes]:
    yield b"%s%d:" % (mark, len(values))
    for value in values:
        yield from _encoded(value)


def _plain(value: object) -> tuple[bytes, bytes]:  # noqa: C901, PLR0911 - one line for each type is the clearest table
    match value:
        case None:
            return b"n", b""
        case Enum():
            return b"e", f"{type(value).__name__}.{value.name}".encode()
        case bool():
            return b"b", b"1" if value else b"0"
        case int():
            return b"i", int.__repr__(value).encode()
        case float():
            return b"f", float.__repr__(value).encode()
        case Fraction():
            return b"q", f"{value.numerator}/{value.denominator}".encode()
        case str():
            return b"s", value.encode("utf-8", "surrogatepass")
        case dt.datetime() if value.tzinfo is not None:
            return b"@", str(to_microseconds(as_instant(value))).encode()
        case dt.datetime() | dt.date() | dt.time():
            return b"d", value.isoformat().encode()
        case dt.timedelta():
            return b"+", f"{value.days}:{value.seconds}:{value.microseconds}".encode()
        case _:
            raise InvalidBody(LASTS, f"a {type(value).__name__}")
