"""A routine is something small and soothing to do, in a few steps; it promises nothing and is stopped at will."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Final

from attrs import field, frozen

from reconnect.errors import InvalidCare
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.record.kind import as_text, register
from reconnect.temporal.instant import is_a

__all__ = ["LONGEST", "Routine"]

TAKES: Final = dt.timedelta(minutes=5)  # ours, no study: short enough to begin
LONGEST: Final = dt.timedelta(hours=12)  # ours, no study: what takes longer is a day out
MOST_STEPS: Final = 12  # ours, no study: more is no routine for a hard moment
NOTHING: Final = dt.timedelta(0)


def _words(value: str | Phrase) -> str | Phrase:
    return value if isinstance(value, Phrase) else as_text(value)


def _steps(value: Iterable[str | Phrase]) -> tuple[str | Phrase, ...]:
    if isinstance(value, str | Phrase):
        raise InvalidCare("a collection of steps", "one text")
    steps = tuple(map(_words, value))
    if not 0 < len(steps) <= MOST_STEPS:
        raise InvalidCare(f"1 to {MOST_STEPS} steps", f"{len(steps)}")
    return steps


limit(_steps, least=1, most=MOST_STEPS)


def _takes(value: dt.timedelta) -> dt.timedelta:
    if not is_a(value, dt.timedelta) or not NOTHING < value <= LONGEST:
        raise InvalidCare("a time of more than nothing and at most 12 hours", "another one")
    return value


@register
@frozen(kw_only=True)
class Routine:
    """Something soothing to do, alone or together, in a few steps.

    A first set is ours (`SOOTHING`), in phrases; people write their own, in their words. It is private unless its
    author shares it.

    >>> tea = Routine(key="tea", name="Tea on the stairs", steps=["put the kettle on", "sit on the third stair"])
    >>> tea.takes, "kettle" in repr(tea)
    (datetime.timedelta(seconds=300), False)

    Attributes:
        key: a short name for it, the same when it is written anew.
        name: what it is called, left out of `repr` like its steps.
        steps: what one does, in order.
        takes: about how long it takes (5 minutes unless said otherwise).
        together: whether it is for several people.

    Raises:
        InvalidCare: there are no steps, more than 12 or one text instead, or it takes no time or more than 12 hours.

    Sources:
        5 minutes, 12 hours and 12 steps: ours, no study.
    """

    kind: ClassVar[str] = "routine.routine"

    key: str = field(converter=as_id)
    name: str | Phrase = field(repr=False, converter=_words)
    steps: tuple[str | Phrase, ...] = field(repr=False, converter=_steps)
    takes: dt.timedelta = field(default=TAKES, converter=_takes)
    together: bool = False

    def phrases(self) -> tuple[Phrase, ...]:
        """Say what it is called and then each step, as phrases."""
        return tuple(
            words if isinstance(words, Phrase) else Phrase.of("routine.own_words", words=words)
            for words in (self.name, *self.steps)
        )
