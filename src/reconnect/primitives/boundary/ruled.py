"""Asking all the boundaries of a circle at once, however many stories of them there are."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import permutations

import pendulum

from reconnect.consent.proposal import Offered
from reconnect.errors import UnknownStory
from reconnect.primitives.boundary.action import Action, OpenCheckIn, Undeniable
from reconnect.primitives.boundary.boundaries import NO_CHECK_INS, Boundaries
from reconnect.primitives.boundary.ruling import PERMIT, Ruling
from reconnect.record.view import View
from reconnect.temporal.windows import Windows

__all__ = ["all_boundaries", "ruled", "together"]


def ruled(view: View, action: Action | Undeniable, *, check_ins: Windows = NO_CHECK_INS) -> Ruling:
    """Say what stands in the way of an action as of a view, by all the boundaries of the circle.

    They rest on shared acts only, so everyone gets the same answer, whatever anybody keeps to themselves.

    Args:
        view: anybody's view of the circle.
        action: what someone may be about to do.
        check_ins: when check-ins take place, for topics that are kept for them.

    Raises:
        InvalidBoundary: it is no action, or a rule of the host app returned something that is no ruling.
    """
    ruling = PERMIT
    for boundaries in all_boundaries(view):
        ruling &= boundaries.ruling(action, at=view.at, check_ins=check_ins)
    return ruling


def all_boundaries(view: View) -> tuple[Boundaries, ...]:
    """Return all the boundaries of a circle, those among them that rest on an agreed baseline alone."""
    return view.once(all_boundaries, lambda: tuple(_begun(view)))


def together(
    boundaries: Boundaries, people: Collection[str], *, at: pendulum.DateTime
) -> tuple[Ruling, pendulum.DateTime | None]:
    """Say what stands in the way of a check-in among people, and when that may change if nobody says anything.

    It opens for all of them or for none, so everything that protects any of them from any other counts.
    """
    ruling, changes = PERMIT, list[pendulum.DateTime]()
    for by, toward in permutations(people, 2):
        opening = OpenCheckIn(by=by, toward=toward)
        ruling &= boundaries.ruling(opening, at=at)
        change = boundaries.changes_at(opening, at=at)
        changes += [] if change is None else [change]
    return ruling, min(changes, default=None)


def _begun(view: View) -> Iterator[Boundaries]:
    """Go through what protects anyone, or once did."""
    for name in dict.fromkeys(_names(view)):
        with suppress(UnknownStory):
            yield view.state(Boundaries, name)


def _names(view: View) -> Iterator[str]:
    """Go through the ids about which someone added a layer, kept a baseline or offered one."""
    for entry in view.entries(kind=(*Boundaries.opening, Offered)):
        subject = entry.body.about if isinstance(entry.body, Offered) else entry.about
        if subject is not None:
            yield subject
