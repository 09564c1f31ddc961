"""The text form of a recurrence: reading and writing the lines of RFC 5545."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final

import pendulum
from attrs import frozen

from reconnect.errors import InvalidInstant, InvalidRecurrence
from reconnect.temporal._build import last_instant
from reconnect.temporal._content_line import ContentLine, content_lines, shown
from reconnect.temporal.instant import DAY, UTC, is_a, local_at, second_of
from reconnect.temporal.rule import Frequency, Rule
from reconnect.temporal.zone import FIRST, LAST, clock, instant_of

_LISTS: Final = {
    "BYMONTH": "months",
    "BYWEEKNO": "weeks",
    "BYYEARDAY": "year_days",
    "BYMONTHDAY": "month_days",
    "BYHOUR": "hours",
    "BYMINUTE": "minutes",
    "BYSECOND": "seconds",
    "BYSETPOS": "positions",
}
_TIMES: Final = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_NUMBER: Final = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?", re.ASCII)
_LASTING: Final = re.compile(r"\+?P(?=[\dT])(?:\d+W|(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)", re.ASCII)
_LEAP_SECOND: Final = 60
_WRITTEN_DAY: Final = 8  # the length of 20260105


@frozen
class Lines:
    """What the lines of a recurrence say; a date among the excluded ones is that whole day."""

    start: dt.datetime
    zone: str
    rule: Rule
    added: tuple[dt.datetime, ...]
    excluded: tuple[dt.date, ...]


def read(text: str, zone: str | None) -> Lines:
    """Read the lines of a recurrence; `zone` is for a start that names none."""
    if not is_a(text, str):
        raise InvalidRecurrence("the text of a recurrence", f"a {type(text).__name__}")
    lines = content_lines(text)
    begins = _only(lines, "DTSTART")
    start = _moment("DTSTART", begins.value)
    zone = "UTC" if start.tzinfo else begins.zone or zone
    if zone is None:
        raise InvalidRecurrence("a zone for a DTSTART without one", "none")
    whole_day = len(begins.value) == _WRITTEN_DAY
    added = tuple(_added(lines, zone, whole_day=whole_day))
    if added and not any(line.name == "RRULE" for line in lines):
        rule = Rule(frequency=Frequency.DAILY, count=1)  # nothing repeats: the start, and the dates beside it
    else:
        rule = Rule(**_parts(_only(lines, "RRULE").value, zone, whole_day=whole_day))
    excluded = tuple(_excluded(lines, zone, whole_day=whole_day))
    return Lines(start.replace(tzinfo=None), zone, rule, added, excluded)


def write(
    start: dt.datetime,
    zone: str,
    rule: Rule,
    added: tuple[dt.datetime, ...],
    excluded: tuple[dt.datetime, ...],
) -> str:
    """Write the lines of a recurrence."""
    lines = [_dates("DTSTART", zone, (start,)), f"RRULE:{_rule(rule)}"]
    if added:
        lines.append(_dates("RDATE", zone, added))
    if excluded:
        lines.append(_dates("EXDATE", zone, excluded))
    return "\n".join(lines)


def _only(lines: list[ContentLine], name: str) -> ContentLine:
    found = [line for line in lines if line.name == name]
    if len(found) != 1:
        raise InvalidRecurrence(f"one {name} line", "none" if not found else "more than one")
    return found[0]


def _moment(name: str, text: str) -> dt.datetime:
    """Return a date or time as it is written: with UTC as its zone if it says Z, with none otherwise."""
    found = _DATE.fullmatch(text.upper())
    try:
        if not found:
            raise ValueError  # noqa: TRY301 - one refusal for both
        numbers = [int(part or 0) for part in found.groups()[:6]]
        if numbers[5] == _LEAP_SECOND:  # "SHOULD interpret the second 60 as equivalent to the second 59"
            numbers[5] = 59
        return dt.datetime(*numbers, tzinfo=UTC if found[7] else None)  # type: ignore[arg-type,misc] # pyright: ignore[reportArgumentType] - six numbers
    except ValueError:
        raise InvalidRecurrence(f"a date or time such as 20260105T200000 in {name}", "something else") from None


def _added(lines: list[ContentLine], zone: str, *, whole_day: bool) -> Iterator[dt.datetime]:
    for line, text in _values(lines, "RDATE"):
        begin, slash, end = text.partition("/")
        if slash and not _LASTING.fullmatch(end.upper()):
            _moment("RDATE", end)
        added = _date(line, begin, zone, whole_day=whole_day)
        if not isinstance(added, dt.datetime):
            raise InvalidRecurrence("times in RDATE if DTSTART is a time", "a date")
        yield added  # how long it lasts is no matter of a recurrence


def _excluded(lines: list[ContentLine], zone: str, *, whole_day: bool) -> Iterator[dt.date]:
    return (_date(line, text, zone, whole_day=whole_day) for line, text in _values(lines, "EXDATE"))


def _values(lines: list[ContentLine], name: str) -> Iterator[tuple[ContentLine, str]]:
    return ((line, text) for line in lines if line.name == name for text in line.value.split(","))


def _date(line: ContentLine, text: str, zone: str, *, whole_day: bool) -> dt.date:
    """Return a date of RDATE or EXDATE: an instant, a local time of the recurrence's own zone, or a whole day.

    Beside a start that is a date nothing has a time of day: what is written as a time counts as its day.
    """
    moment = _moment(line.name, text)
    if whole_day:
        return dt.datetime.combine(_day(moment, zone), dt.time())
    if len(text) == _WRITTEN_DAY:
        return moment.date()
    if moment.tzinfo is not None:
        return moment.replace(tzinfo=None) if zone == "UTC" else moment
    if line.zone in {None, zone}:
        return moment
    return _elsewhere(moment, line)


def _elsewhere(moment: dt.datetime, line: ContentLine) -> dt.datetime:
    """Return the instant of a local time in the zone of its own line."""
    assert line.zone is not None  # noqa: S101 - asked only of lines that name a zone
    try:
        found = instant_of(moment, line.zone)
    except InvalidInstant:
        raise InvalidRecurrence(f"times within the years 1 to 9999 in {line.name}", "one beyond them") from None
    assert found is not None  # noqa: S101 - only Gap.SKIP answers None
    return found


def _day(moment: dt.datetime, zone: str) -> dt.date:
    """Return the day that a time counts as beside a start that is a date.

    Some calendars write the midnight of that day in UTC, others the day itself with any time behind it.
    """
    there = second_of(moment) if moment.tzinfo is None else clock(zone).local(second_of(moment))
    midnight = there % DAY == 0 and FIRST <= there <= LAST
    return local_at(there).date() if midnight else moment.date()


def _parts(text: str, zone: str, *, whole_day: bool) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    seen: set[str] = set()
    for piece in text.upper().strip(";").split(";"):
        name, equals, value = piece.strip().partition("=")
        if not equals or name in seen:
            raise InvalidRecurrence("each part of RRULE once, with a value", shown(name))
        seen.add(name)
        if not (name in _TIMES and whole_day):  # "MUST be ignored" beside a date
            parts |= _until(value.strip(), zone, whole_day=whole_day) if name == "UNTIL" else _part(name, value.strip())
    if "FREQ" not in seen:
        raise InvalidRecurrence("FREQ in RRULE", "none")
    return parts


def _until(text: str, zone: str, *, whole_day: bool) -> dict[str, Any]:
    moment = _moment("UNTIL", text)
    day = whole_day or len(text) == _WRITTEN_DAY
    return {"until": last_instant(_day(moment, zone) if day else moment, zone)}


def _part(name: str, value: str) -> dict[str, Any]:
    if name in _LISTS:
        return {_LISTS[name]: tuple(_number(name, number) for number in value.split(","))}
    match name:
        case "FREQ":
            if value not in Frequency.__members__:
                raise InvalidRecurrence("FREQ of DAILY, WEEKLY, MONTHLY or YEARLY", f"FREQ={shown(value)}")
            return {"frequency": Frequency[value]}
        case "INTERVAL":
            return {"every": _number(name, value)}
        case "COUNT":
            return {"count": _number(name, value)}
        case "WKST":
            return {"week_start": value}
        case "BYDAY":
            return {"days": tuple(value.split(","))}
        case _:
            raise InvalidRecurrence("parts of RRULE that this library carries out", shown(name))


def _number(name: str, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise InvalidRecurrence(f"numbers in {name}", "something else")
    return int(text)


def _rule(rule: Rule) -> str:
    parts = [f"FREQ={rule.frequency.value}"]
    if rule.every != 1:
        parts.append(f"INTERVAL={rule.every}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={_written(rule.until)}Z")
    if rule.week_start != "MO":
        parts.append(f"WKST={rule.week_start}")
    lists = {name: getattr(rule, attribute) for name, attribute in _LISTS.items()}
    positions = lists.pop("BYSETPOS")
    for name, values in (*lists.items(), ("BYDAY", rule.days), ("BYSETPOS", positions)):
        if values:
            parts.append(f"{name}={','.join(map(str, values))}")
    return ";".join(parts)


def _dates(name: str, zone: str, locals_: tuple[dt.datetime, ...]) -> str:
    suffix, parameter = ("Z", "") if zone == "UTC" else ("", f";TZID={zone}")
    return f"{name}{parameter}:{','.join(_written(local) + suffix for local in locals_)}"


def _written(moment: dt.datetime | pendulum.DateTime) -> str:
    day = f"{moment.year:04}{moment.month:02}{moment.day:02}"
    return f"{day}T{moment.hour:02}{moment.minute:02}{moment.second:02}"
