"""Twins are two journals that differ only in what one person wrote privately; others must not tell them apart."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import partial
from random import Random
from typing import Final, cast

import attrs
import pendulum

from reconnect.consent.mute import is_quiet
from reconnect.consent.patience import question_heard_from, questions
from reconnect.edges.convert import dumps
from reconnect.edges.testing.facts import AROUND, facts
from reconnect.errors import ReconnectError
from reconnect.language.listening import talk_heard_from, talks_heard
from reconnect.metrics import CONVERSATION, Scale, gentle
from reconnect.metrics.signal import signal
from reconnect.metrics.wins import small_wins
from reconnect.practice.agreement import agreement
from reconnect.practice.deeds import deeds
from reconnect.practice.easing import easing
from reconnect.practice.going import readings, wins
from reconnect.practice.helped import heavier_weeks, what_helped_before
from reconnect.practice.outlook import outlook
from reconnect.practice.promises import promises
from reconnect.practice.referrals import Help, HelpKind, support
from reconnect.practice.suggestion import suggestion
from reconnect.practice.support import has_answered, is_solo
from reconnect.practice.tapering import tapering
from reconnect.primitives.capacity import capacity_of, capacity_phrase
from reconnect.primitives.commitment import my_promises, recent_kept
from reconnect.primitives.gesture import here_for
from reconnect.primitives.memory import next_recall, recall
from reconnect.primitives.reassurance import reassurances
from reconnect.primitives.routine import good_day_plans, rituals, routines
from reconnect.record.entry import Entry
from reconnect.record.journal import Journal
from reconnect.record.kind import kind_of
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["assert_alike", "obtainable", "shown"]

Reading = Callable[[View], object]
_NOWHERE: Final = "an id that nobody used"
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


def assert_alike(
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
    yield "reassurances", shown([reassurances(view, pause=pause) for pause in (None, view.at, view.at - AROUND)])
    yield "care", _tried(lambda: _care(view))
    yield "asks", _tried(lambda: _asks(view))
    yield "outlook", _tried(lambda: (outlook(view), outlook(view).phrases()))
    parts = (agreement, promises, suggestion, readings, wins)
    yield "parts", _tried(lambda: [part(view) for part in parts])
    yield "what was agreed, told", _tried(lambda: agreement(view).phrases())
    yield "support", _tried(lambda: (is_solo(view), has_answered(view), support(view, _DIRECTORY)))
    yield "calendar", _tried(lambda: _calendar(view))
    yield "outlook with help", _tried(lambda: outlook(view, directory=_DIRECTORY))
    yield from _readings(view)


def _readings(view: View) -> Iterator[tuple[str, str]]:
    """Ask for every gentle reading of the last weeks: one's own, and those for everyone."""
    weeks = Window(view.at - _WEEKS, view.at + AROUND)
    for name in gentle.__all__:
        yield name, _tried(partial(getattr(gentle, name), view, weeks, **_ON.get(name, {})))
    for name in _FOR_ALL:
        yield f"{name}, shared", _tried(partial(getattr(gentle, name), view, weeks, shared=True, **_ON.get(name, {})))
    yield "signal", _tried(lambda: signal(view))
    yield "small wins", _tried(lambda: small_wins(view, weeks))
    yield "what helped", _tried(lambda: [(helped, helped.phrase()) for helped in what_helped_before(view)])
    yield "steps", _tried(lambda: (deeds(view), tuple(sorted(heavier_weeks(view)))))
    yield "easing", _tried(lambda: easing(view))
    yield "tapering", _tried(lambda: tapering(view))


def _care(view: View) -> object:
    """Say what a reader looks at for a warm moment: promises, gestures, memories, routines and rituals."""
    around = Window(view.at - AROUND, view.at + AROUND)
    came = [recall(view, rng=Random(seed)) for seed in range(2)]  # noqa: S311 - it chooses a memory, no secret
    promises = [my_promises(view, around), recent_kept(view, 9)]
    return promises, here_for(view), came, next_recall(view), (routines(view), rituals(view), good_day_plans(view))


def _asks(view: View) -> object:
    """Say which questions and talks reach the reader, and from when on another one of their own would."""
    return questions(view), talks_heard(view), question_heard_from(view), talk_heard_from(view)


def _calendar(view: View) -> bytes:
    """Write the reader's calendar; where its extra is missing, that is all there is to see."""
    from reconnect.edges.ical import calendar  # noqa: PLC0415 - an optional extra

    return calendar(view, within=Window(view.at - AROUND, view.at + AROUND))


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
    return [story, repr(story), story.has_begun, story.held(), story.told(view.at), *facts(story, view)]


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
