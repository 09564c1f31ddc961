"""The parts of an outlook one by one: promises, the suggestion, readings and wins."""

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Final

import pendulum
import pytest
from tests.practice.house import keep

import reconnect as rc
from reconnect.metrics import MOOD, Rating

NOW: Final = pendulum.datetime(2026, 1, 5, 12)
DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)
US: Final = rc.Circle(
    id="c1",
    members=(rc.Person(id="ana", zone="America/New_York", name="Ana"), rc.Person(id="ben", zone="UTC", name="Ben")),
)


@pytest.fixture
def journal() -> rc.MemoryJournal:
    """Return a journal of two people."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW - 30 * DAY)
    return journal


def invited(journal: rc.MemoryJournal, at: pendulum.DateTime = NOW) -> None:
    """Let both say "nudge us"."""
    keep(journal, rc.Invitation.of(id=f"i{at}", circle=US, by="ana", at=at).renew(by="ben", at=at))


def look(journal: rc.MemoryJournal, person: str = "ana", at: pendulum.DateTime = NOW) -> rc.View:
    """Look into the circle."""
    return journal.view(person, circle="c1", at=at)


def suggested(journal: rc.MemoryJournal, person: str = "ana", at: pendulum.DateTime = NOW) -> rc.Suggested:
    """Return what is suggested to somebody."""
    found = rc.suggestion(look(journal, person, at))
    assert found is not None
    return found


class TestSuggestion:
    """One small thing a day: towards each other only if all asked for it."""

    def test_without_an_invitation_it_is_a_step_of_ones_own(self, journal: rc.MemoryJournal) -> None:
        """One of two is not everyone."""
        keep(journal, rc.Invitation.of(id="i1", circle=US, by="ben", at=NOW))
        found = suggested(journal)
        assert (found.prompt, found.routine is not None) == (None, True)
        assert rc.render(found.phrase).startswith("Something for yourself today, if you like: ")

    def test_with_one_it_is_a_question_as_deep_as_agreed(self, journal: rc.MemoryJournal) -> None:
        """Light where nothing is agreed; and where somebody wants none, there is none."""
        invited(journal)
        found = suggested(journal)
        assert found.prompt is not None
        assert found.prompt.depth == 1
        assert found.prompt.text in rc.render(found.phrase)
        none = rc.Boundaries.of(rc.DepthLimit(deepest=0), id="b1", circle=US, by="ben", at=NOW)
        keep(journal, none)
        assert suggested(journal).prompt is None

    def test_it_lasts_the_readers_own_day(self, journal: rc.MemoryJournal) -> None:
        """Ana's day ends five hours after Ben's; over a week there is more than one suggestion."""
        midnight = rc.as_instant(pendulum.datetime(2026, 1, 6, tz="America/New_York"))
        assert rc.outlook(look(journal)).changes_at == midnight
        first = suggested(journal)
        assert suggested(journal, at=midnight - TICK) == first
        assert len({suggested(journal, at=rc.as_instant(NOW + n * DAY)).phrase for n in range(7)}) > 1

    @pytest.mark.parametrize("why", ["quiet", "room", "time-out", "card"])
    def test_nothing_points_to_the_others_for_now(self, journal: rc.MemoryJournal, why: str) -> None:
        """In a quiet time or after an answer only for the reader; in a time-out or with a card for both."""
        invited(journal)
        before = suggested(journal, "ben")
        said: dict[str, Callable[[], rc.Story]] = {
            "quiet": lambda: rc.Quiet.go(id="q1", circle=US, by="ana", at=NOW),
            "room": lambda: rc.SupportRoom.tell(id="u1", circle=US, by="ana", at=NOW),
            "time-out": lambda: rc.TimeOut.call(id="t1", circle=US, by="ana", at=NOW),
            "card": lambda: rc.CapacityCard.of(id="k1", circle=US, by="ana", at=NOW),
        }
        keep(journal, said[why]())
        assert suggested(journal, "ana").prompt is None
        alone = why in {"quiet", "room"}
        assert (suggested(journal, "ben") == before) == alone
        assert (suggested(journal, "ben").prompt is None) == (not alone)

    def test_what_is_said_just_now_counts_and_is_kept_nowhere(self, journal: rc.MemoryJournal) -> None:
        """As in a support room."""
        invited(journal)
        found = rc.suggestion(look(journal), told=rc.FearAnswer())
        assert found is not None
        assert found.prompt is None
        assert suggested(journal).prompt is not None

    def test_what_another_wrote_is_never_a_step_of_ones_own(self, journal: rc.MemoryJournal) -> None:
        """Ben shares a hundred "routines" that tell Ana to give in; she is shown none, and her own she is."""
        for n in range(100):
            pushed = rc.Routine(key=f"r{n}", name="Say sorry to Ben", steps=["call him"])
            journal.append(
                rc.keep_routine(pushed, id=f"r{n}", circle="c1", by="ben", at=NOW - DAY, audience=rc.Shared()),
                acting="ben",
            )
        days = [rc.as_instant(NOW + n * DAY) for n in range(60)]
        assert all("sorry" not in rc.render(suggested(journal, at=at).phrase) for at in days)
        for n in range(100):
            own = rc.Routine(key=f"o{n}", name="Tea on the stairs", steps=["put the kettle on"])
            journal.append(rc.keep_routine(own, id=f"o{n}", circle="c1", by="ana", at=NOW - DAY), acting="ana")
        assert any("Tea on the stairs." in rc.render(suggested(journal, at=at).phrase) for at in days)

    def test_it_may_change_with_what_everyone_agreed_on(self, journal: rc.MemoryJournal) -> None:
        """How deep questions go can change within a day: an outlook says when, as a baseline settles and as it ends."""
        invited(journal)
        limit = rc.Baseline(rules=(rc.DepthLimit(deepest=0),))
        p = rc.Proposal.of(limit, id="p1", circle=US, by="ana", at=NOW - 20 * HOUR, about="b1", lasts=25 * HOUR)
        p = p.accept(by="ben", offer=p.offer.id, at=NOW - 20 * HOUR)
        keep(journal, rc.Boundaries.agree(p, id="b1", by="ana", at=NOW - 20 * HOUR))
        assert suggested(journal).prompt is None
        assert rc.outlook(look(journal)).changes_at == NOW + 4 * HOUR
        assert rc.outlook(look(journal, at=NOW + 4 * HOUR)).changes_at == NOW + 5 * HOUR

    def test_an_app_brings_its_own_questions(self, journal: rc.MemoryJournal) -> None:
        """In its own language, perhaps; with none there is a step of one's own."""
        invited(journal)
        tea = rc.Prompt(id="tea", text="Which cup?")
        ours = rc.outlook(look(journal), prompts=rc.Prompts(prompts=[tea])).suggestion
        assert ours is not None
        assert ours.prompt == tea
        none = rc.suggestion(look(journal), prompts=rc.Prompts())
        assert none is not None
        assert none.prompt is None

    def test_who_left_is_suggested_nothing(self, journal: rc.MemoryJournal) -> None:
        """And an outlook holds none of the parts any more."""
        left = rc.Entry(circle="c1", author="ana", id="left", at=NOW, body=rc.Left(), audience=rc.Shared())
        journal.append(left, acting="ana")
        assert rc.suggestion(look(journal)) is None
        assert rc.outlook(look(journal)).suggestion is None


class TestPromises:
    """One's own that are still to keep, and what others did."""

    def walk(self, journal: rc.MemoryJournal, name: str, due: pendulum.DateTime, at: pendulum.DateTime = NOW) -> None:
        """Let Ana promise a walk, and Ben say yes."""
        offered = rc.Commitment.offer("a walk", to=["ben"], due=due, id=name, circle=US, by="ana", at=at)
        keep(journal, offered.agree(by="ben", at=at))

    def test_it_reads_differently_for_each(self, journal: rc.MemoryJournal) -> None:
        """Its owner reads what is to keep; the other reads of it once it is kept."""
        self.walk(journal, "k1", NOW + DAY)
        assert [rc.render(p) for p in rc.promises(look(journal)).phrases()] == [
            "You promised ben: a walk, by Tuesday 6 January at 12:00. You can ask for another time, or let it go."
        ]
        assert rc.promises(look(journal, "ben")) == rc.Promises()
        late = NOW + 2 * DAY
        assert [each.keeping for each in rc.promises(look(journal, at=late)).mine] == [rc.Keeping.PASSED]
        assert [rc.render(p) for p in rc.promises(look(journal, at=late)).phrases()] == [
            "Its time has passed: a walk. You can still do it, or let it go; only you read this."
        ]
        assert rc.promises(look(journal, "ben", late)) == rc.Promises()
        keep(journal, look(journal, at=late).state(rc.Commitment, "k1").keep(by="ana", at=late))
        assert rc.promises(look(journal, at=late)) == rc.Promises()
        assert [each.what for each in rc.promises(look(journal, "ben", late)).kept] == ["a walk"]

    def test_what_is_far_away_is_left_out(self, journal: rc.MemoryJournal) -> None:
        """Two weeks back, one week ahead, by the reader's own days; and good news grows old, too."""
        self.walk(journal, "k1", NOW + 8 * DAY)
        self.walk(journal, "k2", NOW - 20 * DAY, NOW - 25 * DAY)
        self.walk(journal, "k3", NOW + HOUR)
        assert [each.commitment for each in rc.promises(look(journal)).mine] == ["k3"]
        assert [each.commitment for each in rc.promises(look(journal, at=NOW + DAY)).mine] == ["k3", "k1"]
        keep(journal, look(journal).state(rc.Commitment, "k3").keep(by="ana", at=NOW))
        assert len(rc.promises(look(journal, "ben", NOW + 14 * DAY)).kept) == 1
        assert rc.promises(look(journal, "ben", NOW + 15 * DAY)).kept == ()

    def test_an_outlook_changes_when_its_time_has_passed(self, journal: rc.MemoryJournal) -> None:
        """At the very next instant; and when a wish for another time has passed."""
        self.walk(journal, "k1", NOW + 2 * HOUR)
        assert rc.outlook(look(journal)).changes_at == NOW + 2 * HOUR + TICK
        wish = look(journal).state(rc.Commitment, "k1").renegotiate(NOW + HOUR, by="ben", at=NOW)
        keep(journal, wish)
        assert rc.outlook(look(journal)).changes_at == NOW + HOUR + TICK

    def test_who_is_quiet_is_told_of_none(self, journal: rc.MemoryJournal) -> None:
        """Nothing joint is offered; asking for the part alone still works."""
        self.walk(journal, "k1", NOW + HOUR)
        keep(journal, rc.Quiet.go(id="q1", circle=US, by="ana", at=NOW))
        assert rc.outlook(look(journal)).promised == rc.Promises()
        assert len(rc.promises(look(journal)).mine) == 1

    def test_recent_news_since_an_instant(self, journal: rc.MemoryJournal) -> None:
        """What was told as kept before it is left out."""
        for n in range(3):
            self.walk(journal, f"k{n}", NOW + n * DAY + HOUR)
            keep(journal, look(journal).state(rc.Commitment, f"k{n}").keep(by="ana", at=NOW + n * DAY))
        view = look(journal, "ben", NOW + 9 * DAY)
        assert [each.commitment for each in rc.recent_kept(view, 9, since=NOW + DAY)] == ["k2", "k1"]
        assert len(rc.recent_kept(view, 9)) == 3
        assert len(rc.recent_kept(view, 1, since=NOW)) == 1


class TestGoing:
    """Readings of whole days, and good news of the last week."""

    def rated(self, journal: rc.MemoryJournal, days: int) -> None:
        """Let Ana note every day how it felt, at her noon."""
        for n in range(days):
            at = rc.as_instant(pendulum.datetime(2026, 1, 5, 7, tz="America/New_York").subtract(days=n))
            entry = rc.Entry(circle="c1", author="ana", id=f"m{n}", at=at, body=Rating.of(MOOD, 4))
            journal.append(entry, acting="ana")

    def test_only_what_can_be_told_is_told_and_today_is_not_over(self, journal: rc.MemoryJournal) -> None:
        """Five notes, one of them from today, are too few; six are enough, and only for their author."""
        self.rated(journal, 5)
        assert rc.readings(look(journal)) == ()
        self.rated(journal, 6)
        (reading,) = rc.readings(look(journal))
        assert (reading.value, reading.n) == (Fraction(4), 5)
        assert reading.phrase in rc.outlook(look(journal)).phrases()
        assert rc.readings(look(journal, "ben")) == ()

    def test_what_lies_further_back_does_not_count(self, journal: rc.MemoryJournal) -> None:
        """Twenty-eight whole days, from midnight to midnight where the reader lives."""
        self.rated(journal, 30)
        assert [reading.n for reading in rc.readings(look(journal))] == [28]
        night = rc.as_instant(pendulum.datetime(2026, 1, 6, tz="America/New_York"))
        assert [reading.n for reading in rc.readings(look(journal, at=night - TICK))] == [28]
        assert [reading.n for reading in rc.readings(look(journal, at=NOW + 20 * DAY))] == [9]

    def test_good_news_of_a_week(self, journal: rc.MemoryJournal) -> None:
        """Coming back is told to both for seven days, and nobody learns how fast it was."""
        pause = rc.TimeOut.call(id="t1", circle=US, by="ben", at=NOW, topic="money")
        keep(journal, pause.returned(by="ben", at=NOW + HOUR))
        again = rc.TimeOut.call(id="t2", circle=US, by="ben", at=NOW + DAY, topic="money")
        keep(journal, again.returned(by="ben", at=NOW + DAY + HOUR))
        for person in US.ids:
            assert len(rc.wins(look(journal, person, NOW + 2 * DAY))) == 1
            assert rc.wins(look(journal, person, NOW + 8 * DAY)) == ()


def test_what_was_noted_outside_of_a_week_is_no_news_of_it(journal: rc.MemoryJournal) -> None:
    """Two notes about one return: only the one that lies in the window is told."""
    pause = rc.TimeOut.call(id="t1", circle=US, by="ben", at=NOW).returned(by="ben", at=NOW + HOUR)
    keep(journal, pause)
    for hours, words in ((2, "tea"), (20, "soup")):
        after = look(journal, at=NOW + hours * HOUR).state(rc.RecoveryWindow, "t1")
        keep(journal, after.celebrate(words, by="ana", at=NOW + hours * HOUR))
    found = rc.small_wins(look(journal, at=NOW + DAY), rc.Window(NOW + 3 * HOUR, NOW + DAY))
    assert [rc.render(win.phrase) for win in found] == ["ana noted what went well: soup"]


def test_a_check_in_of_another_schedule_is_not_there(journal: rc.MemoryJournal) -> None:
    """Whatever its local start."""
    daily = rc.Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5))
    p = rc.Proposal.of(rc.Rhythm.of(daily), id="p1", circle=US, by="ana", at=NOW)
    s = rc.CheckInSchedule.of(p.accept(by="ben", offer=p.offer.id, at=NOW), id="s1", by="ana", at=NOW)
    keep(journal, s)
    key = next(s.occurrences(rc.Window(NOW, NOW + DAY))).key
    assert s.occurrence(key) is not None
    assert s.occurrence(rc.OccurrenceKey(schedule="s2", original_start=key.original_start, zone=key.zone)) is None
    assert rc.outlook(look(journal)).changes_at is not None


def test_kinds_are_looked_up_together_and_in_order(journal: rc.MemoryJournal) -> None:
    """Entries of several kinds come oldest first, with and without a subject."""
    bodies: list[rc.Body] = [rc.Note(text="x"), Rating.of(MOOD, 1), rc.Note(text="y")]
    for n, body in enumerate(bodies):
        entry = rc.Entry(circle="c1", author="ana", id=f"e{n}", at=NOW + n * HOUR, body=body, about=("a", None)[n % 2])
        journal.append(entry, acting="ana")
    view = look(journal, at=NOW + DAY)
    assert [entry.id for entry in view.entries(kind=(Rating, rc.Note))] == ["e0", "e1", "e2"]
    assert [entry.id for entry in view.entries(kind=(Rating, rc.Note), about="a")] == ["e0", "e2"]
    assert view.entries(kind=rc.Quiet.bodies) == ()
    assert view.entries(kind=()) == ()


def test_days_at_the_ends_of_the_calendar_are_days(journal: rc.MemoryJournal) -> None:
    """An outlook at the very end of the calendar still says something."""
    for at in (pendulum.datetime(9999, 12, 31, 23), NOW):
        assert rc.outlook(look(journal, at=at)).suggestion is not None


def test_what_else_stands_between_people_is_told(journal: rc.MemoryJournal) -> None:
    """A trial that can be looked at, a wish that all have, and the newest warmth of each giver; not to who is apart."""
    idea = rc.Idea(what="walks on Wednesdays")
    p = rc.Proposal.of(idea, id="p1", circle=US, by="ben", at=NOW)
    trial = rc.Experiment.of(p.accept(by="ana", offer=p.offer.id, at=NOW), id="x1", by="ben", at=NOW)
    keep(journal, trial, rc.SignalWish.of(id="w1", circle=US, by="ana", at=NOW).want(by="ben", at=NOW))
    later = NOW + 15 * DAY
    for hours in (2, 1):
        keep(journal, rc.Gesture.give(id=f"g{hours}", circle=US, by="ben", at=later - hours * HOUR))

    def told(at: pendulum.DateTime, afraid: rc.FearAnswer | None = None) -> set[str]:
        wanted = {"outlook.look_together", "outlook.signal_wish", "gesture.here"}
        holds = rc.outlook(look(journal, at=at), told=afraid).holds
        return {hold.about for hold in holds if hold.phrase.key in wanted}

    keep(journal, rc.SignalWish.of(id="w2", circle=US, by="ben", at=NOW))  # nobody else wished for that one
    assert told(NOW + DAY) == {"w1"}
    assert told(later) == {"x1", "w1", "g1"}
    assert told(later, rc.FearAnswer()) == set()
    day = look(journal, at=NOW + 14 * DAY - HOUR)
    assert rc.outlook(day).changes_at in {NOW + 14 * DAY, day.at.in_timezone(day.zone).add(days=1).start_of("day")}
