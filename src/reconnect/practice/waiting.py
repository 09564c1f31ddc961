"""What waits in an outlook for somebody's word: offers, new times for single check-ins, and questions."""

from collections.abc import Iterator

import pendulum
from attrs import frozen

from reconnect.consent.aside import is_aside
from reconnect.consent.patience import questions, too_soon
from reconnect.consent.proposal import Agreed, Offer, Proposal
from reconnect.phrase import Phrase
from reconnect.practice.offered import named
from reconnect.primitives.checkin import NewTime, scheduled
from reconnect.record.view import View

__all__ = ["Awaiting", "Question", "Waiting", "turning", "waiting"]


@frozen(kw_only=True)
class Awaiting:
    """An offer that still needs someone's yes.

    Attributes:
        proposal: the id of the proposal.
        offer: the very offer that an answer names.
        missing: whose yes is missing, in circle order.
    """

    proposal: str
    offer: Offer
    missing: tuple[str, ...]


@frozen(kw_only=True)
class Question:
    """A question whose answers open together.

    Attributes:
        reveal: its id.
        closes: when the answers open, if everyone's stands.
        answered: whether the reader's own answer stands.
    """

    reveal: str
    closes: pendulum.DateTime
    answered: bool


@frozen(kw_only=True)
class Waiting:
    """Everything that waits for somebody's word, as one reader may know of it; what they put aside is left out.

    Attributes:
        offers: offers that still need someone's yes; those the reader muted are left out, too.
        new_times: new times for single check-ins that still need someone's yes.
        questions: questions whose answers have not opened yet.
    """

    offers: tuple[Awaiting, ...] = ()
    new_times: tuple[NewTime, ...] = ()
    questions: tuple[Question, ...] = ()

    def phrases(self, *, to: str) -> Iterator[Phrase]:
        """Say it to one person, as it concerns them."""
        yield from (_new_time(new, to) for new in self.new_times)
        yield from (_awaiting(offer, to) for offer in self.offers)
        yield from (_question(question) for question in self.questions)


def waiting(view: View) -> Waiting:
    """Gather what waits for somebody's word as of a view."""
    return Waiting(offers=tuple(_offers(view)), new_times=tuple(_new_times(view)), questions=tuple(_questions(view)))


def turning(view: View) -> Iterator[pendulum.DateTime]:
    """Go through the instants at which any of it changes although nobody writes anything."""
    yield from (p.offer.expires for p in view.all(Proposal))
    yield from (reveal.closes for reveal in questions(view))
    for schedule in scheduled(view):
        new_times = schedule.new_times(at=view.at)
        yield from (new.to for new in new_times)
        for slot in filter(None, (schedule.occurrence(new.key) for new in new_times)):
            yield slot.window.start
            yield slot.window.end


def _from(view: View, p: Proposal) -> str | None:
    """Return whose offer it is now, unless it answers the reader's own: that was not put aside with all of theirs."""
    return None if any(offer.by == view.reader for offer in p.offers) else p.offer.by


def _offers(view: View) -> Iterator[Awaiting]:
    unheard = too_soon(view)
    for p in view.all(Proposal):
        if p.id in unheard or p.is_muted(by=view.reader, at=view.at) or is_aside(view, p, by=_from(view, p)):
            continue
        if p.standing(at=view.at) is Agreed.OPEN:
            yield Awaiting(proposal=p.id, offer=p.offer, missing=p.awaiting(at=view.at))


def _new_times(view: View) -> Iterator[NewTime]:
    for schedule in scheduled(view):
        for new in schedule.new_times(at=view.at):
            if not all(is_aside(view, schedule, by=person) for person in new.by):
                yield new


def _questions(view: View) -> Iterator[Question]:
    for reveal in questions(view):
        answered = reveal.has_answer(of=view.reader, at=view.at)
        by = None if answered else reveal.asked.author  # what one answered was not put aside with the rest
        if view.at < reveal.closes and not is_aside(view, reveal, by=by):
            yield Question(reveal=reveal.id, closes=reveal.closes, answered=answered)


def _awaiting(each: Awaiting, reader: str) -> Phrase:
    offer = each.offer
    what = named(offer, ahead_of=offer.at)
    if reader in each.missing:
        return Phrase.of("outlook.yours_to_answer", by=offer.by, what=what, expires=offer.expires)
    if offer.by == reader:
        return Phrase.of("outlook.with_others", what=what, people=each.missing, expires=offer.expires)
    return Phrase.of("outlook.with_others_too", what=what, by=offer.by, people=each.missing, expires=offer.expires)


def _new_time(new: NewTime, reader: str) -> Phrase:
    if reader in new.missing:
        return Phrase.of("outlook.move_yours", people=new.by, start=new.start, to=new.to)
    return Phrase.of("outlook.move_others", people=new.missing, start=new.start, to=new.to)


def _question(question: Question) -> Phrase:
    key = "outlook.question_answered" if question.answered else "outlook.question_yours"
    return Phrase.of(key, closes=question.closes)
