"""Notes are what a reading rests on: the reader's own entries alone, or what everyone shared; nothing else."""

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Final

from attrs import frozen

from reconnect.metrics.bucket import Bucket
from reconnect.metrics.days import Days
from reconnect.metrics.own_day import day_of, days_within
from reconnect.metrics.rating import Rating
from reconnect.metrics.scale import Scale
from reconnect.metrics.trend import Point
from reconnect.people.person import Person
from reconnect.record.entry import Entry
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["Notes", "OfDay", "amounts", "by_author", "in_days", "noted", "on_scale", "whose"]


OfDay = tuple[dt.date, Entry]
"""An entry, behind the day that it is about."""

AROUND: Final = dt.timedelta(days=2)  # no clock is as far from UTC


@frozen(kw_only=True)
class Notes:
    """What one person noted: how many entries, and what they amount to over time."""

    n: int
    points: tuple[Point, ...]


def by_author(view: View, kind: type, *, shared: bool) -> dict[str, list[Entry]]:
    """Return the entries of a kind by who wrote them: one's own, or everyone's that are shared, in circle order.

    This is the only place where it is decided on what a reading rests. What somebody wrote while they were not
    there, before they joined or after they left, counts for nothing.
    """
    return view.once((by_author, kind, shared), lambda: _by_author(view, kind, shared=shared))


def _by_author(view: View, kind: type, *, shared: bool) -> dict[str, list[Entry]]:
    seen = view.shared_only() if shared else view
    people = view.members if shared else (view.reader,)
    found: dict[str, list[Entry]] = {person: [] for person in people}
    for entry in seen.entries(kind=kind):
        if entry.author in found and _was_there(view, entry):
            found[entry.author].append(entry)
    return found


def _was_there(view: View, entry: Entry) -> bool:
    return any(stay.person == entry.author and stay.covers(entry.at) for stay in view.membership.stays)


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
        near = ((day_of(entry, who), entry) for entry in entries if _may_fall(entry, first, end))
        found.append(tuple((day, entry) for day, entry in near if first <= day < end))
    return tuple(found)


def noted(view: View, within: Window, kind: type, scale: Scale, *, shared: bool) -> tuple[tuple[Bucket, ...], ...]:
    """Return the buckets of each person's days on a scale that begin in a window."""
    found: list[tuple[Bucket, ...]] = []
    for person, entries in by_author(view, kind, shared=shared).items():
        who = whose(view, person)
        first, end = days_within(within, who)
        near = (entry for entry in entries if _may_fall(entry, first, end))
        found.append(Days.of(near, whose=who, scale=scale).between(first, end))
    return tuple(found)


def _may_fall(entry: Entry, first: dt.date, end: dt.date) -> bool:
    """Tell without looking at a clock whether an entry may be about one of some days; their edges are taken wide."""
    said: object = getattr(entry.body, "day", None)
    day = said if isinstance(said, dt.date) else entry.at.date()
    return first - AROUND <= day < end + AROUND


def amounts(people: Iterable[tuple[Bucket, ...]], amount: Callable[[Bucket], Fraction]) -> tuple[Notes, ...]:
    """Return what each person's days amount to."""
    return tuple(
        Notes(
            n=sum(bucket.n for bucket in buckets),
            points=tuple((bucket.day.toordinal(), amount(bucket)) for bucket in buckets),
        )
        for buckets in people
    )


def on_scale(view: View, within: Window, scale: Scale, *, shared: bool) -> tuple[Notes, ...]:
    """Return what each person's days amount to on a scale: each day once, as the mean of its answers."""
    people = noted(view, within, Rating, scale, shared=shared)
    return amounts(people, lambda bucket: scale.value(bucket.mean))
