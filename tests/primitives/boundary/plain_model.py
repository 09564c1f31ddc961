"""A plain telling of boundaries, written from the rules alone: slow, instant by instant, with no intervals in it."""

import datetime as dt
from collections.abc import Iterator

import pendulum

from reconnect.consent.offer import Declined, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.primitives.boundary import (
    Action,
    AskQuestion,
    Baseline,
    Boundaries,
    ByConsent,
    ComeClose,
    Cooldown,
    DepthLimit,
    ExpectReply,
    FrequencyLimit,
    MakeContact,
    NoReplyExpected,
    Nudge,
    OfferRepair,
    PauseOnHurt,
    QuietHours,
)
from reconnect.primitives.boundary.acts import (
    BaselineLeft,
    Contacted,
    Heated,
    LayerAdded,
    LayerDropped,
    Stung,
    Upheld,
)
from reconnect.record.entry import Entry
from reconnect.record.kind import Body

Moment = pendulum.DateTime
DAY = dt.timedelta(hours=24)
MINUTE = dt.timedelta(minutes=1)


class Bond:
    """One proposal of a baseline, asked instant by instant."""

    def __init__(self, p: Proposal) -> None:
        """Find when it began to hold, and when it ended, by asking at every instant at which anything happens."""
        self.p = p
        self.offer = p.offer.id
        self.people = p.offer.people
        happenings = {act.at for act in p.told()}
        begun = sorted(at for at in happenings if p.in_force(at=at) is not None)
        self.since = begun[0] if begun else None
        value = p.in_force(at=begun[0]) if begun else None
        self.rules = value.rules if isinstance(value, Baseline) else ()
        self.is_bond = isinstance(value, Baseline)
        self.ends: Moment | None = None
        if self.since is not None:
            stays = (stay.until for stay in p.membership.stays if stay.until is not None)
            ends = (p.membership.ended, *stays, self.since + p.offer.lasts)
            happenings.update(end for end in ends if end is not None)
            over = (at for at in sorted(happenings) if at > self.since and p.in_force(at=at) is None)
            self.ends = next(over)

    def holds(self, at: dt.datetime) -> bool:
        """Whether everyone's yes stands."""
        return self.is_bond and self.p.in_force(at=at) is not None

    def outs(self) -> Iterator[tuple[str, Moment]]:
        """Who took back a yes, and when."""
        for act in self.p.told():
            named = isinstance(act.body, Withdrawn | Declined) and act.body.offer == self.offer
            if named and self.since is not None and act.at >= self.since and act.author in self.people:
                yield act.author, act.at


class Model:
    """What protects whom, as of one instant, from the acts by then."""

    def __init__(self, story: Boundaries, at: dt.datetime) -> None:
        """Hear what was said by then, by those who were there."""
        self.story = story
        self.at = pendulum.instance(at)
        self.told = story.told(at)
        names = {act.about for act in story.acts if act.about not in {None, story.id}}
        found = (
            Proposal(
                id=name,
                circle=story.circle,
                acts=tuple(act for act in story.acts if act.about == name and act.at <= at),
                founding=tuple(act for act in story.founding),
            )
            for name in sorted(name for name in names if name is not None)
        )
        about = [Bond(p) for p in found if p.offers and p.about == story.id]
        self.bonds = [bond for bond in about if bond.is_bond and bond.since is not None and bond.since <= at]

    def said(self, by: str, kind: type) -> list[Entry]:
        """What one person said of one kind."""
        return [act for act in self.told if act.author == by and isinstance(act.body, kind)]

    def has_dropped(self, by: str, name: str, rule: Body, *, since: Moment | None = None) -> bool:
        """Whether someone dropped a rule by that name, perhaps only from an instant on."""
        return any(
            isinstance(act.body, LayerDropped)
            and act.body.rule == rule
            and name in act.body.layers
            and (since is None or act.at >= since)
            for act in self.said(by, LayerDropped)
        )

    def has_left(self, by: str, offer: str, *, since: Moment | None = None) -> bool:
        """Whether someone left a baseline, perhaps only from an instant on."""
        return any(
            isinstance(act.body, BaselineLeft) and offer in act.body.offers and (since is None or act.at >= since)
            for act in self.said(by, BaselineLeft)
        )

    def is_replaced(self, bond: Bond, person: str, at: dt.datetime) -> bool:
        """Whether another baseline took its place for someone: agreed while it held, and held for a day."""
        return any(
            other.since is not None
            and bond.since is not None
            and bond.since < other.since
            and bond.holds(other.since)
            and person in other.people
            and other.since + DAY <= at
            and other.holds(other.since + DAY)
            for other in self.bonds
        )

    def is_void(self, bond: Bond) -> bool:
        """Whether someone withdrew within the day in which it was to replace another one."""
        replaces = any(
            other.since is not None
            and bond.since is not None
            and other.since < bond.since
            and other.holds(bond.since)
            and not all(self.is_replaced(other, person, bond.since) for person in other.people)
            for other in self.bonds
        )
        withdrawn = [at for _, at in bond.outs()]
        return replaces and bool(withdrawn) and min(withdrawn) == bond.ends and min(withdrawn) <= bond.since + DAY  # type: ignore[operator]  # bonds have begun

    def rules(self, person: str) -> set[Body]:
        """Every rule that protects a person."""
        return {*self.added(person), *self.agreed(person), *self.upheld(person)}

    def added(self, person: str) -> Iterator[Body]:
        """The layers a person added, and has not seen and dropped."""
        for act in self.said(person, LayerAdded):
            if isinstance(act.body, LayerAdded) and not self.has_dropped(person, act.id, act.body.rule):
                yield act.body.rule

    def agreed(self, person: str) -> Iterator[Body]:
        """What baselines give a person, now or since they ended."""
        for bond in self.bonds:
            assert bond.since is not None
            assert bond.ends is not None
            here = [stay for stay in self.story.membership.stays if stay.person == person and stay.covers(bond.since)]
            gone = any(stay.until is not None and stay.until <= self.at for stay in here)
            out = any(who == person and at <= self.at for who, at in bond.outs())
            over = bond.ends <= self.at
            if person not in bond.people or gone or out or self.has_left(person, bond.offer):
                continue
            if self.is_replaced(bond, person, self.at) or (over and self.is_void(bond)):
                continue
            for rule in bond.rules:
                if not (over and self.has_dropped(person, bond.offer, rule, since=bond.ends)):
                    yield rule

    def upheld(self, person: str) -> Iterator[Body]:
        """What a person keeps in their own words, where nothing else tells of it."""
        for act in self.said(person, Upheld):
            assert isinstance(act.body, Upheld)
            offer = act.body.offer
            known = any(bond.offer == offer and person in bond.people for bond in self.bonds)
            outs = (a for kind in (Withdrawn, Declined) for a in self.said(person, kind))
            out = any(getattr(a.body, "offer", None) == offer and a.at >= act.at for a in outs)
            if not known and not out and not self.has_left(person, offer, since=act.at):
                for rule in act.body.baseline.rules:
                    if not self.has_dropped(person, act.id, rule):
                        yield rule

    def answer(self, action: Action) -> tuple[bool, bool, Moment | None]:
        """Whether an action is denied, asks first, and has to wait until when."""
        rules = set[Body]() if action.by == action.toward else self.rules(action.toward)
        waits = [wait for rule in rules if (wait := self.wait(rule, action)) is not None]
        denied = any(
            (isinstance(rule, NoReplyExpected) and isinstance(action, ExpectReply))
            or (isinstance(rule, DepthLimit) and isinstance(action, AskQuestion) and action.depth > rule.deepest)
            for rule in rules
        )
        asks = isinstance(action, ComeClose) and any(isinstance(rule, ByConsent) for rule in rules)
        return denied, asks, max(waits, default=None)

    def wait(self, rule: Body, action: Action) -> Moment | None:
        """Until when one rule asks to wait, found by trying later and later instants."""
        ends: list[dt.datetime] = []
        if isinstance(rule, Cooldown):
            ends = [act.at + rule.length for act in self.told if isinstance(act.body, Heated)]
        if isinstance(rule, PauseOnHurt) and not isinstance(action, OfferRepair):
            ends = [act.at + rule.length for act in self.told if isinstance(act.body, Stung)]
        if isinstance(rule, FrequencyLimit) and isinstance(action, MakeContact | Nudge):
            mine = self.said(action.by, Contacted)
            sent = sorted(act.at for act in mine if getattr(act.body, "toward", None) == action.toward)
            ends = [sent[-rule.most] + rule.within] if len(sent) >= rule.most else []
        if isinstance(rule, QuietHours):
            moment = self.at
            while is_quiet(rule, moment):
                moment = moment.replace(second=0, microsecond=0) + MINUTE
            ends = [moment]
        late = [pendulum.instance(end) for end in ends if end > self.at]
        return max(late, default=None)


def is_quiet(rule: QuietHours, at: Moment) -> bool:
    """Whether the clocks of the rule show a quiet time."""
    local = at.in_timezone(rule.hours.zone)
    day = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[local.weekday()]
    shown = f"{local.hour:02}:{local.minute:02}"
    spans = (span.split("-") for span in dict(rule.hours.hours).get(day, ()))
    return any(start <= shown < end for start, end in spans)
