"""More small wins by example: an apology received well, a kept boundary, a laugh, an understanding; kept promises."""

from fractions import Fraction
from typing import Final

import pendulum
import pytest
from attrs import evolve
from tests.metrics.noted import BEN, DAY, FOUNDING, NOW, START, US, WITHIN, note, view_of

from reconnect.language.listening import Listening, ListeningForm
from reconnect.language.listening.acts import StepTaken, Word
from reconnect.language.phrasebook import render
from reconnect.metrics import Direction, Laughed, kept_commitments, small_wins
from reconnect.metrics._interval import of_count
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.phrase import Phrase
from reconnect.primitives.amends import Amends, Repair
from reconnect.primitives.boundary import Boundaries, ByConsent
from reconnect.primitives.commitment import Commitment, all_kept
from reconnect.primitives.commitment.acts import PromiseKept
from reconnect.record.entry import Entry, Shared
from reconnect.record.membership import found
from reconnect.record.view import View, look
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

HOUR: Final = DAY / 24
LATER: Final = as_instant(START + 2 * DAY)
REPAIR: Final = Repair(did="I left.", effect="You were alone.", change="I say when I go.")
TURNS: Final = ListeningForm.in_turns()
NAMES: Final = {"ana": "Ana", "ben": "Ben", "cy": "Cy"}


def said(view: View, within: Window = WITHIN) -> list[str]:
    """Return how the wins are told."""
    return [render(win.phrase, names=NAMES) for win in small_wins(view, within)]


def both(entries: list[Entry]) -> tuple[list[str], list[str]]:
    """Return what ana and ben are told."""
    return said(view_of(entries)), said(view_of(entries, reader="ben"))


def test_an_apology_is_received_well_if_somebody_says_so() -> None:
    """Forgiving, or noticing the change: told to its author and to whoever said it, once."""
    amends = Amends.of(REPAIR, id="a1", circle=US, by="ben", at=START)
    told = (["You had a warm word for what Ben owned."], ["Ana had a warm word for what you owned."])
    forgiven = amends.answer("thank you", by="ana", at=LATER, forgives=True)
    assert both([*forgiven.acts]) == told
    noticed = amends.notice(by="ana", at=LATER)
    assert both([*noticed.acts]) == told
    assert both([*noticed.answer(by="ana", at=LATER, forgives=True).acts]) == told
    assert said(view_of(forgiven.acts), Window(START, LATER)) == []


def test_an_answer_that_does_not_forgive_is_neither_a_win_nor_its_contrary() -> None:
    """Nothing is said where there is no warm word, or none any more."""
    amends = Amends.of(REPAIR, id="a1", circle=US, by="ben", at=START)
    assert both([*amends.acts]) == ([], [])
    assert both([*amends.answer("I am not there yet.", by="ana", at=LATER).acts]) == ([], [])
    forgiven = amends.answer(by="ana", at=LATER, forgives=True)
    assert both([*forgiven.take_back(by="ana", at=as_instant(LATER + HOUR)).acts]) == ([], [])


def test_whoever_has_not_answered_hears_nothing_of_anothers_forgiving() -> None:
    """That one of three forgives must not press the other."""
    three = Circle(id="c1", members=(*US.members, Person(id="cy", zone="UTC")))
    amends = Amends.of(REPAIR, id="a1", circle=three, by="ben", at=START)
    entries = [found(three, by="ana", at=START - DAY), *amends.answer(by="ana", at=LATER, forgives=True).acts]
    assert said(look(entries, reader="cy", circle="c1", at=NOW)) == []
    assert len(said(look(entries, reader="ana", circle="c1", at=NOW))) == 1


def test_a_boundary_that_its_owner_marks_as_kept_is_a_win() -> None:
    """For everyone, in the words of whom it protects; that nobody marked it says nothing."""
    rule = ByConsent()
    mine = Boundaries.of(rule, id="b1", circle=US, by="ana", at=START)
    kept = mine.mark_kept(rule, by="ana", at=LATER)
    assert both([*kept.acts]) == (
        ["A boundary of yours was kept, and you said so."],
        ["Ana said that a boundary of theirs was kept."],
    )
    assert both([*mine.acts]) == ([], [])
    assert said(view_of(kept.acts), Window(START, LATER)) == []


def test_a_laugh_is_ones_own_unless_one_shares_it() -> None:
    """With words or without, and how often makes no difference."""
    mine = note(Laughed(words="the kettle"), 1)
    ours = note(Laughed(), 2, by="ben", shared=True)
    assert both([mine, ours]) == (
        ["Ana noted a laugh: the kettle", "Ben noted that you laughed together."],
        ["Ben noted that you laughed together."],
    )
    assert said(view_of([mine, ours]), Window(LATER, NOW)) == ["Ben noted that you laughed together."]


def heard(form: ListeningForm = TURNS, *, got_it: bool = True) -> Listening:
    """Return a talk in which both had all their turns."""
    at = LATER
    talk = Listening.ask(id="l1", circle=US, by="ana", at=at, form=form)
    talk = talk.suits(at, by="ben", at=at)
    while (floor := talk.floor(at=at)) is not None:
        names = {word.value for word in floor.words}
        at = as_instant(at + HOUR / 60)
        if "passed_on" in names and not got_it:
            talk = talk.pass_on(by=floor.person, at=at)
        elif "spoke" in names and "no_more" not in names:
            talk = talk.speak(by=floor.person, at=at)
        elif "said_back" in names:
            talk = talk.say_back(by=floor.person, at=at)
        elif "got_it" in names:
            talk = talk.got_it(by=floor.person, at=at)
        elif "asked_for_more" in names:
            talk = talk.ask_for_more(by=floor.person, at=at)
        elif "no_more" in names:
            talk = talk.no_more(by=floor.person, at=at)
        else:
            talk = talk.pass_on(by=floor.person, at=at)
    return talk


@pytest.mark.parametrize("form", [ListeningForm.in_turns(), ListeningForm.mirror_validate_empathise()])
def test_a_talk_in_which_everyone_felt_understood_is_a_win(form: ListeningForm) -> None:
    """Each speaker said "yes, you got it", and then it is told to both alike, at the instant of the last turn."""
    talk = heard(form)
    end = talk.heard_at(at=NOW)
    assert end is not None
    assert talk.understood(at=NOW) == ("ana", "ben")
    told = ["You listened to each other, and everyone said: yes, you got it."]
    assert both([*talk.acts]) == (told, told)
    assert said(view_of(talk.acts), Window(START, end)) == []
    assert said(view_of(talk.acts), Window(end, NOW)) == told
    assert talk.heard_at(at=as_instant(end - HOUR / 60)) is None


def test_a_talk_without_a_yes_or_without_an_end_is_no_understanding() -> None:
    """Turns that were passed on are fine, and say nothing of an understanding; a word in vain counts for nothing."""
    passed = heard(got_it=False)
    assert passed.heard_at(at=NOW) is not None
    assert passed.understood(at=NOW) == ()
    assert both([*passed.acts]) == ([], [])
    begun = Listening.ask(id="l1", circle=US, by="ana", at=LATER).suits(LATER, by="ben", at=LATER)
    begun = begun.speak(by="ana", at=LATER).say_back(by="ben", at=LATER).got_it(by="ana", at=LATER)
    assert (begun.heard_at(at=NOW), begun.understood(at=NOW)) == (None, ("ana",))
    vain = next(a for a in begun.acts if isinstance(a.body, StepTaken) and a.body.word is Word.GOT_IT)
    again = evolve(vain, author="ben", id="vain")
    assert evolve(begun, acts=(*begun.acts, again)).understood(at=NOW) == ("ana",)
    assert both([*begun.acts]) == ([], [])


def kept(n: int, *, by: str = "ben") -> Commitment:
    """Return daily tea, made so many times."""
    to = "ana" if by == "ben" else "ben"
    daily = Recurrence.daily(time="21:00", zone="UTC", starts=START.date())
    c = Commitment.offer("tea", to=[to], due=daily, id=f"k{by}", circle=US, by=by, at=START).agree(by=to, at=START)
    for day in range(n):
        at = as_instant(START + day * DAY + 2 * HOUR)
        c = c.keep(start=pendulum.datetime(2026, 1, 5 + day, 21).naive(), by=by, at=at)
    return c


def test_promises_that_were_kept_are_counted_together() -> None:
    """Everybody's, the same for everyone, without an "out of" and without a direction."""
    entries = [*kept(3).acts, *kept(2, by="ana").acts]
    for reader in ("ana", "ben"):
        reading = kept_commitments(view_of(entries, reader=reader), WITHIN)
        assert (reading.value, reading.n) == (Fraction(5), 5)
        assert (reading.spread, reading.direction) == (None, Direction.TOO_EARLY)
        assert reading.interval == of_count(5)
        assert render(reading.phrase) == "Here, 5 promises were kept and told of. Nothing is set against that."
    few = kept_commitments(view_of(kept(4).acts), WITHIN)
    assert (few.value, few.n, few.interval) == (None, 4, None)
    assert few.phrase == Phrase.of("reading.too_early", title=Phrase.of("reading.kept_title"))
    assert kept_commitments(view_of(entries), Window(as_instant(START + DAY), NOW)).n == 3


def test_what_was_told_twice_was_kept_once() -> None:
    """The first telling counts, and only its owner's."""
    c = kept(1)
    (act,) = all_kept(view_of(c.acts))
    later = evolve(act, id="again", at=as_instant(act.at + HOUR))
    vain = evolve(act, id="vain", author="ana", at=as_instant(act.at - HOUR))
    beside = evolve(act, id="a", author="ana")
    assert all_kept(view_of([*c.acts, beside])) == (act,)
    nothing = evolve(act, id="nothing", body=PromiseKept())
    assert all_kept(view_of([*c.acts, later, vain, nothing])) == (act,)
    at_once = evolve(act, id="at once")
    assert len(all_kept(view_of([*c.acts, at_once]))) == 1


def test_where_nobody_is_promised_anything_nothing_was_kept() -> None:
    """A promise to nobody here is none."""
    c = kept(1)
    alone = [found(Circle(id="c1", members=(BEN, Person(id="cy", zone="UTC"))), by="ben", at=START - DAY)]
    assert all_kept(look([*alone, *(a for a in c.acts if a.author == "ben")], reader="ben", circle="c1", at=NOW)) == ()
    assert all_kept(look(FOUNDING, reader="ben", circle="c1", at=NOW)) == ()


def test_wins_are_told_where_they_are_shared() -> None:
    """A shared laugh about a talk names it, for an app that shows both together."""
    laugh = note(Laughed(), 2, by="ben", shared=True, about="l1")
    assert [win.about for win in small_wins(view_of([laugh]), WITHIN)] == ["l1"]
    assert isinstance(laugh.audience, Shared)
