"""The floor is whose turn it is and what comes next in it: one speaker, one listener, one step, one person."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from reconnect.language.listening.acts import Word
from reconnect.language.listening.form import CHOSEN, ListeningForm, ListeningRound, Step, Subject
from reconnect.people.person import as_id

__all__ = ["WORDS", "Floor", "floor_at", "following"]

WORDS: Final[Mapping[Step, tuple[Word, ...]]] = {
    Step.SPEAK: (Word.SPOKE, Word.PASSED_ON),
    Step.SAY_BACK: (Word.SAID_BACK,),
    Step.CONFIRM: (Word.GOT_IT, Word.NOT_QUITE),
    Step.ASK_MORE: (Word.ASKED_FOR_MORE,),
    Step.MORE: (Word.SPOKE, Word.NO_MORE),
    Step.CLARIFY: (Word.CLARIFIED, Word.PASSED_ON),
    Step.ANSWER: (Word.SPOKE, Word.PASSED_ON),
    Step.VALIDATE: (Word.VALIDATED, Word.PASSED_ON),
    Step.EMPATHISE: (Word.EMPATHISED, Word.PASSED_ON),
}
_FIXED: Final = {
    Word.SAID_BACK: Step.CONFIRM,
    Word.NOT_QUITE: Step.SAY_BACK,
    Word.ASKED_FOR_MORE: Step.MORE,
    Word.CLARIFIED: Step.ANSWER,
}
_LISTENED: Final = {  # which of the chosen steps is done once this was said
    Word.GOT_IT: Step.SAY_BACK,
    Word.NO_MORE: Step.ASK_MORE,
    Word.VALIDATED: Step.VALIDATE,
    Word.EMPATHISED: Step.EMPATHISE,
}


@frozen(kw_only=True)
class Floor:
    """Whose turn it is, who listens, and what comes next.

    There is never more than one: nobody answers back in another person's turn, and everyone has a turn of their own.

    >>> Floor(turn=0, about=Subject.CONCERN, speaker="ana", listener="ben", step=Step.SAY_BACK).person
    'ben'

    Attributes:
        turn: the number of the turn in this session, from 0.
        about: what the round is about.
        speaker: who has the floor, through all the steps of the turn.
        listener: who says it back; among three or more people, somebody else in each round.
        step: what comes next.
    """

    turn: int
    about: Subject
    speaker: str = field(converter=as_id)
    listener: str = field(converter=as_id)
    step: Step

    @property
    def person(self) -> str:
        """Whose step it is."""
        return self.listener if self.step in CHOSEN else self.speaker

    @property
    def words(self) -> tuple[Word, ...]:
        """What can be said in this step."""
        return WORDS[self.step]


def floor_at(form: ListeningForm, people: tuple[str, ...], turn: int, step: Step) -> Floor | None:
    """Return the floor in a turn of a session, or `None` once every turn is over.

    Everyone speaks once in a round and listens once; who listens to whom moves on from round to round.
    """
    round_, place = divmod(turn, len(people))
    if round_ >= len(form.rounds):
        return None
    next_to = 1 + round_ % (len(people) - 1)
    listener = people[(place + next_to) % len(people)]
    return Floor(turn=turn, about=form.rounds[round_].about, speaker=people[place], listener=listener, step=step)


def following(round_: ListeningRound, step: Step, word: Word) -> Step | None:
    """Return the step that follows once something was said, or `None` if the turn is over with it."""
    if word in _FIXED:
        return _FIXED[word]
    if word is Word.SPOKE:
        return _chosen(round_, 0)
    if word is Word.PASSED_ON:
        return None if step is Step.SPEAK else _after(round_, Step.CLARIFY if step is Step.ANSWER else step)
    return _after(round_, _LISTENED[word])


def _after(round_: ListeningRound, step: Step) -> Step | None:
    return _chosen(round_, CHOSEN.index(step) + 1)


def _chosen(round_: ListeningRound, place: int) -> Step | None:
    return next((step for step in CHOSEN[place:] if step in round_.steps), None)
