"""How thoroughly the laws are tried: a little at the desk, more in CI, much more on request."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

# Machines are noisy, so no example has a deadline, and slow generation alone is no failure.
_PATIENT: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)

settings.register_profile("few", parent=_PATIENT, max_examples=10)
settings.register_profile("dev", parent=_PATIENT, max_examples=50)
settings.register_profile("ci", parent=_PATIENT, max_examples=100, derandomize=True)
settings.register_profile("all", parent=_PATIENT, max_examples=1000)
settings.register_profile("fuzz", parent=_PATIENT, max_examples=20_000)


def profile() -> str:
    """Choose by the environment: a call by name wins, then a long run, then CI."""
    asked = os.environ.get("HYPOTHESIS_PROFILE")
    if asked:
        return asked
    for variable, name in (("RECONNECT_FUZZ", "fuzz"), ("RECONNECT_TEST_ALL", "all"), ("CI", "ci")):
        if os.environ.get(variable):
            return name
    return "dev"


settings.load_profile(profile())
