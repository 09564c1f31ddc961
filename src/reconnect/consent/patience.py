"""Patience: between two unsolicited offers on one subject everyone is left in peace for a while."""

import datetime as dt
from typing import Final

from attrs import evolve

from reconnect.consent.offer import Offered
from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidId, NotAMember, NotYet
from reconnect.record.kind import Body, kind_of
from reconnect.record.view import View, teach
from reconnect.temporal.instant import as_instant

BETWEEN_OFFERS: Final = dt.timedelta(days=7)  # ours, no study (rules: no pestering)


def _offer(
    view: View,
    value: Body,
    *,
    id: str,  # noqa: A002 - the field's own name, fixed by the design
    about: str | None,
    at: dt.datetime | None,
    expires: dt.datetime | dt.timedelta | None,
) -> Proposal:
    """Carry out `View.offer`. Only what the reader offered before decides, never how anyone took it."""
    now = view.at if at is None else as_instant(at)
    if view.reader not in view.membership.at(now) or view.membership.is_over(now):
        raise NotAMember
    taken = [(entry.author, entry.body.value) for entry in view.about(id) if isinstance(entry.body, Offered)]
    if (view.reader, value) in taken:
        return view.state(Proposal, id)  # a retry
    if taken:
        raise InvalidId("an id that no proposal has yet", "one that is taken")
    begun = [entry for entry in view.entries(kind=Offered) if entry.author == view.reader]
    agreed = {p.about for p in view.all(Proposal) if p.held()}
    subject = (kind_of(value), about if about in agreed else None)
    for entry in reversed(begun):
        body = entry.body
        if not isinstance(body, Offered) or entry.at + BETWEEN_OFFERS <= now:
            continue
        if (kind_of(body.value), body.about if body.about in agreed else None) == subject:
            raise NotYet(as_instant(entry.at + BETWEEN_OFFERS))
    p = Proposal.of(value, id=id, circle=view.circle, by=view.reader, at=now, about=about, expires=expires)
    return evolve(p, founding=view.founding)


teach("offer", _offer)
