"""Recurrences: what the builders make, what they refuse, and the surprising cases."""

import datetime as dt
from collections.abc import Callable
from itertools import islice

import pendulum
import pytest
from attrs import evolve

from reconnect.errors import InvalidDate, InvalidInstant, InvalidRecurrence, InvalidZone
from reconnect.temporal.instant import parse_instant
from reconnect.temporal.recurrence import Recurrence, Start
from reconnect.temporal.rule import Frequency, Rule
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap

JANUARY = dt.date(2026, 1, 5)  # a Monday
ALWAYS = Window(pendulum.datetime(1, 1, 2), pendulum.datetime(9999, 12, 30))


def local(text: str) -> dt.datetime:
    """Return a local time."""
    return dt.datetime.fromisoformat(text)


def days(recurrence: Recurrence, most: int = 4) -> list[str]:
    """Return the dates of the first local starts."""
    return [f"{at.local:%Y-%m-%d}" for at in islice(recurrence.starts(ALWAYS), most)]


def test_the_four_builders_say_what_they_make() -> None:
    """Each builder gives a rule with nothing left to guess, starting at its first occurrence."""
    made = {
        "DTSTART;TZID=Europe/Paris:20260105T200000\nRRULE:FREQ=DAILY;INTERVAL=2": Recurrence.daily(
            time="20:00", zone="Europe/Paris", starts=JANUARY, every=2
        ),
        "DTSTART;TZID=Europe/Paris:20260107T200000\nRRULE:FREQ=WEEKLY;COUNT=5;BYDAY=WE,FR": Recurrence.weekly(
            "FR", "WE", time="20:00", zone="Europe/Paris", starts=JANUARY, count=5
        ),
        "DTSTART;TZID=Europe/Paris:20260105T200000\nRRULE:FREQ=WEEKLY;BYDAY=MO": Recurrence.weekly(
            time="20:00", zone="Europe/Paris", starts=JANUARY
        ),
        "DTSTART;TZID=Europe/Paris:20260130T200000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR": Recurrence.monthly(
            "-1FR", time="20:00", zone="Europe/Paris", starts=JANUARY
        ),
        "DTSTART;TZID=Europe/Paris:20260115T200000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1,15": Recurrence.monthly(
            15, -1, time="20:00", zone="Europe/Paris", starts=JANUARY
        ),
        "DTSTART;TZID=Europe/Paris:20260105T200000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=5": Recurrence.monthly(
            time="20:00", zone="Europe/Paris", starts=JANUARY
        ),
        "DTSTART;TZID=Europe/Paris:20260214T200000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14": Recurrence.yearly(
            14, month=2, time="20:00", zone="Europe/Paris", starts=JANUARY
        ),
        "DTSTART;TZID=Europe/Paris:20260105T200000\nRRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5": Recurrence.yearly(
            time="20:00", zone="Europe/Paris", starts=JANUARY
        ),
        "DTSTART;TZID=Europe/Paris:20260518T200000\nRRULE:FREQ=YEARLY;BYDAY=20MO": Recurrence.yearly(
            "20MO", time="20:00", zone="Europe/Paris", starts=JANUARY
        ),
        "DTSTART;TZID=Europe/Paris:20260510T200000\nRRULE:FREQ=YEARLY;BYMONTH=5,11;BYDAY=2SU": Recurrence.yearly(
            "2SU", month=[11, 5], time="20:00", zone="Europe/Paris", starts=JANUARY
        ),
    }
    for text, recurrence in made.items():
        assert recurrence.format() == text
        assert Recurrence.parse(text) == recurrence


def test_a_time_of_day_may_be_a_time() -> None:
    """Texts with and without seconds, and `time` itself, mean the same."""
    texts: list[str | dt.time] = ["20:00", "20:00:00", dt.time(20)]
    assert len({Recurrence.daily(time=time, zone="UTC", starts=JANUARY) for time in texts}) == 1


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (dt.date(2026, 1, 7), "2026-01-07"),  # the whole day belongs to it
        (local("2026-01-07T20:00"), "2026-01-07"),
        (local("2026-01-07T19:59:59"), "2026-01-06"),
        (pendulum.datetime(2026, 1, 7, 19), "2026-01-07"),
        (pendulum.datetime(2026, 1, 7, 18, 59, 59, 999_999), "2026-01-06"),
    ],
)
def test_the_end_belongs_to_it(until: dt.date, last: str) -> None:
    """UNTIL is inclusive, as a day, as a local time and as an instant."""
    made = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=JANUARY, until=until)
    assert days(made, 9)[-1] == last
    assert Recurrence.parse(made.format()) == made


def test_an_end_in_the_hour_that_clocks_show_twice() -> None:
    """In the second pass of a fold everything of the first pass has been; clocks alone would deny it."""
    night = Recurrence.parse("DTSTART;TZID=America/New_York:20261101T014500\nRRULE:FREQ=DAILY;UNTIL=20261101T063000Z")
    assert days(night) == ["2026-11-01"]


def test_an_end_just_after_a_gap() -> None:
    """02:30 is moved to 03:30, so an end at 03:10 comes before it, though after 03:05."""
    night = Recurrence.parse(
        "DTSTART;TZID=America/New_York:20260308T023000\n"
        "RRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=5,30;UNTIL=20260308T071000Z"
    )
    assert [at.local.strftime("%H:%M") for at in night.starts(ALWAYS)] == ["03:05"]


def test_leap_days_are_counted_where_they_are_dense() -> None:
    """A century without its exception has one more leap day than the average says."""
    leap = Recurrence.parse("DTSTART:19040229T090000Z\nRRULE:FREQ=YEARLY")
    assert [leap.nth(k) for k in (24, 25)] == [pendulum.datetime(year, 2, 29, 9) for year in (2000, 2004)]
    assert leap.rank(pendulum.datetime(2000, 2, 29, 9)) == 24


def test_added_starts_are_counted_in_their_place() -> None:
    """The number of a start is its place among all of them, added ones too."""
    made = Recurrence.parse("DTSTART:20260105T090000Z\nRRULE:FREQ=WEEKLY").adding(local("2026-01-07T09:00"))
    assert [made.nth(k) for k in range(4)] == [pendulum.datetime(2026, 1, day, 9) for day in (5, 7, 12, 19)]


def test_one_walks_past_what_was_taken_out_and_stops_at_what_was_put_in() -> None:
    """`after` and `before` see neither the rule alone nor the list alone."""
    weekly = Recurrence.parse("DTSTART:20260105T090000Z\nRRULE:FREQ=WEEKLY;COUNT=3")
    made = weekly.adding(local("2026-01-07T09:00"), local("2026-01-30T09:00")).excluding(local("2026-01-12T09:00"))
    expected = [pendulum.datetime(2026, 1, day, 9) for day in (5, 7, 19, 30)]
    seen, at = [], made.after(pendulum.datetime(2026, 1, 1))
    while at is not None:
        seen.append(at)
        at = made.after(at)
    assert seen == expected
    at = made.before(pendulum.datetime(2026, 2, 1))
    while at is not None:
        assert at == expected.pop()
        at = made.before(at)
    assert not expected


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("FREQ=YEARLY;BYWEEKNO=20", "20260512", ["2026-05-12", "2027-05-18", "2028-05-16"]),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", "20260101", ["2027-01-01", "2032-12-31", "2038-01-01"]),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "20251229", ["2025-12-29", "2027-01-04", "2028-01-03"]),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU", "20260104", ["2026-01-04", "2027-01-03", "2028-01-02"]),
        ("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "20260101", ["2027-01-03", "2028-01-02", "2028-12-31"]),
        ("FREQ=YEARLY;BYWEEKNO=53,52;BYDAY=SU;BYSETPOS=-1", "20260101", ["2027-01-03", "2028-01-02", "2028-12-31"]),
        ("FREQ=YEARLY;BYYEARDAY=-1,366", "20260101", ["2026-12-31", "2027-12-31", "2028-12-31"]),
        ("FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "20260101", ["2026-02-13", "2026-03-13", "2026-11-13"]),
        ("FREQ=YEARLY;BYMONTHDAY=15", "20260315", ["2026-03-15", "2027-03-15", "2028-03-15"]),
        ("FREQ=YEARLY;BYDAY=-1MO", "20260101", ["2026-12-28", "2027-12-27", "2028-12-25"]),
        ("FREQ=MONTHLY;BYDAY=MO,1WE;BYSETPOS=2", "20260101", ["2026-01-07", "2026-02-04", "2026-03-04"]),
        ("FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-31", "20260101", ["2026-01-01", "2028-07-01", "2028-12-01"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "19970805", ["1997-08-05", "1997-08-10", "1997-08-19"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "19970805", ["1997-08-05", "1997-08-17", "1997-08-19"]),
        ("FREQ=WEEKLY;BYDAY=FR,TH,TU;BYSETPOS=2", "20261231", ["2026-12-31", "2027-01-07", "2027-01-14"]),
        ("FREQ=DAILY;INTERVAL=100;BYMONTH=1", "20260101", ["2026-01-01", "2029-01-05", "2032-01-10"]),
    ],
)
def test_parts_that_implementations_read_differently(rule: str, start: str, expected: list[str]) -> None:
    """One example of each reading that docs/explanation/time.md lists, and of the parts that are easy to get wrong."""
    made = Recurrence.parse(f"DTSTART;VALUE=DATE:{start}\nRRULE:{rule}", zone="UTC")
    assert days(made, 3) == expected
    assert [f"{made.nth(k):%Y-%m-%d}" for k in range(3)] == expected
    third = made.nth(2)
    assert third is not None
    assert made.rank(third) == 2


def test_what_never_happens_is_empty_however_far_one_looks() -> None:
    """Nobody goes through eight thousand years to find nothing."""
    never = Recurrence.parse("DTSTART:20260105T090000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert list(never.between(ALWAYS)) == list(never.starts(ALWAYS)) == []


def test_a_day_can_be_excluded() -> None:
    """A date stands for all local starts of that day, and for nothing where there are none."""
    twice = Recurrence.parse("DTSTART;TZID=Europe/Paris:20260105T080000\nRRULE:FREQ=DAILY;BYHOUR=8,20")
    without = twice.excluding(dt.date(2026, 1, 6), dt.date(2025, 1, 1))
    assert days(without) == ["2026-01-05", "2026-01-05", "2026-01-07", "2026-01-07"]
    assert len(without.excluded) == 2
    assert without.excluding(dt.date(2026, 1, 6)) == without


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Recurrence.yearly(30, month=2, time="20:00", zone="UTC", starts=JANUARY), "one that never happens"),
    (lambda: Recurrence.monthly(31, time="20:00", zone="UTC", starts=dt.date(2026, 2, 1), every=12), "never happens"),
    (
        lambda: Recurrence.daily(time="20:00", zone="UTC", starts=JANUARY, until=dt.date(2026, 1, 4)),
        "one that never happens",
    ),
    (
        lambda: Recurrence.daily(time="20:00", zone="UTC", starts=JANUARY, count=3, until=JANUARY),
        "expected either COUNT or UNTIL, got both",
    ),
    (lambda: Recurrence.daily(time="20:00", zone="UTC", starts=JANUARY, every=0), "from 1 on in INTERVAL"),
    (lambda: Recurrence.daily(time="20:00", zone="UTC", starts=JANUARY, count=0), "from 1 on in COUNT"),
    (lambda: Recurrence.weekly("1MO", time="20:00", zone="UTC", starts=JANUARY), "BYDAY without ordinals for WEEKLY"),
    (lambda: Recurrence.weekly("Monday", time="20:00", zone="UTC", starts=JANUARY), "weekdays such as MO or -1FR"),
    (lambda: Recurrence.monthly("54MO", time="20:00", zone="UTC", starts=JANUARY), "weekdays such as MO or -1FR"),
    (lambda: Recurrence.monthly(15, "FR", time="20:00", zone="UTC", starts=JANUARY), "either weekdays or days of the"),
    (lambda: Recurrence.monthly(32, time="20:00", zone="UTC", starts=JANUARY), "from 1 to 31, or as many from the end"),
    (lambda: Recurrence.yearly(1, month=13, time="20:00", zone="UTC", starts=JANUARY), "from 1 to 12 in BYMONTH"),
    (
        lambda: Recurrence.daily(
            time="20:00", zone="America/New_York", starts=JANUARY, until=local("9999-12-31T23:00")
        ),
        "expected an end within the years 1 to 9999",
    ),
]


@pytest.mark.parametrize(("build", "message"), REFUSED)
def test_builders_refuse_what_never_happens_or_makes_no_sense(build: Callable[[], object], message: str) -> None:
    """The message says which part it was."""
    with pytest.raises(InvalidRecurrence, match=message):
        build()


@pytest.mark.parametrize(
    "time", ["8pm", "20", "24:00", "20:60", "20:00:60", "", 20, dt.time(20, tzinfo=dt.UTC), dt.time(20, 0, 0, 1)]
)
def test_a_time_of_day_is_one(time: object) -> None:
    """Other texts, numbers, zones and parts of a second are refused."""
    with pytest.raises(InvalidDate, match="a time of day"):
        Recurrence.daily(time=time, zone="UTC", starts=JANUARY)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("starts", [local("2026-01-05T20:00"), "2026-01-05", None])
def test_the_first_day_is_a_date(starts: object) -> None:
    """A moment of a day, a text and nothing are refused, before anything is derived from them."""
    for build in (Recurrence.daily, Recurrence.weekly, Recurrence.monthly, Recurrence.yearly):
        with pytest.raises(InvalidDate, match="expected a date, got a"):
            build(time="20:00", zone="UTC", starts=starts)  # type: ignore[arg-type]  # wrong on purpose


def test_a_zone_must_exist() -> None:
    """Whose clocks?"""
    with pytest.raises(InvalidZone):
        Recurrence.daily(time="20:00", zone="here", starts=JANUARY)


def test_a_rhythm_keeps_its_wall_clock_time_across_a_clock_change() -> None:
    """Grafana OnCall moves schedules an hour after the change (#3261); here 20:00 stays 20:00."""
    evenings = Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 22))
    hours = [at.instant.hour for at in islice(evenings.starts(ALWAYS), 2)]
    assert hours == [19, 18]


def test_biweekly_is_every_second_week() -> None:
    """LAMP takes "biweekly" for Tuesday and Thursday, or for the 1st and 15th; RFC 5545 has words for each."""
    every_second = Recurrence.weekly("TU", time="20:00", zone="UTC", starts=JANUARY, every=2)
    assert days(every_second) == ["2026-01-06", "2026-01-20", "2026-02-03", "2026-02-17"]
    twice = Recurrence.weekly("TU", "TH", time="20:00", zone="UTC", starts=JANUARY)
    assert days(twice) == ["2026-01-06", "2026-01-08", "2026-01-13", "2026-01-15"]


def test_travelling_moves_no_local_start() -> None:
    """CareKit crashes after travel and keys by index; here the local start is the name, and none is renumbered."""
    daily = Recurrence.daily(time="20:00", zone="Asia/Tokyo", starts=JANUARY, count=3)
    gone = daily.excluding(local("2026-01-05T20:00"))
    assert gone.instant_of(local("2026-01-06T20:00")) == daily.instant_of(local("2026-01-06T20:00"))
    assert days(gone) == ["2026-01-06", "2026-01-07"]
    assert gone.instant_of(local("2026-01-05T20:00")) is None


def test_two_local_starts_can_be_one_instant() -> None:
    """In Samoa 30 and 31 December 2011, 20:00, are one moment: two starts to count, one instant to wait for."""
    lost = Recurrence.daily(time="20:00", zone="Pacific/Apia", starts=dt.date(2011, 12, 29), count=4)
    assert [f"{at.instant:%d}" for at in lost.starts(ALWAYS)] == ["30", "31", "31", "01"]
    assert [f"{at:%d}" for at in lost.between(ALWAYS)] == ["30", "31", "01"]
    twice = parse_instant("2011-12-31T06:00:00Z")
    assert (lost.nth(1), lost.nth(2), lost.rank(twice)) == (twice, twice, 1)
    assert lost.after(twice) == parse_instant("2012-01-01T06:00:00Z")
    assert lost.before(twice) == parse_instant("2011-12-30T06:00:00Z")
    assert not set(lost.excluding(twice).between(ALWAYS)) & {twice}
    assert days(lost.excluding(twice)) == ["2011-12-29", "2012-01-01"]


def test_two_hours_of_a_spring_night_can_be_one_instant() -> None:
    """In New York 02:00 does not exist on a spring day; it is moved to 03:00, where another start is already."""
    night = Recurrence.parse("DTSTART;TZID=America/New_York:20260308T020000\nRRULE:FREQ=DAILY;BYHOUR=2,3;COUNT=2")
    assert [at.local.hour for at in night.starts(ALWAYS)] == [2, 3]
    assert len(list(night.between(ALWAYS))) == 1
    assert night.nth(0) == night.nth(1)


def test_a_moved_start_can_be_overtaken() -> None:
    """02:30 becomes 03:30, after 03:00: counting follows the instants."""
    night = Recurrence.parse(
        "DTSTART;TZID=America/New_York:20260308T023000\nRRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30;COUNT=3"
    )
    assert [(at.local.strftime("%H:%M"), f"{at.instant:%H:%M}") for at in night.starts(ALWAYS)] == [
        ("03:00", "07:00"),
        ("02:30", "07:30"),
        ("03:30", "07:30"),
    ]


def test_a_window_that_begins_between_a_start_and_one_it_overtook() -> None:
    """Looking back far enough for starts that a gap moved finds some that lie before the window, and leaves them."""
    night = Recurrence.parse("DTSTART;TZID=America/New_York:20260308T020500\nRRULE:FREQ=DAILY;BYHOUR=2;BYMINUTE=5,30")
    window = Window(parse_instant("2026-03-08T07:10:00Z"), parse_instant("2026-03-08T08:00:00Z"))
    assert [at.local.strftime("%H:%M") for at in night.starts(window)] == ["02:30"]
    evening = Recurrence.daily(time="20:00", zone="America/New_York", starts=dt.date(2026, 3, 8))
    late = Window(parse_instant("2026-03-09T00:30:00Z"), parse_instant("2026-03-10T00:30:00Z"))
    assert [at.local.day for at in evening.starts(late)] == [9]


def test_skipped_starts_are_not_counted() -> None:
    """With SKIP, ten times are ten times that happen."""
    nights = Recurrence.daily(time="02:30", zone="Europe/Paris", starts=dt.date(2026, 3, 28), count=3, gap=Gap.SKIP)
    assert days(nights) == ["2026-03-28", "2026-03-30", "2026-03-31"]
    assert not nights.has_start(local("2026-03-29T02:30"))
    assert nights.instant_of(local("2026-03-29T02:30")) is None
    assert nights.before(pendulum.datetime(2026, 3, 29, 12)) == parse_instant("2026-03-28T01:30:00Z")
    assert nights.before(pendulum.datetime(2026, 3, 28)) is None


def test_a_skipped_start_counts_for_nothing_when_it_is_excluded_too() -> None:
    """What never happens cannot be taken out, and does not disturb the count around it."""
    nights = Recurrence.daily(time="02:30", zone="Europe/Paris", starts=dt.date(2026, 3, 28), count=3, gap=Gap.SKIP)
    fewer = nights.excluding(local("2026-03-29T02:30"), local("2026-03-31T02:30"))
    assert days(fewer) == ["2026-03-28", "2026-03-30"]
    assert [fewer.nth(k) for k in range(3)] == [*(at.instant for at in fewer.starts(ALWAYS)), None]
    assert fewer.rank(parse_instant("2026-03-29T01:10:00Z")) == 1


def test_a_busy_rule_that_skips_is_counted_right() -> None:
    """With more starts than days, only those near clock changes are looked at."""
    busy = Recurrence(
        start=local("2026-03-01T00:00"),
        zone="Europe/Paris",
        rule=Rule(frequency=Frequency.DAILY, hours=range(24), minutes=(0, 30)),
        gap=Gap.SKIP,
    )
    assert busy.rank(parse_instant("2026-04-01T00:00:00Z")) == 31 * 48 + 4 - 2


def test_leap_days_and_far_away_years() -> None:
    """29 February comes every four years, except in 2100; the calendar ends quietly."""
    leap = Recurrence.yearly(29, month=2, time="20:00", zone="UTC", starts=JANUARY)
    assert days(leap) == ["2028-02-29", "2032-02-29", "2036-02-29", "2040-02-29"]
    assert leap.after(pendulum.datetime(2096, 3, 1)) == pendulum.datetime(2104, 2, 29, 20)
    assert leap.after(pendulum.datetime(9999, 1, 1)) is None
    assert leap.nth(10**6) is None
    assert leap.before(pendulum.datetime(9999, 12, 31)) == pendulum.datetime(9996, 2, 29, 20)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize(
    "text", ["FREQ=DAILY", "FREQ=DAILY;BYHOUR=0,23;BYSETPOS=-1", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR"]
)
def test_the_ends_of_the_calendar(zone: str, text: str) -> None:
    """From the first day to the last: nothing crashes, and what has no instant is no start."""
    first = Recurrence.parse(f"DTSTART:00010101T000000\nRRULE:{text}", zone=zone)
    found = first.after(pendulum.datetime(1, 1, 1), inclusive=True)
    assert found is not None
    assert found.year == 1
    assert first.before(found) is None
    last = first.before(pendulum.datetime(9999, 12, 31, 23, 59, 59, 999_999), inclusive=True)
    assert last is not None
    assert (last.year, last.month) == (9999, 12)
    assert first.after(last) is None
    assert first.nth(first.rank(last)) == last
    assert first.nth(first.rank(last) + 1) is None
    assert list(first.between(Window(last, last.add(microseconds=1)))) == [last]
    assert Recurrence.parse(f"DTSTART:99991231T235959\nRRULE:{text}", zone="America/New_York").nth(0) is None


def test_a_week_that_runs_past_the_calendar() -> None:
    """Week 1 of the year 10000 begins beyond the last day; there is nothing to pick from it."""
    made = Recurrence.parse("DTSTART:20260105T200000Z\nRRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,TU;BYSETPOS=-1")
    assert made.before(pendulum.datetime(9999, 12, 31)) == pendulum.datetime(9999, 1, 5, 20)
    assert made.nth(10**6) is None


def test_an_end_on_the_last_day_of_the_calendar() -> None:
    """The last day there is can be the last day of a rule."""
    made = Recurrence.yearly(
        31, month=12, time="10:00", zone="America/New_York", starts=JANUARY, until=dt.date(9999, 12, 31)
    )
    assert made.before(pendulum.datetime(9999, 12, 31, 23)) == pendulum.datetime(9999, 12, 31, 15)


def test_rules_that_never_happen_are_empty_from_a_text() -> None:
    """30 February is a mistake of a person, but only data in a text; each way of asking says so, twice."""
    for text in (
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=DAILY;BYSETPOS=3;BYHOUR=1,2",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=1MO;BYSETPOS=2",
        "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;BYMONTH=2;BYSETPOS=-3,3",
    ):
        never = Recurrence.parse(f"DTSTART:20260205T200000Z\nRRULE:{text}")
        for _ in range(2):
            assert never.after(pendulum.datetime(2026, 1, 1)) is None
            assert never.before(pendulum.datetime(9000, 1, 1)) is None
            assert never.nth(0) is None
            assert never.rank(pendulum.datetime(9000, 1, 1)) == 0
            assert list(never.starts(ALWAYS)) == []
            assert not never.has_start(local("2026-02-05T20:00"))


def test_an_end_before_the_start_is_empty_from_a_text() -> None:
    """Such a text is no mistake worth stopping for; nothing starts."""
    never = Recurrence.parse("DTSTART:20260105T200000Z\nRRULE:FREQ=DAILY;UNTIL=20250101T000000Z")
    assert never.rank(pendulum.datetime(2030, 1, 1)) == 0
    assert never.after(pendulum.datetime(2020, 1, 1)) is None


def test_a_start_that_the_rule_does_not_match_is_no_start() -> None:
    """RFC 5545 leaves it undefined; only what matches happens and is counted."""
    odd = Recurrence.parse("DTSTART:20260106T200000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2")
    assert days(odd) == ["2026-01-12", "2026-01-19"]


def test_added_and_excluded_starts() -> None:
    """COUNT counts excluded starts and not added ones; an exclusion wins; nothing comes twice."""
    made = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=JANUARY, count=3)
    more = made.adding(local("2026-02-01T09:00"), pendulum.datetime(2025, 12, 31, 12), local("2026-01-05T20:00"))
    assert days(more, 9) == ["2025-12-31", "2026-01-05", "2026-01-06", "2026-01-07", "2026-02-01"]
    assert (more.nth(0), more.nth(4)) == (parse_instant("2025-12-31T12:00:00Z"), parse_instant("2026-02-01T08:00:00Z"))
    assert more.rank(parse_instant("2026-03-01T00:00:00Z")) == 5
    assert more.has_start(local("2026-02-01T09:00"))
    assert more.before(parse_instant("2026-03-01T00:00:00Z")) == parse_instant("2026-02-01T08:00:00Z")
    assert more.before(parse_instant("2026-01-05T00:00:00Z")) == parse_instant("2025-12-31T12:00:00Z")
    fewer = more.excluding(local("2026-02-01T09:00"), local("2026-01-06T20:00"), local("2030-01-01T00:00"))
    assert days(fewer, 9) == ["2025-12-31", "2026-01-05", "2026-01-07"]
    assert days(fewer.excluding(pendulum.datetime(2026, 1, 7, 19), pendulum.datetime(2026, 1, 7, 19, 30)), 9) == [
        "2025-12-31",
        "2026-01-05",
    ]
    assert Recurrence.parse(fewer.format()) == fewer
    assert fewer.before(pendulum.datetime(2026, 1, 7)) == parse_instant("2026-01-05T19:00:00Z")


def test_what_can_be_added() -> None:
    """A start is a whole second that clocks show for the first time, within the calendar."""
    made = Recurrence.daily(time="20:00", zone="America/New_York", starts=JANUARY)
    with pytest.raises(InvalidRecurrence, match="that clocks show for the first time"):
        made.adding(parse_instant("2026-11-01T06:30:00Z"))
    with pytest.raises(InvalidRecurrence, match="at a whole second"):
        made.adding(parse_instant("2026-11-01T05:30:00.5Z"))
    with pytest.raises(InvalidRecurrence, match="expected a local start at a whole second, got a fraction of one"):
        made.adding(local("2026-11-01T05:30:00.5"))
    with pytest.raises(InvalidRecurrence, match="added dates within the years 1 to 9999"):
        made.adding(local("9999-12-31T23:00"))
    assert made.excluding(parse_instant("2026-11-01T06:30:00.5Z")) == made


def test_a_skipped_time_that_was_added_is_no_start() -> None:
    """SKIP holds for added starts too."""
    made = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=JANUARY, gap=Gap.SKIP)
    assert not made.adding(local("2026-03-29T02:30")).has_start(local("2026-03-29T02:30"))


def test_questions_are_checked() -> None:
    """Moments need a zone, local starts have none, and counting begins at 0."""
    made = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=JANUARY)
    with pytest.raises(InvalidInstant):
        made.after(local("2026-01-05T20:00"))
    with pytest.raises(InvalidDate):
        made.has_start(pendulum.datetime(2026, 1, 5, 19))
    for k in (-1, True, 1.0):
        with pytest.raises(InvalidRecurrence, match="expected the number of a start, counted from 0"):
            made.nth(k)  # type: ignore[arg-type]  # wrong on purpose
    assert not made.has_start(local("2026-01-05T20:00:00.5"))
    assert pendulum.datetime(2026, 1, 5, 19, 0, 0, 1) not in made


def test_a_start_is_checked_and_plain() -> None:
    """The local part of a start has no zone and no fold, and the instant is in UTC."""
    with pytest.raises(InvalidDate):
        Start(pendulum.datetime(2026, 1, 5), pendulum.datetime(2026, 1, 5))
    made = Recurrence(
        start=local("2026-10-25T02:30").replace(fold=1), zone="Europe/Paris", rule=Rule(frequency=Frequency.DAILY)
    )
    assert made.start.fold == 0
    assert evolve(made, gap=Gap.SKIP).nth(0) == parse_instant("2026-10-25T00:30:00Z")


def test_the_same_rule_in_another_order_is_the_same_value() -> None:
    """Parts are sorted, each number once, a leap second the second before."""
    one = Rule(frequency=Frequency.MONTHLY, month_days=[15, 1, 15], days=("FR", "-1FR", "fr"), seconds=[60, 59])
    two = Rule(frequency=Frequency.MONTHLY, month_days=(1, 15), days=("-1FR", "FR"), seconds=(59,))
    assert one == two
    assert hash(one) == hash(two)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"frequency": "DAILY"}, "expected FREQ of DAILY, WEEKLY, MONTHLY or YEARLY"),
        ({"frequency": Frequency.DAILY, "week_start": "monday"}, "a weekday such as MO in WKST"),
        ({"frequency": Frequency.MONTHLY, "weeks": [1]}, "expected BYWEEKNO only for YEARLY, got MONTHLY"),
        ({"frequency": Frequency.DAILY, "year_days": [1]}, "expected BYYEARDAY only for YEARLY, got DAILY"),
        ({"frequency": Frequency.WEEKLY, "month_days": [1]}, "BYMONTHDAY only for DAILY, MONTHLY or YEARLY"),
        ({"frequency": Frequency.DAILY, "days": ["1MO"]}, "expected BYDAY without ordinals for DAILY, got 1MO"),
        ({"frequency": Frequency.YEARLY, "days": ["1MO"], "weeks": [1]}, "BYDAY without ordinals beside BYWEEKNO"),
        ({"frequency": Frequency.DAILY, "positions": [1]}, "expected another BY part beside BYSETPOS, got none"),
        ({"frequency": Frequency.DAILY, "hours": [24]}, "expected numbers from 0 to 23 in BYHOUR"),
        ({"frequency": Frequency.DAILY, "hours": [True]}, "expected whole numbers"),
        ({"frequency": Frequency.YEARLY, "weeks": [0]}, "from 1 to 53, or as many from the end, in BYWEEKNO"),
        ({"frequency": Frequency.WEEKLY, "days": "MO"}, "expected a collection of weekdays in BYDAY, got one text"),
        ({"frequency": Frequency.WEEKLY, "days": [1]}, "expected weekdays such as MO or -1FR in BYDAY"),
    ],
)
def test_rules_refuse_what_the_text_forbids(parts: dict[str, object], message: str) -> None:
    """RFC 5545 says which parts have which values, and which stand together."""
    with pytest.raises(InvalidRecurrence, match=message):
        Rule(**parts)  # type: ignore[arg-type]  # wrong on purpose


def test_a_skipped_start_is_not_counted_near_the_change_that_skips_it() -> None:
    """Who skips what does not exist counts two nights and not three, also an hour before and after the change."""
    night = Recurrence.daily(time="02:30", zone="Europe/Paris", starts=dt.date(2026, 3, 28), count=2, gap=Gap.SKIP)
    change = pendulum.datetime(2026, 3, 29, 1)
    assert [night.rank(change.add(hours=hours)) for hours in (-1, 0, 1, 24)] == [1, 1, 1, 2]
    assert night.locals_at(change.add(minutes=30)) == []


def test_a_shifted_start_does_not_wait_for_the_next_one() -> None:
    """What a clock change shifts comes before what follows a week later, when clocks stand still again."""
    night = Recurrence.weekly("SU", time="02:30", zone="Europe/Paris", starts=dt.date(2026, 3, 29), count=3)
    found = [night.nth(number) for number in range(3)]
    march = Window(pendulum.datetime(2026, 3, 1), pendulum.datetime(2026, 5, 1))
    assert list(night.between(march)) == found == sorted(at for at in found if at is not None)
