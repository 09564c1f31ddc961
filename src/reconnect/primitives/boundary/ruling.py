"""A ruling says what stands between someone and an act towards another: a no, a question, a wait, or nothing."""

from collections.abc import Iterator
from typing import Final, Self

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidBoundary
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.temporal.instant import as_instant, is_a

__all__ = ["OWN_RULE", "PERMIT", "Ruling"]

OWN_RULE: Final = "boundary.own_rule"
_OURS: Final = (
    "by_consent",
    "cooldown",
    "depth_limit",
    "frequency_limit",
    "no_reply_expected",
    "pause_cue",
    "pause_on_hurt",
    "quiet_hours",
    "topics_for_check_ins",
)
_SAID: Final = frozenset(map("boundary.{}".format, _OURS))  # each of our kinds is said by the phrase of its name


def _yes_or_no(value: bool) -> bool:  # noqa: FBT001 - a converter has one argument
    if type(value) is not bool:
        raise InvalidBoundary("yes or no", f"a {type(value).__name__}")
    return value


def _people(value: frozenset[str]) -> frozenset[str]:
    if not is_a(value, frozenset):
        raise InvalidBoundary("a frozenset of ids", f"a {type(value).__name__}")
    return frozenset(map(as_id, value))


limit(_people, each=as_id)


def _reasons(value: tuple[str, ...]) -> tuple[str, ...]:
    if not is_a(value, tuple) or not all(is_a(each, str) for each in value):
        raise InvalidBoundary("a tuple of kinds", "something else")
    return tuple(sorted(set(value)))


def _sorted(people: frozenset[str]) -> str:
    return f"frozenset({{{', '.join(map(repr, sorted(people)))}}})" if people else "frozenset()"


def _reason(kind: str) -> Phrase:
    return Phrase.of(kind if kind in _SAID else OWN_RULE)


@frozen(kw_only=True)
class Ruling:
    """What rules say about one act, as three answers at once: whether, after asking whom, and from when on.

    The answers do not cancel each other: whoever has asked still waits, and whoever has waited still asks. The
    reasons name kinds of rules, never anybody's words.

    >>> asked = Ruling(ask_first=frozenset({"ana"}), reasons=("boundary.by_consent",))
    >>> later = Ruling(not_before=pendulum.datetime(2026, 1, 6, 7), reasons=("boundary.quiet_hours",))
    >>> both = asked & later
    >>> both.ask_first == {"ana"}, both.not_before == later.not_before, both.reasons
    (True, True, ('boundary.by_consent', 'boundary.quiet_hours'))
    >>> both <= asked, asked <= later, Ruling().permits
    (True, False, True)

    Attributes:
        deny: it is not for now, and no time is known.
        ask_first: whom to ask each time; every answer is fine.
        not_before: from when on there is room, or `None` if nothing has to be waited for.
        reasons: the kinds of the rules that said so, sorted.

    Raises:
        InvalidBoundary: an answer is of another type.

    Laws:
        `&` is associative, commutative and idempotent; `Ruling()` changes nothing. `a & b` is at least as strict
        as each of them, and no stricter than anything that is. `a <= b`, read "a is at least as strict as b", looks
        at the three answers only: two rulings that differ in their reasons are each `<=` the other and not equal.
    """

    deny: bool = field(default=False, converter=_yes_or_no)
    ask_first: frozenset[str] = field(default=frozenset(), converter=_people, repr=_sorted)
    not_before: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    reasons: tuple[str, ...] = field(default=(), converter=_reasons)

    @property
    def permits(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.deny and not self.ask_first and self.not_before is None

    @property
    def holds_back(self) -> bool:
        """Whether it is not for now, whoever is asked."""
        return self.deny or self.not_before is not None

    def phrases(self) -> tuple[Phrase, ...]:
        """Say it in a few sentences: what it comes to, and which kinds of rules it rests on.

        >>> [phrase.key for phrase in Ruling(deny=True, reasons=("boundary.no_reply_expected",)).phrases()]
        ['boundary.deny', 'boundary.no_reply_expected']
        """
        return (*self._answers(), *dict.fromkeys(map(_reason, self.reasons)))

    def _answers(self) -> Iterator[Phrase]:
        if self.deny:
            yield Phrase.of("boundary.deny")
            return
        if self.ask_first:
            yield Phrase.of("boundary.ask", people=tuple(sorted(self.ask_first)))
        if self.not_before is not None:
            yield Phrase.of("boundary.wait", start=self.not_before)
        if self.permits:
            yield Phrase.of("boundary.free")

    def __and__(self, other: Self) -> "Ruling":
        """Return the ruling of both: in each of the three answers the stricter one."""
        if not is_a(other, Ruling):
            return NotImplemented
        waits = [wait for wait in (self.not_before, other.not_before) if wait is not None]
        return Ruling(
            deny=self.deny or other.deny,
            ask_first=self.ask_first | other.ask_first,
            not_before=max(waits, default=None),
            reasons=(*self.reasons, *other.reasons),
        )

    def __le__(self, other: Self) -> bool:
        """Tell whether this one is at least as strict in each of the three answers."""
        if not is_a(other, Ruling):
            return NotImplemented
        denies = self.deny or not other.deny
        waits = other.not_before is None or (self.not_before is not None and self.not_before >= other.not_before)
        return denies and waits and self.ask_first >= other.ask_first


PERMIT: Final = Ruling()
