"""Amends by example: what is owned, answered, noticed and taken back, and what is refused in which words."""

from collections.abc import Callable
from typing import Any, Final

import pendulum
import pytest

from reconnect.errors import InvalidBody, InvalidId, NotAMember, NotOpen, NotYours, Superseded, UnknownStory
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.amends import Amends, Repair
from reconnect.primitives.amends.acts import Drafted, Owned, Replied
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.membership import Joined, Left, Welcomed
from reconnect.record.memory import MemoryJournal

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
MINE: Final = Repair(did="I read your letter.", effect="You trust me less.", change="I ask first.", towards=("ana",))
TO_ALL: Final = Repair(did="I came late.", effect="You waited.", change="I call when I leave.")
SECRETS: Final = ("letter", "trust me", "ask first", "late")


def owned(repair: Repair = MINE) -> Amends:
    """Let Ben own what he did."""
    return Amends.of(repair, id="a1", circle=US, by="ben", at=NOW)


class TestOwning:
    """Saying what I did, the effect I see, and what I will change."""

    def test_all_three_parts_are_needed_to_offer_and_none_to_draft(self) -> None:
        """An apology without a change is a draft still, and a draft may be as unfinished as it likes."""
        half = Repair(did="I came late.", effect="You waited.", change=" \n")
        assert not half.is_whole
        story = Amends.draft(half, id="a1", circle=US, by="ben", at=NOW)
        with pytest.raises(InvalidBody, match="for what I did, for its effect and for the change, got a part without"):
            story.own(by="ben", at=NOW)
        whole = story.redraft(TO_ALL, by="ben", at=NOW.add(hours=1)).own(by="ben", at=NOW.add(hours=2))
        words = whole.words(at=NOW.add(hours=2))
        assert words is not None
        assert words.body == Owned(repair=TO_ALL)

    def test_it_can_be_offered_in_other_words_than_the_draft(self) -> None:
        """What is given counts; the draft stays where it was."""
        story = Amends.draft(MINE, id="a1", circle=US, by="ben", at=NOW).own(TO_ALL, by="ben", at=NOW)
        words = story.words(at=NOW)
        assert words is not None
        assert words.body == Owned(repair=TO_ALL)
        assert story.drafted(by="ben", at=NOW) == MINE
        assert story.drafted(by="ana", at=NOW) is None

    def test_there_has_to_be_something_to_offer(self) -> None:
        """Without words and without a draft, there is nothing to offer."""
        with pytest.raises(NotOpen, match="a draft"):
            owned().own(by="ben", at=NOW)

    def test_nobody_owns_in_anothers_name(self) -> None:
        """Others neither redraft nor offer, nor take the words back."""
        verbs: list[Callable[[], object]] = [
            lambda: owned().own(TO_ALL, by="ana", at=NOW),
            lambda: owned().redraft(TO_ALL, by="ana", at=NOW),
            lambda: owned().take_back(by="cy", at=NOW),
        ]
        for verb in verbs:
            with pytest.raises(NotYours):
                verb()

    def test_amends_are_for_others_who_are_there(self) -> None:
        """Not for oneself, and not for somebody outside the circle."""
        for_me = Repair(did="a", effect="b", change="c", towards=("ben", "ana"))
        with pytest.raises(InvalidBody, match="for others, got oneself among them"):
            owned(for_me)
        with pytest.raises(InvalidBody, match="for others, got oneself among them"):
            owned().own(for_me, by="ben", at=NOW)
        with pytest.raises(NotAMember):
            owned(Repair(did="a", effect="b", change="c", towards=("zoe",)))
        anywhere = Amends.of(
            Repair(did="a", effect="b", change="c", towards=("zoe",)), id="a1", circle="c1", by="ben", at=NOW
        )
        assert anywhere.answer(by="zoe", at=NOW).answers(at=NOW).keys() == {"zoe"}

    def test_the_same_words_again_say_nothing_new(self) -> None:
        """A second press of the button keeps the answers."""
        story = owned().answer("thank you", by="ana", at=NOW)
        assert story.own(MINE, by="ben", at=NOW.add(days=1)) is story


class TestAnswering:
    """An answer comes whenever, or never; forgiveness has its own clock."""

    def test_an_answer_is_welcome_after_a_year(self) -> None:
        """Nothing lapses, and nothing was due."""
        later = NOW.add(years=1)
        story = owned().answer("I have forgiven you.", by="ana", at=later, forgives=True)
        (answer,) = story.answers(at=later).values()
        assert isinstance(answer.body, Replied)
        assert answer.body.forgives
        assert story.answers(at=later.subtract(microseconds=1)) == {}

    def test_only_those_it_is_for_answer_and_notice(self) -> None:
        """Neither the author, nor a third person whom it is not for, nor a stranger."""
        for by, refusal in (("ben", NotYours), ("cy", NotYours), ("zoe", NotYours)):
            with pytest.raises(refusal):
                owned().answer(by=by, at=NOW)
            with pytest.raises(refusal):
                owned().notice(by=by, at=NOW)
        everyone = owned(TO_ALL).answer(by="cy", at=NOW).answer(by="ana", at=NOW)
        assert list(everyone.answers(at=NOW)) == ["ana", "cy"]
        assert list(everyone.take_back(by="ana", at=NOW).answers(at=NOW)) == ["cy"]

    def test_the_latest_answer_counts_and_can_be_taken_back(self) -> None:
        """Someone may think again, either way, and owes nobody a reason."""
        story = owned().answer("fine", by="ana", at=NOW, forgives=True)
        assert story.answer("fine", by="ana", at=NOW.add(hours=1), forgives=True) is story
        story = story.answer("It still hurts.", by="ana", at=NOW.add(hours=2))
        (answer,) = story.answers(at=NOW.add(hours=2)).values()
        assert answer.body == Replied(words=answer.body.words, text="It still hurts.", forgives=False)  # type: ignore[attr-defined]  # a reply
        gone = story.take_back(by="ana", at=NOW.add(hours=3))
        assert gone.answers(at=NOW.add(hours=3)) == {}
        assert gone.take_back(by="ana", at=NOW.add(hours=4)) is gone

    def test_an_answer_names_the_words_it_was_given_to(self) -> None:
        """Nobody's forgiveness slips under other words; an answer to what was read before is refused."""
        story = owned()
        read = story.words(at=NOW)
        assert read is not None
        changed = story.own(TO_ALL, by="ben", at=NOW.add(hours=1))
        now = changed.words(at=NOW.add(hours=1))
        assert now is not None
        with pytest.raises(Superseded) as told:
            changed.answer("yes", by="ana", at=NOW.add(hours=2), words=read.id)
        assert told.value.newest == now.id
        assert changed.answer("yes", by="ana", at=NOW.add(hours=2), words=now.id).answers(at=NOW.add(hours=2))

    def test_there_is_nothing_to_answer_before_and_after_the_words(self) -> None:
        """A draft cannot be answered, nor can what was taken back; the news of the change stays."""
        with pytest.raises(NotOpen, match="amends"):
            Amends.draft(MINE, id="a1", circle=US, by="ben", at=NOW).answer(by="ana", at=NOW)
        story = owned().notice("You asked first.", by="ana", at=NOW.add(hours=1))
        gone = story.take_back(by="ben", at=NOW.add(hours=2))
        assert gone.words(at=NOW.add(hours=2)) is None
        assert gone.answers(at=NOW.add(hours=2)) == {}
        with pytest.raises(NotOpen, match="amends"):
            gone.answer(by="ana", at=NOW.add(hours=3))
        with pytest.raises(NotOpen, match="amends"):
            gone.notice(by="ana", at=NOW.add(hours=3))
        assert len(gone.noticed(at=NOW.add(hours=3))) == 1
        assert gone.take_back(by="ben", at=NOW.add(hours=3)) is gone

    def test_noticing_is_good_news_each_time(self) -> None:
        """Oldest first, as often as it is noticed, and measured against nothing."""
        story = owned().notice(by="ana", at=NOW.add(days=1)).notice(by="ana", at=NOW.add(days=9))
        assert [news.at for news in story.noticed(at=NOW.add(days=20))] == [NOW.add(days=1), NOW.add(days=9)]

    def test_who_came_later_was_not_meant(self) -> None:
        """Amends to everyone are to those who were there then."""
        said: list[tuple[str, Any]] = [(name, Welcomed(person="dee")) for name in US.ids]
        said.append(("dee", Joined()))
        coming = tuple(
            Entry(circle="c1", author=by, id=f"{by}-in", at=NOW.add(days=1), body=body, audience=Shared())
            for by, body in said
        )
        story = owned(TO_ALL)
        story = Amends(id="a1", circle="c1", acts=story.acts, founding=(*story.founding, *coming))
        with pytest.raises(NotYours):
            story.answer(by="dee", at=NOW.add(days=2))
        with pytest.raises(NotYours):
            story.answer(by="ana", at=NOW.add(days=2)).answer(by="dee", at=NOW.add(days=2))
        again = story.own(MINE, by="ben", at=NOW.add(days=2)).own(TO_ALL, by="ben", at=NOW.add(days=2, hours=1))
        assert again.answer(by="dee", at=NOW.add(days=3)).answers(at=NOW.add(days=3)).keys() == {"dee"}

    def test_who_has_left_answers_no_more(self) -> None:
        """What they had said stays."""
        left = Entry(circle="c1", author="ana", id="out", at=NOW.add(days=1), body=Left(), audience=Shared())
        story = owned().answer("hm", by="ana", at=NOW)
        story = Amends(id="a1", circle="c1", acts=story.acts, founding=(*story.founding, left))
        with pytest.raises(NotAMember):
            story.answer("more", by="ana", at=NOW.add(days=2))
        assert story.answers(at=NOW.add(days=2)).keys() == {"ana"}


class TestNothingWaits:
    """Nothing is pending, and nothing private shows."""

    def test_the_author_sees_the_same_whatever_the_other_did_for_themselves(self) -> None:
        """The other may never look, or look every day: what the author can read is the same in every byte."""
        seen = []
        for looks in (0, 5):
            journal = MemoryJournal()
            journal.found(US, by="ana", at=NOW)
            journal.append(*owned().acts, acting="ben")
            for day in range(looks):
                at = NOW.add(days=day)
                assert journal.view("ana", circle="c1", at=at).state(Amends, "a1").words(at=at) is not None
                thought = Entry(
                    circle="c1",
                    author="ana",
                    id=f"n{day}",
                    at=at,
                    body=Drafted(repair=MINE),
                    audience=Private(),
                    about="a1",
                )
                journal.append(thought, acting="ana")
            view = journal.view("ben", circle="c1", at=NOW.add(days=30))
            story = view.state(Amends, "a1")
            seen.append(repr((view.entries(), story, story.answers(at=view.at), story.phrase(to="ben", at=view.at))))
        assert seen[0] == seen[1]

    def test_a_draft_is_nobody_elses_to_find(self) -> None:
        """Asking for it is refused like asking for anything that is not there."""
        journal = MemoryJournal()
        journal.found(US, by="ana", at=NOW)
        journal.append(*Amends.draft(MINE, id="a1", circle="c1", by="ben", at=NOW).acts, acting="ben")
        assert [s.id for s in journal.view("ben", circle="c1", at=NOW).all(Amends)] == ["a1"]
        for name in ("a1", "a2"):
            with pytest.raises(UnknownStory, match="that this reader can see"):
                journal.view("ana", circle="c1", at=NOW).state(Amends, name)

    def test_what_is_said_of_it_is_the_same_before_and_after_an_answer(self) -> None:
        """No sentence says that something is waiting, and who it is not for is told nothing."""
        story = owned()
        answered = story.answer("thank you", by="ana", at=NOW)
        for each in (story, answered):
            told = {who: each.phrase(to=who, at=NOW) for who in US.ids}
            assert told["cy"] is None
            assert told["ana"] is not None
            assert told["ben"] is not None
            assert render(told["ana"], names={"ben": "Ben"}) == (
                "Ben owned something they did, and said what they will change. "
                "You need not do anything; an answer is welcome at any time."
            )
            assert render(told["ben"]).endswith("An answer comes whenever, or never.")
        assert story.phrase(to="ana", at=NOW.subtract(days=1)) is None

    def test_no_private_text_shows_by_itself(self) -> None:
        """Neither `repr` nor a refusal repeats what somebody wrote."""
        story = owned().answer("never again late", by="ana", at=NOW).notice("late no more", by="ana", at=NOW)
        refused = []
        calls: list[Callable[[], object]] = [
            lambda: Repair(did="late", effect="late", change="late", towards="late"),
            lambda: Repair(did="late", effect="late", change="late", towards=("ana", "ana")),
            lambda: owned(Repair(did="late", effect="", change="late")),
            lambda: Owned(repair="late"),  # type: ignore[arg-type]  # on purpose
            lambda: Replied(words="w", text="late", forgives="late"),  # type: ignore[arg-type]  # on purpose
            lambda: Repair(did=7),  # type: ignore[arg-type]  # on purpose
        ]
        for call in calls:
            with pytest.raises(InvalidBody) as told:
                call()
            refused.append(str(told.value))
        with pytest.raises(InvalidId):
            Repair(towards=("",))
        shown = repr(story) + repr([act.body for act in story.acts]) + "".join(refused)
        assert [secret for secret in SECRETS if secret in shown] == []
