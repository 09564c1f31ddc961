"""What is always true of small promises, whatever people say about them, in whatever order it arrives."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from reconnect.edges.testing.gathered import said_by
from reconnect.edges.testing.promises import EVES, STORY, commitments
from reconnect.errors import NotYours, ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.commitment import Commitment, Keeping, Promised, my_promises, recent_kept
from reconnect.primitives.commitment.acts import (
    NewDue,
    Promise,
    PromiseAgreed,
    PromiseExcused,
    PromiseKept,
    PromiseLetGo,
    PromiseMuted,
)
from reconnect.primitives.commitment.deal import Key, deal_of
from reconnect.primitives.commitment.listing import listing
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant, from_microseconds
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

Moment = pendulum.DateTime
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = 24 * HOUR
TICK: Final = dt.timedelta(microseconds=1)
OTHERS_READ: Final = {Keeping.OFFERED, Keeping.AGREED, Keeping.KEPT, Keeping.LET_GO}
PEOPLE: Final = ("ana", "ben", "cleo", "fay", "eve")


def around(c: Commitment) -> Window:
    """Return the days that matter for a commitment."""
    first = min(act.at for act in c.acts)
    return Window(as_instant(first - DAY), as_instant(first + 4 * DAY))


def owned(c: Commitment, at: Moment, within: Window | None = None) -> tuple[Promised, ...]:
    """Return what its owner reads."""
    deal = deal_of(c.told(at), c.membership)
    return () if deal is None else listing(deal, c.id, within or around(c), at, own=True)


def facts(c: Commitment, at: Moment, within: Window | None = None) -> list[Any]:
    """Return what everyone, and what its owner, reads of a commitment as of an instant."""
    days = within or around(c)
    return [c.as_of(at).has_begun, c.listed(days, at=at), owned(c, at, days)]


@st.composite
def moments(draw: st.DrawFn, c: Commitment) -> Moment:
    """Draw an instant at which something may change, or one right beside it."""
    said = [act.at for act in c.acts]
    due = [act.body.due for act in c.acts if isinstance(act.body, Promise | NewDue)]
    once = [at for at in due if isinstance(at, dt.datetime)]
    starts = [at for each in due if isinstance(each, Recurrence) for at in each.between(around(c))]
    at = draw(st.sampled_from([*said, max(said), max(said), *once, *once, *starts]))
    return as_instant(at + draw(st.sampled_from([0 * TICK, 0 * TICK, -TICK, TICK, HOUR, 30 * HOUR])))


class Plain:
    """The rules as they are put in words, asked of all acts anew each time."""

    def __init__(self, c: Commitment, at: Moment) -> None:
        """Look for the promise among everything told by an instant."""
        self.told = c.told(at)
        self.members = c.membership
        self.owner, self.since = "", at
        self.to: list[str] = []
        self.due_at_first: Moment | Recurrence | None = None
        for act in self.told:
            if isinstance(act.body, Promise) and not self.to:
                there = self.members.at(act.at) if c.founding else act.body.to
                self.to = [person for person in act.body.to if person in there and person != act.author]
                self.owner, self.since, self.due_at_first = act.author, act.at, act.body.due if self.to else None
        self.told = tuple(act for act in self.told if self.to and act.at >= self.since)

    def said(self, by: str, body: type, now: Moment) -> list[Entry]:
        """Return what one person said of one sort by an instant."""
        return [act for act in self.told if act.author == by and isinstance(act.body, body) and act.at <= now]

    def first(self, key: Key) -> Moment | None:
        """Return by when it was due at first."""
        if not isinstance(self.due_at_first, Recurrence):
            return self.due_at_first if key is None else None
        at = None if key is None else self.due_at_first.instant_of(key)
        return at if at is not None and at > self.since else None

    def out(self, person: str, key: Key, due: Moment, now: Moment) -> bool:
        """Whether a person is out of one time: by its name, or of all that lay ahead, or because they left."""
        gone = self.members.stays and person not in self.members.at(min(now, due))
        starts = [(act.at, getattr(act.body, "start", None)) for act in self.said(person, PromiseLetGo, now)]
        return bool(gone) or any(start == key or (start is None and at <= due) for at, start in starts)

    def counting(self, key: Key, due: Moment, now: Moment) -> list[str]:
        """Return who counts on it, if everyone had said yes or was out of it before it was due at first."""
        first = self.first(key)
        by = min(now, as_instant(self.since + 30 * DAY), now if first is None else first)
        if not all(self.said(p, PromiseAgreed, by) or self.out(p, key, due, by) for p in self.to):
            return []
        return [p for p in self.to if self.said(p, PromiseAgreed, by) and not self.out(p, key, due, now)]

    def due(self, key: Key, now: Moment) -> Moment | None:
        """Return by when it is due: as everyone last agreed, in time."""
        due, wishes = self.first(key), dict[str, Moment]()
        for act in self.told:
            if due is None or act.at > now or not isinstance(act.body, NewDue) or act.body.start != key:
                continue
            people = self.counting(key, due, act.at)
            if act.at <= due and act.at <= act.body.due and people and not self.out(self.owner, key, due, act.at):
                if act.author not in {self.owner, *people}:
                    continue
                wishes[act.author] = act.body.due
                if all(wishes.get(person) == act.body.due for person in (self.owner, *people)):
                    due = act.body.due
        return due

    def let_go(self, key: Key, now: Moment) -> bool:
        """Whether its owner let it go, or everyone whom it was for."""
        due = self.due(key, now)
        assert due is not None
        return self.out(self.owner, key, due, now) or all(self.out(p, key, due, now) for p in self.to)

    def kept(self, key: Key, now: Moment) -> Moment | None:
        """Return when it was kept, if somebody counted on it then."""
        for act in self.said(self.owner, PromiseKept, now):
            due = self.due(key, act.at)
            if getattr(act.body, "start", None) != key or due is None or self.let_go(key, act.at):
                continue
            if self.counting(key, due, act.at):
                return act.at
        return None

    def keeping(self, key: Key, now: Moment, *, own: bool) -> Keeping | None:
        """Tell how one time stands for its owner, or for anyone else."""
        kept, due = self.kept(key, now), self.due(key, now)
        assert due is not None
        if kept is not None:
            at_the_time = self.due(key, kept)
            assert at_the_time is not None
            return Keeping.KEPT_LATER if own and kept > at_the_time else Keeping.KEPT
        if self.let_go(key, now):
            return Keeping.LET_GO
        counted_on = bool(self.counting(key, due, now))
        if now <= due and (counted_on or now <= as_instant(self.since + 30 * DAY)):
            return Keeping.AGREED if counted_on else Keeping.OFFERED
        if not own or not counted_on:
            return None
        excused = [act for act in self.said(self.owner, PromiseExcused, now) if getattr(act.body, "start", 0) == key]
        return Keeping.EXCUSED if excused else Keeping.PASSED

    def keys(self, within: Window) -> Sequence[Key]:
        """Return every time that there is around."""
        if not isinstance(self.due_at_first, Recurrence):
            return [None] if self.to else []
        starts = [start.local for start in self.due_at_first.starts(within)]
        return [start for start in starts if self.first(start) is not None]


@settings(max_examples=5 * settings().max_examples)
@given(commitments(), st.data())
def test_it_stands_as_a_plain_telling_of_the_rules_says(c: Commitment, data: st.DataObject) -> None:
    """Offered, agreed, kept, let go; and for its owner alone kept later, passed or excused."""
    at = data.draw(moments(c))
    plain = Plain(c, at)
    keys = plain.keys(around(c))
    everyone = {each.start: each for each in c.listed(around(c), at=at)}
    owner = {each.start: each for each in owned(c, at)}
    for key in keys:
        for found, own in ((everyone.pop(key, None), False), (owner.pop(key, None), True)):
            assert (None if found is None else found.keeping) is plain.keeping(key, at, own=own)
            assert found is None or found.due == plain.due(key, plain.kept(key, at) or at)
            assert found is None or found.moved or found.due == plain.first(key)
    assert not everyone
    assert not owner


@given(commitments(), st.data())
def test_however_it_is_told_it_comes_out_the_same(c: Commitment, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(moments(c))
    acts = [*c.acts, *(act.received(as_instant(act.at + HOUR)) for act in c.acts)]
    data.draw(st.randoms(use_true_random=False)).shuffle(acts)
    cut = data.draw(st.integers(0, len(acts)))
    one, other = evolve(c, acts=tuple(acts[:cut])), evolve(c, acts=tuple(acts[cut:]))
    assert merge(one, other) == merge(other, one) == c
    assert facts(merge(one, other), at) == facts(c, at)


@given(commitments(), st.data())
def test_what_comes_later_does_not_change_what_was(c: Commitment, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(moments(c))
    early = c.as_of(at)
    assert not early.acts or [c.listed(around(c), at=at), owned(c, at)] == [
        early.listed(around(c), at=at),
        owned(early, at, around(c)),
    ]


@given(commitments(), st.data())
def test_others_never_read_of_a_time_that_has_passed(c: Commitment, data: st.DataObject) -> None:
    """What is past its time, and neither kept nor let go, is not listed; and nothing says that it was kept later."""
    at = data.draw(moments(c))
    for each in c.listed(around(c), at=at):
        assert each.keeping in OTHERS_READ
        assert at <= each.due or each.keeping in {Keeping.KEPT, Keeping.LET_GO}
    unseen = {Keeping.PASSED: None, Keeping.EXCUSED: None, Keeping.KEPT_LATER: Keeping.KEPT}
    told = [(each.start, unseen.get(each.keeping, each.keeping)) for each in owned(c, at)]
    assert [pair for pair in told if pair[1]] == [(each.start, each.keeping) for each in c.listed(around(c), at=at)]


@given(commitments(), st.sampled_from(PEOPLE), st.data())
def test_nobody_keeps_or_excuses_what_another_promised(c: Commitment, by: str, data: st.DataObject) -> None:
    """Such acts, by anyone but its owner, change nothing; nor does what someone says whom it does not concern."""
    at = data.draw(moments(c))
    deal = deal_of(c.told(), c.membership)
    if deal is None or by == deal.owner:
        return
    keys: list[Key] = [None, *(each.start for each in owned(c, at))]
    own: list[Body] = [body for key in keys for body in (PromiseKept(start=key), PromiseExcused(start=key))]
    theirs: list[Body] = [PromiseLetGo(start=keys[-1]), PromiseAgreed(), NewDue(due=at, start=keys[-1])]
    sent = enumerate(own if by in deal.to else own + theirs)
    more = evolve(c, acts=(*c.acts, *(said_by(by, f"sent {number}", at, body, STORY) for number, body in sent)))
    days, later = around(c), as_instant(at + 3 * DAY)
    assert [facts(more, at, days), facts(more, later, days)] == [facts(c, at), facts(c, later)]


@given(commitments(), st.data())
def test_what_is_private_shows_nowhere_else(c: Commitment, data: st.DataObject) -> None:
    """With its owner's excuses, and with what others put out of their sight, or without: everyone reads the same."""
    at = data.draw(moments(c))
    without = evolve(c, acts=tuple(act for act in c.acts if not isinstance(act.body, PromiseExcused | PromiseMuted)))
    assert without.listed(around(c), at=at) == c.listed(around(c), at=at)


VERBS: Final = ("agree", "keep", "renegotiate", "let go", "excuse", "mute")


@given(commitments(), st.sampled_from(PEOPLE), st.sampled_from(VERBS), st.data())
def test_what_a_verb_refuses_is_inert_and_what_it_allows_is_heard(
    c: Commitment, by: str, verb: str, data: st.DataObject
) -> None:
    """Two phones may both have sent it: a refused act changes nothing, an allowed one is one act more."""
    at = data.draw(moments(c))
    c = c.as_of(at)
    if not c.acts:
        return
    keys: list[Key] = [None, None, *(each.start for each in owned(c, at))]
    key, new = data.draw(st.sampled_from(keys)), as_instant(at + data.draw(st.sampled_from([-HOUR, 2 * HOUR, DAY])))
    said: dict[str, tuple[Callable[[], Commitment], Body]] = {
        "agree": (lambda: c.agree(by=by, at=at), PromiseAgreed()),
        "keep": (lambda: c.keep(key, by=by, at=at), PromiseKept(start=key)),
        "renegotiate": (lambda: c.renegotiate(new, key, by=by, at=at), NewDue(due=new, start=key)),
        "let go": (lambda: c.let_go(key, by=by, at=at), PromiseLetGo(start=key)),
        "mute": (lambda: c.mute(by=by, at=at), PromiseMuted()),
        "excuse": (lambda: c.excuse(start=key, by=by, at=at), PromiseExcused(start=key)),
    }
    call, body = said[verb]
    later = as_instant(at + DAY)
    try:
        after = call()
    except ReconnectError:
        refused = evolve(c, acts=(*c.acts, said_by(by, "in vain", at, body, STORY)))
        assert [facts(refused, at), facts(refused, later)] == [facts(c, at), facts(c, later)]
        return
    assert set(c.acts) <= set(after.acts)
    assert len(after.acts) <= len(c.acts) + 1
    assert verb != "keep" or any(
        each.start == key and each.keeping is Keeping.KEPT
        for each in after.listed(Window(as_instant(at - 9 * DAY), as_instant(at + 9 * DAY)), at=at)
    )


def written(c: Commitment) -> MemoryJournal:
    """Write a commitment into a journal of a circle of three, as far as it will be taken."""
    journal = MemoryJournal(key=b"k")
    us = Circle(id="c1", members=tuple(Person(id=person, zone="UTC") for person in PEOPLE[:3]))
    journal.found(us, by="ana", at=from_microseconds(0))
    seen = set()
    for act in c.acts:
        if act.author in us.ids and act.identity not in seen:
            seen.add(act.identity)
            journal.append(act, acting=act.author)
    return journal


@given(commitments(), st.data())
def test_everyone_reads_the_same_and_only_the_owner_reads_more(c: Commitment, data: st.DataObject) -> None:
    """Whoever looks, the list is the same; a reader's own list holds their own promises only."""
    at, journal = data.draw(moments(c)), written(c)
    views = [journal.view(person, circle="c1", at=at) for person in PEOPLE[:3]]
    lists = [[each.listed(around(c), at=at) for each in view.all(Commitment)] for view in views]
    assert lists[0] == lists[1] == lists[2]
    for view in views:
        mine = my_promises(view, around(c))
        assert {each.by for each in mine} <= {view.reader}
        listed = [each for shown in lists[0] for each in shown if each.by == view.reader]
        assert {each.start for each in listed} <= {each.start for each in mine}


@given(commitments(), st.integers(0, 3), st.data())
def test_good_news_is_of_what_was_promised_to_the_reader(c: Commitment, n: int, data: st.DataObject) -> None:
    """At most so many, the newest first, each promised to the reader by someone else, counted on and kept."""
    at, journal = data.draw(moments(c)), written(c)
    for person in PEOPLE[:3]:
        view = journal.view(person, circle="c1", at=at)
        everything = recent_kept(view, 99)
        assert recent_kept(view, n) == everything[:n]
        assert list(everything) == sorted(everything, key=lambda each: each.told, reverse=True)
        assert all(each.by != person and each.told <= at for each in everything)
        kept = [
            each
            for story in view.all(Commitment)
            for each in story.listed(around(c), at=at)
            if each.keeping is Keeping.KEPT and person in each.to
        ]
        assert len(everything) <= len(kept)
        if len({act.author for act in c.acts if isinstance(act.body, PromiseLetGo)} & {person}) == 0:
            assert len(everything) == len(kept)


@pytest.mark.parametrize("eve", EVES)
def test_its_owner_alone_has_it_in_hand(eve: Moment) -> None:
    """Every verb that is one person's is refused to another, in the same words."""
    c = Commitment.offer("a walk", to=["ben"], due=eve + DAY, id=STORY, circle="c1", by="ana", at=eve)
    refusals: list[Callable[[], Commitment]] = [
        lambda: c.keep(by="ben", at=eve),
        lambda: c.excuse(by="ben", at=eve),
        lambda: c.agree(by="ana", at=eve),
        lambda: c.agree(by="cleo", at=eve),
        lambda: c.let_go(by="cleo", at=eve),
        lambda: c.renegotiate(eve + DAY, by="cleo", at=eve),
    ]
    for refused in refusals:
        with pytest.raises(NotYours):
            refused()


def test_the_drawn_commitments_are_worth_drawing() -> None:
    """The strategies reach every standing, moves and good news, so that the laws are about something."""
    reached: set[object] = set()

    @settings(max_examples=400, derandomize=True, database=None)
    @given(commitments(), st.data())
    def look(c: Commitment, data: st.DataObject) -> None:
        at = data.draw(moments(c))
        for each in (*owned(c, at), *owned(c, as_instant(at + 2 * DAY))):
            reached.update({each.keeping, ("moved", each.moved), ("asked", each.new_due is not None)})
            reached.add(("nightly", each.start is not None, each.keeping))

    look()
    assert {*Keeping, ("moved", True), ("asked", True)} <= reached
    assert {("nightly", True, keeping) for keeping in Keeping} <= reached


def test_shared_acts_are_shared() -> None:
    """What binds others cannot be private, and what is one's own cannot be shared."""
    c = Commitment.offer("a walk", to=["ben"], due=EVES[0] + DAY, id=STORY, circle="c1", by="ana", at=EVES[0])
    assert {act.audience for act in c.acts} == {Shared()}
