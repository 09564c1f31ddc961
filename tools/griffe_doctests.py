"""Sets the examples of our docstrings as code; without it Markdown takes `>>>` for a quotation."""

import re
from typing import Final

import griffe

_EXAMPLE: Final = re.compile(r"^>>> .*(?:\n(?!\n|```).+)*", re.MULTILINE)


class FencedDoctests(griffe.Extension):
    """Puts a fence around each example that stands in the text of a docstring, outside of any section."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Rewrite the docstring of an object for the page; the source stays as it is."""
        if obj.docstring is not None:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(text: str) -> str:
    """Return the text with a fence around each example that has none."""
    if "```" in text:
        return text
    return _EXAMPLE.sub(lambda example: f"```pycon\n{example[0]}\n```", text)
