"""SQLAlchemy, or a clear word about the extra that brings it along."""

from reconnect.errors import MissingExtra

try:
    import sqlalchemy as sa
    from sqlalchemy.dialects import postgresql, sqlite
except ImportError:
    raise MissingExtra("sql", "sqlalchemy") from None

__all__ = ["postgresql", "sa", "sqlite"]
