"""Strategies for people, bodies, entries and offers, each over the whole range that its type allows."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from reconnect.consent.aside import PutAllAside, PutAside, TookUp
from reconnect.consent.invitation import LetUsBe, NudgeUs
from reconnect.consent.mute import CameBack, WentQuiet
from reconnect.consent.offer import (
    LONGEST_REVIEW,
    Accepted,
    Countered,
    Declined,
    Muted,
    Offer,
    Offered,
    Withdrawn,
)
from reconnect.edges.testing.boundary import boundary_bodies
from reconnect.edges.testing.care import care_bodies
from reconnect.edges.testing.kindness import kindness_bodies
from reconnect.edges.testing.listening import listening_bodies
from reconnect.edges.testing.meeting import published
from reconnect.edges.testing.metrics import metric_bodies
from reconnect.edges.testing.occurrences import check_in_bodies, rhythms
from reconnect.edges.testing.prompts import prompt_bodies
from reconnect.edges.testing.recovery import recovery_bodies
from reconnect.edges.testing.requests import request_bodies
from reconnect.edges.testing.rotation import rotation_bodies
from reconnect.edges.testing.support import support_bodies
from reconnect.edges.testing.temporal import instants, zones
from reconnect.edges.testing.words import MICROSECOND, ids, lengths, texts, wholes
from reconnect.people.circle import Circle
from reconnect.people.person import Move, Person
from reconnect.primitives.meeting import Published
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.kind import Body, Heard, UnknownBody, heard_of, kinds
from reconnect.record.membership import Ended, Founded, Introduced, Joined, Left, Welcomed
from reconnect.record.sealed import Answered, Asked, Retracted

__all__ = ["audiences", "bodies", "body_strategies", "entries_of", "moves", "offers", "persons", "unknown_bodies"]


def moves() -> st.SearchStrategy[Move]:
    """Draw a move to any zone at any instant."""
    return st.builds(Move, at=instants(), zone=zones())


@st.composite
def persons(draw: st.DrawFn, *, id: str | None = None) -> Person:  # noqa: A002 - the field's own name, fixed by the design
    """Draw a person with any name, none among them, and a history of zones."""
    found = sorted(draw(st.lists(moves(), max_size=3, unique_by=lambda move: move.at)), key=lambda move: move.at)
    return Person(id=draw(ids()) if id is None else id, zone=draw(zones()), name=draw(texts()), moves=found)


@st.composite
def peopled(draw: st.DrawFn) -> Circle:
    """Draw a circle of two or more people with any ids."""
    named = draw(st.lists(ids(), min_size=2, max_size=4, unique=True))
    return Circle(id=draw(ids()), members=tuple(draw(persons(id=name)) for name in named))


def audiences() -> st.SearchStrategy[Audience]:
    """Draw for whom something may be to see."""
    return st.just(Private()) | st.just(Shared()) | st.builds(Sealed, ids())


def unknown_bodies() -> st.SearchStrategy[UnknownBody]:
    """Draw a body that another host wrote, or a newer version of this library, which may know more of our kinds."""
    numbers = wholes() | st.floats(allow_nan=False, allow_infinity=False)
    leaves = st.none() | st.booleans() | numbers | texts()
    nested = st.recursive(
        leaves, lambda part: st.lists(part, max_size=3) | st.dictionaries(texts(), part, max_size=3), max_leaves=6
    )
    names = texts().filter(lambda name: name not in {"kind", "reconnect"})
    contents = st.dictionaries(names, nested, max_size=3)
    theirs = st.tuples(ids().map("example.unknown.{}".format), st.none() | newer_versions())
    known = [str(getattr(cls, "kind", None)) for cls in kinds() if cls.__module__.startswith("reconnect.")]
    ours = st.tuples(st.sampled_from(known), newer_versions())
    return st.builds(_unknown, theirs | ours, contents)


def newer_versions() -> st.SearchStrategy[int]:
    """Draw a version of the format that nobody here reads yet."""
    return st.integers(min_value=2, max_value=9)


def _unknown(said: tuple[str, int | None], content: Mapping[str, Any]) -> UnknownBody:
    payload = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return UnknownBody(name=said[0], payload=payload, version=said[1])


@lru_cache(maxsize=1)
def body_strategies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body that the floors below the edges know."""
    others: dict[type, st.SearchStrategy[Body]] = {Published: published(), UnknownBody: unknown_bodies()}
    return {
        **_of_consent(),
        **_of_circles(),
        **check_in_bodies(),
        **metric_bodies(),
        **boundary_bodies(),
        **care_bodies(),
        **recovery_bodies(),
        **rotation_bodies(),
        **support_bodies(),
        **kindness_bodies(),
        **listening_bodies(),
        **prompt_bodies(),
        **request_bodies(),
        **others,
    }


def _of_consent() -> dict[type, st.SearchStrategy[Body]]:
    reviews = lengths(least=MICROSECOND, most=LONGEST_REVIEW)
    values = st.deferred(offered_values)
    terms = {"value": values, "expires": instants(), "lasts": reviews, "why": texts()}
    return {
        Note: st.builds(Note, text=texts()),
        Offered: st.builds(Offered, about=st.none() | ids(), **terms),
        Countered: st.builds(Countered, offer=ids(), **terms),
        **{cls: st.builds(cls, offer=ids()) for cls in (Accepted, Declined, Withdrawn, Muted)},
        Asked: st.builds(Asked, prompt=values, closes=instants()),
        Answered: st.builds(Answered, text=texts(), question=st.none() | ids()),
        PutAside: st.builds(PutAside, story=ids()),
        PutAllAside: st.builds(PutAllAside, sort=texts(), of=ids()),
        **{cls: st.builds(cls) for cls in (Retracted, NudgeUs, LetUsBe, WentQuiet, CameBack, TookUp)},
    }


def _of_circles() -> dict[type, st.SearchStrategy[Body]]:
    several = st.lists(ids(), min_size=2, max_size=4, unique=True).map(tuple)
    return {
        Founded: st.builds(Founded, members=several),
        Welcomed: st.builds(Welcomed, person=ids()),
        Introduced: st.builds(Introduced, zone=zones(), name=texts()),
        **{cls: st.builds(cls) for cls in (Joined, Left, Ended)},
    }


def offered_values() -> st.SearchStrategy[Body]:
    """Draw what may be offered or asked: any body that everyone may see, other offers among it."""
    accepted: st.SearchStrategy[Body] = st.builds(Accepted, offer=ids())
    unknown = unknown_bodies().filter(lambda body: heard_of(body) in {Heard.ANY, Heard.SHARED})
    return st.one_of(st.builds(Note, text=texts()), rhythms(), unknown, accepted)


@lru_cache(maxsize=1)
def bodies() -> st.SearchStrategy[Body]:
    """Draw a body of any kind, known or not; a kind is prepared only when it is drawn, because there are many."""
    return any_of(list(body_strategies().values()))


def any_of(kinds: Sequence[st.SearchStrategy[Body]]) -> st.SearchStrategy[Body]:
    """Draw from any of many strategies, of which each is looked at only when it is drawn."""
    return st.sampled_from(range(len(kinds))).flatmap(lambda number: kinds[number])


@st.composite
def entries_of(draw: st.DrawFn, written: st.SearchStrategy[Body] | None = None) -> Entry:
    """Draw an entry with any body, for an audience that may hear it."""
    body = draw(bodies() if written is None else written)
    heard: Mapping[Heard, st.SearchStrategy[Audience]] = {
        Heard.ANY: st.sampled_from([Private(), Shared()]),
        Heard.SHARED: st.just(Shared()),
        Heard.PRIVATE: st.just(Private()),
        Heard.SEALED: st.builds(Sealed, ids()),
    }
    named = {name: draw(ids()) for name in ("circle", "author", "id")}
    as_it_came = isinstance(body, UnknownBody) and heard_of(body) is Heard.ANY
    audience = draw(audiences() if as_it_came else heard[heard_of(body)])
    return Entry(**named, at=draw(instants()), body=body, audience=audience, about=draw(st.none() | ids()))


def offers() -> st.SearchStrategy[Offer]:
    """Draw an offer as a proposal shows it."""
    return st.builds(
        Offer,
        id=ids(),
        value=offered_values(),
        by=ids(),
        at=instants(),
        expires=instants(),
        lasts=lengths(),
        people=st.lists(ids(), max_size=3).map(tuple),
        why=texts(),
    )
