"""A laugh is a moment in which people laughed together, as one of them notes it."""

from typing import ClassVar

from attrs import field, frozen

from reconnect.record.kind import as_text, register

__all__ = ["Laughed"]


@register
@frozen(kw_only=True)
class Laughed:
    """People laughed together; it is its author's own unless they share it, and nobody counts how often.

    >>> Laughed(), "kettle" in repr(Laughed(words="the kettle, again"))
    (Laughed(), False)

    Attributes:
        words: about what, if one likes; left out of `repr`.

    Raises:
        InvalidBody: the words are no text.
    """

    kind: ClassVar[str] = "metrics.laughed"

    words: str = field(default="", repr=False, converter=as_text)
