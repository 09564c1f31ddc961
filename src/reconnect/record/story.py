"""A story is an id, a circle and a set of acts; its state is a fold of the acts up to an instant."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, ClassVar, Final, Self, TypeVar

import pendulum
from attrs import evolve, field, frozen

from reconnect.errors import InvalidCircle, NotAMember, UnknownStory
from reconnect.people.circle import Circle
from reconnect.people.person import as_id
from reconnect.record.digest import digest
from reconnect.record.entry import Audience, Entry, Private, Sealed, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Membership, found
from reconnect.temporal.instant import as_instant, from_microseconds
from reconnect.temporal.windows import Windows

if TYPE_CHECKING:  # a view gathers stories, so it imports this module
    from reconnect.record.view import View

__all__ = ["Story", "bond", "bonds", "merge", "union"]

S = TypeVar("S", bound="Story")
bonds: Final[list[type["Story"]]] = []


def union(acts: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return each act once, in one order for everyone; of two receipts of one act the earlier stands."""
    first: dict[tuple[str, str], Entry] = {}
    for act in acts:
        key = (act.author, act.content)
        known = first.get(key)
        if known is None or act.at < known.at:
            first[key] = act
    return tuple(sorted(first.values(), key=lambda act: (act.at, act.author, act.id, act.content)))


@frozen(kw_only=True)
class Story:
    """The common shape of everything that unfolds between people.

    Every verb is pure: it returns the story with one more act. Verbs refuse what is not allowed; the fold
    treats an act that was not allowed as never said, so that two phones that both sent something always agree.

    Attributes:
        id: the story's id, meaningless by itself.
        circle: the id of its circle.
        acts: its acts, each once, in canonical order.
        founding: the circle's own acts, from which everyone's membership follows.

    Laws:
        `merge` is associative, commutative and idempotent. Replaying, reordering or splitting acts changes
        nothing. A verb never removes an act. The state as of `t` depends only on acts at or before `t`.
    """

    bodies: ClassVar[tuple[type, ...]] = ()
    opening: ClassVar[tuple[type, ...]] = ()

    id: str = field(converter=as_id)
    circle: str = field(converter=as_id)
    acts: tuple[Entry, ...] = field(default=(), converter=union)
    founding: tuple[Entry, ...] = field(default=(), converter=union, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse acts that belong to another circle."""
        if any(act.circle != self.circle for act in (*self.acts, *self.founding)):
            raise InvalidCircle("acts of one circle", "acts of another")

    @classmethod
    def begin(
        cls,
        body: Body,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
        audience: Audience | None = None,
    ) -> Self:
        """Begin a story with its first act. With a `Circle` instead of its id, everyone in it is known."""
        founding: tuple[Entry, ...] = ()
        if isinstance(circle, Circle):
            founding = (found(circle, by=circle.ids[0], at=from_microseconds(0)),)
            circle = circle.id
        return cls(id=id, circle=circle, founding=founding).say(body, by=by, at=at, audience=audience)

    @classmethod
    def gather(cls, view: "View", id: str) -> Self:  # noqa: A002 - the field's own name, fixed by the design
        """Collect this story's acts from what a reader can see.

        Raises:
            UnknownStory: the reader can see no act that begins it.
        """
        acts = tuple(entry for entry in view.about(id) if isinstance(entry.body, cls.bodies))
        if not any(isinstance(act.body, cls.opening) for act in acts):
            raise UnknownStory(cls.__name__)
        return cls(id=id, circle=view.circle, acts=acts, founding=view.founding)

    @cached_property
    def membership(self) -> Membership:
        """Who is in the circle, as far as this story knows."""
        return _membership(self.founding)

    def say(self, body: Body, *, by: str, at: dt.datetime, audience: Audience | None = None) -> Self:
        """Return the story with one more act; its id is derived from what it says and after what.

        Saying the very same again after something in between is a new act; a retry from the same state is not.

        Raises:
            NotAMember: the circle is known and `by` is not in it at that time.
        """
        moment = as_instant(at)
        if self.founding and not self.membership.has(by, moment):
            raise NotAMember
        heard = Shared() if audience is None else audience
        name = digest(type(self).__name__, self.circle, self.id, by, body, heard, self._before(by, heard, moment))
        act = Entry(circle=self.circle, author=by, id=name, at=moment, body=body, audience=heard, about=self.id)
        return evolve(self, acts=(*self.acts, act))

    def _before(self, by: str, heard: Audience, at: pendulum.DateTime) -> object:
        """Return after what something is said, as far as the ids of those who will hear it may tell."""
        if isinstance(heard, Sealed):
            return at
        private = isinstance(heard, Private)
        return tuple(act.id for act in self.acts if act.author == by and (private or act.audience == heard))

    def acts_of(self, person: str) -> tuple[Entry, ...]:
        """Return the acts that one person said: what an app appends after a verb, in that person's name."""
        return tuple(act for act in self.acts if act.author == person)

    def as_of(self, at: dt.datetime) -> Self:
        """Return the story as it was at an instant: nothing that was said later is in it."""
        moment = as_instant(at)
        if all(acts[-1].at <= moment for acts in (self.acts, self.founding) if acts):  # they stand in order
            return self
        return evolve(
            self,
            acts=tuple(act for act in self.acts if act.at <= moment),
            founding=tuple(act for act in self.founding if act.at <= moment),
        )

    def told(self, at: dt.datetime | None = None) -> tuple[Entry, ...]:
        """Return this story's acts by members up to an instant, in the order in which folds read them.

        At equal instants what protects comes last and has the final word; then circle order decides, then id.
        """
        moment = None if at is None else as_instant(at)
        if moment is None or not self._told or self._told[-1].at <= moment:
            return self._told
        return self._told[: bisect_right(self._told, moment, key=lambda act: act.at)]

    @cached_property
    def _told(self) -> tuple[Entry, ...]:
        """All that members said, put in order once: up to an instant it is the beginning of the same."""
        membership = self.membership
        order = membership.order
        heard = (act for act in self.acts if not self.founding or membership.has(act.author, act.at))
        return tuple(
            sorted(
                heard,
                key=lambda act: (
                    act.at,
                    getattr(act.body, "protective", False),
                    order.get(act.author, len(order)),
                    act.author,
                    act.id,
                    act.content,
                ),
            )
        )

    @property
    def has_begun(self) -> bool:
        """Whether an act that began it counts; a view shows no other stories."""
        return any(isinstance(act.body, self.opening) for act in self.told())

    def held(self) -> Windows:
        """Return when this bond held, as far as its acts tell; nothing for stories that bind nobody."""
        return Windows()


@lru_cache(maxsize=64)
def _membership(founding: tuple[Entry, ...]) -> Membership:
    """Fold a circle's own acts once for all of its stories; ids are all that they hold."""
    return Membership.of(founding)


def bond(story: type[S]) -> type[S]:
    """Mark a type of story that binds people (a decorator); an erasure asks it when it held."""
    bonds.append(story)
    return story


def merge(one: S, other: S) -> S:
    """Return the union of two tellings of one story: nothing either of them knows is lost.

    Raises:
        InvalidCircle: they are two different stories.
    """
    if (type(one), one.id, one.circle) != (type(other), other.id, other.circle):
        raise InvalidCircle("two tellings of one story", "two stories")
    return evolve(one, acts=(*one.acts, *other.acts), founding=(*one.founding, *other.founding))
