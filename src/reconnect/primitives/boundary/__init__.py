"""Boundaries: rules that protect someone, agreed by everyone or added by oneself, and rulings about actions."""

from reconnect.primitives.boundary.action import (
    Action,
    AskQuestion,
    ComeClose,
    ExpectReply,
    MakeContact,
    Nudge,
    OfferRepair,
    OpenCheckIn,
    OwnAction,
    RaiseTopic,
    Undeniable,
    Undenied,
)
from reconnect.primitives.boundary.acts import Baseline
from reconnect.primitives.boundary.boundaries import Boundaries
from reconnect.primitives.boundary.history import AgreedBaseline, GoodNews
from reconnect.primitives.boundary.hours import QuietHours, TopicsForCheckIns
from reconnect.primitives.boundary.layer import Layer
from reconnect.primitives.boundary.limits import ByConsent, DepthLimit, FrequencyLimit, NoReplyExpected
from reconnect.primitives.boundary.nudge_cap import NudgeCap, nudges_to_deliver, own_cap
from reconnect.primitives.boundary.pausing import Cooldown, PauseCue, PauseOnHurt
from reconnect.primitives.boundary.rule import BoundaryRule, Told
from reconnect.primitives.boundary.ruled import all_boundaries, ruled, together
from reconnect.primitives.boundary.ruling import Ruling

__all__ = [
    "Action",
    "AgreedBaseline",
    "AskQuestion",
    "Baseline",
    "Boundaries",
    "BoundaryRule",
    "ByConsent",
    "ComeClose",
    "Cooldown",
    "DepthLimit",
    "ExpectReply",
    "FrequencyLimit",
    "GoodNews",
    "Layer",
    "MakeContact",
    "NoReplyExpected",
    "Nudge",
    "NudgeCap",
    "OfferRepair",
    "OpenCheckIn",
    "OwnAction",
    "PauseCue",
    "PauseOnHurt",
    "QuietHours",
    "RaiseTopic",
    "Ruling",
    "Told",
    "TopicsForCheckIns",
    "Undeniable",
    "Undenied",
    "all_boundaries",
    "nudges_to_deliver",
    "own_cap",
    "ruled",
    "together",
]
