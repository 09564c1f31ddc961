"""Looking back tells how the check-ins of a stretch of time stand, one by one and without a verdict."""

from reconnect.phrase import Phrase
from reconnect.primitives.checkin import CheckInSchedule, Occurrence, Standing
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["look_back"]


def look_back(view: View, schedule: CheckInSchedule | str, within: Window) -> tuple[Phrase, ...]:
    """Tell how each check-in of a stretch of time stands as of a view, in order, and then what came together.

    There is no rate, no streak and nobody's share in it; a planned pause appears as what it is.

    Raises:
        UnknownStory: the reader can see no such schedule.
    """
    story = view.state(CheckInSchedule, schedule) if isinstance(schedule, str) else schedule
    told = [_told(occurrence, view.standing(occurrence)) for occurrence in story.occurrences(within)]
    counts = view.counts(story, within)
    if counts.held:
        told.append(Phrase.of("lookback.held_together", held=counts.held))
    return tuple(told)


def _told(occurrence: Occurrence, standing: Standing) -> Phrase:
    if standing is Standing.HELD and (occurrence.moved or occurrence.rainchecked):
        return Phrase.of("lookback.held_later", start=occurrence.start)
    return Phrase.of(f"lookback.{standing.value}", start=occurrence.start)
