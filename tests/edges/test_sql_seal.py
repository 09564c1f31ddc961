"""Bodies may be sealed by the host: nothing of them is in the database, and nothing opens them elsewhere."""

import traceback
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Final

import pendulum
import pytest
from attrs import frozen
from tests.edges.places import opened, said

import reconnect as rc
from reconnect.edges.sql import SqlJournal
from reconnect.errors import WrongSeal

pytest.importorskip("cryptography", reason="cryptography is not installed: nothing is tested with a real cipher")

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
LATER: Final = NOW.add(days=400)
WORD: Final = "unforgettable"
NAME: Final = "Anastazja"
US: Final = rc.Circle(
    id="c1", members=(rc.Person(id="ana", zone="Asia/Kathmandu", name=NAME), rc.Person(id="ben", zone="UTC"))
)
KEY: Final = Fernet(Fernet.generate_key())
HOOKS: Final[dict[str, Any]] = {"seal": KEY.encrypt, "open": KEY.decrypt}
ROWS: Final = "SELECT * FROM reconnect_entries"


@rc.register
@frozen(kw_only=True)
class Drawn:
    """A body that a host brings along."""

    kind: ClassVar[str] = "test.drawn"

    strokes: int


def note(id_: str, text: str = WORD, *, author: str = "ana", shared: bool = False) -> rc.Entry:
    """Return a note."""
    audience = rc.Shared() if shared else rc.Private()
    return rc.Entry(circle="c1", author=author, id=id_, at=NOW, body=rc.Note(text=text), audience=audience)


@pytest.fixture
def journal(place: str) -> Iterator[SqlJournal]:
    """Return a journal of two with sealed bodies."""
    with opened(place, **HOOKS) as made:
        made.found(US, by="ana", at=NOW)
        yield made


def test_nothing_of_a_body_is_in_the_database(journal: SqlJournal, place: str) -> None:
    """Words and names are not; who wrote when, and of which kind, is."""
    journal.append(note("e1"), note("e2", shared=True), acting="ana")
    rows = str(said(place, ROWS))
    assert WORD not in rows
    assert NAME not in rows
    assert "Kathmandu" not in rows
    assert "circle.introduced" in rows
    assert {body for (body,) in said(place, "SELECT body FROM reconnect_entries")} == {""}
    for text in (rc.Note(text=""), Drawn(strokes=3), rc.UnknownBody(name="else.where", payload='{"a":1}')):
        kind = rc.kind_of(text)
        entry = rc.Entry(circle="c1", author="ana", id=kind, at=NOW, body=text)
        journal.append(entry, acting="ana")
        assert journal.view("ana", circle="c1", at=NOW).entries(kind=kind)[-1] == entry or kind == "note"
        assert entry in journal.export("ana", acting="ana")


def test_a_sealed_journal_is_a_journal(journal: SqlJournal, place: str) -> None:
    """Retries, conflicts, earlier receipts and erasures are what they are without a seal."""
    entry = note("e1").received(NOW.add(hours=5))
    assert journal.append(entry, acting="ana") == (rc.Stored("e1"),)
    assert journal.append(entry, acting="ana") == (rc.AlreadyThere("e1"),)
    assert journal.append(note("e1", "other"), acting="ana") == (rc.IdConflict("e1"),)
    assert journal.append(entry.received(NOW), acting="ana") == (rc.AlreadyThere("e1"),)
    assert journal.view("ana", circle="c1", at=NOW).entries(kind=rc.Note) == (note("e1"),)
    journal.close()
    with opened(place, **HOOKS) as again:
        assert note("e1") in again.everything()
        again.erase("ana", acting="ana", at=NOW.add(hours=6))
        assert again.append(entry, acting="ana") == (rc.Erased("e1"),)
        assert [row for row in said(place, ROWS) if "e1" in row] == []


def test_digests_do_not_depend_on_the_seal(place: str, places: Callable[[], str]) -> None:
    """A sealed and an unsealed journal know the same entries, and merge both ways."""
    plain = rc.MemoryJournal()
    plain.found(US, by="ana", at=NOW)
    plain.append(note("e1"), acting="ana")
    with opened(place, **HOOKS) as sealed, opened(places()) as third:
        sealed.merge(plain)
        third.merge(sealed)
        one, two, three = (sorted(each.everything(), key=lambda e: e.identity) for each in (plain, sealed, third))
        assert one == two == three
        assert [entry.content for entry in one] == [entry.content for entry in two]


def test_another_key_is_refused_at_once(journal: SqlJournal, place: str) -> None:
    """So is none, and half of the hooks; in a sentence without anything private, and nothing is changed."""
    journal.append(note("e1"), acting="ana")
    before = said(place, ROWS)
    other = Fernet(Fernet.generate_key())
    for hooks in (
        {"seal": other.encrypt, "open": other.decrypt},
        {"seal": KEY.encrypt, "open": other.decrypt},
        {"seal": KEY.encrypt, "open": lambda kept: kept},
        {"seal": KEY.encrypt, "open": lambda _: b"\xff"},
        {"seal": KEY.encrypt},
        {"open": KEY.decrypt},
        {},
    ):
        with pytest.raises(WrongSeal) as refused:
            opened(place, **hooks)
        assert str(refused.value).startswith("expected ")
        assert (refused.value.__cause__, refused.value.__context__) == (None, None)
    assert said(place, ROWS) == before


@pytest.mark.parametrize(
    ("change", "readers"),
    [
        ("audience = 'shared'", {"ana", "ben"}),
        ("author = 'ben'", {"ben"}),
        ("kind = 'test.drawn'", {"ana"}),
        ("kind = 'reveal.retracted'", {"ana", "ben"}),
        ("at = at + 1", {"ana"}),
        ("about = 'x'", {"ana"}),
        ("id = 'e9'", {"ana"}),
        ("sealed = (SELECT sealed FROM reconnect_entries WHERE id = 'e2')", {"ana"}),
    ],
)
def test_a_body_opens_in_no_other_place(journal: SqlJournal, place: str, change: str, readers: set[str]) -> None:
    """Whoever can write into the database, but has no key, makes nobody else's words their own."""
    journal.append(note("e1"), note("e2", "else"), acting="ana")
    said(place, f"UPDATE reconnect_entries SET {change} WHERE id = 'e1'")  # noqa: S608 - the words above
    for reader in readers:
        with pytest.raises(WrongSeal, match="expected an `open` that reads what was sealed here") as refused:
            journal.view(reader, circle="c1", at=LATER)
        assert WORD not in "".join(traceback.format_exception(refused.value))
    for reader in {"ana", "ben"} - readers:
        assert WORD not in str(journal.view(reader, circle="c1", at=LATER).entries())


class Counting:
    """Hooks that count what they open."""

    def __init__(self) -> None:
        """Begin with nothing opened."""
        self.opened = 0

    @property
    def hooks(self) -> dict[str, Any]:
        """Return both hooks."""
        return {"seal": KEY.encrypt, "open": self.open}

    def open(self, kept: bytes) -> bytes:
        """Open a body, and count it."""
        self.opened += 1
        return KEY.decrypt(kept)

    def cost(self, ask: Callable[[], object]) -> int:
        """Return how many bodies are opened for an answer."""
        before = self.opened
        ask()
        return self.opened - before


def test_what_others_keep_private_is_not_even_opened(place: str) -> None:
    """A view, an export and an erasure open as many bodies beside many private entries of another as beside none."""
    counting = Counting()
    with opened(place, **counting.hooks) as journal:
        journal.found(US, by="ana", at=NOW)
        journal.append(note("e1"), note("e2", shared=True), acting="ana")
        asked: list[Callable[[], object]] = [
            lambda: journal.view("ana", circle="c1", at=LATER),
            lambda: journal.export("ana", acting="ana", support=True),
            lambda: journal.circles("ana", acting="ana"),
        ]
        before = [counting.cost(ask) for ask in asked]
        assert before[0] == len(journal.view("ana", circle="c1", at=LATER).entries())
        private = [note(f"b{number}", author="ben") for number in range(40)]
        journal.append(*private, acting="ben")
        assert [counting.cost(ask) for ask in asked] == before
        assert counting.cost(lambda: journal.view("ben", circle="c1", at=LATER)) == before[0] - 1 + len(private)
        beside = counting.cost(lambda: journal.erase("ana", acting="ana", at=LATER))
    assert beside < len(private)


def test_a_private_body_that_does_not_open_is_its_authors_matter(journal: SqlJournal, place: str) -> None:
    """It changes nothing in what others see and take out, and stands in the way of nobody else's erasure."""
    journal.append(note("e1"), note("e2", shared=True), acting="ana")

    def hers() -> tuple[object, ...]:
        view = journal.view("ana", circle="c1", at=LATER)
        return view.entries(), view.people, view.members, journal.export("ana", acting="ana"), view.ceased

    before = hers()
    journal.append(note("b1", author="ben"), acting="ben")
    said(
        place,
        "UPDATE reconnect_entries SET sealed = (SELECT sealed FROM reconnect_entries WHERE id = 'e1') WHERE id = 'b1'",
    )
    with pytest.raises(WrongSeal):
        journal.view("ben", circle="c1", at=LATER)
    assert hers() == before
    journal.erase("ana", acting="ana", at=LATER)
    assert [entry.id for entry in journal.export("ana", acting="ana")] != []
    assert said(place, "SELECT id FROM reconnect_entries WHERE id IN ('e1', 'e2')") == []
    assert said(place, "SELECT id FROM reconnect_entries WHERE id = 'b1'") == [("b1",)]


def test_what_was_kept_before_stays_readable(place: str) -> None:
    """Sealing may begin later; from then on nobody opens the journal without it, and old rows stay as they are."""
    with opened(place) as before:
        before.found(US, by="ana", at=NOW)
        before.append(note("e1"), acting="ana")
        with opened(place, **HOOKS) as sealed:
            sealed.append(note("e2"), acting="ana")
            assert len(sealed.view("ana", circle="c1", at=NOW).entries(kind=rc.Note)) == 2
            with pytest.raises(WrongSeal):  # it was opened before, and does not know
                before.view("ana", circle="c1", at=NOW)
    assert str(said(place, ROWS)).count(WORD) == 1
    with pytest.raises(WrongSeal):
        opened(place)


def test_keys_may_be_changed(journal: SqlJournal, place: str, places: Callable[[], str]) -> None:
    """A newer key seals while the older one still opens; a journal that takes it all in needs only the newer."""
    journal.append(note("e1"), acting="ana")
    newer = Fernet(Fernet.generate_key())
    both = MultiFernet([newer, KEY])
    moved = places()
    with opened(place, seal=both.encrypt, open=both.decrypt) as changing:
        changing.append(note("e2"), acting="ana")
        with opened(moved, seal=newer.encrypt, open=newer.decrypt) as fresh:
            fresh.merge(changing)
            assert len(fresh.view("ana", circle="c1", at=NOW).entries(kind=rc.Note)) == 2
    with pytest.raises(WrongSeal):
        opened(place, seal=newer.encrypt, open=newer.decrypt)


@pytest.mark.parametrize(
    "seal",
    [
        lambda plain: plain,
        lambda plain: b"x" + plain,
        lambda _: "text",
        lambda _: None,
        lambda plain: 1 // len(plain) // 0,
    ],
    ids=["does nothing", "hides nothing", "no bytes", "nothing", "fails"],
)
def test_a_seal_that_is_none_is_refused(place: str, seal: Any) -> None:  # noqa: ANN401 - not what it should be
    """Nothing is kept that was not sealed."""
    with pytest.raises(WrongSeal, match="a `seal` that turns bytes into other bytes"):
        opened(place, seal=seal, open=KEY.decrypt)
    with opened(place) as journal:
        assert list(journal.everything()) == []


def test_a_seal_that_breaks_later_keeps_nothing(place: str) -> None:
    """A key store that is out of reach refuses the whole call, without a word of it."""
    broken = False

    def seal(plain: bytes) -> bytes:
        if broken:
            raise TimeoutError(plain)
        return KEY.encrypt(plain)

    with opened(place, seal=seal, open=KEY.decrypt) as journal:
        journal.found(US, by="ana", at=NOW)
        broken = True
        with pytest.raises(WrongSeal) as refused:
            journal.append(note("e1"), acting="ana")
        assert WORD not in "".join(traceback.format_exception(refused.value))
        broken = False
        assert journal.append(note("e1"), acting="ana") == (rc.Stored("e1"),)


def test_a_cipher_of_ones_own(place: str) -> None:
    """Any two functions that fit will do, such as AES-GCM with a nonce in front."""
    cipher, nonces = AESGCM(bytes(32)), iter(range(10**6))

    def seal(plain: bytes) -> bytes:
        nonce = next(nonces).to_bytes(12)
        return nonce + cipher.encrypt(nonce, plain, None)

    with opened(place, seal=seal, open=lambda kept: cipher.decrypt(kept[:12], kept[12:], None)) as journal:
        journal.found(US, by="ana", at=NOW)
        journal.append(note("e1", "圈" * 10_000), acting="ana")
        assert note("e1", "圈" * 10_000) in journal.export("ana", acting="ana")
