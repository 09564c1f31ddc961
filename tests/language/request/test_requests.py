"""Requests by example: from a grievance to an offer, what is refused, and words to choose from."""

import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final

import pendulum
import pytest

from reconnect.consent.proposal import Agreed, Proposal
from reconnect.errors import InvalidBody, InvalidRequest, ReconnectError
from reconnect.language.lens import NoticingKind, lens_locales, notice
from reconnect.language.phrasebook import render
from reconnect.language.request import (
    Frame,
    IStatement,
    Request,
    Rewording,
    feeling_words,
    feelings_under,
    need_words,
    suggest,
    word_locales,
)
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.phrase import Phrase
from reconnect.practice.outlook import outlook
from reconnect.record.memory import MemoryJournal

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
US: Final = Circle(id="c1", members=tuple(Person(id=name, zone="UTC") for name in ("ana", "ben")))
WALK: Final = Request(act="walk with me", when="Sunday")
HIDDEN: Final = "the thing nobody knows"
SAID: Final = {  # how a feeling is said, and a need
    "de": ("Ich fühle mich {}.", "Mir ist {} wichtig."),
    "en": ("I feel {}.", "{} matters to me."),
}
OTHERS: Final = {
    "de": {"du", "ihr", "dein", "deine", "er", "sie", "dich", "euch"},
    "en": {"you", "your", "he", "she", "they"},
}
ASKED: Final = {"act": "das Handy weglegen", "when": "heute Abend"}
FILLED: Final = {
    "de": {"observation": "das Essen war um acht fertig", **ASKED},
    "en": {"observation": "dinner was ready at eight", "act": "put the phone away", "when": "tonight"},
}
each_locale = pytest.mark.parametrize("locale", word_locales())


def rules() -> list[tuple[str, str]]:
    """Every example of the English lens: the kind it brings up, and the sentence."""
    text = (files("reconnect.language") / "packs" / "lens" / "en.toml").read_text(encoding="utf-8")
    return [(rule["kind"], rule["fires"]) for rule in tomllib.loads(text)["rule"]]


def evaluations(locale: str) -> dict[str, list[str]]:
    """Every evaluation of a pack, with the feelings that may be under it."""
    text = (files("reconnect.language") / "packs" / "words" / f"{locale}.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)["evaluations"]
    return found


@pytest.mark.parametrize(("kind", "grievance"), rules())
def test_each_example_of_the_lens_has_a_frame_or_support(kind: str, grievance: str) -> None:
    """Whatever the lens knows to notice is answered; a threat, with support and nothing else."""
    offered = suggest(notice(grievance))
    if kind == NoticingKind.THREAT:
        assert offered.frames == ()
        assert offered.support == Phrase.of("lens.threat")
    else:
        assert kind in {frame.noticed for frame in offered.frames}


def test_a_grievance_becomes_an_offer_step_by_step() -> None:
    """From "You never listen" to something that can be said yes to, in the person's own words alone."""
    (frame,) = suggest(notice("You never listen.")).frames
    assert frame.request is None
    frame = frame.fill(act="put the phone away while we eat", when="tonight")
    assert [render(what) for what in frame.missing] == [
        "Is there room for a no? If a no is fine, too, it is a request."
    ]
    frame = frame.fill(no_is_fine=True)
    assert frame.request == Request(act="put the phone away while we eat", when="tonight")
    assert [phrase.key for phrase in frame.unsaid] == ["missing.observation", "missing.feeling", "missing.need"]
    assert frame.statement is None
    said = frame.fill(observation="I told you about my day", feeling="lonely", need="company").statement
    assert said is not None
    assert notice(render(said.phrase)) == ()


def test_a_vague_act_is_noticed_once_it_is_said() -> None:
    """The lens looks at a filled frame as at any draft: a wish for how somebody is comes up again."""
    frame = Frame(noticed=NoticingKind.VAGUE_REQUEST).fill(act="be more considerate", when="tonight")
    assert [found.noticed for found in notice(render(frame.phrase))] == [NoticingKind.VAGUE_REQUEST]


@pytest.mark.parametrize(
    "act",
    ["be more considerate", "care", "show some respect", "be less selfish", "rücksichtsvoller sein", "netter sein"],
)
def test_a_wish_for_how_somebody_is_is_no_act_yet(act: str) -> None:
    """The frame says so in a kind sentence, in either language, and makes no request of it."""
    frame = Frame(act=act, when="tonight", no_is_fine=True)
    assert frame.missing == (Phrase.of("lens.vague_request"),)
    assert (frame.request, frame.statement) == (None, None)
    assert frame.unsaid[-1] == Phrase.of("lens.vague_request")
    assert frame.fill(act="").missing == (Phrase.of("missing.act"),)


@pytest.mark.parametrize(
    "act",
    [
        "put the phone away while we eat",
        "call me when you are late",
        "listen to me for ten minutes",
        "always lock the door",
        "be home by six",
        "ask me how my day was",
        "das Handy weglegen",
        "mit mir spazieren gehen",
        "um sechs zu Hause sein",
    ],
)
def test_an_act_that_can_be_done_is_one(act: str) -> None:
    """Nothing is missing then, in either language."""
    assert Frame(act=act, when="tonight", no_is_fine=True).missing == ()


def test_a_threat_anywhere_leaves_nothing_to_reword() -> None:
    """A gentler first half would only hide the second one."""
    offered = suggest(notice("You never listen. If you leave, you'll regret this."))
    assert offered == Rewording(support=Phrase.of("lens.threat"))
    assert suggest(()) == Rewording()


def test_a_refused_request_is_an_ordinary_outcome() -> None:
    """It can be declined and countered with the verbs of a proposal, and either way the story goes on."""
    p = Proposal.of(WALK, id="p1", circle=US, by="ana", at=NOW)
    first = p.offer.id
    declined = p.decline(by="ben", offer=first, at=NOW.add(hours=1))
    assert declined.standing(at=NOW.add(hours=1)) is Agreed.SET_ASIDE
    other = Request(act="walk with me", when="Monday")
    p = declined.counter(by="ben", offer=first, value=other, at=NOW.add(hours=2))
    p = p.accept(by="ana", offer=p.offer.id, at=NOW.add(hours=3))
    assert p.in_force(at=NOW.add(hours=3)) == other


def test_an_outlook_calls_a_request_a_request() -> None:
    """It says that there is one, and not what it is about."""
    journal = MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    p = Proposal.of(WALK, id="p1", circle="c1", by="ana", at=NOW)
    journal.append(*p.acts, acting="ana")
    said = " ".join(render(phrase) for phrase in outlook(journal.view("ben", circle="c1", at=NOW)).phrases())
    assert "suggested a request" in said
    assert WALK.act not in said


def test_nothing_that_somebody_wrote_is_in_a_repr() -> None:
    """What a debugger or a log shows holds none of it."""
    frame = Frame(noticed=NoticingKind.LABEL).fill(
        observation=HIDDEN, feeling=HIDDEN, need=HIDDEN, act=HIDDEN, when=HIDDEN, no_is_fine=True
    )
    for value in (frame, frame.request, frame.statement, Rewording(frames=(frame,))):
        assert HIDDEN not in repr(value)


@pytest.mark.parametrize(
    ("made", "error", "said"),
    [
        (lambda: Request(act="  ", when="now"), InvalidRequest, "a few words for each part"),
        (lambda: Request(act="walk", when=""), InvalidRequest, "a few words for each part"),
        (lambda: Request(act=HIDDEN * 20, when="now"), InvalidRequest, "at most 300 characters, got 440 characters"),
        (lambda: Request(act=7, when="now"), InvalidBody, "a text, got a int"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: IStatement(observation="x", feeling="", need="x", request=WALK), InvalidRequest, "a few words"),
        (lambda: IStatement(observation="x", feeling="x", need="x", request=HIDDEN), InvalidRequest, "a request"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: Frame(noticed=NoticingKind.THREAT), InvalidRequest, "a threat, for which there is support"),
        (lambda: Frame(noticed="label"), InvalidRequest, "what a lens noticed, got a str"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: Frame(feeling=None), InvalidBody, "a text, got a NoneType"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: Frame().fill(act=HIDDEN * 20), InvalidRequest, "at most 300 characters"),
        (lambda: Frame().fill(no_is_fine=1), InvalidRequest, "true or false"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: Rewording(frames=(Frame(),), support=Phrase.of("lens.threat")), InvalidRequest, "got both"),
        (lambda: Rewording(frames=(WALK,)), InvalidRequest, "frames, got something else among them"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: Rewording(support=HIDDEN), InvalidRequest, "a phrase, got a str"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: suggest(HIDDEN), InvalidRequest, "what `notice` found, got a text"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: suggest(""), InvalidRequest, "what `notice` found"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: suggest([WALK]), InvalidRequest, "what `notice` found"),  # type: ignore[list-item]  # callers may be untyped
        (lambda: feeling_words(locale="xx"), InvalidRequest, "a locale among de, en, got another"),
        (lambda: need_words(locale="../en"), InvalidRequest, "a locale among de, en"),
        (lambda: feelings_under(7), InvalidBody, "a text, got a int"),  # type: ignore[arg-type]  # callers may be untyped
        (lambda: feelings_under("sad", locale="xx"), InvalidRequest, "a locale among de, en"),
    ],
)
def test_what_is_no_request_is_refused_without_its_words(
    made: Callable[[], Any], error: type[ReconnectError], said: str
) -> None:
    """A refusal says what was expected, and never what somebody wrote."""
    with pytest.raises(error, match=said) as refused:
        made()
    assert HIDDEN not in str(refused.value)


def test_the_longest_text_is_let_in() -> None:
    """Three hundred characters fit, and the space around them does not count."""
    assert Request(act=" " + "x" * 300 + " ", when="now").act == "x" * 300
    with pytest.raises(InvalidRequest):
        Request(act="x" * 301, when="now")


@each_locale
def test_feelings_are_kept_apart_from_evaluations(locale: str) -> None:
    """The lens takes every feeling for a feeling and every evaluation for one; no word is both."""
    assert locale in lens_locales()
    felt = [word for words in feeling_words(locale=locale).values() for word in words]
    judged = evaluations(locale)
    assert len(set(felt)) == len(felt) >= 30
    assert set(felt) & set(judged) == set()
    assert {word for under in judged.values() for word in under} <= set(felt)
    assert all(under for under in judged.values())


@each_locale
def test_every_feeling_passes_the_lens_and_no_evaluation_does(locale: str) -> None:
    """What the vocabulary offers, the lens lets pass; what it looks under, the lens notices."""
    said = SAID[locale][0].format
    for words in feeling_words(locale=locale).values():
        assert [word for word in words if notice(said(word), locale=locale)] == []
        assert [word for word in words if feelings_under(word, locale=locale)] == []
    for word, under in evaluations(locale).items():
        found = [each.noticed for each in notice(said(word), locale=locale)]
        assert found == [NoticingKind.EVALUATIVE_FEELING], word
        assert feelings_under(f" {word.upper()} ", locale=locale) == tuple(under)


@each_locale
def test_every_need_can_be_said_and_names_nobody(locale: str) -> None:
    """A need fits in front of "matters to me", and nobody else is in it."""
    words = [word for under in need_words(locale=locale).values() for word in under]
    assert len(set(words)) == len(words) >= 25
    assert len(need_words(locale=locale)) == 7
    for word in words:
        assert notice(SAID[locale][1].format(word), locale=locale) == ()
        assert not OTHERS[locale] & set(word.split())


def test_the_headings_are_the_same_in_every_language() -> None:
    """An app puts them in its own words once."""
    for words in (feeling_words, need_words):
        assert {tuple(words(locale=locale)) for locale in word_locales()} == {tuple(words())}


def test_a_country_has_the_words_of_its_language() -> None:
    """`de-AT` is answered by `de`."""
    assert feeling_words(locale="de-AT") == feeling_words(locale="de")
    assert feelings_under("Ignoriert", locale="de-AT") == ("einsam", "verletzt", "traurig")


@each_locale
def test_every_frame_can_be_filled_and_passes_the_lens(locale: str) -> None:
    """Filled with words of the vocabulary, and empty, in each language."""
    feelings, needs = feeling_words(locale=locale)["sad"], need_words(locale=locale)["connection"]
    words = {"feeling": feelings[0], "need": needs[0], **FILLED[locale]}
    for kind in (None, *(kind for kind in NoticingKind if kind.may_be_reworded)):
        frame = Frame(noticed=kind)
        assert notice(render(frame.phrase, locale=locale), locale=locale) == ()
        frame = frame.fill(**words, no_is_fine=True)
        assert notice(render(frame.phrase, locale=locale), locale=locale) == ()
        assert frame.statement is not None
        assert notice(render(frame.statement.phrase, locale=locale), locale=locale) == ()


def test_a_whole_statement_in_german() -> None:
    """Each part is in the person's own words, in the order in which German says them."""
    words = {"observation": "gestern kam keine Nachricht", "feeling": "einsam", "need": "Nähe", **ASKED}
    frame = Frame().fill(**words, no_is_fine=True)
    assert frame.statement is not None
    assert render(frame.statement.phrase, locale="de") == (
        "So war es: gestern kam keine Nachricht. Da fühlte ich mich einsam, weil mir Nähe wichtig ist. "
        "Magst du das Handy weglegen, und würde heute Abend dir passen? Ein Nein ist auch in Ordnung."
    )


def test_nobody_changes_the_words_for_everyone_else() -> None:
    """What is handed out can only be read."""
    with pytest.raises(TypeError):
        feeling_words()["calm"] = ("mine",)  # type: ignore[index]  # it can only be read
