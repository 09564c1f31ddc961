"""What is always true of readings: on what they rest, what moves them, and what they may say."""

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from fractions import Fraction
from random import Random
from statistics import mean, median
from typing import Final

import pendulum
from attrs import evolve
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.checkin import schedules
from reconnect.language.phrasebook import render
from reconnect.metrics import (
    CONVERSATION,
    MOOD,
    Days,
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
    small_wins,
    usual_level,
)
from reconnect.metrics._interval import holds, of_share
from reconnect.metrics._notes import noted
from reconnect.metrics.own_day import days_within
from reconnect.metrics.reading import ENOUGH
from reconnect.metrics.scale import DIFFICULT, POSITIVE
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.checkin.acts import Felt, Paused
from reconnect.primitives.recovery.acts import Called, Returned
from reconnect.record.entry import Audience, Entry, Note, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal
from reconnect.record.view import View, look
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

START: Final = pendulum.datetime(2026, 1, 5, 12)
DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
DAYS: Final = 24
WITHIN: Final = Window.of(START - DAY, (DAYS + 3) * DAY)
NOW: Final = as_instant(START + (DAYS + 2) * DAY)
PEOPLE: Final = (
    Person(id="ana", zone="America/New_York"),
    Person(id="ben", zone="Europe/Paris"),
    Person(id="cleo", zone="Pacific/Apia"),
)
ENERGY: Final = Scale.of(
    "energy", "low", "in between", "high", title="Energy", lowest=0, highest=10, step=Fraction(1, 2)
)

FEW: Final = settings(max_examples=max(10, settings().max_examples // 2))  # each of them asks for many readings
Ask = Callable[[View], Reading]
OWN: Final[Mapping[str, Ask]] = {
    "mood": lambda v: mood(v, WITHIN),
    "energy": lambda v: rated(v, WITHIN, scale=ENERGY),
    "openness": lambda v: openness(v, WITHIN),
    "talks": lambda v: conversation_quality(v, WITHIN),
    "constructive": lambda v: constructiveness(v, WITHIN),
    "positive": lambda v: positive_interactions(v, WITHIN),
    "beside": lambda v: positive_to_difficult(v, WITHIN),
    "variability": lambda v: mood_variability(v, WITHIN),
    "recovery": lambda v: mood_recovery(v, WITHIN),
}
SHARED: Final[Mapping[str, Ask]] = {
    "mood, shared": lambda v: mood(v, WITHIN, shared=True),
    "energy, shared": lambda v: rated(v, WITHIN, scale=ENERGY, shared=True),
    "openness, shared": lambda v: openness(v, WITHIN, shared=True),
    "talks, shared": lambda v: conversation_quality(v, WITHIN, shared=True),
    "constructive, shared": lambda v: constructiveness(v, WITHIN, shared=True),
    "positive, shared": lambda v: positive_interactions(v, WITHIN, shared=True),
    "beside, shared": lambda v: positive_to_difficult(v, WITHIN, shared=True),
    "adherence": lambda v: adherence(v, WITHIN),
}
EVERY: Final = {**OWN, **SHARED}


@st.composite
def notes(draw: st.DrawFn, *, people: Sequence[str] = ("ana", "ben", "cleo"), most: int = 12) -> tuple[Entry, ...]:
    """Draw what people note over three weeks: now and then this and that, and some of them one thing every day."""
    told: list[Entry] = []
    for number in range(draw(st.integers(0, most))):
        at = START + draw(st.integers(0, DAYS * 24)) * HOUR
        told.append(entry(draw(st.sampled_from(people)), f"n{number}", at, draw(bodies()), draw(audiences())))
    for number in range(draw(st.integers(0, 2))):
        name, audience, daily = draw(st.sampled_from(people)), draw(audiences()), draw(st.sampled_from(DAILY))
        answers = draw(st.lists(st.none() | st.integers(1, 5), min_size=DAYS // 2, max_size=DAYS))
        if draw(st.booleans()):
            answers.sort(key=lambda answer: answer or 0, reverse=draw(st.booleans()))
        for day, answer in enumerate(answers):
            if answer is not None:
                at = START + day * DAY + HOUR
                told.append(entry(name, f"d{number}.{day}", at, daily(answer, day), audience))
    return tuple(told)


def audiences() -> st.SearchStrategy[Audience]:
    """Draw for whom a note is."""
    return st.sampled_from([Private(), Shared()])


def entry(author: str, id_: str, at: dt.datetime, body: Body, audience: Audience, about: str = "s1") -> Entry:  # noqa: PLR0917 - an entry in short
    """Return one thing that somebody wrote in the circle."""
    return Entry(circle="c1", author=author, id=id_, at=as_instant(at), body=body, audience=audience, about=about)


def bodies() -> st.SearchStrategy[Body]:
    """Draw something to note: most often a mood."""
    days = st.none() | st.integers(0, DAYS).map(lambda n: dt.date(2026, 1, 5) + n * DAY)
    ratings = st.builds(
        Rating,
        scale=st.sampled_from(["mood", "mood", "mood", "openness", "conversation", "energy", "another"]),
        value=st.integers(0, 6),
        day=days,
    )
    moments = st.builds(Moments, positive=st.integers(0, 4), difficult=st.integers(0, 2), day=days)
    felt = st.builds(Felt, key=st.sampled_from(KEYS), constructive=st.integers(1, 5))
    words = st.builds(Feelings, words=st.frozensets(st.sampled_from(["calm", "tired", "hopeful"])), day=days)
    return ratings | ratings | moments | felt | words


def evenings(names: Sequence[str], *, held: Container[int] = range(1, 99)) -> CheckInSchedule:
    """Return check-ins that people agreed on, every evening, of which some took place."""
    people = tuple(evolve(person, id=name) for person, name in zip(PEOPLE, names, strict=True))
    rhythm = Rhythm.of(Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5)))
    p = Proposal.of(rhythm, id="p1", circle=Circle(id="c1", members=people), by=names[0], at=START)
    for name in names[1:]:
        p = p.accept(by=name, offer=p.offer.id, at=START)
    s = CheckInSchedule.of(p, id="s1", by=names[0], at=START)
    for place, occurrence in enumerate(s.occurrences(Window.of(START, DAYS * DAY))):
        if place in held:
            s = s.hold(occurrence.key, by=names[1], at=occurrence.start)
    return s


NAMES: Final = ("ana", "ben", "cleo")
EVENINGS: Final = evenings(NAMES, held=[n for n in range(DAYS) if n % 3])
KEYS: Final = [occurrence.key for occurrence in EVENINGS.occurrences(Window.of(START, DAYS * DAY))]


# What somebody may note every day: a number, and which day it is.
DAILY: Final[tuple[Callable[[int, int], Body], ...]] = (
    lambda number, _day: Rating(scale="mood", value=number),
    lambda number, day: Rating(scale=("openness", "conversation", "energy")[day % 3], value=number),
    lambda number, _day: Moments(positive=number, difficult=number % 2),
    lambda number, day: Felt(key=KEYS[day], constructive=number),
)


def founded(people: Sequence[Person] = PEOPLE) -> MemoryJournal:
    """Return a journal in which the circle was founded."""
    journal = MemoryJournal(key=b"k")
    journal.found(Circle(id="c1", members=tuple(people)), by=people[0].id, at=START - 2 * DAY)
    return journal


FOUNDING: Final = tuple(founded().everything())


def seen(entries: Iterable[Entry], reader: str = "ana", *, schedule: CheckInSchedule = EVENINGS) -> View:
    """Return somebody's view of what was written."""
    return look([*FOUNDING, *schedule.acts, *entries], reader=reader, circle="c1", at=NOW)


def readings(view: View, asks: Mapping[str, Ask] = EVERY) -> dict[str, Reading]:
    """Ask for every reading."""
    return {name: ask(view) for name, ask in asks.items()}


@FEW
@given(notes(), st.randoms(use_true_random=False))
def test_readings_do_not_depend_on_order_or_repetition(told: tuple[Entry, ...], chance: Random) -> None:
    """However entries arrive, some of them twice, every reading is the same."""
    arriving = [*EVENINGS.acts, *told, *(each for each in told if chance.random() < 0.5)]
    chance.shuffle(arriving)
    journal = founded()
    for each in arriving:
        journal.append(each, acting=each.author)
    one, other = seen(told), journal.view("ana", circle="c1", at=NOW)
    assert readings(one) == readings(other)
    assert (usual_level(one, WITHIN), feelings(one, WITHIN)) == (usual_level(other, WITHIN), feelings(other, WITHIN))
    for reading in readings(one).values():
        event(f"{reading.direction.value} {reading.value is not None}")


@FEW
@given(notes(), st.permutations(NAMES))
def test_readings_are_equivariant_under_renaming(told: tuple[Entry, ...], names: list[str]) -> None:
    """Who is called how makes no difference: whoever bears a name now reads what they read before."""
    renamed = dict(zip(NAMES, names, strict=True))
    founding = founded([evolve(person, id=renamed[person.id]) for person in PEOPLE]).everything()
    again = [evolve(each, author=renamed[each.author]) for each in told]
    written = [*founding, *evenings(names, held=[n for n in range(DAYS) if n % 3]).acts, *again]
    for before, after in renamed.items():
        view = look(written, reader=after, circle="c1", at=NOW)
        assert readings(view) == readings(seen(told, before))


@FEW
@given(notes(), notes())
def test_a_private_reading_rests_on_the_readers_own_entries_only(
    mine: tuple[Entry, ...], theirs: tuple[Entry, ...]
) -> None:
    """Whatever others write, for themselves or for everyone, moves nobody's own reading."""
    own = [each for each in mine if each.author == "ana"]
    others = [evolve(each, id=f"o{each.id}") for each in theirs if each.author != "ana"]
    assert readings(seen(own), OWN) == readings(seen([*own, *others]), OWN)


@FEW
@given(notes())
def test_a_shared_reading_is_the_same_for_everyone(told: tuple[Entry, ...]) -> None:
    """What rests on shared entries is one reading, whoever asks, and holds nothing private of the reader's own."""
    views = [seen(told, person.id) for person in PEOPLE]
    everyone = [readings(view, SHARED) for view in views]
    assert everyone[0] == everyone[1] == everyone[2]
    shared = [each for each in told if isinstance(each.audience, Shared)]
    assert readings(seen(shared), SHARED) == everyone[0]
    assert readings(views[0].shared_only(), SHARED) == everyone[0]


@FEW
@given(notes(people=["ana"]))
def test_a_reading_of_mood_is_what_a_plain_count_finds(told: tuple[Entry, ...]) -> None:
    """The value is the middle of a person's days, each day once; below five days there is none."""
    ana = PEOPLE[0]
    days: dict[dt.date, list[Fraction]] = {}
    for each in told:
        if isinstance(each.body, Rating) and each.body.scale == "mood" and each.body.value in MOOD:
            days.setdefault(each.body.day or ana.day_of(each.at), []).append(each.body.value)
    found = sorted(Fraction(mean(own)) for own in days.values())
    reading = mood(seen(told), WITHIN)
    event(f"{len(found)} days, {reading.direction.value}")
    assert reading.n == sum(map(len, days.values()))
    if len(found) < ENOUGH:
        assert (reading.value, reading.spread, reading.direction) == (None, None, Direction.TOO_EARLY)
    else:
        assert reading.value == median(found)
        assert reading.spread is not None
        low, high = reading.spread
        assert found[0] <= low <= median(found) <= high <= found[-1]
        assert sum(low <= number <= high for number in found) * 2 >= len(found)


@FEW
@given(notes(people=["ana"]), st.lists(st.sampled_from(["s1", "s2", None]), min_size=1))
def test_a_reading_of_talks_is_what_a_plain_count_finds(told: tuple[Entry, ...], subjects: list[str | None]) -> None:
    """Each talk counts once, as it was answered last; answers that name none count as one a day, by their mean."""
    ana, found = PEOPLE[0], dict[tuple[dt.date, str | None], list[Fraction]]()
    named = [evolve(each, about=subjects[place % len(subjects)]) for place, each in enumerate(told)]
    for each in sorted(named, key=lambda each: (each.at, each.id)):
        if isinstance(each.body, Rating) and each.body.scale == "conversation" and each.body.value in CONVERSATION:
            talk = found.setdefault((each.body.day or ana.day_of(each.at), each.about), [])
            if each.about is not None:
                talk.clear()
            talk.append(each.body.value)
    usual = [Fraction(mean(answers)) for answers in found.values()]
    reading = conversation_quality(seen(named), WITHIN)
    event(f"{len(usual)} talks")
    assert reading.n == sum(map(len, found.values()))
    assert reading.value == (median(usual) if len(usual) >= ENOUGH else None)
    by_days = rated(seen([evolve(each, about=None) for each in told]), WITHIN, scale=CONVERSATION)
    unnamed = conversation_quality(seen([evolve(each, about=None) for each in told]), WITHIN)
    assert (unnamed.value, unnamed.n, unnamed.spread) == (by_days.value, by_days.n, by_days.spread)


@given(st.sets(st.integers(0, DAYS - 1)), st.integers(1, DAYS - 1))
def test_the_interval_of_two_stretches_is_that_of_their_counts_together(held: set[int], cut: int) -> None:
    """Adherence over both rests on the sums of what was held and of what was due, and so does its interval."""
    view = seen((), schedule=evenings(NAMES, held=held))
    middle = as_instant(START + cut * DAY)
    early, late, whole = Window(WITHIN.start, middle), Window(middle, WITHIN.end), adherence(view, WITHIN)
    one, other = view.counts("s1", early), view.counts("s1", late)
    assert whole.interval == of_share(one.held + other.held, one.due + other.due)
    assert whole.value is not None
    assert holds(whole.interval, whole.value)


# Everyone shares a mood every few hours, some of them about a day that they name, the later the further back.
DENSE: Final = [
    entry(name, f"{name}{hour}", START + hour * HOUR, Rating(scale="mood", value=1 + hour % 5, day=day), Shared())
    for name in NAMES
    for hour in range(0, 8 * 24, 5)
    for day in [None if hour % 4 else dt.date(2026, 1, 12) - hour // 24 * DAY]
]


@FEW
@given(notes(), st.integers(-2 * 24, 8 * 24), st.integers(1, 10 * 24), st.booleans())
def test_readings_add_up_what_kept_days_hold(told: tuple[Entry, ...], start: int, hours: int, shared: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    """What is added up for one view is what an app finds that puts every note into `Days`, for any window."""
    view, within = seen([*DENSE, *told]), Window.of(START + start * HOUR, hours * HOUR)
    for scale, kind in ((MOOD, Rating), (ENERGY, Rating), (POSITIVE, Moments), (DIFFICULT, Moments)):
        people = PEOPLE if shared else PEOPLE[:1]
        found = noted(view, within, kind, scale, shared=shared)
        for person, tallies in zip(people, found, strict=True):
            own = [each for each in (*DENSE, *told) if not shared or isinstance(each.audience, Shared)]
            days = Days.of(own, whose=person, scale=scale).between(*days_within(within, person))
            assert [(t.day, t.n, t.total) for t in tallies] == [(b.day, b.n, b.total) for b in days]


@FEW
@given(notes())
def test_what_is_missing_is_missing(told: tuple[Entry, ...]) -> None:
    """Notes that are no answers change nothing, and neither do days without a word."""
    other = [entry("ana", f"x{n}", START + n * HOUR, Note(text="a long day"), Private()) for n in range(3)]
    longer = Window(WITHIN.start - 99 * DAY, WITHIN.end)
    view = seen([*told, *other])
    assert readings(view) == readings(seen(told))
    assert mood(view, longer) == mood(view, WITHIN)


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Draw time-outs, with or without a return, and planned pauses, by anybody at any time."""
    told: list[Entry] = []
    for number in range(draw(st.integers(1, 4))):
        by, at = draw(st.sampled_from(["ana", "ben", "cleo"])), START + draw(st.integers(0, DAYS * 24)) * HOUR
        if draw(st.booleans()):
            told.append(entry(by, f"call{number}", at, Called(), Shared(), f"t{number}"))
            if draw(st.integers(0, 2)):
                back = at + draw(st.sampled_from([0, 1, 1, 3, 24, 30])) * HOUR
                told.append(entry(by, f"back{number}", back, Returned(), Shared(), f"t{number}"))
        else:
            start = at + draw(st.integers(-30, 30)) * HOUR
            away = Paused(window=Window.of(start, draw(st.integers(1, 200)) * HOUR))
            told.append(entry(by, f"away{number}", at, away, Shared(), "s1"))
    return tuple(told)


@given(notes(), pauses(), st.sets(st.integers(0, DAYS - 1), min_size=1))
def test_pauses_make_a_value_none_or_not_lower(
    told: tuple[Entry, ...], away: tuple[Entry, ...], held: set[int]
) -> None:
    """Whoever takes a break, and for however long, lowers nothing."""
    s = evenings(NAMES, held=held)
    before = readings(seen(told, schedule=s))
    after = readings(seen([*told, *away], schedule=s))
    for name, reading in after.items():
        value = before[name].value
        assert reading.value is None or value is None or reading.value >= value, name
    adhered = before["adherence"].value
    event(f"adherence is {'none' if adhered is None else 'some'}, changed {before['adherence'] != after['adherence']}")


@FEW
@given(notes(), pauses())
def test_what_a_reading_says_is_kind(told: tuple[Entry, ...], away: tuple[Entry, ...]) -> None:
    """Every reading has one sentence, in plain words, that ranks nobody and reproaches nothing."""
    view = seen([*told, *away])
    called = {name: name.title() for name in NAMES}
    said = [render(reading.phrase, names=called) for reading in readings(view).values()]
    said += [render(win.phrase, names=called) for win in small_wins(view, WITHIN)]
    for sentence in said:
        assert re.fullmatch(r"[A-Z0-9].*\.", sentence, re.DOTALL)
        assert "{" not in sentence
        assert not UNKIND.search(sentence)


UNKIND: Final = re.compile(
    r"fail|miss|worse|better|best|streak|score|rank|compl|violat|punish|poor|bad\b|should|must|only|not enough|%",
    re.IGNORECASE,
)


@given(schedules(), pauses())
def test_adherence_is_what_the_view_counts(story: CheckInSchedule, away: tuple[Entry, ...]) -> None:
    """Whatever people say about their check-ins, the value is held by due, and none while few were due."""
    at = max(act.at for act in story.acts) + 9 * DAY
    within = Window(as_instant(at - 30 * DAY), as_instant(at))
    view = look([*story.founding, *story.acts, *away], reader="ana", circle="c1", at=at)
    assume(view.all(CheckInSchedule))  # somebody who has left before they began sees none
    counts = view.counts(story, within)
    for asked in (None, story, story.id):
        reading = adherence(view, within, schedule=asked)
        assert reading.n == counts.due
        assert reading.value == (counts.adherence if counts.due >= ENOUGH else None)
        assert reading.interval == (of_share(counts.held, counts.due) if counts.due >= ENOUGH else None)
