"""What people say around listening: each of these is one act in the story of a session, and everyone sees it."""

from enum import Enum
from typing import ClassVar

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidListening
from reconnect.language.listening.form import ListeningForm
from reconnect.people.person import as_id
from reconnect.record.kind import Heard, as_text, register
from reconnect.temporal.instant import as_instant

__all__ = [
    "AskedToListen",
    "ListeningPaused",
    "ListeningStopped",
    "NotThen",
    "StepTaken",
    "TimeSuits",
    "WentOn",
    "Word",
    "WordsNotWanted",
    "WordsWanted",
]


class Word(Enum):
    """What was said in a step, by its purpose; the words themselves are kept only if everyone wants that."""

    SPOKE = "spoke"
    SAID_BACK = "said_back"
    GOT_IT = "got_it"
    NOT_QUITE = "not_quite"
    ASKED_FOR_MORE = "asked_for_more"
    NO_MORE = "no_more"
    CLARIFIED = "clarified"
    VALIDATED = "validated"
    EMPATHISED = "empathised"
    PASSED_ON = "passed_on"


def _form(value: ListeningForm) -> ListeningForm:
    if not isinstance(value, ListeningForm):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidListening("a form of listening", f"a {type(value).__name__}")
    return value


def _word(value: Word) -> Word:
    if not isinstance(value, Word):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidListening("what a step is for", f"a {type(value).__name__}")
    return value


@register
@frozen(kw_only=True)
class AskedToListen:
    """One person asks everyone for a time to listen to each other; it is their yes to that time."""

    kind: ClassVar[str] = "listening.asked"
    heard: ClassVar[Heard] = Heard.SHARED

    start: pendulum.DateTime = field(converter=as_instant)
    form: ListeningForm = field(factory=ListeningForm, converter=_form)
    topic: str | None = field(default=None, converter=optional(as_id))


@register
@frozen(kw_only=True)
class TimeSuits:
    """One person's yes to one very time."""

    kind: ClassVar[str] = "listening.time_suits"
    heard: ClassVar[Heard] = Heard.SHARED

    start: pendulum.DateTime = field(converter=as_instant)


@register
@frozen(kw_only=True)
class NotThen:
    """The time does not suit one person; they may name another one, which is their yes to that."""

    kind: ClassVar[str] = "listening.not_then"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    start: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))


@register
@frozen(kw_only=True)
class StepTaken:
    """One step of a turn. It names the step that it follows, so it can mean no other moment of the talk."""

    kind: ClassVar[str] = "listening.step"
    heard: ClassVar[Heard] = Heard.SHARED

    word: Word = field(converter=_word)
    follows: str = field(converter=as_id)
    text: str | None = field(default=None, repr=False, converter=optional(as_text))


@register
@frozen(kw_only=True)
class ListeningPaused:
    """One person needs a break; the talk waits where it is."""

    kind: ClassVar[str] = "listening.paused"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class WentOn:
    """Whoever needed a break is ready to go on."""

    kind: ClassVar[str] = "listening.went_on"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class ListeningStopped:
    """One person ends the talk, without a reason."""

    kind: ClassVar[str] = "listening.stopped"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class WordsWanted:
    """One person would like the words of the talk to be kept."""

    kind: ClassVar[str] = "listening.words_wanted"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class WordsNotWanted:
    """One person would rather not have the words kept, from now on or any more."""

    kind: ClassVar[str] = "listening.words_not_wanted"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True
