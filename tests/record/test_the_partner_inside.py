"""The partner is already inside: what someone in the circle may try against the others, and what comes of it."""

from typing import Final

import pendulum
import pytest
from attrs import evolve

from reconnect.consent.mute import Quiet
from reconnect.consent.offer import Accepted, Offered, Withdrawn
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.errors import NotAMember, NotYours, UnknownStory
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.practice.outlook import outlook
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.journal import AlreadyThere, Erased, IdConflict, Stored
from reconnect.record.kind import Body
from reconnect.record.membership import Founded, Introduced, Joined, Left, Welcomed
from reconnect.record.memory import MemoryJournal
from reconnect.record.sealed import Answered, Asked
from reconnect.record.view import View

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
LATER: Final = NOW.add(days=3)
CLOSES: Final = NOW.add(days=1)
PEOPLE: Final = tuple(Person(id=name, zone="UTC", name=name.title()) for name in ("ana", "ben", "cy"))
US: Final = Circle(id="c1", members=PEOPLE)


def opened() -> MemoryJournal:
    """Open a journal with a circle of three."""
    journal = MemoryJournal(key=b"k")
    journal.found(US, by="ana", at=NOW)
    return journal


def act(
    by: str,
    body: Body,
    *,
    at: pendulum.DateTime = NOW,
    audience: Audience | None = None,
    about: str | None = None,
    id_: str = "e1",
) -> Entry:
    """Write an entry in somebody's name."""
    heard = Shared() if audience is None else audience
    return Entry(circle="c1", author=by, id=id_, at=at, body=body, audience=heard, about=about)


def look(journal: MemoryJournal, who: str, at: pendulum.DateTime = LATER) -> View:
    """Look into the circle."""
    return journal.view(who, circle="c1", at=at)


def offered(journal: MemoryJournal) -> Proposal:
    """Let ana offer a walk."""
    p = look(journal, "ana", NOW).offer(Note(text="a walk"), id="p1")
    journal.append(*p.acts, acting="ana")
    return p


def test_nobody_accepts_or_withdraws_for_another() -> None:
    """An act in another's name is refused, guessed or not, and a forged one in a story reaches no journal."""
    journal = opened()
    p = offered(journal)
    for forged in (p.accept(by="cy", offer=p.offer.id, at=NOW), p.withdraw(by="ana", at=NOW)):
        with pytest.raises(NotYours):
            journal.append(*forged.acts, acting="ben")
    for reader in US.ids:
        assert look(journal, reader).state(Proposal, "p1").awaiting(at=LATER) == ("ben", "cy")


def test_a_strangers_yes_counts_for_nothing() -> None:
    """Whoever is not in the circle cannot write in it, and an act of theirs that came in anyway says nothing."""
    journal = opened()
    p = offered(journal)
    with pytest.raises(NotAMember):
        journal.append(act("zoe", Accepted(offer=p.offer.id), about="p1"), acting="zoe")
    smuggled = evolve(p, acts=(*p.acts, act("zoe", Withdrawn(offer=p.offer.id), about="p1")))
    assert smuggled.standing(at=LATER) == p.standing(at=LATER)


def test_a_founding_is_the_hosts_alone() -> None:
    """An older founding would change who everyone is, so nobody appends one, at whatever instant."""
    journal = opened()
    for by, members in (("ben", ("ben", "zoe")), ("ana", ("ana", "ben", "cy"))):
        for at in (NOW.subtract(years=9), NOW, LATER):
            with pytest.raises((NotYours, NotAMember)):
                journal.append(act(by, Founded(members=members), at=at, id_="other"), acting=by)
    assert look(journal, "ana").members == US.ids


def test_a_second_offer_under_the_same_id_binds_nobody() -> None:
    """Yeses name the very offer, so an offer pushed in front of another at one instant gets none of them."""
    journal = opened()
    mine = Proposal.of(Note(text="a walk"), id="p1", circle="c1", by="ben", at=NOW)
    journal.append(*mine.acts, acting="ben")
    p = look(journal, "cy").state(Proposal, "p1")
    for who in ("ana", "cy"):
        journal.append(act(who, Accepted(offer=p.offer.id), about="p1", at=CLOSES, id_="yes"), acting=who)
    pushed = act("ana", Offered(value=Note(text="all your money")), about="p1", id_="push")
    journal.append(pushed, acting="ana")
    for reader in US.ids:
        after = look(journal, reader).state(Proposal, "p1")
        assert after.in_force(at=LATER) in {None, Note(text="a walk")}


def test_an_offer_that_expired_before_it_was_made_is_no_story() -> None:
    """A broken beginning neither counts nor breaks anyone's view or outlook."""
    journal = opened()
    broken = act("ben", Offered(value=Note(text="hm"), expires=NOW), about="p9")
    early = act("ben", Asked(prompt=Note(text="?"), closes=NOW), about="r9", id_="e2")
    journal.append(broken, early, acting="ben")
    for reader in US.ids:
        view = look(journal, reader)
        assert view.all(Proposal) == ()
        assert view.all(Reveal) == ()
        assert outlook(view).awaiting == ()
        for kind, name in ((Proposal, "p9"), (Reveal, "r9")):
            with pytest.raises(UnknownStory, match=f"the id of a {kind.__name__} that this reader can see"):
                view.state(kind, name)
    alone = Proposal(id="p9", circle="c1", acts=(broken,))
    for ask in (lambda: alone.offer, lambda: alone.standing(at=NOW), lambda: alone.is_muted(by="ben", at=NOW)):
        with pytest.raises(UnknownStory):
            ask()
    with pytest.raises(UnknownStory):
        _ = Reveal(id="r9", circle="c1", acts=(early,)).closes
    with pytest.raises(NotYours):
        alone.withdraw(by="ben", at=NOW)


def asked(journal: MemoryJournal, *answers: str) -> Reveal:
    """Let ana ask, and some people answer."""
    reveal = Reveal.of(Note(text="?"), closes=CLOSES, id="r1", circle=US, by="ana", at=NOW)
    for who in answers:
        reveal = reveal.answer(f"from {who}", by=who, at=NOW)
    for each in reveal.acts:
        journal.append(each, acting=each.author)
    return reveal


def test_a_sealed_answer_cannot_be_tried_out() -> None:
    """Guessing another's answer exactly, at any claimed instant, is refused like guessing wrong."""
    journal = opened()
    reveal = asked(journal, *US.ids)
    answer = next(entry for entry in reveal.acts if entry.author == "ben")
    for at in (NOW, CLOSES, LATER):
        for guess in (answer, evolve(answer, body=Answered(text="no"))):
            with pytest.raises(NotYours) as refused:
                journal.append(guess.received(at), acting="ana")
            assert refused.value.args == ()


def test_another_question_does_not_open_a_reveal_sooner() -> None:
    """The first question stands; a later one under the same id that closes at once changes nothing."""
    journal = opened()
    asked(journal, "ana", "ben", "cy")
    sooner = Asked(prompt=Note(text="?"), closes=NOW.add(hours=2))
    journal.append(act("ben", sooner, at=NOW.add(hours=1), about="r1", id_="sooner"), acting="ben")
    assert {e.author for e in look(journal, "ben", NOW.add(hours=3)).entries(kind=Answered)} == {"ben"}
    assert {e.author for e in look(journal, "ben").entries(kind=Answered)} == set(US.ids)


def test_an_answer_to_a_reveal_of_ones_own_opens_nothing_else() -> None:
    """Sealing to another reveal, or about another one, opens nobody's answers."""
    journal = opened()
    asked(journal, "ana", "cy")
    mine = Asked(prompt=Note(text="?"), closes=NOW.add(hours=1))
    journal.append(act("ben", mine, about="mine", id_="ask"), acting="ben")
    strays = (("mine", "r1"), ("r1", "mine"), ("r1", None))
    for n, (seal, about) in enumerate(strays):
        stray = act("ben", Answered(text="hm"), audience=Sealed(seal), about=about, id_=f"s{n}")
        journal.append(stray, acting="ben")
    for at in (NOW.add(hours=2), LATER):
        assert {e.author for e in look(journal, "ben", at).entries(kind=Answered)} == {"ben"}
        assert {e.author for e in look(journal, "ana", at).entries(kind=Answered)} == {"ana"}


def test_a_newcomer_has_no_part_in_what_was_asked_before() -> None:
    """Answers open to those who were asked; whoever joined between asking and closing sees none of them."""
    journal = opened()
    reveal = asked(journal)
    for who in US.ids:
        journal.append(act(who, Welcomed(person="dee"), at=NOW.add(hours=1), id_="w"), acting=who)
    journal.append(act("dee", Joined(), at=NOW.add(hours=2), id_="j"), acting="dee")
    for who in US.ids:
        reveal = reveal.answer("hm", by=who, at=NOW.add(hours=3))
        journal.append(*(each for each in reveal.acts if each.author == who), acting=who)
    assert len(look(journal, "ana").entries(kind=Answered)) == 3
    view = look(journal, "dee")
    assert view.entries(kind=Answered) == ()
    assert view.all(Reveal) == ()
    with pytest.raises(NotYours):
        journal.append(act("ben", Answered(text="hm"), audience=Sealed("r1"), about="r1", id_="guess"), acting="dee")


def test_a_newcomer_is_not_drawn_into_an_older_proposal() -> None:
    """An offer, and every counter to it, concerns those who were there when it was made."""
    journal = opened()
    offered(journal)
    for who in US.ids:
        journal.append(act(who, Welcomed(person="dee"), at=NOW.add(hours=1), id_="w"), acting=who)
    journal.append(act("dee", Joined(), at=NOW.add(hours=2), id_="j"), acting="dee")
    p = look(journal, "ben").state(Proposal, "p1")
    p = p.counter(by="ben", offer=p.offer.id, value=Note(text="a call"), at=LATER)
    assert p.offer.people == US.ids
    with pytest.raises(NotYours):
        p.accept(by="dee", offer=p.offer.id, at=LATER)
    for who in ("ana", "cy"):
        p = p.accept(by=who, offer=p.offer.id, at=LATER)
    assert p.in_force(at=LATER) == Note(text="a call")
    assert look(journal, "dee").all(Proposal) == ()


def test_a_welcome_to_someone_who_is_there_is_no_welcome_back() -> None:
    """Coming back takes everyone's yes after one has left, not a yes kept in store."""
    journal = opened()
    journal.append(act("ana", Welcomed(person="cy"), id_="early"), acting="ana")
    journal.append(act("ben", Welcomed(person="cy"), id_="early"), acting="ben")
    journal.append(act("cy", Left(), at=NOW.add(hours=1), id_="bye"), acting="cy")
    with pytest.raises(NotAMember):
        journal.append(act("cy", Joined(), at=NOW.add(hours=2), id_="back"), acting="cy")
    for who in ("ana", "ben"):
        journal.append(act(who, Welcomed(person="cy"), at=NOW.add(hours=2), id_="late"), acting=who)
    journal.append(act("cy", Joined(), at=NOW.add(hours=2), id_="back"), acting="cy")
    assert look(journal, "cy").members == US.ids


def test_whoever_leaves_takes_their_welcomes_along() -> None:
    """A yes to a newcomer is not kept for one who left: when they are back, they are asked anew."""
    journal = opened()
    for who in ("ana", "ben", "cy"):
        journal.append(act(who, Welcomed(person="dee"), id_="dee"), acting=who)
    journal.append(act("cy", Left(), at=NOW.add(hours=1), id_="bye"), acting="cy")
    for who in ("ana", "ben"):
        journal.append(act(who, Welcomed(person="cy"), at=NOW.add(hours=2), id_="cy"), acting=who)
    journal.append(act("cy", Joined(), at=NOW.add(hours=2), id_="back"), acting="cy")
    coming = act("dee", Joined(), at=NOW.add(hours=3))
    with pytest.raises(NotAMember):
        journal.append(coming, acting="dee")
    journal.append(act("cy", Welcomed(person="dee"), at=NOW.add(hours=3), id_="again"), acting="cy")
    assert journal.append(coming, acting="dee") == (Stored("e1"),)


def test_leaving_can_be_sent_twice() -> None:
    """A retry of one's own leaving costs nothing, although one is no longer there."""
    journal = opened()
    left = act("cy", Left(), at=NOW.add(hours=1))
    assert journal.append(left, acting="cy") == (Stored("e1"),)
    assert journal.append(left, acting="cy") == (AlreadyThere("e1"),)
    with pytest.raises(NotAMember):
        journal.append(left.received(NOW.subtract(hours=1)), acting="cy")


def test_who_left_learns_nothing_of_what_came_after() -> None:
    """Whoever left sees the circle as it was then: later names, moves, joinings and leavings are not theirs."""
    journal = opened()
    journal.append(act("cy", Left(), at=NOW.add(hours=1), id_="bye"), acting="cy")
    for who in ("ana", "ben"):
        moved = Introduced(zone="Asia/Tokyo", name="New Name")
        journal.append(act(who, moved, at=NOW.add(hours=2), id_="moved"), acting=who)
        journal.append(act(who, Welcomed(person="dee"), at=NOW.add(hours=2), id_="w"), acting=who)
    journal.append(act("dee", Joined(), at=NOW.add(hours=3), id_="j"), acting="dee")
    with pytest.raises(NotYours):
        journal.append(act("dee", Joined(), at=NOW.add(hours=3), id_="j"), acting="cy")
    view = look(journal, "cy")
    assert view.names == {"ana": "Ana", "ben": "Ben", "cy": "Cy"}
    assert {person.zone_at(LATER) for person in view.people.values()} == {"UTC"}
    assert max(entry.at for entry in view.founding) == NOW.add(hours=1)
    assert view.members == ("ana", "ben")
    inside = look(journal, "ben")
    assert inside.names == {"ana": "New Name", "ben": "New Name", "dee": "dee"}
    assert inside.zone == "Asia/Tokyo"
    assert journal.append(act("cy", Left(), at=NOW.add(hours=1), id_="bye"), acting="ana") == (AlreadyThere("bye"),)


def test_a_newcomer_does_not_learn_where_people_lived_before() -> None:
    """Of an introduction before one came, only the latest is told, as of one's coming."""
    journal = opened()
    for hours, zone in ((1, "Asia/Tokyo"), (2, "Europe/Paris")):
        body = Introduced(zone=zone, name=f"in {zone}")
        journal.append(act("ana", body, at=NOW.add(hours=hours), id_=zone), acting="ana")
    for who in US.ids:
        journal.append(act(who, Welcomed(person="dee"), at=NOW.add(hours=3), id_="w"), acting=who)
    journal.append(act("dee", Joined(), at=NOW.add(hours=4), id_="j"), acting="dee")
    ana = look(journal, "dee").people["ana"]
    assert (ana.name, ana.zone, ana.moves) == ("in Europe/Paris", "Europe/Paris", ())
    assert len(look(journal, "ben").people["ana"].moves) == 2
    assert look(journal, "dee").zone == "UTC"


def test_ids_of_others_are_nobodys_business() -> None:
    """Using an id that another uses in private is free; a conflict is told about one's own entries only."""
    journal = opened()
    journal.append(act("ben", Note(text="mine"), audience=Private(), id_="diary"), acting="ben")
    assert journal.append(act("ana", Note(text="hers"), id_="diary"), acting="ana") == (Stored("diary"),)
    assert journal.append(act("ana", Note(text="other"), id_="diary"), acting="ana") == (IdConflict("diary"),)


def test_what_was_erased_cannot_be_put_back_by_anyone() -> None:
    """A replay by its author is told so; the same entry sent by another is refused as never seen."""
    journal = opened()
    note = act("ben", Note(text="mine"))
    journal.append(note, acting="ben")
    journal.erase("ben", acting="ben", at=LATER)
    assert journal.append(note, acting="ben") == (Erased("e1"),)
    with pytest.raises(NotYours):
        journal.append(note, acting="ana")


def test_quiet_and_its_end_are_its_authors() -> None:
    """Nobody ends or begins another's quiet."""
    quiet = Quiet.go(id="q1", circle=US, by="ben", at=NOW)
    for verb in (quiet.come_back, quiet.go_again):
        with pytest.raises(NotYours):
            verb(by="ana", at=NOW)
    assert quiet.go_again(by="ben", at=NOW) == quiet
    back = quiet.come_back(by="ben", at=LATER)
    assert back.come_back(by="ben", at=LATER) == back
    assert back.go_again(by="ben", at=LATER.add(days=1)).holds(at=LATER.add(days=1))
    assert not quiet.holds(at=NOW.subtract(days=1))


def test_an_act_after_a_private_one_has_the_id_it_would_have_had() -> None:
    """Muting first and accepting after all leaves no trace in the id of the yes."""
    p = Proposal.of(Note(text="a walk"), id="p1", circle=US, by="ana", at=NOW)
    plainly = p.accept(by="ben", offer=p.offer.id, at=LATER)
    after_muting = p.mute(by="ben", offer=p.offer.id, at=NOW).accept(by="ben", offer=p.offer.id, at=LATER)
    assert set(plainly.acts) < set(after_muting.acts)
    assert p.mute(by="ben", offer=p.offer.id, at=NOW).mute(by="ben", offer=p.offer.id, at=LATER).acts == (
        p.mute(by="ben", offer=p.offer.id, at=NOW).acts
    )


def test_one_id_may_stand_for_stories_of_several_types() -> None:
    """Whoever asks for one of them gets that one, in whatever order a view is asked."""
    journal = opened()
    offered(journal)
    quiet = Quiet.go(id="p1", circle="c1", by="ben", at=NOW)
    journal.append(*quiet.acts, acting="ben")
    for first, second in ((Proposal, Quiet), (Quiet, Proposal)):
        v = look(journal, "ben")
        assert [type(v.state(story, "p1")) for story in (first, second)] == [first, second]
        with pytest.raises(UnknownStory, match="a Reveal"):
            v.state(Reveal, "p1")
