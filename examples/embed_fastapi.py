"""A small web app around `reconnect`: FastAPI outside, SQLite inside, and in between each person's own view.

It is meant to be copied. Put your own login where `person` stands, and your own kinds of entries where notes are.
Run it with `python examples/embed_fastapi.py`; it needs uvicorn, and this library with the extras `sql` and `web`.

Four habits keep it right when many requests come at once, and quiet about what is private:

- A request reads a view, makes one act, and appends it. Nothing is locked and nothing is changed in place: of two
  requests that race, each appends its own act, and whoever reads next finds the same answer. Protection wins: once
  somebody withdrew, nothing holds, whichever request came first.
- Everything may be sent twice. Acts derive their ids from what they say; for new things the client sends an
  `Idempotency-Key`, and an id made from it belongs to that person alone, so nobody can take or test another's.
- What a client sends is read by `loads`, which stops at a cap. FastAPI's own refusals repeat what was sent; those of
  `loads` never do.
- A refusal of the library says what was expected, in the same words whether or not something exists that the
  reader cannot see. So the handlers of `reconnect.edges.web` pass all of them on.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Final

import pendulum
from attrs import frozen
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request, Response

import reconnect as rc
from reconnect import errors
from reconnect.edges import web
from reconnect.edges.convert import MOST_BYTES, dumps, loads

# What goes in and out, beside the library's own values: any attrs class will do.


@frozen(kw_only=True)
class Writing:
    """A note to keep; only its author reads it unless they choose to share it."""

    note: rc.Note
    share: bool = False


@frozen(kw_only=True)
class Kept:
    """The id of something that is kept now."""

    id: str


@frozen(kw_only=True)
class Standing:
    """How a proposal stands: which offer counts, and whose yes is missing."""

    proposal: str
    offer: str
    standing: rc.Agreed
    missing: tuple[str, ...]


@frozen(kw_only=True)
class Told:
    """One person's outlook: to build screens from, and in their own words and on their own clock."""

    outlook: rc.Outlook
    sentences: tuple[str, ...]


# Who asks, when, and with what.


def person(x_person: Annotated[str, Header()]) -> str:
    """Return who asks. A STAND-IN for your own login: here anyone may say they are anyone."""
    return x_person


@frozen(kw_only=True)
class Visit:
    """One person at one moment: all that a request knows about the world."""

    journal: rc.Journal
    person: str
    at: dt.datetime

    def view(self, circle: str) -> rc.View:
        """Return what this person can see; a stranger is refused alike whether or not the circle exists."""
        return self.journal.view(self.person, circle=circle, at=self.at)

    def keep(self, story: rc.Story) -> None:
        """Append what this person said in a story; what others said is kept already, and is theirs."""
        own = (act for act in story.acts if act.author == self.person)
        self.journal.append(*own, acting=self.person)

    def new_id(self, *where: str) -> str:
        """Make an id that nobody else can arrive at, and that is the same when a request is sent again."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, "\n".join((self.person, *where))))


def visit(request: Request, person: Annotated[str, Depends(person)]) -> Visit:
    """Bring the app's journal, the time of receipt, and the person together."""
    state = request.app.state
    return Visit(journal=state.journal, person=person, at=state.clock())


async def body(request: Request) -> bytes:
    """Return what was sent, as bytes; `loads` refuses what is too long, so there is no need to read on."""
    sent = bytearray()
    async for chunk in request.stream():
        sent += chunk
        if len(sent) > MOST_BYTES:
            break
    return bytes(sent)


Here = Annotated[Visit, Depends(visit)]
Sent = Annotated[bytes, Depends(body)]
Key = Annotated[str, Header(alias="Idempotency-Key")]


def answer(value: object, status: int = 200) -> Response:
    """Write an answer that no cache on the way may keep."""
    return Response(dumps(value), status, {"Cache-Control": "no-store"}, "application/json")


def standing(circle: str, proposal: str, here: Visit) -> Standing:
    """Read how a proposal stands by now; somebody else may have said something meanwhile."""
    p = here.view(circle).state(rc.Proposal, proposal)
    how, missing = p.standing(at=here.at), p.awaiting(at=here.at)
    return Standing(proposal=p.id, offer=p.offer.id, standing=how, missing=missing)


# The doors. Plain functions, so FastAPI runs each in a thread and a journal may take its time.

doors: Final = APIRouter()


@doors.post("/circles")
def found(here: Here, key: Key, sent: Sent) -> Response:
    """Found a circle of some people. Before this, let your app ask every one of them."""
    people = loads(sent, tuple[rc.Person, ...])
    circle = rc.Circle(id=here.new_id("circle", key), members=people)
    with suppress(errors.NotYours):  # it is there: this is the same request once more
        here.journal.found(circle, by=here.person, at=here.at)
    return answer(Kept(id=circle.id), 201)


@doors.post("/circles/{circle}/proposals")
def propose(circle: str, here: Here, key: Key, sent: Sent) -> Response:
    """Offer a rhythm of check-ins to everyone in the circle."""
    rhythm = loads(sent, rc.Rhythm)
    proposal = here.view(circle).offer(rhythm, id=here.new_id(circle, key))
    here.keep(proposal)
    return answer(standing(circle, proposal.id, here), 201)


@doors.get("/circles/{circle}/proposals/{proposal}")
def look(circle: str, proposal: str, here: Here) -> Response:
    """Tell how a proposal stands."""
    return answer(standing(circle, proposal, here))


@doors.post("/circles/{circle}/proposals/{proposal}/accept")
def accept(circle: str, proposal: str, offer: str, here: Here) -> Response:
    """Say yes to one very offer."""
    seen = here.view(circle).state(rc.Proposal, proposal)
    here.keep(seen.accept(by=here.person, offer=offer, at=here.at))
    return answer(standing(circle, proposal, here))


@doors.post("/circles/{circle}/proposals/{proposal}/counter")
def counter(circle: str, proposal: str, offer: str, here: Here, sent: Sent) -> Response:
    """Answer another's offer with one's own."""
    rhythm = loads(sent, rc.Rhythm)
    seen = here.view(circle).state(rc.Proposal, proposal)
    here.keep(seen.counter(by=here.person, offer=offer, value=rhythm, at=here.at))
    return answer(standing(circle, proposal, here))


@doors.post("/circles/{circle}/proposals/{proposal}/withdraw")
def withdraw(circle: str, proposal: str, here: Here) -> Response:
    """End it for one's own part: at once, alone, without a reason."""
    seen = here.view(circle).state(rc.Proposal, proposal)
    here.keep(seen.withdraw(by=here.person, at=here.at))
    return answer(standing(circle, proposal, here))


@doors.post("/circles/{circle}/proposals/{proposal}/begin")
def begin(circle: str, proposal: str, here: Here) -> Response:
    """Begin the check-ins of an agreed rhythm; if both begin at once, they begin the same ones."""
    agreed = here.view(circle).state(rc.Proposal, proposal)
    check_ins = rc.CheckInSchedule.of(agreed, id=f"{proposal}.check-ins", by=here.person, at=here.at)
    here.keep(check_ins)
    return answer(Kept(id=check_ins.id), 201)


@doors.post("/circles/{circle}/entries")
def write(circle: str, here: Here, key: Key, sent: Sent) -> Response:
    """Keep a note. The key is the entry's id: sent again, it is the same entry with the same answer."""
    writing = loads(sent, Writing)
    audience = rc.Shared() if writing.share else rc.Private()
    entry = rc.Entry(circle=circle, author=here.person, id=key, at=here.at, body=writing.note, audience=audience)
    match here.journal.append(entry, acting=here.person):
        case (rc.IdConflict(),):  # ids are each author's own, so nobody else ever hears this
            raise HTTPException(409, "expected a new key, got one under which you wrote something else")
        case (rc.Erased(),):
            raise HTTPException(410, "expected something new, got an entry that you erased")
    return answer(Kept(id=entry.id), 201)


@doors.get("/circles/{circle}/entries")
def read(circle: str, here: Here) -> Response:
    """Return the notes that this person can read."""
    return answer(here.view(circle).entries(kind=rc.Note))


@doors.get("/circles/{circle}/outlook")
def outlook(circle: str, here: Here, locale: str = "en") -> Response:
    """Tell this person what is open and next, whose yes is missing, and what holds."""
    view = here.view(circle)
    look = rc.outlook(view)
    said = (rc.render(phrase, locale=locale, zone=look.zone, names=view.names) for phrase in look.phrases())
    return answer(Told(outlook=look, sentences=tuple(said)))


def create_app(journal: rc.Journal, clock: Callable[[], dt.datetime]) -> FastAPI:
    """Make the app around a journal and a clock; the caller closes the journal."""
    app = FastAPI(title="reconnect, embedded", docs_url=None, redoc_url=None)
    app.state.journal, app.state.clock = journal, clock
    web.add_handlers(app)
    app.include_router(doors)
    return app


if __name__ == "__main__":
    import uvicorn

    from reconnect.edges.sql import SqlJournal

    with SqlJournal.open("reconnect.db") as kept:
        uvicorn.run(create_app(kept, clock=lambda: pendulum.now("UTC")))
