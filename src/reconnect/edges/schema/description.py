"""A description is the JSON Schema of a type, written from the very codecs that read and write its values."""

from typing import Any

import cattrs

from reconnect.edges._name import tag_of
from reconnect.edges._pages import Pages
from reconnect.edges._shape import told
from reconnect.edges.convert import make_converter
from reconnect.edges.schema.document import DRAFT, document, identity, tops
from reconnect.edges.schema.example import illustrated
from reconnect.record.kind import Body

__all__ = ["json_schema"]


def json_schema(Type: Any, *, converter: cattrs.Converter | None = None) -> dict[str, Any]:  # noqa: ANN401, N803 - as for `loads`
    """Return the JSON Schema (draft 2020-12) of the documents that `dumps` writes of a type.

    Whatever it refuses, `loads` refuses. It cannot say everything: what the description names after "Refused
    if", and the caps on a whole document, only `loads` knows. It tells of the kinds that are registered at the
    time of the call, and of all others that they are kept as they came.

    >>> from reconnect.record.entry import Note
    >>> schema = json_schema(Note)
    >>> schema["$id"], schema["required"], schema["properties"]["text"]
    ('urn:reconnect:1:note', ['reconnect', 'kind', 'text'], {'type': 'string'})

    Args:
        Type: as for `loads`: a class, `Body` for a body of any kind, a union, or such as `tuple[Entry, ...]`.
        converter: as for `loads`; of what a hook of the host reads, nothing is said.

    Raises:
        InvalidBody: there is no strict way to read such a type.

    Laws:
        Every schema is one, by its own meta-schema. What `dumps` writes is valid by it, and so are its examples.
        What it refuses, `loads` refuses. A later version of this library only adds optional names and new kinds.
    """
    using = converter or make_converter()
    pages = Pages()
    whole = told(using.get_structure_hook(Type), Type)(pages)
    found = illustrated(pages, tops(whole, pages.found), using)
    return {"$schema": DRAFT, **_name(Type), **document(whole, found, one_class=isinstance(Type, type))}


def _name(wanted: Any) -> dict[str, str]:  # noqa: ANN401 - any annotation
    """Return the lasting name of a schema of ours; a host gives its own schemas names of its own."""
    if wanted is Body:
        return {"$id": identity("body")}
    ours = isinstance(wanted, type) and wanted.__module__.startswith("reconnect.")
    return {"$id": identity(tag_of(wanted)[1])} if ours else {}
