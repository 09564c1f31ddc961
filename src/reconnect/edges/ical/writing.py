"""Writing a calendar: what people agreed on, as a file that every calendar program reads."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Final

from icalendar import Calendar, Event

from reconnect.consent.proposal import Proposal
from reconnect.edges.ical._agreed import looks, promises, reviews, rituals
from reconnect.edges.ical._check_ins import check_ins
from reconnect.edges.ical._slot import Sheet, Slot, put
from reconnect.edges.ical._zone_block import reach, zone_block
from reconnect.edges.ical.item import Item, titled
from reconnect.errors import UnknownStory
from reconnect.primitives.checkin import scheduled
from reconnect.primitives.recovery import RecoveryTerms, RecoveryWindow
from reconnect.primitives.recovery.acts import FollowUpAt, TopicReturn
from reconnect.primitives.recovery.terms import FOLLOW_UP
from reconnect.primitives.rotation import Rotation
from reconnect.record.digest import digest
from reconnect.record.entry import Entry
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["calendar"]

MAKER: Final = "-//reconnect//reconnect//EN"
OURS: Final[Mapping[Item, str]] = {}


def calendar(view: View, *, within: Window, titles: Mapping[Item, str] = OURS, locale: str = "en") -> bytes:
    r"""Return what people agreed on as a calendar file (RFC 5545), and what is the reader's own of it.

    In it are check-ins, follow-ups, returns of a topic, rituals, when people look at their plans or at what they try,
    and the reader's own turns and promises.

    Calendars show on shared screens. So every talk has the same neutral title, no name, topic or mood is in it, and
    each event is marked as private, which lets a shared calendar show no more than that the time is taken. It rests
    on shared entries alone: it stays the same when its reader goes quiet or answers in a support room, because an
    empty page would be a message to whoever looks at the screen.

    >>> import datetime, pendulum
    >>> import reconnect as rc
    >>> now = pendulum.datetime(2026, 3, 20, 12)
    >>> us = rc.Circle(id="c1", members=(rc.Person(id="ana", zone="UTC"), rc.Person(id="ben", zone="UTC")))
    >>> journal = rc.MemoryJournal()
    >>> founded = journal.found(us, by="ana", at=now)
    >>> sundays = rc.Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=datetime.date(2026, 3, 22))
    >>> p = rc.Proposal.of(rc.Rhythm.of(sundays), id="p1", circle=us, by="ana", at=now)
    >>> p = p.accept(by="ben", offer=p.offer.id, at=now)
    >>> talks = rc.CheckInSchedule.of(p, id="s1", by="ana", at=now)
    >>> kept = [journal.append(*talks.acts_of(person), acting=person) for person in us.ids]
    >>> made = calendar(journal.view("ben", circle="c1", at=now), within=Window(now, now.add(weeks=3)))
    >>> [line for line in made.decode().split("\r\n") if line[:5] in {"DURAT", "RRULE", "SUMMA"}]
    ['SUMMARY:Time set aside', 'DURATION:PT900S', 'RRULE:FREQ=WEEKLY;UNTIL=20260405T180000Z;BYDAY=SU']

    Args:
        view: whose calendar it is, and as of when.
        within: what starts inside this window is in it. Keep its start for as long as you serve a calendar, and
            move its end on.
        titles: what stands there instead, for each item that should have another title.
        locale: the language of the neutral titles.

    Raises:
        InvalidPhrase: a title is no text of one line, or there is no such locale.

    Laws:
        Whatever others kept private, it is the same, byte for byte. What a calendar program makes of it are exactly
        the check-ins that are on, the talks, reviews and rituals whose time everyone's yes stands behind, the
        instants from which on an experiment can be looked at, and the reader's turns and promises that were agreed;
        reminders lie inside the window of their check-in.

    Sources:
        RFC 5545. A rule is written only where every calendar reads it alike, else each check-in; see the how-to page.
    """
    shared = view.once("reconnect.edges.ical", view.shared_only)
    said = titled(titles, locale)
    found = sorted(
        chain(_talks(shared, within, said), _turns(shared, within, said), _others(shared, within, said)),
        key=lambda each: bytes(each[1].to_ical()),
    )
    made = Calendar()
    put(made, version="2.0", prodid=MAKER)
    for zone in sorted({zone for zone, _ in found} - {"UTC"} if found else {"UTC"}):  # it may not be empty (3.4)
        made.add_component(zone_block(zone, reach(within, (event for named, event in found if named == zone))))
    for _, event in found:
        made.add_component(event)
    return bytes(made.to_ical())


def _talks(shared: View, within: Window, said: Mapping[Item, str]) -> Iterator[tuple[str, Event]]:
    for schedule in scheduled(shared):
        yield from check_ins(schedule, within, _sheet(shared, said[Item.CHECK_IN], schedule.acts))
    for event in chain(_follow_ups(shared, within, said), _topic_returns(shared, within, said)):
        yield "UTC", event


def _others(shared: View, within: Window, said: Mapping[Item, str]) -> Iterator[tuple[str, Event]]:
    """Go through what else has a time by everyone's yes, and the reader's own promises."""
    kinds = {Item.REVIEW: reviews, Item.RITUAL: rituals, Item.EXPERIMENT: looks, Item.PROMISE: promises}
    for item, found in kinds.items():
        yield from found(shared, within, _sheet(shared, said[item], (), blocks=item.blocks))


def _follow_ups(shared: View, within: Window, said: Mapping[Item, str]) -> Iterator[Event]:
    """Go through the follow-ups whose time everyone said yes to."""
    wished = (e.about for e in shared.entries(kind=FollowUpAt) if isinstance(e.body, FollowUpAt))
    for name in dict.fromkeys(wished):
        with suppress(UnknownStory):  # a time that was said about no time-out binds nobody
            window = shared.state(RecoveryWindow, str(name))
            start = window.meeting(at=shared.at)
            if start is not None and start in within:
                slot = Slot.of(start, window.follow_up({}, at=shared.at).length)
                uid = digest("calendar.follow_up", shared.circle, window.id)
                yield _sheet(shared, said[Item.FOLLOW_UP], shared.about(window.id)).event(uid, slot)


def _topic_returns(shared: View, within: Window, said: Mapping[Item, str]) -> Iterator[Event]:
    """Go through the times at which to talk about a topic again, if everyone's yes stands then, as far as is known."""
    for p in shared.all(Proposal):
        value = p.offer.value
        if isinstance(value, TopicReturn) and value.start in within and p.in_force(at=value.start) == value:
            uid = digest("calendar.topic_return", shared.circle, p.id)
            slot = Slot.of(value.start, _length(shared))
            yield _sheet(shared, said[Item.TOPIC_RETURN], p.acts).event(uid, slot)


def _length(shared: View) -> dt.timedelta:
    """Return how long such a talk takes: as the follow-up in the terms that are in force."""
    agreed = (p.in_force(at=shared.at) for p in shared.all(Proposal))
    return next((terms.follow_up for terms in agreed if isinstance(terms, RecoveryTerms)), FOLLOW_UP)


def _turns(shared: View, within: Window, said: Mapping[Item, str]) -> Iterator[tuple[str, Event]]:
    """Go through the reader's own turns of plans that everyone agreed on; what ends when it is done has no time yet."""
    for rotation in shared.all(Rotation):
        sheet = _sheet(shared, said[Item.TURN], rotation.acts, blocks=Item.TURN.blocks)
        for turn in rotation.turns(within):
            own = turn.holder == shared.reader and rotation.in_force(at=turn.start)
            if own and turn.window is not None:
                uid = digest("calendar.turn", shared.circle, turn.key)
                yield "UTC", sheet.event(uid, Slot.of(turn.start, turn.window.length))


def _sheet(shared: View, title: str, acts: Iterable[Entry], *, blocks: bool = True) -> Sheet:
    sequence = sum(1 for _ in acts) - 1
    return Sheet(circle=shared.circle, title=title, stamp=shared.at, sequence=sequence, blocks=blocks)
