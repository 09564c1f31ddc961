"""What is always true of a recurrence, held against an enumeration by hand, day by day."""

import copy
import datetime as dt
import pickle
import zoneinfo
from bisect import bisect_left, bisect_right
from calendar import isleap, monthrange
from collections.abc import Iterator
from itertools import islice

import pendulum
import pytest
from attrs import evolve
from dateutil.rrule import rrulestr
from hypothesis import assume, event, given
from hypothesis import strategies as st

from reconnect.edges.testing.temporal import instants, local_times, recurrences, rules, skipped_times, zones
from reconnect.temporal import _year
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import WEEKDAYS, Frequency, Rule
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap

DAY = dt.timedelta(days=1)
Pair = tuple[pendulum.DateTime, dt.datetime]


def week_start(rule: Rule, day: dt.date) -> dt.date:
    """Return the day on which the week of a day begins."""
    return day - DAY * ((day.weekday() - WEEKDAYS.index(rule.week_start)) % 7)


def week_year(rule: Rule, day: dt.date) -> int:
    """Return the year to which a week belongs: the one with at least four of its days."""
    return (week_start(rule, day) + 3 * DAY).year


def week_number(rule: Rule, day: dt.date) -> tuple[int, int]:
    """Return the number of a week in its year, from the beginning and from the end."""
    fourth = week_start(rule, day) + 3 * DAY
    left = (366 if isleap(fourth.year) else 365) - fourth.timetuple().tm_yday
    return (fourth.timetuple().tm_yday - 1) // 7 + 1, -(left // 7 + 1)


def in_days(rule: Rule, day: dt.date) -> bool:
    """Tell whether BYDAY names a day."""
    month = rule.frequency is Frequency.MONTHLY or (rule.frequency is Frequency.YEARLY and rule.months)
    length = monthrange(day.year, day.month)[1] if month else (366 if isleap(day.year) else 365)
    place = day.day if month else day.timetuple().tm_yday
    names = {WEEKDAYS[day.weekday()]}
    names.add(f"{(place - 1) // 7 + 1}{WEEKDAYS[day.weekday()]}")
    names.add(f"{-((length - place) // 7 + 1)}{WEEKDAYS[day.weekday()]}")
    return bool(names & set(rule.days))


def matches(rule: Rule, start: dt.date, day: dt.date) -> bool:  # noqa: PLR0911 - one answer for each part
    """Tell whether the parts of a rule, and what they take from its start, name a day (INTERVAL aside)."""
    year = 366 if isleap(day.year) else 365
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and not {day.day, day.day - monthrange(day.year, day.month)[1] - 1} & set(rule.month_days):
        return False
    number = day.timetuple().tm_yday
    if rule.year_days and not {number, number - year - 1} & set(rule.year_days):
        return False
    if rule.weeks and not set(week_number(rule, day)) & set(rule.weeks):
        return False
    if rule.days:
        return in_days(rule, day)
    match rule.frequency:
        case Frequency.WEEKLY:
            return day.weekday() == start.weekday()
        case Frequency.MONTHLY:
            return bool(rule.month_days) or day.day == start.day
        case Frequency.YEARLY if rule.weeks and not (rule.month_days or rule.year_days):
            return day.weekday() == start.weekday()
        case Frequency.YEARLY if not (rule.weeks or rule.year_days):
            return bool(rule.months or day.month == start.month) and bool(rule.month_days or day.day == start.day)
    return True


def period(rule: Rule, day: dt.date) -> int:
    """Return the number of the period in which a day lies."""
    match rule.frequency:
        case Frequency.DAILY:
            return day.toordinal()
        case Frequency.WEEKLY:
            return week_start(rule, day).toordinal() // 7
        case Frequency.MONTHLY:
            return day.year * 12 + day.month
        case _:
            return week_year(rule, day) if rule.weeks else day.year


def reach(recurrence: Recurrence) -> dt.datetime:
    """Return the end of an enumeration: later for rules with few times a day."""
    rule = recurrence.rule
    times = max(len(rule.hours), 1) * max(len(rule.minutes), 1) * max(len(rule.seconds), 1)
    return recurrence.start + DAY * max(40, 600 // times)


def by_hand(rule: Rule, start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """Enumerate local starts by looking at every day, a little beyond an end."""
    first = period(rule, start.date())
    if rule.weeks and not matches(rule, start.date(), start.date()):
        first = start.year
    times = sorted(
        dt.time(hour, minute, second)
        for hour in rule.hours or [start.hour]
        for minute in rule.minutes or [start.minute]
        for second in rule.seconds or [start.second]
    )
    periods: dict[int, list[dt.datetime]] = {}
    margin = 370 if rule.positions else 3
    for ordinal in range(start.toordinal() - margin, end.toordinal() + margin):
        day = dt.date.fromordinal(ordinal)
        number = period(rule, day)
        if (number - first) % rule.every == 0 and matches(rule, start.date(), day):
            periods.setdefault(number, []).extend(dt.datetime.combine(day, time) for time in times)
    for found in periods.values():
        wanted = {place - 1 if place > 0 else len(found) + place for place in rule.positions}
        yield from (at for place, at in enumerate(found) if at >= start and (not wanted or place in wanted))


def mean(local: dt.datetime, zone: str, gap: Gap) -> dt.datetime | None:
    """Return the instant of a local time, with nothing but the standard library."""
    info = zoneinfo.ZoneInfo(zone)
    shifted = local.replace(tzinfo=info).astimezone(dt.UTC)
    if shifted.astimezone(info).replace(tzinfo=None) == local or gap is Gap.SHIFT:
        return shifted
    if gap is Gap.SKIP:
        return None
    old, new = (local.replace(tzinfo=info, fold=fold).utcoffset() or dt.timedelta() for fold in (0, 1))
    low, high = 0, int((new - old).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if (shifted - dt.timedelta(seconds=middle)).astimezone(info).utcoffset() == new:
            low = middle + 1
        else:
            high = middle
    return shifted - dt.timedelta(seconds=low - 1)


def pairs(recurrence: Recurrence) -> list[Pair]:
    """Enumerate the pairs of a recurrence that lie in the span of these tests."""
    rule, zone, gap = recurrence.rule, recurrence.zone, recurrence.gap
    found: dict[dt.datetime, dt.datetime] = {}
    for local in by_hand(rule, recurrence.start, reach(recurrence)):
        instant = mean(local, zone, gap)
        if rule.count is not None and len(found) == rule.count:
            break
        if instant is not None and (rule.until is None or instant <= rule.until):
            found[local] = instant
    for local in recurrence.added:
        instant = mean(local, zone, gap)
        if instant is not None:
            found[local] = instant
    for local in recurrence.excluded:
        found.pop(local, None)
    end = as_instant(reach(recurrence).replace(tzinfo=dt.UTC))
    return sorted((as_instant(instant), local) for local, instant in found.items() if instant < end)


def span(recurrence: Recurrence) -> Window:
    """Return the window of these tests: from before everything to the end of the span."""
    start = as_instant(recurrence.start.replace(tzinfo=dt.UTC))
    return Window(start.subtract(days=30), as_instant(reach(recurrence).replace(tzinfo=dt.UTC)))


@given(recurrences())
def test_the_starts_are_those_that_one_finds_by_hand(recurrence: Recurrence) -> None:
    """Every part of a rule, the ends, exclusions, additions and clock changes mean what looking day by day says."""
    expected = pairs(recurrence)
    event(recurrence.rule.frequency.value)
    event("positions" if recurrence.rule.positions else "no positions")
    assert [(start.instant, start.local) for start in recurrence.starts(span(recurrence))] == expected
    assert list(recurrence.between(span(recurrence))) == sorted({instant for instant, _ in expected})


@given(recurrences(), st.data())
def test_nth_and_rank_count_the_starts(recurrence: Recurrence, data: st.DataObject) -> None:
    """Counting agrees with enumerating, and the start of a rank is the next instant."""
    expected = pairs(recurrence)
    assume(expected)
    k = data.draw(st.integers(0, len(expected) - 1))
    moment, local = expected[k]
    assert recurrence.nth(k) == moment
    assert recurrence.rank(moment) == sum(at < moment for at, _ in expected)
    assert recurrence.rank(moment.add(microseconds=1)) == sum(at <= moment for at, _ in expected)
    assert recurrence.nth(recurrence.rank(moment)) == moment
    assert moment in recurrence
    assert recurrence.has_start(local)
    assert recurrence.instant_of(local) == moment


@given(recurrences(), st.data())
def test_after_and_before_speak_of_distinct_instants(recurrence: Recurrence, data: st.DataObject) -> None:
    """The neighbours of any moment are those of the enumeration, with the moment itself only if asked."""
    expected = sorted({instant for instant, _ in pairs(recurrence)})
    assume(expected)
    near = data.draw(st.sampled_from(expected[:40]))
    step = data.draw(st.sampled_from((0, 1, -1, 1_000_000, -1_000_000, 3_600_000_000, -3_600_000_000)))
    moment = near + dt.timedelta(microseconds=step)
    for inclusive, find_after, find_before in ((False, bisect_right, bisect_left), (True, bisect_left, bisect_right)):
        place = find_after(expected, moment)
        if place < len(expected):
            assert recurrence.after(moment, inclusive=inclusive) == expected[place]
        place = find_before(expected, moment)
        assert recurrence.before(moment, inclusive=inclusive) == (expected[place - 1] if place else None)
    assert (moment in recurrence) == (moment in expected)


@given(recurrences(), instants())
def test_the_neighbours_of_any_moment_have_nothing_between_them(
    recurrence: Recurrence, moment: pendulum.DateTime
) -> None:
    """Anywhere in the calendar, `after` is the first of what comes and `before` the last of what came."""
    after, before = recurrence.after(moment), recurrence.before(moment)
    assert after is None or (after > moment and after in recurrence and recurrence.before(after) != after)
    assert before is None or (before < moment and before in recurrence)
    if before is not None:
        assert recurrence.after(before, inclusive=True) == before
        assert recurrence.after(before) in {after, moment if moment in recurrence else after}
    if after is not None:
        assert recurrence.before(after, inclusive=True) == after


@given(recurrences(gap=Gap.SHIFT))
def test_reading_undoes_writing(recurrence: Recurrence) -> None:
    """What `format` writes, `parse` reads back; folded, lower-case and CRLF text too."""
    text = recurrence.format()
    assert Recurrence.parse(text) == recurrence
    folded = "\r\n".join(
        "\r\n ".join(line[at : at + 70] for at in range(0, len(line), 70)) for line in text.split("\n")
    )
    assert Recurrence.parse(folded + "\r\n") == recurrence


@given(recurrences(), local_times(), instants())
def test_a_recurrence_survives_copying_and_pickling(
    recurrence: Recurrence, local: dt.datetime, moment: pendulum.DateTime
) -> None:
    """A copy, made before or after it was asked something, is equal, hashes alike and answers alike."""
    answer = recurrence.after(moment), recurrence.has_start(local)
    for twin in (copy.copy(recurrence), copy.deepcopy(recurrence), pickle.loads(pickle.dumps(recurrence))):  # noqa: S301 - our own bytes
        assert twin == recurrence
        assert hash(twin) == hash(recurrence)
        assert repr(twin) == repr(recurrence)
        assert (twin.after(moment), twin.has_start(local)) == answer


@given(recurrences(), st.data())
def test_excluding_takes_out_and_adding_puts_back(recurrence: Recurrence, data: st.DataObject) -> None:
    """A start taken out is gone, the others stay; an instant stands for all local starts that mean it."""
    expected = pairs(recurrence)
    assume(expected)
    moment, local = data.draw(st.sampled_from(expected[:30]))
    without = recurrence.excluding(local)
    assert not without.has_start(local)
    left = [(start.instant, start.local) for start in without.starts(span(recurrence))]
    assert left == [pair for pair in expected if pair[1] != local]
    gone = recurrence.excluding(moment)
    assert moment not in gone
    assert [start.instant for start in gone.starts(span(recurrence))] == [at for at, _ in expected if at != moment]


@given(recurrences(), instants(least=pendulum.datetime(2000, 1, 1), most=pendulum.datetime(2030, 1, 1)))
def test_an_instant_can_be_added_unless_clocks_show_it_again(recurrence: Recurrence, moment: pendulum.DateTime) -> None:
    """An added instant is one of the instants, unless its start was taken out before."""
    moment = moment.replace(microsecond=0)
    shown = moment.astimezone(zoneinfo.ZoneInfo(recurrence.zone))
    assume(not shown.fold and shown.replace(tzinfo=None) not in recurrence.excluded)
    more = recurrence.adding(moment)
    assert moment in more
    assert more.has_start(shown.replace(tzinfo=None))


def mixed(rule: Rule) -> bool:
    """Tell whether BYDAY has weekdays with and without ordinals, of which dateutil takes only what is in both."""
    return len({day in WEEKDAYS for day in rule.days}) > 1


AGREED = rules().filter(
    lambda rule: (
        not rule.weeks
        and rule.until is None
        and rule.every < 20
        and not mixed(rule)
        and not (rule.positions and rule.frequency is Frequency.WEEKLY)
        and not (
            rule.frequency is Frequency.YEARLY and rule.month_days and not (rule.months or rule.days or rule.year_days)
        )
    )
)


@given(AGREED, local_times())
def test_it_agrees_with_dateutil_where_dateutil_agrees_with_the_text(rule: Rule, start: dt.datetime) -> None:
    """An implementation by others finds the same local starts (docs/explanation/time.md lists where it does not)."""
    assume(start.year < 2100)
    recurrence = Recurrence(start=start, zone="UTC", rule=rule)
    end = start + dt.timedelta(days=800)
    text = evolve(recurrence, rule=evolve(rule, count=None)).format().replace("Z\n", "\n")
    other = rrulestr(f"{text};UNTIL={end:%Y%m%dT%H%M%S}")
    expected = list(islice(iter(other), rule.count or 100))
    window = Window(pendulum.datetime(1800, 1, 1), as_instant(end.replace(tzinfo=dt.UTC)).add(seconds=1))
    assert [at.local for at in islice(recurrence.starts(window), len(expected))] == expected


@given(zones().flatmap(lambda zone: recurrences(zone=zone)), st.integers(0, 3000))
def test_skipping_counts_only_what_happens(recurrence: Recurrence, k: int) -> None:
    """Under SKIP a start that clocks never show is not counted: every counted start is shown."""
    skipping = evolve(recurrence, gap=Gap.SKIP)
    moment = skipping.nth(k)
    assume(moment is not None)
    assert moment is not None
    assert moment in skipping
    assert skipping.rank(moment) <= k < skipping.rank(moment.add(microseconds=1))


@given(skipped_times(), st.sampled_from(Gap))
def test_a_first_start_in_a_gap_follows_the_policy(place: tuple[str, dt.datetime], gap: Gap) -> None:
    """A rule may begin with a time that clocks skip; three starts are three that happen."""
    zone, local = place
    made = Recurrence(start=local, zone=zone, rule=Rule(frequency=Frequency.DAILY, count=3), gap=gap)
    expected = [mean(local + DAY * step, zone, gap) for step in range(4)]
    kept = sorted(instant for instant in expected[: 4 if gap is Gap.SKIP else 3] if instant is not None)
    assert [made.nth(k) for k in range(4)] == [*kept, None]


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ],
)
def test_looking_far_ahead_costs_no_more_than_looking_near(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However far away, `after` and `before` look at a handful of years, and no more than nearby."""
    looked: list[int] = []
    days = _year.Year.days

    def watched(self: _year.Year, year: int) -> int:
        looked.append(year)
        return days(self, year)

    monkeypatch.setattr(_year.Year, "days", watched)
    for year in (2027, 2126, 9000):
        recurrence = Recurrence.parse(f"DTSTART:20260105T200000Z\nRRULE:{text}")
        moment = pendulum.datetime(year, 6, 15)
        assert recurrence.after(moment) is not None
        assert recurrence.before(moment) is not None
        assert len(looked) < 30
        looked.clear()


def test_counting_far_ahead_is_arithmetic(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the kind of a year matters, `rank` looks at no more than the kinds there are, however far away."""
    made: list[int] = []
    parts = _year.Year._parts  # noqa: SLF001 - the one place where masks are made

    def watched(self: _year.Year, january: int, leap: bool) -> int:  # noqa: FBT001 - as there
        made.append(january)
        return parts(self, january, leap)

    monkeypatch.setattr(_year.Year, "_parts", watched)
    weekly = Recurrence.parse("DTSTART:20260105T200000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO")
    assert weekly.rank(pendulum.datetime(9000, 1, 1)) == 363_886
    assert weekly.nth(363_886) == weekly.after(pendulum.datetime(9000, 1, 1))
    assert not made  # plain rules are division, without any calendar
    monthly = Recurrence.parse("DTSTART:20260105T200000Z\nRRULE:FREQ=MONTHLY;BYDAY=2MO")
    assert monthly.rank(pendulum.datetime(9000, 1, 1)) == 12 * (9000 - 2026)
    assert monthly.nth(12 * (9000 - 2026)) == monthly.after(pendulum.datetime(9000, 1, 1))
    assert len(made) == 14
