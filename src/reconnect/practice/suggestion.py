"""A suggestion is one small thing that a reader could do today: for themselves, or towards each other if all asked."""

from collections.abc import Iterator
from functools import lru_cache
from random import Random
from typing import Final

import pendulum
from attrs import frozen

from reconnect.language.prompt import Prompt, Prompts, next_prompt
from reconnect.phrase import Phrase
from reconnect.practice.own_days import today, tomorrow
from reconnect.practice.spared import invited, is_here, is_spared
from reconnect.practice.support import FearAnswer
from reconnect.primitives.boundary import all_boundaries
from reconnect.primitives.boundary.version import LOOSENS_AFTER
from reconnect.primitives.capacity import little_until
from reconnect.primitives.routine import Routine, own_routines
from reconnect.record.digest import digest
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed

__all__ = ["Suggested", "suggestion", "turning"]

_HEX: Final = 16


@frozen(kw_only=True)
class Suggested:
    """One small thing that could be done; leaving it is as good as doing it, and nothing notes which it was.

    Attributes:
        phrase: what it says.
        prompt: the question that people could ask each other: only while everyone said "nudge us".
        routine: something soothing for the reader alone.
    """

    phrase: Phrase
    prompt: Prompt | None = None
    routine: Routine | None = None


def suggestion(view: View, *, prompts: Prompts | None = None, told: FearAnswer | None = None) -> Suggested | None:
    """Suggest one thing to a reader, the same for their whole day.

    Towards each other it goes only while everyone said "nudge us", and then never deeper than all of them agreed on.
    Without that, and while the reader is quiet or answered in a support room, while a time-out runs or somebody has
    little to give, it is one of the reader's own steps: ours, or one that they wrote themselves. What another person
    wrote is never put before the reader as a step of their own.

    Args:
        view: whose view it is, and as of when.
        prompts: the questions to choose from; the library's own in English unless the app brings others.
        told: what the reader says just now, as in a support room; it is kept nowhere.

    Returns:
        `None` only for somebody who is not in the circle any more.

    Laws:
        The choice rests on the reader's own day and on what they can see, never on a clock or on chance; so what
        others keep private, a muted invitation among it, cannot be read from it.
    """
    if not is_here(view):
        return None
    if invited(view) and not is_spared(view, told=told) and not _is_little(view):
        chance = Random(_number(view, "ask"))  # noqa: S311 - it chooses a question, no secret; the same all day
        prompt = next_prompt(view, _ours() if prompts is None else prompts, rng=chance)
        if prompt is not None:
            return Suggested(phrase=Phrase.of("suggestion.ask", question=prompt.text), prompt=prompt)
    steps = own_routines(view)
    routine = steps[_number(view, "own", view.reader) % len(steps)]
    name = routine.phrases()[0]
    return Suggested(phrase=Phrase.of("suggestion.own", what=name), routine=routine)


def turning(view: View) -> Iterator[pendulum.DateTime]:
    """Go through the instants at which another suggestion may come although nobody writes anything."""
    yield tomorrow(view)
    for boundaries in all_boundaries(view):  # how deep questions may go
        for agreed in boundaries.history(at=view.at):
            yield agreed.until
            yield elapsed(agreed.since, LOOSENS_AFTER)


def _is_little(view: View) -> bool:
    """Tell whether somebody has little to give now."""
    return any(little_until(view, person) is not None for person in view.members)


def _number(view: View, *about: str) -> int:
    """Return a number that stays the same for the reader's whole day, on every machine."""
    return int(digest(view.circle, today(view), *about), _HEX)


@lru_cache(maxsize=1)
def _ours() -> Prompts:
    return Prompts.load()
