"""Topics are keys of a circle, chosen by its people; a few of them never have to wait for anything."""

from typing import Final

__all__ = ["NEVER_WAITS"]

NEVER_WAITS: Final = frozenset({"boundaries", "children", "health", "safety"})  # ours: no rest and no rule covers them
