"""After a return the present comes first: when a window opens, which topics rest, and what people say in it."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from attrs import evolve

from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidBody, InvalidRecovery, NotOpen, NotYours, UnknownStory
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.phrase import Phrase
from reconnect.primitives.recovery import Phase, Placement, Recovery, RecoveryTerms, RecoveryWindow, TimeOut
from reconnect.record.entry import Entry, Note, Shared
from reconnect.record.membership import Left
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.elapsed import LAST, elapsed
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

HOUR: Final = dt.timedelta(hours=1)
MINUTE: Final = dt.timedelta(minutes=1)
TICK: Final = dt.timedelta(microseconds=1)
EVENING: Final = as_instant(pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris"))  # clocks skip an hour that night
US: Final = Circle(id="c1", members=(Person(id="ana", zone="America/New_York"), Person(id="ben", zone="Europe/Paris")))


def at(hours: float) -> pendulum.DateTime:
    """Return an instant so many real hours after the evening began."""
    return elapsed(EVENING, hours * HOUR)


def agreed(terms: RecoveryTerms | None = None, *, begin: float = -72, lasts: dt.timedelta = 90 * 24 * HOUR) -> Proposal:
    """Let both say yes to recovery terms."""
    p = Proposal.of(terms or RecoveryTerms(), id="p1", circle=US, by="ben", at=at(begin), lasts=lasts)
    return p.accept(by="ana", offer=p.offer.id, at=at(begin))


def back(hours: float = 1, *, topic: str | None = "money", name: str = "t1", called: float = 0) -> TimeOut:
    """Let Ana call a time-out and come back."""
    pause = TimeOut.call(id=name, circle=US, by="ana", at=at(called), topic=topic)
    return pause.returned(by="ana", at=at(hours))


class TestPauses:
    """The phases of a pause that someone called, updated, came back from or ended."""

    def test_a_day_is_a_real_day(self) -> None:
        """Clocks skip an hour in the night, and the pause ends by itself after 24 real hours."""
        pause = TimeOut.call(id="t1", circle=US, by="ana", at=EVENING)
        assert pause.phase(at=as_instant(at(24) - TICK)) is Phase.WAITING
        assert pause.phase(at=at(24)) is Phase.RELEASED
        assert at(24).in_timezone("Europe/Paris").hour == 23
        assert pause.changes_at(at=at(24)) is None
        with pytest.raises(UnknownStory):
            pause.phase(at=at(-1))
        assert pause.back_at(at=at(24)) is None

    def test_a_time_beyond_the_day_is_refused(self) -> None:
        """At the call, and later."""
        with pytest.raises(
            InvalidRecovery, match=r"^expected a time to be back within 24 hours of the call, got a later"
        ):
            TimeOut.call(id="t1", circle=US, by="ana", at=EVENING, back_at=as_instant(at(24) + TICK))
        pause = TimeOut.call(id="t1", circle=US, by="ana", at=EVENING, back_at=at(24))
        assert pause.update(at(24), by="ana", at=at(1)) == pause
        with pytest.raises(InvalidRecovery):
            pause.update(at(25), by="ana", at=at(1))

    def test_after_the_day_no_new_time_is_named_and_a_return_is_welcome(self) -> None:
        """Nothing is expected any more, so there is nothing to name; coming back is never refused."""
        pause = TimeOut.call(id="t1", circle=US, by="ana", at=EVENING)
        with pytest.raises(NotOpen):
            pause.update(at(24), by="ana", at=at(24))
        assert pause.returned(by="ana", at=at(300)).phase(at=at(300)) is Phase.RETURNED

    def test_only_the_caller_comes_back_and_anyone_ends_the_talk(self) -> None:
        """Nobody returns in another's name; the end needs no reason, and is said once."""
        pause = TimeOut.call(id="t1", circle=US, by="ana", at=EVENING)
        for refused in (pause.returned, pause.suggestion):
            with pytest.raises(NotYours):
                refused(by="ben", at=at(1))
        with pytest.raises(NotYours):
            pause.update(at(2), by="ben", at=at(1))
        ended = pause.stop(by="ben", at=at(1))
        assert ended.phase(at=at(1)) is Phase.STOPPED
        assert ended.stop(by="ana", at=at(2)) == ended
        with pytest.raises(NotOpen):
            ended.returned(by="ana", at=at(2))
        assert ended.suggestion(by="ana", at=at(2)) is None

    def test_the_ladder_suggests_the_next_step_and_ends_with_the_day(self) -> None:
        """20 minutes, an hour, two, half a day, a day."""
        pause = TimeOut.call(id="t1", circle=US, by="ana", at=EVENING)
        found = [pause.suggestion(by="ana", at=at(hours)) for hours in (0, 0.5, 1, 2, 12, 24)]
        assert found == [at(1), at(1), at(2), at(12), at(24), None]

    def test_phases_within_a_window_begin_with_the_call(self) -> None:
        """Before it there is none, and what lies ahead is told as it will be."""
        pause = back(2)
        told = list(pause.phases(Window(at(-5), at(5))))
        assert [phase for _, phase in told] == [Phase.RESTING, Phase.WAITING, Phase.RETURNED]
        assert (told[0][0].start, told[-1][0].end) == (at(0), at(5))
        assert list(pause.phases(Window(at(-5), at(-4)))) == []


class TestOpening:
    """It opens by itself only where everyone agreed on it beforehand."""

    def test_without_terms_it_is_offered_and_opens_once_everyone_agrees(self) -> None:
        """Silence is not yes, also afterwards."""
        pause = back()
        w = RecoveryWindow.after(pause)
        assert w.standing(at=at(0.5)) is Recovery.AHEAD
        assert w.phrase(at=at(0.5)) == Phrase.of("recovery.ahead")
        assert w.standing(at=at(2)) is Recovery.OFFERED
        assert w.phrase(at=at(2)) == Phrase.of("recovery.offered", length=24 * HOUR)
        late = RecoveryWindow.after(pause, terms=[agreed(begin=3)])
        assert [late.standing(at=at(hours)) for hours in (2, 3, 25)] == [Recovery.OFFERED, Recovery.OPEN, Recovery.OVER]
        assert late.phrase(at=at(3)) == Phrase.of("recovery.open", until=at(25))
        assert late.phrase(at=at(26)) == Phrase.of("recovery.over")

    def test_a_window_ends_with_what_it_rests_on(self) -> None:
        """A withdrawal ends it at once; a lapse as everyone knew it would."""
        withdrawn = agreed().withdraw(by="ben", at=at(5))
        w = RecoveryWindow.after(back(), terms=[withdrawn])
        assert w.window(at=at(4)) == Window(at(1), at(25))
        assert w.standing(at=at(5)) is Recovery.OVER
        lapsing = RecoveryWindow.after(back(), terms=[agreed(lasts=80 * HOUR)])
        assert lapsing.window(at=at(2)) == Window(at(1), at(8))

    def test_an_agreement_on_something_else_opens_nothing(self) -> None:
        """Only recovery terms are terms; entries about nothing in particular say nothing either."""
        walk = Proposal.of(Note(text="a walk"), id="p2", circle=US, by="ben", at=at(-9))
        walk = walk.accept(by="ana", offer=walk.offer.id, at=at(-8))
        w = RecoveryWindow.after(back(), terms=[walk])
        stray = Entry(circle="c1", author="ben", id="x", at=at(0), body=Note(text="tea"), audience=Shared())
        assert evolve(w, acts=(*w.acts, stray)).standing(at=at(2)) is Recovery.OFFERED

    def test_terms_show_their_topics_in_one_order(self) -> None:
        """Equal terms look equal; the intention is left out."""
        shown = (
            "RecoveryTerms(length=datetime.timedelta(days=1), exempt=frozenset(['boundaries', 'children', 'health', "
        )
        assert repr(RecoveryTerms(intention="hm")).startswith(shown)

    def test_terms_that_could_not_be_kept_are_refused(self) -> None:
        """A window beyond a week, without room for the follow-up, or of another type."""
        for terms in ({"length": 8 * 24 * HOUR}, {"length": 10 * MINUTE}, {"follow_up": 0 * HOUR}, {"length": 24}):
            with pytest.raises(InvalidRecovery):
                RecoveryTerms(**terms)
        with pytest.raises(InvalidRecovery, match="one text"):
            RecoveryTerms(exempt="money")
        with pytest.raises(InvalidBody):
            RecoveryTerms(intention=5)  # type: ignore[arg-type]  # wrong on purpose


class TestTopics:
    """What a topic rests for, and for how long at most."""

    @pytest.mark.parametrize(("returned", "ends"), [(1, 25), (23, 47), (30, 48), (47, 48)])
    def test_it_rests_for_a_window_after_the_return_and_never_beyond_two_days(
        self, returned: float, ends: float
    ) -> None:
        """Real hours, across the clock change."""
        w = RecoveryWindow.after(back(returned), terms=[agreed()])
        assert w.topic_rest == Windows.of(Window(at(0), at(ends)))
        assert not w.may_raise("money", at=as_instant(at(ends) - TICK))
        assert w.may_raise("money", at=at(ends))
        assert w.may_raise("dishes", at=at(1))

    def test_further_calls_never_make_it_longer(self) -> None:
        """Calling again and again gains nobody another day; a call after the rest begins a new one."""
        first = TimeOut.call(id="t1", circle=US, by="ana", at=at(0), topic="money")
        again = [back(40, name="t2", called=30), back(47.5, name="t3", called=47)]
        w = RecoveryWindow.after(first, others=again)
        assert w.topic_rest == Windows.of(Window(at(0), at(48)))
        later = RecoveryWindow.after(
            first, others=[TimeOut.call(id="t2", circle=US, by="ben", at=at(48), topic="money")]
        )
        assert not later.may_raise("money", at=at(50))

    def test_what_must_not_wait_never_rests(self) -> None:
        """Safety, children, health and boundaries; and whatever else was agreed."""
        for topic in ("safety", "children", "health", "boundaries"):
            w = RecoveryWindow.after(back(topic=topic))
            assert w.may_raise(topic, at=at(1))
            assert w.topic_rest == Windows()
        rent = RecoveryWindow.after(back(topic="rent"), terms=[agreed(RecoveryTerms(exempt={"rent"}))])
        assert rent.may_raise("rent", at=at(1))
        with pytest.raises(NotOpen):
            RecoveryWindow.after(back(topic=None)).topic_return({}, at=at(2))

    def test_only_who_brought_it_up_parks_it(self) -> None:
        """The other cannot put aside what matters to somebody else."""
        w = RecoveryWindow.after(back(), terms=[agreed()])
        with pytest.raises(NotOpen):
            w.bring_up("money", by="ben", at=at(2))
        w = w.bring_up("the wedding", by="ben", at=at(2))
        assert w.bring_up("the wedding", by="ben", at=at(3)) == w
        with pytest.raises(NotYours):
            w.park("the wedding", by="ana", at=at(3))
        assert (w.topics(at=at(3)), w.parked(at=at(3))) == (("the wedding",), ())
        parked = w.park("the wedding", by="ben", at=at(3))
        assert (parked.topics(at=at(4)), parked.parked(at=at(4))) == ((), ("the wedding",))
        again = parked.bring_up("the wedding", by="ana", at=at(5)).bring_up("the wedding", by="ben", at=at(6))
        assert again.park("the wedding", by="ana", at=at(7)).topics(at=at(7)) == ("the wedding",)


class TestFollowUp:
    """A short talk about the present, where everyone's published hours have room."""

    HOURS: Final = {"ana": Windows.of(Window(at(3), at(9))), "ben": Windows.of(Window(at(5), at(30)))}

    def test_the_first_time_that_suits_everyone(self) -> None:
        """Hours that come round count as well, and quiet hours are left out, a later tightening too."""
        w = RecoveryWindow.after(back(), terms=[agreed()])
        found = w.follow_up(self.HOURS, at=at(2))
        assert (found.start, found.nearest) == (at(5), None)
        quiet = Windows.of(Window(at(4), at(6)))
        assert w.follow_up(self.HOURS, quiet=quiet).start == at(6)
        assert found.stands(self.HOURS)
        assert not found.stands(self.HOURS, quiet=quiet)
        weekly: dict[str, Windows | WeeklyHours] = {
            "ana": self.HOURS["ana"],
            "ben": WeeklyHours("UTC", {"SU": ["03:00-08:00"]}),
        }
        assert w.follow_up(weekly, at=at(2)).start == at(6)

    def test_no_room_inside_says_so_and_gives_the_nearest(self) -> None:
        """A follow-up that would end with the window is not strictly inside it."""
        w = RecoveryWindow.after(back(), terms=[agreed()])
        late = Windows.of(Window(as_instant(at(25) - 15 * MINUTE), at(40)))
        found = w.follow_up({"ana": late, "ben": late})
        assert (found.start, found.nearest) == (None, as_instant(at(25) - 15 * MINUTE))
        assert found.phrase.key == "recovery.nearest"
        nowhere = w.follow_up({"ana": late, "ben": Windows()})
        assert (nowhere.start, nowhere.nearest, nowhere.phrase.key) == (None, None, "recovery.not_placed")
        assert not nowhere.stands({"ana": late})
        assert w.follow_up({"ana": late}).start is None  # nobody knows when Ben has time

    def test_a_topic_returns_when_its_rest_is_over(self) -> None:
        """That is an offer of its own, which anyone may refuse."""
        w = RecoveryWindow.after(back(), terms=[agreed()])
        always = {"ana": Windows.of(Window(at(0), at(200))), "ben": Windows.of(Window(at(0), at(200)))}
        assert w.topic_return(always).start == at(25)
        assert w.topic_return(always, at=at(30)).start == at(30)
        assert w.topic_return(always).phrase == Phrase.of("recovery.placed", start=at(25), length=15 * MINUTE)
        early = RecoveryWindow.after(TimeOut.call(id="t1", circle=US, by="ana", at=EVENING, topic="money"))
        assert early.topic_return(always).start == at(48)
        with pytest.raises(NotOpen):
            early.follow_up(always)

    def test_a_time_stands_once_everyone_said_yes_to_the_same_one(self) -> None:
        """One yes is none; and it lies strictly inside the window."""
        w = RecoveryWindow.after(back(), terms=[agreed()])
        one = w.meet(at(5), by="ana", at=at(2))
        assert one.meet(at(5), by="ana", at=at(3)) == one
        assert one.meeting(at=at(3)) is None
        both = one.meet(at(5), by="ben", at=at(3))
        assert both.meeting(at=at(3)) == at(5)
        for start in (at(1.5), as_instant(at(25) - 15 * MINUTE)):
            with pytest.raises(InvalidRecovery):
                w.meet(start, by="ana", at=at(2))
        for verb in (w.meet, w.bring_up):
            with pytest.raises(NotYours):
                verb(*((at(5),) if verb == w.meet else ("the wedding",)), by="eve", at=at(2))
        with pytest.raises(NotOpen):
            w.meet(at(30), by="ana", at=at(26))

    def test_the_agenda_is_about_the_present(self) -> None:
        """What everyone has in mind first, in their own words if they chose some; never the topic."""
        own = RecoveryWindow.after(back(), terms=[agreed(RecoveryTerms(intention="us, not money"))])
        keys = [phrase.key for phrase in own.agenda()]
        assert keys == ["recovery.intention", "recovery.feelings", "recovery.goals", "recovery.next_steps"]
        assert RecoveryWindow.after(back()).agenda()[0] == Phrase.of("recovery.understand_not_win")

    def test_small_wins_are_ones_own_unless_shared(self) -> None:
        """They are collected in order, for whoever may see them."""
        w = RecoveryWindow.after(back(), terms=[agreed()])
        w = w.celebrate("we laughed", by="ana", at=at(2)).celebrate("tea", by="ben", at=at(3), audience=Shared())
        assert [(act.author, act.audience == Shared()) for act in w.wins(at=at(3))] == [("ana", False), ("ben", True)]
        with pytest.raises(NotOpen):
            RecoveryWindow.after(TimeOut.call(id="t1", circle=US, by="ana", at=EVENING)).celebrate(
                "x", by="ana", at=at(2)
            )

    def test_a_placement_takes_some_time(self) -> None:
        """Nothing is placed that takes none."""
        with pytest.raises(InvalidRecovery):
            Placement(people=("ana",), length=0 * HOUR, after=EVENING)

    def test_at_the_end_of_the_calendar_nothing_breaks(self) -> None:
        """What would pass the last instant ends with it."""
        late = as_instant(LAST - HOUR)
        pause = TimeOut.call(id="t1", circle="c1", by="ana", at=late, topic="money")
        assert pause.phase(at=as_instant(LAST - TICK)) is Phase.WAITING
        assert pause.phase(at=LAST) is Phase.RELEASED
        w = RecoveryWindow.after(pause.returned(by="ana", at=LAST))
        assert w.standing(at=LAST) is Recovery.AHEAD
        placed = w.topic_return({"ana": Windows.of(Window(late, LAST))})
        assert placed.start is None


def test_a_journal_gathers_the_same_window() -> None:
    """From what a reader can see: every time-out, the terms, and what was said afterwards."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=at(-100))
    stories = (agreed(), back(2, name="t0", called=0.5), back())
    for story in stories:
        for act in story.acts:
            journal.append(act, acting=act.author)
    w = journal.view("ben", circle="c1", at=at(3)).state(RecoveryWindow, "t1").meet(at(6), by="ben", at=at(3))
    journal.append(*w.acts_of("ben"), acting="ben")
    seen = journal.view("ana", circle="c1", at=at(4)).state(RecoveryWindow, "t1").meet(at(6), by="ana", at=at(4))
    assert seen.standing(at=at(4)) is Recovery.OPEN
    assert seen.meeting(at=at(4)) == at(6)
    assert seen.topic_rest == Windows.of(Window(at(0), at(26)))


def test_who_leaves_is_released() -> None:
    """The pause of someone who left asks nothing of anyone, and needs nobody's yes of theirs afterwards."""
    journal = MemoryJournal()
    three = Circle(id="c1", members=(*US.members, Person(id="cy", zone="UTC")))
    journal.found(three, by="ana", at=at(-100))
    pause = TimeOut.call(id="t1", circle=three, by="ana", at=EVENING)
    journal.append(*pause.acts, acting="ana")
    left = Entry(circle="c1", author="ana", id="left", at=at(1), body=Left(), audience=Shared())
    journal.append(left, acting="ana")
    seen = journal.view("ben", circle="c1", at=at(2)).state(TimeOut, "t1")
    assert [seen.phase(at=at(hours)) for hours in (0.5, 1)] == [Phase.WAITING, Phase.RELEASED]
    assert seen.changes_at(at=at(0.5)) == at(24)  # as it was known then: nobody knew yet that she would leave
    assert [window.end for window, phase in seen.phases(Window(at(0), at(2))) if phase is Phase.WAITING] == [at(1)]
