"""Deeds are steps that were taken and can be seen: what kind, when, and the entries that say so; never who."""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain, islice, pairwise

import pendulum
from attrs import frozen

from reconnect.consent.offer import Accepted
from reconnect.consent.proposal import Proposal
from reconnect.language.listening import Listening
from reconnect.language.listening.acts import StepTaken
from reconnect.practice.rhythms import comes_round
from reconnect.primitives.amends import Amends
from reconnect.primitives.checkin import OccurrenceKey, Rhythm, Standing, scheduled
from reconnect.primitives.checkin.acts import Held, Scheduled
from reconnect.primitives.commitment import all_kept
from reconnect.primitives.gesture import Gesture
from reconnect.primitives.gesture.acts import GestureGiven
from reconnect.primitives.routine import GoodDayPlan, Ritual
from reconnect.primitives.wellness import ReviewRhythm
from reconnect.record.entry import Entry
from reconnect.record.kind import Body
from reconnect.record.view import View

__all__ = ["Deed", "Done", "deeds"]


class Deed(Enum):
    """What kind of step it is. The order says nothing about which is better, and answers keep to it."""

    CHECK_IN = "check_in"
    """A check-in took place."""
    PROMISE = "promise"
    """A promise was kept."""
    GESTURE = "gesture"
    """Somebody gave something warm."""
    AMENDS = "amends"
    """Somebody owned something they did."""
    LISTENING = "listening"
    """A talk in turns came to its end, and everyone had been heard."""
    RITUAL = "ritual"
    """Everyone said yes to a ritual."""
    GOOD_DAY = "good_day"
    """Everyone said yes to a good-day plan."""
    REVIEW = "review"
    """Everyone said yes to a time at which they look at their wellbeing together."""
    EASED = "eased"
    """Everyone said yes to fewer check-ins."""


@frozen(kw_only=True)
class Done:
    """One step that was taken.

    Attributes:
        deed: what kind of step.
        at: when.
        evidence: the ids of the entries that say so.
    """

    deed: Deed
    at: pendulum.DateTime
    evidence: tuple[str, ...]


def deeds(view: View) -> tuple[Done, ...]:
    """Return the steps that were taken, as far as the reader can see, oldest first.

    All of them rest on shared acts. What was planned and of which nobody wrote that it took place, a ritual or a
    review in its week, is no step: only the yes to it is.
    """
    found = chain(_check_ins(view), _promises(view), _gestures(view), _amends(view), _talks(view), _agreed(view))
    return tuple(sorted((*found, *_eased(view)), key=lambda done: (done.at, done.deed.value, done.evidence)))


def _check_ins(view: View) -> Iterator[Done]:
    """Go through the check-ins that took place, each once, however many said so."""
    for schedule in scheduled(view):
        said: dict[OccurrenceKey, list[str]] = {}
        for act in schedule.told(view.at):
            if isinstance(act.body, Held):
                said.setdefault(act.body.key, []).append(act.id)
        for key, evidence in said.items():
            held = schedule.occurrence(key)
            if held is not None and schedule.standing_of(key, at=view.at) is Standing.HELD:
                yield Done(deed=Deed.CHECK_IN, at=held.start, evidence=tuple(evidence))


def _promises(view: View) -> Iterator[Done]:
    yield from (_by(Deed.PROMISE, act) for act in all_kept(view))


def _gestures(view: View) -> Iterator[Done]:
    for gesture in view.all(Gesture):
        given = (act for act in gesture.told(view.at) if isinstance(act.body, GestureGiven))
        yield from (_by(Deed.GESTURE, act) for act in islice(given, 1))


def _amends(view: View) -> Iterator[Done]:
    """Go through the words that people stand by; taken back, they are no step any more."""
    standing = (amends.words(at=view.at) for amends in view.all(Amends))
    yield from (_by(Deed.AMENDS, words) for words in standing if words is not None)


def _talks(view: View) -> Iterator[Done]:
    for talk in view.all(Listening):
        heard = talk.heard_at(at=view.at)
        if heard is not None:
            steps = (act.id for act in talk.told(view.at) if isinstance(act.body, StepTaken) and act.at <= heard)
            yield Done(deed=Deed.LISTENING, at=heard, evidence=tuple(steps))


def _agreed(view: View) -> Iterator[Done]:
    kinds: dict[type, Deed] = {Ritual: Deed.RITUAL, GoodDayPlan: Deed.GOOD_DAY, ReviewRhythm: Deed.REVIEW}
    for proposal, since, value in _yeses(view.all(Proposal)):
        if type(value) in kinds:
            yield _yes(kinds[type(value)], proposal, since)


def _eased(view: View) -> Iterator[Done]:
    """Go through the rhythms in whose place one with fewer check-ins came."""
    for schedule in scheduled(view):
        begun = {act.body.proposal for act in schedule.told(view.at) if isinstance(act.body, Scheduled)}
        about = [p for p in view.all(Proposal) if p.about == schedule.id or p.id in begun]
        agreed = [(since, p, value) for p, since, value in _yeses(about) if isinstance(value, Rhythm)]
        agreed.sort(key=lambda each: (each[0], each[1].id))
        for (_, _, before), (since, proposal, after) in pairwise(agreed):
            if comes_round(after, since) < comes_round(before, since):
                yield _yes(Deed.EASED, proposal, since)


def _yeses(proposals: Iterable[Proposal]) -> Iterator[tuple[Proposal, pendulum.DateTime, Body]]:
    """Go through what everyone said yes to: since when, and to what."""
    for proposal in proposals:
        yield from ((proposal, window.start, proposal.offer.value) for window in proposal.held())


def _yes(deed: Deed, proposal: Proposal, since: pendulum.DateTime) -> Done:
    yes = Accepted(offer=proposal.offer.id)
    return Done(deed=deed, at=since, evidence=tuple(act.id for act in proposal.told(since) if act.body == yes))


def _by(deed: Deed, act: Entry) -> Done:
    return Done(deed=deed, at=act.at, evidence=(act.id,))
