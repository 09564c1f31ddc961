"""The house of two people on a hard evening: all that they can agree on, write, or keep to themselves."""

import datetime as dt
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pendulum
import pytest

import reconnect as rc
from reconnect.primitives.checkin.acts import Felt
from reconnect.record.entry import Audience

MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)

NOW: Final = pendulum.datetime(2026, 1, 6, 19, 5)  # a check-in is open: it began at 20:00 in Paris
BEGAN: Final = NOW.subtract(days=10)
TRIED: Final = NOW.add(minutes=1)  # when ben tries
AFTER: Final = NOW.add(minutes=5)  # when ana looks
CLOSES: Final = NOW.add(days=1)

US: Final = rc.Circle(
    id="c1", members=(rc.Person(id="ana", zone="Europe/Paris"), rc.Person(id="ben", zone="Asia/Tokyo"))
)
LIGHT: Final = rc.DepthLimit(deepest=1)
NIGHT: Final = rc.QuietHours(hours=rc.WeeklyHours("Europe/Paris", {"TU": ["22:00-24:00"], "WE": ["00:00-07:00"]}))
MINE: Final = rc.ByConsent()
HER_HOURS: Final = rc.WeeklyHours("Europe/Paris", {"TU": ["18:00-21:30"], "SA": ["09:30-12:00"]})

MONDAYS: Final = rc.Recurrence.weekly("MO", time="09:00", zone="Europe/Paris", starts=dt.date(2025, 12, 29))

Opening = Callable[[], AbstractContextManager[rc.Journal]]
Keep = Callable[[rc.Journal], object]


@contextmanager
def memory() -> Iterator[rc.Journal]:
    """Open a journal in memory."""
    yield rc.MemoryJournal(key=b"k" * 32)


@contextmanager
def sql() -> Iterator[rc.Journal]:
    """Open a journal in a SQLite file."""
    if importlib.util.find_spec("sqlalchemy") is None:
        pytest.skip("SQLAlchemy is missing: coercion over SqlJournal was NOT tested")
    from reconnect.edges.sql import SqlJournal  # noqa: PLC0415 - an optional extra

    with TemporaryDirectory() as folder, SqlJournal.open(Path(folder) / "us.db", key=b"k" * 32) as journal:
        yield journal


OPENINGS: Final[dict[str, Opening]] = {"memory": memory, "sqlite": sql}


def keep(journal: rc.Journal, *stories: rc.Story) -> None:
    """Let everyone write down their own part of some stories."""
    for story in stories:
        for person in sorted({act.author for act in story.acts}):
            journal.append(*story.acts_of(person), acting=person)


def look(journal: rc.Journal, who: str, at: dt.datetime = TRIED) -> rc.View:
    """Look into the circle."""
    return journal.view(who, circle="c1", at=at)


def say(  # noqa: PLR0917 - it reads as a sentence: who says what, about what, when
    by: str,
    body: rc.Body,
    about: str | None = None,
    at: dt.datetime = TRIED,
    id_: str = "x1",
    audience: Audience | None = None,
) -> rc.Entry:
    """Return an entry that no verb looked at."""
    heard = rc.Shared() if audience is None else audience
    return rc.Entry(circle="c1", author=by, id=id_, at=pendulum.instance(at), body=body, audience=heard, about=about)


def agree(value: rc.Body, id_: str, *, about: str | None = None, by: str = "ana") -> rc.Proposal:
    """Let both say yes to something."""
    p = rc.Proposal.of(value, id=id_, circle=US, by=by, at=BEGAN + DAY, about=about)
    return p.accept(by="ben" if by == "ana" else "ana", offer=p.offer.id, at=BEGAN + DAY + HOUR)


def offered(value: rc.Body, id_: str, *, by: str, at: dt.datetime, about: str | None = None) -> rc.Proposal:
    """Let somebody offer something that the other has not answered."""
    return rc.Proposal.of(value, id=id_, circle=US, by=by, at=at, about=about)


def haggled() -> rc.Proposal:
    """Return a proposal with three offers: ana's tea, ben's coffee, and ana's water."""
    p = offered(rc.Note(text="tea"), "p5", by="ana", at=NOW - 3 * HOUR)
    p = p.counter(by="ben", offer=p.offer.id, value=rc.Note(text="coffee"), at=NOW - 2 * HOUR)
    return p.counter(by="ana", offer=p.offer.id, value=rc.Note(text="water"), at=NOW - HOUR)


RHYTHM: Final = rc.Rhythm.of(
    rc.Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2025, 12, 28)), early=0 * HOUR, late=HOUR
)
AGREED: Final = agree(RHYTHM, "p1")
SCHEDULE: Final = rc.CheckInSchedule.of(AGREED, id="s1", by="ana", at=BEGAN + 2 * DAY)
PAST: Final = tuple(SCHEDULE.occurrences(rc.Window(BEGAN + 3 * DAY, NOW - DAY)))
BASELINE: Final = agree(rc.Baseline(rules=(LIGHT, NIGHT)), "p3", about="b1")
WALK: Final = offered(rc.Note(text="a walk"), "p4", by="ben", at=NOW - DAY)
DRINK: Final = haggled()
BOUNDARIES: Final = (
    rc.Boundaries.agree(BASELINE, id="b1", by="ana", at=BEGAN + 2 * DAY)
    .uphold(by="ben", at=BEGAN + 2 * DAY)
    .add_layer(MINE, by="ana", at=BEGAN + 3 * DAY)
)
QUESTION: Final = rc.Reveal.of(
    rc.Note(text="What went well?"), closes=CLOSES, id="r1", circle=US, by="ana", at=NOW - HOUR
)
EARLIER: Final = rc.TimeOut.call(id="t0", circle=US, by="ana", at=NOW - 6 * HOUR, topic="dishes")
PAUSE: Final = rc.TimeOut.call(id="t1", circle=US, by="ana", at=NOW - 5 * MINUTE, back_at=NOW + 2 * HOUR, topic="money")
BACK: Final = EARLIER.returned(by="ana", at=NOW - 5 * HOUR)


TURNS: Final = rc.Rotation.of(
    agree(rc.RotationPlan.of(["ana", "ben"], handoff=MONDAYS), "p6", about="o1"), id="o1", by="ana", at=BEGAN + 2 * DAY
)
NOW_ON, HERS, HIS, *_ = TURNS.turns(rc.Window(NOW, NOW + 30 * DAY))  # this week's turn is ben's, the next is hers
REPAIR: Final = rc.Repair(did="I slammed the door.", effect="You were startled.", change="I close it gently.")
AMENDS: Final = rc.Amends.of(REPAIR, id="a1", circle=US, by="ana", at=NOW - 3 * HOUR)
CALM: Final = rc.Reassurance.of("We are okay.", id="w1", circle=US, by="ana", at=BEGAN + DAY)
CARD: Final = rc.CapacityCard.of(id="k1", circle=US, by="ana", at=NOW - 2 * HOUR)
DRIFT: Final = rc.Drift.over("the move", closes=CLOSES, id="d1", circle=US, by="ben", at=NOW - 2 * HOUR)


def house(journal: rc.Journal, private: Keep) -> rc.Journal:
    """Let two people agree on what they can agree on; ana has called a time-out, and keeps things to herself."""
    journal.found(US, by="ana", at=BEGAN)
    first, second, *_ = PAST
    schedule = SCHEDULE.hold(first.key, by="ana", at=first.start).hold(second.key, by="ben", at=second.start)
    nudges = rc.Invitation.of(id="i1", circle=US, by="ana", at=NOW - DAY).renew(by="ben", at=NOW - DAY)
    terms = agree(rc.RecoveryTerms(), "p2", by="ben")
    keep(journal, schedule, terms, BOUNDARIES, WALK, DRINK, QUESTION, PAUSE, BACK, nudges)
    keep(journal, TURNS, AMENDS, CALM, CARD, DRIFT)
    after = rc.RecoveryWindow.after(BACK, terms=[terms]).bring_up("an old wound", by="ana", at=NOW - 4 * HOUR)
    keep(journal, after)
    keep_hours = say("ana", rc.publish(HER_HOURS), at=BEGAN + DAY, id_="hours")
    journal.append(keep_hours, acting="ana")
    private(journal)
    return journal


def nothing(journal: rc.Journal) -> None:
    """Keep nothing private at all."""


def much(journal: rc.Journal, *, word: str = "tired", number: int = 1) -> None:
    """Go quiet, set offers aside, answer the question, take it back and answer again, and write for oneself."""
    answered = QUESTION.answer(word, by="ana", at=NOW - 50 * MINUTE).retract(by="ana", at=NOW - 40 * MINUTE)
    answered = answered.answer(word * 2, by="ana", at=NOW - 30 * MINUTE)
    win = rc.RecoveryWindow.after(BACK).celebrate(word, by="ana", at=NOW - 2 * HOUR)
    muted = WALK.mute(by="ana", offer=WALK.offer.id, at=NOW - HOUR)
    quiet = rc.Quiet.go(id="q1", circle=US, by="ana", at=NOW - HOUR)
    part = DRIFT.own(rc.MyPart(text=word * number), by="ana", at=NOW - HOUR)
    draft = rc.Amends.draft(rc.Repair(did=word), id="a2", circle=US, by="ana", at=NOW - HOUR)
    for story in (answered, win, muted, quiet, part, draft):
        journal.append(*story.acts_of("ana"), acting="ana")
    own: list[rc.Body] = [
        rc.Note(text=word),
        rc.NudgeCap(most=number),
        Felt(key=PAST[0].key, constructive=number),
        rc.Note(text="I am afraid"),
    ]
    for place, body in enumerate(own):
        told = say("ana", body, ("t1", "b1", "s1", None)[place], NOW - HOUR, f"own{place}", rc.Private())
        journal.append(told, acting="ana")


PRIVATE: Final[dict[str, Keep]] = {
    "nothing": nothing,
    "much": much,
    "something else": partial(much, word="a long walk by the river", number=4),
}
