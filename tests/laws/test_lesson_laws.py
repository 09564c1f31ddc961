"""What is always true of experiments and lessons, whatever people say about them, in whatever order it arrives."""

import datetime as dt
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from reconnect.consent.offer import Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.gathered import said_by
from reconnect.edges.testing.growth import experiments, lessons
from reconnect.errors import ReconnectError
from reconnect.primitives.lesson import Experiment, Idea, Lesson, Onward, Trying
from reconnect.primitives.lesson.acts import ExperimentBegun, LessonTold, LookedBack
from reconnect.record.story import Story, merge
from reconnect.temporal.instant import as_instant

DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)
PEOPLE: Final = ("ana", "ben", "cleo", "fay", "eve")


def moments(story: Story) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant at which something may change, or one right beside it."""
    said = [act.at for act in story.acts]
    ends = [as_instant(at + days * DAY) for at in said for days in (1, 14, 18, 90)]
    beside = st.sampled_from([0 * TICK, 0 * TICK, -TICK, TICK])
    return st.tuples(st.sampled_from([*said, max(said), *ends]), beside).map(
        lambda parts: as_instant(parts[0] + parts[1])
    )


def facts(story: Experiment | Lesson, at: pendulum.DateTime) -> list[Any]:
    """Return what a story says of itself as of an instant."""
    if isinstance(story, Lesson):
        return [story.revisions(at=at), story.open_versions(at=at)]
    then = story.as_of(at)
    if not then.has_begun:
        return []
    return [story.standing(at=at), story.outcome(at=at), dict(story.words(at=at)), then.idea, then.ends]


@given(experiments() | lessons(), st.data())
def test_however_it_is_told_it_comes_out_the_same(story: Experiment | Lesson, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(moments(story))
    acts = [*story.acts, *(act.received(as_instant(act.at + DAY)) for act in story.acts)]
    data.draw(st.randoms(use_true_random=False)).shuffle(acts)
    cut = data.draw(st.integers(0, len(acts)))
    one, other = evolve(story, acts=tuple(acts[:cut])), evolve(story, acts=tuple(acts[cut:]))
    assert merge(one, other) == merge(other, one) == story
    assert facts(merge(one, other), at) == facts(story, at)


@given(experiments() | lessons(), st.data())
def test_what_comes_later_does_not_change_what_was(story: Experiment | Lesson, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(moments(story))
    assert facts(story.as_of(at), at) == facts(story, at)


def told_plainly(e: Experiment, at: pendulum.DateTime) -> list[Any]:
    """Tell standing, outcome and words as the rules put it, asking the proposal anew at every instant."""
    acts = e.told(at)
    rests = [act for act in acts if act.about == "p1" and isinstance(act.body, Proposal.bodies)]
    p = Proposal(id="p1", circle="c1", acts=tuple(rests), founding=e.as_of(at).founding)
    for begun in acts:
        if not isinstance(begun.body, ExperimentBegun) or begun.body.proposal != "p1" or p.about not in {None, "x1"}:
            continue
        idea, then = p.in_force(at=begun.at), p.as_of(begun.at)
        if not isinstance(idea, Idea) or begun.author not in then.offer.people:
            continue
        ends = as_instant(max(act.at for act in then.told() if not isinstance(act.body, Withdrawn)) + idea.length)
        words: dict[str, LookedBack] = {}
        outcome = None
        for act in acts:
            timely = ends <= act.at and p.in_force(at=act.at) is not None and act.author in then.offer.people
            if outcome is None and timely and act.about == "x1" and isinstance(act.body, LookedBack):
                words[act.author] = act.body
                same = len({body.onward for body in words.values()}) == 1
                outcome = act.body.onward if same and len(words) == len(then.offer.people) else None
        going = Trying.TRYING if at < ends else Trying.LOOKING
        standing = going if p.in_force(at=at) is not None else Trying.RESTING
        return [standing if outcome is None else Trying.SETTLED, outcome, words, idea, ends]
    return []


@settings(max_examples=3 * settings().max_examples)
@given(experiments(), st.data())
def test_it_stands_as_a_plain_telling_of_the_rules_says(e: Experiment, data: st.DataObject) -> None:
    """Tried while everyone's yes stands, and settled once each of them has said the same, after the time to try it."""
    at = data.draw(moments(e))
    assert facts(e, at) == told_plainly(e, at)


@given(experiments(), st.data())
def test_the_standings_follow_each_other(e: Experiment, data: st.DataObject) -> None:
    """Trying, then looking, then settled or resting, which both stay."""
    one, other = sorted([data.draw(moments(e)), data.draw(moments(e))])
    if not e.as_of(one).has_begun:
        return
    order = [Trying.TRYING, Trying.LOOKING]
    before, after = e.standing(at=one), e.standing(at=other)
    if before in {Trying.SETTLED, Trying.RESTING}:
        assert after is before
    elif after in order:
        assert order.index(before) <= order.index(after)
    assert (before is Trying.SETTLED) == (e.outcome(at=one) is not None)
    assert before is not Trying.TRYING or one < e.as_of(one).ends


@given(experiments(), st.sampled_from(PEOPLE), st.sampled_from(Onward), st.data())
def test_what_a_verb_refuses_is_inert(e: Experiment, by: str, onward: Onward, data: st.DataObject) -> None:
    """Nobody looks back for others, too early, or on what rests; sent all the same, it changes nothing."""
    at = data.draw(moments(e))
    e = e.as_of(at)
    if not e.acts or any(act.at == at and isinstance(act.body, LookedBack) for act in e.acts):
        return  # of two words of one instant, their ids say which comes first
    try:
        after = e.look(onward, by=by, at=at)
    except ReconnectError:
        vain = evolve(e, acts=(*e.acts, said_by(by, "vain", at, LookedBack(onward=onward), "x1")))
        assert facts(vain, at) == facts(e, at)
        return
    assert after.words(at=at)[by].onward is onward
    assert after.outcome(at=at) is not None or after.look(onward, by=by, at=at) == after


@given(lessons(), st.data())
def test_no_version_is_lost_and_each_names_one_told_before(lesson: Lesson, data: st.DataObject) -> None:
    """Every version that follows one which was told by then is there; the current one was put anew by nobody."""
    at = data.draw(moments(lesson))
    known = {each.revision: each for each in lesson.revisions(at=at)}
    for each in known.values():
        assert each.after is None or known[each.after].at <= each.at
    for act in lesson.told(at):
        body = act.body
        assert isinstance(body, LessonTold)
        told_before = body.after is None or (body.after in known and known[body.after].at <= act.at)
        assert (act.content in known) == told_before
    ordered = [each.at for each in lesson.revisions(at=at)]
    assert ordered == sorted(ordered)
    places = {each.revision: place for place, each in enumerate(lesson.revisions(at=at))}
    assert all(each.after is None or places[each.after] < places[each.revision] for each in known.values())
    if known:
        assert lesson.current(at=at).revision not in {each.after for each in known.values()}


@given(lessons(), st.sampled_from(PEOPLE[:2]), st.data())
def test_anyone_may_put_it_anew(lesson: Lesson, by: str, data: st.DataObject) -> None:
    """From the current version on, or from any other; the one before stays as it is."""
    at = data.draw(moments(lesson))
    lesson = lesson.as_of(at)
    if not lesson.has_begun or (lesson.founding and by not in lesson.membership.at(at)):
        return
    known = lesson.revisions(at=at)
    chosen = data.draw(st.sampled_from([None, *(each.revision for each in known)]))
    after = lesson.revise("bread first", by=by, at=at, after=chosen)
    assert set(known) < set(after.revisions(at=at))
    assert [each.text for each in after.open_versions(at=at) if each.by == by].count("bread first") == 1


def test_the_drawn_experiments_are_worth_drawing() -> None:
    """The strategies reach every standing and outcome, and versions that stand beside each other."""
    reached: set[object] = set()

    @settings(max_examples=300, derandomize=True, database=None)
    @given(experiments(), lessons(), st.data())
    def look(e: Experiment, lesson: Lesson, data: st.DataObject) -> None:
        at = data.draw(moments(e))
        if e.as_of(at).has_begun:
            reached.update({e.standing(at=at), e.outcome(at=at)})
        reached.add(len(lesson.open_versions(at=data.draw(moments(lesson)))))

    look()
    assert {*Trying, *Onward, 0, 1, 2} <= reached
