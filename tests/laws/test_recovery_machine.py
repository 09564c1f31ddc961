"""Two phones in any order: whatever people say in a hard evening, and whenever it arrives, the rules hold."""

import datetime as dt
from functools import partial
from itertools import pairwise
from typing import Final

import pendulum
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.primitives.recovery.plain_model import DAY, FLOOR, HOUR, Model

from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidRecovery, NotAMember, NotOpen, NotYours, ReconnectError, UnknownStory
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.people.topic import NEVER_WAITS
from reconnect.primitives.recovery import Phase, Recovery, RecoveryTerms, RecoveryWindow, TimeOut, credited
from reconnect.primitives.recovery.acts import BroughtUp, Called, FollowUpAt, Parked, Returned, TalkStopped, Updated
from reconnect.record.entry import Entry, Shared
from reconnect.record.journal import AlreadyThere
from reconnect.record.kind import Body
from reconnect.record.membership import Left
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

TICK: Final = dt.timedelta(microseconds=1)
EVES: Final = (
    as_instant(pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris")),  # an hour is missing that night
    as_instant(pendulum.datetime(2026, 10, 31, 21, 30, tz="America/New_York")),  # and here one comes twice
)
PEOPLE: Final = ("ana", "ben", "cleo")
PHONES: Final = ("one", "two")
TIME_OUTS: Final = ("t1", "t2", "t3")
TOPICS: Final = ("money", "dishes", "safety")
PASSED: Final = tuple(
    minutes * dt.timedelta(minutes=1) for minutes in (0, 10, 20, 60, 23 * 60, 24 * 60, 25 * 60, 48 * 60)
)
STEPS: Final = (*PASSED, TICK, DAY - TICK, 2 * DAY - TICK)

people, phones = st.sampled_from(PEOPLE), st.sampled_from(PHONES)
time_outs, topics = st.sampled_from((*TIME_OUTS, "t1", "t1")), st.sampled_from((*TOPICS, "money", "money"))
steps = st.sampled_from(STEPS)


class TwoPhones(RuleBasedStateMachine):
    """Two or three people, and two phones that hear from each other now and then; anyone may use either."""

    @initialize(eve=st.sampled_from(EVES), many=st.sampled_from([2, 3]))
    def start(self, eve: pendulum.DateTime, many: int) -> None:
        """Both phones know the circle, and nothing else."""
        self.now, self.count, self.people = eve, 0, PEOPLE[:many]
        circle = Circle(id="c1", members=tuple(Person(id=person, zone="UTC") for person in self.people))
        self.phones = {name: MemoryJournal(key=b"k" * 32) for name in PHONES}
        for phone in self.phones.values():
            phone.found(circle, by="ana", at=as_instant(eve - 100 * DAY))

    def view(self, phone: str, by: str) -> View | None:
        """Return what somebody sees on a phone, if they are there."""
        view = self.phones[phone].view(by, circle="c1", at=self.now) if by in self.people else None
        return view if view is not None and by in view.members else None

    def keep(self, phone: str, by: str, *stories: Story) -> None:
        """Let somebody write down their own part."""
        for story in stories:
            self.phones[phone].append(*story.acts_of(by), acting=by)

    @rule(passed=steps)
    def wait(self, passed: dt.timedelta) -> None:
        """Time passes."""
        self.now = as_instant(self.now + passed)

    @rule(phone=phones, by=people, name=time_outs, topic=st.none() | topics, back=st.none() | steps)
    def call(self, phone: str, by: str, name: str, topic: str | None, back: dt.timedelta | None) -> None:
        """Somebody calls a time-out, whatever else is going on: nobody needs permission."""
        if (view := self.view(phone, by)) is None:
            return
        back_at = None if back is None else self.now + back
        try:
            pause = TimeOut.call(id=name, circle="c1", by=by, at=self.now, back_at=back_at, topic=topic)
        except InvalidRecovery:
            assert back is not None
            assert back > DAY
            return
        before = name in {known.id for known in view.all(TimeOut)}
        self.keep(phone, by, pause)
        after = self.phones[phone].view(by, circle="c1", at=self.now).state(TimeOut, name)
        assert any(call.by == by for call in after.calls(at=self.now))
        assert before or after.phase(at=self.now) is Phase.RESTING

    @rule(phone=phones, by=people, name=time_outs, step=steps)
    def update(self, phone: str, by: str, name: str, step: dt.timedelta) -> None:
        """A caller names another time, which is refused exactly when the rules say so."""
        if (view := self.view(phone, by)) is None:
            return
        own = self.model(view, self.now).pauses(name).get(by)
        try:
            pause = view.state(TimeOut, name).update(as_instant(self.now + step), by=by, at=self.now)
        except (NotYours, UnknownStory):
            assert own is None
        except InvalidRecovery:
            assert own is not None
            assert self.now + step > own.at + DAY
        except NotOpen:
            assert own is not None
            assert own.stopped or own.returned is not None or self.now >= own.until
        else:
            self.keep(phone, by, pause)

    @rule(phone=phones, by=people, name=time_outs)
    def come_back(self, phone: str, by: str, name: str) -> None:
        """A caller comes back, which is welcome at any time unless somebody ended the talk."""
        if (view := self.view(phone, by)) is None:
            return
        own = self.model(view, self.now).pauses(name).get(by)
        try:
            pause = view.state(TimeOut, name).returned(by=by, at=self.now)
        except (NotYours, UnknownStory):
            assert own is None
        except NotOpen:
            assert own is not None
            assert own.stopped
        else:
            self.keep(phone, by, pause)

    @rule(phone=phones, by=people, name=time_outs)
    def stop(self, phone: str, by: str, name: str) -> None:
        """Anyone ends the talk, alone and at once; that is never refused."""
        view = self.view(phone, by)
        if view is not None and name in {pause.id for pause in view.all(TimeOut)}:
            self.keep(phone, by, view.state(TimeOut, name).stop(by=by, at=self.now))

    @rule(
        phone=phones,
        by=people,
        length=st.sampled_from([DAY, 2 * HOUR, 3 * DAY]),
        exempt=st.sampled_from([(), (), ("dishes",), ("money",)]),
        lasts=st.sampled_from([90 * DAY, 90 * DAY, 12 * HOUR, 36 * HOUR]),
        answers=st.sampled_from([True, True, False]),
    )
    def offer(
        self,
        *,
        phone: str,
        by: str,
        length: dt.timedelta,
        exempt: tuple[str, ...],
        lasts: dt.timedelta,
        answers: bool,
    ) -> None:
        """Somebody offers terms for coming back; perhaps the others say yes at once, each on some phone."""
        if (view := self.view(phone, by)) is None:
            return
        self.count += 1
        terms = RecoveryTerms(length=length, exempt=frozenset(exempt), intention="be kind")
        p = Proposal.of(terms, id=f"p{self.count}", circle="c1", by=by, at=self.now, lasts=lasts)
        self.keep(phone, by, p)
        for other in view.members if answers else ():
            where = PHONES[(PHONES.index(phone) + (other == "cleo")) % 2]
            if other != by and self.view(where, other) is not None:
                self.keep(where, other, p.accept(by=other, offer=p.offer.id, at=self.now))

    @rule(phone=phones, by=people, no=st.booleans(), data=st.data())
    def answer(self, *, phone: str, by: str, no: bool, data: st.DataObject) -> None:
        """Somebody accepts terms that they see, or withdraws from them."""
        view = self.view(phone, by)
        if view is None or not view.all(Proposal):
            return
        p = data.draw(st.sampled_from(view.all(Proposal)))
        try:
            told = p.withdraw(by=by, at=self.now) if no else p.accept(by=by, offer=p.offer.id, at=self.now)
        except ReconnectError:
            return  # too late, or not theirs; `test_proposal_laws` says exactly when
        self.keep(phone, by, told)

    @rule(
        phone=phones, by=people, name=time_outs, step=steps, topic=topics, what=st.sampled_from(["meet", "up", "park"])
    )
    def say(self, *, phone: str, by: str, name: str, step: dt.timedelta, topic: str, what: str) -> None:
        """After a return somebody wishes for a time, brings a topic up, or parks it: their own, and nobody else's."""
        if (view := self.view(phone, by)) is None:
            return
        verbs = {
            "meet": partial(RecoveryWindow.meet, start=as_instant(self.now + step)),
            "up": partial(RecoveryWindow.bring_up, topic=topic),
            "park": partial(RecoveryWindow.park, topic=topic),
        }
        raised = (topic, by) in self.model(view, self.now).afterwards(name).raised
        try:
            window = verbs[what](view.state(RecoveryWindow, name), by=by, at=self.now)
        except ReconnectError:
            assert what != "park" or not raised
        else:
            assert what != "park" or raised
            self.keep(phone, by, window)

    @rule(phone=phones, by=people, name=time_outs, late=steps, step=steps, topic=topics, data=st.data())
    def arrive(
        self, *, phone: str, by: str, name: str, late: dt.timedelta, step: dt.timedelta, topic: str, data: st.DataObject
    ) -> None:
        """Something arrives late that no verb looked at, allowed or not."""
        if by not in self.people:
            return
        said: list[Body] = [
            Called(topic=topic),
            Called(topic=topic, back_at=as_instant(self.now + step)),
            Updated(back_at=as_instant(self.now + step)),
            Returned(),
            Returned(),
            TalkStopped(),
            FollowUpAt(start=as_instant(self.now - late + step)),
            BroughtUp(topic=topic),
            Parked(topic=topic),
        ]
        self.count += 1
        at, body = as_instant(self.now - late), data.draw(st.sampled_from(said))
        act = Entry(circle="c1", author=by, id=f"x{self.count}", at=at, body=body, audience=Shared(), about=name)
        try:
            self.phones[phone].append(act, acting=by)
        except NotAMember:
            assert by not in self.phones[phone].view(by, circle="c1", at=self.now).membership.at(at)

    @rule(phone=phones, earlier=st.booleans(), data=st.data())
    def replay(self, *, phone: str, earlier: bool, data: st.DataObject) -> None:
        """Something is sent once more: nothing new is kept, and of two receipts the earlier stands."""
        known = [entry for entry in self.phones[phone].everything() if entry.about is not None]
        if known:
            entry = data.draw(st.sampled_from(sorted(known, key=lambda entry: (entry.author, entry.id))))
            again = entry.received(as_instant(entry.at - TICK) if earlier else self.now)
            assert self.phones[phone].append(again, acting=entry.author) == (AlreadyThere(entry.id),)

    @precondition(lambda self: len(self.people) == 3)
    @rule(phone=phones, by=st.sampled_from(["cleo", "cleo", "ana"]))
    def leave(self, phone: str, by: str) -> None:
        """One of three leaves, at once and alone; two of them go on."""
        if not any(isinstance(entry.body, Left) for other in self.phones.values() for entry in other.everything()):
            gone = Entry(circle="c1", author=by, id="left", at=self.now, body=Left(), audience=Shared())
            self.phones[phone].append(gone, acting=by)

    @rule(to=phones)
    def hear(self, to: str) -> None:
        """One phone hears from the other, perhaps once more."""
        self.phones[to].merge(self.phones["two" if to == "one" else "one"])

    @rule()
    def meet(self) -> None:
        """The phones hear from each other: from then on they tell everyone the same."""
        one, two = self.phones.values()
        one.merge(two)
        two.merge(one)
        for person in self.people:
            here, there = (phone.view(person, circle="c1", at=self.now) for phone in (one, two))
            assert here.entries() == there.entries()
            assert here.founding == there.founding

    def model(self, view: View, at: pendulum.DateTime) -> Model:
        """Return what the rules say of the acts that somebody sees."""
        return Model(view.visible, view.membership, at)

    def views(self) -> list[View]:
        """Return what each phone shows to somebody, taking turns."""
        reader = self.people[self.count % len(self.people)]
        return [phone.view(reader, circle="c1", at=self.now) for phone in self.phones.values()]

    @invariant()
    def each_phone_says_what_the_rules_say(self) -> None:
        """Phases, pauses, windows, topics, wishes and credits: now and an hour ago, as everyone knew it then."""
        for view in self.views():
            for at in (self.now, as_instant(self.now - HOUR)):
                model = self.model(view, at)
                for pause in view.all(TimeOut):
                    assert (pause.phase(at=at) if pause.as_of(at).has_begun else None) is model.phase(pause.id)
                    calls = pause.calls(at=at) if pause.as_of(at).has_begun else ()
                    facts = {each.by: (each.at, each.topic, each.named, each.returned, each.stopped) for each in calls}
                    told = model.pauses(pause.id).values()
                    assert facts == {
                        each.by: (each.at, each.topic, each.named, each.returned, each.stopped) for each in told
                    }
                    says(RecoveryWindow.gather(view, pause.id), model, at)
                given = credited(view.all(TimeOut), at=at)
                assert {(each.by, each.topic, each.time_out) for each in given} == model.credits()
                assert len(given) == len(set(given))

    @invariant()
    def phases_tile_time(self) -> None:
        """From the first call on each instant has one phase; after a day nothing is expected of anyone."""
        for view in self.views():
            for pause in view.all(TimeOut):
                calls = pause.calls(at=self.now)
                first, last = min(call.at for call in calls), max(call.at for call in calls)
                found = list(pause.phases(Window(first, as_instant(max(self.now, last) + 3 * DAY))))
                assert found[0][0].start == first
                assert all(one.end == other.start and a is not b for (one, a), (other, b) in pairwise(found))
                assert next(phase for window, phase in found if self.now in window) is pause.phase(at=self.now)
                day = as_instant(max(self.now, last + DAY))
                assert pause.phase(at=day) in {Phase.RELEASED, Phase.RETURNED, Phase.STOPPED}

    @invariant()
    def the_first_twenty_minutes_protect(self) -> None:
        """No time that anyone names shortens them: only a return, the end of the talk, or the caller's leaving does."""
        for view in self.views():
            for call in (call for pause in view.all(TimeOut) for call in pause.calls(at=self.now)):
                rested = as_instant(call.at + FLOOR - TICK)
                assert call.is_over or call.until <= rested or call.phase(rested) is Phase.RESTING
                assert call.is_over or call.until <= rested or call.back >= call.at + FLOOR

    @invariant()
    def no_topic_rests_beyond_two_days(self) -> None:
        """Without another call on it, two days after the last one at most; and some topics never rest at all."""
        for view in self.views():
            for pause in view.all(TimeOut):
                window = RecoveryWindow.gather(view, pause.id)
                called = [act for act in view.visible if isinstance(act.body, Called)]
                for topic in TOPICS:
                    on = [act.at for act in called if isinstance(act.body, Called) and act.body.topic == topic]
                    assert window.may_raise(topic, at=as_instant(max(on, default=self.now) + 2 * DAY))
                    assert window.may_raise(topic, at=self.now) or any(self.now < at + 2 * DAY for at in on)
                assert all(window.may_raise(topic, at=self.now) for topic in NEVER_WAITS)


def says(window: RecoveryWindow, model: Model, at: pendulum.DateTime) -> None:
    """Assert that what follows a time-out is what the plain model says."""
    told, said, known = model.window(window.id), model.afterwards(window.id), window.window(at=at)
    assert window.standing(at=at) is (Recovery.AHEAD if told is None else told.standing)
    assert (None if known is None else (known.start, known.end)) == (None if told is None else (told.start, told.end))
    assert [window.may_raise(topic, at=at) for topic in TOPICS] == [model.may_raise(topic) for topic in TOPICS]
    assert window.meeting(at=at) == said.meeting
    assert (window.topics(at=at), window.parked(at=at)) == (tuple(said.topics), tuple(said.parked))


TwoPhones.TestCase.settings = settings(
    max_examples=max(5, settings().max_examples // 2), stateful_step_count=25, deadline=None
)
test_two_phones = TwoPhones.TestCase
