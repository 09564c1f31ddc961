"""What helped before: steps taken in heavier weeks, and how often a week as usual came after; never causes."""

from collections.abc import Iterable, Mapping
from typing import Final

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidReading
from reconnect.metrics.scale import MOOD, Scale
from reconnect.metrics.weeks import YEAR, OwnWeek, own_weeks, this_week, week_of
from reconnect.phrase import Phrase
from reconnect.practice.deeds import Deed, Done, deeds
from reconnect.practice.spared import is_spared
from reconnect.practice.support import FearAnswer
from reconnect.primitives.recovery import TimeOut
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["Helped", "heavier_weeks", "what_helped_before"]

OCCASIONS: Final = 3  # heavier weeks with, and without, a step below which it is too early to say; ours, no study
_KINDS: Final = {
    Deed.CHECK_IN: Phrase.of("helped.check_in"),
    Deed.PROMISE: Phrase.of("helped.promise"),
    Deed.GESTURE: Phrase.of("helped.gesture"),
    Deed.AMENDS: Phrase.of("helped.amends"),
    Deed.LISTENING: Phrase.of("helped.listening"),
    Deed.RITUAL: Phrase.of("helped.ritual"),
    Deed.GOOD_DAY: Phrase.of("helped.good_day"),
    Deed.REVIEW: Phrase.of("helped.review"),
    Deed.EASED: Phrase.of("helped.eased"),
}


@frozen(kw_only=True)
class Helped:
    """How often a week as usual came after a heavier week with one kind of step in it, and after one without.

    It is a count and no more. Heavier weeks are mostly followed by lighter ones by themselves, with or without
    anything (regression to the mean); therefore the weeks without the step stand beside those with it. A difference
    between the two can be chance, or something else that was different in those weeks.

    >>> walks = Helped(deed=Deed.GESTURE, times=3, of=4, otherwise=1, otherwise_of=3, evidence=("g1", "g2"))
    >>> walks.is_told, walks.phrase().key
    (True, 'helped.beside')
    >>> once = Helped(deed=Deed.GESTURE, times=1, of=1, otherwise=1, otherwise_of=3, evidence=("g1",))
    >>> once.is_told, once.phrase().key  # the only time it was tried, and still too early to say
    (False, 'helped.too_early')

    Attributes:
        deed: what kind of step.
        times: after how many of those heavier weeks the next one was as usual, or better.
        of: in how many heavier weeks the step was taken.
        otherwise: after how many heavier weeks without it the next one was as usual, or better.
        otherwise_of: how many heavier weeks there were without it.
        last: when it was last taken in a heavier week.
        evidence: the ids of the entries that say that it was taken in those weeks, oldest first.

    Raises:
        InvalidReading: something came after more weeks than there were, or a count is below 0.

    Laws:
        A time-out or a planned pause more lowers neither `times` nor `of`. The order of entries, and saying one
        twice, change nothing. Renaming people changes nothing. What others keep private changes nothing.
    """

    deed: Deed
    times: int = 0
    of: int
    otherwise: int = 0
    otherwise_of: int = 0
    last: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    evidence: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse counts that cannot be."""
        if not 0 <= self.times <= self.of or not 0 <= self.otherwise <= self.otherwise_of:
            raise InvalidReading("no more weeks that something came after than there were", "other counts")

    @property
    def is_told(self) -> bool:
        """Whether there were enough heavier weeks with the step to say anything: three or more."""
        return self.of >= OCCASIONS

    @property
    def is_compared(self) -> bool:
        """Whether there were enough heavier weeks without it, too; otherwise there is nothing to set it against."""
        return self.is_told and self.otherwise_of >= OCCASIONS

    def phrase(self) -> Phrase:
        """Say it in one sentence: too early, how often, or how often with it and without."""
        what = _KINDS[self.deed]
        if not self.is_told:
            return Phrase.of("helped.too_early", what=what)
        if not self.is_compared:
            return Phrase.of("helped.alone", what=what, times=self.times, of=self.of)
        with_it = {"times": self.times, "of": self.of}
        return Phrase.of("helped.beside", what=what, **with_it, otherwise=self.otherwise, weeks=self.otherwise_of)


def what_helped_before(view: View, *, scale: Scale = MOOD, told: FearAnswer | None = None) -> tuple[Helped, ...]:
    """Return which steps were taken in the reader's heavier weeks, and how often a week as usual came next.

    A week is *heavier* if the middle of the reader's own days lay half a word or more below what was usual for them
    just before, or if somebody called a time-out in it. The week after it is *as usual* if the middle of their days
    was back at that usual, or above it; with fewer than three days with a note, nobody can tell, and it is left out.
    It goes by whole weeks on the reader's own clocks: steps of one week stand before all days of the next, so a step
    is never counted before a better time that had begun already, and no day counts twice.

    The numbers are about the reader's own notes and nobody else's. They do not say that a step did anything, that it
    would do so again, or that leaving it out did harm: they come from one person's few weeks, steps are more likely
    in some weeks than in others, and with many kinds of steps one of them looks good by chance. So kinds keep one
    order whatever the counts are, those that nothing better came after are there as well, and nobody's name is in it.

    A silence makes no week heavier: nobody here knows why it is silent (see `signal`), and a planned pause must move
    no count. A step is what was done and shared; nothing is asked of anyone by it, and to suggest one to the reader
    needs an invitation like any suggestion. Whoever is quiet or answered in a support room is told nothing, and
    so is everyone while a time-out runs.

    Like the other readings, it is as of the view: there is no `at` that could differ from `view.at`.

    Args:
        view: whose view it is, and as of when.
        scale: what the reader's own notes are on.
        told: what the reader says just now, as in a support room; it is kept nowhere.

    Returns:
        One for each kind of step that was taken in a heavier week of the last year, in the order of `Deed`.

    Sources:
        Three occasions, three days, half a word, sixty days, a year: ours, no study. That extreme weeks are followed
        by less extreme ones: Galton 1886 (known). Steps of one stretch and days of the next: what is called a landmark
        (Anderson, Cain and Gelber 1983; known), so that a time that is soon better is not short of steps.
    """
    if is_spared(view, told=told):
        return ()
    better = _after(heavier_weeks(view, scale), own_weeks(view, scale))
    found: dict[Deed, list[Done]] = {}
    for done in deeds(view) if better else ():
        if week_of(view, done.at) in better:
            found.setdefault(done.deed, []).append(done)
    return tuple(_helped(view, deed, found[deed], better) for deed in Deed if deed in found)


def heavier_weeks(view: View, scale: Scale = MOOD) -> frozenset[int]:
    """Return the numbers of the reader's heavier weeks that are over: by their own days, or by a time-out in them."""
    now = this_week(view)
    calls = (call.at for time_out in view.all(TimeOut) for call in time_out.calls(at=view.at))
    apart = {week_of(view, at) for at in calls}
    own = {number for number, week in own_weeks(view, scale).items() if week.heavier}
    return frozenset(number for number in own | apart if now - YEAR <= number < now)


def _after(heavier: Iterable[int], weeks: Mapping[int, OwnWeek]) -> dict[int, bool]:
    """Return for each heavier week whether the next one was as usual, as far as that can be told."""
    found: dict[int, bool] = {}
    for number in heavier:
        after = weeks.get(number + 1)
        if after is None or after.level is None:
            continue
        usual = weeks.get(number, after).usual  # a week without notes changed nothing about what is usual
        if usual is not None:
            found[number] = after.level >= usual
    return found


def _helped(view: View, deed: Deed, done: list[Done], better: Mapping[int, bool]) -> Helped:
    with_it = {week_of(view, each.at) for each in done}
    without = better.keys() - with_it
    return Helped(
        deed=deed,
        times=sum(better[number] for number in with_it),
        of=len(with_it),
        otherwise=sum(better[number] for number in without),
        otherwise_of=len(without),
        last=max(each.at for each in done),
        evidence=tuple(dict.fromkeys(name for each in done for name in each.evidence)),
    )
