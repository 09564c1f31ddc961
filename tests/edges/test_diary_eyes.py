"""For whose eyes: own ratings for one person alone, shared ones for all alike, and a change beside cited norms."""

import datetime as dt
import io
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.edges.diary_command import call

from reconnect.edges.diary import (
    Couple,
    Diary,
    journal_of,
    own_readings,
    read_changes,
    read_diary,
    scale_of,
    shared_readings,
    shares_of,
    tell_own,
    tell_shared,
    whole,
)
from reconnect.errors import InvalidReading, InvalidTable
from reconnect.language.phrasebook import render
from reconnect.metrics import Change, Direction, Norms, Rating, Reading, rated

AT: Final = pendulum.datetime(2026, 2, 1, 12)
HEADER: Final = "couple,day,one_sad,one_calm,two_sad,two_calm"
ROWS: Final = [(str(day), f"{day % 3}", f"{min(4, day // 3)}", f"{day % 2}", "") for day in range(12)]
NORMS: Final = Norms(scale="ours", deviation=8, reliability=Fraction(3, 4), citation="Somebody 2020, table 2")

Rows = Sequence[tuple[str, ...]]


def text_of(rows: Rows, header: str = HEADER) -> str:
    """A table of one couple, with day and ratings in each row."""
    return "\n".join([header, *(",".join(("7", *row)) for row in rows), ""])


def read(rows: Rows, header: str = HEADER, **options: Any) -> tuple[Diary, Couple]:  # noqa: ANN401 - whatever read_diary takes
    """Read a table of one couple."""
    diary = read_diary(io.StringIO(text_of(rows, header)), at=AT, **options)
    return diary, diary.couples[0]


# Laws.

CELLS: Final = st.sampled_from(["", "0", "0", "1", "1.5", "2.333333333", "3", "4"])


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """Draw days in any order, with gaps between them and blanks in them; often enough for a direction."""
    days = draw(st.lists(st.integers(-3, 40), unique=True, min_size=1, max_size=24))
    return [(str(day), *(draw(CELLS) for _ in range(4))) for day in days]


def otherwise(rows: Rows, column: int, other: st.DataObject) -> Rows:
    """Write something else into one column of a table, blanks included."""
    return [(*row[:column], other.draw(CELLS), *row[column + 1 :]) for row in rows]


@given(tables(), st.data())
def test_what_one_person_reads_does_not_depend_on_what_another_kept_private(rows: Rows, data: st.DataObject) -> None:
    """Other private ratings, on other days even, leave every sentence for one person's eyes as it was."""
    others = otherwise(otherwise(rows, 3, data), 4, data)
    said = [tell_own(*read(table), person="one") for table in (rows, others)]
    assert said[0] == said[1]


@given(tables(), st.data())
def test_what_is_read_together_rests_on_shared_ratings_alone(rows: Rows, data: st.DataObject) -> None:
    """One shares both, two shares calm: what two rated as sad makes no difference, to nobody."""
    shared: list[tuple[Reading, ...]] = []
    for table in (rows, otherwise(rows, 3, data)):
        diary, couple = read(table)
        shared.append(shared_readings(diary, couple, shares={"one": {"sad", "calm"}, "two": {"calm"}}))
    assert shared[0] == shared[1]


@given(tables(), st.sets(st.sampled_from(["sad", "calm"])), st.sets(st.sampled_from(["sad", "calm"])))
def test_what_is_shared_reads_the_same_for_everyone(rows: Rows, ones: set[str], twos: set[str]) -> None:
    """In the journal behind it, whoever asks is told the same."""
    diary, couple = read(rows)
    shares = {"one": ones, "two": twos}
    journal = journal_of(diary, couple, shares=shares)
    for reader in couple.circle.ids:
        view = journal.view(reader, circle="7", at=AT)
        assert shared_readings(diary, couple, shares=shares) == tuple(
            rated(view, whole(couple), scale=scale_of(diary, rating), shared=True)
            for rating in diary.ratings
            if rating in ones | twos
        )


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_means_nothing_to_readings(rows: Rows, rng: random.Random) -> None:
    """Shuffled rows are read alike."""
    shares = {"one": {"sad"}, "two": {"sad"}}
    one, two = read(rows), read(rng.sample(list(rows), len(rows)))
    assert own_readings(*one, person="one") == own_readings(*two, person="one")
    assert shared_readings(*one, shares=shares) == shared_readings(*two, shares=shares)


@given(tables(), st.sampled_from([("ana", "ben"), ("ben", "ana"), ("two", "one")]))
def test_other_names_in_another_order_read_alike(rows: Rows, names: tuple[str, str]) -> None:
    """Nobody comes first: whose columns come first, and what they are called, changes nobody's readings."""
    diary, couple = read(rows)
    first, second = names
    header = f"couple,day,{second}_sad,{second}_calm,{first}_sad,{first}_calm"
    other = read([(row[0], *row[3:], *row[1:3]) for row in rows], header)
    for before, after in zip(("one", "two"), names, strict=True):
        assert own_readings(*other, person=after) == own_readings(diary, couple, person=before)
    shares = shares_of(diary, [(None, ["sad"]), ("two", ["calm"])])
    renamed = shares_of(other[0], [(None, ["sad"]), (second, ["calm"])])
    assert shared_readings(*other, shares=renamed) == shared_readings(diary, couple, shares=shares)


@given(tables())
def test_days_that_are_only_counted_read_like_days_with_dates(rows: Rows) -> None:
    """Readings rest on the order of days and the gaps between them."""
    counted, dated = read(rows), read(rows, start=dt.date(2026, 2, 24))
    for person in ("one", "two"):
        assert own_readings(*counted, person=person) == own_readings(*dated, person=person)


@given(tables(), st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]))
def test_a_reading_holds_every_day_that_somebody_rated(rows: Rows, zone: str) -> None:
    """From the first to the last, wherever people live; what is blank counts for nothing."""
    answered = sum(bool(row[1]) for row in rows)
    own = own_readings(*read(rows, zone=zone, start=dt.date(2026, 1, 5)), person="one")
    if not any(row[1] or row[2] for row in rows):
        assert own == ()
        return
    sad = own[1]
    assert sad.n == answered
    assert (sad.value is None) == (answered < 5)


# Readings.


def test_own_days_are_told_in_a_sentence_for_each_rating() -> None:
    """Numbers of the table stand for words, and what goes up is said to go up."""
    told = [render(phrase) for phrase in tell_own(*read(ROWS), person="one")]
    assert told == [
        "For one of couple 7, and for nobody else:",
        "calm, from 12 notes of your own: mostly 2, and rising lately.",
        "sad, from 12 notes of your own: mostly 1, and much as it was.",
    ]
    two = own_readings(*read(ROWS), person="two")
    assert [(reading.value is None, reading.direction) for reading in two] == [
        (True, Direction.TOO_EARLY),
        (False, Direction.STEADY),
    ]


def test_only_what_is_shared_is_told_of_a_couple() -> None:
    """Sad is shared by both, calm by one of them; without shares nothing at all is told."""
    diary, couple = read(ROWS)
    assert tell_shared(diary, couple, shares=shares_of(diary, [])) == ()
    shares = shares_of(diary, [(None, ["sad"]), ("one", ["calm"])])
    assert [render(phrase) for phrase in tell_shared(diary, couple, shares=shares)] == [
        "From what is shared in couple 7, the same for everyone there:",
        "calm, from 12 shared notes: mostly 2, and rising lately.",
        "sad, from 24 shared notes: mostly 1, and much as it was.",
    ]


def test_people_who_rate_different_things_read_of_their_own() -> None:
    """What somebody has no column for is not told to them."""
    persons = {"ana": ["sad a"], "ben": ["calm b", "sad b"]}
    diary, couple = read(ROWS[:1], "couple,day,sad a,calm b,sad b,other", persons=persons)
    assert [len(own_readings(diary, couple, person=name)) for name in persons] == [1, 2]


def test_a_journal_of_ratings_keeps_everyone_to_their_own() -> None:
    """Each sees their own answers, and of the others' those that are shared."""
    diary, couple = read(ROWS)
    journal = journal_of(diary, couple, shares={"one": {"calm"}})
    seen = {
        person: {(e.author, e.body.scale) for e in view.entries(kind=Rating) if isinstance(e.body, Rating)}
        for person in couple.circle.ids
        for view in [journal.view(person, circle="7", at=AT)]
    }
    assert seen == {
        "7.one": {("7.one", "sad"), ("7.one", "calm")},
        "7.two": {("7.two", "sad"), ("7.one", "calm")},
    }


def test_days_that_are_only_counted_keep_their_distances() -> None:
    """Whatever dates they get: days and gaps are those of the table."""
    diary, couple = read([(day, "1", "", "", "") for day in ("-3", "0", "1", "9")])
    view = journal_of(diary, couple).view("7.one", circle="7", at=AT)
    bodies = [entry.body for entry in view.entries(kind=Rating)]
    days = sorted(body.day.toordinal() for body in bodies if isinstance(body, Rating) and body.day)
    assert [day - days[0] for day in days] == [0, 3, 4, 12]


@pytest.mark.parametrize(
    ("scale", "labels"),
    [
        ((0, 4), ["0", "1", "2", "3", "4"]),
        ((Fraction(1, 2), Fraction(5, 2)), ["0.5", "1.5", "2.5"]),
        ((-3, 3), ["-3", "-2", "-1", "0", "1", "2", "3"]),
        ((0, 10), [str(number) for number in range(11)]),
        ((0, 11), ["0", "2.75", "5.5", "8.25", "11"]),
        ((0, 100), ["0", "25", "50", "75", "100"]),
        ((0, Fraction(1, 2)), ["0", "0.125", "0.25", "0.375", "0.5"]),
    ],
)
def test_a_scale_has_a_number_for_each_word(scale: tuple[Fraction | int, Fraction | int], labels: list[str]) -> None:
    """Whole steps where there are few of them, else five at equal distances."""
    diary = read_diary(io.StringIO("day,a_x,b_x\n"), at=AT, scale=scale)
    assert [render(label) for label in scale_of(diary, "x").labels] == labels


@pytest.mark.parametrize(
    ("highest", "step"), [(1000, Fraction(1, 10**9)), (1001, Fraction(1, 10**8)), (10**6, Fraction(1, 10**6))]
)
def test_a_wide_scale_has_fewer_decimals(highest: int, step: Fraction) -> None:
    """Sums of a million answers stay whole numbers that are quick to add."""
    diary = read_diary(io.StringIO("day,a_x,b_x\n1,1.23456789,\n"), at=AT, scale=(0, highest))
    scale = scale_of(diary, "x")
    assert scale.step == step
    assert own_readings(diary, diary.couples[0], person="a")[0].n == 1


@pytest.mark.parametrize(
    "said",
    [[("three", ["sad"])], [(None, ["happy"])], [("one", ["sad", ""])], [("one", "sad")]],
    ids=["nobody", "nothing", "blank", "text"],
)
def test_only_what_is_in_the_diary_can_be_shared(said: list[tuple[str | None, list[str]]]) -> None:
    """Names of people, and of what was rated; the sentence lists them."""
    with pytest.raises(InvalidTable, match=r"names of what was rated: calm, sad$|name of a person in it: one, two$"):
        shares_of(read(ROWS)[0], said)


def test_nobody_else_can_be_told_to() -> None:
    """A name that is not in the diary."""
    with pytest.raises(InvalidTable, match="expected the name of a person in it: one, two"):
        own_readings(*read(ROWS), person="7.one")


def test_days_that_lie_ages_apart_are_refused() -> None:
    """There are no dates for them."""
    rows = [("0", "1", "1", "1", "1"), ("999999999", "1", "1", "1", "1")]
    with pytest.raises(InvalidTable, match="numbers of days that lie within some thousand years"):
        own_readings(*read(rows), person="one")


FAR: Final = ("9999999", "", "", "1", "2")  # a day on which two wrote, and one did not


def test_a_day_of_another_far_away_is_none_of_ones_own() -> None:
    """It has no date in what one reads, and so refuses nothing there; nor where other ratings are shared."""
    shares = {"one": {"sad"}, "two": set[str]()}
    here, beside = read(ROWS), read([*ROWS, FAR])
    assert tell_own(*beside, person="one") == tell_own(*here, person="one")
    assert tell_shared(*beside, shares=shares) == tell_shared(*here, shares=shares)
    with pytest.raises(InvalidTable, match="within some thousand years"):
        tell_own(*beside, person="two")
    with pytest.raises(InvalidTable, match="within some thousand years"):
        tell_shared(*beside, shares={"two": {"sad"}})


def test_who_wrote_nothing_is_told_nothing() -> None:
    """Not even a heading: that the other wrote is the other's own. A change of their own is told still."""
    diary, couple = read([(day, "", "", *rest) for day, _, _, *rest in ROWS])
    assert (own_readings(diary, couple, person="one"), tell_own(diary, couple, person="one")) == ((), ())
    assert tell_own(diary, couple, person="one", changes={}) == ()
    change = {"7.one": Change.of(5, 6, norms=NORMS)}
    told = tell_own(diary, couple, person="one", changes=change)
    assert [phrase.key for phrase in told][0::2] == ["diary.for_one", "diary.change_caveat"]


def test_the_command_leaves_out_a_couple_in_which_only_the_other_wrote(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The same to the byte as without that couple, and without a far day of the other."""
    here, beside = tmp_path / "here.csv", tmp_path / "beside.csv"
    here.write_text(text_of(ROWS), encoding="utf-8")
    beside.write_text(text_of([*ROWS, FAR]) + "8,1,,,1,2\n8,2,,,1,2\n", encoding="utf-8")
    told = [call(capsys, str(path), "--for", "one") for path in (here, beside)]
    assert told[0] == told[1]
    assert told[0][0] == 0


# What was measured twice.


def changes(table: str, **options: Any) -> Mapping[str, Change]:  # noqa: ANN401 - whatever read_changes takes
    """Read a second table for one couple."""
    return read_changes(io.StringIO(table), diary=read(ROWS)[0], norms=NORMS, **options)


def test_who_answered_twice_has_a_change() -> None:
    """A blank is no answer, other couples are left out, and numbers are exact."""
    table = "id;one_before;two_before;one_after;two_after\n7;20,5;NA;40;12\n8;1;1;1;1\n"
    assert changes(table, blanks=["NA"]) == {"7.one": Change.of(Fraction(41, 2), 40, norms=NORMS)}


def test_columns_may_be_called_anything() -> None:
    """A star stands for the name; a table without couples is one couple's own, and then its id is 1."""
    diary = read_diary(io.StringIO("day,one_sad,two_sad\n1,1,1\n"), at=AT)
    table = io.StringIO("first (one),first (two),second (one),second (two)\n1,2,3,4\n")
    found = read_changes(table, diary=diary, norms=NORMS, before="first (*)", after="second (*)")
    assert found == {"1.one": Change.of(1, 3, norms=NORMS), "1.two": Change.of(2, 4, norms=NORMS)}


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        ("id,one_before,one_after\n", {}, "in row 1, column two_before: expected a column of that name"),
        ("id,a\n", {"before": "a"}, "in row 1: expected two names of columns, with * in the place of a person's name"),
        ("id,a\n", {"after": "a"}, "in row 1: expected two names of columns, with * in the place of a person's name"),
        ("id,a\n", {"after": "*_before"}, "in row 1: expected two names of columns, with * in the place"),
        ("id,a\n", {"couple_column": "pair"}, "in row 1, column pair: expected a column of that name"),
        (
            "id,one_before,one_after,two_before,two_after\n8,x,1,1,1\n7,1,1,1,our secret\n",
            {},
            "in row 3, column two_after: expected a number, or nothing",
        ),
        (
            "id,one_before,one_after,two_before,two_after\n7,1,1,1,1\n7,1,1,1,1\n",
            {},
            "in row 3: expected each couple once",
        ),
        (
            "id,one_before,one_after,two_before,two_after\n,1,1,1,1\n",
            {},
            "in row 2, column id: expected the couple's id, in 1 to 99 printable characters",
        ),
    ],
)
def test_a_second_table_is_read_as_strictly(table: str, options: Mapping[str, Any], sentence: str) -> None:
    """The sentence names row and column, and never what stands in the cell."""
    with pytest.raises(InvalidTable) as refused:
        changes(table, **options)
    assert str(refused.value).startswith(sentence)
    assert "secret" not in str(refused.value)


def test_a_change_is_told_to_its_own_person_with_its_caveat() -> None:
    """One of them answered twice, the other did not; neither reads of the other."""
    found = changes("id,one_before,one_after,two_before,two_after\n7,20,40,30,\n")
    one, two = ([render(p) for p in tell_own(*read(ROWS), person=name, changes=found)[-2:]] for name in ("one", "two"))
    assert one == [
        (
            "The number went up by more than this instrument varies by itself, by the norms of Somebody 2020, table 2. "
            "It does not say why."
        ),
        (
            "Both numbers are this person's own. They say nothing about anyone else, "
            "and they are not for comparing people."
        ),
    ]
    assert two[-1] == "There are no two measurements yet, so there is no change to tell of."


# The command.


@pytest.fixture
def table(tmp_path: Path) -> str:
    """The path of a table of one couple."""
    path = tmp_path / "table.csv"
    path.write_text(text_of(ROWS), encoding="utf-8")
    return str(path)


@pytest.fixture
def twice(tmp_path: Path) -> str:
    """The path of a table with two measurements."""
    path = tmp_path / "twice.csv"
    path.write_text("couple,one_csi_1,one_csi_2,two_csi_1,two_csi_2\n7,70,69,50,80\n", encoding="utf-8")
    return str(path)


NORMED: Final = ("--before", "*_csi_1", "--after", "*_csi_2", "--sd", "8", "--reliability", "0.75", "--citation", "Us")


def test_the_command_tells_one_person_how_it_is_going(
    capsys: pytest.CaptureFixture[str], table: str, twice: str
) -> None:
    """For one pair of eyes: own readings, own change with its caveat, what is shared, and not who wrote when."""
    code, told, refused = call(
        capsys, table, "--for", "one", "--share", "sad", "--share", "one = calm", "--change", twice, *NORMED
    )
    assert (code, refused) == (0, "")
    assert told == (
        "The people in this diary are one and two. They rated calm and sad, from 0 to 4.\n\n"
        "For one of couple 7, and for nobody else:\n"
        "calm, from 12 notes of your own: mostly 2, and rising lately.\n"
        "sad, from 12 notes of your own: mostly 1, and much as it was.\n"
        "The change is too small for this instrument to tell, by the norms of Us. "
        "That is not to say that nothing changed.\n"
        "Both numbers are this person's own. They say nothing about anyone else, "
        "and they are not for comparing people.\n\n"
        "From what is shared in couple 7, the same for everyone there:\n"
        "calm, from 12 shared notes: mostly 2, and rising lately.\n"
        "sad, from 24 shared notes: mostly 1, and much as it was.\n"
    )


def test_the_command_prints_the_same_whatever_the_other_kept_private(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, table: str
) -> None:
    """To the byte: not even how many days the others answered shows."""
    other = tmp_path / "other.csv"
    other.write_text(text_of([(*row[:3], row[3], "4") if int(row[0]) % 2 else (*row[:3], row[3], "") for row in ROWS]))
    private = tmp_path / "private.csv"
    private.write_text(text_of([(*row[:3], "", "2") for row in ROWS]), encoding="utf-8")
    shared = [call(capsys, path, "--for", "one", "--share", "sad") for path in (table, str(other))]
    assert shared[0] == shared[1]
    alone = [call(capsys, path, "--for", "one") for path in (table, str(private))]
    assert alone[0] == alone[1]


def test_without_eyes_whoever_holds_the_table_reads_what_is_shared(
    capsys: pytest.CaptureFixture[str], table: str
) -> None:
    """Beside the days, and before the last word."""
    code, told, _ = call(capsys, table, "--share", "two=sad", "--share", "two=calm")
    assert code == 0
    assert "Couple 7: 12 days answered from day 0 to day 11, without a silence in between.\n" in told
    assert told.endswith(
        "\n\nFrom what is shared in couple 7, the same for everyone there:\n"
        "calm: too early to say. A few more notes are enough, whenever they come.\n"
        "sad, from 12 shared notes: mostly 1, and much as it was.\n"
    )
    assert "notes of your own" not in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--for", "three"], "in the table: expected the name of a person in it: one, two"),
        (["--share", "happy"], "in the table: expected names of what was rated: calm, sad"),
        (["--share", "three=sad"], "in the table: expected the name of a person in it: one, two"),
        (["--change", "x.csv", *NORMED], "expected --for NAME beside --change"),
        (["--change", "x.csv", "--for", "one"], "expected --sd, --reliability and --citation beside --change"),
        (
            ["--change", "x.csv", "--for", "one", "--sd", "8", "--reliability", "0.7"],
            "expected --sd, --reliability and --citation beside --change",
        ),
        (["--change", "no.csv", "--for", "one", *NORMED], "expected a file that can be opened, got none at no.csv"),
        (["--sd", "eight"], "expected a number such as 17.5"),
    ],
)
def test_what_cannot_be_told_ends_with_2(
    capsys: pytest.CaptureFixture[str], table: str, arguments: list[str], words: str
) -> None:
    """One sentence, and nothing is told."""
    code, told, refused = call(capsys, table, *arguments)
    assert (code, told) == (2, "")
    assert words in refused


def test_norms_that_nobody_could_have_measured_are_refused(
    capsys: pytest.CaptureFixture[str], table: str, twice: str
) -> None:
    """In the library's own words; a citation has to say something."""
    for wrong, words in ((["--reliability", "1"], "reliability from 0 up to 1"), (["--citation", " "], "the citation")):
        code, told, refused = call(capsys, table, "--for", "one", "--change", twice, *NORMED, *wrong)
        assert (code, told) == (2, "")
        assert words in refused
    with pytest.raises(InvalidReading):
        Norms(scale="ours", deviation=0, reliability=Fraction(1, 2), citation="x")


def test_a_refusal_of_readings_keeps_nothing(capsys: pytest.CaptureFixture[str], table: str, tmp_path: Path) -> None:
    """Whatever cannot be told is said before anything is kept; what is shared is for telling, and not kept."""
    pytest.importorskip("sqlalchemy", reason="SQLAlchemy is missing: a refusal was NOT tried on a kept journal")
    kept = tmp_path / "kept.db"
    assert call(capsys, table, "--for", "three", "--into", str(kept))[0] == 2
    assert not kept.exists()
    assert call(capsys, table, "--for", "one", "--share", "sad", "--into", str(kept))[0] == 0
    assert kept.exists()
