"""What is always true of boundaries and rulings, whatever people say, in any order, allowed or not."""

import datetime as dt
from random import Random
from typing import Any, ClassVar, Final

import pendulum
from attrs import evolve, frozen
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.primitives.boundary.agreed import DAY, HOUR, NOW, TICK, add, agreed, begin, circle, knowing
from tests.primitives.boundary.plain_model import Model, is_quiet

from reconnect.consent.offer import Declined, Muted, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.edges.testing import instants as any_instant
from reconnect.edges.testing import weekly_hours
from reconnect.edges.testing.boundary import SOME, actions, boundaries, moments, rules, rulings
from reconnect.edges.testing.twins import assert_alike
from reconnect.errors import NotAMember, NotOpen, NotYours, ReconnectError
from reconnect.primitives.boundary import (
    Action,
    Baseline,
    Boundaries,
    MakeContact,
    NudgeCap,
    QuietHours,
    Ruling,
    Told,
    Undeniable,
    Undenied,
    nudges_to_deliver,
    ruled,
)
from reconnect.primitives.boundary.acts import (
    BaselineLeft,
    Kept,
    LayerAdded,
    LayerDropped,
)
from reconnect.record.entry import Entry, Note, Private, Shared
from reconnect.record.kind import Body, register
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.record.view import View
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

Moment = pendulum.DateTime
PEOPLE: Final = ("ana", "ben", "cleo", "fay")
FEWER: Final = settings(max_examples=settings().max_examples // 2)  # each of these examples looks at many instants


@register
@frozen
class DenyAll:
    """A rule of a hostile host: it denies whatever it is asked."""

    kind: ClassVar[str] = "test.deny_all"

    def ruling(self, action: Action, *, at: Moment, told: Told) -> Ruling:  # noqa: ARG002 - whatever it is asked
        """Deny, ask everyone, and wait for ever."""
        end = pendulum.datetime(9999, 12, 31)
        return Ruling(deny=True, ask_first=frozenset({"eve", "cleo"}), not_before=end, reasons=("because I say so",))


@register
@frozen
class BreakAll:
    """A rule of a careless host: it breaks whenever it is asked."""

    kind: ClassVar[str] = "test.break_all"

    def ruling(self, action: Action, *, at: Moment, told: Told) -> Ruling:  # noqa: ARG002 - it never gets so far
        """Break."""
        raise AssertionError


def said(story: Boundaries) -> list[Moment]:
    """Return the instants of a story, the last ones twice."""
    return [act.at for act in story.acts] or [NOW]


def protected(story: Boundaries, at: Moment) -> st.SearchStrategy[str]:
    """Draw someone whom a rule protects at an instant, if there is anyone."""
    return st.sampled_from([person for person in PEOPLE if story.rules(of=person, at=at)] or PEOPLE)


def verdict(ruling: Ruling) -> Ruling:
    """Return a ruling without its reasons."""
    return evolve(ruling, reasons=())


def state(story: Boundaries, at: dt.datetime) -> list[Any]:
    """Return all that boundaries say of themselves as of an instant."""
    return [
        [set(story.rules(of=person, at=at)) for person in PEOPLE],
        [story.layers(of=person, at=at) for person in PEOPLE],
        story.baselines(at=at),
        story.history(at=at),
        story.kept(at=at),
        [story.ruling(MakeContact(by="ben", toward=person), at=at) for person in PEOPLE],
    ]


@given(rulings(), rulings(), rulings())
def test_rulings_combine_as_a_meet(a: Ruling, b: Ruling, c: Ruling) -> None:
    """However many rulings are combined, in whatever order and how often, it comes to one; no rule is no change."""
    assert (a & b) & c == a & (b & c)
    assert a & b == b & a
    assert a & a == a
    assert a & Ruling() == Ruling() & a == a


@given(rulings(), rulings(), rulings())
def test_two_rulings_are_as_strict_as_each_and_no_stricter_than_both(a: Ruling, b: Ruling, c: Ruling) -> None:
    """The ruling of both is the mildest one that is at least as strict as each of them."""
    both = a & b
    assert both <= a
    assert both <= b
    assert (c <= both) == (c <= a and c <= b)
    assert (a <= b) == (verdict(both) == verdict(a))
    assert (a >= b) == (b <= a)
    assert a <= Ruling()


@given(rulings(), rulings(), rulings())
def test_the_order_of_rulings_is_a_preorder_that_does_not_look_at_reasons(a: Ruling, b: Ruling, c: Ruling) -> None:
    """Every ruling is as strict as itself, and strictness carries on; two that are as strict differ in reasons only."""
    assert a <= evolve(a)
    assert not (a <= b <= c) or a <= c
    assert (a <= b <= a) == (verdict(a) == verdict(b))
    assert a <= evolve(a, reasons=("another",)) <= a


@given(rulings(), rulings())
def test_asking_never_clears_waiting(a: Ruling, b: Ruling) -> None:
    """Each answer of the two is there in the ruling of both, whatever the other answers are."""
    both = a & b
    assert both.deny == (a.deny or b.deny)
    assert both.ask_first == a.ask_first | b.ask_first
    waits = [wait for wait in (a.not_before, b.not_before) if wait is not None]
    assert both.not_before == max(waits, default=None)
    assert both.permits == (a.permits and b.permits)
    assert set(both.reasons) == {*a.reasons, *b.reasons}


@FEWER
@given(boundaries(), st.data())
def test_boundaries_are_what_a_plain_telling_of_the_rules_says(story: Boundaries, data: st.DataObject) -> None:
    """What protects whom, and each ruling, agree with a slow model that was written from the rules alone."""
    for at in data.draw(st.lists(moments(said(story)[-3:]), min_size=1, max_size=3)):
        model = Model(story, at)
        for person in PEOPLE:
            assert set(story.rules(of=person, at=at)) == model.rules(person)
            action = data.draw(actions(data.draw(st.sampled_from(PEOPLE)), person))
            ruling = story.ruling(action, at=at)
            assert (ruling.deny, bool(ruling.ask_first), ruling.not_before) == model.answer(action)
            assert ruling.ask_first <= {person}
        event(f"baselines: {len(model.bonds)}, void: {any(map(model.is_void, model.bonds))}")


@given(boundaries(), rules(), st.data())
def test_adding_a_rule_never_permits_more(story: Boundaries, wanted: Body, data: st.DataObject) -> None:
    """What one rule refuses, no second rule can allow, whoever adds it, now or later."""
    at, by = data.draw(moments(said(story))), data.draw(st.sampled_from(PEOPLE))
    more = add(story, LayerAdded(rule=wanted), by=by, at=at)
    for later in (at, data.draw(moments([at]))):
        action = data.draw(actions("ben", data.draw(st.sampled_from(PEOPLE))))
        assert more.ruling(action, at=later) <= story.ruling(action, at=later)


def others_acts(story: Boundaries, data: st.DataObject) -> Body:
    """Draw anything that somebody else may say against a person's protection."""
    offers = [p.offer.id for p in proposals(story)]
    names = frozenset({"nothing", *(act.id for act in story.acts), *offers})
    held = sorted({rule for person in PEOPLE for rule in story.rules(of=person, at=max(said(story)))}, key=repr)
    chosen = data.draw(st.sampled_from([*held, *SOME]))
    bodies: list[Body] = [LayerDropped(rule=chosen, layers=names), BaselineLeft(offers=names), LayerAdded(rule=chosen)]
    bodies += [body for offer in offers for body in (Withdrawn(offer=offer), Declined(offer=offer))]
    return data.draw(st.sampled_from(bodies))


def proposals(story: Boundaries) -> list[Proposal]:
    """Return the proposals of a story that have an offer."""
    names = sorted({act.about for act in story.acts if act.about not in {None, story.id}} - {None})
    found = [
        Proposal(
            id=str(name),
            circle="c1",
            acts=tuple(act for act in story.acts if act.about == name),
            founding=story.founding,
        )
        for name in names
    ]
    return [p for p in found if p.offers]


def without(story: Boundaries, offer: str) -> Boundaries:
    """Return a story in which a proposal had never been made."""
    gone = {p.id for p in proposals(story) if p.offer.id == offer}
    return evolve(story, acts=tuple(act for act in story.acts if act.about not in gone))


@given(boundaries(), st.data())
def test_only_the_owners_acts_remove_the_owners_protection(story: Boundaries, data: st.DataObject) -> None:
    """Whatever another person says, what protects somebody stays; a new baseline may only be as if never agreed."""
    owner = data.draw(st.sampled_from(["ana", "ben"]))
    by = data.draw(st.sampled_from([person for person in (*PEOPLE, "eve") if person != owner]))
    at, body = data.draw(moments(said(story)[-2:])), others_acts(story, data)
    about = next((p.id for p in proposals(story) if getattr(body, "offer", None) == p.offer.id), story.id)
    act = Entry(circle="c1", author=by, id="x1", at=at, body=body, audience=Shared(), about=about)
    after = evolve(story, acts=(*story.acts, act))
    for later in (at, as_instant(at + TICK), data.draw(moments([at]))):
        before, now = set(story.rules(of=owner, at=later)), set(after.rules(of=owner, at=later))
        if isinstance(body, Withdrawn | Declined) and is_undone(after, body.offer, later):
            before &= set(without(story, body.offer).rules(of=owner, at=later))
            event("as if never agreed")
        assert now >= before
        event(f"protected by {min(len(before), 2)}")


def is_undone(story: Boundaries, offer: str, at: dt.datetime) -> bool:
    """Whether the rules say of a baseline that it is as if never agreed."""
    model = Model(story, at)
    return not any(bond.offer == offer and not model.is_void(bond) for bond in model.bonds)


@given(boundaries(), st.just(DenyAll()) | rules(), st.data())
def test_a_layer_constrains_nothing_but_acts_of_others_directed_at_its_owner(
    story: Boundaries, wanted: Body, data: st.DataObject
) -> None:
    """A rule that somebody adds changes nothing between others, and nothing of what they do themselves."""
    owner, at = data.draw(st.sampled_from(PEOPLE)), data.draw(moments(said(story)))
    more = add(story, LayerAdded(rule=wanted), by=owner, at=at)
    later = data.draw(st.just(at) | moments([at]))
    by, toward = data.draw(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)))
    action = data.draw(actions(by, toward))
    if toward != owner or by == owner:
        assert more.ruling(action, at=later) == story.ruling(action, at=later)
    assert more.ruling(data.draw(actions(owner, owner)), at=later) == Ruling()


@given(boundaries(), st.data())
def test_what_nobody_can_forbid_is_always_permitted(story: Boundaries, data: st.DataObject) -> None:
    """Pausing, stopping, going quiet, support, export, erasure, dropping one's own, leaving: no rule is even asked."""
    by, toward = data.draw(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)))
    hostile: tuple[Body, ...] = (DenyAll(), BreakAll())
    for number, wanted in enumerate(hostile):
        for person in PEOPLE:
            story = add(story, LayerAdded(rule=wanted), by=person, at=said(story)[0], id=f"all{number}{person}")
    at = data.draw(moments(said(story)))
    for what in Undenied:
        assert story.ruling(Undeniable(by=by, what=what, toward=toward), at=at) == Ruling()
        assert story.ruling(Undeniable(by=by, what=what), at=at) == Ruling()


@given(st.data())
def test_a_rule_of_the_host_asks_only_whom_it_protects_and_is_named_by_its_kind(data: st.DataObject) -> None:
    """Whatever a host's rule returns, nobody but its owner is asked, and its words are not passed on."""
    story = Boundaries.of(DenyAll(), id="b1", circle=circle(3), by="ana", at=NOW)
    ruling = story.ruling(data.draw(actions("ben", "ana")), at=NOW)
    assert (ruling.ask_first, ruling.reasons) == (frozenset({"ana"}), ("test.deny_all",))


@FEWER
@given(boundaries(), st.randoms(use_true_random=False))
def test_however_boundaries_are_told_they_come_out_the_same(story: Boundaries, random: Random) -> None:
    """Replaying, reordering and splitting acts change nothing, and merging is associative, commutative, idempotent."""
    acts = [*story.acts, *story.acts]
    random.shuffle(acts)
    low, high = sorted((random.randrange(len(acts) + 1), random.randrange(len(acts) + 1)))
    a, b, c = (evolve(story, acts=tuple(part)) for part in (acts[:low], acts[low:high], acts[high:]))
    told = merge(merge(a, b), c)
    assert told == merge(a, merge(b, c)) == merge(c, merge(b, a)) == merge(told, a) == story
    for at in said(story)[-2:]:
        assert state(told, at) == state(story, at)


@FEWER
@given(boundaries(), st.data())
def test_what_comes_later_does_not_change_what_was(story: Boundaries, data: st.DataObject) -> None:
    """What protects whom as of an instant depends only on what was said at or before it."""
    at = data.draw(moments(said(story)))
    early = evolve(story, acts=tuple(act for act in story.acts if act.at <= at))
    assert state(story, at) == state(early, at) == state(story.as_of(at), at)


def replaced(data: st.DataObject) -> tuple[Boundaries, Proposal, Moment]:
    """Draw boundaries with a baseline in force, and another one that everyone agrees on while it is."""
    several = st.lists(st.sampled_from(SOME), min_size=1, max_size=3)
    lasts = data.draw(st.sampled_from([90 * DAY, 90 * DAY, 36 * HOUR, 24 * HOUR, 50 * HOUR]))
    story = begin(data.draw(several), lasts=lasts)
    if data.draw(st.booleans()):
        story = story.add_layer(data.draw(st.sampled_from(SOME)), by="ben", at=NOW + HOUR)
    since = as_instant(NOW + data.draw(st.sampled_from([TICK, 12 * HOUR, 23 * HOUR, 35 * HOUR])))
    if since >= NOW + lasts:
        since = as_instant(NOW + lasts - TICK)
    looser = agreed(
        data.draw(st.just([]) | several), id="p2", at=since, lasts=data.draw(st.sampled_from([90, 1, 2])) * DAY
    )
    return story, looser, since


@given(st.data())
def test_nobody_can_loosen_within_a_day(data: st.DataObject) -> None:
    """For 24 hours after the last yes to another baseline, nobody is protected less than without it."""
    story, looser, since = replaced(data)
    after = knowing(story, looser)
    action = data.draw(actions("ben", "ana"))
    for passed in (0 * HOUR, HOUR, 12 * HOUR, 24 * HOUR - TICK, data.draw(st.integers(0, 86_399)) * 1_000_000 * TICK):
        at = since + passed
        for person in ("ana", "ben"):
            assert set(after.rules(of=person, at=at)) >= set(story.rules(of=person, at=at))
        assert after.ruling(action, at=at) <= story.ruling(action, at=at)
        assert set(after.rules(of="ana", at=at)) >= set(agreed_rules(looser, at))


def agreed_rules(p: Proposal, at: dt.datetime) -> tuple[Body, ...]:
    """Return the rules of a baseline if it is in force."""
    value = p.in_force(at=at)
    return value.rules if isinstance(value, Baseline) else ()


@given(st.data())
def test_tightening_is_immediate_and_loosening_comes_after_a_day(data: st.DataObject) -> None:
    """A new rule holds from the last yes on; an old one that the new baseline leaves out is gone a day later."""
    story, looser, since = replaced(data)
    after, settled = knowing(story, looser), as_instant(since + 24 * HOUR)
    assert set(after.rules(of="ana", at=since)) >= set(agreed_rules(looser, since))
    if looser.in_force(at=settled) is not None:
        own = {layer.rule for layer in story.layers(of="ana", at=since)}
        assert set(after.rules(of="ana", at=settled)) == {*agreed_rules(looser, settled), *own}


@given(st.data())
def test_withdrawing_within_a_day_equals_never_having_accepted(data: st.DataObject) -> None:
    """Whoever takes a yes back within 24 hours, aloud in either way, goes on as if the new baseline had never been."""
    story, looser, since = replaced(data)
    passed = data.draw(st.sampled_from([0 * HOUR, TICK, HOUR, 24 * HOUR - TICK, 24 * HOUR]))
    out, by = as_instant(since + passed), data.draw(st.sampled_from(["ana", "ben"]))
    if looser.in_force(at=out) is None:
        return
    back = knowing(knowing(story, looser), looser.withdraw(by=by, at=out))
    for later in (0 * HOUR, TICK, 24 * HOUR, 48 * HOUR, 2000 * HOUR):
        for person in ("ana", "ben"):
            at = out + later
            assert set(back.rules(of=person, at=at)) == set(story.rules(of=person, at=at))


@given(st.lists(st.sampled_from(SOME), min_size=1, max_size=3), st.sampled_from(["ana", "ben"]), st.integers(0, 2000))
def test_what_another_ends_stays_with_those_whom_it_protects(wanted: list[Body], by: str, hours: int) -> None:
    """Where nothing was replaced, a withdrawal at any time takes away its author's own protection and no more."""
    out = as_instant(NOW + hours * HOUR)
    p = agreed(wanted)
    b = knowing(begin(wanted), p.withdraw(by=by, at=out))
    other = "ben" if by == "ana" else "ana"
    assert b.rules(of=by, at=out) == ()
    for at in (out, out + DAY, out + 200 * DAY):
        assert set(b.rules(of=other, at=at)) == set(wanted)


@given(boundaries(), st.data())
def test_a_verb_does_what_it_says_or_refuses(story: Boundaries, data: st.DataObject) -> None:
    """A rule that was added protects, a layer that was dropped is none, a baseline that was left is left; at once."""
    at = data.draw(moments(said(story)))
    story = story.as_of(at)
    by, wanted = data.draw(st.sampled_from(PEOPLE)), data.draw(st.sampled_from(SOME))
    others = {person: set(story.rules(of=person, at=at)) for person in PEOPLE if person != by}
    layers = {layer.rule for layer in story.layers(of=by, at=at)}
    verbs = (
        lambda: story.add_layer(wanted, by=by, at=at),
        lambda: story.drop(wanted, by=by, at=at),
        lambda: story.leave(by=by, at=at),
    )
    number = data.draw(st.integers(0, 2))
    try:
        after = verbs[number]()
    except NotAMember:
        assert story.founding
        assert by not in story.membership.at(at)
        return
    except NotOpen:
        assert wanted in story.rules(of=by, at=at) or not any(wanted in each for each in others.values())
        after = None
    except NotYours:
        assert wanted not in story.rules(of=by, at=at)
        assert any(wanted in each for each in others.values())
        after = None
    if after is None:
        assert number == 1
        assert wanted not in layers
        return
    now = {layer.rule for layer in after.layers(of=by, at=at)}
    if number == 0:
        assert now == layers | {wanted}
        assert after.add_layer(wanted, by=by, at=at) == after
    if number == 1:
        assert now == layers - {wanted}
    if number == 2:
        assert set(after.rules(of=by, at=at)) == now == layers
        assert after.leave(by=by, at=at) == after
    assert set(story.acts) <= set(after.acts)
    assert {person: set(after.rules(of=person, at=at)) for person in others} == others


@given(boundaries(), st.data())
def test_only_the_protected_persons_own_word_is_good_news(story: Boundaries, data: st.DataObject) -> None:
    """What was kept is what those whom a rule protected said of it, each time; nothing else is counted."""
    at = data.draw(moments(said(story)))
    news = story.kept(at=at)
    marks = [act for act in story.told(at) if isinstance(act.body, Kept)]
    assert len(news) <= len(marks)
    for each in news:
        assert each.rule in story.rules(of=each.by, at=each.at)
    by = data.draw(st.sampled_from(PEOPLE))
    more = add(story, Kept(rule=SOME[0]), by=by, at=at)
    heard = not story.founding or by in story.membership.at(at)
    counts = heard and SOME[0] in story.rules(of=by, at=at)
    assert len(more.kept(at=at)) == len(news) + counts


@given(boundaries(), weekly_hours(), st.data())
def test_a_ruling_stays_until_it_may_change(story: Boundaries, hours: WeeklyHours, data: st.DataObject) -> None:
    """Whoever looks again when told to has missed nothing: until then a ruling is the same, if nobody says anything."""
    at, by = data.draw(moments(said(story))), data.draw(st.sampled_from(["ana", "ben"]))
    known = (
        add(story.as_of(at), LayerAdded(rule=QuietHours(hours=hours)), by=by, at=at)
        if data.draw(st.booleans())
        else story.as_of(at)
    )
    toward = data.draw(protected(known, at))
    other = data.draw(st.sampled_from([person for person in PEOPLE if person != toward]))
    action = data.draw(st.just(MakeContact(by=other, toward=toward)) | actions(other, toward))
    change = known.changes_at(action, at=at)
    event("something changes by itself" if change else "nothing known changes")
    assert change is None or at < change
    last = as_instant(pendulum.datetime(9998, 1, 1)) if change is None else change - TICK
    for later in (at, at + (last - at) / 2, last):
        assert known.ruling(action, at=later) == known.ruling(action, at=at)


@given(boundaries(), weekly_hours(), st.data())
def test_quiet_hours_are_those_of_the_rules_that_hold_then(
    story: Boundaries, hours: WeeklyHours, data: st.DataObject
) -> None:
    """An instant is in somebody's quiet hours exactly if a rule that protects them then says so."""
    person, since = data.draw(st.sampled_from(["ana", "ben"])), data.draw(moments(said(story)))
    story = add(story, LayerAdded(rule=QuietHours(hours=hours)), by=person, at=since)
    before, after = data.draw(st.tuples(*[st.sampled_from([TICK, HOUR, 5 * DAY])] * 2))
    within = Window(since - before, since + after)
    quiet = story.quiet(of=person, within=within)
    edges = [edge for window in (within, *quiet) for edge in (window.start, window.end - TICK, window.end)]
    event("quiet" if quiet else "not quiet")
    for at in (edge for edge in (since, *edges) if edge in within):
        held = [rule for rule in story.rules(of=person, at=at) if isinstance(rule, QuietHours)]
        assert (at in quiet) == any(is_quiet(rule, at) for rule in held)
    assert all(within.start <= window.start and window.end <= within.end for window in quiet)


@given(weekly_hours(), any_instant())
def test_quiet_hours_end_when_the_clocks_of_their_zone_say_so(hours: WeeklyHours, at: Moment) -> None:
    """Whoever waits until then may; an instant earlier it was quiet still; who may now is not in quiet hours."""
    quiet, hello = QuietHours(hours=hours), MakeContact(by="ben", toward="ana")
    if not pendulum.datetime(1, 2, 1) <= at <= pendulum.datetime(9999, 11, 1):
        assert isinstance(quiet.ruling(hello, at=at, told=Told()), Ruling)
        return
    ruling = quiet.ruling(hello, at=at, told=Told())
    assert ruling.permits != is_quiet(quiet, at)
    if ruling.not_before is not None:
        event("until a time")
        assert not is_quiet(quiet, ruling.not_before)
        assert is_quiet(quiet, as_instant(ruling.not_before - TICK))
        assert quiet.ruling(hello, at=ruling.not_before, told=Told()).permits
        days = Windows.of(Window(at, ruling.not_before))
        assert not days - quiet.hours.windows(Window(at, ruling.not_before))


def written(capped: int | None, note: str, muted: bool) -> MemoryJournal:  # noqa: FBT001 - drawn by position
    """Return a journal with boundaries in it, and with what ben kept private."""
    journal = MemoryJournal(key=b"k" * 32)
    journal.found(circle(3), by="ana", at=NOW)
    p = agreed(SOME[:2], people=3)
    for person in ("ana", "ben", "cleo"):
        journal.append(*p.acts_of(person), acting=person)
    b = begin(SOME[:2], people=3).add_layer(SOME[3], by="ana", at=NOW + HOUR).stung(by="ben", at=NOW + 2 * HOUR)
    for person in ("ana", "ben", "cleo"):
        journal.append(*(act for act in b.acts_of(person) if act.about == "b1"), acting=person)
    private: list[Body] = [Note(text=note)] if note else []
    private += [NudgeCap(most=capped)] if capped is not None else []
    private += [Muted(offer=p.offer.id)] if muted else []
    for number, body in enumerate(private):
        about = "p1" if isinstance(body, Muted) else "b1"
        entry = Entry(
            circle="c1", author="ben", id=f"own{number}", at=NOW + HOUR, body=body, audience=Private(), about=about
        )
        journal.append(entry, acting="ben")
    return journal


Own = tuple[int | None, str, bool]
_PRIVATE: Final[st.SearchStrategy[Own]] = st.tuples(st.none() | st.integers(0, 3), st.text(max_size=5), st.booleans())


@settings(max_examples=10)
@given(_PRIVATE, _PRIVATE)
def test_what_ben_keeps_private_changes_nothing_for_ana(one: Own, other: Own) -> None:
    """Rulings, layers, good news and everything else that ana can obtain are the same, whatever ben keeps private."""
    about: list[Action] = [MakeContact(by="ana", toward="ben"), MakeContact(by="ben", toward="ana")]
    assert_alike(
        written(*one),
        written(*other),
        reader="ana",
        circle="c1",
        at=[NOW + HOUR, NOW + 2 * HOUR, NOW + 30 * HOUR],
        ids=["b1"],
        readings={
            "rulings": lambda view: [ruled(view, action) for action in about],
            "state": lambda view: state(view.state(Boundaries, "b1"), view.at),
        },
    )


def capped(*caps: tuple[Moment, NudgeCap], at: Moment) -> View:
    """Return ben's view, with the caps that they wrote."""
    journal = MemoryJournal(key=b"k" * 32)
    journal.found(circle(), by="ana", at=NOW)
    for number, (moment, cap) in enumerate(caps):
        journal.append(Entry(circle="c1", author="ben", id=f"cap{number}", at=moment, body=cap), acting="ben")
    return journal.view("ben", circle="c1", at=at)


@given(
    st.integers(0, 4),
    st.sampled_from([HOUR, 24 * HOUR]),
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 4, 96]), max_size=12),
    st.data(),
)
def test_a_nudge_cap_is_never_exceeded_if_only_what_it_allows_is_delivered(
    most: int, within: dt.timedelta, gaps: list[int], data: st.DataObject
) -> None:
    """In no stretch as long as the cap says does more arrive than it says, and never more than waits."""
    cap, at, delivered = NudgeCap(most=most, within=within), NOW, list[Moment]()
    for gap in gaps:
        at, waiting = as_instant(at + gap * 15 * 60 * 1_000_000 * TICK), data.draw(st.integers(0, 3))
        count = nudges_to_deliver(capped((NOW, cap), at=at), waiting=waiting, delivered=delivered)
        assert 0 <= count <= waiting
        lately = [moment for moment in delivered if moment > at - within]
        assert count == max(0, min(waiting, most - len(lately)))
        delivered += [at] * count
    for moment in delivered:
        assert sum(moment <= other < moment + within for other in delivered) <= most


class TwoPhones(RuleBasedStateMachine):
    """Ana and Ben each have a phone; what they say there meets whenever the phones do, in any order."""

    @initialize(eve=st.sampled_from([NOW, as_instant(pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris"))]))
    def start(self, eve: Moment) -> None:
        """Both begin with nothing."""
        self.now, self.count = eve, 0
        empty = evolve(Boundaries.of(SOME[0], id="b1", circle=circle(), by="ana", at=eve), acts=())
        self.phones = {"ana": empty, "ben": empty}

    @rule(passed=st.sampled_from([TICK, HOUR, 12 * HOUR, 23 * HOUR, 24 * HOUR, 24 * HOUR + TICK, 90 * DAY]))
    def wait(self, passed: dt.timedelta) -> None:
        """Time passes."""
        self.now = as_instant(self.now + passed)

    @rule(by=st.sampled_from(["ana", "ben"]), wanted=st.sampled_from(SOME))
    def add(self, by: str, wanted: Body) -> None:
        """Somebody adds a layer."""
        self.phones[by] = self.phones[by].add_layer(wanted, by=by, at=self.now)

    @rule(by=st.sampled_from(["ana", "ben"]), data=st.data())
    def drop(self, by: str, data: st.DataObject) -> None:
        """Somebody drops a layer that they see, or tries what is not theirs."""
        own = [layer.rule for layer in self.phones[by].layers(of=by, at=self.now)]
        wanted = data.draw(st.sampled_from([*own, *own, *own, SOME[0]]))
        try:
            self.phones[by] = self.phones[by].drop(wanted, by=by, at=self.now)
        except (NotYours, NotOpen):
            assert wanted not in own

    @rule(by=st.sampled_from(["ana", "ben"]))
    def leave(self, by: str) -> None:
        """Somebody leaves the baseline."""
        self.phones[by] = self.phones[by].leave(by=by, at=self.now)

    @rule(by=st.sampled_from(["ana", "ben"]))
    def uphold(self, by: str) -> None:
        """Somebody keeps the baseline in their own words."""
        self.phones[by] = self.phones[by].uphold(by=by, at=self.now)

    @rule(
        by=st.sampled_from(["ana", "ben"]),
        wanted=st.lists(st.sampled_from(SOME), max_size=2),
        lasts=st.sampled_from([90 * DAY, 90 * DAY, 12 * HOUR, 36 * HOUR]),
        answers=st.booleans(),
    )
    def offer(self, by: str, wanted: list[Body], lasts: dt.timedelta, answers: bool) -> None:  # noqa: FBT001 - drawn by name
        """Somebody offers a baseline; perhaps the other phone is there and says yes at once."""
        self.count += 1
        value = Baseline(rules=tuple(wanted))
        name = f"p{self.count}"
        p = Proposal.of(value, id=name, circle=circle(), by=by, at=self.now, about="b1", lasts=lasts)
        self.phones[by] = knowing(self.phones[by], p)
        if answers:
            other = "ben" if by == "ana" else "ana"
            self.phones[other] = knowing(self.phones[other], p.accept(by=other, offer=p.offer.id, at=self.now))

    @rule(by=st.sampled_from(["ana", "ben"]), no=st.booleans(), data=st.data())
    def answer(self, by: str, no: bool, data: st.DataObject) -> None:  # noqa: FBT001 - drawn by name
        """Somebody accepts, declines or withdraws from what they see."""
        there = proposals(self.phones[by])
        if there:
            p = data.draw(st.sampled_from(there))
            try:
                told = p.withdraw(by=by, at=self.now) if no else p.accept(by=by, offer=p.offer.id, at=self.now)
            except ReconnectError:
                return
            self.phones[by] = knowing(self.phones[by], told)

    @rule(by=st.sampled_from(["ana", "ben"]))
    def declare(self, by: str) -> None:
        """Somebody says that something stung, and that it was heated."""
        self.phones[by] = self.phones[by].stung(by=by, at=self.now).heated(by=by, at=self.now)

    @rule(by=st.sampled_from(["ana", "ben"]))
    def meet(self, by: str) -> None:
        """One phone hears from the other, perhaps once more."""
        self.phones[by] = merge(self.phones["ana"], self.phones["ben"])

    @invariant()
    def each_phone_says_what_the_rules_say(self) -> None:
        """On each phone, what protects whom is what the plain model says of the acts that are there."""
        for phone in self.phones.values():
            for at in (self.now, as_instant(self.now - HOUR)):
                model = Model(phone, at)
                for person in ("ana", "ben"):
                    assert set(phone.rules(of=person, at=at)) == model.rules(person)


TwoPhones.TestCase.settings = settings(
    max_examples=max(5, settings().max_examples // 5), stateful_step_count=20, deadline=None
)
test_two_phones = TwoPhones.TestCase
