"""Changes are what people said about single turns: who takes which one over, and who passed it on."""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import pendulum
from attrs import define, evolve, field, frozen

from reconnect.primitives.rotation.acts import Covered, PassedOn, Wished, Withdrew
from reconnect.primitives.rotation.stretch import Place
from reconnect.primitives.rotation.turn import TurnKey, TurnReason, Wish
from reconnect.record.entry import Entry

__all__ = ["Change", "Changes", "changes"]

Find: TypeAlias = Callable[[TurnKey], tuple[Place, tuple[str, ...]] | None]
Exchange: TypeAlias = tuple[str, TurnKey, TurnKey | None]


@frozen(kw_only=True)
class Change:
    """What was said about one turn.

    Attributes:
        holder: who took it over last, if anybody.
        reason: by a swap, or as a cover.
        passed: who passed it on, and did not take it over since.
    """

    holder: str | None = None
    reason: TurnReason = TurnReason.PLAN
    passed: frozenset[str] = frozenset()

    def taken(self, by: str, reason: TurnReason) -> "Change":
        """Return it with another holder, who says yes to it."""
        return Change(holder=by, reason=reason, passed=self.passed - {by})

    def passed_on(self, by: str) -> "Change":
        """Return it without one person, who passed it on."""
        return evolve(self, passed=self.passed | {by})


UNTOUCHED: Final = Change()


@define(kw_only=True)
class Changes:
    """Everything that was said about single turns. `changes` writes it once; afterwards it is only read.

    Whoever takes a turn over says so themselves. That is all it needs, so what counts never depends on who had the
    turn by the plan, and a later absence or a new plan undoes no exchange.
    """

    find: Find
    turns: dict[TurnKey, Change] = field(factory=dict[TurnKey, Change])
    wishes: dict[Exchange, Wish] = field(factory=dict[Exchange, Wish])

    def of(self, key: TurnKey) -> Change:
        """Return what was said about one turn."""
        return self.turns.get(key, UNTOUCHED)

    def tell(self, act: Entry) -> None:
        """Carry what someone says about one turn; what was not allowed at that time changes nothing."""
        match act.body:
            case Wished(give=give, take=take, other=other):
                self._wish(Wish(by=act.author, give=give, take=take, other=other), act.at)
            case Withdrew(give=give, take=take):
                self.wishes.pop((act.author, give, take), None)
            case Covered(turn=turn) if self._goes_on(turn, act.at):
                self._take(turn, act.author, TurnReason.COVER)
            case PassedOn(turn=turn) if self._goes_on(turn, act.at):
                self.turns[turn] = self.of(turn).passed_on(act.author)
            case _:
                pass

    def _wish(self, wish: Wish, at: pendulum.DateTime) -> None:
        """Keep a wish, or exchange two turns if the other person wished for the same."""
        if wish.take is None or wish.other is None:
            self.wishes[wish.by, wish.give, None] = wish
            return
        if self._has_begun(wish.give, at) or self._has_begun(wish.take, at):
            return
        theirs = self.wishes.get((wish.other, wish.take, wish.give))
        if theirs is None or theirs.other != wish.by:
            self.wishes[wish.by, wish.give, wish.take] = wish
            return
        del self.wishes[theirs.by, theirs.give, theirs.take]
        self._take(wish.give, theirs.by, TurnReason.SWAP)
        self._take(wish.take, wish.by, TurnReason.SWAP)

    def _take(self, key: TurnKey, person: str, reason: TurnReason) -> None:
        """Give a turn to somebody who said yes to it, if they take turns by its plan."""
        found = self.find(key)
        if found is None or person in found[1]:
            self.turns[key] = self.of(key).taken(person, reason)

    def _goes_on(self, key: TurnKey, at: pendulum.DateTime) -> bool:
        found = self.find(key)
        return found is not None and (found[0].end is None or at < found[0].end)

    def _has_begun(self, key: TurnKey, at: pendulum.DateTime) -> bool:
        found = self.find(key)
        return found is not None and found[0].start <= at


def changes(told: Iterable[Entry], find: Find) -> Changes:
    """Fold what was said about single turns; at one instant, taking a wish back goes before granting it.

    Args:
        told: what people said, in the order in which folds read it.
        find: where a turn is, and who takes turns by its plan.
    """
    acts = list(told)
    gone = {(act.at, act.author, act.body.give, act.body.take) for act in acts if isinstance(act.body, Withdrew)}
    found = Changes(find=find)
    for act in sorted(acts, key=lambda act: (act.at, not isinstance(act.body, Withdrew))):
        body = act.body
        if not isinstance(body, Wished) or (act.at, act.author, body.give, body.take) not in gone:
            found.tell(act)
    return found
