"""Strategies for diaries: days with ratings and blanks, silences, and couples who keep one."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from reconnect.edges.diary import Couple, Day, Diary, DiaryDay, Silence
from reconnect.edges.testing.values import entries_of, peopled
from reconnect.edges.testing.words import texts, wholes

__all__ = ["diary_days", "diary_strategies"]


def days() -> st.SearchStrategy[Day]:
    """Draw a day: a date, or the number of one."""
    return wholes() | st.dates().filter(lambda day: 1 < day.year < 9999)  # noqa: PLR2004 - the range of a day


def diary_days() -> st.SearchStrategy[DiaryDay]:
    """Draw one person's day, with exact ratings and blanks."""
    ratings = st.dictionaries(texts(), st.none() | st.fractions(max_denominator=10**6), max_size=3)
    return st.builds(DiaryDay, day=days(), ratings=ratings.map(lambda found: tuple(found.items())))


def couples() -> st.SearchStrategy[Couple]:
    """Draw a couple with a few days of anyone's."""
    days_of = st.lists(entries_of(diary_days()), min_size=1, max_size=3).map(tuple)
    return st.builds(Couple, circle=peopled(), entries=days_of)


def diary_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value of the diary."""
    names = st.lists(texts(), max_size=3).map(tuple)
    return {
        DiaryDay: diary_days(),
        Silence: st.builds(Silence, first=days(), last=days()),
        Couple: couples(),
        Diary: st.builds(
            Diary,
            couples=st.lists(couples(), max_size=1).map(tuple),
            persons=names,
            ratings=names,
            scale=st.tuples(st.fractions(), st.fractions()),
            aside=names,
        ),
    }
