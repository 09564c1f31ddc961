"""A clock for tests: it stands still until it is moved by hand."""

import datetime as dt
from typing import Final

import pendulum

from reconnect.temporal.instant import as_instant, shifted

__all__ = ["BEGINNING", "FixedClock"]

BEGINNING: Final = pendulum.datetime(2026, 1, 5, 12)  # ours: a Monday at noon, far from any clock change


class FixedClock:
    """A clock that stands still in UTC until a test moves it; an app calls it as it would call its own.

    >>> clock = FixedClock()
    >>> clock() == clock.forward(hours=0)
    True
    >>> clock.forward(days=1, hours=2)
    DateTime(2026, 1, 6, 14, 0, 0, tzinfo=Timezone('UTC'))

    Args:
        at: where it stands, Monday 5 January 2026 at noon in UTC unless said otherwise.
    """

    def __init__(self, at: dt.datetime = BEGINNING) -> None:
        """Stand still at an instant."""
        self._at = as_instant(at)

    def __repr__(self) -> str:
        """Show where it stands."""
        return f"FixedClock({self._at!r})"

    def __call__(self) -> pendulum.DateTime:
        """Tell the time, as often as anyone asks."""
        return self._at

    def forward(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> pendulum.DateTime:
        """Let so much real time pass, whatever clocks on walls do meanwhile, and tell the time."""
        passed = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.turn_to(shifted(self._at, passed))

    def turn_to(self, at: dt.datetime) -> pendulum.DateTime:
        """Stand at another instant, also an earlier one, and tell the time."""
        self._at = as_instant(at)
        return self._at
