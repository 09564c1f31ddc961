"""Provenance says why something was agreed, as far as people said so: in its own words, or by what they learnt."""

from collections.abc import Iterator

from reconnect.consent.proposal import Offer
from reconnect.phrase import Phrase
from reconnect.primitives.lesson import Idea, Lesson, Revision
from reconnect.record.view import View

__all__ = ["why"]


def why(view: View, offer: Offer, *, about: str) -> tuple[Phrase, ...]:
    """Say why something was agreed, in the words of those who agreed on it; nothing where nobody said so.

    What it is for is told in the words of whoever offered it, which everyone read before they said yes; what
    somebody learnt under their own name. Nobody puts words under an agreement for the others.

    Args:
        view: whose view it is, and as of when.
        offer: the very offer that everyone said yes to.
        about: the id of what it decides about: a lesson that came from there is told, too.
    """
    return tuple(_why(view, offer, about))


def _why(view: View, offer: Offer, about: str) -> Iterator[Phrase]:
    value, sources = offer.value, {about}
    if offer.why:
        yield Phrase.of("agreement.why", by=offer.by, words=offer.why)
    if isinstance(value, Idea) and value.after is not None:
        yield Phrase.of("agreement.after")
        sources.add(value.after)
    for source in sorted(sources):
        for told in _lessons(view).get(source, {}).values():
            if told.by in offer.people:
                yield Phrase.of("agreement.learnt", by=told.by, words=told.text)


def _lessons(view: View) -> dict[str, dict[str, Revision]]:
    """Return what people learnt, in the words that stand now, by where it came from and whose words they are."""
    return view.once(_lessons, lambda: _by_source(view))


def _by_source(view: View) -> dict[str, dict[str, Revision]]:
    """Take the newest words of each person about one source: a voice for everyone, and no more than one."""
    found: dict[str, dict[str, Revision]] = {}
    lessons = ((lesson.current(at=view.at), lesson.revisions(at=view.at)) for lesson in view.all(Lesson))
    for current, revisions in sorted(lessons, key=lambda told: (told[0].at, told[0].revision)):
        for source in {each.source for each in revisions if each.source is not None}:
            found.setdefault(source, {})[current.by] = current
    return found
