"""What was agreed about coming back: which terms were in force when, and for whom."""

from collections.abc import Iterable
from typing import Final

import pendulum
from attrs import frozen

from reconnect.consent.proposal import Proposal
from reconnect.primitives.recovery.terms import RecoveryTerms
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["DEFAULT", "AgreedTerms", "Agreements"]

DEFAULT: Final = RecoveryTerms()


@frozen(kw_only=True)
class AgreedTerms:
    """Terms that everyone said yes to.

    Attributes:
        id: the proposal's id.
        terms: what was agreed.
        held: from when to when.
        lapses: when it would have ended by itself.
        people: whose yes it rests on.
    """

    id: str
    terms: RecoveryTerms
    held: Window
    lapses: pendulum.DateTime
    people: frozenset[str]

    def end(self, at: pendulum.DateTime) -> pendulum.DateTime:
        """Return when it ends, as everyone knows it at an instant: nobody knows of a withdrawal to come."""
        return self.held.end if self.held.end <= at else self.lapses


@frozen(kw_only=True)
class Agreements:
    """Every agreement on recovery terms, the newest last."""

    all: tuple[AgreedTerms, ...] = ()

    @classmethod
    def of(cls, proposals: Iterable[Proposal]) -> "Agreements":
        """Collect what held at some time."""
        found = (_agreed(p, window) for p in proposals for window in p.held())
        agreed = [each for each in found if each is not None]
        return cls(all=tuple(sorted(agreed, key=lambda each: (each.held.start, each.id))))

    def at(self, moment: pendulum.DateTime, people: Iterable[str]) -> AgreedTerms | None:
        """Return the newest agreement that everyone named stands by at an instant."""
        here = set(people)
        return next((each for each in reversed(self.all) if moment in each.held and here <= each.people), None)

    def since(self, start: pendulum.DateTime, people: Iterable[str], *, at: pendulum.DateTime) -> AgreedTerms | None:
        """Return the agreement that counts after a return: one in force, else the newest that has been since."""
        here = set(people)
        begun = (each for each in reversed(self.all) if each.held.start <= at and start < each.held.end)
        ended = next((each for each in begun if here <= each.people), None)
        return self.at(at, people) or ended

    def exempting(self, topic: str) -> Windows:
        """Return when it was agreed that a topic never rests."""
        return Windows.of(*(each.held for each in self.all if topic in each.terms.exempt))


def _agreed(p: Proposal, held: Window) -> AgreedTerms | None:
    terms, people = p.offer.value, frozenset(p.offer.people)
    if not isinstance(terms, RecoveryTerms):
        return None
    return AgreedTerms(id=p.id, terms=terms, held=held, lapses=elapsed(held.start, p.offer.lasts), people=people)
