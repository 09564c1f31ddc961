"""Check-ins, rule by rule: keys, standings, slots, counts, and what begins and ends them."""

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest
from attrs import evolve
from tests.primitives.checkin.agreed import (
    DAY,
    HOUR,
    MINUTE,
    NAMES,
    NOW,
    TICK,
    WEEK,
    agree,
    begin,
    circle,
    daily,
    day,
    keys,
    local,
)

from reconnect.consent.mute import Quiet
from reconnect.consent.proposal import Proposal
from reconnect.edges.convert import dumps, loads
from reconnect.errors import InvalidBody, NotInForce, NotOpen, NotYours, UnknownStory
from reconnect.people.circle import Circle
from reconnect.primitives.checkin import CheckInSchedule, Counts, OccurrenceKey, Rhythm, Standing
from reconnect.primitives.checkin.acts import Felt, Held, Moved, Rainchecked, Scheduled, Stopped
from reconnect.record.entry import Entry, Note, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Joined, Left, Welcomed
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.temporal import zone as zones
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

LATE = dt.timedelta(hours=2)


def add(s: CheckInSchedule, body: Body, *, by: str, at: dt.datetime, id: str = "x") -> CheckInSchedule:  # noqa: A002 - an entry's own name
    """Return a schedule with an act that no verb looked at."""
    act = Entry(circle="c1", author=by, id=id, at=NOW, body=body, audience=Shared(), about="s1")
    return evolve(s, acts=(*s.acts, evolve(act, at=at)))


def move(
    s: CheckInSchedule, key: OccurrenceKey, to: dt.datetime, *, at: dt.datetime, people: int = 2
) -> CheckInSchedule:
    """Let everyone say yes to another time."""
    for name in NAMES[:people]:
        s = s.move(key, to, by=name, at=at)
    return s


def welcome(s: CheckInSchedule) -> CheckInSchedule:
    """Let cleo come to the two others."""
    welcomes = [
        Entry(circle="c1", author=name, id="w", at=NOW + HOUR, body=body, audience=Shared())
        for name, body in (("ana", Welcomed(person="cleo")), ("ben", Welcomed(person="cleo")), ("cleo", Joined()))
    ]
    return evolve(s, founding=(*s.founding, *welcomes))


class TestKeys:
    """A key is a schedule, a local start and a zone."""

    def test_a_key_stays_when_its_check_in_moves(self) -> None:
        """Wherever people put it, it is the same check-in."""
        s = begin()
        key = keys(s)[1]
        s = move(s, key, day(4, 9), at=NOW)
        found = s.occurrence(key)
        assert found is not None
        assert (found.key, found.start, found.moved) == (key, day(4, 9), True)
        assert key in keys(s)
        assert len(keys(s)) == 7

    def test_a_key_stays_in_a_new_version(self) -> None:
        """What was said about tomorrow still holds after everyone agreed on a longer check-in at the same time."""
        s = begin()
        skipped, moved = keys(s)[2], keys(s)[3]
        s = move(s.skip(skipped, by="ben", at=NOW), moved, day(3, 21), at=NOW)
        longer = agree(Rhythm.of(daily(), length=HOUR), id="p2", at=day(1, 9), about="s1")
        s = evolve(s, acts=(*s.acts, *longer.acts))
        assert s.standing_of(skipped, at=day(2)) is Standing.LET_GO
        found = s.occurrence(moved)
        assert found is not None
        assert (found.start, found.length) == (day(3, 21), HOUR)

    def test_a_key_is_found_again_after_a_change_of_the_zone_database(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A country gives up summer time: the check-in has the same key, an hour later, and was held all the same."""
        at = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
        s = begin(daily(zone="Europe/Paris", starts=dt.date(2026, 7, 1)), at=at)
        first, second = keys(s, Window.of(at, 2 * DAY))
        s = s.hold(first, by="ben", at=at + 7 * HOUR).skip(second, by="ana", at=at + 8 * HOUR)
        before, real = s.occurrence(first), zones._clock  # noqa: SLF001 - the database is what changes here
        monkeypatch.setattr(zones, "_clock", lambda name: real("Africa/Lagos" if name == "Europe/Paris" else name))
        again = loads(dumps(s), CheckInSchedule)
        after = again.occurrence(first)
        assert before is not None
        assert after is not None
        assert after.start - before.start == HOUR
        assert again.standing_of(first, at=at + 9 * HOUR) is Standing.HELD
        assert again.standing_of(second, at=at + 9 * HOUR) is Standing.LET_GO

    def test_where_clocks_skip_a_day_one_check_in_stands_for_two(self) -> None:
        """Samoa never had 30 December 2011: its 20:00 and that of the 31st are one instant, and one check-in."""
        at = dt.datetime(2011, 12, 29, tzinfo=dt.UTC)
        s = begin(daily(zone="Pacific/Apia", starts=dt.date(2011, 12, 29)), at=at)
        found = [occurrence.key for occurrence in s.occurrences(Window.of(at, 4 * DAY))]
        assert [key.original_start.day for key in found] == [29, 31, 1]
        never = evolve(found[1], original_start=dt.datetime(2011, 12, 30, 20))  # noqa: DTZ001 - a local time
        assert s.occurrence(never) is None
        with pytest.raises(NotOpen, match=r"^expected a check-in that is open at that time$"):
            s.skip(never, by="ana", at=at)

    def test_another_schedule_has_other_keys(self) -> None:
        """The same hour of another schedule is another check-in."""
        s = begin()
        other = evolve(keys(s)[0], schedule="s2")
        assert s.occurrence(other) is None
        assert s.standing_of(other, at=day(0)) is Standing.LET_GO

    def test_two_recurrences_at_one_hour_are_one_check_in(self) -> None:
        """Every evening, and every Monday evening: on Mondays that is one check-in, not two."""
        rules = daily(), Recurrence.weekly("MO", time="20:00", zone="UTC", starts=dt.date(2026, 1, 5))
        assert len(keys(begin(Rhythm.of(*rules)))) == 7

    def test_the_same_instant_on_two_clocks_is_one_check_in(self) -> None:
        """20:00 in Paris is 20:00 in Berlin; after people moved it there is nothing left at the old hour."""
        s = begin(Rhythm.of(daily(zone="Europe/Paris"), daily(zone="Europe/Berlin")))
        key = keys(s)[1]
        s = move(s, key, day(1, 9), at=NOW)
        assert [o.start.hour for o in s.occurrences(Window(day(1, 0), day(2, 0)))] == [9]


class TestStandings:
    """not due, open, held, unanswered, paused, let go."""

    def test_a_check_in_opens_and_passes_by_its_window(self) -> None:
        """The start of the window belongs to it, its end does not."""
        s = begin()
        key = keys(s)[0]
        edges = {
            day(0, 19, 45) - TICK: Standing.NOT_DUE,
            day(0, 19, 45): Standing.OPEN,
            day(0, 22) - TICK: Standing.OPEN,
            day(0, 22): Standing.UNANSWERED,
            day(20): Standing.UNANSWERED,
        }
        assert {at: s.standing_of(key, at=at) for at in edges} == edges

    @pytest.mark.parametrize("when", [day(0, 19, 45), day(0), day(0, 22) - TICK])
    def test_early_and_late_inside_its_window_is_held(self, when: dt.datetime) -> None:
        """A little before is fine, and an evening that runs late is, too."""
        s = begin()
        key = keys(s)[0]
        assert s.hold(key, by="ben", at=when).standing_of(key, at=when) is Standing.HELD

    @pytest.mark.parametrize("when", [day(0, 19, 45) - TICK, day(0, 22)])
    def test_outside_its_window_it_cannot_be_held(self, when: dt.datetime) -> None:
        """There are other check-ins for other times."""
        s = begin()
        with pytest.raises(NotOpen, match="expected a check-in that is open at that time"):
            s.hold(keys(s)[0], by="ben", at=when)

    def test_a_phone_that_was_offline_tells_later_when_it_took_place(self) -> None:
        """What counts is when they talked; nothing is told of the future."""
        s = begin()
        key = keys(s)[0]
        told = s.hold(key, by="ben", at=day(1, 9), when=day(0, 20, 5))
        assert told.standing_of(key, at=day(1, 8)) is Standing.UNANSWERED
        assert told.standing_of(key, at=day(1, 9)) is Standing.HELD
        with pytest.raises(NotOpen):
            s.hold(key, by="ben", at=day(0, 20), when=day(0, 20, 5))

    def test_held_once_is_held_for_all_and_for_good(self) -> None:
        """One person says it; saying it again, by anyone, adds nothing."""
        s = begin(people=3)
        key = keys(s)[0]
        told = s.hold(key, by="cleo", at=day(0))
        assert told.hold(key, by="ana", at=day(0, 20, 10)) is told
        for verb in (told.skip, lambda key, **known: told.raincheck(key, day(1), **known)):
            with pytest.raises(NotOpen):
                verb(key, by="ben", at=day(0, 20, 20))

    def test_anyone_lets_one_check_in_go_alone(self) -> None:
        """It is let go for all, once; it can still be held, and then it was."""
        s = begin()
        key = keys(s)[0]
        told = s.skip(key, by="ben", at=NOW)
        assert told.standing_of(key, at=NOW) is Standing.LET_GO
        assert told.skip(key, by="ana", at=NOW) == told
        assert told.hold(key, by="ana", at=day(0)).standing_of(key, at=day(0)) is Standing.HELD

    def test_what_has_passed_is_not_let_go_any_more(self) -> None:
        """Nobody tidies up the past."""
        s = begin()
        with pytest.raises(NotOpen):
            s.skip(keys(s)[0], by="ben", at=day(0, 22))


class TestNewSlots:
    """Pausing, skipping and rainchecks act alone; a new slot needs every yes."""

    @pytest.mark.parametrize("people", [2, 3, 4])
    def test_a_move_needs_every_yes(self, people: int) -> None:
        """Silence is not yes: until the last one, the check-in stays where it was."""
        s = begin(people=people)
        key, to = keys(s)[2], day(3, 9)
        for name in NAMES[:people]:
            found = s.occurrence(key)
            assert found is not None
            assert (found.start, found.moved) == (day(2), False)
            s = s.move(key, to, by=name, at=NOW)
        found = s.occurrence(key)
        assert found is not None
        assert (found.start, found.moved, found.window.start) == (to, True, day(3, 8, 45))

    def test_it_says_whose_yes_is_missing(self) -> None:
        """Each new time names who wants it and who has not answered, in circle order."""
        s = begin(people=3)
        key = keys(s)[2]
        s = s.move(key, day(3, 9), by="cleo", at=NOW).move(key, day(3, 10), by="ana", at=NOW)
        first, second = s.new_times(at=NOW)
        assert (first.start, first.to, first.by, first.missing) == (day(2), day(3, 9), ("cleo",), ("ana", "ben"))
        assert (second.to, second.by, second.missing) == (day(3, 10), ("ana",), ("ben", "cleo"))
        assert s.new_times(at=day(2, 19, 45)) == ()

    def test_the_last_yes_of_a_person_is_the_one_that_counts(self) -> None:
        """Who names another time takes the first one back."""
        s = begin()
        key = keys(s)[2]
        later = NOW.add(minutes=1)
        s = s.move(key, day(3, 9), by="ana", at=NOW).move(key, day(3, 10), by="ana", at=later)
        s = s.move(key, day(3, 9), by="ben", at=later)
        assert keys(s)[2] == key
        assert [new.to for new in s.new_times(at=later)] == [day(3, 9), day(3, 10)]

    def test_naming_the_time_it_has_takes_a_yes_back(self) -> None:
        """Ana would rather keep it after all, so Ben's yes does not move it."""
        s = begin()
        key = keys(s)[2]
        s = s.move(key, day(3, 9), by="ana", at=NOW).move(key, day(2), by="ana", at=NOW + HOUR)
        assert s.new_times(at=NOW + HOUR) == ()
        s = s.move(key, day(3, 9), by="ben", at=NOW + 2 * HOUR)
        found = s.occurrence(key)
        assert found is not None
        assert found.start == day(2)

    def test_moved_back_it_is_not_moved(self) -> None:
        """Everyone agreed on Thursday, and then on the old time again."""
        s = begin()
        key = keys(s)[2]
        s = move(move(s, key, day(3, 9), at=NOW), key, day(2), at=NOW + HOUR)
        found = s.occurrence(key)
        assert found is not None
        assert (found.start, found.moved) == (day(2), False)

    def test_what_has_opened_is_not_moved_but_put_off(self) -> None:
        """Once it has opened, "not now, then" is the way."""
        s = begin()
        key = keys(s)[0]
        with pytest.raises(NotOpen, match="expected another time for a check-in that is open at that time"):
            s.move(key, day(1, 9), by="ana", at=day(0, 19, 45))

    @pytest.mark.parametrize("to", [NOW - HOUR, NOW, dt.datetime(9999, 12, 31, tzinfo=dt.UTC)])
    def test_a_new_time_lies_ahead_and_within_the_calendar(self, to: dt.datetime) -> None:
        """Nobody can be asked to have met before."""
        s = begin()
        for verb in (s.move, s.raincheck):
            with pytest.raises(NotOpen):
                verb(keys(s)[0], to, by="ana", at=NOW)

    @pytest.mark.parametrize("people", [2, 3, 4])
    def test_a_raincheck_frees_the_old_slot_at_once_and_the_new_one_needs_every_yes(self, people: int) -> None:
        """Saying "not now, Thursday" costs nothing; on Thursday it opens only if everyone said yes."""
        s = begin(people=people)
        key, to, now = keys(s)[0], day(3, 9), day(0, 20, 5)
        s = s.raincheck(key, to, by="ben", at=now)
        assert s.is_waiting(key)
        for at in (now, day(0, 22), day(3, 9)):
            assert s.standing_of(key, at=at) is Standing.NOT_DUE
        for name in NAMES[:people]:
            if name != "ben":
                assert s.standing_of(key, at=to) is Standing.NOT_DUE
                s = s.move(key, to, by=name, at=now + HOUR)
        assert not s.is_waiting(key)
        found = s.occurrence(key)
        assert found is not None
        assert (found.start, found.moved, found.rainchecked) == (to, True, True)
        assert s.standing_of(key, at=to) is Standing.OPEN
        assert s.standing_of(key, at=to + LATE) is Standing.UNANSWERED

    def test_a_raincheck_that_agrees_with_a_wish_is_settled_at_once(self) -> None:
        """Ana had asked for Thursday before; when Ben says "not now, Thursday", Thursday it is."""
        s = begin()
        key, to = keys(s)[0], day(3, 9)
        s = s.move(key, to, by="ana", at=NOW).raincheck(key, to, by="ben", at=day(0))
        found = s.occurrence(key)
        assert found is not None
        assert (found.start, found.moved, found.rainchecked) == (to, True, True)

    def test_a_yes_at_the_instant_of_the_raincheck_counts(self) -> None:
        """At one instant a raincheck is read last, and the yes to its new time is not lost."""
        s = begin()
        key, to, now = keys(s)[0], day(3, 9), day(0)
        s = s.raincheck(key, to, by="ben", at=now).move(key, to, by="ana", at=now)
        assert s.standing_of(key, at=to) is Standing.OPEN

    def test_a_new_time_that_nobody_answers_is_let_go(self) -> None:
        """Silence is not yes, and it counts against nobody."""
        s = begin()
        key = keys(s)[0]
        s = s.raincheck(key, day(3, 9), by="ben", at=day(0))
        assert s.standing_of(key, at=day(3, 11)) is Standing.LET_GO
        assert s.counts(Window(day(3, 0), day(3, 12)), at=day(5)) == Counts(let_go=1)
        with pytest.raises(NotOpen):
            s.move(key, day(4, 9), by="ana", at=day(3, 11))

    def test_while_a_new_time_is_waited_for_the_latest_wish_keeps_it_alive(self) -> None:
        """Ben says Thursday, Ana says Friday: Friday can still be agreed on after Thursday has passed."""
        s = begin()
        key = keys(s)[0]
        s = s.raincheck(key, day(3, 9), by="ben", at=day(0)).move(key, day(4, 9), by="ana", at=day(1))
        assert s.standing_of(key, at=day(3, 12)) is Standing.NOT_DUE
        assert [new.to for new in s.new_times(at=day(3, 12))] == [day(4, 9)]
        s = s.move(key, day(4, 9), by="ben", at=day(3, 12))
        assert s.standing_of(key, at=day(4, 9)) is Standing.OPEN

    def test_a_raincheck_for_the_same_time_is_none(self) -> None:
        """Saying "not now, but now" says nothing."""
        s = begin()
        with pytest.raises(NotOpen):
            s.raincheck(keys(s)[1], day(1), by="ana", at=NOW)

    @pytest.mark.parametrize("when", [day(0, 20, 30), day(3, 9, 5)])
    def test_who_meets_after_all_has_met(self, when: dt.datetime) -> None:
        """In the old slot or in the new one: what took place always counts, and there is only one of it."""
        s = begin()
        key = keys(s)[0]
        s = s.raincheck(key, day(3, 9), by="ben", at=day(0, 20, 5)).hold(key, by="ana", at=when)
        found = s.occurrence(key)
        assert found is not None
        assert when in found.window
        assert not s.is_waiting(key)
        assert s.new_times(at=when) == ()
        assert s.counts(WEEK, at=day(3, 10)).held == 1

    def test_acts_of_people_whom_it_does_not_concern_are_refused_and_inert(self) -> None:
        """Someone who joined later did not agree to these check-ins, and changes nothing about them."""
        s = begin()
        s = welcome(s)
        key, at = keys(s)[0], day(0)
        refusals: tuple[Callable[[], object], ...] = (
            lambda: s.hold(key, by="cleo", at=at),
            lambda: s.skip(key, by="cleo", at=at),
            lambda: s.move(keys(s)[1], day(3), by="cleo", at=at),
            lambda: s.raincheck(key, day(3), by="cleo", at=at),
            lambda: s.pause(WEEK, by="cleo", at=at),
            lambda: s.stop(by="cleo", at=at),
            lambda: CheckInSchedule.of(agree(), id="s1", by="cleo", at=at),
            lambda: s.hold(key, by="ana", at=at).felt(key, constructive=3, by="cleo", at=at),
        )
        for refused in refusals:
            with pytest.raises(NotYours, match="expected something of your own"):
                refused()
        for body in (Held(key=key), Moved(key=key, to=day(3)), Rainchecked(key=key, to=day(3)), Stopped()):
            assert add(s, body, by="cleo", at=at).standing_of(key, at=at) is Standing.OPEN


class TestPauses:
    """A planned pause counts for nothing and against nobody."""

    def test_anyone_pauses_alone_and_ends_their_own_pause(self) -> None:
        """Ana's resuming does not end Ben's pause."""
        s = begin()
        first, second, third, *_ = keys(s)
        s = s.pause(WEEK, by="ben", at=NOW)
        assert [s.standing_of(key, at=NOW) for key in (first, second, third)] == [Standing.PAUSED] * 3
        assert s.resume(by="ana", at=day(1)).standing_of(third, at=day(2)) is Standing.PAUSED
        s = s.resume(by="ben", at=day(1, 9))
        assert s.standing_of(first, at=day(2)) is Standing.PAUSED
        assert s.standing_of(second, at=day(1)) is Standing.OPEN
        assert s.standing_of(third, at=day(1)) is Standing.NOT_DUE

    def test_a_pause_that_is_taken_back_before_it_begins_leaves_nothing(self) -> None:
        """Nothing was paused."""
        s = begin().pause(Window(day(2), day(5)), by="ana", at=NOW).resume(by="ana", at=NOW + HOUR)
        assert s.pauses(at=day(3)) == ()
        assert s.counts(WEEK, at=day(9)).paused == 0

    def test_pauses_are_told_until_they_end(self) -> None:
        """Two people may pause for different weeks, or for the same."""
        one, two = Window(day(1), day(3)), Window(day(2), day(5))
        s = begin().pause(two, by="ana", at=NOW).pause(one, by="ben", at=NOW).pause(one, by="ana", at=NOW)
        assert s.pauses(at=NOW) == (one, two)
        assert s.pauses(at=day(3)) == (two,)
        assert s.pauses(at=day(5)) == ()

    def test_a_pause_does_not_reach_into_the_past(self) -> None:
        """What went unanswered did; what is open now can still be paused."""
        s = begin()
        first, second, *_ = keys(s)
        s = s.pause(WEEK, by="ben", at=day(1, 21))
        assert s.standing_of(first, at=day(2)) is Standing.UNANSWERED
        assert s.standing_of(second, at=day(2)) is Standing.PAUSED

    def test_at_the_same_instant_the_pause_has_the_last_word(self) -> None:
        """Protection dominates."""
        s = begin().pause(WEEK, by="ben", at=NOW).resume(by="ben", at=NOW)
        assert s.standing_of(keys(s)[0], at=NOW) is Standing.PAUSED


class TestCounts:
    """due = passed or held, less paused, less let go; held always counts; nothing due is None."""

    def test_each_check_in_joins_when_its_window_closes_and_a_held_one_at_once(self) -> None:
        """Nobody is behind on something that can still be held."""
        s = begin()
        first, second, *_ = keys(s)
        assert s.counts(WEEK, at=day(0, 21)) == Counts()
        assert s.counts(WEEK, at=day(0, 21)).adherence is None
        assert s.hold(first, by="ana", at=day(0, 21)).counts(WEEK, at=day(0, 21)) == Counts(due=1, held=1)
        s = s.hold(second, by="ana", at=day(1))
        assert s.counts(WEEK, at=day(1)) == Counts(due=2, held=1)
        assert s.counts(WEEK, at=day(1)).adherence == Fraction(1, 2)
        assert s.counts(WEEK, at=day(1)).unanswered == 1

    def test_a_held_one_counts_also_if_it_was_paused_skipped_or_put_off(self) -> None:
        """Meeting after all never counts for less."""
        s = begin()
        a, b, c, d, *_ = keys(s)
        s = s.pause(Window.of(day(0), HOUR), by="ana", at=NOW).skip(b, by="ben", at=NOW)
        s = s.raincheck(c, day(2, 21), by="ana", at=NOW).skip(d, by="ana", at=NOW)
        for number, key in enumerate((a, b, c)):
            s = s.hold(key, by="ben", at=day(number, 21))
        assert s.counts(WEEK, at=day(6)) == Counts(due=5, held=3, let_go=1)

    def test_a_raincheck_is_not_due_before_its_new_slot_has_closed(self) -> None:
        """It counts in the week of its new slot, once that has passed."""
        s = begin()
        key = keys(s)[0]
        s = s.raincheck(key, day(8, 9), by="ana", at=day(0)).move(key, day(8, 9), by="ben", at=day(1, 9))
        assert s.counts(WEEK, at=day(1, 10)) == Counts()
        later = Window(day(8, 0), day(8, 12))
        assert s.counts(later, at=day(8, 10)) == Counts()
        assert s.counts(later, at=day(8, 11)) == Counts(due=1)

    def test_going_quiet_moves_no_count_but_its_natural_one(self) -> None:
        """Nobody can tell going quiet from a check-in that went unanswered."""
        journals = [MemoryJournal(key=b"the same") for _ in range(2)]
        for journal in journals:
            journal.found(circle(), by="ana", at=NOW)
            p = agree()
            journal.append(*p.acts[:1], acting="ana")
            journal.append(*p.acts[1:], acting="ben")
            journal.append(*CheckInSchedule.of(p, id="s1", by="ana", at=NOW).acts, acting="ana")
        quiet = Quiet.go(id="q1", circle="c1", by="ben", at=NOW + HOUR)
        journals[0].append(*quiet.acts, acting="ben")
        one, other = (journal.view("ana", circle="c1", at=day(2, 12)) for journal in journals)
        assert one.counts("s1", WEEK) == other.counts("s1", WEEK) == Counts(due=2)
        assert repr(one.state(CheckInSchedule, "s1")) == repr(other.state(CheckInSchedule, "s1"))
        first = next(iter(one.state(CheckInSchedule, "s1").occurrences(WEEK)))
        assert one.standing(first) is Standing.UNANSWERED
        mine = journals[0].view("ben", circle="c1", at=day(2, 12))
        assert mine.counts(mine.state(CheckInSchedule, "s1"), WEEK) == Counts(due=2)


class TestReminders:
    """Reminders and snoozes lie inside the window."""

    def test_reminders_come_relative_to_the_slot(self) -> None:
        """Where the check-in moves, its reminders move along."""
        s = begin(Rhythm.of(daily(), reminders=[HOUR, -5 * MINUTE]))
        key = keys(s)[0]
        s = move(s, key, day(2, 9), at=NOW)
        found = s.occurrence(key)
        assert found is not None
        assert found.reminders == (day(2, 8, 55), day(2, 10))

    def test_a_snooze_ends_with_the_window(self) -> None:
        """Ten more minutes is fine; tomorrow is another check-in."""
        first = next(iter(begin().occurrences(WEEK)))
        assert first.snoozed(day(0), for_=10 * MINUTE) == day(0, 20, 10)
        for at, for_ in ((day(0), LATE), (day(0), 0 * HOUR), (day(0), -HOUR), (NOW, HOUR), (day(1), HOUR)):
            assert first.snoozed(at, for_=for_) is None
        assert first.snoozed(day(0), for_=dt.timedelta.max) is None


class TestVersions:
    """Editing a schedule is a new version from an instant on."""

    def test_what_has_opened_stays_and_what_lies_ahead_follows_the_new_version(self) -> None:
        """At 20:10 everyone agrees on mornings: this evening's check-in stays open, with its own window."""
        s = begin()
        tonight = next(iter(s.occurrences(WEEK)))
        mornings = agree(daily("09:00"), id="p2", at=day(0, 20, 10), about="s1")
        s = merge(s, evolve(s, acts=mornings.acts))
        assert s.occurrence(tonight.key) == tonight
        assert s.standing_of(tonight.key, at=day(0, 21)) is Standing.OPEN
        assert [o.start.hour for o in s.occurrences(WEEK)] == [20, *([9] * 7)]
        assert s.rhythm == mornings.offer.value
        first, second = s.agreed()
        assert (first[0].end, second[0].start) == (day(0, 20, 10), day(0, 20, 10))
        assert second[1] == mornings.offer.value

    @pytest.mark.parametrize(("before", "after"), [(15, 120), (120, 15), (15, 15)])
    def test_no_check_in_falls_between_two_versions_or_comes_twice(self, before: int, after: int) -> None:
        """Whether windows grow or shrink, tonight's check-in is there exactly once."""
        s = begin(Rhythm.of(daily(), early=before * MINUTE))
        edited = agree(Rhythm.of(daily(), early=after * MINUTE), id="p2", at=day(0, 19), about="s1")
        s = evolve(s, acts=(*s.acts, *edited.acts))
        assert [o.start for o in s.occurrences(Window(NOW, day(1, 12)))] == [day(0)]
        found = next(iter(s.occurrences(WEEK)))
        kept = before if day(0) - before * MINUTE < day(0, 19) else after
        assert found.window.start == day(0) - kept * MINUTE
        assert s.standing_of(found.key, at=day(0, 19)) is (
            Standing.OPEN if max(before, after) == 120 else Standing.NOT_DUE
        )

    def test_who_agrees_at_ten_to_eight_meets_at_eight(self) -> None:
        """The first check-in is the first that starts after the last yes, though its window would have opened."""
        s = begin(at=day(0, 19, 50))
        assert s.standing_of(keys(s)[0], at=day(0, 19, 50)) is Standing.OPEN
        assert next(begin(at=day(0, 20, 1)).occurrences(WEEK)).start == day(1)

    def test_what_everyone_moved_ahead_and_held_stays_held_after_an_edit(self) -> None:
        """Friday's check-in took place on Tuesday; a new rhythm without Fridays does not undo that."""
        s = begin()
        friday = keys(s)[4]
        s = move(s, friday, day(1, 9), at=NOW).hold(friday, by="ana", at=day(1, 9))
        s = evolve(s, acts=(*s.acts, *agree(daily("07:00"), id="p2", at=day(2, 9), about="s1").acts))
        found = s.occurrence(friday)
        assert found is not None
        assert found.start == day(1, 9)
        assert s.standing_of(friday, at=day(9)) is Standing.HELD

    def test_what_everyone_moved_later_is_kept_by_a_new_version_but_not_by_a_stop(self) -> None:
        """They agreed on Thursday for Monday's check-in; a new rhythm on Tuesday leaves that, a stop does not."""
        s = begin()
        monday = keys(s)[0]
        s = move(s, monday, day(3, 9), at=NOW)
        s = evolve(s, acts=(*s.acts, *agree(daily("07:00"), id="p2", at=day(1, 9), about="s1").acts))
        assert s.standing_of(monday, at=day(3, 9)) is Standing.OPEN
        assert s.stop(by="ben", at=day(2)).standing_of(monday, at=day(3, 9)) is Standing.LET_GO

    def test_a_wish_said_in_one_version_is_heard_in_the_next(self) -> None:
        """Ana said yes to Saturday before the new version, Ben after it."""
        s = begin()
        friday = keys(s)[4]
        s = s.move(friday, day(5, 9), by="ana", at=NOW)
        s = evolve(s, acts=(*s.acts, *agree(Rhythm.of(daily(), length=HOUR), id="p2", at=day(1), about="s1").acts))
        s = s.move(friday, day(5, 9), by="ben", at=day(2))
        found = s.occurrence(friday)
        assert found is not None
        assert (found.start, found.length) == (day(5, 9), HOUR)

    def test_what_was_said_of_a_check_in_before_there_was_one_is_not_heard(self) -> None:
        """Letting go of mornings that nobody had agreed on yet is nothing that comes true later."""
        s = begin()
        morning = OccurrenceKey(schedule="s1", original_start=local(4, 9), zone="UTC")
        s = add(s, Moved(key=morning, to=day(6)), by="ana", at=NOW)
        s = evolve(s, acts=(*s.acts, *agree(daily("09:00"), id="p2", at=day(1, 12), about="s1").acts))
        assert s.occurrence(morning) is not None
        assert s.new_times(at=day(1, 12)) == ()

    def test_several_recurrences_alternate(self) -> None:
        """Even weeks in Ben's morning, odd weeks in Ana's: the hour that is inconvenient changes sides."""
        first = Recurrence.weekly("SU", time="09:00", zone="Europe/Paris", starts=dt.date(2026, 1, 11), every=2)
        second = Recurrence.weekly("SU", time="09:00", zone="America/New_York", starts=dt.date(2026, 1, 18), every=2)
        s = begin(Rhythm.of(first, second))
        found = [(o.key.zone, o.start.hour) for o in s.occurrences(Window.of(NOW, 28 * DAY))]
        assert found == [("Europe/Paris", 8), ("America/New_York", 14)] * 2


class TestBeginningAndEnding:
    """A schedule exists only through a rhythm in force."""

    def test_a_rhythm_that_is_not_in_force_makes_no_schedule(self) -> None:
        """One yes of two is no agreement; neither is another kind of value, or one about another schedule."""
        offered = Proposal.of(Rhythm.of(daily()), id="p1", circle=circle(), by="ana", at=NOW)
        walk = Proposal.of(Note(text="a walk"), id="p2", circle=circle(), by="ana", at=NOW)
        walk = walk.accept(by="ben", offer=walk.offer.id, at=NOW)
        for p in (offered, walk, agree(about="s2"), agree().withdraw(by="ben", at=NOW)):
            with pytest.raises(NotInForce, match="expected something that everyone has said yes to"):
                CheckInSchedule.of(p, id="s1", by="ana", at=NOW)
        with pytest.raises(NotInForce):
            CheckInSchedule.of(agree(), id="s1", by="ana", at=NOW, circle="c2")
        assert CheckInSchedule.of(agree(), id="s1", by="ana", at=NOW, circle=circle()).circle == "c1"

    @pytest.mark.parametrize("end", ["withdraw", "stop", "leave", "lapse"])
    def test_it_ends_when_what_it_rests_on_ends(self, end: str) -> None:
        """Withdrawing, stopping, leaving, or a review date that passes: from then on nothing opens or stays open."""
        lasts, at = 2 * DAY + 8 * HOUR + 30 * MINUTE, day(2, 20, 30)
        s = begin(lasts=lasts)
        match end:
            case "withdraw":
                s = evolve(s, acts=(*s.acts, *agree(lasts=lasts).withdraw(by="ben", at=at).acts))
            case "stop":
                s = s.stop(by="ben", at=at)
            case "leave":
                left = Entry(circle="c1", author="ben", id="l", at=at, body=Left(), audience=Shared())
                s = evolve(s, founding=(*s.founding, left))
            case _:
                pass
        open_then = keys(s)[2]
        ahead = evolve(open_then, original_start=local(3))
        assert s.standing_of(open_then, at=at - TICK) is Standing.OPEN
        assert s.standing_of(open_then, at=at) is Standing.LET_GO
        assert s.standing_of(open_then, at=day(9)) is Standing.LET_GO
        assert s.standing_of(ahead, at=at) is Standing.LET_GO
        assert s.until(at=at) is None
        assert s.until(at=at - TICK) == at
        assert len(keys(s)) == 3
        assert s.counts(WEEK, at=day(9)) == Counts(due=2, let_go=1)
        for verb in (s.skip, lambda key, **known: s.raincheck(key, day(5), **known), s.hold):
            with pytest.raises(NotOpen):
                verb(open_then, by="ana", at=day(2, 21))
        assert s.new_times(at=day(2, 21)) == ()

    def test_what_was_held_before_the_end_can_be_told_after_it(self) -> None:
        """They talked, and then one of them ended it; the talk took place."""
        s = begin()
        key = keys(s)[0]
        s = s.stop(by="ben", at=day(0, 20, 30)).hold(key, by="ana", at=day(0, 21), when=day(0, 20, 10))
        assert s.standing_of(key, at=day(0, 21)) is Standing.HELD

    def test_a_stop_ends_also_what_had_opened_under_an_earlier_version(self) -> None:
        """Stop means stop."""
        s = begin()
        tonight = keys(s)[0]
        s = evolve(s, acts=(*s.acts, *agree(daily("07:00"), id="p2", at=day(0, 20, 10), about="s1").acts))
        assert s.stop(by="ana", at=day(0, 20, 30)).standing_of(tonight, at=day(0, 20, 30)) is Standing.LET_GO

    def test_whoever_withdraws_from_an_earlier_version_ends_what_still_rests_on_it(self) -> None:
        """And only that."""
        s = begin()
        tonight = keys(s)[0]
        s = evolve(s, acts=(*s.acts, *agree(daily("07:00"), id="p2", at=day(0, 20, 10), about="s1").acts))
        s = evolve(s, acts=(*s.acts, *agree().withdraw(by="ben", at=day(0, 20, 20)).acts))
        assert s.standing_of(tonight, at=day(0, 20, 20)) is Standing.LET_GO
        assert s.until(at=day(1)) is not None

    def test_a_renewal_before_the_review_date_keeps_what_was_moved_beyond_it(self) -> None:
        """The old rhythm would have lapsed on Wednesday; they agreed anew on Tuesday, and Thursday stays."""
        s = begin(lasts=2 * DAY)
        monday = keys(s)[0]
        s = move(s, monday, day(3, 9), at=NOW)
        assert s.standing_of(monday, at=day(3, 9)) is Standing.LET_GO
        s = evolve(s, acts=(*s.acts, *agree(id="p2", at=day(1, 9), about="s1").acts))
        assert s.standing_of(monday, at=day(3, 9)) is Standing.OPEN

    def test_after_a_stop_only_a_newly_agreed_rhythm_begins_again(self) -> None:
        """Neither the old rhythm nor another one that was agreed before the stop comes back by one person's word."""
        stopped = begin().stop(by="ben", at=day(1, 9))
        before = agree(daily("07:00"), id="p2", at=day(0))
        for p in (agree(), before):
            again = CheckInSchedule.of(p, id="s1", by="ana", at=day(2, 9))
            assert merge(stopped, again).until(at=day(2, 9)) is None
        for about in ("s1", None):
            anew = agree(daily("07:00"), id="p3", at=day(2, 9), about=about)
            again = merge(stopped, CheckInSchedule.of(anew, id="s1", by="ana", at=day(2, 9)))
            assert [o.start.hour for o in again.occurrences(WEEK)] == [20, *([7] * 5)]

    def test_at_the_same_instant_a_stop_beats_the_last_yes(self) -> None:
        """Protection dominates."""
        s = begin().stop(by="ben", at=NOW)
        assert s.until(at=NOW) is None
        assert s.rhythm is None
        assert keys(s) == []

    def test_a_stop_at_the_instant_of_a_new_version_leaves_nothing_of_the_one_before(self) -> None:
        """Cleo came later, and agreed to mornings with the two others: stop means stop, also for their evenings."""
        s = welcome(begin())
        p = Proposal.of(Rhythm.of(daily("07:00")), id="p2", circle="c1", by="ana", at=day(1, 9), about="s1")
        p = evolve(p, founding=s.founding)
        for name in ("ben", "cleo"):
            p = p.accept(by=name, offer=p.offer.id, at=day(1, 9))
        s = add(evolve(s, acts=(*s.acts, *p.acts)), Stopped(), by="cleo", at=day(1, 9))
        assert [o.start.day for o in s.occurrences(WEEK)] == [5]
        assert s.until(at=day(1, 9)) is None
        assert s.standing_of(keys(begin())[2], at=day(1, 9)) is Standing.LET_GO

    def test_a_later_yes_replaces_an_earlier_version_at_the_same_instant(self) -> None:
        """Two rhythms that came into force together: the same one wins for everyone."""
        one, two = agree(daily("07:00"), id="p2", about="s1"), agree(daily("08:00"), id="p3", about="s1")
        s = evolve(begin(), acts=(*one.acts, *two.acts, *begin().acts))
        assert {o.start.hour for o in s.occurrences(WEEK)} == {8}

    def test_one_person_cannot_put_another_rhythm_in_place_of_the_one_in_force(self) -> None:
        """Everyone agreed on mornings for something else; that does not change these evenings."""
        s = begin()
        other = agree(daily("07:00"), id="p2", at=day(1))
        s = merge(s, CheckInSchedule.of(other, id="s1", by="ben", at=day(1)))
        assert {o.start.hour for o in s.occurrences(WEEK)} == {20}

    def test_a_rhythm_counts_from_when_someone_begins_the_schedule_with_it(self) -> None:
        """Agreed on Monday for no schedule in particular, begun on Wednesday: the first one is on Wednesday."""
        s = CheckInSchedule.of(agree(), id="s1", by="ben", at=day(2, 9))
        assert next(s.occurrences(WEEK)).start == day(2)
        early = add(evolve(s, acts=agree().acts), Scheduled(proposal="p1"), by="ana", at=NOW - HOUR)
        assert keys(early) == []
        unknown = add(evolve(s, acts=()), Scheduled(proposal="p9"), by="ana", at=NOW)
        assert keys(unknown) == []

    def test_a_rhythm_about_the_schedule_counts_from_the_last_yes(self) -> None:
        """Everyone said yes to this very schedule; nobody has to begin it."""
        s = CheckInSchedule(id="s1", circle="c1", acts=agree(about="s1").acts, founding=begin().founding)
        assert len(keys(s)) == 7


class TestWhoSeesWhat:
    """A schedule is the same in everyone's view; what someone felt stays theirs unless they share it."""

    def journal(self, people: int = 2) -> MemoryJournal:
        """Return a journal in which a schedule has begun and its first check-in was held."""
        journal = MemoryJournal()
        journal.found(circle(people), by="ana", at=NOW)
        p = agree(people=people)
        for act in p.acts:
            journal.append(act, acting=act.author)
        s = CheckInSchedule.of(p, id="s1", by="ana", at=NOW)
        journal.append(*s.hold(keys(s)[0], by="ana", at=day(0)).acts, acting="ana")
        return journal

    def test_a_rating_is_private_unless_shared(self) -> None:
        """Ana notes how it felt; Ben sees no rating, and the very same schedule as before."""
        journal = self.journal()
        before = journal.view("ben", circle="c1", at=day(1)).state(CheckInSchedule, "s1")
        mine = journal.view("ana", circle="c1", at=day(1)).state(CheckInSchedule, "s1")
        told = mine.felt(keys(mine)[0], constructive=2, by="ana", at=day(1))
        journal.append(*told.acts, acting="ana")
        ben = journal.view("ben", circle="c1", at=day(1))
        assert ben.entries(kind=Felt) == ()
        assert ben.state(CheckInSchedule, "s1") == before
        (felt,) = journal.view("ana", circle="c1", at=day(1)).entries(kind=Felt)
        assert isinstance(felt.body, Felt)
        assert (felt.audience, felt.body.key, felt.about) == (Private(), keys(mine)[0], "s1")
        assert "constructive" not in repr(felt.body)

    def test_a_rating_that_is_shared_is_seen(self) -> None:
        """Its author chose to say it."""
        journal = self.journal()
        mine = journal.view("ana", circle="c1", at=day(1)).state(CheckInSchedule, "s1")
        told = mine.felt(keys(mine)[0], constructive=5, by="ana", at=day(1), audience=Shared())
        journal.append(*told.acts, acting="ana")
        assert len(journal.view("ben", circle="c1", at=day(1)).entries(kind=Felt)) == 1

    def test_only_what_was_held_is_rated_from_one_to_five(self) -> None:
        """A rating belongs to a check-in that took place; the refusal does not repeat it."""
        s = begin()
        first, second, *_ = keys(s)
        s = s.hold(first, by="ben", at=day(0))
        with pytest.raises(NotOpen, match="expected the rating of a check-in that is open at that time"):
            s.felt(second, constructive=3, by="ana", at=day(0))
        for wrong in (0, 6, True, 3.0, "3"):
            with pytest.raises(InvalidBody, match=r"expected a whole number from 1 to 5, got another \w+$"):
                s.felt(first, constructive=wrong, by="ana", at=day(0))  # type: ignore[arg-type]  # refused at run time

    def test_a_schedule_that_nobody_began_is_unknown(self) -> None:
        """The same words whether it is not there or not for these eyes; a walk about it is no schedule."""
        journal = self.journal()
        walk = Proposal.of(Note(text="a walk"), id="p7", circle="c1", by="ana", at=NOW, about="s7")
        journal.append(*walk.acts, acting="ana")
        for name in ("s7", "s8"):
            with pytest.raises(UnknownStory, match="CheckInSchedule"):
                journal.view("ben", circle="c1", at=day(1)).state(CheckInSchedule, name)

    def test_a_counter_that_is_a_rhythm_changes_the_schedule_also_if_the_offer_was_none(self) -> None:
        """Ana offers a walk in place of the check-ins, Ben counters with mornings, and Ana says yes."""
        journal = self.journal()
        p = Proposal.of(Note(text="a walk"), id="p2", circle=circle(), by="ana", at=day(1), about="s1")
        p = p.counter(by="ben", offer=p.offer.id, value=Rhythm.of(daily("07:00")), at=day(1, 21))
        p = p.accept(by="ana", offer=p.offer.id, at=day(1, 22))
        for act in p.acts:
            journal.append(act, acting=act.author)
        s = journal.view("ben", circle="c1", at=day(2)).state(CheckInSchedule, "s1")
        assert s.rhythm == Rhythm.of(daily("07:00"))

    def test_a_newcomer_sees_the_rhythm_they_agreed_to(self) -> None:
        """Nothing older, and from their own yes on the same check-ins as everyone."""
        journal = self.journal()
        for name in ("ana", "ben"):
            act = Entry(circle="c1", author=name, id="w", at=day(1), body=Welcomed(person="cleo"), audience=Shared())
            journal.append(act, acting=name)
        journal.append(
            Entry(circle="c1", author="cleo", id="j", at=day(1), body=Joined(), audience=Shared()), acting="cleo"
        )
        with pytest.raises(UnknownStory):
            journal.view("cleo", circle="c1", at=day(2)).state(CheckInSchedule, "s1")
        p = journal.view("ben", circle="c1", at=day(2)).offer(Rhythm.of(daily("07:00")), id="p2", about="s1")
        journal.append(*p.acts, acting="ben")
        for name in ("ana", "cleo"):
            p = journal.view(name, circle="c1", at=day(2)).state(Proposal, "p2")
            p = p.accept(by=name, offer=p.offer.id, at=day(2, 22))
            journal.append(*p.acts, acting=name)
        days = Window(day(3, 0), day(6, 0))
        seen = [
            list(journal.view(name, circle="c1", at=day(3)).state(CheckInSchedule, "s1").occurrences(days))
            for name in ("ana", "cleo")
        ]
        assert seen[0] == seen[1]
        assert len(seen[0]) == 3

    def test_while_the_circle_is_not_known_nothing_is_agreed(self) -> None:
        """With an id alone nobody knows who everyone is, so nothing is in force."""
        s = evolve(begin(), founding=())
        assert keys(s) == []
        assert s.rhythm is None
        assert s.stop(by="ana", at=NOW).until(at=NOW) is None

    def test_a_circle_of_more_people_is_no_different(self) -> None:
        """Nothing anywhere assumes exactly two people."""
        assert isinstance(circle(4), Circle)
        assert len(keys(begin(people=4))) == 7
