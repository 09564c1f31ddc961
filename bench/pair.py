"""A pair is one question that two sides answer: ours, and the library that we stand beside."""

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import field, frozen

Answer: TypeAlias = Callable[[], Any]


def as_it_is(answer: Any) -> Any:  # noqa: ANN401 - two libraries answer with values of their own
    """Return an answer unchanged."""
    return answer


@frozen(kw_only=True)
class Pair:
    """One question, two ways to answer it, and how many times quicker than the other we aim to be.

    Attributes:
        question: what is asked, in the words of the table.
        beside: the library that the other side uses.
        aim: how many times quicker we want to answer; None when we only look.
        ours: answers with this library.
        theirs: answers with the other one.
        told: brings the other side's answer into our form, so that a test can compare the two; never timed.
    """

    question: str
    beside: str
    aim: float | None
    ours: Answer
    theirs: Answer
    told: Callable[[Any], Any] = field(default=as_it_is)

    def agrees(self) -> bool:
        """Tell whether both sides give the same answer: only then is it fair to ask who is quicker."""
        return bool(self.ours() == self.told(self.theirs()))
