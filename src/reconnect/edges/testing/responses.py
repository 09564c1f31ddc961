"""A response of any web framework, taken apart into all that a browser gets: status, headers, redirects and body."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, TypeAlias

__all__ = ["BY_CHANCE", "ORDER", "Part", "is_response", "parts_of"]

Part: TypeAlias = tuple[str, object]
BY_CHANCE: Final = ("date",)  # headers that tell the time, whatever the app does
ORDER: Final = "order of headers"
_BODIES: Final = ("content", "data", "streaming_content", "body_iterator", "body")  # the first that there is counts


def is_response(value: object) -> bool:
    """Tell whether something is the response of a web framework."""
    return not isinstance(value, type) and hasattr(value, "status_code") and hasattr(value, "headers")


def parts_of(response: Any, *, ignore: Collection[str] = BY_CHANCE) -> Iterator[Part]:  # noqa: ANN401 - of any framework
    """Take a response apart: httpx, requests, Starlette, Django and Flask agree on this much.

    Args:
        response: the response.
        ignore: headers, in small letters, that are left out.
    """
    yield "status", str(int(response.status_code))
    yield "body", _body(response)
    came = [(str(old.status_code), str(old.headers.get("location", ""))) for old in getattr(response, "history", ())]
    if came:
        yield "redirects", came
    headers = _headers(response, ignore)
    yield from ((f"header {name}", headers[name]) for name in sorted(headers))
    yield ORDER, ", ".join(headers)


def _headers(response: Any, ignore: Collection[str]) -> Mapping[str, str]:  # noqa: ANN401 - of any framework
    """Return headers by name in small letters, in their order; several of one name stand behind one another."""
    found: dict[str, str] = {}
    for key, text in getattr(response.headers, "multi_items", response.headers.items)():
        name = key.lower()
        if name not in ignore:
            found[name] = f"{found[name]}, {text}" if name in found else str(text)
    return found


def _body(response: Any) -> object:  # noqa: ANN401 - of any framework
    """Return the body, which may still have to be read."""
    return next((getattr(response, name) for name in _BODIES if hasattr(response, name)), b"")
