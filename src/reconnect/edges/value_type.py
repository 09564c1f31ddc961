"""A column type for SQLAlchemy: a value of this library in a table of the host (extra `sql`)."""

from typing import Any, Generic, TypeVar

from reconnect.edges._sqlalchemy import sa
from reconnect.edges.convert import dumps, loads
from reconnect.errors import DecodeError, InvalidBody

__all__ = ["ValueType"]

T = TypeVar("T")


class ValueType(sa.types.TypeDecorator[T], Generic[T]):
    """A column that holds values of one type, as the documents that `dumps` writes; NULL is `None`.

    The same value is always the same text, so a column can be compared, indexed and made unique. Whoever can read
    the table reads what stands in it: what only one person may see belongs in a journal. A refusal of the database
    repeats its parameters, unless the engine was made with `hide_parameters=True`.

    >>> from sqlalchemy import Column, Integer, MetaData, Table, create_engine, select
    >>> import reconnect as rc
    >>> plans = Table("plans", MetaData(), Column("id", Integer, primary_key=True), Column("nap", ValueType(rc.Period)))
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as db:
    ...     plans.create(db)
    ...     _ = db.execute(plans.insert().values(nap=rc.Period(weeks=2)))
    ...     db.scalar(select(plans.c.nap).where(plans.c.nap == rc.Period(weeks=2)))
    Period(weeks=2)

    Args:
        of: the type of the values; whatever `loads` can read, such as a union or `tuple[Entry, ...]`.

    Raises:
        DecodeError: when a row is read that is no such value.
        StatementError: of SQLAlchemy, around an `InvalidBody`, when something else is to be written.
    """

    impl: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]] = sa.Text
    cache_ok: bool | None = True

    def __init__(self, of: type[T]) -> None:
        """Take the type of the values."""
        super().__init__()
        self.of = of

    def __repr__(self) -> str:
        """Show the type of the values, so that a migration that is written from it makes the same column."""
        return f"{type(self).__name__}({getattr(self.of, '__name__', self.of)})"

    def process_bind_param(self, value: T | None, dialect: Any) -> str | None:  # noqa: ANN401, ARG002 - as SQLAlchemy says
        """Write a value; another type's is refused before it is kept anywhere."""
        if value is None:
            return None
        text = dumps(value).decode()
        try:
            loads(text, self.of)
        except DecodeError:
            raise InvalidBody("a value of the type of the column", f"a {type(value).__name__}") from None
        return text

    def process_result_value(self, value: str | None, dialect: Any) -> T | None:  # noqa: ANN401, ARG002 - as SQLAlchemy says
        """Read a value."""
        return None if value is None else loads(value, self.of)

    def coerce_compared_value(self, op: object, value: object) -> "ValueType[T]":  # noqa: ARG002 - as SQLAlchemy says
        """Compare with another value of the same type, written in the same way."""
        return self
