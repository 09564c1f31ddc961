"""When a sealed entry opens: at its closing time, and only if every person's answer then stands."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import ClassVar, Final

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.people.person import as_id
from reconnect.record.entry import Entry, Private, Sealed
from reconnect.record.kind import Body, Heard, as_shared, as_text, is_newer, kind_of, register
from reconnect.record.membership import Membership
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant

__all__ = [
    "DECIDING",
    "OPEN_AT_MOST",
    "Answered",
    "Asked",
    "Retracted",
    "answers",
    "is_own_affair",
    "opening",
    "standing_answers",
]

OPEN_AT_MOST: Final = dt.timedelta(days=366)  # ours, no study: nobody is asked for ever; `Aside` is for sooner


@register
@frozen(kw_only=True)
class Asked:
    """A question to everyone, whose answers open together at `closes`.

    Attributes:
        prompt: what is asked.
        closes: when the answers open, 366 days after it was asked at the latest; a question that would stay open for
            longer counts as never asked.
    """

    kind: ClassVar[str] = "reveal.asked"
    heard: ClassVar[Heard] = Heard.SHARED

    prompt: Body = field(converter=as_shared)
    closes: pendulum.DateTime = field(converter=as_instant)


@register
@frozen(kw_only=True)
class Answered:
    """One person's answer; an empty one is an answer too.

    Attributes:
        text: what they answered.
        question: a digest of the very question, if they named it: under another question of the same id, which may
            close sooner than they knew, it says nothing. Both are left out of `repr`.
    """

    kind: ClassVar[str] = "reveal.answered"
    heard: ClassVar[Heard] = Heard.SEALED

    text: str = field(repr=False, converter=as_text)
    question: str | None = field(default=None, repr=False, converter=optional(as_id))


@register
@frozen(kw_only=True)
class Retracted:
    """The author takes an answer back before it opens; nobody else can tell it from never answering."""

    kind: ClassVar[str] = "reveal.retracted"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True


_OF_ANSWERS: Final = frozenset({Answered.kind, Retracted.kind})
DECIDING: Final = frozenset({Retracted.kind})  # private kinds that yet decide what others see: what does not open


def is_own_affair(entry: Entry) -> bool:
    """Tell whether nobody's view but its author's can rest on an entry."""
    return isinstance(entry.audience, Private) and kind_of(entry.body) not in DECIDING


def opening(acts: Iterable[Entry], membership: Membership) -> Entry | None:
    """Return the act that asked, among the acts about one reveal: the first by a member, closing in time."""
    order = membership.order
    asked = (
        act
        for act in acts
        if isinstance(act.body, Asked)
        and act.at < act.body.closes <= elapsed(act.at, OPEN_AT_MOST)
        and (not order or membership.has(act.author, act.at))
    )
    return min(asked, key=lambda act: (act.at, order.get(act.author, 0), act.author, act.id), default=None)


def standing_answers(
    acts: Iterable[Entry], membership: Membership, *, reveal: str, at: dt.datetime
) -> Mapping[str, Entry] | None:
    """Return everyone's standing answer in circle order, or `None` while the reveal is not open.

    It opens at its closing time if everyone who was asked has been there all along and has an answer that
    stands. A late answer changes nothing; a retraction at the same instant as an answer wins.
    """
    told = tuple(acts)
    asked = opening(told, membership)
    if asked is None or not isinstance(asked.body, Asked) or as_instant(at) < asked.body.closes:
        return None
    closes = asked.body.closes
    standing = answers(told, asked, reveal=reveal)
    people = membership.at(asked.at)
    left = any(stay.covers(asked.at) and not stay.covers(closes) for stay in membership.stays)
    if left or membership.is_over(closes) or not standing.keys() >= set(people):
        return None
    return {person: standing[person] for person in people}


def answers(acts: Iterable[Entry], asked: Entry, *, reveal: str) -> dict[str, Entry]:
    """Return the answer that stands of each person who gave one in time and did not take it back in time.

    An answer that names another question is none to this one. What only a newer version can read may be another
    answer or a no, so it takes back what its author answered before: on doubt nothing opens.
    """
    standing: dict[str, Entry] = {}
    for act in sorted(acts, key=lambda act: (act.at, _takes_back(act), act.id)):
        in_time = isinstance(asked.body, Asked) and asked.at <= act.at < asked.body.closes
        if in_time and _takes_back(act):
            standing.pop(act.author, None)
        elif in_time and _answers(act, asked, reveal):
            standing[act.author] = act
    return standing


def _takes_back(act: Entry) -> bool:
    return isinstance(act.body, Retracted) or (is_newer(act.body) and kind_of(act.body) in _OF_ANSWERS)


def _answers(act: Entry, asked: Entry, reveal: str) -> bool:
    """Tell whether an act is an answer to this question, and to no other that was asked under the same id."""
    body = act.body
    return isinstance(body, Answered) and act.audience == Sealed(reveal) and body.question in {None, asked.content}
