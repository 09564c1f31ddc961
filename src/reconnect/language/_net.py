"""Patterns of words are laid together as one net, so that every rule of a pack is looked for in one pass."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from reconnect.errors import InvalidPhrase

__all__ = ["Net", "Spot"]

_MOST: Final = 8  # words that a gap spans at most; ours: further away, words no longer belong together
_AGAIN: Final = 4  # times that `*` takes its class at most; ours: nobody piles up more adverbs


class _Place:
    """A place between two elements of a pattern: what leads on from it, and the rules that end there."""

    def __init__(self, *, freely: "Iterable[_Place]" = ()) -> None:
        """Make a place, from which others may be reached without a word."""
        self.on: dict[str, list[_Place]] = {}
        self.freely: list[_Place] = [*freely]
        self.anything: list[_Place] = []
        self.unless: list[tuple[frozenset[str], _Place]] = []
        self.at_end: list[_Place] = []
        self.rules: list[int] = []
        self._known: dict[str, _Place] = {}

    def after(self, element: str) -> "_Place":
        """Return the place after an element; patterns that begin alike share their beginning."""
        place = self._known.get(element)
        if place is None:
            place = self._known[element] = _Place()
            self._lead(element, place)
        return place

    def _lead(self, element: str, place: "_Place") -> None:
        if element.startswith(".."):
            self._some(int(element[2:]), None, place)
        elif element.startswith("~"):
            self.unless.append((frozenset(element[1:].split("|")), place))
        elif element.endswith("*"):
            self._some(_AGAIN, element[:-1], place)
        elif _may_lack(element):
            self.freely.append(place)
            self._on(element[:-1], place)
        else:
            self._on(element, place)

    def _on(self, element: str, place: "_Place") -> None:
        for name in element.split("|"):
            if name == "$":
                self.at_end.append(place)
            else:
                self.on.setdefault(name, []).append(place)

    def _some(self, many: int, element: str | None, place: "_Place") -> None:
        """Lead on after nothing, or after up to so many words (of a class)."""
        if many > _MOST:
            raise InvalidPhrase(f"a gap of at most {_MOST} words", f"one of {many}")
        here = self
        here.freely.append(place)
        for _ in range(many):
            following = _Place(freely=[place])
            if element is None:
                here.anything.append(following)
            else:
                here._on(element, following)
            here = following


def _may_lack(element: str) -> bool:
    """Tell whether an element can be left out."""
    return len(element) > 1 and element.endswith(("*", "?"))


class Spot:
    """A place with everything that can be reached from it without a word.

    Attributes:
        on: where each word or class leads.
        anything: where any further word of the clause leads.
        unless: where one gets without a word, if the next is none of these.
        at_end: where one gets at the end of a sentence.
        rules: the rules that are found on arriving.
    """

    def __init__(self) -> None:
        """Make a spot that leads nowhere yet."""
        self.on: dict[str, list[Spot]] = {}
        self.anything: list[Spot] = []
        self.unless: list[tuple[frozenset[str], Spot]] = []
        self.at_end: list[Spot] = []
        self.rules: list[int] = []


class _Laying:
    """Lays the spots of places together, each once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._spots: dict[int, Spot] = {}
        self._ahead: list[_Place] = []

    def all_from(self, root: _Place) -> Spot:
        """Lay together everything that can be reached from a place."""
        spot = self._spot(root)
        while self._ahead:
            self._lay(self._ahead.pop())
        return spot

    def _spot(self, place: _Place) -> Spot:
        spot = self._spots.get(id(place))
        if spot is None:
            spot = self._spots[id(place)] = Spot()
            self._ahead.append(place)
        return spot

    def _lay(self, place: _Place) -> None:
        spot = self._spots[id(place)]
        for each in _reached(place):
            for name, places in each.on.items():
                spot.on.setdefault(name, []).extend(map(self._spot, places))
            spot.anything += map(self._spot, each.anything)
            spot.unless += [(names, self._spot(following)) for names, following in each.unless]
            spot.at_end += map(self._spot, each.at_end)
            spot.rules += each.rules


def _reached(place: _Place) -> Iterator[_Place]:
    """Go through a place and all that can be reached from it without a word, each once."""
    found = {id(place): place}
    ahead = [place]
    while ahead:
        here = ahead.pop()
        yield here
        fresh = [each for each in here.freely if id(each) not in found]
        found.update((id(each), each) for each in fresh)
        ahead += fresh


@frozen(kw_only=True, eq=False)
class Net:
    """All patterns of a pack, laid together.

    A pattern is a line of elements: a word, a class in braces, several of either joined by `|`; `x?` may be left
    out, `x*` comes up to four times, `..3` is up to three words of one clause, `~x` is anything but x and takes up
    nothing, `^` is the beginning of a clause, `$` the end of a sentence.

    Attributes:
        anywhere: where patterns begin.
        at_beginning: where patterns begin that are for the beginning of a clause.
    """

    anywhere: Spot = field(repr=False)
    at_beginning: Spot = field(repr=False)

    @classmethod
    def of(cls, patterns: Iterable[tuple[int, str]]) -> "Net":
        """Put patterns together; each comes with the number of its rule.

        Raises:
            InvalidPhrase: a pattern could begin with no word at all, or has too wide a gap.
        """
        anywhere, at_beginning = _Place(), _Place()
        for rule, pattern in patterns:
            first, *others = pattern.split()
            place, elements = (at_beginning, others) if first == "^" else (anywhere, [first, *others])
            if not elements or elements[0].startswith(("..", "~", "$")) or (place is anywhere and _may_lack(first)):
                raise InvalidPhrase("a pattern that begins with a word or a class", repr(pattern))
            for element in elements:
                place = place.after(element)
            place.rules.append(rule)
        laying = _Laying()
        return cls(anywhere=laying.all_from(anywhere), at_beginning=laying.all_from(at_beginning))
