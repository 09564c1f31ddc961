"""What was agreed: proposals, reveals, invitations and quiet; silence is never yes."""

from reconnect.consent import patience as patience  # a view learns from it how to offer
