"""A support room by example: an evening of one's own, what stays unseen, what is refused, and where there is help."""

import datetime as dt
from typing import ClassVar, Final

import pendulum
import pytest
from attrs import frozen

import reconnect as rc
from reconnect.errors import InvalidAudience, InvalidBody, InvalidHelp, NotYours
from reconnect.record.kind import as_shared

EVENING: Final = pendulum.datetime(2026, 1, 6, 19, 5)  # the check-in of 20:00 in Paris is open
DAY: Final = dt.timedelta(days=1)
US: Final = rc.Circle(
    id="c1", members=(rc.Person(id="ana", zone="Europe/Paris"), rc.Person(id="ben", zone="Europe/Paris"))
)
LINE: Final = rc.Help(name="A line", reach="call 123", regions=("FR",), languages=("fr", "en"))
CHAIRS: Final = rc.Help(name="Two chairs", reach="write to us", whom=rc.HelpKind.COUPLE)


@pytest.fixture
def journal() -> rc.MemoryJournal:
    """Return the journal of two people with a check-in every evening, turns, and a talk they came back to."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=EVENING - 9 * DAY)
    rule = rc.Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 1))
    mondays = rc.Recurrence.weekly("MO", time="09:00", zone="Europe/Paris", starts=dt.date(2025, 12, 29))
    plan = rc.RotationPlan.of(["ana", "ben"], handoff=mondays)
    values: list[rc.Body] = [rc.Rhythm.of(rule), plan, rc.RecoveryTerms()]
    agreed = [rc.Proposal.of(v, id=f"p{n}", circle=US, by="ana", at=EVENING - 8 * DAY) for n, v in enumerate(values)]
    agreed = [p.accept(by="ben", offer=p.offer.id, at=EVENING - 8 * DAY) for p in agreed]
    s = rc.CheckInSchedule.of(agreed[0], id="s1", by="ana", at=EVENING - 7 * DAY)
    r = rc.Rotation.of(agreed[1], id="o1", by="ana", at=EVENING - 7 * DAY)
    back = rc.TimeOut.call(id="t1", circle="c1", by="ben", at=EVENING - DAY).returned(by="ben", at=EVENING - DAY / 2)
    walk = rc.Proposal.of(rc.Note(text="a walk"), id="walk", circle=US, by="ben", at=EVENING - DAY)
    for story in (*agreed, s, r, back, walk):
        for act in story.acts:
            journal.append(act, acting=act.author)
    return journal


def told(journal: rc.MemoryJournal, person: str, **more: object) -> list[str]:
    """Return what one person reads."""
    view = journal.view(person, circle="c1", at=EVENING)
    return [rc.render(phrase, zone=view.zone) for phrase in rc.outlook(view, **more).phrases()]  # type: ignore[arg-type]  # passed on


OWN: Final = [
    "There is time for yourself now, until 22:00. A few words are plenty, and so are none.",
    "Your next time for yourself is on Wednesday 7 January at 20:00, for about 15 minutes.",
    "Until Monday 12 January at 09:00 you can choose what your time is about. Nothing needs to come of it.",
]


def test_an_evening_of_ones_own_has_the_shape_of_any_other(journal: rc.MemoryJournal) -> None:
    """The same slots, times and number of sentences; nothing urges towards the other, and ben reads what he read."""
    mine, theirs = told(journal, "ana"), told(journal, "ben")
    journal.append(*rc.SupportRoom.tell(id="u1", circle="c1", by="ana", at=EVENING).acts, acting="ana")
    assert told(journal, "ana")[:3] == OWN
    assert told(journal, "ben") == theirs
    assert mine[0].startswith("A check-in is open now")
    assert mine[2].endswith("who opens the check-in.") or "it is your turn" in mine[2]
    assert any("come back to each other gently" in said for said in mine)
    assert not any("each other gently" in said or "a walk" in said for said in told(journal, "ana"))
    assert told(journal, "ana") == told(journal, "ana", told=rc.FearAnswer())


def test_a_room_has_no_name_in_the_outlook_of_its_author(journal: rc.MemoryJournal) -> None:
    """No label, no score, no claim about safety: nothing of it could be read over a shoulder."""
    journal.append(*rc.SupportRoom.tell("I hide.", id="u1", circle="c1", by="ana", at=EVENING).acts, acting="ana")
    words = " ".join(told(journal, "ana", directory=(LINE, CHAIRS))).lower()
    assert not any(word in words for word in ("afraid", "fear", "safe", "danger", "risk", "support room", "i hide"))
    assert words.endswith("for one person at a time, for any reason and for none: a line, call 123")
    assert "two chairs" not in words


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        (rc.Slots(), ["support.nothing_next"]),
        (rc.Slots(follow_up=EVENING), ["support.nothing_next", "support.follow_up"]),
    ],
)
def test_where_nothing_stands_nothing_stands_for_oneself(slots: rc.Slots, said: list[str]) -> None:
    """An empty day is an empty day for everyone, and a follow-up leaves its time."""
    assert [phrase.key for phrase in slots.solo()] == said
    assert len(list(slots.joint(to="ana"))) == len(said)


def test_turns_without_an_end_and_what_a_break_kept_closed_have_a_place_of_ones_own(journal: rc.MemoryJournal) -> None:
    """Each joint sentence has one that stands for it."""
    view = journal.view("ana", circle="c1", at=EVENING)
    look = rc.outlook(view)
    key = rc.TurnKey(rotation="o1", ordinal=0)
    turn = rc.Turn(key=key, holder="ana", planned="ana", reason=rc.TurnReason.PLAN, start=EVENING)
    slots = rc.Slots(next=look.next, turn=turn, again=look.open)
    last = rc.Slots(open=look.open)  # with something open, nothing is said of what does not come next
    assert [phrase.key for phrase in (*last.solo(), *last.joint(to="ana"))] == ["support.open", "outlook.open"]
    assert [phrase.key for phrase in slots.solo()] == ["support.next", "support.turn_open", "support.again"]
    assert [phrase.key for phrase in slots.joint(to="ana", gently=True)] == [
        "outlook.next",
        "rotation.yours_open",
        "outlook.again",
    ]


def test_a_room_is_its_authors_alone() -> None:
    """Others can neither close it nor answer in it; saying it again and closing twice are fine."""
    room = rc.SupportRoom.tell(id="u1", circle="c1", by="ana", at=EVENING)
    for verb in (room.close, room.tell_again):
        with pytest.raises(NotYours):
            verb(by="ben", at=EVENING)
    closed = room.close(by="ana", at=EVENING + DAY)
    assert closed.close(by="ana", at=EVENING + DAY) is closed
    assert closed.tell_again(by="ana", at=EVENING + 2 * DAY).holds(at=EVENING + 2 * DAY)
    assert not rc.SupportRoom(id="u1", circle="c1").holds(at=EVENING)


def test_nothing_of_a_room_can_be_shared_or_offered() -> None:
    """Not by its author either, and not by a version that does not know the kind."""
    unknown = rc.UnknownBody(name="support.newer", payload="{}")
    for body in (rc.FearAnswer(words="secret"), unknown):
        for audience in (rc.Shared(), rc.Sealed("r1")):
            with pytest.raises(InvalidAudience, match="expected Private for this kind of body"):
                rc.Entry(circle="c1", author="ana", id="x", at=EVENING, body=body, audience=audience)
        with pytest.raises(InvalidBody, match="a private one"):
            as_shared(body)
        assert rc.Entry(circle="c1", author="ana", id="x", at=EVENING, body=body).audience == rc.Private()
    assert "secret" not in repr(rc.FearAnswer(words="secret"))
    with pytest.raises(InvalidBody, match="a text"):
        rc.FearAnswer(words=3)  # type: ignore[arg-type]  # wrong on purpose


def test_a_host_cannot_give_such_a_kind_to_everyone() -> None:
    """A kind that is set apart is private, or it is refused."""

    @frozen
    class Overheard:
        kind: ClassVar[str] = "support.overheard"

    with pytest.raises(InvalidBody, match="a private kind for what is set apart"):
        rc.register(Overheard)


def test_a_directory_is_read_by_region_and_language() -> None:
    """What names no region or language may suit anyone."""
    assert rc.nearby((LINE, CHAIRS), region="FR", languages=["en"]) == (LINE, CHAIRS)
    assert rc.nearby((LINE, CHAIRS), region="BE") == (CHAIRS,)
    assert rc.nearby((LINE, CHAIRS), languages=["nl"]) == (CHAIRS,)
    assert rc.Help(name="x", reach="y", regions=["FR", "FR"]).regions == ("FR",)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": " "}, "expected a name, and how to reach it, got a text without words"),
        ({"reach": ""}, "expected a name, and how to reach it, got a text without words"),
        ({"whom": "couple"}, "expected help for one person or for a couple, got a str"),
        ({"regions": "FR"}, "expected several names of regions or languages, got one text"),
        ({"languages": [""]}, "expected a name, and how to reach it, got a text without words"),
    ],
)
def test_what_is_no_help_is_refused(given: dict[str, object], message: str) -> None:
    """Each refusal says what was expected."""
    with pytest.raises(InvalidHelp) as refusal:
        rc.Help(**{"name": "x", "reach": "y", **given})  # type: ignore[arg-type]  # wrong on purpose
    assert str(refusal.value) == message


def test_help_for_a_couple_cannot_stand_alone() -> None:
    """Not even by hand; and one kind does not slip among the other."""
    with pytest.raises(InvalidHelp, match="help for one person beside help for a couple, got none"):
        rc.Support(together=(CHAIRS,))
    for alone, together in (((CHAIRS,), ()), ((LINE,), (LINE,))):
        with pytest.raises(InvalidHelp, match="help of one kind in one place"):
            rc.Support(alone=alone, together=together)
    assert len(rc.Support(alone=(LINE,), together=(CHAIRS,)).phrases()) == 2


def test_everyone_finds_the_routine_question_and_the_room() -> None:
    """The routine question is there for everyone, whatever they wrote, and so is what a room asks."""
    assert rc.render(rc.Support().asks) == "I could say what I wanted."
    assert rc.render(rc.Support().room).endswith("because of what might follow?")


def test_whoever_left_and_whoever_is_quiet_still_finds_help(journal: rc.MemoryJournal) -> None:
    """Support is undeniable: it asks for no membership and for no reason."""
    journal.append(*rc.Quiet.go(id="q1", circle="c1", by="ben", at=EVENING - DAY).acts, acting="ben")
    gone = rc.Entry(circle="c1", author="ana", id="bye", at=EVENING - DAY, body=rc.Left(), audience=rc.Shared())
    journal.append(gone, acting="ana")
    for person in ("ana", "ben"):
        view = journal.view(person, circle="c1", at=EVENING)
        assert rc.outlook(view, directory=(LINE, CHAIRS)).support == rc.Support(alone=(LINE,))
