"""What is always true of a schedule of check-ins, whatever people say, in any order, allowed or not."""

import datetime as dt
from random import Random
from typing import Any

import pendulum
import pytest
from attrs import evolve
from hypothesis import assume, event, given
from hypothesis import strategies as st
from tests.primitives.checkin.plain_model import Told

from reconnect.consent.proposal import Proposal
from reconnect.edges.convert import dumps, loads
from reconnect.edges.testing.checkin import DAY, HOUR, SCHEDULE, TICK, moments, schedules
from reconnect.errors import NotAMember, NotOpen, NotYours
from reconnect.primitives.checkin import CheckInSchedule, Closed, OccurrenceKey, Rhythm, Standing
from reconnect.primitives.checkin.acts import Held, LetGo, Moved, Paused, Rainchecked, Stopped
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.record.story import merge
from reconnect.temporal import zone as zones
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

PAST = {Standing.HELD, Standing.UNANSWERED}


def around(story: CheckInSchedule) -> Window:
    """Return the days that matter for a story."""
    first = min((act.at for act in story.acts), default=pendulum.datetime(2026, 1, 5))
    return Window(as_instant(first - 2 * DAY), as_instant(first + 14 * DAY))


def state(story: CheckInSchedule, at: dt.datetime) -> list[Any]:
    """Return all that a schedule says of itself as of an instant."""
    then, week = story.as_of(at), around(story)
    found = list(then.occurrences(week))
    return [
        found,
        [story.standing_of(occurrence.key, at=at) for occurrence in found],
        [then.is_waiting(occurrence.key) for occurrence in found],
        story.counts(week, at=at),
        story.new_times(at=at),
        story.pauses(at=at),
        story.until(at=at),
        then.rhythm,
    ]


@given(schedules(), st.data())
def test_a_schedule_is_what_a_plain_telling_of_the_rules_says(story: CheckInSchedule, data: st.DataObject) -> None:
    """Occurrences, standings and counts agree with a slow model that was written from the rules alone."""
    for at in data.draw(st.lists(moments(story), min_size=1, max_size=3)):
        then, told, week = story.as_of(at), Told(story, at), around(story)
        found = list(then.occurrences(week))
        assert [
            (o.start, o.key, o.window.start, o.window.end, o.moved, o.rainchecked) for o in found
        ] == told.occurrences(week)
        for key in {occurrence.key for occurrence in found} | set(sorted(told.keys())[::9]):
            standing = story.standing_of(key, at=at)
            assert standing.value == told.standing(key)
            event(standing.value)
        assert story.counts(week, at=at) == told.counts(week)
        days = Window.of(at - 2 * DAY, 3 * DAY)
        assert story.counts(days, at=at) == told.counts(days)


def add(story: CheckInSchedule, body: Body, *, by: str, at: dt.datetime, id: str = "x1") -> CheckInSchedule:  # noqa: A002 - an entry's own name
    """Return the story with an act that no verb looked at."""
    act = Entry(circle="c1", author=by, id=id, at=as_instant(at), body=body, audience=Shared(), about=SCHEDULE)
    return evolve(story, acts=(*story.acts, act))


def keys_of(story: CheckInSchedule) -> list[OccurrenceKey]:
    """Return the check-ins of a story, and one that may be nowhere."""
    nowhere = OccurrenceKey(schedule=SCHEDULE, original_start=dt.datetime(2026, 1, 7, 20), zone="UTC")  # noqa: DTZ001 - a local time
    return [*(occurrence.key for occurrence in story.occurrences(around(story))), nowhere]


def people_of(story: CheckInSchedule) -> list[str]:
    """Return everyone who ever was in the circle, and someone who never was."""
    return [*story.membership.order, "eve"]


@given(schedules(), st.randoms(use_true_random=False))
def test_however_a_story_is_told_it_comes_out_the_same(story: CheckInSchedule, random: Random) -> None:
    """Replaying, reordering and splitting acts change nothing, and merging is associative, commutative, idempotent."""
    acts = [*story.acts, *story.acts]
    random.shuffle(acts)
    first, second = random.randrange(len(acts)), random.randrange(len(acts))
    low, high = sorted((first, second))
    a, b, c = (evolve(story, acts=tuple(part)) for part in (acts[:low], acts[low:high], acts[high:]))
    told = merge(merge(a, b), c)
    assert told == merge(a, merge(b, c)) == merge(c, merge(b, a)) == merge(told, a) == story
    at = story.acts[-1].at
    assert state(told, at) == state(story, at)


@given(schedules(), st.data())
def test_what_comes_later_does_not_change_what_was(story: CheckInSchedule, data: st.DataObject) -> None:
    """The state as of an instant depends only on what was said at or before it."""
    at = data.draw(moments(story))
    early = evolve(story, acts=tuple(act for act in story.acts if act.at <= at))
    late = data.draw(st.sampled_from(sorted(story.acts, key=lambda act: act.id)))
    assume(early.acts)
    again = add(story, late.body, by=late.author, at=at + TICK) if late.about == SCHEDULE else story
    assert state(story, at) == state(early, at) == state(again, at)


@given(schedules(), st.data())
def test_what_has_passed_stays_as_it_was(story: CheckInSchedule, data: st.DataObject) -> None:
    """Once a check-in has passed, only a late word that it took place changes how it stands."""
    sooner, later = sorted(data.draw(st.tuples(moments(story), moments(story))))
    for occurrence in story.as_of(sooner).occurrences(around(story)):
        before, after = (story.standing_of(occurrence.key, at=at) for at in (sooner, later))
        if before is Standing.HELD or occurrence.window.end <= sooner:
            assert after in {before, Standing.HELD}
        if before in PAST:
            assert story.as_of(later).occurrence(occurrence.key) is not None


@given(schedules(), st.data())
def test_an_edit_never_changes_what_has_opened(story: CheckInSchedule, data: st.DataObject) -> None:
    """A new version leaves every check-in that has opened where it is, with its window and its standing."""
    at = data.draw(moments(story))
    story = story.as_of(at)
    people = story.membership.at(at)
    assume(people and not story.membership.is_over(at))
    rule = Recurrence.daily(time=data.draw(st.sampled_from(["02:30", "20:00"])), zone="Europe/Paris", starts=at.date())
    early = data.draw(st.sampled_from([0 * HOUR, 3 * HOUR]))
    p = Proposal.of(Rhythm.of(rule, early=early, late=HOUR), id="p99", circle="c1", by=people[0], at=at, about=SCHEDULE)
    p = evolve(p, founding=story.founding)
    for person in people:
        p = p.accept(by=person, offer=p.offer.id, at=at)
    edited = evolve(story, acts=(*story.acts, *p.acts))
    assume(edited.rhythm == p.offer.value)  # a stop at the same instant ends it at once
    for occurrence in story.occurrences(around(story)):
        just_before = story.standing_of(occurrence.key, at=at - TICK)
        if just_before in {Standing.OPEN, *PAST} and occurrence == story.as_of(at - TICK).occurrence(occurrence.key):
            event("it has opened")
            assert edited.occurrence(occurrence.key) == occurrence
            for moment in (at, occurrence.window.end):
                before, after = (s.standing_of(occurrence.key, at=max(at, moment)) for s in (story, edited))
                assert after is before or before is Standing.LET_GO  # without the edit it would have lapsed


@given(schedules(), st.data())
def test_a_verb_refuses_what_would_not_count_and_says_what_does(story: CheckInSchedule, data: st.DataObject) -> None:
    """What a verb accepts takes effect; what it refuses changes nothing even if it is written directly."""
    at = data.draw(moments(story))
    story = story.as_of(at)
    key, by = data.draw(st.sampled_from(keys_of(story))), data.draw(st.sampled_from(people_of(story)))
    to = as_instant(at + data.draw(st.sampled_from([DAY, HOUR, 0 * HOUR, -HOUR])))
    bodies: list[Body] = [Held(key=key), LetGo(key=key), Moved(key=key, to=to), Rainchecked(key=key, to=to)]
    body = data.draw(st.sampled_from(bodies))
    before = story.standing_of(key, at=at)
    try:
        match body:
            case Held():
                told = story.hold(key, by=by, at=at)
            case LetGo():
                told = story.skip(key, by=by, at=at)
            case Moved():
                told = story.move(key, to, by=by, at=at)
            case Rainchecked():
                told = story.raincheck(key, to, by=by, at=at)
    except (NotOpen, NotYours, NotAMember) as refusal:
        event(type(refusal).__name__)
        assert state(add(story, body, by=by, at=at), at) == state(story, at)
        return
    after = told.standing_of(key, at=at)
    match body:
        case Held():
            assert after is Standing.HELD
        case LetGo():
            assert after is Standing.LET_GO
        case Moved():
            assert after in {before, Standing.PAUSED, Standing.NOT_DUE, Standing.OPEN}
        case Rainchecked():
            assert after is not Standing.HELD
            assert told.occurrence(key) != story.occurrence(key)
    assert set(story.acts) <= set(told.acts)


@given(schedules(), st.data())
def test_a_pause_lowers_nothing(story: CheckInSchedule, data: st.DataObject) -> None:
    """More pauses make adherence none or not lower, never touch what was held, and anyone may pause at any time."""
    at = data.draw(moments(story))
    window = Window.of(
        at + data.draw(st.sampled_from([-DAY, 0 * DAY, HOUR])), data.draw(st.sampled_from([HOUR, 3 * DAY]))
    )
    by = data.draw(st.sampled_from(people_of(story)))
    paused, days = add(story, Paused(window=window), by=by, at=at), around(story)
    for moment in (at, days.end):
        before, after = (s.counts(days, at=moment) for s in (story, paused))
        assert after.held == before.held
        if before.adherence is not None and after.adherence is not None:
            assert after.adherence >= before.adherence


@given(schedules(), st.data())
def test_stopping_ends_what_is_open_and_what_lies_ahead(story: CheckInSchedule, data: st.DataObject) -> None:
    """One person's stop is enough, at once: only a rhythm that is agreed afterwards begins check-ins again."""
    at = data.draw(moments(story))
    story = story.as_of(at)
    by = data.draw(st.sampled_from(people_of(story)[:-1]))
    concerned = story.until(at=at) is not None and by in story.membership.at(at)
    stopped = add(story, Stopped(), by=by, at=at)
    in_force = [version for version in story._plan.versions if version.since <= at < version.until]  # noqa: SLF001 - whom it concerns
    if concerned and by in in_force[0].people:
        assert stopped.until(at=at) is None
        for occurrence in stopped.occurrences(around(story)):
            if occurrence.window.end > at:
                assert stopped.standing_of(occurrence.key, at=at) not in {Standing.OPEN, Standing.NOT_DUE}
    elif not any(by in version.people for version in story._plan.versions):  # noqa: SLF001 - whom it concerns
        assert state(stopped, at) == state(story, at)


@given(schedules(), st.data())
def test_occurrences_are_each_there_once_in_order_and_fit_their_window(
    story: CheckInSchedule, data: st.DataObject
) -> None:
    """Whoever asks in two parts gets the same; starts and reminders lie inside the window; a key finds its check-in."""
    days = around(story)
    found = list(story.occurrences(days))
    middle = data.draw(moments(story))
    if middle in days and middle > days.start:
        halves = Window(days.start, middle), Window(middle, days.end)
        assert [o for half in halves for o in story.occurrences(half)] == found
    assert len({occurrence.key for occurrence in found}) == len(found)
    assert found == sorted(found, key=lambda occurrence: (occurrence.start, occurrence.key))
    for occurrence in found:
        assert story.occurrence(occurrence.key) == occurrence
        assert all(moment in occurrence.window for moment in (occurrence.start, *occurrence.reminders))


@given(schedules(), st.data())
def test_counts_count_each_check_in_at_most_once(story: CheckInSchedule, data: st.DataObject) -> None:
    """What is due was held or went unanswered; nothing due is no rate at all."""
    at = data.draw(moments(story))
    counts, found = story.counts(around(story), at=at), list(story.as_of(at).occurrences(around(story)))
    assert 0 <= counts.held <= counts.due
    assert counts.due + counts.paused + counts.let_go <= len(found)
    assert (counts.adherence is None) == (counts.due == 0)


@st.composite
def closings(draw: st.DrawFn, story: CheckInSchedule) -> Closed:
    """Draw time-outs and quiet hours that end, begin or lie where check-ins do."""
    windows = [occurrence.window for occurrence in story.occurrences(around(story))] or [around(story)]
    edges = sorted({edge for window in windows for edge in (window.start, window.end)})

    def stretch() -> Window:
        start = as_instant(draw(st.sampled_from(edges)) + draw(st.sampled_from([0 * HOUR, -HOUR, TICK, -TICK])))
        length = draw(st.sampled_from([TICK, dt.timedelta(minutes=20), HOUR, 3 * HOUR, DAY]))
        end = draw(st.sampled_from([*(edge for edge in edges if edge > start), as_instant(start + length)]))
        return Window(start, end)

    time_outs, quiet = (Windows.of(*(stretch() for _ in range(draw(st.integers(0, 2))))) for _ in range(2))
    return Closed(time_outs=time_outs, quiet=quiet)


@given(schedules(), st.data())
def test_what_was_kept_closed_counts_for_nothing(story: CheckInSchedule, data: st.DataObject) -> None:
    """Time-outs and quiet hours touch nothing that was held, and make adherence none or not lower."""
    at, closed, days = data.draw(moments(story)), data.draw(closings(story)), around(story)
    before, after = story.counts(days, at=at), story.counts(days, at=at, closed=closed)
    assert evolve(after, due=after.due + after.kept_closed, kept_closed=0) == before
    if after.adherence is not None:
        assert before.adherence is not None
        assert after.adherence >= before.adherence
    kept = 0
    for occurrence in story.as_of(at).occurrences(days):
        window = occurrence.window
        plain = story.standing_of(occurrence.key, at=at)
        standing = story.standing_of(occurrence.key, at=at, closed=closed)
        ends = [stretch.end for stretch in (*closed.time_outs, *closed.quiet)]
        could_open = any(moment in window and not closed.at(moment) for moment in [window.start, *ends])
        shut = as_instant(window.end - TICK) in closed.time_outs or not could_open
        if plain is Standing.UNANSWERED and shut:
            kept += 1
            assert standing is Standing.LET_GO
        elif plain is Standing.OPEN and closed.at(at):
            assert standing is Standing.NOT_DUE
        else:
            assert standing is plain
        event(f"{plain.value} {standing.value}")
    assert after.kept_closed == kept


@given(schedules())
def test_a_key_survives_a_change_of_the_zone_database(story: CheckInSchedule) -> None:
    """When a country gives up summer time, the same keys are found again, with what was said about them."""
    before = {occurrence.key: occurrence for occurrence in story.occurrences(around(story))}
    real = zones._clock  # noqa: SLF001 - the database is what changes here
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zones, "_clock", lambda name: real("Africa/Lagos" if name == "Europe/Paris" else name))
        again = loads(dumps(story), CheckInSchedule)
        for version in again._plan.versions:  # noqa: SLF001 - to look inside them only
            for key, occurrence in before.items():
                start = version.start_of(key)
                if key.zone == "Europe/Paris" and start is not None:
                    there = again.occurrence(key)
                    clock = (key.original_start, key.zone)
                    alone = version.clock_at(start) == clock  # else it now coincides with one of another zone
                    inside = alone and version.since + 2 * DAY < occurrence.start < version.until - 2 * DAY
                    assert there is not None or not inside
