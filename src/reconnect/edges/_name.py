"""Every object in a document says what it is: a body its kind, every other value its type."""

import re
from collections.abc import Iterator
from typing import Any, Final, get_type_hints

import attrs
from attrs import frozen

from reconnect.edges._codec import MARK
from reconnect.errors import InvalidBody
from reconnect.record.silent import is_silent, silent_default

__all__ = ["Named", "named_fields", "tag_of"]

_WORD_START: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def tag_of(cls: type) -> tuple[str, str]:
    """Return the name and the word with which an object in a document says what it is.

    A class whose values can be written down says its lasting `kind`; every other one its `type`, the name of
    the class in small letters.

    >>> from reconnect.record.entry import Note
    >>> from reconnect.temporal.hours import WeeklyHours
    >>> tag_of(Note), tag_of(WeeklyHours)
    (('kind', 'note'), ('type', 'weekly_hours'))
    """
    kind = getattr(cls, "kind", None)
    if isinstance(kind, str):
        return "kind", kind
    return "type", _WORD_START.sub("_", cls.__name__.strip("_")).lower()


@frozen
class Named:
    """One field of a class, as a document names it.

    Attributes:
        name: the name of the attribute.
        key: the name in the document, which is what the constructor calls it.
        wanted: the annotation.
        required: it has no default.
        silent: the default that is left out when written, `attrs.NOTHING` if there is none.
        converter: what the class makes of it, or refuses.
    """

    name: str
    key: str
    wanted: Any
    required: bool
    silent: object
    converter: object = None

    def is_silent(self, value: object) -> bool:
        """Tell whether a value is left out when written."""
        return is_silent(value, self.silent)


def named_fields(cls: type) -> Iterator[Named]:
    """Go through the fields that a document gives: all but those that the class works out by itself.

    Raises:
        InvalidBody: an annotation is missing or cannot be found at run time, or a field has a name that every
            document uses itself.
    """
    try:
        hints = get_type_hints(cls, include_extras=True)
    except NameError:
        hints = {}
    taken = {MARK, "kind"} if tag_of(cls)[0] == "kind" else {MARK, "kind", "type"}
    for each in attrs.fields(cls):
        if not each.init:
            continue
        wanted = hints.get(each.name, each.type)
        if wanted is None or isinstance(wanted, str):
            raise InvalidBody("annotations that can be found at run time", f"{cls.__name__}.{each.name}")
        key = each.alias or each.name
        if key in taken:
            raise InvalidBody(f"fields not called {' or '.join(sorted(taken))}", f"{cls.__name__}.{key}")
        silent = silent_default(each.default)
        yield Named(each.name, key, wanted, each.default is attrs.NOTHING, silent, each.converter)
