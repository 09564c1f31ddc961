"""A clause is one thing that people agreed on, with its versions: since when, by whom, and why, where that was said."""

from collections.abc import Iterator

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.consent.proposal import Offer
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.temporal.instant import as_instant

__all__ = ["Clause", "ClauseVersion"]


@frozen(kw_only=True)
class ClauseVersion:
    """One version of something that people agreed on.

    Attributes:
        what: what it is, named.
        by: who suggested it.
        yes: whose yes it rests on: everyone whom it concerned, in circle order.
        since: when the last yes was said.
        until: when it ended, or ends if nobody says anything; `None` if it holds until someone takes it back.
        holds: whether it holds now.
        proposal: the id of the proposal; whoever withdraws from it ends it, alone and at once. `None` for what is
            agreed without one, such as an invitation.
        offer: the very offer that everyone said yes to, with its value.
        why: what it is for, and what people learnt before, in their own words, where somebody said so.
    """

    what: Phrase
    by: str = field(converter=as_id)
    yes: tuple[str, ...]
    since: pendulum.DateTime = field(converter=as_instant)
    until: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    holds: bool
    proposal: str | None = field(default=None, converter=optional(as_id))
    offer: Offer | None = None
    why: tuple[Phrase, ...] = ()

    def phrases(self) -> Iterator[Phrase]:
        """Say what was agreed and why; of what has ended, only that another version held."""
        if self.until is None:
            yield Phrase.of("agreement.open_end", what=self.what, by=self.by, since=self.since)
        elif self.holds:
            yield Phrase.of("agreement.now", what=self.what, by=self.by, since=self.since, until=self.until)
        else:
            yield Phrase.of("agreement.before", since=self.since, until=self.until)
        yield from self.why if self.holds else ()


@frozen(kw_only=True)
class Clause:
    """One thing that people agreed on, with every version of it so far.

    Attributes:
        about: the id of the story that it decides about, such as a schedule; else the subject that people named; else
            the id of the proposal.
        versions: its versions, oldest first. Several may hold: two baselines while one takes the place of the other,
            or several offers on one subject that do not replace each other.
    """

    about: str = field(converter=as_id)
    versions: tuple[ClauseVersion, ...]

    @property
    def now(self) -> tuple[ClauseVersion, ...]:
        """The versions that hold now."""
        return tuple(version for version in self.versions if version.holds)

    def phrases(self) -> tuple[Phrase, ...]:
        """Say what holds first, and then what held before it, the latest of that first."""
        before = (version for version in reversed(self.versions) if not version.holds)
        return tuple(phrase for version in (*self.now, *before) for phrase in version.phrases())
