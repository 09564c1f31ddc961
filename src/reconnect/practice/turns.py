"""Turns gather who opens the check-ins now, by the turns that everyone agreed on, and what is asked about them."""

from collections.abc import Iterator

import pendulum
from attrs import frozen

from reconnect.consent.aside import is_aside
from reconnect.phrase import Phrase
from reconnect.practice.hold import Hold
from reconnect.primitives.capacity import little_until
from reconnect.primitives.rotation import Rotation, Turn, Wish
from reconnect.record.view import View
from reconnect.temporal.elapsed import LAST
from reconnect.temporal.window import Window

__all__ = ["Turns", "going_on", "turns"]


@frozen(kw_only=True)
class Turns:
    """Whose turn it is as of a view, and what someone would like to change about it.

    Attributes:
        current: the turn of each rotation that goes on now, in the order in which the rotations began.
        holds: swaps and covers that someone would like, and turns that others are welcome to cover.
        turning: when the next turn begins; a wish ends with one of these, and a card has its own end in the outlook.
    """

    current: tuple[Turn, ...] = ()
    holds: tuple[Hold, ...] = ()
    turning: tuple[pendulum.DateTime, ...] = ()


def turns(view: View) -> Turns:
    """Gather the turns that a reader can see, and that rest on everyone's yes."""
    agreed, current = _agreed(view), going_on(view)
    holds = (*(hold for rotation in agreed for hold in _wishes(view, rotation)), *_softened(view, current))
    ends = (turn.end for _, turn in current if turn.end is not None)
    starts = (turn.start for rotation in agreed for turn in _following(view, rotation))
    return Turns(current=tuple(turn for _, turn in current), holds=holds, turning=(*ends, *starts))


def going_on(view: View) -> list[tuple[Rotation, Turn]]:
    """Return the turns that go on now by everyone's yes, each with its rotation, in the order in which these began."""
    turns_now = ((rotation, rotation.turn_at(view.at)) for rotation in _agreed(view))
    return [(rotation, turn) for rotation, turn in turns_now if turn is not None]


def _agreed(view: View) -> list[Rotation]:
    return [rotation for rotation in view.all(Rotation) if rotation.in_force(at=view.at)]


def _following(view: View, rotation: Rotation) -> Iterator[Turn]:
    """Go to the first turn of a rotation, while none goes on yet."""
    if rotation.turn_at(view.at) is None:
        ahead = rotation.turns(Window(view.at, LAST))
        yield from (turn for turn in (next(ahead, None),) if turn is not None)


def _wishes(view: View, rotation: Rotation) -> Iterator[Hold]:
    """Go through what someone would like to give away, as the reader may want to know it; not what they put aside."""
    heard = (wish for wish in rotation.wishes(at=view.at) if not is_aside(view, rotation, by=wish.by))
    wishes = ((wish, rotation.turn(wish.give)) for wish in heard)
    for wish, give in ((wish, give) for wish, give in wishes if give is not None):
        take = None if wish.take is None else rotation.turn(wish.take)
        until = give.end if take is None else min(give.start, take.start)
        yield Hold(about=rotation.id, phrase=_wish(view.reader, wish, give, take), until=until)


def _wish(reader: str, wish: Wish, give: Turn, take: Turn | None) -> Phrase:
    if take is None:
        key = "rotation.cover_yours" if reader == wish.by else "rotation.cover_theirs"
        return Phrase.of(key, by=wish.by, start=give.start)
    other = take.holder if take.holder is not None else take.planned
    if reader == wish.by:
        return Phrase.of("rotation.swap_yours", other=other, give=give.start, take=take.start)
    key = "rotation.swap_asked" if reader == other else "rotation.swap_theirs"
    return Phrase.of(key, by=wish.by, other=other, give=give.start, take=take.start)


def _softened(view: View, current: list[tuple[Rotation, Turn]]) -> Iterator[Hold]:
    """Go through the turns whose holders have little to give, where people agreed that this softens a turn."""
    for rotation, turn in current:
        holder, plan = turn.holder, rotation.plan
        if holder is None or holder == view.reader or plan is None or not plan.softened:
            continue
        until = little_until(view, holder)
        if until is not None:
            yield Hold(about=rotation.id, phrase=Phrase.of("rotation.softened", person=holder), until=until)
