"""Outlooks of journals that grow: the same last weeks, with ten times the past before them."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache, partial
from itertools import pairwise
from statistics import median
from typing import Final

import pendulum
from attrs import evolve

from bench.measure import timer
from bench.pair import Pair
from reconnect import (
    MOOD,
    OPENNESS,
    Circle,
    Days,
    Entry,
    MemoryJournal,
    Note,
    Outlook,
    Person,
    Private,
    Proposal,
    Rating,
    Recurrence,
    Rhythm,
    Shared,
    View,
    as_instant,
    outlook,
)
from reconnect.metrics.own_day import days_within
from reconnect.practice.going import READ, readings
from reconnect.practice.own_days import last_days
from reconnect.primitives.checkin.acts import Held, Scheduled
from reconnect.primitives.checkin.occurrence import OccurrenceKey
from reconnect.primitives.commitment.acts import Promise, PromiseAgreed, PromiseKept
from reconnect.primitives.recovery.acts import Called, Returned
from reconnect.record.entry import Audience
from reconnect.record.kind import Body
from reconnect.record.view import look

NOW: Final = pendulum.datetime(2026, 1, 5, 12)
SIZES: Final = (100, 1_000, 10_000)
LARGEST: Final = 100_000  # asked for by hand (`python -m bench.outlook`): only to make it takes a minute
ZONE: Final = "Europe/Paris"
US: Final = Circle(id="c1", members=(Person(id="ana", zone=ZONE), Person(id="ben", zone="America/New_York")))
PEOPLE: Final = ("ana", "ben")
_DAY: Final = dt.timedelta(days=1)
_HOUR: Final = dt.timedelta(hours=1)
_REVIEW: Final = 90  # days after which a rhythm is agreed anew


def day(number: int) -> Iterator[Entry]:
    """Go through what two people write on one day, so many days ago: a dozen entries or a few more."""
    morning, evening = NOW - number * _DAY - 4 * _HOUR, NOW - number * _DAY - 16 * _HOUR
    for by in PEOPLE:
        for scale in (MOOD, OPENNESS):
            yield _said(f"{scale.name}{number}", by, morning, Rating.of(scale, 1 + number % 5))
        yield _said(f"note{number}", by, morning, Note(text="a note"))
        yield _said(f"shared{number}", by, morning, Note(text="for all of us"), heard=Shared())
    local = dt.datetime.combine(evening.date(), dt.time(20))
    key = OccurrenceKey(schedule="s1", original_start=local, zone=ZONE)
    yield _said(f"held{number}", "ben", evening, Held(key=key), heard=Shared(), about="s1")
    walk = Promise(what="a walk", to=["ana"], due=as_instant(evening))
    for by, at, body in (("ben", -_DAY, walk), ("ana", -_DAY, PromiseAgreed()), ("ben", 12 * _HOUR, PromiseKept())):
        yield _said(f"{body.kind}{number}", by, evening + at, body, heard=Shared(), about=f"k{number}")
    for hours, pause in ((9, Called()), (8, Returned())) if number % 10 == 0 else ():
        yield _said(f"{pause.kind}{number}", "ana", evening - hours * _HOUR, pause, heard=Shared(), about=f"t{number}")


def agreed(days: int) -> Iterator[Entry]:
    """Go through a rhythm that is agreed anew every ninety days."""
    rhythm = Rhythm.of(Recurrence.daily(time="20:00", zone=ZONE, starts=(NOW - (days + _REVIEW) * _DAY).date()))
    for place, ago in enumerate(range(days // _REVIEW * _REVIEW, -1, -_REVIEW)):
        at = NOW - (ago + 5) * _DAY
        p = Proposal.of(rhythm, id=f"p{place}", circle=US, by="ana", at=at, about="s1")
        yield from p.accept(by="ben", offer=p.offer.id, at=at).acts
        if not place:
            yield _said("begun", "ben", at, Scheduled(proposal="p0"), heard=Shared(), about="s1")


def _said(
    name: str, by: str, at: dt.datetime, body: Body, *, heard: Audience | None = None, about: str | None = None
) -> Entry:
    moment, audience = as_instant(at), Private() if heard is None else heard
    return Entry(circle="c1", author=by, id=name, at=moment, body=body, audience=audience, about=about)


@lru_cache
def grown(size: int) -> tuple[Entry, ...]:
    """Return about so many entries of two people, the newest of them from today."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=pendulum.datetime(1971, 1, 1))
    found = list(journal.everything())
    number = 0
    while len(found) < size:
        found += day(number)
        number += 1
    return (*found, *agreed(number))


@lru_cache
def seen(size: int) -> View:
    """Return ana's view of a journal of about so many entries."""
    return look(grown(size), reader="ana", circle="c1", at=NOW)


def told(size: int) -> Outlook:
    """Put an outlook together from a view that remembers nothing yet."""
    return outlook(evolve(seen(size)))


def now_and_next(found: Outlook) -> tuple[object, ...]:
    """Return what does not depend on how long the past is: readings of two days and of ten years may differ."""
    return (found.open, found.next, found.turn, found.promised.kept, found.suggestion)


def growth(size: int, before: int) -> Pair:
    """The outlook after so many entries, beside the one after a tenth of them."""
    return Pair(
        question=f"`outlook`, {size:,} entries",
        beside=f"itself after {before:,}",
        aim=None,
        ours=lambda: now_and_next(told(size)),
        theirs=lambda: now_and_next(told(before)),
    )


def viewed(size: int) -> Pair:
    """The outlook, beside making the view that it rests on."""
    entries = grown(size)
    return Pair(
        question=f"`outlook`, {size:,} entries, from a view",
        beside="making the view from the entries",
        aim=None,
        ours=lambda: told(size).at,
        theirs=lambda: look(entries, reader="ana", circle="c1", at=NOW),
        told=lambda view: view.at,
    )


def read(size: int) -> list[tuple[Fraction | None, int]]:
    """Read how it is going, from a view that remembers nothing yet."""
    return [(reading.value, reading.n) for reading in readings(evolve(seen(size)))]


def counted(size: int) -> list[tuple[Fraction | None, int]]:
    """Count the same with days that are made anew from every note: what an app does that keeps none."""
    view = seen(size)
    first, end = days_within(last_days(view, READ), view.people["ana"])
    notes = [entry for entry in view.entries(kind=Rating) if entry.author == "ana"]
    found: list[tuple[Fraction | None, int]] = []
    for scale in (MOOD, OPENNESS):
        days = Days.of(notes, whose=view.people["ana"], scale=scale)
        lately = days.between(first, end)
        found.append((median(map(days.value, lately)), sum(bucket.n for bucket in lately)))
    return found


def reading(size: int) -> Pair:
    """The readings of an outlook, beside a count of the same."""
    return Pair(
        question=f"`readings`, {size:,} entries, from a view",
        beside="`Days` made anew from every note",
        aim=None,
        ours=partial(read, size),
        theirs=partial(counted, size),
    )


def pairs() -> tuple[Pair, ...]:
    """All questions about outlooks."""
    grown_ = (growth(size, before) for before, size in pairwise(SIZES))
    return (*grown_, viewed(1_000), *(reading(size) for size in SIZES[1:]))


def main() -> None:
    """Print how an outlook grows up to a hundred thousand entries: the best of a few."""
    for size in (*SIZES, LARGEST):
        best = min(timer(partial(told, size))() for _ in range(3))
        print(f"{size:,} entries: {1_000 * best:,.0f} ms")


if __name__ == "__main__":
    main()
