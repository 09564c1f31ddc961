"""What is always true of a calendar that we write, as a calendar program that others wrote reads it."""

import datetime as dt
from itertools import islice
from typing import Any, Final

import icalendar
import pendulum
import pytest
from attrs import evolve
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.edges.calendar_program import agreed, alarms, events_of, expanded, seen, shown, slot, utc

from reconnect.consent.mute import WentQuiet
from reconnect.edges.ical import busy, calendar
from reconnect.edges.ical._content import calendars
from reconnect.edges.ical._tzid import Zones
from reconnect.edges.ical._zone_block import zone_block
from reconnect.edges.testing import temporal
from reconnect.edges.testing.checkin import moments, schedules
from reconnect.edges.testing.gathered import said_by
from reconnect.edges.testing.recovery import recoveries
from reconnect.edges.testing.rotation_stories import PEOPLE, rotations, turn_moments
from reconnect.primitives.checkin import CheckInSchedule, Occurrence, OccurrenceKey, Rhythm, Standing
from reconnect.primitives.checkin.acts import Felt
from reconnect.primitives.recovery import RecoveryWindow, TopicReturn
from reconnect.primitives.rotation import Rotation
from reconnect.record.entry import Private
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import Gap, clock

DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
SECOND: Final = dt.timedelta(seconds=1)
FEWER: Final = settings(max_examples=max(10, settings().max_examples // 2))


def around(acts: tuple[Any, ...]) -> Window:
    """Return the days that matter for a story."""
    said = [act.at for act in acts if act.at.year > 1980]
    return Window(as_instant(min(said) - 2 * DAY), as_instant(max(said) + 9 * DAY))


def on(view: View, within: Window) -> list[Occurrence]:
    """Return the check-ins that are on: not paused, let go, or put off without a new time."""
    found: list[Occurrence] = []
    for schedule in view.all(CheckInSchedule):
        for each in schedule.occurrences(within):
            off = schedule.standing_of(each.key, at=view.at) in {Standing.PAUSED, Standing.LET_GO}
            if not off and not schedule.is_waiting(each.key):
                found.append(each)
    return found


@FEWER
@given(st.data())
def test_a_calendar_program_shows_exactly_the_check_ins_that_are_on(data: st.DataObject) -> None:
    """Whatever people said: moves, rainchecks, skips, pauses, new rhythms and stops, around clock changes."""
    story = data.draw(schedules())
    at = data.draw(st.just(max(act.at for act in story.acts)) | moments(story))
    assume(at >= min(act.at for act in story.acts))
    view, within = seen(story, by="ana", at=at), around(story.acts)
    made = calendar(view, within=within)
    assert shown(made) == {slot(each.start, each.length) for each in on(view, within)}


@st.composite
def rhythms_of_any_kind(draw: st.DrawFn) -> tuple[CheckInSchedule, Window]:
    """Draw a schedule on recurrences of any kind, in any zone and with any gap policy, and two months of it."""
    zone = draw(temporal.zones())
    recurring = st.lists(temporal.recurrences(zone=zone), min_size=1, max_size=2, unique=True)
    reminders = st.lists(st.integers(-30, 59).map(lambda m: dt.timedelta(minutes=m)), max_size=2)
    rhythm = Rhythm.of(*draw(recurring), early=HOUR / 2, late=HOUR, reminders=draw(reminders))
    first = rhythm.recurrences[0].nth(draw(st.integers(0, 3)))
    assume(first is not None)
    assert first is not None
    assume(1971 < first.year < 2150)
    start = as_instant(first - draw(st.integers(0, 40)) * DAY)
    p = agreed(rhythm, at=start - DAY)
    within = Window.of(start, draw(st.integers(1, 60)) * DAY)
    assume(all(sum(1 for _ in islice(each.between(within), 100)) < 100 for each in rhythm.recurrences))
    return CheckInSchedule.of(p, id="s1", by="ana", at=start - DAY), within


@given(rhythms_of_any_kind())
def test_a_rule_of_any_kind_is_shown_as_we_mean_it(drawn: tuple[CheckInSchedule, Window]) -> None:
    """Where programs read a rule in different ways, or clocks skip or repeat a start, each start is written out."""
    story, within = drawn
    view = seen(story, by="ben", at=within.start)
    made = calendar(view, within=within)
    assert shown(made) == {slot(each.start, each.length) for each in on(view, within)}
    windows = {utc(each.start): each.window for each in on(view, within)}
    assert set(alarms(made)) == {(utc(each.start), utc(at)) for each in on(view, within) for at in each.reminders}
    assert all(moment in windows[start] for start, moment in alarms(made))


def whole(length: dt.timedelta) -> dt.timedelta:
    """Return a length rounded up to whole seconds."""
    return -(-length // SECOND) * SECOND


@FEWER
@given(st.data())
def test_a_calendar_program_shows_exactly_ones_own_agreed_turns(data: st.DataObject) -> None:
    """Swaps, covers, absences and new plans included; what is only stated, or ends when it is done, is not there."""
    story = data.draw(rotations(agreed=data.draw(st.booleans())))
    at = data.draw(st.just(max(act.at for act in story.acts)) | turn_moments(story))
    reader = data.draw(st.sampled_from(PEOPLE[:2]))
    assume(at >= min(act.at for act in story.acts))
    view, within = seen(story, by=reader, at=at), around(story.acts)
    told = [turn for each in view.all(Rotation) for turn in each.turns(within) if each.in_force(at=turn.start)]
    mine = {slot(t.start, t.window.length) for t in told if t.holder == reader and t.window is not None}
    made = calendar(view, within=within)
    assert {utc(start) for start, _ in shown(made)} == {start for start, _ in mine}
    assert {end - start for start, end in shown(made)} == {whole(end - start) for start, end in mine}
    assert shown(made, blocks=True) == set()


@FEWER
@given(recoveries(), st.sampled_from(PEOPLE[:2]))
def test_a_follow_up_is_shown_once_everyone_said_yes_to_its_time(story: RecoveryWindow, reader: str) -> None:
    """What only some people wish for is nobody's appointment."""
    assume(story.founding)
    at = max(act.at for act in story.acts)
    view = seen(story, by=reader, at=at)
    within = Window(as_instant(min(act.at for act in story.acts) - DAY), as_instant(at + 9 * DAY))
    found = next((each for each in view.all(RecoveryWindow) if each.id == "t1"), None)
    start = None if found is None else found.meeting(at=at)
    made = shown(calendar(view, within=within))
    assert len(made) == (start is not None and start in within)
    assert {begin for begin, _ in made} == ({utc(start)} if made and start is not None else set())


@given(st.integers(0, 200), st.integers(-3, 200), st.booleans(), temporal.instants())
def test_a_topic_returns_at_a_time_that_everyone_agreed_on(ahead: int, withdrawn: int, yes: bool, at: Any) -> None:  # noqa: ANN401, FBT001 - drawn by position
    """It is there while everyone's yes stands at that time, and its topic never is."""
    assume(1971 < at.year < 2150)
    at = at.replace(microsecond=0)
    start = as_instant(at + ahead * DAY)
    p = agreed(TopicReturn(topic="money", start=start), at=at)
    if not yes:
        p = evolve(p, acts=[act for act in p.acts if act.author == "ana"])
    elif withdrawn >= 0:
        p = p.withdraw(by="ben", at=at + withdrawn * DAY)
    view = seen(p, by="ben", at=at + 200 * DAY)
    made = calendar(view, within=Window(at, at + 300 * DAY))
    ends = min(90, withdrawn if withdrawn >= 0 else 90)
    assert {begin for begin, _ in shown(made)} == ({utc(start)} if yes and ahead < ends else set())
    assert b"money" not in made


@FEWER
@given(schedules(steps=8), st.data())
def test_what_is_written_is_read_back(schedule: CheckInSchedule, data: st.DataObject) -> None:
    """Talks take one's time; and each event has an id of its own, or names the time whose place it takes."""
    at = max(act.at for act in schedule.acts)
    view, within = seen(schedule, by="ana", at=at), around(schedule.acts)
    made = calendar(view, within=within)
    wide = Window(as_instant(within.start - DAY), as_instant(within.end + DAY))
    taken = Windows.of(*(Window.of(each.start.replace(microsecond=0), each.length) for each in on(view, within)))
    zone = data.draw(temporal.zones())
    assert busy(made, within=wide, zone=zone) == taken
    assert len(sequences(made)) == len(events_of(made))


def sequences(data: bytes) -> dict[tuple[str, bytes], int]:
    """Return the sequence of each event, by its id and the time whose place it takes."""
    return {
        (str(e["uid"]), e["recurrence-id"].to_ical() if "recurrence-id" in e else b""): int(e["sequence"])
        for e in events_of(data)
    }


@FEWER
@given(schedules(steps=8), st.data())
def test_a_later_calendar_has_the_same_ids_and_a_sequence_that_only_rises(
    story: CheckInSchedule, data: st.DataObject
) -> None:
    """So a program that has the earlier one knows what to replace, and by what."""
    at = data.draw(moments(story))
    assume(at >= min(act.at for act in story.acts))
    later = max(at, *(act.at for act in story.acts))
    within = around(story.acts)
    one, other = (sequences(calendar(seen(story, by="ana", at=t), within=within)) for t in (at, later))
    assert all(one[name] <= other[name] for name in one.keys() & other.keys())


@FEWER
@given(schedules(steps=8), st.sampled_from(["ana", "ben"]))
def test_a_calendar_rests_on_shared_entries_alone(story: CheckInSchedule, reader: str) -> None:
    """What anyone kept private, the reader included, changes no byte of it; and it is the same for everyone."""
    at, within = max(act.at for act in story.acts), around(story.acts)
    key = OccurrenceKey(schedule="s1", original_start=dt.datetime(2026, 3, 27, 20), zone="UTC")  # noqa: DTZ001 - a local time
    felt = [said_by(who, "felt", at, Felt(key=key, constructive=3), "s1", audience=Private()) for who in ("ana", "ben")]
    quiet = said_by(reader, "quiet", at, WentQuiet(), "q1")
    told = evolve(story, acts=(*story.acts, *felt, quiet))
    shared = evolve(story, acts=tuple(act for act in story.acts if not isinstance(act.audience, Private)))
    made = calendar(seen(shared, by=reader, at=at), within=within)
    assert made == calendar(seen(told, by=reader, at=at), within=within)
    assert made == calendar(seen(told, by="ben", at=at), within=within)


@FEWER
@example("America/New_York", Window(pendulum.datetime(1990, 3, 1), pendulum.datetime(1991, 4, 5, 7, 0, 1)))
@given(temporal.zones(), temporal.windows(least=pendulum.datetime(1975, 1, 1), most=pendulum.datetime(2038, 1, 1)))
def test_the_block_of_a_zone_says_what_its_clocks_show(zone: str, within: Window) -> None:
    """A program without a zone database reads the same offsets in it as the database has."""
    within = Window.of(within.start, min(within.length, 400 * DAY))
    made = icalendar.Calendar()
    block = zone_block(zone, within)
    block["tzid"] = icalendar.vText("Somewhere else")
    made.add_component(block)
    found = Zones.of(calendars(made.to_ical()))("Somewhere else", 1)
    for at in (within.start, *(each for each in (within.start + n * DAY for n in range(400)) if each < within.end)):
        second = (as_instant(at) - pendulum.datetime(1, 1, 1)).in_seconds() + 86_400
        assert found.local(second) == clock(zone).local(second)


@pytest.mark.parametrize("gap", Gap)
@pytest.mark.parametrize("every", [1, 2])
@pytest.mark.parametrize("time", ["00:00", "02:00", "02:30", "20:00"])
def test_a_program_reads_what_we_mean_in_the_strangest_nights(gap: Gap, every: int, time: str) -> None:
    """A day that never was, an hour that is twice, and a start that is skipped: with every policy for gaps."""
    nights = (("Pacific/Apia", (2011, 12, 26)), ("Europe/Paris", (2026, 3, 25)), ("Europe/Paris", (2026, 10, 21)))
    for zone, (year, month, day) in nights:
        for later in range(every):
            starts = dt.date(year, month, day + later)
            rule = Recurrence.daily(time=time, zone=zone, starts=starts, every=every, gap=gap)
            start = as_instant(pendulum.datetime(year, month, day))
            story = CheckInSchedule.of(agreed(Rhythm.of(rule), at=start), id="s1", by="ana", at=start)
            view, within = seen(story, by="ana", at=start), Window.of(start, 10 * DAY)
            made = calendar(view, within=within)
            expected = {slot(each.start, each.length) for each in on(view, within)}
            assert shown(made) == expected
            assert len(expanded(made)) == len(expected)
            assert busy(made, within=within, zone="UTC") == Windows.of(*(Window(*each) for each in expected))


@pytest.mark.parametrize("month", [3, 10])
@pytest.mark.parametrize("time", ["02:00", "02:30", "20:00"])
def test_ids_stay_when_a_calendar_reaches_further(month: int, time: str) -> None:
    """Also beyond a night in which clocks skip or repeat a start: only that one stands for itself."""
    start = as_instant(pendulum.datetime(2026, month, 1))
    rule = Recurrence.daily(time=time, zone="Europe/Paris", starts=dt.date(2026, month, 1))
    story = CheckInSchedule.of(agreed(Rhythm.of(rule), at=start), id="s1", by="ana", at=start)
    view = seen(story, by="ana", at=start)
    made = [calendar(view, within=Window.of(start, days * DAY)) for days in (20, 27, 60)]
    first, second, third = (
        {str(event["UID"]) for event in icalendar.Calendar.from_ical(each).walk("VEVENT")} for each in made
    )
    assert first <= second <= third
    assert len(first) == 1
    assert len(third) <= 2
