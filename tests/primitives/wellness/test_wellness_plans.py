"""Wellness plans: goals of one's own, a few words for others, and reviews that everyone agrees on."""

import datetime as dt
from fractions import Fraction
from typing import Final

import pendulum
import pytest
from attrs import evolve

from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidBody, InvalidCare, InvalidDate, NotOpen, UnknownStory
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.wellness import Area, Goal, ReviewRhythm, WellnessPlan, WellnessShared
from reconnect.primitives.wellness.acts import GoalSet
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

HOUR: Final = dt.timedelta(hours=1)
NOW: Final = as_instant(pendulum.datetime(2026, 3, 21, 12))
WEEKS: Final = Window.of(NOW, dt.timedelta(days=14))
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
SUNDAYS: Final = Recurrence.weekly("SU", time="18:00", zone="Europe/Paris", starts=dt.date(2026, 3, 22))
FRIDAYS: Final = Recurrence.weekly("FR", time="18:00", zone="Europe/Paris", starts=dt.date(2026, 3, 22))


def plan() -> WellnessPlan:
    """Let Ana begin a plan, and set a goal in it."""
    begun = WellnessPlan.of([Area.REST, Area.SLEEP, Area.SLEEP], ["tea"], id="w1", circle=US, by="ana", at=NOW)
    return begun.aim("early", "to bed by eleven", area=Area.SLEEP, by="ana", at=NOW)


def offered(rhythm: Recurrence, name: str, hours: float, *, agreed: bool = True, about: str = "w1") -> Proposal:
    """Let Ben offer a review, and Ana say yes to it, or not."""
    at = NOW + hours * HOUR
    p = Proposal.of(ReviewRhythm(rhythm=rhythm), id=name, circle=US, by="ben", at=at, about=about)
    return p.accept(by="ana", offer=p.offer.id, at=at) if agreed else p


def resting_on(one: WellnessPlan, *proposals: Proposal) -> WellnessPlan:
    """Return a plan with the acts of proposals, as a view gathers it."""
    return evolve(one, acts=(*one.acts, *(act for p in proposals for act in p.acts)))


class TestOnesOwn:
    """What nobody else reads."""

    def test_a_goal_is_set_worded_anew_and_let_go(self) -> None:
        """By its owner alone; a second time there is nothing to let go."""
        one = plan()
        assert one.goals(of="ana", at=NOW) == (Goal(goal="early", area=Area.SLEEP, text="to bed by eleven", since=NOW),)
        anew = one.aim("early", "by midnight", area=Area.SLEEP, by="ana", at=NOW + HOUR)
        assert [each.text for each in anew.goals(of="ana", at=NOW + HOUR)] == ["by midnight"]
        gone = anew.let_go("early", by="ana", at=NOW + 2 * HOUR)
        assert gone.goals(of="ana", at=NOW + 2 * HOUR) == ()
        for by in ("ana", "ben"):
            with pytest.raises(NotOpen):
                gone.let_go("early", by=by, at=NOW + 3 * HOUR)

    def test_values_are_noted_for_oneself(self) -> None:
        """Numbers and lengths of time, by area; none of them is in a `repr`."""
        one = plan().note(7 * HOUR, area=Area.SLEEP, day=dt.date(2026, 3, 20), by="ana", at=NOW)
        one = one.note(Fraction(141, 2), area=Area.BODY, unit="kg", by="ana", at=NOW + HOUR)
        one = one.note(3, area=Area.FOOD, by="ana", at=NOW + 2 * HOUR)
        later = NOW + 3 * HOUR
        assert [each.amount for each in one.notes(of="ana", at=later)] == [7 * HOUR, Fraction(141, 2), 3]
        assert [each.day for each in one.notes(of="ana", at=later, area=Area.SLEEP)] == [dt.date(2026, 3, 20)]
        told = repr((one.notes(of="ana", at=later), one.goals(of="ana", at=later), [act.body for act in one.acts]))
        assert not any(text in told for text in ("141", "kg", "25200", "eleven", "tea"))

    @pytest.mark.parametrize("amount", [True, 1.5, "7", 10**18, Fraction(1, 10**18)])
    def test_what_is_no_value(self, amount: Fraction) -> None:
        """Truth, approximations, texts and what no measure of a day needs; the refusal shows none of it."""
        with pytest.raises(InvalidCare) as told:
            plan().note(amount, area=Area.SLEEP, by="ana", at=NOW)
        assert str(amount) not in str(told.value).replace("18 digits", "")
        with pytest.raises(InvalidDate):
            plan().note(1, area=Area.SLEEP, day=NOW, by="ana", at=NOW)
        with pytest.raises(InvalidCare, match="expected an area, got a str"):
            plan().note(1, area="sleep", by="ana", at=NOW)  # type: ignore[arg-type]  # wrong on purpose

    def test_a_plan_can_begin_so_that_nobody_knows(self) -> None:
        """In the view of another there is no such plan, until its owner shares what it is about."""
        quiet = WellnessPlan.quietly("calm", "breathe", area=Area.STRESS, id="w1", circle=US, by="ana", at=NOW)
        journal = MemoryJournal(key=b"k")
        journal.found(US, by="ana", at=NOW)
        journal.append(*quiet.acts, acting="ana")
        assert len(journal.view("ana", circle="c1", at=NOW).state(WellnessPlan, "w1").goals(of="ana", at=NOW)) == 1
        with pytest.raises(UnknownStory):
            journal.view("ben", circle="c1", at=NOW).state(WellnessPlan, "w1")
        journal.append(*quiet.share([Area.STRESS], by="ana", at=NOW).acts, acting="ana")
        seen = journal.view("ben", circle="c1", at=NOW).state(WellnessPlan, "w1")
        assert (seen.goals(of="ana", at=NOW), seen.shared(of="ana", at=NOW)) == (
            (),
            WellnessShared(areas=[Area.STRESS]),
        )

    def test_nobody_proposes_anothers_goals(self) -> None:
        """An offer does not carry one: its kind is private."""
        with pytest.raises(InvalidBody, match="a kind of body that everyone may see, got a private one"):
            Proposal.of(GoalSet(goal="g", area=Area.FOOD, text="less"), id="p1", circle=US, by="ben", at=NOW)


class TestForOthers:
    """What others read, and what all decide together."""

    def test_the_areas_and_how_one_could_help(self) -> None:
        """Each area once; what is shared later replaces it."""
        one = plan()
        assert one.shared(of="ana", at=NOW) == WellnessShared(areas=[Area.SLEEP, Area.REST], help_me=["tea"])
        assert one.shared(of="ben", at=NOW) is None
        less = one.share([Area.REST], by="ana", at=NOW + HOUR)
        assert less.shared(of="ana", at=NOW + HOUR) == WellnessShared(areas=[Area.REST])
        with pytest.raises(InvalidCare, match="a collection of texts"):
            one.share([], "tea", by="ana", at=NOW)
        with pytest.raises(InvalidCare, match="expected an area"):
            one.share(["sleep"], by="ana", at=NOW)  # type: ignore[list-item]  # wrong on purpose

    def test_reviews_are_agreed_on_and_adjusted_by_another_proposal(self) -> None:
        """Until everyone says yes the old rhythm goes on; a withdrawal ends the new one, and the old one is there."""
        one = plan()
        assert (one.review(at=NOW), one.reviews(WEEKS, at=NOW)) == (None, ())
        first, waiting = offered(SUNDAYS, "p1", 0), offered(FRIDAYS, "p2", 1, agreed=False)
        later = NOW + 3 * HOUR
        both = resting_on(one, first, waiting)
        assert both.review(at=later) == ReviewRhythm(rhythm=SUNDAYS)
        assert [each.start.hour for each in both.reviews(WEEKS, at=later)] == [17, 16]
        second = waiting.accept(by="ana", offer=waiting.offer.id, at=NOW + 2 * HOUR)
        assert resting_on(one, first, second).review(at=later) == ReviewRhythm(rhythm=FRIDAYS)
        ended = second.withdraw(by="ana", at=NOW + 2.5 * HOUR)
        assert resting_on(one, first, ended).review(at=later) == ReviewRhythm(rhythm=SUNDAYS)
        assert resting_on(one, offered(SUNDAYS, "p1", 0, about="w2")).review(at=later) is None

    def test_a_view_gathers_what_was_agreed_about_the_plan(self) -> None:
        """The proposals about it travel along."""
        journal = MemoryJournal(key=b"k")
        journal.found(US, by="ana", at=NOW)
        agreed = offered(SUNDAYS, "p1", 0)
        journal.append(*plan().acts, *agreed.acts_of("ana"), acting="ana")
        journal.append(*agreed.acts_of("ben"), acting="ben")
        for reader in US.ids:
            (seen,) = journal.view(reader, circle="c1", at=NOW).all(WellnessPlan)
            assert seen.review(at=NOW) == ReviewRhythm(rhythm=SUNDAYS)

    def test_what_is_no_review(self) -> None:
        """A recurrence, and some time for it."""
        with pytest.raises(InvalidCare, match="expected a recurrence, got a str"):
            ReviewRhythm(rhythm="weekly")  # type: ignore[arg-type]  # wrong on purpose
        for length in (0 * HOUR, 5 * HOUR, 30):
            with pytest.raises(InvalidCare, match="at most 4 hours"):
                ReviewRhythm(rhythm=SUNDAYS, length=length)  # type: ignore[arg-type]  # wrong on purpose
