"""Gentle metrics: how it is going, from few and patchy notes, without a number that could be used against anyone."""

from reconnect.metrics.bucket import Bucket
from reconnect.metrics.change import Change, Norms
from reconnect.metrics.days import Days
from reconnect.metrics.gentle import (
    adherence,
    constructiveness,
    conversation_quality,
    feelings,
    kept_commitments,
    mood,
    mood_recovery,
    mood_variability,
    openness,
    positive_interactions,
    positive_to_difficult,
    rated,
    usual_level,
)
from reconnect.metrics.laugh import Laughed
from reconnect.metrics.level import UsualLevel
from reconnect.metrics.rating import Feelings, Moments, Rating
from reconnect.metrics.reading import Direction, Reading
from reconnect.metrics.scale import CONVERSATION, MOOD, OPENNESS, Scale
from reconnect.metrics.signal import Signal, SignalWish, signal
from reconnect.metrics.trend import Trend
from reconnect.metrics.wins import Win, small_wins

__all__ = [
    "CONVERSATION",
    "MOOD",
    "OPENNESS",
    "Bucket",
    "Change",
    "Days",
    "Direction",
    "Feelings",
    "Laughed",
    "Moments",
    "Norms",
    "Rating",
    "Reading",
    "Scale",
    "Signal",
    "SignalWish",
    "Trend",
    "UsualLevel",
    "Win",
    "adherence",
    "constructiveness",
    "conversation_quality",
    "feelings",
    "kept_commitments",
    "mood",
    "mood_recovery",
    "mood_variability",
    "openness",
    "positive_interactions",
    "positive_to_difficult",
    "rated",
    "signal",
    "small_wins",
    "usual_level",
]
