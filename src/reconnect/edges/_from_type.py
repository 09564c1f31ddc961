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
from reconnect.primitives.boundary import Action, BoundaryRule
from reconnect.record.kind import Body, UnknownBody, kinds
from reconnect.temporal.rule import Rule

if TYPE_CHECKING:  # importing this module imports no part of hypothesis
    from hypothesis.strategies import SearchStrategy

__all__ = ["drawn", "known_types", "public_classes", "register"]


def register() -> None:
    """Tell hypothesis how to draw each public type; what the app itself has registered before stays."""
    from hypothesis import strategies as st  # noqa: PLC0415 - hypothesis calls this while it is being imported

    for known in known_types():
        st.register_type_strategy(known, drawn)


def known_types() -> Iterator[type]:
    """Go through the types: what the front door and the diary offer, every kind of body, any body, and instants."""
    yield from {*public_classes(), Body, BoundaryRule, pendulum.DateTime}


def public_classes() -> frozenset[type]:
    """Return every class of public values."""
    offered = (getattr(reconnect, name) for name in reconnect.__all__)
    classes = {each for each in offered if isinstance(each, type) and attrs.has(each)}
    written = {each for each in kinds() if each.__module__.startswith("reconnect.")}
    return frozenset({*classes, *written, Couple, Diary, Rule, Silence})


def drawn(wanted: type) -> "SearchStrategy[Any]":
    """Return the strategy of a type, or leave one that has none to hypothesis."""
    from reconnect.edges.testing import instants, strategies  # noqa: PLC0415 - only when a type is drawn

    return {**strategies(), pendulum.DateTime: instants(), **_families()}.get(wanted, NotImplemented)


def _families() -> "dict[type, SearchStrategy[Any]]":
    """Return the strategy of each type that has no values of its own, but those of many classes."""
    from reconnect.edges.testing import bodies  # noqa: PLC0415 - only when a type is drawn
    from reconnect.edges.testing.boundary import any_action, rules  # noqa: PLC0415 - as above

    known_rules = rules().filter(lambda rule: not isinstance(rule, UnknownBody))
    return {Body: bodies(), BoundaryRule: known_rules, Action: any_action()}
