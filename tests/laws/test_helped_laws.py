"""What is always true of what helped before, of easing and of tapering."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from statistics import median
from typing import Final

import pendulum
import pytest
from attrs import evolve
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from tests.practice.weeks import DAY, EVE, FOUNDING, HOUR, MONDAY, US, evenings, in_week, invitation, note, seen

from reconnect.consent.proposal import Proposal
from reconnect.edges.convert import dumps, loads
from reconnect.edges.testing.public import values_of
from reconnect.metrics import MOOD, Rating
from reconnect.practice.deeds import Deed, deeds
from reconnect.practice.easing import Ease, easing
from reconnect.practice.helped import Helped, what_helped_before
from reconnect.practice.rhythms import EASES, halved, lighter
from reconnect.practice.tapering import Taper, tapering
from reconnect.primitives.boundary import NudgeCap
from reconnect.primitives.boundary.nudge_cap import LONGEST
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.commitment import Commitment
from reconnect.primitives.commitment.acts import Promise
from reconnect.primitives.gesture import Gesture
from reconnect.primitives.recovery import TimeOut
from reconnect.record.entry import Audience, Entry, Private, Shared
from reconnect.record.membership import Founded
from reconnect.record.memory import MemoryJournal
from reconnect.record.view import look
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

WEEKS: Final = 12
AUDIENCES: Final[tuple[Audience, ...]] = (Private(), Shared())
NOW: Final = in_week(WEEKS)
FEW: Final = settings(max_examples=max(10, settings().max_examples // 3))  # each asks several times
OTHER: Final = {"ana": "ben", "ben": "ana"}
WHO: Final = st.sampled_from(["ana", "ben"])
EVENINGS: Final = evenings("MO", "TH", held=range(0, 2 * WEEKS, 3), weeks=WEEKS)


# Two months and more as they may be: mostly as usual, or with a heavier week now and then.
COURSES: Final[tuple[tuple[int | None, ...], ...]] = (
    (4, 4, 2, 4, 4, 2, 4, 4, 2, 2, 4, 4),
    (4, 4, 2, 4, 4, 2, 4, 4, 2, 4, 4, 4),
    (3, 3, 3, 2, 3, 4, 3, 3, 1, 3, 3, 3),
    (4,) * WEEKS,
)


def times() -> st.SearchStrategy[dt.datetime]:
    """Draw an hour of some week, the edges of weeks on the readers' clocks among them."""
    edges = st.sampled_from([-0.5, 6.2, 6.21, 6.46, 6.5, 0, 1, 5])
    near = st.builds(in_week, st.integers(0, WEEKS - 1), edges)
    return near | st.integers(0, WEEKS * 7 * 24).map(lambda hours: as_instant(MONDAY + hours * HOUR))


@st.composite
def diaries(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Draw how days felt, week by week, with weeks of few notes or none, and here and there a day of its own."""
    told: list[Entry] = []
    for by in ("ana", "ben"):
        levels = list(draw(st.sampled_from(COURSES)))
        for week in draw(st.lists(st.integers(0, WEEKS - 1), max_size=4)):
            levels[week] = draw(st.sampled_from([None, 1, 2, 3, 5]))
        for week, level in enumerate(levels):
            fewest = draw(st.sampled_from([7, 7, 3, 2]))
            told += [
                note(Rating.of(MOOD, level), in_week(week, day), f"m{by}{week}.{day}", by=by)
                for day in range(fewest)
                if level is not None
            ]
    for number, (by, at, level) in enumerate(draw(st.lists(st.tuples(WHO, times(), st.integers(1, 5)), max_size=6))):
        heard = draw(st.sampled_from(AUDIENCES))
        told.append(note(Rating.of(MOOD, level), at, f"n{number}", by=by, audience=heard))
    return tuple(told)


@st.composite
def steps(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Draw what people did: gestures, promises that were kept, time-outs that were over by the end."""
    told: list[Entry] = []
    for number, (by, at) in enumerate(draw(st.lists(st.tuples(WHO, times()), min_size=3, max_size=9))):
        told += Gesture.give(id=f"g{number}", circle="c1", by=by, at=at).acts
    for number, (by, at) in enumerate(draw(st.lists(st.tuples(WHO, times()), max_size=3))):
        c = Commitment.offer("tea", to=[OTHER[by]], due=at + DAY, id=f"k{number}", circle="c1", by=by, at=at)
        told += c.agree(by=OTHER[by], at=at).keep(by=by, at=at + draw(st.integers(0, 2)) * HOUR).acts
    for number, (by, at) in enumerate(draw(st.lists(st.tuples(WHO, times()), max_size=3))):
        told += TimeOut.call(id=f"t{number}", circle="c1", by=by, at=as_instant(at - 2 * DAY)).acts
    return tuple(told)


def by_kind(helped: Sequence[Helped]) -> Mapping[Deed, Helped]:
    """Return the answers by their kind, each of which stands there once."""
    assert len({each.deed for each in helped}) == len(helped)
    return {each.deed: each for each in helped}


@FEW
@given(diaries(), steps(), st.randoms(use_true_random=False))
def test_order_duplicates_and_batches_do_not_matter(
    diary: tuple[Entry, ...], done: tuple[Entry, ...], chance: Random
) -> None:
    """However entries arrive, some of them twice, the answer is the same."""
    entries = [*EVENINGS.acts, *diary, *done]
    arriving = [*entries, *(each for each in entries if chance.random() < 0.5)]
    chance.shuffle(arriving)
    journal = MemoryJournal(key=b"k")
    journal.found(US, by="ana", at=EVE)
    for each in arriving:
        journal.append(each, acting=each.author)
    for reader in ("ana", "ben"):
        told = what_helped_before(seen(entries, reader=reader, at=NOW))
        again = journal.view(reader, circle="c1", at=NOW)
        assert (told, easing(seen(entries, at=NOW))) == (what_helped_before(again), easing(seen(arriving, at=NOW)))
        event(f"{len(told)} kinds")


@FEW
@given(diaries(), steps())
def test_whoever_bears_a_name_makes_no_difference(diary: tuple[Entry, ...], done: tuple[Entry, ...]) -> None:
    """If the two swap names, each reads what the other read; nothing ranks them."""
    swapped = [*map(renamed, FOUNDING), *map(renamed, [*diary, *done])]
    for reader, name in OTHER.items():
        view = look(swapped, reader=name, circle="c1", at=NOW)
        told = what_helped_before(seen([*diary, *done], reader=reader, at=NOW))
        assert what_helped_before(view) == told
        event(f"{len(told)} kinds")


def renamed(entry: Entry) -> Entry:
    """Return what the other one of them would have written."""
    body = entry.body
    if isinstance(body, Promise):
        body = evolve(body, to=tuple(OTHER[person] for person in body.to))
    if isinstance(body, Founded):
        body = evolve(body, members=tuple(OTHER[person] for person in body.members))
    return evolve(entry, author=OTHER[entry.author], body=body)


@FEW
@given(diaries(), steps(), WHO, times(), st.integers(1, 9))
def test_a_time_out_or_a_pause_more_lowers_nothing(
    diary: tuple[Entry, ...], done: tuple[Entry, ...], by: str, at: dt.datetime, length: int
) -> None:
    """Whoever takes a break, or plans one, never has less said of what helped them."""
    entries = [*EVENINGS.acts, *diary, *done]
    called = TimeOut.call(id="t9", circle="c1", by=by, at=as_instant(at - 2 * DAY)).acts
    planned = EVENINGS.pause(Window.of(as_instant(at), length * DAY), by=by, at=EVE).acts
    before = by_kind(what_helped_before(seen(entries, at=NOW)))
    for more in (called, planned):
        after = by_kind(what_helped_before(seen([*entries, *more], at=NOW)))
        assert before.keys() <= after.keys()
        for deed, told in before.items():
            assert (told.times, told.of) <= (after[deed].times, after[deed].of)
            assert told.of <= after[deed].of
            event(f"{after[deed].of - told.of} weeks more")


@FEW
@given(diaries(), steps())
def test_the_whole_is_the_same_beside_every_kind(diary: tuple[Entry, ...], done: tuple[Entry, ...]) -> None:
    """With a step and without it are all heavier weeks that can be told, so no week is hidden from the comparison."""
    told = what_helped_before(seen([*EVENINGS.acts, *diary, *done], at=NOW))
    assert len({(each.of + each.otherwise_of, each.times + each.otherwise) for each in told}) <= 1
    event(f"{max((each.of for each in told), default=0)} weeks with a step")
    assert list(told) == sorted(told, key=lambda each: list(Deed).index(each.deed))


@FEW
@given(diaries(), steps())
def test_it_agrees_with_going_through_the_weeks_by_hand(diary: tuple[Entry, ...], done: tuple[Entry, ...]) -> None:
    """A plain reading of the rule, week by week, comes to the same counts."""
    view = seen([*EVENINGS.acts, *diary, *done], at=NOW)
    told = by_kind(what_helped_before(view))
    outcome = by_hand(diary, done)
    weeks: dict[Deed, set[int]] = {}
    for each in deeds(view):
        weeks.setdefault(each.deed, set()).add(monday_of(each.at))
    with_it = {deed: [outcome[week] for week in found if week in outcome] for deed, found in weeks.items()}
    assert {deed: (each.times, each.of) for deed, each in told.items()} == {
        deed: (sum(found), len(found)) for deed, found in with_it.items() if found
    }
    event(f"{len(outcome)} heavier weeks")


def by_hand(diary: Sequence[Entry], done: Sequence[Entry]) -> Mapping[int, bool]:
    """Return whether the week after was as usual, for each of ana's heavier weeks of which that can be told."""
    notes: dict[int, list[int]] = {}
    for entry in diary:
        if entry.author == "ana" and isinstance(entry.body, Rating) and entry.at < NOW:
            notes.setdefault(day_of(entry.at).toordinal(), []).append(int(entry.body.value))
    values = {day: Fraction(sum(found), len(found)) for day, found in notes.items()}
    mondays = range(day_of(MONDAY).toordinal() - 7, day_of(NOW).toordinal(), 7)
    this = monday_of(NOW)
    calls = {monday_of(entry.at) for entry in done if entry.body.kind == "time_out.called"}
    outcome: dict[int, bool] = {}
    for monday in mondays:
        before = [values[day] for day in sorted(values) if day < monday][-60:]
        own = [values[day] for day in range(monday, monday + 7) if day in values]
        after = [values[day] for day in range(monday + 7, monday + 14) if day in values]
        if len(before) < 5 or len(after) < 3 or monday + 7 >= this:
            continue
        low = len(own) >= 3 and median(own) <= median(before) - Fraction(1, 2)
        if low or monday in calls:
            outcome[monday] = median(after) >= median(before)
    return outcome


def day_of(at: dt.datetime) -> dt.date:
    """Return which day it is for ana."""
    return as_instant(at).in_timezone("America/New_York").date()


def monday_of(at: dt.datetime) -> int:
    """Return the Monday of the week that it is for ana."""
    day = day_of(at)
    return day.toordinal() - day.weekday()


@FEW
@given(diaries(), steps())
def test_what_comes_later_is_not_known_yet(diary: tuple[Entry, ...], done: tuple[Entry, ...]) -> None:
    """A view as of an instant says what it would have said then."""
    then = in_week(WEEKS // 2)
    known = [entry for entry in (*diary, *done) if entry.at <= then]
    assert what_helped_before(seen([*diary, *done], at=then)) == what_helped_before(seen(known, at=then))


@st.composite
def moments(draw: st.DrawFn) -> tuple[Rhythm, dt.datetime]:
    """Draw a rhythm, and a moment near one of its first starts."""
    rhythm = draw(values_of(Rhythm))
    first = draw(st.sampled_from(rhythm.recurrences)).nth(draw(st.integers(0, 9)))
    assume(first is not None)
    assert first is not None
    assume(1 < first.year < 9990)
    return rhythm, as_instant(first - draw(st.sampled_from([0 * HOUR, HOUR, DAY, 9 * DAY])))


@given(moments())
def test_an_eased_rhythm_is_part_of_the_rhythm_and_ends_by_itself(drawn: tuple[Rhythm, pendulum.DateTime]) -> None:
    """For four weeks every other check-in is left out, none is put in, and afterwards all is as before."""
    rhythm, at = drawn
    weeks = Window(at, elapsed(at, EASES))
    after = Window(weeks.end, elapsed(weeks.end, EASES))
    eased = lighter(rhythm, at)
    counts = [len(list(each.starts(weeks))) for each in rhythm.recurrences]
    event(f"{max(counts)} starts")
    if eased is None:
        assert max(counts) <= 1
        return
    assert starts(eased, weeks) <= starts(rhythm, weeks)
    assert starts(eased, after) == starts(rhythm, after)
    left = [len(list(each.starts(weeks))) for each in eased.recurrences]
    assert left == [(count + 1) // 2 for count in counts]


@given(moments())
def test_a_rhythm_half_as_often_is_part_of_the_rhythm(drawn: tuple[Rhythm, pendulum.DateTime]) -> None:
    """No check-in comes at a time at which there was none, and the next one stays where it is."""
    rhythm, at = drawn
    half = halved(rhythm, at)
    event(str(half is None))
    for length in (dt.timedelta(days=56), dt.timedelta(days=400)) if half is not None else ():
        window = Window(at, elapsed(at, length))
        assert half is not None
        before, after = starts(rhythm, window), starts(half, window)
        assert after <= before
        assert min(after, default=at) == min(before, default=at)


def starts(rhythm: Rhythm, within: Window) -> set[dt.datetime]:
    """Return when check-ins come round."""
    return {start for each in rhythm.recurrences for start in each.between(within)}


@FEW
@given(diaries(), steps())
def test_what_could_be_offered_can_be_offered(diary: tuple[Entry, ...], done: tuple[Entry, ...]) -> None:
    """A suggestion changes nothing by itself, and its value fits an offer about the very schedule it names."""
    entries = [*EVENINGS.acts, *invitation(NOW).acts, *diary, *done]
    view = seen(entries, at=NOW)
    found: Sequence[Ease | Taper] = [*easing(view), *tapering(view)]
    for each in found:
        if isinstance(each.value, Rhythm):
            offer = Proposal.of(each.value, id="p9", circle=US, by="ana", at=NOW, about=each.about)
            p = offer.accept(by="ben", offer=offer.offer.id, at=NOW)
            later = seen([*entries, *p.acts], at=NOW).state(CheckInSchedule, "s1")
            assert later.rhythm == each.value
        assert loads(dumps(each), type(each)) == each
        event(each.phrase.key)
    assert view.entries() == seen(entries, at=NOW).entries()


@given(st.integers(1, 1000), st.integers(1, 31 * 24))
def test_a_taper_never_lets_more_reminders_through(most: int, hours: int) -> None:
    """Whatever somebody's own cap is, what is suggested is a lower one, or nothing."""
    cap = NudgeCap(most=most, within=hours * HOUR)
    held = range(2 * WEEKS)
    entries = [*evenings("MO", "TH", held=held, weeks=WEEKS).acts, note(cap, EVE, "cap")]
    tapers = tapering(seen(entries, at=NOW))
    assert bool(tapers) == (2 * cap.within <= LONGEST)
    for taper in tapers:
        assert isinstance(taper.value, NudgeCap)
        assert taper.value.most / taper.value.within.total_seconds() < most / cap.within.total_seconds()


@pytest.mark.parametrize("ask", [what_helped_before, easing, tapering])
def test_asking_on_the_first_day_is_fine(ask: object) -> None:
    """Where nothing is written, nothing is said."""
    assert callable(ask)
    assert ask(seen((), at=EVE)) == ()
