"""Erasure: bodies and names go, agreements cease, dates without content and others' own words stay."""

import datetime as dt
import io
import pickle
import threading
from typing import Any, Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.errors import NotAMember, NotYours
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.journal import AlreadyThere, Erased
from reconnect.record.membership import Introduced, Joined, Left, Welcomed
from reconnect.record.memory import MemoryJournal
from reconnect.record.sealed import Answered
from reconnect.record.view import View
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
STEP: Final = dt.timedelta(hours=6)
SECRETS: Final = ("secret-name", "secret-note", "secret-offer", "secret-answer", "secret-private")
BEN: Final = Person(id="ben", zone="UTC", name=SECRETS[0])


def opened(*others: str) -> MemoryJournal:
    """Open a journal with ana, ben, and perhaps others."""
    journal = MemoryJournal(key=b"k")
    people = (Person(id="ana", zone="UTC", name="Ana"), BEN, *(Person(id=name, zone="UTC") for name in others))
    journal.found(Circle(id="c1", members=people), by="ana", at=NOW)
    return journal


def say(journal: MemoryJournal, by: str, id_: str, body: Any, at: pendulum.DateTime, **named: Any) -> None:  # noqa: ANN401 - what an entry has
    """Write one entry."""
    audience: Audience = named.pop("audience", Shared())
    entry = Entry(circle="c1", author=by, id=id_, at=at, body=body, audience=audience, **named)
    journal.append(entry, acting=by)


def agree(journal: MemoryJournal, name: str, by: str, text: str, at: pendulum.DateTime) -> None:
    """Let one offer and everyone accept."""
    p = Proposal.of(Note(text=text), id=name, circle="c1", by=by, at=at)
    journal.append(*p.acts, acting=by)
    for person in look(journal, "ana", at).members:
        p = look(journal, person, at).state(Proposal, name).accept(by=person, offer=p.offer.id, at=at)
        journal.append(*p.acts, acting=person)


def look(journal: MemoryJournal, who: str, at: pendulum.DateTime) -> View:
    """Look into the circle."""
    return journal.view(who, circle="c1", at=at)


def scanned(journal: MemoryJournal) -> bytes:
    """Write down everything that a journal holds in memory."""
    state = {name: value for name, value in vars(journal).items() if not isinstance(value, type(threading.RLock()))}
    target = io.BytesIO()
    pickle.Pickler(target).dump(state)
    return target.getvalue()


def lived(journal: MemoryJournal) -> None:
    """Let ben write everything one can write."""
    say(journal, "ben", "n1", Note(text=SECRETS[1]), NOW + STEP)
    say(journal, "ben", "n2", Note(text=SECRETS[4]), NOW + 3 * STEP, audience=Private())
    say(journal, "ben", "me", Introduced(zone="Asia/Tokyo", name=SECRETS[0]), NOW + STEP)
    agree(journal, "p1", "ben", SECRETS[2], NOW + STEP)
    agree(journal, "p2", "ana", "hers", NOW + STEP)
    reveal = Reveal.of(Note(text="?"), closes=NOW + 2 * STEP, id="r1", circle="c1", by="ana", at=NOW)
    journal.append(*reveal.acts, acting="ana")
    for who in ("ana", "ben"):
        text = SECRETS[3] if who == "ben" else "hers"
        say(journal, who, "a1", Answered(text=text), NOW + STEP, audience=Sealed("r1"), about="r1")
    say(journal, "ana", "n1", Note(text="ana's own words"), NOW + STEP)


def test_nothing_of_theirs_is_left_anywhere() -> None:
    """No body and no name of theirs is in the journal, in any view, or in any export."""
    journal = opened()
    lived(journal)
    assert all(secret.encode() in scanned(journal) for secret in SECRETS)
    journal.erase("ben", acting="ben", at=NOW + 4 * STEP)
    assert not any(secret.encode() in scanned(journal) for secret in SECRETS)
    for at in (NOW, NOW + STEP, NOW + 9 * STEP):
        view = look(journal, "ana", at)
        shown = pickle.dumps((view.visible, view.founding, dict(view.people), dict(view.names), view.ceased))
        assert not any(secret.encode() in shown for secret in SECRETS)
    assert {type(entry.body) for entry in journal.export("ben", acting="ben")} == {Left}
    assert look(journal, "ana", NOW + 9 * STEP).members == ("ana",)


def test_agreements_cease_and_their_dates_stay_without_content() -> None:
    """What needed them holds no more; the others can still see that something held, and when, and nothing else."""
    journal = opened()
    lived(journal)
    gone = NOW + 4 * STEP
    journal.erase("ben", acting="ben", at=gone)
    view = look(journal, "ana", NOW + 9 * STEP)
    held = Windows.of(Window(NOW + STEP, gone))
    assert {(ceased.about, ceased.held) for ceased in view.ceased} == {("p1", held), ("p2", held)}
    assert [p.in_force(at=gone) for p in view.all(Proposal)] == [None]
    assert view.state(Reveal, "r1").opened(at=gone) is None


def test_others_keep_their_own_words() -> None:
    """Notes, answers and offers of others stay theirs."""
    journal = opened()
    lived(journal)
    mine = journal.export("ana", acting="ana")
    journal.erase("ben", acting="ben", at=NOW + 4 * STEP)
    assert journal.export("ana", acting="ana") == mine


def test_replays_are_refused() -> None:
    """What was erased does not come back: not from its author, not from another, not in a merge."""
    journal, copy = opened(), opened()
    lived(journal)
    copy.merge(journal)
    entries = [entry for entry in journal.export("ben", acting="ben") if not isinstance(entry.body, Left)]
    journal.erase("ben", acting="ben", at=NOW + 4 * STEP)
    for entry in entries:
        assert journal.append(entry, acting="ben") == (Erased(entry.id),)
        with pytest.raises(NotYours):
            journal.append(entry, acting="ana")
    journal.merge(copy)
    assert not any(secret.encode() in scanned(journal) for secret in SECRETS)


@given(st.integers(-9, 9) | st.none())
def test_nothing_can_forbid_erasure(steps: int | None) -> None:
    """Whatever instant the host names, everything goes, and they are in the circle no longer."""
    journal = opened()
    lived(journal)
    journal.erase("ben", acting="ben", at=None if steps is None else NOW + steps * STEP)
    assert {type(entry.body) for entry in journal.export("ben", acting="ben")} == {Left}
    assert look(journal, "ana", NOW + 99 * STEP).members == ("ana",)
    kept = journal.export("ben", acting="ben")
    journal.erase("ben", acting="ben", at=NOW + 50 * STEP)
    assert journal.export("ben", acting="ben") == kept


def test_who_left_before_can_still_erase() -> None:
    """After leaving, erasing takes the words and leaves the dates; nobody leaves twice."""
    journal = opened("cy")
    lived(journal)
    say(journal, "ben", "bye", Left(), NOW + 2 * STEP)
    journal.erase("ben", acting="ben", at=NOW + 5 * STEP)
    assert not any(secret.encode() in scanned(journal) for secret in SECRETS)
    assert [entry.id for entry in journal.export("ben", acting="ben")] == ["bye"]


def test_dates_are_for_those_who_were_there() -> None:
    """A newcomer is not told of agreements that had ceased before they came."""
    journal = opened("cy")
    agree(journal, "p1", "ben", SECRETS[2], NOW + STEP)
    journal.erase("ben", acting="ben", at=NOW + 2 * STEP)
    for who in ("ana", "cy"):
        say(journal, who, "w", Welcomed(person="dee"), NOW + 3 * STEP)
    say(journal, "dee", "j", Joined(), NOW + 3 * STEP)
    assert [ceased.about for ceased in look(journal, "cy", NOW + 4 * STEP).ceased] == ["p1"]
    assert look(journal, "dee", NOW + 4 * STEP).ceased == ()


def test_a_failed_erasure_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything goes, or nothing: an erasure that breaks in the middle can simply be asked for again."""
    journal = opened()
    lived(journal)
    before = sorted(journal.everything(), key=lambda entry: (entry.author, entry.id))

    def broken(_journal: MemoryJournal, _entry: Entry) -> None:
        raise TimeoutError

    monkeypatch.setattr(MemoryJournal, "_keep", broken)
    with pytest.raises(TimeoutError):
        journal.erase("ben", acting="ben", at=NOW + 4 * STEP)
    monkeypatch.undo()
    assert sorted(journal.everything(), key=lambda entry: (entry.author, entry.id)) == before
    assert look(journal, "ana", NOW + 9 * STEP).ceased == ()
    note = next(entry for entry in before if entry.author == "ben" and isinstance(entry.body, Note))
    assert journal.append(note, acting="ben") == (AlreadyThere(note.id),)
    journal.erase("ben", acting="ben", at=NOW + 4 * STEP)
    assert not any(secret.encode() in scanned(journal) for secret in SECRETS)


def test_only_oneself() -> None:
    """Nobody erases another, whether or not there is anything to erase."""
    journal = opened()
    for person in ("ben", "nobody"):
        with pytest.raises(NotYours):
            journal.erase(person, acting="ana")
    journal.erase("nobody", acting="nobody")
    with pytest.raises(NotAMember):
        look(journal, "nobody", NOW)


def test_a_reveal_closes_again_when_an_answer_is_erased() -> None:
    """What opened together rests on everyone's answer: without one of them, each keeps their own and no other."""
    journal = opened("cy")
    asked = Reveal.of(Note(text="?"), closes=dt.timedelta(hours=1), id="r1", circle="c1", by="ana", at=NOW)
    journal.append(*asked.acts, acting="ana")
    for who in ("ana", "ben", "cy"):
        said = look(journal, who, NOW).state(Reveal, "r1").answer(f"by {who}", by=who, at=NOW)
        journal.append(*said.acts_of(who), acting=who)
    after = NOW.add(hours=2)
    assert list(look(journal, "cy", after).state(Reveal, "r1").opened(at=after) or ()) == ["ana", "ben", "cy"]
    journal.erase("ben", acting="ben", at=after)
    v = look(journal, "cy", after.add(hours=1))
    assert v.state(Reveal, "r1").opened(at=v.at) is None
    assert [entry.author for entry in v.entries(kind="reveal.answered")] == ["cy"]
