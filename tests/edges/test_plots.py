"""Pictures: what is drawn is what people published, and the same stands beside it in words."""

import datetime as dt
import subprocess
import sys

import pendulum
import pytest

from reconnect.edges.plots import whose_evenings
from reconnect.errors import InvalidMeeting
from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.meeting import publish
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

YEAR = Window(pendulum.datetime(2026, 1, 1), pendulum.datetime(2027, 1, 1))
HOURS = {
    "ana": publish(
        WeeklyHours("America/New_York", {"SU": ["14:00-15:00"]}),
        prefers=WeeklyHours("America/New_York", {"SU": ["13:00-14:00"]}),
    ),
    "ben": publish(only_if_needed=WeeklyHours("Europe/Paris", {"SU": ["19:00-20:00"]})),
    "cy": publish(zone="UTC"),
}
TALKS = Rhythm.of(
    Recurrence.weekly("SU", time="19:00", zone="Europe/Paris", starts=dt.date(2026, 1, 1)),
    length=dt.timedelta(minutes=30),
)


def test_a_picture_says_in_words_what_it_shows() -> None:
    """Whoever does not see it reads the same; four Sundays are at two o'clock while clocks differ."""
    picture = whose_evenings({"Sundays": TALKS}, HOURS, YEAR, names={"ana": "Ana"})
    assert "Each talk from Sunday 4 January to Sunday 27 December on the clocks of Ana, ben and cy" in picture.alt
    assert 'Ana with "Sundays": 48 favourite times, 4 good times, 0 times only if needed.' in picture.alt
    assert 'ben with "Sundays": 0 favourite times, 0 good times, 52 times only if needed.' in picture.alt


def test_a_picture_has_a_row_for_each_person_and_a_column_for_each_rhythm() -> None:
    """Its words come from the phrasebook, and what lies outside the hours is marked as well."""
    picture = whose_evenings({"One": TALKS, "Two": TALKS}, HOURS, YEAR)
    axes = picture.figure.axes
    assert len(axes) == 6
    assert [each.get_title(loc="left") for each in axes[:2]] == ["One", "Two"]
    assert axes[0].get_ylabel() == "ana's clock"
    assert [text.get_text() for text in axes[0].texts] == ["+1 h", "-1 h"]
    said = [text.get_text() for text in picture.figure.legends[0].get_texts()]
    assert said == [
        "a favourite time",
        "a good time",
        "only if needed",
        "outside the published hours",
        "clocks change",
    ]


def test_a_notebook_shows_it_with_its_words() -> None:
    """An image, and the same in words."""
    picture = whose_evenings({"Sundays": TALKS}, HOURS, YEAR)
    shown = picture._repr_mimebundle_()
    assert bytes(shown["image/png"])[:4] == b"\x89PNG"  # type: ignore[arg-type]  # bytes under this name
    assert shown["text/plain"] == picture.alt


def test_nothing_to_draw_is_refused() -> None:
    """An empty picture would say nothing."""
    for rhythms, published in (({}, HOURS), ({"Sundays": TALKS}, {})):
        with pytest.raises(InvalidMeeting, match="a rhythm or more"):
            whose_evenings(rhythms, published, YEAR)


def test_without_its_extra_it_says_how_to_bring_it_along() -> None:
    """The rest of the library works without matplotlib."""
    code = "import sys; sys.modules['matplotlib'] = None\nimport reconnect\nimport reconnect.edges.plots"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (
        "MissingExtra: expected matplotlib, which the extra brings along: pip install 'reconnect[plots]'" in run.stderr
    )
