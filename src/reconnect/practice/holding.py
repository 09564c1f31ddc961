"""What holds now, as an outlook tells it: what people agreed on, planned pauses, and who has little to give."""

from collections.abc import Iterator

import pendulum

from reconnect.consent.aside import is_aside
from reconnect.consent.invitation import invitations
from reconnect.consent.proposal import Proposal
from reconnect.metrics.signal import SignalWish
from reconnect.phrase import Phrase
from reconnect.practice import agreement as agreed
from reconnect.practice.hold import Hold
from reconnect.primitives.capacity import capacity_phrase, little_until
from reconnect.primitives.checkin import scheduled
from reconnect.primitives.gesture import here_for
from reconnect.primitives.lesson import Experiment, Trying
from reconnect.record.view import View

__all__ = ["cards", "holding", "turning"]


def holding(view: View, *, apart: bool = False) -> Iterator[Hold]:
    """Go through what holds now: what was agreed by proposals, in the order in which it was offered; then the rest.

    Whoever is quiet, or has a support room, is not told here that everyone would like a nudge towards each other.
    """
    held: dict[str, Hold] = {}
    for version in (version for clause in agreed.agreement(view).clauses for version in clause.now):
        if version.proposal is not None and version.until is not None:
            phrase = Phrase.of("outlook.holds", what=version.what, until=version.until)
            held[version.proposal] = Hold(about=version.proposal, phrase=phrase, until=version.until)
    yield from (held[p.id] for p in view.all(Proposal) if p.id in held)
    invitation = None if apart else invitations(view)
    until = None if invitation is None else invitation.until(at=view.at)
    if invitation is not None and until is not None:
        yield Hold(about=invitation.id, phrase=Phrase.of("outlook.invitation", until=until), until=until)
    if not apart:
        yield from _between_people(view)
    for schedule in scheduled(view):
        for pause in schedule.pauses(at=view.at):
            if view.at in pause:
                phrase = Phrase.of("outlook.paused", until=pause.end)
                yield Hold(about=schedule.id, phrase=phrase, until=pause.end)


def _between_people(view: View) -> Iterator[Hold]:
    """Go through what else stands between people: what they tried, a wish, warmth that was given."""
    first: dict[str, Experiment] = {}  # of each idea, however often somebody began it
    for trial in sorted(view.all(Experiment), key=lambda each: each.since):
        first.setdefault(trial.rests_on.proposal, trial)
    for trial in first.values():
        if trial.standing(at=view.at) is Trying.LOOKING and not is_aside(view, trial):
            phrase = Phrase.of("outlook.look_together", what=trial.idea.what)
            yield Hold(about=trial.id, phrase=phrase, until=trial.rests_on.window.end)
    for wish in view.all(SignalWish):
        if wish.in_force(at=view.at):
            yield Hold(about=wish.id, phrase=Phrase.of("outlook.signal_wish"))
    newest = {gesture.by: gesture for gesture in reversed(here_for(view))}  # of each giver, however many they gave
    for gesture in newest.values():
        yield Hold(about=gesture.id, phrase=gesture.phrase(), until=gesture.until())


def cards(view: View) -> Iterator[Hold]:
    """Go through those who have little to give now."""
    for person in view.members:
        phrase = capacity_phrase(view, person)
        if phrase is not None:
            yield Hold(about=person, phrase=phrase, until=little_until(view, person))


def turning(view: View) -> Iterator[pendulum.DateTime]:
    """Go through the instants at which any of it may change although nobody writes anything."""
    yield from agreed.turning(view)
    yield from (trial.ends for trial in view.all(Experiment))
    yield from (gesture.until() for gesture in here_for(view))
    for schedule in scheduled(view):
        for pause in schedule.pauses(at=view.at):
            yield pause.start
            yield pause.end
    yield from (card.until for card in cards(view) if card.until is not None)
