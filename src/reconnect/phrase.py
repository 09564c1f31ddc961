"""A phrase is what will be said, not yet in words: a key and its parameters, rendered by `language`."""

import datetime as dt
import re
from typing import Final, Self, cast

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidPhrase
from reconnect.limits import limit

__all__ = ["Param", "Phrase"]

_SAYABLE: Final = "a text, a whole number, an instant, a date, a stretch of time, or another phrase"
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


def _key(given: str) -> str:
    if not isinstance(given, str) or not _KEY.fullmatch(given):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidPhrase("a key of lower-case words joined by dots", f"a {type(given).__name__}")
    return given


limit(_key, shape=f"^(?:{_KEY.pattern})$", such_as=("checkin.open",))


def _params(given: "tuple[tuple[str, Param], ...]") -> "tuple[tuple[str, Param], ...]":
    said = {name: _instant(value) for name, value in map(_pair, _tuple(given))}
    if len(said) < len(given):
        raise InvalidPhrase("each parameter once", "one of them twice")
    return tuple(sorted(said.items(), key=lambda pair: pair[0]))


def _tuple(given: object) -> "tuple[object, ...]":
    if not isinstance(given, tuple):
        raise InvalidPhrase("pairs of a name and a value", f"a {type(given).__name__}")
    return cast("tuple[object, ...]", given)


def _pair(given: object) -> "tuple[str, Param]":
    parts = _tuple(given)
    if len(parts) != 2 or not isinstance(parts[0], str):  # noqa: PLR2004 - a pair
        raise InvalidPhrase("pairs of a name and a value", f"a {type(given).__name__}")
    if not _sayable(parts[1]):
        raise InvalidPhrase(_SAYABLE, f"a {type(parts[1]).__name__}")
    return parts[0], cast("Param", parts[1])


def _instant(value: "Param") -> "Param":
    """Hold a moment in UTC; a local time without a zone could be any moment."""
    if not isinstance(value, dt.datetime):
        return value
    if value.utcoffset() is None:
        raise InvalidPhrase(_SAYABLE, "a local time without a zone")
    try:
        utc = dt.datetime.astimezone(value, dt.UTC)
    except OverflowError:
        raise InvalidPhrase(_SAYABLE, "a moment outside the years 1 to 9999") from None
    return pendulum.DateTime(
        utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, utc.microsecond, pendulum.UTC
    )


def _sayable(value: object) -> bool:
    if isinstance(value, tuple):
        return all(isinstance(part, str | Phrase) for part in cast("tuple[object, ...]", value))
    return not isinstance(value, bool) and isinstance(value, str | int | dt.date | dt.timedelta | Phrase)


@frozen(order=True)
class Phrase:
    """One sentence that the library may say, before any language is chosen.

    The floors below `language` never write sentences; they hand out phrases, and `render` says them.
    Persons appear by id, moments as instants: names and local times come in when the phrase is said.

    >>> Phrase.of("checkin.open", until=3)
    Phrase(key='checkin.open', params=(('until', 3),))

    Attributes:
        key: lower-case words joined by dots, found in every locale pack.
        params: pairs of a name and a value, sorted by name; moments are held in UTC.

    Raises:
        InvalidPhrase: the key has another shape, or a parameter cannot be said.
    """

    key: str = field(converter=_key)
    params: "tuple[tuple[str, Param], ...]" = field(default=(), converter=_params)

    @classmethod
    def of(cls, key: str, /, **params: "Param") -> Self:
        """Make a phrase from a key and named parameters."""
        return cls(key, tuple(params.items()))

    def __getitem__(self, name: str) -> "Param":
        """Return one parameter by its name."""
        return dict(self.params)[name]


Param = str | int | pendulum.DateTime | dt.date | dt.timedelta | Phrase | tuple[str | Phrase, ...]
