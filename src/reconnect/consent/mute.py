"""Going quiet is the unseen way to step back: nothing joint is offered to its author, nobody can tell."""

import datetime as dt
from typing import ClassVar, Self

from attrs import frozen

from reconnect.errors import NotYours
from reconnect.people.circle import Circle
from reconnect.record.entry import Private
from reconnect.record.kind import Heard, register
from reconnect.record.story import Story
from reconnect.record.view import View

__all__ = ["Quiet", "is_quiet"]


@register
@frozen(kw_only=True)
class WentQuiet:
    """From here on, nothing joint is offered to its author."""

    kind: ClassVar[str] = "quiet.went"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class CameBack:
    """Its author would like to be offered joint things again."""

    kind: ClassVar[str] = "quiet.came_back"
    heard: ClassVar[Heard] = Heard.PRIVATE


@frozen(kw_only=True)
class Quiet(Story):
    """One person's own quiet: private from beginning to end, never refused, never explained.

    Joint check-ins simply stay unanswered; it moves no count but their natural one. To end an agreement,
    which others would notice, there is `withdraw`.

    >>> import pendulum
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> quiet = Quiet.go(id="q1", circle="c1", by="ben", at=now)
    >>> quiet.holds(at=now), quiet.come_back(by="ben", at=now.add(days=3)).holds(at=now.add(days=4))
    (True, False)
    """

    bodies: ClassVar[tuple[type, ...]] = (WentQuiet, CameBack)
    opening: ClassVar[tuple[type, ...]] = (WentQuiet,)

    @classmethod
    def go(
        cls,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Go quiet, at once and alone."""
        return cls.begin(WentQuiet(), id=id, circle=circle, by=by, at=at, audience=Private())

    def go_again(self, *, by: str, at: dt.datetime) -> Self:
        """Go quiet once more after coming back.

        Raises:
            NotYours: it is another person's quiet.
        """
        self._require_own(by)
        return self if self.holds(at=at) else self.say(WentQuiet(), by=by, at=at, audience=Private())

    def come_back(self, *, by: str, at: dt.datetime) -> Self:
        """End the quiet, whenever one likes.

        Raises:
            NotYours: it is another person's quiet.
        """
        self._require_own(by)
        return self.say(CameBack(), by=by, at=at, audience=Private()) if self.holds(at=at) else self

    def holds(self, *, at: dt.datetime) -> bool:
        """Tell whether its author is quiet at an instant; at equal instants quiet wins."""
        told = self.told(at)
        return bool(told) and isinstance(told[-1].body, WentQuiet)

    def _require_own(self, by: str) -> None:
        if any(act.author != by for act in self.acts):
            raise NotYours


def is_quiet(view: View) -> bool:
    """Tell a reader whether they are quiet themselves. There is no way to ask it of anyone else."""
    return any(quiet.holds(at=view.at) for quiet in view.all(Quiet))
