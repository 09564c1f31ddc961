"""What is always true of frames, requests and I-statements, and of what is offered for a draft."""

import itertools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconnect.edges.convert import dumps, loads
from reconnect.edges.testing.drafts import drafts, noticings
from reconnect.edges.testing.public import values_of
from reconnect.edges.testing.requests import blanks, frames, rewordable
from reconnect.language.lens import Noticing, NoticingKind, notice
from reconnect.language.phrasebook import locales, render
from reconnect.language.request import Frame, IStatement, Request, Rewording, suggest

TEXTS: Final = ("observation", "feeling", "need", "act", "when")
PARTS: Final = (*TEXTS, "no_is_fine")
# How a frame may speak to somebody: as whoever could do something, and in no other way.
ASKING: Final = re.compile(r"\b(if you could|would you be willing)\b", re.IGNORECASE)
# The glue of the language, which every sentence shares; none of it tells what a grievance is about.
GLUE: Final = set("a and be because could feel felt for here i if is it matters me to what when would you".split())  # noqa: SIM905 - a line of words reads better
CASES: Final = Path(__file__).parents[1] / "language"
each_locale = pytest.mark.parametrize("locale", locales())


def is_filled(frame: Frame, part: str) -> bool:
    """Whether a person has said something for a part."""
    return getattr(frame, part) not in {"", False}


@given(found=st.lists(noticings(), max_size=8), order=st.randoms(use_true_random=False))
def test_what_is_offered_depends_on_no_order_and_no_repetition(found: list[Noticing], order: Random) -> None:
    """The same noticings, in any order and however often, bring up the same."""
    again = found * 2
    order.shuffle(again)
    assert suggest(again) == suggest(iter(found)) == suggest(found)


@given(found=st.lists(noticings(), max_size=8))
def test_each_kind_has_one_frame_and_a_threat_has_none_beside_it(found: list[Noticing]) -> None:
    """Every kind but a threat has just one frame, in the order of the draft; a threat leaves support and no frame."""
    offered = suggest(found)
    kinds = {each.noticed for each in found}
    if NoticingKind.THREAT in kinds:
        assert offered.frames == ()
        assert offered.support in {each.phrase for each in found if each.noticed is NoticingKind.THREAT}
    else:
        assert offered.support is None
        firsts = {kind: min(each.start for each in found if each.noticed is kind) for kind in kinds}
        noticed = [frame.noticed for frame in offered.frames if frame.noticed is not None]
        assert sorted(noticed) == sorted(kinds)
        assert [firsts[kind] for kind in noticed] == sorted(firsts.values())


@given(draft=drafts())
def test_a_frame_knows_nothing_of_the_draft_but_the_kinds_in_it(draft: str) -> None:
    """Another draft with the same kinds of words, of which nobody reads any, brings up the very same frames."""
    found = notice(draft)
    elsewhere = [Noticing(start=n, end=n + 1, noticed=each.noticed) for n, each in enumerate(found)]
    assert suggest(found) == suggest(elsewhere)
    assert all(not is_filled(frame, part) for frame in suggest(found).frames for part in PARTS)


def lines(table: object) -> Iterator[str]:
    """Go through all sentences of a file of cases."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list):
        for part in table.values() if isinstance(table, dict) else table:
            yield from lines(part)


def words(text: str) -> set[str]:
    """The words of a text, in small letters."""
    return set(re.findall(r"[a-z]+", text.lower()))


GRIEVANCES: Final = [
    text
    for name in ("develop", "held_out")
    for text in lines(tomllib.loads((CASES / f"cases_{name}.toml").read_text("utf-8")))
]


def assert_nothing_comes_back(draft: str) -> None:
    """Nothing of what was noticed comes back in a frame, but for the glue of the language."""
    found = notice(draft)
    noticed = set[str]().union(*(words(each.words(draft)) for each in found))
    for frame in suggest(found).frames:
        assert words(render(frame.phrase)) & noticed <= GLUE, draft


@given(draft=drafts())
def test_a_frame_holds_no_word_of_what_was_noticed(draft: str) -> None:
    """However a draft is put together, no frame repeats a word that somebody was blamed with."""
    assert_nothing_comes_back(draft)


def test_no_grievance_that_we_know_comes_back_in_a_frame() -> None:
    """The same, for every sentence that the lens was written by and measured with."""
    assert len(GRIEVANCES) > 200
    for draft in GRIEVANCES:
        assert_nothing_comes_back(draft)


@each_locale
@given(kind=st.none() | rewordable())
def test_an_empty_frame_says_nothing_about_anyone(kind: NoticingKind | None, locale: str) -> None:
    """The lens notices nothing in it; somebody else appears only as whoever could do something."""
    said = render(Frame(noticed=kind).phrase, locale=locale)
    assert notice(said, locale=locale) == ()
    assert "..." in said
    assert not re.search(r"\b(you|your|yours|he|she|they)\b", ASKING.sub("", said), re.IGNORECASE)


@given(frame=frames())
def test_a_request_is_whole_if_and_only_if_nothing_is_missing(frame: Frame) -> None:
    """An act, a time and room for a no make a request, and nothing else does."""
    whole = all(is_filled(frame, part) for part in ("act", "when", "no_is_fine"))
    assert (frame.missing == ()) is whole
    assert frame.request == (Request(act=frame.act, when=frame.when) if whole else None)


@given(frame=frames())
def test_a_statement_is_whole_if_and_only_if_nothing_is_unsaid(frame: Frame) -> None:
    """Each part that has no words has one question, and the statement is there once there is no question."""
    questions = [phrase.key for phrase in frame.unsaid]
    open_parts = [f"missing.{part.removesuffix('_is_fine')}" for part in PARTS if not is_filled(frame, part)]
    assert questions == open_parts
    assert (frame.statement is not None) is (questions == [])
    assert set(frame.missing) <= set(frame.unsaid)


@given(frame=frames(), more=blanks())
def test_a_frame_holds_just_what_the_person_filled_in(frame: Frame, more: dict[str, Any]) -> None:
    """Every word of it is theirs, and what they left alone stays as it was."""
    filled = frame.fill(**more)
    tidy = {part: said.strip() if part in TEXTS else said for part, said in more.items()}
    assert {part: getattr(filled, part) for part in PARTS} == {
        part: tidy.get(part, getattr(frame, part)) for part in PARTS
    }
    assert filled.noticed is frame.noticed


@given(frame=frames(), said=values_of(IStatement))
def test_a_whole_frame_becomes_just_that_statement(frame: Frame, said: IStatement) -> None:
    """Whatever it began from, once the person said everything it is what they said."""
    asked: dict[str, Any] = {"act": said.request.act, "when": said.request.when, "no_is_fine": True}
    filled = frame.fill(observation=said.observation, feeling=said.feeling, need=said.need, **asked)
    assert filled.statement == said


@given(frame=frames(), one=blanks(), other=blanks())
def test_two_different_blanks_may_be_filled_in_either_order(
    frame: Frame, one: dict[str, Any], other: dict[str, Any]
) -> None:
    """Step by step or all at once, in either order, it is the same frame."""
    other = {part: said for part, said in other.items() if part not in one}
    assert frame.fill(**one).fill(**other) == frame.fill(**other).fill(**one) == frame.fill(**one, **other)


@given(frame=frames())
def test_a_blank_can_be_taken_back(frame: Frame) -> None:
    """An empty text makes a blank of it again, down to the frame as it was offered."""
    assert frame.fill(**dict.fromkeys(TEXTS, ""), no_is_fine=False) == Frame(noticed=frame.noticed)


@given(frame=frames())
def test_a_frame_says_each_filled_blank_as_it_is(frame: Frame) -> None:
    """Dots stand where nobody has written, and the person's own words everywhere else."""
    phrase = frame.phrase
    assert {part: phrase[part] for part in TEXTS} == {part: getattr(frame, part) or "..." for part in TEXTS}


@given(said=values_of(IStatement))
def test_what_was_said_is_said_aloud_in_full_with_room_for_a_no(said: IStatement) -> None:
    """All of the person's words are there in their order, and the room for a no stands at the end."""
    aloud = render(said.phrase)
    places = [*(getattr(said, part) for part in TEXTS[:3]), said.request.act, said.request.when]
    reached = 0
    for words in places:
        reached = aloud.index(words, reached) + len(words)
    assert aloud.endswith("A no is fine, too.")
    assert said.request.refusable


@given(cls=st.sampled_from([Frame, IStatement, Request, Rewording]), data=st.data())
def test_what_somebody_wrote_is_written_down_and_read_again(cls: type[Any], data: st.DataObject) -> None:
    """Nothing is lost in JSON."""
    value = data.draw(values_of(cls))
    assert loads(dumps(value), cls) == value


@given(offered=values_of(Rewording))
def test_where_there_is_support_there_is_no_frame(offered: Rewording) -> None:
    """Nothing is softened where somebody may not be safe."""
    assert offered.support is None or offered.frames == ()


def test_every_pair_of_kinds_has_frames_of_its_own() -> None:
    """No two kinds of words are answered with the same frame."""
    said = {kind: render(Frame(noticed=kind).phrase) for kind in NoticingKind if kind.may_be_reworded}
    assert [pair for pair in itertools.combinations(said, 2) if said[pair[0]] == said[pair[1]]] == []
