"""The lens notices what it should, passes over what it should, and refuses what is not its business."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pendulum
import pytest
from bench.lens_score import Case, Score, cases

import reconnect as rc
from reconnect import Noticing, NoticingKind, lens_locales, notice, notice_own
from reconnect.consent.mute import WentQuiet
from reconnect.errors import InvalidDraft, InvalidPhrase, NotYours
from reconnect.language._pack import Found, lens_pack
from reconnect.language.lens import _apart

HERE: Final = Path(__file__).parent
NOW: Final = pendulum.datetime(2026, 1, 5, 20)


def kinds(text: str, locale: str = "en") -> list[str]:
    """The kinds that are noticed in a text, in order."""
    return [found.kind.value for found in notice(text, locale=locale)]


def tables(locale: str) -> dict[str, Any]:
    """The rules of a language as they are written down."""
    text = (files("reconnect.language") / "packs" / "lens" / f"{locale}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


RULES: Final = [(locale, rule) for locale in lens_locales() for rule in tables(locale)["rule"]]


@pytest.mark.parametrize(
    ("locale", "rule"), RULES, ids=lambda value: value if isinstance(value, str) else value["fires"]
)
def test_each_rule_keeps_the_promise_that_stands_beside_it(locale: str, rule: dict[str, Any]) -> None:
    """Its first sentence brings up its kind, its second brings up nothing at all."""
    assert rule["kind"] in kinds(rule["fires"], locale)
    assert kinds(rule["quiet"], locale) == []


@pytest.mark.parametrize("locale", lens_locales())
def test_each_kind_has_rules_in_each_language(locale: str) -> None:
    """A language is there as a whole, or not at all."""
    assert {rule["kind"] for rule in tables(locale)["rule"]} == {kind.value for kind in NoticingKind}


@pytest.mark.parametrize("locale", lens_locales())
def test_no_class_and_no_guard_is_named_that_is_not_there(locale: str) -> None:
    """A name with a slip in it would never match, and nobody would see it."""
    written = tables(locale)
    patterns = [pattern for table in (*written["guard"], *written["rule"]) for pattern in table["match"]]
    phrases = [phrase for of in written["classes"].values() for said in of.values() for phrase in said]
    used = {part.split("}")[0] for text in (*patterns, *phrases) for part in text.split("{")[1:]}
    classes = {name for of in written["classes"].values() for name in of}
    assert used - classes == set()
    assert classes - used - {"lead"} == set()
    guards = {guard["name"] for guard in written["guard"]} | {"quoted"}
    named = set(written["heeds"]).union(*(rule.get(key, ()) for rule in written["rule"] for key in ("despite", "also")))
    assert named - guards == set()


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("develop", 0.97, 0.0), ("held_out", 0.85, 0.03), ("develop_de", 0.95, 0.0), ("held_out_de", 0.75, 0.03)],
)
def test_our_own_sentences_are_mostly_understood(name: str, least: float, most: float) -> None:
    """The figures that the docs give: macro F1 over all kinds, and false alarms; bench/lens.py prints them in full."""
    locale = "de" if name.endswith("_de") else "en"
    score = Score.of(cases(HERE / f"cases_{name}.toml"), locale=locale)
    assert score.macro_f1 >= least, "\n".join(score.table())
    assert score.false_alarms <= most, score.alarms


def test_a_false_alarm_counts_for_its_own_kind_alone() -> None:
    """Of the sentences that are not of a kind, those that were noticed as it; the table says so for each kind."""
    said = ("You never listen.", "You always help me so much, thank you!", "See you tonight.", "Be nicer.")
    answers = (frozenset[str](), frozenset[str](), frozenset[str](), frozenset({"vague_request"}))
    score = Score.of(Case(text, kinds, "ours") for text, kinds in zip(said, answers, strict=True))
    assert (score.false_positives("absolute"), score.false_positives("vague_request")) == (1 / 4, 0.0)
    assert "| absolute | 0.00 | 0.00 | 0.00 | 25.0% |" in list(score.table())
    assert Score().false_positives("absolute") == 0.0


def test_there_are_enough_sentences_of_our_own_and_none_is_in_both_halves() -> None:
    """What measures was not what was written by."""
    develop, held_out = (list(cases(HERE / f"cases_{half}.toml")) for half in ("develop", "held_out"))
    assert len(develop) + len(held_out) >= 800
    german = [
        {case.text.casefold() for case in cases(HERE / f"cases_{half}_de.toml")} for half in ("develop", "held_out")
    ]
    assert sum(map(len, german)) >= 800
    assert german[0] & german[1] == set()
    assert {case.text.casefold() for case in develop} & {case.text.casefold() for case in held_out} <= {"you are late."}


def test_a_country_is_looked_at_in_its_language() -> None:
    """`de-AT` has the rules of `de`, and reads them once."""
    assert kinds("Du hörst mir nie zu.", "de-AT") == kinds("Du hörst mir nie zu.", "DE_ch") == ["absolute"]
    assert lens_pack("de-AT") is lens_pack("de")


def test_a_peer_took_praise_for_contempt() -> None:
    """Praise, a grievance after a but, a sarcasm with its evidence: three sentences that another library misread."""
    assert kinds("You're such a good listener") == []
    assert kinds("I love you but you never help") == ["absolute"]
    assert kinds("Must be nice to have time to relax while I do dishes") == ["contempt"]


def test_a_peer_took_encouragement_for_abuse_and_control_for_nothing() -> None:
    """Two sentences that another library misread: one is praise, one describes control."""
    assert kinds("She always pushes me to be a better person") == []
    assert set(kinds("He checks my phone every night and I have to tell him where I am")) == {"threat"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("you never listen", "you never listen"),
        ("YOU NEVER LISTEN!!!", "YOU NEVER LISTEN"),
        ("Well, you *never* listen", "you *never* listen"),
        ("You\u2019re soooo selfish", "You\u2019re soooo selfish"),
        ("youre so selfish", "youre so selfish"),
        ("ok. you\nnever\nlisten to me", "you\nnever\nlisten to"),
        ("😊 you\u00a0never listen 😡", "you\u00a0never listen"),
        ("you ne\u00adver listen", "you ne\u00adver listen"),
        ("du\u0308 you never listen", "you never listen"),
        ("You are so self-centred.", "You are so self-centred"),
        ("You are so self centered.", "You are so self centered"),
        ("You always criticise me", "You always criticise me"),
        ("You always criticize me", "You always criticize me"),
        ("\uff39\uff2f\uff35 never listen", "\uff39\uff2f\uff35 never listen"),
    ],
)
def test_it_reads_what_people_really_type(text: str, words: str) -> None:
    """Apostrophes of every kind or none, capitals, stretched words, emoji, line breaks, spelling of two countries."""
    (found,) = notice(text)
    assert found.words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "She said you never listen.",
        '"You never listen" was on the cover.',
        "Do you never listen to music at work?",
        "I am not saying you never listen.",
        "You never listen 😂",
        "You never listen to gossip, and I love that about you.",
        "If you never listen to it, you cannot know.",
        "You never listen to gossip. Thank you.",
        "You never listen to gossip\nthank you for that",
    ],
)
def test_each_guard_keeps_silent(text: str) -> None:
    """Reported speech, quotation, question, negation, a joke, praise before and after, and a supposition."""
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "You never listen, do you?",
        "Why do you never listen?",
        "I love you, but you never listen.",
        '"You never listen."',
        "I am glad you are here. You never listen, though.",
        "You never listen.\n\nThank you for the flowers.",
        "Thanks a lot, you never listen.",
    ],
)
def test_no_guard_keeps_silent_for_too_long(text: str) -> None:
    """A tag is no question, a but is a turn, a new paragraph is a new thought, and one may quote oneself."""
    assert "absolute" in kinds(text)


@pytest.mark.parametrize("text", ["He said he would kill me.", "If he hits me again I will leave.", "He hit me, haha."])
def test_fear_is_not_talked_away(text: str) -> None:
    """What is reported, or told with a condition, is noticed all the same; a joke about it is left alone."""
    assert kinds(text) == ([] if "haha" in text else ["threat"])


def test_a_threat_is_never_reworded_and_points_to_support() -> None:
    """For the other kinds an app may offer other words."""
    assert [kind for kind in NoticingKind if not kind.may_be_reworded] == [NoticingKind.THREAT]
    (found,) = notice("He hit me last night.")
    assert not found.kind.may_be_reworded
    assert "helpline" in rc.render(found.phrase)


@pytest.mark.parametrize("kind", NoticingKind)
def test_each_kind_says_why(kind: NoticingKind) -> None:
    """A short and kind reason, without anybody's words in it."""
    said = rc.render(Noticing(start=0, end=1, noticed=kind).phrase)
    assert 40 <= len(said) <= 200


def test_several_things_in_one_sentence() -> None:
    """Each is told with its own words."""
    text = "You never help, you are so lazy, and I feel abandoned!"
    assert [(found.kind.value, found.words(text)) for found in notice(text)] == [
        ("absolute", "You never help"),
        ("label", "you are so lazy"),
        ("evaluative_feeling", "I feel abandoned"),
    ]


def test_of_what_overlaps_within_a_kind_the_first_and_longest_stays() -> None:
    """A screen underlines it once."""
    places = [(0, 5), (0, 9), (4, 12), (9, 11)]
    kept = list(_apart(Found("label", start, end) for start, end in places))
    assert [(found.start, found.end) for found in kept] == [(0, 9), (9, 11)]


def test_one_kind_does_not_say_again_what_another_says_better() -> None:
    """A thought that begins like a feeling is noticed once, not three times."""
    assert kinds("I feel that you never listen and are selfish.") == ["disguised_blame"]


def test_only_ones_own_entries_are_looked_at() -> None:
    """The same refusal whatever the entry says, and before anything in it is read."""
    mine = rc.Entry(circle="c1", author="ana", id="e1", at=NOW, body=rc.Note(text="You never listen."))
    assert [found.kind.value for found in notice_own(mine, acting="ana")] == ["absolute"]
    with pytest.raises(NotYours, match="something of your own"):
        notice_own(mine, acting="ben")


def test_what_is_no_draft_is_refused_without_its_content() -> None:
    """A number, an entry without a text, an unknown language, a place that no text has."""
    with pytest.raises(InvalidDraft, match="a text, got a int"):
        notice(7)  # type: ignore[arg-type]  # wrong on purpose
    quiet = rc.Entry(circle="c1", author="ana", id="e1", at=NOW, body=WentQuiet())
    with pytest.raises(InvalidDraft, match="a text, got a NoneType"):
        notice_own(quiet, acting="ana")
    with pytest.raises(InvalidPhrase, match="a locale among"):
        notice("You never listen.", locale="xx")
    for start, end in ((-1, 3), (3, 3), (4, 3)):
        with pytest.raises(InvalidDraft, match=f"{start} to {end}"):
            Noticing(start=start, end=end, noticed=NoticingKind.LABEL)


def test_nothing_is_noticed_in_nothing() -> None:
    """An empty draft, spaces, marks alone."""
    for text in ("", " \n\n ", "...", '""', "!?", "\u200b", "'", "😂"):
        assert notice(text) == ()
