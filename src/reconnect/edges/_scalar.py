"""A scalar is a value that JSON says as one text, number or truth value; each has one exact way in and out."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, Final

import pendulum
from attrs import frozen

from reconnect.edges._document import LEAST_WHOLE, MOST_WHOLE, Json, is_unicode
from reconnect.errors import DecodeError, InvalidBody
from reconnect.temporal.instant import as_instant, format_instant, parse_instant

__all__ = ["SCALARS", "Codec", "chosen"]


@frozen
class Codec:
    """One way in (`read`, which refuses with `DecodeError`) and its inverse (`write`, with `InvalidBody`)."""

    read: Callable[[Json], Any]
    write: Callable[[Any], Json]


_EXACT: Final = 2**53  # whole numbers up to this size are floats without loss
_INSTANT: Final = "an instant such as 2026-01-05T19:00:00Z"
_LOCAL: Final = "a local time such as 2026-01-05T20:00:00"
_DATE: Final = "a date such as 2026-01-05"
_TIME: Final = "a time of day such as 20:00:00"
_DURATION: Final = "a length of time such as PT15M"
_FRACTION: Final = "a fraction such as 1/2"
_DATE_SHAPE: Final = r"\d{4}-\d\d-\d\d"
_TIME_SHAPE: Final = r"\d\d:\d\d:\d\d(?:\.\d{1,6})?"
_DURATION_SHAPE: Final = re.compile(
    r"(?P<sign>-?)P(?=\d|T\d)(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,12})H)?(?:(?P<minutes>\d{1,14})M)?"
    r"(?:(?P<seconds>\d{1,15})(?:\.(?P<parts>\d{1,6}))?S)?)?",
    re.ASCII,
)
_FRACTION_SHAPE: Final = re.compile(r"(-?\d{1,40})/(\d{1,40})", re.ASCII)


def _plain(kind: type, expected: str, check: Callable[[Any], bool] = lambda _: True) -> Codec:
    """Return the codec of a type that JSON has itself: exactly that type, nothing that merely looks like it."""

    def read(data: Json) -> Any:  # noqa: ANN401 - what comes out is what the kind says
        if type(data) is not kind or not check(data):
            raise DecodeError("", expected)
        return data

    def write(value: object) -> Json:
        if (
            not isinstance(value, kind)
            or isinstance(value, Enum)
            or (kind is int and isinstance(value, bool))
        ):
            raise _unwritten(expected, value)
        if not check(value):
            raise _unwritten(expected, value)
        return kind(value)

    return Codec(read, write)


def _real(data: Json) -> float:
    if type(data) is float or (type(data) is int and abs(data) <= _EXACT):
        return float(data)
    raise DecodeError("", "a number")


def _text(
    kind: type, expected: str, shape: re.Pattern[str], parse: Callable[[str], Any], say: Callable[[Any], str]
) -> Codec:
    """Return the codec of a type that JSON says as a text of one shape."""

    def read(data: Json) -> Any:  # noqa: ANN401 - what comes out is what the kind says
        if type(data) is str and shape.fullmatch(data):
            try:
                return parse(data)
            except (ArithmeticError, ValueError):  # its words may repeat the text
                pass
        raise DecodeError("", expected)

    def write(value: object) -> Json:
        text = say(value) if isinstance(value, kind) else ""
        if not shape.fullmatch(text):
            raise _unwritten(expected, value)
        return text

    return Codec(read, write)


def _say_instant(moment: dt.datetime) -> str:
    return "" if moment.utcoffset() is None else format_instant(as_instant(moment))


def _say_local(moment: dt.datetime) -> str:
    return dt.datetime.isoformat(moment)  # with a zone it has another shape, and is refused


def _say_date(day: dt.date) -> str:
    return "" if isinstance(day, dt.datetime) else dt.date.isoformat(day)


def _parse_duration(text: str) -> dt.timedelta:
    found = _DURATION_SHAPE.fullmatch(text)
    parts: Mapping[str, str | None] = {} if found is None else found.groupdict()
    length = dt.timedelta(
        days=int(parts["days"] or 0),
        hours=int(parts["hours"] or 0),
        minutes=int(parts["minutes"] or 0),
        seconds=int(parts["seconds"] or 0),
        microseconds=int((parts["parts"] or "").ljust(6, "0")),
    )
    return -length if parts["sign"] else length


def _say_duration(length: dt.timedelta) -> str:
    days, seconds, rest = (
        part.__get__(length) for part in (dt.timedelta.days, dt.timedelta.seconds, dt.timedelta.microseconds)
    )
    if days < 0:
        return "-" + _say_duration(-dt.timedelta(days, seconds, rest))
    hours, minutes = divmod(seconds // 60, 60)
    fraction = f".{rest:06}".rstrip("0") if rest else ""
    second = f"{seconds % 60}{fraction}"
    clock = "".join(
        f"{count}{unit}"
        for count, unit in ((hours, "H"), (minutes, "M"), (second, "S"))
        if count not in (0, "0")
    )
    day = f"{days}D" if days else ""
    return f"P{day}T{clock}" if clock else f"P{day}" if day else "PT0S"


def _parse_fraction(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(int(above), int(below))


def _unwritten(expected: str, value: object) -> InvalidBody:
    return InvalidBody(expected, f"a {type(value).__name__}")


SCALARS: Final[Mapping[type, tuple[str, Codec]]] = {
    str: ("text", _plain(str, "a text", is_unicode)),
    bool: ("truth", _plain(bool, "true or false")),
    int: ("whole", _plain(int, "a whole number", lambda number: LEAST_WHOLE <= number <= MOST_WHOLE)),
    float: ("number", Codec(_real, _plain(float, "a number", math.isfinite).write)),
    type(None): ("nothing", Codec(_plain(type(None), "nothing").read, lambda _: None)),
    pendulum.DateTime: (
        "instant",
        _text(dt.datetime, _INSTANT, re.compile(r".{20,32}", re.ASCII), parse_instant, _say_instant),
    ),
    dt.datetime: (
        "local",
        _text(
            dt.datetime,
            _LOCAL,
            re.compile(f"{_DATE_SHAPE}T{_TIME_SHAPE}", re.ASCII),
            dt.datetime.fromisoformat,
            _say_local,
        ),
    ),
    dt.date: (
        "date",
        _text(dt.date, _DATE, re.compile(_DATE_SHAPE, re.ASCII), dt.date.fromisoformat, _say_date),
    ),
    dt.time: (
        "time",
        _text(dt.time, _TIME, re.compile(_TIME_SHAPE, re.ASCII), dt.time.fromisoformat, dt.time.isoformat),
    ),
    dt.timedelta: (
        "duration",
        _text(dt.timedelta, _DURATION, _DURATION_SHAPE, _parse_duration, _say_duration),
    ),
    Fraction: (
        "fraction",
        _text(
            Fraction, _FRACTION, _FRACTION_SHAPE, _parse_fraction, lambda n: f"{n.numerator}/{n.denominator}"
        ),
    ),
}


def chosen(among: Mapping[Any, Json]) -> Codec:
    """Return the codec of a closed choice: each value and the text or whole number that stands for it."""
    found = {(type(said), said): value for value, said in among.items()}
    expected = "one of " + ", ".join(str(said) for said in among.values())

    def read(data: Json) -> Any:  # noqa: ANN401 - one of the choices
        if type(data) not in (str, int, bool) or (type(data), data) not in found:
            raise DecodeError("", expected)
        return found[type(data), data]

    def write(value: Any) -> Json:  # noqa: ANN401 - one of the choices, or refused
        if value not in among:
            raise _unwritten(expected, value)
        return among[value]

    return Codec(read, write)
