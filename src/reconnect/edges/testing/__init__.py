"""Strategies and laws for the tests of those who build on this library.

`values_of` draws any value of one public type. The strategies by name stand in the modules: time in `temporal`,
ids and texts in `words`, drafts in `drafts`, people and entries in `values`, check-ins in `occurrences`, whole stories
in `stories`, strange documents in `noise`, and journals that must not be told apart in `twins`. Hypothesis knows all of
them without an import, through an entry point: `st.from_type(Window)`. For the tests of an app there are a clock,
people who founded a circle, and `assert_noninterfering`.
"""

from importlib import import_module

from reconnect.errors import MissingExtra

try:
    import_module("hypothesis")
except ImportError:
    raise MissingExtra("testing", "hypothesis") from None

from reconnect.edges.testing.beginnings import begin_together, go_on_together
from reconnect.edges.testing.clock import BEGINNING, FixedClock
from reconnect.edges.testing.drafts import drafts, neutral_paragraphs, noticings
from reconnect.edges.testing.interference import assert_noninterfering
from reconnect.edges.testing.noise import documents, read_quietly, spoiled
from reconnect.edges.testing.public import strategies, values_of
from reconnect.edges.testing.temporal import (
    instants,
    local_times,
    periods,
    recurrences,
    weekly_hours,
    window_sets,
    windows,
    zones,
)
from reconnect.edges.testing.together import ANA, BEN, CLEO, Together
from reconnect.edges.testing.values import audiences, bodies, entries_of, offers, persons
from reconnect.edges.testing.words import ids, lengths, phrases, texts
from reconnect.edges.testing.worlds import World, private_bodies

__all__ = [
    "ANA",
    "BEGINNING",
    "BEN",
    "CLEO",
    "FixedClock",
    "Together",
    "World",
    "assert_noninterfering",
    "audiences",
    "begin_together",
    "bodies",
    "documents",
    "drafts",
    "entries_of",
    "go_on_together",
    "ids",
    "instants",
    "lengths",
    "local_times",
    "neutral_paragraphs",
    "noticings",
    "offers",
    "periods",
    "persons",
    "phrases",
    "private_bodies",
    "read_quietly",
    "recurrences",
    "spoiled",
    "strategies",
    "texts",
    "values_of",
    "weekly_hours",
    "window_sets",
    "windows",
    "zones",
]
