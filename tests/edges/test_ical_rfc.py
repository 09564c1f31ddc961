"""Reading what RFC 5545 allows and vendors write: hard cases, each beside a calendar program or the text itself."""

import datetime as dt
from typing import Final

import icalendar
import pendulum
import pytest
import recurring_ical_events  # type: ignore[import-untyped]  # it ships none
from tests.edges.test_ical_reading import MARCH, block, ics, part, read, several, times

from reconnect.edges.ical import busy
from reconnect.errors import InvalidCalendar
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

HOUR: Final = "DURATION:PT1H"
PARIS: Final = "DTSTART;TZID=Europe/Paris:20260302T190000"
YEAR: Final = Window(pendulum.datetime(2026, 1, 1), pendulum.datetime(2027, 1, 1))

SAME: Final = (
    (PARIS, HOUR, "RRULE:FREQ=DAILY;COUNT=9", "EXDATE;VALUE=DATE:20260304,20260306"),
    (PARIS, HOUR, "RRULE:FREQ=DAILY;COUNT=9", "EXDATE;TZID=America/New_York:20260304T130000"),
    (PARIS, HOUR, "RRULE:FREQ=DAILY;COUNT=5", "EXDATE:20260304T180000Z", "EXDATE:20260303T180000Z"),
    (PARIS, HOUR, "RDATE;VALUE=PERIOD:20260305T100000Z/PT3H,20260306T100000Z/20260306T120000Z"),
    (PARIS, HOUR, "RRULE:FREQ=WEEKLY;COUNT=3", "RDATE;TZID=Asia/Tokyo:20260306T040000"),
    (PARIS, HOUR, "RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=Europe/Paris:20260302T190000"),
    (PARIS, HOUR, "RRULE:FREQ=DAILY;UNTIL=20260305T180000Z"),
    (PARIS, HOUR, "RRULE:FREQ=DAILY;UNTIL=20260305T175959Z"),
    (PARIS, HOUR, "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
    (PARIS, HOUR, "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,-2"),
    ("DTSTART:20260302T190000Z", HOUR, "RRULE:FREQ=MONTHLY;BYDAY=1MO,-1MO"),
    ("DTSTART:20260327T190000Z", HOUR, "RRULE:FREQ=MONTHLY;BYDAY=-1FR"),
    ("DTSTART:20260302T190000Z", HOUR, "RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    ("DTSTART:20250805T090000Z", HOUR, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=99;BYDAY=TU,SU;WKST=MO"),
    ("DTSTART:20250805T090000Z", HOUR, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=99;BYDAY=TU,SU;WKST=SU"),
    ("DTSTART:20260131T090000Z", HOUR, "RRULE:FREQ=MONTHLY"),
    ("DTSTART:20240310T090000Z", "DURATION:P30D", "RRULE:FREQ=YEARLY"),
    ("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20260309"),
    ("DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260304", "RRULE:FREQ=WEEKLY;UNTIL=20260316"),
    ("DTSTART;VALUE=DATE:20260302", "DURATION:P1W"),
    ("DTSTART:20260302T190000Z", "DURATION:P2W"),
    ("DTSTART:20260302T100000Z", "DURATION:PT5M", "RRULE:FREQ=HOURLY;INTERVAL=7"),
    ("DTSTART:20260302T100000Z", "DURATION:PT5M", "RRULE:FREQ=HOURLY;COUNT=30;BYHOUR=9,10,11;BYDAY=MO,WE"),
    ("DTSTART:20260302T100000Z", "DURATION:PT5M", "RRULE:FREQ=MINUTELY;INTERVAL=95;UNTIL=20260309T000000Z"),
    ("DTSTART:20260302T100000Z", "DURATION:PT5M", "RRULE:FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"),
    ("DTSTART:20260302T100000Z", "DURATION:PT5S", "RRULE:FREQ=SECONDLY;INTERVAL=45;COUNT=200"),
    ("DTSTART:20260302T104000Z", "DURATION:PT5M", "RRULE:FREQ=HOURLY;COUNT=40;BYMINUTE=0,20,40;BYSETPOS=1,-1,9"),
    ("DTSTART:20260302T102000Z", "DURATION:PT5M", "RRULE:FREQ=HOURLY;INTERVAL=5;BYMINUTE=0,20,40;BYSETPOS=2"),
    ("DTSTART:20260302T100000Z", "DURATION:PT5S", "RRULE:FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40;BYSECOND=0,30"),
    (PARIS, "DTEND;TZID=America/New_York:20260302T150000", "RRULE:FREQ=WEEKLY"),
    ('DTSTART;TZID="Europe/Paris":20260302T190000', HOUR, "RRULE:FREQ=WEEKLY"),
    (PARIS, HOUR, "STATUS:TENTATIVE", "CLASS:CONFIDENTIAL", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"),
)


@pytest.mark.parametrize("lines", SAME)
def test_what_a_calendar_program_shows_is_taken_and_nothing_else(lines: tuple[str, ...]) -> None:
    """Days off in other forms and zones, periods, numbered weekdays, positions, weeks that begin on any day."""
    made = ics("UID:1", "DTSTAMP:20260101T000000Z", *lines, head=("VERSION:2.0", "PRODID:x"))
    wide = Window(as_instant(MARCH.start - dt.timedelta(days=40)), as_instant(MARCH.end + dt.timedelta(days=1)))
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(made)).between(wide.start, wide.end)
    shown = Windows.of(*(Window(instant(event.start), instant(event.end)) for event in found))
    assert busy(made, within=MARCH, zone="UTC") == shown & Windows((MARCH,))
    assert shown & Windows((MARCH,))


def instant(moment: dt.date) -> dt.datetime:
    """Return a moment that a program shows; a day begins at midnight in UTC."""
    if isinstance(moment, dt.datetime):
        return moment
    return dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("lines", "taken"),
    [
        ((), True),
        (("TRANSP:OPAQUE",), True),
        (("TRANSP:transparent",), False),
        (("STATUS:TENTATIVE",), True),
        (("STATUS:CONFIRMED", "CLASS:PRIVATE"), True),
        (("STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"), False),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE",), False),
        (("X-MICROSOFT-CDO-BUSYSTATUS:free", "TRANSP:TRANSPARENT"), False),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "TRANSP:OPAQUE"), True),
        (("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "TRANSP:TRANSPARENT"), True),
        (("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",), True),
        (("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",), True),
        (("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "TRANSP:TRANSPARENT"), False),
        (("X-MICROSOFT-CDO-INTENDEDSTATUS:FREE",), True),
    ],
)
def test_an_event_is_free_if_all_that_says_so_says_it(lines: tuple[str, ...], *, taken: bool) -> None:
    """Outlook has words of its own; where they and those of the standard differ, it is taken."""
    assert bool(read("DTSTART:20260310T120000Z", HOUR, *lines)) is taken


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("", True),
        (";FBTYPE=FREE", False),
        (";FBTYPE=BUSY", True),
        (";FBTYPE=BUSY-UNAVAILABLE", True),
        (";FBTYPE=BUSY-TENTATIVE", True),
        (";FBTYPE=X-OWN", True),
    ],
)
def test_free_and_busy_times_say_which_they_are(kind: str, *, taken: bool) -> None:
    """What is not known counts as busy, as RFC 5545 says in 3.2.9."""
    line = f"FREEBUSY{kind}:20260310T120000Z/PT1H,20260311T120000Z/20260311T130000Z"
    made = f"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nDTSTART:20260301T000000Z\n{line}\nEND:VFREEBUSY\nEND:VCALENDAR"
    expected = ["03-10 12:00 03-10 13:00", "03-11 12:00 03-11 13:00"]
    assert times(busy(made, within=MARCH, zone="UTC")) == (expected if taken else [])


NAMES: Final = (
    ("Europe/Berlin", 1),
    ("europe/berlin", 1),
    ("W. Europe Standard Time", 1),
    ("w. europe standard time", 1),
    ("Eastern Standard Time", -4),
    ("India Standard Time", 5.5),
    ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", 1),
    ("/mozilla.org/20070129_1/America/New_York", -4),
    ("GMT+0100", 1),
    ("GMT-0330", -3.5),
    ("UTC+1", 1),
    ("UTC+05:45", 5.75),
    ("UTC", 0),
    ("tzone://Microsoft/Utc", 0),
    ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 1),
    ("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", 1),
    ("(GMT+01:00) Sarajevo, Skopje, Warsaw, Zagreb", 1),
    ("(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius", 2),
    ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", 0),
    ("(UTC) Coordinated Universal Time", 0),
    ("(UTC-05:00) Eastern Time (US & Canada)", -4),
    ("(UTC-08:00) Pacific Time (US & Canada)", -7),
    ("(UTC-04:00) Atlantic Time (Canada)", -3),
    ("(UTC+10:00) Canberra, Melbourne, Sydney", 11),
    ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", 5.5),
)


@pytest.mark.parametrize(("name", "ahead"), NAMES)
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_names_that_vendors_give_to_zones_are_known(name: str, ahead: float, quote: str) -> None:
    """On 20 March, when America has summer time, Europe has winter time and Australia has summer."""
    if not quote and "," in name:
        quote = '"'  # a comma would begin another value
    noon = pendulum.datetime(2026, 3, 20, 12).subtract(minutes=round(ahead * 60))
    found = busy(ics(f"DTSTART;TZID={quote}{name}{quote}:20260320T120000", HOUR), within=MARCH, zone="UTC")
    assert found == Windows.of(Window.of(noon, dt.timedelta(hours=1)))


@pytest.mark.parametrize(
    "name",
    [
        "Customized Time Zone",
        "tzone://Microsoft/Custom",
        "(UTC+01:00) Atlantis",
        "(UTC+03:00) Berlin",
        "GMT+2500",
        "(UTC+01:00) Berlin, London",
        "(UTC-05:00) Pacific Time (US & Canada)",
        "(UTC-08:00) Nowhere Time (Canada)",
    ],
)
def test_a_name_that_nobody_knows_is_refused_unless_its_block_is_there(name: str) -> None:
    """Also where a place and an offset do not fit: with a block there is nothing to guess."""
    event = (f'DTSTART;TZID="{name}":20260320T120000', HOUR)
    with pytest.raises(InvalidCalendar, match="its VTIMEZONE"):
        read(*event)
    odd = part("STANDARD", "16010101T000000", "+0133", "+0133")
    assert read(*event, head=block(name, *odd)) == ["03-20 10:27 03-20 11:27"]
    assert read(*event, head=block(name.replace(",", "\\,"), *odd)) == ["03-20 10:27 03-20 11:27"]
    assert read(*event, head=block(f'"{name}"', *odd)) == ["03-20 10:27 03-20 11:27"]


SOUTH: Final = (
    *part("DAYLIGHT", "20250907T000000", "-0400", "-0300", "RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1SU;COUNT=2"),
    *part("STANDARD", "20250406T000000", "-0300", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;COUNT=2"),
)


@pytest.mark.parametrize("name", ["Customized Time Zone", "W. Europe Standard Time", "tzone://Microsoft/Custom", "EST"])
@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("20100101", 3),
        ("20250405", 3),
        ("20250701", 4),
        ("20251224", 3),
        ("20260501", 4),
        ("20300101", 3),
        ("99990101", 3),
    ],
)
def test_a_block_decides_at_every_instant(name: str, day: str, hours: int) -> None:
    """Before its first change by what it says was shown before, after its last one by that; names of Windows too."""
    noon = pendulum.from_format(day, "YYYYMMDD").add(hours=12 + hours)
    within = Window.of(noon.subtract(days=2), dt.timedelta(days=4))
    made = ics(f"DTSTART;TZID={name}:{day}T120000", HOUR, head=block(name, *SOUTH))
    assert busy(made, within=within, zone="UTC") == Windows.of(Window.of(noon, dt.timedelta(hours=1)))


def test_a_series_follows_its_block() -> None:
    """A time that its clocks skip is read with the offset before, one that they show twice is its first."""
    head = block(
        "Own",
        *part("DAYLIGHT", "20260310T020000", "+0000", "+0130", "RDATE:20260310T020000"),
        *part("STANDARD", "20260312T030000", "+0130", "+0000"),
    )
    found = read(
        "DTSTART;TZID=Own:20260309T023000", "DURATION:PT10M", "RRULE:FREQ=DAILY;UNTIL=20260312T020000Z", head=head
    )
    assert found == [
        "03-09 02:30 03-09 02:40",
        "03-10 02:30 03-10 02:40",
        "03-11 01:00 03-11 01:10",
        "03-12 01:00 03-12 01:10",
    ]


ROW: Final = ("UID:1", "DTSTART;TZID=Europe/Paris:20260327T200000", HOUR, "RRULE:FREQ=DAILY;COUNT=5")
FROM: Final = ("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260329T200000")
FIRST: Final = ["03-27 19:00 03-27 20:00", "03-28 19:00 03-28 20:00"]


def test_all_that_follow_are_moved_and_as_long_as_the_one_that_is_named() -> None:
    """RFC 5545, 3.8.4.4; by the clocks, so that a change of these changes nothing."""
    later = (*FROM, "DTSTART;TZID=Europe/Paris:20260329T220000", "DURATION:PT30M")
    rest = ["03-29 20:00 03-29 20:30", "03-30 20:00 03-30 20:30", "03-31 20:00 03-31 20:30"]
    assert several(ROW, later) == several(later, ROW) == FIRST + rest
    assert several(ROW, (*later, "STATUS:CANCELLED")) == FIRST
    assert several((*ROW, "TRANSP:TRANSPARENT"), later) == rest
    assert several(ROW, (*later, "TRANSP:TRANSPARENT")) == FIRST
    assert several(ROW, (FROM[0], FROM[1].lower().replace("europe/paris", "Europe/Paris"), *later[2:])) == FIRST + rest


def test_an_end_that_is_a_day_includes_that_day() -> None:
    """RFC 5545 forbids it beside a time, and calendars write it; rather a day too many is taken than one too few."""
    assert len(read(PARIS, HOUR, "RRULE:FREQ=DAILY;UNTIL=20260305")) == 4


def test_what_is_named_later_or_alone_goes_before_what_is_named_earlier() -> None:
    """Each by the time that it had by the rule."""
    later = (*FROM, "DTSTART;TZID=Europe/Paris:20260329T220000", HOUR)
    last = ("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260331T180000Z", "DTSTART:20260331T060000Z", "DURATION:PT2H")
    alone = ("UID:1", "RECURRENCE-ID;TZID=Europe/Paris:20260330T200000", "DTSTART:20260401T120000Z", HOUR)
    shown = ["03-29 20:00 03-29 21:00", "03-31 06:00 03-31 08:00", "04-01 12:00 04-01 13:00"]
    assert several(ROW, alone, last, later) == FIRST + shown
    off = "EXDATE;TZID=Europe/Paris:20260330T200000"
    assert several((*ROW, off), later, last) == FIRST + shown[:2]


def test_days_may_follow_as_times_and_times_as_days() -> None:
    """A course that became a whole day, and the other way round."""
    day = ("UID:1", FROM[1], "DTSTART;VALUE=DATE:20260330")
    assert several(ROW, day) == [*FIRST, "03-30 00:00 04-02 00:00"]
    days = ("UID:1", "DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=WEEKLY;COUNT=3")
    hour = ("UID:1", "RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20260309", "DTSTART:20260310T100000Z", HOUR)
    shown = ["03-02 00:00 03-03 00:00", "03-10 10:00 03-10 11:00", "03-17 10:00 03-17 11:00"]
    assert several(days, hour) == shown
    with pytest.raises(InvalidCalendar, match="two days or two times: a start and its RECURRENCE-ID with RANGE"):
        several(ROW, hour)


@pytest.mark.parametrize(
    ("named", "to", "expected"),
    [
        ("20260302T120000Z", "20260320T120000Z", ["03-27 12:00 03-27 13:00"]),
        ("20260309T120000Z", "20260304T120000Z", []),
    ],
)
def test_what_is_moved_into_or_out_of_the_days_asked_for_is_seen_there(
    named: str, to: str, expected: list[str]
) -> None:
    """However far its time by the rule lies away."""
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20260309T120000Z"
    weekly = ("BEGIN:VEVENT", "UID:1", "DTSTART:20260302T120000Z", HOUR, rule, "END:VEVENT")
    moved = ("BEGIN:VEVENT", "UID:1", f"RECURRENCE-ID;RANGE=THISANDFUTURE:{named}", f"DTSTART:{to}", HOUR, "END:VEVENT")
    made = "\n".join(("BEGIN:VCALENDAR", *weekly, *moved, "END:VCALENDAR"))
    week = Window(pendulum.datetime(2026, 3, 23), pendulum.datetime(2026, 3, 30))
    assert times(busy(made, within=week, zone="UTC")) == expected
    assert len(times(busy(made, within=YEAR, zone="UTC"))) == 2


def test_rules_of_minutes_and_seconds_are_read_as_far_as_there_is_an_end_to_the_work() -> None:
    """A minute each for weeks is fine, seconds for weeks are not; what takes no time is not looked at."""
    minutes = ("DTSTART:20260302T000000Z", "DURATION:PT1M", "RRULE:FREQ=MINUTELY;COUNT=43200")
    assert read(*minutes) == ["03-02 00:00 04-01 00:00"]
    assert read("DTSTART:20260302T000000Z", "RRULE:FREQ=SECONDLY;COUNT=999999999") == []
    assert read("DTSTART:20250302T000000Z", HOUR, "RRULE:FREQ=HOURLY;UNTIL=20260101T000000Z") == []
    assert read("DTSTART:20160101T000000Z", "DURATION:PT5M", "RRULE:FREQ=HOURLY;COUNT=89089") == [
        "03-01 00:00 03-01 00:05"
    ]
    assert read("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=HOURLY;INTERVAL=36;COUNT=3") == [
        "03-02 00:00 03-04 00:00",
        "03-05 00:00 03-06 00:00",
    ]
    for often in ("SECONDLY", "SECONDLY;COUNT=99999999", "SECONDLY;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"):
        with pytest.raises(InvalidCalendar, match="at most 50,000 times to look at"):
            read("DTSTART:20260302T000000Z", "DURATION:PT1S", f"RRULE:FREQ={often}")
    with pytest.raises(InvalidCalendar, match="at most 50,000 times to look at"):
        read("DTSTART:17000101T000000Z", "DURATION:PT1S", "RRULE:FREQ=HOURLY;INTERVAL=24;COUNT=999999")


def test_hours_pass_and_days_are_those_of_the_calendar() -> None:
    """RFC 5545, 3.3.6: in the night of a clock change a day has 23 or 25 hours, and 24 hours are 24 hours."""
    year = {"within": YEAR}
    spring, autumn = "DTSTART;TZID=Europe/Paris:20260328T220000", "DTSTART;TZID=Europe/Paris:20261024T220000"
    for lasts, in_spring, in_autumn in (
        ("PT8H", "03-29 05:00", "10-25 04:00"),
        ("PT24H", "03-29 21:00", "10-25 20:00"),
        ("P1D", "03-29 20:00", "10-25 21:00"),
        ("P1DT1H", "03-29 21:00", "10-25 22:00"),
        ("P1W", "04-04 20:00", "10-31 21:00"),
    ):
        assert read(spring, f"DURATION:{lasts}", **year) == [f"03-28 21:00 {in_spring}"]  # type: ignore[arg-type]  # both fit
        assert read(autumn, f"DURATION:{lasts}", **year) == [f"10-24 20:00 {in_autumn}"]  # type: ignore[arg-type]  # both fit
        period = read(spring, f"RDATE;VALUE=PERIOD;TZID=Europe/Paris:20261024T220000/{lasts}", **year)  # type: ignore[arg-type]  # both fit
        assert period == [f"10-24 20:00 {in_autumn}"]


def test_clocks_that_are_always_as_far_ahead_repeat_as_well() -> None:
    """A name that says no more than an offset."""
    found = read("DTSTART;TZID=GMT+0100:20260327T120000", HOUR, "RRULE:FREQ=DAILY;UNTIL=20260329T110000Z")
    assert found == ["03-27 11:00 03-27 12:00", "03-28 11:00 03-28 12:00", "03-29 11:00 03-29 12:00"]


def test_days_are_those_of_the_owners_clocks_when_these_change() -> None:
    """23 hours in March, 25 in October; and a day that somebody writes as UNTIL beside days."""
    year = {"zone": "Europe/Paris", "within": YEAR}
    assert read("DTSTART;VALUE=DATE:20260329", **year) == ["03-28 23:00 03-29 22:00"]  # type: ignore[arg-type]  # both fit
    assert read("DTSTART;VALUE=DATE:20261025", **year) == ["10-24 22:00 10-25 23:00"]  # type: ignore[arg-type]  # both fit
    rule = "RRULE:FREQ=DAILY;UNTIL=20260329T220000Z"
    assert read("DTSTART;VALUE=DATE:20260328", rule, **year) == ["03-27 23:00 03-30 22:00"]  # type: ignore[arg-type]  # both fit
    rule = "RRULE:FREQ=DAILY;UNTIL=20260329T120000Z"
    assert read("DTSTART;VALUE=DATE:20260328", rule, **year) == ["03-27 23:00 03-29 22:00"]  # type: ignore[arg-type]  # both fit
    floating = read("DTSTART:20260328T120000", HOUR, "RRULE:FREQ=DAILY;COUNT=2", zone="Europe/Paris")
    assert floating == ["03-28 11:00 03-28 12:00", "03-29 10:00 03-29 11:00"]


def test_forms_of_lines_do_not_matter() -> None:
    """Two calendars in one file, a mark at its beginning, other ends of lines, tabs, small letters, empty lines."""
    lines = ics(PARIS, HOUR, "RRULE:FREQ=WEEKLY;COUNT=2")
    two = f"{lines}{ics('DTSTART:20260310T120000Z', HOUR)}"
    expected = ["03-02 18:00 03-02 19:00", "03-09 18:00 03-09 19:00", "03-10 12:00 03-10 13:00"]
    small = "\n".join(
        line.lower() if ":" in line and "TZID" not in line else line.replace("DTSTART", "dtstart")
        for line in two.split("\r\n")
    )
    folded = two.replace("FREQ=WEEKLY", "FREQ=WE\r\n\tEK\r\n LY")
    for form in (two, f"\ufeff{two}", two.replace("\r\n", "\n"), folded, small, two.replace("\r\n", "\r\n\r\n")):
        assert times(busy(form, within=MARCH, zone="UTC")) == expected
        assert times(busy(form.encode(), within=MARCH, zone="UTC")) == expected


def test_the_block_of_rfc_5545_is_read() -> None:
    """The block of New York that stands in 3.6.5, under a name that no zone database has."""
    own = (
        *part("STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        *part("DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
    )
    event = ("DTSTART;TZID=Fictitious:20260307T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")
    assert read(*event, head=block("Fictitious", *own)) == ["03-07 14:00 03-07 15:00", "03-08 13:00 03-08 14:00"]
