"""Turns by example: how they begin, what people say, what is refused, and in which words."""

import datetime as dt
from typing import Any, Final

import pendulum
import pytest
from attrs import evolve

from reconnect import MemoryJournal, render
from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidRotation, NotInForce, NotOpen, NotYours
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.rotation import Balance, Load, Rotation, RotationPlan, Turn, TurnKey, TurnReason, Wish
from reconnect.primitives.rotation.acts import Covered, Done, PassedOn, Wished, Withdrew
from reconnect.primitives.rotation.handoffs import Handoffs
from reconnect.record.entry import Entry, Note, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Left
from reconnect.record.story import merge
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

NOW: Final = pendulum.datetime(2026, 1, 5, 12)
DAY: Final = dt.timedelta(days=1)
WEEK: Final = Window.of(NOW, 7 * DAY)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cleo")))
DAILY: Final = Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5))
KEY: Final = TurnKey(rotation="r1", ordinal=0)


def day(number: int, hour: int = 20) -> pendulum.DateTime:
    """Return a moment so many days after the first one."""
    return pendulum.datetime(2026, 1, 5 + number, hour)


def key(number: int) -> TurnKey:
    """Return the key of the turn that begins so many days after the first one."""
    return TurnKey(rotation="r1", original_start=day(number).naive(), zone="UTC")


def begin(handoff: Recurrence | None = DAILY, **weights: int) -> Rotation:
    """Return turns of three people, every day at 20:00 unless said otherwise."""
    return Rotation.of(US, handoff=handoff, weights=weights, id="r1", by="ana", at=NOW)


def agree(plan: Body | None = None, *, id: str = "p1", about: str | None = None, at: dt.datetime = NOW) -> Proposal:  # noqa: A002 - a proposal's own name for it
    """Return a plan that everyone said yes to."""
    value = RotationPlan.of(US, handoff=DAILY) if plan is None else plan
    p = Proposal.of(value, id=id, circle=US, by="ana", at=at, about=about)
    for name in ("ben", "cleo"):
        p = p.accept(by=name, offer=p.offer.id, at=at)
    return p


def holders(r: Rotation, within: Window = WEEK) -> list[str | None]:
    """Return who holds the turns of a window."""
    return [turn.holder for turn in r.turns(within)]


def heard(r: Rotation, by: str, at: dt.datetime, body: Body) -> Rotation:
    """Return a rotation in which an act arrived that no verb let through."""
    act = Entry(circle="c1", author=by, id=f"x{len(r.acts)}", at=at, body=body, audience=Shared(), about="r1")
    return evolve(r, acts=(*r.acts, act))


def test_turns_rest_on_what_everyone_agreed() -> None:
    """A withdrawal ends the turns that have not begun; the one that has goes on to its handoff."""
    p = agree()
    r = Rotation.of(p, id="r1", by="ben", at=NOW)
    assert holders(r) == ["ana", "ben", "cleo", "ana", "ben", "cleo", "ana"]
    assert r.in_force(at=NOW)
    gone = evolve(r, acts=(*r.acts, *p.withdraw(by="cleo", at=day(1, 21)).acts))
    assert holders(gone) == ["ana", "ben"]
    assert gone.turn_at(day(2, 19)) == r.turn_at(day(2, 19))
    assert gone.turn_at(day(2)) is None
    assert (gone.in_force(at=day(1, 20)), gone.in_force(at=day(1, 21))) == (True, False)


def test_what_is_only_stated_is_never_in_force() -> None:
    """It is for trying things out; a plan that everyone agrees on takes its place, whatever was stated."""
    r = begin()
    assert not r.in_force(at=day(3))
    p = agree(RotationPlan.of(["cleo", "ben"], handoff=DAILY), at=day(1, 21), about="r1")
    agreed = evolve(r, acts=(*r.acts, *p.acts))
    assert holders(agreed) == ["ana", "ben", "cleo", "ben", "cleo", "ben", "cleo"]
    assert agreed.in_force(at=day(1, 21))
    assert agreed.plan == p.offer.value
    elsewhere = Rotation.of(agree(id="p2"), id="r1", by="ana", at=day(2, 12))
    assert merge(r, elsewhere).in_force(at=day(2, 12))


def test_a_view_gathers_the_proposals_on_which_turns_rest() -> None:
    """What was agreed travels along, also a later plan about the same rotation, and everyone sees the same turns."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    r = Rotation.of(agree(), id="r1", by="ana", at=NOW)
    later = agree(RotationPlan.of(["cleo", "ben"], handoff=DAILY), id="p2", at=day(1, 21), about="r1")
    for act in (*r.acts, *later.acts):
        journal.append(act, acting=act.author)
    views = [journal.view(name, circle="c1", at=day(2)).state(Rotation, "r1") for name in US.ids]
    assert [holders(view) for view in views] == 3 * [["ana", "ben", "cleo", "ben", "cleo", "ben", "cleo"]]
    assert [view.id for view in journal.view("ben", circle="c1", at=day(2)).all(Rotation)] == ["r1"]


def test_weights_share_turns_by_what_people_can_carry() -> None:
    """Someone who carries twice as much has a turn twice as often, spread out."""
    assert holders(begin(ana=2), Window.of(NOW, 8 * DAY)) == ["ana", "ben", "ana", "cleo", "ana", "ben", "ana", "cleo"]


def test_a_lighter_person_is_not_forgotten_when_others_come_and_go() -> None:
    """Each change of who is there is opened by the next in the order, so even the lightest weight has a turn."""
    weights = {"ana": 50}
    r = Rotation.of(
        ["ana", "ben", "cleo", "dan"], handoff=DAILY, weights=weights, id="r1", circle="c1", by="ana", at=NOW
    )
    for number in range(2, 14, 4):
        r = r.away(Window.of(day(number, 21), DAY), by="dan", at=NOW)
    assert holders(r, Window.of(NOW, 10 * DAY)) == [
        "ana",
        "ana",
        "ben",
        "ana",
        "cleo",
        "ana",
        "ana",
        "ana",
        "ben",
        "ana",
    ]


def test_turns_without_handoffs_end_when_they_are_done() -> None:
    """Whoever does it has it counted; the next turn begins then; said twice, from two phones, it counts once."""
    r = begin(None)
    first = r.turn_at(NOW)
    assert first is not None
    assert (first.holder, first.end, first.window, first.key) == ("ana", None, None, KEY)
    one = r.done(first.key, by="ben", at=day(1))
    both = merge(one, r.done(first.key, by="ana", at=day(2)))
    assert [(turn.holder, turn.reason) for turn in both.turns(WEEK)] == [
        ("ben", TurnReason.COVER),
        ("ben", TurnReason.PLAN),
    ]
    assert both.done(first.key, by="cleo", at=day(3)) == both
    assert both.load(WEEK, for_="ben", at=day(3)) == Load(own=1, together=Balance.EVEN)
    away = both.away(Window.of(day(2), 3 * DAY), by="cleo", at=day(2)).done(evolve(KEY, ordinal=1), by="ben", at=day(3))
    assert holders(away)[-1] == "ana"
    assert begin(None).cover(KEY, by="cleo", at=day(0)).done(KEY, by="cleo", at=day(1)).turn(KEY) == Turn(
        key=KEY, holder="cleo", planned="ana", reason=TurnReason.COVER, start=NOW, end=day(1)
    )


def test_handoffs_and_completion_take_each_others_place() -> None:
    """A new plan takes over when the first of its own turns begins, and turns leave no time between them."""
    by_hand = agree(RotationPlan.of(US), id="p2", at=day(1, 12), about="r1")
    r = begin()
    r = evolve(r, acts=(*r.acts, *by_hand.acts))
    assert [(turn.start, turn.end) for turn in r.turns(WEEK)] == [(day(0), day(1)), (day(1), None)]
    again = agree(id="p3", at=day(2, 12), about="r1")
    r = evolve(r, acts=(*r.acts, *again.acts))
    assert [turn.start for turn in r.turns(WEEK)] == [day(number) for number in range(7)]
    assert holders(r) == ["ana", "ben", "cleo", "ana", "ben", "cleo", "ana"]
    fourth = agree(RotationPlan.of(US), id="p5", at=day(4, 12), about="r1")
    last = evolve(r, acts=(*r.acts, *fourth.acts)).turn_at(day(6))
    assert last is not None
    assert (last.start, last.key.ordinal, last.holder) == (day(4), 1, "ben")
    third = agree(RotationPlan.of(["cleo", "ben"]), id="p4", at=day(0, 13), about="r1")
    counted = begin(None)
    counted = evolve(counted, acts=(*counted.acts, *third.acts)).done(KEY, by="ana", at=day(1))
    assert [(turn.key.ordinal, turn.holder) for turn in counted.turns(WEEK)] == [(0, "ana"), (1, "cleo")]


def test_a_new_plan_takes_over_at_the_first_of_its_own_handoffs() -> None:
    """The turn that goes on ends there; one that would begin later gives way to a newer plan that begins first."""
    mornings = Recurrence.daily(time="08:00", zone="UTC", starts=dt.date(2026, 1, 5))
    p = agree(RotationPlan.of(US, handoff=mornings), id="p2", at=day(1, 21), about="r1")
    r = evolve(begin(), acts=(*begin().acts, *p.acts))
    found = list(r.turns(Window.of(day(1), 2 * DAY)))
    assert [(turn.start, turn.end) for turn in found] == [
        (day(1), day(2, 8)),
        (day(2, 8), day(3, 8)),
        (day(3, 8), day(4, 8)),
    ]
    assert [turn.holder for turn in found] == ["ben", "cleo", "ana"]
    late = agree(
        RotationPlan.of(US, handoff=evolve(mornings, start=day(5, 8).naive())), id="p3", at=day(0, 21), about="r1"
    )
    both = evolve(r, acts=(*r.acts, *late.acts))
    assert list(both.turns(WEEK)) == list(r.turns(WEEK))


def test_a_lapse_leaves_the_turn_that_goes_on() -> None:
    """A turn that ends when it is done may still be done; no other one begins."""
    p = agree(RotationPlan.of(US))
    r = Rotation.of(p, id="r1", by="ana", at=NOW)
    r = evolve(r, acts=(*r.acts, *p.withdraw(by="ben", at=day(0, 13)).acts))
    done = r.done(KEY, by="ana", at=day(1))
    assert holders(done) == ["ana"]
    assert holders(done, Window.of(day(2), DAY)) == []


def test_two_handoffs_at_one_instant_are_one_turn() -> None:
    """In the night in which clocks go forward, 02:00 and 03:00 are one instant, and take one turn."""
    night = Recurrence.parse("DTSTART;TZID=Europe/Paris:20260328T020000\nRRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0")
    r = Rotation.of(US, handoff=night, id="r1", by="ana", at=pendulum.datetime(2026, 3, 27))
    found_ = list(r.turns(Window.of(pendulum.datetime(2026, 3, 28), 3 * DAY)))
    assert [turn.holder for turn in found_] == ["ana", "ben", "cleo", "ana", "ben"]
    assert found_[2].key.original_start == dt.datetime(2026, 3, 29, 3)  # noqa: DTZ001 - local by meaning
    earlier = evolve(found_[2].key, original_start=dt.datetime(2026, 3, 29, 2))  # noqa: DTZ001 - local by meaning
    assert r.turn(earlier) is None
    assert Handoffs(night).count(pendulum.datetime(2026, 4, 1)) == 7


def test_a_handoff_that_clocks_skip_keeps_its_name() -> None:
    """A turn at 02:30 in that night goes by 02:30, although it begins at 03:30."""
    night = Recurrence.daily(time="02:30", zone="Europe/Paris", starts=dt.date(2026, 3, 28))
    r = Rotation.of(US, handoff=night, id="r1", by="ana", at=pendulum.datetime(2026, 3, 27))
    turn = r.turn_at(pendulum.datetime(2026, 3, 29, 12))
    assert turn is not None
    assert turn.key.original_start == dt.datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 - local by meaning
    assert r.turn(turn.key) == turn


def test_a_turn_that_is_passed_on_goes_round_until_nobody_is_left() -> None:
    """Nobody has to give a reason, nobody gets it twice, and nobody is an answer."""
    r = begin()
    for name, following in (("ana", "ben"), ("ben", "cleo"), ("cleo", None)):
        r = r.pass_on(key(0), by=name, at=day(0))
        assert r.pass_on(key(0), by=name, at=day(0)) == r
        turn = r.turn(key(0))
        assert turn is not None
        assert turn.holder == following
    assert holders(r.cover(key(0), by="ben", at=day(0, 21)))[0] == "ben"
    assert holders(r)[1:] == ["ben", "cleo", "ana", "ben", "cleo", "ana"]


def test_whoever_took_a_turn_over_may_be_away_after_all() -> None:
    """Then the next one who is there has it; nobody is away by word and on duty by plan."""
    r = begin().cover(key(2), by="ben", at=NOW)
    away = r.away(Window.of(day(2), DAY), by="ben", at=day(1))
    turn = away.turn(key(2))
    assert turn is not None
    assert (turn.holder, turn.planned, turn.reason) == ("cleo", "cleo", TurnReason.AWAY)
    with pytest.raises(NotOpen):
        away.cover(key(2), by="ben", at=day(1))


def test_a_swap_can_be_taken_back_until_it_is_taken() -> None:
    """At the same instant, taking it back wins."""
    r = begin().swap(key(0), key(1), by="ana", at=NOW)
    assert r.wishes(at=NOW) == (Wish(by="ana", give=key(0), take=key(1), other="ben"),)
    assert r.wishes(at=day(0)) == ()
    back = r.take_back(key(0), key(1), by="ana", at=NOW.add(hours=1))
    assert back.wishes(at=NOW.add(hours=1)) == ()
    assert holders(back.swap(key(1), key(0), by="ben", at=NOW.add(hours=2)))[:2] == ["ana", "ben"]
    at_once = merge(back, r.swap(key(1), key(0), by="ben", at=NOW.add(hours=1)))
    assert holders(at_once)[:2] == ["ana", "ben"]
    taken = r.swap(key(1), key(0), by="ben", at=NOW.add(hours=1))
    assert holders(taken)[:2] == ["ben", "ana"]
    assert taken.swap(key(0), key(1), by="ana", at=NOW.add(hours=2)) == taken
    with pytest.raises(NotOpen):
        taken.take_back(key(0), key(1), by="ana", at=NOW.add(hours=2))


def test_a_wish_for_a_cover_waits_until_somebody_has_it() -> None:
    """It asks nothing of anyone, and asking twice says nothing more."""
    r = begin().ask(key(0), by="ana", at=NOW)
    assert r.ask(key(0), by="ana", at=NOW) == r
    assert r.wishes(at=day(0)) == (Wish(by="ana", give=key(0)),)
    assert r.wishes(at=day(1)) == ()
    assert r.cover(key(0), by="cleo", at=day(0)).wishes(at=day(0)) == ()
    assert r.take_back(key(0), by="ana", at=NOW).wishes(at=NOW) == ()
    lost = heard(r, "ana", NOW, Wished(give=KEY))
    assert lost.wishes(at=NOW) == r.wishes(at=NOW)


def test_what_was_not_allowed_changes_nothing() -> None:
    """Acts that arrive past the verbs, by anyone, at any time, leave the turns as they are."""
    r = begin()
    for by, at, body in (
        ("ana", day(2), Covered(turn=key(1))),
        ("ben", day(1), PassedOn(turn=key(0))),
        ("cleo", NOW, PassedOn(turn=TurnKey(rotation="r2", original_start=day(0).naive(), zone="UTC"))),
        ("ana", NOW, Done(turn=key(0))),
        ("eve", NOW, Covered(turn=key(0))),
        ("ana", day(0), Wished(give=key(0), take=key(1), other="ben")),
        ("ana", NOW, Withdrew(give=key(0))),
    ):
        assert list(heard(r, by, at, body).turns(WEEK)) == list(r.turns(WEEK))
    hijacked = heard(
        r.swap(key(0), key(1), by="ana", at=NOW), "cleo", NOW, Wished(give=key(1), take=key(0), other="ana")
    )
    assert holders(hijacked) == holders(r)
    late = heard(r.swap(key(0), key(1), by="ana", at=NOW), "ben", day(0), Wished(give=key(1), take=key(0), other="ana"))
    assert holders(late) == holders(r)
    without = Rotation.of(["ana", "ben"], handoff=DAILY, id="r1", circle=US, by="ana", at=NOW)
    assert holders(heard(without, "cleo", NOW, Covered(turn=key(0)))) == holders(without)


def test_leaving_and_joining_count_from_then_on() -> None:
    """The others go on without them; to say yes to a new plan is to take turns again."""
    r = begin().leave(by="ben", at=day(0, 12))
    assert r.leave(by="ben", at=day(0, 13)) == r
    assert holders(r) == ["ana", "cleo", "ana", "cleo", "ana", "cleo", "ana"]
    assert holders(r.join(by="ben", at=day(3, 12))) == ["ana", "cleo", "ana", "ben", "cleo", "ana", "ben"]
    assert r.join(by="cleo", at=day(3)) == r
    p = agree(at=day(3, 12), about="r1")
    assert holders(evolve(r, acts=(*r.acts, *p.acts)))[3:] == ["ben", "cleo", "ana", "ben"]
    left = Entry(circle="c1", author="ben", id="left", at=day(1, 12), body=Left(), audience=Shared())
    gone = evolve(begin(), founding=(*begin().founding, left))
    assert holders(gone) == ["ana", "cleo", "ana", "cleo", "ana", "cleo", "ana"]


def test_saying_it_again_is_no_new_act() -> None:
    """A retry after a lost answer, and coming back without having been away, say nothing more."""
    r = begin().away(Window.of(day(1), DAY), by="ben", at=NOW)
    assert r.away(Window.of(day(1), DAY), by="ben", at=NOW) == r
    assert r.back(by="ana", at=NOW) == r
    back = r.back(by="ben", at=NOW.add(hours=1))
    assert holders(back) == holders(begin())
    assert holders(back.away(Window.of(day(1), DAY), by="ben", at=NOW.add(hours=2))) == holders(r)
    assert begin().cover(key(0), by="ana", at=NOW) == begin()


@pytest.mark.parametrize(
    ("say", "refusal"),
    [
        (lambda r: r.away(WEEK, by="eve", at=NOW), NotYours),
        (lambda r: r.leave(by="eve", at=NOW), NotYours),
        (lambda r: r.join(by="eve", at=NOW), NotYours),
        (lambda r: r.pass_on(key(0), by="ben", at=NOW), NotYours),
        (lambda r: r.pass_on(key(0), by="ana", at=day(1)), NotOpen),
        (lambda r: r.pass_on(evolve(key(0), zone="Europe/Paris"), by="ana", at=NOW), NotOpen),
        (lambda r: r.cover(key(0), by="eve", at=NOW), NotYours),
        (lambda r: r.cover(KEY, by="ben", at=NOW), NotOpen),
        (lambda r: r.ask(key(0), by="ben", at=NOW), NotYours),
        (lambda r: r.swap(key(0), key(1), by="cleo", at=NOW), NotYours),
        (lambda r: r.swap(key(0), key(3), by="ana", at=NOW), NotOpen),
        (lambda r: r.swap(key(0), key(1), by="ana", at=day(0)), NotOpen),
        (lambda r: r.swap(key(1), key(0), by="ben", at=day(0)), NotOpen),
        (lambda r: r.take_back(key(0), by="ana", at=NOW), NotOpen),
        (lambda r: r.done(key(0), by="ana", at=day(0)), NotOpen),
        (lambda _: begin(None).done(KEY, by="ana", at=NOW), NotOpen),
        (lambda _: begin(None).done(KEY, by="eve", at=day(0)), NotYours),
        (lambda _: begin(None).done(evolve(KEY, ordinal=1), by="ana", at=day(0)), NotOpen),
        (lambda r: r.away(Window.of(day(1), DAY), by="ana", at=NOW).swap(key(0), key(1), by="ana", at=NOW), NotOpen),
    ],
)
def test_a_verb_refuses_what_the_fold_would_not_count(say: Any, refusal: type[Exception]) -> None:  # noqa: ANN401 - a verb
    """Nobody speaks for another, and what has passed has passed."""
    r = Rotation.of(["ana", "ben", "cleo"], handoff=DAILY, id="r1", circle="c1", by="ana", at=NOW)
    with pytest.raises(refusal):
        say(r)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (lambda: Rotation.of(US, id="r1", by="eve", at=NOW), NotYours),
        (lambda: Rotation.of(["ana", "ben"], id="r1", by="ana", at=NOW), InvalidRotation),
        (lambda: Rotation.of("ab", id="r1", circle="c1", by="a", at=NOW), InvalidRotation),
        (lambda: Rotation.of(agree(), handoff=DAILY, id="r1", by="ana", at=NOW), InvalidRotation),
        (lambda: Rotation.of(agree(), id="r1", by="ana", at=NOW - DAY), NotInForce),
        (lambda: Rotation.of(agree(), id="r1", circle="c2", by="ana", at=NOW), NotInForce),
        (lambda: Rotation.of(agree(about="r2"), id="r1", circle=US, by="ana", at=NOW), NotInForce),
        (lambda: Rotation.of(agree(Note(text="a walk")), id="r1", by="ana", at=NOW), NotInForce),
        (lambda: Rotation.of(agree(RotationPlan.of(["ana", "eve"])), id="r1", by="ana", at=NOW), NotInForce),
        (lambda: Rotation.of(agree(), id="r1", by="eve", at=NOW), NotYours),
        (lambda: RotationPlan.of(["ana"]), InvalidRotation),
        (lambda: RotationPlan.of(["ana", "ben"], softened=1), InvalidRotation),  # type: ignore[arg-type]  # wrong on purpose
        (lambda: RotationPlan.of(["ana", "ana"]), InvalidRotation),
        (lambda: RotationPlan.of(["ana", "ben"], weights={"eve": 2}), InvalidRotation),
        (lambda: RotationPlan.of(["ana", "ben"], weights={"ben": 0}), InvalidRotation),
        (lambda: RotationPlan.of(["ana", "ben"], weights={"ben": 1000}), InvalidRotation),
        (lambda: RotationPlan(members=("ana", "ben"), weights=(1,)), InvalidRotation),
        (lambda: RotationPlan(members=("ana", "ben"), handoff="daily"), InvalidRotation),  # type: ignore[arg-type]  # on purpose
        (lambda: TurnKey(rotation="r1"), InvalidRotation),
        (lambda: TurnKey(rotation="r1", ordinal=-1), InvalidRotation),
        (lambda: TurnKey(rotation="r1", ordinal=1, zone="UTC"), InvalidRotation),
        (lambda: Load(own=-1), InvalidRotation),
        (
            lambda: Turn(key=KEY, holder="ana", planned="ana", reason=TurnReason.PLAN, start=NOW, end=NOW),
            InvalidRotation,
        ),
        (lambda: Turn(key=KEY, holder=None, planned="ana", reason=TurnReason.PLAN, start=NOW), InvalidRotation),
    ],
)
def test_what_cannot_be_is_refused_at_once(wrong: Any, refusal: type[Exception]) -> None:  # noqa: ANN401 - a constructor
    """A plan that nobody could share, a turn that no time belongs to, and a rotation that nobody agreed on."""
    with pytest.raises(refusal):
        wrong()


def test_a_plan_that_names_somebody_who_said_no_yes_hands_no_turn_on() -> None:
    """Agreed by the others, it binds nobody else, and a proposal on something else is no plan."""
    r = begin()
    for plan in (RotationPlan.of(["ana", "eve"], handoff=DAILY), Note(text="a walk")):
        p = agree(plan, about="r1", at=day(0, 13))
        told = evolve(r, acts=(*r.acts, *p.acts))
        assert holders(told) == holders(r)
    assert not Rotation(id="r1", circle="c1").has_begun
    assert Rotation(id="r1", circle="c1").plan is None


@pytest.mark.parametrize(
    ("moment", "to", "said"),
    [
        (day(0), "ana", "Until Tuesday 6 January at 20:00 it is your turn to open the check-in."),
        (day(0), "ben", "Until Tuesday 6 January at 20:00 it is ana who opens the check-in."),
        (day(5), "ana", "Nobody is down for this turn, and that is fine."),
    ],
)
def test_a_turn_is_told_in_kind_words(moment: pendulum.DateTime, to: str, said: str) -> None:
    """Each reads whose turn it is, and that it can be passed on."""
    r = begin()
    for name in US.ids:
        r = r.away(Window.of(day(5), DAY), by=name, at=NOW)
    turn = r.turn_at(moment)
    assert turn is not None
    assert render(turn.phrase(to=to)).startswith(said)


def test_an_open_turn_and_a_load_are_told_in_kind_words() -> None:
    """No time is named where none is set, and nobody is compared."""
    r = begin(None)
    turn = r.turn_at(NOW)
    assert turn is not None
    assert render(turn.phrase(to="ana")).startswith("It is your turn to open the check-in.")
    assert render(turn.phrase(to="ben")) == "It is ana who opens the next check-in."
    assert render(r.load(WEEK, for_="ana", at=NOW).phrase()) == "You had 0 turns. No turn has passed yet."
    assert "not quite even" in render(Load(own=3, together=Balance.UNEVEN).phrase())
    assert "are even" in render(Load(own=1, together=Balance.EVEN).phrase())
