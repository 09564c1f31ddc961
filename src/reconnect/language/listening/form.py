"""A form is how a session of listening goes: in which rounds, about what, and with which steps in each turn."""

from collections.abc import Iterable
from enum import Enum
from typing import ClassVar, Final, Self

from attrs import field, frozen

from reconnect.errors import InvalidListening
from reconnect.limits import limit
from reconnect.record.kind import register

__all__ = ["ListeningForm", "ListeningRound", "Step", "Subject"]

APPRECIATIONS: Final = 5  # found: gottman.com, five appreciations each in a State of the Union
MOST: Final = 40  # ours, no study: more rounds than fit in an evening


class Subject(Enum):
    """What a round is about."""

    APPRECIATION = "appreciation"
    """One thing that each person valued in the one who listens."""
    WENT_WELL = "went_well"
    """What went well since the last time."""
    CONCERN = "concern"
    """What is on each person's mind."""
    REQUEST = "request"
    """One thing that would help each person; it may be declined, and it comes after everyone was heard."""


class Step(Enum):
    """What comes next in a turn; each step belongs to one person."""

    SPEAK = "speak"
    """The speaker says something."""
    SAY_BACK = "say_back"
    """The listener says it back in their own words."""
    CONFIRM = "confirm"
    """The speaker says whether that was it."""
    ASK_MORE = "ask_more"
    """The listener asks whether there is more."""
    MORE = "more"
    """The speaker goes on, or says that this was all."""
    CLARIFY = "clarify"
    """The listener asks about what is unclear, or leaves it."""
    ANSWER = "answer"
    """The speaker answers, or leaves the question open."""
    VALIDATE = "validate"
    """The listener says what makes sense from the speaker's side; that is not agreeing."""
    EMPATHISE = "empathise"
    """The listener says what the speaker may be feeling."""


CHOSEN: Final = (Step.SAY_BACK, Step.ASK_MORE, Step.CLARIFY, Step.VALIDATE, Step.EMPATHISE)


def _about(value: Subject) -> Subject:
    if not isinstance(value, Subject):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidListening("what a round is about", f"a {type(value).__name__}")
    return value


def _steps(value: Iterable[Step]) -> tuple[Step, ...]:
    given = set(value)
    if not given <= set(CHOSEN):
        raise InvalidListening("steps among say back, ask for more, clarify, validate, empathise", "another step")
    if given and Step.SAY_BACK not in given:
        raise InvalidListening("saying back before any other step", "steps without it")
    return tuple(step for step in CHOSEN if step in given)


@frozen(kw_only=True)
class ListeningRound:
    """One turn for each person: they speak, and the steps that follow make sure that they were heard.

    The order of the steps is always the same, however they are given. Without any step, the floor goes on as soon
    as somebody has spoken.

    >>> ListeningRound(steps=[Step.VALIDATE, Step.SAY_BACK]).steps
    (<Step.SAY_BACK: 'say_back'>, <Step.VALIDATE: 'validate'>)

    Attributes:
        about: what it is about.
        steps: which of the listener's steps a turn has: saying back, asking for more, clarifying, validating,
            empathising. After saying back, the speaker always says whether that was it.

    Raises:
        InvalidListening: there is another step among them, or one of them without saying back.
    """

    about: Subject = field(default=Subject.CONCERN, converter=_about)
    steps: tuple[Step, ...] = field(default=CHOSEN[:4], converter=_steps)


def _rounds(value: Iterable[ListeningRound]) -> tuple[ListeningRound, ...]:
    rounds = tuple(value)
    if not all(isinstance(each, ListeningRound) for each in rounds) or not 0 < len(rounds) <= MOST:  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidListening(f"1 to {MOST} rounds", "something else")
    subjects = [each.about for each in rounds]
    if Subject.REQUEST in subjects and Subject.CONCERN in subjects[subjects.index(Subject.REQUEST) :]:
        raise InvalidListening("requests after everyone was heard", "a concern after a request")
    return rounds


limit(_rounds, least=1, most=MOST)


@register
@frozen(kw_only=True)
class ListeningForm:
    """How a session goes: rounds, in each of which everyone has one turn, in the same order.

    Every form runs on one machine, so all of them keep its promises: one person has the floor, turns are equal, and
    requests wait until everyone was heard. Nothing here treats or predicts anything; studies disagree.

    >>> [each.about.value for each in ListeningForm.weekly_talk(appreciations=2).rounds]
    ['appreciation', 'appreciation', 'went_well', 'concern', 'request']

    Attributes:
        rounds: the rounds, in order.

    Raises:
        InvalidListening: there is none, there are more than 40, or a concern comes after a request.

    Sources:
        PREP handout pages (1993) for speaker and listener; Gottman 1998 found that active listening did not predict
        outcomes. Pages on Imago for mirroring, validating and empathising. gottman.com for the weekly talk. 40
        rounds: ours, no study.
    """

    kind: ClassVar[str] = "listening.form"

    rounds: tuple[ListeningRound, ...] = field(default=(ListeningRound(),), converter=_rounds)

    @classmethod
    def in_turns(cls, *, rounds: int = 1) -> Self:
        """Return our own form: say back, confirm, is there more, clarify, validate, then the other's turn."""
        return cls(rounds=_times(rounds, ListeningRound()))

    @classmethod
    def speaker_listener(cls) -> Self:
        """Return the speaker-listener form of PREP: one topic, said back and clarified; no solving in it."""
        return cls(rounds=(ListeningRound(steps=(Step.SAY_BACK, Step.ASK_MORE, Step.CLARIFY)),))

    @classmethod
    def mirror_validate_empathise(cls) -> Self:
        """Return the dialogue of Imago: mirror until "you got it", is there more, validate, empathise, switch."""
        return cls(rounds=(ListeningRound(steps=(Step.SAY_BACK, Step.ASK_MORE, Step.VALIDATE, Step.EMPATHISE)),))

    @classmethod
    def weekly_talk(cls, *, appreciations: int = APPRECIATIONS) -> Self:
        """Return a weekly talk after Gottman's State of the Union: appreciations, what went well, a concern, a wish."""
        return cls(
            rounds=(
                *_times(appreciations, ListeningRound(about=Subject.APPRECIATION, steps=())),
                ListeningRound(about=Subject.WENT_WELL, steps=()),
                ListeningRound(),
                ListeningRound(about=Subject.REQUEST, steps=(Step.SAY_BACK,)),
            )
        )


def _times(count: int, one: ListeningRound) -> tuple[ListeningRound, ...]:
    if type(count) is not int or not 0 < count <= MOST:
        raise InvalidListening(f"a whole number from 1 to {MOST}", f"another {type(count).__name__}")
    return count * (one,)
