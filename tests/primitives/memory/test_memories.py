"""Memories: each in their own words, private unless shared, back after a while, and done again if everyone likes."""

import datetime as dt
from random import Random
from typing import Final

import pendulum
import pytest
from attrs import evolve

from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidAudience, InvalidCare, InvalidDate, NotOpen, NotYet, UnknownStory
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.memory import Memory, Revisit, Telling, next_recall, recall
from reconnect.primitives.memory.acts import MemoryRecalled, MemoryTakenBack
from reconnect.primitives.memory.spacing import FIRST
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.instant import as_instant

DAY: Final = dt.timedelta(days=1)
NOW: Final = as_instant(pendulum.datetime(2026, 1, 5, 21))
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
SUMMER: Final = dt.date(2025, 7, 4)


def chance(seed: int) -> Random:
    """Return a source of chance that gives the same everywhere."""
    return Random(seed)  # noqa: S311 - it chooses a memory, no secret


def lake(*, shared: bool = True) -> Memory:
    """Let Ana keep the lake."""
    heard = Shared() if shared else Private()
    return Memory.keep("the lake", day=SUMMER, audience=heard, id="m1", circle=US, by="ana", at=NOW)


def journal_of(*memories: Memory) -> MemoryJournal:
    """Write everything down, each in their own name."""
    journal = MemoryJournal(key=b"k")
    journal.found(US, by="ana", at=NOW)
    for memory in memories:
        for person in US.ids:
            journal.append(*memory.acts_of(person), acting=person)
    return journal


class TestTelling:
    """Whose words they are, and who may read them."""

    def test_it_is_private_unless_it_is_shared(self) -> None:
        """What was written privately before stays private; only what was shared is seen by the others."""
        m = lake(shared=False).tell("the lake, and I was sad", by="ana", at=NOW + DAY)
        with pytest.raises(UnknownStory):
            journal_of(m).view("ben", circle="c1", at=NOW + DAY).state(Memory, "m1")
        m = m.tell("the lake, and you", by="ana", at=NOW + 2 * DAY).share(by="ana", at=NOW + 3 * DAY)
        view = journal_of(m).view("ben", circle="c1", at=NOW + 3 * DAY)
        assert [each.text for each in view.state(Memory, "m1").tellings(at=view.at)] == ["the lake, and you"]
        assert len(view.entries(about="m1")) == 1
        assert m.share(by="ana", at=NOW + 4 * DAY) == m

    def test_each_tells_it_in_their_own_words(self) -> None:
        """In circle order of speaking, and nobody changes another's."""
        m = lake().tell("you sang", by="ben", at=NOW + DAY, audience=Shared())
        m = m.tell("the lake at night", by="ana", at=NOW + 2 * DAY, audience=Shared())
        told = m.tellings(at=NOW + 2 * DAY)
        assert [(each.by, each.text, each.day) for each in told] == [
            ("ana", "the lake at night", None),
            ("ben", "you sang", None),
        ]

    def test_words_can_be_taken_back(self) -> None:
        """Those that others could read for everyone, private ones for oneself; then there is nothing to share."""
        m = lake().tell("and I was sad", by="ana", at=NOW + DAY)
        gone = m.take_back(by="ana", at=NOW + 2 * DAY)
        assert gone.acts[-1].audience == Shared()
        assert (gone.tellings(at=NOW + 2 * DAY), gone.fresh_from(by="ben", at=NOW + 2 * DAY)) == ((), None)
        assert recall(journal_of(gone).view("ben", circle="c1", at=NOW + 99 * DAY), rng=chance(1)) is None
        alone = lake(shared=False).take_back(by="ana", at=NOW + DAY)
        assert alone.acts[-1].audience == Private()
        quietly = Entry(
            circle="c1", author="ana", id="x", at=NOW + 2 * DAY, body=MemoryTakenBack(), audience=Private(), about="m1"
        )
        still = evolve(m, acts=(*m.acts, quietly)).tellings(at=NOW + 2 * DAY)
        assert [(each.text, each.shared) for each in still] == [("the lake", True)]
        with pytest.raises(NotOpen):
            gone.share(by="ana", at=NOW + 3 * DAY)
        with pytest.raises(NotOpen):
            gone.take_back(by="ana", at=NOW + 3 * DAY)
        with pytest.raises(NotOpen):
            lake().share(by="ben", at=NOW)

    def test_the_words_are_nowhere_but_in_the_phrase(self) -> None:
        """They are left out of every `repr`; a day is said if it is known."""
        m = lake()
        (told,) = m.tellings(at=NOW)
        assert "the lake" not in repr((m, told, m.acts[0].body, m.revisit(at=NOW, words="the lake")))
        assert render(told.phrase(), names={"ana": "Ana"}) == "Ana remembers Friday 4 July: the lake"
        assert render(evolve(told, day=None).phrase()) == "ana remembers: the lake"

    @pytest.mark.parametrize("day", ["2025-07-04", NOW])
    def test_a_day_is_a_date(self, day: dt.date) -> None:
        """A text or a moment is none, and the refusal says nothing of it."""
        with pytest.raises(InvalidDate, match=r"^expected a date, got a (str|DateTime)$"):
            Memory.keep("the lake", day=day, id="m1", circle=US, by="ana", at=NOW)
        with pytest.raises(InvalidDate):
            Telling(by="ana", text="the lake", day=day)


class TestComingBack:
    """When a memory comes back to someone."""

    def test_after_a_week_and_then_ever_more_seldom(self) -> None:
        """A week, two, four; looked up early, the same pause begins anew."""
        m = lake()
        assert m.fresh_from(by="ben", at=NOW) == NOW + FIRST
        m = m.recalled(by="ben", at=NOW + 7 * DAY)
        assert m.fresh_from(by="ben", at=NOW + 7 * DAY) == NOW + 21 * DAY
        early = m.recalled(by="ben", at=NOW + 10 * DAY)
        assert early.fresh_from(by="ben", at=NOW + 10 * DAY) == NOW + 24 * DAY
        assert early.fresh_from(by="ana", at=NOW + 10 * DAY) == NOW + FIRST
        with pytest.raises(UnknownStory):
            m.fresh_from(by="ben", at=NOW - DAY)

    def test_one_can_let_it_rest(self) -> None:
        """For oneself alone, until one likes; asking twice changes nothing."""
        m = lake().rest(by="ben", at=NOW)
        assert m.rest(by="ben", at=NOW) == m
        assert (m.is_resting(by="ben", at=NOW), m.is_resting(by="ana", at=NOW)) == (True, False)
        view = journal_of(m).view("ben", circle="c1", at=NOW + 99 * DAY)
        assert (recall(view, rng=chance(1)), next_recall(view)) == (None, None)
        back = m.welcome_back(by="ben", at=NOW + DAY)
        assert back.fresh_from(by="ben", at=NOW + DAY) == NOW + FIRST
        assert back.welcome_back(by="ben", at=NOW + DAY) == back

    def test_the_same_chance_gives_the_same_memory(self) -> None:
        """And another chance another one, so that it is a surprise."""
        shelf = [Memory.keep(f"no {n}", id=f"m{n}", circle=US, by="ana", at=NOW) for n in range(5)]
        journal = journal_of(*shelf)
        view = journal.view("ana", circle="c1", at=NOW + FIRST)
        came = [recall(view, rng=chance(seed)) for seed in range(20)]
        assert came == [recall(view, rng=chance(seed)) for seed in range(20)]
        assert len({m.id for m in came if m is not None}) > 2
        early = journal.view("ana", circle="c1", at=NOW + DAY)
        assert (recall(early, rng=chance(1)), next_recall(early)) == (None, NOW + FIRST)
        assert next_recall(view) == view.at

    def test_that_one_looked_cannot_be_shared(self) -> None:
        """Its kind is private, so no entry carries it to others."""
        with pytest.raises(InvalidAudience):
            Entry(circle="c1", author="ana", id="x", at=NOW, body=MemoryRecalled(), audience=Shared())


class TestDoingItAgain:
    """A shared memory can be revisited, if everyone likes."""

    def test_the_wish_is_a_value_for_a_proposal(self) -> None:
        """Nothing is offered until someone offers it; everyone counts, and it is not asked again within a week."""
        m = lake()
        wish = m.revisit(at=NOW, words="with a thermos", start=NOW + 9 * DAY)
        assert wish == Revisit(memory="m1", words="with a thermos", start=NOW + 9 * DAY)
        journal = journal_of(m)
        p = journal.view("ben", circle="c1", at=NOW).offer(wish, id="p1")
        journal.append(*p.acts, acting="ben")
        p = journal.view("ana", circle="c1", at=NOW).state(Proposal, "p1")
        assert p.accept(by="ana", offer=p.offer.id, at=NOW).in_force(at=NOW) == wish
        with pytest.raises(NotYet):
            journal.view("ben", circle="c1", at=NOW + 6 * DAY).offer(m.revisit(at=NOW), id="p2")

    def test_what_the_others_cannot_know_is_not_asked_of_them(self) -> None:
        """A private memory is no subject, and a time that has passed is no time."""
        with pytest.raises(InvalidCare, match="a memory that is shared, got one that is not"):
            lake(shared=False).revisit(at=NOW)
        with pytest.raises(InvalidCare, match="a time that lies ahead"):
            lake().revisit(at=NOW, start=NOW - DAY)
        assert lake(shared=False).share(by="ana", at=NOW).revisit(at=NOW).memory == "m1"
