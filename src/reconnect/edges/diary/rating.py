"""Ratings of a diary become answers on a scale, which gentle readings rest on; each stays its author's own."""

import datetime as dt
from fractions import Fraction
from typing import Final

from reconnect.edges.diary.cells import written_out
from reconnect.edges.diary.couple import Couple
from reconnect.edges.diary.day import DiaryDay
from reconnect.edges.diary.reading import Diary
from reconnect.errors import InvalidTable
from reconnect.metrics import Rating, Scale
from reconnect.record.entry import Entry

__all__ = ["ratings_of", "scale_of"]

STEP: Final = Fraction(1, 10**9)  # ours: nine decimals, as tables of daily means have them


def scale_of(diary: Diary, rating: str) -> Scale:
    """Return the scale on which something was rated in a diary; its ends are called by their numbers.

    Raises:
        InvalidTable: nothing of that name was rated.
    """
    if rating not in diary.ratings:
        raise InvalidTable(0, "", "the name of something that was rated")
    lowest, highest = diary.scale
    return Scale.of(rating, *map(written_out, diary.scale), title=rating, lowest=lowest, highest=highest, step=STEP)


def ratings_of(couple: Couple, scale: Scale) -> tuple[Entry, ...]:
    r"""Return what everyone of a couple rated under the name of a scale: one private answer for each day with one.

    A blank is no answer. A number with more decimals than the scale has is taken to the nearest that is on it.

    >>> import io
    >>> import pendulum
    >>> from reconnect.edges.diary.reading import read_diary
    >>> table = io.StringIO("couple,day,one_sad,two_sad\n7,2026-01-05,0.5,\n7,2026-01-07,,2\n")
    >>> diary = read_diary(table, at=pendulum.datetime(2026, 2, 1))
    >>> [(e.author, e.body.value, e.body.day.day) for e in ratings_of(diary.couples[0], scale_of(diary, "sad"))]
    [('7.one', Fraction(1, 2), 5), ('7.two', Fraction(2, 1), 7)]

    Raises:
        InvalidTable: the table numbers its days; `start=` says which dates they were.
    """
    return tuple(
        Entry(circle=entry.circle, author=entry.author, id=f"{entry.id}:{scale.name}", at=entry.at, body=body)
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
