"""Turns told plainly: slow, turn by turn, written from the rules and from no other code of the room.

It takes what was agreed from `Proposal` and the handoffs from `Recurrence` (which have laws of their own), and
everything else from the entries.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from attrs import define, field

from reconnect.consent.proposal import Proposal
from reconnect.primitives.rotation import Rotation, RotationPlan, TurnKey
from reconnect.primitives.rotation.acts import (
    Away,
    Back,
    Covered,
    Done,
    LeftTurns,
    PassedOn,
    PlanStated,
    RejoinedTurns,
    TurnsBegun,
    Wished,
    Withdrew,
)
from reconnect.record.entry import Entry
from reconnect.temporal.window import Window

NEVER: Final = dt.datetime(9999, 11, 30, tzinfo=dt.UTC)
FAR: Final = dt.timedelta(days=60)  # how far turns are walked through: further than any test looks

Row = tuple[TurnKey, str | None, str, str, dt.datetime, dt.datetime | None]


class Plan:
    """One plan that held: what it says, who said yes, from when on, and until when."""

    def __init__(self, plan: RotationPlan, people: tuple[str, ...], since: dt.datetime, ends: dt.datetime) -> None:
        """Note it down."""
        self.plan, self.people, self.since, self.ends = plan, people, since, ends
        self.handoffs: dict[dt.datetime, dt.datetime] = {}

    def write_out(self, window: Window) -> None:
        """Write out the handoffs: each instant with the last local time that means it."""
        if self.plan.handoff is not None:
            for start in self.plan.handoff.starts(window):
                self.handoffs[start.instant] = start.local

    def goes_on_after(self, at: dt.datetime) -> bool:
        """Whether a handoff follows another."""
        return any(at < other for other in self.handoffs)


@define
class Step:
    """One turn: first where it is, then who has it by the plan, then what was said about it."""

    plan: int
    key: TurnKey
    start: dt.datetime
    end: dt.datetime | None = None
    doer: str | None = None
    base: str | None = None
    due: str = ""
    taker: str | None = None
    how: str = "plan"
    passed: set[str] = field(factory=set[str])


class Told:
    """What a rotation's acts come to."""

    def __init__(self, story: Rotation) -> None:
        """Walk through all turns, then through what was said about single ones."""
        self.story = story
        self.acts = [act for act in story.told() if act.about == story.id]
        first = min(act.at for act in story.acts)
        self.window = Window(first, max(act.at for act in story.acts) + FAR)
        self.plans = self._plans()
        for plan in self.plans:
            plan.write_out(self.window)
        self.done: dict[int, tuple[dt.datetime, str]] = {}
        self.turns: list[Step] = []
        self._walk()
        self._order()
        self._change()

    def _plans(self) -> list[Plan]:  # noqa: C901 - the rules, one after the other
        """Return the plans that held, in the order in which they came into force."""
        names = {str(act.about) for act in self.story.acts if isinstance(act.body, Proposal.bodies)}
        agreed: dict[str, tuple[str | None, Plan]] = {}
        for name in sorted(names):
            p = Proposal(
                id=name,
                circle=self.story.circle,
                acts=tuple(act for act in self.story.acts if act.about == name),
                founding=self.story.founding,
            )
            for held in p.held():
                value = p.offer.value
                if isinstance(value, RotationPlan) and all(person in p.offer.people for person in value.members):
                    agreed[name] = (p.about, Plan(value, p.offer.people, held.start, min(held.end, NEVER)))
        waiting: list[tuple[dt.datetime, int, Plan]] = []
        for about, plan in agreed.values():
            if about == self.story.id:
                waiting.append((plan.since, 0, plan))
        for place, act in enumerate(self.acts, start=1):
            if isinstance(act.body, PlanStated) and act.author in act.body.plan.members:
                ended = self.story.membership.ended
                waiting.append((act.at, place, Plan(act.body.plan, (), act.at, ended or NEVER)))
            elif isinstance(act.body, TurnsBegun) and act.body.proposal in agreed:
                about, plan = agreed[act.body.proposal]
                if about is None and act.author in plan.people and plan.since <= act.at:
                    waiting.append((act.at, place, Plan(plan.plan, plan.people, act.at, plan.ends)))
        found: list[Plan] = []
        for at, place, plan in sorted(waiting, key=lambda each: each[:2]):
            if at >= plan.ends:
                continue
            if place and found and not (plan.people and (not found[-1].people or found[-1].ends <= at)):
                continue
            found.append(plan)
        return found

    def _walk(self) -> None:
        """Go through every instant at which a turn could begin or end, and see whether one does."""
        dones = [act for act in self.acts if isinstance(act.body, Done)]
        instants = {at for plan in self.plans for at in (plan.since, *plan.handoffs)} | {act.at for act in dones}
        owner, running = -1, None
        for at in sorted(instants):
            if running is not None and self._ends(running, at, dones):
                running.end = at
                running = None
            newest = next((n for n in range(len(self.plans) - 1, owner, -1) if self._takes_over(n, at, running)), owner)
            if newest != owner or (newest >= 0 and running is None and self._begins(self.plans[newest], at)):
                if running is not None:
                    running.end = at
                owner = newest
                running = self._begun(owner, at)

    def _takes_over(self, number: int, at: dt.datetime, running: Step | None) -> bool:
        plan = self.plans[number]
        if not plan.since <= at < plan.ends:
            return False
        if plan.plan.handoff is None:
            return running is None or running.start == at
        return at in plan.handoffs and plan.goes_on_after(at)

    def _begins(self, plan: Plan, at: dt.datetime) -> bool:
        """Whether a turn follows under the plan that hands turns on."""
        if at >= plan.ends:
            return False
        if plan.plan.handoff is None:
            return bool(self.turns) and self.turns[-1].end == at
        return at in plan.handoffs and plan.goes_on_after(at)

    def _ends(self, running: Step, at: dt.datetime, dones: list[Entry]) -> bool:
        """Whether a turn ends at an instant by itself: at the next handoff, or because it is done."""
        plan = self.plans[running.plan]
        if plan.plan.handoff is not None:
            return at in plan.handoffs and running.start < at
        for act in dones:
            mine = act.at == at and act.body == Done(turn=running.key) and act.author in plan.plan.members
            if mine and running.start < at:
                running.doer = act.author
                return True
        return False

    def _begun(self, owner: int, at: dt.datetime) -> Step:
        plan = self.plans[owner]
        if self.turns and self.turns[-1].start == at:
            self.turns.pop()
        if plan.plan.handoff is None:
            number = 1 + max((turn.key.ordinal for turn in self.turns if turn.key.ordinal is not None), default=-1)
            key = TurnKey(rotation=self.story.id, ordinal=number)
        else:
            key = TurnKey(rotation=self.story.id, original_start=plan.handoffs[at], zone=plan.plan.handoff.zone)
        turn = Step(plan=owner, key=key, start=at)
        self.turns.append(turn)
        return turn

    def _is_there(self, person: str, turn: Step) -> bool:  # noqa: C901 - the rules, one after the other
        """Whether a person takes part and is not away, as far as anyone knew before the turn began."""
        plan, start = self.plans[turn.plan], turn.start
        if person not in plan.plan.members:
            return False
        end = turn.end or NEVER
        if plan.plan.handoff is None:
            end = start + dt.timedelta(microseconds=1)
        away: list[Window] = []
        left = False
        yes = [each.since for each in self.plans if person in each.people]
        events: list[tuple[dt.datetime, object]] = [(act.at, act.body) for act in self.acts if act.author == person]
        events += [(at, RejoinedTurns()) for at in yes]
        events.sort(key=lambda each: each[0])
        for at, body in events:
            if at >= start:
                break
            if isinstance(body, Away):
                away.append(body.window)
            elif isinstance(body, Back):
                away = []
            elif isinstance(body, LeftTurns):
                left = True
            elif isinstance(body, RejoinedTurns):
                left = False
        if left or any(window.start < end and start < window.end for window in away):
            return False
        stays = [stay for stay in self.story.membership.stays if stay.person == person]
        if not stays:
            return True
        return any(stay.since <= start and (stay.until is None or start <= stay.until) for stay in stays)

    def _order(self) -> None:
        """Say who has each turn by the plan, one after the other."""
        mark: str | None = None
        before: tuple[int, frozenset[str]] | None = None
        order: list[str] = []
        count: dict[str, int] = {}
        for turn in self.turns:
            plan = self.plans[turn.plan].plan
            weights = dict(zip(plan.members, plan.weights, strict=True))
            there = frozenset(person for person in plan.members if self._is_there(person, turn))
            known = mark if mark in plan.members else None
            due = plan.members[0 if known is None else (plan.members.index(known) + 1) % len(plan.members)]
            fresh = before != (turn.plan, there)
            before = (turn.plan, there)
            turn.base, turn.due = None, due
            if not there:
                continue
            if fresh:
                at = 0 if known is None else plan.members.index(known) + 1
                order = [person for person in (*plan.members[at:], *plan.members[:at]) if person in there]
                count = dict.fromkeys(order, 0)
            total, now = sum(weights[person] for person in order), sum(count.values())
            if now == 0:
                holder = order[0]
            else:
                ready = [
                    each
                    for each in order
                    if count[each] * total // weights[each] <= now and count[each] < weights[each]
                ]
                holder = min(
                    ready, key=lambda each: (-(-(count[each] + 1) * total // weights[each]), order.index(each))
                )
            in_order = fresh or (known is not None and holder == order[(order.index(known) + 1) % len(order)])
            turn.base, turn.due = holder, due if in_order else holder
            if in_order or now == 0:
                mark = holder
            count[holder] += 1
            if all(
                count[each] * sum(weights[one] for one in order) == weights[each] * sum(count.values())
                for each in order
            ):
                count = dict.fromkeys(order, 0)

    def _turn(self, key: TurnKey) -> Step | None:
        return next((turn for turn in self.turns if turn.key == key), None)

    def _change(self) -> None:
        """Say what was said about single turns, one after the other."""
        wishes: list[tuple[str, Wished]] = []
        acts = sorted(self.acts, key=lambda act: (act.at, not isinstance(act.body, Withdrew)))
        for act in acts:
            body, by = act.body, act.author
            if isinstance(body, Withdrew):
                wishes = [w for w in wishes if (w[0], w[1].give, w[1].take) != (by, body.give, body.take)]
            elif isinstance(body, Covered | PassedOn):
                there = self._turn(body.turn)
                if there is None or (there.end is not None and there.end <= act.at):
                    continue
                if isinstance(body, PassedOn):
                    there.passed.add(by)
                else:
                    self._take(body.turn, by, "cover")
            elif isinstance(body, Wished) and body.take is not None and body.other is not None:
                gone = any(
                    other.at == act.at and other.author == by and other.body == Withdrew(give=body.give, take=body.take)
                    for other in acts
                )
                known = [turn for key in (body.give, body.take) if (turn := self._turn(key)) is not None]
                if gone or any(turn.start <= act.at for turn in known):
                    continue
                theirs = (body.other, Wished(give=body.take, take=body.give, other=by))
                if theirs in wishes:
                    wishes.remove(theirs)
                    self._take(body.give, body.other, "swap")
                    self._take(body.take, by, "swap")
                else:
                    wishes = [w for w in wishes if (w[0], w[1].give, w[1].take) != (by, body.give, body.take)]
                    wishes.append((by, body))

    def _take(self, key: TurnKey, person: str, how: str) -> None:
        turn = self._turn(key)
        if turn is not None and person in self.plans[turn.plan].plan.members:
            turn.taker, turn.how = person, how
            turn.passed.discard(person)

    def _row(self, turn: Step) -> Row:
        base, due, taker, passed = turn.base, turn.due, turn.taker, turn.passed
        members = self.plans[turn.plan].plan.members
        rest = turn.start, turn.end
        if turn.doer is not None and turn.doer != taker:
            same = turn.doer == base
            how = "cover" if not same else "plan" if due == base else "away"
            return (turn.key, turn.doer, due if same else base or due, how, *rest)
        holder = taker or base
        if holder is None:
            return (turn.key, None, due, "nobody", *rest)
        there = holder not in passed and self._is_there(holder, turn)
        if (there or turn.doer is not None) and taker is None:
            return (turn.key, holder, due, "plan" if due == holder else "away", *rest)
        if there or turn.doer is not None:
            return (turn.key, holder, base or due, turn.how, *rest)
        at = members.index(holder) + 1
        for person in (*members[at:], *members[:at]):
            if person not in passed and self._is_there(person, turn):
                return (turn.key, person, base or due, "passed_on" if holder in passed else "away", *rest)
        return (turn.key, None, base or due, "nobody", *rest)

    def rows(self, within: Window) -> Iterator[Row]:
        """Go through the turns that share time with a window."""
        for turn in self.turns:
            if turn.start < within.end and within.start < (turn.end or NEVER):
                yield self._row(turn)


def rows(story: Rotation, within: Window) -> list[Row]:
    """Say the same of what the rotation tells."""
    return [(t.key, t.holder, t.planned, t.reason.value, t.start, t.end) for t in story.turns(within)]
