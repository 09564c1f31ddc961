"""Reading a calendar of one's own: calendars in the form of several vendors, and those that cannot be read."""

import datetime as dt
import pickle
import time
from pathlib import Path
from typing import Final

import pendulum
import pytest

from reconnect.edges.ical import busy
from reconnect.errors import InvalidCalendar, InvalidZone
from reconnect.primitives.meeting import publish
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

HERE: Final = Path(__file__).parent / "calendars"
MARCH: Final = Window(pendulum.datetime(2026, 3, 1), pendulum.datetime(2026, 4, 5))


def ics(*lines: str, head: tuple[str, ...] = ()) -> str:
    """Return a calendar with one event of these lines."""
    return "\r\n".join(["BEGIN:VCALENDAR", *head, "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])


def times(found: Windows) -> list[str]:
    """Show windows as short texts in UTC."""
    return [f"{w.start.format('MM-DD HH:mm')} {w.end.format('MM-DD HH:mm')}" for w in found]


def read(*lines: str, zone: str = "UTC", within: Window = MARCH, head: tuple[str, ...] = ()) -> list[str]:
    """Read a calendar with one event."""
    return times(busy(ics(*lines, head=head), within=within, zone=zone))


VENDORS: Final = {
    # Times in UTC, a course with a day off and a moved evening, a weekend across the clock change, and what is free.
    "google": (
        "Europe/Paris",
        [
            "03-02 17:30 03-02 18:30",
            "03-04 17:30 03-04 18:30",
            "03-09 17:30 03-09 18:30",
            "03-11 17:30 03-11 18:30",
            "03-16 17:30 03-16 18:30",
            "03-18 17:30 03-18 18:30",
            "03-23 17:30 03-23 18:30",
            "03-24 17:00 03-24 18:00",
            "03-27 23:00 03-29 22:00",
            "03-31 18:00 03-31 19:00",
            "04-01 16:30 04-01 17:30",
        ],
    ),
    # Past midnight on the night of the clock change, a lunch on any clocks, a day with a duration, and escaped quotes.
    "apple": (
        "Europe/Berlin",
        [
            "03-07 04:00 03-07 06:00",
            "03-08 04:00 03-08 06:00",
            "03-09 03:00 03-09 05:00",
            "03-10 11:00 03-10 12:00",
            "03-10 23:00 03-11 23:00",
        ],
    ),
    # The zone names of Windows, a zone that only its own block explains, and a free day.
    "outlook": (
        "Europe/Berlin",
        ["03-27 08:00 03-27 09:00", "03-28 12:00 03-28 13:00", "03-29 07:00 03-29 08:00", "03-30 07:00 03-30 08:00"],
    ),
    # A name for people instead of a zone, an UNTIL on local clocks, and a moved time of which only the day is named.
    "exchange": (
        "UTC",
        [
            "03-04 22:00 03-04 22:30",
            "03-11 21:00 03-11 21:30",
            "03-12 21:00 03-12 21:30",
            "03-18 21:00 03-18 21:30",
            "03-25 21:00 03-25 21:30",
            "04-01 21:00 04-01 21:30",
        ],
    ),
    # Two calendars in one file, periods with lengths of their own, a day off in UTC, a poor block, free/busy times.
    "nextcloud": (
        "UTC",
        [
            "03-18 18:00 03-18 21:00",
            "03-19 18:00 03-19 18:30",
            "03-20 08:00 03-20 09:30",
            "03-21 08:00 03-21 09:00",
            "03-22 08:00 03-22 09:00",
            "04-01 17:00 04-01 18:30",
        ],
    ),
    # The old names of zones with a block of long ago, a task (which takes nobody's time), an UNTIL that is a day, and
    # an end beside a length of nothing.
    "thunderbird": (
        "UTC",
        [
            "03-16 16:00 03-16 16:20",
            "03-21 01:00 03-21 02:00",
            "03-23 16:00 03-23 16:20",
            "03-26 01:00 03-26 02:30",
            "03-30 16:00 03-30 16:20",
        ],
    ),
}


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_calendar_of_each_vendor_is_read(vendor: str) -> None:
    """Its busy times, on the clocks that it means."""
    zone, expected = VENDORS[vendor]
    data = (HERE / f"{vendor}.ics").read_bytes()
    assert times(busy(data, within=MARCH, zone=zone)) == expected
    assert busy(data.replace(b"\n", b"\r\n"), within=MARCH, zone=zone) == busy(data, within=MARCH, zone=zone)
    assert busy(b"\xef\xbb\xbf" + data, within=MARCH, zone=zone) == busy(data.decode(), within=MARCH, zone=zone)


def test_every_file_is_read() -> None:
    """A calendar that no test reads is none."""
    assert {path.stem for path in HERE.glob("*.ics")} == set(VENDORS)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_calendar_that_breaks_off_is_refused(vendor: str) -> None:
    """Wherever it does: half a calendar would offer the other half as free. No word of it is shown."""
    lines = (HERE / f"{vendor}.ics").read_text("utf-8").splitlines(keepends=True)
    ends = [n + 1 for n, line in enumerate(lines) if line.startswith("END:VCALENDAR")]
    for length in set(range(len(lines))) - set(ends):
        with pytest.raises(InvalidCalendar) as refused:
            busy("".join(lines[:length]), within=MARCH, zone="UTC")
        assert "SECRET" not in f"{refused.value} {refused.value!r}"
        assert 0 <= refused.value.line <= max(length, 1)


def test_busy_times_are_taken_out_of_what_is_published() -> None:
    """And nobody can tell from it what took them."""
    evening = Window(pendulum.datetime(2026, 3, 24, 16), pendulum.datetime(2026, 3, 24, 20))
    mine = busy((HERE / "google.ics").read_bytes(), within=evening, zone="Europe/Paris")
    published = publish(Windows.of(evening), busy=mine, within=evening, zone="Europe/Paris")
    assert times(published.windows(evening)) == [
        "03-24 16:00 03-24 17:00",
        "03-24 18:00 03-24 20:00",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART:20260310T120000Z", "DTEND:20260310T130000Z"), ["03-10 12:00 03-10 13:00"]),
        (("dtstart:20260310t120000z", "Duration:pt1h"), ["03-10 12:00 03-10 13:00"]),
        (("DTSTART:20260310T120000Z", "DURATION:P1W"), ["03-10 12:00 03-17 12:00"]),
        (("DTSTART:20260310T120000Z", "DURATION:P1DT2H3M4S"), ["03-10 12:00 03-11 14:03"]),
        (("DTSTART:20260310T120000Z",), []),
        (("DTSTART:20260310T120000Z", "DTEND:20260310T120000Z"), []),
        (("DTSTART:20260310",), ["03-10 00:00 03-11 00:00"]),
        (("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260310"), ["03-10 00:00 03-11 00:00"]),
        (("DTSTART;TZID=X:20260310", "DTEND:20260312"), ["03-10 00:00 03-12 00:00"]),
        (("DTSTART:20260227T120000Z", "DURATION:P5D"), ["03-01 00:00 03-04 12:00"]),
        (("DTSTART:20200101T120000Z", "DURATION:P9999D"), ["03-01 00:00 04-05 00:00"]),
        (("DTSTART:20260310T120000Z", "DTEND:20260310T130000Z", "DURATION:PT0S"), ["03-10 12:00 03-10 13:00"]),
        (("DTSTART:20260310T120000Z", "DTEND:20260310T130000Z", "DURATION:PT2H"), ["03-10 12:00 03-10 14:00"]),
        (("DTSTART:20260310T120000Z", "DTEND:20260310T120000Z", "DURATION:PT2H"), ["03-10 12:00 03-10 14:00"]),
        (("DTSTART:20260310", "DTEND:20260312", "DURATION:PT0S"), ["03-10 00:00 03-12 00:00"]),
        (("DTSTART:20260310", "DTEND:20260311", "DURATION:P3D"), ["03-10 00:00 03-13 00:00"]),
        (("DTSTART:20260310T235960Z", "DURATION:PT61S"), ["03-10 23:59 03-11 00:01"]),
        (("DTSTART:00010101T000000", "DURATION:PT1H"), []),
        (("DTSTART:99991231T235959", "DURATION:P9D"), []),
        (
            ("DTSTART:20260302T120000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"),
            ["03-02 12:00 03-02 13:00", "03-09 12:00 03-09 13:00"],
        ),
        (
            ("DTSTART:20260303T120000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=1"),
            ["03-03 12:00 03-03 13:00", "03-09 12:00 03-09 13:00"],
        ),
        (
            ("DTSTART:20260302T120000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY;COUNT=2"),
            ["03-02 12:00 03-02 13:00", "03-03 12:00 03-03 13:00", "03-09 12:00 03-09 13:00"],
        ),
        (
            (
                "DTSTART:20260302T120000Z",
                "DURATION:PT1H",
                "RDATE:20260303T120000Z,20260304T120000Z",
                "EXDATE:20260303T120000Z",
            ),
            ["03-02 12:00 03-02 13:00", "03-04 12:00 03-04 13:00"],
        ),
        (
            ("DTSTART:20260302T120000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260303"),
            ["03-02 12:00 03-02 13:00", "03-04 12:00 03-04 13:00"],
        ),
        (
            ("DTSTART:20260302", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260303T000000"),
            ["03-02 00:00 03-03 00:00", "03-04 00:00 03-05 00:00"],
        ),
        (("DTSTART:20260302", "RDATE;VALUE=DATE:20260304"), ["03-02 00:00 03-03 00:00", "03-04 00:00 03-05 00:00"]),
        (("DTSTART:20260302T120000Z", "DURATION:PT1H", "EXDATE:20260302T120000Z"), []),
        (("DTSTART:20260310T120000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"), []),
        (("DTSTART:20260310T120000Z", "DURATION:PT1H", "STATUS:cancelled"), []),
        (
            ("DTSTART:20260310T120000Z", "DURATION:PT1H", "STATUS:TENTATIVE", "TRANSP:OPAQUE"),
            ["03-10 12:00 03-10 13:00"],
        ),
        (
            (
                "DTSTART:20260310T120000Z",
                "DURATION:PT1H",
                'X-THING;A="b:c;d":DTSTART:1',
                "SUMMARY:",
                "BEGIN:VALARM",
                "DURATION:x",
                "END:VALARM",
            ),
            ["03-10 12:00 03-10 13:00"],
        ),
    ],
)
def test_an_event_takes_the_time_that_it_says(lines: tuple[str, ...], expected: list[str]) -> None:
    """Ends, durations, whole days, rules, dates put in and taken out, and what is free."""
    assert read(*lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("DTSTART;TZID=Europe/Paris:20260328T220000", "DTEND;TZID=Europe/Paris:20260329T060000"),
            ["03-28 21:00 03-29 04:00"],
        ),
        (
            (
                "DTSTART;TZID=Europe/Paris:20260327T220000",
                "DTEND;TZID=Europe/Paris:20260328T060000",
                "RRULE:FREQ=DAILY;COUNT=2",
            ),
            ["03-27 21:00 03-28 05:00", "03-28 21:00 03-29 05:00"],
        ),
        (("DTSTART;TZID=Europe/Paris:20260329T023000", "DURATION:PT1H"), ["03-29 01:30 03-29 02:30"]),
        (("DTSTART;VALUE=DATE:20260329",), ["03-28 23:00 03-29 22:00"]),
        (
            ("DTSTART;TZID=europe/paris:20260310T120000", "DTEND;TZID=America/New_York:20260310T080000"),
            ["03-10 11:00 03-10 12:00"],
        ),
        (
            ("DTSTART;VALUE=DATE:20260310", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260309T230000Z"),
            ["03-10 23:00 03-11 23:00"],
        ),
        (
            ("DTSTART;VALUE=DATE:20260310", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260311T120000Z"),
            ["03-09 23:00 03-10 23:00"],
        ),
    ],
)
def test_clocks_are_those_of_the_event_or_of_its_owner(lines: tuple[str, ...], expected: list[str]) -> None:
    """Across the clock change of 29 March, too: there the later of two readings of an end counts."""
    assert read(*lines, zone="Europe/Paris") == expected


def test_where_two_readings_are_possible_both_count() -> None:
    """A time on any clocks, in a calendar that names a zone for all of it; a day; and what repeats in UTC there."""
    named = ("X-WR-TIMEZONE:America/New_York",)
    both = read("DTSTART:20260302T120000", "DURATION:PT1H", zone="Europe/Paris", head=named)
    assert both == ["03-02 11:00 03-02 12:00", "03-02 17:00 03-02 18:00"]
    assert read("DTSTART:20260302", zone="Europe/Paris", head=named) == ["03-01 23:00 03-03 05:00"]
    rule = ("DTSTART:20260302T120000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert read(*rule, head=named) == ["03-02 12:00 03-02 13:00", "03-09 11:00 03-09 13:00"]
    assert read(*rule[:2], head=named) == ["03-02 12:00 03-02 13:00"]
    assert read(*rule, head=("X-WR-TIMEZONE:",)) == ["03-02 12:00 03-02 13:00", "03-09 12:00 03-09 13:00"]


def several(*events: tuple[str, ...]) -> list[str]:
    """Read a calendar with several events."""
    parts = [f"BEGIN:VEVENT\n{chr(10).join(lines)}\nEND:VEVENT" for lines in events]
    return times(busy("\n".join(["BEGIN:VCALENDAR", *parts, "END:VCALENDAR"]), within=MARCH, zone="UTC"))


def test_what_is_written_down_apart_takes_the_place_of_its_time() -> None:
    """Moved, cancelled or free: the time by the rule is not taken any more."""
    daily = ("UID:1", "DTSTART:20260302T120000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")
    apart = ("UID:1", "RECURRENCE-ID:20260303T120000Z", "DTSTART:20260305T120000Z", "DURATION:PT1H")
    first = "03-02 12:00 03-02 13:00"
    assert several(daily, apart) == several(apart, daily) == [first, "03-05 12:00 03-05 13:00"]
    assert several(daily, (*apart, "STATUS:CANCELLED")) == [first]
    assert several(daily, (*apart, "TRANSP:TRANSPARENT")) == [first]
    assert several(apart) == ["03-05 12:00 03-05 13:00"]
    second = "03-03 12:00 03-03 13:00"
    assert several(daily[1:], apart[1:]) == [
        first,
        second,
        "03-05 12:00 03-05 13:00",
    ]  # whose, without ids, nobody knows
    day = (apart[0], "RECURRENCE-ID;VALUE=DATE:20260303", *apart[2:])
    assert several(daily, day) == [first, second, "03-05 12:00 03-05 13:00"]  # nor which, by the day alone
    days = ("UID:1", "DTSTART:20260302", "RRULE:FREQ=DAILY;COUNT=2")
    assert several(days, day) == ["03-02 00:00 03-03 00:00", "03-05 12:00 03-05 13:00"]


def block(tzid: str, *parts: str) -> tuple[str, ...]:
    """Return a VTIMEZONE."""
    return ("BEGIN:VTIMEZONE", f"TZID:{tzid}", *parts, "END:VTIMEZONE")


def part(kind: str, begins: str, before: str, after: str, *more: str) -> tuple[str, ...]:
    """Return one part of a VTIMEZONE."""
    return (f"BEGIN:{kind}", f"DTSTART:{begins}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *more, f"END:{kind}")


def test_a_zone_is_known_by_its_block() -> None:
    """Where its name says nothing, or different things in different places."""
    event = ("DTSTART;TZID=EST:20260320T120000", "DURATION:PT1H")
    assert read(*event) == ["03-20 17:00 03-20 18:00"]
    summer = part("DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU")
    winter = part("STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU")
    assert read(*event, head=block("EST", *summer, *winter)) == ["03-20 16:00 03-20 17:00"]
    listed = part("DAYLIGHT", "20250309T020000", "-0500", "-0400", "RDATE:20260308T020000")
    until = part(
        "STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU;UNTIL=20251102T060000Z"
    )
    assert read(*event, head=block("EST", *listed, *until)) == ["03-20 16:00 03-20 17:00"]
    ahead = part("DAYLIGHT", "20260329T020000", "+0100", "+0200")
    assert read(*event, head=block("EST", *ahead)) == ["03-20 11:00 03-20 12:00"]
    long_ahead = part("DAYLIGHT", "21000329T020000", "+0545", "+0200")
    assert read(*event, head=block("EST", *long_ahead)) == ["03-20 06:15 03-20 07:15"]
    local = part(
        "STANDARD",
        "20071104T020000",
        "+0200",
        "+010000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20301101T000000",
    )
    paris = part("DAYLIGHT", "20070325T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
    assert read(*event, head=block("EST", *local, *paris)) == ["03-20 11:00 03-20 12:00"]


def test_the_last_change_of_a_block_is_one() -> None:
    """UNTIL is given in UTC there, which is an hour before what clocks in Paris showed then."""
    spring = "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20260329T010000Z"
    summer = part("DAYLIGHT", "19810329T020000", "+0100", "+0200", spring)
    winter = part("STANDARD", "19961027T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
    event = ("DTSTART;TZID=Somewhere:20260401T120000", "DURATION:PT1H")
    assert read(*event, head=block("Somewhere", *summer, *winter)) == ["04-01 10:00 04-01 11:00"]


BAD: Final = [
    ("", 0, "BEGIN:VCALENDAR"),
    ("<html><body>Sign in</body></html>", 1, "a name, a colon and a value"),
    ("\n\nBEGIN:VEVENT\nEND:VEVENT", 3, "BEGIN:VCALENDAR at the beginning"),
    ("DTSTART:20260310T120000Z", 1, "BEGIN:VCALENDAR"),
    (" BEGIN:VCALENDAR", 1, "a name, a colon and a value"),
    ("BEGIN:VCALENDAR\nBEGIN:VCALENDAR", 2, "BEGIN:VCALENDAR at the beginning"),
    ("BEGIN:VCALENDAR\nEND:VEVENT", 2, "the END of what began last"),
    ("BEGIN:VCALENDAR\nBEGIN:X-A\nBEGIN:VEVENT", 3, "events in a calendar"),
    ("BEGIN:VCALENDAR" + "\nBEGIN:X" * 9, 9, "parts within parts at most 8 deep"),
    (ics(), 2, "a part with DTSTART"),
    (ics("DTSTART:SECRET"), 3, "a day or a time such as 20260105T200000 in DTSTART"),
    (ics("DTSTART:20260230"), 3, "a day or a time"),
    (ics("DTSTART:20260310T120000+0100"), 3, "a day or a time"),
    (ics("DTSTART:20260310", "DTSTART:20260311"), 4, "DTSTART once"),
    (ics("DTSTART;SECRET:20260310"), 3, "parameters such as TZID=Europe/Paris in DTSTART"),
    (ics('DTSTART;TZID="SECRET:20260310'), 3, "parameters such as TZID=Europe/Paris in DTSTART"),
    (ics("DTSTART;TZID=SECRET:20260310T120000"), 3, "a time zone that the zone database has"),
    (ics("DTSTART:20260310T120000Z", "DTEND:20260310"), 4, "two days or two times"),
    (ics("DTSTART:20260310T120000Z", "DTEND:20260310T110000Z"), 4, "an end that is not before the start in DTEND"),
    (ics("DTSTART:20260310T120000Z", "DURATION:SECRET"), 4, "a length of time such as PT1H30M in DURATION"),
    (ics("DTSTART:20260310T120000Z", "DURATION:-PT1H"), 4, "a length of time such as PT1H30M in DURATION"),
    (ics("DTSTART:20260310T120000Z", "DURATION:P999999999W"), 4, "a length of time within the years 1 to 9999"),
    (ics("DTSTART:20260310T120000Z", "RRULE:FREQ=FORTNIGHTLY"), 4, "FREQ of DAILY, WEEKLY, MONTHLY or YEARLY"),
    (ics("DTSTART:20260310T120000Z", "RRULE:FREQ=HOURLY;BYWEEKNO=1"), 4, "BYWEEKNO only for YEARLY"),
    (ics("DTSTART:20260310T120000Z", "RRULE:FREQ=HOURLY;BYYEARDAY=1;BYWEEKNO=1"), 4, "neither BYWEEKNO nor BYDAY"),
    (ics("DTSTART:20260310T120000Z", "RRULE:FREQ=HOURLY;BYYEARDAY=1;BYDAY=1MO"), 4, "neither BYWEEKNO nor BYDAY"),
    (ics("DTSTART:20260310T120000Z", "RRULE:FREQ=HOURLY;BYDAY=1MO"), 4, "BYDAY without ordinals"),
    (ics("DTSTART:20260310T120000Z", "RRULE:SECRET=1"), 4, "parts of RRULE"),
    (ics("DTSTART:20260310T120000Z", "RDATE:20260311"), 4, "two days or two times: a start and its RDATE"),
    (ics("DTSTART:20260310T120000Z", "RDATE;VALUE=PERIOD:20260311T120000Z/SECRET"), 4, "a day or a time"),
    (ics("DTSTART:20260310T120000Z", "EXDATE:SECRET"), 4, "a day or a time such as 20260105T200000 in EXDATE"),
    (ics("DTSTART:20260310T120000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260310T120000Z"), 4, "beside a UID"),
    (
        ics("UID:1", "DTSTART:20260310T120000Z", "RECURRENCE-ID;RANGE=THISANDPRIOR:20260310T120000Z"),
        5,
        "for one time alone",
    ),
    (ics("DTSTART:20260310T120000Z", "TRANSP:OPAQUE", "TRANSP:TRANSPARENT"), 5, "TRANSP once"),
    (ics("DTSTART:20260310T120000Z", "DESCRIPTION:SECRET", "SECRET goes on"), 5, "a name, a colon and a value"),
    (ics("DTSTART:20260310", head=("X-WR-TIMEZONE:SECRET",)), 2, "a time zone that the zone database has"),
    (
        "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY:20260310T120000Z\nEND:VFREEBUSY\nEND:VCALENDAR",
        3,
        "periods in FREEBUSY",
    ),
    *(
        (ics("DTSTART;TZID=A:20260310T120000", head=head), line, expected)
        for head, line, expected in (
            (block("A"), 2, "a VTIMEZONE with a part for standard time"),
            (block("A", *part("STANDARD", "20260101T000000", "SECRET", "+0100")), 6, "an offset such as +0100"),
            (
                block("A", *part("STANDARD", "20260101T000000", "+0100", "+0100", "RRULE:FREQ=SECONDLY")),
                8,
                "FREQ of DAILY",
            ),
            (
                block("A", *part("STANDARD", "20260101T000000", "+0100", "+0100", "RDATE;TZID=B:20260101T000000")),
                8,
                "times without TZID",
            ),
        )
    ),
]


@pytest.mark.parametrize(("text", "line", "expected"), BAD)
def test_what_cannot_be_read_is_refused_with_its_line_and_without_its_words(
    text: str, line: int, expected: str
) -> None:
    """Whoever looks for the mistake finds it; whoever reads the log learns nothing of the calendar."""
    with pytest.raises(InvalidCalendar) as refused:
        busy(text, within=MARCH, zone="UTC")
    assert expected in refused.value.expected
    assert refused.value.line == line
    assert "SECRET" not in f"{refused.value} {refused.value!r} {refused.value.__cause__}"
    assert str(refused.value).startswith(f"in line {line}: expected " if line else "in the calendar: expected ")
    assert isinstance(refused.value, ValueError)
    assert pickle.loads(pickle.dumps(refused.value)).line == line  # noqa: S301 - our own bytes


def test_other_arguments_are_refused() -> None:
    """A calendar is bytes or a text, and its owner's zone is one."""
    with pytest.raises(InvalidCalendar, match="in the calendar: expected bytes or a text"):
        busy(7, within=MARCH, zone="UTC")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(InvalidZone):
        busy(ics("DTSTART:20260310"), within=MARCH, zone="Mars/Olympus")


def many(number: int, *lines: str) -> str:
    """Return so many events, each of the same lines."""
    event = "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))
    return f"BEGIN:VCALENDAR\n{number * event}END:VCALENDAR"


def zones_of_its_own(number: int) -> str:
    """Return a calendar with so many zones that only it knows, each of them used."""
    winter = part("STANDARD", "20260101T000000", "+0100", "+0100")
    blocks = (line for n in range(number) for line in block(f"A{n}", *winter))
    used = (
        line for n in range(number) for line in ("BEGIN:VEVENT", f"DTSTART;TZID=A{n}:20260310T120000", "END:VEVENT")
    )
    return "\n".join(("BEGIN:VCALENDAR", *blocks, *used, "END:VCALENDAR"))


EVERY_HOUR: Final = f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))}"
APART: Final = many(300, "UID:1", "DTSTART:20260310", "RECURRENCE-ID:20260310")
EVERY_MINUTE: Final = f"{EVERY_HOUR};BYMINUTE={','.join(map(str, range(60)))}"
ALWAYS: Final = ("20000101T000000", "+0100", "+0100", EVERY_MINUTE)
NEVER: Final = ("20000101T000000", "+0100", "+0100", "RRULE:FREQ=YEARLY;COUNT=9")
BOMBS: Final = {
    "times": (ics("DTSTART:19700101T000000Z", "DURATION:P9999D", EVERY_HOUR), "50,000 times"),
    "parts": (many(50_001, "DTSTART:20260310"), "50,000 parts"),
    "bytes": ("BEGIN:VCALENDAR\n" + "X:" + "y" * (16 * 2**20), "16 MiB"),
    "apart": (many(300, "UID:1", "DTSTART:20260310").removesuffix("END:VCALENDAR") + APART[16:], "50,000 times"),
    "rules": (many(1001, "DTSTART:20260310", "RRULE:FREQ=YEARLY;COUNT=9"), "50,000 times"),
    "changes": (ics("DTSTART;TZID=A:20260310T120000", head=block("A", *part("STANDARD", *ALWAYS))), "20,000 changes"),
    "counts": (
        ics("DTSTART;TZID=A:20260310T120000", head=block("A", *401 * part("STANDARD", *NEVER))),
        "20,000 changes",
    ),
    "zones": (zones_of_its_own(21), "20 time zones"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_there_is_an_end_to_the_work(bomb: str) -> None:
    """A calendar that somebody made to keep a computer busy is refused, soon."""
    text, expected = BOMBS[bomb]
    started = time.perf_counter()
    with pytest.raises(InvalidCalendar, match=expected):
        busy(text, within=MARCH, zone="UTC")
    assert time.perf_counter() - started < 60  # on any machine, however busy


def test_a_line_in_many_pieces_is_joined_in_one_go() -> None:
    """However many there are."""
    folded = "\n ".join("DTSTART:20260310T120000Z")
    assert read(folded, "X:" + "\n y" * 200_000, "DURATION:PT1H") == ["03-10 12:00 03-10 13:00"]


def test_words_in_another_encoding_are_nobodys_business() -> None:
    """Only what says when something is has to be readable."""
    data = ics("SUMMARY:Café", "DTSTART:20260310T120000Z", "DURATION:PT1H").encode("latin-1")
    assert times(busy(data, within=MARCH, zone="UTC")) == ["03-10 12:00 03-10 13:00"]


def test_a_window_at_the_edge_of_the_calendar_is_fine() -> None:
    """From the first instant to the last."""
    first, last = pendulum.datetime(1, 1, 1), pendulum.datetime(9999, 12, 31, 23, 59, 59)
    custom = block("A", *part("STANDARD", "00010101T000000", "+0000", "+0000"))
    lines = ("DTSTART;TZID=A:20260310T120000", "DURATION:PT1H", "RRULE:FREQ=YEARLY;COUNT=2")
    for within in (Window.of(first, dt.timedelta(days=1)), Window(pendulum.datetime(9999, 12, 30), last)):
        assert read(*lines, within=within, head=custom) == []
