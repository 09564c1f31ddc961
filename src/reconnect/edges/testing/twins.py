"""Twins are two journals that differ only in what one person wrote privately; others must not tell them apart."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import partial
from itertools import permutations
from typing import Final, cast

import attrs
import pendulum

from reconnect.consent.invitation import Invitation
from reconnect.consent.mute import is_quiet
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.convert import dumps
from reconnect.errors import ReconnectError
from reconnect.metrics import CONVERSATION, Scale, gentle
from reconnect.metrics.wins import small_wins
from reconnect.practice.lookback import look_back
from reconnect.practice.outlook import outlook
from reconnect.practice.precedence import precedence
from reconnect.practice.referrals import Help, HelpKind, support
from reconnect.practice.support import SupportRoom, has_answered, is_solo
from reconnect.primitives.amends import Amends
from reconnect.primitives.boundary import Boundaries, MakeContact
from reconnect.primitives.capacity import CapacityCard, capacity_of, capacity_phrase
from reconnect.primitives.checkin import CheckInSchedule
from reconnect.primitives.my_part import Drift
from reconnect.primitives.reassurance import Reassurance, reassurances
from reconnect.primitives.recovery import RecoveryWindow, TimeOut
from reconnect.primitives.rotation import Rotation
from reconnect.record.entry import Entry
from reconnect.record.journal import Journal
from reconnect.record.kind import kind_of
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["assert_noninterfering", "obtainable", "shown"]

Reading = Callable[[View], object]
_NOWHERE: Final = "an id that nobody used"
_AROUND: Final = dt.timedelta(days=2)  # how far from each instant check-ins are looked at
_WEEKS: Final = dt.timedelta(days=60)  # how far back readings go
_ON: Final[Mapping[str, Mapping[str, Scale]]] = {"rated": {"scale": CONVERSATION}}
_DIRECTORY: Final = (Help(name="A line", reach="call"), Help(name="A couple", reach="write", whom=HelpKind.COUPLE))
_FOR_ALL: Final = (
    "constructiveness",
    "conversation_quality",
    "mood",
    "openness",
    "positive_interactions",
    "positive_to_difficult",
    "rated",
)


def assert_noninterfering(
    one: Journal,
    other: Journal,
    *,
    reader: str,
    circle: str,
    at: Sequence[pendulum.DateTime],
    ids: Sequence[str] = (),
    readings: Mapping[str, Reading] | None = None,
) -> None:
    """Assert that a reader obtains the same from two journals that differ in what others wrote privately.

    For hosts that bring their own journal, their own kinds of entries or their own readings: write the same
    history into two journals, let one person keep different things to themselves, and ask here.

    Args:
        one: a journal.
        other: its twin.
        reader: who looks at both.
        circle: the circle they look at.
        at: when they look.
        ids: ids to ask for, such as those of private stories.
        readings: more things to compare, by name; each takes a view.

    Raises:
        AssertionError: something differs; the message names what, and shows nothing private.
    """
    first, second = (
        dict(obtainable(journal, reader=reader, circle=circle, at=at, ids=ids, readings=readings or {}))
        for journal in (one, other)
    )
    differing = sorted(name for name in {*first, *second} if first.get(name) != second.get(name))
    if differing:
        raise AssertionError(f"expected twins that {reader} cannot tell apart, got a difference in {differing}")


def obtainable(
    journal: Journal,
    *,
    reader: str,
    circle: str,
    at: Sequence[pendulum.DateTime],
    ids: Sequence[str],
    readings: Mapping[str, Reading],
) -> Iterator[tuple[str, str]]:
    """Go through everything that a person can obtain without writing anything: a name and a text for each."""
    yield "export", _tried(lambda: journal.export(reader, acting=reader))
    yield "whole export", _tried(lambda: journal.export(reader, acting=reader, support=True))
    yield "circles", _tried(lambda: journal.circles(reader, acting=reader))
    for moment in at:
        try:
            view = journal.view(reader, circle=circle, at=moment)
        except ReconnectError as refusal:
            yield f"view at {moment}", shown(refusal)
            continue
        for name, text in _seen(view, ids):
            yield f"{name} at {moment}", text
        for name, reading in readings.items():
            yield f"{name} at {moment}", _tried(partial(reading, view))


def _seen(view: View, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "the view", repr(view) + shown((view.reader, view.circle, view.at, view.members, view.zone))
    yield "people", shown((dict(view.people), dict(view.names)))
    yield "founding", shown(view.founding)
    yield "what ceased", shown(view.ceased)
    yield "entries", shown(view.entries())
    yield "what is shared", shown(view.shared_only().entries())
    yield "documents", shown([dumps(entry) for entry in view.entries()])
    yield from _pages(view)
    known = {entry.about for entry in view.entries() if entry.about is not None}
    for name in sorted({*known, *ids, _NOWHERE}):
        yield f"about {name}", shown(view.entries(about=name))
        for story in _stories(Story):
            yield f"{story.__name__} {name}", _tried(partial(_state, view, story, name))
    for story in _stories(Story):
        yield f"every {story.__name__}", _tried(partial(_every, view, story))
    yield "quiet", shown(is_quiet(view))
    yield "capacity", shown([(capacity_of(view, person), capacity_phrase(view, person)) for person in view.members])
    yield "reassurances", shown([reassurances(view, pause=pause) for pause in (None, view.at, view.at - _AROUND)])
    yield "outlook", _tried(lambda: (outlook(view), outlook(view).phrases()))
    yield "support", _tried(lambda: (is_solo(view), has_answered(view), support(view, _DIRECTORY)))
    yield "outlook with help", _tried(lambda: outlook(view, directory=_DIRECTORY))
    yield from _readings(view)


def _readings(view: View) -> Iterator[tuple[str, str]]:
    """Ask for every gentle reading of the last weeks: one's own, and those for everyone."""
    weeks = Window(view.at - _WEEKS, view.at + _AROUND)
    for name in gentle.__all__:
        yield name, _tried(partial(getattr(gentle, name), view, weeks, **_ON.get(name, {})))
    for name in _FOR_ALL:
        yield f"{name}, shared", _tried(partial(getattr(gentle, name), view, weeks, shared=True, **_ON.get(name, {})))
    yield "small wins", _tried(lambda: small_wins(view, weeks))


def _pages(view: View) -> Iterator[tuple[str, str]]:
    """Turn pages of every size, from every entry and every instant on."""
    everything = view.entries()
    for limit in range(len(everything) + 2):
        yield f"a page of {limit}", _page(view.entries(limit=limit))
    for place, entry in enumerate(everything):
        yield f"after entry {place}", _page(view.entries(after=entry))
        yield f"from entry {place} on", _page(view.entries(after=entry.at, limit=2))
    for kind in sorted({kind_of(entry.body) for entry in everything}):
        yield f"kind {kind}", _page(view.entries(kind=kind))
        yield f"the first of kind {kind}", _page(view.entries(kind=kind, limit=1))


def _page(entries: Sequence[Entry]) -> str:
    """Say which entries stand on a page, and when each was received; `entries` shows what is in them."""
    return repr([(entry.author, entry.id, entry.content, entry.at) for entry in entries])


def _state(view: View, story: type[Story], id_: str) -> object:
    return _told(view.state(story, id_), view)


def _every(view: View, story: type[Story]) -> object:
    return [_told(found, view) for found in view.all(story)]


def _told(story: Story, view: View) -> object:
    """Say everything that a story tells as of a view."""
    facts: list[object] = [story, repr(story), story.has_begun, story.held(), story.told(view.at)]
    match story:
        case Proposal():
            facts += [story.standing(at=view.at), story.in_force(at=view.at), story.awaiting(at=view.at)]
            facts += [story.offers, story.about, story.is_muted(by=view.reader, at=view.at)]
        case Reveal():
            facts += [story.opened(at=view.at), story.closes, story.prompt]
            facts += [story.has_answer(of=person, at=view.at) for person in view.members]
            facts += [story.parts(at=view.at)] if isinstance(story, Drift) else []
        case Invitation():
            facts.append(story.until(at=view.at))
        case CheckInSchedule():
            around = Window(view.at - _AROUND, view.at + _AROUND)
            facts += [story.rhythm, story.until(at=view.at), story.pauses(at=view.at), story.new_times(at=view.at)]
            facts += [list(story.occurrences(around)), view.counts(story, around), look_back(view, story, around)]
            facts += [precedence(view, occurrence) for occurrence in story.occurrences(around)]
        case Boundaries():
            facts += [story.baselines(at=view.at), story.history(at=view.at), story.kept(at=view.at)]
            facts += [story.layers(of=person, at=view.at) for person in view.members]
            reached = (MakeContact(by=by, toward=toward) for by, toward in permutations(view.members, 2))
            facts += [story.ruling(contact, at=view.at) for contact in reached]
        case TimeOut():
            facts += [story.calls(at=view.at), story.changes_at(at=view.at), story.phrase(to=view.reader, at=view.at)]
        case RecoveryWindow():
            facts += [story.standing(at=view.at), story.window(at=view.at), story.topic_rest, story.agenda()]
            facts += [story.meeting(at=view.at), story.topics(at=view.at), story.wins(at=view.at)]
        case Amends() | CapacityCard() | Reassurance() | SupportRoom():
            facts += _of_care(story, view)
        case Rotation():
            around = Window(view.at - _AROUND, view.at + _AROUND)
            facts += [list(story.turns(around)), story.wishes(at=view.at), story.in_force(at=view.at)]
            facts += [story.plan, story.load(around, for_=view.reader, at=view.at)]
        case _:
            facts.append(story.acts)
    return facts


def _of_care(story: Amends | CapacityCard | Reassurance | SupportRoom, view: View) -> list[object]:
    """Say what someone owned, has to give, or would like the others to know in a pause."""
    match story:
        case Amends():
            drafts = [story.drafted(by=person, at=view.at) for person in view.members]
            told = [story.author(at=view.at), story.words(at=view.at), story.answers(at=view.at)]
            return [*told, story.noticed(at=view.at), story.phrase(to=view.reader, at=view.at), drafts]
        case CapacityCard():
            return [story.little_until(of=person, at=view.at) for person in view.members]
        case Reassurance():
            return [story.standing(at=view.at), story.standing(at=view.at, pause=view.at)]
        case SupportRoom():
            return [story.holds(at=view.at)]


def _stories(base: type[Story]) -> Iterator[type[Story]]:
    for story in base.__subclasses__():
        yield story
        yield from _stories(story)


def _tried(ask: Callable[[], object]) -> str:
    """Show what an asking gives, or how it is refused."""
    try:
        return shown(ask())
    except ReconnectError as refusal:
        return shown(refusal)


def shown(value: object) -> str:
    """Show a value with everything in it, also what its `repr` leaves out."""
    whole, cls = value, type(value)
    parts: Sequence[object] = ()
    if isinstance(value, ReconnectError):
        parts = (str(value), value.args)
    elif isinstance(value, Mapping):
        parts = tuple(cast("Mapping[object, object]", value).items())
    elif isinstance(value, tuple | list):
        parts = cast("Sequence[object]", value)
    elif attrs.has(cls) and not isinstance(value, Enum):
        parts = tuple((each.name, getattr(value, each.name)) for each in attrs.fields(cls))
    return f"{cls.__name__}({', '.join(map(shown, parts))})" if parts else repr(whole)
