"""What a person publishes: levels, busy times, and what the others can read of it."""

import datetime as dt

import pendulum
import pytest
from attrs import evolve

from reconnect.edges.convert import dumps, loads
from reconnect.errors import InvalidAudience, InvalidHours, InvalidMeeting, InvalidZone
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.meeting import Detail, Level, Published, all_published, publish
from reconnect.record.entry import Entry, Note, Private, Shared
from reconnect.record.membership import Left, introduce
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

EVENINGS = WeeklyHours("Europe/Paris", {"MO": ["18:00-22:00"]})
EARLY = WeeklyHours("Europe/Paris", {"MO": ["17:00-19:00"]})
WEEK = Window(pendulum.datetime(2026, 1, 5), pendulum.datetime(2026, 1, 12))


def monday(start: int, end: int, minute: int = 0) -> Window:
    """Return a stretch of a winter Monday by the clocks of Paris."""
    day = pendulum.datetime(2026, 1, 5, tz="Europe/Paris")
    return Window(day.add(hours=start, minutes=minute), day.add(hours=end, minutes=minute))


def test_where_levels_overlap_the_better_one_counts() -> None:
    """Hours that are fine may hold some that are preferred; nobody has to cut them apart."""
    mine = publish(EVENINGS, prefers=EARLY, only_if_needed=EVENINGS)
    assert mine.level(monday(17, 19)) is Level.PREFERS
    assert mine.level(monday(19, 20)) is Level.FINE


def test_a_stretch_suits_as_well_as_the_least_of_its_parts() -> None:
    """Half preferred and half fine is fine; a part that was not published makes it no time at all."""
    mine = publish(EVENINGS, prefers=EARLY)
    assert mine.level(monday(18, 20)) is Level.FINE
    assert mine.level(monday(21, 23)) is None
    assert publish(zone="UTC").level(monday(18, 20)) is None


def test_busy_times_leave_a_hole_and_no_trace() -> None:
    """What is published is the same value, whatever made the hole."""
    busy = Windows.of(monday(19, 20))
    told = publish(EVENINGS, busy=busy, within=WEEK)
    holed = WeeklyHours("Europe/Paris", {"MO": ["18:00-19:00", "20:00-22:00"]})
    assert told == publish(holed, within=WEEK)
    assert told.windows(WEEK) == Windows.of(monday(18, 19), monday(20, 22))


def test_an_appointment_to_the_minute_does_not_show() -> None:
    """Windows are published in whole quarter hours, and nothing shorter is left."""
    busy = Windows.of(Window(monday(19, 20, 7).start, monday(21, 22, 50).start))
    told = publish(EVENINGS, busy=busy, within=WEEK)
    assert told.windows(WEEK) == Windows.of(monday(18, 19))
    assert publish(Windows.of(monday(18, 19, 1)), zone="UTC").fine == Windows.of(
        Window(monday(18, 19, 15).start, monday(18, 19).end)
    )


def test_weekly_hours_need_a_window_before_busy_times_are_taken_out() -> None:
    """Nobody publishes a year of appointments by accident."""
    with pytest.raises(InvalidHours, match="a window within which"):
        publish(EVENINGS, busy=Windows.of(monday(19, 20)))


def test_a_zone_is_that_of_the_hours_or_is_said() -> None:
    """All weekly hours are on the clocks of one zone; windows alone do not name one."""
    assert publish(EVENINGS).zone == "Europe/Paris"
    assert publish(Windows.of(monday(18, 19)), zone="UTC").zone == "UTC"
    with pytest.raises(InvalidHours, match="a zone beside windows"):
        publish(Windows.of(monday(18, 19)))
    with pytest.raises(InvalidHours, match="of one zone"):
        publish(EVENINGS, prefers=WeeklyHours("UTC", {}))
    with pytest.raises(InvalidZone):
        publish(EVENINGS, zone="Mars/Olympus")


def test_other_things_are_refused() -> None:
    """A level is hours or windows, a detail is a detail."""
    with pytest.raises(InvalidHours, match="weekly hours or windows, got a Window"):
        publish(monday(18, 19), zone="UTC")  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidMeeting, match="how much reasons may tell, got a str"):
        publish(EVENINGS, detail="level")  # type: ignore[arg-type]  # wrong on purpose


def test_what_is_published_is_shared_from_the_start_and_survives_json() -> None:
    """It is all the others ever learn, so it cannot be written privately."""
    told = publish(EVENINGS, only_if_needed=Windows.of(monday(8, 9)), detail=Detail.LEVEL)
    assert loads(dumps(told), Published) == told
    entry = Entry(circle="c1", author="ana", id="h1", at=WEEK.start, body=told, audience=Shared())
    assert entry.body == told
    with pytest.raises(InvalidAudience):
        evolve(entry, audience=Private())


def test_a_later_one_replaces_an_earlier_from_then_on() -> None:
    """Each member has one, in circle order; whoever published nothing can be asked at no time."""
    ana, ben, cy = Person(id="ana", zone="Europe/Paris"), Person(id="ben", zone="UTC"), Person(id="cy", zone="UTC")
    journal = MemoryJournal()
    start = WEEK.start
    journal.found(Circle(id="c1", members=(ana, ben, cy)), by="ana", at=start)
    journal.append(introduce(evolve(cy, zone="Asia/Tokyo"), circle="c1", at=start.add(minutes=1)), acting="cy")
    hour = dt.timedelta(hours=1)
    for number, hours in enumerate((EVENINGS, EARLY), start=1):
        for person in ("ben", "ana"):
            at = start + number * hour
            body = publish(hours)
            entry = Entry(circle="c1", author=person, id=f"h{number}", at=at, body=body, audience=Shared())
            journal.append(entry, acting=person)
    note = Entry(circle="c1", author="ana", id="n", at=start + 2 * hour, body=Note(text="hi"), audience=Shared())
    journal.append(note, acting="ana")
    gone = Entry(circle="c1", author="ana", id="bye", at=start + 3 * hour, body=Left(), audience=Shared())
    journal.append(gone, acting="ana")
    before = all_published(journal.view("ben", circle="c1", at=start + hour))
    after = all_published(journal.view("cy", circle="c1", at=start + 2 * hour))
    assert list(before) == list(after) == ["ana", "ben", "cy"]
    assert before["ana"] == publish(EVENINGS)
    assert after["ana"] == after["ben"] == publish(EARLY)
    assert after["cy"] == Published(zone="Asia/Tokyo")
    assert not after["cy"].windows(WEEK)
    assert list(all_published(journal.view("ben", circle="c1", at=start + 3 * hour))) == ["ben", "cy"]
