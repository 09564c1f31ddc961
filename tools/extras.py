"""Try each extra alone, and the core without any: a fresh environment for each, an installed wheel, its own tests.

python tools/extras.py           # the core, then every extra
python tools/extras.py frames    # one of them

Every law is tried a few times only: others try them thoroughly, and here the question is whether anything is missing.
"""

import os
import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CORE: Final = "core"
GROUPS: Final = (
    "all",
    "bench",
    "dev",
    "docs",
    "notebooks",
    "test",
)  # these gather others, or are for work on this tree
TOOLS: Final = ("hypothesis>=6.130", "pytest>=8.3")  # what any test needs; hypothesis is the extra `testing`, too
BESIDE: Final = {  # what only the tests of an extra, or of the core, need
    CORE: ("jsonschema>=4.23",),
    "ical": ("recurring-ical-events>=3.8",),
    "web": ("httpx2>=2", "httpx>=0.27", "jsonschema>=4.23"),
}
FLOORS: Final = ("temporal", "people", "record", "consent", "primitives", "metrics", "language", "practice", "laws")
OTHERS: Final = (
    "test_errors.py",
    "test_phrase.py",
    "edges/test_convert.py",
    "edges/test_schema.py",
    "edges/test_golden.py",
    "edges/test_facts.py",
)
WITHOUT: Final = """
import importlib, pkgutil, reconnect
from reconnect.errors import MissingExtra
for module in pkgutil.walk_packages(reconnect.__path__, "reconnect.", onerror=lambda name: None):
    if module.name != "reconnect.__main__":
        try:
            importlib.import_module(module.name)
        except MissingExtra as missing:
            print(module.name, "asks for the extra", missing.extra)
"""


def extras() -> tuple[str, ...]:
    """Return the extras that a user of the library can ask for, in order."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return tuple(sorted(set(project["optional-dependencies"]) - set(GROUPS)))


def tests_of(name: str) -> tuple[str, ...]:
    """Return the tests of an extra, found by its name, or those of the core.

    Raises:
        LookupError: there are none.
    """
    tests = ROOT / "tests"
    if name == CORE:
        return tuple(str(tests / each) for each in (*FLOORS, *OTHERS))
    found = tuple(map(str, sorted((tests / "edges").glob(f"test_*{name}*.py"))))
    folder = tests / "edges" / name
    found += (str(folder),) if folder.is_dir() else ()
    if not found:
        raise LookupError(f"expected tests/edges/test_{name}.py or tests/edges/{name}/")
    return found


def tried(name: str, *options: str) -> bool:
    """Try one of them in an environment of its own, and say how it went."""
    wanted = str(ROOT) if name == CORE else f"{ROOT}[{name}]"
    with TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
        steps: Sequence[Sequence[str]] = (
            (*pip, wanted),
            (str(python), "-c", WITHOUT),
            (*pip, *TOOLS, *BESIDE.get(name, ())),
            (
                str(python),
                "-m",
                "pytest",
                "-q",
                "--no-header",
                "-p",
                "no:cacheprovider",
                "-p",
                "tools.without",
                *options,
                *tests_of(name),
            ),
        )
        for step in steps:
            done = subprocess.run(  # noqa: S603 - our own tools, in an environment that we have just made
                step,
                cwd=ROOT,
                check=False,
                env={**os.environ, "HYPOTHESIS_PROFILE": "few"},
                text=True,
                capture_output=True,
            )
            _say(done.stdout if step[1] == "-c" or step is steps[-1] else "")
            if done.returncode:
                _say(f"{done.stderr}{name}: not yet\n")
                return False
    _say(f"{name}: fine\n")
    return True


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    chosen = sys.argv[1:] or [CORE, *extras()]
    outcomes = [tried(name) for name in chosen]  # all of them, also after one that does not work yet
    sys.exit(not all(outcomes))
