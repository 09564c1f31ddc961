"""Prints the table of `docs/explanation/speed.md`: both sides of each question in one run, medians and ratios."""

import argparse
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Final

import pyperf  # type: ignore[import-untyped]  # it ships no types
from attrs import frozen

from bench import boundary, free_time, imports, journal, listening, metrics, outlook, recurrence, rotation
from bench.measure import Measured, in_turn, timer
from bench.pair import Pair

PAIRS: Final = (recurrence, free_time, boundary, rotation, outlook, listening, metrics)
BESIDE: Final = ("attrs", "cattrs", "pendulum", "python-dateutil", "portion", "pymannkendall", "scipy")
_UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


def span(seconds: float) -> str:
    """Say a time in the unit in which it is easiest to read."""
    size, unit = next((pair for pair in _UNITS if seconds >= pair[0]), _UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def ratio(times: float) -> str:
    """Say a ratio no more precisely than a noisy machine allows."""
    digits = 0 if times >= 10 else 1 if times >= 0.1 else 2  # noqa: PLR2004 - two digits are enough
    return f"{times:,.{digits}f}x"


@frozen(kw_only=True)
class Row:
    """One question of the table, with what was measured."""

    question: str
    beside: str
    aim: float | None
    found: Measured

    def __str__(self) -> str:
        """Write the row in Markdown."""
        ours, theirs = span(self.found.ours_median), span(self.found.theirs_median)
        wanted = "" if self.aim is None else ratio(self.aim)
        return f"| {self.question} | {ours} | {theirs} | {self.beside} | {ratio(self.found.times)} | {wanted} |"


def head() -> Iterator[str]:
    """Say on what this was measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in BESIDE)
    yield f"Python {platform.python_version()}; {versions}. A machine of {os.cpu_count()} cores."
    yield ""
    yield "| question | ours | theirs | beside | times as fast | aim |"
    yield "| --- | ---: | ---: | --- | ---: | ---: |"


def answers(pair: Pair, turns: int) -> Row:
    """Ask both sides of a pair in turn, after making sure that they agree."""
    if not pair.agrees():
        raise SystemExit(f"{pair.question}: the two sides disagree, so their times mean nothing")
    found = in_turn(timer(pair.ours), timer(pair.theirs), turns=turns)
    return Row(question=pair.question, beside=pair.beside, aim=pair.aim, found=found)


def rows(turns: int, wanted: str) -> Iterator[Row]:
    """Go through the rows whose question has some words in it, each as soon as it is known."""
    for pair in chain.from_iterable(module.pairs() for module in PAIRS):
        if wanted in pair.question:
            yield answers(pair, turns)
    process = imports.FreshProcess()
    for statement, aim in imports.STATEMENTS:
        if wanted in statement:
            found = in_turn(process.timer(statement), process.timer(imports.DEPENDENCIES), turns=turns)
            yield Row(question=f"`{statement}`", beside=f"`{imports.DEPENDENCIES}`", aim=aim, found=found)


def main(words: Iterable[str]) -> None:
    """Measure, and print each row when it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=15, help="how often each side is asked (15)")
    parser.add_argument("--only", default="", help="only questions with these words in them")
    parser.add_argument(
        "--million", action="store_true", help="also a journal with a million entries; some minutes more"
    )
    parser.add_argument("--output", type=Path, help="also keep every single value, in a file that pyperf reads")
    asked = parser.parse_args(list(words))
    print(*head(), sep="\n")
    kept = []
    for row in rows(asked.turns, asked.only):
        print(row, flush=True)
        kept += row.found.benchmarks(row.question, row.beside)
    if asked.only in journal.TITLE:
        sizes = (*journal.SIZES, journal.MILLION) if asked.million else journal.SIZES
        for line in ("", *journal.lines(sizes, span, times=20 * asked.turns)):
            print(line, flush=True)
    if asked.output:
        pyperf.BenchmarkSuite(kept).dump(str(asked.output), replace=True)


if __name__ == "__main__":
    main(sys.argv[1:])
