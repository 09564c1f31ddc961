"""The language of patterns and guards, element by element, in a tiny pack."""

from typing import Any

import pytest

from reconnect.errors import InvalidPhrase
from reconnect.language._pack import Pack


def pack(*patterns: str, guards: tuple[dict[str, Any], ...] = (), **more: list[str]) -> Pack:
    """A language with one rule of these patterns."""
    tables: dict[str, Any] = {
        "heeds": [guard["name"] for guard in guards],
        "writing": {"forms": {"tas": "tu as"}, "clitics": {"'s": "is"}, "spellings": {"our": "or"}},
        "clauses": {"starts": ["car"], "turns": ["mais"]},
        "endings": {"verbs": [["es", "er"], ["e", "er"]]},
        "classes": {
            "words": {"lead": ["bon", "alors"], "nie": ["jamais", "pas une fois", "{rare}"], "rare": ["rarement"]},
            "verbs": {"agir": ["parler", "manger du pain"]},
        },
        "guard": list(guards),
        "rule": [{"kind": "absolute", "match": list(patterns), **more}],
    }
    return Pack.of(tables)


def found(given: Pack, text: str) -> list[str]:
    """The words that the rule found."""
    return [text[each.start : each.end] for each in given.find(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("tu jamais", "Et tu jamais là", ["tu jamais"]),
        ("tu jamais", "tu ne jamais", []),
        ("tu|vous jamais", "vous jamais, tu jamais", ["vous jamais", "tu jamais"]),
        ("tu {nie}", "tu pas une fois", ["tu pas une fois"]),
        ("tu {nie}", "tu rarement", ["tu rarement"]),
        ("tu pas_une_fois là", "tu pas une fois là", ["tu pas une fois là"]),
        ("tu ne? jamais", "tu ne jamais. tu jamais.", ["tu ne jamais", "tu jamais"]),
        ("tu si* beau", "tu si si si si beau", ["tu si si si si beau"]),
        ("tu si* beau", "tu si si si si si beau", []),
        ("tu ..2 jamais", "tu un deux jamais", ["tu un deux jamais"]),
        ("tu ..2 jamais", "tu un deux trois jamais", []),
        ("tu ..2 jamais", "tu un, jamais", []),
        ("tu ..2 jamais", "tu un car jamais", []),
        ("tu , ..2 jamais", "tu, un deux jamais", ["tu, un deux jamais"]),
        ("tu ~jamais|rien ..1", "tu viens. tu jamais. tu rien.", ["tu viens"]),
        ("tu jamais $", "tu jamais. tu jamais là", ["tu jamais"]),
        ("tu jamais $|là", "tu jamais là", ["tu jamais là"]),
        ("^ tu", "tu, et tu, bon alors tu, car tu", ["tu", "tu"]),
        ("^ bon* tu", "bon bon tu", ["bon bon tu", "bon tu", "tu"]),
        ("{agir}", "tu parles, il parle, on mange du pain", ["parles", "parle", "mange du pain"]),
        ("colour", "color", ["color"]),
        ("tu as", "tas", ["tas"]),
        ("il is", "il's", ["il's"]),
        ("tu ?", "tu?!", ["tu?!"]),
        ("tu jamais", "tu. jamais", []),
        ("tu jamais", "tu\njamais", ["tu\njamais"]),
        ("tu jamais", "tu\nJamais", []),
        ("tu jamais", "tu\n\njamais", []),
        ("tu jamais", 'tu "jamais"', ['tu "jamais']),
    ],
)
def test_each_element_means_what_the_docs_say(pattern: str, text: str, words: list[str]) -> None:
    """The table of docs/how-to/add-a-language.md, line by line."""
    assert found(pack(pattern), text) == words


@pytest.mark.parametrize(
    ("reach", "silent", "said"),
    [
        ("match", "tu merci jamais", "tu jamais, merci"),
        ("clause", "merci tu jamais", "merci, tu jamais"),
        ("part", "merci, tu jamais", "merci, mais tu jamais"),
        ("sentence", "merci, mais tu jamais", "Merci. Tu jamais"),
        ("after", "merci, tu jamais", "tu jamais, merci"),
        ("before", "tu jamais, merci", "merci, tu jamais"),
        ("previous", "tu jamais. Merci", "tu jamais.\n\nMerci"),
    ],
)
def test_a_guard_reaches_as_far_as_it_says(reach: str, silent: str, said: str) -> None:
    """And not an inch further."""
    given = pack("tu ..1 jamais", guards=({"name": "thanks", "reach": reach, "match": ["merci"]},))
    assert found(given, silent) == []
    assert len(found(given, said)) == 1


def test_a_guard_can_lift_another() -> None:
    """A tag makes a question a statement again."""
    question = {"name": "question", "reach": "sentence", "match": ["?"]}
    tag = {"name": "asked", "reach": "sentence", "lifts": "question", "match": ["non ?"]}
    assert found(pack("tu jamais", guards=(question, {**tag, "name": "other"})), "tu jamais, non?") == []
    both = pack("tu jamais", guards=(question, tag), despite=["asked"])
    assert found(both, "tu jamais, non?") == ["tu jamais"]
    assert found(both, "tu jamais?") == []


def test_a_rule_can_heed_more_and_less() -> None:
    """`despite` leaves a guard aside, `also` adds one."""
    guard = {"name": "thanks", "reach": "part", "match": ["merci"]}
    assert found(pack("tu jamais", guards=(guard,), despite=["thanks"]), "merci, tu jamais") == ["tu jamais"]
    given = Pack.of({**_tables(guard), "heeds": []})
    assert found(given, "merci, tu jamais") == []


def _tables(guard: dict[str, Any]) -> dict[str, Any]:
    return {
        "writing": {"forms": {}, "clitics": {}, "spellings": {}},
        "clauses": {"starts": [], "turns": []},
        "endings": {},
        "classes": {"words": {"lead": []}},
        "guard": [guard],
        "rule": [{"kind": "absolute", "match": ["tu jamais"], "also": ["thanks", "quoted"]}],
    }


def test_what_others_said_between_marks_is_left_alone() -> None:
    """A quotation inside a paragraph has the guard `quoted`; marks around the whole paragraph are no quotation."""
    given = Pack.of({**_tables({"name": "thanks", "reach": "part", "match": ["merci"]}), "heeds": ["quoted"]})
    assert found(given, 'Il crie "tu jamais" fort') == []
    assert found(given, '"tu jamais"') == ["tu jamais"]
    assert found(given, 'Il crie "tu jamais') == ["tu jamais"]
    assert found(given, '"ah" "oh" tu jamais') == ["tu jamais"]


@pytest.mark.parametrize("pattern", ["..3 tu", "~tu vous", "$ tu", "^", "tu?", "{nie}* tu", "^ ..2 tu"])
def test_a_pattern_begins_with_a_word(pattern: str) -> None:
    """One that could begin with nothing would be looked for everywhere."""
    with pytest.raises(InvalidPhrase, match="begins with a word"):
        pack(pattern)


def test_a_gap_is_bounded() -> None:
    """Words that are far apart do not belong together, and work stays bounded."""
    with pytest.raises(InvalidPhrase, match="a gap of at most 8 words, got one of 9"):
        pack("tu ..9 jamais")


def test_a_guard_has_a_reach_that_exists() -> None:
    """A slip in a pack is told when it is read."""
    with pytest.raises(InvalidPhrase, match="a reach among match, clause"):
        pack("tu jamais", guards=({"name": "thanks", "reach": "everywhere", "match": ["merci"]},))


def test_repeats_upon_repeats_take_no_more_steps_than_there_are_places() -> None:
    """Each place of the net is visited once for each word in reach, in however many ways one gets there."""
    walk = pack("tu si* si* si* si* si* si* beau").walk("tu " + "si " * 60)
    assert list(walk.matches()) == []
    assert walk.steps < 1000
