"""What other schedulers and reminders got wrong: each is a behaviour that this one gets right."""

import datetime as dt
import inspect

import attrs
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.primitives.checkin.agreed import DAY, HOUR, MINUTE, NAMES, NOW, WEEK, agree, begin, circle, daily, day, keys

from reconnect.people.person import Person
from reconnect.primitives import checkin
from reconnect.primitives.checkin import CheckInSchedule, Counts, Rhythm, Standing, acts
from reconnect.record.membership import introduce
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.window import Window


@given(st.sampled_from(["Pacific/Apia", "Pacific/Kiritimati", "Asia/Tokyo", "America/New_York", "Pacific/Pago_Pago"]))
def test_travelling_east_or_west_changes_no_check_in(zone: str) -> None:
    """CareKit crashes after travelling east (#626): here a check-in does not depend on where anyone is."""
    journal = MemoryJournal()
    journal.found(circle(), by="ana", at=NOW)
    for act in (p := agree()).acts:
        journal.append(act, acting=act.author)
    s = CheckInSchedule.of(p, id="s1", by="ana", at=NOW)
    journal.append(*s.hold(keys(s)[0], by="ana", at=day(0)).acts, acting="ana")
    before = list(s.occurrences(WEEK))
    ana = Person(id="ana", zone=zone)
    journal.append(introduce(ana, circle="c1", at=day(1)), acting="ana")
    view = journal.view("ana", circle="c1", at=day(2, 12))
    after = view.state(CheckInSchedule, "s1")
    assert view.zone == zone
    assert list(after.occurrences(WEEK)) == before
    assert [view.standing(o) for o in before[:3]] == [Standing.HELD, Standing.UNANSWERED, Standing.NOT_DUE]


def test_what_was_held_is_tied_to_its_start_and_not_to_a_number() -> None:
    """CareKit keys an outcome by its place in the list: take one out, and every later outcome slides along."""
    s = begin()
    first, _, third, *_ = keys(s)
    s = s.hold(first, by="ana", at=day(0)).hold(third, by="ana", at=day(2))
    sparser = agree(daily(starts=dt.date(2026, 1, 7)), id="p2", at=day(2, 12), about="s1")
    s = evolve(s, acts=(*s.acts, *sparser.acts))
    held = [key for key in keys(s) if s.standing_of(key, at=day(6)) is Standing.HELD]
    assert held == [first, third]


def test_a_check_in_stays_at_its_hour_across_a_clock_change() -> None:
    """CareKit's offset drops the calendar: here 20:00 in Paris stays 20:00 in Paris."""
    start = dt.datetime(2026, 3, 27, 12, tzinfo=dt.UTC)
    s = begin(daily(zone="Europe/Paris", starts=dt.date(2026, 3, 27)), at=start)
    hours = [o.start.in_timezone("Europe/Paris").hour for o in s.occurrences(Window.of(start, 5 * DAY))]
    assert hours == [20] * 5


def test_nothing_due_is_no_rate_at_all() -> None:
    """CareKit calls a week with nothing due 100 %: here it is None, also in a pause and before anything is due."""
    s = begin()
    assert s.counts(WEEK, at=NOW).adherence is None
    paused = s.pause(WEEK, by="ana", at=NOW)
    assert paused.counts(WEEK, at=day(9)) == Counts(paused=7)
    assert paused.counts(WEEK, at=day(9)).adherence is None


def test_same_day_is_a_window_that_someone_names() -> None:
    """SpeziScheduler's "same day" ignores the event and reads the machine's clock: nothing here does either."""
    s = begin(daily("23:30", zone="Europe/Paris"))
    (tonight,) = s.occurrences(Window(day(0, 0), day(1, 0)))
    late = tonight.start + 40 * MINUTE  # half past midnight in Paris, and still this check-in
    assert s.hold(tonight.key, by="ben", at=late).counts(Window(day(0, 0), day(1, 0)), at=late).held == 1
    for verb in ("hold", "skip", "move", "raincheck", "pause", "resume", "stop", "standing_of", "counts"):
        at = inspect.signature(getattr(CheckInSchedule, verb)).parameters["at"]
        assert at.default is inspect.Parameter.empty


def test_an_edit_brings_no_old_check_in_back() -> None:
    """Beiwe and RADAR send old prompts again after an edit: here what has passed stays as it was."""
    s = begin()
    before = [s.standing_of(key, at=day(2, 12)) for key in keys(s)[:2]]
    edited = agree(Rhythm.of(daily(), late=5 * HOUR), id="p2", at=day(2, 12), about="s1")
    s = evolve(s, acts=(*s.acts, *edited.acts))
    assert [s.standing_of(key, at=day(2, 12)) for key in keys(s)[:2]] == before == [Standing.UNANSWERED] * 2
    is_open = [s.standing_of(key, at=day(2, 12)) is Standing.OPEN for key in keys(s)]
    assert not any(is_open)


def test_every_check_in_passes_by_itself() -> None:
    """Prompts of Beiwe and RADAR do not expire: here each window ends, and a rhythm has a review date."""
    s = begin()
    opened = list(s.occurrences(Window.of(NOW, 400 * DAY)))
    assert len(opened) == 90
    assert all(o.window.length <= 2 * 31 * DAY for o in opened)
    assert {s.standing_of(o.key, at=day(26) + 400 * DAY) for o in opened[:10]} == {Standing.UNANSWERED}


def test_a_snooze_never_leaves_the_window() -> None:
    """A snooze of Beiwe or RADAR rings after the prompt has gone: here it says that there is no room."""
    tonight = next(iter(begin().occurrences(WEEK)))
    assert tonight.snoozed(day(0, 21, 50), for_=9 * MINUTE) == day(0, 21, 59)
    assert tonight.snoozed(day(0, 21, 50), for_=10 * MINUTE) is None


def test_no_one_person_sets_the_times() -> None:
    """In couples apps one person fixes the reminders: here every time, first or new, needs every yes."""
    s = begin(people=3)
    key = keys(s)[1]
    for name in NAMES[:3]:
        alone = s
        for hour in range(3):
            alone = alone.move(key, day(2, 9 + hour), by=name, at=NOW)
        found = alone.occurrence(key)
        assert found is not None
        assert found.start == day(1)


def test_a_planned_pause_neither_rewards_nor_punishes() -> None:
    """People beg trackers for this (uhabits #88 #630, beaverhabits #147): a week off leaves the rate as it was."""
    s, fortnight = begin(), Window.of(NOW, 14 * DAY)
    first, *_ = keys(s)
    s = s.hold(first, by="ana", at=day(0))
    week_off = s.pause(Window(day(2, 0), day(13, 23)), by="ben", at=day(1))
    assert s.counts(fortnight, at=day(1, 23)).adherence == week_off.counts(fortnight, at=day(20)).adherence
    assert week_off.counts(fortnight, at=day(20)) == Counts(due=2, held=1, paused=12)


def test_there_are_no_streaks_no_scores_and_no_guilt() -> None:
    """Whatever other apps count about a person, there is no place for it here."""
    public = [getattr(checkin, name) for name in checkin.__all__] + [getattr(acts, name) for name in acts.__all__]
    names = {name for cls in public for name in dir(cls)} | {
        f.name for cls in public if attrs.has(cls) for f in attrs.fields(cls)
    }
    for word in ("streak", "score", "rank", "missed", "failed", "late_by", "blame", "points", "read_at", "seen"):
        assert not [name for name in names if word in name]
