"""What rests on proposals: which of them decide something, for which story, and whether that holds now."""

from collections.abc import Iterable, Iterator

import pendulum
from attrs import frozen

from reconnect.consent.in_force import InForce
from reconnect.consent.proposal import Proposal
from reconnect.primitives.boundary import Baseline, all_boundaries
from reconnect.primitives.checkin import Rhythm, scheduled
from reconnect.primitives.lesson import Experiment, Idea, Onward, Trying
from reconnect.primitives.recovery.agreed import Agreements
from reconnect.primitives.rotation import Rotation, RotationPlan
from reconnect.primitives.wellness import ReviewRhythm, WellnessPlan
from reconnect.record.kind import kind_of
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["Rested", "rested"]


@frozen(kw_only=True)
class Rested:
    """One thing that rests on proposals, as the story of it tells.

    Attributes:
        about: the id of the story; without one, the subject that people named, or the id of the proposal.
        versions: each version, oldest first, with whether it holds now.
    """

    about: str
    versions: tuple[tuple[InForce, bool], ...]

    @property
    def newest(self) -> pendulum.DateTime | None:
        """Since when the newest version that holds does so, if one holds."""
        return max((each.window.start for each, holds in self.versions if holds), default=None)


def rested(view: View) -> tuple[Rested, ...]:
    """Gather what rests on proposals as of a view; each story is asked, and nothing is folded a second time."""
    subjects: dict[tuple[str, str], list[Proposal]] = {}
    for p in view.all(Proposal):
        if p.about is not None:
            subjects.setdefault((kind_of(p.offer.value), p.about), []).append(p)
    told = tuple(_told(view))
    taken = {each.proposal for _, one in told for each, _ in one.versions}
    for kind, one in told:
        taken.update(p.id for p in subjects.get((kind, one.about), ()))
    rest = (p for p in view.all(Proposal) if p.id not in taken)
    return (*(one for _, one in told if one.versions), *_by_themselves(rest, view.at))


def _told(view: View) -> Iterator[tuple[str, Rested]]:
    """Go through the stories that rest on proposals, each with the kind of value that it rests on."""
    at = view.at
    for schedule in scheduled(view):
        yield Rhythm.kind, _each(schedule.id, schedule.versions(at=at), at)
    for rotation in view.all(Rotation):
        yield RotationPlan.kind, _each(rotation.id, rotation.versions(at=at), at)
    for boundaries in all_boundaries(view):
        history = boundaries.history(at=at)
        found = (InForce(proposal=each.proposal, window=Window(each.since, each.until)) for each in history)
        yield Baseline.kind, _each(boundaries.id, found, at)
    for plan in view.all(WellnessPlan):
        yield ReviewRhythm.kind, _newest(plan.id, plan.versions(at=at), at)
    for experiment in view.all(Experiment):
        goes_on = view.at in experiment.rests_on.window and _goes_on(experiment, at)
        yield Idea.kind, Rested(about=experiment.id, versions=((experiment.rests_on, goes_on),))
    yield from _terms(view)


def _each(about: str, versions: Iterable[InForce], at: pendulum.DateTime) -> Rested:
    return Rested(about=about, versions=tuple((each, at in each.window) for each in versions))


def _newest(about: str, versions: tuple[InForce, ...], at: pendulum.DateTime) -> Rested:
    """Let the newest of those that hold take the place of the others."""
    counting = [each for each in versions if at in each.window][-1:]
    return Rested(about=about, versions=tuple((each, each in counting) for each in versions))


def _goes_on(experiment: Experiment, at: pendulum.DateTime) -> bool:
    """Tell whether people try it, look at it, or said that they would like to keep it."""
    settled = experiment.standing(at=at) is Trying.SETTLED
    return not settled or experiment.outcome(at=at) is Onward.KEEP


def _terms(view: View) -> Iterator[tuple[str, Rested]]:
    """Go to the recovery terms, of which the newest that everyone here stands by count."""
    agreed = Agreements.of(view.all(Proposal))
    counting = agreed.at(view.at, view.members)
    versions = tuple((InForce(proposal=each.id, window=each.held), each == counting) for each in agreed.all)
    if versions:
        about = versions[0][0].proposal
        yield "", Rested(about=about, versions=versions)


def _by_themselves(proposals: Iterable[Proposal], at: pendulum.DateTime) -> Iterator[Rested]:
    """Put proposals that no story rests on together by the kind of what is offered, and what they are about."""
    found: dict[tuple[str, str], list[InForce]] = {}
    for p in proposals:
        about = p.id if p.about is None else p.about
        found.setdefault((kind_of(p.offer.value), about), []).extend(
            InForce(proposal=p.id, window=window) for window in p.held()
        )
    for (_, about), versions in found.items():
        if versions:
            yield _each(about, versions, at)
