"""Laws of owning one's part: all parts open together, in circle order, or none does."""

from random import Random
from typing import Final

import pendulum
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reconnect.consent.reveal import Reveal
from reconnect.edges.testing.care import drifts
from reconnect.edges.testing.stories import FIRST, STEP, STEPS
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.my_part import Drift, Drifted, MyPart
from reconnect.record.entry import Private, Sealed, Shared
from reconnect.record.memory import MemoryJournal
from reconnect.record.sealed import Answered, Asked, Retracted
from reconnect.record.story import merge

Moment = pendulum.DateTime
GRID: Final = [FIRST + step * STEP for step in range(STEPS + 2)]
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))


def told(drift: Drift) -> list[list[tuple[str, MyPart]] | None]:
    """Return the parts at every instant of the grid, in the order in which they are told."""
    found = [drift.parts(at=at) for at in GRID]
    return [None if parts is None else list(parts.items()) for parts in found]


@given(drifts())
def test_all_parts_open_or_none(drift: Drift) -> None:
    """At every instant there is nobody's part, or that of each who was asked, in circle order."""
    for at in GRID:
        parts = drift.parts(at=at)
        if parts is not None and drift.founding:
            asked = min((a for a in drift.told() if isinstance(a.body, Asked)), key=lambda a: a.at)
            assert list(parts) == list(drift.membership.at(asked.at))
        assert parts is None or at >= drift.closes


@given(drifts())
def test_it_opens_exactly_like_any_reveal(drift: Drift) -> None:
    """Owning one's part follows the rules of a reveal, and each part is told in the words of its author."""
    plain = Reveal(id=drift.id, circle=drift.circle, acts=drift.acts, founding=drift.founding)
    for at in GRID:
        parts, opened = drift.parts(at=at), plain.opened(at=at)
        assert (parts is None) == (opened is None)
        for who, entry in (opened or {}).items():
            assert parts is not None
            assert isinstance(entry.body, Answered)
            change = entry.body.change if isinstance(entry.body, MyPart) else ""
            assert parts[who] == MyPart(text=entry.body.text, change=change)


@given(drifts(), st.randoms(use_true_random=False), st.integers(0, 12))
def test_however_it_is_told_it_comes_out_the_same(drift: Drift, rng: Random, cut: int) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    acts = [*drift.acts, *(act.received(act.at + STEP) for act in drift.acts)]
    rng.shuffle(acts)
    one, other = (evolve(drift, acts=tuple(part)) for part in (acts[:cut], acts[cut:]))
    assert told(merge(one, other)) == told(merge(merge(other, one), one)) == told(drift)
    assert told(drift) == [None if p is None else list(p.items()) for p in (drift.as_of(t).parts(at=t) for t in GRID)]


@given(drifts(), st.sampled_from(US.ids), st.integers(0, 3), st.sampled_from([MyPart(text="late"), Retracted()]))
def test_a_late_word_changes_nothing(drift: Drift, by: str, late: int, body: MyPart | Retracted) -> None:
    """Once it is closing time, nobody's part comes in, changes, or goes."""
    assume(drift.has_begun)
    at = drift.closes + late * STEP
    assume(not drift.founding or by in drift.membership.at(at))
    audience = Sealed(drift.id) if isinstance(body, MyPart) else Private()
    assert told(drift.say(body, by=by, at=at, audience=audience)) == told(drift)


@given(drifts(), st.sampled_from(GRID))
def test_it_is_the_same_in_everyones_view(drift: Drift, at: Moment) -> None:
    """Before it opens everyone sees their own part and no other; then everyone sees the same."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=FIRST)
    for act in drift.acts:
        if act.author in US.ids:
            journal.append(act, acting=act.author)
    seen = []
    for name in US.ids:
        view = journal.view(name, circle="c1", at=at)
        found = view.all(Drift)
        seen.append([None if (p := each.parts(at=at)) is None else list(p.items()) for each in found])
        assert [each.id for each in found] == (["d1"] if found else [])
        if all(each.opened(at=at) is None for each in view.all(Reveal)):
            assert {e.author for e in view.entries(kind=Answered)} <= {name}
    assert seen[0] == seen[1] == seen[2]


@given(drifts())
def test_only_the_question_of_a_drift_begins_one(drift: Drift) -> None:
    """A question about something else stays a plain reveal."""
    assume(Reveal(id=drift.id, circle=drift.circle, acts=drift.acts, founding=drift.founding).has_begun)
    assert drift.has_begun == isinstance(drift.prompt, Drifted)
    assert all(act.audience != Shared() for act in drift.acts if isinstance(act.body, Answered))


def test_the_drawn_drifts_are_worth_drawing() -> None:
    """The strategy reaches openings, with plain answers among them, and drifts that stay closed."""
    reached: set[object] = set()

    @settings(max_examples=200, derandomize=True, database=None)
    @given(drifts())
    def look(drift: Drift) -> None:
        opened = drift.opened(at=GRID[-1])
        reached.add(opened is not None)
        reached.update(type(entry.body) for entry in (opened or {}).values())

    look()
    assert reached == {True, False, MyPart, Answered}
