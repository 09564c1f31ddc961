"""An aftermath is what everyone knows after a time-out: who is back, what was agreed, and which topics rest."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import pendulum
from attrs import frozen

from reconnect.consent.proposal import Proposal
from reconnect.people.topic import NEVER_WAITS
from reconnect.primitives.recovery.acts import BroughtUp, FollowUpAt
from reconnect.primitives.recovery.agreed import DEFAULT, Agreements
from reconnect.primitives.recovery.call import Call
from reconnect.primitives.recovery.opening import Opening, Recovery
from reconnect.primitives.recovery.rest import Event, Rest, What
from reconnect.primitives.recovery.time_out import TimeOut
from reconnect.record.entry import Entry
from reconnect.record.kind import Body
from reconnect.record.membership import Membership
from reconnect.record.story import Story
from reconnect.temporal.elapsed import LAST, elapsed
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Aftermath", "aftermath"]


@frozen(kw_only=True)
class Aftermath:
    """Everything that follows from the time-outs of a circle and from what it agreed on.

    Whatever it is asked as of an instant it answers as everyone knew it then.

    Attributes:
        calls: each caller's pause in the time-out in question, oldest first.
        others: the pauses in every time-out, by the id of the time-out.
        agreements: the recovery terms that were agreed on.
        membership: who is in the circle.
    """

    calls: tuple[Call, ...]
    others: Mapping[str, tuple[Call, ...]]
    agreements: Agreements
    membership: Membership

    @cached_property
    def returns(self) -> tuple[pendulum.DateTime, ...]:
        """When someone came back, oldest first."""
        return tuple(sorted(call.returned for call in self.calls if call.returned is not None))

    def returned(self, at: pendulum.DateTime) -> pendulum.DateTime | None:
        """Return when someone came back last by an instant."""
        place = bisect_right(self.returns, at)
        return self.returns[place - 1] if place else None

    def opening(self, at: pendulum.DateTime) -> Opening | None:
        """Return how the window after the last return stands at an instant, or `None` while nobody is back."""
        start = self.returned(at)
        if start is None or start == LAST:
            return None
        agreed = self.agreements.since(start, self.membership.at(start), at=at)
        terms = DEFAULT if agreed is None else agreed.terms
        end = elapsed(start, terms.length) if agreed is None else min(agreed.end(at), elapsed(start, terms.length))
        standing = Recovery.OFFERED if agreed is None else Recovery.OPEN
        return Opening(standing=standing if at < end else Recovery.OVER, terms=terms, window=Window(start, end))

    def may_raise(self, topic: str, at: pendulum.DateTime) -> bool:
        """Tell whether a topic can be raised at an instant: it does not rest, or it never has to."""
        rest = self._rests.get(topic)
        return rest is None or not rest.is_on(at) or at in self.agreements.exempting(topic)

    @cached_property
    def topic_rest(self) -> Windows:
        """When the topics of this time-out rest, in the episodes in which it was called."""
        found = Windows()
        for call in self.calls:
            rest = None if call.topic is None else self._rests.get(call.topic)
            if call.topic is not None and rest is not None:
                own = (episode for episode in rest.episodes if call.at in episode)
                found |= Windows.of(*own) - self.agreements.exempting(call.topic)
        return found

    @property
    def topic_free(self) -> pendulum.DateTime | None:
        """The instant from which the topic does not rest any more and someone is back, or `None` without a topic."""
        named = [call.at for call in self.calls if call.topic is not None]
        ends = [window.end for window in self.topic_rest]
        return max([*named, *ends, *self.returns]) if named else None

    def people(self, at: pendulum.DateTime) -> tuple[str, ...]:
        """Return whose yes a time needs at an instant: those who were there at the return and still are."""
        start, here = self.returned(at), self.membership.at(at)
        then = () if start is None else self.membership.at(start)
        return tuple(person for person in then if person in here)

    def concerns(self, person: str, at: pendulum.DateTime) -> bool:
        """Tell whether what follows concerns a person: they were there when someone came back, or nobody knows."""
        start = self.returned(at)
        return start is not None and (not self.membership.stays or self.membership.has(person, start))

    def allows(self, body: Body, *, by: str, at: pendulum.DateTime) -> bool:
        """Tell whether something that a person says after a return counts at an instant."""
        opening = self.opening(at)
        if opening is None or not self.concerns(by, at):
            return False
        match body:
            case FollowUpAt(start=start):
                return at <= start and opening.has_room(start, elapsed(start, opening.terms.follow_up))
            case BroughtUp(topic=topic):
                return opening.is_live and self.may_raise(topic, at)
            case _:
                return True

    @cached_property
    def _rests(self) -> Mapping[str, Rest]:
        """When each topic rests that somebody named, apart from those that never do."""
        events: dict[str, list[Event]] = {}
        for name, calls in self.others.items():
            for call in calls:
                if call.topic is not None and call.topic not in NEVER_WAITS:
                    events.setdefault(call.topic, []).extend(self._events(name, call))
        return {topic: Rest.of(happened) for topic, happened in events.items()}

    def _events(self, name: str, call: Call) -> Iterator[Event]:
        key = (name, call.by)
        yield Event(at=call.at, what=What.CALL, call=key)
        if call.returned is not None:
            agreed = self.agreements.at(call.returned, self.membership.at(call.returned))
            length = DEFAULT.length if agreed is None else agreed.terms.length
            yield Event(at=call.returned, what=What.RETURN, call=key, length=length)


def aftermath(id: str, acts: Iterable[Entry], told_in: Story) -> Aftermath:  # noqa: A002 - the field's own name, fixed by the design
    """Work out what follows from a time-out, given the acts of all time-outs and of proposals on recovery terms."""
    stories: dict[str, list[Entry]] = {}
    for act in acts:
        if act.about is not None:
            stories.setdefault(act.about, []).append(act)
    calls: dict[str, tuple[Call, ...]] = {}
    agreed: list[Proposal] = []
    for name, told in stories.items():
        pause = TimeOut(id=name, circle=told_in.circle, acts=tuple(told), founding=told_in.founding)
        calls.update({name: pause.calls(at=LAST)} if pause.has_begun else {})
        agreed.append(Proposal(id=name, circle=told_in.circle, acts=tuple(told), founding=told_in.founding))
    agreements, membership = Agreements.of(agreed), told_in.membership
    return Aftermath(calls=calls.get(id, ()), others=calls, agreements=agreements, membership=membership)
