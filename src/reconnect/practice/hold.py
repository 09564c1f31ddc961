"""A hold is something that holds now: an agreement, a pause, a time to come back to each other gently."""

import pendulum
from attrs import frozen

from reconnect.phrase import Phrase

__all__ = ["Hold"]


@frozen(kw_only=True)
class Hold:
    """Something that holds now, and until when it does so by itself.

    Attributes:
        about: the id of the story that it comes from; that of a person, if it is about how much they have to give.
        phrase: what it says.
        until: when it changes if nobody says anything; `None` if it does not.
    """

    about: str
    phrase: Phrase
    until: pendulum.DateTime | None = None
