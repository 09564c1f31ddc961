"""Putting aside is a private "not for me": something leaves its author's own sight, and nobody else can tell."""

import datetime as dt
from typing import ClassVar, Self

from attrs import field, frozen

from reconnect.errors import InvalidBody, NotYours
from reconnect.people.circle import Circle
from reconnect.people.person import as_id
from reconnect.record.entry import Private
from reconnect.record.kind import Body, Heard, as_text, register
from reconnect.record.story import Story
from reconnect.record.view import View

__all__ = ["Aside", "is_aside"]


@register
@frozen(kw_only=True)
class PutAside:
    """From here on one thing is not for its author.

    Attributes:
        story: the id of what they put aside.
    """

    kind: ClassVar[str] = "aside.put"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True

    story: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class PutAllAside:
    """From here on nothing of one sort that comes from one person is for its author.

    Attributes:
        sort: the kind of the act that begins whatever is of that sort, such as `reveal.asked`.
        of: whose it is.
    """

    kind: ClassVar[str] = "aside.put_all"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True

    sort: str = field(converter=as_text)
    of: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class TookUp:
    """Its author is glad to see it again."""

    kind: ClassVar[str] = "aside.took_up"
    heard: ClassVar[Heard] = Heard.PRIVATE


@frozen(kw_only=True)
class Aside(Story):
    """One person's own "not for me": of one thing, or of everything of one sort that comes from somebody.

    It is private from beginning to end, never refused, never explained, and taken back whenever its author likes.
    What they put aside is left out of what is shown to them, and nothing else changes: it can still be answered, and
    whoever asked sees what they would see if nobody had looked yet.

    >>> import pendulum
    >>> from reconnect.consent.reveal import Reveal
    >>> from reconnect.record.entry import Note
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> asked = Reveal.of(Note(text="Why?"), closes=now.add(days=1), id="r1", circle="c1", by="ana", at=now)
    >>> aside = Aside.put(asked, id="a1", by="ben", at=now)
    >>> [act.audience for act in aside.acts]
    [Private()]
    >>> aside.holds(at=now), aside.take_up(by="ben", at=now.add(days=1)).holds(at=now.add(days=2))
    (True, False)

    Laws:
        Only its author's acts put aside and take up; at equal instants putting aside wins. What others can obtain is
        the same with and without it, to the byte.
    """

    bodies: ClassVar[tuple[type, ...]] = (PutAside, PutAllAside, TookUp)
    opening: ClassVar[tuple[type, ...]] = (PutAside, PutAllAside)

    @classmethod
    def put(
        cls,
        story: Story,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Put one thing aside: a question, a talk that was asked for, an offer, whatever it is."""
        aside = cls(id=id, circle=story.circle, founding=story.founding)
        return aside._privately(PutAside(story=story.id), by=by, at=at)

    @classmethod
    def put_all(
        cls,
        sort: type[Story],
        *,
        of: str,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Put everything of one sort aside that comes from one person, now and from now on.

        Args:
            sort: what it is, such as `Gesture` or `Reveal`.
            of: who it comes from.
            id: the id of this act of one's own.
            circle: the circle, or its id.
            by: who puts it aside.
            at: now, as the host sees it.

        Raises:
            InvalidBody: it is no sort of story that begins with an act.
        """
        if not sort.opening:
            raise InvalidBody("a sort of story that begins with an act", f"a {sort.__name__}")
        body = PutAllAside(sort=_sort_of(sort), of=of)
        return cls.begin(body, id=id, circle=circle, by=by, at=at, audience=Private())

    def take_up(self, *, by: str, at: dt.datetime) -> Self:
        """Be glad to see it again, whenever one likes.

        Raises:
            NotYours: another person put it aside.
        """
        self._require_own(by)
        return self._privately(TookUp(), by=by, at=at) if self.holds(at=at) else self

    def put_again(self, *, by: str, at: dt.datetime) -> Self:
        """Put the same aside once more after taking it up.

        Raises:
            NotYours: another person put it aside.
        """
        self._require_own(by)
        put = [act.body for act in self.told(at) if isinstance(act.body, self.opening)]
        return self if self.holds(at=at) or not put else self._privately(put[-1], by=by, at=at)

    def standing(self, *, at: dt.datetime) -> PutAside | PutAllAside | None:
        """Return what is put aside as of an instant, or `None`; of several things the one that was put aside last."""
        told = self.told(at)
        author = next((act.author for act in told if isinstance(act.body, self.opening)), None)
        last = next((act.body for act in reversed(told) if act.author == author), None)
        return last if isinstance(last, PutAside | PutAllAside) else None

    def holds(self, *, at: dt.datetime) -> bool:
        """Tell whether it is put aside as of an instant."""
        return self.standing(at=at) is not None

    def _privately(self, body: Body, *, by: str, at: dt.datetime) -> Self:
        return self.say(body, by=by, at=at, audience=Private())

    def _require_own(self, by: str) -> None:
        if any(act.author != by for act in self.acts):
            raise NotYours


def is_aside(view: View, story: Story, *, by: str | None = None) -> bool:
    """Tell a reader whether they put something aside. There is no way to ask it of anyone else.

    Args:
        view: whose view it is, and as of when.
        story: what may be put aside.
        by: who it comes from, if it also counts that everything of its sort from them is put aside.
    """
    found = view.once(is_aside, lambda: _standing(view))
    wanted = () if by is None else (PutAllAside(sort=_sort_of(type(story)), of=by),)
    return not found.isdisjoint((PutAside(story=story.id), *wanted))


def _standing(view: View) -> frozenset[Body]:
    """Return everything that the reader has put aside."""
    standing = (aside.standing(at=view.at) for aside in view.all(Aside))
    return frozenset(body for body in standing if body is not None)


def _sort_of(sort: type[Story]) -> str:
    """Return by which kind a sort of story is known: that of the act that begins it."""
    return str(getattr((*sort.opening, sort)[0], "kind", ""))
