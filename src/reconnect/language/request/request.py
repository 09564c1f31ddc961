"""A request is one act, at a time, that can be refused; an I-statement says what lies behind it."""

from typing import ClassVar, Final

from attrs import field, frozen

from reconnect.errors import InvalidRequest
from reconnect.limits import WORDS, limit
from reconnect.phrase import Phrase
from reconnect.record.kind import as_text, register

__all__ = ["LONGEST", "IStatement", "Request", "as_words"]

LONGEST: Final = 300  # ours, no study: characters of one part; more is a letter


def as_words(value: str) -> str:
    """Return a few words that somebody wrote, or none, without the space around them.

    Raises:
        InvalidBody: it is no text.
        InvalidRequest: it is too long.
    """
    words = as_text(value).strip()
    if len(words) > LONGEST:
        raise InvalidRequest(f"at most {LONGEST} characters", f"{len(words)} characters")
    return words


def _words(value: str) -> str:
    words = as_words(value)
    if not words:
        raise InvalidRequest("a few words for each part", "a part without any")
    return words


limit(_words, least=1, shape=WORDS)


@register
@frozen(kw_only=True)
class Request:
    """One act that can be seen or heard, and when; whoever is asked may say no.

    What people get wrong: "be nicer" is a wish for how somebody is. And a no is an answer, not the end of anything:
    as the value of a `Proposal`, a request can be declined aloud, left alone, or answered with another one.

    >>> import pendulum
    >>> from reconnect.consent.proposal import Proposal
    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> asked = Request(act="put the phone away while we eat", when="tonight")
    >>> p = Proposal.of(asked, id="p1", circle=us, by="ana", at=now)
    >>> p.decline(by="ben", offer=p.offer.id, at=now.add(hours=1)).standing(at=now.add(hours=1))
    <Agreed.SET_ASIDE: 'set_aside'>
    >>> other = Request(act="go for a walk without phones", when="after dinner")
    >>> p = p.counter(by="ben", offer=p.offer.id, value=other, at=now.add(hours=1))
    >>> p = p.accept(by="ana", offer=p.offer.id, at=now.add(hours=2))
    >>> p.in_force(at=now.add(hours=2)).when
    'after dinner'

    Attributes:
        act: one thing to do, in words that go on after "be willing to"; left out of `repr`.
        when: a good moment for it, in the person's own words; left out of `repr`.

    Raises:
        InvalidBody: a part is no text.
        InvalidRequest: a part has no words, or more than 300 characters.

    Sources:
        A request can be refused, or it is a demand: pages on nonviolent communication. 300 characters: ours, no study.
    """

    kind: ClassVar[str] = "request"

    act: str = field(repr=False, converter=_words)
    when: str = field(repr=False, converter=_words)

    @property
    def refusable(self) -> bool:
        """Whether a no is fine, too: it always is, and whatever has no room for one is no request."""
        return True

    @property
    def phrase(self) -> Phrase:
        """The request in one sentence, the room for a no in another; `render` says them."""
        return Phrase.of("request.asked", act=self.act, when=self.when)


def _request(value: Request) -> Request:
    if not isinstance(value, Request):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidRequest("a request", f"a {type(value).__name__}")
    return value


@register
@frozen(kw_only=True)
class IStatement:
    r"""What happened, what I feel, what matters to me, and what I ask for: each in the person's own words.

    What people get wrong: "I feel ignored" tells what others seem to have done; `feelings_under` helps to find what is
    under it. Nothing is sent: it is a value, which its author may keep, show, or throw away.

    >>> from reconnect.language.phrasebook import render
    >>> walk = Request(act="walk with me", when="Sunday morning")
    >>> said = IStatement(observation="the weekend went by", feeling="lonely", need="closeness", request=walk)
    >>> said
    IStatement(request=Request())
    >>> print(render(said.phrase).replace("me. ", "me.\n"))
    When the weekend went by, I felt lonely, because closeness matters to me.
    Would you be willing to walk with me, and would Sunday morning suit you? A no is fine, too.

    Attributes:
        observation: what could be seen or heard, in words that go on after "when"; left out of `repr`.
        feeling: what it felt like; left out of `repr`.
        need: what matters here; left out of `repr`.
        request: what is asked for.

    Raises:
        InvalidBody: a part is no text.
        InvalidRequest: a part has no words, or more than 300 characters, or there is no request.

    Sources:
        Observation, feeling, need, request: pages on nonviolent communication. 300 characters: ours, no study.
    """

    kind: ClassVar[str] = "request.i_statement"

    observation: str = field(repr=False, converter=_words)
    feeling: str = field(repr=False, converter=_words)
    need: str = field(repr=False, converter=_words)
    request: Request = field(converter=_request)

    @property
    def phrase(self) -> Phrase:
        """All of it as it can be said aloud; `render` says it."""
        parts = {"observation": self.observation, "feeling": self.feeling, "need": self.need}
        return Phrase.of("request.i_statement", **parts, request=self.request.phrase)
