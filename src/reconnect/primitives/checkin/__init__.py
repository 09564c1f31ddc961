"""Check-ins: brief, predictable, at times that everyone chose."""

from reconnect.primitives.checkin.closed import Closed
from reconnect.primitives.checkin.occurrence import Counts, NewTime, Occurrence, OccurrenceKey, Standing
from reconnect.primitives.checkin.rhythm import Rhythm
from reconnect.primitives.checkin.schedule import CheckInSchedule
from reconnect.primitives.checkin.scheduled import scheduled

__all__ = [
    "CheckInSchedule",
    "Closed",
    "Counts",
    "NewTime",
    "Occurrence",
    "OccurrenceKey",
    "Rhythm",
    "Standing",
    "scheduled",
]
