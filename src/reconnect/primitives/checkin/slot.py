"""A slot is what people said about the time of one check-in: what they agreed on, and what they wish for."""

from collections.abc import Collection, Mapping

import pendulum
from attrs import evolve, field, frozen

__all__ = ["Slot"]


@frozen(kw_only=True)
class Slot:
    """Where one check-in stands in time, as far as people said anything about it.

    Attributes:
        agreed: the starts that everyone said yes to, the last of which stands.
        wishes: the time that each person said yes to last, until everyone says yes to the same.
        waiting: someone said "not now, then", and not everyone has said yes to a new time yet.
        rainchecked: someone said so at some time.
    """

    agreed: tuple[pendulum.DateTime, ...] = ()
    wishes: Mapping[str, pendulum.DateTime] = field(factory=dict[str, pendulum.DateTime])
    waiting: bool = False
    rainchecked: bool = False

    @property
    def starts(self) -> tuple[pendulum.DateTime, ...]:
        """Every start it had or has: while a new time is waited for, the latest one that anyone wishes for."""
        return (*self.agreed, max(self.wishes.values())) if self.waiting else self.agreed

    def moved(self, person: str, to: pendulum.DateTime) -> "Slot":
        """Carry one person's yes to a time."""
        return evolve(self, wishes={**self.wishes, person: to})

    def kept(self, person: str) -> "Slot":
        """Carry that one person would rather keep the time it has: their yes to another one is taken back."""
        return evolve(self, wishes={who: to for who, to in self.wishes.items() if who != person})

    def put_off(self, person: str, to: pendulum.DateTime) -> "Slot":
        """Carry one person's "not now, then"."""
        return evolve(self.moved(person, to), waiting=True, rainchecked=True)

    def settled(self, people: Collection[str]) -> "Slot":
        """Return it with a new time if everyone wishes for the same one, else as it is."""
        wished = {self.wishes.get(person) for person in people}
        to = wished.pop()
        if wished or to is None:
            return self
        return Slot(agreed=(*self.agreed, to), rainchecked=self.rainchecked)
