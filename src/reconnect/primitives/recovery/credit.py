"""A credit says that a caller came back or named a new time, once for each topic; never how fast."""

import datetime as dt
from collections.abc import Iterable

from attrs import field, frozen
from attrs.converters import optional

from reconnect.people.person import as_id
from reconnect.primitives.recovery.time_out import TimeOut
from reconnect.temporal.instant import as_instant

__all__ = ["Credit", "credited"]


@frozen(kw_only=True)
class Credit:
    """That someone came back to a talk, or named a new time for it.

    Attributes:
        by: who.
        topic: the topic that they came back to, or `None` if the time-out named none.
        time_out: the id of the time-out, if it named no topic; each such one stands for itself.
    """

    by: str = field(converter=as_id)
    topic: str | None = field(default=None, converter=optional(as_id))
    time_out: str | None = field(default=None, converter=optional(as_id))


def credited(time_outs: Iterable[TimeOut], *, at: dt.datetime) -> tuple[Credit, ...]:
    """Return what is to be credited by an instant, once per person and topic, however often and however late.

    >>> import pendulum
    >>> now = pendulum.datetime(2026, 1, 5, 21)
    >>> first = TimeOut.call(id="t1", circle="c1", by="ana", at=now, topic="money")
    >>> second = TimeOut.call(id="t2", circle="c1", by="ana", at=now.add(days=1), topic="money")
    >>> both = [first.returned(by="ana", at=now.add(hours=23)), second.returned(by="ana", at=now.add(days=3))]
    >>> credited(both, at=now.add(days=9))
    (Credit(by='ana', topic='money', time_out=None),)

    Laws:
        Another time-out takes no credit away. How soon anyone came back changes nothing.

    Sources:
        Crediting a return and never its speed: ours, no study.
    """
    moment = as_instant(at)
    found: dict[Credit, tuple[int, str, str, str]] = {}
    for time_out in time_outs:
        told = time_out.as_of(moment)
        for call in told.calls(at=moment) if told.has_begun else ():
            if call.renewed or call.returned is not None:
                about = time_out.id if call.topic is None else None
                credit = Credit(by=call.by, topic=call.topic, time_out=about)
                found[credit] = (*time_out.membership.place(call.by), call.topic or "", about or "")
    return tuple(sorted(found, key=lambda credit: found[credit]))
