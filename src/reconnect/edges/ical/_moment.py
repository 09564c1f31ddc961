"""A moment of a calendar is what is written there: a day, a time on some clocks, or one on any clocks."""

import datetime as dt
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from attrs import frozen

from reconnect.edges.ical._clocks import UTC, Clocks
from reconnect.edges.ical._content import Property
from reconnect.errors import InvalidCalendar
from reconnect.errors.tree import Invalid
from reconnect.temporal.instant import local_at, second_of
from reconnect.temporal.rule import Frequency, Rule
from reconnect.temporal.zone import FIRST, LAST

__all__ = ["ONCE", "Moment", "clearly", "lasting", "later", "local_in", "moment", "moments", "second_at"]

ONCE: Final = Rule(frequency=Frequency.DAILY, count=1)
NamedClocks = Callable[[str, int], Clocks]
_WRITTEN: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?", re.ASCII | re.IGNORECASE)
_LASTING: Final = re.compile(
    r"([+-]?)P(?=[\dT])(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.ASCII | re.IGNORECASE,
)
_LEAP_SECOND: Final = 60
NOTHING: Final = dt.timedelta(0)


@frozen
class Moment:
    """A moment as it is written.

    Attributes:
        local: what clocks show.
        clocks: whose clocks, or `None` if that is not said.
        whole: it is a day.
    """

    local: dt.datetime
    clocks: Clocks | None
    whole: bool

    def second(self, clocks: Clocks) -> int:
        """Return the instant, counted in seconds; a moment on nobody's clocks is read on those that are given."""
        return second_at(self.local, self.clocks or clocks)

    def on(self, clocks: Clocks) -> dt.datetime:
        """Return what some clocks show at it; a moment on nobody's clocks is what these show."""
        return self.local if self.clocks is None or self.clocks is clocks else local_in(self.second(clocks), clocks)


def second_at(local: dt.datetime, clocks: Clocks) -> int:
    """Return the instant at which clocks show a time, within the years that there are."""
    found = clocks.instant(second_of(local))
    assert found is not None  # noqa: S101 - only Gap.SKIP answers None
    return min(max(found, FIRST), LAST)


def local_in(second: int, clocks: Clocks) -> dt.datetime:
    """Return what clocks show at an instant, within the years that there are."""
    return local_at(min(max(clocks.local(second), FIRST), LAST))


def moment(line: Property, text: str, zones: NamedClocks) -> Moment:
    """Read a moment.

    Raises:
        InvalidCalendar: it is none, or its zone is not known.
    """
    found = _WRITTEN.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 - one refusal for both
        numbers = [int(part or 0) for part in found.groups()[:6]]
        numbers[5] = min(numbers[5], 59) if numbers[5] == _LEAP_SECOND else numbers[5]
        local = dt.datetime(*numbers)  # type: ignore[arg-type] # noqa: DTZ001 # pyright: ignore[reportArgumentType] - six numbers, a local time
    except ValueError:
        raise InvalidCalendar(line.line, f"a day or a time such as 20260105T200000 in {line.name}") from None
    tzid = line.parameters.get("TZID")
    if found[4] is None:
        return Moment(local, None, whole=True)
    if found[7]:
        return Moment(local, UTC, whole=False)
    return Moment(local, zones(tzid, line.line) if tzid else None, whole=False)


def moments(lines: Iterable[Property], zones: NamedClocks) -> Iterator[Moment]:
    """Read all moments of some lines; of a period, its start."""
    for line in lines:
        for text in line.value.split(","):
            yield moment(line, text.partition("/")[0], zones)


def lasting(line: Property, text: str) -> tuple[dt.timedelta, dt.timedelta]:
    """Read how long something lasts: so many days on the calendar, and then so much time that really passes.

    Raises:
        InvalidCalendar: it is no length of time, less than none, or beyond the calendar.
    """
    found = _LASTING.fullmatch(text.strip())
    if found is None or found[1] == "-":
        raise InvalidCalendar(line.line, f"a length of time such as PT1H30M in {line.name}")
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups()[1:])
    with clearly(line.line, f"a length of time within the years 1 to 9999 in {line.name}"):
        on_the_calendar = dt.timedelta(weeks=weeks, days=days)
        both = on_the_calendar + dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return on_the_calendar, both - on_the_calendar


def later(local: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """Return a local time so much later, or earlier, within the years that there are."""
    try:
        return local + by
    except OverflowError:
        return local_at(LAST if by > NOTHING else FIRST)


@contextmanager
def clearly(line: int, expected: str | None = None) -> Generator[None]:
    """Let what cannot be be said with its line; the sentences of `Invalid` hold nothing of what stood there."""
    try:
        yield
    except Invalid as error:
        raise InvalidCalendar(line, expected or error.expected) from None
    except OverflowError:
        raise InvalidCalendar(line, expected or "times within the years 1 to 9999") from None
