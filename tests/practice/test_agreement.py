"""What people agreed on, clause by clause: with versions, with why, and only while it holds."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from attrs import evolve
from tests.practice.house import keep

import reconnect as rc
from reconnect.practice.provenance import why

NOW: Final = pendulum.datetime(2026, 1, 5, 12)
DAY: Final = dt.timedelta(days=1)
US: Final = rc.Circle(
    id="c1",
    members=(rc.Person(id="ana", zone="UTC", name="Ana"), rc.Person(id="ben", zone="UTC", name="Ben")),
)


@pytest.fixture
def journal() -> rc.MemoryJournal:
    """Return a journal of two people who have agreed on nothing yet."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    return journal


def agreed(
    value: rc.Body,
    name: str,
    *,
    at: pendulum.DateTime = NOW,
    about: str | None = None,
    lasts: dt.timedelta = 90 * DAY,
    why: str = "",
) -> rc.Proposal:
    """Let Ana offer something and Ben say yes at once."""
    p = rc.Proposal.of(value, id=name, circle=US, by="ana", at=at, about=about, lasts=lasts, why=why)
    return p.accept(by="ben", offer=p.offer.id, at=at)


def read(journal: rc.MemoryJournal, at: pendulum.DateTime, person: str = "ben") -> list[str]:
    """Return what one person reads of what was agreed."""
    view = journal.view(person, circle="c1", at=at)
    return [rc.render(phrase, zone=view.zone, names=view.names) for phrase in rc.agreement(view).phrases()]


def look(journal: rc.MemoryJournal, at: pendulum.DateTime) -> rc.Agreement:
    """Return what holds at an instant."""
    return rc.agreement(journal.view("ana", circle="c1", at=at))


def told(agreement: rc.Agreement) -> dict[str, list[tuple[str | None, bool]]]:
    """Return the versions of each clause, and whether they hold."""
    return {each.about: [(v.proposal, v.holds) for v in each.versions] for each in agreement.clauses}


def test_nothing_agreed_is_said_without_a_reproach(journal: rc.MemoryJournal) -> None:
    """And an offer that nobody answered is no clause."""
    assert read(journal, NOW) == ["You have agreed on nothing yet. There is no hurry."]
    keep(journal, rc.Proposal.of(rc.RecoveryTerms(), id="p1", circle=US, by="ana", at=NOW))
    assert look(journal, NOW).clauses == ()


def test_a_clause_says_who_and_since_when_and_until_when(journal: rc.MemoryJournal) -> None:
    """Everyone reads the same sentence, by their own clock and names."""
    keep(journal, agreed(rc.RecoveryTerms(), "p1"))
    said = (
        "You agreed on how you come back to each other after a break. Ana suggested it, and by Monday 5 January "
        "everyone had said yes. It holds until Sunday 5 April, and then you look at it again together."
    )
    assert read(journal, NOW, "ana") == read(journal, NOW, "ben") == [said]
    (version,) = look(journal, NOW).about("p1")[0].now
    assert (version.by, version.yes, version.offer is not None) == ("ana", ("ana", "ben"), True)
    assert look(journal, NOW).about("p2") == ()


def test_of_recovery_terms_the_newest_count_and_the_older_ones_come_back(journal: rc.MemoryJournal) -> None:
    """A later agreement takes the place of an earlier one, for as long as it holds itself."""
    short = agreed(rc.RecoveryTerms(length=dt.timedelta(hours=30)), "p2", at=NOW + 9 * DAY, lasts=5 * DAY)
    keep(journal, agreed(rc.RecoveryTerms(), "p1"), short)
    assert told(look(journal, NOW + 10 * DAY)) == {"p1": [("p1", False), ("p2", True)]}
    assert read(journal, NOW + 10 * DAY)[1] == (
        "Before that, another version held from Monday 5 January to Wednesday 14 January."
    )
    assert told(look(journal, NOW + 14 * DAY)) == {"p1": [("p1", True), ("p2", False)]}


def test_terms_that_a_newcomer_knows_nothing_of_hold_for_nobody(journal: rc.MemoryJournal) -> None:
    """Recovery asks for everyone who is here, and so does the clause."""
    keep(journal, agreed(rc.RecoveryTerms(), "p1"))
    at = NOW + DAY
    for person, body in (("ana", rc.Welcomed(person="cy")), ("ben", rc.Welcomed(person="cy")), ("cy", rc.Joined())):
        entry = rc.Entry(circle="c1", author=person, id=f"join-{person}", at=at, body=body, audience=rc.Shared())
        journal.append(entry, acting=person)
    assert look(journal, at).clauses == ()


def test_two_baselines_hold_while_one_takes_the_place_of_the_other(journal: rc.MemoryJournal) -> None:
    """For 24 hours both do; then only the later one, with its own why."""
    first = agreed(rc.Baseline(rules=(rc.ByConsent(),)), "p1", about="b1")
    second = agreed(rc.Baseline(rules=(rc.Cooldown(),)), "p2", at=NOW + 9 * DAY, about="b1", why="calm")
    keep(journal, rc.Boundaries.agree(first, id="b1", by="ana", at=NOW), second)
    assert told(look(journal, NOW + 9 * DAY)) == {"b1": [("p1", True), ("p2", True)]}
    assert told(look(journal, NOW + 10 * DAY)) == {"b1": [("p1", False), ("p2", True)]}
    assert "What it is for, in the words of Ana: calm" in read(journal, NOW + 10 * DAY)


def test_whoever_offers_may_say_why_and_a_counter_brings_its_own(journal: rc.MemoryJournal) -> None:
    """Whatever it is about; the words of an offer that was countered are not put under the one that holds."""
    p = rc.Proposal.of(rc.RecoveryTerms(), id="p1", circle=US, by="ana", at=NOW, why="we never come back")
    longer = rc.RecoveryTerms(length=dt.timedelta(hours=30))
    p = p.counter(by="ben", offer=p.offer.id, value=longer, at=NOW, why="nights are for sleep")
    keep(journal, p.accept(by="ana", offer=p.offer.id, at=NOW))
    assert read(journal, NOW, "ana")[1:] == ["What it is for, in the words of Ben: nights are for sleep"]
    assert "nights" not in repr(p.offer) + repr(p.acts[-1].body)


def test_a_baseline_that_nobody_upholds_yet_stands_for_itself(journal: rc.MemoryJournal) -> None:
    """Until there are boundaries, its proposal is what there is."""
    keep(journal, agreed(rc.Baseline(rules=(rc.ByConsent(),)), "p1"))
    assert told(look(journal, NOW)) == {"p1": [("p1", True)]}


def test_check_ins_that_were_stopped_are_no_clause(journal: rc.MemoryJournal) -> None:
    """Although their proposal has not lapsed; and an outlook does not say that they hold."""
    daily = rc.Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5))
    s = rc.CheckInSchedule.of(agreed(rc.Rhythm.of(daily), "p1"), id="s1", by="ana", at=NOW)
    keep(journal, s)
    assert told(look(journal, NOW)) == {"s1": [("p1", True)]}
    keep(journal, s.stop(by="ben", at=NOW + DAY))
    assert look(journal, NOW + DAY).clauses == ()
    view = journal.view("ben", circle="c1", at=NOW + DAY)
    assert rc.outlook(view).holds == ()
    assert view.state(rc.Proposal, "p1").in_force(at=view.at) is not None


def test_a_plan_of_turns_gives_way_when_the_next_ones_first_turn_begins(journal: rc.MemoryJournal) -> None:
    """Until then the plan before goes on, so both are told; a plan that is only stated is no clause."""

    def sundays(time: str) -> rc.RotationPlan:
        handoff = rc.Recurrence.weekly("SU", time=time, zone="UTC", starts=dt.date(2026, 1, 4))
        return rc.RotationPlan.of(["ana", "ben"], handoff=handoff)

    keep(journal, rc.Rotation.of(agreed(sundays("20:00"), "p1", about="r1"), id="r1", by="ana", at=NOW))
    keep(journal, agreed(sundays("18:00"), "p2", at=NOW + 9 * DAY, about="r1"))
    keep(journal, rc.Rotation.of(["ana", "ben"], id="r2", circle=US, by="ben", at=NOW))
    assert told(look(journal, NOW + 9 * DAY)) == {"r1": [("p1", True), ("p2", True)]}
    assert told(look(journal, NOW + 14 * DAY)) == {"r1": [("p1", False), ("p2", True)]}


def test_a_plan_that_its_rotation_does_not_count_is_no_clause(journal: rc.MemoryJournal) -> None:
    """It names somebody who never said yes: the proposal holds, the turns go on without it, and so does the clause."""
    both, another = rc.RotationPlan.of(["ana", "ben"]), rc.RotationPlan.of(["ana", "zed"])
    keep(journal, rc.Rotation.of(agreed(both, "p1", about="r1"), id="r1", by="ana", at=NOW))
    keep(journal, agreed(another, "p2", at=NOW + DAY, about="r1"))
    assert told(look(journal, NOW + DAY)) == {"r1": [("p1", True)]}


def test_of_two_review_rhythms_the_newest_counts(journal: rc.MemoryJournal) -> None:
    """A wellness plan asks for one time to look at it together."""
    plan = rc.WellnessPlan.of([rc.Area.SLEEP], id="w1", circle=US, by="ana", at=NOW)
    sundays = rc.Recurrence.weekly("SU", time="20:00", zone="UTC", starts=dt.date(2026, 1, 4))
    monthly = rc.Recurrence.monthly(1, time="20:00", zone="UTC", starts=dt.date(2026, 1, 1))
    keep(journal, plan, agreed(rc.ReviewRhythm(rhythm=sundays), "p1", about="w1"))
    keep(journal, agreed(rc.ReviewRhythm(rhythm=monthly), "p2", at=NOW + DAY, about="w1"))
    keep(journal, agreed(rc.Note(text="about it"), "p3", at=NOW + 2 * DAY, about="w1"))
    view = journal.view("ana", circle="c1", at=NOW + 3 * DAY)
    assert [told(rc.agreement(view))["w1"]] == [[("p3", True)]]
    rhythms, note = rc.agreement(view).about("w1")
    assert next((v.proposal, v.holds, v.until) for v in rhythms.versions) == ("p1", False, NOW + DAY)
    assert [v.proposal for v in note.versions] == ["p3"]
    review = view.state(rc.WellnessPlan, "w1").review(at=view.at)
    assert rhythms.now[0].offer is not None
    assert rhythms.now[0].offer.value == review


class TestExperiments:
    """An idea holds while people try it, look at it, or keep it; and it tells what it follows."""

    def tried(self, journal: rc.MemoryJournal) -> rc.Experiment:
        """Let both try an idea."""
        x = rc.Experiment.of(agreed(rc.Idea(what="soup first"), "p1"), id="x1", by="ana", at=NOW)
        keep(journal, x)
        return x

    @pytest.mark.parametrize(("onward", "holds"), [(rc.Onward.KEEP, True), (rc.Onward.LET_GO, False)])
    def test_everyone_says_the_same(self, journal: rc.MemoryJournal, onward: rc.Onward, holds: bool) -> None:  # noqa: FBT001 - a parameter
        """What all let go holds no more; what all keep does."""
        x, at = self.tried(journal), NOW + 15 * DAY
        assert told(look(journal, at)) == {"x1": [("p1", True)]}
        keep(journal, x.look(onward, by="ana", at=at).look(onward, by="ben", at=at))
        assert bool(look(journal, at).clauses) == holds
        assert look(journal, NOW + 90 * DAY).clauses == ()

    def test_what_follows_says_why(self, journal: rc.MemoryJournal) -> None:
        """A lesson that came from the experiment stands beside the idea that follows it, in its newest words."""
        self.tried(journal)
        at = NOW + 16 * DAY
        lesson = rc.Lesson.learn("soup helps", source="x1", id="l1", circle=US, by="ben", at=at)
        keep(journal, lesson.revise("soup helps us", by="ana", at=at + DAY))
        keep(journal, rc.Lesson.learn("of its own", id="l2", circle=US, by="ben", at=at))
        keep(journal, agreed(rc.Idea(what="soup on Sundays", after="x1"), "p2", at=at + DAY))
        said = read(journal, at + DAY)
        assert said[-2:] == ["It follows something that you tried before.", "Ana learnt: soup helps us"]
        assert not any("of its own" in line for line in said)

    def test_nobody_puts_words_under_an_agreement_for_the_others(self, journal: rc.MemoryJournal) -> None:
        """What is learnt stands under its own author's name, once for each, and only of those who agreed."""
        keep(journal, agreed(rc.Note(text="quiet evenings"), "p1"))
        for number in range(3):
            said = f"words {number}"
            keep(
                journal, rc.Lesson.learn(said, source="p1", id=f"l{number}", circle=US, by="ben", at=NOW + number * DAY)
            )
        keep(journal, rc.Lesson.learn("from elsewhere", source="p1", id="l9", circle=US, by="ana", at=NOW + 4 * DAY))
        told = [line for line in read(journal, NOW + 5 * DAY) if "learnt" in line]
        assert told == ["Ben learnt: words 2", "Ana learnt: from elsewhere"]
        offer = journal.view("ana", circle="c1", at=NOW + 5 * DAY).state(rc.Proposal, "p1").offer
        alone = evolve(offer, people=("ben",))
        phrases = why(journal.view("ana", circle="c1", at=NOW + 5 * DAY), alone, about="p1")
        assert [dict(phrase.params)["by"] for phrase in phrases] == ["ben"]


def test_subjects_of_ones_own_stand_together(journal: rc.MemoryJournal) -> None:
    """Of one kind and about one thing they are one clause; of another kind, or about nothing, another one."""
    keep(journal, agreed(rc.Note(text="mornings"), "p1", about="kitchen", lasts=5 * DAY))
    keep(journal, agreed(rc.Note(text="evenings"), "p2", at=NOW + DAY, about="kitchen"))
    keep(journal, agreed(rc.Note(text="walks"), "p3", at=NOW + 2 * DAY))
    keep(journal, rc.Proposal.of(rc.Note(text="open"), id="p4", circle=US, by="ben", at=NOW))
    assert told(look(journal, NOW + 3 * DAY)) == {"kitchen": [("p1", True), ("p2", True)], "p3": [("p3", True)]}
    assert told(look(journal, NOW + 9 * DAY))["kitchen"] == [("p1", False), ("p2", True)]


def test_what_holds_by_everyones_word_is_a_clause(journal: rc.MemoryJournal) -> None:
    """An invitation holds for a while, a wish to be told of a silence until someone takes it back."""
    nudges = rc.Invitation.of(id="i1", circle=US, by="ben", at=NOW)
    wish = rc.SignalWish.of(id="w1", circle=US, by="ana", at=NOW)
    keep(journal, nudges, wish)
    assert look(journal, NOW).clauses == ()
    keep(journal, nudges.renew(by="ana", at=NOW + DAY), wish.want(by="ben", at=NOW + DAY))
    said = read(journal, NOW + DAY)
    assert said[0].startswith("You agreed on a nudge towards each other. Ben suggested it, and by Tuesday 6 January")
    assert said[1] == (
        "You agreed on being told of a long silence. Ana suggested it, and by Tuesday 6 January everyone had said yes. "
        "It holds until one of you takes that back."
    )
    assert [v.yes for clause in look(journal, NOW + DAY).clauses for v in clause.now] == [("ana", "ben")] * 2
