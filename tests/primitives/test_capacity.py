"""Capacity cards by example: an evening, a night in which clocks change, and what is refused."""

from typing import Final

import pendulum
import pytest

from reconnect.errors import InvalidBody, InvalidWindow, InvalidZone, NotAMember
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.capacity import (
    AsUsual,
    Capacity,
    CapacityCard,
    Little,
    capacity_of,
    capacity_phrase,
    little_until,
)
from reconnect.record.entry import Entry, Shared
from reconnect.record.membership import Left
from reconnect.record.memory import MemoryJournal

ANA: Final = Person(id="ana", zone="Europe/Paris", name="Ana")
BEN: Final = Person(id="ben", zone="America/New_York", name="Ben")
US: Final = Circle(id="c1", members=(ANA, BEN))
NOW: Final = pendulum.datetime(2026, 1, 5, 19)


@pytest.mark.parametrize(
    ("zone", "said", "ends"),
    [
        ("Europe/Paris", "2026-03-29T00:30:00+01:00", "2026-03-30T00:00:00+02:00"),  # a day of 23 hours
        ("Europe/Paris", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"),  # a day of 25 hours
        ("America/Sao_Paulo", "2018-11-03T22:00:00-03:00", "2018-11-04T01:00:00-02:00"),  # no midnight: at one
        ("America/Sao_Paulo", "2018-02-17T23:30:00-02:00", "2018-02-18T00:00:00-03:00"),  # the last hour, twice
        ("America/St_Johns", "2010-11-06T23:30:00-02:30", "2010-11-07T00:00:00-02:30"),  # the day ends,
        ("America/St_Johns", "2010-11-06T23:30:00-03:30", "2010-11-07T00:00:00-03:30"),  # and ends once more
        ("Pacific/Apia", "2011-12-29T22:00:00-10:00", "2011-12-31T00:00:00+14:00"),  # the next day never was
        ("America/Toronto", "1919-03-30T22:00:00-05:00", "1919-03-31T00:30:00-04:00"),  # from 23:30 to 00:30 at once
        ("Asia/Kathmandu", "2026-01-05T00:00:00+05:45", "2026-01-06T00:00:00+05:45"),
    ],
)
def test_a_day_ends_as_it_ends_there(zone: str, said: str, ends: str) -> None:
    """A card lasts for its author's own day, however long clocks make it."""
    at, end = (pendulum.parse(text) for text in (said, ends))
    assert isinstance(at, pendulum.DateTime)
    assert isinstance(end, pendulum.DateTime)
    story = CapacityCard.of(id="k1", circle="c1", by="ana", at=at, zone=zone)
    assert story.little_until(of="ana", at=at) == end
    assert story.level(of="ana", at=end.subtract(microseconds=1)) is Capacity.LITTLE
    assert story.level(of="ana", at=end) is Capacity.USUAL


def test_the_day_is_that_of_whoever_says_it() -> None:
    """Ben's evening in New York ends when it is morning in Paris."""
    card = CapacityCard.of(id="k1", circle=US, by="ben", at=NOW)
    until = card.little_until(of="ben", at=NOW)
    assert until == pendulum.datetime(2026, 1, 6, tz="America/New_York")
    with pytest.raises(InvalidBody, match="an end, or the zone whose day it lasts, got both or neither"):
        CapacityCard.of(id="k1", circle="c1", by="ben", at=NOW)


def test_an_end_can_be_named_and_a_later_word_counts() -> None:
    """Longer, shorter, or taken back: always one's latest word; the same end again says nothing new."""
    card = CapacityCard.of(id="k1", circle=US, by="ana", at=NOW, until=NOW.add(days=3))
    assert card.little(by="ana", at=NOW.add(hours=1), until=NOW.add(days=3)) is card
    shorter = card.little(by="ana", at=NOW.add(hours=1), until=NOW.add(hours=2))
    assert shorter.level(of="ana", at=NOW.add(hours=1)) is Capacity.LITTLE
    assert shorter.level(of="ana", at=NOW.add(hours=2)) is Capacity.USUAL
    usual = card.as_usual(by="ana", at=NOW.add(hours=1))
    assert usual.little_until(of="ana", at=NOW.add(hours=1)) is None
    assert usual.as_usual(by="ana", at=NOW.add(hours=2)) is usual
    again = usual.little(by="ana", at=NOW.add(hours=3), zone="Europe/Paris")
    assert again.little_until(of="ana", at=NOW.add(hours=3)) == pendulum.datetime(2026, 1, 5, 23)


def test_what_is_refused() -> None:
    """An end that has passed, no end at all, a zone that is none, and someone who is not there."""
    card = CapacityCard.of(id="k1", circle=US, by="ana", at=NOW)
    with pytest.raises(InvalidWindow):
        card.little(by="ana", at=NOW, until=NOW)
    with pytest.raises(InvalidBody):
        card.little(by="ana", at=NOW)
    with pytest.raises(InvalidZone):
        card.little(by="ana", at=NOW, zone="Mars/Olympus")
    with pytest.raises(InvalidBody):
        Little(until=NOW, zone="UTC")
    with pytest.raises(NotAMember):
        card.little(by="zoe", at=NOW, zone="UTC")
    with pytest.raises(InvalidBody):  # a circle that does not know them knows no zone of theirs
        CapacityCard.of(id="k1", circle=US, by="zoe", at=NOW)


def test_a_view_answers_about_now_and_says_it_kindly() -> None:
    """Each reader hears it on their own clock; without a card there is nothing to say."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    view = journal.view("ana", circle="c1", at=NOW)
    assert capacity_phrase(view, "ana") is None
    journal.append(*CapacityCard.of(id="k1", circle=US, by="ana", at=NOW, zone=view.zone).acts, acting="ana")
    ana, ben = (journal.view(name, circle="c1", at=NOW.add(hours=1)) for name in US.ids)
    assert capacity_of(ben, "ana") is Capacity.LITTLE
    assert capacity_of(ana, "ben") is Capacity.USUAL
    assert little_until(ana, "ana") == little_until(ben, "ana") == pendulum.datetime(2026, 1, 5, 23)
    yours, theirs = capacity_phrase(ana, "ana"), capacity_phrase(ben, "ana")
    assert yours is not None
    assert theirs is not None
    assert render(yours, zone=ana.zone) == (
        "You have little to give until Tuesday 6 January at 00:00. It ends by itself, and needs no reason."
    )
    assert render(theirs, zone=ben.zone, names=ben.names) == (
        "Ana has little to give until Monday 5 January at 18:00. It needs no reason, and says nothing about you."
    )
    assert capacity_of(journal.view("ben", circle="c1", at=NOW.add(hours=4)), "ana") is Capacity.USUAL


def test_at_the_edges_of_time_a_card_ends_at_once() -> None:
    """Where no clock shows a next day, there is nothing to wait for."""
    for moment in (pendulum.datetime(1, 1, 1), pendulum.datetime(9999, 12, 31, 23)):
        assert Little(zone="Pacific/Apia").end(moment) == moment


def test_whoever_leaves_takes_their_card_along() -> None:
    """Nobody reads on how much someone has to give who is not there any more."""
    card = CapacityCard.of(id="k1", circle=US, by="ana", at=NOW, until=NOW.add(days=3))
    left = Entry(circle="c1", author="ana", id="out", at=NOW.add(days=1), body=Left(), audience=Shared())
    gone = CapacityCard(id="k1", circle="c1", acts=card.acts, founding=(*card.founding, left))
    assert gone.level(of="ana", at=NOW) is Capacity.LITTLE
    assert gone.level(of="ana", at=NOW.add(days=1)) is Capacity.USUAL


def test_a_retry_of_a_card_is_the_same_card() -> None:
    """A request that is sent again after midnight does not take the next day as well."""
    late = pendulum.datetime(2026, 1, 5, 22, 59)
    first, second = (CapacityCard.of(id="k1", circle=US, by="ana", at=at).acts[0] for at in (late, late.add(minutes=2)))
    assert first.content == second.content
    merged = CapacityCard(id="k1", circle="c1", acts=(second, first))
    assert merged.level(of="ana", at=late.add(minutes=2)) is Capacity.USUAL
    assert merged.opening == (Little,)
    assert not CapacityCard(
        id="k1",
        circle="c1",
        acts=(Entry(circle="c1", author="ana", id="e", at=NOW, body=AsUsual(), audience=Shared(), about="k1"),),
    ).has_begun
