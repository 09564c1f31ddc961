"""Laws of reveals: everyone's answers together at the closing time, or nobody's at all."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from reconnect.consent.reveal import Reveal
from reconnect.edges.testing.stories import FIRST, STEP, STEPS, moments, reveals
from reconnect.errors import NotAMember, NotOpen, NotYours
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.membership import Left, Membership
from reconnect.record.memory import MemoryJournal
from reconnect.record.sealed import Answered, Asked, Retracted
from reconnect.record.story import merge
from reconnect.record.view import View

Moment = pendulum.DateTime
MONTH: Final = dt.timedelta(days=31)
GRID: Final = [FIRST + step * STEP for step in (*range(STEPS + 2), 31 * 4, 31 * 4 + 1)]
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
CLOSES: Final = FIRST + 4 * STEP


def asked() -> Reveal:
    """Begin a question that closes after four steps."""
    return Reveal.of(Note(text="What went well?"), closes=CLOSES, id="r1", circle=US, by="ana", at=FIRST)


def expected(reveal: Reveal, at: Moment) -> dict[str, str] | None:
    """Read the rule once more: who answered in time, last, and did not take it back."""
    membership = Membership.of(reveal.founding)
    order = list(membership.order)
    questions = [
        act
        for act in reveal.acts
        if isinstance(act.body, Asked)
        and act.at < act.body.closes <= act.at + MONTH
        and act.author in membership.at(act.at)
    ]
    if not questions:
        return None
    question = min(questions, key=lambda act: (act.at, order.index(act.author), act.id))
    assert isinstance(question.body, Asked)
    closes = question.body.closes
    people = membership.at(question.at)
    if at < closes or membership.is_over(closes):
        return None
    if any(stay.covers(question.at) and not stay.covers(closes) for stay in membership.stays):
        return None
    found: dict[str, str] = {}
    for person in people:
        mine = [a for a in reveal.acts if a.author == person and question.at <= a.at < closes]
        taken_back = max((a.at for a in mine if isinstance(a.body, Retracted)), default=None)
        named = [a for a in mine if isinstance(a.body, Answered) and a.body.question in {None, question.content}]
        given_ = [a for a in named if taken_back is None or a.at > taken_back]
        if not given_:
            return None
        found[person] = max(given_, key=lambda act: (act.at, act.id)).content
    return found


@given(reveals())
def test_it_opens_exactly_when_everyones_answer_stands_at_the_closing_time(reveal: Reveal) -> None:
    """Early, late, empty, changed and taken-back answers all come to what the rule says, at every instant."""
    for at in GRID:
        opened = reveal.opened(at=at)
        told = None if opened is None else {name: entry.content for name, entry in opened.items()}
        assert told == expected(reveal, at)
        if opened is not None:
            assert list(opened) == list(reveal.membership.at(reveal.as_of(at).acts[0].at))


@given(reveals(), moments())
def test_nothing_opens_early(reveal: Reveal, at: Moment) -> None:
    """Before the closing time nothing is open, whoever answered whatever."""
    if reveal.has_begun and at < reveal.closes:
        assert reveal.opened(at=at) is None


@given(reveals(), st.sampled_from(US.ids), st.integers(0, 3))
def test_a_late_word_changes_nothing(reveal: Reveal, by: str, late: int) -> None:
    """An answer or a retraction at or after the closing time changes nothing for anyone."""
    if not reveal.has_begun:
        return
    at = reveal.closes + late * STEP
    for body in (Answered(text="late"), Retracted()):
        story = reveal.say(body, by=by, at=at, audience=_audience(body)) if by in reveal.membership.at(at) else reveal
        assert [story.opened(at=moment) for moment in GRID] == [reveal.opened(at=moment) for moment in GRID]


def _audience(body: Answered | Retracted) -> Audience:
    return Sealed("r1") if isinstance(body, Answered) else Private()


def all_of(view: View) -> str:
    """Show everything that a view holds, bodies included."""
    bodies = [(entry, entry.body, entry.content) for entry in view.visible]
    opened = [reveal.opened(at=view.at) for reveal in view.all(Reveal)]
    return repr((bodies, opened, view.people, view.founding, view.ceased))


@st.composite
def answered_by_ben(draw: st.DrawFn) -> list[tuple[str, Moment]]:
    """Draw what ben did with the question: answers and retractions that end in having no answer."""
    steps = draw(st.lists(st.integers(0, 3), max_size=4))
    return [(draw(st.sampled_from(["", "the soup"])), FIRST + step * STEP) for step in steps]


@given(answered_by_ben(), moments(), st.booleans(), st.booleans())
def test_retracting_equals_never_answering(
    answers: list[tuple[str, Moment]],
    at: Moment,
    others_answer: bool,  # noqa: FBT001 - drawn by hypothesis
    ben_answers_at_last: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    """From the others' side, an answer that was taken back was never there, not even behind another one."""
    seen = []
    for answered in (True, False):
        journal = MemoryJournal()
        journal.found(US, by="ana", at=FIRST)
        journal.append(*asked().acts, acting="ana")
        if others_answer:
            for name in ("ana", "cy"):
                mine = journal.view(name, circle="c1", at=FIRST).state(Reveal, "r1")
                journal.append(*mine.answer("the walk", by=name, at=FIRST).acts, acting=name)
        for text, moment in answers if answered else []:
            reveal = journal.view("ben", circle="c1", at=moment).state(Reveal, "r1")
            reveal = reveal.answer(text, by="ben", at=moment).retract(by="ben", at=moment)
            journal.append(*reveal.acts, acting="ben")
        if ben_answers_at_last:
            last = CLOSES.subtract(minutes=1)
            reveal = journal.view("ben", circle="c1", at=last).state(Reveal, "r1")
            journal.append(*reveal.answer("the soup", by="ben", at=last).acts, acting="ben")
        views = [journal.view(name, circle="c1", at=moment) for name in ("ana", "cy") for moment in (at, CLOSES)]
        seen.append([all_of(view) for view in views])
    assert seen[0] == seen[1]


def test_everyone_gets_the_same_answers() -> None:
    """When it opens, it opens for everyone who was asked, with the latest answer of each."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=FIRST)
    reveal = asked().answer("first thought", by="ana", at=FIRST)
    for name in US.ids:
        reveal = reveal.answer(f"from {name}", by=name, at=FIRST + STEP)
    for act in reveal.acts:
        journal.append(act, acting=act.author)
    for name in US.ids:
        before = journal.view(name, circle="c1", at=CLOSES.subtract(microseconds=1))
        assert {entry.author for entry in before.entries(kind=Answered)} == {name}
        after = journal.view(name, circle="c1", at=CLOSES).state(Reveal, "r1").opened(at=CLOSES)
        assert after is not None
        assert [(who, entry.body.text) for who, entry in after.items() if isinstance(entry.body, Answered)] == [
            (who, f"from {who}") for who in US.ids
        ]


def test_someone_leaving_before_the_closing_time_keeps_it_closed() -> None:
    """Whoever left before closing is no longer part of it, and nothing opens without them."""
    reveal = asked()
    for name in US.ids:
        reveal = reveal.answer("hm", by=name, at=FIRST)
    left = Entry(circle="c1", author="cy", id="l", at=CLOSES, body=Left(), audience=Shared())
    gone = evolve(reveal, founding=(*reveal.founding, left))
    assert reveal.opened(at=CLOSES) is not None
    assert gone.opened(at=CLOSES) is None
    after = evolve(reveal, founding=(*reveal.founding, left.received(CLOSES.add(seconds=1))))
    assert after.opened(at=CLOSES.add(days=1)) is not None


def test_an_answer_is_to_the_very_question_that_was_asked() -> None:
    """Whoever asked under the same id before, and closes sooner, opens nothing that was an answer to another."""
    sooner = Reveal.of(Note(text="?"), closes=FIRST + STEP, id="r1", circle=US, by="cy", at=FIRST - STEP)
    both = merge(sooner, asked().answer("the walk", by="ana", at=FIRST))
    for who in ("ben", "cy"):
        both = both.answer("", by=who, at=FIRST)
    for at in GRID:
        assert both.opened(at=at) is None
    assert not both.has_answer(of="ana", at=FIRST)
    anew = both.answer("the walk", by="ana", at=FIRST).opened(at=FIRST + STEP)
    assert anew is not None
    assert list(anew) == list(US.ids)


def test_verbs_refuse_what_would_be_in_vain() -> None:
    """A stranger was not asked, and after the closing time there is nothing left to answer or take back."""
    reveal = asked()
    with pytest.raises(NotYours):
        reveal.answer("hm", by="zoe", at=FIRST)
    with pytest.raises(NotOpen):
        reveal.answer("hm", by="ben", at=CLOSES)
    with pytest.raises(NotOpen):
        reveal.retract(by="ben", at=CLOSES)
    left = Entry(circle="c1", author="cy", id="l", at=FIRST + STEP, body=Left(), audience=Shared())
    with pytest.raises(NotAMember):
        evolve(reveal, founding=(*reveal.founding, left)).answer("hm", by="cy", at=FIRST + STEP)


def test_a_person_can_tell_whether_their_own_answer_stands() -> None:
    """One's own answer stands from the moment it is given until it is taken back; a late one never does."""
    reveal = asked().answer("hm", by="ben", at=FIRST + STEP)
    assert not reveal.has_answer(of="ben", at=FIRST)
    assert reveal.has_answer(of="ben", at=FIRST + STEP)
    assert not reveal.retract(by="ben", at=FIRST + STEP).has_answer(of="ben", at=FIRST + STEP)
    late = asked().say(Answered(text="late"), by="ben", at=CLOSES, audience=_audience(Answered(text="late")))
    assert not late.has_answer(of="ben", at=CLOSES)
