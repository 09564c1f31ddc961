"""Prompts are a collection of questions, and the rule by which the next one is suggested: gently, and never twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, Self

from attrs import field, frozen

from reconnect.errors import InvalidPrompt
from reconnect.language.prompt.pack import pack, pack_locale
from reconnect.language.prompt.prompt import LIGHT, Prompt, Tag, as_tags
from reconnect.limits import limit
from reconnect.primitives.boundary import DepthLimit
from reconnect.temporal.instant import is_a

__all__ = ["Prompts"]


def _prompts(value: Iterable[Prompt]) -> tuple[Prompt, ...]:
    given = tuple(value)
    if not all(is_a(each, Prompt) for each in given):
        raise InvalidPrompt("prompts", "something else among them")
    if len({each.id for each in given}) < len(given):
        raise InvalidPrompt("each id once", "one of them twice")
    return tuple(sorted(given, key=lambda each: each.id))


limit(_prompts, once=True)


@frozen(kw_only=True)
class Prompts:
    """Questions to choose from, each with an id of its own; their order is that of their ids.

    What is suggested goes deeper by one step at most, never deeper than everyone agreed on, and comes again only when
    all the others were there. A suggestion is an offer to ask: nobody has to ask it, and nobody has to answer.

    >>> ours = Prompts.load()
    >>> ours.suggest(depth=DepthLimit(deepest=3), rng=Random(1)).depth  # the first one is light, whatever is agreed
    1
    >>> ours.suggest(depth=DepthLimit(deepest=0), rng=Random(1)) is None
    True

    Laws:
        The same history and the same chance give the same question. None comes again before every other that may be
        asked was there as often. None is deeper than the limit, or more than one step deeper than the last; after a
        setback it is lighter than the last, or light.

    Raises:
        InvalidPrompt: an id stands there twice, or there is something else among them.
    """

    prompts: tuple[Prompt, ...] = field(default=(), converter=_prompts)

    @classmethod
    def load(cls, locale: str = "en") -> Self:
        """Return the questions that come with the library in one language.

        Raises:
            InvalidPrompt: there is no such locale.
        """
        language = pack_locale(locale)
        return cls(prompts=tuple(_read(each, language) for each in pack(language)["prompts"]))

    def __len__(self) -> int:
        """Count the questions."""
        return len(self.prompts)

    def __iter__(self) -> Iterator[Prompt]:
        """Go through the questions, by id."""
        return iter(self.prompts)

    def suggest(
        self,
        *,
        depth: DepthLimit,
        rng: Random,
        seen: Sequence[Prompt] = (),
        skipped: Collection[str] = (),
        tags: Iterable[Tag] = (),
        setback: bool = False,
    ) -> Prompt | None:
        """Suggest a question to ask next, or `None` if there is none that fits.

        Args:
            depth: how deep it may go (see `agreed_depth`): one person tightens it alone, all together loosen it.
            rng: chance, given from outside, so that the same answer can be had again.
            seen: what was asked so far, oldest first (see `prompts_asked`).
            skipped: ids that the reader passed over (see `prompts_skipped`); they come after all the others.
            tags: what it should be for; any of these, or anything if none is named.
            setback: whether something hard was said aloud since the last one (see `had_setback`).

        Raises:
            InvalidPrompt: the limit is no `DepthLimit`, or a tag is none of those known.
        """
        if not is_a(depth, DepthLimit):
            raise InvalidPrompt("a DepthLimit", f"a {type(depth).__name__}")
        wanted = set(as_tags(tags))
        deepest = min(depth.deepest, _next_depth(seen, setback=setback))
        fitting = [p for p in self.prompts if p.depth <= deepest and (not wanted or wanted & set(p.tags))]
        shown = Counter([*(each.id for each in seen), *set(skipped)])
        fewest = min((shown[each.id] for each in fitting), default=0)
        fresh = [each for each in fitting if shown[each.id] == fewest]
        return rng.choice(fresh) if fresh else None


def _next_depth(seen: Sequence[Prompt], *, setback: bool) -> int:
    """Tell how deep the next question may go after the last one: one step more, or one less after a setback."""
    if not seen:
        return LIGHT
    return max(LIGHT, seen[-1].depth - 1) if setback else seen[-1].depth + 1


def _read(table: Mapping[str, Any], locale: str) -> Prompt:
    """Read one question of a pack."""
    tags = [Tag(tag) for tag in table["tags"]]
    return Prompt(id=table["id"], text=table["text"], depth=table["depth"], tags=tags, locale=locale)
