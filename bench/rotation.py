"""Turns beside a plain walk that goes from turn to turn and looks at everything that was said about it."""

import datetime as dt
from functools import partial
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

import pendulum
from attrs import frozen

from bench.pair import Pair
from reconnect import Entry, Recurrence, Rotation, RotationPlan, Shared, TurnKey, Window
from reconnect.primitives.rotation.acts import Away, Covered, PlanStated
from reconnect.record.kind import Body

ZONE: Final = ZoneInfo("Europe/Paris")
NOW: Final = pendulum.datetime(2026, 1, 5, 12)
FIRST: Final = dt.datetime(2026, 1, 5, 20)  # noqa: DTZ001 - local by meaning
PEOPLE: Final = ("ana", "ben", "cleo")
MANY: Final = (1, 100, 10_000)
AIMS: Final = {1: None, 100: None, 10_000: 100}
_DAY: Final = dt.timedelta(days=1)
_HOUR: Final = dt.timedelta(hours=1)


@frozen
class Said:
    """The same things said, in the form of both sides: every other one a cover, every other one an absence.

    Attributes:
        ours: the story.
        covers: who took over the turn that begins so many days after the first one.
        absences: from when to when, in seconds from 1970, and who, sorted.
    """

    ours: Rotation
    covers: dict[int, str]
    absences: list[tuple[float, float, str]]


def said(many: int) -> Said:
    """Say many things about daily turns of three people, all of them beforehand."""
    plan = RotationPlan.of(PEOPLE, handoff=Recurrence.daily(time="20:00", zone=ZONE.key, starts=FIRST.date()))
    acts, covers, absences = (
        [_act("e", "ana", PlanStated(plan=plan))],
        dict[int, str](),
        list[tuple[float, float, str]](),
    )
    for day in range(many):
        by, window = PEOPLE[day % 3], Window.of(NOW + (24 * day + 30) * _HOUR, _HOUR)
        if day % 2:
            acts.append(_act(f"e{day}", by, Away(window=window)))
            absences.append((window.start.timestamp(), window.end.timestamp(), by))
        else:
            turn = TurnKey(rotation="r1", original_start=FIRST + day * _DAY, zone=ZONE.key)
            acts.append(_act(f"e{day}", by, Covered(turn=turn)))
            covers[day] = by
    return Said(Rotation(id="r1", circle="c1", acts=tuple(acts)), covers, sorted(absences))


def _act(name: str, by: str, body: Body) -> Entry:
    return Entry(circle="c1", author=by, id=name, at=NOW, body=body, audience=Shared(), about="r1")


def walk(things: Said, moment: pendulum.DateTime) -> str | None:
    """Walk from turn to turn, once through all that was said: who is there, who comes next, was it taken over."""
    at, held, read, away = moment.timestamp(), -1, 0, dict[str, float]()
    start, end = 0.0, FIRST.replace(tzinfo=ZONE).timestamp()
    for day in count():
        start, end = end, (FIRST + (day + 1) * _DAY).replace(tzinfo=ZONE).timestamp()
        if at < start:
            return None
        while read < len(things.absences) and things.absences[read][0] < end:
            _, until, by = things.absences[read]
            away[by], read = max(until, away.get(by, until)), read + 1
        there = [person for person in PEOPLE if away.get(person, start) <= start]
        held = next(place for place in range(held + 1, held + 4) if PEOPLE[place % 3] in there) % 3
        if at < end:
            return things.covers.get(day, PEOPLE[held])
    return None


def holder(things: Said, moment: pendulum.DateTime) -> str | None:
    """Say who holds the turn at a moment, from the story."""
    turn = things.ours.turn_at(moment)
    return None if turn is None else turn.holder


def turn_at(many: int) -> Pair:
    """The turn at a moment, after everything that was said."""
    things, moment = said(many), NOW.add(days=many, hours=10)
    return Pair(
        question=f"`turn_at`, {many:,} covers and absences",
        beside="a walk from turn to turn",
        aim=AIMS[many],
        ours=partial(holder, things, moment),
        theirs=partial(walk, things, moment),
    )


def pairs() -> tuple[Pair, ...]:
    """All questions about turns."""
    return tuple(map(turn_at, MANY))
