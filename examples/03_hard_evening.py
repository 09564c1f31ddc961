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
# # A hard evening
#
# Ben is at home in Paris, Ana is in New York for some months. On a Saturday night in March they quarrel about money,
# on the phone. It gets too much for Ben, and he takes a break. In that night the clocks in Paris go forward.
#
# This notebook follows the two of them for three days: the break, the return, the time after it, a boundary that holds,
# amends, and the next turn. Everything rests on what they agreed on in calm, and nothing in it says who was right.
#
# Ana and Ben are made up.

# %%
import datetime as dt

import pendulum

import reconnect as rc
from reconnect.edges.plots import ribbon
from reconnect.practice.precedence import precedence

NEW_YORK, PARIS = "America/New_York", "Europe/Paris"
calm = pendulum.datetime(2026, 3, 8, 17, tz=PARIS)

ana = rc.Person(id="ana", zone=NEW_YORK, name="Ana")
ben = rc.Person(id="ben", zone=PARIS, name="Ben")
us = rc.Circle(id="c1", members=(ana, ben))
journal = rc.MemoryJournal()
journal.found(us, by="ana", at=calm)


def keep(*stories: rc.Story) -> None:
    """Let each of them write down their own part."""
    for story in stories:
        for person in us.ids:
            journal.append(*story.acts_of(person), acting=person)


def read(person: str, at: pendulum.DateTime, *, agreements: bool = False) -> None:
    """Print what one of them reads, with or without what they agreed on."""
    view = journal.view(person, circle="c1", at=at)
    print(f"{view.names[person]}, at {at.in_timezone(view.zone):%H:%M on %A}")
    for phrase in rc.outlook(view).phrases():
        if agreements or phrase.key != "outlook.holds":
            print(f"  {rc.render(phrase, zone=view.zone, names=view.names)}")


# %% [markdown]
# ## What they agreed on in calm
#
# A check-in on Sunday evenings in Paris, which is the afternoon in New York. Terms for coming back after a break.
# Turns: whoever has one opens the check-in and brings the agenda, and that is all a turn is. And a baseline of
# boundaries: after "that stung" there is a pause, and closeness is asked for.

# %%
sundays = rc.Recurrence.weekly("SU", time="20:00", zone=PARIS, starts=dt.date(2026, 3, 15))
mondays = rc.Recurrence.weekly("MO", time="09:00", zone=PARIS, starts=dt.date(2026, 3, 9))


def agree(value: rc.Body, id_: str, about: str | None = None, why: str = "") -> rc.Proposal:
    """Let Ana offer something, and Ben say yes."""
    p = rc.Proposal.of(value, id=id_, circle=us, by="ana", at=calm, about=about, why=why)
    return p.accept(by="ben", offer=p.offer.id, at=calm.add(minutes=5))


agreed = calm.add(minutes=5)
talks = rc.CheckInSchedule.of(agree(rc.Rhythm.of(sundays), "p1"), id="talks", by="ana", at=agreed)
terms = agree(rc.RecoveryTerms(), "p2")
turns = rc.Rotation.of(
    agree(rc.RotationPlan.of(us, handoff=mondays, softened=True), "p3", "turns"), id="turns", by="ben", at=agreed
)
baseline = agree(rc.Baseline(rules=(rc.PauseOnHurt(), rc.ByConsent())), "p4", "ours", why="so that evenings stay ours")
boundaries = rc.Boundaries.agree(baseline, id="ours", by="ana", at=agreed).uphold(by="ben", at=agreed)
keep(talks, terms, turns, boundaries)

# %% [markdown]
# Each of them does two more things alone. Ben has quiet hours at night. Ana writes a sentence for bad moments, while
# there is none.

# %%
nights = rc.QuietHours(hours=rc.WeeklyHours(PARIS, {"SU": ["00:30-08:00"], "MO": ["00:30-08:00"]}))
keep(
    journal.view("ben", circle="c1", at=calm.add(days=1))
    .state(rc.Boundaries, "ours")
    .add_layer(nights, by="ben", at=calm.add(days=1)),
    rc.Reassurance.of("We are okay. I am not going anywhere.", id="ana-calm", circle=us, by="ana", at=calm.add(days=1)),
)
before = pendulum.datetime(2026, 3, 28, 18, tz=PARIS)
read("ana", before, agreements=True)

# %% [markdown]
# These four agreements hold all the time, so they are left out of what follows.
#
# ## The break
#
# It is half past ten at night in Paris. Ben calls a time-out: alone, at once, without a reason. He names the topic, so
# that it can rest, and a time to be back.

# %%
night = pendulum.datetime(2026, 3, 28, 22, 30, tz=PARIS)
pause = rc.TimeOut.call(id="t1", circle="c1", by="ben", at=night, back_at=night.add(hours=2), topic="money")
keep(pause)
for person in us.ids:
    read(person, night.add(minutes=1))
    print()

# %% [markdown]
# Ana reads that there is nothing to do. Ben reads what she wrote three weeks ago, because it was there before the break
# began. Had she changed it in the meantime, he would read nothing: nobody can put a condition into a pause.
#
# Half past midnight comes, and Ben cannot yet. He names another time. Nothing counts how often, and nothing counts how
# long. His quiet hours have begun, too, so nobody needs to reach him.

# %%
later = night.add(hours=2)
pause = pause.update(night.add(hours=9), by="ben", at=later)
keep(pause)
hello = rc.MakeContact(by="ana", toward="ben")
ruling = rc.ruled(journal.view("ana", circle="c1", at=later.add(minutes=5)), hello)
for phrase in ruling.phrases():
    print(rc.render(phrase, zone=NEW_YORK, names={"ben": "Ben"}))

# %% [markdown]
# The quiet hours end at eight on Ben's clock, which is two in the morning in New York: clocks in Paris have gone
# forward in the meantime, and it is six hours again that lie between them. Nobody had to work that out.
#
# ## Coming back
#
# Ben is back at nine in the morning. What matters is that he is; how long it took is not measured anywhere.

# %%
back = pendulum.datetime(2026, 3, 29, 9, tz=PARIS)
pause = pause.returned(by="ben", at=back)
keep(pause)
view = journal.view("ana", circle="c1", at=back)
after = view.state(rc.RecoveryWindow, "t1")
window = after.window(at=back)
print("real hours since the break began:", (back - night).total_seconds() / 3600)
print("open until:", window.end.in_timezone(PARIS).format("dddd HH:mm") if window else None)
for phrase in after.agenda():
    print(" ", rc.render(phrase, names=view.names))

# %% [markdown]
# The terms that they agreed on open a recovery window: for a day the present comes first, and money rests. Some things
# never have to rest.

# %%
for topic in ("money", "health"):
    print(f"{topic}: {'may be raised' if after.may_raise(topic, at=back.add(hours=1)) else 'rests'}")

hours = {
    "ana": rc.WeeklyHours(NEW_YORK, {"SU": ["10:00-12:00"]}),
    "ben": rc.WeeklyHours(PARIS, {"SU": ["15:00-19:00"]}),
}
follow_up = after.follow_up(hours, at=back)
start = follow_up.start or back
for person in us.ids:
    keep(
        journal.view(person, circle="c1", at=back.add(hours=5))
        .state(rc.RecoveryWindow, "t1")
        .meet(start, by=person, at=back.add(hours=5))
    )
print(
    "a quarter of an hour on",
    start.in_timezone(PARIS).format("dddd [at] HH:mm"),
    "in Paris,",
    start.in_timezone(NEW_YORK).format("HH:mm"),
    "in New York",
)

# %% [markdown]
# ## A boundary that holds
#
# In the follow-up Ana says something sharp, and Ben says "that stung". It is all he has to say. For twenty minutes the
# rule that both agreed on leaves room for one thing only, which is to make it good.

# %%
stung = start.add(minutes=6)
keep(journal.view("ben", circle="c1", at=stung).state(rc.Boundaries, "ours").stung(by="ben", at=stung))
view = journal.view("ana", circle="c1", at=stung.add(minutes=1))
for action in (rc.RaiseTopic(by="ana", toward="ben", topic="work"), rc.OfferRepair(by="ana", toward="ben")):
    print(type(action).__name__)
    for phrase in rc.ruled(view, action).phrases():
        print("  ", rc.render(phrase, zone=NEW_YORK, names=view.names))

# %% [markdown]
# ## Amends
#
# Ana owns what she did, in three parts: what I did, the effect I see, what I change. There is no deadline, nothing
# waits for an answer, and she has no way to ask for one.

# %%
mine = rc.Repair(
    did="I called your break running away.",
    effect="You stopped in the middle of a sentence.",
    change="When you take a break, I say: take your time.",
)
keep(rc.Amends.of(mine, id="a1", circle="c1", by="ana", at=stung.add(minutes=10)))
amends = journal.view("ben", circle="c1", at=stung.add(hours=2)).state(rc.Amends, "a1")
keep(amends.answer("Thank you. That was it.", by="ben", at=stung.add(hours=2)))

# %% [markdown]
# ## The evening
#
# The check-in of Sunday evening opens as always, and because the recovery window is open it is about the present.

# %%
evening = pendulum.datetime(2026, 3, 29, 20, tz=PARIS)
view = journal.view("ben", circle="c1", at=evening)
(talk,) = rc.outlook(view).open
decision = precedence(view, talk)
print(
    "opens:",
    decision.opens,
    "| at rest:",
    ", ".join(decision.resting),
    "| turn:",
    decision.turn.holder if decision.turn else None,
)
keep(view.state(rc.CheckInSchedule, "talks").hold(talk.key, by="ben", at=evening.add(minutes=10)))

# %% [markdown]
# On Monday morning the turn goes on to Ben. He has little to give on that day, and says so with a card: no reason, and
# it ends with his own day. They agreed that this softens a turn, so Ana reads that covering is welcome. She covers, and
# it counts for her.

# %%
monday = pendulum.datetime(2026, 3, 30, 9, 30, tz=PARIS)
keep(rc.CapacityCard.of(id="cards", circle=us, by="ben", at=monday))
rotation = journal.view("ana", circle="c1", at=monday).state(rc.Rotation, "turns")
for turn in rotation.turns(rc.Window.of(monday, dt.timedelta(minutes=1))):
    print("the turn of this week:", turn.holder)
    keep(rotation.cover(turn.key, by="ana", at=monday.add(hours=5)))
read("ana", monday.add(minutes=1))
print()
read("ana", monday.add(hours=6))

# %% [markdown]
# ## Three days in one picture
#
# On top both clocks, over a sky that is dark at night; the thin line is the change of clocks in Paris. Below it what
# went on, as Ana can see it. There is no row for who was right, and none for how long anybody took.

# %%
days = rc.Window(pendulum.datetime(2026, 3, 28, 18, tz=PARIS), pendulum.datetime(2026, 3, 30, 18, tz=PARIS))
picture = ribbon(journal.view("ana", circle="c1", at=monday.add(hours=7)), days)
print(picture.alt)
picture  # noqa: B018 - a notebook shows it
