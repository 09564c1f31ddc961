"""Real prompts around a clock change: 79 people were asked four times a day, before and after 29 March 2020.

The table was written by a study's own app: `Scheduled` is a time on the person's clock, `Issued` and `Response` carry
the clock's abbreviation. Its quirks: a prompt that nobody answered was closed after exactly an hour and has no rating;
one that the phone never showed has no times; some were shown later because the phone slept; a few extra prompts at odd
times, some issued in 1970, and one person who had two phones. Four people were at first on another clock's hours.
"""

import csv
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import pendulum
import pytest
from attrs import evolve

from reconnect.consent.proposal import Proposal
from reconnect.errors import NotOpen
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import CheckInSchedule, Counts, OccurrenceKey, Rhythm, Standing
from reconnect.primitives.checkin.acts import Held
from reconnect.record.entry import Entry, Shared
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

BEEPS: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "ema_zones" / "beeps.csv"
ZONES: Final = {
    "CET": "Europe/Amsterdam",
    "CEST": "Europe/Amsterdam",
    "EET": "Europe/Helsinki",
    "EEST": "Europe/Helsinki",
    "MSK": "Europe/Moscow",
    "+03": "Europe/Istanbul",
}
OFFSETS: Final = {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "+03": 3}  # hours ahead, by abbreviation alone
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
SECOND: Final = dt.timedelta(seconds=1)

pytestmark = pytest.mark.skipif(
    not BEEPS.is_file(), reason="the prompts of 79 real people are not beside this repository (../shared/data)"
)


class Beep(NamedTuple):
    """One prompt: when it was planned on the person's clock, when it was shown and answered, if it was."""

    planned: dt.datetime
    issued: dt.datetime | None
    answered: dt.datetime | None
    hour: str


def instant(text: str) -> dt.datetime | None:
    """Read `2020-03-16 12:00:00 CET`, with the offset of the abbreviation and no other knowledge of zones."""
    if text == "NA":
        return None
    local, abbreviation = text.rsplit(" ", 1)
    return dt.datetime.fromisoformat(f"{local}+00:00") - OFFSETS[abbreviation] * HOUR


def people() -> dict[str, tuple[str, list[Beep]]]:
    """Read every person's zone and prompts at the planned hours; of two phones, the prompt that was answered."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with BEEPS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["ID"]].append(row)
    found: dict[str, tuple[str, list[Beep]]] = {}
    for name, told in rows.items():
        (zone,) = {ZONES[row["Issued"].rsplit(" ", 1)[1]] for row in told if row["Issued"] != "NA"}
        beeps: dict[dt.datetime, Beep] = {}
        for row in told:
            planned = dt.datetime.fromisoformat(row["Scheduled"])
            answered = None if row["Q9"] == "NA" else instant(row["Response"])
            beep = Beep(planned, instant(row["Issued"]), answered, f"{planned:%H:%M:%S}")
            if not planned.minute and (planned not in beeps or answered is not None):
                beeps[planned] = beep
        found[name] = (zone, [beeps[planned] for planned in sorted(beeps)])
    return found


def spells(beeps: list[Beep]) -> Iterator[tuple[dt.date, list[str]]]:
    """Split a person's days where the hours change: the first day of each spell, and its hours."""
    days: dict[dt.date, set[str]] = defaultdict(set)
    for beep in beeps:
        days[beep.planned.date()].add(beep.hour)
    for hours, spell in groupby(days, key=lambda day: sorted(days[day])):
        yield next(spell), hours


def local(day: dt.date, zone: str) -> pendulum.DateTime:
    """Return midnight of a day by the clocks of a zone."""
    first = Recurrence.daily(time="00:00", zone=zone, starts=day).nth(0)
    assert first is not None
    return first


@cache
def schedule(name: str) -> CheckInSchedule:
    """Return a schedule with four check-ins a day by the wall clock; where the hours changed, a new version."""
    zone, beeps = PEOPLE[name]
    circle = Circle(id="c1", members=(Person(id="person", zone=zone), Person(id="study", zone="UTC")))
    s: CheckInSchedule | None = None
    for number, (day, hours) in enumerate(spells(beeps)):
        rules = [Recurrence.daily(time=hour, zone=zone, starts=day) for hour in hours]
        rhythm = Rhythm.of(*rules, early=0 * HOUR, late=HOUR)
        at, about = local(day, zone), "s1" if number else None
        p = Proposal.of(rhythm, id=f"p{number}", circle=circle, by="study", at=at, about=about)
        p = p.accept(by="person", offer=p.offer.id, at=at)
        begun = CheckInSchedule.of(p, id="s1", by="study", at=at)
        acts = begun.acts if s is None else (*s.acts, *p.acts)
        s = CheckInSchedule(id="s1", circle="c1", acts=acts, founding=begun.founding)
    assert s is not None
    return s


PEOPLE: Final = people() if BEEPS.is_file() else {}
each_person = pytest.mark.parametrize("name", PEOPLE)


def key_of(beep: Beep, zone: str) -> OccurrenceKey:
    """Return the key of the check-in that a prompt stands for."""
    return OccurrenceKey(schedule="s1", original_start=beep.planned, zone=zone)


def test_the_table_is_the_one_we_studied() -> None:
    """79 people, four sorts of clocks, and prompts on both sides of the change."""
    assert len(PEOPLE) == 79
    zones = Counter(zone for zone, _ in PEOPLE.values())
    assert zones == {"Europe/Amsterdam": 68, "Europe/Helsinki": 9, "Europe/Moscow": 1, "Europe/Istanbul": 1}
    days = Counter(beep.planned.date().isoformat()[5:] for _, beeps in PEOPLE.values() for beep in beeps)
    assert set(days) == {"03-16", "03-17", "03-27", "03-28", "03-29"}


@each_person
def test_check_ins_start_when_the_phones_asked_before_and_after_the_clock_change(name: str) -> None:
    """The same wall-clock hour is another instant after the change, and it is the one at which the phone asked."""
    zone, beeps = PEOPLE[name]
    s = schedule(name)
    for beep in beeps:
        found = s.occurrence(key_of(beep, zone))
        assert found is not None
        assert found.start == told(beep, zone)
        if beep.issued is not None and beep.answered is not None and beep.issued.year > 1970:
            assert beep.issued in found.window


def test_most_phones_asked_at_the_very_second_on_both_sides_of_the_clock_change() -> None:
    """Of the prompts that phones showed, most were shown at the instant at which the check-in starts, also after it."""
    exact: Counter[tuple[bool, bool]] = Counter()
    for name, (zone, beeps) in PEOPLE.items():
        for beep in beeps:
            found = schedule(name).occurrence(key_of(beep, zone))
            if beep.issued is not None and found is not None:
                exact[beep.planned.date() == dt.date(2020, 3, 29), beep.issued == found.start] += 1
    assert exact == {(False, True): 1032, (False, False): 172, (True, True): 261, (True, False): 46}


@each_person
def test_what_was_answered_was_held_and_the_rest_went_unanswered(name: str) -> None:
    """An answer inside the hour counts, silence is unanswered, and the rate is what counting by hand gives."""
    zone, beeps = PEOPLE[name]
    s = schedule(name)
    for beep in beeps:
        if beep.answered is not None:
            held = Held(key=key_of(beep, zone))
            at = as_instant(beep.answered)
            act = Entry(
                circle="c1",
                author="person",
                id=beep.planned.isoformat(),
                at=at,
                body=held,
                audience=Shared(),
                about="s1",
            )
            s = evolve(s, acts=(*s.acts, act))
    end = local(dt.date(2020, 3, 31), zone)
    by_hand = {beep.planned: answered_in_time(beep, zone) for beep in beeps}
    for beep in beeps:
        expected = Standing.HELD if by_hand[beep.planned] else Standing.UNANSWERED
        assert s.standing_of(key_of(beep, zone), at=end) is expected
    opened = next(beep for beep in beeps if by_hand[beep.planned])
    assert opened.answered is not None
    assert s.standing_of(key_of(opened, zone), at=opened.answered - SECOND) is Standing.OPEN
    days = sorted({beep.planned.date() for beep in beeps})
    counted = [s.counts(Window(local(day, zone), local(day + DAY, zone)), at=end) for day in days]
    total = Counts(due=sum(counts.due for counts in counted), held=sum(counts.held for counts in counted))
    assert total.adherence == Fraction(sum(by_hand.values()), len(by_hand))


def test_an_answer_at_the_very_end_of_the_hour_is_refused() -> None:
    """The end does not belong to a window: three answers in the table came at that very second."""
    late = [
        (name, zone, beep)
        for name, (zone, beeps) in PEOPLE.items()
        for beep in beeps
        if beep.answered is not None and not answered_in_time(beep, zone)
    ]
    assert [beep.answered - told(beep, zone) for _, zone, beep in late if beep.answered is not None] == [HOUR] * 3
    for name, zone, beep in late:
        assert beep.answered is not None
        with pytest.raises(NotOpen):
            schedule(name).hold(key_of(beep, zone), by="person", at=beep.answered)


def answered_in_time(beep: Beep, zone: str) -> bool:
    """Whether a prompt was answered within the hour, worked out from offsets alone."""
    return beep.answered is not None and 0 * HOUR <= beep.answered - told(beep, zone) < HOUR


def told(beep: Beep, zone: str) -> dt.datetime:
    """Return the instant at which a prompt was planned, worked out from offsets alone."""
    hours = {"Europe/Amsterdam": 1, "Europe/Helsinki": 2, "Europe/Moscow": 3, "Europe/Istanbul": 3}[zone]
    summer = beep.planned.isoformat() >= "2020-03-29T03" and hours < OFFSETS["MSK"]
    return beep.planned.replace(tzinfo=dt.UTC) - (hours + summer) * HOUR
