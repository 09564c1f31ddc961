"""A diary is a table of daily ratings that people kept together: read strictly, kept privately, told gently.

python -m reconnect diary PATH
"""

from reconnect.edges.diary.couple import Couple, Silence
from reconnect.edges.diary.day import Day, DiaryDay
from reconnect.edges.diary.keeping import keep
from reconnect.edges.diary.rating import ratings_of, scale_of
from reconnect.edges.diary.reading import Diary, read_diary
from reconnect.edges.diary.telling import closing, opening, tell

__all__ = [
    "Couple",
    "Day",
    "Diary",
    "DiaryDay",
    "Silence",
    "closing",
    "keep",
    "opening",
    "ratings_of",
    "read_diary",
    "scale_of",
    "tell",
]
