"""A frame is the beginning of a request, with blanks that only the person fills."""

from collections.abc import Iterable
from typing import Any, Final, Self

from attrs import evolve, field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidRequest
from reconnect.language.lens import Noticing, NoticingKind, lens_locales, notice
from reconnect.language.phrasebook import render
from reconnect.language.request.request import IStatement, Request, as_words
from reconnect.phrase import Phrase

__all__ = ["Frame", "Rewording", "suggest"]

BLANK: Final = "..."  # what stands where nobody has written anything yet
# What an act is not: how somebody should be, all times at once, or a word for a person. Ours, no study.
NO_ACT: Final = frozenset({NoticingKind.VAGUE_REQUEST, NoticingKind.ABSOLUTE, NoticingKind.LABEL})


def _noticed(value: NoticingKind) -> NoticingKind:
    if not isinstance(value, NoticingKind):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidRequest("what a lens noticed", f"a {type(value).__name__}")
    if not value.may_be_reworded:
        raise InvalidRequest("words that other words can be offered for", "a threat, for which there is support")
    return value


def _yes_or_no(value: bool) -> bool:  # noqa: FBT001 - a converter takes what the field is given
    if type(value) is not bool:
        raise InvalidRequest("true or false for the room for a no", f"a {type(value).__name__}")
    return value


@frozen(kw_only=True)
class Frame:
    """The beginning of a request, with blanks; each step fills one, in any order, and can be taken back.

    Nothing in it was in the draft, and nothing is filled in for anybody: not even the feeling.

    >>> from reconnect.language.lens import notice
    >>> from reconnect.language.phrasebook import render
    >>> (frame,) = suggest(notice("You never listen.")).frames
    >>> print(render(frame.phrase))
    I would feel ... if you could ..., and ... would suit me.
    >>> frame = frame.fill(feeling="calmer", act="put the phone away")
    >>> print(render(frame.phrase))
    I would feel calmer if you could put the phone away, and ... would suit me.
    >>> for what in frame.missing:
    ...     print(render(what))
    When would be a good time for it?
    Is there room for a no? If a no is fine, too, it is a request.

    Attributes:
        noticed: what kind of words it began from; nothing if it began by itself.
        observation: what could be seen or heard; left out of `repr`, as is every blank.
        feeling: what it felt like.
        need: what matters here.
        act: one thing to do.
        when: a good moment for it.
        no_is_fine: whether the person said that a no is fine, too.

    Raises:
        InvalidBody: a blank was filled with something that is no text.
        InvalidRequest: it would begin from a threat, for which no other words are offered, or a blank holds more than
            300 characters, or the room for a no is neither true nor false.

    Laws:
        What it says depends on the kind of what was noticed, and on what the person filled in, alone. It is a whole
        request if and only if nothing is missing, and a whole statement if and only if nothing is unsaid. Filling two
        blanks in either order is the same.

    Sources:
        Which frame goes with which kind of words: ours, no study.
    """

    noticed: NoticingKind | None = field(default=None, converter=optional(_noticed))
    observation: str = field(default="", repr=False, converter=as_words)
    feeling: str = field(default="", repr=False, converter=as_words)
    need: str = field(default="", repr=False, converter=as_words)
    act: str = field(default="", repr=False, converter=as_words)
    when: str = field(default="", repr=False, converter=as_words)
    no_is_fine: bool = field(default=False, converter=_yes_or_no)

    def fill(
        self,
        *,
        observation: str | None = None,
        feeling: str | None = None,
        need: str | None = None,
        act: str | None = None,
        when: str | None = None,
        no_is_fine: bool | None = None,
    ) -> Self:
        """Fill blanks, or fill them anew; an empty text makes a blank again, and what is not named stays.

        Raises:
            InvalidBody: something is no text.
            InvalidRequest: something holds more than 300 characters, or is neither true nor false where it has to be.
        """
        given: dict[str, Any] = {
            "observation": observation,
            "feeling": feeling,
            "need": need,
            "act": act,
            "when": when,
            "no_is_fine": no_is_fine,
        }
        return evolve(self, **{name: said for name, said in given.items() if said is not None})

    @property
    def missing(self) -> tuple[Phrase, ...]:
        """What a request still needs, in kind words: an act, a time, room for a no.

        A wish for how somebody should be is no act yet, nor are a word for a person or words for all times at once, as
        far as the lens can tell; it says so. It misses some, and whoever knows better builds a `Request` by itself.

        >>> from reconnect.language.phrasebook import render
        >>> (what,) = Frame(act="be more considerate", when="tonight", no_is_fine=True).missing
        >>> print(render(what))
        This is a wish for how somebody is. One act that can be seen, at a time, is easier to give.
        """
        asked = (
            (self.when, Phrase.of("missing.when")),
            (self.no_is_fine, Phrase.of("missing.no")),
        )
        act = _no_act(self.act) if self.act else Phrase.of("missing.act")
        return (*(() if act is None else (act,)), *(question for there, question in asked if not there))

    @property
    def unsaid(self) -> tuple[Phrase, ...]:
        """What an I-statement still needs, as kind questions: what lies behind the request, and the request."""
        asked = (
            (self.observation, Phrase.of("missing.observation")),
            (self.feeling, Phrase.of("missing.feeling")),
            (self.need, Phrase.of("missing.need")),
        )
        return (*(question for there, question in asked if not there), *self.missing)

    @property
    def request(self) -> Request | None:
        """The request, once nothing is missing from it; nothing before that."""
        return None if self.missing else Request(act=self.act, when=self.when)

    @property
    def statement(self) -> IStatement | None:
        """The whole I-statement, once nothing is unsaid; nothing before that."""
        request = self.request
        if request is None or self.unsaid:
            return None
        return IStatement(observation=self.observation, feeling=self.feeling, need=self.need, request=request)

    @property
    def phrase(self) -> Phrase:
        """The frame in words, with three dots for each blank; `render` says it."""
        parts = {
            "observation": self.observation,
            "feeling": self.feeling,
            "need": self.need,
            "act": self.act,
            "when": self.when,
        }
        key = "plain" if self.noticed is None else self.noticed.value
        return Phrase.of(f"frame.{key}", **{name: words or BLANK for name, words in parts.items()})


def _no_act(act: str) -> Phrase | None:
    """Say why words are no act that could be done, if the lens finds a reason in any language."""
    asked = Phrase.of("request.could", act=act)
    looked = (each for locale in lens_locales() for each in notice(render(asked, locale=locale), locale=locale))
    return next((each.phrase for each in looked if each.noticed in NO_ACT), None)


def _frames(value: Iterable[Frame]) -> tuple[Frame, ...]:
    frames = tuple(value)
    if not all(isinstance(frame, Frame) for frame in frames):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidRequest("frames", "something else among them")
    return frames


def _phrase(value: Phrase) -> Phrase:
    if not isinstance(value, Phrase):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidRequest("a phrase", f"a {type(value).__name__}")
    return value


@frozen(kw_only=True)
class Rewording:
    """What can be offered for a draft: frames, or support and no frames at all.

    Attributes:
        frames: a beginning for each kind of words that was noticed, in the order of the draft.
        support: where to find help, if there was a threat among it; nothing otherwise.

    Raises:
        InvalidRequest: there would be frames beside support, or something else in the place of either.

    Laws:
        Where there is support there is no frame.
    """

    frames: tuple[Frame, ...] = field(default=(), converter=_frames)
    support: Phrase | None = field(default=None, converter=optional(_phrase))

    def __attrs_post_init__(self) -> None:
        """Refuse to soften anything where somebody may not be safe."""
        if self.frames and self.support is not None:
            raise InvalidRequest("frames or support", "both")


def _noticings(given: Iterable[Noticing] | str) -> list[Noticing]:
    if isinstance(given, str):
        raise InvalidRequest("what `notice` found", "a text")
    noticings = list(given)
    if not all(isinstance(each, Noticing) for each in noticings):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidRequest("what `notice` found", "something else among it")
    return sorted(noticings)


def suggest(noticings: Iterable[Noticing]) -> Rewording:
    """Offer a beginning of a request for each kind of words that was noticed in one's own draft.

    What people get wrong: it does not rewrite the draft, and never sees it. If there is a threat anywhere in it, no
    other words are offered for any of it: a gentler sentence would only hide what matters.

    >>> from reconnect.language.lens import notice
    >>> [frame.noticed.value for frame in suggest(notice("You never listen, you are so selfish!")).frames]
    ['absolute', 'label']
    >>> found = suggest(notice("You never listen. You'll regret this."))
    >>> found.frames, found.support
    ((), Phrase(key='lens.threat', params=()))

    Args:
        noticings: what `notice` found.

    Raises:
        InvalidRequest: it is something else, such as the draft itself.

    Laws:
        The order of what is given and repetitions change nothing. Every kind but a threat has a frame, one each.
    """
    found = _noticings(noticings)
    threats = [each for each in found if not each.noticed.may_be_reworded]
    if threats:
        return Rewording(support=threats[0].phrase)
    return Rewording(frames=tuple(Frame(noticed=kind) for kind in dict.fromkeys(each.noticed for each in found)))
