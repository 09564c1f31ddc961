"""Days are what one person noted, day by day: exact, mergeable, and as cheap to add to after years as at first."""

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Self

from attrs import evolve, field, frozen

from reconnect.errors import InvalidReading
from reconnect.metrics._calendar import Year, in_years, shelved, through
from reconnect.metrics.bucket import Bucket, Mark
from reconnect.metrics.own_day import day_of
from reconnect.metrics.rating import Moments, Rating
from reconnect.metrics.scale import DIFFICULT, POSITIVE, Scale
from reconnect.people.person import Person, as_id
from reconnect.record.entry import Entry
from reconnect.record.kind import Body

__all__ = ["Days", "answer"]


@frozen(kw_only=True)
class Days:
    """One person's days on one scale, each in its bucket; days without an entry are not there.

    Adding an entry touches its day, its month and its year, and nothing else: after ten entries and after a million
    it costs the same, however many years lie before it. Entries by others, on other scales, or beside the scale
    count for nothing.

    >>> import pendulum
    >>> from reconnect.metrics.scale import MOOD
    >>> ana = Person(id="ana", zone="America/New_York")
    >>> late = pendulum.datetime(2026, 1, 6, 3)  # still Monday in New York
    >>> said = Entry(circle="c1", author="ana", id="e1", at=late, body=Rating.of(MOOD, 4))
    >>> days = Days.of([said, said], whose=ana, scale=MOOD)
    >>> [(bucket.day, days.value(bucket)) for bucket in days]
    [(datetime.date(2026, 1, 5), Fraction(4, 1))]

    Attributes:
        person: whose days these are, by id.
        scale: what was answered on.
        years: the buckets, by year and month.

    Raises:
        InvalidReading: days are out of order, or days of two people or of two scales would merge.

    Laws:
        The order of entries, saying one twice, and in how many batches they come change nothing: `|` is
        associative, commutative and idempotent.
    """

    person: str = field(converter=as_id)
    scale: Scale
    years: tuple[Year, ...] = field(default=(), converter=in_years, repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry], *, whose: Person, scale: Scale) -> Self:
        """Put the entries of one person into their buckets; entries of one circle, in any order, some twice perhaps."""
        marks: dict[dt.date, list[Mark]] = {}
        for entry in entries:
            steps = _steps(entry, whose.id, scale)
            if steps is not None:
                marks.setdefault(day_of(entry, whose), []).append((entry.id, steps))
        return cls._in(whose.id, scale, (Bucket(day=day, marks=tuple(told)) for day, told in marks.items()))

    @classmethod
    def _in(cls, person: str, scale: Scale, buckets: Iterable[Bucket]) -> Self:
        return cls(person=person, scale=scale, years=shelved(buckets))

    def adding(self, entry: Entry, *, whose: Person) -> Self:
        """Return the days with one more entry.

        Args:
            entry: what was noted.
            whose: the person these days are of, with the zones they lived by.

        Raises:
            InvalidReading: these days are another person's.
        """
        if whose.id != self.person:
            raise InvalidReading("the person whose days these are", "another person")
        steps = _steps(entry, self.person, self.scale)
        if steps is None:
            return self
        more = Bucket(day=day_of(entry, whose), marks=((entry.id, steps),))
        return evolve(self, years=through(self.years, more))

    def __or__(self, other: Self) -> Self:
        """Return what either of two parts of one person's days holds."""
        if (self.person, self.scale) != (other.person, other.scale):
            raise InvalidReading("days of one person on one scale", "two people, or two scales")
        buckets = {bucket.day: bucket for bucket in self}
        for bucket in other:
            known = buckets.get(bucket.day)
            buckets[bucket.day] = bucket if known is None else known.merge(bucket)
        return self._in(self.person, self.scale, buckets.values())

    def __iter__(self) -> Iterator[Bucket]:
        """Go through the days that hold an entry, in order."""
        return (bucket for year in self.years for month in year.months for bucket in month.days)

    def __len__(self) -> int:
        """Count the days that hold an entry."""
        return sum(len(month.days) for year in self.years for month in year.months)

    def between(self, first: dt.date, end: dt.date) -> tuple[Bucket, ...]:
        """Return the buckets from a day on, up to but not including another."""
        years = (year for year in self.years if first.year <= year.number <= end.year)
        return tuple(b for year in years for month in year.months for b in month.days if first <= b.day < end)

    def value(self, bucket: Bucket) -> Fraction:
        """Return what a day amounts to on the scale: the mean of its entries, exactly."""
        return self.scale.value(bucket.mean)


def _steps(entry: Entry, person: str, scale: Scale) -> int | None:
    """Return the answer of a person on a scale, or `None` for an entry that holds none."""
    return answer(entry.body, scale) if entry.author == person else None


def answer(body: Body, scale: Scale) -> int | None:
    """Return what a body answers on a scale, in steps above the lowest; `None` for one that holds no answer on it."""
    match body:
        case Rating(scale=scale.name, value=value):
            return scale.steps(value)
        case Moments(positive=positive) if scale.name == POSITIVE.name:
            return positive
        case Moments(difficult=difficult) if scale.name == DIFFICULT.name:
            return difficult
        case _:
            return None
