"""What is measured is fair: both sides of each question give the same answer, and the table says what it saw."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("portion", reason="the extra `bench` is not installed")
pytest.importorskip("pymannkendall", reason="the extra `bench` is not installed")
pytest.importorskip("pyperf", reason="the extra `bench` is not installed")

from bench import imports, journal, lens, table
from bench.measure import Measured, in_turn
from bench.pair import Pair


@pytest.mark.parametrize(
    "pair",
    [pair for module in table.PAIRS for pair in module.pairs()],
    ids=lambda pair: f"{pair.question}, {pair.beside}",
)
def test_both_sides_of_a_question_agree(pair: Pair) -> None:
    """A quicker answer is worth something only if it is the same answer."""
    assert pair.agrees()


def test_sides_that_disagree_are_not_measured() -> None:
    """Whoever breaks one side of a question gets no table."""
    wrong = Pair(question="what is one", beside="two", aim=None, ours=lambda: 1, theirs=lambda: 2)
    with pytest.raises(SystemExit, match="disagree"):
        table.answers(wrong, turns=1)


def test_sides_are_asked_in_turn() -> None:
    """Noise falls on both sides alike, since neither is asked twice before the other."""
    asked: list[str] = []

    def side(name: str) -> Callable[[], float]:
        def timed() -> float:
            asked.append(name)
            return 1.0

        return timed

    found = in_turn(side("ours"), side("theirs"), turns=3)
    assert asked == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert len(found.ours) == len(found.theirs) == 3


def test_a_ratio_is_that_of_the_medians() -> None:
    """One slow turn on a noisy machine changes nothing."""
    assert Measured(ours=(1.0, 2.0, 90.0), theirs=(8.0, 1.0, 9.0)).times == 4.0


@pytest.mark.parametrize(
    ("seconds", "text"), [(2.5, "2.5 s"), (0.00123, "1.23 ms"), (0.0000041, "4.1 µs"), (0.0000000041, "0.0041 µs")]
)
def test_times_are_said_in_a_unit_that_fits(seconds: float, text: str) -> None:
    """Nobody has to count zeros."""
    assert table.span(seconds) == text


@pytest.mark.parametrize(
    ("times", "text"), [(1234.5, "1,234x"), (10, "10x"), (2.34, "2.3x"), (0.1, "0.1x"), (0.034, "0.03x")]
)
def test_a_ratio_is_said_with_the_digits_that_mean_something(times: float, text: str) -> None:
    """Being thirty times slower does not read as nothing."""
    assert table.ratio(times) == text


def test_imports_are_timed_in_processes_of_their_own() -> None:
    """What this process has loaded already does not make an import look quick."""
    assert imports.FreshProcess().timer("import sys; assert 'reconnect' not in sys.modules")() > 0


def test_the_table_is_markdown_and_keeps_every_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page in the docs holds what the tool printed; the values go into a file that pyperf reads."""
    kept = tmp_path / "values.json"
    table.main(["--turns", "2", "--only", "1 day on", "--output", str(kept)])
    said = capsys.readouterr().out.splitlines()
    assert said[2] == "| question | ours | theirs | beside | times as fast | aim |"
    assert len(said) == 4 + 3
    assert all(line.count("|") == 7 for line in said[2:])
    pyperf = pytest.importorskip("pyperf")
    assert len(pyperf.BenchmarkSuite.load(str(kept)).get_benchmark_names()) == 6


def test_what_the_lens_does_is_printed_for_each_kind() -> None:
    """Precision, recall and false alarms, for each half of our own sentences; and the speed, beside a long paste."""
    shown = list(lens.halves())
    assert sum(line.startswith("| contempt |") for line in shown) == len(lens.HALVES)
    assert sum(line.startswith("False alarms:") for line in shown) == len(lens.HALVES)
    assert any("pairs" in line or "beside" in line for line in lens.others())


def test_a_journal_that_is_filled_is_one_that_was_written() -> None:
    """Rows that are put in all at once read like those of appended entries: otherwise their times mean nothing."""
    with journal.sqlite() as (kept, engine):
        journal.fill(engine, 3 * journal.CIRCLE)
        assert len(list(kept.everything())) == 3 * journal.CIRCLE
        assert kept.circles("ana1", acting="ana1") == ("c000001",)
        view = kept.view("ben1", circle="c000001", at=journal.NOW)
        assert view.members == ("ana1", "ben1")
        assert len(view.entries(kind="note")) == (journal.CIRCLE - 3) // 2
        assert kept.append(view.entries(kind="note")[0], acting="ben1")[0].id == view.entries(kind="note")[0].id


def test_a_journal_is_asked_on_both_sides() -> None:
    """A few rows for each size; where there is no server, the table says so."""
    told = list(journal.lines([2 * journal.CIRCLE], table.span, times=5))
    assert len(told) == 2 + 4
    assert all(line.count("|") == 4 for line in told)
    assert "MB" in told[-1]
