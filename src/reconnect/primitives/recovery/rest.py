"""A topic rests for a while after a time-out on it, and never for longer than two days from the first call."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from enum import IntEnum
from functools import cached_property
from typing import Final

import pendulum
from attrs import frozen

from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.window import Window

__all__ = ["LONGEST_REST", "Event", "Rest", "What"]

LONGEST_REST: Final = dt.timedelta(hours=48)  # pages derived from PREP: brought back within 24-48 hours; no trial


class What(IntEnum):
    """What happened; at one instant a call comes first."""

    CALL = 0
    RETURN = 1


@frozen(kw_only=True, order=True)
class Event:
    """A call on a topic, or a return from one.

    Attributes:
        at: when.
        what: which of the two.
        call: which call: the time-out and its caller.
        length: how long the topic rests after a return.
    """

    at: pendulum.DateTime
    what: What
    call: tuple[str, str]
    length: dt.timedelta = dt.timedelta(0)


@frozen(kw_only=True)
class Step:
    """What everyone knew of the rest of a topic from an instant on."""

    known: pendulum.DateTime
    first: pendulum.DateTime
    end: pendulum.DateTime


@frozen(kw_only=True)
class Rest:
    """When one topic rests, as it became known event by event.

    An episode begins with a call on the topic while it does not rest. Further calls in it never make it longer
    than 48 hours from the first one; a return lets it end sooner, or later within those.
    """

    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Rest":
        """Lay the episodes of a topic end to end."""
        steps: list[Step] = []
        calls: set[tuple[str, str]] = set()
        for event in sorted(set(events)):
            resting = bool(steps) and event.at < steps[-1].end
            if event.what is What.CALL:
                if not resting:
                    steps.append(Step(known=event.at, first=event.at, end=elapsed(event.at, LONGEST_REST)))
                    calls.clear()
                calls.add(event.call)
            elif resting and event.call in calls:
                first = steps[-1].first
                end = min(elapsed(event.at, event.length), elapsed(first, LONGEST_REST))
                steps.append(Step(known=event.at, first=first, end=end))
        return cls(steps=tuple(steps))

    def is_on(self, at: pendulum.DateTime) -> bool:
        """Tell whether the topic rests at an instant, as everyone knew it then."""
        place = bisect_right(self.steps, at, key=lambda step: step.known)
        return place > 0 and at < self.steps[place - 1].end

    @cached_property
    def episodes(self) -> tuple[Window, ...]:
        """The stretches for which the topic rests, as known in the end."""
        ends = {step.first: step.end for step in self.steps}
        return tuple(Window(first, end) for first, end in ends.items() if first < end)
