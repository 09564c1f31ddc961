"""An offer that is sent again is the same offer: when it was received is no part of what it says."""

import datetime as dt
from typing import Any, Final

import pendulum
import pytest

import reconnect as rc
from reconnect.consent.offer import LONGEST_REVIEW, OFFER_STANDS, Offered
from reconnect.errors import InvalidOffer

NOON: Final = pendulum.datetime(2026, 1, 5, 12)
LATER: Final = NOON.add(seconds=1)
EVENING: Final = NOON.add(hours=8)
WALK: Final = rc.Note(text="a walk on Sundays")
US: Final = rc.Circle(id="c1", members=(rc.Person(id="ana", zone="UTC"), rc.Person(id="ben", zone="UTC")))


def offered(at: pendulum.DateTime, expires: dt.datetime | dt.timedelta | None = None) -> rc.Proposal:
    """Ana's offer, as one request made it."""
    return rc.Proposal.of(WALK, id="p1", circle=US, by="ana", at=at, expires=expires)


@pytest.mark.parametrize("expires", [None, dt.timedelta(days=3), EVENING], ids=["default", "length", "instant"])
def test_an_offer_sent_again_is_one_act(expires: dt.datetime | dt.timedelta | None) -> None:
    """Two requests that say the same make one act, received when the first of them was."""
    both = rc.merge(offered(LATER, expires), offered(NOON, expires))
    assert both == offered(NOON, expires)
    assert offered(LATER, expires).offer.id == both.offer.id


def test_a_yes_holds_whichever_request_was_written_first() -> None:
    """A slow request that is received with an earlier time takes nothing away from what was agreed meanwhile."""
    agreed = offered(LATER).accept(by="ben", offer=offered(LATER).offer.id, at=EVENING)
    assert agreed.in_force(at=EVENING) == WALK
    assert rc.merge(agreed, offered(NOON)).in_force(at=EVENING) == WALK


def test_a_counter_sent_again_is_one_act() -> None:
    """The same reply from two requests is one reply."""
    first, again = (
        offered(NOON).counter(by="ben", offer=offered(NOON).offer.id, value=rc.Note(text="a swim"), at=at)
        for at in (LATER, EVENING)
    )
    assert rc.merge(first, again) == first


def test_time_to_answer_runs_from_the_receipt() -> None:
    """A length of time is counted from when the offer was received, an instant is what it is."""
    assert offered(NOON).offer.expires == NOON + OFFER_STANDS
    assert offered(NOON, dt.timedelta(days=3)).offer.expires == NOON.add(days=3)
    assert offered(NOON, EVENING).offer.expires == EVENING


@pytest.mark.parametrize(
    "expires",
    [dt.timedelta(0), -dt.timedelta(days=1), LONGEST_REVIEW + dt.timedelta.resolution, NOON, NOON.subtract(days=1)],
    ids=repr,
)
def test_an_offer_can_be_answered_for_some_time(expires: dt.datetime | dt.timedelta) -> None:
    """One that nobody could answer, or that would stand for longer than a review lasts, is refused."""
    with pytest.raises(InvalidOffer, match="answered for some time"):
        offered(NOON, expires)


def test_a_time_to_answer_is_a_length_of_time() -> None:
    """A number of seconds is no length of time."""
    stands: Any = 30
    with pytest.raises(InvalidOffer, match="answered for some time"):
        Offered(value=WALK, stands=stands)
