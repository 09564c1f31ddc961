"""What is always true of published hours, of times that suit everyone, and of clock changes in between."""

import datetime as dt
import pickle
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import Final
from zoneinfo import ZoneInfo

import pendulum
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reconnect.edges.convert import dumps, loads
from reconnect.edges.testing.meeting import (
    Planning,
    levels,
    mutual_results,
    plannings,
    published,
    strain_results,
    strain_values,
    strained_plannings,
    suggestions,
)
from reconnect.edges.testing.temporal import window_sets
from reconnect.phrase import Phrase
from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.meeting import (
    Detail,
    Level,
    MutualTimes,
    Published,
    Strains,
    Suggestion,
    mutual_times,
    publish,
    strains,
)
from reconnect.primitives.meeting._reason import reasons
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import WEEKDAYS
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

MINUTE: Final = dt.timedelta(minutes=1)
DAY: Final = dt.timedelta(days=1)
WEEK: Final = dt.timedelta(weeks=1)
COSTS: Final = {Level.PREFERS: 0, Level.FINE: 1, Level.ONLY_IF_NEEDED: 3}
MOST_WAYS: Final = 1_500

Moment = dt.datetime
Vector = tuple[Fraction, ...]


# What a person can see on a wall clock, minute by minute: nothing of the code under test is asked.


def holds(hours: WeeklyHours | Windows, at: Moment) -> bool:
    """Tell whether hours hold in the minute that begins at an instant."""
    if isinstance(hours, Windows):
        return any(window.start <= at < window.end for window in hours.windows)
    local = at.astimezone(ZoneInfo(hours.zone))
    clock = f"{local:%H:%M}"
    spans = dict(hours.hours).get(WEEKDAYS[local.weekday()], ())
    return any(span[:5] <= clock < span[6:] for span in spans)


def cost(hours: Published, start: Moment, length: dt.timedelta) -> int | None:
    """Return what a stretch costs: that of its hardest minute, or `None` if one is not published."""
    worst = 0
    for minute in range(0, length // MINUTE, 5):  # hours begin and end on five minutes here
        at = start + minute * MINUTE
        level = next(
            (
                level
                for level, at_level in zip(Level, (hours.prefers, hours.fine, hours.only_if_needed), strict=True)
                if holds(at_level, at)
            ),
            None,
        )
        if level is None:
            return None
        worst = max(worst, COSTS[level])
    return worst


def utc(moment: Moment) -> Moment:
    """Return the same instant as a plain `datetime` in UTC."""
    return dt.datetime.fromtimestamp(moment.timestamp(), dt.UTC)


def starts(rhythm: Rhythm, within: Window) -> list[Moment]:
    """Return the instants of a rhythm in a window."""
    return sorted(utc(at) for recurrence in rhythm.recurrences for at in recurrence.between(within))


def days_from(start: Moment, at: Moment) -> int:
    """Count the whole days from one instant to another."""
    return (utc(at) - utc(start)) // DAY


def weeks_of(window: Window) -> int:
    """Count the whole weeks in a window."""
    return window.length // WEEK


def ask(planning: Planning, **changed: object) -> MutualTimes:
    """Ask for common times as planned."""
    asked: dict[str, object] = {
        "length": planning.length,
        "within": planning.within,
        "per_week": planning.per_week,
        "predictability": planning.predictability,
        **changed,
    }
    hours = asked.pop("published", planning.published)
    return mutual_times(hours, **asked)  # type: ignore[arg-type]  # the names are those of the function


def price(planning: Planning, meetings: Sequence[Moment], turns: int, hours: Mapping[str, Published]) -> Vector:
    """Return everyone's cost of some meetings, the heaviest first, with what change costs."""
    extra = planning.predictability * 3 * (turns - 1) * len(meetings)
    total = [Fraction(0)] * len(hours)
    for at in meetings:
        for place, each in enumerate(hours.values()):
            paid = cost(each, at, planning.length)
            assert paid is not None
            total[place] += paid
    return tuple(sorted((each + extra for each in total), reverse=True))


def paid(planning: Planning, suggestion: Suggestion, hours: Mapping[str, Published] | None = None) -> Vector:
    """Return the price of a suggestion over the time it was made for."""
    meetings = starts(suggestion.rhythm, suggestion.within)
    return price(planning, meetings, suggestion.turns, hours or planning.published)


# Common times.


@given(plannings())
def test_a_suggestion_lies_inside_the_hours_of_everyone(planning: Planning) -> None:
    """At every instant of a suggestion, clock changes or not, each person published all of it."""
    for suggestion in ask(planning).suggestions:
        meetings = starts(suggestion.rhythm, Window(planning.within.start - DAY, planning.within.end + DAY))
        assert len(set(meetings)) == planning.per_week * weeks_of(suggestion.within)
        assert suggestion.within.during(planning.within)
        for at in meetings:
            assert at >= suggestion.within.start
            assert at + planning.length <= suggestion.within.end
            assert all(cost(each, at, planning.length) is not None for each in planning.published.values())


@given(plannings())
def test_suggestions_stand_on_quarter_hours_and_spread_over_the_week(planning: Planning) -> None:
    """Nobody is asked for 19:07, or on three days in a row where there is a whole week."""
    least = {1: 3, 2: 1, 3: 0}[planning.per_week] * DAY
    for suggestion in ask(planning).suggestions:
        assert all(recurrence.start.minute % 15 == 0 for recurrence in suggestion.rhythm.recurrences)
        meetings = starts(suggestion.rhythm, suggestion.within)
        assert all(b - a > least for a, b in pairwise(meetings))
        assert len({days_from(suggestion.within.start, at) for at in meetings}) == len(meetings)


@settings(max_examples=30)
@given(plannings(people=3, most_weeks=4, blocks=2))
def test_no_other_rhythm_is_fairer(planning: Planning) -> None:
    """Every other way to take turns costs the most burdened person as much or more, then the next, and so on."""
    found = ask(planning)
    ways = list(every_way(planning))
    assume(len(ways) < MOST_WAYS)
    if found.best is None or found.best.within != planning.within:
        assert not ways
    else:
        assert paid(planning, found.best) == min(price(planning, *way, planning.published) for way in ways)
        prices = [paid(planning, suggestion) for suggestion in found.suggestions]
        assert prices == sorted(prices)


def every_way(planning: Planning) -> Iterator[tuple[list[Moment], int]]:
    """Go through all rhythms that may be suggested, by trying every quarter hour of the week."""
    weeks = weeks_of(planning.within)
    slots = [slot for slot in weekly_slots(planning, weeks) if any(at is not None for at in slot[1])]
    for turns in range(1, min(len(planning.published), weeks) + 1):
        lanes = [choices(slots, planning.per_week, turn, turns) for turn in range(turns)]
        size = 1
        for lane in lanes:
            size *= len(lane)
        assume(size < MOST_WAYS)
        for chosen in product(*lanes):
            days = [sorted(day for day, _ in choice) for choice in chosen]
            if all(spread(days[turn], days[(turn + 1) % turns], planning.per_week) for turn in range(turns)):
                yield (
                    [at for turn, choice in enumerate(chosen) for _, slot in choice for at in slot[turn::turns] if at],
                    turns,
                )


def weekly_slots(planning: Planning, weeks: int) -> Iterator[tuple[int, tuple[Moment | None, ...]]]:
    """Go through each local quarter hour of a week in each zone: its day, and where it fits in each week."""
    first = utc(planning.within.start)
    for zone in {each.zone for each in planning.published.values()}:
        midnight = dt.datetime.combine(first.astimezone(ZoneInfo(zone)).date(), dt.time())
        for quarter in range(-96, 8 * 96):
            local = midnight + quarter * 15 * MINUTE
            found = [utc((local + week * WEEK).replace(tzinfo=ZoneInfo(zone))) for week in range(-1, weeks)]
            if found[0] < first <= found[1]:
                fits = tuple(at if fit(planning, at) else None for at in found[1:])
                yield min((found[1] - first) // DAY, 6), fits


def fit(planning: Planning, at: Moment) -> bool:
    """Tell whether a meeting at an instant fits everyone."""
    if not planning.within.start <= at <= planning.within.end - planning.length:
        return False
    return all(cost(each, at, planning.length) is not None for each in planning.published.values())


Week = tuple[tuple[int, tuple[Moment | None, ...]], ...]


def choices(slots: Sequence[tuple[int, tuple[Moment | None, ...]]], per_week: int, turn: int, turns: int) -> list[Week]:
    """Return every choice of slots for the weeks whose turn it is."""
    free = [slot for slot in slots if None not in slot[1][turn::turns]]
    assume(len(free) ** per_week < MOST_WAYS * 10)
    far = 7 // per_week
    return [
        chosen
        for chosen in combinations(free, per_week)
        if all(far <= abs(a[0] - b[0]) <= 7 - far for a, b in combinations(chosen, 2))
    ]


def spread(before: list[int], after: list[int], per_week: int) -> bool:
    """Tell whether the days of a week leave some room after those of the week before."""
    return after[0] + 7 - before[-1] >= {1: 4, 2: 2, 3: 1}[per_week]


@given(plannings(), st.permutations(["eve", "fay", "gus", "hal"]), st.randoms(use_true_random=False))
def test_other_names_change_nothing_but_names(planning: Planning, names: list[str], chance: st.DataObject) -> None:
    """Nobody is favoured for a name, or for being named first."""
    renamed = dict(zip(planning.published, names, strict=False))
    order = list(planning.published)
    chance.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a `random.Random`
    other = ask(planning, published={renamed[person]: planning.published[person] for person in order})
    found = ask(planning)
    assert [each.rhythm for each in found.suggestions] == [each.rhythm for each in other.suggestions]
    assert found.phrase == other.phrase
    for one, two in zip(found.suggestions, other.suggestions, strict=True):
        assert {called(phrase, renamed) for phrase in one.reasons} == {called(phrase, {}) for phrase in two.reasons}


def called(phrase: Phrase, names: Mapping[str, str]) -> tuple[object, ...]:
    """Return a phrase with other names, those of several people in no order."""
    params = dict(phrase.params)
    people = params.pop("people", ())
    person = params.pop("person", "")
    assert isinstance(people, tuple)
    told = frozenset(names.get(str(each), each) for each in people)
    return phrase.key, told, names.get(str(person), person), tuple(params.items())


@given(plannings(blocks=3), st.data())
def test_publishing_more_never_makes_it_harder_for_whoever_has_it_hardest(
    planning: Planning, data: st.DataObject
) -> None:
    """More hours, or the same hours at a better level, leave the worst-off person no worse off."""
    before = ask(planning).best
    assume(before is not None and before.within == planning.within)
    assert before is not None
    person = data.draw(st.sampled_from(sorted(planning.published)))
    mine = planning.published[person]
    name = data.draw(levels()).value
    known = getattr(mine, name)
    if isinstance(known, WeeklyHours):
        day, hour = data.draw(st.sampled_from(WEEKDAYS)), data.draw(st.integers(0, 23))
        days = {**dict(known.hours)}
        days[day] = (*days.get(day, ()), f"{hour:02}:00-{hour + 1:02}:00")
        more: WeeklyHours | Windows = WeeklyHours(known.zone, days)
    else:
        theirs = data.draw(st.sampled_from(sorted(planning.published)))
        more = known | planning.published[theirs].windows(planning.within)
    richer = evolve(mine, **{name: more})  # type: ignore[arg-type]  # the name is that of a level
    hours = {**planning.published, person: richer}
    after = ask(planning, published=hours).best
    assert after is not None
    assert after.within == planning.within
    assert paid(planning, after, hours)[0] <= paid(planning, before)[0]


@given(plannings())
def test_the_same_question_has_the_same_answer(planning: Planning) -> None:
    """Asking again, or for fewer suggestions, tells nothing new."""
    found = ask(planning)
    assert ask(planning) == found
    assert ask(planning, at_most=1).suggestions == found.suggestions[:1]


# Publishing, and what it keeps to itself.


@given(published(), window_sets(), window_sets(), st.data())
def test_what_is_private_changes_nothing_beyond_what_is_published(
    hours: Published, busy: Windows, other: Windows, data: st.DataObject
) -> None:
    """Busy times leave a hole where they meet published hours; elsewhere nobody can tell that they are there."""
    around = data.draw(st.sampled_from([*busy, *other, None]))
    start = pendulum.datetime(2026, 3, 25) if around is None else around.start
    assume(dt.MINYEAR < start.year < dt.MAXYEAR)
    within = Window.of(start, 10 * DAY)
    told = published_anew(hours, busy, within)
    free = hours.windows(within)
    assert told == published_anew(hours, busy | (other - free), within)
    assert not told.windows(within) & busy
    assert not told.windows(within) - free


def published_anew(hours: Published, busy: Windows, within: Window) -> Published:
    """Publish the same hours for a while, without busy times."""
    return publish(
        hours.fine,
        prefers=hours.prefers,
        only_if_needed=hours.only_if_needed,
        zone=hours.zone,
        busy=busy,
        within=within,
    )


@given(plannings(), st.data())
def test_reasons_tell_no_more_than_each_person_allowed(planning: Planning, data: st.DataObject) -> None:
    """How well a time suits changes no reason, unless its owner chose to tell; some are not mentioned at all."""
    meetings = [
        Window.of(pendulum.instance(at), planning.length)
        for each in ask(planning).suggestions
        for at in starts(each.rhythm, each.within)
    ]
    assume(meetings)
    other = dict(planning.published)
    for person, mine in planning.published.items():
        if mine.detail is not Detail.LEVEL:
            mixed = data.draw(st.permutations([mine.prefers, mine.fine, mine.only_if_needed]))
            other[person] = evolve(mine, prefers=mixed[0], fine=mixed[1], only_if_needed=mixed[2])
    said = reasons(planning.published, meetings)
    assert said == reasons(other, meetings)
    named = {person for phrase in said for person in called(phrase, {})[1] | {called(phrase, {})[2]}}  # type: ignore[operator]  # it names people
    assert named - {""} == {p for p, mine in planning.published.items() if mine.detail is not Detail.NOTHING}


@given(published(), st.data())
def test_a_longer_stretch_never_suits_better(hours: Published, data: st.DataObject) -> None:
    """What suits for an hour suits as well or better for its first half."""
    order = [*Level, None]
    near = [*hours.windows(Window(pendulum.datetime(2026, 3, 1), pendulum.datetime(2026, 4, 10)))]
    assume(near)
    whole = data.draw(st.sampled_from(near))
    quarters = data.draw(st.integers(2, 12))
    long = Window.of(whole.start, quarters * 15 * MINUTE)
    short = Window.of(whole.start, data.draw(st.integers(1, quarters - 1)) * 15 * MINUTE)
    assert order.index(hours.level(short)) <= order.index(hours.level(long))


@given(st.one_of(published(), suggestions(), mutual_results(), strain_values(), strain_results()))
def test_every_value_survives_json_copy_and_pickle(value: object) -> None:
    """What people publish and what is found for them can be kept and sent."""
    again = (loads(dumps(value), type(value)), copy(value), pickle.loads(pickle.dumps(value)))  # noqa: S301 - our own
    assert all(each == value and hash(each) == hash(value) for each in again)


# Clock changes.


def told(planning: Planning, person: str = "ana") -> Strains:
    """Tell one person what strains."""
    return strains(planning.rhythm, planning.published, planning.within, for_=person)


def pushed_out(planning: Planning, person: str) -> set[Moment]:
    """Return what left someone's hours since its recurrence began: by looking at the clocks at each check-in so far."""
    hours = planning.published[person]
    left: dict[Moment, list[bool]] = {}
    for recurrence in planning.rhythm.recurrences:
        begun = recurrence.nth(0)
        assert begun is not None
        for at in map(utc, recurrence.between(planning.within)):
            looks = map(utc, recurrence.between(Window(begun, pendulum.instance(at + MINUTE))))
            seen = {apart(recurrence, hours, look) for look in looks}
            now = apart(recurrence, hours, at)
            out = cost(hours, at, planning.length) is None
            was_in = any(cost(hours, at + now - then, planning.length) is not None for then in seen)
            left.setdefault(at, []).append(out and was_in)
    return {at for at, parts in left.items() if all(parts)}


def apart(recurrence: Recurrence, hours: Published, at: Moment) -> dt.timedelta:
    """Return how far apart the clocks of two zones are."""
    mine, theirs = (at.astimezone(ZoneInfo(zone)).utcoffset() for zone in (recurrence.zone, hours.zone))
    assert mine is not None
    assert theirs is not None
    return mine - theirs


@given(strained_plannings())
def test_strains_are_what_one_finds_by_looking_at_each_check_in(planning: Planning) -> None:
    """Exactly those are found that a clock change pushed out, and only whoever is pushed out hears by which change."""
    out = {person: pushed_out(planning, person) for person in planning.published}
    for person in planning.published:
        found = told(planning, person)
        assert {utc(strain.start) for strain in found.strained} == set().union(*out.values())
        assert {utc(strain.start) for strain in found.strained if strain.change is not None} == out[person]
        assert all(strain.change is None or strain.change <= strain.start for strain in found.strained)


@given(strained_plannings())
def test_a_mend_has_no_strain_and_moves_nothing_else(planning: Planning) -> None:
    """What is moved lies inside everyone's hours, what need not move stays, and nothing is lost."""
    found = told(planning)
    if found.mend is None:
        return
    wide = Window(planning.within.start, planning.within.end + DAY)
    before, after = set(starts(planning.rhythm, wide)), set(starts(found.mend, wide))
    strained = {utc(strain.start) for strain in found.strained}
    assert before - after == strained
    for person in planning.published:
        assert strains(found.mend, planning.published, planning.within, for_=person).strained == ()
    for at in after - before:
        assert all(cost(each, at, planning.length) is not None for each in planning.published.values())
    counts = [sum(1 for r in rhythm.recurrences for _ in r.between(wide)) for rhythm in (planning.rhythm, found.mend)]
    assert counts[0] == counts[1]


@given(strained_plannings())
def test_others_hear_only_that_a_new_time_is_needed(planning: Planning) -> None:
    """Somebody who is not pushed out hears the same, whoever is, and however their hours are levelled."""
    other = {person: flattened(mine) for person, mine in planning.published.items()}
    for person in planning.published:
        one = told(planning, person)
        two = strains(planning.rhythm, other, planning.within, for_=person)
        assert (one.strained, one.mend is None) == (two.strained, two.mend is None)
        if all(strain.change is None for strain in one.strained):
            words = {phrase.key for phrase in one.phrases}
            assert words <= {"meeting.strain_new_time", "meeting.mend", "meeting.no_mend", "meeting.no_strain"}


def flattened(hours: Published) -> Published:
    """Return the same hours with the best and the least level exchanged."""
    return evolve(hours, prefers=hours.only_if_needed, only_if_needed=hours.prefers, detail=Detail.NOTHING)
