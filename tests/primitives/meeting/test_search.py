"""What the search keeps of many sums of burdens: all that nothing beats, and of those the fairest, so that it ends."""

from hypothesis import given
from hypothesis import strategies as st

from reconnect.primitives.meeting import _search as search
from reconnect.primitives.meeting._slots import Slot

SLOT = Slot(zone="UTC", local=0, day=0, starts=(0,), burdens=((0, 0),))
NAMES = st.tuples(st.tuples(st.integers(0, 99), st.just("UTC")))


@st.composite
def options(draw: st.DrawFn, most: int = 40) -> search.Options:
    """Draw sums of burdens for two to four people, each with a key of its own."""
    people = draw(st.integers(2, 4))
    sums = draw(st.lists(st.tuples(*[st.integers(0, 9)] * people), unique=True, max_size=most))
    return {burden: (draw(NAMES), (SLOT,)) for burden in sums}


def beaten(burden: search.Burden, others: search.Options) -> bool:
    """Tell whether another sum is no worse for anyone and better for someone."""
    return any(other != burden and all(a <= b for a, b in zip(other, burden, strict=True)) for other in others)


@given(options())
def test_exactly_what_nothing_beats_is_kept(many: search.Options) -> None:
    """Few sums are all followed up, unless another one is better for someone and worse for nobody."""
    assert search._pruned(many) == {burden: many[burden] for burden in many if not beaten(burden, many)}  # noqa: SLF001 - the step under test


def test_of_very_many_the_fairest_are_kept() -> None:
    """However many ways there are to share, 256 go on for two people: those whose heaviest burden is least."""
    far = 1000
    many: search.Options = {(a, far - a): (((a, "UTC"),), (SLOT,)) for a in range(far + 1)}
    kept = search._pruned(many)  # noqa: SLF001 - the step under test
    assert len(kept) == 256
    assert max(map(max, kept)) == far // 2 + 128
    assert (far // 2, far // 2) in kept


def test_the_more_people_the_fewer_sums_are_followed_up() -> None:
    """A question of six people takes no longer than they have patience for: the bound shrinks as pairs multiply."""
    crowd: search.Options = {(a, 900 - a, 0, 0, 0, 0): (((a, "UTC"),), (SLOT,)) for a in range(901)}
    assert len(search._pruned(crowd)) == 1024 // 36  # noqa: SLF001 - the step under test


@given(options(8), options(8))
def test_of_two_ways_to_one_sum_the_earlier_is_kept(some: search.Options, more: search.Options) -> None:
    """Every sum of two is there once, with the earliest of the ways that lead to it."""
    pairs = [
        (tuple(a + b for a, b in zip(one, two, strict=False)), some[one][0] + more[two][0])
        for one in some
        for two in more
    ]
    found = search._sums(some, more)  # noqa: SLF001 - the step under test
    assert {burden: key for burden, (key, _) in found.items()} == {
        burden: min(key for other, key in pairs if other == burden) for burden, _ in pairs
    }
