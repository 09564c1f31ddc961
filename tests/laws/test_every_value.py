"""Every public value is frozen, hashes as it compares, and survives being copied, pickled and written down."""

import copy
import importlib
import inspect
import pickle
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reconnect
from reconnect.edges._name import tag_of
from reconnect.edges.convert import dumps, loads
from reconnect.edges.testing.public import strategies, values_of
from reconnect.record.kind import _classes as registered

TESTS: Final = Path(__file__).parents[1]
THOROUGH: Final = settings().max_examples
FEW: Final = settings(max_examples=max(10, THOROUGH // 5))  # there are many types
FEWER: Final = settings(max_examples=max(3, THOROUGH // 25))

# Public classes that are no values: nobody keeps them, sends them or makes them by hand.
NO_VALUES: Final = {
    "View": "made by a journal for one reader, and only read",
    "Terms": "what offers have in common; only its children are written",
    "Course": "the fold of a proposal while it runs",
    "Version": "the fold of a schedule while it runs",
    "Plan": "the fold of a schedule while it runs",
    "Place": "the fold of a schedule while it runs",
    "Slot": "the fold of a schedule while it runs",
    "Pause": "the fold of a schedule while it runs",
    "Call": "the fold of a time-out while it runs",
    "Event": "the fold of a resting topic while it runs",
    "Rest": "the fold of a resting topic while it runs",
    "AgreedTerms": "the fold of recovery terms while it runs",
    "Agreements": "the fold of recovery terms while it runs",
    "Aftermath": "the fold of a recovery window while it runs",
    "Opening": "the fold of a recovery window while it runs",
    "Spoken": "the fold of a recovery window while it runs",
    "Session": "the fold of a talk while it runs",
    "Talk": "the half of a talk that reads; only its child is written",
    "Deal": "the fold of a commitment while it runs",
    "Remembered": "the fold of a memory while it runs",
    "Action": "what actions have in common; only its children are asked about",
    "Limits": "said beside a converter, and only read",
    "Fold": "the fold of boundaries while it runs",
    "Shelter": "the fold of boundaries while it runs",
    **dict.fromkeys(("Ahead", "Pauses", "Rulings", "Turns"), "what an outlook gathers while it is put together"),
    "Done": "a step while what helped is gathered",
    "OwnWeek": "a week while what helped is gathered",
    "Rested": "what an agreement gathers while it is put together",
    "Rows": "the table of precedence while it is read",
    "Absence": "the fold of a rotation while it runs",
    "Talks": "what an outlook gathers while it is put together",
    "Calendar": "the fold of a rotation while it runs",
    "Change": "the fold of a rotation while it runs",
    "Changes": "the fold of a rotation while it runs",
    "Counted": "the fold of a rotation while it runs",
    "Stretch": "the fold of a rotation while it runs",
    "Timed": "the fold of a rotation while it runs",
    "Cells": "a table while it is read",
    "Columns": "a table while it is read",
    "Rated": "a table while it is read",
    "Table": "a table while it is read",
    "Picture": "drawn to be looked at, never kept",
}


def modules() -> Iterator[str]:
    """The name of every public module, except those that only test."""
    for module in pkgutil.walk_packages(reconnect.__path__, "reconnect."):
        parts = module.name.split(".")
        if not any(part.startswith("_") for part in parts) and "testing" not in parts:
            yield module.name


def public() -> set[type]:
    """Every attrs class that a public module offers, and every registered kind of this library."""
    found: set[type] = set()
    for name in ("reconnect", *modules()):
        module = importlib.import_module(name)
        offered = [getattr(module, each) for each in getattr(module, "__all__", ())]
        found.update(each for each in offered if isinstance(each, type) and attrs.has(each))
    found.update(cls for cls in registered.values() if cls.__module__.startswith("reconnect."))
    return {cls for cls in found if not issubclass(cls, Exception)}


PUBLIC: Final = public()
VALUES: Final = sorted(
    (cls for cls in PUBLIC if cls in strategies() or cls.__name__ not in NO_VALUES),  # some names are used twice
    key=lambda cls: (cls.__module__, cls.__name__),
)
DRAWN: Final = [cls for cls in VALUES if cls in strategies()]
each_value = pytest.mark.parametrize("cls", DRAWN, ids=lambda cls: cls.__name__)


def test_every_public_value_has_a_strategy() -> None:
    """Whoever adds a public type says what its values are, or why it has none."""
    assert [cls.__name__ for cls in VALUES if cls not in strategies()] == []
    assert sorted(set(NO_VALUES) - {cls.__name__ for cls in PUBLIC}) == []


def test_every_strategy_is_for_a_public_value() -> None:
    """What is gone from the library is gone from its strategies."""
    assert sorted(cls.__name__ for cls in set(strategies()) - PUBLIC) == []


def states_laws(cls: type) -> bool:
    """Whether a class states laws of its own."""
    return "Laws:" in (inspect.getdoc(cls) if cls.__doc__ else "")  # type: ignore[operator]  # it has one


@pytest.mark.parametrize("cls", [cls for cls in VALUES if states_laws(cls)], ids=lambda cls: cls.__name__)
def test_a_type_that_states_laws_has_them_tested(cls: type) -> None:
    """A law in a docstring is a promise: a file of property tests speaks of the type."""
    texts = (path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    assert any("@given(" in text and re.search(rf"\b{cls.__name__}\b", text) for text in texts)


def test_no_two_public_values_go_by_one_name_in_documents() -> None:
    """A document that says what something is means one class."""
    names = [tag_of(cls) for cls in VALUES]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def copies(value: object) -> Iterator[tuple[str, object]]:
    """Every way in which a value is carried elsewhere, and what arrives there."""
    yield "copied", copy.copy(value)
    yield "copied deeply", copy.deepcopy(value)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        yield f"pickled by {protocol}", pickle.loads(pickle.dumps(value, protocol))  # noqa: S301 - we made it just now
    yield "written down", loads(dumps(value), type(value))


@each_value
def test_every_field_of_a_value_takes_part_in_comparing_and_hashing(cls: type[Any]) -> None:
    """Two values that differ anywhere are two values."""
    fields = attrs.fields(cls)
    assert [field.name for field in fields if not field.eq or field.hash not in (None, True)] == []
    assert {"__eq__", "__hash__"} <= vars(cls).keys()


@each_value
@FEW
@given(data=st.data())
def test_a_value_survives_being_carried_elsewhere(cls: type[Any], data: st.DataObject) -> None:
    """Copied, pickled or written down and read again, it is equal, hashes alike and looks the same."""
    value = data.draw(values_of(cls))
    for how, found in copies(value):
        assert type(found) is cls, how
        assert found == value, how
        assert hash(found) == hash(value), how
        assert repr(found) == repr(value), how


@each_value
@FEWER
@given(data=st.data())
def test_a_value_is_frozen(cls: type[Any], data: st.DataObject) -> None:
    """Nobody changes a value: no field can be set or deleted, and none can be added."""
    value = data.draw(values_of(cls))
    for name in [field.name for field in attrs.fields(cls)] + ["another"]:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, name, None)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(value, name)


@each_value
@FEWER
@given(data=st.data())
def test_a_value_compares_by_its_fields_and_hashes_as_it_compares(cls: type[Any], data: st.DataObject) -> None:
    """Two values are equal exactly when their fields are; equal ones hash alike; another type is never equal."""
    one, other = data.draw(values_of(cls)), data.draw(values_of(cls))
    same = [getattr(one, field.name) for field in attrs.fields(cls)] == [
        getattr(other, field.name) for field in attrs.fields(cls)
    ]
    assert (one == other) is same
    assert (one != other) is not same
    assert hash(one) == hash(other) or one != other
    assert one != "another type"
