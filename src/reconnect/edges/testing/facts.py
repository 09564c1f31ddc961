"""Facts are everything that a story of each kind tells as of a view: what twins are compared by."""

import datetime as dt
from functools import singledispatch
from itertools import permutations
from typing import Final

from reconnect.consent.aside import Aside
from reconnect.consent.invitation import Invitation
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.language.listening import Listening
from reconnect.metrics.signal import SignalWish
from reconnect.practice.lookback import look_back
from reconnect.practice.precedence import precedence
from reconnect.practice.support import SupportRoom
from reconnect.primitives.amends import Amends
from reconnect.primitives.boundary import Boundaries, MakeContact
from reconnect.primitives.capacity import CapacityCard
from reconnect.primitives.checkin import CheckInSchedule
from reconnect.primitives.commitment import Commitment
from reconnect.primitives.gesture import Gesture
from reconnect.primitives.lesson import Experiment, Lesson
from reconnect.primitives.memory import Memory
from reconnect.primitives.my_part import Drift
from reconnect.primitives.reassurance import Reassurance
from reconnect.primitives.recovery import RecoveryWindow, TimeOut
from reconnect.primitives.rotation import Rotation
from reconnect.primitives.wellness import WellnessPlan
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["AROUND", "facts"]

AROUND: Final = dt.timedelta(days=2)  # how far from each instant check-ins and turns are looked at


@singledispatch
def facts(story: Story, view: View) -> list[object]:  # noqa: ARG001 - of a kind of the app's own, all is in the acts
    """Return everything that a story tells as of a view."""
    return [story.acts]


@facts.register
def _of_proposal(story: Proposal, view: View) -> list[object]:
    stands = [story.standing(at=view.at), story.in_force(at=view.at), story.awaiting(at=view.at)]
    return [*stands, story.offers, story.about, story.is_muted(by=view.reader, at=view.at)]


@facts.register
def _of_reveal(story: Reveal, view: View) -> list[object]:
    answered = [story.has_answer(of=person, at=view.at) for person in view.members]
    return [story.opened(at=view.at), story.closes, story.prompt, story.asked, *answered]


@facts.register
def _of_drift(story: Drift, view: View) -> list[object]:
    return [*_of_reveal(story, view), story.parts(at=view.at)]


@facts.register
def _of_aside(story: Aside, view: View) -> list[object]:
    return [story.standing(at=view.at)]


@facts.register
def _of_invitation(story: Invitation, view: View) -> list[object]:
    return [story.until(at=view.at)]


@facts.register
def _of_schedule(story: CheckInSchedule, view: View) -> list[object]:
    around = _around(view)
    agreed = [story.rhythm, story.agreed(), story.until(at=view.at)]
    planned = [story.pauses(at=view.at), story.new_times(at=view.at)]
    decided = [precedence(view, occurrence) for occurrence in story.occurrences(around)]
    told = [list(story.occurrences(around)), view.counts(story, around), look_back(view, story, around)]
    return [*agreed, *planned, *told, decided]


@facts.register
def _of_boundaries(story: Boundaries, view: View) -> list[object]:
    reached = (MakeContact(by=by, toward=toward) for by, toward in permutations(view.members, 2))
    layers = [story.layers(of=person, at=view.at) for person in view.members]
    told = [story.baselines(at=view.at), story.history(at=view.at), story.kept(at=view.at)]
    return [*told, *layers, *(story.ruling(contact, at=view.at) for contact in reached)]


@facts.register
def _of_time_out(story: TimeOut, view: View) -> list[object]:
    return [story.calls(at=view.at), story.changes_at(at=view.at), story.phrase(to=view.reader, at=view.at)]


@facts.register
def _of_recovery(story: RecoveryWindow, view: View) -> list[object]:
    opened = [story.standing(at=view.at), story.window(at=view.at), story.topic_rest, story.agenda()]
    return [*opened, story.meeting(at=view.at), story.topics(at=view.at), story.wins(at=view.at)]


@facts.register
def _of_amends(story: Amends, view: View) -> list[object]:
    drafts = [story.drafted(by=person, at=view.at) for person in view.members]
    told = [story.author(at=view.at), story.words(at=view.at), story.answers(at=view.at)]
    return [*told, story.noticed(at=view.at), story.phrase(to=view.reader, at=view.at), drafts]


@facts.register
def _of_card(story: CapacityCard, view: View) -> list[object]:
    return [story.little_until(of=person, at=view.at) for person in view.members]


@facts.register
def _of_signal_wish(story: SignalWish, view: View) -> list[object]:
    return [story.in_force(at=view.at)]


@facts.register
def _of_room(story: SupportRoom, view: View) -> list[object]:
    return [story.holds(at=view.at)]


@facts.register
def _of_reassurance(story: Reassurance, view: View) -> list[object]:
    return [story.standing(at=view.at), story.standing(at=view.at, pause=view.at)]


@facts.register
def _of_rotation(story: Rotation, view: View) -> list[object]:
    around = _around(view)
    turns = [list(story.turns(around)), story.wishes(at=view.at), story.in_force(at=view.at), story.plan]
    return [*turns, story.load(around, for_=view.reader, at=view.at)]


@facts.register
def _of_listening(story: Listening, view: View) -> list[object]:
    told = [story.stage(at=view.at), story.floor(at=view.at), story.turns(at=view.at), story.heard_at(at=view.at)]
    return [
        *told,
        story.asked,
        story.understood(at=view.at),
        story.transcript(at=view.at),
        story.phrases(to=view.reader, at=view.at),
    ]


@facts.register
def _of_commitment(story: Commitment, view: View) -> list[object]:
    listed = story.listed(_around(view), at=view.at)
    said = [each.phrase() for each in listed]
    return [story.owner, listed, story.is_muted(by=view.reader, at=view.at), said]


@facts.register
def _of_gesture(story: Gesture, view: View) -> list[object]:
    return [story.by, story.given, story.until(), story.stands(at=view.at), story.phrase()]


@facts.register
def _of_memory(story: Memory, view: View) -> list[object]:
    mine = [story.is_resting(by=view.reader, at=view.at), story.fresh_from(by=view.reader, at=view.at)]
    return [story.tellings(at=view.at), story.is_shared(at=view.at), *mine]


@facts.register
def _of_wellness(story: WellnessPlan, view: View) -> list[object]:
    people = (*view.members, view.reader)
    theirs = [(story.goals(of=p, at=view.at), story.notes(of=p, at=view.at)) for p in people]
    return [theirs, [story.shared(of=p, at=view.at) for p in people], story.review(at=view.at)]


@facts.register
def _of_experiment(story: Experiment, view: View) -> list[object]:
    said = dict(story.words(at=view.at))
    return [story.idea, story.ends, story.standing(at=view.at), story.outcome(at=view.at), said]


@facts.register
def _of_lesson(story: Lesson, view: View) -> list[object]:
    return [story.revisions(at=view.at), story.open_versions(at=view.at), story.current(at=view.at)]


def _around(view: View) -> Window:
    return Window(view.at - AROUND, view.at + AROUND)
