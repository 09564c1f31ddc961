"""What can be said of a pause, and of the time after it, as phrases; nobody is told to go after anybody."""

from typing import Final

from reconnect.phrase import Phrase
from reconnect.primitives.recovery.call import Call, Phase
from reconnect.primitives.recovery.opening import Opening, Recovery

__all__ = ["intention", "of_opening", "of_pause"]

_YOURS: Final = {
    Phase.RESTING: "recovery.resting_yours",
    Phase.READY: "recovery.ready_yours",
    Phase.WAITING: "recovery.waiting_yours",
    Phase.RELEASED: "recovery.released",
    Phase.RETURNED: "recovery.returned_yours",
    Phase.STOPPED: "recovery.stopped",
}
_THEIRS: Final = {
    Phase.RESTING: "recovery.resting",
    Phase.READY: "recovery.ready",
    Phase.WAITING: "recovery.waiting",
    Phase.RELEASED: "recovery.released",
    Phase.RETURNED: "recovery.returned",
    Phase.STOPPED: "recovery.stopped",
}


def of_pause(phase: Phase, call: Call, *, to: str) -> Phrase:
    """Say the phase of someone's pause, to themselves or to one of the others."""
    key = (_YOURS if call.by == to else _THEIRS)[phase]
    return Phrase.of(key, by=call.by, rested=call.rested, back=call.back)


def of_opening(opening: Opening | None) -> Phrase:
    """Say how the time after a return stands, to any of them."""
    if opening is None:
        return Phrase.of("recovery.ahead")
    match opening.standing:
        case Recovery.OFFERED:
            return Phrase.of("recovery.offered", length=opening.terms.length)
        case Recovery.OPEN:
            return Phrase.of("recovery.open", until=opening.window.end)
        case _:
            return Phrase.of("recovery.over")


def intention(given: str | Phrase) -> Phrase:
    """Say what everyone has in mind: in their own words, or as a phrase."""
    return given if isinstance(given, Phrase) else Phrase.of("recovery.intention", intention=given)
