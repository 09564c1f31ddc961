"""A document is strict JSON within caps: read into plain values, written in one canonical way."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn, TypeAlias

from reconnect.errors import DecodeError, InvalidBody

__all__ = ["Json", "canonical", "parse"]

Json: TypeAlias = Any  # null, booleans, numbers, texts, lists and objects; narrowed where it is read

MOST_BYTES: Final = 1_048_576  # ours: 1 MiB, years of entries of one person, and still quick to refuse
MOST_DEPTH: Final = 32  # ours: an entry nests about six deep, so this is far from any real document
MOST_ITEMS: Final = 100_000  # ours: bounds the memory that a document of the greatest size can ask for
LEAST_WHOLE: Final = -(2**63)  # ours: what databases and other languages keep exactly
MOST_WHOLE: Final = 2**63 - 1
_MOST_DIGITS: Final = 20

# Always consumes from the first quote to the last one that closes it (or to the end), so it never looks back.
_TEXTS: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKETS: Final = re.compile(r"[\[\]{}]")


def parse(data: bytes | str, *, most_bytes: int = MOST_BYTES, most_items: int = MOST_ITEMS) -> Json:
    """Read a document.

    Raises:
        DecodeError: it is no strict JSON in UTF-8, or exceeds a cap.
    """
    text = _text(data, most_bytes)
    _check_size(text, most_items)
    try:
        return _DECODER.decode(text)
    except DecodeError:
        raise
    except ValueError:  # a JSONDecodeError holds the whole document, so it must not travel along
        pass
    raise DecodeError("", "JSON")


def canonical(value: Json) -> str:
    """Write plain values as JSON in the one way this library does: names sorted, no spaces, no escapes to spare.

    Raises:
        InvalidBody: it is nested too deeply to be read again, or a text in it is no Unicode.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    if not is_unicode(text):
        raise InvalidBody("texts of whole characters", "half a character")
    if _depth(_TEXTS.sub("", text)) > MOST_DEPTH:
        raise InvalidBody(f"values nested at most {MOST_DEPTH} deep", "deeper ones")
    return text


def is_unicode(text: str) -> bool:
    """Tell whether a text has no lone surrogates, so that it can be written as UTF-8."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(data: bytes | str, most_bytes: int) -> str:
    wanted = f"at most {most_bytes} bytes"
    if not isinstance(data, bytes | str):
        raise DecodeError("", "bytes or a text")
    if len(data) > most_bytes:
        raise DecodeError("", wanted)
    try:
        text = data.decode() if isinstance(data, bytes) else data
        size = len(data) if isinstance(data, bytes) else len(data.encode())
    except UnicodeError:  # it holds the document
        text, size = None, 0
    if text is None:
        raise DecodeError("", "UTF-8")
    if size > most_bytes:
        raise DecodeError("", wanted)
    if text.startswith("\ufeff"):
        raise DecodeError("", "UTF-8 without a byte order mark")
    return text


def _check_size(text: str, most_items: int) -> None:
    bare = _TEXTS.sub("", text)
    if bare.count(",") + bare.count("[") + bare.count("{") > most_items:
        raise DecodeError("", f"at most {most_items} items")
    if _depth(bare) > MOST_DEPTH:
        raise DecodeError("", f"values nested at most {MOST_DEPTH} deep")


def _depth(bare: str) -> int:
    """Measure the deepest nesting of a document without its texts."""
    deepest = depth = 0
    for bracket in _BRACKETS.finditer(bare):
        depth += 1 if bracket[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


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
