"""Shapes are the codecs of one converter: what each annotation becomes in a document."""

import threading
from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NewType, NoReturn, Union, get_args, get_origin

import attrs
import cattrs
from attrs import frozen

from reconnect.edges._body import body, unknown_body
from reconnect.edges._codec import Codec, Json
from reconnect.edges._collection import bare, mapping, row, same
from reconnect.edges._docstring import entitled
from reconnect.edges._name import tag_of
from reconnect.edges._object import object_of
from reconnect.edges._own import OWN
from reconnect.edges._pages import Pages, Schema, anything
from reconnect.edges._scalar import SCALARS, choice, native
from reconnect.edges._union import union
from reconnect.errors import InvalidBody
from reconnect.record.kind import Body, UnknownBody

__all__ = ["Reading", "Shapes", "no_shape", "told"]

_GENERIC: Final = (Annotated, Literal, Mapping, Union, UnionType, frozenset, tuple)
_NATIVE: Final = (str, int, float)
_SHAPED: Final = "a type with a strict shape in JSON"


@frozen
class Reading:
    """A codec as a hook of cattrs.

    Attributes:
        codec: what reads.
    """

    codec: Codec

    def __call__(self, data: Json, _wanted: Any) -> Any:  # noqa: ANN401 - any annotation
        """Read a document's part."""
        return self.codec.read(data)


class Shapes:
    """The codecs of one converter, each made when first asked for; the host's own hooks come first."""

    def __init__(self, converter: cattrs.Converter) -> None:
        """Begin with nothing made."""
        self._converter = converter
        self._made: dict[Any, Codec] = {}
        self._lock = threading.RLock()

    def knows(self, wanted: Any) -> bool:  # noqa: ANN401 - any annotation
        """Tell whether an annotation is of a sort that has a shape here."""
        if wanted in SCALARS or wanted in (Body, None, frozenset, tuple) or isinstance(wanted, NewType):
            return True
        if get_origin(wanted) in _GENERIC:
            return True
        return isinstance(wanted, type) and (attrs.has(wanted) or issubclass(wanted, Enum))

    def of(self, wanted: Any) -> Codec:  # noqa: ANN401 - any annotation
        """Return the codec of an annotation.

        Raises:
            InvalidBody: there is no strict way to say it in JSON here.
        """
        made = self._made.get(wanted)
        if made is not None:
            return made
        with self._lock:
            late = _Late(self._lock)
            self._made[wanted] = Codec(late.read, late.write, late.says)  # a class may hold itself
            try:
                codec = late.codec = self._made[wanted] = self._make(wanted)
            except BaseException:
                del self._made[wanted]
                raise
            return codec

    def read(self, data: Json, wanted: Any) -> Any:  # noqa: ANN401 - any annotation
        """Read a part of any type (a hook of cattrs)."""
        return self.of(wanted).read(data)

    def _part(self, wanted: Any) -> Codec:  # noqa: ANN401 - any annotation
        """Return the codec of a part, by the converter's hooks, so that one of the host's own is heard."""
        if wanted in SCALARS or wanted in self._made:
            return self.of(wanted)
        structure = self._converter.get_structure_hook(wanted)
        if structure is no_shape:
            raise InvalidBody(_SHAPED, str(wanted.__name__))
        unstructure = self._converter.get_unstructure_hook(wanted)
        return Codec(lambda data: structure(data, wanted), unstructure, told(structure, wanted))

    def _make(self, wanted: Any) -> Codec:  # noqa: ANN401, PLR0911 - one line for each sort is the clearest table
        if wanted in OWN:
            return OWN[wanted]
        if wanted in SCALARS:
            return SCALARS[wanted][1]
        if wanted is None:
            return SCALARS[NoneType][1]
        if wanted is Body:
            return body(self._part)
        if wanted is UnknownBody:
            return unknown_body()
        if isinstance(wanted, NewType):
            return self._part(wanted.__supertype__)
        if wanted in (frozenset, tuple):
            return bare(wanted, Codec(lambda data: data, self._write_any, anything))
        if get_origin(wanted) in _GENERIC:
            return self._generic(get_origin(wanted), get_args(wanted))
        if isinstance(wanted, type):
            return self._class(wanted)
        raise InvalidBody(_SHAPED, "another annotation")

    def _generic(self, origin: Any, parts: tuple[Any, ...]) -> Codec:  # noqa: ANN401 - any origin
        if origin is Annotated:
            return self._part(parts[0])
        if origin is Literal:
            return choice({part: part for part in parts})
        if origin in (Union, UnionType):
            return union(parts, self._part)
        if origin is Mapping:
            return mapping(*map(self._part, parts))
        if origin is frozenset or parts[1:] == (...,):
            return same(origin, self._part(parts[0]))
        return row(tuple(map(self._part, parts)))

    def _class(self, cls: type) -> Codec:
        if attrs.has(cls):
            return object_of(cls, self._part)
        if issubclass(cls, Enum):
            return _entitled(cls, choice({member: member.value for member in cls}))
        for kind in _NATIVE:
            if issubclass(cls, kind):
                return native(kind, f"a {cls.__name__}", made=cls)
        raise InvalidBody(_SHAPED, str(cls.__name__))

    def _write_any(self, value: object) -> Json:
        return self._part(type(value)).write(value)


def no_shape(_data: Json, wanted: Any) -> NoReturn:  # noqa: ANN401 - any annotation
    """Refuse what a stock converter would make in its own lenient way (a hook of cattrs)."""
    raise InvalidBody(_SHAPED, str(wanted.__name__))


def told(hook: Callable[[Any, Any], Any], wanted: Any) -> Callable[[Pages], Schema]:  # noqa: ANN401 - any annotation
    """Return what says the schema of a type by the hook that reads it; nobody here knows what a host's own reads."""
    if hook is no_shape:
        raise InvalidBody(_SHAPED, str(wanted.__name__))
    if isinstance(hook, Reading):
        return hook.codec.says
    owner = getattr(hook, "__self__", None)
    return owner.of(wanted).says if isinstance(owner, Shapes) else anything


def _entitled(cls: type[Enum], codec: Codec) -> Codec:
    """Give the schema of a choice a place of its own, with what its class says."""
    _, word = tag_of(cls)

    def says(pages: Pages) -> Schema:
        return pages.refer(cls, word, lambda: {**entitled(cls), **codec.says(pages)})

    return Codec(codec.read, codec.write, says)


class _Late:
    """The codec of something that is still being made; whoever needs it earlier waits."""

    def __init__(self, lock: "threading.RLock") -> None:
        """Begin without a codec."""
        self._lock = lock
        self.codec: Codec | None = None

    def read(self, data: Json) -> Any:  # noqa: ANN401 - what the codec reads
        """Read once it is there."""
        return self._found().read(data)

    def write(self, value: object) -> Json:
        """Write once it is there."""
        return self._found().write(value)

    def says(self, pages: Pages) -> Schema:
        """Say it once it is there."""
        return self._found().says(pages)

    def _found(self) -> Codec:
        with self._lock:
            if self.codec is None:
                raise InvalidBody("a class whose every field has a strict shape in JSON", "another one")
            return self.codec
