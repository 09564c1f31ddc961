"""Rulings beside a plain loop over what was said: a few rules after a long history, and many rules at once."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pendulum

from bench.pair import Pair
from reconnect import Boundaries, ByConsent, ComeClose, DepthLimit, Entry, Ruling, Shared, Told
from reconnect.primitives.boundary.acts import LayerAdded, LayerDropped

FIRST: Final = pendulum.datetime(2026, 1, 1, 12)
COUNTS: Final = (1, 100, 10_000)
_MINUTE: Final = dt.timedelta(minutes=1)


def said(bodies: Iterable[Any]) -> Iterator[Entry]:
    """Let Ana say some things, one a minute."""
    for number, body in enumerate(bodies):
        at = FIRST + number * _MINUTE
        yield Entry(circle="c1", author="ana", id=f"a{number}", at=at, body=body, audience=Shared(), about="b1")


def changed_often(times: int) -> tuple[Entry, ...]:
    """Two rules that stay, and between them one that was added and dropped so many times."""
    bodies: list[Any] = [LayerAdded(rule=ByConsent())]
    for number in range(times):
        bodies.append(LayerAdded(rule=DepthLimit(deepest=1)))
        bodies.append(LayerDropped(rule=DepthLimit(deepest=1), layers=frozenset({f"a{2 * number + 1}"})))
    return tuple(said([*bodies, LayerAdded(rule=ByConsent(gestures=("hug",)))]))


def many(rules: int) -> tuple[Entry, ...]:
    """So many rules at once, each about another gesture."""
    return tuple(said(LayerAdded(rule=ByConsent(gestures=(f"gesture {number}",))) for number in range(rules)))


def asked(question: str, acts: tuple[Entry, ...]) -> Pair:
    """Ask about a hug, a day after everything was said."""
    hug = ComeClose(by="ben", toward="ana", gesture="hug")
    at = acts[-1].at + dt.timedelta(days=1)
    ours = Boundaries(id="b1", circle="c1", acts=acts)

    def theirs() -> Ruling:
        rules: dict[str, Any] = {}
        for act in acts:
            match act.body:
                case LayerAdded(rule=rule) if act.author == hug.toward and act.at <= at:
                    rules[act.id] = rule
                case LayerDropped(layers=layers) if act.author == hug.toward and act.at <= at:
                    for name in layers:
                        rules.pop(name, None)
                case _:
                    pass
        ruling = Ruling()
        for rule in dict.fromkeys(rules.values()):
            answer: Ruling = rule.ruling(hug, at=at, told=Told())
            if not answer.permits:
                ruling &= Ruling(ask_first=frozenset({hug.toward}), reasons=(rule.kind,))
        return ruling

    return Pair(
        question=question,
        beside="a loop over what was said",
        aim=None,
        ours=lambda: ours.ruling(hug, at=at),
        theirs=theirs,
    )


def pairs() -> tuple[Pair, ...]:
    """The questions about rulings: after so many changes, and with so many rules at once."""
    return (
        *(asked(f"`ruling`, after {_counted(times, 'change')}", changed_often(times)) for times in COUNTS),
        *(asked(f"`ruling`, {_counted(rules, 'rule')} at once", many(rules)) for rules in COUNTS),
    )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
