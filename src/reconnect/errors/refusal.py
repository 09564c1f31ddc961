"""Acts that are refused: by whom, when or in whose name they came is what stands in the way."""

from datetime import datetime
from typing import ClassVar

from reconnect.errors.tree import ReconnectError

__all__ = [
    "AlreadyAnswered",
    "IdTaken",
    "KindTaken",
    "NotAMember",
    "NotInForce",
    "NotNow",
    "NotOpen",
    "NotYet",
    "NotYourStep",
    "NotYours",
    "Superseded",
    "UnknownKind",
    "UnknownStory",
]


class IdTaken(ReconnectError, ValueError):
    """A proposal that this reader can see has that id already; each has its own."""

    says = "expected an id that no proposal has yet, got one that is taken"


class KindTaken(ReconnectError, ValueError):
    """Another class already carries this kind."""

    says = "expected a kind that is still free, got {kind!r}, which another class carries"
    fields: ClassVar[tuple[str, ...]] = ("kind",)
    kind: str


class UnknownKind(ReconnectError, LookupError):
    """No class is registered for this kind here."""

    says = "expected a registered kind, got {kind!r}"
    fields: ClassVar[tuple[str, ...]] = ("kind",)
    kind: str


class NotAMember(ReconnectError, PermissionError):
    """Only the members of a circle write in it and look at it; the same words whether or not it exists."""

    says = "expected someone who is in this circle at that time"


class NotYours(ReconnectError, PermissionError):
    """Everyone writes, answers and protects for themselves; the same words whatever is or is not there."""

    says = "expected something of your own: nobody acts in another person's name"


class UnknownStory(ReconnectError, LookupError):
    """Nothing that this reader can see has that id."""

    says = "expected the id of a {story} that this reader can see"
    fields: ClassVar[tuple[str, ...]] = ("story",)
    story: str


class Superseded(ReconnectError, ValueError):
    """A newer offer stands; an answer always names the very offer it answers."""

    says = "expected an answer to the newest offer, which is {newest}"
    fields: ClassVar[tuple[str, ...]] = ("newest",)
    newest: str


class NotOpen(ReconnectError, ValueError):
    """The thing is not open at that time: not yet, not any more, or it was let go."""

    says = "expected {what} that is open at that time"
    fields: ClassVar[tuple[str, ...]] = ("what",)
    what: str


class NotNow(NotOpen):
    """A step that the talk is not at; it says what comes first."""

    says = "expected {what}"


class NotYourStep(NotYours):
    """Another person's step, in their turn; everyone has a turn of their own."""

    says = "expected {what}; everyone has a turn"
    fields: ClassVar[tuple[str, ...]] = ("what",)
    what: str


class AlreadyAnswered(ReconnectError, ValueError):
    """This person said yes to the offer already; `withdraw` takes a yes back."""

    says = "expected a first answer; a yes is taken back by withdrawing it"


class NotInForce(ReconnectError, ValueError):
    """Not everyone's yes stands at that time, and silence is not yes."""

    says = "expected something that everyone has said yes to at that time"


class NotYet(ReconnectError, ValueError):
    """The same person offered on the same subject a short while ago; there is room again at `until`."""

    fields: ClassVar[tuple[str, ...]] = ("until",)
    until: datetime

    def __str__(self) -> str:
        """Say from when on there is room."""
        return f"expected a little time between offers on one subject, until {self.until.isoformat()}"
