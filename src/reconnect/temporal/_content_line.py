"""Content lines are how calendars write: a name, parameters and a value, folded where a line is long."""

import re
import zoneinfo
from functools import cache
from typing import Final

from attrs import frozen

from reconnect.errors import InvalidRecurrence, InvalidZone
from reconnect.temporal.zone import as_zone

NAMES: Final = frozenset({"DTSTART", "RRULE", "RDATE", "EXDATE"})
_VALUES: Final = frozenset({"DATE", "DATE-TIME"})
_KNOWN: Final = frozenset(  # names of RFC 5545 that may stand where others were expected
    [
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "DUE",
        "DURATION",
        "EXRULE",
        "EXDATE",
        "RDATE",
        "RRULE",
        "SUMMARY",
        "UID",
        "FREQ",
        "UNTIL",
        "COUNT",
        "INTERVAL",
        "BYSECOND",
        "BYMINUTE",
        "BYHOUR",
        "BYDAY",
        "BYEASTER",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYMONTH",
        "BYSETPOS",
        "WKST",
        "RSCALE",
        "SKIP",
        "SECONDLY",
        "MINUTELY",
        "HOURLY",
        "DAILY",
        "WEEKLY",
        "MONTHLY",
        "YEARLY",
        "DATE",
        "DATE-TIME",
        "PERIOD",
        "TIME",
        "TEXT",
    ]
)
_BYTE_ORDER_MARK: Final = "\ufeff"


@frozen
class ContentLine:
    """One line taken apart; the zone is an IANA name, and None where the line names none."""

    name: str
    zone: str | None
    value: str


def content_lines(text: str) -> list[ContentLine]:
    """Take a text apart: any line ends, long lines folded with a space or a tab, empty lines between."""
    plain = re.sub(r"\r\n?", "\n", text.removeprefix(_BYTE_ORDER_MARK))
    lines = re.sub(r"\n[ \t]", "", plain).split("\n")
    return [_taken_apart(line.strip()) for line in lines if line.strip()]


def shown(name: str) -> str:
    """Show a name that came from outside only if it is one of RFC 5545: anything else may be somebody's own word."""
    return name if name in _KNOWN else "something else"


def _taken_apart(line: str) -> ContentLine:
    if line.upper().startswith("FREQ="):
        return ContentLine("RRULE", None, line)
    head, colon, value = line.partition(":")
    while head.count('"') % 2 and colon:
        more, colon, value = value.partition(":")
        head = f"{head}:{more}"
    name, *parameters = head.split(";")
    name = name.strip().upper()
    if not colon or name not in NAMES:
        raise InvalidRecurrence("lines of DTSTART, RRULE, RDATE and EXDATE", shown(name))
    zone = None
    for parameter in parameters:
        key, _, said = parameter.partition("=")
        if key.upper() == "TZID":
            zone = named_zone(said.strip('"'))
        elif key.upper() == "VALUE" and said.upper() not in _VALUES | ({"PERIOD"} if name == "RDATE" else set()):
            raise InvalidRecurrence(f"dates or times in {name}", f"VALUE={shown(said.upper())}")
    return ContentLine(name, zone, value.strip())


def named_zone(tzid: str) -> str:
    """Return the IANA zone that a TZID names: in any case, and behind the name of a vendor.

    Parameter values do not depend on case (RFC 5545, section 2), and a TZID that begins with a solidus is the
    name of a zone in somebody's registry (3.2.19), such as `/mozilla.org/20070129_1/Europe/Paris`.
    """
    parts = tzid.split("/")
    for first in range(1, len(parts)) if tzid.startswith("/") else (0,):
        name = "/".join(parts[first:])
        try:
            return as_zone(name)
        except InvalidZone:
            if name.casefold() in _zones():
                return as_zone(_zones()[name.casefold()])
    return as_zone(tzid)


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in zoneinfo.available_timezones()}
