"""Entries, kinds and digests: what can be written down, and what makes it the same thing again."""

import copy
import datetime as dt
import enum
import pickle
from fractions import Fraction
from typing import Any, ClassVar, Final

import attrs
import pendulum
import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from reconnect.consent.offer import Accepted, Muted, Offered
from reconnect.edges.testing.stories import entries
from reconnect.errors import InvalidAudience, InvalidBody, InvalidCircle, InvalidId, KindTaken, UnknownKind
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.digest import LENGTH, digest
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.kind import Heard, UnknownBody, class_of, heard_of, kind_of, register
from reconnect.record.membership import Founded, Introduced, introduce
from reconnect.record.memory import MemoryJournal
from reconnect.record.sealed import Answered, Asked, Retracted

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
HIDDEN: Final = "what nobody should see in a log"


def entry(body: Any, audience: Audience | None = None, **named: Any) -> Entry:  # noqa: ANN401 - the wrong types, too
    """Write an entry."""
    given_ = {"circle": "c1", "author": "ana", "id": "e1", "at": NOW, "about": None, **named}
    return Entry(body=body, audience=audience or Private(), **given_)


@register
@frozen
class Anything:
    """A kind that holds anything that can be hashed."""

    kind: ClassVar[str] = "test.anything"

    thing: object


@given(entries())
def test_when_it_arrived_is_no_part_of_what_it_says(one: Entry) -> None:
    """The same entry received later is the same entry: same identity, same content."""
    later = one.received(one.at.add(hours=1))
    assert (later.identity, later.content) == (one.identity, one.content)
    assert later != one


@given(entries(), entries())
def test_content_is_the_same_exactly_if_everything_but_the_receipt_is(a: Entry, b: Entry) -> None:
    """Two entries have one content if and only if they differ at most in when they arrived."""
    assert (a.content == b.content) == (a == b.received(a.at))


@given(entries())
def test_an_entry_survives_copying_and_pickling(one: Entry) -> None:
    """Put away and taken out again it is the same."""
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301 - our own bytes
        assert (again, hash(again), again.content) == (one, hash(one), one.content)


def test_what_was_written_shows_in_no_repr() -> None:
    """Texts stay out of `repr`, so that no log and no traceback holds them."""
    bodies = (Note(text=HIDDEN), Introduced(zone="UTC", name=HIDDEN), UnknownBody(name="x.y", payload=HIDDEN))
    for body in bodies:
        assert HIDDEN not in repr(body)
        assert HIDDEN not in repr(entry(body, Shared()))
    assert HIDDEN not in repr(entry(Answered(text=HIDDEN), Sealed("r1")))


@pytest.mark.parametrize(
    ("body", "audience"),
    [
        (Accepted(offer="o"), Private()),
        (Accepted(offer="o"), Sealed("r1")),
        (Muted(offer="o"), Shared()),
        (Retracted(), Shared()),
        (Answered(text="hm"), Shared()),
        (Answered(text="hm"), Private()),
        (Note(text="hm"), Sealed("r1")),
    ],
    ids=repr,
)
def test_what_binds_is_shared_and_what_is_ones_own_stays_private(body: Any, audience: Audience) -> None:  # noqa: ANN401 - any body
    """Nobody can bind others in secret, nor show what is theirs alone by mistake."""
    with pytest.raises(InvalidAudience, match="for this kind of body, got"):
        entry(body, audience)


@pytest.mark.parametrize("field", ["circle", "author", "id", "about"])
def test_ids_are_checked(field: str) -> None:
    """Separators that cannot be printed, emptiness and excess are refused everywhere."""
    for wrong in ("a\0b", "", "x" * 201):
        with pytest.raises(InvalidId):
            evolve(entry(Note(text="hm")), **dict[str, Any]({field: wrong}))
    with pytest.raises(InvalidId):
        Sealed("a\0b")


def test_what_cannot_be_written_down_is_refused() -> None:
    """Classes that nobody registered, and content that does not last."""
    things: list[Any] = [object(), "text", None, Note]
    for thing in things:
        with pytest.raises(InvalidBody, match="registered class"):
            entry(thing)
    with pytest.raises(InvalidBody, match="can be hashed"):
        entry(Anything([]))
    for unlasting in (len, 1j, b"bytes", Anything(object())):
        with pytest.raises(InvalidBody, match="content that lasts"):
            entry(Anything(unlasting))
    for text in (7, None, b"x"):
        wrong: Any = text
        with pytest.raises(InvalidBody, match="expected a text, got a"):
            Note(text=wrong)
    with pytest.raises(InvalidBody, match="whole characters"):
        Note(text="\ud800")


def test_a_private_kind_cannot_be_offered_or_asked() -> None:
    """What is one person's own does not reach others inside of something shared."""
    for hidden in (Muted(offer="o"), Answered(text=HIDDEN)):
        with pytest.raises(InvalidBody, match="everyone may see"):
            Offered(value=hidden)
        with pytest.raises(InvalidBody, match="everyone may see"):
            Asked(prompt=hidden, closes=NOW)
    with pytest.raises(InvalidBody, match="registered class"):
        Asked(prompt=UnknownBody(name="note", payload="{}"), closes=NOW)


def test_a_known_kind_does_not_come_as_an_unknown_one() -> None:
    """Nobody gets around what a kind asks for by pretending that it is not known."""
    with pytest.raises(InvalidBody):
        entry(UnknownBody(name="proposal.accepted", payload="{}"))
    for version in (1, 0, -3, True, "2", 2.0):
        with pytest.raises(InvalidBody, match="a version of the format above 1"):
            UnknownBody(name="note", payload="{}", version=version)  # type: ignore[arg-type]  # as an untyped caller might
    one = entry(UnknownBody(name="host.later", payload="{}"), Shared())
    assert kind_of(one.body) == "host.later"
    assert heard_of(one.body) is Heard.ANY


def test_a_kind_belongs_to_one_class() -> None:
    """Kinds last, so no two classes share one; running a notebook cell again is fine."""
    assert class_of("test.anything") is Anything
    assert register(Anything) is Anything
    with pytest.raises(UnknownKind, match="registered kind"):
        class_of("no.such")

    @frozen
    class Other:
        """Another class with a kind that is taken."""

        kind: ClassVar[str] = "test.anything"

    with pytest.raises(KindTaken, match=r"test\.anything"):
        register(Other)


def test_only_frozen_values_with_a_kind_are_registered() -> None:
    """What could change, or compares by identity, is no content."""
    plain = type("Plain", (), {"kind": "test.plain"})
    loose = attrs.define(type("Loose", (), {"kind": "test.loose", "__annotations__": {}}))
    checked = attrs.define(eq=False)(
        type(
            "Checked",
            (),
            {"kind": "test.checked", "a": attrs.field(converter=str), "__annotations__": {"a": str}},
        )
    )
    same = attrs.frozen(eq=False)(type("Same", (), {"kind": "test.same", "__annotations__": {}}))
    for wrong in (plain, loose, checked, same):
        with pytest.raises(InvalidBody, match="frozen attrs class"):
            register(wrong)
    for kind in ("", None, 7):
        with pytest.raises(InvalidBody, match="class variable `kind`"):
            register(attrs.frozen(type("Nameless", (), {"kind": kind, "__annotations__": {}})))


LASTING: Final = "71cadf310a903890116699d421ec782c"


class Colour(enum.Enum):
    """Something to choose from."""

    RED = 1


DIFFERENT: Final[tuple[object, ...]] = (
    None,
    True,
    1,
    1.0,
    "1",
    Fraction(1),
    (),
    ("",),
    ("", ""),
    (("",), ""),
    frozenset(),
    frozenset({"a", "b"}),
    Colour.RED,
    "a:b",
    ("a", "b"),
    dt.date(2026, 1, 5),
    dt.time(19),
    NOW,
    NOW.naive(),
    dt.timedelta(1),
    dt.timedelta(seconds=1),
    Note(text="a"),
    Answered(text="a"),
)


def test_a_digest_tells_contents_apart() -> None:
    """Things that differ in content or in type have different digests, and each always the same."""
    found = [digest(thing) for thing in DIFFERENT]
    assert len(set(found)) == len(DIFFERENT)
    assert found == [digest(copy.deepcopy(thing)) for thing in DIFFERENT]
    assert {len(text) for text in found} == {LENGTH}
    assert digest("a", "b") != digest("ab")


def test_a_digest_lasts() -> None:
    """Ids that are derived from content stay the same in every version: they are written in journals."""
    assert digest("c1", 7, Note(text="hm"), NOW) == LASTING


def test_a_field_that_is_added_and_says_nothing_changes_no_digest() -> None:
    """A later version may add fields that need not be there; whatever was said before keeps its id."""

    def version(**added: Any) -> Any:  # noqa: ANN401 - any field
        fields = {"text": attrs.field(type=str), **added}
        return attrs.make_class("Later", fields, frozen=True, kw_only=True, class_body={"kind": "test.later"})

    before = digest(version()(text=""))
    for nothing in (None, "", (), frozenset[str](), False):
        later = version(more=attrs.field(default=nothing))
        assert digest(later(text="")) == before
        assert digest(later(text="", more=0)) != before
    assert digest(version(more=attrs.field(factory=tuple))(text="")) == before
    for something in (0, "-", ((),), 0.0):
        assert digest(version(more=attrs.field(default=something))(text="")) != before


def test_one_moment_has_one_digest() -> None:
    """However a moment is written, and whatever carries it."""
    paris = pendulum.datetime(2026, 1, 5, 20, tz="Europe/Paris")
    plain = dt.datetime(2026, 1, 5, 19, tzinfo=dt.UTC)
    assert digest(NOW) == digest(paris) == digest(plain)
    assert digest(False) != digest(0) != digest("")  # noqa: FBT003 - a value to digest


@given(st.integers() | st.floats(allow_nan=False) | st.text() | st.timedeltas() | st.fractions())
def test_a_digest_depends_on_the_value_alone(value: object) -> None:
    """Subclasses that only look different have the digest of what they are."""
    assert digest(value) == digest(copy.copy(value))
    if type(value) is int:
        assert digest(type("Number", (int,), {"__repr__": lambda _: "?"})(value)) == digest(value)


def test_a_founding_names_two_or_more_people_once() -> None:
    """The first entry of a circle is checked like the circle itself."""
    wrong: list[Any] = [("ana",), ("ana", "ana"), (), "ab", ["ana", "ben"]]
    for members in wrong:
        with pytest.raises(InvalidCircle, match="two or more ids"):
            Founded(members=members)


def test_a_new_name_in_the_same_zone_moves_nobody() -> None:
    """Someone who is called differently from now on lives by the same clocks as before."""
    at = pendulum.datetime(2026, 1, 5, 12)
    circle = Circle(id="c1", members=tuple(Person(id=name, zone="Europe/Paris") for name in ("ana", "ben")))
    journal = MemoryJournal()
    journal.found(circle, by="ana", at=at)
    for days, name in enumerate(("Ana", "Anna")):
        called = introduce(Person(id="ana", zone="Europe/Paris", name=name), circle="c1", at=at.add(days=days))
        journal.append(called, acting="ana")
    people = journal.view("ben", circle="c1", at=at.add(days=2)).people
    assert people["ana"] == Person(id="ana", zone="Europe/Paris", name="Anna")
