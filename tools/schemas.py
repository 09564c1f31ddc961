"""Write the JSON Schemas that come with the library and stand in the docs, from the code that reads and writes."""

import json
from pathlib import Path
from typing import Any

from reconnect.edges.schema.bundle import FILE, bundled
from reconnect.edges.testing.public import strategies

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "src" / "reconnect" / "edges" / "schema" / FILE
SHOWN = ROOT / "docs" / "reference" / FILE
PAGE = ROOT / "docs" / "reference" / "schemas.md"
INTRO = f"""\
# JSON Schemas

Everything that `dumps` writes, described for other languages ([how to](../how-to/describe-it-to-other-languages.md)):
JSON Schema, draft 2020-12, in one file, [`{FILE}`]({FILE}). It comes with the library as well, and
`python -m reconnect schema NAME` prints one of these alone. What a schema cannot say, its description says: what is
refused, and why.

This page is made by `tools/schemas.py`.

| name | what it is |
|---|---|
"""


def text(schema: dict[str, Any]) -> str:
    """Return the bundle as text, each definition on a line of its own, so that a change is easy to see."""
    head = [f"{_said(name)}: {_said(schema[name])}" for name in schema if name not in {"anyOf", "$defs"}]
    any_of = ",\n".join(map(_said, schema["anyOf"]))
    found = ",\n".join(f"{_said(name)}: {_said(said)}" for name, said in schema["$defs"].items())
    return "{\n" + ",\n".join([*head, f'"anyOf": [\n{any_of}\n]', f'"$defs": {{\n{found}\n}}']) + "\n}\n"


def page(schema: dict[str, Any]) -> str:
    """Return the page of the docs that lists all definitions."""
    return INTRO + "".join(map(_row, schema["$defs"].items()))


def _row(item: tuple[str, dict[str, Any]]) -> str:
    name, said = item
    what = said.get("description", said.get("title", "")).partition(" Refused if")[0].replace("|", "\\|")
    return f"| [`{name}`]({FILE}#/$defs/{name}) | {what} |\n"


def _said(part: object) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Write the bundle to where it is shipped and shown, and the page that lists it."""
    schema = bundled(strategies())
    for place in (SHIPPED, SHOWN):
        place.write_text(text(schema), encoding="utf-8")
    PAGE.write_text(page(schema), encoding="utf-8")
    print(f"{len(schema['$defs'])} definitions: written")  # noqa: T201 - a tool says what it did


if __name__ == "__main__":
    main()
