"""Strategies for listening: talks in which people mostly take the next step, and now and then anything else."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import pendulum
from hypothesis import strategies as st

from reconnect.edges.testing.stories import circle_acts, circles, founding_of
from reconnect.edges.testing.temporal import instants
from reconnect.edges.testing.words import ids, texts
from reconnect.language.listening import Floor, Listening, ListeningForm, Round, Step, Subject
from reconnect.language.listening.acts import (
    AskedToListen,
    ListeningPaused,
    ListeningStopped,
    NotThen,
    StepTaken,
    TimeSuits,
    WentOn,
    Word,
    WordsNotWanted,
    WordsWanted,
)
from reconnect.language.listening.form import CHOSEN, MOST
from reconnect.language.listening.session import sessions
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.temporal.instant import as_instant

__all__ = ["hours", "listening_bodies", "listening_forms", "listening_strategies", "listenings", "rounds"]

EVENING: Final = pendulum.datetime(2026, 1, 5, 19)
MINUTE: Final = dt.timedelta(minutes=1)
TICK: Final = dt.timedelta(microseconds=1)
OUTSIDER: Final = "eve"
# How long after what was said before: at once most often, and around the hour for which a yes is good.
_LATER: Final = (0, 0, 0, 0, 1, 1, 59, 60, 61, 120)


def rounds(*, about: st.SearchStrategy[Subject] | None = None) -> st.SearchStrategy[Round]:
    """Draw a round about anything, with any of the listener's steps, or none."""
    steps = st.sets(st.sampled_from(CHOSEN)).map(lambda chosen: {*chosen, Step.SAY_BACK} if chosen else chosen)
    return st.builds(Round, about=st.sampled_from(Subject) if about is None else about, steps=steps)


@st.composite
def listening_forms(draw: st.DrawFn, *, most: int = MOST) -> ListeningForm:
    """Draw a form of any rounds; concerns come before requests."""
    drawn = draw(st.lists(rounds(), min_size=1, max_size=min(most, 4)) | st.just(most * [Round()]))
    wishes = [each for each in drawn if each.about is Subject.REQUEST]
    return ListeningForm(rounds=tuple([each for each in drawn if each.about is not Subject.REQUEST] + wishes))


def listening_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about listening."""
    words, follows = st.sampled_from(Word), ids()
    asked = st.builds(AskedToListen, start=instants(), form=listening_forms(), topic=st.none() | ids())
    return {
        ListeningForm: listening_forms(),
        AskedToListen: asked,
        TimeSuits: st.builds(TimeSuits, start=instants()),
        NotThen: st.builds(NotThen, start=st.none() | instants()),
        StepTaken: st.builds(StepTaken, word=words, follows=follows, text=st.none() | texts()),
        **{cls: st.builds(cls) for cls in (ListeningPaused, ListeningStopped, WentOn, WordsNotWanted, WordsWanted)},
    }


def listening_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about listening."""
    floors = st.builds(
        Floor,
        turn=st.integers(0, 1000),
        about=st.sampled_from(Subject),
        speaker=ids(),
        listener=ids(),
        step=st.sampled_from(Step),
    )
    return {Listening: listenings(), Round: rounds(), Floor: floors}


def hours(talk: Listening) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant at which something may change in a talk, or one right beside it."""
    said = st.sampled_from([act.at for act in talk.acts])
    beside = st.sampled_from([0 * TICK, 0 * TICK, TICK, -TICK])
    drawn = st.tuples(said, st.sampled_from(_LATER), beside)
    return drawn.map(lambda parts: as_instant(parts[0] + parts[1] * MINUTE + parts[2]))


@st.composite
def listenings(draw: st.DrawFn, *, most: int = 16) -> Listening:
    """Draw a talk with everything that people may say in it: in step, late, at once, twice, or in vain."""
    circle = draw(circles())
    members = (founding_of(circle), *draw(st.just(()) | st.just(()) | st.just(()) | circle_acts(circle, most=2)))
    founding = draw(st.sampled_from([members, members, members, members, ()]))
    people, form = circle.ids, draw(listening_forms(most=3))
    asked, start = draw(st.sampled_from(people)), EVENING + draw(st.sampled_from([0, 0, 0, 30])) * MINUTE
    acts = [_act(asked, 0, EVENING, AskedToListen(start=start, form=form))]
    if draw(st.integers(0, 4)):  # most often everyone says yes
        acts += [_act(person, place, EVENING, TimeSuits(start=start)) for place, person in enumerate(people, 1)]
    if draw(st.booleans()):
        acts += [_act(person, place, EVENING, WordsWanted()) for place, person in enumerate(people, 10)]
    at = start
    for number in range(draw(st.integers(0, most))):
        at = as_instant(at + draw(st.sampled_from(_LATER)) * MINUTE)
        so_far = Listening(id="l1", circle="c1", acts=tuple(acts), founding=founding)
        acts.append(draw(_said(so_far, number + 20, at, (*people, OUTSIDER))))
    return Listening(id="l1", circle="c1", acts=tuple(acts), founding=founding)


@st.composite
def _said(draw: st.DrawFn, so_far: Listening, number: int, at: pendulum.DateTime, people: tuple[str, ...]) -> Entry:
    """Draw what comes next: the step that is open most often, or anything by anyone."""
    told = sessions(so_far.told(), so_far.membership)
    floor = told[-1][1].floor if told else None
    if floor is not None and draw(st.integers(0, 9)) > 1:
        word = draw(st.sampled_from(floor.words))
        body: Body = StepTaken(word=word, follows=told[-1][1].head, text=draw(st.none() | st.just("hm")))
        return _act(draw(st.sampled_from([*(9 * [floor.person]), *people])), number, at, body)
    heads = [*(act.content for act in so_far.acts), *(told[-1][1].head for _ in range(len(told) and 5))]
    plain = (ListeningPaused, WentOn, WentOn, ListeningStopped, WordsNotWanted, WordsWanted)
    others: list[st.SearchStrategy[Body]] = [
        st.builds(StepTaken, word=st.sampled_from(Word), follows=st.sampled_from(heads)),
        st.builds(TimeSuits, start=st.sampled_from([EVENING, at])),
        st.builds(NotThen, start=st.sampled_from([None, at, as_instant(at - MINUTE), as_instant(at + 30 * MINUTE)])),
        st.builds(AskedToListen, start=st.just(at)),
        st.sampled_from([cls() for cls in plain]),
    ]
    earlier = draw(st.sampled_from([0, 0, 0, 1, 60])) * MINUTE
    return _act(draw(st.sampled_from(people)), number, as_instant(at - earlier), draw(st.one_of(others)))


def _act(author: str, number: int, at: dt.datetime, body: Body) -> Entry:
    return Entry(
        circle="c1", author=author, id=f"e{number}", at=as_instant(at), body=body, audience=Shared(), about="l1"
    )
