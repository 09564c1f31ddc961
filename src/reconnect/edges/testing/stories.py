"""Strategies for stories: acts at equal instants, repeated, late, in vain, and by people they do not concern."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

import pendulum
from hypothesis import strategies as st

from reconnect.consent.aside import Aside, PutAllAside, PutAside, TookUp
from reconnect.consent.invitation import Invitation, LetUsBe, NudgeUs
from reconnect.consent.mute import CameBack, Quiet, WentQuiet
from reconnect.consent.offer import Accepted, Countered, Declined, Muted, Offered, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.kind import Body, Heard, heard_of
from reconnect.record.membership import Ended, Founded, Joined, Left, Welcomed, found
from reconnect.record.sealed import OPEN_AT_MOST, Answered, Asked, Retracted
from reconnect.record.story import Story
from reconnect.temporal.instant import as_instant

__all__ = [
    "asides",
    "circle_acts",
    "circles",
    "entries",
    "founding_of",
    "invitations",
    "moments",
    "proposals",
    "quiets",
    "reveals",
    "stories",
]

FIRST: Final = pendulum.datetime(2026, 1, 5, 19)
STEP: Final = dt.timedelta(hours=6)
TICK: Final = dt.timedelta(microseconds=1)
STEPS: Final = 8  # few instants, so that many acts share one
STRANGER: Final = "zoe"  # not in the circle at first, perhaps never
_NAMES: Final = ("ana", "ben", "cy", "dee")
_ZONES: Final = ("America/New_York", "Europe/Paris", "Pacific/Apia", "UTC")


def moments() -> st.SearchStrategy[pendulum.DateTime]:
    """Draw one of a few instants."""
    return st.integers(0, STEPS).map(lambda step: FIRST + step * STEP)


def circles(*, most: int = 4) -> st.SearchStrategy[Circle]:
    """Draw a circle of two or more people, in any order."""
    people = [Person(id=name, zone=zone) for name, zone in zip(_NAMES, _ZONES, strict=True)]
    chosen = st.permutations(people).flatmap(lambda order: st.integers(2, most).map(lambda n: order[:n]))
    return chosen.map(lambda members: Circle(id="c1", members=tuple(members)))


def founding_of(circle: Circle) -> Entry:
    """Return the act with which a drawn circle begins."""
    return found(circle, by=circle.ids[0], at=FIRST)


@st.composite
def circle_acts(draw: st.DrawFn, circle: Circle, *, most: int = 8) -> tuple[Entry, ...]:
    """Draw the circle's own acts: its founding, and welcomes, joinings, leavings and endings in any order."""
    people = (*circle.ids, STRANGER)
    comings: list[tuple[str, Body]] = [(STRANGER, Joined()), (STRANGER, Joined())]
    comings += [(name, Welcomed(person=STRANGER)) for name in circle.ids]
    others: list[Body] = [Joined(), Left(), Left(), Ended(), Ended(), Founded(members=people[-2:])]
    goings = [(name, body) for name in people for body in (*others, Welcomed(person=circle.ids[0]))]
    acts: list[Entry] = []
    for _ in range(draw(st.integers(0, most))):
        author, body = draw(st.sampled_from(comings if draw(st.booleans()) else goings))
        at = draw(moments())
        later = at if at > FIRST or not isinstance(body, Founded) else FIRST + STEP  # another founding comes late
        acts.append(_act(author, f"e{draw(st.integers(0, 30))}", later, body))
    welcomes = tuple(_act(name, "welcome", FIRST, Welcomed(person=STRANGER)) for name in circle.ids)
    return (founding_of(circle), *(welcomes if draw(st.booleans()) else ()), *acts)


@st.composite
def _founding(draw: st.DrawFn, circle: Circle) -> tuple[Entry, ...]:
    """Draw the circle's own acts, most often only its founding."""
    eventful = draw(st.integers(0, 4)) == 0
    return draw(circle_acts(circle, most=3)) if eventful else (founding_of(circle),)


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    """Draw a proposal with everything that people may send, whether or not it counts."""
    circle = draw(circles())
    people = (*circle.ids, *circle.ids, *circle.ids, STRANGER)
    story = Proposal(id="p1", circle=circle.id, founding=draw(_founding(circle)))
    acts = [_act(draw(st.sampled_from(people)), "first", FIRST, draw(_offers()), about="p1")]
    for _ in range(draw(st.integers(0, 10))):
        so_far = Proposal(id="p1", circle=circle.id, acts=tuple(acts), founding=story.founding)
        known = [offer.id for offer in so_far.offers]
        offer = draw(st.sampled_from([*known[-1:], *known[-1:], *known, "an offer that nobody made"]))
        acts.append(draw(_acts(people, _replies(offer), about="p1", after=acts[-1].at)))
    return Proposal(id="p1", circle=circle.id, acts=tuple(acts), founding=story.founding)


@st.composite
def _offers(draw: st.DrawFn) -> Offered:
    """Draw an offer that stands until an instant, or for a time from its receipt on."""
    steps, lasts = draw(st.sampled_from([1, 2, 4, 30])), draw(st.sampled_from([1, 3, 16])) * STEP
    value = draw(_notes())
    if draw(st.booleans()):
        return Offered(value=value, stands=steps * STEP, lasts=lasts)
    return Offered(value=value, expires=FIRST + steps * STEP, lasts=lasts)


@st.composite
def _replies(draw: st.DrawFn, offer: str) -> Body:
    """Draw something said about an offer, or yet another offer."""
    other = draw(_offers())
    replies: list[Body] = [other, Declined(offer=offer), Withdrawn(offer=offer), Muted(offer=offer)]
    counter = Countered(offer=offer, value=other.value, stands=other.stands, expires=other.expires, lasts=other.lasts)
    replies += [*(5 * [Accepted(offer=offer)]), counter, counter]
    return draw(st.sampled_from(replies))


@st.composite
def reveals(draw: st.DrawFn) -> Reveal:
    """Draw a question, sometimes one that stays open for too long, with answers early, late, changed or taken back."""
    circle = draw(circles(most=3))
    people = (*circle.ids, STRANGER)
    longest = FIRST + OPEN_AT_MOST
    closes = draw(st.sampled_from([*6 * [FIRST + draw(st.integers(1, STEPS)) * STEP], longest, longest + TICK]))
    asked = Asked(prompt=Note(text="What went well?"), closes=closes)
    again = Asked(prompt=Note(text="What else?"), closes=FIRST + draw(st.integers(0, STEPS)) * STEP)
    first = _act(circle.ids[0], "first", FIRST, asked, about="r1")
    answers: list[Body] = [Answered(text=text) for text in ("", "the walk", "the soup")]
    named: list[Body] = [Answered(text="the tea", question=name) for name in (first.content, "another question")]
    bodies = st.sampled_from([*answers, *answers, *named, Retracted(), again])
    early = [_act(name, "early", FIRST, answers[1], about="r1") for name in circle.ids if draw(st.booleans())]
    acts = draw(st.lists(_acts(people, bodies, about="r1"), max_size=8))
    return Reveal(id="r1", circle=circle.id, acts=(first, *early, *acts), founding=draw(_founding(circle)))


@st.composite
def quiets(draw: st.DrawFn) -> Quiet:
    """Draw someone's quiet, with comings and goings."""
    circle = draw(circles())
    bodies: st.SearchStrategy[Body] = st.sampled_from([WentQuiet(), CameBack()])
    acts = draw(st.lists(_acts(circle.ids[:1], bodies, about="q1"), max_size=6))
    first = _act(circle.ids[0], "first", draw(moments()), WentQuiet(), about="q1")
    return Quiet(id="q1", circle=circle.id, acts=(first, *acts), founding=draw(_founding(circle)))


@st.composite
def asides(draw: st.DrawFn) -> Aside:
    """Draw what someone put aside and took up, of one thing or all of a sort, and acts of others in it."""
    circle = draw(circles())
    people = (*3 * circle.ids[:1], *circle.ids, STRANGER)
    everything = [PutAllAside(sort=sort, of=circle.ids[1]) for sort in ("reveal.asked", "gesture.given")]
    put: list[Body] = [PutAside(story="r1"), PutAside(story="p1"), *everything]
    bodies: st.SearchStrategy[Body] = st.sampled_from([*put, *4 * [TookUp()]])
    acts = draw(st.lists(_acts(people, bodies, about="d1"), max_size=6))
    first = _act(circle.ids[0], "first", draw(moments()), draw(st.sampled_from(put)), about="d1")
    return Aside(id="d1", circle=circle.id, acts=(first, *acts), founding=draw(_founding(circle)))


@st.composite
def invitations(draw: st.DrawFn) -> Invitation:
    """Draw an invitation, renewed and ended by anyone at any time."""
    circle = draw(circles())
    people = (*circle.ids, STRANGER)
    bodies: st.SearchStrategy[Body] = st.sampled_from([NudgeUs(), NudgeUs(), LetUsBe()])
    acts = draw(st.lists(_acts(people, bodies, about="i1", stretch=10), max_size=10))
    first = _act(circle.ids[0], "first", FIRST, NudgeUs(), about="i1")
    return Invitation(id="i1", circle=circle.id, acts=(first, *acts), founding=draw(_founding(circle)))


def stories() -> st.SearchStrategy[Story]:
    """Draw a story of any type that this library's consent floor has."""
    return st.one_of(proposals(), reveals(), quiets(), asides(), invitations())


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an entry by anyone about anything."""
    act = draw(_acts((*_NAMES, STRANGER), _notes()))
    audience = Shared() if draw(st.booleans()) else Private()
    return _act(act.author, act.id, act.at, act.body, audience=audience, about=draw(st.none() | _ids()))


def _ids() -> st.SearchStrategy[str]:
    return st.sampled_from(["p1", "r1", "q1", "i1"])


def _notes() -> st.SearchStrategy[Note]:
    return st.sampled_from(["a walk", "a call", ""]).map(lambda text: Note(text=text))


@st.composite
def _acts(
    draw: st.DrawFn,
    people: Sequence[str],
    bodies: st.SearchStrategy[Body],
    *,
    about: str | None = None,
    stretch: int = 1,
    after: pendulum.DateTime | None = None,
) -> Entry:
    """Draw one act by one of these people, most often soon `after` an instant; an id is sometimes used again."""
    body, author = draw(bodies), draw(st.sampled_from(people))
    soon = draw(st.sampled_from([0, 0, 1, 2, None]))
    at = draw(moments()) if after is None or soon is None else after + soon * STEP
    id_ = f"e{draw(st.integers(0, 30))}"
    return _act(author, id_, as_instant(FIRST + (at - FIRST) * stretch), body, about=about)


def _act(
    author: str,
    id: str,  # noqa: A002 - the field's own name, fixed by the design
    at: pendulum.DateTime,
    body: Body,
    *,
    audience: Audience | None = None,
    about: str | None = None,
) -> Entry:
    heard = _heard(body, about) if audience is None else audience
    return Entry(circle="c1", author=author, id=id, at=at, body=body, audience=heard, about=about)


def _heard(body: Body, about: str | None) -> Audience:
    """Return the audience that the kind of a body asks for."""
    if isinstance(body, Answered) and about is not None:
        return Sealed(about)
    return Private() if heard_of(body) is Heard.PRIVATE else Shared()
