"""For whose eyes: how it is going for one person by their own ratings, and for all by what they share."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import evolve

from reconnect.edges.diary.couple import Couple
from reconnect.edges.diary.day import Day, DiaryDay, ordinal
from reconnect.edges.diary.rating import ratings_of, scale_of
from reconnect.edges.diary.reading import Diary
from reconnect.errors import InvalidTable
from reconnect.metrics import Change, Reading, rated
from reconnect.metrics.own_day import window_of_days
from reconnect.phrase import Phrase
from reconnect.record.entry import Entry
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.window import Window

__all__ = ["Shares", "journal_of", "own_readings", "shared_readings", "shares_of", "tell_own", "tell_shared", "whole"]

Shares: TypeAlias = Mapping[str, Collection[str]]
"""What people of a diary share: by their names, the names of what they rated. Everything else stays private."""

NOTHING: Final[Shares] = MappingProxyType({})
# Days that are only counted get dates from here on. Readings rest on the order of days and the gaps between them,
# so any day would do, and it is shown nowhere.
COUNTED_FROM: Final = dt.date(2000, 1, 3)
LONGEST: Final = 5000 * 365  # days between the first and the last that have dates then; ours
DAY: Final = dt.timedelta(days=1)


def shares_of(diary: Diary, said: Iterable[tuple[str | None, Collection[str]]]) -> Shares:
    r"""Return who shares what: ratings that one person shares, or all of them where nobody is named.

    >>> import io
    >>> import pendulum
    >>> from reconnect.edges.diary.reading import read_diary
    >>> table = io.StringIO("day,one_sad,one_calm,two_sad,two_calm\n1,0.5,,1,2\n")
    >>> diary = read_diary(table, at=pendulum.datetime(2026, 2, 1))
    >>> shares = shares_of(diary, [(None, ["sad"]), ("two", ["calm"])])
    >>> {person: sorted(ratings) for person, ratings in shares.items()}
    {'one': ['sad'], 'two': ['calm', 'sad']}

    Raises:
        InvalidTable: the diary knows nobody of that name, or nothing of that name was rated.
    """
    found: dict[str, set[str]] = {person: set() for person in diary.persons}
    for person, ratings in said:
        if isinstance(ratings, str) or not set(ratings) <= set(diary.ratings):
            raise InvalidTable(0, "", f"names of what was rated: {', '.join(diary.ratings)}")
        for each in diary.persons if person is None else (_known(diary, person),):
            found[each].update(ratings)
    return {person: frozenset(ratings) for person, ratings in found.items()}


def journal_of(diary: Diary, couple: Couple, *, shares: Shares = NOTHING) -> MemoryJournal:
    """Return a journal in which everyone of a couple answered on scales what they rated in the diary.

    Each answer is private, except for what its author shares. Days that a table only counts get dates that keep
    their distances, and mean nothing else.

    Args:
        diary: what was rated, and from what to what.
        couple: who they are, and what they wrote.
        shares: who shares what (see `shares_of`).

    Raises:
        InvalidTable: days that are only counted lie thousands of years apart.
    """
    dated, journal = _dated(couple), MemoryJournal()
    people = dict(zip(couple.circle.ids, diary.persons, strict=True))
    journal.found(couple.circle, by=couple.circle.ids[0], at=couple.at)
    for rating in diary.ratings:
        sharing = [id_ for id_, name in people.items() if rating in shares.get(name, ())]
        answers = ratings_of(dated, scale_of(diary, rating), shared_by=sharing)
        for id_ in people:
            journal.append(*(answer for answer in answers if answer.author == id_), acting=id_)
    return journal


def whole(couple: Couple) -> Window:
    """Return a window in which every day of a couple's diary begins, from the first to the last."""
    first, last = (_date(day, couple) for day in (couple.first, couple.last))
    windows = [window_of_days(first, last + DAY, person) for person in couple.circle.members]
    return Window(min(window.start for window in windows), max(window.end for window in windows))


def own_readings(diary: Diary, couple: Couple, *, person: str) -> tuple[Reading, ...]:
    """Return how it is going for one person of a couple, by their own ratings and nothing else.

    Nothing that the others wrote, not even on which days they did, makes a difference to it. Who rated nothing has no
    reading.

    Args:
        diary: what was rated.
        couple: who they are.
        person: the name of a person in the diary.

    Raises:
        InvalidTable: the diary knows nobody of that name.
    """
    reader = couple.circle.ids[diary.persons.index(_known(diary, person))]
    own = tuple(entry for entry in couple.entries if entry.author == reader and _rated(entry))
    if not own:
        return ()
    theirs = {name for entry in own for name, _ in _ratings(entry)}
    return _readings(diary, evolve(couple, entries=own), theirs, reader=reader)


def shared_readings(diary: Diary, couple: Couple, *, shares: Shares) -> tuple[Reading, ...]:
    """Return how it is going for a couple, by what its people share and nothing else; the same for all of them.

    Args:
        diary: what was rated.
        couple: who they are.
        shares: who shares what (see `shares_of`); what nobody shares has no reading.
    """
    named = {rating for ratings in shares.values() for rating in ratings}
    people = dict(zip(couple.circle.ids, diary.persons, strict=True))
    some = tuple(entry for entry in couple.entries if _rated(entry, shares.get(people[entry.author], ())))
    known = evolve(couple, entries=some or couple.entries[:1])  # one day has no distance to any other
    return _readings(diary, known, named, reader=couple.circle.ids[0], shares=shares)


def tell_own(
    diary: Diary, couple: Couple, *, person: str, changes: Mapping[str, Change] | None = None
) -> tuple[Phrase, ...]:
    """Say it to one person of a couple, in a sentence for each thing that they rated; nothing if they wrote nothing.

    Args:
        diary: what was rated.
        couple: who they are.
        person: the name of a person in the diary; the sentences are for their eyes.
        changes: by ids of people, what was measured twice (see `read_changes`); only theirs is told.
    """
    readings = own_readings(diary, couple, person=person)
    own = None if changes is None else changes.get(couple.circle.ids[diary.persons.index(person)])
    if not readings and own is None:
        return ()
    heading = Phrase.of("diary.for_one", person=person, couple=couple.id)
    return (heading, *(reading.phrase for reading in readings), *(() if changes is None else _change(own)))


def tell_shared(diary: Diary, couple: Couple, *, shares: Shares) -> tuple[Phrase, ...]:
    """Say it to all people of a couple, in a sentence for each thing that they share; nothing if they share nothing."""
    readings = shared_readings(diary, couple, shares=shares)
    heading = (Phrase.of("diary.for_all", couple=couple.id),) if readings else ()
    return (*heading, *(reading.phrase for reading in readings))


def _change(change: Change | None) -> tuple[Phrase, ...]:
    if change is None:
        return (Phrase.of("diary.not_twice"),)
    return (change.phrase, Phrase.of("diary.change_caveat"))


def _readings(
    diary: Diary, couple: Couple, ratings: Collection[str], *, reader: str, shares: Shares | None = None
) -> tuple[Reading, ...]:
    """Read some of what was rated, as one person may: their own, or what is shared."""
    some = evolve(diary, ratings=tuple(rating for rating in diary.ratings if rating in ratings))
    view = journal_of(some, couple, shares=shares or NOTHING).view(reader, circle=couple.id, at=couple.at)
    scales = (scale_of(some, rating) for rating in some.ratings)
    return tuple(rated(view, whole(couple), scale=scale, shared=shares is not None) for scale in scales)


def _ratings(entry: Entry) -> tuple[tuple[str, Fraction | None], ...]:
    return entry.body.ratings if isinstance(entry.body, DiaryDay) else ()


def _rated(entry: Entry, among: Collection[str] | None = None) -> bool:
    """Tell whether an entry holds a rating: any, or one of some names."""
    return any(value is not None and (among is None or name in among) for name, value in _ratings(entry))


def _known(diary: Diary, person: str) -> str:
    if person not in diary.persons:
        raise InvalidTable(0, "", f"the name of a person in it: {', '.join(diary.persons)}")
    return person


def _dated(couple: Couple) -> Couple:
    """Return the same days with dates, where the table only counts them."""
    days = ((entry, entry.body) for entry in couple.entries if isinstance(entry.body, DiaryDay))
    return evolve(couple, entries=tuple(evolve(e, body=evolve(b, day=_date(b.day, couple))) for e, b in days))


def _date(day: Day, couple: Couple) -> dt.date:
    """Return the date of a day: its own, or as many days after a fixed one as it lies after the couple's first."""
    if isinstance(day, dt.date):
        return day
    later = day - ordinal(couple.first)
    if later > LONGEST:
        raise InvalidTable(0, "", "numbers of days that lie within some thousand years")
    return COUNTED_FROM + dt.timedelta(days=later)
