"""Recovery terms are what people agree on in calm, for the time after someone came back."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Final

from attrs import field, frozen

from reconnect.errors import InvalidRecovery
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.people.topic import NEVER_WAITS
from reconnect.phrase import Phrase
from reconnect.record.kind import as_text, register

__all__ = ["FOLLOW_UP", "LENGTH", "LONGEST", "RecoveryTerms"]

LENGTH: Final = dt.timedelta(hours=24)  # terryreal.com: 24 hours without the trigger topic; clinical custom, no trial
LONGEST: Final = dt.timedelta(days=7)  # ours, no study: what goes on for longer than a week is ordinary life
FOLLOW_UP: Final = dt.timedelta(minutes=15)  # ours, no study: short enough to say yes to
INTENTION: Final = Phrase.of("recovery.understand_not_win")
NOTHING: Final = dt.timedelta(0)


def _length(value: dt.timedelta) -> dt.timedelta:
    if not isinstance(value, dt.timedelta):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidRecovery("a length of time", f"a {type(value).__name__}")
    return value


def _intention(value: str | Phrase) -> str | Phrase:
    return value if isinstance(value, Phrase) else as_text(value)


def _exempt(value: Iterable[str]) -> frozenset[str]:
    if isinstance(value, str):
        raise InvalidRecovery("a collection of topics", "one text")
    return NEVER_WAITS.union(map(as_id, value))


limit(_exempt, each=as_id)


def _listed(topics: frozenset[str]) -> str:
    """Show topics in one order: equal sets may go through theirs in different ones."""
    return f"frozenset({sorted(topics)!r})"


@register
@frozen(kw_only=True)
class RecoveryTerms:
    """What happens after a return: agreed on beforehand, by a proposal that everyone says yes to.

    Some topics never rest, whatever is agreed: safety, children, health and boundaries. More can be added.

    >>> terms = RecoveryTerms(length=dt.timedelta(hours=36), intention="understand, not win", exempt={"rent"})
    >>> sorted(terms.exempt)
    ['boundaries', 'children', 'health', 'rent', 'safety']

    Attributes:
        length: how long the recovery window stays open after a return (24 hours unless said otherwise).
        intention: what everyone has in mind, as a text of their own or a phrase; left out of `repr`.
        exempt: topics that never rest; the four above are always among them.
        follow_up: how long the follow-up takes (15 minutes).

    Raises:
        InvalidRecovery: the window is longer than a week, there is no room in it for the follow-up, or the
            topics come as one text.
        InvalidBody: the intention is no text.

    Sources:
        24 hours: terryreal.com, clinical custom, not a trial. A week and 15 minutes: ours, no study.
    """

    kind: ClassVar[str] = "recovery.terms"

    length: dt.timedelta = field(default=LENGTH, converter=_length)
    intention: str | Phrase = field(default=INTENTION, repr=False, converter=_intention)
    exempt: frozenset[str] = field(default=NEVER_WAITS, converter=_exempt, repr=_listed)
    follow_up: dt.timedelta = field(default=FOLLOW_UP, converter=_length)

    def __attrs_post_init__(self) -> None:
        """Refuse a window without room for the follow-up, or one that is no pause any more."""
        if not NOTHING < self.follow_up < self.length <= LONGEST:
            raise InvalidRecovery("a window of at most a week, with room for the follow-up", "another one")
