"""What is always true of gentle metrics: exact, mergeable, robust, and the same however entries arrive."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise, permutations, product
from random import Random
from statistics import mean, median
from typing import Final

import pendulum
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from reconnect.edges.testing import values_of
from reconnect.edges.testing.metrics import buckets, days_of, own_days, scales
from reconnect.edges.testing.temporal import instants
from reconnect.edges.testing.values import persons
from reconnect.errors import InvalidReading
from reconnect.metrics import MOOD, Bucket, Change, Days, Direction, Moments, Norms, Rating, Scale, Trend
from reconnect.metrics._calendar import shelved
from reconnect.metrics._orders import by_counting
from reconnect.metrics.level import smoothed
from reconnect.metrics.own_day import FIRST, LAST, days_within, window_of_days
from reconnect.metrics.trend import LEAST, Point, bounded, resemblance
from reconnect.people.person import Person
from reconnect.record.entry import Audience, Entry, Private, Shared
from reconnect.record.kind import Body
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap, instant_of

ANA: Final = Person(id="ana", zone="America/New_York").moved(to="Pacific/Apia", at=pendulum.datetime(2026, 12, 31, 12))
NOON: Final = pendulum.datetime(2026, 12, 31, 12)


@st.composite
def noted(draw: st.DrawFn) -> Entry:
    """Draw something that somebody noted: mostly ana's moods around new year, around her move to another zone."""
    author = draw(st.sampled_from(["ana", "ana", "ana", "ben"]))
    body: Body = draw(
        st.builds(
            Rating,
            scale=st.sampled_from(["mood", "mood", "mood", "openness"]),
            value=st.integers(0, 6) | st.just(Fraction(7, 2)),
            day=st.none() | own_days(),
        )
        | st.builds(Moments, positive=st.integers(0, 3), day=st.none() | own_days())
    )
    at = NOON + draw(st.integers(-50, 50)) * dt.timedelta(hours=1)
    id_ = f"e{draw(st.integers(0, 10**9))}"
    audience: Audience = Shared() if draw(st.booleans()) else Private()
    return Entry(circle="c1", author=author, id=id_, at=at, body=body, audience=audience)


def several() -> st.SearchStrategy[list[Entry]]:
    """Draw a few entries, each with an id of its own."""
    return st.lists(noted(), max_size=20, unique_by=lambda entry: entry.id)


def counted(entries: Sequence[Entry]) -> Days:
    """Put entries into the buckets of ana's moods."""
    return Days.of(entries, whose=ANA, scale=MOOD)


@given(several(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_order_duplicates_and_batches_do_not_matter(entries: list[Entry], chance: Random, batches: int) -> None:
    """However entries arrive, the days are the same, and so they are if some arrive twice or in two batches."""
    whole = counted(entries)
    arriving = [*entries, *(entry for entry in entries if chance.random() < 0.5)]
    chance.shuffle(arriving)
    assert counted(arriving) == whole
    parts = [counted([e for e in arriving if chance.randrange(batches) in (0, n)]) for n in range(batches)]
    parts.append(counted(entries))
    chance.shuffle(parts)
    merged = counted([])
    for part in parts:
        merged = merged | part
    assert merged == whole
    one_by_one = counted([])
    for entry in arriving:
        one_by_one = one_by_one.adding(entry, whose=ANA)
    assert one_by_one == whole
    assert hash(one_by_one) == hash(whole)


@given(several())
def test_days_are_what_a_plain_count_finds(entries: list[Entry]) -> None:
    """Each of a person's answers on the scale counts once, for the day it is about; everything else for nothing."""
    days = counted(entries)
    plain: dict[dt.date, list[Fraction]] = {}
    for entry in entries:
        body = entry.body
        if entry.author == "ana" and isinstance(body, Rating) and body.scale == "mood" and body.value in range(1, 6):
            local = entry.at.in_timezone("Pacific/Apia" if entry.at >= NOON else "America/New_York")
            plain.setdefault(body.day or dt.date(local.year, local.month, local.day), []).append(body.value)
    assert {bucket.day: days.value(bucket) for bucket in days} == {
        day: Fraction(mean(found)) for day, found in plain.items()
    }
    assert [bucket.day for bucket in days] == sorted(plain)
    assert len(days) == len(plain)
    for first, end in combinations([FIRST, *sorted(plain), LAST], 2):
        assert [bucket.day for bucket in days.between(first, end)] == [
            day for day in sorted(plain) if first <= day < end
        ]


@given(st.data())
def test_merging_days_is_a_union(data: st.DataObject) -> None:
    """Merging is associative, commutative and idempotent, and no day is lost."""
    scale = data.draw(scales())
    one, two, three = (data.draw(days_of(person="ana", scale=scale)) for _ in range(3))
    assert one | two == two | one
    assert (one | two) | three == one | (two | three)
    assert one | one == one
    assert {bucket.day for bucket in one | two} == {bucket.day for bucket in (*one, *two)}


@given(buckets(dt.date(2026, 1, 5)), buckets(dt.date(2026, 1, 5)), buckets(dt.date(2026, 1, 5)))
def test_merging_the_buckets_of_a_day_is_a_union(one: Bucket, two: Bucket, three: Bucket) -> None:
    """What two phones hold about a day comes together in any order, and nothing counts twice."""
    assert one.merge(two) == two.merge(one)
    assert one.merge(two).merge(three) == one.merge(two.merge(three))
    assert one.merge(one) == one
    assert one.merge(two).n == len(dict(one.marks) | dict(two.marks))


@given(days_of(person="ana", scale=MOOD), days_of(person="ben", scale=MOOD))
def test_days_of_two_people_never_merge(one: Days, other: Days) -> None:
    """There is no bucket for two people together."""
    with pytest.raises(InvalidReading):
        one | other


def parts(days: Days) -> list[object]:
    """Return every part that someone's days are made of."""
    months = [month for year in days.years for month in year.months]
    return [*days.years, *months, *days]


@pytest.mark.parametrize("many", [10, 100, 30_000])
def test_adding_an_entry_makes_one_day_one_month_and_one_year_anew(many: int) -> None:
    """After ten days or after eighty years, everything else stays the very same, so it costs the same."""
    first = dt.date(1950, 1, 1)
    days = Days(person="ana", scale=MOOD, years=shelved(_bucket(first + dt.timedelta(days=n)) for n in range(many)))
    known = {id(part) for part in parts(days)}
    for day in (first, first + dt.timedelta(days=many // 2), first + dt.timedelta(days=many)):
        entry = Entry(circle="c1", author="ana", id="new", at=NOON, body=Rating.of(MOOD, 4, day=day))
        more = days.adding(entry, whose=ANA)
        new = [part for part in parts(more) if id(part) not in known]
        assert sorted(type(part).__name__ for part in new) == ["Bucket", "Month", "Year"]
        assert sum(bucket.n for bucket in more) == many * 20 + 1


def _bucket(day: dt.date) -> Bucket:
    return Bucket(day=day, marks=tuple((f"e{n}", n % 5) for n in range(20)))


def lives() -> st.SearchStrategy[Person]:
    """Draw a person, most often one who moved in these very days."""
    moved = st.sampled_from(["Pacific/Apia", "America/New_York", "UTC", "Pacific/Kiritimati"])
    hours = st.integers(-60, 60).map(lambda n: NOON + n * dt.timedelta(hours=1))
    near = st.builds(lambda zone, to, at: Person(id="ana", zone=zone).moved(to=to, at=at), moved, moved, hours)
    return near | persons(id="ana")


@given(lives(), st.lists(instants() | st.integers(-99, 99).map(lambda n: NOON.add(hours=n)), min_size=3, max_size=3))
def test_windows_that_meet_share_no_day_and_leave_none_out(person: Person, moments: list[pendulum.DateTime]) -> None:
    """Each day belongs to exactly one of two windows that meet, whatever clocks do and wherever somebody moves."""
    start, middle, end = sorted(moments)
    assume(start < middle < end)
    early, late = days_within(Window(start, middle), person), days_within(Window(middle, end), person)
    assert early[1] == late[0]
    assert (early[0], late[1]) == days_within(Window(start, end), person)
    assert early[0] <= early[1] <= late[1]


@given(st.sampled_from(["Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu"]), instants())
def test_a_window_from_midnight_to_midnight_is_one_day(zone: str, moment: pendulum.DateTime) -> None:
    """Somebody's own day, from its beginning to the next one's, holds that day and no other."""
    assume(3 < moment.year < 9990)
    ana = Person(id="ana", zone=zone)
    today = ana.day_of(moment)
    dawn, next_dawn = (
        instant_of(dt.datetime.combine(day, dt.time()), zone, Gap.FIRST_VALID)
        for day in (today, today + dt.timedelta(days=1))
    )
    assert dawn is not None
    assert next_dawn is not None
    assert days_within(Window(dawn, next_dawn), ana) == (today, today + dt.timedelta(days=1))


@given(
    st.sampled_from(["America/Sao_Paulo", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
    instants(),
    st.integers(1, 400),
)
def test_days_and_the_window_in_which_they_begin_are_one_thing(zone: str, moment: pendulum.DateTime, n: int) -> None:
    """From days to their window and back, also where clocks change at midnight."""
    assume(3 < moment.year < 9990)
    ana = Person(id="ana", zone=zone)
    first = ana.day_of(moment)
    days = (first, first + dt.timedelta(days=n))
    assert days_within(window_of_days(*days, ana), ana) == days


@given(scales(), st.integers(0, 10**13), st.fractions())
def test_an_answer_and_its_steps_are_one_thing(scale: Scale, steps: int, anything: Fraction) -> None:
    """Whatever is on the scale is a whole number of steps above its lowest, and the other way round."""
    value = scale.value(steps)
    assert (value in scale) == (value <= scale.highest)
    assert scale.steps(value) == (steps if value <= scale.highest else None)
    found = scale.steps(anything)
    assert found is None or scale.value(found) == anything
    assert scale.label(scale.lowest) == scale.labels[0]
    assert scale.label(scale.highest) == scale.labels[-1]
    assert scale.label(anything) in scale.labels


def series(*, least: int = 0, most: int = 14) -> st.SearchStrategy[list[Point]]:
    """Draw days with numbers, some days missing and many numbers alike."""
    numbers = st.integers(1, 5).map(Fraction) | st.fractions(-9, 9, max_denominator=6)
    points = st.lists(st.tuples(st.integers(0, 40), numbers), min_size=least, max_size=most, unique_by=lambda p: p[0])
    return points | st.lists(numbers, min_size=least, max_size=most).map(lambda ys: list(enumerate(ys)))


def sign(number: Fraction) -> int:
    """Return whether a number lies above, at or below 0."""
    return (number > 0) - (number < 0)


@given(st.lists(series(), max_size=3))
def test_a_trend_is_what_its_definition_says(people: list[list[Point]]) -> None:
    """S counts pairs, the slope is the median of all slopes, and nobody is compared with another person."""
    trend = Trend.of(*people)
    pairs = [(b[0] - a[0], b[1] - a[1]) for run in people for a, b in combinations(sorted(run), 2)]
    assert trend.n == sum(map(len, people))
    assert trend.pairs == len(pairs)
    assert trend.s == sum(sign(rise) for _, rise in pairs)
    assert trend.slope == (median(rise / run for run, rise in pairs) if pairs else None)
    assert trend.tau == (Fraction(trend.s, len(pairs)) if pairs else None)
    variance = Fraction(0)
    for run in people:
        ys = [y for _, y in run]
        each = [len(ys), *(-ys.count(y) for y in set(ys))]
        variance += sum(sign(Fraction(n)) * abs(n) * (abs(n) - 1) * (2 * abs(n) + 5) for n in each)
    assert trend.variance == variance / 18
    assert 0 <= trend.chance <= 1
    assert -1 <= trend.resemblance <= 1
    assert trend.resemblance == autocorrelation([[(x, y - (trend.slope or 0) * x) for x, y in run] for run in people])
    assert resemblance(*map(sorted, people)) == autocorrelation(people)
    if len(people) == 1 and trend.slope is not None:
        days, numbers = zip(*people[0], strict=True)
        assert trend.intercept == median(numbers) - trend.slope * median(map(Fraction, days))
    event(trend.direction.value)


def autocorrelation(people: list[list[Point]]) -> float:
    """Return what neighbours have in common, by its definition: products of distances from the mean, by squares."""
    runs = [sorted(run) for run in people]
    near = min((x - w for run in runs for (w, _), (x, _) in pairwise(run)), default=1)
    square = product_ = Fraction(0)
    for run in filter(None, runs):
        middle = mean(y for _, y in run)
        square += sum((y - middle) ** 2 for _, y in run)
        product_ += sum((y - middle) * (z - middle) for (w, y), (x, z) in pairwise(run) if x - w == near)
    return float(product_ / square) if square else 0.0


@given(st.lists(st.lists(st.integers(1, 4), max_size=5), min_size=1, max_size=2))
def test_the_chance_is_counted_out(people: list[list[int]]) -> None:
    """The chance of an S is what all orders of everyone's numbers give, ties and all."""

    def s_of(ys: Sequence[int]) -> int:
        return sum((b > a) - (b < a) for a, b in combinations(ys, 2))

    orders = list(product(*(map(s_of, permutations(ys)) for ys in people)))
    s = sum(map(s_of, people))
    far = sum(abs(sum(each)) >= abs(s) for each in orders)
    assert by_counting(s, [[ys.count(y) for y in set(ys)] for ys in people]) == Fraction(far, len(orders))
    variance = Fraction(sum(sum(each) ** 2 for each in orders), len(orders))
    assert Trend.of(*(list(enumerate(map(Fraction, ys))) for ys in people)).variance == variance


@given(series(least=2), st.randoms(use_true_random=False), st.integers(-99, 99), st.integers(1, 7), st.fractions(-9, 9))
def test_a_trend_follows_shifts_and_turns(
    run: list[Point], chance: Random, shift: int, stretch: int, more: Fraction
) -> None:
    """Order changes nothing; later, slower or higher is the same trend; upside down is the other way round."""
    trend = Trend.of(run)
    shuffled = list(run)
    chance.shuffle(shuffled)
    assert Trend.of(shuffled) == trend
    moved = Trend.of([(shift + stretch * x, y + more) for x, y in run])
    assert trend.slope is not None
    assert (moved.s, moved.chance, moved.direction) == (trend.s, trend.chance, trend.direction)
    assert moved.slope == trend.slope / stretch
    over = Trend.of([(x, -y) for x, y in run])
    turned = {Direction.RISING: Direction.EASING, Direction.EASING: Direction.RISING}
    assert (over.s, over.slope, over.chance) == (-trend.s, -trend.slope, trend.chance)
    assert over.direction is turned.get(trend.direction, trend.direction)


@given(st.integers(LEAST + 2, 30), st.data())
def test_one_odd_day_does_not_turn_a_direction(days: int, data: st.DataObject) -> None:
    """Whatever a single day says, days that rise are told as rising."""
    run = [(day, Fraction(day)) for day in range(days)]
    odd = data.draw(st.integers(0, days - 1))
    run[odd] = (odd, data.draw(st.fractions(-(10**6), 10**6)))
    assert Trend.of(run).direction is Direction.RISING


@given(series(least=1, most=40), st.integers(1, 20))
def test_a_bounded_series_says_the_same_with_fewer_points(run: list[Point], most: int) -> None:
    """There are never more points than asked for, nothing is filled in, and few enough points stay as they are."""
    found = bounded(run, most=most)
    assert len(found) <= most
    assert found == tuple(sorted(run)) or len(run) > most
    width = (max(x for x, _ in run) - min(x for x, _ in run)) // most + 1
    for x, y in found:
        stretch = [z for w, z in run if x <= w < x + (width if len(run) > most else 1)]
        assert y == median(stretch)


@given(series(least=1), st.fractions(Fraction(1, 9), 1, max_denominator=9))
def test_a_level_moves_towards_each_day_and_never_beyond_what_was_said(run: list[Point], weight: Fraction) -> None:
    """Every level lies between the level before it and the day's own number, and a longer gap moves it farther."""
    ordered = sorted(run)
    levels = smoothed(run, weight=weight)
    assert levels[0] == ordered[0][1]
    for before, after, (_, y) in zip(levels, levels[1:], ordered[1:], strict=False):
        assert min(before, y) <= after <= max(before, y)
    late = [*ordered[:-1], (ordered[-1][0] + 3, ordered[-1][1])]
    assert abs(smoothed(late, weight=weight)[-1] - ordered[-1][1]) <= abs(levels[-1] - ordered[-1][1])
    plain = [ordered[0][1]]
    for _, y in ordered[1:]:
        plain.append(weight * y + (1 - weight) * plain[-1])
    assert smoothed([(n, y) for n, (_, y) in enumerate(ordered)], weight=weight) == tuple(plain)


@given(values_of(Norms), st.fractions(-99, 99), st.fractions(-99, 99), st.fractions(1, 9))
def test_a_change_back_is_the_change_turned_round(norms: Norms, one: Fraction, two: Fraction, more: Fraction) -> None:
    """Turning time round turns the sign and nothing else; a larger change is never less reliable."""
    there, back = Change.of(one, two, norms=norms), Change.of(two, one, norms=norms)
    assert back.index == -there.index
    assert back.is_reliable == there.is_reliable
    turned = {Direction.RISING: Direction.EASING, Direction.EASING: Direction.RISING}
    assert back.direction is turned.get(there.direction, there.direction)
    farther = Change.of(one, two + more * sign(two - one), norms=norms)
    assert farther.is_reliable >= there.is_reliable
    assert there.is_reliable == (abs(there.index) > 1.96) or abs(abs(there.index) - 1.96) < 1e-9
