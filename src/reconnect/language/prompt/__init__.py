"""Prompts: open questions from light to deep, and kind words beside them; none is ever owed an answer."""

from reconnect.language.prompt.asking import (
    Skipped,
    agreed_depth,
    had_setback,
    next_prompt,
    prompts_asked,
    prompts_skipped,
    skip_prompt,
)
from reconnect.language.prompt.kind_words import Reframing, reframings, validations
from reconnect.language.prompt.prompt import Prompt, Tag
from reconnect.language.prompt.prompts import Prompts

__all__ = [
    "Prompt",
    "Prompts",
    "Reframing",
    "Skipped",
    "Tag",
    "agreed_depth",
    "had_setback",
    "next_prompt",
    "prompts_asked",
    "prompts_skipped",
    "reframings",
    "skip_prompt",
    "validations",
]
