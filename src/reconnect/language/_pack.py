"""A pack of rules says what the lens looks for in one language: classes of words, guards and rules, all of it data."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from attrs import field, frozen

from reconnect.errors import InvalidPhrase
from reconnect.language._draft import Draft, cut
from reconnect.language._guard import Covered, Guard, Silence
from reconnect.language._lexicon import Lexicon, Tags
from reconnect.language._net import Net
from reconnect.language._shelf import locales_on, nearest, tables
from reconnect.language._token import Writing
from reconnect.language._walk import Match, Walk

__all__ = ["Found", "Pack", "lens_locales", "lens_pack"]

_PHRASE: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?(?:_(?:'?[^\W_]+))+")
_QUOTED: Final = "quoted"
_SHELF: Final = "lens"


@frozen
class Found:
    """What a rule found: the name of its kind, and from where to where in the text."""

    kind: str
    start: int
    end: int


@frozen(kw_only=True)
class _Rule:
    """A kind of noticing, and the guards that keep it silent."""

    kind: str
    heeds: frozenset[str]


@frozen(kw_only=True, eq=False)
class Pack:
    """The rules of one language, ready to be looked for.

    Attributes:
        writing: how people write.
        lexicon: which words belong together.
        net: the patterns of guards and rules.
        told: for each number in the net, the guard or the rule that it stands for.
        starts: words that begin a clause.
        turns: words that begin a part of a sentence.
    """

    writing: Writing
    lexicon: Lexicon
    net: Net
    told: tuple[Guard | _Rule, ...] = field(repr=False)
    starts: frozenset[str] = field(repr=False)
    turns: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, tables: Mapping[str, Any]) -> "Pack":
        """Read the tables of a pack.

        Raises:
            InvalidPhrase: a guard has no such reach, or a pattern has no such shape.
            KeyError: a table is missing.
        """
        written = tables["writing"]
        plain = Writing(forms={}, clitics={}, spellings={})
        writing = Writing(
            forms={form: plain.words(means) for form, means in written["forms"].items()},
            clitics=written["clitics"],
            spellings=written["spellings"],
        )
        guards_and_rules = (*tables["guard"], *tables["rule"])
        phrases = _phrases(pattern for table in guards_and_rules for pattern in table["match"])
        classes = {**tables["classes"], "phrases": phrases}
        usual = frozenset(tables["heeds"])
        told: list[Guard | _Rule] = []
        patterns: list[tuple[int, str]] = []
        spelt = writing.lines(_plain_words(pattern for table in guards_and_rules for pattern in table["match"]))
        for table in guards_and_rules:
            patterns += [(len(told), _written(pattern, spelt)) for pattern in table["match"]]
            told.append(_guard(table) if "reach" in table else _rule(table, usual))
        return cls(
            writing=writing,
            lexicon=Lexicon.of(classes, endings=tables["endings"], writing=writing),
            net=Net.of(patterns),
            told=tuple(told),
            starts=frozenset(tables["clauses"]["starts"]),
            turns=frozenset(tables["clauses"]["turns"]),
        )

    def walk(self, text: str) -> Walk:
        """Return a way through a text, not yet gone."""
        draft = cut(list(self.writing.tokens(text)), text, starts=self.starts, turns=self.turns)
        tags: Tags = self.lexicon.tags(draft.tokens)
        return Walk(self.net, draft, tags)

    def find(self, text: str) -> Iterator[Found]:
        """Find what no guard keeps silent, in order of rules within each beginning."""
        walk = self.walk(text)
        matches = list(walk.matches())
        guarded = self._guarded(matches, walk.draft)
        tokens = walk.draft.tokens
        for match in matches:
            rule = self.told[match.rule]
            if isinstance(rule, _Rule) and not any(
                guarded[name].keeps(match) for name in rule.heeds if name in guarded
            ):
                yield Found(rule.kind, tokens[match.start].start, tokens[match.end - 1].end)

    def _guarded(self, matches: Iterable[Match], draft: Draft) -> dict[str, Silence]:
        """Lay every guard over the tokens that it covers; one that lifts another takes it away again."""
        covered: dict[str, Covered] = {_QUOTED: Covered(draft.quotations)}
        for match in matches:
            guard = self.told[match.rule]
            if isinstance(guard, Guard):
                stretch = guard.covers(match, draft)
                covered.setdefault(guard.name, Covered()).add(guard, stretch)
                if guard.lifts:
                    covered.setdefault(guard.lifts, Covered()).lifted.append(stretch)
        return {name: each.over(len(draft.tokens)) for name, each in covered.items()}


def _guard(table: Mapping[str, Any]) -> Guard:
    return Guard(name=table["name"], reach=table["reach"], lifts=table.get("lifts"))


def _rule(table: Mapping[str, Any], usual: frozenset[str]) -> _Rule:
    heeds = usual - frozenset(table.get("despite", ())) | frozenset(table.get("also", ()))
    return _Rule(kind=table["kind"], heeds=heeds)


def _names(element: str) -> tuple[str, tuple[str, ...], str]:
    """Take an element apart: what stands before its names, the names, and what stands after them."""
    before = "~" if element.startswith("~") else ""
    after = element[-1] if len(element) > 1 and element[-1] in "?*" else ""
    return before, tuple(element.removeprefix(before).removesuffix(after).split("|")), after


def _written(pattern: str, spelt: Mapping[str, tuple[str, ...]]) -> str:
    """Write the words of a pattern as they are written in drafts; `on_purpose` becomes a class of its own."""
    elements: list[str] = []
    for element in pattern.split():
        before, names, after = _names(element)
        elements.append(before + "|".join(_name(name, spelt) for name in names) + after)
    return " ".join(elements)


def _name(name: str, spelt: Mapping[str, tuple[str, ...]]) -> str:
    return spelt[name][0] if name in spelt else f"{{{name}}}" if _PHRASE.fullmatch(name) else name


def _plain_words(patterns: Iterable[str]) -> Iterator[str]:
    """Go through the plain words of patterns."""
    for pattern in patterns:
        for element in pattern.split():
            yield from filter(str.isalpha, _names(element)[1])


def _phrases(patterns: Iterable[str]) -> dict[str, list[str]]:
    """Return the phrases that patterns spell out with underscores, each as a class of its own."""
    found = {name for pattern in patterns for element in pattern.split() for name in _names(element)[1]}
    return {name: [name.replace("_", " ")] for name in sorted(found) if _PHRASE.fullmatch(name)}


def lens_locales() -> tuple[str, ...]:
    """Return the locales in which a draft can be looked at; `de-AT` is answered by `de`."""
    return locales_on(_SHELF)


def lens_pack(locale: str) -> Pack:
    """Return the rules of a locale, or of its language.

    Raises:
        InvalidPhrase: there are no rules for that language.
    """
    found = nearest(locale, _SHELF)
    if found is None:
        raise InvalidPhrase(f"a locale among {', '.join(lens_locales())}", "another")
    return _read(found)


@lru_cache
def _read(locale: str) -> Pack:
    return Pack.of(tables(_SHELF, locale))
