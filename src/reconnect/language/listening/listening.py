"""Listening is a talk in turns: one person has the floor, another says back what they heard, then they swap."""

import datetime as dt
from typing import Final, Self

import pendulum
from attrs import evolve, frozen

from reconnect.errors import InvalidListening, NotNow, NotYours, NotYourStep
from reconnect.language.listening.acts import (
    AskedToListen,
    ListeningPaused,
    ListeningStopped,
    NotThen,
    StepTaken,
    TimeSuits,
    WentOn,
    Word,
    WordsNotWanted,
    WordsWanted,
)
from reconnect.language.listening.form import ListeningForm
from reconnect.language.listening.session import STANDS, Session, Stage
from reconnect.language.listening.talk import Talk
from reconnect.language.listening.words import expected
from reconnect.people.circle import Circle
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant

__all__ = ["Listening"]

IN_TURNS: Final = ListeningForm()


@frozen(kw_only=True)
class Listening(Talk):
    """A talk in which one person has the floor, and another says back what they heard until the speaker says: yes.

    It opens by appointment, once everyone said yes to one time. The speaker keeps the floor until they were heard;
    nobody answers back meanwhile, and nothing is solved before everyone was heard. Then the next one speaks. Anyone
    may pause or stop, at once and without a reason, at any moment.

    >>> import pendulum
    >>> from reconnect.people.person import Person
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> talk = Listening.ask(id="l1", circle=us, by="ana", at=now).suits(now, by="ben", at=now)
    >>> talk = talk.speak(by="ana", at=now).say_back(by="ben", at=now).not_quite(by="ana", at=now)
    >>> talk.floor(at=now).speaker, talk.floor(at=now).step
    ('ana', <Step.SAY_BACK: 'say_back'>)
    >>> talk.speak("but I ...", by="ben", at=now)
    Traceback (most recent call last):
    reconnect.errors.refusal.NotNow: expected ben to say it back

    What people get wrong: the speaker, and nobody else, decides whether they were understood. The words themselves
    are kept only while everyone wants that; otherwise only the fact that a step was taken is written down.

    Laws:
        The floor is never with two people. Whenever a turn begins, nobody has had two turns more than another, and a
        session that comes to its end gave everyone the same number. Everyone can pause and stop at every moment.
        Merging, replaying and reordering change nothing. What stands at `t` depends only on acts at or before `t`.

    Sources:
        See `ListeningForm`. A yes to a time is good for one hour: ours, no study.
    """

    @classmethod
    def ask(
        cls,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
        start: dt.datetime | None = None,
        form: ListeningForm = IN_TURNS,
        topic: str | None = None,
    ) -> Self:
        """Ask everyone: is now good, or another time? Whoever asks has the first turn.

        Args:
            id: the id of this session; each one has its own.
            circle: the circle, or its id.
            by: who asks.
            at: now, as the host sees it.
            start: the time asked for; now unless said otherwise.
            form: how it goes.
            topic: the key of what it is about, one topic for one session.

        Raises:
            InvalidListening: the time has passed already.
            NotAMember: the circle is known and `by` is not in it at that time.
        """
        body = AskedToListen(start=_ahead(start, at), form=form, topic=topic)
        return cls.begin(body, id=id, circle=circle, by=by, at=at)

    def suits(self, start: dt.datetime, *, by: str, at: dt.datetime) -> Self:
        """Say yes to one very time (see `proposed`); a yes to "now" is good for an hour.

        Raises:
            NotNow: the time has passed, or the talk has begun or ended.
            NotYours: it does not concern this person.
        """
        session, body = self._unbegun(by, at), TimeSuits(start=start)
        if elapsed(body.start, STANDS) <= as_instant(at):
            raise NotNow("a time that has not passed")
        return self if session.times.get(by) == body.start else self.say(body, by=by, at=at)

    def another_time(self, start: dt.datetime | None = None, *, by: str, at: dt.datetime) -> Self:
        """Say that the time does not suit, and perhaps which one would; it needs no reason.

        Raises:
            InvalidListening: the time has passed already.
            NotNow: the talk has begun or ended; it can be paused or stopped.
            NotYours: it does not concern this person.
        """
        session = self._unbegun(by, at)
        body = NotThen(start=None if start is None else _ahead(start, at))
        said = by in session.times and session.times[by] == body.start
        return self if said else self.say(body, by=by, at=at)

    def speak(self, text: str | None = None, *, by: str, at: dt.datetime) -> Self:
        """Speak, when one has the floor: first, or as there is more, or to answer what was unclear."""
        return self._take(Word.SPOKE, by, at, text)

    def say_back(self, text: str | None = None, *, by: str, at: dt.datetime) -> Self:
        """Say back what one heard, as the listener."""
        return self._take(Word.SAID_BACK, by, at, text)

    def got_it(self, *, by: str, at: dt.datetime) -> Self:
        """Say "yes, you got it", as the speaker."""
        return self._take(Word.GOT_IT, by, at)

    def not_quite(self, text: str | None = None, *, by: str, at: dt.datetime) -> Self:
        """Say "not quite", as the speaker, and perhaps what is missing; the listener says it back once more."""
        return self._take(Word.NOT_QUITE, by, at, text)

    def ask_for_more(self, *, by: str, at: dt.datetime) -> Self:
        """Ask "is there more?", as the listener."""
        return self._take(Word.ASKED_FOR_MORE, by, at)

    def no_more(self, *, by: str, at: dt.datetime) -> Self:
        """Say "no, that was all", as the speaker; if there is more, `speak`."""
        return self._take(Word.NO_MORE, by, at)

    def clarify(self, text: str | None = None, *, by: str, at: dt.datetime) -> Self:
        """Ask about what is unclear, as the listener; the speaker may answer, or pass on."""
        return self._take(Word.CLARIFIED, by, at, text)

    def validate(self, text: str | None = None, *, by: str, at: dt.datetime) -> Self:
        """Say what makes sense from the speaker's side, as the listener; that is not agreeing."""
        return self._take(Word.VALIDATED, by, at, text)

    def empathise(self, text: str | None = None, *, by: str, at: dt.datetime) -> Self:
        """Say what the speaker may be feeling, as the listener."""
        return self._take(Word.EMPATHISED, by, at, text)

    def pass_on(self, *, by: str, at: dt.datetime) -> Self:
        """Leave out one's step, or pass one's turn, without a reason; saying back is the one step that stays.

        Raises:
            NotNow: the step cannot be left out; it can be paused or stopped.
            NotYourStep: it is another person's step.
        """
        return self._take(Word.PASSED_ON, by, at)

    def pause(self, *, by: str, at: dt.datetime) -> Self:
        """Take a break, alone and at once; never refused to anyone whom it concerns, and once is enough.

        Raises:
            NotYours: it does not concern this person.
        """
        session = self._concerning(by, at)
        idle = session.is_over(as_instant(at)) or by in session.away
        return self if idle else self.say(ListeningPaused(), by=by, at=at)

    def go_on(self, *, by: str, at: dt.datetime) -> Self:
        """Say that one is ready again; the talk goes on where it was once everyone who took a break is.

        Raises:
            NotYours: it does not concern this person.
        """
        session = self._concerning(by, at)
        return self.say(WentOn(), by=by, at=at) if by in session.away else self

    def stop(self, *, by: str, at: dt.datetime) -> Self:
        """End the talk, alone and at once, without a reason; never refused to anyone whom it concerns.

        Raises:
            NotYours: it does not concern this person.
        """
        session = self._concerning(by, at)
        return self if session.is_over(as_instant(at)) else self.say(ListeningStopped(), by=by, at=at)

    def keep_words(self, *, by: str, at: dt.datetime) -> Self:
        """Say that one would like the words to be kept; they are, from everyone's wish on."""
        wanted = by in self._concerning(by, at).wanted
        return self if wanted else self.say(WordsWanted(), by=by, at=at)

    def keep_no_words(self, *, by: str, at: dt.datetime) -> Self:
        """Say that one would rather not have the words kept: no new ones are, and `transcript` shows none."""
        wanted = by in self._concerning(by, at).wanted
        return self.say(WordsNotWanted(), by=by, at=at) if wanted else self

    def _take(self, word: Word, by: str, at: dt.datetime, text: str | None = None) -> Self:
        """Take a step after the one that was taken last; its words go along only if everyone wants them kept."""
        session, moment = self._concerning(by, at), as_instant(at)
        floor = session.floor if session.stage(moment) is Stage.OPEN else None
        if floor is None or word not in floor.words:
            raise NotNow(expected(session, moment))
        if floor.person != by:
            raise NotYourStep(expected(session, moment))
        said = StepTaken(word=word, follows=session.head, text=text)
        return self.say(said if session.keeps else evolve(said, text=None), by=by, at=at)

    def _unbegun(self, by: str, at: dt.datetime) -> Session:
        """Return the session while the time can still be talked about, or refuse."""
        session = self._concerning(by, at)
        if session.began or session.is_over(as_instant(at)):
            raise NotNow("a talk that has not begun; one that has can be paused or stopped")
        return session

    def _concerning(self, by: str, at: dt.datetime) -> Session:
        """Return the session at the instant in which a person says something in it, or refuse."""
        session = self._session(at)
        if session.people and by not in session.people:
            raise NotYours
        return session


def _ahead(start: dt.datetime | None, at: dt.datetime) -> pendulum.DateTime:
    """Return the time asked for, now unless one is named, or refuse one that has passed."""
    moment = as_instant(at if start is None else start)
    if moment < as_instant(at):
        raise InvalidListening("a time that lies ahead", "one that has passed")
    return moment
