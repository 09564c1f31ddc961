"""A series is the check-ins of one recurrence in a calendar: by its rule where every calendar reads that alike."""

import datetime as dt
import zoneinfo
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import evolve, frozen
from icalendar import Event, vRecur

from reconnect.edges.ical._slot import SECOND, Sheet, Slot, in_zone, put
from reconnect.primitives.checkin import CheckInSchedule, Occurrence, OccurrenceKey, Rhythm, Standing
from reconnect.record.digest import digest
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.recurrence import Recurrence, Start
from reconnect.temporal.rule import Frequency, Rule, weekday
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap

__all__ = ["check_ins"]

_SAFE: Final = frozenset(range(1, 29))  # days that every month has
_NTH: Final = frozenset({1, 2, 3, 4, -1})  # weekdays that every month has
Slots: TypeAlias = Mapping[OccurrenceKey, Slot]


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
        yield from _series(line, mine, sheet)
    yield from (_single(key, slot, sheet) for key, slot in left.items())


def _is_on(schedule: CheckInSchedule, found: Occurrence, sheet: Sheet) -> bool:
    standing = schedule.standing_of(found.key, at=sheet.stamp)
    return standing not in {Standing.PAUSED, Standing.LET_GO} and not schedule.is_waiting(found.key)


def _lines(schedule: CheckInSchedule) -> Iterator[_Line]:
    for decides, rhythm in schedule.agreed():
        for recurrence in rhythm.recurrences:
            uid = digest("calendar.series", schedule.circle, schedule.id, decides.start, recurrence)
            yield _Line(uid=uid, recurrence=recurrence, rhythm=rhythm, decides=decides)


def _series(line: _Line, mine: Slots, sheet: Sheet) -> Iterator[tuple[str, Event]]:
    """Go through the events of one line: a rule with its exceptions, and what does not fit a rule one by one.

    RFC 5545 has a list of starts for that (RDATE), of which some programs show only the first one, or none at all.
    """
    left, ruled = dict(mine), _ruled(line, mine)
    if ruled and _is_plain(line.recurrence) and all(_is_clear(start, line.recurrence.zone) for start in ruled):
        yield from _by_rule(line, ruled, mine, sheet)
        for start in ruled:
            left.pop(_key(line, start, mine), None)
    yield from (_single(key, slot, sheet) for key, slot in left.items())


def _ruled(line: _Line, mine: Slots) -> Sequence[Start]:
    """Return the starts of the rule from the first to the last check-in that it has, as calendars would read it.

    So exceptions are among them, and starts that clocks skip, whatever the recurrence says about those.
    """
    endless = evolve(line.recurrence.rule, count=None, until=None)
    rule = evolve(line.recurrence, rule=endless, added=(), excluded=(), gap=Gap.SHIFT)
    found = [start for key in mine if (start := rule.instant_of(key.original_start)) is not None]
    return tuple(rule.starts(Window(min(found), elapsed(max(found), SECOND)))) if found else ()


def _key(line: _Line, start: Start, mine: Slots) -> OccurrenceKey:
    """Return the key of a start of the rule."""
    return evolve(next(iter(mine)), original_start=start.local, zone=line.recurrence.zone)


def _by_rule(line: _Line, ruled: Sequence[Start], mine: Slots, sheet: Sheet) -> Iterator[tuple[str, Event]]:
    """Go through the event that repeats, and one for each check-in that was moved."""
    zone, last = line.recurrence.zone, ruled[-1]
    rule = evolve(line.recurrence, rule=evolve(line.recurrence.rule, count=None, until=last.instant))
    found = [(start, mine.get(_key(line, start, mine))) for start in ruled]
    usual = Counter(slot.shape for _, slot in found if slot is not None).most_common(1)[0][0]
    event = sheet.event(line.uid, Slot.shaped(ruled[0].instant, usual), zone=zone)
    put(event, rrule=vRecur.from_ical(rule.format().split("\n")[1].removeprefix("RRULE:")))
    gone = [in_zone(start.instant, zone) for start, slot in found if slot is None]
    if gone:
        put(event, exdate=gone)
    yield zone, event
    for start, slot in found:
        if slot is not None and slot != Slot.shaped(start.instant, usual):
            moved = sheet.event(line.uid, slot, zone=zone)
            put(moved, recurrence_id=in_zone(start.instant, zone))
            yield zone, moved


def _single(key: OccurrenceKey, slot: Slot, sheet: Sheet) -> tuple[str, Event]:
    """Return the event of a check-in that stands for itself."""
    return "UTC", sheet.event(digest("calendar.check_in", sheet.circle, key), slot)


def _is_clear(start: Start, zone: str) -> bool:
    """Tell whether clocks show a local start exactly once: calendars read others in different ways."""
    there = start.local.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    return there.utcoffset() == there.replace(fold=1).utcoffset()


def _is_plain(recurrence: Recurrence) -> bool:
    """Tell whether a rule is one of those that every calendar carries out, and in the same way."""
    rule, start = recurrence.rule, recurrence.start
    if rule.hours or rule.minutes or rule.seconds or rule.positions or rule.weeks or rule.year_days:
        return False
    match rule.frequency:
        case Frequency.DAILY:
            return not (rule.months or rule.month_days or rule.days)
        case Frequency.WEEKLY:
            return not rule.months
        case Frequency.MONTHLY:
            return not rule.months and _is_one_day(rule, start)
        case _:
            named = rule.months[:1] == rule.months != () or not (rule.months or rule.month_days or rule.days)
            return named and _is_one_day(rule, start)


def _is_one_day(rule: Rule, start: dt.datetime) -> bool:
    """Tell whether a rule means one day of a month, and every month has it."""
    if rule.days:
        return not rule.month_days and len(rule.days) == 1 and weekday(rule.days[0])[1] in _NTH
    return not set(rule.month_days or (start.day,)) - _SAFE and len(rule.month_days) <= 1
