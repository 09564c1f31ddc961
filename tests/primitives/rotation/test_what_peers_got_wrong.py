"""What others got wrong about turns, each by the name under which it was reported, and what happens here."""

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from typing import Final

import pendulum
from attrs import evolve

from reconnect.consent.proposal import Proposal
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.rotation import Balance, Rotation, RotationPlan, TurnReason
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

NOW: Final = pendulum.datetime(2026, 3, 20, 12)
DAY: Final = dt.timedelta(days=1)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cleo")))
DAILY: Final = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 20))


def begin(handoff: Recurrence = DAILY) -> Rotation:
    """Return turns of three people."""
    return Rotation.of(US, handoff=handoff, id="r1", by="ana", at=NOW)


def test_goalert_55_days_without_a_turn_take_nobodys_turn() -> None:
    """GoAlert: when weekends were excluded, some people never got a turn; turns are shared, not days."""
    workdays = Recurrence.weekly(
        "MO", "TU", "WE", "TH", "FR", time="09:00", zone="Europe/Paris", starts=dt.date(2026, 3, 20)
    )
    holders = Counter(turn.holder for turn in begin(workdays).turns(Window.of(NOW, 84 * DAY)))
    assert max(holders.values()) - min(holders.values()) <= 1
    assert len(holders) == 3


def test_grafana_oncall_4182_a_swap_stays_with_its_turns_when_the_schedule_moves() -> None:
    """Grafana OnCall: a swap stayed on the clock while the shift moved on; here it stays with the turns."""
    r = begin()
    one, _, other = list(r.turns(Window.of(NOW + DAY, 3 * DAY)))[1:4]
    r = r.swap(one.key, other.key, by=str(one.holder), at=NOW)
    r = r.swap(other.key, one.key, by=str(other.holder), at=NOW)
    plan = RotationPlan.of(["cleo", "ben", "ana"], handoff=DAILY)
    p = Proposal.of(plan, id="p1", circle=US, by="ana", at=NOW, about="r1")
    for name in ("ben", "cleo"):
        p = p.accept(by=name, offer=p.offer.id, at=NOW.add(hours=1))
    moved = evolve(r, acts=(*r.acts, *p.acts))
    swapped = [moved.turn(turn.key) for turn in (one, other)]
    assert [turn and turn.holder for turn in swapped] == [other.holder, one.holder]
    assert [turn and turn.reason for turn in swapped] == [TurnReason.SWAP, TurnReason.SWAP]


def test_grafana_oncall_1304_covers_count_for_whoever_did_them() -> None:
    """Grafana OnCall: the picture of fairness ignored covers; here it counts who did it."""
    r, days = begin(), Window.of(NOW, 9 * DAY)
    assert r.load(days, for_="ben").together is Balance.EVEN
    for turn in list(r.turns(days)):
        r = r.cover(turn.key, by="ben", at=NOW)
    assert (r.load(days, for_="ben").own, r.load(days, for_="ana").own) == (9, 0)
    assert r.load(days, for_="ana").together is Balance.UNEVEN


def test_grafana_oncall_3261_handoffs_keep_their_time_on_the_clock() -> None:
    """Grafana OnCall: after a clock change the schedule had moved by an hour; here the handoff keeps its time."""
    turns = list(begin().turns(Window.of(NOW.add(days=7), 4 * DAY)))
    assert {turn.start.in_timezone("Europe/Paris").hour for turn in turns} == {20}
    assert {turn.window.length for turn in turns if turn.window} == {dt.timedelta(hours=23), DAY}


def test_linkedin_oncall_nobody_available_is_an_answer() -> None:
    """LinkedIn oncall: when everyone was busy, the turn was silently skipped; here it stands there, and says so."""
    r = begin()
    for name in US.ids:
        r = r.away(Window.of(NOW.add(days=2), 2 * DAY), by=name, at=NOW)
    turns = list(r.turns(Window.of(NOW, 6 * DAY)))
    assert [turn.holder for turn in turns] == ["ana", None, None, None, "ben", "cleo"]
    assert {turn.reason for turn in turns if turn.holder is None} == {TurnReason.NOBODY}
    assert r.turn_at(NOW.add(days=3)) in turns


def test_donetick_the_same_input_gives_the_same_answer_everywhere() -> None:
    """Donetick: ties were broken by the order of a map; here another process with other hashes says the same."""
    code = (
        "import datetime as dt, pendulum, reconnect as rc\n"
        "now = pendulum.datetime(2026, 3, 20, 12)\n"
        "daily = rc.Recurrence.daily(time='20:00', zone='Europe/Paris', starts=now.date())\n"
        "r = rc.Rotation.of(['ana', 'ben', 'cleo', 'dan'], handoff=daily, weights={'ben': 3, 'dan': 3},"
        " id='r1', circle='c1', by='ana', at=now)\n"
        "r = r.away(rc.Window.of(now, dt.timedelta(days=5)), by='ben', at=now).leave(by='dan', at=now.add(days=9))\n"
        "print([(turn.holder, turn.reason) for turn in r.turns(rc.Window.of(now, dt.timedelta(days=40)))])\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
