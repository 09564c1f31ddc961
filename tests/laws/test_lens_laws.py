"""Laws of the lens: what it says of a draft depends on the words of that draft, and on nothing else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconnect import Noticing, NoticingKind, lens_locales, notice
from reconnect.edges.testing import drafts, neutral_paragraphs
from reconnect.language._pack import lens_pack
from reconnect.language.lens import MOST

each_locale = pytest.mark.parametrize("locale", lens_locales())

# What makes careless matchers slow: one word again and again, beginnings that never end, and marks alone.
REPEATED = (
    "you ",
    "never ",
    "you never ",
    "always always ",
    "I feel like you and ",
    "so really very ",
    "if you ",
    "she said ",
    "a",
    "!",
    '"',
    "'",
    "a'",
    "*a",
    "-",
    "\n",
    "😂",
    "you, ",
    "not not ",
    "i am so very ",
    "you are so so so ",
    "1.",
    "x-",
    "you all the time ",
    "..",
    "ich ",
    "du bist so ",
    "nie ",
    "ich habe das gefühl dass du ",
    "tú ",
    "nunca ",
)


@given(text=drafts(), locale=st.sampled_from(lens_locales()))
def test_a_noticing_lies_inside_its_text_and_covers_whole_words(text: str, locale: str) -> None:
    """Whoever marks the words on a screen marks words: nothing outside the text, and no half of a word."""
    for found in notice(text, locale=locale):
        assert 0 <= found.start < found.end <= len(text)
        words = found.words(text)
        assert words
        assert words == words.strip()
        before, after = text[: found.start][-1:], text[found.end :][:1]
        assert not (before.isalnum() and words[0].isalnum())
        assert not (after.isalnum() and words[-1].isalnum())


@given(text=drafts(), more=neutral_paragraphs(), joint=st.sampled_from(["\n\n", "\r\n\r\n", "\n \n", "\n\n\n\t"]))
def test_a_new_paragraph_of_neutral_words_changes_nothing_before_it(text: str, more: str, joint: str) -> None:
    """Who goes on writing does not see earlier marks come and go."""
    assert notice(text + joint + more) == notice(text)


@given(text=drafts(), before=neutral_paragraphs())
def test_a_paragraph_before_only_moves_what_is_noticed(text: str, before: str) -> None:
    """Places are counted in the original text."""
    moved = len(before) + 2
    assert notice(f"{before}\n\n{text.lstrip()}") == tuple(
        Noticing(start=found.start + moved, end=found.end + moved, noticed=found.kind)
        for found in notice(text.lstrip())
    )


@given(text=drafts(), locale=st.sampled_from(lens_locales()))
def test_the_same_draft_gives_the_same_answer(text: str, locale: str) -> None:
    """It remembers nothing, and looking twice finds nothing new."""
    first = notice(text, locale=locale)
    notice("You never listen, and I feel abandoned.", locale="en")
    assert notice(text, locale=locale) == first


@given(text=drafts(), locale=st.sampled_from(lens_locales()))
def test_noticings_come_in_order_and_two_of_one_kind_never_overlap(text: str, locale: str) -> None:
    """A screen can mark them from left to right."""
    found = notice(text, locale=locale)
    assert list(found) == sorted(found)
    for kind in NoticingKind:
        mine = [each for each in found if each.kind is kind]
        assert all(one.end <= other.start for one, other in pairwise(mine))


@given(text=drafts())
def test_bent_apostrophes_change_nothing(text: str) -> None:
    """A phone writes them as it likes."""
    plain = [(found.kind, found.start, found.end) for found in notice(text)]
    assert [(found.kind, found.start, found.end) for found in notice(text.replace("'", "\u2019"))] == plain


@each_locale
@pytest.mark.parametrize("again", REPEATED)
def test_the_work_grows_with_the_length_of_the_text_alone(again: str, locale: str) -> None:
    """Twice the text takes twice the steps, whatever it repeats; counted in steps, not in seconds."""
    pack = lens_pack(locale)

    def work(length: int) -> int:
        walk = pack.walk((again * length)[:length])
        return sum(1 for _ in walk.matches()) + walk.steps + sum(map(len, walk.tags))

    once, twice = work(1500), work(3000)
    assert twice <= 2.2 * once + 200
    assert once <= 150 * 1500


@each_locale
def test_the_answer_stays_short_however_long_the_text(locale: str) -> None:
    """A pasted book is not answered with a book."""
    assert len(notice("You never listen. Du hörst nie zu.\n" * 2000, locale=locale)) == MOST


@given(text=drafts())
def test_the_first_words_are_answered_first(text: str) -> None:
    """What is left out of a long answer stands at its end."""
    long = f"{text}\n\n" + "You never listen.\n\n" * (MOST + 1)
    assert notice(long)[: len(notice(text))] == notice(text)[:MOST]
