"""What people say about boundaries: the baseline they agree on, and each act in the story of them."""

from collections.abc import Iterable
from typing import ClassVar

from attrs import field, frozen

from reconnect.errors import InvalidBoundary
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.primitives.boundary.rule import as_rule
from reconnect.record.digest import digest
from reconnect.record.kind import Body, Heard, register
from reconnect.temporal.instant import is_a

__all__ = [
    "Baseline",
    "BaselineLeft",
    "Contacted",
    "CueGiven",
    "Heated",
    "Kept",
    "LayerAdded",
    "LayerDropped",
    "Stung",
    "Upheld",
]


def _rules(value: Iterable[Body]) -> tuple[Body, ...]:
    """Return the rules each once and in one order: equal baselines are equal values."""
    rules = dict.fromkeys(as_rule(rule) for rule in value)
    return tuple(sorted(rules, key=digest))


def _ids(value: frozenset[str]) -> frozenset[str]:
    if not is_a(value, frozenset) or not value:
        raise InvalidBoundary("a frozenset of one or more ids", "something else")
    return frozenset(map(as_id, value))


limit(_ids, least=1, each=as_id)


def _sorted(names: frozenset[str]) -> str:
    return f"frozenset({{{', '.join(map(repr, sorted(names)))}}})"


@register
@frozen(kw_only=True)
class Baseline:
    """Rules that everyone agrees on: a value for a proposal about the boundaries of a circle.

    Every rule protects each of those who agree. What is right for one of you only is that person's own layer. What
    they are for stands in the offer (`why`), for all of you to read later.

    >>> from reconnect.primitives.boundary.pausing import Cooldown, PauseOnHurt
    >>> Baseline(rules=(Cooldown(), PauseOnHurt())) == Baseline(rules=(PauseOnHurt(), Cooldown(), Cooldown()))
    True

    Attributes:
        rules: the rules, each once, in one order whatever order they came in; none at all is a baseline, too.

    Raises:
        InvalidBoundary: something among the rules is none.
    """

    kind: ClassVar[str] = "boundary.baseline"

    rules: tuple[Body, ...] = field(converter=_rules)


def _baseline(value: Baseline) -> Baseline:
    if not is_a(value, Baseline):
        raise InvalidBoundary("a baseline", f"a {type(value).__name__}")
    return value


@register
@frozen(kw_only=True)
class Upheld:
    """One person keeps an agreed baseline in their own words, so that it protects them whatever others erase."""

    kind: ClassVar[str] = "boundary.upheld"
    heard: ClassVar[Heard] = Heard.SHARED

    proposal: str = field(converter=as_id)
    offer: str = field(converter=as_id)
    baseline: Baseline = field(converter=_baseline)


@register
@frozen(kw_only=True)
class BaselineLeft:
    """One person leaves the baselines it names, for their own part: alone, at once, without a reason."""

    kind: ClassVar[str] = "boundary.baseline_left"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    offers: frozenset[str] = field(converter=_ids, repr=_sorted)


@register
@frozen(kw_only=True)
class LayerAdded:
    """One person adds a rule that protects them; it binds others, so everyone sees it from the start."""

    kind: ClassVar[str] = "boundary.layer_added"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    rule: Body = field(converter=as_rule)


@register
@frozen(kw_only=True)
class LayerDropped:
    """One person drops a rule of their own; it names what they saw, so that nothing else is dropped by it.

    A rule that they added on another phone, at the same moment perhaps, stays until they have seen and dropped it.
    """

    kind: ClassVar[str] = "boundary.layer_dropped"
    heard: ClassVar[Heard] = Heard.SHARED

    rule: Body = field(converter=as_rule)
    layers: frozenset[str] = field(converter=_ids, repr=_sorted)


@register
@frozen(kw_only=True)
class Heated:
    """Someone declares an exchange heated; it is no verdict on anybody."""

    kind: ClassVar[str] = "boundary.heated"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class Stung:
    """Someone says "that stung"; there is no room in it for a reason, because none is owed."""

    kind: ClassVar[str] = "boundary.stung"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class CueGiven:
    """Someone gives an agreed sign for a pause."""

    kind: ClassVar[str] = "boundary.cue_given"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    cue: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Contacted:
    """Someone reached another, as a limit on how often may count; when they looked or answered is not in it."""

    kind: ClassVar[str] = "boundary.contacted"
    heard: ClassVar[Heard] = Heard.SHARED

    toward: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Kept:
    """Good news of the person whom a rule protects: it was kept."""

    kind: ClassVar[str] = "boundary.kept"
    heard: ClassVar[Heard] = Heard.SHARED

    rule: Body = field(converter=as_rule)
