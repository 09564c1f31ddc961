"""Talks gather the listening that a reader may want to know of: asked for, ahead of them, under way, or waiting."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

import pendulum
from attrs import frozen

from reconnect.consent.aside import is_aside
from reconnect.language.listening import Listening, Stage, talks_heard
from reconnect.language.listening.session import STANDS
from reconnect.language.listening.words import REMINDERS
from reconnect.phrase import Phrase
from reconnect.practice.closings import RUNNING, recent
from reconnect.practice.hold import Hold
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed

__all__ = ["Talks", "talks"]

LEFT: Final = dt.timedelta(days=7)  # ours, no study: a talk that nobody said a word in for a week is left in peace
MONTH: Final = dt.timedelta(days=31)  # ours, no study: a time that not everyone said yes to is told of no longer
_UNDER_WAY: Final = frozenset({Stage.OPEN, Stage.PAUSED})
_OVER: Final = frozenset({Stage.STOPPED, Stage.HEARD})


@frozen(kw_only=True)
class Talks:
    """What holds in talks in turns, as of a view.

    Attributes:
        holds: one for each talk that is asked for, ahead, under way or waiting, in the order in which they began.
        turning: when any of it changes if nobody says anything.
    """

    holds: tuple[Hold, ...] = ()
    turning: tuple[pendulum.DateTime, ...] = ()


def talks(view: View) -> Talks:
    """Gather the talks that a reader can see: they are part of them, since nobody sees what was said before they came.

    A talk that ended is not told of, nor one in which nobody said a word for a week: it can still go on, and nobody is
    reminded of it. Of the talks that one person asks for, one a day reaches the others (see `talks_heard`); what the
    reader put aside is left out. While a time-out runs, a talk that has begun waits where it is, and nobody is asked
    for one.

    What people get wrong: a time-out ends no talk. When whoever called it is back, the same person has the floor.

    Laws:
        Until the first of `turning` that lies ahead, a later view with nothing new in it gives the same holds. What
        is told is the same for everyone, apart from whose step it is and what they put aside. In a time-out nobody is
        told to take a step.

    Sources:
        A week, and a month for a time that not everyone said yes to: ours, no study.
    """
    return view.once(talks, lambda: _gathered(view))


def _gathered(view: View) -> Talks:
    calls = [call for each in recent(view) for call in each.calls(at=view.at) if call.phase(view.at) in RUNNING]
    mine = [(talk, _rests_at(talk, view.at)) for talk in talks_heard(view) if not _is_aside(view, talk)]
    alive = [(talk, rests) for talk, rests in mine if rests > view.at]
    turning = [edge for talk, rests in alive for edge in (rests, *_edges(talk, view.at))]
    turning += [call.until for call in calls] if alive else []
    away = tuple(dict.fromkeys(call.by for call in calls))
    return Talks(holds=tuple(_holds(view, alive, away)), turning=tuple(turning))


def _is_aside(view: View, talk: Listening) -> bool:
    """Tell whether the reader put a talk aside; with the rest of its sort only while they said nothing in it."""
    has_spoken = any(act.author == view.reader for act in talk.told(view.at))
    return is_aside(view, talk, by=None if has_spoken else talk.asked.author)


def _rests_at(talk: Listening, at: pendulum.DateTime) -> pendulum.DateTime:
    """Return when a talk is left in peace: a week after the last word in it, or after the time that it is meant for.

    A time that not everyone said yes to counts for a month at most, so that nobody is asked for years.
    """
    said, agreed, proposed = talk.told(at)[-1].at, talk.starts_at(at=at), talk.proposed(at=at)
    asked = said if proposed is None else min(proposed, elapsed(said, MONTH))
    return elapsed(max(said, asked if agreed is None else agreed), LEFT)


def _edges(talk: Listening, at: pendulum.DateTime) -> Iterator[pendulum.DateTime]:
    """Go through the instants at which something else may be said of a talk, by itself."""
    proposed, changes = talk.proposed(at=at), talk.changes_at(at=at)
    if proposed is not None:
        yield from (proposed, elapsed(proposed, STANDS))
    if changes is not None:
        yield changes


def _holds(view: View, alive: Iterable[tuple[Listening, pendulum.DateTime]], away: tuple[str, ...]) -> Iterator[Hold]:
    """Go through what is told of the talks: of each one thing, or nothing."""
    for talk, rests in alive:
        until = min(edge for edge in (rests, *_edges(talk, view.at)) if edge > view.at)
        phrase = _waiting(view, talk, away) if away else _standing(view, talk)
        if phrase is not None:
            yield Hold(about=talk.id, phrase=phrase, until=until)


def _standing(view: View, talk: Listening) -> Phrase | None:
    """Say how a talk stands, without the reminders that belong to the talk itself; nothing, if it waits for a time."""
    stage = talk.stage(at=view.at)
    if stage in _OVER or (stage is Stage.ASKED and talk.proposed(at=view.at) is None):
        return None
    return next(phrase for phrase in talk.phrases(to=view.reader, at=view.at) if phrase not in REMINDERS)


def _waiting(view: View, talk: Listening, away: tuple[str, ...]) -> Phrase | None:
    """Say of a talk under way that it waits for those who called a time-out; of any other, nothing."""
    if talk.stage(at=view.at) not in _UNDER_WAY:
        return None
    return Phrase.of("listening.paused_yours") if view.reader in away else Phrase.of("listening.paused", people=away)
