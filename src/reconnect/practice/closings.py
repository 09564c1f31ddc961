"""Closings tell a view when time-outs kept check-ins closed, so that they count for nothing and against nobody."""

import datetime as dt
from typing import Final

from reconnect.primitives.checkin import CheckInSchedule, Closed, Counts, Occurrence, Standing
from reconnect.primitives.recovery import Phase, TimeOut
from reconnect.record.view import View, teach
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["apart", "closed"]

RUNNING: Final = frozenset({Phase.RESTING, Phase.READY, Phase.WAITING})
LONGEST: Final = dt.timedelta(hours=24)  # a time-out is released after a day (rules: at call + 24 h)


def apart(time_out: TimeOut) -> Windows:
    """Return when a time-out ran: from a call until its caller was back, the talk was ended, or a day had passed."""
    calls = [act.at for act in time_out.told() if isinstance(act.body, TimeOut.opening)]
    days = (Window(at, as_instant(at + LONGEST)) for at in calls)
    return Windows.of(*(window for day in days for window, phase in time_out.phases(day) if phase in RUNNING))


def closed(view: View) -> Closed:
    """Return when nothing joint could open in a circle, as far as its time-outs tell, as of a view."""
    return Closed(time_outs=Windows.of(*(window for time_out in view.all(TimeOut) for window in apart(time_out))))


def _standing(view: View, occurrence: Occurrence) -> Standing:
    """Carry out `View.standing`."""
    schedule = view.state(CheckInSchedule, occurrence.key.schedule)
    return schedule.standing_of(occurrence.key, at=view.at, closed=closed(view))


def _counts(view: View, schedule: CheckInSchedule | str, within: Window) -> Counts:
    """Carry out `View.counts`."""
    name = schedule if isinstance(schedule, str) else schedule.id
    return view.state(CheckInSchedule, name).counts(within, at=view.at, closed=closed(view))


teach("standing", _standing)
teach("counts", _counts)
