"""Leaks of many kinds, each planted in an app of a few lines: every one of them is caught."""

import io
import logging
import sys
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from weakref import WeakKeyDictionary

import pytest
from attrs import frozen

import reconnect as rc
from reconnect.edges.testing import World, assert_noninterfering
from reconnect.edges.testing.values import body_strategies
from reconnect.metrics import gentle
from reconnect.record.kind import Body, Heard

LOG = logging.getLogger("tests.leaks")
CAUGHT = "expected ana to get the same whatever ben keeps private, got "


def written(world: World) -> list[rc.Entry]:
    """Everything that anybody wrote, in the order of writing."""
    return list(world.journal.everything())


def kept(world: World) -> list[rc.Entry]:
    """What the other keeps private: nothing that an app may rest on."""
    return [e for e in written(world) if e.author == world.author and not isinstance(e.audience, rc.Shared)]


def entries(world: World) -> object:
    """The notes of one's own view."""
    return world.view(world.reader).entries(kind=rc.Note)


def shared_places(world: World) -> list[int]:
    """Where shared entries stand among all that is written."""
    return [place for place, entry in enumerate(written(world)) if isinstance(entry.audience, rc.Shared)]


def a_sequence_number(world: World) -> object:
    """The number of the newest shared entry in the whole journal."""
    return shared_places(world)[-1]


def a_cursor(world: World) -> object:
    """Where the next page of shared entries begins."""
    return f"after={shared_places(world)[-1]:04x}"


def numbers_without_the_newest(world: World) -> object:
    """Numbers of everything but the newest row, so that only what is written later shows the gap."""
    return [place for place in shared_places(world) if place < len(written(world)) - 1]


def a_version(world: World) -> object:
    """A mark of the state in which the newest shared entry found everything."""
    return {"ETag": f'W/"{len(written(world)[: shared_places(world)[-1]])}"'}


def a_rank(world: World) -> object:
    """How many of all rows came before each shared one, in percent of a hundred rows."""
    return [place / 100 for place in shared_places(world)]


ROWS = (a_sequence_number, a_cursor, numbers_without_the_newest, a_version, a_rank)

_asked: "WeakKeyDictionary[World, int]" = WeakKeyDictionary()


def changed_since_one_asked(world: World) -> object:
    """Whether anything was written since the last time that one asked: an app that remembers."""
    before, now = _asked.get(world, len(written(world))), len(written(world))
    _asked[world] = now
    return before != now


def order_of_activity(world: World) -> object:
    """What everyone knows, the liveliest first: only the order tells."""
    shared = [name for name in world.ids if world.view(world.reader).entries(about=name)]
    last = {e.about: place for place, e in enumerate(written(world))}
    return sorted(shared, key=lambda name: -last[name])


def order_of_keys(world: World) -> object:
    """The same mapping in another order."""
    return dict.fromkeys(reversed(("a", "b")) if kept(world) else ("a", "b"), 1)


def order_of_answers(world: World) -> Iterator[tuple[str, object]]:
    """The same answers in another order."""
    names = ["one", "two"][:: -1 if kept(world) else 1]
    yield from ((name, entries(world)) for name in names)


ORDERS = (changed_since_one_asked, order_of_activity, order_of_keys, order_of_answers)


@frozen(eq=False, repr=False)
class Page:
    """A page as an app hands it on: it has a place in memory, and no words for itself."""

    size: int

    def __repr__(self) -> str:
        """Say where it lies, and nothing else."""
        return object.__repr__(self)


class Plain:
    """The same, written by hand."""

    def __init__(self, size: int) -> None:
        """Hold a size."""
        self.size = size


def a_lazy_answer(world: World) -> object:
    """Items that are worked out when someone reads them."""
    return {"lazily": (place for place in range(len(kept(world))))}


def a_nested_lazy_answer(world: World) -> object:
    """The same, inside another value."""
    return {"lazily": [map(len, [kept(world)])]}


def a_coroutine(world: World) -> object:
    """An endpoint that is awaited."""

    async def count() -> int:
        return len(kept(world))

    return {"awaited": count}


def an_async_generator(world: World) -> object:
    """An endpoint that streams."""

    async def stream() -> AsyncIterator[int]:
        for place in range(len(kept(world))):
            yield place

    return {"streamed": stream}


async def an_async_app(world: World) -> object:
    """An app that is awaited as a whole."""
    return len(kept(world))


async def an_async_app_of_answers(world: World) -> AsyncIterator[tuple[str, object]]:
    """An app that streams its answers."""
    yield "entries", entries(world)
    yield "more", len(kept(world))


def an_object(world: World) -> object:
    """An object that is compared by its place in memory."""
    return Page(len(kept(world)))


def a_plain_object(world: World) -> object:
    """Another one, in a set."""
    return {Plain(len(kept(world)))}


def a_stream(world: World) -> object:
    """Something to read from."""
    return io.BytesIO(b"x" * len(kept(world)))


def some_memory(world: World) -> object:
    """Bytes that are looked at where they lie."""
    return memoryview(b"x" * len(kept(world)))


LAZY = (
    a_lazy_answer,
    a_nested_lazy_answer,
    a_coroutine,
    an_async_generator,
    an_async_app,
    an_async_app_of_answers,
    an_object,
    a_plain_object,
    a_stream,
    some_memory,
)


class Odd(Exception):
    """An error of an app's own."""


class OdderStill(Odd):
    """Another one, with the same words."""


def refusing(make: Callable[[int], None], world: World) -> Iterator[tuple[str, object]]:
    """Answer, and stumble over how much is private."""
    yield "entries", entries(world)
    yield "a refusal", partial(make, len(kept(world)))


def by_type(n: int) -> None:
    """An error of another type."""
    raise (OdderStill if n else Odd)("no")


def by_note(n: int) -> None:
    """An error with a note."""
    error = Odd("no")
    error.add_note(f"{n} rows")
    raise error


def by_cause(n: int) -> None:
    """An error that names another as its cause."""
    raise Odd("no") from LookupError(n)


def by_context(n: int) -> None:
    """An error that came while another was handled."""
    try:
        by_note(n)
    except Odd:
        raise Odd("no")  # noqa: B904 - that is the leak


def by_attribute(n: int) -> None:
    """An error that carries data."""
    error = Odd("no")
    error.rows = n  # type: ignore[attr-defined]  # that is the leak
    raise error


def by_group(n: int) -> None:
    """Several errors at once."""
    raise ExceptionGroup("no", [by_attribute_made(n)])


def by_attribute_made(n: int) -> Exception:
    """Make an error whose data tells."""
    error = Odd("no")
    error.rows = n  # type: ignore[attr-defined]  # that is the leak
    return error


ERRORS = tuple(partial(refusing, make) for make in (by_type, by_note, by_cause, by_context, by_attribute, by_group))


def a_log(world: World) -> object:
    """A line for whoever reads the log."""
    LOG.warning("rows: %d", len(kept(world)))
    return entries(world)


def a_log_of_details(world: World) -> object:
    """The same line, with the number among its details."""
    LOG.warning("read", extra={"rows": len(kept(world))})
    return entries(world)


def a_log_of_an_error(world: World) -> object:
    """An error that is caught, and logged."""
    try:
        by_note(len(kept(world)))
    except Odd:
        LOG.exception("no")
    return entries(world)


def a_log_that_stays_by_itself(world: World) -> object:
    """A log that is kept apart from others."""
    apart = logging.getLogger("tests.leaks.apart")
    apart.propagate = False
    apart.warning("rows: %d", len(kept(world)))
    return entries(world)


def a_warning(world: World) -> object:
    """A warning of Python's own."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"rows: {len(kept(world))}", UserWarning, stacklevel=1)
    return entries(world)


def a_print(world: World) -> object:
    """A print that was forgotten."""
    print(len(kept(world)))  # noqa: T201 - that is the leak
    return entries(world)


def a_print_of_bytes(world: World) -> object:
    """Bytes beside the text."""
    sys.stdout.buffer.write(b"%d\n" % len(kept(world)))
    return entries(world)


def a_print_of_errors(world: World) -> object:
    """A line for whoever runs the app."""
    print(len(kept(world)), file=sys.stderr)  # noqa: T201 - that is the leak
    return entries(world)


BESIDE = (
    a_log,
    a_log_of_details,
    a_log_of_an_error,
    a_log_that_stays_by_itself,
    a_warning,
    a_print,
    a_print_of_bytes,
    a_print_of_errors,
)


def named(leak: object) -> str:
    """Name a leak in the list of tests."""
    return getattr(leak.args[0] if isinstance(leak, partial) else leak, "__name__", "?")


@pytest.mark.parametrize("leak", [*ROWS, *ORDERS, *LAZY, *ERRORS, *BESIDE], ids=named)
def test_a_leak_is_caught(leak: Callable[[World], object]) -> None:
    """Whatever way a leak takes, the default number of worlds finds it."""
    with pytest.raises(AssertionError, match=CAUGHT):
        assert_noninterfering(leak)


PRIVATE = [cls for cls in body_strategies() if getattr(cls, "heard", None) in {Heard.PRIVATE, Heard.SEALED}]


@pytest.mark.parametrize("cls", PRIVATE, ids=lambda cls: cls.__name__)
def test_every_kind_of_private_act_is_reached(cls: type[Body]) -> None:
    """Whoever lets one single kind of private act shine through is caught, whichever it is."""

    def whether(world: World) -> object:
        return any(type(entry.body) is cls for entry in kept(world))

    with pytest.raises(AssertionError, match=CAUGHT):
        assert_noninterfering(whether, examples=1)


def test_an_act_between_two_looks_is_reached() -> None:
    """What only shows to someone who asks again, with nothing shared in between, is caught and named as that."""
    with pytest.raises(AssertionError) as refused:
        assert_noninterfering(changed_since_one_asked, examples=1)
    said = str(refused.value)
    assert "another value of the answer, asked again: 'False' and 'True'" in said
    assert said.endswith("private in one world: nothing; in the other: <writes a note after 1 h>")


def test_a_report_names_one_act_that_is_enough() -> None:
    """Of all private acts the report names the one that shows, and where it showed."""

    def whether(world: World) -> object:
        return {"a badge": any(isinstance(entry.body, rc.NudgeCap) for entry in kept(world))}

    with pytest.raises(AssertionError) as refused:
        assert_noninterfering(whether)
    assert str(refused.value) == (
        "expected ana to get the same whatever ben keeps private, got another value of a badge: 'False' and 'True'"
        " (from 0 on; 5 and 4 long); private in one world: nothing; in the other: <limits nudges after 0 h>"
    )


@pytest.mark.parametrize(
    ("leak", "place"), list(zip(BESIDE, [*["log"] * 4, "warnings", *["stdout"] * 2, "stderr"], strict=True))
)
def test_what_is_said_beside_answers_can_be_left_out(leak: Callable[[World], object], place: str) -> None:
    """A report says where it was said; a host to whom that is of no concern says so."""
    with pytest.raises(AssertionError, match=f"got another {place} of the app: "):
        assert_noninterfering(leak, examples=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert_noninterfering(
            leak, examples=1, ignore=("date", place, "stderr")
        )  # where a log has no place, it goes there


HONEST: dict[str, Callable[[World], object]] = {
    "outlook": lambda world: rc.outlook(world.view(world.reader)),
    "agreement": lambda world: rc.agreement(world.view(world.reader)),
    "promises": lambda world: [
        p.listed(around(world), at=world.clock()) for p in world.view(world.reader).all(rc.Commitment)
    ],
    "readings": lambda world: rc.readings(world.view(world.reader)),
    "mood": lambda world: gentle.mood(world.view(world.reader).shared_only(), around(world)),
    "own entries": lambda world: world.journal.export(world.reader, acting=world.reader, support=True),
    "shared entries": lambda world: world.view(world.reader).shared_only().entries(),
    "lazily": lambda world: {"them": iter(world.view(world.reader).entries())},
    "by identity": lambda world: [Plain(len(world.view(world.reader).entries())), Page(3), object(), world],
}


def around(world: World) -> rc.Window:
    """The days around now."""
    return rc.Window(world.clock().subtract(days=9), world.clock().add(days=9))


async def awaited_and_honest(world: World) -> AsyncIterator[tuple[str, object]]:
    """Answers that are awaited, logged, warned about and printed, and alike."""
    seen = len(world.view(world.reader).entries())
    LOG.warning("seen: %d by %s", seen, object())
    warnings.warn("soon to go", DeprecationWarning, stacklevel=1)
    print(seen)  # noqa: T201 - an app may print
    yield "seen", seen


def an_honest_refusal(world: World) -> Iterator[tuple[str, object]]:
    """Refusals in the words of the library, with what led to them hidden as a web app hides it."""

    def refuse(name: str) -> None:
        found = {e.id: e for e in written(world)}
        try:
            entry = found[name]
            rc.Window(entry.at, entry.at)
        except (KeyError, rc.errors.ReconnectError):
            raise rc.errors.UnknownStory("Note") from None

    yield "entries", entries(world)
    yield from ((name, partial(refuse, name)) for name in world.ids)


def only_the_first_time(world: World) -> object:
    """What is loaded once is said once."""
    if not _loaded:
        _loaded.append(1)
        LOG.warning("loaded")
    return entries(world)


_loaded: list[int] = []


@pytest.mark.filterwarnings("default:soon to go")
@pytest.mark.parametrize(
    "app",
    [*HONEST.values(), awaited_and_honest, an_honest_refusal, only_the_first_time],
    ids=[*HONEST, "awaited", "refusal", "once"],
)
def test_an_honest_app_passes(app: Callable[[World], object]) -> None:
    """Whoever rests on views passes, however it answers."""
    assert_noninterfering(app, examples=12)
