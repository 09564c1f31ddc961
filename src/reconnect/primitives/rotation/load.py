"""A load is how many turns one person carried; of all together it says only whether they are even."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final

from attrs import field, frozen

from reconnect.errors import InvalidRotation
from reconnect.limits import limit
from reconnect.phrase import Phrase
from reconnect.primitives.rotation.turn import Turn

__all__ = ["Balance", "Load", "load"]

CLOSE: Final = 1  # ours, no study: one turn more or less is how ordinary weeks are


class Balance(Enum):
    """How turns are shared by all together. It never says by whom."""

    EVEN = "even"
    """Everybody carried about what was agreed."""
    UNEVEN = "uneven"
    """Some carried more than was agreed, and some less; the plan changes only if all of you want it to."""


SAID: Final[Mapping[Balance | None, str]] = {
    Balance.EVEN: "rotation.even",
    Balance.UNEVEN: "rotation.uneven",
    None: "rotation.nothing_yet",
}


def _own(value: int) -> int:
    if type(value) is not int or value < 0:
        raise InvalidRotation("a number of turns from 0 on", "something else")
    return value


limit(_own, least=0)


@frozen(kw_only=True)
class Load:
    """What one person carried, for their own eyes, and the picture that everyone shares.

    Attributes:
        own: how many turns they carried; a cover counts for whoever did it.
        together: whether all together are even; `None` while no turn has passed.

    Raises:
        InvalidRotation: the number is none that turns can have.
    """

    own: int = field(converter=_own)
    together: Balance | None = None

    def phrase(self) -> Phrase:
        """Say what they carried, and the shared picture."""
        return Phrase.of("rotation.load", own=self.own, together=Phrase.of(SAID[self.together]))


def load(shares: Iterable[tuple[Turn, str | None]], *, person: str) -> Load:
    """Sum up the turns that have passed, each with who had it by the plan."""
    carried, agreed = Counter[str](), Counter[str]()
    passed = 0
    for passed, (turn, planned) in enumerate(shares, start=1):  # noqa: B007 - how many there were
        carried.update([turn.holder] if turn.holder is not None else [])
        agreed.update([planned] if planned is not None else [])
    even = all(abs(carried[each] - agreed[each]) <= CLOSE for each in {*carried, *agreed})
    picture = Balance.EVEN if even else Balance.UNEVEN
    return Load(own=carried[person], together=picture if passed else None)
