"""Words for feelings and needs are data, offered to whoever looks for one and never chosen for anybody."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from reconnect.errors import InvalidRequest
from reconnect.language._shelf import locales_on, nearest, tables
from reconnect.record.kind import as_text

__all__ = ["feeling_words", "feelings_under", "need_words", "word_locales"]

_SHELF: Final = "words"


def feeling_words(*, locale: str = "en") -> Mapping[str, tuple[str, ...]]:
    """Return words that fit after "I feel", under headings.

    What people get wrong: "abandoned" and "ignored" tell what others seem to have done. They are not among these;
    `feelings_under` has feelings that are often under them.

    >>> feeling_words()["calm"]
    ('calm', 'at ease', 'relieved', 'content', 'rested')

    Raises:
        InvalidRequest: there are no words for that language.

    Sources:
        That feelings come apart from evaluations: Center for Nonviolent Communication. Words and headings are ours.
    """
    return _table("feelings", locale)


def need_words(*, locale: str = "en") -> Mapping[str, tuple[str, ...]]:
    """Return words for what may matter to somebody, under headings; they fit in front of "matters to me".

    What people get wrong: a need names nobody else. "Closeness" is one; "that you call me" is a request.

    >>> need_words()["play"]
    ('play', 'laughter', 'lightness')

    Raises:
        InvalidRequest: there are no words for that language.

    Sources:
        The seven headings: Center for Nonviolent Communication, needs inventory (2005). The words are ours.
    """
    return _table("needs", locale)


def feelings_under(word: str, *, locale: str = "en") -> tuple[str, ...]:
    """Return feelings that are often under a word that tells what others seem to have done.

    Which of them it is, or whether it is any, only the person knows. Words that are no such evaluation have none here.

    >>> feelings_under("Ignored")
    ('lonely', 'hurt', 'sad')
    >>> feelings_under("sad")
    ()

    Raises:
        InvalidBody: it is no text.
        InvalidRequest: there are no words for that language.

    Sources:
        Ours, no study.
    """
    return _table("evaluations", locale).get(" ".join(as_text(word).lower().split()), ())


def word_locales() -> tuple[str, ...]:
    """Return the locales that have words for feelings and needs; `de-AT` is answered by `de`."""
    return locales_on(_SHELF)


def _table(name: str, locale: str) -> Mapping[str, tuple[str, ...]]:
    found = nearest(locale, _SHELF)
    if found is None:
        raise InvalidRequest(f"a locale among {', '.join(word_locales())}", "another")
    return MappingProxyType({heading: tuple(words) for heading, words in tables(_SHELF, found)[name].items()})
