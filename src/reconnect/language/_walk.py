"""A walk goes through a draft once, word by word, and finds every pattern of a net on its way."""

from collections.abc import Iterator
from typing import Final

from attrs import define, frozen

from reconnect.language._draft import Draft
from reconnect.language._lexicon import Tags
from reconnect.language._net import Net, Spot

__all__ = ["Match", "Walk"]

LEAD: Final = "{lead}"  # the class of words that may stand before the beginning proper of a clause, such as "please"
_NO_WORDS: Final = frozenset({"end", "pause", "sign", "turn"})


@frozen
class Match:
    """A rule, by its number, and the tokens that it was found in."""

    rule: int
    start: int
    end: int


@define(eq=False)
class Walk:
    """One way through a draft; it counts its steps, so that a test can tell that they grow with the text alone.

    From each token on, every spot of the net is visited at most once for each token that it can reach, and the
    reach of a pattern is bounded: no text makes it slow.
    """

    net: Net
    draft: Draft
    tags: Tags
    steps: int = 0

    def matches(self) -> Iterator[Match]:
        """Find the longest match of each rule from each token on."""
        fresh = False
        for start in range(len(self.tags)):
            after_lead = fresh and start > 0 and (LEAD, 1) in self.tags[start - 1]
            fresh = after_lead or self.draft.clauses[start][0] == start
            yield from self._from(self.net.anywhere, start)
            if fresh:
                yield from self._from(self.net.at_beginning, start)

    def _from(self, root: Spot, start: int) -> Iterator[Match]:
        found: dict[int, int] = {}
        ahead = [(root, start)]
        seen: set[tuple[int, int]] = set()
        while ahead:
            spot, at = ahead.pop()
            if (id(spot), at) not in seen:
                seen.add((id(spot), at))
                self.steps += 1
                for rule in spot.rules:
                    found[rule] = max(found.get(rule, 0), at)
                ahead += self._onward(spot, at, self.draft.sentences[start][1])
        for rule in sorted(found):
            yield Match(rule, start, found[rule])

    def _onward(self, spot: Spot, at: int, end: int) -> list[tuple[Spot, int]]:
        """Return where one gets from a spot with what stands at a token, before the end of the sentence."""
        here = self.tags[at] if at < end else ()
        found = [
            (following, at + length)
            for name, length in here
            if name in spot.on and at + length <= end
            for following in spot.on[name]
        ]
        if spot.anything and at < end and self._goes_on(at):
            found += [(following, at + 1) for following in spot.anything]
        if spot.unless:
            names = {name for name, _ in here}
            found += [(following, at) for others, following in spot.unless if others.isdisjoint(names)]
        if spot.at_end and (at >= end or self.draft.tokens[at].sort == "end"):
            found += [(following, at) for following in spot.at_end]
        return found

    def _goes_on(self, at: int) -> bool:
        """Tell whether there is a word at a place that goes on with the clause of the one before, or after its mark."""
        tokens, clauses = self.draft.tokens, self.draft.clauses
        return tokens[at].sort not in _NO_WORDS and (clauses[at] == clauses[at - 1] or tokens[at - 1].sort in _NO_WORDS)
