"""What we write is what RFC 5545 asks for, as parsers see it that others wrote; and as its bytes are."""

import datetime as dt
import re
from itertools import chain, count
from typing import Any, Final

import icalendar
import pytest
from attrs import evolve
from tests.edges.calendar_program import agreed, events_of, expanded, seen, shown, utc
from tests.edges.test_ical import EVENINGS, NOW, SPRING, US, follow_up, lines, schedule, turns, written

import reconnect as rc
from reconnect.edges.ical import Item, calendar
from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.commitment import Commitment
from reconnect.primitives.lesson import Experiment
from reconnect.primitives.lesson.acts import Idea
from reconnect.primitives.routine import SOOTHING, Ritual
from reconnect.primitives.wellness import Area, ReviewRhythm, WellnessPlan
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

NAMES: Final = count()
DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
YEARS: Final = Window(NOW, NOW.add(years=3))
LONG: Final = Window(NOW, NOW.add(weeks=20))
TITLE: Final = f"é{'€' * 40}🙂{'ü' * 40}, a; b\\c: {'日本' * 20}"


def review(name: str, day: str, at: dt.datetime, *, weeks: int = 1) -> rc.Proposal:
    """Return reviews of a plan that both agreed on."""
    starts = dt.date(2026, 3, 16)
    rhythm = Recurrence.weekly(day, time="18:00", zone="Europe/Paris", starts=starts, every=weeks)
    return agreed(ReviewRhythm(rhythm=rhythm), name=name, at=at, about="w1")


def plan(*, at: dt.datetime = NOW) -> WellnessPlan:
    """Return a plan that both look at on Mondays, and from May on on Tuesdays."""
    story = WellnessPlan.of([Area.SLEEP], id="w1", circle=US, by="ana", at=at)
    acts = chain.from_iterable(each.acts for each in (review("v1", "MO", NOW), review("v2", "TU", NOW.add(weeks=7))))
    return evolve(story, acts=(*story.acts, *acts))


def ritual(zone: str = "Europe/Paris", *, count: int | None = None) -> rc.Proposal:
    """Return a ritual that both agreed on."""
    sundays = Recurrence.weekly("SU", time="20:00", zone=zone, starts=dt.date(2026, 3, 16), count=count)
    return agreed(Ritual(routine=SOOTHING[0], rhythm=sundays), name="ritual", at=NOW)


def experiment() -> Experiment:
    """Return something that both try for two weeks."""
    idea = agreed(Idea(what="no phones"), name="idea", at=NOW)
    return Experiment.of(idea, id="x1", by="ana", at=NOW)


def promise(due: dt.datetime | Recurrence) -> Commitment:
    """Return something that ben promised and ana said yes to."""
    story = Commitment.offer("a walk", to=["ana"], due=due, id="k1", circle=US, by="ben", at=NOW)
    return story.agree(by="ana", at=NOW)


def everything() -> bytes:
    """Return a calendar with one of each, some of them moved."""
    story = schedule()
    first, second, *_ = story.occurrences(SPRING)
    story = story.skip(first.key, by="ben", at=NOW)
    for person in ("ana", "ben"):
        story = story.move(second.key, second.start.add(hours=1), by=person, at=NOW)
    wish = follow_up(NOW.add(hours=5)).meet(NOW.add(hours=5), by="ben", at=NOW.add(hours=3))
    nightly = Recurrence.daily(time="21:00", zone="Europe/Paris", starts=dt.date(2026, 3, 17), count=9)
    stories = (story, wish, turns(), plan(), ritual(), experiment(), promise(nightly))
    view = seen(*stories, by="ben", at=NOW.add(hours=4))
    return calendar(view, within=SPRING, titles={Item.CHECK_IN: TITLE, Item.REVIEW: "Looking back"})


def unfolded(data: bytes) -> list[str]:
    """Return the lines of a file."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_lines_are_folded_at_75_octets_and_never_within_a_letter() -> None:
    """RFC 5545, 3.1: each ends with CR and LF, and what continues one begins with a space."""
    data = everything()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", data) is None
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(line) <= 75
        line.decode()
    assert any(line.startswith(b" ") for line in data.split(b"\r\n"))
    assert {str(e["summary"]) for e in events_of(data)} == {TITLE, "Looking back", "Time set aside", "A note to myself"}


def test_words_are_escaped() -> None:
    """RFC 5545, 3.3.11: commas, semicolons and backslashes; colons stay as they are, and no line can be broken."""
    summary = next(line for line in unfolded(everything()) if line.startswith("SUMMARY:é"))
    assert summary.endswith(f", a; b\\c: {'日本' * 20}".replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;"))


def test_what_must_stand_there_stands_there_once() -> None:
    """RFC 5545, 3.6, 3.6.1 and 3.6.6."""
    made: Any = icalendar.Calendar.from_ical(everything())
    assert not made.errors
    assert (made["VERSION"], made["PRODID"]) == ("2.0", "-//reconnect//reconnect//EN")
    assert made.walk("VEVENT")
    for event in made.walk("VEVENT"):
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "CLASS", "TRANSP", "SUMMARY"} <= set(event)
        assert all(not isinstance(value, list) for value in event.values())
        assert not {"DTEND", "RDATE"} & set(event)
        assert event["DTSTAMP"].dt.tzinfo is not None
        assert event["DTSTAMP"].to_ical().endswith(b"Z")
        assert ("DURATION" in event) is (event.end > event.start)
        assert "RRULE" not in event or "RECURRENCE-ID" not in event
        for alarm in event.walk("VALARM"):
            assert set(alarm) == {"ACTION", "DESCRIPTION", "TRIGGER"}


def test_a_rule_ends_in_utc_and_begins_with_its_first_start() -> None:
    """RFC 5545, 3.3.10 and 3.8.5.3; what is taken out or moved is one of its starts, written on the same clocks."""
    ruled = [event for event in events_of(everything()) if "RRULE" in event]
    assert len(ruled) == 4
    for event in ruled:
        assert event["DTSTART"].params["TZID"] == "Europe/Paris"
        assert re.search(r"UNTIL=\d{8}T\d{6}Z", event["RRULE"].to_ical().decode())
    zones = re.findall(r"(?:EXDATE|RECURRENCE-ID)([^:]*):", "\n".join(unfolded(everything())))
    assert zones
    assert set(zones) == {";TZID=Europe/Paris"}


def nowhere(data: bytes, zone: str) -> bytes:
    """Return the same with another name for a zone, a new one each time: icalendar remembers the blocks of names."""
    return data.replace(zone.encode(), f"Nowhere/{next(NAMES)}".encode())


def moved_from(ahead: dt.timedelta, within: Window) -> bytes:
    """Return a check-in that was moved into a stretch of time from so far ahead."""
    story = schedule(Rhythm.of(EVENINGS))
    far = next(iter(story.occurrences(Window(NOW + ahead, NOW.add(days=89)))))
    for person in ("ana", "ben"):
        story = story.move(far.key, NOW.add(days=1), by=person, at=NOW)
    return calendar(seen(story, by="ben", at=NOW), within=within)


@pytest.mark.parametrize("within", [SPRING, YEARS])
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_every_zone_has_a_block_that_is_right_as_far_as_times_reach(zone: str, within: Window) -> None:
    """A program that knows nothing but the block shows the same instants."""
    weekly = Recurrence.weekly("SU", "WE", time="20:00", zone=zone, starts=dt.date(2026, 3, 18))
    nightly = Recurrence.daily(time="21:00", zone=zone, starts=dt.date(2026, 3, 17), count=900)
    stories = (schedule(Rhythm.of(weekly)), ritual(zone), promise(nightly))
    data = calendar(seen(*stories, by="ben", at=NOW), within=within)
    assert data.count(b"BEGIN:VTIMEZONE") == data.count(f"TZID:{zone}".encode()) == 1
    unknown = nowhere(data, zone)
    assert shown(unknown) == shown(data)
    assert len(shown(data)) > 8


@pytest.mark.parametrize(("ahead", "days"), [(80, 7), (11, 10)])
def test_a_block_reaches_what_was_moved_from_afar(ahead: int, days: int) -> None:
    """The time by the rule lies after one more clock change than anything else there, months later or just so."""
    data = moved_from(ahead * DAY, Window(NOW, NOW.add(days=days)))
    unknown = nowhere(data, "Europe/Paris")
    assert shown(unknown) == shown(data)
    named = [event["RECURRENCE-ID"].dt for event in events_of(unknown) if "RECURRENCE-ID" in event]
    assert [each.utcoffset() for each in named] == [2 * HOUR]


def test_a_calendar_without_events_is_one_all_the_same() -> None:
    """RFC 5545, 3.6: at least one part stands in it."""
    data = calendar(seen(turns(stated=True), by="ben", at=NOW), within=SPRING)
    made: Any = icalendar.Calendar.from_ical(data)
    assert [part.name for part in made.subcomponents] == ["VTIMEZONE"]
    assert expanded(data) == []


def test_what_changes_has_a_higher_sequence() -> None:
    """RFC 5545, 3.8.7.4."""
    one, other = (
        {str(e["uid"]): int(e["sequence"]) for e in events_of(calendar(view, within=SPRING))}
        for view in (seen(plan(), by="ben", at=at) for at in (NOW, NOW.add(weeks=8)))
    )
    assert set(one) <= set(other)
    due = NOW.add(days=2)
    story = promise(due)
    for person in ("ana", "ben"):
        story = story.renegotiate(due.add(hours=3), by=person, at=NOW.add(hours=1))
    before, after = written(story, at=NOW), written(story, at=NOW.add(hours=1))
    assert lines(before, "UID") == lines(after, "UID")
    assert (lines(before, "SEQUENCE"), lines(after, "SEQUENCE")) == (["SEQUENCE:1"], ["SEQUENCE:3"])
    assert (lines(before, "DTSTART"), lines(after, "DTSTART")) == (
        ["DTSTART:20260318T120000Z"],
        ["DTSTART:20260318T150000Z"],
    )


def begins(data: bytes) -> list[str]:
    """Return when events begin, as a calendar program shows them."""
    return [f"{start:%m-%d %H:%M}" for start, _ in sorted(shown(data))]


def test_reviews_go_on_by_the_newest_rhythm() -> None:
    """Mondays, then Tuesdays, across the clock change; each is half an hour of time set aside."""
    data = calendar(seen(plan(), by="ben", at=NOW.add(weeks=8)), within=LONG)
    found = begins(data)
    assert found[:3] == ["03-16 17:00", "03-23 17:00", "03-30 16:00"]
    assert found[6:9] == ["04-27 16:00", "05-05 16:00", "05-12 16:00"]
    assert {end - start for start, end in shown(data, blocks=True)} == {HOUR / 2}
    assert len({str(event["uid"]) for event in events_of(data)}) == 2


def test_a_ritual_is_there_until_somebody_withdraws() -> None:
    """Or until it lapses after 90 days, as far as anybody knows now."""
    assert begins(calendar(seen(ritual(), by="ben", at=NOW), within=LONG))[-1] == "06-07 18:00"
    gone = ritual().withdraw(by="ana", at=NOW.add(days=10))
    assert begins(calendar(seen(gone, by="ben", at=NOW.add(days=10)), within=LONG)) == ["03-22 19:00"]


def test_the_end_of_an_experiment_takes_no_time() -> None:
    """Nobody agreed on an hour."""
    text = written(experiment())
    assert lines(text, "DTSTART", "SUMMARY", "TRANSP", "DURATION") == [
        "SUMMARY:A note to myself",
        "DTSTART:20260330T120000Z",
        "TRANSP:TRANSPARENT",
    ]
    assert "phones" not in text
    idea = agreed(Idea(what="no phones"), name="idea", at=NOW)
    gone = idea.withdraw(by="ben", at=NOW.add(days=3))
    begun = Experiment.of(idea, id="x1", by="ana", at=NOW)
    assert "VEVENT" not in written(evolve(begun, acts=(*begun.acts, *gone.acts)), at=NOW.add(days=3))


def test_only_whoever_promised_has_it_in_their_calendar() -> None:
    """Nobody else needs to watch; and what is let go is gone."""
    nightly = promise(Recurrence.daily(time="21:00", zone="Europe/Paris", starts=dt.date(2026, 3, 27), count=4))
    assert "VEVENT" not in written(nightly, by="ana")
    text = written(nightly)
    assert lines(text, "RRULE") == ["RRULE:FREQ=DAILY;UNTIL=20260330T190000Z"]
    assert begins(text.encode()) == ["03-27 20:00", "03-28 20:00", "03-29 19:00", "03-30 19:00"]
    less = nightly.let_go(start=dt.datetime(2026, 3, 28, 21), by="ben", at=NOW)  # noqa: DTZ001 - a local time
    assert begins(written(less).encode()) == ["03-27 20:00", "03-29 19:00", "03-30 19:00"]
    assert utc(NOW) not in {start for start, _ in shown(text.encode())}
    assert "walk" not in text
