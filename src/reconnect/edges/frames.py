"""Frames are tables for research and for moving in: one row for each entry, in the types that tables have."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from reconnect.edges._frame_row import COLUMNS, NEEDED, read_rows, write_row
from reconnect.edges._polars import pl
from reconnect.errors import InvalidTable
from reconnect.record.entry import Entry
from reconnect.record.kind import is_set_apart
from reconnect.record.view import View

__all__ = ["COLUMNS", "from_frame", "to_frame"]


class Streams(Protocol):
    """A table of another library (pandas, pyarrow, DuckDB) that hands itself over as Arrow's C stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the table as a stream."""
        ...


Frame: TypeAlias = pl.DataFrame | Streams


def to_frame(source: View | Sequence[Entry], *, support: bool = False) -> pl.DataFrame:
    """Write what one person may take out as a table, one row an entry, in order; inverse of `from_frame`.

    It takes that person's view, or what they exported, and never a journal: a table ends where others can open it. So
    it leaves out their support room, too, unless a second, deliberate word includes it. The whole entry stands in
    `body`, as JSON; a rating stands in columns of its own beside it.

    >>> import pendulum
    >>> from reconnect.metrics import MOOD, Rating
    >>> at = pendulum.datetime(2026, 1, 5, 19)
    >>> told = Entry(circle="c1", author="ana", id="e1", at=at, body=Rating.of(MOOD, 4))
    >>> to_frame([told]).select("author", "kind", "audience", "scale", "value").row(0)
    ('ana', 'metrics.rating', 'private', 'mood', 4.0)

    Args:
        source: a view, or a list or tuple of what one person exported.
        support: whether what lies in their support room comes along, if the source has it.

    Raises:
        InvalidTable: it is neither a view nor entries of one person only.
        InvalidBody: an entry would not be read back as the same one.
    """
    rows = [write_row(entry) for entry in _taken(source) if support or not is_set_apart(entry.body)]
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    at = pl.Series("at", columns.pop("at"), dtype=pl.Int64).cast(COLUMNS["at"])
    rest = {name: pl.Series(name, cells, dtype=COLUMNS[name]) for name, cells in columns.items()}
    return pl.DataFrame({name: at if name == "at" else rest[name] for name in COLUMNS})


def from_frame(frame: Frame) -> tuple[Entry, ...]:
    """Read a table as entries, all of them or none; inverse of `to_frame`.

    The entries are values, and nothing is kept yet: `journal.append(*entries, acting=person)` keeps what one person
    wrote. Nothing is guessed. A moment needs a zone, a text is no number, and what is missing is missing (`NaN` is
    refused). A row without a body is a rating if it has a scale and a value; one without an audience is private.

    >>> from fractions import Fraction
    >>> from reconnect.metrics import Rating
    >>> table = pl.DataFrame({"circle": ["c1"], "author": ["ana"], "id": ["old-1"], "at": ["2019-05-04T20:00:00Z"],
    ...     "scale": ["mood"], "value": [3.5]})
    >>> entry, = from_frame(table)
    >>> entry.audience, entry.body == Rating(scale="mood", value=Fraction(7, 2))
    (Private(), True)
    >>> from_frame(table.with_columns(at=pl.lit("2019-05-04 20:00")))
    Traceback (most recent call last):
    reconnect.errors.outside.InvalidTable: in row 2, column at: expected a moment with a zone, in whole microseconds

    Args:
        frame: a frame of polars, or any table that hands itself over as an Arrow stream. From a CSV file read texts:
            `pl.read_csv(path, infer_schema=False)`.

    Raises:
        InvalidTable: something cannot be read. It says the row (as a spreadsheet counts, the names of the columns
            are the first), the column and what was expected there, and never what stood there.
    """
    table = frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(frame)
    _check_names(table.columns)
    found: dict[tuple[str, str, str], Entry] = {}
    entries: list[Entry] = []
    for row, entry in read_rows(table):
        if found.setdefault(entry.identity, entry).content != entry.content:
            raise InvalidTable(row, "id", "an id under which its author writes one thing only")
        entries.append(entry)
    return tuple(entries)


def _taken(source: View | Sequence[Entry]) -> Sequence[Entry]:
    """Return the entries to write, after a look at whose they are."""
    if isinstance(source, View):
        return source.entries()
    if not isinstance(source, list | tuple) or not all(isinstance(entry, Entry) for entry in source):
        raise InvalidTable(0, "", "a view, or a list of what one person exported")
    if len({entry.author for entry in source}) > 1:
        raise InvalidTable(0, "author", "the entries of one person, or a view")
    return source


def _check_names(names: Sequence[str]) -> None:
    """Refuse a table without what every entry needs, or with something that would be left behind."""
    for name in NEEDED:
        if name not in names:
            raise InvalidTable(0, name, "this column, as every entry has it")
    if not set(names) <= COLUMNS.keys():
        raise InvalidTable(0, "", f"no other columns than {', '.join(COLUMNS)}")
