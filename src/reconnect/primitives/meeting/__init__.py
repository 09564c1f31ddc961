"""Meetings: times that suit everyone, found from nothing but the hours that people chose to publish."""

from reconnect.primitives.meeting.mutual import MutualTimes, Suggestion, mutual_times
from reconnect.primitives.meeting.published import Detail, Hours, Level, Published, all_published, publish
from reconnect.primitives.meeting.strain import Strain, Strains, strains

__all__ = [
    "Detail",
    "Hours",
    "Level",
    "MutualTimes",
    "Published",
    "Strain",
    "Strains",
    "Suggestion",
    "all_published",
    "mutual_times",
    "publish",
    "strains",
]
