"""Who is away, when, and since when the others know: an absence touches only turns that have not begun by then."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import pendulum
from attrs import evolve, frozen

from reconnect.primitives.rotation.acts import Away, Back, LeftTurns, RejoinedTurns
from reconnect.primitives.rotation.agreed import LAST, Version
from reconnect.record.entry import Entry
from reconnect.record.membership import Membership
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["Absence", "absences", "going"]

TICK: Final = dt.timedelta(microseconds=1)
FIRST: Final = as_instant(pendulum.datetime(1, 1, 1))


@frozen(kw_only=True)
class Absence:
    """One person's absence.

    Attributes:
        window: when they are away.
        said: when they said so; turns that have begun by then stay as they are.
        back: when they said that it is over; turns that begin later are open to them again.
    """

    window: Window
    said: pendulum.DateTime
    back: pendulum.DateTime | None = None

    @property
    def since(self) -> pendulum.DateTime:
        """The first instant at which a turn can begin that it touches."""
        return _just_after(self.said)

    @property
    def until(self) -> pendulum.DateTime:
        """The instant from which on no turn begins that it touches."""
        return self.window.end if self.back is None else min(self.window.end, _just_after(self.back))


def absences(told: Iterable[Entry], versions: Iterable[Version], membership: Membership) -> dict[str, list[Absence]]:
    """Return everyone's absences, from what they said and from when they were in the circle.

    Args:
        told: what people said, in the order in which folds read it.
        versions: the plans; to say yes to a new one that names you is to take turns again.
        membership: who is in the circle.
    """
    found: dict[str, list[Absence]] = {}
    going: dict[tuple[str, bool], list[Absence]] = {}
    yeses = [(version.since, person) for version in versions for person in version.people]
    said = [(act.at, act.author, act.body) for act in told]
    said += [(since, person, RejoinedTurns()) for since, person in yeses]
    for at, person, body in sorted(said, key=lambda each: each[0]):
        match body:
            case Away(window=window):
                going.setdefault((person, False), []).append(Absence(window=window, said=at))
            case LeftTurns() if at < LAST:
                going.setdefault((person, True), []).append(Absence(window=Window(at, LAST), said=at))
            case Back() | RejoinedTurns():
                ended = going.pop((person, isinstance(body, RejoinedTurns)), ())
                found.setdefault(person, []).extend(evolve(each, back=at) for each in ended)
            case _:
                pass
    for (person, _), still in going.items():
        found.setdefault(person, []).extend(still)
    for person in dict.fromkeys(stay.person for stay in membership.stays):
        found.setdefault(person, []).extend(_outside(person, membership))
    return found


def going(told: Iterable[Entry], person: str, begins: type, ends: type) -> list[object]:
    """Return what a person said of one kind since they last said another kind, which ends it."""
    found: list[object] = []
    for act in told:
        if act.author == person and isinstance(act.body, begins):
            found.append(act.body)
        elif act.author == person and isinstance(act.body, ends):
            found.clear()
    return found


def _outside(person: str, membership: Membership) -> Iterable[Absence]:
    """Go through the stretches in which a person was not in the circle."""
    stays = [stay for stay in membership.stays if stay.person == person]
    edges = [FIRST, *(edge for stay in stays for edge in (stay.since, stay.until or LAST)), LAST]
    for left, came in list(pairwise(edges))[::2]:
        if left < came:
            yield Absence(window=Window(left, came), said=left, back=None if came == LAST else came)


def _just_after(moment: pendulum.DateTime) -> pendulum.DateTime:
    return moment if moment >= LAST else as_instant(moment + TICK)
