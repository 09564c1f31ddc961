"""A plan of turns says who takes part, when a turn goes on to the next person, and how much each can carry."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Final, Self

from attrs import Factory, field, frozen

from reconnect.errors import InvalidRotation
from reconnect.limits import limit
from reconnect.people.circle import FEWEST, Circle
from reconnect.people.person import Person, as_id
from reconnect.record.kind import register
from reconnect.temporal.recurrence import Recurrence

__all__ = ["MOST", "RotationPlan"]

MOST: Final = 1000  # ours, no study: finer shares of a turn than that, nobody feels
ONE: Final = 1  # ours: unless people agree on something else, all carry the same


def _members(value: Circle | Iterable[str | Person]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise InvalidRotation("a collection of people", "one text")
    people = value.members if isinstance(value, Circle) else value
    found = tuple(each.id if isinstance(each, Person) else as_id(each) for each in people)
    if len(set(found)) < max(FEWEST, len(found)):
        raise InvalidRotation("two or more people, each of them once", "something else")
    return found


limit(_members, least=FEWEST, once=True, each=as_id)


def _handoff(value: Recurrence | None) -> Recurrence | None:
    if value is not None and not isinstance(value, Recurrence):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidRotation("a recurrence, or none for turns that end when they are done", "something else")
    return value


def _weights(value: Iterable[int]) -> tuple[int, ...]:
    found = tuple(value)
    if not all(type(weight) is int and weight >= ONE for weight in found) or sum(found) > MOST:
        raise InvalidRotation(f"whole numbers from {ONE} on, at most {MOST} together", "something else")
    return found


def _yes_or_no(value: bool) -> bool:  # noqa: FBT001 - a converter has one argument
    if type(value) is not bool:
        raise InvalidRotation("yes or no", f"a {type(value).__name__}")
    return value


def _all_alike(plan: "RotationPlan") -> tuple[int, ...]:
    return len(plan.members) * (ONE,)


@register
@frozen(kw_only=True)
class RotationPlan:
    """Who takes turns, in which order, and when one turn ends: a value that people can agree on by a proposal.

    A weight is what somebody said they can carry. It says nothing of what they are worth, and a lighter one is
    agreed like everything else.

    >>> plan = RotationPlan.of(["ana", "ben", "cleo"], weights={"ana": 2})
    >>> plan.weights
    (2, 1, 1)

    Attributes:
        members: the ids of those who take turns, in the order of their turns.
        handoff: when one turn ends and the next begins, on the clocks of a zone; without it, a turn ends when
            somebody says that it is done.
        weights: how much each of them carries, in the same order (everyone 1 unless said otherwise).
        softened: whether everyone hears, while a capacity card of whoever has a turn stands, that others are welcome to
            cover it. Nothing moves by itself.

    Raises:
        InvalidRotation: there are fewer than two people or one of them stands there twice, or the weights are not
            one positive whole number for each of them, at most 1000 together, or `softened` is neither yes nor no.

    Sources:
        1000 for the sum of the weights: ours, no study.
    """

    kind: ClassVar[str] = "rotation.plan"

    members: tuple[str, ...] = field(converter=_members)
    handoff: Recurrence | None = field(default=None, converter=_handoff)
    weights: tuple[int, ...] = field(default=Factory(_all_alike, takes_self=True), converter=_weights)
    softened: bool = field(default=False, converter=_yes_or_no)

    def __attrs_post_init__(self) -> None:
        """Refuse weights of another number of people."""
        if len(self.weights) != len(self.members):
            raise InvalidRotation("one weight for each person", f"{len(self.weights)} weights")

    @classmethod
    def of(
        cls,
        members: Circle | Iterable[str | Person],
        *,
        handoff: Recurrence | None = None,
        weights: Mapping[str, int] | None = None,
        softened: bool = False,
    ) -> Self:
        """Make a plan from people in order, with the weights of those who carry more or less than 1.

        Raises:
            InvalidRotation: a weight is for nobody who takes part, or the plan cannot be.
        """
        people, given = _members(members), dict(weights or {})
        if not given.keys() <= set(people):
            raise InvalidRotation("weights of those who take turns", "one of somebody else")
        shares = tuple(given.get(person, ONE) for person in people)
        return cls(members=people, handoff=handoff, weights=shares, softened=softened)
