"""What hypothesis calls once it is imported: from then on `st.from_type` knows every public type of this library.

It stands outside of `testing`, and asks that room for a strategy only when a type is drawn: hypothesis is still
being imported when it calls here, often by that very room.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
import pendulum

import reconnect
from reconnect.edges.diary.couple import Couple, Silence
from reconnect.edges.diary.reading import Diary
from reconnect.record.kind import kinds
from reconnect.temporal.rule import Rule

if TYPE_CHECKING:  # importing this module imports no part of hypothesis
    from hypothesis.strategies import SearchStrategy

__all__ = ["drawn", "known_types", "register"]


def register() -> None:
    """Tell hypothesis how to draw each public type; what the app itself has registered before stays."""
    from hypothesis import strategies as st  # noqa: PLC0415 - hypothesis calls this while it is being imported

    for known in known_types():
        st.register_type_strategy(known, drawn)


def known_types() -> Iterator[type]:
    """Go through the types: what the front door and the diary offer, every kind of body, and instants.

    `Body` is not among them: it is a protocol, and hypothesis cannot look one up; `bodies()` draws them.
    """
    offered = (getattr(reconnect, name) for name in reconnect.__all__)
    classes = {each for each in offered if isinstance(each, type) and attrs.has(each)}
    written = {each for each in kinds() if each.__module__.startswith("reconnect.")}
    yield from {*classes, *written, Couple, Diary, Rule, Silence, pendulum.DateTime}


def drawn(wanted: type) -> "SearchStrategy[Any]":
    """Return the strategy of a type, or leave one that has none to hypothesis."""
    from reconnect.edges.testing import instants, strategies  # noqa: PLC0415 - only when a type is drawn

    known = {**strategies(), pendulum.DateTime: instants()}
    return known.get(wanted, NotImplemented)
