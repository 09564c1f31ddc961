"""What people said after a return: a time for the follow-up, topics brought up or parked, and small wins."""

from collections.abc import Collection, Iterable

import pendulum
from attrs import define, field

from reconnect.primitives.recovery.acts import BroughtUp, FollowUpAt, Parked, SmallWin
from reconnect.primitives.recovery.aftermath import Aftermath
from reconnect.record.entry import Entry

__all__ = ["Spoken", "spoken"]


@define(kw_only=True)
class Spoken:
    """What was said so far. `spoken` writes it down once; afterwards it is only read.

    Attributes:
        wishes: the time that each person said yes to last.
        meeting: the last time that everyone said yes to.
        raised: who brought up each topic and has not parked it, in the order in which they came up.
        parked: topics that everyone who brought them up has parked, in that order.
        wins: the small wins that were written down.
    """

    wishes: dict[str, pendulum.DateTime] = field(factory=dict[str, pendulum.DateTime])
    meeting: pendulum.DateTime | None = None
    raised: dict[str, set[str]] = field(factory=dict[str, set[str]])
    parked: dict[str, None] = field(factory=dict[str, None])
    wins: list[Entry] = field(factory=list[Entry])

    def hear(self, act: Entry, people: Collection[str]) -> None:
        """Take in one act that was allowed.

        Args:
            act: what someone said.
            people: everyone whose yes a time needs; nobody knows while the circle is not known.
        """
        match act.body:
            case FollowUpAt(start=start):
                self.wishes[act.author] = start
                if people and all(self.wishes.get(person) == start for person in people):
                    self.meeting = start
            case BroughtUp(topic=topic):
                self.parked.pop(topic, None)
                self.raised.setdefault(topic, set()).add(act.author)
            case Parked(topic=topic) if self.has_raised(act.author, topic):
                self.raised[topic].discard(act.author)
                if not self.raised[topic]:
                    del self.raised[topic]
                    self.parked[topic] = None
            case SmallWin():
                self.wins.append(act)
            case _:
                pass

    def has_raised(self, person: str, topic: str) -> bool:
        """Tell whether a person brought a topic up and has not parked it."""
        return person in self.raised.get(topic, ())


def spoken(acts: Iterable[Entry], after: Aftermath) -> Spoken:
    """Take in what people said, in order; what was not allowed then changes nothing."""
    heard = Spoken()
    for act in acts:
        if after.allows(act.body, by=act.author, at=act.at):
            heard.hear(act, after.people(act.at))
    return heard
