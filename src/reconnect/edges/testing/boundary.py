"""Strategies for boundaries: rules and actions of every sort, and stories in which people agree, add and drop."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import strategies as st

from reconnect.consent.offer import Accepted, Declined, Offered, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.gathered import gatherings, said_by, speakers
from reconnect.edges.testing.temporal import instants, weekly_hours, window_sets
from reconnect.edges.testing.words import ids, lengths
from reconnect.people.topic import NEVER_WAITS
from reconnect.primitives.boundary import (
    Action,
    AgreedBaseline,
    AskQuestion,
    Baseline,
    Boundaries,
    ByConsent,
    ComeClose,
    Cooldown,
    DepthLimit,
    ExpectReply,
    FrequencyLimit,
    GoodNews,
    Layer,
    MakeContact,
    NoReplyExpected,
    Nudge,
    NudgeCap,
    OfferRepair,
    OpenCheckIn,
    OwnAction,
    PauseCue,
    PauseOnHurt,
    QuietHours,
    RaiseTopic,
    Ruling,
    Told,
    TopicsForCheckIns,
    Undeniable,
    Undenied,
)
from reconnect.primitives.boundary.acts import (
    BaselineLeft,
    Contacted,
    CueGiven,
    Heated,
    Kept,
    LayerAdded,
    LayerDropped,
    Stung,
    Upheld,
)
from reconnect.primitives.boundary.limits import LONGEST as LONGEST_LIMIT
from reconnect.primitives.boundary.limits import SHORTEST as SHORTEST_LIMIT
from reconnect.primitives.boundary.pausing import FLOOR, LONGEST, SHORTEST
from reconnect.record.entry import Entry
from reconnect.record.kind import Body, UnknownBody
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.instant import as_instant

__all__ = [
    "actions",
    "any_action",
    "boundaries",
    "boundary_bodies",
    "boundary_strategies",
    "moments",
    "rules",
    "rulings",
]

HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)
STORY: Final = "b1"

# Evenings before clocks change, forward and back, by an hour and by half an hour; and an ordinary one.
_EVES: Final = (
    as_instant(pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris")),
    as_instant(pendulum.datetime(2026, 10, 24, 22, tz="Europe/Paris")),
    as_instant(pendulum.datetime(2026, 3, 7, 21, 30, tz="America/New_York")),
    as_instant(pendulum.datetime(2026, 10, 3, 22, tz="Australia/Lord_Howe")),
    as_instant(pendulum.datetime(2026, 1, 5, 19)),
)
_NIGHT: Final = {"SA": ["22:00-24:00"], "SU": ["00:00-07:00"]}
# A few rules that meet again, so that one person adds what another drops, and a baseline holds what is a layer, too.
SOME: Final[tuple[Body, ...]] = (
    Cooldown(),
    PauseOnHurt(),
    DepthLimit(deepest=1),
    ByConsent(),
    NoReplyExpected(),
    QuietHours(hours=WeeklyHours("Europe/Paris", _NIGHT)),
    FrequencyLimit(most=1, within=3 * HOUR),
)
_STEPS: Final = tuple(hours * HOUR for hours in (0, 0, 0, 1, 3, 12, 23, 24, 24, 25, 48))
_BESIDE: Final = (0 * TICK, 0 * TICK, 0 * TICK, -TICK, TICK)


def rules() -> st.SearchStrategy[Body]:
    """Draw any rule, one of a kind that nobody registered here among them."""
    waits = lengths(least=SHORTEST, most=LONGEST)
    several = st.lists(ids(), max_size=3)
    foreign = st.builds(UnknownBody, name=ids().map("example.rule.{}".format), payload=st.just("{}"))
    return st.one_of(*_rules(waits, several).values(), foreign)


def _rules(
    waits: st.SearchStrategy[dt.timedelta], several: st.SearchStrategy[Sequence[str]]
) -> dict[type, st.SearchStrategy[Any]]:
    topics = several.map(lambda found: [each for each in found if each not in NEVER_WAITS]).filter(bool)
    within = lengths(least=SHORTEST_LIMIT, most=LONGEST_LIMIT)
    return {
        Cooldown: st.builds(Cooldown, length=lengths(least=FLOOR, most=LONGEST)),
        PauseOnHurt: st.builds(PauseOnHurt, length=waits),
        PauseCue: st.builds(PauseCue, cue=ids(), length=waits),
        QuietHours: st.builds(QuietHours, hours=weekly_hours()),
        TopicsForCheckIns: st.builds(TopicsForCheckIns, topics=topics),
        ByConsent: st.builds(ByConsent, gestures=several),
        NoReplyExpected: st.builds(NoReplyExpected),
        DepthLimit: st.builds(DepthLimit, deepest=st.integers(0, 3)),
        FrequencyLimit: st.builds(FrequencyLimit, most=st.integers(1, 1000), within=within),
    }


def _baselines() -> st.SearchStrategy[Baseline]:
    return st.builds(Baseline, rules=st.lists(rules(), max_size=3))


def boundary_bodies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return a strategy for each class of body about boundaries."""
    named = st.frozensets(ids(), min_size=1, max_size=3)
    every_rule = _rules(lengths(least=SHORTEST, most=LONGEST), st.lists(ids(), max_size=3))
    return {
        **every_rule,
        Baseline: _baselines(),
        Upheld: st.builds(Upheld, proposal=ids(), offer=ids(), baseline=_baselines()),
        BaselineLeft: st.builds(BaselineLeft, offers=named),
        LayerAdded: st.builds(LayerAdded, rule=rules()),
        LayerDropped: st.builds(LayerDropped, rule=rules(), layers=named),
        Kept: st.builds(Kept, rule=rules()),
        CueGiven: st.builds(CueGiven, cue=ids()),
        Contacted: st.builds(Contacted, toward=ids()),
        **{cls: st.builds(cls) for cls in (Heated, Stung)},
        NudgeCap: st.builds(
            NudgeCap, most=st.integers(0, 1000), within=lengths(least=SHORTEST_LIMIT, most=LONGEST_LIMIT)
        ),
    }


def boundary_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about boundaries."""
    people = {"by": ids(), "toward": ids()}
    moments = st.none() | instants()
    return {
        **{cls: st.builds(cls, **people) for cls in (MakeContact, Nudge, ExpectReply, OfferRepair, OpenCheckIn)},
        RaiseTopic: st.builds(RaiseTopic, **people, topic=ids()),
        ComeClose: st.builds(ComeClose, **people, gesture=ids()),
        AskQuestion: st.builds(AskQuestion, **people, depth=st.integers(1, 3)),
        OwnAction: st.builds(OwnAction, **people, name=ids().filter(lambda name: name not in _UNDENIED)),
        Undeniable: st.builds(Undeniable, by=ids(), what=st.sampled_from(Undenied), toward=st.none() | ids()),
        Ruling: rulings(),
        Told: st.builds(
            Told,
            heated=moments,
            stung=moments,
            cues=st.lists(st.tuples(ids(), instants()), max_size=2).map(tuple),
            contacts=st.lists(instants(), max_size=3).map(sorted).map(tuple),
            check_ins=window_sets(),
        ),
        Layer: st.builds(Layer, owner=ids(), rule=rules(), since=instants()),
        GoodNews: st.builds(GoodNews, by=ids(), rule=rules(), at=instants()),
        AgreedBaseline: st.builds(
            AgreedBaseline,
            proposal=ids(),
            baseline=_baselines(),
            people=st.lists(ids(), max_size=3).map(tuple),
            since=instants(),
            until=instants(),
        ),
        Boundaries: boundaries(),
    }


_UNDENIED: Final = frozenset(each.value for each in Undenied)


def rulings() -> st.SearchStrategy[Ruling]:
    """Draw any ruling."""
    return st.builds(
        Ruling,
        deny=st.booleans(),
        ask_first=st.frozensets(ids(), max_size=3),
        not_before=st.none() | st.sampled_from(_EVES) | instants(),
        reasons=st.lists(ids(), max_size=3).map(tuple),
    )


def any_action() -> st.SearchStrategy[Action]:
    """Draw an action of anyone towards anyone else."""
    return st.lists(ids(), min_size=2, max_size=2, unique=True).flatmap(lambda two: actions(*two))


def actions(by: str, toward: str) -> st.SearchStrategy[Action]:
    """Draw an action of one person towards another."""
    who = {"by": by, "toward": toward}
    return st.one_of(
        st.sampled_from([MakeContact(**who), Nudge(**who), ExpectReply(**who), OfferRepair(**who)]),
        st.just(OpenCheckIn(**who)),
        st.integers(1, 3).map(lambda depth: AskQuestion(**who, depth=depth)),
        st.sampled_from(["money", "dishes", "safety"]).map(lambda topic: RaiseTopic(**who, topic=topic)),
        st.sampled_from(["hug", "kiss"]).map(lambda gesture: ComeClose(**who, gesture=gesture)),
        st.just(OwnAction(**who, name="photo")),
    )


def moments(said: Sequence[pendulum.DateTime]) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant at which something may change after what was said, or one right beside it."""
    drawn = st.tuples(st.sampled_from([*said, *said[-2:]]), st.sampled_from(_STEPS), st.sampled_from(_BESIDE))
    return drawn.map(lambda parts: as_instant(parts[0] + parts[1] + parts[2]))


@st.composite
def boundaries(draw: st.DrawFn) -> Boundaries:
    """Draw boundaries with all that people may say, in time, late, twice, at one instant, or in vain."""
    eve, known, people = draw(gatherings(_EVES, (2, 2, 3), lambda eve: moments([eve])))
    story = Boundaries(id=STORY, circle="c1", founding=known)
    offers: list[str] = []
    for number in range(draw(st.sampled_from([0, 1, 2, 2, 2, 2, 3]))):
        acts, offer = draw(_agreed(f"p{number}", [eve, *(act.at for act in story.acts)], known, people))
        story, offers = evolve(story, acts=(*story.acts, *acts)), [*offers, offer]
    for number in range(draw(st.integers(0, 10))):
        by, at = draw(st.sampled_from(speakers(people))), draw(moments([eve, *(act.at for act in story.acts)]))
        body = draw(_said(story, offers))
        story = evolve(story, acts=(*story.acts, said_by(by, f"e{number}", at, body, STORY)))
    return story


@st.composite
def _agreed(
    draw: st.DrawFn, name: str, said: list[pendulum.DateTime], founding: tuple[Entry, ...], people: tuple[str, ...]
) -> tuple[tuple[Entry, ...], str]:
    """Draw a baseline that everyone, or not everyone, says yes to; some withdraw, some say no, some lapses soon."""
    at = draw(st.sampled_from(said[-1:]) | moments(said[:1]) | moments(said))
    baseline = Baseline(rules=draw(st.lists(st.sampled_from(SOME), max_size=3)))
    lasts = draw(st.sampled_from([*(5 * [90 * 24]), 1, 24, 25, 36, 49])) * HOUR
    first = said_by("ana", "offer", at, Offered(value=baseline, lasts=lasts, about=STORY), name)
    offers = Proposal(id=name, circle="c1", acts=(first,), founding=founding).offers
    if not offers:
        return (first,), "an offer that nobody made"
    offer, acts = offers[0].id, [first]
    yes = people if draw(st.integers(0, 7)) else people[:1]
    soon = st.sampled_from([at, at, as_instant(at + HOUR)]) | moments([at])
    acts += [said_by(person, "yes", draw(soon), Accepted(offer=offer), name) for person in yes]
    last = max(act.at for act in acts)
    for number in range(draw(st.sampled_from([0, 0, 1, 2]))):
        outs: list[Body] = [Withdrawn(offer=offer), Withdrawn(offer=offer), Declined(offer=offer)]
        body = draw(st.sampled_from(outs))
        acts.append(said_by(draw(st.sampled_from(people)), f"out{number}", draw(moments([last])), body, name))
    for person in people:
        if draw(st.booleans()):
            body_ = Upheld(proposal=name, offer=offer, baseline=baseline)
            acts.append(said_by(person, f"upheld-{name}", draw(st.just(last) | moments([last])), body_, STORY))
    return tuple(acts), offer


@st.composite
def _said(draw: st.DrawFn, story: Boundaries, offers: list[str]) -> Body:
    """Draw something that anybody may say about boundaries, also about what is another's."""
    rule = draw(st.sampled_from(SOME))
    layers = [act.id for act in story.acts if isinstance(act.body, LayerAdded | Upheld)]
    names = draw(st.frozensets(st.sampled_from([*layers, *offers, "nothing"]), min_size=1, max_size=3))
    bodies: list[Body] = [LayerAdded(rule=rule), LayerAdded(rule=rule), LayerDropped(rule=rule, layers=names)]
    added = [act.body.rule for act in story.acts if isinstance(act.body, LayerAdded)]
    bodies += [LayerDropped(rule=each, layers=frozenset(layers)) for each in added]
    bodies += (
        [LayerDropped(rule=rule, layers=frozenset(offers)), BaselineLeft(offers=frozenset(offers))] if offers else []
    )
    kept = [each for act in story.acts if isinstance(act.body, Upheld) for each in act.body.baseline.rules]
    bodies += [LayerDropped(rule=each, layers=frozenset(offers)) for each in kept]
    bodies += [Heated(), Stung(), Contacted(toward=draw(st.sampled_from(["ana", "ben"]))), Kept(rule=rule)]
    return draw(st.sampled_from(bodies))
