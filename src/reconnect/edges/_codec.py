"""A codec is one way into the library and its inverse; a refusal knows where, and never what stood there."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeGuard, TypeVar

from attrs import frozen

from reconnect.errors import DecodeError, InvalidBody, ReconnectError
from reconnect.record.kind import FORMAT

if TYPE_CHECKING:  # pages hold plain values, so they import this module
    from reconnect.edges._pages import Pages

__all__ = ["MARK", "VERSION", "Codec", "Json"]

Json: TypeAlias = Any  # null, truth values, numbers, texts, lists and objects; each reader narrows it

T = TypeVar("T")
VERSION: Final = FORMAT
MARK: Final = "reconnect"
OUR_VERSIONS: Final = f"version {VERSION}, the newest that this library reads"


@frozen
class Codec:
    """How values of one type come in (`read`) and go out (`write`), and what both take it for (`says`).

    Attributes:
        read: takes plain JSON values; raises `DecodeError`.
        write: takes a value; raises `InvalidBody` if it could not be read again as the same value.
        says: returns the JSON Schema of what it writes: whatever that refuses, `read` refuses.
    """

    read: Callable[[Json], Any]
    write: Callable[[Any], Json]
    says: "Callable[[Pages], dict[str, Json]]"


def is_object(data: Json) -> TypeGuard[dict[str, Json]]:
    """Tell whether plain data are an object."""
    return type(data) is dict


def is_list(data: Json) -> TypeGuard[list[Json]]:
    """Tell whether plain data are a list."""
    return type(data) is list


def is_tagged(data: Json) -> bool:
    """Tell whether plain data are an object that says what it is."""
    return isinstance(data, dict) and bool({"kind", "type"} & data.keys())


def enveloped(data: Json) -> Json:
    """Return the document of plain data: the version stands beside what says what it is, and around all else."""
    return {MARK: VERSION, **data} if is_tagged(data) else {MARK: VERSION, "value": data}


def read_part(codec: Codec, data: Json, name: str) -> Any:  # noqa: ANN401 - whatever the codec reads
    """Read a part of something; an error in it says the part's name."""
    try:
        return codec.read(data)
    except DecodeError as error:
        _step_out(error, name)
        raise


def read_parts(codecs: Iterable[Codec], data: Iterable[Json]) -> list[Any]:
    """Read the parts of a list; an error in one says its place."""
    found: list[Any] = []
    try:
        for codec, part in zip(codecs, data, strict=True):
            found.append(codec.read(part))
    except DecodeError as error:
        _step_out(error, f"[{len(found)}]")
        raise
    return found


def built(make: Callable[..., T], name: str, /, *given: Any, **named: Any) -> T:  # noqa: ANN401 - what it is called with
    """Call a constructor; what it refuses becomes a `DecodeError` that carries nothing of what was given.

    The error is raised outside of the handler: otherwise it would bring along, as its context, the words of a
    validator, which may repeat the value.
    """
    try:
        return make(*given, **named)
    except ReconnectError as error:
        expected = getattr(error, "expected", None)
    except Exception:  # noqa: BLE001 - a validator of a host may raise anything
        expected = None
    raise DecodeError("", expected if isinstance(expected, str) else f"what {name} accepts")


def unwritten(expected: str, value: object) -> InvalidBody:
    """Return the error for a value that could not be read again; it shows the value's type only."""
    return InvalidBody(expected, f"a {type(value).__name__}")


def check_mark(data: Mapping[str, Json]) -> None:
    """Refuse an object that a newer version of this library wrote."""
    mark = data.get(MARK)
    if type(mark) is int and mark > VERSION:
        raise DecodeError(MARK, OUR_VERSIONS)


def _step_out(error: DecodeError, name: str) -> None:
    """Put the path of an error one step further from the top, as it passes by."""
    dot = "." if error.path and not error.path.startswith("[") else ""
    error.path = f"{name}{dot}{error.path}"
    error.args = (error.path, error.expected)
