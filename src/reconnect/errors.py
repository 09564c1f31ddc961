"""The one tree of errors: every error says what was expected and what came, never anything private."""

from typing import ClassVar

__all__ = [
    "InvalidDate",
    "InvalidHours",
    "InvalidInstant",
    "InvalidPeriod",
    "InvalidRecurrence",
    "InvalidWindow",
    "InvalidZone",
    "ReconnectError",
]


class ReconnectError(Exception):
    """Any refusal or complaint of this library; catch it to catch them all.

    Every leaf also inherits the builtin that a stranger would catch, and carries its data as attributes.
    All data is passed to the constructor, so that every error survives pickling.
    """

    fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *values: object) -> None:
        """Keep the values under the names in `fields`."""
        super().__init__(*values)
        for name, value in zip(self.fields, values, strict=True):
            setattr(self, name, value)


class _Invalid(ReconnectError, ValueError):
    """A value that cannot be: what was expected, and what came (a type's name or harmless text)."""

    fields = ("expected", "got")
    expected: str
    got: str

    def __str__(self) -> str:
        """Say it in one lower-case sentence."""
        return f"expected {self.expected}, got {self.got}"


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
