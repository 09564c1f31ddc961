"""A few values of this library have a shape of their own, which reads better than their fields would."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from attrs import evolve

from reconnect.edges._codec import Codec, Json, built, check_mark, is_object, read_part, unwritten
from reconnect.edges._collection import mapping, same
from reconnect.edges._docstring import attribute, entitled
from reconnect.edges._pages import Pages, Schema, narrowed
from reconnect.edges._scalar import SCALARS, choice, shape_of
from reconnect.errors import DecodeError
from reconnect.limits import Limits, limits_of
from reconnect.temporal.hours import SPAN, WeeklyHours
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import WEEKDAYS
from reconnect.temporal.zone import Gap, as_zone

__all__ = ["OWN"]

LONGEST_RULE: Final = 65_536  # ours: years of single dates, and still quick to read
_GAP: Final = choice({gap: gap.value for gap in Gap})
_TEXT: Final = SCALARS[str][1]
_HOURS: Final = mapping(_TEXT, same(tuple, _TEXT))
_EVENINGS: Final = "DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE"


def _named(data: Json, said: str, required: Collection[str], others: Collection[str] = ()) -> dict[str, Json]:
    """Check that data are an object of one type with these names."""
    if not is_object(data):
        raise DecodeError("", f"an object of type {said}")
    if data.get("type") != said:
        raise DecodeError("type", said)
    check_mark(data)
    names = {"type", *required}
    if not names <= data.keys() <= names.union(others):
        raise DecodeError("", f"the names {', '.join(sorted(names.union(others)))}, and no others")
    return data


def _read_recurrence(data: Json) -> Recurrence:
    """Read a rule as RFC 5545 writes it. Without a word about gaps, they mean what the RFC says."""
    named = _named(data, "recurrence", {"rule"}, {"gap"})
    text = read_part(_TEXT, named["rule"], "rule")
    gap = read_part(_GAP, named.get("gap", Gap.SHIFT.value), "gap")
    if len(text) > LONGEST_RULE:
        raise DecodeError("rule", f"at most {LONGEST_RULE} characters")
    rule = Codec(lambda text: built(Recurrence.parse, "RFC 5545", text), _TEXT.write, _TEXT.says)
    found: Recurrence = read_part(rule, text, "rule")
    return found if gap is Gap.SHIFT else evolve(found, gap=gap)


def _write_recurrence(value: object) -> Json:
    if type(value) is not Recurrence:
        raise unwritten("a recurrence", value)
    text = value.format()
    if len(text) > LONGEST_RULE:
        raise unwritten(f"a rule of at most {LONGEST_RULE} characters", value)
    written = {"type": "recurrence", "rule": text}
    return written if value.gap is Gap.SHIFT else {**written, "gap": _GAP.write(value.gap)}


def _read_hours(data: Json) -> WeeklyHours:
    """Read the spans of each weekday as an object."""
    named = _named(data, "weekly_hours", {"zone", "hours"})
    given = {"zone": read_part(_TEXT, named["zone"], "zone"), "hours": read_part(_HOURS, named["hours"], "hours")}
    return built(WeeklyHours, "WeeklyHours", **given)


def _write_hours(value: object) -> Json:
    if type(value) is not WeeklyHours:
        raise unwritten("weekly hours", value)
    return {"type": "weekly_hours", "zone": value.zone, "hours": _HOURS.write(dict(value.hours))}


def _says(cls: type, said: str, fields: Schema, *, others: Schema) -> Schema:
    return {
        **entitled(cls),
        "type": "object",
        "properties": {"type": {"const": said}, **fields, **others},
        "required": ["type", *fields],
        "additionalProperties": False,
    }


def _says_recurrence(pages: Pages) -> Schema:
    text = narrowed(_TEXT.says(pages), Limits(most=LONGEST_RULE, such_as=(_EVENINGS,)))
    rule = {**text, "description": "DTSTART, RRULE, EXDATE and RDATE, each a line, as RFC 5545 writes them."}
    gap = {**_GAP.says(pages), "default": Gap.SHIFT.value, "description": attribute(Recurrence, "gap")}
    return pages.refer(
        Recurrence, "recurrence", lambda: _says(Recurrence, "recurrence", {"rule": rule}, others={"gap": gap})
    )


def _says_hours(pages: Pages) -> Schema:
    zone = {**narrowed(_TEXT.says(pages), limits_of(as_zone)), "description": attribute(WeeklyHours, "zone")}
    spans = {"type": "array", "items": {"type": "string", "pattern": shape_of(SPAN)}}
    hours: Schema = {
        "type": "object",
        "description": attribute(WeeklyHours, "hours"),
        "propertyNames": {"enum": list(WEEKDAYS)},
        "additionalProperties": spans,
        "examples": [{"MO": ["18:00-22:00"]}],
    }
    return pages.refer(
        WeeklyHours,
        "weekly_hours",
        lambda: _says(WeeklyHours, "weekly_hours", {"zone": zone, "hours": hours}, others={}),
    )


OWN: Final[Mapping[Any, Codec]] = {
    Recurrence: Codec(_read_recurrence, _write_recurrence, _says_recurrence),
    WeeklyHours: Codec(_read_hours, _write_hours, _says_hours),
}
