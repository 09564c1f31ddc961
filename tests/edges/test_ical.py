"""Writing a calendar: what stands in the file, what never does, and what is refused."""

import datetime as dt
import subprocess
import sys
from collections.abc import Mapping
from itertools import count
from typing import Final

import pendulum
import pytest
from attrs import evolve
from tests.edges.calendar_program import agreed, events_of, expanded, seen, shown, utc

import reconnect as rc
from reconnect.edges.ical import Item, busy, calendar, writing
from reconnect.edges.testing.twins import assert_alike
from reconnect.errors import InvalidPhrase
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.recovery import RecoveryTerms, RecoveryWindow, TimeOut, TopicReturn
from reconnect.primitives.rotation import Rotation, RotationPlan
from reconnect.record.entry import Entry, Note, Private, Shared
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

NOW: Final = pendulum.datetime(2026, 3, 16, 12)
SPRING: Final = Window(NOW, NOW.add(weeks=4))
MINUTE: Final = dt.timedelta(minutes=1)
EVENINGS: Final = Recurrence.weekly("SU", "WE", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 18))
REMINDED: Final = Rhythm.of(EVENINGS, reminders=(-10 * MINUTE, 0 * MINUTE))
ANA: Final = rc.Person(id="ana", zone="America/New_York", name="Ana Somebody")
BEN: Final = rc.Person(id="ben", zone="Europe/Paris", name="Ben Somebody")
US: Final = rc.Circle(id="c1", members=(ANA, BEN))


def schedule(rhythm: Rhythm = REMINDED) -> CheckInSchedule:
    """Return check-ins that both agreed on."""
    return CheckInSchedule.of(agreed(rhythm, at=NOW), id="s1", by="ana", at=NOW)


def written(
    *stories: rc.Story, by: str = "ben", at: dt.datetime = NOW, titles: Mapping[Item, str] | None = None
) -> str:
    """Return the calendar of some stories."""
    return calendar(seen(*stories, by=by, at=at), within=SPRING, titles=titles or {}).decode()


def starts(text: str) -> list[str]:
    """Return when the events of a calendar begin, as a calendar program shows them."""
    return [f"{event.start.astimezone(dt.UTC):%m-%d %H:%M}" for event in expanded(text.encode())]


def lines(text: str, *names: str) -> list[str]:
    """Return the lines with some names."""
    return [line for line in text.split("\r\n") if line.partition(":")[0].partition(";")[0] in names]


def test_a_rhythm_is_one_event_that_repeats() -> None:
    """On the clocks of its zone, with a block for programs that do not know these, and reminders before it."""
    text = written(schedule())
    assert text.count("BEGIN:VEVENT") == text.count("BEGIN:VTIMEZONE") == 1
    assert lines(text, "RRULE") == ["RRULE:FREQ=WEEKLY;UNTIL=20260412T180000Z;BYDAY=WE,SU"]
    assert lines(text, "DTSTART")[-1] == "DTSTART;TZID=Europe/Paris:20260318T200000"
    assert lines(text, "TRIGGER") == ["TRIGGER:-PT600S", "TRIGGER:PT0S"]
    assert lines(text, "CLASS", "TRANSP", "DTSTAMP") == ["DTSTAMP:20260316T120000Z", "CLASS:PRIVATE", "TRANSP:OPAQUE"]
    assert starts(text)[:4] == ["03-18 19:00", "03-22 19:00", "03-25 19:00", "03-29 18:00"]
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in text.split("\r\n"))


def test_the_block_of_a_zone_begins_each_part_by_the_clocks_before() -> None:
    """Two in the morning by the winter clocks of Paris: RFC 5545 says so, and its examples do."""
    block = [line for line in written(schedule()).split("\r\n") if line.startswith(("DTSTART:", "TZOFFSET", "TZID"))]
    assert block == [
        "TZID:Europe/Paris",
        "DTSTART:20260314T130000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0100",
        "DTSTART:20260329T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
    ]


def test_what_people_say_about_one_check_in_is_an_exception() -> None:
    """Skipped and paused ones are gone, a moved one has its new time, and one that was put off waits unseen."""
    story = schedule()
    first, second, third, fourth, *_ = story.occurrences(SPRING)
    story = story.skip(first.key, by="ben", at=NOW).raincheck(second.key, NOW.add(days=20), by="ana", at=NOW)
    for person in ("ana", "ben"):
        story = story.move(third.key, third.start.add(hours=1), by=person, at=NOW)
    story = story.pause(Window.of(fourth.start, dt.timedelta(days=4)), by="ana", at=NOW)
    text = written(story)
    assert starts(text) == ["03-25 20:00", "04-05 18:00", "04-08 18:00", "04-12 18:00"]
    assert lines(text, "EXDATE") == ["EXDATE;TZID=Europe/Paris:20260329T200000,20260401T200000"]
    assert lines(text, "RECURRENCE-ID") == ["RECURRENCE-ID;TZID=Europe/Paris:20260325T200000"]
    assert len(set(lines(text, "UID"))) == 1
    both = story.move(second.key, NOW.add(days=20), by="ben", at=NOW)
    assert "04-05 12:00" in starts(written(both))


def test_what_moved_here_from_elsewhere_keeps_its_name() -> None:
    """Its own time by the rule lies beyond this calendar; those in between are not in it all the same."""
    story = schedule()
    between, late = list(story.occurrences(Window(SPRING.end, SPRING.end.add(weeks=1))))
    for person in ("ana", "ben"):
        story = story.move(late.key, NOW.add(days=1), by=person, at=NOW)
    text = written(story)
    assert starts(text) == ["03-17 12:00", *starts(written(schedule()))]
    assert between.start not in SPRING
    assert len(set(lines(text, "UID"))) == 1
    assert lines(text, "RECURRENCE-ID") == ["RECURRENCE-ID;TZID=Europe/Paris:20260419T200000"]
    assert lines(text, "EXDATE") == ["EXDATE;TZID=Europe/Paris:20260415T200000"]


def test_a_new_rhythm_is_another_event_and_a_stop_ends_it() -> None:
    """What lies before it stays, under its own id."""
    story, later = schedule(), NOW.add(weeks=1)
    longer = agreed(Rhythm.of(EVENINGS, length=30 * MINUTE), name="p2", at=later, about="s1")
    edited = evolve(story, acts=(*story.acts, *longer.acts))
    text = written(edited, at=later)
    assert starts(text) == starts(written(story))
    assert sorted(lines(text, "DURATION")) == ["DURATION:PT1800S", "DURATION:PT900S"]
    assert len(set(lines(text, "UID")) & set(lines(written(story), "UID"))) == 1
    stopped = written(story.stop(by="ben", at=later), at=later)
    assert starts(stopped) == ["03-18 19:00", "03-22 19:00"]
    assert lines(stopped, "UID") == lines(written(story), "UID")
    assert lines(stopped, "SEQUENCE") == ["SEQUENCE:3"]
    assert lines(written(story), "SEQUENCE") == ["SEQUENCE:2"]


@pytest.mark.parametrize(
    ("rule", "plain"),
    [
        ("FREQ=DAILY", True),
        ("FREQ=DAILY;INTERVAL=3", True),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR,SA,SU", False),
        ("FREQ=DAILY;BYHOUR=20", False),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE", True),
        ("FREQ=WEEKLY;BYMONTH=3,4", False),
        ("FREQ=MONTHLY", True),
        ("FREQ=MONTHLY;BYMONTHDAY=18", True),
        ("FREQ=MONTHLY;BYMONTHDAY=18,25", False),
        ("FREQ=MONTHLY;BYMONTHDAY=31", False),
        ("FREQ=MONTHLY;BYDAY=3WE", True),
        ("FREQ=MONTHLY;BYDAY=-1WE", True),
        ("FREQ=MONTHLY;BYDAY=5MO", False),
        ("FREQ=MONTHLY;BYDAY=WE", False),
        ("FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=18", False),
        ("FREQ=MONTHLY;BYDAY=WE;BYSETPOS=3", False),
        ("FREQ=YEARLY", True),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=18", True),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=3WE", True),
        ("FREQ=YEARLY;BYMONTH=3,4", False),
        ("FREQ=YEARLY;BYDAY=12WE", False),
        ("FREQ=YEARLY;BYYEARDAY=77", False),
    ],
)
def test_a_rule_is_written_if_every_calendar_reads_it_alike(rule: str, plain: bool) -> None:  # noqa: FBT001 - by position
    """Else each start is; either way a calendar program shows the same."""
    story = schedule(Rhythm.of(Recurrence.parse(f"DTSTART;TZID=Europe/Paris:20260318T200000\nRRULE:{rule}")))
    text = written(story)
    assert bool(lines(text, "RRULE")) is plain
    assert {start for start, _ in shown(text.encode())} == {utc(each.start) for each in story.occurrences(SPRING)}


def test_dates_put_in_stand_for_themselves_and_dates_taken_out_are_exceptions() -> None:
    """A recurrence may have both."""
    rule = EVENINGS.adding(dt.datetime(2026, 3, 20, 9)).excluding(dt.datetime(2026, 3, 22, 20))  # noqa: DTZ001 - local times
    text = written(schedule(Rhythm.of(rule)))
    assert starts(text)[:4] == ["03-18 19:00", "03-20 08:00", "03-25 19:00", "03-29 18:00"]
    assert lines(text, "EXDATE") == ["EXDATE;TZID=Europe/Paris:20260322T200000"]


def test_a_day_before_is_a_day_that_really_passes() -> None:
    """Clocks go forward in that night: a day on the calendar would be another time."""
    day = dt.timedelta(days=1)
    text = written(schedule(Rhythm.of(EVENINGS, early=2 * day, reminders=(-day,))))
    assert lines(text, "TRIGGER") == ["TRIGGER:-PT86400S"]


def test_a_reminder_between_seconds_is_given_in_the_next_one() -> None:
    """A calendar knows no less than a second; where there is none left in the window, there is no reminder."""
    half = dt.timedelta(milliseconds=500)
    rhythm = Rhythm.of(EVENINGS, early=half, late=15 * MINUTE, reminders=(-half, 15 * MINUTE - half))
    assert lines(written(schedule(rhythm)), "TRIGGER") == ["TRIGGER:PT0S"]


def follow_up(start: dt.datetime) -> RecoveryWindow:
    """Return what follows a break about money, with a time for the follow-up that ana said yes to."""
    terms = agreed(RecoveryTerms(follow_up=20 * MINUTE), name="terms", at=NOW)
    pause = TimeOut.call(id="t1", circle=US, by="ana", at=NOW, topic="money").returned(by="ana", at=NOW.add(hours=1))
    window = RecoveryWindow.after(pause, terms=[terms])
    return window.meet(start, by="ana", at=NOW.add(hours=2))


def test_a_follow_up_is_there_once_everyone_said_yes() -> None:
    """As long as the terms say, with the title of every talk."""
    start = NOW.add(hours=5)
    wished = follow_up(start)
    assert "VEVENT" not in written(wished, at=NOW.add(hours=3))
    text = written(wished.meet(start, by="ben", at=NOW.add(hours=3)), at=NOW.add(hours=3))
    assert starts(text) == ["03-16 17:00"]
    assert lines(text, "DURATION", "SUMMARY") == ["SUMMARY:Time set aside", "DURATION:PT1200S"]
    assert "money" not in text


def test_a_time_about_nothing_is_nobodys_appointment() -> None:
    """Somebody may write anything; a follow-up follows a break."""
    act = follow_up(NOW.add(hours=5)).acts_of("ana")[-1]
    lost = Entry(circle="c1", author="ana", id="x", at=act.at, body=act.body, audience=Shared(), about="t9")
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    journal.append(lost, acting="ana")
    assert b"VEVENT" not in calendar(journal.view("ana", circle="c1", at=NOW.add(hours=3)), within=SPRING)


def test_a_topic_returns_at_the_agreed_time_and_is_not_named() -> None:
    """As long as the terms in force say, else a quarter of an hour."""
    p = agreed(TopicReturn(topic="money", start=NOW.add(days=3)), name="back", at=NOW)
    text = written(p)
    assert starts(text) == ["03-19 12:00"]
    assert lines(text, "DURATION") == ["DURATION:PT900S"]
    terms = agreed(RecoveryTerms(follow_up=20 * MINUTE), name="terms", at=NOW)
    assert lines(written(p, terms), "DURATION") == ["DURATION:PT1200S"]
    assert "money" not in text


def turns(*, stated: bool = False) -> Rotation:
    """Return turns that go on to the other person every Sunday."""
    plan = RotationPlan.of(
        US, handoff=Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 15))
    )
    if stated:
        return Rotation.of(US, handoff=plan.handoff, id="r1", by="ana", at=NOW.subtract(days=3))
    return Rotation.of(agreed(plan, name="turns", at=NOW.subtract(days=3)), id="r1", by="ana", at=NOW.subtract(days=3))


def test_ones_own_turns_are_there_and_take_no_time() -> None:
    """A swap changes whose they are, and not their ids."""
    text, hers = written(turns()), written(turns(), by="ana")
    assert starts(text) == ["03-22 19:00", "04-05 18:00"]
    assert starts(hers) == ["03-15 19:00", "03-29 18:00", "04-12 18:00"]
    assert lines(text, "DURATION") == ["DURATION:PT601200S", "DURATION:PT604800S"]  # an hour less in the first
    assert set(lines(text, "TRANSP", "SUMMARY")) == {"TRANSP:TRANSPARENT", "SUMMARY:A note to myself"}
    assert busy(text, within=SPRING, zone="UTC") == rc.Windows()
    mine, theirs = (turn.key for turn in list(turns().turns(SPRING))[1:3])
    swapped = turns().swap(mine, theirs, by="ben", at=NOW).swap(theirs, mine, by="ana", at=NOW)
    assert starts(written(swapped)) == ["03-29 18:00", "04-05 18:00"]
    assert set(lines(written(swapped), "UID")) <= {*lines(text, "UID"), *lines(hers, "UID")}


def test_a_plan_that_is_only_stated_puts_nothing_into_anyones_calendar() -> None:
    """Silence is not yes."""
    assert "VEVENT" not in written(turns(stated=True))


def test_a_host_chooses_titles_and_none_breaks_a_line() -> None:
    """One for each item, in plain text; calendars escape what they need to."""
    text = written(schedule(), turns(), titles={Item.CHECK_IN: "Tea; with cake, perhaps"})
    assert set(lines(text, "SUMMARY")) == {"SUMMARY:Tea\\; with cake\\, perhaps", "SUMMARY:A note to myself"}
    assert {str(event["summary"]) for event in events_of(text.encode())} == {
        "Tea; with cake, perhaps",
        "A note to myself",
    }
    for title in ("", "  ", "two\nlines", "a\r\nSUMMARY:b", 7):
        with pytest.raises(InvalidPhrase, match="a title of one line"):
            written(schedule(), titles={Item.TURN: title})  # type: ignore[dict-item]  # on purpose
    with pytest.raises(InvalidPhrase, match="titles for items of a calendar"):
        written(schedule(), titles={"turn": "x"})  # type: ignore[dict-item]  # on purpose
    with pytest.raises(InvalidPhrase, match="a locale among"):
        calendar(seen(schedule(), by="ana", at=NOW), within=SPRING, locale="xx")


def test_nothing_of_a_person_stands_in_a_calendar() -> None:
    """No name, no id, no zone that somebody lives by, no word about what it is for."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW.subtract(days=9))
    for story in (
        schedule(),
        turns(),
        follow_up(NOW.add(hours=5)).meet(NOW.add(hours=5), by="ben", at=NOW.add(hours=3)),
    ):
        for person in ("ana", "ben"):
            journal.append(*story.acts_of(person), acting=person)
    made = calendar(journal.view("ana", circle="c1", at=NOW.add(hours=4)), within=SPRING).lower()
    assert made.count(b"begin:vevent") >= 4
    for word in (b"ana", b"ben", b"somebody", b"new_york", b"money", b"check", b"repair", b"c1", b"s1"):
        assert word not in made.replace(b"//reconnect//reconnect//", b"")


def twins() -> tuple[rc.MemoryJournal, rc.MemoryJournal]:
    """Return two journals that differ in what ben kept to himself."""
    found = rc.MemoryJournal(key=b"k"), rc.MemoryJournal(key=b"k")
    for number, journal in enumerate(found):
        journal.found(US, by="ana", at=NOW.subtract(days=9))
        for person in ("ana", "ben"):
            journal.append(*schedule().acts_of(person), acting=person)
        for n in range(number):
            note = Entry(circle="c1", author="ben", id=f"n{n}", at=NOW, body=Note(text="mine"), audience=Private())
            journal.append(note, acting="ben")
        journal.append(*rc.Quiet.go(id="q1", circle="c1", by="ben", at=NOW).acts[:number], acting="ben")
    return found


def test_what_others_keep_to_themselves_changes_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does going quiet change one's own; and a calendar that told of it would be noticed."""
    one, other = twins()
    assert_alike(one, other, reader="ana", circle="c1", at=[NOW.add(days=2)])
    mine = [calendar(each.view("ben", circle="c1", at=NOW.add(days=2)), within=SPRING) for each in (one, other)]
    assert mine[0] == mine[1]
    assert b"BEGIN:VALARM" in mine[0]

    looks = count()
    monkeypatch.setattr(writing, "titled", lambda *_: dict.fromkeys(Item, f"look {next(looks)}"))
    with pytest.raises(AssertionError, match=r"\['calendar at"):
        assert_alike(one, other, reader="ana", circle="c1", at=[NOW.add(days=2)])


def test_without_its_extra_it_says_how_to_bring_it_along() -> None:
    """The rest of the library works without icalendar, the kit that compares twins included."""
    code = (
        "import sys; sys.modules['icalendar'] = None\n"
        "import reconnect, reconnect.edges.testing.twins\n"
        "import reconnect.edges.ical"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MissingExtra: expected icalendar, which the extra brings along: pip install 'reconnect[ical]'" in run.stderr
