"""Refusals on the web: one status and one kind sentence for each, and never a word of what was sent."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from reconnect import errors
from reconnect.edges.web._word import TYPE

if TYPE_CHECKING:
    from fastapi.exceptions import RequestValidationError
    from starlette.applications import Starlette
    from starlette.requests import HTTPConnection
    from starlette.responses import Response
    from starlette.websockets import WebSocket

__all__ = ["add_handlers", "refuse", "refuse_form", "status_of"]

CLOSED: Final = 1008  # a message that goes against the rules of an endpoint; RFC 6455, section 7.4.1
FORM: Final = 422  # what was sent cannot be what was asked for; RFC 9110, section 15.5.21

# RFC 9110, section 15; the first class that an error is of decides.
STATUS: Final[Mapping[type[errors.ReconnectError], int]] = MappingProxyType(
    {
        errors.NotAMember: 403,
        errors.NotYours: 403,
        errors.UnknownStory: 404,
        errors.AlreadyAnswered: 409,
        errors.IdTaken: 409,
        errors.NotInForce: 409,
        errors.NotNow: 409,
        errors.NotOpen: 409,
        errors.NotYet: 409,
        errors.NotYourStep: 409,
        errors.Superseded: 409,
        errors.NotKept: 503,
        errors.TracesLeft: 503,
        errors.MissingExtra: 500,
        errors.NewerDatabase: 500,
        errors.WrongKey: 500,
    }
)

# No cache on the way may keep an answer: it would be one more reader.
HEADERS: Final[Mapping[str, str]] = MappingProxyType({"Cache-Control": "no-store"})


def status_of(error: errors.ReconnectError) -> int:
    """Return the HTTP status that fits a refusal; what is about the form of what was sent is 422.

    >>> status_of(errors.NotOpen("an open offer"))
    409
    """
    return next((STATUS[cls] for cls in type(error).__mro__ if cls in STATUS), FORM)


def add_handlers(app: "Starlette") -> None:
    """Let a FastAPI or Starlette app pass refusals on, and answer a form that cannot be without repeating it.

    Raises:
        MissingExtra: FastAPI is not installed.
    """
    exceptions = _fastapi_exceptions()
    app.add_exception_handler(errors.ReconnectError, refuse)
    app.add_exception_handler(exceptions.RequestValidationError, refuse_form)
    app.add_exception_handler(exceptions.WebSocketRequestValidationError, refuse_form)


async def refuse(connection: Any, error: Exception) -> Any:  # noqa: ANN401 - a request and its answer, or a socket and none
    """Answer with the sentence of a refusal as it is: it never holds what anyone wrote.

    A stranger reads the same words whether or not a circle exists, a partner whether or not an entry does.
    """
    if not isinstance(error, errors.ReconnectError):
        raise error
    return await _answer(connection, status_of(error), str(error))


async def refuse_form(connection: Any, error: Exception) -> Any:  # noqa: ANN401 - as above
    """Answer a form that cannot be in the shape that FastAPI uses, without what was sent.

    FastAPI's own answer repeats the input, and so may its messages and the names in its paths. Here stand only
    where it was, what sort of trouble it is, and what this library's own values expected.
    """
    exceptions = _fastapi_exceptions()
    if not isinstance(error, (exceptions.RequestValidationError, exceptions.WebSocketRequestValidationError)):
        raise error
    form = cast("RequestValidationError", error)
    return await _answer(connection, FORM, [_told(each) for each in form.errors()])


async def _answer(connection: "HTTPConnection", status: int, detail: object) -> "Response | None":
    """Answer a request; a web socket has no answer, so it is closed without a word."""
    from starlette.responses import JSONResponse  # noqa: PLC0415 - only an app with handlers needs it

    if connection.scope["type"] == "websocket":
        await cast("WebSocket", connection).close(code=CLOSED)
        return None
    return JSONResponse({"detail": detail}, status, dict(HEADERS))


def _told(each: Mapping[str, Any]) -> dict[str, object]:
    """Tell of one trouble in the shape of FastAPI, without `input` and `ctx`."""
    kind = str(each["type"])
    ours = kind == TYPE
    return {
        "type": kind,
        "loc": _where(each["loc"], kind),
        "msg": each["msg"] if ours else f"not as expected ({kind})",
    }


def _where(loc: Sequence[str | int], kind: str) -> list[str | int]:
    """Keep what a developer named, and leave out names that may come from what was sent.

    Outside of a body the second part is the name of a parameter, unless it was one too many. Inside of it a name may
    be a key that somebody sent, except where one is missing: then it is the name that was asked for.
    """
    if loc[:1] != ("body",):
        return list(loc[:1] if kind == "extra_forbidden" else loc[:2])
    inner, missing = loc[1:], kind == "missing"
    return ["body", *(p for place, p in enumerate(inner, 1) if isinstance(p, int) or (missing and place == len(inner)))]


def _fastapi_exceptions() -> Any:  # noqa: ANN401 - a module of an optional package
    try:
        from fastapi import exceptions  # noqa: PLC0415 - FastAPI is optional, and asked for only here
    except ImportError:
        raise errors.MissingExtra("web", "fastapi") from None
    return exceptions
