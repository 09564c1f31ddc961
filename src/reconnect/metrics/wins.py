"""Small wins are what went well, as it was written: coming back, talking again, and what somebody noted themselves."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.metrics._occasions import COUNTED, latest
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.primitives.checkin import CheckInSchedule, Standing
from reconnect.primitives.recovery import RecoveryWindow, TimeOut, credited
from reconnect.primitives.recovery.acts import Called, SmallWin
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant, from_microseconds
from reconnect.temporal.window import Window

__all__ = ["Win", "small_wins"]

_TICK: Final = dt.timedelta(microseconds=1)
_EVER: Final = from_microseconds(0)  # 1970: nobody wrote anything before


@frozen(kw_only=True)
class Win:
    """Something small that went well. It is not counted, not dated against others, and not taken back.

    Attributes:
        about: the id of the story that it comes from, or `None`.
        phrase: what it says.
    """

    about: str | None = field(default=None, converter=optional(as_id))
    phrase: Phrase


def small_wins(view: View, within: Window) -> tuple[Win, ...]:
    """Return what went well in a stretch of time, as far as the reader can see it.

    There is a word for coming back to a talk or naming a new time (once for each person and topic, however late),
    for the first check-in after some that nobody answered, and for what somebody noted. How fast, how often and
    how many in a row make no difference; no week is the best one.

    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> from reconnect.record.memory import MemoryJournal
    >>> night = pendulum.datetime(2026, 1, 5, 21)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> journal = MemoryJournal()
    >>> told = journal.found(us, by="ana", at=night)
    >>> pause = TimeOut.call(id="t1", circle="c1", by="ben", at=night, topic="money")
    >>> told = journal.append(*pause.returned(by="ben", at=night.add(hours=20)).acts, acting="ben")
    >>> view = journal.view("ana", circle="c1", at=night.add(days=1))
    >>> [win.phrase.key for win in small_wins(view, Window(night, night.add(days=1)))]
    ['wins.came_back']

    Args:
        view: who reads, and as of when.
        within: what happened in it.
    """
    if within.end <= _EVER:
        return ()
    return (*_coming_back(view, within), *_talking_again(view, within), *_noted(view, within))


def _coming_back(view: View, within: Window) -> Iterator[Win]:
    time_outs = _moving(view, within)
    before = set(credited(time_outs, at=_last_instant_before(max(within.start, _EVER))))
    for credit in credited(time_outs, at=min(view.at, _last_instant_before(within.end))):
        if credit not in before:
            yours = credit.by == view.reader
            phrase = Phrase.of("wins.came_back_yours") if yours else Phrase.of("wins.came_back", by=credit.by)
            yield Win(about=credit.time_out, phrase=phrase)


def _moving(view: View, within: Window) -> tuple[TimeOut, ...]:
    """Return the time-outs in which something was said in a stretch of time, and the others on their topics."""
    said = {act.about for act in view.entries(kind=TimeOut.bodies) if act.at in within}
    calls = [(act.about, act.body.topic) for act in view.entries(kind=Called) if isinstance(act.body, Called)]
    topics = {topic for about, topic in calls if about in said and topic is not None}
    return view.some(TimeOut, (about for about, topic in calls if about in said or topic in topics))


def _talking_again(view: View, within: Window) -> Iterator[Win]:
    for schedule in view.all(CheckInSchedule):
        told = [(each, view.standing(each)) for each in latest(schedule, Window(_EVER, within.end), view.at)]
        counting = [(each, standing) for each, standing in told if standing in COUNTED]
        for (_, before), (each, standing) in pairwise(counting):
            if (before, standing) == (Standing.UNANSWERED, Standing.HELD) and each.start in within:
                yield Win(about=schedule.id, phrase=Phrase.of("wins.talked_again", start=each.start))


def _noted(view: View, within: Window) -> Iterator[Win]:
    written = (entry.about for entry in view.entries(kind=SmallWin) if entry.at in within)
    ids = set(written)
    begun = (call.about for call in view.entries(kind=TimeOut.opening) if call.about in ids)
    for recovery in view.some(RecoveryWindow, begun):
        for win in recovery.wins(at=view.at):
            if isinstance(win.body, SmallWin) and win.at in within:
                yield Win(about=recovery.id, phrase=Phrase.of("wins.noted", words=win.body.text))


def _last_instant_before(moment: pendulum.DateTime) -> pendulum.DateTime:
    return as_instant(moment - _TICK)
