"""Bodies come and go by their kind; one that nobody here can read is kept and passed on unchanged."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

import attrs

from reconnect.edges._codec import MARK, VERSION, Codec, Json, is_object, unwritten
from reconnect.edges._docstring import entitled
from reconnect.edges._document import MOST_DEPTH, MOST_ITEMS, canonical, excess, is_unicode, parse
from reconnect.edges._pages import Pages, Schema
from reconnect.errors import DecodeError, InvalidBody, UnknownKind
from reconnect.record.entry import Note
from reconnect.record.kind import Body, UnknownBody, class_of

__all__ = ["body", "is_foreign", "unknown_body"]

UNKNOWN_DEPTH: Final = MOST_DEPTH - 8  # ours: what came alone can still stand inside an entry of a story


def body(part: Callable[[type], Codec]) -> Codec:
    """Return the codec of any body."""

    def read(data: Json) -> Any:  # noqa: ANN401 - a body of any class
        if not is_object(data):
            raise DecodeError("", "an object that says its kind")
        kind = data.get("kind")
        if type(kind) is not str or not kind or not is_unicode(kind):
            raise DecodeError("kind", "the name of a kind")
        cls = _class(kind)
        if cls is None or _is_newer(data):
            return _kept(kind, data)
        return part(cls).read(data)

    def write(value: object) -> Json:
        if isinstance(value, UnknownBody):
            return _passed_on(value)
        cls = type(value)
        if not attrs.has(cls) or _class(str(getattr(cls, "kind", None))) is not cls:
            raise unwritten("a value of a registered class", value)
        return part(cls).write(value)

    def says(pages: Pages) -> Schema:
        return pages.refer(Body, "body", lambda: _described(pages, part))

    return Codec(read, write, says)


def unknown_body() -> Codec:
    """Return the codec of bodies that nobody here can read."""

    def read(data: Json) -> UnknownBody:
        if not is_foreign(data):
            raise DecodeError("kind", "a kind that nobody registered here, or a newer version of one")
        return _kept(data["kind"], data)

    def write(value: object) -> Json:
        if not isinstance(value, UnknownBody):
            raise unwritten("a body of an unknown kind", value)
        return _passed_on(value)

    return Codec(read, write, _foreign)


def _described(pages: Pages, part: Callable[[type], Codec]) -> Schema:
    note = part(Note).write(Note(text="the walk was good"))
    return {**entitled(Body), "anyOf": [*_known(pages, part), _foreign(pages)], "examples": [note]}


def _known(pages: Pages, part: Callable[[type], Codec]) -> Iterator[Schema]:
    for cls in pages.kinds:
        with suppress(InvalidBody):  # it has no strict shape, so nothing of that kind is read
            yield part(cls).says(pages)


def _foreign(pages: Pages) -> Schema:
    """Say what is kept as it came: of any content, but of a kind that is not known here, or newer than here."""
    known = [str(getattr(cls, "kind", None)) for cls in pages.kinds]
    mark: Schema = {"type": "integer", "minimum": VERSION + 1, "description": "the newer version that wrote it"}
    return pages.refer(
        UnknownBody,
        "unknown",
        lambda: {
            **entitled(UnknownBody),
            "type": "object",
            "properties": {"kind": {"type": "string", "minLength": 1}, MARK: mark},
            "required": ["kind"],
            "if": {"properties": {"kind": {"enum": known}}},
            "then": {"properties": {MARK: {"minimum": VERSION + 1}}, "required": [MARK]},
            "examples": [{"kind": "example.swam", "minutes": 20}],
        },
    )


def is_foreign(data: Json) -> bool:
    """Tell whether an object is a body that nobody here can read: of an unknown kind, or of a newer format."""
    kind = data.get("kind") if is_object(data) else None
    return type(kind) is str and bool(kind) and is_unicode(kind) and (_class(kind) is None or _is_newer(data))


def _is_newer(data: dict[str, Json]) -> bool:
    mark = data.get(MARK)
    return type(mark) is int and mark > VERSION


def _class(kind: str) -> type | None:
    try:
        return class_of(kind)
    except UnknownKind:
        return None


def _kept(kind: str, data: dict[str, Json]) -> UnknownBody:
    """Keep everything, with the mark of a newer version."""
    if MARK in data and not _is_newer(data):
        raise DecodeError(MARK, "no version but that of the whole document, or a newer one")
    try:
        payload = canonical({name: value for name, value in data.items() if name not in {"kind", MARK}})
    except InvalidBody:
        payload = None
    if payload is None:
        raise DecodeError("", "texts of whole characters")
    too_much = excess(payload, most_items=MOST_ITEMS, most_depth=UNKNOWN_DEPTH)
    if too_much is not None:
        raise DecodeError("", too_much)
    return UnknownBody(name=kind, payload=payload, version=data.get(MARK))


def _passed_on(value: UnknownBody) -> Json:
    try:
        mark = {} if value.version is None else {MARK: value.version}
        data = {**_object(value.payload), "kind": value.name, **mark}
        same = is_foreign(data) and _kept(value.name, data) == value
    except DecodeError:
        same, data = False, {}
    if not same:
        raise InvalidBody("a kind or version nobody reads here, and a canonical JSON object", "something else")
    return data


def _object(payload: str) -> dict[str, Json]:
    found = parse(payload, most_bytes=len(payload) * 4)
    if not is_object(found) or {"kind", MARK} & found.keys():
        raise DecodeError("", "an object without a kind or a version")
    return found
