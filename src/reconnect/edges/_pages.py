"""Pages are the definitions that a schema refers to: each is written once, whoever refers to it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from reconnect.edges._codec import Json
from reconnect.limits import Limits, limits_of
from reconnect.record.kind import kinds

__all__ = ["DEFINED", "Pages", "Schema", "anything", "narrowed"]

Schema: TypeAlias = dict[str, Json]

DEFINED: Final = "#/$defs/"
_SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
_BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "string": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum"),
    "array": ("minItems", "maxItems"),
}


class Pages:
    """The definitions of one schema, while it is written.

    Attributes:
        kinds: the classes of bodies that are told of, in the order of their kinds.
        found: each definition, by its name.
        meant: what each definition is about, by its name.
    """

    def __init__(self, among: Iterable[type] | None = None) -> None:
        """Begin with nothing written; without a choice, every kind registered here is told of."""
        chosen = None if among is None else set(among)
        self.kinds: tuple[type, ...] = tuple(cls for cls in kinds() if chosen is None or cls in chosen)
        self.found: dict[str, Schema] = {}
        self.meant: dict[str, Any] = {}
        self._names: dict[Any, str] = {}

    def refer(self, what: Any, word: str, write: Callable[[], Schema]) -> Schema:  # noqa: ANN401 - any annotation
        """Return a reference to what is meant; its definition is written when first referred to."""
        if what not in self._names:
            name = self._names[what] = self._free(word)
            self.meant[name] = what
            self.found[name] = {}  # it holds its place while it is written: a class may hold itself
            self.found[name] = write()
        return {"$ref": DEFINED + self._names[what]}

    def _free(self, word: str) -> str:
        """Return a name that a reference can hold as it is, and that nothing else has."""
        plain = "".join(letter if letter in _SAFE else "_" for letter in word)
        taken = sum(name == plain or name.startswith(f"{plain}-") for name in self.found)
        return f"{plain}-{taken + 1}" if taken else plain


def anything(_pages: Pages) -> Schema:
    """Say nothing of what is read by a hook of the host."""
    return {}


def narrowed(schema: Schema, limits: Limits) -> Schema:
    """Return a schema of a type with what a converter lets through of it."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [narrowed(part, limits) for part in schema["anyOf"]]}
    more: Schema = {"examples": list(limits.such_as)} if limits.such_as else {}
    if schema.get("type") in _BOUNDS:
        least, most = _BOUNDS[schema["type"]]
        said = {least: limits.least, most: limits.most, "pattern": limits.shape, "uniqueItems": limits.once or None}
        more |= {name: bound for name, bound in said.items() if bound is not None}
    if limits.each is not None:
        more["items"] = narrowed(schema["items"], limits_of(limits.each))
    return {**schema, **more}
