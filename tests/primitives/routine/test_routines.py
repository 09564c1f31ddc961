"""Routines and rituals: our first set, what people write themselves, and what comes round because everyone likes it."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from attrs import evolve

from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidCare
from reconnect.language.phrasebook import locales, render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.routine import SOOTHING, AgreedRitual, Ritual, Routine, keep_routine, rituals, routines
from reconnect.record.entry import Audience, Private, Shared
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

MINUTE: Final = dt.timedelta(minutes=1)
NOW: Final = as_instant(pendulum.datetime(2026, 3, 21, 12))
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
TEA: Final = Routine(key="tea", name="Tea on the stairs", steps=["kettle", "third stair"], takes=12 * MINUTE)
SUNDAYS: Final = Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 22))
UNKIND: Final = {"should", "must", "failed", "wrong", "prove", "cure", "heal", "treat", "fix", "always", "never"}


class TestTheFirstSet:
    """What we wrote ourselves."""

    def test_there_are_a_dozen_and_more_alone_and_together(self) -> None:
        """Each has a key and a name of its own."""
        assert len(SOOTHING) >= 12
        assert len({each.key for each in SOOTHING}) == len({each.name for each in SOOTHING}) == len(SOOTHING)
        assert {each.together for each in SOOTHING} == {True, False}

    @pytest.mark.parametrize("locale", locales())
    @pytest.mark.parametrize("routine", SOOTHING, ids=lambda routine: routine.key)
    def test_each_can_be_said_and_claims_nothing(self, routine: Routine, locale: str) -> None:
        """A name and a few sentences, all of them different; nobody is told what they ought to do or feel."""
        said = [render(phrase, locale=locale) for phrase in routine.phrases()]
        assert len(set(said)) == len(said) >= 3
        assert all(sentence and sentence[0].isupper() for sentence in said)
        assert all(sentence.endswith(".") for sentence in said[1:])
        assert not UNKIND & {word.strip(".,:").lower() for sentence in said for word in sentence.split()}


class TestOnesOwn:
    """What people write themselves."""

    def test_what_cannot_be_a_routine(self) -> None:
        """No steps, too many, one text, or no time for them; the words are in no refusal and in no `repr`."""
        for steps in ([], 13 * ["kettle"], "kettle"):
            with pytest.raises(InvalidCare) as told:
                Routine(key="tea", name="Tea", steps=steps)
            assert "kettle" not in str(told.value)
        for takes in (0 * MINUTE, 721 * MINUTE, 5):
            with pytest.raises(InvalidCare, match="at most 12 hours"):
                Routine(key="tea", name="Tea", steps=["kettle"], takes=takes)  # type: ignore[arg-type]  # wrong on purpose
        assert "stair" not in repr(TEA)
        assert [render(phrase) for phrase in TEA.phrases()] == ["Tea on the stairs", "kettle", "third stair"]

    def test_a_reader_chooses_among_ours_their_own_and_what_others_share(self) -> None:
        """Of each author and key the newest that the reader can see, by how long it takes and for whom it is."""
        journal = MemoryJournal(key=b"k")
        journal.found(US, by="ana", at=NOW)
        newer = evolve(TEA, steps=("kettle", "window"))
        both = Routine(key="chairs", name="Two chairs", steps=["sit"], takes=5 * MINUTE, together=True)
        written: list[tuple[str, Routine, Audience]] = [
            ("ana", TEA, Shared()),
            ("ana", newer, Private()),
            ("ben", TEA, Private()),
            ("ben", both, Shared()),
        ]
        for number, (by, each, heard) in enumerate(written):
            entry = keep_routine(each, id=f"e{number}", circle=US, by=by, at=NOW + number * MINUTE, audience=heard)
            journal.append(entry, acting=by)
        view = {who: journal.view(who, circle="c1", at=NOW + 9 * MINUTE) for who in US.ids}
        assert routines(view["ana"])[len(SOOTHING) :] == (newer, both)
        assert routines(view["ben"])[len(SOOTHING) :] == (TEA, TEA, both)
        short = routines(view["ben"], together=True, at_most=10 * MINUTE)
        assert both in short
        assert all(each.together and each.takes <= 10 * MINUTE for each in short)
        assert TEA in routines(view["ben"], together=False)
        assert keep_routine(TEA, id="e9", circle="c1", by="ana", at=NOW).audience == Private()


class TestRituals:
    """What comes round."""

    def test_it_comes_round_on_local_clocks(self) -> None:
        """At eight in the evening before and after the clocks change, for as long as the routine takes."""
        times = Ritual(routine=TEA, rhythm=SUNDAYS).times(Window.of(NOW, dt.timedelta(days=14)))
        assert [(each.start.hour, each.length) for each in times] == [(19, 12 * MINUTE), (18, 12 * MINUTE)]

    def test_it_is_agreed_on_like_anything_joint(self) -> None:
        """It holds while everyone's yes stands; whoever withdraws ends it, alone and at once."""
        word = next(each for each in SOOTHING if each.key == "word_of_reassurance")
        ritual = Ritual(routine=word, rhythm=SUNDAYS)
        journal = MemoryJournal(key=b"k")
        journal.found(US, by="ana", at=NOW)
        p = journal.view("ana", circle="c1", at=NOW).offer(ritual, id="p1")
        journal.append(*p.acts, acting="ana")
        ben = journal.view("ben", circle="c1", at=NOW)
        assert rituals(ben) == ()
        p = ben.state(Proposal, "p1").accept(by="ben", offer=p.offer.id, at=NOW)
        journal.append(*p.acts_of("ben"), acting="ben")
        until = as_instant(NOW + dt.timedelta(days=90))
        assert rituals(journal.view("ana", circle="c1", at=NOW)) == (
            AgreedRitual(proposal="p1", ritual=ritual, until=until),
        )
        p = p.withdraw(by="ben", at=NOW + MINUTE)
        journal.append(*p.acts_of("ben"), acting="ben")
        assert rituals(journal.view("ana", circle="c1", at=NOW + MINUTE)) == ()

    def test_something_else_is_no_ritual(self) -> None:
        """A routine and a recurrence, nothing less."""
        with pytest.raises(InvalidCare, match="expected a routine, got a str"):
            Ritual(routine="tea", rhythm=SUNDAYS)  # type: ignore[arg-type]  # wrong on purpose
        with pytest.raises(InvalidCare, match="expected a recurrence, got a str"):
            Ritual(routine=TEA, rhythm="weekly")  # type: ignore[arg-type]  # wrong on purpose
