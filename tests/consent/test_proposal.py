"""Proposals by example: who may say what, until when, and what it comes to."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import pendulum
import pytest
from attrs import evolve

from reconnect.consent.course import Course
from reconnect.consent.mute import Quiet
from reconnect.consent.offer import LONGEST_REVIEW, Accepted, Agreed, Countered, Declined, Offered, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.errors import AlreadyAnswered, InvalidOffer, NotAMember, NotOpen, NotYours, Superseded
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Note, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Ended, Joined, Left, Welcomed
from reconnect.temporal.windows import Windows

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
LATER: Final = NOW.add(days=1)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
WALK, CALL = Note(text="a walk"), Note(text="a call")


def offered(**named: Any) -> Proposal:  # noqa: ANN401 - passed on as it comes
    """Let ana offer a walk."""
    return Proposal.of(WALK, id="p1", circle=US, by="ana", at=NOW, **named)


def act(by: str, body: Body, at: pendulum.DateTime = NOW, id_: str = "x") -> Entry:
    """Write one shared act about the proposal."""
    return Entry(circle="c1", author=by, id=id_, at=at, body=body, audience=Shared(), about="p1")


def among(p: Proposal, *acts: Entry) -> Proposal:
    """Add the circle's own acts."""
    return evolve(p, founding=(*p.founding, *acts))


Ending = Callable[[Proposal], Proposal]
ENDINGS: Final[dict[str, Ending]] = {
    "it expired": lambda p: p,
    "its author withdrew it": lambda p: p.withdraw(by="ana", at=NOW),
    "the other withdrew from it": lambda p: p.withdraw(by="ben", at=NOW),
    "someone left": lambda p: among(p, act("ana", Left(), LATER)),
    "the circle ended": lambda p: among(p, act("ana", Ended(), LATER), act("ben", Ended(), LATER)),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_closed_offer_is_not_answered(ending: str) -> None:
    """However it closed, nobody says yes, no or something else to it any more."""
    p = ENDINGS[ending](offered(expires=LATER))
    verbs: tuple[Callable[..., Proposal], ...] = (p.accept, p.decline)
    for verb in verbs:
        for who in ("ana", "ben"):
            with pytest.raises(NotOpen, match="expected an offer that is open at that time"):
                verb(by=who, offer=p.offer.id, at=LATER)
    with pytest.raises(NotOpen):
        p.counter(by="ben", offer=p.offer.id, value=CALL, at=LATER)
    assert p.standing(at=LATER) is Agreed.SET_ASIDE
    assert p.awaiting(at=LATER) == ()
    assert p.held() == Windows()


def test_a_lapse_and_a_withdrawal_look_alike() -> None:
    """What held once rests, whoever or whatever ended it; and it is not countered while it holds."""
    p = offered(lasts=dt.timedelta(days=2))
    p = p.accept(by="ben", offer=p.offer.id, at=NOW)
    with pytest.raises(NotOpen):
        p.counter(by="ben", offer=p.offer.id, value=CALL, at=LATER)
    withdrawn = p.withdraw(by="ben", at=LATER)
    lapsed = NOW.add(days=2)
    assert (p.standing(at=LATER), p.standing(at=lapsed)) == (Agreed.IN_FORCE, Agreed.RESTING)
    assert (withdrawn.standing(at=LATER), withdrawn.standing(at=lapsed)) == (Agreed.RESTING, Agreed.RESTING)
    assert withdrawn.withdraw(by="ben", at=lapsed) == withdrawn
    with pytest.raises(NotOpen):
        withdrawn.accept(by="ben", offer=p.offer.id, at=lapsed)


def test_saying_something_twice() -> None:
    """A second yes or no changes nothing; after a yes, withdrawing is the way back."""
    p = offered()
    declined = p.decline(by="ben", offer=p.offer.id, at=NOW)
    assert declined.decline(by="ben", offer=p.offer.id, at=LATER) == declined
    assert declined.standing(at=LATER) is Agreed.SET_ASIDE
    agreed = declined.accept(by="ben", offer=p.offer.id, at=LATER)
    assert agreed.in_force(at=LATER) == WALK
    assert agreed.accept(by="ben", offer=p.offer.id, at=LATER) == agreed
    for who in ("ana", "ben"):
        with pytest.raises(AlreadyAnswered, match="withdrawing"):
            agreed.decline(by=who, offer=p.offer.id, at=LATER)


def test_an_answer_names_the_very_offer() -> None:
    """An outdated offer, an unknown one, one's own, or one that is not for this person."""
    p = offered()
    first = p.offer.id
    p = p.counter(by="ben", offer=first, value=CALL, at=NOW)
    for verb in (p.accept, p.decline, p.withdraw):
        with pytest.raises(Superseded, match=p.offer.id):
            verb(by="ana", offer=first, at=NOW)
        with pytest.raises(NotOpen):
            verb(by="ana", offer="unknown", at=NOW)
        with pytest.raises(NotYours):
            verb(by="zoe", offer=p.offer.id, at=NOW)
    with pytest.raises(NotYours):
        p.counter(by="ben", offer=p.offer.id, value=WALK, at=NOW)
    with pytest.raises(NotYours):
        offered().withdraw(by="ana", at=NOW.subtract(days=1))
    assert p.withdraw(by="ana", offer=p.offer.id, at=NOW).standing(at=NOW) is Agreed.SET_ASIDE


def test_a_no_at_the_instant_of_ones_own_yes_has_the_last_word() -> None:
    """Two phones may send both at once; the one that protects counts, in any order of arrival."""
    p = offered()
    said = (act("ben", Accepted(offer=p.offer.id), id_="yes"), act("ben", Declined(offer=p.offer.id), id_="no"))
    for acts in (said, said[::-1]):
        assert evolve(p, acts=(*p.acts, *acts)).in_force(at=LATER) is None
        assert evolve(p, acts=(*p.acts, *acts)).standing(at=LATER) is Agreed.SET_ASIDE


def test_a_newcomer_says_nothing_about_what_came_before() -> None:
    """Even written directly, a yes, a counter or a withdrawal of someone it does not concern is in vain."""
    p = offered()
    p = among(p, act("ana", Welcomed(person="cy"), id_="w"), act("ben", Welcomed(person="cy"), id_="w"))
    p = among(p, act("cy", Joined(), LATER, "j"))
    offer = p.offer.id
    counter = Countered(offer=offer, value=CALL)
    for body in (Accepted(offer=offer), Withdrawn(offer=offer), Declined(offer=offer), counter):
        said = evolve(p, acts=(*p.acts, act("cy", body, LATER)))
        assert (said.standing(at=LATER), said.offers) == (Agreed.OPEN, p.offers)
        assert said.accept(by="ben", offer=offer, at=LATER).in_force(at=LATER) == WALK


def test_the_end_of_an_offer_and_of_its_review_are_checked() -> None:
    """Not nothing, not for ever."""
    wrong: tuple[Any, ...] = (dt.timedelta(0), -dt.timedelta(1), LONGEST_REVIEW + dt.timedelta.resolution, 7)
    for lasts in wrong:
        with pytest.raises(InvalidOffer, match="more than nothing to ten years"):
            offered(lasts=lasts)
    with pytest.raises(InvalidOffer):
        offered(expires=NOW)
    assert Offered(value=WALK, lasts=LONGEST_REVIEW).lasts == LONGEST_REVIEW


def test_muting_is_for_oneself() -> None:
    """It changes what its author is shown, and not how things stand."""
    p = offered()
    muted = p.mute(by="ben", offer=p.offer.id, at=NOW)
    assert muted.is_muted(by="ben", at=NOW)
    assert not muted.is_muted(by="ana", at=NOW)
    assert muted.standing(at=NOW) is p.standing(at=NOW) is Agreed.OPEN
    assert muted.awaiting(at=NOW) == ("ben",)
    assert (len(muted.acts_of("ana")), len(muted.acts_of("ben")), muted.acts_of("zoe")) == (1, 1, ())


def test_stories_begin_with_people_who_are_there() -> None:
    """With a circle instead of its id, everyone in it is known, and nobody else speaks."""
    with pytest.raises(NotAMember):
        Proposal.of(WALK, id="p1", circle=US, by="zoe", at=NOW)
    with pytest.raises(InvalidOffer, match="closes at once"):
        Reveal.of(WALK, closes=NOW, id="r1", circle=US, by="ana", at=NOW)
    assert Reveal.of(WALK, closes=dt.timedelta(days=1), id="r1", circle="c1", by="ana", at=NOW).closes == LATER
    assert Reveal.of(WALK, closes=LATER, id="r1", circle="c1", by="ana", at=NOW).prompt == WALK
    assert Quiet.go(id="q1", circle="c1", by="ana", at=NOW).held() == Windows()
    assert offered(about="s1").about == "s1"


def test_a_long_exchange_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often people suggest something else, each thing they said is weighed once."""
    p = offered()
    for step in range(1, 60):
        by = ("ana", "ben")[step % 2]
        p = p.counter(by=by, offer=p.offer.id, value=Note(text=f"{step}"), at=NOW.add(minutes=step))
    weighed: list[Entry] = []
    weigh = vars(Course)["_next"]

    def watched(course: Course, act: Entry) -> Course:
        weighed.append(act)
        after: Course = weigh(course, act)
        return after

    monkeypatch.setattr(Course, "_next", watched)
    assert len(evolve(p).offers) == 60
    assert len(weighed) == 59
