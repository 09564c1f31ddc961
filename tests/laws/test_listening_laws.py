"""What is always true of listening, whatever people say, in whatever order it arrives."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, Final

import pendulum
import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.language.listening.plain_model import Model, retold

from reconnect.edges.testing.listening import EVENING, hours, listening_forms, listenings, rounds
from reconnect.edges.testing.stories import circles
from reconnect.errors import InvalidListening, NotNow, NotYours, ReconnectError
from reconnect.language.listening import Floor, Listening, ListeningForm, ListeningRound, Stage, Subject
from reconnect.language.listening.acts import AskedToListen, StepTaken, Word
from reconnect.language.listening.floor import floor_at
from reconnect.language.listening.form import Step
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.primitives.boundary import Boundaries, FrequencyLimit, Undeniable, Undenied
from reconnect.record.entry import Entry, Shared
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant

MINUTE: Final = dt.timedelta(minutes=1)
TICK: Final = dt.timedelta(microseconds=1)
EVERYONE: Final = ("ana", "ben", "cy", "dee", "zoe", "eve")
STEPS: Final[dict[Word, Callable[..., Listening]]] = {
    Word.SPOKE: Listening.speak,
    Word.SAID_BACK: Listening.say_back,
    Word.GOT_IT: Listening.got_it,
    Word.NOT_QUITE: Listening.not_quite,
    Word.ASKED_FOR_MORE: Listening.ask_for_more,
    Word.NO_MORE: Listening.no_more,
    Word.CLARIFIED: Listening.clarify,
    Word.VALIDATED: Listening.validate,
    Word.EMPATHISED: Listening.empathise,
    Word.PASSED_ON: Listening.pass_on,
}


def facts(talk: Listening, at: pendulum.DateTime) -> Any:  # noqa: ANN401 - whatever a talk can say of itself
    """Return what a talk says of itself as of an instant, or how it refuses."""
    if not talk.as_of(at).has_begun:
        return None
    return [
        talk.people,
        talk.form,
        *(ask(at=at) for ask in (talk.stage, talk.floor, talk.proposed, talk.starts_at, talk.turns)),
        *(ask(at=at) for ask in (talk.everyone_was_heard, talk.words_are_kept, talk.transcript)),
        [talk.phrases(to=person, at=at) for person in EVERYONE],
    ]


def begun(talk: Listening, data: st.DataObject) -> pendulum.DateTime:
    """Draw an instant at which somebody has asked already."""
    at = data.draw(hours(talk))
    assume(talk.as_of(at).has_begun)
    return at


def open_at(talk: Listening) -> list[tuple[pendulum.DateTime, Floor]]:
    """Return the instants at which something was said and somebody has the floor, with the floor."""
    begin = min(act.at for act in talk.acts if isinstance(act.body, AskedToListen))
    asked = [at for at in sorted({act.at for act in talk.acts}) if at >= begin and talk.as_of(at).has_begun]
    return [(at, floor) for at in asked if (floor := talk.floor(at=at)) is not None]


@given(listenings(), st.data())
def test_a_talk_stands_as_a_plain_telling_of_the_rules_says(talk: Listening, data: st.DataObject) -> None:
    """Stage, floor, turns and kept words are those of somebody who follows the rules on a sheet of paper."""
    for at in [data.draw(hours(talk)), *sorted({act.at for act in talk.acts})[-8:]]:
        told = retold(talk, at)
        assert (told is None) is not talk.as_of(at).has_begun
        if told is not None:
            same(talk, at, *told)


def same(talk: Listening, at: pendulum.DateTime, model: Model, kept: list[str]) -> None:
    """Look whether a talk and a sheet of paper say the same as of an instant."""
    assert talk.stage(at=at).value == model.stage(at)
    assert talk.turns(at=at) == model.had
    assert [line.id for line in talk.transcript(at=at)] == kept
    floor = talk.floor(at=at)
    assert (floor is not None) is (model.stage(at) == "open")
    if floor is not None:
        assert (floor.speaker, floor.listener, floor.step.value) == (model.speaker(), model.listener(), model.step)
        assert floor.person == model.person()
        assert {word.value for word in floor.words} == model.words()
        assert floor.about.value == model.rounds[model.had[model.speaker()]][0]


@given(listenings(), st.data())
def test_the_floor_is_never_with_two(talk: Listening, data: st.DataObject) -> None:
    """At any moment the next step belongs to one person if the talk is open, and to nobody if it is not."""
    at = begun(talk, data)
    found = [(by, word) for by in EVERYONE for word, take in STEPS.items() if accepted(talk.as_of(at), take, by, at)]
    floor = talk.floor(at=at)
    assert sorted(found, key=str) == sorted(
        [] if floor is None else [(floor.person, word) for word in floor.words], key=str
    )


def accepted(talk: Listening, take: Callable[..., Listening], by: str, at: pendulum.DateTime) -> bool:
    """Try a step: it is refused, or it is one more act after which the talk has moved on."""
    try:
        after = take(talk, by=by, at=at)
    except ReconnectError as refusal:
        assert isinstance(refusal, NotNow | NotYours)  # noqa: PT017 - which refusals there are is what is asked
        return False
    assert set(talk.acts) < set(after.acts)
    assert len(after.acts) == len(talk.acts) + 1
    return True


@given(listenings(), st.data())
def test_a_step_that_was_accepted_counts(talk: Listening, data: st.DataObject) -> None:
    """A verb promises nothing that the fold does not keep: afterwards the talk is one step further."""
    for at, floor in open_at(talk)[-3:]:
        word = data.draw(st.sampled_from(floor.words))
        after = STEPS[word](talk.as_of(at), by=floor.person, at=at)
        assert after.floor(at=at) != floor
        again = STEPS[word](talk.as_of(at), by=floor.person, at=at)
        assert merge(after, again) == after


@given(listenings(), st.data())
def test_turns_are_equal(talk: Listening, data: st.DataObject) -> None:
    """Nobody ever has two turns more than another; at the end of a session everyone had the same number."""
    at = begun(talk, data)
    counts = talk.turns(at=at).values()
    assert max(counts, default=0) - min(counts, default=0) <= 1
    if talk.stage(at=at) is Stage.HEARD:
        assert set(counts) == {len(talk.form.rounds)}
        assert talk.everyone_was_heard(at=at)


@given(listening_forms(most=40), st.integers(2, 5))
def test_in_a_round_everyone_speaks_once_and_listens_once(form: ListeningForm, count: int) -> None:
    """Nobody listens to themselves, and over enough rounds everyone listens to everyone equally often."""
    people = tuple("abcde"[:count])
    turns = [floor_at(form, people, turn, Step.SPEAK) for turn in range(count * len(form.rounds))]
    assert floor_at(form, people, len(turns), Step.SPEAK) is None
    pairs = [(floor.speaker, floor.listener) for floor in turns if floor is not None]
    for start in range(0, len(pairs), count):
        here = pairs[start : start + count]
        assert sorted(speaker for speaker, _ in here) == sorted(listener for _, listener in here) == list(people)
    assert all(speaker != listener for speaker, listener in pairs)
    whole = pairs[: len(form.rounds) // (count - 1) * (count - 1) * count]
    assert len(set(Counter(whole).values())) <= 1
    assert not whole or len(set(whole)) == count * (count - 1)


@given(listenings(), st.data())
def test_anyone_can_pause_and_stop_at_every_moment(talk: Listening, data: st.DataObject) -> None:
    """Whatever the talk is at, and whoever has the floor: nobody whom it concerns is refused a break or the end."""
    at = begun(talk, data)
    over = talk.stage(at=at) in {Stage.STOPPED, Stage.HEARD}
    for by in talk.people:
        if by not in talk.membership.at(at) and talk.founding:
            continue
        paused, stopped = talk.as_of(at).pause(by=by, at=at), talk.as_of(at).stop(by=by, at=at)
        assert paused.stage(at=at) is (talk.stage(at=at) if over else Stage.PAUSED)
        assert stopped.stage(at=at) is (talk.stage(at=at) if over else Stage.STOPPED)
        assert paused.floor(at=at) is None
        assert stopped.floor(at=at) is None
        assert paused.pause(by=by, at=at) == paused
        assert stopped.stop(by=by, at=at) == stopped


@given(listenings(), st.data())
def test_a_break_is_over_when_its_author_says_so_and_changes_nothing(talk: Listening, data: st.DataObject) -> None:
    """Others cannot end it; afterwards the same person has the floor, at the same step, with as many turns."""
    for at, floor in open_at(talk)[-2:]:
        then, later, after = talk.as_of(at), as_instant(at + MINUTE), as_instant(at + 2 * MINUTE)
        by, other = data.draw(st.permutations(then.people))[:2]
        if not {by, other} <= set(then.membership.at(at)) or then.floor(at=after) != floor:
            continue
        paused = then.pause(by=by, at=at)
        assert paused.go_on(by=other, at=later) == paused
        resumed = paused.go_on(by=by, at=after)
        assert resumed.stage(at=later) is Stage.PAUSED
        assert resumed.floor(at=after) == floor
        assert resumed.turns(at=after) == then.turns(at=at)


@given(listenings(), st.data())
def test_however_it_is_told_it_comes_out_the_same(talk: Listening, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(hours(talk))
    acts = [*talk.acts, *(act.received(as_instant(act.at + MINUTE)) for act in talk.acts)]
    Random(data.draw(st.integers(0, 99))).shuffle(acts)  # noqa: S311 - a shuffle keeps no secret
    cut = data.draw(st.integers(0, len(acts)))
    one, other, again = (evolve(talk, acts=tuple(part)) for part in (acts[:cut], acts[cut:], acts[: cut // 2]))
    assert merge(merge(one, other), again) == merge(again, merge(other, one)) == talk
    assert facts(merge(again, merge(other, one)), at) == facts(talk, at)


@given(listenings(), st.data())
def test_what_comes_later_does_not_change_what_was(talk: Listening, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(hours(talk))
    assert facts(talk, at) == facts(talk.as_of(at), at)


@given(listenings(), st.data())
def test_it_stands_as_it_does_until_it_says_it_changes(talk: Listening, data: st.DataObject) -> None:
    """If nobody says anything, it stays to the last moment and stands otherwise then."""
    at = begun(talk, data)
    then = talk.as_of(at)
    change = then.changes_at(at=at)
    last = as_instant(at + dt.timedelta(days=90) if change is None else change - TICK)
    assert then.stage(at=last) is then.stage(at=at)
    assert change is None or then.stage(at=change) is not then.stage(at=at)


@given(listenings())
def test_only_the_speaker_says_that_they_were_heard(talk: Listening) -> None:
    """A yes to what was said back, by anyone but the speaker of that turn, changes nothing."""
    for at, floor in open_at(talk):
        if floor.step is not Step.CONFIRM:
            continue
        then = talk.as_of(at)
        for by in set(talk.people) - {floor.speaker}:
            bodies = [StepTaken(word=Word.GOT_IT, follows=act.content) for act in then.acts]
            forged = [
                Entry(circle="c1", author=by, id=f"x{n}", at=at, body=body, audience=Shared(), about="l1")
                for n, body in enumerate(bodies)
            ]
            assert evolve(then, acts=(*then.acts, *forged)).floor(at=at) == floor


@given(listenings())
def test_no_request_before_everyone_was_heard(talk: Listening) -> None:
    """While a concern is on the floor not everyone was heard; when a request is, everyone was."""
    concerns = any(each.about is Subject.CONCERN for each in talk.form.rounds)
    for at, floor in open_at(talk):
        if floor.about is Subject.CONCERN:
            assert not talk.everyone_was_heard(at=at)
        if floor.about is Subject.REQUEST or not concerns:
            assert talk.everyone_was_heard(at=at)


@given(listenings(), st.data())
def test_words_are_kept_only_while_everyone_wants_it(talk: Listening, data: st.DataObject) -> None:
    """Without everyone's wish a step is written down without its words; one "no" later, nothing is shown any more."""
    for at, floor in open_at(talk)[-2:]:
        kept, then = talk.words_are_kept(at=at), talk.as_of(at)
        assert kept or then.transcript(at=at) == ()
        if Word.SPOKE in floor.words:
            after = then.speak("a secret", by=floor.person, at=at)
            (said,) = set(after.acts) - set(then.acts)
            assert isinstance(said.body, StepTaken)
            assert said.body.text == ("a secret" if kept else None)
            assert (said in after.transcript(at=at)) is kept
            assert "secret" not in repr(after) + repr(said.body)
        shy = then.keep_no_words(by=data.draw(st.sampled_from(talk.people)), at=at)
        assert shy.transcript(at=at) == ()
        assert shy.floor(at=at) == floor or kept


@given(listenings(), st.data())
def test_whatever_can_be_said_of_it_can_be_put_into_words(talk: Listening, data: st.DataObject) -> None:
    """To each person one sentence about how it stands; reminders before it begins, and a reassurance at the end."""
    at = begun(talk, data)
    for person in EVERYONE:
        said = talk.phrases(to=person, at=at)
        assert all(render(phrase) for phrase in said)
        before = talk.stage(at=at) is Stage.AHEAD or (
            talk.floor(at=at) is not None and not any(isinstance(act.body, StepTaken) for act in talk.told(at))
        )
        assert (len(said) > 1) is before or talk.stage(at=at) is Stage.OPEN
        if talk.stage(at=at) is Stage.HEARD:
            assert [phrase.key for phrase in said] == ["listening.reassurance"]


@given(st.lists(rounds(), min_size=1, max_size=4))
def test_a_form_has_no_concern_after_a_request(drawn: list[ListeningRound]) -> None:
    """Solving waits until everyone was heard: a form that would not wait is none."""
    subjects = [each.about for each in drawn]
    wishes = [place for place, about in enumerate(subjects) if about is Subject.REQUEST]
    concerns = [place for place, about in enumerate(subjects) if about is Subject.CONCERN]
    try:
        ListeningForm(rounds=drawn)
    except InvalidListening:
        assert min(wishes) < max(concerns)
    else:
        assert not wishes or max(concerns, default=-1) < min(wishes)


class InTurns(RuleBasedStateMachine):
    """People who talk in turns, on two phones now and then, beside a sheet of paper."""

    talk: Listening
    model: Model

    @initialize(circle=circles(), form=listening_forms(most=3), data=st.data())
    def ask(self, circle: Circle, form: ListeningForm, data: st.DataObject) -> None:
        """Somebody asks for a time."""
        self.at = EVENING
        by = data.draw(st.sampled_from(circle.ids))
        self.talk = Listening.ask(id="l1", circle=circle, by=by, at=self.at, form=form)
        self.phone = self.talk
        place = circle.ids.index(by)
        self.model = Model([*circle.ids[place:], *circle.ids[:place]], form, [])
        self.model.says[by] = self.at

    @rule(minutes=st.sampled_from([0, 1, 30, 60]))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.at = as_instant(self.at + minutes * MINUTE)

    @rule(data=st.data(), start=st.sampled_from([0, 0, 0, 10]))
    def suits(self, data: st.DataObject, start: int) -> None:
        """Somebody says yes to a time; at the instant of their "not then", that wins."""
        self.at = as_instant(self.at + MINUTE)
        by = data.draw(st.sampled_from(self.model.people))
        time = as_instant(self.talk.proposed(at=self.at) or self.at + start * MINUTE)
        fits = not self.model.began and self.model.stage(self.at) not in {"stopped", "heard"}
        if not fits or self.at >= time + dt.timedelta(hours=1):
            with pytest.raises(NotNow):
                self.talk.suits(time, by=by, at=self.at)
            return
        self.talk = self.talk.suits(time, by=by, at=self.at)
        self.model.talk_about_time(by, time, self.at)

    @rule(data=st.data(), named=st.booleans())
    def another_time(self, data: st.DataObject, *, named: bool) -> None:
        """It does not suit somebody; of two times named at one instant nobody could tell the later."""
        self.at = as_instant(self.at + MINUTE)
        by = data.draw(st.sampled_from(self.model.people))
        if self.model.began or self.model.stage(self.at) in {"stopped", "heard"}:
            with pytest.raises(NotNow):
                self.talk.another_time(by=by, at=self.at)
            return
        time = as_instant(self.at + 30 * MINUTE) if named else None
        self.talk = self.talk.another_time(time, by=by, at=self.at)
        self.model.talk_about_time(by, time, self.at)

    @rule(word=st.sampled_from(Word), by=st.sampled_from(EVERYONE))
    def anything(self, word: Word, by: str) -> None:
        """Anyone tries anything."""
        open_ = self.model.stage(self.at) == "open"
        if open_ and by == self.model.person() and word.value in self.model.words():
            self.talk = STEPS[word](self.talk, by=by, at=self.at)
            self.model.take(word.value)
        elif by not in self.talk.membership.order:
            with pytest.raises(NotYours):
                STEPS[word](self.talk, by=by, at=self.at)
        else:
            with pytest.raises((NotNow, NotYours)):
                STEPS[word](self.talk, by=by, at=self.at)

    @precondition(lambda self: self.model.stage(self.at) == "open")
    @rule(data=st.data(), times=st.integers(1, 8))
    def go_along(self, data: st.DataObject, times: int) -> None:
        """The talk goes on as it should."""
        for _ in range(times):
            if self.model.stage(self.at) == "open":
                word = Word(data.draw(st.sampled_from(sorted(self.model.words()))))
                self.talk = STEPS[word](self.talk, by=self.model.person(), at=self.at)
                self.model.take(word.value)

    @rule(data=st.data())
    def pause(self, data: st.DataObject) -> None:
        """Somebody needs a break; no boundary stands in the way."""
        by = data.draw(st.sampled_from(self.model.people))
        strict = Boundaries.of(
            FrequencyLimit(most=1, within=dt.timedelta(days=1)), id="b1", circle="c1", by=by, at=self.at
        )
        assert strict.ruling(Undeniable(by=by, what=Undenied.PAUSE), at=self.at).permits
        over = self.model.stage(self.at) in {"stopped", "heard"}
        self.talk = self.talk.pause(by=by, at=self.at)
        if not over:
            self.model.resting.add(by)

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """Somebody is ready again; at the instant of their break, the break wins."""
        by = data.draw(st.sampled_from(self.model.people))
        self.at = as_instant(self.at + MINUTE)
        self.talk = self.talk.go_on(by=by, at=self.at)
        if self.model.stage(self.at) not in {"stopped", "heard"}:
            self.model.resting.discard(by)

    @rule(data=st.data(), chance=st.integers(0, 5))
    def stop(self, data: st.DataObject, chance: int) -> None:
        """Somebody ends it, now and then."""
        if chance:
            return
        over = self.model.finished()
        self.talk = self.talk.stop(by=data.draw(st.sampled_from(self.model.people)), at=self.at)
        self.model.stopped = self.model.stopped or not over

    @rule()
    def forget_and_merge(self) -> None:
        """Another phone catches up."""
        self.talk = merge(self.phone, self.talk)
        self.phone = self.talk

    @invariant()
    def stands_alike(self) -> None:
        """The talk and the sheet of paper say the same."""
        if not hasattr(self, "model"):
            return
        assert self.talk.stage(at=self.at).value == self.model.stage(self.at)
        assert self.talk.turns(at=self.at) == self.model.had
        floor = self.talk.floor(at=self.at)
        assert (floor is not None) is (self.model.stage(self.at) == "open")
        if floor is not None:
            assert (floor.person, floor.step.value) == (self.model.person(), self.model.step)


TestInTurns = InTurns.TestCase
TestInTurns.settings = settings(max_examples=settings().max_examples // 2, stateful_step_count=25)
