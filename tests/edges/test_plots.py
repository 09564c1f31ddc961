"""Pictures: what is drawn is what people published, and the same stands beside it in words."""

import datetime as dt
import subprocess
import sys

import pendulum
import pytest

import reconnect as rc
from reconnect.edges.plots import ribbon, whose_evenings
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


NIGHT = pendulum.datetime(2026, 3, 28, 22, 30, tz="Europe/Paris")
TWO_DAYS = Window(NIGHT.subtract(hours=5), NIGHT.add(hours=43))


def hard_evening(*, people: int = 2) -> rc.MemoryJournal:
    """Return the journal of an evening: a break about money, a return, quiet hours, and a turn that is covered."""
    everyone = (
        rc.Person(id="ana", zone="America/New_York", name="Ana"),
        rc.Person(id="ben", zone="Europe/Paris"),
        rc.Person(id="cy", zone="Asia/Kathmandu"),
    )
    us, calm = rc.Circle(id="c1", members=everyone[:people]), NIGHT.subtract(days=20)
    journal = rc.MemoryJournal()
    journal.found(us, by="ana", at=calm)
    terms = rc.Proposal.of(rc.RecoveryTerms(), id="p1", circle=us, by="ana", at=calm)
    for person in us.ids[1:]:
        terms = terms.accept(by=person, offer=terms.offer.id, at=calm)
    pause = rc.TimeOut.call(id="t1", circle=us, by="ben", at=NIGHT, back_at=NIGHT.add(hours=2), topic="money")
    nights = rc.QuietHours(hours=rc.WeeklyHours("Europe/Paris", {"SU": ["00:30-08:00"]}))
    daily = Recurrence.daily(time="09:00", zone="Europe/Paris", starts=dt.date(2026, 3, 29))
    turns = rc.Rotation.of(us, handoff=daily, id="r1", by="ana", at=calm)
    first = next(turns.turns(TWO_DAYS))
    for story in (
        terms,
        pause.returned(by="ben", at=NIGHT.add(hours=9, minutes=30)),
        rc.Boundaries.of(nights, id="b1", circle=us, by="ben", at=calm),
        turns.cover(first.key, by="ben", at=calm),
    ):
        for act in story.acts:
            journal.append(act, acting=act.author)
    return journal


def test_a_ribbon_says_in_words_what_it_shows() -> None:
    """Every band is told, on the reader's clock; a week with nothing in it says so."""
    view = hard_evening().view("ben", circle="c1", at=NIGHT.add(days=2))
    told = ribbon(view, TWO_DAYS).alt
    for words in (
        "A ribbon of the time from Saturday 28 March at 17:30 to Monday 30 March at 18:30, below everyone's clock.",
        "break: the first twenty minutes, from Saturday 28 March at 22:30 to Saturday 28 March at 22:50.",
        "break: a new time can be named, from Sunday 29 March at 00:30 to Sunday 29 March at 09:00.",
        "at rest: money, from Saturday 28 March at 22:30 to Monday 30 March at 09:00.",
        "coming back: the present first, from Sunday 29 March at 09:00 to Monday 30 March at 09:00.",
        "quiet hours: ben, from Sunday 29 March at 00:30 to Sunday 29 March at 08:00.",
        "turns: ben, covering, from Sunday 29 March at 09:00 to Monday 30 March at 09:00.",
    ):
        assert words in told
    meanwhile = hard_evening().view("ben", circle="c1", at=NIGHT.add(hours=1))
    assert "coming back" not in ribbon(meanwhile, TWO_DAYS).alt
    before = Window.of(NIGHT.subtract(days=30), dt.timedelta(hours=2))
    assert ribbon(view, before).alt.endswith("below everyone's clock. Nothing special went on.")


def test_a_ribbon_has_a_clock_for_each_person_and_a_row_for_each_thing() -> None:
    """Clocks that change take a step, and a band that is too short for its words has none."""
    view = hard_evening(people=3).view("ana", circle="c1", at=NIGHT.add(days=2))
    picture = ribbon(view, TWO_DAYS)
    axes = picture.figure.axes
    assert [each.get_ylabel() for each in axes] == [
        *("Ana's clock", "ben's clock", "cy's clock"),
        *("break", "at rest", "coming back", "quiet hours", "turns"),
    ]
    assert "+1 h" in [text.get_text() for text in axes[1].texts]
    assert "02:45" not in [text.get_text() for text in axes[2].texts]
    assert [[text.get_text() for text in each.texts] for each in axes[3:6]] == [[], ["money"], ["the present first"]]
    assert [text.get_text() for text in picture.figure.legends[0].get_texts()] == [
        "the first twenty minutes",
        "until the named time",
        "a new time can be named",
    ]


def test_a_ribbon_without_breaks_has_no_legend_for_them() -> None:
    """Nobody is away for a turn, and that stands there, too."""
    journal = hard_evening()
    view = journal.view("ana", circle="c1", at=NIGHT.subtract(days=1))
    for person in ("ana", "ben"):
        away = view.state(rc.Rotation, "r1").away(TWO_DAYS, by=person, at=view.at)
        journal.append(*away.acts_of(person), acting=person)
    picture = ribbon(journal.view("ana", circle="c1", at=NIGHT.subtract(days=1)), TWO_DAYS)
    assert picture.figure.legends == []
    assert "turns: nobody" in picture.alt
