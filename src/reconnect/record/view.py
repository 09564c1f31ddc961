"""A view is what one person can see of a circle as of an instant; everything that is said to them rests on it."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import pendulum
from attrs import evolve, field, frozen

from reconnect.errors import UnknownStory
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Sealed, Shared
from reconnect.record.kind import is_newer, kind_of
from reconnect.record.membership import Introduced, Membership, in_order, is_circle_act
from reconnect.record.sealed import standing_answers
from reconnect.record.shelves import Shelves
from reconnect.record.story import Story
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

if TYPE_CHECKING:  # floors above teach a view these verbs; only their types are named here
    from reconnect.consent.proposal import Proposal
    from reconnect.primitives.checkin import CheckInSchedule, Counts, Occurrence, Standing

__all__ = ["Ceased", "View", "look"]

S = TypeVar("S", bound=Story)
T = TypeVar("T")
_taught: Final[dict[str, Callable[..., Any]]] = {}


@frozen(kw_only=True)
class Ceased:
    """That something held once, and when: all that is left of an agreement after an erasure."""

    about: str
    held: Windows


@frozen(kw_only=True, eq=False)
class View:
    """What one person can see of one circle as of an instant: made by `journal.view`, never by hand.

    Laws:
        For any two journals that differ only in what others wrote privately, the views are identical, apart
        from the openings their authors chose.

    Attributes:
        reader: whose view it is.
        circle: the id of the circle.
        at: now, as the host saw it; nothing later is in it.
    """

    reader: str
    circle: str
    at: pendulum.DateTime
    visible: tuple[Entry, ...] = field(repr=False)
    founding: tuple[Entry, ...] = field(repr=False)
    people: Mapping[str, Person] = field(repr=False)
    ceased: tuple[Ceased, ...] = field(repr=False)
    _known: dict[Hashable, object] = field(factory=dict[Hashable, object], init=False, repr=False)

    @cached_property
    def membership(self) -> Membership:
        """Who is in the circle, and since when."""
        return Membership.of(self.founding)

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of those who are in the circle now, in circle order."""
        return self.membership.at(self.at)

    @property
    def names(self) -> Mapping[str, str]:
        """How people like to be called, by id; an id stands for itself where no name was given."""
        named = {id_: person.name for id_, person in self.people.items() if person.name}
        return {id_: named.get(id_, id_) for id_ in dict.fromkeys((*self.members, *self.people))}

    @property
    def zone(self) -> str:
        """The zone the reader lives by now, `UTC` if they never named one."""
        me = self.people.get(self.reader)
        return "UTC" if me is None else me.zone_at(self.at)

    def entries(
        self,
        *,
        kind: str | type | tuple[type, ...] | None = None,
        about: str | None = None,
        after: Entry | dt.datetime | None = None,
        limit: int | None = None,
    ) -> tuple[Entry, ...]:
        """Return what the reader can see, oldest first.

        Args:
            kind: only bodies of this kind (its class, or its name, which means the same where it is known here), or
                of one of several classes.
            about: only entries about this id.
            after: only what follows an entry (the last one of the page before), or an instant.
            limit: at most so many; counted after everything else, so that it tells nothing of what is hidden.
        """
        chosen = self.visible if about is None else self.about(about)
        if isinstance(kind, str):
            chosen = tuple(entry for entry in chosen if kind_of(entry.body) == kind and not is_newer(entry.body))
        elif kind is not None:
            chosen = (self._shelves if about is None else Shelves(chosen)).of(kind)
        if isinstance(after, Entry):
            place = self._place(after)
            chosen = tuple(entry for entry in chosen if self._place(entry) > place)
        elif after is not None:
            moment = as_instant(after)
            chosen = tuple(entry for entry in chosen if entry.at > moment)
        return chosen[:limit]

    def about(self, id: str) -> tuple[Entry, ...]:  # noqa: A002 - the field's own name, fixed by the design
        """Return the visible entries about one id, oldest first."""
        return self._shelves.about(id)

    def state(self, story: type[S], id: str) -> S:  # noqa: A002 - the field's own name, fixed by the design
        """Return one story, as far as the reader can see it.

        Raises:
            UnknownStory: there is none with that id, or not for this reader's eyes: the same words for both.
        """
        found = self._gathered(story, id)
        if not found.has_begun:
            raise UnknownStory(story.__name__)
        return found

    def all(self, story: type[S]) -> tuple[S, ...]:
        """Return every story of a type that the reader can see, in the order in which they began."""
        return self.once((story, None), lambda: self.some(story, (e.about for e in self._shelves.of(story.opening))))

    def some(self, story: type[S], ids: Iterable[str | None]) -> tuple[S, ...]:
        """Return the stories of a type that have begun, of those with some ids, in the order of the ids.

        Raises:
            UnknownStory: the reader can see nothing that begins one of them.
        """
        found = (self._gathered(story, id_) for id_ in dict.fromkeys(ids) if id_ is not None)
        return tuple(each for each in found if each.has_begun)

    def once(self, name: Hashable, work: Callable[[], T]) -> T:
        """Work out what rests on this view alone once, and find it again when it is asked for by the same name."""
        if name not in self._known:
            self._known[name] = work()
        return cast("T", self._known[name])

    def shared_only(self) -> "View":
        """Return the same view without anything private: what a reading for everyone may rest on."""
        return evolve(self, visible=tuple(entry for entry in self.visible if isinstance(entry.audience, Shared)))

    def offer(
        self,
        value: object,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        about: str | None = None,
        at: dt.datetime | None = None,
        expires: dt.datetime | dt.timedelta | None = None,
        lasts: dt.timedelta | None = None,
        why: str = "",
    ) -> "Proposal":
        """Offer a value to everyone in the circle, unless the reader did so a short while ago.

        Args:
            value: what is offered.
            id: the id of the new proposal.
            about: the subject, such as the id of the schedule that this would change.
            at: now, if that is later than the view.
            expires: until when it can be answered: an instant, or a time from now (30 days).
            lasts: how long it holds before it is looked at again (90 days).
            why: what it is for, in one's own words.

        Raises:
            NotYet: the reader's last unsolicited offer on this subject is less than seven days old, whether the
                others declined it, set it aside or never looked.
        """
        said = {"id": id, "about": about, "at": at, "expires": expires, "lasts": lasts, "why": why}
        return cast("Proposal", _taught["offer"](self, value, **said))

    def standing(self, occurrence: "Occurrence") -> "Standing":
        """Tell how one check-in stands as of this view."""
        return cast("Standing", _taught["standing"](self, occurrence))

    def counts(self, schedule: "CheckInSchedule | str", within: Window) -> "Counts":
        """Count the check-ins of a schedule that started inside a window, as of this view."""
        return cast("Counts", _taught["counts"](self, schedule, within))

    def _gathered(self, story: type[S], id: str) -> S:  # noqa: A002 - the field's own name, fixed by the design
        """Gather a story once: whoever asks again, for each of its check-ins perhaps, finds it folded already."""
        return self.once((story, id), lambda: story.gather(self, id))

    @cached_property
    def _shelves(self) -> Shelves:
        return Shelves(self.visible)

    def _place(self, entry: Entry) -> tuple[pendulum.DateTime, int, str]:
        return (entry.at, self.membership.order.get(entry.author, -1), entry.id)


def teach(name: str, verb: Callable[..., Any]) -> None:
    """Let a floor above give a view one of its declared verbs."""
    _taught[name] = verb


def look(
    entries: Iterable[Entry], *, reader: str, circle: str, at: dt.datetime, ceased: tuple[Ceased, ...] = ()
) -> View:
    """Return one person's view of a circle, given everything that is written in it.

    This is the only place where it is decided who sees what. Someone who left sees the circle as it was then.

    Raises:
        NotAMember: the reader was never in this circle by then.
    """
    moment = as_instant(at)
    written = [entry for entry in entries if entry.at <= moment]
    acts = sorted((entry for entry in written if is_circle_act(entry)), key=in_order)
    membership = Membership.of(acts)
    left = membership.stay(reader, moment).until
    eyes = _Eyes(reader, moment, membership, written)
    return View(
        reader=reader,
        circle=circle,
        at=moment,
        visible=tuple(
            sorted(
                (entry for entry in written if eyes.may_see(entry)),
                key=lambda entry: (entry.at, membership.order.get(entry.author, -1), entry.id),
            )
        ),
        founding=tuple(act for act in acts if left is None or act.at <= left),
        people=eyes.people(membership.at(moment if left is None else left)),
        ceased=tuple(gone for gone in ceased if eyes.were_there(gone.held.windows[0].start)),
    )


class _Eyes:
    """One reader's right to see, decided entry by entry."""

    def __init__(self, reader: str, at: pendulum.DateTime, membership: Membership, written: list[Entry]) -> None:
        self.reader = reader
        self.written = written
        self.stays = tuple(stay for stay in membership.stays if stay.person == reader)
        sealed = {entry.audience.reveal for entry in written if isinstance(entry.audience, Sealed)}
        acts: dict[str, list[Entry]] = {reveal: [] for reveal in sealed}
        for entry in written:
            if entry.about in acts:
                acts[entry.about].append(entry)
        self.opened = {
            reveal: standing_answers(told, membership, reveal=reveal, at=at) or {} for reveal, told in acts.items()
        }

    def may_see(self, entry: Entry) -> bool:
        """Own entries always; others' if shared while one is there, or if a seal opened that one had a part in."""
        if entry.author == self.reader:
            return True
        match entry.audience:
            case Shared():
                return self.were_there(entry.at)
            case Sealed(reveal):
                opened = self.opened[reveal]
                return self.reader in opened and opened.get(entry.author) is entry
            case _:
                return False

    def were_there(self, at: pendulum.DateTime) -> bool:
        """Tell whether the reader was in the circle at an instant."""
        return any(stay.covers(at) for stay in self.stays)

    def people(self, present: tuple[str, ...]) -> Mapping[str, Person]:
        """Return the reader and who is here, from how they introduced themselves; a later zone is a move.

        Where others lived while the reader was not here stays their own: only the latest introduction counts.
        """
        told: dict[tuple[str, pendulum.DateTime], Introduced] = {}
        for entry in sorted(self.written, key=lambda entry: (entry.at, entry.id)):
            at = self._learned(entry)
            if isinstance(entry.body, Introduced) and at is not None:
                told[entry.author, at] = entry.body
        people: dict[str, Person] = {}
        for (author, at), body in told.items():
            known = people.get(author)
            if known is None:
                known = Person(id=author, zone=body.zone)
            elif body.zone != known.zone_at(at):
                known = known.moved(to=body.zone, at=at)
            people[author] = evolve(known, name=body.name)
        return {id_: people[id_] for id_ in dict.fromkeys((*present, self.reader)) if id_ in people}

    def _learned(self, entry: Entry) -> pendulum.DateTime | None:
        """Return since when the reader may know what an entry tells everyone: at once, or on coming (back)."""
        if entry.author == self.reader or self.were_there(entry.at):
            return entry.at
        return min((stay.since for stay in self.stays if stay.since > entry.at), default=None)
