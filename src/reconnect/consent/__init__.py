"""What was agreed: proposals, reveals, invitations, and the quiet ways of saying no."""
