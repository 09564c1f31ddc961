"""A talk is what a story of listening tells as of an instant: how it stands, who has the floor, and what was kept."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar

import pendulum
from attrs import frozen

from reconnect.errors import UnknownStory
from reconnect.language.listening.acts import AskedToListen, NotThen, StepTaken, TimeSuits, Word
from reconnect.language.listening.floor import Floor
from reconnect.language.listening.form import ListeningForm, Subject
from reconnect.language.listening.session import ACTS, STANDS, Moment, Session, Stage, sessions
from reconnect.language.listening.words import of_session
from reconnect.phrase import Phrase
from reconnect.record.entry import Entry
from reconnect.record.story import Story
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant

__all__ = ["Talk"]


@frozen(kw_only=True)
class Talk(Story):
    """The half of `Listening` that only reads; every answer is as of an instant, and the same for everyone."""

    bodies: ClassVar[tuple[type, ...]] = ACTS
    opening: ClassVar[tuple[type, ...]] = (AskedToListen,)

    @property
    def asked(self) -> Entry:
        """The act that asked for it: by whom, and when.

        Raises:
            UnknownStory: nobody has asked for it.
        """
        asked = next((act for act in self.told() if isinstance(act.body, AskedToListen)), None)
        if asked is None:
            raise UnknownStory(type(self).__name__)
        return asked

    @property
    def form(self) -> ListeningForm:
        """How it goes.

        Raises:
            UnknownStory: nobody has asked for it.
        """
        return self._first.form

    @property
    def topic(self) -> str | None:
        """The key of what it is about, if it was named.

        Raises:
            UnknownStory: nobody has asked for it.
        """
        return self._first.topic

    @property
    def people(self) -> tuple[str, ...]:
        """Whom it concerns, in the order of their turns: those who were in the circle when somebody asked.

        Raises:
            UnknownStory: nobody has asked for it.
        """
        return self._first.people

    def stage(self, *, at: dt.datetime) -> Stage:
        """Tell how it stands at an instant.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        return self._session(at).stage(as_instant(at))

    def floor(self, *, at: dt.datetime) -> Floor | None:
        """Return whose turn it is and what comes next, or `None` while nobody has the floor.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        session = self._session(at)
        return session.floor if session.stage(as_instant(at)) is Stage.OPEN else None

    def proposed(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return the time that somebody named last and that a yes can still go to, or `None` if there is none.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        session = self._session(at)
        if session.stage(as_instant(at)) is not Stage.ASKED:
            return None
        last = next(act for act in reversed(self.told(at)) if isinstance(act.body, AskedToListen | TimeSuits | NotThen))
        named = session.times.get(last.author)
        return None if named is None or elapsed(named, STANDS) <= as_instant(at) else named

    def starts_at(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return since when, or from when on, it is open by everyone's yes to one time, or `None`.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        return self._session(at).opens

    def turns(self, *, at: dt.datetime) -> Mapping[str, int]:
        """Return how many turns each person has had to their end; a turn that was passed on was theirs, too.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        session = self._session(at)
        each, more = divmod(session.turn, len(session.people) or 1)
        return {person: each + (place < more) for place, person in enumerate(session.people)}

    def everyone_was_heard(self, *, at: dt.datetime) -> bool:
        """Tell whether every turn about a concern is over: from then on there is room for requests and for solving.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        session = self._session(at)
        concerns = [place for place, each in enumerate(session.form.rounds, 1) if each.about is Subject.CONCERN]
        return session.is_together and session.turn >= max(concerns, default=0) * len(session.people)

    def heard_at(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return when everyone had had all their turns, or `None` if that had not come about by then.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        heard = self.stage(at=at) is Stage.HEARD
        return next((act.at for act, _ in self._steps(at)), None) if heard else None

    def understood(self, *, at: dt.datetime) -> tuple[str, ...]:
        """Return whose own "yes, you got it" was said by then, in the order of their turns.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        said = {act.author for act, step in self._steps(at) if step.word is Word.GOT_IT}
        return tuple(person for person in self._session(at).people if person in said)

    def words_are_kept(self, *, at: dt.datetime) -> bool:
        """Tell whether everyone would like the words to be kept.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        return self._session(at).keeps

    def transcript(self, *, at: dt.datetime) -> tuple[Entry, ...]:
        """Return the steps that were taken while everyone wanted the words kept; none unless everyone still does.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        told = self._history[: self._place(at)]
        return tuple(line for _, _, lines in told for line in lines) if self._session(at).keeps else ()

    def phrases(self, *, to: str, at: dt.datetime) -> tuple[Phrase, ...]:
        """Say to one person how it stands and what comes next; reminders before it begins, a reassurance at the end.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        return of_session(self._session(at), self.proposed(at=at), to=to, at=as_instant(at))

    def changes_at(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return when it stands otherwise if nobody says anything, or `None` if it stays as it is.

        Raises:
            UnknownStory: nobody had asked for it by then.
        """
        session, moment = self._session(at), as_instant(at)
        edges = (session.opens, session.lapses, session.ends)
        ahead = sorted({edge for edge in edges if edge is not None and edge > moment})
        return next((edge for edge in ahead if session.stage(edge) is not session.stage(moment)), None)

    def _steps(self, at: dt.datetime) -> Iterator[tuple[Entry, StepTaken]]:
        """Go back through the steps that counted by an instant: each of them names the one that it follows."""
        said = {act.content: act for act in self.told(at)}
        act = said[self._session(at).head]
        while isinstance(act.body, StepTaken):
            yield act, act.body
            act = said[act.body.follows]

    @cached_property
    def _history(self) -> tuple[Moment, ...]:
        return sessions(self.told(), self.membership)

    @property
    def _first(self) -> Session:
        if not self._history:
            raise UnknownStory(type(self).__name__)
        return self._history[0][1]

    def _place(self, at: dt.datetime) -> int:
        return bisect_right(self._history, as_instant(at), key=lambda moment: moment[0])

    def _session(self, at: dt.datetime) -> Session:
        """Return the fold of what had been said by an instant."""
        place = self._place(at)
        if not place:
            raise UnknownStory(type(self).__name__)
        return self._history[place - 1][1]
