"""Rulings gather what boundaries say about check-ins now, and when that may change."""

import pendulum
from attrs import frozen

from reconnect.phrase import Phrase
from reconnect.practice.closings import concerned
from reconnect.practice.hold import Hold
from reconnect.primitives.boundary import Ruling, all_boundaries, together
from reconnect.primitives.checkin import scheduled
from reconnect.record.view import View

__all__ = ["Rulings", "rulings"]


@frozen(kw_only=True)
class Rulings:
    """What boundaries say about opening check-ins, as of a view.

    Attributes:
        holds: the boundaries that keep check-ins closed now, or have someone asked first.
        turning: when any of it may change if nobody says anything.
    """

    holds: tuple[Hold, ...] = ()
    turning: tuple[pendulum.DateTime, ...] = ()


def rulings(view: View) -> Rulings:
    """Gather what the boundaries that a reader can see say about check-ins that are agreed on."""
    schedules = [schedule for schedule in scheduled(view) if schedule.until(at=view.at) is not None]
    groups = dict.fromkeys(concerned(view, schedule) for schedule in schedules)
    holds: dict[Hold, None] = {}
    turning: list[pendulum.DateTime] = []
    for boundaries in all_boundaries(view):
        for people in groups:
            ruling, changes = together(boundaries, people, at=view.at)
            if not ruling.permits:
                holds[Hold(about=boundaries.id, phrase=_phrase(ruling), until=changes)] = None
            turning += [] if changes is None else [changes]
    return Rulings(holds=tuple(holds), turning=tuple(turning))


def _phrase(ruling: Ruling) -> Phrase:
    if ruling.deny:
        return Phrase.of("outlook.held_back")
    if ruling.not_before is not None:
        return Phrase.of("outlook.held_back_until", until=ruling.not_before)
    return Phrase.of("outlook.ask_first", people=tuple(sorted(ruling.ask_first)))
