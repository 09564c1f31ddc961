"""What people note about their days: answers on scales, moments that felt good or hard, and words for feelings."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar, Final, Self

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidBody
from reconnect.limits import limit
from reconnect.metrics.own_day import as_day
from reconnect.metrics.scale import Scale
from reconnect.people.person import as_id
from reconnect.record.kind import as_text, register
from reconnect.temporal.instant import as_instant

__all__ = ["Feelings", "Moments", "Rating"]

MOST_MOMENTS: Final = 100  # ours: nobody counts more moments of a day
FINEST: Final = 10**9  # ours: nine decimals, as tables of daily means have them
FARTHEST: Final = 10**9  # ours: no answer lies farther from zero


def _answer(value: Fraction | int) -> Fraction:
    if type(value) not in (int, Fraction):
        raise InvalidBody("a whole number or a fraction", f"a {type(value).__name__}")
    number = Fraction(value)
    if number.denominator > FINEST or abs(number) > FARTHEST:
        raise InvalidBody("a number of at most nine digits and nine decimals", "another number")
    return number


def _count(value: int) -> int:
    if type(value) is not int or not 0 <= value <= MOST_MOMENTS:
        raise InvalidBody(f"a whole number from 0 to {MOST_MOMENTS}", f"another {type(value).__name__}")
    return value


limit(_count, least=0, most=MOST_MOMENTS)


def _words(value: Iterable[str]) -> frozenset[str]:
    if isinstance(value, str):
        raise InvalidBody("a set of words", "a single text")
    return frozenset(map(as_text, value))


@register
@frozen(kw_only=True)
class Rating:
    """One answer on a scale; its author's own unless they share it, and left out of `repr`.

    The day an answer is *about* is the author's to say: what is written after midnight may be about the evening
    before. Without it, it is about the day on which it was received, on the clock that the author lived by.

    >>> from reconnect.metrics.scale import MOOD
    >>> Rating.of(MOOD, 4, day=dt.date(2026, 1, 5))
    Rating(scale='mood', day=datetime.date(2026, 1, 5), device_at=None)
    >>> Rating.of(MOOD, 6)
    Traceback (most recent call last):
    reconnect.errors.invalid.InvalidBody: expected an answer on the scale, got a number beyond or between

    Attributes:
        scale: the name of the scale.
        value: the answer, an exact number; one that is not on the scale when it is read counts for nothing.
        day: the day it is about, if its author says so.
        device_at: what the author's device took for the time; shown to nobody else unless shared, never trusted.

    Raises:
        InvalidBody: the answer has more than nine digits or decimals, or the day is no date.
        InvalidInstant: the device's time has no zone.
    """

    kind: ClassVar[str] = "metrics.rating"

    scale: str = field(converter=as_id)
    value: Fraction = field(repr=False, converter=_answer)
    day: dt.date | None = field(default=None, converter=optional(as_day))
    device_at: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))

    @classmethod
    def of(
        cls,
        scale: Scale,
        value: Fraction | int,
        *,
        day: dt.date | None = None,
        device_at: dt.datetime | None = None,
    ) -> Self:
        """Answer on a scale.

        Raises:
            InvalidBody: the number is not a possible answer on it.
        """
        if _answer(value) not in scale:
            raise InvalidBody("an answer on the scale", "a number beyond or between")
        return cls(scale=scale.name, value=value, day=day, device_at=device_at)


@register
@frozen(kw_only=True)
class Moments:
    """How many moments of a day felt good, and how many felt hard, as its author counts them.

    Nothing noted is not none: a day without an entry is left out, a day with `positive=0` is a day. Several
    entries about one day add up. It names nobody, and it is about one's own day.

    >>> Moments(positive=3, difficult=1).kind
    'metrics.moments'

    Attributes:
        positive: moments that felt good, from 0 to 100.
        difficult: moments that felt hard, from 0 to 100.
        day: the day it is about, if its author says so (see `Rating`).
        device_at: what the author's device took for the time.

    Raises:
        InvalidBody: a count is no whole number from 0 to 100, or the day is no date.
    """

    kind: ClassVar[str] = "metrics.moments"

    positive: int = field(repr=False, converter=_count)
    difficult: int = field(default=0, repr=False, converter=_count)
    day: dt.date | None = field(default=None, converter=optional(as_day))
    device_at: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))


@register
@frozen(kw_only=True)
class Feelings:
    """Words for how it feels, as many as fit; kept apart from every number, never counted and never added up.

    >>> Feelings(words=frozenset({"hopeful", "tired"})).words == {"tired", "hopeful"}
    True

    Attributes:
        words: in the author's own language.
        day: the day they are about, if their author says so (see `Rating`).
        device_at: what the author's device took for the time.

    Raises:
        InvalidBody: the words are no set of texts, or the day is no date.
    """

    kind: ClassVar[str] = "metrics.feelings"

    words: frozenset[str] = field(repr=False, converter=_words)
    day: dt.date | None = field(default=None, converter=optional(as_day))
    device_at: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
