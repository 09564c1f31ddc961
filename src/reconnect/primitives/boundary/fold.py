"""The fold of boundaries: what protects whom at an instant, and what was said aloud by then."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import pendulum
from attrs import define, field

from reconnect.primitives.boundary.action import Action
from reconnect.primitives.boundary.acts import Contacted, CueGiven, Heated, Stung
from reconnect.primitives.boundary.hours import QuietHours
from reconnect.primitives.boundary.layer import Shelter, shelters
from reconnect.primitives.boundary.rule import Told, applied, changes_at
from reconnect.primitives.boundary.ruling import PERMIT, Ruling
from reconnect.primitives.boundary.version import Version
from reconnect.record.entry import Entry
from reconnect.record.kind import Body
from reconnect.record.membership import Membership
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Fold", "folded"]

Moment = pendulum.DateTime


def _no_rules() -> dict[str, tuple[int, tuple[Body, ...]]]:
    return {}


@define(kw_only=True, eq=False)
class Fold:
    """Everything that the acts of boundaries come to. `folded` writes it once; afterwards it is only read.

    Attributes:
        versions: every baseline that was ever agreed, in order.
        shelters: everything that ever protected each person.
        edges: the instants at which what protects a person changes, in order.
        heated: when someone declared an exchange heated, in order.
        stung: when someone said "that stung", in order.
        cues: when each sign was given, in order.
        contacts: when someone contacted another, in order, by both.
    """

    versions: tuple[Version, ...]
    shelters: Mapping[str, tuple[Shelter, ...]]
    edges: Mapping[str, Sequence[Moment]]
    heated: Sequence[Moment]
    stung: Sequence[Moment]
    cues: Mapping[str, Sequence[Moment]]
    contacts: Mapping[tuple[str, str], Sequence[Moment]]
    _lately: dict[str, tuple[int, tuple[Body, ...]]] = field(factory=_no_rules)

    def rules(self, owner: str, at: Moment) -> tuple[Body, ...]:
        """Return the rules that protect a person at an instant, each once.

        They stay the same from edge to edge, so those of the stretch that was asked about last are kept at hand.
        """
        place = bisect_right(self.edges.get(owner, ()), at)
        known = self._lately.get(owner)
        if known is None or known[0] != place:
            found = dict.fromkeys(each.rule for each in self.shelters.get(owner, ()) if each.holds(at))
            known = self._lately[owner] = (place, tuple(found))
        return known[1]

    def ruling(self, action: Action, at: Moment, check_ins: Windows) -> Ruling:
        """Combine what every rule says that protects the one whom an action is directed at."""
        told = self.told(action, at, check_ins)
        ruling = PERMIT
        for rule in self._asked(action, at):
            said = applied(rule, action, at=at, told=told)
            ruling = ruling if said.permits else ruling & said
        return ruling

    def changes_at(self, action: Action, at: Moment, check_ins: Windows) -> Moment | None:
        """Return when a ruling may change by itself: a rule begins or ends, or one of them says something else."""
        told = self.told(action, at, check_ins)
        edges = self.edges.get(action.toward, ())
        place = bisect_right(edges, at)
        changes = (changes_at(rule, action, at=at, told=told) for rule in self._asked(action, at))
        return min((*edges[place : place + 1], *(change for change in changes if change is not None)), default=None)

    def quiet(self, owner: str, within: Window) -> Windows:
        """Return a person's quiet hours in a window, by the rules that protect them at each time."""
        edges = self.edges.get(owner, ())
        inside = edges[bisect_right(edges, within.start) : bisect_left(edges, within.end)]
        found: list[Window] = []
        for start, end in pairwise((within.start, *inside, within.end)):
            rules = (rule for rule in self.rules(owner, start) if isinstance(rule, QuietHours))
            found += (window for rule in rules for window in rule.hours.windows(Window(start, end)))
        return Windows.of(*found)

    def _asked(self, action: Action, at: Moment) -> tuple[Body, ...]:
        """Return the rules to ask about an action; nobody's own rules are asked about what they do to themselves."""
        return () if action.by == action.toward else self.rules(action.toward, at)

    def told(self, action: Action, at: Moment, check_ins: Windows) -> Told:
        """Return what was said aloud by an instant, as far as it matters for an action."""
        contacts = self.contacts.get((action.by, action.toward), ())
        given = ((cue, _last(times, at)) for cue, times in self.cues.items())
        return Told(
            heated=_last(self.heated, at),
            stung=_last(self.stung, at),
            cues=tuple((cue, last) for cue, last in given if last is not None),
            contacts=tuple(contacts[: bisect_right(contacts, at)]),
            check_ins=check_ins,
        )


def folded(told: Sequence[Entry], agreed: tuple[Version, ...], membership: Membership) -> Fold:
    """Fold the acts of a story, given every baseline that was ever agreed."""
    heated: list[Moment] = []
    stung: list[Moment] = []
    cues: dict[str, list[Moment]] = {}
    contacts: dict[tuple[str, str], list[Moment]] = {}
    for act in told:
        match act.body:
            case Heated():
                heated.append(act.at)
            case Stung():
                stung.append(act.at)
            case CueGiven(cue=cue):
                cues.setdefault(cue, []).append(act.at)
            case Contacted(toward=toward):
                contacts.setdefault((act.author, toward), []).append(act.at)
            case _:
                pass
    found = shelters(told, agreed, membership)
    return Fold(
        versions=agreed,
        shelters=found,
        edges={owner: _edges(each) for owner, each in found.items()},
        heated=heated,
        stung=stung,
        cues=dict(sorted(cues.items())),
        contacts=contacts,
    )


def _edges(found: Iterable[Shelter]) -> list[Moment]:
    edges = (edge for each in found for edge in (each.since, each.until) if edge is not None)
    return sorted(set(edges))


def _last(times: Sequence[Moment], at: Moment) -> Moment | None:
    """Return the last of some instants that are in order, up to one of them."""
    place = bisect_right(times, at)
    return times[place - 1] if place else None
