"""The questions that come with the library are open, kind and anyone's; and what is no question is refused."""

import re
from collections import Counter
from random import Random
from typing import Any, Final

import pytest

from reconnect.errors import InvalidPrompt
from reconnect.language.lens import notice
from reconnect.language.prompt import Prompt, Prompts, Tag, reframings, validations
from reconnect.language.prompt.pack import prompt_locales
from reconnect.primitives.boundary import DepthLimit

OURS: Final = Prompts.load()
SENTENCES: Final = [
    *(each.text for each in OURS),
    *validations(),
    *(text for each in reframings() for text in (each.thought, each.another)),
]
each_locale = pytest.mark.parametrize("locale", prompt_locales())

# Words that take a sex, a marriage, a role or two people for granted, or that find somebody at fault.
TAKEN_FOR_GRANTED: Final = re.compile(
    r"\b(he|she|him|her|his|hers|husband|wife|spouse|marriage|married|wedding|boyfriend|girlfriend|man|woman|men|women|"
    r"partner|couple|both|the two of|mother|father|fault|blame|guilty|never|always|should|must|fail\w*|wrong with you|"
    r"why did you|why don't you|score|win|lose)\b",
    re.IGNORECASE,
)
QUOTED: Final = {  # where such a word stands for something else
    "What do you hope never changes between us?",
    "What have you never said thank you for, and why has it been hard to say?",
    "What would be missing from your life if we had never met?",
    "What did you lose along the way that you still carry with you?",
    "If we differ here, one of us must be wrong.",
}


def test_there_are_plenty_for_everything_and_at_every_depth() -> None:
    """At least 130 in all, and at least seven for each tag at each depth; no id and no question twice."""
    assert len(OURS) >= 130
    count = Counter((tag, each.depth) for each in OURS for tag in each.tags)
    assert {(tag, depth) for tag in Tag for depth in (1, 2, 3)} == set(count)
    assert min(count.values()) >= 7
    assert len({each.text.casefold() for each in OURS}) == len(OURS)


def test_a_question_is_open() -> None:
    """It begins with a word that no yes or no answers, asks one thing, and fits a small screen."""
    open_ = re.compile(r"(What|How|When|Where|Which|Who)\b[^?]{1,118}\?")
    assert [each.text for each in OURS if not open_.fullmatch(each.text)] == []
    assert [each.text for each in OURS if not each.tags] == []


def test_a_sentence_takes_nobody_for_granted_and_blames_nobody() -> None:
    """No sexes, no marriage, not exactly two people, no fault; the few exceptions are named."""
    assert [text for text in SENTENCES if text not in QUOTED and TAKEN_FOR_GRANTED.search(text)] == []


def test_the_lens_notices_nothing_in_a_question_or_a_kind_word() -> None:
    """What the library suggests to say passes what it suggests to look at."""
    assert [text for text in SENTENCES if notice(text)] == []


def test_no_exception_is_kept_for_nothing() -> None:
    """Each sentence that is excepted is there, and needs it."""
    assert {text for text in QUOTED if text in SENTENCES and TAKEN_FOR_GRANTED.search(text)} == QUOTED


@each_locale
def test_a_pack_has_kind_words(locale: str) -> None:
    """Validations end open; reframings speak of withdrawal among other things, as a signal."""
    assert len(validations(locale=locale)) >= 8
    assert all(text.endswith("...") for text in validations(locale=locale))
    assert len(reframings("withdrawal", locale=locale)) >= 3
    assert len(reframings(locale=locale)) > len(reframings("withdrawal", locale=locale))
    assert reframings("weather", locale=locale) == ()


@each_locale
def test_a_question_means_the_same_in_every_language(locale: str) -> None:
    """The same ids with the same depths and tags, so what was seen in one language was seen."""
    there = {each.id: (each.depth, each.tags) for each in Prompts.load(locale)}
    assert there == {each.id: (each.depth, each.tags) for each in OURS}
    assert {each.locale for each in Prompts.load(locale)} == {locale}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": " "}, "a question of 1 to 300 characters"),
        ({"text": "x" * 301}, "got 301 characters"),
        ({"depth": 0}, "a depth from 1 to 3"),
        ({"depth": True}, "got another bool"),
        ({"depth": 4}, "a depth from 1 to 3"),
        ({"tags": ["daily"]}, "expected tags"),
    ],
)
def test_what_is_no_question_is_refused_without_its_words(wrong: dict[str, Any], said: str) -> None:
    """The refusal says what was expected, and never repeats what somebody wrote."""
    with pytest.raises(InvalidPrompt, match=said):
        Prompt(**{"id": "q", "text": "a secret?", **wrong})


def test_a_question_of_an_app_is_not_shown_by_its_repr() -> None:
    """People may have written it."""
    assert "secret" not in repr(Prompt(id="q", text="a secret?"))


def test_what_is_no_collection_is_refused() -> None:
    """Twice the same id, something else among them, an unknown locale, a limit that is none."""
    one = Prompt(id="q", text="How was the walk?")
    with pytest.raises(InvalidPrompt, match="each id once"):
        Prompts(prompts=(one, Prompt(id="q", text="How was the soup?")))
    with pytest.raises(InvalidPrompt, match="expected prompts"):
        Prompts(prompts=("q",))  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidPrompt, match="a locale among en"):
        Prompts.load("xx")
    with pytest.raises(InvalidPrompt, match="a DepthLimit, got a int"):
        OURS.suggest(depth=2, rng=Random(1))  # type: ignore[arg-type]  # noqa: S311 - wrong on purpose, and no secret
    with pytest.raises(InvalidPrompt, match="expected tags"):
        OURS.suggest(depth=DepthLimit(deepest=1), rng=Random(1), tags=["daily"])  # type: ignore[list-item]  # noqa: S311 - wrong on purpose, and no secret


def test_what_was_passed_over_comes_after_the_others() -> None:
    """With one of three skipped and one asked, the third comes next; then they come round again."""
    three = [Prompt(id=name, text="How was the walk?") for name in ("a", "b", "c")]
    chances = [Random(seed) for seed in range(20)]  # noqa: S311 - a choice of questions keeps no secret
    next_: set[Prompt | None] = set()
    for rng in chances:
        limit = DepthLimit(deepest=1)
        next_.add(Prompts(prompts=three).suggest(depth=limit, rng=rng, seen=[three[0]], skipped=["b"]))
    assert next_ == {three[2]}


def test_an_empty_collection_has_nothing_to_suggest() -> None:
    """Nothing fits, and that is an answer."""
    assert Prompts().suggest(depth=DepthLimit(deepest=3), rng=Random(1)) is None  # noqa: S311 - keeps no secret
    assert list(Prompts()) == []
