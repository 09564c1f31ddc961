"""An opening is how a recovery window stands as of an instant, and from when to when it goes."""

from enum import Enum

import pendulum
from attrs import frozen

from reconnect.primitives.recovery.terms import RecoveryTerms
from reconnect.temporal.window import Window

__all__ = ["Opening", "Recovery"]


class Recovery(Enum):
    """How the time after a return stands as of an instant."""

    AHEAD = "ahead"
    """Nobody is back yet."""
    OFFERED = "offered"
    """Someone is back, and not everyone had agreed on what happens then: it begins once everyone does."""
    OPEN = "open"
    """Everyone had agreed: the present first, and the topic at rest."""
    OVER = "over"
    """It has passed, or what it rested on ended. Nothing more is meant by it."""


@frozen(kw_only=True)
class Opening:
    """How it stands, with the terms that count and the window that they make."""

    standing: Recovery
    terms: RecoveryTerms
    window: Window

    @property
    def is_live(self) -> bool:
        """Whether it goes on, or could."""
        return self.standing in {Recovery.OFFERED, Recovery.OPEN}

    def has_room(self, start: pendulum.DateTime, end: pendulum.DateTime) -> bool:
        """Tell whether a follow-up lies strictly inside, while nobody said that it is over."""
        return self.is_live and self.window.start <= start and end < self.window.end
