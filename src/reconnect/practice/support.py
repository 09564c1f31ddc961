"""A support room is one person's own: what is said in it changes their own outlook, and nothing for anyone else."""

import datetime as dt
from typing import ClassVar, Final, Self

from attrs import field, frozen

from reconnect.errors import NotYours
from reconnect.people.circle import Circle
from reconnect.phrase import Phrase
from reconnect.record.entry import Private
from reconnect.record.kind import Heard, as_text, register
from reconnect.record.story import Story
from reconnect.record.view import View

__all__ = ["ASKS", "FearAnswer", "SupportRoom", "has_answered", "is_solo"]

ASKS: Final = Phrase.of("support.asks")


@register
@frozen(kw_only=True)
class FearAnswer:
    """Its author said that something here frightens them; the words are theirs, and may be none at all.

    There is no answer for "no": whoever is not afraid has nothing to say here, so that an empty room means nothing.
    It can be handed to `outlook(view, told=...)` without being kept anywhere.

    Attributes:
        words: their own words, left out of `repr`; nobody reads, counts or compares them.
    """

    kind: ClassVar[str] = "support.answer"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True

    words: str = field(default="", repr=False, converter=as_text)


@register
@frozen(kw_only=True)
class RoomClosed:
    """Its author would like to be offered joint things again."""

    kind: ClassVar[str] = "support.closed"
    heard: ClassVar[Heard] = Heard.PRIVATE


@frozen(kw_only=True)
class SupportRoom(Story):
    """One person's own room, private from beginning to end, for what they would not say in front of the others.

    Nothing joint is offered to whoever answers here, and others see ordinary quiet. The answer is no label and no
    score, and nothing in this library can tell whether someone is safe. Keeping it is a choice: `outlook` and
    `precedence` take it as `told=`, too, and then it is written nowhere.

    >>> import pendulum
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> room = SupportRoom.tell("I hide my phone.", id="u1", circle="c1", by="ben", at=now)
    >>> room.holds(at=now), room.close(by="ben", at=now.add(days=3)).holds(at=now.add(days=4))
    (True, False)
    >>> "phone" in repr(room)
    False

    Laws:
        What is said in a room changes nothing that anyone else can obtain. In its author's own outlook, what stands
        in each slot keeps its shape. An ordinary export is the same with and without a room.
    """

    bodies: ClassVar[tuple[type, ...]] = (FearAnswer, RoomClosed)
    opening: ClassVar[tuple[type, ...]] = (FearAnswer,)

    @classmethod
    def tell(
        cls,
        words: str = "",
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Say in a room of one's own that something here is frightening; words are not needed.

        Raises:
            InvalidBody: the words are no text.
        """
        return cls.begin(FearAnswer(words=words), id=id, circle=circle, by=by, at=at, audience=Private())

    def tell_again(self, words: str = "", *, by: str, at: dt.datetime) -> Self:
        """Say it once more, in the same words or others.

        Raises:
            NotYours: it is another person's room.
            InvalidBody: the words are no text.
        """
        self._require_own(by)
        return self.say(FearAnswer(words=words), by=by, at=at, audience=Private())

    def close(self, *, by: str, at: dt.datetime) -> Self:
        """Be offered joint things again, whenever one likes and for no reason. What was said stays in the room.

        Raises:
            NotYours: it is another person's room.
        """
        self._require_own(by)
        return self.say(RoomClosed(), by=by, at=at, audience=Private()) if self.holds(at=at) else self

    def holds(self, *, at: dt.datetime) -> bool:
        """Tell whether its author's latest word here is an answer; at equal instants an answer wins."""
        told = self.told(at)
        return bool(told) and isinstance(told[-1].body, FearAnswer)

    def _require_own(self, by: str) -> None:
        if any(act.author != by for act in self.acts):
            raise NotYours


def is_solo(view: View, *, told: FearAnswer | None = None) -> bool:
    """Tell a reader whether prompts are for them alone. There is no way to ask it of anyone else.

    Args:
        view: whose view it is, and as of when.
        told: what the reader says just now, kept nowhere.
    """
    return told is not None or any(room.holds(at=view.at) for room in view.all(SupportRoom))


def has_answered(view: View, *, told: FearAnswer | None = None) -> bool:
    """Tell a reader whether they ever answered in a room of their own, one that they closed included.

    Args:
        view: whose view it is, and as of when.
        told: what the reader says just now, kept nowhere.
    """
    return told is not None or bool(view.all(SupportRoom))
