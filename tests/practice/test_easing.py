"""Easing by example: what could be a little less for a while, when that is suggested, and when nothing is."""

import datetime as dt
from typing import Final

import pytest
from tests.practice.weeks import (
    DAY,
    EVE,
    LEVELS,
    MONDAY,
    WEEK,
    acts,
    agreed,
    days,
    evenings,
    in_week,
    invitation,
    note,
    seen,
)

from reconnect.consent.mute import Quiet
from reconnect.consent.proposal import Proposal
from reconnect.language.phrasebook import render
from reconnect.practice.easing import Ease, easing
from reconnect.practice.rhythms import halved, lighter
from reconnect.practice.support import FearAnswer, SupportRoom
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.commitment import Commitment
from reconnect.primitives.recovery import TimeOut
from reconnect.primitives.wellness import Area, WellnessPlan
from reconnect.record.entry import Entry, Shared
from reconnect.record.membership import Left
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

NOW: Final = in_week(len(LEVELS))
MEETING: Final = evenings("MO", "TH", held=range(99), weeks=30)
INVITED: Final = invitation(NOW).acts
GOALS: Final = WellnessPlan.quietly(
    "early", "to bed by eleven", area=Area.SLEEP, id="w1", circle="c1", by="ana", at=EVE
)
WALKS: Final = Commitment.offer(
    "a walk",
    to=["ben"],
    due=Recurrence.weekly("SA", time="10:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5)),
    id="k1",
    circle="c1",
    by="ana",
    at=EVE,
).agree(by="ben", at=EVE)
HARD: Final = days([*LEVELS[:-1], 2])  # the last week was heavier


def suggested(entries: list[Entry], **named: object) -> list[tuple[str, str]]:
    """Return what is suggested about what."""
    return [(each.about, each.phrase.key) for each in easing(seen(entries, **named))]  # type: ignore[arg-type]  # passed on


def test_after_a_heavier_week_targets_may_be_less() -> None:
    """The rhythm that everyone agreed on, one's own promise, one's own goals; and for a while only."""
    entries = [*HARD, *INVITED, *acts(MEETING, GOALS, WALKS)]
    assert suggested(entries) == [("s1", "easing.check_ins"), ("k1", "easing.promise"), ("w1", "easing.goals")]
    first, *others = easing(seen(entries))
    assert [each.value for each in others] == [None, None]
    assert isinstance(first.value, Rhythm)
    weeks = [Window.of(in_week(len(LEVELS) + week), WEEK) for week in range(6)]
    counts = [sum(len(list(each.between(week))) for each in first.value.recurrences) for week in weeks]
    assert counts == [1, 1, 1, 1, 2, 2]
    assert [render(each.phrase).partition(". ")[0] for each in easing(seen(entries))] == [
        "It has been a lot lately"
    ] * 3


def test_without_an_invitation_only_what_is_ones_own_is_suggested() -> None:
    """An offer is a step towards the other; a promise and a goal of one's own are not."""
    entries = [*HARD, *acts(MEETING, GOALS, WALKS)]
    assert suggested(entries) == [("k1", "easing.promise"), ("w1", "easing.goals")]
    one_sided = [act for act in INVITED if act.author == "ana"]
    assert suggested([*entries, *one_sided]) == suggested(entries)


def test_a_plan_without_a_goal_of_ones_own_has_nothing_to_rest() -> None:
    """What the other shared of theirs is theirs to ease."""
    theirs = WellnessPlan.of([Area.SLEEP], id="w2", circle="c1", by="ben", at=EVE)
    assert suggested([*HARD, *theirs.acts]) == []


def test_nothing_is_suggested_where_nothing_is_heavy() -> None:
    """After two weeks as usual it is past; the other's heavier weeks are theirs."""
    entries = [*INVITED, *acts(MEETING, GOALS, WALKS)]
    assert suggested([*entries, *days()]) == [
        ("s1", "easing.check_ins"),
        ("k1", "easing.promise"),
        ("w1", "easing.goals"),
    ]
    assert suggested([*entries, *days([*LEVELS, 4]), *invitation(NOW + WEEK).acts], at=NOW + WEEK) == []
    his = days([*LEVELS[:-1], 2], by="ben", audience=Shared())
    assert suggested([*entries, *his]) == []


def test_a_rhythm_of_which_little_came_about_may_be_less() -> None:
    """Fewer than half of at least four: the rhythm may be a lot, whoever's days are how."""
    at = in_week(4)
    said = invitation(at).acts
    assert suggested([*evenings("MO", "TH", held=[6]).acts, *said], at=at) == [("s1", "easing.check_ins")]
    assert suggested([*evenings("MO", "TH", held=[6, 7]).acts, *said], at=at) == []
    assert suggested([*evenings("MO", held=[]).acts, *said], at=at) == []
    paused = evenings("MO", "TH").pause(Window(EVE, in_week(9)), by="ben", at=EVE)
    assert suggested([*paused.acts, *said], at=at) == []


def test_what_was_eased_or_offered_already_is_left_alone() -> None:
    """Nobody is asked twice, and nothing becomes less and less."""
    entries = [*HARD, *INVITED, *MEETING.acts]
    (ease,) = easing(seen(entries))
    assert isinstance(ease.value, Rhythm)
    offer = Proposal.of(ease.value, id="p9", circle="c1", by="ana", at=NOW, about="s1")
    assert suggested([*entries, *offer.acts]) == []
    yes = agreed(ease.value, "p9", about="s1", at=NOW)
    later = NOW + DAY
    assert seen([*entries, *yes.acts], at=later).state(CheckInSchedule, "s1").rhythm == ease.value
    assert suggested([*entries, *yes.acts], at=later) == []
    longer = [*days([*LEVELS, 4, 4, 4, 4, 4, 4, 4, 4, 2]), *yes.acts, *MEETING.acts, *invitation(NOW + 9 * WEEK).acts]
    assert suggested(longer, at=NOW + 9 * WEEK) == [("s1", "easing.check_ins")]


def test_a_rhythm_that_is_seldom_or_over_is_left_alone() -> None:
    """Where one check-in comes round in four weeks there is nothing to leave out, and where none does, neither."""
    monthly = Rhythm.of(Recurrence.monthly(15, time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5)))
    seldom = CheckInSchedule.of(agreed(monthly, "p1"), id="s1", by="ana", at=EVE)
    assert suggested([*HARD, *INVITED, *seldom.acts]) == []
    assert suggested([*HARD, *INVITED, *MEETING.stop(by="ben", at=NOW - DAY).acts]) == []
    assert lighter(monthly, NOW) is None
    assert halved(monthly, NOW) is None
    counted = Rhythm.of(Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5), count=3))
    assert halved(counted, NOW) is None
    over = Rhythm.of(Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5), until=dt.date(2026, 1, 9)))
    assert halved(over, NOW) is None


def test_single_dates_beside_the_rule_stay_where_they_are() -> None:
    """A date that was added gives the rule no measure, and one that was taken out is not the next one."""
    rule = Recurrence.weekly("MO", time="20:00", zone="UTC", starts=dt.date(2026, 1, 5))
    extra = dt.datetime(2026, 1, 7, 9, tzinfo=dt.UTC)
    rhythm = Rhythm.of(rule.adding(extra).excluding(dt.date(2026, 1, 12)))
    half = halved(rhythm, MONDAY + DAY)
    assert half is not None
    (recurrence,) = half.recurrences
    found = recurrence.between(Window.of(as_instant(MONDAY + DAY), 5 * WEEK))
    assert [start.isoformat()[5:16] for start in found] == ["01-07T09:00", "01-19T20:00", "02-02T20:00"]


def test_an_hour_that_alternates_is_halved_for_each() -> None:
    """Whoever has the inconvenient hour does not end up with it alone."""
    first = dt.date(2026, 1, 5)
    both = Rhythm.of(
        Recurrence.weekly("MO", time="20:00", zone="Europe/Paris", starts=first),
        Recurrence.weekly("TH", time="20:00", zone="America/New_York", starts=first),
    )
    eased = lighter(both, MONDAY)
    assert eased is not None
    window = Window.of(MONDAY, 4 * WEEK)
    assert [len(list(each.between(window))) for each in eased.recurrences] == [2, 2]


@pytest.mark.parametrize("told", [None, FearAnswer()])
def test_nothing_is_suggested_to_whoever_would_rather_be_left_in_peace(told: FearAnswer | None) -> None:
    """Quiet, afraid, gone, or in a time-out, whoever called it."""
    entries = [*HARD, *INVITED, *acts(MEETING, GOALS, WALKS)]
    for more in (
        Quiet.go(id="q1", circle="c1", by="ana", at=NOW).acts,
        SupportRoom.tell(id="u1", circle="c1", by="ana", at=NOW).acts,
        TimeOut.call(id="t9", circle="c1", by="ben", at=NOW).acts,
        [note(Left(), NOW, "left", audience=Shared())],
    ):
        assert easing(seen([*entries, *more]), told=told) == ()
    assert bool(easing(seen(entries), told=told)) == (told is None)


def test_the_other_one_who_is_quiet_changes_nothing_for_the_reader() -> None:
    """Ana cannot tell from her suggestions whether ben went quiet."""
    entries = [*HARD, *INVITED, *acts(MEETING, GOALS, WALKS)]
    quiet = Quiet.go(id="q1", circle="c1", by="ben", at=NOW).acts
    assert easing(seen([*entries, *quiet])) == easing(seen(entries))


def test_nothing_was_before_1970() -> None:
    """Any instant can be asked about."""
    view = seen((), at=EVE)
    early = View(
        reader="ana",
        circle="c1",
        at=EVE.set(year=1960),
        visible=(),
        founding=tuple(entry.received(EVE.set(year=1950)) for entry in view.founding),
        people={},
        ceased=(),
    )
    assert easing(early) == ()


def test_an_ease_says_what_it_is_about() -> None:
    """It has an id, a value or none, and one sentence; nothing of a person."""
    ease = easing(seen([*HARD, *GOALS.acts]))
    assert ease == (Ease(about="w1", phrase=ease[0].phrase),)
