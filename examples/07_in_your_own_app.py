# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # In your own app
#
# Your app has a database, a phone in people's hands, their calendars, tests of its own, and perhaps researchers who ask
# for a table. The library stays out of the way of all that, and has a small edge for each. Here every edge is used
# once, for Ana in New York and Ben in Paris, who are looking for an hour a week.
#
# Ana and Ben are made up.

# %%
import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import icalendar
import pendulum
import polars as pl
from fastapi import Body, FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

import reconnect as rc
from reconnect.edges import web
from reconnect.edges.convert import dumps
from reconnect.edges.frames import from_frame, to_frame
from reconnect.edges.ical import busy, calendar
from reconnect.edges.schema import json_schema
from reconnect.edges.sql import SqlJournal
from reconnect.edges.testing import World, assert_noninterfering
from reconnect.primitives.meeting import all_published, mutual_times, publish

now = pendulum.datetime(2026, 3, 16, 12)
ana = rc.Person(id="ana", zone="America/New_York", name="Ana")
ben = rc.Person(id="ben", zone="Europe/Paris", name="Ben")

# %% [markdown]
# ## A database
#
# One file, beside your app. `SqlJournal.connect` takes a PostgreSQL instead, and nothing else changes.

# %%
folder = Path(tempfile.mkdtemp())
journal = SqlJournal.open(folder / "us.db")
journal.found(rc.Circle(id="c1", members=(ana, ben)), by="ana", at=now)


def shared(by: str, id_: str, body: rc.Body) -> None:
    """Keep something for everyone, in one person's name."""
    entry = rc.Entry(circle="c1", author=by, id=id_, at=now, body=body, audience=rc.Shared())
    journal.append(entry, acting=by)


# %% [markdown]
# ## Their own calendars, read for one thing
#
# Ben lets the app look at the calendar of his phone before he says when he can be asked. He plays chess on Wednesdays.
# What comes out is when he is busy, and not a word of why. The file is forgotten.

# %%
bens_phone = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Chess with Amira
DTSTART;TZID=Europe/Paris:20260318T190000
DTEND;TZID=Europe/Paris:20260318T220000
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
"""
spring = rc.Window(now, now.add(weeks=12))
taken = busy(bens_phone, within=spring, zone=ben.zone)
print(len(taken), "evenings are taken; the first is", next(iter(taken)))

evenings = rc.WeeklyHours(ben.zone, {"MO": ["19:00-21:00"], "WE": ["19:00-22:00"], "FR": ["21:00-22:00"]})
afternoons = rc.WeeklyHours(ana.zone, dict.fromkeys(("WE", "FR"), ("14:00-17:00",)))
shared("ben", "hours", publish(evenings, busy=taken, within=spring))
shared("ana", "hours", publish(afternoons))

# %% [markdown]
# ## A time for both
#
# Wednesdays would suit both by their habits, and are taken. What is left is Friday.

# %%
view = journal.view("ana", circle="c1", at=now)
found = mutual_times(all_published(view), length=dt.timedelta(minutes=45), within=spring)
rhythm = found.suggestions[0].rhythm
for recurrence in rhythm.recurrences:
    print(recurrence.format())

offered = view.offer(rhythm, id="p1", why="an hour that is ours")
agreed = offered.accept(by="ben", offer=offered.offer.id, at=now)
talks = rc.CheckInSchedule.of(agreed, id="talks", by="ana", at=now)
for name in ("ana", "ben"):
    journal.append(*talks.acts_of(name), acting=name)

# %% [markdown]
# ## Back into the calendar
#
# It is written for Ben, and says as little as possible, because calendars show on kitchen tablets. Another library
# reads it here, as the program on his phone will.

# %%
made = calendar(journal.view("ben", circle="c1", at=now), within=spring)
for event in icalendar.Calendar.from_ical(made).walk("VEVENT"):
    print(*event.to_ical().decode().splitlines(), sep="\n")

# %% [markdown]
# ## A phone that speaks another language
#
# A JSON Schema comes with every value. What it refuses, the server would refuse as well, so a form on the phone can
# say so at once.

# %%
schema = json_schema(rc.Rating)
judge = Draft202012Validator(schema)
mood = rc.Rating.of(rc.MOOD, 4)
sent = json.loads(dumps(mood))
print(schema["$id"], "|", schema["title"], "|", sent)
print(judge.is_valid(sent), judge.is_valid({**sent, "value": "rather good"}))

# %% [markdown]
# ## A web app
#
# Values stand in a signature as they are. A refusal says where and what was expected, and never repeats what was sent.


# %%
def app_around(journal: rc.Journal, clock: Callable[[], pendulum.DateTime]) -> FastAPI:
    """Return a small app: it takes a rating, and tells an outlook. Your own login says who asks."""
    app = FastAPI()
    web.add_handlers(app)

    @app.post("/{person}/ratings/{id_}")
    def rate(person: str, id_: str, rating: Annotated[rc.Rating, Body()]) -> str:
        entry = rc.Entry(circle="c1", author=person, id=id_, at=clock(), body=rating)
        (outcome,) = journal.append(entry, acting=person)
        return type(outcome).__name__

    @app.get("/{person}/outlook")
    def outlook(person: str) -> rc.Outlook:
        return rc.outlook(journal.view(person, circle="c1", at=clock()))

    return app


phone = TestClient(app_around(journal, lambda: now.add(days=2)))
print(phone.post("/ben/ratings/m1", json=sent).json())
print(phone.post("/ben/ratings/m1", json=sent).json(), "(sent twice, kept once)")
print(phone.post("/ben/ratings/m2", json={**sent, "value": "rather good"}).json())
print("next:", phone.get("/ana/outlook").json()["next"]["start"])

# %% [markdown]
# Ben's mood is his own: he shared it with nobody. Ana's outlook must be the same with and without it.
#
# ## A test of your own app
#
# That is a promise about *your* code, so the library brings a test for it. It makes pairs of worlds that differ only
# in what Ben keeps private, lets Ana ask your app for everything, and compares every byte.


# %%
def asked(app: FastAPI, world: World) -> Iterator[tuple[str, object]]:
    """Ask an app for everything that Ana can ask for."""
    client = TestClient(app)
    yield "outlook", client.get(f"/{world.reader}/outlook")
    yield "badge", client.get(f"/{world.reader}/badge")


assert_noninterfering(lambda world: asked(app_around(world.journal, world.clock), world), examples=10)
print("Nothing private shines through.")

# %% [markdown]
# Then somebody adds a badge, with the best of intentions: how much has been written lately?


# %%
def with_badge(journal: rc.Journal, clock: Callable[[], pendulum.DateTime]) -> FastAPI:
    """Return the same app, with a number beside its icon."""
    app = app_around(journal, clock)

    @app.get("/{person}/badge")
    def badge(person: str) -> int:
        return len(list(journal.everything())) if person in {"ana", "ben"} else 0

    return app


try:
    assert_noninterfering(lambda world: asked(with_badge(world.journal, world.clock), world))
except AssertionError as found_out:
    print(str(found_out).partition(":")[0])

# %% [markdown]
# ## A table
#
# Ben gives his own notes to a study. One line makes a table of what *he* may take along, and nothing is ever filled in.
# A table that comes back is read as strictly as everything else.

# %%
table = to_frame(journal.export("ben", acting="ben"))
with pl.Config(tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
    print(table.select("author", "kind", "audience", "value"))

table.write_parquet(folder / "ben.parquet")
print(from_frame(pl.read_parquet(folder / "ben.parquet")) == journal.export("ben", acting="ben"))

# %% [markdown]
# Each edge has a page of its own: [a database](../how-to/keep-it-in-a-database.md),
# [PostgreSQL](../how-to/keep-it-in-postgresql.md), [calendars](../how-to/put-it-in-a-calendar.md),
# [schemas](../how-to/describe-it-to-other-languages.md), [FastAPI](../how-to/take-values-in-fastapi.md),
# [other frameworks](../how-to/use-litestar-or-django.md), [tests](../how-to/test-your-own-app.md) and
# [tables](../how-to/get-it-as-a-table.md).
