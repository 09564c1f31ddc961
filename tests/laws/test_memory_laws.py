"""What is always true of memories: whose words they are, who may read them, and when they come back."""

import datetime as dt
from itertools import pairwise
from random import Random
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from reconnect.edges.testing.gathered import said_by
from reconnect.edges.testing.kindness import memories
from reconnect.edges.testing.promises import EVES
from reconnect.errors import ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.memory import Memory, next_recall, recall
from reconnect.primitives.memory.acts import (
    MemoryBack,
    MemoryKept,
    MemoryRecalled,
    MemoryResting,
    MemoryTakenBack,
)
from reconnect.primitives.memory.spacing import FIRST, LONGEST, fresh_after, pause_after
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant, from_microseconds

DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)
PEOPLE: Final = ("ana", "ben", "cleo")
SECRETS: Final[tuple[Body, ...]] = (MemoryRecalled(), MemoryResting(), MemoryBack())


def chance(seed: int) -> Random:
    """Return a source of chance that gives the same everywhere."""
    return Random(seed)  # noqa: S311 - it chooses a memory, no secret


def moments(m: Memory) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant at which something may change, or one right beside it."""
    said = [act.at for act in m.acts]
    turns = [elapsed(at, days * DAY) for at in said for days in (0, 7, 14, 28)]
    beside = st.sampled_from([0 * TICK, 0 * TICK, -TICK, TICK])
    return st.tuples(st.sampled_from([*said, *turns]), beside).map(lambda parts: as_instant(parts[0] + parts[1]))


def facts(m: Memory, person: str, at: pendulum.DateTime) -> list[Any]:
    """Return what a memory tells one person as of an instant."""
    told = [m.tellings(at=at), m.is_shared(at=at), m.is_resting(by=person, at=at)]
    return [*told, m.fresh_from(by=person, at=at)] if m.as_of(at).has_begun else told


@given(memories(), st.data())
def test_however_it_is_told_it_comes_out_the_same(m: Memory, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(moments(m))
    acts = [*m.acts, *(act.received(as_instant(act.at + DAY)) for act in m.acts)]
    data.draw(st.randoms(use_true_random=False)).shuffle(acts)
    cut = data.draw(st.integers(0, len(acts)))
    one, other = evolve(m, acts=tuple(acts[:cut])), evolve(m, acts=tuple(acts[cut:]))
    assert merge(one, other) == merge(other, one) == m
    for person in PEOPLE:
        assert facts(merge(one, other), person, at) == facts(m, person, at)


@given(memories(), st.data())
def test_what_comes_later_does_not_change_what_was(m: Memory, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(moments(m))
    for person in PEOPLE:
        assert facts(m.as_of(at), person, at) == facts(m, person, at)


@given(memories(), st.data())
def test_everyones_words_are_their_own(m: Memory, data: st.DataObject) -> None:
    """The newest words a person told and did not take back, at one instant those for everyone, whatever others say."""
    at = data.draw(moments(m))
    told = {each.by: (each.text, each.day, each.shared) for each in m.tellings(at=at)}
    acts = sorted(m.told(at), key=lambda act: (act.at, isinstance(act.body, MemoryTakenBack), act.audience == Shared()))
    for person in {act.author for act in acts}:
        kept: list[tuple[str, dt.date | None, bool]] = []
        for act in (act for act in acts if act.author == person):
            if isinstance(act.body, MemoryKept):
                kept.append((act.body.text, act.body.day, act.audience == Shared()))
            if isinstance(act.body, MemoryTakenBack):
                kept = [] if act.audience == Shared() else [words for words in kept if words[2]]
        assert told.pop(person, None) == (kept[-1] if kept else None)
    assert not told


@given(memories(), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.sampled_from(SECRETS), st.data())
def test_what_one_looks_at_changes_nothing_for_another(
    m: Memory, one: str, other: str, body: Body, data: st.DataObject
) -> None:
    """That it came back to somebody, or that they would rather it did not, is theirs alone."""
    at = data.draw(moments(m))
    more = evolve(m, acts=(*m.acts, said_by(one, "more", at, body, "m1")))
    assert one == other or facts(more, other, at) == facts(m, other, at)
    assert more.tellings(at=at) == m.tellings(at=at)


@given(st.lists(st.integers(0, 500), max_size=12), st.sampled_from(EVES))
def test_pauses_grow_and_never_shrink(days: list[int], told: pendulum.DateTime) -> None:
    """Each pause is at least as long as the one before, from a week to a year, also for those who look early."""
    pauses = [pause_after(times) for times in range(20)]
    assert all(one <= other for one, other in pairwise(pauses))
    assert (pauses[0], pauses[-1]) == (FIRST, LONGEST)
    moments_ = sorted(elapsed(told, day * DAY) for day in days)
    last, rest = told, FIRST
    for number, at in enumerate(moments_):
        fresh = fresh_after(told, moments_[: number + 1])
        pause = dt.datetime.__sub__(fresh, at)
        early = at < elapsed(last, rest)
        assert pause == rest if early else pause == min(2 * rest, LONGEST)
        last, rest = at, pause


@given(memories(), st.sampled_from(PEOPLE), st.data())
def test_what_a_verb_refuses_is_inert(m: Memory, by: str, data: st.DataObject) -> None:
    """Nobody takes back or shares what they did not tell; sent all the same, it changes nothing."""
    at = data.draw(moments(m))
    m = m.as_of(at)
    here = m.membership.at(at)
    if not m.has_begun or (m.founding and by not in here):
        return
    try:
        after = m.take_back(by=by, at=at)
    except ReconnectError:
        vain = Entry(circle="c1", author=by, id="v", at=at, body=MemoryTakenBack(), audience=Private(), about="m1")
        assert facts(evolve(m, acts=(*m.acts, vain)), by, at) == facts(m, by, at)
        return
    assert by not in {each.by for each in after.tellings(at=at)}
    shared = m.share(by=by, at=at)
    assert [each.shared for each in shared.tellings(at=at) if each.by == by] == [True]
    assert shared.share(by=by, at=at) == shared
    rested = m.rest(by=by, at=at)
    assert rested.fresh_from(by=by, at=at) is None
    assert rested.rest(by=by, at=at) == rested


def shelf(count: int, at: pendulum.DateTime) -> MemoryJournal:
    """Keep so many memories in a journal: everyone's in turn, every other one private."""
    journal = MemoryJournal(key=b"k")
    us = Circle(id="c1", members=tuple(Person(id=person, zone="UTC") for person in PEOPLE))
    journal.found(us, by="ana", at=from_microseconds(0))
    for number in range(count):
        by, heard = PEOPLE[number % 3], (Shared(), Private())[number % 2]
        kept = Memory.keep(f"{by} {number}", id=f"m{number}", circle="c1", by=by, at=at, audience=heard)
        journal.append(*kept.acts, acting=by)
    return journal


def looked(journal: MemoryJournal, person: str, at: pendulum.DateTime, rng: Random) -> Memory | None:
    """Let a memory come back to someone, and note it, as an app does."""
    found = recall(journal.view(person, circle="c1", at=at), rng=rng)
    if found is not None:
        journal.append(*found.recalled(by=person, at=at).acts_of(person), acting=person)
    return found


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, 8), st.sampled_from(PEOPLE), st.integers(0, 99), st.sampled_from(EVES))
def test_every_fresh_memory_comes_once_before_any_comes_twice(
    count: int, person: str, seed: int, now: pendulum.DateTime
) -> None:
    """One after the other, each that the reader can see, and then none until one is fresh again."""
    journal, at = shelf(count, now), elapsed(now, FIRST)
    readable = {m.id for m in journal.view(person, circle="c1", at=at).all(Memory)}
    came = [looked(journal, person, at, chance(seed)) for _ in range(len(readable) + 1)]
    assert came[-1] is None
    assert {m.id for m in came if m is not None} == readable
    view = journal.view(person, circle="c1", at=at)
    assert next_recall(view) == (elapsed(at, 2 * FIRST) if readable else None)


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(1, 8), st.integers(0, 99), st.lists(st.tuples(st.sampled_from(PEOPLE[1:]), st.integers(0, 60))))
def test_recall_rests_on_what_the_reader_sees_and_on_the_chance_given(
    count: int, seed: int, others: list[tuple[str, int]]
) -> None:
    """The same chance gives the same memory, whatever others keep to themselves or look at."""
    now = EVES[0]
    one, other = shelf(count, now), shelf(count, now)
    for number, (by, days) in enumerate(others):
        at = elapsed(now, days * DAY)
        looked(other, by, at, chance(number))
        hidden = Memory.keep("hidden", id=f"h{number}", circle="c1", by=by, at=at)
        other.append(*hidden.acts, acting=by)
    for days in (0, 6, 7, 60, 400):
        views: list[View] = [each.view("ana", circle="c1", at=elapsed(now, days * DAY)) for each in (one, other)]
        found = [recall(view, rng=chance(seed)) for view in views]
        assert found[0] == found[1]
        assert next_recall(views[0]) == next_recall(views[1])
        again = recall(views[0], rng=chance(seed))
        assert again == found[0]
        assert found[0] is None or "hidden" not in {each.text for each in found[0].tellings(at=views[0].at)}
        assert (found[0] is None) == (days < 7)
