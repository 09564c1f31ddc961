"""A document is a value with the version of its format on it; its schema is that of the value, and of the version."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from reconnect.edges._codec import MARK, VERSION, Json, is_list, is_object
from reconnect.edges._pages import DEFINED, Schema

__all__ = ["DRAFT", "document", "enveloped", "identity", "is_tagged", "marked", "tops"]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_VERSION: Final[Schema] = {"const": VERSION, "description": "The version of the format."}
_ANY_VERSION: Final[Schema] = {"type": "integer", "minimum": 1, "description": "The version of the format."}


def identity(word: str | None = None) -> str:
    """Return the name by which others refer to a schema; nothing is ever fetched by it.

    A name that begins with `urn:` needs no domain, and so cannot end up with somebody else when a domain does. It
    says the version of the format, not that of the library: a schema grows, and what was valid stays so.

    >>> identity("entry")
    'urn:reconnect:1:entry'
    """
    return f"urn:reconnect:{VERSION}" if word is None else f"urn:reconnect:{VERSION}:{word}"


def document(whole: Schema, found: Mapping[str, Schema], *, one_class: bool = True) -> Schema:
    """Return the schema of whole documents, from that of a value and the definitions that it refers to.

    The version stands beside what an object says it is, and around everything else; what may be one of several is
    read inside an envelope in any case.
    """
    parts = [_opened(part, found) for part in _members(whole, found)]
    objects = [marked(part) for part in parts if is_tagged(part)]
    objects += [_spread(part) for part in parts if "propertyNames" in part]
    others = [part for part in parts if not is_tagged(part)]
    if not one_class:
        objects.append(enveloped(whole))
    elif others:
        objects.append(enveloped(others[0] if len(others) == 1 else {"anyOf": others}))
    top = found[_defined(whole)] if "$ref" in whole else whole
    said: Schema = {name: top[name] for name in ("title", "description") if name in top}
    said |= objects[0] if len(objects) == 1 else {"anyOf": objects}
    if parts == others and "examples" in top:
        said["examples"] = [{MARK: VERSION, "value": example} for example in top["examples"]]
    used = _needed(said, found)
    return {**said, "$defs": {name: found[name] for name in used}} if used else said


def tops(whole: Schema, found: Mapping[str, Schema]) -> Iterator[str]:
    """Go through the names of the definitions that a whole document may be of."""
    return (_defined(part) for part in _members(whole, found) if "$ref" in part)


def marked(said: Schema) -> Schema:
    """Return the schema of a document that is an object which says what it is."""
    kept_as_it_came = "additionalProperties" not in said
    version = _ANY_VERSION if kept_as_it_came else _VERSION
    changed = {
        "properties": {MARK: version, **{name: part for name, part in said["properties"].items() if name != MARK}},
        "required": [MARK, *said["required"]],
    }
    examples = [{MARK: VERSION, **example} for example in said.get("examples", ())]
    return {**said, **changed, **({"examples": examples} if examples else {})}


def _needed(said: Json, found: Mapping[str, Schema]) -> list[str]:
    """Return the names of all definitions that something refers to, directly or not."""
    names: set[str] = set()
    left = [said]
    while left:
        new = set(_references(left.pop())) - names
        names |= new
        left += [found[name] for name in new]
    return sorted(names)


def _members(whole: Schema, found: Mapping[str, Schema]) -> Iterator[Schema]:
    """Go through what may stand in a place, as it was said."""
    said = found[_defined(whole)] if "$ref" in whole else whole
    if "anyOf" in said:
        for part in said["anyOf"]:
            yield from _members(part, found)
    else:
        yield whole


def _opened(part: Schema, found: Mapping[str, Schema]) -> Schema:
    """Return the object that a reference means, or anything else as it was said."""
    said = found[_defined(part)] if "$ref" in part else part
    return said if is_tagged(said) else part


def enveloped(value: Schema) -> Schema:
    """Return the schema of a document whose value is no object that says what it is."""
    return {
        "type": "object",
        "properties": {MARK: _VERSION, "value": value},
        "required": [MARK, "value"],
        "additionalProperties": False,
    }


def _spread(mapping: Schema) -> Schema:
    """Return the schema of a mapping that holds a kind or a type, so that it looks like an object of its own."""
    looks = [{"required": ["kind"]}, {"required": ["type"]}]
    return {**mapping, "properties": {MARK: _VERSION}, "required": [MARK], "anyOf": looks}


def is_tagged(said: Schema) -> bool:
    """Tell whether an object says what it is, so that the version stands beside it and not around it."""
    return "properties" in said and bool({"kind", "type"} & said["properties"].keys())


def _defined(reference: Schema) -> str:
    name: str = reference["$ref"]
    return name.removeprefix(DEFINED)


def _references(said: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a schema
    if is_object(said):
        if type(said.get("$ref")) is str:
            yield _defined(said)
        for name, part in said.items():
            if name not in {"examples", "default", "const", "enum"}:
                yield from _references(part)
    elif is_list(said):
        for part in said:
            yield from _references(part)
