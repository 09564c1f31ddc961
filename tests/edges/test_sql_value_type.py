"""A column of values gives back what was put in, and refuses what it does not hold."""

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges.testing import values_of
from reconnect.edges.value_type import ValueType
from reconnect.errors import DecodeError, InvalidBody


def table(of: type) -> tuple[sa.Engine, sa.Table]:
    """A table with one column, in memory."""
    column: sa.Column[Any] = sa.Column("value", ValueType(of))
    made = sa.Table("values", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), column)
    engine = sa.create_engine("sqlite://")
    made.create(engine)
    return engine, made


@given(st.sampled_from([rc.Window, rc.Rhythm, rc.Person, rc.Recurrence]).flatmap(values_of))
def test_a_value_comes_back_and_can_be_looked_for(value: object) -> None:
    """What is written is read as the same value, and is found by an equal one."""
    engine, made = table(type(value))
    with engine.begin() as db:
        db.execute(made.insert().values(value=value))
        assert db.scalar(sa.select(made.c.value)) == value
        assert db.scalar(sa.select(made.c.id).where(made.c.value == value)) == 1


def test_nothing_is_nothing() -> None:
    """NULL is None, in both directions."""
    engine, made = table(rc.Window)
    with engine.begin() as db:
        db.execute(made.insert().values(value=None))
        assert db.scalar(sa.select(made.c.value)) is None
        assert db.scalar(sa.select(made.c.id).where(made.c.value.is_(None))) == 1


def test_another_type_is_refused_before_it_is_kept() -> None:
    """A column of windows takes no period; the word says the types only."""
    engine, made = table(rc.Window)
    with engine.begin() as db, pytest.raises(sa.exc.StatementError) as refused:
        db.execute(made.insert().values(value=rc.Note(text="so tired of you")))
    assert isinstance(refused.value.orig, InvalidBody)
    assert "tired" not in str(refused.value.orig)


def test_a_row_that_is_no_such_value_is_refused() -> None:
    """What somebody else wrote into the column is not guessed at."""
    engine, made = table(rc.Window)
    with engine.begin() as db:
        db.execute(sa.text("INSERT INTO \"values\" (value) VALUES ('so tired of you')"))
        with pytest.raises(DecodeError) as refused:
            db.scalar(sa.select(made.c.value))
    assert "tired" not in str(refused.value)


def test_a_column_shows_of_what_type_its_values_are() -> None:
    """So that a migration which is written from it makes the same column."""
    assert repr(ValueType(rc.Window)) == "ValueType(Window)"
    assert repr(ValueType(tuple[rc.Entry, ...])).startswith("ValueType(tuple")
