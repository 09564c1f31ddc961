"""Strategies for strange documents: random bytes, random JSON, and documents that are almost right."""

import json
import traceback
from typing import Any, Final

from hypothesis import strategies as st

from reconnect.edges._codec import Json, is_list, is_object
from reconnect.edges.convert import dumps, loads
from reconnect.edges.testing.public import strategies
from reconnect.errors import DecodeError

__all__ = ["SECRET", "documents", "gives_away", "read_quietly", "spoiled"]

SECRET: Final = "something very private"  # noqa: S105 - no password, but what must not come out
_FRAMES: Final = 2  # the caller of `loads`, and `loads` itself
_LEAVES: Final = (None, True, False, 0, 1, -1, 2**53, 1.5, -0.0, "", "x", "2026-01-05T20:00:00", SECRET)
_STRANGE: Final = (
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"9" * 400,
    b'"\\ud800"',
    b"\xff",
    b"\xef\xbb\xbf",
    b"[" * 2000,
    b"0.1e-400",
    b"\x00",
)
_NAMES: Final = ("reconnect", "type", "kind", "value", "id", "at", "text", SECRET)


def documents() -> st.SearchStrategy[bytes]:
    """Draw bytes that are hardly ever a document: none, noise, texts, and JSON of any shape."""
    noise = st.binary(max_size=200)
    brackets = st.text('{}[]",:\\u0e-.truefalsn ', max_size=60).map(str.encode)
    whole = st.dictionaries(_names(), _trees(), max_size=5)
    enveloped = whole.map(lambda tree: {"reconnect": 1, **tree})
    return noise | brackets | (_trees() | whole | enveloped).map(_bytes)


@st.composite
def spoiled(draw: st.DrawFn, cls: type) -> bytes:
    """Draw a document of a value of a class, with a few things changed in it, a secret put in among them."""
    tree = json.loads(dumps(draw(strategies()[cls])))
    for _ in range(draw(st.integers(0, 3))):
        tree = draw(_changed(tree))
    data = _bytes(tree)
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([0, 0, 1, 4, len(data)]))
        data = data[:place] + draw(st.sampled_from(_STRANGE) | st.binary(max_size=4)) + data[place + length :]
    return data


def read_quietly(data: bytes | str, wanted: Any) -> object:  # noqa: ANN401 - any annotation
    """Read a document, and return the value, or the `DecodeError` after a look at what it gives away.

    Raises:
        AssertionError: the error gives something away.
    """
    try:
        return loads(data, wanted)
    except DecodeError as error:
        refused = error
    given_away = gives_away(refused)
    if given_away:
        raise AssertionError(", ".join(given_away)) from refused
    return refused


def gives_away(error: Exception) -> tuple[str, ...]:
    """Return what an error of `loads` gives away of a document that holds `SECRET`."""
    words = (str(error), repr(error), repr(vars(error)), *traceback.format_exception(error))
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    found = {
        "its words repeat the document": any(SECRET in text for text in words),
        "it brings another error along": error.__cause__ is not None or error.__context__ is not None,
        "it brings frames of the reader along": len(frames) > _FRAMES,
    }
    return tuple(what for what, is_so in found.items() if is_so)


def _bytes(tree: Json) -> bytes:
    return json.dumps(tree, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def _names() -> st.SearchStrategy[str]:
    return st.sampled_from(_NAMES) | st.text(max_size=3)


def _leaves() -> st.SearchStrategy[Json]:
    return st.sampled_from(_LEAVES) | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4)


def _trees() -> st.SearchStrategy[Json]:
    return st.recursive(
        _leaves(),
        lambda part: st.lists(part, max_size=3) | st.dictionaries(_names(), part, max_size=3),
        max_leaves=8,
    )


@st.composite
def _changed(draw: st.DrawFn, tree: Json) -> Json:
    """Draw a tree with one thing changed at one place in it."""
    deeper = draw(st.integers(0, 3)) > 0
    if is_object(tree) and tree:
        return draw(_changed_object(tree, deeper=deeper))
    if is_list(tree) and tree:
        return draw(_changed_list(tree, deeper=deeper))
    if type(tree) is str:
        return draw(st.sampled_from([SECRET, tree + SECRET, tree[1:], tree.upper(), [tree]]) | _trees())
    return draw(st.just(SECRET) | _trees())


@st.composite
def _changed_object(draw: st.DrawFn, tree: dict[str, Json], *, deeper: bool) -> Json:
    name = draw(st.sampled_from(sorted(tree)))
    if deeper:
        return {**tree, name: draw(_changed(tree[name]))}
    without = {each: part for each, part in tree.items() if each != name}
    more = {**tree, draw(_names()): draw(_leaves())}
    return draw(st.sampled_from([SECRET, without, more, {}, [tree]]))


@st.composite
def _changed_list(draw: st.DrawFn, tree: list[Json], *, deeper: bool) -> Json:
    place = draw(st.integers(0, len(tree) - 1))
    if deeper:
        return [*tree[:place], draw(_changed(tree[place])), *tree[place + 1 :]]
    return draw(st.sampled_from([SECRET, [*tree, tree[0]], tree[::-1], tree[1:], {SECRET: tree}]))
