"""Times that suit everyone: whose turn it is to have the late hour, and what reasons say."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction

import pendulum
import pytest

from reconnect.errors import InvalidId, InvalidMeeting
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.meeting import Detail, MutualTimes, Published, mutual_times, publish
from reconnect.primitives.meeting import _search as search
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.rule import WEEKDAYS
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

HOUR = dt.timedelta(hours=1)
WEEKS = Window(pendulum.datetime(2026, 1, 5), pendulum.datetime(2026, 2, 2))


def hours(*days: str, at: str, zone: str = "UTC") -> WeeklyHours:
    """Return one span on some weekdays."""
    return WeeklyHours(zone, {day: [at] for day in days})


NOON, NIGHT = hours("SA", at="12:00-13:00"), hours("SA", at="20:00-21:00")
TORN = {
    "ana": publish(prefers=NOON, only_if_needed=NIGHT),
    "ben": publish(prefers=NIGHT, only_if_needed=NOON),
}


def ask(published: Mapping[str, Published], within: Window = WEEKS, **more: object) -> MutualTimes:
    """Ask for an hour a week."""
    return mutual_times(published, length=HOUR, within=within, **more)  # type: ignore[arg-type]  # named as there


def times(found: MutualTimes) -> list[str]:
    """Return the starts of the fairest rhythm."""
    assert found.best is not None
    rules = found.best.rhythm.recurrences
    return [f"{at:%a %d %H:%M}" for at in sorted(at for rule in rules for at in rule.between(WEEKS))]


def test_what_is_hard_goes_round() -> None:
    """One likes noon, the other the evening: they take turns, and nobody has the hard one twice in a row."""
    assert times(ask(TORN)) == ["Sat 10 12:00", "Sat 17 20:00", "Sat 24 12:00", "Sat 31 20:00"]


def test_predictability_has_its_price() -> None:
    """With nothing but predictability it is the same every week, although that is harder for one of them."""
    found = ask(TORN, predictability=1)
    assert times(found) == ["Sat 10 12:00", "Sat 17 12:00", "Sat 24 12:00", "Sat 31 12:00"]
    assert [each.turns for each in ask(TORN, predictability=Fraction(1, 4)).suggestions] == [2, 1]


def test_a_time_that_is_fine_for_both_comes_before_taking_turns() -> None:
    """Three times fine weighs as much as one time that is hard to give."""
    fine = hours("WE", at="15:00-16:00")
    both = {
        "ana": publish(fine, prefers=NOON, only_if_needed=NIGHT),
        "ben": publish(fine, prefers=NIGHT, only_if_needed=NOON),
    }
    assert times(ask(both)) == ["Wed 07 15:00", "Wed 14 15:00", "Wed 21 15:00", "Wed 28 15:00"]


def test_days_may_take_turns_too() -> None:
    """Saturdays for one, Sundays for the other, and never two on neighbouring days."""
    saturday, sunday = hours("SA", at="12:00-13:00"), hours("SU", at="12:00-13:00")
    people = {
        "ana": publish(prefers=saturday, only_if_needed=sunday),
        "ben": publish(prefers=sunday, only_if_needed=saturday),
    }
    assert times(ask(people)) == ["Sat 10 12:00", "Sun 18 12:00", "Sat 24 12:00", "Sun 01 12:00"]


def test_several_a_week_are_spread_over_it() -> None:
    """Two talks a week are three days apart or more, round the end of the week as well."""
    daily = {person: publish(hours(*WEEKDAYS, at="18:00-19:00")) for person in ("ana", "ben")}
    assert times(ask(daily, per_week=2))[:4] == ["Mon 05 18:00", "Thu 08 18:00", "Mon 12 18:00", "Thu 15 18:00"]
    assert times(ask(daily, per_week=7))[:8:7] == ["Mon 05 18:00", "Mon 12 18:00"]
    near = {person: publish(hours("MO", "TU", at="18:00-19:00")) for person in ("ana", "ben")}
    assert ask(near, per_week=2).best is None


def test_a_slot_that_is_there_every_week_is_said_once() -> None:
    """Where only one of two weekly talks takes turns, the other one is one plain rule."""
    fixed = hours("WE", at="18:00-19:00")
    people = {
        "ana": publish(fixed, prefers=NOON, only_if_needed=NIGHT),
        "ben": publish(fixed, prefers=NIGHT, only_if_needed=NOON),
    }
    found = ask(people, per_week=2, predictability=0).best
    assert found is not None
    assert sorted((rule.rule.days, rule.rule.every) for rule in found.rhythm.recurrences) == [
        (("SA",), 2),
        (("SA",), 2),
        (("WE",), 1),
    ]


def test_no_common_time_says_so() -> None:
    """It is an answer, not an error; whoever published nothing can be asked at no time."""
    for other in (publish(NIGHT), publish(zone="UTC")):
        found = ask({"ana": publish(NOON), "ben": other})
        assert (found.suggestions, found.best) == ((), None)
        assert "no time yet that everyone offered" in render(found.phrase)


def test_hours_that_end_early_give_times_until_then() -> None:
    """Whoever published three weeks is asked for three weeks."""
    three = Windows.of(*list(hours("SA", at="12:00-14:00").windows(WEEKS))[:3])
    found = ask({"ana": publish(three, zone="UTC"), "ben": publish(NOON)})
    assert times(found) == ["Sat 10 12:00", "Sat 17 12:00"]
    assert render(found.phrase).startswith("There are times that everyone offered, until Saturday 24 January;")


def test_a_clock_change_may_be_as_far_as_it_goes() -> None:
    """Where the clocks of one zone change and the hours part, it fits until then."""
    within = Window(pendulum.datetime(2026, 3, 2), pendulum.datetime(2026, 4, 27))
    people = {
        "ana": publish(hours("WE", at="12:00-13:00", zone="Asia/Kolkata")),
        "ben": publish(hours("WE", at="07:30-08:30", zone="Europe/Paris")),
    }
    found = ask(people, within)
    assert found.best is not None
    assert found.best.within.end == pendulum.datetime(2026, 3, 29, 1)
    assert found.phrase.key == "meeting.found_until"


def test_a_few_days_are_enough_to_ask_about() -> None:
    """For one meeting this week, a part of a week is a week."""
    within = Window(pendulum.datetime(2026, 1, 9), pendulum.datetime(2026, 1, 12))
    found = ask(TORN, within)
    assert found.best is not None
    assert [str(at) for at in found.best.rhythm.recurrences[0].between(WEEKS)] == ["2026-01-10 12:00:00+00:00"]


def test_a_clock_that_shows_an_hour_twice_is_asked_for_its_first() -> None:
    """A slot in the repeated hour means the same instant for the rhythm as for the search."""
    within = Window(pendulum.datetime(2026, 10, 24), pendulum.datetime(2026, 10, 31))
    night = hours("SU", at="02:00-03:00", zone="Europe/Paris")
    found = ask({"ana": publish(night), "ben": publish(night)}, within)
    assert found.best is not None
    assert [str(at) for at in found.best.rhythm.recurrences[0].between(within)] == ["2026-10-25 00:00:00+00:00"]


def test_reasons_tell_what_each_person_allows() -> None:
    """Nothing, that it fits, or how well: their own choice, whatever the others chose."""
    people = {
        "ana": publish(NOON, detail=Detail.LEVEL),
        "ben": publish(prefers=NOON, detail=Detail.NOTHING),
        "cy": publish(prefers=NOON),
        "dee": publish(prefers=NOON),
    }
    found = ask(people)
    assert found.best is not None
    assert [render(reason, names={"ana": "Ana"}) for reason in found.best.reasons] == [
        "1 talk a week, the same every week.",
        "It fits the hours of cy and dee.",
        "For Ana these are good times.",
    ]


def test_reasons_tell_of_turns() -> None:
    """Where levels differ from week to week, the best and the least are named."""
    people = {
        "ana": publish(prefers=NOON, only_if_needed=NIGHT, detail=Detail.LEVEL),
        "ben": publish(prefers=NIGHT, only_if_needed=NOON),
    }
    found = ask(people)
    assert found.best is not None
    assert [render(reason) for reason in found.best.reasons] == [
        "1 talk a week, and 2 weeks take turns.",
        "It fits the hours of ben.",
        "ana has favourite times among them, and times for when nothing else is there.",
    ]


def test_a_suggestion_goes_straight_into_an_offer() -> None:
    """Suggest, offer, say yes, and the check-ins begin; nothing holds before."""
    ana, ben = Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")
    journal, now = MemoryJournal(), pendulum.datetime(2026, 1, 5)
    journal.found(Circle(id="c1", members=(ana, ben)), by="ana", at=now)
    found = ask(TORN).best
    assert found is not None
    p = journal.view("ana", circle="c1", at=now).offer(found.rhythm, id="p1")
    assert p.in_force(at=now) is None
    p = p.accept(by="ben", offer=p.offer.id, at=now)
    schedule = CheckInSchedule.of(p, id="s1", by="ben", at=now)
    assert isinstance(p.in_force(at=now), Rhythm)
    assert len(list(schedule.occurrences(WEEKS))) == 4


def test_a_long_talk_has_room_to_be_held() -> None:
    """The window of a check-in is never shorter than the talk."""
    day = {person: publish(hours("SA", at="08:00-20:00")) for person in ("ana", "ben")}
    found = mutual_times(day, length=5 * HOUR, within=WEEKS)
    assert found.best is not None
    assert found.best.rhythm.late == 5 * HOUR


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"published": {"ana": publish(NOON)}}, "what two or more people published, got 1 of them"),
        ({"published": {"ana": publish(NOON), "ben": NOON}}, "what each person published, got a WeeklyHours"),
        ({"length": dt.timedelta(0)}, "a length of a day at most"),
        ({"length": 60}, "a length of a day at most"),
        ({"length": dt.timedelta(days=1, seconds=1)}, "a length of a day at most"),
        ({"within": Windows.of(WEEKS)}, "a window to look at, got a Windows"),
        ({"within": Window(WEEKS.start, WEEKS.start.add(years=11))}, "ten years at most"),
        ({"within": Window(pendulum.datetime(1, 1, 1), pendulum.datetime(1, 2, 1))}, "within the years 2 to 9998"),
        ({"within": Window(pendulum.datetime(9999, 1, 1), pendulum.datetime(9999, 2, 1))}, "the years 2 to 9998"),
        ({"per_week": 0}, "1 to 7 meetings a week"),
        ({"per_week": 8}, "1 to 7 meetings a week"),
        ({"per_week": True}, "1 to 7 meetings a week"),
        ({"predictability": 0.25}, "as a Fraction or a whole number"),
        ({"predictability": 2}, "from 0 to 1"),
        ({"at_most": 0}, "one suggestion or more"),
    ],
)
def test_questions_without_an_answer_are_refused(asked: dict[str, object], said: str) -> None:
    """A calendar never gets in, and numbers are exact."""
    usual: dict[str, object] = {"published": TORN, "length": HOUR, "within": WEEKS}
    with pytest.raises(InvalidMeeting, match=said):
        mutual_times(**{**usual, **asked})  # type: ignore[arg-type]  # wrong on purpose


def test_people_have_ids() -> None:
    """What cannot be an id is refused as everywhere."""
    with pytest.raises(InvalidId):
        ask({"": publish(NOON), "ben": publish(NOON)})


def test_beyond_many_sums_only_the_fairest_are_followed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search says where it is greedy; even then what it gives fits everyone."""
    monkeypatch.setattr(search, "MOST", 1)
    assert len(times(ask(TORN))) == 4


def test_the_answer_is_the_same_in_every_process() -> None:
    """Nothing depends on how Python happens to order a set."""
    code = """
import datetime as dt, pendulum
from reconnect.primitives.meeting import mutual_times, publish
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.window import Window
zones = ("Europe/Paris", "Asia/Kolkata", "UTC", "America/New_York")
days = {day: ["12:00-15:00", "18:00-21:00"] for day in ("MO", "TH")}
hours = {zone: publish(WeeklyHours(zone, days)) for zone in zones}
spring = Window(pendulum.datetime(2026, 3, 2), pendulum.datetime(2026, 4, 6))
print(mutual_times(hours, length=dt.timedelta(hours=1), within=spring))
"""
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(said) == 1


def test_days_that_lie_too_close_do_not_take_turns() -> None:
    """Saturday and then Monday would be two talks in three days, and then none for twelve."""
    saturday, monday = hours("SA", at="12:00-13:00"), hours("MO", at="12:00-13:00")
    people = {
        "ana": publish(prefers=saturday, only_if_needed=monday),
        "ben": publish(prefers=monday, only_if_needed=saturday),
    }
    assert [each.turns for each in ask(people, predictability=0).suggestions] == [1, 1]


def test_a_tie_falls_to_the_earlier_time_and_to_nobody_by_name() -> None:
    """Where one of them has to give each week, the order in which they are named decides nothing."""
    swapped = {"ana": TORN["ben"], "ben": TORN["ana"]}
    turned = dict(reversed(TORN.items()))
    for people in (swapped, turned):
        assert times(ask(people, predictability=1)) == times(ask(TORN, predictability=1))
