"""Tables out and in: nothing lost, nothing guessed, nothing private given away."""

import datetime as dt
import io
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any, ClassVar, Final

import pytest

pytest.importorskip("polars", reason="polars is missing: tables were NOT tested")

import polars as pl
from attrs import evolve, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges.frames import COLUMNS, from_frame, to_frame
from reconnect.edges.testing import Together, World, assert_noninterfering, entries_of
from reconnect.edges.testing.noise import SECRET
from reconnect.edges.testing.values import body_strategies
from reconnect.errors import InvalidBody, InvalidTable
from reconnect.practice.support import FearAnswer
from reconnect.record.kind import kind_of
from reconnect.temporal.instant import as_instant

THOROUGH: Final = settings().max_examples
NOTE: Final = '{"kind":"note","reconnect":1,"text":"soup"}'
RATING: Final = '{"kind":"metrics.rating","reconnect":1,"scale":"mood","value":"7/2"}'


def own(entries: list[rc.Entry]) -> list[rc.Entry]:
    """Make them one person's, each under an id of its own, as an export has them."""
    return [evolve(entry, author="ana", id=f"e{place}") for place, entry in enumerate(entries)]


def as_csv(frame: Any) -> Any:  # noqa: ANN401 - a frame, in and out
    """Write a frame as CSV and read it as texts, as the page says."""
    return pl.read_csv(io.StringIO(frame.write_csv()), infer_schema=False)


def as_parquet(frame: Any) -> Any:  # noqa: ANN401 - a frame, in and out
    """Write a frame as Parquet and read it."""
    file = io.BytesIO()
    frame.write_parquet(file)
    file.seek(0)
    return pl.read_parquet(file)


class Streamed:
    """A table of another library, of which only the Arrow stream is known."""

    def __init__(self, frame: Any) -> None:  # noqa: ANN401 - a frame
        """Hold it."""
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand it over."""
        return self._frame.__arrow_c_stream__(requested_schema)


WAYS: Final[dict[str, Callable[[Any], Any]]] = {
    "as it is": lambda frame: frame,
    "CSV": as_csv,
    "Parquet": as_parquet,
    "Arrow": Streamed,
    "categories": lambda frame: frame.with_columns(pl.col("circle", "kind", "audience").cast(pl.Categorical)),
    "days as pandas has them": lambda frame: frame.with_columns(pl.col("day").cast(pl.Datetime("ms"))),
    "another zone": lambda frame: frame.with_columns(pl.col("at").dt.convert_time_zone("Asia/Kathmandu")),
}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=max(5, THOROUGH // 3))
@given(entries=st.lists(entries_of(), max_size=4).map(own))
def test_what_goes_out_comes_back(way: str, entries: list[rc.Entry]) -> None:
    """Entries of any kind, through any file, are the same entries afterwards."""
    assert from_frame(WAYS[way](to_frame(entries, support=True))) == tuple(entries)


@pytest.mark.parametrize("kind", body_strategies(), ids=lambda kind: kind.__name__)
@settings(max_examples=3)
@given(data=st.data())
def test_every_kind_goes_out_and_comes_back(kind: type, data: st.DataObject) -> None:
    """No kind of body is forgotten, and its name stands in its column."""
    entry = data.draw(entries_of(body_strategies()[kind]))
    frame = to_frame([entry], support=True)
    assert from_frame(as_csv(frame)) == (entry,)
    assert frame["kind"].item() == kind_of(entry.body)
    assert dict(frame.schema) == dict(COLUMNS)


@given(moment=st.datetimes(min_value=dt.datetime(1, 1, 1), max_value=dt.datetime(9999, 12, 31)))  # noqa: DTZ001 - as drawn
def test_a_moment_keeps_its_microseconds(moment: dt.datetime) -> None:
    """Nothing is rounded, in any year that there is."""
    at = as_instant(moment.replace(tzinfo=dt.UTC))
    entry = rc.Entry(circle="c1", author="ana", id="e1", at=at, body=rc.Note(text="x"))
    for way in ("as it is", "CSV"):
        (back,) = from_frame(WAYS[way](to_frame([entry])))
        assert back.at == entry.at


def test_a_view_goes_out_as_its_reader_sees_it(couple: Together) -> None:
    """Own private things and what is shared are in it, and nothing private of the other."""
    couple.write("ana", rc.Note(text="mine"))
    couple.write("ben", rc.Note(text=SECRET))
    couple.write("ben", rc.Note(text="for everyone"), shared=True)
    frame = to_frame(couple.view("ana"))
    assert SECRET not in frame.write_csv()
    assert from_frame(frame) == couple.view("ana").entries()
    assert to_frame(couple.journal.export("ben", acting="ben")).height == 3


def test_nothing_of_another_shines_through_a_table() -> None:
    """Whatever someone keeps private, everyone else's table is the same, byte for byte."""

    def app(world: World) -> object:
        view = world.view(world.reader)
        yield "CSV", to_frame(view).write_csv()
        yield "with support", to_frame(view, support=True).write_csv()
        yield "export", to_frame(world.journal.export(world.reader, acting=world.reader)).write_csv()

    assert_noninterfering(app, examples=10)
    with pytest.raises(AssertionError, match="another value of everything"):
        assert_noninterfering(lambda world: {"everything": to_frame(world.view(world.author)).write_csv()})


def test_the_support_room_stays_out_unless_it_is_asked_for_twice(couple: Together) -> None:
    """A table often ends in a downloads folder: it is the same with and without a room."""
    before = to_frame(couple.view("ana")).write_csv()
    couple.write("ana", FearAnswer(words=SECRET), id="f1", about="room")
    assert to_frame(couple.view("ana")).write_csv() == before
    assert to_frame(couple.journal.export("ana", acting="ana"), support=True).height == 2
    whole = couple.journal.export("ana", acting="ana", support=True)
    assert to_frame(whole).height == 2
    assert to_frame(whole, support=True).height == to_frame(couple.view("ana"), support=True).height - 1 == 3


def test_a_whole_journal_is_refused(couple: Together) -> None:
    """Nobody writes everyone's private things into a file by accident."""
    sources: list[Any] = [couple.journal, couple.journal.everything(), ["x"]]
    for source in sources:
        with pytest.raises(InvalidTable, match="in the table: expected a view, or a list of what one person exported"):
            to_frame(source)
    with pytest.raises(InvalidTable, match="in the table, column author: expected the entries of one person"):
        to_frame(list(couple.journal.everything()))


def test_a_rating_has_columns_of_its_own() -> None:
    """Researchers need no JSON for the numbers; for any other kind these columns hold nothing."""
    at = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    rated = rc.Rating(scale="mood", value=Fraction(7, 2), day=dt.date(2026, 1, 4))
    bodies: list[rc.Body] = [rated, rc.Note(text="x"), rc.Rating(scale="mood", value=0)]
    entries = [
        rc.Entry(circle="c1", author="ana", id=str(place), at=at, body=body) for place, body in enumerate(bodies)
    ]
    found = to_frame(entries).select("scale", "value", "day").rows()
    assert found == [("mood", 3.5, dt.date(2026, 1, 4)), (None, None, None), ("mood", 0.0, None)]
    assert from_frame(to_frame(entries).drop("body").filter(pl.col("value").is_not_null())) == (entries[0], entries[2])


def one_more(times: int) -> int:
    """Count up."""
    return times + 1


@rc.register
@frozen(kw_only=True)
class Growing:
    """A kind of a careless host: it changes each time that it is read."""

    kind: ClassVar[str] = "test.frames.growing"

    times: int = field(converter=one_more)


def test_what_would_not_come_back_does_not_go_out() -> None:
    """A body that reads back as another one is refused before anybody relies on the file."""
    grown = rc.Entry(
        circle="c1", author="ana", id="g", at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC), body=Growing(times=1)
    )
    with pytest.raises(InvalidBody, match="expected a body that reads back as it was written, got a Growing"):
        to_frame([grown])


def test_an_empty_table_is_no_entries() -> None:
    """Nothing goes out as columns without rows, and comes back as nothing."""
    assert from_frame(to_frame([])) == from_frame(as_csv(to_frame([]))) == ()
    assert dict(to_frame([]).schema) == dict(COLUMNS)


def table(**columns: object) -> Any:  # noqa: ANN401 - a frame
    """A table with two good rows, but for what is said."""
    plain: dict[str, object] = {"circle": "c1", "author": "ana", "id": ["a", "b"], "at": "2026-01-05T20:00:00+01:00"}
    given_ = {**plain, "body": NOTE, **columns}
    return pl.DataFrame(
        {name: cells if isinstance(cells, list | pl.Series) else [cells] * 2 for name, cells in given_.items()}
    )


AT: Final = "a moment with a zone, in whole microseconds"
UTC: Final = pl.Series([0, 1], dtype=pl.Datetime("ns", "UTC"))
MIDNIGHTS: Final = pl.Series([0, 86_400_000_001], dtype=pl.Datetime("us"))
REFUSED: Final[list[tuple[Any, str]]] = [
    (table().drop("circle"), "in the table, column circle: expected this column, as every entry has it"),
    (table(mood="x"), "in the table: expected no other columns than circle, author, id, at, kind, about, audience, "),
    (table(circle=7), "in the table, column circle: expected texts"),
    (table(circle=pl.Series([None, None], dtype=pl.Null)), "in row 2, column circle: expected "),
    (table(id=["a", None]), "in row 3, column id: expected a text"),
    (table(id=["a", ""]), "in row 3, column id: expected 1 to 200 printable characters"),
    (table(author=["ana", SECRET * 20]), "in row 3, column author: expected 1 to 200 printable characters"),
    (table(about=["x", "\x00"]), "in row 3, column about: expected 1 to 200 printable characters"),
    (table(at=7), "in the table, column at: expected moments with a zone"),
    (table(at=pl.Series([None, None], dtype=pl.Null)), "in the table, column at: expected moments with a zone"),
    (table(at=[dt.datetime(2026, 1, 5)] * 2), "in the table, column at: expected moments with a zone"),  # noqa: DTZ001 - on purpose
    (table(at=["2026-01-05T20:00:00Z", "2026-01-05 20:00"]), f"in row 3, column at: expected {AT}"),
    (table(at=["2026-01-05T20:00:00Z", None]), f"in row 3, column at: expected {AT}"),
    (table(at=UTC), f"in row 3, column at: expected {AT}"),
    (table(at=pl.Series([None, 1], dtype=pl.Datetime("us", "UTC"))), f"in row 2, column at: expected {AT}"),
    (table(audience="everyone"), "in row 2, column audience: expected private, shared or sealed"),
    (table(audience="sealed"), "in row 2, column reveal: expected "),
    (table(reveal="r1"), "in row 2, column reveal: expected nothing, because the audience is not sealed"),
    (
        table(audience="shared", body='{"kind":"quiet.went","reconnect":1}'),
        "in row 2, column audience: expected Private for this kind of body",
    ),
    (table(body=[NOTE, f'{{"kind":"note","{SECRET}":1}}']), "in row 3, column body: expected "),
    (
        table(body=[NOTE, f'{{"kind":"note","reconnect":1,"text":["{SECRET}"]}}']),
        "column body: expected a text, at text",
    ),
    (table(body=[NOTE, None]), "in row 3, column body: expected a body, or a scale and a value"),
    (table(body=None, scale="mood"), "in row 2, column body: expected a body, or a scale and a value"),
    (table(body=None, scale="", value=1), "in row 2, column scale: expected 1 to 200 printable characters"),
    (
        table(body=None, scale="mood", value=[1.0, float("nan")]),
        "in row 3, column value: expected a number, or nothing",
    ),
    (table(body=None, scale="mood", value=float("inf")), "in row 2, column value: expected a number, or nothing"),
    (table(body=None, scale="mood", value="3,5"), "in row 2, column value: expected a number, or nothing"),
    (table(body=None, scale="mood", value=True), "in the table, column value: expected numbers"),
    (
        table(body=None, scale="mood", value=1e-9 / 3),
        "in row 2, column value: expected a number of at most nine digits",
    ),
    (table(day="2026-02-30"), "in row 2, column day: expected a day such as 2026-01-05, or nothing"),
    (table(day=5), "in the table, column day: expected days"),
    (table(day=MIDNIGHTS.dt.replace_time_zone("UTC")), "in the table, column day: expected days"),
    (table(body=None, scale="mood", value=1, day=MIDNIGHTS), "in row 3, column day: expected a day such as 2026-01-05"),
    (table(day="2026-02-03"), "in row 2, column day: expected what the body says, or nothing"),
    (table(kind="mood"), "in row 2, column kind: expected what the body says, or nothing"),
    (table(body=RATING, value=3), "in row 2, column value: expected what the body says, or nothing"),
    (table(body=RATING, scale="openness"), "in row 2, column scale: expected what the body says, or nothing"),
    (
        table(id="a", body=[NOTE, RATING]),
        "in row 3, column id: expected an id under which its author writes one thing only",
    ),
]


@pytest.mark.parametrize(("frame", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_cannot_be_read_says_where_and_never_what(frame: Any, said: str) -> None:  # noqa: ANN401 - a frame
    """Row, column and what was expected: enough to mend the table, and nothing of what stands in it."""
    with pytest.raises(InvalidTable) as refused:
        from_frame(frame)
    error = refused.value
    assert said in str(error)
    assert SECRET not in f"{error!r} {vars(error)}"
    assert error.__context__ is None


def test_old_data_needs_four_columns_and_a_rating() -> None:
    """What an app has kept elsewhere moves in without any JSON, and is private."""
    for value in ("3.5", 3.5, pl.Series(["3.50", "3.50"]).cast(pl.Decimal(scale=2))):
        found = from_frame(table(scale="mood", value=value, day=dt.date(2026, 1, 4)).drop("body"))
        assert {entry.body for entry in found} == {
            rc.Rating(scale="mood", value=Fraction(7, 2), day=dt.date(2026, 1, 4))
        }
        assert {(entry.audience, entry.about) for entry in found} == {(rc.Private(), None)}
    whole = from_frame(table(body=None, scale="mood", value=4))
    assert whole[0].body == rc.Rating(scale="mood", value=4)
    assert whole[0].at.isoformat() == "2026-01-05T19:00:00+00:00"


def test_the_same_row_twice_is_the_same_entry() -> None:
    """A table that somebody has glued together from two exports can be read."""
    assert len(from_frame(table(id="a", about=None))) == 2


def test_what_comes_in_is_appended_like_anything_else(couple: Together) -> None:
    """Reading keeps nothing; appending is in one's own name, and idempotent."""
    entries = from_frame(table())
    assert couple.view("ana").entries(kind=rc.Note) == ()
    couple.clock.turn_to(max(entry.at for entry in entries).add(days=1))
    assert couple.journal.append(*entries, acting="ana") == (rc.Stored("a"), rc.Stored("b"))
    assert couple.journal.append(*entries, acting="ana") == (rc.AlreadyThere("a"), rc.AlreadyThere("b"))


def test_without_the_extra_a_clear_word_is_said() -> None:
    """It names the extra, and is what a stranger would catch."""
    program = (
        "import sys; sys.modules['polars'] = None\n"
        "try: import reconnect.edges.frames\n"
        "except ImportError as refused: print(type(refused).__name__, refused)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.startswith("MissingExtra expected polars")
    assert "pip install 'reconnect[frames]'" in said
