"""A shelf holds one pack for each language, all of one sort; who asks gets the nearest one, and it is read once."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

__all__ = ["PHRASES", "locales_on", "nearest", "tables"]

PHRASES: Final = "."  # the shelf of what the library itself says; the others have a folder each
_MOST: Final = 8  # parts of a locale that are looked at; ours: `de-Latn-AT` has three, and none that matters has more


@lru_cache
def locales_on(shelf: str) -> tuple[str, ...]:
    """Return the locales that have a pack there."""
    packs = (files("reconnect.language") / "packs" / shelf).iterdir()
    return tuple(sorted(pack.name.removesuffix(".toml") for pack in packs if pack.name.endswith(".toml")))


def nearest(locale: str, shelf: str) -> str | None:
    """Return the locale of the pack that comes nearest, or `None` if there is none in that language.

    A part is left out from the end until there is one, as the lookup of RFC 4647 does it: `de-AT`, `de_AT.UTF-8` and
    `DE` are all answered by `de`, and nothing is answered in another language.

    >>> nearest("de-AT", PHRASES), nearest("xx", PHRASES)
    ('de', None)
    """
    there = locales_on(shelf)
    if locale in there:
        return locale
    named = {each.casefold(): each for each in there}
    said = str(locale).partition(".")[0].casefold().replace("_", "-")
    parts = said.split("-", _MOST)[:_MOST]
    tried = ("-".join(parts[:many]) for many in range(len(parts), 0, -1))
    return next((named[each] for each in tried if each in named), None)


@lru_cache
def tables(shelf: str, locale: str) -> Mapping[str, Any]:
    """Return the tables of a pack that is there."""
    import tomllib  # noqa: PLC0415 - only who needs a pack needs it; `import reconnect` is quicker without

    path = files("reconnect.language") / "packs" / shelf / f"{locale}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
