"""An entry is one thing that one person wrote: who, when, what, and for whom to see."""

from functools import cached_property
from typing import ClassVar

import pendulum
from attrs import evolve, field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidAudience
from reconnect.people.person import as_id
from reconnect.record.digest import digest
from reconnect.record.kind import Body, Heard, UnknownBody, as_text, heard_of, kind_of, register
from reconnect.temporal.instant import as_instant

__all__ = ["Audience", "Entry", "Note", "Private", "Sealed", "Shared"]


@frozen
class Private:
    """Only the author sees it."""


@frozen
class Shared:
    """Everyone who is in the circle at that time sees it."""


@frozen
class Sealed:
    """An answer that only its author sees, until the reveal opens."""

    reveal: str = field(converter=as_id)


Audience = Private | Shared | Sealed

_PERMITTED: dict[Heard, tuple[type, ...]] = {
    Heard.ANY: (Private, Shared),
    Heard.SHARED: (Shared,),
    Heard.PRIVATE: (Private,),
    Heard.SEALED: (Sealed,),
}


@frozen(kw_only=True)
class Entry:
    """One thing written by one person, or one act in a story; it is never changed, only followed by others.

    Two entries with one identity (circle, author, id) and the same content are the same entry, whenever they
    arrived: `at` is the host's receipt time and no part of the content. The body is left out of `repr`.

    >>> Entry(circle="c1", author="ana", id="e1", at=pendulum.datetime(2026, 1, 5), body=Note(text="tired"))
    Entry(circle='c1', author='ana', id='e1', at=DateTime(2026, 1, 5, 0, 0, 0, tzinfo=Timezone('UTC')),
          kind='note', audience=Private(), about=None)

    Attributes:
        circle: the circle it belongs to.
        author: who wrote it; nobody can write in another person's name.
        id: given by the host (its request key) or derived from the content.
        at: when the host received it.
        body: what was written, of a registered kind.
        audience: `Private()` unless said otherwise.
        about: the id of the story, or of anything else, that it concerns.

    Raises:
        InvalidId: an id is empty, too long or unprintable.
        InvalidInstant: `at` has no zone.
        InvalidBody: the body's class is not registered, or holds something without lasting content.
        InvalidAudience: this kind of body cannot be heard by that audience; one of an unknown kind keeps the
            audience it came with, unless it comes from a support room.
    """

    circle: str = field(converter=as_id)
    author: str = field(converter=as_id)
    id: str = field(converter=as_id)
    at: pendulum.DateTime = field(converter=as_instant)
    body: Body = field()
    audience: Audience = field(factory=Private)
    about: str | None = field(default=None, converter=optional(as_id))

    def __attrs_post_init__(self) -> None:
        """Refuse a body whose content does not last, or an audience that its kind does not allow."""
        heard = heard_of(self.body)
        as_it_came = isinstance(self.body, UnknownBody) and heard is Heard.ANY
        allowed = (Private, Shared, Sealed) if as_it_came else _PERMITTED[heard]
        if type(self.audience) not in allowed:
            names = " or ".join(audience.__name__ for audience in allowed)
            raise InvalidAudience(f"{names} for this kind of body", type(self.audience).__name__)
        digest(self.body)

    def __repr__(self) -> str:
        """Show everything but the body, which may be private."""
        shown = ", ".join(
            f"{name}={value!r}"
            for name, value in (
                ("circle", self.circle),
                ("author", self.author),
                ("id", self.id),
                ("at", self.at),
                ("kind", kind_of(self.body)),
                ("audience", self.audience),
                ("about", self.about),
            )
        )
        return f"Entry({shown})"

    @property
    def identity(self) -> tuple[str, str, str]:
        """Circle, author and id: what makes it this entry and no other."""
        return (self.circle, self.author, self.id)

    @cached_property
    def content(self) -> str:
        """A digest of everything but `at`."""
        return digest(self.circle, self.author, self.id, self.body, self.audience, self.about)

    def received(self, at: pendulum.DateTime) -> "Entry":
        """Return the same entry as received at another instant."""
        return evolve(self, at=at)


@register
@frozen(kw_only=True)
class Note:
    """A few words, for oneself or for everyone; what they say is left out of `repr`."""

    kind: ClassVar[str] = "note"

    text: str = field(repr=False, converter=as_text)
