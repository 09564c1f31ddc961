"""Noninterference: what one person keeps to themselves changes nothing that another can obtain, byte for byte."""

import datetime as dt
import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from fractions import Fraction
from functools import partial, partialmethod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Final

import pendulum
import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.all_read import ledgers, read_all

from reconnect.consent.aside import Aside, PutAside
from reconnect.consent.invitation import Invitation
from reconnect.consent.mute import Quiet, WentQuiet
from reconnect.consent.offer import Accepted, Agreed, Muted
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.testing import twins
from reconnect.edges.testing.twins import assert_alike, shown
from reconnect.errors import KindTaken, NotYet, ReconnectError, UnknownStory
from reconnect.language.listening import Listening
from reconnect.language.prompt import Prompt, skip_prompt
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.practice import precedence, suggestion
from reconnect.practice.referrals import Help
from reconnect.practice.support import FearAnswer, SupportRoom
from reconnect.primitives.amends import Amends, Repair
from reconnect.primitives.amends.acts import Drafted
from reconnect.primitives.boundary import Boundaries, FrequencyLimit, NudgeCap, PauseOnHurt
from reconnect.primitives.capacity import CapacityCard
from reconnect.primitives.checkin import CheckInSchedule, Counts, Occurrence, OccurrenceKey, Rhythm, Standing
from reconnect.primitives.checkin.acts import Felt
from reconnect.primitives.commitment import Commitment
from reconnect.primitives.commitment.deal import deal_of
from reconnect.primitives.commitment.listing import listing
from reconnect.primitives.gesture import Gesture, Warmth
from reconnect.primitives.lesson import Experiment, Idea, Lesson, Onward
from reconnect.primitives.memory import Memory
from reconnect.primitives.my_part import Drift, MyPart
from reconnect.primitives.reassurance import Reassurance
from reconnect.primitives.recovery import RecoveryWindow, TimeOut
from reconnect.primitives.rotation import Rotation
from reconnect.primitives.routine import Routine, keep_routine, own_routines
from reconnect.primitives.wellness import Area, WellnessPlan
from reconnect.primitives.wellness.acts import GoalSet
from reconnect.record import ledger, membership, sealed, story, view
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.journal import IdConflict, Journal, Outcome, Stored
from reconnect.record.kind import Body, Heard, register
from reconnect.record.membership import Introduced, Left
from reconnect.record.memory import MemoryJournal
from reconnect.record.sealed import Answered, Asked
from reconnect.record.view import View
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

Moment = pendulum.DateTime
START: Final = pendulum.datetime(2026, 1, 5, 19)
HOUR: Final = dt.timedelta(hours=1)
CLOSES: Final = START + 40 * HOUR
ENDS: Final = START + 60 * HOUR
WEEK: Final = Window(START, START + 7 * 24 * HOUR)
ANA, BEN, CY = (
    Person(id="ana", zone="America/New_York", name="Ana"),
    Person(id="ben", zone="Europe/Paris", name="Ben"),
    Person(id="cy", zone="UTC", name="Cy"),
)
FEW: Final = settings().max_examples // 3  # each of these examples looks at hundreds of things
PROBED: Final = (
    "p1",
    "p2",
    "r1",
    "r2",
    "q1",
    "i1",
    "s1",
    "t1",
    "b1",
    "l1",
    "n1",
    "n2",
    "h1",
    "a1",
    "k1",
    "w1",
    "g1",
    "m1",
    "m2",
    "w2",
    "x1",
    "u1",
    "d1",
    "d2",
)


@register
@frozen(kw_only=True)
class Score:
    """A kind that a host app brings along: how a day felt, private unless shared."""

    kind: ClassVar[str] = "test.score"

    value: int


@register
@frozen(kw_only=True)
class Fear:
    """A kind that is never heard by anyone else."""

    kind: ClassVar[str] = "test.fear"
    heard: ClassVar[Heard] = Heard.PRIVATE

    text: str


def say(
    journal: Journal,
    by: str,
    id_: str,
    at: Moment,
    body: Body,
    *,
    audience: Audience | None = None,
    about: str | None = None,
) -> tuple[Outcome, ...]:
    """Write one entry in one's own name."""
    entry = Entry(circle="c1", author=by, id=id_, at=at, body=body, audience=audience or Private(), about=about)
    return journal.append(entry, acting=by)


def tell(journal: Journal, by: str, at: Moment, verb: Callable[[View], Any]) -> object:
    """Let someone look, say something in a story, and write it down, as a host does."""
    told = verb(journal.view(by, circle="c1", at=at))
    return journal.append(*(act for act in told.acts if act.author == by), acting=by)


def rhythm() -> Rhythm:
    """Return a rhythm that two people could keep."""
    return Rhythm.of(Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5)))


Act = Callable[[Journal, Moment, int], object]


def by_turns(n: int) -> str:
    """Choose who does it."""
    return ("ana", "ben", "cy")[n % 3]


def offer(journal: Journal, at: Moment, n: int) -> object:
    """Offer a walk or a rhythm."""
    value = (Note(text="a walk"), rhythm())[n % 2]
    about = ("s1", None)[n // 3]
    id_ = f"p{n % 2 + 1}" if at < START.add(days=1) else f"late{n}"
    return tell(journal, by_turns(n), at, lambda v: v.offer(value, id=id_, about=about))


def answer(verb: str) -> Act:
    """Say something about the newest offer."""

    def act(journal: Journal, at: Moment, n: int) -> object:
        return tell(journal, by_turns(n), at, partial(_said, verb=verb, n=n))

    return act


def _said(v: View, *, verb: str, n: int) -> Proposal:
    p = v.state(Proposal, f"p{n % 2 + 1}")
    if verb == "counter":
        return p.counter(by=v.reader, offer=p.offer.id, value=Note(text="a call"), at=v.at)
    said: Proposal = getattr(p, verb)(by=v.reader, offer=p.offer.id, at=v.at)
    return said


def note(journal: Journal, at: Moment, n: int) -> object:
    """Write a note: ana and cy may keep theirs to themselves, ben's is for everyone."""
    by = by_turns(n)
    audience = Private() if by != "ben" and n % 2 else Shared()
    return say(journal, by, f"n{n}", at, Note(text=f"{by} {n}"), audience=audience, about=("p1", None)[n % 2])


def score(journal: Journal, at: Moment, n: int) -> object:
    """Share how a day felt."""
    return say(journal, by_turns(n), f"score{n}", at, Score(value=n), audience=Shared())


def introduce(journal: Journal, at: Moment, n: int) -> object:
    """Move, and be called something else."""
    body = Introduced(zone=("UTC", "Asia/Tokyo")[n % 2], name=f"N{n}")
    return say(journal, by_turns(n), f"me{n}", at, body, audience=Shared())


def invite(journal: Journal, at: Moment, n: int) -> object:
    """Say "nudge us"."""
    return tell(journal, by_turns(n), at, _invited)


def _invited(v: View) -> Invitation:
    found = v.all(Invitation)
    if found:
        return found[0].renew(by=v.reader, at=v.at)
    return Invitation.of(id="i1", circle="c1", by=v.reader, at=v.at)


def schedule(journal: Journal, at: Moment, n: int) -> object:
    """Begin check-ins on what was agreed."""
    return tell(journal, by_turns(n), at, partial(_scheduled, n=n))


def _scheduled(v: View, *, n: int) -> CheckInSchedule:
    return CheckInSchedule.of(v.state(Proposal, f"p{n % 2 + 1}"), id="s1", by=v.reader, at=v.at)


def hold(journal: Journal, at: Moment, n: int) -> object:
    """Hold a check-in."""
    return tell(journal, by_turns(n), at, lambda v: v.state(CheckInSchedule, "s1").hold(_key(v), by=v.reader, at=at))


def _key(v: View) -> OccurrenceKey:
    """Name the check-in that is open, or the first one."""
    s = v.state(CheckInSchedule, "s1")
    held = list(s.occurrences(Window(START.subtract(hours=3), v.at.add(days=1))))
    return next((o.key for o in held if v.at in o.window), held[0].key)


def change(journal: Journal, at: Moment, n: int) -> object:
    """Let a check-in go, move it, put it off, or pause them all for two days."""

    def act(v: View) -> CheckInSchedule:
        s, key = v.state(CheckInSchedule, "s1"), _key(v)
        if n < 3:  # everyone names the same time
            return s.move(key, START + 75 * HOUR, by=v.reader, at=at)
        if n == 3:
            return s.pause(Window(at, at + 48 * HOUR), by=v.reader, at=at)
        return s.skip(key, by=v.reader, at=at) if n == 4 else s.raincheck(key, at + 50 * HOUR, by=v.reader, at=at)

    return tell(journal, by_turns(n), at, act)


def break_off(journal: Journal, at: Moment, n: int) -> object:
    """Call a time-out, come back from it, or write down what went well then."""
    return tell(journal, by_turns(n), at, partial(_broken_off, n=n))


def _broken_off(v: View, *, n: int) -> TimeOut | RecoveryWindow:
    found = v.all(TimeOut)
    if not found:
        return TimeOut.call(id="t1", circle="c1", by=v.reader, at=v.at, topic="money")
    if v.all(RecoveryWindow):
        return v.state(RecoveryWindow, "t1").meet(START + (40 + n // 3) * HOUR, by=v.reader, at=v.at)
    return found[0].returned(by=found[0].calls(at=v.at)[0].by, at=v.at)


def protect(journal: Journal, at: Moment, n: int) -> object:
    """Add a layer of one's own, drop it, say "that stung", or reach someone."""
    return tell(journal, by_turns(n), at, partial(_protected, n=n))


def _protected(v: View, *, n: int) -> Boundaries:
    rule = (PauseOnHurt(), FrequencyLimit(most=1, within=24 * HOUR))[n % 2]
    found = v.all(Boundaries)
    if not found:
        return Boundaries.of(rule, id="b1", circle="c1", by=v.reader, at=v.at)
    match n % 4:
        case 0:
            return found[0].stung(by=v.reader, at=v.at)
        case 1:
            return found[0].contacted(next(p for p in v.members if p != v.reader), by=v.reader, at=v.at)
        case 2:
            return found[0].add_layer(rule, by=v.reader, at=v.at)
        case _:
            return found[0].drop(rule, by=v.reader, at=v.at)


def take_turns(journal: Journal, at: Moment, n: int) -> object:
    """Begin turns, cover one, say that one is away, or leave them."""
    return tell(journal, by_turns(n), at, partial(_turned, n=n))


def _turned(v: View, *, n: int) -> Rotation:
    daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))
    if not v.all(Rotation):
        return Rotation.of(v.members, handoff=daily, id="o1", circle="c1", by=v.reader, at=v.at)
    r = v.state(Rotation, "o1")
    turn = next(iter(r.turns(Window.of(v.at, 48 * HOUR))))
    if n < 3:
        return r.cover(turn.key, by=v.reader, at=v.at)
    return r.leave(by=v.reader, at=v.at) if n == 3 else r.away(Window.of(v.at, n * HOUR), by=v.reader, at=v.at)


def listen(journal: Journal, at: Moment, n: int) -> object:
    """Ask for a time to listen, say yes to it, take a step, or stop."""
    return tell(journal, by_turns(n), at, partial(_listened, n=n))


def _listened(v: View, *, n: int) -> Listening:
    found = v.all(Listening)
    if not found:
        return Listening.ask(id="l1", circle="c1", by=v.reader, at=v.at)
    proposed = found[0].proposed(at=v.at)
    if proposed is not None:
        return found[0].suits(max(proposed, v.at), by=v.reader, at=v.at)
    return found[0].speak(by=v.reader, at=v.at) if n % 4 else found[0].stop(by=v.reader, at=v.at)


def promise(journal: Journal, at: Moment, n: int) -> object:
    """Promise a walk within hours; whoever it is for says yes to it, and whoever promised it keeps it."""
    return tell(journal, by_turns(n), at, partial(_promised, n=n))


def _promised(v: View, *, n: int) -> Commitment:
    found = v.all(Commitment)
    if not found:
        to = [person for person in v.members if person != v.reader]
        return Commitment.offer("a walk", to=to, due=v.at + 9 * HOUR, id="k1", circle="c1", by=v.reader, at=v.at)
    if found[0].owner != v.reader:
        return found[0].agree(by=v.reader, at=v.at)
    return found[0].keep(by=v.reader, at=v.at) if n % 2 else found[0].let_go(by=v.reader, at=v.at)


def be_warm(journal: Journal, at: Moment, n: int) -> object:
    """Give something warm, or tell everyone of a warm moment."""

    def act(v: View) -> Gesture | Memory:
        if n % 2:
            return Gesture.give(Warmth.HERE, words="soup?", id=f"g{n}", circle="c1", by=v.reader, at=v.at)
        if v.all(Memory):
            return v.all(Memory)[0].tell("the rain", by=v.reader, at=v.at, audience=Shared())
        return Memory.keep("the lake", id="m1", circle="c1", by=v.reader, at=v.at, audience=Shared())

    return tell(journal, by_turns(n), at, act)


def learn(journal: Journal, at: Moment, n: int) -> object:
    """Write down what was learnt, put it anew, or try an idea and look at it."""
    return tell(journal, by_turns(n), at, partial(_learnt, n=n))


def _learnt(v: View, *, n: int) -> Lesson | Experiment | Proposal:
    if n % 2 == 0:
        found = v.all(Lesson)
        if found:
            return found[0].revise(f"soup {n}", by=v.reader, at=v.at)
        return Lesson.learn("soup first", id="l1", circle="c1", by=v.reader, at=v.at)
    offered = [p for p in v.all(Proposal) if isinstance(p.offer.value, Idea)]
    if not offered:
        return v.offer(Idea(what="no phones", length=24 * HOUR), id="idea", at=v.at)
    if v.all(Experiment):
        return v.all(Experiment)[0].look(Onward.KEEP, by=v.reader, at=v.at)
    if offered[0].in_force(at=v.at) is None:
        return offered[0].accept(by=v.reader, offer=offered[0].offer.id, at=v.at)
    return Experiment.of(offered[0], id="x1", by=v.reader, at=v.at)


def be_well(journal: Journal, at: Moment, n: int) -> object:
    """Let the others read what one's plan is about."""
    return tell(journal, by_turns(n), at, partial(_well, n=n))


def _well(v: View, *, n: int) -> WellnessPlan:
    found = v.all(WellnessPlan)
    if found:
        return found[0].share([Area.SLEEP], ["x" * n], by=v.reader, at=v.at)
    return WellnessPlan.of([Area.REST], id="w1", circle="c1", by=v.reader, at=v.at)


def answer_question(journal: Journal, at: Moment, n: int) -> object:
    """Let ana or cy answer the question."""
    by = ("ana", "cy")[n % 2]
    return tell(journal, by, at, lambda v: v.state(Reveal, "r1").answer("the walk", by=by, at=at))


def make_amends(journal: Journal, at: Moment, n: int) -> object:
    """Own something, or answer, notice, and take back."""
    return tell(journal, by_turns(n), at, partial(_amended, n=n))


def _amended(v: View, *, n: int) -> Amends:
    repair = Repair(did=f"I came late {n}.", effect="You waited.", change="I call.")
    if all(found.words(at=v.at) is None for found in v.all(Amends)):
        return Amends.of(repair, id="a1", circle="c1", by=v.reader, at=v.at)
    found = v.state(Amends, "a1")
    if v.reader == found.author(at=v.at):
        return found.own(repair, by=v.reader, at=v.at) if n < 3 else found.take_back(by=v.reader, at=v.at)
    return found.answer(by=v.reader, at=v.at) if n < 3 else found.notice(by=v.reader, at=v.at)


def card(journal: Journal, at: Moment, n: int) -> object:
    """Have little to give for a while."""
    return tell(journal, by_turns(n), at, partial(_card, n=n))


def _card(v: View, *, n: int) -> CapacityCard:
    return CapacityCard.of(id="k1", circle="c1", by=v.reader, at=v.at, until=v.at.add(hours=1 + n))


def reassure(journal: Journal, at: Moment, n: int) -> object:
    """Give the others a sentence, or take it back."""
    return tell(journal, by_turns(n), at, partial(_reassured, n=n))


def _reassured(v: View, *, n: int) -> Reassurance:
    name = f"w{n % 3}"
    found = [story for story in v.all(Reassurance) if story.id == name]
    if found and n > 3:
        return found[0].take_back(by=v.reader, at=v.at)
    return Reassurance.of("We are okay.", id=name, circle="c1", by=v.reader, at=v.at)


def ask(journal: Journal, at: Moment, n: int) -> object:
    """Ask everyone another question, or for another talk, soon or long after the one before."""

    def act(v: View) -> Reveal | Listening:
        if n % 2:
            return Reveal.of(Note(text="?" * n), closes=ENDS, id=f"ask{n}", circle="c1", by=v.reader, at=v.at)
        return Listening.ask(id=f"talk{n}", circle="c1", by=v.reader, at=v.at, start=v.at + n * HOUR)

    return tell(journal, by_turns(n), at, act)


SHARED: Final[dict[str, Act]] = {
    "ask": ask,
    "offer": offer,
    "accept": answer("accept"),
    "decline": answer("decline"),
    "withdraw": answer("withdraw"),
    "counter": answer("counter"),
    "note": note,
    "score": score,
    "introduce": introduce,
    "invite": invite,
    "schedule": schedule,
    "hold": hold,
    "change": change,
    "break off": break_off,
    "protect": protect,
    "take turns": take_turns,
    "listen": listen,
    "promise": promise,
    "be warm": be_warm,
    "learn": learn,
    "be well": be_well,
    "answer": answer_question,
    "amends": make_amends,
    "card": card,
    "reassure": reassure,
}


def secret_note(journal: Journal, at: Moment, n: int) -> object:
    """Write something for oneself, of any length, perhaps about a story, under an id that others use, too."""
    id_ = f"n{n % 4}{'x' * (n % 2)}"
    return say(journal, "ben", id_, at, Note(text="x" * n**3), about=("p1", "r1", None)[n % 3])


def secret_score(journal: Journal, at: Moment, n: int) -> object:
    """Note for oneself how a day felt."""
    return say(journal, "ben", f"private{n}", at, Score(value=7 * n), about="p1")


def fear(journal: Journal, at: Moment, n: int) -> object:
    """Write what nobody else ever hears."""
    return say(journal, "ben", f"fear{n}", at, Fear(text="secret" * n))


def mute(journal: Journal, at: Moment, n: int) -> object:
    """Put an offer out of sight."""
    return tell(journal, "ben", at, partial(_said, verb="mute", n=n))


def put_aside(journal: Journal, at: Moment, n: int) -> object:
    """Put aside what somebody asked or gave, or all of a sort that comes from ana; or take it up again."""
    return tell(journal, "ben", at, partial(_put_aside, n=n))


def _put_aside(v: View, *, n: int) -> Aside:
    sorts = (Reveal, Listening, Gesture, Reassurance, Proposal)
    found, sort = v.all(Aside), sorts[n % len(sorts)]
    if found and n == 4:
        return found[0].take_up(by="ben", at=v.at)
    if n % 2:
        return Aside.put_all(sort, of="ana", id=f"d{n % 2 + 1}", circle="c1", by="ben", at=v.at)
    return Aside.put(v.all(sort)[0], id=f"d{n % 2 + 1}", by="ben", at=v.at)


def quiet(journal: Journal, at: Moment, n: int) -> object:
    """Go quiet."""
    return tell(journal, "ben", at, lambda v: Quiet.go(id=f"q{n % 2 + 1}", circle="c1", by="ben", at=v.at))


def come_back(journal: Journal, at: Moment, n: int) -> object:
    """Come back from being quiet."""
    return tell(journal, "ben", at, lambda v: v.state(Quiet, f"q{n % 2 + 1}").come_back(by="ben", at=v.at))


def take_back(journal: Journal, at: Moment, n: int) -> object:
    """Answer the question, and take the answer back."""
    return tell(journal, "ben", at, partial(_taken_back, n=n))


def _taken_back(v: View, *, n: int) -> Reveal:
    at = v.at.add(seconds=n)
    answered = v.state(Reveal, "r1").answer(("", "the soup")[n % 2], by="ben", at=at)
    return answered.retract(by="ben", at=at.add(seconds=1))


def answer_in_vain(journal: Journal, at: Moment, n: int) -> object:
    """Answer a question that will not open, because ana keeps hers to herself."""
    return tell(journal, "ben", at, lambda v: v.state(Reveal, "r2").answer("z" * n, by="ben", at=at))


def small_win(journal: Journal, at: Moment, n: int) -> object:
    """Note for oneself what went well after a return."""
    return tell(journal, "ben", at, lambda v: v.state(RecoveryWindow, "t1").celebrate("tea" * n, by="ben", at=at))


def felt(journal: Journal, at: Moment, n: int) -> object:
    """Note for oneself how a check-in felt."""

    def act(v: View) -> CheckInSchedule:
        s = v.state(CheckInSchedule, "s1")
        return s.felt(_key(v), constructive=n % 5 + 1, by="ben", at=at)

    return tell(journal, "ben", at, act)


def draft(journal: Journal, at: Moment, n: int) -> object:
    """Draft amends of one's own, perhaps under an id that others use, too, and never offer them."""
    repair = Repair(did="I shouted" * n, effect="You cried." * (n % 2), towards=("ana", "cy")[: n % 3])
    drafted = Amends.draft(repair, id=f"a{1 + n % 2}", circle="c1", by="ben", at=at)
    return journal.append(*drafted.acts, acting="ben")


def room(journal: Journal, at: Moment, n: int) -> object:
    """Answer in a support room, or close it, under an id that others use, too."""

    def act(v: View) -> SupportRoom:
        found = v.all(SupportRoom)
        if found and n % 2:
            return found[0].close(by="ben", at=at)
        return SupportRoom.tell("x" * n**3, id=("u1", "p1")[n % 2], circle="c1", by="ben", at=at)

    return tell(journal, "ben", at, act)


def skip(journal: Journal, at: Moment, n: int) -> object:
    """Pass over a question."""
    question = Prompt(id=f"question{n}", text="How was it?")
    return journal.append(skip_prompt(question, circle="c1", by="ben", at=at), acting="ben")


def cap(journal: Journal, at: Moment, n: int) -> object:
    """Say for oneself how many nudges are enough."""
    return say(journal, "ben", f"cap{n}", at, NudgeCap(most=n), about="b1")


def excuse(journal: Journal, at: Moment, n: int) -> object:
    """Be kind to oneself about what one promised."""
    return tell(journal, "ben", at, lambda v: v.state(Commitment, "k1").excuse("x" * n, by="ben", at=at))


def remember(journal: Journal, at: Moment, n: int) -> object:
    """Keep a memory for oneself, perhaps in words beside those of others; look at it, or let it rest."""
    return tell(journal, "ben", at, partial(_remembered, n=n))


def _remembered(v: View, *, n: int) -> Memory:
    found = v.all(Memory)
    if n % 3 == 0 or not found:
        return Memory.keep("y" * n, id=f"m{n % 2 + 1}", circle="c1", by="ben", at=v.at)
    last = found[n % len(found)]
    return last.recalled(by="ben", at=v.at) if n % 3 == 1 else last.rest(by="ben", at=v.at)


def aim(journal: Journal, at: Moment, n: int) -> object:
    """Set a goal for oneself, let it go, or note a value; perhaps in a plan that nobody knows of."""
    return tell(journal, "ben", at, partial(_aimed, n=n))


def _aimed(v: View, *, n: int) -> WellnessPlan:
    found = v.all(WellnessPlan)
    if not found:
        return WellnessPlan.quietly("g", "z" * n, area=Area.BODY, id="w2", circle="c1", by="ben", at=v.at)
    if n % 3 == 0:
        return found[0].aim("g", "z" * n, area=Area.SLEEP, by="ben", at=v.at)
    return (
        found[0].note(n, area=Area.FOOD, by="ben", at=v.at) if n % 3 == 1 else found[0].let_go("g", by="ben", at=v.at)
    )


def soothe(journal: Journal, at: Moment, n: int) -> object:
    """Write a routine of one's own."""
    routine = Routine(key=f"r{n % 2}", name="x" * n, steps=["sit", "breathe"])
    return journal.append(keep_routine(routine, id=f"soothe{n}", circle="c1", by="ben", at=at), acting="ben")


SECRET: Final[dict[str, Act]] = {
    "note": secret_note,
    "score": secret_score,
    "fear": fear,
    "mute": mute,
    "put aside": put_aside,
    "quiet": quiet,
    "come back": come_back,
    "take back": take_back,
    "answer in vain": answer_in_vain,
    "felt": felt,
    "small win": small_win,
    "draft": draft,
    "cap": cap,
    "room": room,
    "skip": skip,
    "excuse": excuse,
    "remember": remember,
    "aim": aim,
    "soothe": soothe,
}


Step = tuple[str, int, int]


@frozen
class Plan:
    """What happens in both twins, what differs in ben's private writing, and which openings ben chose."""

    shared: tuple[Step, ...]
    secret: tuple[tuple[Step, ...], tuple[Step, ...]]
    ben_answers: bool = False
    cy_leaves: bool = False
    ben_erases: bool = False


def steps(acts: dict[str, Act], most: int) -> st.SearchStrategy[tuple[Step, ...]]:
    """Draw things to do: what, after how many hours from the beginning, and a number to vary it."""
    step = st.tuples(st.sampled_from(list(acts)), st.integers(0, 36), st.integers(0, 5))
    return st.lists(step, max_size=most).map(tuple)


plans: Final = st.builds(
    Plan,
    steps(SHARED, 14),
    st.tuples(steps(SECRET, 6), steps(SECRET, 6)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def tried(call: Callable[[], object]) -> str:
    """Show what a call gives, or how it is refused."""
    try:
        return shown(call())
    except (ReconnectError, StopIteration, IndexError) as refusal:
        return shown(refusal)


def play(plan: Plan, twin: int, journal: Journal) -> list[str]:
    """Let it all happen in one twin; return what ana and cy were told on the way."""
    journal.found(Circle(id="c1", members=(ANA, BEN, CY)), by="ana", at=START)
    for name in ("r1", "r2"):
        asked = Reveal.of(Note(text="?"), closes=CLOSES, id=name, circle="c1", by="ana", at=START)
        journal.append(*asked.acts, acting="ana")
    told: list[str] = []
    todo = [(hours, 1, SHARED[name], n) for name, hours, n in plan.shared]
    todo += [(hours, 0, SECRET[name], n) for name, hours, n in plan.secret[twin]]
    for hours, shared, act, n in sorted(todo, key=lambda item: item[:2]):
        outcome = tried(partial(act, journal, START + hours * HOUR, n))
        if shared and (by_turns(n) != "ben" or act is answer_question):
            told.append(outcome)
    if plan.ben_answers:
        at = CLOSES - dt.timedelta(minutes=5)
        for by in ("ana", "ben", "cy"):
            tell(journal, by, at, lambda v: v.state(Reveal, "r1").answer("final", by=v.reader, at=v.at))
    if plan.cy_leaves:
        say(journal, "cy", "bye", START + 38 * HOUR, Left(), audience=Shared())
    if plan.ben_erases:
        journal.erase("ben", acting="ben")
    return told


def probe(journal: Journal, secrets: list[Entry]) -> list[str]:
    """Let ana try everything that might give something away, and return what she was told."""
    calls: list[Callable[[], object]] = []
    for entry in secrets:
        for at in (entry.at, START, ENDS):
            guess = entry.received(at)
            calls += [partial(journal.append, evolve(guess, id=id_), acting="ana") for id_ in (entry.id, "other")]
        for text in ("mine", "mine, too"):
            calls.append(partial(say, journal, "ana", entry.id, ENDS, Note(text=text)))
    for person in ("ben", "nobody"):
        asking: tuple[Callable[..., object], ...] = (journal.erase, journal.export, journal.circles)
        calls += [partial(ask, person, acting="ana") for ask in asking]
    calls.append(partial(journal.view, "ana", circle="c9", at=ENDS))
    calls.append(partial(journal.found, Circle(id="c1", members=(ANA, BEN)), by="ana", at=ENDS))
    for at in (START + 37 * HOUR, ENDS, ENDS + dt.timedelta(days=7)):
        for about in ("s1", "q1", None):
            call = partial(View.offer, value=Note(text="again"), id=f"o{about}", about=about)
            calls.append(partial(tell, journal, "ana", at, call))
    for verb in ("accept", "decline", "mute", "withdraw"):
        calls.append(partial(tell, journal, "ana", ENDS, partial(_said, verb=verb, n=0)))
    calls.append(partial(take_back, journal, ENDS, 1))
    forged = Accepted(offer="an offer that nobody made")
    calls.append(partial(say, journal, "ana", "forged", ENDS, forged, audience=Shared(), about="p1"))
    return [tried(call) for call in calls]


def secrets_of(journal: Journal) -> list[Entry]:
    """Return what ben kept to himself (the host could see it; ana cannot)."""
    return [entry for entry in journal.everything() if entry.author == "ben" and not isinstance(entry.audience, Shared)]


def mean(v: View) -> object:
    """Compute a reading for everyone, which rests on shared entries only."""
    scores = [e.body.value for e in v.shared_only().entries(kind=Score) if isinstance(e.body, Score)]
    return Fraction(sum(scores), len(scores)) if scores else None


READINGS: Final[dict[str, Callable[[View], object]]] = {"mean": mean}


@contextmanager
def memory() -> Iterator[Journal]:
    """Open a journal in memory."""
    yield MemoryJournal(key=b"k")


@contextmanager
def sql() -> Iterator[Journal]:
    """Open a journal in a SQLite file."""
    if importlib.util.find_spec("sqlalchemy") is None:
        pytest.skip("SQLAlchemy is missing: noninterference of SqlJournal was NOT tested")
    from reconnect.edges.sql import SqlJournal  # noqa: PLC0415 - an optional extra

    with TemporaryDirectory() as folder, SqlJournal.open(Path(folder) / "journal.db", key=b"k" * 32) as journal:
        yield journal


Opening = Callable[[], AbstractContextManager[Journal]]


def check(plan: Plan, opening: Opening) -> None:
    """Play both twins, look at both from everywhere, probe both, and look again."""
    with opening() as one, opening() as other:
        told = [play(plan, twin, journal) for twin, journal in enumerate((one, other))]
        assert told[0] == told[1]
        at = [START, START + 20 * HOUR, CLOSES - dt.timedelta(minutes=1), CLOSES, ENDS]
        for reader in ("ana", "cy"):
            assert_alike(one, other, reader=reader, circle="c1", at=at, ids=PROBED, readings=READINGS)
        secrets = [*secrets_of(one)[:4], *secrets_of(other)[:4]]
        assert probe(one, secrets) == probe(other, secrets)
        assert_alike(one, other, reader="ana", circle="c1", at=[ENDS])
        for journal in (one, other):
            journal.erase("ana", acting="ana", at=ENDS)
        assert_alike(one, other, reader="cy", circle="c1", at=[ENDS])


@settings(max_examples=FEW)
@given(plans)
def test_private_writing_changes_nothing_for_others(plan: Plan) -> None:
    """Two journals in memory that differ only in what ben keeps to himself are one journal to everyone else."""
    check(plan, memory)


@settings(max_examples=FEW // 3)
@given(plans)
def test_private_writing_changes_nothing_for_others_on_disk(plan: Plan) -> None:
    """Two journals on disk that differ only in what ben keeps to himself are one journal to everyone else."""
    check(plan, sql)


TELLING: Final = Plan(
    shared=(
        ("offer", 0, 0),
        ("offer", 0, 3),
        ("accept", 2, 4),
        ("accept", 2, 2),
        ("accept", 3, 1),
        ("accept", 3, 5),
        ("schedule", 4, 3),
        ("score", 5, 0),
        ("score", 6, 1),
        ("answer", 7, 0),
        ("answer", 7, 1),
        ("invite", 8, 0),
        ("invite", 8, 1),
        ("invite", 8, 2),
        ("promise", 9, 1),
        ("promise", 10, 0),
        ("promise", 10, 2),
        ("listen", 10, 0),
        ("be warm", 10, 3),
        ("reassure", 10, 3),
        ("ask", 22, 3),
        ("hold", 24, 0),
        ("offer", 25, 0),
        ("note", 26, 0),
        ("amends", 27, 1),
        ("amends", 28, 0),
    ),
    secret=(
        (
            ("mute", 1, 0),
            ("put aside", 1, 0),
            ("take back", 8, 1),
            ("put aside", 11, 1),
            ("answer in vain", 9, 2),
            ("draft", 12, 2),
            ("room", 13, 2),
            ("note", 20, 1),
            ("note", 20, 4),
            ("score", 20, 3),
            ("felt", 30, 2),
            ("aim", 21, 0),
            ("excuse", 22, 2),
            ("quiet", 36, 0),
        ),
        (("fear", 10, 1),),
    ),
)

Leak = Callable[[pytest.MonkeyPatch], None]
Watching = Callable[[View, list[Entry]], View]


def watched(patch: pytest.MonkeyPatch, leak: Watching) -> None:
    """Let a leak see everything that is written whenever someone looks."""
    look = vars(ledger)["look"]

    def leaky(entries: Sequence[Entry], **named: Any) -> View:  # noqa: ANN401 - passed on as it comes
        return leak(look(entries, **named), list(entries))

    patch.setattr(ledger, "look", leaky)


def remembered(patch: pytest.MonkeyPatch) -> Callable[[View], list[Entry]]:
    """Remember for every view what was written, so that a leak can look it up later."""
    known: list[tuple[View, list[Entry]]] = []

    def remember(v: View, entries: list[Entry]) -> View:
        known.append((v, entries))
        return v

    watched(patch, remember)
    return lambda v: next((entries for other, entries in known if other is v), [])


def a_count_of_all_entries(patch: pytest.MonkeyPatch) -> None:
    """The list of circles shows how much is written in each."""
    real = ledger.Ledger.circles

    def circles(self: ledger.Ledger, person: str, *, acting: str) -> tuple[str, ...]:
        return tuple(f"{name} ({len(list(self.everything()))})" for name in real(self, person, acting=acting))

    patch.setattr(ledger.Ledger, "circles", circles)


def a_size_in_the_repr(patch: pytest.MonkeyPatch) -> None:
    """A view shows how much there is, not how much one sees."""
    written = remembered(patch)
    patch.setattr(View, "__repr__", lambda v: f"View of {len(written(v))} entries")


def a_global_sequence_number(patch: pytest.MonkeyPatch) -> None:
    """What is stored is numbered across all authors."""
    real = ledger.Ledger.append

    def append(self: ledger.Ledger, *entries: Entry, acting: str) -> tuple[Outcome, ...]:
        outcomes = real(self, *entries, acting=acting)
        return tuple(Stored(f"{len(list(self.everything()))}") if isinstance(o, Stored) else o for o in outcomes)

    patch.setattr(ledger.Ledger, "append", append)


def ids_that_depend_on_private_acts(patch: pytest.MonkeyPatch) -> None:
    """The id of a shared act is derived from everything that its author said before, muting included."""

    def before(self: story.Story, by: str, heard: Audience, at: Moment) -> object:
        return heard, at, tuple(act.id for act in self.acts if act.author == by)

    patch.setattr(story.Story, "_before", before)


def a_last_activity_time(patch: pytest.MonkeyPatch) -> None:
    """A view is dated by the last thing that anyone wrote."""
    watched(patch, lambda v, entries: evolve(v, at=max(e.at for e in entries if e.at <= v.at)))


def a_cache_without_the_reader(patch: pytest.MonkeyPatch) -> None:
    """Views are kept by circle and instant, whoever asked first."""
    real, kept = ledger.Ledger.view, dict[object, View]()

    def cached(self: ledger.Ledger, reader: str, *, circle: str, at: Moment) -> View:
        key = (id(self), circle, at)
        if key not in kept:
            kept[key] = real(self, reader, circle=circle, at=at)
        return kept[key]

    patch.setattr(ledger.Ledger, "view", cached)


def an_error_text_that_differs(patch: pytest.MonkeyPatch) -> None:
    """Writing in another's name is refused in other words if the guess was right."""
    real = ledger.Ledger._repeat  # noqa: SLF001 - a leak breaks into the journal on purpose

    def repeat(self: ledger.Ledger, entry: Entry, known: Entry | None, acting: str) -> Outcome:
        if known is not None and known.content == entry.content and not isinstance(known.audience, Shared):
            raise UnknownStory("secret")
        return real(self, entry, known, acting)

    patch.setattr(ledger.Ledger, "_repeat", repeat)


def an_id_conflict_that_answers_a_probe(patch: pytest.MonkeyPatch) -> None:
    """An id is taken once anyone has used it."""
    real = ledger.Ledger._append  # noqa: SLF001 - a leak breaks into the journal on purpose

    def append(self: ledger.Ledger, entry: Entry, acting: str) -> Outcome:
        if any(known.id == entry.id and known.author != acting for known in self.everything()):
            return IdConflict(entry.id)
        return real(self, entry, acting)

    patch.setattr(ledger.Ledger, "_append", append)


def a_mean_over_private_scores(patch: pytest.MonkeyPatch) -> None:
    """A reading for everyone rests on everyone's scores, private ones included."""
    written = remembered(patch)

    def leaky(v: View) -> object:
        scores = [e.body.value for e in written(v) if isinstance(e.body, Score)]
        return Fraction(sum(scores), len(scores)) if scores else None

    patch.setitem(READINGS, "mean", leaky)


def a_page_cut_before_it_is_seen(patch: pytest.MonkeyPatch) -> None:
    """Only so many of the newest entries are read, hidden ones included."""

    def newest(self: ledger.Ledger, circle: str, reader: str, real: Callable[..., Sequence[Entry]]) -> Sequence[Entry]:
        entries = sorted(real(self, circle, reader), key=lambda entry: entry.at)
        return [e for e in entries if membership.is_circle_act(e)] + entries[-20:]

    for kind in ledgers():
        patch.setattr(kind, "_written", partialmethod(newest, real=vars(kind)["_written"]))


def a_time_to_ask_again(patch: pytest.MonkeyPatch) -> None:
    """The outlook says to look again when the last thing that anyone wrote is a day old."""
    written, real = remembered(patch), vars(twins)["outlook"]

    def leaky(v: View, **named: object) -> object:
        latest = max(entry.at for entry in written(v))
        return evolve(real(v, **named), changes_at=latest.add(days=1))

    patch.setattr(twins, "outlook", leaky)


def a_mute_that_can_be_seen(patch: pytest.MonkeyPatch) -> None:
    """Muting an offer is shown to the one who made it."""
    real = view._Eyes.may_see  # noqa: SLF001 - a leak breaks into the view on purpose
    patch.setattr(view._Eyes, "may_see", lambda eyes, e: isinstance(e.body, Muted) or real(eyes, e))  # noqa: SLF001 - as above


def an_aside_that_can_be_seen(patch: pytest.MonkeyPatch) -> None:
    """What somebody put aside is told to everyone."""
    real = view._Eyes.may_see  # noqa: SLF001 - a leak breaks into the view on purpose
    patch.setattr(view._Eyes, "may_see", lambda eyes, e: isinstance(e.body, PutAside) or real(eyes, e))  # noqa: SLF001 - as above


def a_question_that_is_gone_once_it_is_put_aside(patch: pytest.MonkeyPatch) -> None:
    """Whoever asked sees their question no more when somebody put it out of their own sight."""
    written, real = remembered(patch), vars(twins)["questions"]

    def leaky(v: View) -> tuple[Reveal, ...]:
        gone = {e.body.story for e in written(v) if isinstance(e.body, PutAside) and e.at <= v.at}
        return tuple(each for each in real(v) if each.id not in gone)

    patch.setattr(twins, "questions", leaky)


def a_patience_that_knows_how_it_was_taken(patch: pytest.MonkeyPatch) -> None:
    """Another question reaches people later if the one before was put aside."""
    written, real = remembered(patch), vars(twins)["question_heard_from"]

    def leaky(v: View) -> Moment:
        from_when: Moment = real(v)
        return from_when.add(seconds=sum(isinstance(e.body, PutAside) and e.at <= v.at for e in written(v)))

    patch.setattr(twins, "question_heard_from", leaky)


def a_warm_word_that_ends_when_it_is_put_aside(patch: pytest.MonkeyPatch) -> None:
    """The others are not told either what one of them put out of their own sight."""
    written, real = remembered(patch), vars(twins)["reassurances"]

    def leaky(v: View, **named: object) -> object:
        asides = sum(isinstance(e.body, Aside.opening) and e.at <= v.at for e in written(v))
        return real(v, **named)[asides:]

    patch.setattr(twins, "reassurances", leaky)


def a_draft_that_can_be_seen(patch: pytest.MonkeyPatch) -> None:
    """Drafts of amends are shown to those whom they may be for some day."""
    real = view._Eyes.may_see  # noqa: SLF001 - a leak breaks into the view on purpose
    patch.setattr(view._Eyes, "may_see", lambda eyes, e: isinstance(e.body, Drafted) or real(eyes, e))  # noqa: SLF001 - as above


def a_decline_that_differs_from_silence(patch: pytest.MonkeyPatch) -> None:
    """Whoever was muted has to wait a little longer before offering again."""
    written, real = remembered(patch), view._taught["offer"]  # noqa: SLF001 - a leak breaks into the view on purpose

    def leaky(v: View, *values: object, **named: object) -> object:
        try:
            return real(v, *values, **named)
        except NotYet as refusal:
            muted = any(isinstance(entry.body, Muted) for entry in written(v))
            raise NotYet(refusal.until + dt.timedelta(seconds=muted)) from None

    patch.setitem(view._taught, "offer", leaky)  # noqa: SLF001 - as above


def a_count_that_rests_on_private_ratings(patch: pytest.MonkeyPatch) -> None:
    """A check-in that somebody rated for themselves counts twice."""
    written, real = remembered(patch), view._taught["counts"]  # noqa: SLF001 - a leak breaks into the view on purpose

    def leaky(v: View, *values: object) -> Counts:
        counts: Counts = real(v, *values)
        rated = sum(isinstance(entry.body, Felt) for entry in written(v))
        return evolve(counts, due=counts.due + rated, held=counts.held + rated)

    patch.setitem(view._taught, "counts", leaky)  # noqa: SLF001 - as above


def a_quiet_that_can_be_seen(patch: pytest.MonkeyPatch) -> None:
    """Check-ins of someone who went quiet are shown as let go, not as unanswered like any other."""
    written, real = remembered(patch), view._taught["standing"]  # noqa: SLF001 - a leak breaks into the view on purpose

    def leaky(v: View, occurrence: Occurrence) -> Standing:
        gone = any(isinstance(entry.body, WentQuiet) and entry.at <= v.at for entry in written(v))
        standing: Standing = real(v, occurrence)
        return Standing.LET_GO if gone else standing

    patch.setitem(view._taught, "standing", leaky)  # noqa: SLF001 - as above


def a_fear_answer_that_changes_the_partners_outlook(patch: pytest.MonkeyPatch) -> None:
    """Nothing joint is offered to anyone while one of them is afraid."""
    written, real = remembered(patch), vars(twins)["outlook"]

    def leaky(v: View, **named: object) -> object:
        answered = any(isinstance(entry.body, FearAnswer) and entry.at <= v.at for entry in written(v))
        return evolve(real(v, **named), open=(), next=None, changes_at=None) if answered else real(v, **named)

    patch.setattr(twins, "outlook", leaky)


def a_suggestion_that_depends_on_the_others_note(patch: pytest.MonkeyPatch) -> None:
    """What is suggested to one is chosen by what the other wrote for themselves."""
    written, real = remembered(patch), vars(twins)["outlook"]

    def leaky(v: View, **named: object) -> object:
        look = real(v, **named)
        notes = sum(isinstance(e.body, Note) and isinstance(e.audience, Private) for e in written(v) if e.at <= v.at)
        steps = own_routines(v)
        return (
            look if look.suggestion is None else evolve(look, suggestion=evolve(look.suggestion, routine=steps[notes]))
        )

    patch.setattr(twins, "outlook", leaky)


def a_missing_joint_prompt_as_a_tell(patch: pytest.MonkeyPatch) -> None:
    """No question for each other is suggested to anyone while one of them is quiet, or answered in a support room."""
    written, real = remembered(patch), vars(suggestion)["is_spared"]

    def leaky(v: View, *, told: FearAnswer | None) -> bool:
        apart = any(isinstance(e.body, FearAnswer | WentQuiet) and e.at <= v.at for e in written(v))
        return apart or bool(real(v, told=told))

    patch.setattr(suggestion, "is_spared", leaky)


def an_unshared_goal_that_can_be_seen(patch: pytest.MonkeyPatch) -> None:
    """Goals are shown to those who could help with them, shared or not."""
    real = view._Eyes.may_see  # noqa: SLF001 - a leak breaks into the view on purpose
    patch.setattr(view._Eyes, "may_see", lambda eyes, e: isinstance(e.body, GoalSet) or real(eyes, e))  # noqa: SLF001 - as above


def a_missed_commitment_as_a_tell(patch: pytest.MonkeyPatch) -> None:
    """A promise whose time has passed is listed for everyone, with what its owner said to themselves about it."""
    written, real = remembered(patch), vars(twins)["promises"]

    def leaky(v: View) -> object:
        whole = [e for e in written(v) if e.at <= v.at and isinstance(e.body, Commitment.bodies)]
        ids = dict.fromkeys(e.about for e in whole if e.about is not None)
        acts = {id_: tuple(e for e in whole if e.about == id_) for id_ in ids}
        stories = (Commitment(id=id_, circle=v.circle, acts=told, founding=v.founding) for id_, told in acts.items())
        deals = ((story.id, deal_of(story.told(v.at), story.membership)) for story in stories)
        return real(v), [listing(deal, id_, WEEK, v.at, own=True) for id_, deal in deals if deal is not None]

    patch.setattr(twins, "promises", leaky)


def a_gate_that_decides_for_everyone(patch: pytest.MonkeyPatch) -> None:
    """The table keeps a check-in closed for all of them when one of them answered in a support room."""
    written, real = remembered(patch), vars(precedence)["rows"]

    def leaky(v: View, occurrence: Occurrence, **named: object) -> object:
        answered = any(isinstance(entry.body, FearAnswer) for entry in written(v))
        return evolve(real(v, occurrence, **named), support=answered)

    patch.setattr(precedence, "rows", leaky)


def a_referral_that_knows_of_an_answer(patch: pytest.MonkeyPatch) -> None:
    """Help for one person is named first to the partner of somebody who is afraid."""
    written, real = remembered(patch), vars(twins)["support"]

    def leaky(v: View, directory: tuple[Help, ...]) -> object:
        answered = any(isinstance(entry.body, FearAnswer) for entry in written(v))
        return real(v, directory[::-1] * 2 if answered else directory)

    patch.setattr(twins, "support", leaky)


def an_erasure_refused_with_data(patch: pytest.MonkeyPatch) -> None:
    """Erasing another person is refused in words that depend on what there is to erase."""
    real = ledger.Ledger.erase

    def erase(self: ledger.Ledger, person: str, *, acting: str, at: Moment | None = None) -> None:
        if acting != person:
            raise KindTaken(f"{sum(entry.author == person for entry in self.everything())}")
        real(self, person, acting=acting, at=at)

    patch.setattr(ledger.Ledger, "erase", erase)


def an_erasure_dated_by_private_entries(patch: pytest.MonkeyPatch) -> None:
    """Whoever erases themselves is gone from the last thing on that anyone wrote, privately or not."""
    real = ledger.Ledger._farewell  # noqa: SLF001 - a leak breaks into the journal on purpose

    def farewell(self: ledger.Ledger, circle: str, person: str, at: Moment | None) -> Entry | None:
        return real(self, circle, person, at or max(entry.at for entry in self._written(circle, person)))

    patch.setattr(ledger.Ledger, "_farewell", farewell)


def an_export_that_includes_others(patch: pytest.MonkeyPatch) -> None:
    """An export holds whatever anyone wrote about what one began."""

    def by(self: ledger.Ledger, person: str, real: Callable[..., Sequence[Entry]]) -> Sequence[Entry]:
        mine = real(self, person)
        about = {entry.about for entry in mine if entry.about is not None}
        return [*mine, *(e for e in self.everything() if e.author != person and e.about in about)]

    for kind in ledgers():
        patch.setattr(kind, "_by", partialmethod(by, real=vars(kind)["_by"]))


def a_retraction_that_does_not_count(patch: pytest.MonkeyPatch) -> None:
    """An answer that was taken back opens all the same."""
    real = sealed.answers

    def answers(acts: Iterable[Entry], asked: Entry, *, reveal: str) -> dict[str, Entry]:
        return real([act for act in acts if isinstance(act.body, Answered | Asked)], asked, reveal=reveal)

    patch.setattr(sealed, "answers", answers)


def a_seal_that_does_not_hold(patch: pytest.MonkeyPatch) -> None:
    """An answer is shown as soon as it is given."""
    real = view._Eyes.may_see  # noqa: SLF001 - a leak breaks into the view on purpose
    patch.setattr(view._Eyes, "may_see", lambda eyes, e: isinstance(e.audience, Sealed) or real(eyes, e))  # noqa: SLF001 - as above


LEAKS: Final[dict[Leak, Plan]] = {
    a_count_of_all_entries: TELLING,
    a_size_in_the_repr: TELLING,
    a_global_sequence_number: TELLING,
    ids_that_depend_on_private_acts: TELLING,
    a_last_activity_time: TELLING,
    a_cache_without_the_reader: TELLING,
    an_error_text_that_differs: TELLING,
    an_id_conflict_that_answers_a_probe: TELLING,
    a_mean_over_private_scores: TELLING,
    a_page_cut_before_it_is_seen: TELLING,
    a_time_to_ask_again: TELLING,
    a_mute_that_can_be_seen: TELLING,
    an_aside_that_can_be_seen: TELLING,
    a_question_that_is_gone_once_it_is_put_aside: TELLING,
    a_patience_that_knows_how_it_was_taken: TELLING,
    a_warm_word_that_ends_when_it_is_put_aside: TELLING,
    a_draft_that_can_be_seen: TELLING,
    a_decline_that_differs_from_silence: TELLING,
    a_count_that_rests_on_private_ratings: TELLING,
    a_quiet_that_can_be_seen: TELLING,
    a_fear_answer_that_changes_the_partners_outlook: TELLING,
    a_suggestion_that_depends_on_the_others_note: TELLING,
    a_missing_joint_prompt_as_a_tell: TELLING,
    an_unshared_goal_that_can_be_seen: TELLING,
    a_missed_commitment_as_a_tell: TELLING,
    a_gate_that_decides_for_everyone: TELLING,
    a_referral_that_knows_of_an_answer: TELLING,
    an_erasure_refused_with_data: TELLING,
    an_erasure_dated_by_private_entries: evolve(TELLING, ben_erases=True),
    an_export_that_includes_others: TELLING,
    a_retraction_that_does_not_count: TELLING,
    a_seal_that_does_not_hold: TELLING,
}


@pytest.mark.parametrize("opening", [memory, sql])
@pytest.mark.parametrize("ben_erases", [False, True])
def test_the_telling_twins_are_alike(opening: Opening, ben_erases: bool) -> None:  # noqa: FBT001 - a parameter
    """Without a leak nobody can tell them apart, in memory or on disk."""
    check(evolve(TELLING, ben_erases=ben_erases), opening)


@pytest.mark.parametrize("opening", [memory, sql])
def test_a_view_decides_by_itself(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twins are alike also where a journal hands over more than a view may rest on."""
    read_all(monkeypatch)
    check(TELLING, opening)


@pytest.mark.parametrize("opening", [memory, sql])
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_caught(leak: Leak, opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a leak the very comparison that finds the telling twins alike tells them apart, in memory or on disk."""
    read_all(monkeypatch)
    leak(monkeypatch)
    with pytest.raises(AssertionError):
        check(LEAKS[leak], opening)


def test_a_difference_is_named_without_its_content() -> None:
    """The message says where two journals differ for a reader, and nothing of what is written there."""
    with memory() as one, memory() as other:
        for journal, text in ((one, "this"), (other, "that")):
            journal.found(Circle(id="c1", members=(ANA, BEN)), by="ana", at=START)
            say(journal, "ben", "n1", START, Note(text=text), audience=Shared())
        for reader in ("ben", "ana"):
            with pytest.raises(AssertionError, match=f"twins that {reader} cannot tell apart.*entries at") as told:
                assert_alike(one, other, reader=reader, circle="c1", at=[START])
            assert "this" not in str(told.value)
        assert_alike(one, other, reader="cy", circle="c1", at=[START])


def test_a_hard_evening_tells_nothing_that_was_kept_private() -> None:
    """What ben notes for himself, and how many nudges are enough for him, is nowhere to be seen by ana."""
    with memory() as one, memory() as other:
        for journal, win in ((one, "tea"), (other, "a long walk")):
            journal.found(Circle(id="c1", members=(ANA, BEN)), by="ana", at=START)
            tell(journal, "ana", START, lambda v: TimeOut.call(id="t1", circle="c1", by="ana", at=v.at, topic="money"))
            tell(journal, "ana", START + HOUR, lambda v: v.state(TimeOut, "t1").returned(by="ana", at=v.at))
            tell(journal, "ana", START + 2 * HOUR, lambda v: Quiet.go(id="q1", circle="c1", by="ana", at=v.at))
            tell(journal, "ana", START + HOUR, lambda v: _protected(v, n=0))
            say(journal, "ben", "cap", START + HOUR, NudgeCap(most=len(win)), about="b1")
            celebrate = partial(_celebrated, text=win)
            tell(journal, "ben", START + 2 * HOUR, celebrate)
        at = [START, START + HOUR, START + 3 * HOUR]
        assert_alike(one, other, reader="ana", circle="c1", at=at, ids=PROBED, readings=READINGS)
        with pytest.raises(AssertionError, match="twins that ben cannot tell apart"):
            assert_alike(one, other, reader="ben", circle="c1", at=at)


def test_a_promise_that_passed_tells_nothing_that_was_kept_private() -> None:
    """That ben excused himself, and what he remembers, looks at or would rather not, is nowhere to be seen by ana."""
    with memory() as one, memory() as other:
        for journal, why in ((one, "the train"), (other, "")):
            journal.found(Circle(id="c1", members=(ANA, BEN)), by="ana", at=START)
            tell(journal, "ben", START, partial(_promised, n=0))
            tell(journal, "ana", START + HOUR, partial(_promised, n=0))
            tell(journal, "ana", START + HOUR, partial(_warmly_kept, by="ana"))
            for n in (0, 1, 2) if why else (3,):
                remember(journal, START + (n + 2) * HOUR, n)
            excuse(journal, START + 12 * HOUR, len(why))
        late = START + 20 * HOUR
        at = [START, START + 2 * HOUR, late, START + 9 * 24 * HOUR]
        assert_alike(one, other, reader="ana", circle="c1", at=at, ids=PROBED)
        shown = {at: one.view("ana", circle="c1", at=at).state(Commitment, "k1").listed(WEEK, at=at) for at in at[1:3]}
        assert [len(listed) for listed in shown.values()] == [1, 0]
        with pytest.raises(AssertionError, match="twins that ben cannot tell apart"):
            assert_alike(one, other, reader="ben", circle="c1", at=at)


def test_a_plan_of_ones_own_tells_nothing_that_was_kept_private() -> None:
    """What ben aims for and notes, and how he soothes himself, is nowhere to be seen by ana; what he shares is."""
    with memory() as one, memory() as other:
        for journal, text in ((one, "bed by eleven"), (other, "less sugar")):
            journal.found(Circle(id="c1", members=(ANA, BEN)), by="ana", at=START)
            tell(journal, "ana", START, partial(_well, n=0))
            tell(journal, "ben", START, partial(_well, n=1))
            for n in (3, 4, 5) if text.startswith("bed") else (0,):
                aim(journal, START + n * HOUR, n)
                soothe(journal, START + n * HOUR, n)
            for n in (0, 1, 3, 4, 7):
                learn(journal, START + (6 + n) * HOUR, n)
        at = [START, START + 4 * HOUR, START + 20 * HOUR, START + 9 * 24 * HOUR]
        assert_alike(one, other, reader="ana", circle="c1", at=at, ids=PROBED)
        shown = one.view("ana", circle="c1", at=at[2]).state(WellnessPlan, "w1").shared(of="ben", at=at[2])
        assert shown is not None
        assert shown.help_me == ("x",)
        with pytest.raises(AssertionError, match="twins that ben cannot tell apart"):
            assert_alike(one, other, reader="ben", circle="c1", at=at)


def _warmly_kept(v: View, *, by: str) -> Memory:
    return Memory.keep("the lake", id="m1", circle="c1", by=by, at=v.at, audience=Shared())


def _celebrated(v: View, *, text: str) -> RecoveryWindow:
    return v.state(RecoveryWindow, "t1").celebrate(text, by="ben", at=v.at)


def test_amends_wait_for_nothing_and_tell_nothing_of_who_looked() -> None:
    """Before any answer the author sees the same whether ben never looked, drafted, took his part back or thought."""
    with memory() as one, memory() as other:
        for journal, looked in ((one, False), (other, True)):
            journal.found(Circle(id="c1", members=(ANA, BEN)), by="ana", at=START)
            tell(journal, "ana", START, partial(_amended, n=0))
            tell(journal, "ana", START, _drifted)
            tell(journal, "ana", START, lambda v: v.state(Drift, "d1").own(MyPart(text="mine"), by="ana", at=v.at))
            tell(journal, "ana", START, partial(_card, n=0))
            if looked:
                draft(journal, START + HOUR, 2)
                say(journal, "ben", "n1", START + HOUR, Note(text="not yet"), about="a1")
                own = partial(tell, journal, "ben", START + 2 * HOUR)
                own(lambda v: v.state(Drift, "d1").own(MyPart(text="my part"), by="ben", at=v.at))
                own(lambda v: v.state(Drift, "d1").retract(by="ben", at=v.at))
        at = [START, START + 3 * HOUR, CLOSES, ENDS]
        assert_alike(one, other, reader="ana", circle="c1", at=at, ids=PROBED)
        for journal in (one, other):
            tell(journal, "ben", ENDS, lambda v: v.state(Amends, "a1").answer("Thank you.", by="ben", at=v.at))
        assert_alike(one, other, reader="ana", circle="c1", at=[*at, ENDS], ids=PROBED)
        found = one.view("ana", circle="c1", at=ENDS).state(Amends, "a1")
        assert list(found.answers(at=ENDS)) == ["ben"]


def _drifted(v: View) -> Drift:
    return Drift.over("the move", closes=CLOSES, id="d1", circle="c1", by=v.reader, at=v.at)


@pytest.mark.parametrize("ben_answers", [True, False])
def test_the_telling_twins_are_told_something(ben_answers: bool) -> None:  # noqa: FBT001 - a parameter
    """The history with which leaks are caught holds agreements, check-ins, refusals and, if ben likes, an opening."""
    with memory() as journal:
        told = play(evolve(TELLING, ben_answers=ben_answers), 0, journal)
        assert any("NotYet" in answer for answer in told)
        v = journal.view("ana", circle="c1", at=ENDS)
        assert [p.standing(at=ENDS) for p in v.all(Proposal)] == [Agreed.IN_FORCE, Agreed.IN_FORCE]
        assert (v.state(Reveal, "r1").opened(at=ENDS) is not None) == ben_answers
        assert v.all(CheckInSchedule)[0].counts(Window(START, ENDS), at=ENDS).held == 1
        assert len(secrets_of(journal)) >= 9
        opened = {e.body.text for e in v.entries() if isinstance(e.body, Answered) and e.author == "ben"}
        assert opened == ({"final"} if ben_answers else set())
