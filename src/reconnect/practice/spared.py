"""Who is spared suggestions now: those who are quiet, who answered in a support room, and everyone in a time-out."""

from reconnect.consent.invitation import invitations
from reconnect.consent.mute import is_quiet
from reconnect.practice.closings import running
from reconnect.practice.support import FearAnswer, is_solo
from reconnect.record.view import View

__all__ = ["invited", "is_here", "is_spared"]


def is_here(view: View) -> bool:
    """Tell whether the reader is in the circle, and the circle has not ended."""
    return view.reader in view.members and not view.membership.is_over(view.at)


def is_spared(view: View, *, told: FearAnswer | None = None) -> bool:
    """Tell a reader whether nothing is suggested to them now; there is no way to ask it of anyone else.

    Args:
        view: whose view it is, and as of when.
        told: what the reader says just now, as in a support room; it is kept nowhere.
    """
    return not is_here(view) or is_quiet(view) or is_solo(view, told=told) or running(view) is not None


def invited(view: View) -> bool:
    """Tell whether everyone said "nudge us" lately; without it nothing points towards each other."""
    invitation = invitations(view)
    return invitation is not None and invitation.in_force(at=view.at)
