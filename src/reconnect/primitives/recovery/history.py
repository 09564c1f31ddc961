"""A history is what a time-out's acts come to: everyone's pauses after each instant at which something was said."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final, TypeAlias

import pendulum
from attrs import evolve

from reconnect.primitives.recovery.acts import Called, Returned, TalkStopped, Updated
from reconnect.primitives.recovery.call import CONTRACT, Call, Phase
from reconnect.record.entry import Entry
from reconnect.record.membership import Membership
from reconnect.temporal.elapsed import elapsed

__all__ = ["ACTS", "History", "history", "strongest"]

History: TypeAlias = tuple[tuple[pendulum.DateTime, tuple[Call, ...]], ...]

ACTS: Final = (Called, Updated, TalkStopped, Returned)  # at one instant in this order: to stop goes before coming back
_STRONGEST: Final = (Phase.RESTING, Phase.READY, Phase.WAITING, Phase.STOPPED, Phase.RETURNED, Phase.RELEASED)


def history(told: Iterable[Entry], membership: Membership) -> History:
    """Fold a time-out's acts, in the order in which folds read them, into everyone's pauses, instant by instant."""
    calls: dict[str, Call] = {}
    found: list[tuple[pendulum.DateTime, tuple[Call, ...]]] = []
    for at, said in groupby(sorted(told, key=_rank), key=lambda act: act.at):
        for act in said:
            calls = _next(calls, act, membership)
        if calls:
            found.append((at, tuple(calls.values())))
    return tuple(found)


def strongest(calls: Iterable[Call], at: pendulum.DateTime) -> tuple[Phase, Call]:
    """Return the phase that protects most, and the pause that is in it; of several, the one called first."""
    phases = ((call.phase(at), call) for call in calls)
    return min(phases, key=lambda pair: _STRONGEST.index(pair[0]))


def _next(calls: dict[str, Call], act: Entry, membership: Membership) -> dict[str, Call]:
    """Carry one act into the pauses; what was not allowed then changes nothing."""
    call = calls.get(act.author)
    match act.body:
        case Called() if call is None:
            return {**calls, act.author: _called(act, act.body, membership)}
        case TalkStopped():
            return {by: evolve(each, stopped=True) for by, each in calls.items()}
        case Returned() if call is not None and not call.is_over:
            return {**calls, act.author: evolve(call, returned=act.at)}
        case Updated(back_at=back_at) if call is not None and call.can_name(back_at, at=act.at):
            return {**calls, act.author: evolve(call, named=back_at, renewed=call.renewed or act.at < back_at)}
        case _:
            return calls


def _called(act: Entry, body: Called, membership: Membership) -> Call:
    """Return a new pause; it ends after a day, or when its caller leaves or the circle ends."""
    left = [stay.until for stay in membership.stays if stay.person == act.author and stay.covers(act.at)]
    ends = [end for end in (*left, membership.ended) if end is not None and end > act.at]
    until = elapsed(act.at, CONTRACT)
    named = None if body.back_at is None or body.back_at > until else body.back_at
    return Call(by=act.author, at=act.at, topic=body.topic, until=min([until, *ends]), named=named)


def _rank(act: Entry) -> tuple[pendulum.DateTime, int]:
    return (act.at, next(rank for rank, body in enumerate(ACTS) if isinstance(act.body, body)))
