"""A forked process uses none of its parent's connections: the engines that we made open new ones there."""

import os
import weakref
from typing import Final

from reconnect.edges._sqlalchemy import sa

__all__ = ["ours"]

_engines: Final = weakref.WeakSet[sa.Engine]()
_parents: Final[list[sa.Pool]] = []


def ours(engine: sa.Engine) -> sa.Engine:
    """Look after an engine when this process forks."""
    _engines.add(engine)
    return engine


def _leave_to_the_parent() -> None:
    """Use none of the parent's connections in a forked process, and do not even close them (SQLite's own rule)."""
    for engine in tuple(_engines):
        _parents.append(engine.pool)
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):  # pragma: no branch - only some systems fork
    os.register_at_fork(after_in_child=_leave_to_the_parent)
