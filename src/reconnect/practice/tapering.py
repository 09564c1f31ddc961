"""Tapering is an offer to need this library less: where things hold by themselves, fewer prompts are enough."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from attrs import evolve, field, frozen
from attrs.converters import optional

from reconnect.metrics import Direction, mood, usual_level
from reconnect.metrics.scale import MOOD, Scale
from reconnect.metrics.weeks import EVER, own_weeks, this_week
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.practice.rhythms import comes_round, halved
from reconnect.practice.spared import invited, is_spared
from reconnect.practice.support import FearAnswer
from reconnect.primitives.boundary import NudgeCap, own_cap
from reconnect.primitives.boundary.nudge_cap import LONGEST
from reconnect.primitives.checkin import Rhythm, scheduled
from reconnect.record.view import View
from reconnect.temporal.instant import shifted
from reconnect.temporal.window import Window

__all__ = ["Taper", "tapering"]

FOUR_WEEKS: Final = dt.timedelta(days=28)  # ours, no study: twice as long is two months in which things held
WEEKS: Final = 8  # the same two months, in weeks
FEWEST_DUE: Final = 4  # check-ins due in each four weeks, one a week; ours, no study
HELD: Final = Fraction(3, 4)  # of them took place; ours, no study: one in four may fall out and things still hold
FEW: Final = NudgeCap(most=1)  # one reminder a day, for whoever had no cap; ours, no study
ONCE_A_WEEK: Final = 4  # times in four weeks; ours: what comes round more seldom than that is not halved


@frozen(kw_only=True)
class Taper:
    """One way to be prompted less, if the reader likes. Nothing is sent, and it can be taken back whenever.

    Attributes:
        about: the id of the schedule that an offer would be about; `None` for what is the reader's own.
        value: a `NudgeCap` that they could write down for themselves, or a rhythm that they could offer to everyone.
        phrase: the suggestion, in one sentence.
    """

    about: str | None = field(default=None, converter=optional(as_id))
    value: NudgeCap | Rhythm
    phrase: Phrase


def tapering(view: View, *, scale: Scale = MOOD, told: FearAnswer | None = None) -> tuple[Taper, ...]:
    """Return how the reader could be prompted less, if things have held for two months by themselves.

    Things hold if in each of the last two times four weeks at least four check-ins were due and three in four of them
    took place, and if the reader's own days, as far as they note any, are as usual: no week of them was heavier, no
    direction goes down, and the level is not below its limits. That things hold now is no promise that they will.

    A cap on reminders is the reader's own, and nobody else hears of it. A rhythm half as often is suggested only while
    everyone said "nudge us" lately, because an offer is a step towards the others.

    Args:
        view: whose view it is, and as of when.
        scale: what the reader's own notes are on.
        told: what the reader says just now, as in a support room; it is kept nowhere.

    Laws:
        What it suggests is never more than there was. It changes nothing by itself. What others keep private changes
        nothing.

    Sources:
        Two months, four check-ins, three in four, one reminder a day: ours, no study.
    """
    if is_spared(view, told=told) or view.at <= EVER or not (_is_met(view) and _is_steady(view, scale)):
        return ()
    return (*_reminders(view), *_check_ins(view))


def _is_met(view: View) -> bool:
    """Tell whether check-ins took place mostly, in each half of the last two months."""
    middle = shifted(view.at, -FOUR_WEEKS)
    for half in (Window(shifted(middle, -FOUR_WEEKS), middle), Window(middle, view.at)):
        counts = [view.counts(schedule, half) for schedule in scheduled(view)]
        due, held = sum(count.due for count in counts), sum(count.held for count in counts)
        if due < FEWEST_DUE or held < HELD * due:
            return False
    return True


def _is_steady(view: View, scale: Scale) -> bool:
    """Tell whether the reader's own days speak against nothing; who notes none has nothing that does."""
    months = Window(shifted(view.at, -2 * FOUR_WEEKS), view.at)
    weeks, level = own_weeks(view, scale), usual_level(view, months, scale=scale)
    heavier = any(week.heavier for number, week in weeks.items() if this_week(view) - number <= WEEKS)
    falls = mood(view, months, scale=scale).direction is Direction.EASING
    return not heavier and not falls and (level is None or level.low <= level.value)


def _reminders(view: View) -> Iterator[Taper]:
    """Suggest half as many reminders as the reader's own cap lets through now."""
    cap = own_cap(view)
    if cap is None:
        yield Taper(value=FEW, phrase=Phrase.of("tapering.reminders"))
    elif cap.most and 2 * cap.within <= LONGEST:
        yield Taper(value=evolve(cap, within=2 * cap.within), phrase=Phrase.of("tapering.reminders"))


def _check_ins(view: View) -> Iterator[Taper]:
    for schedule in scheduled(view) if invited(view) else ():
        rhythm = schedule.rhythm
        if rhythm is None or schedule.until(at=view.at) is None or comes_round(rhythm, view.at) < ONCE_A_WEEK:
            continue
        half = halved(rhythm, view.at)
        if half is not None:
            yield Taper(about=schedule.id, value=half, phrase=Phrase.of("tapering.check_ins"))
