"""A first set of soothing routines, written by us: ordinary things, of which nothing is claimed."""

import datetime as dt
from typing import Final

from reconnect.phrase import Phrase
from reconnect.primitives.routine.routine import Routine

__all__ = ["SOOTHING"]

_ALONE: Final = False
_TOGETHER: Final = True

# The key of its name, how many minutes it takes (ours, no study), whether it is for several, the keys of its steps.
_WRITTEN: Final = (
    ("routine.long_breaths", 3, _ALONE, ("routine.long_breaths_1", "routine.long_breaths_2", "routine.long_breaths_3")),
    (
        "routine.feet_on_the_floor",
        2,
        _ALONE,
        ("routine.feet_on_the_floor_1", "routine.feet_on_the_floor_2", "routine.feet_on_the_floor_3"),
    ),
    ("routine.five_things", 3, _ALONE, ("routine.five_things_1", "routine.five_things_2", "routine.five_things_3")),
    ("routine.cool_water", 3, _ALONE, ("routine.cool_water_1", "routine.cool_water_2")),
    ("routine.warm_drink", 15, _ALONE, ("routine.warm_drink_1", "routine.warm_drink_2", "routine.warm_drink_3")),
    ("routine.slow_walk", 20, _ALONE, ("routine.slow_walk_1", "routine.slow_walk_2", "routine.slow_walk_3")),
    ("routine.one_song", 5, _ALONE, ("routine.one_song_1", "routine.one_song_2")),
    ("routine.loose_shoulders", 2, _ALONE, ("routine.loose_shoulders_1", "routine.loose_shoulders_2")),
    ("routine.page_closed", 10, _ALONE, ("routine.page_closed_1", "routine.page_closed_2")),
    ("routine.window", 5, _ALONE, ("routine.window_1", "routine.window_2")),
    ("routine.kind_sentence", 3, _ALONE, ("routine.kind_sentence_1", "routine.kind_sentence_2")),
    ("routine.one_small_thing", 3, _ALONE, ("routine.one_small_thing_1", "routine.one_small_thing_2")),
    ("routine.warm_light", 15, _ALONE, ("routine.warm_light_1", "routine.warm_light_2")),
    ("routine.under_a_blanket", 15, _ALONE, ("routine.under_a_blanket_1", "routine.under_a_blanket_2")),
    ("routine.side_by_side", 30, _TOGETHER, ("routine.side_by_side_1", "routine.side_by_side_2")),
    ("routine.pot_of_tea", 20, _TOGETHER, ("routine.pot_of_tea_1", "routine.pot_of_tea_2")),
    ("routine.walk_together", 30, _TOGETHER, ("routine.walk_together_1", "routine.walk_together_2")),
    ("routine.one_good_thing", 10, _TOGETHER, ("routine.one_good_thing_1", "routine.one_good_thing_2")),
    (
        "routine.word_of_reassurance",
        10,
        _TOGETHER,
        ("routine.word_of_reassurance_1", "routine.word_of_reassurance_2", "routine.word_of_reassurance_3"),
    ),
)

SOOTHING: Final[tuple[Routine, ...]] = tuple(
    Routine(
        key=name.removeprefix("routine."),
        name=Phrase.of(name),
        steps=map(Phrase.of, steps),
        takes=dt.timedelta(minutes=minutes),
        together=together,
    )
    for name, minutes, together, steps in _WRITTEN
)
"""What we begin with; people's own routines stand beside it, and no order means that one is better."""
