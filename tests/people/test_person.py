"""People: ids that mean nothing, zones that are a history, names that stand in one place."""

import copy
import pickle
from itertools import pairwise
from typing import Any, Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconnect.errors import InvalidCircle, InvalidId, InvalidPerson, InvalidZone
from reconnect.people.circle import Circle
from reconnect.people.person import LONGEST_ID, Move, Person, as_id

START: Final = pendulum.datetime(2026, 3, 1)
ZONES: Final = ("America/New_York", "Europe/Paris", "Pacific/Apia", "Pacific/Honolulu", "UTC")


def moments() -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant of one spring."""
    return st.integers(0, 2000).map(lambda hours: START.add(hours=hours))


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Draw a person who moved a few times."""
    person = Person(id="ana", zone=draw(st.sampled_from(ZONES)))
    for at in sorted(draw(st.sets(moments(), max_size=4))):
        person = person.moved(to=draw(st.sampled_from(ZONES)), at=at)
    return person


@given(people(), st.sampled_from(ZONES), moments())
def test_past_days_do_not_move(person: Person, zone: str, at: pendulum.DateTime) -> None:
    """A new move changes no day that came before it."""
    last = person.moves[-1].at if person.moves else START
    since = max(at, last.add(seconds=1))
    moved = person.moved(to=zone, at=since)
    for hours in range(0, 2000, 97):
        before = START.add(hours=hours)
        if before < since:
            assert moved.day_of(before) == person.day_of(before)
            assert moved.zone_at(before) == person.zone_at(before)
        else:
            assert moved.zone_at(before) == zone


@given(people(), moments())
def test_a_zone_holds_from_its_move_to_the_next(person: Person, at: pendulum.DateTime) -> None:
    """At every instant a person lives by exactly one clock: the one of their latest move by then."""
    stretches = [(START.subtract(years=1), person.zone), *((move.at, move.zone) for move in person.moves)]
    for (start, zone), (end, _) in pairwise([*stretches, (START.add(years=9), "")]):
        if start <= at < end:
            assert person.zone_at(at) == zone
            local = at.in_timezone(zone)
            assert person.day_of(at).isoformat() == local.to_date_string()


@given(people())
def test_a_person_survives_copying_and_pickling(person: Person) -> None:
    """A person put away and taken out again is the same person."""
    for again in (copy.deepcopy(person), pickle.loads(pickle.dumps(person))):  # noqa: S301 - our own bytes
        assert again == person
        assert hash(again) == hash(person)


def test_a_name_stays_out_of_sight() -> None:
    """How someone is called shows in no `repr`, so that no log holds it."""
    ana = Person(id="a1", zone="UTC", name="Ana")
    assert "Ana" not in repr(ana)
    assert "Ana" not in repr(Circle(id="c1", members=(ana, Person(id="b1", zone="UTC"))))


@pytest.mark.parametrize("text", ["a", "a b", "x" * LONGEST_ID, "ünïcødé", "founding", "a:b", "a/b", "🌱"])
def test_an_id_is_a_short_printable_text(text: str) -> None:
    """Anything printable of a decent length can be an id."""
    assert as_id(text) == text


@pytest.mark.parametrize("text", ["", "x" * (LONGEST_ID + 1), "a\0b", "a\nb", "a\tb", "\u200b", "\ud800", "\x7f"])
def test_an_id_has_no_hidden_characters(text: str) -> None:
    """Empty, enormous and invisible texts are refused, and not repeated in the refusal."""
    with pytest.raises(InvalidId, match=f"expected 1 to 200 printable characters, got {len(text)} characters"):
        as_id(text)


@pytest.mark.parametrize("thing", [None, 7, b"a", ("a",)])
def test_an_id_is_a_text(thing: Any) -> None:  # noqa: ANN401 - the wrong types on purpose
    """Only a text can be an id."""
    with pytest.raises(InvalidId, match=f"expected a text, got a {type(thing).__name__}"):
        as_id(thing)


def test_a_person_that_cannot_be_is_refused() -> None:
    """Zones, names and moves are checked when a person is made."""
    there, back = Move(at=START, zone="UTC"), Move(at=START, zone="Europe/Paris")
    no_text: Any = 7
    no_move: Any = ("UTC",)
    with pytest.raises(InvalidZone):
        Person(id="ana", zone="Mars/Olympus")
    with pytest.raises(InvalidPerson, match="expected a name that is a text, got a int"):
        Person(id="ana", zone="UTC", name=no_text)
    with pytest.raises(InvalidPerson, match="whole characters"):
        Person(id="ana", zone="UTC", name="\ud800")
    with pytest.raises(InvalidPerson, match="order of their instants"):
        Person(id="ana", zone="UTC", moves=(there, back))
    with pytest.raises(InvalidPerson, match="something else among them"):
        Person(id="ana", zone="UTC", moves=no_move)


def test_a_circle_is_two_or_more_people_each_of_them_once() -> None:
    """One person is no circle, and nobody stands in it twice."""
    ana, ben = Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")
    text: Any = "ana"
    assert Circle(id="c1", members=(ben, ana)).ids == ("ben", "ana")
    assert Circle(id="c1", members=[ana, ben]).members == (ana, ben)
    for members in ((), (ana,), (ana, ben, ana)):
        with pytest.raises(InvalidCircle, match=f"each of them once, got {len(members)} members"):
            Circle(id="c1", members=members)
    with pytest.raises(InvalidCircle, match="members that are persons"):
        Circle(id="c1", members=text)
    with pytest.raises(InvalidId):
        Circle(id="", members=(ana, ben))
