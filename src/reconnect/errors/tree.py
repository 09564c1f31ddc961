"""The root of the tree of errors, and the shape of every complaint about a value."""

from typing import ClassVar

__all__ = ["Invalid", "ReconnectError"]


class ReconnectError(Exception):
    """Any refusal or complaint of this library; catch it to catch them all.

    Every leaf also inherits the builtin that a stranger would catch, and carries its data as attributes.
    All data is passed to the constructor, so that every error survives pickling.
    """

    fields: ClassVar[tuple[str, ...]] = ()
    says: ClassVar[str] = ""

    def __init__(self, *values: object) -> None:
        """Keep the values under the names in `fields`."""
        super().__init__(*values)
        for name, value in zip(self.fields, values, strict=True):
            setattr(self, name, value)

    def __str__(self) -> str:
        """Say in one lower-case sentence what was expected and what came."""
        return self.says.format_map(vars(self))


class Invalid(ReconnectError, ValueError):
    """A value that cannot be: what was expected, and what came (a type's name or harmless text)."""

    says = "expected {expected}, got {got}"
    fields: ClassVar[tuple[str, ...]] = ("expected", "got")
    expected: str
    got: str
