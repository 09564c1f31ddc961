"""Telling makes one reading of what people noted: each person within themselves, then all of them alike."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import mean, median
from typing import Final

from reconnect.metrics._notes import Notes
from reconnect.metrics.reading import ENOUGH, Direction, Reading
from reconnect.metrics.scale import Scale
from reconnect.metrics.trend import Trend, bounded
from reconnect.phrase import Phrase

__all__ = ["HEADING", "told", "told_on", "too_early"]

HEADING: Final = {
    Direction.RISING: Phrase.of("reading.rising"),
    Direction.STEADY: Phrase.of("reading.steady"),
    Direction.EASING: Phrase.of("reading.easing"),
    Direction.TOO_EARLY: Phrase.of("reading.no_direction"),
}


def too_early(title: Phrase, n: int) -> Reading:
    """Say that it is too early to say, and that this is fine."""
    return Reading(n=n, phrase=Phrase.of("reading.too_early", title=title))


def told(
    title: Phrase,
    people: Sequence[Notes],
    said: Callable[[Fraction, Sequence[Notes], Phrase], Phrase],
    *,
    usual: Callable[[Sequence[Fraction]], Fraction] = median,
) -> Reading:
    """Return the reading of what people noted: the middle of their own usual numbers, each person weighing alike.

    Args:
        title: what it is about.
        people: what each of them noted; who has fewer than five days is left out.
        said: makes the sentence of a value, of the notes it rests on, and of where it is heading.
        usual: what is usual for one person, given their numbers.
    """
    enough = [notes for notes in people if len(notes.points) >= ENOUGH]
    if not enough:
        return too_early(title, sum(notes.n for notes in people))
    numbers = [sorted(number for _, number in notes.points) for notes in enough]  # in order, so no median sorts again
    value = Fraction(mean(map(usual, numbers)))
    direction = Trend.of(*(bounded(notes.points) for notes in enough)).direction
    return Reading(
        value=value,
        n=sum(notes.n for notes in enough),
        spread=_quarters([number for own in numbers for number in own]),
        direction=direction,
        phrase=said(value, enough, HEADING[direction]),
    )


def told_on(scale: Scale, people: Sequence[Notes], *, shared: bool) -> Reading:
    """Tell what people answered on a scale, in the words that lie along it."""

    def said(value: Fraction, notes: Sequence[Notes], heading: Phrase) -> Phrase:
        key = "reading.shared" if shared else "reading.own"
        n = sum(each.n for each in notes)
        return Phrase.of(key, title=scale.title, n=n, label=scale.label(value), heading=heading)

    return told(scale.title, people, said)


def _quarters(numbers: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return two of the numbers between which at least the middle half of them lies."""
    ordered = sorted(numbers)
    aside = (len(ordered) - 1) // 4
    return ordered[aside], ordered[-1 - aside]
