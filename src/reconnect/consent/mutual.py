"""What holds only while everyone's latest word says so, and begins afresh when someone joins."""

import pendulum

from reconnect.record.entry import Entry
from reconnect.record.story import Story

__all__ = ["everyones_word"]


def everyones_word(story: Story, yes: type, *, at: pendulum.DateTime) -> tuple[Entry, ...]:
    """Return everyone's latest word as of an instant, in circle order, if each of them is a yes; nothing otherwise.

    What was said before the last of them joined is not asked, and where fewer than two people are there, or all of
    them have ended it, nothing mutual can hold.
    """
    if story.membership.is_over(at):
        return ()
    people = story.membership.at(at)
    since = max(stay.since for stay in story.membership.stays if stay.covers(at))
    latest = {act.author: act for act in story.told(at) if act.at >= since}
    words = tuple(latest[person] for person in people if person in latest and isinstance(latest[person].body, yes))
    return words if len(words) == len(people) else ()
