"""Nudges that can reach someone now; the rest are held, and no sender can tell which."""

import datetime as dt
from collections.abc import Iterable

from reconnect.consent.mute import is_quiet
from reconnect.practice.closings import running
from reconnect.practice.support import is_solo
from reconnect.primitives.boundary import Nudge, nudges_to_deliver, ruled
from reconnect.record.view import View

__all__ = ["nudges_now"]


def nudges_now(view: View, waiting: Iterable[str], *, delivered: Iterable[dt.datetime] = ()) -> tuple[str, ...]:
    """Return which of the nudges that wait for the reader can be delivered now, by who sent them, first come first.

    None is delivered while the reader has gone quiet or answered in a support room, or while a time-out runs. What a
    boundary holds back waits, too, and so does what is above the reader's own cap. The app tells every sender the
    same, whatever becomes of their nudge.

    >>> import pendulum
    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> from reconnect.primitives.recovery import TimeOut
    >>> from reconnect.record.memory import MemoryJournal
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> journal = MemoryJournal()
    >>> _ = journal.found(us, by="ana", at=now)
    >>> nudges_now(journal.view("ana", circle="c1", at=now), ["ben", "zoe"])  # zoe is not one of them
    ('ben',)
    >>> _ = journal.append(*TimeOut.call(id="t1", circle=us, by="ben", at=now).acts, acting="ben")
    >>> nudges_now(journal.view("ana", circle="c1", at=now), ["ben"])
    ()

    Args:
        view: the recipient's own view.
        waiting: who sent the nudges that wait, in the order in which they came.
        delivered: when earlier ones were delivered to them.

    Laws:
        Never more than wait, in the same order. What a sender can obtain depends on none of it.
    """
    if is_quiet(view) or is_solo(view) or running(view) is not None:
        return ()
    others = (by for by in waiting if by in view.members and by != view.reader)
    free = [by for by in others if ruled(view, Nudge(by=by, toward=view.reader)).permits]
    return tuple(free[: nudges_to_deliver(view, waiting=len(free), delivered=delivered)])
