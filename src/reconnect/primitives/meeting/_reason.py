"""The reasons of a suggestion: they tell about each person no more than that person allowed."""

from collections.abc import Iterator, Mapping, Sequence

from reconnect.phrase import Phrase
from reconnect.primitives.meeting.published import Detail, Level, Published
from reconnect.temporal.window import Window

__all__ = ["reasons"]

NAMES = {
    Level.PREFERS: "meeting.level_prefers",
    Level.FINE: "meeting.level_fine",
    Level.ONLY_IF_NEEDED: "meeting.level_only_if_needed",
}


def reasons(published: Mapping[str, Published], meetings: Sequence[Window]) -> tuple[Phrase, ...]:
    """Say whom some meetings fit, and how well, as far as each of them allows; in circle order."""
    fits = tuple(person for person, each in published.items() if each.detail is Detail.FITS)
    found = [_how_well(person, each, meetings) for person, each in _told(published)]
    return (*((Phrase.of("meeting.fits", people=fits),) if fits else ()), *found)


def _told(published: Mapping[str, Published]) -> Iterator[tuple[str, Published]]:
    return ((person, each) for person, each in published.items() if each.detail is Detail.LEVEL)


def _how_well(person: str, published: Published, meetings: Sequence[Window]) -> Phrase:
    met = {published.level(meeting) for meeting in meetings}
    best, *others = (level for level in Level if level in met)
    if not others:
        return Phrase.of("meeting.level", person=person, level=Phrase.of(NAMES[best]))
    worst = others[-1]
    return Phrase.of("meeting.levels", person=person, best=Phrase.of(NAMES[best]), worst=Phrase.of(NAMES[worst]))
