"""Promises in an outlook: one's own that are still to keep, and what others promised one and did."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

import pendulum
from attrs import frozen

from reconnect.phrase import Phrase
from reconnect.practice.own_days import around
from reconnect.primitives.commitment import Keeping, KeptPromise, Promised, my_promises, recent_kept
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed

__all__ = ["NO_PROMISES", "Promises", "promises"]

AHEAD: Final = 7  # whole days; ours, no study: what is due within a week can be planned
BEHIND: Final = 14  # whole days; ours, no study: after two weeks nobody needs to be reminded of it any more
NEWS: Final = 3  # ours, no study: enough for a moment of doubt
TICK: Final = dt.timedelta(microseconds=1)
_TO_KEEP: Final = frozenset({Keeping.AGREED, Keeping.PASSED})


@frozen(kw_only=True)
class Promises:
    """What was promised, as far as it concerns one reader.

    What others promised and have not done yet is not among it: past its time it would tell on them, and ahead of it
    nobody needs to watch. Anybody can look at a single commitment.

    Attributes:
        mine: the reader's own, agreed and still to keep, by when they are due; also those whose time has passed,
            which nobody else is told.
        kept: what others promised the reader and did lately, the newest first: good news, without an "out of".
    """

    mine: tuple[Promised, ...] = ()
    kept: tuple[KeptPromise, ...] = ()

    def phrases(self) -> tuple[Phrase, ...]:
        """Say what was promised, the good news last."""
        return (*map(_yours, self.mine), *(each.phrase() for each in self.kept))

    def turning(self) -> Iterator[pendulum.DateTime]:
        """Go through the instants after which one of them reads differently if nobody says anything."""
        for each in self.mine:
            yield elapsed(each.due, TICK)
            if each.new_due is not None:
                yield elapsed(each.new_due, TICK)


NO_PROMISES: Final = Promises()


def promises(view: View) -> Promises:
    """Gather what was promised, as far as it concerns a reader.

    Args:
        view: whose view it is, and as of when.

    Laws:
        Nothing in it tells of another person's promise that was not kept. Until the reader's own midnight, and while
        none of their own comes due, a later view with nothing new in it gives the same.

    Sources:
        A week ahead, two weeks back, three pieces of good news: ours, no study.
    """
    near = around(view, behind=BEHIND, ahead=AHEAD)
    mine = tuple(each for each in my_promises(view, near) if each.keeping in _TO_KEEP)
    return Promises(mine=mine, kept=recent_kept(view, NEWS, since=near.start))


def _yours(each: Promised) -> Phrase:
    if each.keeping is Keeping.PASSED:
        return each.phrase()
    return Phrase.of("promises.yours", people=each.to, what=each.what, due=each.due)
