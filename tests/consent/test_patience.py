"""No pestering: whoever offered waits a week, and nothing tells them how their offer was taken."""

import datetime as dt
import pickle
from collections.abc import Callable
from typing import Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconnect.consent.mute import Quiet
from reconnect.consent.offer import Offered
from reconnect.consent.patience import BETWEEN_OFFERS, too_soon
from reconnect.consent.proposal import Proposal
from reconnect.errors import IdTaken, NotAMember, NotYet, Superseded
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.practice.outlook import outlook
from reconnect.record.entry import Entry, Note, Shared
from reconnect.record.kind import Body, UnknownBody
from reconnect.record.membership import Ended, Left
from reconnect.record.memory import MemoryJournal
from reconnect.record.view import View

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
WALK: Final = Note(text="a walk")
Taking = Callable[[MemoryJournal], object]


def journal() -> MemoryJournal:
    """Open a journal in which ana has just offered a walk."""
    opened = MemoryJournal()
    people = tuple(Person(id=name, zone="UTC") for name in ("ana", "ben"))
    opened.found(Circle(id="c1", members=people), by="ana", at=NOW)
    opened.append(*look(opened, "ana", NOW).offer(WALK, id="p1").acts, acting="ana")
    return opened


def look(opened: MemoryJournal, who: str, at: pendulum.DateTime) -> View:
    """Look into the circle."""
    return opened.view(who, circle="c1", at=at)


def answered(opened: MemoryJournal, verb: str, at: pendulum.DateTime = NOW) -> None:
    """Let ben answer ana's offer."""
    p = look(opened, "ben", at).state(Proposal, "p1")
    said = getattr(p, verb)(by="ben", offer=p.offer.id, at=at)
    opened.append(*(act for act in said.acts if act.author == "ben"), acting="ben")


def write(opened: MemoryJournal, by: str, body: Body, at: pendulum.DateTime) -> None:
    """Write one shared entry."""
    opened.append(Entry(circle="c1", author=by, id="e", at=at, body=body, audience=Shared()), acting=by)


def refusal(opened: MemoryJournal, at: pendulum.DateTime, about: str | None = None) -> NotYet:
    """Offer again too soon, and return how that is refused."""
    with pytest.raises(NotYet) as caught:
        look(opened, "ana", at).offer(Note(text="one more"), id="p9", about=about)
    return caught.value


def quietly(opened: MemoryJournal) -> None:
    """Let ben go quiet."""
    opened.append(*Quiet.go(id="q1", circle="c1", by="ben", at=NOW).acts, acting="ben")


TAKINGS: Final[dict[str, Taking]] = {
    "never looked": lambda _: None,
    "muted": lambda opened: answered(opened, "mute"),
    "declined": lambda opened: answered(opened, "decline"),
    "accepted": lambda opened: answered(opened, "accept"),
    "went quiet": quietly,
}


@pytest.mark.parametrize("taking", TAKINGS)
@given(seconds=st.integers(0, 7 * 86_400 - 1))
def test_the_refusal_is_the_same_however_it_was_taken(taking: str, seconds: int) -> None:
    """The refusal tells when there is room again, and nothing of what the other did."""
    at = NOW.add(seconds=seconds)
    opened = journal()
    TAKINGS[taking](opened)
    refused, plain = refusal(opened, at), refusal(journal(), at)
    assert refused.until == NOW + BETWEEN_OFFERS
    assert (str(refused), repr(refused), refused.args) == (str(plain), repr(plain), plain.args)
    assert pickle.dumps(refused) == pickle.dumps(plain)


@given(st.integers(0, 3))
def test_after_seven_days_exactly_there_is_room(extra: int) -> None:
    """A week later, to the microsecond, one may offer again."""
    opened = journal()
    assert isinstance(refusal(opened, NOW + BETWEEN_OFFERS - dt.timedelta(microseconds=1)), NotYet)
    at = NOW + BETWEEN_OFFERS + dt.timedelta(microseconds=extra)
    again = look(opened, "ana", at).offer(Note(text="another walk"), id="p2")
    assert again.offer.value == Note(text="another walk")
    opened.append(*again.acts, acting="ana")
    assert refusal(opened, at).until == at + BETWEEN_OFFERS


def test_another_key_nobody_agreed_on_does_not_get_around_it() -> None:
    """A subject is what people agreed on, not what one of them makes up."""
    opened = journal()
    for about in ("something else", "yet another", None):
        assert refusal(opened, NOW, about=about).until == NOW + BETWEEN_OFFERS


def test_a_name_that_somebody_makes_up_is_no_kind_of_its_own() -> None:
    """Kinds that nobody registered share one subject: another made-up name does not get around a week's peace."""
    opened = journal()
    opened.append(*look(opened, "ana", NOW).offer(UnknownBody(name="x0", payload="{}"), id="u0").acts, acting="ana")
    for number in range(1, 4):
        with pytest.raises(NotYet):
            look(opened, "ana", NOW).offer(UnknownBody(name=f"x{number}", payload="{}"), id=f"u{number}")
    around = Offered(value=UnknownBody(name="x9", payload="{}"))
    sent = Entry(circle="c1", author="ana", id="e9", at=NOW, body=around, audience=Shared(), about="u9")
    opened.append(sent, acting="ana")
    assert {waiting.proposal for waiting in outlook(look(opened, "ben", NOW)).awaiting} == {"p1", "u0"}


def test_another_subject_or_kind_has_its_own_time() -> None:
    """Once a key was agreed on, an offer about it is another subject."""
    opened = MemoryJournal()
    people = tuple(Person(id=name, zone="UTC") for name in ("ana", "ben"))
    opened.found(Circle(id="c1", members=people), by="ana", at=NOW)
    opened.append(*look(opened, "ana", NOW).offer(WALK, id="p1", about="s1").acts, acting="ana")
    answered(opened, "accept")
    assert look(opened, "ana", NOW).offer(WALK, id="p2").offer.value == WALK
    assert isinstance(refusal(opened, NOW, about="s1"), NotYet)


def test_a_counter_does_not_count() -> None:
    """Replying to the other's offer is no pestering; one's own next offer is still free."""
    opened = journal()
    p = look(opened, "ben", NOW).state(Proposal, "p1")
    countered = p.counter(by="ben", offer=p.offer.id, value=Note(text="a call"), at=NOW)
    opened.append(*(act for act in countered.acts if act.author == "ben"), acting="ben")
    assert look(opened, "ben", NOW).offer(Note(text="a swim"), id="p2").offer.by == "ben"


def test_the_others_offers_do_not_count() -> None:
    """Patience is asked of each person for themselves."""
    assert look(journal(), "ben", NOW).offer(WALK, id="p2").offer.by == "ben"


def test_a_retry_is_no_new_offer() -> None:
    """The same id with the same value gives back what is there, also when it was answered since."""
    opened = journal()
    answered(opened, "accept")
    again = look(opened, "ana", NOW.add(days=1)).offer(WALK, id="p1")
    assert again == look(opened, "ana", NOW.add(days=1)).state(Proposal, "p1")
    assert again.in_force(at=NOW.add(days=1)) == WALK


def test_an_id_stands_for_one_proposal() -> None:
    """Another value, or another person's offer, needs an id of its own, however long one waits."""
    opened = journal()
    for who, value in (("ana", Note(text="other")), ("ben", WALK)):
        with pytest.raises(IdTaken, match="no proposal has yet"):
            look(opened, who, NOW.add(days=30)).offer(value, id="p1")


def test_offering_is_for_those_who_are_there() -> None:
    """Who left, or whose circle has ended, has nobody to offer to."""
    opened = journal()
    write(opened, "ben", Left(), NOW.add(days=8))
    for who in ("ana", "ben"):
        with pytest.raises(NotAMember):
            look(opened, who, NOW.add(days=8)).offer(WALK, id="p2")
    other = journal()
    for who in ("ana", "ben"):
        write(other, who, Ended(), NOW.add(days=8))
    with pytest.raises(NotAMember):
        look(other, "ana", NOW.add(days=8)).offer(WALK, id="p2")


def test_offering_says_its_instant_and_its_end() -> None:
    """An offer may name now, until when it can be answered, and how long it holds before it is looked at again."""
    opened = journal()
    at = NOW.add(days=8)
    p = look(opened, "ben", NOW).offer(WALK, id="p2", at=at, expires=dt.timedelta(days=2), lasts=dt.timedelta(days=14))
    assert (p.offer.at, p.offer.expires, p.offer.lasts) == (at, at.add(days=2), dt.timedelta(days=14))
    assert p.awaiting(at=at) == ("ana",)
    assert look(opened, "ben", at).offer(WALK, id="p2").offer.lasts == dt.timedelta(days=90)


def test_offers_sent_at_once_are_shown_once() -> None:
    """Two requests at once may both get in: the others see the first, and may still answer either."""
    opened = journal()
    for number, later in ((2, 0), (3, 6), (4, 7), (5, 13), (6, 14)):
        at = NOW.add(days=later, microseconds=1)
        p = Proposal.of(Note(text=f"offer {number}"), id=f"p{number}", circle="c1", by="ana", at=at)
        opened.append(*p.acts, acting="ana")
    view = look(opened, "ben", NOW.add(days=14, microseconds=1))
    assert too_soon(view) == {"p2", "p3", "p5"}
    assert [waiting.proposal for waiting in outlook(view).awaiting] == ["p1", "p4", "p6"]
    p = view.state(Proposal, "p2")
    assert p.accept(by="ben", offer=p.offer.id, at=view.at).in_force(at=view.at) == Note(text="offer 2")


def test_offers_that_never_stood_buy_no_place_in_front() -> None:
    """Whoever writes offers that had expired before, one about each id, does not get one through a day that way."""
    opened = journal()
    for number in reversed(range(2, 7)):
        gone = Offered(value=Note(text=f"offer {number}"), expires=NOW.subtract(days=9))
        planted = Entry(
            circle="c1", author="ana", id=f"e{number}", at=NOW, body=gone, audience=Shared(), about=f"p{number}"
        )
        opened.append(planted, acting="ana")
    for number in range(2, 7):
        at = NOW.add(days=number)
        p = Proposal.of(Note(text=f"offer {number}"), id=f"p{number}", circle="c1", by="ana", at=at)
        opened.append(*p.acts, acting="ana")
    assert too_soon(look(opened, "ben", NOW.add(days=6))) == {f"p{number}" for number in range(2, 7)}


def test_a_counter_sent_again_is_the_same_counter() -> None:
    """A retry changes nothing; after another offer it is refused like any late answer."""
    opened = journal()
    first = look(opened, "ben", NOW).state(Proposal, "p1")
    once = first.counter(by="ben", offer=first.offer.id, value=Note(text="a swim"), at=NOW)
    assert once.counter(by="ben", offer=first.offer.id, value=Note(text="a swim"), at=NOW.add(hours=1)) == once
    with pytest.raises(Superseded):
        once.counter(by="ben", offer=first.offer.id, value=Note(text="a run"), at=NOW)
    reply = once.counter(by="ana", offer=once.offer.id, value=WALK, at=NOW.add(hours=1))
    with pytest.raises(Superseded):
        reply.counter(by="ben", offer=first.offer.id, value=Note(text="a swim"), at=NOW.add(hours=2))
