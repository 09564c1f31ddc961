"""Asides are what an app says while it answers, to others than the one who asks: logs, warnings and prints."""

import logging
import warnings
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from io import BytesIO, TextIOWrapper
from typing import Final

from attrs import define, field

from reconnect.edges.testing.answers import Answer
from reconnect.edges.testing.spelled import placeless, spelled

__all__ = ["ASIDES", "Asides", "overhearing"]

LOG: Final = "log"
WARNINGS: Final = "warnings"
STDOUT: Final = "stdout"
STDERR: Final = "stderr"
ASIDES: Final = (LOG, WARNINGS, STDOUT, STDERR)
NAME: Final = "the app"
_USUAL: Final = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime"})  # of every record, said or counted


@define
class Asides:
    """What was said beside the answers, by where it was said."""

    said: dict[str, list[str]] = field(factory=dict[str, list[str]])

    @property
    def answer(self) -> Answer:
        """All of it, to be compared like an answer."""
        return Answer(name=NAME, parts=tuple((place, "\n".join(said)) for place, said in self.said.items()))


@contextmanager
def overhearing(*, ignore: Collection[str] = ()) -> Generator[Asides]:
    """Listen to what is said beside the answers, and keep it back, until the block ends.

    Logs are heard as loudly as they are set. A warning that something was not closed is left out: it comes whenever
    memory is tidied up.

    Args:
        ignore: `log`, `warnings`, `stdout` or `stderr`, for what goes its usual way instead.
    """
    asides = Asides()
    with ExitStack() as stack:
        for place, listens in _LISTENERS.items():
            if place not in ignore:
                asides.said[place] = stack.enter_context(listens())
        yield asides


class _Records(logging.Handler):
    """Writes down what is logged: where, how loud, the words, the details and the error."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        details = {name: held for name, held in vars(record).items() if name not in _USUAL}
        error = record.exc_info[1] if record.exc_info else None
        try:
            words = placeless(record.getMessage())
        except (TypeError, ValueError):  # the words and what belongs into them do not fit
            words = spelled((record.msg, record.args))
        self.said.append(f"{record.name} {record.levelname}: {words} {spelled((details, error))}")


@contextmanager
def _logged() -> Generator[list[str]]:
    """Listen to all loggers: those that pass on what they hear, and those that keep it apart."""
    records, known = _Records(), logging.root.manager.loggerDict.values()
    apart = [each for each in known if isinstance(each, logging.Logger) and not each.propagate]
    loggers = (logging.root, *apart)
    for logger in loggers:
        logger.addHandler(records)
    try:
        yield records.said
    finally:
        for logger in loggers:
            logger.removeHandler(records)


@contextmanager
def _warned() -> Generator[list[str]]:
    said: list[str] = []
    with warnings.catch_warnings(record=True) as found:
        yield said
    said.extend(_warnings(found))


def _warnings(found: Collection[warnings.WarningMessage]) -> Iterator[str]:
    for each in found:
        if not issubclass(each.category, ResourceWarning):
            yield f"{each.category.__qualname__}: {placeless(str(each.message))}"


@contextmanager
def _printed(redirect: Callable[[TextIOWrapper], AbstractContextManager[object]]) -> Generator[list[str]]:
    """Listen to what is printed, as text or as bytes."""
    said: list[str] = []
    with TextIOWrapper(BytesIO(), encoding="utf-8", errors="backslashreplace", newline="") as paper:
        with redirect(paper):
            yield said
        paper.flush()
        paper.seek(0)
        said.append(placeless(paper.read()))


_LISTENERS: Final[Mapping[str, Callable[[], AbstractContextManager[list[str]]]]] = {
    LOG: _logged,
    WARNINGS: _warned,
    STDOUT: partial(_printed, redirect_stdout),
    STDERR: partial(_printed, redirect_stderr),
}
