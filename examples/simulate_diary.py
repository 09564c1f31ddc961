"""Simulate a diary: a few couples who rate four moods a day, with the gaps and the blanks of real life.

Nobody's days are in it. It is calibrated on figures of 40 real couples (docs/explanation/numbers.md): how much
two partners' moods go together once each person's own mean is taken off, how much people differ from each other,
and how often and how long couples fall silent.

Run it to write the table that `python -m reconnect diary` tells of when it is given none:

    python examples/simulate_diary.py src/reconnect/edges/data/simulated_diary.csv
"""

import csv
import io
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Correlation of partners after removing each person's own mean: numbers.md, "everyday couple moods".
TOGETHER: Final = {"anxious": 0.109, "sad": 0.207, "vigorous": 0.213, "content": 0.326}
# A typical day of a typical person on the scale 0-4: ours; kept away from the ends, so that clipping is rare.
TYPICAL: Final = {"anxious": 1.4, "sad": 1.2, "vigorous": 2.0, "content": 2.4}
SPREAD: Final = 0.8  # within a person, from day to day: ours
# The part of the variance that lies between people: the middle of the ICC range in numbers.md, .363 to .581.
BETWEEN: Final = 0.47
GAP: Final = 12 / 1391  # the chance that a silence begins after a day: 12 gaps in 1,391 couple-days
LONGER: Final = 1 - 12 / 27  # the chance that a silence goes on for one more day: 27 days in 12 gaps
BLANK: Final = 0.02  # the chance that a person leaves a day blank: ours
PEOPLE: Final = ("one", "two")
HEADER: Final = ("couple", "day", *(f"{person}_{mood}" for person in PEOPLE for mood in TOGETHER))


def simulate(*, couples: int, days: int, rng: random.Random) -> Iterator[tuple[str, ...]]:
    """Give the rows of a diary: couple, day, and four moods of each person in steps of a half."""
    for couple in range(1, couples + 1):
        own_spread = SPREAD * (BETWEEN / (1 - BETWEEN)) ** 0.5
        usual = {(person, mood): rng.gauss(TYPICAL[mood], own_spread) for person in PEOPLE for mood in TOGETHER}
        for day in present(days, rng):
            shared = {mood: rng.gauss(0, 1) for mood in TOGETHER}
            row = [str(couple), str(day)]
            for person in PEOPLE:
                blank = rng.random() < BLANK
                for mood, together in TOGETHER.items():
                    noise = together**0.5 * shared[mood] + (1 - together) ** 0.5 * rng.gauss(0, 1)
                    rating = round(2 * (usual[person, mood] + SPREAD * noise)) / 2
                    row.append("" if blank else f"{min(max(rating, 0), 4):g}")
            yield tuple(row)


def present(days: int, rng: random.Random) -> Iterator[int]:
    """Give the days on which there is a row; the first and the last always are."""
    silent = False
    for day in range(1, days + 1):
        silent = rng.random() < (LONGER if silent else GAP)
        if not silent or day in {1, days}:
            yield day


def table(*, couples: int = 4, days: int = 28, seed: int = 6) -> str:
    """Return a whole table as text; the same seed gives the same table everywhere."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    rng = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    writer.writerows(simulate(couples=couples, days=days, rng=rng))
    return text.getvalue()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(table(), encoding="utf-8", newline="")
    else:
        print(table(), end="")
