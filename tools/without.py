"""A plugin of pytest: where an extra is not installed, its tests are left out, and it is said aloud.

Only what an extra would bring along is looked for, so that a misspelt import stays a mistake.
"""

import re
import tomllib
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

PROJECT: Final = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
BROUGHT: Final = frozenset(
    re.split(r"[^a-z0-9_-]", each.lower())[0].replace("-", "_")  # as a module of that name is called
    for extra in PROJECT["optional-dependencies"].values()
    for each in extra
    if not each.startswith("reconnect[")
)
_OURS: Final = re.compile(r"MissingExtra: (expected .*)")
_THEIRS: Final = re.compile(r"ModuleNotFoundError: No module named '([A-Za-z0-9_]+)")


def missing(said: str) -> str | None:
    """Return what is missing by the words of an error, if an extra would bring it along."""
    ours, theirs = _OURS.search(said), _THEIRS.search(said)
    if ours:
        return ours[1]
    return f"expected {theirs[1]}" if theirs and theirs[1].lower() in BROUGHT else None


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Leave out a file that cannot be imported without an extra."""
    report = yield
    needs = missing(str(report.longrepr)) if report.failed else None
    if needs is not None:
        report.outcome = "skipped"
        report.longrepr = (str(collector.path), 0, f"Skipped: NOT tested: {needs}")
    return report
