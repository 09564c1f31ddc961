"""Small wins by example: coming back, talking again, and what somebody noted; never how fast, never how many."""

from typing import Final

import pendulum
import pytest
from tests.metrics.noted import DAY, FOUNDING, NOW, START, WITHIN, view_of
from tests.primitives.checkin.agreed import begin

from reconnect.language.phrasebook import render
from reconnect.metrics import small_wins
from reconnect.metrics.wins import Win
from reconnect.primitives.checkin import CheckInSchedule
from reconnect.primitives.recovery import TimeOut
from reconnect.primitives.recovery.acts import SmallWin
from reconnect.record.entry import Audience, Entry, Private, Shared
from reconnect.record.view import View, look
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

HOUR: Final = DAY / 24


def keys(view: View, within: Window = WITHIN) -> list[str]:
    """Return which wins are told."""
    return [win.phrase.key for win in small_wins(view, within)]


@pytest.mark.parametrize("hours", [1, 23, 200])
def test_coming_back_is_a_win_however_late(hours: int) -> None:
    """One hour or nine days later: the same words, for the one who came back and for the other."""
    pause = TimeOut.call(id="t1", circle="c1", by="ben", at=START, topic="money")
    pause = pause.returned(by="ben", at=as_instant(START + hours * HOUR))
    told = [small_wins(view_of(pause.acts, reader=reader), WITHIN) for reader in ("ana", "ben")]
    assert told[0] == (Win(about=None, phrase=told[0][0].phrase),)
    assert render(told[0][0].phrase, names={"ben": "Ben"}) == "Ben came back to a talk, or named a new time for it."
    assert [win.phrase.key for win in told[1]] == ["wins.came_back_yours"]
    after = Window(START + 10 * DAY, NOW)
    assert keys(view_of(pause.acts), after) == []


def test_the_same_topic_is_a_win_once() -> None:
    """Coming back twice to one topic is told once, in the stretch of time in which it came first."""
    entries: list[Entry] = []
    for number in (0, 3):
        pause = TimeOut.call(id=f"t{number}", circle="c1", by="ben", at=START + number * DAY, topic="money")
        entries += pause.returned(by="ben", at=as_instant(START + number * DAY + HOUR)).acts
    assert keys(view_of(entries)) == ["wins.came_back"]
    assert keys(view_of(entries), Window(START + 2 * DAY, NOW)) == []


def evenings(held: set[int]) -> CheckInSchedule:
    """Return daily check-ins of which some took place."""
    s = begin(at=START - 8 * HOUR)
    for place, occurrence in enumerate(s.occurrences(Window.of(START - HOUR, 14 * DAY))):
        if place in held:
            s = s.hold(occurrence.key, by="ben", at=occurrence.start)
    return s


def test_the_first_talk_after_some_quiet_is_a_win() -> None:
    """Once for each quiet, not for each evening; a talk after a talk is just a talk."""
    view = view_of(evenings({0, 1, 5, 6, 9}).acts, at=as_instant(START + 12 * DAY))
    wins = small_wins(view, WITHIN)
    assert [win.phrase["start"] for win in wins] == [START + 5 * DAY, START + 9 * DAY]
    assert {win.about for win in wins} == {"s1"}
    assert render(wins[0].phrase) == (
        "After some quiet you made room for each other again, on Saturday 10 January at 20:00."
    )
    assert keys(view, Window(START + 8 * DAY, NOW)) == ["wins.talked_again"]
    assert keys(view, Window(START + 30 * DAY, NOW + 60 * DAY)) == []


def test_a_talk_after_a_break_is_no_talk_after_quiet() -> None:
    """What a planned pause left out was no silence."""
    s = evenings({0, 5}).pause(Window(START + DAY / 2, START + 4.5 * DAY), by="ana", at=START)
    assert keys(view_of(s.acts, at=as_instant(START + 6 * DAY))) == []


def test_what_somebody_noted_is_theirs_unless_they_shared_it() -> None:
    """One's own notes, and those that others shared, in their own words."""
    pause = TimeOut.call(id="t1", circle="c1", by="ben", at=START).returned(by="ben", at=as_instant(START + HOUR))

    def win(by: str, audience: Audience) -> Entry:
        at = as_instant(START + 2 * HOUR)
        body = SmallWin(text=f"{by} laughed")
        return Entry(circle="c1", author=by, id=f"{by}{audience}", at=at, body=body, audience=audience, about="t1")

    entries = [*pause.acts, win("ana", Private()), win("ben", Private()), win("ben", Shared())]
    told = {
        reader: [
            render(each.phrase, names={"ben": "Ben"})
            for each in small_wins(look([*FOUNDING, *entries], reader=reader, circle="c1", at=NOW), WITHIN)
        ]
        for reader in ("ana", "ben")
    }
    assert told["ana"][1:] == [
        "ana noted what went well: ana laughed",
        "Ben noted what went well: ben laughed",
    ]
    assert told["ben"][1:] == ["Ben noted what went well: ben laughed"] * 2


def test_nothing_was_won_before_there_was_anything_to_write() -> None:
    """Any window can be asked about, from the first instant there is."""
    first = pendulum.datetime(1, 1, 1)
    assert keys(view_of(evenings({0, 5}).acts), Window(first, first + DAY)) == []
    assert keys(view_of(evenings({0, 5}).acts), Window(first, NOW)) == ["wins.talked_again"]


def test_what_was_noted_earlier_or_later_stays_where_it_was_noted() -> None:
    """A stretch of time holds the notes that were written in it."""
    pause = TimeOut.call(id="t1", circle="c1", by="ben", at=START).returned(by="ben", at=as_instant(START + HOUR))
    at = as_instant(START + 2 * HOUR)
    body = SmallWin(text="we laughed")
    noted = Entry(circle="c1", author="ana", id="w", at=at, body=body, audience=Private(), about="t1")
    assert keys(view_of([*pause.acts, noted]), Window(at, NOW)) == ["wins.noted"]
    assert keys(view_of([*pause.acts, noted]), Window(START + DAY, NOW)) == []
