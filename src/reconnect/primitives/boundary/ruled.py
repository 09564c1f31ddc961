"""Asking all the boundaries of a circle at once, however many stories of them there are."""

from collections.abc import Iterator

from reconnect.consent.proposal import Offered
from reconnect.primitives.boundary.action import Action, Undeniable
from reconnect.primitives.boundary.boundaries import NO_CHECK_INS, Boundaries
from reconnect.primitives.boundary.ruling import PERMIT, Ruling
from reconnect.record.view import View
from reconnect.temporal.windows import Windows

__all__ = ["ruled"]


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
    for name in dict.fromkeys(_names(view)):
        ruling &= Boundaries.gather(view, name).ruling(action, at=view.at, check_ins=check_ins)
    return ruling


def _names(view: View) -> Iterator[str]:
    """Go through the ids about which someone added a layer, kept a baseline or offered one."""
    for entry in view.entries():
        subject = entry.body.about if isinstance(entry.body, Offered) else entry.about
        if subject is not None and isinstance(entry.body, (*Boundaries.opening, Offered)):
            yield subject
