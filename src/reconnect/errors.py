"""The one tree of errors: every error says what was expected and what came, never anything private."""

from datetime import datetime
from typing import ClassVar

__all__ = [
    "AlreadyAnswered",
    "DecodeError",
    "IdTaken",
    "InvalidAudience",
    "InvalidBody",
    "InvalidCircle",
    "InvalidDate",
    "InvalidHours",
    "InvalidId",
    "InvalidInstant",
    "InvalidMeeting",
    "InvalidOffer",
    "InvalidPeriod",
    "InvalidPerson",
    "InvalidPhrase",
    "InvalidRecurrence",
    "InvalidRhythm",
    "InvalidTable",
    "InvalidWindow",
    "InvalidZone",
    "KindTaken",
    "MissingExtra",
    "NewerDatabase",
    "NotAMember",
    "NotInForce",
    "NotKept",
    "NotOpen",
    "NotYet",
    "NotYours",
    "ReconnectError",
    "Superseded",
    "TracesLeft",
    "UnknownKind",
    "UnknownStory",
    "WrongKey",
]


class ReconnectError(Exception):
    """Any refusal or complaint of this library; catch it to catch them all.

    Every leaf also inherits the builtin that a stranger would catch, and carries its data as attributes.
    All data is passed to the constructor, so that every error survives pickling.
    """

    fields: ClassVar[tuple[str, ...]] = ()
    says: ClassVar[str] = ""

    def __init__(self, *values: object) -> None:
        """Keep the values under the names in `fields`."""
        super().__init__(*values)
        for name, value in zip(self.fields, values, strict=True):
            setattr(self, name, value)

    def __str__(self) -> str:
        """Say in one lower-case sentence what was expected and what came."""
        return self.says.format_map(vars(self))


class _Invalid(ReconnectError, ValueError):
    """A value that cannot be: what was expected, and what came (a type's name or harmless text)."""

    says = "expected {expected}, got {got}"
    fields: ClassVar[tuple[str, ...]] = ("expected", "got")
    expected: str
    got: str


class InvalidInstant(_Invalid):
    """Not a moment in time: a zone or an offset is missing, or the text has another shape."""


class InvalidZone(_Invalid):
    """Not the name of an IANA time zone."""


class InvalidDate(_Invalid):
    """Not a calendar date or a time of day."""


class InvalidWindow(_Invalid):
    """A stretch of time must end after it starts."""


class InvalidPeriod(_Invalid):
    """Not a calendar step of whole years, months, weeks and days."""


class InvalidHours(_Invalid):
    """Not weekly hours such as `{"MO": ["18:00-22:00"]}`."""


class InvalidRecurrence(_Invalid):
    """Not a rule of RFC 5545 that this library carries out."""


class InvalidId(_Invalid):
    """Not an id: a short text without control characters, meaningless by itself."""


class InvalidPerson(_Invalid):
    """Not a person as this library knows one: an id, a zone, and perhaps a name."""


class InvalidCircle(_Invalid):
    """A circle is two or more people, each of them once."""


class InvalidBody(_Invalid):
    """Not something that can be written down: a frozen, hashable attrs class with a `kind`."""


class InvalidAudience(_Invalid):
    """What binds others is shared from the start; what is one person's own stays private."""


class InvalidOffer(_Invalid):
    """Not an offer that anyone could answer."""


class InvalidRhythm(_Invalid):
    """Not a rhythm of check-ins that two people could keep."""


class InvalidMeeting(_Invalid):
    """Not a question for common times, or not something published for it."""


class InvalidPhrase(_Invalid):
    """Not a sentence the phrasebook can say: a key or a parameter is missing or of another type."""


class InvalidTable(ReconnectError, ValueError):
    """A table that cannot be read as it stands: where, and what was expected there; never what stood there."""

    fields: ClassVar[tuple[str, ...]] = ("row", "column", "expected")
    row: int
    column: str
    expected: str

    def __str__(self) -> str:
        """Say the row as a spreadsheet counts it (0 is the table as a whole), the column, and what was expected."""
        row = f"in row {self.row}" if self.row else "in the table"
        column = f", column {self.column}" if self.column else ""
        return f"{row}{column}: expected {self.expected}"


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


class DecodeError(ReconnectError, ValueError):
    """Outside data that cannot be read: where (`path`), and what was expected there; never what stood there."""

    fields: ClassVar[tuple[str, ...]] = ("path", "expected")
    path: str
    expected: str

    def __str__(self) -> str:
        """Say where, and what was expected."""
        return f"at {self.path or 'the top'}: expected {self.expected}"


class MissingExtra(ReconnectError, ImportError):
    """This part of the library needs another package, which an extra brings along."""

    says = "expected {package}, which the extra brings along: pip install 'reconnect[{extra}]'"
    fields: ClassVar[tuple[str, ...]] = ("extra", "package")
    extra: str
    package: str


class NotKept(ReconnectError, OSError):
    """The database did not carry it out: nothing of this call was kept. Trying again later is fine."""

    says = "expected the database to carry this out, got {reason}"
    fields: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str


class TracesLeft(ReconnectError, OSError):
    """Everything is erased from the journal, but bytes of it are still in the files of the database."""

    fields: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str

    def __str__(self) -> str:
        """Say why, and what is left to do."""
        return (
            f"erased from the journal, but traces stay in the files of the database for now ({self.reason}); "
            "they go when `erase` is called again or the journal is opened anew"
        )


class NewerDatabase(ReconnectError, ValueError):
    """A newer version of this library has written this database."""

    says = "expected a database of version {known} or older, got version {found}"
    fields: ClassVar[tuple[str, ...]] = ("found", "known")
    found: int
    known: int


class WrongKey(ReconnectError, ValueError):
    """The database was begun with another key, which is needed to recognise what was erased."""

    says = "expected the key with which this database was begun"
