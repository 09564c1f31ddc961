"""Provenance says why something was agreed, as far as people said so: in its own words, or by what they learnt."""

from collections.abc import Iterator

from reconnect.consent.proposal import Offer
from reconnect.phrase import Phrase
from reconnect.primitives.boundary import Baseline
from reconnect.primitives.lesson import Idea, Lesson
from reconnect.record.view import View

__all__ = ["why"]


def why(view: View, offer: Offer, *, about: str) -> tuple[Phrase, ...]:
    """Say why something was agreed, in the words of those who agreed on it; nothing where nobody said so.

    Args:
        view: whose view it is, and as of when.
        offer: the very offer that everyone said yes to.
        about: the id of what it decides about: a lesson that came from there is told, too.
    """
    return tuple(_why(view, offer, about))


def _why(view: View, offer: Offer, about: str) -> Iterator[Phrase]:
    value, sources = offer.value, {about}
    if isinstance(value, Baseline) and value.why:
        yield Phrase.of("agreement.why", words=value.why)
    if isinstance(value, Idea) and value.after is not None:
        yield Phrase.of("agreement.after")
        sources.add(value.after)
    yield from (phrase for source in sorted(sources) for phrase in _lessons(view).get(source, ()))


def _lessons(view: View) -> dict[str, list[Phrase]]:
    """Return what people learnt, in the words that stand now, by where it came from."""
    return view.once(_lessons, lambda: _by_source(view))


def _by_source(view: View) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for lesson in view.all(Lesson):
        sources = dict.fromkeys(each.source for each in lesson.revisions(at=view.at) if each.source is not None)
        for source in sources:
            found.setdefault(source, []).append(lesson.current(at=view.at).phrase())
    return found
