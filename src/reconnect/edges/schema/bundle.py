"""The bundle is one schema with everything that this library writes, each thing defined once; it comes with it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from reconnect.edges._codec import MARK
from reconnect.edges._pages import DEFINED, Pages, Schema
from reconnect.edges._shape import told
from reconnect.edges.convert import make_converter
from reconnect.edges.schema.document import DRAFT, document, enveloped, identity, is_tagged, marked
from reconnect.edges.schema.example import illustrated
from reconnect.record.kind import Body

__all__ = ["FILE", "bundled", "shipped", "shipped_of"]

FILE: Final = "reconnect.schema.json"
_TITLE: Final = "A document of reconnect: a value, or a list of them"
_SAID: Final = (
    "A value that says what it is by its kind or its type, with the version of the format beside it; or another "
    "value, or a list of values, inside an envelope. What a description calls refused, a schema cannot say: the "
    "library itself refuses it."
)


def bundled(classes: Iterable[type]) -> Schema:
    """Return one schema of the documents of all these classes; only the kinds among them are told of."""
    chosen = sorted(classes, key=lambda cls: (cls.__module__, cls.__name__))
    converter, pages = make_converter(), Pages(chosen)
    for each in (Body, *chosen):
        told(converter.get_structure_hook(each), each)(pages)
    found = dict(sorted(illustrated(pages, pages.found, converter).items()))
    return {
        "$schema": DRAFT,
        "$id": identity(),
        "title": _TITLE,
        "description": _SAID,
        "anyOf": [*_objects(found), _values(found)],
        "$defs": found,
    }


@lru_cache(maxsize=1)
def shipped() -> Schema:
    """Return the bundle that came with the library."""
    text = files("reconnect.edges.schema").joinpath(FILE).read_text("utf-8")
    whole: Schema = json.loads(text)
    return whole


def shipped_of(name: str) -> Schema | None:
    """Return the schema of one sort of document, taken out of the bundle; `None` if it holds no such name.

    >>> shipped_of("note")["$id"]
    'urn:reconnect:1:note'
    """
    found: Mapping[str, Schema] = shipped()["$defs"]
    if name not in found:
        return None
    return {"$schema": DRAFT, "$id": identity(name), **document({"$ref": DEFINED + name}, found)}


def _objects(found: Mapping[str, Schema]) -> Iterator[Schema]:
    """Go through the documents that are an object; what its fields are is said in its definition."""
    for name, said in found.items():
        if is_tagged(said):
            whole = marked(said)
            own = {key: {"$ref": f"{DEFINED}{name}/properties/{key}"} for key in said["properties"] if key != MARK}
            properties = {MARK: whole["properties"][MARK], **own}
            kept: dict[str, Any] = {key: whole[key] for key in ("title", "type", "required")}
            closed = {key: whole[key] for key in ("additionalProperties",) if key in whole}
            yield {**kept, "properties": properties, **closed}


def _values(found: Mapping[str, Schema]) -> Schema:
    every = [{"$ref": DEFINED + name} for name in found]
    others = [{"$ref": DEFINED + name} for name, said in found.items() if not is_tagged(said) and name != "body"]
    return enveloped({"anyOf": [*others, {"type": "array", "items": {"anyOf": every}}]})
