"""Memories: warm moments that people keep, alone or together, and that come back now and then."""

from reconnect.primitives.memory.acts import Revisit
from reconnect.primitives.memory.memory import Memory
from reconnect.primitives.memory.recall import next_recall, recall
from reconnect.primitives.memory.telling import Telling

__all__ = ["Memory", "Revisit", "Telling", "next_recall", "recall"]
