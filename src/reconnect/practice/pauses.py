"""Pauses gather what a reader may want to know in a time-out, and in the time after someone came back."""

from collections.abc import Iterable, Iterator

import pendulum
from attrs import frozen

from reconnect.practice.closings import RUNNING, recent
from reconnect.practice.hold import Hold
from reconnect.primitives.reassurance import Assurance, reassurances
from reconnect.primitives.recovery import Recovery, RecoveryWindow, TimeOut
from reconnect.record.view import View

__all__ = ["Pauses", "pauses"]


@frozen(kw_only=True)
class Pauses:
    """What holds in a time-out and after it, as of a view.

    Attributes:
        holds: the time-outs that run.
        together: the recovery windows that are open or offered.
        follow_up: the next follow-up whose time everyone said yes to.
        reassurances: what the others wrote in calm for a time like this, while a time-out runs: of each their newest.
        turning: when any of it changes if nobody says anything.
    """

    holds: tuple[Hold, ...] = ()
    together: tuple[Hold, ...] = ()
    follow_up: pendulum.DateTime | None = None
    reassurances: tuple[Assurance, ...] = ()
    turning: tuple[pendulum.DateTime, ...] = ()


def pauses(view: View) -> Pauses:
    """Gather what holds in the time-outs that a reader can see, and in the recovery windows that follow them."""
    lately = recent(view)
    windows = view.some(RecoveryWindow, (time_out.id for time_out in lately))
    meetings = [meeting for w in windows if (meeting := w.meeting(at=view.at)) is not None and meeting > view.at]
    changes = (time_out.changes_at(at=view.at) for time_out in lately)
    ends = (window.window(at=view.at) for window in windows)
    return Pauses(
        holds=tuple(_apart(view, lately)),
        together=tuple(_together(view, windows)),
        follow_up=min(meetings, default=None),
        reassurances=_reassurances(view, lately),
        turning=(
            *(change for change in changes if change is not None),
            *(end.end for end in ends if end is not None),
            *meetings,
        ),
    )


def _apart(view: View, time_outs: Iterable[TimeOut]) -> Iterator[Hold]:
    for time_out in time_outs:
        if time_out.phase(at=view.at) in RUNNING:
            phrase = time_out.phrase(to=view.reader, at=view.at)
            yield Hold(about=time_out.id, phrase=phrase, until=time_out.changes_at(at=view.at))


def _reassurances(view: View, time_outs: Iterable[TimeOut]) -> tuple[Assurance, ...]:
    """Return what the others wrote before the first of the time-outs that run was called, of each the newest."""
    running = (time_out for time_out in time_outs if time_out.phase(at=view.at) in RUNNING)
    began = min((call.at for time_out in running for call in time_out.calls(at=view.at)), default=None)
    return () if began is None else tuple({each.by: each for each in reassurances(view, pause=began)}.values())


def _together(view: View, windows: Iterable[RecoveryWindow]) -> Iterator[Hold]:
    for window in windows:
        if window.standing(at=view.at) in {Recovery.OPEN, Recovery.OFFERED}:
            until = window.window(at=view.at)
            yield Hold(about=window.id, phrase=window.phrase(at=view.at), until=None if until is None else until.end)
