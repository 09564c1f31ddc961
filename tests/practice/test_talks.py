"""Talks in turns as they are told to one person: asked for, ahead, under way, waiting for a time-out, left in peace."""

import datetime as dt
from typing import Final

import pendulum

import reconnect as rc
from reconnect.practice.talks import Talks, talks

NOW: Final = pendulum.datetime(2026, 1, 5, 19)  # a Monday
US: Final = rc.Circle(
    id="c1",
    members=(rc.Person(id="ana", zone="UTC", name="Ana"), rc.Person(id="ben", zone="UTC", name="Ben")),
)
MINUTE: Final = dt.timedelta(minutes=1)


def kept(*stories: rc.Story) -> rc.MemoryJournal:
    """Return a journal in which everyone wrote down their own part of some stories."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW.subtract(days=1))
    for story in stories:
        for person in dict.fromkeys(act.author for act in story.acts):
            journal.append(*story.acts_of(person), acting=person)
    return journal


def told(journal: rc.MemoryJournal, person: str, at: pendulum.DateTime) -> list[str]:
    """Return what one person is told of talks."""
    view = journal.view(person, circle="c1", at=at)
    return [rc.render(hold.phrase, zone=view.zone, names=view.names) for hold in talks(view).holds]


def asked(start: pendulum.DateTime = NOW) -> rc.Listening:
    """Return a talk that Ana asked for."""
    return rc.Listening.ask(id="l1", circle=US, by="ana", at=NOW, start=start)


def test_a_wish_is_told_to_both_in_their_own_words_and_lapses_by_itself() -> None:
    """Ben is asked whether now is good, Ana reads that it is with the others; after an hour nobody is asked."""
    journal = kept(asked())
    assert told(journal, "ben", NOW) == [
        "There is a wish to listen to each other, in turns. Is now good? Another time is just as welcome."
    ]
    assert told(journal, "ana", NOW)[0].startswith("The time on Monday 5 January at 19:00 suits you.")
    (hold,) = talks(journal.view("ben", circle="c1", at=NOW)).holds
    assert hold.until == NOW.add(hours=1)
    assert told(journal, "ben", NOW.add(hours=1)) == told(journal, "ana", NOW.add(hours=1)) == []


def test_a_talk_ahead_is_told_without_its_reminders() -> None:
    """The reminders belong to the talk itself; an outlook says when it is."""
    start = NOW.add(hours=3)
    journal = kept(asked(start).suits(start, by="ben", at=NOW))
    assert told(journal, "ben", NOW) == ["You listen to each other on Monday 5 January at 22:00."]
    assert told(journal, "ben", start) == [
        "Ana has the floor. There is nothing to answer yet, and everyone has a turn."
    ]


def test_a_time_out_lets_a_talk_wait_and_takes_nothing_from_it() -> None:
    """While Ben is on a break nobody is told to take a step; when he is back, the same person has the floor."""
    talk = asked().suits(NOW, by="ben", at=NOW).speak(by="ana", at=NOW)
    pause = rc.TimeOut.call(id="t1", circle=US, by="ben", at=NOW + MINUTE)
    journal = kept(talk, pause)
    assert told(journal, "ben", NOW) == [
        "What did you hear? Say it back in your own words; Ana says whether that was it."
    ]
    assert told(journal, "ana", NOW + MINUTE) == [
        "Ben asked for a break. The talk waits where it is, and so does everyone's turn."
    ]
    assert told(journal, "ben", NOW + MINUTE) == [
        "You are taking a break. The talk waits where it is, for as long as you like."
    ]
    journal = kept(talk, pause.returned(by="ben", at=NOW + 40 * MINUTE))
    assert told(journal, "ana", NOW + 40 * MINUTE) == ["Ben says back what they heard."]


def test_in_a_time_out_nobody_is_asked_for_a_talk() -> None:
    """A wish waits without a word, and is there again afterwards while its time stands."""
    pause = rc.TimeOut.call(id="t1", circle=US, by="ana", at=NOW + MINUTE)
    journal = kept(asked(), pause.returned(by="ana", at=NOW + 30 * MINUTE))
    assert told(journal, "ben", NOW + MINUTE) == []
    assert len(told(journal, "ben", NOW + 30 * MINUTE)) == 1


def test_what_ended_and_what_was_left_is_not_told_of() -> None:
    """A stop is the end of it; a pause that nobody came back from is left in peace after a week."""
    stopped = asked().suits(NOW, by="ben", at=NOW).stop(by="ben", at=NOW + MINUTE)
    assert told(kept(stopped), "ana", NOW + MINUTE) == []
    paused = asked().suits(NOW, by="ben", at=NOW).pause(by="ben", at=NOW + MINUTE)
    journal = kept(paused)
    assert told(journal, "ana", NOW.add(days=7)) == told(journal, "ana", NOW + MINUTE) != []
    assert told(journal, "ana", NOW.add(days=7) + MINUTE) == []


def test_somebody_who_came_later_is_not_part_of_a_talk() -> None:
    """It concerns those who were there when it was asked for."""
    assert talks(kept().view("ana", circle="c1", at=NOW)) == Talks()
    journal = kept(asked())
    with_cy = [
        rc.Entry(
            circle="c1",
            author=each,
            id=f"w-{each}",
            at=NOW + MINUTE,
            body=rc.Welcomed(person="cy"),
            audience=rc.Shared(),
        )
        for each in US.ids
    ]
    for entry in with_cy:
        journal.append(entry, acting=entry.author)
    joined = rc.Entry(circle="c1", author="cy", id="j", at=NOW + 2 * MINUTE, body=rc.Joined(), audience=rc.Shared())
    journal.append(joined, acting="cy")
    view = journal.view("cy", circle="c1", at=NOW + 3 * MINUTE)
    assert "cy" in view.members
    assert talks(view) == Talks()
