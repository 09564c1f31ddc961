"""Patience: between two unsolicited offers on one subject everyone is left in peace for a while."""

import datetime as dt
from typing import Final

import pendulum
from attrs import evolve

from reconnect.consent.offer import REVIEW_AFTER, Offered
from reconnect.consent.proposal import Proposal
from reconnect.errors import IdTaken, NotAMember, NotYet
from reconnect.record.kind import Body
from reconnect.record.view import View, teach
from reconnect.temporal.instant import as_instant

__all__ = ["too_soon"]

BETWEEN_OFFERS: Final = dt.timedelta(days=7)  # ours, no study (rules: no pestering)


def _offer(
    view: View,
    value: Body,
    *,
    id: str,  # noqa: A002 - the field's own name, fixed by the design
    about: str | None,
    at: dt.datetime | None,
    expires: dt.datetime | dt.timedelta | None,
    lasts: dt.timedelta | None,
    why: str,
) -> Proposal:
    """Carry out `View.offer`. Only what the reader offered before decides, never how anyone took it."""
    now = view.at if at is None else as_instant(at)
    if view.reader not in view.membership.at(now) or view.membership.is_over(now):
        raise NotAMember
    taken = [(act.author, act.body.value, act.body.why) for act in view.about(id) if isinstance(act.body, Offered)]
    if (view.reader, value, why) in taken:
        return view.state(Proposal, id)  # a retry
    if taken:
        raise IdTaken
    agreed = _agreed(view)
    subject = _subject(value, about, agreed)
    for entry in reversed(view.entries(kind=Offered)):
        body = entry.body
        if not isinstance(body, Offered) or entry.author != view.reader or entry.at + BETWEEN_OFFERS <= now:
            continue
        if _subject(body.value, body.about, agreed) == subject:
            raise NotYet(as_instant(entry.at + BETWEEN_OFFERS))
    review = REVIEW_AFTER if lasts is None else lasts
    p = Proposal.of(
        value, id=id, circle=view.circle, by=view.reader, at=now, about=about, expires=expires, lasts=review, why=why
    )
    return evolve(p, founding=view.founding)


def too_soon(view: View) -> frozenset[str]:
    """Return the ids of proposals that left no time since their author's last one on the same subject.

    `View.offer` refuses them; two requests at once, or an app that does not ask, may still have written them.
    They can be answered like any other, and no outlook shows them.
    """
    agreed = _agreed(view)
    latest: dict[tuple[str, str, str | None], pendulum.DateTime] = {}
    found: set[str] = set()
    for p in view.all(Proposal):
        first = p.offers[0]
        subject = (first.by, *_subject(first.value, p.about, agreed))
        if subject in latest and first.at < latest[subject] + BETWEEN_OFFERS:
            found.add(p.id)
        else:
            latest[subject] = first.at
    return frozenset(found)


def _subject(value: Body, about: str | None, agreed: frozenset[str]) -> tuple[str, str | None]:
    """Return what an offer is on. All kinds that nobody registered here are one: anyone can make up another name."""
    return (value.kind, about if about in agreed else None)


def _agreed(view: View) -> frozenset[str]:
    """Return the subjects that everyone agreed on once: only these keep offers of one kind apart."""
    return frozenset(p.about for p in view.all(Proposal) if p.about is not None and p.held())


teach("offer", _offer)
