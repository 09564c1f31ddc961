"""What is always true of reviews, rituals, experiments and promises in a calendar that we write, as others read it."""

import datetime as dt
from itertools import islice
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from tests.edges.calendar_program import agreed, events_of, seen, shown, slot, utc

from reconnect.consent.proposal import Proposal
from reconnect.consent.resting import proposals_of
from reconnect.edges.ical import busy, calendar
from reconnect.edges.testing import temporal
from reconnect.edges.testing.growth import experiments, plans
from reconnect.edges.testing.promises import commitments
from reconnect.errors import NotAMember
from reconnect.primitives.commitment import Commitment, Keeping, my_promises
from reconnect.primitives.lesson import Experiment, Trying
from reconnect.primitives.routine import SOOTHING, Ritual
from reconnect.primitives.wellness import ReviewRhythm, WellnessPlan
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

DAY: Final = dt.timedelta(days=1)
FEWER: Final = settings(max_examples=max(10, settings().max_examples // 2))
STOOD: Final = {Keeping.AGREED, Keeping.KEPT, Keeping.KEPT_LATER, Keeping.PASSED, Keeping.EXCUSED}


def moment_of(draw: st.DrawFn, story: Story) -> dt.datetime:
    """Draw an instant at or after an act of a story."""
    return draw(st.sampled_from([max(act.at for act in story.acts), *(act.at for act in story.acts)]))


def around(story: Story) -> Window:
    """Return the weeks that matter for a story."""
    said = [act.at for act in story.acts]
    return Window(as_instant(min(said) - 2 * DAY), as_instant(max(said) + 40 * DAY))


def view_of(story: Story, reader: str, at: dt.datetime) -> View:
    """Return a reader's view of a story, if they are there at that time."""
    assume(story.founding)
    try:
        return seen(story, by=reader, at=at)
    except NotAMember:
        reject()


def has_ids_of_its_own(made: bytes) -> bool:
    """Tell whether each event has an id of its own, or names the time whose place it takes."""
    named = [(str(e["uid"]), e["recurrence-id"].to_ical() if "recurrence-id" in e else b"") for e in events_of(made)]
    return len(set(named)) == len(named)


@FEWER
@given(st.data())
def test_a_calendar_program_shows_exactly_the_reviews_that_hold(data: st.DataObject) -> None:
    """Of what holds about a plan the newest counts; what lapsed or was withdrawn is over from then on."""
    plan: WellnessPlan = data.draw(plans())
    at, within = data.draw(st.composite(moment_of)(plan)), around(plan)
    view = view_of(plan, "ana", at)
    made = calendar(view, within=within)
    known = evolve(plan, acts=tuple(act for act in view.entries() if act.about is not None), founding=view.founding)
    values = [p.offer.value for p in proposals_of(known) if p.offers]
    expected = {
        slot(start, value.length)
        for value in values
        if isinstance(value, ReviewRhythm)
        for start in value.rhythm.between(within)
        if known.review(at=start) == value
    }
    assert shown(made) == expected
    assert has_ids_of_its_own(made)
    assert busy(made, within=within, zone="UTC") == Windows.of(*(Window(*each) for each in expected)) & Windows(
        (within,)
    )


@given(st.data(), st.integers(0, 120), st.sampled_from(SOOTHING))
def test_a_calendar_program_shows_a_ritual_while_everyones_yes_stands(
    data: st.DataObject,
    withdrawn: int,
    routine: Any,  # noqa: ANN401 - one of ours
) -> None:
    """On recurrences of any kind, in any zone and with any gap policy, until it lapses or somebody withdraws."""
    rhythm: Recurrence = data.draw(temporal.recurrences(zone=data.draw(temporal.zones())))
    first = rhythm.nth(data.draw(st.integers(0, 3)))
    assume(first is not None)
    assert first is not None
    assume(1971 < first.year < 2150)
    at = as_instant(first - data.draw(st.integers(0, 40)) * DAY).replace(microsecond=0)
    within = Window.of(at, data.draw(st.integers(1, 120)) * DAY)
    assume(sum(1 for _ in islice(rhythm.between(within), 150)) < 150)
    p: Proposal = agreed(Ritual(routine=routine, rhythm=rhythm), at=at)
    p = p.withdraw(by="ben", at=at + withdrawn * DAY) if withdrawn < 90 else p
    made = calendar(seen(p, by="ben", at=at + 200 * DAY), within=within)
    held = Window.of(at, min(withdrawn, 90) * DAY) if withdrawn else None
    starts = rhythm.between(within) if held is not None else ()
    assert shown(made) == {slot(start, routine.takes) for start in starts if held is not None and start in held}
    assert has_ids_of_its_own(made)


@FEWER
@given(st.data())
def test_a_calendar_program_shows_from_when_on_an_experiment_can_be_looked_at(data: st.DataObject) -> None:
    """At one instant that takes no time, if everyone's yes still stands then."""
    story: Experiment = data.draw(experiments())
    at = data.draw(st.composite(moment_of)(story))
    view, within = view_of(story, "ana", at), around(story)
    made = calendar(view, within=within)
    begun = [each for each in view.all(Experiment) if each.has_begun]
    ends = {each.ends for each in begun if each.standing(at=each.ends) is not Trying.RESTING and each.ends in within}
    assert shown(made) == {(utc(end), utc(end)) for end in ends}
    assert shown(made, blocks=True) == set()


@FEWER
@given(st.data(), st.sampled_from(["ana", "ben"]))
def test_a_calendar_program_shows_exactly_ones_own_agreed_promises(data: st.DataObject, reader: str) -> None:
    """Moved ones where they are now; kept, past and excused ones alike; none that others made, and none let go."""
    story: Commitment = data.draw(commitments())
    at, within = data.draw(st.composite(moment_of)(story)), around(story)
    view = view_of(story, reader, at)
    made = calendar(view, within=within)
    mine = {utc(each.due) for each in my_promises(view, within) if each.keeping in STOOD}
    assert shown(made) == {(due, due) for due in mine}
    assert shown(made, blocks=True) == set()
    assert has_ids_of_its_own(made)
    assert b"walk" not in made


@pytest.mark.parametrize("strategy", [plans(), experiments(), commitments()])
@FEWER
@given(st.data())
def test_a_calendar_stays_the_same_without_what_is_private(
    strategy: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Goals, values, words of kindness to oneself: neither others' nor one's own change a byte."""
    story = data.draw(strategy)
    at, within = max(act.at for act in story.acts), around(story)
    shared = [act for act in story.acts if "Shared" in repr(act.audience)]
    assume(shared)
    made = calendar(view_of(story, "ana", at), within=within)
    assert made == calendar(view_of(evolve(story, acts=shared), "ana", at), within=within)
