"""A reading says how something is going, from what it rests on to one gentle sentence; never about who is to blame."""

from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from reconnect.errors import InvalidReading
from reconnect.metrics._interval import Interval, holds
from reconnect.phrase import Phrase

__all__ = ["ENOUGH", "Direction", "Reading"]

ENOUGH: Final = 5  # days or occasions below which it is too early to say; ours, no study


class Direction(Enum):
    """Where something is heading. None of them is a verdict, and none is meant for comparing people."""

    RISING = "rising"
    """It goes up, more surely than chance would have it."""
    STEADY = "steady"
    """No direction shows; that is not proof that there is none."""
    EASING = "easing"
    """It goes down, more surely than chance would have it."""
    TOO_EARLY = "too_early"
    """There are too few days to tell."""


def _pair(value: tuple[Fraction, Fraction] | None) -> tuple[Fraction, Fraction] | None:
    if value is not None and not value[0] <= value[1]:
        raise InvalidReading("a spread from its lower to its upper number", "another")
    return value


def _ends(value: Interval | None) -> Interval | None:
    if value is not None and value[1] is not None and not value[0] <= value[1]:
        raise InvalidReading("an interval from its lower to its upper number", "another")
    return value


@frozen(kw_only=True)
class Reading:
    """How something is going, told gently: nothing in it is a score of a person.

    No data is not zero: without enough to rest on, the value is `None` and the sentence says that it is too early.

    >>> Reading(phrase=Phrase.of("reading.too_early", title=Phrase.of("scale.mood"))).direction
    <Direction.TOO_EARLY: 'too_early'>

    Attributes:
        value: an exact number on the scale of what is read, or `None`.
        n: how many entries it rests on.
        spread: two numbers between which at least the middle half lies, or `None` where nothing is spread.
        interval: for shares and counts, two numbers between which the value may lie had chance its part (95 in
            100; `None` above if nothing says how far up), or `None`. It is about how much was noted, never about
            a person, and two of them are not for comparing people.
        direction: where it is heading.
        phrase: the one sentence that says it.

    Raises:
        InvalidReading: the count is below 0, the spread or the interval is upside down, the value lies outside its
            interval, or something is told of no value but that it may lie anywhere from a number on.

    Laws:
        Adding time-outs or pauses makes the value `None` or not lower. The order of entries, and saying one
        twice, change nothing. Renaming people changes nothing. What others keep private changes nothing. An
        interval holds its value.
    """

    value: Fraction | None = None
    n: int = 0
    spread: tuple[Fraction, Fraction] | None = field(default=None, converter=_pair)
    interval: Interval | None = field(default=None, converter=_ends)
    direction: Direction = Direction.TOO_EARLY
    phrase: Phrase

    def __attrs_post_init__(self) -> None:
        """Refuse a spread or a direction of nothing, and an interval of something else."""
        unbounded = self.interval is None or self.interval[1] is None
        nothing = self.spread is None and self.direction is Direction.TOO_EARLY and unbounded
        if self.value is not None and self.interval is not None and not holds(self.interval, self.value):
            raise InvalidReading("an interval that holds the value", "another")
        if self.n < 0 or (self.value is None and not nothing):
            raise InvalidReading("a count from 0 on, and nothing told of no value", "something else")
