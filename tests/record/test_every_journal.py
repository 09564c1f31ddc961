"""Every journal keeps the same promises, wherever it keeps its entries: in memory, or in a database."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Final

import pendulum
import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.edges.places import opened

import reconnect as rc
from reconnect.edges.sql import SqlJournal
from reconnect.errors import NotAMember, NotYours
from reconnect.record import ledger
from reconnect.record.ledger import Ledger
from reconnect.record.sealed import Answered, Retracted

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
LATER: Final = NOW.add(days=400)
ANA: Final = rc.Person(id="ana", zone="America/New_York", name="Ana")
BEN: Final = rc.Person(id="ben", zone="Europe/Paris", name="Ben")
CY: Final = rc.Person(id="cy", zone="Australia/Lord_Howe", name="Cy")
TWO: Final = rc.Circle(id="c1", members=(ANA, BEN))
THREE: Final = rc.Circle(id="c3", members=(BEN, ANA, CY))

Open = Callable[[], Ledger]


@rc.register
@frozen(kw_only=True)
class Walked:
    """A body that a host brings along."""

    kind: ClassVar[str] = "test.walked"

    minutes: int
    where: tuple[str, ...] = ()
    on: dt.date | None = None


@pytest.fixture(params=["memory", "files", "schemas"], ids=["memory", "sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> Iterator[Open]:
    """Return a maker of empty journals, all of one kind."""
    made: list[SqlJournal] = []
    places: Callable[[], str] | None = None if request.param == "memory" else request.getfixturevalue(request.param)

    def make() -> Ledger:
        if places is None:
            return rc.MemoryJournal()
        made.append(opened(places()))
        return made[-1]

    yield make
    for journal in made:
        journal.close()


@pytest.fixture
def journal(empty: Open) -> Ledger:
    """Return a journal with a circle of two."""
    made = empty()
    made.found(TWO, by="ana", at=NOW)
    return made


def note(
    author: str,
    id_: str,
    text: str = "tired",
    *,
    at: pendulum.DateTime = NOW,
    circle: str = "c1",
    shared: bool = False,
    about: str | None = None,
) -> rc.Entry:
    """Return a note."""
    audience = rc.Shared() if shared else rc.Private()
    body = rc.Note(text=text)
    return rc.Entry(circle=circle, author=author, id=id_, at=at, body=body, audience=audience, about=about)


def act(author: str, id_: str, body: rc.Body, at: pendulum.DateTime, circle: str = "c1") -> rc.Entry:
    """Return an act of a circle."""
    return rc.Entry(circle=circle, author=author, id=id_, at=at, body=body, audience=rc.Shared())


def seen(journal: Ledger, reader: str, at: pendulum.DateTime = LATER, circle: str = "c1") -> list[str]:
    """Return the ids of the notes a reader sees, in order."""
    return [entry.id for entry in journal.view(reader, circle=circle, at=at).entries(kind="note")]


def everything(journal: Ledger) -> list[rc.Entry]:
    """Return all of a journal in a fixed order."""
    return sorted(journal.everything(), key=lambda entry: entry.identity)


def agree(journal: Ledger) -> rc.Proposal:
    """Let both say yes to something."""
    offered = rc.Proposal.of(rc.Note(text="no phones at dinner"), id="p1", circle="c1", by="ana", at=NOW)
    journal.append(*offered.acts, acting="ana")
    hour = NOW.add(hours=1)
    known = journal.view("ben", circle="c1", at=hour).state(rc.Proposal, "p1")
    accepted = known.accept(by="ben", offer=known.offer.id, at=hour)
    journal.append(*accepted.acts, acting="ben")
    return accepted


class TestAppending:
    """What is appended is kept once, whole, and under its author's name."""

    def test_an_entry_is_kept(self, journal: Ledger) -> None:
        """What was written is there for its author, unchanged."""
        entry = note("ana", "e1", about="x")
        assert journal.append(entry, acting="ana") == (rc.Stored("e1"),)
        assert journal.view("ana", circle="c1", at=NOW).entries(kind=rc.Note) == (entry,)

    def test_a_retry_costs_nothing(self, journal: Ledger) -> None:
        """The same entry again changes nothing."""
        entry = note("ana", "e1")
        journal.append(entry, acting="ana")
        before = everything(journal)
        assert journal.append(entry, entry, acting="ana") == (rc.AlreadyThere("e1"),) * 2
        assert everything(journal) == before

    def test_the_same_entry_twice_in_one_call_is_kept_once(self, journal: Ledger) -> None:
        """A client that sends a thing twice in one breath gets both answers right."""
        entry = note("ana", "e1")
        assert journal.append(entry, entry, acting="ana") == (rc.Stored("e1"), rc.AlreadyThere("e1"))

    def test_other_content_under_one_id_is_a_conflict(self, journal: Ledger) -> None:
        """What was there stays; the author is told."""
        journal.append(note("ana", "e1", "first"), acting="ana")
        assert journal.append(note("ana", "e1", "second"), acting="ana") == (rc.IdConflict("e1"),)
        assert journal.append(note("ana", "e1", "first", shared=True), acting="ana") == (rc.IdConflict("e1"),)
        assert journal.append(note("ana", "e1", "first", about="x"), acting="ana") == (rc.IdConflict("e1"),)
        (kept,) = journal.view("ana", circle="c1", at=NOW).entries(kind="note")
        assert kept == note("ana", "e1", "first")

    def test_two_people_may_use_one_id(self, journal: Ledger) -> None:
        """An id belongs to its author: nobody learns by a conflict which ids another uses."""
        assert journal.append(note("ana", "e1"), acting="ana") == (rc.Stored("e1"),)
        assert journal.append(note("ben", "e1", "else"), acting="ben") == (rc.Stored("e1"),)

    def test_one_id_may_stand_in_two_circles(self, empty: Open) -> None:
        """An id belongs to a circle."""
        journal = empty()
        journal.found(TWO, by="ana", at=NOW)
        journal.found(THREE, by="ana", at=NOW)
        both = (note("ana", "e1"), note("ana", "e1", "else", circle="c3"))
        assert journal.append(*both, acting="ana") == (rc.Stored("e1"), rc.Stored("e1"))
        assert seen(journal, "ana") == seen(journal, "ana", circle="c3") == ["e1"]

    def test_of_two_receipts_the_earlier_stands(self, journal: Ledger) -> None:
        """A retry that carries an earlier receipt moves the entry there; a later one changes nothing."""
        entry = note("ana", "e1", at=NOW.add(hours=5))
        journal.append(entry, acting="ana")
        assert journal.append(entry.received(NOW.add(hours=9)), acting="ana") == (rc.AlreadyThere("e1"),)
        assert journal.view("ana", circle="c1", at=LATER).entries(kind="note")[0].at == NOW.add(hours=5)
        assert journal.append(entry.received(NOW.add(hours=2)), acting="ana") == (rc.AlreadyThere("e1"),)
        (kept,) = journal.view("ana", circle="c1", at=LATER).entries(kind="note")
        assert kept == entry.received(NOW.add(hours=2))

    def test_a_refused_call_keeps_nothing(self, journal: Ledger) -> None:
        """All of a call is kept, or none of it, whatever stands first."""
        before = everything(journal)
        with pytest.raises(NotAMember):
            journal.append(note("ana", "e1"), note("ana", "e2", circle="nowhere"), acting="ana")
        with pytest.raises(NotYours):
            journal.append(note("ana", "e1"), note("ben", "e2"), acting="ana")
        assert everything(journal) == before
        assert journal.append(note("ana", "e1"), acting="ana") == (rc.Stored("e1"),)

    def test_a_refused_call_takes_back_an_earlier_receipt_too(self, journal: Ledger) -> None:
        """What was moved by a call that is refused in the end stands where it stood."""
        entry = note("ana", "e1", at=NOW.add(hours=5))
        journal.append(entry, acting="ana")
        with pytest.raises(NotYours):
            journal.append(entry.received(NOW), note("ben", "e2"), acting="ana")
        assert journal.view("ana", circle="c1", at=LATER).entries(kind="note") == (entry,)

    def test_nothing_appended_is_nothing_said(self, journal: Ledger) -> None:
        """A call without entries is fine."""
        assert journal.append(acting="ana") == ()

    def test_every_instant_is_kept_to_the_microsecond(self, journal: Ledger) -> None:
        """No rounding: order depends on it."""
        ends = (NOW.add(microseconds=1), pendulum.datetime(9999, 12, 31, 23, 59, 59))
        for place, at in enumerate(ends):
            journal.append(note("ana", f"e{place}", at=at), acting="ana")
        view = journal.view("ana", circle="c1", at=ends[-1])
        assert [entry.at for entry in view.entries(kind="note")] == list(ends)


class TestRefusing:
    """Refusals use the same words whatever is or is not there."""

    def test_only_members_write(self, journal: Ledger) -> None:
        """A stranger is refused in the same words whether or not the circle exists."""
        refusals: set[str] = set()
        for circle in ("c1", "nowhere"):
            with pytest.raises(NotAMember) as refused:
                journal.append(note("eve", "e1", circle=circle), acting="eve")
            refusals.add(repr(refused.value) + str(refused.value))
            with pytest.raises(NotAMember) as refused:
                journal.append(note("ana", "e1", circle=circle), acting="eve")
            refusals.add(repr(refused.value) + str(refused.value))
            with pytest.raises(NotAMember) as refused:
                journal.view("eve", circle=circle, at=LATER)
            refusals.add(repr(refused.value) + str(refused.value))
        assert len(refusals) == 1

    def test_nobody_writes_before_the_founding(self, journal: Ledger) -> None:
        """The past cannot be added to."""
        with pytest.raises(NotAMember):
            journal.append(note("ana", "e1", at=NOW.subtract(seconds=1)), acting="ana")

    def test_nobody_writes_in_anothers_name(self, journal: Ledger) -> None:
        """A guess at another's private entry is refused in the same words, right or wrong."""
        journal.append(note("ben", "e1", "secret"), acting="ben")
        refusals: set[str] = set()
        guesses = (note("ben", "e1", "secret"), note("ben", "e1", "wrong"), note("ben", "e2", "secret"))
        for guess in guesses:
            with pytest.raises(NotYours) as refused:
                journal.append(guess, acting="ana")
            refusals.add(repr(refused.value) + str(refused.value))
        assert len(refusals) == 1
        assert seen(journal, "ben") == ["e1"]

    def test_anothers_visible_entry_passes_as_known(self, journal: Ledger) -> None:
        """A whole story can be sent: what the others said in it is there already."""
        entry = note("ben", "e1", shared=True)
        journal.append(entry, acting="ben")
        assert journal.append(entry, acting="ana") == (rc.AlreadyThere("e1"),)
        assert journal.append(entry.received(NOW.subtract(days=1)), acting="ana") == (rc.AlreadyThere("e1"),)
        assert journal.view("ana", circle="c1", at=LATER).entries(kind="note") == (entry,)
        with pytest.raises(NotYours):
            journal.append(evolve(entry, body=rc.Note(text="other words")), acting="ana")

    def test_a_circle_is_founded_once(self, journal: Ledger) -> None:
        """A retry is known; another founding is refused and changes nothing."""
        before = everything(journal)
        assert journal.found(TWO, by="ana", at=NOW) == rc.AlreadyThere("founding")
        with pytest.raises(NotYours):
            journal.found(rc.Circle(id="c1", members=(ANA, CY)), by="ana", at=NOW.add(days=1))
        with pytest.raises(NotAMember):
            journal.found(THREE, by="eve", at=NOW)
        assert everything(journal) == before

    def test_what_is_ones_own_is_asked_for_by_oneself(self, journal: Ledger) -> None:
        """Circles, export and erasure are refused to everyone else, in the same words for strangers."""
        refusals: set[str] = set()
        for person in ("ben", "nobody"):
            for verb in (journal.circles, journal.export, journal.erase):
                with pytest.raises(NotYours) as refused:
                    verb(person, acting="ana")
                refusals.add(repr(refused.value) + str(refused.value))
        assert len(refusals) == 1


class TestSeeing:
    """Everyone sees their own, what is shared while they are there, and nothing else."""

    def test_private_is_private(self, journal: Ledger) -> None:
        """A private entry is seen by its author only."""
        journal.append(note("ana", "mine"), note("ana", "ours", shared=True), acting="ana")
        assert seen(journal, "ana") == ["mine", "ours"]
        assert seen(journal, "ben") == ["ours"]

    def test_what_others_keep_private_is_not_even_read(self, journal: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        """A view is made of as many entries beside many private ones of another as beside none; so is an erasure."""
        journal.append(note("ana", "a1"), note("ana", "a2", shared=True), acting="ana")
        given: list[int] = []
        look = vars(ledger)["look"]

        def counted(entries: Sequence[rc.Entry], **named: object) -> object:
            given.append(len(entries))
            return look(entries, **named)

        def everything(_: Ledger) -> Iterator[rc.Entry]:
            raise AssertionError

        monkeypatch.setattr(ledger, "look", counted)
        monkeypatch.setattr(type(journal), "everything", everything)
        before = (seen(journal, "ana"), seen(journal, "ben"))
        journal.append(*(note("ben", f"b{number}") for number in range(40)), acting="ben")
        assert (seen(journal, "ana"), len(seen(journal, "ben"))) == (before[0], len(before[1]) + 40)
        exported = journal.export("ana", acting="ana")
        assert [entry.id for entry in exported if isinstance(entry.body, rc.Note)] == before[0]
        journal.erase("ana", acting="ana", at=LATER)
        assert given == [5, 4, 5, 44, 5]  # three acts of the founding, and notes

    def test_an_answer_taken_back_privately_counts_for_everyone(self, journal: Ledger) -> None:
        """A retraction is private, and yet what opens for others rests on it."""
        asked = rc.Reveal.of(rc.Note(text="?"), closes=dt.timedelta(days=1), id="r1", circle="c1", by="ana", at=NOW)
        journal.append(*asked.answer("walk", by="ana", at=NOW).acts, acting="ana")
        known = journal.view("ben", circle="c1", at=NOW).state(rc.Reveal, "r1")
        journal.append(*known.answer("soup", by="ben", at=NOW.add(hours=1)).acts_of("ben"), acting="ben")
        assert len(journal.view("ana", circle="c1", at=LATER).entries(kind=Answered)) == 2
        back = rc.Entry(circle="c1", author="ben", id="back", at=NOW.add(hours=2), body=Retracted(), about="r1")
        journal.append(back, acting="ben")
        assert len(journal.view("ana", circle="c1", at=LATER).entries(kind=Answered)) == 1
        assert journal.view("ana", circle="c1", at=LATER).entries(kind=Retracted) == ()

    def test_a_view_knows_nothing_later(self, journal: Ledger) -> None:
        """A view is as of its instant."""
        journal.append(note("ana", "e1"), note("ana", "e2", at=NOW.add(hours=1)), acting="ana")
        assert seen(journal, "ana", NOW.add(minutes=59)) == ["e1"]
        assert seen(journal, "ana", NOW.add(hours=1)) == ["e1", "e2"]

    def test_a_view_is_of_one_circle(self, empty: Open) -> None:
        """What is written in one circle is not in another, not even for someone who is in both."""
        journal = empty()
        journal.found(TWO, by="ana", at=NOW)
        journal.found(THREE, by="ana", at=NOW)
        journal.append(note("ana", "here"), note("ana", "there", circle="c3"), acting="ana")
        assert seen(journal, "ana") == ["here"]
        assert seen(journal, "ana", circle="c3") == ["there"]

    def test_the_order_is_one_for_everyone(self, empty: Open) -> None:
        """By instant, then circle order, then id; not by the order of arrival."""
        journal = empty()
        journal.found(THREE, by="ana", at=NOW)
        written = [
            note(author, id_, at=NOW.add(hours=hours), circle="c3", shared=True)
            for author, id_, hours in (
                ("cy", "z", 0),
                ("ana", "y", 0),
                ("ana", "b", 0),
                ("ben", "x", 0),
                ("cy", "a", 1),
            )
        ]
        for entry in reversed(written):
            journal.append(entry, acting=entry.author)
        views = [seen(journal, reader, circle="c3") for reader in ("ana", "ben", "cy")]
        assert views == [["x", "b", "y", "z", "a"]] * 3

    def test_pages_follow_one_another(self, journal: Ledger) -> None:
        """Pages by the last entry, or by an instant, give everything once; private ones of others leave no gap."""
        for place in range(20):
            journal.append(note("ana", f"{place:02}", at=NOW.add(minutes=place // 3), shared=True), acting="ana")
            journal.append(note("ben", f"{place:02}", at=NOW.add(minutes=place // 3)), acting="ben")
        view = journal.view("ana", circle="c1", at=LATER)
        pages: list[rc.Entry] = []
        while page := view.entries(kind=rc.Note, after=pages[-1] if pages else None, limit=3):
            assert len(page) == min(3, 20 - len(pages))
            pages.extend(page)
        assert [entry.id for entry in pages] == [f"{place:02}" for place in range(20)]
        assert [entry.id for entry in view.entries(kind="note", after=NOW.add(minutes=5))] == ["18", "19"]

    def test_filters_by_kind_and_subject(self, journal: Ledger) -> None:
        """A kind may be named or given as a class."""
        walk = rc.Entry(circle="c1", author="ana", id="w", at=NOW, body=Walked(minutes=3), about="s")
        journal.append(note("ana", "e1", about="s"), note("ana", "e2"), walk, acting="ana")
        view = journal.view("ana", circle="c1", at=NOW)
        assert view.entries(kind=Walked) == view.entries(kind="test.walked") == (walk,)
        assert {entry.id for entry in view.entries(about="s")} == {"e1", "w"}
        assert view.entries(about="s", kind="note", limit=1)[0].id == "e1"
        assert view.entries(about="t") == ()

    def test_names_and_zones_are_a_history(self, journal: Ledger) -> None:
        """A move changes the days after it, not those before; a new name simply follows."""
        moved = act("ana", "moved", rc.Introduced(zone="Asia/Tokyo", name="Anna"), NOW.add(days=10))
        journal.append(moved, acting="ana")
        then, later = (journal.view("ben", circle="c1", at=NOW.add(days=days)) for days in (9, 11))
        assert dict(then.names) == {"ana": "Ana", "ben": "Ben"}
        assert dict(later.names) == {"ana": "Anna", "ben": "Ben"}
        ana = later.people["ana"]
        assert (ana.zone_at(NOW.add(days=9)), ana.zone_at(NOW.add(days=10))) == ("America/New_York", "Asia/Tokyo")

    def test_sealed_answers_open_together(self, journal: Ledger) -> None:
        """Before the closing time, or while an answer is missing, nobody sees another's."""
        asked = rc.Reveal.of(rc.Note(text="?"), closes=dt.timedelta(days=1), id="r1", circle="c1", by="ana", at=NOW)
        journal.append(*asked.answer("walk", by="ana", at=NOW).acts, acting="ana")
        known = journal.view("ben", circle="c1", at=NOW).state(rc.Reveal, "r1")
        assert known.opened(at=NOW.add(days=2)) is None
        journal.append(*known.answer("soup", by="ben", at=NOW.add(hours=1)).acts, acting="ben")
        texts = {"ana": "walk", "ben": "soup"}
        for reader, text in texts.items():
            early = journal.view(reader, circle="c1", at=NOW.add(hours=23)).entries(kind="reveal.answered")
            assert [entry.body.text for entry in early if isinstance(entry.body, Answered)] == [text]
            opened = journal.view(reader, circle="c1", at=NOW.add(days=1)).state(rc.Reveal, "r1")
            answers = opened.opened(at=NOW.add(days=1))
            assert answers is not None
            assert {person: getattr(entry.body, "text", None) for person, entry in answers.items()} == texts

    def test_stories_read_back_as_they_were_told(self, journal: Ledger) -> None:
        """A proposal that both said yes to holds in both views."""
        told = agree(journal)
        for reader in ("ana", "ben"):
            known = journal.view(reader, circle="c1", at=NOW.add(hours=2)).state(rc.Proposal, "p1")
            assert known.acts == told.acts
            assert known.in_force(at=NOW.add(hours=2)) == rc.Note(text="no phones at dinner")


class TestBelonging:
    """Who is in a circle, and what they see of it."""

    def test_a_newcomer_sees_nothing_older(self, journal: Ledger) -> None:
        """Everyone welcomes, the newcomer says yes, and their view begins there."""
        journal.append(note("ana", "old", shared=True), acting="ana")
        journal.append(act("ana", "w", rc.Welcomed(person="cy"), NOW.add(hours=1)), acting="ana")
        with pytest.raises(NotAMember):
            journal.append(act("cy", "j", rc.Joined(), NOW.add(hours=2)), acting="cy")
        journal.append(act("ben", "w", rc.Welcomed(person="cy"), NOW.add(hours=2)), acting="ben")
        assert journal.circles("cy", acting="cy") == ()
        assert journal.append(act("cy", "j", rc.Joined(), NOW.add(hours=3)), acting="cy") == (rc.Stored("j"),)
        journal.append(note("ana", "new", at=NOW.add(hours=4), shared=True), acting="ana")
        assert seen(journal, "cy") == ["new"]
        assert journal.circles("cy", acting="cy") == ("c1",)
        with pytest.raises(NotAMember):
            journal.view("cy", circle="c1", at=NOW.add(hours=1))

    def test_leaving_is_at_once_and_alone(self, journal: Ledger) -> None:
        """Who left writes no more and sees nothing newer, but keeps what they saw."""
        journal.append(note("ben", "before", shared=True), acting="ben")
        journal.append(act("ana", "l", rc.Left(), NOW.add(hours=1)), acting="ana")
        journal.append(note("ben", "after", at=NOW.add(hours=1), shared=True), acting="ben")
        assert seen(journal, "ana") == ["before"]
        assert seen(journal, "ben") == ["before", "after"]
        with pytest.raises(NotAMember):
            journal.append(note("ana", "e1", at=NOW.add(hours=1)), acting="ana")
        assert journal.append(note("ana", "e1", at=NOW.add(minutes=59)), acting="ana") == (rc.Stored("e1"),)
        assert journal.view("ben", circle="c1", at=LATER).members == ("ben",)
        assert journal.circles("ana", acting="ana") == ("c1",)

    def test_what_is_said_in_one_call_counts_in_it(self, journal: Ledger) -> None:
        """Who leaves and goes on writing in one breath is refused, and has not left."""
        left, after = act("ana", "l", rc.Left(), NOW.add(hours=1)), note("ana", "e1", at=NOW.add(hours=2))
        with pytest.raises(NotAMember):
            journal.append(left, after, acting="ana")
        assert journal.append(after, left, acting="ana") == (rc.Stored("e1"), rc.Stored("l"))

    def test_a_circle_ends_when_everyone_has_said_so(self, journal: Ledger) -> None:
        """One person's wish alone ends nothing; afterwards, what is one's own can still be read."""
        journal.append(act("ana", "end", rc.Ended(), NOW.add(hours=1)), acting="ana")
        assert not journal.view("ben", circle="c1", at=NOW.add(hours=2)).membership.is_over(NOW.add(hours=2))
        journal.append(act("ben", "end", rc.Ended(), NOW.add(hours=3)), acting="ben")
        view = journal.view("ben", circle="c1", at=NOW.add(hours=4))
        assert view.membership.is_over(NOW.add(hours=3))
        assert not view.membership.is_over(NOW.add(hours=2))

    def test_circles_are_listed_for_oneself(self, empty: Open) -> None:
        """Sorted, each once, and only those one was ever in."""
        journal = empty()
        assert journal.circles("cy", acting="cy") == ()
        journal.found(THREE, by="ana", at=NOW)
        journal.found(TWO, by="ana", at=NOW)
        assert journal.circles("ana", acting="ana") == ("c1", "c3")
        assert journal.circles("cy", acting="cy") == ("c3",)

    def test_a_circle_may_have_any_id(self, empty: Open) -> None:
        """Ids are texts of any script, told apart by each of their characters."""
        journal = empty()
        names = ("C1", "c1", "c%", "c_", "ç1", "c1 ", "'; --", "圈", "💜" * 100)
        for place, name in enumerate(names):
            journal.found(rc.Circle(id=name, members=(ANA, BEN)), by="ana", at=NOW)
            journal.append(note("ana", f"n{place}", circle=name), acting="ana")
        assert journal.circles("ana", acting="ana") == tuple(sorted(names))
        assert [seen(journal, "ana", circle=name) for name in names] == [[f"n{n}"] for n in range(len(names))]


class TestBodies:
    """Bodies come back as they were written, whoever brought them."""

    @pytest.mark.parametrize(
        "body",
        [
            rc.Note(text=""),
            rc.Note(text="quotes ' \" and \\ and \x00 and \u2028, ü, 圈, 💜"),
            rc.Note(text="long " * 100_000),
            Walked(minutes=-3, where=("park", ""), on=dt.date(2024, 2, 29)),
            rc.UnknownBody(name="someone.elses", payload='{"deep":{"list":[1,2.5,null,true]},"text":"ü"}'),
        ],
        ids=lambda body: type(body).__name__,
    )
    def test_a_body_comes_back(self, journal: Ledger, body: rc.Body) -> None:
        """Every character and number of it; and a retry is still recognised."""
        entry = rc.Entry(circle="c1", author="ana", id="e1", at=NOW.add(hours=1), body=body)
        journal.append(entry, acting="ana")
        assert journal.export("ana", acting="ana")[-1] == entry
        assert journal.view("ana", circle="c1", at=LATER).entries(kind=rc.kind_of(body)) == (entry,)
        assert journal.append(entry, acting="ana") == (rc.AlreadyThere("e1"),)

    def test_an_unknown_body_is_passed_on(self, journal: Ledger, empty: Open) -> None:
        """A kind that nobody registered here is kept, shared and merged unchanged."""
        body = rc.UnknownBody(name="newer.kind", payload='{"a":1}')
        entry = rc.Entry(circle="c1", author="ana", id="e1", at=NOW, body=body, audience=rc.Shared())
        journal.append(entry, acting="ana")
        other = empty()
        other.merge(journal)
        assert other.view("ben", circle="c1", at=NOW).entries(kind="newer.kind") == (entry,)

    def test_a_newer_version_of_a_known_kind_is_carried_and_not_taken(self, journal: Ledger) -> None:
        """Kept without effect it might be a no that nobody hears, so its author learns of it; a merge carries it."""
        body = rc.UnknownBody(name="note", payload='{"mood":3,"text":""}', version=2)
        entry = rc.Entry(circle="c1", author="ana", id="e1", at=NOW, body=body, audience=rc.Shared())
        with pytest.raises(rc.errors.InvalidBody, match="a newer version of a kind that is known"):
            journal.append(entry, acting="ana")
        newer = rc.MemoryJournal()
        newer.merge(journal)
        newer._keep(entry)  # noqa: SLF001 - as a newer version of the library would
        journal.merge(newer)
        for name in ("ana", "ben"):
            view = journal.view(name, circle="c1", at=NOW)
            assert view.entries(kind=rc.UnknownBody) == (entry,)
            assert view.entries(kind="note") == view.entries(kind=rc.Note) == ()
        assert journal.append(entry, acting="ana") == (rc.AlreadyThere("e1"),)

    @pytest.mark.parametrize("kind", ["reveal.retracted", "reveal.answered"])
    def test_on_doubt_no_answer_opens(self, journal: Ledger, kind: str) -> None:
        """What only a newer version can read may be a no, or other words: the answer before it stays closed."""
        closes = NOW.add(days=1)
        asked = rc.Reveal.of(rc.Note(text="?"), closes=closes, id="r1", circle="c1", by="ana", at=NOW)
        journal.append(*asked.answer("hers", by="ana", at=NOW).acts, acting="ana")
        told = journal.view("ben", circle="c1", at=NOW).state(rc.Reveal, "r1").answer("his", by="ben", at=NOW)
        journal.append(*told.acts_of("ben"), acting="ben")
        audience = rc.Private() if kind == "reveal.retracted" else rc.Sealed("r1")
        body = rc.UnknownBody(name=kind, payload="{}", version=2)
        at = NOW.add(hours=1)
        later = rc.Entry(circle="c1", author="ben", id="e1", at=at, body=body, audience=audience, about="r1")
        assert journal.view("ana", circle="c1", at=closes).state(rc.Reveal, "r1").opened(at=closes)
        newer = rc.MemoryJournal()
        newer.merge(journal)
        newer._keep(later)  # noqa: SLF001 - as a newer version of the library would
        journal.merge(newer)
        view = journal.view("ana", circle="c1", at=closes)
        assert not view.state(rc.Reveal, "r1").opened(at=closes)
        assert [entry for entry in view.visible if entry.author == "ben" and entry.about == "r1"] == []

    @pytest.mark.parametrize("audience", [rc.Private(), rc.Shared(), rc.Sealed("r1")])
    def test_an_unknown_body_keeps_its_audience(self, journal: Ledger, audience: rc.Audience) -> None:
        """A newer kind may be an answer to a question; an older version keeps it as sealed as it came."""
        body = rc.UnknownBody(name="newer.answer", payload='{"words":"yes"}')
        entry = rc.Entry(circle="c1", author="ana", id="e1", at=NOW, body=body, audience=audience, about="r1")
        assert journal.append(entry, acting="ana") == (rc.Stored("e1"),)
        assert entry in journal.export("ana", acting="ana")
        seen_by_ben = journal.view("ben", circle="c1", at=LATER).entries(kind="newer.answer")
        assert len(seen_by_ben) == (audience == rc.Shared())


class TestErasing:
    """An erasure takes everything a person wrote, and leaves the others what is theirs."""

    def test_everything_of_theirs_is_gone(self, journal: Ledger) -> None:
        """Bodies and names go from every view and export; the others' own stays."""
        journal.append(note("ana", "e1", "secret"), note("ana", "e2", "told", shared=True), acting="ana")
        journal.append(note("ben", "e1", shared=True), acting="ben")
        journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert seen(journal, "ben") == ["e1"]
        assert dict(journal.view("ben", circle="c1", at=LATER).names) == {"ben": "Ben"}
        assert not any(isinstance(entry.body, rc.Note) for entry in journal.export("ana", acting="ana"))
        written = "".join(repr(entry.body) + str(getattr(entry.body, "text", "")) for entry in journal.everything())
        assert "secret" not in written
        assert "told" not in written
        assert "Ana" not in written

    def test_what_was_erased_does_not_come_back(self, journal: Ledger, empty: Open) -> None:
        """A replay, an edit under the same id, and a merge are all refused."""
        copy = empty()
        journal.append(note("ana", "e1"), acting="ana")
        copy.merge(journal)
        journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert journal.append(note("ana", "e1"), acting="ana") == (rc.Erased("e1"),)
        assert journal.append(note("ana", "e1", "other words"), acting="ana") == (rc.Erased("e1"),)
        before = everything(journal)
        journal.merge(copy)
        assert everything(journal) == before

    def test_an_agreement_that_needed_them_ceases(self, journal: Ledger) -> None:
        """When it held stays for the others, without content."""
        agree(journal)
        end = NOW.add(days=3)
        journal.erase("ana", acting="ana", at=end)
        view = journal.view("ben", circle="c1", at=LATER)
        assert view.all(rc.Proposal) == ()
        (gone,) = view.ceased
        assert (gone.about, gone.held) == ("p1", rc.Windows.of(rc.Window(NOW.add(hours=1), end)))

    def test_erasing_is_leaving(self, journal: Ledger) -> None:
        """Who erased writes no more here."""
        journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert journal.view("ben", circle="c1", at=LATER).members == ("ben",)
        with pytest.raises(NotAMember):
            journal.append(note("ana", "new", at=NOW.add(hours=2)), acting="ana")

    def test_erasing_twice_is_fine(self, journal: Ledger) -> None:
        """A retry changes nothing; nor does one by someone who never wrote."""
        journal.append(note("ana", "e1"), acting="ana")
        journal.erase("ana", acting="ana")
        before = everything(journal)
        journal.erase("ana", acting="ana")
        journal.erase("nobody", acting="nobody")
        assert everything(journal) == before

    def test_every_circle_is_left(self, empty: Open) -> None:
        """It reaches everything they wrote, everywhere."""
        journal = empty()
        journal.found(TWO, by="ana", at=NOW)
        journal.found(THREE, by="ana", at=NOW)
        journal.append(note("ana", "e1"), note("ana", "e1", circle="c3", shared=True), acting="ana")
        journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert seen(journal, "ben", circle="c3") == []
        assert journal.view("cy", circle="c3", at=LATER).members == ("ben", "cy")


class TestTakingOut:
    """Export is everything one wrote; merging two journals loses nothing."""

    def test_an_export_is_everything_one_wrote(self, empty: Open) -> None:
        """Private and shared, of every circle, oldest first, and nothing by anyone else."""
        journal = empty()
        journal.found(TWO, by="ana", at=NOW)
        journal.found(THREE, by="ben", at=NOW)
        mine = (note("ana", "b", at=NOW.add(hours=1)), note("ana", "a", at=NOW.add(hours=1), circle="c3", shared=True))
        journal.append(*mine, acting="ana")
        journal.append(note("ben", "e1", shared=True), acting="ben")
        taken = journal.export("ana", acting="ana")
        assert taken[-2:] == mine
        assert {entry.author for entry in taken} == {"ana"}
        assert list(taken) == sorted(taken, key=lambda entry: (entry.at, entry.circle, entry.id))

    def test_an_export_leaves_the_support_room_out_until_it_is_asked_for(self, journal: Ledger) -> None:
        """The ordinary export is the same with and without a room; a second, deliberate call includes it."""
        before = journal.export("ana", acting="ana")
        room = rc.SupportRoom.tell("words", id="u1", circle="c1", by="ana", at=LATER).close(by="ana", at=LATER)
        newer = rc.UnknownBody(name="support.newer", payload="{}")
        own = rc.Entry(circle="c1", author="ana", id="u2", at=LATER, body=newer)
        journal.append(*room.acts, own, acting="ana")
        assert journal.export("ana", acting="ana") == before
        whole = journal.export("ana", acting="ana", support=True)
        assert set(whole) == {*before, *room.acts, own}
        assert journal.view("ana", circle="c1", at=LATER).state(rc.SupportRoom, "u1").holds(at=LATER)
        with pytest.raises(rc.errors.NotYours):
            journal.export("ana", acting="ben", support=True)
        journal.erase("ana", acting="ana")
        assert not {entry.id for entry in journal.export("ana", acting="ana", support=True)} & {"u2", room.acts[0].id}

    def test_a_merge_is_a_union(self, empty: Open) -> None:
        """Whichever takes in the other, both know the same afterwards."""
        one, other = empty(), empty()
        one.found(TWO, by="ana", at=NOW)
        other.merge(one)
        one.append(note("ana", "e1"), note("ana", "e2", at=NOW.add(hours=2)), acting="ana")
        other.append(note("ben", "e1"), acting="ben")
        other.append(note("ana", "e2", at=NOW.add(hours=1)), acting="ana")
        one.merge(other)
        other.merge(one)
        one.merge(other)
        assert everything(one) == everything(other)
        assert seen(one, "ana") == ["e1", "e2"]
        assert one.view("ana", circle="c1", at=LATER).entries(kind="note")[-1].at == NOW.add(hours=1)
        assert one.circles("ben", acting="ben") == ("c1",)

    def test_two_contents_under_one_id_merge_the_same_way_round(self, empty: Open) -> None:
        """The earlier wins; at the same instant, the same one on both sides."""
        for hours in (0, 1):
            one, other = empty(), empty()
            for journal, text, at in ((one, "x", NOW.add(hours=hours)), (other, "y", NOW)):
                journal.found(TWO, by="ana", at=NOW)
                journal.append(note("ana", "e1", text, at=at), acting="ana")
            one.merge(other)
            other.merge(one)
            assert everything(one) == everything(other)
            if hours:
                assert one.view("ana", circle="c1", at=LATER).entries(kind="note")[0].body == rc.Note(text="y")

    def test_journals_of_two_kinds_merge(self, journal: Ledger) -> None:
        """A journal can move from memory to a database, or back."""
        journal.append(note("ana", "e1"), acting="ana")
        memory = rc.MemoryJournal()
        memory.merge(journal)
        assert everything(memory) == everything(journal)

    def test_everything_is_one_moment(self, journal: Ledger) -> None:
        """What is written while one goes through a journal does not come in between."""
        for place in range(5):
            journal.append(note("ana", f"e{place}"), acting="ana")
        before = everything(journal)
        going = journal.everything()
        first = next(going)
        journal.append(note("ben", "e9"), acting="ben")
        assert sorted([first, *going], key=lambda entry: entry.identity) == before

    def test_everything_may_be_left_half_way(self, journal: Ledger) -> None:
        """Stopping early holds nothing up."""
        next(journal.everything())
        assert journal.append(note("ana", "e1"), acting="ana") == (rc.Stored("e1"),)


STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(("ana", "ben", "cy", "eve")),  # who acts
        st.sampled_from(("ana", "ben", "cy")),  # whose name stands there
        st.sampled_from(("c1", "c3")),
        st.sampled_from(("e1", "e2")),
        st.sampled_from(("private", "shared", "left", "joined", "welcomed", "erase")),
        st.integers(0, 3),
    ),
    max_size=12,
)


def take(journal: Ledger, step: tuple[str, str, str, str, str, int]) -> object:
    """Take one step and return what can be told of it."""
    acting, author, circle, id_, what, hours = step
    at = NOW.add(hours=hours)
    bodies: dict[str, rc.Body] = {"left": rc.Left(), "joined": rc.Joined(), "welcomed": rc.Welcomed(person="cy")}
    try:
        if what == "erase":
            journal.erase(author, acting=acting, at=at)
            return None
        if what in bodies:
            return journal.append(act(author, id_, bodies[what], at, circle), acting=acting)
        entry = note(author, id_, f"{hours // 2}", at=at, circle=circle, shared=what == "shared")
        return journal.append(entry, acting=acting)
    except rc.ReconnectError as refused:
        return repr(refused)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_every_journal_answers_alike(
    steps: list[tuple[str, str, str, str, str, int]], places: Callable[[], str]
) -> None:
    """Whatever people do, a database and a memory give the same outcomes, views and exports."""
    with opened(places()) as kept:
        memory = rc.MemoryJournal()
        for journal in (memory, kept):
            journal.found(TWO, by="ana", at=NOW)
            journal.found(THREE, by="ana", at=NOW)
        for step in steps:
            assert take(kept, step) == take(memory, step)
        assert everything(kept) == everything(memory)
        for person in ("ana", "ben", "cy"):
            assert kept.export(person, acting=person) == memory.export(person, acting=person)
            assert kept.circles(person, acting=person) == memory.circles(person, acting=person)
            for circle in memory.circles(person, acting=person):
                one, other = (journal.view(person, circle=circle, at=LATER) for journal in (kept, memory))
                for part in ("visible", "founding", "people", "ceased", "members"):
                    assert getattr(one, part) == getattr(other, part)
