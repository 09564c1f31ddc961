"""Gestures: what is given, for whom, for how long; and that there is no way to answer or to see who looked."""

import datetime as dt
import inspect
from typing import Final

import attrs
import pendulum
import pytest
from attrs import evolve

from reconnect.errors import InvalidAudience, InvalidCare, NotAMember, NotYours, UnknownStory
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.gesture import Gesture, Warmth, here_for
from reconnect.primitives.gesture.acts import GestureGiven
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.membership import Ended, Left
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.elapsed import LAST
from reconnect.temporal.instant import as_instant

HOUR: Final = dt.timedelta(hours=1)
NOW: Final = as_instant(pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris"))  # clocks skip an hour that night
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cleo")))


def here(name: str = "g1", *, by: str = "ana", hours: float = 0, to: tuple[str, ...] = ()) -> Gesture:
    """Let someone say that they are here."""
    return Gesture.give(to=to, id=name, circle=US, by=by, at=as_instant(NOW + hours * HOUR))


def test_it_stands_for_a_real_day_unless_its_giver_ends_it() -> None:
    """Clocks skip an hour in the night, and it stands for 24 real hours; ending it needs no reason."""
    g = here()
    assert (g.stands(at=NOW + 24 * HOUR - dt.timedelta(seconds=1)), g.stands(at=NOW + 24 * HOUR)) == (True, False)
    assert g.until().in_timezone("Europe/Paris").hour == 23
    ended = g.end(by="ana", at=NOW + HOUR)
    assert (ended.stands(at=NOW), ended.stands(at=NOW + HOUR)) == (True, False)
    assert g.end(by="ana", at=NOW + 30 * HOUR) == g
    with pytest.raises(NotYours):
        g.end(by="ben", at=NOW)
    with pytest.raises(UnknownStory):
        g.end(by="ana", at=NOW - HOUR)
    assert not g.stands(at=NOW - HOUR)


def test_it_ends_when_its_giver_leaves_or_everyone_ends_the_circle() -> None:
    """Nobody is told that someone is here who is not."""
    g = here()
    left = Entry(circle="c1", author="ana", id="bye", at=NOW + HOUR, body=Left(), audience=Shared())
    assert not evolve(g, founding=(*g.founding, left)).stands(at=NOW + HOUR)
    ends = [Entry(circle="c1", author=by, id="e", at=NOW + HOUR, body=Ended(), audience=Shared()) for by in US.ids]
    assert not evolve(g, founding=(*g.founding, *ends)).stands(at=NOW + HOUR)


def test_there_is_nothing_to_answer_and_no_receipt() -> None:
    """No verb is anyone's but the giver's, and no field says that it was seen or answered."""
    verbs = {name for name, each in inspect.getmembers(Gesture, inspect.isfunction) if not name.startswith("_")}
    inherited = {name for name, _ in inspect.getmembers(Gesture.__base__, inspect.isfunction)}
    assert verbs - inherited == {"end", "until", "stands", "is_for", "phrase"}
    assert {field.name for field in attrs.fields(GestureGiven)} == {"warmth", "to", "words", "stands"}


def test_a_reader_finds_who_is_here_for_them() -> None:
    """The newest first, from others, for the reader or for everyone, while it stands."""
    journal = MemoryJournal(key=b"k")
    journal.found(US, by="ana", at=NOW)
    given = [here("g1"), here("g2", by="ben", hours=1, to=("ana",)), here("g3", by="cleo", hours=2)]
    for each in given:
        journal.append(*each.acts, acting=each.by)
    before = len(list(journal.everything()))
    shown = {who: [g.id for g in here_for(journal.view(who, circle="c1", at=NOW + 3 * HOUR))] for who in US.ids}
    assert shown == {"ana": ["g3", "g2"], "ben": ["g3", "g1"], "cleo": ["g1"]}
    assert here_for(journal.view("ana", circle="c1", at=NOW + 30 * HOUR)) == ()
    assert len(list(journal.everything())) == before


@pytest.mark.parametrize("warmth", Warmth)
def test_everything_warm_can_be_said(warmth: Warmth) -> None:
    """With words of one's own or without, and never with a question."""
    g = Gesture.give(warmth, id="g1", circle="c1", by="ana", at=NOW)
    said = render(g.phrase(), names={"ana": "Ana"})
    assert said.startswith("Ana ")
    assert "?" not in said
    own = Gesture.give(warmth, words="Soup is on.", id="g1", circle="c1", by="ana", at=NOW)
    assert render(own.phrase(), names={"ana": "Ana"}) == f"{said} Soup is on."
    assert "Soup" not in repr((own, own.given))


def test_what_cannot_be_given() -> None:
    """Not for no time, not for ever, not to a text, not by a stranger, and not in secret."""
    for stands in (0 * HOUR, 32 * 24 * HOUR, "a day"):
        with pytest.raises(InvalidCare, match="at most 31 days"):
            Gesture.give(stands=stands, id="g1", circle=US, by="ana", at=NOW)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidCare, match="a collection of ids"):
        Gesture.give(to="ben", id="g1", circle=US, by="ana", at=NOW)
    with pytest.raises(NotAMember):
        here(by="eve")
    with pytest.raises(InvalidAudience):
        evolve(here().acts[0], audience=Private())
    late = Gesture.give(id="g1", circle="c1", by="ana", at=LAST - HOUR)
    assert late.until() == LAST
