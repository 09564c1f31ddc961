"""The figures of the 40 real couples come out of the library's own buckets, whatever the order and the names."""

import csv
import math
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import correlation, mean
from typing import Final

import pendulum
import pytest

from reconnect import __main__
from reconnect.edges.diary import Couple, Diary, ratings_of, read_diary, scale_of
from reconnect.language.phrasebook import render
from reconnect.metrics import (
    Change,
    Days,
    Direction,
    Norms,
    Reading,
    mood,
    mood_recovery,
    mood_variability,
    usual_level,
)
from reconnect.record.memory import MemoryJournal
from reconnect.record.view import View
from reconnect.temporal.window import Window

FOLDER: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "couples_diary"
TABLE: Final = FOLDER / "diary.csv"
SATISFACTION: Final = FOLDER / "satisfaction.csv"
START: Final = date(2026, 1, 5)
AT: Final = pendulum.datetime(2026, 3, 1)
WITHIN: Final = Window(pendulum.datetime(2026, 1, 1), AT)
GO_TOGETHER: Final = {"Sad.": ".207", "Anx.": ".109", "Con.": ".326", "Vig.": ".213"}

pytestmark = pytest.mark.skipif(
    not TABLE.is_file(), reason="the diary of 40 real couples is not beside this repository (../shared/data)"
)


@pytest.fixture(scope="module")
def diary() -> Diary:
    """The diary, with dates for its days."""
    return read_diary(TABLE, at=AT, start=START)


def own_days(diary: Diary, couple: Couple, rating: str) -> list[Days]:
    """Return the days of each of a couple on one mood."""
    scale = scale_of(diary, rating)
    entries = ratings_of(couple, scale)
    return [Days.of(entries, whose=person, scale=scale) for person in couple.circle.members]


def numbers(days: Days) -> dict[date, Fraction]:
    """Return each day's number."""
    return {bucket.day: days.value(bucket) for bucket in days}


@pytest.mark.parametrize(("rating", "printed"), list(GO_TOGETHER.items()))
def test_partners_days_go_together_a_little(diary: Diary, rating: str, printed: str) -> None:
    """The correlation of partners, each person's own mean taken out, to the printed digits."""
    pairs: list[tuple[Fraction, Fraction]] = []
    for couple in diary.couples:
        one, two = (numbers(days) for days in own_days(diary, couple, rating))
        means = mean(one.values()), mean(two.values())
        pairs += [(one[day] - means[0], two[day] - means[1]) for day in sorted(one) if day in two]
    assert len(pairs) == 1391
    ones, twos = zip(*pairs, strict=True)
    assert f"{correlation(ones, twos):.3f}".lstrip("0") == printed


def share_between(groups: Sequence[Sequence[Fraction]]) -> float:
    """Return the one-way intraclass correlation for groups of unequal sizes, exactly until the last step."""
    sizes = [len(group) for group in groups]
    n, k = sum(sizes), len(groups)
    grand = sum(map(sum, groups)) / n
    between = sum(len(group) * (mean(group) - grand) ** 2 for group in groups) / (k - 1)
    within = sum(sum((y - mean(group)) ** 2 for y in group) for group in groups) / (n - k)
    size = (n - Fraction(sum(size**2 for size in sizes), n)) / (k - 1)
    return float((between - within) / (between + (size - 1) * within))


def test_people_differ_more_in_some_moods_than_in_others(diary: Diary) -> None:
    """The share of variance between persons lies between .363 and .581, over four moods of either partner."""
    shares = [
        share_between([list(numbers(own_days(diary, couple, rating)[place]).values()) for couple in diary.couples])
        for rating in GO_TOGETHER
        for place in (0, 1)
    ]
    assert (f"{min(shares):.3f}", f"{max(shares):.3f}") == ("0.363", "0.581")


def test_gaps_are_those_of_the_file(diary: Diary) -> None:
    """12 gaps in 10 couples, 27 days missing: what no bucket holds."""
    gaps: list[int] = []
    couples = 0
    for couple in diary.couples:
        one, two = own_days(diary, couple, "Sad.")
        days = sorted({bucket.day for bucket in (*one, *two)})
        own = [(later - earlier).days - 1 for earlier, later in pairwise(days) if later - earlier > timedelta(days=1)]
        gaps += own
        couples += bool(own)
    assert (len(gaps), couples, sum(gaps)) == (12, 10, 27)


def views(diary: Diary, couple: Couple, rating: str) -> dict[str, View]:
    """Return each person's view of a journal in which everyone wrote their own answers."""
    journal = MemoryJournal()
    journal.found(couple.circle, by=couple.circle.ids[0], at=couple.at)
    for entry in ratings_of(couple, scale_of(diary, rating)):
        journal.append(entry, acting=entry.author)
    return {person: journal.view(person, circle=couple.id, at=AT) for person in couple.circle.ids}


def told(view: View, diary: Diary, rating: str) -> list[Reading]:
    """Return every reading of a person's own days."""
    scale = scale_of(diary, rating)
    return [ask(view, WITHIN, scale=scale) for ask in (mood, mood_variability, mood_recovery)]


def test_each_of_the_eighty_has_gentle_readings_of_their_own(diary: Diary) -> None:
    """Each reading says one sentence that ranks nobody, and nothing about the two of them was shared."""
    directions: list[Direction] = []
    for couple in diary.couples:
        for view in views(diary, couple, "Con.").values():
            readings = told(view, diary, "Con.")
            directions.append(readings[0].direction)
            assert readings[0].value is not None
            assert mood(view, WITHIN, scale=scale_of(diary, "Con."), shared=True).value is None
            assert usual_level(view, WITHIN, scale=scale_of(diary, "Con.")) is not None
            for reading in readings:
                said = render(reading.phrase)
                assert not re.search(r"fail|miss|worse|better|best|streak|score|rank|%", said, re.IGNORECASE)
    assert len(directions) == 80
    assert Direction.TOO_EARLY not in directions
    assert directions.count(Direction.STEADY) > 40  # most weeks are ordinary weeks


def test_shuffled_rows_give_the_same_readings(diary: Diary, tmp_path: Path) -> None:
    """The order of the rows means nothing."""
    header, *rows = TABLE.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(5).shuffle(rows)  # noqa: S311 - any order will do
    shuffled = tmp_path / "shuffled.csv"
    shuffled.write_text(header + "".join(rows), encoding="utf-8")
    again = read_diary(shuffled, at=AT, start=START)
    for couple, other in zip(diary.couples[:8], again.couples[:8], strict=True):
        one, two = views(diary, couple, "Sad."), views(again, other, "Sad.")
        for person in couple.circle.ids:
            assert told(one[person], diary, "Sad.") == told(two[person], again, "Sad.")


def test_swapped_partners_read_what_they_read_before(diary: Diary, tmp_path: Path) -> None:
    """Whose columns come first, and what they are called, changes nobody's readings."""
    names = {"M_": "two_", "W_": "one_"}
    header, *rows = TABLE.read_text(encoding="utf-8").splitlines(keepends=True)
    columns = [re.sub("^[MW]_", lambda found: names[found[0]], name) for name in header.strip().split(",")]
    order = [0, 1, *range(6, 10), *range(2, 6)]
    swapped = [columns, *(row.strip().split(",") for row in rows)]
    table = tmp_path / "swapped.csv"
    table.write_text("".join(",".join(row[n] for n in order) + "\n" for row in swapped), encoding="utf-8")
    again = read_diary(table, at=AT, start=START)
    assert again.persons == ("one", "two")
    for couple, other in zip(diary.couples[:8], again.couples[:8], strict=True):
        one, two = views(diary, couple, "Vig."), views(again, other, "Vig.")
        for before, after in (("M", "two"), ("W", "one")):
            mine = one[f"{couple.id}.{before}"], two[f"{couple.id}.{after}"]
            assert told(mine[0], diary, "Vig.") == told(mine[1], again, "Vig.")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what the command says."""
    assert __main__.main(["diary", *arguments]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    return told.out


KINDLY: Final = re.compile(
    r"fail|miss|worse|better|\bbest|streak|score|rank|%|\bmore than (?:M|W|her|his|your partner)\b|partner",
    re.IGNORECASE,
)
CHANGES: Final = (
    *("--change", str(SATISFACTION), "--before", "*_pre_D_csi", "--after", "*_post_D_csi"),
    *("--sd", "17", "--reliability", "0.94", "--citation", "norms made up for this test"),
)


@pytest.mark.parametrize("person", ["M", "W"])
def test_the_command_reads_for_each_of_the_eighty_alone(capsys: pytest.CaptureFixture[str], person: str) -> None:
    """Four own sentences for each of the 40, a change with its caveat, and no word that grades or compares."""
    told = said(capsys, str(TABLE), "--for", person, *CHANGES)
    paragraphs = [paragraph.splitlines() for paragraph in told.strip().split("\n\n")]
    assert len(paragraphs) == 1 + 40
    for heading, *sentences, change, caveat in paragraphs[1:]:
        assert re.fullmatch(rf"For {person} of couple \d+, and for nobody else:", heading)
        assert [sentence.partition(",")[0] for sentence in sentences] == ["Anx.", "Con.", "Sad.", "Vig."]
        assert all("notes of your own" in sentence for sentence in sentences)
        assert "norms made up for this test" in change
        assert caveat.startswith("Both numbers are this person's own.")
    assert not KINDLY.search(told.replace("by more than this instrument varies", ""))


def test_the_command_reads_a_couple_only_from_what_is_shared(capsys: pytest.CaptureFixture[str]) -> None:
    """Without shares there is nothing about the two of them; with some, there is a sentence for each of these."""
    assert "shared" not in said(capsys, str(TABLE))
    told = said(capsys, str(TABLE), "--share", "Con.", "--share", "W=Vig.")
    assert told.count("From what is shared in couple") == 40
    assert len(re.findall(r"^Con\., from \d+ shared notes", told, re.MULTILINE)) == 40
    assert len(re.findall(r"^Vig\., from \d+ shared notes", told, re.MULTILINE)) == 40
    assert "Sad., from" not in told
    assert not KINDLY.search(told)


def test_shuffled_rows_and_swapped_columns_say_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Through the command, for all 40: the order of rows and of people means nothing, and names are only names."""
    header, *rows = TABLE.read_text(encoding="utf-8").splitlines()
    random.Random(7).shuffle(rows)  # noqa: S311 - any order will do
    order = [0, 1, *range(6, 10), *range(2, 6)]
    swapped = tmp_path / "swapped.csv"
    names = [re.sub("^[MW]_", lambda found: {"M_": "zoe_", "W_": "ada_"}[found[0]], each) for each in header.split(",")]
    lines = [",".join(row[n] for n in order) for row in (names, *(row.split(",") for row in rows))]
    swapped.write_text("\n".join(lines), encoding="utf-8")
    for before, after in (("M", "zoe"), ("W", "ada")):
        told = said(capsys, str(TABLE), "--for", before, "--share", "Sad.")
        again = said(capsys, str(swapped), "--for", after, "--share", "Sad.")
        assert again.split("\n\n")[1:] == told.replace(f"For {before} of", f"For {after} of").split("\n\n")[1:]


def test_what_one_of_them_reads_is_in_their_own_columns(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With every rating of the other blank, all 40 pages for one person say the same, to the byte."""
    lines = [line.split(",") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    own = tmp_path / "own.csv"
    rows = (lines[0], *([*row[:6], "", "", "", ""] for row in lines[1:]))
    own.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    assert said(capsys, str(own), "--for", "M") == said(capsys, str(TABLE), "--for", "M")
    assert "For W" in said(capsys, str(TABLE), "--for", "W")
    assert "For " not in said(
        capsys, str(own), "--for", "W"
    )  # who rated nothing has no page, and nobody's days are told


def test_change_in_satisfaction_is_told_only_beside_norms_that_somebody_cites() -> None:
    """With norms given, some changes are larger than the instrument's own wobble; the sentence cites them."""
    norms = Norms(scale="csi", deviation=17, reliability=Fraction(94, 100), citation="norms made up for this test")
    with SATISFACTION.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changes = [
        Change.of(Fraction(row[f"{who}_pre_D_csi"]), Fraction(row[f"{who}_post_D_csi"]), norms=norms)
        for row in rows
        for who in ("M", "W")
        if row[f"{who}_pre_D_csi"] and row[f"{who}_post_D_csi"]
    ]
    error = 17 * math.sqrt(2) * math.sqrt(0.06)
    assert {change.is_reliable for change in changes} == {True, False}
    for change in changes:
        assert change.is_reliable == (abs(change.after - change.before) > 1.96 * error)
        assert "norms made up for this test" in render(change.phrase)
