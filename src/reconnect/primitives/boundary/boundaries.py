"""Boundaries are the rules that protect each person: an agreed baseline, and layers that are one's own."""

import datetime as dt
from functools import cached_property
from typing import ClassVar, Final, Self

import pendulum
from attrs import frozen

from reconnect.consent.proposal import Proposal
from reconnect.consent.resting import acts_about, proposals_of
from reconnect.errors import InvalidBoundary, NotAMember, NotInForce, NotOpen, NotYours
from reconnect.people.circle import Circle
from reconnect.primitives.boundary.action import Action, Undeniable
from reconnect.primitives.boundary.acts import (
    Baseline,
    BaselineLeft,
    Contacted,
    CueGiven,
    Heated,
    Kept,
    LayerAdded,
    LayerDropped,
    Stung,
    Upheld,
)
from reconnect.primitives.boundary.fold import Fold, folded
from reconnect.primitives.boundary.history import AgreedBaseline, GoodNews
from reconnect.primitives.boundary.layer import Layer
from reconnect.primitives.boundary.rule import as_rule
from reconnect.primitives.boundary.ruling import PERMIT, Ruling
from reconnect.primitives.boundary.version import versions
from reconnect.record.kind import Body
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant, is_a
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Boundaries"]

NO_CHECK_INS: Final = Windows()
_OWN: Final = (
    LayerAdded,
    LayerDropped,
    Upheld,
    BaselineLeft,
    Heated,
    Stung,
    CueGiven,
    Contacted,
    Kept,
)


@frozen(kw_only=True)
class Boundaries(Story):
    """What protects each person in a circle: rules that everyone agreed on, and layers that each adds alone.

    A rule limits acts of others that are directed at whom it protects, and nothing else. Its owner adds and drops a
    layer alone and at once; nobody can touch another's. Drop a layer and the agreed baseline still protects you.

    >>> import pendulum
    >>> from reconnect.people.person import Person
    >>> from reconnect.primitives.boundary.action import ComeClose
    >>> from reconnect.primitives.boundary.limits import ByConsent
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> b = Boundaries.of(ByConsent(), id="b1", circle=us, by="ana", at=now)
    >>> hug = ComeClose(by="ben", toward="ana", gesture="hug")
    >>> sorted(b.ruling(hug, at=now).ask_first)
    ['ana']
    >>> b.ruling(ComeClose(by="ana", toward="ben", gesture="hug"), at=now).permits  # it protects ana, not ben
    True
    >>> b.drop(ByConsent(), by="ben", at=now)
    Traceback (most recent call last):
    reconnect.errors.refusal.NotYours: expected something of your own: nobody acts in another person's name

    A baseline that ends in any other way than by your own act stays with you as your layer. When everyone agrees
    on another one, both apply for 24 hours; whoever withdraws by then never accepted it, and the old one goes on.

    Laws:
        Adding a rule never permits more. Only acts of its owner take away what protects them. A layer never
        constrains anything but acts of others directed at its owner. What nobody can forbid is always permitted.
        For 24 hours after the last yes nobody is protected less than before it.

    Sources:
        24 hours: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (*_OWN, *Proposal.bodies)
    opening: ClassVar[tuple[type, ...]] = (LayerAdded, Upheld)

    @classmethod
    def of(
        cls,
        rule: Body,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Begin with a layer of one's own; it needs nobody's yes.

        Raises:
            InvalidBoundary: it is no rule.
        """
        return cls.begin(LayerAdded(rule=rule), id=id, circle=circle, by=by, at=at)

    @classmethod
    def agree(
        cls,
        agreed: Proposal,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Begin with a baseline that is in force, or come to one anew (merge it with what is there).

        The proposal is `about` these boundaries. It protects everyone who agreed from the last yes on; each person's
        `agree` or `uphold` also keeps it in their own words, so that another's erasure cannot take it away.

        Raises:
            NotInForce: not everyone's yes to a baseline stands at `at`, or the proposal is about something else.
            NotYours: `by` is none of those who agreed.
        """
        if agreed.about != id or not isinstance(agreed.in_force(at=at), Baseline):
            raise NotInForce
        if by not in agreed.offer.people:
            raise NotYours
        begun = cls(id=id, circle=agreed.circle, acts=agreed.acts, founding=agreed.founding)
        return begun.uphold(by=by, at=at)

    @classmethod
    def gather(cls, view: View, id: str) -> Self:  # noqa: A002 - the field's own name, fixed by the design
        """Collect what was said about these boundaries, and the proposals about them."""
        own = tuple(entry for entry in view.about(id) if isinstance(entry.body, _OWN))
        return cls(id=id, circle=view.circle, acts=(*own, *acts_about(view, id)), founding=view.founding)

    @property
    def has_begun(self) -> bool:
        """Whether anyone ever was protected by them."""
        return bool(self._fold.shelters)

    def uphold(self, *, by: str, at: dt.datetime) -> Self:
        """Keep the baselines that one agreed to in one's own words; once is enough."""
        story = self
        said = {act.body.offer for act in self.told(at) if act.author == by and isinstance(act.body, Upheld)}
        for version in self._fold.versions:
            if version.offer not in said and by in version.people and as_instant(at) in version.held:
                body = Upheld(proposal=version.proposal, offer=version.offer, baseline=version.baseline)
                story = story.say(body, by=by, at=at)
        return story

    def add_layer(self, rule: Body, *, by: str, at: dt.datetime) -> Self:
        """Add a rule that protects oneself, alone and at once; once is enough.

        Raises:
            InvalidBoundary: it is no rule.
            NotAMember: the circle is known and `by` is not in it at that time.
        """
        wanted = as_rule(rule)
        there = any(layer.rule == wanted for layer in self.layers(of=by, at=at))
        return self if there else self.say(LayerAdded(rule=wanted), by=by, at=at)

    def drop(self, rule: Body, *, by: str, at: dt.datetime) -> Self:
        """Drop a layer of one's own, alone and at once; what is part of an agreed baseline goes on (see `leave`).

        Raises:
            NotYours: it protects somebody else, and not oneself.
            NotOpen: it is part of a baseline only, or it protects nobody.
        """
        moment = as_instant(at)
        own = [each for each in self._fold.shelters.get(by, ()) if each.rule == rule and each.is_own(moment)]
        if not own:
            mine = rule in self.rules(of=by, at=at)
            others = any(rule in self.rules(of=person, at=at) for person in self._fold.shelters)
            raise NotYours if others and not mine else NotOpen("a layer of your own")
        names = frozenset[str]().union(*(each.names for each in own))
        return self.say(LayerDropped(rule=rule, layers=names), by=by, at=at)

    def leave(self, *, by: str, at: dt.datetime) -> Self:
        """Leave the agreed baseline, alone and at once, without a reason; it goes on protecting the others.

        It ends what the baseline does for oneself. What it asks of oneself towards others ends by `withdraw`
        on its proposal, and even then it stays with those whom it protects.
        """
        moment = as_instant(at)
        mine = [each for each in self._fold.shelters.get(by, ()) if each.holds(moment) and not each.is_own(moment)]
        offers = {version.offer for version in self._fold.versions if any(version.offer in m.names for m in mine)}
        return self.say(BaselineLeft(offers=frozenset(offers)), by=by, at=at) if offers else self

    def heated(self, *, by: str, at: dt.datetime) -> Self:
        """Declare an exchange heated; whoever holds a `Cooldown` is left to cool down."""
        return self.say(Heated(), by=by, at=at)

    def stung(self, *, by: str, at: dt.datetime) -> Self:
        """Say "that stung". No reason is asked, now or later."""
        return self.say(Stung(), by=by, at=at)

    def give_cue(self, cue: str, *, by: str, at: dt.datetime) -> Self:
        """Give a sign for a pause."""
        return self.say(CueGiven(cue=cue), by=by, at=at)

    def contacted(self, toward: str, *, by: str, at: dt.datetime) -> Self:
        """Note that one reached another, so that a `FrequencyLimit` can count it.

        Raises:
            InvalidBoundary: it is oneself.
            NotAMember: the circle is known and one of the two is not in it at that time.
        """
        if toward == by:
            raise InvalidBoundary("a contact with someone else", "one with oneself")
        if self.founding and toward not in self.membership.at(at):
            raise NotAMember
        return self.say(Contacted(toward=toward), by=by, at=at)

    def mark_kept(self, rule: Body, *, by: str, at: dt.datetime) -> Self:
        """Say that a rule which protects oneself was kept: good news, and nothing else is ever counted.

        Raises:
            NotYours: the rule does not protect `by` at that time.
        """
        if rule not in self.rules(of=by, at=at):
            raise NotYours
        return self.say(Kept(rule=rule), by=by, at=at)

    def ruling(self, action: Action | Undeniable, *, at: dt.datetime, check_ins: Windows = NO_CHECK_INS) -> Ruling:
        """Say what stands in the way of an action as of an instant.

        Args:
            action: what someone may be about to do.
            at: now, as the host sees it.
            check_ins: when check-ins take place, for topics that are kept for them.

        Raises:
            InvalidBoundary: it is no action, or a rule of the host app returned something that is no ruling.
        """
        if isinstance(action, Undeniable):
            return PERMIT
        if not is_a(action, Action):
            raise InvalidBoundary("an action", f"a {type(action).__name__}")
        return self._fold.ruling(action, as_instant(at), check_ins)

    def changes_at(
        self, action: Action, *, at: dt.datetime, check_ins: Windows = NO_CHECK_INS
    ) -> pendulum.DateTime | None:
        """Return when a ruling may change if nobody says anything, or `None` if nothing known changes it.

        An own rule of the app whose answer comes and goes with the hour says so itself (see `BoundaryRule`).
        """
        return self._fold.changes_at(action, as_instant(at), check_ins)

    def quiet(self, *, of: str, within: Window) -> Windows:
        """Return a person's quiet hours inside a window, by the rules that protect them at each time."""
        return self._fold.quiet(of, within)

    def rules(self, *, of: str, at: dt.datetime) -> tuple[Body, ...]:
        """Return every rule that protects a person at an instant, from wherever it comes."""
        return self._fold.rules(of, as_instant(at))

    def layers(self, *, of: str, at: dt.datetime) -> tuple[Layer, ...]:
        """Return a person's own layers at an instant, oldest first; what is left of an ended baseline is among them."""
        own = [each for each in self._fold.shelters.get(of, ()) if each.is_own(as_instant(at))]
        first = {each.rule: each.own for each in sorted(own, key=lambda each: each.own, reverse=True)}
        return tuple(Layer(owner=of, rule=rule, since=since) for rule, since in reversed(first.items()))

    def baselines(self, *, at: dt.datetime) -> tuple[Baseline, ...]:
        """Return the agreed baselines that apply at an instant, oldest first: two while one replaces the other."""
        moment = as_instant(at)
        return tuple(each.baseline for each in self._fold.versions if each.held.start <= moment < each.stands_until)

    def history(self, *, at: dt.datetime) -> tuple[AgreedBaseline, ...]:
        """Return the baselines that were agreed by an instant, with why, oldest first."""
        known = self.as_of(at)._fold.versions  # noqa: SLF001 - its own class
        return tuple(each.told() for each in known if not each.void)

    def kept(self, *, at: dt.datetime) -> tuple[GoodNews, ...]:
        """Return what those whom a rule protects said was kept by an instant. What nobody said counts neither way."""
        told = ((act, act.body) for act in self.told(at))
        return tuple(
            GoodNews(by=act.author, rule=body.rule, at=act.at)
            for act, body in told
            if isinstance(body, Kept) and body.rule in self.rules(of=act.author, at=act.at)
        )

    @cached_property
    def _fold(self) -> Fold:
        agreed = versions(p for p in proposals_of(self) if p.about == self.id)
        own = [act for act in self.told() if act.about == self.id or isinstance(act.body, Proposal.bodies)]
        return folded(own, agreed, self.membership)
