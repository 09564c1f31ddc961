"""What was once written stays readable: documents and schemas of every released version are kept, and tested."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from reconnect.edges._name import tag_of
from reconnect.edges.convert import dumps, loads
from reconnect.edges.schema.bundle import FILE, shipped, shipped_of
from reconnect.edges.testing.public import strategies
from reconnect.record.digest import digest
from reconnect.record.kind import Body, UnknownBody

GOLDEN: Final = Path(__file__).parents[1] / "golden"
VERSIONS: Final = sorted(path.name for path in GOLDEN.iterdir())
CLASSES: Final = {tag_of(cls)[1]: cls for cls in strategies()}
LISTS: Final = ("/body/anyOf", "/if/properties/kind/enum")  # of alternatives: these may grow
AROUND: Final = ("entry", "private", "shared", "sealed")
WORDS_ONLY: Final = {"$schema", "title", "description", "examples"}
each_version = pytest.mark.parametrize("version", VERSIONS)


def kept(version: str) -> Iterator[tuple[str, str]]:
    """The documents of a version: the name of each, and its text."""
    for line in (GOLDEN / version / "documents.txt").read_text("utf-8").split("\n")[:-1]:
        name, _, text = line.partition(" ")
        yield name, text


def schema_of(version: str) -> dict[str, Any]:
    """The schemas of a version."""
    found: dict[str, Any] = json.loads((GOLDEN / version / FILE).read_text("utf-8"))
    return found


@each_version
def test_documents_of_every_version_are_read_and_written_as_they_were(version: str) -> None:
    """A document is read as a value, and the value is written as the very same bytes."""
    changed = [name for name, text in kept(version) if dumps(loads(text, CLASSES[name])) != text.encode()]
    assert changed == []


@each_version
def test_documents_of_every_version_are_valid_by_todays_schema(version: str) -> None:
    """Nothing that was valid is turned away later."""
    checker = Draft202012Validator.FORMAT_CHECKER
    for name, text in kept(version):
        Draft202012Validator(shipped_of(name) or False, format_checker=checker).validate(json.loads(text))


@each_version
def test_bodies_of_every_version_are_found_by_their_kind(version: str) -> None:
    """A kind keeps its name, so what was kept under it is never taken for something unknown."""
    for name, text in kept(version):
        if tag_of(CLASSES[name])[0] == "kind" and CLASSES[name] is not UnknownBody:
            assert type(loads(text, Body)) is CLASSES[name], name


@each_version
def test_values_of_every_version_keep_their_digest(version: str) -> None:
    """Ids come from digests: were they to change, no yes would name its offer any more, and no retry its act."""
    digests = dict(line.split(" ") for line in (GOLDEN / version / "digests.txt").read_text("utf-8").splitlines())
    assert {name: digest(loads(text, CLASSES[name])) for name, text in kept(version)} == digests


def test_there_is_a_document_of_every_public_value() -> None:
    """Run tools/golden.py after adding one: from then on its documents are kept."""
    documents = {name for version in VERSIONS for name, _ in kept(version)}
    assert sorted(set(CLASSES) - documents) == []
    assert VERSIONS[0] == "0.1.0"


def growth(old: Any, new: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401 - any part of a schema
    """Every change from one schema to a later one that is no optional addition."""
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _grown(old, new, where)
    elif isinstance(old, list) and isinstance(new, list) and where.endswith(LISTS):
        yield from (f"{where}: without {part}" for part in old if part not in new)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from growth(one, other, f"{where}/{place}")
    elif old != new or type(old) is not type(new):
        yield f"{where}: another"


def _grown(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[str]:
    names = where.endswith(("/$defs", "/properties"))
    skipped = set() if names else WORDS_ONLY
    for name in old.keys() - skipped:
        if name not in new:
            yield f"{where}/{name}: gone"
        else:
            yield from growth(old[name], new[name], f"{where}/{name}")
    if not names:
        yield from (f"{where}/{name}: new" for name in new.keys() - old.keys() - skipped)


@each_version
def test_a_schema_only_grows(version: str) -> None:
    """From every released version to this one: names that need not be there and new kinds, and nothing else.

    So a newer reader reads whatever an older one wrote. What surrounds bodies does not grow at all, so an older one
    reads whatever a newer one writes: a body that uses a new name says the newer version, and is kept as it came.
    """
    old, new = schema_of(version), shipped()
    assert sorted(growth(old["$defs"], new["$defs"], "/$defs")) == []
    assert [word for word in AROUND if old["$defs"][word]["properties"] != new["$defs"][word]["properties"]] == []
    assert old["$id"] == new["$id"]


OLD: Final[dict[str, Any]] = {
    "note": {
        "type": "object",
        "description": "some words",
        "properties": {"kind": {"const": "note"}, "text": {"type": "string", "maxLength": 3}},
        "required": ["kind", "text"],
    },
    "mood": {"enum": ["a", "b"]},
    "body": {"anyOf": [{"$ref": "#/$defs/note"}]},
    "unknown": {"if": {"properties": {"kind": {"enum": ["note"]}}}},
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The schemas above with something else in one place, or with nothing there."""
    new = json.loads(json.dumps(OLD))
    *steps, last = path.split("/")
    place = new
    for step in steps:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return {"$defs": new}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("note", None),
        ("mood", None),
        ("mood/enum", ["a"]),
        ("mood/enum", ["a", "b", "c"]),
        ("note/properties/text", None),
        ("note/properties/text/maxLength", 2),
        ("note/properties/text/maxLength", 3.0),
        ("note/properties/text/maxLength", None),
        ("note/properties/text/minLength", 1),
        ("note/properties/text/type", "integer"),
        ("note/properties/kind/const", "notes"),
        ("note/required", ["kind"]),
        ("note/required", ["kind", "text", "more"]),
        ("note/required", ["kind", "words"]),
        ("body/anyOf", []),
        ("unknown/if/properties/kind/enum", []),
    ],
)
def test_whatever_is_no_optional_addition_is_noticed(path: str, value: object) -> None:
    """What would shut out an older reader or an older document, in each of its forms."""
    assert list(growth({"$defs": OLD}, changed(path, value)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("walk", {"type": "object"}),
        ("note/description", "other words"),
        ("note/examples", [1]),
        ("note/properties/weather", {"type": "string"}),
        ("note/properties/title", {"type": "string"}),
        ("body/anyOf", [{"$ref": "#/$defs/note"}, {"$ref": "#/$defs/walk"}]),
        ("unknown/if/properties/kind/enum", ["note", "walk"]),
    ],
)
def test_what_is_added_and_need_not_be_there_is_fine(path: str, value: object) -> None:
    """A new kind, a new optional name, other words: nobody is shut out."""
    assert list(growth({"$defs": OLD}, changed(path, value))) == []
