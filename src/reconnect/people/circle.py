"""A circle is two or more people who write and agree together; nobody has a role in it."""

from collections.abc import Iterable
from typing import Final

from attrs import field, frozen

from reconnect.errors import InvalidCircle
from reconnect.limits import limit
from reconnect.people.person import Person, as_id

__all__ = ["Circle"]

FEWEST: Final = 2  # two or more people; a circle of one would have nothing to agree on


def _members(value: Iterable[Person]) -> tuple[Person, ...]:
    members = tuple(value)
    if not all(isinstance(member, Person) for member in members):
        raise InvalidCircle("members that are persons", "something else among them")
    if len(members) < FEWEST or len({member.id for member in members}) < len(members):
        raise InvalidCircle("two or more people, each of them once", f"{len(members)} members")
    return members


limit(_members, least=FEWEST, once=True)


@frozen(kw_only=True)
class Circle:
    """Two or more people, in the order in which they were named; the order only breaks ties.

    >>> ana, ben = Person(id="ana", zone="America/New_York"), Person(id="ben", zone="Europe/Paris")
    >>> Circle(id="c1", members=(ana, ben)).ids
    ('ana', 'ben')

    Raises:
        InvalidCircle: there are fewer than two members, or one of them stands there twice.
    """

    id: str = field(converter=as_id)
    members: tuple[Person, ...] = field(converter=_members)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the members, in circle order."""
        return tuple(member.id for member in self.members)
