"""A row is an entry as the database keeps it: what is looked for in columns, and the body as JSON."""

import sys
from contextlib import suppress
from functools import partial
from typing import Any, Final, TypeVar

from reconnect.edges._document import canonical, parse
from reconnect.edges._entry_columns import body_text, columns_of
from reconnect.edges._sql_seal import BOTH, Seal
from reconnect.edges._sqlalchemy import sa
from reconnect.edges.convert import dumps, loads
from reconnect.errors import ReconnectError, WrongSeal
from reconnect.record.entry import Audience, Entry, Private, Sealed, Shared
from reconnect.record.kind import Body, UnknownBody
from reconnect.temporal.instant import from_microseconds

__all__ = ["read", "to_entry", "to_row", "write"]

T = TypeVar("T")

_BESIDE: Final = ("circle", "author", "id", "at", "kind", "about", "audience", "reveal")  # to what a body is sealed
_DROPPED: Final = ("kind", "reconnect")  # what a body of an unknown kind does not repeat


def to_row(entry: Entry, seal: Seal | None = None) -> dict[str, object]:
    """Write an entry as a row.

    Raises:
        InvalidBody: it would not be read back as the same entry.
        WrongSeal: its body could not be sealed.
    """
    text, row = body_text(entry.body, _body), columns_of(entry)
    if seal is None:
        return row | {"body": text, "sealed": None}
    return row | {"body": "", "sealed": seal.sealed(text, *(row[name] for name in _BESIDE))}


def to_entry(row: sa.Row[Any], seal: Seal | None = None) -> Entry:
    """Read a row as an entry.

    A body that cannot be read any more, because the host has changed its class, is kept and shown as it stands,
    so that nobody's view, export or erasure fails on it. What was set apart by its kind stays set apart.

    Raises:
        WrongSeal: its body is sealed and does not open. Nothing stands in for it: it may be a no, or a leaving.
    """
    text = _text(row, seal)
    made = partial(
        Entry, circle=row.circle, author=row.author, id=row.id, at=from_microseconds(row.at), about=row.about
    )
    with suppress(ReconnectError):
        return made(body=_body(text), audience=_audience(row))
    whole = parse(text, most_bytes=sys.maxsize, most_items=sys.maxsize)
    content = {name: value for name, value in whole.items() if name not in _DROPPED}
    body = UnknownBody(name=f"{row.kind}.unreadable", payload=canonical(content))
    return made(body=body, audience=_audience(row))


def read(text: str, wanted: type[T]) -> T:
    """Read what this journal wrote: caps are for what comes from outside."""
    return loads(text, wanted, most_bytes=sys.maxsize, most_items=sys.maxsize)


def write(value: object) -> str:
    """Write what this journal has worked out itself: no cap may stand in the way of an erasure."""
    return dumps(value, most_bytes=sys.maxsize, most_items=sys.maxsize).decode()


def _text(row: sa.Row[Any], seal: Seal | None) -> str:
    """Return the JSON of a body, out of its seal."""
    if row.sealed is None:
        return str(row.body)
    if seal is None:
        raise WrongSeal(BOTH)
    return seal.opened(row.sealed, *(getattr(row, name) for name in _BESIDE))


def _audience(row: sa.Row[Any]) -> Audience:
    if row.audience == "sealed":
        return Sealed(row.reveal)
    return Shared() if row.audience == "shared" else Private()


def _body(text: str) -> Body:
    return read(text, Body)  # type: ignore[type-abstract]  # any body
