"""Every example is a script and a notebook that say the same, and both show what really happens."""

import json
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted((ROOT / "examples").glob("[0-9][0-9]_*.py"))


def notebook(script: Path) -> list[dict[str, Any]]:
    """Return the cells of the notebook beside a script."""
    cells: list[dict[str, Any]] = json.loads(script.with_suffix(".ipynb").read_text(encoding="utf-8"))["cells"]
    return cells


def cells(script: Path) -> list[tuple[str, str]]:
    """Return the cells of a script in the percent format: kind and text, without comment marks."""
    found: list[tuple[str, list[str]]] = []
    for line in script.read_text(encoding="utf-8").splitlines():
        if line.startswith("# %%"):
            found.append(("markdown" if "[markdown]" in line else "code", []))
        elif found:
            found[-1][1].append(line)
    return [(kind, _text(kind, lines)) for kind, lines in found]


def _text(kind: str, lines: list[str]) -> str:
    if kind == "markdown":
        lines = [line.removeprefix("#").removeprefix(" ") for line in lines]
    return "\n".join(lines).strip()


def printed(script: Path) -> str:
    """Return what the notebook shows as printed."""
    outputs = chain.from_iterable(cell.get("outputs", ()) for cell in notebook(script))
    return "".join("".join(output["text"]) for output in outputs if output["output_type"] == "stream")


def test_there_are_examples() -> None:
    """An empty folder would make the tests below say nothing."""
    assert SCRIPTS


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.stem))
def test_a_notebook_holds_the_cells_of_its_script(script: Path) -> None:
    """Change the script, and `make notebooks` is due."""
    paired = [(cell["cell_type"], "".join(cell["source"]).strip()) for cell in notebook(script)]
    assert paired == cells(script)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.stem))
def test_a_notebook_shows_what_the_script_prints(script: Path) -> None:
    """The script is run here, and says word for word what the notebook kept."""
    run = subprocess.run([sys.executable, script.name], cwd=script.parent, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.stdout == printed(script)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.stem))
def test_a_notebook_was_run_from_top_to_bottom(script: Path) -> None:
    """Every code cell ran once, in order, and none ended in an error."""
    code = [cell for cell in notebook(script) if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert "error" not in {output["output_type"] for cell in code for output in cell["outputs"]}
