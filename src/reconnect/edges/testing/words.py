"""Strategies for ids, texts, lengths of time and phrases."""

import datetime as dt
from typing import Final

from hypothesis import strategies as st

from reconnect.edges.testing.temporal import instants
from reconnect.people.person import LONGEST_ID
from reconnect.phrase import Param, Phrase

__all__ = ["ids", "lengths", "phrases", "texts", "wholes"]

_MINUTE: Final = 60_000_000  # microseconds
_NEAR: Final = 10**12  # microseconds, about eleven days
MICROSECOND: Final = dt.timedelta(microseconds=1)
_PRINTABLE: Final = st.characters(categories=("L", "M", "N", "P", "S"), include_characters=" ")
_KEY: Final = r"[a-z][a-z0-9_]{0,8}(\.[a-z][a-z0-9_]{0,8}){0,2}"


def texts() -> st.SearchStrategy[str]:
    """Draw what someone may write: anything of whole characters, with quotes, line ends and emoji among it."""
    awkward = st.sampled_from(['"', "\\", "\x00", "\u2028", "\ufeff", "\U0001f49b", "\\ud800", "null"])
    return st.text(max_size=40) | st.lists(awkward | st.text(max_size=3), max_size=6).map("".join)


def ids() -> st.SearchStrategy[str]:
    """Draw an id: a few that meet again, or any 1 to 200 printable characters."""
    anything = st.text(_PRINTABLE, min_size=1, max_size=12).filter(str.isprintable)
    longest = st.just("x" * LONGEST_ID)
    return st.sampled_from(["ana", "ben", "c1", "e1"]) | anything | longest


def wholes() -> st.SearchStrategy[int]:
    """Draw a whole number of at most 64 bits, often at an edge."""
    edges = st.sampled_from([0, 1, -1, 2**53 + 1, -(2**63), 2**63 - 1])
    return edges | st.integers(-(2**63), 2**63 - 1)


def lengths(
    *, least: dt.timedelta = dt.timedelta.min, most: dt.timedelta = dt.timedelta.max
) -> st.SearchStrategy[dt.timedelta]:
    """Draw a length of time: round, odd to the microsecond, or at an edge."""
    low, high = least // MICROSECOND, most // MICROSECOND
    odd = st.integers(low, high) | st.integers(max(low, -_NEAR), min(high, _NEAR))
    first, last = -(low // -_MINUTE), high // _MINUTE
    round_ = st.integers(first, last).map(lambda minutes: minutes * _MINUTE) if first <= last else odd
    return (round_ | odd | st.sampled_from([low, high])).map(lambda count: count * MICROSECOND)


def phrases() -> st.SearchStrategy[Phrase]:
    """Draw a phrase with parameters of every type, among them other phrases."""
    plain = st.deferred(lambda: _phrases(_scalars()))
    nested = _phrases(_scalars() | plain | st.lists(texts() | plain, max_size=3).map(tuple))
    return plain | nested


def _scalars() -> st.SearchStrategy[Param]:
    return st.one_of(texts(), wholes(), instants(), st.dates(), lengths())


def _phrases(params: st.SearchStrategy[Param]) -> st.SearchStrategy[Phrase]:
    pairs = st.dictionaries(texts(), params, max_size=3).map(lambda found: tuple(found.items()))
    return st.builds(Phrase, st.from_regex(_KEY, fullmatch=True), pairs)
