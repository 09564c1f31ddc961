"""Calendars that other people collected, beside what a calendar program makes of them: nothing taken is offered."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import icalendar
import pendulum
import pytest
import recurring_ical_events  # type: ignore[import-untyped]  # it ships none

from reconnect.edges.ical import busy
from reconnect.errors import InvalidCalendar
from reconnect.temporal.window import Window

THEIRS: Final = Path(recurring_ical_events.__file__).parent / "test" / "calendars"
FILES: Final = sorted(THEIRS.glob("*.ics"))
LOOKED_AT: Final = dt.timedelta(days=60)  # the program needs minutes for some of these files at once
AGES: Final = Window(pendulum.datetime(1980, 1, 1), pendulum.datetime(2040, 1, 1))
FEW_REFUSED: Final = 10  # of some ninety; most of them are broken on purpose

pytestmark = pytest.mark.skipif(not FILES, reason="NOT tested: recurring_ical_events is here without its calendars")


def instant(moment: dt.date) -> dt.datetime:
    """Return a moment in UTC; a day begins there, and so does a time of no zone."""
    at = (
        moment if isinstance(moment, dt.datetime) else dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
    )
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


def refused(data: bytes) -> bool:
    """Tell whether a file is refused; any other error than `InvalidCalendar` goes through."""
    try:
        busy(data, within=AGES, zone="UTC")
    except InvalidCalendar:
        return True
    return False


def takes_time(event: Any) -> bool:  # noqa: ANN401 - an event of a library without types
    """Tell whether an event takes anybody's time."""
    said = (str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS"))
    return not {"TRANSPARENT", "CANCELLED"} & set(said)


def taken(data: bytes) -> Iterator[tuple[Window, dt.datetime, dt.datetime]]:
    """Go through what the program shows of the days after the first start in a file, and within which days."""
    for calendar in icalendar.Calendar.from_ical(data, multiple=True):
        events: list[Any] = list(calendar.walk("VEVENT"))
        if not events:
            continue
        starts = [instant(event["DTSTART"].dt) for event in events]
        within = Window(pendulum.instance(min(starts)), pendulum.instance(min(starts) + LOOKED_AT))
        for event in recurring_ical_events.of(calendar).between(within.start, within.end):
            begin, end = max(instant(event.start), within.start), min(instant(event.end), within.end)
            if takes_time(event) and begin < end:
                yield within, begin, end


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_that_a_calendar_program_shows_as_taken_is_offered(path: Path) -> None:
    """A calendar of others is read, or refused in so many words; where it is read, its owner is at least as busy."""
    data = path.read_bytes()
    if refused(data):
        return
    for within, begin, end in taken(data):
        found = busy(data, within=within, zone="UTC")
        assert any(window.start <= begin and end <= window.end for window in found), (begin, end)


def test_most_of_them_are_read() -> None:
    """To refuse them all would be no reading."""
    assert sum(refused(path.read_bytes()) for path in FILES) < FEW_REFUSED < len(FILES)
