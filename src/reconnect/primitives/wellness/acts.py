"""What belongs to a wellness plan: private goals and values, and the small part of it that is for everyone.

There is no kind of body with which a value of sleep, food or body could be shared, and none with which anyone could
propose another person's goal: goals and values are private kinds, which no offer and no shared entry carries.
"""

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from typing import ClassVar, Final

from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidCare
from reconnect.people.person import as_id
from reconnect.record.kind import Heard, as_text, register
from reconnect.temporal.day import as_date
from reconnect.temporal.instant import is_a
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["Area", "GoalLetGo", "GoalSet", "ReviewRhythm", "ValueNoted", "WellnessShared"]

REVIEW: Final = dt.timedelta(minutes=30)  # ours, no study: long enough to look back, short enough to look forward to
LONGEST: Final = dt.timedelta(hours=4)  # ours, no study
NOTHING: Final = dt.timedelta(0)
MOST_DIGITS: Final = 18  # ours: more than any measure of a day, and quick to write down


class Area(Enum):
    """What a plan may be about. That an area is in it is all that others can read of it."""

    SLEEP = "sleep"
    FOOD = "food"
    BODY = "body"
    MOVEMENT = "movement"
    STRESS = "stress"
    REST = "rest"
    COMPANY = "company"


def _area(value: Area) -> Area:
    if not is_a(value, Area):
        raise InvalidCare("an area", f"a {type(value).__name__}")
    return value


def _areas(value: Iterable[Area]) -> tuple[Area, ...]:
    """Return the areas each once, in the order in which they stand above."""
    given = set(map(_area, value))
    return tuple(area for area in Area if area in given)


def _texts(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise InvalidCare("a collection of texts", "one text")
    return tuple(map(as_text, value))


def _amount(value: Fraction | int | dt.timedelta) -> Fraction | dt.timedelta:
    if isinstance(value, dt.timedelta):
        return value
    if is_a(value, bool) or not isinstance(value, int | Fraction):
        raise InvalidCare("a whole number, a fraction or a length of time", f"a {type(value).__name__}")
    found = Fraction(value)
    if max(abs(found.numerator), found.denominator) >= 10**MOST_DIGITS:
        raise InvalidCare(f"a number of at most {MOST_DIGITS} digits", "a longer one")
    return found


@register
@frozen(kw_only=True)
class GoalSet:
    """One person sets a goal for themselves, or words it anew. Nobody else ever reads it."""

    kind: ClassVar[str] = "wellness.goal_set"
    heard: ClassVar[Heard] = Heard.PRIVATE

    goal: str = field(converter=as_id)
    area: Area = field(converter=_area)
    text: str = field(repr=False, converter=as_text)


@register
@frozen(kw_only=True)
class GoalLetGo:
    """One person lets a goal of their own go. Nobody else ever learns it."""

    kind: ClassVar[str] = "wellness.goal_let_go"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True

    goal: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class ValueNoted:
    """One person notes a value for themselves: hours of sleep, minutes of walking. Nobody else ever reads it.

    Attributes:
        area: what it is about.
        amount: a number or a length of time; left out of `repr`.
        unit: what the number counts, in one's own words; left out of `repr`.
        day: the day that it is about.
    """

    kind: ClassVar[str] = "wellness.value_noted"
    heard: ClassVar[Heard] = Heard.PRIVATE

    area: Area = field(converter=_area)
    amount: Fraction | dt.timedelta = field(repr=False, converter=_amount)
    unit: str = field(default="", repr=False, converter=as_text)
    day: dt.date | None = field(default=None, converter=optional(as_date))


@register
@frozen(kw_only=True)
class WellnessShared:
    """What one person lets the others read of their plan: the areas, and how they could help. There is no more to it.

    Attributes:
        areas: what the plan is about, each once.
        help_me: "you could help me by ...", in their own words, each of which anyone is free to do or not; left out
            of `repr`.

    Raises:
        InvalidCare: something among the areas is none, or one text comes instead of several.
    """

    kind: ClassVar[str] = "wellness.shared"
    heard: ClassVar[Heard] = Heard.SHARED

    areas: tuple[Area, ...] = field(default=(), converter=_areas)
    help_me: tuple[str, ...] = field(default=(), repr=False, converter=_texts)


def _rhythm(value: Recurrence) -> Recurrence:
    if not is_a(value, Recurrence):
        raise InvalidCare("a recurrence", f"a {type(value).__name__}")
    return value


def _length(value: dt.timedelta) -> dt.timedelta:
    if not is_a(value, dt.timedelta) or not NOTHING < value <= LONGEST:
        raise InvalidCare("a time of more than nothing and at most 4 hours", "another one")
    return value


@register
@frozen(kw_only=True)
class ReviewRhythm:
    """When people look at their plans together: a value for a proposal about the plan, which anyone may counter.

    Attributes:
        rhythm: when it comes round.
        length: about how long it takes (30 minutes).

    Raises:
        InvalidCare: it is no recurrence, or takes no time or more than 4 hours.

    Sources:
        30 minutes and 4 hours: ours, no study.
    """

    kind: ClassVar[str] = "wellness.review"

    rhythm: Recurrence = field(converter=_rhythm)
    length: dt.timedelta = field(default=REVIEW, converter=_length)

    def times(self, within: Window) -> tuple[Window, ...]:
        """Return the reviews that start inside a window."""
        return tuple(Window.of(start, self.length) for start in self.rhythm.between(within))
