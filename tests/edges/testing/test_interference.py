"""`assert_noninterfering` catches an app that lets anything private shine through, and lets an honest one pass."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from attrs import frozen
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges.testing import Together, World, assert_noninterfering, begin_together
from reconnect.edges.testing.answers import answers, difference
from reconnect.edges.testing.twins import obtainable
from reconnect.edges.testing.worlds import Pair, Secret
from reconnect.errors import NotAMember, UnknownStory

FEW: Final = 8  # an honest app is looked at in so many pairs of worlds


def everything(world: World) -> Iterator[tuple[str, object]]:
    """All that the library lets the reader obtain."""
    yield from obtainable(
        world.journal, reader=world.reader, circle=world.circle.id, at=[world.clock()], ids=world.ids, readings={}
    )


def test_the_library_itself_passes() -> None:
    """Nothing that a reader can ask of the library differs."""
    assert_noninterfering(everything, examples=FEW)


def entries(world: World) -> object:
    """The notes of one's own view: an honest app in one line."""
    return world.view(world.reader).entries(kind=rc.Note)


def test_one_answer_alone_or_a_mapping_of_things_to_call_will_do() -> None:
    """An app is a plain function, and a refusal that it always gives is an answer like any other."""
    assert_noninterfering(entries, examples=FEW)
    assert_noninterfering(
        lambda world: {
            "entries": lambda: entries(world),
            "nothing": lambda: world.journal.view("zoe", circle=world.circle.id, at=world.clock()),
        },
        examples=FEW,
    )


def private(world: World) -> list[rc.Entry]:
    """What the other keeps private: nothing that an app may rest on."""
    return [
        entry
        for entry in world.journal.everything()
        if entry.author == world.author and not isinstance(entry.audience, rc.Shared)
    ]


def a_count(world: World) -> object:
    """How much is written."""
    return len(list(world.journal.everything()))


def a_last_activity(world: World) -> object:
    """When anyone last wrote."""
    return max(entry.at for entry in world.journal.everything())


def a_last_seen_of_other_people(world: World) -> object:
    """How many hours ago the other last wrote."""
    last = max(entry.at for entry in world.journal.everything() if entry.author == world.author)
    return (world.clock() - last).in_hours()


def a_mean(world: World) -> object:
    """A mean of everyone's moods."""
    found = [entry.body.value for entry in world.journal.everything() if isinstance(entry.body, rc.Rating)]
    return sum(found) / len(found)


def an_id_that_is_taken(world: World) -> object:
    """Whether an id is free, asked for by somebody else."""
    taken = {entry.id for entry in world.journal.everything()}
    return [name in taken for name in world.ids]


def words_of_an_error(world: World) -> Iterator[tuple[str, object]]:
    """A refusal in other words."""

    def refuse() -> object:
        if private(world):
            raise NotAMember
        raise UnknownStory("Note")

    yield "entries", entries(world)
    yield "a secret", refuse


def an_app_that_stops(world: World) -> Iterator[tuple[str, object]]:
    """An app that breaks only where something is private."""
    yield "entries", entries(world)
    if private(world):
        raise ValueError("expected nothing private")


def one_answer_more(world: World) -> Iterator[tuple[str, object]]:
    """An item in a list that is there for some."""
    yield "entries", entries(world)
    if private(world):
        yield "more", "x"


def a_muted_offer(world: World) -> object:
    """Whether the other has put an offer out of sight: only that one act shows it."""
    return any(type(entry.body).__name__ == "Muted" and entry.about == "p2" for entry in private(world))


def the_other_view(world: World) -> object:
    """The other's outlook, in which what they keep private has its place."""
    return rc.outlook(world.view(world.author))


def a_type(world: World) -> object:
    """A text in one world, bytes in the other."""
    return b"x" if private(world) else "x"


LEAKS: Final = (
    a_count,
    a_last_activity,
    a_last_seen_of_other_people,
    a_mean,
    a_muted_offer,
    a_type,
    an_app_that_stops,
    an_id_that_is_taken,
    one_answer_more,
    the_other_view,
    words_of_an_error,
)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_leak_is_caught(leak: Callable[[World], object]) -> None:
    """Whatever shines through makes two worlds two."""
    with pytest.raises(AssertionError, match="expected ana to get the same whatever ben keeps private, got "):
        assert_noninterfering(leak, examples=200)


def test_a_report_names_the_answer_and_the_smallest_worlds() -> None:
    """Who reads it knows which call differed, and the least that makes it differ: one thing in one world."""
    with pytest.raises(AssertionError) as refused:
        assert_noninterfering(lambda world: {"how many": a_count(world), "entries": entries(world)})
    said = str(refused.value)
    assert "another value of how many: '25' and '26' (from 1 on; 2 and 2 long)" in said
    assert re.search("private in one world: nothing; in the other: <writes a note after 0 h>$", said)


def test_worlds_are_named_without_their_words() -> None:
    """What hypothesis prints of a pair of worlds says what is private in each, and when; not what it says."""
    pair = Pair(
        later=1, one=(Secret(hours=2, body=rc.Note(text="soup"), about="p1"), Secret(hours=3, deed="goes quiet"))
    )
    assert repr(pair) == "<<Note after 2 h, about p1>, <goes quiet after 3 h> | nothing, looked at after 0 h and 4 h>"


def test_an_app_with_a_clock_of_its_own_is_told_so() -> None:
    """An app that differs from itself proves nothing, and the message says why."""
    ticks = iter(range(100))
    with pytest.raises(AssertionError, match="expected the same answers in one and the same world, got another value"):
        assert_noninterfering(lambda _: next(ticks))


def test_refusals_alone_prove_nothing() -> None:
    """Where nobody is signed in every answer is the same; that is no proof."""
    with pytest.raises(AssertionError, match="got refusals only, 1 of them"):
        assert_noninterfering(lambda world: {"view": lambda: world.view("zoe")})
    with pytest.raises(AssertionError, match="got refusals only, 0 of them"):
        assert_noninterfering(lambda _: {})


def test_an_app_that_does_not_work_says_so_itself() -> None:
    """A mistake in the test's own adapter comes out as it is."""

    def broken(_: World) -> object:
        raise LookupError("a typing error")

    with pytest.raises(LookupError, match="a typing error"):
        assert_noninterfering(broken)


def test_what_is_drawn_can_be_chosen() -> None:
    """A host's own bodies, beginning and way of keeping: all three are used, and what they tell is caught."""
    begun, kept = [], []

    def begin(world: World) -> None:
        begun.append(world)
        world.write(world.author, rc.Note(text="hello"), shared=True)

    def keep(world: World, entry: rc.Entry) -> None:
        kept.append(entry.body)
        world.journal.append(entry, acting=entry.author)

    notes = st.just(rc.Note(text="ours"))
    assert_noninterfering(entries, begin=begin, keep=keep, secrets=notes, examples=FEW)
    assert begun
    assert set(kept) == {rc.Note(text="ours")}
    with pytest.raises(AssertionError, match="whatever ben keeps private"):
        assert_noninterfering(a_count, begin=begin, keep=keep, secrets=notes)


@contextmanager
def on_disk() -> Iterator[rc.Journal]:
    """A journal in a database file."""
    from reconnect.edges.sql import SqlJournal  # noqa: PLC0415 - an optional extra

    with TemporaryDirectory() as folder, SqlJournal.open(Path(folder) / "us.db") as journal:
        yield journal


@pytest.mark.skipif(find_spec("sqlalchemy") is None, reason="SQLAlchemy is missing: worlds on disk were NOT tested")
def test_a_world_may_be_on_disk() -> None:
    """A journal of the host's own takes the place of the one in memory."""
    assert_noninterfering(entries, journal=on_disk, examples=3)


def test_the_shared_beginning_begins_what_it_says() -> None:
    """Check-ins run, an offer is open, a question is asked, and everyone has shared something."""
    seen: list[World] = []

    def look(world: World) -> object:
        seen.append(world)
        return entries(world)

    assert_noninterfering(look, begin=begin_together, examples=1)
    world = seen[0]
    view = world.view(world.reader)
    assert view.state(rc.CheckInSchedule, "s1").rhythm is not None
    assert view.state(rc.Proposal, "p2").in_force(at=view.at) is None
    assert not view.state(rc.Reveal, "r1").opened(at=view.at)
    assert {entry.author for entry in view.entries(kind=rc.Rating)} == {"ana", "ben"}
    assert world.ids[-1] == "nobody-used-this"


@frozen
class Reply:
    """A response as several web frameworks make it; Flask's keeps its bytes in `data`."""

    status_code: int
    headers: dict[str, str]
    data: bytes


def reply(status: int = 200, body: bytes = b"x", **headers: str) -> Any:  # noqa: ANN401 - any response
    """One answer of a web framework, taken apart."""
    (found,) = answers(Reply(status, headers, body), ignore=("date",))
    return found


def test_a_response_is_compared_in_all_its_parts() -> None:
    """Status, body and each header count; what tells the time does not, and capitals do not."""
    plain = reply()
    assert difference(plain, reply(Date="now")) is None
    assert difference(reply(Etag="x"), reply(ETAG="x")) is None
    assert difference(plain, reply(404)) == "another status of the answer: '200' and '404' (from 0 on; 3 and 3 long)"
    assert (
        difference(plain, reply(body=b"xy")) == "another body of the answer: b'x' and b'xy' (from 1 on; 1 and 2 long)"
    )
    assert difference(plain, reply(etag="a")) == "another header etag of the answer: there in one world only"
    assert not plain.refusal
    assert reply(400).refusal


def test_a_long_difference_is_shown_from_where_it_begins() -> None:
    """A report repeats a few characters around the place, not everyone's words."""
    one, other = reply(body=b"a" * 500 + b"b" * 500), reply(body=b"a" * 500 + b"c" * 500)
    said = difference(one, other)
    assert said is not None
    assert "(from 500 on; 1000 and 1000 long)" in said
    assert len(said) < 150


def test_what_cannot_be_done_in_a_world_is_left_out(couple: Together) -> None:
    """A host's own beginning may have no offer to mute: then nothing is muted, and the rest goes on."""
    world = World(circle=couple.circle, journal=couple.journal, clock=couple.clock)
    assert Secret(hours=0, deed="mutes an offer").said(world, 0) == ()
    assert len(Secret(hours=0, deed="goes quiet").said(world, 0)) == 1
