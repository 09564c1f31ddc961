"""Strategies for gentle metrics: scales and answers on them, days in any order, readings, trends and changes."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from reconnect.edges.testing.temporal import instants
from reconnect.edges.testing.words import ids, phrases, texts, wholes
from reconnect.metrics import (
    Bucket,
    Change,
    Days,
    Direction,
    Feelings,
    Laughed,
    Moments,
    Norms,
    Rating,
    Reading,
    Scale,
    Signal,
    Trend,
    UsualLevel,
    Win,
)
from reconnect.metrics._calendar import shelved
from reconnect.metrics._interval import Interval
from reconnect.metrics.own_day import FIRST, LAST
from reconnect.metrics.rating import FARTHEST, FINEST, MOST_MOMENTS
from reconnect.metrics.scale import CONSTRUCTIVE, CONVERSATION, DIFFICULT, MOOD, MOST_STEPS, OPENNESS, POSITIVE
from reconnect.metrics.signal import SignalUnwanted, SignalWanted
from reconnect.record.kind import Body

__all__ = ["buckets", "days_of", "metric_bodies", "metric_strategies", "own_days", "scales"]


def own_days() -> st.SearchStrategy[dt.date]:
    """Draw a day: one of a few around the end of a month and of a year, or any."""
    few = st.sampled_from([dt.date(2026, 12, 30) + dt.timedelta(days=n) for n in range(5)])
    return few | st.dates(FIRST, LAST) | st.sampled_from([FIRST, LAST])


def scales() -> st.SearchStrategy[Scale]:
    """Draw one of the library's own scales, or any other."""
    return st.sampled_from([MOOD, OPENNESS, CONVERSATION, CONSTRUCTIVE, POSITIVE, DIFFICULT]) | _scales()


@st.composite
def _scales(draw: st.DrawFn) -> Scale:
    lowest, step = draw(_fractions()), draw(st.sampled_from([Fraction(1), Fraction(1, 10**9)]) | _positive())
    steps = draw(st.integers(1, 12) | st.integers(1, MOST_STEPS))
    return Scale(
        name=draw(ids()),
        title=draw(phrases()),
        asks=draw(phrases()),
        labels=tuple(draw(st.lists(phrases(), min_size=2, max_size=5))),
        lowest=lowest,
        highest=lowest + steps * step,
        step=step,
    )


def _fractions() -> st.SearchStrategy[Fraction]:
    return st.fractions(-FARTHEST, FARTHEST, max_denominator=FINEST) | st.integers(-5, 5).map(Fraction)


def _positive() -> st.SearchStrategy[Fraction]:
    return st.fractions(0, 100, max_denominator=1000).filter(lambda number: number > 0)


@st.composite
def buckets(draw: st.DrawFn, day: dt.date | None = None) -> Bucket:
    """Draw the bucket of a day, with few ids, so that some meet again."""
    names = st.sampled_from(["e1", "e2", "e3", "e4"]) | ids()
    marks = draw(st.lists(st.tuples(names, st.integers(0, 5) | st.integers(0, MOST_STEPS)), min_size=1, max_size=5))
    return Bucket(day=draw(own_days()) if day is None else day, marks=tuple(marks))


@st.composite
def days_of(draw: st.DrawFn, *, person: str | None = None, scale: Scale | None = None) -> Days:
    """Draw someone's days."""
    dates = draw(st.lists(own_days(), max_size=8, unique=True))
    return Days(
        person=draw(ids()) if person is None else person,
        scale=draw(scales()) if scale is None else scale,
        years=shelved(draw(buckets(day)) for day in dates),
    )


@st.composite
def _readings(draw: st.DrawFn) -> Reading:
    value = draw(st.none() | _fractions())
    spread = st.tuples(_fractions(), _fractions()).map(lambda pair: (min(pair), max(pair)))
    return Reading(
        value=value,
        n=draw(st.integers(0, 10**6)),
        spread=None if value is None else draw(st.none() | spread),
        interval=draw(st.none() | _intervals(value)),
        direction=Direction.TOO_EARLY if value is None else draw(st.sampled_from(Direction)),
        phrase=draw(phrases()),
    )


@st.composite
def _intervals(draw: st.DrawFn, value: Fraction | None) -> Interval:
    """Draw an interval that holds a value; of no value, one that goes up without end."""
    low, high = sorted((draw(_fractions()), draw(_fractions())))
    if value is None:
        return low, None
    return min(low, value), draw(st.none() | st.just(max(high, value)))


@st.composite
def _baselines(draw: st.DrawFn) -> UsualLevel:
    numbers = st.floats(-1e9, 1e9)
    low, high = sorted((draw(numbers), draw(numbers)))
    return UsualLevel(value=draw(numbers), low=low, high=high)


def _norms() -> st.SearchStrategy[Norms]:
    return st.builds(
        Norms,
        scale=ids(),
        deviation=_positive(),
        reliability=st.fractions(0, Fraction(999, 1000), max_denominator=1000),
        citation=texts().filter(str.strip),
    )


def _trends() -> st.SearchStrategy[Trend]:
    chance = st.floats(0, 1)
    return st.builds(
        Trend,
        n=st.integers(0, 10**6),
        s=wholes(),
        variance=_positive(),
        pairs=st.integers(0, 10**6),
        slope=st.none() | _fractions(),
        intercept=st.none() | _fractions(),
        chance=chance,
        resemblance=st.floats(-1, 1),
    )


def metric_bodies() -> dict[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body of this floor."""
    when = {"day": st.none() | own_days(), "device_at": st.none() | instants()}
    counts = st.integers(0, MOST_MOMENTS)
    return {
        Rating: st.builds(Rating, scale=st.just("mood") | ids(), value=st.integers(0, 6) | _fractions(), **when),
        Moments: st.builds(Moments, positive=counts, difficult=counts, **when),
        **{cls: st.builds(cls) for cls in (SignalWanted, SignalUnwanted)},
        Laughed: st.builds(Laughed, words=texts()),
        Feelings: st.builds(Feelings, words=st.frozensets(texts(), max_size=3), **when),
    }


def metric_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value of this floor."""
    few = st.lists(phrases(), max_size=2).map(tuple)
    return {
        Scale: scales(),
        Bucket: buckets(),
        Days: days_of(),
        Reading: _readings(),
        UsualLevel: _baselines(),
        Norms: _norms(),
        Change: st.builds(Change, before=_fractions(), after=_fractions(), norms=_norms()),
        Trend: _trends(),
        Signal: st.builds(Signal, says=phrases(), causes=few, needs=few, steps=few, step_back=phrases()),
        Win: st.builds(Win, about=st.none() | ids(), phrase=phrases()),
    }
