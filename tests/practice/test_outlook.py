"""What two people read in their outlooks, from the first suggestion to the end of an agreement."""

import datetime as dt
from typing import Final

import pendulum
import pytest

import reconnect as rc
from reconnect.primitives.checkin.acts import Scheduled

NOW: Final = pendulum.datetime(2026, 1, 5, 12)
RULE: Final = rc.Recurrence.weekly("MO", "TH", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))
WEEK: Final = rc.Window.of(NOW, dt.timedelta(days=7))


@pytest.fixture
def journal() -> rc.MemoryJournal:
    """Return a journal of three people who have agreed on nothing yet."""
    people = (
        rc.Person(id="ana", zone="America/New_York", name="Ana"),
        rc.Person(id="ben", zone="Europe/Paris", name="Ben"),
        rc.Person(id="cy", zone="Asia/Kathmandu"),
    )
    journal = rc.MemoryJournal()
    journal.found(rc.Circle(id="c1", members=people), by="ana", at=NOW)
    return journal


def told(journal: rc.MemoryJournal, person: str, at: pendulum.DateTime) -> list[str]:
    """Return what one person reads, but for the suggestion, which is another one every day."""
    view = journal.view(person, circle="c1", at=at)
    look = rc.outlook(view)
    aside = None if look.suggestion is None else look.suggestion.phrase
    return [rc.render(phrase, zone=look.zone, names=view.names) for phrase in look.phrases() if phrase != aside]


def keep(journal: rc.MemoryJournal, story: rc.Story, *, by: str) -> None:
    """Append a story's acts in one person's name."""
    journal.append(*story.acts, acting=by)


def offered(journal: rc.MemoryJournal, value: rc.Body | None = None) -> rc.Proposal:
    """Let Ana offer a rhythm, or something else."""
    p = journal.view("ana", circle="c1", at=NOW).offer(value or rc.Rhythm.of(RULE), id="p1")
    keep(journal, p, by="ana")
    return p


def agreed(journal: rc.MemoryJournal) -> rc.CheckInSchedule:
    """Let everyone agree, and begin the check-ins."""
    p = offered(journal)
    for person in ("ben", "cy"):
        p = (
            journal.view(person, circle="c1", at=NOW)
            .state(rc.Proposal, "p1")
            .accept(by=person, offer=p.offer.id, at=NOW)
        )
        keep(journal, p, by=person)
    s = rc.CheckInSchedule.of(p, id="s1", by="cy", at=NOW)
    keep(journal, s, by="cy")
    return s


def test_nothing_yet(journal: rc.MemoryJournal) -> None:
    """Where nothing is agreed, that is all it says, with something for oneself until the reader's own midnight."""
    assert told(journal, "ana", NOW) == ["No check-in is planned."]
    look = rc.outlook(journal.view("ana", circle="c1", at=NOW))
    assert look.suggestion is not None
    assert look.suggestion.prompt is None
    assert look.changes_at == rc.as_instant(pendulum.datetime(2026, 1, 6, tz="America/New_York"))


def test_a_schedule_of_what_nobody_agreed_to_plans_nothing(journal: rc.MemoryJournal) -> None:
    """A host may write the act that begins check-ins; without everyone's yes there are none."""
    offered(journal)
    begun = Scheduled(proposal="p1")
    journal.append(
        rc.Entry(circle="c1", author="ana", id="e1", at=NOW, body=begun, audience=rc.Shared(), about="s1"), acting="ana"
    )
    assert "No check-in is planned." in told(journal, "ana", NOW)


def test_an_offer_reads_differently_for_each(journal: rc.MemoryJournal) -> None:
    """The one who offers, one who has answered, and one whose yes is missing."""
    p = offered(journal)
    keep(journal, p.accept(by="ben", offer=p.offer.id, at=NOW), by="ben")
    first = "suggested a rhythm of check-ins, the first on Monday 5 January at"
    assert told(journal, "ana", NOW)[1:] == [f"You {first} 14:00. It is with cy until Wednesday 4 February."]
    assert told(journal, "ben", NOW)[1:] == [f"Ana {first} 20:00. It is still with cy until Wednesday 4 February."]
    assert told(journal, "cy", NOW)[1:] == [
        (
            f"Ana {first.replace('Monday 5', 'Tuesday 6')} 00:45. There is time to answer until Wednesday 4 February; "
            "every answer is fine, and so is none."
        )
    ]


def test_a_muted_offer_leaves_one_outlook_only(journal: rc.MemoryJournal) -> None:
    """Ben does not see it any more; for Ana nothing has changed."""
    p = offered(journal)
    before = told(journal, "ana", NOW)
    keep(journal, p.mute(by="ben", offer=p.offer.id, at=NOW), by="ben")
    assert told(journal, "ben", NOW) == ["No check-in is planned."]
    assert told(journal, "ana", NOW) == before


def test_something_of_the_hosts_own_can_be_offered_and_hold(journal: rc.MemoryJournal) -> None:
    """The library names it plainly where it does not know the kind."""
    p = offered(journal, rc.Note(text="phones stay outside the bedroom"))
    assert "Ana suggested a plan of your own making." in told(journal, "ben", NOW)[1]
    for person in ("ben", "cy"):
        p = p.accept(by=person, offer=p.offer.id, at=NOW)
        journal.append(p.acts[-1] if p.acts[-1].author == person else p.acts[-2], acting=person)
    holds = "It holds until Sunday 5 April, and then you look at it again together."
    assert told(journal, "ben", NOW)[1:] == [f"You agreed on a plan of your own making. {holds}"]


def test_a_rhythm_whose_days_are_over_is_still_named(journal: rc.MemoryJournal) -> None:
    """An offer of check-ins that lie in the past has no first one to tell."""
    past = rc.Recurrence.daily(time="20:00", zone="UTC", starts=dt.date(2025, 1, 1), count=3)
    offered(journal, rc.Rhythm.of(past))
    assert "Ana suggested a rhythm of check-ins. There is time" in told(journal, "ben", NOW)[1]


def test_open_now_and_next(journal: rc.MemoryJournal) -> None:
    """While one check-in is open, the next one is told too; between them, only the next."""
    agreed(journal)
    holds = (
        "You agreed on a rhythm of check-ins. It holds until Sunday 5 April, and then you look at it again together."
    )
    thursday = "The next check-in is on Thursday 8 January at 20:00, for about 15 minutes."
    assert told(journal, "ben", pendulum.datetime(2026, 1, 5, 18, 45)) == [
        "A check-in is open now, until 22:00.",
        thursday,
        holds,
    ]
    assert told(journal, "ben", pendulum.datetime(2026, 1, 5, 21)) == [thursday, holds]
    assert rc.outlook(journal.view("ben", circle="c1", at=NOW)).changes_at == pendulum.datetime(2026, 1, 5, 18, 45)


def test_someone_who_has_little_to_give_is_met_gently(journal: rc.MemoryJournal) -> None:
    """The check-in stays, and is spoken of more softly to everyone, until Ben's day ends in Paris."""
    agreed(journal)
    at = NOW.add(hours=7, minutes=5)
    keep(journal, rc.CapacityCard.of(id="k1", circle="c1", by="ben", at=at, zone="Europe/Paris"), by="ben")
    gentle = "if it is good for all of you today. A few words are plenty, and so are none."
    for person, words in (("ana", "Ben has little to give"), ("ben", "You have little to give")):
        read = told(journal, person, at)
        assert gentle in read[0]
        assert [words in line for line in read].count(True) == 1
        assert "needs no reason" in read[-1]
    look = rc.outlook(journal.view("cy", circle="c1", at=at))
    midnight = rc.as_instant(pendulum.datetime(2026, 1, 6, tz="Europe/Paris"))
    assert (len(look.open), look.gently, look.holds[-1].until) == (1, True, midnight)
    assert not rc.outlook(journal.view("cy", circle="c1", at=midnight)).gently


def test_a_new_time_waits_for_everyone(journal: rc.MemoryJournal) -> None:
    """It reads differently for those who said yes and for those who have not."""
    s = agreed(journal)
    monday = next(s.occurrences(WEEK)).key
    keep(journal, s.move(monday, pendulum.datetime(2026, 1, 6, 19), by="ben", at=NOW), by="ben")
    start, to = "Monday 5 January at 14:00", "Tuesday 6 January at 14:00"
    assert told(journal, "ana", NOW)[1] == (
        f"Ben would like to have the check-in of {start} on {to} instead, if that suits you."
    )
    assert told(journal, "ben", NOW)[1] == (
        "Your new time for the check-in of Monday 5 January at 20:00, which is Tuesday 6 January at 20:00, is still "
        "with Ana and cy."
    )


def test_a_pause_and_a_stop(journal: rc.MemoryJournal) -> None:
    """A pause is told while it lasts; after a stop there is nothing next."""
    s = agreed(journal)
    s = s.pause(rc.Window.of(NOW, dt.timedelta(days=1)), by="cy", at=NOW)
    keep(journal, s, by="cy")
    assert told(journal, "ben", NOW)[0] == "The next check-in is on Thursday 8 January at 20:00, for about 15 minutes."
    assert told(journal, "ben", NOW)[-1] == (
        "Check-ins are paused until Tuesday 6 January at 13:00. A pause counts for nothing and against nobody."
    )
    keep(journal, s.stop(by="cy", at=NOW), by="cy")
    assert told(journal, "ben", NOW)[0] == "No check-in is planned."


def test_a_question_waits_and_an_answer_is_kept(journal: rc.MemoryJournal) -> None:
    """Whether one has answered is one's own to know."""
    r = rc.Reveal.of(
        rc.Note(text="What was good this week?"), closes=dt.timedelta(days=2), id="r1", circle="c1", by="ana", at=NOW
    )
    keep(journal, r, by="ana")
    before = told(journal, "ana", NOW)
    r = journal.view("ben", circle="c1", at=NOW).state(rc.Reveal, "r1").answer("soup", by="ben", at=NOW)
    keep(journal, r, by="ben")
    assert told(journal, "ben", NOW)[-1] == (
        "Your answer is kept; the answers open together on Wednesday 7 January at 13:00, or not at all."
    )
    assert told(journal, "ana", NOW) == before
    assert before[-1] == (
        "A question is waiting for you until Wednesday 7 January at 07:00; the answers open together, or not at all."
    )
    assert told(journal, "ana", NOW.add(days=2)) == ["No check-in is planned."]


def test_an_invitation_holds_only_while_everyone_means_it(journal: rc.MemoryJournal) -> None:
    """Two of three are not everyone."""
    i = rc.Invitation.of(id="i1", circle="c1", by="ana", at=NOW)
    journal.append(*i.acts, acting="ana")
    for person in ("ben", "cy"):
        assert told(journal, "ana", NOW) == ["No check-in is planned."]
        i = journal.view(person, circle="c1", at=NOW).state(rc.Invitation, "i1").renew(by=person, at=NOW)
        keep(journal, i, by=person)
    assert told(journal, "ana", NOW)[1:] == [
        "You all said you would like a nudge towards each other; that holds until Monday 19 January."
    ]


def test_quiet_is_told_to_oneself_only(journal: rc.MemoryJournal) -> None:
    """What holds is still told; nothing joint is offered."""
    agreed(journal)
    before = told(journal, "ana", NOW)
    keep(journal, rc.Quiet.go(id="q1", circle="c1", by="ben", at=NOW), by="ben")
    assert told(journal, "ben", NOW) == [
        "You agreed on a rhythm of check-ins. It holds until Sunday 5 April, and then you look at it again together.",
        "You are in a quiet time of your own. Nothing joint is offered to you, and nobody is told.",
    ]
    assert told(journal, "ana", NOW) == before


def test_after_leaving_there_is_nothing_joint(journal: rc.MemoryJournal) -> None:
    """For the one who left, and, when fewer than two are left, for everyone."""
    agreed(journal)
    for person in ("cy", "ben"):
        left = rc.Entry(circle="c1", author=person, id="left", at=NOW, body=rc.Left(), audience=rc.Shared())
        journal.append(left, acting=person)
    assert rc.outlook(journal.view("cy", circle="c1", at=NOW)).holds == ()
    assert rc.outlook(journal.view("ana", circle="c1", at=NOW)).next is None


def test_looking_back_tells_each_check_in_and_no_rate(journal: rc.MemoryJournal) -> None:
    """Held, moved, paused, let go, unanswered, open and ahead each have their words."""
    s = agreed(journal)
    within = rc.Window.of(NOW, dt.timedelta(days=26))
    keys = [occurrence.key for occurrence in s.occurrences(within)]
    s = s.hold(keys[0], by="ben", at=pendulum.datetime(2026, 1, 5, 19))
    s = s.pause(rc.Window.of(pendulum.datetime(2026, 1, 8), dt.timedelta(days=1)), by="ben", at=NOW)
    s = s.skip(keys[2], by="ben", at=NOW)
    keep(journal, s, by="ben")
    for person in ("ana", "ben", "cy"):
        view = journal.view(person, circle="c1", at=NOW)
        story = view.state(rc.CheckInSchedule, "s1").move(
            keys[4], pendulum.datetime(2026, 1, 20, 19), by=person, at=NOW
        )
        keep(journal, story, by=person)
    at = pendulum.datetime(2026, 1, 20, 19, 10)
    story = journal.view("ben", circle="c1", at=at).state(rc.CheckInSchedule, "s1").hold(keys[4], by="ben", at=at)
    keep(journal, story, by="ben")
    view = journal.view("ben", circle="c1", at=pendulum.datetime(2026, 1, 26, 19))
    said = [rc.render(phrase, zone=view.zone) for phrase in rc.look_back(view, "s1", within)]
    assert said == [
        "Monday 5 January at 20:00: you talked.",
        "Thursday 8 January at 20:00: a planned pause.",
        "Monday 12 January at 20:00: let go.",
        "Thursday 15 January at 20:00: nobody answered; days are full sometimes.",
        "Tuesday 20 January at 20:00: you found another time, and talked.",
        "Thursday 22 January at 20:00: nobody answered; days are full sometimes.",
        "Monday 26 January at 20:00: open now.",
        "Thursday 29 January at 20:00: still ahead.",
        "Together you made room for 2 check-ins.",
    ]
    assert (
        rc.look_back(view, view.state(rc.CheckInSchedule, "s1"), rc.Window.of(NOW.add(days=300), dt.timedelta(1))) == ()
    )


def test_looking_back_folds_a_schedule_once(journal: rc.MemoryJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many check-ins there are, their schedule is gathered once for a view."""
    agreed(journal)
    gather, gathered = rc.CheckInSchedule.gather, list[str]()

    def watched(view: rc.View, name: str) -> rc.CheckInSchedule:
        gathered.append(name)
        return gather(view, name)

    monkeypatch.setattr(rc.CheckInSchedule, "gather", watched)
    view = journal.view("ana", circle="c1", at=NOW.add(days=60))
    assert len(rc.look_back(view, "s1", rc.Window.of(NOW, dt.timedelta(days=60)))) == 18
    assert gathered == ["s1"]


class TestTimeOuts:
    """While someone is on a break nothing joint opens; afterwards there is room for what it kept closed."""

    def apart(self, journal: rc.MemoryJournal, back: pendulum.DateTime | None = None) -> pendulum.DateTime:
        """Let everyone agree, let Ana call a time-out as the first check-in is open, and return when that was."""
        agreed(journal)
        at = NOW.add(hours=7, minutes=30)  # 20:30 in Paris
        pause = rc.TimeOut.call(id="t1", circle="c1", by="ana", at=at)
        keep(journal, pause, by="ana")
        if back is not None:
            keep(journal, pause.returned(by="ana", at=back), by="ana")
        return at

    def test_what_was_open_is_not_any_more(self, journal: rc.MemoryJournal) -> None:
        """Everyone reads the break, and nobody is told to go after anybody."""
        at = self.apart(journal)
        before = rc.outlook(journal.view("ben", circle="c1", at=at.subtract(minutes=1)))
        look = rc.outlook(journal.view("ben", circle="c1", at=at))
        assert len(before.open) == 1
        assert (look.open, look.again) == ((), ())
        assert look.next is not None
        assert look.next.start == rc.as_instant(pendulum.datetime(2026, 1, 8, 20, tz="Europe/Paris"))
        assert look.changes_at == at.add(minutes=20)
        assert told(journal, "ben", at)[-1] == (
            "Ana asked for a break. Nobody needs to answer until 20:50; it is a time to rest for everyone."
        )

    def test_what_it_kept_closed_is_offered_again_for_half_a_day(self, journal: rc.MemoryJournal) -> None:
        """It counts for nothing, and half a day later it is simply over."""
        back = NOW.add(hours=14)
        self.apart(journal, back)
        (key,) = (o.key for o in rc.outlook(journal.view("cy", circle="c1", at=back)).again)
        view = journal.view("cy", circle="c1", at=back)
        assert view.counts("s1", WEEK) == rc.Counts(kept_closed=1)
        assert view.standing(view.state(rc.CheckInSchedule, "s1").occurrence(key)) is rc.Standing.LET_GO  # type: ignore[arg-type]  # it is there
        assert told(journal, "ben", back)[1] == (
            "The check-in of Monday 5 January at 20:00 stayed closed during the break. "
            "If all of you like, there is room for another time."
        )
        assert rc.outlook(journal.view("ben", circle="c1", at=NOW.add(hours=24))).again == ()

    def test_who_is_back_in_time_finds_it_open(self, journal: rc.MemoryJournal) -> None:
        """The window of the check-in was not over yet, so nothing has to be offered again."""
        at = self.apart(journal, NOW.add(hours=7, minutes=45))
        look = rc.outlook(journal.view("ben", circle="c1", at=at.add(minutes=15)))
        assert (len(look.open), look.again) == (1, ())

    def test_what_was_written_in_calm_is_shown_while_it_runs(self, journal: rc.MemoryJournal) -> None:
        """To the others, in its author's words, until the caller is back; what was changed meanwhile is not shown."""
        for person, words in (("ana", "We are okay. I am coming back."), ("cy", "I am here.")):
            calm = rc.Reassurance.of(words, id=f"w-{person}", circle="c1", by=person, at=NOW)
            keep(journal, calm, by=person)
        assert rc.outlook(journal.view("ben", circle="c1", at=NOW.add(hours=1))).reassurances == ()
        at = self.apart(journal, NOW.add(hours=9))
        pack = journal.view("cy", circle="c1", at=at).state(rc.Reassurance, "w-cy").change("Say sorry.", by="cy", at=at)
        keep(journal, pack, by="cy")
        for person, theirs in (("ana", []), ("ben", ["ana"]), ("cy", ["ana"])):
            look = rc.outlook(journal.view(person, circle="c1", at=at.add(minutes=1)))
            assert [assurance.by for assurance in look.reassurances] == theirs
        assert told(journal, "ben", at)[-1] == "Ana wrote this for you: We are okay. I am coming back."
        afraid = rc.outlook(journal.view("ben", circle="c1", at=at.add(minutes=1)), told=rc.FearAnswer())
        assert (afraid.reassurances, afraid.solo is None) == ((), False)
        assert rc.outlook(journal.view("ben", circle="c1", at=NOW.add(hours=9))).reassurances == ()

    def test_a_follow_up_that_everyone_said_yes_to(self, journal: rc.MemoryJournal) -> None:
        """It stands in everyone's outlook until it begins."""
        back = NOW.add(hours=8)
        self.apart(journal, back)
        start = NOW.add(hours=20)
        for person in ("ana", "ben", "cy"):
            window = journal.view(person, circle="c1", at=back).state(rc.RecoveryWindow, "t1")
            journal.append(*window.meet(start, by=person, at=back).acts_of(person), acting=person)
        look = rc.outlook(journal.view("ben", circle="c1", at=back))
        assert look.follow_up == start
        assert "On Tuesday 6 January at 09:00 you come back to each other, briefly, and about the present." in told(
            journal, "ben", back
        )
        assert rc.outlook(journal.view("ben", circle="c1", at=start)).follow_up is None
