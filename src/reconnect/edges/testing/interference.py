"""The test that a host app runs on its own endpoints: does anybody get to see what another keeps private?"""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import zip_longest
from typing import Final

from attrs import evolve, frozen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pendulum import DateTime

from reconnect.edges.testing.answers import Answer, answers, difference, error_as_answer
from reconnect.edges.testing.asides import ASIDES, overhearing
from reconnect.edges.testing.beginnings import begin_together, go_on_together
from reconnect.edges.testing.spelled import NotComparable
from reconnect.edges.testing.together import ANA, BEN
from reconnect.edges.testing.worlds import Pair, Secret, World, pairs, whole_pairs, world_of
from reconnect.record.entry import Entry
from reconnect.record.journal import Journal
from reconnect.record.kind import Body
from reconnect.record.memory import MemoryJournal

__all__ = ["assert_noninterfering"]

EXAMPLES: Final = 50  # ours, no study: the leaks that our own tests plant show well before that
AGAIN: Final = ", asked again"

_PATIENT: Final = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.nested_given)  # apps take their time

App = Callable[[World], object]
Happening = Callable[[World], object]
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
    begin: Happening = begin_together,
    go_on: Happening = go_on_together,
    secrets: st.SearchStrategy[Body] | None = None,
    keep: Keep = _append,
    journal: Opening = _in_memory,
    examples: int = EXAMPLES,
    ignore: Collection[str] = ("date",),
) -> None:
    """Assert that a person gets the same from an app, byte for byte, whatever another keeps private.

    It draws pairs of worlds that differ only in what one person keeps private, and asks the app in both as another
    member of the circle: twice, with private things before the first time, in between, or both, and often after
    everyone has shared something more. It compares everything: status, headers, sizes, bodies, order, all that an
    error tells, and what is logged, warned and printed meanwhile. Before that come two pairs in which one world
    holds every private act that the library knows, and the other none.

    >>> def honest(world: World) -> object:
    ...     return [entry.id for entry in world.view(world.reader).entries()]
    >>> assert_noninterfering(honest, examples=5)
    >>> def leaky(world: World) -> object:
    ...     return len(list(world.journal.everything()))
    >>> assert_noninterfering(leaky)
    Traceback (most recent call last):
    AssertionError: expected ana to get the same whatever ben keeps private, got another value of the answer: ...

    What it cannot see: how long an answer takes; what reaches others outside the answers, such as mails and pushes
    (let `app` return those); the lines of code that an error passed through, and an error that `raise ... from None`
    hides; names that begin with `_`; what is written past `sys.stdout` by other programs; a kind of private
    act of your own, unless `secrets` draws it; and what Ana's own privacy tells Ben, because it is always Ana who
    asks: an app whose answers depend on who asks deserves a test in which your own `begin` gives Ana the other part.

    Args:
        app: takes a world and gives what its `reader` can get: an iterator of pairs (or a mapping) of names and
            answers, or one answer alone; it may be asynchronous. An answer is a response of a web framework, any
            value, something to read, iterate or await, or something to call, which may raise.
        begin: what happens in both worlds before anyone keeps anything private.
        go_on: what everyone shares in both worlds after that, in every second pair or so.
        secrets: bodies to keep private; unless said otherwise of any kind that can be, and what can be done privately
            in the stories of `begin_together`.
        keep: how a private entry is kept, such as through an endpoint of the app; appended unless said otherwise.
        journal: opens an empty journal for one world, in memory unless said otherwise.
        examples: how many pairs of worlds are drawn.
        ignore: headers, in small letters, that may differ because they tell the time or chance; and any of `log`,
            `warnings`, `stdout` and `stderr`, if what is said there is of no concern.

    Raises:
        AssertionError: an answer differs, and it says which and where; or the app answers differently in one and the
            same world (it has a clock or chance of its own); or only refusals came (as if nobody were signed in); or
            an answer never ends, or cannot be awaited because an event loop runs already.
    """
    trial = _Trial(app=app, begin=begin, go_on=go_on, keep=keep, journal=journal, ignore=tuple(ignore))
    trial.check_stillness()
    if secrets is None:
        trial.check_whole()

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
class _Asked:
    """What an app gave when it was asked once, what it said beside that at last, and what stopped it, if anything."""

    answers: tuple[Answer, ...]
    stopped: Exception | None


def _differences(one: Iterable[_Asked], other: Iterable[_Asked]) -> Iterator[str]:
    """Say how an app differs in two worlds, from the first time that it is asked."""
    for here, there in zip(one, other, strict=True):
        both = zip_longest(here.answers, there.answers)
        yield from (said for mine, theirs in both if (said := difference(mine, theirs)) is not None)


@frozen(kw_only=True)
class _Trial:
    """One app, and how it is asked."""

    app: App
    begin: Happening
    go_on: Happening
    keep: Keep
    journal: Opening
    ignore: tuple[str, ...]

    def check_stillness(self) -> None:
        """Refuse an app that differs from itself, or one from which nobody gets anything.

        What it only says or loads the first time is over after a time that nobody compares.
        """
        evolve(self, ignore=(*self.ignore, *ASIDES)).live(Pair(), ())
        pair = Pair(goes_on=True)
        found = self._difference(pair)
        if found is not None:
            raise AssertionError(f"expected the same answers in one and the same world, got {found}")
        first = self.live(pair, ())[0].answers[:-1]
        if all(answer.refusal for answer in first):
            raise AssertionError(f"expected an answer that is no refusal, got refusals only, {len(first)} of them")

    def check_whole(self) -> None:
        """Refuse an app that shows any private act at all, and say which is enough."""
        for pair in whole_pairs():
            if self._difference(pair) is not None:
                self.check(self._smallest(pair))

    def check(self, pair: Pair) -> None:
        """Refuse an app that answers differently in two worlds."""
        found = self._difference(pair)
        if found is not None:
            raise AssertionError(
                f"expected {ANA.id} to get the same whatever {BEN.id} keeps private, got {found};"
                f" private in one world: {pair.told(pair.one)}; in the other: {pair.told(pair.other)}"
            )

    def _smallest(self, pair: Pair) -> Pair:
        """Leave out of two worlds that differ whatever can be left out: halves first, then ever smaller parts."""
        part = len(pair.other) // 2
        while part:
            for end in range(len(pair.other), 0, -part):
                less = evolve(pair, other=(*pair.other[: max(end - part, 0)], *pair.other[end:]))
                pair = pair if self._difference(less) is None else less
            part //= 2
        less = evolve(pair, goes_on=False)
        return pair if self._difference(less) is None else less

    def _difference(self, pair: Pair) -> str | None:
        """Say how the app differs in two worlds, if it does."""
        one, other = self.live(pair, pair.one), self.live(pair, pair.other)
        found = next(_differences(one, other), None)
        stopped = next((asked.stopped for asked in one if asked.stopped is not None), None)
        if stopped is not None and found is None:
            raise stopped  # the app does not work, whatever is private
        return found

    def live(self, pair: Pair, secrets: tuple[Secret, ...]) -> list[_Asked]:
        """Let it all happen in one world, and ask the app twice."""
        with self.journal() as journal:
            world = world_of(journal, pair.ids)
            self.begin(world)
            start = world.clock()
            numbered = list(enumerate(secrets))
            self._do(world, start, [each for each in numbered if each[1].hours <= pair.first])
            world.clock.turn_to(start.add(hours=pair.first))
            first = self._asked(world)
            self._do(world, start, [each for each in numbered if each[1].hours > pair.first])
            world.clock.turn_to(start.add(hours=pair.look))
            if pair.goes_on:
                self.go_on(world)
            return [first, self._asked(world, AGAIN)]

    def _do(self, world: World, start: DateTime, secrets: Iterable[tuple[int, Secret]]) -> None:
        """Let the author do private things, each at its time."""
        for number, secret in secrets:
            world.clock.turn_to(start.add(hours=secret.hours))
            for entry in secret.said(world, number):
                self.keep(world, entry)

    def _asked(self, world: World, when: str = "") -> _Asked:
        """Ask the app once, as the reader."""
        found: list[Answer] = []
        stopped: Exception | None = None
        with overhearing(ignore=self.ignore) as asides:
            try:
                found.extend(answers(self.app(world), ignore=self.ignore))
            except NotComparable:
                raise
            except Exception as error:  # noqa: BLE001 - an app that stops in one world only has told something
                found.append(error_as_answer("the app itself", error))
                stopped = error
        told = (*found, asides.answer)
        return _Asked(answers=tuple(evolve(each, name=f"{each.name}{when}") for each in told), stopped=stopped)
