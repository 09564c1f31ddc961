"""Trends, levels and changes by example: small cases worked out by hand, and what is refused."""

from fractions import Fraction
from itertools import pairwise

import pytest

from reconnect.errors import InvalidReading, InvalidScale
from reconnect.language.phrasebook import render
from reconnect.metrics import Change, Direction, Norms, Reading, Trend, UsualLevel
from reconnect.metrics._orders import by_counting, by_normal
from reconnect.metrics.level import smoothed
from reconnect.metrics.trend import EXACT, MOST, bounded, resemblance
from reconnect.phrase import Phrase


def run(*numbers: int | None) -> list[tuple[int, Fraction]]:
    """Return a number for each day, and none where there is none."""
    return [(day, Fraction(number)) for day, number in enumerate(numbers) if number is not None]


def test_nothing_has_no_trend() -> None:
    """No point, one point, or as many series without any: no slope, and chance explains everything."""
    for series in ([], [run()], [run(3)], [run(), run()]):
        trend = Trend.of(*series)
        assert (trend.s, trend.slope, trend.intercept, trend.tau, trend.chance, trend.z) == (0, None, None, None, 1, 0)
        assert trend.direction is Direction.TOO_EARLY
    flat = Trend.of(run(*[3] * 12))
    assert [flat.slope, flat.chance, flat.direction] == [0, 1, Direction.STEADY]
    many = Trend.of(run(*[3] * (EXACT + 1)))
    assert (many.chance, many.direction) == (1, Direction.STEADY)


def test_two_points_of_one_day_are_refused() -> None:
    """A day has one number."""
    with pytest.raises(InvalidReading, match="one point for each time, got two of one time"):
        Trend.of([(1, Fraction(2)), (1, Fraction(3))])


def test_gaps_lie_where_they_lie() -> None:
    """Ten days apart is not one day apart: the slope knows, the count of pairs need not."""
    near, far = Trend.of(run(1, 2, 3)), Trend.of([(0, Fraction(1)), (10, Fraction(2)), (20, Fraction(3))])
    assert [near.s, near.slope, far.s, far.slope] == [3, 1, 3, Fraction(1, 10)]


def test_the_chance_of_six_days_in_a_row_up() -> None:
    """Of 720 orders of six numbers, two go all the way: up, and down."""
    assert by_counting(15, [[1] * 6]) == Fraction(2, 720)
    assert Trend.of(run(1, 2, 3, 4, 5, 6)).chance == pytest.approx(1 / 360)


def test_counting_and_the_normal_curve_agree_where_they_meet() -> None:
    """With as many days as are counted out, the curve says nearly the same."""
    trend = Trend.of(run(*[(n * 7) % 11 + n // 3 for n in range(EXACT)]))
    assert trend.chance == pytest.approx(by_normal(trend.s, trend.variance), abs=0.005)


def test_the_normal_curve_is_corrected_for_continuity() -> None:
    """S of ten numbers varies by 125; an S of 21 lies 20 away from the nearest that says nothing."""
    assert Trend.of(run(*range(10))).variance == 125
    assert by_normal(21, Fraction(125)) == by_normal(-21, Fraction(125)) == pytest.approx(0.0736383, abs=1e-7)
    assert by_normal(0, Fraction(125)) == by_normal(3, Fraction(0)) == 1


def test_days_that_resemble_their_neighbours_tell_less_of_a_direction() -> None:
    """Two plateaus are one change at most; the same numbers taken in turns around a slope are a direction."""
    plateaus = Trend.of(run(*[2] * 8, *[3] * 8))
    steady = Trend.of(run(*[Fraction(n, 8) + (n % 2) for n in range(16)]))  # type: ignore[arg-type]  # fractions are fine
    assert plateaus.chance < 0.01
    assert plateaus.resemblance > 0.5
    assert (plateaus.direction, steady.direction) == (Direction.STEADY, Direction.RISING)


def test_neighbours_are_as_near_as_any_two_points() -> None:
    """Weeks resemble weeks, and nothing is compared across a longer gap."""
    weeks = [(7 * n, y) for n, y in run(0, 1, 0, 1)]
    assert resemblance(weeks) == resemblance(run(0, 1, 0, 1)) == -0.75
    assert resemblance([*run(0, 1), *((x + 9, y) for x, y in run(0, 1))]) == -0.5
    assert resemblance() == resemblance([]) == resemblance(run(3, 3, 3)) == 0


def test_ten_years_are_told_with_sixty_points() -> None:
    """And a stretch without a day stays without one."""
    days = [(day, Fraction(day % 5)) for day in range(3650) if not 1000 < day < 2000]
    found = bounded(days)
    assert len(found) < MOST
    apart = [later - earlier for (earlier, _), (later, _) in pairwise(found)]
    assert min(apart) == 61  # the width of a stretch
    assert sum(days > 61 for days in apart) == 1  # the gap stays one gap
    assert bounded([]) == ()


def test_a_level_needs_a_weight_and_limits_need_two_points() -> None:
    """Without a point there is no level, and one alone has no spread."""
    assert smoothed([]) == ()
    for weight in (Fraction(0), Fraction(-1), Fraction(3, 2)):
        with pytest.raises(InvalidReading, match="a weight above 0 and at most 1"):
            smoothed(run(1, 2), weight=weight)
    with pytest.raises(InvalidReading, match="two or more points, got 1"):
        UsualLevel.of(run(3))
    with pytest.raises(InvalidReading, match="a lower limit that is not above the upper one"):
        UsualLevel(value=1.0, low=2.0, high=1.0)
    assert smoothed(run(5, 1), weight=Fraction(1)) == (Fraction(5), Fraction(1))
    late = smoothed(run(4, None, None, 2), weight=Fraction(1, 2))
    assert late == (Fraction(4), Fraction(9, 4))  # three days count three times


def test_a_week_unlike_the_others_lies_outside_its_limits() -> None:
    """It says that these days differ from that person's others, and no more."""
    usual, unlike = [3, 4] * 20, [3, 4] * 20 + [1] * 6
    assert UsualLevel.of(run(*usual)).is_usual
    assert not UsualLevel.of(run(*unlike)).is_usual


def test_norms_are_those_that_somebody_published() -> None:
    """Without a citation, or with numbers that nobody could have measured, there are none."""
    good = {"scale": "ours", "deviation": 8, "reliability": Fraction(9, 10), "citation": "Somebody 2020"}
    for name, wrong in (("citation", " "), ("deviation", 0), ("reliability", 1), ("reliability", -1)):
        with pytest.raises(InvalidReading):
            Norms(**{**good, name: wrong})  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidReading, match="the citation of the norms, got none"):
        Norms(**{**good, "citation": None})  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidScale, match="a whole number or a fraction, got a float"):
        Norms(**{**good, "reliability": 0.9})  # type: ignore[arg-type]  # wrong on purpose


def test_a_change_is_told_with_where_the_norms_come_from_and_without_why() -> None:
    """Up, down, or too small for this instrument to tell; the limit itself is too small."""
    norms = Norms(scale="ours", deviation=20, reliability=Fraction(7, 8), citation="Somebody 2020")
    assert norms.error_of_difference == 10
    up, down, same = (Change.of(50, after, norms=norms) for after in (70, 30, 55))
    assert [change.direction for change in (up, down, same)] == [Direction.RISING, Direction.EASING, Direction.STEADY]
    assert not Change.of(0, Fraction("19.6"), norms=norms).is_reliable
    assert Change.of(0, Fraction("19.60001"), norms=norms).is_reliable
    told = [render(change.phrase) for change in (up, down, same)]
    assert told[0].startswith("The number went up by more than this instrument varies by itself")
    assert told[1].startswith("The number went down by more than this instrument varies by itself")
    assert told[2].endswith("That is not to say that nothing changed.")
    assert all("Somebody 2020" in words for words in told)
    assert (up.index, down.index) == (2, -2)


def test_a_reading_of_nothing_says_nothing() -> None:
    """Without a value there is no spread or direction, pairs are the right way up, and an interval holds the value."""
    phrase = Phrase.of("reading.too_early", title=Phrase.of("scale.mood"))
    one, two = Fraction(1), Fraction(2)
    for wrong in (
        {"n": -1},
        {"spread": (one, two)},
        {"direction": Direction.STEADY},
        {"value": one, "spread": (two, one)},
        {"value": one, "interval": (two, one)},
        {"interval": (two, one)},
        {"interval": (one, two)},
        {"value": one, "interval": (two, None)},
        {"value": two, "interval": (one, one)},
    ):
        with pytest.raises(InvalidReading):
            Reading(phrase=phrase, **wrong)
    assert Reading(phrase=phrase, value=one, spread=(one, one), interval=(one, one)).n == 0
    assert Reading(phrase=phrase, interval=(two, None)).value is None  # no hard moments: at least so many for each
