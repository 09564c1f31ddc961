"""An agreement is everything that people agreed on and that holds now, each clause with where it came from."""

from collections.abc import Iterator, Sequence

import pendulum
from attrs import field, frozen

from reconnect.consent.in_force import InForce
from reconnect.consent.invitation import invitations
from reconnect.consent.mutual import first_words
from reconnect.consent.proposal import Proposal
from reconnect.metrics.signal import SignalWanted, SignalWish
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.practice.clause import Clause, ClauseVersion
from reconnect.practice.offered import named
from reconnect.practice.provenance import why
from reconnect.practice.rested import Rested, rested
from reconnect.record.entry import Entry
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["Agreement", "agreement", "turning"]


@frozen(kw_only=True)
class Agreement:
    """Everything that people agreed on and that holds as of an instant.

    It is read, never written: withdraw from a proposal, stop the check-ins or let an experiment go, and the clause is
    gone from it. What somebody does alone is no clause: a layer that protects them, a pause, a promise.

    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> from reconnect.primitives.recovery import RecoveryTerms
    >>> from reconnect.record.memory import MemoryJournal
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> journal = MemoryJournal()
    >>> told = journal.found(us, by="ana", at=now)
    >>> for name, day in (("p1", now), ("p2", now.add(days=30))):
    ...     p = Proposal.of(RecoveryTerms(), id=name, circle=us, by="ana", at=day)
    ...     p = p.accept(by="ben", offer=p.offer.id, at=day)
    ...     told = [journal.append(*p.acts_of(person), acting=person) for person in us.ids]
    >>> (clause,) = agreement(journal.view("ben", circle="c1", at=now.add(days=31))).clauses
    >>> [(version.proposal, version.holds) for version in clause.versions]  # p1 has not lapsed; p2 took its place
    [('p1', False), ('p2', True)]

    Attributes:
        circle: the id of the circle.
        at: as of when.
        clauses: what holds, in the order in which people first agreed on it.
    """

    circle: str = field(converter=as_id)
    at: pendulum.DateTime = field(converter=as_instant)
    clauses: tuple[Clause, ...] = ()

    def about(self, id: str) -> tuple[Clause, ...]:  # noqa: A002 - the field's own name, fixed by the design
        """Return the clauses about one story, subject or proposal: none if nothing holds about it."""
        return tuple(clause for clause in self.clauses if clause.about == id)

    def phrases(self) -> tuple[Phrase, ...]:
        """Say all of it, clause by clause."""
        told = tuple(phrase for clause in self.clauses for phrase in clause.phrases())
        return told or (Phrase.of("agreement.nothing"),)


def agreement(view: View) -> Agreement:
    """Gather everything that people agreed on and that holds as of a view.

    What a story decides about, the story decides: check-ins that were stopped are no clause, although their proposal
    has not lapsed; and where a later version took the place of an earlier one, the earlier one is told as the past.

    Args:
        view: whose view it is, and as of when.

    Laws:
        It rests on shared acts alone and is the same for everyone who has been there all along. A clause holds if and
        only if the story that it is about says so, or, where there is none, its proposal is in force.
    """
    return view.once(agreement, lambda: _gathered(view))


def turning(view: View) -> Iterator[pendulum.DateTime]:
    """Go through the instants at which it may change although nobody writes anything."""
    for p in view.all(Proposal):
        for window in p.held():
            yield window.start
            yield window.end
    for clause in agreement(view).clauses:
        yield from (version.until for version in clause.now if version.until is not None)


def _gathered(view: View) -> Agreement:
    clauses = (*(_clause(view, each) for each in rested(view) if each.newest is not None), *_without_proposals(view))
    return Agreement(circle=view.circle, at=view.at, clauses=tuple(sorted(clauses, key=_when)))


def _when(clause: Clause) -> tuple[pendulum.DateTime, str, str]:
    first = clause.versions[0]
    return (first.since, clause.about, first.what.key)


def _clause(view: View, each: Rested) -> Clause:
    versions = [_version(view, each, version, holds=holds) for version, holds in each.versions]
    return Clause(about=each.about, versions=tuple(sorted(versions, key=lambda one: (one.since, one.proposal or ""))))


def _version(view: View, each: Rested, version: InForce, *, holds: bool) -> ClauseVersion:
    offer, window = view.state(Proposal, version.proposal).offer, version.window
    replaced = each.newest if not holds and view.at in window else None
    return ClauseVersion(
        what=named(offer),
        by=offer.by,
        yes=offer.people,
        since=window.start,
        until=window.end if replaced is None else replaced,
        holds=holds,
        proposal=version.proposal,
        offer=offer,
        why=why(view, offer, about=each.about),
    )


def _without_proposals(view: View) -> Iterator[Clause]:
    """Go through what holds while everyone's latest word says so: being nudged, and being told of a long silence."""
    invitation = invitations(view)
    if invitation is not None and invitation.in_force(at=view.at):
        what, until = Phrase.of("value.invitation"), invitation.until(at=view.at)
        yield _mutual(invitation, invitation.begun(at=view.at), what=what, until=until)
    for wish in view.all(SignalWish):
        begun = first_words(wish, SignalWanted, at=view.at)
        if begun:
            yield _mutual(wish, begun, what=Phrase.of("value.signal_wish"))


def _mutual(story: Story, begun: Sequence[Entry], *, what: Phrase, until: pendulum.DateTime | None = None) -> Clause:
    """Return the clause of what began with everyone's word: who said it first, and when the last of them had."""
    version = ClauseVersion(
        what=what,
        by=min(begun, key=lambda act: act.at).author,
        yes=tuple(act.author for act in begun),
        since=max(act.at for act in begun),
        until=until,
        holds=True,
    )
    return Clause(about=story.id, versions=(version,))
