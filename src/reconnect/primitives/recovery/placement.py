"""A placement is the first time that suits everyone's published hours, or says that there is none yet."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, Protocol, TypeAlias

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidRecovery
from reconnect.phrase import Phrase
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant, is_a
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Hours", "Placement", "Weekly", "placed"]

FARTHEST: Final = dt.timedelta(days=28)  # ours, no study: what is not found within four weeks needs other hours
NOTHING: Final = Windows()


class Weekly(Protocol):
    """Hours that come round, such as `WeeklyHours`, or all that a person published."""

    def windows(self, within: Window) -> Windows:
        """Return when they are, within a window."""
        ...


Hours: TypeAlias = Windows | Weekly


@frozen(kw_only=True)
class Placement:
    """When something could take place, as far as people's published hours tell.

    Nobody learns whose hours stood in the way, and hours that nobody published suit at no time.

    Attributes:
        people: whom it concerns.
        length: how long it takes.
        after: from when on it was looked for.
        before: it had to end before this instant, if there is a limit.
        start: when it can be, or `None` if nothing fits.
        nearest: if nothing fits before the limit, the first time after it.

    Raises:
        InvalidRecovery: it takes no time.
    """

    people: tuple[str, ...]
    length: dt.timedelta
    after: pendulum.DateTime = field(converter=as_instant)
    before: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    start: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    nearest: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))

    def __attrs_post_init__(self) -> None:
        """Refuse what takes no time."""
        if not is_a(self.length, dt.timedelta) or self.length <= dt.timedelta(0):
            raise InvalidRecovery("something that takes some time", "another length")

    def stands(self, hours: Mapping[str, Hours], *, quiet: Hours = NOTHING) -> bool:
        """Tell whether its start still suits: hours or quiet hours that changed later may ask for a new time."""
        if self.start is None:
            return False
        slot = Window(self.start, elapsed(self.start, self.length))
        return common(hours, self.people, slot, quiet) == Windows((slot,))

    @property
    def phrase(self) -> Phrase:
        """What it says, to any of them."""
        if self.start is not None:
            return Phrase.of("recovery.placed", start=self.start, length=self.length)
        if self.nearest is None:
            return Phrase.of("recovery.not_placed")
        return Phrase.of("recovery.nearest", nearest=self.nearest, length=self.length)


def placed(
    hours: Mapping[str, Hours],
    people: tuple[str, ...],
    *,
    length: dt.timedelta,
    after: pendulum.DateTime,
    before: pendulum.DateTime | None = None,
    quiet: Hours = NOTHING,
) -> Placement:
    """Find the first instant from which everyone has room for a length of time, looking four weeks ahead.

    Args:
        hours: when each person can be asked, by id.
        people: whom it concerns; somebody without hours suits at no time.
        length: how long it takes.
        after: it begins at this instant or later.
        before: it ends before this instant, if there is a limit.
        quiet: when nothing is placed.
    """
    reach = elapsed(after, FARTHEST)
    free = common(hours, people, Window(after, reach), quiet) if after < reach else NOTHING
    first = next((window.start for window in free.at_least(length)), None)
    fits = first is not None and (before is None or elapsed(first, length) < before)
    return Placement(
        people=people,
        length=length,
        after=after,
        before=before,
        start=first if fits else None,
        nearest=None if fits else first,
    )


def common(hours: Mapping[str, Hours], people: tuple[str, ...], within: Window, quiet: Hours) -> Windows:
    """Return what everyone's hours have in common within a window, quiet hours taken out."""
    if not set(people) <= set(hours) or not people:
        return NOTHING
    found = Windows((within,))
    for person in people:
        found &= _within(hours[person], within)
    return found - _within(quiet, within)


def _within(hours: Hours, within: Window) -> Windows:
    return hours & Windows((within,)) if isinstance(hours, Windows) else hours.windows(within)
