"""Laws of proposals, checked against a second reading of the rules that shares no code with the first."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import pendulum
from attrs import evolve, frozen
from hypothesis import assume, given
from hypothesis import strategies as st

from reconnect.consent.course import Course
from reconnect.consent.offer import (
    Accepted,
    Agreed,
    Countered,
    Declined,
    Offered,
    Withdrawn,
)
from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.stories import FIRST, STEP, circles, founding_of, moments, proposals
from reconnect.errors import AlreadyAnswered, NotAMember, NotOpen, NotYours, ReconnectError, Superseded
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Note, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Membership

Moment = pendulum.DateTime
GRID: Final = [FIRST + step * STEP for step in (*range(10), 12, 14, 17, 20, 25, 30, 38, 46)]
PEOPLE: Final = ("ana", "ben", "cy", "dee", "zoe")


@frozen
class Given:
    """An offer as the rules speak of it: who made it, when, what it says, and whom it concerns."""

    act: Entry
    terms: Offered | Countered
    people: tuple[str, ...]

    @property
    def id(self) -> str:
        """What an answer names."""
        return self.act.content


class Rules:
    """The rules of proposals, read once more, sentence by sentence, for one set of acts."""

    def __init__(self, p: Proposal, at: Moment) -> None:
        """Take in what had been said by an instant, by those who were there."""
        self.membership = Membership.of(act for act in p.founding if act.at <= at)
        self.order = list(self.membership.order)
        self.acts = [a for a in p.acts if a.at <= at and a.author in self.membership.at(a.at)]
        self.at = at

    def offer(self) -> Given | None:
        """The first offer that can be answered for some time, and then each counter that was allowed."""
        first = [
            Given(act, act.body, self.membership.at(act.at))
            for act in self.acts
            if isinstance(act.body, Offered) and act.at < act.body.until(act.at) and not self.membership.is_over(act.at)
        ]
        offer = min(first, key=self._first, default=None)
        while offer is not None and (counter := self._counter(offer)) is not None:
            offer = counter
        return offer

    def in_force(self) -> Body | None:
        """In force if all have accepted that very offer by now and none withdrew, until its review date."""
        offer = self.offer()
        if offer is None:
            return None
        last = self._last_yes(offer)
        ends = [*self._withdrawals(offer), *self._leavings(offer)]
        if last is None or any(end <= self.at for end in ends) or self.at >= last + offer.terms.lasts:
            return None
        return offer.terms.value

    def _counter(self, offer: Given) -> Given | None:
        """A counter answers someone else's open offer, up to the very instant of the last yes."""
        last = self._last_yes(offer)
        allowed = [
            Given(act, act.body, offer.people)
            for act in self._about(offer)
            if isinstance(act.body, Countered)
            and act.author != offer.act.author
            and self._answerable(offer, act.at)
            and not any(end <= act.at for end in self._withdrawals(offer))
            and (last is None or act.at <= last)
            and act.at < act.body.until(act.at)
        ]
        return min(allowed, key=self._first, default=None)

    def _last_yes(self, offer: Given) -> Moment | None:
        yes = [self._yes(offer, person) for person in offer.people if person != offer.act.author]
        given_ = [moment for moment in yes if moment is not None]
        return max(given_, default=None) if len(given_) == len(yes) else None

    def _yes(self, offer: Given, person: str) -> Moment | None:
        """Offering is saying yes; anyone else says it in so many words, while the offer can be answered."""
        if person == offer.act.author:
            return offer.act.at
        said = (a.at for a in self._about(offer) if isinstance(a.body, Accepted) and a.author == person)
        return min((moment for moment in said if self._answerable(offer, moment)), default=None)

    def _withdrawals(self, offer: Given) -> list[Moment]:
        """A withdrawal, or a no after one's own yes; from then on that offer is over for good."""
        plain = [act.at for act in self._about(offer) if isinstance(act.body, Withdrawn)]
        for act in self._about(offer):
            yes = self._yes(offer, act.author)
            took_back = isinstance(act.body, Declined) and yes is not None and yes <= act.at
            if took_back and not any(end < yes for end in plain if yes is not None):
                plain.append(act.at)
        return plain

    def _answerable(self, offer: Given, at: Moment) -> bool:
        left = any(end <= at for end in self._leavings(offer))
        return at < offer.terms.until(offer.act.at) and not left

    def _leavings(self, offer: Given) -> list[Moment]:
        """When someone whom it concerns left, or everyone ended the circle."""
        stays = [s for s in self.membership.stays if s.person in offer.people and s.covers(offer.act.at)]
        ended = [] if self.membership.ended is None else [self.membership.ended]
        return [*(stay.until for stay in stays if stay.until is not None), *ended]

    def _about(self, offer: Given) -> list[Entry]:
        return [
            act
            for act in self.acts
            if getattr(act.body, "offer", None) == offer.id and act.author in offer.people and act.at >= offer.act.at
        ]

    def _first(self, offer: Given) -> tuple[object, ...]:
        act = offer.act
        return (act.at, self.order.index(act.author), act.author, act.id, act.content)


@given(proposals())
def test_it_holds_exactly_while_all_said_yes_to_that_very_offer(p: Proposal) -> None:
    """Silence, an outdated yes, a stranger's yes or a repeated one never makes an agreement; every yes does."""
    for at in GRID:
        rules = Rules(p, at)
        assert p.in_force(at=at) == rules.in_force()
        offer = rules.offer()
        newest = p.as_of(at).offers[-1:]
        assert [each.id for each in newest] == ([] if offer is None else [offer.id])


@given(proposals())
def test_when_it_held_is_when_it_was_in_force(p: Proposal) -> None:
    """The window that stays after an erasure is the window in which the proposal was in force."""
    for at in GRID:
        assert (at in p.held()) == (p.in_force(at=at) is not None)
        resting = any(window.end <= at for window in p.held())
        if p.as_of(at).offers:
            assert (p.standing(at=at) is Agreed.RESTING) == resting
            assert (p.standing(at=at) is Agreed.IN_FORCE) == (at in p.held())


@given(proposals(), moments())
def test_whose_yes_is_missing_while_it_is_open(p: Proposal, at: Moment) -> None:
    """While it is open somebody's yes is missing; once nobody's is, it holds or rests."""
    if p.as_of(at).offers:
        assert bool(p.awaiting(at=at)) == (p.standing(at=at) is Agreed.OPEN)
        assert p.offers[0].by not in p.as_of(at).awaiting(at=at) or len(p.as_of(at).offers) > 1


VERBS: Final[dict[type, Callable[..., Proposal]]] = {
    Accepted: Proposal.accept,
    Declined: Proposal.decline,
    Withdrawn: Proposal.withdraw,
    Countered: partial(Proposal.counter, value=Note(text="other"), expires=30 * STEP),
}


def course(p: Proposal) -> tuple[object, ...]:
    """Say everything that the acts of a proposal come to, now and later."""
    now = Course.of(p.told(), p.membership)
    standings = [p.standing(at=at) for at in GRID if p.as_of(at).offers]
    return (now.offers, now.yes, now.no, p.held(), standings)


@given(proposals(), st.sampled_from([*GRID[:10], *GRID]), st.sampled_from(list(VERBS)), st.data())
def test_verbs_refuse_exactly_what_would_be_in_vain(p: Proposal, at: Moment, kind: type, data: st.DataObject) -> None:
    """What a verb refuses would have changed nothing, and what it lets through counts."""
    now = p.as_of(at)
    known = [offer.id for offer in now.offers]
    by = data.draw(st.sampled_from([*PEOPLE, *(3 * now.offer.people if known else ())]))
    offer = data.draw(st.sampled_from(["unknown", *known, *known[-1:]]))
    body = kind(offer=offer) if kind is not Countered else _countered(offer, at)
    act = Entry(circle="c1", author=by, id="direct", at=at, body=body, audience=Shared(), about="p1")
    in_vain = course(evolve(now, acts=(*now.acts, act))) == course(now)
    concerned = bool(known) and by in now.offer.people
    try:
        after = VERBS[kind](now, by=by, offer=offer, at=at)
    except (NotYours, NotAMember):
        assert in_vain
        assert not concerned or by == now.offer.by or by not in now.membership.at(at)
    except Superseded:
        assert in_vain
        assert offer in known[:-1]
    except NotOpen:
        assert in_vain
        assert offer == "unknown" or now.standing(at=at) is not Agreed.OPEN
    except AlreadyAnswered:
        assert kind is Declined
        assert by not in now.awaiting(at=at)
    else:
        assert concerned
        assert kind is Withdrawn or (after == now) == in_vain


def _countered(offer: str, at: Moment) -> Countered:
    return Countered(offer=offer, value=Note(text="other"), expires=at + 30 * STEP)


@given(proposals(), st.sampled_from(PEOPLE), moments())
def test_withdrawing_is_immediate_alone_and_final(p: Proposal, by: str, at: Moment) -> None:
    """From the instant of a withdrawal on, that offer never holds again, whatever was or will be said."""
    now = p.as_of(at)
    try:
        gone = merge_all(p, now.withdraw(by=by, at=at))
    except ReconnectError:
        return
    offer = now.offer.id
    for moment in GRID:
        if moment >= at and gone.as_of(moment).offer.id == offer:
            assert gone.in_force(at=moment) is None


def merge_all(p: Proposal, q: Proposal) -> Proposal:
    """Return what both know."""
    return evolve(p, acts=(*p.acts, *q.acts))


@given(proposals(), moments(), st.data())
def test_a_counter_voids_earlier_yeses(p: Proposal, at: Moment, data: st.DataObject) -> None:
    """After a counter nothing holds until everyone has said yes to the counter itself."""
    now = p.as_of(at)
    by = data.draw(st.sampled_from(PEOPLE))
    try:
        countered = now.counter(by=by, offer=now.offer.id, value=Note(text="other"), at=at)
    except ReconnectError:
        return
    assert countered.in_force(at=at) is None
    assert set(countered.awaiting(at=at)) == set(now.offer.people) - {by}
    agreed = countered
    for person in countered.awaiting(at=at):
        assert agreed.in_force(at=at) is None
        agreed = agreed.accept(by=person, offer=countered.offer.id, at=at)
    assert agreed.in_force(at=at) == Note(text="other")


@given(circles(), st.data())
def test_everyone_at_one_instant(circle: Circle, data: st.DataObject) -> None:
    """An offer, a counter and every yes may share one instant, in any circle order, and still hold."""
    order = data.draw(st.permutations(circle.ids))
    p = Proposal.of(Note(text="a walk"), id="p1", circle=circle, by=order[0], at=FIRST)
    p = p.counter(by=order[1], offer=p.offer.id, value=Note(text="a call"), at=FIRST)
    for person in order:
        p = p.accept(by=person, offer=p.offer.id, at=FIRST)
    assert p.in_force(at=FIRST) == Note(text="a call")


@given(proposals(), st.sampled_from(PEOPLE), moments())
def test_at_one_instant_protection_has_the_last_word(p: Proposal, by: str, at: Moment) -> None:
    """A withdrawal beats every yes and every counter of its own instant."""
    now = p.as_of(at)
    assume(now.offers and by in now.offer.people and by in now.membership.at(at))
    offer = now.offer
    said: list[Body] = [Withdrawn(offer=offer.id), _countered(offer.id, at), Accepted(offer=offer.id)]
    acts = [
        Entry(circle="c1", author=person, id=f"x{n}", at=at, body=body, audience=Shared(), about="p1")
        for person in offer.people
        for n, body in enumerate(said)
        if n > 0 or person == by
    ]
    after = evolve(now, acts=(*now.acts, *acts))
    assert after.in_force(at=at) is None
    assert after.offer.id == offer.id


@given(st.permutations(PEOPLE[:3]), st.integers(0, 2))
def test_names_do_not_matter(names: Sequence[str], offering: int) -> None:
    """Who is called what changes nothing: people in one place of the circle are treated alike."""
    circle = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in names))
    p = Proposal.of(Note(text="a walk"), id="p1", circle=circle, by=names[offering], at=FIRST)
    assert [names.index(name) for name in p.awaiting(at=FIRST)] == [n for n in range(3) if n != offering]


@given(proposals())
def test_nothing_holds_before_the_circle_is_known(p: Proposal) -> None:
    """Without knowing who everyone is, nobody can say that everyone agreed."""
    unknown = evolve(p, founding=())
    assert all(unknown.in_force(at=at) is None for at in GRID)


def test_an_old_stay_does_not_end_a_new_agreement() -> None:
    """Whoever left once and came back can agree again, and that agreement stands on its own."""
    from reconnect.record.membership import Joined, Left, Welcomed  # noqa: PLC0415 - used here only

    circle = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in PEOPLE[:3]))
    ids = iter(range(9))

    def act(author: str, step: int, body: Body) -> Entry:
        at = FIRST + step * STEP
        return Entry(circle="c1", author=author, id=f"m{next(ids)}", at=at, body=body, audience=Shared())

    back = (
        act("ben", 1, Left()),
        act("ana", 2, Welcomed(person="ben")),
        act("cy", 2, Welcomed(person="ben")),
        act("ben", 2, Joined()),
    )
    founding = (founding_of(circle), *back)
    at = FIRST + 3 * STEP
    p = evolve(Proposal.of(Note(text="a walk"), id="p1", circle="c1", by="ana", at=at), founding=founding)
    for person in ("ben", "cy"):
        p = p.accept(by=person, offer=p.offer.id, at=at)
    assert p.in_force(at=at) == Note(text="a walk")
    before = evolve(Proposal.of(Note(text="a walk"), id="p2", circle="c1", by="ana", at=FIRST), founding=founding)
    before = before.accept(by="ben", offer=before.offer.id, at=FIRST)
    before = before.accept(by="cy", offer=before.offer.id, at=FIRST)
    assert before.in_force(at=FIRST) == Note(text="a walk")
    assert before.in_force(at=at) is None
