"""A draft is a text cut into sentences, parts and clauses, so that nothing reaches further than it should."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from attrs import field, frozen

from reconnect.language._token import Token

__all__ = ["Draft", "Stretch", "cut"]

Stretch: TypeAlias = tuple[int, int]
"""From one token up to before another, by their numbers."""


@frozen(kw_only=True)
class Draft:
    """The words of a text and where they belong; every tuple has one place for each token.

    Attributes:
        tokens: words, pauses and ends, in order; marks of quotation and breaks are not among them.
        sentences: the sentence that a token is in.
        parts: the part of a sentence that it is in; a turn such as "but" begins a new one.
        clauses: the clause that it is in; a pause or a word such as "because" begins a new one.
        paragraphs: the number of the paragraph that it is in.
        quotations: what stands between marks of quotation, unless that is a whole paragraph.
    """

    tokens: tuple[Token, ...]
    sentences: tuple[Stretch, ...]
    parts: tuple[Stretch, ...]
    clauses: tuple[Stretch, ...]
    paragraphs: tuple[int, ...] = field(repr=False)
    quotations: tuple[Stretch, ...]


def cut(tokens: Sequence[Token], text: str, *, starts: frozenset[str], turns: frozenset[str]) -> Draft:
    """Cut a text into paragraphs, sentences, parts and clauses, in one pass each.

    Args:
        tokens: all tokens of the text, breaks and marks of quotation included.
        text: the text itself; it is asked only whether a line goes on in small letters.
        starts: words that begin a clause.
        turns: words that begin a part.
    """
    kept: list[Token] = []
    sentences: list[Stretch] = []
    paragraphs: list[int] = []
    quotations: list[Stretch] = []
    for number, paragraph in enumerate(_paragraphs(tokens)):
        quotes: list[int] = []
        for sentence in _sentences(paragraph, text):
            begin = len(kept)
            for token in sentence:
                if token.sort == "quote":
                    quotes.append(len(kept))
                elif token.sort != "break":
                    kept.append(token)
            sentences += [(begin, len(kept))] * (len(kept) - begin)
        first = len(paragraphs)
        paragraphs += [number] * (len(kept) - first)
        quotations += [pair for pair in _pairs(quotes) if pair != (first, len(kept))]
    return Draft(
        tokens=tuple(kept),
        sentences=tuple(sentences),
        parts=tuple(_stretches(kept, sentences, turns, frozenset({"turn"}))),
        clauses=tuple(_stretches(kept, sentences, starts | turns, frozenset({"turn", "pause", "sign"}))),
        paragraphs=tuple(paragraphs),
        quotations=tuple(quotations),
    )


def _paragraphs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Split where two line breaks follow each other."""
    held: list[Token] = []
    for token in tokens:
        if token.sort == "break" and held and held[-1].sort == "break":
            yield held
            held = []
        else:
            held.append(token)
    yield held


def _sentences(paragraph: Sequence[Token], text: str) -> Iterator[Sequence[Token]]:
    """Split after a mark that ends a sentence (and the quotation that closes with it), and where a line begins anew."""
    begin = 0
    ended = False
    for place, (token, after) in enumerate(pairwise(paragraph), start=1):
        ended = token.sort == "end" or (ended and token.sort == "quote")
        fresh_line = token.sort == "break" and not text[after.start].islower()
        if (ended and after.sort not in {"quote", "end"}) or fresh_line:
            yield paragraph[begin:place]
            begin, ended = place, False
    yield paragraph[begin:]


def _pairs(places: Sequence[int]) -> Iterator[Stretch]:
    """Pair marks of quotation as they come; one that is left over opens nothing."""
    yield from zip(places[::2], places[1::2], strict=False)


def _stretches(
    tokens: Sequence[Token], sentences: Sequence[Stretch], words: frozenset[str], marks: frozenset[str]
) -> Iterator[Stretch]:
    """Cut sentences further: after each such mark, and before each such word."""
    begin = 0
    for place, token in enumerate(tokens):
        fresh = sentences[place][0] == place or (token.sort == "word" and token.said in words)
        if place and (fresh or tokens[place - 1].sort in marks):
            yield from [(begin, place)] * (place - begin)
            begin = place
    yield from [(begin, len(tokens))] * (len(tokens) - begin)
