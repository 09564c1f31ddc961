"""Which plans of turns held, one after the other: agreed by proposals, or stated by a host that agrees elsewhere."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

import pendulum
from attrs import evolve, frozen

from reconnect.consent.proposal import Proposal
from reconnect.consent.resting import acts_about
from reconnect.errors import NotInForce, NotYours
from reconnect.people.circle import Circle
from reconnect.primitives.rotation.acts import OWN, PlanStated, TurnsBegun
from reconnect.primitives.rotation.plan import RotationPlan
from reconnect.record.entry import Entry
from reconnect.record.membership import Membership
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["LAST", "Version", "gathered", "require_agreed", "versions"]

LAST: Final = as_instant(pendulum.datetime(9999, 11, 30))  # no turn begins where the calendar ends


@frozen(kw_only=True)
class Version:
    """One plan, from when to when turns can begin by it.

    Attributes:
        plan: what was agreed, or stated.
        people: whose yes it rests on; nobody's, if it was only stated.
        since: the first instant at which a turn of it can begin.
        ends: when it lapses, is withdrawn from, or somebody whose yes it needs leaves; no turn begins from then on.
        proposal: the id of the proposal that it was agreed by, or `None` if it was only stated.
    """

    plan: RotationPlan
    people: tuple[str, ...]
    since: pendulum.DateTime
    ends: pendulum.DateTime
    proposal: str | None = None

    def is_agreed(self, at: pendulum.DateTime) -> bool:
        """Tell whether everyone's yes to it stands at an instant."""
        return bool(self.people) and self.since <= at < self.ends


def require_agreed(p: Proposal, *, rotation: str, circle: str | Circle | None, by: str, at: dt.datetime) -> None:
    """Refuse to begin a rotation on a proposal unless it is about that, and everyone's yes to a plan stands.

    Raises:
        NotInForce: it does not, or the proposal is of another circle or about another rotation.
        NotYours: `by` is none of those who agreed.
    """
    named = circle.id if isinstance(circle, Circle) else circle
    plan, people = p.in_force(at=at), p.offer.people
    meant = named in {None, p.circle} and p.about in {None, rotation}
    if not meant or not isinstance(plan, RotationPlan) or not set(plan.members) <= set(people):
        raise NotInForce
    if by not in people:
        raise NotYours


def gathered(view: View, rotation: str) -> tuple[Entry, ...]:
    """Return the acts of a rotation that a reader can see, and those of the proposals that it rests on."""
    own = tuple(entry for entry in view.about(rotation) if isinstance(entry.body, OWN))
    names = [entry.body.proposal for entry in own if isinstance(entry.body, TurnsBegun)]
    return (*own, *acts_about(view, rotation, named=names))


def versions(
    rotation: str, agreed: Iterable[Proposal], told: Iterable[Entry], membership: Membership
) -> tuple[Version, ...]:
    """Return the plans of a rotation in the order in which they came into force.

    A plan about the rotation is a version of it from the last yes on. One about nothing in particular is, once one
    of those who agreed begins the rotation with it while no other agreed one is in force. A plan that is only
    stated counts at the very beginning: nobody states another one behind anyone's back.

    Args:
        rotation: the rotation's id.
        agreed: the proposals that it may rest on.
        told: its own acts, in the order in which folds read them.
        membership: who is in the circle.
    """
    bonds = {p.id: (p.about, bond) for p in sorted(agreed, key=lambda p: p.id) if (bond := _bond(p)) is not None}
    new = [(bond.since, 0, bond) for about, bond in bonds.values() if about == rotation]
    for place, act in enumerate(told, start=1):
        match act.body:
            case PlanStated(plan=plan) if act.author in plan.members:
                ends = LAST if membership.ended is None else membership.ended
                new.append((act.at, place, Version(plan=plan, people=(), since=act.at, ends=ends)))
            case TurnsBegun(proposal=name):
                about, bond = bonds.get(name, ("", None))
                if bond is not None and about is None and act.author in bond.people and bond.since <= act.at:
                    new.append((act.at, place, evolve(bond, since=act.at)))
            case _:
                pass
    found: list[Version] = []
    for since, place, version in sorted(new, key=lambda each: each[:2]):
        alone = not found or (bool(version.people) and (not found[-1].people or found[-1].ends <= since))
        if since < version.ends and (alone or not place):
            found.append(version)
    return tuple(found)


def _bond(p: Proposal) -> Version | None:
    """Return the version that a proposal is, if it ever held and everyone who takes turns said yes to it."""
    held = next(iter(p.held()), None)
    if held is None or not isinstance(p.offer.value, RotationPlan):
        return None
    plan, people = p.offer.value, p.offer.people
    if not set(plan.members) <= set(people):
        return None
    return Version(plan=plan, people=people, since=held.start, ends=min(held.end, LAST), proposal=p.id)
