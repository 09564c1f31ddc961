"""Bodies may be sealed by the host before they are kept, each to its own row, and opened when they are read."""

from collections.abc import Callable
from typing import Final, Self, TypeAlias

from attrs import frozen

from reconnect.errors import WrongSeal
from reconnect.record.digest import digest

__all__ = ["Hook", "Seal"]

Hook: TypeAlias = Callable[[bytes], bytes]

BOTH: Final = "`seal` and `open` together, because bodies are sealed and read again"
OTHERS: Final = "an `open` that reads what was sealed here"
OURS: Final = "a `seal` that turns bytes into other bytes"


@frozen(kw_only=True)
class Seal:
    """What turns bytes into sealed bytes, and back.

    A body is sealed together with a digest of everything else in its row, so that it opens in no other place.
    """

    seal: Hook
    open: Hook

    @classmethod
    def of(cls, seal: Hook | None, open: Hook | None) -> Self | None:  # noqa: A002 - the name in the contract
        """Return both hooks as one, or None without any.

        Raises:
            WrongSeal: only one was given.
        """
        if seal is None and open is None:
            return None
        if seal is None or open is None:
            raise WrongSeal(BOTH)
        return cls(seal=seal, open=open)

    def sealed(self, text: str, *place: object) -> bytes:
        """Return a text as it is kept in a place.

        Raises:
            WrongSeal: the host's hook could not seal it.
        """
        plain = (digest(*place) + text).encode()
        kept = _quietly(self.seal, plain, OURS)
        if plain in kept:
            raise WrongSeal(OURS)
        return kept

    def opened(self, kept: bytes, *place: object) -> str:
        """Return the text that was sealed in a place.

        Raises:
            WrongSeal: the host's hook could not open it, or it was sealed elsewhere.
        """
        try:
            plain = _quietly(self.open, kept, OTHERS).decode()
        except UnicodeDecodeError:
            plain = ""
        mark = digest(*place)
        if not plain.startswith(mark):
            raise WrongSeal(OTHERS)
        return plain.removeprefix(mark)


def _quietly(hook: Hook, given: bytes, expected: str) -> bytes:
    """Call a hook of the host; whatever it raises may hold private words, and none of it is passed on."""
    try:
        made: object = hook(given)
    except Exception:  # noqa: BLE001 - a hook may raise anything
        made = None
    if not isinstance(made, bytes):
        raise WrongSeal(expected)
    return made
