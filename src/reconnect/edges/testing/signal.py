"""Strategies for the wish to be told of a silence: taken back, renewed, at one instant, in changing circles."""

from typing import Final

from hypothesis import strategies as st

from reconnect.edges.testing.stories import FIRST, STRANGER, circle_acts, circles, moments
from reconnect.metrics.signal import SignalUnwanted, SignalWanted, SignalWish
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body

__all__ = ["signal_wishes"]

_WISHES: Final[list[Body]] = [SignalWanted(), SignalWanted(), SignalUnwanted()]


@st.composite
def signal_wishes(draw: st.DrawFn) -> SignalWish:
    """Draw wishes to be told of a silence: taken back, renewed, at one instant, by strangers, in changing circles."""
    circle = draw(circles(most=3))
    acts: list[Entry] = []
    for place in range(draw(st.integers(1, 7))):
        body = draw(st.sampled_from(_WISHES))
        author = draw(st.sampled_from((*2 * circle.ids, STRANGER)))
        at = draw(st.sampled_from([act.at for act in acts[-1:]] or [FIRST]) | moments())
        acts.append(Entry(circle="c1", author=author, id=f"e{place}", at=at, body=body, audience=Shared(), about="x1"))
    return SignalWish(id="x1", circle="c1", founding=draw(circle_acts(circle, most=4)), acts=tuple(acts))
