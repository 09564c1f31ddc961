"""How much work a long story of turns makes: counted in calls, so that no clock decides."""

import datetime as dt
import operator
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any, Final

import pendulum
import pytest

from reconnect.primitives.rotation import Rotation, RotationPlan, TurnKey
from reconnect.primitives.rotation.acts import Away, Back, Covered, Done, PassedOn, PlanStated, Wished
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

NOW: Final = pendulum.datetime(2026, 1, 5, 12)
DAY: Final = dt.timedelta(days=1)
FIRST: Final = dt.datetime(2026, 1, 5, 20)  # noqa: DTZ001 - local by meaning
PEOPLE: Final = ("ana", "ben", "cleo")
DAILY: Final = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=FIRST.date())


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


def key(day: int) -> TurnKey:
    """Return the turn that begins so many days after the first one."""
    return TurnKey(rotation="r1", original_start=FIRST + day * DAY, zone="Europe/Paris")


def story(many: int, *, handoff: Recurrence | None = DAILY) -> Rotation:
    """Return a rotation about which so much was said, a day at a time."""
    plan = RotationPlan.of(PEOPLE, handoff=handoff, weights={"ana": 2})
    acts = [Entry(circle="c1", author="ana", id="e", at=NOW, body=PlanStated(plan=plan), audience=Shared(), about="r1")]
    for day in range(many):
        at, by = NOW.add(days=day, hours=1), PEOPLE[day % 3]
        away = Window.of(at.add(days=2), 3 * DAY)
        bodies: list[Body] = [
            *(Covered(turn=key(day + 1)), PassedOn(turn=key(day + 1)), Away(window=away), Back()),
            Wished(give=key(day + 2), take=key(day + 3), other=PEOPLE[(day + 1) % 3]),
        ]
        body = bodies[day % len(bodies)] if handoff is not None else Done(turn=TurnKey(rotation="r1", ordinal=day))
        acts.append(Entry(circle="c1", author=by, id=f"e{day}", at=at, body=body, audience=Shared(), about="r1"))
    return Rotation(id="r1", circle="c1", acts=tuple(acts))


@pytest.mark.parametrize("handoff", [DAILY, None])
def test_four_times_as_much_said_is_about_four_times_the_work(handoff: Recurrence | None) -> None:
    """The fold is not quadratic in what was said, neither by handoffs nor by completion."""
    few, more = (calls(partial(operator.attrgetter("plan"), story(many, handoff=handoff))) for many in (200, 800))
    assert more < 6 * few


def test_a_turn_costs_no_more_among_many() -> None:
    """Once a story has been folded, seeking a turn in it costs about the same however much was said."""
    work: list[int] = []
    for many in (10, 1000):
        r = story(many)
        assert r.turn_at(NOW.add(days=5)) is not None
        work.append(calls(partial(r.turn_at, NOW.add(days=many, hours=10))))
    assert work[1] <= work[0] + 20


def test_a_turn_costs_no_more_far_away() -> None:
    """A turn in a thousand years is found as quickly as tomorrow's."""
    r = story(10)
    assert r.turn_at(NOW.add(days=5)) is not None
    near, far = (calls(partial(r.turn_at, NOW.add(years=years, days=20))) for years in (0, 1000))
    assert far < 2 * near


def test_a_week_costs_what_a_week_holds() -> None:
    """Going through a window costs nothing for what lies before it."""
    work: list[int] = []
    for many in (200, 800):
        r = story(many)
        assert r.turn_at(NOW) is None
        work.append(calls(lambda r=r, many=many: list(r.turns(Window.of(NOW.add(days=many - 9), 7 * DAY)))))  # type: ignore[misc]  # two defaults
    assert work[1] < 2 * work[0]
