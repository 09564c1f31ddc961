"""Laws of invitations and of quiet: pointing towards each other takes everyone, stepping back takes one."""

import datetime as dt
from typing import Final

import pendulum
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from reconnect.consent.invitation import Invitation, LetUsBe, NudgeUs
from reconnect.consent.invitation import invitations as all_of
from reconnect.consent.mute import CameBack, Quiet, WentQuiet, is_quiet
from reconnect.edges.testing.stories import FIRST, STEP, circles, invitations, moments, quiets
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.membership import Joined, Welcomed
from reconnect.record.memory import MemoryJournal

Moment = pendulum.DateTime
DAY: Final = dt.timedelta(days=1)
GRID: Final = [FIRST + step * STEP for step in range(0, 140, 5)]


def expected(invitation: Invitation, at: Moment) -> bool:
    """Read the rule once more: everyone here said it within 14 days, since the last joining, and not since no."""
    membership = invitation.membership
    here = membership.at(at)
    since = [stay.since for stay in membership.stays if stay.covers(at)]
    if membership.is_over(at):
        return False
    for person in here:
        mine = [
            act
            for act in invitation.acts
            if act.author == person and act.at <= at and person in membership.at(act.at) and act.at >= max(since)
        ]
        yes = [act.at for act in mine if isinstance(act.body, NudgeUs)]
        no = [act.at for act in mine if isinstance(act.body, LetUsBe)]
        if not yes or at >= max(yes).add(days=14) or (no and max(no) >= max(yes)):
            return False
    return True


@given(invitations())
def test_it_holds_exactly_while_everyone_said_so_lately(invitation: Invitation) -> None:
    """Everyone's "nudge us" of the last fourteen days, and nobody's "let us be" since."""
    ends = [act.at.add(days=14) for act in invitation.acts]
    for at in (*GRID, *ends, *(end.subtract(microseconds=1) for end in ends)):
        assert invitation.in_force(at=at) == expected(invitation, at)
        until = invitation.until(at=at)
        assert (until is not None) == invitation.in_force(at=at)
        if until is not None:
            assert at < until
            assert not evolve(invitation, acts=invitation.as_of(at).acts).in_force(at=until)


@given(invitations(), moments(), st.data())
def test_one_person_ends_it_at_once(invitation: Invitation, at: Moment, data: st.DataObject) -> None:
    """Whoever takes it back ends it for everyone, at that very instant."""
    here = invitation.membership.at(at)
    if here:
        by = data.draw(st.sampled_from(here))
        assert not invitation.as_of(at).end(by=by, at=at).in_force(at=at)


@given(circles(), st.data())
def test_it_takes_everyone(circle: Circle, data: st.DataObject) -> None:
    """With one "nudge us" missing nothing points towards anyone."""
    order = data.draw(st.permutations(circle.ids))
    invitation = Invitation.of(id="i1", circle=circle, by=order[0], at=FIRST)
    for person in order[1:]:
        assert not invitation.in_force(at=FIRST)
        invitation = invitation.renew(by=person, at=FIRST)
    assert invitation.in_force(at=FIRST)


@given(quiets())
def test_quiet_holds_from_the_last_going_to_the_next_coming_back(quiet: Quiet) -> None:
    """The last word counts, and at one instant quiet is the last word."""
    here = quiet.membership
    for at in GRID[:12]:
        told = [act for act in quiet.acts if act.at <= at and act.author in here.at(act.at)]
        gone = [act.at for act in told if isinstance(act.body, WentQuiet)]
        back = [act.at for act in told if isinstance(act.body, CameBack)]
        assert quiet.holds(at=at) == (bool(gone) and (not back or max(gone) >= max(back)))


@given(circles(), st.lists(st.booleans(), max_size=4))
def test_quiet_is_nobody_elses(circle: Circle, turns: list[bool]) -> None:
    """Whatever someone does about their quiet, everyone else finds nothing of it, and is not quiet themselves."""
    journal = MemoryJournal()
    journal.found(circle, by=circle.ids[0], at=FIRST)
    by = circle.ids[0]
    quiet = Quiet.go(id="q1", circle=circle.id, by=by, at=FIRST)
    for step, again in enumerate(turns):
        at = FIRST + step * STEP
        quiet = quiet.go_again(by=by, at=at) if again else quiet.come_back(by=by, at=at)
    journal.append(*quiet.acts, acting=by)
    for reader in circle.ids:
        view = journal.view(reader, circle=circle.id, at=GRID[-1])
        assert bool(view.all(Quiet)) == (reader == by)
        assert is_quiet(view) == (reader == by and quiet.holds(at=GRID[-1]))
    assert all(act.audience == Private() for act in quiet.acts)


def test_when_someone_joins_it_begins_afresh() -> None:
    """What was said before a newcomer came was not said with them in mind."""
    circle = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
    invitation = Invitation.of(id="i1", circle=circle, by="ana", at=FIRST).renew(by="ben", at=FIRST)
    later = FIRST + STEP

    def act(by: str, body: Welcomed | Joined) -> Entry:
        return Entry(circle="c1", author=by, id="x", at=later, body=body, audience=Shared())

    welcomes = (act("ana", Welcomed(person="cy")), act("ben", Welcomed(person="cy")))
    joined = evolve(invitation, founding=(*invitation.founding, *welcomes, act("cy", Joined())))
    assert joined.in_force(at=FIRST)
    assert not joined.renew(by="cy", at=later).in_force(at=later)
    assert joined.renew(by="cy", at=later).renew(by="ben", at=later).renew(by="ana", at=later).in_force(at=later)


WORDS: Final = st.tuples(
    st.sampled_from(["i1", "i2"]), st.sampled_from(["ana", "ben"]), st.booleans(), st.integers(0, 40)
)


@given(st.lists(WORDS, max_size=12), st.integers(0, 45))
def test_all_invitations_are_one(words: list[tuple[str, str, bool, int]], day: int) -> None:
    """Whichever a word was said in, the latest of each person counts, and "let us be" wins at one instant."""
    circle = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
    journal = MemoryJournal()
    journal.found(circle, by="ana", at=FIRST)
    days: dict[str, dict[int, bool]] = {"ana": {}, "ben": {}}
    for number, (about, by, yes, said) in enumerate(words):
        body = NudgeUs() if yes else LetUsBe()
        at = FIRST + said * DAY
        entry = Entry(circle="c1", author=by, id=f"w{number}", at=at, body=body, audience=Shared(), about=about)
        journal.append(entry, acting=by)
        days[by][said] = days[by].get(said, True) and yes

    def stands(person: str, on: int) -> bool:
        last = max((said for said in days[person] if said <= on), default=None)
        return last is not None and days[person][last] and on - last < 14

    found = all_of(journal.view("ana", circle="c1", at=FIRST + day * DAY))
    expected = stands("ana", day) and stands("ben", day)
    assert (found is not None and found.in_force(at=FIRST + day * DAY)) == expected
    if found is not None and expected:
        since = day
        while since > 0 and stands("ana", since - 1) and stands("ben", since - 1):
            since -= 1
        assert max(act.at for act in found.begun(at=FIRST + day * DAY)) == FIRST + since * DAY
    if found is not None and not expected:
        assert found.begun(at=FIRST + day * DAY) == ()


def test_a_renewal_begins_nothing_anew() -> None:
    """Who said yes first, and when all had, stays as it was while no yes lapses; after a lapse it begins again."""
    circle = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
    both = Invitation.of(id="i1", circle=circle, by="ana", at=FIRST).renew(by="ben", at=FIRST + DAY)
    renewed = both.renew(by="ana", at=FIRST + 5 * DAY)
    assert [act.at for act in renewed.begun(at=FIRST + 6 * DAY)] == [FIRST, FIRST + DAY]
    assert renewed.begun(at=FIRST + 15 * DAY) == ()
    again = renewed.renew(by="ben", at=FIRST + 16 * DAY)
    assert [act.at for act in again.begun(at=FIRST + 16 * DAY)] == [FIRST, FIRST + 16 * DAY]
    ended = both.end(by="ana", at=FIRST + 2 * DAY).renew(by="ana", at=FIRST + 3 * DAY)
    assert [act.at for act in ended.begun(at=FIRST + 3 * DAY)] == [FIRST + 3 * DAY, FIRST + DAY]
