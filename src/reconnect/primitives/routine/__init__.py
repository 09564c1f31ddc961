"""Routines: small soothing things to do, alone or together, and rituals that come round."""

from reconnect.primitives.routine.good_day import AgreedGoodDay, GoodDayPlan, good_day_plans
from reconnect.primitives.routine.own import AgreedRitual, keep_routine, own_routines, rituals, routines
from reconnect.primitives.routine.ritual import Ritual
from reconnect.primitives.routine.routine import Routine
from reconnect.primitives.routine.soothing import SOOTHING

__all__ = [
    "SOOTHING",
    "AgreedGoodDay",
    "AgreedRitual",
    "GoodDayPlan",
    "Ritual",
    "Routine",
    "good_day_plans",
    "keep_routine",
    "own_routines",
    "rituals",
    "routines",
]
