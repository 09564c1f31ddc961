"""A mutual understanding is a talk in which everyone had all their turns, and said: yes, you got it."""

from collections.abc import Iterator

from reconnect.language.listening.listening import Listening
from reconnect.metrics.wins import Win, tells_wins
from reconnect.phrase import Phrase
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["understandings"]


@tells_wins
def understandings(view: View, within: Window) -> Iterator[Win]:
    """Go through the talks that came to their end in a stretch of time, and in which everyone felt understood.

    Each speaker says so themselves, of what was said back to them. That they agree about anything, it does not say.

    Args:
        view: who reads, and as of when.
        within: when the last turn ended.
    """
    for talk in view.all(Listening):
        heard = talk.heard_at(at=view.at)
        if heard is not None and heard in within and talk.understood(at=view.at) == talk.people:
            yield Win(about=talk.id, phrase=Phrase.of("wins.understood"))
