"""A shape is how a class becomes an object in a document, and a collection a list; shapes nest."""

import json
import re
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NewType, Union, get_args, get_origin

import attrs
import cattrs
from attrs import field, frozen

from reconnect.edges._document import Json, canonical, is_unicode, parse
from reconnect.edges._scalar import SCALARS, Codec, chosen
from reconnect.errors import DecodeError, InvalidBody, ReconnectError, UnknownKind
from reconnect.record.kind import Body, UnknownBody, class_of
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.zone import Gap

__all__ = ["VERSION", "Shapes", "tag_of"]

VERSION: Final = 1
MARK: Final = "reconnect"
_LONGEST_KIND: Final = 200  # ours: as an id
_WORD_START: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOTHING: Final = (None, "", (), frozenset[object](), False)
_EMPTY_FACTORIES: Final = (str, tuple, frozenset)


def tag_of(cls: type) -> tuple[str, str]:
    """Return the name and the value by which an object in a document says what it is.

    A class that can be written down says its lasting `kind`; every other one its `type`, the name of the class.

    >>> from reconnect.record.entry import Note
    >>> from reconnect.temporal.window import Window
    >>> tag_of(Note), tag_of(Window)
    (('kind', 'note'), ('type', 'window'))
    """
    kind = getattr(cls, "kind", None)
    if isinstance(kind, str):
        return "kind", kind
    return "type", _WORD_START.sub("_", cls.__name__.lstrip("_")).lower()


@frozen
class _Field:
    """One field of a class as a document names it."""

    name: str
    key: str
    codec: Codec
    required: bool
    silent: object


class _Late:
    """The codec of a class that is still being put together: classes may hold themselves."""

    def __init__(self) -> None:
        self.codec: Codec | None = None

    def read(self, data: Json) -> Any:  # noqa: ANN401 - what its codec reads
        return self._found.read(data)

    def write(self, value: object) -> Json:
        return self._found.write(value)

    @property
    def _found(self) -> Codec:
        assert self.codec is not None  # noqa: S101 - set before anything is read
        return self.codec


class Shapes:
    """Every codec of one converter, made when first asked for; parts go through the converter's own hooks."""

    def __init__(self, converter: cattrs.Converter) -> None:
        """Begin with scalars only."""
        self._converter = converter
        self._known: dict[Any, Codec] = {}

    def knows(self, wanted: Any) -> bool:  # noqa: ANN401 - any annotation
        """Tell whether an annotation has a shape of ours."""
        if wanted in SCALARS or wanted in (Body, None, tuple, frozenset) or isinstance(wanted, NewType):
            return True
        origin = get_origin(wanted)
        if origin is not None:
            return origin in (tuple, frozenset, Union, UnionType, Literal, Annotated, Mapping)
        return isinstance(wanted, type) and (attrs.has(wanted) or issubclass(wanted, Enum))

    def of(self, wanted: Any) -> Codec:  # noqa: ANN401 - any annotation
        """Return the codec of an annotation.

        Raises:
            InvalidBody: JSON has no strict shape for it here.
        """
        known = self._known.get(wanted)
        if known is None:
            late = _Late()
            self._known[wanted] = Codec(late.read, late.write)
            try:
                known = late.codec = self._made(wanted)
            except BaseException:
                del self._known[wanted]
                raise
            self._known[wanted] = known
        return known

    def _made(self, wanted: Any) -> Codec:  # noqa: ANN401, PLR0911 - one line for each shape is the clearest table
        if wanted in SCALARS:
            return SCALARS[wanted][1]
        if wanted is None:
            return SCALARS[NoneType][1]
        if wanted is Body:
            return Codec(self._read_body, self._write_body)
        if wanted is UnknownBody:
            return Codec(self._read_unknown, _write_unknown)
        if wanted is Recurrence:
            return Codec(_read_recurrence, _write_recurrence)
        if isinstance(wanted, NewType):
            return self._part(wanted.__supertype__)
        origin, parts = get_origin(wanted), get_args(wanted)
        if origin is Annotated:
            return self._part(parts[0])
        if origin is Literal:
            return chosen({part: part for part in parts})
        if origin in (Union, UnionType):
            return self._union(parts)
        if wanted is tuple or origin is tuple:
            return self._tuple(parts)
        if wanted is frozenset or origin is frozenset:
            return self._set(parts)
        if origin is Mapping:
            return self._mapping(*parts)
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            return chosen({member: member.value for member in wanted})
        if isinstance(wanted, type) and attrs.has(wanted):
            return self._class(wanted)
        raise InvalidBody(
            "an annotation with a strict shape in JSON", str(getattr(wanted, "__name__", "another one"))
        )

    def _part(self, wanted: Any) -> Codec:  # noqa: ANN401 - any annotation
        """Return the codec of a part; a hook that the host registered for it comes first."""
        if wanted in SCALARS or wanted is None:
            return self.of(wanted)
        if wanted in self._known:
            return self._known[wanted]
        structure = self._converter.get_structure_hook(wanted)
        unstructure = self._converter.get_unstructure_hook(wanted)
        return Codec(lambda data: structure(data, wanted), unstructure)

    def _class(self, cls: type) -> Codec:
        """Return the codec of an attrs class: an object with its tag and its fields, and nothing else."""
        tag, said = tag_of(cls)
        fields = tuple(self._fields(cls))
        names = frozenset({tag, *(each.key for each in fields)})
        if len(names) <= len(fields) or names & ({MARK, "kind", "type"} - {tag}) - (
            {"type"} if tag == "kind" else set()
        ):
            raise InvalidBody(f"fields not called {MARK}, kind or type", f"{cls.__name__} with one")
        whole = f"an object of {tag} {said}"
        only = "no other names than " + ", ".join(sorted(names))

        def read(data: Json) -> Any:  # noqa: ANN401 - an instance of cls
            if type(data) is not dict:
                raise DecodeError("", whole)
            if data.get(tag) != said:
                raise DecodeError(tag, said)
            if not data.keys() <= names:
                _check_mark(data)
                raise DecodeError("", only)
            given: dict[str, Any] = {}
            for each in fields:
                if each.key in data:
                    try:
                        given[each.key] = each.codec.read(data[each.key])
                    except DecodeError as error:
                        _within(error, each.key)
                        raise
                elif each.required:
                    raise DecodeError("", f"the name {each.key}")
            return _built(cls, given)

        def write(value: object) -> Json:
            if type(value) is not cls:
                raise InvalidBody(f"a {cls.__name__}", f"a {type(value).__name__}")
            written: dict[str, Json] = {tag: said}
            for each in fields:
                part = getattr(value, each.name)
                if part != each.silent or type(part) is not type(each.silent):
                    written[each.key] = each.codec.write(part)
            return written

        return Codec(read, write)

    def _fields(self, cls: type) -> typing.Iterator[_Field]:
        try:
            hints = typing.get_type_hints(cls, include_extras=True)
        except NameError:
            hints = {}
        for each in attrs.fields(cls):
            if not each.init:
                continue
            wanted = hints.get(each.name, each.type)
            if wanted is None or isinstance(wanted, str):
                raise InvalidBody("annotations that can be found at run time", f"{cls.__name__}.{each.name}")
            yield _Field(
                each.name,
                each.alias or each.name,
                self._part(wanted),
                each.default is attrs.NOTHING,
                _silent(each.default),
            )

    def _tuple(self, parts: tuple[Any, ...]) -> Codec:
        if not parts:
            return self._items(tuple, None)
        if len(parts) == 2 and parts[1] is ...:
            return self._items(tuple, self._part(parts[0]))
        codecs = tuple(self._part(part) for part in parts if part != ())
        expected = f"a list of {len(codecs)}"

        def read(data: Json) -> tuple[Any, ...]:
            if type(data) is not list or len(data) != len(codecs):
                raise DecodeError("", expected)
            return tuple(_read_items(data, codecs))

        def write(value: object) -> Json:
            if not isinstance(value, tuple) or len(value) != len(codecs):
                raise InvalidBody(expected, f"a {type(value).__name__}")
            return [codec.write(part) for codec, part in zip(codecs, value, strict=True)]

        return Codec(read, write)

    def _set(self, parts: tuple[Any, ...]) -> Codec:
        return self._items(frozenset, self._part(parts[0]) if parts else None)

    def _items(self, kind: type, codec: Codec | None) -> Codec:
        """Return the codec of a collection of any length; without a codec of its items it is only written."""

        def read(data: Json) -> Any:  # noqa: ANN401 - a collection of that kind
            if type(data) is not list or codec is None:
                raise DecodeError("", "a list")
            found = kind(_read_items(data, (codec,) * len(data)))
            if len(found) < len(data):
                raise DecodeError("", "a list that says each item once")
            return found

        def write(value: object) -> Json:
            if not isinstance(value, kind):
                raise InvalidBody("a collection", f"a {type(value).__name__}")
            each = self._write_any if codec is None else codec.write
            written = [each(item) for item in value]  # type: ignore[attr-defined]  # both kinds are iterable
            return sorted(written, key=canonical) if kind is frozenset else written

        return Codec(read, write)

    def _write_any(self, value: object) -> Json:
        return self._part(type(value)).write(value)

    def _mapping(self, of_key: Any, of_value: Any) -> Codec:  # noqa: ANN401 - any annotations
        keys, values = self._part(of_key), self._part(of_value)

        def read(data: Json) -> Mapping[Any, Any]:
            if type(data) is not dict:
                raise DecodeError("", "an object")
            found: dict[Any, Any] = {}
            for name, value in data.items():
                try:
                    found[keys.read(name)] = values.read(value)
                except DecodeError as error:
                    _within(error, "*")  # a name may be private
                    raise
            return found

        def write(value: Mapping[Any, Any]) -> Json:
            written = {keys.write(name): values.write(part) for name, part in value.items()}
            if not all(isinstance(name, str) for name in written):
                raise InvalidBody("names that are texts", "other names")
            return written

        return Codec(read, write)

    def _union(self, parts: tuple[Any, ...]) -> Codec:
        members = tuple(dict.fromkeys(NoneType if part is None else part for part in parts))
        others = tuple(member for member in members if member is not NoneType)
        if len(others) == 1 and len(members) > 1:
            return _optional(self._part(others[0]))
        return _Choice.of(members, self._part).codec()

    def _read_body(self, data: Json) -> Any:  # noqa: ANN401 - any body
        if type(data) is not dict:
            raise DecodeError("", "an object with its kind")
        kind = data.get("kind")
        if type(kind) is not str or not 0 < len(kind) <= _LONGEST_KIND or not is_unicode(kind):
            raise DecodeError("kind", "the name of a kind")
        try:
            cls = class_of(kind)
        except UnknownKind:
            return _unknown(kind, data)
        return self._part(cls).read(data)

    def _write_body(self, value: object) -> Json:
        if isinstance(value, UnknownBody):
            return _write_unknown(value)
        if tag_of(type(value))[0] != "kind" or not attrs.has(type(value)):
            raise InvalidBody("a value with a kind", f"a {type(value).__name__}")
        return self._part(type(value)).write(value)

    def _read_unknown(self, data: Json) -> UnknownBody:
        body = self._read_body(data)
        if not isinstance(body, UnknownBody):
            raise DecodeError("kind", "a kind that nobody registered here")
        return body


_UNTAGGED: Final = (str, bool, int, float, NoneType)


@frozen
class _Choice:
    """A union: what JSON says by itself stands bare, objects say what they are, every other scalar is wrapped."""

    bare: Mapping[type, Codec]
    wrapped: Mapping[str, tuple[type, Codec]]
    tagged: Mapping[tuple[str, str], tuple[type, Codec]]
    body: Codec | None
    listed: Codec | None
    expected: str

    @classmethod
    def of(cls, members: tuple[Any, ...], part: Callable[[Any], Codec]) -> "_Choice":
        """Sort the members by how a document tells them apart."""
        bare: dict[type, Codec] = {}
        wrapped: dict[str, tuple[type, Codec]] = {}
        tagged: dict[tuple[str, str], tuple[type, Codec]] = {}
        body: Codec | None = None
        listed: Codec | None = None
        for member in members:
            codec = part(member)
            if member in _UNTAGGED:
                bare[member] = codec
            elif member is Body:
                body = codec
            elif get_origin(member) in (tuple, frozenset) and listed is None:
                listed = codec
            elif isinstance(member, type) and attrs.has(member):
                tagged[tag_of(member)] = (member, codec)
            elif member in SCALARS:
                wrapped[SCALARS[member][0]] = (member, codec)
            elif isinstance(member, type) and issubclass(member, Enum):
                wrapped[tag_of(member)[1]] = (member, codec)
            else:
                raise InvalidBody("a union whose members a document can tell apart", "another one")
        told = len(bare) + len(wrapped) + len(tagged) + (body is not None) + (listed is not None)
        if told < len(members) or any(("type", name) in tagged for name in wrapped):
            raise InvalidBody("a union whose members a document can tell apart", "another one")
        names = [SCALARS[kind][0] for kind in bare] + list(wrapped) + [said for _, said in tagged]
        names += ["body"] if body else []
        names += ["list"] if listed else []
        return cls(bare, wrapped, tagged, body, listed, "one of " + ", ".join(sorted(names)))

    def codec(self) -> Codec:
        """Return the codec of the whole union."""
        return Codec(self._read, self._write)

    def _read(self, data: Json) -> Any:  # noqa: ANN401 - one of the members
        if type(data) in self.bare:
            return self.bare[type(data)].read(data)
        if type(data) is list and self.listed is not None:
            return self.listed.read(data)
        if type(data) is int and float in self.bare:
            return self.bare[float].read(data)
        if type(data) is dict:
            return self._read_object(data)
        raise DecodeError("", self.expected)

    def _read_object(self, data: dict[str, Json]) -> Any:  # noqa: ANN401 - one of the members
        tag = "kind" if "kind" in data else "type"
        said = data.get(tag)
        if type(said) is str and (tag, said) in self.tagged:
            return self.tagged[tag, said][1].read(data)
        if type(said) is str and said in self.wrapped and tag == "type":
            if data.keys() != {"type", "value"}:
                raise DecodeError("", "the names type and value")
            try:
                return self.wrapped[said][1].read(data["value"])
            except DecodeError as error:
                _within(error, "value")
                raise
        if tag == "kind" and self.body is not None:
            return self.body.read(data)
        raise DecodeError(tag, self.expected)

    def _write(self, value: object) -> Json:
        if type(value) in self.bare:
            return self.bare[type(value)].write(value)
        for member, codec in self.tagged.values():
            if type(value) is member:
                return codec.write(value)
        for said, (member, codec) in self.wrapped.items():
            if _is(value, member):
                return {"type": said, "value": codec.write(value)}
        for member, codec in self.bare.items():
            if isinstance(value, member) and not isinstance(value, Enum):
                return codec.write(value)
        if self.listed is not None and isinstance(value, tuple | frozenset):
            return self.listed.write(value)
        if self.body is not None:
            return self.body.write(value)
        raise InvalidBody(self.expected, f"a {type(value).__name__}")


def _is(value: object, member: type) -> bool:
    """Tell whether a value is of a scalar type, where a datetime is a date only by inheritance."""
    import datetime as dt

    import pendulum

    if isinstance(value, dt.datetime):
        aware = value.utcoffset() is not None
        return member is (pendulum.DateTime if aware else dt.datetime)
    return isinstance(value, member)


def _optional(codec: Codec) -> Codec:
    return Codec(
        lambda data: None if data is None else codec.read(data),
        lambda value: None if value is None else codec.write(value),
    )


def _read_items(data: list[Json], codecs: tuple[Codec, ...]) -> list[Any]:
    found: list[Any] = []
    try:
        for codec, item in zip(codecs, data, strict=True):
            found.append(codec.read(item))
    except DecodeError as error:
        _within(error, f"[{len(found)}]")
        raise
    return found


def _within(error: DecodeError, name: str) -> None:
    """Put the path of an error one step further from the top, as it passes."""
    rest = error.path
    error.path = f"{name}.{rest}" if rest and not rest.startswith("[") else f"{name}{rest}"
    error.args = (error.path, error.expected)


def _built(cls: type, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an instance of cls
    """Call a constructor; what it refuses becomes a `DecodeError` that carries nothing of what was given."""
    try:
        return cls(**given)
    except ReconnectError as error:
        expected = str(getattr(error, "expected", "")) or f"what {cls.__name__} accepts"
    except Exception:  # noqa: BLE001 - a validator of a host may raise anything, with the value in its words
        expected = f"what {cls.__name__} accepts"
    raise DecodeError("", expected)


def _silent(default: object) -> object:
    """Return the default that is left out when written: only nothing itself, so that a default may change."""
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time
        factory = default.factory
        return factory() if factory in _EMPTY_FACTORIES else attrs.NOTHING
    nothing = any(default == empty and type(default) is type(empty) for empty in _NOTHING)
    return default if nothing else attrs.NOTHING


def _check_mark(data: Mapping[str, Json]) -> None:
    """Refuse an object that says it was written by a newer version."""
    mark = data.get(MARK)
    if type(mark) is int and mark > VERSION:
        raise DecodeError(MARK, f"version {VERSION} or older, which is what this library reads")


def _unknown(kind: str, data: Mapping[str, Json]) -> UnknownBody:
    """Keep a body whose kind nobody registered here, with the mark of a newer version if it has one."""
    mark = data.get(MARK)
    if MARK in data and (type(mark) is not int or mark <= VERSION):
        raise DecodeError(MARK, "no version mark here")
    payload = json.dumps(
        {name: value for name, value in data.items() if name != "kind"},
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    if not is_unicode(payload):
        raise DecodeError("", "texts of whole characters")
    return UnknownBody(kind=kind, payload=payload)


def _write_unknown(value: object) -> Json:
    if not isinstance(value, UnknownBody):
        raise InvalidBody("an unknown body", f"a {type(value).__name__}")
    try:
        content = parse(value.payload)
    except DecodeError:
        content = None
    if type(content) is not dict or "kind" in content or canonical(content) != value.payload:
        raise InvalidBody("a payload that is a canonical JSON object without its kind", "another text")
    return {"kind": value.kind, **content}


_GAP: Final = chosen({gap: gap.value for gap in Gap})


def _read_recurrence(data: Json) -> Recurrence:
    """Read the RFC 5545 text; without a word about gaps it means what the RFC means."""
    if type(data) is not dict or data.get("type") != "recurrence":
        raise DecodeError("", "an object of type recurrence")
    if not {"type", "rule"} <= data.keys() <= {"type", "rule", "gap"} or type(data["rule"]) is not str:
        _check_mark(data)
        raise DecodeError("", "the names type, rule (a text) and perhaps gap")
    try:
        gap = _GAP.read(data.get("gap", Gap.SHIFT.value))
    except DecodeError as error:
        _within(error, "gap")
        raise
    try:
        found = Recurrence.parse(data["rule"])
    except ReconnectError as error:
        expected = str(getattr(error, "expected", "a rule of RFC 5545"))
    except Exception:  # noqa: BLE001 - whatever it is, it may repeat the text
        expected = "a rule of RFC 5545"
    else:
        return found if gap is Gap.SHIFT else attrs.evolve(found, gap=gap)
    raise DecodeError("rule", expected)


def _write_recurrence(value: object) -> Json:
    if type(value) is not Recurrence:
        raise InvalidBody("a recurrence", f"a {type(value).__name__}")
    written = {"type": "recurrence", "rule": value.format()}
    return written if value.gap is Gap.SHIFT else {**written, "gap": _GAP.write(value.gap)}
