"""What people say about ideas that they try, and about what they learn."""

import datetime as dt
from enum import Enum
from typing import ClassVar, Final

from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidCare
from reconnect.people.person import as_id
from reconnect.record.kind import Heard, as_text, register
from reconnect.temporal.instant import is_a

__all__ = ["ExperimentBegun", "Idea", "LessonTold", "LookedBack", "Onward"]

TRY: Final = dt.timedelta(days=14)  # ours, no study: long enough to become ordinary, short enough to say yes to
SHORTEST: Final = dt.timedelta(days=1)  # ours, no study
LONGEST: Final = dt.timedelta(days=90)  # ours, no study: as long as what is agreed holds before it is looked at again


class Onward(Enum):
    """What someone would like to do with an idea after trying it."""

    KEEP = "keep"
    """Go on with it."""
    CHANGE = "change"
    """Try it in another way: bring a new idea that names this one."""
    LET_GO = "let_go"
    """Leave it; that, too, is something learnt."""


def _length(value: dt.timedelta) -> dt.timedelta:
    if not is_a(value, dt.timedelta) or not SHORTEST <= value <= LONGEST:
        raise InvalidCare("a time from one day to 90 days", "another one")
    return value


def _onward(value: Onward) -> Onward:
    if not is_a(value, Onward):
        raise InvalidCare("a way to go on", f"a {type(value).__name__}")
    return value


@register
@frozen(kw_only=True)
class Idea:
    """Something to try for a while: a value for a proposal, which anyone may bring, counter, mute or decline.

    Attributes:
        what: what to try, left out of `repr`.
        length: for how long (two weeks).
        notice: what to look at meanwhile, if one likes; left out of `repr`.
        after: the id of the experiment that it follows, so that everyone can see where it came from.

    Raises:
        InvalidCare: the time is none from one day to 90 days.

    Sources:
        Two weeks, and the bounds: ours, no study.
    """

    kind: ClassVar[str] = "lesson.idea"

    what: str = field(repr=False, converter=as_text)
    length: dt.timedelta = field(default=TRY, converter=_length)
    notice: str = field(default="", repr=False, converter=as_text)
    after: str | None = field(default=None, converter=optional(as_id))


@register
@frozen(kw_only=True)
class ExperimentBegun:
    """The act that begins an experiment: it names the proposal with the idea that everyone said yes to."""

    kind: ClassVar[str] = "lesson.experiment_begun"
    heard: ClassVar[Heard] = Heard.SHARED

    proposal: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class LookedBack:
    """One person says, after trying, how they would like to go on; a later word of theirs replaces it.

    Attributes:
        onward: how.
        words: what they noticed, left out of `repr`; none are needed.
    """

    kind: ClassVar[str] = "lesson.looked_back"
    heard: ClassVar[Heard] = Heard.SHARED

    onward: Onward = field(converter=_onward)
    words: str = field(default="", repr=False, converter=as_text)


@register
@frozen(kw_only=True)
class LessonTold:
    """Something learnt, in the words of one of them; said anew, it names the words that it follows.

    Attributes:
        text: what was learnt, left out of `repr`.
        why: why it is worded anew, left out of `repr`.
        after: the revision that it follows, or `None` for the first one.
        source: the id of what it came from, such as an experiment.
    """

    kind: ClassVar[str] = "lesson.told"
    heard: ClassVar[Heard] = Heard.SHARED

    text: str = field(repr=False, converter=as_text)
    why: str = field(default="", repr=False, converter=as_text)
    after: str | None = field(default=None, converter=optional(as_id))
    source: str | None = field(default=None, converter=optional(as_id))
