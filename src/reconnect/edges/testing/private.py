"""Everything that a person can do privately in a circle: what two worlds of a test differ in, kind by kind."""

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from reconnect.consent.aside import Aside
from reconnect.consent.mute import Quiet
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.diary import DiaryDay
from reconnect.edges.testing.together import ANA, Together
from reconnect.language.prompt import Prompt, skip_prompt
from reconnect.metrics.rating import Rating
from reconnect.metrics.scale import MOOD
from reconnect.practice.support import SupportRoom
from reconnect.primitives.amends import Amends, Repair
from reconnect.primitives.boundary import Baseline, FrequencyLimit, NudgeCap, PauseCue, PauseOnHurt
from reconnect.primitives.checkin import CheckInSchedule
from reconnect.primitives.commitment import Commitment
from reconnect.primitives.memory import Memory
from reconnect.primitives.my_part import Drift, MyPart
from reconnect.primitives.recovery import RecoveryWindow
from reconnect.primitives.routine import GoodDayPlan, Routine
from reconnect.primitives.wellness import Area, WellnessPlan
from reconnect.record.entry import Entry, Note
from reconnect.record.kind import Body
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["DEEDS", "done_privately"]

Deed = Callable[[View, str], Story | Entry | Body]
_DAY: Final = dt.timedelta(days=1)
_TEA: Final = Routine(key="tea", name="Tea on the stairs", steps=["put the kettle on"])


def done_privately(world: Together, author: str, deed: str, *, id: str) -> Sequence[Entry]:  # noqa: A002 - the field's own name, fixed by the design
    """Return the entries of a private act as of now, without keeping them.

    Raises:
        ReconnectError: it is not possible in this world now.
    """
    done = DEEDS[deed](world.view(author), id)
    if isinstance(done, Entry):
        return [done]
    if not isinstance(done, Story):
        return [world.entry(author, done, id=id)]
    known = {act.identity for act in world.journal.export(author, acting=author, support=True)}
    return [act for act in done.acts_of(author) if act.identity not in known]


def _mute(view: View, _id: str) -> Story:
    offered = view.state(Proposal, "p2")
    return offered.mute(by=view.reader, offer=offered.offer.id, at=view.at)


def _go_quiet(view: View, id_: str) -> Quiet:
    return Quiet.go(id=id_, circle=view.circle, by=view.reader, at=view.at)


def _put_aside(view: View, id_: str) -> Story:
    return Aside.put(view.state(Reveal, "r1"), id=id_, by=view.reader, at=view.at)


def _put_all_aside(view: View, id_: str) -> Story:
    return Aside.put_all(Reveal, of=ANA.id, id=id_, circle=view.circle, by=view.reader, at=view.at)


def _take_up(view: View, id_: str) -> Story:
    aside = Aside.put(view.state(Reveal, "r1"), id=id_, by=view.reader, at=view.at)
    return aside.take_up(by=view.reader, at=view.at + dt.timedelta(microseconds=1))


def _come_back(view: View, id_: str) -> Story:
    return _go_quiet(view, id_).come_back(by=view.reader, at=view.at + dt.timedelta(microseconds=1))


def _answer(view: View, _id: str) -> Reveal:
    return view.state(Reveal, "r1").answer("the soup", by=view.reader, at=view.at)


def _take_back(view: View, id_: str) -> Story:
    return _answer(view, id_).retract(by=view.reader, at=view.at)


def _tell_a_part(view: View, _id: str) -> Story:
    return view.state(Drift, "d1").own(MyPart(text="I stopped asking."), by=view.reader, at=view.at)


def _tell_the_room(view: View, id_: str) -> SupportRoom:
    return SupportRoom.tell("I was afraid.", id=id_, circle=view.circle, by=view.reader, at=view.at)


def _close_the_room(view: View, id_: str) -> Story:
    return _tell_the_room(view, id_).close(by=view.reader, at=view.at + dt.timedelta(microseconds=1))


def _draft(view: View, id_: str) -> Story:
    repair = Repair(did="I came late.", effect="You waited.")
    return Amends.draft(repair, id=id_, circle=view.circle, by=view.reader, at=view.at)


def _remember(view: View, id_: str) -> Memory:
    return Memory.keep("the lake", id=id_, circle=view.circle, by=view.reader, at=view.at)


def _forget(view: View, id_: str) -> Story:
    return _remember(view, id_).take_back(by=view.reader, at=view.at)


def _add_to_a_memory(view: View, _id: str) -> Story:
    return view.state(Memory, "m1").tell("the rain", by=view.reader, at=view.at)


def _recall(view: View, _id: str) -> Story:
    return view.state(Memory, "m1").recalled(by=view.reader, at=view.at)


def _let_rest(view: View, _id: str) -> Memory:
    return view.state(Memory, "m1").rest(by=view.reader, at=view.at)


def _welcome_back(view: View, id_: str) -> Story:
    return _let_rest(view, id_).welcome_back(by=view.reader, at=view.at)


def _excuse(view: View, _id: str) -> Story:
    return view.state(Commitment, "k1").excuse("a long day", by=view.reader, at=view.at)


def _mute_a_promise(view: View, _id: str) -> Story:
    return view.state(Commitment, "k2").mute(by=view.reader, at=view.at)


def _aim(view: View, _id: str) -> WellnessPlan:
    plan = view.state(WellnessPlan, "w1")
    return plan.aim("sleep", "in bed by eleven", area=Area.SLEEP, by=view.reader, at=view.at)


def _let_a_goal_go(view: View, id_: str) -> Story:
    return _aim(view, id_).let_go("sleep", by=view.reader, at=view.at)


def _note_a_value(view: View, _id: str) -> Story:
    plan = view.state(WellnessPlan, "w1")
    return plan.note(Fraction(13, 2), area=Area.SLEEP, unit="hours", by=view.reader, at=view.at)


def _plan_quietly(view: View, id_: str) -> Story:
    return WellnessPlan.quietly(
        "walk", "at noon", area=Area.REST, id=id_, circle=view.circle, by=view.reader, at=view.at
    )


def _felt(view: View, _id: str) -> Story:
    schedule = view.state(CheckInSchedule, "s1")
    first = next(schedule.occurrences(Window(view.at - 7 * _DAY, view.at + _DAY)))
    return schedule.felt(first.key, constructive=2, by=view.reader, at=view.at)


def _celebrate(view: View, _id: str) -> Story:
    return view.state(RecoveryWindow, "t1").celebrate("tea", by=view.reader, at=view.at)


def _pass_over(view: View, _id: str) -> Entry:
    return skip_prompt(Prompt(id="q1", text="How was it?"), circle=view.circle, by=view.reader, at=view.at)


def _written(body: Body) -> Deed:
    return lambda _view, _id: body


DEEDS: Final[dict[str, Deed]] = {  # the simplest first: a report names it if any would do
    "writes a note": _written(Note(text="I would rather not say")),
    "adds to a memory": _add_to_a_memory,
    "answers a question that has not opened": _answer,
    "comes back from being quiet": _come_back,
    "closes a support room": _close_the_room,
    "drafts amends": _draft,
    "excuses a promise": _excuse,
    "goes quiet": _go_quiet,
    "is reminded of a memory": _recall,
    "keeps a diary": _written(DiaryDay(day=dt.date(2026, 1, 5), ratings=(("sad", Fraction(1)),))),
    "keeps a memory": _remember,
    "lets a goal go": _let_a_goal_go,
    "lets a memory rest": _let_rest,
    "limits nudges": _written(NudgeCap(most=0)),
    "mutes a promise": _mute_a_promise,
    "mutes an offer": _mute,
    "notes a value": _note_a_value,
    "notes how a check-in felt": _felt,
    "notes a mood": _written(Rating.of(MOOD, 1)),
    "notes a small win": _celebrate,
    "passes over a question": _pass_over,
    "plans quietly": _plan_quietly,
    "puts a question aside": _put_aside,
    "puts every question of somebody aside": _put_all_aside,
    "sets a goal": _aim,
    "takes a memory back": _forget,
    "takes an answer back": _take_back,
    "tells a support room": _tell_the_room,
    "takes a question up again": _take_up,
    "tells their part of a drift": _tell_a_part,
    "welcomes a memory back": _welcome_back,
    "writes a baseline": _written(Baseline(rules=(PauseOnHurt(),))),
    "writes a cue": _written(PauseCue(cue="tea")),
    "writes a good-day plan": _written(GoodDayPlan(trigger="money, late", cue="tea", routine=_TEA)),
    "writes a limit": _written(FrequencyLimit(most=1, within=_DAY)),
    "writes a routine": _written(_TEA),
    "writes a rule": _written(PauseOnHurt()),
}
