"""What holds only while everyone's latest word says so, and begins afresh when someone joins."""

import datetime as dt

import pendulum

from reconnect.record.entry import Entry
from reconnect.record.story import Story

__all__ = ["everyones_word", "first_words"]


def everyones_word(story: Story, yes: type, *, at: pendulum.DateTime) -> tuple[Entry, ...]:
    """Return everyone's latest word as of an instant, in circle order, if each of them is a yes; nothing otherwise.

    What was said before the last of them joined is not asked, and where fewer than two people are there, or all of
    them have ended it, nothing mutual can hold.
    """
    if story.membership.is_over(at):
        return ()
    people, since = story.membership.at(at), _afresh(story, at)
    latest = {act.author: act for act in story.told(at) if act.at >= since}
    words = tuple(latest[person] for person in people if person in latest and isinstance(latest[person].body, yes))
    return words if len(words) == len(people) else ()


def first_words(
    story: Story, yes: type, *, at: pendulum.DateTime, lasting: dt.timedelta | None = None
) -> tuple[Entry, ...]:
    """Return with which act each person's yes began that stands now, in circle order; a renewal begins nothing anew.

    Args:
        story: what holds while everyone's latest word says so.
        yes: the body that says so.
        at: as of when.
        lasting: after how long a yes lapses unless it is said again; never, unless said otherwise.
    """
    standing = everyones_word(story, yes, at=at)
    if not standing:
        return ()
    since = _afresh(story, at)
    first: dict[str, Entry] = {}
    before: dict[str, Entry] = {}
    for act in (act for act in story.told(at) if act.at >= since):
        last = before.get(act.author)
        stood = last is not None and isinstance(last.body, yes) and (lasting is None or act.at - last.at <= lasting)
        if not (stood and isinstance(act.body, yes)):
            first[act.author] = act
        before[act.author] = act
    return tuple(first[act.author] for act in standing)


def _afresh(story: Story, at: pendulum.DateTime) -> pendulum.DateTime:
    """Return when the last of those who are there joined."""
    return max(stay.since for stay in story.membership.stays if stay.covers(at))
