"""What may be read of the times of a commitment: by everyone, or by its owner alone."""

import datetime as dt

import pendulum

from reconnect.primitives.commitment.deal import Deal, Key
from reconnect.primitives.commitment.promised import Keeping, Promised
from reconnect.temporal.window import Window

__all__ = ["listing"]

_AHEAD = (Keeping.OFFERED, Keeping.AGREED)


def listing(
    deal: Deal,
    commitment: str,
    within: Window,
    at: pendulum.DateTime,
    *,
    own: bool = False,
) -> tuple[Promised, ...]:
    """Return the times that are due inside a window, in order, each as it stands as of an instant.

    Args:
        deal: what the acts of the commitment come to, up to that instant.
        commitment: its id.
        within: the window.
        at: the instant.
        own: whether its owner reads it; others do not read of a time that has passed, or that it was kept later.
    """
    found = (_promised(deal, commitment, key, at, own=own) for key in deal.keys(within))
    there = [each for each in found if each is not None and each.due in within]
    return tuple(sorted(there, key=_when))


def _promised(deal: Deal, commitment: str, key: Key, at: pendulum.DateTime, *, own: bool) -> Promised | None:
    """Return how one time stands, or `None` if there is nothing to read of it."""
    kept = deal.kept(key, at)
    when = at if kept is None else kept
    due = deal.due(key, when)
    keeping = _done(kept, due, own=own) or _undone(deal, key, at, own=own)
    if keeping is None:
        return None
    new_due, missing = deal.wish(key, at) if keeping in _AHEAD else (None, ())
    return Promised(
        commitment=commitment,
        start=key,
        what=deal.promise.what,
        by=deal.owner,
        to=deal.to,
        due=due,
        keeping=keeping,
        moved=deal.is_moved(key, when),
        new_due=new_due,
        missing=missing,
    )


def _done(kept: pendulum.DateTime | None, due: pendulum.DateTime, *, own: bool) -> Keeping | None:
    """Tell that it was kept; that it was later, only its owner reads."""
    if kept is None:
        return None
    return Keeping.KEPT_LATER if own and kept > due else Keeping.KEPT


def _undone(deal: Deal, key: Key, at: pendulum.DateTime, *, own: bool) -> Keeping | None:
    """Tell how something stands that was not kept."""
    if deal.let_go(key, at):
        return Keeping.LET_GO
    agreed, lies_ahead = deal.is_agreed(key, at), at <= deal.due(key, at)
    if not agreed:
        return Keeping.OFFERED if lies_ahead and at <= deal.stands_until else None
    if lies_ahead:
        return Keeping.AGREED
    if not own:
        return None
    return Keeping.EXCUSED if deal.excused(key, at) else Keeping.PASSED


def _when(each: Promised) -> tuple[dt.datetime, str]:
    return (each.due, "" if each.start is None else each.start.isoformat())
