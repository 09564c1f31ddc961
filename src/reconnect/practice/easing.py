"""Easing is an offer to expect a little less for a while: of a rhythm, a promise, a goal; never of a person."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from reconnect.consent.proposal import Agreed, Proposal
from reconnect.metrics.scale import MOOD, Scale
from reconnect.metrics.weeks import EVER, this_week
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.practice.helped import heavier_weeks
from reconnect.practice.rhythms import EASES, lighter
from reconnect.practice.spared import invited, is_spared
from reconnect.practice.support import FearAnswer
from reconnect.primitives.checkin import CheckInSchedule, Rhythm, scheduled
from reconnect.primitives.commitment import Keeping, my_promises
from reconnect.primitives.wellness import WellnessPlan
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import shifted
from reconnect.temporal.window import Window
from reconnect.temporal.zone import instant_of

__all__ = ["Ease", "easing"]

LATELY: Final = 2  # weeks; ours, no study: a heavier week is felt for about that long
FORTNIGHT: Final = dt.timedelta(days=14)  # ours: as long
FEWEST_DUE: Final = 4  # check-ins due within it below which nothing follows from any of them; ours, no study
HALF: Final = 2  # ours: where fewer than half of the check-ins that were due took place, the rhythm may be a lot


@frozen(kw_only=True)
class Ease:
    """One thing that could be a little less for a while, if the reader likes. Nothing is sent, and nobody is told.

    Attributes:
        about: the id of what it is about: a schedule, a promise of the reader's own, or their wellness plan.
        value: what they could offer to everyone about it; `None` where it is theirs alone, and needs no offer.
        phrase: the suggestion, in one sentence.
    """

    about: str = field(converter=as_id)
    value: Rhythm | None = None
    phrase: Phrase


def easing(view: View, *, scale: Scale = MOOD, told: FearAnswer | None = None) -> tuple[Ease, ...]:
    """Return what the reader could expect a little less of for a while, after a heavier week; nothing most of the time.

    It is about targets and not about people: fewer check-ins for four weeks, after which all is as before; single
    times of a promise of one's own; goals of one's own that may rest. Fewer check-ins are suggested only while everyone
    said "nudge us" lately, because an offer is a step towards the others; what is the reader's own needs no invitation.

    Nothing is suggested to somebody who is quiet or who answered in a support room, and to nobody while a time-out
    runs.
    A rhythm that was eased already, or about which an offer waits for an answer, is left alone.

    Args:
        view: whose view it is, and as of when.
        scale: what the reader's own notes are on.
        told: what the reader says just now, as in a support room; it is kept nowhere.

    Laws:
        It changes nothing by itself, and what it holds can be offered. What others keep private changes nothing.

    Sources:
        Two weeks, four check-ins, half of them, four weeks of ease: ours, no study.
    """
    if is_spared(view, told=told) or view.at <= EVER:
        return ()
    heavier = any(this_week(view) - week <= LATELY for week in heavier_weeks(view, scale))
    own = (*_promises(view), *_goals(view)) if heavier else ()
    return (*_check_ins(view, heavier=heavier), *own)


def _check_ins(view: View, *, heavier: bool) -> Iterator[Ease]:
    """Go through the rhythms that could be lighter, if everyone would like to be nudged."""
    waiting = {p.about for p in view.all(Proposal) if p.standing(at=view.at) is Agreed.OPEN}
    for schedule in scheduled(view) if invited(view) else ():
        rhythm, free = schedule.rhythm, schedule.id not in waiting and schedule.until(at=view.at) is not None
        if rhythm is None or not free or _is_eased(rhythm, view) or not (heavier or _is_a_lot(view, schedule)):
            continue
        eased = lighter(rhythm, view.at)
        if eased is not None:
            yield Ease(about=schedule.id, value=eased, phrase=Phrase.of("easing.check_ins"))


def _is_a_lot(view: View, schedule: CheckInSchedule) -> bool:
    """Tell whether few of the check-ins that were due lately took place; what was paused was not due."""
    counts = view.counts(schedule, Window(shifted(view.at, -FORTNIGHT), view.at))
    return counts.due >= FEWEST_DUE and HALF * counts.held < counts.due


def _is_eased(rhythm: Rhythm, view: View) -> bool:
    """Tell whether check-ins around now were left out of a rhythm already."""
    near = Window(shifted(view.at, -EASES), elapsed(view.at, EASES))
    left_out = (instant_of(local, r.zone, r.gap) for r in rhythm.recurrences for local in r.excluded)
    return any(start is not None and start in near for start in left_out)


def _promises(view: View) -> Iterator[Ease]:
    """Go through the reader's own promises of which a time lies ahead in the next weeks, each once."""
    ahead = my_promises(view, Window(view.at, elapsed(view.at, EASES)))
    agreed = (each.commitment for each in ahead if each.keeping is Keeping.AGREED)
    yield from (Ease(about=name, phrase=Phrase.of("easing.promise")) for name in dict.fromkeys(agreed))


def _goals(view: View) -> Iterator[Ease]:
    for plan in view.all(WellnessPlan):
        if plan.goals(of=view.reader, at=view.at):
            yield Ease(about=plan.id, phrase=Phrase.of("easing.goals"))
