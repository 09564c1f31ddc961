"""Strategies for pauses and what follows them: around clock changes, with all that people may say, allowed or not."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pendulum
from hypothesis import strategies as st

from reconnect.consent.offer import Accepted, Offered, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.gathered import gatherings, said_by, speakers
from reconnect.edges.testing.temporal import instants
from reconnect.edges.testing.words import MICROSECOND, ids, lengths, phrases, texts
from reconnect.primitives.recovery import Credit, Placement, RecoveryTerms, RecoveryWindow, TimeOut
from reconnect.primitives.recovery.acts import (
    BroughtUp,
    Called,
    FollowUpAt,
    Parked,
    Returned,
    SmallWin,
    TalkStopped,
    TopicReturn,
    Updated,
)
from reconnect.primitives.recovery.terms import LONGEST
from reconnect.record.entry import Entry, Private
from reconnect.record.kind import Body
from reconnect.temporal.instant import as_instant

__all__ = ["recoveries", "recovery_bodies", "recovery_strategies", "recovery_terms", "time_outs", "turning"]

MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)
TOPICS: Final = ("money", "money", "money", "dishes", "safety", None)

# Evenings before clocks change, in two zones, forward and back; and an ordinary one.
_EVES: Final = (
    as_instant(pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris")),
    as_instant(pendulum.datetime(2026, 10, 24, 22, tz="Europe/Paris")),
    as_instant(pendulum.datetime(2026, 3, 7, 21, 30, tz="America/New_York")),
    as_instant(pendulum.datetime(2026, 10, 31, 21, 30, tz="America/New_York")),
    as_instant(pendulum.datetime(2026, 1, 5, 19)),
)
# What matters after a call: the first 20 minutes, a day, two days, and an hour beside each for the clocks.
_TURNS: Final = tuple(minutes * MINUTE for minutes in (0, 10, 20, 60, 120, 12 * 60, 23 * 60, 24 * 60, 25 * 60))
_LATER: Final = tuple(hours * HOUR for hours in (36, 47, 48, 49, 72))
_BESIDE: Final = (0 * TICK, 0 * TICK, 0 * TICK, -TICK, TICK, 7 * MINUTE)


def turning(said: Sequence[pendulum.DateTime]) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant at which something may change after what was said, or one right beside it."""
    steps = st.sampled_from([*_TURNS, *_TURNS, *_LATER, -HOUR])
    drawn = st.tuples(st.sampled_from([*said, *said[-2:]]), steps, st.sampled_from(_BESIDE))
    return drawn.map(lambda parts: as_instant(parts[0] + parts[1] + parts[2]))


@st.composite
def recovery_terms(draw: st.DrawFn) -> RecoveryTerms:
    """Draw any terms for coming back."""
    follow_up, length = sorted(
        draw(st.lists(lengths(least=MICROSECOND, most=LONGEST), min_size=2, max_size=2, unique=True))
    )
    return RecoveryTerms(
        follow_up=follow_up,
        length=length,
        intention=draw(texts() | phrases()),
        exempt=draw(st.frozensets(ids(), max_size=3)),
    )


def recovery_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about pauses and what follows them."""
    return {
        Called: st.builds(Called, back_at=st.none() | instants(), topic=st.none() | ids()),
        Updated: st.builds(Updated, back_at=instants()),
        Returned: st.builds(Returned),
        TalkStopped: st.builds(TalkStopped),
        FollowUpAt: st.builds(FollowUpAt, start=instants()),
        BroughtUp: st.builds(BroughtUp, topic=ids()),
        Parked: st.builds(Parked, topic=ids()),
        SmallWin: st.builds(SmallWin, text=texts()),
        TopicReturn: st.builds(TopicReturn, topic=ids(), start=instants()),
        RecoveryTerms: recovery_terms(),
    }


def recovery_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about pauses and what follows them."""
    moments = st.none() | instants()
    return {
        TimeOut: time_outs(),
        RecoveryWindow: recoveries(),
        Credit: st.builds(Credit, by=ids(), topic=st.none() | ids(), time_out=st.none() | ids()),
        Placement: st.builds(
            Placement,
            people=st.lists(ids(), max_size=3).map(tuple),
            length=lengths(least=MICROSECOND),
            after=instants(),
            before=moments,
            start=moments,
            nearest=moments,
        ),
    }


@st.composite
def time_outs(draw: st.DrawFn, *, most: int = 8) -> TimeOut:
    """Draw a time-out with everything that people may say in it, in time, late, twice, or in vain."""
    eve, founding, people = draw(_circles())
    acts = draw(_pauses("t1", eve, people, most=most))
    return TimeOut(id="t1", circle="c1", acts=acts, founding=founding)


@st.composite
def recoveries(draw: st.DrawFn) -> RecoveryWindow:
    """Draw what follows a time-out: others around it, terms that come and go, and what people say afterwards."""
    eve, founding, people = draw(_circles())
    acts = list(draw(_pauses("t1", eve, people, most=5)))
    if draw(st.integers(0, 3)):  # most often somebody comes back
        caller = draw(st.sampled_from([act for act in acts if isinstance(act.body, Called)]))
        acts.append(said_by(caller.author, "back", draw(turning([caller.at])), Returned(), "t1"))
    for name in draw(st.sampled_from([(), ("t2",), ("t2", "t3")])):
        start = draw(turning([act.at for act in acts]))
        acts += draw(_pauses(name, start, people, most=4))
    for name in draw(st.sampled_from([(), ("p1",), ("p1",), ("p1", "p2")])):
        acts += draw(_agreed(name, eve, founding, people))
    acts += draw(_afterwards([act.at for act in acts if act.about == "t1"], people))
    return RecoveryWindow(id="t1", circle="c1", acts=tuple(acts), founding=founding)


def _circles() -> st.SearchStrategy[tuple[pendulum.DateTime, tuple[Entry, ...], tuple[str, ...]]]:
    """Draw an evening, a circle of two to four people, and who may speak: now and then someone leaves or joins."""
    drawn = gatherings(_EVES, (2, 2, 3, 4), lambda eve: turning([eve]))
    return drawn.map(lambda found: (found[0], found[1], speakers(found[2])))


@st.composite
def _pauses(
    draw: st.DrawFn, name: str, eve: pendulum.DateTime, people: tuple[str, ...], *, most: int
) -> tuple[Entry, ...]:
    """Draw the acts of one time-out, each at an instant that matters after one of those before."""
    caller, topic = draw(st.sampled_from(people[:-2])), draw(st.sampled_from(TOPICS))
    back = st.none() | turning([eve])
    acts = [said_by(caller, "e0", eve, Called(back_at=draw(back), topic=topic), name)]
    for number in range(draw(st.integers(0, most))):
        body: Body = draw(
            st.one_of(
                st.just(Returned()),
                st.just(TalkStopped()),
                turning([eve, acts[-1].at]).map(lambda at: Updated(back_at=at)),
                turning([eve, acts[-1].at]).map(lambda at: Updated(back_at=at)),
                st.builds(Called, back_at=back, topic=st.sampled_from(TOPICS)),
            )
        )
        author = draw(st.sampled_from([caller, caller, caller, *people]))
        acts.append(said_by(author, f"e{number + 1}", draw(turning([act.at for act in acts])), body, name))
    return tuple(acts)


@st.composite
def _agreed(
    draw: st.DrawFn, name: str, eve: pendulum.DateTime, founding: tuple[Entry, ...], people: tuple[str, ...]
) -> tuple[Entry, ...]:
    """Draw terms that everyone, or not everyone, says yes to, before or after; they may lapse or be withdrawn."""
    length, exempt = draw(st.sampled_from([24, 2, 72])) * HOUR, draw(st.sampled_from([(), ("dishes",), ("money",)]))
    terms = RecoveryTerms(length=length, exempt=frozenset(exempt), intention="be kind")
    at = draw(st.sampled_from([as_instant(eve - 30 * HOUR)]) | turning([eve]))
    lasts = draw(st.sampled_from([90 * 24, 90 * 24, 31, 54])) * HOUR
    first = said_by("ana", "offer", at, Offered(value=terms, lasts=lasts), name)
    offer = next((made.id for made in Proposal(id=name, circle="c1", acts=(first,), founding=founding).offers), "none")
    yes = dict.fromkeys(people[: -2 if draw(st.integers(0, 3)) else 1])
    acts = [first, *(said_by(person, "yes", at, Accepted(offer=offer), name) for person in yes)]
    if draw(st.integers(0, 3)) == 0:
        author = draw(st.sampled_from(people))
        acts.append(said_by(author, "out", draw(turning([at, eve])), Withdrawn(offer=offer), name))
    return tuple(acts)


@st.composite
def _afterwards(draw: st.DrawFn, said: list[pendulum.DateTime], people: tuple[str, ...]) -> tuple[Entry, ...]:
    """Draw what people say once someone may be back."""
    start, topics = draw(turning(said)), st.sampled_from(["money", "dishes", "safety", "an old wound"])
    bodies: st.SearchStrategy[Body] = st.one_of(
        st.just(FollowUpAt(start=start)),
        st.builds(FollowUpAt, start=turning(said)),
        st.builds(BroughtUp, topic=topics),
        st.builds(Parked, topic=topics),
        st.just(SmallWin(text="we laughed")),
    )
    spoken = st.tuples(st.sampled_from(people), turning(said), bodies)
    return tuple(
        said_by(author, f"a{number}", at, body, "t1", audience=Private() if isinstance(body, SmallWin) else None)
        for number, (author, at, body) in enumerate(draw(st.lists(spoken, max_size=8)))
    )
