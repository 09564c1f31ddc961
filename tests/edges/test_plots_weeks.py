"""A picture of weeks: a dot for each day with a note, nothing across a gap, and pauses that say nothing of a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import rgb_to_hsv, to_rgb

import reconnect as rc
from reconnect.edges.plots import Picture, weeks
from reconnect.edges.plots.weeks import _LOOKS, EPOCH
from reconnect.errors import InvalidReading

MONDAY: Final = dt.date(2026, 1, 5)
START: Final = pendulum.datetime(2026, 1, 5, 12)
WITHIN: Final = rc.Window(START.subtract(days=1), START.add(days=27))
PEOPLE: Final = (
    rc.Person(id="ana", zone="America/New_York", name="Ana"),
    rc.Person(id="ben", zone="Europe/Paris"),
)

FEW: Final = settings(max_examples=max(5, settings().max_examples // 10))  # a picture takes a while

Days = dict[int, int]


def journal(ana: Days, ben: Days, audience: rc.Private | rc.Shared, *more: rc.Story) -> rc.MemoryJournal:
    """Return a journal with moods of two people by the number of the day, and with some stories."""
    us, kept = rc.Circle(id="c1", members=PEOPLE), rc.MemoryJournal()
    kept.found(us, by="ana", at=START)
    for person, days in (("ana", ana), ("ben", ben)):
        for day, number in days.items():
            body = rc.Rating.of(rc.MOOD, number, day=MONDAY + dt.timedelta(days=day))
            entry = rc.Entry(circle="c1", author=person, id=f"{person}{day}", at=START, body=body, audience=audience)
            kept.append(entry, acting=person)
    for story in more:
        for act in story.acts:
            kept.append(act, acting=act.author)
    return kept


def drawn(picture: Picture, row: int = 0) -> tuple[set[tuple[int, float]], list[list[int]]]:
    """Return the dots of a row, by the number of the day, and the days of each line."""
    axes: Any = picture.figure.axes[row]
    zero = MONDAY.toordinal() - EPOCH
    dots = {(int(x - zero), float(y)) for x, y in axes.collections[-1].get_offsets()}
    lines = [[int(x - zero) for x in line.get_xdata()] for line in axes.lines if line.get_linewidth() > 1]
    return dots, lines


def picture(kept: rc.MemoryJournal, *, reader: str = "ana", shared: bool = False, **options: Any) -> Picture:  # noqa: ANN401 - whatever weeks takes
    """Return the picture of four weeks that a person sees at their end."""
    return weeks(kept.view(reader, circle="c1", at=WITHIN.end), WITHIN, shared=shared, **options)


@FEW
@given(st.dictionaries(st.integers(0, 26), st.integers(1, 5)))
def test_every_day_with_a_note_is_a_dot_and_no_line_crosses_a_gap(days: Days) -> None:
    """The dots are the days, the lines together are the days, and within a line each day follows the one before."""
    dots, lines = drawn(picture(journal(days, {}, rc.Private())))
    assert dots == {(day, float(number)) for day, number in days.items()}
    assert sorted(day for line in lines for day in line) == sorted(days)
    assert all(line == list(range(line[0], line[0] + len(line))) for line in lines)
    assert all(later[0] > earlier[-1] + 1 for earlier, later in pairwise(lines))


@FEW
@given(st.dictionaries(st.integers(0, 26), st.integers(1, 5), max_size=9), st.integers(1, 5))
def test_what_another_keeps_private_is_in_no_picture(days: Days, number: int) -> None:
    """Ben's private days change neither the words nor the rows of what ana sees, alone or shared."""
    with_ben, without = journal(days, {3: number, 4: 5}, rc.Private()), journal(days, {}, rc.Private())
    for shared in (False, True):
        one, two = picture(with_ben, shared=shared), picture(without, shared=shared)
        assert one.alt == two.alt
        assert [drawn(one, row) for row in range(1 + shared)] == [drawn(two, row) for row in range(1 + shared)]


def test_a_picture_says_in_words_what_it_shows() -> None:
    """Days, between which words, the level lately, what is left empty, and pauses on the reader's clock."""
    pause = rc.TimeOut.call(id="t1", circle="c1", by="ben", at=START.add(days=3, hours=9))
    days = {0: 2, 1: 4, 5: 4, 6: 5, 7: 5, 8: 5, 12: 4}
    shown = picture(journal(days, {}, rc.Private(), pause.returned(by="ben", at=START.add(days=4))))
    assert shown.alt == (
        "Mood, day by day, from Monday 5 January to Sunday 1 February. "
        "Your notes on 7 days lie between “a little heavy” and “light”; the level lately is “fairly light”. "
        "Left empty: 2 stretches without a note. "
        "A pause, from Thursday 8 January at 16:00 to Friday 9 January at 07:00."
    )
    assert shown.figure.axes[0].get_title(loc="left") == "Mood"
    assert legend(shown) == ["a day with a note", "the level of the days", "a pause"]


def legend(shown: Picture) -> list[str]:
    """Return what stands below a picture."""
    return [text.get_text() for text in shown.figure.legends[0].get_texts()]


def test_without_notes_it_says_so() -> None:
    """An empty picture is no verdict."""
    empty = picture(journal({}, {}, rc.Private()))
    assert empty.alt.endswith("No note of your own yet.")
    assert drawn(empty) == (set(), [])
    assert legend(empty) == ["a day with a note"]


def test_days_that_stand_alone_have_no_line_and_no_gaps() -> None:
    """Talks twice a week are dots; nobody needs to hear that there were days in between."""
    sparse = picture(journal({0: 3, 3: 4, 7: 4}, {}, rc.Private()))
    assert sparse.alt.endswith("the level lately is “fairly light”.")
    assert legend(sparse) == ["a day with a note"]


def test_nothing_to_draw_is_refused() -> None:
    """A window without the beginning of a day, or a circle that everybody has left."""
    kept = journal({0: 3}, {}, rc.Private())
    noon = rc.Window.of(START, dt.timedelta(minutes=5))
    with pytest.raises(InvalidReading, match="a window in which a day begins"):
        weeks(kept.view("ana", circle="c1", at=START), noon)
    for person in ("ana", "ben"):
        bye = rc.Entry(circle="c1", author=person, id="bye", at=START, body=rc.Left(), audience=rc.Shared())
        kept.append(bye, acting=person)
    with pytest.raises(InvalidReading, match="somebody who is there"):
        picture(kept, shared=True)


def test_everyone_who_shares_has_a_row_of_their_own() -> None:
    """With a name, a shape and a hue; the same for whoever looks, but for the clock that pauses are told on."""
    kept = journal({0: 3, 1: 4}, {}, rc.Shared())
    shown = picture(kept, shared=True)
    assert [axes.get_title(loc="left") for axes in shown.figure.axes] == ["Ana: Mood", "ben: Mood"]
    assert "Ana: shared notes on 2 days, between “in between” and “fairly light”" in shown.alt
    assert "ben: no shared note yet." in shown.alt
    assert picture(kept, reader="ben", shared=True).alt == shown.alt


def test_words_stand_beside_the_days_instead_of_numbers() -> None:
    """From the lowest to the highest, as the scale has them."""
    axes = picture(journal({0: 3}, {}, rc.Private())).figure.axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == [
        *("heavy", "a little heavy", "in between", "fairly light", "light"),
    ]
    scale = rc.Scale.of("rest", "hardly", "well", title="Rest", lowest=0, highest=10, step=Fraction(1, 2))
    shown = picture(journal({}, {}, rc.Private()), scale=scale)
    assert [text.get_text() for text in shown.figure.axes[0].get_yticklabels()] == ["hardly", "well"]


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (14, ["Monday 5 January", "Monday 12 January"]),
        (7 * 7, 7),
        (52 * 7, 8),
        (3, ["Monday 5 January"]),
    ],
)
def test_weeks_begin_on_mondays(length: int, said: Sequence[str] | int) -> None:
    """With a date for as many as fit, and a thin line for each."""
    view = journal({}, {}, rc.Private()).view("ana", circle="c1", at=START)
    within = rc.Window(START.subtract(days=1), START.add(days=length - 1))
    axes = weeks(view, within).figure.axes[0]
    dates = [text.get_text() for text in axes.get_xticklabels()]
    assert (dates if isinstance(said, list) else len(dates)) == said
    assert all(date.startswith("Monday") for date in dates)
    assert len(axes.lines) == -(-length // 7)


def test_planned_pauses_are_a_band_as_well() -> None:
    """On the clock of the row, and cut to what is drawn; nothing says who asked for it."""
    us = rc.Circle(id="c1", members=PEOPLE)
    rhythm = rc.Rhythm.of(rc.Recurrence.daily(time="20:00", zone="UTC", starts=MONDAY))
    plan = rc.Proposal.of(rhythm, id="p1", circle=us, by="ana", at=START)
    plan = plan.accept(by="ben", offer=plan.offer.id, at=START)
    talks = rc.CheckInSchedule.of(plan, id="talks", by="ana", at=START)
    away = rc.Window(START.add(days=20), START.add(days=60))
    shown = picture(journal({0: 3}, {}, rc.Private(), talks.pause(away, by="ben", at=START)))
    assert shown.alt.endswith("A pause, from Sunday 25 January at 07:00 to Sunday 1 February at 07:00.")
    assert "ben" not in shown.alt


def hues() -> Iterable[str]:
    """Return every hue that a person may have."""
    return (hue for hue, _ in _LOOKS)


def test_nobody_is_red_and_shapes_differ() -> None:
    """Red says wrong to many, and hues alone say nothing to some."""
    for hue in hues():
        turn, *_ = rgb_to_hsv(to_rgb(hue))
        assert 30 / 360 < turn < 300 / 360
    assert len({shape for _, shape in _LOOKS}) == len(_LOOKS)
