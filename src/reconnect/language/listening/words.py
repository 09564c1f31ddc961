"""What can be said to each person around listening, as phrases; nobody is told what to feel."""

from collections.abc import Mapping
from typing import Final

import pendulum

from reconnect.language.listening.floor import Floor
from reconnect.language.listening.form import Step, Subject
from reconnect.language.listening.session import Session, Stage
from reconnect.phrase import Phrase

__all__ = ["REASSURANCE", "REMINDERS", "expected", "of_session"]

REMINDERS: Final = (
    Phrase.of("listening.reminder_voice"),
    Phrase.of("listening.reminder_pace"),
    Phrase.of("listening.reminder_eyes"),
    Phrase.of("listening.reminder_stop"),
)
REASSURANCE: Final = Phrase.of("listening.reassurance")

_SUBJECTS: Final[Mapping[Subject, str]] = {
    Subject.APPRECIATION: "listening.appreciation_yours",
    Subject.WENT_WELL: "listening.went_well_yours",
    Subject.CONCERN: "listening.concern_yours",
    Subject.REQUEST: "listening.request_yours",
}
_STEPS: Final[Mapping[Step, tuple[str, str]]] = {  # to whose step it is, and to everyone else
    Step.SAY_BACK: ("listening.say_back_yours", "listening.saying_back"),
    Step.CONFIRM: ("listening.confirm_yours", "listening.confirming"),
    Step.ASK_MORE: ("listening.ask_more_yours", "listening.asking_more"),
    Step.MORE: ("listening.more_yours", "listening.more"),
    Step.CLARIFY: ("listening.clarify_yours", "listening.clarifying"),
    Step.ANSWER: ("listening.answer_yours", "listening.answering"),
    Step.VALIDATE: ("listening.validate_yours", "listening.validating"),
    Step.EMPATHISE: ("listening.empathise_yours", "listening.empathising"),
}
_STAGES: Final[Mapping[Stage, str]] = {
    Stage.ASKED: "everyone's yes to one time",
    Stage.AHEAD: "the time that everyone agreed on",
    Stage.PAUSED: "everyone who needed a break to be ready",
    Stage.STOPPED: "another talk, since this one has ended",
    Stage.HEARD: "another talk, since everyone was heard in this one",
}
_DOING: Final[Mapping[Step, str]] = {
    Step.SPEAK: "to speak",
    Step.SAY_BACK: "to say it back",
    Step.CONFIRM: "to say whether that was it",
    Step.ASK_MORE: "to ask whether there is more",
    Step.MORE: "to go on, or to say that this was all",
    Step.CLARIFY: "to ask about what is unclear, or to leave it",
    Step.ANSWER: "to answer, or to leave it open",
    Step.VALIDATE: "to say what makes sense",
    Step.EMPATHISE: "to say what the other may be feeling",
}


def expected(session: Session, at: pendulum.DateTime) -> str:
    """Say what comes first, for a refusal."""
    stage, floor = session.stage(at), session.floor
    if stage is not Stage.OPEN or floor is None:
        return _STAGES[stage]
    return f"{floor.person} {_DOING[floor.step]}"


def of_session(
    session: Session, proposed: pendulum.DateTime | None, *, to: str, at: pendulum.DateTime
) -> tuple[Phrase, ...]:
    """Say to one person how a session stands, and what comes next."""
    match session.stage(at):
        case Stage.ASKED:
            return (_of_time(session, proposed, to=to, at=at),)
        case Stage.AHEAD:
            return (Phrase.of("listening.ahead", start=session.opens or at), *REMINDERS)
        case Stage.PAUSED:
            yours = to in session.away
            away = tuple(person for person in session.people or sorted(session.away) if person in session.away)
            return (Phrase.of("listening.paused_yours") if yours else Phrase.of("listening.paused", people=away),)
        case Stage.STOPPED:
            return (Phrase.of("listening.stopped"),)
        case Stage.HEARD:
            return (REASSURANCE,)
        case _:
            floor = session.floor
            told = () if floor is None else (_of_floor(floor, to=to),)
            return told if session.began else (*REMINDERS, *told)


def _of_time(session: Session, proposed: pendulum.DateTime | None, *, to: str, at: pendulum.DateTime) -> Phrase:
    """Say which time is still with whom."""
    if proposed is None:
        return Phrase.of("listening.no_time")
    if session.times.get(to) == proposed:
        return Phrase.of("listening.time_with_others", start=proposed)
    now = proposed <= at
    return Phrase.of("listening.is_now_good") if now else Phrase.of("listening.is_then_good", start=proposed)


def _of_floor(floor: Floor, *, to: str) -> Phrase:
    """Say the next step, to whose it is or to everyone else."""
    yours, theirs = _STEPS.get(floor.step, (_SUBJECTS[floor.about], "listening.speaking"))
    return Phrase.of(yours if floor.person == to else theirs, speaker=floor.speaker, listener=floor.listener)
