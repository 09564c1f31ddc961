"""How pydantic, and so FastAPI, reads, writes and describes a value: in the one strict way of this library."""

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import cattrs

from reconnect.edges._codec import MARK, enveloped, is_object
from reconnect.edges._from_type import public_classes
from reconnect.edges.convert import loads, make_converter
from reconnect.edges.web._openapi import described
from reconnect.edges.web._word import TYPE
from reconnect.errors import DecodeError, MissingExtra
from reconnect.record.kind import Body, UnknownBody, kinds

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, ValidationError

__all__ = ["teach", "teach_all"]

T = TypeVar("T")

_HOOK: Final = "__get_pydantic_core_schema__"


def teach(cls: type[T]) -> type[T]:
    """Let pydantic, and so FastAPI, take an attrs class of your own as this library would; a decorator.

    The values of this library know it already. What comes in is read as strictly as by `loads`, with or without the
    mark of a document; a refusal says where and what was expected, and holds nothing of what was sent.

    >>> from attrs import frozen
    >>> from pydantic import TypeAdapter
    >>> from reconnect import Window
    >>> @teach
    ... @frozen(kw_only=True)
    ... class Visit:
    ...     when: Window
    ...     guests: int
    >>> visits = TypeAdapter(Visit)
    >>> hour = {"type": "window", "start": "2026-01-05T12:00:00Z", "end": "2026-01-05T13:00:00Z"}
    >>> visit = visits.validate_python({"type": "visit", "when": hour, "guests": 2})
    >>> visit.when.length
    datetime.timedelta(seconds=3600)
    >>> visits.dump_python(visit, mode="json") == {"type": "visit", "when": hour, "guests": 2}
    True

    Laws:
        What `dumps` writes is read as the same value, and what `loads` refuses is refused.
    """
    setattr(cls, _HOOK, classmethod(_core_schema))
    return cls


def teach_all() -> None:
    """Teach every public value of the library, and `Body` for one of any kind; once is enough, twice is the same."""
    for public in (*public_classes(), Body):
        teach(public)


def _core_schema(cls: type, source: Any, _handler: object) -> "CoreSchema":  # noqa: ANN401 - an annotation
    """Return what pydantic asks a class for."""
    try:
        from pydantic_core import core_schema  # noqa: PLC0415 - only pydantic asks, and it brings this along
    except ImportError:
        raise MissingExtra("web", "pydantic") from None
    return core_schema.no_info_plain_validator_function(
        lambda data: _read(data, cls, source),
        serialization=core_schema.plain_serializer_function_ser_schema(_converter().unstructure, when_used="json"),
        **described(source, _converter()),
    )


def _read(data: object, cls: type, wanted: Any) -> Any:  # noqa: ANN401 - an annotation, and what it says
    """Read what a framework has parsed already; a value that is made already passes."""
    if type(data) in _bodies() if cls is Body else isinstance(data, cls):
        return data
    try:
        return loads(_document(data), wanted)
    except DecodeError as error:
        refusal = DecodeError(error.path.removeprefix("value").removeprefix("."), error.expected)
    raise _refused(refusal)


def _bodies() -> frozenset[type]:
    """Return the classes of everything that can be written down."""
    return frozenset({*kinds(), UnknownBody})


def _document(data: object) -> str:
    """Write parsed data as a document again, so that one reader with its caps sees everything that comes in."""
    whole = data if is_object(data) and MARK in data else enveloped(data)
    try:
        return json.dumps(whole, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        raise DecodeError("", "values of JSON") from None


def _refused(error: DecodeError) -> "ValidationError":
    """Return the refusal in pydantic's form; there `input` would repeat what was sent, so it is left empty."""
    from pydantic_core import PydanticCustomError, ValidationError  # noqa: PLC0415 - as above

    custom = PydanticCustomError(TYPE, "{refusal}", {"refusal": str(error)})
    return ValidationError.from_exception_data("value", [{"type": custom, "loc": (), "input": None}], hide_input=True)


@lru_cache(maxsize=1)
def _converter() -> cattrs.Converter:
    return make_converter()
