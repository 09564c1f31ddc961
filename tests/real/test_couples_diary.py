"""Forty real couples kept a diary; the library finds in it what a plain count finds, and says it kindly."""

import csv
import random
import re
import subprocess
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Final

import pendulum
import pytest

from reconnect.edges.diary import Diary, DiaryDay, read_diary, tell
from reconnect.language.phrasebook import render

ROOT: Final = Path(__file__).resolve().parents[2]
TABLE: Final = ROOT.parent / "shared" / "data" / "couples_diary" / "diary.csv"
AT: Final = pendulum.datetime(2026, 2, 1)

pytestmark = pytest.mark.skipif(
    not TABLE.is_file(), reason="the diary of 40 real couples is not beside this repository (../shared/data)"
)


@pytest.fixture(scope="module")
def diary() -> Diary:
    """The diary as the library reads it, with no option at all."""
    return read_diary(TABLE, at=AT)


@pytest.fixture(scope="module")
def days() -> dict[str, list[int]]:
    """The days of each couple, counted without the library."""
    found: dict[str, list[int]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["ID"]].append(int(row["DIARYDAY"]))
    return found


def test_the_figures_come_out(diary: Diary, days: dict[str, list[int]]) -> None:
    """40 couples, 1,391 couple-days, 12 gaps in 10 couples, 27 days without a row."""
    quiet = {id_: sorted(set(range(min(own), max(own))) - set(own)) for id_, own in days.items()}
    gaps = {id_: sum(day - 1 not in silent for day in silent) for id_, silent in quiet.items()}
    counted = (
        len(days),
        sum(map(len, days.values())),
        sum(gaps.values()),
        sum(count > 0 for count in gaps.values()),
        sum(map(len, quiet.values())),
    )
    told = (
        len(diary.couples),
        sum(len(couple.answered) for couple in diary.couples),
        sum(len(couple.silences) for couple in diary.couples),
        sum(bool(couple.silences) for couple in diary.couples),
        sum(couple.days_silent for couple in diary.couples),
    )
    assert told == counted == (40, 1391, 12, 10, 27)
    assert {couple.id: (couple.days_silent, len(couple.silences)) for couple in diary.couples} == {
        id_: (len(quiet[id_]), gaps[id_]) for id_ in days
    }


def test_every_rating_is_there_exactly(diary: Diary) -> None:
    """Each cell of the table stands in one private entry of one person, as the number that was written."""
    kept = {
        (entry.circle, entry.body.day, entry.author.removeprefix(f"{entry.circle}."), name): rating
        for couple in diary.couples
        for entry in couple.entries
        if isinstance(entry.body, DiaryDay)
        for name, rating in entry.body.ratings
    }
    with TABLE.open(encoding="utf-8", newline="") as file:
        written = {
            (row["ID"], int(row["DIARYDAY"]), *column.split("_")): Fraction(cell)
            for row in csv.DictReader(file)
            for column, cell in row.items()
            if "_" in column
        }
    assert kept == written
    assert len(kept) == 1391 * 8


def test_shuffled_rows_are_the_same_diary(diary: Diary, tmp_path: Path) -> None:
    """The order of the rows means nothing."""
    header, *rows = TABLE.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(2).shuffle(rows)  # noqa: S311 - any order will do
    shuffled = tmp_path / "shuffled.csv"
    shuffled.write_text(header + "".join(rows), encoding="utf-8")
    assert read_diary(shuffled, at=AT) == diary


def test_each_of_them_has_a_view_of_their_own(diary: Diary) -> None:
    """Partners do not see each other's ratings."""
    for couple in diary.couples:
        journal = couple.journal()
        for person in couple.circle.ids:
            seen = journal.view(person, circle=couple.id, at=AT).entries(kind=DiaryDay)
            assert {entry.author for entry in seen} == {person}
            assert len(seen) == len(couple.answered)


def test_each_couple_is_told_kindly_and_shortly(diary: Diary) -> None:
    """Two or three lines, a next day, and no word that grades anybody."""
    for couple in diary.couples:
        words = [render(phrase) for phrase in tell(couple)]
        assert len(words) == (3 if couple.silences else 2)
        assert f"Where to go on: day {couple.next}" in words[-1]
        assert not re.search(r"\b(?:fail|miss|compl|streak|worse|better|%)", " ".join(words), re.IGNORECASE)


def test_the_command_runs_on_it() -> None:
    """As `make demo` runs it."""
    command = [sys.executable, "-m", "reconnect", "diary", str(TABLE)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\nCouple ") == 40
    assert "All together: 40 couples, and 1391 days answered." in done.stdout
    assert "The gaps in between: 12 in 10 couples, with 27 silent days in all." in done.stdout
