"""Laws of documents: what is written is read as it was, and everything else is refused in one quiet way."""

import json
import math
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reconnect.edges.convert import dumps, loads, make_converter
from reconnect.edges.testing.noise import SECRET, documents, gives_away, read_quietly, spoiled
from reconnect.edges.testing.occurrences import rhythms
from reconnect.edges.testing.public import strategies, values_of
from reconnect.edges.testing.values import audiences, bodies, entries_of, unknown_bodies
from reconnect.edges.testing.words import texts
from reconnect.errors import DecodeError
from reconnect.record.entry import Audience, Entry, Note
from reconnect.record.kind import Body, UnknownBody

THOROUGH: Final = settings().max_examples
FEW: Final = settings(max_examples=max(8, THOROUGH // 10))  # there are many types
CLASSES: Final = sorted(strategies(), key=lambda cls: cls.__name__)
each_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)


@each_class
@FEW
@given(data=st.data())
def test_what_is_written_is_read_as_it_was_and_written_alike(cls: type[Any], data: st.DataObject) -> None:
    """Bytes or text, once or again and again: the value stays equal, and its bytes stay the same."""
    value = data.draw(values_of(cls))
    written = dumps(value)
    found = value
    for _ in range(3):
        found = loads(dumps(found), cls)
        assert found == value
        assert dumps(found) == written
    assert loads(written.decode(), cls) == value


@each_class
@FEW
@given(data=st.data())
def test_a_changed_document_gives_a_value_or_one_quiet_error(cls: type[Any], data: st.DataObject) -> None:
    """Whatever is changed in a document, it is a good one still, or refused without a word of what it holds."""
    found = read_quietly(data.draw(spoiled(cls)), cls)
    if not isinstance(found, DecodeError):
        assert type(found) is cls
        assert loads(dumps(found), cls) == found


@given(documents(), st.sampled_from([*CLASSES, Body, Audience, tuple[Entry, ...], str, int, bool]))
def test_any_bytes_give_a_value_or_one_quiet_error(data: bytes, wanted: Any) -> None:  # noqa: ANN401 - any annotation
    """Noise, texts and JSON of any shape, taken for anything."""
    read_quietly(data, wanted)


@given(bodies())
def test_a_body_is_found_by_its_kind(body: Body) -> None:
    """Whoever reads a body need not know beforehand of which kind it is."""
    assert loads(dumps(body), Body) == body
    assert json.loads(dumps(body))["kind"] == (body.name if isinstance(body, UnknownBody) else body.kind)


@given(audiences())
def test_an_audience_says_which_one_it_is(audience: Audience) -> None:
    """Who may see something is never left to a guess."""
    assert loads(dumps(audience), Audience) == audience


@given(unknown_bodies())
def test_a_body_of_an_unknown_kind_is_passed_on_unchanged(body: UnknownBody) -> None:
    """What somebody newer wrote goes through an older one to the last byte, alone or inside something else."""
    original = dumps(body)
    assert dumps(loads(original, Body)) == original


@given(unknown_bodies().flatmap(lambda body: entries_of(st.just(body))))
def test_an_entry_with_an_unknown_body_is_passed_on_unchanged(entry: Entry) -> None:
    """The same holds inside an entry: everything around it is read, and the body is kept."""
    original = dumps(entry)
    assert dumps(loads(original, Entry)) == original


@FEW
@given(st.lists(entries_of(), max_size=3).map(tuple))
def test_many_entries_are_one_document(entries: tuple[Entry, ...]) -> None:
    """An export is read as it was written."""
    assert loads(dumps(entries), tuple[Entry, ...]) == entries


@given(bodies(), bodies())
def test_different_values_are_different_bytes(one: Body, other: Body) -> None:
    """Equal bytes mean equal values, and equal values give equal bytes."""
    assert (dumps(one) == dumps(other)) is (one == other)


@FEW
@given(entries_of())
def test_a_document_is_the_plain_values_of_the_converter_in_an_envelope(entry: Entry) -> None:
    """Who converts by hand gets the same as who writes bytes, but for the version."""
    converter = make_converter()
    plain = converter.unstructure(entry)
    assert {"reconnect": 1, **plain} == json.loads(dumps(entry))
    assert converter.structure(plain, Entry) == entry


@given(values_of(Note), texts())
def test_space_and_order_between_things_mean_nothing(note: Note, name: str) -> None:
    """A document may be indented and its names may come in any order; it is the same value."""
    tree = json.loads(dumps(note))
    turned = dict(reversed(list(tree.items())))
    assert loads(json.dumps(turned, indent=2), Note) == note
    with pytest.raises(DecodeError):
        loads(json.dumps({**tree, f"{name}'": 1}), Note)


@FEW
@given(rhythms())
def test_a_document_without_its_version_is_refused(rhythm: Any) -> None:  # noqa: ANN401 - a rhythm
    """Every document says by which format it is written."""
    tree = json.loads(dumps(rhythm))
    del tree["reconnect"]
    assert isinstance(read_quietly(json.dumps(tree), type(rhythm)), DecodeError)


def loud(how: str) -> DecodeError:
    """An error that gives something away in one way."""
    error = DecodeError("text", SECRET if how == "words" else "a text")
    error.__cause__ = ValueError(SECRET) if how == "cause" else None
    error.__context__ = ValueError(SECRET) if how == "context" else None
    error.__suppress_context__ = False
    return error


@pytest.mark.parametrize(("how", "told"), [("words", 1), ("cause", 2), ("context", 2), ("not at all", 0)])
def test_the_look_for_what_an_error_gives_away_bites(how: str, told: int) -> None:
    """Words of the document, a cause or a context are noticed."""
    assert len(gives_away(loud(how))) == told


def test_the_look_for_frames_of_the_reader_bites() -> None:
    """An error that still knows the frames in which values were read is noticed."""

    def deep(levels: int) -> None:
        if not levels:
            raise loud("not at all")
        deep(levels - 1)

    with pytest.raises(DecodeError) as caught:
        deep(3)
    assert gives_away(caught.value) == ("it brings frames of the reader along",)


def test_reading_quietly_fails_where_an_error_gives_something_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tests a door of their own with it learns what came out."""

    def telling(_data: bytes, _wanted: object) -> object:
        raise loud("words")

    monkeypatch.setattr("reconnect.edges.testing.noise.loads", telling)
    with pytest.raises(AssertionError, match="its words repeat the document"):
        read_quietly(b"", Note)


@given(st.floats() | st.integers() | st.booleans())
@example(math.nan)
@example(-math.inf)
@example(2**53 + 1)
@example(True)  # noqa: FBT003 - drawn by position
def test_a_converter_reads_no_number_that_it_could_not_write(number: float) -> None:
    """What comes as plain values has not been through JSON, and is read no more freely for that."""
    converter = make_converter()
    try:
        found = converter.structure(number, float)
    except DecodeError:
        found = None
    exact = type(number) is not bool and math.isfinite(number) and (type(number) is float or abs(number) <= 2**53)
    assert (found is not None) == exact
    assert found is None or converter.unstructure(found) == number == found
