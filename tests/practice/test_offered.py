"""What an offer is about is said in words: every kind that the library itself lets people agree on has its own."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges.testing.public import values_of
from reconnect.practice.offered import _VALUES, named

NOW: Final = pendulum.datetime(2026, 1, 5, 12)


@pytest.mark.parametrize("kind", _VALUES, ids=lambda kind: str(kind.__name__))
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_each_kind_of_value_has_words_of_its_own(kind: type[rc.Body], data: st.DataObject) -> None:
    """None of them is called a plan of one's own making, and each can be said in the middle of a sentence."""
    offer = rc.Proposal.of(data.draw(values_of(kind)), id="p1", circle="c1", by="ana", at=NOW).offer
    said = rc.render(named(offer))
    assert said != rc.render(rc.Phrase.of("value.other"))
    assert not said.endswith(".")


def test_a_rhythm_says_when_it_would_begin() -> None:
    """As far as it begins at all."""
    rule = rc.Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2026, 1, 5), count=1)
    offer = rc.Proposal.of(rc.Rhythm.of(rule), id="p1", circle="c1", by="ana", at=NOW).offer
    assert named(offer, ahead_of=NOW).key == "value.rhythm_from"
    assert named(offer, ahead_of=NOW.add(days=1)).key == named(offer).key == "value.rhythm"
