"""Each owns a part of a drift, and all parts open together: a reveal with words of its own."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar, Self

from attrs import field, frozen

from reconnect.consent.reveal import Reveal
from reconnect.errors import InvalidBody
from reconnect.people.circle import Circle
from reconnect.record.kind import Body, Heard, as_text, register
from reconnect.record.sealed import Answered, Asked, opening

__all__ = ["Drift", "Drifted", "MyPart"]


@register
@frozen(kw_only=True)
class Drifted:
    """The question of a drift: what we drifted apart over, in words that everyone can hear."""

    kind: ClassVar[str] = "drift.asked"
    heard: ClassVar[Heard] = Heard.SHARED

    over: str = field(repr=False, converter=as_text)


@register
@frozen(kw_only=True)
class MyPart(Answered):
    """What one person sees as their own part of a drift, and what they would like to do about it.

    There are no percentages: parts are told beside each other, and nobody adds them up.

    >>> MyPart(text="I stopped asking how your day was.", change="I ask, and put the phone away.")
    MyPart()

    Attributes:
        text: my part, in my own words; left out of `repr`.
        change: what I would like to do differently, if there are words for it yet.
    """

    kind: ClassVar[str] = "drift.my_part"

    change: str = field(default="", repr=False, converter=as_text)


@frozen(kw_only=True)
class Drift(Reveal):
    """A drift in which each owns a part; the parts open together at an agreed time, or not at all.

    Nobody has to go first, and nobody can wait to hear the other's part before telling theirs: it is a `Reveal`,
    with all its rules.

    >>> import pendulum
    >>> from reconnect.people.person import Person
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> sunday = now.add(days=6)
    >>> drift = Drift.over("the weeks of the move", closes=sunday, id="d1", circle=us, by="ana", at=now)
    >>> drift = drift.own(MyPart(text="I stopped asking."), by="ben", at=now.add(hours=1))
    >>> drift.parts(at=sunday) is None  # one part alone opens for nobody
    True
    >>> drift = drift.own(MyPart(text="I hid in the boxes.", change="I come out."), by="ana", at=now.add(days=2))
    >>> [(who, part.text) for who, part in drift.parts(at=sunday).items()]
    [('ana', 'I hid in the boxes.'), ('ben', 'I stopped asking.')]

    Laws:
        All parts open or none, in circle order, whoever told theirs first.
    """

    @classmethod
    def over(
        cls,
        words: str,
        *,
        closes: dt.datetime | dt.timedelta,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Ask everyone for their own part.

        Raises:
            InvalidOffer: it would close before anyone could tell theirs, or stay open for more than 366 days.
        """
        return cls.of(Drifted(over=words), closes=closes, id=id, circle=circle, by=by, at=at)

    @classmethod
    def of(
        cls,
        prompt: Body,
        *,
        closes: dt.datetime | dt.timedelta,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Ask everyone for their own part; `over` does the same with a text.

        Raises:
            InvalidBody: the prompt is no question of a drift.
            InvalidOffer: it would close before anyone could tell theirs, or stay open for more than 366 days.
        """
        if not isinstance(prompt, Drifted):
            raise InvalidBody("the question of a drift", f"a {type(prompt).__name__}")
        return super().of(prompt, closes=closes, id=id, circle=circle, by=by, at=at)

    def own(self, part: MyPart, *, by: str, at: dt.datetime) -> Self:
        """Tell one's own part, or tell it anew; it stays closed until all of them open.

        Raises:
            InvalidBody: it is no part of one's own.
            NotOpen: the closing time has come.
            NotYours: this person was not asked.
        """
        if not isinstance(part, MyPart):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
            raise InvalidBody("a part of one's own", f"a {type(part).__name__}")
        return self._seal(part, by=by, at=at)

    def answer(self, text: str, *, by: str, at: dt.datetime) -> Self:
        """Tell one's own part in a few words; see `own`."""
        return self.own(MyPart(text=text), by=by, at=at)

    def parts(self, *, at: dt.datetime) -> Mapping[str, MyPart] | None:
        """Return everyone's own part, in circle order; `None` while they are closed."""
        opened = self.opened(at=at)
        if opened is None:
            return None
        told = {person: act.body for person, act in opened.items() if isinstance(act.body, Answered)}
        return {person: _part(body) for person, body in told.items()}

    @property
    def has_begun(self) -> bool:
        """Whether there is a question of a drift that could be answered for some time."""
        asked = opening(self.acts, self.membership)
        return asked is not None and isinstance(asked.body, Asked) and isinstance(asked.body.prompt, Drifted)


def _part(body: Answered) -> MyPart:
    """Return a part as it was told; an app that knows only reveals tells it as a plain answer."""
    return MyPart(text=body.text, change=body.change if isinstance(body, MyPart) else "")
