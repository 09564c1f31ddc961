"""Strange documents at the front door: a short run here, a long one with `make fuzz`."""

from hypothesis import given
from hypothesis import strategies as st

from reconnect.edges.convert import dumps
from reconnect.edges.testing.noise import documents, read_quietly, spoiled
from reconnect.edges.testing.public import strategies
from reconnect.errors import DecodeError
from reconnect.record.entry import Audience, Entry
from reconnect.record.kind import Body

CLASSES = sorted(strategies(), key=lambda cls: cls.__name__)


@given(documents(), st.sampled_from([*CLASSES, Body, Audience, tuple[Entry, ...]]))
def test_noise_is_refused_quietly(data: bytes, wanted: type) -> None:
    """Whatever comes in, for whatever it is taken, gives a value or one error that tells nothing of it."""
    read_quietly(data, wanted)


@given(st.data(), st.sampled_from(CLASSES))
def test_a_document_that_is_almost_right_gives_a_value_that_can_be_written_or_one_quiet_error(
    data: st.DataObject, cls: type
) -> None:
    """A change in a good document makes another good document, or is refused without a word of what it holds."""
    found = read_quietly(data.draw(spoiled(cls)), cls)
    if not isinstance(found, DecodeError):
        assert read_quietly(dumps(found), cls) == found


@given(st.data())
def test_bodies_are_found_by_their_kind_or_refused_quietly(data: st.DataObject) -> None:
    """A spoiled body that is read as a body of any kind gives a body or one quiet error."""
    kinds = [cls for cls in CLASSES if isinstance(getattr(cls, "kind", None), str)]
    found = read_quietly(data.draw(spoiled(data.draw(st.sampled_from(kinds)))), Body)
    if not isinstance(found, DecodeError):
        assert read_quietly(dumps(found), Body) == found
