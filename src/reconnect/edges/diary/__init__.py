"""A diary is a table of daily ratings that people kept together: read strictly, kept privately, told gently.

python -m reconnect diary PATH
"""

from reconnect.edges.diary.couple import Couple, Silence
from reconnect.edges.diary.day import Day, DiaryDay
from reconnect.edges.diary.eyes import (
    Shares,
    journal_of,
    own_readings,
    shared_readings,
    shares_of,
    tell_own,
    tell_shared,
    whole,
)
from reconnect.edges.diary.keeping import keep
from reconnect.edges.diary.rating import ratings_of, scale_of
from reconnect.edges.diary.reading import Diary, read_diary
from reconnect.edges.diary.telling import closing, opening, tell
from reconnect.edges.diary.twice import read_changes

__all__ = [
    "Couple",
    "Day",
    "Diary",
    "DiaryDay",
    "Shares",
    "Silence",
    "closing",
    "journal_of",
    "keep",
    "opening",
    "own_readings",
    "ratings_of",
    "read_changes",
    "read_diary",
    "scale_of",
    "shared_readings",
    "shares_of",
    "tell",
    "tell_own",
    "tell_shared",
    "whole",
]
