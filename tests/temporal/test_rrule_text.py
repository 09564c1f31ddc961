"""The text of a recurrence: the forms that calendars really write, and what is refused by name."""

import datetime as dt
from itertools import islice

import pendulum
import pytest

from reconnect.errors import InvalidRecurrence, InvalidZone
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

START = "DTSTART;TZID=America/New_York:20260105T200000"
PLAIN = Recurrence.parse(f"{START}\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE")
ALWAYS = Window(pendulum.datetime(1, 1, 2), pendulum.datetime(9999, 12, 30))


@pytest.mark.parametrize(
    "text",
    [
        f"{START}\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE\r\n",
        f"{START}\rRRULE:FREQ=WEEKLY;BYDAY=MO,WE",
        f"RRULE:FREQ=WEEKLY;BYDAY=MO,WE;\n{START}",
        f"{START}\nRRULE:FREQ=WEE\n KLY;BY\r\n\tDAY=MO,WE",
        "dtstart;tzid=America/New_York:20260105t200000\nrrule:freq=weekly;byday=mo,we",
        f"{START}\nFREQ=WEEKLY;BYDAY=WE,MO,WE",
        f"{START}\n\n  RRULE;X-WHY=1:FREQ=WEEKLY; BYDAY=+1MO,WE ;INTERVAL=1;WKST=MO\n".replace("+1MO", "MO"),
        'DTSTART;VALUE=DATE-TIME;TZID="America/New_York":20260105T200000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE',
        "DTSTART;TZID=America/New_York:20260105T200000\nRRULE:BYDAY=MO,WE;FREQ=WEEKLY",
        f"\ufeff{START}\nRRULE;X-EVOLUTION-ENDDATE=20270713T130000:FREQ=WEEKLY;BYDAY=MO,\n WE",
        f"{START}\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE".lower(),
        f"{START}\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE".replace("=America", "=/mozilla.org/20070129_1/America"),
        f"{START}\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE".replace("=America", "=/citadel.org/america"),
    ],
)
def test_calendars_write_the_same_in_many_ways(text: str) -> None:
    """Folded, lower case, other line ends, a mark of byte order, a vendor before the zone: one recurrence."""
    assert Recurrence.parse(text) == PLAIN


def test_a_start_without_a_zone_takes_the_given_one_and_no_other() -> None:
    """A zone in the text wins; without any, the caller is asked instead of guessing."""
    floating = "DTSTART:20260105T200000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE"
    assert Recurrence.parse(floating, zone="America/New_York") == PLAIN
    assert Recurrence.parse(PLAIN.format(), zone="Asia/Tokyo") == PLAIN
    assert Recurrence.parse(floating.replace("0000\n", "0000Z\n"), zone="Asia/Tokyo").zone == "UTC"
    with pytest.raises(InvalidRecurrence, match="expected a zone for a DTSTART without one, got none"):
        Recurrence.parse(floating)
    with pytest.raises(InvalidZone):
        Recurrence.parse(floating, zone="here")


@pytest.mark.parametrize("tzid", ["Here", "/example.org/Here", "/", "/example.org/", "Eastern Standard Time", ""])
def test_a_zone_that_the_database_does_not_have_is_refused(tzid: str) -> None:
    """Behind a vendor's name too; names that only one system knows are for the host to translate."""
    with pytest.raises(InvalidZone):
        Recurrence.parse(f"DTSTART;TZID={tzid}:20260105T200000\nRRULE:FREQ=DAILY", zone="Europe/Paris")


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260108T010000Z", "0107"),
        ("20260108T005959Z", "0105"),
        ("20260107T200000", "0107"),
        ("20260107T195959", "0105"),
        ("20260107", "0107"),
    ],
)
def test_an_end_may_be_in_utc_local_or_a_whole_day(until: str, last: str) -> None:
    """Each form includes what it names; what is written back is always UTC."""
    made = Recurrence.parse(f"{START}\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL={until}")
    assert [f"{at.local:%m%d}" for at in made.starts(ALWAYS)][-1] == last
    assert Recurrence.parse(made.format()) == made


def test_a_start_that_is_a_date_means_midnight_and_has_no_time_parts() -> None:
    """BYHOUR, BYMINUTE and BYSECOND are ignored beside a date, as RFC 5545 says."""
    made = Recurrence.parse(
        "DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=1;BYSECOND=1;COUNT=3\n"
        "EXDATE;VALUE=DATE:20260106\nRDATE;VALUE=DATE:20260110,20260111",
        zone="Europe/Paris",
    )
    assert [f"{at.local:%d-%H%M}" for at in made.starts(ALWAYS)] == ["05-0000", "07-0000", "10-0000", "11-0000"]
    assert made.format() == (
        "DTSTART;TZID=Europe/Paris:20260105T000000\nRRULE:FREQ=DAILY;COUNT=3\n"
        "RDATE;TZID=Europe/Paris:20260110T000000,20260111T000000\nEXDATE;TZID=Europe/Paris:20260106T000000"
    )


def test_dates_may_be_in_utc() -> None:
    """Many calendars write EXDATE in UTC: it takes out the local starts that mean that instant."""
    made = Recurrence.parse(f"{START}\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE\nEXDATE:20260108T010000Z\nRDATE:20260109T010000Z")
    assert [f"{at.local:%d}" for at in islice(made.starts(ALWAYS), 3)] == ["05", "08", "12"]
    utc = Recurrence.parse(
        "DTSTART:20260105T200000Z\nRRULE:FREQ=DAILY\nEXDATE:20260106T200000Z\nRDATE:20260105T000000Z"
    )
    assert utc.excluded == (dt.datetime.fromisoformat("2026-01-06T20:00"),)
    assert Recurrence.parse(utc.format()) == utc


def test_dates_may_be_in_another_zone() -> None:
    """A line with a zone of its own names instants: 02:00 in Paris is 20:00 in New York, the day before."""
    made = Recurrence.parse(
        f"{START}\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Europe/Paris:20260107T020000\n"
        "RDATE;TZID=europe/paris:20260107T120000"
    )
    assert [f"{at.local:%d-%H%M}" for at in made.starts(ALWAYS)] == ["05-2000", "07-0600", "07-2000"]
    utc = Recurrence.parse(
        "DTSTART:20260105T190000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Europe/Paris:20260106T200000"
    )
    assert [f"{at.local:%d}" for at in utc.starts(ALWAYS)] == ["05", "07"]


def test_a_date_takes_out_the_whole_day_of_a_recurrence_with_times() -> None:
    """EXDATE may be a date beside a start that is a time: all starts of that day are gone, added ones too."""
    made = Recurrence.parse(
        f"{START}\nRRULE:FREQ=DAILY;COUNT=4;BYHOUR=0,20\nRDATE:20260106T120000,20260109T120000\n"
        "EXDATE;VALUE=DATE:20260106,20260201"
    )
    assert [f"{at.local:%d-%H}" for at in made.starts(ALWAYS)] == ["05-20", "07-00", "09-12"]
    assert Recurrence.parse(made.format()) == made


@pytest.mark.parametrize(
    ("zone", "time"),
    [
        ("America/New_York", "20260107T050000Z"),  # midnight there, written in UTC
        ("Europe/Berlin", "20260106T230000Z"),  # so too, on the day before in UTC
        ("America/New_York", "20260107T000000Z"),  # the day, with a time behind it
        ("Asia/Tokyo", "20260107T235959Z"),
        ("UTC", "20260107T235959Z"),
        ("Europe/Berlin", "20260107T120000"),
        ("Europe/Berlin", "20260107"),
    ],
)
def test_a_time_beside_a_start_that_is_a_date_counts_as_its_day(zone: str, time: str) -> None:
    """RFC 5545 wants dates there; calendars write the midnight of the day in UTC, or the day with any time."""
    start = "DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY"
    ended = Recurrence.parse(f"{start};UNTIL={time}", zone)
    assert [f"{at.local:%d-%H%M}" for at in ended.starts(ALWAYS)] == ["05-0000", "06-0000", "07-0000"]
    without = Recurrence.parse(f"{start};COUNT=4\nEXDATE:{time}", zone)
    assert [f"{at.local:%d-%H%M}" for at in without.starts(ALWAYS)] == ["05-0000", "06-0000", "08-0000"]


@pytest.mark.parametrize(
    ("zone", "time"), [("America/New_York", "00010101T000000Z"), ("Asia/Tokyo", "99991231T150000Z")]
)
def test_a_day_at_the_edge_of_time_is_the_one_written(zone: str, time: str) -> None:
    """Where clocks there already show another era, the day that is written counts."""
    made = Recurrence.parse(f"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:{time}", zone)
    assert made.excluded == (dt.datetime.strptime(time[:8], "%Y%m%d"),)  # noqa: DTZ007 - a local time


def test_a_period_adds_its_start() -> None:
    """RDATE may be a list of periods, each with an end or a length: a recurrence is only about starts."""
    made = Recurrence.parse(
        "DTSTART:19960401T010000Z\nRRULE:FREQ=DAILY;COUNT=1\n"
        "RDATE;VALUE=PERIOD:19960403T020000Z/19960403T040000Z,\n 19960404T010000Z/PT3H,19960405T010000Z/P1DT2H\n"
        "RDATE:19960406T010000Z"
    )
    assert [f"{at.local:%d-%H}" for at in made.starts(ALWAYS)] == ["01-01", "03-02", "04-01", "05-01", "06-01"]


def test_dates_alone_repeat_nothing() -> None:
    """A start with dates beside it and no rule is those times, the start among them."""
    made = Recurrence.parse(f"{START}\nRDATE:20260110T200000\nRDATE:20260112T200000\nEXDATE:20260110T200000")
    assert [f"{at.local:%d}" for at in made.starts(ALWAYS)] == ["05", "12"]
    assert Recurrence.parse(made.format()) == made


def test_a_leap_second_is_the_second_before() -> None:
    """RFC 5545 asks for that where leap seconds are not kept."""
    made = Recurrence.parse("DTSTART:20161231T235960Z\nRRULE:FREQ=DAILY;BYSECOND=60")
    assert made.nth(0) == pendulum.datetime(2016, 12, 31, 23, 59, 59)


def test_all_parts_are_written_in_one_order() -> None:
    """Every part that can stand in a rule is written, and read back."""
    text = (
        "DTSTART;TZID=Europe/Paris:20260105T200000\nRRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20300101T000000Z;WKST=SU;"
        "BYMONTH=1,5;BYYEARDAY=-1,100;BYMONTHDAY=-1,10;BYHOUR=9,20;BYMINUTE=0,30;BYSECOND=0,1;BYDAY=-1MO,1MO,MO,FR;"
        "BYSETPOS=-1,1"
    )
    assert sorted(Recurrence.parse(text).format()) == sorted(text)
    weeks = "DTSTART:20260105T200000Z\nRRULE:FREQ=YEARLY;COUNT=3;BYWEEKNO=-1,20;BYDAY=MO"
    assert Recurrence.parse(weeks).format() == weeks


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("FREQ=HOURLY", "expected FREQ of DAILY, WEEKLY, MONTHLY or YEARLY, got FREQ=HOURLY"),
        ("FREQ=MINUTELY", "got FREQ=MINUTELY"),
        ("FREQ=SECONDLY", "got FREQ=SECONDLY"),
        ("FREQ=private words", "got FREQ=something else"),
        ("RSCALE=GREGORIAN;FREQ=DAILY", "got RSCALE"),
        ("FREQ=DAILY;SKIP=FORWARD", "got SKIP"),
        ("FREQ=DAILY;BYEASTER=0", "got BYEASTER"),
        ("FREQ=DAILY;SECRETWORD=1", "got something else"),
        ("FREQ=DAILY;her name=1", "parts of RRULE that this library carries out, got something else"),
        ("FREQ=DAILY;COUNT=3;COUNT=3", "expected each part of RRULE once, with a value, got COUNT"),
        ("FREQ=DAILY;COUNT", "expected each part of RRULE once, with a value, got COUNT"),
        ("FREQ=DAILY;;COUNT=3", "expected each part of RRULE once, with a value, got something else"),
        ("COUNT=3", "expected FREQ in RRULE, got none"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z", "expected either COUNT or UNTIL, got both"),
        ("FREQ=DAILY;COUNT=three", "expected numbers in COUNT, got something else"),
        ("FREQ=DAILY;COUNT=9999999999", "expected numbers in COUNT"),
        ("FREQ=DAILY;INTERVAL=0", "from 1 on in INTERVAL"),
        ("FREQ=DAILY;BYMONTH=", "expected numbers in BYMONTH"),
        ("FREQ=DAILY;BYMONTH=13", "expected numbers from 1 to 12 in BYMONTH"),
        ("FREQ=DAILY;BYHOUR=1,\u0661", "expected numbers in BYHOUR"),
        ("FREQ=WEEKLY;BYDAY=MO,", "expected weekdays such as MO or -1FR in BYDAY"),
        ("FREQ=WEEKLY;WKST=1", "a weekday such as MO in WKST"),
        ("FREQ=DAILY;UNTIL=tomorrow", "a date or time such as 20260105T200000 in UNTIL"),
        ("FREQ=DAILY;UNTIL=20260230T000000Z", "a date or time such as 20260105T200000 in UNTIL"),
        ("FREQ=DAILY;BYSETPOS=1", "another BY part beside BYSETPOS"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO only for YEARLY"),
    ],
)
def test_what_is_out_of_scope_or_malformed_is_refused_by_name(rule: str, message: str) -> None:
    """The message names the part, and repeats nothing that does not look like one."""
    with pytest.raises(InvalidRecurrence) as refused:
        Recurrence.parse(f"{START}\nRRULE:{rule}")
    assert message in str(refused.value)
    assert "private" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("RRULE:FREQ=DAILY", "expected one DTSTART line, got none"),
        (START, "expected one RRULE line, got none"),
        (f"{START}\n{START}\nRRULE:FREQ=DAILY", "expected one DTSTART line, got more than one"),
        (f"{START}\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", "expected one RRULE line, got more than one"),
        (f"{START}\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY", "got EXRULE"),
        (f"{START}\nRRULE:FREQ=DAILY\nSUMMARY:our evening", "lines of DTSTART, RRULE, RDATE and EXDATE, got SUMMARY"),
        (f"{START}\nRRULE:FREQ=DAILY\nRDATE", "got RDATE"),
        (f"{START}\nRRULE:FREQ=DAILY\nEXDATE;VALUE=PERIOD:20260105T200000/PT1H", "in EXDATE, got VALUE=PERIOD"),
        (f"{START}\nRRULE:FREQ=DAILY\nRDATE;VALUE=PERIOD:20260105T200000/P1H", "in RDATE, got something else"),
        (f"{START}\nRRULE:FREQ=DAILY\nRDATE;VALUE=PERIOD:20260105T200000/", "in RDATE, got something else"),
        (f"{START}\nRRULE:FREQ=DAILY\nRDATE:20260105", "expected times in RDATE if DTSTART is a time, got a date"),
        (f"{START}\nRRULE:FREQ=DAILY\nRDATE;TZID=Asia/Tokyo:00010101T000000", "within the years 1 to 9999 in RDATE"),
        (f"{START}\nEXDATE:20260105T200000", "expected one RRULE line, got none"),
        (f"{START}\nRRULE:FREQ=DAILY\nEXDATE:2026-01-05", "a date or time such as 20260105T200000 in EXDATE"),
        (f"{START}\nRRULE:FREQ=DAILY\nRDATE:20261101T063000Z", "that clocks show for the first time"),
        ('DTSTART;X="a:b:20260105T200000\nRRULE:FREQ=DAILY', "lines of DTSTART, RRULE, RDATE and EXDATE, got DTSTART"),
        ("DTSTART:2026\nRRULE:FREQ=DAILY", "a date or time such as 20260105T200000 in DTSTART"),
        ("", "expected one DTSTART line, got none"),
    ],
)
def test_lines_that_are_missing_or_unknown_are_refused(text: str, message: str) -> None:
    """One start, one rule, and dates that fit them."""
    with pytest.raises(InvalidRecurrence) as refused:
        Recurrence.parse(text)
    assert message in str(refused.value)


def test_a_quoted_parameter_may_hold_a_colon() -> None:
    """A colon inside quotes does not end the parameters."""
    text = 'DTSTART;X-NOTE="a:b;c";TZID=America/New_York:20260105T200000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE'
    assert Recurrence.parse(text.replace(";c", "")) == PLAIN


def test_only_text_is_read() -> None:
    """Bytes are decoded by the caller, who knows how."""
    with pytest.raises(InvalidRecurrence, match="expected the text of a recurrence, got a bytes"):
        Recurrence.parse(b"")  # type: ignore[arg-type]  # wrong on purpose
