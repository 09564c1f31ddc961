"""Answers are what an app gives, taken apart to the last byte, so that two of them can be compared and told apart."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final, cast

from attrs import frozen

from reconnect.edges.testing.twins import shown

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

    Something that can be called without arguments is called here, and what it raises is its answer.
    """
    named: Iterable[tuple[str, object]] = [(WHOLE, given)]
    if isinstance(given, Mapping):
        named = cast("Mapping[str, object]", given).items()
    elif isinstance(given, Iterator):
        named = cast("Iterator[tuple[str, object]]", given)
    for name, value in named:
        yield _answer(name, value, ignore)


def difference(one: Answer | None, other: Answer | None) -> str | None:
    """Say how two answers differ, and where; `None` if they are the same."""
    if one == other:
        return None
    if one is None or other is None or one.name != other.name:
        names = " and ".join("nothing" if answer is None else answer.name for answer in (one, other))
        return f"other things to ask for: {names}"
    mine, theirs = dict(one.parts), dict(other.parts)
    part = next(part for part in {**mine, **theirs} if mine.get(part) != theirs.get(part))
    return f"another {part} of {one.name}: {_where(mine.get(part), theirs.get(part))}"


def error_as_answer(name: str, error: Exception) -> Answer:
    """Return an error as an answer: its type and its words."""
    said = shown((type(error).__name__, str(error), error.args))
    return Answer(name=name, parts=(("error", said),), refusal=True)


def _answer(name: str, value: object, ignore: Collection[str]) -> Answer:
    if callable(value) and not _is_response(value):
        try:
            value = cast("Callable[[], object]", value)()
        except Exception as error:  # noqa: BLE001 - whatever an app raises, somebody may come to see
            return error_as_answer(name, error)
    if _is_response(value):
        return _response(name, value, ignore)
    return Answer(name=name, parts=(("value", value if isinstance(value, str | bytes) else shown(value)),))


def _is_response(value: object) -> bool:
    return hasattr(value, "status_code") and hasattr(value, "headers")


def _response(name: str, value: Any, ignore: Collection[str]) -> Answer:  # noqa: ANN401 - of any web framework
    """Take a response apart: httpx, requests, Starlette, Django and Flask agree on this much."""
    items = getattr(value.headers, "multi_items", value.headers.items)()
    headers = sorted((f"header {key.lower()}", str(text)) for key, text in items if key.lower() not in ignore)
    body = value.content if hasattr(value, "content") else value.data
    said = ("status", str(int(value.status_code)))
    return Answer(name=name, parts=(said, ("body", body), *headers), refusal=value.status_code >= REFUSED)


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
