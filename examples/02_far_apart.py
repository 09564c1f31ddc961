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
# # Far apart
#
# Ana lives in New York, Ben in Paris. Most of the time six hours lie between them, and in some weeks of spring and
# autumn only five, because clocks change on different days. They would like to talk on weekdays. Every time that is
# easy for one of them is hard for the other: early in the morning for her, or close to midnight for him.
#
# Whose evening is it going to cost? This notebook asks for times that both offered, looks at them over a year, and
# then at what a clock change does to a time that was agreed.
#
# Ana and Ben are made up.

# %%
import datetime as dt
from fractions import Fraction

import pendulum

import reconnect as rc
from reconnect.edges.plots import whose_evenings
from reconnect.primitives.meeting import Detail, all_published, mutual_times, publish, strains
from reconnect.temporal.hours import WeeklyHours

NEW_YORK, PARIS = "America/New_York", "Europe/Paris"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")
now = pendulum.datetime(2026, 1, 4, 18, tz=PARIS)

ana = rc.Person(id="ana", zone=NEW_YORK, name="Ana")
ben = rc.Person(id="ben", zone=PARIS, name="Ben")
journal = rc.MemoryJournal()
journal.found(rc.Circle(id="c1", members=(ana, ben)), by="ana", at=now)

# %% [markdown]
# ## Each of them publishes when they can be asked
#
# Nobody's calendar is read. Each writes down some hours on their own clock, and how well these suit. That is all the
# other ever learns.


# %%
def weekdays(zone: str, *spans: str) -> WeeklyHours:
    """Return the same hours on every weekday."""
    return WeeklyHours(zone, dict.fromkeys(WEEKDAYS, spans))


hers = publish(
    prefers=weekdays(NEW_YORK, "17:00-19:30"),
    only_if_needed=weekdays(NEW_YORK, "06:30-08:30"),
    detail=Detail.LEVEL,
)
his = publish(
    prefers=weekdays(PARIS, "12:00-14:00"),
    only_if_needed=weekdays(PARIS, "22:00-24:00"),
    detail=Detail.LEVEL,
)
for person, hours in (("ana", hers), ("ben", his)):
    journal.append(
        rc.Entry(circle="c1", author=person, id="hours", at=now, body=hours, audience=rc.Shared()), acting=person
    )

# %% [markdown]
# ## Times that suit both
#
# The suggestion asks, over the whole year: who has it hardest, and could that be less? So the hard hour goes round.
# Predictability counts as well, and how much is for the two of them to say: with nothing but predictability it is the
# same every week, and always the same person who gives.

# %%
view = journal.view("ana", circle="c1", at=now)
published = all_published(view)
year = rc.Window(pendulum.datetime(2026, 1, 5, tz=PARIS), pendulum.datetime(2027, 1, 4, tz=PARIS))
half_an_hour = dt.timedelta(minutes=30)

asked = {
    "The same every week": (1, Fraction(1)),
    "Taking turns": (1, Fraction(1, 4)),
    "Twice a week": (2, Fraction(1)),
}
found = {}
for title, (per_week, predictability) in asked.items():
    times = mutual_times(published, length=half_an_hour, within=year, per_week=per_week, predictability=predictability)
    found[title] = times.suggestions[0]
    print(title)
    for phrase in (times.phrase, *found[title].reasons):
        print(f"  {rc.render(phrase, zone=view.zone, names=view.names)}")
    print()

# %% [markdown]
# ## Whose evening it costs
#
# A column for each suggestion, a row for each clock, and a mark for each talk, over a sky that is dark at night. Where
# clocks change in one of the two places, the talks of one row take a step: six hours become five, and six again.

# %%
picture = whose_evenings({title: each.rhythm for title, each in found.items()}, published, year, names=view.names)
print(picture.alt)
picture  # noqa: B018 - a notebook shows it

# %% [markdown]
# On the left it is always Ana who gives: half past six in the morning, for a year. In the middle they take turns, an
# early morning for her in one week and a late evening for him in the next. On the right they talk twice a week, and
# each of them gives once. That is the whole idea: nobody has it easy all the time, and nobody has it hard all the time.
#
# ## A suggestion is only a suggestion
#
# Ana offers it. Nothing holds before Ben says yes.

# %%
chosen = found["Taking turns"].rhythm
offered = view.offer(chosen, id="talks")
print("holds after her offer:", offered.in_force(at=now) is not None)
agreed = offered.accept(by="ben", offer=offered.offer.id, at=now.add(hours=1))
print("holds after his yes:", agreed.in_force(at=now.add(hours=1)) is not None)

# %% [markdown]
# ## What a clock change does
#
# These talks stay inside everyone's hours all year, because that was looked at beforehand. Here is another agreement,
# made in winter without looking: Wednesdays at 23:00 in Paris, which is 17:00 in New York. In March the clocks in New
# York change first, and 23:00 in Paris is 18:00 there, which is fine; but Ana's course on Wednesdays begins at 18:00,
# so she publishes less.

# %%
wednesdays = rc.Rhythm.of(
    rc.Recurrence.weekly("WE", time="23:00", zone=PARIS, starts=dt.date(2026, 1, 7)), length=half_an_hour
)
less = publish(WeeklyHours(NEW_YORK, {"WE": ["16:30-18:00"]}))
spring = rc.Window(pendulum.datetime(2026, 3, 1, tz=PARIS), pendulum.datetime(2026, 5, 1, tz=PARIS))
for person in ("ana", "ben"):
    strained = strains(wednesdays, {"ana": less, "ben": his}, spring, for_=person)
    print(f"{view.names[person]} hears")
    for phrase in strained.phrases:
        print(f"  {rc.render(phrase, zone=view.people[person].zone, names=view.names)}")
    print()

# %% [markdown]
# Ana hears by which change; Ben only that a new time is needed. The mend moves as little as it can, and only those
# weeks. It is a value like any other: somebody offers it, and nothing moves before both say yes.

# %%
mend = strained.mend or wednesdays
for recurrence in mend.recurrences:
    for start in recurrence.between(spring):
        there, here = start.in_timezone(NEW_YORK), start.in_timezone(PARIS)
        print(f"{here:%d %B}: {there:%H:%M} in New York, {here:%H:%M} in Paris")
