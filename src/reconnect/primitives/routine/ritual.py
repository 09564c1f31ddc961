"""A ritual is a routine that comes round by the calendar, such as a word of reassurance every Sunday evening."""

from typing import ClassVar

from attrs import field, frozen

from reconnect.errors import InvalidCare
from reconnect.primitives.routine.routine import Routine
from reconnect.record.kind import register
from reconnect.temporal.instant import is_a
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["Ritual", "as_routine"]


def as_routine(value: Routine) -> Routine:
    """Return a routine, or refuse what is none."""
    if not is_a(value, Routine):
        raise InvalidCare("a routine", f"a {type(value).__name__}")
    return value


def _rhythm(value: Recurrence) -> Recurrence:
    if not is_a(value, Recurrence):
        raise InvalidCare("a recurrence", f"a {type(value).__name__}")
    return value


@register
@frozen(kw_only=True)
class Ritual:
    """A routine with a rhythm: for oneself as it is, for several people as a value of a proposal.

    It is no check-in: nobody holds it, nothing asks whether it took place, and nothing counts.

    >>> import datetime, pendulum
    >>> from reconnect.primitives.routine.soothing import SOOTHING
    >>> sundays = Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=datetime.date(2026, 3, 22))
    >>> word = next(routine for routine in SOOTHING if routine.key == "word_of_reassurance")
    >>> spring = Window.of(pendulum.datetime(2026, 3, 21), datetime.timedelta(days=14))
    >>> [window.start.hour for window in Ritual(routine=word, rhythm=sundays).times(spring)]  # clocks go forward
    [19, 18]

    Attributes:
        routine: what one does.
        rhythm: when it comes round.

    Raises:
        InvalidCare: it is no routine, or no recurrence.
    """

    kind: ClassVar[str] = "routine.ritual"

    routine: Routine = field(converter=as_routine)
    rhythm: Recurrence = field(converter=_rhythm)

    def times(self, within: Window) -> tuple[Window, ...]:
        """Return when it comes round, of the times that start inside a window, each as long as the routine takes."""
        return tuple(Window.of(start, self.routine.takes) for start in self.rhythm.between(within))
