"""What one reader can choose from: our first set, what they and others wrote, and rituals that everyone agreed on."""

import datetime as dt
from collections.abc import Iterable

import pendulum
from attrs import field, frozen

from reconnect.consent.proposal import Proposal
from reconnect.people.circle import Circle
from reconnect.people.person import as_id
from reconnect.primitives.routine.ritual import Ritual
from reconnect.primitives.routine.routine import LONGEST, Routine
from reconnect.primitives.routine.soothing import SOOTHING
from reconnect.record.entry import Audience, Entry, Private
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["AgreedRitual", "keep_routine", "own_routines", "rituals", "routines"]


@frozen(kw_only=True)
class AgreedRitual:
    """A ritual that everyone said yes to.

    Attributes:
        proposal: the id of the proposal; whoever withdraws from it ends the ritual, alone and at once.
        ritual: the ritual.
        until: when it is looked at again.
    """

    proposal: str = field(converter=as_id)
    ritual: Ritual
    until: pendulum.DateTime = field(converter=as_instant)


def keep_routine(
    routine: Routine,
    *,
    id: str,  # noqa: A002 - the field's own name, fixed by the design
    circle: str | Circle,
    by: str,
    at: dt.datetime,
    audience: Audience | None = None,
) -> Entry:
    """Write a routine of one's own, for oneself unless one shares it; the same key again replaces one's own.

    Args:
        routine: the routine.
        id: the id of the entry.
        circle: the circle, or its id.
        by: who writes it.
        at: now, as the host sees it.
        audience: `Shared()` for everyone; `Private()` unless said otherwise.
    """
    named = circle.id if isinstance(circle, Circle) else circle
    heard = Private() if audience is None else audience
    return Entry(circle=named, author=by, id=id, at=as_instant(at), body=routine, audience=heard)


def routines(view: View, *, together: bool | None = None, at_most: dt.timedelta = LONGEST) -> tuple[Routine, ...]:
    """Return what a reader can choose from: ours first, then those that people wrote, in the order of writing.

    Args:
        view: the reader's own view.
        together: only those for several people, or only those for one; all of them unless said otherwise.
        at_most: only those that take so long at most.
    """
    found = (*SOOTHING, *_written(view))
    return tuple(each for each in found if together in {None, each.together} and each.takes <= at_most)


def own_routines(view: View) -> tuple[Routine, ...]:
    """Return what a reader can do alone: ours first, then what they wrote themselves, and nothing that others wrote."""
    written = (entry.body for entry in view.entries(kind=Routine) if entry.author == view.reader)
    mine = {body.key: body for body in written if isinstance(body, Routine)}
    return tuple(each for each in (*SOOTHING, *mine.values()) if not each.together)


def _written(view: View) -> Iterable[Routine]:
    """Return what people wrote: of each author and key the newest that the reader can see."""
    written = ((entry.author, entry.body) for entry in view.entries(kind=Routine))
    return {(author, body.key): body for author, body in written if isinstance(body, Routine)}.values()


def rituals(view: View) -> tuple[AgreedRitual, ...]:
    """Return the rituals that everyone's yes stands behind now, in the order in which they were proposed."""
    return tuple(
        AgreedRitual(proposal=proposal.id, ritual=ritual, until=window.end)
        for proposal in view.all(Proposal)
        for window in proposal.held()
        if view.at in window and isinstance(ritual := proposal.offer.value, Ritual)
    )
