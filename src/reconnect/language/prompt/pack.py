"""A pack is a file with the questions and kind words of one language: data, which a translator can read."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from reconnect.errors import InvalidPrompt

__all__ = ["pack", "prompt_locales"]


def prompt_locales() -> tuple[str, ...]:
    """Return the locales that have questions."""
    packs = files("reconnect.language") / "packs" / "prompts"
    return tuple(sorted(found.name.removesuffix(".toml") for found in packs.iterdir() if found.name.endswith(".toml")))


@lru_cache
def pack(locale: str) -> Mapping[str, Any]:
    """Return the tables of a locale's pack, read once.

    Raises:
        InvalidPrompt: there is no such locale.
    """
    if locale not in prompt_locales():
        raise InvalidPrompt(f"a locale among {', '.join(prompt_locales())}", "another")
    import tomllib  # noqa: PLC0415 - only who asks needs it; `import reconnect` is quicker without

    path = files("reconnect.language") / "packs" / "prompts" / f"{locale}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
