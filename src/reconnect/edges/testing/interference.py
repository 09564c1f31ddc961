"""The test that a host app runs on its own endpoints: does anybody get to see what another keeps private?"""

from collections.abc import Callable, Collection, Generator
from contextlib import AbstractContextManager, contextmanager
from itertools import zip_longest
from typing import Final

from attrs import frozen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reconnect.edges.testing.answers import Answer, answers, difference, error_as_answer
from reconnect.edges.testing.together import BEN
from reconnect.edges.testing.worlds import Pair, Secret, World, begin_together, pairs, world_of
from reconnect.record.entry import Entry
from reconnect.record.journal import Journal
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal

__all__ = ["assert_noninterfering"]

EXAMPLES: Final = 50  # ours, no study: the leaks that our own tests plant show well before that

_PATIENT: Final = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.nested_given)  # apps take their time

App = Callable[[World], object]
Keep = Callable[[World, Entry], object]
Opening = Callable[[], AbstractContextManager[Journal]]


@contextmanager
def _in_memory() -> Generator[Journal]:
    """Open a journal in memory."""
    yield MemoryJournal()


def _append(world: World, entry: Entry) -> object:
    """Keep an entry in the author's name."""
    return world.journal.append(entry, acting=entry.author)


def assert_noninterfering(
    app: App,
    *,
    begin: Callable[[World], object] = begin_together,
    secrets: st.SearchStrategy[Body] | None = None,
    keep: Keep = _append,
    journal: Opening = _in_memory,
    examples: int = EXAMPLES,
    ignore: Collection[str] = ("date",),
) -> None:
    """Assert that a person gets the same from an app, byte for byte, whatever another keeps private.

    It draws pairs of worlds that differ only in what one person keeps private, asks the app in both as another member
    of the circle, and compares everything: status, headers, sizes, bodies and the words of errors.

    >>> def honest(world: World) -> object:
    ...     return [entry.id for entry in world.view(world.reader).entries()]
    >>> assert_noninterfering(honest, examples=5)
    >>> def leaky(world: World) -> object:
    ...     return len(list(world.journal.everything()))
    >>> assert_noninterfering(leaky)
    Traceback (most recent call last):
    AssertionError: expected the same answers whatever ben keeps private, got another value of the answer: ...

    Args:
        app: takes a world and gives what its `reader` can get: an iterator of pairs (or a mapping) of names and
            answers, or one answer alone. An answer is a response of a web framework, any value, or something to call,
            which may raise.
        begin: what happens in both worlds before anyone keeps anything private.
        secrets: bodies to keep private; unless said otherwise of any kind that can be, and what can be done privately
            in the stories of `begin_together`.
        keep: how a private entry is kept, such as through an endpoint of the app; appended unless said otherwise.
        journal: opens an empty journal for one world, in memory unless said otherwise.
        examples: how many pairs of worlds.
        ignore: headers, in small letters, that may differ because they tell the time or chance.

    Raises:
        AssertionError: an answer differs, and it says which and where; or the app answers differently in one and the
            same world (it has a clock or chance of its own); or only refusals came (as if nobody were signed in).
    """
    trial = _Trial(app=app, begin=begin, keep=keep, journal=journal, ignore=tuple(ignore))
    trial.check_stillness()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=_PATIENT,
    )
    @given(pair=pairs(secrets))
    def alike(pair: Pair) -> None:
        trial.check(pair)

    alike()


@frozen(kw_only=True)
class _Trial:
    """One app, and how it is asked."""

    app: App
    begin: Callable[[World], object]
    keep: Keep
    journal: Opening
    ignore: tuple[str, ...]

    def check_stillness(self) -> None:
        """Refuse an app that differs from itself, or one from which nobody gets anything."""
        twice, found = self._asked(Pair())
        if found is not None:
            raise AssertionError(f"expected the same answers in one and the same world, got {found}")
        if all(answer.refusal for answer in twice):
            raise AssertionError(f"expected an answer that is no refusal, got refusals only, {len(twice)} of them")

    def check(self, pair: Pair) -> None:
        """Refuse an app that answers differently in two worlds."""
        _, found = self._asked(pair)
        if found is not None:
            raise AssertionError(
                f"expected the same answers whatever {BEN.id} keeps private, got {found};"
                f" private in one world: {pair.told(pair.one)}; in the other: {pair.told(pair.other)}"
            )

    def _asked(self, pair: Pair) -> tuple[list[Answer], str | None]:
        """Ask the app in both worlds: what it answers in the first, and how the second differs."""
        one, stopped = self._answers(pair, pair.one)
        other, stopped_there = self._answers(pair, pair.other)
        if stopped is not None and stopped_there is not None and one == other:
            raise stopped  # the app does not work, whatever is private
        return one, next((said for a, b in zip_longest(one, other) if (said := difference(a, b)) is not None), None)

    def _answers(self, pair: Pair, secrets: tuple[Secret, ...]) -> tuple[list[Answer], Exception | None]:
        """Let it all happen in one world; return what the app answers there, and what stopped it."""
        found: list[Answer] = []
        with self.journal() as journal:
            world = self._played(world_of(journal, pair.ids), pair, secrets)
            try:
                found.extend(answers(self.app(world), ignore=self.ignore))
            except Exception as error:  # noqa: BLE001 - an app that stops in one world only has told something
                return [*found, error_as_answer("the app itself", error)], error
        return found, None

    def _played(self, world: World, pair: Pair, secrets: tuple[Secret, ...]) -> World:
        """Let it all happen, up to the moment at which the reader looks."""
        self.begin(world)
        start = world.clock()
        for number, secret in enumerate(secrets):
            world.clock.turn_to(start.add(hours=secret.hours))
            for entry in secret.said(world, number):
                self.keep(world, entry)
        world.clock.turn_to(start.add(hours=pair.look))
        return world
