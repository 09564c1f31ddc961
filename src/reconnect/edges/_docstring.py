"""A docstring is where a class says in words what it is; a schema repeats its sentences."""

import inspect
import re
from collections.abc import Iterator
from typing import Final

__all__ = ["attribute", "entitled", "summary"]

_SECTION: Final = re.compile(r"(?m)^(Attributes|Raises):\n((?:(?: {4}.*)?(?:\n|\Z))+)")
_ITEM: Final = re.compile(r"(?m)^    (\w+): ((?:.+)(?:\n {5,}.+)*)")


def summary(cls: type) -> str:
    """Return the first sentence of a class's docstring.

    >>> from reconnect.record.entry import Private
    >>> summary(Private)
    'Only the author sees it.'
    """
    return _plain(inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0])


def attribute(cls: type, name: str) -> str:
    """Return what a class, or one that it inherits from, says of an attribute."""
    return next((said for each in cls.__mro__ for key, said in _items(each, "Attributes") if key == name), "")


def entitled(cls: type) -> dict[str, str]:
    """Return the title and the description of a class: what it is, and what it refuses that types cannot say.

    >>> from reconnect.people.person import Move
    >>> entitled(Move)
    {'title': 'Move', 'description': 'From an instant on, a person lives by the clock of another zone.'}
    """
    refused = "; if ".join(said.rstrip(".") for _, said in _items(cls, "Raises"))
    described = " ".join(filter(None, (summary(cls), refused and f"Refused if {refused}.")))
    return {"title": cls.__name__, **({"description": described} if described else {})}


def _items(cls: type, wanted: str) -> Iterator[tuple[str, str]]:
    for section, lines in _SECTION.findall(inspect.cleandoc(cls.__doc__ or "")):
        if section == wanted:
            yield from ((name, _plain(said)) for name, said in _ITEM.findall(lines))


def _plain(text: str) -> str:
    return " ".join(text.split())
