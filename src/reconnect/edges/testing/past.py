"""Strategies for looking back at what helped, for easing and for tapering."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from reconnect.edges.testing.occurrences import rhythms
from reconnect.edges.testing.temporal import instants
from reconnect.edges.testing.words import ids, lengths, phrases
from reconnect.practice.deeds import Deed
from reconnect.practice.easing import Ease
from reconnect.practice.helped import Helped
from reconnect.practice.tapering import Taper
from reconnect.primitives.boundary import NudgeCap
from reconnect.primitives.boundary.nudge_cap import LONGEST, MOST, SHORTEST

__all__ = ["past_strategies"]


@st.composite
def _helped(draw: st.DrawFn) -> Helped:
    of, otherwise_of = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    return Helped(
        deed=draw(st.sampled_from(Deed)),
        times=draw(st.integers(0, of)),
        of=of,
        otherwise=draw(st.integers(0, otherwise_of)),
        otherwise_of=otherwise_of,
        last=draw(st.none() | instants()),
        evidence=tuple(draw(st.lists(ids(), max_size=3))),
    )


def past_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value about what helped, easing and tapering."""
    caps = st.builds(NudgeCap, most=st.integers(0, MOST), within=lengths(least=SHORTEST, most=LONGEST))
    return {
        Helped: _helped(),
        Ease: st.builds(Ease, about=ids(), value=st.none() | rhythms(), phrase=phrases()),
        Taper: st.builds(Taper, about=st.none() | ids(), value=caps | rhythms(), phrase=phrases()),
    }
