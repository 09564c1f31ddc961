"""A collection becomes a list, a mapping an object; a set is written sorted, and says each item once."""

from collections.abc import Collection, Mapping
from typing import Any

from reconnect.edges._codec import Codec, Json, is_list, is_object, read_part, read_parts, unwritten
from reconnect.edges._document import canonical
from reconnect.edges._pages import Pages, Schema
from reconnect.errors import DecodeError
from reconnect.temporal.instant import is_a

__all__ = ["bare", "mapping", "row", "same"]


def row(codecs: tuple[Codec, ...]) -> Codec:
    """Return the codec of a tuple with a fixed number of places."""
    expected = f"a list of {len(codecs)}"

    def read(data: Json) -> tuple[Any, ...]:
        if not is_list(data) or len(data) != len(codecs):
            raise DecodeError("", expected)
        return tuple(read_parts(codecs, data))

    def write(value: Any) -> Json:  # noqa: ANN401 - refused unless a collection
        if not is_a(value, tuple) or len(value) != len(codecs):
            raise unwritten(f"a tuple of {len(codecs)}", value)
        return [codec.write(item) for codec, item in zip(codecs, value, strict=True)]

    def says(pages: Pages) -> Schema:
        size = len(codecs)
        if not codecs:  # a schema may not list no places
            return {"type": "array", "maxItems": 0}
        places = [codec.says(pages) for codec in codecs]
        return {"type": "array", "prefixItems": places, "items": False, "minItems": size, "maxItems": size}

    return Codec(read, write, says)


def same(kind: type[tuple[Any, ...] | frozenset[Any]], codec: Codec) -> Codec:
    """Return the codec of a tuple or a frozenset of any length, whose items are all of one type."""

    def read(data: Json) -> Collection[Any]:
        if not is_list(data):
            raise DecodeError("", "a list")
        found = kind(read_parts([codec] * len(data), data))
        if len(found) < len(data):
            raise DecodeError("", "a list that says each item once")
        return found

    def write(value: Any) -> Json:  # noqa: ANN401 - refused unless a collection
        if not is_a(value, kind):
            raise unwritten(f"a {kind.__name__}", value)
        items = [codec.write(item) for item in value]
        return sorted(items, key=canonical) if kind is frozenset else items

    def says(pages: Pages) -> Schema:
        each: Schema = {"type": "array", "items": codec.says(pages)}
        return {**each, "uniqueItems": True} if kind is frozenset else each

    return Codec(read, write, says)


def bare(kind: type[tuple[Any, ...] | frozenset[Any]], codec: Codec) -> Codec:
    """Return the codec of a collection whose annotation does not say of what: it can only be written."""

    def read(_data: Json) -> None:
        raise DecodeError("", f"a type that says what is in the {kind.__name__}")

    return Codec(read, same(kind, codec).write, lambda _: {"not": {}})


def mapping(keys: Codec, values: Codec) -> Codec:
    """Return the codec of a mapping whose keys JSON says as texts."""

    def read(data: Json) -> Mapping[Any, Any]:
        if not is_object(data):
            raise DecodeError("", "an object")
        # A name is content here and may be private, so a path shows a star in its place.
        found = {read_part(keys, name, "*"): read_part(values, part, "*") for name, part in data.items()}
        if len(found) < len(data):
            raise DecodeError("", "an object that says each name once")
        return found

    def write(value: Any) -> Json:  # noqa: ANN401 - refused unless a collection
        if not is_a(value, Mapping):
            raise unwritten("a mapping", value)
        written = {keys.write(name): values.write(part) for name, part in value.items()}
        if not all(type(name) is str for name in written):
            raise unwritten("a mapping whose keys are said as texts", value)
        return written

    def says(pages: Pages) -> Schema:
        return {"type": "object", "propertyNames": keys.says(pages), "additionalProperties": values.says(pages)}

    return Codec(read, write, says)
