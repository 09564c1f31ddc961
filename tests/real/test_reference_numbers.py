"""Figures that somebody else computed, reproduced to the digits that they print."""

import json
import math
from fractions import Fraction
from pathlib import Path
from statistics import mean, stdev
from typing import Any, Final

import pytest

from reconnect.metrics import Norms, Trend, UsualLevel
from reconnect.metrics.level import smoothed
from reconnect.metrics.trend import Point, resemblance

NUMBERS: Final = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "reference_numbers" / "reference_numbers.json"
)

pytestmark = pytest.mark.skipif(
    not NUMBERS.is_file(), reason="the figures that others computed are not beside this repository (../shared/data)"
)


def record(name: str) -> dict[str, Any]:
    """Return one record by its id."""
    found: dict[str, Any] = next(each for each in json.loads(NUMBERS.read_text("utf-8")) if each["id"] == name)
    return found


def points(name: str) -> list[Point]:
    """Return the input of a record, as written; what is missing there is missing here."""
    return [(n, Fraction(str(value))) for n, value in enumerate(record(name)["input"]) if value is not None]


def digits(number: float, like: float) -> float:
    """Return a number with as many decimals as another one prints."""
    printed = repr(like)
    return round(number, len(printed.partition(".")[2]) if "e" not in printed else 15)


def test_the_trend_is_that_of_pymannkendall() -> None:
    """S, its variance with ties, z, p, tau, and Sen's slope and intercept, over seven missing values."""
    expected = record("pymannkendall_arbitrary_1d")["expected"]
    trend = Trend.of(points("pymannkendall_arbitrary_1d"))
    assert trend.s == expected["S"]
    assert float(trend.variance) == expected["var_s"]
    assert trend.tau is not None
    assert trend.slope is not None
    assert trend.intercept is not None
    assert float(trend.tau) == expected["tau"]
    assert float(trend.slope) == expected["sen_slope"]
    assert float(trend.intercept) == expected["sen_intercept"]
    assert trend.z == pytest.approx(expected["z"], rel=1e-15)
    assert trend.chance == pytest.approx(expected["p"], rel=1e-12)
    assert trend.direction.value == "steady"


@pytest.mark.parametrize("name", ["nist_strd_lew", "nist_strd_michelson"])
def test_mean_deviation_and_resemblance_are_those_of_nist(name: str) -> None:
    """The certified values, to all their digits: mean, standard deviation, and autocorrelation at lag 1."""
    expected, run = record(name)["expected"], points(name)
    values = [value for _, value in run]
    assert float(mean(values)) == expected["mean"]
    assert digits(float(stdev(values)), expected["sd_ddof1"]) == expected["sd_ddof1"]
    assert digits(resemblance(run), expected["lag1"]) == expected["lag1"]


def test_the_level_and_its_limits_are_those_of_nist() -> None:
    """The exponentially weighted averages of the handbook to two decimals, and the limits to four."""
    found = record("nist_handbook_6.3.2.4_ewma")
    params, expected = found["params"], found["expected"]
    weight, start, sigma = (Fraction(str(params[name])) for name in ("lam", "z0", "sigma"))
    run = points("nist_handbook_6.3.2.4_ewma")
    levels = [start, *smoothed(run, weight=weight, start=start)]
    assert [round(float(level), 2) for level in levels] == expected["ewma_2dp_from_0"]
    baseline = UsualLevel.of(run, weight=weight, start=start, deviation=sigma)
    limits = [math.floor(limit * 10**4) / 10**4 for limit in (baseline.high, baseline.low)]  # the page cuts them
    assert limits == [expected["ucl_steady"], expected["lcl_steady"]]
    assert baseline.value == float(levels[-1])
    assert baseline.is_usual


def test_the_error_of_a_difference_is_that_of_a_published_table() -> None:
    """The standard error of a difference by Jacobson and Truax, from somebody's published norms."""
    found = record("rci_jt_claus2020_bdi")
    deviation, error = found["recomputed"][2], found["recomputed"][4]
    assert round(deviation, 2) == found["expected"]["sd_clinical"]
    norms = Norms(
        scale="bdi",
        deviation=Fraction(deviation),
        reliability=Fraction(str(found["params"]["reliability"])),
        citation="Claus et al. 2020",
    )
    assert norms.error_of_difference == pytest.approx(error, rel=1e-14)
    assert math.isclose(norms.error_of_difference**2, float(norms.variance_of_difference))
