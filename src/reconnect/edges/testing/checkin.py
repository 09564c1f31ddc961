"""Strategies for the stories of check-ins: around clock changes, with all that people may say, allowed or not."""

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

import pendulum
from attrs import define, evolve, field
from hypothesis import strategies as st

from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.gathered import NEWCOMER, speakers
from reconnect.errors import ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin.acts import (
    Felt,
    Held,
    LetGo,
    Moved,
    Paused,
    Rainchecked,
    Resumed,
    Scheduled,
    Stopped,
)
from reconnect.primitives.checkin.occurrence import Occurrence, OccurrenceKey
from reconnect.primitives.checkin.rhythm import Rhythm
from reconnect.primitives.checkin.schedule import CheckInSchedule
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Joined, Left, Welcomed, found
from reconnect.temporal.instant import as_instant, from_microseconds
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap

__all__ = ["moments", "schedules"]

T = TypeVar("T")

MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)
SCHEDULE: Final = "s1"

# Days shortly before clocks change, somewhere: an hour, half an hour, a whole day.
_EVES: Final = (
    ("Europe/Paris", dt.date(2026, 3, 27)),
    ("Europe/Paris", dt.date(2026, 10, 23)),
    ("America/New_York", dt.date(2026, 3, 6)),
    ("America/New_York", dt.date(2026, 10, 30)),
    ("Australia/Lord_Howe", dt.date(2026, 4, 3)),
    ("Australia/Lord_Howe", dt.date(2026, 10, 2)),
    ("Pacific/Apia", dt.date(2011, 12, 28)),
    ("UTC", dt.date(2026, 1, 5)),
)
_TIMES: Final = ("02:00", "02:30", "03:00", "20:00")
_ROOMS: Final = ((15 * MINUTE, 2 * HOUR), (0 * MINUTE, 15 * MINUTE), (2 * HOUR, HOUR), (HOUR, DAY))


@st.composite
def _evenings(draw: st.DrawFn, zone: str, day: dt.date) -> Recurrence:
    """Draw a plain recurrence around a clock change, such as people agree on."""
    time, every = draw(st.sampled_from(_TIMES)), draw(st.integers(1, 2))
    where = draw(st.sampled_from([zone, zone, "Europe/Berlin", "UTC"]))
    starts = day + draw(st.integers(0, 2)) * DAY
    gap = draw(st.sampled_from([Gap.SHIFT, Gap.SHIFT, Gap.SKIP]))
    if draw(st.booleans()):
        return Recurrence.daily(time=time, zone=where, starts=starts, every=every, gap=gap)
    days = draw(st.sets(st.sampled_from(["MO", "WE", "FR", "SA", "SU"]), min_size=1))
    return Recurrence.weekly(*sorted(days), time=time, zone=where, starts=starts, every=every, gap=gap)


@st.composite
def moments(draw: st.DrawFn, schedule: CheckInSchedule) -> pendulum.DateTime:
    """Draw an instant at which something may change for a schedule, one beside it, or one anywhere around."""
    said = [act.at for act in schedule.acts] or [from_microseconds(0)]
    around = list(schedule.occurrences(Window(as_instant(said[0] - DAY), as_instant(said[-1] + 3 * DAY))))
    edges = [edge for o in around for edge in (o.window.start, o.start, o.window.end)]
    moment = draw(st.sampled_from([*said, *said[-4:], *edges, as_instant(said[-1] + 9 * DAY)]))
    return as_instant(moment + draw(st.sampled_from([0 * TICK, 0 * TICK, -TICK, TICK, 7 * MINUTE, DAY])))


@define
class _History:
    """What has been said so far, and what can happen next."""

    draw: st.DrawFn
    zone: str
    day: dt.date
    people: tuple[str, ...]
    now: pendulum.DateTime
    founding: list[Entry]
    proposals: dict[str, Proposal] = field(factory=dict[str, Proposal])
    told: CheckInSchedule = field(factory=lambda: CheckInSchedule(id=SCHEDULE, circle="c1"))

    def hear(self, *acts: Entry) -> None:
        """Take in what was said; the founding of the circle may have grown, too."""
        known = {*self.told.acts, *(act for p in self.proposals.values() for act in p.acts)}
        told = evolve(self.told, acts=(*known, *acts), founding=tuple(self.founding))
        if told != self.told:  # else it keeps what it has worked out already
            self.told = told

    def pick(self, *values: T) -> T:
        return self.draw(st.sampled_from(values))

    def someone(self) -> str:
        """Draw one of the people, now and then somebody else."""
        return self.pick(*speakers(self.people))

    def around(self) -> list[Occurrence]:
        """Return the check-ins nearby: those that have not passed first, and of these the nearest."""
        days = Window(as_instant(self.now - DAY), as_instant(self.now + 4 * DAY))
        found = self.told.occurrences(days)
        return sorted(found, key=lambda o: (o.window.end <= self.now, abs(o.start - self.now), o.key))

    def key(self) -> OccurrenceKey:
        """Draw a check-in: most often one nearby, sometimes one that was spoken of, or that may be nowhere."""
        known = [occurrence.key for occurrence in self.around()[:3] for _ in range(6)]
        known += [act.body.key for act in self.told.acts if isinstance(act.body, Held | LetGo | Moved | Rainchecked)]
        local = dt.datetime.combine(self.day, dt.time(20)) + self.draw(st.integers(0, 5)) * DAY
        return self.pick(*known, OccurrenceKey(schedule=SCHEDULE, original_start=local, zone=self.zone))

    def time(self) -> pendulum.DateTime:
        """Draw a new time: soon, one that someone wished for, or one that has passed."""
        wished = [act.body.to for act in self.told.acts if isinstance(act.body, Moved | Rainchecked)]
        soon = self.pick(*(as_instant(self.now + hours * HOUR) for hours in (24, 24, 5, 5, 1, 50, 0, -1)))
        return self.pick(soon, soon, *wished)

    def window(self) -> Window:
        start = self.now + self.pick(0 * HOUR, HOUR, DAY, -HOUR)
        return Window.of(start, self.pick(DAY, 3 * DAY, HOUR, TICK))

    def rhythm(self) -> Rhythm:
        recurring = st.lists(_evenings(self.zone, self.day), min_size=1, max_size=3, unique=True)
        early, late = self.pick(*_ROOMS)
        if self.told.rhythm is not None and self.draw(st.booleans()):  # the same hours with another room
            return Rhythm.of(*self.told.rhythm.recurrences, early=early, late=late)
        return Rhythm.of(*self.draw(recurring), early=early, late=late)

    def pass_time(self) -> None:
        """Go on to an instant at which something may change, or one beside it."""
        edges = sorted(e for o in self.around() for e in (o.window.start, o.start, o.window.end) if e > self.now)
        later = self.pick(0 * TICK, 0 * TICK, TICK, 5 * MINUTE, 9 * HOUR)
        self.now = as_instant(self.pick(*edges[:5], *edges, as_instant(self.now + HOUR)) + later)

    # What was agreed.

    def propose(self) -> None:
        name, by = f"p{len(self.proposals) + 1}", self.pick(*self.people)
        about = self.pick(SCHEDULE, SCHEDULE, SCHEDULE, SCHEDULE, None, "s2") if self.proposals else None
        lasts = self.pick(90 * DAY, 90 * DAY, 90 * DAY, 2 * DAY, 9 * HOUR)
        p = Proposal.of(self.rhythm(), id=name, circle="c1", by=by, at=self.now, about=about, lasts=lasts)
        self.proposals[name] = Proposal(id=name, circle="c1", acts=p.acts, founding=tuple(self.founding))

    def agree(self) -> None:
        """Let everyone, or now and then only the first, say yes to the newest offer."""
        p = self.proposals[f"p{len(self.proposals)}"]
        for person in p.offer.people[: self.pick(5, 5, 5, 1)]:
            self.proposals[p.id] = p = p.accept(by=person, offer=p.offer.id, at=self.now)

    def edit(self) -> None:
        self.propose()
        self.agree()

    def counter(self) -> None:
        p, by = self.pick(*self.proposals.values()), self.someone()
        told = p.counter(by=by, offer=p.offer.id, value=self.rhythm(), at=self.now, lasts=self.pick(90 * DAY, 2 * DAY))
        self.proposals[p.id] = told

    def withdraw(self) -> None:
        p = self.pick(*self.proposals.values())
        self.proposals[p.id] = p.withdraw(by=self.someone(), at=self.now)

    def begin(self) -> None:
        p = self.pick(*self.proposals.values())
        self.hear(*CheckInSchedule.of(p, id=SCHEDULE, by=self.someone(), at=self.now).acts)

    def leave(self) -> None:
        self.founding.append(self.entry(self.someone(), Left(), about=None))

    def stop(self) -> None:
        self.hear(*self.told.stop(by=self.someone(), at=self.now).acts)

    # What happens to one check-in.

    def meet(self) -> None:
        """Go on to the next check-in, as people put it, and hold it there, now or told a little later."""
        near = self.around()[:2]
        if not near:
            return
        there = self.pick(*near)
        when = self.pick(there.window.start, there.start, as_instant(there.window.end - TICK))
        self.now = max(self.now, as_instant(when + self.pick(0 * HOUR, 0 * HOUR, 3 * HOUR)))
        self.hear(*self.told.hold(there.key, by=self.someone(), at=self.now, when=min(when, self.now)).acts)

    def meet_elsewhere(self) -> None:
        """Let everyone, or all but one, say yes to another time, with or without a raincheck first."""
        key, to = self.key(), self.time()
        moved: Body = Moved(key=key, to=to)
        first: Body = Rainchecked(key=key, to=to) if self.draw(st.booleans()) else moved
        people = self.people[: self.pick(4, 4, len(self.people) - 1)]
        for person, body in zip(people, [first, moved, moved, moved], strict=False):
            self.hear(self.entry(person, body, about=SCHEDULE))

    def pause(self) -> None:
        self.hear(*self.told.pause(self.window(), by=self.someone(), at=self.now).acts)

    def say(self) -> None:
        """Say something about the schedule as an app would: what is not allowed is refused."""
        story, by, at = self.told, self.someone(), self.now
        verbs: list[Callable[[], CheckInSchedule]] = [
            lambda: story.hold(self.key(), by=by, at=at),
            lambda: story.hold(self.key(), by=by, at=at, when=self.time()),
            lambda: story.skip(self.key(), by=by, at=at),
            lambda: story.move(self.key(), self.time(), by=by, at=at),
            lambda: story.raincheck(self.key(), self.time(), by=by, at=at),
            lambda: story.resume(by=by, at=at),
            lambda: story.felt(self.key(), constructive=3, by=by, at=at),
        ]
        self.hear(*self.pick(*verbs)().acts)

    def intrude(self) -> None:
        """Write an act directly, at any time and by anyone: whatever was not allowed must change nothing."""
        key, to = self.key(), self.pick(self.time(), self.time(), _END, _BEGINNING)
        bodies: list[Body] = [
            *(Scheduled(proposal=name) for name in [*self.proposals, "p9"]),
            *(Held(key=key), Held(key=key, when=to), LetGo(key=key)),
            *(Moved(key=key, to=to), Rainchecked(key=key, to=to)),
            *(Paused(window=self.window()), Resumed(), Stopped(), Felt(key=key, constructive=1)),
        ]
        body = self.draw(st.sampled_from(bodies))
        self.hear(self.entry(self.someone(), body, about=SCHEDULE, ago=self.pick(0, 0, 3, 30)))

    def entry(self, by: str, body: Body, *, about: str | None, ago: int = 0) -> Entry:
        audience = Private() if isinstance(body, Felt) else Shared()
        at, name = as_instant(self.now - ago * HOUR), f"e{len(self.told.acts)}-{len(self.founding)}"
        return Entry(circle="c1", author=by, id=name, at=at, body=body, audience=audience, about=about)


_END: Final = as_instant(pendulum.datetime(9999, 12, 31, 23, 59, 59))
_BEGINNING: Final = as_instant(pendulum.datetime(1, 1, 1))


@st.composite
def schedules(draw: st.DrawFn, *, steps: int = 14) -> CheckInSchedule:
    """Draw the story of a schedule for two to four people, with moves, pauses, stops, new versions, and intruders.

    Args:
        draw: given by hypothesis.
        steps: at most so many things happen after the first agreement.
    """
    people = ("ana", "ben", "cleo", "dan")[: draw(st.sampled_from([2, 2, 3, 4]))]
    zone, day = draw(st.sampled_from(_EVES))
    now = as_instant(pendulum.datetime(day.year, day.month, day.day, 6))
    circle = Circle(id="c1", members=tuple(Person(id=person, zone=zone) for person in people))
    founding = [found(circle, by="ana", at=from_microseconds(0))]
    history = _History(draw, zone, day, people, now, founding)
    if draw(st.booleans()):
        founding += [history.entry(person, Welcomed(person=NEWCOMER), about=None) for person in people]
        founding.append(history.entry(NEWCOMER, Joined(), about=None, ago=-20))
    history.propose()
    p = history.proposals["p1"]
    for person in people:
        history.proposals["p1"] = p = p.accept(by=person, offer=p.offer.id, at=now)
    history.hear(*CheckInSchedule.of(p, id=SCHEDULE, by=people[0], at=now).acts)
    seldom = [history.propose, history.agree, history.counter, history.withdraw, history.begin, history.stop]
    often = [history.meet, history.say, history.say, history.meet_elsewhere, history.meet_elsewhere]
    things = [*4 * often, *4 * [history.edit, history.pause, history.intrude], *seldom, history.leave]
    for _ in range(draw(st.integers(1, steps))):
        if draw(st.integers(0, 2)):
            history.pass_time()
        try:
            draw(st.sampled_from(things))()
        except ReconnectError:
            continue
        history.hear()
    return history.told
