"""A row of a frame is an entry: the whole of it, its body as JSON, and a rating in columns of its own beside it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

import pendulum

from reconnect.edges._entry_columns import body_text, columns_of
from reconnect.edges._frame_columns import FIRST_ROW, checked, dates, instants, numbers, texts
from reconnect.edges._polars import pl
from reconnect.edges.convert import loads
from reconnect.errors import InvalidTable
from reconnect.metrics.rating import Rating
from reconnect.people.person import as_id
from reconnect.record.entry import Audience, Entry, Private, Sealed, Shared
from reconnect.record.kind import Body, kind_of

__all__ = ["COLUMNS", "NEEDED", "read_rows", "write_row"]

COLUMNS: Final[Mapping[str, pl.DataType]] = {
    "circle": pl.String(),
    "author": pl.String(),
    "id": pl.String(),
    "at": pl.Datetime("us", "UTC"),
    "kind": pl.String(),
    "about": pl.String(),
    "audience": pl.String(),
    "reveal": pl.String(),
    "scale": pl.String(),
    "value": pl.Float64(),
    "day": pl.Date(),
    "body": pl.String(),
}
NEEDED: Final = ("circle", "author", "id", "at")
_TEXTS: Final = tuple(name for name, dtype in COLUMNS.items() if dtype == pl.String)
_OTHERS: Final[Mapping[str, Audience]] = {"private": Private(), "shared": Shared()}


def write_row(entry: Entry) -> dict[str, object]:
    """Write an entry as the cells of a row.

    Raises:
        InvalidBody: it would not be read back as the same entry.
    """
    text = body_text(entry.body, _read)
    return {**columns_of(entry), **_rated(entry.body), "body": text}


def read_rows(table: pl.DataFrame) -> Iterator[tuple[int, Entry]]:
    """Go through the rows of a table: the number of each, and its entry.

    Raises:
        InvalidTable: a column or a cell is not what it should be.
    """
    said = {name: texts(table, name, required=name in NEEDED) for name in _TEXTS}
    moments, values, days = instants(table, "at"), numbers(table, "value"), dates(table, "day")
    for place, at in enumerate(moments):
        row, cells = place + FIRST_ROW, {name: column[place] for name, column in said.items()}
        yield row, _entry(row, cells, at, _body(row, cells, values[place], days[place]))


def _entry(row: int, cells: Mapping[str, str | None], at: pendulum.DateTime, body: Body) -> Entry:
    """Put an entry together; each refusal names its column."""
    named = {name: checked(row, name, as_id, cells[name]) for name in ("circle", "author", "id")}
    about = None if cells["about"] is None else checked(row, "about", as_id, cells["about"])
    audience = _audience(row, cells["audience"], cells["reveal"])
    return checked(row, "audience", Entry, **named, at=at, body=body, audience=audience, about=about)


def _audience(row: int, said: str | None, reveal: str | None) -> Audience:
    if said == "sealed":
        return checked(row, "reveal", Sealed, reveal)
    if reveal is not None:
        raise InvalidTable(row, "reveal", "nothing, because the audience is not sealed")
    if said is not None and said not in _OTHERS:
        raise InvalidTable(row, "audience", "private, shared or sealed")
    return _OTHERS[said or "private"]


def _body(row: int, cells: Mapping[str, str | None], value: Fraction | None, day: dt.date | None) -> Body:
    """Read the body, or make one of the columns of a rating; where both are there they have to say the same."""
    text, scale = cells["body"], cells["scale"]
    if text is None and (scale is None or value is None):
        raise InvalidTable(row, "body", "a body, or a scale and a value")
    if text is None:
        name = checked(row, "scale", as_id, scale)
        body: Body = checked(row, "value", Rating, scale=name, value=value, day=day)
    else:
        body = checked(row, "body", _read, text)
    number = None if value is None else float(value)
    beside = {"kind": cells["kind"], "scale": scale, "value": number, "day": day}
    inside = {"kind": kind_of(body), **_rated(body)}
    for column, found in beside.items():
        if found is not None and found != inside[column]:
            raise InvalidTable(row, column, "what the body says, or nothing")
    return body


def _rated(body: Body) -> dict[str, object]:
    """Return the columns of a rating, which hold nothing for any other body."""
    if not isinstance(body, Rating):
        return {"scale": None, "value": None, "day": None}
    return {"scale": body.scale, "value": float(body.value), "day": body.day}


def _read(text: str) -> Body:
    found: Body = loads(text, Body)
    return found
