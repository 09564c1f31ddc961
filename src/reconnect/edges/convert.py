"""Conversion is the one strict way between values and documents: JSON in and out, nothing guessed."""

from functools import lru_cache
from typing import Any, Final, TypeVar, cast

import attrs
import cattrs

from reconnect.edges._document import MOST_BYTES, MOST_ITEMS, Json, canonical, parse
from reconnect.edges._shape import MARK, VERSION, Shapes
from reconnect.errors import DecodeError, InvalidBody, UnknownKind
from reconnect.record.kind import Body, class_of

__all__ = ["MOST_BYTES", "MOST_ITEMS", "VERSION", "configure_converter", "dumps", "loads", "make_converter"]

T = TypeVar("T")


def make_converter() -> cattrs.Converter:
    """Return a converter that knows every value of this library, and refuses what has no strict shape."""
    converter = cattrs.Converter(detailed_validation=False, forbid_extra_keys=True)
    shapes = Shapes(converter)
    _register(converter, shapes, lambda _: True)
    return converter


def configure_converter(converter: cattrs.Converter) -> None:
    """Teach a converter of the host every shape of this library."""
    shapes = Shapes(converter)
    _register(converter, shapes, shapes.knows)


def _register(converter: cattrs.Converter, shapes: Shapes, knows: Any) -> None:
    def structure(wanted: Any) -> Any:
        codec = shapes.of(wanted)
        return lambda data, _: codec.read(data)

    def unstructure(wanted: Any) -> Any:
        return shapes.of(wanted).write

    converter.register_structure_hook_factory(knows, structure)
    converter.register_unstructure_hook_factory(knows, unstructure)
    for kind in (str, int, float):
        converter.register_structure_hook(kind, lambda data, wanted: shapes.of(wanted).read(data))


@lru_cache(maxsize=1)
def _own() -> cattrs.Converter:
    return make_converter()


def loads(
    data: bytes | str,
    Type: type[T],  # noqa: N803 - a type, named like one by the design
    *,
    converter: cattrs.Converter | None = None,
    most_bytes: int = MOST_BYTES,
    most_items: int = MOST_ITEMS,
) -> T:
    """Read a document as a value of a type; inverse of `dumps`.

    Raises:
        DecodeError: it cannot be read.
    """
    hook = (converter or _own()).get_structure_hook(Type)
    try:
        return cast("T", hook(_opened(parse(data, most_bytes=most_bytes, most_items=most_items), Type), Type))
    except DecodeError as error:
        path, expected = error.path, error.expected
    except Exception:
        path, expected = "", "a value that its type accepts"
    raise DecodeError(path, expected)


def dumps(value: object, *, converter: cattrs.Converter | None = None) -> bytes:
    """Write a value as a document: compact UTF-8, the same bytes for the same value; inverse of `loads`.

    Raises:
        InvalidBody: it could not be read again as the same value.
    """
    data = (converter or _own()).unstructure(value)
    whole = {MARK: VERSION, **data} if attrs.has(type(value)) else {MARK: VERSION, "value": data}
    return canonical(whole).encode()


def _opened(whole: Json, wanted: Any) -> Json:
    """Take a document out of its envelope: the version, and the value if it is no object by itself."""
    if type(whole) is not dict or MARK not in whole:
        raise DecodeError("", f"an object with the version of the format ({MARK})")
    version = whole[MARK]
    if type(version) is not int or version < 1:
        raise DecodeError(MARK, "a version from 1 on")
    if version > VERSION:
        if wanted is Body and _is_unknown(whole):
            return whole
        raise DecodeError(MARK, f"version {VERSION} or older, which is what this library reads")
    inner = {name: part for name, part in whole.items() if name != MARK}
    return inner["value"] if inner.keys() == {"value"} else inner


def _is_unknown(whole: dict[str, Json]) -> bool:
    kind = whole.get("kind")
    try:
        return type(kind) is str and not class_of(kind)
    except UnknownKind:
        return True
