"""A hostile partner inside the house knows the whole API: each path ends in the stated refusal, and teaches nothing."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Any, ClassVar, Final

import pendulum
import pytest
from attrs import evolve, frozen
from tests.practice.house import (
    AFTER,
    AMENDS,
    BASELINE,
    BEGAN,
    BOUNDARIES,
    CLOSES,
    DAY,
    DRINK,
    HER_HOURS,
    HERS,
    HIS,
    HOUR,
    LIGHT,
    MINE,
    MINUTE,
    NIGHT,
    NOW,
    NOW_ON,
    OPENINGS,
    PRIVATE,
    QUESTION,
    REPAIR,
    RHYTHM,
    TICK,
    TRIED,
    US,
    WALK,
    Keep,
    Opening,
    house,
    keep,
    look,
    memory,
    much,
    nothing,
    offered,
    say,
)

import reconnect as rc
from reconnect.consent.mute import WentQuiet
from reconnect.consent.offer import Accepted, Countered, Muted, Offered, Withdrawn
from reconnect.edges.testing.twins import assert_alike, shown
from reconnect.errors import (
    IdTaken,
    InvalidAudience,
    InvalidBoundary,
    InvalidMeeting,
    InvalidRecovery,
    NotAMember,
    NotInForce,
    NotOpen,
    NotYet,
    NotYours,
    ReconnectError,
    Superseded,
    UnknownStory,
)
from reconnect.primitives.amends.acts import Drafted, Owned, Replied, TakenBack
from reconnect.primitives.boundary.acts import BaselineLeft, Kept, LayerAdded, LayerDropped, Upheld
from reconnect.primitives.capacity import AsUsual, Little
from reconnect.primitives.checkin.acts import Held, Scheduled
from reconnect.primitives.reassurance import Given, TookBack
from reconnect.primitives.recovery.acts import BroughtUp, Called, FollowUpAt, Parked, Returned, TalkStopped, Updated
from reconnect.primitives.rotation.acts import Away, Covered, Done, PassedOn, PlanStated, TurnsBegun, Wished
from reconnect.record.journal import AlreadyThere, IdConflict, Stored
from reconnect.record.kind import UnknownBody
from reconnect.record.membership import Ended, Founded, Introduced, Joined, Welcomed, introduce
from reconnect.record.sealed import Answered, Asked, Retracted

Try = Callable[[rc.Journal], object]

NOT_YOURS: Final = "expected something of your own: nobody acts in another person's name"
NOT_A_MEMBER: Final = "expected someone who is in this circle at that time"
NOT_IN_FORCE: Final = "expected something that everyone has said yes to at that time"
NOT_YET: Final = f"expected a little time between offers on one subject, until {(NOW + 6 * DAY).isoformat()}"
TOO_LATE: Final = "expected a time to be back within 24 hours of the call, got a later one"
NOTHING_AGREED: Final = offered(rc.Baseline(rules=()), "p7", by="ben", at=TRIED, about="b1")
LATER: Final = NOW + 10 * DAY
UNFAIR: Final = rc.RotationPlan.of(["ana", "ben"], weights={"ana": 9})
RULES: Final[tuple[rc.Body, ...]] = (MINE, LIGHT, NIGHT)
HER_ANSWER: Final = Answered(text="tiredtired", question=QUESTION.acts[0].content)
NAMES: Final = frozenset(act.id for act in BOUNDARIES.acts)


def offer(body: rc.Body = rc.Note(text="a swim"), **about: Any) -> Try:  # noqa: ANN401, B008 - whatever an offer takes; a frozen value
    """Offer something, unasked."""
    return lambda journal: look(journal, "ben").offer(body, **{"id": "p9", **about})


def forge(body: rc.Body, about: str | None = None, **more: Any) -> Try:  # noqa: ANN401 - whatever an entry takes
    """Write in ana's name."""
    return lambda journal: journal.append(say("ana", body, about, **more), acting="ben")


def told(story: type[rc.Story], id_: str, verb: str, **more: Any) -> Try:  # noqa: ANN401 - whatever the verb takes
    """Say something in a story that ben sees."""
    return lambda journal: getattr(look(journal, "ben").state(story, id_), verb)(**{"by": "ben", "at": TRIED, **more})


def send(entry: rc.Entry, *, acting: str = "ben") -> Try:
    """Send an entry."""
    return lambda journal: journal.append(entry, acting=acting)


def unpublished(journal: rc.Journal) -> Any:  # noqa: ANN401 - what a caller without types may hand in
    """Return what people published, with a calendar of ben's slipped in."""
    return {**rc.all_published(look(journal, "ben")), "ben": rc.Windows()}


PESTERING: Final[dict[str, tuple[Try, type[ReconnectError], str]]] = {
    "offering again": (offer(), NotYet, NOT_YET),
    "the same once more": (offer(rc.Note(text="a walk")), NotYet, NOT_YET),
    "about something made up": (offer(about="x9"), NotYet, NOT_YET),
    "about her time-out": (offer(about="t1"), NotYet, NOT_YET),
    "about what she keeps private": (offer(about="q1"), NotYet, NOT_YET),
    "with all the time in the world": (offer(expires=DAY, lasts=DAY), NotYet, NOT_YET),
    "a minute before": (offer(at=NOW + 6 * DAY - TICK), NotYet, NOT_YET),
    "under an id of hers": (
        offer(id="p5"),
        IdTaken,
        "expected an id that no proposal has yet, got one that is taken",
    ),
    "a counter to oneself": (
        told(rc.Proposal, "p4", "counter", offer=WALK.offer.id, value=rc.Note(text="please")),
        NotYours,
        NOT_YOURS,
    ),
}

EXTRACTED: Final[dict[str, tuple[Try, type[ReconnectError], str]]] = {
    "a yes in her name": (forge(Accepted(offer=WALK.offer.id), "p4"), NotYours, NOT_YOURS),
    "a yes to her own old offer": (
        told(rc.Proposal, "p5", "accept", offer=DRINK.offers[0].id),
        Superseded,
        f"expected an answer to the newest offer, which is {DRINK.offer.id}",
    ),
    "a yes to nothing": (
        told(rc.Proposal, "p4", "accept", offer="o9"),
        NotOpen,
        "expected an offer that is open at that time",
    ),
    "calling an open offer agreed": (
        lambda _: rc.Boundaries.agree(NOTHING_AGREED, id="b1", by="ben", at=TRIED),
        NotInForce,
        NOT_IN_FORCE,
    ),
    "calling another agreement this one": (
        lambda _: rc.Boundaries.agree(BASELINE, id="b2", by="ben", at=TRIED),
        NotInForce,
        NOT_IN_FORCE,
    ),
    "check-ins that she did not agree on": (
        lambda _: rc.CheckInSchedule.of(offered(RHYTHM, "p8", by="ben", at=TRIED), id="s2", by="ben", at=TRIED),
        NotInForce,
        NOT_IN_FORCE,
    ),
    "a welcome of one": (
        lambda journal: journal.append(say("zoe", Joined()), acting="zoe"),
        NotAMember,
        NOT_A_MEMBER,
    ),
    "another founding": (forge(Founded(members=("ana", "zoe"))), NotYours, NOT_YOURS),
    "a founding of one's own": (
        lambda journal: journal.append(say("ben", Founded(members=("ben", "zoe"))), acting="ben"),
        NotYours,
        NOT_YOURS,
    ),
}

PROTECTION: Final[dict[str, tuple[Try, type[ReconnectError], str]]] = {
    "dropping hers": (told(rc.Boundaries, "b1", "drop", rule=MINE), NotYours, NOT_YOURS),
    "dropping the baseline": (
        told(rc.Boundaries, "b1", "drop", rule=LIGHT),
        NotOpen,
        "expected a layer of your own that is open at that time",
    ),
    "saying that hers was kept": (told(rc.Boundaries, "b1", "mark_kept", rule=MINE), NotYours, NOT_YOURS),
    "dropping in her name": (forge(LayerDropped(rule=MINE, layers=NAMES), "b1"), NotYours, NOT_YOURS),
    "leaving in her name": (forge(BaselineLeft(offers=frozenset({BASELINE.offer.id})), "b1"), NotYours, NOT_YOURS),
    "withdrawing in her name": (forge(Withdrawn(offer=BASELINE.offer.id), "p3"), NotYours, NOT_YOURS),
    "moving her to other clocks": (
        lambda journal: journal.append(
            introduce(rc.Person(id="ana", zone="Pacific/Apia"), circle="c1", at=TRIED), acting="ben"
        ),
        NotYours,
        NOT_YOURS,
    ),
    "letting her go": (forge(rc.Left()), NotYours, NOT_YOURS),
    "erasing her": (lambda journal: journal.erase("ana", acting="ben", at=TRIED), NotYours, NOT_YOURS),
    "a topic that has to wait": (
        lambda _: rc.TopicsForCheckIns(topics=("safety",)),
        InvalidBoundary,
        "expected one or more topics that can wait, got none, or one that never has to",
    ),
}

PAUSES: Final[dict[str, tuple[Try, type[ReconnectError], str]]] = {
    "coming back for her": (told(rc.TimeOut, "t1", "returned"), NotYours, NOT_YOURS),
    "another time for her": (told(rc.TimeOut, "t1", "update", back_at=TRIED), NotYours, NOT_YOURS),
    "asking what to suggest to her": (told(rc.TimeOut, "t1", "suggestion"), NotYours, NOT_YOURS),
    "a return in her name": (forge(Returned(), "t1"), NotYours, NOT_YOURS),
    "a time in her name": (forge(Updated(back_at=TRIED), "t1"), NotYours, NOT_YOURS),
    "the end of the talk in her name": (forge(TalkStopped(), "t1"), NotYours, NOT_YOURS),
    "a call in her name": (forge(Called(back_at=TRIED, topic="health"), "t9"), NotYours, NOT_YOURS),
    "away for longer than a day": (
        lambda _: rc.TimeOut.call(id="t9", circle=US, by="ben", at=TRIED, back_at=TRIED + DAY + TICK),
        InvalidRecovery,
        TOO_LATE,
    ),
    "later and later": (
        lambda _: rc.TimeOut.call(id="t9", circle=US, by="ben", at=TRIED).update(
            TRIED + DAY + TICK, by="ben", at=TRIED + 23 * HOUR
        ),
        InvalidRecovery,
        TOO_LATE,
    ),
    "parking what she brought up": (
        told(rc.RecoveryWindow, "t0", "park", topic="an old wound"),
        NotYours,
        NOT_YOURS,
    ),
    "raising what rests": (
        told(rc.RecoveryWindow, "t0", "bring_up", topic="dishes"),
        NotOpen,
        "expected a topic that is open at that time",
    ),
    "a follow-up next month": (
        told(rc.RecoveryWindow, "t0", "meet", start=TRIED + 30 * DAY),
        InvalidRecovery,
        "expected a time that lies ahead and strictly inside the window, got another time",
    ),
    "an action named like a pause": (
        lambda _: rc.OwnAction(by="ana", toward="ben", name="pause"),
        InvalidBoundary,
        "expected a name of the app's own, got one that stands for what nobody can forbid",
    ),
}

TAKING_TURNS: Final[dict[str, tuple[Try, type[ReconnectError], str]]] = {
    "passing hers on": (told(rc.Rotation, "o1", "pass_on", turn=HERS.key), NotYours, NOT_YOURS),
    "giving hers away": (told(rc.Rotation, "o1", "swap", give=HERS.key, take=HIS.key), NotYours, NOT_YOURS),
    "asking for somebody in her place": (told(rc.Rotation, "o1", "ask", turn=HERS.key), NotYours, NOT_YOURS),
    "a wish of hers that nobody had": (
        told(rc.Rotation, "o1", "take_back", give=HERS.key, take=HIS.key),
        NotOpen,
        "expected a wish that is open at that time",
    ),
    "a swap in her name": (forge(Wished(give=HERS.key, take=HIS.key, other="ben"), "o1"), NotYours, NOT_YOURS),
    "a cover in her name": (forge(Covered(turn=NOW_ON.key), "o1"), NotYours, NOT_YOURS),
    "away in her name": (forge(Away(window=rc.Window(NOW, LATER)), "o1"), NotYours, NOT_YOURS),
    "turns that she did not agree on": (
        lambda _: rc.Rotation.of(offered(UNFAIR, "p8", by="ben", at=TRIED, about="o2"), id="o2", by="ben", at=TRIED),
        NotInForce,
        NOT_IN_FORCE,
    ),
}

CARE: Final[dict[str, tuple[Try, type[ReconnectError], str]]] = {
    "owning for her": (told(rc.Amends, "a1", "own", repair=REPAIR), NotYours, NOT_YOURS),
    "drafting for her": (told(rc.Amends, "a1", "redraft", repair=REPAIR), NotYours, NOT_YOURS),
    "owning in her name": (forge(Owned(repair=REPAIR), "a3"), NotYours, NOT_YOURS),
    "taking her words back in her name": (forge(TakenBack(), "a1"), NotYours, NOT_YOURS),
    "forgiveness in her name": (forge(Replied(words="x9", forgives=True), "a9"), NotYours, NOT_YOURS),
    "an answer to words that are gone": (
        told(rc.Amends, "a1", "answer", text="", words="x9"),
        Superseded,
        f"expected an answer to the newest offer, which is {AMENDS.acts[0].id}",
    ),
    "her draft": (
        told(rc.Amends, "a2", "words"),
        UnknownStory,
        "expected the id of a Amends that this reader can see",
    ),
    "a draft that nobody wrote": (
        told(rc.Amends, "a9", "words"),
        UnknownStory,
        "expected the id of a Amends that this reader can see",
    ),
    "a condition in her sentence": (
        told(rc.Reassurance, "w1", "change", text="We are okay if you say sorry."),
        NotYours,
        NOT_YOURS,
    ),
    "taking her sentence back": (told(rc.Reassurance, "w1", "take_back"), NotYours, NOT_YOURS),
    "a sentence in her name": (forge(Given(text="I was wrong."), "w1"), NotYours, NOT_YOURS),
    "taking her card back in her name": (forge(AsUsual(), "k1"), NotYours, NOT_YOURS),
    "a card in her name": (forge(Little(zone="UTC"), "k1"), NotYours, NOT_YOURS),
    "her part, in her name": (
        forge(rc.MyPart(text="It was all me."), "d1", audience=rc.Sealed("d1")),
        NotYours,
        NOT_YOURS,
    ),
}

FORGING: Final[dict[str, tuple[Try, type[ReconnectError], str]]] = {
    "her entry, changed": (
        forge(rc.publish(rc.WeeklyHours("UTC", {"MO": ["00:00-24:00"]})), id_="hours"),
        NotYours,
        NOT_YOURS,
    ),
    "what she keeps private, guessed right": (
        forge(rc.Note(text="tired"), "t1", at=NOW - HOUR, id_="own0", audience=rc.Private()),
        NotYours,
        NOT_YOURS,
    ),
    "what she keeps private, guessed wrong": (
        forge(rc.Note(text="happy"), "t1", at=NOW - HOUR, id_="own0", audience=rc.Private()),
        NotYours,
        NOT_YOURS,
    ),
    "what nobody wrote": (forge(rc.Note(text="tired"), id_="x9", audience=rc.Private()), NotYours, NOT_YOURS),
    "her sealed answer": (
        forge(HER_ANSWER, "r1", at=NOW - 30 * MINUTE, audience=rc.Sealed("r1")),
        NotYours,
        NOT_YOURS,
    ),
    "her sealed answer, after it closed": (
        forge(HER_ANSWER, "r1", at=CLOSES + TICK, audience=rc.Sealed("r1")),
        NotYours,
        NOT_YOURS,
    ),
    "taking her answer back": (forge(Retracted(), "r1", audience=rc.Private()), NotYours, NOT_YOURS),
    "her quiet": (forge(WentQuiet(), "q1", audience=rc.Private()), NotYours, NOT_YOURS),
    "an act that binds, in private": (
        lambda _: say("ben", TalkStopped(), "t1", audience=rc.Private()),
        InvalidAudience,
        "expected Shared for this kind of body, got Private",
    ),
    "the circle anew": (
        lambda journal: journal.found(evolve(US, members=US.members[::-1]), by="ben", at=TRIED),
        NotYours,
        NOT_YOURS,
    ),
}

READING: Final[dict[str, tuple[Try, type[ReconnectError], str]]] = {
    "her export": (lambda journal: journal.export("ana", acting="ben"), NotYours, NOT_YOURS),
    "an export of nobody's": (lambda journal: journal.export("zoe", acting="ben"), NotYours, NOT_YOURS),
    "her circles": (lambda journal: journal.circles("ana", acting="ben"), NotYours, NOT_YOURS),
    "another circle": (lambda journal: journal.view("ben", circle="c9", at=TRIED), NotAMember, NOT_A_MEMBER),
    "her quiet": (
        told(rc.Quiet, "q1", "holds"),
        UnknownStory,
        "expected the id of a Quiet that this reader can see",
    ),
    "a quiet that nobody has": (
        told(rc.Quiet, "q9", "holds"),
        UnknownStory,
        "expected the id of a Quiet that this reader can see",
    ),
    "check-ins that nobody has": (
        lambda journal: look(journal, "ben").counts("own2", rc.Window(BEGAN, NOW)),
        UnknownStory,
        "expected the id of a CheckInSchedule that this reader can see",
    ),
    "a calendar that nobody published": (
        lambda journal: rc.mutual_times(unpublished(journal), length=HOUR, within=rc.Window(NOW, NOW + 7 * DAY)),
        InvalidMeeting,
        "expected what each person published, got a Windows",
    ),
    "strains for somebody else": (
        lambda journal: rc.strains(
            RHYTHM, rc.all_published(look(journal, "ben")), rc.Window(NOW, NOW + 7 * DAY), for_="zoe"
        ),
        InvalidMeeting,
        "expected one of those who published, got someone else",
    ),
}

REFUSED: Final = {
    f"{subject}: {name}": tried
    for subject, paths in {
        "pestering": PESTERING,
        "extracted": EXTRACTED,
        "protection": PROTECTION,
        "pauses": PAUSES,
        "turns": TAKING_TURNS,
        "care": CARE,
        "forging": FORGING,
        "reading": READING,
    }.items()
    for name, tried in paths.items()
}

INERT: Final[dict[str, Sequence[rc.Entry]]] = {
    "another offer": [say("ben", Offered(value=rc.Note(text="please")), "p9")],
    "a counter to oneself": [say("ben", Countered(offer=WALK.offer.id, value=rc.Note(text="please")), "p4")],
    "a counter to what is over": [
        say("ben", Countered(offer=DRINK.offers[0].id, value=rc.Note(text="gin")), "p5"),
        say("ben", Countered(offer=BASELINE.offer.id, value=rc.Baseline(rules=())), "p3", id_="x2"),
    ],
    "a yes to an old offer": [say("ben", Accepted(offer=DRINK.offers[0].id), "p5")],
    "an offer under hers": [
        say("ben", Offered(value=rc.Note(text="gin")), "p5"),
        say("ben", Offered(value=rc.Baseline(rules=()), about="b1"), "p3", id_="x2"),
    ],
    "her own yes, said by another": [say("ben", Accepted(offer=WALK.offer.id), "p4")],
    "a baseline that nobody agreed on": [
        say("ben", Upheld(proposal="p3", offer=BASELINE.offer.id, baseline=rc.Baseline(rules=())), "b1"),
        say("ben", Upheld(proposal="p9", offer="o9", baseline=rc.Baseline(rules=())), "b1", id_="x2"),
    ],
    "dropping by every name there is": [
        say("ben", LayerDropped(rule=rule, layers=NAMES | {BASELINE.offer.id}), "b1", id_=f"x{n}")
        for n, rule in enumerate(RULES)
    ],
    "leaving by every name there is": [say("ben", BaselineLeft(offers=NAMES | {BASELINE.offer.id}), "b1")],
    "good news of another's": [say("ben", Kept(rule=MINE), "b1")],
    "a protection of one's own": [say("ben", LayerAdded(rule=rc.NoReplyExpected()), "b1")],
    "other clocks": [say("ben", Introduced(zone="Pacific/Apia", name="Ana"))],
    "a return that is not one's own": [
        say("ben", Returned(), "t1"),
        say("ben", Updated(back_at=TRIED), "t1", id_="x2"),
        say("ben", Updated(back_at=LATER), "t1", id_="x3"),
    ],
    "parking and raising": [
        say("ben", Parked(topic="an old wound"), "t0"),
        say("ben", BroughtUp(topic="dishes"), "t0", id_="x2"),
        say("ben", FollowUpAt(start=LATER), "t0", id_="x3"),
        say("ben", FollowUpAt(start=TRIED), "t1", id_="x4"),
    ],
    "an earlier closing": [say("ben", Asked(prompt=rc.Note(text="?"), closes=TRIED + MINUTE), "r1")],
    "answers that belong nowhere": [
        say("ben", Answered(text=""), "r1", audience=rc.Sealed("r9")),
        say("ben", Answered(text=""), "r9", id_="x2", audience=rc.Sealed("r1")),
        say("ben", Retracted(), "r1", id_="x3", audience=rc.Private()),
    ],
    "check-ins of one's own": [
        say("ben", Scheduled(proposal="p9"), "s1"),
        say("ben", Scheduled(proposal="p4"), "s2", id_="x2"),
        say(
            "ben",
            Held(key=rc.OccurrenceKey(schedule="s1", original_start=pendulum.naive(2026, 1, 6, 4), zone="UTC")),
            "s1",
            id_="x3",
        ),
    ],
    "turns by his own word": [
        say("ben", PlanStated(plan=UNFAIR), "o1"),
        say("ben", TurnsBegun(proposal="p4"), "o1", id_="x2"),
        say("ben", Wished(give=HERS.key, take=HIS.key, other="ben"), "o1", id_="x3"),
        say("ben", Wished(give=HIS.key, take=HERS.key, other="ana"), "o1", id_="x4"),
        say("ben", PassedOn(turn=HERS.key), "o1", id_="x5"),
        say("ben", Done(turn=HERS.key), "o1", id_="x6"),
    ],
    "amends, sentences and cards by his own word": [
        say("ben", Owned(repair=REPAIR), "a1"),
        say("ben", Drafted(repair=REPAIR), "a2", id_="x2", audience=rc.Private()),
        say("ben", Given(text="I was wrong."), "w1", id_="x3"),
        say("ben", TookBack(), "w1", id_="x4"),
        say("ben", AsUsual(), "k1", id_="x5"),
    ],
    "an earlier closing of a drift": [
        say("ben", Asked(prompt=rc.Drifted(over="the move"), closes=TRIED + MINUTE), "d1"),
    ],
    "quiet and muting for her": [
        say("ben", WentQuiet(), "q1", audience=rc.Private()),
        say("ben", Muted(offer=WALK.offer.id), "p4", id_="x2", audience=rc.Private()),
    ],
    "a welcome of one": [
        say("ben", Welcomed(person="zoe")),
        say("ben", Welcomed(person="ana"), id_="x2"),
        say("ben", Joined(), id_="x3"),
    ],
}


@pytest.fixture(scope="module", params=OPENINGS)
def twins(request: pytest.FixtureRequest) -> Iterator[dict[str, rc.Journal]]:
    """Open houses that differ only in what ana keeps private; nothing in this file writes into these."""
    opening = OPENINGS[request.param]
    with opening() as one, opening() as other, opening() as third:
        journals = dict(zip(PRIVATE, (one, other, third), strict=True))
        yield {name: house(journal, PRIVATE[name]) for name, journal in journals.items()}


@pytest.fixture(params=OPENINGS)
def opening(request: pytest.FixtureRequest) -> Opening:
    """Return a way to open a journal."""
    return OPENINGS[request.param]


def refusal(journal: rc.Journal, tried: Try) -> ReconnectError:
    """Try something, and return how it is refused."""
    with pytest.raises(ReconnectError) as caught:
        tried(journal)
    return caught.value


def written(journal: rc.Journal) -> list[str]:
    """Return everything that is written, as the host could see it."""
    return sorted(shown(entry) for entry in journal.everything())


@pytest.mark.parametrize("name", REFUSED)
def test_each_path_ends_in_the_stated_refusal(name: str, twins: dict[str, rc.Journal]) -> None:
    """One error with one text, the same to the byte whatever ana keeps private; and nothing is written."""
    tried, kind, text = REFUSED[name]
    before = {private: written(journal) for private, journal in twins.items()}
    refused = [refusal(journal, tried) for journal in twins.values()]
    assert {(type(each), str(each)) for each in refused} == {(kind, text)}
    assert len({pickle.dumps(each) for each in refused}) == 1
    assert len({repr(each) + shown(each) for each in refused}) == 1
    assert not any(each.__cause__ or each.__context__ for each in refused)
    assert {private: written(journal) for private, journal in twins.items()} == before


def what_holds(journal: rc.Journal, at: pendulum.DateTime = AFTER) -> list[str]:
    """Return what protects ana, and what she agreed on, as she sees it."""
    view = look(journal, "ana", at)
    b, s = view.state(rc.Boundaries, "b1"), view.state(rc.CheckInSchedule, "s1")
    actions = (
        rc.ComeClose(by="ben", toward="ana", gesture="hug"),
        rc.AskQuestion(by="ben", toward="ana", depth=3),
        rc.MakeContact(by="ben", toward="ana"),
        rc.MakeContact(by="ana", toward="zoe"),
    )
    nights = [NOW, NOW + 3 * HOUR, NOW + 8 * HOUR, NOW + 40 * DAY]
    facts: list[object] = [view.members, rc.outlook(view), rc.all_published(view)["ana"], dict(view.people)["ana"]]
    facts += [b.rules(of="ana", at=at), b.layers(of="ana", at=at), b.baselines(at=at), b.kept(at=at)]
    facts += [b.ruling(action, at=night) for action, night in product(actions, nights)]
    facts += [b.quiet(of="ana", within=rc.Window(NOW, NOW + 30 * DAY))]
    facts += [
        (p.id, p.standing(at=at), p.in_force(at=at), p.offers)
        for p in map(partial(view.state, rc.Proposal), ("p1", "p2", "p3", "p4", "p5"))
    ]
    for pause in (view.state(rc.TimeOut, "t0"), view.state(rc.TimeOut, "t1")):
        facts += [
            pause.phase(at=moment) for moment in (at, NOW + 15 * MINUTE, NOW + HOUR, NOW + 3 * HOUR, NOW + 24 * HOUR)
        ]
        facts += [pause.calls(at=at), pause.back_at(at=at)]
        w = rc.RecoveryWindow.gather(view, pause.id)
        facts += [w.standing(at=at), w.window(at=at), w.topic_rest, w.topics(at=at), w.parked(at=at), w.meeting(at=at)]
    days = rc.Window(BEGAN, NOW + 10 * DAY)
    facts += [
        list(s.occurrences(days)),
        view.counts(s, days),
        rc.precedence(view, next(s.occurrences(rc.Window(NOW - HOUR, NOW)))),
    ]
    r, a, w1 = view.state(rc.Rotation, "o1"), view.state(rc.Amends, "a1"), view.state(rc.Reassurance, "w1")
    facts += [list(r.turns(days)), r.plan, r.in_force(at=at), a.author(at=at), a.words(at=at), a.answers(at=at)]
    facts += [w1.standing(at=at), rc.little_until(view, "ana"), view.state(rc.Drift, "d1").parts(at=at)]
    question = view.state(rc.Reveal, "r1")
    facts += [
        question.closes,
        question.opened(at=at),
        question.has_answer(of="ana", at=at),
        rc.Quiet.gather(view, "q1").holds(at=at),
    ]
    return [shown(fact) for fact in facts]


@pytest.fixture(scope="module")
def untouched() -> tuple[list[str], list[str]]:
    """Return what holds for ana if ben tries nothing, now and once the question has closed."""
    with memory() as journal:
        house(journal, much)
        return what_holds(journal), what_holds(journal, CLOSES + HOUR)


@pytest.mark.parametrize("name", INERT)
def test_what_is_written_around_the_verbs_moves_nothing(
    name: str, opening: Opening, untouched: tuple[list[str], list[str]]
) -> None:
    """Ben may write in his own name whatever he likes; nothing that holds for ana changes, not even her outlook."""
    with opening() as journal:
        house(journal, much)
        assert {type(outcome) for outcome in journal.append(*INERT[name], acting="ben")} == {Stored}
        assert (what_holds(journal), what_holds(journal, CLOSES + HOUR)) == untouched


def everything_tried(journal: rc.Journal) -> list[str]:
    """Try each path, the refused ones and the others, and return all that ben hears."""
    heard: list[str] = []
    for tried, _, _ in REFUSED.values():
        heard.append(shown(refusal(journal, tried)))
    for number, act in enumerate(act for acts in INERT.values() for act in acts):
        sent = evolve(act, id=f"{act.id}-{number}")
        heard += [shown(journal.append(sent, acting="ben")) for _ in range(2)]
        heard.append(shown(journal.append(evolve(sent, body=rc.Note(text="else"), audience=rc.Shared()), acting="ben")))
        heard.append(shown(refusal(journal, send(evolve(sent, author="ana")))))
    return heard


IDS: Final = ("own0", "own1", "own2", "own3", "q1", "r1", "r9", "p4", "p9", "t0", "t1", "x1", "x2", "hours")


def test_all_of_it_at_once_teaches_nothing(opening: Opening) -> None:
    """After everything that ben can try he has heard the same, and sees the same, whatever ana keeps private."""
    with opening() as plain, opening() as private:
        heard = [everything_tried(house(journal, kept)) for journal, kept in ((plain, nothing), (private, much))]
        assert heard[0] == heard[1]
        assert any("AlreadyThere" in each for each in heard[0])
        assert any("IdConflict" in each for each in heard[0])
        assert_alike(plain, private, reader="ben", circle="c1", at=[AFTER], ids=IDS)


@pytest.mark.parametrize("kept", ["much", "something else"])
def test_nobody_can_tell_that_someone_went_quiet_or_put_an_offer_aside(kept: str) -> None:
    """Week after week, also when the offer that ana muted has expired: to ben it is an ordinary quiet."""
    with memory() as plain, memory() as private:
        for journal, keeping in ((plain, nothing), (private, PRIVATE[kept])):
            house(journal, keeping)
        at = [NOW, CLOSES - TICK, CLOSES, NOW + 6 * DAY, NOW + 31 * DAY]
        assert_alike(plain, private, reader="ben", circle="c1", at=at, ids=IDS)
        (told, quiet) = (rc.outlook(look(journal, "ben", NOW + 2 * DAY)) for journal in (plain, private))
        assert told == quiet
        assert told.awaiting
        with pytest.raises(AssertionError, match="twins that ana cannot tell apart"):
            assert_alike(plain, private, reader="ana", circle="c1", at=[NOW])


@rc.register
@frozen
class Never:
    """A rule of a hostile app: nothing, ever."""

    kind: ClassVar[str] = "test.never_at_all"

    def ruling(self, action: rc.Action, *, at: Any, told: rc.Told) -> rc.Ruling:  # noqa: ANN401, ARG002 - a hostile rule
        """Deny whatever it is."""
        return rc.Ruling(deny=True)


class TestPausing:
    """Nobody denies, shortens or wears out another's pause, nor stretches their own into a silence."""

    def test_a_pause_is_there_whatever_stands_in_its_way(self, opening: Opening) -> None:
        """With a rule that denies everything, and the same id taken, ana's call begins her twenty minutes."""
        with opening() as journal:
            house(journal, nothing)
            wall = look(journal, "ben").state(rc.Boundaries, "b1").add_layer(Never(), by="ben", at=TRIED)
            journal.append(*wall.acts_of("ben"), acting="ben")
            squatting: list[rc.Body] = [
                Called(back_at=TRIED, topic="health"),
                Returned(),
                Updated(back_at=TRIED),
                TalkStopped(),
            ]
            for number, body in enumerate(squatting):
                journal.append(say("ben", body, "t2", id_=f"x{number}"), acting="ben")
            keep(journal, rc.TimeOut.call(id="t2", circle="c1", by="ana", at=TRIED + MINUTE))
            for number, body in enumerate(squatting[:3]):
                journal.append(say("ben", body, "t2", TRIED + 2 * MINUTE, f"y{number}"), acting="ben")
            view = look(journal, "ana", TRIED + 3 * MINUTE)
            pause = view.state(rc.TimeOut, "t2")
            assert pause.phase(at=TRIED + 21 * MINUTE - TICK) is rc.Phase.RESTING
            assert pause.back_at(at=view.at) == TRIED + 21 * MINUTE
            tonight = next(view.state(rc.CheckInSchedule, "s1").occurrences(rc.Window(NOW - HOUR, NOW)))
            assert rc.precedence(view, tonight).by is rc.Decider.TIME_OUT
            for what in rc.Undenied:
                denied = rc.Undeniable(by="ana", what=what, toward="ben")
                assert view.state(rc.Boundaries, "b1").ruling(denied, at=view.at).permits

    def test_ending_the_talk_again_and_again_refuses_no_pause(self, opening: Opening) -> None:
        """Whoever ends each talk at once ends a talk, and never keeps anyone from pausing the next one."""
        with opening() as journal:
            house(journal, nothing)
            for minute in range(5):
                at = TRIED + minute * MINUTE
                keep(journal, rc.TimeOut.call(id=f"t{minute + 2}", circle="c1", by="ana", at=at))
                assert look(journal, "ana", at).state(rc.TimeOut, f"t{minute + 2}").phase(at=at) is rc.Phase.RESTING
                stopped = look(journal, "ben", at).state(rc.TimeOut, f"t{minute + 2}").stop(by="ben", at=at + TICK)
                journal.append(*stopped.acts_of("ben"), acting="ben")
            keep(journal, rc.TimeOut.call(id="t9", circle="c1", by="ana", at=AFTER + MINUTE))
            last = look(journal, "ana", AFTER + MINUTE).state(rc.TimeOut, "t9")
            assert last.phase(at=AFTER + 20 * MINUTE) is rc.Phase.RESTING

    def test_nobody_stays_away_for_longer_than_a_day(self, opening: Opening) -> None:
        """Times beyond 24 hours that no verb looked at count for nothing, at the call and later."""
        with opening() as journal:
            house(journal, nothing)
            called, called_at = Called(back_at=LATER), TRIED
            journal.append(say("ben", called, "t2"), acting="ben")
            for hours in (1, 12, 23, 24, 30):
                at = called_at + hours * HOUR
                journal.append(say("ben", Updated(back_at=at + 2 * DAY), "t2", at, f"x{hours}-"), acting="ben")
            pause = look(journal, "ana", LATER).state(rc.TimeOut, "t2")
            assert pause.phase(at=called_at + DAY - TICK) is rc.Phase.WAITING
            assert pause.phase(at=called_at + DAY) is rc.Phase.RELEASED
            assert pause.back_at(at=called_at + DAY) is None

    def test_calling_again_and_again_silences_no_topic(self, opening: Opening) -> None:
        """Two days after the first call the topic can be raised, however often ben called and came back meanwhile."""
        with opening() as journal:
            house(journal, nothing)
            for hours in range(0, 48, 6):
                at = TRIED + hours * HOUR
                pause = rc.TimeOut.call(id=f"again{hours}", circle="c1", by="ben", at=at, topic="rent")
                keep(journal, pause.returned(by="ben", at=at + 5 * HOUR))
                hushed = rc.TimeOut.call(id=f"hush{hours}", circle="c1", by="ben", at=at, topic="children")
                keep(journal, hushed)
            view = look(journal, "ana", TRIED + 48 * HOUR)
            for pause in view.all(rc.TimeOut):
                window = view.state(rc.RecoveryWindow, pause.id) if pause.id.startswith("again") else None
                assert window is None or not window.may_raise("rent", at=TRIED + 48 * HOUR - TICK)
                assert window is None or window.may_raise("rent", at=view.at)
                assert window is None or window.may_raise("children", at=TRIED + HOUR)


class TestPestering:
    """One unasked offer a week on one subject, by whatever door it comes in."""

    def test_withdrawing_first_gains_nothing(self, opening: Opening) -> None:
        """An offer that was taken back was made: the week goes on, to the same instant."""
        with opening() as journal:
            house(journal, much)
            out = look(journal, "ben").state(rc.Proposal, "p4").withdraw(by="ben", at=TRIED)
            journal.append(*out.acts_of("ben"), acting="ben")
            assert str(refusal(journal, offer())) == NOT_YET
            assert refusal(journal, offer(at=NOW + 6 * DAY - TICK)).args == refusal(journal, offer()).args
            assert look(journal, "ben", NOW + 6 * DAY).offer(rc.Note(text="a swim"), id="p9").offers

    def test_a_counter_is_one_reply(self, opening: Opening) -> None:
        """Ben may answer her open offer with another one, once; then it is hers to say something, or nothing."""
        with opening() as journal:
            house(journal, much)
            p = look(journal, "ben").state(rc.Proposal, "p5")
            p = p.counter(by="ben", offer=p.offer.id, value=rc.Note(text="gin"), at=TRIED)
            journal.append(*p.acts_of("ben"), acting="ben")
            more = told(rc.Proposal, "p5", "counter", offer=p.offer.id, value=rc.Note(text="rum"), at=AFTER)
            assert shown(refusal(journal, more)) == shown(NotYours())
            out = look(journal, "ben").state(rc.Proposal, "p5").withdraw(by="ben", at=TRIED)
            journal.append(*out.acts_of("ben"), acting="ben")
            assert str(refusal(journal, more)) == "expected an offer that is open at that time"
            for old in DRINK.offers:
                again = told(rc.Proposal, "p5", "counter", offer=old.id, value=rc.Note(text="rum"), at=AFTER)
                assert type(refusal(journal, again)) is Superseded
            assert str(refusal(journal, offer())) == NOT_YET

    def test_a_hundred_offers_around_the_verb_are_shown_as_one(self, opening: Opening) -> None:
        """Whatever ids, subjects and made-up kinds they come with, ana is shown the first one of each subject."""
        with opening() as journal:
            house(journal, nothing)
            for number in range(100):
                what = UnknownBody(name=f"x{number}", payload="{}") if number % 2 else rc.Note(text=f"{number}")
                body = Offered(value=what, about=f"s{number}" if number % 3 else None)
                at = TRIED + number * HOUR
                journal.append(say("ben", body, f"o{number}", at, f"x{number}-"), acting="ben")
            shown_to_ana = {waiting.proposal for waiting in rc.outlook(look(journal, "ana", TRIED + 5 * DAY)).awaiting}
            assert shown_to_ana == {"p4", "p5", "o1"}


def replaced(journal: rc.Journal) -> None:
    """Let ben talk ana into a baseline of nothing; she takes it back within the day."""
    p = look(journal, "ben").offer(rc.Baseline(rules=()), id="p9", about="b1")
    journal.append(*p.acts_of("ben"), acting="ben")
    p = look(journal, "ana").state(rc.Proposal, "p9").accept(by="ana", offer=p.offer.id, at=TRIED)
    journal.append(*p.acts_of("ana"), acting="ana")
    later = look(journal, "ana", TRIED + 23 * HOUR).state(rc.Proposal, "p9").withdraw(by="ana", at=TRIED + 23 * HOUR)
    journal.append(*later.acts_of("ana"), acting="ana")


GOING: Final[dict[str, Keep]] = {
    "withdrawing": lambda journal: journal.append(
        *look(journal, "ben").state(rc.Proposal, "p3").withdraw(by="ben", at=TRIED).acts_of("ben"), acting="ben"
    ),
    "leaving": lambda journal: journal.append(say("ben", rc.Left()), acting="ben"),
    "erasing himself": lambda journal: journal.erase("ben", acting="ben", at=TRIED),
    "letting it lapse": nothing,
    "another baseline, and out of it": replaced,
}


@pytest.mark.parametrize("going", GOING)
def test_nothing_that_protects_another_goes_with_its_partner(going: str, opening: Opening) -> None:
    """Withdrawing, leaving, erasing himself, waiting, a talked-into yes: what protects ana stays until she drops it."""
    hug, deep = rc.ComeClose(by="ben", toward="ana", gesture="hug"), rc.AskQuestion(by="ben", toward="ana", depth=3)
    with opening() as journal:
        house(journal, much)
        GOING[going](journal)
        for at in (AFTER, TRIED + 23 * HOUR, TRIED + 25 * HOUR, NOW + 89 * DAY, NOW + 400 * DAY):
            b = look(journal, "ana", at).state(rc.Boundaries, "b1")
            assert set(b.rules(of="ana", at=at)) == {LIGHT, NIGHT, MINE}
            assert b.ruling(hug, at=at).ask_first == {"ana"}
            assert b.ruling(deep, at=at).deny
        own = b.drop(MINE, by="ana", at=at)
        assert MINE not in own.rules(of="ana", at=at)


def test_one_yes_lets_nobody_in(opening: Opening) -> None:
    """Ben's welcome alone brings no third person in, before or after he says that the circle should end."""
    with opening() as journal:
        house(journal, much)
        journal.append(say("ben", Welcomed(person="zoe")), say("ben", Ended(), id_="x2"), acting="ben")
        for at in (TRIED, AFTER, LATER):
            refused = refusal(journal, send(say("zoe", Joined(), at=at), acting="zoe"))
            assert shown(refused) == shown(NotAMember())
            assert look(journal, "ana", at).members == US.ids
            assert not look(journal, "ana", at).membership.is_over(at)


def test_a_question_that_was_there_before_opens_no_answer_to_another(opening: Opening) -> None:
    """Ben guesses the id of her next question and asks under it first, to close sooner: her answer is to hers alone."""
    with opening() as journal:
        house(journal, much)
        trap = Asked(prompt=rc.Note(text="?"), closes=TRIED + HOUR)
        journal.append(say("ben", trap, "r3"), acting="ben")
        hers = rc.Reveal.of(
            rc.Note(text="What hurt?"), closes=CLOSES, id="r3", circle="c1", by="ana", at=TRIED + MINUTE
        )
        journal.append(*hers.answer("that you left", by="ana", at=TRIED + MINUTE).acts, acting="ana")
        empty = say("ben", Answered(text=""), "r3", TRIED + 2 * MINUTE, "a3", rc.Sealed("r3"))
        journal.append(empty, acting="ben")
        for at in (TRIED + HOUR, CLOSES, LATER):
            answers = look(journal, "ben", at).entries(kind=Answered, about="r3")
            assert [entry.author for entry in answers] == ["ben"]


def test_a_question_opens_when_it_said_and_never_before(opening: Opening) -> None:
    """Asking again with an earlier end, answering emptily, guessing and erasing oneself open nothing early."""
    with opening() as journal:
        house(journal, much)
        sooner = Asked(prompt=rc.Note(text="?"), closes=TRIED + MINUTE)
        journal.append(say("ben", sooner, "r1"), say("ben", sooner, "r2", id_="x2"), acting="ben")
        for name in ("r1", "r2"):
            empty = say("ben", Answered(text=""), name, id_=f"a{name}", audience=rc.Sealed(name))
            journal.append(empty, acting="ben")
        for at in (TRIED + MINUTE, NOW + 12 * HOUR, CLOSES - TICK):
            view = look(journal, "ben", at)
            assert {entry.author for entry in view.entries(kind=Answered)} == {"ben"}
            assert view.state(rc.Reveal, "r1").opened(at=LATER) is None
            assert not view.state(rc.Reveal, "r1").has_answer(of="ana", at=at)
        assert {entry.author for entry in look(journal, "ben", CLOSES).entries(kind=Answered)} == {"ana", "ben"}
        journal.erase("ben", acting="ben", at=CLOSES - HOUR)
        assert {entry.author for entry in look(journal, "ana", LATER).entries(kind=Answered)} == {"ana"}


WEEK: Final = rc.Window(pendulum.datetime(2026, 1, 12), pendulum.datetime(2026, 1, 26))
SPRING: Final = rc.Window(pendulum.datetime(2026, 3, 20), pendulum.datetime(2026, 4, 10))
ANY_TIME: Final = rc.publish(
    rc.WeeklyHours("Asia/Tokyo", {day: ["00:00-24:00"] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")})
)


def slots(journal: rc.Journal) -> rc.Windows:
    """Return when hundreds of questions say that ana can be asked, if ben says that he always can."""
    hours = {**rc.all_published(look(journal, "ben")), "ben": ANY_TIME}
    found: list[rc.Window] = []
    for day, quarters, per_week, fair in product(range(7), range(1, 13), (1, 2, 7), (0, 1)):
        within = rc.Window(WEEK.start + day * DAY, WEEK.start + (day + 7) * DAY)
        length = quarters * 15 * MINUTE
        answer = rc.mutual_times(hours, length=length, within=within, per_week=per_week, predictability=fair)
        for each in answer.suggestions:
            found += [rc.Window.of(at, length) for r in each.rhythm.recurrences for at in r.between(within)]
    return rc.Windows.of(*found)


def test_a_thousand_questions_about_times_tell_what_was_published_and_no_more() -> None:
    """Ben says that he always can, and puts the answers together: at most the hours that ana published."""
    busy, other = (
        rc.Windows.of(rc.Window.of(pendulum.datetime(2026, 1, 13, 18, late), length * MINUTE))
        for late, length in ((7, 41), (1, 59))
    )
    calendars = [rc.publish(HER_HOURS, busy=each, within=WEEK) for each in (busy, other)]
    assert calendars[0] == calendars[1]
    answers: list[rc.Windows] = []
    for calendar, keeping in zip(calendars, (nothing, much), strict=True):
        with memory() as journal:
            house(journal, keeping)
            journal.append(say("ana", calendar, at=NOW, id_="week"), acting="ana")
            answers.append(slots(journal))
            assert answers[-1]
            assert not answers[-1] - calendar.windows(WEEK)
            assert not answers[-1] & busy
    assert answers[0] == answers[1]


def test_asking_what_strains_at_every_quarter_of_an_hour_tells_no_more() -> None:
    """Only what was inside the hours that ana published, and no longer is, needs a new time; ben never hears why."""
    with memory() as journal:
        house(journal, much)
        hers = rc.all_published(look(journal, "ben"))["ana"]
    strained = 0
    for quarter in range(96):
        minutes = divmod(15 * quarter, 60)
        starts = rc.Recurrence.weekly(
            "TU", "WE", time=f"{minutes[0]:02}:{minutes[1]:02}", zone="Asia/Tokyo", starts=SPRING.start.date()
        )
        rhythm = rc.Rhythm.of(starts, length=15 * MINUTE)
        answer = rc.strains(rhythm, {"ana": hers, "ben": ANY_TIME}, SPRING, for_="ben")
        weeks = {at: hers.level(rc.Window.of(at, 15 * MINUTE)) for at in starts.between(SPRING)}
        for each in answer.strained:
            assert each.change is None
            assert weeks[each.start] is None
            earlier = (level for at, level in weeks.items() if each.start in {at + 7 * DAY, at + 14 * DAY})
            assert any(level is not None for level in earlier)
        strained += len(answer.strained)
    assert strained


def test_an_entry_is_its_authors_for_good(opening: Opening) -> None:
    """Ben's own ids take nothing from hers, a second content under one is told to him alone, and hers stays."""
    with opening() as journal:
        house(journal, much)
        before = [shown(entry) for entry in look(journal, "ana", AFTER).entries() if entry.author == "ana"]
        for entry in look(journal, "ana", AFTER).entries():
            shadow = say("ben", rc.Note(text="shadow"), entry.about, id_=entry.id)
            assert type(journal.append(shadow, acting="ben")[0]) in {Stored, IdConflict}
            assert journal.append(evolve(shadow, body=rc.Note(text="more")), acting="ben") == (IdConflict(entry.id),)
        for entry in look(journal, "ben", AFTER).entries():
            if entry.author == "ana":
                assert journal.append(entry, acting="ben") == (AlreadyThere(entry.id),)
                changed = evolve(entry, about="elsewhere")
                assert shown(refusal(journal, send(changed))) == shown(NotYours())
        after = [shown(entry) for entry in look(journal, "ana", AFTER).entries() if entry.author == "ana"]
        assert after == before
