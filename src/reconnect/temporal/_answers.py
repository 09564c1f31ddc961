"""The questions that a recurrence answers."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterator

import pendulum

from reconnect.errors import InvalidRecurrence
from reconnect.temporal._timeline import Timeline
from reconnect.temporal.instant import as_instant, ceiling, instant_at, local_at, second_of
from reconnect.temporal.start import Start
from reconnect.temporal.window import Window
from reconnect.temporal.zone import as_local


class Answers:
    """What `Recurrence` answers from its timeline."""

    __slots__ = ()

    @abstractmethod
    def _line(self) -> Timeline: ...

    def after(self, moment: dt.datetime, *, inclusive: bool = False) -> pendulum.DateTime | None:
        """Return the first instant after a moment (or at it, if inclusive); None when nothing more comes.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))
        >>> daily.after(pendulum.datetime(2026, 1, 5, 19))
        DateTime(2026, 1, 6, 19, 0, 0, tzinfo=Timezone('UTC'))

        Raises:
            InvalidInstant: the moment has no zone.
        """
        found = self._line().earliest(ceiling(moment, inclusive=inclusive))
        return None if found is None else instant_at(found)

    def before(self, moment: dt.datetime, *, inclusive: bool = False) -> pendulum.DateTime | None:
        """Return the last instant before a moment (or at it, if inclusive); None when nothing came earlier.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))
        >>> daily.before(pendulum.datetime(2026, 1, 5, 19)) is None
        True

        Raises:
            InvalidInstant: the moment has no zone.
        """
        found = self._line().latest(ceiling(moment, inclusive=not inclusive) - 1)
        return None if found is None else instant_at(found)

    def between(self, window: Window) -> Iterator[pendulum.DateTime]:
        r"""Go through the instants in a window, each once, from the earliest on.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> lost = Recurrence.parse("DTSTART;TZID=Pacific/Apia:20111229T200000\nRRULE:FREQ=DAILY;COUNT=3")
        >>> [str(at) for at in lost.between(Window.of(pendulum.datetime(2011, 12, 29), dt.timedelta(days=9)))]
        ['2011-12-30 06:00:00+00:00', '2011-12-31 06:00:00+00:00']
        """
        previous = None
        for utc, _ in self._pairs(window):
            if utc != previous:
                yield instant_at(utc)
                previous = utc

    def starts(self, window: Window) -> Iterator[Start]:
        """Go through the starts in a window: pairs of local start and instant, sorted by instant.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> night = Recurrence.daily(time="02:30", zone="Europe/Paris", starts=dt.date(2026, 3, 29), count=1)
        >>> window = Window.of(pendulum.datetime(2026, 3, 29), dt.timedelta(days=1))
        >>> [(at.local.hour, at.instant.hour) for at in night.starts(window)]
        [(2, 1)]
        """
        return (Start(local_at(local), instant_at(utc)) for utc, local in self._pairs(window))

    def nth(self, k: int) -> pendulum.DateTime | None:
        """Return the instant of the start with `k` starts before it, counting from 0; None beyond the last.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5), count=3)
        >>> str(daily.nth(2)), daily.nth(3)
        ('2026-01-07 19:00:00+00:00', None)

        Raises:
            InvalidRecurrence: the number is negative, or no whole number.
        """
        if type(k) is not int or k < 0:
            raise InvalidRecurrence("the number of a start, counted from 0", "something else")
        found = self._line().nth(k)
        return None if found is None else instant_at(found)

    def rank(self, moment: dt.datetime) -> int:
        """Count the starts (pairs of local start and instant) whose instant is before a moment.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))
        >>> daily.rank(pendulum.datetime(2036, 1, 5))
        3652

        Raises:
            InvalidInstant: the moment has no zone.
        """
        return self._line().rank(ceiling(moment, inclusive=True))

    def __contains__(self, moment: dt.datetime) -> bool:
        """Tell whether something starts at this instant."""
        at = as_instant(moment)
        return not at.microsecond and bool(self._line().at_instant(second_of(at)))

    def locals_at(self, moment: dt.datetime) -> list[dt.datetime]:
        """Return the local starts that mean an instant: none, one, or two where clocks make two one.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> daily = Recurrence.daily(time="20:00", zone="Pacific/Apia", starts=dt.date(2011, 12, 1))
        >>> [local.day for local in daily.locals_at(pendulum.datetime(2011, 12, 31, 6))]  # a day nobody there had
        [30, 31]

        Raises:
            InvalidInstant: the moment has no zone.
        """
        return self._line().locals_of(moment)

    def has_start(self, local: dt.datetime) -> bool:
        """Tell whether a local time is one of the local starts.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> sundays = Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 1))
        >>> sundays.has_start(dt.datetime(2026, 3, 29, 20)), sundays.has_start(dt.datetime(2026, 3, 29, 21))
        (True, False)

        Raises:
            InvalidDate: the time has a zone: ask whether an instant is `in` the recurrence.
        """
        return self._line().has(as_local(local)) and not local.microsecond

    def instant_of(self, local: dt.datetime) -> pendulum.DateTime | None:
        """Return the instant of a local start; None when it is not one of them.

        >>> from reconnect.temporal.recurrence import Recurrence
        >>> daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))
        >>> daily.instant_of(dt.datetime(2026, 7, 1, 20))
        DateTime(2026, 7, 1, 18, 0, 0, tzinfo=Timezone('UTC'))

        Raises:
            InvalidDate: the time has a zone.
        """
        second = as_local(local)
        utc = None if local.microsecond else self._line().instant(second)
        return None if utc is None else instant_at(utc)

    def _pairs(self, window: Window) -> Iterator[tuple[int, int]]:
        line = self._line()
        first, after = ceiling(window.start, inclusive=True), ceiling(window.end, inclusive=True)
        for pair in line.pairs(line.clock.around(first)[0], line.clock.around(after)[1]):
            if pair[0] >= after:
                return
            if pair[0] >= first:
                yield pair
