"""Every public type of value and its strategy, in one place; a type that is missing here fails a test."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar, cast

from attrs import evolve
from hypothesis import strategies as st

from reconnect.consent.aside import Aside
from reconnect.consent.invitation import Invitation
from reconnect.consent.mute import Quiet
from reconnect.consent.offer import Offer
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.testing import checkin, meeting, occurrences, stories, temporal, values
from reconnect.edges.testing.boundary import boundary_strategies
from reconnect.edges.testing.care import care_stories, care_values
from reconnect.edges.testing.diaries import diary_strategies
from reconnect.edges.testing.drafts import noticings
from reconnect.edges.testing.kindness import kindness_strategies
from reconnect.edges.testing.listening import listening_strategies
from reconnect.edges.testing.metrics import metric_strategies
from reconnect.edges.testing.outlooks import outlook_parts, outlook_strategies
from reconnect.edges.testing.past import past_strategies
from reconnect.edges.testing.prompts import prompt_strategies
from reconnect.edges.testing.recovery import recovery_strategies
from reconnect.edges.testing.requests import request_strategies
from reconnect.edges.testing.rotation import rotation_strategies
from reconnect.edges.testing.signal import signal_wishes
from reconnect.edges.testing.support import support_rooms, support_strategies
from reconnect.edges.testing.words import ids, phrases
from reconnect.language.lens import Noticing
from reconnect.metrics.signal import SignalWish
from reconnect.people.circle import Circle
from reconnect.people.person import Move, Person
from reconnect.phrase import Phrase
from reconnect.practice.hold import Hold
from reconnect.practice.outlook import Outlook
from reconnect.practice.precedence import Decider, Decision
from reconnect.practice.referrals import Support
from reconnect.practice.slots import Slots
from reconnect.practice.support import SupportRoom
from reconnect.practice.waiting import Awaiting, Question, Waiting
from reconnect.primitives.checkin.closed import Closed
from reconnect.primitives.checkin.occurrence import Counts, NewTime, Occurrence, OccurrenceKey
from reconnect.primitives.checkin.schedule import CheckInSchedule
from reconnect.primitives.meeting import MutualTimes, Strain, Strains, Suggestion
from reconnect.primitives.reassurance import Assurance
from reconnect.record.entry import Entry, Private, Sealed, Shared
from reconnect.record.journal import AlreadyThere, Erased, IdConflict, Stored
from reconnect.record.membership import Membership, Stay
from reconnect.record.story import Story
from reconnect.record.view import Ceased
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.period import Period
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import Rule
from reconnect.temporal.start import Start
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["strategies", "values_of"]

T = TypeVar("T")


def values_of(cls: type[T]) -> st.SearchStrategy[T]:
    """Draw any value of one public type.

    Raises:
        KeyError: it is no public type of value.
    """
    return cast("st.SearchStrategy[T]", strategies()[cls])


@lru_cache(maxsize=1)
def strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value."""
    floors = {**_of_time(), **_of_people(), **values.body_strategies(), **_of_stories(), **_of_practice()}
    return {
        **floors,
        **diary_strategies(),
        **metric_strategies(),
        **boundary_strategies(),
        **recovery_strategies(),
        **rotation_strategies(),
        **support_strategies(),
        **kindness_strategies(),
        **listening_strategies(),
        **past_strategies(),
        **prompt_strategies(),
        **request_strategies(),
        **outlook_strategies(),
    }


def _of_time() -> dict[type, st.SearchStrategy[Any]]:
    return {
        Period: temporal.periods(),
        Recurrence: temporal.recurrences(),
        Rule: temporal.rules(),
        Start: temporal.starts(),
        WeeklyHours: temporal.weekly_hours(),
        Window: temporal.windows(),
        Windows: temporal.window_sets(),
    }


def _of_people() -> dict[type, st.SearchStrategy[Any]]:
    until = st.none() | temporal.instants()
    stays = st.builds(Stay, person=ids(), since=temporal.instants(), until=until)
    return {
        Move: values.moves(),
        Person: values.persons(),
        Circle: values.peopled(),
        Noticing: noticings(),
        Phrase: phrases(),
        Stay: stays,
        Membership: st.builds(
            Membership,
            stays=st.lists(stays, max_size=3).map(tuple),
            ended=until,
            welcomes=st.frozensets(st.tuples(ids(), ids()), max_size=3),
            ends=st.frozensets(ids(), max_size=3),
        ),
        Entry: values.entries_of(),
        Private: st.builds(Private),
        Shared: st.builds(Shared),
        Sealed: st.builds(Sealed, ids()),
        **{cls: st.builds(cls, ids()) for cls in (Stored, AlreadyThere, IdConflict, Erased)},
        Ceased: st.builds(Ceased, about=ids(), held=temporal.window_sets()),
    }


def _of_stories() -> dict[type, st.SearchStrategy[Any]]:
    return {
        Story: _told(Story),
        Proposal: stories.proposals() | _told(Proposal),
        Reveal: stories.reveals() | _told(Reveal),
        Invitation: stories.invitations() | _told(Invitation),
        Quiet: stories.quiets() | _told(Quiet),
        Aside: stories.asides() | _told(Aside),
        SignalWish: signal_wishes() | _told(SignalWish),
        SupportRoom: support_rooms() | _told(SupportRoom),
        CheckInSchedule: checkin.schedules() | _told(CheckInSchedule),
        **{cls: told | _told(cls) for cls, told in care_stories().items()},
        **care_values(),
        Offer: values.offers(),
    }


@st.composite
def _told(draw: st.DrawFn, cls: type[Story]) -> Story:
    """Draw a story of any acts in one circle; whether they mean anything in it is the story's own matter."""
    circle = draw(ids())
    acts = values.entries_of().map(lambda act: evolve(act, circle=circle))
    told, founding = draw(st.lists(acts, max_size=2)), draw(st.lists(acts, max_size=1))
    return cls(id=draw(ids()), circle=circle, acts=tuple(told), founding=tuple(founding))


def _of_practice() -> dict[type, st.SearchStrategy[Any]]:
    instants = temporal.instants()
    waiting = st.builds(Awaiting, proposal=ids(), offer=values.offers(), missing=_few(ids()))
    questions = st.builds(Question, reveal=ids(), closes=instants, answered=st.booleans())
    holds = st.builds(Hold, about=ids(), phrase=phrases(), until=st.none() | instants)
    return {
        OccurrenceKey: occurrences.occurrence_keys(),
        Occurrence: occurrences.occurrences(),
        NewTime: occurrences.new_times(),
        Counts: occurrences.counts(),
        Closed: st.builds(Closed, time_outs=temporal.window_sets(), quiet=temporal.window_sets()),
        MutualTimes: meeting.mutual_results(),
        Strain: meeting.strain_values(),
        Strains: meeting.strain_results(),
        Suggestion: meeting.suggestions(),
        Awaiting: waiting,
        Question: questions,
        Waiting: st.builds(
            Waiting,
            offers=_few(waiting),
            new_times=_few(occurrences.new_times()),
            questions=_few(questions),
        ),
        Hold: holds,
        Decision: st.builds(
            Decision,
            by=st.none() | st.sampled_from(Decider),
            until=st.none() | instants,
            ask_first=_few(ids()),
            agenda=_few(phrases()),
            resting=_few(ids()),
        ),
        Outlook: st.builds(
            Outlook,
            reader=ids(),
            at=instants,
            zone=temporal.zones(),
            quiet=st.booleans(),
            open=_few(occurrences.occurrences()),
            gently=st.booleans(),
            next=st.none() | occurrences.occurrences(),
            again=_few(occurrences.occurrences()),
            follow_up=st.none() | instants,
            reassurances=_few(care_values()[Assurance]),
            awaiting=_few(waiting),
            new_times=_few(occurrences.new_times()),
            questions=_few(questions),
            holds=_few(holds),
            solo=st.none() | support_strategies()[Slots],
            support=support_strategies()[Support],
            **outlook_parts(),
            changes_at=st.none() | instants,
        ),
    }


def _few(parts: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(parts, max_size=2).map(tuple)
