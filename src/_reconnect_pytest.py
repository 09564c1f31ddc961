"""The pytest plugin: fixtures for the tests of those who build on `reconnect`.

It stands beside the package and not in it, because pytest loads it at every start: importing it must not import the
library, which would make each start slower, and would come before any measuring of the library's own coverage.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # the library is imported by the first test that asks for a fixture
    from reconnect.edges.testing import FixedClock, Together

__all__ = ["circle", "couple", "fixed_clock"]


@pytest.fixture
def fixed_clock() -> "FixedClock":
    """Give a clock that stands still, in UTC, until the test moves it."""
    from reconnect.edges.testing import FixedClock  # noqa: PLC0415 - only a test that asks imports the library

    return FixedClock()


@pytest.fixture
def couple(fixed_clock: "FixedClock") -> "Together":
    """Give two people in two zones who have just founded a circle, with a journal of their own."""
    from reconnect.edges.testing import ANA, BEN, Together  # noqa: PLC0415 - only a test that asks imports it

    return Together.of(ANA, BEN, clock=fixed_clock)


@pytest.fixture
def circle(fixed_clock: "FixedClock") -> "Together":
    """Give three people in three zones who have just founded a circle, with a journal of their own."""
    from reconnect.edges.testing import ANA, BEN, CLEO, Together  # noqa: PLC0415 - only a test that asks imports it

    return Together.of(ANA, BEN, CLEO, clock=fixed_clock)
