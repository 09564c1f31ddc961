"""The columns of a frame, read strictly: a text is a text, a moment has a zone, and what is missing is missing."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, TypeVar

import pendulum

from reconnect.edges._polars import pl
from reconnect.errors import InvalidTable, ReconnectError
from reconnect.temporal.instant import from_microseconds, parse_instant

__all__ = ["FIRST_ROW", "checked", "dates", "instants", "numbers", "texts"]

T = TypeVar("T")
Unit: TypeAlias = Literal["ns", "us"]
FIRST_ROW: Final = 2  # rows are counted as a spreadsheet counts them: the names of the columns stand in the first
MOMENT: Final = "a moment with a zone, in whole microseconds"
NUMBER: Final = "a number, or nothing"
DAY: Final = "a day such as 2026-01-05, or nothing"
_LATE_COLON: Final = re.compile(r"(?<=[+-]\d\d)(?=\d\d$)", re.ASCII)  # polars writes +0000 where RFC 3339 has +00:00
_NUMBER: Final = re.compile(r"[+-]?\d{1,10}(\.\d{1,20})?(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
_NANOSECONDS: Final = 1000  # in a microsecond


def texts(frame: pl.DataFrame, name: str, *, required: bool = False) -> Sequence[str | None]:
    """Return a column of texts; one that is not there holds nothing in any row."""
    column = _column(frame, name)
    if column is None:
        return [None] * frame.height
    if not _is_text(column):
        raise InvalidTable(0, name, "texts")
    found = column.cast(pl.String).to_list()
    if required and None in found:
        raise InvalidTable(found.index(None) + FIRST_ROW, name, "a text")
    return found


def instants(frame: pl.DataFrame, name: str) -> Sequence[pendulum.DateTime]:
    """Return a column of moments: real ones with a zone, or texts as RFC 3339 has them."""
    column = _column(frame, name)
    dtype = None if column is None else column.dtype
    if column is not None and isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        unit: Unit = "ns" if dtype.time_unit == "ns" else "us"
        counts = column.dt.epoch(unit).to_list()
        return [_each(row, name, MOMENT, _from_count, count, unit) for row, count in enumerate(counts, FIRST_ROW)]
    if column is None or not _is_text(column):
        raise InvalidTable(0, name, "moments with a zone")
    return [_each(row, name, MOMENT, _from_text, text) for row, text in enumerate(texts(frame, name), FIRST_ROW)]


def numbers(frame: pl.DataFrame, name: str) -> Sequence[Fraction | None]:
    """Return a column of exact numbers: whole ones, floats as they are shown, decimals, or texts of either."""
    column = _column(frame, name)
    if column is None:
        return [None] * frame.height
    if not (column.dtype.is_numeric() or _is_text(column)):
        raise InvalidTable(0, name, "numbers")
    return [_each(row, name, NUMBER, _number, value) for row, value in enumerate(column.to_list(), FIRST_ROW)]


def dates(frame: pl.DataFrame, name: str) -> Sequence[dt.date | None]:
    """Return a column of days: real ones, texts such as 2026-01-05, or midnights without a zone, as pandas has days."""
    column = _column(frame, name)
    if column is None:
        return [None] * frame.height
    midnights = isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone is None
    if not (midnights or isinstance(column.dtype, pl.Date) or _is_text(column)):
        raise InvalidTable(0, name, "days")
    return [_each(row, name, DAY, _day, value) for row, value in enumerate(column.to_list(), FIRST_ROW)]


def checked(row: int, column: str, make: Callable[..., T], *given: Any, **named: Any) -> T:  # noqa: ANN401 - as it takes
    """Make something of a cell; what is refused says the row and the column, and never what stood there.

    The error is raised outside of the handler, so that it brings no other error along.
    """
    try:
        return make(*given, **named)
    except ReconnectError as error:
        path, said = getattr(error, "path", ""), getattr(error, "expected", None)
        expected = said if isinstance(said, str) else f"what {make.__name__} accepts"
    raise InvalidTable(row, column, f"{expected}, at {path}" if path else expected)


def _column(frame: pl.DataFrame, name: str) -> pl.Series | None:
    """Return a column; one in which nothing stands at all is as good as none."""
    if name not in frame.columns:
        return None
    column = frame.get_column(name)
    return None if isinstance(column.dtype, pl.Null) else column


def _is_text(column: pl.Series) -> bool:
    return isinstance(column.dtype, pl.String | pl.Categorical | pl.Enum)


def _each(row: int, name: str, expected: str, read: Callable[..., T], *given: object) -> T:
    """Read one cell; what cannot be read says where, outside of the handler as above."""
    try:
        return read(*given)
    except ValueError:  # as are the errors of this library
        pass
    raise InvalidTable(row, name, expected)


def _from_count(count: int | None, unit: Unit) -> pendulum.DateTime:
    if count is None or (unit == "ns" and count % _NANOSECONDS):
        raise ValueError
    return from_microseconds(count // _NANOSECONDS if unit == "ns" else count)


def _from_text(text: str | None) -> pendulum.DateTime:
    if text is None:
        raise ValueError
    return parse_instant(_LATE_COLON.sub(":", text))


def _number(value: float | str | None) -> Fraction | None:
    text = str(value)
    if value is not None and not _NUMBER.fullmatch(text):
        raise ValueError
    return None if value is None else Fraction(text)


def _day(value: dt.date | str | None) -> dt.date | None:
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise ValueError
        return value.date()
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
