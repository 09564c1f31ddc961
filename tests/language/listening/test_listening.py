"""Listening by example: who may say what, what is refused and how, and what each person reads."""

import datetime as dt
from typing import Any, Final

import pendulum
import pytest

from reconnect.errors import InvalidListening, NotAMember, NotNow, NotYours, NotYourStep, UnknownStory
from reconnect.language.listening import Listening, ListeningForm, ListeningRound, Stage, Step, Subject
from reconnect.language.listening.acts import (
    AskedToListen,
    ListeningPaused,
    ListeningStopped,
    NotThen,
    StepTaken,
    WentOn,
    Word,
)
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Joined, Left, Welcomed
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant

NOW: Final = as_instant(pendulum.datetime(2026, 1, 5, 19))
WORDS: Final[Any] = "say_back"  # what a caller without a type checker may hand in
HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)


def circle(*names: str) -> Circle:
    """Return a circle of these people."""
    return Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in names))


TWO: Final = circle("ana", "ben")
THREE: Final = circle("ana", "ben", "cy")


def talk(form: ListeningForm | None = None, *, us: Circle = TWO, by: str = "ana") -> Listening:
    """Return a talk that everyone said yes to just now."""
    begun = Listening.ask(id="l1", circle=us, by=by, at=NOW, form=form or ListeningForm.in_turns())
    for person in us.ids:
        begun = begun.suits(NOW, by=person, at=NOW)
    return begun


def go(told: Listening, *words: str) -> Listening:
    """Let whoever's step it is take these steps, one after the other."""
    for word in words:
        floor = told.floor(at=NOW)
        assert floor is not None
        told = getattr(told, word)(by=floor.person, at=NOW)
    return told


def step(told: Listening) -> tuple[str, Step] | None:
    """Return whose step it is, and which."""
    floor = told.floor(at=NOW)
    return None if floor is None else (floor.person, floor.step)


def read(told: Listening, to: str, at: dt.datetime = NOW) -> list[str]:
    """Return what one person reads."""
    return [render(phrase, names={"ana": "Ana", "ben": "Ben", "cy": "Cy"}) for phrase in told.phrases(to=to, at=at)]


def test_the_dialogue_that_mirrors_validates_and_empathises() -> None:
    """Until "you got it", then "is there more?" until "no", then what makes sense, and what it may feel like."""
    told = talk(ListeningForm.mirror_validate_empathise())
    seen = [step(told)]
    said = ("speak", "say_back", "not_quite", "say_back", "got_it", "ask_for_more", "speak", "say_back", "got_it")
    for word in (*said, "ask_for_more", "no_more", "validate", "empathise"):
        told = go(told, word)
        seen.append(step(told))
    assert [each[1].value for each in seen if each is not None] == [
        "speak",
        "say_back",
        "confirm",
        "say_back",
        "confirm",
        "ask_more",
        "more",
        "say_back",
        "confirm",
        "ask_more",
        "more",
        "validate",
        "empathise",
        "speak",
    ]
    assert seen[-1] == ("ben", Step.SPEAK)
    assert told.turns(at=NOW) == {"ana": 1, "ben": 0}


def test_a_question_about_what_is_unclear_goes_round_once_more() -> None:
    """The answer is said back, too; a question can stay open, and then nothing more is asked."""
    told = go(
        talk(), "speak", "say_back", "got_it", "ask_for_more", "no_more", "clarify", "speak", "say_back", "got_it"
    )
    assert step(told) == ("ben", Step.ASK_MORE)
    told = go(told, "ask_for_more", "no_more")
    assert step(told) == ("ben", Step.CLARIFY)
    assert step(go(told, "pass_on")) == ("ben", Step.VALIDATE)
    assert step(go(told, "clarify", "pass_on")) == ("ben", Step.VALIDATE)


def test_the_speaker_listener_form_has_no_solving_in_it() -> None:
    """It ends once both were heard; what to do about it is another talk."""
    told = talk(ListeningForm.speaker_listener())
    for _ in range(2):
        told = go(told, "speak", "say_back", "got_it", "ask_for_more", "no_more")
        assert not told.everyone_was_heard(at=NOW)
        told = go(told, "pass_on")
    assert told.stage(at=NOW) is Stage.HEARD
    assert told.everyone_was_heard(at=NOW)
    assert {each.about for each in told.form.rounds} == {Subject.CONCERN}


def test_a_weekly_talk_begins_with_appreciations_and_ends_with_one_wish_each() -> None:
    """Five appreciations each by turns, what went well, a concern that is heard, and a request that is said back."""
    told = talk(ListeningForm.weekly_talk())
    begun = [told.floor(at=NOW)]
    for _ in range(12):  # five appreciations and what went well, each
        told = go(told, "speak")
        begun.append(told.floor(at=NOW))
    subjects = [floor.about for floor in begun if floor is not None]
    assert subjects == 10 * [Subject.APPRECIATION] + 2 * [Subject.WENT_WELL] + [Subject.CONCERN]
    assert [floor.speaker for floor in begun if floor is not None] == 6 * ["ana", "ben"] + ["ana"]
    for _ in range(2):
        assert not told.everyone_was_heard(at=NOW)
        told = go(told, "speak", "say_back", "got_it", "ask_for_more", "no_more", "pass_on", "pass_on")
    floor = told.floor(at=NOW)
    assert floor is not None
    assert floor.about is Subject.REQUEST
    assert told.everyone_was_heard(at=NOW)
    told = go(told, "speak", "say_back", "got_it", "pass_on")
    assert told.stage(at=NOW) is Stage.HEARD
    assert told.turns(at=NOW) == {"ana": 8, "ben": 8}


def test_everyone_was_heard_after_the_last_concern_and_not_after_the_first() -> None:
    """With two rounds, both of them."""
    told = talk(ListeningForm.in_turns(rounds=2))
    for turn in range(4):
        assert told.everyone_was_heard(at=NOW) is False, turn
        told = go(told, "pass_on")
    assert told.everyone_was_heard(at=NOW)


def test_not_then_wins_over_a_yes_of_the_same_instant() -> None:
    """Two phones of one person: the protecting one has the final word."""
    asked = Listening.ask(id="l1", circle=TWO, by="ana", at=NOW)
    both = merge(asked.suits(NOW, by="ben", at=NOW), asked.another_time(by="ben", at=NOW))
    assert both.stage(at=NOW) is Stage.ASKED


def test_among_three_another_one_listens_in_each_round() -> None:
    """Everyone listens once in a round; over two rounds everyone has listened to everyone else."""
    told = talk(ListeningForm(rounds=2 * [ListeningRound(steps=())]), us=THREE, by="ben")
    pairs = []
    for _ in range(6):
        floor = told.floor(at=NOW)
        assert floor is not None
        pairs.append((floor.speaker, floor.listener))
        told = go(told, "speak")
    assert pairs == [("ben", "cy"), ("cy", "ana"), ("ana", "ben"), ("ben", "ana"), ("cy", "ben"), ("ana", "cy")]
    assert told.people == ("ben", "cy", "ana")


def test_it_opens_by_appointment() -> None:
    """Now does not suit ben, who names another time; once everyone said yes to that, it opens then."""
    later = NOW + HOUR
    asked = Listening.ask(id="l1", circle=THREE, by="ana", at=NOW, topic="dishes")
    assert asked.topic == "dishes"
    assert asked.proposed(at=NOW) == NOW
    other = asked.another_time(later, by="ben", at=NOW)
    assert other.proposed(at=NOW) == later
    assert other.starts_at(at=NOW) is None
    one = other.suits(later, by="cy", at=NOW + TICK)
    assert one.stage(at=NOW + TICK) is Stage.ASKED
    all_ = one.suits(later, by="ana", at=NOW + TICK)
    assert all_.stage(at=NOW + TICK) is Stage.AHEAD
    assert all_.proposed(at=NOW + TICK) is None
    assert all_.starts_at(at=NOW + TICK) == later
    assert all_.changes_at(at=NOW + TICK) == later
    assert all_.stage(at=later) is Stage.OPEN
    with pytest.raises(NotNow, match="expected the time that everyone agreed on"):
        all_.speak(by="ana", at=later - TICK)
    changed = all_.another_time(by="cy", at=later)
    assert changed.stage(at=later) is Stage.ASKED
    assert changed.proposed(at=later) is None


def test_a_yes_to_now_is_good_for_an_hour() -> None:
    """The last yes opens it; later it is another now. A time that nobody used is asked for anew."""
    asked = Listening.ask(id="l1", circle=TWO, by="ana", at=NOW)
    last = NOW + HOUR - TICK
    late = asked.suits(NOW, by="ben", at=last)
    assert late.starts_at(at=last) == last
    assert late.stage(at=last + HOUR - TICK) is Stage.OPEN
    assert late.stage(at=last + HOUR) is Stage.ASKED
    assert late.changes_at(at=last) == last + HOUR
    assert late.proposed(at=last + HOUR) is None
    assert read(late, "ana", last + HOUR)[0].startswith("There is no time for it")
    again = late.another_time(last + HOUR, by="ben", at=last + HOUR).suits(last + HOUR, by="ana", at=last + HOUR)
    assert again.stage(at=last + HOUR) is Stage.OPEN
    begun = late.speak(by="ana", at=last)
    assert begun.stage(at=last + 90 * HOUR) is Stage.OPEN
    assert begun.changes_at(at=last) is None
    with pytest.raises(NotNow, match="expected a time that has not passed"):
        asked.suits(NOW, by="ben", at=NOW + HOUR)


def test_saying_the_same_again_changes_nothing() -> None:
    """A retry adds no act."""
    asked = Listening.ask(id="l1", circle=TWO, by="ana", at=NOW)
    assert asked.suits(NOW, by="ana", at=NOW) == asked
    not_now = asked.another_time(by="ben", at=NOW)
    assert not_now.another_time(by="ben", at=NOW) == not_now
    kept = asked.keep_words(by="ana", at=NOW)
    assert kept.keep_words(by="ana", at=NOW) == kept
    assert asked.keep_no_words(by="ana", at=NOW) == asked
    assert asked.go_on(by="ana", at=NOW) == asked


@pytest.mark.parametrize(
    ("words", "verb", "by", "error", "said"),
    [
        ((), "speak", "ben", NotYourStep, "expected ana to speak; everyone has a turn"),
        ((), "say_back", "ben", NotNow, "expected ana to speak"),
        (("speak",), "speak", "ben", NotNow, "expected ben to say it back"),
        (("speak",), "say_back", "ana", NotYourStep, "expected ben to say it back; everyone has a turn"),
        (("speak",), "pass_on", "ben", NotNow, "expected ben to say it back"),
        (("speak", "say_back"), "got_it", "ben", NotYourStep, "expected ana to say whether that was it"),
        (("speak", "say_back"), "validate", "ben", NotNow, "expected ana to say whether that was it"),
        (("speak", "say_back", "got_it"), "speak", "ana", NotNow, "expected ben to ask whether there is more"),
        (("stop",), "speak", "ana", NotNow, "expected another talk, since this one has ended"),
        (("pause",), "speak", "ana", NotNow, "expected everyone who needed a break to be ready"),
        (("pause",), "speak", "eve", NotYours, "expected something of your own"),
        ((), "pause", "eve", NotYours, "expected something of your own"),
        ((), "stop", "eve", NotYours, "expected something of your own"),
        (("speak",), "another_time", "ben", NotNow, "can be paused or stopped"),
        (("stop",), "another_time", "ben", NotNow, "can be paused or stopped"),
    ],
)
def test_what_is_not_the_moment_for_is_refused_with_what_is(
    words: tuple[str, ...], verb: str, by: str, error: type[Exception], said: str
) -> None:
    """The refusal says kindly whose step it is, and which."""
    told = go(talk(), *words)
    with pytest.raises(error, match=said) as refused:
        getattr(told, verb)(by=by, at=NOW)
    assert type(refused.value) is error


def test_after_the_last_turn_there_is_only_another_talk() -> None:
    """Everyone was heard; pausing and stopping change nothing, and are not refused."""
    told = go(talk(ListeningForm(rounds=[ListeningRound(steps=())])), "speak", "speak")
    assert told.stage(at=NOW) is Stage.HEARD
    assert told.pause(by="ana", at=NOW) == told
    assert told.stop(by="ben", at=NOW) == told
    with pytest.raises(NotNow, match="expected another talk, since everyone was heard in this one"):
        told.speak(by="ana", at=NOW)


def test_a_time_that_has_passed_is_refused() -> None:
    """Nobody can ask for yesterday."""
    with pytest.raises(InvalidListening, match="a time that lies ahead"):
        Listening.ask(id="l1", circle=TWO, by="ana", at=NOW, start=NOW - TICK)
    with pytest.raises(InvalidListening, match="a time that lies ahead"):
        Listening.ask(id="l1", circle=TWO, by="ana", at=NOW).another_time(NOW - TICK, by="ben", at=NOW)
    with pytest.raises(NotAMember):
        Listening.ask(id="l1", circle=TWO, by="eve", at=NOW)


def test_what_nobody_asked_for_is_not_there() -> None:
    """A story without its question tells nothing."""
    empty = Listening(id="l1", circle="c1")
    with pytest.raises(UnknownStory):
        empty.stage(at=NOW)
    with pytest.raises(UnknownStory):
        _ = empty.people
    with pytest.raises(UnknownStory):
        talk().stage(at=NOW - TICK)


def test_what_was_not_allowed_does_nothing() -> None:
    """A phone may send anything: the fold takes it as never said, and everyone's phone agrees."""
    told = go(talk(), "speak")
    head = max((act for act in told.acts if isinstance(act.body, StepTaken)), key=lambda act: act.at).content
    said_back = StepTaken(word=Word.SAID_BACK, follows=head)
    after = go(told, "say_back").floor(at=NOW)

    def with_(body: Body, by: str, at: dt.datetime, *, to: Listening = told) -> Listening:
        act = Entry(circle="c1", author=by, id="x", at=as_instant(at), body=body, audience=Shared(), about="l1")
        return merge(to, Listening(id="l1", circle="c1", acts=(act,), founding=told.founding))

    later = NOW + HOUR
    assert with_(said_back, "ben", later).floor(at=later) == after
    assert with_(said_back, "ana", later).floor(at=later) == told.floor(at=NOW)  # another person's step
    assert with_(StepTaken(word=Word.GOT_IT, follows=head), "ben", later).floor(at=later) == told.floor(at=NOW)
    assert with_(StepTaken(word=Word.SAID_BACK, follows="x"), "ben", later).floor(at=later) == told.floor(at=NOW)
    assert with_(NotThen(), "ben", later).floor(at=later) == told.floor(at=NOW)  # somebody has spoken already
    paused = told.pause(by="ana", at=NOW)
    on = with_(said_back, "ben", NOW + TICK, to=paused).go_on(by="ana", at=later)  # taken in a break
    assert on.floor(at=later) == told.floor(at=NOW)
    stopped = told.stop(by="ana", at=NOW)
    assert with_(WentOn(), "ana", later, to=stopped).stage(at=later) is Stage.STOPPED
    twice = with_(StepTaken(word=Word.SAID_BACK, follows=head, text="again"), "ben", NOW, to=go(told, "say_back"))
    assert twice.floor(at=NOW) == after


def test_a_newcomer_has_no_part_in_a_talk_that_was_asked_for_before() -> None:
    """They were not there when somebody asked: their break and their end are for their own talks."""
    journal = MemoryJournal()
    journal.found(TWO, by="ana", at=NOW - HOUR)
    for act in talk().acts:
        journal.append(act, acting=act.author)
    for name in ("ana", "ben"):
        welcome = Entry(circle="c1", author=name, id="w", at=NOW + TICK, body=Welcomed(person="eve"), audience=Shared())
        journal.append(welcome, acting=name)
    joined = Entry(circle="c1", author="eve", id="j", at=NOW + TICK, body=Joined(), audience=Shared())
    paused = Entry(
        circle="c1", author="eve", id="p", at=NOW + HOUR, body=ListeningPaused(), audience=Shared(), about="l1"
    )
    journal.append(joined, paused, acting="eve")
    told = journal.view("ana", circle="c1", at=NOW + HOUR).state(Listening, "l1")
    assert "eve" in told.membership.at(NOW + HOUR)
    assert told.people == ("ana", "ben")
    assert told.speak(by="ana", at=NOW + TICK).stage(at=NOW + HOUR) is Stage.OPEN
    with pytest.raises(NotYours):
        told.stop(by="eve", at=NOW + HOUR)


def test_what_was_said_before_the_question_does_nothing() -> None:
    """A stop that is older than the talk it names, perhaps from a phone whose clock went back, ends nothing."""
    told = talk()
    early = Entry(
        circle="c1", author="ben", id="x", at=NOW - TICK, body=ListeningStopped(), audience=Shared(), about="l1"
    )
    both = merge(told, Listening(id="l1", circle="c1", acts=(early,), founding=told.founding))
    assert both.stage(at=NOW) is Stage.OPEN


def test_while_the_circle_is_not_known_it_waits() -> None:
    """With an id instead of the circle nobody knows whose yes is missing; a break and the end are possible."""
    asked = Listening.ask(id="l1", circle="c1", by="ana", at=NOW).suits(NOW, by="ben", at=NOW)
    assert asked.stage(at=NOW) is Stage.ASKED
    assert asked.turns(at=NOW) == {}
    assert not asked.everyone_was_heard(at=NOW)
    assert not asked.keep_words(by="ana", at=NOW).words_are_kept(at=NOW)
    paused = asked.pause(by="ben", at=NOW)
    assert read(paused, "ana") == ["Ben asked for a break. The talk waits where it is, and so does everyone's turn."]
    assert paused.stop(by="ana", at=NOW).stage(at=NOW) is Stage.STOPPED


def test_whoever_leaves_ends_it() -> None:
    """A talk needs everyone who was there when somebody asked."""
    journal = MemoryJournal()
    journal.found(TWO, by="ana", at=NOW - HOUR)
    for act in talk().acts:
        journal.append(act, acting=act.author)
    left = Entry(circle="c1", author="ben", id="left", at=NOW + HOUR, body=Left(), audience=Shared())
    journal.append(left, acting="ben")
    told = journal.view("ana", circle="c1", at=NOW + HOUR).state(Listening, "l1")
    assert told.speak(by="ana", at=NOW).stage(at=NOW + HOUR - TICK) is Stage.OPEN
    assert told.stage(at=NOW + HOUR) is Stage.STOPPED
    assert told.changes_at(at=NOW) == NOW + HOUR
    alone = Listening.ask(id="l2", circle="c1", by="ana", at=NOW + HOUR)
    assert merge(alone, Listening(id="l2", circle="c1", founding=told.founding)).stage(at=NOW + HOUR) is Stage.STOPPED


def test_two_phones_that_both_took_a_step_agree() -> None:
    """Of two steps that follow the same one, the earlier counts, and the other one does nothing."""
    told = go(talk().keep_words(by="ana", at=NOW).keep_words(by="ben", at=NOW), "speak")
    early = told.say_back("one", by="ben", at=NOW + TICK)
    late = told.say_back("two", by="ben", at=NOW + 2 * TICK)
    both = merge(early, late)
    assert both.floor(at=NOW + HOUR) == early.floor(at=NOW + HOUR)
    heard = late.got_it(by="ana", at=NOW + 3 * TICK)  # a yes to what was said second
    assert merge(heard, early).floor(at=NOW + HOUR) == early.floor(at=NOW + HOUR)


def test_a_break_at_the_very_instant_of_a_step_comes_after_it() -> None:
    """The step counts, the talk is paused; a stop at that instant ends even a talk that has just come to its end."""
    told = go(talk(), "speak")
    both = merge(told.say_back(by="ben", at=NOW), told.pause(by="ana", at=NOW))
    assert both.stage(at=NOW) is Stage.PAUSED
    assert both.go_on(by="ana", at=NOW + TICK).floor(at=NOW + TICK) == told.say_back(by="ben", at=NOW).floor(at=NOW)
    last = go(talk(ListeningForm(rounds=[ListeningRound(steps=())])), "speak")
    assert merge(last.speak(by="ben", at=NOW), last.stop(by="ana", at=NOW)).stage(at=NOW) is Stage.STOPPED


def test_the_words_are_kept_only_if_everyone_wants_that() -> None:
    """By default nothing of them is written; with everyone's wish they are; one "no" hides them again."""
    told = talk().speak("I felt alone", by="ana", at=NOW)
    assert [act.body.text for act in told.acts if isinstance(act.body, StepTaken)] == [None]
    kept = told.keep_words(by="ana", at=NOW).say_back("alone", by="ben", at=NOW)
    assert kept.transcript(at=NOW) == ()
    kept = kept.keep_words(by="ben", at=NOW + TICK).not_quite("and tired", by="ana", at=NOW + TICK)
    (line,) = kept.transcript(at=NOW + TICK)
    assert isinstance(line.body, StepTaken)
    assert (line.body.word, line.body.text) == (Word.NOT_QUITE, "and tired")
    assert "tired" not in repr(line) + repr(line.body) + repr(kept)
    shy = kept.keep_no_words(by="ben", at=NOW + HOUR)
    assert shy.transcript(at=NOW + HOUR) == ()
    assert shy.transcript(at=NOW + TICK) == (line,)


def test_words_that_somebody_wrote_past_the_rule_are_not_in_the_transcript() -> None:
    """An app that keeps words nobody agreed on does not get them back from here, not even later."""
    told = go(talk(), "speak")
    head = max((act for act in told.acts if isinstance(act.body, StepTaken)), key=lambda act: act.at)
    body = StepTaken(word=Word.SAID_BACK, follows=head.content, text="a secret")
    forged = Entry(circle="c1", author="ben", id="x", at=NOW + TICK, body=body, audience=Shared(), about="l1")
    sly = merge(told, Listening(id="l1", circle="c1", acts=(forged,), founding=told.founding))
    for by in ("ana", "ben"):
        sly = sly.keep_words(by=by, at=NOW + HOUR)
    assert sly.words_are_kept(at=NOW + HOUR)
    assert sly.transcript(at=NOW + HOUR) == ()


def test_what_people_read_on_the_way() -> None:
    """Reminders at the start, one sentence to each person, and a reassurance to end with."""
    asked = Listening.ask(id="l1", circle=TWO, by="ana", at=NOW)
    assert read(asked, "ben") == [
        "There is a wish to listen to each other, in turns. Is now good? Another time is just as welcome."
    ]
    assert read(asked, "ana")[0].startswith("The time on Monday 5 January at 19:00 suits you.")
    ahead = asked.another_time(NOW + HOUR, by="ben", at=NOW)
    assert "on Monday 5 January at 20:00. Is that good?" in read(ahead, "ana")[0]
    assert read(ahead.another_time(by="ben", at=NOW + TICK), "ana", NOW + TICK)[0].startswith("There is no time for it")
    agreed = ahead.suits(NOW + HOUR, by="ana", at=NOW)
    assert read(agreed, "ana")[0] == "You listen to each other on Monday 5 January at 20:00."
    told = talk()
    assert read(told, "ana")[:4] == [
        "A soft voice helps.",
        "A few sentences at a time, with a breath in between, are plenty.",
        "Eye contact is welcome as far as it is comfortable.",
        "Any of you can pause or stop at any time, without a reason.",
    ]
    told = go(told, "speak")
    assert read(told, "ben") == ["What did you hear? Say it back in your own words; Ana says whether that was it."]
    assert read(told, "ana") == ["Ben says back what they heard."]
    paused = told.pause(by="ana", at=NOW)
    assert read(paused, "ana") == ["You are taking a break. The talk waits where it is, for as long as you like."]
    assert read(paused, "ben") == ["Ana asked for a break. The talk waits where it is, and so does everyone's turn."]
    assert read(paused.stop(by="ben", at=NOW), "ana") == [
        "The talk has ended for today. That is always fine, and needs no reason."
    ]
    heard = go(talk(ListeningForm(rounds=[ListeningRound(steps=())])), "speak", "speak")
    assert read(heard, "ben") == [
        "Everyone was heard. You made room for each other, and nothing has to be solved today."
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: ListeningRound(steps=WORDS), "got another step"),
        (lambda: ListeningRound(steps=[Step.SPEAK]), "got another step"),
        (lambda: ListeningRound(steps=[Step.VALIDATE]), "saying back before any other step"),
        (lambda: ListeningRound(about=WORDS), "what a round is about, got a str"),
        (lambda: ListeningForm(rounds=[]), "1 to 40 rounds"),
        (lambda: ListeningForm(rounds=[WORDS]), "1 to 40 rounds"),
        (lambda: ListeningForm(rounds=41 * [ListeningRound()]), "1 to 40 rounds"),
        (lambda: ListeningForm.in_turns(rounds=0), "a whole number from 1 to 40"),
        (lambda: ListeningForm.weekly_talk(appreciations=True), "got another bool"),
        (
            lambda: ListeningForm(rounds=[ListeningRound(about=Subject.REQUEST), ListeningRound()]),
            "requests after everyone was heard",
        ),
        (lambda: AskedToListen(start=NOW, form=WORDS), "a form of listening, got a str"),
        (lambda: StepTaken(word=WORDS, follows="x"), "what a step is for, got a str"),
    ],
)
def test_what_is_no_form_is_refused(wrong: Any, said: str) -> None:  # noqa: ANN401 - wrong in any way
    """A form keeps the promises of the machine, or it is none."""
    with pytest.raises(InvalidListening, match=said):
        wrong()
