"""A failure of a database is told by its name only: its words may hold what was to be kept."""

from collections.abc import Callable
from typing import TypeVar

from reconnect.errors import NotKept

__all__ = ["calmly"]

T = TypeVar("T")


def calmly(act: Callable[[], T]) -> T:
    """Do something with the database.

    Raises:
        NotKept: it failed; the error is a fresh one, which has no context and no frames with private words in them.
    """
    try:
        return act()
    except Exception as error:  # noqa: BLE001 - a driver may raise anything, with private words in it
        cause: object = getattr(error, "orig", None) or error
        reason = str(getattr(cause, "sqlite_errorname", type(cause).__name__))
    raise NotKept(reason)
