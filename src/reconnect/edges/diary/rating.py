"""Ratings of a diary become answers on a scale, which gentle readings rest on; each stays its author's own."""

import datetime as dt
from collections.abc import Collection
from fractions import Fraction
from typing import Final

from reconnect.edges.diary.cells import written_out
from reconnect.edges.diary.couple import Couple
from reconnect.edges.diary.day import DiaryDay
from reconnect.edges.diary.reading import Diary
from reconnect.errors import InvalidTable
from reconnect.metrics import Rating, Scale
from reconnect.metrics.scale import MOST_STEPS
from reconnect.record.entry import Entry, Private, Shared

__all__ = ["ratings_of", "scale_of"]

STEP: Final = Fraction(1, 10**9)  # ours: nine decimals, as tables of daily means have them
MOST_LABELS: Final = 11  # ours: whole numbers are told one by one up to a scale from 0 to 10
LABELS: Final = 5  # on wider scales; ours


def scale_of(diary: Diary, rating: str) -> Scale:
    r"""Return the scale on which something was rated in a diary; its places are called by their numbers.

    >>> import io
    >>> import pendulum
    >>> from reconnect.edges.diary.reading import read_diary
    >>> diary = read_diary(io.StringIO("day,one_sad,two_sad\n1,0.5,\n"), at=pendulum.datetime(2026, 2, 1))
    >>> [dict(label.params)["words"] for label in scale_of(diary, "sad").labels]
    ['0', '1', '2', '3', '4']

    Raises:
        InvalidTable: nothing of that name was rated.
    """
    if rating not in diary.ratings:
        raise InvalidTable(0, "", "the name of something that was rated")
    lowest, highest = diary.scale
    labels, step = map(written_out, _places(lowest, highest)), _step(highest - lowest)
    return Scale.of(rating, *labels, title=rating, lowest=lowest, highest=highest, step=step)


def _places(lowest: Fraction, highest: Fraction) -> list[Fraction]:
    """Return the numbers that are told by name: every whole step of a short scale, else five at equal distances."""
    span = highest - lowest
    count = int(span) + 1 if span.denominator == 1 and span < MOST_LABELS else LABELS
    return [lowest + span * place / (count - 1) for place in range(count)]


def _step(span: Fraction) -> Fraction:
    """Return the distance of two answers: nine decimals, and fewer on a scale too wide for so many."""
    step = STEP
    while span > step * MOST_STEPS:
        step *= 10
    return step


def ratings_of(couple: Couple, scale: Scale, *, shared_by: Collection[str] = ()) -> tuple[Entry, ...]:
    r"""Return what everyone of a couple rated under the name of a scale: one answer for each day with one.

    Each stays private to its author, except for those who chose to share what they rated under that name.

    A blank is no answer. A number with more decimals than the scale has is taken to the nearest that is on it.

    >>> import io
    >>> import pendulum
    >>> from reconnect.edges.diary.reading import read_diary
    >>> table = io.StringIO("couple,day,one_sad,two_sad\n7,2026-01-05,0.5,\n7,2026-01-07,,2\n")
    >>> diary = read_diary(table, at=pendulum.datetime(2026, 2, 1))
    >>> [(e.author, e.body.value, e.body.day.day) for e in ratings_of(diary.couples[0], scale_of(diary, "sad"))]
    [('7.one', Fraction(1, 2), 5), ('7.two', Fraction(2, 1), 7)]

    Args:
        couple: whose days they are.
        scale: what was rated (see `scale_of`).
        shared_by: ids of the people who share these answers with the others.

    Raises:
        InvalidTable: the table numbers its days; `start=` says which dates they were.
    """
    return tuple(
        Entry(
            circle=entry.circle,
            author=entry.author,
            id=f"{entry.id}:{scale.name}",
            at=entry.at,
            body=body,
            audience=Shared() if entry.author in shared_by else Private(),
        )
        for entry in couple.entries
        if isinstance(entry.body, DiaryDay)
        for body in _answers(entry.body, scale)
    )


def _answers(day: DiaryDay, scale: Scale) -> tuple[Rating, ...]:
    value = dict(day.ratings).get(scale.name)
    if value is None:
        return ()
    if not isinstance(day.day, dt.date):
        raise InvalidTable(0, "", "days with a date; say which date a day was with --start (in Python: start=)")
    steps = round((value - scale.lowest) / scale.step)
    return (Rating.of(scale, scale.value(steps), day=day.day),)
