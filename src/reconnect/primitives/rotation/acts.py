"""What people say about turns: each of these is one act in the story of a rotation."""

from typing import ClassVar, Final

from attrs import field, frozen
from attrs.converters import optional

from reconnect.people.person import as_id
from reconnect.primitives.rotation.plan import RotationPlan
from reconnect.primitives.rotation.turn import TurnKey
from reconnect.record.kind import Heard, register
from reconnect.temporal.window import Window

__all__ = [
    "OWN",
    "Away",
    "Back",
    "Covered",
    "Done",
    "LeftTurns",
    "PassedOn",
    "PlanStated",
    "RejoinedTurns",
    "TurnsBegun",
    "Wished",
    "Withdrew",
]


@register
@frozen(kw_only=True)
class TurnsBegun:
    """The act that begins a rotation: it names the proposal whose plan it follows."""

    kind: ClassVar[str] = "rotation.begun"
    heard: ClassVar[Heard] = Heard.SHARED

    proposal: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class PlanStated:
    """The act that begins a rotation on a plan that was agreed elsewhere, or is only being tried out."""

    kind: ClassVar[str] = "rotation.stated"
    heard: ClassVar[Heard] = Heard.SHARED

    plan: RotationPlan


@register
@frozen(kw_only=True)
class Away:
    """One person is away for a while: turns that have not begun pass them by."""

    kind: ClassVar[str] = "rotation.away"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    window: Window


@register
@frozen(kw_only=True)
class Back:
    """One person is back: what they said about being away holds no more for turns that have not begun."""

    kind: ClassVar[str] = "rotation.back"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class LeftTurns:
    """One person takes no more turns, until they say otherwise."""

    kind: ClassVar[str] = "rotation.left"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class RejoinedTurns:
    """One person whom the plan names takes turns again."""

    kind: ClassVar[str] = "rotation.joined"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class Wished:
    """One person would like to give a turn away, perhaps for another person's turn, who may wish for the same."""

    kind: ClassVar[str] = "rotation.wished"
    heard: ClassVar[Heard] = Heard.SHARED

    give: TurnKey
    take: TurnKey | None = None
    other: str | None = field(default=None, converter=optional(as_id))


@register
@frozen(kw_only=True)
class Withdrew:
    """One person takes a wish back."""

    kind: ClassVar[str] = "rotation.withdrew"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    give: TurnKey
    take: TurnKey | None = None


@register
@frozen(kw_only=True)
class Covered:
    """One person takes a turn over: their yes is the one that it needs."""

    kind: ClassVar[str] = "rotation.covered"
    heard: ClassVar[Heard] = Heard.SHARED

    turn: TurnKey


@register
@frozen(kw_only=True)
class PassedOn:
    """One person passes a turn on; it needs no reason."""

    kind: ClassVar[str] = "rotation.passed_on"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    turn: TurnKey


@register
@frozen(kw_only=True)
class Done:
    """One person says that they did what a turn is for; the next one begins."""

    kind: ClassVar[str] = "rotation.done"
    heard: ClassVar[Heard] = Heard.SHARED

    turn: TurnKey


OWN: Final = (
    TurnsBegun,
    PlanStated,
    Away,
    Back,
    LeftTurns,
    RejoinedTurns,
    Wished,
    Withdrew,
    Covered,
    PassedOn,
    Done,
)
