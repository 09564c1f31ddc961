"""People who agreed on boundaries, for the tests in this folder."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

import pendulum
from attrs import evolve

from reconnect.consent.proposal import Proposal
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.boundary import Baseline, Boundaries
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
NAMES: Final = ("ana", "ben", "cleo")
MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)


def circle(people: int = 2) -> Circle:
    """Return a circle of so many people."""
    return Circle(id="c1", members=tuple(Person(id=name, zone="Europe/Paris") for name in NAMES[:people]))


def agreed(
    rules: Iterable[Body] = (),
    *,
    id: str = "p1",  # noqa: A002 - a proposal's own name for it
    people: int = 2,
    at: dt.datetime = NOW,
    why: str = "",
    lasts: dt.timedelta = 90 * DAY,
) -> Proposal:
    """Return a baseline that everyone said yes to."""
    value = Baseline(rules=tuple(rules))
    p = Proposal.of(value, id=id, circle=circle(people), by="ana", at=at, about="b1", lasts=lasts, why=why)
    for name in NAMES[1:people]:
        p = p.accept(by=name, offer=p.offer.id, at=at)
    return p


def begin(
    rules: Iterable[Body] = (), *, at: dt.datetime = NOW, people: int = 2, lasts: dt.timedelta = 90 * DAY
) -> Boundaries:
    """Return boundaries with a baseline that everyone said yes to and keeps in their own words."""
    p = agreed(rules, at=at, people=people, lasts=lasts)
    b = Boundaries.agree(p, id="b1", by="ana", at=at)
    for name in NAMES[1:people]:
        b = b.uphold(by=name, at=at)
    return b


def knowing(b: Boundaries, p: Proposal) -> Boundaries:
    """Return the boundaries with what was said in a proposal about them."""
    return merge(b, Boundaries(id=b.id, circle=b.circle, acts=p.acts, founding=p.founding))


def add(b: Boundaries, body: Body, *, by: str, at: dt.datetime, id: str = "x1") -> Boundaries:  # noqa: A002 - an entry's own name
    """Return the boundaries with an act that no verb looked at."""
    act = Entry(circle="c1", author=by, id=id, at=as_instant(at), body=body, audience=Shared(), about=b.id)
    return evolve(b, acts=(*b.acts, act))
