"""An outlook tells one person what is open, what comes next, whose yes is missing, and what holds."""

from collections.abc import Iterable, Iterator
from itertools import chain

import pendulum
from attrs import evolve, frozen

from reconnect.consent.invitation import Invitation
from reconnect.consent.mute import is_quiet
from reconnect.consent.patience import too_soon
from reconnect.consent.proposal import Agreed, Offer, Proposal
from reconnect.consent.reveal import Reveal
from reconnect.phrase import Phrase
from reconnect.practice.ahead import ahead
from reconnect.practice.hold import Hold
from reconnect.practice.offered import named
from reconnect.practice.pauses import pauses
from reconnect.practice.referrals import NOTHING, Help, Support, support
from reconnect.practice.referrals import turning as turning_of_help
from reconnect.practice.rulings import rulings
from reconnect.practice.slots import Slots
from reconnect.practice.support import FearAnswer, is_solo
from reconnect.practice.turns import Turns, turns
from reconnect.primitives.capacity import capacity_phrase, little_until
from reconnect.primitives.checkin import CheckInSchedule, NewTime, Occurrence
from reconnect.primitives.reassurance import Assurance
from reconnect.primitives.rotation import Turn
from reconnect.record.view import View

__all__ = ["Awaiting", "Outlook", "Question", "outlook"]


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
class Outlook:
    """What one person may want to know now; nothing in it urges anyone.

    Attributes:
        reader: whose outlook it is.
        at: now, as the host saw it.
        zone: the zone the reader lives by now.
        quiet: whether the reader went quiet, and so is offered nothing joint.
        open: the check-ins that can be held now.
        gently: whether someone said that they have little to give; then a check-in is spoken of more softly.
        next: the next check-in.
        again: check-ins that a time-out kept closed a short while ago; there is room for another time.
        follow_up: when people come back to each other after a time-out, if everyone said yes to a time.
        reassurances: what the others wrote in calm for a time like this, while a time-out runs.
        awaiting: offers that still need someone's yes; those the reader muted are left out.
        new_times: new times for single check-ins that still need someone's yes.
        questions: questions whose answers have not opened yet.
        turn: whose turn it is to open the check-in, if everyone agreed on turns; of several rotations, the first one.
        holds: what holds now, and what someone would like to change about turns.
        solo: the same slots as time for the reader alone, if they answered in a support room; then nothing joint
            is offered to them.
        support: where there is help, for everyone at any time; it never depends on what others wrote privately.
        changes_at: when to ask again; until then, if nobody writes anything, this outlook stays as it is.
    """

    reader: str
    at: pendulum.DateTime
    zone: str
    quiet: bool = False
    open: tuple[Occurrence, ...] = ()
    gently: bool = False
    next: Occurrence | None = None
    again: tuple[Occurrence, ...] = ()
    follow_up: pendulum.DateTime | None = None
    reassurances: tuple[Assurance, ...] = ()
    awaiting: tuple[Awaiting, ...] = ()
    new_times: tuple[NewTime, ...] = ()
    questions: tuple[Question, ...] = ()
    turn: Turn | None = None
    holds: tuple[Hold, ...] = ()
    solo: Slots | None = None
    support: Support = NOTHING
    changes_at: pendulum.DateTime | None = None

    @property
    def slots(self) -> Slots:
        """What stands where in the reader's day, joint or their own: an app that draws it draws one shape for all."""
        joint = Slots(open=self.open, next=self.next, turn=self.turn, again=self.again, follow_up=self.follow_up)
        return joint if self.solo is None else self.solo

    def phrases(self) -> tuple[Phrase, ...]:
        """Return everything in it as phrases, in the order in which one would tell it."""
        alone, together = self.slots.solo(), self.slots.joint(to=self.reader, gently=self.gently)
        return (
            *(alone if self.solo is not None else () if self.quiet else together),
            *(_new_time(new, self.reader) for new in self.new_times),
            *(_awaiting(waiting, self.reader) for waiting in self.awaiting),
            *(_question(question) for question in self.questions),
            *(hold.phrase for hold in self.holds),
            *(assurance.phrase for assurance in self.reassurances),
            *((Phrase.of("outlook.quiet"),) if self.quiet else ()),
            *self.support.phrases(),
        )


def outlook(view: View, *, told: FearAnswer | None = None, directory: Iterable[Help] = ()) -> Outlook:
    """Put together what one person can see, as of their view.

    Someone who went quiet is offered nothing joint; others see ordinary quiet. Someone who answered in a support room
    is offered nothing joint either: what stands in their day has the same shape, and is for them alone.

    Args:
        view: whose view it is, and as of when.
        told: what the reader says just now, as in a support room; it is kept nowhere.
        directory: help that the host app knows of and answers for.

    Laws:
        Until `changes_at`, a later view with nothing new in it gives the same outlook. It rests on the view
        alone, so it cannot tell what others kept private.
    """
    help_ = support(view, directory, told=told)
    look = Outlook(reader=view.reader, at=view.at, zone=view.zone, quiet=is_quiet(view), support=help_)
    if view.reader not in view.members or view.membership.is_over(view.at):
        return look
    stories = _Told(
        proposals=view.all(Proposal),
        schedules=view.all(CheckInSchedule),
        reveals=view.all(Reveal),
        invitations=view.all(Invitation),
    )
    paused, ruled, cards = pauses(view), rulings(view), tuple(_cards(view))
    solo = is_solo(view, told=told)
    recovering = () if look.quiet or solo else paused.together
    holds = (*_holds(view, stories), *paused.holds, *recovering, *ruled.holds, *cards)
    look = evolve(look, holds=holds, reassurances=paused.reassurances, gently=bool(cards))
    turning = [*_turning_points(view, stories), *paused.turning, *ruled.turning, *(card.until for card in cards)]
    if not look.quiet:
        check_ins, taken = ahead(view), turns(view)
        turning += [*check_ins.turning(), *taken.turning, *turning_of_help(view, help_)]
        slots = Slots.of(check_ins, taken, paused)
        look = evolve(look, solo=slots) if solo else _together(view, stories, look, slots, taken)
    return evolve(
        look, changes_at=min((moment for moment in turning if moment is not None and moment > view.at), default=None)
    )


def _together(view: View, stories: "_Told", look: Outlook, slots: Slots, taken: Turns) -> Outlook:
    """Add what is offered to the reader together with the others."""
    return evolve(
        look,
        open=slots.open,
        next=slots.next,
        turn=slots.turn,
        again=slots.again,
        follow_up=slots.follow_up,
        holds=(*look.holds, *taken.holds),
        awaiting=tuple(_offers(view, stories)),
        new_times=tuple(new for schedule in stories.schedules for new in schedule.new_times(at=view.at)),
        questions=tuple(_questions(view, stories)),
    )


@frozen(kw_only=True)
class _Told:
    """Every story that the reader can see."""

    proposals: tuple[Proposal, ...]
    schedules: tuple[CheckInSchedule, ...]
    reveals: tuple[Reveal, ...]
    invitations: tuple[Invitation, ...]


def _offers(view: View, told: _Told) -> Iterator[Awaiting]:
    unheard = too_soon(view)
    for p in told.proposals:
        if p.id in unheard:
            continue
        if p.standing(at=view.at) is Agreed.OPEN and not p.is_muted(by=view.reader, at=view.at):
            yield Awaiting(proposal=p.id, offer=p.offer, missing=p.awaiting(at=view.at))


def _questions(view: View, told: _Told) -> Iterator[Question]:
    for reveal in told.reveals:
        if view.at < reveal.closes:
            answered = reveal.has_answer(of=view.reader, at=view.at)
            yield Question(reveal=reveal.id, closes=reveal.closes, answered=answered)


def _holds(view: View, told: _Told) -> Iterator[Hold]:
    """Go through what holds now: agreements, invitations, planned pauses."""
    for p in told.proposals:
        for window in p.held():
            if view.at in window:
                phrase = Phrase.of("outlook.holds", what=named(p.offer), until=window.end)
                yield Hold(about=p.id, phrase=phrase, until=window.end)
    for invitation in told.invitations:
        until = invitation.until(at=view.at)
        if until is not None:
            yield Hold(about=invitation.id, phrase=Phrase.of("outlook.invitation", until=until), until=until)
    for schedule in told.schedules:
        for pause in schedule.pauses(at=view.at):
            if view.at in pause:
                phrase = Phrase.of("outlook.paused", until=pause.end)
                yield Hold(about=schedule.id, phrase=phrase, until=pause.end)


def _cards(view: View) -> Iterator[Hold]:
    """Go through those who have little to give now."""
    for person in view.members:
        phrase = capacity_phrase(view, person)
        if phrase is not None:
            yield Hold(about=person, phrase=phrase, until=little_until(view, person))


def _turning_points(view: View, told: _Told) -> Iterator[pendulum.DateTime]:
    """Go through the instants at which something may change although nobody writes anything."""
    for p in told.proposals:
        yield p.offer.expires
        yield from chain.from_iterable((window.start, window.end) for window in p.held())
    yield from (reveal.closes for reveal in told.reveals)
    for invitation in told.invitations:
        until = invitation.until(at=view.at)
        yield view.at if until is None else until
    for schedule in told.schedules:
        yield from chain.from_iterable((pause.start, pause.end) for pause in schedule.pauses(at=view.at))
        new_times = schedule.new_times(at=view.at)
        yield from (new.to for new in new_times)
        slots = filter(None, (schedule.occurrence(new.key) for new in new_times))
        yield from chain.from_iterable((slot.window.start, slot.window.end) for slot in slots)


def _awaiting(waiting: Awaiting, reader: str) -> Phrase:
    offer = waiting.offer
    what = named(offer, ahead_of=offer.at)
    if reader in waiting.missing:
        return Phrase.of("outlook.yours_to_answer", by=offer.by, what=what, expires=offer.expires)
    if offer.by == reader:
        return Phrase.of("outlook.with_others", what=what, people=waiting.missing, expires=offer.expires)
    return Phrase.of("outlook.with_others_too", what=what, by=offer.by, people=waiting.missing, expires=offer.expires)


def _new_time(new: NewTime, reader: str) -> Phrase:
    if reader in new.missing:
        return Phrase.of("outlook.move_yours", people=new.by, start=new.start, to=new.to)
    return Phrase.of("outlook.move_others", people=new.missing, start=new.start, to=new.to)


def _question(question: Question) -> Phrase:
    key = "outlook.question_answered" if question.answered else "outlook.question_yours"
    return Phrase.of(key, closes=question.closes)
