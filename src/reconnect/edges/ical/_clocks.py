"""The clocks of a calendar: those of the zone database, of a fixed offset, or of a block that the calendar brings."""

from typing import Final, Protocol

from reconnect.temporal.zone import clock

__all__ = ["UTC", "Clocks", "FixedClock"]


class Clocks(Protocol):
    """What is asked of clocks, in whole seconds (`second_of`); the clocks of the zone database answer it as well."""

    def local(self, utc: int) -> int:
        """Return what they show at an instant."""
        ...  # pragma: no cover - a protocol

    def instant(self, local: int) -> int | None:
        """Return the first instant at which they show a time; one that they skip reads with the offset before."""
        ...  # pragma: no cover - a protocol

    def around(self, utc: int) -> tuple[int, int]:
        """Return two local times: whatever is before the first is earlier, after the second later."""
        ...  # pragma: no cover - a protocol


class FixedClock:
    """Clocks that are always as far ahead of UTC."""

    __slots__ = ("_ahead",)

    def __init__(self, ahead: int) -> None:
        """Take how many seconds they are ahead."""
        self._ahead = ahead

    def local(self, utc: int) -> int:
        """Return what they show at an instant."""
        return utc + self._ahead

    def instant(self, local: int) -> int:
        """Return the instant at which they show a time."""
        return local - self._ahead

    def around(self, utc: int) -> tuple[int, int]:
        """Return twice what they show."""
        return utc + self._ahead, utc + self._ahead


UTC: Final[Clocks] = clock("UTC")
