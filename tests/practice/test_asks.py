"""Asks that reach another person: how often one person's do, and the private "not for me" that each of them has."""

import datetime as dt
from typing import Final, TypeVar

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reconnect as rc
from reconnect.consent.patience import BETWEEN_ASKS
from reconnect.edges.testing.twins import assert_alike
from reconnect.practice.talks import talks
from reconnect.primitives.lesson.acts import ExperimentBegun

S = TypeVar("S", bound=rc.Story)
NOW: Final = pendulum.datetime(2026, 1, 5, 12)  # a Monday
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = 24 * HOUR
TICK: Final = dt.timedelta(microseconds=1)
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
SUNDAYS: Final = rc.Recurrence.weekly("SU", time="20:00", zone="UTC", starts=dt.date(2026, 1, 11))


def opened() -> rc.MemoryJournal:
    """Open a journal in which three people founded a circle."""
    journal = rc.MemoryJournal(key=b"k")
    journal.found(US, by="ana", at=NOW - 30 * DAY)
    return journal


def keep(journal: rc.MemoryJournal, story: S) -> S:
    """Let everyone write down their own part of a story."""
    for author in dict.fromkeys(act.author for act in story.acts):
        journal.append(*story.acts_of(author), acting=author)
    return story


def look(journal: rc.MemoryJournal, who: str, at: dt.datetime) -> rc.View:
    """Look into the circle."""
    return journal.view(who, circle="c1", at=at)


def question(name: str, *, by: str, at: dt.datetime) -> rc.Reveal:
    """Ask everyone something, open for two weeks."""
    return rc.Reveal.of(rc.Note(text=name), closes=14 * DAY, id=name, circle=US, by=by, at=at)


def talk(name: str, *, by: str, at: dt.datetime, ahead: dt.timedelta = DAY) -> rc.Listening:
    """Ask everyone for a talk."""
    return rc.Listening.ask(id=name, circle=US, by=by, at=at, start=at + ahead)


def agreed(journal: rc.MemoryJournal, value: rc.Body, name: str, about: str | None = None) -> rc.Proposal:
    """Let everyone say yes to something."""
    p = rc.Proposal.of(value, id=name, circle=US, by="ana", at=NOW, about=about)
    for person in ("ben", "cy"):
        p = p.accept(by=person, offer=p.offer.id, at=NOW)
    return keep(journal, p)


asking: Final = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ana", "ben"]),
        st.sampled_from([0, 1, 10, 19, 20, 21, 40]) | st.integers(0, 60),
        st.sampled_from([0 * TICK, TICK, -TICK]),
    ),
    max_size=8,
)


@given(asking)
def test_one_person_reaches_the_others_once_a_day(asks: list[tuple[str, int, dt.timedelta]]) -> None:
    """Questions and talks alike: the first of each person, then whatever lies 20 hours after the last that reached."""
    journal, last = opened(), dict[str, pendulum.DateTime]()
    wanted: list[tuple[str, pendulum.DateTime]] = []
    made = sorted((NOW + hours * HOUR + off, by) for by, hours, off in asks)
    for number, (at, by) in enumerate(made):
        keep(journal, question(f"q{number}", by=by, at=at))
        keep(journal, talk(f"t{number}", by=by, at=at))
        if by not in last or at - last[by] >= BETWEEN_ASKS:
            last[by] = at
            wanted.append((by, at))
    for view in (look(journal, who, NOW + 70 * HOUR) for who in US.ids):
        told = rc.questions(view)
        assert [(each.asked.author, each.asked.at) for each in told] == wanted
        assert [(each.asked.author, each.asked.at) for each in rc.talks_heard(view)] == wanted
        assert [each.reveal for each in rc.outlook(view).questions] == [each.id for each in told]
        mine = [at + BETWEEN_ASKS for by, at in wanted if by == view.reader]
        assert rc.question_heard_from(view) == rc.talk_heard_from(view) == max((view.at, *mine))


def test_a_question_too_soon_is_in_vain_and_tells_its_author_nothing() -> None:
    """No error, in nobody's outlook, not even theirs; it counts as no question, and can still be answered at hand."""
    journal = opened()
    keep(journal, question("q1", by="ana", at=NOW))
    keep(journal, rc.TimeOut.call(id="t1", circle=US, by="ben", at=NOW + HOUR).returned(by="ben", at=NOW + 2 * HOUR))
    asked = rc.Prompt(id="x", text="And now?")
    pressed = keep(journal, rc.Reveal.of(asked, closes=DAY, id="q2", circle=US, by="ana", at=NOW + 3 * HOUR))
    for who in US.ids:
        view = look(journal, who, NOW + 4 * HOUR)
        assert [each.reveal for each in rc.outlook(view).questions] == ["q1"]
        assert rc.prompts_asked(view) == ()
        assert rc.had_setback(view)
    for who in US.ids:
        pressed = pressed.answer("hm", by=who, at=NOW + 5 * HOUR)
    keep(journal, pressed)
    assert look(journal, "ana", NOW + 2 * DAY).state(rc.Reveal, "q2").opened(at=NOW + 2 * DAY) is not None
    keep(journal, question("q3", by="ana", at=NOW + BETWEEN_ASKS))
    assert [each.id for each in rc.questions(look(journal, "ben", NOW + DAY))] == ["q1", "q3"]
    assert not rc.had_setback(look(journal, "ben", NOW + DAY))


@pytest.mark.parametrize("taken", ["never looked", "answered", "put aside", "all put aside", "quiet"])
def test_how_a_question_was_taken_changes_nothing_for_the_next_one(taken: str) -> None:
    """Whoever asked waits as long, and sees the same, whatever the others did with it."""
    worlds = [opened(), opened()]
    for journal, ben_does in zip(worlds, (taken, "never looked"), strict=True):
        asked = keep(journal, question("q1", by="ana", at=NOW))
        done: dict[str, rc.Story] = {
            "never looked": asked,
            "answered": asked.answer("soup", by="ben", at=NOW + HOUR),
            "put aside": rc.Aside.put(asked, id="d1", by="ben", at=NOW + HOUR),
            "all put aside": rc.Aside.put_all(rc.Reveal, of="ana", id="d1", circle=US, by="ben", at=NOW + HOUR),
            "quiet": rc.Quiet.go(id="d1", circle=US, by="ben", at=NOW + HOUR),
        }
        journal.append(*done[ben_does].acts_of("ben"), acting="ben")
        keep(journal, question("q2", by="ana", at=NOW + 2 * HOUR))
        keep(journal, question("q3", by="ana", at=NOW + BETWEEN_ASKS))
    for reader in ("ana", "cy"):
        at = [NOW + HOUR, NOW + 3 * HOUR, NOW + DAY, NOW + 14 * DAY]
        assert_alike(*worlds, reader=reader, circle="c1", at=at, ids=["d1"])


def test_a_talk_too_soon_is_shown_once_somebody_else_says_a_word_in_it() -> None:
    """Until then it is in nobody's outlook; when another person takes it up, it is a talk like any other."""
    journal = opened()
    first, second = (keep(journal, talk(name, by="ana", at=NOW + n * HOUR)) for n, name in enumerate(("t1", "t2")))
    for who in US.ids:
        assert [hold.about for hold in talks(look(journal, who, NOW + 2 * HOUR)).holds] == ["t1"]
    named = keep(journal, second.another_time(NOW + 30 * HOUR, by="ana", at=NOW + 3 * HOUR))
    assert [hold.about for hold in talks(look(journal, "ben", NOW + 3 * HOUR)).holds] == ["t1"]
    keep(journal, named.suits(NOW + 30 * HOUR, by="ben", at=NOW + 4 * HOUR))
    for who in US.ids:
        assert [hold.about for hold in talks(look(journal, who, NOW + 4 * HOUR)).holds] == ["t1", "t2"]
    keep(journal, first.stop(by="cy", at=NOW + 5 * HOUR))
    keep(journal, talk("t3", by="ana", at=NOW + 6 * HOUR))
    assert "t3" not in {each.id for each in rc.talks_heard(look(journal, "ben", NOW + 7 * HOUR))}


def test_a_time_in_years_is_not_told_of_for_years() -> None:
    """What not everyone said yes to is left in peace after five weeks; what everyone said yes to is not."""
    far, journal = NOW + 400 * DAY, opened()
    asked = keep(journal, talk("t1", by="ana", at=NOW, ahead=400 * DAY))
    left = NOW + 38 * DAY
    for who in US.ids:
        assert [hold.about for hold in talks(look(journal, who, left - TICK)).holds] == ["t1"]
        assert talks(look(journal, who, left)).holds == ()
    keep(journal, asked.suits(far, by="ben", at=left).suits(far, by="cy", at=left))
    assert [hold.about for hold in talks(look(journal, "ben", NOW + 200 * DAY)).holds] == ["t1"]


def test_a_question_stays_open_for_a_year_at_most() -> None:
    """A longer one is refused; one that was written all the same asks nothing of anyone."""
    year = 366 * DAY
    asked = rc.Reveal.of(rc.Note(text="?"), closes=year, id="r1", circle=US, by="ana", at=NOW)
    assert asked.closes == NOW + year
    assert rc.Reveal.of(rc.Note(text="?"), closes=NOW + year, id="r1", circle=US, by="ana", at=NOW) == asked
    for closes in (year + TICK, NOW + year + TICK, dt.timedelta.max):
        with pytest.raises(rc.errors.InvalidOffer, match="a question that closes within 366 days"):
            rc.Reveal.of(rc.Note(text="?"), closes=closes, id="r1", circle=US, by="ana", at=NOW)
        with pytest.raises(rc.errors.InvalidOffer, match="a question that closes within 366 days"):
            rc.Drift.over("the move", closes=closes, id="d1", circle=US, by="ana", at=NOW)


def test_a_new_time_that_was_put_aside_is_shown_to_the_others_only() -> None:
    """Of one person, or of the whole schedule; the check-in itself stays where it is."""
    journal = opened()
    p = agreed(journal, rc.Rhythm.of(SUNDAYS), "p1")
    s = keep(journal, rc.CheckInSchedule.of(p, id="s1", by="ana", at=NOW))
    first, second, *_ = s.occurrences(rc.Window(NOW, NOW + 30 * DAY))
    s = s.move(first.key, first.start + HOUR, by="ana", at=NOW)
    keep(journal, s.move(second.key, second.start + HOUR, by="cy", at=NOW))
    aside = keep(journal, rc.Aside.put_all(rc.CheckInSchedule, of="ana", id="d1", circle=US, by="ben", at=NOW))
    seen = {who: rc.outlook(look(journal, who, NOW)) for who in US.ids}
    assert [new.by for new in seen["ben"].new_times] == [("cy",)]
    assert [new.by for new in seen["cy"].new_times] == [("ana",), ("cy",)]
    assert seen["ben"].next == seen["cy"].next == first
    keep(journal, aside.take_up(by="ben", at=NOW + HOUR))
    keep(journal, rc.Aside.put(s, id="d2", by="ben", at=NOW + HOUR))
    assert rc.outlook(look(journal, "ben", NOW + HOUR)).new_times == ()


def test_a_turn_that_somebody_would_like_to_swap_can_be_put_aside() -> None:
    """Whoever was asked is not asked any more; everyone else reads the same as before."""
    journal = opened()
    p = agreed(journal, rc.RotationPlan.of(US, handoff=SUNDAYS), "p1", "o1")
    r = keep(journal, rc.Rotation.of(p, id="o1", by="ana", at=NOW))
    hers, his, *_ = r.turns(rc.Window(NOW, NOW + 30 * DAY))
    keep(journal, r.swap(hers.key, his.key, by="ana", at=NOW))
    before = {who: rc.outlook(look(journal, who, NOW)).holds for who in US.ids}
    keep(journal, rc.Aside.put_all(rc.Rotation, of="ana", id="d1", circle=US, by="ben", at=NOW))
    after = {who: rc.outlook(look(journal, who, NOW)).holds for who in US.ids}
    assert [hold.phrase.key for hold in before["ben"] if hold not in after["ben"]] == ["rotation.swap_asked"]
    assert (after["ana"], after["cy"]) == (before["ana"], before["cy"])


def test_one_idea_is_looked_at_once_however_often_somebody_began_it() -> None:
    """Nobody can fill another's outlook with what they agreed to once; and each can put it aside."""
    journal = opened()
    p = agreed(journal, rc.Idea(what="no phones", length=DAY), "p1")
    trials = [keep(journal, rc.Experiment.of(p, id=f"x{n}", by="ana", at=NOW + n * HOUR)) for n in range(3)]
    at = NOW + 2 * DAY
    shown = {who: [hold.about for hold in rc.outlook(look(journal, who, at)).holds] for who in US.ids}
    assert shown["ben"] == shown["ana"] == ["p1", "x0"]
    keep(journal, rc.Aside.put(trials[0], id="d1", by="ben", at=NOW))
    assert [hold.about for hold in rc.outlook(look(journal, "ben", at)).holds] == ["p1"]
    assert [hold.about for hold in rc.outlook(look(journal, "cy", at)).holds] == shown["cy"]


def test_a_trial_that_could_not_begin_buys_no_place_in_front() -> None:
    """Planted before there was a yes, and begun again whenever the one before is settled: it is not asked again."""
    journal = opened()
    for number in (2, 1):
        body = ExperimentBegun(proposal="p1")
        planted = rc.Entry(
            circle="c1", author="ana", id=f"e{number}", at=NOW, body=body, audience=rc.Shared(), about=f"x{number}"
        )
        journal.append(planted, acting="ana")
    p = rc.Proposal.of(rc.Idea(what="no phones", length=DAY), id="p1", circle=US, by="ana", at=NOW + HOUR)
    for who in ("ben", "cy"):
        p = p.accept(by=who, offer=p.offer.id, at=NOW + HOUR)
    first = keep(journal, rc.Experiment.of(keep(journal, p), id="x0", by="ana", at=NOW + HOUR))
    at = NOW + 2 * DAY
    for who in US.ids:
        first = first.look(rc.Onward.LET_GO, by=who, at=at)
    keep(journal, first)
    for number in (1, 2):
        keep(journal, rc.Experiment.of(p, id=f"x{number}", by="ana", at=at + number * HOUR))
    assert [hold.about for hold in rc.outlook(look(journal, "ben", at + DAY)).holds] == ["p1"]


def test_all_of_theirs_is_whatever_they_offer_now() -> None:
    """Also as an answer to somebody else's offer; but what answers one's own was not put aside with it."""
    journal = opened()
    keep(journal, rc.Aside.put_all(rc.Proposal, of="ana", id="d1", circle=US, by="ben", at=NOW))
    for name, first, second in (("p1", "cy", "ana"), ("p2", "ana", "cy"), ("p3", "ben", "ana")):
        p = keep(journal, rc.Proposal.of(rc.Note(text=first), id=name, circle=US, by=first, at=NOW))
        answer = p.counter(by=second, offer=p.offer.id, value=rc.Note(text=second), at=NOW + HOUR)
        keep(journal, answer)
    shown = {
        who: sorted(each.proposal for each in rc.outlook(look(journal, who, NOW + HOUR)).awaiting) for who in US.ids
    }
    assert shown["ben"] == ["p2", "p3"]
    assert shown["cy"] == shown["ana"] == ["p1", "p2", "p3"]


def test_in_a_pause_one_sentence_of_each_is_shown() -> None:
    """However many somebody wrote: the newest that was there before; and none that the reader put aside."""
    journal = opened()
    for number in range(3):
        keep(journal, rc.Reassurance.of(f"{number}", id=f"w{number}", circle=US, by="ana", at=NOW + number * HOUR))
    keep(journal, rc.Reassurance.of("me too", id="w9", circle=US, by="cy", at=NOW))
    at = NOW + 5 * HOUR
    keep(journal, rc.TimeOut.call(id="t1", circle=US, by="cy", at=at))
    keep(journal, rc.Reassurance.of("now", id="w8", circle=US, by="ana", at=at))
    assert [each.text for each in rc.outlook(look(journal, "ben", at)).reassurances] == ["2", "me too"]
    keep(journal, rc.Aside.put_all(rc.Reassurance, of="ana", id="d1", circle=US, by="ben", at=at))
    assert [each.text for each in rc.outlook(look(journal, "ben", at)).reassurances] == ["me too"]
    assert [each.text for each in rc.outlook(look(journal, "cy", at)).reassurances] == ["2"]


@pytest.mark.parametrize("sort", [rc.Listening, rc.Reveal])
def test_what_nobody_asked_was_asked_by_nobody(sort: type[rc.Listening | rc.Reveal]) -> None:
    """Without the act that asks there is no one who did."""
    with pytest.raises(rc.errors.UnknownStory):
        _ = sort(id="x", circle="c1").asked
