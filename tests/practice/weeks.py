"""Weeks of two people for the tests about what helped: ana's own days, and steps that both can see."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

import pendulum

from reconnect.consent.invitation import Invitation
from reconnect.consent.proposal import Proposal
from reconnect.metrics import MOOD, Rating
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.gesture import Gesture
from reconnect.primitives.recovery import TimeOut
from reconnect.record.entry import Audience, Entry, Private
from reconnect.record.kind import Body
from reconnect.record.membership import found, introduce
from reconnect.record.story import Story
from reconnect.record.view import View, look
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

MONDAY: Final = pendulum.datetime(2026, 1, 5, 12)
DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
WEEK: Final = 7 * DAY
EVE: Final = as_instant(MONDAY - 5 * DAY)
ANA: Final = Person(id="ana", zone="America/New_York")
BEN: Final = Person(id="ben", zone="Europe/Paris")
US: Final = Circle(id="c1", members=(ANA, BEN))
FOUNDING: Final = (
    found(US, by="ana", at=EVE),
    *(introduce(person, circle="c1", at=EVE) for person in US.members),
)

# Now and then a week was heavier; after all of these but the third, the next one was as usual.
LEVELS: Final = (4, 4, 2, 4, 4, 2, 4, 4, 2, 2, 4, 4, 4, 2, 4, 4, 2, 4, 4, 2, 4)
HEAVIER: Final = (2, 5, 8, 9, 13, 16, 19)
BETTER: Final = (2, 5, 9, 13, 16, 19)


def in_week(week: int, days: float = 1) -> pendulum.DateTime:
    """Return an instant so many days after the noon of a week's Monday."""
    return as_instant(MONDAY + week * WEEK + days * DAY)


def note(body: Body, at: dt.datetime, id_: str, *, by: str = "ana", audience: Audience | None = None) -> Entry:
    """Return something that was noted, for oneself unless said otherwise."""
    heard = Private() if audience is None else audience
    return Entry(circle="c1", author=by, id=id_, at=as_instant(at), body=body, audience=heard)


def days(levels: Sequence[int | None] = LEVELS, *, by: str = "ana", audience: Audience | None = None) -> list[Entry]:
    """Return a note for every day of some weeks, each week at one level; none in a week without one."""
    return [
        note(Rating.of(MOOD, level), in_week(week, day), f"m{by}{week}.{day}", by=by, audience=audience)
        for week, level in enumerate(levels)
        if level is not None
        for day in range(7)
    ]


def gestures(weeks: Iterable[int], *, by: str = "ben") -> list[Entry]:
    """Return a gesture in each of some weeks."""
    given = (Gesture.give(id=f"g{week}", circle="c1", by=by, at=in_week(week)) for week in weeks)
    return [act for gesture in given for act in gesture.acts]


def agreed(value: Body, id_: str, *, about: str | None = None, at: dt.datetime = EVE, lasts: int = 400) -> Proposal:
    """Let both say yes to something, for a long time."""
    p = Proposal.of(value, id=id_, circle=US, by="ana", at=at, about=about, lasts=lasts * DAY)
    return p.accept(by="ben", offer=p.offer.id, at=as_instant(at))


def evenings(*weekdays: str, held: Iterable[int] = (), weeks: int = 16) -> CheckInSchedule:
    """Return check-ins on some weekdays at eight in Paris, of which those with some numbers took place."""
    first = dt.date(2026, 1, 5)
    rule = Recurrence.weekly(*weekdays, time="20:00", zone="Europe/Paris", starts=first)
    s = CheckInSchedule.of(agreed(Rhythm.of(rule), "p1"), id="s1", by="ana", at=EVE)
    chosen = set(held)
    for place, occurrence in enumerate(s.occurrences(Window(EVE, as_instant(MONDAY + weeks * WEEK)))):
        if place in chosen:
            s = s.hold(occurrence.key, by="ben", at=occurrence.start)
    return s


def invitation(at: dt.datetime) -> Invitation:
    """Return that both said "nudge us"."""
    return Invitation.of(id="i1", circle="c1", by="ana", at=at).renew(by="ben", at=at)


def pause(week: int, *, by: str = "ben") -> TimeOut:
    """Return a time-out in a week, after which its caller came back."""
    called = TimeOut.call(id=f"t{week}", circle="c1", by=by, at=in_week(week))
    return called.returned(by=by, at=as_instant(in_week(week) + HOUR))


def acts(*stories: Story) -> list[Entry]:
    """Return all acts of some stories."""
    return [act for story in stories for act in story.acts]


def seen(entries: Iterable[Entry], *, reader: str = "ana", at: dt.datetime | None = None) -> View:
    """Return somebody's view of what was written, at the end of the weeks unless said otherwise."""
    moment = in_week(len(LEVELS)) if at is None else at
    return look([*FOUNDING, *entries], reader=reader, circle="c1", at=moment)
