"""Calendars stay private: however often somebody asks, they learn what was published and nothing else."""

import datetime as dt
from itertools import product

import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.meeting import all_published, mutual_times, publish, strains
from reconnect.record.entry import Entry, Note, Private, Shared
from reconnect.record.memory import MemoryJournal
from reconnect.record.view import View
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

NEW_YORK, PARIS = "America/New_York", "Europe/Paris"
NOW = pendulum.datetime(2026, 3, 1)
MONTH = Window(NOW, NOW.add(weeks=5))
SUNDAYS = Recurrence.weekly("SU", time="19:00", zone=PARIS, starts=dt.date(2026, 3, 1))
TALKS = Rhythm.of(SUNDAYS, length=dt.timedelta(minutes=30))
MINE = WeeklyHours(NEW_YORK, {"SU": ["12:00-14:00"], "WE": ["12:00-16:00"]})
THEIRS = WeeklyHours(PARIS, {"SU": ["18:00-22:00"], "WE": ["17:00-23:00"]})
EVENINGS = (pendulum.datetime(2026, 3, day, 17) for day in (8, 11, 15, 18))
HOLES = Windows.of(*(Window.of(at, dt.timedelta(hours=1)) for at in EVENINGS))


def busy(chance: tuple[int, ...]) -> Windows:
    """Return appointments that leave the same holes in whole quarter hours: a bit later, and a bit shorter."""
    late, early = (dt.timedelta(minutes=minutes) for minutes in chance)
    return Windows.of(*(Window(hole.start + late, hole.end - early) for hole in HOLES))


def a_view(appointments: Windows, notes: tuple[str, ...]) -> View:
    """Return what Ana sees after Ben has published, with such appointments, and noted things for himself."""
    journal = MemoryJournal()
    ana, ben = Person(id="ana", zone=NEW_YORK), Person(id="ben", zone=PARIS)
    journal.found(Circle(id="c1", members=(ana, ben)), by="ana", at=NOW)
    told = publish(THEIRS, busy=appointments, within=MONTH)
    for person, body in (("ana", publish(MINE)), ("ben", told)):
        entry = Entry(circle="c1", author=person, id="hours", at=NOW, body=body, audience=Shared())
        journal.append(entry, acting=person)
    for number, text in enumerate(notes):
        note = Entry(circle="c1", author="ben", id=f"n{number}", at=NOW, body=Note(text=text), audience=Private())
        journal.append(note, acting="ben")
    return journal.view("ana", circle="c1", at=NOW.add(hours=1))


def everything_asked(view: View) -> list[str]:
    """Ask for times of every length, in every week, as often as one likes; and what strains."""
    hours = all_published(view)
    found = [repr(hours)]
    for quarters, week, per_week, fair in product((1, 3, 8), range(5), (1, 2), (0, 1)):
        within = Window.of(NOW.add(weeks=week), dt.timedelta(weeks=1))
        length = quarters * dt.timedelta(minutes=15)
        asked = mutual_times(hours, length=length, within=within, per_week=per_week, predictability=fair)
        found.append(repr(asked))
    return [*found, *(repr(strains(TALKS, hours, MONTH, for_=person)) for person in ("ana", "ben"))]


@settings(max_examples=8)
@given(
    st.tuples(st.integers(0, 14), st.integers(0, 14)),
    st.lists(st.text("abc", min_size=1, max_size=3), max_size=3).map(tuple),
)
def test_asking_again_and_again_reveals_no_more(chance: tuple[int, ...], notes: tuple[str, ...]) -> None:
    """Whatever made the holes, and whatever Ben keeps to himself, no question has another answer."""
    assert everything_asked(a_view(busy(chance), notes)) == everything_asked(a_view(HOLES, ()))
