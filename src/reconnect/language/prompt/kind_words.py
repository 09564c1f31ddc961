"""Kind words are beginnings for what makes sense to a listener, and other ways to look at what seems a verdict."""

from attrs import frozen

from reconnect.language.prompt.pack import pack

__all__ = ["Reframing", "reframings", "validations"]


@frozen(kw_only=True)
class Reframing:
    """A thought that comes easily, and another way to look at the same thing.

    It is offered to whoever has the thought, about their own reading of things; it claims nothing about anyone else,
    and it is no reason to stay with what is not safe.

    Attributes:
        about: what it concerns, such as `withdrawal`.
        thought: the thought that comes easily.
        another: another way to look at it.
    """

    about: str
    thought: str
    another: str


def validations(*, locale: str = "en") -> tuple[str, ...]:
    """Return beginnings with which a listener may say what makes sense; each ends open, for their own words.

    >>> validations()[0]
    'From where you stand, it makes sense that ...'

    Raises:
        InvalidPrompt: there is no such locale.
    """
    return tuple(pack(locale)["validations"])


def reframings(about: str | None = None, *, locale: str = "en") -> tuple[Reframing, ...]:
    """Return other ways to look at things, all of them or about one thing only.

    >>> print(reframings("withdrawal")[2].another)
    Some people need time to find words. Slow can mean careful.

    Raises:
        InvalidPrompt: there is no such locale.
    """
    found = (Reframing(**each) for each in pack(locale)["reframings"])
    return tuple(each for each in found if about in {None, each.about})
