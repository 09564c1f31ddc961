"""Strategies for questions: small collections in which every depth and tag may be missing, and any history."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from reconnect.edges.testing.words import ids, texts
from reconnect.language.prompt import Prompt, Prompts, Reframing, Skipped, Tag
from reconnect.record.kind import Body

__all__ = ["collections", "prompt_bodies", "prompt_strategies", "prompts"]


def prompts() -> st.SearchStrategy[Prompt]:
    """Draw a question of any depth and for anything."""
    return st.builds(
        Prompt,
        id=st.sampled_from(["q1", "q2", "q3", "q4", "q5", "q6"]) | ids(),
        text=texts().filter(lambda text: bool(text.strip())),
        depth=st.integers(1, 3),
        tags=st.sets(st.sampled_from(Tag), max_size=2),
        locale=st.sampled_from(["en", "es"]),
    )


def collections() -> st.SearchStrategy[Prompts]:
    """Draw a collection of questions, an empty one among them."""
    several = st.lists(prompts(), min_size=4, max_size=7, unique_by=lambda prompt: prompt.id)
    few = st.lists(prompts(), max_size=3, unique_by=lambda prompt: prompt.id)
    return (several | few).map(lambda found: Prompts(prompts=found))


def prompt_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about questions."""
    return {Prompt: prompts(), Skipped: st.builds(Skipped, prompt=ids())}


def prompt_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about questions."""
    return {Prompts: collections(), Reframing: st.builds(Reframing, about=texts(), thought=texts(), another=texts())}
