"""How much work a long story makes: counted in calls, so that no clock decides."""

import operator
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest
from tests.primitives.checkin.agreed import DAY, HOUR, begin, keys

from reconnect.edges.testing.checkin import SCHEDULE
from reconnect.primitives.checkin import CheckInSchedule, Occurrence, OccurrenceKey
from reconnect.primitives.checkin.acts import Held, LetGo, Moved, Paused, Rainchecked, Resumed
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.temporal.window import Window

START = begin(lasts=1200 * DAY)
KEYS = keys(START, Window.of(START.acts[0].at, 1100 * DAY))


def calls(do: Callable[[], object]) -> int:
    """Count the Python functions that are called."""
    count = 0

    def see(_frame: FrameType, event: str, _value: Any) -> None:  # noqa: ANN401 - given by the interpreter
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        do()
    finally:
        sys.setprofile(before)
    return count


def seen(s: CheckInSchedule, within: Window) -> list[Occurrence]:
    """Return the check-ins of a window."""
    return list(s.occurrences(within))


def story(many: int) -> CheckInSchedule:
    """Return a schedule about which so much was said, a day at a time."""
    acts = list(START.acts)
    for number, key in enumerate(KEYS[:many]):
        at = START.acts[0].at + number * DAY + 7 * HOUR
        bodies: list[Body] = [Held(key=key), LetGo(key=key), Moved(key=key, to=at + 30 * HOUR)]
        bodies += [Rainchecked(key=key, to=at + 30 * HOUR), Paused(window=Window.of(at, DAY)), Resumed()]
        name, body = ("ana", "ben")[number % 2], bodies[number % len(bodies)]
        acts.append(
            Entry(circle="c1", author=name, id=f"e{number}", at=at, body=body, audience=Shared(), about=SCHEDULE)
        )
    return CheckInSchedule(id=SCHEDULE, circle="c1", acts=tuple(acts), founding=START.founding)


def week_of(key: OccurrenceKey) -> Window:
    """Return the week around a check-in of the story."""
    there = START.occurrence(key)
    assert there is not None
    return Window(there.start - 3 * DAY, there.start + 4 * DAY)


@pytest.mark.parametrize("what", ["fold", "standing"])
def test_four_times_as_much_said_is_about_four_times_the_work(what: str) -> None:
    """Neither the fold nor a standing in the midst of it is quadratic in what was said."""
    work: list[int] = []
    for many in (200, 800):
        s, key = story(many), KEYS[many // 2]
        at = week_of(key).end
        fold, standing = partial(operator.attrgetter("rhythm"), s), partial(s.standing_of, key, at=at)
        work.append(calls({"fold": fold, "standing": standing}[what]))
    assert work[1] < 6 * work[0]


def test_a_week_costs_what_a_week_holds() -> None:
    """However much was said before, and however far it lies from the start of the rule."""
    work: list[int] = []
    for many in (200, 800):
        s, week = story(many), week_of(KEYS[many - 10])
        assert s.rhythm is not None
        assert len(list(s.occurrences(week))) >= 6
        work.append(calls(partial(seen, s, week)))
    assert work[1] < 2 * work[0] + 10 * 800
