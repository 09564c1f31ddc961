"""Boundaries by example: baselines that come, change and end, layers of one's own, rulings, and what is refused."""

import datetime as dt
from typing import Any

import pendulum
import pytest
from attrs import evolve
from tests.primitives.boundary.agreed import DAY, HOUR, MINUTE, NOW, TICK, add, agreed, begin, circle, knowing

import reconnect as rc
from reconnect.consent.offer import Declined, Withdrawn
from reconnect.errors import InvalidBoundary, NotAMember, NotInForce, NotOpen, NotYours, UnknownStory
from reconnect.primitives.boundary.acts import Kept, LayerDropped, Upheld
from reconnect.record.entry import Entry, Shared
from reconnect.record.membership import Left
from reconnect.record.story import merge

HELLO = rc.MakeContact(by="ben", toward="ana")
HUG = rc.ComeClose(by="ben", toward="ana", gesture="hug")
DEEP = rc.AskQuestion(by="ben", toward="ana", depth=3)
LIGHT = rc.DepthLimit(deepest=1)


def test_a_baseline_protects_everyone_who_agreed_from_the_last_yes_on() -> None:
    """It does nothing before, and then it protects each of them alike."""
    b = begin([LIGHT])
    back = rc.AskQuestion(by="ana", toward="ben", depth=3)
    assert b.ruling(DEEP, at=NOW - TICK).permits
    assert b.ruling(DEEP, at=NOW).deny
    assert b.ruling(back, at=NOW).deny
    assert b.ruling(DEEP, at=NOW).reasons == ("boundary.depth_limit",)


def test_a_baseline_needs_everyones_yes_and_to_be_about_these_boundaries() -> None:
    """Without the last yes there is none, and neither is there one from a proposal about something else."""
    open_ = rc.Proposal.of(rc.Baseline(rules=(LIGHT,)), id="p1", circle=circle(), by="ana", at=NOW, about="b1")
    elsewhere = rc.Proposal.of(rc.Baseline(rules=(LIGHT,)), id="p1", circle=circle(), by="ana", at=NOW)
    elsewhere = elsewhere.accept(by="ben", offer=elsewhere.offer.id, at=NOW)
    note = rc.Proposal.of(rc.Note(text="a walk"), id="p1", circle=circle(), by="ana", at=NOW, about="b1")
    note = note.accept(by="ben", offer=note.offer.id, at=NOW)
    for p in (open_, elsewhere, note):
        with pytest.raises(NotInForce):
            rc.Boundaries.agree(p, id="b1", by="ana", at=NOW)
    with pytest.raises(NotYours):
        rc.Boundaries.agree(agreed([LIGHT]), id="b1", by="eve", at=NOW)
    assert not knowing(rc.Boundaries(id="b1", circle="c1"), note).has_begun


def test_a_baseline_may_be_empty() -> None:
    """To agree on no rules for now is an agreement, too."""
    b = begin([])
    assert b.baselines(at=NOW) == (rc.Baseline(rules=()),)
    assert b.ruling(DEEP, at=NOW).permits


def test_a_baseline_that_lapses_stays_with_each_of_them_until_they_drop_it() -> None:
    """Nobody loses protection by a date in a calendar."""
    b = begin([LIGHT], lasts=DAY)
    later = NOW + 2 * DAY
    assert b.baselines(at=later) == ()
    assert b.layers(of="ana", at=later) == (rc.Layer(owner="ana", rule=LIGHT, since=NOW + DAY),)
    dropped = b.drop(LIGHT, by="ana", at=later)
    assert dropped.ruling(DEEP, at=later).permits
    assert dropped.rules(of="ben", at=later) == (LIGHT,)


def test_what_was_dropped_while_the_baseline_held_is_not_dropped_once_it_ends() -> None:
    """A drop that no verb looked at is none before the rule is one's own, and none afterwards."""
    b, names = begin([LIGHT], lasts=DAY), frozenset({agreed([LIGHT], lasts=DAY).offer.id})
    for at, stays in ((NOW + HOUR, (LIGHT,)), (NOW + DAY - TICK, (LIGHT,)), (NOW + DAY, ())):
        early = add(b, LayerDropped(rule=LIGHT, layers=names), by="ana", at=at)
        assert early.rules(of="ana", at=NOW + 2 * DAY) == stays


def test_when_somebody_withdraws_it_stays_with_the_others() -> None:
    """Taking back one's own yes takes away one's own protection, and nobody else's."""
    p = agreed([LIGHT])
    b = knowing(begin([LIGHT]), p.withdraw(by="ben", at=NOW + 2 * DAY))
    assert b.rules(of="ben", at=NOW + 2 * DAY) == ()
    assert b.rules(of="ana", at=NOW + 2 * DAY) == (LIGHT,)


def test_a_no_after_ones_own_yes_counts_as_a_withdrawal() -> None:
    """A second phone that says no ends the baseline for its owner, and leaves it with the others."""
    p = agreed([LIGHT])
    no = Entry(
        circle="c1",
        author="ben",
        id="no",
        at=NOW + HOUR,
        body=Declined(offer=p.offer.id),
        audience=Shared(),
        about="p1",
    )
    b = evolve(begin([LIGHT]), acts=(*begin([LIGHT]).acts, no))
    assert (b.rules(of="ben", at=NOW + HOUR), b.rules(of="ana", at=NOW + HOUR)) == ((), (LIGHT,))


def test_when_somebody_leaves_the_circle_it_stays_with_the_others() -> None:
    """Whoever goes takes nothing with them that protects another."""
    b = begin([LIGHT], people=3)
    gone = Entry(circle="c1", author="cleo", id="gone", at=NOW + HOUR, body=Left(), audience=Shared())
    b = evolve(b, founding=(*b.founding, gone))
    found = [b.rules(of=person, at=NOW + HOUR) for person in ("ana", "ben", "cleo")]
    assert found == [(LIGHT,), (LIGHT,), ()]


def test_leaving_the_baseline_is_done_alone_and_leaves_it_to_the_others() -> None:
    """It ends what the baseline does for oneself, at once, and never what it does for another."""
    b = begin([LIGHT]).leave(by="ana", at=NOW + HOUR)
    assert b.rules(of="ana", at=NOW + HOUR) == ()
    assert b.rules(of="ben", at=NOW + HOUR) == (LIGHT,)
    assert b.leave(by="ana", at=NOW + HOUR) == b
    assert b.rules(of="ana", at=NOW + 100 * DAY) == ()


def test_another_persons_erasure_takes_nothing_from_what_one_keeps_in_ones_own_words() -> None:
    """After an erasure the offer is gone, and what each person upheld protects them still, until they drop it."""
    b = begin([LIGHT])
    alone = evolve(b, acts=tuple(act for act in b.acts if act.author != "ana"))
    assert alone.baselines(at=NOW) == ()
    assert alone.layers(of="ben", at=NOW) == (rc.Layer(owner="ben", rule=LIGHT, since=NOW),)
    assert alone.drop(LIGHT, by="ben", at=NOW).rules(of="ben", at=NOW) == ()


def test_what_was_given_up_before_an_erasure_does_not_come_back() -> None:
    """Whoever had left, withdrawn or dropped it by then is not given it again."""
    b, later = begin([LIGHT], lasts=2 * DAY), NOW + 3 * DAY
    told = [
        b.leave(by="ben", at=NOW + HOUR),
        knowing(b, agreed([LIGHT], lasts=2 * DAY).withdraw(by="ben", at=NOW + HOUR)),
        b.drop(LIGHT, by="ben", at=later),
    ]
    for story in told:
        alone = evolve(story, acts=tuple(act for act in story.acts if act.author != "ana"))
        assert alone.rules(of="ben", at=later) == ()


def test_old_and_new_both_apply_for_a_day() -> None:
    """A yes that somebody was talked into loosens nothing yet, and can be taken back without a trace of it."""
    since = NOW + 10 * DAY
    strict, loose = begin([LIGHT, rc.ByConsent()]), agreed([rc.NoReplyExpected()], id="p2", at=since)
    b = knowing(strict, loose)
    reply = rc.ExpectReply(by="ben", toward="ana")
    for at in (since, since + 24 * HOUR - TICK):
        assert b.ruling(DEEP, at=at).deny
        assert b.ruling(reply, at=at).deny
        assert len(b.baselines(at=at)) == 2
    assert b.changes_at(DEEP, at=since) == since + 24 * HOUR
    assert b.ruling(DEEP, at=since + 24 * HOUR).permits
    assert b.ruling(HUG, at=since + 24 * HOUR).permits
    back = knowing(b, loose.withdraw(by="ana", at=since + 24 * HOUR - TICK))
    for at in (since + 24 * HOUR - TICK, since + 24 * HOUR, since + 50 * DAY):
        assert back.ruling(DEEP, at=at).deny
        assert back.ruling(reply, at=at).permits
        assert back.baselines(at=at) == strict.baselines(at=at)


def test_a_withdrawal_at_the_very_end_of_the_day_still_counts_and_one_later_does_not() -> None:
    """At one instant what protects comes out on top."""
    since = NOW + 10 * DAY
    strict, loose = begin([LIGHT]), agreed([], id="p2", at=since)
    for passed, denied in ((24 * HOUR, True), (24 * HOUR + TICK, False)):
        b = knowing(strict, loose.withdraw(by="ana", at=since + passed))
        assert knowing(b, loose).ruling(DEEP, at=since + 2 * DAY).deny is denied


def test_a_loose_baseline_that_lapses_within_the_day_takes_nobodys_place() -> None:
    """A short agreement is no way around a long one."""
    b = knowing(begin([LIGHT]), agreed([], id="p2", at=NOW + DAY, lasts=HOUR))
    assert b.ruling(DEEP, at=NOW + 3 * DAY).deny


def test_the_first_baseline_waits_for_nothing() -> None:
    """Where nothing is replaced, withdrawing leaves it with the others like any other end."""
    p = agreed([LIGHT])
    b = knowing(begin([LIGHT]), p.withdraw(by="ben", at=NOW + HOUR))
    assert b.rules(of="ana", at=NOW + HOUR) == (LIGHT,)


def test_a_baseline_that_ended_before_is_not_replaced() -> None:
    """What a baseline left to somebody is theirs, and a new agreement does not take it."""
    b = knowing(begin([LIGHT], lasts=DAY), agreed([], id="p2", at=NOW + 2 * DAY))
    assert b.layers(of="ana", at=NOW + 5 * DAY) == (rc.Layer(owner="ana", rule=LIGHT, since=NOW + DAY),)


def test_two_baselines_of_one_instant_both_apply() -> None:
    """Where nobody can say which came later, neither takes the other's place."""
    b = knowing(begin([LIGHT]), agreed([rc.ByConsent()], id="p2"))
    assert b.ruling(DEEP, at=NOW + 2 * DAY).deny
    assert b.ruling(HUG, at=NOW + 2 * DAY).ask_first == {"ana"}


def test_a_newcomer_whom_the_newer_baseline_does_not_name_keeps_the_older_one() -> None:
    """A baseline takes the place of another only for those who said yes to it."""
    early = rc.Proposal.of(rc.Baseline(rules=()), id="p2", circle=circle(), by="ana", at=NOW, about="b1")
    founding = list(early.founding)
    for person in ("ana", "ben"):
        body = rc.Welcomed(person="fay")
        founding.append(Entry(circle="c1", author=person, id="hello", at=NOW + HOUR, body=body, audience=Shared()))
    joined = Entry(circle="c1", author="fay", id="in", at=NOW + HOUR, body=rc.Joined(), audience=Shared())
    circle_acts = (*founding, joined)
    p = evolve(agreed([LIGHT], at=NOW + 2 * HOUR), founding=circle_acts)
    p = evolve(p, acts=p.acts[:1])
    for person in ("ben", "fay"):
        p = p.accept(by=person, offer=p.offer.id, at=NOW + 2 * HOUR)
    early = evolve(early, founding=circle_acts).accept(by="ben", offer=early.offer.id, at=NOW + 3 * HOUR)
    b = rc.Boundaries(id="b1", circle="c1", acts=(*p.acts, *early.acts), founding=circle_acts)
    later = NOW + 3 * DAY
    assert [b.rules(of=person, at=later) for person in ("ana", "ben", "fay")] == [(), (), (LIGHT,)]
    assert len(b.baselines(at=later)) == 2


def test_history_tells_what_was_agreed_and_why() -> None:
    """Every version is there to be read, with its why; one that was as if never accepted is not."""
    since = NOW + 10 * DAY
    first = rc.Boundaries.agree(agreed([LIGHT], why="to go slowly"), id="b1", by="ana", at=NOW)
    loose = agreed([], id="p2", at=since, why="we are fine")
    b = knowing(first, loose)
    assert [(each.why, each.since, each.until) for each in b.history(at=since + 9 * DAY)] == [
        ("to go slowly", NOW, since + DAY),
        ("we are fine", since, since + 90 * DAY),
    ]
    assert [each.why for each in b.history(at=NOW)] == ["to go slowly"]
    back = knowing(b, loose.withdraw(by="ben", at=since + HOUR))
    assert [each.why for each in back.history(at=since + DAY)] == ["to go slowly"]
    assert "slowly" not in repr(b)


def test_a_layer_is_added_and_dropped_alone_and_once_is_enough() -> None:
    """No proposal, no yes, no reason; saying it again changes nothing."""
    b = rc.Boundaries.of(LIGHT, id="b1", circle=circle(), by="ana", at=NOW)
    assert b.add_layer(LIGHT, by="ana", at=NOW + HOUR) == b
    assert b.rules(of="ben", at=NOW) == ()
    gone = b.drop(LIGHT, by="ana", at=NOW)
    assert gone.rules(of="ana", at=NOW) == ()
    again = gone.add_layer(LIGHT, by="ana", at=NOW + HOUR)
    assert again.rules(of="ana", at=NOW + HOUR) == (LIGHT,)


def test_a_drop_takes_away_what_its_author_saw_and_nothing_else() -> None:
    """A rule that was added on another phone at the very same instant stays until it is seen and dropped."""
    empty = rc.Boundaries.of(rc.ByConsent(), id="b1", circle=circle(), by="ana", at=NOW)
    here, there = empty.add_layer(LIGHT, by="ana", at=NOW), empty.stung(by="ana", at=NOW)
    there = there.add_layer(LIGHT, by="ana", at=NOW + HOUR)
    dropped = merge(here.drop(LIGHT, by="ana", at=NOW + HOUR), there)
    assert LIGHT in dropped.rules(of="ana", at=NOW + HOUR)
    assert LIGHT not in dropped.drop(LIGHT, by="ana", at=NOW + HOUR).rules(of="ana", at=NOW + HOUR)


def test_a_drop_that_a_clock_put_before_its_layer_still_ends_it() -> None:
    """Two hosts may disagree on the time; what was seen and dropped does not come back."""
    b = rc.Boundaries.of(LIGHT, id="b1", circle=circle(), by="ana", at=NOW)
    early = add(b, LayerDropped(rule=LIGHT, layers=frozenset({b.acts[0].id})), by="ana", at=NOW - HOUR)
    assert early.rules(of="ana", at=NOW) == ()
    assert not early.has_begun


def test_dropping_a_layer_leaves_the_baseline_in_place() -> None:
    """What everyone agreed on is left as a whole, or not at all."""
    b = begin([LIGHT]).add_layer(LIGHT, by="ana", at=NOW)
    b = b.drop(LIGHT, by="ana", at=NOW + HOUR)
    assert b.ruling(DEEP, at=NOW + HOUR).deny
    with pytest.raises(NotOpen):
        b.drop(LIGHT, by="ana", at=NOW + HOUR)


def test_upholding_says_nothing_twice_and_nothing_for_outsiders() -> None:
    """Each person keeps each baseline once."""
    b = begin([LIGHT])
    assert len([act for act in b.acts if isinstance(act.body, Upheld)]) == 2
    assert b.uphold(by="ana", at=NOW + HOUR) == b
    assert b.uphold(by="eve", at=NOW) == b


def test_someone_who_is_not_in_the_circle_adds_nothing() -> None:
    """A layer is for those who are here."""
    b = begin([LIGHT])
    with pytest.raises(NotAMember):
        b.add_layer(LIGHT, by="eve", at=NOW)
    with pytest.raises(NotAMember):
        b.contacted("eve", by="ana", at=NOW)
    with pytest.raises(InvalidBoundary, match="with oneself"):
        b.contacted("ana", by="ana", at=NOW)


def test_good_news_has_no_denominator() -> None:
    """What was kept is told by the one it protects; nothing says how often it was not."""
    b = begin([LIGHT]).mark_kept(LIGHT, by="ana", at=NOW + HOUR)
    assert b.kept(at=NOW + HOUR) == (rc.GoodNews(by="ana", rule=LIGHT, at=NOW + HOUR),)
    assert b.kept(at=NOW) == ()
    with pytest.raises(NotYours):
        b.mark_kept(rc.ByConsent(), by="ana", at=NOW + HOUR)
    forged = add(b, Kept(rule=rc.ByConsent()), by="ben", at=NOW + HOUR)
    assert forged.kept(at=NOW + HOUR) == b.kept(at=NOW + HOUR)


def test_asking_does_not_clear_waiting() -> None:
    """During a cooldown a hug still waits, even after a yes to asking."""
    b = begin([rc.ByConsent(), rc.Cooldown()]).heated(by="ben", at=NOW)
    ruling = b.ruling(HUG, at=NOW + MINUTE)
    assert ruling.ask_first == {"ana"}
    assert ruling.not_before == NOW + 20 * MINUTE
    assert ruling.reasons == ("boundary.by_consent", "boundary.cooldown")


def test_a_rule_of_an_unknown_kind_asks_its_owner() -> None:
    """A newer app may have added a rule that this one cannot read: nothing of its protection is lost."""
    b = rc.Boundaries.of(rc.UnknownBody(name="newer.rule", payload="{}"), id="b1", circle=circle(), by="ana", at=NOW)
    ruling = b.ruling(HELLO, at=NOW)
    assert (ruling.ask_first, ruling.reasons) == (frozenset({"ana"}), ("boundary.own_rule",))


def test_what_is_no_rule_and_no_action_is_refused() -> None:
    """The refusal names a type and nothing that was written."""
    b = begin([LIGHT])
    note: Any = rc.Note(text="a secret")
    for refused in (
        lambda: b.add_layer(note, by="ana", at=NOW),
        lambda: rc.Baseline(rules=(note,)),
        lambda: b.ruling(note, at=NOW),
        lambda: Upheld(proposal="p1", offer="o1", baseline=note),
        lambda: LayerDropped(rule=LIGHT, layers=frozenset()),
        lambda: LayerDropped(rule=LIGHT, layers=("x1",)),  # type: ignore[arg-type]  # wrong on purpose
    ):
        with pytest.raises(InvalidBoundary) as refusal:
            refused()
        assert "secret" not in str(refusal.value)


def test_a_baseline_is_the_same_in_whatever_order_its_rules_come() -> None:
    """Equal rules are one rule, and equal baselines are equal values."""
    assert rc.Baseline(rules=(LIGHT, rc.ByConsent(), LIGHT)) == rc.Baseline(rules=(rc.ByConsent(), LIGHT))


def test_a_view_finds_boundaries_with_the_proposals_about_them() -> None:
    """With a journal there is nothing to merge by hand, and all boundaries of a circle are asked at once."""
    journal = rc.MemoryJournal(key=b"k" * 32)
    journal.found(circle(), by="ana", at=NOW)
    p, mine = agreed([LIGHT]), rc.Boundaries.of(rc.ByConsent(), id="b2", circle="c1", by="ana", at=NOW)
    for person in ("ana", "ben"):
        journal.append(*p.acts_of(person), *mine.acts_of(person), acting=person)
    aside = rc.Proposal.of(rc.Note(text="a walk"), id="p9", circle="c1", by="ana", at=NOW)
    journal.append(*aside.acts, acting="ana")
    view = journal.view("ben", circle="c1", at=NOW)
    assert view.state(rc.Boundaries, "b1").rules(of="ana", at=NOW) == (LIGHT,)
    assert rc.ruled(view, DEEP).deny
    assert rc.ruled(view, HUG).ask_first == {"ana"}
    assert rc.ruled(view, rc.Undeniable(by="ben", what=rc.Undenied.PAUSE)).permits
    with pytest.raises(UnknownStory):
        view.state(rc.Boundaries, "b3")
    journal.append(
        Entry(
            circle="c1",
            author="ben",
            id="out",
            at=NOW + HOUR,
            body=Withdrawn(offer=p.offer.id),
            audience=Shared(),
            about="p1",
        ),
        acting="ben",
    )
    later = journal.view("ana", circle="c1", at=NOW + HOUR)
    assert [layer.rule for layer in later.state(rc.Boundaries, "b1").layers(of="ana", at=NOW + HOUR)] == [LIGHT]


def test_nothing_of_a_ruling_grows_with_the_layers_of_others() -> None:
    """A ruling looks at those whom an act is directed at, and at what holds now."""
    b = begin([LIGHT])
    asked: list[str] = []

    class Listening(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as a dict does
            asked.append(key)
            return super().get(key, default)

    fold = b._fold  # noqa: SLF001 - to see what it looks at
    fold.shelters = Listening(fold.shelters)
    b.ruling(DEEP, at=NOW)
    b.ruling(DEEP, at=NOW + HOUR)
    assert asked == ["ana"]


def test_a_moment_may_come_in_any_zone() -> None:
    """A host's clock may show any zone; the instant is what counts."""
    b = begin([LIGHT])
    assert b.ruling(DEEP, at=NOW.in_timezone("Asia/Kathmandu")).deny
    assert b.layers(of="ana", at=dt.datetime(2026, 1, 5, 19, tzinfo=dt.UTC)) == ()
    assert pendulum.instance(NOW) == NOW
