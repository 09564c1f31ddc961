"""A hostile partner knows the API: each path ends in the stated refusal, and teaches nothing."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from attrs import frozen
from tests.primitives.boundary.agreed import DAY, HOUR, NOW, TICK, agreed, circle

import reconnect as rc
from reconnect.edges.testing.twins import assert_alike, shown
from reconnect.errors import InvalidAudience, NotAMember, NotOpen, NotYet, NotYours, ReconnectError
from reconnect.primitives.boundary.acts import BaselineLeft, LayerAdded, LayerDropped, Stung
from reconnect.record.entry import Audience
from reconnect.record.kind import Body

LIGHT = rc.DepthLimit(deepest=1)
MINE = rc.ByConsent()
DEEP = rc.AskQuestion(by="ben", toward="ana", depth=3)
HUG = rc.ComeClose(by="ben", toward="ana", gesture="hug")


def entry(body: Body, *, by: str, id_: str = "x1", about: str = "b1", audience: Audience | None = None) -> rc.Entry:
    """Return an act that no verb looked at."""
    heard = rc.Shared() if audience is None else audience
    return rc.Entry(circle="c1", author=by, id=id_, at=NOW + HOUR, body=body, audience=heard, about=about)


def journal(*private: Body) -> rc.MemoryJournal:
    """Return a journal with a baseline, a layer of ana's, and what ana kept private."""
    found = rc.MemoryJournal(key=b"k" * 32)
    found.found(circle(), by="ana", at=NOW)
    p = agreed([LIGHT])
    for person in ("ana", "ben"):
        found.append(*p.acts_of(person), acting=person)
    b = rc.Boundaries.agree(p, id="b1", by="ana", at=NOW).add_layer(MINE, by="ana", at=NOW)
    found.append(*(act for act in b.acts_of("ana") if act.about == "b1"), acting="ana")
    for number, body in enumerate(private):
        found.append(entry(body, by="ana", id_=f"own{number}", audience=rc.Private()), acting="ana")
    return found


def seen(found: rc.Journal, by: str = "ben", *, after: Any = HOUR) -> rc.Boundaries:  # noqa: ANN401 - a length of time
    """Return the boundaries as somebody sees them."""
    return found.view(by, circle="c1", at=NOW + after).state(rc.Boundaries, "b1")


def test_nobody_drops_what_protects_another() -> None:
    """The verb refuses, and an act in one's own name about another's layer does nothing at all."""
    found = journal()
    b = seen(found)
    with pytest.raises(NotYours):
        b.drop(MINE, by="ben", at=NOW + HOUR)
    names = frozenset(act.id for act in b.acts)
    offers = frozenset({agreed([LIGHT]).offer.id})
    tries: list[Body] = [LayerDropped(rule=MINE, layers=names), BaselineLeft(offers=offers)]
    for number, body in enumerate(tries):
        found.append(entry(body, by="ben", id_=f"try{number}"), acting="ben")
    after = seen(found, "ana")
    assert after.ruling(HUG, at=NOW + HOUR).ask_first == {"ana"}
    assert after.ruling(DEEP, at=NOW + HOUR).deny


def test_nobody_writes_in_anothers_name() -> None:
    """A forged drop, a forged layer and a forged leaving are refused in the same words, whatever is there."""
    for found in (journal(), journal(rc.Note(text="I am afraid"))):
        mine = seen(found).acts_of("ana")[-1]
        forged = (
            entry(LayerDropped(rule=MINE, layers=frozenset({mine.id})), by="ana"),
            entry(LayerAdded(rule=rc.NoReplyExpected()), by="ana"),
            entry(BaselineLeft(offers=frozenset({"o1"})), by="ana"),
            entry(Stung(), by="ana", id_="own0"),
        )
        for act in forged:
            with pytest.raises(NotYours) as refusal:
                found.append(act, acting="ben")
            assert str(refusal.value) == "expected something of your own: nobody acts in another person's name"
        assert seen(found, "ana").layers(of="ana", at=NOW + HOUR)[0].rule == MINE


def test_whoever_adds_a_layer_protects_themselves() -> None:
    """There is no argument for whose layer it is, and it binds others in nothing but what is directed at its owner."""
    b = seen(journal()).add_layer(rc.NoReplyExpected(), by="ben", at=NOW + HOUR)
    assert b.ruling(rc.ExpectReply(by="ben", toward="ana"), at=NOW + HOUR).permits
    assert b.ruling(rc.ExpectReply(by="ana", toward="cleo"), at=NOW + HOUR).permits
    assert b.ruling(rc.ExpectReply(by="ana", toward="ben"), at=NOW + HOUR).deny


def test_no_rule_forbids_a_pause() -> None:
    """However strict a rule is, and whoever brought it along, what nobody can forbid is permitted."""

    @rc.register
    @frozen
    class Never:
        kind: ClassVar[str] = "test.never"

        def ruling(self, action: rc.Action, *, at: Any, told: rc.Told) -> rc.Ruling:  # noqa: ANN401, ARG002 - a hostile rule
            return rc.Ruling(deny=True)

    b = seen(journal()).add_layer(Never(), by="ben", at=NOW + HOUR)
    assert b.ruling(rc.MakeContact(by="ana", toward="ben"), at=NOW + HOUR).deny
    for what in rc.Undenied:
        assert b.ruling(rc.Undeniable(by="ana", what=what, toward="ben"), at=NOW + HOUR) == rc.Ruling()
    with pytest.raises(ReconnectError, match="nobody can forbid"):
        rc.OwnAction(by="ana", toward="ben", name="leave")


def test_a_yes_that_somebody_was_talked_into_gains_nothing() -> None:
    """For a day the old baseline goes on beside the new one, and a withdrawal makes it as if never said."""
    found = journal()
    view = found.view("ben", circle="c1", at=NOW + DAY)
    p = view.offer(rc.Baseline(rules=()), id="p2", about="b1", at=NOW + DAY)
    found.append(*p.acts_of("ben"), acting="ben")
    p = found.view("ana", circle="c1", at=NOW + DAY).state(rc.Proposal, "p2")
    p = p.accept(by="ana", offer=p.offer.id, at=NOW + DAY)
    found.append(*p.acts_of("ana"), acting="ana")
    assert seen(found, after=2 * DAY - TICK).ruling(DEEP, at=NOW + 2 * DAY - TICK).deny
    p = p.withdraw(by="ana", at=NOW + 2 * DAY - TICK)
    found.append(*p.acts_of("ana"), acting="ana")
    b = seen(found, after=30 * DAY)
    assert b.ruling(DEEP, at=NOW + 30 * DAY).deny
    assert [each.baseline.rules for each in b.history(at=NOW + 30 * DAY)] == [(LIGHT,)]
    with pytest.raises(NotYet):
        found.view("ben", circle="c1", at=NOW + 3 * DAY).offer(rc.Baseline(rules=()), id="p3", about="b1")


def test_nobody_ends_anothers_protection_by_going() -> None:
    """Withdrawing, leaving and erasing oneself take nothing that protects another."""
    p = agreed([LIGHT])
    out, left, gone = journal(), journal(), journal()
    out.append(*p.withdraw(by="ben", at=NOW + HOUR).acts_of("ben"), acting="ben")
    goodbye = rc.Entry(circle="c1", author="ben", id="bye", at=NOW + HOUR, body=rc.Left(), audience=rc.Shared())
    left.append(goodbye, acting="ben")
    gone.erase("ben", acting="ben", at=NOW + HOUR)
    for found in (out, left, gone):
        b = seen(found, "ana")
        assert set(b.rules(of="ana", at=NOW + HOUR)) == {LIGHT, MINE}
        assert {layer.rule for layer in b.layers(of="ana", at=NOW + HOUR)} == {LIGHT, MINE}


def test_nobody_upholds_anything_for_another() -> None:
    """What somebody keeps protects them alone, and nobody outside can agree at all."""
    with pytest.raises(NotYours):
        rc.Boundaries.agree(agreed([LIGHT]), id="b1", by="cleo", at=NOW)
    b = seen(journal()).uphold(by="ben", at=NOW + HOUR)
    with pytest.raises(NotAMember):
        b.add_layer(LIGHT, by="cleo", at=NOW + HOUR)


def test_nobody_binds_another_in_secret() -> None:
    """What binds another is shared from the start: a layer that only its owner sees cannot be written."""
    with pytest.raises(InvalidAudience):
        entry(LayerAdded(rule=LIGHT), by="ben", audience=rc.Private())
    cap = rc.NudgeCap(most=0)
    with pytest.raises(InvalidAudience):
        entry(cap, by="ana", audience=rc.Shared())


PROBES: dict[str, Callable[[rc.Boundaries], object]] = {
    "dropping another's": lambda b: b.drop(MINE, by="ben", at=NOW + HOUR),
    "dropping what nobody has": lambda b: b.drop(rc.NoReplyExpected(), by="ben", at=NOW + HOUR),
    "dropping the baseline's": lambda b: b.drop(LIGHT, by="ben", at=NOW + HOUR),
    "good news of another's": lambda b: b.mark_kept(MINE, by="ben", at=NOW + HOUR),
    "reaching someone who is not there": lambda b: b.contacted("cleo", by="ben", at=NOW + HOUR),
    "asking to hug": lambda b: b.ruling(HUG, at=NOW + HOUR),
    "asking to ask": lambda b: b.ruling(DEEP, at=NOW + HOUR),
}


def probed(found: rc.Journal) -> list[str]:
    """Return what each probe shows, a refusal or an answer."""
    told: list[str] = []
    for probe in PROBES.values():
        try:
            told.append(shown(probe(seen(found))))
        except ReconnectError as refusal:
            told.append(shown(refusal))
    return told


def test_probing_teaches_nothing_of_what_another_keeps_private() -> None:
    """Each probe gives the same bytes whatever another wrote privately, a nudge cap of none among it."""
    plain, private = journal(), journal(rc.NudgeCap(most=0), rc.Note(text="I am afraid"))
    assert probed(plain) == probed(private)
    refused = [text for text in probed(plain) if text.startswith("Not")]
    assert [text.split("(")[0] for text in refused] == ["NotYours", "NotOpen", "NotOpen", "NotYours", "NotAMember"]
    assert_alike(plain, private, reader="ben", circle="c1", at=[NOW + HOUR], ids=["b1", "own0", "own1"])


def test_a_rule_of_the_baseline_is_no_layer() -> None:
    """It is left as a whole, or agreed anew."""
    with pytest.raises(NotOpen, match="a layer of your own"):
        seen(journal()).drop(LIGHT, by="ben", at=NOW + HOUR)
