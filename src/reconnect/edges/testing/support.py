"""Strategies for support rooms and for help: answered, closed, told again, at one instant, and meddled with."""

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

from reconnect.edges.testing.occurrences import occurrences
from reconnect.edges.testing.rotation import rotation_strategies
from reconnect.edges.testing.stories import FIRST, STRANGER, circles, founding_of, moments
from reconnect.edges.testing.temporal import instants
from reconnect.edges.testing.words import phrases, texts
from reconnect.practice.referrals import Help, HelpKind, Support
from reconnect.practice.slots import Slots
from reconnect.practice.support import FearAnswer, RoomClosed, SupportRoom
from reconnect.primitives.rotation import Turn
from reconnect.record.entry import Entry, Private
from reconnect.record.kind import Body

__all__ = ["directories", "helps", "support_bodies", "support_rooms", "support_strategies"]

_REGIONS: Final = ("BE", "FR")
_LANGUAGES: Final = ("fr", "nl")


def support_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body of a support room."""
    return {FearAnswer: st.builds(FearAnswer, words=texts()), RoomClosed: st.builds(RoomClosed)}


@st.composite
def support_rooms(draw: st.DrawFn) -> SupportRoom:
    """Draw somebody's room: answered in any words, closed and opened again, often at one instant, by anyone."""
    circle = draw(circles(most=3))
    acts = [_act(circle.ids[0], "first", FearAnswer(words=draw(texts())), FIRST)]
    for place in range(draw(st.integers(0, 6))):
        bodies: list[Body] = [FearAnswer(), RoomClosed(), RoomClosed()]
        body = draw(st.sampled_from(bodies))
        author = draw(st.sampled_from((*3 * circle.ids[:1], *circle.ids, STRANGER)))
        acts.append(_act(author, f"e{place}", body, draw(st.sampled_from([acts[-1].at]) | moments())))
    return SupportRoom(id="u1", circle="c1", founding=(founding_of(circle),), acts=tuple(acts))


def _act(author: str, name: str, body: Body, at: Any) -> Entry:  # noqa: ANN401 - any instant
    return Entry(circle="c1", author=author, id=name, at=at, body=body, audience=Private(), about="u1")


def helps(kind: HelpKind | None = None) -> st.SearchStrategy[Help]:
    """Draw help of one kind, or of any, in few regions and languages or anywhere."""
    words = texts().filter(lambda text: bool(text.strip()))
    return st.builds(
        Help,
        name=words,
        reach=words,
        whom=st.sampled_from(HelpKind) if kind is None else st.just(kind),
        regions=st.lists(st.sampled_from(_REGIONS) | words, max_size=2).map(tuple),
        languages=st.lists(st.sampled_from(_LANGUAGES) | words, max_size=2).map(tuple),
    )


def directories() -> st.SearchStrategy[tuple[Help, ...]]:
    """Draw a directory of a host app, an empty one among them."""
    return st.lists(helps(), max_size=4).map(tuple)


def support_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value of a support room, and of what stands in one's day."""
    alone = st.lists(helps(HelpKind.INDIVIDUAL), min_size=1, max_size=2).map(tuple)
    together = st.lists(helps(HelpKind.COUPLE), max_size=2).map(tuple)
    turns: st.SearchStrategy[Turn] = rotation_strategies()[Turn]
    few = st.lists(occurrences(), max_size=2).map(tuple)
    return {
        Help: helps(),
        Support: st.builds(Support)
        | st.builds(Support, asks=phrases(), room=phrases(), alone=alone, together=together),
        Slots: st.builds(
            Slots,
            open=few,
            next=st.none() | occurrences(),
            turn=st.none() | turns,
            again=few,
            follow_up=st.none() | instants(),
        ),
    }
