"""Each edge is optional, and so are its tests: without its extra they are left out, and it is said aloud."""

from tools.without import pytest_make_collect_report

__all__ = ["pytest_make_collect_report"]
