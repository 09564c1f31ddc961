"""What is always true of turns, whatever people say, in whatever order it arrives."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import pairwise
from random import Random
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.primitives.rotation.plain_model import Told, rows

from reconnect.consent.proposal import Offered, Proposal
from reconnect.edges.testing.rotation_stories import PEOPLE, plain_handoffs, rotations, shared_plans, turn_moments
from reconnect.errors import NotAMember, NotOpen, NotYours, ReconnectError
from reconnect.primitives.rotation import Rotation, RotationPlan, Turn, TurnKey, TurnReason
from reconnect.primitives.rotation.acts import PassedOn, PlanStated, Withdrew
from reconnect.primitives.rotation.sequence import sequence
from reconnect.record.entry import Entry
from reconnect.record.membership import Founded
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)
NOW: Final = pendulum.datetime(2026, 3, 20, 12)
NIGHT: Final = dt.date(2026, 3, 27)


def around(story: Rotation) -> Window:
    """Return the days that matter for a story."""
    said = [act.at for act in story.acts]
    return Window(as_instant(min(said) - DAY), as_instant(max(said) + 12 * DAY))


def facts(story: Rotation, at: pendulum.DateTime) -> list[Any]:
    """Return what a rotation says of itself as of an instant."""
    then = story.as_of(at)
    loads = [story.load(around(story), for_=person, at=at) for person in PEOPLE]
    return [rows(then, around(story)), then.turn_at(at), story.in_force(at=at), story.wishes(at=at), loads]


def turns(story: Rotation, within: Window | None = None) -> dict[TurnKey, Turn]:
    """Return the turns of a story by their keys."""
    return {turn.key: turn for turn in story.turns(within or around(story))}


def stated(plan: RotationPlan, at: dt.datetime = NOW) -> Rotation:
    """Return a rotation on a plan alone."""
    return Rotation.begin(PlanStated(plan=plan), id="r1", circle="c1", by=plan.members[0], at=at)


@given(rotations(), st.data())
def test_turns_are_what_a_plain_walk_through_the_rules_says(r: Rotation, data: st.DataObject) -> None:
    """Fast seeking by rank and period gives what one finds by walking turn by turn."""
    then = r.as_of(data.draw(turn_moments(r)))
    assume(then.has_begun)
    days = around(r)
    assert rows(then, days) == list(Told(then).rows(days))


@given(rotations(), st.data())
def test_each_instant_has_the_one_turn_that_lies_around_it(r: Rotation, data: st.DataObject) -> None:
    """Seeking an instant, a key or a window finds the same turns; no two share an instant."""
    at, days = data.draw(turn_moments(r)), around(r)
    found = list(r.turns(days))
    assert all(one.end is not None and one.end <= other.start for one, other in pairwise(found))
    assert len({turn.key for turn in found}) == len(found)
    assert [r.turn(turn.key) for turn in found] == found
    assert all(r.turn_at(turn.start) == turn for turn in found)
    assume(at in days)
    assert r.turn_at(at) == next((turn for turn in found if at in turn), None)
    part = Window.of(at, data.draw(st.sampled_from([TICK, HOUR, 2 * DAY])))
    shared = [turn for turn in found if turn.start < part.end and (turn.end is None or part.start < turn.end)]
    assert list(r.turns(part)) == shared or days.end < part.end


@given(plain_handoffs("Europe/Paris", NIGHT) | plain_handoffs("Pacific/Apia", dt.date(2011, 12, 28)))
def test_turns_tile_time_between_handoffs(handoff: Recurrence) -> None:
    """They begin at the distinct handoffs and end at the next, from the first to the last; outside there is none."""
    first = handoff.nth(0)
    assert first is not None
    r = stated(RotationPlan.of(["ana", "ben", "cleo"], handoff=handoff), at=first - DAY)
    instants = list(handoff.between(Window.of(first, 40 * DAY)))
    found = list(r.turns(Window(as_instant(first - DAY), instants[-1]))) if len(instants) > 1 else []
    assert [(turn.start, turn.end) for turn in found] == list(pairwise(instants))
    assert r.turn_at(first - TICK) is None
    assert (r.turn_at(instants[-1]) is None) is (handoff.after(instants[-1]) is None)
    names = [turn.holder for turn in found]
    assert names == [["ana", "ben", "cleo"][number % 3] for number in range(len(names))]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6))
def test_everyone_is_within_one_turn_of_their_share(weights: list[int]) -> None:
    """In every beginning of a round, and so in every run within two; a round gives each exactly their weight."""
    round_, total = sequence(tuple(weights)), sum(weights)
    count = Counter[int]()
    assert round_[0] == 0
    for number, place in enumerate(round_, start=1):
        count[place] += 1
        assert all(abs(count[each] - Fraction(number * weight, total)) < 1 for each, weight in enumerate(weights))
    assert [Fraction(count[each], len(round_)) for each in range(len(weights))] == [
        Fraction(weight, total) for weight in weights
    ]


@given(st.data())
def test_shares_hold_while_the_same_people_are_there(data: st.DataObject) -> None:
    """Equal weights differ by at most one turn over any run; others stay within two turns of their share."""
    plan = data.draw(shared_plans(PEOPLE, "Europe/Paris", NIGHT))
    assume(plan.handoff is not None)
    holders = [turn.holder for turn in stated(plan).turns(Window.of(NOW, 60 * DAY))]
    start = data.draw(st.integers(0, len(holders)))
    run = Counter(holders[start : data.draw(st.integers(start, len(holders)))])
    total = sum(plan.weights)
    if len(set(plan.weights)) == 1:
        assert max(run[each] for each in plan.members) - min(run[each] for each in plan.members) <= 1
    for person, weight in zip(plan.members, plan.weights, strict=True):
        assert abs(run[person] - Fraction(run.total() * weight, total)) < 2


@given(st.data())
def test_nobody_who_is_there_is_passed_over_for_long(data: st.DataObject) -> None:
    """However often others come and go, and however light one's weight, one has a turn before long.

    That is, in as many stretches of unchanged people as there are members; with equal weights, in as many turns.
    """
    members = data.draw(st.permutations(PEOPLE))
    weights = {person: data.draw(st.sampled_from([1, 1, 9, 50])) for person in members}
    daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=NIGHT)
    r = stated(RotationPlan.of(members, handoff=daily, weights=weights))
    stays, *others = data.draw(st.permutations(members))
    first = pendulum.datetime(2026, 3, 27, 20, tz="Europe/Paris")
    away = {person: data.draw(st.sets(st.integers(0, 20), max_size=12)) for person in others}
    for person, places in away.items():
        for place in sorted(places):
            r = r.away(Window.of(as_instant(first.add(days=2 * place, hours=1)), DAY), by=person, at=NOW)
    holders = [turn.holder for turn in r.turns(Window(as_instant(first), as_instant(first.add(days=44))))]
    there = [[person for person in members if turn // 2 not in away.get(person, ())] for turn in range(44)]
    opened = [0, *(turn for turn in range(1, 44) if there[turn] != there[turn - 1])]
    for start, end in zip(opened, opened[len(members) :], strict=False):
        assert stays in holders[start:end]
    if len(set(weights.values())) == 1:
        assert all(stays in holders[start : start + len(members)] for start in range(44 - len(members)))


@given(rotations(), st.data())
def test_an_absence_touches_only_turns_that_have_not_begun(r: Rotation, data: st.DataObject) -> None:
    """Whatever window somebody names, the turns that had begun when they said so stay as they were."""
    at, days = data.draw(turn_moments(r)), around(r)
    then = r.as_of(at)
    by, start = data.draw(st.sampled_from(PEOPLE)), data.draw(turn_moments(r))
    verbs: list[Callable[..., Rotation]] = [
        partial(then.away, Window.of(start, 3 * DAY)),
        then.back,
        then.leave,
        then.join,
    ]
    try:
        told = data.draw(st.sampled_from(verbs))(by=by, at=at)
    except ReconnectError:
        assume(condition=False)
    before, after = turns(then, days), turns(told, days)
    assert before.keys() == after.keys()
    assert all(after[key] == turn for key, turn in before.items() if turn.start <= at)


@given(rotations(), st.data())
def test_nobody_who_says_in_time_that_they_are_away_has_a_turn(r: Rotation, data: st.DataObject) -> None:
    """No turn that begins later shares any time with an absence of its holder, as long as they do not say otherwise."""
    at = data.draw(turn_moments(r))
    then = r.as_of(at)
    by, window = data.draw(st.sampled_from(PEOPLE)), Window.of(data.draw(turn_moments(r)), 3 * DAY)
    try:
        told = then.away(window, by=by, at=at)
    except (NotAMember, NotYours):
        assume(condition=False)
    for turn in told.turns(around(r)):
        touched = turn.window.overlaps(window) if turn.window is not None else turn.start in window
        doing = turn.key.ordinal is not None
        assert turn.start <= at or not touched or turn.holder != by or (doing and turn.start not in window)


@given(st.data())
def test_whoever_is_back_is_there_for_every_turn_that_begins_later(data: st.DataObject) -> None:
    """Coming back ends an absence, and joining ends a leave, for turns that have not begun; nothing else does."""
    plan = data.draw(shared_plans(PEOPLE, "Europe/Paris", NIGHT))
    r, by = stated(plan), data.draw(st.sampled_from(plan.members))
    at = as_instant(NOW + data.draw(st.integers(170, 400)) * HOUR)
    if data.draw(st.booleans()):
        told = r.away(Window.of(NOW, 60 * DAY), by=by, at=NOW)
        right, wrong = told.back, told.join
    else:
        told = r.leave(by=by, at=NOW)
        right, wrong = told.join, told.back
    days, back = Window(NOW, at), right(by=by, at=at)
    before = {key: turn.holder for key, turn in turns(told, days).items()}
    assert {key: turn.holder for key, turn in turns(back, days).items()} == before
    reasons = {
        turn.reason for turn in right(by=by, at=at).turns(Window(at, as_instant(NOW + 50 * DAY))) if turn.start > at
    }
    assert reasons <= {TurnReason.PLAN}
    assert wrong(by=by, at=at) == told
    if plan.handoff is not None:
        assert all(turn.holder != by for turn in told.turns(Window(NOW, as_instant(NOW + 50 * DAY))))


@given(rotations(), st.data())
def test_what_has_passed_stays(r: Rotation, data: st.DataObject) -> None:
    """Whatever is said later, turns that had ended are the same ones, held by the same people."""
    at, days = data.draw(turn_moments(r)), around(r)
    then, now = turns(r.as_of(at), days), turns(r, days)
    for key, turn in then.items():
        if turn.end is not None and turn.end <= at:
            assert now[key] == turn


@given(rotations(), st.data())
def test_what_comes_later_does_not_change_what_was(r: Rotation, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(turn_moments(r))
    then = r.as_of(at)
    assert (r.in_force(at=at), r.wishes(at=at)) == (then.in_force(at=at), then.wishes(at=at))
    assert r.load(around(r), for_="ana", at=at) == then.load(around(r), for_="ana", at=at)


def exchanged(then: Rotation, one: Turn, other: Turn, at: pendulum.DateTime) -> Rotation:
    """Let two people exchange their turns; the first of them says so twice."""
    asked = then.swap(one.key, other.key, by=str(one.holder), at=at)
    assert asked.swap(one.key, other.key, by=str(one.holder), at=at) == asked
    told = asked.swap(other.key, one.key, by=str(other.holder), at=at)
    after = [told.turn(turn.key) for turn in (one, other)]
    assert [turn and turn.holder for turn in after] == [other.holder, one.holder]
    assert [turn and turn.reason for turn in after] == [TurnReason.SWAP, TurnReason.SWAP]
    return told


@given(rotations(), st.data())
def test_a_change_of_single_turns_changes_no_others(r: Rotation, data: st.DataObject) -> None:
    """A swap exchanges two turns, a cover and a passing on change one; every other turn stays as it was."""
    at, days = data.draw(turn_moments(r)), around(r)
    then = r.as_of(at)
    before = turns(then, days)
    open_ = [turn for turn in before.values() if turn.end is None or at < turn.end]
    ahead = [turn for turn in open_ if at < turn.start and turn.holder is not None]
    pairs = [(one, other) for one in ahead for other in ahead if one.holder != other.holder]
    assume(open_ and not any(act.at == at and isinstance(act.body, PassedOn | Withdrew) for act in then.acts))
    one, by = data.draw(st.sampled_from(open_)), data.draw(st.sampled_from(PEOPLE))
    touched, kind = {one.key}, data.draw(st.sampled_from(["swap", "pass on", "cover"]))
    try:
        if pairs and kind == "swap":
            first, second = data.draw(st.sampled_from(pairs))
            told, touched = exchanged(then, first, second, at), {first.key, second.key}
        elif one.holder is not None and kind == "pass on":
            told = then.pass_on(one.key, by=one.holder, at=at)
            passed = told.turn(one.key)
            assert passed is not None
            assert passed.holder != one.holder
        else:
            told = then.cover(one.key, by=by, at=at)
            covered = told.turn(one.key)
            assert covered is not None
            assert covered.holder == by
    except (NotAMember, NotOpen, NotYours):
        assume(condition=False)  # somebody is away, takes no part, or left while it was their turn
    after = turns(told, days)
    assert {key: turn for key, turn in after.items() if key not in touched} == {
        key: turn for key, turn in before.items() if key not in touched
    }


@given(rotations(agreed=True), st.data())
def test_a_turn_begins_only_while_a_plan_holds(r: Rotation, data: st.DataObject) -> None:
    """A lapse or a withdrawal ends the turns that have not begun, and leaves those that have."""
    at, days = data.draw(turn_moments(r)), around(r)
    assert all(r.in_force(at=turn.start) for turn in r.turns(days))
    then = ended = r.as_of(at)
    for name in sorted({str(act.about) for act in then.acts if isinstance(act.body, Offered)}):
        acts = tuple(act for act in then.acts if act.about == name)
        p = Proposal(id=name, circle="c1", acts=acts, founding=then.founding)
        if p.in_force(at=at) is not None:
            ended = evolve(ended, acts=(*ended.acts, *p.withdraw(by=p.offer.people[-1], at=at).acts))
    assert not ended.in_force(at=at)
    begun = {key: turn.holder for key, turn in turns(then, days).items() if turn.start < at}
    assert {key: turn.holder for key, turn in turns(ended, days).items()} == begun


@given(rotations(), st.data())
def test_however_it_is_told_it_comes_out_the_same(r: Rotation, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(turn_moments(r))
    acts = list(r.acts)
    Random(data.draw(st.integers(0, 99))).shuffle(acts)  # noqa: S311 - a shuffle keeps no secret
    cut = data.draw(st.integers(0, len(acts)))
    one, other, again = (evolve(r, acts=tuple(part)) for part in (acts[:cut], acts[cut:], acts[: cut // 2]))
    assert facts(merge(merge(one, other), again), at) == facts(r, at)
    assert facts(merge(again, merge(other, one)), at) == facts(r, at)


def renamed(value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401 - anything that holds ids
    """Return something with people called otherwise."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Turn):
        return evolve(value, holder=renamed(value.holder, names), planned=renamed(value.planned, names))
    if isinstance(value, RotationPlan | Founded):
        return evolve(value, members=tuple(names.get(each, each) for each in value.members))
    fields = [name for name in ("plan", "other", "person") if hasattr(value, name)]
    return evolve(value, **{name: renamed(getattr(value, name), names) for name in fields}) if fields else value


@given(rotations(), st.data())
def test_other_names_change_nothing_but_names(r: Rotation, data: st.DataObject) -> None:
    """Nothing depends on who is who: with people called otherwise, the others hold the same turns."""
    first = next(act for act in r.acts if act.at == min(each.at for each in r.acts))
    assume(isinstance(first.body, PlanStated))
    names = dict(zip(PEOPLE, data.draw(st.permutations(PEOPLE)), strict=True))
    kept = [act for act in r.acts if not isinstance(act.body, Proposal.bodies)]

    def called(act: Entry) -> Entry:
        return evolve(act, author=names.get(act.author, act.author), body=renamed(act.body, names))

    plain = evolve(r, acts=tuple(kept))
    other = evolve(r, acts=tuple(map(called, kept)), founding=tuple(map(called, r.founding)))
    days = around(r)
    assert [renamed(turn, names) for turn in plain.turns(days)] == list(other.turns(days))


@given(rotations(), st.data())
def test_turns_count_for_whoever_did_them(r: Rotation, data: st.DataObject) -> None:
    """What people carried adds up to the turns that have passed, each once, for whoever held it then."""
    at, days = data.draw(turn_moments(r)), around(r)
    held = [turn for turn in r.as_of(at).turns(days) if turn.start in days and turn.end is not None and turn.end <= at]
    loads = {person: r.load(days, for_=person, at=at) for person in (*PEOPLE, "fay", "eve")}
    assert {person: load.own for person, load in loads.items() if load.own} == Counter(
        turn.holder for turn in held if turn.holder is not None
    )
    assert len({load.together for load in loads.values()}) == 1
    assert (loads["ana"].together is None) is (not held)


@given(rotations(), st.data())
def test_a_plan_that_keeps_its_handoffs_keeps_its_turns(r: Rotation, data: st.DataObject) -> None:
    """A new plan changes no turn that has begun, and what was swapped before stays with its turns."""
    at, days = data.draw(turn_moments(r)), around(r)
    then = r.as_of(at)
    here = then.membership.at(at)
    assume(then.plan is not None and set(then.plan.members) <= set(here))
    assert then.plan is not None
    plan = evolve(then.plan, members=then.plan.members[::-1], weights=then.plan.weights[::-1])
    p = Proposal(id="p9", circle="c1", founding=then.founding)
    p = evolve(p, acts=Proposal.of(plan, id="p9", circle="c1", by=plan.members[0], at=at, about="r1").acts)
    for person in here:
        p = p.accept(by=person, offer=p.offer.id, at=at)
    told = evolve(then, acts=(*then.acts, *p.acts))
    before, after = turns(then, days), turns(told, days)
    assert all(after[key] == turn for key, turn in before.items() if turn.start < at and key.zone is not None)
    for key, turn in after.items():
        if key in before and before[key].reason is TurnReason.SWAP and turn.start > at:
            assert turn.holder == before[key].holder
