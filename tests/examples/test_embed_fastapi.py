"""The web app of the examples keeps the library's promises while many requests come at once."""

import datetime as dt
import itertools
import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import httpx
import pendulum
import pytest
import uvicorn
from attrs import field, frozen
from examples.embed_fastapi import Writing, create_app, doors
from fastapi import FastAPI

import reconnect as rc
from reconnect.edges.convert import MOST_BYTES, dumps
from reconnect.edges.sql import SqlJournal

T = TypeVar("T")

NOON: Final = pendulum.datetime(2026, 1, 5, 12)
WORD: Final = "the-word-that-stays-with-ana"
ANA: Final = rc.Person(id="ana", zone="America/New_York", name="Ana")
BEN: Final = rc.Person(id="ben", zone="Europe/Paris", name="Ben")
CLEO: Final = rc.Person(id="cleo", zone="Asia/Tokyo", name="Cleo")


def rhythm(hour: str = "20:00") -> rc.Rhythm:
    """Mondays and Thursdays in Paris."""
    rule = rc.Recurrence.weekly("MO", "TH", time=hour, zone="Europe/Paris", starts=dt.date(2026, 1, 5))
    return rc.Rhythm.of(rule)


def note(text: str, *, share: bool = False) -> Writing:
    """A note, for oneself unless it is shared."""
    return Writing(note=rc.Note(text=text), share=share)


class Clock:
    """A clock that goes on by a step each time someone looks at it, or stands still."""

    def __init__(self, step: dt.timedelta) -> None:
        """Begin at noon."""
        self._step = step
        self._looks = itertools.count()

    def __call__(self) -> pendulum.DateTime:
        """Tell the time."""
        return NOON + self._step * next(self._looks)


TICKING: Final = dt.timedelta(milliseconds=1)
STANDING: Final = dt.timedelta(0)


class Crossing(SqlJournal):
    """A journal that lets two requests append only once both have read: a race that always happens."""

    crossing: threading.Barrier | None = None

    def append(self, *entries: rc.Entry, acting: str) -> tuple[rc.Outcome, ...]:
        """Wait for the other request, if one is coming."""
        if self.crossing is not None:
            self.crossing.wait(timeout=30)
        return super().append(*entries, acting=acting)


@frozen
class Guest:
    """One person's phone: it knows who holds it, and the server it talks to."""

    http: httpx.Client
    me: str

    def get(self, path: str, **query: str) -> httpx.Response:
        """Ask for something."""
        return self.http.get(path, params=query, headers={"X-Person": self.me})

    def post(self, path: str, sent: object = None, *, key: str | None = None, **query: str) -> httpx.Response:
        """Send a value of the library, or bytes as they are."""
        content = sent if isinstance(sent, bytes) else b"" if sent is None else dumps(sent)
        headers = {"X-Person": self.me} | ({} if key is None else {"Idempotency-Key": key})
        return self.http.post(path, params=query, headers=headers, content=content)


def told(response: httpx.Response, status: int = 200) -> Any:  # noqa: ANN401 - whatever JSON says
    """Read an answer that is expected to be a good one."""
    assert response.status_code == status, response.text
    return response.json()


@frozen
class House:
    """The app as it really runs: several servers, each with a journal of its own, over one file."""

    journal: SqlJournal
    servers: tuple[httpx.Client, ...]
    _turn: Iterator[int] = field(factory=itertools.count)

    def guest(self, me: str) -> Guest:
        """Give somebody a phone that talks to the next server."""
        return Guest(self.servers[next(self._turn) % len(self.servers)], me)

    def circle(self, key: str, *people: rc.Person) -> str:
        """Found a circle and return where it is."""
        found = told(self.guest("ana").post("/circles", people or (ANA, BEN), key=key), 201)
        return f"/circles/{found['id']}"

    def proposal(self, circle: str, key: str = "rhythm") -> tuple[str, str]:
        """Let Ana propose, and return where that is and which offer stands."""
        p = told(self.guest("ana").post(f"{circle}/proposals", rhythm(), key=key), 201)
        return f"{circle}/proposals/{p['proposal']}", p["offer"]

    def cross(self, *calls: Callable[[], T]) -> list[T]:
        """Make calls that have all read before any of them appends."""
        assert isinstance(self.journal, Crossing)
        self.journal.crossing = threading.Barrier(len(calls))
        try:
            return at_once(calls)
        finally:
            self.journal.crossing = None

    def written(self, circle: str, reader: str, kind: str) -> list[rc.Entry]:
        """Look into the journal itself: what one person can see of a kind, by the end of the year."""
        view = self.journal.view(reader, circle=circle.removeprefix("/circles/"), at=NOON.add(years=1))
        return list(view.entries(kind=kind))


@contextmanager
def serving(app: FastAPI) -> Iterator[httpx.Client]:
    """Run a real server on this machine; requests wait in its socket until it is ready."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that no answer waits
    door.bind(("127.0.0.1", 0))
    door.listen()
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", ws="none", log_level="warning"))
    thread = threading.Thread(target=server.run, args=([door],))
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{door.getsockname()[1]}", timeout=60) as http:
            yield http
    finally:
        server.should_exit = True
        thread.join()
        door.close()


@contextmanager
def open_house(path: Path, clock: Clock, *, servers: int = 1, kind: type[SqlJournal] = SqlJournal) -> Iterator[House]:
    """Open a house over one file; everyone in it looks at the same clock."""
    with ExitStack() as stack:
        journals = [stack.enter_context(kind.open(path)) for _ in range(servers)]
        clients = tuple(stack.enter_context(serving(create_app(journal, clock))) for journal in journals)
        yield House(journals[0], clients)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Two servers over one file, and a clock that goes on."""
    with open_house(tmp_path_factory.mktemp("house") / "house.db", Clock(TICKING), servers=2) as opened:
        yield opened


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """Make calls at the same moment, each in a thread of its own, and return what they return."""
    ready = threading.Barrier(len(calls))

    def call(one: Callable[[], T]) -> T:
        ready.wait(timeout=30)
        return one()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))


# The way through the app.


def test_two_people_agree_and_write(house: House) -> None:
    """From a first suggestion to a schedule, a note and both outlooks, each in their own words and zone."""
    ana, ben = house.guest("ana"), house.guest("ben")
    circle = house.circle("way-through")
    place, first = house.proposal(circle)
    assert ben.get(place).json()["missing"] == ["ben"]

    reply = told(ben.post(f"{place}/counter", rhythm("21:00"), offer=first))
    assert (reply["standing"], reply["missing"]) == ("open", ["ana"])
    agreed = told(ana.post(f"{place}/accept", offer=reply["offer"]))
    assert (agreed["standing"], agreed["missing"]) == ("in_force", [])

    begun = told(ana.post(f"{place}/begin"), 201)
    assert told(ben.post(f"{place}/begin"), 201) == begun
    for person, locally in ((ana, "Monday 5 January at 15:00"), (ben, "Monday 5 January at 21:00")):
        look = told(person.get(f"{circle}/outlook", locale="en"))
        assert look["outlook"]["next"]["start"] == "2026-01-05T20:00:00Z"
        assert any(locally in sentence for sentence in look["sentences"])

    told(ana.post(f"{circle}/entries", note("for me"), key="n1"), 201)
    told(ana.post(f"{circle}/entries", note("for us", share=True), key="n2"), 201)
    texts = [
        [entry["body"]["text"] for entry in person.get(f"{circle}/entries").json()["value"]] for person in (ana, ben)
    ]
    assert texts == [["for me", "for us"], ["for us"]]

    told(ben.post(f"{place}/withdraw"))
    assert told(ana.get(place))["standing"] == "resting"
    assert "next" not in told(ana.get(f"{circle}/outlook"))["outlook"]


def test_what_is_not_allowed_is_refused_with_its_status(house: House) -> None:
    """Each refusal of the library has one status, and says what was expected."""
    ana, ben = house.guest("ana"), house.guest("ben")
    circle = house.circle("refusals")
    place, first = house.proposal(circle)

    def refused(response: httpx.Response) -> tuple[int, str]:
        return response.status_code, response.json()["detail"]

    assert refused(ana.get(f"{circle}/proposals/none")) == (
        404,
        "expected the id of a Proposal that this reader can see",
    )
    assert refused(ben.post(f"{place}/begin"))[0] == 409  # NotInForce
    assert refused(ana.post(f"{place}/counter", rhythm("21:00"), offer=first))[0] == 403  # NotYours
    reply = told(ben.post(f"{place}/counter", rhythm("21:00"), offer=first))
    assert refused(ana.post(f"{place}/accept", offer=first)) == (
        409,
        f"expected an answer to the newest offer, which is {reply['offer']}",
    )
    assert refused(ana.post(f"{circle}/proposals", rhythm("19:00"), key="again"))[0] == 409  # NotYet
    told(ben.post(f"{place}/withdraw"))
    assert refused(ana.post(f"{place}/accept", offer=reply["offer"]))[0] == 409  # NotOpen
    assert refused(ana.get(f"{circle}/outlook", locale="xx"))[0] == 422
    assert refused(ana.post("/circles", (BEN, CLEO), key="others"))[0] == 403  # a circle without oneself


def test_nothing_on_the_way_keeps_an_answer(house: House) -> None:
    """A shared cache would be one more reader."""
    circle = house.circle("caches")
    for path in ("entries", "outlook"):
        assert house.guest("ana").get(f"{circle}/{path}").headers["cache-control"] == "no-store"


def test_what_was_erased_does_not_come_back(house: House) -> None:
    """A retry that arrives after its author erased everything is told so, and keeps nothing."""
    dee = house.guest("dee")
    found = told(dee.post("/circles", (rc.Person(id="dee", zone="UTC"), BEN), key="erased"), 201)
    entries = f"/circles/{found['id']}/entries"
    told(dee.post(entries, note("gone"), key="n1"), 201)
    house.journal.erase("dee", acting="dee", at=NOON.add(hours=1))
    assert dee.post(entries, note("gone"), key="n1").status_code == 410
    assert told(dee.get(entries))["value"] == []


# Races.


@pytest.mark.parametrize("step", [TICKING, STANDING], ids=["ticking", "standing"])
@pytest.mark.parametrize("leaver", ["ana", "ben"])
def test_a_withdrawal_that_crosses_an_acceptance_is_never_lost(tmp_path: Path, leaver: str, step: dt.timedelta) -> None:
    """Both requests have read the same open offer when they append; whoever comes first, it never holds again.

    The one who withdraws is the one who offered, or the one who accepts, on another phone.
    """
    with open_house(tmp_path / "house.db", Clock(step), kind=Crossing) as house:
        for turn in range(10):
            circle = house.circle(f"crossing-{turn}")
            place, offer = house.proposal(circle)
            calls = [
                partial(house.guest("ben").post, f"{place}/accept", offer=offer),
                partial(house.guest(leaver).post, f"{place}/withdraw"),
            ]
            answers = house.cross(*calls[:: 1 if turn % 2 else -1])
            assert [answer.status_code for answer in answers] == [200, 200]
            assert_over(house, circle, place, offer)


def test_a_withdrawal_racing_an_acceptance_is_never_lost(house: House) -> None:
    """Two servers, one file, no help: the acceptance is kept or refused, the withdrawal is always kept."""
    for turn in range(30):
        circle = house.circle(f"racing-{turn}")
        place, offer = house.proposal(circle)
        yes, no = at_once(
            [
                partial(house.guest("ben").post, f"{place}/accept", offer=offer),
                partial(house.guest("ana").post, f"{place}/withdraw"),
            ]
        )
        assert yes.status_code in (200, 409)
        assert no.status_code == 200
        assert_over(house, circle, place, offer)


def assert_over(house: House, circle: str, place: str, offer: str) -> None:
    """Nobody sees it in force any more, the withdrawal is there for both, and a later yes does not revive it."""
    for me in ("ana", "ben"):
        assert told(house.guest(me).get(place))["standing"] in ("resting", "set_aside")
        assert len(house.written(circle, me, "proposal.withdrawn")) == 1
    for me in ("ana", "ben"):
        house.guest(me).post(f"{place}/accept", offer=offer)
        assert told(house.guest(me).get(place))["standing"] in ("resting", "set_aside")
        assert not house.guest(me).post(f"{place}/begin").is_success


def test_writing_at_once_loses_nothing(house: House) -> None:
    """Two people write through two servers at the same time, and every word is there."""
    entries = f"{house.circle('writing')}/entries"
    calls = [
        partial(house.guest(me).post, entries, note(f"{me} {n}", share=n % 2 == 0), key=f"k{n}")
        for me in ("ana", "ben")
        for n in range(15)
    ]
    assert [answer.status_code for answer in at_once(calls)] == [201] * len(calls)
    for me, other in (("ana", "ben"), ("ben", "ana")):
        texts = {entry["body"]["text"] for entry in told(house.guest(me).get(entries))["value"]}
        assert texts == {f"{me} {n}" for n in range(15)} | {f"{other} {n}" for n in range(0, 15, 2)}


def test_retries_at_once_are_one_entry(house: House) -> None:
    """The same words under the same key, twelve times at once: one entry, and twelve equal answers."""
    circle = house.circle("retries")
    sent = [partial(house.guest("ana").post, f"{circle}/entries", note("once"), key="same") for _ in range(12)]
    answers = at_once(sent)
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, dumps_kept("same"))}
    assert len(house.written(circle, "ana", "note")) == 1


def dumps_kept(name: str) -> bytes:
    """The answer to something that is kept under an id."""
    return json.dumps({"id": name, "reconnect": 1, "type": "kept"}, separators=(",", ":")).encode()


def test_other_words_under_a_used_key_are_refused(house: House) -> None:
    """Two texts under one key at once: one of them is kept, and every request with the other one hears so."""
    circle = house.circle("conflict")
    texts = ("one", "other") * 6
    calls = [partial(house.guest("ana").post, f"{circle}/entries", note(text), key="same") for text in texts]
    answers = at_once(calls)
    (entry,) = house.written(circle, "ana", "note")
    assert isinstance(entry.body, rc.Note)
    expected = [201 if text == entry.body.text else 409 for text in texts]
    assert [answer.status_code for answer in answers] == expected
    shared = house.guest("ana").post(f"{circle}/entries", note(entry.body.text, share=True), key="same")
    assert shared.status_code == 409
    assert not any(word in answer.text for answer in answers for word in ('one"', 'other"'))


def test_a_key_is_its_authors_own(house: House) -> None:
    """Ben may use the key that Ana used: it names another entry, and tells him nothing."""
    circle = house.circle("own-keys")
    mine = house.guest("ana").post(f"{circle}/entries", note(WORD), key="k")
    his = house.guest("ben").post(f"{circle}/entries", note("mine"), key="k")
    assert (mine.status_code, mine.content) == (his.status_code, his.content)
    assert len(house.written(circle, "ana", "note")) == len(house.written(circle, "ben", "note")) == 1


def test_founding_may_be_sent_again(house: House) -> None:
    """Retries at once make one circle."""
    calls = [partial(house.guest("ana").post, "/circles", (ANA, BEN), key="founded-at-once") for _ in range(6)]
    assert len({told(answer, 201)["id"] for answer in at_once(calls)}) == 1


def test_what_a_key_makes_is_ones_own(house: House) -> None:
    """Somebody else who uses the same key founds another circle, and proposes something else."""
    circle = house.circle("shared-key")
    cleo = told(house.guest("cleo").post("/circles", (CLEO, BEN), key="shared-key"), 201)
    assert f"/circles/{cleo['id']}" != circle
    proposals = [
        told(house.guest(me).post(f"{circle}/proposals", rhythm(), key="same"), 201)["proposal"]
        for me in ("ana", "ben")
    ]
    assert len(set(proposals)) == len(house.written(circle, "ana", "proposal.offered")) == 2


def test_proposing_may_be_sent_again(tmp_path: Path) -> None:
    """Two retries that cross make one offer, which both answers name, and which a yes makes hold."""
    with open_house(tmp_path / "house.db", Clock(TICKING), kind=Crossing) as house:
        circle = house.circle("proposing")
        answers = house.cross(*[partial(house.guest("ana").post, f"{circle}/proposals", rhythm(), key="p")] * 2)
        first, again = (told(answer, 201) for answer in answers)
        assert first == again == told(house.guest("ana").post(f"{circle}/proposals", rhythm(), key="p"), 201)
        place = f"{circle}/proposals/{first['proposal']}"
        assert told(house.guest("ben").post(f"{place}/accept", offer=first["offer"]))["standing"] == "in_force"
        assert len(house.written(circle, "ben", "proposal.offered")) == 1


def test_both_may_begin_at_once(house: House) -> None:
    """Two people who begin the check-ins at the same moment begin the same ones."""
    circle = house.circle("beginning")
    place, offer = house.proposal(circle)
    told(house.guest("ben").post(f"{place}/accept", offer=offer))
    calls = [partial(house.guest(me).post, f"{place}/begin") for me in ("ana", "ben") * 3]
    assert len({told(answer, 201)["id"] for answer in at_once(calls)}) == 1
    view = house.journal.view("ana", circle=circle.removeprefix("/circles/"), at=NOON.add(minutes=10))
    assert len(view.all(rc.CheckInSchedule)) == 1


# Privacy.


def everything(guest: Guest, circle: str, place: str, offer: str) -> Iterator[httpx.Response]:
    """Knock at every door there is, with what a member could send and with what nobody should."""
    yield guest.post("/circles", (rc.Person(id=guest.me, zone="UTC"), ANA), key="k")
    for key in ("k", "n1"):
        yield guest.post(f"{circle}/proposals", rhythm("19:00"), key=key)
    for name in (place, f"{circle}/proposals/n1"):
        yield guest.get(name)
        yield guest.post(f"{name}/counter", rhythm("21:00"), offer=offer)
        yield guest.post(f"{name}/accept", offer="n1")
        yield guest.post(f"{name}/begin")
        yield guest.post(f"{name}/withdraw")
    for key in ("k", "n1", "n2"):
        for sent in (note("x"), note(WORD[:3], share=True), b"{}"):
            yield guest.post(f"{circle}/entries", sent, key=key)
    yield guest.get(f"{circle}/entries")
    yield guest.get(f"{circle}/outlook")


def transcript(answers: Iterator[httpx.Response]) -> list[tuple[str, int, bytes, list[tuple[str, str]]]]:
    """Everything that came back, but the date at which the server really sent it."""
    return [
        (
            f"{answer.request.method} {answer.request.url.path}",
            answer.status_code,
            answer.content,
            [(name, value) for name, value in answer.headers.multi_items() if name != "date"],
        )
        for answer in answers
    ]


def test_every_door_is_knocked_at(house: House) -> None:
    """A new endpoint joins the tests of privacy."""
    circle = house.circle("doors")
    place, offer = house.proposal(circle)
    knocked = {
        f"{answer.request.method} {answer.request.url.path}".replace(place, "{p}").replace(circle, "{c}")
        for answer in everything(house.guest("ben"), circle, place, offer)
    }
    for route in doors.routes:
        path = getattr(route, "path", "").replace("/circles/{circle}/proposals/{proposal}", "{p}")
        for method in getattr(route, "methods", ()):
            assert f"{method} {path.replace('/circles/{circle}', '{c}')}" in knocked


def test_a_partner_gets_the_same_whatever_was_written_privately(tmp_path: Path) -> None:
    """Two houses differ only in what Ana keeps to herself: Ben gets the same bytes at every door."""
    transcripts = []
    for privately in ((), ("n1", "n2", "k")):
        with open_house(tmp_path / f"{len(privately)}.db", Clock(STANDING)) as house:
            circle = house.circle("twins")
            place, offer = house.proposal(circle)
            for key in privately:
                told(house.guest("ana").post(f"{circle}/entries", note(f"{WORD} {key}"), key=key), 201)
            transcripts.append(transcript(everything(house.guest("ben"), circle, place, offer)))
    assert transcripts[0] == transcripts[1]
    assert WORD not in str(transcripts)


def test_a_stranger_cannot_tell_whether_a_circle_exists(tmp_path: Path) -> None:
    """A circle of others and no circle at all answer a stranger in the same bytes; nothing is let in."""
    with open_house(tmp_path / "house.db", Clock(STANDING)) as house:
        circle = house.circle("strangers")
        place, offer = house.proposal(circle)
        told(house.guest("ana").post(f"{circle}/entries", note(WORD), key="n1"), 201)
        cleo = house.guest("cleo")
        nowhere = "/circles/8c1f52f6-5c0e-4f2f-9f0e-0f0f0f0f0f0f"
        there = transcript(everything(cleo, circle, place, offer))
        not_there = transcript(everything(cleo, nowhere, place.replace(circle, nowhere), offer))
        assert [seen[1:] for seen in there] == [seen[1:] for seen in not_there]
        assert {status for _, status, *_ in there[1:]} == {403, 422}
        assert len(house.written(circle, "ana", "note")) == 1


MALFORMED: Final = [
    WORD.encode(),
    f'"{WORD}"'.encode(),
    f'{{"reconnect":1,"value":"{WORD}"}}'.encode(),
    f'{{"reconnect":1,"{WORD}":1}}'.encode(),
    f'{{"reconnect":"{WORD}"}}'.encode(),
    f'{{"reconnect":99,"type":"{WORD}"}}'.encode(),
    f'{{"reconnect":1,"kind":"{WORD}"}}'.encode(),
    f'{{"reconnect":1,"type":"writing","note":{{"kind":"note","text":["{WORD}"]}}}}'.encode(),
    f'{{"reconnect":1,"type":"writing","note":{{"kind":"note","text":"{WORD}"}},"share":"{WORD}"}}'.encode(),
    f'{{"reconnect":1,"type":"writing","note":{{"kind":"note","{WORD}":"x"}}}}'.encode(),
    f'{{"reconnect":1,"value":[{{"id":"ana","zone":"{WORD}"}}]}}'.encode(),
    f'{{"reconnect":1,"value":[{{"id":"{WORD}","zone":"UTC"}}]}}'.encode(),
    f'{{"reconnect":1,"kind":"checkin.rhythm","recurrences":[{{"rule":"{WORD}","type":"recurrence"}}]}}'.encode(),
    WORD.encode("utf-16"),
    WORD.encode() + b"\xff",
    b"[" * 100_000 + WORD.encode(),
    WORD.encode() * (2 * MOST_BYTES // len(WORD)),
    b"",
]


@pytest.mark.parametrize("sent", MALFORMED, ids=lambda sent: repr(sent[:60]))
def test_a_malformed_body_is_refused_and_never_repeated(house: House, sent: bytes) -> None:
    """What a client sends by mistake may be the most private thing of all."""
    ana = house.guest("ana")
    circle = house.circle("malformed")
    for path in ("/circles", f"{circle}/proposals", f"{circle}/proposals/p/counter", f"{circle}/entries"):
        answer = ana.post(path, sent, key="k", offer="o")
        assert answer.status_code == 422
        assert WORD not in answer.text
        assert answer.json()["detail"].startswith("at ")


@pytest.mark.parametrize("name", ["k" * 201, "\u00a0", ""], ids=["long", "unprintable", "empty"])
def test_a_key_that_is_no_id_is_refused(house: House, name: str) -> None:
    """A key becomes an id, so it has to be one."""
    circle = house.circle("keys")
    headers = {"X-Person": "ana", "Idempotency-Key": name}
    url = f"{circle}/entries"
    answer = house.guest("ana").http.post(
        url, headers=httpx.Headers(headers, encoding="latin-1"), content=dumps(note("x"))
    )
    assert answer.status_code == 422
    assert WORD not in answer.text


def test_what_stands_in_an_address_is_not_repeated(house: House) -> None:
    """Paths, queries and missing headers are refused without their words, too."""
    ana = house.guest("ana")
    circle = house.circle("addresses")
    place, _ = house.proposal(circle)
    for answer, status in (
        (ana.get(f"/circles/{WORD}/outlook"), 403),
        (ana.get(f"{circle}/proposals/{WORD}"), 404),
        (ana.get(f"{circle}/outlook", locale=WORD), 422),
        (house.guest("ben").post(f"{place}/accept", offer=WORD), 409),
        (ana.post(f"{circle}/entries", note(WORD)), 422),
        (ana.http.post(f"{circle}/entries", content=dumps(note(WORD))), 422),
        (ana.get(f"/{WORD}"), 404),
    ):
        assert answer.status_code == status
        assert WORD not in answer.text
