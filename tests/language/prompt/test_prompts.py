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


def sentences(locale: str) -> list[str]:
    """Return every question and every kind word of a language."""
    return [
        *(each.text for each in Prompts.load(locale)),
        *validations(locale=locale),
        *(text for each in reframings(locale=locale) for text in (each.thought, each.another)),
    ]


each_locale = pytest.mark.parametrize("locale", prompt_locales())

# Words that take a sex, a marriage, a role or two people for granted, or that find somebody at fault. German has "er"
# and "sie" for things, too, so these are not among them.
TAKEN_FOR_GRANTED: Final = {
    "de": re.compile(
        r"\b(ehemann|ehefrau|ehe|verheiratet|hochzeit|freundin\w*|mann|frau|männer|frauen|partner\w*|"
        r"paar\w*|beide\w*|zu zweit|mutter|vater|schuld\w*|nie|niemals|immer|musst|müsst|solltest|solltet|versag\w*|"
        r"verpass\w*|gescheitert|falsch mit dir|warum hast du|warum bist du|gewinn\w*|verlier\w*|"
        r"\w+er/in|\w+[*:_]in\w*)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(he|she|him|her|his|hers|husband|wife|spouse|marriage|married|wedding|boyfriend|girlfriend|man|woman|men|women|"
        r"partner|couple|both|the two of|mother|father|fault|blame|guilty|never|always|should|must|fail\w*|"
        r"wrong with you|why did you|why don't you|score|win|lose)\b",
        re.IGNORECASE,
    ),
}
QUOTED: Final = {  # where such a word stands for something else
    "de": {
        "Immer wieder zu fragen ist oft ein Wunsch nach Nähe, oder eine Sorge, die nirgends hinkann.",
    },
    "en": {
        "What do you hope never changes between us?",
        "What have you never said thank you for, and why has it been hard to say?",
        "What would be missing from your life if we had never met?",
        "What did you lose along the way that you still carry with you?",
        "If we differ here, one of us must be wrong.",
    },
}
OPEN: Final = {
    "de": re.compile(r"(W\w+|(An|Auf|Von|Nach) (welche[mnrs]?|welcher))\b[^?]{1,118}\?"),
    "en": re.compile(r"(What|How|When|Where|Which|Who)\b[^?]{1,118}\?"),
}


def test_there_are_plenty_for_everything_and_at_every_depth() -> None:
    """At least 130 in all, and at least seven for each tag at each depth."""
    assert len(OURS) >= 130
    count = Counter((tag, each.depth) for each in OURS for tag in each.tags)
    assert {(tag, depth) for tag in Tag for depth in (1, 2, 3)} == set(count)
    assert min(count.values()) >= 7
    assert [each.id for each in OURS if not each.tags] == []


@each_locale
def test_a_question_is_open(locale: str) -> None:
    """It begins with a word that no yes or no answers, asks one thing, and fits a small screen."""
    texts = [each.text for each in Prompts.load(locale)]
    assert [text for text in texts if not OPEN[locale].fullmatch(text)] == []
    assert len({text.casefold() for text in texts}) == len(texts)


@each_locale
def test_a_sentence_takes_nobody_for_granted_and_blames_nobody(locale: str) -> None:
    """No sexes, no marriage, not exactly two people, no fault; the few exceptions are named."""
    pattern, named = TAKEN_FOR_GRANTED[locale], QUOTED[locale]
    assert [text for text in sentences(locale) if text not in named and pattern.search(text)] == []


@each_locale
def test_the_lens_notices_nothing_in_a_question_or_a_kind_word(locale: str) -> None:
    """What the library suggests to say passes what it suggests to look at."""
    assert [text for text in sentences(locale) if notice(text, locale=locale)] == []


@each_locale
def test_no_exception_is_kept_for_nothing(locale: str) -> None:
    """Each sentence that is excepted is there, and needs it."""
    named = QUOTED[locale]
    assert {text for text in named if text in sentences(locale) and TAKEN_FOR_GRANTED[locale].search(text)} == named


def test_a_country_asks_in_its_language() -> None:
    """`de-AT` has the questions of `de`, which are in `de`."""
    assert Prompts.load("de-AT") == Prompts.load("de")
    assert validations(locale="de_CH") == validations(locale="de")


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
    with pytest.raises(InvalidPrompt, match="a locale among de, en"):
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
