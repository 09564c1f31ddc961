"""A good-day plan says beforehand: if this comes up, we give this sign, and then we do something that soothes."""

from typing import ClassVar

import pendulum
from attrs import field, frozen

from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidCare
from reconnect.limits import WORDS, limit
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.primitives.routine.ritual import as_routine
from reconnect.primitives.routine.routine import Routine
from reconnect.record.kind import as_text, register
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["AgreedGoodDay", "GoodDayPlan", "good_day_plans"]


def _words(value: str) -> str:
    if not as_text(value).strip():
        raise InvalidCare("a few words for what comes up, and for the sign", "none")
    return value


limit(_words, least=1, shape=WORDS)


@register
@frozen(kw_only=True)
class GoodDayPlan:
    """What people do if something comes up that is hard for one of them: made on a good day, by a proposal.

    It is an if-then plan: a thing that comes up, a sign, and a soothing routine. It says nothing about whose fault
    anything is, nobody watches whether it was used, and whoever withdraws ends it, alone and at once.

    >>> tea = Routine(key="tea", name="Tea on the stairs", steps=["put the kettle on"], together=True)
    >>> plan = GoodDayPlan(trigger="we talk about money late", cue="one of us says 'tea'", routine=tea)
    >>> [phrase.key for phrase in plan.phrases()]
    ['routine.good_day', 'routine.own_words', 'routine.own_words']
    >>> "money" in repr(plan)
    False

    Attributes:
        trigger: what comes up, in their words; left out of `repr` like the sign.
        cue: the sign that anyone may give.
        routine: what one does then.

    Raises:
        InvalidCare: the trigger or the sign has no words, or it is no routine.
        InvalidBody: one of them is no text.

    Sources:
        If-then plans help people to do what they meant to: d = .65 over 94 tests, meta-analyses of implementation
        intentions. They were about goals of one person; for two it is a custom.
    """

    kind: ClassVar[str] = "routine.good_day_plan"

    trigger: str = field(repr=False, converter=_words)
    cue: str = field(repr=False, converter=_words)
    routine: Routine = field(converter=as_routine)

    def phrases(self) -> tuple[Phrase, ...]:
        """Say what comes up and what the sign is, then what the routine is called and each of its steps."""
        return (Phrase.of("routine.good_day", trigger=self.trigger, cue=self.cue), *self.routine.phrases())


@frozen(kw_only=True)
class AgreedGoodDay:
    """A good-day plan that everyone said yes to.

    Attributes:
        proposal: the id of the proposal; whoever withdraws from it ends the plan, alone and at once.
        plan: the plan.
        until: when it is looked at again.
    """

    proposal: str = field(converter=as_id)
    plan: GoodDayPlan
    until: pendulum.DateTime = field(converter=as_instant)


def good_day_plans(view: View) -> tuple[AgreedGoodDay, ...]:
    """Return the good-day plans that everyone's yes stands behind now, in the order in which they were proposed."""
    found: list[AgreedGoodDay] = []
    for proposal in view.all(Proposal):
        plan = proposal.in_force(at=view.at)
        until = next((window.end for window in proposal.held() if view.at in window), None)
        if isinstance(plan, GoodDayPlan) and until is not None:
            found.append(AgreedGoodDay(proposal=proposal.id, plan=plan, until=until))
    return tuple(found)
