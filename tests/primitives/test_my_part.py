"""Owning one's part by example: told apart, opened together, and what is refused."""

from typing import Final

import pendulum
import pytest

from reconnect.consent.reveal import Reveal
from reconnect.errors import InvalidBody, InvalidOffer, NotOpen, NotYours, UnknownStory
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.practice.outlook import outlook
from reconnect.primitives.my_part import Drift, Drifted, MyPart
from reconnect.record.entry import Note
from reconnect.record.memory import MemoryJournal

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
SUNDAY: Final = NOW.add(days=6)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))


def drift() -> Drift:
    """Let Ana ask."""
    return Drift.over("the weeks of the move", closes=SUNDAY, id="d1", circle=US, by="ana", at=NOW)


def test_parts_open_together_in_circle_order() -> None:
    """Whoever told theirs first, they are read side by side, in the order of the circle."""
    told = drift()
    for name in reversed(US.ids):
        told = told.own(MyPart(text=f"I, {name}", change="I ask."), by=name, at=NOW.add(hours=1))
    assert told.parts(at=SUNDAY.subtract(microseconds=1)) is None
    parts = told.parts(at=SUNDAY)
    assert parts is not None
    assert list(parts) == ["ana", "ben", "cy"]
    assert parts["cy"] == MyPart(text="I, cy", change="I ask.")


def test_one_missing_part_keeps_all_of_them_closed() -> None:
    """Also one that was taken back: nobody is left with an open part among closed ones."""
    told = drift()
    for name in US.ids:
        told = told.answer("hm", by=name, at=NOW)
    assert told.parts(at=SUNDAY) is not None
    assert told.retract(by="cy", at=NOW.add(hours=1)).parts(at=SUNDAY) is None


def test_a_part_can_be_told_anew_until_it_opens() -> None:
    """The latest telling counts; at the closing time there is nothing left to tell."""
    told = drift().own(MyPart(text="a"), by="ana", at=NOW).own(MyPart(text="b"), by="ana", at=NOW.add(hours=1))
    for name in ("ben", "cy"):
        told = told.answer("hm", by=name, at=NOW)
    parts = told.parts(at=SUNDAY)
    assert parts is not None
    assert parts["ana"] == MyPart(text="b")
    with pytest.raises(NotOpen):
        told.own(MyPart(text="c"), by="ana", at=SUNDAY)


def test_what_is_refused() -> None:
    """Strangers, questions about something else, other things than parts, and a question that closes at once."""
    with pytest.raises(NotYours):
        drift().own(MyPart(text="hm"), by="zoe", at=NOW)
    with pytest.raises(InvalidBody, match="the question of a drift, got a Note"):
        Drift.of(Note(text="?"), closes=SUNDAY, id="d1", circle=US, by="ana", at=NOW)
    with pytest.raises(InvalidBody, match="a part of one's own, got a str"):
        drift().own("secret", by="ana", at=NOW)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(InvalidOffer):
        Drift.over("hm", closes=NOW, id="d1", circle=US, by="ana", at=NOW)


def test_a_drift_is_a_question_in_the_outlook_like_any_other() -> None:
    """Apps that know reveals know drifts; a question about something else is no drift."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    asked = Reveal.of(Note(text="?"), closes=SUNDAY, id="r1", circle="c1", by="ben", at=NOW)
    journal.append(*drift().acts, acting="ana")
    journal.append(*asked.acts, acting="ben")
    view = journal.view("ben", circle="c1", at=NOW)
    assert {question.reveal for question in outlook(view).questions} == {"d1", "r1"}
    assert [found.id for found in view.all(Drift)] == ["d1"]
    with pytest.raises(UnknownStory):
        view.state(Drift, "r1")
    journal.append(*view.state(Drift, "d1").own(MyPart(text="mine"), by="ben", at=NOW).acts_of("ben"), acting="ben")
    later = journal.view("ben", circle="c1", at=NOW)
    assert [question.answered for question in outlook(later).questions if question.reveal == "d1"] == [True]


def test_no_private_text_shows_by_itself() -> None:
    """Neither the question nor a part is in a `repr`."""
    told = drift().own(MyPart(text="a secret", change="a secret"), by="ana", at=NOW)
    assert "secret" not in repr(told) + repr([act.body for act in told.acts])
    assert repr(Drifted(over="a secret")) == "Drifted()"
