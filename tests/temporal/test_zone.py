"""Instants and local times: examples, refusals, and what they say."""

import datetime as dt
from importlib import resources
from pathlib import Path

import pendulum
import pytest

from reconnect.errors import InvalidDate, InvalidInstant, InvalidZone
from reconnect.temporal.instant import as_instant, format_instant, from_microseconds, parse_instant
from reconnect.temporal.zone import FIRST, LAST, Clock, Gap, as_zone, clock, instant_of, local_time


def local(text: str) -> dt.datetime:
    """Return a local time."""
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "zone", "shift", "first"),
    [
        ("2026-03-29T02:30", "Europe/Paris", "2026-03-29T01:30:00Z", "2026-03-29T01:00:00Z"),
        ("2026-03-08T02:00", "America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T07:00:00Z"),
        ("2018-11-04T00:00", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04T03:00:00Z"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45:00Z", "2026-10-03T15:30:00Z"),
        ("2011-12-30T20:00", "Pacific/Apia", "2011-12-31T06:00:00Z", "2011-12-30T10:00:00Z"),
        ("1986-01-01T00:10", "Asia/Kathmandu", "1985-12-31T18:40:00Z", "1985-12-31T18:30:00Z"),
    ],
)
def test_a_gap_follows_the_policy(text: str, zone: str, shift: str, first: str) -> None:
    """Hours, half hours, quarters and whole days that clocks skip."""
    assert instant_of(local(text), zone) == parse_instant(shift)
    assert instant_of(local(text), zone, Gap.FIRST_VALID) == parse_instant(first)
    assert instant_of(local(text), zone, Gap.SKIP) is None


@pytest.mark.parametrize(
    ("text", "zone", "first"),
    [
        ("2026-10-25T02:30", "Europe/Paris", "2026-10-25T00:30:00Z"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00Z"),
        ("2018-02-17T23:30", "America/Sao_Paulo", "2018-02-18T01:30:00Z"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00Z"),
    ],
)
def test_a_fold_takes_its_first_instant(text: str, zone: str, first: str) -> None:
    """What clocks show twice means the first time, whatever `fold` says."""
    for fold in (0, 1):
        assert {instant_of(local(text).replace(fold=fold), zone, gap) for gap in Gap} == {parse_instant(first)}


def test_microseconds_are_kept() -> None:
    """A local time has parts of a second too."""
    found = instant_of(local("2026-01-05T20:00:00.000001"), "Europe/Paris")
    assert found == parse_instant("2026-01-05T19:00:00.000001Z")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Olympus",
        "localtime",
        "posixrules",
        "Factory",
        "right/UTC",
        "posix/UTC",
        "../UTC",
        "/etc/UTC",
        "Europe",
        "UTC\0",
        "é",
        "A" * 9999,
    ],
)
def test_other_names_are_no_zones(name: str) -> None:
    """Names that the database lacks are refused, and names that would read this machine's settings or files."""
    with pytest.raises(InvalidZone) as refused:
        as_zone(name)
    wanted = "the name of an IANA time zone, such as Europe/Paris"
    assert str(refused.value) == f"expected {wanted}, got another name"


def test_a_zone_is_a_text() -> None:
    """A zone object is refused: values hold names."""
    with pytest.raises(InvalidZone, match="got a Timezone"):
        as_zone(pendulum.UTC)  # type: ignore[arg-type]  # wrong on purpose


def test_local_times_are_checked() -> None:
    """A moment with a zone is no local time, and neither is a date."""
    with pytest.raises(InvalidDate, match="expected a local time without a zone, got a moment with one"):
        instant_of(pendulum.datetime(2026, 1, 5), "Europe/Paris")
    with pytest.raises(InvalidDate, match="expected a local time, got a date"):
        instant_of(dt.date(2026, 1, 5), "Europe/Paris")  # type: ignore[arg-type]  # wrong on purpose


def test_the_ends_of_the_calendar_are_refused_not_crashed_into() -> None:
    """Where a clock would show a year outside 1 to 9999, an error of ours says so."""
    with pytest.raises(InvalidInstant, match="within the years 1 to 9999"):
        instant_of(local("9999-12-31T23:00"), "America/New_York")
    with pytest.raises(InvalidInstant, match="within the years 1 to 9999"):
        instant_of(local("0001-01-01T01:00"), "Asia/Tokyo")
    with pytest.raises(InvalidInstant, match="clocks there show"):
        local_time(parse_instant("9999-12-31T23:00:00Z"), "Asia/Tokyo")
    with pytest.raises(InvalidInstant, match="clocks there show"):
        local_time(parse_instant("0001-01-01T00:00:00Z"), "America/New_York")
    with pytest.raises(InvalidInstant, match="one beyond them"):
        as_instant(local("0001-01-01T00:00").replace(tzinfo=dt.timezone(dt.timedelta(hours=1))))
    with pytest.raises(InvalidInstant, match="one beyond them"):
        from_microseconds(10**18)
    for zone in ("Asia/Tokyo", "America/New_York", "UTC"):
        ends = clock(zone)
        assert FIRST <= ends.first - ends.offset(FIRST) <= ends.last - ends.offset(LAST) <= LAST


def test_an_instant_has_a_zone() -> None:
    """A local time and a date are no instants."""
    with pytest.raises(InvalidInstant, match="got a local time without one"):
        as_instant(local("2026-01-05T20:00"))
    with pytest.raises(InvalidInstant, match="got a date"):
        as_instant(dt.date(2026, 1, 5))  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    "text",
    [
        "now",
        "",
        "2026-01-05",
        "2026-01-05T19:00:00",
        "2026-01-05 19:00:00Z",
        "2026-01-05T19:00Z",
        "20260105T190000Z",
        "2026-01-05T19:00:00.1234567Z",
        "\u0662026-01-05T19:00:00Z",
    ],
)
def test_only_one_shape_of_text_is_an_instant(text: str) -> None:
    """No `now`, no missing zone, no guessing: RFC 3339."""
    with pytest.raises(InvalidInstant, match="got a text of another shape"):
        parse_instant(text)


@pytest.mark.parametrize(
    "text", ["2026-02-30T00:00:00Z", "2026-01-05T25:00:00Z", "2026-01-05T19:00:60Z", "2026-01-05T19:00:00+25:00"]
)
def test_the_day_and_the_time_exist(text: str) -> None:
    """A text of the right shape can still name nothing."""
    with pytest.raises(InvalidInstant, match="a day or time that does not exist"):
        parse_instant(text)


def test_an_instant_text_is_a_text_and_says_utc() -> None:
    """What was told in any zone is written in UTC."""
    with pytest.raises(InvalidInstant, match="got a bytes"):
        parse_instant(b"2026-01-05T19:00:00Z")  # type: ignore[arg-type]  # wrong on purpose
    assert format_instant(parse_instant("2026-01-05T20:00:00.5+01:00")) == "2026-01-05T19:00:00.500000Z"


def test_what_is_remembered_of_a_zone_is_bounded() -> None:
    """Asking about very many instants does not fill the memory."""
    clocks = Clock(clock("Europe/Paris")._info)  # noqa: SLF001 - one of our own to fill up
    at = FIRST + 365 * 86_400
    for stretch in range(4100):
        clocks.spread(at + stretch * 2**19)
    assert len(clocks._steady) <= 4096  # noqa: SLF001 - that is what is asked


def test_the_zone_data_is_that_of_pendulum() -> None:
    """The standard library and pendulum read the same database, so their clocks agree."""
    assert Path(str(resources.files("tzdata"))).exists()
    at = parse_instant("2026-07-01T12:00:00Z")
    assert local_time(at, "Asia/Kathmandu") == at.in_timezone("Asia/Kathmandu").naive()
