"""The command `python -m reconnect diary`: reads a table, and tells of each couple in plain sentences."""

import argparse
import datetime as dt
import importlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import pendulum

from reconnect.edges.diary.cells import number_in
from reconnect.edges.diary.couple import Couple
from reconnect.edges.diary.eyes import Shares, shares_of, tell_own, tell_shared
from reconnect.edges.diary.keeping import keep
from reconnect.edges.diary.reading import Diary, read_diary
from reconnect.edges.diary.table import Row
from reconnect.edges.diary.telling import closing, opening, tell
from reconnect.edges.diary.twice import AFTER, BEFORE, read_changes
from reconnect.errors import ReconnectError
from reconnect.language.phrasebook import render
from reconnect.metrics import Change, Norms
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
    _configure_readings(parser)
    parser.set_defaults(run=_run)


def _configure_readings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "how it is going",
        "Gentle readings, for one pair of eyes or from what people share. Without these options nothing is said "
        "of what anybody rated.",
    )
    add = group.add_argument
    add(
        "--for",
        metavar="NAME",
        dest="eyes",
        help="say to this person of each couple how it is going, by their own ratings; it is for their eyes, so "
        "nothing else is said that rests on what the others did not share, not even on which days they wrote",
    )
    add(
        "--share",
        metavar="[NAME=]RATING,RATING",
        type=_share,
        action="append",
        default=[],
        help="ratings that everyone shares, or that NAME does; from these, and from nothing else, it is said how it "
        "is going for a couple",
    )
    add(
        "--change",
        metavar="PATH",
        help="a second table, with two measurements of each person, such as of satisfaction; with --for, says "
        "whether that person's change is larger than the instrument's own wobble, by norms that you name",
    )
    add("--before", metavar="COLUMN", default=BEFORE, help=f"its first column, * for the name ({BEFORE})")
    add("--after", metavar="COLUMN", default=AFTER, help=f"its second column, * for the name ({AFTER})")
    add("--sd", metavar="NUMBER", type=_exact, help="the published standard deviation of the instrument")
    add("--reliability", metavar="NUMBER", type=_exact, help="its published reliability, from 0 up to 1")
    add("--citation", metavar="TEXT", help="where both are published")


def _share(text: str) -> tuple[str | None, tuple[str, ...]]:
    name, named, ratings = text.rpartition("=")
    return (name.strip() if named else None), tuple(rating.strip() for rating in ratings.split(","))


def _exact(text: str) -> Fraction:
    number = number_in(text)
    if number is None:
        raise argparse.ArgumentTypeError("expected a number such as 17.5")
    return number


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
    lacking = _lacking(options)
    if lacking is not None:
        return _refuse(render(lacking))
    opened = options.path
    try:
        diary = _read(options)
        if options.couple is not None:
            diary = diary.only(options.couple)
        shares = shares_of(diary, options.share)
        opened = options.change
        changes = _changes(diary, options)
        paragraphs = list(_paragraphs(diary, options, shares, changes))
        opened = options.into
        if opened is not None:
            _keep(diary, opened)
    except ReconnectError as error:  # before the next, for a database may be what failed
        return _refuse(str(error))
    except OSError:
        return _refuse(render(Phrase.of("diary.no_file", path=str(opened))))
    print("\n\n".join("\n".join(map(render, phrases)) for phrases in paragraphs))  # noqa: T201 - a command talks
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


def _lacking(options: argparse.Namespace) -> Phrase | None:
    """Say what a change needs beside it: somebody whose own it is, and norms that somebody published."""
    if options.change is None:
        return None
    if options.eyes is None:
        return Phrase.of("diary.no_eyes")
    norms = (options.sd, options.reliability, options.citation)
    return Phrase.of("diary.no_norms") if None in norms else None


def _changes(diary: Diary, options: argparse.Namespace) -> Mapping[str, Change] | None:
    """Return what was measured twice, if asked for."""
    if options.change is None:
        return None
    return read_changes(
        options.change,
        diary=diary,
        norms=Norms(scale="change", deviation=options.sd, reliability=options.reliability, citation=options.citation),
        before=options.before,
        after=options.after,
        couple_column=options.couple_column,
        blanks=options.blank,
    )


def _paragraphs(
    diary: Diary, options: argparse.Namespace, shares: Shares, changes: Mapping[str, Change] | None
) -> Iterator[tuple[Phrase, ...]]:
    """Go through the paragraphs of an answer: what was read, a few for each couple, and a word for all of them."""
    simulated = (Phrase.of("diary.simulated"),) if options.path is None else ()
    yield (*simulated, *opening(diary))
    for couple in diary.couples:
        yield from filter(None, _of_couple(diary, couple, options.eyes, shares, changes))
    if options.eyes is None and len(diary.couples) != 1:
        yield closing(diary)


def _of_couple(
    diary: Diary, couple: Couple, eyes: str | None, shares: Shares, changes: Mapping[str, Change] | None
) -> Iterator[tuple[Phrase, ...]]:
    """Say which days hold words to whoever holds the table, or how it is going to one person; and what is shared."""
    yield tell(couple) if eyes is None else tell_own(diary, couple, person=eyes, changes=changes)
    yield tell_shared(diary, couple, shares=shares)


def _refuse(sentence: str) -> int:
    print(f"python -m reconnect diary: {sentence}", file=sys.stderr)  # noqa: T201 - a command says why
    return REFUSED
