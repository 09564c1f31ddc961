"""How an evening and the days after it went by: breaks, topics at rest, coming back, quiet hours and turns."""

# pyright: reportUnknownMemberType=false
# matplotlib gives no types to its keyword arguments.

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import TYPE_CHECKING, Final

from attrs import frozen
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from reconnect.edges.plots.picture import INK, LINE, SKY, Picture, on_the_axis
from reconnect.language.phrasebook import render
from reconnect.phrase import Phrase
from reconnect.primitives.boundary import all_boundaries
from reconnect.primitives.recovery import Phase, Recovery, RecoveryWindow, TimeOut
from reconnect.primitives.rotation import Rotation, Turn, TurnReason
from reconnect.record.view import View
from reconnect.temporal.elapsed import LAST
from reconnect.temporal.instant import instant_at, second_of
from reconnect.temporal.window import Window
from reconnect.temporal.zone import clock, local_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ribbon"]

HOUR: Final = dt.timedelta(hours=1)
# Words stand in each band, and lightness tells neighbours apart; the hues are from the palette of Okabe and Ito,
# without its red.
_HUES: Final = {
    "break": ("#56b4e9", "#9fd3f2", "#d5ebf9"),
    "rest": ("#e7c6dc",),
    "back": ("#8cc8b4",),
    "quiet": ("#c9ced6",),
    "turn": ("#f2d58a", "#f9ebc4"),
}
_PHASES: Final = (Phase.RESTING, Phase.READY, Phase.WAITING)
_STEPS: Final = (1, 2, 3, 6, 12, 24)  # hours between two marks on a clock
_MARKS: Final = 12  # so many marks fit
_DAYLIGHT: Final = range(8, 20)  # when the sky is light enough for dark letters
_LETTERS: Final = 110  # so many fit side by side


@frozen(kw_only=True)
class Band:
    """One stretch of one row: what it says, and how it looks.

    Attributes:
        row: which row it stands in.
        window: from when to when.
        label: what it says.
        hue: its colour.
    """

    row: str
    window: Window
    label: Phrase
    hue: str


def ribbon(view: View, within: Window, *, locale: str = "en") -> Picture:
    """Draw what went on in a stretch of time, as far as the reader of a view can see it.

    On top everyone's clock, over a sky that is dark at night; where clocks change, its hours take a step. Below it a
    row for each thing that went on: breaks with their phases, topics at rest, time for coming back, quiet hours, turns.

    Args:
        view: whose eyes it is for.
        within: the time to draw, such as two days.
        locale: the language of the words in it.
    """
    found = list(_bands(view, within))
    titles = list(dict.fromkeys(band.row for band in found))
    zones = {person: view.people[person].zone_at(within.start) for person in view.members if person in view.people}
    figure = Figure(figsize=(11, 0.9 + 0.62 * len(zones) + 0.62 * len(titles)), facecolor="white", layout="constrained")
    grid = figure.subplots(len(zones) + len(titles), 1, sharex=True, squeeze=False)
    rows: list[Axes] = [row[0] for row in grid]
    whole = on_the_axis(within.end) - on_the_axis(within.start)
    for axes, (person, zone) in zip(rows, zones.items(), strict=False):
        _clock(axes, zone, within)
        _title(axes, render(Phrase.of("meeting.picture_clock", person=person), locale=locale, names=view.names))
    for axes, row in zip(rows[len(zones) :], titles, strict=True):
        for band in (each for each in found if each.row == row):
            _draw(axes, band, render(band.label, locale=locale, names=view.names), whole)
        _title(axes, render(Phrase.of(f"ribbon.{row}"), locale=locale, names=view.names))
    _legend(figure, [band for band in found if band.row == "break"], locale)
    rows[0].set_xlim(on_the_axis(within.start), on_the_axis(within.end))
    return Picture(figure, render(_alt(found, within), locale=locale, zone=view.zone, names=view.names))


def _bands(view: View, within: Window) -> Iterator[Band]:
    """Go through everything that went on, row by row."""
    time_outs = view.all(TimeOut)
    for time_out in time_outs:
        for window, phase in time_out.phases(within):
            if phase in _PHASES:
                hue = _HUES["break"][_PHASES.index(phase)]
                yield Band(row="break", window=window, label=Phrase.of(f"ribbon.{phase.value}"), hue=hue)
    for time_out in time_outs:
        after = RecoveryWindow.gather(view, time_out.id)
        topics = dict.fromkeys(call.topic for call in time_out.calls(at=view.at) if call.topic is not None)
        rests = (rest for rest in after.topic_rest if rest.overlaps(within))
        yield from (_band("rest", rest, within, Phrase.of("ribbon.topics", topics=tuple(topics))) for rest in rests)
        back = after.window(at=view.at)
        if back is not None and back.overlaps(within) and after.standing(at=view.at) in {Recovery.OPEN, Recovery.OVER}:
            yield _band("back", back, within, Phrase.of("ribbon.together"))
    for boundaries in all_boundaries(view):
        for person in view.members:
            quiet = boundaries.quiet(of=person, within=within)
            yield from (_band("quiet", hours, within, Phrase.of("ribbon.of", person=person)) for hours in quiet)
    for rotation in view.all(Rotation):
        for number, turn in enumerate(rotation.turns(within)):
            whole = Window(turn.start, LAST if turn.end is None else turn.end)
            yield _band("turn", whole, within, _holder(turn), hue=number % 2)


def _holder(turn: Turn) -> Phrase:
    if turn.holder is None:
        return Phrase.of("ribbon.nobody")
    key = "ribbon.covers" if turn.reason is TurnReason.COVER else "ribbon.of"
    return Phrase.of(key, person=turn.holder)


def _band(row: str, window: Window, within: Window, label: Phrase, *, hue: int = 0) -> Band:
    """Return a band, as far as it lies within what is drawn."""
    shown = Window(max(window.start, within.start), min(window.end, within.end))
    return Band(row=row, window=shown, label=label, hue=_HUES[row][hue])


def _title(axes: "Axes", text: str) -> None:
    axes.set_ylabel(text, rotation=0, ha="right", va="center", fontsize=10, color=INK)
    axes.set_yticks([])
    axes.set_ylim(0, 1)
    axes.tick_params(length=0, labelbottom=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _draw(axes: "Axes", band: Band, text: str, whole: float) -> None:
    """Draw a band, with its words in it where there is room."""
    left, right = on_the_axis(band.window.start), on_the_axis(band.window.end)
    axes.barh(0.5, right - left, left=left, height=0.86, color=band.hue, edgecolor="white", linewidth=1.2)
    if len(text) * whole < _LETTERS * (right - left):
        axes.text((left + right) / 2, 0.5, text, ha="center", va="center", fontsize=9, color=INK)


def _legend(figure: Figure, breaks: Iterable[Band], locale: str) -> None:
    """Name the phases of breaks below the picture: the first twenty minutes are too short for a word."""
    hues = {render(band.label, locale=locale): band.hue for band in breaks}
    if hues:
        patches = [Patch(facecolor=hue) for hue in hues.values()]
        figure.legend(patches, list(hues), loc="outside lower center", ncols=len(hues), frameon=False, fontsize=9)


def _clock(axes: "Axes", zone: str, within: Window) -> None:
    """Draw the sky above a person, and the hours that their clock shows; a change of clocks is a thin line."""
    hours = list(_full_hours(zone, within))
    sky = [[_of_day(local_time(moment, zone)) for moment in hours]]
    extent = (on_the_axis(hours[0]) - 1 / 48, on_the_axis(hours[-1]) + 1 / 48, 0, 1)
    axes.imshow(
        sky,
        extent=extent,
        aspect="auto",
        cmap=SKY,
        vmin=0,
        vmax=1,
        interpolation="bilinear",
        interpolation_stage="rgba",
        zorder=0,
    )
    inside = Window(within.start + within.length / 50, within.end - within.length / 50)
    every = next((step for step in _STEPS if len(hours) <= step * _MARKS), _STEPS[-1])
    for moment in hours:
        local = local_time(moment, zone)
        if local.hour % every == 0 and moment in inside:
            colour = INK if local.hour in _DAYLIGHT else "white"
            axes.text(on_the_axis(moment), 0.5, f"{local:%H:%M}", ha="center", va="center", fontsize=9, color=colour)
    for change, before, after in clock(zone).changes(second_of(within.start), second_of(within.end)):
        at = on_the_axis(instant_at(change))
        axes.axvline(at, color=LINE, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
        step = f"{(after - before) / 3600:+g} h"
        axes.annotate(step, (at, 1), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=8, color=INK)


def _full_hours(zone: str, within: Window) -> Iterator[dt.datetime]:
    """Go through the instants at which a clock shows a full hour, one beyond each end."""
    minutes = local_time(within.start, zone)
    moment = within.start - dt.timedelta(
        minutes=minutes.minute, seconds=minutes.second, microseconds=minutes.microsecond
    )
    while moment < within.end + HOUR:
        yield moment
        moment += HOUR


def _of_day(local: dt.datetime) -> float:
    return (local.hour + local.minute / 60) / 24


def _alt(bands: Iterable[Band], within: Window) -> Phrase:
    told = [_told(band) for band in bands]
    if not told:
        return Phrase.of("ribbon.nothing", start=within.start, end=within.end)
    all_told = reduce(lambda some, more: Phrase.of("meeting.picture_counts", some=some, more=more), told)
    return Phrase.of("ribbon.alt", start=within.start, end=within.end, bands=all_told)


def _told(band: Band) -> Phrase:
    row, window = Phrase.of(f"ribbon.{band.row}"), band.window
    return Phrase.of("ribbon.told", row=row, label=band.label, start=window.start, end=window.end)
