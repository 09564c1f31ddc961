"""Mutual times are times that everyone published, chosen so that what is inconvenient goes round."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from reconnect.errors import InvalidMeeting
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.checkin.rhythm import LATE
from reconnect.primitives.meeting._reason import reasons
from reconnect.primitives.meeting._search import DAYS, Found, search
from reconnect.primitives.meeting._slots import WEEK, Slot, common, slots_of, weeks_in
from reconnect.primitives.meeting.published import Published
from reconnect.temporal.instant import instant_at, is_a, local_at, second_of
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import WEEKDAYS
from reconnect.temporal.window import Window
from reconnect.temporal.zone import clock

__all__ = ["MutualTimes", "Suggestion", "as_published", "check_within", "mutual_times"]

PREDICTABILITY: Final = Fraction(1, 4)  # ours, no study: change has to relieve someone of more than a little
SUGGESTIONS: Final = 3  # ours, no study: few enough to compare over tea
LONGEST: Final = dt.timedelta(days=1)  # ours, no study: what takes longer is a journey
FARTHEST: Final = dt.timedelta(days=3653)  # ours, no study: nobody knows their evenings in ten years
FEWEST: Final = 2  # alone, one needs no common time


@frozen(kw_only=True)
class Suggestion:
    """A rhythm that lies inside everyone's published hours, ready to be offered: `view.offer(s.rhythm, id=...)`.

    It holds no number about anyone, and nothing moves before everyone has said yes to it.

    Attributes:
        rhythm: when to meet; several recurrences take turns where that is fairer.
        within: the time it was looked at for; it ends there.
        turns: how many weeks take turns; 1 is the same every week.
        reasons: why, as far as each person allows.
    """

    rhythm: Rhythm
    within: Window
    turns: int
    reasons: tuple[Phrase, ...]


@frozen(kw_only=True)
class MutualTimes:
    """What was found: suggestions, the fairest first, and one sentence about them as a whole.

    Attributes:
        suggestions: at most as many as were asked for; none if there is no common time.
        phrase: what to say first, also if there is none.
    """

    suggestions: tuple[Suggestion, ...] = ()
    phrase: Phrase

    @property
    def best(self) -> Suggestion | None:
        """The fairest one, if there is any."""
        return self.suggestions[0] if self.suggestions else None


def mutual_times(
    published: Mapping[str, Published],
    *,
    length: dt.timedelta,
    within: Window,
    per_week: int = 1,
    predictability: Fraction | int = PREDICTABILITY,
    at_most: int = SUGGESTIONS,
) -> MutualTimes:
    """Suggest rhythms that suit everyone, so that over time what is inconvenient goes round.

    Only what everyone published is used, so asking a thousand times tells no more than reading it once.
    Each week of `within` gets its meetings; days are counted from its start.

    >>> import pendulum
    >>> from reconnect.primitives.meeting.published import publish
    >>> from reconnect.temporal.hours import WeeklyHours
    >>> noon, night = WeeklyHours("UTC", {"SA": ["12:00-14:00"]}), WeeklyHours("UTC", {"SA": ["20:00-22:00"]})
    >>> four_weeks = Window(pendulum.datetime(2026, 1, 5), pendulum.datetime(2026, 2, 2))
    >>> hours = {"ana": publish(prefers=noon, only_if_needed=night), "ben": publish(prefers=night, only_if_needed=noon)}
    >>> found = mutual_times(hours, length=dt.timedelta(hours=1), within=four_weeks)
    >>> [str(at.to_datetime_string()) for r in found.best.rhythm.recurrences for at in r.between(four_weeks)]
    ['2026-01-10 12:00:00', '2026-01-24 12:00:00', '2026-01-17 20:00:00', '2026-01-31 20:00:00']

    Args:
        published: what each person published, in circle order (`all_published(view)`).
        length: how long each meeting takes.
        within: the time to look at; a part of a week at its end is left alone.
        per_week: how many meetings a week, spread over it.
        predictability: from 0 (only fairness counts) to 1 (the same every week). Each further week that takes
            turns weighs, for everyone and at every meeting, as much as that share of the heaviest burden.
        at_most: how many suggestions.

    Raises:
        InvalidMeeting: there are fewer than two people, or a question that has no answer.

    Laws:
        Every suggestion lies inside everyone's published hours at each of its instants. No rhythm of the family
        that is searched is fairer than the first: comparing the most burdened person first, then the next, and
        so on (leximin). Other names, or another order, change nothing but names and order. Publishing more
        never makes it harder for whoever has it hardest.

    Sources:
        Leximin: A. Sen, Collective Choice and Social Welfare (1970). The weights of the levels are ours.
    """
    people = as_published(published)
    _check(length, within, per_week, predictability, at_most)
    seconds = -(-length // dt.timedelta(seconds=1))
    for stretch in _stretches(tuple(people.values()), within):
        weeks = weeks_in(stretch)
        found = search(
            slots_of(tuple(people.values()), stretch, seconds),
            people=len(people),
            weeks=weeks,
            per_week=per_week,
            predictability=Fraction(predictability),
        )
        if found:
            best = tuple(_suggestion(each, people, stretch, length, weeks) for each in found[:at_most])
            return MutualTimes(suggestions=best, phrase=_heading(best[0], within))
    return MutualTimes(phrase=Phrase.of("meeting.none"))


def as_published(published: Mapping[str, Published]) -> dict[str, Published]:
    """Return what people published, by person, or refuse anything else: a calendar never gets in here.

    Raises:
        InvalidMeeting: there are fewer than two people, or something stands there that nobody published.
    """
    people = {as_id(person): each for person, each in published.items()}
    for each in people.values():
        if not is_a(each, Published):
            raise InvalidMeeting("what each person published", f"a {type(each).__name__}")
    if len(people) < FEWEST:
        raise InvalidMeeting("what two or more people published", f"{len(people)} of them")
    return people


def check_within(within: Window) -> None:
    """Refuse to look at what is no window, at more than ten years, or at the ends of the calendar.

    Raises:
        InvalidMeeting: it is one of these.
    """
    if not is_a(within, Window):
        raise InvalidMeeting("a window to look at", f"a {type(within).__name__}")
    if within.length > FARTHEST or not dt.MINYEAR < within.start.year <= within.end.year < dt.MAXYEAR:
        raise InvalidMeeting("a window of ten years at most, within the years 2 to 9998", "another one")


def _check(length: dt.timedelta, within: Window, per_week: int, predictability: Fraction | int, at_most: int) -> None:
    check_within(within)
    if not is_a(length, dt.timedelta) or not dt.timedelta(0) < length <= LONGEST:
        raise InvalidMeeting("a length of a day at most", "another one")
    if type(per_week) is not int or not 1 <= per_week <= DAYS:
        raise InvalidMeeting(f"1 to {DAYS} meetings a week", "another number")
    if type(predictability) not in {int, Fraction} or not 0 <= predictability <= 1:
        raise InvalidMeeting("a predictability from 0 to 1, as a Fraction or a whole number", "another one")
    if type(at_most) is not int or at_most < 1:
        raise InvalidMeeting("one suggestion or more", "another number")


def _stretches(published: Sequence[Published], within: Window) -> Iterator[Window]:
    """Go through what to look at: all of it, else only until what everyone published ends, or until clocks change."""
    yield within
    shared = common(published, within)
    if shared:
        first, last = second_of(within.start), second_of(shared.windows[-1].end)
        clocks = [clock(zone) for zone in {each.zone for each in published}]
        changes = {at for each in clocks for at, _, _ in each.changes(first, second_of(within.end))}
        for end in sorted({last, *changes}, reverse=True):
            if first + WEEK <= end < second_of(within.end):
                yield Window(within.start, instant_at(end))


def _suggestion(
    found: Found, people: Mapping[str, Published], within: Window, length: dt.timedelta, weeks: int
) -> Suggestion:
    size = len(found.slots) // found.turns
    turns: dict[Slot, list[int]] = {}
    for place, slot in enumerate(found.slots):
        turns.setdefault(slot, []).append(place // size)
    recurrences: list[Recurrence] = []
    for slot, having in turns.items():
        every, first = (1, [0]) if len(having) == found.turns else (found.turns, having)
        recurrences += [_recurrence(slot, turn, every, len(range(turn, weeks, every))) for turn in first]
    rhythm = Rhythm.of(*recurrences, length=length, late=max(LATE, length))
    meetings = [Window.of(at, length) for each in recurrences for at in each.between(within)]
    return Suggestion(
        rhythm=rhythm,
        within=within,
        turns=found.turns,
        reasons=(_shape(found.turns, size), *reasons(people, meetings)),
    )


def _recurrence(slot: Slot, turn: int, every: int, count: int) -> Recurrence:
    local = local_at(slot.local + turn * WEEK)
    return Recurrence.weekly(
        WEEKDAYS[local.weekday()], time=local.time(), zone=slot.zone, starts=local.date(), every=every, count=count
    )


def _shape(turns: int, per_week: int) -> Phrase:
    if turns == 1:
        return Phrase.of("meeting.same", per_week=per_week)
    return Phrase.of("meeting.turns", per_week=per_week, turns=turns)


def _heading(best: Suggestion, within: Window) -> Phrase:
    first = min(start for each in best.rhythm.recurrences if (start := each.nth(0)) is not None)
    if best.within == within:
        return Phrase.of("meeting.found", first=first)
    return Phrase.of("meeting.found_until", first=first, until=best.within.end)
