"""What people say about a small promise: each of these is one act in the story of a commitment."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidCare
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.record.kind import Heard, as_text, register
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.start import as_start

__all__ = ["NewDue", "Promise", "PromiseAgreed", "PromiseExcused", "PromiseKept", "PromiseLetGo", "PromiseMuted"]


def _to(value: Iterable[str]) -> tuple[str, ...]:
    """Return whom it is promised to, each once and in one order: equal promises are equal values."""
    if isinstance(value, str):
        raise InvalidCare("a collection of ids", "one text")
    people = tuple(sorted(set(map(as_id, value))))
    if not people:
        raise InvalidCare("someone to promise it to", "nobody")
    return people


limit(_to, least=1, each=as_id)


def _due(value: dt.datetime | Recurrence) -> pendulum.DateTime | Recurrence:
    return value if isinstance(value, Recurrence) else as_instant(value)


@register
@frozen(kw_only=True)
class Promise:
    """One person offers to do something small: once by an instant, or again and again by each start of a recurrence.

    Attributes:
        what: what it is, in their own words; left out of `repr`.
        to: the ids of those whom it is promised to.
        due: by when: an instant, or a recurrence, each of whose starts is one time.

    Raises:
        InvalidCare: nobody is named, or one text instead of ids.
    """

    kind: ClassVar[str] = "commitment.promise"
    heard: ClassVar[Heard] = Heard.SHARED

    what: str = field(repr=False, converter=as_text)
    to: tuple[str, ...] = field(converter=_to)
    due: pendulum.DateTime | Recurrence = field(converter=_due)


@register
@frozen(kw_only=True)
class PromiseAgreed:
    """Someone whom it is promised to says yes: from now on they may count on it."""

    kind: ClassVar[str] = "commitment.agreed"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class PromiseKept:
    """Whoever promised it did it; when exactly is nobody's business.

    Attributes:
        start: the local start of the recurrence that it was for, or `None` for a promise that is due once.
    """

    kind: ClassVar[str] = "commitment.kept"
    heard: ClassVar[Heard] = Heard.SHARED

    start: dt.datetime | None = field(default=None, converter=optional(as_start))


@register
@frozen(kw_only=True)
class NewDue:
    """One person's yes to another time for it; it moves once everyone concerned has said yes to the same one."""

    kind: ClassVar[str] = "commitment.new_due"
    heard: ClassVar[Heard] = Heard.SHARED

    due: pendulum.DateTime = field(converter=as_instant)
    start: dt.datetime | None = field(default=None, converter=optional(as_start))


@register
@frozen(kw_only=True)
class PromiseLetGo:
    """One person lets it go, or is happy without it; of a recurrence, one time or all that lie ahead."""

    kind: ClassVar[str] = "commitment.let_go"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    start: dt.datetime | None = field(default=None, converter=optional(as_start))


@register
@frozen(kw_only=True)
class PromiseExcused:
    """Whoever promised it is kind to themselves: something else came first. Nobody else ever sees it.

    Attributes:
        start: the local start of the recurrence that it was for, or `None` for a promise that is due once.
        why: a few words for oneself, left out of `repr`; none are needed.
    """

    kind: ClassVar[str] = "commitment.excused"
    heard: ClassVar[Heard] = Heard.PRIVATE

    start: dt.datetime | None = field(default=None, converter=optional(as_start))
    why: str = field(default="", repr=False, converter=as_text)


@register
@frozen(kw_only=True)
class PromiseMuted:
    """One person puts a promise out of their own sight; nobody else can tell that from not having answered."""

    kind: ClassVar[str] = "commitment.muted"
    heard: ClassVar[Heard] = Heard.PRIVATE
