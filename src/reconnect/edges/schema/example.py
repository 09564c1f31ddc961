"""An example is a small document that was read and written again by the very converter that it illustrates."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, combinations, islice
from typing import Final

import attrs
import cattrs

from reconnect.edges._codec import Json
from reconnect.edges._pages import DEFINED, Pages, Schema
from reconnect.errors import ReconnectError

__all__ = ["illustrated"]

TRIES: Final = 400  # ours: enough for every value here; a class that wants more luck has no example
CHOICES: Final = 200  # ours: more than there are kinds
_WORDS: Final = ("a few words", "and some more", "as many as you like")
_DEEPEST: Final = 8  # ours: a value that holds itself is shown a few levels deep


def illustrated(pages: Pages, names: Iterable[str], converter: cattrs.Converter) -> dict[str, Schema]:
    """Return the definitions of pages, with an example for each of those named that is a class."""
    found = dict(pages.found)
    for name in names:
        meant = pages.meant[name]
        if isinstance(meant, type) and attrs.has(meant) and "examples" not in found[name]:
            example = _example(meant, pages.found, name, converter)
            if example is not None:
                found[name] = {**found[name], "examples": [example]}
    return found


def _example(cls: type, found: Mapping[str, Schema], name: str, converter: cattrs.Converter) -> Json:
    for plain in islice(_objects(found[name], found, 0), TRIES):
        with suppress(ReconnectError):
            return converter.unstructure(converter.structure(plain, cls))
    return None


def _candidates(said: Schema, found: Mapping[str, Schema], depth: int) -> Iterator[Json]:
    """Go through plain values that a schema takes, the likeliest first."""
    if depth > _DEEPEST:
        return
    yield from said.get("examples", ())
    if "$ref" in said:
        yield from _candidates(found[said["$ref"].removeprefix(DEFINED)], found, depth)
    elif "const" in said:
        yield said["const"]
    elif "anyOf" in said:
        yield from chain.from_iterable(islice(_candidates(part, found, depth + 1), 3) for part in said["anyOf"])
    elif "enum" in said:
        yield from said["enum"]
    elif "examples" not in said:
        yield from _of_type(said, found, depth)


def _of_type(said: Schema, found: Mapping[str, Schema], depth: int) -> Iterator[Json]:
    sort = said.get("type")
    if sort == "string":
        yield from _WORDS
    elif sort in {"integer", "number"}:
        least = said.get("minimum", 1)
        yield from (max(least, 1), max(least, 1) + 1, max(least, 0))
    elif sort == "boolean":
        yield from (True, False)
    elif sort == "null":
        yield None
    elif sort == "array":
        yield from _lists(said, found, depth)
    elif sort == "object":
        yield from _objects(said, found, depth)


def _lists(said: Schema, found: Mapping[str, Schema], depth: int) -> Iterator[Json]:
    if "prefixItems" in said:
        places = {str(place): part for place, part in enumerate(said["prefixItems"])}
        yield from ([row[name] for name in places] for row in _varied(places, {}, found, depth))
        return
    items = list(islice(_candidates(said["items"], found, depth + 1), 12)) if said.get("maxItems") != 0 else []
    least = said.get("minItems", 0)
    for size in (max(least, 1), least, least + 1):
        yield items[:size]


def _objects(said: Schema, found: Mapping[str, Schema], depth: int) -> Iterator[Json]:
    properties: Mapping[str, Schema] = said.get("properties", {})
    required = {name: properties[name] for name in said.get("required", ())}
    others = {name: part for name, part in properties.items() if name not in required}
    yield from _varied(required, others, found, depth)


def _varied(
    required: Mapping[str, Schema], others: Mapping[str, Schema], found: Mapping[str, Schema], depth: int
) -> Iterator[dict[str, Json]]:
    """Go through objects: the first choice for each name, then other choices for one name, then for two."""
    choices = {name: list(islice(_candidates(part, found, depth + 1), CHOICES)) for name, part in required.items()}
    if not all(choices.values()):
        return
    first = {name: values[place % len(values)] for place, (name, values) in enumerate(choices.items())}
    more = {name: list(islice(_candidates(part, found, depth + 1), 4)) for name, part in others.items()}
    changes = [(name, value) for name, values in choices.items() for value in values if value != first[name]]
    changes += [(name, value) for name, values in more.items() for value in values if value is not None]
    yield first
    yield from ({**first, name: value} for name, value in changes)
    yield from ({**first, **dict(two)} for two in combinations(changes, 2))
