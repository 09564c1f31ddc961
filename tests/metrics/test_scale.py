"""Scales and answers on them: what can be said, what is refused, and what a refusal says."""

import datetime as dt
from fractions import Fraction

import pendulum
import pytest

from reconnect.errors import InvalidBody, InvalidId, InvalidInstant, InvalidScale
from reconnect.language.phrasebook import render
from reconnect.metrics import CONVERSATION, MOOD, OPENNESS, Feelings, Moments, Rating, Scale
from reconnect.metrics.scale import CONSTRUCTIVE, DIFFICULT, POSITIVE
from reconnect.phrase import Phrase
from reconnect.record.entry import Entry, Private, Shared


@pytest.mark.parametrize("scale", [MOOD, OPENNESS, CONVERSATION, CONSTRUCTIVE])
def test_the_librarys_scales_have_five_steps_with_words_of_their_own(scale: Scale) -> None:
    """Every answer has its word, every word is said once, and the question is one, too."""
    words = [render(scale.label(value)) for value in range(1, 6)]
    assert len(set(words)) == 5
    assert render(scale.asks)[-1] in "?."
    assert [scale.lowest, scale.highest, scale.point, scale.step] == [1, 5, 1, 1]


def test_openness_is_the_sentence_that_everyone_may_answer() -> None:
    """It asks for one's own, not for what the other does."""
    assert render(OPENNESS.asks) == "I could say what I wanted."
    assert [render(label) for label in OPENNESS.labels][:1] == ["not this time"]


def test_a_scale_of_ones_own_speaks_ones_own_words() -> None:
    """Words come as they are, at equal distances; a question is not needed."""
    rest = Scale.of("rest", "hardly", "somewhat", "well", lowest=-1, highest=1, step=Fraction(1, 4))
    assert [render(rest.label(value)) for value in (-1, Fraction(-1, 2), Fraction(1, 4), 1)] == [
        "hardly",
        "somewhat",
        "somewhat",
        "well",
    ]
    assert render(rest.title) == render(rest.asks) == "rest"
    assert (Fraction(3, 4) in rest, Fraction(2, 3) in rest, 2 in rest) == (True, False, False)
    assert Scale.of("a", "b", "c", title="A", asks="A?").asks == Phrase.of("scale.own", words="A?")


def test_counts_of_moments_are_scales_of_whole_numbers() -> None:
    """None and many stand at the ends."""
    for scale in (POSITIVE, DIFFICULT):
        assert [render(scale.label(value)) for value in (0, 100)] == ["none", "many"]
        assert render(scale.asks).startswith("How many moments of today felt ")
        assert (Fraction(1, 2) in scale, 7 in scale) == (False, True)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"lowest": 3, "highest": 3}, "a highest number above the lowest, and a step above nothing, got other numbers"),
        ({"lowest": 1, "highest": 3, "step": 0}, "a step above nothing"),
        ({"lowest": 1, "highest": 2, "step": Fraction(2, 3)}, "a whole number of steps, at most 1000000000000"),
        ({"lowest": 0, "highest": 2, "step": Fraction(1, 10**12)}, "a whole number of steps"),
        ({"lowest": 0.0, "highest": 2}, "a whole number or a fraction, got a float"),
        ({"lowest": False, "highest": 2}, "a whole number or a fraction, got a bool"),
    ],
)
def test_a_scale_on_which_nobody_could_answer_is_refused(changed: dict[str, Fraction | int], words: str) -> None:
    """Upside down, without steps, with too many, or with numbers that are not exact."""
    with pytest.raises(InvalidScale, match=words):
        Scale.of("ours", "low", "high", **changed)  # type: ignore[arg-type]  # numbers go by keyword


def test_a_scale_has_two_words_at_least_and_a_name() -> None:
    """A word for each end is the least that tells what a number means."""
    with pytest.raises(InvalidScale, match="two or more phrases"):
        Scale.of("ours", "low", highest=5)
    with pytest.raises(InvalidScale, match="two or more phrases"):
        Scale(name="ours", title=MOOD.title, asks=MOOD.asks, labels=("a", "b"), highest=5)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidId):
        Scale.of("", "low", "high")


def test_an_answer_beside_the_scale_is_refused_without_saying_which() -> None:
    """The words of a refusal never hold what somebody answered."""
    for value in (0, 6, Fraction(5, 2), 13**9):
        with pytest.raises(InvalidBody) as refused:
            Rating.of(MOOD, value)
        assert str(value) not in str(refused.value)
    with pytest.raises(InvalidBody, match="a whole number or a fraction, got a float"):
        Rating(scale="mood", value=2.5)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidBody, match="nine digits and nine decimals"):
        Rating(scale="mood", value=Fraction(1, 10**10))
    with pytest.raises(InvalidBody, match="nine digits"):
        Rating(scale="mood", value=10**10)


def test_the_day_is_a_date_and_devices_say_moments() -> None:
    """A moment is no day, and a local time is no moment."""
    wrong: list[object] = [pendulum.datetime(2026, 1, 5), dt.date(1, 1, 1), dt.date(9999, 12, 31), "2026-01-05"]
    for day in wrong:
        with pytest.raises(InvalidBody, match="a date within the years 2 to 9998"):
            Rating.of(MOOD, 3, day=day)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidInstant):
        Moments(positive=1, device_at=dt.datetime(2026, 1, 5))  # noqa: DTZ001 - wrong on purpose
    there = Moments(positive=1, device_at=pendulum.datetime(2026, 1, 5, 20, tz="Europe/Paris"))
    assert there.device_at == pendulum.datetime(2026, 1, 5, 19)


@pytest.mark.parametrize("count", [-1, 101, True, 1.0, None])
def test_moments_are_counted_in_whole_numbers(count: object) -> None:
    """From none to a hundred."""
    with pytest.raises(InvalidBody, match="a whole number from 0 to 100"):
        Moments(positive=count)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidBody, match="a whole number from 0 to 100"):
        Moments(positive=1, difficult=count)  # type: ignore[arg-type]  # wrong on purpose


def test_words_for_feelings_are_texts_in_a_set() -> None:
    """A single text is not a set of words, and neither is a list of numbers."""
    with pytest.raises(InvalidBody, match="a set of words, got a single text"):
        Feelings(words="calm")
    with pytest.raises(InvalidBody, match="a text, got a int"):
        Feelings(words=frozenset({3}))  # type: ignore[arg-type]  # wrong on purpose


def test_what_people_note_is_their_own_unless_they_share_it() -> None:
    """Private is the default, sharing is a choice, and a repr gives nothing away."""
    at = pendulum.datetime(2026, 1, 5)
    for body in (Rating.of(MOOD, 4), Moments(positive=31), Feelings(words=frozenset({"afraid"}))):
        entry = Entry(circle="c1", author="ana", id="e1", at=at, body=body)
        assert entry.audience == Private()
        assert Entry(circle="c1", author="ana", id="e1", at=at, body=body, audience=Shared()).audience == Shared()
        assert not {"4", "31", "afraid"} & set(repr(body).replace("(", " ").replace("=", " ").split())
