"""What comes round next by agreement: a look at a plan together, and a ritual."""

from collections.abc import Iterator

import pendulum
from attrs import field, frozen

from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.practice.agreement import agreement
from reconnect.practice.clause import ClauseVersion
from reconnect.primitives.routine import Ritual
from reconnect.primitives.wellness import ReviewRhythm
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["Coming", "coming"]


@frozen(kw_only=True)
class Coming:
    """Something that people agreed on and that comes round by itself. Nobody holds it, and nothing counts it.

    Attributes:
        about: the id of the story or the subject that it is about; else that of the proposal.
        start: when it comes round next.
        phrase: what it says.
    """

    about: str = field(converter=as_id)
    start: pendulum.DateTime = field(converter=as_instant)
    phrase: Phrase


def coming(view: View) -> tuple[Coming, ...]:
    """Return when what people agreed on comes round next, in order of time, as far as their agreement reaches.

    Args:
        view: whose view it is, and as of when.

    Laws:
        It rests on the agreement alone, so it is the same for everyone who has been there all along. Until the first
        of its starts it stays as it is, if nobody says anything.
    """
    return view.once(coming, lambda: tuple(sorted(_coming(view), key=lambda each: (each.start, each.about))))


def _coming(view: View) -> Iterator[Coming]:
    for clause in agreement(view).clauses:
        for version in clause.now:
            found = _next(version, view.at)
            if found is not None:
                start, phrase = found
                yield Coming(about=clause.about, start=start, phrase=phrase)


def _next(version: ClauseVersion, at: pendulum.DateTime) -> tuple[pendulum.DateTime, Phrase] | None:
    """Return when one version comes round next while it holds, and what to say of that."""
    value = None if version.offer is None else version.offer.value
    if not isinstance(value, ReviewRhythm | Ritual):
        return None
    start = value.rhythm.after(at)
    if start is None or (version.until is not None and start >= version.until):
        return None
    if isinstance(value, ReviewRhythm):
        return start, Phrase.of("coming.review", start=start)
    return start, Phrase.of("coming.ritual", what=value.routine.phrases()[0], start=start)
