"""Circles around a moment, and acts in them: what the stories that people draw for tests have in common."""

from collections.abc import Callable, Sequence
from typing import Final

import pendulum
from hypothesis import strategies as st

from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Audience, Entry, Private, Shared
from reconnect.record.kind import Body, Heard, heard_of
from reconnect.record.membership import Joined, Left, Welcomed, found
from reconnect.temporal.instant import from_microseconds

__all__ = ["NEWCOMER", "OUTSIDER", "gatherings", "said_by", "speakers"]

NEWCOMER: Final = "fay"
OUTSIDER: Final = "eve"
_PEOPLE: Final = ("ana", "ben", "cleo", "dan")

Coming = Callable[[pendulum.DateTime], st.SearchStrategy[pendulum.DateTime]]


def said_by(
    author: str, name: str, at: pendulum.DateTime, body: Body, about: str | None, *, audience: Audience | None = None
) -> Entry:
    """Return an act as its author wrote it, for those who may hear its kind unless said otherwise."""
    heard = Private() if heard_of(body) is Heard.PRIVATE else Shared()
    ident = name if about is None else f"{about}-{name}"
    return Entry(circle="c1", author=author, id=ident, at=at, body=body, audience=audience or heard, about=about)


def speakers(people: tuple[str, ...]) -> tuple[str, ...]:
    """Return who may speak: most often one of the people, now and then a newcomer, or somebody from elsewhere."""
    return (*people, *people, *people, NEWCOMER, OUTSIDER)


@st.composite
def gatherings(
    draw: st.DrawFn, eves: Sequence[pendulum.DateTime], sizes: Sequence[int], coming: Coming
) -> tuple[pendulum.DateTime, tuple[Entry, ...], tuple[str, ...]]:
    """Draw an eve, a circle around it, and its people; now and then someone leaves or joins, or nobody is known.

    Args:
        draw: how hypothesis draws.
        eves: moments at which everything begins.
        sizes: how many people there can be.
        coming: when someone may leave or join after an eve.
    """
    eve, people = draw(st.sampled_from(eves)), _PEOPLE[: draw(st.sampled_from(sizes))]
    circle = Circle(id="c1", members=tuple(Person(id=person, zone="UTC") for person in people))
    founding = [found(circle, by="ana", at=from_microseconds(0))]
    turn = draw(st.integers(0, 9))
    if turn == 0:
        founding.append(said_by(draw(st.sampled_from(people)), "left", draw(coming(eve)), Left(), None))
    if turn == 1:
        founding += [said_by(person, "welcome", eve, Welcomed(person=NEWCOMER), None) for person in people]
        founding.append(said_by(NEWCOMER, "joined", draw(coming(eve)), Joined(), None))
    known = tuple(founding) if turn != 2 else ()  # noqa: PLR2004 - one case in ten: the circle is not known
    return eve, known, people
