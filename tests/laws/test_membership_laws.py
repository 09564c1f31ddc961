"""Laws of membership: nobody is added without everyone's yes and their own, and nobody is kept."""

from random import Random
from typing import Final

import pendulum
from hypothesis import given
from hypothesis import strategies as st

from reconnect.edges.testing.stories import FIRST, STEP, STEPS, circle_acts, circles, founding_of
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Note, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Ended, Founded, Joined, Left, Membership, Welcomed
from reconnect.record.memory import MemoryJournal

GRID: Final = [FIRST + step * STEP for step in range(-1, STEPS + 2)]
PEOPLE: Final = ("ana", "ben", "cy", "dee", "zoe")


@st.composite
def histories(draw: st.DrawFn) -> tuple[Circle, tuple[Entry, ...]]:
    """Draw a circle and what its people said about being in it."""
    circle = draw(circles(most=3))
    return circle, draw(circle_acts(circle))


def expected(  # noqa: C901 - the rules, one after the other
    circle: Circle, acts: tuple[Entry, ...], at: pendulum.DateTime
) -> tuple[set[str], bool]:
    """Read the rules once more: who is here, and whether everyone who was here had ended the circle."""
    here: set[str] = set()
    welcomes: set[tuple[str, str]] = set()
    over: set[str] = set()
    ended = False
    for moment in sorted({act.at for act in acts if act.at <= at}):
        now = [act for act in acts if act.at == moment]
        if moment == FIRST:
            here = set(circle.ids)
        for act in now:
            if isinstance(act.body, Welcomed) and act.author in here and act.body.person not in here:
                welcomes.add((act.author, act.body.person))
        for act in sorted(now, key=lambda act: (act.author, act.id)):
            newcomer, welcome = act.author, all((person, act.author) in welcomes for person in here)
            if isinstance(act.body, Joined) and newcomer not in here and here and welcome and not ended:
                here.add(newcomer)
                welcomes = {said for said in welcomes if said[1] != newcomer}
        for act in now:
            if isinstance(act.body, Ended) and act.author in here:
                over.add(act.author)
                ended = ended or here <= over
        for act in sorted(now, key=lambda act: (act.author, act.id)):
            if isinstance(act.body, Left) and act.author in here:
                here.remove(act.author)
                over.discard(act.author)
                welcomes = {said for said in welcomes if said[0] != act.author}
                ended = ended or (bool(here) and here <= over)
    return here, ended


@given(histories())
def test_who_is_here_is_what_the_rules_say(history: tuple[Circle, tuple[Entry, ...]]) -> None:
    """Founding, welcoming, joining, leaving and ending come to what a second reading of the rules says."""
    circle, acts = history
    membership = Membership.of(acts)
    for at in GRID:
        here, ended = expected(circle, acts, at)
        assert set(membership.at(at)) == here
        assert {person for person in PEOPLE if membership.has(person, at)} == here
        assert membership.is_over(at) == (ended or len(here) < 2)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(history: tuple[Circle, tuple[Entry, ...]], rng: Random) -> None:
    """Acts may arrive in any order, and twice."""
    _, acts = history
    arrived = [*acts, *acts]
    rng.shuffle(arrived)
    assert Membership.of(arrived) == Membership.of(acts)


@given(histories())
def test_the_past_of_a_circle_does_not_change(history: tuple[Circle, tuple[Entry, ...]]) -> None:
    """Who was here at an instant depends only on what had been said by then."""
    _, acts = history
    whole = Membership.of(acts)
    for at in GRID:
        then = Membership.of(act for act in acts if act.at <= at)
        assert then.at(at) == whole.at(at)
        assert then.is_over(at) == whole.is_over(at)


@given(histories())
def test_people_stand_in_circle_order(history: tuple[Circle, tuple[Entry, ...]]) -> None:
    """Founders stand first, in the order in which they were named; whoever comes back has their old place."""
    circle, acts = history
    membership = Membership.of(acts)
    assert tuple(membership.order)[: len(circle.ids)] == circle.ids
    for at in GRID:
        here = membership.at(at)
        assert list(here) == sorted(here, key=membership.order.__getitem__)


@given(histories(), st.sampled_from(PEOPLE), st.sampled_from(GRID[1:]))
def test_nothing_can_forbid_leaving(
    history: tuple[Circle, tuple[Entry, ...]], person: str, at: pendulum.DateTime
) -> None:
    """Leaving works alone and at once, whatever anyone says at the same instant."""
    _, acts = history
    left = Entry(circle="c1", author=person, id="bye", at=at, body=Left(), audience=Shared())
    assert person not in Membership.of((*acts, left)).at(at)


def say(journal: MemoryJournal, by: str, id_: str, step: int, body: Body) -> object:
    """Write one shared entry."""
    at = FIRST + step * STEP
    entry = Entry(circle="c1", author=by, id=id_, at=at, body=body, audience=Shared())
    return journal.append(entry, acting=by)


@given(st.permutations(("ana", "ben", "zoe")), st.integers(0, 3))
def test_a_newcomer_sees_nothing_older(order: tuple[str, ...], step: int) -> None:
    """What was shared before someone joined stays with those who were there, for every newcomer."""
    founders, newcomer = order[:2], order[2]
    people = tuple(Person(id=name, zone="Europe/Paris", name=f"old {name}") for name in founders)
    journal = MemoryJournal()
    journal.found(Circle(id="c1", members=people), by=founders[0], at=FIRST)
    for n in range(4):
        say(journal, founders[0], f"n{n}", n, Note(text=f"{n}"))
    for founder in founders:
        say(journal, founder, "welcome", step, Welcomed(person=newcomer))
    say(journal, newcomer, "here", step, Joined())
    view = journal.view(newcomer, circle="c1", at=GRID[-1])
    assert all(entry.at >= FIRST + step * STEP for entry in view.entries())
    assert {entry.body for entry in view.entries(kind=Note)} == {Note(text=f"{n}") for n in range(step, 4)}
    assert set(view.names) >= set(founders)


def test_the_first_founding_counts() -> None:
    """When two journals merge that were founded apart, the earlier founding stands; journals take no second one."""
    circle = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
    late = Entry(circle="c1", author="ben", id="f", at=FIRST, body=Founded(members=("ben", "zoe")), audience=Shared())
    early = late.received(FIRST - STEP)
    assert Membership.of((founding_of(circle), late)).at(FIRST) == ("ana", "ben")
    assert Membership.of((founding_of(circle), early)).at(FIRST) == ("ben", "zoe")
