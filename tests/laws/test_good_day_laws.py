"""Laws of good-day plans: there while everyone's yes stands, and gone for all of them when one takes theirs back."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges.testing.public import values_of
from reconnect.errors import InvalidBody, InvalidCare

NOW: Final = pendulum.datetime(2026, 3, 21, 12)
DAY: Final = dt.timedelta(days=1)
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
TEA: Final = rc.Routine(key="tea", name="Tea on the stairs", steps=["kettle"], together=True)
PLAN: Final = rc.GoodDayPlan(trigger="a late talk about money", cue="one of us says tea", routine=TEA)


@given(values_of(rc.GoodDayPlan), st.permutations(US.ids), st.integers(1, 3), st.none() | st.sampled_from(US.ids))
def test_a_plan_is_there_while_everyones_yes_stands(
    plan: rc.GoodDayPlan, order: list[str], yeses: int, gone: str | None
) -> None:
    """Two yeses of three are none; who withdraws ends it for everyone at that instant, and for everyone alike."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    p = rc.Proposal.of(plan, id="p1", circle=US, by=order[0], at=NOW)
    for person in order[1:yeses]:
        p = p.accept(by=person, offer=p.offer.id, at=NOW)
    if gone is not None and yeses == 3:
        p = p.withdraw(by=gone, at=NOW + DAY)
    for act in p.acts:
        journal.append(act, acting=act.author)
    for later, stands in ((0 * DAY, yeses == 3), (DAY, yeses == 3 and gone is None), (90 * DAY, False)):
        found = {rc.good_day_plans(journal.view(who, circle="c1", at=NOW + later)) for who in US.ids}
        agreed = rc.AgreedGoodDay(proposal="p1", plan=plan, until=NOW + 90 * DAY)
        assert found == {(agreed,) if stands else ()}


def test_it_is_said_as_an_if_and_a_then() -> None:
    """What comes up, the sign, and then the routine in its own words."""
    assert [rc.render(phrase) for phrase in PLAN.phrases()] == [
        (
            "If this comes up: a late talk about money. The sign: one of us says tea. "
            "Anyone may give it, and nobody has to explain it."
        ),
        "Tea on the stairs",
        "kettle",
    ]
    p = rc.Proposal.of(PLAN, id="p1", circle=US, by="ana", at=NOW)
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    journal.append(*p.acts, acting="ana")
    (said, *_) = [rc.render(each) for each in rc.outlook(journal.view("ben", circle="c1", at=NOW)).phrases()[1:]]
    assert said.startswith("ana suggested a plan for what soothes you if something hard comes up.")


@pytest.mark.parametrize("given_", [{"trigger": " "}, {"cue": ""}, {"routine": "tea"}])
def test_what_is_no_plan_is_refused(given_: dict[str, object]) -> None:
    """Without words or a routine there is none, and the words are in no refusal and in no `repr`."""
    whole: dict[str, object] = {"trigger": "secret", "cue": "secret", "routine": TEA}
    with pytest.raises(InvalidCare) as refusal:
        rc.GoodDayPlan(**{**whole, **given_})  # type: ignore[arg-type]  # wrong on purpose
    assert "secret" not in str(refusal.value)
    assert "tea" not in repr(PLAN).replace("key='tea'", "")
    with pytest.raises(InvalidBody, match="a text"):
        rc.GoodDayPlan(trigger=3, cue="x", routine=TEA)  # type: ignore[arg-type]  # wrong on purpose
