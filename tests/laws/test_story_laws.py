"""Laws of stories: what every story made of acts has in common, whatever it is about."""

import copy
import pickle
from random import Random
from typing import Any

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from reconnect.consent.aside import Aside
from reconnect.consent.invitation import Invitation
from reconnect.consent.mute import Quiet
from reconnect.consent.offer import Agreed, Muted
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.testing.stories import (
    FIRST,
    STEP,
    STEPS,
    founding_of,
    invitations,
    moments,
    proposals,
    reveals,
    stories,
)
from reconnect.errors import InvalidCircle, ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Note, Private, Shared
from reconnect.record.membership import Membership
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import Story, merge

GRID = [FIRST + step * STEP for step in range(STEPS + 1)]
PEOPLE = ("ana", "ben", "cy", "dee", "zoe")


def state(story: Story, at: pendulum.DateTime) -> Any:  # noqa: ANN401 - whatever a story can say of itself
    """Say everything that a story tells as of an instant."""
    match story:
        case Proposal():
            known = story.as_of(at).offers
            standing = story.standing(at=at) if known else None
            muted = [person for person in PEOPLE if known and story.is_muted(by=person, at=at)]
            return story.in_force(at=at), standing, story.awaiting(at=at) if known else None, known, muted
        case Reveal():
            opened = story.opened(at=at)
            return None if opened is None else [(name, entry.content) for name, entry in opened.items()]
        case Quiet():
            return story.holds(at=at)
        case Aside():
            return story.standing(at=at)
        case Invitation():
            return story.until(at=at)
        case _:
            raise AssertionError(story)


def states(story: Story) -> list[Any]:
    """Say everything that a story tells, at every instant of the grid."""
    return [state(story, at) for at in GRID]


@st.composite
def tellings(draw: st.DrawFn) -> tuple[Story, Story, Story]:
    """Draw three partial tellings of one story, with acts received at different instants."""
    story = draw(stories())
    parts = []
    for _ in range(3):
        acts = [act for act in story.acts if draw(st.booleans())]
        parts.append(evolve(story, acts=tuple(act.received(act.at + draw(st.integers(0, 1)) * STEP) for act in acts)))
    return parts[0], parts[1], parts[2]


@given(tellings())
def test_merge_is_associative_commutative_and_idempotent(three: tuple[Story, Story, Story]) -> None:
    """Whoever tells a story first, twice or in parts, it comes out the same."""
    a, b, c = three
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))
    assert merge(a, a) == a
    assert merge(merge(a, b), b) == merge(a, b)
    assert hash(merge(a, b)) == hash(merge(b, a))


@given(stories(), st.randoms(use_true_random=False), st.integers(0, 12))
def test_replaying_reordering_and_splitting_change_nothing(story: Story, rng: Random, cut: int) -> None:
    """The order in which acts arrive, and whether they arrive twice, changes nothing in any state."""
    acts = [*story.acts, *(act.received(act.at + STEP) for act in story.acts)]
    rng.shuffle(acts)
    again = evolve(story, acts=tuple(acts))
    assert again == story
    assert states(merge(evolve(again, acts=tuple(acts[:cut])), evolve(again, acts=tuple(acts[cut:])))) == states(story)


@given(stories(), moments())
def test_the_state_as_of_an_instant_rests_on_acts_up_to_it(story: Story, at: pendulum.DateTime) -> None:
    """What is said later, by anyone, does not change how things stood."""
    assert state(story.as_of(at), at) == state(story, at)
    grown = evolve(story, acts=tuple(act.received(max(act.at, at + STEP)) for act in story.acts if act.at > at))
    assert state(merge(story.as_of(at), grown), at) == state(story, at)


@given(stories(), st.sampled_from(PEOPLE), moments(), st.data())
def test_a_verb_never_removes_an_act(story: Story, by: str, at: pendulum.DateTime, data: st.DataObject) -> None:
    """Every verb gives back the story with the acts it had, and at most one more."""
    try:
        after = _verb(story, by, at, data)
    except ReconnectError:
        return
    assert set(story.acts) <= set(after.acts)
    assert len(after.acts) <= len(story.acts) + 1
    assert story.founding == after.founding


def _verb(story: Story, by: str, at: pendulum.DateTime, data: st.DataObject) -> Story:
    choose = data.draw(st.integers(0, 4))
    match story:
        case Proposal():
            offer = data.draw(st.sampled_from(["unknown", *(offer.id for offer in story.offers)]))
            verbs: list[Any] = [
                lambda: story.accept(by=by, offer=offer, at=at),
                lambda: story.decline(by=by, offer=offer, at=at),
                lambda: story.counter(by=by, offer=offer, value=Note(text="other"), at=at),
                lambda: story.withdraw(by=by, at=at),
                lambda: story.mute(by=by, offer=offer, at=at),
            ]
        case Reveal():
            verbs = [lambda: story.answer("hm", by=by, at=at), lambda: story.retract(by=by, at=at)]
        case Quiet():
            verbs = [lambda: story.go_again(by=by, at=at), lambda: story.come_back(by=by, at=at)]
        case Aside():
            verbs = [lambda: story.put_again(by=by, at=at), lambda: story.take_up(by=by, at=at)]
        case Invitation():
            verbs = [lambda: story.renew(by=by, at=at), lambda: story.end(by=by, at=at)]
        case _:
            raise AssertionError(story)
    result: Story = verbs[choose % len(verbs)]()
    return result


@given(stories(), st.sampled_from(PEOPLE), moments(), st.data())
def test_a_retry_from_the_same_state_is_the_same_act(
    story: Story, by: str, at: pendulum.DateTime, data: st.DataObject
) -> None:
    """The same words from the same state are one act, even if the second request came later."""
    choose = data.draw(st.integers(0, 1))
    said = [Note(text="a"), Note(text="b")][choose]
    membership = Membership.of(story.founding)
    later = at + STEP
    if not all(by in membership.at(moment) for moment in (at, later)):
        return
    once, twice = story.say(said, by=by, at=at), story.say(said, by=by, at=later)
    assert merge(once, twice) == once


@given(proposals(), st.sampled_from(PEOPLE), moments(), st.data())
def test_a_private_act_changes_no_bond(p: Proposal, by: str, at: pendulum.DateTime, data: st.DataObject) -> None:
    """Muting, by anyone and at any time, changes what its author sees and nothing that binds."""
    offer = data.draw(st.sampled_from(["unknown", *(offer.id for offer in p.offers)]))
    muted = Entry(circle="c1", author=by, id="m", at=at, body=Muted(offer=offer), audience=Private(), about="p1")
    quietly = evolve(p, acts=(*p.acts, muted))
    assert [told[:4] for told in states(quietly)] == [told[:4] for told in states(p)]
    assert quietly.held() == p.held()
    others = [person for person in PEOPLE if person != by]
    shown = [moment for moment in GRID if p.as_of(moment).offers]
    for moment in shown:
        before, after = ([q.is_muted(by=o, at=moment) for o in others] for q in (p, quietly))
        assert before == after


@given(proposals() | reveals() | invitations(), st.data())
def test_a_bond_is_the_same_in_everyones_view(story: Story, data: st.DataObject) -> None:
    """Whoever looks, what binds stands as it does for everyone else, at every instant."""
    circle = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in PEOPLE[:3]))
    quiet = evolve(story, founding=(founding_of(circle),))
    journal = MemoryJournal()
    journal.found(circle, by="ana", at=FIRST)
    identities = set()
    for act in data.draw(st.permutations(quiet.acts)):
        if act.author in circle.ids and act.identity not in identities:
            identities.add(act.identity)
            journal.append(act, acting=act.author)
    at = data.draw(moments())
    seen = []
    for reader in circle.ids:
        found = journal.view(reader, circle="c1", at=at).all(type(story))
        told = [state(each, at)[:4] if isinstance(each, Proposal) else state(each, at) for each in found]
        seen.append([(each.id, each.has_begun, answer) for each, answer in zip(found, told, strict=True)])
    assert seen[0] == seen[1] == seen[2]


@given(stories())
def test_a_story_survives_copying_and_pickling(story: Story) -> None:
    """A story that was put away and taken out again is the same story."""
    for again in (copy.copy(story), copy.deepcopy(story), pickle.loads(pickle.dumps(story))):  # noqa: S301 - our own bytes
        assert again == story
        assert hash(again) == hash(story)
        assert states(again) == states(story)


@given(stories(), stories())
def test_two_stories_do_not_merge(a: Story, b: Story) -> None:
    """Only tellings of one story come together."""
    if (type(a), a.id, a.circle) == (type(b), b.id, b.circle):
        b = evolve(b, id="another")
    with pytest.raises(InvalidCircle):
        merge(a, b)


def test_acts_of_another_circle_are_refused() -> None:
    """A story holds acts of its own circle only."""
    act = Entry(circle="c2", author="ana", id="e1", at=FIRST, body=Note(text="hm"), audience=Shared(), about="p1")
    with pytest.raises(InvalidCircle):
        Proposal(id="p1", circle="c1", acts=(act,))


def test_the_drawn_stories_are_worth_drawing() -> None:
    """The strategies reach agreements, counters, lapses and openings, so that the laws are about something."""
    reached: set[object] = set()

    @settings(max_examples=400, derandomize=True, database=None)
    @given(stories())
    def look(story: Story) -> None:
        if isinstance(story, Proposal):
            reached.update(state(story, at)[1] for at in GRID)
            reached.add(len(story.offers) > 1)
        if isinstance(story, Reveal):
            reached.add(("opened", any(states(story))))

    look()
    assert {Agreed.OPEN, Agreed.IN_FORCE, Agreed.SET_ASIDE, ("opened", True)} <= reached
