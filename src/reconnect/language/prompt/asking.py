"""Asking is where questions meet what people agreed and wrote: how deep, what was asked, and what one passes over."""

import datetime as dt
from collections.abc import Iterable
from random import Random
from typing import ClassVar, Final

from attrs import field, frozen

from reconnect.consent.patience import questions
from reconnect.language.prompt.prompt import LIGHT, Prompt, Tag
from reconnect.language.prompt.prompts import Prompts
from reconnect.people.person import as_id
from reconnect.primitives.boundary import DepthLimit, all_boundaries
from reconnect.primitives.boundary.acts import Heated, Stung
from reconnect.primitives.recovery.acts import Called
from reconnect.record.digest import digest
from reconnect.record.entry import Entry, Private
from reconnect.record.kind import Heard, register
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["Skipped", "agreed_depth", "had_setback", "next_prompt", "prompts_asked", "prompts_skipped", "skip_prompt"]

UNSAID: Final = LIGHT  # ours, no study: where nobody has agreed on anything, questions are light
_SETBACKS: Final = (Called, Heated, Stung)


@register
@frozen(kw_only=True)
class Skipped:
    """One person passes over a question; it is their own, and nobody else can tell."""

    kind: ClassVar[str] = "prompt.skipped"
    heard: ClassVar[Heard] = Heard.PRIVATE

    prompt: str = field(converter=as_id)


def skip_prompt(prompt: Prompt, *, circle: str, by: str, at: dt.datetime) -> Entry:
    """Pass over a question, without a reason: a private entry of one's own; skipping it again changes nothing.

    Not answering a question that was asked needs nothing at all: it looks like any other silence.
    """
    body = Skipped(prompt=prompt.id)
    name = digest("skipped", circle, by, body)
    return Entry(circle=circle, author=by, id=name, at=as_instant(at), body=body, audience=Private())


def prompts_skipped(view: View) -> frozenset[str]:
    """Return the ids of the questions that the reader passed over; of anyone else's, nothing tells."""
    return frozenset(entry.body.prompt for entry in view.entries() if isinstance(entry.body, Skipped))


def prompts_asked(view: View) -> tuple[Prompt, ...]:
    """Return the questions that somebody asked everyone, oldest first: the same for everyone who was there.

    One that came too soon after another by the same person is none of them (see `questions`).
    """
    asked = (reveal.prompt for reveal in questions(view))
    return tuple(prompt for prompt in asked if isinstance(prompt, Prompt))


def agreed_depth(view: View) -> DepthLimit:
    """Return how deep questions may go: as deep as is welcome to each person, by shared rules only.

    What is welcome to somebody is the lightest limit that protects them, from wherever it comes; light, where they
    have none. So one person tightens it alone and at once, and it takes everyone to loosen it. What somebody wrote
    for themselves changes nothing.
    """
    boundaries = all_boundaries(view)
    welcome: list[int] = []
    for person in view.members:
        rules = (rule for each in boundaries for rule in each.rules(of=person, at=view.at))
        welcome.append(min((rule.deepest for rule in rules if isinstance(rule, DepthLimit)), default=UNSAID))
    return DepthLimit(deepest=min(welcome, default=UNSAID))


def had_setback(view: View) -> bool:
    """Tell whether somebody called a time-out, or said that it got heated or stung, since the last question.

    Only what was said aloud counts, so it is the same for everyone.
    """
    hurt, asked = view.entries(kind=_SETBACKS), questions(view)
    return bool(hurt) and (not asked or asked[-1].asked.at <= hurt[-1].at)


def next_prompt(view: View, prompts: Prompts, *, rng: Random, tags: Iterable[Tag] = ()) -> Prompt | None:
    """Suggest to the reader which question they could ask next, or `None` if none fits.

    Args:
        view: the reader's view; of what is private, only their own skipping counts.
        prompts: the questions to choose from.
        rng: chance, given from outside.
        tags: what it should be for; anything if none is named.
    """
    return prompts.suggest(
        depth=agreed_depth(view),
        rng=rng,
        seen=prompts_asked(view),
        skipped=prompts_skipped(view),
        tags=tags,
        setback=had_setback(view),
    )
