"""How a start repeats by a rule: the local starts of our own engine, and the instants at which clocks show them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final

from attrs import evolve

from reconnect.edges.ical._clocks import Clocks
from reconnect.edges.ical._content import Property
from reconnect.edges.ical._moment import clearly
from reconnect.edges.ical._often import Often
from reconnect.temporal.instant import DAY, instant_at, local_at, second_of
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.zone import FIRST, LAST

__all__ = ["recurrence", "repeating"]

_UNTIL: Final = re.compile(r"UNTIL=\d{8}T\d{6}Z", re.ASCII | re.IGNORECASE)
_OFTEN: Final = re.compile(r"(?:^|(?<=;))\s*FREQ=(HOURLY|MINUTELY|SECONDLY)(?=;|\s*$)", re.ASCII | re.IGNORECASE)
_NEVER_ENDS: Final = 1 << 60


def recurrence(local: dt.datetime, rule: Property, *, whole: bool = False, text: str | None = None) -> Recurrence:
    """Return how a start repeats by a rule, in what clocks show as if that were UTC.

    Args:
        local: the start.
        rule: the line of the rule.
        whole: whether the start is a day.
        text: what the rule says, if not what stands in its line.

    Raises:
        InvalidCalendar: it is no rule that is carried out here.
    """
    day = f"{local.year:04}{local.month:02}{local.day:02}"
    start = f";VALUE=DATE:{day}" if whole else f":{day}T{local:%H%M%S}"
    with clearly(rule.line):
        return Recurrence.parse(f"DTSTART{start}\nRRULE:{rule.value if text is None else text}", "UTC")


def repeating(
    local: dt.datetime,
    rule: Property,
    clocks: Clocks,
    reach: tuple[int, int] | None,
    *,
    whole: bool,
    look: Callable[[int], None],
) -> Iterator[tuple[dt.datetime, int]]:
    """Go through the starts by a rule: what clocks show, and the instant.

    Args:
        local: the start from which it repeats, as these clocks show it.
        rule: the line of the rule.
        clocks: the clocks.
        reach: from which instant to which one, or `None` if nothing takes any time: then a rule is only looked at.
        whole: whether the start is a day.
        look: told how much work there is beside that of each start, and gives up where there is no end to it.

    Raises:
        InvalidCalendar: it is no rule that is carried out here.
    """
    often = _OFTEN.search(rule.value)
    text = rule.value if often is None else Often.days_of(rule.value, often)
    found, until = _ended(recurrence(local, rule, whole=whole, text=text), rule, clocks, whole=whole)
    with clearly(rule.line):
        asked = None if often is None else Often.of(found, often[1].upper(), whole=whole)
        if reach is None:
            return
        low, high = max(clocks.around(reach[0])[0], FIRST), min(clocks.around(reach[1])[1], LAST)
        starts = _ruled(found, low, high) if asked is None else asked.starts(low, high, look)
        for start in starts:
            instant = clocks.instant(start)
            if instant is not None and reach[0] <= instant < reach[1] and instant <= until:
                yield local_at(start), instant


def _ruled(found: Recurrence, low: int, high: int) -> Iterator[int]:
    return map(second_of, found.between(Window(instant_at(low), instant_at(high))))


def _ended(found: Recurrence, rule: Property, clocks: Clocks, *, whole: bool) -> tuple[Recurrence, int]:
    """Return a recurrence that ends by what clocks show, and the last instant: UNTIL is given in UTC.

    Beside a day it means a day; some calendars write the midnight of that day in UTC.
    """
    written, shown = _UNTIL.search(rule.value), found.rule.until
    if written is None or shown is None:
        return found, _NEVER_ENDS
    last = second_of(recurrence(found.start, rule, text=f"FREQ=DAILY;{written[0]}").rule.until or shown)
    there = clocks.local(last)
    if whole:
        return _until(found, there if there % DAY == 0 else second_of(shown)), _NEVER_ENDS
    return _until(found, there + DAY), last


def _until(found: Recurrence, second: int) -> Recurrence:
    return evolve(found, rule=evolve(found.rule, until=instant_at(min(max(second, FIRST), LAST))))
