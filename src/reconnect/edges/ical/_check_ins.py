"""The check-ins of a calendar: a series for each recurrence of each agreed rhythm."""

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import frozen
from icalendar import Event

from reconnect.edges.ical._series import Series
from reconnect.edges.ical._slot import Sheet, Slot
from reconnect.primitives.checkin import CheckInSchedule, Occurrence, OccurrenceKey, Rhythm, Standing
from reconnect.record.digest import digest
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["check_ins"]


@frozen(kw_only=True)
class _Line:
    """One recurrence of one agreed rhythm, while that decides what opens."""

    uid: str
    recurrence: Recurrence
    rhythm: Rhythm
    decides: Window

    def has(self, key: OccurrenceKey) -> bool:
        """Tell whether a check-in is of this line by its first start."""
        start = self.recurrence.instant_of(key.original_start) if self.recurrence.zone == key.zone else None
        return start is not None and self.decides.start <= start and self.rhythm.opening(start) < self.decides.end


def check_ins(schedule: CheckInSchedule, within: Window, sheet: Sheet) -> Iterator[tuple[str, Event]]:
    """Go through the events of the check-ins of a schedule that start inside a window, each with its zone.

    What someone paused, skipped or put off without a new time is not there.
    """
    left = {each.key: Slot.of_check_in(each) for each in schedule.occurrences(within) if _is_on(schedule, each, sheet)}
    for line in _lines(schedule):
        mine = {key: slot for key, slot in left.items() if line.has(key)}
        for key in mine:
            del left[key]
        slots = {key.original_start: slot for key, slot in mine.items()}
        yield from _named(line, mine, sheet.circle).events(slots, sheet)
    yield from (("UTC", sheet.event(_uid(sheet.circle, key), slot)) for key, slot in left.items())


def _named(line: _Line, keys: Iterable[OccurrenceKey], circle: str) -> Series:
    """Return the series of a line, in which check-ins that stand for themselves are called by their keys."""
    by_start = {key.original_start: key for key in keys}

    def alone(local: dt.datetime) -> str:
        return _uid(circle, by_start[local])

    return Series(uid=line.uid, recurrence=line.recurrence, alone=alone)


def _is_on(schedule: CheckInSchedule, found: Occurrence, sheet: Sheet) -> bool:
    standing = schedule.standing_of(found.key, at=sheet.stamp)
    return standing not in {Standing.PAUSED, Standing.LET_GO} and not schedule.is_waiting(found.key)


def _lines(schedule: CheckInSchedule) -> Iterator[_Line]:
    for decides, rhythm in schedule.agreed():
        for recurrence in rhythm.recurrences:
            uid = digest("calendar.series", schedule.circle, schedule.id, decides.start, recurrence)
            yield _Line(uid=uid, recurrence=recurrence, rhythm=rhythm, decides=decides)


def _uid(circle: str, key: OccurrenceKey) -> str:
    """Return the id of a check-in that stands for itself."""
    return digest("calendar.check_in", circle, key)
