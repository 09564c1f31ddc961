"""A prompt is one open question that people may ask each other, with how deep it goes and what it is for."""

from collections.abc import Iterable
from enum import Enum
from typing import ClassVar, Final

from attrs import field, frozen

from reconnect.errors import InvalidPrompt
from reconnect.limits import WORDS, limit
from reconnect.people.person import as_id
from reconnect.record.kind import as_text, register

__all__ = ["Prompt", "Tag"]

LIGHT: Final = 1
DEEP: Final = 3  # found: Aron et al. 1997, whose questions come in three sets, each deeper than the one before
LONGEST: Final = 300  # ours, no study: characters; more is a letter


class Tag(Enum):
    """What a question is for."""

    DAILY = "daily"
    """For an ordinary day."""
    AFTER_CONFLICT = "after_conflict"
    """For coming back to each other."""
    APPRECIATION = "appreciation"
    """For what is valued."""
    SUPPORT = "support"
    """For how to be there for each other."""
    MEMORY = "memory"
    """For what was."""
    PLAN = "plan"
    """For what may come."""


def _text(value: str) -> str:
    if not 0 < len(as_text(value).strip()) <= LONGEST:
        raise InvalidPrompt(f"a question of 1 to {LONGEST} characters", f"{len(value)} characters")
    return value


limit(_text, least=1, shape=WORDS)


def _depth(value: int) -> int:
    if type(value) is not int or not LIGHT <= value <= DEEP:
        raise InvalidPrompt(f"a depth from {LIGHT} to {DEEP}", f"another {type(value).__name__}")
    return value


limit(_depth, least=LIGHT, most=DEEP)


def as_tags(value: Iterable[Tag]) -> tuple[Tag, ...]:
    """Return tags, each once, in one order.

    Raises:
        InvalidPrompt: there is something else among them.
    """
    given = set(value)
    if not given <= set(Tag):
        raise InvalidPrompt("tags", "something else among them")
    return tuple(tag for tag in Tag if tag in given)


@register
@frozen(kw_only=True)
class Prompt:
    """An open question; it can be asked with a `Reveal`, so that the answers open together or not at all.

    Its words go along with it, so a question that was asked stays as it was when a newer pack says it better.

    >>> Prompt(id="tea", text="What is your favourite cup, and why?", tags=[Tag.PLAN, Tag.DAILY])
    Prompt(id='tea', depth=1, tags=(<Tag.DAILY: 'daily'>, <Tag.PLAN: 'plan'>), locale='en')

    Attributes:
        id: what stands for it in every language; the same question keeps it for good.
        text: the question; left out of `repr`, since an app may bring questions that people wrote.
        depth: from 1 (light) to 3 (deep).
        tags: what it is for, each once, in one order.
        locale: the language of the text.

    Raises:
        InvalidPrompt: there are no words in it, or more than 300 characters; the depth is none from 1 to 3; a tag is
            none of those known.

    Sources:
        Three depths: Aron et al. 1997, whose 36 questions come in three sets. Our questions are our own.
    """

    kind: ClassVar[str] = "prompt"

    id: str = field(converter=as_id)
    text: str = field(repr=False, converter=_text)
    depth: int = field(default=LIGHT, converter=_depth)
    tags: tuple[Tag, ...] = field(default=(), converter=as_tags)
    locale: str = field(default="en", converter=as_id)
