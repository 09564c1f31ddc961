"""Referrals say where there is help: always for one person alone, and seldom for all of them together."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final

import pendulum
from attrs import field, frozen

from reconnect.consent.mute import is_quiet
from reconnect.errors import InvalidHelp
from reconnect.limits import WORDS, limit
from reconnect.metrics.scale import OPENNESS
from reconnect.phrase import Phrase
from reconnect.practice.spared import invited, is_here
from reconnect.practice.support import ASKS, FearAnswer, has_answered
from reconnect.primitives.checkin import scheduled
from reconnect.primitives.checkin.rhythm import LONGEST as LONGEST_WINDOW
from reconnect.record.kind import as_text
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import shifted
from reconnect.temporal.window import Window

__all__ = ["Help", "HelpKind", "Support", "nearby", "silent_for_weeks", "support", "turning"]

FORTNIGHT: Final = dt.timedelta(days=14)  # ours, no study: two of them without a talk are weeks (rules: for weeks)
LONG: Final = 2 * FORTNIGHT
TICK: Final = dt.timedelta(microseconds=1)


class HelpKind(Enum):
    """Whom help is for."""

    INDIVIDUAL = "individual"
    """One person, alone."""
    COUPLE = "couple"
    """Everyone together: only for those who work collaboratively and look for nobody to blame."""


def _said(value: str) -> str:
    if not as_text(value).strip():
        raise InvalidHelp("a name, and how to reach it", "a text without words")
    return value


limit(_said, least=1, shape=WORDS)


def _whom(value: HelpKind) -> HelpKind:
    if not isinstance(value, HelpKind):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidHelp("help for one person or for a couple", f"a {type(value).__name__}")
    return value


def _names(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise InvalidHelp("several names of regions or languages", "one text")
    return tuple(dict.fromkeys(_said(each) for each in value))


limit(_names, each=_said)


@frozen(kw_only=True)
class Help:
    """A place where there is help, from a directory that the host app keeps and answers for.

    This library brings no directory: who is trustworthy, open and near is for people to find out.

    >>> line = Help(name="Helpline", reach="call 123", regions=["FR"], languages=["fr"])
    >>> line.serves(region="FR"), line.serves(region="FR", languages=["en", "fr"]), line.serves(region="BE")
    (True, True, False)

    Attributes:
        name: what it is called.
        reach: how to reach it, in words that can be shown.
        whom: whether it is for one person alone, or for a couple.
        regions: where it is; everywhere if none is named.
        languages: what is spoken there; any if none is named.

    Raises:
        InvalidHelp: a text has no words, it is for neither, or regions or languages are one text.
    """

    name: str = field(converter=_said)
    reach: str = field(converter=_said)
    whom: HelpKind = field(default=HelpKind.INDIVIDUAL, converter=_whom)
    regions: tuple[str, ...] = field(default=(), converter=_names)
    languages: tuple[str, ...] = field(default=(), converter=_names)

    def serves(self, *, region: str | None = None, languages: Iterable[str] = ()) -> bool:
        """Tell whether it may suit somebody who lives in a region and speaks some languages.

        Args:
            region: where they live; anywhere unless given.
            languages: what they speak; any unless given.
        """
        spoken = set(_names(languages))
        here = region is None or not self.regions or region in self.regions
        return here and (not spoken or not self.languages or not spoken.isdisjoint(self.languages))


def nearby(directory: Iterable[Help], *, region: str | None = None, languages: Iterable[str] = ()) -> tuple[Help, ...]:
    """Return the help in a directory that may suit somebody, in the order of the directory."""
    spoken = _names(languages)
    return tuple(each for each in directory if each.serves(region=region, languages=spoken))


@frozen(kw_only=True)
class Support:
    """What is there for one person: the same for everyone, whatever anyone wrote, but for help as a couple.

    Attributes:
        asks: a routine question that everyone finds in their own view; it is answered on the `OPENNESS` scale.
        room: what a support room asks, if one likes to go there; everyone finds this question, too.
        alone: help for one person.
        together: help for a couple, never without help for one person beside it.

    Raises:
        InvalidHelp: help for a couple stands alone, or among the other kind.
    """

    asks: Phrase = OPENNESS.asks
    room: Phrase = ASKS
    alone: tuple[Help, ...] = ()
    together: tuple[Help, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse help for a couple without help for one person beside it."""
        kinds = ({each.whom for each in self.alone}, {each.whom for each in self.together})
        if not (kinds[0] <= {HelpKind.INDIVIDUAL} and kinds[1] <= {HelpKind.COUPLE}):
            raise InvalidHelp("help of one kind in one place", "another kind among it")
        if self.together and not self.alone:
            raise InvalidHelp("help for one person beside help for a couple", "none")

    def phrases(self) -> tuple[Phrase, ...]:
        """Say where there is help; nobody is told to go, and nothing is said about anyone."""
        return (
            *(Phrase.of("support.together", name=each.name, reach=each.reach) for each in self.together),
            *(Phrase.of("support.alone", name=each.name, reach=each.reach) for each in self.alone),
        )


NOTHING: Final = Support()


def support(view: View, directory: Iterable[Help] = (), *, told: FearAnswer | None = None) -> Support:
    """Gather what is there for one person, as of a view.

    Help for one person is there for everyone, at any time and without a reason: also for those who left, and for
    those who are quiet. Help for a couple is named only when no check-in has come about for weeks although everyone
    said "nudge us" lately; never without help for one person beside it, and never to somebody who answered in a
    support room or says so now.

    Args:
        view: whose view it is, and as of when.
        directory: help that the host app knows of and answers for.
        told: what the reader says just now, kept nowhere.

    Laws:
        Help for one person never depends on what anyone wrote.

    Sources:
        Four weeks, with check-ins due in each half of them: ours, no study.
    """
    known = tuple(directory)
    alone = tuple(each for each in known if each.whom is HelpKind.INDIVIDUAL)
    couple = tuple(each for each in known if each.whom is HelpKind.COUPLE)
    offered = bool(alone and couple) and _is_wished(view) and not has_answered(view, told=told)
    return Support(alone=alone, together=couple if offered and silent_for_weeks(view) else ())


def silent_for_weeks(view: View) -> bool:
    """Tell whether check-ins were due in each of the last two fortnights, and none of them came about.

    It rests on shared acts alone. What was paused, let go or kept closed by a time-out was not due.
    """
    now = elapsed(view.at, TICK)  # so that a check-in leaves a fortnight at the very instant at which that is over
    middle = shifted(now, -FORTNIGHT)
    halves = (Window(shifted(middle, -FORTNIGHT), middle), Window(middle, now))
    schedules = scheduled(view)
    counts = [[view.counts(schedule, half) for schedule in schedules] for half in halves]
    due = all(sum(count.due for count in half) for half in counts)
    return due and not any(count.held for half in counts for count in half)


def turning(view: View, found: Support) -> Iterator[pendulum.DateTime]:
    """Go through the instants at which help for a couple may come or go although nobody writes anything."""
    if not found.alone or not _is_wished(view):
        return
    near = Window(shifted(view.at, -LONG - LONGEST_WINDOW), elapsed(view.at, FORTNIGHT))  # an invitation ends by then
    for schedule in scheduled(view):
        for occurrence in schedule.occurrences(near):
            yield occurrence.window.end
            yield elapsed(occurrence.start, FORTNIGHT)
            yield elapsed(occurrence.start, LONG)


def _is_wished(view: View) -> bool:
    """Tell whether everyone said "nudge us" lately, the reader is not quiet, and so the others may be spoken of."""
    return is_here(view) and invited(view) and not is_quiet(view)
