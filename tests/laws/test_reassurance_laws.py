"""Laws of reassurances: one's own standing sentence, shown in a pause only if it was there before."""

import datetime as dt
from random import Random
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reconnect.edges.testing.care import reassurances as drawn
from reconnect.edges.testing.stories import FIRST, STEP, STRANGER
from reconnect.errors import ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.reassurance import Given, Reassurance, TookBack, reassurances
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Joined, Left, Welcomed
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant

Moment = pendulum.DateTime
PEOPLE: Final = ("ana", "ben", "cy", "dee", STRANGER)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
TICK: Final = dt.timedelta(microseconds=1)


def instants_of(story: Reassurance) -> st.SearchStrategy[Moment]:
    """Draw an instant at which something was said, or one beside it."""
    said = st.sampled_from([act.at for act in story.acts])
    beside = st.sampled_from([0 * STEP, 0 * STEP, STEP, -STEP, TICK, -TICK])
    return st.tuples(said, beside).map(lambda two: as_instant(two[0] + two[1]))


def facts(story: Reassurance, at: Moment, pause: Moment) -> list[Any]:
    """Return everything that a reassurance tells as of an instant, without a pause and in one."""
    return [story.author(at=at), story.standing(at=at), story.standing(at=at, pause=pause)]


def act(author: str, at: Moment, body: Body, name: str = "x") -> Entry:
    """Write one more act, whether or not it is allowed."""
    return Entry(circle="c1", author=author, id=name, at=at, body=body, audience=Shared(), about="w1")


def plainly(story: Reassurance, at: Moment) -> tuple[str, str, Moment, Moment] | None:
    """Read the rule once more, backwards: the last sentence, unless taken back since, and how far it reaches."""
    membership, known = story.membership, bool(story.founding)
    acts = [a for a in story.acts if a.at <= at and (not known or a.author in membership.at(a.at))]
    given_ = [a for a in acts if isinstance(a.body, Given)]
    order = list(membership.order)
    if not given_:
        return None
    author = min(
        given_, key=lambda a: (a.at, order.index(a.author) if a.author in order else len(order), a.author, a.id)
    ).author
    if known and author not in membership.at(at):
        return None
    stays = [s.since for s in membership.stays if s.person == author and s.since <= at]
    mine = [a for a in acts if a.author == author and (not known or a.at >= max(stays))]
    ends = [a.at for a in mine if isinstance(a.body, TookBack)]
    mine = [a for a in mine if isinstance(a.body, Given) and all(a.at > end for end in ends)]
    mine.sort(key=lambda a: (a.at, a.id), reverse=True)
    if not mine:
        return None
    last = since = mine[0]
    for earlier in mine:
        if earlier.body != last.body:
            break
        since = earlier
    assert isinstance(last.body, Given)
    return author, last.body.text, since.at, last.at


@given(drawn(), st.data())
def test_it_stands_as_a_plain_reading_of_the_rules_says(story: Reassurance, data: st.DataObject) -> None:
    """The author's latest sentence stands until they take it back, change it, or leave."""
    at = data.draw(instants_of(story))
    found = story.standing(at=at)
    assert (None if found is None else (found.by, found.text, found.since, found.renewed)) == plainly(story, at)


@given(drawn(), st.data())
def test_in_a_pause_only_what_was_there_before_is_shown(story: Reassurance, data: st.DataObject) -> None:
    """What is shown in a pause stood in these very words before it began, and nobody took it back since."""
    pause, at = sorted((data.draw(instants_of(story)), data.draw(instants_of(story))))
    shown, stands = story.standing(at=at, pause=pause), story.standing(at=at)
    before = story.standing(at=as_instant(pause - TICK))
    assert shown is None or shown == stands
    calm = stands is not None and stands.since < pause
    assert (shown is not None) == calm
    if shown is not None:
        assert before is not None
        assert (before.by, before.text, before.since) == (shown.by, shown.text, shown.since)


@given(drawn(), st.sampled_from(PEOPLE), st.sampled_from([Given(text="Say sorry first."), TookBack()]), st.data())
def test_nobody_else_changes_or_takes_back_a_sentence(
    story: Reassurance, other: str, body: Given | TookBack, data: st.DataObject
) -> None:
    """Whatever others send, it stays its author's own."""
    at, pause = data.draw(instants_of(story)), data.draw(instants_of(story))
    author = story.author(at=at)
    assume(author not in {None, other} and author == story.author(at=as_instant(at - TICK)))
    assert facts(evolve(story, acts=(*story.acts, act(other, at, body))), at, pause)[1:] == facts(story, at, pause)[1:]


@given(drawn(), st.data())
def test_taking_back_wins_at_the_same_instant(story: Reassurance, data: st.DataObject) -> None:
    """A sentence that its author takes back at the very instant of giving it does not stand, nor in a pause."""
    at, pause = data.draw(instants_of(story)), data.draw(instants_of(story))
    author = story.author(at=at)
    assume(author is not None and (not story.founding or author in story.membership.at(at)))
    assert author is not None
    gone = evolve(story, acts=(*story.acts, act(author, at, TookBack()), act(author, at, Given(text="!"), "~")))
    assert facts(gone, at, pause)[1:] == [None, None]


@given(drawn(), st.data())
def test_leaving_takes_it_along_and_coming_back_does_not_bring_it(story: Reassurance, data: st.DataObject) -> None:
    """Whoever leaves and comes back says their sentence anew, or it is not there."""
    at = data.draw(instants_of(story))
    author, here = story.author(at=at), story.membership.at(at)
    assume(author in here and story.standing(at=at) is not None)
    assert author is not None
    left, back = as_instant(at + TICK), as_instant(at + STEP)
    moves = [act(author, left, Left(), "out"), act(author, back, Joined(), "in")]
    moves += [act(person, left + TICK, Welcomed(person=author), "come") for person in here if person != author]
    then = story.as_of(at)
    again = evolve(then, founding=(*then.founding, *(evolve(move, about=None) for move in moves)))
    assume(author in again.membership.at(back))
    assert [again.standing(at=moment) for moment in (left, back, as_instant(back + STEP))] == [None] * 3
    assert again.change("I am here.", by=author, at=back).standing(at=back) is not None


@given(drawn(), st.data())
def test_however_it_is_told_it_comes_out_the_same(story: Reassurance, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at, pause = data.draw(instants_of(story)), data.draw(instants_of(story))
    acts = [*story.acts, *(told.received(told.at + STEP) for told in story.acts)]
    Random(data.draw(st.integers(0, 99))).shuffle(acts)  # noqa: S311 - a shuffle keeps no secret
    cut = data.draw(st.integers(0, len(acts)))
    one, other = (evolve(story, acts=tuple(part)) for part in (acts[:cut], acts[cut:]))
    assert facts(merge(one, other), at, pause) == facts(story, at, pause)
    assert facts(merge(merge(other, one), one), at, pause) == facts(story, at, pause)


@given(drawn(), st.data())
def test_what_comes_later_does_not_change_what_was(story: Reassurance, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at, pause = data.draw(instants_of(story)), data.draw(instants_of(story))
    assert facts(story, at, pause) == facts(story.as_of(at), at, pause)


@given(drawn(), st.sampled_from(PEOPLE), st.integers(0, 2), st.data())
def test_a_verb_says_one_thing_in_ones_own_name_or_is_refused(
    story: Reassurance, by: str, choose: int, data: st.DataObject
) -> None:
    """No verb removes an act or says more than one, and none is open to anybody but the author."""
    at = data.draw(instants_of(story))
    told = story.as_of(at)
    verbs: list[Any] = [
        lambda: told.change("I am here.", by=by, at=at),
        lambda: told.renew(by=by, at=at),
        lambda: told.take_back(by=by, at=at),
    ]
    try:
        after: Reassurance = verbs[choose]()
    except ReconnectError:
        return
    assert by == told.author(at=at)
    assert set(told.acts) <= set(after.acts)
    assert {a.author for a in set(after.acts) - set(told.acts)} <= {by}
    assert len(after.acts) <= len(told.acts) + 1


@given(st.lists(drawn(), min_size=1, max_size=3), st.sampled_from(US.ids), st.data())
def test_a_reader_is_shown_what_the_others_say_and_nothing_else(
    found: list[Reassurance], reader: str, data: st.DataObject
) -> None:
    """Each sentence that stands is shown once to each of the others, in circle order, the oldest first."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=FIRST)
    told = [
        evolve(a, about=f"w{n}", id=f"{n}{a.id}") for n, s in enumerate(found) for a in s.acts if a.author in US.ids
    ]
    for each in told:
        journal.append(each, acting=each.author)
    at, pause = (max(FIRST, data.draw(instants_of(found[0]))) for _ in range(2))
    view = journal.view(reader, circle="c1", at=at)
    shown = reassurances(view, pause=pause)
    stories = [evolve(s, id=f"w{n}", acts=tuple(a for a in told if a.about == f"w{n}")) for n, s in enumerate(found)]
    expected = [evolve(s, founding=view.founding).standing(at=at, pause=pause) for s in stories]
    others = [each for each in expected if each is not None and each.by != reader]
    assert sorted(shown, key=repr) == sorted(others, key=repr)
    assert list(shown) == sorted(shown, key=lambda each: (US.ids.index(each.by), each.since))


def test_the_drawn_sentences_are_worth_drawing() -> None:
    """The strategy reaches sentences that were renewed, changed, taken back, and given again."""
    reached: set[str] = set()

    @settings(max_examples=300, derandomize=True, database=None)
    @given(drawn())
    def look(story: Reassurance) -> None:
        at = max(a.at for a in story.acts)
        author, standing = story.author(at=at), story.standing(at=at)
        mine = [a for a in story.told() if a.author == author]
        back = any(isinstance(a.body, TookBack) for a in mine)
        found = {
            "renewed": standing is not None and standing.since < standing.renewed,
            "changed": standing is not None and len({a.body for a in mine}) > 1 and not back,
            "taken back": back and standing is None,
            "again": back and standing is not None,
        }
        reached.update(name for name, is_so in found.items() if is_so)

    look()
    assert reached == {"renewed", "changed", "taken back", "again"}
