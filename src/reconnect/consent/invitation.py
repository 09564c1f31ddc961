"""An invitation lets suggestions point towards each other, while everyone has said "nudge us" lately."""

import datetime as dt
from typing import ClassVar, Final, Self

import pendulum
from attrs import frozen

from reconnect.consent.mutual import everyones_word, first_words
from reconnect.people.circle import Circle
from reconnect.record.entry import Entry
from reconnect.record.kind import Heard, register
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["Invitation", "invitations"]

RENEWED_WITHIN: Final = dt.timedelta(days=14)  # ours, no study (rules: renewed within 14 days)


@register
@frozen(kw_only=True)
class NudgeUs:
    """One person's yes to being nudged towards the others, good for 14 days."""

    kind: ClassVar[str] = "invitation.nudge_us"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class LetUsBe:
    """One person would rather not be nudged any more."""

    kind: ClassVar[str] = "invitation.let_us_be"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@frozen(kw_only=True)
class Invitation(Story):
    """A mutual "nudge us": without it, every suggestion concerns the reader's own steps only.

    >>> import pendulum
    >>> from reconnect.people.person import Person
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> one = Invitation.of(id="i1", circle=us, by="ana", at=now)
    >>> both = one.renew(by="ben", at=now.add(days=1))
    >>> one.in_force(at=now), both.in_force(at=now.add(days=1)), both.in_force(at=now.add(days=14))
    (False, True, False)

    Laws:
        In force at `t` if and only if everyone in the circle said so within the 14 days before `t` and did
        not take it back since. When someone joins, it begins afresh.

    Sources:
        14 days: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (NudgeUs, LetUsBe)
    opening: ClassVar[tuple[type, ...]] = (NudgeUs,)

    @classmethod
    def of(
        cls,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Say "nudge us" first."""
        return cls.begin(NudgeUs(), id=id, circle=circle, by=by, at=at)

    def renew(self, *, by: str, at: dt.datetime) -> Self:
        """Say "nudge us", for the first time or again."""
        return self.say(NudgeUs(), by=by, at=at)

    def end(self, *, by: str, at: dt.datetime) -> Self:
        """Take it back, alone and at once."""
        return self.say(LetUsBe(), by=by, at=at)

    def until(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return when it ends unless someone renews it, or `None` if it is not in force."""
        moment = as_instant(at)
        said = everyones_word(self, NudgeUs, at=moment)
        if not said:
            return None
        end = as_instant(min(act.at for act in said) + RENEWED_WITHIN)
        return end if moment < end else None

    def in_force(self, *, at: dt.datetime) -> bool:
        """Tell whether everyone's "nudge us" stands at an instant."""
        return self.until(at=at) is not None

    def begun(self, *, at: dt.datetime) -> tuple[Entry, ...]:
        """Return with which act each person's "nudge us" began that stands now, in circle order; none if it is over."""
        moment = as_instant(at)
        return first_words(self, NudgeUs, at=moment, lasting=RENEWED_WITHIN) if self.in_force(at=moment) else ()


def invitations(view: View) -> Invitation | None:
    """Return all invitations that a reader can see as one, or `None` if there is none; it has the id of the first.

    Everyone's latest word counts, in whichever of them it was said: to take it back in one takes it back in all, so
    that nobody is nudged on by another invitation that they have forgotten.
    """
    return view.once(invitations, lambda: _as_one(view))


def _as_one(view: View) -> Invitation | None:
    said = view.entries(kind=(NudgeUs, LetUsBe))
    first = next((act.about for act in said if isinstance(act.body, NudgeUs) and act.about is not None), None)
    if first is None:
        return None
    return Invitation(id=first, circle=view.circle, acts=said, founding=view.founding)
