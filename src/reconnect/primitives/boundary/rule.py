"""A rule protects someone: given an action towards them, it says what stands in its way; host apps add their own."""

import datetime as dt
from typing import Any, ClassVar, Protocol, cast

import pendulum
from attrs import evolve, field, frozen

from reconnect.errors import InvalidBoundary
from reconnect.primitives.boundary.action import Action
from reconnect.primitives.boundary.ruling import OWN_RULE, PERMIT, Ruling
from reconnect.record.kind import Body, UnknownBody, as_shared
from reconnect.temporal.instant import is_a
from reconnect.temporal.windows import Windows

__all__ = ["BoundaryRule", "Told", "applied", "as_length", "as_rule", "changes_at"]


@frozen(kw_only=True)
class Told:
    """What people said aloud that a rule may look at: declarations and contacts, all of them shared.

    Nothing in it is private, so a ruling cannot tell anybody what someone kept to themselves.

    Attributes:
        heated: when someone last declared an exchange heated.
        stung: when someone last said "that stung".
        cues: the agreed signs that were given, each with the last time, sorted.
        contacts: when the one who would act has contacted the protected person, oldest first.
        check_ins: when check-ins take place, as far as the app handed it in.
    """

    heated: pendulum.DateTime | None = None
    stung: pendulum.DateTime | None = None
    cues: tuple[tuple[str, pendulum.DateTime], ...] = ()
    contacts: tuple[pendulum.DateTime, ...] = ()
    check_ins: Windows = field(factory=Windows)


class BoundaryRule(Body, Protocol):
    """What a rule is: a value of a registered kind that says, for an action towards whom it protects, what it asks.

    A rule is pure: it reads nothing but its arguments. It is only asked about acts of others towards the person it
    protects, and never about what nobody can forbid.

    >>> from attrs import frozen
    >>> from reconnect.record.kind import register
    >>> @register
    ... @frozen
    ... class NoPhotos:
    ...     kind: ClassVar[str] = "example.no_photos"
    ...
    ...     def ruling(self, action, *, at, told):
    ...         return Ruling(deny=getattr(action, "name", None) == "photo")
    >>> as_rule(NoPhotos())
    NoPhotos()

    An answer that comes and goes with the hour, although nobody says anything, needs one more method, so that an
    outlook knows when to look again: `changes_at(action, *, at, told)`, the next instant at which it may be another.
    Without it, the answer is taken to change only when there is room (`not_before`), and when something is said.
    """

    kind: ClassVar[str]

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:
        """Say what stands in the way of an action at an instant, given what was said aloud.

        Whom to ask is always the person it protects, whoever is named; the reason is always the rule's kind.
        """
        ...


def as_rule(value: Body) -> Body:
    """Return a rule that boundaries can hold; one of a kind that nobody registered here is kept as it came.

    Raises:
        InvalidBoundary: it has no `ruling`.
        InvalidBody: its class is not registered, or its kind is private or sealed.
    """
    if not isinstance(as_shared(value), UnknownBody) and not callable(getattr(value, "ruling", None)):
        raise InvalidBoundary("a rule: a registered value with a `ruling`", f"a {type(value).__name__}")
    return value


def applied(rule: Body, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:
    """Ask one rule, and hold it to what a rule may do.

    A kind that nobody registered here may mean anything, so its owner is asked.

    Raises:
        InvalidBoundary: a rule of the host app returned something that is no ruling.
    """
    owner = frozenset({action.toward})
    if isinstance(rule, UnknownBody):
        return Ruling(ask_first=owner, reasons=(OWN_RULE,))
    said = cast("BoundaryRule", rule).ruling(action, at=at, told=told)
    if not is_a(said, Ruling):
        raise InvalidBoundary(f"a ruling from {rule.kind}", f"a {type(said).__name__}")
    if said.permits:
        return PERMIT
    wait = said.not_before if said.not_before is not None and at < said.not_before else None
    held = evolve(said, ask_first=owner if said.ask_first else frozenset(), not_before=wait, reasons=(rule.kind,))
    return PERMIT if held.permits else held


def changes_at(rule: Body, action: Action, *, at: pendulum.DateTime, told: Told) -> pendulum.DateTime | None:
    """Return when the answer of one rule changes if nobody says anything: as it says itself, or when there is room."""
    own: Any = getattr(rule, "changes_at", None)
    change: Any = own(action, at=at, told=told) if own else applied(rule, action, at=at, told=told).not_before
    if not isinstance(change, pendulum.DateTime | None):
        raise InvalidBoundary(f"an instant or None from {rule.kind}", f"a {type(change).__name__}")
    return change if change is not None and at < change else None


def as_length(value: dt.timedelta, *, least: dt.timedelta, most: dt.timedelta) -> dt.timedelta:
    """Return how long a rule holds something back, or refuse.

    Raises:
        InvalidBoundary: it is no length of time, or out of bounds.
    """
    if not is_a(value, dt.timedelta) or not least <= value <= most:
        raise InvalidBoundary(f"a length of time from {least} to {most}", f"another {type(value).__name__}")
    return value
