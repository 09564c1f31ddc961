"""A limit is what a converter promises about the values it lets through, said where other languages can read it."""

import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any, Final

from attrs import frozen

__all__ = ["Limits", "limit", "limits_of"]

WORDS: Final = r"[\S\uFEFF]"  # somewhere a character that is no space; JavaScript takes U+FEFF for one, Python does not


@frozen(kw_only=True)
class Limits:
    """What a value must be, besides being of its type.

    Attributes:
        least: the fewest characters of a text, the lowest number, or the fewest items.
        most: the most characters of a text, the highest number, or the most items.
        shape: a regular expression that a text matches somewhere, read alike by Python and by ECMA-262.
        once: an item said twice is refused.
        each: the converter that every item goes through.
        such_as: plain values that are accepted.
    """

    least: int | None = None
    most: int | None = None
    shape: str | None = None
    once: bool = False
    each: Callable[..., Any] | None = None
    such_as: tuple[Any, ...] = ()


_LIMITS: Final[dict[Callable[..., Any], Limits]] = {}


def limit(
    converter: Callable[..., Any],
    *,
    least: int | None = None,
    most: int | None = None,
    shape: str | None = None,
    once: bool = False,
    each: Callable[..., Any] | None = None,
    such_as: tuple[Any, ...] = (),
) -> None:
    """Say beside a converter what it refuses, in the constants that it compares with.

    Say no more than it refuses: a schema must not turn away what the converter would take, and a law looks for
    that. What a limit cannot say (one field against another, lengths of time) stands in the class's `Raises`.

    >>> def depth(value: int) -> int:
    ...     return value
    >>> limit(depth, least=1, most=3)
    >>> limits_of(depth).most
    3
    """
    _LIMITS[converter] = Limits(least=least, most=most, shape=shape, once=once, each=each, such_as=such_as)


def limits_of(converter: object) -> Limits:
    """Return what is said beside a converter, also when attrs made it take `None` as well; no limits if nothing is.

    >>> limits_of(None)
    Limits(least=None, most=None, shape=None, once=False, each=None, such_as=())
    """
    inner = converter
    while isinstance(inner, FunctionType):
        if inner in _LIMITS:
            return _LIMITS[inner]
        inner = inspect.getclosurevars(inner).nonlocals.get("converter")  # what `attrs.converters.optional` keeps
    return Limits()
