"""Schemas: what they say of each sort of value, where they come from, and how to get at one."""

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, ClassVar, Final, Literal, NewType

import pendulum
import pytest
from attrs import field, frozen
from attrs.converters import optional
from jsonschema import Draft202012Validator
from tools import schemas

import reconnect as rc
from reconnect import __main__
from reconnect.edges._docstring import attribute, entitled
from reconnect.edges._name import tag_of
from reconnect.edges._pages import Pages
from reconnect.edges.convert import dumps, loads, make_converter
from reconnect.edges.schema import json_schema
from reconnect.edges.schema.bundle import bundled, shipped, shipped_of
from reconnect.edges.testing.public import strategies
from reconnect.errors import DecodeError, InvalidBody
from reconnect.limits import Limits, limit, limits_of
from reconnect.people.person import as_id
from reconnect.record.kind import _classes as registered

CLASSES: Final = sorted(strategies(), key=lambda cls: cls.__name__)
ENTRY: Final = json.loads(
    dumps(rc.Entry(circle="c1", author="ana", id="e1", at=pendulum.datetime(2026, 1, 5), body=rc.Note(text="tired")))
)
WINDOW: Final = {"reconnect": 1, "type": "window", "start": "2026-01-05T19:00:00Z", "end": "2026-01-05T20:00:00Z"}
HOURS: Final = {"reconnect": 1, "type": "weekly_hours", "zone": "Europe/Paris", "hours": {"MO": ["18:00-22:00"]}}
PROMPT: Final = {
    "reconnect": 1,
    "kind": "prompt",
    "id": "p1",
    "text": "What was good today?",
    "depth": 1,
    "locale": "en",
}
FOUNDED: Final = {"reconnect": 1, "kind": "circle.founded", "members": ["ana", "ben"]}
FEELINGS: Final = {"reconnect": 1, "kind": "metrics.feelings", "words": ["glad"]}
RHYTHM: Final = {"type": "recurrence", "rule": "DTSTART;TZID=Europe/Paris:20260105T200000\nRRULE:FREQ=DAILY"}
COOLDOWN: Final = {"reconnect": 1, "kind": "wellness.review", "rhythm": RHYTHM, "length": "PT30M"}


class Weather(Enum):
    """How it was outside."""

    SUN = "sun"
    RAIN = "rain"


def _steps(value: int) -> int:
    return value


limit(_steps, least=1, most=9)


@pytest.fixture
def walked() -> Iterator[type]:
    """A kind that a host has registered, and that is forgotten again."""

    @rc.register
    @frozen(kw_only=True)
    class Walked:
        kind: ClassVar[str] = "app.walked"

        steps: int | None = field(default=None, converter=optional(_steps))
        weather: Weather | None = None
        with_whom: Mapping[str, float] = field(factory=dict, hash=False)

    yield Walked
    del registered["app.walked"]


def valid(document: object, wanted: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether a document is valid by the schema of a type, formats included."""
    checker = Draft202012Validator.FORMAT_CHECKER
    answer: bool = Draft202012Validator(json_schema(wanted), format_checker=checker).is_valid(document)
    return answer


def read(document: object, wanted: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether the library reads a document as a type."""
    try:
        loads(json.dumps(document), wanted)
    except DecodeError:
        return False
    return True


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_public_value_has_a_schema_with_a_name_words_and_an_example(cls: type) -> None:
    """Its meta-schema takes it, others can name it, it says what it is about, and its examples are documents."""
    schema = json_schema(cls)
    name = tag_of(cls)[1]
    assert schema["$id"] == f"urn:reconnect:1:{name}"
    Draft202012Validator.check_schema({key: part for key, part in schema.items() if key != "$defs"})
    assert schema["title"]
    assert schema.get("description") or cls is rc.Period  # which is one text, and has a title only
    for example in schema["examples"]:
        Draft202012Validator(schema).validate(example)
        found: object = loads(json.dumps(example), cls)
        assert isinstance(found, cls)
        silent = {name: part["default"] for name, part in schema.get("properties", {}).items() if "default" in part}
        assert loads(json.dumps({**silent, **example}), cls) == found  # a name that is missing means its default


def test_what_is_shipped_and_shown_is_what_the_code_says() -> None:
    """Run tools/schemas.py after a change to a value: here stands what the library would write."""
    schema = bundled(strategies())
    assert schemas.SHIPPED.read_text("utf-8") == schemas.text(schema)
    assert schemas.SHOWN.read_text("utf-8") == schemas.text(schema)
    assert schemas.PAGE.read_text("utf-8") == schemas.page(schema)
    assert shipped() == json.loads(json.dumps(schema))


def test_the_bundle_is_one_schema_of_everything() -> None:
    """Its meta-schema takes the bundle, and the bundle takes every example in it as a document."""
    schema = shipped()
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for word in ("note", "entry", "window", "proposal", "unknown"):
        (example,) = schema["$defs"][word]["examples"]
        judge.validate({"reconnect": 1, **example})
        judge.validate({"reconnect": 1, "value": [example]})
        assert not judge.is_valid(example)
        of_body = word in {"note", "unknown"}  # a newer version of a body is kept as it came
        assert not judge.is_valid({"reconnect": 0 if of_body else 2, **example})
    judge.validate({"reconnect": 1, "value": "P1M2W"})
    assert not judge.is_valid({"reconnect": 1, "type": "window", "start": "2026-01-05T19:00:00Z"})


@pytest.mark.parametrize("cls", [rc.Note, rc.Window, rc.Period, rc.WeeklyHours, rc.RotationPlan])
def test_what_is_taken_out_of_the_bundle_is_the_schema_itself(cls: type) -> None:
    """Who has only the file gets the same as who asks the library; parts in the file show examples as well."""
    found = shipped_of(tag_of(cls)[1])
    assert found is not None
    assert _plain(found) == _plain(json.loads(json.dumps(json_schema(cls))))


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without the examples of its definitions."""
    found = schema.get("$defs", {})
    parts = {name: {key: part for key, part in said.items() if key != "examples"} for name, said in found.items()}
    return {**schema, "$defs": parts}


REFUSED: Final[list[tuple[Any, Any]]] = [
    (rc.Entry, {**ENTRY, "another": 1}),
    (rc.Entry, {name: part for name, part in ENTRY.items() if name != "author"}),
    (rc.Entry, {name: part for name, part in ENTRY.items() if name != "reconnect"}),
    (rc.Entry, {**ENTRY, "reconnect": 2}),
    (rc.Entry, {**ENTRY, "type": "entries"}),
    (rc.Entry, {**ENTRY, "author": ""}),
    (rc.Entry, {**ENTRY, "author": "a" * 201}),
    (rc.Entry, {**ENTRY, "author": "a\nb"}),
    (rc.Entry, {**ENTRY, "about": "a" * 201}),
    (rc.Entry, {**ENTRY, "at": "2026-01-05T19:00:00"}),
    (rc.Entry, {**ENTRY, "at": 1}),
    (rc.Entry, {**ENTRY, "audience": {"type": "everyone"}}),
    (rc.Entry, {**ENTRY, "audience": {"type": "private", "reveal": "r1"}}),
    (rc.Entry, {**ENTRY, "body": {"kind": "note"}}),
    (rc.Entry, {**ENTRY, "body": {"kind": "note", "text": 1}}),
    (rc.Entry, {**ENTRY, "body": {"kind": "note", "text": "x", "reconnect": 1}}),
    (rc.Entry, {**ENTRY, "body": {"kind": "app.unknown", "reconnect": 1}}),
    (rc.Entry, {**ENTRY, "body": {"text": "x"}}),
    (rc.Entry, {**ENTRY, "body": {"kind": ""}}),
    (rc.Entry, {"reconnect": 1, "value": {"type": "private"}}),
    (rc.Window, {**WINDOW, "start": "2026-01-05 19:00:00Z"}),
    (rc.WeeklyHours, {**HOURS, "hours": {"XX": []}}),
    (rc.WeeklyHours, {**HOURS, "hours": {"MO": ["18:00"]}}),
    (rc.WeeklyHours, {**HOURS, "zone": ""}),
    (rc.WeeklyHours, {**HOURS, "more": ""}),
    (rc.Prompt, {**PROMPT, "depth": 0}),
    (rc.Prompt, {**PROMPT, "depth": 4}),
    (rc.Prompt, {**PROMPT, "depth": "1"}),
    (rc.Prompt, {**PROMPT, "depth": True}),
    (rc.Prompt, {**PROMPT, "text": " \n"}),
    (rc.Prompt, {**PROMPT, "tags": ["no tag"]}),
    (rc.Body, {**FOUNDED, "members": ["ana"]}),
    (rc.Body, {**FOUNDED, "members": ["ana", "ana"]}),
    (rc.Body, {**FOUNDED, "members": ["ana", ""]}),
    (rc.Body, {**FEELINGS, "words": ["glad", "glad"]}),
    (rc.Body, {**COOLDOWN, "length": "P1M"}),
    (rc.Body, {**COOLDOWN, "length": "PT1H1"}),
    (rc.Body, {**COOLDOWN, "rhythm": {**RHYTHM, "gap": "other"}}),
    (rc.Body, {**COOLDOWN, "rhythm": {**RHYTHM, "rule": "x" * 65_537}}),
]


@pytest.mark.parametrize(("wanted", "document"), REFUSED)
def test_a_schema_refuses_what_it_can(wanted: Any, document: object) -> None:  # noqa: ANN401 - any annotation
    """A schema that takes anything would keep its promise, too; ours refuses what a schema can say."""
    assert not valid(document, wanted)
    assert not read(document, wanted)


@pytest.mark.parametrize(
    ("wanted", "document"),
    [
        (rc.Entry, ENTRY),
        (rc.Entry, {**ENTRY, "about": None}),
        (rc.Entry, {**ENTRY, "author": "a" * 200, "at": "2026-01-05T19:00:00.123+23:59"}),
        (rc.Entry, {**ENTRY, "body": {"kind": "app.unknown", "reconnect": 2, "of": [{"any": "sort"}]}}),
        (rc.Body, {"kind": "app.unknown", "reconnect": 3}),
        (rc.Window, WINDOW),
        (rc.WeeklyHours, HOURS),
        (rc.Prompt, PROMPT),
        (rc.Body, FOUNDED),
        (rc.Body, FEELINGS),
        (rc.Body, COOLDOWN),
        (rc.Body, {**COOLDOWN, "length": "PT1H0M1.5S"}),
        (rc.Period, {"reconnect": 1, "value": "P1M2W"}),
    ],
)
def test_a_schema_takes_what_is_read(wanted: Any, document: object) -> None:  # noqa: ANN401 - any annotation
    """The documents that the ones above were made from are good, and so are those at the very edge."""
    assert read(document, wanted)
    assert valid(document, wanted)


def test_what_a_schema_cannot_say_stands_in_its_description() -> None:
    """One field against another: the words are those of the class itself."""
    assert "Refused if the end is not after the start" in json_schema(rc.Window)["description"]
    assert json_schema(rc.Window)["properties"]["start"]["description"]


def test_a_kind_of_the_host_is_described_like_ours(walked: type) -> None:
    """What a host registers has a schema at once, and a name only if the host gives one."""
    schema = json_schema(walked)
    assert "$id" not in schema
    assert schema["title"] == "Walked"
    assert schema["properties"]["steps"] == {
        "anyOf": [{"type": "integer", "minimum": 1, "maximum": 9}, {"type": "null"}],
        "default": None,
    }
    assert schema["$defs"]["weather"] == {
        "title": "Weather",
        "description": "How it was outside.",
        "enum": ["sun", "rain"],
    }
    assert valid({"reconnect": 1, "kind": "app.walked", "steps": 3, "with_whom": {"ana": 1}}, rc.Body)
    assert not valid({"reconnect": 1, "kind": "app.walked", "steps": 10}, rc.Body)
    assert not valid({"reconnect": 1, "kind": "app.walked", "with_whom": {"ana": "x"}}, rc.Body)


def test_what_a_hook_of_the_host_reads_is_left_open(walked: type) -> None:
    """Nobody here knows what it takes, so nothing is turned away."""
    converter = make_converter()
    converter.register_structure_hook(Weather, lambda data, _: Weather[data])
    assert json_schema(walked, converter=converter)["properties"]["weather"] == {
        "anyOf": [{}, {"type": "null"}],
        "default": None,
    }


def test_a_kind_without_a_strict_shape_is_not_described() -> None:
    """Nothing of such a kind is ever read, and its schema turns it away as well."""

    @rc.register
    @frozen
    class Shapeless:
        kind: ClassVar[str] = "app.shapeless"

        what: object

    try:
        assert not valid({"reconnect": 1, "kind": "app.shapeless", "what": 1}, rc.Body)
        with pytest.raises(InvalidBody):
            json_schema(Shapeless)
    finally:
        del registered["app.shapeless"]


Miles = NewType("Miles", int)


@pytest.mark.parametrize(
    ("wanted", "takes", "refuses"),
    [
        (str, "x", 1),
        (bool, True, 1),
        (int, 2**63 - 1, 2**63),
        (float, 1, "1"),
        (Miles, 3, 0.5),
        (None, None, 0),
        (Weather, "sun", "snow"),
        (Literal["a", 1], 1, "b"),
        (str | int, 1, 0.5),
        (str | None, None, 1),
        (tuple[str, ...], ["a", "a"], [1]),
        (tuple[str, int], ["a", 1], ["a"]),
        (tuple[()], [], [1]),
        (frozenset[str], ["a"], ["a", "a"]),
        (tuple[str, ...] | None, ["a"], "a"),
        (tuple[str, ...] | int, ["a"], "a"),
        (Fraction, "1/2", "0.5"),
        (pendulum.DateTime, "2026-01-05T19:00:00Z", "2026-01-05"),
        (Mapping[str, int], {"a": 1}, {"a": "b"}),
        (Mapping[str, int], {"kind": 1}, {"kind": "b"}),
        (rc.Audience, {"type": "private"}, {"type": "nobody"}),
    ],
)
def test_a_value_of_every_shape_stands_in_its_envelope(wanted: Any, takes: object, refuses: object) -> None:  # noqa: ANN401 - any annotation
    """Whatever is no object that says what it is stands under `value`."""
    Draft202012Validator.check_schema(json_schema(wanted))
    assert "$id" not in json_schema(wanted) or not wanted.__module__.startswith("test")
    for document, good in ((takes, True), (refuses, False)):
        assert valid({"reconnect": 1, "value": document}, wanted) is good
        assert read({"reconnect": 1, "value": document}, wanted) is good


@pytest.mark.parametrize("name", ["kind", "type"])
def test_a_mapping_that_looks_like_an_object_of_its_own_is_valid(name: str) -> None:
    """The version stands beside its names then, and in no other case."""
    written = {"reconnect": 1, name: "a"}
    for document, good in ((written, True), ({**written, "b": 1}, False), ({"reconnect": 1, "b": "a"}, False)):
        assert valid(document, Mapping[str, str]) is good
        assert read(document, Mapping[str, str]) is good


def test_one_of_several_says_which_one_it_is() -> None:
    """A scalar among others stands inside an object, and at the top the version stands beside what it says."""
    either = pendulum.DateTime | Fraction | rc.Note
    for document in (
        {"reconnect": 1, "type": "fraction", "value": "1/2"},
        {"reconnect": 1, "kind": "note", "text": "tired"},
    ):
        assert valid(document, either)
        assert read(document, either)
    for document in (
        {"reconnect": 1, "type": "fraction", "value": "tired"},
        {"reconnect": 1, "type": "instant", "value": "1/2"},
        {"reconnect": 1, "value": "1/2"},
    ):
        assert not valid(document, either)
        assert not read(document, either)
    assert valid({"reconnect": 1, "kind": "app.unknown"}, rc.Body | int)


def test_a_collection_of_nobody_knows_what_takes_nothing() -> None:
    """A tuple that does not say of what can be written, and never read."""
    assert not valid({"reconnect": 1, "value": []}, tuple)
    assert not read({"reconnect": 1, "value": []}, tuple)


def test_two_things_of_one_name_have_two_places() -> None:
    """A host may call a class of its own like one of ours; a name that a reference cannot hold is made plain."""
    pages = Pages([])
    assert pages.kinds == ()
    assert pages.refer(1, "move", dict) == {"$ref": "#/$defs/move"}
    assert pages.refer(2, "move", dict) == {"$ref": "#/$defs/move-2"}
    assert pages.refer(1, "move", dict) == {"$ref": "#/$defs/move"}
    assert pages.refer(3, "a/b~c d", dict) == {"$ref": "#/$defs/a_b_c_d"}


def test_a_class_without_words_has_its_name() -> None:
    """Nothing is made up where nobody wrote anything."""

    class Silent:
        pass

    assert entitled(Silent) == {"title": "Silent"}
    assert attribute(Silent, "text") == ""
    assert attribute(rc.Proposal, "circle") == "the id of its circle."


def test_limits_are_found_where_attrs_wraps_a_converter() -> None:
    """An optional id has the limits of an id; a converter of which nothing is said has none."""
    assert limits_of(optional(as_id)) == limits_of(as_id)
    assert limits_of(as_id).most == 200
    assert limits_of(len) == limits_of(lambda value: value) == limits_of(None) == Limits()


@frozen
class Nested:
    """A value that may hold itself."""

    inner: "Nested | None" = None


@frozen
class Endless:
    """A value that must hold itself, so that there is none."""

    inner: "Endless"


def test_a_class_that_holds_itself_is_described_once() -> None:
    """Its definition refers to itself; where there is no value, there is no example."""
    schema = json_schema(Nested)
    assert schema["properties"]["inner"]["anyOf"][0] == {"$ref": "#/$defs/nested"}
    assert valid({"reconnect": 1, "type": "nested", "inner": {"type": "nested"}}, Nested)
    assert "examples" not in json_schema(Endless)


def test_the_command_lists_names_and_prints_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """Who has no Python at hand asks someone who has, and gets one file."""
    assert __main__.main(["schema"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split() for line in listed if line.startswith("note ")] == [["note", "Note"]]
    assert __main__.main(["schema", "note"]) == 0
    assert json.loads(capsys.readouterr().out) == shipped_of("note")
    assert __main__.main(["schema", "nothing"]) == 2
    assert "expected one of the names" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", [bytes, complex])
def test_what_has_no_strict_shape_has_no_schema(wanted: type) -> None:
    """It would take anything, where `loads` takes nothing."""
    with pytest.raises(InvalidBody):
        json_schema(wanted)
