"""What people say about amends: the author owns something, those it is for answer and notice if they like."""

from collections.abc import Iterable
from typing import ClassVar

from attrs import field, frozen

from reconnect.errors import InvalidBody
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.record.kind import Heard, as_text, register

__all__ = ["Drafted", "Noticed", "Owned", "Repair", "Replied", "TakenBack"]


def _towards(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise InvalidBody("the ids of people", "a text")
    people = tuple(map(as_id, value))
    if len(set(people)) < len(people):
        raise InvalidBody("the ids of people, each of them once", "one of them twice")
    return people


limit(_towards, once=True, each=as_id)


@frozen(kw_only=True)
class Repair:
    """What someone would like to make good, in their own words: what I did, the effect I see, what I will change.

    It is about one's own acts. What the other did has no place in it, and neither has "but". The words are
    left out of `repr`.

    >>> Repair(did="I left in the middle of your sentence.", effect="You ended the evening alone.")
    Repair(towards=())
    >>> Repair(did="I left in the middle of your sentence.", effect="You ended the evening alone.").is_whole
    False

    Attributes:
        did: what I did.
        effect: the effect I see that it had.
        change: the concrete change I commit to.
        towards: the ids of those it is for; everyone else who is there when it is offered, if nobody is named.

    Raises:
        InvalidBody: a part is no text, or `towards` is one text or names someone twice.
        InvalidId: what `towards` names can be nobody's id.
    """

    did: str = field(default="", repr=False, converter=as_text)
    effect: str = field(default="", repr=False, converter=as_text)
    change: str = field(default="", repr=False, converter=as_text)
    towards: tuple[str, ...] = field(default=(), converter=_towards)

    @property
    def is_whole(self) -> bool:
        """Whether all three parts have words; an apology without a change is a draft still."""
        return all(part.strip() for part in (self.did, self.effect, self.change))


def _repair(value: Repair) -> Repair:
    if not isinstance(value, Repair):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidBody("what someone would like to make good", f"a {type(value).__name__}")
    return value


def _whole(value: Repair) -> Repair:
    if not _repair(value).is_whole:
        raise InvalidBody("words for what I did, for its effect and for the change", "a part without words")
    return value


limit(
    _whole,
    such_as=(
        {
            "type": "repair",
            "did": "I left in the middle of your sentence.",
            "effect": "You ended the evening alone.",
            "change": "I will say when I need a break.",
        },
    ),
)


def _yes_or_no(value: bool) -> bool:  # noqa: FBT001 - a converter has one argument
    if type(value) is not bool:
        raise InvalidBody("yes or no", f"a {type(value).__name__}")
    return value


@register
@frozen(kw_only=True)
class Drafted:
    """Words that nobody else sees, as unfinished as they may be."""

    kind: ClassVar[str] = "amends.drafted"
    heard: ClassVar[Heard] = Heard.PRIVATE

    repair: Repair = field(converter=_repair)


@register
@frozen(kw_only=True)
class Owned:
    """The author owns what they did, aloud; nothing is expected of anyone."""

    kind: ClassVar[str] = "amends.owned"
    heard: ClassVar[Heard] = Heard.SHARED

    repair: Repair = field(converter=_whole)


@register
@frozen(kw_only=True)
class Replied:
    """An answer of someone whom amends are for, to the very words it names."""

    kind: ClassVar[str] = "amends.replied"
    heard: ClassVar[Heard] = Heard.SHARED

    words: str = field(converter=as_id)
    text: str = field(default="", repr=False, converter=as_text)
    forgives: bool = field(default=False, repr=False, converter=_yes_or_no)


@register
@frozen(kw_only=True)
class Noticed:
    """Good news of someone whom amends are for: they noticed the change."""

    kind: ClassVar[str] = "amends.noticed"
    heard: ClassVar[Heard] = Heard.SHARED

    text: str = field(default="", repr=False, converter=as_text)


@register
@frozen(kw_only=True)
class TakenBack:
    """Its author takes back the words or the answer they gave, without a reason."""

    kind: ClassVar[str] = "amends.taken_back"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True
