"""A cell is what somebody typed: it becomes an id, a day or an exact number, or is refused by its place."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import frozen

from reconnect.edges.diary.columns import LONGEST_NAME, Columns, Rated
from reconnect.edges.diary.day import Day, DiaryDay, as_day, later
from reconnect.edges.diary.table import Row, Table
from reconnect.errors import InvalidBody, InvalidTable

__all__ = ["ONE_COUPLE", "Cells", "couple_in", "number_in", "written_out"]

ONE_COUPLE: Final = "1"  # the id where a table has no column for it, because it is one couple's own

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_WHOLE: Final = re.compile(r"([+-]?[0-9]{1,9})(?:\.0{0,9})?")  # a day written as 14.0 is day 14
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def written_out(number: Fraction) -> str:
    """Write a bound of a scale as people do: 4, 0.5."""
    return f"{(Decimal(number.numerator) / number.denominator).normalize():f}"


def number_in(cell: str, *, decimal_comma: bool = False) -> Fraction | None:
    """Return the exact number in a cell, `None` if none that people write stands there."""
    text = cell.replace(",", ".") if decimal_comma else cell
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def couple_in(row: Row, place: int | None, header: Sequence[str]) -> str:
    """Return the couple's id from its column; a table without such a column is one couple's own."""
    if place is None:
        return ONE_COUPLE
    number, cells = row
    if not 0 < len(cells[place]) <= LONGEST_NAME or not cells[place].isprintable():
        raise InvalidTable(number, header[place], f"the couple's id, in 1 to {LONGEST_NAME} printable characters")
    return cells[place]


@frozen(kw_only=True)
class Cells:
    """What the cells of a row mean; each is refused by its place, never by what stands in it."""

    table: Table
    columns: Columns
    scale: tuple[Fraction, Fraction]
    blanks: frozenset[str]
    start: dt.date | None

    def couple(self, row: Row) -> str:
        """Return the couple's id."""
        return couple_in(row, self.columns.couple, self.table.header)

    def day(self, row: Row) -> Day:
        """Return the day, a number or a date."""
        number, cells = row
        cell = cells[self.columns.day]
        whole = _WHOLE.fullmatch(cell)
        try:
            if whole:
                count = int(whole[1])
                return count if self.start is None else as_day(later(self.start, count))
            if self.start is None and _DATE.fullmatch(cell):
                return as_day(dt.date.fromisoformat(cell))
        except (ValueError, OverflowError, InvalidBody):
            pass
        known = "the number of a day" if self.start else "the number of a day, or a date such as 2026-01-05"
        raise InvalidTable(number, self.table.header[self.columns.day], f"{known}, within the years 2 to 9998")

    def written(self, row: Row, day: Day, rated: Rated) -> DiaryDay:
        """Return what one person wrote about the day."""
        number, cells = row
        return DiaryDay(
            day=day,
            ratings=tuple((name, self._rating(number, place, cells[place])) for name, place in rated.ratings),
        )

    def _rating(self, row: int, place: int, cell: str) -> Fraction | None:
        if cell in self.blanks:
            return None
        lowest, highest = self.scale
        number = number_in(cell, decimal_comma=self.table.decimal_comma)
        if number is not None and lowest <= number <= highest:
            return number
        wanted = f"a number from {written_out(lowest)} to {written_out(highest)}, or nothing"
        raise InvalidTable(row, self.table.header[place], wanted)
