"""The plugins of hypothesis and pytest: nothing to import, nothing slower, and everything there."""

import subprocess
import sys
import textwrap
from importlib import metadata
from pathlib import Path
from typing import Final

import pendulum
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges._from_type import drawn, known_types
from reconnect.edges.testing import BEGINNING, FixedClock, Together, strategies

ALL: Final = sorted(strategies(), key=lambda cls: (cls.__module__, cls.__name__))


def ran(code: str, *, folder: Path) -> str:
    """Run Python elsewhere, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=folder, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def hosted(code: str, *options: str, folder: Path) -> str:
    """Run pytest elsewhere on a file with some tests, and return what it said."""
    (folder / "test_of_a_host.py").write_text(textwrap.dedent(code), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True).stdout


def test_both_plugins_are_announced() -> None:
    """Whoever installs the library has them; an installation older than its metadata is made anew by `make test`."""
    found = {point.group: point.value for point in metadata.distribution("reconnect").entry_points}
    assert found["hypothesis"] == "reconnect.edges._from_type:register"
    assert found["pytest11"] == "_reconnect_pytest"


def test_neither_waits_for_what_nobody_asked_for(tmp_path: Path) -> None:
    """Importing the library brings no hypothesis, importing hypothesis no strategies, starting pytest no library."""
    assert ran("import reconnect, sys; print('hypothesis' in sys.modules)", folder=tmp_path) == "False"
    drawn = "import hypothesis, sys; print('reconnect.edges.testing' in sys.modules)"
    assert ran(drawn, folder=tmp_path) == "False"
    said = hosted(
        """
        import sys

        def test_nothing_is_loaded() -> None:
            assert "_reconnect_pytest" in sys.modules
            assert "reconnect" not in sys.modules
        """,
        folder=tmp_path,
    )
    assert "1 passed" in said, said


@pytest.mark.parametrize("first", ["hypothesis", "reconnect.edges.testing", "reconnect.edges.testing.words"])
def test_the_order_of_imports_does_not_matter(first: str, tmp_path: Path) -> None:
    """Hypothesis may come first, or be imported by our own strategies."""
    code = f"""
    import warnings
    import {first}
    import pendulum
    from hypothesis import strategies as st
    warnings.simplefilter("ignore")
    print(type(st.from_type(pendulum.DateTime).example()).__name__)
    """
    assert ran(code, folder=tmp_path) == "DateTime"


def test_hypothesis_knows_every_public_value() -> None:
    """No type has a strategy that `from_type` does not find."""
    assert set(strategies()) <= set(known_types())


@given(data=st.data(), cls=st.sampled_from(ALL))
def test_from_type_draws_the_values_of_a_type(data: st.DataObject, cls: type) -> None:
    """What is drawn without any import is of that very type."""
    assert type(data.draw(st.from_type(cls))) is cls


@given(at=st.from_type(pendulum.DateTime))
def test_an_instant_is_drawn_in_utc(at: pendulum.DateTime) -> None:
    """Hypothesis alone cannot draw one at all."""
    assert at.tzinfo is pendulum.UTC


def test_what_has_no_strategy_of_its_own_is_left_to_hypothesis() -> None:
    """A view is made by a journal; nobody is told otherwise."""
    assert rc.View in set(known_types())
    assert drawn(rc.View) is NotImplemented


@frozen
class Plan:
    """A class of a host, with our values in it."""

    window: rc.Window
    at: pendulum.DateTime
    pause: rc.TimeOut | None
    written: tuple[rc.Entry, ...]
    rhythm: rc.Rhythm


@settings(max_examples=10)
@given(plan=st.builds(Plan), other=st.from_type(Plan))
def test_a_class_of_a_host_is_built_from_our_values(plan: Plan, other: Plan) -> None:
    """Its fields are found by their types, also inside of others."""
    for each in (plan, other):
        assert isinstance(each.window, rc.Window)
        assert isinstance(each.rhythm, rc.Rhythm)
        assert all(isinstance(entry, rc.Entry) for entry in each.written)


def test_without_hypothesis_a_fixture_says_which_extra_is_missing(tmp_path: Path) -> None:
    """The plugin of pytest is always there; what it needs is not."""
    (tmp_path / "conftest.py").write_text("import sys\nsys.modules['hypothesis'] = None\n", encoding="utf-8")
    said = hosted("def test_it(couple) -> None: ...", "-p", "no:hypothesispytest", folder=tmp_path)
    assert "expected hypothesis, which the extra brings along: pip install 'reconnect[testing]'" in said


def test_a_host_keeps_its_own_fixture_of_the_same_name(tmp_path: Path) -> None:
    """What a host calls `circle` comes before ours."""
    said = hosted(
        """
        import pytest

        @pytest.fixture
        def circle() -> str:
            return "mine"

        def test_it(circle: str) -> None:
            assert circle == "mine"
        """,
        folder=tmp_path,
    )
    assert "1 passed" in said, said


def test_the_plugin_can_be_left_out(tmp_path: Path) -> None:
    """It goes by the name of the library."""
    said = hosted("def test_it(couple) -> None: ...", "-p", "no:reconnect", folder=tmp_path)
    assert "fixture 'couple' not found" in said


def test_a_clock_stands_still_until_it_is_moved(fixed_clock: FixedClock) -> None:
    """It tells the same as often as it is asked; an hour is an hour across a clock change."""
    assert fixed_clock() == fixed_clock() == BEGINNING
    assert fixed_clock().tzinfo is pendulum.UTC
    fixed_clock.turn_to(pendulum.datetime(2026, 3, 29, 1, 30, tz="Europe/Paris"))
    assert fixed_clock.forward(hours=1).in_timezone("Europe/Paris").hour == 3
    assert fixed_clock.forward(days=-1, minutes=1, seconds=2) == pendulum.datetime(2026, 3, 28, 1, 31, 2)
    assert repr(fixed_clock) == f"FixedClock({fixed_clock()!r})"


def test_a_couple_lives_in_one_journal(couple: Together, fixed_clock: FixedClock) -> None:
    """Two people, one circle, one clock: a test can begin at once."""
    assert couple.circle.ids == ("ana", "ben")
    private = couple.write("ana", rc.Note(text="tired"))
    shared = couple.write("ben", rc.Note(text="soup?"), shared=True, id="soup", about="dinner")
    before = fixed_clock()
    fixed_clock.forward(hours=1)
    assert private.id == "ana-1"
    assert couple.view("ben").entries(kind=rc.Note) == (shared,)
    assert couple.view("ana").entries(kind=rc.Note) == (private, shared)
    assert couple.view("ben").at == before.add(hours=1)
    assert couple.view("ben", at=before).at == before


def test_a_story_is_kept_act_by_act(circle: Together) -> None:
    """Each act goes in under its author's name, and telling it again changes nothing."""
    offered = circle.keep(circle.view("ana").offer(rc.Note(text="a walk"), id="p1"))
    for person in ("ben", "cleo"):
        offered = offered.accept(by=person, offer=offered.offer.id, at=circle.clock())
    assert circle.keep(circle.keep(offered)) == offered
    assert circle.view("cleo").state(rc.Proposal, "p1").in_force(at=circle.clock()) == rc.Note(text="a walk")


def test_a_kind_goes_to_those_who_may_hear_it(couple: Together) -> None:
    """What is sealed, shared or private by its kind needs no word about it."""
    asked = couple.keep(
        rc.Reveal.of(rc.Note(text="?"), closes=couple.clock().add(days=1), id="r1", circle="c1", by="ana", at=BEGINNING)
    )
    answer = asked.answer("x", by="ben", at=couple.clock()).acts_of("ben")[0].body
    assert couple.entry("ben", answer, id="a", about="r1").audience == rc.Sealed("r1")
    assert couple.entry("ben", rc.Note(text="x"), id="b").audience == rc.Private()


@given(
    st.from_type(rc.Body),  # type: ignore[type-abstract]  # a protocol, of which hypothesis knows values
    st.from_type(rc.BoundaryRule),  # type: ignore[type-abstract]  # another one
    st.from_type(rc.Action),
)
def test_types_of_many_classes_are_drawn(body: rc.Body, rule: rc.BoundaryRule, action: rc.Action) -> None:
    """A body of any kind, a rule that can be asked, and an action of one person towards another."""
    assert rc.kind_of(body)
    assert callable(rule.ruling)
    assert action.by != action.toward
