"""Laws of capacity cards: one's own latest word, an end that clocks cannot confuse, and nothing left afterwards."""

import datetime as dt
from random import Random
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.care import capacity_cards, own_days
from reconnect.edges.testing.stories import FIRST, STEP, STRANGER
from reconnect.edges.testing.temporal import instants, zones
from reconnect.errors import ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.practice.outlook import outlook
from reconnect.primitives.capacity import (
    AsUsual,
    Capacity,
    CapacityCard,
    Little,
    capacity_of,
    capacity_phrase,
    little_until,
)
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.zone import local_time

Moment = pendulum.DateTime
PEOPLE: Final = ("ana", "ben", "cy", "dee", STRANGER)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="Europe/Paris") for name in ("ana", "ben", "cy")))
TICK: Final = dt.timedelta(microseconds=1)
QUARTER: Final = dt.timedelta(minutes=15)


def instants_of(story: CapacityCard) -> st.SearchStrategy[Moment]:
    """Draw an instant at which something was said or ended, or right beside it."""
    said = [act.at for act in story.acts]
    ends = [act.body.end(act.at) for act in story.acts if isinstance(act.body, Little)]
    drawn = st.tuples(st.sampled_from([*said, *ends]), st.sampled_from([0, 0, 1, -1, STEP // TICK]))
    return drawn.map(lambda two: as_instant(two[0] + two[1] * TICK))


def facts(story: CapacityCard, at: Moment) -> list[Any]:
    """Return everything that cards tell as of an instant."""
    return [(story.level(of=person, at=at), story.little_until(of=person, at=at)) for person in PEOPLE]


def act(author: str, at: Moment, body: Body, name: str = "x") -> Entry:
    """Write one more act, whether or not it is allowed."""
    return Entry(circle="c1", author=author, id=name, at=at, body=body, audience=Shared(), about="k1")


def plainly(story: CapacityCard, person: str, at: Moment) -> Moment | None:
    """Read the rule once more: the latest word counts, and a card at that instant comes before taking it back."""
    here = story.membership.at
    if story.founding and person not in here(at):
        return None
    mine = [a for a in story.acts if a.author == person and a.at <= at]
    mine = [a for a in mine if not story.founding or person in here(a.at)]
    latest = max((a.at for a in mine), default=at)
    cards = [a for a in mine if a.at == latest and isinstance(a.body, Little)]
    if not cards:
        return None
    card = max(cards, key=lambda a: a.id)
    assert isinstance(card.body, Little)
    end = card.body.end(card.at)
    return end if at < end else None


@given(capacity_cards(), st.data())
def test_cards_say_what_a_plain_reading_of_the_rules_says(story: CapacityCard, data: st.DataObject) -> None:
    """Each person's latest word counts until it ends, and nobody else's."""
    at = data.draw(instants_of(story))
    for person in PEOPLE:
        until = plainly(story, person, at)
        assert story.little_until(of=person, at=at) == until
        assert story.level(of=person, at=at) is (Capacity.USUAL if until is None else Capacity.LITTLE)


@example(("America/St_Johns", pendulum.datetime(2010, 11, 7, 3)))  # the day ended, and goes on for an hour
@given(own_days())
def test_a_card_ends_when_its_authors_own_day_does(place: tuple[str, Moment]) -> None:
    """Until then clocks there show no later day, and at that instant they do, however they are moved in between."""
    zone, at = place
    end = Little(zone=zone).end(at)
    today = local_time(at, zone).date()
    assert at < end
    assert local_time(end, zone).date() > today
    moment: dt.datetime = at
    while moment < end:
        assert local_time(moment, zone).date() <= today
        moment += QUARTER
    assert local_time(end - TICK, zone).date() <= today


EDGES: Final = (pendulum.datetime(1, 1, 1), pendulum.datetime(1, 1, 2, 12), pendulum.datetime(9999, 12, 31, 12))


@given(instants() | st.sampled_from(EDGES), zones())
def test_any_card_has_an_end(at: Moment, zone: str) -> None:
    """Also at the edges of time, where a day has no end, a card ends, and never before it was there."""
    end = Little(zone=zone).end(at)
    assert at <= end
    assert dt.datetime.__sub__(end, at) <= dt.timedelta(hours=50)
    assert Little(until=at).end(end) == at


@given(capacity_cards(), st.data())
def test_however_it_is_told_it_comes_out_the_same(story: CapacityCard, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(instants_of(story))
    acts = [*story.acts, *(told.received(told.at + STEP) for told in story.acts)]
    Random(data.draw(st.integers(0, 99))).shuffle(acts)  # noqa: S311 - a shuffle keeps no secret
    cut = data.draw(st.integers(0, len(acts)))
    one, other = (evolve(story, acts=tuple(part)) for part in (acts[:cut], acts[cut:]))
    assert facts(merge(one, other), at) == facts(merge(merge(other, one), one), at) == facts(story, at)


@given(capacity_cards(), st.data())
def test_what_comes_later_does_not_change_what_was(story: CapacityCard, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(instants_of(story))
    assert facts(story, at) == facts(story.as_of(at), at)


@given(capacity_cards(), st.sampled_from(PEOPLE), st.booleans(), st.data())
def test_a_card_is_about_its_author_alone(story: CapacityCard, by: str, takes: bool, data: st.DataObject) -> None:  # noqa: FBT001 - drawn by hypothesis
    """Nobody gives or takes a card in another's name: what one says moves one's own level and no other."""
    at = data.draw(instants_of(story))
    said = evolve(story, acts=(*story.acts, act(by, at, AsUsual() if takes else Little(until=at + STEP))))
    before, after = (dict(zip(PEOPLE, facts(s, at), strict=True)) for s in (story, said))
    assert {who: told for who, told in after.items() if who != by} == {w: t for w, t in before.items() if w != by}


@given(capacity_cards(), st.sampled_from(PEOPLE), st.data())
def test_a_card_can_be_taken_back_at_any_time(story: CapacityCard, by: str, data: st.DataObject) -> None:
    """From the next moment on it is as if there had been none; at the very same instant the card wins."""
    at = data.draw(instants_of(story))
    assume(not story.founding or {by} <= {*story.membership.at(at)} & {*story.membership.at(at + TICK)})
    told = story.as_of(at)
    later = as_instant(at + TICK)
    assert told.as_usual(by=by, at=later).level(of=by, at=later) is Capacity.USUAL
    both = evolve(told, acts=(*told.acts, act(by, at, AsUsual()), act(by, at, Little(until=later), "~")))
    assert both.little_until(of=by, at=at) == later


@given(capacity_cards(), st.data())
def test_nothing_is_left_of_a_card_after_its_end(story: CapacityCard, data: st.DataObject) -> None:
    """Once one's latest card has ended, every question is answered as to someone who never had one."""
    cards = [a for a in story.told() if isinstance(a.body, Little) and a.at < a.body.end(a.at)]
    assume(cards)
    card = data.draw(st.sampled_from(cards))
    person, at = card.author, card.at
    until = story.little_until(of=person, at=at)
    assume(until is not None)
    assert until is not None
    silent = evolve(story, acts=tuple(a for a in story.as_of(at).acts if a.author != person))
    assert facts(story.as_of(at), until) == facts(silent, until)


@given(capacity_cards(), st.sampled_from(PEOPLE), st.integers(0, 2), st.data())
def test_a_verb_says_one_thing_in_ones_own_name_or_is_refused(
    story: CapacityCard, by: str, choose: int, data: st.DataObject
) -> None:
    """No verb removes an act or says more than one; what it says holds at once."""
    at = data.draw(instants_of(story))
    told = story.as_of(at)
    verbs: list[Any] = [
        lambda: told.little(by=by, at=at, until=at + STEP),
        lambda: told.little(by=by, at=at, zone="Asia/Kathmandu"),
        lambda: told.as_usual(by=by, at=at),
    ]
    try:
        after: CapacityCard = verbs[choose]()
    except ReconnectError:
        assert told.founding
        assert by not in told.membership.at(at)
        return
    assert set(told.acts) <= set(after.acts)
    assert {a.author for a in set(after.acts) - set(told.acts)} <= {by}
    assert len(after.acts) <= len(told.acts) + 1


START: Final = pendulum.datetime(2026, 3, 28, 20)  # an evening before clocks change in Paris


def lived(cards: CapacityCard | None) -> MemoryJournal:
    """Return a circle with an agreed rhythm, a check-in that was held, and perhaps some cards."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=FIRST)
    rhythm = Rhythm.of(Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 27)))
    agreed = Proposal.of(rhythm, id="p1", circle=US, by="ana", at=START.subtract(days=3))
    for name in ("ben", "cy"):
        agreed = agreed.accept(by=name, offer=agreed.offer.id, at=START.subtract(days=2))
    schedule = CheckInSchedule.of(agreed, id="s1", by="ana", at=START.subtract(days=2))
    first = next(iter(schedule.occurrences(Window(START.subtract(days=2), START))))
    schedule = schedule.hold(first.key, by="ben", at=first.start)
    for each in (*schedule.acts, *(() if cards is None else cards.acts)):
        if each.author in US.ids:
            journal.append(each, acting=each.author)
    return journal


def around(view: View) -> list[Any]:
    """Return what is counted, open, next and asked, without what a card says itself."""
    schedule = view.state(CheckInSchedule, "s1")
    days = Window(START.subtract(days=3), START.add(days=3))
    look = outlook(view)
    holds = tuple(hold for hold in look.holds if hold.about not in US.ids)
    look = evolve(look, holds=holds, gently=False, changes_at=None)
    return [list(schedule.occurrences(days)), view.counts(schedule, days), look]


@given(capacity_cards(), st.integers(-1, 40), st.sampled_from(US.ids))
def test_a_card_lowers_nothing(cards: CapacityCard, hours: int, reader: str) -> None:
    """Check-ins, counts and the outlook of everyone are what they are without any card."""
    start = min(a.at for a in cards.acts)
    moved = tuple(a.received(START + dt.datetime.__sub__(a.at, start)) for a in cards.acts)
    at = START.add(hours=hours)
    seen = [
        around(lived(told).view(reader, circle="c1", at=at)) for told in (evolve(cards, acts=moved, founding=()), None)
    ]
    assert seen[0] == seen[1]


@given(capacity_cards(), st.data())
def test_a_card_is_the_same_in_everyones_view(cards: CapacityCard, data: st.DataObject) -> None:
    """Everyone reads one level and one end for each person; whose it is, is told in another sentence."""
    journal = MemoryJournal()
    at = data.draw(instants_of(cards))
    journal.found(US, by="ana", at=min(at, *(a.at for a in cards.acts)))
    for place, told in enumerate(cards.acts):  # whichever story it stands in
        if told.author in US.ids:
            journal.append(evolve(told, about=f"k{place % 2}"), acting=told.author)
    plain = evolve(cards, founding=())
    for reader in US.ids:
        view = journal.view(reader, circle="c1", at=at)
        for person in US.ids:
            until = little_until(view, person)
            assert until == plain.little_until(of=person, at=at)
            assert capacity_of(view, person) is plain.level(of=person, at=at)
            phrase = capacity_phrase(view, person)
            key = "capacity.yours" if person == reader else "capacity.theirs"
            assert (None if phrase is None else (phrase.key, phrase["until"])) == (
                None if until is None else (key, until)
            )


def test_the_drawn_cards_are_worth_drawing() -> None:
    """The strategy reaches cards that stand, that were taken back, that ended, and that followed one another."""
    reached: set[str] = set()

    @settings(max_examples=200, derandomize=True, database=None)
    @given(capacity_cards(), st.data())
    def look(story: CapacityCard, data: st.DataObject) -> None:
        at = data.draw(instants_of(story))
        told = [a for a in story.told(at) if a.author == "ana"]
        stands = story.little_until(of="ana", at=at) is not None
        found = {
            "stands": stands,
            "taken back": told and isinstance(told[-1].body, AsUsual) and len(told) > 1,
            "ended": told and isinstance(told[-1].body, Little) and not stands,
            "again": stands and len(told) > 1,
        }
        reached.update(name for name, is_so in found.items() if is_so)

    look()
    assert reached == {"stands", "taken back", "ended", "again"}
