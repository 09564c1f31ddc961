"""Strategies for the stories of check-ins: around clock changes, with all that people may say, allowed or not."""

import datetime as dt
from collections.abc import Callable
from typing import Final

import pendulum
from attrs import define, field
from hypothesis import strategies as st

from reconnect.consent.proposal import Proposal
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

MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)
SCHEDULE: Final = "s1"
OUTSIDER: Final = "eve"
NEWCOMER: Final = "fay"

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
    first = schedule.acts[0].at if schedule.acts else from_microseconds(0)
    said = [act.at for act in schedule.acts]
    around = list(schedule.occurrences(Window(as_instant(first - DAY), as_instant(first + 12 * DAY))))
    edges = [edge for o in around for edge in (o.window.start, o.start, o.window.end)]
    until = [end for at in said if (end := schedule.until(at=at)) is not None]
    moment = draw(st.sampled_from([first, *said, *edges, *until]))
    return as_instant(moment + draw(st.sampled_from([0 * TICK, 0 * TICK, -TICK, TICK, 7 * MINUTE, DAY])))


@define
class _History:
    """What has been said so far, and what can be said next."""

    draw: st.DrawFn
    zone: str
    day: dt.date
    people: tuple[str, ...]
    now: pendulum.DateTime
    founding: list[Entry]
    proposals: dict[str, Proposal] = field(factory=dict[str, Proposal])
    own: list[Entry] = field(factory=list[Entry])
    told: CheckInSchedule = field(factory=lambda: CheckInSchedule(id=SCHEDULE, circle="c1"))

    def story(self) -> CheckInSchedule:
        acts = [*self.own, *(act for p in self.proposals.values() for act in p.acts)]
        told = CheckInSchedule(id=SCHEDULE, circle="c1", acts=tuple(acts), founding=tuple(self.founding))
        if told != self.told:
            self.told = told
        return self.told

    def someone(self) -> str:
        return self.draw(st.sampled_from([*self.people, *self.people, NEWCOMER, OUTSIDER]))

    def rhythm(self) -> Rhythm:
        recurring = st.lists(_evenings(self.zone, self.day), min_size=1, max_size=3, unique=True)
        early, late = self.draw(st.sampled_from(_ROOMS))
        return Rhythm.of(*self.draw(recurring), early=early, late=late)

    def around(self) -> list[Occurrence]:
        return list(self.story().occurrences(Window(as_instant(self.now - DAY), as_instant(self.now + 2 * DAY))))

    def key(self) -> OccurrenceKey:
        """Draw a check-in: most often one nearby, sometimes one that was spoken of, or that may be nowhere."""
        near = sorted(self.around(), key=lambda o: (abs(o.start - self.now), o.key))
        known = [occurrence.key for occurrence in near[:3] for _ in range(4)]
        known += [act.body.key for act in self.own if isinstance(act.body, Held | LetGo | Moved | Rainchecked)]
        local = dt.datetime.combine(self.day, dt.time(20)) + self.draw(st.integers(0, 5)) * DAY
        known.append(OccurrenceKey(schedule=SCHEDULE, original_start=local, zone=self.zone))
        return self.draw(st.sampled_from(known))

    def time(self) -> pendulum.DateTime:
        """Draw a new time: soon, one that someone wished for, or one that has passed."""
        wished = [act.body.to for act in self.own if isinstance(act.body, Moved | Rainchecked)]
        hours = self.draw(st.sampled_from([24, 5, 1, 50, 0, -1]))
        return self.draw(st.sampled_from([as_instant(self.now + hours * HOUR), *wished, *wished]))

    def window(self) -> Window:
        start = self.now + self.draw(st.sampled_from([0 * HOUR, HOUR, DAY, -HOUR]))
        return Window.of(start, self.draw(st.sampled_from([DAY, 3 * DAY, HOUR, TICK])))

    def pass_time(self) -> None:
        """Go on to an instant at which something may change, one beside it, or none."""
        edges = [e for o in self.around() for e in (o.window.start, o.start, o.window.end) if e > self.now]
        moment = self.draw(st.sampled_from([*sorted(edges)[:4], *edges, self.now]))
        self.now = as_instant(moment + self.draw(st.sampled_from([0 * TICK, 0 * TICK, TICK, 5 * MINUTE, 9 * HOUR])))

    def propose(self) -> None:
        name, by = f"p{len(self.proposals) + 1}", self.draw(st.sampled_from(self.people))
        about = self.draw(st.sampled_from([SCHEDULE, SCHEDULE, None, "s2"])) if self.proposals else None
        lasts = self.draw(st.sampled_from([90 * DAY, 90 * DAY, 90 * DAY, 2 * DAY, 9 * HOUR]))
        p = Proposal.of(self.rhythm(), id=name, circle="c1", by=by, at=self.now, about=about, lasts=lasts)
        self.proposals[name] = Proposal(id=name, circle="c1", acts=p.acts, founding=tuple(self.founding))

    def proposal(self) -> Proposal:
        return self.proposals[self.draw(st.sampled_from(sorted(self.proposals)))]

    def agree(self) -> None:
        """Let everyone, or only the first, say yes to an offer."""
        p = self.proposal()
        self.say_yes(p, p.offer.people[: self.draw(st.sampled_from([5, 5, 5, 1]))])

    def say_yes(self, p: Proposal, people: tuple[str, ...]) -> None:
        for person in people:
            self.proposals[p.id] = p = p.accept(by=person, offer=p.offer.id, at=self.now)

    def counter(self) -> None:
        p, by = self.proposal(), self.someone()
        lasts = self.draw(st.sampled_from([90 * DAY, 2 * DAY]))
        told = p.counter(by=by, offer=p.offer.id, value=self.rhythm(), at=self.now, lasts=lasts)
        self.proposals[p.id] = told

    def withdraw(self) -> None:
        p = self.proposal()
        self.proposals[p.id] = p.withdraw(by=self.someone(), at=self.now)

    def begin(self) -> None:
        self.set_up(self.proposal(), by=self.someone())

    def set_up(self, p: Proposal, *, by: str) -> None:
        told = CheckInSchedule.of(p, id=SCHEDULE, by=by, at=self.now)
        self.own += [act for act in told.acts if act.about == SCHEDULE]

    def leave(self) -> None:
        self.founding.append(self.entry(self.someone(), Left(), about=None))

    def say(self) -> None:
        """Say something about the schedule as an app would: what is not allowed is refused."""
        story, by, at = self.story(), self.someone(), self.now
        verbs: dict[str, Callable[[], CheckInSchedule]] = {
            "hold": lambda: story.hold(self.key(), by=by, at=at),
            "hold after all": lambda: story.hold(self.key(), by=by, at=at),
            "hold late": lambda: story.hold(self.key(), by=by, at=at, when=self.time()),
            "skip": lambda: story.skip(self.key(), by=by, at=at),
            "move": lambda: story.move(self.key(), self.time(), by=by, at=at),
            "raincheck": lambda: story.raincheck(self.key(), self.time(), by=by, at=at),
            "pause": lambda: story.pause(self.window(), by=by, at=at),
            "resume": lambda: story.resume(by=by, at=at),
            "felt": lambda: story.felt(self.key(), constructive=3, by=by, at=at),
        }
        told = verbs[self.draw(st.sampled_from(sorted(verbs)))]()
        self.own += [act for act in told.acts if act.about == SCHEDULE]

    def meet_elsewhere(self) -> None:
        """Let everyone say yes to another time, with or without a raincheck first."""
        key, to = self.key(), self.time()
        firsts: list[Body] = [Rainchecked(key=key, to=to), Moved(key=key, to=to)]
        self.own.append(self.entry(self.people[0], self.draw(st.sampled_from(firsts)), about=SCHEDULE))
        for person in self.people[1:]:
            self.own.append(self.entry(person, Moved(key=key, to=to), about=SCHEDULE))

    def stop(self) -> None:
        self.own += self.story().stop(by=self.someone(), at=self.now).acts

    def intrude(self) -> None:
        """Write an act directly, at any time and by anyone: whatever was not allowed must change nothing."""
        key, to = self.key(), self.draw(st.sampled_from([self.time(), self.time(), _END, _BEGINNING]))
        bodies: list[Body] = [
            *(Scheduled(proposal=name) for name in [*self.proposals, "p9"]),
            Held(key=key),
            Held(key=key, when=to),
            LetGo(key=key),
            Moved(key=key, to=to),
            Rainchecked(key=key, to=to),
            Paused(window=self.window()),
            Resumed(),
            Stopped(),
            Felt(key=key, constructive=1),
        ]
        body: Body = self.draw(st.sampled_from(bodies))
        ago = self.draw(st.sampled_from([0, 0, 3, 30]))
        self.own.append(self.entry(self.someone(), body, about=SCHEDULE, ago=ago))

    def entry(self, by: str, body: Body, *, about: str | None, ago: int = 0) -> Entry:
        audience = Private() if isinstance(body, Felt) else Shared()
        at = as_instant(self.now - ago * HOUR)
        name = f"e{len(self.own)}-{len(self.founding)}"
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
    history.say_yes(history.proposals["p1"], people)
    history.set_up(history.proposals["p1"], by=people[0])
    seldom = [history.propose, history.agree, history.counter, history.withdraw, history.begin, history.stop]
    things = [history.say] * 12 + [history.meet_elsewhere] * 6 + [history.intrude] * 4 + seldom + [history.leave]
    for _ in range(draw(st.integers(0, steps))):
        if draw(st.integers(0, 2)):
            history.pass_time()
        try:
            draw(st.sampled_from(things))()
        except ReconnectError:
            continue
    return history.story()
