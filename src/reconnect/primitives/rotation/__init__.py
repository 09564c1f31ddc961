"""Turns: who convenes when, so that nobody carries repair alone."""

from reconnect.primitives.rotation.load import Balance, Load
from reconnect.primitives.rotation.plan import RotationPlan
from reconnect.primitives.rotation.rotation import Rotation
from reconnect.primitives.rotation.turn import Turn, TurnKey, TurnReason, Wish

__all__ = ["Balance", "Load", "Rotation", "RotationPlan", "Turn", "TurnKey", "TurnReason", "Wish"]
