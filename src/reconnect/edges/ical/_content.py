"""The content of a calendar, taken apart: what says when something is, and not a word of anything else."""

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, field, frozen

from reconnect.errors import InvalidCalendar

__all__ = ["Part", "Property", "calendars"]

MOST_BYTES: Final = 16 * 2**20  # ours, no study: many years of a full calendar
MOST_PARTS: Final = 50_000  # ours, no study: ten events a day for more than a decade
_DEEPEST: Final = 8  # ours: an alarm in an event in a calendar is three deep
_REPEATS: Final = ("DTSTART", "RRULE", "RDATE")
_TIMES: Final = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"})
_ZONE: Final = frozenset({*_REPEATS, "TZOFFSETFROM", "TZOFFSETTO"})
_KEPT: Final = {
    "VCALENDAR": frozenset({"X-WR-TIMEZONE"}),
    "VEVENT": frozenset({*_TIMES, *_REPEATS, "DURATION", "UID", "TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS"}),
    "VFREEBUSY": frozenset({"FREEBUSY"}),
    "VTIMEZONE": frozenset({"TZID"}),
    "STANDARD": _ZONE,
    "DAYLIGHT": _ZONE,
}
_TAKING: Final = frozenset({"VEVENT", "VFREEBUSY"})
_BYTE_ORDER_MARK: Final = "\ufeff"
_LINE_END: Final = re.compile(r"\r\n?|\n")
_NAME: Final = re.compile(r'([^\s;:,="]+)(?=[;:])')
_PARAMETER: Final = re.compile(r';([^\s;:,="]+)=("[^"]*"|[^";:]*)')
_OF_A_TIME: Final = re.compile(
    r';([^\s;:,="]+)=("[^"]*"|[^";]*(?=[;:]))'
)  # no time has a colon, some names of zones do


@frozen(kw_only=True)
class Property:
    """One line: where it stands, its name, its parameters, and its value, which no error ever shows."""

    line: int
    name: str
    parameters: dict[str, str] = field(repr=False)
    value: str = field(repr=False)


@define(kw_only=True)
class Part:
    """What stands between a BEGIN and its END, as far as it says when something is."""

    kind: str
    line: int
    properties: dict[str, list[Property]] = field(factory=dict[str, list[Property]], repr=False)
    parts: list["Part"] = field(factory=list["Part"])

    def all(self, name: str) -> list[Property]:
        """Return the lines of a name."""
        return self.properties.get(name, [])

    def one(self, name: str) -> Property | None:
        """Return the line of a name, or `None` if there is none.

        Raises:
            InvalidCalendar: there are several.
        """
        found = self.all(name)
        if len(found) > 1:
            raise InvalidCalendar(found[1].line, f"{name} once")
        return found[0] if found else None

    def needed(self, name: str) -> Property:
        """Return the line of a name.

        Raises:
            InvalidCalendar: there is none, or there are several.
        """
        found = self.one(name)
        if found is None:
            raise InvalidCalendar(self.line, f"a part with {name}")
        return found


def calendars(data: bytes | str) -> list[Part]:
    """Take a file apart, and leave what does not say when something is: it is not even looked at.

    Raises:
        InvalidCalendar: it is too large, breaks off, or a line is none that a calendar can have.
    """
    found: list[Part] = []
    stack: list[Part] = []
    count = 0
    for number, line in _lines(_text(data)):
        name, rest = _named(number, line)
        if name == "BEGIN":
            count += 1
            stack.append(_begun(number, rest, stack, count))
            (stack[-2].parts if stack[1:] else found).append(stack[-1])
        elif not stack:
            raise InvalidCalendar(number, "BEGIN:VCALENDAR")
        elif name == "END":
            if stack.pop().kind != _kind(rest):
                raise InvalidCalendar(number, "the END of what began last")
        elif name in _KEPT.get(stack[-1].kind, ()):
            stack[-1].properties.setdefault(name, []).append(_property(number, name, rest))
    if stack:
        raise InvalidCalendar(stack[-1].line, "an END for what begins here")
    if not found:
        raise InvalidCalendar(0, "BEGIN:VCALENDAR")
    return found


def _text(data: bytes | str) -> str:
    if not isinstance(data, bytes | str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidCalendar(0, "bytes or a text")
    if len(data) > MOST_BYTES:
        raise InvalidCalendar(0, f"at most {MOST_BYTES // 2**20} MiB")
    # Words in another encoding than UTF-8 are words that nobody reads here.
    text = data.decode("utf-8", errors="replace") if isinstance(data, bytes) else data
    return text.removeprefix(_BYTE_ORDER_MARK)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Go through the lines, each with the number that an editor shows; what continues one is joined to it."""
    first, pieces = 0, [""]
    for number, piece in enumerate(_LINE_END.split(text), start=1):
        if piece[:1] in {" ", "\t"} and pieces != [""]:
            pieces.append(piece[1:])
            continue
        if pieces != [""]:
            yield first, "".join(pieces).rstrip()
        first, pieces = number, [piece]
    if pieces != [""]:
        yield first, "".join(pieces).rstrip()


def _named(number: int, line: str) -> tuple[str, str]:
    found = _NAME.match(line)
    if found is None:
        raise InvalidCalendar(number, "a name, a colon and a value (a long line continues with a space)")
    return found[1].upper(), line[found.end() :]


def _kind(rest: str) -> str:
    return rest.removeprefix(":").strip().upper()


def _begun(number: int, rest: str, stack: list[Part], count: int) -> Part:
    part = Part(kind=_kind(rest), line=number)
    if (part.kind == "VCALENDAR") is bool(stack):
        raise InvalidCalendar(number, "BEGIN:VCALENDAR at the beginning of a calendar, and nowhere else")
    if part.kind in _TAKING and len(stack) != 1:
        raise InvalidCalendar(number, "events in a calendar, and in nothing else")
    if len(stack) >= _DEEPEST:
        raise InvalidCalendar(number, f"parts within parts at most {_DEEPEST} deep")
    if count > MOST_PARTS:
        raise InvalidCalendar(number, f"at most {MOST_PARTS:,} parts")
    return part


def _property(number: int, name: str, rest: str) -> Property:
    parameters: dict[str, str] = {}
    place = 0
    parameter = _OF_A_TIME if name in _TIMES else _PARAMETER
    while found := parameter.match(rest, place):
        parameters[found[1].upper()] = found[2].strip('"')
        place = found.end()
    if rest[place : place + 1] != ":":
        raise InvalidCalendar(number, f"parameters such as TZID=Europe/Paris in {name}")
    return Property(line=number, name=name, parameters=parameters, value=rest[place + 1 :].strip())
