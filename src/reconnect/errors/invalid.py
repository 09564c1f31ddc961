"""Values that cannot be: each says what was expected, and what came."""

from reconnect.errors.tree import Invalid

__all__ = [
    "InvalidAudience",
    "InvalidBody",
    "InvalidBoundary",
    "InvalidCare",
    "InvalidCircle",
    "InvalidDate",
    "InvalidDraft",
    "InvalidHelp",
    "InvalidHours",
    "InvalidId",
    "InvalidInstant",
    "InvalidListening",
    "InvalidMeeting",
    "InvalidOffer",
    "InvalidPeriod",
    "InvalidPerson",
    "InvalidPhrase",
    "InvalidPrompt",
    "InvalidReading",
    "InvalidRecovery",
    "InvalidRecurrence",
    "InvalidRequest",
    "InvalidRhythm",
    "InvalidRotation",
    "InvalidScale",
    "InvalidWindow",
    "InvalidZone",
]


class InvalidInstant(Invalid):
    """Not a moment in time: a zone or an offset is missing, or the text has another shape."""


class InvalidZone(Invalid):
    """Not the name of an IANA time zone."""


class InvalidDate(Invalid):
    """Not a calendar date or a time of day."""


class InvalidWindow(Invalid):
    """A stretch of time must end after it starts."""


class InvalidPeriod(Invalid):
    """Not a calendar step of whole years, months, weeks and days."""


class InvalidHours(Invalid):
    """Not weekly hours such as `{"MO": ["18:00-22:00"]}`."""


class InvalidRecurrence(Invalid):
    """Not a rule of RFC 5545 that this library carries out."""


class InvalidId(Invalid):
    """Not an id: a short text without control characters, meaningless by itself."""


class InvalidPerson(Invalid):
    """Not a person as this library knows one: an id, a zone, and perhaps a name."""


class InvalidCircle(Invalid):
    """A circle is two or more people, each of them once."""


class InvalidBody(Invalid):
    """Not something that can be written down: a frozen, hashable attrs class with a `kind`."""


class InvalidAudience(Invalid):
    """What binds others is shared from the start; what is one person's own stays private."""


class InvalidOffer(Invalid):
    """Not an offer that anyone could answer."""


class InvalidRhythm(Invalid):
    """Not a rhythm of check-ins that two people could keep."""


class InvalidMeeting(Invalid):
    """Not a question for common times, or not something published for it."""


class InvalidRecovery(Invalid):
    """Not a pause, or not terms for coming back, that this library carries out."""


class InvalidBoundary(Invalid):
    """Not a rule, an action or a baseline that boundaries could speak of."""


class InvalidHelp(Invalid):
    """Not help that a directory could name, or not a way in which it may be named."""


class InvalidCare(Invalid):
    """Not a promise, a gesture, a routine, a memory, a wellness plan or an idea that this library carries out."""


class InvalidRotation(Invalid):
    """Not a plan of turns that people could share."""


class InvalidDraft(Invalid):
    """Not a draft that can be looked at, or not a place in one."""


class InvalidListening(Invalid):
    """Not a form of listening, or a step in one, that this library carries out."""


class InvalidPrompt(Invalid):
    """Not an open question that people could ask each other, or a locale that has none."""


class InvalidPhrase(Invalid):
    """Not a sentence the phrasebook can say: a key or a parameter is missing or of another type."""


class InvalidRequest(Invalid):
    """Not a request, or not a part of one, that people could ask each other."""


class InvalidScale(Invalid):
    """Not a scale that people could answer on."""


class InvalidReading(Invalid):
    """Not something that a reading, a trend or a change could be worked out from."""
