"""Experiments and lessons: ideas that people try together, and what they learn, with where it came from."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from attrs import evolve

from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidCare, NotInForce, NotOpen, NotYours, UnknownStory
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.lesson import Experiment, Idea, Lesson, Onward, Trying
from reconnect.primitives.lesson.acts import LessonTold, LookedBack
from reconnect.record.entry import Entry, Note, Shared
from reconnect.record.membership import Joined, Welcomed
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant

DAY: Final = dt.timedelta(days=1)
NOW: Final = as_instant(pendulum.datetime(2026, 1, 5, 19))
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
IDEA: Final = Idea(what="no phones at table", notice="how dinner feels")


def agreed(idea: Idea | Note = IDEA, *, about: str | None = None, yes: bool = True) -> Proposal:
    """Let Ben bring an idea, and Ana say yes, or not."""
    p = Proposal.of(idea, id="p1", circle=US, by="ben", at=NOW, about=about)
    return p.accept(by="ana", offer=p.offer.id, at=NOW) if yes else p


def begun(proposal: Proposal | None = None) -> Experiment:
    """Begin an experiment on it."""
    return Experiment.of(proposal or agreed(), id="x1", by="ana", at=NOW)


def day(number: float) -> pendulum.DateTime:
    """Return an instant so many days later."""
    return as_instant(NOW + number * DAY)


class TestExperiments:
    """Trying something together."""

    def test_it_is_tried_and_then_looked_at_together(self) -> None:
        """For two weeks, unless the idea says otherwise; whoever changes their mind says so, until all agree."""
        e = begun()
        assert (e.idea, e.ends) == (IDEA, day(14))
        assert [e.standing(at=day(n)) for n in (0, 13.9, 14)] == [Trying.TRYING, Trying.TRYING, Trying.LOOKING]
        e = e.look(Onward.KEEP, "it was quiet", by="ana", at=day(14)).look(Onward.CHANGE, by="ben", at=day(15))
        assert (e.standing(at=day(15)), e.outcome(at=day(15))) == (Trying.LOOKING, None)
        assert e.look(Onward.CHANGE, by="ben", at=day(16)) == e
        e = e.look(Onward.CHANGE, by="ana", at=day(17))
        assert (e.standing(at=day(17)), e.outcome(at=day(17))) == (Trying.SETTLED, Onward.CHANGE)
        assert e.words(at=day(16))["ana"] == LookedBack(onward=Onward.KEEP, words="it was quiet")
        with pytest.raises(NotOpen):
            e.look(Onward.KEEP, by="ana", at=day(18))

    def test_it_rests_when_someone_takes_back_their_yes_or_it_lapses(self) -> None:
        """At once, and without a word about why; what was settled before stays settled."""
        e, ended = begun(), agreed().withdraw(by="ana", at=day(3))
        over = evolve(e, acts=(*e.acts, *ended.acts))
        assert [over.standing(at=day(n)) for n in (2, 3, 20)] == [Trying.TRYING, Trying.RESTING, Trying.RESTING]
        assert e.standing(at=day(90)) is Trying.RESTING
        with pytest.raises(NotOpen):
            over.look(Onward.KEEP, by="ana", at=day(15))
        same = e.look(Onward.LET_GO, by="ana", at=day(14)).look(Onward.LET_GO, by="ben", at=day(14))
        late = evolve(same, acts=(*same.acts, *agreed().withdraw(by="ana", at=day(15)).acts))
        assert late.standing(at=day(99)) is Trying.SETTLED

    def test_it_begins_only_on_an_idea_that_everyone_agreed_to(self) -> None:
        """Not on another value, not on another experiment's, not too early, and not by a stranger."""
        for proposal in (agreed(yes=False), agreed(Note(text="tea")), agreed(about="x2")):
            with pytest.raises(NotInForce):
                begun(proposal)
        with pytest.raises(NotYours):
            Experiment.of(agreed(), id="x1", by="cleo", at=NOW)
        assert begun(agreed(about="x1")).has_begun
        with pytest.raises(NotYours):
            begun().look(Onward.KEEP, by="cleo", at=day(15))
        with pytest.raises(NotOpen):
            begun().look(Onward.KEEP, by="ana", at=day(13))
        with pytest.raises(UnknownStory):
            begun().standing(at=day(-1))
        for name, value in (("x1", agreed(yes=False)), ("x2", agreed(about="x1"))):
            unfounded = Experiment(
                id=name, circle="c1", acts=(*begun().acts[-1:], *value.acts), founding=value.founding
            )
            assert not unfounded.has_begun
            with pytest.raises(UnknownStory):
                _ = unfounded.idea

    def test_a_newcomer_is_not_asked_about_what_others_tried(self) -> None:
        """What they say of it, sent all the same, changes nothing; it concerns those who agreed."""
        welcome = Welcomed(person="cleo")
        said = [Entry(circle="c1", author=by, id="w", at=day(1), body=welcome, audience=Shared()) for by in US.ids]
        joined = Entry(circle="c1", author="cleo", id="j", at=day(2), body=Joined(), audience=Shared())
        e = evolve(begun(), founding=(*begun().founding, *said, joined))
        e = e.look(Onward.KEEP, by="ana", at=day(15)).look(Onward.KEEP, by="ben", at=day(16))
        body = LookedBack(onward=Onward.LET_GO)
        sent = Entry(circle="c1", author="cleo", id="x", at=day(15), body=body, audience=Shared(), about="x1")
        assert evolve(e, acts=(*e.acts, sent)).outcome(at=day(16)) is Onward.KEEP
        assert set(evolve(e, acts=(*e.acts, sent)).words(at=day(16))) == {"ana", "ben"}
        with pytest.raises(NotYours):
            e.look(Onward.KEEP, by="cleo", at=day(16))

    def test_a_view_gathers_it_with_what_it_rests_on(self) -> None:
        """Everyone sees it alike; an id that begins nothing is unknown."""
        journal = MemoryJournal(key=b"k")
        journal.found(US, by="ana", at=NOW)
        for person in US.ids:
            journal.append(*begun().acts_of(person), acting=person)
        seen = [journal.view(person, circle="c1", at=day(15)).state(Experiment, "x1") for person in US.ids]
        assert [each.standing(at=day(15)) for each in seen] == 2 * [Trying.LOOKING]
        with pytest.raises(UnknownStory):
            journal.view("ana", circle="c1", at=day(15)).state(Experiment, "p1")

    def test_what_is_no_idea_and_no_way_on(self) -> None:
        """A day at least, 90 at most; and the words are in no `repr`."""
        for length in (23 * DAY / 24, 91 * DAY, 14):
            with pytest.raises(InvalidCare, match="from one day to 90 days"):
                Idea(what="no phones", length=length)  # type: ignore[arg-type]  # wrong on purpose
        with pytest.raises(InvalidCare, match="expected a way to go on, got a str"):
            begun().look("keep", by="ana", at=day(15))  # type: ignore[arg-type]  # wrong on purpose
        assert not {"phones", "dinner", "quiet"} & set(
            repr((IDEA, LookedBack(onward=Onward.KEEP, words="quiet"), begun().acts)).split()
        )
        assert Idea(what="phones in the hall", after="x1").after == "x1"


class TestLessons:
    """What people learn."""

    def test_it_is_put_anew_and_nothing_is_lost(self) -> None:
        """Each version says whose words it is, why, and what it follows and came from."""
        lesson = Lesson.learn("we talk worse when hungry", source="x1", id="l1", circle=US, by="ana", at=NOW)
        first = lesson.current(at=NOW)
        lesson = lesson.revise("soup first", why="it worked", by="ben", at=day(1))
        now = lesson.current(at=day(1))
        assert (now.by, now.why, now.after, now.source) == ("ben", "it worked", first.revision, None)
        assert lesson.revisions(at=day(1)) == (first, now)
        assert (lesson.current(at=NOW), first.source) == (first, "x1")
        assert render(now.phrase()) == "What you learnt: soup first"
        assert "soup" not in repr((now, [act.body for act in lesson.acts]))

    def test_two_phones_put_it_anew_and_somebody_brings_it_together(self) -> None:
        """Both versions stand until then; whoever follows one of them can follow the other, too."""
        lesson = Lesson.learn("we talk worse when hungry", id="l1", circle=US, by="ana", at=NOW)
        one = lesson.revise("soup first", by="ben", at=day(1))
        other = lesson.revise("no talks after nine", by="ana", at=day(1))
        both = merge(one, other)
        assert [each.by for each in both.open_versions(at=day(1))] == ["ana", "ben"]
        assert both.current(at=day(1)).by == "ben"
        older = both.open_versions(at=day(1))[0].revision
        joined = both.revise("soup first, and early", by="ana", at=day(2))
        joined = joined.revise("soup first, and early", by="ana", at=day(2), after=older)
        assert {each.text for each in joined.open_versions(at=day(2))} == {"soup first, and early"}

    def test_what_follows_nothing_says_nothing(self) -> None:
        """A verb refuses it, and sent all the same it is no version."""
        lesson = Lesson.learn("soup", id="l1", circle=US, by="ana", at=NOW)
        with pytest.raises(NotOpen):
            lesson.revise("bread", after="nothing", by="ben", at=day(1))
        body = LessonTold(text="bread", after="nothing")
        sent = Entry(circle="c1", author="ben", id="x", at=day(1), body=body, audience=Shared(), about="l1")
        assert evolve(lesson, acts=(*lesson.acts, sent)).revisions(at=day(2)) == lesson.revisions(at=day(2))
        alone = evolve(lesson, acts=(sent,))
        assert not alone.has_begun
        for ask in (alone.current, lesson.as_of(day(-1)).current):
            with pytest.raises(UnknownStory):
                ask(at=day(-1))
