"""A version is one agreed baseline: since when, how it ended, and which later one took its place."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

import pendulum
from attrs import evolve, frozen

from reconnect.consent.offer import Declined, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.primitives.boundary.acts import Baseline
from reconnect.primitives.boundary.history import AgreedBaseline
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.window import Window

__all__ = ["LOOSENS_AFTER", "Version", "versions"]

LOOSENS_AFTER: Final = dt.timedelta(hours=24)  # ours, no study (rules: old and new both apply for 24 hours)


@frozen(kw_only=True)
class Version:
    """One agreed baseline, as the acts tell it.

    Attributes:
        proposal: the proposal's id.
        offer: the very offer that everyone said yes to.
        baseline: what was agreed.
        why: what it is for, in the words of whoever offered it.
        people: whose yes it rests on.
        held: from the last yes until it ended: by a withdrawal, a leaving, or its review date.
        quits: who withdrew from it, and when.
        void: someone withdrew within the 24 hours, and it was to replace another one: as if never accepted.
        replaced: when later baselines took its place, each with those whose yes that rests on.
    """

    proposal: str
    offer: str
    baseline: Baseline
    why: str
    people: tuple[str, ...]
    held: Window
    quits: Mapping[str, pendulum.DateTime]
    void: bool = False
    replaced: tuple[tuple[pendulum.DateTime, tuple[str, ...]], ...] = ()

    @property
    def settles(self) -> pendulum.DateTime:
        """When it takes the place of what it replaces."""
        return elapsed(self.held.start, LOOSENS_AFTER)

    @property
    def is_settled(self) -> bool:
        """Whether it held for longer than the time in which everyone could still take back their yes."""
        return self.held.end > self.settles

    @property
    def stands_until(self) -> pendulum.DateTime:
        """When the agreement is over: it ended, or another one took its place for everyone."""
        replaced = (self.replaced_for(person) or self.held.end for person in self.people)
        return min(self.held.end, max(replaced))

    def told(self) -> AgreedBaseline:
        """Return it as everyone may read it later."""
        return AgreedBaseline(
            proposal=self.proposal,
            baseline=self.baseline,
            people=self.people,
            since=self.held.start,
            until=self.stands_until,
            why=self.why,
        )

    def replaced_for(self, person: str) -> pendulum.DateTime | None:
        """Return when a baseline that this person said yes to took its place."""
        return next((at for at, people in self.replaced if person in people), None)


def versions(proposals: Iterable[Proposal]) -> tuple[Version, ...]:
    """Return every baseline that was ever agreed, by its last yes; of two at one instant, none replaces the other."""
    found = sorted(_agreed(proposals), key=lambda each: (each.held.start, each.offer))
    settled = [each for each in found if each.is_settled]
    starts = [each.held.start for each in settled]
    told = [evolve(each, replaced=tuple(_replacing(each, settled, starts))) for each in found]
    begun = [each.held.start for each in told]
    standing = list(accumulate((each.stands_until for each in told), max))
    return tuple(evolve(each, void=_is_void(each, begun, standing)) for each in told)


def _agreed(proposals: Iterable[Proposal]) -> Iterator[Version]:
    for p in proposals:
        for held in p.held():
            offer = p.offer
            if isinstance(offer.value, Baseline):
                quits: dict[str, pendulum.DateTime] = {}
                for act in p.told():
                    named = isinstance(act.body, Withdrawn | Declined) and act.body.offer == offer.id
                    if named and act.author in offer.people and held.start <= act.at:
                        quits.setdefault(act.author, act.at)
                yield Version(
                    proposal=p.id,
                    offer=offer.id,
                    baseline=offer.value,
                    why=offer.why,
                    people=offer.people,
                    held=held,
                    quits=quits,
                )


def _replacing(
    version: Version, settled: Sequence[Version], starts: Sequence[pendulum.DateTime]
) -> Iterator[tuple[pendulum.DateTime, tuple[str, ...]]]:
    """Go through the baselines that took its place: agreed while it held, and settled."""
    seen: set[str] = set()
    for other in settled[bisect_right(starts, version.held.start) :]:
        if other.held.start >= version.held.end or seen.issuperset(version.people):
            return
        seen.update(other.people)
        yield other.settles, other.people


def _is_void(version: Version, begun: Sequence[pendulum.DateTime], standing: Sequence[pendulum.DateTime]) -> bool:
    before = bisect_left(begun, version.held.start)
    replaces = before > 0 and standing[before - 1] > version.held.start
    return replaces and any(at == version.held.end <= version.settles for at in version.quits.values())
