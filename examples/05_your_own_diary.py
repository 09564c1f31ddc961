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
# # Your own diary
#
# Perhaps you keep a table already: a row for each day, and a column for each person and each thing that you rate. This
# notebook reads such a table, says how it is going, and draws it. Nothing leaves your machine, and nothing is kept
# unless you ask for it.
#
# To have something to look at, it reads a diary that comes with the library. That one is simulated: nobody's days are
# in it. Put the path of your own table in its place; the page "Read a diary" of the docs says what one looks like.

# %%
import datetime as dt
import io
from fractions import Fraction
from importlib.resources import files

import pendulum

import reconnect as rc
from reconnect.edges import plots
from reconnect.edges.diary import (
    journal_of,
    opening,
    read_changes,
    read_diary,
    scale_of,
    shares_of,
    tell,
    tell_own,
    tell_shared,
    whole,
)

TABLE = str(files("reconnect.edges") / "data" / "simulated_diary.csv")  # or "our-days.csv"
now = pendulum.datetime(2026, 2, 15, 20, tz="Europe/Paris")

diary = read_diary(TABLE, at=now, zone="Europe/Paris", start=dt.date(2026, 1, 4))
for phrase in opening(diary):
    print(rc.render(phrase))

# %% [markdown]
# The first sentence says what was found, so that a wrong guess shows at once. This table counts its days, and `start`
# says which date day 0 was; where days are dates already, leave it out.
#
# Several couples share the table. Here is one of them.

# %%
us = diary.only("2").couples[0]
for phrase in tell(us):
    print(rc.render(phrase))

# %% [markdown]
# That much is told to whoever holds the table. It says on which days there are words, and nothing of what they are.
# Days without words are left as they are; nothing is filled in for them, and nothing is held against anyone.
#
# ## For your eyes
#
# Say who you are, and read on alone. What follows rests on your own ratings: whatever the other person wrote, and
# whether they wrote at all, makes no difference to it.

# %%
ME = "one"
for phrase in tell_own(diary, us, person=ME):
    print(rc.render(phrase))

# %% [markdown]
# Each sentence names the number that your days were mostly near. A direction is told only where there is one: ten days
# at the least, and more than chance would show.
#
# A picture says more. Each dot is one of your days. The line is their level, in which recent days weigh more, and it
# stops where nothing was written.

# %%
journal = journal_of(diary, us)
mine = journal.view(f"{us.id}.{ME}", circle=us.id, at=now)
plots.weeks(mine, whole(us), scale=scale_of(diary, "content"))

# %% [markdown]
# There is more to ask about your own days: how much they differ from one to the next, whether they are about what is
# usual for you, and whether they found back after heavier times.

# %%
content = scale_of(diary, "content")
for ask in (rc.mood_variability, rc.mood_recovery):
    print(rc.render(ask(mine, whole(us), scale=content).phrase))
level = rc.usual_level(mine, whole(us), scale=content)
if level is not None:
    print("about what is usual for you:", "yes" if level.is_usual else "not quite")

# %% [markdown]
# ## What you share
#
# Nothing in this table is shared until somebody says so. Suppose that you both want to look at how content you were,
# and that the other one also shares how vigorous they felt. What is read together rests on that, and it is the same
# for both of you.

# %%
shares = shares_of(diary, [(None, ["content"]), ("two", ["vigorous"])])
for phrase in tell_shared(diary, us, shares=shares):
    print(rc.render(phrase))

# %% [markdown]
# In the picture everyone has a row of their own. Nobody's days lie over another's, because two people's numbers are not
# for comparing: a three of yours and a three of theirs need not feel the same.

# %%
ours = journal_of(diary, us, shares=shares).view(f"{us.id}.{ME}", circle=us.id, at=now)
plots.weeks(ours, whole(us), scale=content, shared=True)

# %% [markdown]
# ## A questionnaire, before and after
#
# If you also filled in a questionnaire twice, you can put the two numbers beside what the questionnaire varies by
# itself. The library brings no questionnaire and no norms. They stand in a publication, and you name it. The table and
# the norms here are made up.

# %%
twice = io.StringIO("couple,one_before,one_after,two_before,two_after\n2,62,71,70,\n")
norms = rc.Norms(scale="made up", deviation=16, reliability=Fraction(94, 100), citation="a paper that does not exist")
changes = read_changes(twice, diary=diary, norms=norms)
for phrase in tell_own(diary, us, person=ME, changes=changes)[-2:]:
    print(rc.render(phrase))

# %% [markdown]
# ## The same without a line of code
#
# ```console
# $ python -m reconnect diary our-days.csv --couple 2 --for one
# $ python -m reconnect diary our-days.csv --couple 2 --share content --share two=vigorous
# ```
#
# And to keep the days in a database, where each rating stays private to whoever wrote it: `--into our-days.db`.
