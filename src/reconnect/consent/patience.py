"""Patience: between two unsolicited offers on one subject, or two questions, everyone is left in peace for a while."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from typing import Final, TypeVar

import pendulum
from attrs import evolve

from reconnect.consent.offer import REVIEW_AFTER, Offered
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.errors import IdTaken, NotAMember, NotYet
from reconnect.record.entry import Entry
from reconnect.record.kind import Body
from reconnect.record.view import View, teach
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant

__all__ = ["heard", "heard_from", "question_heard_from", "questions", "too_soon"]

A = TypeVar("A")
BETWEEN_OFFERS: Final = dt.timedelta(days=7)  # ours, no study (rules: no pestering)
BETWEEN_ASKS: Final = dt.timedelta(hours=20)  # ours, no study: once a day, also a little earlier than the day before


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
    if not view.membership.has(view.reader, now) or view.membership.is_over(now):
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
    agreed, offered = _agreed(view), [(p, p.offers[0]) for p in view.all(Proposal)]
    subjects = ((p.id, (first.by, *_subject(first.value, p.about, agreed)), first.at) for p, first in offered)
    return frozenset(p.id for p, _ in offered).difference(heard(subjects, apart=BETWEEN_OFFERS))


def heard(asks: Iterable[tuple[A, Hashable, pendulum.DateTime]], *, apart: dt.timedelta) -> Iterator[A]:
    """Go through those asks that left people in peace since the last one from the same side that did.

    Args:
        asks: each with whose it is (and on what, if that keeps them apart), and when it was made, in any order.
        apart: how much time lies between two of them at least.
    """
    latest: dict[Hashable, pendulum.DateTime] = {}
    for ask, whose, at in sorted(asks, key=lambda each: each[2]):
        if whose not in latest or at >= elapsed(latest[whose], apart):
            latest[whose] = at
            yield ask


def questions(view: View) -> tuple[Reveal, ...]:
    """Return the questions that reach people, oldest first: of those that one person asks, one within 20 hours.

    Another one that somebody asks meanwhile is in vain: no outlook shows it, not even theirs, and nothing tells them
    how anyone took the one before. Whoever has it at hand can still answer it.

    Laws:
        It rests on shared acts alone, so it is the same for everyone who was there. Between two questions of one
        person lie 20 hours at least, and what somebody asks takes nothing from what others ask.

    Sources:
        20 hours, once a day and a little earlier at times: ours, no study.
    """
    return view.once(questions, lambda: tuple(_heard_questions(view)))


def question_heard_from(view: View) -> pendulum.DateTime:
    """Return from when on another question of the reader's own reaches the others: now, unless they asked lately."""
    return heard_from(view, (reveal.asked for reveal in questions(view)))


def heard_from(view: View, asks: Iterable[Entry]) -> pendulum.DateTime:
    """Return from when on another ask of the reader's own reaches the others, given those that did."""
    own = (act.at for act in asks if act.author == view.reader)
    return max((view.at, *(elapsed(at, BETWEEN_ASKS) for at in own)))


def _heard_questions(view: View) -> Iterator[Reveal]:
    asked = ((reveal, reveal.asked) for reveal in view.all(Reveal))
    return heard(((reveal, act.author, act.at) for reveal, act in asked), apart=BETWEEN_ASKS)


def _subject(value: Body, about: str | None, agreed: frozenset[str]) -> tuple[str, str | None]:
    """Return what an offer is on. All kinds that nobody registered here are one: anyone can make up another name."""
    return (value.kind, about if about in agreed else None)


def _agreed(view: View) -> frozenset[str]:
    """Return the subjects that everyone agreed on once: only these keep offers of one kind apart."""
    return frozenset(p.about for p in view.all(Proposal) if p.about is not None and p.held())


teach("offer", _offer)
