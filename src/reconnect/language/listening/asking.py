"""Asking for a talk leaves people in peace: of the talks that one person asks for, one a day reaches the others."""

from collections.abc import Iterator

import pendulum

from reconnect.consent.patience import BETWEEN_ASKS, heard, heard_from
from reconnect.language.listening.listening import Listening
from reconnect.record.view import View

__all__ = ["talk_heard_from", "talks_heard"]


def talks_heard(view: View) -> tuple[Listening, ...]:
    """Return the talks that reach people, in the order in which somebody asked for them.

    Of those that one person asks for, it is one within 20 hours. Another one that they ask for meanwhile is in vain:
    no outlook shows it, not even theirs, until one of the others says a word in it. Then it is a talk like any other.

    Laws:
        It rests on shared acts alone, so it is the same for everyone who was there. How anyone took an ask, and
        whether they looked, changes nothing for the next one.

    Sources:
        20 hours, as for questions: ours, no study.
    """
    return view.once(talks_heard, lambda: tuple(_heard(view)))


def talk_heard_from(view: View) -> pendulum.DateTime:
    """Return from when on another talk that the reader asks for reaches the others: now, unless they asked lately."""
    return heard_from(view, (talk.asked for talk in talks_heard(view)))


def _heard(view: View) -> Iterator[Listening]:
    talks = view.all(Listening)
    asked = ((talk, talk.asked) for talk in talks)
    first = set(heard(((talk.id, act.author, act.at) for talk, act in asked), apart=BETWEEN_ASKS))
    yield from (talk for talk in talks if talk.id in first or _is_answered(talk))


def _is_answered(talk: Listening) -> bool:
    """Tell whether anybody but whoever asked for it has said a word in it."""
    return any(act.author != talk.asked.author for act in talk.told())
