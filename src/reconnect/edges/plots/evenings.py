"""Whose evening it costs, seen over a year."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# matplotlib gives no types to its keyword arguments, nor to some of what it returns.

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Final

import matplotlib.dates as mdates
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reconnect.edges.plots.picture import INK, LINE, SKY, Picture, legend_below, on_the_axis
from reconnect.errors import InvalidMeeting
from reconnect.language.phrasebook import render
from reconnect.phrase import Phrase
from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.meeting import Level, Published
from reconnect.temporal.instant import instant_at, second_of
from reconnect.temporal.window import Window
from reconnect.temporal.zone import clock, local_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["whose_evenings"]

# Shape, size and lightness say the same thing three times; the hues are from the palette of Okabe and Ito.
_MARKS: Final[Mapping[Level | None, tuple[str, float, str, str]]] = {
    Level.PREFERS: ("meeting.picture_prefers", 26, "o", "#0072b2"),
    Level.FINE: ("meeting.picture_fine", 30, "s", "#009e73"),
    Level.ONLY_IF_NEEDED: ("meeting.picture_only_if_needed", 46, "D", "#e69f00"),
    None: ("meeting.picture_outside", 46, "X", "#999999"),
}
_HOURS: Final = (0, 6, 12, 18, 24)


def whose_evenings(
    rhythms: Mapping[str, Rhythm],
    published: Mapping[str, Published],
    within: Window,
    *,
    names: Mapping[str, str] | None = None,
    locale: str = "en",
) -> Picture:
    """Draw each talk of some rhythms on everyone's clock, over a sky that is dark at night.

    A column for each rhythm, a row for each person. Where clocks change, the talks of one row take a step.
    It rests on what people published and nothing else.

    Args:
        rhythms: what to compare, by title.
        published: what each person published, in circle order.
        within: the time to draw, such as a year.
        names: how people like to be called.
        locale: the language of the words in it.

    Raises:
        InvalidMeeting: there is nothing to draw.
    """
    if not rhythms or not published:
        raise InvalidMeeting("a rhythm or more, and what one or more people published", "none")
    called = dict(names or {})
    size = (1.2 + 4.6 * len(rhythms), 1.3 + 2.5 * len(published))
    figure = Figure(figsize=size, facecolor="white", layout="constrained")
    grid = figure.subplots(len(published), len(rhythms), sharex=True, sharey=True, squeeze=False)
    drawn: set[Level | None] = set()
    for row, (person, hours) in enumerate(published.items()):
        for column, (title, rhythm) in enumerate(rhythms.items()):
            axes: Axes = grid[row, column]
            _sky(axes, within)
            _changes(axes, hours.zone, within)
            drawn |= _talks(axes, _met(rhythm, hours, within), hours.zone)
            if row == 0:
                axes.set_title(title, fontsize=12, color=INK, pad=16, loc="left")
            if column == 0:
                said = render(Phrase.of("meeting.picture_clock", person=person), locale=locale, names=called)
                axes.set_ylabel(said, fontsize=11, color=INK)
    _legend(figure, drawn, locale)
    alt = render(_alt(rhythms, published, within), locale=locale, names=called)
    return Picture(figure, alt)


def _met(rhythm: Rhythm, hours: Published, within: Window) -> list[tuple[dt.datetime, Level | None]]:
    """Return each talk of a rhythm, and how well it suits one person."""
    talks = sorted({at for recurrence in rhythm.recurrences for at in recurrence.between(within)})
    return [(at, hours.level(Window.of(at, rhythm.length))) for at in talks]


def _sky(axes: "Axes", within: Window) -> None:
    room = (on_the_axis(within.end) - on_the_axis(within.start)) / 60
    left, right = on_the_axis(within.start) - room, on_the_axis(within.end) + room
    sky = [[minute / 1440] for minute in range(0, 1440, 10)]
    axes.imshow(sky, extent=(left, right, 0, 24), origin="lower", aspect="auto", cmap=SKY, vmin=0, vmax=1, zorder=0)
    axes.set_yticks(_HOURS, [f"{hour:02}:00" for hour in _HOURS], fontsize=9, color=INK)
    axes.set_ylim(0, 24)
    locator = mdates.AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]  # matplotlib types it not
    formatter = mdates.ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]  # as above
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)
    axes.tick_params(axis="x", labelsize=9, labelcolor=INK)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _changes(axes: "Axes", zone: str, within: Window) -> None:
    """Mark where the clocks of a person change, by a thin line with its step on top."""
    for change, before, after in clock(zone).changes(second_of(within.start), second_of(within.end)):
        at = on_the_axis(instant_at(change))
        axes.axvline(at, color=LINE, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
        step = f"{(after - before) / 3600:+g} h"
        axes.annotate(
            step, (at, 24), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=8, color=INK, zorder=3
        )


def _talks(axes: "Axes", talks: Sequence[tuple[dt.datetime, Level | None]], zone: str) -> set[Level | None]:
    drawn = {level for _, level in talks}
    for level in drawn:
        _, area, marker, colour = _MARKS[level]
        shown = [(at, local_time(at, zone)) for at, suits in talks if suits is level]
        axes.scatter(
            [on_the_axis(at) for at, _ in shown],
            [local.hour + local.minute / 60 for _, local in shown],
            s=area,
            marker=marker,
            color=colour,
            edgecolors="white",
            linewidths=0.7,
            zorder=2,
        )
    return drawn


def _legend(figure: Figure, drawn: set[Level | None], locale: str) -> None:
    marks = [_MARKS[level] for level in (*Level, None) if level in drawn]
    handles = [
        Line2D([], [], linestyle="", marker=marker, markersize=area**0.5, color=colour, markeredgecolor="white")
        for _, area, marker, colour in marks
    ]
    change = Line2D([], [], color=LINE, linewidth=0.9, linestyle=(0, (2, 2)))
    said = [render(Phrase.of(key), locale=locale) for key in (*(key for key, *_ in marks), "meeting.picture_change")]
    legend_below(figure, [*handles, change], said, size=10)


def _alt(rhythms: Mapping[str, Rhythm], published: Mapping[str, Published], within: Window) -> Phrase:
    counts = reduce(
        lambda some, more: Phrase.of("meeting.picture_counts", some=some, more=more),
        _counts(rhythms, published, within),
    )
    talks = [at for rhythm in rhythms.values() for each in rhythm.recurrences for at in each.between(within)]
    first, last = min(talks, default=within.start), max(talks, default=within.end)
    return Phrase.of("meeting.picture_alt", first=first, last=last, people=tuple(published), counts=counts)


def _counts(rhythms: Mapping[str, Rhythm], published: Mapping[str, Published], within: Window) -> Iterator[Phrase]:
    for title, rhythm in rhythms.items():
        for person, hours in published.items():
            levels = [level for _, level in _met(rhythm, hours, within)]
            yield Phrase.of(
                "meeting.picture_count",
                person=person,
                what=title,
                prefers=levels.count(Level.PREFERS),
                fine=levels.count(Level.FINE),
                needed=levels.count(Level.ONLY_IF_NEEDED),
            )
