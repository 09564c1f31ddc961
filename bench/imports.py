"""What `import reconnect` costs beside importing the three libraries that it stands on."""

import os
import subprocess
import sys
import tempfile
from atexit import register
from collections.abc import Callable
from typing import Final

DEPENDENCIES: Final = "import attrs, cattrs, pendulum"
AIM: Final = round(1 / 1.3, 2)  # at most 1.3 times as long as the dependencies
STATEMENTS: Final = (
    ("import reconnect", AIM),
    ("from reconnect import Recurrence", None),
    ("from reconnect import *", None),
)
_TIMED: Final = """\
from time import perf_counter
began = perf_counter()
{statement}
print(perf_counter() - began)
"""


class FreshProcess:
    """Times statements, each in a process of its own, with compiled files where a second import finds them."""

    def __init__(self) -> None:
        """Prepare a folder for compiled files, so that both sides have theirs, as after an installation."""
        folder = tempfile.TemporaryDirectory()
        register(folder.cleanup)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._environment = {**kept, "PYTHONPYCACHEPREFIX": folder.name}

    def said(self, program: str) -> str:
        """Run a program and return what it printed."""
        command = [sys.executable, "-c", program]
        return subprocess.run(  # noqa: S603 - our own words, run by the Python that runs us
            command, env=self._environment, capture_output=True, check=True, text=True
        ).stdout

    def timer(self, statement: str) -> Callable[[], float]:
        """Return what takes the time of a statement; how long Python itself takes to start is not in it."""
        program = _TIMED.format(statement=statement)
        self.said(program)  # the first one compiles
        return lambda: float(self.said(program))
