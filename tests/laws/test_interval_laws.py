"""What is always true of intervals: what they hold, when they narrow, and that others compute the same."""

from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconnect.metrics._interval import FINE, Z2, Z, holds, of_count, of_odds, of_share

STEP: Final = Fraction(1, FINE)
MANY: Final = 10**6
stats = pytest.importorskip("scipy.stats", reason="the extra `bench` is not installed")


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    """Draw how many were kept, and out of how many: few, many, none and all of them."""
    n = draw(st.integers(1, 12) | st.integers(1, MANY))
    return draw(st.sampled_from([0, n]) | st.integers(0, n)), n


@given(counts())
def test_the_interval_of_a_share_is_all_that_the_score_test_leaves(counted: tuple[int, int]) -> None:
    """Its ends lie outside or on the edge of what fits what was counted, and a millionth further in it fits."""
    kept, n = counted
    low, high = of_share(kept, n)

    def off(p: Fraction) -> Fraction:
        return (kept - n * p) ** 2 - Z2 * n * p * (1 - p)

    assert 0 <= low <= Fraction(kept, n) <= high <= 1
    assert off(low) >= 0 <= off(high)
    assert off(low + STEP) <= 0 >= off(high - STEP)


@given(counts())
def test_kept_and_not_kept_mirror_each_other(counted: tuple[int, int]) -> None:
    """Whoever counts what did not take place finds the same interval from the other end."""
    kept, n = counted
    low, high = of_share(kept, n)
    assert of_share(n - kept, n) == (1 - high, 1 - low)


@given(counts(), st.integers(2, 9))
def test_more_occasions_of_the_same_share_narrow_the_interval(counted: tuple[int, int], times: int) -> None:
    """What is known from more lies within what was known from less."""
    kept, n = counted
    (low, high), (lower, higher) = of_share(times * kept, times * n), of_share(kept, n)
    assert lower <= low <= high <= higher
    if n < MANY // 100:
        assert high - low < higher - lower


@given(counts())
def test_scipy_finds_the_same_interval_of_a_share(counted: tuple[int, int]) -> None:
    """Wilson's interval as SciPy computes it, at the confidence of 1.96 standard errors."""
    confidence = 2 * stats.norm.cdf(float(Z)) - 1
    theirs = stats.binomtest(*counted).proportion_ci(confidence_level=confidence, method="wilson")
    assert list(map(float, of_share(*counted))) == pytest.approx([theirs.low, theirs.high], abs=2e-6)


@given(st.integers(0, MANY))
def test_the_interval_of_a_count_is_all_that_the_score_test_leaves(n: int) -> None:
    """Its ends lie outside or on the edge of what fits what was counted, and a millionth further in it fits."""
    low, high = of_count(n)

    def off(m: Fraction) -> Fraction:
        return (n - m) ** 2 - Z2 * m

    assert 0 <= low <= n <= high
    assert off(low) >= 0 <= off(high)
    assert off(low + STEP) <= 0 >= off(high - STEP)


@given(st.integers(0, MANY), st.integers(0, MANY))
def test_two_stretches_together_tell_no_less_than_apart(one: int, other: int) -> None:
    """The interval of both counts together lies within the sum of their intervals; both rise with the count."""
    (low, high), (lower, higher), (lowest, highest) = of_count(one + other), of_count(one), of_count(other)
    assert lower + lowest <= low + STEP
    assert high <= higher + highest
    assert (lower, higher) <= (low, high)


@given(st.integers(0, MANY), st.integers(1, MANY))
def test_the_interval_of_odds_is_that_of_the_share(positive: int, difficult: int) -> None:
    """A number of good ones for each hard one fits if, and only if, its share does; so turning it round inverts it."""
    n = positive + difficult
    low, high = of_odds(positive, difficult) or (Fraction(-1), None)
    assert high is not None
    assert low <= Fraction(positive, difficult) <= high

    def off(odds: Fraction) -> Fraction:
        share = odds / (1 + odds)
        return (positive - n * share) ** 2 - Z2 * n * share * (1 - share)

    assert off(low) >= 0 <= off(high)
    assert off(low + STEP) <= 0 >= off(high - STEP)
    lowest, _ = of_odds(difficult, positive) or (Fraction(-1), None)
    assert lowest <= 1 / (high - STEP)
    assert 1 / high < lowest + STEP


@given(st.integers(1, MANY))
def test_without_hard_ones_the_odds_have_no_upper_end(positive: int) -> None:
    """None at all is not infinity: from the lower end of the share on, anything fits."""
    low, high = of_odds(positive, 0) or (Fraction(-1), Fraction(0))
    assert high is None
    share, all_ = of_share(positive, positive)
    assert all_ == 1
    assert low <= positive / Z2 < low + STEP
    assert share <= low / (1 + low) + STEP
    assert holds((low, high), low + MANY)
    assert not holds((low, high), low - STEP)


@pytest.mark.parametrize("n", [5, 10, 20, 50, 100])
def test_it_holds_the_share_about_as_often_as_it_says(n: int) -> None:
    """Over all shares from 1 to 99 in 100, exactly: 95 in 100 on the whole, and never far below."""
    ends = [tuple(map(float, of_share(kept, n))) for kept in range(n + 1)]
    covered = [
        sum(stats.binom.pmf(kept, n, p) for kept, (low, high) in enumerate(ends) if low <= p <= high)
        for p in (place / 100 for place in range(1, 100))
    ]
    assert abs(sum(covered) / len(covered) - 0.95) < 0.01
    assert min(covered) > 0.83  # Brown, Cai and DasGupta 2001: near the ends it can be as low as that


def test_it_holds_the_pace_about_as_often_as_it_says() -> None:
    """Over paces from 3 to 60, exactly: 95 in 100 on the whole, and never far below."""
    ends = [tuple(map(float, of_count(n))) for n in range(200)]
    covered = [
        sum(stats.poisson.pmf(n, m) for n, (low, high) in enumerate(ends) if low <= m <= high)
        for m in (place / 4 for place in range(12, 240))
    ]
    assert abs(sum(covered) / len(covered) - 0.95) < 0.01
    assert min(covered) > 0.92


def test_few_occasions_leave_much_open() -> None:
    """Five of five is no certainty, and none of five no impossibility."""
    assert [round(float(end), 4) for end in (*of_share(5, 5), *of_share(0, 5))] == [0.5655, 1, 0, 0.4345]
    assert [round(float(end), 3) for end in (*of_count(0), *of_count(9))] == [0, 3.842, 4.735, 17.107]
    assert of_odds(0, 0) is None
