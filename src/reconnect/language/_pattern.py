"""Patterns of words as one net: every rule of a pack is looked for in one pass, and no input makes it slow."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field, frozen

from reconnect.errors import InvalidPhrase
from reconnect.language._draft import Draft
from reconnect.language._lexicon import Tags

__all__ = ["Match", "Net", "Walk"]

LEAD: Final = "{lead}"  # the class of words that may stand before the beginning proper of a clause, such as "please"
_MOST: Final = 8  # words that a gap spans at most; ours: further away, words no longer belong together
_AGAIN: Final = 4  # times that `*` takes its class at most; ours: nobody piles up more adverbs
_NO_WORDS: Final = frozenset({"end", "pause", "sign", "turn"})


@frozen
class Match:
    """A rule, by its number, and the tokens that it was found in."""

    rule: int
    start: int
    end: int


@define(eq=False)
class _Place:
    """A place in the net: what leads on from here, and which rules are found on arriving."""

    on: "dict[str, list[_Place]]" = field(factory=dict)
    freely: "list[_Place]" = field(factory=list)
    anything: "list[_Place]" = field(factory=list)
    unless: "list[tuple[frozenset[str], _Place]]" = field(factory=list)
    at_end: "list[_Place]" = field(factory=list)
    rules: list[int] = field(factory=list)
    known: "dict[str, _Place]" = field(factory=dict)

    def after(self, element: str) -> "_Place":
        """Return the place after an element; patterns that begin alike share their beginning."""
        place = self.known.get(element)
        if place is None:
            place = self.known[element] = _Place()
            self._lead(element, place)
        return place

    def _lead(self, element: str, place: "_Place") -> None:
        if element.startswith(".."):
            self._some(int(element[2:]), None, place)
        elif element.startswith("~"):
            self.unless.append((frozenset(element[1:].split("|")), place))
        elif element.endswith("*"):
            self._some(_AGAIN, element[:-1], place)
        else:
            if _may_lack(element):
                self.freely.append(place)
                element = element[:-1]
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


@define(eq=False)
class _Spot:
    """A place with everything that can be reached from it without a word, laid together once."""

    on: "dict[str, list[_Spot]]" = field(factory=dict)
    anything: "list[_Spot]" = field(factory=list)
    unless: "list[tuple[frozenset[str], _Spot]]" = field(factory=list)
    at_end: "list[_Spot]" = field(factory=list)
    rules: list[int] = field(factory=list)


class _Laid:
    """The spots of the places that were laid together so far."""

    def __init__(self) -> None:
        self.spots: dict[int, _Spot] = {}
        self.ahead: list[_Place] = []

    def spot(self, place: _Place) -> _Spot:
        """Return the spot of a place; what it leads to is laid together later."""
        spot = self.spots.get(id(place))
        if spot is None:
            spot = self.spots[id(place)] = _Spot()
            self.ahead.append(place)
        return spot

    def all(self, root: _Place) -> _Spot:
        """Lay together everything that can be reached from a place."""
        spot = self.spot(root)
        while self.ahead:
            self._lay(self.ahead.pop())
        return spot

    def _lay(self, place: _Place) -> None:
        spot = self.spots[id(place)]
        for each in _reached(place):
            for name, places in each.on.items():
                spot.on.setdefault(name, []).extend(map(self.spot, places))
            spot.anything += map(self.spot, each.anything)
            spot.unless += [(names, self.spot(following)) for names, following in each.unless]
            spot.at_end += map(self.spot, each.at_end)
            spot.rules += each.rules


def _reached(place: _Place) -> Iterator[_Place]:
    """Go through a place and all that can be reached from it without a word, each once."""
    seen, ahead = {id(place)}, [place]
    while ahead:
        here = ahead.pop()
        yield here
        fresh = [each for each in here.freely if id(each) not in seen]
        seen.update(map(id, fresh))
        ahead += fresh


@frozen(kw_only=True, eq=False)
class Net:
    """All patterns of a pack, put together.

    A pattern is a line of elements: a word, a class in braces, several of either joined by `|`; `x?` may be left
    out, `x*` comes up to four times, `..3` is up to three words of one clause, `~x` is anything but x and takes up
    nothing, `^` is the beginning of a clause, `$` the end of a sentence.
    """

    anywhere: _Spot = field(repr=False)
    at_beginning: _Spot = field(repr=False)

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
                raise InvalidPhrase("a pattern that begins with a word or a class", "another")
            for element in elements:
                place = place.after(element)
            place.rules.append(rule)
        laid = _Laid()
        return cls(anywhere=laid.all(anywhere), at_beginning=laid.all(at_beginning))


@define(eq=False)
class Walk:
    """One way through a draft; it counts its steps, so that a test can tell that they grow with the text alone."""

    net: Net
    draft: Draft
    tags: Tags
    steps: int = 0

    def matches(self) -> Iterator[Match]:
        """Find the longest match of each rule from each token on."""
        fresh = False
        for start, here in enumerate(self.tags):
            after_lead = fresh and start > 0 and (LEAD, 1) in self.tags[start - 1]
            fresh = after_lead or self.draft.clauses[start][0] == start
            yield from self._from(self.net.anywhere, start)
            if fresh:
                yield from self._from(self.net.at_beginning, start)

    def _from(self, root: _Spot, start: int) -> Iterator[Match]:
        end = self.draft.sentences[start][1]
        found: dict[int, int] = {}
        ahead: list[tuple[_Spot, int]] = [(root, start)]
        seen: set[tuple[int, int]] = set()
        while ahead:
            spot, at = ahead.pop()
            key = (id(spot), at)
            if key in seen:
                continue
            seen.add(key)
            self.steps += 1
            for rule in spot.rules:
                found[rule] = max(found.get(rule, 0), at)
            here = self.tags[at] if at < end else ()
            for name, length in here:
                if name in spot.on and at + length <= end:
                    ahead += [(following, at + length) for following in spot.on[name]]
            if spot.anything and at < end and self._goes_on(at):
                ahead += [(following, at + 1) for following in spot.anything]
            for names, following in spot.unless:
                if names.isdisjoint(name for name, _ in here):
                    ahead.append((following, at))
            if spot.at_end and (at >= end or self.draft.tokens[at].sort == "end"):
                ahead += [(following, at) for following in spot.at_end]
        for rule in sorted(found):
            yield Match(rule, start, found[rule])

    def _goes_on(self, at: int) -> bool:
        """Tell whether the word at a place belongs to the clause of the one before it."""
        draft = self.draft
        return draft.tokens[at].sort not in _NO_WORDS and draft.clauses[at] == draft.clauses[at - 1]
