"""Amends: one's own acts, the effect one sees, and the change one commits to; an answer comes whenever, or never."""

from reconnect.primitives.amends.acts import Repair
from reconnect.primitives.amends.amends import Amends

__all__ = ["Amends", "Repair"]
