"""Laws of the signal: everyone is told the same or nothing, private words change nothing, and a pause is no silence."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges.testing.signal import signal_wishes
from reconnect.edges.testing.stories import FIRST, STEP, moments
from reconnect.edges.testing.twins import assert_alike
from reconnect.metrics.signal import SignalWanted
from reconnect.record.membership import is_circle_act
from reconnect.temporal.instant import as_instant

START: Final = pendulum.datetime(2026, 1, 5, 19)
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=name, zone="UTC") for name in ("ana", "ben")))
GAPS: Final = st.lists(st.integers(20, 96) | st.sampled_from([24, 48, 240]), min_size=8, max_size=20)


def told(gaps: list[int], *, wished: bool = True) -> tuple[rc.MemoryJournal, pendulum.DateTime]:
    """Return a journal of shared notes with so many hours between them, and when the last was written."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=START)
    at = START
    for n, hours in enumerate([0, *gaps]):
        at += hours * HOUR
        share(journal, ("ana", "ben")[n % 2], f"n{n}", at)
    wish = rc.SignalWish.of(id="x1", circle="c1", by="ana", at=START).want(by="ben", at=START)
    for act in wish.acts if wished else wish.acts[:1]:
        journal.append(act, acting=act.author)
    return journal, as_instant(at)


def share(journal: rc.Journal, by: str, id_: str, at: dt.datetime, *, private: bool = False) -> None:
    """Write a note, for everyone unless it is private."""
    audience = rc.Private() if private else rc.Shared()
    body = rc.Note(text=id_)
    entry = rc.Entry(circle="c1", author=by, id=id_, at=as_instant(at), body=body, audience=audience)
    journal.append(entry, acting=by)


def heard(journal: rc.Journal, at: dt.datetime, reader: str = "ana") -> rc.Signal | None:
    """Return what somebody is told at an instant."""
    return rc.signal(journal.view(reader, circle="c1", at=at))


def plain_fence(gaps: list[int]) -> float | None:
    """Return, in hours, from which silence on it is unusual, by a plain count; nothing below ten silences."""
    silences, since = [], 0
    for hours in gaps:
        since += hours
        if since >= 24:
            silences.append(hours)
            since = 0
    if len(silences) < 10:
        return None
    ordered = sorted(silences[-60:])

    def quarter(n: int) -> float:
        place = n * (len(ordered) - 1) / 4
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (place - low) * (ordered[high] - ordered[low])

    return max(72.0, quarter(3) + 1.5 * (quarter(3) - quarter(1)))


@given(GAPS, st.integers(0, 2000))
def test_a_silence_is_told_by_a_plain_rule_to_everyone_alike(gaps: list[int], hours: int) -> None:
    """From the fence of their own silences on, in more steps the longer it lasts; below ten silences never."""
    journal, last = told(gaps)
    found = heard(journal, last + hours * HOUR)
    assert found == heard(journal, last + hours * HOUR, "ben")
    fence = plain_fence(gaps)
    event(f"told: {found is not None}")
    steps = 0 if fence is None else min(3, int(hours / fence))
    assert (0 if found is None else len(found.steps)) == steps


@given(GAPS, st.integers(0, 2000), st.lists(st.integers(-500, 2000), max_size=4))
def test_private_words_change_nothing(gaps: list[int], hours: int, private: list[int]) -> None:
    """Whatever anyone writes for themselves, ana is told the same; an answer in a room is no word between them."""
    (one, last), (other, _) = told(gaps), told(gaps)
    at = last + hours * HOUR
    for n, later in enumerate(private):
        share(other, ("ana", "ben")[n % 2], f"own{n}", max(START, last + later * HOUR), private=True)
    other.append(*rc.SupportRoom.tell(id="u1", circle="c1", by="ben", at=START).acts, acting="ben")
    other.append(*rc.Quiet.go(id="q1", circle="c1", by="ben", at=START).acts, acting="ben")
    assert heard(one, at) == heard(other, at)
    assert heard(other, at, "ben") is None  # whoever is quiet is told nothing


def test_twins_are_told_alike_everywhere() -> None:
    """The very comparison that finds leaks finds none in a silence that is told."""
    (one, last), (other, _) = told([48] * 12), told([48] * 12)
    share(other, "ben", "own", last + DAY, private=True)
    at = [last, last + 5 * DAY]
    assert heard(one, at[1]) is not None
    assert_alike(one, other, reader="ana", circle="c1", at=at, ids=["x1"])


def test_a_signal_that_counts_private_words_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a leak planted, twins that are alike are told apart."""
    (one, last), (other, _) = told([48] * 12), told([48] * 12)
    share(other, "ben", "own", last + 4 * DAY, private=True)
    journals = {id(journal): journal for journal in (one, other)}
    real = rc.MemoryJournal.view

    def leaky(self: rc.MemoryJournal, reader: str, *, circle: str, at: dt.datetime) -> rc.View:
        silent = max(entry.at for entry in journals[id(self)].everything() if entry.at <= at)
        seen.append(as_instant(at) - silent < DAY)
        return real(self, reader, circle=circle, at=at)

    seen: list[bool] = []
    monkeypatch.setattr(rc.MemoryJournal, "view", leaky)
    monkeypatch.setattr("reconnect.edges.testing.twins.signal", lambda view: None if seen[-1] else rc.signal(view))
    with pytest.raises(AssertionError, match="signal at"):
        assert_alike(one, other, reader="ana", circle="c1", at=[last + 4 * DAY])


@given(signal_wishes(), moments(), st.sampled_from([-TICK, dt.timedelta(0), TICK, STEP]))
def test_a_wish_is_everyones(wish: rc.SignalWish, moment: pendulum.DateTime, off: dt.timedelta) -> None:
    """In force if and only if everyone who is there said yes last, since the last of them came; a no wins a tie."""
    at = as_instant(moment + off)
    people = wish.membership.at(at)
    since = max((stay.since for stay in wish.membership.stays if stay.covers(at)), default=FIRST)
    yes = bool(people) and not wish.membership.is_over(at)
    for person in people:
        said = [act for act in wish.acts if act.author == person and since <= act.at <= at]
        said = [act for act in said if person in wish.membership.at(act.at)]
        last = [act for act in said if act.at == max(each.at for each in said)]
        yes = yes and bool(last) and all(isinstance(act.body, SignalWanted) for act in last)
    event(f"in force: {yes}")
    assert wish.in_force(at=at) == yes
    assert not any(is_circle_act(act) for act in wish.acts)


@pytest.mark.parametrize("reader", ["ana", "ben"])
def test_nobody_is_told_unless_everyone_wished_for_it(reader: str) -> None:
    """One yes is not enough, and one no ends it for both at once."""
    journal, last = told([48] * 12, wished=False)
    at = last + 30 * DAY
    assert heard(journal, at, reader) is None
    wish = journal.view("ben", circle="c1", at=START).state(rc.SignalWish, "x1")
    journal.append(*wish.want(by="ben", at=START).acts_of("ben"), acting="ben")
    assert heard(journal, at, reader) is not None
    again = journal.view("ben", circle="c1", at=at).state(rc.SignalWish, "x1").want(by="ben", at=at - 3 * HOUR)
    journal.append(*again.acts_of("ben"), acting="ben")
    assert heard(journal, at, reader) is not None  # to wish for it is no word between them
    journal.append(*wish.end(by="ana", at=at - HOUR).acts_of("ana"), acting="ana")
    assert heard(journal, at, reader) is None
    assert heard(journal, at - 2 * HOUR, reader) is not None


def test_a_pause_is_no_silence() -> None:
    """In a break, in a planned pause and in quiet hours nobody is told; and their time does not count afterwards."""
    journal, last = told([48] * 12)
    rule = rc.Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5))
    p = rc.Proposal.of(rc.Rhythm.of(rule), id="p1", circle=US, by="ana", at=START)
    p = p.accept(by="ben", offer=p.offer.id, at=START)
    s = rc.CheckInSchedule.of(p, id="s1", by="ana", at=START).pause(rc.Window(last, last + 9 * DAY), by="ana", at=last)
    for act in (*p.acts, *s.acts):
        journal.append(act, acting=act.author)
    assert heard(journal, last + 8 * DAY) is None
    assert heard(journal, last + 11 * DAY) is None  # two days without the pause
    assert heard(journal, last + 12 * DAY) is not None
    pause = rc.TimeOut.call(id="t1", circle="c1", by="ben", at=last + 20 * DAY)
    journal.append(*pause.acts, acting="ben")
    assert heard(journal, last + 20 * DAY + HOUR) is None
    assert heard(journal, last + 23 * DAY) is None  # the break of a day does not count, and calling it was a word
    assert heard(journal, last + 24 * DAY) is not None
    days = {day: ["00:00-24:00"] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
    hours = rc.QuietHours(hours=rc.WeeklyHours("UTC", days))
    journal.append(*rc.Boundaries.of(hours, id="b1", circle="c1", by="ana", at=last).acts, acting="ana")
    assert heard(journal, last + 40 * DAY, "ben") is None


def test_what_is_said_names_nobody_and_urges_nobody() -> None:
    """Innocent causes come first, then needs, then one's own steps, and that one may let it be."""
    journal, last = told([48] * 12)
    found = heard(journal, last + 90 * DAY)
    assert found is not None
    said = [rc.render(phrase) for phrase in found.phrases()]
    assert said[0] == (
        "The silence between you is longer than yours usually are. That is about the exchange, and about nobody."
    )
    assert said[1].startswith("Often it is a full week")
    assert said[-1] == "You can also let it be. Nothing has to be done about a silence."
    assert [line.startswith("You can") for line in said[7:]] == [True] * 4
    assert all(not phrase.params for phrase in found.phrases())


def test_whoever_left_and_an_empty_circle_are_told_nothing() -> None:
    """Silence after a farewell is none of anyone's business, and without a word there is no silence."""
    journal, last = told([48] * 12)
    gone = rc.Entry(circle="c1", author="ben", id="bye", at=last, body=rc.Left(), audience=rc.Shared())
    journal.append(gone, acting="ben")
    assert heard(journal, last + 30 * DAY, "ben") is None
    empty = rc.MemoryJournal()
    empty.found(US, by="ana", at=START)
    wish = rc.SignalWish.of(id="x1", circle="c1", by="ana", at=START).want(by="ben", at=START)
    for act in wish.acts:
        empty.append(act, acting=act.author)
    assert heard(empty, START + 90 * DAY) is None
