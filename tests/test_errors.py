"""Errors: one tree, data as attributes, one lower-case sentence each, and they survive pickling."""

import copy
import inspect
import pickle
from typing import Final

import pendulum
import pytest

from reconnect import errors
from reconnect.errors import NotYet, ReconnectError

ERRORS: Final[list[type[ReconnectError]]] = [getattr(errors, name) for name in errors.__all__]
NOW: Final = pendulum.datetime(2026, 1, 5, 19)


def made(error: type[ReconnectError]) -> ReconnectError:
    """Make an error from harmless data of its fields."""
    return error(*(NOW if name == "until" else f"some {name}" for name in error.fields))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_can_be_caught_said_and_put_away(error: type[ReconnectError]) -> None:
    """Each is one of ours and a builtin, keeps its data, says one lower-case sentence, and pickles."""
    one = made(error)
    assert isinstance(one, ReconnectError)
    for name, value in zip(error.fields, one.args, strict=True):
        assert getattr(one, name) == value
    if error is not ReconnectError:
        assert issubclass(error, ValueError | LookupError | PermissionError | OSError | RuntimeError | ImportError)
        said = str(one)
        assert said[0].islower()
        refused = issubclass(error, PermissionError) or not issubclass(error, OSError)
        assert "expected" in said or not refused  # the others tell what a database could not do
        assert not said.endswith(".")
    for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):  # noqa: S301 - our own bytes
        assert type(again) is error
        assert (again.args, str(again)) == (one.args, str(one))


def test_an_error_takes_just_its_data() -> None:
    """An error made with too little or too much is a mistake in the code, and says so at once."""
    with pytest.raises(ValueError, match="zip"):
        NotYet()


def test_every_error_is_listed() -> None:
    """The list of public errors is sorted and complete."""
    public = {name for name, thing in vars(errors).items() if inspect.isclass(thing) and not name.startswith("_")}
    assert set(errors.__all__) == {name for name in public if issubclass(getattr(errors, name), ReconnectError)}
    assert list(errors.__all__) == sorted(errors.__all__)
