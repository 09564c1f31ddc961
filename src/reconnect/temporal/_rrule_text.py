"""The text form of a recurrence: reading and writing the lines of RFC 5545."""

import datetime as dt
import re
from typing import Any, Final

import pendulum
from attrs import frozen

from reconnect.errors import InvalidRecurrence
from reconnect.temporal._build import last_instant
from reconnect.temporal.instant import UTC, is_a
from reconnect.temporal.rule import Frequency, Rule

_LINES: Final = frozenset({"DTSTART", "RRULE", "RDATE", "EXDATE"})
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
_NAME: Final = re.compile(r"[A-Z][A-Z0-9-]{0,19}", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?", re.ASCII)
_LEAP_SECOND: Final = 60
_WRITTEN_DAY: Final = 8  # the length of 20260105


@frozen
class Lines:
    """What the lines of a recurrence say."""

    start: dt.datetime
    zone: str
    rule: Rule
    added: tuple[dt.datetime, ...]
    excluded: tuple[dt.datetime, ...]


def read(text: str, zone: str | None) -> Lines:
    """Read the lines of a recurrence; `zone` is for a start that names none."""
    if not is_a(text, str):
        raise InvalidRecurrence("the text of a recurrence", f"a {type(text).__name__}")
    found: dict[str, list[tuple[str | None, str]]] = {}
    for line in _unfolded(text):
        name, tzid, value = _split(line)
        found.setdefault(name, []).append((tzid, value))
    tzid, begins = _only(found, "DTSTART")
    _, rule = _only(found, "RRULE")
    start = _moment("DTSTART", begins)
    zone = "UTC" if start.tzinfo else tzid or zone
    if zone is None:
        raise InvalidRecurrence("a zone for a DTSTART without one", "none")
    dates = {
        name: tuple(
            _date(name, value, tzid, zone, len(begins))
            for tzid, values in found.get(name, ())
            for value in values.split(",")
        )
        for name in ("RDATE", "EXDATE")
    }
    parts = _parts(rule, zone, whole_day=len(begins) == _WRITTEN_DAY)
    return Lines(start.replace(tzinfo=None), zone, Rule(**parts), dates["RDATE"], dates["EXDATE"])


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


def _unfolded(text: str) -> list[str]:
    plain = re.sub(r"\r\n?", "\n", text)
    return [line.strip() for line in re.sub(r"\n[ \t]", "", plain).split("\n") if line.strip()]


def _split(line: str) -> tuple[str, str | None, str]:
    """Return the name of a line, its TZID if there is one, and its value."""
    if line.upper().startswith("FREQ="):
        return "RRULE", None, line
    head, colon, value = line.partition(":")
    while head.count('"') % 2 and colon:
        more, colon, value = value.partition(":")
        head = f"{head}:{more}"
    name, *parameters = head.split(";")
    name = name.strip().upper()
    if not colon or name not in _LINES:
        raise InvalidRecurrence("lines of DTSTART, RRULE, RDATE and EXDATE", _shown(name))
    tzid = None
    for parameter in parameters:
        key, _, said = parameter.partition("=")
        if key.upper() == "TZID":
            tzid = said.strip('"')
        elif key.upper() == "VALUE" and said.upper() not in {"DATE", "DATE-TIME"}:
            raise InvalidRecurrence(f"dates or times in {name}", f"VALUE={_shown(said.upper())}")
    return name, tzid, value.strip()


def _only(found: dict[str, list[tuple[str | None, str]]], name: str) -> tuple[str | None, str]:
    lines = found.get(name, [])
    if len(lines) != 1:
        raise InvalidRecurrence(f"one {name} line", "none" if not lines else "more than one")
    return lines[0]


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


def _date(name: str, text: str, tzid: str | None, zone: str, length: int) -> dt.datetime:
    """Return a date of RDATE or EXDATE: an instant, or a local time of the recurrence's own zone."""
    moment = _moment(name, text)
    if moment.tzinfo is not None:
        return moment.replace(tzinfo=None) if zone == "UTC" else moment
    if (len(text) == _WRITTEN_DAY) != (length == _WRITTEN_DAY):
        raise InvalidRecurrence(f"dates in {name} if DTSTART is a date, times otherwise", "the other")
    if tzid is not None and tzid != zone:
        raise InvalidRecurrence(f"the same TZID in {name} as in DTSTART", "another one")
    return moment


def _parts(text: str, zone: str, *, whole_day: bool) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    seen: set[str] = set()
    for piece in text.upper().strip(";").split(";"):
        name, equals, value = piece.strip().partition("=")
        if not equals or name in seen:
            raise InvalidRecurrence("each part of RRULE once, with a value", _shown(name))
        seen.add(name)
        if not (name in _TIMES and whole_day):  # "MUST be ignored" beside a date
            parts |= _part(name, value.strip(), zone)
    if "FREQ" not in seen:
        raise InvalidRecurrence("FREQ in RRULE", "none")
    return parts


def _part(name: str, value: str, zone: str) -> dict[str, Any]:  # noqa: PLR0911 - one answer for each part
    if name in _LISTS:
        return {_LISTS[name]: tuple(_number(name, number) for number in value.split(","))}
    match name:
        case "FREQ":
            if value not in Frequency.__members__:
                raise InvalidRecurrence("FREQ of DAILY, WEEKLY, MONTHLY or YEARLY", f"FREQ={_shown(value)}")
            return {"frequency": Frequency[value]}
        case "INTERVAL":
            return {"every": _number(name, value)}
        case "COUNT":
            return {"count": _number(name, value)}
        case "UNTIL":
            moment = _moment(name, value)
            whole = len(value) == _WRITTEN_DAY
            return {"until": last_instant(moment.date() if whole else moment, zone)}
        case "WKST":
            return {"week_start": value}
        case "BYDAY":
            return {"days": tuple(value.split(","))}
        case _:
            raise InvalidRecurrence("parts of RRULE that this library carries out", _shown(name))


def _number(name: str, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise InvalidRecurrence(f"numbers in {name}", "something else")
    return int(text)


def _shown(name: str) -> str:
    """Show a name that came from outside only if it looks like one."""
    return name if _NAME.fullmatch(name) else "something else"


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
