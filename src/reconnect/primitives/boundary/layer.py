"""A layer is one rule that protects one person: added by them, or left to them when a baseline ended."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

import pendulum
from attrs import frozen

from reconnect.consent.offer import Declined, Withdrawn
from reconnect.primitives.boundary.acts import BaselineLeft, LayerAdded, LayerDropped, Upheld
from reconnect.primitives.boundary.version import Version
from reconnect.record.entry import Entry
from reconnect.record.kind import Body
from reconnect.record.membership import Membership

__all__ = ["Layer", "Shelter", "shelters"]

Moment = pendulum.DateTime
NEVER: Final[Sequence[Moment]] = ()


@frozen(kw_only=True)
class Layer:
    """A rule that one person holds for themselves, and nobody else can take away.

    Attributes:
        owner: whom it protects.
        rule: the rule.
        since: since when it is their own: when they added it, or when a baseline ended that it was part of.
    """

    owner: str
    rule: Body
    since: pendulum.DateTime


@frozen(kw_only=True)
class Shelter:
    """One rule that protects one person for some time, from whichever source.

    Attributes:
        owner: whom it protects.
        rule: the rule.
        since: from when on it protects them.
        own: from when on it is their own layer, so that they can drop it.
        until: when it ends, `None` if nothing known ends it.
        names: what an act that ends it names.
    """

    owner: str
    rule: Body
    since: Moment
    own: Moment
    until: Moment | None
    names: frozenset[str]

    def holds(self, at: Moment) -> bool:
        """Tell whether it protects its owner at an instant."""
        return self.since <= at and (self.until is None or at < self.until)

    def is_own(self, at: Moment) -> bool:
        """Tell whether it is a layer of its owner at an instant."""
        return self.holds(at) and self.own <= at


@frozen(kw_only=True)
class _Said:
    """What people said about their own protection, ready to be looked up by who said it and what they named."""

    added: Sequence[tuple[Entry, Body]]
    upheld: Mapping[tuple[str, str], Sequence[tuple[Entry, Sequence[Body]]]]
    drops: Mapping[tuple[str, str, Body], Sequence[Moment]]
    leaves: Mapping[tuple[str, str], Sequence[Moment]]
    quits: Mapping[tuple[str, str], Sequence[Moment]]


def shelters(
    told: Iterable[Entry], agreed: Sequence[Version], membership: Membership
) -> Mapping[str, tuple[Shelter, ...]]:
    """Return everything that ever protected each person; the order in which the acts are told does not matter.

    Args:
        told: the acts of the story by members.
        agreed: every baseline that was ever agreed.
        membership: who is in the circle.
    """
    said = _said(told)
    found: dict[str, list[Shelter]] = {}
    for shelter in chain(_added(said), _agreed(said, agreed, membership), _upheld(said, agreed)):
        if shelter.until is None or shelter.since < shelter.until:
            found.setdefault(shelter.owner, []).append(shelter)
    return {owner: tuple(each) for owner, each in found.items()}


def _said(told: Iterable[Entry]) -> _Said:
    added: list[tuple[Entry, Body]] = []
    upheld: dict[tuple[str, str], list[tuple[Entry, Sequence[Body]]]] = {}
    drops: dict[tuple[str, str, Body], list[Moment]] = {}
    leaves: dict[tuple[str, str], list[Moment]] = {}
    quits: dict[tuple[str, str], list[Moment]] = {}
    for act in told:
        match act.body:
            case LayerAdded(rule=rule):
                added.append((act, rule))
            case LayerDropped(rule=rule, layers=layers):
                for name in layers:
                    drops.setdefault((act.author, name, rule), []).append(act.at)
            case BaselineLeft(offers=offers):
                for offer in offers:
                    leaves.setdefault((act.author, offer), []).append(act.at)
            case Upheld(offer=offer, baseline=baseline):
                upheld.setdefault((act.author, offer), []).append((act, baseline.rules))
            case Withdrawn(offer=offer) | Declined(offer=offer):
                quits.setdefault((act.author, offer), []).append(act.at)
            case _:
                pass
    return _Said(added=added, upheld=upheld, drops=drops, leaves=leaves, quits=quits)


def _added(said: _Said) -> Iterator[Shelter]:
    """Go through the layers that people added; a drop ends those that it names, however late they arrived."""
    for act, rule in said.added:
        drops = said.drops.get((act.author, act.id, rule), NEVER)
        yield _own(act, rule, (max(act.at, at) for at in drops))


def _agreed(said: _Said, agreed: Sequence[Version], membership: Membership) -> Iterator[Shelter]:
    """Go through what agreed baselines give each of those who agreed, also after they ended."""
    for version in agreed:
        since, end = version.held.start, version.held.end
        for owner in version.people:
            ends = [max(since, at) for at in said.leaves.get((owner, version.offer), NEVER)]
            stays = (stay for stay in membership.stays if stay.person == owner and stay.covers(since))
            ends += [at for at in (*(stay.until for stay in stays), version.quits.get(owner)) if at is not None]
            replaced = end if version.void else version.replaced_for(owner)
            ends += [] if replaced is None else [replaced]
            names = {version.offer, *(act.id for act, _ in said.upheld.get((owner, version.offer), ()))}
            for rule in version.baseline.rules:
                drops = said.drops.get((owner, version.offer, rule), NEVER)
                yield Shelter(
                    owner=owner,
                    rule=rule,
                    since=since,
                    own=end,
                    until=min((*ends, *(at for at in drops if at >= end)), default=None),
                    names=frozenset(names),
                )


def _upheld(said: _Said, agreed: Sequence[Version]) -> Iterator[Shelter]:
    """Go through what people keep of baselines that nobody else's acts tell of any more, as after an erasure."""
    known = {(person, version.offer): version.held.start for version in agreed for person in version.people}
    for named, acts in said.upheld.items():
        for act, rules in acts:
            outs = (*said.leaves.get(named, NEVER), *said.quits.get(named, NEVER))
            ends = [at for at in outs if at >= act.at]
            ends += [known[named]] if named in known else []
            for rule in rules:
                drops = said.drops.get((act.author, act.id, rule), NEVER)
                yield _own(act, rule, (*ends, *(max(act.at, at) for at in drops)))


def _own(act: Entry, rule: Body, ends: Iterable[Moment]) -> Shelter:
    """Return the shelter that one act of its owner is."""
    return Shelter(
        owner=act.author,
        rule=rule,
        since=act.at,
        own=act.at,
        until=min(ends, default=None),
        names=frozenset({act.id}),
    )
