"""How weeks went by on one scale: a dot for each day with a note, and the level of the days between the gaps."""

# pyright: reportUnknownMemberType=false
# matplotlib gives no types to its keyword arguments.

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from attrs import frozen
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from reconnect.edges.plots.picture import INK, LINE, Picture, legend_below
from reconnect.errors import InvalidReading
from reconnect.language.phrasebook import render
from reconnect.metrics import MOOD, Scale
from reconnect.metrics._notes import on_scale, whose
from reconnect.metrics.level import smoothed
from reconnect.metrics.own_day import days_within
from reconnect.metrics.trend import Point
from reconnect.people.person import Person
from reconnect.phrase import Phrase
from reconnect.primitives.checkin import scheduled
from reconnect.primitives.recovery import Phase, TimeOut
from reconnect.record.view import View
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import local_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["weeks"]

# Everyone has a row of their own, a name and a shape; the hues, in the order of the circle, are from the palette of
# Okabe and Ito, without its reds.
_LOOKS: Final = (("#0072b2", "o"), ("#e69f00", "s"), ("#009e73", "D"), ("#56b4e9", "^"))
PAUSE: Final = "#e3e6eb"
EPOCH: Final = dt.date(1970, 1, 1).toordinal()  # where the axis begins to count days
NOON: Final = 0.5  # a day stands in its middle
MONDAYS: Final = 7  # so many dates fit below the picture
ROOM: Final = 0.45  # of a label, above and below the scale
_AWAY: Final = (Phase.RESTING, Phase.READY, Phase.WAITING)


@frozen(kw_only=True)
class Row:
    """What one person noted, as it is drawn.

    Attributes:
        person: whose days they are.
        points: the ordinal of each day with a note, and what it amounts to.
        levels: the level at each of these days.
        pauses: breaks and planned pauses, on that person's clock.
        first: the first day that is drawn.
        end: the day after the last.
    """

    person: Person
    points: tuple[Point, ...]
    levels: tuple[Point, ...]
    pauses: Windows
    first: dt.date
    end: dt.date

    @property
    def runs(self) -> Iterator[tuple[Point, ...]]:
        """Go through the levels without a gap: each run begins anew after days without a note."""
        places = enumerate(self.levels)
        for _, run in groupby(places, lambda place: place[1][0] - place[0]):
            yield tuple(point for _, point in run)

    @property
    def has_line(self) -> bool:
        """Whether there are two days next to each other, so that there is a line to draw."""
        return any(len(run) > 1 for run in self.runs)


def weeks(view: View, within: Window, *, scale: Scale = MOOD, shared: bool = False, locale: str = "en") -> Picture:
    """Draw how weeks went by on one scale, for the reader alone or by what everyone shared.

    A dot for each day with a note, and through it the level, in which recent days weigh more. Days without a note stay
    empty: nothing is drawn across a gap. Breaks and planned pauses are a light band behind the days, which says
    nothing of them. Of what is shared everyone has a row of their own; nobody's days lie over another's.

    Args:
        view: whose eyes it is for.
        within: which days: those that begin in it, on each person's own clock.
        scale: what was answered on.
        shared: draw what everyone shared, instead of the reader's own.
        locale: the language of the words in it.

    Raises:
        InvalidReading: no day begins in the window, or nobody is in the circle whose days could be drawn.
    """
    rows = list(_rows(view, within, scale, shared=shared))
    if not rows or any(row.first == row.end for row in rows):
        raise InvalidReading("a window in which a day begins, and somebody who is there", "none")
    figure = Figure(figsize=(11, 0.9 + 2.6 * len(rows)), facecolor="white", layout="constrained")
    grid = figure.subplots(len(rows), 1, squeeze=False)
    for axes, row, look in zip((line[0] for line in grid), rows, _looks(len(rows)), strict=True):
        _days(axes, row, look)
        _words(axes, scale, locale)
        _mondays(axes, row, locale)
        title = Phrase.of("weeks.person", person=row.person.id, title=scale.title) if shared else scale.title
        axes.set_title(render(title, locale=locale, names=view.names), fontsize=11, color=INK, loc="left")
    _legend(figure, rows, locale)
    alt = render(_alt(rows, scale, shared=shared), locale=locale, zone=view.zone, names=view.names)
    return Picture(figure, alt)


def _rows(view: View, within: Window, scale: Scale, *, shared: bool) -> Iterator[Row]:
    people = view.members if shared else (view.reader,)
    away = _away(view, within)
    for person, notes in zip(people, on_scale(view, within, scale, shared=shared), strict=True):
        who = whose(view, person)
        first, end = days_within(within, who)
        levels = zip((day for day, _ in notes.points), smoothed(notes.points), strict=True)
        yield Row(person=who, points=notes.points, levels=tuple(levels), pauses=away, first=first, end=end)


def _away(view: View, within: Window) -> Windows:
    """Return when there were breaks and planned pauses, as far as the reader can see them; not whose they were."""
    breaks = (window for each in view.all(TimeOut) for window, phase in each.phases(within) if phase in _AWAY)
    planned = (pause for each in scheduled(view) for pause in each.paused(at=view.at))
    return Windows.of(*breaks, *planned) & Windows.of(within)


def _looks(many: int) -> Iterator[tuple[str, str]]:
    return (_LOOKS[place % len(_LOOKS)] for place in range(many))


def _days(axes: "Axes", row: Row, look: tuple[str, str]) -> None:
    """Draw the days of one person."""
    hue, shape = look
    zone = row.person.zone
    for pause in row.pauses:
        left, right = (_on_the_clock(moment, zone) for moment in (pause.start, pause.end))
        axes.axvspan(left, max(right, left + 1 / 8), color=PAUSE, linewidth=0, zorder=0)
    for run in row.runs:
        axes.plot(*_drawn(run), color=hue, linewidth=2.4, solid_capstyle="round", zorder=2)
    axes.scatter(*_drawn(row.points), s=34, marker=shape, color=hue, alpha=0.65, edgecolors="white", zorder=3)
    axes.set_xlim(row.first.toordinal() - EPOCH, row.end.toordinal() - EPOCH)


def _drawn(points: Sequence[Point]) -> tuple[list[float], list[float]]:
    return [day - EPOCH + NOON for day, _ in points], [float(number) for _, number in points]


def _on_the_clock(moment: dt.datetime, zone: str) -> float:
    local = local_time(moment, zone)
    return local.toordinal() - EPOCH + (local.hour * 60 + local.minute) / 1440


def _words(axes: "Axes", scale: Scale, locale: str) -> None:
    """Put the words of the scale beside it, instead of numbers."""
    places = [scale.lowest + scale.point * place for place in range(len(scale.labels))]
    said = [render(label, locale=locale) for label in scale.labels]
    axes.set_yticks([float(place) for place in places], said, fontsize=9, color=INK)
    room = float(scale.point) * ROOM
    axes.set_ylim(float(scale.lowest) - room, float(scale.highest) + room)
    axes.grid(visible=True, axis="y", color=PAUSE, linewidth=0.8)
    axes.set_axisbelow(True)


def _mondays(axes: "Axes", row: Row, locale: str) -> None:
    """Mark where weeks begin, with a date for as many as fit."""
    first, end = row.first.toordinal(), row.end.toordinal()
    mondays = range(first + (1 - first) % 7, end, 7)
    dated = mondays[:: len(mondays) // (MONDAYS + 1) + 1]
    said = [render(Phrase.of("weeks.from_day", day=dt.date.fromordinal(day)), locale=locale) for day in dated]
    axes.set_xticks([day - EPOCH for day in dated], said, fontsize=9, color=INK, ha="left")
    for monday in mondays:
        axes.axvline(monday - EPOCH, color=LINE, linewidth=0.5, alpha=0.5, zorder=1)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _legend(figure: Figure, rows: Sequence[Row], locale: str) -> None:
    """Say below the picture what its marks are."""
    day = Line2D([], [], linestyle="", marker="o", color=LINE, markeredgecolor="white", markersize=7)
    line, band = Line2D([], [], color=LINE, linewidth=2.4), Patch(facecolor=PAUSE)
    shown = {
        "weeks.day": day,
        **({"weeks.level": line} if any(row.has_line for row in rows) else {}),
        **({"weeks.pause": band} if any(row.pauses for row in rows) else {}),
    }
    said = [render(Phrase.of(key), locale=locale) for key in shown]
    legend_below(figure, list(shown.values()), said)


def _alt(rows: Sequence[Row], scale: Scale, *, shared: bool) -> Phrase:
    told = [phrase for row in rows for phrase in _told(row, scale, shared=shared)]
    pauses = [Phrase.of("weeks.paused", start=pause.start, end=pause.end) for pause in rows[0].pauses]
    all_told = reduce(lambda some, more: Phrase.of("meeting.picture_counts", some=some, more=more), [*told, *pauses])
    last = rows[0].end - dt.timedelta(days=1)
    return Phrase.of("weeks.alt", title=scale.title, start=rows[0].first, end=last, told=all_told)


def _told(row: Row, scale: Scale, *, shared: bool) -> Iterator[Phrase]:
    """Say how many days hold a note, between which words they lie, and where nothing stands."""
    if not row.points:
        yield Phrase.of("weeks.none_of", person=row.person.id) if shared else Phrase.of("weeks.none")
        return
    numbers = [number for _, number in row.points]
    low, high, level = (scale.label(number) for number in (min(numbers), max(numbers), row.levels[-1][1]))
    if shared:
        yield Phrase.of("weeks.of", person=row.person.id, n=len(numbers), low=low, high=high, level=level)
    else:
        yield Phrase.of("weeks.own", n=len(numbers), low=low, high=high, level=level)
    gaps = sum(later > earlier + 1 for (earlier, _), (later, _) in pairwise(row.points))
    if gaps and row.has_line:
        yield Phrase.of("weeks.gaps", gaps=gaps)
