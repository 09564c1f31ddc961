"""Strategies for drafts, as people really type them, and for what the lens notices in them."""

from typing import Final

from hypothesis import strategies as st

from reconnect.edges.testing.words import texts
from reconnect.language.lens import Noticing, NoticingKind

__all__ = ["drafts", "neutral_paragraphs", "noticings"]

# Pieces that the rules are made of, so that chance puts together what they look for, and what silences them.
_PIECES: Final = (
    "You never listen",
    "you're so selfish",
    "I feel that you don't care",
    "I feel abandoned",
    "You have to stop this now",
    "be more considerate",
    "You'll regret this",
    "He checks my phone",
    "you\u2019re pathetic",
    "dont you dare",
    "You think I'm stupid",
    "you",
    "YOU",
    "I",
    "he",
    "never",
    "always",
    "not",
    "so",
    "really",
    "if you leave",
    "she said",
    "thank you",
    "but",
    "and",
    "because",
    "I don't think",
    "haha",
    "😂",
    "❤️",
    "right?",
    ", do you?",
    "lazy",
    "sooo",
    "self-centred",
    "when",
    "the train",
    "at eight",
    "please",
)
_JOINTS: Final = (
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "! ",
    "? ",
    "... ",
    "\n",
    "\r\n",
    "\n\n",
    ' "',
    '" ',
    " - ",
    "; ",
    "\u2028",
    "",
)
_NEUTRAL: Final = (
    "The train leaves at eight.",
    "On Tuesday it rained.",
    "There is bread on the table.",
    "The shop on the corner opens at nine.",
    "The film starts at half past six, and the tickets are in the drawer.",
)


def drafts() -> st.SearchStrategy[str]:
    """Draw a draft: any text, or pieces of speech in any order, with the marks and line breaks that people use."""
    pieces = st.sampled_from(_PIECES) | texts()
    joined = st.lists(st.tuples(pieces, st.sampled_from(_JOINTS)), max_size=12)
    return texts() | joined.map(lambda pairs: "".join(piece + joint for piece, joint in pairs))


def neutral_paragraphs() -> st.SearchStrategy[str]:
    """Draw a paragraph in which there is nothing to notice."""
    return st.lists(st.sampled_from(_NEUTRAL), min_size=1, max_size=3).map(" ".join)


def noticings() -> st.SearchStrategy[Noticing]:
    """Draw what a lens could notice in some text."""
    places = st.tuples(st.integers(0, 10**6), st.integers(1, 10**6))
    return st.builds(_noticing, places, st.sampled_from(NoticingKind))


def _noticing(place: tuple[int, int], kind: NoticingKind) -> Noticing:
    start, length = place
    return Noticing(start=start, end=start + length, noticed=kind)
