"""Documents: their format, what is refused and how, the caps, and the values of host apps."""

import datetime as dt
import json
import threading
from collections.abc import Mapping
from enum import Enum, IntEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, NewType, Self

import attrs
import cattrs
import pendulum
import pytest
from attrs import field, frozen

from reconnect.consent.invitation import Invitation
from reconnect.consent.proposal import Proposal
from reconnect.edges import _document
from reconnect.edges._scalar import SCALARS
from reconnect.edges._shape import Shapes
from reconnect.edges.convert import MOST_BYTES, MOST_ITEMS, configure_converter, dumps, loads, make_converter
from reconnect.edges.testing.noise import SECRET, read_quietly
from reconnect.errors import DecodeError, InvalidBody
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.phrase import Phrase
from reconnect.primitives.checkin import Counts, OccurrenceKey, Rhythm
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.kind import Body, UnknownBody, kind_of, register
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.period import Period
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import Gap

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
DAILY: Final = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))


Minutes = NewType("Minutes", int)


def refusal(data: bytes | str, wanted: Any) -> tuple[str, str]:  # noqa: ANN401 - any annotation
    """Where a document is refused, and what was expected there."""
    error = read_quietly(data, wanted)
    assert isinstance(error, DecodeError)
    return error.path, error.expected


def enveloped(**inner: object) -> bytes:
    """A document with these names in it."""
    return json.dumps({"reconnect": 1, **inner}).encode()


# --- the format: these bytes are kept in databases, so they do not change


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Note(text="tïred"), '{"kind":"note","reconnect":1,"text":"tïred"}'),
        (Shared(), '{"reconnect":1,"type":"shared"}'),
        (Sealed("r1"), '{"reconnect":1,"reveal":"r1","type":"sealed"}'),
        (
            Window(NOW, NOW.add(hours=1)),
            '{"end":"2026-01-05T20:00:00Z","reconnect":1,"start":"2026-01-05T19:00:00Z","type":"window"}',
        ),
        (Windows(), '{"reconnect":1,"type":"windows"}'),
        (Period(months=1, weeks=2), '{"reconnect":1,"value":"P1M2W"}'),
        (
            DAILY,
            '{"reconnect":1,"rule":"DTSTART;TZID=Europe/Paris:20260105T200000\\nRRULE:FREQ=DAILY","type":"recurrence"}',
        ),
        (
            attrs.evolve(DAILY, gap=Gap.SKIP),
            (
                '{"gap":"skip","reconnect":1,"rule":"DTSTART;TZID=Europe/Paris:20260105T200000\\nRRULE:FREQ=DAILY",'
                '"type":"recurrence"}'
            ),
        ),
        (
            WeeklyHours("Europe/Paris", {"SA": ["22:00-02:00"]}),
            (
                '{"hours":{"SA":["22:00-24:00"],"SU":["00:00-02:00"]},"reconnect":1,"type":"weekly_hours",'
                '"zone":"Europe/Paris"}'
            ),
        ),
        (
            OccurrenceKey(schedule="s1", original_start=dt.datetime.fromisoformat("2026-03-29T02:30:00"), zone="UTC"),
            '{"original_start":"2026-03-29T02:30:00","reconnect":1,"schedule":"s1","type":"occurrence_key","zone":"UTC"}',
        ),
        (Counts(due=3), '{"due":3,"held":0,"kept_closed":0,"let_go":0,"paused":0,"reconnect":1,"type":"counts"}'),
        (
            Person(id="ana", zone="UTC"),
            '{"id":"ana","reconnect":1,"type":"person","zone":"UTC"}',
        ),
        (
            Rhythm.of(DAILY, reminders=(dt.timedelta(minutes=-5),)),
            (
                '{"early":"PT15M","kind":"checkin.rhythm","late":"PT2H","length":"PT15M","reconnect":1,"recurrences":'
                '[{"rule":"DTSTART;TZID=Europe/Paris:20260105T200000\\nRRULE:FREQ=DAILY","type":"recurrence"}],'
                '"reminders":["-PT5M"]}'
            ),
        ),
        (
            Phrase.of("outlook.open", until=NOW, names=("ana",), many=2, day=dt.date(2026, 1, 5)),
            (
                '{"key":"outlook.open","params":[["day",{"type":"date","value":"2026-01-05"}],["many",2],["names",["ana"]],'
                '["until",{"type":"instant","value":"2026-01-05T19:00:00Z"}]],"reconnect":1,"type":"phrase"}'
            ),
        ),
        (
            Entry(circle="c1", author="ana", id="e1", at=NOW, body=Note(text="tired")),
            (
                '{"at":"2026-01-05T19:00:00Z","audience":{"type":"private"},"author":"ana",'
                '"body":{"kind":"note","text":"tired"},"circle":"c1","id":"e1","reconnect":1,"type":"entry"}'
            ),
        ),
        (
            UnknownBody(name="app.newer", payload='{"a":[1,2.5]}', version=2),
            '{"a":[1,2.5],"kind":"app.newer","reconnect":2}',
        ),
        (Gap.SKIP, '{"reconnect":1,"value":"skip"}'),
        ((1, "a", None, True, NOW), '{"reconnect":1,"value":[1,"a",null,true,"2026-01-05T19:00:00Z"]}'),
        (frozenset({"b", "a"}), '{"reconnect":1,"value":["a","b"]}'),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_format_stays(value: object, written: str) -> None:
    """A change of these bytes is a change of the format, and of its version."""
    assert dumps(value).decode() == written
    if type(value) not in {tuple, frozenset}:
        assert loads(written, type(value)) == value


def test_a_story_is_its_id_its_circle_and_its_acts() -> None:
    """A story is written with everything that was said in it, and with who was there."""
    us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    story = Invitation.of(id="i1", circle=us, by="ana", at=NOW).renew(by="ben", at=NOW.add(days=1))
    tree = json.loads(dumps(story))
    assert {name: type(part) for name, part in tree.items()} == {
        "reconnect": int,
        "type": str,
        "id": str,
        "circle": str,
        "acts": list,
        "founding": list,
    }
    assert [act["body"] for act in tree["acts"]] == [{"kind": "invitation.nudge_us"}] * 2
    assert loads(dumps(story), Invitation).in_force(at=NOW.add(days=2))


# --- scalars


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (dt.timedelta(), "P0D"),
        (dt.timedelta(microseconds=1), "PT0.000001S"),
        (dt.timedelta(microseconds=-1), "-PT0.000001S"),
        (dt.timedelta(minutes=-3, microseconds=100), "-PT2M59.9999S"),
        (dt.timedelta(days=90), "P90D"),
        (dt.timedelta(days=1, hours=2, minutes=3, seconds=4.5), "P1DT2H3M4.5S"),
        (dt.timedelta(seconds=60), "PT1M"),
        (dt.timedelta(hours=25), "P1DT1H"),
        (dt.timedelta.max, "P999999999DT23H59M59.999999S"),
        (dt.timedelta.min, "-P999999999D"),
        (pendulum.duration(days=2, minutes=1), "P2DT1M"),
        (NOW.add(hours=3) - NOW, "PT3H"),
    ],
)
def test_a_length_of_time_is_written_as_iso_8601_and_read_exactly(length: dt.timedelta, text: str) -> None:
    """To the microsecond, negative ones too, and those of subclasses that have days of their own."""
    codec = SCALARS[dt.timedelta][1]
    assert codec.write(length) == text
    assert codec.read(text) == length


@pytest.mark.parametrize("text", ["PT90M", "PT5400S", "PT1H30M", "P0DT1H30M0S", "PT1H30M0.000000S"])
def test_a_length_of_time_may_be_written_in_other_ways(text: str) -> None:
    """ISO 8601 has many ways to say ninety minutes."""
    assert loads(enveloped(value=text), dt.timedelta) == dt.timedelta(minutes=90)


@pytest.mark.parametrize(
    "text",
    [
        "P",
        "PT",
        "P1DT",
        "",
        "-",
        "1D",
        "P1M",
        "P1Y",
        "P1W",
        "PT1.5H",
        "PT1.1234567S",
        "pt1m",
        "P-1D",
        "+P1D",
        "P1D ",
        "PT1S1M",
        "P9999999999D",
        "P999999999DT24H",
        "-P999999999DT1S",
        "PT٣M",
        60,
        60.0,
        None,
    ],
)
def test_no_other_text_is_a_length_of_time(text: object) -> None:
    """Calendar months have no length; what lies beyond the range of `timedelta` is refused, too."""
    assert refusal(enveloped(value=text), dt.timedelta) == ("value", "a length of time such as PT15M")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-01-05T20:00:00+01:00", NOW),
        ("2026-01-05T19:00:00.000Z", NOW),
        ("2026-01-05T19:00:00-00:00", NOW),
    ],
)
def test_an_instant_may_come_with_another_offset(text: str, wanted: pendulum.DateTime) -> None:
    """It is the same moment, and it is written in UTC from then on."""
    assert loads(enveloped(value=text), pendulum.DateTime) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05T19:00:00",
        "2026-01-05",
        "2026-01-05 19:00:00Z",
        "2026-01-05T19:00:00z",
        "2026-02-30T19:00:00Z",
        "2026-01-05T24:00:00Z",
        "2026-01-05T19:00:60Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "now",
        "",
        1767639600,
        1.5,
        None,
        True,
        ["2026-01-05T19:00:00Z"],
    ],
)
def test_nothing_else_is_an_instant(text: object) -> None:
    """No time without a zone, no bare date, no number."""
    assert refusal(enveloped(value=text), pendulum.DateTime) == (
        "value",
        "an instant such as 2026-01-05T19:00:00Z",
    )


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (bool, ["true", "false", 0, 1, 1.0, None, "", []]),
        (int, [True, False, 1.0, "1", None, 1.5, [1]]),
        (str, [None, 1, True, 1.5, ["a"], {"a": 1}]),
        (float, ["1", True, None, 2**53 + 1]),
        (type(None), [0, "", False, []]),
        (tuple[str, ...], ["abc", {"a": 1}, None, 1]),
        (tuple[str, int], [["a"], ["a", 1, 2], ["a", True], "ab", [1, "a"]]),
        (tuple[()], [[1], None]),
        (frozenset[str], [["a", "a"], "ab", {"a": 1}]),
        (Mapping[str, int], [["a"], {"a": "1"}, None]),
        (Fraction, ["1", "1/0", "0.5", 1, 0.5, "1/-2", "1 / 2", "nan", "1/2/3"]),
        (dt.date, ["2026-01-05T00:00:00Z", "20260105", "2026-02-30", "2026-1-5", 5]),
        (dt.time, ["20:00", "20:00:00Z", "24:00:00", 20]),
        (dt.datetime, ["2026-01-05T20:00:00Z", "2026-01-05T20:00:00+01:00", "2026-01-05", "2026-01-05T20:00"]),
        (Gap, ["SKIP", "Gap.SKIP", "", 0, None, ["skip"], {"skip": 1}]),
        (Literal["a", 1], ["b", True, "1", None]),
        (Period, ["P", "PT1H", "P1D1M", 30]),
        (Note, [None, [], "note"]),
        (Audience, [None, "shared", ["shared"], 1]),
        (str | int, [None, True, 1.5, [], {"type": "text", "value": "a"}]),
    ],
    ids=str,
)
def test_nothing_is_taken_for_what_it_merely_looks_like(wanted: Any, given: list[object]) -> None:  # noqa: ANN401 - any annotation
    """Exact types: what a friendlier converter would bend into shape is refused."""
    for data in given:
        path, _ = refusal(enveloped(value=data), wanted)
        assert path.startswith("value"), data


@pytest.mark.parametrize(
    ("wanted", "data", "value"),
    [
        (float, 1, 1.0),
        (float, -0.5, -0.5),
        (int | None, None, None),
        (float | None, 3, 3.0),
        (str | float, 3, 3.0),
        (dt.date | int, {"type": "date", "value": "2026-01-05"}, dt.date(2026, 1, 5)),
        (Gap | str, {"type": "gap", "value": "skip"}, Gap.SKIP),
        (Gap | str, "skip", "skip"),
        (Fraction, "2/4", Fraction(1, 2)),
        (tuple[()], [], ()),
        (dt.time, "20:00:00", dt.time(20)),
        (Mapping[str, int], {"a": 1}, {"a": 1}),
        (Mapping[dt.date, int], {"2026-01-05": 1}, {dt.date(2026, 1, 5): 1}),
        (Annotated[int, "minutes"], 5, 5),
        (Literal["a", 1], 1, 1),
        (frozenset[int], [2, 1], frozenset({1, 2})),
        (str | tuple[int, ...], [1], (1,)),
        (Body | str, {"kind": "note", "text": "x"}, Note(text="x")),
        (Body | str, "x", "x"),
        (Minutes | str | None, 5, 5),
        (Annotated[Minutes, "at least 1"] | str, "5", "5"),
        (None, None, None),
    ],
    ids=str,
)
def test_what_is_meant_is_read(wanted: Any, data: object, value: object) -> None:  # noqa: ANN401 - any annotation
    """One number type of JSON serves two of ours; unions say which member they hold."""
    found = loads(enveloped(value=data), wanted)
    assert found == value
    assert type(found) is type(value)


@frozen
class When:
    """A day, a local time or an instant: each of the later ones is also one of the earlier, by inheritance."""

    when: dt.date | dt.datetime | pendulum.DateTime | int


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (dt.date(2026, 1, 5), {"type": "date", "value": "2026-01-05"}),
        (dt.datetime.fromisoformat("2026-01-05T20:00:00"), {"type": "local", "value": "2026-01-05T20:00:00"}),
        (NOW, {"type": "instant", "value": "2026-01-05T19:00:00Z"}),
        (5, 5),
    ],
)
def test_a_moment_is_no_local_time_and_no_day(when: Any, said: object) -> None:  # noqa: ANN401 - one of four
    """A union says which of them stands there, and the same is read."""
    data = dumps(When(when))
    assert json.loads(data)["when"] == said
    assert loads(data, When) == When(when)
    assert type(loads(data, When).when) is type(when)


def test_two_names_that_mean_one_key_are_refused() -> None:
    """A mapping keeps everything it is given, or nothing."""
    twice = {"2026-01-05T19:00:00Z": 1, "2026-01-05T20:00:00+01:00": 2}
    assert refusal(enveloped(value=twice), Mapping[pendulum.DateTime, int]) == (
        "value",
        "an object that says each name once",
    )
    assert refusal(enveloped(value={SECRET: 1}), Mapping[pendulum.DateTime, int])[0] == "value.*"


# --- what is refused in objects, and where


@pytest.mark.parametrize(
    ("inner", "path", "expected"),
    [
        ({}, "", "a kind, a type, or nothing but a value"),
        ({"kind": "note"}, "", "the name text"),
        ({"kind": "note", "text": 7}, "text", "a text"),
        ({"kind": "note", "text": "", SECRET: 1}, "", "no other names than kind, text"),
        ({"kind": "Note", "text": ""}, "kind", "note"),
        ({"kind": ["note"], "text": ""}, "kind", "note"),
        ({"type": "note", "text": ""}, "kind", "note"),
    ],
)
def test_an_object_has_exactly_its_names(inner: dict[str, object], path: str, expected: str) -> None:
    """A name that is missing, unknown or of another kind is refused, without repeating it."""
    assert refusal(enveloped(**inner), Note) == (path, expected)


def test_a_path_leads_to_the_place() -> None:
    """Names and places, from the top to what could not be read."""
    act = {"type": "entry", "circle": "c1", "author": "ana", "id": "e1", "at": "2026-01-05T19:00:00Z"}
    audience = {"type": "shared"}
    offered = {"kind": "proposal.offered", "expires": "2026-02-05T19:00:00Z", "lasts": "P90D"}
    rule = {"type": "recurrence", "rule": "FREQ=SECRETLY"}
    rhythm = {"kind": "checkin.rhythm", "recurrences": [rule]}
    acts = [{**act, "audience": audience, "body": {**offered, "value": rhythm}}]
    path, _ = refusal(enveloped(type="proposal", id="p1", circle="c1", acts=acts), Proposal)
    assert path == "acts[0].body.value.recurrences[0].rule"


def test_what_a_constructor_refuses_is_refused_at_that_object() -> None:
    """The words of our own refusals are kept: they say what was expected, not what came."""
    window = {"type": "window", "start": "2026-01-05T19:00:00Z", "end": "2026-01-05T19:00:00Z"}
    assert refusal(enveloped(**window), Window) == ("", "an end after the start")
    assert refusal(enveloped(value=[window]), tuple[Window, ...]) == ("value[0]", "an end after the start")
    body = {"kind": "proposal.muted", "offer": "o1"}
    act = {"type": "entry", "circle": "c1", "author": "ana", "id": "e1", "at": "2026-01-05T19:00:00Z", "body": body}
    assert refusal(enveloped(**act, audience={"type": "shared"}), Entry) == ("", "Private for this kind of body")


def test_an_audience_is_what_it_says() -> None:
    """A missing audience is private, never shared; an unknown one is refused."""
    act = {
        "circle": "c1",
        "author": "ana",
        "id": "e1",
        "at": "2026-01-05T19:00:00Z",
        "body": {"kind": "note", "text": ""},
    }
    assert loads(enveloped(type="entry", **act), Entry).audience == Private()
    assert refusal(enveloped(type="entry", **act, audience={"type": "public"}), Entry) == (
        "audience.type",
        "one of private, sealed, shared",
    )
    assert refusal(enveloped(type="entry", **act, audience={"type": ["shared"]}), Entry)[0] == "audience.type"
    assert refusal(enveloped(type="entry", **act, audience={}), Entry)[0] == "audience.type"


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"type": "recurrence"}, ""),
        ({"type": "recurrence", "rule": "x", "zone": "UTC"}, ""),
        ({"type": "recurrence", "rule": 7}, "rule"),
        ({"type": "recurrence", "rule": "x" * 70_000}, "rule"),
        ({"type": "recurrence", "rule": "DTSTART:20260105T200000Z\nRRULE:FREQ=DAILY", "gap": "shove"}, "gap"),
        ({"type": "rule", "rule": "DTSTART:20260105T200000Z\nRRULE:FREQ=DAILY"}, "type"),
        ({"type": "recurrence", "rule": "DTSTART:20260105T200000Z\nRRULE:FREQ=DAILY;" + SECRET}, "rule"),
    ],
)
def test_a_recurrence_is_the_text_of_rfc_5545(rule: dict[str, object], path: str) -> None:
    """Nothing but its text, and perhaps what gaps mean."""
    assert refusal(enveloped(**rule), Recurrence)[0] == path
    assert refusal(enveloped(value=[rule]), tuple[Recurrence, ...])[0] == f"value[0]{'.' * bool(path)}{path}"


def test_weekly_hours_are_an_object_of_weekdays() -> None:
    """Each weekday has a list of spans; anything else is refused where it stands."""
    hours = {"type": "weekly_hours", "zone": "UTC"}
    assert loads(enveloped(**hours, hours={}), WeeklyHours) == WeeklyHours("UTC", {})
    assert refusal(enveloped(**hours), WeeklyHours)[0] == ""
    assert refusal(enveloped(**hours, hours=[]), WeeklyHours)[0] == "hours"
    assert refusal(enveloped(**hours, hours={"MO": "18:00-22:00"}), WeeklyHours)[0] == "hours.*"
    assert refusal(enveloped(**hours, hours={SECRET: []}), WeeklyHours) == ("", "weekdays such as MO")
    assert refusal(enveloped(value=7), tuple[WeeklyHours, ...])[0] == "value"
    assert refusal(enveloped(value=[7]), tuple[WeeklyHours, ...]) == ("value[0]", "an object of type weekly_hours")


# --- JSON itself, and the caps


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"]", "JSON"),
        (b'{"reconnect":1,}', "JSON"),
        (b"{'reconnect':1}", "JSON"),
        (b'{"reconnect":1} x', "JSON"),
        (b'{"reconnect":01}', "JSON"),
        (b'{"reconnect":1,"value":"\n"}', "JSON"),
        (b'{"reconnect":1,"value":"' + SECRET.encode(), "JSON"),
        (b'{"reconnect":1,"value":NaN}', "JSON, which knows no NaN and no Infinity"),
        (b'{"reconnect":1,"value":-Infinity}', "JSON, which knows no NaN and no Infinity"),
        (b'{"reconnect":1,"value":1e999}', "numbers of at most 64 bits"),
        (b'{"reconnect":1,"value":9223372036854775808}', "whole numbers of at most 64 bits"),
        (b'{"reconnect":1,"value":' + b"9" * 5000 + b"}", "whole numbers of at most 64 bits"),
        (b'{"reconnect":1,"value":1,"value":1}', "objects that say each name once"),
        (b'{"reconnect":1,"value":{"a":1,"\\u0061":1}}', "objects that say each name once"),
        (b'\xef\xbb\xbf{"reconnect":1,"value":1}', "UTF-8 without a byte order mark"),
        ('\ufeff{"reconnect":1,"value":1}', "UTF-8 without a byte order mark"),
        (b'{"reconnect":1,"value":"\xff"}', "UTF-8"),
        ('{"reconnect":1,"value":"\ud800"}', "UTF-8"),
        ('{"reconnect":1,"value":1}'.encode("utf-16"), "UTF-8"),
        (b"[1]", "an object with the version of its format, reconnect"),
        (b"7", "an object with the version of its format, reconnect"),
        (b'{"value":1}', "an object with the version of its format, reconnect"),
        (7, "bytes or a text"),
        (None, "bytes or a text"),
    ],
)
def test_a_document_is_strict_json_in_utf_8(data: Any, expected: str) -> None:  # noqa: ANN401 - also what is no document
    """Nothing that only some readers of JSON would take."""
    assert refusal(data, int | float) == ("", expected)


def test_half_a_character_is_refused_where_it_stands() -> None:
    """An escape can say what no UTF-8 can; it is no text."""
    assert refusal(b'{"reconnect":1,"kind":"note","text":"\\ud800"}', Note) == ("text", "a text")
    assert loads(b'{"reconnect":1,"kind":"note","text":"\\ud83d\\udc9b"}', Note).text == "\U0001f49b"
    assert refusal(b'{"reconnect":1,"kind":"\\ud800"}', Body) == ("kind", "the name of a kind")
    assert refusal(b'{"reconnect":1,"kind":"app.x","a":"\\ud800"}', Body) == ("", "texts of whole characters")


def test_the_edges_of_whole_numbers_are_read() -> None:
    """64 bits with a sign."""
    for number in (2**63 - 1, -(2**63)):
        assert loads(dumps(number), int) == number


@pytest.mark.parametrize("character", ["x", "ä", "\U0001f49b"])
def test_a_document_has_at_most_so_many_bytes(character: str) -> None:
    """As many as said are read and written; one more is refused before anything else is done with it."""
    note = Note(text=character * 1000)
    data = dumps(note)
    for given in (data, data.decode()):
        assert loads(given, Note, most_bytes=len(data)) == note
        with pytest.raises(DecodeError, match=f"at the top: expected at most {len(data) - 1} bytes"):
            loads(given, Note, most_bytes=len(data) - 1)
    with pytest.raises(InvalidBody, match=f"at most {len(data) - 1} bytes"):
        dumps(note, most_bytes=len(data) - 1)
    assert dumps(note, most_bytes=len(data)) == data


def test_the_caps_hold_without_being_asked_for() -> None:
    """1 MiB and 100,000 items, both ways; whoever exports years of entries says so."""
    long = Note(text="x" * MOST_BYTES)
    with pytest.raises(InvalidBody):
        dumps(long)
    data = dumps(long, most_bytes=2 * MOST_BYTES)
    assert refusal(data, Note) == ("", f"at most {MOST_BYTES} bytes")
    many = (0,) * (MOST_ITEMS - 1)  # the document and the list are items, too, and the first number needs no comma
    with pytest.raises(InvalidBody):
        dumps(many)
    data = dumps(many, most_items=MOST_ITEMS + 1)
    assert refusal(data, tuple[int, ...]) == ("", f"at most {MOST_ITEMS} items")
    assert loads(data, tuple[int, ...], most_items=MOST_ITEMS + 1) == many
    assert loads(data.replace(b"0,", b"", 1), tuple[int, ...]) == many[1:]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_a_document_is_nested_only_so_deep(opening: str, closing: str) -> None:
    """A bomb of brackets is refused before it is opened; brackets inside a text are only text."""
    deep = opening * 31 + "1" + closing * 31
    kept = loads(f'{{"reconnect":1,"kind":"app.deep","a":{opening * 23}1{closing * 23}}}', Body)
    assert isinstance(kept, UnknownBody)
    deeper = f'{{"reconnect":1,"kind":"app.deep","a":{opening * 24}1{closing * 24}}}'
    assert refusal(deeper, Body) == ("", "values nested at most 24 deep")
    too_deep = ("", "values nested at most 32 deep")
    assert refusal(f'{{"reconnect":1,"value":{opening}{deep}{closing}}}', int) == too_deep
    assert refusal(f'{{"reconnect":1,"value":{deep}}}', int) == ("value", "a whole number")
    assert refusal(opening * 90_000, int) == too_deep
    assert refusal(opening * 110_000, int) == ("", "at most 100000 items")
    assert loads(dumps(Note(text='\\"[' * 5000 + '{"' * 5000)), Note).text.count("[") == 5000


def test_what_nests_too_deep_to_be_read_is_not_written() -> None:
    """Whoever could not be read again learns it before anything is kept."""
    phrase = Phrase.of("a")
    for _ in range(8):
        phrase = Phrase.of("a", inner=phrase)
    assert loads(dumps(phrase), Phrase) == phrase
    for _ in range(8):
        phrase = Phrase.of("a", inner=phrase)
    with pytest.raises(InvalidBody, match="nested at most 32 deep"):
        dumps(phrase)


def test_a_text_that_never_closes_is_looked_at_once() -> None:
    """Quotes and backslashes cannot make the reader go back and forth."""
    for text in ('"' + '\\"' * 400_000, "\\" * 900_000, '"\\' * 400_000, '"' * 900_000):
        assert refusal(text, Note) == ("", "JSON")


# --- versions, and kinds that nobody registered here


def test_a_newer_format_is_refused_clearly() -> None:
    """A value of a newer format is not guessed at, wherever it stands."""
    newer = "version 1, the newest that this library reads"
    note = {"kind": "note", "text": "", "mood": 3}
    assert refusal(json.dumps({"reconnect": 2, **note}), Note) == ("reconnect", newer)
    assert refusal(json.dumps({"reconnect": 2, "value": 1}), int) == ("reconnect", newer)
    assert refusal(enveloped(value=[{"reconnect": 2, **note}]), tuple[Note, ...]) == ("value[0].reconnect", newer)
    assert refusal(enveloped(value={"reconnect": 9, "type": "shared"}), Audience) == ("value.reconnect", newer)
    rule = {"reconnect": 2, "type": "recurrence", "rule": "", "holidays": True}
    assert refusal(enveloped(value=rule), tuple[Recurrence, int] | Recurrence) == ("value.reconnect", newer)


@pytest.mark.parametrize("version", [0, -1, True, "1", 1.0, None, [1]])
def test_a_version_is_a_whole_number_from_1_on(version: object) -> None:
    """Anything else is no version."""
    assert refusal(json.dumps({"reconnect": version, "value": 1}), int) == ("reconnect", "a version, counted from 1")


def test_a_newer_body_of_an_unknown_kind_is_kept_with_its_version() -> None:
    """An older library passes on what a newer one wrote, alone and inside an entry, and does not call it its own."""
    data = b'{"a":1,"kind":"app.newer","reconnect":2}'
    body = loads(data, Body)
    assert body == UnknownBody(name="app.newer", payload='{"a":1}', version=2)
    assert dumps(body) == data
    assert loads(data, UnknownBody) == body
    entry = Entry(circle="c1", author="ana", id="e1", at=NOW, body=body)
    assert b'"body":{"a":1,"kind":"app.newer","reconnect":2}' in dumps(entry)
    assert loads(dumps(entry), Entry) == entry


def test_a_newer_body_of_a_known_kind_is_kept_with_its_version() -> None:
    """What a later version adds to a kind is not guessed at and not lost: it waits for a reader that knows it."""
    data = b'{"kind":"note","mood":3,"reconnect":2,"text":""}'
    body = loads(data, Body)
    assert body == loads(data, UnknownBody) == UnknownBody(name="note", payload='{"mood":3,"text":""}', version=2)
    assert dumps(body) == data
    entry = Entry(circle="c1", author="ana", id="e1", at=NOW, body=body, audience=Shared())
    assert loads(dumps(entry), Entry) == entry
    unmarked = json.dumps({"reconnect": 1, "kind": "note", "text": "", "mood": 3})
    assert refusal(unmarked, Body) == ("", "no other names than kind, text")


def test_a_newer_body_is_heard_by_whoever_may_hear_its_kind() -> None:
    """A newer form of what is one person's own does not become everyone's, and a sealed answer stays sealed."""
    act = {"circle": "c1", "author": "ana", "id": "e1", "at": "2026-01-05T19:00:00Z"}
    for kind, allowed in (("support.note", "Private"), ("quiet.went", "Private"), ("proposal.accepted", "Shared")):
        body = {"reconnect": 2, "kind": kind, "more": 1}
        for name in ("private", "shared"):
            whole = enveloped(type="entry", **act, body=body, audience={"type": name})
            if name == allowed.lower():
                assert kind_of(loads(whole, Entry).body) == kind
            else:
                assert refusal(whole, Entry) == ("", f"{allowed} for this kind of body")


@pytest.mark.parametrize("mark", [1, 0, True, "2", None])
def test_a_version_inside_is_newer_or_not_there(mark: object) -> None:
    """Only what a newer library wrote has a version of its own inside a document."""
    inner = {"kind": "app.newer", "reconnect": mark}
    assert refusal(enveloped(value=[inner]), tuple[Body, ...]) == (
        "value[0].reconnect",
        "no version but that of the whole document, or a newer one",
    )


def test_an_unknown_body_is_kept_in_one_form() -> None:
    """Names are sorted and space is gone, so that equal contents are equal bodies."""
    one = loads('{"reconnect":1, "kind":"app.x", "b": [1, 2.50], "a": "\\u00e9"}', Body)
    other = loads('{"a":"é","b":[1,2.5],"kind":"app.x","reconnect":1}', Body)
    assert one == other
    assert dumps(one) == dumps(other) == '{"a":"é","b":[1,2.5],"kind":"app.x","reconnect":1}'.encode()


@pytest.mark.parametrize("kind", [None, 7, "", ["note"]])
def test_a_body_says_its_kind(kind: object) -> None:
    """An object without a kind is no body."""
    assert refusal(enveloped(type="x", kind=kind), Body) == ("kind", "the name of a kind")
    assert refusal(enveloped(value=[1]), tuple[Body, ...]) == ("value[0]", "an object that says its kind")
    assert refusal(enveloped(value=[kind]), tuple[UnknownBody, ...])[0] == "value[0].kind"


def test_a_known_kind_is_no_unknown_body() -> None:
    """Whoever asks for what is unknown does not get what is known."""
    wanted = "a kind that nobody registered here, or a newer version of one"
    assert refusal(dumps(Note(text="")), UnknownBody) == ("kind", wanted)
    assert refusal(dumps(Note(text="")).replace(b'"note"', b'""'), UnknownBody)[0] == "kind"


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("note", '{"text":""}'),
        ("", "{}"),
        ("app.x", "[]"),
        ("app.x", '{"kind":"app.y"}'),
        ("app.x", '{"b":1,"a":1}'),
        ("app.x", '{"a": 1}'),
        ("app.x", '{"reconnect":1}'),
        ("app.x", '{"a":'),
        ("app.x", '{"a":"\\ud800"}'),
        ("app.\ud800", "{}"),
        ("app.x", '{"a":' + "[" * 24 + "]" * 24 + "}"),
    ],
)
def test_an_unknown_body_that_could_not_be_read_again_is_not_written(name: str, payload: str) -> None:
    """Nothing slips in by the side door."""
    with pytest.raises(InvalidBody):
        dumps(UnknownBody(name=name, payload=payload))


# --- what host apps bring


class Weather(Enum):
    """How it was outside."""

    SUN = "sun"
    RAIN = "rain"


class Steps(IntEnum):
    """A number with a name."""

    FEW = 1


class Place(str):
    """A text with a name."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Refuse nowhere."""
        if value == "nowhere":
            raise ValueError(value)
        return super().__new__(cls, value)


@frozen
class Stop:
    """A place on the way."""

    place: Place
    stayed: dt.timedelta | None = None


@register
@frozen(kw_only=True)
class Walked:
    """A walk."""

    kind: ClassVar[str] = "test.a_walk"

    minutes: Minutes = field()
    stops: tuple[Stop, ...] = ()
    weather: Weather | None = None
    with_: frozenset[str] = field(default=frozenset(), alias="together")
    _mood: Annotated[int, "1 to 5"] = 3
    steps: Steps = Steps.FEW
    share: Fraction | None = None
    best: Stop | Weather | Note | None = None
    on: dt.date | None = None
    words: tuple[str, ...] = field(factory=tuple)
    loud: bool = field(init=False, default=True)
    type: str = "walk"

    @minutes.validator
    def _check(self, _attribute: object, minutes: int) -> None:
        if minutes < 0:
            raise ValueError(SECRET)


WALK: Final = Walked(
    minutes=Minutes(40),
    stops=(Stop(Place("bench"), dt.timedelta(minutes=5)), Stop(Place("café"))),
    weather=Weather.RAIN,
    together=frozenset({"dog", "cat"}),
    mood=4,
    share=Fraction(1, 3),
    best=Stop(Place("bench")),
    on=dt.date(2026, 1, 5),
    words=("good",),
)


def test_a_body_of_a_host_just_works() -> None:
    """Nested values, enums, optional parts, other names in the constructor, and a field that is called type."""
    data = dumps(WALK)
    assert json.loads(data) == {
        "reconnect": 1,
        "kind": "test.a_walk",
        "minutes": 40,
        "stops": [{"type": "stop", "place": "bench", "stayed": "PT5M"}, {"type": "stop", "place": "café"}],
        "weather": "rain",
        "together": ["cat", "dog"],
        "mood": 4,
        "steps": 1,
        "share": "1/3",
        "best": {"type": "stop", "place": "bench"},
        "on": "2026-01-05",
        "words": ["good"],
        "type": "walk",
    }
    assert loads(data, Walked) == loads(data, Body) == WALK
    assert type(loads(data, Walked).stops[0].place) is Place
    assert loads(data, Walked).steps is Steps.FEW
    entry = Entry(circle="c1", author="ana", id="e1", at=NOW, body=WALK)
    assert loads(dumps(entry), Entry) == entry


@pytest.mark.parametrize("best", [Weather.SUN, Note(text="x"), None])
def test_a_union_of_a_host_says_what_it_holds(best: Weather | Note | None) -> None:
    """A value says its type, a body its kind, an enum stands in an object, nothing is null."""
    walk = attrs.evolve(WALK, best=best)
    assert loads(dumps(walk), Walked) == walk


def test_a_union_refuses_what_is_not_in_it() -> None:
    """Names beside a wrapped value, another type, another kind."""
    tree = json.loads(dumps(WALK))
    for best, path in (
        ({"type": "weather", "value": "sun", "x": 1}, "best"),
        ({"type": "weather"}, "best"),
        ({"type": "weather", "value": "snow"}, "best.value"),
        ({"type": "window"}, "best.type"),
        ({"kind": "test.a_walk"}, "best.kind"),
        ({"kind": "note", "text": 1}, "best.text"),
        ([], "best"),
        ("sun", "best"),
    ):
        assert refusal(json.dumps({**tree, "best": best}), Walked)[0] == path


def test_what_a_validator_of_a_host_says_stays_inside() -> None:
    """It may repeat the value, so nothing of it comes out, not even as a context."""
    assert refusal(enveloped(kind="test.a_walk", minutes=-1), Body) == ("", "what Walked accepts")
    stops = [{"type": "stop", "place": "nowhere"}]
    document = enveloped(kind="test.a_walk", minutes=1, stops=stops)
    assert refusal(document, Body) == ("stops[0].place", "what Place accepts")
    assert refusal(enveloped(kind="test.a_walk", minutes=1, steps=2), Body)[0] == "steps"


@frozen
class Tree:
    """Something that holds more of itself."""

    branches: "tuple[Tree, ...]" = ()


def test_a_class_may_hold_itself() -> None:
    """As phrases do."""
    tree = Tree((Tree(), Tree((Tree(),))))
    assert loads(dumps(tree), Tree) == tree


def test_many_threads_may_ask_at_once() -> None:
    """The first document of a process may come to several threads; all of them can read it."""
    converter = make_converter()
    tree = Tree((Tree(), Tree((Tree(),))))
    data, found = dumps(tree), []
    ready = threading.Barrier(4)

    def read() -> None:
        ready.wait()
        found.append(loads(data, Tree, converter=converter))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [tree] * 4


@frozen
class Listed:
    """A list can change, so it has no place in a value."""

    things: list[int]


@frozen
class Unannotated:
    """Nobody can know what is in it."""

    thing = attrs.field()  # type: ignore[var-annotated]  # that is the point


@frozen
class Astray:
    """Its annotation cannot be found at run time."""

    thing: "Nowhere"  # type: ignore[name-defined]  # noqa: F821 - that is the point


@frozen
class Reserved:
    """Every document uses this name itself."""

    kind: str


@frozen
class Twofold:
    """Nobody can tell which of the two a list is."""

    either: tuple[int, ...] | frozenset[int]


@frozen
class Ambiguous:
    """Two types that go by the same name."""

    either: Stop | type("Stop", (Tree,), {})  # type: ignore[valid-type]  # made only to clash


@frozen
class Selfish:
    """It holds itself, and something without a shape."""

    more: "tuple[Selfish, ...]"
    things: bytes


class Strange(Enum):
    """Choices that no text stands for."""

    PAIR = (1, 2)


@frozen
class Odd:
    """It has a strange choice."""

    choice: Strange


@pytest.mark.parametrize(
    "cls",
    [
        Mapping[str, int] | str,
        Place | int,
        Literal["a"] | int,
        Listed,
        Unannotated,
        Astray,
        Reserved,
        Twofold,
        Ambiguous,
        Selfish,
        Odd,
        list[int],
        dict[str, int],
        object,
        Any,
        complex,
        tuple[bytes, ...],
        str | bytes,
        list[int] | str,
        NewType("Raw", bytes),
    ],
    ids=str,
)
def test_what_has_no_strict_shape_is_told_to_the_developer(cls: Any) -> None:  # noqa: ANN401 - any annotation
    """A class that could not be kept is refused when it is first used, before any data comes in."""
    for _ in range(2):
        with pytest.raises(InvalidBody):
            loads(b"", cls)


@pytest.mark.parametrize("cls", [bytes, Path])
def test_what_a_stock_converter_would_make_of_bytes_and_paths_is_not_made(cls: type) -> None:
    """They have no shape either, though the converter knows them."""
    with pytest.raises(InvalidBody, match="a type with a strict shape in JSON"):
        loads(enveloped(value="x"), cls)
    with pytest.raises(InvalidBody, match="a type with a strict shape in JSON"):
        dumps(Path("x") if cls is Path else b"x")


def test_reading_by_a_codec_that_came_to_nothing_is_refused() -> None:
    """Whoever got hold of a part of a class that has no shape does not wait for it forever."""
    shapes = Shapes(cattrs.Converter())
    late: list[Any] = []
    make = shapes._make

    def spy(wanted: Any) -> Any:  # noqa: ANN401 - any annotation
        late.append(shapes.of(wanted))
        return make(wanted)

    shapes._make = spy  # type: ignore[method-assign]  # spied on while it works
    with pytest.raises(InvalidBody):
        shapes.of(complex)
    with pytest.raises(InvalidBody):
        late[0].read(1)
    with pytest.raises(InvalidBody):
        late[0].write(1)


# --- what is not written


@frozen
class Loose:
    """Values without any check, as untyped code makes them."""

    text: str = ""
    whole: int = 0
    truth: bool = False
    number: float = 0.0
    at: pendulum.DateTime | None = None
    local: dt.datetime | None = None
    day: dt.date | None = None
    length: dt.timedelta | None = None
    weather: Weather | None = None
    pair: tuple[int, int] | None = None
    several: tuple[int, ...] = ()
    some: frozenset[int] = frozenset()
    by: Mapping[str, int] | None = None
    body: Body | None = None
    note: Note | None = None
    rule: Recurrence | None = None
    hours: WeeklyHours | None = None
    unknown: UnknownBody | None = None
    either: int | str | Weather | tuple[int, ...] = 0
    dates: Mapping[int, int] | None = None
    or_body: Body | str | None = None


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": 7},
        {"text": "\ud800"},
        {"text": Weather.SUN},
        {"whole": True},
        {"whole": 2**63},
        {"whole": Steps.FEW},
        {"whole": 1.0},
        {"truth": 1},
        {"number": float("nan")},
        {"number": 1},
        {"at": dt.datetime.fromisoformat("2026-01-05T19:00:00")},
        {"at": "2026-01-05T19:00:00Z"},
        {"local": NOW},
        {"day": NOW},
        {"length": 5},
        {"weather": "sun"},
        {"weather": []},
        {"pair": (1,)},
        {"pair": [1, 2]},
        {"several": [1]},
        {"several": "ab"},
        {"some": {1}},
        {"by": [("a", 1)]},
        {"by": {1: 1}},
        {"body": Stop(Place("x"))},
        {"body": "note"},
        {"note": WALK},
        {"rule": "FREQ=DAILY"},
        {"hours": {}},
        {"unknown": Note(text="")},
        {"either": None},
        {"either": 1.5},
        {"either": True},
        {"either": Steps.FEW},
        {"dates": {1: 1}},
        {"or_body": 7},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_could_not_be_read_as_the_same_is_not_written(wrong: dict[str, Any]) -> None:
    """A wrong value is told to the developer when it is written, with the field, and without the value."""
    with pytest.raises(InvalidBody) as caught:
        dumps(Loose(**wrong))
    assert str(caught.value).count(" for ") == 1
    assert f" for {next(iter(wrong))} of loose" in str(caught.value)


def test_a_rule_longer_than_any_calendar_is_not_written() -> None:
    """What would be refused when read is refused when written."""
    days = (dt.datetime.fromisoformat("2026-01-05T20:00:00") + dt.timedelta(days=day) for day in range(4200))
    with pytest.raises(InvalidBody, match="at most 65536 characters"):
        dumps(DAILY.adding(*days))


@frozen
class Holder:
    """A value around a loose one."""

    loose: Loose


def test_the_innermost_field_is_named() -> None:
    """A developer looks for the field that is wrong, not for the one around it."""
    with pytest.raises(InvalidBody, match=r"expected a text for text of loose, got a int"):
        dumps(Holder(Loose(text=7)))  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    "value", [b"x", [1], {"a": 1}, object(), "\ud800", 1j, Odd(Strange.PAIR)], ids=lambda value: type(value).__name__
)
def test_what_has_no_strict_shape_is_not_written(value: object) -> None:
    """Bytes, lists and the like have no place in a document."""
    with pytest.raises(InvalidBody):
        dumps(value)


def test_a_collection_of_anything_can_be_written_and_is_read_with_its_type() -> None:
    """Whoever reads says what is in it."""
    assert loads(dumps((1, "a")), tuple[int, str]) == (1, "a")
    assert refusal(dumps((1, 2)), tuple) == ("value", "a type that says what is in the tuple")
    assert refusal(dumps(frozenset({1})), frozenset) == ("value", "a type that says what is in the frozenset")


# --- converters of hosts


@frozen
class Money:
    """An amount that a host writes in its own way."""

    cents: int


@frozen
class Gift:
    """Something with an amount in it."""

    worth: Money


def money_read(data: object, _wanted: object) -> Money:
    """Read it as the host does, and repeat what came when it fails."""
    if not isinstance(data, str):
        raise TypeError(data)
    return Money(int(data.removesuffix(" ct")))


def test_a_hook_of_the_host_comes_first() -> None:
    """What a host registers holds inside our values too, and what it raises stays inside."""
    converter = make_converter()
    converter.register_structure_hook(Money, money_read)
    converter.register_unstructure_hook(Money, lambda money: f"{money.cents} ct")
    data = dumps(Gift(Money(5)), converter=converter)
    assert json.loads(data) == {"reconnect": 1, "type": "gift", "worth": "5 ct"}
    assert loads(data, Gift, converter=converter) == Gift(Money(5))
    assert loads(dumps(Money(5), converter=converter), Money, converter=converter) == Money(5)
    with pytest.raises(DecodeError, match="what its type accepts") as caught:
        loads(enveloped(type="gift", worth=SECRET), Gift, converter=converter)
    assert caught.value.__context__ is None


@attrs.define
class Form:
    """A class of the host that is no value of ours: it can change."""

    notes: list[Note]
    amount: int
    span: tuple[int, int] = (0, 0)


def test_a_converter_of_the_host_can_be_taught() -> None:
    """Lists stay as the converter has them; everything of ours in them is strict."""
    converter = cattrs.Converter()
    configure_converter(converter)
    form = Form([Note(text="x")], 3)
    plain = converter.unstructure(form)
    assert plain == {"type": "form", "notes": [{"kind": "note", "text": "x"}], "amount": 3, "span": [0, 0]}
    assert converter.structure(plain, Form) == form
    with pytest.raises(DecodeError):
        converter.structure({**plain, "amount": "3"}, Form)
    assert converter.structure(["a"], list[str]) == ["a"]
    assert converter.unstructure({"at": NOW, "by": ("ana",)}) == {"at": "2026-01-05T19:00:00Z", "by": ["ana"]}


def test_a_converter_tells_a_refusal_by_one_error() -> None:
    """There is no group of a hundred thousand errors, however much is wrong."""
    converter = make_converter()
    with pytest.raises(DecodeError) as caught:
        converter.structure([{"kind": "note", "text": 7}] * 1000, tuple[Note, ...])
    assert (caught.value.path, caught.value.args) == ("[0].text", ("[0].text", "a text"))


def test_the_cap_on_items_is_looked_at_before_the_document_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many items are counted, not made."""
    monkeypatch.setattr(_document, "_DECODER", None)
    assert refusal(b"[" + b"0," * 200_000 + b"0]", int) == ("", "at most 100000 items")
