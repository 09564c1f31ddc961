"""What is written down for one time of an event and all that follow: from there on it takes other times, or none."""

import datetime as dt
from typing import Final, Self

from attrs import frozen

from reconnect.edges.ical._clocks import Clocks
from reconnect.edges.ical._content import Part
from reconnect.edges.ical._length import Length, NamedClocks
from reconnect.edges.ical._moment import Moment, later, moment, second_at
from reconnect.errors import InvalidCalendar

__all__ = ["Onward", "is_free", "speaks_for_later"]

_FREE: Final = "TRANSPARENT"
_CANCELLED: Final = "CANCELLED"
_MICROSOFT: Final = "X-MICROSOFT-CDO-BUSYSTATUS"
_SAYS_NOTHING: Final = "WORKINGELSEWHERE"  # Outlook says in TRANSP whether that takes one's time


@frozen(kw_only=True)
class Onward:
    """From one time of an event on.

    Attributes:
        since: the time that it had by its rule, as an instant.
        shift: by how much that and all that follow are moved, on the clocks of the event.
        length: how long they take, or `None` if they take no time.
        clocks: the clocks on which they are read from then on: days are those of whoever lives them.
    """

    since: int
    shift: dt.timedelta
    length: Length | None
    clocks: Clocks

    @classmethod
    def of(cls, event: Part, start: Moment, clocks: Clocks, zones: NamedClocks, home: Clocks) -> Self:
        """Read it.

        Args:
            event: what is written down for it.
            start: the start of the event that repeats.
            clocks: the clocks on which that is read.
            zones: what the names of zones mean.
            home: the clocks that the calendar's owner lives by.

        Raises:
            InvalidCalendar: it stands for a day of an event with times, or for a time of one with days.
        """
        line, begins = event.needed("RECURRENCE-ID"), event.needed("DTSTART")
        was, is_ = moment(line, line.value, zones), moment(begins, begins.value, zones)
        if was.whole is not start.whole:
            raise InvalidCalendar(line.line, f"two days or two times: a start and its {line.name} with RANGE")
        length = None if is_free(event) else Length.of(event, is_, clocks, zones)
        there = home if is_.whole and not start.whole else clocks
        return cls(since=was.second(clocks), shift=is_.on(clocks) - was.on(clocks), length=length, clocks=there)

    def moved(self, local: dt.datetime, start: int) -> tuple[dt.datetime, int]:
        """Return where one time is moved to: what clocks show there, and the instant."""
        if not self.shift:
            return local, start
        there = later(local, self.shift)
        return there, second_at(there, self.clocks)


def speaks_for_later(event: Part) -> bool:
    """Tell whether an event is written down for one time of another and for all that follow.

    Raises:
        InvalidCalendar: it is for some of them in another way, or does not say for which event.
    """
    line = event.one("RECURRENCE-ID")
    if line is None or "RANGE" not in line.parameters:
        return False
    if line.parameters["RANGE"].upper() != "THISANDFUTURE" or event.one("UID") is None:
        raise InvalidCalendar(line.line, "RECURRENCE-ID for one time alone, or with RANGE=THISANDFUTURE beside a UID")
    return True


def is_free(event: Part) -> bool:
    """Tell whether an event takes nobody's time: it is cancelled, or all that says so says that it is free."""
    status, shown = event.one("STATUS"), event.one("TRANSP")
    if status is not None and status.value.upper() == _CANCELLED:
        return True
    said = [line.value.upper() == "FREE" for line in event.all(_MICROSOFT) if line.value.upper() != _SAYS_NOTHING]
    said += [] if shown is None else [shown.value.upper() == _FREE]
    return bool(said) and all(said)
