"""What helped before, by example: what is counted, what is left out, and what is said of it."""

import datetime as dt
from random import Random
from typing import Final

import pytest
from attrs import evolve
from tests.practice.weeks import (
    BETTER,
    DAY,
    EVE,
    HEAVIER,
    HOUR,
    LEVELS,
    acts,
    agreed,
    days,
    evenings,
    gestures,
    in_week,
    note,
    pause,
    seen,
)

from reconnect.consent.mute import Quiet
from reconnect.edges.convert import dumps
from reconnect.errors import InvalidReading
from reconnect.language.listening import Listening
from reconnect.language.phrasebook import render
from reconnect.metrics import MOOD, Rating
from reconnect.practice.deeds import Deed, deeds
from reconnect.practice.helped import Helped, heavier_weeks, what_helped_before
from reconnect.practice.support import FearAnswer, SupportRoom
from reconnect.primitives.amends import Amends, Repair
from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.checkin.acts import Held
from reconnect.primitives.commitment import Commitment
from reconnect.primitives.recovery import TimeOut
from reconnect.primitives.routine import GoodDayPlan, Ritual, Routine
from reconnect.primitives.wellness import ReviewRhythm
from reconnect.record.entry import Entry, Shared
from reconnect.record.membership import Left
from reconnect.record.view import View
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

TEA: Final = Routine(key="tea", name="Tea on the stairs", steps=["put the kettle on"])
SUNDAYS: Final = Recurrence.weekly("SU", time="18:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))


def helped(entries: list[Entry], **named: object) -> Helped:
    """Return the only kind of step that there is an answer about."""
    (one,) = what_helped_before(seen(entries, **named))  # type: ignore[arg-type]  # passed on as it comes
    return one


def test_weeks_with_a_step_stand_beside_weeks_without() -> None:
    """Steps in four of seven heavier weeks: both halves are counted, and how often nothing better came, too."""
    told = helped([*days(), *gestures([0, 2, 5, 8, 12, 13])])
    assert (told.deed, told.times, told.of) == (Deed.GESTURE, 3, 4)
    assert (told.otherwise, told.otherwise_of) == (3, 3)
    assert told.last == in_week(13)
    assert len(told.evidence) == told.of
    assert (told.is_told, told.is_compared) == (True, True)
    assert render(told.phrase()) == (
        "Something warm: 3 of 4 heavier weeks with it had a week as usual after them, and 3 of 3 heavier weeks without "
        "it. One came before the other; that is all a count can tell."
    )


def test_the_evidence_is_the_entries_of_heavier_weeks() -> None:
    """Whoever doubts a count can read the entries it rests on, and no others."""
    given = gestures([0, 2, 5, 8, 12])
    assert helped([*days(), *given]).evidence == tuple(act.id for act in given[1:4])


def test_too_few_weeks_are_too_early() -> None:
    """Twice is too early to say; three times with nothing to set beside it says little."""
    once = helped([*days(), *gestures([2, 5])])
    assert (once.is_told, render(once.phrase())) == (
        False,
        "Something warm: it is too early to say anything, and that is fine.",
    )
    always = helped([*days(), *gestures(HEAVIER)])
    assert (always.times, always.of, always.is_compared) == (len(BETTER), len(HEAVIER), False)
    assert render(always.phrase()) == (
        "Something warm: 6 of 7 heavier weeks with it had a week as usual after them. There were too few without it to "
        "set beside that, so it says little."
    )


def test_a_week_is_heavier_beside_what_was_usual_just_before() -> None:
    """A year that slowly gets better has no heavier weeks at its beginning, nor one that was always the same."""
    assert len(heavier_weeks(seen(days()))) == len(HEAVIER)
    assert heavier_weeks(seen(days([1, 1, 2, 2, 3, 3, 4, 4]))) == frozenset()
    assert heavier_weeks(seen(days([2] * 9))) == frozenset()
    assert heavier_weeks(seen(days([2]))) == frozenset()


def test_a_single_odd_day_is_no_heavier_week() -> None:
    """It goes by the middle of the week; and two days alone tell nothing."""
    entries = [*days([4, 4, 4]), note(Rating.of(MOOD, 1), in_week(2, 0.1), "odd")]
    assert heavier_weeks(seen(entries)) == frozenset()
    two = [note(Rating.of(MOOD, 1), in_week(2, day), f"two{day}") for day in (0, 1)]
    assert heavier_weeks(seen([*days([4, 4]), *two])) == frozenset()
    three = [*two, note(Rating.of(MOOD, 1), in_week(2, 2), "three")]
    assert len(heavier_weeks(seen([*days([4, 4]), *three]))) == 1


def test_a_week_with_a_time_out_counts_also_where_nobody_noted_anything() -> None:
    """What was usual is known from before; the week after has to tell."""
    levels = [4, 4, None, 4]
    told = helped([*days(levels), *gestures([2]), *pause(2).acts], at=in_week(4))
    assert (told.times, told.of) == (1, 1)
    lower = helped([*days([4, 4, None, 3]), *gestures([2]), *pause(2).acts], at=in_week(4))
    assert (lower.times, lower.of) == (0, 1)
    assert what_helped_before(seen([*days([4, 4, 4]), *gestures([2]), *pause(2).acts])) == ()
    nothing_usual_yet = [*days([None, 4]), *gestures([0]), *pause(0).acts]
    assert what_helped_before(seen(nothing_usual_yet, at=in_week(2))) == ()


def test_what_is_usual_does_not_sink_with_the_heavier_week_itself() -> None:
    """The week after is put beside what was usual before the heavier one, and not beside the heavier one."""
    told = helped([*days([4, 2, 3]), *gestures([1])], at=in_week(3))
    assert (told.times, told.of) == (0, 1)


def test_nothing_is_said_of_a_week_that_is_not_over() -> None:
    """Neither the week that goes on now is heavier, nor does it tell how one before went."""
    entries = [*days([4, 4, 2, 4]), *gestures([2])]
    assert what_helped_before(seen(entries, at=in_week(3, 6))) == ()
    assert helped(entries, at=in_week(4)).of == 1
    assert heavier_weeks(seen(entries, at=in_week(2, 6.4))) == frozenset()
    assert heavier_weeks(seen(pause(3).acts, at=in_week(3, 3))) == frozenset()
    assert len(heavier_weeks(seen(pause(3).acts, at=in_week(4)))) == 1


def test_a_year_is_as_far_as_it_goes() -> None:
    """What was so long ago may not be so now."""
    entries = [*days(), *gestures(HEAVIER)]
    assert helped(entries, at=in_week(54)).of == len(HEAVIER)
    assert helped(entries, at=in_week(59)).of == len(HEAVIER) - 2
    assert what_helped_before(seen(entries, at=in_week(80))) == ()


def test_nothing_was_noted_before_1970() -> None:
    """Any instant can be asked about."""
    founding = [entry.received(entry.at.set(year=1950)) for entry in seen(()).founding]
    view = View(
        reader="ana",
        circle="c1",
        at=founding[0].at.set(year=1960),
        visible=(),
        founding=tuple(founding),
        people={},
        ceased=(),
    )
    assert (view.at.year, what_helped_before(view)) == (1960, ())


def every_kind() -> list[Entry]:
    """Return one step of every kind, all of them in the first heavier week."""
    at = in_week(2)
    repair = Repair(did="I left.", effect="You were alone.", change="I say when I go.")
    promise = Commitment.offer("a walk", to=["ana"], due=at + DAY, id="k1", circle="c1", by="ben", at=at)
    talk = Listening.ask(id="l1", circle="c1", by="ana", at=at).suits(at, by="ben", at=at)
    fewer = Rhythm.of(Recurrence.weekly("MO", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5)))
    return [
        *acts(
            evenings("MO", "TH", held=[4]),
            promise.agree(by="ana", at=at).keep(by="ben", at=at),
            Amends.of(repair, id="a1", circle="c1", by="ben", at=at),
            agreed(Ritual(routine=TEA, rhythm=SUNDAYS), "p2", at=at),
            agreed(GoodDayPlan(trigger="money", cue="tea", routine=TEA), "p3", at=at),
            agreed(ReviewRhythm(rhythm=SUNDAYS), "p4", about="w1", at=at),
            agreed(fewer, "p5", about="s1", at=at),
        ),
        *gestures([2]),
        *_heard(talk, at).acts,
    ]


def _heard(talk: Listening, at: dt.datetime) -> Listening:
    """Let both be heard."""
    view = seen(talk.acts, at=at)
    talk = view.state(Listening, talk.id)
    for speaker, listener in (("ana", "ben"), ("ben", "ana")):
        talk = talk.speak(by=speaker, at=at).say_back(by=listener, at=at).got_it(by=speaker, at=at)
        while (floor := talk.floor(at=at)) is not None and floor.speaker == speaker:
            talk = _on(talk, floor.person, at)
    return talk


def _on(talk: Listening, by: str, at: dt.datetime) -> Listening:
    """Take the next step, whichever it is."""
    floor = talk.floor(at=at)
    assert floor is not None
    names = [word.value for word in floor.words]
    if "asked_for_more" in names:
        return talk.ask_for_more(by=by, at=at)
    return talk.no_more(by=by, at=at) if "no_more" in names else talk.pass_on(by=by, at=at)


def test_every_kind_of_step_is_seen_and_keeps_one_order() -> None:
    """Each kind once, in an order that says nothing about which is better, and to both of them alike."""
    told = what_helped_before(seen([*days(), *every_kind()]))
    assert [each.deed for each in told] == list(Deed)
    assert all((each.times, each.of, each.is_told) == (1, 1, False) for each in told)
    assert deeds(seen(every_kind())) == deeds(seen(every_kind(), reader="ben"))
    assert {render(each.phrase()).partition(":")[0] for each in told} == {
        "A check-in",
        "A kept promise",
        "Something warm",
        "An apology",
        "A talk in turns",
        "A ritual that you agreed on",
        "A good-day plan that you agreed on",
        "A time to look at your wellbeing together",
        "Fewer check-ins that you agreed on",
    }


def test_what_was_not_done_is_no_step() -> None:
    """An offer without everyone's yes, more check-ins, an apology that was taken back, a promise that lies ahead."""
    at = in_week(2)
    repair = Repair(did="I left.", effect="You were alone.", change="I say when I go.")
    amends = Amends.of(repair, id="a1", circle="c1", by="ben", at=at).take_back(by="ben", at=at + HOUR)
    promise = Commitment.offer("a walk", to=["ana"], due=at + DAY, id="k1", circle="c1", by="ben", at=at)
    talk = Listening.ask(id="l1", circle="c1", by="ana", at=at).suits(at, by="ben", at=at)
    more = Rhythm.of(Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5)))
    offer = [act for act in agreed(Ritual(routine=TEA, rhythm=SUNDAYS), "p2", at=at).acts if act.author == "ana"]
    s = evenings("MO", "TH")
    first = next(iter(s.occurrences(Window(EVE, at))))
    too_late = note(Held(key=first.key), at, "late", by="ben", audience=Shared())
    assert deeds(seen([*s.acts, evolve(too_late, about="s1")])) == ()
    assert len(deeds(seen([*s.acts, evolve(too_late, about="s1", at=first.start)]))) == 1
    entries = [*acts(s, amends, promise, talk, agreed(more, "p5", about="s1", at=at)), *offer]
    assert deeds(seen(entries)) == ()


def test_two_people_who_say_that_a_check_in_took_place_say_it_of_one() -> None:
    """A check-in is one step, and what both wrote is its evidence."""
    s = evenings("MO", "TH", held=[4])
    (done,) = deeds(seen(s.acts))
    assert (done.deed, len(done.evidence)) == (Deed.CHECK_IN, 1)
    key = next(act.body.key for act in s.acts if act.id in done.evidence)  # type: ignore[attr-defined]  # it was held
    twice = [
        *s.acts,
        *[act for act in evenings("MO", "TH").hold(key, by="ana", at=done.at).acts if act.author == "ana"],
    ]
    (again,) = deeds(seen(twice))
    assert (again.at, len(again.evidence)) == (done.at, 2)


@pytest.mark.parametrize("by", ["ana", "ben"])
def test_nothing_is_told_while_a_time_out_runs(by: str) -> None:
    """Whoever waits is never told to chase, and whoever called it is left in peace."""
    entries = [*days(), *gestures([2, 5, 8])]
    running = TimeOut.call(id="t9", circle="c1", by=by, at=in_week(len(LEVELS)))
    assert what_helped_before(seen([*entries, *running.acts])) == ()
    assert what_helped_before(seen([*entries, *running.acts], at=in_week(len(LEVELS), 2))) != ()


def test_whoever_is_quiet_or_afraid_or_gone_is_told_nothing() -> None:
    """Their own answer says so to them alone; for the other it is an ordinary evening."""
    at = in_week(14)
    entries = [*days(), *days(by="ben"), *gestures([2, 5, 8])]
    quiet = Quiet.go(id="q1", circle="c1", by="ana", at=at)
    room = SupportRoom.tell("I hide my phone.", id="u1", circle="c1", by="ana", at=at)
    left = note(Left(), at, "left", audience=Shared())
    for more in (quiet.acts, room.acts):
        assert what_helped_before(seen([*entries, *more])) == ()
        assert what_helped_before(seen([*entries, *more], reader="ben")) != ()
    assert what_helped_before(seen([*entries, left])) == ()
    assert what_helped_before(seen(entries), told=FearAnswer()) == ()


def test_the_numbers_rest_on_ones_own_days_alone() -> None:
    """What ben shares of his days makes no week of ana's heavier."""
    his = days(by="ben", audience=Shared())
    assert what_helped_before(seen([*his, *gestures([2, 5, 8])])) == ()
    assert what_helped_before(seen([*his, *gestures([2, 5, 8])], reader="ben")) != ()


def test_counts_that_cannot_be_are_refused() -> None:
    """Nothing comes after more weeks than there were."""
    for counts in ({"times": 2, "of": 1}, {"times": -1, "of": 1}, {"of": 1, "otherwise": 1}):
        with pytest.raises(InvalidReading, match="no more weeks"):
            Helped(deed=Deed.GESTURE, **counts)  # type: ignore[arg-type]  # only numbers are in it


def test_no_word_of_it_is_about_a_person_or_a_cause() -> None:
    """No name, no because, no thanks to: nobody is why."""
    told = what_helped_before(seen([*days(), *every_kind(), *gestures([5, 8])]))
    assert len(told) == len(Deed)
    for each in told:
        said = render(each.phrase(), names={"ben": "Ben", "ana": "Ana"}).lower()
        assert not any(
            word in said for word in ("ben", "ana ", "because", "thanks to", "caus", "helped", "work", "best")
        )
        assert b'"ben"' not in dumps(each)


def test_steps_at_random_look_no_better_than_none() -> None:
    """Where days are nothing but chance, most heavier weeks are followed by a better one, with a step or without.

    This is why weeks without it stand beside: the first half alone would praise whatever was done.
    """
    chance = Random(5)  # noqa: S311 - a simulation, no secret
    with_it, without = [0, 0], [0, 0]
    for person in range(16):
        levels = [chance.choice([2, 3, 3, 4, 4]) for _ in range(50 * 4)]
        entries = [
            note(Rating.of(MOOD, level), in_week(place // 4, 1 + place % 4), f"m{person}.{place}")
            for place, level in enumerate(levels)
        ]
        given = gestures(week for week in range(50) if chance.random() < 1 / 2)
        for told in what_helped_before(seen([*entries, *given], at=in_week(50))):
            with_it = [with_it[0] + told.times, with_it[1] + told.of]
            without = [without[0] + told.otherwise, without[1] + told.otherwise_of]
    one, other = with_it[0] / with_it[1], without[0] / without[1]
    assert min(with_it[1], without[1]) > 60
    assert abs(one - other) < 1 / 8
    assert min(one, other) > 1 / 2
