"""What an app gives is spelled out to the last item: what differs, differs there, and what is alike is alike."""

import array
import asyncio
import io
import itertools
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from fractions import Fraction
from types import SimpleNamespace

import pytest
from attrs import frozen

import reconnect as rc
from reconnect.edges.testing import assert_noninterfering
from reconnect.edges.testing.answers import answers, difference
from reconnect.edges.testing.asides import overhearing
from reconnect.edges.testing.responses import parts_of
from reconnect.edges.testing.spelled import NotComparable, spelled


class Plain:
    """A class with an open field, and one that is not."""

    def __init__(self, size: int, hidden: int = 0) -> None:
        """Hold both."""
        self.size, self._hidden = size, hidden


class Slotted:
    """A class with slots, one of them empty."""

    __slots__ = ("empty", "size")

    def __init__(self, size: int) -> None:
        """Hold a size."""
        self.size = size


class One(Slotted):
    """A class with a single slot, named as Python allows it."""

    __slots__ = "more"  # noqa: PLC0205 - Python allows it


class Told(Plain):
    """A class that says less of itself than it holds."""

    def __repr__(self) -> str:
        """Say nothing."""
        return "Told()"


class Model(Plain):
    """A class that shows all that it holds when asked, as those of pydantic do."""

    def model_dump(self) -> dict[str, int]:
        """Show it."""
        return {"size": self.size}


class Pages(Plain):
    """A class that is gone through."""

    def __iter__(self) -> Iterator[int]:
        """Go through it."""
        return iter(range(self._hidden))


async def streamed(*items: object) -> AsyncIterator[object]:
    """Stream items; an error among them is raised."""
    for item in items:
        if isinstance(item, Exception):
            raise item
        yield item


async def later(item: object) -> object:
    """Give something later."""
    return item


def stumbling(*items: object) -> Iterator[object]:
    """Give items, and stumble."""
    yield from items
    raise LookupError("here")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Plain(1), Plain(2)),
        (Slotted(1), Slotted(2)),
        (One(1), One(2)),
        (Told(1), Told(2)),
        (Model(1), Model(2)),
        (Pages(1, 1), Pages(1, 2)),
        (SimpleNamespace(a=[1]), SimpleNamespace(a=[2])),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({1, 2}, {1, 3}),
        ({1: 1}.keys(), {2: 1}.keys()),
        (deque([1]), deque([2])),
        (array.array("b", [1]), array.array("b", [2])),
        (1, True),
        ("1", 1),
        (b"1", "1"),
        (bytearray(b"1"), bytearray(b"2")),
        (Fraction(1, 2), Fraction(1, 3)),
        (stumbling(1), stumbling(1, 2)),
        (LookupError("x"), KeyError("x")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_differs_is_spelled_in_another_way(one: object, other: object) -> None:
    """Whatever a value holds, and in whatever order, is there."""
    assert spelled(one) != spelled(other)


def test_what_comes_later_is_awaited_and_read() -> None:
    """Streams, coroutines and files are gone through, up to where they stumble."""
    assert spelled(streamed(1, 2)) == "async_generator(1, 2)"
    assert spelled(later([1])) == "coroutine(list(1))"
    assert spelled(io.StringIO("x")) == "StringIO('x')"
    assert spelled(streamed(1, ValueError("no"))).startswith(
        "async_generator(1, stopped by ValueError('builtins.ValueError'"
    )
    assert spelled(stumbling(1)).startswith("generator(1, stopped by LookupError(")


def test_where_things_lie_is_no_part_of_it() -> None:
    """Two objects that hold the same are spelled alike; nobody could tell them apart."""
    for make in (Plain, Slotted, Told, Model):
        assert spelled([make(1)]) == spelled([make(1)])
    assert spelled(Plain(1, 2)) == spelled(Plain(1, 3)) == "Plain(tuple('size', 1))"
    assert spelled(object()) == "object()"
    assert spelled(lambda: 1).endswith("<lambda> at 0x...>")
    assert spelled({3, 1, 2}) == spelled({2, 3, 1})


def test_what_holds_itself_is_told_once() -> None:
    """A list within itself ends."""
    held: list[object] = [1]
    held.append(held)
    assert spelled(held) == "list(1, (itself))"


def test_a_journal_holds_what_is_everyones() -> None:
    """A journal inside an answer is named, and not looked into."""
    assert spelled(rc.MemoryJournal()) == "MemoryJournal()"


def test_what_never_ends_is_refused() -> None:
    """An endless stream has no last item to compare, and says so instead of going on."""

    async def endless() -> AsyncIterator[int]:
        for number in itertools.count():
            yield number

    for items in (itertools.count(), endless()):
        with pytest.raises(NotComparable, match="at most 10,000 items in an answer, got more"):
            spelled(items)
    with pytest.raises(NotComparable, match="at most 10,000 items"):
        assert_noninterfering(lambda _: {"endless": itertools.count()})
    with pytest.raises(NotComparable, match="at most 10,000 items"):
        assert_noninterfering(lambda _: endless())


def test_an_answer_that_holds_the_whole_app_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """So much is no answer to a person."""
    monkeypatch.setattr("reconnect.edges.testing.spelled.MOST_AT_ALL", 20)
    with pytest.raises(NotComparable, match="got an answer that holds all of the app"):
        spelled([[number] for number in range(30)])


def test_inside_a_running_loop_it_is_said_what_to_do() -> None:
    """Nothing can be awaited there; the message names the way out, and nothing is left waiting."""

    async def test_of_a_host() -> None:
        assert_noninterfering(later)

    async def awaited_in_another_way() -> None:
        future = asyncio.get_running_loop().create_future()
        future.set_result(1)
        spelled(future)

    for refused in (test_of_a_host, awaited_in_another_way):
        with pytest.raises(
            NotComparable, match=r"got a running event loop.*call assert_noninterfering through asyncio.to_thr"
        ):
            asyncio.run(refused())


def test_what_streams_answers_and_stops_has_given_those_before() -> None:
    """Answers of an asynchronous app count up to where it stops."""
    came = answers(streamed(("one", 1), LookupError("here")), ignore=())
    assert next(came).name == "one"
    with pytest.raises(LookupError, match="here"):
        next(came)
    assert [each.name for each in answers(streamed(("one", 1)), ignore=())] == ["one"]


NONE: Mapping[str, str] = {}


@frozen
class Reply:
    """A response of some web framework."""

    status_code: int = 200
    headers: Mapping[str, str] = NONE
    history: tuple["Reply", ...] = ()


@frozen
class Streaming(Reply):
    """A response whose body is streamed."""

    body_iterator: object = ()


class Many(dict[str, str]):
    """Headers of which some come more than once."""

    def multi_items(self) -> list[tuple[str, str]]:
        """Show them all."""
        return [("Set-Cookie", self["a"]), ("set-cookie", self["b"])]


def test_a_response_is_taken_apart() -> None:
    """Streams are read, cookies stand behind one another, redirects count, and so does the order of headers."""
    assert dict(parts_of(Reply()))["body"] == b""
    (one,) = answers(Streaming(body_iterator=streamed(b"x")), ignore=())
    assert dict(one.parts)["body"] == "async_generator(b'x')"
    assert dict(parts_of(Reply(headers=Many(a="x", b="y"))))["header set-cookie"] == "x, y"
    moved = Reply(status_code=302, headers={"location": "/there"})
    assert dict(parts_of(Reply(history=(moved,))))["redirects"] == [("302", "/there")]
    one, other = (next(answers(Reply(headers=dict.fromkeys(names, "x")), ignore=())) for names in ("ac", "ca"))
    assert (
        difference(one, other) == "another order of headers of the answer: 'a, c' and 'c, a' (from 0 on; 4 and 4 long)"
    )
    assert spelled([Reply()]).startswith("list(Reply(tuple('status', '200')")


def test_cookies_of_one_name_are_told_apart() -> None:
    """The first of two cookies may differ while the last is the same."""
    one, other = (next(answers(Reply(headers=Many(a=first, b="y")), ignore=())) for first in "xz")
    assert (
        difference(one, other) == "another header set-cookie of the answer: 'x, y' and 'z, y' (from 0 on; 4 and 4 long)"
    )


def test_a_response_that_cannot_be_taken_apart_is_a_refusal() -> None:
    """What breaks while an answer is read is what it tells."""
    (found,) = answers(Reply(status_code="teapot"), ignore=())  # type: ignore[arg-type]  # an app may do that
    assert found.refusal
    assert found.parts[0][0] == "error"


def test_a_log_whose_words_do_not_fit_is_heard() -> None:
    """A mistake in a log line is no reason to stop; what belongs into it is heard all the same."""
    import logging  # noqa: PLC0415 - only here

    apart = logging.getLogger("tests.spelled")
    apart.propagate = False  # or pytest itself would stop at it
    with overhearing() as asides:
        apart.error("%d rows", "no")
    assert "'%d rows', tuple('no')" in str(dict(asides.answer.parts)["log"])


def test_tidying_up_is_not_heard() -> None:
    """A warning that comes when memory is tidied up comes by chance."""
    import warnings  # noqa: PLC0415 - only here

    with overhearing() as asides, warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("unclosed", ResourceWarning, stacklevel=1)
    assert dict(asides.answer.parts)["warnings"] == ""
