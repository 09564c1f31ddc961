"""A token is one word, mark or sign of a text as people really type it, with its place in the original."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from attrs import frozen

__all__ = ["Sort", "Token", "Writing"]

_MARKS: Final = {
    "quote": '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02',
    "pause": ",:()[]/|\u2026\u2013\u2014\u2022\uff0c\uff1a",
    "turn": ";",
    "end": "\u3002\uff01\uff1f",
}
_IGNORED: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff"
_APOSTROPHES: Final = "'\u2018\u2019\u201b\u02bc`\u00b4\u2032\uff07"
_LETTER: Final = rf"(?:[^\W_]|[\u0300-\u036f{_IGNORED}])"
_SCAN: Final = re.compile(
    rf"(?P<break>\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029])"
    rf"|(?P<number>\d+(?:[.,:]\d+)*(?!\w))"
    rf"|(?P<word>[^\W_]{_LETTER}*(?:(?:[{_APOSTROPHES}]|\*+){_LETTER}+)*)"
    rf"|(?P<face>[:;=][-o']?[()DPp/|](?!\w)|<3)"
    rf"|(?P<dash>(?<=\s)-+(?=\s)|--+)"
    rf"|(?P<dots>\.\.+)"
    rf"|(?P<end>[.!?]+)"
    rf"|(?P<sign>[^\w\s*_~#>^{_APOSTROPHES}{_IGNORED}\u0300-\u036f-])",
    re.IGNORECASE,
)
_SKIPPED: Final = re.compile(f"[{_IGNORED}]")
_APOSTROPHE: Final = re.compile(f"[{_APOSTROPHES}]")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_LONGEST_WORD: Final = 40  # letters that are looked at; ours: longer ones are no words


class Sort(NamedTuple):
    """What a match of the scanner is made into: its name, and how it is written from now on."""

    name: str
    said: str


class Token(NamedTuple):
    """One word, mark or sign: where it stands in the text, its sort, and how it is written in rules."""

    start: int
    end: int
    sort: str
    said: str


@frozen(kw_only=True)
class Writing:
    """How people write in one language: what runs together, what is left out, what is spelt in two ways.

    Attributes:
        forms: whole words and the words they stand for, such as `youre` for `you are`.
        clitics: ends of words and the words they stand for, such as `'re` for `are`.
        spellings: ends of longer words and the one way in which they are written here, such as `ise` and `ize`.
    """

    forms: Mapping[str, tuple[str, ...]]
    clitics: Mapping[str, str]
    spellings: Mapping[str, str]

    def tokens(self, text: str) -> Iterator[Token]:
        """Go through a text once, in time that grows with its length alone."""
        known: dict[str, tuple[str, ...]] = {}
        for found in _SCAN.finditer(text):
            sort, raw = found.lastgroup or "", found.group()
            if sort == "word":
                words = known.get(raw)
                if words is None:
                    words = known[raw] = tuple(self._words(raw))
                for word in words:
                    yield Token(found.start(), found.end(), sort, word)
            else:
                yield Token(found.start(), found.end(), *_sign(sort, raw))

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words and signs of a text as they are written in rules."""
        return tuple(token.said for token in self.tokens(text))

    def lines(self, lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the words of many lines in one pass, by line."""
        each = dict.fromkeys(lines)
        written: list[list[str]] = [[]]
        for token in self.tokens("\n".join(each)):
            if token.sort == "break":
                written.append([])
            else:
                written[-1].append(token.said)
        return {line: tuple(words) for line, words in zip(each, written, strict=True)} if each else {}

    def _words(self, raw: str) -> Iterator[str]:
        word = unicodedata.normalize("NFKC", _SKIPPED.sub("", raw[:_LONGEST_WORD])).casefold()
        word = _STRETCHED.sub(r"\1", _APOSTROPHE.sub("'", word))
        if word in self.forms:
            yield from self.forms[word]
            return
        for end, means in self.clitics.items():
            if word.endswith(end) and len(word) > len(end):
                yield self._spelt(word.removesuffix(end))
                yield means
                return
        yield self._spelt(word)

    def _spelt(self, word: str) -> str:
        for end, written in self.spellings.items():
            if word.endswith(end) and len(word) > len(end) + 2:
                return word.removesuffix(end) + written
        return word


def _sign(sort: str, raw: str) -> Sort:
    """Bring a mark into one form: the strongest of several marks counts, and a dash is a pause."""
    match sort:
        case "end":
            return Sort("end", "?" if "?" in raw else "!" if "!" in raw else ".")
        case "dash" | "dots":
            return Sort("pause", "…" if sort == "dots" else "—")
        case "sign":
            return Sort(next((name for name, marks in _MARKS.items() if raw in marks), sort), raw)
        case "face":
            return Sort("sign", raw.upper())
        case _:
            return Sort(sort, raw)
