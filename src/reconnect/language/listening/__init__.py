"""Listening: one person has the floor, another says back what they heard, and everyone has a turn."""

from reconnect.language.listening.asking import talk_heard_from, talks_heard
from reconnect.language.listening.floor import Floor
from reconnect.language.listening.form import ListeningForm, ListeningRound, Step, Subject
from reconnect.language.listening.listening import Listening
from reconnect.language.listening.session import Stage
from reconnect.language.listening.understood import understandings

__all__ = [
    "Floor",
    "Listening",
    "ListeningForm",
    "ListeningRound",
    "Stage",
    "Step",
    "Subject",
    "talk_heard_from",
    "talks_heard",
    "understandings",
]
