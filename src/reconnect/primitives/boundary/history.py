"""What boundaries can tell of their past: which baselines held, and what was kept, without a count of the rest."""

import pendulum
from attrs import field, frozen

from reconnect.people.person import as_id
from reconnect.primitives.boundary.acts import Baseline
from reconnect.primitives.boundary.rule import as_rule
from reconnect.record.kind import Body
from reconnect.temporal.instant import as_instant

__all__ = ["AgreedBaseline", "GoodNews"]


@frozen(kw_only=True)
class AgreedBaseline:
    """A baseline that held, with why, so that everyone can read later what was meant.

    Attributes:
        proposal: the id of the proposal by which it was agreed.
        baseline: what was agreed.
        people: whose yes it rested on.
        since: the last yes.
        until: when it ended, or ends unless everyone goes on with it.
        why: what it was for, in the words of whoever offered it.
    """

    proposal: str = field(converter=as_id)
    baseline: Baseline
    people: tuple[str, ...]
    since: pendulum.DateTime = field(converter=as_instant)
    until: pendulum.DateTime = field(converter=as_instant)
    why: str = field(default="", repr=False)


@frozen(kw_only=True)
class GoodNews:
    """That a rule was kept, said by the one whom it protects. What nobody said counts neither way.

    Attributes:
        by: whom the rule protects.
        rule: the rule.
        at: when they said so.
    """

    by: str = field(converter=as_id)
    rule: Body = field(converter=as_rule)
    at: pendulum.DateTime = field(converter=as_instant)
