"""Talks in turns beside a plain loop over what was said: a talk told from the beginning, and one more step in it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

import pendulum

from bench.pair import Pair
from reconnect import Circle, Entry, Listening, Person, Shared
from reconnect.language.listening.acts import AskedToListen, StepTaken, TimeSuits, Word
from reconnect.record.kind import Body

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
US: Final = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
COUNTS: Final = (10, 100, 1000, 10_000)
_SECOND: Final = dt.timedelta(seconds=1)


def said(many: int) -> tuple[Entry, ...]:
    """A talk of so many acts: Ana speaks, and Ben says it back again and again until she says that this was it."""

    def act(by: str, number: int, body: Body) -> Entry:
        at = NOW + number * _SECOND
        return Entry(circle="c1", author=by, id=f"a{number}", at=at, body=body, audience=Shared(), about="l1")

    acts = [act("ana", 0, AskedToListen(start=NOW)), act("ben", 1, TimeSuits(start=NOW))]
    head = acts[0].content
    for number in range(2, many):
        word = Word.SPOKE if number == 2 else (Word.NOT_QUITE, Word.SAID_BACK)[number % 2]  # noqa: PLR2004 - the third
        acts.append(act("ben" if word is Word.SAID_BACK else "ana", number, StepTaken(word=word, follows=head)))
        head = acts[-1].content
    return tuple(acts)


def walk(acts: Sequence[Entry]) -> str:
    """Say whose step it is, from a sheet of paper on which each word is noted as it comes."""
    times, head, step = dict[str, pendulum.DateTime](), acts[0].content, "speak"
    for act in acts:
        match act.body:
            case AskedToListen(start=start) | TimeSuits(start=start):
                times[act.author] = start
            case StepTaken(word=word, follows=follows) if follows == head and len(set(times.values())) == 1:
                step = {"spoke": "say back", "said_back": "confirm", "not_quite": "say back"}[word.value]
                head = act.content
            case _:
                pass
    return "ben" if step == "say back" else "ana"


def _person(talk: Listening, at: pendulum.DateTime) -> str | None:
    floor = talk.floor(at=at)
    return None if floor is None else floor.person


def _told(many: int) -> Pair:
    """Tell the whole talk from its acts: that is what opening a view costs."""
    acts = said(many)
    founding = Listening.ask(id="l1", circle=US, by="ana", at=NOW).founding
    return Pair(
        question=f"`floor`, a talk of {many:,} acts from the beginning",
        beside="a loop over what was said",
        aim=None,
        ours=lambda: _person(Listening(id="l1", circle="c1", acts=acts, founding=founding), acts[-1].at),
        theirs=lambda: walk(acts),
    )


def _step(many: int) -> Pair:
    """Take one more step in a talk that is at hand, and say whose step comes then."""
    acts = said(many)
    founding = Listening.ask(id="l1", circle=US, by="ana", at=NOW).founding
    talk, at = Listening(id="l1", circle="c1", acts=acts, founding=founding), acts[-1].at + _SECOND
    take, by = (talk.say_back, "ben") if walk(acts) == "ben" else (talk.not_quite, "ana")
    more = take(by=by, at=at).acts
    return Pair(
        question=f"one more step after {many:,} acts, and `floor`",
        beside="a loop over what was said",
        aim=None,
        ours=lambda: _person(take(by=by, at=at), at),
        theirs=lambda: walk(more),
    )


def _pairs() -> Iterator[Pair]:
    yield from map(_told, COUNTS)
    yield from map(_step, COUNTS)


def pairs() -> tuple[Pair, ...]:
    """All questions about talks in turns."""
    return tuple(_pairs())
