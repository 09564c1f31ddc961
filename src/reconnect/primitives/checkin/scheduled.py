"""Which check-ins there are: of several schedules that somebody began by one yes, the first."""

from collections.abc import Iterator

import pendulum

from reconnect.primitives.checkin.schedule import CheckInSchedule
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["scheduled"]


def scheduled(view: View) -> tuple[CheckInSchedule, ...]:
    """Return the schedules that a reader can see, in the order in which they began, each agreement once.

    Everyone said yes to one rhythm, and to no more of it. So whoever begins it again beside the first has begun
    nothing, also when the first is stopped; what is begun after that is there like any other.

    Args:
        view: whose view it is, and as of when.

    Laws:
        At no instant do two of them rest on one proposal.
    """
    return view.once(scheduled, lambda: tuple(_first(view)))


def _first(view: View) -> Iterator[CheckInSchedule]:
    taken: dict[str, list[Window]] = {}
    for schedule in sorted(view.all(CheckInSchedule), key=lambda each: _since(each, view.at)):
        versions = schedule.versions(at=view.at)
        if not any(each.window.overlaps(other) for each in versions for other in taken.get(each.proposal, ())):
            yield schedule
            for each in versions:
                taken.setdefault(each.proposal, []).append(each.window)


def _since(schedule: CheckInSchedule, at: pendulum.DateTime) -> pendulum.DateTime:
    """Return since when everyone's yes has stood behind a schedule, which is not when somebody first named it."""
    return min((version.window.start for version in schedule.versions(at=at)), default=at)
