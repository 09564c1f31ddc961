"""A lexicon knows the classes of words: what a word or a short phrase can be, in any of its forms."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypedDict

from attrs import field, frozen

from reconnect.language._token import Token, Writing

__all__ = ["Lexicon", "Tag", "Tags"]

Tag: TypeAlias = tuple[str, int]
"""A word or a class in braces, and how many tokens it takes up."""
Tags: TypeAlias = tuple[tuple[Tag, ...], ...]
"""For each token, everything that can begin there."""

_Endings: TypeAlias = Mapping[str, Sequence[Sequence[str]]]
_Classes: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]


class _Node(TypedDict):
    """A place in the tree of phrases: where each next word leads, and which classes end here."""

    then: "dict[str, _Node]"
    classes: set[str]


def _node() -> _Node:
    return {"then": {}, "classes": set()}


@frozen(kw_only=True, eq=False)
class Lexicon:
    """Classes of words as a tree of phrases, so that a text is looked up in one pass.

    Attributes:
        tree: phrases by their first word, each with the sort of endings that this word may have.
        endings: for each sort, the endings that may be taken off, and what is put in their place.
    """

    tree: _Node = field(repr=False)
    endings: _Endings = field(repr=False)

    @classmethod
    def of(cls, classes: _Classes, *, endings: _Endings, writing: Writing) -> "Lexicon":
        """Build a lexicon from lists of phrases.

        Args:
            classes: for each sort of endings, the classes and their phrases; `{other}` takes in a whole class.
            endings: for each sort, pairs of an ending and what stands in its place in the list.
            writing: how phrases are written.
        """
        tree = _node()
        lists = [(sort, name, phrase) for sort, of in classes.items() for name, said in of.items() for phrase in said]
        wider = _wider((name, phrase) for _, name, phrase in lists if phrase.startswith("{"))
        words = writing.lines(phrase for _, _, phrase in lists)
        for sort, name, phrase in lists:
            if not phrase.startswith("{"):
                first, *rest = words[phrase]
                place = tree
                for word in (f"{sort}:{first}" if sort in endings else first, *rest):
                    place = place["then"].setdefault(word, _node())
                place["classes"] |= wider.get(name, {f"{{{name}}}"})
        return cls(tree=tree, endings=endings)

    def tags(self, tokens: Sequence[Token]) -> Tags:
        """Look up everything that each token can be the beginning of."""
        known: dict[str, tuple[_Node, ...]] = {}
        return tuple(tuple(self._from(tokens, place, known)) for place in range(len(tokens)))

    def _from(self, tokens: Sequence[Token], place: int, known: dict[str, tuple[_Node, ...]]) -> Iterator[Tag]:
        said = tokens[place].said
        yield said, 1
        nodes = known.get(said)
        if nodes is None:
            nodes = known[said] = tuple(self._firsts(said))
        found = {(name, 1) for node in nodes for name in node["classes"]}
        length = 1
        while nodes and place + length < len(tokens):
            word = tokens[place + length].said
            nodes = tuple(node["then"][word] for node in nodes if word in node["then"])
            length += 1
            found |= {(name, length) for node in nodes for name in node["classes"]}
        yield from sorted(found)

    def _firsts(self, said: str) -> Iterator[_Node]:
        """Find the places in the tree at which a word can begin a phrase, in any of its forms."""
        then = self.tree["then"]
        keys = {said: None}
        for sort, endings in self.endings.items():
            keys[f"{sort}:{said}"] = None
            for end, instead in endings:
                if said.endswith(end) and len(said) > len(end) + 1:
                    keys[f"{sort}:{said.removesuffix(end)}{instead}"] = None
        yield from (then[key] for key in keys if key in then)


def _wider(taken: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return, for each class that others take in, all the classes that its phrases belong to."""
    above: dict[str, set[str]] = {}
    for name, other in taken:
        above.setdefault(other.strip("{}"), set()).add(name)
    return {name: {f"{{{each}}}" for each in _reached(name, above)} for name in above}


def _reached(name: str, above: Mapping[str, set[str]]) -> set[str]:
    found, ahead = {name}, [name]
    while ahead:
        new = above.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found
