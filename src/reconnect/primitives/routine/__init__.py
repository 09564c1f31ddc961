"""Routines: small soothing things to do, alone or together, and rituals that come round."""

from reconnect.primitives.routine.own import AgreedRitual, keep_routine, rituals, routines
from reconnect.primitives.routine.ritual import Ritual
from reconnect.primitives.routine.routine import Routine
from reconnect.primitives.routine.soothing import SOOTHING

__all__ = ["SOOTHING", "AgreedRitual", "Ritual", "Routine", "keep_routine", "rituals", "routines"]
