"""What is always true of turns, whatever people say, in whatever order it arrives."""

import datetime as dt
from typing import Final

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.primitives.rotation.plain_model import Told, rows

from reconnect.edges.testing.rotation import rotations, turn_moments
from reconnect.primitives.rotation import Rotation
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

DAY: Final = dt.timedelta(days=1)


def around(story: Rotation) -> Window:
    """Return the days that matter for a story."""
    said = [act.at for act in story.acts]
    return Window(as_instant(min(said) - DAY), as_instant(max(said) + 12 * DAY))


@given(rotations(), st.data())
def test_turns_are_what_a_plain_walk_through_the_rules_says(r: Rotation, data: st.DataObject) -> None:
    """Fast seeking by rank and period gives what one finds by walking turn by turn."""
    then = r.as_of(data.draw(turn_moments(r)))
    assume(then.has_begun)
    days = around(r)
    assert rows(then, days) == list(Told(then).rows(days))
