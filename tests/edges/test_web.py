"""FastAPI and pydantic read, write and describe every value as the library does, and repeat nothing that was sent."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final

import attrs
import httpx
import pytest
from attrs import frozen
from fastapi import Body, FastAPI, Query, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from starlette.websockets import WebSocketDisconnect

import reconnect as rc
from reconnect import errors
from reconnect.consent.offer import Accepted
from reconnect.edges import web
from reconnect.edges.convert import VERSION, dumps, loads
from reconnect.edges.testing import values_of
from reconnect.edges.testing.public import strategies

PUBLIC: Final = sorted(
    (cls for cls in vars(rc).values() if isinstance(cls, type) and attrs.has(cls) and cls in strategies()),
    key=lambda cls: cls.__qualname__,
)
WORD: Final = "so-tired-of-you"
MARK: Final = "reconnect"


class Letter(BaseModel):
    """A model of the host with a value of ours inside."""

    when: rc.Window
    greeting: str = ""
    ages: dict[str, int] = {}


def app() -> FastAPI:
    """An app with one door for each way in which a value may stand in it."""
    made = FastAPI()
    web.add_handlers(made)

    @made.post("/window")
    def window(sent: Annotated[rc.Window, Body()]) -> rc.Window:
        return sent

    @made.post("/either")
    def either(sent: Annotated[rc.Window | rc.Period | None, Body()]) -> rc.Window | rc.Period | None:
        return sent

    @made.post("/letters/{number}")
    def letters(sent: list[Letter], number: int, page: int = 0) -> list[Letter]:
        return [*sent[page:], *sent[:page]][: number or None]

    @made.websocket("/listen")
    async def listen(_: WebSocket, page: int = 0) -> None:
        raise errors.NotYours if page else KeyError

    @made.post("/refuse")
    def refuse() -> None:
        raise errors.NotKept("busy")

    return made


APP: Final = app()


def post(path: str, sent: bytes, to: FastAPI = APP) -> httpx.Response:
    """Send bytes as JSON, without a socket."""

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=to), base_url="http://app") as client:
            return await client.post(path, content=sent, headers={"Content-Type": "application/json"})

    return asyncio.run(send())


def plain(value: object) -> Any:  # noqa: ANN401 - any JSON
    """A value as it stands in a document, without the version around it."""
    whole = json.loads(dumps(value))
    if whole[MARK] == VERSION:  # what a newer version wrote keeps its mark
        del whole[MARK]
    return whole["value"] if whole.keys() == {"value"} else whole


@pytest.mark.parametrize("cls", PUBLIC, ids=lambda cls: cls.__qualname__)
@settings(max_examples=max(3, settings().max_examples // 25))  # there are many classes
@given(data=st.data())
def test_pydantic_reads_and_writes_what_the_library_does(cls: type[object], data: st.DataObject) -> None:
    """A document, the same without its version, and what pydantic writes are all the same value."""
    value = data.draw(values_of(cls))
    adapter = TypeAdapter(cls)
    assert adapter.validate_python(value) is value
    assert adapter.validate_python(json.loads(dumps(value))) == value
    written = adapter.dump_python(value, mode="json")
    assert json.loads(json.dumps(written)) == plain(value)
    assert adapter.validate_json(adapter.dump_json(value)) == value
    assert adapter.dump_python(value) is value


def answer(ask: Callable[[], object]) -> object:
    """What comes back: a value, or the refusal itself."""
    try:
        return ask()
    except (errors.DecodeError, ValidationError) as refusal:
        return refusal


@given(data=st.data())
def test_what_the_library_refuses_is_refused_and_not_repeated(data: st.DataObject) -> None:
    """A document that was spoiled somewhere is refused as by `loads`, and no word of it comes back."""
    cls = data.draw(st.sampled_from([rc.Window, rc.Rhythm, rc.Person, rc.Entry]))
    document = json.loads(dumps(data.draw(values_of(cls))))
    place = data.draw(st.sampled_from(sorted(document)))
    spoiled = {**document, data.draw(st.sampled_from([place, WORD])): data.draw(st.sampled_from([WORD, [WORD], 7]))}
    expected = answer(lambda: loads(json.dumps(spoiled), cls))
    got = answer(lambda: TypeAdapter(cls).validate_python(spoiled))
    if isinstance(expected, errors.DecodeError):
        assert isinstance(got, ValidationError)
        assert WORD not in str(got) + repr(got.errors())
        assert expected.expected in str(got)
    else:
        assert got == expected


@pytest.mark.parametrize("odd", [float("nan"), object(), {1: 2, "a": object()}, b"bytes", {"a": {1, 2}}])
def test_what_is_no_json_is_refused(odd: object) -> None:
    """Whatever a host hands in, the answer is the same kind of refusal."""
    with pytest.raises(ValidationError, match="expected"):
        TypeAdapter(rc.Window).validate_python(odd)


def test_a_value_without_end_is_refused() -> None:
    """Depth is bounded here as everywhere."""
    deep: list[Any] = []
    deep.append(deep)
    with pytest.raises(ValidationError, match="expected"):
        TypeAdapter(rc.Window).validate_python(deep)


words: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(WORD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([WORD, "when", "type"]), inner),
    max_leaves=6,
)


@given(
    sent=words.map(json.dumps)
    | st.sampled_from([f'{{"{WORD}":', f'"{WORD}', f"{WORD}", "", "NaN", f'[{{"when":"{WORD}"}}]']),
    path=st.sampled_from(["/window", "/either", "/letters/1", f"/letters/{WORD}", f"/letters/1?page={WORD}"]),
)
def test_nothing_that_was_sent_comes_back(sent: str, path: str) -> None:
    """Whatever stands in a body, an address or the names in them: a refusal holds none of it."""
    reply = post(path, sent.encode())
    assert reply.status_code in {200, 422}
    if reply.status_code != 200:
        assert WORD not in reply.text + str(reply.headers)
        assert {frozenset(each) for each in reply.json()["detail"]} == {frozenset({"type", "loc", "msg"})}
        assert reply.headers["Cache-Control"] == "no-store"


def test_a_refusal_says_where_and_what_was_expected() -> None:
    """Places in lists and names of parameters stay, and a name that is missing; a name somebody may have typed goes."""
    hour = {"type": "window", "start": "2026-01-05T12:00:00Z", "end": "2026-01-05T13:00:00Z"}
    letters = [{"when": hour}, {"when": {"type": "window"}}, {}, {"when": hour, "ages": {WORD: WORD}}]
    assert post("/letters/1?page=x", json.dumps(letters).encode()).json() == {
        "detail": [
            {"type": "int_parsing", "loc": ["query", "page"], "msg": "not as expected (int_parsing)"},
            {"type": "reconnect", "loc": ["body", 1], "msg": "at the top: expected the name start"},
            {"type": "missing", "loc": ["body", 2, "when"], "msg": "not as expected (missing)"},
            {"type": "int_parsing", "loc": ["body", 3], "msg": "not as expected (int_parsing)"},
        ]
    }


def test_values_pass_in_every_place() -> None:
    """As a body, as one of several, as nothing, and inside a model of the host."""
    hour = plain(
        loads(b'{"reconnect":1,"type":"window","start":"2026-01-05T12:00:00Z","end":"2026-01-05T13:00:00Z"}', rc.Window)
    )
    assert post("/window", json.dumps(hour).encode()).json() == hour
    assert post("/either", json.dumps(hour).encode()).json() == hour
    assert post("/either", b'"P2W"').json() == "P2W"
    assert post("/either", b"null").json() is None
    assert post("/letters/1", json.dumps([{"when": hour}]).encode()).json() == [
        {"when": hour, "greeting": "", "ages": {}}
    ]


@pytest.mark.parametrize("query", [f"page={WORD}", "page=1"])
def test_a_socket_is_closed_without_a_word(query: str) -> None:
    """What FastAPI would say of a form that cannot be holds what was sent; a closed socket says nothing."""
    with pytest.raises(WebSocketDisconnect) as closed, TestClient(APP).websocket_connect(f"/listen?{query}"):
        pass
    assert (closed.value.code, closed.value.reason) == (1008, "")


class Wish(BaseModel):
    """A model of the host for its addresses, which takes no other names."""

    model_config = ConfigDict(extra="forbid")
    page: int = 0


def test_a_name_in_an_address_that_is_one_too_many_does_not_come_back() -> None:
    """It may be anything that somebody typed."""
    made = FastAPI()
    web.add_handlers(made)

    @made.post("/wishes")
    def wishes(sent: Annotated[Wish, Query()]) -> Wish:
        return sent

    assert post(f"/wishes?{WORD}=1", b"", to=made).json() == {
        "detail": [{"type": "extra_forbidden", "loc": ["query"], "msg": "not as expected (extra_forbidden)"}]
    }


def leaves(cls: type[errors.ReconnectError]) -> Iterator[type[errors.ReconnectError]]:
    """Every error below one, itself included."""
    yield cls
    for below in cls.__subclasses__():
        yield from leaves(below)


def test_every_refusal_has_a_status() -> None:
    """A refusal is the client's to mend (4xx) unless a database or an installation is not as it should be."""
    servers = {errors.NotKept, errors.TracesLeft, errors.MissingExtra, errors.NewerDatabase, errors.WrongKey}
    for cls in leaves(errors.ReconnectError):
        status = web.status_of(cls.__new__(cls))
        assert (status >= 500) == (cls in servers), cls


def test_a_refusal_goes_out_in_its_own_words() -> None:
    """The sentence, the status, and no cache on the way."""
    reply = post("/refuse", b"")
    assert (reply.status_code, reply.headers["Cache-Control"]) == (503, "no-store")
    assert reply.json() == {"detail": str(errors.NotKept("busy"))}


@pytest.mark.parametrize("handler", [web.refuse, web.refuse_form])
def test_a_handler_passes_on_what_is_not_its_own(handler: Any) -> None:  # noqa: ANN401 - either of two
    """Somebody else's trouble stays somebody else's."""
    with pytest.raises(KeyError):
        asyncio.run(handler(None, KeyError("theirs")))


def test_the_app_tells_of_its_values_in_openapi() -> None:
    """Every reference leads somewhere, every schema is one, and it takes what is written."""
    document = APP.openapi()
    schemas = document["components"]["schemas"]
    found = json.dumps(document).split('"$ref": "')[1:]
    assert found
    assert {each.split('"')[0] for each in found} <= {f"#/components/schemas/{name}" for name in schemas}
    assert "Window" in schemas
    Draft202012Validator.check_schema(schemas["Window"])


@given(data=st.data())
def test_a_described_value_is_valid(data: st.DataObject) -> None:
    """What stands in OpenAPI about a class takes every value of it, one that may hold itself included."""
    cls = data.draw(st.sampled_from([rc.Entry, rc.Baseline, rc.Rhythm, rc.Phrase, rc.Circle]))
    described = TypeAdapter(cls).json_schema()
    Draft202012Validator(described).validate(plain(data.draw(values_of(cls))))


def test_every_value_can_be_described() -> None:
    """No public class is left out of OpenAPI."""
    for cls in PUBLIC:
        Draft202012Validator.check_schema(TypeAdapter(cls).json_schema())


@web.teach
@frozen(kw_only=True)
class Visit:
    """A class of the host."""

    when: rc.Window
    note: str = ""


def test_a_class_of_the_host_can_be_taught() -> None:
    """It is read as strictly as ours."""
    hour = {"type": "window", "start": "2026-01-05T12:00:00Z", "end": "2026-01-05T13:00:00Z"}
    assert TypeAdapter(Visit).validate_python({"type": "visit", "when": hour}).note == ""
    with pytest.raises(ValidationError, match="expected a text"):
        TypeAdapter(Visit).validate_python({"type": "visit", "when": hour, "note": 7})


QUIET: Final = """
import sys
import reconnect
assert not hasattr(reconnect.Window, "__get_pydantic_core_schema__")
import reconnect.edges.web
assert hasattr(reconnect.Window, "__get_pydantic_core_schema__")
brought = sorted({"pydantic", "pydantic_core", "fastapi", "starlette", "sqlalchemy"} & sys.modules.keys())
print(brought)
"""


def test_pydantic_is_imported_only_when_it_asks() -> None:
    """Neither the library nor this edge brings a framework along."""
    said = subprocess.run([sys.executable, "-c", QUIET], check=True, capture_output=True, text=True)
    assert said.stdout == "[]\n"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without FastAPI or pydantic, the word says what to install."""
    monkeypatch.setitem(sys.modules, "fastapi", None)
    with pytest.raises(errors.MissingExtra, match=r"reconnect\[web\]"):
        web.add_handlers(FastAPI())
    with pytest.raises(errors.MissingExtra, match=r"reconnect\[web\]"):
        asyncio.run(web.refuse_form(None, RequestValidationError([])))
    monkeypatch.setitem(sys.modules, "pydantic_core", None)
    with pytest.raises(errors.MissingExtra, match=r"reconnect\[web\]"):
        rc.Window.__get_pydantic_core_schema__(rc.Window, None)  # type: ignore[attr-defined]  # taught at run time


def test_a_body_of_any_kind_comes_and_goes() -> None:
    """Acts, what a newer version wrote, and long words that are no ASCII, as `loads` reads them."""
    made = FastAPI()
    web.add_handlers(made)

    @made.post("/bodies")
    def give_back(body: Annotated[rc.Body, Body()]) -> rc.Body:
        return body

    for value in (
        rc.Note(text="é" * 400_000),
        Accepted(offer="o1"),
        rc.UnknownBody(name="note", payload="{}", version=2),
    ):
        reply = post("/bodies", dumps(value), made)
        assert reply.status_code == 200
        assert reply.json() == plain(value)
    assert post("/bodies", b'{"type": "window"}', made).status_code == 422
