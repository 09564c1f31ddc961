"""Noninterference of readings: what others note for themselves moves no reading, and a leak would be noticed."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

import pendulum
import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.all_read import read_all
from tests.primitives.checkin.agreed import begin

from reconnect.edges.testing import twins
from reconnect.edges.testing.twins import assert_alike
from reconnect.metrics import Direction, Feelings, Moments, Rating, Reading, UsualLevel, _notes, _occasions, gentle
from reconnect.metrics.reading import ENOUGH
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import CheckInSchedule
from reconnect.primitives.checkin.acts import Felt
from reconnect.primitives.recovery import TimeOut
from reconnect.primitives.recovery.acts import SmallWin
from reconnect.record import ledger
from reconnect.record.entry import Audience, Entry, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

START: Final = pendulum.datetime(2026, 1, 5, 12)
DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
DAYS: Final = 14
NOW: Final = as_instant(START + DAYS * DAY)
US: Final = Circle(id="c1", members=(Person(id="ana", zone="America/New_York"), Person(id="ben", zone="Europe/Paris")))
FEW: Final = settings(max_examples=max(10, settings().max_examples // 3))  # each looks at hundreds of things


def evenings() -> CheckInSchedule:
    """Return check-ins of two people, every evening, all of which took place."""
    s = begin(at=START)
    for occurrence in s.occurrences(Window.of(START, DAYS * DAY)):
        s = s.hold(occurrence.key, by="ben", at=occurrence.start)
    return s


EVENINGS: Final = evenings()
KEYS: Final = [occurrence.key for occurrence in EVENINGS.occurrences(Window.of(START, DAYS * DAY))]
PAUSE: Final = TimeOut.call(id="t1", circle="c1", by="ben", at=START).returned(by="ben", at=START + HOUR)


@frozen
class Told:
    """Something noted: by whom, how many hours after the beginning, what, and whether everyone may see it."""

    by: str
    hours: int
    body: Body
    shared: bool = False

    def entry(self, id_: str) -> Entry:
        """Return it as an entry."""
        about = "s1" if isinstance(self.body, Felt) else "t1" if isinstance(self.body, SmallWin) else None
        audience: Audience = Shared() if self.shared else Private()
        at = as_instant(START + self.hours * HOUR)
        return Entry(circle="c1", author=self.by, id=id_, at=at, body=self.body, audience=audience, about=about)


def bodies() -> st.SearchStrategy[Body]:
    """Draw something that somebody may note."""
    on = st.none() | st.integers(0, DAYS).map(lambda n: dt.date(2026, 1, 5) + n * DAY)
    scales = st.sampled_from(["mood", "openness", "conversation"])
    return st.one_of(
        st.builds(Rating, scale=scales, value=st.integers(1, 5), day=on),
        st.builds(Moments, positive=st.integers(0, 3), difficult=st.integers(0, 3), day=on),
        st.builds(Felt, key=st.sampled_from(KEYS), constructive=st.integers(1, 5)),
        st.builds(Feelings, words=st.frozensets(st.sampled_from(["calm", "tired"])), day=on),
        st.just(SmallWin(text="tea")),
    )


def told(by: st.SearchStrategy[str], *, shared: st.SearchStrategy[bool]) -> st.SearchStrategy[list[Told]]:
    """Draw what people note."""
    return st.lists(st.builds(Told, by, st.integers(2, DAYS * 24 - 1), bodies(), shared), max_size=25)


def journal(known: Sequence[Told], secret: Sequence[Told]) -> MemoryJournal:
    """Return a journal with what both twins hold, and with what ben kept to himself in this one."""
    found = MemoryJournal(key=b"k")
    found.found(US, by="ana", at=START - DAY)
    entries = [*EVENINGS.acts, *PAUSE.acts]
    entries += [each.entry(f"k{place}") for place, each in enumerate(known)]
    entries += [each.entry(f"s{place}") for place, each in enumerate(secret)]
    for entry in entries:
        found.append(entry, acting=entry.author)
    return found


def check(known: Sequence[Told], secrets: tuple[Sequence[Told], Sequence[Told]]) -> None:
    """Let ana look at both twins, at several times."""
    one, other = (journal(known, secret) for secret in secrets)
    at = [as_instant(START + DAY), as_instant(NOW - 6 * DAY), NOW]
    assert_alike(one, other, reader="ana", circle="c1", at=at)


ANYONE: Final = st.sampled_from(["ana", "ben"])
BEN: Final = st.just("ben")


@FEW
@given(
    told(ANYONE, shared=st.just(value=True)),
    told(st.just("ana"), shared=st.just(value=False)),
    told(BEN, shared=st.just(value=False)),
    told(BEN, shared=st.just(value=False)),
)
def test_what_ben_notes_for_himself_moves_nothing_for_ana(
    known: list[Told], own: list[Told], one: list[Told], other: list[Told]
) -> None:
    """Two journals that differ only in what ben noted for himself give ana the same readings, to the last byte."""
    check([*known, *own], (one, other))


def everything(by: str, place: int, *, shared: bool) -> list[Told]:
    """Return one of each note about one day."""
    day = dt.date(2026, 1, 5) + place * DAY
    high = 1 + place % 5
    return [
        *(Told(by, 24 * place + 3, Rating(scale=name, value=high, day=day), shared) for name in ("mood", "openness")),
        Told(by, 24 * place + 3, Rating(scale="conversation", value=high, day=day), shared),
        Told(by, 24 * place + 3, Moments(positive=place % 3, difficult=1, day=day), shared),
        Told(by, 24 * place + 10, Felt(key=KEYS[place], constructive=high), shared),
    ]


# Ana notes something on many days, both share enough for readings, and ben keeps a lot to himself, or next to nothing.
KNOWN: Final = [
    *(note for place in range(10) for note in everything("ana", place, shared=False)),
    *(note for place in range(6) for who in ("ana", "ben") for note in everything(who, place, shared=True)),
]
SECRET: Final = [
    *(note for place in range(6, 13) for note in everything("ben", place, shared=False)),
    Told("ben", 30, Feelings(words=frozenset({"afraid"}))),
    Told("ben", 30, SmallWin(text="a long walk")),
]
TELLING: Final = (KNOWN, (SECRET, SECRET[:1]))

Leak = Callable[[pytest.MonkeyPatch], None]


def remembered(patch: pytest.MonkeyPatch) -> Callable[[View], list[Entry]]:
    """Remember for every view what was written, so that a leak can look it up later."""
    known: list[tuple[View, list[Entry]]] = []
    look = vars(ledger)["look"]

    def remember(entries: Sequence[Entry], **named: Any) -> View:  # noqa: ANN401 - passed on as it comes
        view: View = look(entries, **named)
        known.append((view, [entry for entry in entries if entry.at <= view.at]))
        return view

    patch.setattr(ledger, "look", remember)
    return lambda view: next((entries for other, entries in known if other is view), [])


def resting_on(patch: pytest.MonkeyPatch, found: Callable[[View, list[Entry], bool], list[Entry]]) -> None:
    """Let readings rest on something else than they may."""
    written = remembered(patch)

    def leaky(view: View, kind: type, *, shared: bool) -> dict[str, list[Entry]]:
        people = view.members if shared else (view.reader,)
        entries = [entry for entry in found(view, written(view), shared) if isinstance(entry.body, kind)]
        return {person: [entry for entry in entries if entry.author == person] for person in people}

    for module in (_notes, _occasions):
        patch.setattr(module, "by_author", leaky)


def a_mean_over_private_scores(patch: pytest.MonkeyPatch) -> None:
    """A reading for everyone rests on everyone's notes, private ones included."""
    resting_on(patch, lambda view, written, shared: written if shared else list(view.entries()))


def a_reading_for_oneself_that_holds_the_others_days(patch: pytest.MonkeyPatch) -> None:
    """One's own reading takes the partner's notes for one's own."""

    def found(view: View, written: list[Entry], shared: bool) -> list[Entry]:  # noqa: FBT001 - passed by position
        own = [entry for entry in written if not shared or isinstance(entry.audience, Shared)]
        return own if shared else [evolve(entry, author=view.reader) for entry in own]

    resting_on(patch, found)


def changed(patch: pytest.MonkeyPatch, name: str, change: Callable[[Any, list[Entry]], object]) -> None:
    """Let what is told depend on everything that is written."""
    written, real = remembered(patch), vars(gentle)[name]

    def leaky(view: View, within: Window, **named: Any) -> object:  # noqa: ANN401 - passed on as it comes
        return change(real(view, within, **named), written(view))

    patch.setattr(gentle, name, leaky)


def private_ones(written: list[Entry]) -> int:
    """Count what is written for oneself."""
    return sum(isinstance(entry.audience, Private) for entry in written)


def a_count_of_private_notes(patch: pytest.MonkeyPatch) -> None:
    """A reading says that it rests on more than what everyone can see."""
    changed(patch, "openness", lambda reading, written: evolve(reading, n=reading.n + private_ones(written)))


def a_minimum_that_private_notes_fill(patch: pytest.MonkeyPatch) -> None:
    """It is too early to say unless somebody noted enough, for themselves perhaps."""

    def early(reading: Reading, written: list[Entry]) -> Reading:
        filled = private_ones([entry for entry in written if entry.author == "ben"]) >= ENOUGH
        return reading if filled else Reading(n=reading.n, phrase=reading.phrase)

    changed(patch, "conversation_quality", early)


def a_direction_that_private_notes_turn(patch: pytest.MonkeyPatch) -> None:
    """Where something is heading depends on what the other noted for themselves."""

    def turned(reading: Reading, written: list[Entry]) -> Reading:
        direction = Direction.EASING if private_ones(written) % 2 else Direction.RISING
        return reading if reading.value is None else evolve(reading, direction=direction)

    changed(patch, "positive_interactions", turned)


def a_baseline_of_two_people(patch: pytest.MonkeyPatch) -> None:
    """What is usual for one is worked out with the other's private days among them."""

    def widened(found: UsualLevel | None, written: list[Entry]) -> UsualLevel | None:
        return None if found is None else evolve(found, high=found.high + private_ones(written))

    changed(patch, "usual_level", widened)


def a_word_of_the_others_feelings(patch: pytest.MonkeyPatch) -> None:
    """The words for one's feelings hold the other's."""

    def more(words: tuple[str, ...], written: list[Entry]) -> tuple[str, ...]:
        return tuple(sorted({*words, *(w for e in written if isinstance(e.body, Feelings) for w in e.body.words)}))

    changed(patch, "feelings", more)


def a_win_that_was_kept_private(patch: pytest.MonkeyPatch) -> None:
    """A small win is told to everyone, although its author kept it to themselves."""
    written, real = remembered(patch), vars(twins)["small_wins"]

    def leaky(view: View, within: Window) -> object:
        return (*real(view, within), *(entry.body for entry in written(view) if isinstance(entry.body, SmallWin)))

    patch.setattr(twins, "small_wins", leaky)


LEAKS: Final[tuple[Leak, ...]] = (
    a_mean_over_private_scores,
    a_reading_for_oneself_that_holds_the_others_days,
    a_count_of_private_notes,
    a_minimum_that_private_notes_fill,
    a_direction_that_private_notes_turn,
    a_baseline_of_two_people,
    a_word_of_the_others_feelings,
    a_win_that_was_kept_private,
)


def test_the_telling_twins_are_alike_and_say_something() -> None:
    """Without a leak ana cannot tell them apart, and there is something to tell: most readings have a value."""
    check(*TELLING)
    view = journal(KNOWN, SECRET).view("ana", circle="c1", at=NOW)
    weeks = Window(START - DAY, NOW)
    for shared in (False, True):
        assert gentle.mood(view, weeks, shared=shared).value is not None
        assert gentle.constructiveness(view, weeks, shared=shared).value is not None
        assert gentle.positive_to_difficult(view, weeks, shared=shared).value is not None
    assert gentle.adherence(view, weeks).value == 1


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_caught(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a leak the very comparison that finds the telling twins alike tells them apart."""
    read_all(monkeypatch)
    leak(monkeypatch)
    with pytest.raises(AssertionError, match="cannot tell apart"):
        check(*TELLING)
