"""Wellness plans: each person's own goals, and the little of them that others can help with."""

from reconnect.primitives.wellness.acts import Area, ReviewRhythm, WellnessShared
from reconnect.primitives.wellness.plan import Goal, Noted, WellnessPlan

__all__ = ["Area", "Goal", "Noted", "ReviewRhythm", "WellnessPlan", "WellnessShared"]
