"""An item is one kind of thing that a calendar can show, with a title that tells nothing of it."""

from collections.abc import Mapping
from enum import Enum

from reconnect.errors import InvalidPhrase
from reconnect.language.phrasebook import render
from reconnect.phrase import Phrase

__all__ = ["Item", "titled"]

_TIME = Phrase.of("ical.time")
_TURN = Phrase.of("ical.turn")


class Item(Enum):
    """What a calendar can show."""

    CHECK_IN = "check_in"
    """A check-in of an agreed rhythm."""
    FOLLOW_UP = "follow_up"
    """The short talk after someone came back, at the time that everyone said yes to."""
    TOPIC_RETURN = "topic_return"
    """The time to talk about a topic again, agreed by everyone."""
    TURN = "turn"
    """A turn of the reader's own, from its handoff to the next."""
    REVIEW = "review"
    """A time at which people look at their plans together."""
    RITUAL = "ritual"
    """A ritual that everyone agreed on."""
    EXPERIMENT = "experiment"
    """From when on it is time to look at what people try."""
    PROMISE = "promise"
    """Something that the reader promised, at the instant by which it is due."""

    @property
    def phrase(self) -> Phrase:
        """What stands there unless the host says otherwise: the same for every talk, whatever it is about."""
        return _TIME if self.blocks else _TURN

    @property
    def blocks(self) -> bool:
        """Whether it takes the time in which it stands."""
        return self not in {Item.TURN, Item.EXPERIMENT, Item.PROMISE}


def titled(titles: Mapping[Item, str], locale: str) -> Mapping[Item, str]:
    """Return the title of every item: what the host chose, else a neutral phrase.

    Raises:
        InvalidPhrase: a title is no text of one line, or is for something else, or there is no such locale.
    """
    if not all(isinstance(item, Item) for item in titles):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidPhrase("titles for items of a calendar", "one for something else")
    return {item: _line(titles[item]) if item in titles else render(item.phrase, locale=locale) for item in Item}


def _line(title: str) -> str:
    if not isinstance(title, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidPhrase("a title of one line", f"a {type(title).__name__}")
    if not title.strip() or not title.isprintable():
        raise InvalidPhrase("a title of one line", "an empty one, or several lines")
    return title
