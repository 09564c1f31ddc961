"""A document is strict JSON within caps: read into plain values, and written in one canonical way."""

import json
import math
import re
from collections.abc import Sequence
from typing import Final, NoReturn

from reconnect.edges._codec import Json
from reconnect.errors import DecodeError, InvalidBody

__all__ = ["canonical", "excess", "is_unicode", "parse"]

MOST_BYTES: Final = 1_048_576  # ours: 1 MiB holds years of one person's entries, and is still quick to refuse
MOST_ITEMS: Final = 100_000  # ours: bounds the memory that a document of the greatest size can ask for
MOST_DEPTH: Final = 32  # ours: an agreed rhythm inside its proposal is 7 deep; no real document comes near
LEAST_WHOLE: Final = -(2**63)  # ours: the whole numbers that databases and other languages keep exactly
MOST_WHOLE: Final = 2**63 - 1
_MOST_DIGITS: Final = 20

# A text runs to its closing quote, or to the end without one, so the search never looks at a character twice.
_TEXTS: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKETS: Final = re.compile(r"[\[\]{}]")


def parse(data: bytes | str, *, most_bytes: int = MOST_BYTES, most_items: int = MOST_ITEMS) -> Json:
    """Read a document into plain values.

    Raises:
        DecodeError: it is no strict JSON in UTF-8, or exceeds a cap.
    """
    text = _text(data, most_bytes)
    too_much = excess(text, most_items=most_items)
    if too_much is not None:
        raise DecodeError("", too_much)
    try:
        return _DECODER.decode(text)
    except DecodeError:
        raise
    except ValueError:  # a JSONDecodeError holds the whole document, so it must not travel along
        pass
    raise DecodeError("", "JSON")


def canonical(value: Json) -> str:
    """Write plain values in the one way of this library: names sorted, no spaces, no escapes to spare.

    Raises:
        InvalidBody: a text in it is no Unicode.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    if not is_unicode(text):
        raise InvalidBody("texts of whole characters", "half a character")
    return text


def excess(text: str, *, most_items: int, most_depth: int = MOST_DEPTH) -> str | None:
    """Say what a document should be and is not, judging by its size alone; `None` if it is small enough."""
    bare = _TEXTS.sub("", text)
    if bare.count(",") + bare.count("[") + bare.count("{") > most_items:
        return f"at most {most_items} items"
    depth = 0
    for bracket in _BRACKETS.finditer(bare):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > most_depth:
            return f"values nested at most {most_depth} deep"
        if depth < 0:
            return "JSON"
    return None


def is_unicode(text: str) -> bool:
    """Tell whether a text has no lone surrogates, so that UTF-8 can write it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(data: bytes | str, most_bytes: int) -> str:
    """Return the text of a document. Its size is looked at first, and its bytes are never part of an error."""
    if not isinstance(data, bytes | str):
        raise DecodeError("", "bytes or a text")
    text: str | None = None
    size = len(data)
    if size <= most_bytes:
        try:
            text = data.decode() if isinstance(data, bytes) else data
            size = len(data) if isinstance(data, bytes) else len(data.encode())
        except UnicodeError:
            text = None
    if size > most_bytes:
        raise DecodeError("", f"at most {most_bytes} bytes")
    if text is None:
        raise DecodeError("", "UTF-8")
    if text.startswith("\ufeff"):
        raise DecodeError("", "UTF-8 without a byte order mark")
    return text


def _object(pairs: Sequence[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DecodeError("", "objects that say each name once")
    return found


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS or not LEAST_WHOLE <= int(text) <= MOST_WHOLE:
        raise DecodeError("", "whole numbers of at most 64 bits")
    return int(text)


def _real(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise DecodeError("", "numbers of at most 64 bits")
    return number


def _no_number(_text: str) -> NoReturn:
    raise DecodeError("", "JSON, which knows no NaN and no Infinity")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_real, parse_constant=_no_number
)
