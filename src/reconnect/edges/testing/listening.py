"""Strategies for listening: talks in which people mostly take the next step, and now and then anything else."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import strategies as st

from reconnect.edges.testing.gathered import OUTSIDER
from reconnect.edges.testing.stories import circle_acts, circles, founding_of
from reconnect.edges.testing.temporal import instants
from reconnect.edges.testing.words import ids, texts
from reconnect.language.listening import Floor, Listening, ListeningForm, ListeningRound, Step, Subject
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
from reconnect.language.listening.session import Session
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Left, Membership
from reconnect.temporal.instant import as_instant

__all__ = ["hours", "listening_bodies", "listening_forms", "listening_strategies", "listenings", "rounds"]

EVENING: Final = pendulum.datetime(2026, 1, 5, 19)
MINUTE: Final = dt.timedelta(minutes=1)
TICK: Final = dt.timedelta(microseconds=1)
LIKELY: Final = 18  # of twenty acts so many are the next step, the others anything else
# How long after what was said before: at once most often, and around the hour for which a yes is good.
_LATER: Final = (0, 0, 0, 0, 1, 1, 59, 60, 61, 120)
# What brings a turn to its end; the other word in these steps goes round once more.
_ONWARD: Final = {Step.CONFIRM: Word.GOT_IT, Step.MORE: Word.NO_MORE, Step.CLARIFY: Word.PASSED_ON}
_CHANCES: Final = st.integers(0, 19)
_DELAYS: Final = st.sampled_from([0, 0, 0, 1, 60])


def rounds(*, about: st.SearchStrategy[Subject] | None = None) -> st.SearchStrategy[ListeningRound]:
    """Draw a round about anything, with any of the listener's steps, or none."""
    steps = st.sets(st.sampled_from(CHOSEN)).map(lambda chosen: {*chosen, Step.SAY_BACK} if chosen else chosen)
    return st.builds(ListeningRound, about=st.sampled_from(Subject) if about is None else about, steps=steps)


@st.composite
def listening_forms(draw: st.DrawFn, *, most: int = MOST) -> ListeningForm:
    """Draw a form of any rounds; concerns come before requests."""
    drawn = draw(st.lists(rounds(), min_size=1, max_size=min(most, 4)) | st.just(most * [ListeningRound()]))
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
    return {Listening: listenings(), ListeningRound: rounds(), Floor: floors}


def hours(talk: Listening) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant at which something may change in a talk, or one right beside it."""
    said = st.sampled_from([act.at for act in talk.acts])
    beside = st.sampled_from([0 * TICK, 0 * TICK, TICK, -TICK])
    drawn = st.tuples(said, st.sampled_from(_LATER), beside)
    return drawn.map(lambda parts: as_instant(parts[0] + parts[1] * MINUTE + parts[2]))


@st.composite
def listenings(draw: st.DrawFn) -> Listening:
    """Draw a talk with everything that people may say in it: in step, late, at once, twice, or in vain."""
    circle = draw(circles(most=3) | circles())
    members = (founding_of(circle), *draw(circle_acts(circle, most=2) if draw(st.integers(0, 4)) == 0 else st.just(())))
    if draw(st.integers(0, 9)) == 1:  # somebody leaves while the others still talk
        left = _act(draw(st.sampled_from(circle.ids)), 9, EVENING + draw(st.integers(1, 9)) * MINUTE, Left())
        members = (*members, evolve(left, about=None))
    founding = draw(st.sampled_from([*(9 * [members]), ()]))  # one case in ten: the circle is not known
    start = as_instant(EVENING + draw(st.sampled_from([0, 0, 0, 30])) * MINUTE)
    asked = AskedToListen(start=start, form=draw(_short_forms()))
    first = _act(draw(st.sampled_from(circle.ids)), 0, EVENING, asked)
    early: list[Body] = [TimeSuits(start=start)] if draw(st.integers(0, 9)) < 8 else []  # noqa: PLR2004 - most often everyone says yes
    early += [WordsWanted()] if draw(st.booleans()) else []
    wishes = [(body, person) for body in early for person in circle.ids]
    acts = [first, *(_act(person, place, EVENING, body) for place, (body, person) in enumerate(wishes, 1))]
    session = Session.of(first, asked, Membership.of(founding))
    for act in acts:
        session = session.told(act)
    at, gaps = start, st.sampled_from(draw(st.sampled_from([_LATER[:1], _LATER[:6], _LATER[:6], _LATER])))
    for number in range(draw(st.sampled_from([20, 20, 40, 10, 3, 0]))):
        at = as_instant(at + draw(gaps) * MINUTE)
        author, said, body = draw(_said(session, acts, at, (*circle.ids, OUTSIDER)))
        act = _act(author, 20 + number, said, body)
        session = session.taken(act, body) if isinstance(body, StepTaken) else session.told(act)
        acts.append(act)
    return Listening(id="l1", circle="c1", acts=tuple(acts), founding=founding)


def _short_forms() -> st.SearchStrategy[ListeningForm]:
    """Draw a form that people may come to the end of: few rounds, or the whole of a known one."""
    one = rounds().map(lambda each: ListeningForm(rounds=(each,)))
    return one | listening_forms(most=2) | st.just(ListeningForm.mirror_validate_empathise())


@st.composite
def _said(
    draw: st.DrawFn, session: Session, acts: list[Entry], at: pendulum.DateTime, people: tuple[str, ...]
) -> tuple[str, pendulum.DateTime, Body]:
    """Draw what comes next: the step that is open most often, or anything by anyone, also what comes late."""
    chance, floor = draw(_CHANCES), session.floor
    if chance < LIKELY and session.away:
        return min(session.away), at, WentOn()
    if floor is not None and chance < LIKELY:
        words = (*floor.words, *(3 * [_ONWARD.get(floor.step, floor.words[0])]))
        return floor.person, at, StepTaken(word=draw(st.sampled_from(words)), follows=session.head, text=f"{len(acts)}")
    heads = [session.head, *(act.content for act in acts[-4:])]
    times = [EVENING, at, as_instant(at + 30 * MINUTE)]
    plain: list[Body] = [ListeningPaused(), WentOn(), ListeningStopped(), WordsNotWanted(), WordsWanted()]
    steps: list[Body] = [StepTaken(word=word, follows=head) for word in Word for head in heads]
    about: list[Body] = [*map(_suits, times), *map(_not_then, (None, *times)), AskedToListen(start=at)]
    other = draw(st.sampled_from([*steps, *(4 * about), *(6 * plain)]))
    return draw(st.sampled_from(people)), max(as_instant(EVENING), as_instant(at - draw(_DELAYS) * MINUTE)), other


def _suits(start: pendulum.DateTime) -> TimeSuits:
    return TimeSuits(start=start)


def _not_then(start: pendulum.DateTime | None) -> NotThen:
    return NotThen(start=start)


def _act(author: str, number: int, at: dt.datetime, body: Body) -> Entry:
    return Entry(
        circle="c1", author=author, id=f"e{number}", at=as_instant(at), body=body, audience=Shared(), about="l1"
    )
