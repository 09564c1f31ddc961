"""Strategies for routines, wellness plans, experiments and lessons, with all that people may say, also in vain."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, Final

import pendulum
from hypothesis import strategies as st

from reconnect.consent.offer import Accepted, Offered, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.gathered import said_by
from reconnect.edges.testing.promises import mornings
from reconnect.edges.testing.temporal import instants, recurrences
from reconnect.edges.testing.words import MICROSECOND, ids, lengths, phrases, texts
from reconnect.primitives.lesson import Experiment, Idea, Lesson, Onward, Revision
from reconnect.primitives.lesson.acts import LONGEST as LONGEST_TRY
from reconnect.primitives.lesson.acts import SHORTEST as SHORTEST_TRY
from reconnect.primitives.lesson.acts import ExperimentBegun, LessonTold, LookedBack
from reconnect.primitives.routine import AgreedGoodDay, AgreedRitual, GoodDayPlan, Ritual, Routine
from reconnect.primitives.routine.routine import LONGEST as LONGEST_ROUTINE
from reconnect.primitives.routine.routine import MOST_STEPS
from reconnect.primitives.wellness import Area, Goal, Noted, ReviewRhythm, WellnessPlan, WellnessShared
from reconnect.primitives.wellness.acts import LONGEST as LONGEST_REVIEW
from reconnect.primitives.wellness.acts import GoalLetGo, GoalSet, ValueNoted
from reconnect.record.entry import Entry
from reconnect.record.kind import Body
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.recurrence import Recurrence

__all__ = ["experiments", "growth_bodies", "growth_strategies", "lessons", "plans"]

HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)
_LATER: Final = st.sampled_from([0 * DAY, 0 * DAY, HOUR, DAY, 13 * DAY, 14 * DAY - TICK, 14 * DAY, 15 * DAY, 20 * DAY])


@cache
def _weekly(starts: dt.date) -> Recurrence:
    return Recurrence.weekly("SU", time="18:00", zone="Europe/Paris", starts=starts)


@st.composite
def _offers(
    draw: st.DrawFn,
    name: str,
    value: Body,
    *,
    eve: pendulum.DateTime,
    founding: tuple[Entry, ...],
    people: Sequence[str],
    about: str | None,
) -> tuple[Entry, ...]:
    """Draw an offer that everyone, or not everyone, says yes to; it may lapse or be withdrawn."""
    at = elapsed(eve, draw(st.sampled_from([0 * HOUR, 0 * HOUR, HOUR])))
    lasts = draw(st.sampled_from([90, 90, 18])) * DAY
    first = said_by("ana", "offer", at, Offered(value=value, lasts=lasts, about=about), name)
    made = Proposal(id=name, circle="c1", acts=(first,), founding=founding).offers
    offer = next((each.id for each in made), "none")
    yes = list(dict.fromkeys(people))[: None if draw(st.integers(0, 4)) else 1]
    acts = [first, *(said_by(person, "yes", at, Accepted(offer=offer), name) for person in yes)]
    if draw(st.integers(0, 2)) == 0:
        out = elapsed(at, draw(_LATER))
        acts.append(said_by(draw(st.sampled_from(people)), "out", out, Withdrawn(offer=offer), name))
    return tuple(acts)


@st.composite
def plans(draw: st.DrawFn) -> WellnessPlan:
    """Draw a plan in which everyone has goals, notes values, shares a little, and agrees on reviews, or does not."""
    eve, founding, people = draw(mornings())
    acts: list[Entry] = []
    bodies = st.sampled_from(_wellness())
    for number in range(draw(st.integers(1, 8))):
        author, at = draw(st.sampled_from(people)), elapsed(eve, draw(_LATER))
        acts.append(said_by(author, f"e{number}", at, draw(bodies), "w1"))
    for name in draw(st.sampled_from([(), ("p1",), ("p1", "p2"), ("p1", "p2")])):
        starts = draw(st.sampled_from([eve.date(), elapsed(eve, 9 * DAY).date()]))
        about = draw(st.sampled_from(["w1", "w1", None]))
        review = ReviewRhythm(rhythm=_weekly(starts))
        acts += draw(_offers(name, review, eve=eve, founding=founding, people=people[:3], about=about))
    return WellnessPlan(id="w1", circle="c1", acts=tuple(acts), founding=founding)


def _wellness() -> Sequence[Body]:
    goals = [GoalSet(goal=goal, area=Area.SLEEP, text=text) for goal in ("g1", "g2") for text in ("early", "late")]
    values = [ValueNoted(area=Area.BODY, amount=70, unit="kg"), ValueNoted(area=Area.SLEEP, amount=7 * HOUR)]
    shared = [WellnessShared(areas=[Area.SLEEP], help_me=["tea"]), WellnessShared(areas=[Area.FOOD, Area.REST])]
    return [*goals, GoalLetGo(goal="g1"), GoalLetGo(goal="g2"), *values, *shared]


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Draw an experiment on an idea that everyone agreed to, or not, and what people say of it, early or late."""
    eve, founding, people = draw(mornings())
    length = draw(st.sampled_from([14, 14, 1])) * DAY
    about = draw(st.sampled_from([None, None, "x1", "x2"]))
    idea = Idea(what="no phones", length=length)
    acts = [*draw(_offers("p1", idea, eve=eve, founding=founding, people=people[:3], about=about))]
    begun = elapsed(eve, draw(st.sampled_from([HOUR, HOUR, DAY])))
    acts.append(said_by(draw(st.sampled_from(people[:2])), "begun", begun, ExperimentBegun(proposal="p1"), "x1"))
    words: list[Body] = [LookedBack(onward=onward) for onward in (Onward.KEEP, *Onward)]
    said = st.sampled_from([*words, ExperimentBegun(proposal="p9")])
    for number in range(draw(st.integers(0, 8))):
        author, at = draw(st.sampled_from(people)), elapsed(eve, draw(_LATER))
        acts.append(said_by(author, f"e{number}", at, draw(said), "x1"))
    if draw(st.integers(0, 2)):  # most often everyone says the same at last
        onward, at = LookedBack(onward=draw(st.sampled_from(Onward))), elapsed(eve, 15 * DAY)
        acts += [said_by(person, "same", at, onward, "x1") for person in dict.fromkeys(people[:3])]
        acts.append(said_by("ana", "after", elapsed(at, draw(_LATER)), draw(said), "x1"))
    return Experiment(id="x1", circle="c1", acts=tuple(acts), founding=founding)


@st.composite
def lessons(draw: st.DrawFn) -> Lesson:
    """Draw a lesson that people put anew, one after the other or two at once, or after what nobody told."""
    eve, founding, people = draw(mornings())
    acts = [said_by(draw(st.sampled_from(people)), "first", eve, LessonTold(text="soup first"), "l1")]
    for number in range(draw(st.integers(0, 7))):
        author, at = draw(st.sampled_from(people)), elapsed(eve, draw(_LATER))
        after = draw(st.sampled_from([acts[-1].content, acts[-1].content, acts[0].content, None, "nothing"]))
        body = LessonTold(text=f"soup {number}", after=after, source=draw(st.sampled_from([None, "x1"])))
        acts.append(said_by(author, f"e{number}", at, body, "l1"))
    return Lesson(id="l1", circle="c1", acts=tuple(acts), founding=founding)


def _routines() -> st.SearchStrategy[Routine]:
    words = texts() | phrases()
    steps = st.lists(words, min_size=1, max_size=3) | st.lists(texts(), min_size=MOST_STEPS, max_size=MOST_STEPS)
    takes = lengths(least=MICROSECOND, most=LONGEST_ROUTINE)
    return st.builds(Routine, key=ids(), name=words, steps=steps, takes=takes, together=st.booleans())


def _good_days() -> st.SearchStrategy[GoodDayPlan]:
    words = texts().filter(lambda text: bool(text.strip()))
    return st.builds(GoodDayPlan, trigger=words, cue=words, routine=_routines())


def _amounts() -> st.SearchStrategy[Fraction | dt.timedelta]:
    digits = 10**18 - 1
    return st.builds(Fraction, st.integers(-digits, digits), st.integers(1, digits)) | lengths()


def growth_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about routines, wellness, experiments and lessons."""
    areas, optional = st.sampled_from(Area), st.none() | ids()
    shared = st.lists(areas, max_size=3)
    tries = lengths(least=SHORTEST_TRY, most=LONGEST_TRY)
    reviews = lengths(least=MICROSECOND, most=LONGEST_REVIEW)
    days = st.none() | st.dates()
    return {
        Routine: _routines(),
        Ritual: st.builds(Ritual, routine=_routines(), rhythm=recurrences()),
        GoodDayPlan: _good_days(),
        GoalSet: st.builds(GoalSet, goal=ids(), area=areas, text=texts()),
        GoalLetGo: st.builds(GoalLetGo, goal=ids()),
        ValueNoted: st.builds(ValueNoted, area=areas, amount=_amounts(), unit=texts(), day=days),
        WellnessShared: st.builds(WellnessShared, areas=shared, help_me=st.lists(texts(), max_size=3)),
        ReviewRhythm: st.builds(ReviewRhythm, rhythm=recurrences(), length=reviews),
        Idea: st.builds(Idea, what=texts(), length=tries, notice=texts(), after=optional),
        ExperimentBegun: st.builds(ExperimentBegun, proposal=ids()),
        LookedBack: st.builds(LookedBack, onward=st.sampled_from(Onward), words=texts()),
        LessonTold: st.builds(LessonTold, text=texts(), why=texts(), after=optional, source=optional),
    }


def growth_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about routines, wellness, experiments and lessons."""
    areas, optional = st.sampled_from(Area), st.none() | ids()
    rituals = st.builds(Ritual, routine=_routines(), rhythm=recurrences())
    days = st.none() | st.dates()
    return {
        AgreedRitual: st.builds(AgreedRitual, proposal=ids(), ritual=rituals, until=instants()),
        AgreedGoodDay: st.builds(AgreedGoodDay, proposal=ids(), plan=_good_days(), until=instants()),
        WellnessPlan: plans(),
        Goal: st.builds(Goal, goal=ids(), area=areas, text=texts(), since=instants()),
        Noted: st.builds(Noted, area=areas, amount=_amounts(), unit=texts(), day=days, at=instants()),
        Experiment: experiments(),
        Lesson: lessons(),
        Revision: st.builds(
            Revision,
            revision=ids(),
            by=ids(),
            at=instants(),
            text=texts(),
            why=texts(),
            after=optional,
            source=optional,
        ),
    }
