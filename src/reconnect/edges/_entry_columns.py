"""An entry in columns: what a table of a database and a table of a frame hold of it alike."""

from collections.abc import Callable

from reconnect.edges.convert import dumps
from reconnect.errors import InvalidBody
from reconnect.record.digest import digest
from reconnect.record.entry import Entry, Sealed
from reconnect.record.kind import Body, kind_of
from reconnect.temporal.instant import to_microseconds

__all__ = ["body_text", "columns_of"]


def columns_of(entry: Entry) -> dict[str, object]:
    """Return everything of an entry but its body."""
    return {
        "circle": entry.circle,
        "author": entry.author,
        "id": entry.id,
        "at": to_microseconds(entry.at),
        "kind": kind_of(entry.body),
        "about": entry.about,
        "audience": type(entry.audience).__name__.lower(),
        "reveal": entry.audience.reveal if isinstance(entry.audience, Sealed) else None,
    }


def body_text(body: Body, read: Callable[[str], Body]) -> str:
    """Return a body as JSON that can be read again.

    Args:
        body: the body.
        read: how it will be read.

    Raises:
        InvalidBody: it would not be read back as the same body.
    """
    text = dumps(body).decode()
    if digest(read(text)) != digest(body):
        raise InvalidBody("a body that reads back as it was written", f"a {type(body).__name__}")
    return text
