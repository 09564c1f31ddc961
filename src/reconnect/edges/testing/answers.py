"""Answers are what an app gives, taken apart to the last byte, so that two of them can be compared and told apart."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, cast

from attrs import frozen

from reconnect.edges.testing.responses import ORDER, is_response, parts_of
from reconnect.edges.testing.spelled import NotComparable, awaited, collected, spelled

__all__ = ["Answer", "answers", "difference", "error_as_answer"]

REFUSED: Final = 400  # RFC 9110: a status from here on says that something was not carried out
AROUND: Final = 12  # characters before and after the first difference: enough to find it, little of anyone's words
WHOLE: Final = "the answer"


@frozen(kw_only=True)
class Answer:
    """One answer: what was asked, its parts by name, and whether it is a refusal.

    Attributes:
        name: what was asked, as the test names it.
        parts: such as the status, each header and the body.
        refusal: whether it is an error, or a response that says so.
    """

    name: str
    parts: tuple[tuple[str, str | bytes], ...]
    refusal: bool = False


def answers(given: object, *, ignore: Collection[str]) -> Iterator[Answer]:
    """Go through what an app gave: pairs of a name and a value, a mapping of them, or one value alone.

    What has to be awaited is awaited. Something that can be called without arguments is called here, and what it
    raises is its answer.

    Raises:
        NotComparable: something goes on without end, or has to be awaited inside a running event loop.
    """
    named, stopped = _named(awaited(cast("Awaitable[object]", given)) if isinstance(given, Awaitable) else given)
    for name, value in named:
        yield _answer(name, value, ignore)
    if stopped is not None:
        raise stopped


def _named(given: object) -> tuple[Iterable[tuple[str, object]], Exception | None]:
    """Return the values that an app gave by name, and what stopped it."""
    if isinstance(given, AsyncIterator):
        return awaited(collected(cast("AsyncIterator[tuple[str, object]]", given)))
    if isinstance(given, Mapping):
        return cast("Mapping[str, object]", given).items(), None
    if not hasattr(given, "read") and isinstance(given, Iterator):
        return cast("Iterator[tuple[str, object]]", given), None
    return [(WHOLE, given)], None


def difference(one: Answer | None, other: Answer | None) -> str | None:
    """Say how two answers differ, and where; `None` if they are the same."""
    if one == other:
        return None
    if one is None or other is None or one.name != other.name:
        names = " and ".join("nothing" if answer is None else answer.name for answer in (one, other))
        return f"other things to ask for: {names}"
    mine, theirs = dict(one.parts), dict(other.parts)
    others = [part for part in {**mine, **theirs} if mine.get(part) != theirs.get(part)]
    part = min(others, key=lambda name: name == ORDER, default=ORDER)  # the order alone, if nothing else
    return f"another {part} of {one.name}: {_where(mine.get(part), theirs.get(part))}"


def error_as_answer(name: str, error: Exception) -> Answer:
    """Return an error as an answer: its type, its words and data, and what led to it."""
    return Answer(name=name, parts=(("error", spelled(error)),), refusal=True)


def _answer(name: str, value: object, ignore: Collection[str]) -> Answer:
    """Take a value apart, after calling and awaiting it if need be."""
    try:
        if callable(value) and not is_response(value):
            value = cast("Callable[[], object]", value)()
        if isinstance(value, Awaitable):
            value = awaited(cast("Awaitable[object]", value))
        parts = parts_of(value, ignore=ignore) if is_response(value) else [("value", value)]
        said = tuple((part, told if isinstance(told, str | bytes) else spelled(told)) for part, told in parts)
    except NotComparable:
        raise
    except Exception as error:  # noqa: BLE001 - whatever an app raises, somebody may come to see
        return error_as_answer(name, error)
    return Answer(name=name, parts=said, refusal=is_response(value) and int(dict(said)["status"]) >= REFUSED)


def _where(mine: str | bytes | None, theirs: str | bytes | None) -> str:
    """Show the first place at which two parts differ, and a little around it."""
    if mine is None or theirs is None:
        return "there in one world only"
    if isinstance(mine, str) is not isinstance(theirs, str):
        return "text in one world, bytes in the other"
    pairs = enumerate(zip(mine, theirs, strict=False))
    place = next((at for at, (a, b) in pairs if a != b), min(len(mine), len(theirs)))
    around = slice(max(place - AROUND, 0), place + AROUND)
    return f"{mine[around]!r} and {theirs[around]!r} (from {place} on; {len(mine)} and {len(theirs)} long)"
