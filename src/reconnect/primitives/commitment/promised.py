"""One promised thing for one time: where it stands, and how that is said."""

import datetime as dt
from enum import Enum
from typing import Final

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.record.kind import as_text
from reconnect.temporal.instant import as_instant
from reconnect.temporal.start import as_start

__all__ = ["Keeping", "KeptPromise", "Promised"]


class Keeping(Enum):
    """Where one promised thing stands. Others hear of the first four only; the last three are its owner's alone."""

    OFFERED = "offered"
    """It was offered, and not everyone whom it is for has said yes."""
    AGREED = "agreed"
    """Everyone whom it is for has said yes, and it lies ahead."""
    KEPT = "kept"
    """It was done."""
    LET_GO = "let_go"
    """Whoever promised it let it go, or those whom it was for are happy without it."""
    KEPT_LATER = "kept_later"
    """It was written down as done after its time; everyone else reads that it was kept."""
    PASSED = "passed"
    """Its time has passed. That is all this says; it can still be kept or let go."""
    EXCUSED = "excused"
    """Its time has passed, and its owner was kind to themselves about it."""


_TOLD: Final = {
    Keeping.OFFERED: "commitment.offered",
    Keeping.AGREED: "commitment.agreed",
    Keeping.KEPT: "commitment.kept",
    Keeping.LET_GO: "commitment.let_go",
    Keeping.KEPT_LATER: "commitment.kept",
    Keeping.PASSED: "commitment.passed_yours",
    Keeping.EXCUSED: "commitment.excused_yours",
}


@frozen(kw_only=True)
class Promised:
    """One promised thing, for one time.

    Attributes:
        commitment: the id of its commitment.
        start: the local start of the recurrence that it is known by, or `None` if it is due once.
        what: what was promised; left out of `repr`.
        by: who promised it.
        to: whom it was promised to.
        due: by when, as it stands now.
        keeping: where it stands.
        moved: whether everyone agreed on another time before it was due.
        new_due: another time that not everyone has said yes to yet, the newest one.
        missing: whose yes that time needs still.
    """

    commitment: str = field(converter=as_id)
    start: dt.datetime | None = field(default=None, converter=optional(as_start))
    what: str = field(repr=False, converter=as_text)
    by: str = field(converter=as_id)
    to: tuple[str, ...]
    due: pendulum.DateTime = field(converter=as_instant)
    keeping: Keeping
    moved: bool = False
    new_due: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    missing: tuple[str, ...] = ()

    def phrase(self) -> Phrase:
        """Say how it stands; of a time that has passed, only its owner can ask."""
        return Phrase.of(_TOLD[self.keeping], by=self.by, what=self.what, due=self.due)


@frozen(kw_only=True)
class KeptPromise:
    """Good news for a moment of doubt: something that was promised, and was done.

    Attributes:
        commitment: the id of its commitment.
        what: what it was; left out of `repr`.
        by: who promised it and did it.
        told: when they wrote it down, which says nothing about when they did it.
    """

    commitment: str = field(converter=as_id)
    what: str = field(repr=False, converter=as_text)
    by: str = field(converter=as_id)
    told: pendulum.DateTime = field(converter=as_instant)

    def phrase(self) -> Phrase:
        """Say the good news."""
        return Phrase.of("commitment.kept", by=self.by, what=self.what)
