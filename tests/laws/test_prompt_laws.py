"""What is always true of the questions that are suggested, and of passing over one."""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any, Final

import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.testing.prompts import collections, prompts
from reconnect.edges.testing.twins import assert_alike
from reconnect.language.prompt import (
    Prompt,
    Prompts,
    Skipped,
    Tag,
    agreed_depth,
    had_setback,
    next_prompt,
    prompts_asked,
    prompts_skipped,
    skip_prompt,
)
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.boundary import Baseline, Boundaries, DepthLimit
from reconnect.primitives.recovery import TimeOut
from reconnect.record.entry import Entry, Note, Private
from reconnect.record.memory import MemoryJournal
from reconnect.record.view import View

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
DAY: Final = dt.timedelta(days=1)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
OURS: Final = Prompts.load()
SITUATIONS: Final = st.fixed_dictionaries(
    {
        "depth": st.sampled_from([3, 3, 3, 2, 1, 0]).map(lambda deepest: DepthLimit(deepest=deepest)),
        "seen": st.lists(prompts(), min_size=1, max_size=8) | st.just([]),
        "skipped": st.frozensets(st.sampled_from(["q1", "q2", "q3", "q4"]), max_size=3),
        "tags": st.just(set()) | st.sets(st.sampled_from(Tag), max_size=3),
        "setback": st.booleans(),
    }
)
CHANCE: Final = st.randoms(use_true_random=False)


@given(collections(), SITUATIONS, st.integers(0, 99))
def test_the_same_history_and_chance_give_the_same_question(ours: Prompts, now: dict[str, Any], seed: int) -> None:
    """Nothing but its arguments matters: not the order of the collection, nor how tags and skips were given."""
    again = Prompts(prompts=tuple(reversed(ours.prompts)))
    assert ours == again
    retold = {**now, "skipped": sorted(now["skipped"]), "tags": sorted(now["tags"], key=str)}
    one, other = ours.suggest(rng=Random(seed), **now), again.suggest(rng=Random(seed), **retold)  # noqa: S311 - a choice of questions keeps no secret
    assert one == other
    assert one is None or one in ours.prompts


@given(collections(), SITUATIONS, CHANCE)
def test_a_question_is_never_deeper_than_agreed_nor_by_more_than_a_step(
    ours: Prompts, now: dict[str, Any], rng: Random
) -> None:
    """The first is light; each is at most one step deeper than the last, and lighter, or light, after a setback."""
    one = ours.suggest(rng=rng, **now)
    if one is None:
        return
    assert one.depth <= now["depth"].deepest
    assert not now["tags"] or now["tags"] & set(one.tags)
    last = now["seen"][-1].depth if now["seen"] else 0
    assert one.depth <= last + 1
    if now["setback"] and now["seen"]:
        assert one.depth < last or one.depth == 1


@given(collections(), SITUATIONS, CHANCE)
def test_a_question_comes_again_only_after_all_others_that_may_be_asked(
    ours: Prompts, now: dict[str, Any], rng: Random
) -> None:
    """No other question that would fit was asked less often; and there is one as long as any fits."""
    one = ours.suggest(rng=rng, **now)
    times = Counter([*(each.id for each in now["seen"]), *now["skipped"]])
    last = now["seen"][-1].depth if now["seen"] else 0
    reach = min(now["depth"].deepest, max(1, last - 1) if now["setback"] and now["seen"] else last + 1)
    fitting = [each for each in ours if each.depth <= reach and (not now["tags"] or now["tags"] & set(each.tags))]
    assert (one is None) is (not fitting)
    if one is not None:
        assert all(times[one.id] <= times[each.id] for each in fitting)


@given(CHANCE, st.integers(1, 3), st.sampled_from(Tag))
def test_our_own_questions_go_round_before_any_returns(rng: Random, deepest: int, tag: Tag) -> None:
    """Asked one after the other, none comes again while there is another that may be asked."""
    seen: list[Prompt] = []
    there = [each for each in OURS if each.depth <= deepest and tag in each.tags]
    for _ in range(len(there) + 1):
        one = OURS.suggest(depth=DepthLimit(deepest=deepest), rng=rng, seen=seen, tags=[tag])
        assert one is not None
        reach = (seen[-1].depth if seen else 0) + 1
        assert one.depth <= reach
        assert one not in seen or {each for each in there if each.depth <= reach} <= set(seen)
        seen.append(one)


def depth_of(*limits_: tuple[str, int], baseline: int | None = None) -> int:
    """Return how deep questions may go with these layers, and perhaps a baseline that everyone agreed on."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    b = None
    for by, deepest in limits_:
        rule = DepthLimit(deepest=deepest)
        b = Boundaries.of(rule, id="b1", circle=US, by=by, at=NOW) if b is None else b.add_layer(rule, by=by, at=NOW)
    for act in () if b is None else b.acts:
        journal.append(act, acting=act.author)
    if baseline is not None:
        value = Baseline(rules=(DepthLimit(deepest=baseline),))
        p = Proposal.of(value, id="p1", circle=US, by="ana", at=NOW, about="b2")
        for by in ("ben", "cy"):
            p = p.accept(by=by, offer=p.offer.id, at=NOW)
        agreed = Boundaries.agree(p, id="b2", by="ana", at=NOW)
        for act in agreed.acts:
            journal.append(act, acting=act.author)
    views = [journal.view(person, circle="c1", at=NOW + DAY) for person in US.ids]
    depths = {agreed_depth(view).deepest for view in views}
    assert len(depths) == 1  # everyone gets the same answer
    return depths.pop()


layers = st.lists(st.tuples(st.sampled_from(US.ids), st.integers(0, 3)), max_size=5)


@given(layers, st.none() | st.integers(0, 3), st.sampled_from(US.ids), st.integers(0, 3))
def test_one_person_tightens_the_depth_and_it_takes_everyone_to_loosen_it(
    said: list[tuple[str, int]], baseline: int | None, by: str, deepest: int
) -> None:
    """A layer of one's own makes it at most as deep as that, and deeper only if everyone else had welcomed it."""
    before, after = depth_of(*said, baseline=baseline), depth_of(*said, (by, deepest), baseline=baseline)
    assert after <= deepest
    others = {name for name, _ in said} - {by}
    if baseline is None and others != set(US.ids) - {by}:
        assert after <= max(1, before)
    if any(name == by for name, _ in said) or baseline is not None:
        assert after <= before
    if baseline is None:
        least = {name: min((depth for who, depth in said if who == name), default=1) for name in US.ids}
        assert before == min(least.values())


def journal_with(own: list[Entry], at: pendulum.DateTime) -> MemoryJournal:
    """Return a journal in which questions were asked and answered, and ben kept some things to himself."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    asked = Reveal.of(OURS.prompts[0], closes=DAY, id="r1", circle=US, by="ana", at=NOW)
    answered = asked.answer("soup", by="ana", at=at).answer("rain", by="cy", at=at)
    for act in answered.acts:
        journal.append(act, acting=act.author)
    for entry in own:
        journal.append(entry, acting="ben")
    return journal


@settings(max_examples=max(10, settings().max_examples // 4))  # each of them looks at hundreds of things
@given(st.lists(st.sampled_from(OURS.prompts), max_size=5), st.booleans(), st.integers(0, 9))
def test_passing_over_a_question_leaves_no_trace_for_others(skipped: list[Prompt], wrote: bool, seed: int) -> None:  # noqa: FBT001 - drawn by position
    """Whether ben skipped questions, wrote about them for himself or did nothing at all, ana obtains the same."""
    at = NOW.add(hours=1)
    own = [skip_prompt(each, circle="c1", by="ben", at=at.add(minutes=n)) for n, each in enumerate(skipped)]
    if wrote:
        note = Note(text="not today")
        own.append(Entry(circle="c1", author="ben", id="n1", at=at, body=note, audience=Private(), about="r1"))
    one, other = journal_with(own, at), journal_with([], at)
    readings = {
        "asked": prompts_asked,
        "depth": agreed_depth,
        "setback": had_setback,
        "skipped": prompts_skipped,
        "next": lambda view: next_prompt(view, OURS, rng=Random(seed)),  # noqa: S311 - a choice keeps no secret
    }
    for reader in ("ana", "cy"):
        assert_alike(
            one,
            other,
            reader=reader,
            circle="c1",
            at=[at + DAY / 4, NOW + DAY, NOW + 2 * DAY],
            ids=[*(each.id for each in own), "r1"],
            readings=readings,
        )
    assert prompts_skipped(one.view("ben", circle="c1", at=NOW + DAY)) == {each.id for each in skipped}


@given(st.sampled_from(OURS.prompts), st.integers(0, 5))
def test_skipping_twice_is_skipping_once(prompt: Prompt, hours: int) -> None:
    """A retry changes nothing, and the entry is its author's own."""
    first = skip_prompt(prompt, circle="c1", by="ben", at=NOW)
    again = skip_prompt(prompt, circle="c1", by="ben", at=NOW.add(hours=hours))
    assert first.content == again.content
    assert first.audience == Private()
    assert first.body == Skipped(prompt=prompt.id)


def asked_view(*told: tuple[str, int]) -> View:
    """Return ana's view after questions (by their place) and time-outs, a day apart."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    for day, (what, place) in enumerate(told, 1):
        at = NOW.add(days=day)
        if what == "ask":
            story = Reveal.of(OURS.prompts[place], closes=DAY, id=f"r{day}", circle=US, by="ben", at=at)
            journal.append(*story.acts, acting="ben")
        else:
            journal.append(*TimeOut.call(id=f"t{day}", circle=US, by="cy", at=at).acts, acting="cy")
    return journal.view("ana", circle="c1", at=NOW + 9 * DAY)


@given(st.lists(st.tuples(st.sampled_from(["ask", "ask", "pause"]), st.integers(0, len(OURS) - 1)), max_size=6))
def test_what_was_asked_and_what_was_hard_is_read_from_what_was_said_aloud(told: list[tuple[str, int]]) -> None:
    """The questions stand in the order in which they were asked; a setback counts until the next question."""
    view = asked_view(*told)
    assert prompts_asked(view) == tuple(OURS.prompts[place] for what, place in told if what == "ask")
    assert had_setback(view) is (bool(told) and told[-1][0] == "pause")
    one = next_prompt(view, OURS, rng=Random(0))  # noqa: S311 - a choice of questions keeps no secret
    assert one is not None
    assert one.depth == 1  # nobody has agreed on more
