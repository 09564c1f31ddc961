"""Strategies for what an outlook puts together: promises, a suggestion, readings, wins; and for an agreement."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from reconnect.consent.in_force import InForce
from reconnect.edges.testing.growth import growth_bodies
from reconnect.edges.testing.metrics import metric_strategies
from reconnect.edges.testing.promises import promise_strategies
from reconnect.edges.testing.prompts import prompts
from reconnect.edges.testing.temporal import instants, windows
from reconnect.edges.testing.values import offers
from reconnect.edges.testing.words import ids, phrases
from reconnect.metrics import Reading, Win
from reconnect.practice.agreement import Agreement
from reconnect.practice.clause import Clause, ClauseVersion
from reconnect.practice.coming import Coming
from reconnect.practice.promises import Promises
from reconnect.practice.suggestion import Suggested
from reconnect.primitives.commitment import KeptPromise, Promised
from reconnect.primitives.routine import Routine

__all__ = ["outlook_parts", "outlook_strategies"]


def outlook_parts() -> Mapping[str, st.SearchStrategy[Any]]:
    """Return a strategy for each part of an outlook that can be asked for by itself."""
    return {
        "coming": _few(_coming()),
        "promised": _promises(),
        "suggestion": st.none() | _suggested(),
        "readings": _few(metric_strategies()[Reading]),
        "wins": _few(metric_strategies()[Win]),
    }


def outlook_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value that an outlook or an agreement is put together from."""
    return {
        Coming: _coming(),
        InForce: st.builds(InForce, proposal=ids(), window=windows()),
        Promises: _promises(),
        Suggested: _suggested(),
        ClauseVersion: _versions(),
        Clause: _clauses(),
        Agreement: st.builds(Agreement, circle=ids(), at=instants(), clauses=_few(_clauses())),
    }


def _coming() -> st.SearchStrategy[Coming]:
    return st.builds(Coming, about=ids(), start=instants(), phrase=phrases())


def _promises() -> st.SearchStrategy[Promises]:
    told = promise_strategies()
    return st.builds(Promises, mine=_few(told[Promised]), kept=_few(told[KeptPromise]))


def _suggested() -> st.SearchStrategy[Suggested]:
    routines = st.none() | growth_bodies()[Routine]
    return st.builds(Suggested, phrase=phrases(), prompt=st.none() | prompts(), routine=routines)


def _clauses() -> st.SearchStrategy[Clause]:
    return st.builds(Clause, about=ids(), versions=_few(_versions()))


def _versions() -> st.SearchStrategy[ClauseVersion]:
    return st.builds(
        ClauseVersion,
        what=phrases(),
        by=ids(),
        yes=_few(ids()),
        since=instants(),
        until=st.none() | instants(),
        holds=st.booleans(),
        proposal=st.none() | ids(),
        offer=st.none() | offers(),
        why=_few(phrases()),
    )


def _few(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(parts, max_size=2).map(tuple)
