"""Requests: from a grievance to one act that can be asked for, refused, and answered with another."""

from reconnect.language.request.frame import Frame, Rewording, suggest
from reconnect.language.request.request import IStatement, Request
from reconnect.language.request.vocabulary import feeling_words, feelings_under, need_words, word_locales

__all__ = [
    "Frame",
    "IStatement",
    "Request",
    "Rewording",
    "feeling_words",
    "feelings_under",
    "need_words",
    "suggest",
    "word_locales",
]
