"""Laws of amends: own acts only, answers whenever or never, and nothing that waits for anyone."""

from random import Random
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from reconnect.edges.testing.care import amends, repairs
from reconnect.edges.testing.stories import FIRST, STEP, STRANGER
from reconnect.errors import ReconnectError
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.amends import Amends, Repair
from reconnect.primitives.amends.acts import Drafted, Noticed, Owned, Replied, TakenBack
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.membership import Membership
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant

Moment = pendulum.DateTime
PEOPLE: Final = ("ana", "ben", "cy", "dee", STRANGER)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
SOME: Final = Repair(did="I shouted.", effect="You went silent.", change="I say that I need a break.")


def instants_of(story: Amends) -> st.SearchStrategy[Moment]:
    """Draw an instant at which something was said, or a little before or after it."""
    said = st.sampled_from([act.at for act in story.acts])
    return st.tuples(said, st.sampled_from([0, 0, 0, -1, 1])).map(lambda two: as_instant(two[0] + two[1] * STEP))


def facts(story: Amends, at: Moment) -> dict[str, Any]:
    """Return everything that amends tell everyone as of an instant."""
    return {
        "words": story.words(at=at),
        "answers": list(story.answers(at=at).items()),
        "noticed": story.noticed(at=at),
        "phrases": [story.phrase(to=person, at=at) for person in PEOPLE],
    }


def act(author: str, at: Moment, body: Body, name: str = "x") -> Entry:
    """Write one more act, whether or not it is allowed."""
    audience = Private() if isinstance(body, Drafted) else Shared()
    return Entry(circle="c1", author=author, id=name, at=at, body=body, audience=audience, about="a1")


class Plain:
    """The rules, read once more and in another order: each question looks at all acts anew."""

    def __init__(self, story: Amends, at: Moment) -> None:
        """Keep what members said up to an instant."""
        self.membership = Membership.of(story.founding)
        self.known = bool(story.founding)
        self.acts = [a for a in story.acts if a.at <= at and self.is_here(a.author, a.at)]
        self.order = list(self.membership.order)

    def is_here(self, person: str, at: Moment) -> bool:
        """Tell whether someone is in the circle, as far as it is known."""
        return not self.known or person in self.membership.at(at)

    def place(self, person: str) -> tuple[int, str]:
        """Return where someone stands in circle order."""
        return (self.order.index(person) if person in self.order else len(self.order), person)

    def words(self, until: Moment) -> Entry | None:
        """Return what the author said last, unless they took it back since, or at that instant."""
        owned = [a for a in self.acts if isinstance(a.body, Owned) and a.at <= until]
        if not owned:
            return None
        author = min(owned, key=lambda a: (a.at, self.place(a.author), a.id)).author
        ends = [a.at for a in self.acts if a.author == author and isinstance(a.body, TakenBack) and a.at <= until]
        left = [a for a in owned if a.author == author and all(a.at > end for end in ends)]
        return max(left, key=lambda a: (a.at, a.id), default=None)

    def concerns(self, person: str, words: Entry) -> bool:
        """Tell whether words are for someone: another one, who was there, and who is meant."""
        assert isinstance(words.body, Owned)
        named = words.body.repair.towards
        return person != words.author and self.is_here(person, words.at) and (not named or person in named)

    def answers(self, until: Moment) -> list[tuple[str, Entry]]:
        """Return each person's last answer to the words that stand, unless it was taken back."""
        words = self.words(until)
        found: list[tuple[str, Entry]] = []
        for person in sorted({a.author for a in self.acts}, key=self.place):
            mine = [a for a in self.acts if a.author == person and a.at <= until]
            ends = [a.at for a in mine if isinstance(a.body, TakenBack)]
            given_ = [
                a
                for a in mine
                if words is not None
                and isinstance(a.body, Replied)
                and a.body.words == words.id
                and all(a.at > end for end in ends)
            ]
            if words is not None and given_ and self.concerns(person, words):
                found.append((person, max(given_, key=lambda a: (a.at, a.id))))
        return found

    def noticed(self) -> set[Entry]:
        """Return the news of those whom the words that stood then were for."""
        found: set[Entry] = set()
        for a in self.acts:
            words = self.words(a.at) if isinstance(a.body, Noticed) else None
            if words is not None and self.concerns(a.author, words):
                found.add(a)
        return found


@given(amends(), st.data())
def test_amends_say_what_a_plain_reading_of_the_rules_says(story: Amends, data: st.DataObject) -> None:
    """Whose words stand, who answered them, and who noticed: read act by act, it comes out the same."""
    at = data.draw(instants_of(story))
    plain = Plain(story, at)
    assert story.words(at=at) == plain.words(at)
    assert list(story.answers(at=at).items()) == plain.answers(at)
    assert set(story.noticed(at=at)) == plain.noticed()
    assert list(story.noticed(at=at)) == sorted(story.noticed(at=at), key=lambda a: a.at)
    words = plain.words(at)
    for person in PEOPLE:
        phrase = story.phrase(to=person, at=at)
        if words is None or not (person == words.author or plain.concerns(person, words)):
            assert phrase is None
        else:
            assert phrase is not None
            assert phrase.key == ("amends.yours" if person == words.author else "amends.theirs")


@given(amends(), st.data())
def test_however_it_is_told_it_comes_out_the_same(story: Amends, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(instants_of(story))
    acts = [*story.acts, *(told.received(told.at + STEP) for told in story.acts)]
    Random(data.draw(st.integers(0, 99))).shuffle(acts)  # noqa: S311 - a shuffle keeps no secret
    cut = data.draw(st.integers(0, len(acts)))
    one, other = (evolve(story, acts=tuple(part)) for part in (acts[:cut], acts[cut:]))
    assert facts(merge(one, other), at) == facts(merge(merge(other, one), one), at) == facts(story, at)


@given(amends(), st.data())
def test_what_comes_later_does_not_change_what_was(story: Amends, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(instants_of(story))
    assert facts(story, at) == facts(story.as_of(at), at)


@given(amends(), st.sampled_from(PEOPLE), st.sampled_from([0, 1, 3]), repairs(whole=True), st.data())
def test_nobody_else_owns_changes_or_takes_back_the_words(
    story: Amends, other: str, later: int, repair: Repair, data: st.DataObject
) -> None:
    """Amends are about one's own acts: whatever another person sends, the author's words stand as they did."""
    at = data.draw(instants_of(story))
    words = story.words(at=at)
    assume(words is not None and other != words.author)
    assume(later or story.author(at=at) == story.author(at=at.subtract(microseconds=1)))  # it is theirs already
    said: list[Body] = [Owned(repair=repair), TakenBack(), Drafted(repair=repair), Noticed(), Replied(words="x")]
    meddled = evolve(story, acts=(*story.acts, act(other, at + later * STEP, data.draw(st.sampled_from(said)))))
    assert meddled.words(at=at) == words
    assert meddled.author(at=at) == story.author(at=at)
    assert meddled.words(at=at + later * STEP) == story.words(at=at + later * STEP)


@given(amends(), st.data())
def test_each_answer_is_its_authors_alone(story: Amends, data: st.DataObject) -> None:
    """What one person says or takes back moves nobody else's answer."""
    at = data.draw(instants_of(story))
    words, other = story.words(at=at), data.draw(st.sampled_from(PEOPLE))
    assume(words is not None and other != words.author)
    name = "none" if words is None else words.id
    answered = [act(person, at, Replied(words=name), "yes") for person in PEOPLE if person != other]
    story = evolve(story, acts=(*story.acts, *answered))
    said: list[Body] = [Replied(words=name, text="hm", forgives=True), TakenBack()]
    body = data.draw(st.sampled_from(said))
    after = evolve(story, acts=(*story.acts, act(other, at, body)))
    before, now = ({who: a for who, a in s.answers(at=at).items() if who != other} for s in (story, after))
    assert now == before
    if isinstance(body, TakenBack) and (not story.founding or other in story.membership.at(at)):
        assert other not in after.answers(at=at)


@example([("ben", False), ("cy", False), ("cy", True)])
@given(st.lists(st.tuples(st.sampled_from(["ben", "cy"]), st.booleans()), max_size=6))
def test_ones_answer_is_what_one_did_last(said: list[tuple[str, bool]]) -> None:
    """Two people answer and take back, again and again: where each stands rests on their own last word."""
    story = Amends.of(SOME, id="a1", circle=US, by="ana", at=FIRST)
    at, last = FIRST, dict[str, str]()
    for step, (who, takes_back) in enumerate(said):
        at = FIRST.add(minutes=step)
        story = story.take_back(by=who, at=at) if takes_back else story.answer(f"{step}", by=who, at=at)
        last = {name: text for name, text in last.items() if name != who} | ({} if takes_back else {who: f"{step}"})
    told = {who: a.body.text for who, a in story.answers(at=at).items() if isinstance(a.body, Replied)}
    assert told == last


@given(amends(), st.sampled_from([(), ("zoe",)]), st.data())
def test_what_was_noticed_once_stays_noticed(story: Amends, towards: tuple[str, ...], data: st.DataObject) -> None:
    """Good news of a moment stays, also when its author takes the words back, or puts others in their place."""
    at = data.draw(instants_of(story))
    words = story.words(at=at)
    assume(words is not None)
    assert words is not None
    story = evolve(story, acts=(*story.acts, *(act(person, at, Noticed(), "news") for person in PEOPLE)))
    told, later = story.noticed(at=at), at + STEP
    assume(told)
    other: list[Body] = [TakenBack(), Owned(repair=evolve(SOME, towards=towards))]
    after = evolve(story, acts=(*story.acts, act(words.author, later, data.draw(st.sampled_from(other)))))
    assert after.noticed(at=later)[: len(told)] == told


@given(amends(), st.data())
def test_taking_back_wins_at_the_same_instant(story: Amends, data: st.DataObject) -> None:
    """Words that their author takes back at the very instant of giving them do not stand, nor does any answer."""
    at = data.draw(instants_of(story))
    words = story.words(at=at)
    assume(words is not None)
    assert words is not None
    assume(not story.founding or words.author in story.membership.at(at))
    again = act(words.author, at, Owned(repair=SOME), "again")
    gone = evolve(story, acts=(*story.acts, act(words.author, at, TakenBack()), again))
    assert gone.words(at=at) is None
    assert gone.answers(at=at) == {}
    assert {gone.phrase(to=person, at=at) for person in PEOPLE} == {None}
    assert set(gone.noticed(at=at)) <= set(story.noticed(at=at))


@given(amends(), st.sampled_from(PEOPLE), repairs(), st.data())
def test_drafts_change_nothing_that_is_shared(story: Amends, by: str, repair: Repair, data: st.DataObject) -> None:
    """Whoever drafts whatever and whenever: to everyone else, amends are as they were."""
    at = data.draw(instants_of(story))
    drafted = act(by, data.draw(instants_of(story)), Drafted(repair=repair))
    assert facts(evolve(story, acts=(*story.acts, drafted)), at) == facts(story, at)


@given(st.lists(repairs(), max_size=3), repairs(whole=True, people=("ben", "cy")))
def test_what_is_offered_tells_nothing_of_its_drafts(drafts: list[Repair], repair: Repair) -> None:
    """The shared act is the same, to the byte, whether it was drafted many times or said at once."""
    at_once = Amends.of(repair, id="a1", circle=US, by="ana", at=FIRST + STEP)
    story = Amends.draft(repair, id="a1", circle=US, by="ana", at=FIRST)
    for number, draft in enumerate([*drafts, repair], start=1):
        story = story.redraft(draft, by="ana", at=FIRST.add(minutes=number))
    assert story.words(at=FIRST + STEP) is None
    story = story.own(by="ana", at=FIRST + STEP)
    assert [a for a in story.acts if isinstance(a.audience, Shared)] == list(at_once.acts)
    assert story.words(at=FIRST + STEP) == at_once.words(at=FIRST + STEP)


def verbs(story: Amends, by: str, at: Moment) -> list[Any]:
    """Return everything that someone might do with amends."""
    return [
        lambda: story.redraft(SOME, by=by, at=at),
        lambda: story.own(SOME, by=by, at=at),
        lambda: story.own(by=by, at=at),
        lambda: story.answer("thank you", by=by, at=at, forgives=True),
        lambda: story.notice("you asked first", by=by, at=at),
        lambda: story.take_back(by=by, at=at),
    ]


@given(amends(), st.sampled_from(PEOPLE), st.integers(0, 5), st.data())
def test_a_verb_says_one_thing_in_ones_own_name_or_is_refused(
    story: Amends, by: str, choose: int, data: st.DataObject
) -> None:
    """No verb removes an act, and none changes what is somebody else's; saying it twice changes nothing more."""
    at = data.draw(instants_of(story))
    told = story.as_of(at)
    try:
        after: Amends = verbs(told, by, at)[choose]()
    except ReconnectError:
        return
    assert set(told.acts) <= set(after.acts)
    assert len(after.acts) <= len(told.acts) + 1
    assert {a.author for a in set(after.acts) - set(told.acts)} <= {by}
    before, now = facts(told, at), facts(after, at)
    if by != told.author(at=at):
        assert now["words"] == before["words"]
        others = [[each for each in said["answers"] if each[0] != by] for said in (before, now)]
        assert others[0] == others[1]
    assert merge(told, after) == after


@given(amends(), st.data())
def test_amends_are_the_same_in_everyones_view(story: Amends, data: st.DataObject) -> None:
    """Whoever looks, the same words stand, with the same answers, and nobody else's draft is there."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=FIRST)
    for told in story.acts:
        if told.author in US.ids:
            journal.append(told, acting=told.author)
    at = max(FIRST, data.draw(instants_of(story)))
    views = [journal.view(name, circle="c1", at=at) for name in US.ids]
    seen = [[facts(each, at) for each in v.all(Amends) if each.words(at=at) is not None] for v in views]
    assert seen[0] == seen[1] == seen[2]
    for v in views:
        assert {e.author for e in v.entries(kind=Drafted)} <= {v.reader}


def test_the_drawn_amends_are_worth_drawing() -> None:
    """The strategy reaches answers, forgiveness, news, words that were changed or taken back, and drafts alone."""
    reached: set[str] = set()

    @settings(max_examples=300, derandomize=True, database=None)
    @given(amends())
    def look(story: Amends) -> None:
        at = max(a.at for a in story.acts)
        owned = [a for a in story.acts if isinstance(a.body, Owned) and a.author == story.author(at=at)]
        told = {
            "answers": len(story.answers(at=at)) > 1,
            "forgiven": any(getattr(a.body, "forgives", False) for a in story.answers(at=at).values()),
            "noticed": story.noticed(at=at),
            "changed": len(owned) > 1 and story.words(at=at) is not None,
            "taken back": owned and story.words(at=at) is None,
            "drafts": not owned,
        }
        reached.update(name for name, found in told.items() if found)

    look()
    assert reached == {"answers", "forgiven", "noticed", "changed", "taken back", "drafts"}
