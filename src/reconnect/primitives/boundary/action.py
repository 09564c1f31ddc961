"""Actions are what someone may be about to do towards another; a ruling is asked about one of them."""

from enum import Enum
from typing import Final

from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidBoundary
from reconnect.limits import limit
from reconnect.people.person import LONGEST_ID, PRINTED, as_id

__all__ = [
    "Action",
    "AskQuestion",
    "ComeClose",
    "ExpectReply",
    "MakeContact",
    "Nudge",
    "OfferRepair",
    "OpenCheckIn",
    "OwnAction",
    "RaiseTopic",
    "Undeniable",
    "Undenied",
]

DEEPEST: Final = 3  # found: Aron et al. 1997, whose questions come in three sets, each deeper than the one before


class Undenied(Enum):
    """What nobody can forbid anyone."""

    PAUSE = "pause"
    STOP = "stop"
    GO_QUIET = "go_quiet"
    SUPPORT = "support"
    EXPORT = "export"
    ERASE = "erase"
    DROP_OWN = "drop_own"
    LEAVE = "leave"


@frozen(kw_only=True)
class Action:
    """What actions have in common: whose it is, and towards whom.

    An app makes classes of its own from it (frozen attrs classes), or names an `OwnAction`.

    Attributes:
        by: whose act it would be.
        toward: the one person it is directed at; for several people, ask for each and combine with `&`.
    """

    by: str = field(converter=as_id)
    toward: str = field(converter=as_id)


@frozen(kw_only=True)
class MakeContact(Action):
    """Reaching out: a message, a call, a knock at the door."""


@frozen(kw_only=True)
class Nudge(Action):
    """A reminder that someone sends another through the app."""


@frozen(kw_only=True)
class OpenCheckIn(Action):
    """Opening a check-in that both agreed on; it is no contact that a limit on how often would count."""


@frozen(kw_only=True)
class RaiseTopic(Action):
    """Bringing up a topic, named by its key in the circle."""

    topic: str = field(converter=as_id)


@frozen(kw_only=True)
class ComeClose(Action):
    """A gesture or closeness, named by what it is, such as `hug`."""

    gesture: str = field(converter=as_id)


def as_depth(value: int, *, least: int = 1) -> int:
    """Return how deep a question goes, or refuse.

    Raises:
        InvalidBoundary: it is no whole number up to 3.
    """
    if type(value) is not int or not least <= value <= DEEPEST:
        raise InvalidBoundary(f"a depth from {least} to {DEEPEST}", f"another {type(value).__name__}")
    return value


limit(as_depth, least=1, most=DEEPEST)


@frozen(kw_only=True)
class AskQuestion(Action):
    """An opening question, from 1 (light) to 3 (deep)."""

    depth: int = field(converter=as_depth)


@frozen(kw_only=True)
class ExpectReply(Action):
    """Expecting an answer; what is sent without expecting one is another action."""


@frozen(kw_only=True)
class OfferRepair(Action):
    """A step to make good: an apology, "that came out wrong", making room."""


def _name(value: str) -> str:
    if as_id(value) in {each.value for each in Undenied}:
        raise InvalidBoundary("a name of the app's own", "one that stands for what nobody can forbid")
    return value


limit(_name, least=1, most=LONGEST_ID, shape=PRINTED)


@frozen(kw_only=True)
class OwnAction(Action):
    """An action that the host app names itself.

    Raises:
        InvalidBoundary: the name stands for what nobody can forbid (see `Undeniable`).
    """

    name: str = field(converter=_name)


def _what(value: Undenied) -> Undenied:
    if not isinstance(value, Undenied):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidBoundary("one of those that nobody can forbid", f"a {type(value).__name__}")
    return value


@frozen(kw_only=True)
class Undeniable:
    """What is always permitted: pausing, stopping, going quiet, support, export, erasure, dropping one's own, leaving.

    No rule is even asked about it, those of the host app included.

    Attributes:
        by: whose act it would be.
        what: which of them.
        toward: whom it would touch most, if anyone; it changes nothing.
    """

    by: str = field(converter=as_id)
    what: Undenied = field(converter=_what)
    toward: str | None = field(default=None, converter=optional(as_id))
