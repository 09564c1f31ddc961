"""What is always true of an agreement, whatever two or three people do."""

import datetime as dt

from hypothesis import event, given
from hypothesis import strategies as st
from tests.laws.test_outlook_laws import HOURS, NOW, STEPS, lived

import reconnect as rc

Steps = list[tuple[str, str, dt.timedelta]]
BEGIN: Steps = [
    ("terms", "ben", dt.timedelta(0)),
    ("agree terms", "ana", dt.timedelta(hours=1)),
    ("plan turns", "ana", dt.timedelta(hours=1)),
    ("agree turns", "ben", dt.timedelta(hours=1)),
    ("begin turns", "ben", dt.timedelta(hours=2)),
]


def seen(people: int, steps: Steps, reader: str, later: dt.timedelta) -> rc.View:
    """Return what one person sees after all of it."""
    return lived(people, [*BEGIN, *steps]).view(reader, circle="c1", at=NOW + later)


@given(st.integers(2, 3), STEPS, HOURS)
def test_an_agreement_is_the_same_for_everyone(people: int, steps: Steps, later: dt.timedelta) -> None:
    """Whoever has been there all along reads the same clauses, with the same versions and the same words."""
    journal = lived(people, [*BEGIN, *steps])
    here = journal.view("ana", circle="c1", at=NOW + later)
    found = [rc.agreement(journal.view(person, circle="c1", at=NOW + later)) for person in here.members]
    assert all(each == found[0] for each in found)
    for clause in found[0].clauses if found else ():
        event(f"{clause.now[0].what.key}, {len(clause.versions)} versions")


@given(STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_a_clause_holds_if_its_story_says_so(steps: Steps, reader: str, later: dt.timedelta) -> None:
    """Check-ins, turns, baselines, terms and invitations: each is a clause exactly while its own story holds."""
    view = seen(2, steps, reader, later)
    told, at = rc.agreement(view), view.at
    for schedule in view.all(rc.CheckInSchedule):
        assert bool(told.about(schedule.id)) == (schedule.until(at=at) is not None)
        assert [v.until for clause in told.about(schedule.id) for v in clause.now] == (
            [] if schedule.until(at=at) is None else [schedule.until(at=at)]
        )
    for rotation in view.all(rc.Rotation):
        assert bool(told.about(rotation.id)) == rotation.in_force(at=at)
    for boundaries in view.all(rc.Boundaries):
        values = [v.offer.value for clause in told.about(boundaries.id) for v in clause.now if v.offer is not None]
        assert values == list(boundaries.baselines(at=at))
    for invitation in view.all(rc.Invitation):
        assert [v.until for clause in told.about(invitation.id) for v in clause.now] == (
            [] if invitation.until(at=at) is None else [invitation.until(at=at)]
        )


@given(STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_what_everyone_said_yes_to_is_in_it_once(steps: Steps, reader: str, later: dt.timedelta) -> None:
    """Every proposal that holds is a version of one clause, unless its story says that it has ended; no other holds."""
    view = seen(2, steps, reader, later)
    versions = [version for clause in rc.agreement(view).clauses for version in clause.versions]
    named = [version.proposal for version in versions if version.proposal is not None]
    assert len(named) == len(set(named))
    holding = {version.proposal for version in versions if version.holds and version.proposal is not None}
    in_force = {p.id for p in view.all(rc.Proposal) if p.in_force(at=view.at) is not None}
    assert holding <= in_force
    for p in view.all(rc.Proposal):
        if p.id in in_force - holding:
            assert isinstance(p.offer.value, rc.Rhythm | rc.RotationPlan | rc.RecoveryTerms)
            event(f"ended by its story: {type(p.offer.value).__name__}")


@given(STEPS, st.sampled_from(("ana", "ben")), HOURS)
def test_what_has_ended_ended_before_now(steps: Steps, reader: str, later: dt.timedelta) -> None:
    """A version that holds has begun and not ended; one that does not has ended; everyone's yes stands in each."""
    view = seen(2, steps, reader, later)
    for clause in rc.agreement(view).clauses:
        assert clause.now
        assert list(clause.versions) == sorted(clause.versions, key=lambda v: (v.since, v.proposal or ""))
        for version in clause.versions:
            assert version.since <= view.at
            assert version.until is None or (view.at < version.until) == version.holds
            assert version.by in version.yes
        for phrase in clause.phrases():
            assert rc.render(phrase, zone=view.zone, names=view.names)
