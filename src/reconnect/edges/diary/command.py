"""The command `python -m reconnect diary`: reads a table, and tells of each couple in plain sentences."""

import argparse
import datetime as dt
import importlib
import re
import sys
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import pendulum

from reconnect.edges.diary.keeping import keep
from reconnect.edges.diary.reading import Diary, read_diary
from reconnect.edges.diary.table import Row
from reconnect.edges.diary.telling import closing, opening, tell
from reconnect.errors import ReconnectError
from reconnect.language.phrasebook import render
from reconnect.phrase import Phrase

__all__ = ["SUMMARY", "configure"]

SUMMARY: Final = "read a table of daily ratings and tell gently what is in it"
SIMULATED: Final = Path(__file__).parents[1] / "data" / "simulated_diary.csv"
LONG: Final = 5_000  # rows from which on a progress bar is shown; ours: fewer are read within a second
REFUSED: Final = 2  # the exit code of a table or an option that cannot be used, as in argparse

_SCALE: Final = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:-|\.\.)(-?[0-9]+(?:\.[0-9]+)?)")
_START: Final = re.compile(r"(?:([+-]?[0-9]{1,9})=)?([0-9]{4}-[0-9]{2}-[0-9]{2})")


def configure(parser: argparse.ArgumentParser) -> None:
    """Give a parser the options of this command, and the command itself as `run`."""
    parser.description = (
        "Read a table of daily ratings (CSV): one row for each couple and day, one column for each person "
        "and rating. Says for each couple which days hold words, where it was quiet, and where to go on. What "
        "is not said with an option is guessed from the names of the columns."
    )
    parser.epilog = (
        "A day without a row is unanswered, a blank cell is just blank; neither is a zero. A table that "
        "cannot be read as it stands is refused as a whole, and nothing of it is kept."
    )
    add = parser.add_argument
    add("path", metavar="PATH", nargs="?", help="the table; without it, a simulated diary is told")
    add("--couple", metavar="ID", help="tell of this couple only")
    add("--couple-column", metavar="COLUMN", help="the column with the id of the couple")
    add(
        "--day-column",
        metavar="COLUMN",
        help="the column with the day: its number, or a date such as 2026-01-05",
    )
    add(
        "--person",
        metavar="NAME=COLUMN,COLUMN",
        type=_person,
        action="append",
        help="a person and the columns of their ratings; once for each of the two or more people",
    )
    add(
        "--scale",
        metavar="LOW-HIGH",
        type=_scale,
        help="the lowest and highest rating (0-4); --scale=-3-3 works too",
    )
    add(
        "--blank",
        metavar="TEXT",
        action="append",
        default=[],
        help="a text that means a blank cell, such as NA",
    )
    add("--zone", metavar="ZONE", default="UTC", help="where the people live, such as Europe/Paris (UTC)")
    add(
        "--start",
        metavar="[DAY=]DATE",
        type=_start,
        help="the date of day 0, or of another day as in 1=2026-01-05, if the table numbers its days",
    )
    add("--into", metavar="PATH.db", help="also keep what is told of in this database (needs the extra `sql`)")
    parser.set_defaults(run=_run)


def _person(text: str) -> tuple[str, tuple[str, ...]]:
    name, _, columns = text.partition("=")
    named = tuple(column.strip() for column in columns.split(","))
    if not name.strip() or not all(named):
        raise argparse.ArgumentTypeError("expected NAME=COLUMN,COLUMN, such as ana=ana_sad,ana_calm")
    return name.strip(), named


def _scale(text: str) -> tuple[Fraction, Fraction]:
    bounds = _SCALE.fullmatch(text)
    if not bounds or not Fraction(bounds[1]) < Fraction(bounds[2]):
        raise argparse.ArgumentTypeError("expected the lowest and the highest rating, such as 0-4")
    return Fraction(bounds[1]), Fraction(bounds[2])


def _start(text: str) -> dt.date:
    parts = _START.fullmatch(text)
    try:
        if parts:
            return dt.date.fromisoformat(parts[2]) - dt.timedelta(days=int(parts[1] or 0))
    except (ValueError, OverflowError):
        pass
    raise argparse.ArgumentTypeError("expected a date such as 2026-01-05, or 1=2026-01-05 for the date of day 1")


def _run(options: argparse.Namespace) -> int:
    """Read, keep if asked to, and tell; a refusal is one sentence and the exit code 2."""
    opened = options.path
    try:
        diary = _read(options)
        if options.couple is not None:
            diary = diary.only(options.couple)
        if options.into is not None:
            opened = options.into
            _keep(diary, opened)
    except ReconnectError as error:  # before the next, for a database may be what failed
        return _refuse(str(error))
    except OSError:
        return _refuse(render(Phrase.of("diary.no_file", path=str(opened))))
    _tell(diary, simulated=options.path is None)
    return 0


def _read(options: argparse.Namespace) -> Diary:
    named: Sequence[tuple[str, tuple[str, ...]]] = options.person or ()
    people = dict(named)
    if len(people) < len(named):
        people.clear()  # a name stands there twice, and it cannot be known which columns were meant
    scale = {"scale": options.scale} if options.scale else {}
    return read_diary(
        options.path or SIMULATED,
        at=pendulum.now("UTC"),
        couple_column=options.couple_column,
        day_column=options.day_column,
        persons=people if named else None,
        blanks=options.blank,
        zone=options.zone,
        start=options.start,
        watch=_watched,
        **scale,
    )


def _watched(rows: Sequence[Row]) -> Iterable[Row]:
    """Show how far a long table has been read, if somebody is watching and the extra `diary` is there."""
    if len(rows) < LONG or not sys.stderr.isatty():
        return rows
    try:
        tqdm = importlib.import_module("tqdm").tqdm
    except ImportError:
        return rows
    bar: Iterable[Row] = tqdm(rows, file=sys.stderr, leave=False, unit=" rows")
    return bar


def _keep(diary: Diary, path: str) -> None:
    from reconnect.edges.sql import SqlJournal  # noqa: PLC0415 - only who keeps a diary needs the extra `sql`

    with SqlJournal.open(path) as journal:
        keep(diary, journal)


def _tell(diary: Diary, *, simulated: bool) -> None:
    """Print a paragraph of two or three lines for each couple, with a word before and after."""
    before = (Phrase.of("diary.simulated"), *opening(diary)) if simulated else opening(diary)
    after = [closing(diary)] if len(diary.couples) != 1 else []
    paragraphs = (before, *(tell(couple) for couple in diary.couples), *after)
    print("\n\n".join("\n".join(map(render, phrases)) for phrases in paragraphs))  # noqa: T201 - a command talks


def _refuse(sentence: str) -> int:
    print(f"python -m reconnect diary: {sentence}", file=sys.stderr)  # noqa: T201 - a command says why
    return REFUSED
