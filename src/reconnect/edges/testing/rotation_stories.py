"""Strategies for the stories of turns: around clock changes, with all that people may say, allowed or not."""

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

import pendulum
from attrs import define, evolve, field
from hypothesis import strategies as st

from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.gathered import NEWCOMER, speakers
from reconnect.errors import NotOpen, ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.rotation import Rotation, RotationPlan, Turn, TurnKey
from reconnect.primitives.rotation.acts import (
    Away,
    Back,
    Covered,
    Done,
    LeftTurns,
    PassedOn,
    PlanStated,
    RejoinedTurns,
    TurnsBegun,
    Wished,
    Withdrew,
)
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Joined, Left, Welcomed, found
from reconnect.temporal.instant import as_instant, from_microseconds
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap

__all__ = ["PEOPLE", "plain_handoffs", "rotations", "shared_plans", "turn_moments"]

T = TypeVar("T")

HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)
ROTATION: Final = "r1"
PEOPLE: Final[tuple[str, ...]] = ("ana", "ben", "cleo", "dan")

# Days shortly before clocks change, somewhere: an hour, half an hour, a whole day; and an ordinary one.
_EVES: Final = (
    ("Europe/Paris", dt.date(2026, 3, 27)),
    ("Europe/Paris", dt.date(2026, 10, 23)),
    ("America/New_York", dt.date(2026, 3, 6)),
    ("Australia/Lord_Howe", dt.date(2026, 4, 3)),
    ("Pacific/Apia", dt.date(2011, 12, 28)),
    ("UTC", dt.date(2026, 1, 5)),
)
_NIGHT: Final = (
    "DTSTART;TZID={zone}:{day:%Y%m%d}T020000\nRRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0"  # one instant in spring
)


@st.composite
def plain_handoffs(draw: st.DrawFn, zone: str, day: dt.date) -> Recurrence:
    """Draw handoffs around a clock change, such as people agree on; now and then two of them are one instant."""
    where, starts = draw(st.sampled_from([zone, zone, zone, "UTC"])), day + draw(st.integers(0, 2)) * DAY
    gap = draw(st.sampled_from([Gap.SHIFT, Gap.SHIFT, Gap.SKIP, Gap.FIRST_VALID]))
    if draw(st.integers(0, 3)) == 0:
        return evolve(Recurrence.parse(_NIGHT.format(zone=where, day=starts)), gap=gap)
    time, every = draw(st.sampled_from(["02:00", "02:30", "20:00"])), draw(st.integers(1, 2))
    count = draw(st.sampled_from([None, None, None, 1, 2, 5]))
    made = Recurrence.daily(time=time, zone=where, starts=starts, every=every, count=count, gap=gap)
    if draw(st.integers(0, 3)) == 0:
        made = made.adding(made.start + HOUR)
    return made


@st.composite
def shared_plans(draw: st.DrawFn, people: tuple[str, ...], zone: str, day: dt.date) -> RotationPlan:
    """Draw a plan for some people, most often with handoffs, and with equal weights as often as not."""
    members = draw(st.permutations(people))[: draw(st.integers(2, len(people)))]
    weights = {person: draw(st.integers(1, 4)) for person in members} if draw(st.booleans()) else {}
    handoff = draw(plain_handoffs(zone, day)) if draw(st.integers(0, 3)) else None
    return RotationPlan.of(members, handoff=handoff, weights=weights)


@st.composite
def turn_moments(draw: st.DrawFn, rotation: Rotation) -> pendulum.DateTime:
    """Draw an instant at which something may change in a rotation, one beside it, or one anywhere around."""
    said = [act.at for act in rotation.acts if act.at.year > 1] or [from_microseconds(0)]
    around = list(rotation.turns(Window(as_instant(said[0] - DAY), as_instant(said[-1] + 5 * DAY))))
    edges = [edge for turn in around for edge in (turn.start, turn.end) if edge is not None]
    moment = draw(st.sampled_from([*said, *said[-4:], *edges, as_instant(said[-1] + 9 * DAY)]))
    return as_instant(moment + draw(st.sampled_from([0 * TICK, 0 * TICK, -TICK, TICK, 7 * HOUR, DAY])))


@define
class _History:
    """What has been said so far, and what can happen next."""

    draw: st.DrawFn
    zone: str
    day: dt.date
    people: tuple[str, ...]
    now: pendulum.DateTime
    founding: list[Entry]
    told: Rotation = field(factory=lambda: Rotation(id=ROTATION, circle="c1"))
    offered: int = 0

    def hear(self, *acts: Entry) -> None:
        """Take in what was said; the founding of the circle may have grown, too."""
        self.told = evolve(self.told, acts=(*self.told.acts, *acts), founding=tuple(self.founding))

    def pick(self, *values: T) -> T:
        """Draw one of several values; where there is none, nothing happens."""
        if not values:
            raise NotOpen("anything")
        return self.draw(st.sampled_from(values))

    def someone(self) -> str:
        """Draw one of the people, now and then somebody else."""
        return self.pick(*speakers(self.people))

    def around(self) -> list[Turn]:
        """Return the turns around now."""
        return list(self.told.turns(Window(as_instant(self.now - 2 * DAY), as_instant(self.now + 6 * DAY))))

    def key(self) -> TurnKey:
        """Draw the key of a turn, most often of one that goes on or lies ahead."""
        near = self.around()
        ahead = [turn.key for turn in near if turn.end is None or self.now < turn.end]
        local = dt.datetime.combine(self.day, dt.time(20))
        others = [TurnKey(rotation=ROTATION, ordinal=1), TurnKey(rotation="r2", original_start=local, zone=self.zone)]
        return self.pick(*ahead, *ahead, *[turn.key for turn in near], self.pick(*others))

    def window(self) -> Window:
        """Draw a window that begins or ends with a turn, or beside it."""
        edges = [edge for turn in self.around() for edge in (turn.start, turn.end) if edge is not None]
        start = as_instant(self.pick(self.now, *edges) + self.pick(0 * TICK, -TICK, TICK, HOUR))
        return Window.of(start, self.pick(TICK, HOUR, DAY, 3 * DAY, 30 * DAY))

    def pass_time(self) -> None:
        """Go on, often to the very instant at which a turn begins."""
        edges = [turn.start for turn in self.around() if turn.start >= self.now]
        later = self.pick(*edges[:3], *[as_instant(self.now + step) for step in (HOUR, 9 * HOUR, DAY)])
        self.now = as_instant(later + self.pick(0 * TICK, 0 * TICK, TICK))

    # What is agreed, and how it ends.

    def agree(self, *, surely: bool = False) -> None:
        """Offer a plan to which everyone, or not everyone, says yes; it may lapse soon, or be withdrawn from."""
        self.offered += 1
        name, people = f"p{self.offered}", self.people
        some = people if surely else self.pick(people, people, (*people, NEWCOMER))
        plan, lasts = self.draw(shared_plans(some, self.zone, self.day)), self.pick(90, 90, 3) * DAY
        about = self.pick(ROTATION, ROTATION, None)
        p = Proposal(id=name, circle="c1", founding=tuple(self.founding))
        p = evolve(
            p, acts=Proposal.of(plan, id=name, circle="c1", by="ana", at=self.now, about=about, lasts=lasts).acts
        )
        here = p.membership.at(self.now)
        for person in here[: len(here) if surely else self.pick(len(here), len(here), len(here), 1)]:
            p = p.accept(by=person, offer=p.offer.id, at=self.now)
        if not surely and self.draw(st.integers(0, 4)) == 0:
            p = p.withdraw(by=self.pick(*here), at=as_instant(self.now + self.pick(0 * DAY, DAY, 3 * DAY)))
        self.hear(*p.acts, self.entry(self.pick(*here), TurnsBegun(proposal=name)))

    def leave(self) -> None:
        self.founding.append(self.entry(self.someone(), Left(), about=None))

    # What people say.

    def be_away(self) -> None:
        self.hear(*self.told.away(self.window(), by=self.someone(), at=self.now).acts)

    def come_back(self) -> None:
        """Let somebody come back who said they are away, or take turns again who took none."""
        gone = [act for act in self.told.acts if isinstance(act.body, Away | LeftTurns)]
        act = self.pick(*gone)
        verb = self.told.back if isinstance(act.body, Away) else self.told.join
        self.hear(*verb(by=act.author, at=self.now).acts)

    def swap(self) -> None:
        """Let two people exchange turns, or only one of them wish for it."""
        ahead = [turn for turn in self.around() if turn.start > self.now and turn.holder is not None]
        mine, theirs = self.pick(*ahead), self.pick(*ahead)
        self.hear(*self.told.swap(mine.key, theirs.key, by=str(mine.holder), at=self.now).acts)
        self.now = as_instant(self.now + self.pick(0 * HOUR, HOUR))
        if self.draw(st.booleans()):
            self.hear(*self.told.swap(theirs.key, mine.key, by=str(theirs.holder), at=self.now).acts)

    def hand_on(self) -> None:
        """Let whoever has a turn pass it on, or say that it is done."""
        turn = self.pick(*self.around())
        by = self.pick(str(turn.holder), str(turn.holder), self.someone())
        verb = self.pick(self.told.pass_on, self.told.done, self.told.ask)
        self.hear(*verb(turn.key, by=by, at=self.now).acts)

    def say(self) -> None:
        """Say something as an app would: what is not allowed is refused."""
        story, by, at = self.told, self.someone(), self.now
        verbs: list[Callable[[], Rotation]] = [
            lambda: story.cover(self.key(), by=by, at=at),
            lambda: story.cover(self.key(), by=by, at=at),
            lambda: story.take_back(self.key(), self.key(), by=by, at=at),
            lambda: story.back(by=by, at=at),
            lambda: story.leave(by=by, at=at),
            lambda: story.join(by=by, at=at),
        ]
        self.hear(*self.pick(*verbs)().acts)

    def intrude(self) -> None:
        """Write an act directly, at any time and by anyone: whatever was not allowed must change nothing."""
        one, other = self.key(), self.key()
        bodies: list[Body] = [
            *(Wished(give=one), Wished(give=one, take=other, other=self.someone()), Withdrew(give=one, take=other)),
            *(Covered(turn=one), PassedOn(turn=one), Done(turn=one)),
            *(Away(window=self.window()), Back(), LeftTurns(), RejoinedTurns()),
            *(TurnsBegun(proposal="p1"), PlanStated(plan=RotationPlan(members=("eve", "ana")))),
        ]
        body = self.draw(st.sampled_from(bodies))
        self.hear(self.entry(self.someone(), body, ago=self.pick(0, 0, 3, 30)))

    def entry(self, by: str, body: Body, *, about: str | None = ROTATION, ago: int = 0) -> Entry:
        at, name = as_instant(self.now - ago * HOUR), f"e{len(self.told.acts)}-{len(self.founding)}"
        return Entry(circle="c1", author=by, id=name, at=at, body=body, audience=Shared(), about=about)


@st.composite
def rotations(draw: st.DrawFn, *, agreed: bool = False, steps: int = 10) -> Rotation:
    """Draw the story of a rotation for two to four people, with swaps, absences, new plans, and intruders.

    Args:
        draw: given by hypothesis.
        agreed: it begins on a plan to which everyone said yes, and nobody states one without asking.
        steps: at most so many things happen after the beginning.
    """
    people = PEOPLE[: draw(st.sampled_from([2, 3, 3, 4]))]
    zone, day = draw(st.sampled_from(_EVES))
    now = as_instant(pendulum.datetime(day.year, day.month, day.day, 6))
    circle = Circle(id="c1", members=tuple(Person(id=person, zone=zone) for person in people))
    founding = [found(circle, by="ana", at=from_microseconds(0))]
    history = _History(draw, zone, day, people, now, founding)
    if draw(st.booleans()):
        founding += [history.entry(person, Welcomed(person=NEWCOMER), about=None) for person in people]
        founding.append(history.entry(NEWCOMER, Joined(), about=None, ago=draw(st.sampled_from([0, -20]))))
    history.hear()
    if agreed or draw(st.booleans()):
        history.agree(surely=agreed)
    else:
        plan = draw(shared_plans(people, zone, day))
        history.hear(history.entry(plan.members[0], PlanStated(plan=plan)))
    often = [history.be_away, history.come_back, history.swap, history.hand_on, history.hand_on, history.intrude]
    things = [*3 * [*often, history.say, history.say], history.agree, history.agree, history.leave]
    for _ in range(draw(st.integers(1, steps))):
        if draw(st.integers(0, 2)):
            history.pass_time()
        try:
            draw(st.sampled_from(things))()
        except ReconnectError:
            continue
    history.hear()
    told = history.told
    kept = tuple(act for act in told.acts if not (agreed and isinstance(act.body, PlanStated)))
    return evolve(told, acts=kept)
