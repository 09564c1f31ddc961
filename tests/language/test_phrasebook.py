"""The phrasebook says every phrase the library has, and nothing it has not."""

import ast
import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reconnect
from reconnect import NoticingKind, Phrase, Standing, lens_locales, locales, notice, render
from reconnect.errors import InvalidPhrase, InvalidZone

SOURCE = Path(reconnect.__file__).parent
PACKS = files("reconnect.language") / "packs"
TABLES_OF_WORDS = ("calendar", "words")
FIVE_STEPS = ("mood", "openness", "conversation", "constructive")
FAMILIES = {
    "scale.": [name + end for name in FIVE_STEPS for end in ("", "_asks", *(f"_{step}" for step in range(1, 6)))],
    "frame.": ["plain", *(kind.value for kind in NoticingKind if kind.may_be_reworded)],
    "lens.": [kind.value for kind in NoticingKind],
    "lookback.": [standing.value for standing in Standing],
    "ribbon.": [*("break", "rest", "back", "quiet", "turn"), *("resting", "ready", "waiting")],
}


def sentences(locale: str) -> dict[str, str]:
    """Return every sentence of a pack by its key."""
    tables = tomllib.loads((PACKS / f"{locale}.toml").read_text(encoding="utf-8"))
    return {f"{t}.{k}": said for t, of in tables.items() if t not in TABLES_OF_WORDS for k, said in of.items()}


def source_nodes() -> Iterator[ast.AST]:
    """Go through the whole source of the package, node by node."""
    for path in SOURCE.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def spoken_keys() -> Iterator[str]:
    """Go through every key that a phrase is made of, as far as the source spells it out."""
    for node in source_nodes():
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Phrase.of"):
            key = node.args[0]
            if isinstance(key, ast.JoinedStr):
                family = str(ast.literal_eval(key.values[0]))
                yield from (family + member for member in FAMILIES[family])
            elif isinstance(key, ast.Constant):
                yield str(key.value)


@pytest.mark.parametrize("locale", locales())
def test_every_sentence_of_a_pack_is_used_and_none_is_missing(locale: str) -> None:
    """A key without a sentence, or a sentence nobody says, fails here."""
    named = {node.value for node in source_nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    there = set(sentences(locale))
    assert set(spoken_keys()) - there == set()
    assert there - named - set(spoken_keys()) == set()


@pytest.mark.parametrize("locale", locales())
def test_a_sentence_tells_the_same_in_every_locale(locale: str) -> None:
    """The parameters of a sentence are those of the English one: nothing is left out, and nothing is asked for."""
    assert {key: _params(words) for key, words in sentences(locale).items()} == {
        key: _params(words) for key, words in sentences("en").items()
    }


def _params(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("locale", locales())
def test_a_pack_has_all_the_words_for_days_and_lists_and_stretches_of_time(locale: str) -> None:
    """The same small words as in English, seven days and twelve months."""
    there, ours = (tomllib.loads((PACKS / f"{each}.toml").read_text(encoding="utf-8")) for each in (locale, "en"))
    assert set(there["words"]) == set(ours["words"])
    assert [len(set(there["calendar"][what])) for what in ("weekdays", "months")] == [7, 12]


@st.composite
def said(draw: st.DrawFn, locale: str) -> str:
    """Draw any sentence of a pack, said with parameters of the kinds that it names."""
    key = draw(st.sampled_from(sorted(sentences(locale))))
    moments = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - the strategy adds the zone
    people = st.lists(st.sampled_from(("ana", "ben", "cy")), min_size=1, max_size=3, unique=True).map(tuple)
    kinds: dict[str, st.SearchStrategy[object]] = {
        "": st.integers(0, 9),
        "phrase": st.just(Phrase.of("value.other")),
        "name": st.sampled_from(("ana", "ben")),
        "names": people,
        "day": st.one_of(moments, st.dates(dt.date(1990, 1, 1))),
        "time": moments,
        "moment": moments,
        "span": st.timedeltas(dt.timedelta(0), dt.timedelta(days=400)),
        "count": st.integers(0, 9),
        "number": st.one_of(st.integers(-9, 9), st.sampled_from(("0.5", "10", "-1.25"))),
    }
    params = {
        name: draw(kinds[(how or "").partition(" ")[0]])
        for _, name, how, _ in Formatter().parse(sentences(locale)[key])
        if name is not None
    }
    return render(Phrase.of(key, **params), locale=locale, zone="Asia/Kathmandu", names={"ana": "Ana"})  # type: ignore[arg-type]  # drawn to fit


@pytest.mark.parametrize("locale", locales())
@given(data=st.data())
def test_every_sentence_can_be_said(locale: str, data: st.DataObject) -> None:
    """With parameters of the kinds that it names, a sentence is said in full, and leaves no brace behind."""
    words = data.draw(said(locale))
    assert words
    assert not set("{}") & set(words)


@pytest.mark.parametrize("locale", locales())
@given(data=st.data())
def test_the_lens_notices_nothing_in_what_the_library_says(locale: str, data: st.DataObject) -> None:
    """Every sentence of ours, whatever stands in it, passes the lens of its own language."""
    assert locale in lens_locales()
    words = data.draw(said(locale))
    assert [(each.kind, each.words(words)) for each in notice(words, locale=locale)] == []


UNKIND = {  # words that grade, blame or count against somebody, or that take sexes, roles or exactly two for granted
    "de": r"versag\w*|verpass\w*|gescheitert|scheiter\w*|verletzung|verstoß\w*|strafe\w*|punkt(e|zahl)|serie|"
    r"schlechter als|partner\w*|beide[nrs]?(?! (Händen|Zahlen))|zu zweit|mann|frau|ehe(frau|mann|leute|paar)?|"
    r"\w+[*:/_]in(nen)?|Ihnen|soll(te)?st|müsst|hättest",
    "en": r"fail\w*|miss(ed|es)|violat\w*|punish\w*|streaks?|scores?|worse than|partners?|both(?! (hands|numbers))|"
    r"husband|wife|spouse",
}


@pytest.mark.parametrize("locale", locales())
def test_no_sentence_grades_anyone_or_takes_somebody_for_granted(locale: str) -> None:
    """Kind words everywhere: an unkind one, a role, a sex or a pair of exactly two is found by its key."""
    pattern = re.compile(rf"\b({UNKIND[locale]})\b")
    assert [key for key, words in sentences(locale).items() if pattern.search(words)] == []


@pytest.mark.parametrize("locale", locales())
def test_the_lens_has_looked_at_each_single_sentence(locale: str) -> None:
    """What chance may leave out is looked at as it is written."""
    for key, sentence in sentences(locale).items():
        words = " ".join(text for text, *_ in Formatter().parse(sentence))
        assert [(key, each.kind, each.words(words)) for each in notice(words, locale=locale)] == []


def test_a_moment_is_told_on_the_listeners_clock() -> None:
    """The same instant is another day for someone elsewhere."""
    phrase = Phrase.of("lookback.held", start=pendulum.datetime(2026, 1, 5, 23, 30))
    assert render(phrase, zone="America/New_York") == "Monday 5 January at 18:30: you talked."
    assert render(phrase, zone="Europe/Paris") == "Tuesday 6 January at 00:30: you talked."


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (dt.timedelta(minutes=1), "1 minute"),
        (dt.timedelta(hours=2, minutes=15), "2 hours and 15 minutes"),
        (dt.timedelta(days=1, hours=1, minutes=1), "1 day and 1 hour"),
        (dt.timedelta(seconds=10), "0 minutes"),
    ],
)
def test_a_stretch_of_time_is_told_in_its_two_largest_units(length: dt.timedelta, said: str) -> None:
    """Nobody needs the seconds of an evening."""
    phrase = Phrase.of("outlook.next", start=pendulum.datetime(2026, 1, 5, 19), length=length)
    assert render(phrase).endswith(f"for about {said}.")


@pytest.mark.parametrize(
    ("people", "said"),
    [(("ana",), "Ana"), (("ana", "ben"), "Ana and ben"), (("ben", "cy", "ana"), "ben, cy and Ana")],
)
def test_people_are_called_as_they_like_and_by_id_where_no_name_is_known(people: tuple[str, ...], said: str) -> None:
    """Two names are joined by a word, more by commas and a word."""
    what, expires = Phrase.of("value.other"), pendulum.datetime(2026, 1, 5)
    phrase = Phrase.of("outlook.with_others", what=what, people=people, expires=expires)
    assert f"It is with {said} until" in render(phrase, names={"ana": "Ana", "ben": ""})


def test_what_cannot_be_said_is_refused_by_its_place_and_never_by_its_content() -> None:
    """A missing key, a missing parameter, a parameter of another type, an unknown locale or zone."""
    moment = pendulum.datetime(2026, 1, 5)
    with pytest.raises(InvalidPhrase, match=r"a key of the phrasebook, got no\.such_key"):
        render(Phrase.of("no.such_key"))
    with pytest.raises(InvalidPhrase, match=r"the parameter until for outlook\.open, got none"):
        render(Phrase.of("outlook.open"))
    with pytest.raises(InvalidPhrase, match=r"said as 'time' \(outlook.open, until\), got a str"):
        render(Phrase.of("outlook.open", until="a secret"))
    with pytest.raises(InvalidPhrase, match="count check-in"):
        render(Phrase.of("lookback.held_together", held="many"))
    with pytest.raises(InvalidPhrase, match="a locale among de, en, got another"):
        render(Phrase.of("outlook.open", until=moment), locale="xx")
    with pytest.raises(InvalidZone):
        render(Phrase.of("outlook.open", until=moment), zone="Mars/Olympus")


def test_one_and_many_are_told_apart() -> None:
    """One check-in, two check-ins."""
    one, two = (render(Phrase.of("lookback.held_together", held=held)) for held in (1, 2))
    assert one == "Together you made room for 1 check-in."
    assert two == "Together you made room for 2 check-ins."


MONDAY = pendulum.datetime(2026, 1, 5, 19, 5)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (
            Phrase.of("lookback.held", start=MONDAY),
            "Montag, 5. Januar um 20:05 Uhr: Ihr habt gesprochen.",
        ),
        (
            Phrase.of("outlook.next", start=MONDAY, length=dt.timedelta(minutes=75)),
            "Der nächste Check-in ist am Montag, 5. Januar um 20:05 Uhr, für etwa 1 Stunde und 15 Minuten.",
        ),
        (
            Phrase.of("recovery.placed", start=MONDAY, length=dt.timedelta(days=2)),
            "Es könnte am Montag, 5. Januar um 20:05 Uhr sein, für etwa 2 Tage.",
        ),
        (
            Phrase.of("listening.paused", people=("ana",)),
            "Ana hat um eine Pause gebeten. Das Gespräch wartet da, wo es ist, und die Reihenfolge auch.",
        ),
        (
            Phrase.of("outlook.move_yours", people=("ana", "Ben", "Cem"), start=MONDAY, to=MONDAY.add(hours=1)),
            "Ana, Ben und Cem möchten den Check-in vom Montag, 5. Januar um 20:05 Uhr lieber am "  # noqa: ISC004 - one sentence
            "Montag, 5. Januar um 21:05 Uhr haben, wenn dir das passt.",
        ),
        (
            Phrase.of("meeting.strain_new_time", many=1, first=MONDAY),
            "1 Check-in braucht eine neue Zeit, zuerst am Montag, 5. Januar um 20:05 Uhr.",
        ),
        (
            Phrase.of("meeting.strain_new_time", many=2, first=MONDAY),
            "2 Check-ins brauchen eine neue Zeit, zuerst am Montag, 5. Januar um 20:05 Uhr.",
        ),
        (
            Phrase.of("diary.opening", people=("A", "B"), ratings=("mood", "closeness"), low="0.5", high=7),
            "Die Personen in diesem Tagebuch sind A und B. mood und closeness wurden eingeschätzt, von 0,5 bis 7.",
        ),
        (
            Phrase.of("memory.told_of_day", by="ana", day=dt.date(2026, 3, 1), text="das Meer"),
            "Ana erinnert sich an Sonntag, 1. März: das Meer",
        ),
    ],
)
@pytest.mark.parametrize("locale", ["de", "de-AT", "de_CH.UTF-8", "DE", "de-Latn-DE-1996"])
def test_german_is_said_as_german_is(phrase: Phrase, said: str, locale: str) -> None:
    """Days, times, lists, numbers, one and many; and a country falls back to its language."""
    assert render(phrase, locale=locale, zone="Europe/Vienna", names={"ana": "Ana"}) == said


@pytest.mark.parametrize("locale", ["xx", "", "-", "../en", "d", "den", "xx-de", "x" * 10_000, "en/..", None])
def test_no_language_is_taken_for_another(locale: str | None) -> None:
    """A locale without a pack in its language is refused, and never answered in one that happens to be there."""
    with pytest.raises(InvalidPhrase, match="a locale among de, en, got another"):
        render(Phrase.of("outlook.quiet"), locale=locale)  # type: ignore[arg-type]  # callers may be untyped


def test_a_list_may_hold_phrases_and_a_number_holds_nothing_else() -> None:
    """What is listed is said; a text that is no number is refused where a number should stand."""
    listed = Phrase.of("outlook.ask_first", people=("ana", Phrase.of("ribbon.nobody")))
    assert render(listed) == "Before a check-in, ask ana and nobody first; every answer is fine."
    scale = {"people": ("A", "B"), "ratings": ("mood",), "high": 7}
    with pytest.raises(InvalidPhrase, match=r"said as 'number' \(diary.opening, low\), got a str"):
        render(Phrase.of("diary.opening", low="a secret", **scale))  # type: ignore[arg-type]  # a table of several types


def test_a_verb_knows_whether_it_is_one_or_several() -> None:
    """Ana hat, Ana und Ben haben."""
    one, two = (render(Phrase.of("listening.paused", people=who), locale="de") for who in (("Ana",), ("Ana", "Ben")))
    assert one.startswith("Ana hat um eine Pause gebeten.")
    assert two.startswith("Ana und Ben haben um eine Pause gebeten.")
