"""Strategies for requests: frames with any blanks filled or open, and what becomes of them once they are whole."""

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

from reconnect.edges.testing.words import texts
from reconnect.language.lens import NoticingKind
from reconnect.language.request import Frame, IStatement, Request, Rewording
from reconnect.language.request.request import LONGEST
from reconnect.phrase import Phrase
from reconnect.record.kind import Body

__all__ = ["blanks", "frames", "request_bodies", "request_strategies", "rewordable"]

BLANKS: Final = ("observation", "feeling", "need", "act", "when")


def rewordable() -> st.SearchStrategy[NoticingKind]:
    """Draw a kind of words for which others may be offered."""
    return st.sampled_from([kind for kind in NoticingKind if kind.may_be_reworded])


def blanks() -> st.SearchStrategy[dict[str, Any]]:
    """Draw what somebody fills in: any of the blanks, with words, with nothing but space, or with the longest text."""
    said = _words() | st.sampled_from(["", " ", "\n"])
    return st.fixed_dictionaries({}, optional={**dict.fromkeys(BLANKS, said), "no_is_fine": st.booleans()})


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """Draw a frame, from a noticing or by itself, as far as somebody has come with it."""
    return Frame(noticed=draw(st.none() | rewordable())).fill(**draw(blanks()))


def request_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about requests."""
    words = _words()
    requests = st.builds(Request, act=words, when=words)
    statements = st.builds(IStatement, observation=words, feeling=words, need=words, request=requests)
    return {Request: requests, IStatement: statements}


def request_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about requests."""
    several = st.builds(Rewording, frames=st.lists(frames(), max_size=3).map(tuple))
    return {Frame: frames(), Rewording: several | st.just(Rewording(support=Phrase.of("lens.threat")))}


def _words() -> st.SearchStrategy[str]:
    edge = st.sampled_from(["x", "x" * LONGEST, " after dinner ", "{act}", "..."])
    return texts().filter(lambda text: bool(text.strip())) | edge
