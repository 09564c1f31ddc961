"""Conversion is the one strict way between values and documents: JSON in and out, and nothing is guessed."""

from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, overload

import cattrs

from reconnect.edges._body import is_foreign
from reconnect.edges._codec import MARK, OUR_VERSIONS, VERSION, Codec, Json, enveloped, is_object, is_tagged, read_part
from reconnect.edges._document import MOST_BYTES, MOST_ITEMS, canonical, excess, parse
from reconnect.edges._pages import anything
from reconnect.edges._shape import Reading, Shapes, no_shape
from reconnect.errors import DecodeError, InvalidBody
from reconnect.record.kind import Body, UnknownBody

__all__ = ["MOST_BYTES", "MOST_ITEMS", "VERSION", "configure_converter", "dumps", "loads", "make_converter"]

T = TypeVar("T")


def make_converter() -> cattrs.Converter:
    """Return a converter that knows every value of this library and refuses what has no strict shape.

    It turns values into plain JSON values and back, without the version and without caps; `dumps` and `loads` go
    all the way to bytes. A host may register hooks of its own on it.

    >>> from reconnect.record.entry import Note
    >>> make_converter().unstructure(Note(text="tired"))
    {'kind': 'note', 'text': 'tired'}
    """
    converter = cattrs.Converter(detailed_validation=False, forbid_extra_keys=True)
    _teach(converter, Shapes(converter), lambda _: True)
    for stock in (bytes, Path):  # the converter asks for these before any factory
        converter.register_structure_hook(stock, no_shape)
        converter.register_unstructure_hook(stock, lambda value: no_shape(value, type(value)))
    return converter


def configure_converter(converter: cattrs.Converter) -> None:
    """Teach a converter of the host every shape of this library; register hooks of your own after it.

    Texts, numbers, times, enums, tuples, unions and attrs classes become strict on it; what has no shape here
    (lists, data classes) stays as the converter has it.
    """
    shapes = Shapes(converter)
    _teach(converter, shapes, shapes.knows)


@overload
def loads(
    data: bytes | str,
    Type: type[T],  # noqa: N803 - a type, and named like one by the design
    *,
    converter: cattrs.Converter | None = None,
    most_bytes: int = MOST_BYTES,
    most_items: int = MOST_ITEMS,
) -> T: ...
@overload
def loads(
    data: bytes | str,
    Type: Any,  # noqa: ANN401, N803 - any annotation, such as a protocol or a union
    *,
    converter: cattrs.Converter | None = None,
    most_bytes: int = MOST_BYTES,
    most_items: int = MOST_ITEMS,
) -> Any: ...  # noqa: ANN401 - as the annotation says
def loads(
    data: bytes | str,
    Type: Any,  # noqa: N803 - any annotation, such as a protocol or a union
    *,
    converter: cattrs.Converter | None = None,
    most_bytes: int = MOST_BYTES,
    most_items: int = MOST_ITEMS,
) -> Any:
    """Read a document as a value of a type; inverse of `dumps`.

    Nothing is guessed: no number is a truth value, no text a number, no time without a zone an instant.

    >>> from reconnect.record.entry import Note
    >>> loads(b'{"reconnect":1,"kind":"note","text":"tired"}', Note).text
    'tired'
    >>> loads(b'{"reconnect":1,"kind":"note","text":7}', Body)
    Traceback (most recent call last):
    reconnect.errors.outside.DecodeError: at text: expected a text

    Args:
        data: the document, in UTF-8 without a byte order mark if it is bytes.
        Type: what to read: a class, `Body` for a body of any kind, a union, or such as `tuple[Entry, ...]`.
        converter: a converter of the host, made by `make_converter` or taught by `configure_converter`.
        most_bytes: the largest document to read (1 MiB unless said otherwise).
        most_items: the most items in it (100,000 unless said otherwise).

    Raises:
        DecodeError: it cannot be read; it says where and what was expected, and never what stood there.
        InvalidBody: there is no strict way to read such a type.

    Laws:
        Any bytes give a value or one `DecodeError`, in time and memory that the caps bound. `loads(dumps(x),
        type(x)) == x`.
    """
    hook = (converter or _own()).get_structure_hook(Type)
    try:
        whole = parse(data, most_bytes=most_bytes, most_items=most_items)
        return _opened(whole, Codec(lambda inner: hook(inner, Type), canonical, anything), Type)
    except DecodeError as error:
        path, expected = error.path, error.expected
    except InvalidBody:
        raise  # a class that has no shape: its developer should know
    except Exception:  # noqa: BLE001 - a hook of the host may raise anything, with the value in its words
        path, expected = "", "what its type accepts"
    raise DecodeError(path, expected)  # a fresh one: it has no context, and no frames with values in them


def dumps(
    value: object,
    *,
    converter: cattrs.Converter | None = None,
    most_bytes: int = MOST_BYTES,
    most_items: int = MOST_ITEMS,
) -> bytes:
    """Write a value as a document; inverse of `loads`.

    It is compact UTF-8 with sorted names, so that the same value gives the same bytes, everywhere. What `loads`
    would refuse is refused here, before it is kept anywhere.

    >>> from reconnect.record.entry import Note
    >>> dumps(Note(text="tired"))
    b'{"kind":"note","reconnect":1,"text":"tired"}'

    Args:
        value: any value, act or story, or a tuple of them.
        converter: as for `loads`.
        most_bytes: as for `loads`.
        most_items: as for `loads`.

    Raises:
        InvalidBody: `loads` could not read it as the same value.
    """
    data = (converter or _own()).unstructure(value)
    text = canonical(enveloped(data))
    written = text.encode()
    too_much = excess(text, most_items=most_items)
    if len(written) > most_bytes:
        too_much = f"at most {most_bytes} bytes"
    if too_much is not None:
        raise InvalidBody(too_much, "more")
    return written


def _teach(converter: cattrs.Converter, shapes: Shapes, knows: Callable[[Any], bool]) -> None:
    def structure(wanted: Any) -> Callable[[Json, Any], Any]:  # noqa: ANN401 - any annotation
        return Reading(shapes.of(wanted))

    def unstructure(wanted: Any) -> Callable[[Any], Json]:  # noqa: ANN401 - any annotation
        return shapes.of(wanted).write

    converter.register_structure_hook_factory(knows, structure)
    converter.register_unstructure_hook_factory(knows, unstructure)
    for kind in (Enum, str, int, float):  # converters look for these, and what inherits them, before any factory
        converter.register_structure_hook(kind, shapes.read)


@lru_cache(maxsize=1)
def _own() -> cattrs.Converter:
    return make_converter()


def _opened(whole: Json, codec: Codec, wanted: Any) -> Any:  # noqa: ANN401 - what the codec reads
    """Take what a document holds out of its envelope, and read it."""
    if not is_object(whole) or MARK not in whole:
        raise DecodeError("", f"an object with the version of its format, {MARK}")
    version = whole[MARK]
    if type(version) is not int or version < 1:
        raise DecodeError(MARK, "a version, counted from 1")
    if version > VERSION:
        if wanted in (Body, UnknownBody) and is_foreign(whole):
            return codec.read(whole)
        raise DecodeError(MARK, OUR_VERSIONS)
    inner = {name: part for name, part in whole.items() if name != MARK}
    if is_tagged(inner):
        return codec.read(inner)
    if inner.keys() != {"value"}:
        raise DecodeError("", "a kind, a type, or nothing but a value")
    if is_tagged(inner["value"]) and isinstance(wanted, type):
        raise DecodeError("value", "nothing with a kind or a type: it stands beside the version")
    return read_part(codec, inner["value"], "value")
