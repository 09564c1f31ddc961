"""An outlook tells one person what is open and next, what holds, what was promised, and how it is going."""

from collections.abc import Iterable

import pendulum
from attrs import evolve, frozen

from reconnect.consent.mute import is_quiet
from reconnect.language.prompt import Prompts
from reconnect.metrics.reading import Reading
from reconnect.metrics.wins import Win
from reconnect.phrase import Phrase
from reconnect.practice import going, holding, referrals, suggestion, waiting
from reconnect.practice.ahead import ahead
from reconnect.practice.coming import Coming, coming
from reconnect.practice.hold import Hold
from reconnect.practice.pauses import pauses
from reconnect.practice.promises import NO_PROMISES, Promises, promises
from reconnect.practice.referrals import NOTHING, Help, Support, support
from reconnect.practice.rulings import rulings
from reconnect.practice.slots import Slots
from reconnect.practice.spared import is_here
from reconnect.practice.suggestion import Suggested
from reconnect.practice.support import FearAnswer, is_solo
from reconnect.practice.talks import talks
from reconnect.practice.turns import Turns, turns
from reconnect.practice.waiting import Awaiting, Question, Waiting
from reconnect.primitives.checkin import NewTime, Occurrence
from reconnect.primitives.reassurance import Assurance
from reconnect.primitives.rotation import Turn
from reconnect.record.view import View

__all__ = ["Outlook", "outlook"]


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
        coming: when looking at a plan together, and each ritual, comes round next, as everyone agreed.
        reassurances: what the others wrote in calm for a time like this, while a time-out runs.
        awaiting: offers that still need someone's yes; those the reader muted are left out.
        new_times: new times for single check-ins that still need someone's yes.
        questions: questions whose answers have not opened yet.
        turn: whose turn it is to open the check-in, if everyone agreed on turns; of several rotations, the first one.
        holds: what holds now, and what someone would like to change about turns.
        solo: the same slots as time for the reader alone, if they answered in a support room; then nothing joint
            is offered to them.
        support: where there is help, for everyone at any time; it never depends on what others wrote privately.
        promised: the reader's own promises that are still to keep, and what others promised them and did.
        suggestion: one small thing that could be done today: towards each other only while everyone said "nudge us".
        readings: how the reader's own last weeks went, as far as there is enough to say; by their own notes alone.
        wins: what went well lately.
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
    coming: tuple[Coming, ...] = ()
    reassurances: tuple[Assurance, ...] = ()
    awaiting: tuple[Awaiting, ...] = ()
    new_times: tuple[NewTime, ...] = ()
    questions: tuple[Question, ...] = ()
    turn: Turn | None = None
    holds: tuple[Hold, ...] = ()
    solo: Slots | None = None
    support: Support = NOTHING
    promised: Promises = NO_PROMISES
    suggestion: Suggested | None = None
    readings: tuple[Reading, ...] = ()
    wins: tuple[Win, ...] = ()
    changes_at: pendulum.DateTime | None = None

    @property
    def slots(self) -> Slots:
        """What stands where in the reader's day, joint or their own: an app that draws it draws one shape for all."""
        joint = Slots(open=self.open, next=self.next, turn=self.turn, again=self.again, follow_up=self.follow_up)
        return joint if self.solo is None else self.solo

    def phrases(self) -> tuple[Phrase, ...]:
        """Return everything in it as phrases, in the order in which one would tell it."""
        alone, together = self.slots.solo(), self.slots.joint(to=self.reader, gently=self.gently)
        waits = Waiting(offers=self.awaiting, new_times=self.new_times, questions=self.questions)
        return (
            *(alone if self.solo is not None else () if self.quiet else together),
            *(each.phrase for each in self.coming),
            *waits.phrases(to=self.reader),
            *(hold.phrase for hold in self.holds),
            *(assurance.phrase for assurance in self.reassurances),
            *self.promised.phrases(),
            *(win.phrase for win in self.wins),
            *(reading.phrase for reading in self.readings),
            *(() if self.suggestion is None else (self.suggestion.phrase,)),
            *((Phrase.of("outlook.quiet"),) if self.quiet else ()),
            *self.support.phrases(),
        )


def outlook(
    view: View,
    *,
    told: FearAnswer | None = None,
    directory: Iterable[Help] = (),
    prompts: Prompts | None = None,
) -> Outlook:
    """Put together what one person can see, as of their view.

    Someone who went quiet is offered nothing joint; others see ordinary quiet. Someone who answered in a support room
    is offered nothing joint either: what stands in their day has the same shape, and is for them alone. Neither is
    told of promises, of what went well together, or what others wrote for a pause; each part can still be asked for by
    itself.

    Args:
        view: whose view it is, and as of when.
        told: what the reader says just now, as in a support room; it is kept nowhere.
        directory: help that the host app knows of and answers for.
        prompts: the questions to suggest from; the library's own in English unless the app brings others.

    Laws:
        Until `changes_at`, a later view with nothing new in it gives the same outlook. It rests on the view
        alone, so it cannot tell what others kept private.
    """
    help_ = support(view, directory, told=told)
    look = Outlook(reader=view.reader, at=view.at, zone=view.zone, quiet=is_quiet(view), support=help_)
    if not is_here(view):
        return look
    paused, ruled, cards = pauses(view), rulings(view), tuple(holding.cards(view))
    solo = is_solo(view, told=told)
    apart = look.quiet or solo
    recovering = () if apart else paused.together
    look = evolve(
        look,
        holds=(*holding.holding(view, apart=apart), *paused.holds, *recovering, *ruled.holds, *cards),
        reassurances=() if apart else paused.reassurances,
        gently=bool(cards),
        suggestion=suggestion.suggestion(view, prompts=prompts, told=told),
        readings=going.readings(view),
    )
    turning = [*holding.turning(view), *waiting.turning(view), *suggestion.turning(view), *paused.turning]
    turning += [*ruled.turning, *going.turning(view)]
    if not look.quiet:
        check_ins, taken = ahead(view), turns(view)
        turning += [*check_ins.turning(), *taken.turning, *talks(view).turning, *referrals.turning(view, help_)]
        slots = Slots.of(check_ins, taken, paused)
        look = evolve(look, solo=slots) if solo else _together(view, look, slots, taken)
    turning += [*look.promised.turning(), *(each.start for each in look.coming)]
    return evolve(look, changes_at=min((moment for moment in turning if moment > view.at), default=None))


def _together(view: View, look: Outlook, slots: Slots, taken: Turns) -> Outlook:
    """Add what is offered to the reader together with the others, and what they can be glad of."""
    waits = waiting.waiting(view)
    return evolve(
        look,
        open=slots.open,
        next=slots.next,
        turn=slots.turn,
        again=slots.again,
        follow_up=slots.follow_up,
        coming=coming(view),
        holds=(*look.holds, *taken.holds, *talks(view).holds),
        awaiting=waits.offers,
        new_times=waits.new_times,
        questions=waits.questions,
        promised=promises(view),
        wins=going.wins(view),
    )
