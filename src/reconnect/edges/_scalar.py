"""A scalar is a value that JSON says as one text, number or truth value; each has one exact way in and out."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from types import NoneType
from typing import Any, Final

import pendulum

from reconnect.edges._codec import Codec, Json, built, unwritten
from reconnect.edges._document import LEAST_WHOLE, MOST_WHOLE, is_unicode
from reconnect.edges._pages import Schema
from reconnect.errors import DecodeError, InvalidBody
from reconnect.temporal.instant import as_instant, format_instant, is_a, parse_instant
from reconnect.temporal.period import Period

__all__ = ["SCALARS", "choice", "native", "shape_of"]

_EXACT: Final = 2**53  # whole numbers up to this size are floats without loss
_DATE: Final = r"\d{4}-\d\d-\d\d"
_TIME: Final = r"\d\d:\d\d:\d\d(?:\.\d{1,6})?"
_INSTANT: Final = re.compile(rf"{_DATE}T{_TIME}(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_DURATION: Final = re.compile(
    r"(?P<sign>-?)P(?=\d|T\d)(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,12})H)?(?:(?P<minutes>\d{1,14})M)?"
    r"(?:(?P<seconds>\d{1,15})(?:\.(?P<parts>\d{1,6}))?S)?)?",
    re.ASCII,
)
_FRACTION: Final = re.compile(r"-?\d{1,100}/\d{1,100}", re.ASCII)
_PERIOD: Final = re.compile(r"P(?:\d{1,9}[YMWD])+", re.ASCII)
_NATIVE: Final[Mapping[type, Schema]] = {
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": LEAST_WHOLE, "maximum": MOST_WHOLE},
    float: {"type": "number"},
    str: {"type": "string"},
}
_DIGIT: Final = r"\d"
_NAMED_GROUP: Final = re.compile(r"\(\?P<\w+>")


def native(
    kind: type, expected: str, holds: Callable[[Any], bool] = lambda _: True, *, made: type | None = None
) -> Codec:
    """Return the codec of a type that JSON has itself: exactly that type, nothing that merely looks like it."""
    make = made or kind

    def read(data: Json) -> Any:  # noqa: ANN401 - what the kind says
        if type(data) is not kind or not holds(data):
            raise DecodeError("", expected)
        return data if make is kind else built(make, make.__name__, data)

    def write(value: Any) -> Json:  # noqa: ANN401 - refused unless of that kind
        looks = is_a(value, Enum) or (kind is int and is_a(value, bool))
        if not is_a(value, make) or looks or not holds(value):
            raise unwritten(expected, value)
        return kind(value)

    return Codec(read, write, lambda _: dict(_NATIVE[kind]))


def shape_of(pattern: re.Pattern[str]) -> str:
    r"""Return the shape of a whole text as Python and ECMA-262 both read it: plain digits, and groups without names.

    >>> shape_of(re.compile(r"(?P<sign>-?)\d"))
    '^(?:(-?)[0-9])$'
    """
    return f"^(?:{_NAMED_GROUP.sub('(', pattern.pattern).replace(_DIGIT, '[0-9]')})$"


def _text(
    kind: type,
    expected: str,
    shape: re.Pattern[str],
    parse: Callable[[str], Any],
    say: Callable[[Any], str],
    *,
    name: str,
    **said: Json,
) -> tuple[str, Codec]:
    """Return the name and the codec of a type that JSON says as a text of one shape.

    A format of JSON Schema is `said` where it takes whatever is read here. Those for lengths of time and times of
    day do not: they know no sign and no parts of a second, or want an offset.
    """
    title, _, example = expected.partition(" such as ")
    schema = {"title": title, "type": "string", "pattern": shape_of(shape), "examples": [example], **said}

    def read(data: Json) -> Any:  # noqa: ANN401 - what the kind says
        if type(data) is str and shape.fullmatch(data):
            try:
                return parse(data)
            except (ArithmeticError, ValueError):  # their words may repeat the text
                pass
        raise DecodeError("", expected)

    def write(value: object) -> Json:
        text = say(value) if isinstance(value, kind) else ""
        if not shape.fullmatch(text):
            raise unwritten(expected, value)
        return text

    return name, Codec(read, write, lambda pages: pages.refer(name, name, lambda: schema))


def _read_number(data: Json) -> float:
    if (type(data) is float and math.isfinite(data)) or (type(data) is int and abs(data) <= _EXACT):
        return float(data)
    raise DecodeError("", "a number")


def _say_instant(moment: dt.datetime) -> str:
    return "" if moment.utcoffset() is None else format_instant(as_instant(moment))


def _say_date(day: dt.date) -> str:
    return "" if isinstance(day, dt.datetime) else dt.date.isoformat(day)


def _parse_duration(text: str) -> dt.timedelta:
    found = _DURATION.fullmatch(text)
    parts: Mapping[str, str | None] = {} if found is None else found.groupdict()
    length = dt.timedelta(
        microseconds=int((parts["parts"] or "").ljust(6, "0")),
        **{unit: int(parts[unit] or 0) for unit in ("days", "hours", "minutes", "seconds")},
    )
    return -length if parts["sign"] else length


def _say_duration(length: dt.timedelta) -> str:
    """Say it in days, hours, minutes and seconds; subclasses have days of their own, so ask `timedelta` itself."""
    days, seconds, rest = (
        part.__get__(length) for part in (dt.timedelta.days, dt.timedelta.seconds, dt.timedelta.microseconds)
    )
    if days < 0:
        return "-" + _say_duration(-dt.timedelta(days, seconds, rest))
    counts = {"H": seconds // 3600, "M": seconds // 60 % 60, "S": seconds % 60}
    said = {unit: str(count) if count else "" for unit, count in counts.items()}
    if rest:
        said["S"] = f"{counts['S']}.{rest:06}".rstrip("0")
    clock = "".join(f"{count}{unit}" for unit, count in said.items() if count)
    day = f"{days}D" if days or not clock else ""
    return f"P{day}T{clock}" if clock else f"P{day}"


def _parse_fraction(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(int(above), int(below))


_NULL: Final = native(NoneType, "null")
_NUMBER: Final = native(float, "a number", math.isfinite)
SCALARS: Final[Mapping[Any, tuple[str, Codec]]] = {
    NoneType: ("null", Codec(_NULL.read, lambda _: None, _NULL.says)),
    bool: ("truth", native(bool, "true or false")),
    int: ("whole", native(int, "a whole number", lambda number: LEAST_WHOLE <= number <= MOST_WHOLE)),
    float: ("number", Codec(_read_number, _NUMBER.write, _NUMBER.says)),
    str: ("text", native(str, "a text", is_unicode)),
    pendulum.DateTime: _text(
        dt.datetime,
        "an instant such as 2026-01-05T19:00:00Z",
        _INSTANT,
        parse_instant,
        _say_instant,
        name="instant",
        format="date-time",
        examples=["2026-01-05T19:00:00Z", "2026-01-06T20:30:00Z"],
    ),
    dt.datetime: _text(
        dt.datetime,
        "a local time such as 2026-01-05T20:00:00",
        re.compile(f"{_DATE}T{_TIME}", re.ASCII),
        dt.datetime.fromisoformat,
        dt.datetime.isoformat,
        name="local",
    ),
    dt.date: _text(
        dt.date,
        "a date such as 2026-01-05",
        re.compile(_DATE, re.ASCII),
        dt.date.fromisoformat,
        _say_date,
        name="date",
        format="date",
    ),
    dt.time: _text(
        dt.time,
        "a time of day such as 20:00:00",
        re.compile(_TIME, re.ASCII),
        dt.time.fromisoformat,
        dt.time.isoformat,
        name="time",
    ),
    dt.timedelta: _text(
        dt.timedelta,
        "a length of time such as PT15M",
        _DURATION,
        _parse_duration,
        _say_duration,
        name="duration",
        examples=["PT15M", "P7D"],
    ),
    Period: _text(Period, "a calendar step such as P1M2W", _PERIOD, Period.parse, Period.format, name="period"),
    Fraction: _text(
        Fraction,
        "a fraction such as 1/2",
        _FRACTION,
        _parse_fraction,
        lambda number: f"{number.numerator}/{number.denominator}",
        name="fraction",
        examples=["1/2", "1/1", "2/1"],
    ),
}


def choice(among: Mapping[Any, Json]) -> Codec:
    """Return the codec of a closed choice: each value, and the text or number that stands for it.

    Raises:
        InvalidBody: something else than a text, a whole number or a truth value stands for a choice.
    """
    if not all(type(said) in (str, int, bool) for said in among.values()):
        raise InvalidBody("choices that texts or whole numbers stand for", "others")
    values: dict[tuple[type, Json], Any] = {(type(said), said): value for value, said in among.items()}
    kinds: set[type] = {type(value) for value in among}
    expected = "one of " + ", ".join(str(said) for said in among.values())

    def read(data: Json) -> Any:  # noqa: ANN401 - one of the choices
        if type(data) not in (str, int, bool) or (type(data), data) not in values:
            raise DecodeError("", expected)
        return values[type(data), data]

    def write(value: Any) -> Json:  # noqa: ANN401 - one of the choices, or refused
        if type(value) not in kinds or value not in among:
            raise unwritten(expected, value)
        return among[value]

    return Codec(read, write, lambda _: {"enum": list(among.values())})
