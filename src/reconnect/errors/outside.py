"""Trouble at the outer walls: documents, tables, databases and missing packages."""

from typing import ClassVar

from reconnect.errors.tree import ReconnectError

__all__ = [
    "DecodeError",
    "InvalidTable",
    "MissingExtra",
    "NewerDatabase",
    "NotKept",
    "TracesLeft",
    "Unconfirmed",
    "WrongKey",
    "WrongSeal",
]


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


class Unconfirmed(ReconnectError, OSError):
    """The database was gone before it could confirm: this call was kept whole, or not at all. Trying again is fine."""

    says = "expected the database to confirm this, got {reason}; it is kept whole or not at all, and can be tried again"
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


class WrongSeal(ReconnectError, ValueError):
    """Bodies are sealed in this database, and what was given does not open them."""

    says = "expected {expected}"
    fields: ClassVar[tuple[str, ...]] = ("expected",)
    expected: str
