"""Strategies for check-ins: rhythms, occurrences and their keys, counts, and what people say about them."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from hypothesis import strategies as st

from reconnect.edges.testing.temporal import instants, local_times, recurrences, windows, zones
from reconnect.edges.testing.words import MICROSECOND, ids, lengths, wholes
from reconnect.primitives.checkin.acts import (
    LEAST,
    MOST,
    Felt,
    Held,
    LetGo,
    Moved,
    Paused,
    Rainchecked,
    Resumed,
    Scheduled,
    Stopped,
)
from reconnect.primitives.checkin.occurrence import Counts, NewTime, Occurrence, OccurrenceKey
from reconnect.primitives.checkin.rhythm import LONGEST, Rhythm
from reconnect.record.kind import Body

__all__ = ["check_in_bodies", "counts", "new_times", "occurrence_keys", "occurrences", "rhythms"]

_NOTHING: Final = dt.timedelta(0)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    """Draw a rhythm of one or more recurrences, with a window of any size and reminders inside it."""
    late = draw(lengths(least=MICROSECOND, most=LONGEST))
    early = draw(lengths(least=_NOTHING, most=LONGEST))
    reminders = draw(st.lists(lengths(least=-early, most=late - MICROSECOND), max_size=3))
    found = draw(st.lists(recurrences(), min_size=1, max_size=2, unique=True))
    length = draw(lengths(least=MICROSECOND, most=late))
    return Rhythm.of(*found, length=length, early=early, late=late, reminders=reminders)


def occurrence_keys() -> st.SearchStrategy[OccurrenceKey]:
    """Draw the key of a check-in, mostly one near a clock change."""
    return st.builds(OccurrenceKey, schedule=ids(), original_start=local_times(), zone=zones())


@st.composite
def occurrences(draw: st.DrawFn) -> Occurrence:
    """Draw a check-in in any slot."""
    window = draw(windows())
    inside = instants(least=window.start, most=window.end).filter(lambda moment: moment in window)
    return Occurrence(
        key=draw(occurrence_keys()),
        start=draw(inside),
        window=window,
        length=draw(lengths()),
        reminders=tuple(draw(st.lists(inside, max_size=2))),
        moved=draw(st.booleans()),
        rainchecked=draw(st.booleans()),
    )


def new_times() -> st.SearchStrategy[NewTime]:
    """Draw another time for a check-in that still needs someone's yes."""
    people = st.lists(ids(), max_size=2).map(tuple)
    return st.builds(NewTime, key=occurrence_keys(), start=instants(), to=instants(), by=people, missing=people)


def counts() -> st.SearchStrategy[Counts]:
    """Draw any counts, nothing due among them."""
    return st.builds(Counts, due=wholes(), held=wholes(), paused=wholes(), let_go=wholes(), kept_closed=wholes())


def check_in_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about check-ins."""
    keys = occurrence_keys()
    return {
        Rhythm: rhythms(),
        Scheduled: st.builds(Scheduled, proposal=ids()),
        Felt: st.builds(Felt, key=keys, constructive=st.integers(LEAST, MOST)),
        Held: st.builds(Held, key=keys, when=st.none() | instants()),
        LetGo: st.builds(LetGo, key=keys),
        Moved: st.builds(Moved, key=keys, to=instants()),
        Rainchecked: st.builds(Rainchecked, key=keys, to=instants()),
        Paused: st.builds(Paused, window=windows()),
        Resumed: st.builds(Resumed),
        Stopped: st.builds(Stopped),
    }
