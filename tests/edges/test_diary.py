"""A diary is read strictly, kept privately and told gently."""

import contextlib
import datetime as dt
import importlib.util
import io
import os
import pickle
import random
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.edges.diary_command import call

from reconnect import __main__
from reconnect.edges.diary import Couple, Diary, DiaryDay, Silence, closing, keep, opening, read_diary, tell
from reconnect.edges.diary import command as diary_command
from reconnect.errors import InvalidBody, InvalidTable, InvalidZone
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Note, Private
from reconnect.record.memory import MemoryJournal

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "src" / "reconnect"
AT: Final = pendulum.datetime(2026, 2, 1, 12)
HEADER: Final = "couple,day,one_sad,one_calm,two_sad,two_calm"
SMALL: Final = f"{HEADER}\n7,1,0.5,1,2,\n7,4,,,,0\n9,2,1,1,1,1\n"


def read(text: str, **options: Any) -> Diary:  # noqa: ANN401 - whatever read_diary takes
    """Read a table that stands here as text."""
    return read_diary(io.StringIO(text), at=AT, **options)


def said(couple: Couple) -> list[str]:
    """What is told of a couple, in words."""
    return [render(phrase) for phrase in tell(couple)]


def in_words(diary: Diary) -> str:
    """Everything that is told of a diary."""
    phrases = [*opening(diary), *(phrase for couple in diary.couples for phrase in tell(couple)), *closing(diary)]
    return "\n".join(map(render, phrases))


# Laws.

Rows = list[tuple[str, ...]]
RATINGS: Final = st.sampled_from(["", "0", "0.5", "1.333333333", "4", "2.", " 3 "])


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    """Rows of two people who rate two things: any couples, any days, each at most once."""
    places = st.tuples(st.sampled_from(["7", "9", "10", "a b"]), st.integers(-5, 60))
    chosen = draw(st.lists(places, unique=True, min_size=1, max_size=30))
    return [(couple, str(day), *(draw(RATINGS) for _ in range(4))) for couple, day in chosen]


def as_text(lines: Rows, header: str = HEADER) -> str:
    """A table of rows."""
    return "\n".join([header, *(",".join(line) for line in lines)])


@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_means_nothing(lines: Rows, rng: random.Random) -> None:
    """Shuffled rows are the same diary."""
    shuffled = rng.sample(lines, len(lines))
    assert read(as_text(shuffled)) == read(as_text(lines))


@given(rows())
def test_answered_and_silent_days_make_up_the_whole(lines: Rows) -> None:
    """Every day from the first to the last is either answered or silent, and silences do not touch."""
    for couple in read(as_text(lines)).couples:
        assert isinstance(couple.first, int)
        assert isinstance(couple.last, int)
        assert len(couple.answered) + couple.days_silent == couple.last - couple.first + 1
        silent = [
            day for silence in couple.silences for day in range(int(str(silence.first)), int(str(silence.last)) + 1)
        ]
        assert sorted([*silent, *map(int, map(str, couple.answered))]) == list(range(couple.first, couple.last + 1))
        ends = [(silence.first, silence.last) for silence in couple.silences]
        assert all(int(str(b)) - int(str(a)) > 1 for (_, a), (b, _) in pairwise(ends))


@given(rows())
def test_a_plain_count_comes_to_the_same_days(lines: Rows) -> None:
    """A day is answered as soon as anybody wrote one rating."""
    counted: dict[str, set[int]] = {line[0]: set() for line in lines}
    for couple, day, *cells in lines:
        if any(cell.strip() for cell in cells):
            counted[couple].add(int(day))
    assert {each.id: set(each.answered) for each in read(as_text(lines)).couples} == counted


@given(rows())
def test_names_of_people_and_columns_change_nothing_but_names(lines: Rows) -> None:
    """Other names, said by options, give the same diary under those names."""
    header = "who,when,sad of x,calm of x,sad of y,calm of y"
    renamed = read(
        as_text(lines, header),
        couple_column="who",
        day_column="when",
        persons={"x": ["sad of x", "calm of x"], "y": ["sad of y", "calm of y"]},
    )
    plain = read(as_text(lines))
    names = {"sad of": "sad", "calm of": "calm"}
    for new, old in zip(renamed.couples, plain.couples, strict=True):
        assert tell(new) == tell(old)
        for given_, known in zip(new.entries, old.entries, strict=True):
            assert isinstance(given_.body, DiaryDay)
            assert isinstance(known.body, DiaryDay)
            said_ = DiaryDay(
                day=given_.body.day, ratings=tuple((names[name], rating) for name, rating in given_.body.ratings)
            )
            assert said_ == known.body


@given(rows())
def test_swapping_the_people_swaps_their_entries_and_nothing_else(lines: Rows) -> None:
    """Nobody comes first: the other order of columns tells the same of every couple."""
    swapped = read(as_text(lines, "couple,day,two_sad,two_calm,one_sad,one_calm"))
    plain = read(as_text(lines))
    other = {"one": "two", "two": "one"}
    assert [tell(couple) for couple in swapped.couples] == [tell(couple) for couple in plain.couples]
    assert {(e.circle, e.author, e.body) for couple in swapped.couples for e in couple.entries} == {
        (e.circle, f"{e.circle}.{other[e.author.rpartition('.')[2]]}", e.body)
        for couple in plain.couples
        for e in couple.entries
    }


@given(rows(), st.data())
def test_one_cell_that_cannot_be_read_refuses_the_whole_table(lines: Rows, data: st.DataObject) -> None:
    """It is named by row and column, what stands in it is not repeated, and nothing is kept."""
    place = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(2, 5))
    cell = data.draw(st.sampled_from(["4.1", "-1", "secret", "nan", "1e1", "\u0661", "1_0", "--2", "inf", "1/2"]))
    line = list(lines[place])
    line[column] = cell
    with pytest.raises(InvalidTable) as refused:
        read(as_text([*lines[:place], tuple(line), *lines[place + 1 :]]))
    assert (refused.value.row, refused.value.column) == (place + 2, HEADER.split(",")[column])
    assert str(refused.value).endswith("expected a number from 0 to 4, or nothing")


@given(rows())
def test_what_is_told_does_not_depend_on_what_was_rated(lines: Rows) -> None:
    """Other numbers by anyone, on the same days, give the same words."""
    others = [(*line[:2], *("1" if cell else "" for cell in line[2:])) for line in lines]
    assert in_words(read(as_text(others))) == in_words(read(as_text(lines)))


@given(rows())
def test_everyone_sees_their_own_days_and_no_others(lines: Rows) -> None:
    """In a journal each entry is there for its author alone."""
    for couple in read(as_text(lines)).couples:
        journal = couple.journal()
        for person in couple.circle.ids:
            seen = journal.view(person, circle=couple.id, at=AT).entries(kind=DiaryDay)
            assert set(seen) == {entry for entry in couple.entries if entry.author == person}


@given(rows())
def test_keeping_a_diary_again_changes_nothing(lines: Rows) -> None:
    """A shorter table, then the whole one, then the whole one again: the same as the whole one at once."""
    whole = read(as_text(lines))
    once, often = MemoryJournal(), MemoryJournal()
    keep(whole, once)
    keep(read(as_text(lines[: len(lines) // 2])), often)
    keep(whole, often)
    keep(read_diary(io.StringIO(as_text(lines)), at=AT.add(days=3)), often)
    assert set(often.everything()) == set(once.everything())


# Reading.


def test_numbers_are_kept_exactly_and_a_blank_is_not_a_zero() -> None:
    """What was written in decimals is an exact fraction, and what was left out is None."""
    body = read(SMALL.replace("0.5", "0.333333333")).couples[0].entries[0].body
    assert body == DiaryDay(day=1, ratings=(("sad", Fraction(333333333, 10**9)), ("calm", Fraction(1))))
    assert read(SMALL).couples[0].entries[1].body == DiaryDay(day=1, ratings=(("sad", Fraction(2)), ("calm", None)))


def test_an_entry_is_private_and_about_its_day() -> None:
    """Who, when it was received, for whom to see, and the day it is about."""
    entry = read(SMALL).couples[0].entries[0]
    assert (entry.circle, entry.author, entry.id) == ("7", "7.one", "diary.day:1")
    assert (entry.at, entry.audience) == (AT, Private())
    assert "0.5" not in repr(entry.body)
    assert "1/2" not in repr(read(SMALL))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace(",", "|"),
        lambda text: text.replace(",", ";").replace("0.5", "0,5"),
        lambda text: re.sub(r"[^,\n]+", r'"\g<0>"', text),
        lambda text: text.replace(",", " , "),
        lambda text: text.replace("\n", "\n\n") + ",,,,,\n",
        lambda text: text.replace("7,1,", "7,1.0,"),
        lambda text: "\n".join([line + "," for line in text.splitlines()]),
    ],
    ids=["mark", "crlf", "cr", "semicolon", "tab", "bar", "comma", "quoted", "spaces", "empty", "float", "trailing"],
)
def test_a_table_may_be_written_as_any_spreadsheet_writes_it(change: Callable[[str], str]) -> None:
    """Marks, line ends, what parts the cells, quotation marks and empty rows make no difference."""
    assert read(change(SMALL)).couples == read(SMALL).couples


def test_a_table_comes_from_a_path_or_an_open_file(tmp_path: Path) -> None:
    """A path as text or as a path, a file open in text or in bytes: all the same."""
    path = tmp_path / "diary.csv"
    path.write_text(SMALL, encoding="utf-8-sig")
    with path.open("rb") as in_bytes, path.open(encoding="utf-8-sig") as in_text:
        diaries = [read_diary(source, at=AT) for source in (str(path), path, in_bytes, in_text)]
    assert diaries == [read(SMALL)] * 4


def test_days_may_be_dates() -> None:
    """Dates are kept as dates, across the end of a month."""
    (couple,) = read("couple,date,a_x,b_x\n7,2026-03-02,1,1\n7,2026-02-26,1,1\n").couples
    assert couple.silences == (Silence(first=dt.date(2026, 2, 27), last=dt.date(2026, 3, 1)),)
    assert couple.next == dt.date(2026, 3, 3)
    assert said(couple)[0] == "Couple 7: 2 days answered from Thursday 26 February to Monday 2 March, 3 days silent."


def test_numbered_days_become_dates_from_a_start_on() -> None:
    """The start is the date of day 0."""
    couple = read(SMALL, start=dt.date(2026, 1, 5)).couples[0]
    assert (couple.first, couple.last) == (dt.date(2026, 1, 6), dt.date(2026, 1, 9))
    assert couple.entries[0].id == "diary.day:2026-01-06"


def test_people_may_be_more_than_two_and_other_columns_are_left_aside() -> None:
    """Columns that do not belong to the shared ratings are named, and not read."""
    diary = read("id,day,a_x,b_x,c_x,rel_y,note,\n7,1,1,1,1,private,private,private\n")
    assert diary.persons == ("a", "b", "c")
    assert diary.couples[0].circle.ids == ("7.a", "7.b", "7.c")
    assert diary.aside == ("rel_y", "note")
    assert [render(phrase) for phrase in opening(diary)] == [
        "The people in this diary are a, b and c. They rated x, from 0 to 4.",
        "Not read: rel_y and note.",
    ]


def test_a_table_without_couples_is_one_couples_own() -> None:
    """Two people who keep their own diary need no column for it."""
    (couple,) = read("day,ana-sad,ben-sad\n1,0,4\n2,1,\n").couples
    assert (couple.id, couple.answered) == ("1", (1, 2))


@pytest.mark.parametrize(
    ("persons", "ratings"),
    [
        ({"x": ["sad_one", "calm_one"], "y": ["sad_two", "calm_two"]}, ("calm", "sad")),
        ({"x": ["sad_one"], "y": ["sad_two"]}, ("sad",)),
        ({"x": ["sad_one", "calm_one"], "y": ["sad_two"]}, ("calm_one", "sad_one", "sad_two")),
        ({"x": ["sad_one", "plain"], "y": ["sad_two", "calm_two"]}, ("calm_two", "plain", "sad_one", "sad_two")),
    ],
)
def test_ratings_are_named_by_what_the_columns_share(persons: dict[str, list[str]], ratings: tuple[str, ...]) -> None:
    """Where the names of the columns do not follow one pattern, they stay as they are."""
    diary = read("id,day,sad_one,calm_one,sad_two,calm_two,plain\n7,1,1,1,1,1,1\n", persons=persons)
    assert (diary.persons, diary.ratings) == (("x", "y"), ratings)


def test_another_scale_and_other_blanks() -> None:
    """The scale is that of the table, and so is what stands for a blank."""
    diary = read("id,day,a_x,b_x\n7,1,-3,+3\n7,2,NA,2.5\n", scale=(-3, Fraction(3)), blanks=["NA"])
    assert [entry.body for entry in diary.couples[0].entries[2:]] == [
        DiaryDay(day=2, ratings=(("x", None),)),
        DiaryDay(day=2, ratings=(("x", Fraction(5, 2)),)),
    ]
    assert render(opening(diary)[0]).endswith("from -3 to 3.")
    assert render(opening(read("id,day,a_x,b_x\n", scale=(Fraction(1, 2), 100)))[0]).endswith("from 0.5 to 100.")


def test_couples_come_in_the_order_of_their_ids() -> None:
    """Numbers by their size, as people sort."""
    text = "id,day,a_x,b_x\n10,1,1,1\n9,1,1,1\nb2,1,1,1\nb10,1,1,1\n²,1,1,1\n"
    assert [couple.id for couple in read(text).couples] == ["9", "10", "b2", "b10", "²"]


# Refusals.


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("", {}, "in row 1: expected a header with the names of the columns"),
        ("\n", {}, "in row 1: expected a header with the names of the columns"),
        ('"a', {}, "in row 1: expected cells whose quotation marks are closed"),
        (f'{HEADER}\n7,"1', {}, "in row 2: expected cells whose quotation marks are closed"),
        ("id,day,a_x,a_x\n", {}, "in row 1, column a_x: expected a name that only one column has"),
        ("id,day,a_x,b\x1b_x\n", {}, "in row 1: expected names of columns in printable characters"),
        (f"{HEADER}\n7,1,1,1,1\n", {}, "in row 2: expected 6 cells, as in the header"),
        (f"{HEADER}\n\n7,1,1,1,1,1,1\n", {}, "in row 3: expected 6 cells, as in the header"),
        (f"{HEADER}\n,1,1,1,1,1\n", {}, "in row 2, column couple: expected the couple's id, in 1 to 99 printable"),
        (f"{HEADER}\n{'7' * 100},1,1,1,1,1\n", {}, "in row 2, column couple: expected the couple's id"),
        (f"{HEADER}\n7\0,1,1,1,1,1\n", {}, "in row 2, column couple: expected the couple's id"),
        (f"{HEADER}\n7,,1,1,1,1\n", {}, "in row 2, column day: expected the number of a day, or a date such as"),
        (f"{HEADER}\n7,1.5,1,1,1,1\n", {}, "in row 2, column day: expected the number of a day"),
        (f"{HEADER}\n7,2026-02-30,1,1,1,1\n", {}, "in row 2, column day: expected the number of a day"),
        (f"{HEADER}\n7,9999-12-31,1,1,1,1\n", {}, "in row 2, column day: expected the number of a day"),
        (f"{HEADER}\n7,5/1/2026,1,1,1,1\n", {}, "in row 2, column day: expected the number of a day"),
        (f"{HEADER}\n7,1,1,1,1,1\n7,01,1,1,1,1\n", {}, "in row 3, column day: expected each day of a couple once"),
        (f"{HEADER}\n7,1,1,1,1,1\n8,2026-01-05,1,1,1,1\n", {}, "in row 3, column day: expected each day of a couple"),
        ("day,a_x,b_x\n1,1,1\n1,2,2\n", {}, "in row 3, column day: expected each day once, all as numbers or all as"),
        (
            f"{HEADER}\n7,2026-01-05,1,1,1,1\n",
            {"start": dt.date(2026, 1, 5)},
            "in row 2, column day: expected the number of a day, within the years 2 to 9998",
        ),
        (
            f"{HEADER}\n7,999999999,1,1,1,1\n",
            {"start": dt.date(2026, 1, 5)},
            "in row 2, column day: expected the number of a day, within",
        ),
        (f"{HEADER}\n7,1,4.1,1,1,1\n", {}, "in row 2, column one_sad: expected a number from 0 to 4, or nothing"),
        (f'{HEADER}\n7,1,"1,5",1,1,1\n', {}, "in row 2, column one_sad: expected a number from 0 to 4, or nothing"),
        (f"{HEADER}\n7,1,NA,1,1,1\n", {}, "in row 2, column one_sad: expected a number from 0 to 4, or nothing"),
        (f"{HEADER}\n7,1,5,1,1,1\n", {"scale": (1, 5), "blanks": "NA"}, "in the table: expected a list of texts"),
        (HEADER, {"scale": (4, 0)}, "in the table: expected a list of texts for blanks, and a scale from its lowest"),
        ("id,when,a_x,b_x\n", {}, "in row 1: expected one column that holds the day; say which with --day-column"),
        ("id,day,date,a_x,b_x\n", {}, "in row 1: expected one column that names the day, not several; say which"),
        ("id,Couple-ID,day,a_x,b_x\n", {}, "in row 1: expected one column that names the couple, not several; say"),
        ("id,day,x,y\n", {}, "in row 1: expected two or more people who rate the same things"),
        ("id,day,a_x,b_y\n", {}, "in row 1: expected two or more people who rate the same things"),
        ("id,day,a_x,b_x,c_y,d_y\n", {}, "in row 1: expected two or more people who rate the same things"),
        (f"id,day,{'a' * 100}_x,b_x\n", {}, "in row 1: expected names of people in 1 to 99 printable characters"),
        (HEADER, {"couple_column": "pair"}, "in row 1, column pair: expected a column of that name"),
        (HEADER, {"day_column": ""}, "in row 1: expected a column of that name"),
        (HEADER, {"persons": {"a": ["one_sad"], "b": ["no"]}}, "in row 1, column no: expected a column of that name"),
        (HEADER, {"persons": {"a": ["one_sad"], "b": ["one_sad"]}}, "in row 1, column one_sad: expected one meaning"),
        (HEADER, {"persons": {"a": ["one_sad"], "b": ["day"]}}, "in row 1, column day: expected one meaning"),
        (HEADER, {"persons": {"a": ["one_sad"]}}, "in row 1: expected two or more people, each of them once"),
        (HEADER, {"persons": {"a": ["one_sad"], "b": []}}, "in row 1: expected two or more people"),
        (HEADER, {"persons": {"a": "one_sad", "b": "two_sad"}}, "in row 1: expected two or more people"),
        (HEADER, {"persons": {"": ["one_sad"], "b": ["two_sad"]}}, "in row 1: expected names of people"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_clear_sentence(
    text: str, options: Mapping[str, Any], sentence: str
) -> None:
    """The sentence names the row as a spreadsheet counts it, the column, and what was expected."""
    with pytest.raises(InvalidTable) as refused:
        read(text, **options)
    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)


def test_text_in_another_encoding_is_refused_by_its_row() -> None:
    """The sentence says what to do about it."""
    with pytest.raises(InvalidTable, match="in row 3: expected text in UTF-8"):
        read_diary(io.BytesIO(f"{HEADER}\n7,1,1,1,1,1\n".encode() + b"\xe9,1,1,1,1,1\n"), at=AT)


def test_a_zone_that_does_not_exist_is_refused() -> None:
    """People live where clocks are."""
    with pytest.raises(InvalidZone):
        read(SMALL, zone="Mars/Olympus")
    assert read(SMALL, zone="Europe/Paris").couples[0].circle.members[0].zone == "Europe/Paris"


def test_a_refusal_survives_pickling() -> None:
    """It carries its data."""
    error = InvalidTable(3, "sad", "a number")
    assert pickle.loads(pickle.dumps(error)).args == (3, "sad", "a number")  # noqa: S301 - our own bytes


@pytest.mark.parametrize("day", [1.5, True, AT, dt.datetime(2026, 1, 5), "1", dt.date.min])  # noqa: DTZ001 - to be refused
def test_a_day_is_a_date_or_a_number(day: object) -> None:
    """Nothing else is a day."""
    with pytest.raises(InvalidBody, match="expected a date within the years 2 to 9998, or the number of a day"):
        DiaryDay(day=day, ratings=())  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("ratings", [(("x", 0.5),), (("x", None), ("x", None)), ((1, None),)])
def test_a_rating_has_one_name_and_an_exact_number(ratings: object) -> None:
    """A float is not what was written."""
    with pytest.raises(InvalidBody, match="expected ratings"):
        DiaryDay(day=1, ratings=ratings)  # type: ignore[arg-type]  # wrong on purpose


def test_ratings_have_no_order() -> None:
    """The order of columns means nothing."""
    a, b = ("a", Fraction(1)), ("b", None)
    assert DiaryDay(day=1, ratings=(a, b)) == DiaryDay(day=1, ratings=(b, a))


def test_a_couple_is_made_of_days() -> None:
    """Nothing else is told by it, and at least one day is there."""
    circle = Circle(id="7", members=(Person(id="a", zone="UTC"), Person(id="b", zone="UTC")))
    note = Entry(circle="7", author="a", id="n", at=AT, body=Note(text="tired"))
    for entries in ((), (note,)):
        with pytest.raises(InvalidBody, match="expected at least one day of a diary"):
            Couple(circle=circle, entries=entries)


# Keeping.


def test_a_longer_table_adds_its_new_days() -> None:
    """What was kept before stays as it was received."""
    journal = MemoryJournal()
    keep(read(SMALL), journal)
    keep(read("other,day,a_x,b_x\n3,1,1,1\n", couple_column="other"), journal)
    before = set(journal.everything())
    keep(read_diary(io.StringIO(SMALL + "7,5,1,1,1,1\n11,1,1,1,1,1\n"), at=AT.add(days=1)), journal)
    added = set(journal.everything()) - before
    assert before < set(journal.everything())
    assert {(entry.circle, entry.body.kind) for entry in added} == {
        ("7", "diary.day"),
        ("11", "circle.founded"),
        ("11", "circle.introduced"),
        ("11", "diary.day"),
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text.replace("7,1,0.5", "7,1,1.5"), "in the table: expected days that the journal does not yet"),
        (lambda text: text.replace("two_", "else_"), "in the table: expected couples of the same people as in the"),
        (lambda text: text.replace("one_", "else_"), "in the table: expected couples of the same people as in the"),
    ],
    ids=["other ratings", "another second", "another first"],
)
def test_a_table_that_says_otherwise_is_not_kept_at_all(change: Callable[[str], str], sentence: str) -> None:
    """What was written stays, and of the new table nothing is kept, not even its other couples."""
    journal = MemoryJournal()
    keep(read(SMALL), journal)
    before = set(journal.everything())
    with pytest.raises(InvalidTable) as refused:
        keep(read("\n".join([*change(SMALL).splitlines(), "5,1,1,1,1,1"])), journal)
    assert str(refused.value).startswith(sentence)
    assert set(journal.everything()) == before


def test_who_erased_their_days_does_not_get_them_back() -> None:
    """A circle that somebody has left takes no more days of theirs."""
    journal = MemoryJournal()
    keep(read(SMALL), journal)
    journal.erase("7.one", acting="7.one", at=AT.add(hours=1))
    after = set(journal.everything())
    with pytest.raises(InvalidTable, match="all of whom are there now"):
        keep(read_diary(io.StringIO(SMALL), at=AT.add(days=1)), journal)
    assert set(journal.everything()) == after
    assert not any(entry.author == "7.one" and isinstance(entry.body, DiaryDay) for entry in after)


# Telling.


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (
            [("1", "1")],
            ["Couple 7: 1 day answered, day 1.", "Where to go on: day 2, whenever there is room for it."],
        ),
        (
            [("0", "1"), ("1", "1")],
            [
                "Couple 7: 2 days answered from day 0 to day 1, without a silence in between.",
                "Where to go on: day 2, whenever there is room for it.",
            ],
        ),
        (
            [("1", "1"), ("3", "1")],
            [
                "Couple 7: 2 days answered from day 1 to day 3, 1 day silent.",
                "The one silent day was day 2. Days without words are often just full days.",
                "Where to go on: day 4, whenever there is room for it.",
            ],
        ),
        (
            [("1", "1"), ("3", "1"), ("5", "1")],
            [
                "Couple 7: 3 days answered from day 1 to day 5, 2 days silent.",
                (
                    "The silent days were single ones, the first of them day 2. "
                    "Days without words are often just full days."
                ),
                "Where to go on: day 6, whenever there is room for it.",
            ],
        ),
        (
            [("1", "1"), ("8", "1"), ("10", "1"), ("17", "1")],
            [
                "Couple 7: 4 days answered from day 1 to day 17, 13 days silent.",
                "The longest silence was 6 days, from day 2 to day 7. Days without words are often just full days.",
                "Where to go on: day 18, whenever there is room for it.",
            ],
        ),
        (
            [("-1", "1"), ("7", "")],
            [
                "Couple 7: 1 day answered from day -1 to day 7, 8 days silent.",
                (
                    "The longest silence was 8 days, from day 0 to day 7. "
                    "It may have been a journey, guests or a lot of work."
                ),
                (
                    "Where to go on: day 8. One rating is enough to begin again, "
                    "and nothing has to be filled in afterwards."
                ),
            ],
        ),
        (
            [("1", ""), ("2", "")],
            [
                "Couple 7: nothing is written yet from day 1 to day 2. There is no hurry.",
                "Where to go on: day 3, whenever there is room for it.",
            ],
        ),
    ],
)
def test_a_couple_is_told_in_two_or_three_lines(days: list[tuple[str, str]], words: list[str]) -> None:
    """Which days hold words, where it was quiet, and where to go on."""
    lines = "".join(f"7,{day},{rating},\n" for day, rating in days)
    assert said(read(f"id,day,a_x,b_x\n{lines}").couples[0]) == words


def test_all_couples_are_told_together_at_the_end() -> None:
    """Couples, days and gaps; or that there was none; or that nothing is written yet."""
    assert [render(phrase) for phrase in closing(read(SMALL))] == [
        "All together: 2 couples, and 3 days answered.",
        (
            "The gaps in between: 1 in 1 couple, with 2 silent days in all. "
            "A silence often says that life was full, and it is held against nobody."
        ),
    ]
    assert [render(phrase) for phrase in closing(read(SMALL).only("9"))] == [
        "All together: 1 couple, and 1 day answered.",
        "There was no silence in between.",
    ]
    assert [render(phrase) for phrase in closing(read(HEADER))] == [
        "No day is written here yet. The first one can be any day."
    ]


def test_no_sentence_of_the_diary_blames_counts_or_compares() -> None:
    """Words that grade people have no place in it."""
    sentences = tomllib.loads((PACKAGE / "language/packs/en.toml").read_text("utf-8"))["diary"].values()
    words = (
        "fail|miss|compl(y|ian)|adher|streak|rank|worse|better|best|score|behind|should|must|percent|%|poor|lazy|late"
    )
    assert [said_ for said_ in sentences if re.search(rf"\b(?:{words})", said_, re.IGNORECASE)] == []


# The command.


def run(*arguments: str, stderr: int = subprocess.PIPE) -> "subprocess.CompletedProcess[str]":
    """Run the command as a reader would."""
    command = [sys.executable, "-m", "reconnect", *arguments]
    return subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=stderr, text=True)


@pytest.fixture
def small(tmp_path: Path) -> str:
    """The path of a small table."""
    path = tmp_path / "small.csv"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


def test_the_command_tells_of_a_table(small: str) -> None:
    """Prose for a reader: what was read, a paragraph for each couple, and all together."""
    done = run("diary", small)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "The people in this diary are one and two. They rated calm and sad, from 0 to 4.\n\n"
        "Couple 7: 2 days answered from day 1 to day 4, 2 days silent.\n"
        "The longest silence was 2 days, from day 2 to day 3. Days without words are often just full days.\n"
        "Where to go on: day 5, whenever there is room for it.\n\n"
        "Couple 9: 1 day answered, day 2.\n"
        "Where to go on: day 3, whenever there is room for it.\n\n"
        "All together: 2 couples, and 3 days answered.\n"
        "The gaps in between: 1 in 1 couple, with 2 silent days in all. "
        "A silence often says that life was full, and it is held against nobody.\n"
    )


def test_without_a_table_a_simulated_diary_is_told() -> None:
    """Whoever is curious needs no data of their own."""
    done = run("diary")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("This diary is simulated")
    assert "All together: 4 couples" in done.stdout


def test_help_is_friendly(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the help is shown, and with --help too; both end well."""
    assert __main__.main([]) == 0
    plain = capsys.readouterr().out
    assert "diary" in plain
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage: python -m reconnect" in done.stdout
    code, told, _ = call(capsys, "--help")
    assert code == 0
    assert all(option in told for option in ("--couple", "--day-column", "--person", "--scale", "--zone", "--start"))


def test_a_refused_table_gives_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    """The exit code is 2, nothing is told, and what stood in the cell is not repeated."""
    path = tmp_path / "table.csv"
    path.write_text(SMALL + "9,3,1,1,our secret,1\n", encoding="utf-8")
    done = run("diary", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "python -m reconnect diary: in row 5, column two_sad: expected a number from 0 to 4, or nothing\n"
    )


def test_a_terminal_that_lacks_letters_shows_marks_instead(tmp_path: Path) -> None:
    """An id in other letters is no reason to stop; where letters do not matter, nothing is changed."""
    path = tmp_path / "table.csv"
    path.write_text("id,day,a_x,b_x\nÄ,1,1,1\n", encoding="utf-8")
    command = [sys.executable, "-m", "reconnect", "diary", str(path)]
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Couple ?: 1 day answered, day 1." in done.stdout
    with contextlib.redirect_stdout(io.StringIO()) as told:
        assert __main__.main(["diary", str(path)]) == 0
    assert "Couple Ä: 1 day answered, day 1." in told.getvalue()


def test_a_file_that_cannot_be_opened_is_said_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A path that leads nowhere, or to a folder."""
    for path in (tmp_path / "nowhere.csv", tmp_path):
        code, told, refused = call(capsys, str(path))
        assert (code, told) == (2, "")
        assert refused == f"python -m reconnect diary: expected a file that can be opened, got none at {path}\n"


def test_one_couple_can_be_told_alone(capsys: pytest.CaptureFixture[str], small: str) -> None:
    """Nobody else is told of, and nothing is added up."""
    code, told, _ = call(capsys, small, "--couple", "9")
    assert code == 0
    assert told.count("Couple ") == 1
    assert "All together" not in told
    code, told, refused = call(capsys, small, "--couple", "8")
    assert (code, told) == (2, "")
    assert refused.endswith("in the table: expected a couple with the id that was asked for\n")


def test_every_option_reaches_the_reading(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Columns, people, scale, blanks, zone and start can all be said."""
    path = tmp_path / "own.csv"
    path.write_text("pairing;t;sad a;calm a;sad b;calm b\nx;3;-1,5;NA;3;2\nx;5;;n/a;NA;0\n", encoding="utf-8")
    code, told, refused = call(
        capsys,
        str(path),
        *("--couple-column", "pairing", "--day-column", "t", "--zone", "Asia/Tokyo", "--start", "1=2026-01-05"),
        *("--person", "ana=sad a, calm a", "--person", "ben=sad b,calm b"),
        *("--scale=-3-3", "--blank", "NA", "--blank", "n/a"),
    )
    assert (code, refused) == (0, "")
    assert told == (
        "The people in this diary are ana and ben. They rated calm and sad, from -3 to 3.\n\n"
        "Couple x: 2 days answered from Wednesday 7 January to Friday 9 January, 1 day silent.\n"
        "The one silent day was Thursday 8 January. Days without words are often just full days.\n"
        "Where to go on: Saturday 10 January, whenever there is room for it.\n"
    )


needs_a_database = pytest.mark.skipif(
    importlib.util.find_spec("sqlalchemy") is None, reason="SQLAlchemy is missing: a diary in a database was NOT tested"
)


@needs_a_database
def test_a_diary_can_be_kept_in_a_database(capsys: pytest.CaptureFixture[str], small: str, tmp_path: Path) -> None:
    """It is told as ever, and what was written is there when the file is opened again; once more adds nothing."""
    from reconnect.edges.sql import SqlJournal  # noqa: PLC0415 - an optional extra

    path = tmp_path / "kept.db"
    told = [call(capsys, small, "--into", str(path)) for _ in range(2)]
    assert told == [call(capsys, small)] * 2
    with SqlJournal.open(path) as journal:
        for couple in read(SMALL).couples:
            for person in couple.circle.ids:
                seen = journal.view(person, circle=couple.id, at=pendulum.now("UTC")).entries(kind=DiaryDay)
                assert [entry.body for entry in seen] == [e.body for e in couple.entries if e.author == person]
        assert len(list(journal.everything())) == 6 + 6


def test_a_refused_table_makes_no_database(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Nothing is half-imported: not even an empty file is left."""
    path, kept = tmp_path / "table.csv", tmp_path / "kept.db"
    path.write_text(SMALL + "9,3,1,1,5,1\n", encoding="utf-8")
    assert call(capsys, str(path), "--into", str(kept))[0] == 2
    assert not kept.exists()


@needs_a_database
def test_a_database_that_cannot_be_opened_is_said_so(
    capsys: pytest.CaptureFixture[str], small: str, tmp_path: Path
) -> None:
    """The sentence names the database, not the table, and a file that is none stays as it was."""
    nowhere, other = tmp_path / "no folder" / "kept.db", tmp_path / "letter.txt"
    other.write_text("dear ben, " * 100, encoding="utf-8")
    code, told, refused = call(capsys, small, "--into", str(nowhere))
    assert (code, told) == (2, "")
    assert refused == f"python -m reconnect diary: expected a file that can be opened, got none at {nowhere}\n"
    code, told, refused = call(capsys, small, "--into", str(other))
    assert (code, told) == (2, "")
    assert refused == ("python -m reconnect diary: expected the database to carry this out, got SQLITE_NOTADB\n")
    assert other.read_text(encoding="utf-8") == "dear ben, " * 100


@needs_a_database
def test_days_that_were_kept_otherwise_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What was written stays; dates are kept as well as numbers."""
    from reconnect.edges.sql import SqlJournal  # noqa: PLC0415 - an optional extra

    path, kept = tmp_path / "table.csv", str(tmp_path / "kept.db")
    path.write_text("id,date,a_x,b_x\n7,2026-01-05,1,0.333\n", encoding="utf-8")
    assert call(capsys, str(path), "--into", kept)[0] == 0
    path.write_text("id,date,a_x,b_x\n6,2026-01-05,1,1\n7,2026-01-05,1,2\n", encoding="utf-8")
    code, told, refused = call(capsys, str(path), "--into", kept)
    assert (code, told) == (2, "")
    assert "expected days that the journal does not yet have" in refused
    with SqlJournal.open(kept) as journal:
        assert {entry.body for entry in journal.everything() if isinstance(entry.body, DiaryDay)} == {
            DiaryDay(day=dt.date(2026, 1, 5), ratings=(("x", Fraction(1)),)),
            DiaryDay(day=dt.date(2026, 1, 5), ratings=(("x", Fraction(333, 1000)),)),
        }


def test_without_the_extra_keeping_is_refused_kindly(small: str, tmp_path: Path) -> None:
    """The sentence says what to install, and everything else works without it."""
    lacking = "import sys; sys.modules['sqlalchemy'] = None; from reconnect.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-c", lacking, "diary", small]
    into = ["--into", str(tmp_path / "kept.db")]
    refused = subprocess.run([*command, *into], check=False, capture_output=True, text=True)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "sql" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_a_start_without_a_day_is_the_date_of_day_0(capsys: pytest.CaptureFixture[str], small: str) -> None:
    """As in Python."""
    code, told, _ = call(capsys, small, "--start", "2026-01-05", "--scale", "0..4")
    assert code == 0
    assert "Couple 9: 1 day answered, Wednesday 7 January." in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scale", "4-0"], "expected the lowest and the highest rating, such as 0-4"),
        (["--scale", "four"], "expected the lowest and the highest rating, such as 0-4"),
        (["--person", "ana"], "expected NAME=COLUMN,COLUMN"),
        (["--person", "=one_sad"], "expected NAME=COLUMN,COLUMN"),
        (["--person", "ana=one_sad,"], "expected NAME=COLUMN,COLUMN"),
        (
            ["--person", "a=one_sad", "--person", "a=two_sad"],
            "in row 1: expected two or more people, each of them once",
        ),
        (["--start", "soon"], "expected a date such as 2026-01-05"),
        (["--start", "2026-02-30"], "expected a date such as 2026-01-05"),
        (["--start", "999999999=2026-01-05"], "expected a date such as 2026-01-05"),
        (["--zone", "Mars/Olympus"], "expected the name of an IANA time zone"),
        (["--day-column", "when"], "in row 1, column when: expected a column of that name"),
        (["--nothing"], "unrecognized arguments: --nothing"),
    ],
)
def test_an_option_that_cannot_be_used_ends_with_2(
    capsys: pytest.CaptureFixture[str], small: str, arguments: list[str], words: str
) -> None:
    """And says what would do."""
    code, told, refused = call(capsys, small, *arguments)
    assert (code, told) == (2, "")
    assert words in refused


def test_a_reader_who_has_read_enough_may_go(tmp_path: Path) -> None:
    """A pipe that closes early, as with `head`, is no reason to complain."""
    path = tmp_path / "long.csv"
    path.write_text("id,day,a_x,b_x\n" + "".join(f"{n},1,1,1\n" for n in range(20_000)), encoding="utf-8")
    command = [sys.executable, "-m", "reconnect", "diary", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.readline()
        reading.stdout.close()
        said_ = reading.stderr.read()
    assert (reading.returncode, said_) == (0, b"")


# A long table.


@pytest.fixture(scope="module")
def long_table(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of 200 couples over 50 days, one day in ten silent."""
    lines = [f"{couple},{day},1,2,3,4\n" for couple in range(200) for day in range(1, 51) if day % 10]
    path = tmp_path_factory.mktemp("long") / "long.csv"
    path.write_text(f"{HEADER}\n{''.join(reversed(lines))}", encoding="utf-8")
    return str(path)


def test_a_long_table_shows_no_bar_where_nobody_watches(long_table: str) -> None:
    """Into a file or a pipe go sentences and nothing else."""
    done = run("diary", long_table)
    assert (done.returncode, done.stderr) == (0, "")
    assert "All together: 200 couples, and 9000 days answered.\nThe gaps in between: 800 in 200 couples" in done.stdout


def test_a_long_table_shows_a_bar_at_a_terminal(long_table: str) -> None:
    """The bar goes to the terminal alone, and is gone when the sentences come."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    os.set_blocking(ours, False)
    try:
        done = run("diary", long_table, stderr=theirs)
        shown = os.read(ours, 100_000).decode()
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 0
    assert re.search(r"\d+%\|.*/9000", shown)
    assert "%|" not in done.stdout


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        """Say that somebody watches."""
        return True


@pytest.mark.parametrize(("rows_", "bar"), [(5_000, True), (4_999, False)])
def test_only_a_long_table_shows_a_bar(monkeypatch: pytest.MonkeyPatch, rows_: int, *, bar: bool) -> None:
    """A short one is read before anybody could look."""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    rows = [(number, ("",)) for number in range(rows_)]
    assert list(diary_command._watched(rows)) == rows  # noqa: SLF001 - the one place where a terminal is asked for
    assert bool(terminal.getvalue()) is bar


def test_without_the_extra_there_is_no_bar_and_no_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar is a comfort, not a need."""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    rows = [(number, ("",)) for number in range(5_000)]
    assert diary_command._watched(rows) == rows  # noqa: SLF001 - the one place where a terminal is asked for
    assert terminal.getvalue() == ""


# The simulated diary.


@pytest.fixture(scope="module")
def simulation() -> dict[str, Any]:
    """What examples/simulate_diary.py defines."""
    return runpy.run_path(str(ROOT / "examples" / "simulate_diary.py"))


def test_the_bundled_diary_is_the_simulated_one(simulation: dict[str, Any]) -> None:
    """Nobody's real days are in it: the script makes every byte of it."""
    bundled = PACKAGE / "edges" / "data" / "simulated_diary.csv"
    assert bundled.read_bytes() == simulation["table"]().encode()


def test_the_script_writes_where_it_is_told(tmp_path: Path) -> None:
    """To a path, or to be read at once."""
    script = str(ROOT / "examples" / "simulate_diary.py")
    path = tmp_path / "simulated.csv"
    subprocess.run([sys.executable, script, str(path)], check=True)
    shown = subprocess.run([sys.executable, script], check=True, capture_output=True, text=True)
    assert path.read_text(encoding="utf-8") == shown.stdout
    assert shown.stdout.startswith("couple,day,one_anxious")


def _deviations(diary: Diary, rating: str) -> tuple[list[float], list[float]]:
    """Both people's ratings on the days that both rated, each minus that person's own mean."""
    both: tuple[list[float], list[float]] = ([], [])
    for couple in diary.couples:
        by_day: dict[object, dict[str, float]] = {}
        for entry in couple.entries:
            assert isinstance(entry.body, DiaryDay)
            value = dict(entry.body.ratings)[rating]
            if value is not None:
                by_day.setdefault(entry.body.day, {})[entry.author] = float(value)
        days = [values for values in by_day.values() if len(values) == 2]
        for place, person in enumerate(couple.circle.ids):
            mean = sum(values[person] for values in days) / len(days)
            both[place].extend(values[person] - mean for values in days)
    return both


def test_the_simulation_is_calibrated_on_the_published_figures(simulation: dict[str, Any]) -> None:
    """Over many simulated couples, partners' moods go together about as much as in the 40 real couples."""
    diary = read(simulation["table"](couples=300, days=35, seed=1))
    for mood, expected in simulation["TOGETHER"].items():
        one, two = _deviations(diary, mood)
        products = sum(a * b for a, b in zip(one, two, strict=True))
        correlation = products / (sum(a * a for a in one) * sum(b * b for b in two)) ** 0.5
        assert correlation == pytest.approx(expected, abs=0.05)
    silences = [silence.length for couple in diary.couples for silence in couple.silences]
    days = sum(len(couple.answered) for couple in diary.couples)
    assert len(silences) / days == pytest.approx(12 / 1391, rel=0.3)
    assert sum(silences) / len(silences) == pytest.approx(27 / 12, rel=0.3)


def test_the_command_is_what_the_module_runs() -> None:
    """`python -m reconnect` has a main that other programs can call."""
    assert isinstance(__main__, ModuleType)
    assert __main__.__all__ == ["main"]
