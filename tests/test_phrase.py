"""Phrases: what will be said, not yet in words."""

import copy
import datetime as dt
import pickle
from typing import Any, Final

import pendulum
import pytest

from reconnect.errors import InvalidPhrase
from reconnect.phrase import Phrase

NOW: Final = pendulum.datetime(2026, 1, 5, 19)


def test_parameters_are_sorted_by_name() -> None:
    """Two ways to write down one phrase are one value."""
    assert Phrase.of("a.b", y=1, x="z") == Phrase("a.b", (("x", "z"), ("y", 1)))
    assert hash(Phrase.of("a.b", y=1, x="z")) == hash(Phrase.of("a.b", x="z", y=1))


def test_a_parameter_is_found_by_its_name() -> None:
    """A phrase is read like a mapping."""
    phrase = Phrase.of("a.b", until=NOW, people=("ana", Phrase.of("c")))
    assert (phrase["until"], phrase["people"]) == (NOW, ("ana", Phrase.of("c")))
    with pytest.raises(KeyError):
        phrase["other"]


def test_a_moment_is_held_in_utc() -> None:
    """One moment told in two zones is one phrase."""
    paris = pendulum.datetime(2026, 1, 5, 20, tz="Europe/Paris")
    assert Phrase.of("a", at=paris) == Phrase.of("a", at=NOW)
    assert repr(Phrase.of("a", at=paris)) == repr(Phrase.of("a", at=NOW))
    assert Phrase.of("a", day=dt.date(2026, 1, 5))["day"] == dt.date(2026, 1, 5)


@pytest.mark.parametrize("key", ["", "A", "a.", ".a", "a b", "1", "a-b", "a\n", None, 7])
def test_a_key_is_lower_case_words_joined_by_dots(key: Any) -> None:  # noqa: ANN401 - the wrong types on purpose
    """Anything else is refused, and not repeated."""
    with pytest.raises(InvalidPhrase, match="lower-case words joined by dots"):
        Phrase(key)


ZONELESS: Final = NOW.naive()
BEFORE_TIME: Final = dt.datetime.min.replace(tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.mark.parametrize(
    "value", [None, True, 1.5, ["a"], ("a", 1), b"a", ZONELESS, BEFORE_TIME], ids=lambda value: type(value).__name__
)
def test_only_what_can_be_said_is_a_parameter(value: Any) -> None:  # noqa: ANN401 - the wrong types on purpose
    """Neither nothing, nor yes and no, nor a fraction, nor a time that could be any moment."""
    with pytest.raises(InvalidPhrase, match="expected a text, a whole number"):
        Phrase.of("a", value=value)


@pytest.mark.parametrize("params", [None, "ab", [("a", 1)], (("a",),), ((1, 2),), ("ab",)], ids=repr)
def test_parameters_are_pairs(params: Any) -> None:  # noqa: ANN401 - the wrong types on purpose
    """A name and a value each."""
    with pytest.raises(InvalidPhrase, match="pairs of a name and a value"):
        Phrase("a", params)


def test_a_name_stands_once() -> None:
    """The same name twice would be two phrases in one."""
    with pytest.raises(InvalidPhrase, match="each parameter once"):
        Phrase("a", (("x", 1), ("x", "1")))


def test_a_phrase_survives_copying_and_pickling() -> None:
    """Put away and taken out again it says the same."""
    phrase = Phrase.of("a.b", until=NOW, length=dt.timedelta(minutes=5), inner=Phrase.of("c"))
    assert pickle.loads(pickle.dumps(phrase)) == copy.deepcopy(phrase) == phrase  # noqa: S301 - our own bytes
