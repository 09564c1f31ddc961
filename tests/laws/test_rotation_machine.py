"""Two phones, some people, and any order of what they may say about turns, beside a plain walk through the rules."""

import datetime as dt
from functools import partial
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.primitives.rotation.plain_model import Told, rows

from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.rotation_stories import PEOPLE, shared_plans
from reconnect.errors import ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.rotation import Rotation, RotationPlan, Turn, TurnKey
from reconnect.record.entry import Entry, Shared
from reconnect.record.membership import Left
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
EVE: Final = pendulum.datetime(2026, 3, 27, 6)
ZONE: Final = "Europe/Paris"
CIRCLE: Final = Circle(id="c1", members=tuple(Person(id=name, zone=ZONE) for name in PEOPLE))
someone: Final = st.sampled_from(PEOPLE)
phones: Final = st.integers(0, 1)
places: Final = st.integers(0, 9)


class Phones(RuleBasedStateMachine):
    """What each of two phones knows of one rotation; each hears of the other's acts only when they meet."""

    def __init__(self) -> None:
        """Begin before anything is said."""
        super().__init__()
        self.now = EVE
        self.known: list[Rotation] = []
        self.passed: dict[TurnKey, Turn] = {}
        self.met = True
        self.offered = 0

    @initialize(plan=shared_plans(PEOPLE, ZONE, EVE.date()))
    def begin(self, plan: RotationPlan) -> None:
        """Begin on a plan that is only stated."""
        weights = dict(zip(plan.members, plan.weights, strict=True))
        by = plan.members[0]
        told = Rotation.of(plan.members, handoff=plan.handoff, weights=weights, id="r1", circle=CIRCLE, by=by, at=EVE)
        self.known = [told, told]

    def near(self, phone: int) -> list[Turn]:
        """Return the turns around now, as a phone knows them."""
        return list(self.known[phone].turns(Window(as_instant(self.now - DAY), as_instant(self.now + 5 * DAY))))

    def say(self, phone: int, verb: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the verbs take them
        """Say something on one phone; what is not allowed there is refused, and changes nothing."""
        try:
            told = partial(getattr(self.known[phone], verb), *args, **kwargs)(at=self.now)
        except ReconnectError:
            return
        self.met = self.met and told == self.known[phone]
        self.known[phone] = told

    @rule(phone=phones, place=places, other=places)
    def swap(self, phone: int, place: int, other: int) -> None:
        """Wish for a swap, and let the other one wish for the same, perhaps on the other phone."""
        ahead = [turn for turn in self.near(phone) if turn.start > self.now and turn.holder is not None]
        if ahead:
            mine, theirs = ahead[place % len(ahead)], ahead[other % len(ahead)]
            self.say(phone, "swap", mine.key, theirs.key, by=mine.holder)
            self.say(place % 2, "swap", theirs.key, mine.key, by=theirs.holder)

    @rule(phone=phones, place=places, by=someone, verb=st.sampled_from(["cover", "cover", "pass_on", "ask", "done"]))
    def take_or_pass(self, phone: int, place: int, by: str, verb: str) -> None:
        """Say something about one turn."""
        near = self.near(phone)
        if near:
            turn = near[place % len(near)]
            self.say(phone, verb, turn.key, by=by if verb in {"cover", "done"} else turn.holder or by)

    @rule(phone=phones, place=places)
    def take_back(self, phone: int, place: int) -> None:
        """Take a wish back."""
        wishes = self.known[phone].wishes(at=self.now)
        if wishes:
            wish = wishes[place % len(wishes)]
            self.say(phone, "take_back", wish.give, wish.take, by=wish.by)

    @rule(phone=phones, by=someone, hours=st.integers(-6, 80), days=st.integers(1, 5))
    def be_away(self, phone: int, by: str, hours: int, days: int) -> None:
        """Say that one is away."""
        self.say(phone, "away", Window.of(as_instant(self.now + hours * HOUR), days * DAY), by=by)

    @rule(phone=phones, by=someone, verb=st.sampled_from(["back", "leave", "join"]))
    def come_and_go(self, phone: int, by: str, verb: str) -> None:
        """Come back, take no more turns, or take turns again."""
        self.say(phone, verb, by=by)

    @precondition(lambda self: self.offered < 3)
    @rule(phone=phones, plan=shared_plans(PEOPLE, ZONE, EVE.date()), missing=st.booleans())
    def agree(self, phone: int, plan: RotationPlan, missing: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Let everyone, or all but one, say yes to a new plan."""
        self.offered += 1
        here = self.known[phone].membership.at(self.now)
        p = Proposal(id=f"p{self.offered}", circle="c1", founding=self.known[phone].founding)
        try:
            first = Proposal.of(plan, id=p.id, circle="c1", by=here[0], at=self.now, about="r1")
            p = evolve(p, acts=first.acts)
            for person in here[: -1 if missing else None]:
                p = p.accept(by=person, offer=p.offer.id, at=self.now)
        except (ReconnectError, IndexError):
            return
        told = self.known[phone]
        self.known[phone] = evolve(told, acts=(*told.acts, *p.acts))
        self.met = False

    @precondition(lambda self: self.now > EVE + 2 * DAY)
    @rule(phone=phones, by=someone)
    def leave_the_circle(self, phone: int, by: str) -> None:
        """Leave for good."""
        told = self.known[phone]
        if len(told.membership.at(self.now)) > 2:
            left = Entry(circle="c1", author=by, id="left", at=self.now, body=Left(), audience=Shared())
            self.known[phone] = evolve(told, founding=(*told.founding, left))
            self.met = False

    @rule(hours=st.sampled_from([1, 5, 19, 24, 25, 48]))
    def pass_time(self, hours: int) -> None:
        """Let time pass; both phones have met by then, so that nobody learns of the past later."""
        self.meet()
        self.now = as_instant(self.now + hours * HOUR)

    @rule()
    def meet(self) -> None:
        """Let the phones tell each other everything, one of them twice."""
        one, other = self.known
        told = merge(merge(one, other), one)
        assert told == merge(other, one)
        self.known, self.met = [told, told], True

    @invariant()
    def both_walk_by_the_rules(self) -> None:
        """Each phone, with what it knows, finds what a plain walk finds; what passed before now stays once they met."""
        for told in self.known:
            days = Window(as_instant(EVE - DAY), as_instant(self.now + 6 * DAY))
            assert rows(told, days) == list(Told(told).rows(days))
        if self.met and self.known:
            now = {turn.key: turn for turn in self.known[0].turns(Window(EVE, as_instant(self.now + HOUR)))}
            ended = {key: turn for key, turn in now.items() if turn.end is not None and turn.end < self.now}
            assert all(ended[key] == turn for key, turn in self.passed.items())
            self.passed = ended


TestPhones = Phones.TestCase
TestPhones.settings = settings(max_examples=max(10, settings().max_examples // 2), stateful_step_count=25)
