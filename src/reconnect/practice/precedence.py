"""Precedence says what goes first when several things hold: what keeps a check-in closed, and what comes with it."""

from collections.abc import Iterator
from enum import Enum
from functools import reduce

import pendulum
from attrs import frozen

from reconnect.consent.mute import is_quiet
from reconnect.phrase import Phrase
from reconnect.practice.closings import concerned, recent, running
from reconnect.practice.support import FearAnswer, is_solo
from reconnect.practice.turns import going_on
from reconnect.primitives.boundary import Ruling, all_boundaries, together
from reconnect.primitives.boundary.ruling import PERMIT
from reconnect.primitives.checkin import CheckInSchedule, Occurrence, Standing
from reconnect.primitives.recovery import Recovery, RecoveryWindow
from reconnect.primitives.rotation import Turn
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["Decider", "Decision", "Rows", "decided", "precedence", "rows"]


class Decider(Enum):
    """What keeps a joint check-in closed; of several, the first in this order decides."""

    QUIET = "quiet"
    """The reader has gone quiet: they are offered nothing joint, and for everyone else it is an ordinary evening."""
    SUPPORT = "support"
    """The reader said in a room of their own that something frightens them: prompts are for them alone, at the same
    times, and for everyone else it is an ordinary evening."""
    TIME_OUT = "time_out"
    """Someone called a time-out that still runs: what closes meanwhile counts for nothing, and is offered again."""
    PAUSE = "pause"
    """It lies in a planned pause, and is not offered again: everyone planned to do without it."""
    BOUNDARY = "boundary"
    """A boundary says not now, or not before a time."""


@frozen(kw_only=True)
class Rows:
    """What each row of the table says of one check-in, whether or not it comes to bear.

    Attributes:
        quiet: the reader has gone quiet.
        support: the reader answered in a support room, or says so now.
        time_out: the time-out that runs, until it ends if nobody says anything.
        pause: the planned pause that the check-in lies in.
        ruling: what boundaries say about opening it.
        changes: when boundaries may say something else, if nobody says anything.
        recovery: the recovery windows that are open, oldest first.
        resting: the topics that rest, sorted.
        turn: whose turn it is to open it, by turns that everyone agreed on.
    """

    quiet: bool = False
    support: bool = False
    time_out: Window | None = None
    pause: Window | None = None
    ruling: Ruling = PERMIT
    changes: pendulum.DateTime | None = None
    recovery: tuple[RecoveryWindow, ...] = ()
    resting: tuple[str, ...] = ()
    turn: Turn | None = None


@frozen(kw_only=True)
class Decision:
    """What the table comes to for one check-in and one reader.

    Attributes:
        by: what keeps it closed, or `None` if nothing does.
        until: when that ends if nobody says anything; `None` if nothing is known to end it.
        ask_first: whom to ask before it is opened, sorted; every answer is fine. Nobody, while something keeps it
            closed.
        agenda: what it is about in a recovery window: the present. Nothing special otherwise.
        resting: topics that are out of it for now.
        turn: whose turn it is to open it. It never decides whether: anybody may.
    """

    by: Decider | None = None
    until: pendulum.DateTime | None = None
    ask_first: tuple[str, ...] = ()
    agenda: tuple[Phrase, ...] = ()
    resting: tuple[str, ...] = ()
    turn: Turn | None = None

    @property
    def opens(self) -> bool:
        """Whether it opens in its window, as far as the table goes."""
        return self.by is None


def precedence(view: View, occurrence: Occurrence, *, told: FearAnswer | None = None) -> Decision:
    """Decide whether a check-in may open as of a view, and what comes with it.

    It does not look at the check-in's own window, nor at what was said about that one check-in: that is its
    standing. A stop ends the whole schedule, so what was stopped has no check-in left to ask about.

    Args:
        view: whose view it is, and as of when.
        occurrence: which check-in.
        told: what the reader says just now, as in a support room; it is kept nowhere.

    Raises:
        UnknownStory: the reader can see no such schedule.

    Laws:
        The first row that applies decides; rows below it change nothing. What decorates never decides.
    """
    return decided(rows(view, occurrence, told=told))


def decided(rows: Rows) -> Decision:
    """Read the table from the top: the first of the five upper rows that applies decides.

    >>> evening = pendulum.datetime(2026, 1, 5, 20)
    >>> pause, break_ = Window(evening, evening.add(days=7)), Window(evening, evening.add(hours=1))
    >>> both = decided(Rows(time_out=break_, pause=pause))
    >>> both.by, both.until.isoformat()
    (<Decider.TIME_OUT: 'time_out'>, '2026-01-05T21:00:00+00:00')
    """
    if rows.quiet:
        return Decision(by=Decider.QUIET)
    if rows.support:
        return Decision(by=Decider.SUPPORT)
    if rows.time_out is not None:
        return Decision(by=Decider.TIME_OUT, until=rows.time_out.end)
    if rows.pause is not None:
        return Decision(by=Decider.PAUSE, until=rows.pause.end)
    if rows.ruling.holds_back:
        return Decision(by=Decider.BOUNDARY, until=rows.changes)
    agenda = rows.recovery[-1].agenda() if rows.recovery else ()
    return Decision(ask_first=tuple(sorted(rows.ruling.ask_first)), agenda=agenda, resting=rows.resting, turn=rows.turn)


def rows(view: View, occurrence: Occurrence, *, told: FearAnswer | None = None) -> Rows:
    """Return what each row of the table says of a check-in, as of a view.

    Raises:
        UnknownStory: the reader can see no such schedule.
    """
    schedule = view.state(CheckInSchedule, occurrence.key.schedule)
    people = concerned(view, schedule)
    asked = [together(boundaries, people, at=view.at) for boundaries in all_boundaries(view)]
    return Rows(
        quiet=is_quiet(view),
        support=is_solo(view, told=told),
        time_out=running(view),
        pause=_pause(view, schedule, occurrence),
        ruling=reduce(Ruling.__and__, (ruling for ruling, _ in asked), PERMIT),
        changes=min((change for _, change in asked if change is not None), default=None),
        recovery=tuple(each for each in view.all(RecoveryWindow) if each.standing(at=view.at) is Recovery.OPEN),
        resting=tuple(sorted(set(_resting(view)))),
        turn=next((turn for _, turn in going_on(view)), None),
    )


def _pause(view: View, schedule: CheckInSchedule, occurrence: Occurrence) -> Window | None:
    """Return the planned pause that a check-in lies in; once that has passed, the check-in's own window."""
    if schedule.standing_of(occurrence.key, at=view.at) is not Standing.PAUSED:
        return None
    now = schedule.occurrence(occurrence.key) or occurrence
    return next((pause for pause in schedule.pauses(at=view.at) if now.start in pause), now.window)


def _resting(view: View) -> Iterator[str]:
    """Go through the topics that rest, with or without a return."""
    for time_out in recent(view):
        after = RecoveryWindow.gather(view, time_out.id)
        topics = (call.topic for call in time_out.calls(at=view.at) if call.topic is not None)
        yield from (topic for topic in topics if not after.may_raise(topic, at=view.at))
