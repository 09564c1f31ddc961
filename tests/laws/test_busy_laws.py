"""What is always true of the busy times of a calendar, beside a calendar program that others wrote."""

import datetime as dt
from pathlib import Path
from typing import Final

import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.edges.calendar_program import expanded

from reconnect.edges.ical import busy
from reconnect.edges.testing import temporal
from reconnect.errors import InvalidCalendar
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import Gap

HERE: Final = Path(__file__).parents[1] / "edges" / "calendars"
FILES: Final = tuple(sorted(HERE.glob("*.ics")))
DAY: Final = dt.timedelta(days=1)
SPRING: Final = Window(pendulum.datetime(2026, 3, 20), pendulum.datetime(2026, 4, 20))
MARCH: Final = Window(pendulum.datetime(2026, 3, 1), pendulum.datetime(2026, 4, 5))
ZONES: Final = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
RULES: Final = (
    None,
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;COUNT=5",
    "FREQ=WEEKLY;BYDAY=MO,TH,SU",
    "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260405T120000Z",
    "FREQ=MONTHLY;BYDAY=-1SU",
)


@st.composite
def events(draw: st.DrawFn, number: int) -> tuple[str, ...]:
    """Draw an event in the afternoon: once or by a rule, with days off, one moved time, and every way to end."""
    zone, hour = draw(st.sampled_from(ZONES)), draw(st.integers(11, 18))
    day = dt.datetime(2026, 3, draw(st.integers(1, 31)), hour, draw(st.sampled_from((0, 30))))  # noqa: DTZ001 - a local time
    rule = draw(st.sampled_from(RULES))
    minutes = draw(st.integers(1, 240))
    ends = draw(
        st.sampled_from(
            (f"DURATION:PT{minutes}M", f"DTEND;TZID={zone}:{day + dt.timedelta(minutes=minutes):%Y%m%dT%H%M%S}")
        )
    )
    lines = [f"UID:e{number}", f"DTSTART;TZID={zone}:{day:%Y%m%dT%H%M%S}", ends]
    if rule is not None:
        lines.append(f"RRULE:{rule}")
        off = draw(st.lists(st.integers(0, 9), max_size=3, unique=True))
        lines += [f"EXDATE;TZID={zone}:{day + n * DAY:%Y%m%dT%H%M%S}" for n in off]
    lines += draw(st.sampled_from(((), ("TRANSP:TRANSPARENT",), ("TRANSP:OPAQUE",))))
    event = ("BEGIN:VEVENT", *lines, "DTSTAMP:20260101T000000Z", "SUMMARY:a; b", "END:VEVENT")
    if rule != "FREQ=DAILY" or draw(st.booleans()):
        return event
    moved = f"RECURRENCE-ID;TZID={zone}:{day + 12 * DAY:%Y%m%dT%H%M%S}"
    to = f"DTSTART;TZID={zone}:{day + 12 * DAY + dt.timedelta(minutes=45):%Y%m%dT%H%M%S}"
    return (*event, "BEGIN:VEVENT", lines[0], moved, to, "DURATION:PT10M", "DTSTAMP:20260101T000000Z", "END:VEVENT")


@st.composite
def calendars(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Draw a few events."""
    return [draw(events(number)) for number in range(draw(st.integers(0, 4)))]


def text(parts: list[tuple[str, ...]]) -> str:
    """Return a calendar of some parts."""
    lines = (line for part in parts for line in part)
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""])


@given(calendars())
def test_a_calendar_program_shows_the_same_as_busy(drawn: list[tuple[str, ...]]) -> None:
    """Rules, days off, moved times, ends and durations, across clock changes in several zones."""
    made = text(drawn)
    wide = Window(as_instant(SPRING.start - DAY), as_instant(SPRING.end + DAY))
    taken = [event for event in expanded(made.encode(), wide) if str(event.get("transp", "OPAQUE")) == "OPAQUE"]
    shown = Windows.of(*(Window(event.start, event.end) for event in taken))
    assert busy(made, within=SPRING, zone="UTC") == shown & Windows((SPRING,))


@given(temporal.recurrences(gap=Gap.SHIFT), st.integers(1, 90), st.data())
def test_an_event_that_repeats_takes_the_times_of_its_recurrence(
    rule: Recurrence, minutes: int, data: st.DataObject
) -> None:
    """And its first time, whether or not its rule has it; what is taken out is taken out, in every zone."""
    length = dt.timedelta(minutes=minutes)
    own = (
        Recurrence(start=rule.start, zone=rule.zone, rule=rule.rule)
        .adding(rule.start, *rule.added)
        .excluding(*rule.excluded)
    )
    first = own.nth(data.draw(st.integers(0, 5)))
    around = pendulum.datetime(2026, 3, 1) if first is None else first
    start = (
        as_instant(around + data.draw(st.integers(-2, 0)) * DAY)
        if 2 < around.year < 9990
        else pendulum.datetime(2026, 1, 1)
    )
    within = Window.of(start, 4 * DAY)
    made = text([("BEGIN:VEVENT", *rule.format().split("\n"), f"DURATION:PT{minutes}M", "END:VEVENT")])
    reach = Window(as_instant(within.start - length), within.end)
    expected = Windows.of(*(Window.of(at, length) for at in own.between(reach))) & Windows((within,))
    assert busy(made, within=within, zone="Asia/Tokyo") == expected


@given(calendars(), st.data())
def test_order_folds_and_other_words_change_nothing(drawn: list[tuple[str, ...]], data: st.DataObject) -> None:
    """However a program writes it down, the same times are taken."""
    lines = [line for part in data.draw(st.permutations(drawn)) for line in part]
    said = [each for line in lines for each in (line, 'X-NOTE;A="b:c":DTSTART:1')[: 1 if line.startswith("END") else 2]]
    width = data.draw(st.integers(1, 40))
    folded = ["\n\t".join(line[at : at + width] for at in range(0, len(line), width)) for line in said]
    ends = data.draw(st.sampled_from(("\n", "\r\n", "\r", "\n\n")))
    other = ends.join(["BEGIN:VCALENDAR", *folded, "END:VCALENDAR"])
    assert busy(other, within=SPRING, zone="UTC") == busy(text(drawn), within=SPRING, zone="UTC")


@given(calendars(), events(9))
def test_another_event_never_makes_anybody_less_busy(drawn: list[tuple[str, ...]], one: tuple[str, ...]) -> None:
    """What is taken stays taken, and lies within the window."""
    before = busy(text(drawn), within=SPRING, zone="UTC")
    after = busy(text([*drawn, one]), within=SPRING, zone="UTC")
    assert before - after == Windows()
    assert after & Windows((SPRING,)) == after


@given(calendars(), st.integers(0, 10), st.integers(1, 10))
def test_a_narrow_look_sees_what_a_wide_one_sees(drawn: list[tuple[str, ...]], ahead: int, days: int) -> None:
    """Looking at less of a calendar shows the same of it."""
    narrow = Window.of(SPRING.start + ahead * DAY, days * DAY)
    whole = busy(text(drawn), within=SPRING, zone="UTC")
    assert busy(text(drawn), within=narrow, zone="UTC") == whole & Windows((narrow,))


@st.composite
def strange(draw: st.DrawFn) -> bytes:
    """Draw a calendar of some vendor with lines lost, doubled, mixed up, cut short, or with other bytes in them."""
    lines = draw(st.sampled_from(FILES)).read_bytes().split(b"\n")
    for _ in range(draw(st.integers(1, 4))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        cut = draw(st.integers(0, 30))
        lines[at] = draw(
            st.sampled_from(
                (b"", lines[other], lines[at] + b"\n" + lines[at], lines[at][:cut], lines[at] + lines[other])
            )
            | st.binary(max_size=20).map(lambda some, at=at, cut=cut: lines[at][:cut] + some)  # type: ignore[misc]  # bound now
        )
    return b"\n".join(lines)


@settings(max_examples=3 * settings().max_examples)
@given(strange() | st.binary(max_size=200))
def test_any_bytes_give_windows_or_one_quiet_refusal(data: bytes) -> None:
    """Whatever a file holds, nothing of it is shown."""
    told = outcome(data)
    if isinstance(told, InvalidCalendar):
        assert "SECRET" not in f"{told} {told!r}"
        assert 0 <= told.line <= data.count(b"\n") + data.count(b"\r") + 1
    else:
        assert told - Windows((MARCH,)) == Windows()


def outcome(data: bytes) -> Windows | InvalidCalendar:
    """Return what comes of a file."""
    try:
        return busy(data, within=MARCH, zone="Europe/Paris")
    except InvalidCalendar as refused:
        return refused
