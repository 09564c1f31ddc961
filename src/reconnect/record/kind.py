"""A kind is the lasting name of a class whose values are written down; host apps add their own."""

import re
from enum import Enum
from typing import ClassVar, Final, Protocol, TypeVar

import attrs
from attrs import field, frozen

from reconnect.errors import InvalidBody, KindTaken, UnknownKind

__all__ = [
    "FORMAT",
    "Body",
    "Heard",
    "UnknownBody",
    "as_shared",
    "as_text",
    "class_of",
    "heard_of",
    "is_newer",
    "is_set_apart",
    "kind_of",
    "kinds",
    "register",
]


class Body(Protocol):
    """Anything that can be written down or offered: a frozen attrs value whose class has a lasting `kind`."""

    kind: ClassVar[str]
    """The lasting name of the class, such as `note`."""


class Heard(Enum):
    """Who may hear a kind of body."""

    ANY = "any"
    """The author chooses."""
    SHARED = "shared"
    """It binds others or concerns them: shared from the start."""
    PRIVATE = "private"
    """It is one person's own: nobody else ever sees it."""
    SEALED = "sealed"
    """It answers a reveal: it stays closed until everyone has answered and the agreed time has come."""


B = TypeVar("B", bound=type)
FORMAT: Final = 1  # the version of the format in which bodies are written
_SET_APART: Final = "support."  # a kind whose name begins so is one person's own, and left out of an ordinary export
_HALF: Final = re.compile("[\ud800-\udfff]")  # half a character: a surrogate on its own
_classes: Final[dict[str, type]] = {}


def register(body: B, /) -> B:
    """Let values of a class be written in entries and carried in offers (usable as a decorator).

    The class is a frozen attrs class with a class variable `kind`, a name that lasts: it is what a journal
    keeps. Two more class variables are read if they are there: `heard` (a `Heard`, who may hear it) and
    `protective` (true if it stops, withdraws or drops something: at equal instants it comes out on top). A kind
    whose name begins with `support.` is private and nothing else, and set apart from an ordinary export.

    >>> from typing import ClassVar
    >>> from attrs import frozen
    >>> @register
    ... @frozen
    ... class Walked:
    ...     kind: ClassVar[str] = "example.walked"
    ...     minutes: int
    >>> class_of("example.walked").__name__
    'Walked'

    Raises:
        InvalidBody: it is no frozen attrs class that compares by value, its `kind` is missing, or others could
            hear of it although its kind begins with `support.`.
        KindTaken: another class already has that kind (running a notebook cell again is fine).
    """
    kind = getattr(body, "kind", None)
    if not isinstance(kind, str) or not kind:
        raise InvalidBody("a class variable `kind` that is a text", f"{body.__name__} without one")
    if not _is_frozen(body):
        raise InvalidBody("a frozen attrs class that compares by value", body.__name__)
    if kind.startswith(_SET_APART) and getattr(body, "heard", None) is not Heard.PRIVATE:
        raise InvalidBody("a private kind for what is set apart", body.__name__)
    known = _classes.get(kind)
    if known is not None and (known.__module__, known.__qualname__) != (body.__module__, body.__qualname__):
        raise KindTaken(kind)
    _classes[kind] = body
    return body


def _is_frozen(body: type) -> bool:
    """Tell whether attrs made a value of this class: all its frozen classes refuse changes in one way."""
    refusing: object = UnknownBody.__setattr__
    return (
        attrs.has(body)
        and body.__setattr__ is refusing
        and body.__eq__ is not object.__eq__
        and body.__hash__ is not None
    )


def class_of(kind: str) -> type:
    """Return the class that carries a kind.

    Raises:
        UnknownKind: nothing is registered under it here.
    """
    try:
        return _classes[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def kinds() -> tuple[type, ...]:
    """Return every class that is registered here, in the order of their kinds."""
    return tuple(cls for _, cls in sorted(_classes.items()))


def _newer(value: int | None) -> int | None:
    if value is not None and (type(value) is not int or value <= FORMAT):
        raise InvalidBody(f"a version of the format above {FORMAT}", "another")
    return value


@frozen(kw_only=True)
class UnknownBody:
    """A body that nobody here can read: kept as it came and passed on unchanged.

    A newer version of a host may write kinds that an older one does not know, and a newer version of this library
    may write more into a kind than an older one can read. Nothing of theirs is lost, and whoever may hear a kind
    that is known is who may hear its newer form.

    Attributes:
        name: the kind it came with.
        payload: its content, as canonical JSON text.
        version: the newer version of the format that it says it needs, if it says so; a known kind always does.

    Raises:
        InvalidBody: the version is no newer one.
    """

    kind: ClassVar[str] = "unknown"

    name: str
    payload: str = field(repr=False)
    version: int | None = field(default=None, converter=_newer)


def kind_of(body: Body) -> str:
    """Return the kind of a body; one that nobody registered here has the kind it came with."""
    return body.name if isinstance(body, UnknownBody) else body.kind


def is_newer(body: object) -> bool:
    """Tell whether a body is a newer version of a kind that is known here; it has no effect until it can be read."""
    return isinstance(body, UnknownBody) and body.name in _classes


def is_set_apart(body: Body) -> bool:
    """Tell whether a body belongs to the support room of its author: private, and left out of an ordinary export."""
    return kind_of(body).startswith(_SET_APART)


def heard_of(body: object) -> Heard:
    """Tell who may hear a body, or refuse what cannot be written down.

    Raises:
        InvalidBody: its class is not registered, or it holds something that cannot be hashed.
    """
    if isinstance(body, UnknownBody):
        known = _classes.get(body.name)
        fits = known is None or body.version is not None
    else:
        known = _classes.get(str(getattr(body, "kind", None)))
        fits = known is type(body)
    if not fits:
        raise InvalidBody("a value of a registered class", f"a {type(body).__name__}")
    try:
        hash(body)
    except TypeError:
        raise InvalidBody("a body that can be hashed", f"a {type(body).__name__} that cannot") from None
    if isinstance(body, UnknownBody) and is_set_apart(body):
        return Heard.PRIVATE
    heard: Heard = getattr(known, "heard", Heard.ANY)
    return heard


def as_text(value: str) -> str:
    """Return a text that someone wrote; the refusal never shows what came instead.

    Raises:
        InvalidBody: it is no text, or holds half a character, which nothing could write down.
    """
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidBody("a text", f"a {type(value).__name__}")
    if _HALF.search(value):
        raise InvalidBody("a text of whole characters", "half a character")
    return value


def as_shared(body: Body) -> Body:
    """Return a body that an offer or a question may carry to everyone; what is one person's own stays theirs.

    Raises:
        InvalidBody: its class is not registered, or its kind is private or sealed.
    """
    heard = heard_of(body)
    if heard in {Heard.PRIVATE, Heard.SEALED}:
        raise InvalidBody("a kind of body that everyone may see", f"a {heard.value} one")
    return body
