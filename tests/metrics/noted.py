"""Two people who note things about their days, for the tests in this folder."""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

import pendulum

from reconnect.metrics import MOOD, Rating, Scale
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Audience, Entry, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import found, introduce
from reconnect.record.view import View, look
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

START: Final = pendulum.datetime(2026, 1, 5, 20)  # a Monday
FIRST: Final = dt.date(2026, 1, 5)
DAY: Final = dt.timedelta(days=1)
NOW: Final = pendulum.datetime(2026, 3, 1)
WITHIN: Final = Window(pendulum.datetime(2026, 1, 5), NOW)
ANA: Final = Person(id="ana", zone="UTC", name="Ana")
BEN: Final = Person(id="ben", zone="UTC", name="Ben")
US: Final = Circle(id="c1", members=(ANA, BEN))
FOUNDING: Final = (
    found(US, by="ana", at=START - DAY),
    *(introduce(person, circle="c1", at=START - DAY) for person in US.members),
)


def note(
    body: Body, day: int, *, by: str = "ana", shared: bool = False, about: str | None = None, id_: str = ""
) -> Entry:
    """Return something that was noted in the evening of a day."""
    audience: Audience = Shared() if shared else Private()
    name = id_ or f"{by}{day}{shared}{type(body).__name__}{getattr(body, 'scale', '')}"
    at = as_instant(START + day * DAY)
    return Entry(circle="c1", author=by, id=name, at=at, body=body, audience=audience, about=about)


def moods(
    numbers: Sequence[int | Fraction | None], *, by: str = "ana", shared: bool = False, scale: Scale = MOOD
) -> tuple[Entry, ...]:
    """Return one answer for each day, and none where there is none."""
    answers = ((day, number) for day, number in enumerate(numbers) if number is not None)
    return tuple(note(Rating.of(scale, number), day, by=by, shared=shared) for day, number in answers)


def view_of(entries: Iterable[Entry], *, reader: str = "ana", at: dt.datetime = NOW) -> View:
    """Return somebody's view of what was written."""
    return look([*FOUNDING, *entries], reader=reader, circle="c1", at=at)
