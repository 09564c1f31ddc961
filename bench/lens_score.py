"""How well the lens does on sentences with known answers: precision, recall and false alarms for each kind."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from attrs import field, frozen

from reconnect import NoticingKind, notice


@frozen
class Case:
    """A sentence, the kinds that it should bring up (none, if it should pass), and what sort of sentence it is."""

    text: str
    kinds: frozenset[str]
    sort: str


def cases(path: Path) -> Iterator[Case]:
    """Go through the sentences of a file."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for kinds, texts in tables["fires"].items():
        yield from (Case(text, frozenset(kinds.split("+")), kinds) for text in texts)
    for why, texts in tables["quiet"].items():
        yield from (Case(text, frozenset(), why) for text in texts)


@frozen
class Score:
    """What was found, missed and added, by kind; and of the sentences that should pass, those that did not."""

    found: Counter[str] = field(factory=Counter)
    missed: Counter[str] = field(factory=Counter)
    added: Counter[str] = field(factory=Counter)
    alarms: list[Case] = field(factory=list)
    quiet: list[Case] = field(factory=list)
    asked: list[Case] = field(factory=list)

    @classmethod
    def of(cls, asked: Iterator[Case], *, locale: str = "en") -> "Score":
        """Look at every sentence once."""
        score = cls()
        for case in asked:
            score.asked.append(case)
            seen = {each.kind.value for each in notice(case.text, locale=locale)}
            score.found.update(seen & case.kinds)
            score.missed.update(case.kinds - seen)
            score.added.update(seen - case.kinds)
            if not case.kinds:
                score.quiet.append(case)
                if seen:
                    score.alarms.append(case)
        return score

    def precision(self, kind: str) -> float:
        """Of what was noticed as this kind, the share that is."""
        return self.found[kind] / ((self.found[kind] + self.added[kind]) or 1)

    def recall(self, kind: str) -> float:
        """Of what is of this kind, the share that was noticed."""
        return self.found[kind] / ((self.found[kind] + self.missed[kind]) or 1)

    def false_positives(self, kind: str) -> float:
        """Of the sentences that are not of this kind, the share that was noticed as it."""
        return self.added[kind] / (sum(kind not in case.kinds for case in self.asked) or 1)

    def f1(self, kind: str) -> float:
        """Their harmonic mean."""
        both = 2 * self.found[kind]
        return both / ((both + self.missed[kind] + self.added[kind]) or 1)

    @property
    def macro_f1(self) -> float:
        """The mean over all kinds, each counting the same."""
        return sum(self.f1(kind.value) for kind in NoticingKind) / len(NoticingKind)

    @property
    def false_alarms(self) -> float:
        """Of the sentences that should pass, the share in which something was noticed."""
        return len(self.alarms) / (len(self.quiet) or 1)

    def table(self) -> Iterator[str]:
        """Write it in Markdown."""
        yield "| kind | precision | recall | F1 | false positives |"
        yield "| --- | ---: | ---: | ---: | ---: |"
        for kind in NoticingKind:
            name = kind.value
            rates = (self.precision(name), self.recall(name), self.f1(name))
            shown = " | ".join(f"{rate:.2f}" for rate in rates)
            yield f"| {name} | {shown} | {self.false_positives(name):.1%} |"
        yield f"| all, each kind counting the same | | | {self.macro_f1:.2f} | |"
        yield ""
        yield f"False alarms: {len(self.alarms)} of {len(self.quiet)} sentences ({self.false_alarms:.1%})."
