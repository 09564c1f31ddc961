"""Strategies for turns and what people say about them, each over the whole range that its type allows."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from reconnect.edges.testing.rotation_stories import rotations
from reconnect.edges.testing.temporal import local_times, recurrences, windows, zones
from reconnect.edges.testing.words import ids
from reconnect.primitives.rotation import Balance, Load, Rotation, RotationPlan, Turn, TurnKey, TurnReason, Wish
from reconnect.primitives.rotation.acts import (
    Away,
    Back,
    Covered,
    Done,
    LeftTurns,
    PassedOn,
    PlanStated,
    RejoinedTurns,
    TurnsBegun,
    Wished,
    Withdrew,
)
from reconnect.record.kind import Body

__all__ = ["rotation_bodies", "rotation_plans", "rotation_strategies"]


@st.composite
def rotation_plans(draw: st.DrawFn) -> RotationPlan:
    """Draw any plan of turns."""
    members = draw(st.lists(ids(), min_size=2, max_size=5, unique=True))
    weights = {person: draw(st.integers(1, 200)) for person in draw(st.sets(st.sampled_from(members)))}
    return RotationPlan.of(
        members, handoff=draw(st.none() | recurrences()), weights=weights, softened=draw(st.booleans())
    )


@st.composite
def _keys(draw: st.DrawFn) -> TurnKey:
    """Draw the key of any turn."""
    if draw(st.booleans()):
        return TurnKey(rotation=draw(ids()), ordinal=draw(st.integers(0, 2**40)))
    zone = draw(zones())
    local = draw(local_times(zone=zone)).replace(microsecond=0, fold=0)
    return TurnKey(rotation=draw(ids()), original_start=local, zone=zone)


def rotation_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about turns."""
    keys = _keys()
    return {
        RotationPlan: rotation_plans(),
        TurnsBegun: st.builds(TurnsBegun, proposal=ids()),
        PlanStated: st.builds(PlanStated, plan=rotation_plans()),
        Away: st.builds(Away, window=windows()),
        Wished: st.builds(Wished, give=keys, take=st.none() | keys, other=st.none() | ids()),
        Withdrew: st.builds(Withdrew, give=keys, take=st.none() | keys),
        **{cls: st.builds(cls, turn=keys) for cls in (Covered, PassedOn, Done)},
        **{cls: st.builds(cls) for cls in (Back, LeftTurns, RejoinedTurns)},
    }


def rotation_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about turns."""
    return {
        Rotation: rotations(),
        Turn: _turns(),
        TurnKey: _keys(),
        Wish: st.builds(Wish, by=ids(), give=_keys(), take=st.none() | _keys(), other=st.none() | ids()),
        Load: st.builds(Load, own=st.integers(0, 2**40), together=st.none() | st.sampled_from(Balance)),
    }


@st.composite
def _turns(draw: st.DrawFn) -> Turn:
    """Draw any turn."""
    reason, window = draw(st.sampled_from(TurnReason)), draw(windows())
    return Turn(
        key=draw(_keys()),
        holder=None if reason is TurnReason.NOBODY else draw(ids()),
        planned=draw(ids()),
        reason=reason,
        start=window.start,
        end=draw(st.sampled_from([None, window.end])),
    )
