"""What is always true of rules in a calendar of one's own, beside the text of RFC 5545 and a calendar program."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

import pendulum
from hypothesis import given
from hypothesis import strategies as st
from tests.edges.calendar_program import expanded

from reconnect.edges.ical import busy
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import instant_of

DAY: Final = dt.timedelta(days=1)
MINUTE: Final = dt.timedelta(minutes=1)
ZONES: Final = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
UNITS: Final = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
FEWEST: Final = {"HOURLY": 1, "MINUTELY": 5, "SECONDLY": 400}
NIGHTS: Final = (dt.datetime(2026, 3, 28, 20), dt.datetime(2026, 10, 24, 22), dt.datetime(2026, 2, 27, 23))  # noqa: DTZ001 - local times
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NUMBERS: Final = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS")
DATES: Final = st.integers(-31, 31).filter(bool)


def written(moment: dt.datetime) -> str:
    """Write a local time as calendars do."""
    return f"{moment:%Y%m%dT%H%M%S}"


def few(draw: st.DrawFn, low: int, high: int) -> list[int]:
    """Draw a few numbers."""
    return draw(st.lists(st.integers(low, high), min_size=1, max_size=4, unique=True))


@st.composite
def rules(draw: st.DrawFn, start: dt.datetime) -> str:
    """Draw a rule that comes round every few hours, minutes or seconds, with parts that choose and parts that add."""
    frequency = draw(st.sampled_from(tuple(UNITS)))
    every = draw(st.integers(FEWEST[frequency], 5000) | st.sampled_from((24, 25, 1440, 1441, 86_400)))
    parts = [f"FREQ={frequency}", f"INTERVAL={max(every, FEWEST[frequency])}"]
    chosen: dict[str, Callable[[], Sequence[object]]] = {
        "BYMONTH": lambda: few(draw, 1, 12),
        "BYMONTHDAY": lambda: draw(st.lists(DATES, min_size=1, max_size=20, unique=True)),
        "BYYEARDAY": lambda: [*few(draw, 55, 366), *few(draw, 85, 90), 297, 298],
        "BYDAY": lambda: draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)),
        "BYHOUR": lambda: [*few(draw, 0, 23), start.hour],
        "BYMINUTE": lambda: few(draw, 0, 59),
        "BYSECOND": lambda: few(draw, 0, 59),
    }
    used = draw(st.lists(st.sampled_from(tuple(chosen)), max_size=2, unique=True))
    parts += [f"{name}={','.join(map(str, chosen[name]()))}" for name in used]
    if frequency != "SECONDLY" and "BYSECOND" in used and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(('1', '-1', '2', '1,-1')))}")
    ends = draw(st.sampled_from(("", "COUNT", "UNTIL")))
    if ends == "COUNT":
        parts.append(f"COUNT={draw(st.integers(1, 300))}")
    if ends == "UNTIL":
        parts.append(f"UNTIL={written(start + draw(st.integers(0, 99)) * dt.timedelta(hours=1))}")
    return ";".join(parts)


def by_the_text(rule: str, start: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    """Return the local starts as RFC 5545 tells of them, in 3.3.10: step by step, then choose, then add."""
    parts = dict(part.split("=") for part in rule.split(";"))
    unit = UNITS[parts["FREQ"]]
    numbers = {name: [int(n) for n in text.split(",")] for name, text in parts.items() if name in NUMBERS}
    found: list[dt.datetime] = []
    step = start - dt.timedelta(seconds=start.minute * 60 + start.second if unit == 3600 else start.second * (unit > 1))
    while step < end:
        if is_chosen(step, unit, numbers, parts.get("BYDAY")):
            minutes = numbers.get("BYMINUTE", [start.minute]) if unit == 3600 else [step.minute]
            seconds = numbers.get("BYSECOND", [start.second]) if unit > 1 else [step.second]
            times = sorted(step.replace(minute=minute, second=second) for minute in minutes for second in seconds)
            places = [place - (place > 0) for place in numbers.get("BYSETPOS", [])]
            picked = {times[place] for place in places if -len(times) <= place < len(times)} if places else set(times)
            found += sorted(at for at in picked if at >= start)
        step += dt.timedelta(seconds=unit * int(parts["INTERVAL"]))
    until = parts.get("UNTIL", "99991231T235959")
    return [at for at in found[: int(parts.get("COUNT", len(found)))] if written(at) <= until]


def is_chosen(step: dt.datetime, unit: int, numbers: dict[str, list[int]], days: str | None) -> bool:
    """Tell whether an hour, a minute or a second is among those that a rule chooses."""
    month = ((step.replace(day=28) + 4 * DAY).replace(day=1) - DAY).day
    day, year = step.timetuple().tm_yday, dt.date(step.year, 12, 31).timetuple().tm_yday
    chosen = (
        ("BYMONTH", {step.month}, True),
        ("BYMONTHDAY", {step.day, step.day - month - 1}, True),
        ("BYYEARDAY", {day, day - year - 1}, True),
        ("BYHOUR", {step.hour}, True),
        ("BYMINUTE", {step.minute}, unit <= 60),
        ("BYSECOND", {step.second}, unit == 1),
    )
    by_day = days is None or WEEKDAYS[step.weekday()] in days.split(",")
    return by_day and all(not limits or name not in numbers or own & {*numbers[name]} for name, own, limits in chosen)


@given(st.data(), st.sampled_from(NIGHTS), st.sampled_from(ZONES), st.integers(0, 3), st.integers(0, 86_399))
def test_rules_of_hours_minutes_and_seconds_are_those_of_the_text(
    data: st.DataObject, night: dt.datetime, zone: str, ahead: int, later: int
) -> None:
    """Whatever chooses among their starts or adds to them, however they end, and across clock changes."""
    start = night - ahead * DAY + dt.timedelta(seconds=later)
    rule = data.draw(rules(start))
    first = instant_of(start, zone)
    assert first is not None
    within = Window.of(as_instant(first + data.draw(st.integers(-1, 3)) * DAY), 2 * DAY)
    starts = [first, *(instant_of(local, zone) for local in by_the_text(rule, start, start + 7 * DAY))]
    made = f"DTSTART;TZID={zone}:{written(start)}\nDURATION:PT1M\nRRULE:{rule}"
    found = busy(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{made}\nEND:VEVENT\nEND:VCALENDAR", within=within, zone="UTC")
    assert found == Windows.of(*(Window.of(at, MINUTE) for at in starts if at is not None)) & Windows((within,))


@st.composite
def series(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw an event that repeats, changed from one or two times on, with days off and single times moved besides."""
    zone, length = draw(st.sampled_from(ZONES)), draw(st.integers(10, 300))
    start = dt.datetime(2026, 3, draw(st.integers(10, 28)), draw(st.integers(8, 18)), 30)  # noqa: DTZ001 - a local time
    step, rule = draw(st.sampled_from(((1, "FREQ=DAILY"), (7, "FREQ=WEEKLY"), (2, "FREQ=DAILY;INTERVAL=2;COUNT=12"))))
    at = [start + n * step * DAY for n in range(12)]
    marks = draw(st.lists(st.sampled_from(at), min_size=1, max_size=4, unique=True))
    lines = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", f"DTSTART;TZID={zone}:{written(start)}"]
    lines += [f"DURATION:PT{length}M", f"RRULE:{rule}"]
    lines += [f"EXDATE;TZID={zone}:{written(off)}" for off in draw(st.lists(st.sampled_from(at), max_size=2))]
    parts = [
        (
            *(line for line in lines if not any(written(mark) in line for mark in marks if "EXDATE" in line)),
            "END:VEVENT",
        )
    ]
    for number, mark in enumerate(marks):
        for_all = ";RANGE=THISANDFUTURE" if number < 2 else ""
        to = mark + draw(st.integers(-300, 300)) * MINUTE + draw(st.integers(-2, 2)) * DAY
        ends = draw(
            st.sampled_from(
                (f"DURATION:PT{length // 2 + 5}M", f"DTEND;TZID={zone}:{written(to + 2 * length * MINUTE)}")
            )
        )
        said = draw(st.sampled_from(("STATUS:CONFIRMED", "STATUS:CONFIRMED", "STATUS:CANCELLED", "TRANSP:TRANSPARENT")))
        of = f"RECURRENCE-ID{for_all};TZID={zone}:{written(mark)}"
        begins = f"DTSTART;TZID={zone}:{written(to)}"
        parts.append(("BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", of, begins, ends, said, "END:VEVENT"))
    return tuple(line for part in draw(st.permutations(parts)) for line in part)


@given(series(), st.integers(-2, 30), st.integers(1, 9))
def test_what_is_changed_from_one_time_on_is_what_a_calendar_program_shows(
    lines: tuple[str, ...], ahead: int, days: int
) -> None:
    """Moved, longer, cancelled or free, with single times moved besides, in whatever order, across clock changes."""
    within = Window.of(pendulum.datetime(2026, 3, 12).add(days=ahead), days * DAY)
    made = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""))
    wide = Window(as_instant(within.start - 20 * DAY), as_instant(within.end + 20 * DAY))
    taken = [
        event
        for event in expanded(made.encode(), wide)
        if str(event.get("STATUS", "")) != "CANCELLED" and str(event.get("TRANSP", "")) != "TRANSPARENT"
    ]
    shown = Windows.of(*(Window(event.start, event.end) for event in taken))
    assert busy(made, within=within, zone="UTC") == shown & Windows((within,))
