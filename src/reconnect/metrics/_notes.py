"""Notes are what a reading rests on: the reader's own entries alone, or what everyone shared; nothing else."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Final

import pendulum
from attrs import frozen

from reconnect.metrics.days import answer
from reconnect.metrics.own_day import day_of, days_within
from reconnect.metrics.rating import Rating
from reconnect.metrics.scale import Scale
from reconnect.metrics.trend import Point
from reconnect.people.person import Person
from reconnect.record.entry import Entry
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["Notes", "OfDay", "Tally", "amounts", "by_author", "in_days", "noted", "on_scale", "whose"]


OfDay = tuple[dt.date, Entry]
"""An entry, behind the day that it is about."""

AROUND: Final = dt.timedelta(days=2)  # no clock is as far from UTC


@frozen(kw_only=True)
class Notes:
    """What one person noted: how many entries, and what they amount to over time."""

    n: int
    points: tuple[Point, ...]


@frozen
class Tally:
    """What one person's answers of one day add up to: how many there are, and how many steps above the lowest."""

    day: dt.date
    n: int
    total: int


def by_author(view: View, kind: type, *, shared: bool) -> dict[str, list[Entry]]:
    """Return the entries of a kind by who wrote them: one's own, or everyone's that are shared, in circle order.

    This is the only place where it is decided on what a reading rests. What somebody wrote while they were not
    there, before they joined or after they left, counts for nothing.
    """
    return view.once((by_author, kind, shared), lambda: _by_author(view, kind, shared=shared))


def _by_author(view: View, kind: type, *, shared: bool) -> dict[str, list[Entry]]:
    seen = view.once(View.shared_only, view.shared_only) if shared else view
    people = view.members if shared else (view.reader,)
    found: dict[str, list[Entry]] = {person: [] for person in people}
    for entry in seen.entries(kind=kind):
        if entry.author in found:
            found[entry.author].append(entry)
    return {person: _while_there(view, person, entries) for person, entries in found.items()}


def _while_there(view: View, person: str, entries: list[Entry]) -> list[Entry]:
    stays = [stay for stay in view.membership.stays if stay.person == person]
    if entries and any(stay.until is None and stay.covers(entries[0].at) for stay in stays):
        return entries  # they stand in order: whoever was there for the first and never left was there for all
    return [entry for entry in entries if any(stay.covers(entry.at) for stay in stays)]


def whose(view: View, person: str) -> Person:
    """Return a person with the zones they lived by; who never named one is taken to live by UTC."""
    return view.people.get(person) or Person(id=person, zone="UTC")


def in_days(view: View, within: Window, kind: type, *, shared: bool) -> tuple[tuple[OfDay, ...], ...]:
    """Return what each person noted about the days that begin in a window, in the order in which it was said."""
    return view.once((in_days, kind, within, shared), lambda: _in_days(view, within, kind, shared=shared))


def _in_days(view: View, within: Window, kind: type, *, shared: bool) -> tuple[tuple[OfDay, ...], ...]:
    found: list[tuple[OfDay, ...]] = []
    for person, entries in by_author(view, kind, shared=shared).items():
        who = whose(view, person)
        first, end = days_within(within, who)
        near = ((day_of(entry, who), entry) for entry in _near(entries, first, end))
        found.append(tuple((day, entry) for day, entry in near if first <= day < end))
    return tuple(found)


def _near(entries: list[Entry], first: dt.date, end: dt.date) -> Iterator[Entry]:
    """Go through the entries that may be about one of some days; without a day of their own, their time tells."""
    start, stop = _midnight(first - AROUND), _midnight(end + AROUND)
    for entry in entries:
        said: object = getattr(entry.body, "day", None)
        if first <= said < end if isinstance(said, dt.date) else start <= entry.at < stop:
            yield entry


def _midnight(day: dt.date) -> pendulum.DateTime:
    return pendulum.datetime(day.year, day.month, day.day)


def noted(view: View, within: Window, kind: type, scale: Scale, *, shared: bool) -> tuple[tuple[Tally, ...], ...]:
    """Return what each person's days on a scale add up to, in order, for the days that begin in a window."""
    return tuple(tuple(_tallies(told, scale)) for told in in_days(view, within, kind, shared=shared))


def _tallies(told: Iterable[OfDay], scale: Scale) -> Iterator[Tally]:
    """Add up the answers of each day, each entry once; of two answers under one id the lower stands (see `Bucket`)."""
    marks: dict[dt.date, dict[str, int]] = {}
    for day, entry in told:
        steps = answer(entry.body, scale)
        if steps is not None:
            of_day = marks.setdefault(day, {})
            of_day[entry.id] = min(steps, of_day.get(entry.id, steps))
    for day in sorted(marks):
        yield Tally(day=day, n=len(marks[day]), total=sum(marks[day].values()))


def amounts(people: Iterable[tuple[Tally, ...]], amount: Callable[[Tally], Fraction]) -> tuple[Notes, ...]:
    """Return what each person's days amount to."""
    return tuple(
        Notes(
            n=sum(tally.n for tally in days),
            points=tuple((tally.day.toordinal(), amount(tally)) for tally in days),
        )
        for days in people
    )


def on_scale(view: View, within: Window, scale: Scale, *, shared: bool) -> tuple[Notes, ...]:
    """Return what each person's days amount to on a scale: each day once, as the mean of its answers."""
    people = noted(view, within, Rating, scale, shared=shared)
    return amounts(people, lambda tally: scale.value(Fraction(tally.total, tally.n)))
