"""Laws of schemas: they take whatever is written, and turn away nothing that would be read."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reconnect.edges.convert import dumps, loads
from reconnect.edges.schema import json_schema
from reconnect.edges.testing.noise import spoiled
from reconnect.edges.testing.public import strategies, values_of
from reconnect.edges.testing.values import bodies, entries_of
from reconnect.errors import DecodeError
from reconnect.record.entry import Audience, Entry
from reconnect.record.kind import Body

THOROUGH: Final = settings().max_examples
FEW: Final = settings(max_examples=max(6, THOROUGH // 15))  # there are many types
CLASSES: Final = sorted(strategies(), key=lambda cls: cls.__name__)
SEVERAL: Final = (Body, Body | str, Audience, tuple[Entry, ...], Mapping[str, int], str, int, bool, float, str | None)
each_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)

EDGES: Final[tuple[Any, ...]] = (
    *(None, True, False, {}, [], "", " ", "\ufeff", "\x1c", "\x00", "x" * 200, "x" * 201),
    *(-1, 0, 1, 2, 3, 4, 5, 6, 99, 100, 101, 1.0, 0.5, 2**53 + 1, -(2**63), 2**63 - 1, 2**63),
    *("2026-02-30T19:00:00Z", "2026-01-05T24:00:00Z", "2026-01-05T19:00:60Z", "2026-01-05T19:00:00+23:59"),
    *("2026-01-05t19:00:00z", "2026-01-05T19:00:00.1234567Z", "2026-01-05T19:00:00", "0001-01-01T00:00:00Z"),
    *("2026-02-30", "2026-1-5", "\uff12026-01-05", "2026-01-05\n", "20:00", "20:00:00", "24:00:00"),
    *("PT1H1S", "-PT5M", "PT0.5S", "P1Y", "P1W", "PT", "P", "P0D", "1/2", "1/0", "-1/2", "0.5", "1"),
    *("Europe/Paris", "Mars/Olympus", "MO", "checkin.open", "Not A Key", "shared", {"type": "shared"}, {"kind": "x"}),
    *({"kind": "note", "text": "x"}, {"kind": "note", "text": "x", "reconnect": 1}, {"kind": "x", "reconnect": 2}),
    *({"type": "instant", "value": "2026-01-05T19:00:00Z"}, {"type": "nothing_known"}, ["a1"], ["a1", "a1"]),
)


@cache
def validator(wanted: Any) -> Any:  # noqa: ANN401 - any annotation, and a class that has no types
    """What takes or refuses documents by our schema, formats included."""
    return Draft202012Validator(json_schema(wanted), format_checker=Draft202012Validator.FORMAT_CHECKER)


def agrees(data: bytes | str, wanted: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether a schema keeps its promise about a document: what it refuses is refused. Tells if it was refused."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):  # no JSON, about which a schema says nothing
        return True
    refused = not validator(wanted).is_valid(tree)
    try:
        loads(data, wanted)
    except DecodeError:
        return True
    return not refused


@st.composite
def bent(draw: st.DrawFn, cls: type) -> str:
    """Draw a document in which something lies at the edge of what may stand there, or beyond it."""
    tree = json.loads(dumps(draw(values_of(cls))))
    for _ in range(draw(st.integers(1, 2))):
        tree = _bent(draw, tree)
    return json.dumps(tree)


def _bent(draw: st.DrawFn, tree: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(tree, dict) and tree:
        name = draw(st.sampled_from(sorted(tree)))
        return {**tree, name: _bent(draw, tree[name])}
    if isinstance(tree, list) and tree and draw(st.booleans()):
        place = draw(st.integers(0, len(tree) - 1))
        return [*tree[:place], _bent(draw, tree[place]), *tree[place + 1 :]]
    if isinstance(tree, str) and draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from([tree * 2, tree[:-1], tree + " ", tree + "\n", tree.upper()]))
    return draw(st.sampled_from(EDGES))


@each_class
@FEW
@given(data=st.data())
def test_whatever_is_written_is_valid(cls: type, data: st.DataObject) -> None:
    """A document that this library writes is one by its schema."""
    validator(cls).validate(json.loads(dumps(data.draw(values_of(cls)))))


@each_class
@FEW
@given(data=st.data())
def test_what_a_schema_refuses_is_refused(cls: type, data: st.DataObject) -> None:
    """However a document is changed: if its schema turns it away, so does the library."""
    assert agrees(data.draw(bent(cls) | spoiled(cls)), cls)


@given(bodies())
def test_a_body_of_any_kind_is_valid(body: Body) -> None:
    """Whoever knows no kinds beforehand has one schema for all of them, and for those to come."""
    validator(Body).validate(json.loads(dumps(body)))


@FEW
@given(st.lists(entries_of(), max_size=2).map(tuple))
def test_an_export_is_valid(entries: tuple[Entry, ...]) -> None:
    """A list of entries, such as an export, stands in its envelope."""
    validator(tuple[Entry, ...]).validate(json.loads(dumps(entries)))


@given(st.sampled_from(EDGES), st.sampled_from(SEVERAL))
@example({"kind": "note", "text": "x"}, Body)
@example({"kind": "note", "text": "x"}, Body | str)
@example({"type": "shared"}, Audience)
def test_what_is_refused_in_an_envelope_is_refused(inner: Any, wanted: Any) -> None:  # noqa: ANN401 - any annotation
    """What stands where a document should be is judged alike, with and without an envelope."""
    whole = {"reconnect": 1, **inner} if isinstance(inner, dict) else inner
    assert agrees(json.dumps(whole), wanted)
    assert agrees(json.dumps({"reconnect": 1, "value": inner}), wanted)
