"""Recovery: time-outs that anyone may call, and what follows once someone is back."""

from reconnect.primitives.recovery.acts import TopicReturn
from reconnect.primitives.recovery.call import Phase
from reconnect.primitives.recovery.credit import Credit, credited
from reconnect.primitives.recovery.opening import Recovery
from reconnect.primitives.recovery.placement import Placement
from reconnect.primitives.recovery.recovery_window import RecoveryWindow
from reconnect.primitives.recovery.terms import RecoveryTerms
from reconnect.primitives.recovery.time_out import TimeOut

__all__ = [
    "Credit",
    "Phase",
    "Placement",
    "Recovery",
    "RecoveryTerms",
    "RecoveryWindow",
    "TimeOut",
    "TopicReturn",
    "credited",
]
