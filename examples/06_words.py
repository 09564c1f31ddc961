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
# # Words
#
# Half of repair is language. Ana has written a message to Ben and not sent it yet. This notebook looks at her draft
# with her, helps her to ask for something instead, then lets the two of them listen to each other in turns, and ends
# with a question for the evening.
#
# All of it happens on this machine. Nothing is sent, nothing is stored, and no model reads along. Ana and Ben are made
# up.

# %%
import datetime as dt
from random import Random

import pendulum

import reconnect as rc
from reconnect.language.request import feelings_under, suggest

now = pendulum.datetime(2026, 2, 6, 19, tz="Europe/Paris")
ana, ben = rc.Person(id="ana", zone="Europe/Paris", name="Ana"), rc.Person(id="ben", zone="Europe/Paris", name="Ben")
us = rc.Circle(id="c1", members=(ana, ben))
names = {"ana": "Ana", "ben": "Ben"}


def say(phrase: rc.Phrase) -> str:
    """Return a phrase in words."""
    return rc.render(phrase, zone="Europe/Paris", names=names)


# %% [markdown]
# ## What may be hard to hear
#
# The lens marks places, says why, and leaves the rest to the person who wrote them. Praise, facts, questions and jokes
# bring up nothing, and where it doubts it stays silent.

# %%
draft = "You never ask how my day was. I feel ignored, and you do it on purpose!"
for found in rc.notice(draft):
    print(f"{found.words(draft)!r}  ({found.kind.value})")
    print(f"    {say(found.phrase)}")

# %% [markdown]
# These pass, although they share words with what does not:

# %%
for text in (
    "You never forget my birthday, thank you.",
    "You are late.",
    "My sister says I never listen.",
    "Do I always interrupt you?",
    "You're such a good listener.",
):
    print(f"{len(rc.notice(text))} noticed in {text!r}")

# %% [markdown]
# ## From a grievance to a request
#
# For what was noticed there is a beginning, with blanks. Nothing is filled in for Ana: not even the feeling. A word
# such as "ignored" tells what others seem to have done; what may lie under it she can look up.

# %%
print("under 'ignored' there may be:", ", ".join(feelings_under("ignored")))
frame = suggest(rc.notice(draft)).frames[0]
print(say(frame.phrase))
frame = frame.fill(observation="we ate and nobody asked", feeling="lonely", need="closeness")
frame = frame.fill(act="ask me how my day was")
for open_question in frame.missing:
    print("  still open:", say(open_question))
frame = frame.fill(when="dinner", no_is_fine=True)
print(say(frame.phrase))

# %% [markdown]
# A request has room for a no, or it is a demand. As the value of a proposal it can be declined, left alone, or answered
# with another one. A no ends nothing.

# %%
statement = frame.statement
if statement is not None:
    print(say(statement.phrase))
    offer = rc.Proposal.of(statement.request, id="p1", circle=us, by="ana", at=now)
    other = rc.Request(act="tell each other one thing about the day", when="breakfast")
    offer = offer.counter(by="ben", offer=offer.offer.id, value=other, at=now.add(minutes=20))
    offer = offer.accept(by="ana", offer=offer.offer.id, at=now.add(minutes=30))
    agreed = offer.in_force(at=now.add(minutes=30))
    print("agreed:", say(agreed.phrase) if isinstance(agreed, rc.Request) else agreed)

# %% [markdown]
# ## Where no softer words are offered
#
# Words that threaten, or tell of being threatened or watched, are not a matter of phrasing. There is no frame for them,
# and none for the rest of that draft; there is a door.

# %%
rewording = suggest(rc.notice("You never listen. He checks my phone every night."))
print("frames:", len(rewording.frames))
print(say(rewording.support) if rewording.support is not None else "")

# %% [markdown]
# ## Listening in turns
#
# It begins by appointment. Whoever has the floor keeps it until they say: yes, you got it. Then they swap. What is out
# of turn is refused with a reason, and anyone may pause or stop at any moment.

# %%
talk = rc.Listening.ask(id="l1", circle=us, by="ana", at=now).suits(now, by="ben", at=now)
for phrase in talk.phrases(to="ana", at=now):
    print(say(phrase))
print()
talk = talk.speak(by="ana", at=now)
try:
    talk.speak(by="ben", at=now)
except rc.ReconnectError as reason:
    print("Ben would like to answer:", reason)
talk = talk.say_back(by="ben", at=now).not_quite(by="ana", at=now).say_back(by="ben", at=now)
print(say(talk.phrases(to="ana", at=now)[0]))
talk = talk.got_it(by="ana", at=now).ask_for_more(by="ben", at=now).no_more(by="ana", at=now)
talk = talk.pass_on(by="ben", at=now).validate(by="ben", at=now)
floor = talk.floor(at=now)
print("now the floor is with", names[floor.speaker] if floor is not None else "nobody")
print("turns so far:", dict(talk.turns(at=now)))

# %% [markdown]
# ## A question for the evening
#
# Open questions, from light to deep. The first one is light, whatever is agreed; each one after it goes one step deeper
# at most, and never deeper than all of them want. Answers open together, or not at all.

# %%
questions, rng = rc.Prompts.load(), Random(6)  # noqa: S311 - it chooses a question, no secret
seen: list[rc.Prompt] = []
for _ in range(4):
    question = questions.suggest(depth=rc.DepthLimit(deepest=3), rng=rng, seen=seen)
    if question is not None:
        seen.append(question)
        print(question.depth, question.text)

closes = dt.timedelta(hours=2)
asked = rc.Reveal.of(seen[0], closes=closes, id="r1", circle=us, by="ana", at=now)
asked = asked.answer("the walk home", by="ana", at=now).answer("the soup", by="ben", at=now.add(minutes=9))
print("after an hour:", asked.opened(at=now.add(hours=1)))
opened = asked.opened(at=now.add(hours=2)) or {}
print("after two:")
for who, entry in opened.items():
    print(f"  {names[who]}: {getattr(entry.body, 'text', '')}")

# %% [markdown]
# ## Another way to see it

# %%
reframing = rc.reframings("withdrawal")[0]
print(reframing.another)
