"""Reassurances by example: written in calm, shown in a pause, renewed, changed and taken back."""

from collections.abc import Callable
from typing import Final

import pendulum
import pytest

from reconnect.errors import InvalidBody, NotOpen, NotYours
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.reassurance import Assurance, Given, Reassurance, reassurances
from reconnect.primitives.recovery import TimeOut
from reconnect.record.entry import Entry, Shared
from reconnect.record.membership import Joined, Left, Welcomed
from reconnect.record.memory import MemoryJournal

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
PAUSE: Final = NOW.add(days=20)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC", name=name.title()) for name in ("ana", "ben")))
WORDS: Final = "We are okay. I am coming back."


def given(text: str = WORDS, *, by: str = "ana", name: str = "w1", at: pendulum.DateTime = NOW) -> Reassurance:
    """Let someone give the other a sentence."""
    return Reassurance.of(text, id=name, circle=US, by=by, at=at)


def shown(story: Reassurance, *, at: pendulum.DateTime = PAUSE) -> str | None:
    """Return the words that are shown in the pause."""
    found = story.standing(at=at, pause=PAUSE)
    return None if found is None else found.text


def test_words_from_before_the_pause_are_shown_in_it() -> None:
    """The last moment before counts; the very instant of the pause does not."""
    assert shown(given()) == WORDS
    assert shown(given(at=PAUSE.subtract(microseconds=1))) == WORDS
    assert shown(given(at=PAUSE)) is None
    standing = given(at=PAUSE).standing(at=PAUSE)
    assert standing is not None
    assert not standing.was_calm(pause=PAUSE)
    assert standing.was_calm(pause=PAUSE.add(hours=1))


def test_saying_it_again_in_the_pause_keeps_it() -> None:
    """The very words were there in calm; that they were said again changes only how fresh they are."""
    later = PAUSE.add(minutes=5)
    again = given().renew(by="ana", at=later)
    assert shown(again, at=later) == WORDS
    standing = again.standing(at=later)
    assert standing == Assurance(by="ana", text=WORDS, since=NOW, renewed=later)


def test_changing_it_in_the_pause_shows_neither_words() -> None:
    """The old words are no longer said, and the new ones are not from a calm hour."""
    later = PAUSE.add(minutes=5)
    assert shown(given().change("Only if you call.", by="ana", at=later), at=later) is None
    back = given().take_back(by="ana", at=later)
    assert shown(back, at=later) is None
    assert shown(back.change(WORDS, by="ana", at=later.add(minutes=1)), at=later.add(minutes=2)) is None


def test_it_is_its_authors_alone() -> None:
    """Nobody changes, renews or takes back another's sentence."""
    verbs: list[Callable[[], object]] = [
        lambda: given().change("hm", by="ben", at=PAUSE),
        lambda: given().renew(by="ben", at=PAUSE),
        lambda: given().take_back(by="ben", at=PAUSE),
    ]
    for verb in verbs:
        with pytest.raises(NotYours):
            verb()


def test_what_was_taken_back_can_be_given_again_but_not_renewed() -> None:
    """Renewing is for what stands; taking back twice is once."""
    gone = given().take_back(by="ana", at=NOW.add(days=1))
    assert gone.take_back(by="ana", at=NOW.add(days=2)) is gone
    with pytest.raises(NotOpen, match="a reassurance"):
        gone.renew(by="ana", at=NOW.add(days=2))
    assert shown(gone.change("I am here.", by="ana", at=NOW.add(days=2))) == "I am here."


def test_a_sentence_has_words() -> None:
    """Nothing at all reassures nobody, and no refusal repeats what was written."""
    for text in ("", " \n"):
        with pytest.raises(InvalidBody, match="a sentence, got a text without words"):
            given(text)
    with pytest.raises(InvalidBody):
        Given(text=7)  # type: ignore[arg-type]  # on purpose
    assert "okay" not in repr(given()) + repr(given().standing(at=NOW)) + repr(given().acts[0].body)


def test_leaving_takes_it_along_and_coming_back_does_not_bring_it() -> None:
    """Words from an earlier stay were said by someone who left since."""

    def said(by: str, name: str, days: int, body: Left | Welcomed | Joined) -> Entry:
        return Entry(circle="c1", author=by, id=name, at=NOW.add(days=days), body=body, audience=Shared())

    story = given()
    moves = (
        said("ana", "out", 1, Left()),
        said("ben", "in", 2, Welcomed(person="ana")),
        said("ana", "back", 3, Joined()),
    )
    story = Reassurance(id="w1", circle="c1", acts=story.acts, founding=(*story.founding, *moves))
    assert story.standing(at=NOW) is not None
    assert [story.standing(at=NOW.add(days=days)) for days in (1, 2, 3, 9)] == [None] * 4
    assert shown(story.change(WORDS, by="ana", at=NOW.add(days=4))) == WORDS


def test_sentences_are_read_in_circle_order_and_the_oldest_first() -> None:
    """Not in the order in which people wrote: nobody is the first to care."""
    three = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
    journal = MemoryJournal()
    journal.found(three, by="ana", at=NOW)
    for number, by in enumerate(("cy", "ana", "cy", "ana")):
        story = Reassurance.of(f"{by} {number}", id=f"w{number}", circle="c1", by=by, at=NOW.add(hours=number))
        journal.append(*story.acts, acting=by)
    view = journal.view("ben", circle="c1", at=PAUSE)
    assert [each.text for each in reassurances(view)] == ["ana 1", "ana 3", "cy 0", "cy 2"]


def test_in_a_pause_each_reads_what_the_other_wrote_in_calm() -> None:
    """One's own words are left out, and so is what was written since the time-out was called."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    for story in (given(), given("Good night.", name="w2"), given("I stay.", by="ben", name="w3", at=PAUSE)):
        journal.append(*story.acts, acting=story.acts[0].author)
    journal.append(*TimeOut.call(id="t1", circle="c1", by="ana", at=PAUSE).acts, acting="ana")
    ana, ben = (journal.view(name, circle="c1", at=PAUSE.add(minutes=3)) for name in US.ids)
    began = min(call.at for call in ben.state(TimeOut, "t1").calls(at=ben.at))
    assert [each.text for each in reassurances(ben, pause=began)] == [WORDS, "Good night."]
    assert reassurances(ana, pause=began) == ()
    assert [each.text for each in reassurances(ana)] == ["I stay."]
    said = render(reassurances(ben, pause=began)[0].phrase, names=ben.names)
    assert said == "Ana wrote this for you: We are okay. I am coming back."
