"""Small wins are what went well, as it was written: coming back, talking again, a laugh, a warm word."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, TypeAlias

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.metrics._occasions import COUNTED, latest
from reconnect.metrics.laugh import Laughed
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.primitives.amends import Amends
from reconnect.primitives.boundary import Boundaries
from reconnect.primitives.checkin import Standing, scheduled
from reconnect.primitives.recovery import RecoveryWindow, TimeOut, credited
from reconnect.primitives.recovery.acts import Called, SmallWin
from reconnect.record.entry import Entry
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant, from_microseconds
from reconnect.temporal.window import Window

__all__ = ["Win", "small_wins", "tells_wins"]

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


Source: TypeAlias = Callable[[View, Window], Iterator[Win]]
_more: Final[dict[str, Source]] = {}


def tells_wins(source: Source) -> Source:
    """Let a floor above tell wins, too (a decorator), as listening does, of which this floor knows nothing."""
    _more[f"{source.__module__}.{source.__qualname__}"] = source  # a module that is loaded again tells nothing twice
    return source


def small_wins(view: View, within: Window) -> tuple[Win, ...]:
    """Return what went well in a stretch of time, as far as the reader can see it.

    There is a word for coming back to a talk or naming a new time (once for each person and topic, however late), for
    the first check-in after some that nobody answered, for an apology that was received well, a boundary whose owner
    marked it as kept, a laugh that people shared, a talk in which everyone said "yes, you got it", and for what
    somebody noted. How fast, how often and how many in a row make no difference; no week is the best one.

    An apology was received well if someone whom it is for says so: that they forgive, as long as that stands, or that
    they noticed the change. Only its author and whoever said so read of it, so that nobody who has not is urged to.

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
    own = (_coming_back, _talking_again, _received, _kept, _laughing, _noted)
    return tuple(win for source in (*own, *_more.values()) for win in source(view, within))


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
    for schedule in scheduled(view):
        told = [(each, view.standing(each)) for each in latest(schedule, Window(_EVER, within.end), view.at)]
        counting = [(each, standing) for each, standing in told if standing in COUNTED]
        for (_, before), (each, standing) in pairwise(counting):
            if (before, standing) == (Standing.UNANSWERED, Standing.HELD) and each.start in within:
                yield Win(about=schedule.id, phrase=Phrase.of("wins.talked_again", start=each.start))


def _received(view: View, within: Window) -> Iterator[Win]:
    """Go through the apologies that were received well, by what those said whom they are for."""
    for amends in view.all(Amends):
        author = amends.author(at=view.at)
        for by in dict.fromkeys(act.author for act in _warm(amends, view) if act.at in within):
            if view.reader == author:
                yield Win(about=amends.id, phrase=Phrase.of("wins.apology_received", by=by))
            elif view.reader == by and author is not None:
                yield Win(about=amends.id, phrase=Phrase.of("wins.apology_answered", by=author))


def _warm(amends: Amends, view: View) -> Iterator[Entry]:
    """Go through what was said warmly of some amends; an answer that was taken back is no longer there."""
    yield from amends.noticed(at=view.at)
    yield from (act for act in amends.answers(at=view.at).values() if getattr(act.body, "forgives", False))


def _kept(view: View, within: Window) -> Iterator[Win]:
    for boundaries in view.all(Boundaries):
        for news in boundaries.kept(at=view.at):
            if news.at in within:
                yours = news.by == view.reader
                phrase = Phrase.of("wins.boundary_yours") if yours else Phrase.of("wins.boundary_kept", by=news.by)
                yield Win(about=boundaries.id, phrase=phrase)


def _laughing(view: View, within: Window) -> Iterator[Win]:
    for entry in view.entries(kind=Laughed):
        if isinstance(entry.body, Laughed) and entry.at in within:
            words = entry.body.words
            by = entry.author
            phrase = Phrase.of("wins.laughed_words", by=by, words=words) if words else Phrase.of("wins.laughed", by=by)
            yield Win(about=entry.about, phrase=phrase)


def _noted(view: View, within: Window) -> Iterator[Win]:
    written = (entry.about for entry in view.entries(kind=SmallWin) if entry.at in within)
    ids = set(written)
    begun = (call.about for call in view.entries(kind=TimeOut.opening) if call.about in ids)
    for recovery in view.some(RecoveryWindow, begun):
        for win in recovery.wins(at=view.at):
            if isinstance(win.body, SmallWin) and win.at in within:
                yield Win(about=recovery.id, phrase=Phrase.of("wins.noted", by=win.author, words=win.body.text))


def _last_instant_before(moment: pendulum.DateTime) -> pendulum.DateTime:
    return as_instant(moment - _TICK)
