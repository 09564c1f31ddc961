"""Make each example's notebook from its script: pair, run, and keep what a reader needs and nothing else."""

import sys
from pathlib import Path

import jupytext
from nbclient import NotebookClient
from nbformat import NotebookNode

EXAMPLES = Path(__file__).parent.parent / "examples"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def made(script: Path) -> NotebookNode:
    """Return the executed notebook of a script, without run counts' timings or traces of the machine."""
    notebook = jupytext.read(script, fmt="py:percent")
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        cell["metadata"] = {}
    notebook["metadata"] = {**KERNEL, "language_info": {"name": "python"}}
    return notebook


def main(names: list[str]) -> None:
    """Make the notebooks of the named scripts, or of all numbered ones."""
    scripts = [Path(name) for name in names] or sorted(EXAMPLES.glob("[0-9][0-9]_*.py"))
    for script in scripts:
        jupytext.write(made(script), script.with_suffix(".ipynb"), fmt="ipynb")
        print(f"{script.stem}: made")  # noqa: T201 - a tool says what it did


if __name__ == "__main__":
    main(sys.argv[1:])
