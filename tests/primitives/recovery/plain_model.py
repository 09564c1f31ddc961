"""The rules of pauses and of what follows them, told as plainly as possible: all acts are read anew each time."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

import pendulum
from attrs import define, frozen

from reconnect.consent.offer import Accepted, Declined, Offered, Withdrawn
from reconnect.primitives.recovery import Phase, Recovery, RecoveryTerms
from reconnect.primitives.recovery.acts import BroughtUp, Called, FollowUpAt, Parked, Returned, TalkStopped, Updated
from reconnect.record.entry import Entry
from reconnect.record.membership import Membership
from reconnect.temporal.instant import as_instant

HOUR: Final = dt.timedelta(hours=1)
FLOOR: Final = dt.timedelta(minutes=20)
DAY: Final = 24 * HOUR
ORDER: Final = (Called, Updated, TalkStopped, Returned)
STRONGEST: Final = (Phase.RESTING, Phase.READY, Phase.WAITING, Phase.STOPPED, Phase.RETURNED, Phase.RELEASED)
NEVER_RESTS: Final = frozenset({"safety", "children", "health", "boundaries"})

Moment = pendulum.DateTime


def since(later: Moment, earlier: Moment) -> dt.timedelta:
    """Return the real time between two instants."""
    return dt.datetime.__sub__(later, earlier)


@define(kw_only=True)
class Pause:
    """One person's pause in one time-out."""

    by: str
    at: Moment
    topic: str | None
    until: Moment
    named: Moment | None
    renewed: bool = False
    returned: Moment | None = None
    stopped: bool = False


@frozen(kw_only=True)
class Agreed:
    """Terms that everyone said yes to, from when to when."""

    name: str
    terms: RecoveryTerms
    people: frozenset[str]
    start: Moment
    end: Moment

    def holds(self, at: Moment) -> bool:
        """Tell whether they hold at an instant."""
        return self.start <= at < self.end


@frozen(kw_only=True)
class Window:
    """What follows the last return."""

    standing: Recovery
    terms: RecoveryTerms
    start: Moment
    end: Moment


class Model:
    """What everyone knows at one instant, given whatever anyone ever said."""

    def __init__(self, acts: Iterable[Entry], membership: Membership, at: Moment) -> None:
        """Keep what was said by then, by people who were there; what protects has the last word of its instant."""
        self.at, self.membership = at, membership
        place = membership.order
        here = (act for act in acts if act.at <= at and (not place or act.author in membership.at(act.at)))
        self.acts = sorted(
            here,
            key=lambda a: (
                a.at,
                getattr(a.body, "protective", False),
                place.get(a.author, 0),
                a.author,
                a.id,
                a.content,
            ),
        )

    def then(self, at: Moment) -> "Model":
        """Return what everyone knew earlier."""
        return Model(self.acts, self.membership, at)

    def about(self, name: str) -> list[Entry]:
        """Return the acts about one story."""
        return [act for act in self.acts if act.about == name]

    def names(self, *bodies: type) -> list[str]:
        """Return the stories in which something was said, each once."""
        said = [act.about for act in self.acts if isinstance(act.body, bodies)]
        return [name for name in dict.fromkeys(said) if name is not None]

    def left(self, person: str, at: Moment) -> list[Moment]:
        """Return when somebody who was there at an instant is known to have left afterwards."""
        stays = [stay for stay in self.membership.stays if stay.person == person and stay.covers(at)]
        return [stay.until for stay in stays if stay.until is not None and stay.until <= self.at]

    def pauses(self, name: str) -> dict[str, Pause]:
        """Return everyone's pause in a time-out: each person calls once in it, and again in another one."""
        said = [act for act in self.about(name) if isinstance(act.body, ORDER)]
        said.sort(key=lambda act: (act.at, ORDER.index(type(act.body))))
        found: dict[str, Pause] = {}
        for number, act in enumerate(said):
            if isinstance(act.body, Called) and act.author not in found:
                found[act.author] = self._pause(act, act.body, said[number + 1 :])
        return found

    def _pause(self, call: Entry, body: Called, later: list[Entry]) -> Pause:
        until = min([as_instant(call.at + DAY), *self.left(call.author, call.at)])
        named = body.back_at if body.back_at is not None and since(body.back_at, call.at) <= DAY else None
        pause = Pause(by=call.author, at=call.at, topic=body.topic, until=until, named=named)
        for act in later:
            over = pause.stopped or pause.returned is not None
            if isinstance(act.body, TalkStopped):
                pause.stopped = True
            elif act.author != call.author or over:
                continue
            elif isinstance(act.body, Returned):
                pause.returned = act.at
            elif isinstance(act.body, Updated) and act.at < until and since(act.body.back_at, call.at) <= DAY:
                pause.named, pause.renewed = act.body.back_at, pause.renewed or act.at < act.body.back_at
        return pause

    def phase(self, name: str) -> Phase | None:
        """Tell the phase of a time-out: of several pauses, the one that protects most; `None` before any call."""
        found = [self._phase(pause) for pause in self.pauses(name).values()]
        return min(found, key=STRONGEST.index, default=None)

    def _phase(self, pause: Pause) -> Phase:
        if pause.stopped:
            return Phase.STOPPED
        if pause.returned is not None:
            return Phase.RETURNED
        if self.at >= pause.until:
            return Phase.RELEASED
        if since(self.at, pause.at) < FLOOR:
            return Phase.RESTING
        return Phase.READY if pause.named is not None and self.at < pause.named else Phase.WAITING

    def agreed(self) -> list[Agreed]:
        """Return the terms that everyone ever said yes to, the newest last."""
        found = [terms for name in self.names(Offered) for terms in self._agreed(name)]
        return sorted(found, key=lambda each: (each.start, each.name))

    def _agreed(self, name: str) -> list[Agreed]:
        first = next((act for act in self.about(name) if isinstance(act.body, Offered)), None)
        if first is None or not isinstance(first.body, Offered) or not isinstance(first.body.value, RecoveryTerms):
            return []
        people, yes = self.membership.at(first.at), {first.author}
        last_yes: Moment | None = None
        over: list[Moment] = [end for person in people for end in self.left(person, first.at)]
        for act in self.about(name):
            if getattr(act.body, "offer", None) != first.content or act.author not in people or act.at < first.at:
                continue
            if isinstance(act.body, Withdrawn) or (isinstance(act.body, Declined) and act.author in yes):
                over.append(act.at)
            in_time = act.at < first.at + first.body.stands and not any(end <= act.at for end in over)
            if isinstance(act.body, Accepted) and last_yes is None and in_time:
                yes.add(act.author)
                last_yes = act.at if yes == set(people) else None
        if last_yes is None or len(people) < 2:
            return []
        end = min([as_instant(last_yes + first.body.lasts), *over])
        told = Agreed(name=name, terms=first.body.value, people=frozenset(people), start=last_yes, end=end)
        return [told] if told.start < told.end else []

    def window(self, name: str) -> Window | None:
        """Return what follows a time-out: from the last return on, if everyone agreed on it or could."""
        back = [pause.returned for pause in self.pauses(name).values() if pause.returned is not None]
        if not back:
            return None
        start = max(back)
        here = set(self.membership.at(start))
        theirs = [each for each in self.agreed() if here <= each.people and start < each.end]
        chosen = ([each for each in theirs if each.holds(self.at)] or theirs)[-1:]
        terms = chosen[0].terms if chosen else RecoveryTerms()
        end = min([as_instant(start + terms.length), *(each.end for each in chosen)])
        standing = Recovery.OPEN if chosen else Recovery.OFFERED
        return Window(standing=standing if self.at < end else Recovery.OVER, terms=terms, start=start, end=end)

    def rests(self, topic: str) -> bool:
        """Tell whether a topic rests: for a window after a return, for two days from the first call at most."""
        if topic in NEVER_RESTS:
            return False
        events: list[tuple[Moment, int, tuple[str, str], dt.timedelta]] = []
        for name in self.names(Called):
            for pause in self.pauses(name).values():
                if pause.topic == topic:
                    events.append((pause.at, 0, (name, pause.by), 0 * HOUR))
                    if pause.returned is not None:
                        events.append((pause.returned, 1, (name, pause.by), self._length(pause.returned)))
        first, end, called = self.at, self.at, set[tuple[str, str]]()
        for number, (at, returns, call, length) in enumerate(sorted(events)):
            rests = number > 0 and at < end
            if not returns and not rests:
                first, end, called = at, as_instant(at + 2 * DAY), {call}
            elif not returns:
                called.add(call)
            elif rests and call in called:
                end = as_instant(min(at + length, first + 2 * DAY))
        return bool(events) and self.at < end

    def _length(self, at: Moment) -> dt.timedelta:
        here = set(self.membership.at(at))
        held = [each.terms.length for each in self.agreed() if each.holds(at) and here <= each.people]
        return held[-1] if held else DAY

    def may_raise(self, topic: str) -> bool:
        """Tell whether a topic can be raised: it does not rest, or everyone agreed that it never has to."""
        return not self.rests(topic) or any(topic in a.terms.exempt for a in self.agreed() if a.holds(self.at))

    def afterwards(self, name: str) -> "Afterwards":
        """Return what people said after a return."""
        said = Afterwards()
        for act in self.about(name):
            then = self.then(act.at)
            window = then.window(name)
            if window is not None and act.author in self.membership.at(window.start):
                said.hear(act, then, window)
        return said

    def credits(self) -> set[tuple[str, str | None, str | None]]:
        """Return who came back or named a new time: once for each topic, or for each time-out without one."""
        pauses = ((name, pause) for name in self.names(Called) for pause in self.pauses(name).values())
        return {
            (pause.by, pause.topic, name if pause.topic is None else None)
            for name, pause in pauses
            if pause.renewed or pause.returned is not None
        }


class Afterwards:
    """What people said after a return: times for the follow-up, and topics that came up or were put aside."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.wishes: dict[str, Moment] = {}
        self.meeting: Moment | None = None
        self.raised: list[tuple[str, str]] = []
        self.parked: list[str] = []

    @property
    def topics(self) -> list[str]:
        """Return the topics that somebody brought up and has not parked, in that order."""
        return list(dict.fromkeys(topic for topic, _ in self.raised))

    def hear(self, act: Entry, then: Model, window: Window) -> None:
        """Take in one act by somebody whom it concerns; what the rules do not allow says nothing."""
        live, body = window.standing in {Recovery.OPEN, Recovery.OFFERED}, act.body
        if isinstance(body, FollowUpAt) and live and max(act.at, window.start) <= body.start:
            if body.start + window.terms.follow_up < window.end:
                self.wishes[act.author] = body.start
                there = set(then.membership.at(window.start)) & set(then.membership.at(act.at))
                if all(self.wishes.get(person) == body.start for person in there):
                    self.meeting = body.start
        elif isinstance(body, BroughtUp) and live and then.may_raise(body.topic):
            self.parked = [topic for topic in self.parked if topic != body.topic]
            self.raised += [(body.topic, act.author)] if (body.topic, act.author) not in self.raised else []
        elif isinstance(body, Parked) and (body.topic, act.author) in self.raised:
            self.raised.remove((body.topic, act.author))
            self.parked += [body.topic] if body.topic not in self.topics else []
