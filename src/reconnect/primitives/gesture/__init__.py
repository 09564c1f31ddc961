"""Gestures: warmth that asks for nothing, not even an answer."""

from reconnect.primitives.gesture.acts import Warmth
from reconnect.primitives.gesture.gesture import Gesture, here_for

__all__ = ["Gesture", "Warmth", "here_for"]
