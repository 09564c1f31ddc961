"""What is always true of wellness plans: goals and values are their owner's, and can go nowhere else."""

import datetime as dt
from fractions import Fraction
from typing import Any, Final, get_args

import attrs
import pendulum
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from reconnect.consent.offer import Accepted, Countered, Offered
from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.gathered import said_by
from reconnect.edges.testing.growth import plans
from reconnect.edges.testing.values import bodies, body_strategies
from reconnect.errors import InvalidAudience, InvalidBody, ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.wellness import Area, WellnessPlan, WellnessShared
from reconnect.primitives.wellness.acts import GoalLetGo, GoalSet, ValueNoted
from reconnect.record.entry import Entry, Sealed, Shared
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal
from reconnect.record.sealed import Asked
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant, from_microseconds
from reconnect.temporal.window import Window

DAY: Final = dt.timedelta(days=1)
PEOPLE: Final = ("ana", "ben", "cleo")
OWN: Final = (GoalSet, GoalLetGo, ValueNoted)


def moments(plan: WellnessPlan) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant at which something was said, or one a while later."""
    steps = st.sampled_from([0 * DAY, 0 * DAY, dt.timedelta(microseconds=1), DAY, 20 * DAY])
    said = st.sampled_from([act.at for act in plan.acts])
    return st.tuples(said, steps).map(lambda parts: as_instant(parts[0] + parts[1]))


def facts(plan: WellnessPlan, person: str, at: pendulum.DateTime) -> list[Any]:
    """Return what a plan says of one person."""
    return [plan.goals(of=person, at=at), plan.notes(of=person, at=at), plan.shared(of=person, at=at)]


@given(st.one_of(*(body_strategies()[cls] for cls in OWN)), st.sampled_from([Shared(), Sealed("r1")]))
def test_goals_and_values_cannot_be_shared_offered_or_asked_about(body: Body, audience: Shared | Sealed) -> None:
    """No shared or sealed entry, no offer, no counter-offer and no question carries one, whatever its content."""
    at = pendulum.datetime(2026, 1, 5)
    with pytest.raises(InvalidAudience):
        Entry(circle="c1", author="ana", id="e1", at=at, body=body, audience=audience)
    for carry in (
        lambda: Offered(value=body),
        lambda: Countered(value=body, offer="o1"),
        lambda: Asked(prompt=body, closes=at),
    ):
        with pytest.raises(InvalidBody, match="a kind of body that everyone may see"):
            carry()


def test_what_is_shared_has_no_room_for_a_value() -> None:
    """The shared part of a plan holds areas and texts, and not one number, length of time or date."""
    fields = {field.name: field.type for field in attrs.fields(WellnessShared)}
    assert fields == {"areas": tuple[Area, ...], "help_me": tuple[str, ...]}
    values = {int, float, Fraction, dt.timedelta, dt.date, dt.datetime}
    assert not values & {part for each in fields.values() for part in (each, *get_args(each))}
    assert {type(area.value) for area in Area} == {str}


@given(plans(), st.data())
def test_what_is_a_persons_rests_on_their_own_acts(plan: WellnessPlan, data: st.DataObject) -> None:
    """Whatever all the others say, nobody's goals, values or shared part change."""
    at = data.draw(moments(plan))
    for person in PEOPLE:
        alone = evolve(plan, acts=tuple(act for act in plan.acts if act.author == person))
        assert facts(alone, person, at) == facts(plan, person, at)


@given(plans(), bodies(), st.sampled_from(PEOPLE), st.data())
def test_no_body_of_another_sets_ones_goals(plan: WellnessPlan, body: Body, by: str, data: st.DataObject) -> None:
    """Of whatever kind it is that somebody else sends, it sets, words and lets go of nothing that is not theirs."""
    at = data.draw(moments(plan))
    try:
        sent = said_by(by, "sent", at, body, "w1")
    except ReconnectError:
        return
    more = evolve(plan, acts=(*plan.acts, sent))
    for person in set(PEOPLE) - {by}:
        assert facts(more, person, at) == facts(plan, person, at)


@given(plans(), st.data())
def test_however_it_is_told_it_comes_out_the_same(plan: WellnessPlan, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(moments(plan))
    acts = [*plan.acts, *(act.received(as_instant(act.at + DAY)) for act in plan.acts)]
    data.draw(st.randoms(use_true_random=False)).shuffle(acts)
    cut = data.draw(st.integers(0, len(acts)))
    one, other = evolve(plan, acts=tuple(acts[:cut])), evolve(plan, acts=tuple(acts[cut:]))
    assert merge(one, other) == merge(other, one) == plan
    told = merge(one, other)
    assert told.review(at=at) == plan.review(at=at)
    assert [facts(told, person, at) for person in PEOPLE] == [facts(plan, person, at) for person in PEOPLE]


@given(plans(), st.data())
def test_what_comes_later_does_not_change_what_was(plan: WellnessPlan, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(moments(plan))
    early = plan.as_of(at)
    assert early.review(at=at) == plan.review(at=at)
    assert [facts(early, person, at) for person in PEOPLE] == [facts(plan, person, at) for person in PEOPLE]


@given(plans(), st.data())
def test_a_review_holds_only_while_everyone_says_yes(plan: WellnessPlan, data: st.DataObject) -> None:
    """It is the rhythm about this very plan to which everyone said yes last, of those from which nobody withdrew."""
    at = data.draw(moments(plan))
    agreed: list[tuple[pendulum.DateTime, str, Body]] = []
    for name in ("p1", "p2"):
        said = tuple(act for act in plan.told(at) if act.about == name)
        p = Proposal(id=name, circle="c1", acts=said, founding=plan.as_of(at).founding)
        value = p.in_force(at=at)
        if value is not None and p.about == "w1":
            agreed.append((max(act.at for act in said if isinstance(act.body, Offered | Accepted)), name, value))
    review = plan.review(at=at)
    assert review == (max(agreed, key=lambda each: each[:2])[2] if agreed else None)
    week = Window.of(at, 7 * DAY)
    assert len(plan.reviews(week, at=at)) == (0 if review is None else len(list(review.rhythm.between(week))))


@given(plans(), st.data())
def test_nobody_reads_anothers_goals_or_values(plan: WellnessPlan, data: st.DataObject) -> None:
    """In a reader's own view there is nothing of anyone else but what they share."""
    at, journal = data.draw(moments(plan)), MemoryJournal(key=b"k")
    us = Circle(id="c1", members=tuple(Person(id=person, zone="UTC") for person in PEOPLE))
    journal.found(us, by="ana", at=from_microseconds(0))
    for act in plan.acts:
        if act.author in us.ids:
            journal.append(act, acting=act.author)
    for reader in PEOPLE:
        view = journal.view(reader, circle="c1", at=at)
        for seen in view.all(WellnessPlan):
            for person in set(PEOPLE) - {reader}:
                assert seen.goals(of=person, at=at) == ()
                assert seen.notes(of=person, at=at) == ()
            assert [seen.shared(of=person, at=at) for person in PEOPLE] == [
                evolve(plan, founding=view.founding).shared(of=person, at=at) for person in PEOPLE
            ]
