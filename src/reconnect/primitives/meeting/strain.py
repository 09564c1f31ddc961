"""A strain is a check-in that a clock change pushes out of somebody's published hours."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidMeeting
from reconnect.phrase import Phrase
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.meeting._mend import mended
from reconnect.primitives.meeting._pushed import Check, checks, pushed
from reconnect.primitives.meeting.mutual import as_published, check_within
from reconnect.primitives.meeting.published import Published
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["Strain", "Strains", "strains"]


@frozen(kw_only=True)
class Strain:
    """One check-in that needs a new time.

    Attributes:
        start: when it starts.
        change: the clock change that pushes it out of the reader's own hours; `None` if it is out of somebody
            else's, about which nothing more is said.
    """

    start: pendulum.DateTime = field(converter=as_instant)
    change: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))


@frozen(kw_only=True)
class Strains:
    """What one person may know about the check-ins that clock changes push out of someone's hours.

    Attributes:
        strained: the check-ins that need a new time, in order.
        mend: a rhythm that has them inside everyone's hours, ready to be offered:
            `view.offer(s.mend, id=..., about=schedule.id)`. Nothing moves before everyone has said yes. `None` if
            nothing needs to move, or if there is no such time nearby.
        phrases: how to say it.
    """

    strained: tuple[Strain, ...]
    mend: Rhythm | None
    phrases: tuple[Phrase, ...]


def strains(
    schedule: CheckInSchedule | Rhythm, published: Mapping[str, Published], within: Window, *, for_: str
) -> Strains:
    """Find the check-ins that a clock change pushes out of somebody's published hours, told for one person.

    Whoever is pushed out hears by which change. The others hear only that a new time is needed. A check-in that
    was outside somebody's hours from the beginning is none: they agreed on it as it is.

    >>> from reconnect.primitives.meeting.published import publish
    >>> from reconnect.temporal.hours import WeeklyHours
    >>> from reconnect.temporal.recurrence import Recurrence
    >>> sundays = Recurrence.weekly("SU", time="19:00", zone="Europe/Paris", starts=dt.date(2026, 3, 1))
    >>> hours = {
    ...     "ana": publish(WeeklyHours("America/New_York", {"SU": ["12:00-14:00"]})),
    ...     "ben": publish(WeeklyHours("Europe/Paris", {"SU": ["18:00-22:00"]})),
    ... }
    >>> spring = Window(pendulum.datetime(2026, 3, 2), pendulum.datetime(2026, 4, 6))
    >>> talks = Rhythm.of(sundays, length=dt.timedelta(minutes=30))
    >>> found = strains(talks, hours, spring, for_="ana")
    >>> [str(strain.start.in_timezone("America/New_York")) for strain in found.strained]
    ['2026-03-08 14:00:00-04:00', '2026-03-15 14:00:00-04:00', '2026-03-22 14:00:00-04:00']
    >>> [str(at.in_timezone("Europe/Paris")) for at in found.mend.recurrences[0].between(spring)][1:4]
    ['2026-03-15 18:30:00+01:00', '2026-03-22 18:30:00+01:00', '2026-03-29 19:00:00+02:00']
    >>> strains(found.mend, hours, spring, for_="ana").strained
    ()

    Args:
        schedule: the check-ins, or the rhythm of them.
        published: what each person published, in circle order (`all_published(view)`).
        within: the time to look at: from now on, as far as one likes to plan.
        for_: the person to whom it is told.

    Raises:
        InvalidMeeting: there are fewer than two people, the person is none of them, or the window is too wide.

    Laws:
        It finds exactly what is found by looking at each check-in in turn. A mend has no strain, and changes
        nothing else.
    """
    people = as_published(published)
    check_within(within)
    if for_ not in people:
        raise InvalidMeeting("one of those who published", "someone else")
    rhythm = schedule.rhythm if isinstance(schedule, CheckInSchedule) else schedule
    if rhythm is None:
        return Strains(strained=(), mend=None, phrases=(Phrase.of("meeting.no_strain", until=within.end),))
    length = -(-rhythm.length // dt.timedelta(seconds=1))
    ahead = checks(rhythm, within, schedule if isinstance(schedule, CheckInSchedule) else None)
    out = {person: pushed(rhythm, ahead, each, within, length) for person, each in people.items()}
    strained = [check for check in ahead if any(check in found for found in out.values())]
    told = tuple(_told(strained, out[for_]))
    mend = mended(rhythm, strained, tuple(people.values()), within, length) if strained else None
    return Strains(strained=told, mend=mend, phrases=tuple(_phrases(told, mend, within)))


def _told(strained: Sequence[Check], own: Mapping[Check, pendulum.DateTime]) -> Iterator[Strain]:
    for check in sorted(strained, key=lambda check: (check[1].instant, check[1].local)):
        yield Strain(start=check[1].instant, change=own.get(check))


def _phrases(strained: Sequence[Strain], mend: Rhythm | None, within: Window) -> Iterator[Phrase]:
    if not strained:
        yield Phrase.of("meeting.no_strain", until=within.end)
        return
    own = [(strain.change, strain.start) for strain in strained if strain.change is not None]
    for change, moved in groupby(own, key=itemgetter(0)):
        starts = [start for _, start in moved]
        yield Phrase.of("meeting.strain_yours", change=change, many=len(starts), first=starts[0])
    others = [strain for strain in strained if strain.change is None]
    if others:
        yield Phrase.of("meeting.strain_new_time", many=len(others), first=others[0].start)
    yield Phrase.of("meeting.no_mend") if mend is None else Phrase.of("meeting.mend")
