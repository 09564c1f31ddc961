"""The schemas of values inside an OpenAPI document: each definition stands there once, under a name of its own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import cattrs

from reconnect.edges._codec import is_list, is_object
from reconnect.edges._pages import DEFINED, Pages, Schema
from reconnect.edges._shape import told

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["described"]

_TELLERS: Final = "pydantic_js_functions"  # where pydantic looks for who describes a schema; the tests notice a change


def described(wanted: Any, converter: cattrs.Converter) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    """Return what a core schema needs so that pydantic can describe it: a name, and someone to ask."""

    def tell(_schema: object, handler: "GetJsonSchemaHandler") -> Schema:
        pages = Pages()
        whole = told(converter.get_structure_hook(wanted), wanted)(pages)
        said = pages.found[_defined(whole)] if "$ref" in whole else whole
        page: Schema = _Page(pages, handler, frozenset({_name(wanted)})).told(said)
        return page

    return {"ref": _name(wanted), "metadata": {_TELLERS: [tell]}}


class _Page:
    """One schema on its way into a document whose references look different."""

    def __init__(self, pages: Pages, handler: "GetJsonSchemaHandler", above: frozenset[str]) -> None:
        """Remember which definitions it stands in: a class may hold itself."""
        self._pages = pages
        self._handler = handler
        self._above = above

    def told(self, said: Any) -> Any:  # noqa: ANN401 - any part of a schema
        """Return a part of a schema with the references of the document."""
        if is_object(said):
            if "$ref" in said:
                others = {name: part for name, part in said.items() if name != "$ref"}
                return {**self._refer(_defined(said)), **others}
            return {name: self.told(part) for name, part in said.items()}
        return [self.told(part) for part in said] if is_list(said) else said

    def _refer(self, defined: str) -> Schema:
        """Let pydantic write a definition; it gives its reference to whoever asks for a list of it."""
        from pydantic_core import core_schema  # noqa: PLC0415 - pydantic is at work already

        name = _name(self._pages.meant[defined], defined)
        inner: CoreSchema
        if name in self._above:
            inner = core_schema.definition_reference_schema(name)
        else:

            def tell(_schema: object, handler: "GetJsonSchemaHandler") -> Schema:
                page = _Page(self._pages, handler, self._above | {name})
                said: Schema = page.told(self._pages.found[defined])
                return said

            inner = core_schema.any_schema(ref=name, metadata={_TELLERS: [tell]})
        reference: Schema = self._handler(core_schema.list_schema(inner))["items"]
        return reference


def _defined(reference: Mapping[str, Any]) -> str:
    name: str = reference["$ref"]
    return name.removeprefix(DEFINED)


def _name(meant: Any, word: str = "") -> str:  # noqa: ANN401 - any annotation
    """Return the name that pydantic keeps a definition by; its last part is what a reader of the document sees."""
    return f"{meant.__module__}.{meant.__qualname__}" if isinstance(meant, type) else f"reconnect.{word}"
