"""Gentle readings by example: what is told, in which words, and when it is too early to say."""

import datetime as dt
from fractions import Fraction
from typing import Final

import pytest
from attrs import evolve
from tests.metrics.noted import ANA, DAY, NOW, START, WITHIN, moods, note, view_of
from tests.primitives.checkin.agreed import begin

from reconnect.errors import UnknownStory
from reconnect.language.phrasebook import render
from reconnect.metrics import (
    CONVERSATION,
    OPENNESS,
    Direction,
    Feelings,
    Moments,
    Rating,
    Reading,
    Scale,
    adherence,
    constructiveness,
    conversation_quality,
    feelings,
    mood,
    mood_recovery,
    mood_variability,
    openness,
    positive_interactions,
    positive_to_difficult,
    rated,
    usual_level,
)
from reconnect.metrics._interval import of_odds, of_share
from reconnect.metrics._occasions import talks
from reconnect.metrics.reading import ENOUGH
from reconnect.primitives.checkin import CheckInSchedule
from reconnect.primitives.checkin.acts import Felt
from reconnect.record.entry import Entry
from reconnect.record.membership import Joined, Left, Welcomed
from reconnect.record.view import look
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

HALF: Final = Fraction(1, 2)


def said(reading: Reading) -> str:
    """Return what a reading says."""
    return render(reading.phrase)


def test_four_days_are_too_early_and_five_are_enough() -> None:
    """Below the minimum there is no value, and that is fine."""
    four, five = (mood(view_of(moods([3] * days)), WITHIN) for days in (ENOUGH - 1, ENOUGH))
    assert (four.value, four.n, four.spread, four.direction) == (None, 4, None, Direction.TOO_EARLY)
    assert said(four) == "Mood: too early to say. A few more notes are enough, whenever they come."
    assert [five.value, five.n, five.spread, five.direction] == [3, 5, (3, 3), Direction.TOO_EARLY]
    assert said(five) == (
        "Mood, from 5 notes of your own: mostly in between, and it is too early to say where that is heading."
    )


@pytest.mark.parametrize(
    ("numbers", "direction", "words"),
    [
        ([1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 5], Direction.RISING, "and rising lately"),
        ([3, 4, 3, 2, 3, 4, 3, 2, 3, 4, 3, 2], Direction.STEADY, "and much as it was"),
        ([5, 5, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1], Direction.EASING, "and easing off lately, as things do at times"),
    ],
)
def test_a_direction_is_told_from_ten_days_on(numbers: list[int], direction: Direction, words: str) -> None:
    """Up, down, or neither, in words that reproach nothing."""
    reading = mood(view_of(moods(numbers)), WITHIN)
    assert reading.direction is direction
    assert said(reading).endswith(f"{words}.")


def test_one_odd_day_moves_nothing() -> None:
    """The middle of the days, not their mean."""
    assert mood(view_of(moods([4, 4, 4, 4, 4, 4, 1])), WITHIN).value == 4


def test_a_day_of_many_notes_counts_once() -> None:
    """Whoever writes a lot on a hard day has had one hard day."""
    hard = [note(Rating(scale="mood", value=1), 6, id_=f"h{n}") for n in range(20)]
    reading = mood(view_of([*moods([4, 4, 4, 4, 4, 4]), *hard]), WITHIN)
    assert [reading.value, reading.n] == [4, 26]


def test_days_outside_the_window_are_left_out() -> None:
    """A window holds the days that begin in it."""
    week = Window(START - DAY, START + 7 * DAY)
    assert mood(view_of(moods([1] * 8 + [5] * 8)), week).value == 1


def test_what_everyone_shared_is_one_reading_in_which_all_weigh_alike() -> None:
    """However much one of them shares, nobody's days outweigh another's."""
    shared = [*moods([2] * 20, shared=True), *moods([4] * 5, by="ben", shared=True)]
    private = moods([5] * 20, by="ben")
    for reader in ("ana", "ben"):
        reading = mood(view_of([*shared, *private], reader=reader), WITHIN, shared=True)
        assert [reading.value, reading.n] == [3, 25]
        assert said(reading).startswith("Mood, from 25 shared notes: mostly in between, ")
    assert mood(view_of(private, reader="ben"), WITHIN, shared=True).value is None
    assert mood(view_of(private, reader="ben"), WITHIN).value == 5


def test_nobody_is_measured_against_another_person() -> None:
    """One of them noted low numbers early, the other high ones late: neither rose, and so nothing did."""
    early = moods([2] * 10, shared=True)
    late = moods([None] * 10 + [5] * 10, by="ben", shared=True)
    assert mood(view_of([*early, *late]), WITHIN, shared=True).direction is Direction.STEADY


def test_a_reading_for_everyone_is_about_those_who_are_here() -> None:
    """Whoever left takes their days along."""
    gone = note(Left(), 30, by="ben", shared=True)
    entries = [*moods([2] * 6, shared=True), *moods([4] * 6, by="ben", shared=True)]
    assert mood(view_of(entries), WITHIN, shared=True).value == 3
    assert mood(view_of([*entries, gone]), WITHIN, shared=True).value == 2


def test_what_was_written_before_joining_counts_for_nothing() -> None:
    """A merge of two journals may bring it; nobody was there to be told."""
    late = [
        note(Welcomed(person="cy"), 3, shared=True),
        note(Welcomed(person="cy"), 3, by="ben", shared=True),
        note(Joined(), 4, by="cy", shared=True),
    ]
    entries = [*late, *moods([5] * 9, by="cy", shared=True)]
    reading = mood(view_of(entries, reader="cy"), WITHIN)
    assert (reading.n, mood(view_of(entries), WITHIN, shared=True).n) == (5, 5)


def test_what_was_written_while_away_counts_for_nothing() -> None:
    """Whoever left and came back was there before and after; a merge of two journals may bring what lies between."""
    away = [
        note(Left(), 2, by="ben", shared=True),
        note(Welcomed(person="ben"), 6, shared=True),
        note(Joined(), 6, by="ben", shared=True),
    ]
    answers = [evolve(each, at=as_instant(each.at + DAY / 24)) for each in moods([5] * 9, by="ben", shared=True)]
    there = [0, 1, 6, 7, 8]  # days; he left in the evening of the second
    reading = mood(view_of([*away, *answers], reader="ben"), WITHIN)
    assert (reading.n, mood(view_of([*away, *answers]), WITHIN, shared=True).n) == (len(there), len(there))


def test_whoever_never_named_a_zone_is_taken_to_live_by_utc() -> None:
    """An unnamed zone is no reason to say nothing."""
    entries = moods([3] * 6)
    founding = [entry for entry in view_of(()).entries() if entry.body.kind == "circle.founded"]
    view = look([*founding, *entries], reader="ana", circle="c1", at=NOW)
    assert mood(view, WITHIN).value == 3


def test_each_scale_has_its_own_reading() -> None:
    """Openness, talks, and what a host brings."""
    rest = Scale.of("rest", "hardly", "somewhat", "well", title="Rest")
    entries = [*moods([5] * 5, scale=OPENNESS), *moods([2] * 5, scale=CONVERSATION), *moods([3] * 5, scale=rest)]
    view = view_of(entries)
    assert said(openness(view, WITHIN)).startswith("Room to speak, from 5 notes of your own: mostly all of it, ")
    assert said(conversation_quality(view, WITHIN)).startswith(
        "Talks, from 5 notes of your own: mostly a little hard, "
    )
    assert said(rated(view, WITHIN, scale=rest)).startswith("Rest, from 5 notes of your own: mostly well, ")
    assert mood(view, WITHIN).value is None


def test_each_talk_counts_once_as_it_was_answered_last() -> None:
    """Two talks on one evening are two, a second answer about one replaces the first, and the order is kept."""
    evenings = [note(Rating.of(CONVERSATION, 2), day, about="talk", id_=f"t{day}") for day in range(4)]
    second = note(Rating.of(CONVERSATION, 5), 3, about="another talk", id_="u")
    reading = conversation_quality(view_of([*evenings, second]), WITHIN)
    assert [reading.value, reading.n, reading.spread] == [2, 5, (2, 2)]
    again = note(Rating.of(CONVERSATION, 4), 3, about="talk", id_="z")
    changed = conversation_quality(view_of([*evenings, second, again]), WITHIN)
    assert [changed.value, changed.n, changed.spread] == [2, 5, (2, 4)]
    more = note(Rating.of(CONVERSATION, 3), 4, about="talk", id_="a")
    (own,) = talks(view_of([*evenings, second, again, more]), WITHIN, CONVERSATION, shared=False)
    assert [number for _, number in own.points] == [2, 2, 2, 5, 4, 3]  # that talk went on after the other one
    rising = [note(Rating.of(CONVERSATION, n), n, about=f"talk {k}", id_=f"{n}{k}") for n in range(1, 6) for k in "ab"]
    assert conversation_quality(view_of(rising), WITHIN).direction is Direction.RISING
    assert rated(view_of(rising), WITHIN, scale=CONVERSATION).direction is Direction.TOO_EARLY


def test_good_moments_are_told_on_days_with_notes() -> None:
    """A day without a note is no day without good moments; a day on which there were none is one."""
    counts = [2, 0, None, 3, 1, None, 4]
    entries = [note(Moments(positive=n), day) for day, n in enumerate(counts) if n is not None]
    reading = positive_interactions(view_of(entries), WITHIN)
    assert [reading.value, reading.n] == [2, 5]
    assert said(reading).startswith("10 good moments on 5 days with notes, ")
    early = positive_interactions(view_of(entries[:4]), WITHIN)
    assert said(early) == "Good moments: too early to say. A few more notes are enough, whenever they come."


def test_good_beside_hard_is_told_on_request_with_its_caveat() -> None:
    """No hard moments is not infinity, and the number grades nobody."""
    some = [note(Moments(positive=3, difficult=day % 2), day) for day in range(6)]
    none = [note(Moments(positive=3), day) for day in range(6)]
    caveat = "That depends on what one happens to note, and it grades nobody."
    reading = positive_to_difficult(view_of(some), WITHIN)
    assert [reading.value, reading.n, reading.interval] == [6, 6, of_odds(18, 3)]
    assert said(reading) == f"18 good moments and 3 hard ones among the notes. {caveat}"
    unbounded = positive_to_difficult(view_of(none), WITHIN)
    assert (unbounded.value, unbounded.n, unbounded.interval) == (None, 6, of_odds(18, 0))
    silent = positive_to_difficult(view_of([note(Moments(positive=0), day) for day in range(6)]), WITHIN)
    assert (silent.value, silent.n, silent.interval) == (None, 6, None)
    assert said(unbounded) == f"18 good moments among the notes, and no hard ones. {caveat}"
    assert positive_to_difficult(view_of(none[:4]), WITHIN).value is None
    assert positive_to_difficult(view_of(some), WITHIN, shared=True).n == 0


def test_days_that_differ_are_told_without_a_verdict() -> None:
    """Only days next to each other are compared, in words of the scale."""
    told = {
        words: mood_variability(view_of(moods(numbers)), WITHIN)
        for words, numbers in {
            "much alike": [3, 3, 3, 4, 3, 3, 3],
            "about a word apart": [3, 4, 3, 4, 3, 4],
            "several words apart": [1, 4, 1, 5, 1, 5],
        }.items()
    }
    for words, reading in told.items():
        assert said(reading).startswith(f"Mood, from one day to the next: {words}, ")
    assert [reading.value for reading in told.values()] == [0, 1, 4]
    gaps = mood_variability(view_of(moods([1, None, 5, None, 1, None, 5, None, 1, None, 5, None, 1])), WITHIN)
    assert (gaps.value, gaps.n) == (None, 7)


def test_finding_back_is_told_without_how_fast() -> None:
    """After three heavier times the days were back within a week, on the next day or on the sixth."""
    quick = [4, 4, 4, 2, 4, 4, 4, 4, 2, 4, 4, 4, 4, 2, 4, 4]
    slow = [4, 4, 4, 2, 2, 2, 3, 3, 4, 4, 4, 2, 2, 2, 2, 4, 4, 4, 4, 2, 3, 3, 3, 4, 4, 4, 4, 4]
    for numbers in (quick, slow):
        reading = mood_recovery(view_of(moods(numbers)), WITHIN)
        assert [reading.value, reading.interval] == [1, of_share(3, 3)]
        assert said(reading) == "After 3 heavier times your days found back to what is usual for you."


def test_heavier_times_of_which_too_little_is_written_are_left_out() -> None:
    """Silence after a hard day says nothing, and a week that is not over is not over."""
    silent = [4, 4, 4, 4, 4, 2, *[None] * 8, 4, 4, 2, *[None] * 8, 4, 4, 2, *[None] * 8, 4, 4, 4]
    reading = mood_recovery(view_of(moods(silent)), WITHIN)
    assert (reading.value, said(reading)[:12]) == (None, "Finding back")
    recent = [4, 4, 4, 2, 4, 4, 2, 4, 4, 4, 2]
    assert mood_recovery(view_of(moods(recent)), WITHIN).value is None
    assert mood_recovery(view_of(moods([2, 2])), WITHIN).n == 2


def test_long_heavy_times_are_told_kindly() -> None:
    """If the days took longer than a week, that is what is said, and nothing more."""
    long = [4] * 20 + ([2] * 9 + [4] * 4) * 3 + [4] * 10
    early = mood_recovery(view_of(moods(long), at=NOW + 60 * DAY), Window(WITHIN.start, WITHIN.end + 60 * DAY))
    assert [early.value, early.interval, said(early)] == [0, of_share(0, 3), "Heavier times take the time they take."]


def test_where_the_days_are_now_lies_beside_what_is_usual() -> None:
    """One's own days only, and nothing below five of them."""
    assert usual_level(view_of(moods([3, 4, 3, 4])), WITHIN) is None
    found = usual_level(view_of(moods([3, 4, 3, 4, 3, 4])), WITHIN)
    assert found is not None
    assert found.low < 3.5 < found.high
    assert found.is_usual
    long_ago = Window(WITHIN.start, WITHIN.end + 90 * DAY)
    later = usual_level(view_of(moods([1] * 40 + [3, 4] * 30), at=NOW + 90 * DAY), long_ago)
    assert later is not None
    assert later.low > 2


def test_words_for_feelings_are_listed_and_never_counted() -> None:
    """Each word once, by the alphabet, from the days of the window, and nobody else's."""
    entries = [
        note(Feelings(words=frozenset({"tired", "hopeful"})), 0),
        note(Feelings(words=frozenset({"hopeful"})), 1),
        note(Feelings(words=frozenset({"later"}), day=dt.date(2026, 7, 1)), 2),
        note(Feelings(words=frozenset({"afraid"})), 3, by="ben", shared=True),
    ]
    assert feelings(view_of(entries), WITHIN) == ("hopeful", "tired")


def schedule(held: range) -> CheckInSchedule:
    """Return daily check-ins of which some took place."""
    s = begin(at=START - 8 * DAY / 24)
    for place, occurrence in enumerate(s.occurrences(Window.of(START - DAY / 4, 14 * DAY))):
        if place in held:
            s = s.hold(occurrence.key, by="ben", at=occurrence.start)
    return s


def test_adherence_is_everyones_together() -> None:
    """Held by due, without a rate in the words."""
    s = schedule(range(6))
    view = view_of(s.acts, at=as_instant(START + 13.5 * DAY))
    reading = adherence(view, WITHIN)
    counts = view.counts("s1", WITHIN)
    assert (reading.value, reading.n) == (counts.adherence, counts.due) == (Fraction(3, 7), 14)
    assert said(reading).startswith("Together you made room for 6 check-ins, ")
    assert adherence(view, WITHIN, schedule="s1") == adherence(view, WITHIN, schedule=s) == reading
    assert reading.direction is Direction.STEADY  # evenings that resemble their neighbours do not make a direction
    assert adherence(view_of(()), WITHIN).value is None
    with pytest.raises(UnknownStory):
        adherence(view, WITHIN, schedule="s9")


def test_adherence_before_anything_has_begun_is_too_early() -> None:
    """A window that lies ahead holds nothing yet."""
    s = schedule(range(6))
    ahead = Window(NOW, NOW + 30 * DAY)
    reading = adherence(view_of(s.acts, at=as_instant(START + 9 * DAY)), ahead)
    assert said(reading) == "Check-ins: too early to say. A few more notes are enough, whenever they come."


def felt(s: CheckInSchedule, ratings: list[int], *, by: str = "ana", shared: bool = False) -> list[Entry]:
    """Return how check-ins felt, in order."""
    found = s.occurrences(Window.of(START - DAY / 4, 14 * DAY))
    return [
        note(Felt(key=each.key, constructive=number), day, by=by, shared=shared, about="s1")
        for day, (each, number) in enumerate(zip(found, ratings, strict=False))
    ]


def test_constructiveness_goes_by_check_ins_that_took_place() -> None:
    """The last word about each counts; what is said of one that nobody held, or that is nowhere, counts for nothing."""
    s = schedule(range(6))
    ratings = felt(s, [4, 4, 4, 5, 5, 3, 1, 1])
    keys = [each.key for each in s.occurrences(Window.of(START - DAY / 4, 14 * DAY))]
    again = note(Felt(key=keys[0], constructive=5), 9, id_="again", about="s1")
    nowhere = note(Felt(key=evolve(keys[0], schedule="s7"), constructive=1), 9, id_="nowhere")
    view = view_of([*s.acts, *ratings, again, nowhere])
    reading = constructiveness(view, WITHIN)
    assert [reading.value, reading.n, reading.spread] == [Fraction(9, 2), 6, (4, 5)]
    assert said(reading).startswith("Check-ins, from 6 check-ins: mostly very, ")
    assert constructiveness(view, WITHIN, shared=True).value is None
    shared = [*felt(s, [2] * 6, shared=True), *felt(s, [4] * 6, by="ben", shared=True)]
    assert constructiveness(view_of([*s.acts, *shared]), WITHIN, shared=True).value == 3
    assert constructiveness(view, Window(WITHIN.start, START + 1.5 * DAY)).n == 2


def test_a_reader_who_lives_elsewhere_reads_their_own_days() -> None:
    """Late in the evening of New York it is tomorrow in UTC; the day stays the reader's own."""
    assert ANA.zone == "UTC"
    assert said(mood(view_of(moods([HALF * 6] * 5)), WITHIN)).startswith("Mood, from 5 notes")
