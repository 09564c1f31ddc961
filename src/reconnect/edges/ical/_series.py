"""A series is what repeats in a calendar: by its rule where every calendar reads that alike, else one by one."""

import datetime as dt
import zoneinfo
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import evolve, field, frozen
from icalendar import Event, vRecur

from reconnect.edges.ical._slot import SECOND, Sheet, Slot, in_zone, put
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.recurrence import Recurrence, Start
from reconnect.temporal.rule import Frequency, Rule, weekday
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap

__all__ = ["Series", "Slots"]

_SAFE: Final = frozenset(range(1, 29))  # days that every month has
_NTH: Final = frozenset({1, 2, 3, 4, -1})  # weekdays that every month has
Slots: TypeAlias = Mapping[dt.datetime, Slot]


@frozen(kw_only=True)
class Series:
    """What repeats, and how it is called.

    Attributes:
        uid: the id of all of it.
        recurrence: how it repeats.
        alone: the id of one local start that stands for itself.
    """

    uid: str
    recurrence: Recurrence
    alone: Callable[[dt.datetime], str] = field(repr=False)

    def events(self, slots: Slots, sheet: Sheet) -> Iterator[tuple[str, Event]]:
        """Go through its events, each with its zone: a rule with its exceptions, and what fits no rule one by one.

        A start that clocks skip or repeat stands for itself, as an exception of the rule: so the rule, and its id, stay
        when the window reaches further.

        RFC 5545 has a list of starts for that (RDATE), of which some programs show only the first one, or none at all.

        Args:
            slots: what is on, by its local start.
            sheet: what the events have in common.
        """
        zone = self.recurrence.zone
        ruled = self._ruled(slots) if _is_plain(self.recurrence) else ()
        ruled = ruled if _lose_none(ruled, zone) else ()
        clear = {start.local: slots[start.local] for start in ruled if start.local in slots and _is_clear(start, zone)}
        places = [place for place, start in enumerate(ruled) if start.local in clear]
        if places:
            yield from self._by_rule(ruled[places[0] : places[-1] + 1], clear, sheet)
        for local, slot in slots.items():
            if local not in clear:
                yield "UTC", sheet.event(self.alone(local), slot)

    def _ruled(self, slots: Slots) -> Sequence[Start]:
        """Return the starts of the rule from the first to the last one that is on, as calendars would read it.

        So exceptions are among them, and starts that clocks skip, whatever the recurrence says about those.
        """
        endless = evolve(self.recurrence.rule, count=None, until=None)
        rule = evolve(self.recurrence, rule=endless, added=(), excluded=(), gap=Gap.SHIFT)
        found = [start for local in slots if (start := rule.instant_of(local)) is not None]
        return tuple(rule.starts(Window(min(found), elapsed(max(found), SECOND)))) if found else ()

    def _by_rule(self, ruled: Sequence[Start], slots: Slots, sheet: Sheet) -> Iterator[tuple[str, Event]]:
        """Go through the event that repeats, and one for each time that was moved."""
        zone, last = self.recurrence.zone, ruled[-1]
        rule = evolve(self.recurrence, rule=evolve(self.recurrence.rule, count=None, until=last.instant))
        found = [(start, slots.get(start.local)) for start in ruled]
        usual = Counter(slot.shape for _, slot in found if slot is not None).most_common(1)[0][0]
        event = sheet.event(self.uid, Slot.shaped(ruled[0].instant, usual), zone=zone)
        put(event, rrule=vRecur.from_ical(rule.format().split("\n")[1].removeprefix("RRULE:")))
        missing = (start for start, slot in found if slot is None)
        gone = [moment for start in missing for moment in _as_calendars_read(start, zone)]
        if gone:
            put(event, exdate=gone)
        yield zone, event
        for start, slot in found:
            if slot is not None and slot != Slot.shaped(start.instant, usual):
                moved = sheet.event(self.uid, slot, zone=zone)
                put(moved, recurrence_id=in_zone(start.instant, zone))
                yield zone, moved


def _as_calendars_read(start: Start, zone: str) -> Iterator[dt.datetime]:
    """Go through the local times by which a calendar may know a start: of one that clocks skip there are two."""
    yield start.local.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    there = in_zone(start.instant, zone)
    if there.replace(tzinfo=None) != start.local:
        yield there


def _lose_none(ruled: Sequence[Start], zone: str) -> bool:
    """Tell whether no exception means another start, too; where clocks skip a whole day, one does."""
    known = {start.local for start in ruled}
    unclear = (start for start in ruled if not _is_clear(start, zone))
    moved = ((start.local, in_zone(start.instant, zone).replace(tzinfo=None)) for start in unclear)
    return all(there == local or there not in known for local, there in moved)


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
