"""Guards are reasons for silence: where one was found, it covers words, and rules that heed it stay silent there."""

from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from attrs import field, frozen

from reconnect.errors import InvalidPhrase
from reconnect.language._draft import Draft, Stretch
from reconnect.language._walk import Match

__all__ = ["Covered", "Guard", "Silence"]

_REACHES: Final = ("match", "clause", "part", "sentence", "before", "after", "previous")


def _reach(given: str) -> str:
    if given not in _REACHES:
        raise InvalidPhrase(f"a reach among {', '.join(_REACHES)}", "another")
    return given


@frozen(kw_only=True)
class Guard:
    """A reason for silence, and how far it reaches from the words in which it was found.

    Attributes:
        name: what rules heed it by.
        reach: its own words (`match`), the clause, the part or the sentence that they are in, the part `before` or
            `after` its first word, or the sentence before (`previous`).
        lifts: the name of a guard that it takes away where it reaches.

    Raises:
        InvalidPhrase: there is no such reach.
    """

    name: str
    reach: str = field(converter=_reach)
    lifts: str | None = None

    def covers(self, match: Match, draft: Draft) -> Stretch:
        """Return the tokens that it covers."""
        first = match.start
        begin, end = draft.parts[first]
        reaches: dict[str, Stretch] = {
            "match": (first, match.end),
            "clause": draft.clauses[first],
            "part": (begin, end),
            "sentence": draft.sentences[first],
            "before": (begin, first),
            "after": (first + 1, end),
            "previous": _sentence_before(first, draft),
        }
        return reaches[self.reach]


def _sentence_before(place: int, draft: Draft) -> Stretch:
    """Return the sentence before the one of a token, if it is in the same paragraph."""
    begin = draft.sentences[place][0]
    if begin == 0 or draft.paragraphs[begin - 1] != draft.paragraphs[place]:
        return begin, begin
    return draft.sentences[begin - 1]


class Covered:
    """What one guard covers: its own words, the words it reaches, and those from which it is lifted."""

    def __init__(self, reaching: Iterable[Stretch] = ()) -> None:
        """Begin with what is reached anyway."""
        self.own: list[Stretch] = []
        self.reaching: list[Stretch] = [*reaching]
        self.lifted: list[Stretch] = []

    def add(self, guard: Guard, stretch: Stretch) -> None:
        """Lay a guard over a stretch."""
        (self.own if guard.reach == "match" else self.reaching).append(stretch)

    def over(self, length: int) -> "Silence":
        """Lay down all stretches, which may overlap, in one pass over so many tokens."""
        own, reaching, lifted = (_depths(part, length) for part in (self.own, self.reaching, self.lifted))
        reached = tuple(depth > 0 and not up for depth, up in zip(reaching, lifted, strict=True))
        return Silence((0, *accumulate(depth > 0 for depth in own)), reached)


@frozen
class Silence:
    """Where one guard keeps rules silent: any rule that shares its own words, or begins where it reaches."""

    own_before: tuple[int, ...]
    reached: tuple[bool, ...]

    def keeps(self, match: Match) -> bool:
        """Tell whether it keeps a match silent."""
        return self.reached[match.start] or self.own_before[match.end] > self.own_before[match.start]


def _depths(stretches: Iterable[Stretch], length: int) -> list[int]:
    """Return how many stretches cover each token."""
    steps = [0] * (length + 1)
    for start, end in stretches:
        steps[start] += 1
        steps[end] -= 1
    return list(accumulate(steps))
