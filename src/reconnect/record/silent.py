"""A field that says nothing is left out of documents and digests, so that fields can be added one day."""

from typing import Any, Final

import attrs

__all__ = ["is_silent", "silent_default"]

_NOTHING: Final[tuple[object, ...]] = (None, "", (), frozenset[object](), False)
_EMPTY: Final[dict[object, object]] = {str: "", tuple: (), frozenset: frozenset[object]()}


def silent_default(default: Any) -> object:  # noqa: ANN401 - any default
    """Return a default that is nothing at all; every other one is written, so that it may change one day.

    >>> silent_default(""), silent_default(3)
    ('', NOTHING)

    Args:
        default: the default of an attrs field, or a factory of it.

    Returns:
        The default, or `attrs.NOTHING` if there is none, or if it says something.
    """
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time
        return _EMPTY.get(default.factory, attrs.NOTHING)
    return next((empty for empty in _NOTHING if type(default) is type(empty) and default == empty), attrs.NOTHING)


def is_silent(value: object, silent: object) -> bool:
    """Tell whether a value is the default that is left out."""
    return isinstance(value, type(silent)) and value == silent
