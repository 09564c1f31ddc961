"""A failure of a database is told by its name only: its words may hold what was to be kept."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from reconnect.errors import NotKept, Unconfirmed

__all__ = ["again", "calmly", "confirmed"]

T = TypeVar("T")

_CONFLICTS: Final = frozenset(
    {"DeadlockDetected", "SerializationFailure"}
)  # taken back whole, so that it can be retried
_TAKEN_BACK: Final = _CONFLICTS | {"CheckViolation", "ForeignKeyViolation", "UniqueViolation"}  # a clear no to a commit
_PAUSES: Final = (0.01, 0.02, 0.04, 0.08)  # seconds; ours: writers queue, so that more than one conflict is rare


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


def confirmed(commit: Callable[[], None]) -> None:
    """End a unit of work on a server, which may be gone before it has answered.

    Raises:
        NotKept: the server said no.
        Unconfirmed: it said nothing, so that nobody knows.
    """
    try:
        calmly(commit)
    except NotKept as failed:
        if failed.reason in _TAKEN_BACK:
            raise
        reason = failed.reason
    else:
        return
    raise Unconfirmed(reason)


def again(act: Callable[[], T]) -> T:
    """Do a whole unit of work, and a few times more if it was only in another's way.

    Raises:
        NotKept: it failed for another reason, or too often.
    """
    for pause in _PAUSES:
        try:
            return act()
        except NotKept as failed:
            if failed.reason not in _CONFLICTS:
                raise
        time.sleep(pause)
    return act()
