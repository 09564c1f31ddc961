"""A table is a header and rows of cells, read from a CSV file as people's own tools write it."""

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from attrs import field, frozen

from reconnect.errors import InvalidTable

__all__ = ["Readable", "Row", "Source", "Table", "Watch", "read_table"]

DELIMITERS: Final = ",;\t|"  # what spreadsheets write; at a tie the first of them wins
ROW_OF_HEADER: Final = 1  # rows are counted as a spreadsheet counts them, the header included

Row: TypeAlias = tuple[int, tuple[str, ...]]
"""The number of a row, as a spreadsheet shows it, and its cells."""

Watch: TypeAlias = Callable[[Sequence[Row]], Iterable[Row]]
"""Goes through the rows and may show how far it has come, as a progress bar does."""


class Readable(Protocol):
    """An open file, in text or in bytes."""

    def read(self) -> str | bytes:
        """Return everything that is in it."""
        ...


Source: TypeAlias = str | os.PathLike[str] | Readable


@frozen(kw_only=True)
class Table:
    """The names of the columns, and the rows below them that are not empty.

    Attributes:
        header: one name for each column, in order; a column may go without.
        rows: the number of each row and its cells, as many as the header has.
        decimal_comma: whether `1,5` can be a number here (not where commas part the cells).
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    decimal_comma: bool


def read_table(source: Source) -> Table:
    r"""Read a CSV file: UTF-8 with or without a mark, any line ends, cells parted by `,` `;` tab or `|`.

    >>> read_table(io.StringIO("day;mood\r\n1;2,5\r\n"))
    Table(header=('day', 'mood'), decimal_comma=True)

    Raises:
        InvalidTable: it is no UTF-8, a quoted cell stays open, a row has more or fewer cells than the header,
            or the header is missing or names two columns alike.
        OSError: the file cannot be opened.
    """
    text = _text(source)
    delimiter = _delimiter(text)
    records = _records(text, delimiter)
    header = _header(next(records, (ROW_OF_HEADER, ()))[1])
    rows: list[Row] = []
    for number, cells in records:
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise InvalidTable(number, "", f"{len(header)} cells, as in the header")
        rows.append((number, cells))
    return Table(header=header, rows=tuple(rows), decimal_comma=delimiter != ",")


def _text(source: Source) -> str:
    content = Path(source).read_bytes() if isinstance(source, str | os.PathLike) else source.read()
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise InvalidTable(row, "", "text in UTF-8 (a spreadsheet offers that as “CSV UTF-8”)") from None


def _records(text: str, delimiter: str) -> Iterator[Row]:
    """Go through the rows, empty ones included, with the blanks around each cell taken off."""
    number = 0
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error:
            raise InvalidTable(number, "", "cells whose quotation marks are closed") from None
        yield number, tuple(cell.strip() for cell in cells)


def _delimiter(text: str) -> str:
    """Choose what parts the header into the most cells."""
    counts = {delimiter: _cells_of_header(text, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def _cells_of_header(text: str, delimiter: str) -> int:
    try:
        return len(next(_records(text, delimiter), (0, ()))[1])
    except InvalidTable:
        return 0


def _header(names: tuple[str, ...]) -> tuple[str, ...]:
    if not any(names):
        raise InvalidTable(ROW_OF_HEADER, "", "a header with the names of the columns")
    for name in names:
        if not name.isprintable():
            raise InvalidTable(ROW_OF_HEADER, "", "names of columns in printable characters")
        if name and names.count(name) > 1:
            raise InvalidTable(ROW_OF_HEADER, name, "a name that only one column has")
    return names
