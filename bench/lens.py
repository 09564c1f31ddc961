"""Prints how well and how fast the lens is: `python -m bench.lens`, from the root of the repository."""

import csv
import platform
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench.lens_score import Score, cases
from reconnect import lens_locales, notice
from reconnect.language._pack import lens_pack

ROOT: Final = Path(__file__).resolve().parents[1]
HALVES: Final = {  # by the name of its file: the language, and what it is
    "develop": ("en", "English, the half that the rules were written by"),
    "held_out": ("en", "English, the half that was held out"),
    "develop_de": ("de", "German, the half that the rules were written by"),
    "held_out_de": ("de", "German, the half that was held out"),
}
PAIRS: Final = ROOT.parent / "shared" / "data" / "nvc_pairs" / "pairs.csv"
ASKED: Final = ("observation-evaluation", "feelings-thoughts", "needs-demands", "requests")
PASTE: Final = 100_000  # characters
REPEATED: Final = ("you never ", "you ", "I feel like you and ", "so really very ", "she said ", "!", "a")
TURNS: Final = 5


def halves() -> Iterator[str]:
    """Score our own sentences, each half by itself."""
    for half, (locale, what) in HALVES.items():
        asked = list(cases(_path(half)))
        yield f"\n## Our own sentences: {what} ({sum(bool(case.kinds) for case in asked)} of {len(asked)} to notice)\n"
        yield from Score.of(iter(asked), locale=locale).table()


def _path(half: str) -> Path:
    return ROOT / "tests" / "language" / f"cases_{half}.toml"


def others() -> Iterator[str]:
    """Score exercise sentences that others wrote: something should be noticed before, and nothing after."""
    yield "\n## Exercise pairs by others\n"
    if not PAIRS.is_file():
        yield "They are not beside this repository."
        return
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    yield "| type | pairs | noticed before | noticed after |"
    yield "| --- | ---: | ---: | ---: |"
    for sort in ASKED:
        mine = [row for row in rows if row["type"] == sort]
        before, after = (sum(bool(notice(row[side])) for row in mine) for side in ("before", "after"))
        yield f"| {sort} | {len(mine)} | {before} | {after} |"


def seconds(text: str, locale: str) -> float:
    """Take the time of looking at a text: the middle of a few turns."""
    taken = []
    for _ in range(TURNS):
        began = perf_counter()
        notice(text, locale=locale)
        taken.append(perf_counter() - began)
    return median(taken)


def speed() -> Iterator[str]:
    """Time single sentences, a long paste, and what makes careless matchers slow."""
    yield f"\n## Speed (Python {platform.python_version()})\n"
    for locale in lens_locales():
        sentences = [case.text for half, (told, _) in HALVES.items() if told == locale for case in cases(_path(half))]
        began = perf_counter()
        for sentence in sentences:
            notice(sentence, locale=locale)
        yield f"- {locale}: {len(sentences) / (perf_counter() - began):,.0f} sentences a second, one by one"
        paste = (" ".join(sentences) * (PASTE // 1000))[:PASTE]
        yield f"- {locale}: a paste of {PASTE:,} characters: {seconds(paste, locale):.2f} s"
    for again in REPEATED:
        text = (again * PASTE)[:PASTE]
        walk = lens_pack("en").walk(text)
        list(walk.matches())
        each = walk.steps / (len(walk.tags) or 1)
        yield f"- {again!r} again and again, {PASTE:,} characters: {seconds(text, 'en'):.2f} s, {each:.0f} steps a word"


def main() -> None:
    """Load every pack first, and print each part as soon as it is known."""
    for locale in lens_locales():
        began = perf_counter()
        lens_pack(locale)
        print(f"- the rules of {locale} are read once, in {perf_counter() - began:.2f} s")
    for part in (halves, others, speed):
        for line in part():
            print(line, flush=True)


if __name__ == "__main__":
    main()
