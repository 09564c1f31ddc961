"""Strategies for amends, parts of a drift, capacity cards and reassurances: late, crossed, taken back, by anyone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pendulum
from hypothesis import strategies as st

from reconnect.edges.testing.stories import FIRST, STEP, STRANGER, circle_acts, circles, founding_of, moments
from reconnect.edges.testing.temporal import instants, zones
from reconnect.edges.testing.words import ids, texts
from reconnect.people.circle import Circle
from reconnect.primitives.amends.acts import Drafted, Noticed, Owned, Repair, Replied, TakenBack
from reconnect.primitives.amends.amends import Amends
from reconnect.primitives.capacity import AsUsual, CapacityCard, Little
from reconnect.primitives.my_part import Drift, Drifted, MyPart
from reconnect.primitives.reassurance import Assurance, Given, Reassurance, TookBack
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.kind import Body, Heard, heard_of
from reconnect.record.sealed import Answered, Asked, Retracted
from reconnect.record.story import Story
from reconnect.temporal.instant import as_instant

__all__ = [
    "amends",
    "capacity_cards",
    "care_bodies",
    "care_stories",
    "care_values",
    "drifts",
    "own_days",
    "reassurances",
    "repairs",
]

TICK: Final = dt.timedelta(microseconds=1)
_SENTENCES: Final = ("We are okay.", "I am coming back.")
_WORDS: Final = ("I read your letter.", "I came late.")
_MINUTES: Final = st.integers(0, 59) | st.integers(-90, 90) | st.integers(-26 * 60, 26 * 60)  # most often close by
_AROUND: Final = _MINUTES.map(lambda minutes: dt.timedelta(minutes=minutes))
# Days that end in a gap, twice, or not at all: clocks that change at midnight, back over it, or skip the whole day.
_NIGHTS: Final = (
    ("Europe/Paris", pendulum.datetime(2026, 3, 29, 1)),
    ("America/Havana", pendulum.datetime(2025, 11, 2, 5)),
    ("America/Sao_Paulo", pendulum.datetime(2018, 11, 4, 3)),
    ("America/Sao_Paulo", pendulum.datetime(2018, 2, 18, 2)),
    ("America/St_Johns", pendulum.datetime(2010, 11, 7, 2, 31)),
    ("Pacific/Apia", pendulum.datetime(2011, 12, 30, 10)),
    ("America/Toronto", pendulum.datetime(1919, 3, 31, 4, 30)),
    ("Africa/Cairo", pendulum.datetime(2026, 4, 23, 22)),
)


def sentences() -> st.SearchStrategy[str]:
    """Draw a text with words in it."""
    return st.sampled_from(_SENTENCES) | texts().filter(lambda text: bool(text.strip()))


@st.composite
def repairs(draw: st.DrawFn, *, whole: bool = False, people: Sequence[str] = ()) -> Repair:
    """Draw what someone would like to make good, unfinished unless it must be whole.

    Args:
        draw: given by hypothesis.
        whole: every part has words.
        people: whom it may be for; anyone unless given.
    """
    words = sentences() if whole else texts()
    named = st.sampled_from(people) if people else ids()
    towards = tuple(draw(st.lists(named, max_size=2, unique=True)))
    return Repair(did=draw(words), effect=draw(words), change=draw(words), towards=towards)


def care_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body that these rooms know."""
    return {
        Drafted: st.builds(Drafted, repair=repairs() | repairs(whole=True)),
        Owned: st.builds(Owned, repair=repairs(whole=True)),
        Replied: st.builds(Replied, words=ids(), text=texts(), forgives=st.booleans()),
        Noticed: st.builds(Noticed, text=texts()),
        Drifted: st.builds(Drifted, over=texts()),
        MyPart: st.builds(MyPart, text=texts(), change=texts()),
        Little: st.builds(Little, until=instants()) | st.builds(Little, zone=zones()),
        Given: st.builds(Given, text=sentences()),
        **{cls: st.builds(cls) for cls in (TakenBack, AsUsual, TookBack)},
    }


def care_values() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return a strategy for each value of these rooms that is no body and no story."""
    assurances = st.builds(Assurance, by=ids(), text=sentences(), since=instants(), renewed=instants())
    return {Repair: repairs() | repairs(whole=True), Assurance: assurances}


def care_stories() -> Mapping[type[Story], st.SearchStrategy[Story]]:
    """Return a strategy for each story of these rooms."""
    return {Amends: amends(), CapacityCard: capacity_cards(), Drift: drifts(), Reassurance: reassurances()}


@st.composite
def amends(draw: st.DrawFn) -> Amends:
    """Draw amends with drafts, crossed answers, other words, and acts by people they do not concern."""
    circle = draw(circles(most=3))
    people = (*circle.ids, STRANGER)
    story = Amends(id="a1", circle=circle.id, founding=draw(_founding(circle)))
    words = _few_repairs((*circle.ids[1:], STRANGER))
    first: Body = Owned(repair=draw(words)) if draw(st.integers(0, 2)) else Drafted(repair=draw(words))
    acts = [_act(circle.ids[0], "first", draw(st.sampled_from([FIRST, FIRST + STEP])), first, about="a1")]
    if draw(st.booleans()):  # everyone answers the first words, each in their own time
        said = Replied(words="first", text="hm")
        acts += [_act(name, "early", draw(_soon(acts[0].at)), said, about="a1") for name in circle.ids[1:]]
    for _ in range(draw(st.integers(0, 10))):
        known = [act.id for act in acts if isinstance(act.body, Owned)]
        to = draw(st.sampled_from([*known[-1:], *known[-1:], *known, "words that nobody said"]))
        answer = Replied(words=to, text=draw(st.sampled_from(["", "thank you"])), forgives=draw(st.booleans()))
        repair = draw(words)
        may_say: list[tuple[Sequence[str], Body]] = [
            *3 * [(circle.ids[1:], answer)],
            *2 * [(circle.ids[1:], Noticed(text="thank you"))],
            *2 * [(circle.ids[:1], Owned(repair=repair))],
            (people, Drafted(repair=repair)),
            *2 * [(circle.ids, TakenBack())],
            *((people, body) for body in (answer, Noticed(), Owned(repair=repair), TakenBack())),
        ]
        authors, body = draw(st.sampled_from(may_say))
        acts.append(_act(draw(st.sampled_from(authors)), f"e{len(acts)}", draw(_soon(acts[-1].at)), body, about="a1"))
    return Amends(id=story.id, circle=story.circle, founding=story.founding, acts=tuple(acts))


@st.composite
def drifts(draw: st.DrawFn) -> Drift:
    """Draw a drift with parts that are early, late, told anew, told plainly, taken back, or missing."""
    circle = draw(circles(most=3))
    closes = FIRST + draw(st.integers(1, 6)) * STEP
    prompts: list[Body] = [*3 * [Drifted(over="the move")], Note(text="?")]
    asked = Asked(prompt=draw(st.sampled_from(prompts)), closes=closes)
    acts = [_act(circle.ids[0], "first", FIRST, asked, about="d1")]
    parts: list[Body] = [MyPart(text="I hid."), MyPart(text="", change="I ask."), Answered(text="I forgot.")]
    if draw(st.integers(0, 2)):
        acts += [_act(name, "early", FIRST, draw(st.sampled_from(parts)), about="d1") for name in circle.ids]
    for place in range(draw(st.integers(0, 6))):
        body = draw(st.sampled_from([*parts, *parts, Retracted()]))
        author = draw(st.sampled_from((*circle.ids, STRANGER)))
        acts.append(_act(author, f"e{place}", draw(moments()), body, about="d1"))
    return Drift(id="d1", circle=circle.id, founding=draw(_founding(circle)), acts=tuple(acts))


@st.composite
def own_days(draw: st.DrawFn) -> tuple[str, pendulum.DateTime]:
    """Draw a zone and an instant, most often in a night in which its clocks change."""
    if not draw(st.integers(0, 5)):
        return draw(zones()), draw(moments())
    zone, night = draw(st.sampled_from(_NIGHTS))
    return zone, as_instant(night + draw(_AROUND | st.sampled_from([-TICK, TICK])))


@st.composite
def capacity_cards(draw: st.DrawFn) -> CapacityCard:
    """Draw everyone's cards: renewed, shortened, taken back, at one instant, over, or by a stranger."""
    circle = draw(circles(most=3))
    zone, night = draw(own_days())
    start = as_instant(night + draw(_AROUND))
    founding = tuple(act.received(act.at + (start - FIRST)) for act in draw(_founding(circle)))
    acts: list[Entry] = []
    now = start
    for place in range(draw(st.integers(1, 7))):
        ends = [now + step * STEP for step in (-1, 0, 1, 3, 12)]
        cards: list[Body] = [Little(until=draw(st.sampled_from(ends))), Little(zone=zone), AsUsual()]
        body, author = draw(st.sampled_from(cards)), draw(st.sampled_from((*circle.ids, STRANGER)))
        acts.append(_act(author, f"e{place}", now, body, about="k1"))
        now += draw(st.sampled_from([0, 0, 1, 2])) * STEP
    return CapacityCard(id="k1", circle=circle.id, founding=founding, acts=tuple(acts))


@st.composite
def reassurances(draw: st.DrawFn) -> Reassurance:
    """Draw someone's sentence: renewed, changed, taken back, given again, and meddled with by others."""
    circle = draw(circles(most=3))
    people = (*2 * circle.ids[:1], *circle.ids, STRANGER)
    acts = [_act(circle.ids[0], "first", draw(moments()), Given(text=_SENTENCES[0]), about="w1")]
    given: list[Body] = [Given(text=text) for text in _SENTENCES]
    for place in range(draw(st.integers(0, 8))):
        body = draw(st.sampled_from([*given, *given, TookBack()]))
        acts.append(_act(draw(st.sampled_from(people)), f"e{place}", draw(_soon(acts[-1].at)), body, about="w1"))
    return Reassurance(id="w1", circle=circle.id, founding=draw(_founding(circle)), acts=tuple(acts))


def _few_repairs(people: Sequence[str]) -> st.SearchStrategy[Repair]:
    """Draw one of a few, so that the same words come back."""
    towards = st.sampled_from([(), (), *((person,) for person in people)])
    said, effect, change = st.sampled_from(_WORDS), st.just("It hurt."), st.just("I ask.")
    return st.builds(Repair, did=said, effect=effect, change=change, towards=towards)


def _soon(at: pendulum.DateTime) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant that is the same, soon after, or any other."""
    return st.sampled_from([0, 0, 1, 2]).map(lambda step: at + step * STEP) | moments()


@st.composite
def _founding(draw: st.DrawFn, circle: Circle) -> tuple[Entry, ...]:
    """Draw the circle's own acts: most often only its founding, now and then nothing at all."""
    chosen = draw(st.integers(0, 6))
    if not chosen:
        return ()
    return draw(circle_acts(circle, most=4)) if chosen == 1 else (founding_of(circle),)


def _act(author: str, name: str, at: pendulum.DateTime, body: Body, *, about: str) -> Entry:
    heard: Mapping[Heard, Audience] = {
        Heard.SHARED: Shared(),
        Heard.PRIVATE: Private(),
        Heard.SEALED: Sealed(about),
    }
    audience = heard[heard_of(body)]
    return Entry(circle="c1", author=author, id=name, at=at, body=body, audience=audience, about=about)
