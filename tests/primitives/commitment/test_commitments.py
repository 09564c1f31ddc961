"""Small promises: what is offered, agreed, kept or let go, what others read, and what only their owner reads."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from attrs import evolve

from reconnect.errors import InvalidAudience, InvalidCare, NotAMember, NotInForce, NotOpen, NotYours, UnknownStory
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.commitment import Commitment, Keeping, Promised, my_promises, recent_kept
from reconnect.primitives.commitment.acts import NewDue, Promise, PromiseExcused, PromiseKept
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.membership import Ended, Left
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

HOUR: Final = dt.timedelta(hours=1)
NOW: Final = as_instant(pendulum.datetime(2026, 3, 27, 9))  # clocks in Paris change two nights later
ANA, BEN, CLEO = (Person(id=name, zone="Europe/Paris") for name in ("ana", "ben", "cleo"))
US: Final = Circle(id="c1", members=(ANA, BEN))
THREE: Final = Circle(id="c1", members=(ANA, BEN, CLEO))
DUE: Final = as_instant(NOW + 11 * HOUR)
WEEK: Final = Window.of(NOW, dt.timedelta(days=7))
NIGHTLY: Final = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 27))
FRIDAY, SATURDAY, SUNDAY = (dt.datetime(2026, 3, day, 20) for day in (27, 28, 29))  # noqa: DTZ001 - local starts


def at(hours: float) -> pendulum.DateTime:
    """Return an instant so many real hours after the morning."""
    return as_instant(NOW + hours * HOUR)


def walk(*, due: dt.datetime | Recurrence = DUE, agreed: bool = True, circle: Circle = US) -> Commitment:
    """Let Ana promise a walk; those whom it is for say yes, or not."""
    to = [person for person in circle.ids if person != "ana"]
    c = Commitment.offer("a walk", to=to, due=due, id="k1", circle=circle, by="ana", at=NOW)
    for person in to if agreed else ():
        c = c.agree(by=person, at=NOW)
    return c


def shown(c: Commitment, hours: float) -> list[Keeping]:
    """Return what others read."""
    return [each.keeping for each in c.listed(WEEK, at=at(hours))]


def journal_of(c: Commitment, circle: Circle = US) -> MemoryJournal:
    """Write everything down, each in their own name."""
    journal = MemoryJournal(key=b"k")
    journal.found(circle, by="ana", at=NOW)
    for person in circle.ids:
        journal.append(*c.acts_of(person), acting=person)
    return journal


def mine(c: Commitment, hours: float, reader: str = "ana") -> list[Keeping]:
    """Return what one reader reads of their own promises."""
    view = journal_of(c).view(reader, circle="c1", at=at(hours))
    return [each.keeping for each in my_promises(view, WEEK)]


class TestOnce:
    """A promise that is due once."""

    def test_silence_is_not_yes(self) -> None:
        """It is offered until everyone whom it is for says yes; then they can count on it."""
        assert shown(walk(agreed=False), 1) == [Keeping.OFFERED]
        assert shown(walk(), 1) == [Keeping.AGREED]
        half = walk(agreed=False, circle=THREE).agree(by="ben", at=NOW)
        assert shown(half, 1) == [Keeping.OFFERED]
        assert shown(half.agree(by="cleo", at=at(1)), 1) == [Keeping.AGREED]
        assert walk().agree(by="ben", at=at(1)) == walk()

    def test_a_time_that_passed_is_not_listed_and_only_its_owner_reads_of_it(self) -> None:
        """At the very instant it still is; a moment later it is nowhere, until it is kept or let go."""
        c = walk()
        assert (shown(c, 11), shown(c, 11.1)) == ([Keeping.AGREED], [])
        assert (mine(c, 11.1), mine(c, 11.1, "ben")) == ([Keeping.PASSED], [])
        excused = c.excuse("the train stood still", by="ana", at=at(12))
        assert (mine(excused, 13), shown(excused, 13)) == ([Keeping.EXCUSED], [])
        kept = excused.keep(by="ana", at=at(20))
        assert (mine(kept, 20), shown(kept, 20)) == ([Keeping.KEPT_LATER], [Keeping.KEPT])
        gone = c.let_go(by="ana", at=at(20))
        assert (mine(gone, 20), shown(gone, 20)) == ([Keeping.LET_GO], [Keeping.LET_GO])

    def test_what_nobody_said_yes_to_in_time_leaves_nothing_behind(self) -> None:
        """Nobody counted on it, so its owner reads nothing of it either, and it can be neither kept nor agreed."""
        c = walk(agreed=False)
        assert (shown(c, 12), mine(c, 12)) == ([], [])
        with pytest.raises(NotInForce):
            c.keep(by="ana", at=at(1))
        with pytest.raises(NotOpen):
            c.agree(by="ben", at=at(12))

    def test_an_offer_that_nobody_answers_goes_away(self) -> None:
        """After 30 days, as any other; one can also put it out of one's sight before, and nobody can tell."""
        far = walk(due=NIGHTLY, agreed=False)
        late = Window.of(at(30 * 24), dt.timedelta(days=2))
        assert [each.keeping for each in far.listed(late, at=at(30 * 24))] == 2 * [Keeping.OFFERED]
        assert far.listed(late, at=at(30 * 24 + 1)) == ()
        with pytest.raises(NotOpen):
            far.agree(by="ben", at=at(30 * 24 + 1))
        sent = walk().acts_of("ben")[0].received(at(30 * 24 + 1))
        assert evolve(far, acts=(*far.acts, sent)).listed(late, at=at(30 * 24 + 2)) == ()
        yes = far.agree(by="ben", at=at(30 * 24))
        assert [each.keeping for each in yes.listed(late, at=at(30 * 24 + 1))] == 2 * [Keeping.AGREED]
        muted = far.mute(by="ben", at=at(1))
        assert (muted.is_muted(by="ben", at=at(1)), muted.is_muted(by="ana", at=at(1))) == (True, False)
        assert muted.mute(by="ben", at=at(2)) == muted
        assert muted.listed(WEEK, at=at(2)) == far.listed(WEEK, at=at(2))
        assert muted.acts[-1].audience == Private()

    def test_once_kept_is_enough_and_stays(self) -> None:
        """It cannot be let go any more, and saying it again adds nothing."""
        c = walk().keep(by="ana", at=at(2))
        assert c.keep(by="ana", at=at(3)) == c
        assert (shown(c, 3), mine(c, 3)) == ([Keeping.KEPT], [Keeping.KEPT])
        with pytest.raises(NotOpen):
            c.let_go(by="ben", at=at(4))
        with pytest.raises(NotOpen):
            c.renegotiate(at(20), by="ana", at=at(4))

    def test_whoever_it_was_for_releases_the_other(self) -> None:
        """With everyone's word it is let go; what was let go is kept by nobody."""
        c = walk(circle=THREE).let_go(by="ben", at=at(1))
        assert c.let_go(by="ben", at=at(2)) == c
        assert shown(c, 2) == [Keeping.AGREED]
        gone = c.let_go(by="cleo", at=at(3))
        assert shown(gone, 3) == [Keeping.LET_GO]
        with pytest.raises(NotOpen):
            gone.keep(by="ana", at=at(4))
        with pytest.raises(NotOpen):
            walk(agreed=False).let_go(by="ben", at=at(1)).agree(by="ben", at=at(2))

    def test_a_release_at_the_same_instant_wins(self) -> None:
        """What protects has the last word: kept at the instant at which it was let go is let go."""
        c = walk().let_go(by="ben", at=at(1))
        sent = Entry(circle="c1", author="ana", id="x", at=at(1), body=PromiseKept(), audience=Shared(), about="k1")
        assert shown(evolve(c, acts=(*c.acts, sent)), 2) == [Keeping.LET_GO]

    def test_another_time_needs_everyones_yes(self) -> None:
        """Until then the old one stands; a newer wish replaces an older one."""
        c = walk().renegotiate(at(30), by="ben", at=at(1))
        (asked,) = c.listed(WEEK, at=at(2))
        assert (asked.due, asked.moved, asked.new_due, asked.missing) == (DUE, False, at(30), ("ana",))
        assert c.listed(WEEK, at=at(12)) == ()
        other = c.renegotiate(at(31), by="ana", at=at(2))
        assert [each.new_due for each in other.listed(WEEK, at=at(3))] == [at(31)]
        (moved,) = other.renegotiate(at(31), by="ben", at=at(4)).listed(WEEK, at=at(12))
        assert (moved.due, moved.moved, moved.new_due, moved.keeping) == (at(31), True, None, Keeping.AGREED)

    def test_a_time_that_suits_nobody_any_more_is_not_asked_about(self) -> None:
        """A wish whose time has passed is no question."""
        c = walk().renegotiate(at(3), by="ben", at=at(1))
        assert [each.new_due for each in c.listed(WEEK, at=at(4))] == [None]

    def test_a_wish_that_came_before_everyones_yes_says_nothing(self) -> None:
        """Another phone may have sent it all the same; a later yes is to the time that was promised."""
        early = Entry(
            circle="c1", author="ana", id="x", at=at(1), body=NewDue(due=at(5)), audience=Shared(), about="k1"
        )
        c = walk(agreed=False)
        c = evolve(c, acts=(*c.acts, early)).agree(by="ben", at=at(2))
        (listed,) = c.listed(WEEK, at=at(3))
        assert (listed.due, listed.new_due, listed.missing) == (DUE, None, ())

    def test_what_cannot_be_moved(self) -> None:
        """Not by those it does not concern, not once it was due, not before everyone said yes, not into the past."""
        c = walk(circle=THREE)
        with pytest.raises(NotOpen):
            c.renegotiate(at(30), by="ana", at=at(12))
        with pytest.raises(InvalidCare, match="a time that lies ahead"):
            c.renegotiate(at(1), by="ana", at=at(2))
        with pytest.raises(NotInForce):
            walk(agreed=False).renegotiate(at(30), by="ana", at=at(2))
        with pytest.raises(NotInForce):
            c.let_go(by="ben", at=at(1)).renegotiate(at(30), by="ben", at=at(2))
        with pytest.raises(NotYours):
            walk().renegotiate(at(30), by="cleo", at=at(2))

    @pytest.mark.parametrize("person", ["ana", "ben"])
    def test_whoever_leaves_is_free_of_it(self, person: str) -> None:
        """When its owner leaves, or everyone whom it was for, it is let go; what has passed by then stays unlisted."""
        c = walk()
        left = Entry(circle="c1", author=person, id="bye", at=at(2), body=Left(), audience=Shared())
        gone = evolve(c, founding=(*c.founding, left))
        assert (shown(gone, 1), shown(gone, 3)) == ([Keeping.AGREED], [Keeping.LET_GO])
        late = evolve(c, founding=(*c.founding, evolve(left, at=at(12))))
        assert shown(late, 13) == []

    def test_a_circle_that_ended_asks_nothing_of_anyone(self) -> None:
        """Everyone ended it, and what lay ahead is let go."""
        c = walk()
        ends = [Entry(circle="c1", author=by, id="e", at=at(2), body=Ended(), audience=Shared()) for by in US.ids]
        assert shown(evolve(c, founding=(*c.founding, *ends)), 3) == [Keeping.LET_GO]


class TestAgainAndAgain:
    """A promise with a recurrence: each of its starts is one time."""

    def test_each_time_stands_for_itself(self) -> None:
        """Friday is kept, Saturday let go, Sunday lies ahead, after the clocks have changed."""
        c = walk(due=NIGHTLY).keep(FRIDAY, by="ana", at=at(10)).let_go(SATURDAY, by="ana", at=at(12))
        three = c.listed(Window(NOW, at(60)), at=at(12))
        assert [(each.start, each.keeping) for each in three] == [
            (FRIDAY, Keeping.KEPT),
            (SATURDAY, Keeping.LET_GO),
            (SUNDAY, Keeping.AGREED),
        ]
        assert [each.due.hour for each in three] == [19, 19, 18]

    def test_all_that_lies_ahead_can_be_let_go(self) -> None:
        """What has passed stays as it was, for its owner as well."""
        c = walk(due=NIGHTLY).let_go(by="ana", at=at(12))
        assert shown(c, 12) == 6 * [Keeping.LET_GO]
        assert mine(c, 12) == [Keeping.PASSED, *(6 * [Keeping.LET_GO])]
        with pytest.raises(NotOpen):
            walk(due=NIGHTLY, agreed=False).let_go(by="ana", at=at(1)).agree(by="ben", at=at(2))

    def test_a_yes_counts_from_then_on(self) -> None:
        """Times that had passed before it were never counted on."""
        c = walk(due=NIGHTLY, agreed=False).agree(by="ben", at=at(12))
        assert (shown(c, 12), mine(c, 12)) == (6 * [Keeping.AGREED], 6 * [Keeping.AGREED])

    def test_one_time_is_moved(self) -> None:
        """It keeps the name by which it is known, and shows up where it is due now."""
        c = walk(due=NIGHTLY).renegotiate(at(100), FRIDAY, by="ana", at=at(1))
        c = c.renegotiate(at(100), FRIDAY, by="ben", at=at(2))
        found = c.listed(Window(at(99), at(101)), at=at(3))
        assert [(each.start, each.due, each.moved) for each in found] == [(FRIDAY, at(100), True)]
        assert FRIDAY not in {each.start for each in c.listed(Window(NOW, at(24)), at=at(3))}

    @pytest.mark.parametrize("start", [None, dt.datetime(2026, 3, 27, 21), dt.datetime(2026, 3, 26, 20)])  # noqa: DTZ001 - local times
    def test_there_is_no_such_time(self, start: dt.datetime | None) -> None:
        """A time that the recurrence has not, or had before it was promised, cannot be kept."""
        early = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 20))
        with pytest.raises(NotOpen):
            walk(due=early).keep(start, by="ana", at=at(1))
        with pytest.raises(NotOpen):
            walk(due=early).excuse(start=start, by="ana", at=at(1))
        with pytest.raises(NotOpen):
            walk().keep(FRIDAY, by="ana", at=at(1))

    def test_a_new_time_for_a_time_that_there_is_not_says_nothing(self) -> None:
        """Sent all the same, it changes nothing."""
        c, other = walk(due=NIGHTLY), walk()
        sent = other.renegotiate(at(30), by="ana", at=at(1)).acts[-1]
        assert evolve(c, acts=(*c.acts, sent)).listed(WEEK, at=at(2)) == c.listed(WEEK, at=at(2))
        kept = Entry(circle="c1", author="ana", id="x", at=at(1), body=PromiseKept(), audience=Shared(), about="k1")
        assert recent_kept(journal_of(evolve(c, acts=(*c.acts, kept))).view("ben", circle="c1", at=at(2)), 9) == ()


class TestOffering:
    """What can be promised, and to whom."""

    def test_nobody_promises_to_nobody_to_themselves_or_for_yesterday(self) -> None:
        """Each refusal says what was expected, and nothing of what was written."""
        for to, due, match in (
            (["ana", "ben"], DUE, "someone else to promise it to, got oneself"),
            ([], DUE, "someone to promise it to, got nobody"),
            (["ben"], NOW, "a time that lies ahead"),
            (["ben"], Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5), count=1), "lies ahead"),
            ("ben", DUE, "a collection of ids, got one text"),
        ):
            with pytest.raises(InvalidCare, match=match) as told:
                Commitment.offer("secret", to=to, due=due, id="k1", circle=US, by="ana", at=NOW)
            assert "secret" not in str(told.value)
        for by, to in (("ana", ["cleo"]), ("cleo", ["ana"])):
            with pytest.raises(NotAMember):
                Commitment.offer("a walk", to=to, due=DUE, id="k1", circle=US, by=by, at=NOW)
        assert Commitment.offer("a walk", to=["cleo"], due=DUE, id="k1", circle="c1", by="ana", at=NOW).owner == "ana"

    def test_a_promise_to_people_who_are_not_there_says_nothing(self) -> None:
        """Sent all the same, it is no story, and whoever asks is told so."""
        act = walk().acts[0]
        lost = evolve(walk(), acts=(evolve(act, body=Promise(what="a walk", to=("cleo",), due=DUE)),))
        assert (lost.has_begun, lost.listed(WEEK, at=at(1))) == (False, ())
        with pytest.raises(UnknownStory):
            _ = lost.owner
        with pytest.raises(UnknownStory):
            walk().keep(by="ana", at=at(-1))

    def test_the_words_are_nowhere_but_in_the_phrase(self) -> None:
        """They are left out of every `repr`."""
        c = walk().keep(by="ana", at=at(1)).excuse("why", by="ana", at=at(2))
        (each,) = c.listed(WEEK, at=at(2))
        bodies = [act.body for act in c.acts]
        assert "a walk" not in repr((c, each, bodies))
        assert "why" not in repr(bodies)
        assert render(each.phrase()) == "ana kept it: a walk."

    def test_an_excuse_cannot_be_shared(self) -> None:
        """Its kind is private, so no entry carries it to others."""
        with pytest.raises(InvalidAudience):
            Entry(circle="c1", author="ana", id="x", at=NOW, body=PromiseExcused(why="tired"), audience=Shared())


class TestGoodNews:
    """What was promised to the reader and kept."""

    def test_in_a_moment_of_doubt_there_is_something_to_look_at(self) -> None:
        """The newest first, at most so many; how many there might have been is nowhere."""
        c = walk(due=NIGHTLY).keep(FRIDAY, by="ana", at=at(11)).keep(SUNDAY, by="ana", at=at(60))
        other = Commitment.offer("tea", to=["ana"], due=DUE, id="k2", circle=US, by="ben", at=NOW)
        other = other.agree(by="ana", at=NOW).keep(by="ben", at=at(5))
        journal = journal_of(c)
        for person in US.ids:
            journal.append(*other.acts_of(person), acting=person)
        ben = journal.view("ben", circle="c1", at=at(61))
        assert [(each.commitment, each.by, each.told) for each in recent_kept(ben, 9)] == [
            ("k1", "ana", at(60)),
            ("k1", "ana", at(11)),
        ]
        assert recent_kept(ben, 1) == recent_kept(ben, 9)[:1]
        assert recent_kept(ben, 0) == ()
        assert render(recent_kept(ben, 1)[0].phrase(), names={"ana": "Ana"}) == "Ana kept it: a walk."
        assert [each.what for each in recent_kept(journal.view("ana", circle="c1", at=at(61)), 9)] == ["tea"]

    def test_what_one_was_happy_without_is_no_good_news_for_oneself(self) -> None:
        """Ben let it go, Cleo counted on it."""
        c = walk(circle=THREE).let_go(by="ben", at=at(1)).keep(by="ana", at=at(2))
        journal = journal_of(c, THREE)
        news = {who: recent_kept(journal.view(who, circle="c1", at=at(3)), 9) for who in THREE.ids}
        assert {who: len(kept) for who, kept in news.items()} == {"ana": 0, "ben": 0, "cleo": 1}

    @pytest.mark.parametrize("n", [-1, True, 1.5, "1"])
    def test_a_number_of_things_is_a_whole_number(self, n: int) -> None:
        """Anything else is refused."""
        with pytest.raises(InvalidCare):
            recent_kept(journal_of(walk()).view("ben", circle="c1", at=NOW), n)


@pytest.mark.parametrize("keeping", Keeping)
def test_every_standing_is_said_kindly(keeping: Keeping) -> None:
    """Kept later is told as kept; nothing counts, and nothing scolds."""
    each = Promised(commitment="k1", what="a walk", by="ana", to=("ben",), due=DUE, keeping=keeping)
    said = render(each.phrase(), names={"ana": "Ana"})
    assert "a walk" in said
    assert not {"late", "missed", "failed", "overdue", "should", "must"} & set(said.lower().split())
    assert (keeping is Keeping.KEPT_LATER) <= (said == "Ana kept it: a walk.")
