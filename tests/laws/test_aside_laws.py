"""Laws of putting aside: it takes from its author's own sight what they named, and nothing else from anyone."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

import pendulum
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from reconnect.consent.aside import Aside, PutAllAside, PutAside, TookUp, is_aside
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.testing.stories import FIRST, STEP, STEPS, asides, moments
from reconnect.edges.testing.twins import assert_alike
from reconnect.errors import InvalidBody, NotYours
from reconnect.language.listening import Listening
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.practice.talks import talks
from reconnect.practice.waiting import waiting
from reconnect.primitives.gesture import Gesture, here_for
from reconnect.primitives.reassurance import Reassurance, reassurances
from reconnect.record.entry import Entry, Note, Private
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import Story
from reconnect.record.view import View

Moment = pendulum.DateTime
GRID: Final = [FIRST + step * STEP for step in range(STEPS + 2)]
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
HOUR: Final = dt.timedelta(hours=1)
LATE: Final = FIRST + 2 * HOUR
SORTS: Final[tuple[type[Story], ...]] = (Gesture, Listening, Proposal, Reassurance, Reveal)
Put = tuple[type[Story], str, bool]  # what, whose, and whether all of that sort


def expected(aside: Aside, at: Moment) -> PutAside | PutAllAside | None:
    """Read the rule once more: the latest word of whoever put it aside; at one instant, putting aside wins."""
    here = [a for a in aside.acts if not aside.founding or a.author in aside.membership.at(a.at)]
    said = [a for a in here if a.at <= at]
    first = min((a.at for a in said if not isinstance(a.body, TookUp)), default=None)
    order = list(aside.membership.order)
    authors = [a.author for a in said if a.at == first and not isinstance(a.body, TookUp)]
    if not authors:
        return None
    mine = [a for a in said if a.author == min(authors, key=order.index)]
    latest = [a for a in mine if a.at == max(a.at for a in mine)]
    put = [a for a in latest if not isinstance(a.body, TookUp)]
    body = max(put, key=lambda a: (a.id, a.content)).body if put else None
    assert body is None or isinstance(body, PutAside | PutAllAside)
    return body


@given(asides())
def test_it_stands_as_the_latest_word_of_its_author_says(aside: Aside) -> None:
    """Whoever put it aside takes it up, and nobody else; at equal instants it is put aside."""
    for at in GRID:
        assert aside.standing(at=at) == expected(aside, at)
        assert aside.holds(at=at) == (aside.standing(at=at) is not None)
        assert aside.as_of(at).standing(at=at) == aside.standing(at=at)


@given(st.sampled_from(["ana", "ben"]), st.lists(st.sampled_from(["take_up", "put_again"]), max_size=4), moments())
def test_its_author_can_always_take_it_up_and_put_it_aside_again(by: str, verbs: list[str], at: Moment) -> None:
    """At once and alone, as often as they like; what changes nothing adds nothing, and every word is private."""
    aside = Aside.put_all(Gesture, of="cy", id="d1", circle=US, by=by, at=FIRST)
    for number, verb in enumerate(verbs):
        now = at + (1 + number) * HOUR
        held = aside.holds(at=now)
        later = getattr(aside, verb)(by=by, at=now)
        assert (later == aside) is (held is (verb == "put_again"))
        assert later.holds(at=now + HOUR) is (verb == "put_again")
        with pytest.raises(NotYours):
            getattr(aside, verb)(by="cy", at=now)
        aside = later
    assert {act.audience for act in aside.acts} == {Private()}


def asked() -> MemoryJournal:
    """Return a journal in which ana and cy each ask ben something of every sort, and give him something."""
    journal = MemoryJournal(key=b"k")
    journal.found(US, by="ana", at=FIRST)
    for by in ("ana", "cy"):
        told: tuple[Story, ...] = (
            Gesture.give(id=f"Gesture {by}", circle=US, by=by, at=FIRST),
            Listening.ask(id=f"Listening {by}", start=FIRST + 9 * HOUR, circle=US, by=by, at=FIRST),
            Proposal.of(Note(text="a walk"), id=f"Proposal {by}", circle=US, by=by, at=FIRST),
            Reassurance.of("We are okay.", id=f"Reassurance {by}", circle=US, by=by, at=FIRST),
            Reveal.of(Note(text="Why?"), closes=9 * HOUR, id=f"Reveal {by}", circle=US, by=by, at=FIRST),
        )
        for story in told:
            journal.append(*story.acts, acting=by)
    return journal


def reaching(view: View) -> set[str]:
    """Return the ids of everything that reaches a reader; a sentence by its author."""
    waits = waiting(view)
    return {
        *(gesture.id for gesture in here_for(view)),
        *(hold.about for hold in talks(view).holds),
        *(offer.proposal for offer in waits.offers),
        *(question.reveal for question in waits.questions),
        *(f"Reassurance {assurance.by}" for assurance in reassurances(view)),
    }


puts: Final = st.lists(st.tuples(st.sampled_from(SORTS), st.sampled_from(["ana", "cy"]), st.booleans()), max_size=4)


def put(journal: MemoryJournal, what: Put, name: str, at: Moment = FIRST) -> Aside:
    """Let ben put something aside, and write it down."""
    sort, of, everything = what
    view = journal.view("ben", circle="c1", at=at)
    if everything:
        aside = Aside.put_all(sort, of=of, id=name, circle="c1", by="ben", at=at)
    else:
        aside = Aside.put(view.state(sort, f"{sort.__name__} {of}"), id=name, by="ben", at=at)
    journal.append(*aside.acts, acting="ben")
    return aside


@given(puts)
def test_what_is_put_aside_is_gone_for_its_author_and_nothing_else_is(whats: list[Put]) -> None:
    """Each of them, and only those, whichever way they were named; the others obtain the same, to the byte."""
    with_it, without = asked(), asked()
    for number, what in enumerate(whats):
        put(with_it, what, f"d{number}")
    mine, all_of_it = (reaching(journal.view("ben", circle="c1", at=LATE)) for journal in (with_it, without))
    assert len(all_of_it) == 2 * len(SORTS)
    assert mine == all_of_it - {f"{sort.__name__} {of}" for sort, of, _ in whats}
    for reader in ("ana", "cy"):
        ids = [f"d{number}" for number in range(len(whats))]
        assert_alike(with_it, without, reader=reader, circle="c1", at=[FIRST, LATE, FIRST + 10 * HOUR], ids=ids)


@given(st.sampled_from(SORTS), st.booleans())
def test_it_comes_back_when_it_is_taken_up(sort: type[Story], everything: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    """Nothing of it is left: what was put aside reaches its author again."""
    journal = asked()
    before = reaching(journal.view("ben", circle="c1", at=LATE))
    aside = put(journal, (sort, "ana", everything), "d1")
    assert reaching(journal.view("ben", circle="c1", at=LATE)) == before - {f"{sort.__name__} ana"}
    journal.append(*aside.take_up(by="ben", at=FIRST + HOUR).acts, acting="ben")
    assert reaching(journal.view("ben", circle="c1", at=LATE)) == before
    assert reaching(journal.view("ben", circle="c1", at=FIRST)) == before - {f"{sort.__name__} ana"}


def _answer(v: View) -> Story:
    return v.state(Reveal, "Reveal ana").answer("soup", by="ben", at=v.at)


def _suits(v: View) -> Story:
    return v.state(Listening, "Listening ana").suits(FIRST + 9 * HOUR, by="ben", at=v.at)


TAKING_PART: Final[dict[type[Story], Callable[[View], Story]]] = {Reveal: _answer, Listening: _suits}


@pytest.mark.parametrize("sort", TAKING_PART)
def test_what_one_takes_part_in_stays_unless_it_was_put_aside_itself(sort: type[Story]) -> None:
    """Whoever answers one of those that they put aside together likes to see it; to name it puts it aside for sure."""
    journal = asked()
    put(journal, (sort, "ana", True), "d1")
    said = TAKING_PART[sort](journal.view("ben", circle="c1", at=FIRST))
    journal.append(*said.acts_of("ben"), acting="ben")
    here = partial(reaching, journal.view("ben", circle="c1", at=LATE))
    assert f"{sort.__name__} ana" in here()
    put(journal, (sort, "ana", False), "d2")
    assert f"{sort.__name__} ana" not in reaching(journal.view("ben", circle="c1", at=LATE))


def test_there_is_no_way_to_put_aside_for_another() -> None:
    """What ana puts aside is ana's; what somebody writes under the id of another's aside changes nothing for them."""
    journal = asked()
    mine = Aside.put_all(Gesture, of="ana", id="d1", circle="c1", by="cy", at=FIRST)
    journal.append(*mine.acts, acting="cy")
    view = journal.view("ben", circle="c1", at=LATE)
    assert view.all(Aside) == ()
    assert "Gesture ana" in reaching(view)
    own = Entry(circle="c1", author="ben", id="x", at=LATE, body=TookUp(), audience=Private(), about="d1")
    both = evolve(mine, acts=(*mine.acts, own))
    assert both.holds(at=LATE)
    with pytest.raises(NotYours):
        both.take_up(by="cy", at=LATE)


def test_a_story_that_nothing_begins_is_no_sort() -> None:
    """Something has to be asked or given, so that it can be put aside; nothing else is touched by it either."""
    with pytest.raises(InvalidBody, match="a sort of story that begins with an act"):
        Aside.put_all(Story, of="ana", id="d1", circle=US, by="ben", at=FIRST)
    assert not is_aside(asked().view("ben", circle="c1", at=LATE), Story(id="s", circle="c1"), by="ana")
