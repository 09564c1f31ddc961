"""The web app of the examples passes the test that it ships to others, and one with a leak does not."""

from collections.abc import Callable, Iterator
from functools import lru_cache

import pytest

pytest.importorskip("fastapi", reason="FastAPI is missing: the test of a web app's endpoints was NOT tried on one")
pytest.importorskip("httpx2", reason="httpx2 is missing: the test of a web app's endpoints was NOT tried on one")

from examples.embed_fastapi import Writing, create_app
from fastapi import FastAPI, Response
from fastapi.testclient import TestClient

import reconnect as rc
from reconnect.edges.convert import dumps
from reconnect.edges.testing import World, assert_noninterfering

FEW = 4


def honest(world: World) -> FastAPI:
    """The app as it stands in the examples."""
    return create_app(world.journal, world.clock)


def counting(world: World) -> FastAPI:
    """The app with one more door: how many entries there are, for a badge on the screen."""
    app = honest(world)

    @app.get("/circles/{circle}/badge")
    def badge(circle: str) -> int:
        return sum(entry.circle == circle for entry in world.journal.everything())

    return app


def caching(world: World) -> FastAPI:
    """The app with a header that lets phones keep an answer until something was written, by anyone."""
    app = honest(world)

    @app.middleware("http")
    async def mark(request: object, call_next: Callable[[object], object]) -> Response:
        response: Response = await call_next(request)  # type: ignore[misc]  # as Starlette has it
        response.headers["ETag"] = f'"{len(list(world.journal.everything()))}"'
        return response

    return app


def breaking(world: World) -> FastAPI:
    """The app with a door that stumbles over what only the other should see."""
    app = honest(world)

    @app.get("/circles/{circle}/badge")
    def badge() -> int:
        if any(entry.author == "ben" and entry.audience == rc.Private() for entry in world.journal.everything()):
            raise LookupError
        return 0

    return app


def asked(make: Callable[[World], FastAPI]) -> Callable[[World], object]:
    """Ask an app for everything that it has, as the reader."""

    def app(world: World) -> Iterator[tuple[str, object]]:
        client = TestClient(make(world), headers={"X-Person": world.reader}, raise_server_exceptions=False)
        here = f"/circles/{world.circle.id}"
        for path in ("entries", "outlook", "badge", *(f"proposals/{name}" for name in world.ids)):
            yield f"GET {path}", client.get(f"{here}/{path}")
        for name in world.ids:
            sent, key = dumps(Writing(note=rc.Note(text="mine"))), {"Idempotency-Key": name}
            yield f"POST {name}", client.post(f"{here}/entries", content=sent, headers=key)

    return app


def test_the_app_of_the_examples_passes() -> None:
    """At no door, with no id, does anything differ."""
    assert_noninterfering(asked(honest), examples=FEW)


@pytest.mark.parametrize(
    ("leaky", "said"),
    [
        (counting, "another body of GET badge: b'25' and b'26'"),
        (caching, "another header etag of GET entries: "),
        (breaking, "another status of GET badge: '200' and '500'"),
    ],
)
def test_a_planted_leak_is_caught(leaky: Callable[[World], FastAPI], said: str) -> None:
    """A count, a header and a door that stumbles are each named by what was asked."""
    with pytest.raises(AssertionError) as refused:
        assert_noninterfering(asked(leaky))
    assert said in str(refused.value)


@lru_cache(maxsize=2)
def client_of(world: World) -> TestClient:
    """The same app for writing and for reading, in each world."""
    return TestClient(remembering(world))


def remembering(world: World) -> FastAPI:
    """The app with a count that it keeps for itself, and not in the journal."""
    app, written = honest(world), [0]

    @app.middleware("http")
    async def count(request: object, call_next: Callable[[object], object]) -> Response:
        written[0] += request.method == "POST"  # type: ignore[attr-defined]  # as Starlette has it
        response: Response = await call_next(request)  # type: ignore[misc]  # as Starlette has it
        response.headers["X-Written"] = str(written[0])
        return response

    return app


def test_what_is_kept_through_an_endpoint_passes_through_the_whole_app() -> None:
    """A leak that lies in the app's own memory shows only if private things come in by its own door."""

    def keep(world: World, entry: rc.Entry) -> None:
        if isinstance(entry.body, rc.Note):
            body = dumps(Writing(note=entry.body))
            headers = {"X-Person": world.author, "Idempotency-Key": entry.id}
            answer = client_of(world).post(f"/circles/{world.circle.id}/entries", content=body, headers=headers)
            assert answer.status_code == 201, answer.text

    def read(world: World) -> object:
        return client_of(world).get(f"/circles/{world.circle.id}/entries", headers={"X-Person": world.reader})

    with pytest.raises(AssertionError, match="another header x-written of the answer"):
        assert_noninterfering(read, keep=keep)
