"""The recurrence rules that libical tests itself with: data by others, beside the clone."""

import re
from itertools import islice
from pathlib import Path

import pendulum
import pytest

from reconnect.errors import InvalidRecurrence
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "rrule_libical" / "icalrecur_test.txt"
FINER = re.compile("FREQ=(HOURLY|MINUTELY|SECONDLY)")
ALWAYS = Window(pendulum.datetime(1, 1, 2), pendulum.datetime(9999, 12, 30))
UNIMPLEMENTED = "***"  # what libical says of a rule that it cannot carry out


def cases() -> list[tuple[str, str, str]]:
    """Return the rule, the start and the expected instances of each case."""
    if not DATA.exists():
        return []
    found: list[dict[str, str]] = []
    for line in DATA.read_text().splitlines():
        name, colon, value = line.partition(":")
        if name == "RRULE":
            found.append({})
        if colon and found and not line.startswith("#"):
            found[-1][name] = value.strip()
    return [(case["RRULE"], case["DTSTART"], case["INSTANCES"]) for case in found]


CASES = cases()
IN_SCOPE = [case for case in CASES if not FINER.search(case[0]) and "RSCALE" not in case[0]]
SAID = [case for case in IN_SCOPE if not case[2].startswith(UNIMPLEMENTED)]
REFUSED = [case for case in CASES if case not in IN_SCOPE]
needs_data = pytest.mark.skipif(not CASES, reason="the libical data is not beside this clone (../shared/data)")


def written(recurrence: Recurrence, start: str, most: int) -> list[str]:
    """Return the local starts in the form in which the start was written."""
    form = "%Y%m%d" if len(start) == 8 else "%Y%m%dT%H%M%S"
    suffix = "Z" if start.endswith("Z") else ""
    return [f"{at.local.strftime(form)}{suffix}" for at in islice(recurrence.starts(ALWAYS), most)]


@needs_data
def test_the_data_is_what_we_think_it_is() -> None:
    """All cases of the file are accounted for: carried out, refused, or not implemented by libical itself."""
    assert len(CASES) == 146
    assert len(SAID) + len(REFUSED) + 1 == len(CASES)
    assert len(REFUSED) == 23


@needs_data
@pytest.mark.parametrize(("rule", "start", "instances"), SAID, ids=lambda value: value[:60])
def test_it_finds_what_libical_finds(rule: str, start: str, instances: str) -> None:
    """The starts are the expected ones, no more and no fewer, and text and value agree."""
    recurrence = Recurrence.parse(f"RRULE:{rule}\nDTSTART:{start}", zone="UTC")
    expected = instances.split(",")
    assert written(recurrence, start, len(expected) + 1) == expected
    assert [recurrence.rank(ALWAYS.end), recurrence.nth(len(expected))] == [len(expected), None]
    assert Recurrence.parse(recurrence.format()) == recurrence


@needs_data
@pytest.mark.parametrize(("rule", "start"), [case[:2] for case in REFUSED], ids=lambda value: value[:60])
def test_finer_than_a_day_is_refused_by_name(rule: str, start: str) -> None:
    """HOURLY and finer are refused, and the message says which it was."""
    finer = FINER.search(rule)
    assert finer is not None
    with pytest.raises(InvalidRecurrence, match=finer[0]):
        Recurrence.parse(f"RRULE:{rule}\nDTSTART:{start}", zone="UTC")


@needs_data
def test_a_rule_that_libical_leaves_out_is_carried_out() -> None:
    """30 December in week 1: the years in which the 30th falls in the first week of the next year."""
    (rule, start, _), *others = [case for case in IN_SCOPE if case not in SAID]
    assert not others
    recurrence = Recurrence.parse(f"RRULE:{rule}\nDTSTART:{start}", zone="UTC")
    assert written(recurrence, start, 9) == ["20241230", "20251230", "20301230", "20311230"]
