"""Make each example's notebook and docs page from its script: pair, run, and keep what a reader needs."""

import base64
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import jupytext  # type: ignore[import-untyped]  # it ships no types
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
PAGES = ROOT / "docs" / "examples"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def made(script: Path) -> NotebookNode:
    """Return the executed notebook of a script, without timings or traces of the machine."""
    notebook: NotebookNode = jupytext.read(script, fmt="py:percent")
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        cell["metadata"] = {}
        if cell["cell_type"] == "code":
            cell["outputs"] = list(_joined(cell["outputs"]))
    notebook["metadata"] = {**KERNEL, "language_info": {"name": "python"}}
    return notebook


def _joined(outputs: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Put together what was printed in one go: a kernel may hand it out in pieces, cut anywhere."""
    for kind, several in groupby(outputs, key=lambda output: (output["output_type"], output.get("name"))):
        first, *others = several
        if kind[0] == "stream":
            first["text"] = "".join(output["text"] for output in (first, *others))
            yield first
        else:
            yield from (first, *others)


def page(notebook: NotebookNode, name: str) -> str:
    """Return a notebook as a page of the docs; its pictures are written beside it."""
    return "\n\n".join(part for cell in notebook.cells for part in _parts(cell, name)) + "\n"


def _parts(cell: NotebookNode, name: str) -> Iterator[str]:
    if cell["cell_type"] == "markdown":
        yield cell["source"]
        return
    yield f"```python\n{cell['source']}\n```"
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            yield f"```text\n{output['text'].rstrip()}\n```"
        elif "image/png" in output.get("data", {}):
            picture = f"{name}-{cell['id']}.png"
            (PAGES / picture).write_bytes(base64.b64decode(output["data"]["image/png"]))
            yield f"![{output['data'].get('text/plain', name)}]({picture})"


def main(names: list[str]) -> None:
    """Make the notebooks and pages of the named scripts, or of all numbered ones."""
    PAGES.mkdir(exist_ok=True)
    for script in [Path(name) for name in names] or sorted(EXAMPLES.glob("[0-9][0-9]_*.py")):
        notebook = made(script)
        jupytext.write(notebook, script.with_suffix(".ipynb"), fmt="ipynb")
        (PAGES / f"{script.stem}.md").write_text(page(notebook, script.stem), encoding="utf-8")
        print(f"{script.stem}: made")  # noqa: T201 - a tool says what it did


if __name__ == "__main__":
    main(sys.argv[1:])
