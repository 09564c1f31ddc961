"""The lens notices words in one's own draft that are hard to hear; it is local, explains itself, and forgets."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from attrs import field, frozen
from attrs.validators import instance_of

from reconnect.errors import InvalidDraft, NotYours
from reconnect.language._pack import Found, lens_locales, lens_pack
from reconnect.phrase import Phrase
from reconnect.record.entry import Entry

__all__ = ["Noticing", "NoticingKind", "lens_locales", "notice", "notice_own"]

MOST: Final = 100  # noticings for one draft; ours: nobody reads more, and a pasted book stays a short answer


class NoticingKind(StrEnum):
    """What kind of words it is, by a name that rules and documents use. None says anything about a person."""

    ABSOLUTE = "absolute"
    """Always, never, every time: a grievance that leaves no room for what went well."""
    MIND_READING = "mind_reading"
    """What somebody else thinks, wants or means, told as if it were known."""
    LABEL = "label"
    """A word for a person in the place of something that happened."""
    CONTEMPT = "contempt"
    """Words that look down on somebody."""
    DISGUISED_BLAME = "disguised_blame"
    """"I feel that you ...": a thought about somebody else, in the clothes of a feeling."""
    EVALUATIVE_FEELING = "evaluative_feeling"
    """"I feel abandoned": what others are thought to have done, told as a feeling."""
    DEMAND = "demand"
    """Something to be done that leaves no room for a no."""
    VAGUE_REQUEST = "vague_request"
    """A wish for how somebody should be, without an act that could be done."""
    THREAT = "threat"
    """Intimidation or force, spoken or described. There is no softer wording for it; it points to support."""

    @property
    def may_be_reworded(self) -> bool:
        """Whether other words may be offered; for a threat they never are."""
        return self is not NoticingKind.THREAT


# Where two kinds share words, the first named here stays unsaid: the others say the same thing better.
_SAID_BETTER: Final = {
    NoticingKind.ABSOLUTE: frozenset({NoticingKind.THREAT, NoticingKind.DISGUISED_BLAME}),
    NoticingKind.MIND_READING: frozenset({NoticingKind.THREAT, NoticingKind.DISGUISED_BLAME, NoticingKind.ABSOLUTE}),
    NoticingKind.LABEL: frozenset({NoticingKind.DISGUISED_BLAME, NoticingKind.CONTEMPT, NoticingKind.MIND_READING}),
    NoticingKind.EVALUATIVE_FEELING: frozenset({NoticingKind.DISGUISED_BLAME, NoticingKind.MIND_READING}),
    NoticingKind.DEMAND: frozenset({NoticingKind.THREAT, NoticingKind.DISGUISED_BLAME, NoticingKind.VAGUE_REQUEST}),
    NoticingKind.VAGUE_REQUEST: frozenset({NoticingKind.DISGUISED_BLAME}),
}


@frozen(kw_only=True, order=True)
class Noticing:
    """One place in a draft that may be hard to hear, of which kind, and why.

    It notices words, never people, and is no verdict: whoever wrote the draft decides what to do with it.

    >>> (found,) = notice("I love you, but you never help.")
    >>> found.kind, found.span, found.words("I love you, but you never help.")
    (<NoticingKind.ABSOLUTE: 'absolute'>, (16, 30), 'you never help')

    Attributes:
        start: the first character of it, counted in the original text from 0.
        end: the character after it.
        noticed: what kind of words it is, which is also called its `kind`.

    Raises:
        InvalidDraft: it would begin before the text, or hold nothing.

    Laws:
        It lies inside its text, and covers the words that gave rise to it.
    """

    start: int = field(validator=instance_of(int))
    end: int = field(validator=instance_of(int))
    noticed: NoticingKind = field(validator=instance_of(NoticingKind))

    def __attrs_post_init__(self) -> None:
        """Refuse a place that no text has."""
        if not 0 <= self.start < self.end:
            raise InvalidDraft("a place that begins at 0 or later and holds something", f"{self.start} to {self.end}")

    @property
    def kind(self) -> NoticingKind:
        """What kind of words it is; documents, which use that word for themselves, say `noticed`."""
        return self.noticed

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands: the first character of it in the original text, and the one after it."""
        return self.start, self.end

    @property
    def phrase(self) -> Phrase:
        """Why it may be hard to hear, kindly; `render` says it."""
        return Phrase.of(f"lens.{self.kind.value}")

    def words(self, text: str) -> str:
        """Return the words themselves; they are never kept in here."""
        return text[self.start : self.end]


def notice(text: str, *, locale: str = "en") -> tuple[Noticing, ...]:
    """Notice what may be hard to hear in one's own draft.

    What people get wrong: it is made for the writer, before sending. It says nothing about whoever wrote, it is
    silent where it doubts (irony, above all), and it misses much; silence is no praise.

    >>> [found.kind.value for found in notice("You never listen, you are so selfish!")]
    ['absolute', 'label']
    >>> notice("You never forget my birthday, thank you.")
    ()

    Args:
        text: a draft, as people type it.
        locale: a language of `lens_locales`.

    Returns:
        At most 100 noticings, in order; two of one kind never overlap.

    Raises:
        InvalidDraft: it is no text.
        InvalidPhrase: there are no rules for that language.

    Laws:
        The same text gives the same answer; a new paragraph of neutral words changes nothing before it; work grows
        with the length of the text alone.
    """
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidDraft("a text", f"a {type(text).__name__}")
    return tuple(sorted(_apart(lens_pack(locale).find(text))))[:MOST]


def notice_own(entry: Entry, *, acting: str, locale: str = "en") -> tuple[Noticing, ...]:
    """Notice what may be hard to hear in an entry that one wrote oneself.

    Nothing is kept, and nobody is told. Other people's words are not looked at, whoever asks, and whether or not
    they can be seen.

    Args:
        entry: a note, or anything else whose body has a `text`.
        acting: who asks.
        locale: a language of `lens_locales`.

    Raises:
        NotYours: somebody else wrote it.
        InvalidDraft: its body has no text.
    """
    if entry.author != acting:
        raise NotYours
    return notice(getattr(entry.body, "text", None), locale=locale)  # type: ignore[arg-type]  # refused if there is none


def _apart(found: Iterable[Found]) -> Iterator[Noticing]:
    """Keep the longest of what overlaps within a kind, and leave out what another kind says better."""
    kept: dict[NoticingKind, list[Noticing]] = {kind: [] for kind in NoticingKind}
    for each in sorted(set(found), key=lambda each: (each.start, -each.end)):
        mine = kept[NoticingKind(each.kind)]
        if not mine or mine[-1].end <= each.start:
            mine.append(Noticing(start=each.start, end=each.end, noticed=NoticingKind(each.kind)))
    for kind, mine in kept.items():
        better = sorted(other for each in _SAID_BETTER.get(kind, ()) for other in kept[each])
        yield from _outside(mine, better)


def _outside(mine: Iterable[Noticing], better: Sequence[Noticing]) -> Iterator[Noticing]:
    """Go along both in order, and leave out what shares words with any of the better ones."""
    ahead, reached = 0, 0
    for each in mine:
        while ahead < len(better) and better[ahead].start < each.end:
            reached = max(reached, better[ahead].end)
            ahead += 1
        if reached <= each.start:
            yield each
