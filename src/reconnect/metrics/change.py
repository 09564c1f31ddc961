"""A change is reliable if it is larger than an instrument's own wobble; the host brings the norms, and cites them."""

import math
from fractions import Fraction
from typing import Final, Self

from attrs import field, frozen

from reconnect.errors import InvalidReading
from reconnect.limits import WORDS, limit
from reconnect.metrics.reading import Direction
from reconnect.metrics.scale import as_number
from reconnect.people.person import as_id
from reconnect.phrase import Phrase

__all__ = ["Change", "Norms"]

RELIABLE: Final = Fraction(196, 100)  # standard errors of a difference; found: Jacobson and Truax 1991


def _citation(value: str) -> str:
    if not isinstance(value, str) or not value.strip():  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidReading("the citation of the norms", "none")
    return value


limit(_citation, least=1, shape=WORDS)


@frozen(kw_only=True)
class Norms:
    """What was published about an instrument: how far people spread on it, and how steadily it measures.

    The library ships none. They belong to one instrument and one population, and without a citation nobody could
    check them, so without one there are none.

    >>> Norms(scale="ours", deviation=8, reliability=Fraction(9, 10), citation="")
    Traceback (most recent call last):
    reconnect.errors.invalid.InvalidReading: expected the citation of the norms, got none

    Attributes:
        scale: the name of the instrument.
        deviation: the standard deviation in the population that was measured, above 0.
        reliability: of that very instrument there, from 0 up to but not including 1.
        citation: where both stand.

    Raises:
        InvalidReading: there is no citation, or a number lies outside its range.
        InvalidScale: a number is neither whole nor a fraction.
        InvalidId: the name is empty, too long or unprintable.
    """

    scale: str = field(converter=as_id)
    deviation: Fraction = field(converter=as_number)
    reliability: Fraction = field(converter=as_number)
    citation: str = field(converter=_citation)

    def __attrs_post_init__(self) -> None:
        """Refuse what nobody could have measured."""
        if self.deviation <= 0 or not 0 <= self.reliability < 1:
            raise InvalidReading("a deviation above 0 and a reliability from 0 up to 1", "other numbers")

    @property
    def variance_of_difference(self) -> Fraction:
        """How much two measurements of something unchanged differ, squared; exact."""
        return 2 * self.deviation**2 * (1 - self.reliability)

    @property
    def error_of_difference(self) -> float:
        """How much two measurements of something unchanged differ: one standard error."""
        return math.sqrt(self.variance_of_difference)


@frozen(kw_only=True)
class Change:
    """The change between two measurements of one person, beside what the instrument itself may account for.

    It is about one person's two measurements and is not for comparing people. "Not reliable" means that the
    instrument cannot tell, not that nothing changed; "reliable" does not tell why.

    >>> norms = Norms(scale="ours", deviation=8, reliability=Fraction(3, 4), citation="Somebody 2020, table 2")
    >>> change = Change.of(20, 30, norms=norms)
    >>> round(change.index, 2), change.is_reliable, change.direction
    (1.77, False, <Direction.STEADY: 'steady'>)

    Attributes:
        before: the first measurement.
        after: the second one.
        norms: what was published about the instrument.

    Raises:
        InvalidScale: a measurement is neither a whole number nor a fraction.

    Laws:
        Turning time round turns the sign of the index and nothing else; a larger change is never less reliable.

    Sources:
        Jacobson and Truax 1991: RC = (x2 - x1) / (SD * sqrt(2) * sqrt(1 - r)); beyond 1.96 is reliable.
    """

    before: Fraction = field(converter=as_number)
    after: Fraction = field(converter=as_number)
    norms: Norms

    @classmethod
    def of(cls, before: Fraction | int, after: Fraction | int, *, norms: Norms) -> Self:
        """Put two measurements beside what was published."""
        return cls(before=before, after=after, norms=norms)

    @property
    def index(self) -> float:
        """The reliable change index: the change in standard errors of a difference."""
        return float(self.after - self.before) / self.norms.error_of_difference

    @property
    def is_reliable(self) -> bool:
        """Whether the change is larger than the instrument's own wobble; decided exactly, without a root."""
        return (self.after - self.before) ** 2 > RELIABLE**2 * self.norms.variance_of_difference

    @property
    def direction(self) -> Direction:
        """Up, down, or too little for the instrument to tell."""
        if not self.is_reliable:
            return Direction.STEADY
        return Direction.RISING if self.after > self.before else Direction.EASING

    @property
    def phrase(self) -> Phrase:
        """Say it in one sentence, with where the norms come from."""
        if not self.is_reliable:
            return Phrase.of("change.cannot_tell", citation=self.norms.citation)
        if self.after > self.before:
            return Phrase.of("change.up", citation=self.norms.citation)
        return Phrase.of("change.down", citation=self.norms.citation)
