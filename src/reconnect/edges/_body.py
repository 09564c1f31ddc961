"""Bodies come and go by their kind; one whose kind nobody registered here is kept and passed on unchanged."""

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
        if cls is None:
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
    """Return the codec of bodies whose kind nobody registered here."""

    def read(data: Json) -> UnknownBody:
        if not is_foreign(data):
            raise DecodeError("kind", "a kind that nobody registered here")
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
    """Say what is kept as it came: of any content, but of none of the kinds that are known here."""
    known = [str(getattr(cls, "kind", None)) for cls in pages.kinds]
    kind: Schema = {"type": "string", "minLength": 1, "not": {"enum": known}}
    mark: Schema = {"type": "integer", "minimum": VERSION + 1, "description": "the newer version that wrote it"}
    return pages.refer(
        UnknownBody,
        "unknown",
        lambda: {
            **entitled(UnknownBody),
            "type": "object",
            "properties": {"kind": kind, MARK: mark},
            "required": ["kind"],
            "examples": [{"kind": "example.swam", "minutes": 20}],
        },
    )


def is_foreign(data: Json) -> bool:
    """Tell whether an object is a body of a kind that nobody registered here."""
    kind = data.get("kind") if is_object(data) else None
    return type(kind) is str and bool(kind) and is_unicode(kind) and _class(kind) is None


def _class(kind: str) -> type | None:
    try:
        return class_of(kind)
    except UnknownKind:
        return None


def _kept(kind: str, data: dict[str, Json]) -> UnknownBody:
    """Keep everything but the kind; the mark of a newer version belongs to it and stays."""
    mark = data.get(MARK, VERSION + 1)
    if type(mark) is not int or mark <= VERSION:
        raise DecodeError(MARK, "no version but that of the whole document, or a newer one")
    try:
        payload = canonical({name: value for name, value in data.items() if name != "kind"})
    except InvalidBody:
        payload = None
    if payload is None:
        raise DecodeError("", "texts of whole characters")
    too_much = excess(payload, most_items=MOST_ITEMS, most_depth=UNKNOWN_DEPTH)
    if too_much is not None:
        raise DecodeError("", too_much)
    return UnknownBody(name=kind, payload=payload)


def _passed_on(value: UnknownBody) -> Json:
    try:
        data = {**_object(value.payload), "kind": value.name}
        same = is_foreign(data) and _kept(value.name, data) == value
    except DecodeError:
        same, data = False, {}
    if not same:
        raise InvalidBody("a kind nobody registered here, and a canonical JSON object", "something else")
    return data


def _object(payload: str) -> dict[str, Json]:
    found = parse(payload, most_bytes=len(payload) * 4)
    if not is_object(found) or "kind" in found:
        raise DecodeError("", "an object without a kind")
    return found
