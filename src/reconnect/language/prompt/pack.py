"""A pack is a file with the questions and kind words of one language: data, which a translator can read."""

from collections.abc import Mapping
from typing import Any, Final

from reconnect.errors import InvalidPrompt
from reconnect.language._shelf import locales_on, nearest, tables

__all__ = ["pack", "pack_locale", "prompt_locales"]

_SHELF: Final = "prompts"


def prompt_locales() -> tuple[str, ...]:
    """Return the locales that have questions; `de-AT` is answered by `de`."""
    return locales_on(_SHELF)


def pack_locale(locale: str) -> str:
    """Return the locale whose questions answer for another, its own if it has any.

    Raises:
        InvalidPrompt: there are none in that language.
    """
    found = nearest(locale, _SHELF)
    if found is None:
        raise InvalidPrompt(f"a locale among {', '.join(prompt_locales())}", "another")
    return found


def pack(locale: str) -> Mapping[str, Any]:
    """Return the tables of a locale's pack, read once.

    Raises:
        InvalidPrompt: there are none in that language.
    """
    return tables(_SHELF, pack_locale(locale))
