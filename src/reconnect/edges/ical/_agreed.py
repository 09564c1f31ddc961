"""What else has an agreed time: looking at plans, rituals, the end of an experiment, and one's own promises."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from icalendar import Event

from reconnect.consent.proposal import Proposal
from reconnect.edges.ical._series import Series, Slots
from reconnect.edges.ical._slot import Sheet, Slot
from reconnect.primitives.commitment import Commitment, Keeping, Promised, my_promises
from reconnect.primitives.commitment.acts import Promise
from reconnect.primitives.lesson import Experiment
from reconnect.primitives.routine import Ritual
from reconnect.primitives.wellness import ReviewRhythm
from reconnect.record.digest import digest
from reconnect.record.view import View
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["looks", "promises", "reviews", "rituals"]

_STANDS = frozenset({Keeping.AGREED, Keeping.KEPT, Keeping.KEPT_LATER, Keeping.PASSED})
Found = Iterator[tuple[str, Event]]


def reviews(shared: View, within: Window, sheet: Sheet) -> Found:
    """Go through the times at which people look at a plan together; of what holds about one the newest counts."""
    about: dict[str, list[tuple[Window, str, ReviewRhythm, int]]] = defaultdict(list)
    for p in shared.all(Proposal):
        value = p.offer.value
        if isinstance(value, ReviewRhythm) and p.about is not None:
            about[p.about] += [(window, p.id, value, len(p.acts)) for window in p.held()]
    for versions in about.values():
        taken = Windows()
        for window, name, value, said in sorted(versions, key=lambda each: (each[0].start, each[1]), reverse=True):
            free = Windows((window,)) - taken
            taken |= free
            starts = value.rhythm.starts(within)
            slots = {each.local: Slot.of(each.instant, value.length) for each in starts if each.instant in free}
            yield from _repeating("calendar.review", name, value.rhythm, slots, sheet.after(said))


def rituals(shared: View, within: Window, sheet: Sheet) -> Found:
    """Go through the times of the rituals that everyone's yes stands behind then, as far as is known."""
    for p in shared.all(Proposal):
        value = p.offer.value
        if isinstance(value, Ritual):
            held = p.held()
            starts = value.rhythm.starts(within)
            slots = {each.local: Slot.of(each.instant, value.routine.takes) for each in starts if each.instant in held}
            yield from _repeating("calendar.ritual", p.id, value.rhythm, slots, sheet.after(len(p.acts)))


def looks(shared: View, within: Window, sheet: Sheet) -> Found:
    """Go through the instants from which on it is time to look at what people try, if everyone's yes stands then.

    Nobody agreed on an hour for it, so it takes no time.
    """
    for each in shared.all(Experiment):
        if each.has_begun and each.ends in within and each.ends in each.rests_on.window:
            uid = digest("calendar.experiment", shared.circle, each.id)
            yield "UTC", sheet.after(len(each.acts)).event(uid, Slot.at(each.ends))


def promises(shared: View, within: Window, sheet: Sheet) -> Found:
    """Go through the reader's own promises that were agreed, each at the instant by which it is due.

    One that was kept stays where it is, as does one whose time has passed: nobody can tell them apart. What others
    promised is not there, because nobody needs to watch it.
    """
    dues: dict[str | None, Recurrence] = {}
    for act in shared.entries(kind=Promise):
        if isinstance(act.body, Promise) and isinstance(act.body.due, Recurrence) and act.author == shared.reader:
            dues.setdefault(act.about, act.body.due)
    found: dict[str, list[Promised]] = defaultdict(list)
    for each in my_promises(shared, within):
        if each.keeping in _STANDS:
            found[each.commitment].append(each)
    for name, times in found.items():
        mine = sheet.after(len(shared.state(Commitment, name).acts))
        slots = {each.start: Slot.at(each.due) for each in times if each.start is not None}
        if slots:
            yield from _repeating("calendar.promise", name, dues[name], slots, mine)
        for each in times:
            if each.start is None:
                yield "UTC", mine.event(digest("calendar.promise", shared.circle, name), Slot.at(each.due))


def _repeating(kind: str, name: str, recurrence: Recurrence, slots: Slots, sheet: Sheet) -> Found:
    """Go through the events of something that repeats, under ids of its own."""
    uid = partial(digest, kind, sheet.circle, name)
    yield from Series(uid=uid(), recurrence=recurrence, alone=uid).events(slots, sheet)
