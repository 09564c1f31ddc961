"""What one reader may look at: all of their own promises, and what was kept of those that were made to them."""

import datetime as dt
from collections.abc import Iterable, Iterator

from reconnect.errors import InvalidCare
from reconnect.primitives.commitment.acts import NewDue, Promise, PromiseKept
from reconnect.primitives.commitment.commitment import Commitment
from reconnect.primitives.commitment.deal import Deal, Key, deal_of
from reconnect.primitives.commitment.listing import listing
from reconnect.primitives.commitment.promised import KeptPromise, Promised
from reconnect.record.entry import Entry
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["all_kept", "my_promises", "recent_kept"]


def my_promises(view: View, within: Window) -> tuple[Promised, ...]:
    """Return the reader's own promises that are due inside a window, with all that only they may read of them.

    There is no way to ask it about anyone else.

    Laws:
        It rests on the reader's own acts and on shared ones. What is past its time, was kept later or was excused
        is told to its owner, and to nobody else.
    """
    found = [
        each
        for id_, deal in _deals(view, _promised_by_me(view, within))
        if deal.owner == view.reader
        for each in listing(deal, id_, within, view.at, own=True)
    ]
    return tuple(sorted(found, key=lambda each: each.due))


def recent_kept(view: View, n: int, *, since: dt.datetime | None = None) -> tuple[KeptPromise, ...]:
    """Return the last few things that were promised to the reader and kept, the newest first: for a moment of doubt.

    There is nothing to compare them with: neither how many were promised, nor how soon any was kept.

    Args:
        view: the reader's own view.
        n: at most so many.
        since: only what was written down as kept from an instant on; from the beginning unless said otherwise.

    Raises:
        InvalidCare: the number is negative, or no whole number.
    """
    if type(n) is not int or n < 0:
        raise InvalidCare("a whole number of things to look at", "something else")
    first = None if since is None else as_instant(since)
    told = (act.about for act in view.entries(kind=PromiseKept) if first is None or act.at >= first)
    kept_ = ((kept, start) for id_, deal in _deals(view, told) for kept, start in _kept(view, id_, deal))
    found = [each for each in kept_ if first is None or each[0].told >= first]
    newest = sorted(found, key=lambda each: (each[0].told, each[0].commitment, each[1]), reverse=True)
    return tuple(kept for kept, _ in newest[:n])


def all_kept(view: View) -> tuple[Entry, ...]:
    """Return the acts by which anything promised here was kept, oldest first: everybody's together, nobody's list.

    It rests on shared acts alone, so it is the same for everyone who was there. Of the acts that tell of one time the
    first counts; whether it was kept later, nobody reads from it.
    """
    found: list[Entry] = []
    for commitment in view.all(Commitment):
        deal = deal_of(commitment.told(view.at), commitment.membership)
        told = [(a, a.body.start) for a in commitment.told(view.at) if isinstance(a.body, PromiseKept)]
        counting = [
            (a, key) for a, key in told if deal is not None and a.author == deal.owner and _is_first(deal, a, key)
        ]
        found += {key: act for act, key in reversed(counting)}.values()
    return tuple(sorted(found, key=lambda act: (act.at, act.id)))


def _is_first(deal: Deal, act: Entry, key: Key) -> bool:
    return deal.first_due(key) is not None and deal.kept(key, act.at) == act.at


def _promised_by_me(view: View, within: Window) -> Iterator[str | None]:
    """Go through the ids under which the reader promised what may be due inside a window."""
    moved = {act.about for act in view.entries(kind=NewDue)}
    for act in view.entries(kind=Promise):
        due = act.body.due if isinstance(act.body, Promise) and act.author == view.reader else None
        if due is not None and (isinstance(due, Recurrence) or due in within or act.about in moved):
            yield act.about


def _deals(view: View, ids: Iterable[str | None]) -> Iterator[tuple[str, Deal]]:
    """Go through what some commitments come to, in the order in which they began, without looking at any other."""
    wanted = set(ids)
    begun = (act.about for act in view.entries(kind=Promise) if act.about in wanted)
    found = ((each.id, deal_of(each.told(view.at), each.membership)) for each in view.some(Commitment, begun))
    return ((id_, deal) for id_, deal in found if deal is not None)


def _kept(view: View, commitment: str, deal: Deal) -> Iterator[tuple[KeptPromise, str]]:
    """Go through what was kept of one commitment to the reader, unless they had let it go themselves."""
    for start in deal.said.kept if view.reader in deal.to else ():
        told = None if deal.first_due(start) is None else deal.kept(start, view.at)
        if told is not None and not deal.is_out(view.reader, start, told):
            what = KeptPromise(commitment=commitment, what=deal.promise.what, by=deal.owner, told=told)
            yield what, "" if start is None else start.isoformat()
