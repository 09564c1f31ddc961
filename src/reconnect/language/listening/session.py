"""A session is what the acts of a story of listening come to: one fold, instant by instant, the same for everyone."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import groupby
from typing import Final, Self, TypeAlias

import pendulum
from attrs import evolve, frozen

from reconnect.language.listening.acts import (
    AskedToListen,
    ListeningPaused,
    ListeningStopped,
    NotThen,
    StepTaken,
    TimeSuits,
    WentOn,
    WordsNotWanted,
    WordsWanted,
)
from reconnect.language.listening.floor import Floor, floor_at, following
from reconnect.language.listening.form import ListeningForm, Step
from reconnect.people.circle import FEWEST
from reconnect.record.entry import Entry
from reconnect.record.membership import Membership
from reconnect.temporal.elapsed import elapsed

__all__ = ["ACTS", "Session", "Stage", "sessions"]

STANDS: Final = dt.timedelta(hours=1)  # ours, no study: a yes to "now" is one to this hour, not to the next day

# At one instant in this order: when to talk and what is kept, then the steps, and then who pauses or stops. So nobody
# loses a step that they took at the very instant of somebody's break, and the break has the final word.
ACTS: Final = (
    AskedToListen,
    TimeSuits,
    NotThen,
    WentOn,
    WordsWanted,
    WordsNotWanted,
    StepTaken,
    ListeningPaused,
    ListeningStopped,
)
_STEPS: Final = ACTS.index(StepTaken)


class Stage(Enum):
    """How a session stands."""

    ASKED = "asked"
    """Not everyone has said yes to one time yet, or the time passed and nobody began."""
    AHEAD = "ahead"
    """Everyone said yes to a time that has not come yet."""
    OPEN = "open"
    """Somebody has the floor."""
    PAUSED = "paused"
    """Somebody needs a break; the talk waits where it is."""
    STOPPED = "stopped"
    """Somebody ended it, or is no longer there."""
    HEARD = "heard"
    """Everyone had all their turns."""


@frozen(kw_only=True)
class Session:
    """The fold so far.

    Attributes:
        people: whom it concerns, in the order of their turns.
        form: how it goes.
        topic: the key of what it is about, if it was named.
        ends: when somebody leaves, or the circle ends.
        times: the time that each person said yes to last; `None` for "not then".
        opens: since when, or from when on, everyone's yes to one time lets it begin.
        head: the step that the next one follows.
        began: whether anyone has spoken.
        turn: the number of the turn.
        step: what comes next in it.
        away: who needs a break.
        stopped: whether somebody ended it.
        wanted: who would like the words to be kept.
    """

    people: tuple[str, ...]
    form: ListeningForm
    topic: str | None
    ends: pendulum.DateTime | None
    times: Mapping[str, pendulum.DateTime | None]
    head: str
    opens: pendulum.DateTime | None = None
    began: bool = False
    turn: int = 0
    step: Step = Step.SPEAK
    away: frozenset[str] = frozenset()
    stopped: bool = False
    wanted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, act: Entry, body: AskedToListen, membership: Membership) -> Self:
        """Begin with a question for a time; its author has the first turn, then it goes by the order of the circle."""
        here = membership.at(act.at)
        place = here.index(act.author) if act.author in here else 0
        left = [stay.until for stay in membership.stays if stay.covers(act.at)]
        alone = act.at if membership.stays and len(here) < FEWEST else None
        ends = [end for end in (*left, membership.ended, alone) if end is not None]
        return cls(
            people=(*here[place:], *here[:place]),
            form=body.form,
            topic=body.topic,
            ends=min(ends, default=None),
            times={act.author: max(body.start, act.at)},
            head=act.content,
        )

    @property
    def floor(self) -> Floor | None:
        """Whose turn it is, or `None` once every turn is over."""
        return floor_at(self.form, self.people, self.turn, self.step) if self.is_together else None

    @property
    def is_together(self) -> bool:
        """Whether there are people who could listen to each other; while the circle is not known, nobody can."""
        return len(self.people) >= FEWEST

    @property
    def keeps(self) -> bool:
        """Whether everyone would like the words to be kept."""
        return bool(self.people) and self.wanted.issuperset(self.people)

    @property
    def lapses(self) -> pendulum.DateTime | None:
        """When the agreed time has passed unless somebody begins."""
        return None if self.began or self.opens is None else elapsed(self.opens, STANDS)

    def stage(self, at: pendulum.DateTime) -> Stage:
        """Tell how it stands at an instant, if nobody says anything until then."""
        if self.stopped:
            return Stage.STOPPED
        if self.is_together and self.turn >= len(self.people) * len(self.form.rounds):
            return Stage.HEARD
        if self.ends is not None and self.ends <= at:
            return Stage.STOPPED
        if self.away:
            return Stage.PAUSED
        if self.opens is None or (self.lapses is not None and self.lapses <= at):
            return Stage.ASKED
        return Stage.AHEAD if at < self.opens else Stage.OPEN

    def is_over(self, at: pendulum.DateTime) -> bool:
        """Tell whether nothing more can be said in it."""
        return self.stage(at) in {Stage.STOPPED, Stage.HEARD}

    def told(self, act: Entry) -> Self:  # noqa: PLR0911 - one case for each act is the clearest table
        """Carry one act that is no step of a turn into the session; what was not allowed then changes nothing."""
        by, at = act.author, act.at
        if self.people and by not in self.people:
            return self
        match act.body:
            case TimeSuits(start=start) if at < elapsed(start, STANDS):
                return self._at(by, start, at)
            case NotThen(start=start):
                return self._at(by, start if start is not None and start >= at else None, at)
            case WentOn():
                return evolve(self, away=self.away - {by})
            case ListeningPaused():
                return evolve(self, away=self.away | {by})
            case ListeningStopped():
                return evolve(self, stopped=True)
            case WordsWanted():
                return evolve(self, wanted=self.wanted | {by})
            case WordsNotWanted():
                return evolve(self, wanted=self.wanted - {by})
            case _:
                return self

    def taken(self, act: Entry, body: StepTaken) -> Self:
        """Carry one step into the session; one that follows another step, or is somebody else's, changes nothing."""
        floor = self.floor
        if floor is None or self.stage(act.at) is not Stage.OPEN or body.follows != self.head:
            return self
        if act.author != floor.person or body.word not in floor.words:
            return self
        step = following(self.form.rounds[floor.turn // len(self.people)], self.step, body.word)
        turn, step = (self.turn + 1, Step.SPEAK) if step is None else (self.turn, step)
        return evolve(self, head=act.content, began=True, turn=turn, step=step)

    def _at(self, by: str, start: pendulum.DateTime | None, at: pendulum.DateTime) -> Self:
        """Note one person's word about the time; once somebody has spoken, the time is past discussing."""
        if self.began:
            return self
        times = {**self.times, by: start}
        said = [times.get(person) for person in self.people]
        agreed = self.is_together and said == len(said) * [start]
        return evolve(self, times=times, opens=max(start, at) if agreed and start is not None else None)


Moment: TypeAlias = tuple[pendulum.DateTime, Session, tuple[Entry, ...]]


def sessions(told: Iterable[Entry], membership: Membership) -> tuple[Moment, ...]:
    """Fold the acts of a session, in the order in which folds read them: how it stood after each instant.

    Beside each session stand the steps of that instant that count, and whose words everyone wanted to be kept.
    """
    session: Session | None = None
    found: list[Moment] = []
    ranked = sorted(((act.at, _rank(act), act) for act in told), key=lambda said: said[:2])
    for at, said in groupby(ranked, key=lambda said: said[0]):
        ranks = [(rank, act) for _, rank, act in said]
        acts = [act for _, act in ranks]
        if session is not None and session.is_over(at):
            break
        session = session or _asked(acts, membership)
        if session is None:
            continue
        for rank, act in ranks:
            session = session.told(act) if rank < _STEPS else session
        session, lines = _talked(session, acts)
        for rank, act in ranks:
            session = session.told(act) if rank > _STEPS else session
        found.append((at, session, lines))
    return tuple(found)


def _asked(acts: Sequence[Entry], membership: Membership) -> Session | None:
    """Begin with the first question for a time, if there is one."""
    asked = ((act, act.body) for act in acts if isinstance(act.body, AskedToListen))
    return next((Session.of(act, body, membership) for act, body in asked), None)


def _talked(session: Session, acts: Sequence[Entry]) -> tuple[Session, tuple[Entry, ...]]:
    """Take the steps of one instant, each after the one that it follows, in whatever order they stand."""
    after: dict[str, list[tuple[Entry, StepTaken]]] = {}
    for act in acts:
        if isinstance(act.body, StepTaken):
            after.setdefault(act.body.follows, []).append((act, act.body))
    lines: list[Entry] = []
    head = None
    while head != session.head:
        head = session.head
        for act, body in after.get(head, ()):
            if session.head == head:
                session = session.taken(act, body)
                lines += [act] if session.head != head and session.keeps else []
    return session, tuple(lines)


def _rank(act: Entry) -> int:
    return next(rank for rank, body in enumerate(ACTS) if isinstance(act.body, body))
