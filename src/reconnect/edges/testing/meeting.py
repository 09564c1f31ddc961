"""Strategies for meetings: hours that nearly meet, in zones whose clocks change in between."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import pendulum
from attrs import frozen
from hypothesis import strategies as st

from reconnect.edges.testing.occurrences import rhythms
from reconnect.edges.testing.temporal import instants, weekly_hours, window_sets, windows, zones
from reconnect.edges.testing.words import phrases
from reconnect.primitives.checkin.rhythm import LATE, Rhythm
from reconnect.primitives.meeting import Detail, Level, MutualTimes, Published, Strain, Strains, Suggestion
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import WEEKDAYS
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import local_time

__all__ = [
    "Planning",
    "details",
    "levels",
    "mutual_results",
    "plannings",
    "published",
    "strain_results",
    "strain_values",
    "strained_plannings",
    "suggestions",
]

PEOPLE: Final = ("ana", "ben", "cy", "dee")
_HALF_HOUR: Final = dt.timedelta(minutes=30)
_DAY: Final = dt.timedelta(days=1)
_WEEK: Final = dt.timedelta(weeks=1)

# Places whose clocks change on different days, by half an hour, never, or are half or a quarter of an hour off;
# beside each a day within a week before one of its changes.
_PLACES: Final = (
    ("America/New_York", "2026-03-02"),
    ("America/New_York", "2026-10-26"),
    ("Europe/Paris", "2026-03-23"),
    ("Europe/Paris", "2026-10-19"),
    ("Australia/Lord_Howe", "2026-03-30"),
    ("Australia/Lord_Howe", "2026-09-28"),
    ("America/St_Johns", "2026-03-03"),
    ("Pacific/Chatham", "2026-09-24"),
    ("Asia/Kolkata", "2026-03-04"),
    ("Asia/Kathmandu", "2026-10-20"),
    ("UTC", "2026-03-05"),
)
_MOVES: Final = st.sampled_from((0, 0, 0, 1, -1, 2, -2))
_ZONES: Final = tuple(dict.fromkeys(zone for zone, _ in _PLACES))


def levels() -> st.SearchStrategy[Level]:
    """Draw how well a time suits."""
    return st.sampled_from(Level)


def details() -> st.SearchStrategy[Detail]:
    """Draw how much reasons may tell."""
    return st.sampled_from(Detail)


@st.composite
def published(draw: st.DrawFn) -> Published:
    """Draw anything that a person may publish: hours or windows for each level, overlapping or none."""
    zone = draw(zones())
    weekly = weekly_hours().map(lambda hours: WeeklyHours(zone, hours.hours))
    hours = weekly | window_sets()
    return Published(
        zone=zone, prefers=draw(hours), fine=draw(hours), only_if_needed=draw(hours), detail=draw(details())
    )


def suggestions() -> st.SearchStrategy[Suggestion]:
    """Draw any suggestion, whether or not anyone could have made it."""
    reasons = st.lists(phrases(), max_size=3).map(tuple)
    return st.builds(Suggestion, rhythm=rhythms(), within=windows(), turns=st.integers(1, 4), reasons=reasons)


def mutual_results() -> st.SearchStrategy[MutualTimes]:
    """Draw any result, none among them."""
    found = st.lists(suggestions(), max_size=2).map(tuple)
    return st.builds(MutualTimes, suggestions=found, phrase=phrases())


def strain_values() -> st.SearchStrategy[Strain]:
    """Draw a check-in that needs a new time."""
    return st.builds(Strain, start=instants(), change=st.none() | instants())


def strain_results() -> st.SearchStrategy[Strains]:
    """Draw what one person hears of strained check-ins."""
    strained = st.lists(strain_values(), max_size=2).map(tuple)
    said = st.lists(phrases(), max_size=2).map(tuple)
    return st.builds(Strains, strained=strained, mend=st.none() | rhythms(), phrases=said)


@frozen(kw_only=True)
class Planning:
    """One question for common times: who published what, and how long, how often, over which weeks.

    Attributes:
        published: what each person published, in circle order.
        within: a few weeks around a clock change.
        length: how long a meeting takes.
        per_week: how many meetings a week.
        predictability: how much change weighs.
        rhythm: a rhythm that is agreed already and lies near the hours of everyone.
    """

    published: Mapping[str, Published]
    within: Window
    length: dt.timedelta
    per_week: int
    predictability: Fraction
    rhythm: Rhythm


@st.composite
def plannings(draw: st.DrawFn, *, people: int = 4, most_weeks: int = 5, blocks: int = 4) -> Planning:
    """Draw a question: hours that are equal, adjacent, half overlapping, empty, or pushed apart by a clock change."""
    home, day = draw(st.sampled_from(_PLACES))
    start = as_instant(pendulum.datetime(2026, int(day[5:7]), int(day[8:]), tz=home))
    start = as_instant(start + draw(st.sampled_from((0, 0, 1, 31, 96, 200))) * _HALF_HOUR)
    weeks = draw(st.integers(1, most_weeks))
    within = Window.of(start, weeks * _WEEK + draw(st.sampled_from((0, 0, 1, 3))) * _DAY)
    others = st.sampled_from((1, 1, 2, people - 1))
    lived = [home, *draw(st.lists(st.sampled_from(_ZONES), min_size=1, max_size=draw(others)))]
    meant = draw(st.lists(st.tuples(st.integers(0, 335), st.integers(1, 5)), min_size=min(2, blocks), max_size=blocks))
    hours = {person: draw(_hours_near(zone, start, meant)) for person, zone in zip(PEOPLE, lived, strict=False)}
    length = draw(st.sampled_from((15, 30, 30, 45, 60))) * dt.timedelta(minutes=1)
    return Planning(
        published=hours,
        within=within,
        length=length,
        per_week=draw(st.sampled_from((1, 1, 1, 2, 3))),
        predictability=draw(st.sampled_from((Fraction(0), Fraction(0), Fraction(1, 4), Fraction(1)))),
        rhythm=draw(_rhythm_near(lived, within, meant, length)),
    )


@st.composite
def strained_plannings(draw: st.DrawFn) -> Planning:
    """Draw a planning with a rhythm that suited everyone when it began, before a clock change of one of them."""
    home, day = draw(st.sampled_from(_PLACES[:-1]))
    start = as_instant(pendulum.datetime(2026, int(day[5:7]), int(day[8:]), tz=home))
    away = draw(st.lists(st.sampled_from([zone for zone in _ZONES if zone != home]), min_size=1, max_size=2))
    lived = draw(st.permutations([home, *away]))
    within = Window.of(start, draw(st.integers(2, 5)) * _WEEK)
    size = draw(st.integers(2, 6))
    meant = [
        (draw(st.integers(0, 335)), size),
        *draw(st.lists(st.tuples(st.integers(0, 335), st.integers(1, 5)), max_size=1)),
    ]
    length = draw(st.sampled_from((1, 1, 1, 2, size))) * _HALF_HOUR
    moves = draw(st.sampled_from((st.just(0), st.just(0), st.sampled_from((0, 1, -1)))))
    hours = {
        person: draw(_hours_near(zone, start, meant, moves=moves)) for person, zone in zip(PEOPLE, lived, strict=False)
    }
    return Planning(
        published=hours,
        within=within,
        length=length,
        per_week=1,
        predictability=Fraction(0),
        rhythm=draw(_rhythm_near(lived, within, meant[:1], length)),
    )


@st.composite
def _hours_near(
    draw: st.DrawFn,
    zone: str,
    start: dt.datetime,
    meant: list[tuple[int, int]],
    *,
    moves: st.SearchStrategy[int] = _MOVES,
) -> Published:
    """Draw hours on the clocks of a zone that mostly lie where the others' do, some of them as windows."""
    spans: dict[Level, dict[str, list[str]]] = {level: {} for level in Level}
    one = levels().map(lambda level: [level])
    some = one if moves is not _MOVES else one | one | st.lists(levels(), max_size=2, unique=True)
    for first, size in meant:
        for level in draw(some):
            moved = draw(moves)
            longer = max(1, size + draw(moves))
            begin = _clock_of(zone, start + (first + moved) * _HALF_HOUR)
            end = begin + longer * _HALF_HOUR
            spans[level].setdefault(WEEKDAYS[begin.weekday()], []).append(f"{begin:%H:%M}-{end:%H:%M}")
    weekly = {level: WeeklyHours(zone, days) for level, days in spans.items()}
    given: dict[Level, WeeklyHours | Windows] = dict(weekly)
    if draw(st.integers(0, 3)) == 3:  # noqa: PLR2004 - one in four
        level = draw(levels())
        given[level] = weekly[level].windows(Window.of(start, 6 * _WEEK))
    return Published(
        zone=zone,
        prefers=given[Level.PREFERS],
        fine=given[Level.FINE],
        only_if_needed=given[Level.ONLY_IF_NEEDED],
        detail=draw(details()),
    )


@st.composite
def _rhythm_near(
    draw: st.DrawFn, lived: list[str], within: Window, meant: list[tuple[int, int]], length: dt.timedelta
) -> Rhythm:
    """Draw a rhythm on the clocks of one or two of the zones, begun up to three weeks before the window."""
    found: set[Recurrence] = set()
    for zone in draw(st.lists(st.sampled_from(lived), min_size=1, max_size=2)):
        first, size = draw(st.sampled_from(meant))
        last = max(0, size - length // _HALF_HOUR)
        moved = draw(st.sampled_from((0, last, last)) | st.integers(0, last) | st.sampled_from((1, -1)))
        at = _clock_of(zone, within.start + (first + moved) * _HALF_HOUR)
        begins = (at - draw(st.integers(0, 3)) * _WEEK).date()
        every = draw(st.sampled_from((1, 1, 2)))
        found.add(Recurrence.weekly(time=f"{at:%H:%M}", zone=zone, starts=begins, every=every))
    return Rhythm.of(*sorted(found, key=repr), length=length, late=max(LATE, length))


def _clock_of(zone: str, moment: dt.datetime) -> dt.datetime:
    """Return what clocks in a zone show, on the quarter hour."""
    local = local_time(moment, zone)
    return local.replace(minute=local.minute // 15 * 15, second=0)
