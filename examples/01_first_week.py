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
# # A first week
#
# Ana lives in New York, Ben in Paris. They have drifted apart a little and would like to talk more often, briefly,
# at times that suit both. This notebook follows them for one week: a suggestion, a counter-suggestion, a yes; a
# check-in that takes place, one that moves, a raincheck, a pause, one that nobody answers. In the night before the
# last Sunday the clocks change in Paris, but not yet in New York.
#
# Ana and Ben are made up. Everything they agree on is kept in one SQLite file.

# %%
import datetime as dt
import tempfile
from pathlib import Path

import pendulum

import reconnect as rc
from reconnect.edges.sql import SqlJournal

folder = tempfile.TemporaryDirectory()
path = Path(folder.name) / "first_week.db"
journal = SqlJournal.open(path)


def paris(day: int, time: str) -> pendulum.DateTime:
    """Return a moment of October 2026 by the clocks of Paris."""
    hour, minute = map(int, time.split(":"))
    return rc.as_instant(pendulum.datetime(2026, 10, day, hour, minute, tz="Europe/Paris"))


# %% [markdown]
# ## Two people, one circle
#
# A circle is two or more people; nobody has a role in it. The host app founds it once, and from then on everyone
# writes only for themselves.

# %%
ana = rc.Person(id="ana", zone="America/New_York", name="Ana")
ben = rc.Person(id="ben", zone="Europe/Paris", name="Ben")
journal.found(rc.Circle(id="c1", members=(ana, ben)), by="ana", at=paris(18, "18:00"))


def keep(story: rc.Story, person: str) -> None:
    """Append what one person said; what others said is kept already."""
    journal.append(*story.acts_of(person), acting=person)


def tell(person: str, at: pendulum.DateTime) -> None:
    """Say one person's outlook, in their words and on their clock."""
    view = journal.view(person, circle="c1", at=at)
    look = rc.outlook(view)
    now = at.in_timezone(look.zone)
    print(f"{view.names[person]}, {now:%A %H:%M}")
    for phrase in look.phrases():
        print(f"  {rc.render(phrase, zone=look.zone, names=view.names)}")
    if look.changes_at is not None:
        print(f"  (worth asking again on {look.changes_at.in_timezone(look.zone):%A %d %B at %H:%M})")
    print()


tell("ben", paris(18, "18:05"))

# %% [markdown]
# ## A suggestion, and another one in reply
#
# Ana suggests every evening at nine, Paris time. For Ben that is too much and too late. He does not have to explain:
# he answers with another suggestion, and his counts only once Ana says yes to that very one. His rhythm has two
# parts, so that the inconvenient hour alternates: weekdays in the evening of Paris, weekends in the morning of
# New York.

# %%
start = dt.date(2026, 10, 19)
every_evening = rc.Rhythm.of(rc.Recurrence.daily(time="21:00", zone="Europe/Paris", starts=start))

now = paris(18, "18:10")
suggestion = journal.view("ana", circle="c1", at=now).offer(every_evening, id="rhythm")
keep(suggestion, "ana")
tell("ben", paris(18, "18:15"))

# %%
now = paris(18, "19:00")
gentler = rc.Rhythm.of(
    rc.Recurrence.weekly("MO", "WE", "FR", time="20:00", zone="Europe/Paris", starts=start),
    rc.Recurrence.weekly("SA", "SU", time="11:00", zone="America/New_York", starts=start),
)
seen = journal.view("ben", circle="c1", at=now).state(rc.Proposal, "rhythm")
reply = seen.counter(by="ben", offer=seen.offer.id, value=gentler, at=now)
keep(reply, "ben")
tell("ana", paris(18, "19:05"))

# %% [markdown]
# Silence is not yes: until Ana answers, nothing holds. She says yes, and the check-ins begin.

# %%
now = paris(18, "20:00")
seen = journal.view("ana", circle="c1", at=now).state(rc.Proposal, "rhythm")
agreed = seen.accept(by="ana", offer=seen.offer.id, at=now)
keep(agreed, "ana")

evenings = rc.CheckInSchedule.of(agreed, id="evenings", by="ana", at=now)
keep(evenings, "ana")
tell("ana", paris(18, "20:05"))

# %% [markdown]
# ## The week happens


# %%
def schedule(person: str, at: pendulum.DateTime) -> rc.CheckInSchedule:
    """Return the schedule as one person sees it at a moment."""
    return journal.view(person, circle="c1", at=at).state(rc.CheckInSchedule, "evenings")


first_week = rc.Window(paris(19, "00:00"), paris(26, "00:00"))
monday, wednesday, friday, saturday, sunday = (o.key for o in evenings.occurrences(first_week))

# On Monday they talk. One of them says so, and that is enough. Ana notes for herself how it was.
now = paris(19, "20:20")
keep(schedule("ben", now).hold(monday, by="ben", at=now), "ben")
now = paris(19, "21:00")
keep(schedule("ana", now).felt(monday, constructive=4, by="ana", at=now), "ana")
note = rc.Note(text="I was nervous before, and then it was easy.")
journal.append(rc.Entry(circle="c1", author="ana", id="note-1", at=now, body=note), acting="ana")
thanks = rc.Note(text="Thank you for calling on your way home.")
journal.append(
    rc.Entry(circle="c1", author="ben", id="note-2", at=now, body=thanks, audience=rc.Shared()), acting="ben"
)

# Wednesday does not suit Ana. She asks for Thursday, and it moves when Ben says yes to it.
now, thursday = paris(20, "09:00"), paris(22, "20:00")
keep(schedule("ana", now).move(wednesday, thursday, by="ana", at=now), "ana")
tell("ben", paris(20, "10:00"))

# %%
now = paris(20, "12:00")
keep(schedule("ben", now).move(wednesday, thursday, by="ben", at=now), "ben")
now = paris(22, "20:30")
keep(schedule("ana", now).hold(wednesday, by="ana", at=now), "ana")

# On Friday evening Ben is worn out: "not now, Sunday evening". Nothing was missed; Sunday needs Ana's yes.
now, sunday_evening = paris(23, "20:05"), paris(25, "20:00")
keep(schedule("ben", now).raincheck(friday, sunday_evening, by="ben", at=now), "ben")
tell("ana", paris(23, "20:10"))

# %%
now = paris(23, "21:00")
keep(schedule("ana", now).move(friday, sunday_evening, by="ana", at=now), "ana")

# On Saturday Ana is with her parents. A pause needs nobody's permission, and it counts for nothing.
away = rc.Window(paris(24, "06:00"), paris(25, "06:00"))
keep(schedule("ana", now).pause(away, by="ana", at=now), "ana")
tell("ben", paris(24, "12:00"))

# %% [markdown]
# On Sunday morning nobody answers, and in the evening they talk, as they had promised each other on Friday. Ana already
# knows that next Wednesday will not suit her either, and asks for Thursday again. Ben leaves that for tomorrow.

# %%
now = paris(25, "20:15")
keep(schedule("ben", now).hold(friday, by="ben", at=now), "ben")

now, next_thursday = paris(25, "21:00"), paris(29, "20:00")
(next_wednesday,) = (o.key for o in evenings.occurrences(rc.Window(paris(28, "00:00"), paris(29, "00:00"))))
keep(schedule("ana", now).move(next_wednesday, next_thursday, by="ana", at=now), "ana")

# %% [markdown]
# ## The app restarts
#
# Everything above is in the file. Here the journal is closed and opened again, as if by another process: it is Monday
# evening in Paris, and each of them looks back and ahead. In Paris the clocks went back in the night to Sunday, in New
# York they have not yet: the check-in that is open now stays at eight in the evening for Ben, and comes an hour later
# for Ana. Each reads when to ask again; until then, if nobody writes anything, there is nothing new to read.

# %%
journal.close()
journal = SqlJournal.open(path)
later = paris(26, "19:50")
for person in ("ana", "ben"):
    view = journal.view(person, circle="c1", at=later)
    print(f"{view.names[person]} looks back")
    for phrase in rc.look_back(view, "evenings", first_week):
        print(f"  {rc.render(phrase, zone=view.zone, names=view.names)}")
    print()
    tell(person, later)

# %% [markdown]
# ## What stays one's own
#
# Ana's note and her rating are in the same file, and only her view has them. Ben's view is the same, byte for byte,
# whether she wrote them or not.

# %%
for person in ("ana", "ben"):
    view = journal.view(person, circle="c1", at=later)
    print(f"{view.names[person]} can read:")
    for entry in view.entries(kind=rc.Note):
        if isinstance(entry.body, rc.Note):
            print(f"  {entry.body.text}")

# %%
journal.close()
folder.cleanup()
