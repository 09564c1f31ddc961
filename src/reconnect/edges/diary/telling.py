"""Telling of a diary: which days hold words, where it was quiet, and where to go on; never who, never why."""

import datetime as dt
from typing import Final

from reconnect.edges.diary.cells import written_out
from reconnect.edges.diary.couple import Couple, Silence
from reconnect.edges.diary.day import Day
from reconnect.edges.diary.reading import Diary
from reconnect.phrase import Phrase

__all__ = ["closing", "opening", "tell"]

LONG_SILENCE: Final = 7  # days: a full week; ours, no study


def opening(diary: Diary) -> tuple[Phrase, ...]:
    """Say what was read, so that a wrong guess about a column is seen at once."""
    lowest, highest = diary.scale
    read = Phrase.of(
        "diary.opening",
        people=diary.persons,
        ratings=diary.ratings,
        low=written_out(lowest),
        high=written_out(highest),
    )
    return (read, Phrase.of("diary.aside", columns=diary.aside)) if diary.aside else (read,)


def tell(couple: Couple) -> tuple[Phrase, ...]:
    r"""Say, gently, on which days one couple wrote, where it was quiet, and which day comes next.

    It is told to whoever holds the table and can see its rows anyway; it says nothing of what was rated, and
    nothing of one person alone. Silence is news about a full life at most, and so it is told.

    >>> import io
    >>> import pendulum
    >>> from reconnect.edges.diary.reading import read_diary
    >>> from reconnect.language.phrasebook import render
    >>> table = io.StringIO("couple,day,one_sad,two_sad\n7,1,0.5,\n7,3,,2\n")
    >>> diary = read_diary(table, at=pendulum.datetime(2026, 2, 1))
    >>> for phrase in tell(diary.couples[0]):
    ...     print(render(phrase))
    Couple 7: 2 days answered from day 1 to day 3, 1 day silent.
    The one silent day was day 2. Days without words are often just full days.
    Where to go on: day 4, whenever there is room for it.
    """
    longest = couple.longest_silence
    silence = (_silence(longest, single=len(couple.silences) == 1),) if longest and couple.answered else ()
    return (_days(couple), *silence, _onward(couple))


def closing(diary: Diary) -> tuple[Phrase, ...]:
    """Say it for all couples together."""
    couples = len(diary.couples)
    if not couples:
        return (Phrase.of("diary.empty"),)
    answered = sum(len(couple.answered) for couple in diary.couples)
    gaps = [len(couple.silences) for couple in diary.couples]
    together = Phrase.of("diary.together", couples=couples, answered=answered)
    if not any(gaps):
        return (together, Phrase.of("diary.together_steady"))
    return (
        together,
        Phrase.of(
            "diary.together_silent",
            silent=sum(couple.days_silent for couple in diary.couples),
            gaps=sum(gaps),
            couples=sum(1 for count in gaps if count),
        ),
    )


def _days(couple: Couple) -> Phrase:
    answered, silent = len(couple.answered), couple.days_silent
    first, last = _day(couple.first), _day(couple.last)
    if not answered:
        return Phrase.of("diary.unwritten", couple=couple.id, first=first, last=last)
    if couple.first == couple.last:
        return Phrase.of("diary.one_day", couple=couple.id, first=first)
    if not silent:
        return Phrase.of("diary.steady", couple=couple.id, answered=answered, first=first, last=last)
    return Phrase.of("diary.answered", couple=couple.id, answered=answered, first=first, last=last, silent=silent)


def _silence(longest: Silence, *, single: bool) -> Phrase:
    first, last = _day(longest.first), _day(longest.last)
    if longest.length == 1:
        return Phrase.of("diary.one_silent" if single else "diary.single_days", first=first)
    key = "diary.long_silence" if longest.length >= LONG_SILENCE else "diary.silence"
    return Phrase.of(key, silent=longest.length, first=first, last=last)


def _onward(couple: Couple) -> Phrase:
    longest = couple.longest_silence
    key = "diary.onward_lightly" if longest and longest.length >= LONG_SILENCE else "diary.onward"
    return Phrase.of(key, next=_day(couple.next))


def _day(day: Day) -> Phrase:
    if isinstance(day, dt.date):
        return Phrase.of("diary.date", day=day)
    return Phrase.of("diary.number", number=day)
