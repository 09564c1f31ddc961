"""Every kind of story of this library says all that it tells, so that twins of it are compared by that."""

from typing import Final

import pendulum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges.testing.facts import facts
from reconnect.edges.testing.public import values_of
from reconnect.record.story import Story

NOW: Final = pendulum.datetime(2026, 3, 29, 12)
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=name, zone="Europe/Paris") for name in ("ana", "ben")))
KINDS: Final = [kind for kind in facts.registry if isinstance(kind, type) and issubclass(kind, Story)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_story_tells_the_same_twice(kind: type[Story], data: st.DataObject) -> None:
    """Asked twice, it says the same, or refuses the same; a story that nobody has begun may refuse."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW.subtract(days=9))
    view, story = journal.view("ana", circle="c1", at=NOW), data.draw(values_of(kind))
    try:
        told = facts(story, view)
    except rc.ReconnectError as refusal:
        with pytest.raises(type(refusal)):
            facts(story, view)
    else:
        assert facts(story, view) == told


def test_a_story_of_the_apps_own_tells_its_acts() -> None:
    """What a kind means that nobody taught us stands in what people said."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    assert facts(Story(id="s1", circle="c1"), journal.view("ana", circle="c1", at=NOW)) == [()]
