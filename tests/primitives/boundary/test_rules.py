"""Each rule by example: what it asks for, when it ends, what it leaves alone, and which values it refuses."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

import pendulum
import pytest
from attrs import frozen
from tests.primitives.boundary.agreed import DAY, HOUR, MINUTE, NOW, TICK, begin, circle

import reconnect as rc
from reconnect.errors import InvalidBody, InvalidBoundary, InvalidId
from reconnect.primitives.boundary.acts import LayerDropped
from reconnect.temporal.instant import from_microseconds

TOLD = rc.Told()
HELLO = rc.MakeContact(by="ben", toward="ana")
NUDGE = rc.Nudge(by="ben", toward="ana")
REPAIR = rc.OfferRepair(by="ben", toward="ana")
LAST = pendulum.datetime(9999, 12, 31, 23, 59, 59, 999_999)


def paris(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> pendulum.DateTime:
    """Return the instant at which clocks in Paris show a time, the first of two."""
    return pendulum.datetime(year, month, day, hour, minute, tz="Europe/Paris", fold=0)


def test_a_cooldown_is_twenty_real_minutes_even_while_clocks_jump() -> None:
    """Twenty minutes are twenty minutes when clocks skip an hour, and when they show one twice."""
    for heated in (paris(2026, 3, 29, 1, 50), paris(2026, 10, 25, 2, 50)):
        b = begin([rc.Cooldown()]).heated(by="ben", at=heated)
        end = heated.in_timezone("UTC").add(minutes=20)
        assert b.ruling(HELLO, at=end - TICK).not_before == end
        assert b.ruling(HELLO, at=end).permits


def test_a_cooldown_counts_from_the_latest_declaration() -> None:
    """If it gets heated again, it begins again; and nobody is told apart."""
    b = begin([rc.Cooldown()]).heated(by="ben", at=NOW).heated(by="ana", at=NOW + 10 * MINUTE)
    for by, toward in (("ben", "ana"), ("ana", "ben")):
        ruling = b.ruling(rc.MakeContact(by=by, toward=toward), at=NOW + 15 * MINUTE)
        assert ruling.not_before == NOW + 30 * MINUTE


def test_a_cooldown_lowers_nothing_and_protects_both() -> None:
    """Elsewhere one cooldown a week takes a score from full marks to none, and lasts ten minutes for one person only.

    Here it lasts twenty minutes at least, protects everyone alike, says when it ends, and is counted nowhere: there is
    no number in what boundaries tell of the past.
    """
    calm = begin([rc.Cooldown()])
    b = calm.mark_kept(rc.Cooldown(), by="ana", at=NOW)
    after = b
    for hour in range(1, 5):
        after = after.heated(by="ben", at=NOW + hour * HOUR)
    later = NOW + 7 * DAY
    assert after.kept(at=later) == b.kept(at=later)
    assert after.history(at=later) == b.history(at=later)
    assert after.baselines(at=later) == calm.baselines(at=later)
    assert after.ruling(HELLO, at=later).permits
    with pytest.raises(InvalidBoundary, match="0:20:00"):
        rc.Cooldown(length=10 * MINUTE)


def test_after_that_stung_only_making_good_is_welcome() -> None:
    """Whoever says it is asked nothing; the act has no room for a reason, and does not say what it was about."""
    b = begin([rc.PauseOnHurt(length=30 * MINUTE)]).stung(by="ben", at=NOW)
    at = NOW + 10 * MINUTE
    assert b.ruling(HELLO, at=at).not_before == NOW + 30 * MINUTE
    assert b.ruling(REPAIR, at=at).permits
    assert b.ruling(rc.OwnAction(by="ben", toward="ana", name="photo"), at=at).not_before is not None
    assert b.ruling(HELLO, at=NOW + 30 * MINUTE).permits
    assert repr(b.acts[-1].body) == "Stung()"


def test_a_sign_pauses_only_what_was_agreed_with_it() -> None:
    """Each sign has a rule of its own; an unknown one does nothing."""
    b = begin([rc.PauseCue(cue="pineapple")]).give_cue("banana", by="ben", at=NOW)
    assert b.ruling(HELLO, at=NOW).permits
    b = b.give_cue("pineapple", by="ben", at=NOW + MINUTE)
    assert b.ruling(HELLO, at=NOW).permits
    assert b.ruling(REPAIR, at=NOW + MINUTE).not_before == NOW + 21 * MINUTE


def test_quiet_hours_are_those_of_the_owners_clock_across_a_change() -> None:
    """In the night in which clocks jump, quiet hours end at seven as they always do."""
    night = rc.WeeklyHours("Europe/Paris", {day: ["22:00-07:00"] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")})
    b = rc.Boundaries.of(rc.QuietHours(hours=night), id="b1", circle=circle(), by="ana", at=paris(2026, 3, 1))
    for late, morning in (
        (paris(2026, 3, 28, 23), paris(2026, 3, 29, 7)),
        (paris(2026, 10, 24, 23), paris(2026, 10, 25, 7)),
        (paris(2026, 7, 1, 6, 59), paris(2026, 7, 1, 7)),
    ):
        assert b.ruling(HELLO, at=late).not_before == morning
        assert b.ruling(HELLO, at=morning).permits
    assert b.ruling(HELLO, at=paris(2026, 3, 28, 21, 59)).permits
    assert b.ruling(rc.Undeniable(by="ben", what=rc.Undenied.PAUSE, toward="ana"), at=paris(2026, 3, 28, 23)).permits


def test_quiet_all_week_is_a_no_without_an_end() -> None:
    """There is no time to name, so none is named."""
    always = rc.WeeklyHours("UTC", {day: ["00:00-24:00"] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")})
    ruling = rc.QuietHours(hours=always).ruling(HELLO, at=NOW, told=TOLD)
    assert (ruling.deny, ruling.not_before) == (True, None)
    assert rc.QuietHours(hours=always).changes_at(HELLO, at=NOW, told=TOLD) is None


def test_the_last_instants_of_the_calendar_are_instants_like_others() -> None:
    """Nothing breaks where the calendar ends."""
    hours = rc.WeeklyHours("UTC", {"FR": ["22:00-24:00"]})
    last_friday = rc.QuietHours(hours=hours)
    assert last_friday.ruling(HELLO, at=LAST - TICK, told=TOLD).deny
    assert last_friday.ruling(HELLO, at=LAST, told=TOLD).permits
    assert rc.Cooldown().ruling(HELLO, at=LAST - TICK, told=rc.Told(heated=LAST - MINUTE)).not_before == LAST


def test_a_topic_waits_for_the_next_check_in() -> None:
    """With the check-ins at hand the answer is a time; without them it is a no; during one it is welcome."""
    b = begin([rc.TopicsForCheckIns(topics=("money",))])
    money = rc.RaiseTopic(by="ben", toward="ana", topic="money")
    soon = rc.Windows.of(rc.Window.of(NOW + DAY, HOUR), rc.Window.of(NOW + 3 * DAY, HOUR))
    assert b.ruling(money, at=NOW).deny
    assert b.ruling(money, at=NOW, check_ins=soon).not_before == NOW + DAY
    assert b.ruling(money, at=NOW + DAY, check_ins=soon).permits
    assert b.ruling(money, at=NOW + DAY + HOUR, check_ins=soon).not_before == NOW + 3 * DAY
    assert b.ruling(money, at=NOW + 4 * DAY, check_ins=soon).deny
    turns = [b.changes_at(money, at=NOW + since, check_ins=soon) for since in (0 * DAY, DAY, DAY + HOUR, 4 * DAY)]
    assert turns == [NOW + DAY, NOW + DAY + HOUR, NOW + 3 * DAY, None]
    assert b.changes_at(HELLO, at=NOW, check_ins=soon) is None
    assert b.ruling(rc.RaiseTopic(by="ben", toward="ana", topic="safety"), at=NOW).permits
    assert b.ruling(HELLO, at=NOW).permits


@pytest.mark.parametrize("topic", ["safety", "children", "health", "boundaries"])
def test_some_topics_never_wait(topic: str) -> None:
    """No rule can keep them for later."""
    with pytest.raises(InvalidBoundary, match="never has to"):
        rc.TopicsForCheckIns(topics=("money", topic))


def test_closeness_is_asked_for_each_time() -> None:
    """Some gestures, or every one; and nothing else."""
    some, every = rc.ByConsent(gestures=("kiss",)), rc.ByConsent()
    kiss = rc.ComeClose(by="ben", toward="ana", gesture="kiss")
    hug = rc.ComeClose(by="ben", toward="ana", gesture="hug")
    for rule, action, asks in ((some, kiss, True), (some, hug, False), (every, hug, True), (every, HELLO, False)):
        assert bool(rule.ruling(action, at=NOW, told=TOLD).ask_first) is asks


def test_a_message_without_expecting_a_reply_is_always_fine() -> None:
    """Only the expectation is left out."""
    rule = rc.NoReplyExpected()
    assert rule.ruling(rc.ExpectReply(by="ben", toward="ana"), at=NOW, told=TOLD).deny
    assert rule.ruling(HELLO, at=NOW, told=TOLD).permits


def test_questions_go_as_deep_as_is_welcome() -> None:
    """The depth itself is welcome, the next one is not."""
    for deepest in range(4):
        for depth in (1, 2, 3):
            asked = rc.AskQuestion(by="ben", toward="ana", depth=depth)
            assert rc.DepthLimit(deepest=deepest).ruling(asked, at=NOW, told=TOLD).deny is (depth > deepest)


def test_contacts_are_counted_for_each_person_by_themselves() -> None:
    """Two a day are two of mine; what another sent, or sent to another, uses up nothing."""
    b = begin([rc.FrequencyLimit(most=2, within=DAY)], people=3)
    b = b.contacted("ana", by="cleo", at=NOW).contacted("cleo", by="ben", at=NOW)
    for hour in (1, 2):
        assert b.ruling(HELLO, at=NOW + hour * HOUR).permits
        b = b.contacted("ana", by="ben", at=NOW + hour * HOUR)
    assert b.ruling(HELLO, at=NOW + 2 * HOUR).not_before == NOW + HOUR + DAY
    assert b.ruling(NUDGE, at=NOW + 3 * HOUR).not_before == NOW + HOUR + DAY
    assert b.ruling(REPAIR, at=NOW + 3 * HOUR).permits
    assert b.ruling(HELLO, at=NOW + HOUR + DAY).permits
    assert b.ruling(rc.MakeContact(by="cleo", toward="ana"), at=NOW + 3 * HOUR).permits


def test_a_rule_of_the_host_takes_part_like_any_other() -> None:
    """A registered value with a `ruling` is a rule; a wait that has passed is none."""

    @rc.register
    @frozen
    class NoPhotos:
        kind: ClassVar[str] = "test.no_photos"
        until: pendulum.DateTime

        def ruling(self, action: rc.Action, *, at: pendulum.DateTime, told: rc.Told) -> rc.Ruling:  # noqa: ARG002 - as it likes
            return rc.Ruling(not_before=self.until) if isinstance(action, rc.OwnAction) else rc.Ruling()

    b = rc.Boundaries.of(NoPhotos(until=NOW + HOUR), id="b1", circle=circle(), by="ana", at=NOW)
    photo = rc.OwnAction(by="ben", toward="ana", name="photo")
    assert b.ruling(photo, at=NOW) == rc.Ruling(not_before=NOW + HOUR, reasons=("test.no_photos",))
    assert b.ruling(photo, at=NOW + HOUR) == rc.Ruling()
    assert b.ruling(HELLO, at=NOW) == rc.Ruling()


def test_a_rule_of_the_host_says_when_to_look_again() -> None:
    """An own rule whose answer comes with the hour says when; an answer that is no instant is named by its kind."""

    @rc.register
    @frozen
    class Someday:
        kind: ClassVar[str] = "test.someday"
        when: Any

        def ruling(self, action: rc.Action, *, at: pendulum.DateTime, told: rc.Told) -> rc.Ruling:  # noqa: ARG002 - as it likes
            return rc.Ruling(deny=True) if at >= NOW + DAY else rc.Ruling()

        def changes_at(self, action: rc.Action, *, at: pendulum.DateTime, told: rc.Told) -> Any:  # noqa: ANN401, ARG002 - as it likes
            return self.when

    tomorrow, careless = (
        rc.Boundaries.of(Someday(when), id="b1", circle=circle(), by="ana", at=NOW) for when in (NOW + DAY, 7)
    )
    assert tomorrow.changes_at(HELLO, at=NOW) == NOW + DAY
    assert tomorrow.changes_at(HELLO, at=NOW + DAY) is None
    with pytest.raises(InvalidBoundary, match=r"an instant or None from test\.someday, got a int"):
        careless.changes_at(HELLO, at=NOW)


def test_a_rule_of_the_host_that_returns_no_ruling_is_named() -> None:
    """The developer learns which kind of rule it was, and nothing of its content."""

    @rc.register
    @frozen
    class Careless:
        kind: ClassVar[str] = "test.careless"
        words: str = "hush"

        def ruling(self, action: rc.Action, *, at: pendulum.DateTime, told: rc.Told) -> Any:  # noqa: ANN401, ARG002 - wrong on purpose
            return None

    b = rc.Boundaries.of(Careless(), id="b1", circle=circle(), by="ana", at=NOW)
    with pytest.raises(InvalidBoundary, match=r"a ruling from test\.careless, got a NoneType"):
        b.ruling(HELLO, at=NOW)


REFUSED: dict[str, tuple[type[Exception], Callable[[], object]]] = {
    "too long a cooldown": (InvalidBoundary, lambda: rc.Cooldown(length=25 * HOUR)),
    "a cooldown of a number": (InvalidBoundary, lambda: rc.Cooldown(length=20)),  # type: ignore[arg-type]  # wrong on purpose
    "no pause": (InvalidBoundary, lambda: rc.PauseOnHurt(length=0 * MINUTE)),
    "an endless pause": (InvalidBoundary, lambda: rc.PauseCue(cue="x", length=25 * HOUR)),
    "no cue": (InvalidId, lambda: rc.PauseCue(cue="")),
    "hours that are none": (InvalidBoundary, lambda: rc.QuietHours(hours="22-07")),  # type: ignore[arg-type]  # wrong on purpose
    "no topic": (InvalidBoundary, lambda: rc.TopicsForCheckIns(topics=())),
    "topics in one text": (InvalidBoundary, lambda: rc.TopicsForCheckIns(topics="money")),
    "gestures in one text": (InvalidBoundary, lambda: rc.ByConsent(gestures="hug")),
    "too deep": (InvalidBoundary, lambda: rc.DepthLimit(deepest=4)),
    "a question of no depth": (InvalidBoundary, lambda: rc.AskQuestion(by="a", toward="b", depth=0)),
    "a truth for a depth": (InvalidBoundary, lambda: rc.AskQuestion(by="a", toward="b", depth=True)),
    "none at all": (InvalidBoundary, lambda: rc.FrequencyLimit(most=0, within=DAY)),
    "a limit without a time": (InvalidBoundary, lambda: rc.FrequencyLimit(most=1, within=dt.timedelta(0))),
    "a cap below none": (InvalidBoundary, lambda: rc.NudgeCap(most=-1)),
    "a cap without a time": (InvalidBoundary, lambda: rc.NudgeCap(most=1, within=32 * DAY)),
    "a name for what nobody can forbid": (InvalidBoundary, lambda: rc.OwnAction(by="a", toward="b", name="pause")),
    "nothing undeniable": (InvalidBoundary, lambda: rc.Undeniable(by="a", what="pause")),  # type: ignore[arg-type]  # wrong on purpose
    "a no that is a number": (InvalidBoundary, lambda: rc.Ruling(deny=1)),  # type: ignore[arg-type]  # wrong on purpose
    "one person's id": (InvalidBoundary, lambda: rc.Ruling(ask_first="ana")),  # type: ignore[arg-type]  # wrong on purpose
    "reasons in one text": (InvalidBoundary, lambda: rc.Ruling(reasons="x")),  # type: ignore[arg-type]  # wrong on purpose
    "rules in one text": (InvalidBody, lambda: rc.Baseline(rules="x")),  # type: ignore[arg-type]  # wrong on purpose
}


@pytest.mark.parametrize(("error", "make"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_where_it_is_made(error: type[Exception], make: Callable[[], object]) -> None:
    """Each value says what it expected; wrong values never come to exist."""
    with pytest.raises(error, match="expected"):
        make()


def test_what_holds_a_set_shows_it_in_one_order() -> None:
    """Two equal values look the same, whatever order their parts came in."""
    assert repr(rc.Ruling(ask_first=frozenset({"ben", "ana"}))).startswith(
        "Ruling(deny=False, ask_first=frozenset({'ana', 'ben'}), "
    )
    dropped = LayerDropped(rule=rc.ByConsent(), layers=frozenset({"y", "x"}))
    assert repr(dropped) == "LayerDropped(rule=ByConsent(gestures=()), layers=frozenset({'x', 'y'}))"


def test_a_ruling_combines_and_compares_with_rulings_only() -> None:
    """What is no ruling is refused as Python refuses it."""
    other: Any = "no"
    with pytest.raises(TypeError):
        rc.Ruling() & other
    with pytest.raises(TypeError):
        assert rc.Ruling() <= other


def test_every_ruling_is_said_kindly() -> None:
    """What it comes to, and which kinds of rules it rests on; a rule of a host has one sentence for all."""

    def words(ruling: rc.Ruling) -> str:
        return " ".join(rc.render(phrase, names={"ana": "Ana"}) for phrase in ruling.phrases())

    assert words(rc.Ruling()) == "There is room for this now."
    asked = rc.Ruling(
        ask_first=frozenset({"ana"}), not_before=NOW, reasons=("boundary.by_consent", "boundary.cooldown")
    )
    assert words(asked) == (
        "Ask Ana first; every answer is fine. There is room for this from Monday 5 January at 19:00 on. "
        "Closeness is asked for each time. After a heated moment there is a time to cool down."
    )
    denied = rc.Ruling(deny=True, ask_first=frozenset({"ana"}), reasons=("test.one", "test.two"))
    assert words(denied) == "This is one to leave for now. A rule of your own app says so."


@pytest.mark.parametrize(
    "rule",
    [
        rc.Cooldown(),
        rc.PauseOnHurt(),
        rc.PauseCue(cue="x"),
        rc.QuietHours(hours=rc.WeeklyHours("UTC", {"MO": ["18:00-22:00"]})),
        rc.TopicsForCheckIns(topics=("money",)),
        rc.ByConsent(),
        rc.NoReplyExpected(),
        rc.DepthLimit(deepest=1),
        rc.FrequencyLimit(most=1, within=DAY),
    ],
    ids=lambda rule: type(rule).__name__,
)
def test_every_rule_of_ours_has_a_sentence_of_its_own(rule: rc.BoundaryRule) -> None:
    """A reason is said by the kind of its rule."""
    own, *_ = rc.Ruling(deny=True, reasons=("test.one",)).phrases()[1:]
    (said,) = rc.Ruling(deny=True, reasons=(rule.kind,)).phrases()[1:]
    assert rc.render(said) != rc.render(own)


def cap(*caps: tuple[pendulum.DateTime, int], at: pendulum.DateTime) -> rc.View:
    """Return ben's view, with the caps that they wrote."""
    journal = rc.MemoryJournal(key=b"k" * 32)
    journal.found(circle(), by="ana", at=from_microseconds(0))
    for number, (moment, most) in enumerate(caps):
        entry = rc.Entry(circle="c1", author="ben", id=f"cap{number}", at=moment, body=rc.NudgeCap(most=most))
        journal.append(entry, acting="ben")
    return journal.view("ben", circle="c1", at=at)


def test_nudges_above_the_cap_are_held() -> None:
    """The newest cap counts; at one instant the smaller one; without one, everything is delivered."""
    assert rc.nudges_to_deliver(cap(at=NOW), waiting=7) == 7
    two = cap((NOW, 9), (NOW + HOUR, 2), at=NOW + 2 * HOUR)
    assert rc.nudges_to_deliver(two, waiting=7) == 2
    assert rc.nudges_to_deliver(two, waiting=7, delivered=[NOW, NOW + 3 * HOUR, NOW - 3 * DAY]) == 1
    assert rc.nudges_to_deliver(two, waiting=7, delivered=[NOW, NOW, NOW]) == 0
    assert rc.nudges_to_deliver(two, waiting=7, delivered=[NOW + 2 * HOUR - DAY]) == 2
    assert rc.nudges_to_deliver(cap((NOW, 5), (NOW, 1), at=NOW), waiting=7) == 1
