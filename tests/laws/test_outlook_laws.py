"""What is always true of an outlook, whatever two or three people do."""

import datetime as dt
from typing import Final

import pendulum
from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st

import reconnect as rc

NOW: Final = pendulum.datetime(2026, 10, 19, 12)
HOURS: Final = st.one_of(
    st.integers(0, 14 * 24 * 4).map(lambda quarters: dt.timedelta(minutes=15 * quarters)),
    st.integers(0, 14 * 24 * 60).map(lambda minutes: dt.timedelta(minutes=minutes)),
    st.integers(0, 130).map(lambda days: dt.timedelta(days=days)),
)
OFTEN: Final = (
    *("offer", "counter", "accept", "hold", "skip", "move", "raincheck"),
    *("pause", "resume", "ask", "answer", "nudge", "note"),
    *("time-out", "time-out", "update", "return", "follow-up"),
)
SELDOM: Final = (
    "end talk",
    "layer",
    "layer",
    "drop",
    "heated",
    "reassure",
    *("plan turns", "agree turns", "begin turns", "pass on", "ask", "swap", "away"),
    *("promise", "count on", "keep promise", "another time", "rate", "rate", "depth"),
    "little",
    "as usual",
    "terms",
    "agree terms",
    "decline",
    "mute",
    "withdraw",
    "schedule",
    "stop",
    "quiet",
    "back",
    "retract",
    "unnudge",
    "leave",
)
RUNNING: Final = {"resting", "ready", "waiting"}
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from((*3 * OFTEN, *SELDOM)),
        st.sampled_from(("ana", "ben", "cy")),
        HOURS,
    ),
    max_size=25,
)


def circle(people: int) -> rc.Circle:
    """Return a circle of so many people on three continents' clocks."""
    zones = {"ana": "America/New_York", "ben": "Europe/Paris", "cy": "Australia/Lord_Howe"}
    members = tuple(rc.Person(id=id_, zone=zone) for id_, zone in list(zones.items())[:people])
    return rc.Circle(id="c1", members=members)


def rhythm(at: pendulum.DateTime) -> rc.Rhythm:
    """Return a rhythm that crosses the autumn clock changes."""
    starts = dt.date(at.year, at.month, at.day)
    return rc.Rhythm.of(
        rc.Recurrence.daily(time="20:00", zone="Europe/Paris", starts=starts, every=2),
        rc.Recurrence.weekly("SA", "SU", time="02:30", zone="America/New_York", starts=starts),
    )


def act(  # noqa: C901, PLR0911, PLR0912, PLR0915 - one case for each thing that people can do
    view: rc.View, what: str
) -> rc.Story | rc.Entry | list[rc.Entry] | None:
    """Let the reader of a view do one thing, if there is anything to do it with."""
    me, at = view.reader, view.at
    p, s = next(iter(view.all(rc.Proposal)), None), next(iter(view.all(rc.CheckInSchedule)), None)
    r, q = next(iter(view.all(rc.Reveal)), None), next(iter(view.all(rc.Quiet)), None)
    i, t = next(iter(view.all(rc.Invitation)), None), next(iter(view.all(rc.TimeOut)[-1:]), None)
    w, b = next(iter(view.all(rc.RecoveryWindow)[-1:]), None), next(iter(view.all(rc.Boundaries)), None)
    key = None
    if s is not None:
        ahead = rc.Window(at - dt.timedelta(hours=2), at + dt.timedelta(days=3))
        key = next((o.key for o in s.occurrences(ahead)), None)
    match what:
        case "offer":
            return view.offer(rhythm(at), id=f"p-{me}", expires=dt.timedelta(hours=7))
        case "counter" if p:
            return p.counter(by=me, offer=p.offer.id, value=rhythm(at), at=at, lasts=dt.timedelta(days=9))
        case "accept" if p:
            return p.accept(by=me, offer=p.offer.id, at=at)
        case "decline" if p:
            return p.decline(by=me, offer=p.offer.id, at=at)
        case "mute" if p:
            return p.mute(by=me, offer=p.offer.id, at=at)
        case "withdraw" if p:
            return p.withdraw(by=me, at=at)
        case "schedule" if p:
            return rc.CheckInSchedule.of(p, id="s1", by=me, at=at)
        case "hold" if s and key:
            return s.hold(key, by=me, at=at)
        case "skip" if s and key:
            return s.skip(key, by=me, at=at)
        case "move" if s and key:
            wish = next((new.to for new in s.new_times(at=at)), at + dt.timedelta(hours=30))
            return s.move(key, wish, by=me, at=at)
        case "raincheck" if s and key:
            return s.raincheck(key, at + dt.timedelta(hours=20), by=me, at=at)
        case "pause" if s:
            return s.pause(rc.Window(at + dt.timedelta(hours=5), at + dt.timedelta(hours=50)), by=me, at=at)
        case "resume" if s:
            return s.resume(by=me, at=at)
        case "stop" if s:
            return s.stop(by=me, at=at)
        case "quiet":
            return q.go_again(by=me, at=at) if q else rc.Quiet.go(id=f"q-{me}", circle="c1", by=me, at=at)
        case "back" if q:
            return q.come_back(by=me, at=at)
        case "ask":
            prompt, closes = rc.Note(text="What was good today?"), dt.timedelta(days=2)
            return rc.Reveal.of(prompt, closes=closes, id=f"r-{me}", circle="c1", by=me, at=at)
        case "answer" if r:
            return r.answer("soup", by=me, at=at)
        case "retract" if r:
            return r.retract(by=me, at=at)
        case "nudge":
            return i.renew(by=me, at=at) if i else rc.Invitation.of(id="i1", circle="c1", by=me, at=at)
        case "unnudge" if i:
            return i.end(by=me, at=at)
        case "time-out":
            return rc.TimeOut.call(id=f"t-{me}-{at}", circle="c1", by=me, at=at, topic="money")
        case "update" if t:
            return t.update(at + dt.timedelta(hours=3), by=me, at=at)
        case "return" if t:
            return t.returned(by=me, at=at)
        case "end talk" if t:
            return t.stop(by=me, at=at)
        case "terms":
            return view.offer(rc.RecoveryTerms(length=dt.timedelta(hours=30)), id=f"terms-{me}")
        case "agree terms":
            terms = [p for p in view.all(rc.Proposal) if isinstance(p.offer.value, rc.RecoveryTerms)]
            return terms[-1].accept(by=me, offer=terms[-1].offer.id, at=at) if terms else None
        case "follow-up" if w:
            wish = at.start_of("hour") + dt.timedelta(hours=2)
            return w.meet(wish, by=me, at=at)
        case "layer":
            hours = rc.WeeklyHours(
                "Europe/Paris", {"TU": ["19:00-20:30"], "SA": ["22:00-24:00"], "SU": ["00:00-09:00"]}
            )
            rule = rc.Cooldown() if me == "ana" else rc.QuietHours(hours=hours)
            return b.add_layer(rule, by=me, at=at) if b else rc.Boundaries.of(rule, id="b1", circle="c1", by=me, at=at)
        case "drop" if b:
            return b.drop(next(iter(b.rules(of=me, at=at)), rc.Cooldown()), by=me, at=at)
        case "heated" if b:
            return b.heated(by=me, at=at)
        case "little":
            return rc.CapacityCard.of(id="k1", circle="c1", by=me, at=at, zone=view.zone)
        case "as usual" if view.all(rc.CapacityCard):
            return view.state(rc.CapacityCard, "k1").as_usual(by=me, at=at)
        case "plan turns":
            handoff = rc.Recurrence.daily(time="09:00", zone="Europe/Paris", starts=dt.date(at.year, at.month, at.day))
            plan = rc.RotationPlan.of(view.members, handoff=handoff if at.hour % 2 else None, softened=True)
            return view.offer(plan, id=f"turns-{me}", about="turns")
        case "agree turns":
            plans = [p for p in view.all(rc.Proposal) if isinstance(p.offer.value, rc.RotationPlan)]
            return plans[-1].accept(by=me, offer=plans[-1].offer.id, at=at) if plans else None
        case "begin turns":
            plans = [p for p in view.all(rc.Proposal) if isinstance(p.offer.value, rc.RotationPlan)]
            return rc.Rotation.of(plans[-1], id="turns", by=me, at=at) if plans else None
        case "pass on" | "ask" | "swap" | "away" if view.all(rc.Rotation):
            return turned(view, what)
        case "promise" | "count on" | "keep promise" | "another time":
            return promised(view, what)
        case "rate":
            return [
                rc.Entry(
                    circle="c1",
                    author=me,
                    id=f"m-{at}-{back}",
                    at=at,
                    body=rc.Rating.of(rc.MOOD, 1 + back % 5, day=day),
                )
                for back, day in ((n, at.date() - dt.timedelta(days=n)) for n in (0, 1, 2, 3, 4, 27, 28))
            ]
        case "depth":
            rules = (rc.DepthLimit(deepest=at.day % 4),)
            return view.offer(rc.Baseline(rules=rules), id=f"depth-{me}-{at}", about="b1")
        case "reassure":
            return rc.Reassurance.of("We are okay.", id=f"w-{me}-{at}", circle="c1", by=me, at=at)
        case "note":
            return rc.Entry(circle="c1", author=me, id=f"n-{at}", at=at, body=rc.Note(text="a private thought"))
        case "leave":
            return rc.Entry(circle="c1", author=me, id="left", at=at, body=rc.Left(), audience=rc.Shared())
    return None


def promised(view: rc.View, what: str) -> rc.Story | None:
    """Let the reader of a view promise something, or say something about the last promise."""
    me, at, found = view.reader, view.at, view.all(rc.Commitment)[-1:]
    others = [person for person in view.members if person != me]
    if what == "promise":
        due = at + dt.timedelta(hours=30, microseconds=at.minute)
        return rc.Commitment.offer("a walk", to=others, due=due, id=f"c-{me}-{at}", circle="c1", by=me, at=at)
    if not found:
        return None
    if what == "count on":
        return found[0].agree(by=me, at=at)
    if what == "another time":
        return found[0].renegotiate(at + dt.timedelta(hours=40), by=me, at=at)
    return found[0].keep(by=me, at=at)


def turned(view: rc.View, what: str) -> rc.Story | None:
    """Let the reader of a view do something about a turn, if there is one."""
    r, me, at = view.state(rc.Rotation, "turns"), view.reader, view.at
    coming = list(r.turns(rc.Window.of(at, dt.timedelta(days=4))))
    mine = next((turn for turn in coming if turn.holder == me), None)
    ahead = [turn for turn in coming if turn.start > at]
    give, take = (next((turn for turn in ahead if (turn.holder == me) is own), None) for own in (True, False))
    match what:
        case "pass on" if mine:
            return r.pass_on(mine.key, by=me, at=at)
        case "ask" if mine:
            return r.ask(mine.key, by=me, at=at)
        case "swap" if give and take:
            return r.swap(give.key, take.key, by=me, at=at)
        case "away":
            return r.away(rc.Window.of(at, dt.timedelta(days=2)), by=me, at=at)
    return None


def agreed(people: int) -> rc.MemoryJournal:
    """Return the journal of people who have just agreed on check-ins."""
    journal = rc.MemoryJournal()
    us = circle(people)
    journal.found(us, by="ana", at=NOW)
    p = rc.Proposal.of(rhythm(NOW), id="p-0", circle=us, by="ana", at=NOW, lasts=dt.timedelta(days=12))
    for person in us.ids[1:]:
        p = p.accept(by=person, offer=p.offer.id, at=NOW)
    for act_ in (*p.acts, *rc.CheckInSchedule.of(p, id="s1", by="ben", at=NOW).acts):
        journal.append(act_, acting=act_.author)
    return journal


def lived(people: int, steps: list[tuple[str, str, dt.timedelta]]) -> rc.MemoryJournal:
    """Return the journal of people who did these things, in the order of their times."""
    journal = agreed(people)
    for what, who, later in sorted(steps, key=lambda step: step[2]):
        try:
            told = act(journal.view(who, circle="c1", at=NOW + later), what)
            more = told if isinstance(told, list) else () if told is None or isinstance(told, rc.Story) else (told,)
            acts = told.acts if isinstance(told, rc.Story) else more
            journal.append(*acts, acting=who)
        except rc.ReconnectError:
            event(f"refused: {what}")
        else:
            event(f"{'nothing to do' if told is None else 'done'}: {what}")
    return journal


@given(st.integers(2, 3), STEPS, st.sampled_from(("ana", "ben")), HOURS, HOURS)
def test_an_outlook_stays_as_it_is_until_it_says_it_changes(
    people: int,
    steps: list[tuple[str, str, dt.timedelta]],
    reader: str,
    later: dt.timedelta,
    more: dt.timedelta,
) -> None:
    """If nobody writes anything, the outlook at any instant before `changes_at` is the same outlook."""
    last_step = max((step[2] for step in steps), default=dt.timedelta(0))
    later = last_step + later % dt.timedelta(hours=30)
    journal = lived(people, steps)
    look = rc.outlook(journal.view(reader, circle="c1", at=NOW + later))
    end = NOW + later + more + dt.timedelta(seconds=1)
    last = end if look.changes_at is None else min(end, look.changes_at) - dt.timedelta(microseconds=1)
    then = rc.outlook(journal.view(reader, circle="c1", at=last))
    assert evolve(then, at=look.at) == look
    assert look.changes_at is None or look.changes_at > look.at


@given(st.integers(2, 3), STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_an_outlook_is_told_without_gaps(
    people: int, steps: list[tuple[str, str, dt.timedelta]], reader: str, later: dt.timedelta
) -> None:
    """Every phrase of every outlook can be said, names and local times included."""
    journal = lived(people, steps)
    view = journal.view(reader, circle="c1", at=NOW + later)
    look = rc.outlook(view)
    for phrase in look.phrases():
        assert rc.render(phrase, zone=look.zone, names=view.names).endswith(".")


@given(STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_someone_who_is_quiet_is_offered_nothing_joint(
    steps: list[tuple[str, str, dt.timedelta]], reader: str, later: dt.timedelta
) -> None:
    """Going quiet empties what is joint in one's own outlook, and changes nothing in anyone else's."""
    journal = lived(2, [step for step in steps if step[2] <= later])
    other = {"ana": "ben", "ben": "ana"}[reader]
    at = NOW + later
    before = rc.outlook(journal.view(other, circle="c1", at=at))
    quiet = rc.Quiet.go(id="quiet-now", circle="c1", by=reader, at=at)
    try:
        journal.append(*quiet.acts, acting=reader)
    except rc.errors.NotAMember:
        return
    look = rc.outlook(journal.view(reader, circle="c1", at=at))
    assert (look.open, look.next, look.awaiting, look.new_times, look.questions) == ((), None, (), (), ())
    assert (look.again, look.follow_up) == ((), None)
    assert rc.outlook(journal.view(other, circle="c1", at=at)) == before


MINUTES: Final = st.sampled_from((0, 1, 19, 20, 60, 3 * 60, 12 * 60, 23 * 60, 24 * 60, 25 * 60, 31 * 60, 36 * 60))
TURNS: Final = st.lists(
    st.tuples(
        st.sampled_from(("pass on", "ask", "swap", "away", "little", "as usual", "withdraw")),
        st.sampled_from(("ana", "ben")),
        st.tuples(st.sampled_from((3, 24)), MINUTES).map(lambda pair: dt.timedelta(hours=pair[0], minutes=pair[1])),
    ),
    max_size=4,
)


@given(TURNS, st.sampled_from(("ana", "ben")), MINUTES, st.booleans())
def test_whose_turn_it_is_stays_until_the_outlook_says_it_changes(
    steps: list[tuple[str, str, dt.timedelta]],
    reader: str,
    minutes: int,
    timed: bool,  # noqa: FBT001 - drawn, not passed
) -> None:
    """Turns, wishes and who is welcome to cover: all of it holds to the very last moment before `changes_at`."""
    since = dt.timedelta(hours=1 if timed else 2)
    begin = [("plan turns", "ana", since), ("agree turns", "ben", since), ("begin turns", "ben", since)]
    journal = lived(2, [*begin, *steps])
    at = NOW + max([since, *(step[2] for step in steps)]) + dt.timedelta(minutes=minutes)
    look = rc.outlook(journal.view(reader, circle="c1", at=at))
    event(f"turn: {look.turn is not None}, by time: {timed}, held: {len(look.holds)}")
    last = NOW.add(days=40) if look.changes_at is None else look.changes_at - dt.timedelta(microseconds=1)
    then = rc.outlook(journal.view(reader, circle="c1", at=rc.as_instant(last)))
    assert evolve(then, at=look.at) == look


EVENING: Final = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("time-out", "update", "return", "end talk", "terms", "agree terms", "follow-up", "hold", "raincheck"),
                *("layer", "drop", "heated", "reassure", "little"),
            )
        ),
        st.sampled_from(("ana", "ben")),
        MINUTES.map(lambda minutes: dt.timedelta(days=1, hours=6, minutes=minutes)),
    ),
    max_size=6,
)


@given(EVENING, st.sampled_from(("ana", "ben")), MINUTES)
def test_a_hard_evening_stays_as_it_is_told_until_it_says_it_changes(
    steps: list[tuple[str, str, dt.timedelta]], reader: str, minutes: int
) -> None:
    """In a time-out and after it, an outlook holds to the very last moment before `changes_at`."""
    call = ("time-out", "ana", dt.timedelta(days=1, hours=6))  # as the check-in of Tuesday evening opens in Paris
    at = NOW + max(step[2] for step in (call, *steps)) + dt.timedelta(minutes=minutes)
    journal = lived(2, [call, ("terms", "ben", dt.timedelta(0)), ("agree terms", "ana", dt.timedelta(hours=1)), *steps])
    look = rc.outlook(journal.view(reader, circle="c1", at=at))
    assert look.changes_at is not None
    last = rc.as_instant(look.changes_at - dt.timedelta(microseconds=1))
    assert evolve(rc.outlook(journal.view(reader, circle="c1", at=last)), at=look.at) == look
    for hold in look.holds:
        event(hold.phrase.key)
    event(f"again: {len(look.again)}, follow-up: {look.follow_up is not None}")


@given(STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_a_time_out_keeps_everything_joint_closed_while_it_runs(
    steps: list[tuple[str, str, dt.timedelta]], caller: str, later: dt.timedelta
) -> None:
    """From the call on nothing joint is open for anyone, and nothing that was held counts for less."""
    journal, at, days = (
        lived(2, [step for step in steps if step[2] <= later]),
        NOW + later,
        rc.Window(NOW, NOW.add(days=200)),
    )
    try:
        pause = rc.TimeOut.call(id="t-now", circle="c1", by=caller, at=at)
        before = journal.view(caller, circle="c1", at=at).counts("s1", days)
        journal.append(*pause.acts, acting=caller)
    except rc.ReconnectError:  # the circle has ended
        return
    for later_ in (dt.timedelta(0), dt.timedelta(hours=1), dt.timedelta(hours=24) - dt.timedelta(microseconds=1)):
        for reader in ("ana", "ben"):
            look = rc.outlook(journal.view(reader, circle="c1", at=at + later_))
            assert (look.open, look.again) == ((), ())
    after = journal.view(caller, circle="c1", at=at.add(days=2)).counts("s1", days)
    assert after.held == before.held


@given(STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_nothing_points_to_each_other_unless_everyone_asked_for_it(
    steps: list[tuple[str, str, dt.timedelta]], reader: str, later: dt.timedelta
) -> None:
    """A question for each other is suggested only while all asked for that; else there is a step of one's own."""
    journal = lived(2, steps)
    view = journal.view(reader, circle="c1", at=NOW + later)
    look = rc.outlook(view)
    if look.suggestion is None:
        assert reader not in view.members or view.membership.is_over(view.at)
        return
    invited = any(invitation.in_force(at=view.at) for invitation in view.all(rc.Invitation))
    apart = look.quiet or look.gently or any(t.phase(at=view.at).value in RUNNING for t in view.all(rc.TimeOut))
    event(f"a question: {look.suggestion.prompt is not None}, invited: {invited}, apart: {apart}")
    assert (look.suggestion.prompt is None) != (look.suggestion.routine is None)
    if look.suggestion.prompt is None:
        assert not invited or apart or rc.agreed_depth(view).deepest == 0
        assert look.suggestion.routine is not None
        assert not look.suggestion.routine.together
    else:
        assert invited
        assert not apart
        assert look.suggestion.prompt.depth <= rc.agreed_depth(view).deepest
    assert rc.suggestion(view, told=rc.FearAnswer()) == rc.suggestion(evolve(view), told=rc.FearAnswer())


@given(STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_each_part_can_be_asked_for_by_itself(
    steps: list[tuple[str, str, dt.timedelta]], reader: str, later: dt.timedelta
) -> None:
    """What an outlook puts together is what its parts say; who is quiet is told of no promise and of no joint win."""
    view = lived(2, steps).view(reader, circle="c1", at=NOW + later)
    look = rc.outlook(view)
    if look.suggestion is None:
        assert (look.promised, look.readings, look.wins) == (rc.Promises(), (), ())
        return
    assert look.readings == rc.readings(view)
    assert look.suggestion == rc.suggestion(view)
    joint = (rc.Promises(), ()) if look.quiet else (rc.promises(view), rc.wins(view))
    assert (look.promised, look.wins) == joint
    event(f"mine: {len(look.promised.mine)}, kept: {len(look.promised.kept)}, readings: {len(look.readings)}")


@given(STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_nobody_is_told_of_what_another_has_not_done(
    steps: list[tuple[str, str, dt.timedelta]], reader: str, later: dt.timedelta
) -> None:
    """Of promises an outlook holds one's own that are still to keep, and of others' only what was kept."""
    begin = [("promise", "ana", dt.timedelta(0)), ("count on", "ben", dt.timedelta(hours=1))]
    view = lived(2, [*begin, *steps]).view(reader, circle="c1", at=NOW + later)
    found = rc.outlook(view).promised
    assert all(each.by == reader for each in found.mine)
    assert {each.keeping for each in found.mine} <= {rc.Keeping.AGREED, rc.Keeping.PASSED}
    assert all(each.by != reader for each in found.kept)
    kept = {act.about for act in view.entries() if act.body.kind == "commitment.kept"}
    assert {each.commitment for each in found.kept} <= kept
    event(f"passed: {any(each.keeping is rc.Keeping.PASSED for each in found.mine)}")
