"""A scale is what people answer on: bounded, with kind words along it, and no end of it is the right one."""

from fractions import Fraction
from functools import cached_property
from typing import Final, Self

from attrs import field, frozen

from reconnect.errors import InvalidScale
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.phrase import Phrase

__all__ = ["CONSTRUCTIVE", "CONVERSATION", "DIFFICULT", "MOOD", "OPENNESS", "POSITIVE", "Scale", "as_number"]

FEWEST_LABELS: Final = 2  # a word for each end is the least that tells what a number means
MOST_STEPS: Final = 10**12  # ours: nine decimals over a thousand points, and sums stay small whole numbers


def as_number(value: Fraction | int) -> Fraction:
    """Return an exact number; a float is refused, because it is hardly ever the number that was meant.

    Raises:
        InvalidScale: it is neither a whole number nor a fraction.
    """
    if type(value) not in (int, Fraction):
        raise InvalidScale("a whole number or a fraction", f"a {type(value).__name__}")
    return value if type(value) is Fraction else Fraction(value)


def _labels(value: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    labels = tuple(value)
    if len(labels) < FEWEST_LABELS or not all(isinstance(label, Phrase) for label in labels):
        raise InvalidScale("two or more phrases, from the lowest to the highest", "something else")
    return labels


limit(_labels, least=FEWEST_LABELS)


@frozen(kw_only=True)
class Scale:
    """What an answer can be: numbers from a lowest to a highest, with words along the way.

    A scale says what a number means and nothing about a person. Answers lie on a grid of equal steps, so that
    sums of them are whole numbers, and a million of them add up exactly.

    >>> MOOD.label(4), 4 in MOOD, 6 in MOOD, Fraction(7, 2) in MOOD
    (Phrase(key='scale.mood_4', params=()), True, False, False)
    >>> ours = Scale.of("energy", "low", "in between", "high", title="Energy", highest=100)
    >>> ours.label(74) == ours.label(26)  # three words over a hundred steps: a word stands for what is around it
    True

    Attributes:
        name: its lasting name, under which answers are kept.
        title: what it is about, as a heading.
        asks: the question, or the sentence that an answer completes.
        labels: words at equal distances, the first for the lowest number, the last for the highest.
        lowest: the lowest answer.
        highest: the highest answer.
        step: the distance from one possible answer to the next.

    Raises:
        InvalidScale: the highest number is not above the lowest, a whole number of steps (at most a million
            million) does not lead from one to the other, or there are fewer than two labels.
        InvalidId: the name is empty, too long or unprintable.
    """

    name: str = field(converter=as_id)
    title: Phrase
    asks: Phrase
    labels: tuple[Phrase, ...] = field(converter=_labels)
    lowest: Fraction = field(default=Fraction(1), converter=as_number)
    highest: Fraction = field(converter=as_number)
    step: Fraction = field(default=Fraction(1), converter=as_number)

    def __attrs_post_init__(self) -> None:
        """Refuse numbers between which nobody could answer."""
        if self.step <= 0 or not self.lowest < self.highest:
            raise InvalidScale("a highest number above the lowest, and a step above nothing", "other numbers")
        steps = (self.highest - self.lowest) / self.step
        if steps.denominator != 1 or steps > MOST_STEPS:
            raise InvalidScale(f"a whole number of steps, at most {MOST_STEPS}", "another number of them")

    @classmethod
    def of(
        cls,
        name: str,
        *labels: str,
        title: str = "",
        asks: str = "",
        lowest: Fraction | int = 1,
        highest: Fraction | int | None = None,
        step: Fraction | int = 1,
    ) -> Self:
        """Make a scale of one's own from plain words, from the lowest to the highest; by default one step each.

        >>> Scale.of("rest", "hardly", "somewhat", "well").highest
        Fraction(3, 1)
        """
        bottom = as_number(lowest)
        return cls(
            name=name,
            title=_own(title or name),
            asks=_own(asks or title or name),
            labels=tuple(map(_own, labels)),
            lowest=bottom,
            highest=bottom + len(labels) - 1 if highest is None else highest,
            step=step,
        )

    @property
    def point(self) -> Fraction:
        """The distance from one label to the next."""
        return (self.highest - self.lowest) / (len(self.labels) - 1)

    @cached_property
    def _most(self) -> int:
        return ((self.highest - self.lowest) / self.step).numerator

    def __contains__(self, value: Fraction | int) -> bool:
        """Tell whether a number is a possible answer."""
        return self.steps(value) is not None

    def steps(self, value: Fraction | int) -> int | None:
        """Return how many steps above the lowest a possible answer lies; `None` for any other number."""
        number, low, step = as_number(value), self.lowest, self.step
        above = number.numerator * low.denominator - low.numerator * number.denominator
        steps, rest = divmod(above * step.denominator, number.denominator * low.denominator * step.numerator)
        return steps if not rest and 0 <= steps <= self._most else None

    def value(self, steps: Fraction | int) -> Fraction:
        """Return the number that lies so many steps above the lowest; inverse of `steps`."""
        number, low, step = as_number(steps), self.lowest, self.step
        parts = step.denominator * number.denominator  # one fraction is made, not three
        return Fraction(
            low.numerator * parts + low.denominator * step.numerator * number.numerator, low.denominator * parts
        )

    def label(self, value: Fraction | int) -> Phrase:
        """Return the word nearest to a number; of two words equally near, the higher one."""
        place = (as_number(value) - self.lowest) / self.point + Fraction(1, 2)
        return self.labels[min(max(place.__floor__(), 0), len(self.labels) - 1)]


def _own(words: str) -> Phrase:
    return Phrase.of("scale.own", words=words)


def _five(name: str) -> Scale:
    """Return a scale of five steps whose words are in the phrase packs."""
    words = tuple(Phrase.of(f"scale.{name}_{step}") for step in range(1, 6))
    title, asks = Phrase.of(f"scale.{name}"), Phrase.of(f"scale.{name}_asks")
    return Scale(name=name, title=title, asks=asks, labels=words, highest=5)


# Five steps with words of our own: ours, no study (one question about one's mood: see numbers.md).
MOOD: Final = _five("mood")
OPENNESS: Final = _five("openness")
CONVERSATION: Final = _five("conversation")
CONSTRUCTIVE: Final = _five("constructive")
# Counts of moments, as sums of a day; the words stand for the ends only.
POSITIVE: Final = Scale(
    name="moments.positive",
    title=Phrase.of("scale.positive"),
    asks=Phrase.of("scale.positive_asks"),
    labels=(Phrase.of("scale.none"), Phrase.of("scale.many")),
    lowest=0,
    highest=100,
)
DIFFICULT: Final = Scale(
    name="moments.difficult",
    title=Phrase.of("scale.difficult"),
    asks=Phrase.of("scale.difficult_asks"),
    labels=(Phrase.of("scale.none"), Phrase.of("scale.many")),
    lowest=0,
    highest=100,
)
