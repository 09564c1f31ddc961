"""A union is one place for values of several types; a document always says which of them stands there."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType
from typing import Annotated, Any, Final, NewType, get_args, get_origin

import attrs
import pendulum
from attrs import frozen

from reconnect.edges._codec import Codec, Json, is_list, is_object, read_part, unwritten
from reconnect.edges._name import tag_of
from reconnect.edges._pages import Pages, Schema
from reconnect.edges._scalar import SCALARS
from reconnect.errors import DecodeError, InvalidBody
from reconnect.record.kind import Body
from reconnect.temporal.instant import is_a

__all__ = ["union"]

_BARE: Final = (NoneType, bool, int, float, str)
_COLLECTIONS: Final = (tuple, frozenset)
_TELLABLE: Final = "a union whose members a document can tell apart"


def union(members: tuple[Any, ...], part: Callable[[Any], Codec]) -> Codec:
    """Return the codec of a union: with nothing but `None` beside it, a member is written as it is.

    Raises:
        InvalidBody: a document could not tell two members apart.
    """
    others = tuple(member for member in members if member is not NoneType)
    if len(others) == len(members) - 1 == 1:
        return _optional(part(others[0]))
    return _sorted_out(members, part).codec()


def _optional(codec: Codec) -> Codec:
    return Codec(
        lambda data: None if data is None else codec.read(data),
        lambda value: None if value is None else codec.write(value),
        lambda pages: {"anyOf": [codec.says(pages), {"type": "null"}]},
    )


@frozen
class _Choice:
    """The members of a union, by what tells them apart.

    Attributes:
        bare: texts, numbers, truth values and `None` stand as they are.
        listed: at most one member is a collection.
        tagged: classes say what they are.
        wrapped: every other scalar stands inside an object that says what it is.
        body: the codec of `Body`, if any kind of body may stand here.
        expected: all of it in words.
    """

    bare: Mapping[type, Codec]
    listed: Codec | None
    tagged: Mapping[type, tuple[tuple[str, str], Codec]]
    wrapped: Mapping[str, tuple[type, Codec]]
    body: Codec | None
    expected: str

    def codec(self) -> Codec:
        """Return the codec of the whole union."""
        return Codec(self._read, self._write, self._says)

    def _read(self, data: Json) -> Any:  # noqa: ANN401 - one of the members
        if is_object(data):
            return self._read_object(data)
        codec = self.listed if is_list(data) else self._bare(data)
        if codec is None:
            raise DecodeError("", self.expected)
        return codec.read(data)

    def _bare(self, data: object) -> Codec | None:
        codec = self.bare.get(type(data))
        return self.bare.get(float) if codec is None and type(data) is int else codec

    def _read_object(self, data: dict[str, Json]) -> Any:  # noqa: ANN401 - one of the members
        name = "kind" if "kind" in data else "type"
        said = data.get(name)
        for tag, codec in self.tagged.values():
            if tag == (name, said):
                return codec.read(data)
        if name == "kind" and self.body is not None:
            return self.body.read(data)
        if name == "type" and type(said) is str and said in self.wrapped:
            if data.keys() != {"type", "value"}:
                raise DecodeError("", "the names type and value, and no others")
            return read_part(self.wrapped[said][1], data["value"], "value")
        raise DecodeError(name, self.expected)

    def _write(self, value: Any) -> Json:  # noqa: ANN401 - one of the members, or refused
        if type(value) in self.tagged:
            return self.tagged[type(value)][1].write(value)
        for said, (member, codec) in self.wrapped.items():
            if _is_a(value, member):
                return {"type": said, "value": codec.write(value)}
        for member, codec in self.bare.items():
            if is_a(value, member) and not is_a(value, Enum):
                return codec.write(value)
        if (is_a(value, tuple) or is_a(value, frozenset)) and self.listed is not None:
            return self.listed.write(value)
        if self.body is not None:
            return self.body.write(value)
        raise unwritten(self.expected, value)

    def _says(self, pages: Pages) -> Schema:
        bare = [codec.says(pages) for codec in self.bare.values()]
        listed = [] if self.listed is None else [self.listed.says(pages)]
        tagged = [codec.says(pages) for _, codec in self.tagged.values()]
        wrapped = [_wrapping(said, codec.says(pages)) for said, (_, codec) in self.wrapped.items()]
        body = [] if self.body is None else [self.body.says(pages)]
        return {"anyOf": [*bare, *listed, *tagged, *wrapped, *body]}


def _wrapping(said: str, value: Schema) -> Schema:
    """Return the schema of an object that says which scalar stands in it."""
    names = {"type": {"const": said}, "value": value}
    return {"type": "object", "properties": names, "required": sorted(names), "additionalProperties": False}


def _sorted_out(members: tuple[Any, ...], part: Callable[[Any], Codec]) -> _Choice:
    bare: dict[type, Codec] = {}
    listed: list[Codec] = []
    tagged: dict[type, tuple[tuple[str, str], Codec]] = {}
    wrapped: dict[str, tuple[type, Codec]] = {}
    body: Codec | None = None
    for member in map(_meant, members):
        codec = part(member)
        if member in _BARE:
            bare[member] = codec
        elif member in SCALARS:
            wrapped[SCALARS[member][0]] = (member, codec)
        elif member is Body:
            body = codec
        elif get_origin(member) in _COLLECTIONS:
            listed.append(codec)
        elif isinstance(member, type) and attrs.has(member):
            tagged[member] = (tag_of(member), codec)
        elif isinstance(member, type) and issubclass(member, Enum):
            wrapped[tag_of(member)[1]] = (member, codec)
        else:
            raise InvalidBody(_TELLABLE, "another one")
    said = [name for (_, name), _ in tagged.values()] + list(wrapped)
    if len(set(said)) < len(said) or len(said) + len(bare) + len(listed[:1]) + bool(body) < len(members):
        raise InvalidBody(_TELLABLE, "another one")
    names = [*said, *(SCALARS[kind][0] for kind in bare), *(["list"] * len(listed)), *(["body"] if body else [])]
    return _Choice(bare, listed[0] if listed else None, tagged, wrapped, body, "one of " + ", ".join(sorted(names)))


def _meant(member: Any) -> Any:  # noqa: ANN401 - any annotation
    """Return what a member is without another name or a remark on it."""
    while isinstance(member, NewType) or get_origin(member) is Annotated:
        member = member.__supertype__ if isinstance(member, NewType) else get_args(member)[0]
    return member


def _is_a(value: object, member: type) -> bool:
    """Tell whether a value is of a scalar type; a moment is no local time and no date, though it inherits both."""
    if isinstance(value, dt.datetime):
        return member is (dt.datetime if value.utcoffset() is None else pendulum.DateTime)
    return isinstance(value, member)
