"""From when to when one proposal counted for a story that rests on proposals, one after the other."""

from attrs import field, frozen

from reconnect.people.person import as_id
from reconnect.temporal.window import Window

__all__ = ["InForce"]


@frozen(kw_only=True)
class InForce:
    """One version of what a story rests on: whose proposal, and from when to when it counted, or counts.

    A proposal may hold for longer than it counts: a later one took its place, or what rested on it was stopped.

    Attributes:
        proposal: the id of the proposal that everyone said yes to.
        window: from when to when it counts; its end may lie ahead, if nobody says anything until then.
    """

    proposal: str = field(converter=as_id)
    window: Window
