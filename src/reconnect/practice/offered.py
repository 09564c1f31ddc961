"""What an offer is about, as far as the library knows its kind."""

from typing import Final

import pendulum

from reconnect.consent.proposal import Offer
from reconnect.language.request import Request
from reconnect.phrase import Phrase
from reconnect.primitives.boundary import Baseline
from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.lesson import Idea
from reconnect.primitives.memory import Revisit
from reconnect.primitives.recovery import RecoveryTerms, TopicReturn
from reconnect.primitives.rotation import RotationPlan
from reconnect.primitives.routine import GoodDayPlan, Ritual
from reconnect.primitives.wellness import ReviewRhythm

__all__ = ["named"]

_OTHER: Final = Phrase.of("value.other")
_VALUES: Final = {
    Baseline: "value.baseline",
    GoodDayPlan: "value.good_day_plan",
    Idea: "value.idea",
    RecoveryTerms: "value.recovery_terms",
    Request: "value.request",
    ReviewRhythm: "value.review_rhythm",
    Revisit: "value.revisit",
    Ritual: "value.ritual",
    RotationPlan: "value.rotation_plan",
    TopicReturn: "value.topic_return",
}


def named(offer: Offer, *, ahead_of: pendulum.DateTime | None = None) -> Phrase:
    """Name what an offer is about, and when a rhythm would begin."""
    if not isinstance(offer.value, Rhythm):
        return next((Phrase.of(key) for kind, key in _VALUES.items() if isinstance(offer.value, kind)), _OTHER)
    starts = [] if ahead_of is None else [r.after(ahead_of) for r in offer.value.recurrences]
    first = min((start for start in starts if start is not None), default=None)
    return Phrase.of("value.rhythm") if first is None else Phrase.of("value.rhythm_from", start=first)
