"""Noninterference of what helped, easing and tapering: what others keep private moves nothing; leaks are noticed."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.all_read import read_all
from tests.laws.test_reading_noninterference import remembered
from tests.practice.weeks import EVE, HOUR, US, agreed, evenings, gestures, in_week, invitation, note, seen

from reconnect.consent.mute import Quiet, WentQuiet
from reconnect.edges.testing import twins
from reconnect.edges.testing.twins import assert_alike
from reconnect.metrics import MOOD, Laughed, Rating, weeks
from reconnect.metrics._notes import Notes
from reconnect.metrics.scale import Scale
from reconnect.phrase import Phrase
from reconnect.practice import easing as easing_
from reconnect.practice import helped as helped_
from reconnect.practice import tapering as tapering_
from reconnect.practice.deeds import Deed, Done
from reconnect.practice.easing import Ease
from reconnect.practice.helped import Helped
from reconnect.practice.support import SupportRoom
from reconnect.primitives.boundary import NudgeCap
from reconnect.primitives.routine import GoodDayPlan, Routine
from reconnect.primitives.wellness import Area, WellnessPlan
from reconnect.primitives.wellness.acts import GoalSet
from reconnect.record.entry import Entry, Note, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal
from reconnect.record.view import View
from reconnect.temporal.window import Window

FEW: Final = settings(max_examples=max(5, settings().max_examples // 8))  # each looks at hundreds of things
NOW: Final = in_week(9)
EARLY: Final = in_week(5)
LEVELS: Final = (4, 4, 2, 4, 4, 2, 4, 4, 2)
GOALS: Final = Phrase.of("easing.goals")
PLAN: Final = GoodDayPlan(trigger="money", cue="tea", routine=Routine(key="tea", name="Tea", steps=["kettle"]))


def days(levels: Sequence[int], *, by: str) -> list[Entry]:
    """Return three notes for each of some weeks: as few as tell anything."""
    spread = [(week, day, level) for week, level in enumerate(levels) for day in (1, 2, 3)]
    return [
        note(Rating.of(MOOD, level), in_week(week, day), f"m{by}{week}.{day}", by=by) for week, day, level in spread
    ]


# Both can see gestures, check-ins, a plan and an invitation; ana notes her days.
KNOWN: Final = [
    *days(LEVELS, by="ana"),
    *gestures([2, 5]),
    *evenings("MO", held=range(99), weeks=9).acts,
    *agreed(PLAN, "p2", at=in_week(5)).acts,
    *invitation(NOW).acts,
    *WellnessPlan.of([Area.SLEEP], id="w1", circle="c1", by="ana", at=EVE).acts,
]
# Ben keeps to himself how his days were, that he laughed, a cap, a goal, a quiet time, and a room of his own.
SECRET: Final = [
    *days((4, 4, 4, 4, 4, 2, 4), by="ben"),
    note(Laughed(words="the kettle"), in_week(2, 3), "laugh", by="ben"),
    note(Note(text="I listened"), in_week(2, 3), "listened", by="ben"),
    note(NudgeCap(most=4), EVE, "cap", by="ben"),
    evolve(note(GoalSet(goal="g1", area=Area.SLEEP, text="early"), EVE, "goal", by="ben"), about="w1"),
    *Quiet.go(id="q1", circle="c1", by="ben", at=in_week(8)).acts,
    *SupportRoom.tell("I hide my phone.", id="u1", circle="c1", by="ben", at=in_week(8)).acts,
]


def journal(secret: Sequence[Entry], known: Sequence[Entry] = KNOWN) -> MemoryJournal:
    """Return a journal with what both twins hold, and with what ben kept to himself in this one."""
    found = MemoryJournal(key=b"k")
    found.found(US, by="ana", at=EVE)
    for entry in (*known, *secret):
        found.append(entry, acting=entry.author)
    return found


def check(one: Sequence[Entry], other: Sequence[Entry], known: Sequence[Entry] = KNOWN) -> None:
    """Let ana look at both twins."""
    twin, sister = journal(one, known), journal(other, known)
    assert_alike(twin, sister, reader="ana", circle="c1", at=[EARLY, NOW])


def secrets() -> st.SearchStrategy[list[Entry]]:
    """Draw what ben writes for himself."""
    bodies: st.SearchStrategy[Body] = st.one_of(
        st.builds(Rating, scale=st.just("mood"), value=st.integers(1, 5)),
        st.builds(Laughed),
        st.builds(Note, text=st.just("a note")),
        st.builds(NudgeCap, most=st.integers(0, 3)),
        st.builds(WentQuiet),
    )
    told = st.tuples(bodies, st.integers(0, 9 * 7 * 24 - 1))
    return st.lists(told, max_size=12).map(
        lambda found: [
            evolve(note(body, in_week(0) + hours * HOUR, f"s{place}", by="ben"), about="q2")
            for place, (body, hours) in enumerate(found)
        ]
    )


SMALL: Final = [*days(LEVELS[:4], by="ana"), *gestures([2]), *invitation(NOW).acts, *evenings("MO", held=[1]).acts]


@FEW
@given(secrets(), secrets())
def test_what_ben_keeps_to_himself_moves_nothing_for_ana(one: list[Entry], other: list[Entry]) -> None:
    """Two journals that differ only in what ben wrote for himself give ana the same, to the last byte."""
    check(one, other, SMALL)


def test_the_telling_twins_are_alike_and_say_something() -> None:
    """Without a leak ana cannot tell them apart, and there is something to tell in each of the answers."""
    check(SECRET, SECRET[:1])
    view = journal(SECRET).view("ana", circle="c1", at=NOW)
    assert [each.deed for each in helped_.what_helped_before(view)] == [Deed.CHECK_IN, Deed.GESTURE, Deed.GOOD_DAY]
    assert [each.about for each in easing_.easing(view)] == ["s1"]
    steady = seen([*days([4] * 9, by="ana"), *KNOWN[len(LEVELS) * 3 :]], at=NOW)
    assert [each.about for each in tapering_.tapering(steady)] == [None, "s1"]


Leak = Callable[[pytest.MonkeyPatch], None]


def private_ones(written: Sequence[Entry], kind: type = object) -> list[Entry]:
    """Return what ben wrote for himself."""
    own = (entry for entry in written if entry.author == "ben" and isinstance(entry.audience, Private))
    return [entry for entry in own if isinstance(entry.body, kind)]


def a_week_that_is_heavier_for_the_other(patch: pytest.MonkeyPatch) -> None:
    """Weeks go by ben's private days, where he has any."""
    written, real = remembered(patch), vars(weeks)["on_scale"]

    def leaky(view: View, within: Window, scale: Scale, *, shared: bool) -> tuple[Notes, ...]:
        (own,) = real(view, within, scale, shared=shared)
        theirs = {e.at.toordinal(): e.body.value for e in private_ones(written(view), Rating)}  # type: ignore[attr-defined]  # a rating
        return (Notes(n=own.n, points=tuple((day, theirs.get(day, number)) for day, number in own.points)),)

    patch.setattr(weeks, "on_scale", leaky)


def evidence_that_is_a_private_note(patch: pytest.MonkeyPatch) -> None:
    """What is shown as evidence holds the id of a note that ben kept to himself."""
    written, real = remembered(patch), helped_.what_helped_before

    def leaky(view: View) -> tuple[Helped, ...]:
        more = tuple(entry.id for entry in private_ones(written(view), Note))
        return tuple(evolve(each, evidence=(*each.evidence, *more)) for each in real(view))

    patch.setattr(twins, "what_helped_before", leaky)


def a_step_that_only_a_private_act_shows(patch: pytest.MonkeyPatch) -> None:
    """Something that ben did, and told nobody, counts as a step."""
    written, real = remembered(patch), vars(helped_)["deeds"]

    def leaky(view: View) -> tuple[Done, ...]:
        more = (Done(deed=Deed.LISTENING, at=e.at, evidence=()) for e in private_ones(written(view), Note))
        return (*real(view), *more)

    patch.setattr(helped_, "deeds", leaky)


def a_week_that_a_private_act_hides(patch: pytest.MonkeyPatch) -> None:
    """In a week in which ben laughed for himself, nothing was heavy."""
    written, real = remembered(patch), helped_.heavier_weeks

    def leaky(view: View, scale: Scale = MOOD) -> frozenset[int]:
        return real(view, scale) - {weeks.week_of(view, e.at) for e in private_ones(written(view), Laughed)}

    patch.setattr(helped_, "heavier_weeks", leaky)


def an_ease_that_stops_when_the_other_goes_quiet(patch: pytest.MonkeyPatch) -> None:
    """Nothing is suggested any more once ben went quiet: a tell."""
    written, real = remembered(patch), vars(easing_)["is_spared"]

    def leaky(view: View, **named: Any) -> bool:  # noqa: ANN401 - passed on as it comes
        return bool(real(view, **named)) or bool(private_ones(written(view), WentQuiet))

    patch.setattr(easing_, "is_spared", leaky)


def an_ease_of_a_goal_that_is_not_shared(patch: pytest.MonkeyPatch) -> None:
    """A plan is named because ben has a goal in it."""
    written, real = remembered(patch), vars(easing_)["_goals"]

    def leaky(view: View) -> Iterator[Ease]:
        yield from real(view)
        yield from (Ease(about=str(e.about), phrase=GOALS) for e in private_ones(written(view), GoalSet))

    patch.setattr(easing_, "_goals", leaky)


def a_taper_by_the_others_cap(patch: pytest.MonkeyPatch) -> None:
    """What is suggested goes by ben's own cap, and so gives it away."""
    written = remembered(patch)

    def leaky(view: View) -> NudgeCap | None:
        caps = [entry.body for entry in private_ones(written(view), NudgeCap)]
        return next((cap for cap in caps if isinstance(cap, NudgeCap)), None)

    patch.setattr(tapering_, "own_cap", leaky)
    patch.setattr(tapering_, "_is_steady", lambda _view, _scale: True)


def a_laugh_that_was_kept_private(patch: pytest.MonkeyPatch) -> None:
    """A laugh is told to ana, although ben kept it to himself."""
    written, real = remembered(patch), vars(twins)["small_wins"]

    def leaky(view: View, within: Window) -> object:
        return (*real(view, within), *(entry.body for entry in private_ones(written(view), Laughed)))

    patch.setattr(twins, "small_wins", leaky)


LEAKS: Final[tuple[Leak, ...]] = (
    a_week_that_is_heavier_for_the_other,
    evidence_that_is_a_private_note,
    a_step_that_only_a_private_act_shows,
    a_week_that_a_private_act_hides,
    an_ease_that_stops_when_the_other_goes_quiet,
    an_ease_of_a_goal_that_is_not_shared,
    a_taper_by_the_others_cap,
    a_laugh_that_was_kept_private,
)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_caught(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a leak the very comparison that finds the telling twins alike tells them apart."""
    read_all(monkeypatch)
    leak(monkeypatch)
    with pytest.raises(AssertionError, match="cannot tell apart"):
        check(SECRET, SECRET[:1])


def test_what_is_shared_does_move_it() -> None:
    """It is no law that nothing ever moves: a gesture that ben gives where everyone sees it is a step."""
    more = [evolve(entry, audience=Shared()) for entry in gestures([8])]
    with pytest.raises(AssertionError, match="cannot tell apart"):
        check(more, [])
