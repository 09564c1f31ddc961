"""Gentle readings: how a stretch of time went for one person, or for all by what they shared, in one sentence each."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import mean, median
from typing import Final

from reconnect.metrics._dips import dips
from reconnect.metrics._interval import of_count, of_odds, of_share
from reconnect.metrics._notes import Notes, amounts, in_days, noted, on_scale
from reconnect.metrics._occasions import counted, felt, one_by_one, talks
from reconnect.metrics._telling import HEADING, told, told_on, too_early
from reconnect.metrics.level import UsualLevel
from reconnect.metrics.rating import Feelings, Moments
from reconnect.metrics.reading import ENOUGH, Reading
from reconnect.metrics.scale import CONSTRUCTIVE, CONVERSATION, DIFFICULT, MOOD, OPENNESS, POSITIVE, Scale
from reconnect.metrics.trend import MOST, Trend
from reconnect.phrase import Phrase
from reconnect.primitives.checkin import CheckInSchedule, scheduled
from reconnect.primitives.commitment import all_kept
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = [
    "adherence",
    "constructiveness",
    "conversation_quality",
    "feelings",
    "kept_commitments",
    "mood",
    "mood_recovery",
    "mood_variability",
    "openness",
    "positive_interactions",
    "positive_to_difficult",
    "rated",
    "usual_level",
]

DIPS: Final = 3  # dips below which it is too early to say; ours, no study
ALIKE: Final = Fraction(1, 2)  # labels between neighbouring days; ours: below half a word they are much alike
APART: Final = Fraction(3, 2)  # and above one and a half they are several words apart


def rated(view: View, within: Window, *, scale: Scale, shared: bool = False) -> Reading:
    """Read what people answered on a scale, such as one that the host app brings.

    A private reading rests on the reader's own entries and on nothing else. A shared one (`shared=True`) rests on
    what everyone chose to share, so it is the same for all who see the same; it never holds anything private, not
    even the reader's own.

    Each day counts once, as the mean of its answers; what is told is the middle of a person's days, so that a
    single odd day moves nothing. A day without an answer is left out: it is not a zero, and nothing is filled in.

    Args:
        view: whose reading it is, and as of when.
        within: which days: those that begin in it, on each person's own clock.
        scale: the scale.
        shared: rest on what everyone shared, instead of on the reader's own.
    """
    return told_on(scale, on_scale(view, within, scale, shared=shared), shared=shared)


def mood(view: View, within: Window, *, scale: Scale = MOOD, shared: bool = False) -> Reading:
    """Read how a person's days felt to them, on five steps with kind words (see `rated`).

    >>> import pendulum
    >>> from reconnect.metrics import Rating
    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> from reconnect.record.entry import Entry
    >>> from reconnect.record.memory import MemoryJournal
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> monday, journal = pendulum.datetime(2026, 1, 5, 20), MemoryJournal()
    >>> told = journal.found(us, by="ana", at=monday)
    >>> for day, number in enumerate((4, 4, 1, 4, 5)):
    ...     at, body = monday.add(days=day), Rating.of(MOOD, number)
    ...     told = journal.append(Entry(circle="c1", author="ana", id=f"e{day}", at=at, body=body), acting="ana")
    >>> week = Window(monday.subtract(days=1), monday.add(days=6))
    >>> reading = mood(journal.view("ana", circle="c1", at=week.end), week)
    >>> reading.value, reading.n, reading.spread, reading.direction  # one odd day moves nothing
    (Fraction(4, 1), 5, (Fraction(4, 1), Fraction(4, 1)), <Direction.TOO_EARLY: 'too_early'>)
    >>> mood(journal.view("ben", circle="c1", at=week.end), week).value is None  # what is ana's stays hers
    True

    Args:
        view: whose reading it is, and as of when.
        within: which days: those that begin in it, on each person's own clock.
        scale: another scale of mood than the library's own.
        shared: rest on what everyone shared, instead of on the reader's own.
    """
    return rated(view, within, scale=scale, shared=shared)


def openness(view: View, within: Window, *, shared: bool = False) -> Reading:
    """Read how far "I could say what I wanted" was true (see `rated`).

    It is a routine question for everyone. Whether somebody is afraid is asked elsewhere, and never shared.
    """
    return rated(view, within, scale=OPENNESS, shared=shared)


def conversation_quality(view: View, within: Window, *, shared: bool = False) -> Reading:
    """Read how talks went, one by one: each counts once, as it was answered last (see `rated` for what it rests on).

    A talk is what an answer is about (`Entry.about`: a listening, a schedule of check-ins), on its day. Answers
    about nothing that is named cannot be told apart within a day, so they count as one talk, by their mean.

    Args:
        view: whose reading it is, and as of when.
        within: which days: those that begin in it, on each person's own clock.
        shared: rest on what everyone shared, instead of on the reader's own.
    """
    return told_on(CONVERSATION, talks(view, within, CONVERSATION, shared=shared), shared=shared)


def constructiveness(view: View, within: Window, *, shared: bool = False) -> Reading:
    """Read how constructive check-ins felt, one by one: each that was held counts once, as it was rated last.

    Args:
        view: whose reading it is, and as of when.
        within: check-ins that were planned to start in it.
        shared: rest on the ratings that everyone shared, instead of on the reader's own.
    """

    def said(value: Fraction, notes: Sequence[Notes], heading: Phrase) -> Phrase:
        title, label = CONSTRUCTIVE.title, CONSTRUCTIVE.label(value)
        return Phrase.of(
            "reading.occasions", title=title, n=sum(each.n for each in notes), label=label, heading=heading
        )

    return told(CONSTRUCTIVE.title, felt(view, within, shared=shared), said)


def positive_interactions(view: View, within: Window, *, shared: bool = False) -> Reading:
    """Read how many moments a day felt good, on the days of which somebody noted any, or noted none.

    A day without a note is no day without good moments; it is left out.

    Args:
        view: whose reading it is, and as of when.
        within: which days: those that begin in it, on each person's own clock.
        shared: rest on what everyone shared, instead of on the reader's own.
    """
    days = amounts(noted(view, within, Moments, POSITIVE, shared=shared), lambda tally: Fraction(tally.total))

    def said(_value: Fraction, notes: Sequence[Notes], heading: Phrase) -> Phrase:
        count = sum(number for each in notes for _, number in each.points)
        many = sum(len(each.points) for each in notes)
        return Phrase.of("reading.positive", count=int(count), days=many, heading=heading)

    return told(POSITIVE.title, days, said, usual=mean)


def positive_to_difficult(view: View, within: Window, *, shared: bool = False) -> Reading:
    """Put good moments beside hard ones, for whoever asks for it; it is part of no other reading.

    It depends on what somebody happens to note, and it grades nobody. Observers who counted five to one did so in
    talks in a laboratory. No hard moments at all is not infinity: there is no value then, and its interval has no end.

    The interval is that of the share of good ones among all (Wilson 1927), as odds. It takes each moment for
    independent of the others; moments of one day resemble each other, so it is rather too narrow.

    Args:
        view: whose reading it is, and as of when.
        within: which days: those that begin in it, on each person's own clock.
        shared: rest on what everyone shared, instead of on the reader's own.
    """
    good = [tally for own in noted(view, within, Moments, POSITIVE, shared=shared) for tally in own]
    hard = [tally for own in noted(view, within, Moments, DIFFICULT, shared=shared) for tally in own]
    n, positive, difficult = (
        sum(each) for each in ((b.n for b in good), (b.total for b in good), (b.total for b in hard))
    )
    if len(good) < ENOUGH:
        return too_early(POSITIVE.title, n)
    interval = of_odds(positive, difficult)
    if not difficult:
        return Reading(n=n, interval=interval, phrase=Phrase.of("reading.no_difficult", count=positive))
    phrase = Phrase.of("reading.positive_to_difficult", positive=positive, difficult=difficult)
    return Reading(value=Fraction(positive, difficult), n=n, interval=interval, phrase=phrase)


def adherence(view: View, within: Window, *, schedule: CheckInSchedule | str | None = None) -> Reading:
    """Read how many of the check-ins that were due took place: everybody's together, and nobody's share.

    What was paused, let go, or kept closed by a time-out counts for nothing and against nobody; where nothing was
    due there is no value. It is the same for everyone in the circle.

    The interval is the one of Wilson (1927) for a share. It takes each check-in for independent of the others;
    evenings resemble their neighbours, so it is a little narrow. It holds nothing but the two counts beside it.

    Args:
        view: whose reading it is, and as of when.
        within: check-ins whose slot starts in it.
        schedule: one schedule, or its id; by default all of them together.

    Raises:
        UnknownStory: the reader can see no such schedule.
    """
    schedules = _schedules(view, schedule)
    counts = counted(view, within, schedules)
    if counts.due < ENOUGH:
        return too_early(Phrase.of("reading.check_ins"), counts.due)
    direction = Trend.of(*(one_by_one(view, within, each) for each in schedules)).direction
    return Reading(
        value=counts.adherence,
        n=counts.due,
        interval=of_share(counts.held, counts.due),
        direction=direction,
        phrase=Phrase.of("reading.adherence", held=counts.held, heading=HEADING[direction]),
    )


def kept_commitments(view: View, within: Window) -> Reading:
    """Read how many promises were kept here: everybody's together, and nobody's share.

    It has no "out of": what is past its time is its owner's alone. So it has no direction, either; fewer promises
    kept may be fewer promises made. It rests on shared acts, and is the same for everyone who was there.

    The interval is the same score interval for a count without an "out of": how many might be kept in other
    stretches as long as this one, each independent of the others. It holds nothing but the count.

    Args:
        view: whose reading it is, and as of when.
        within: when it was told that they were kept.
    """
    n = sum(act.at in within for act in all_kept(view))
    if n < ENOUGH:
        return too_early(Phrase.of("reading.kept_title"), n)
    return Reading(value=Fraction(n), n=n, interval=of_count(n), phrase=Phrase.of("reading.kept", count=n))


def mood_variability(view: View, within: Window, *, scale: Scale = MOOD) -> Reading:
    """Read how much the reader's own days differ from one to the next; for nobody else.

    Only days next to each other are compared. Days that differ are as good as days that do not.
    """
    (own,) = on_scale(view, within, scale, shared=False)
    steps = tuple((x, abs(z - y)) for (w, y), (x, z) in pairwise(own.points) if x == w + 1)

    def said(value: Fraction, _notes: Sequence[Notes], heading: Phrase) -> Phrase:
        labels = value / scale.point
        key = "reading.alike" if labels < ALIKE else "reading.apart" if labels < APART else "reading.far_apart"
        return Phrase.of("reading.variability", title=scale.title, how=Phrase.of(key), heading=heading)

    return told(scale.title, [Notes(n=own.n, points=steps)], said)


def mood_recovery(view: View, within: Window, *, scale: Scale = MOOD) -> Reading:
    """Read after how many of the reader's own heavier times the days found back to their usual within a week.

    Usual is the middle of the reader's own days, and a heavier time begins with a day a whole word below it. How
    fast the days found back makes no difference, and a time of which too little is written is left out.

    The interval is the one of Wilson (1927) for a share, over the times that could be told of, each taken for
    independent of the others. It is wide, for these are few.
    """
    (own,) = on_scale(view, within, scale, shared=False)
    title = Phrase.of("reading.finding_back")
    if len(own.points) < ENOUGH:
        return too_early(title, own.n)
    found = dips(own.points, usual=median(number for _, number in own.points), depth=scale.point)
    if found.told < DIPS:
        return too_early(title, own.n)
    said = Phrase.of("reading.found_back", back=found.back) if found.back else Phrase.of("reading.in_time")
    interval = of_share(found.back, found.told)
    return Reading(value=Fraction(found.back, found.told), n=own.n, interval=interval, phrase=said)


def usual_level(view: View, within: Window, *, scale: Scale = MOOD) -> UsualLevel | None:
    """Return where the reader's own days are now and what is usual for them, or `None` below five days.

    It goes by the latest sixty days with a note in the window: what was usual long ago may not be usual now.
    """
    (own,) = on_scale(view, within, scale, shared=False)
    return UsualLevel.of(own.points[-MOST:]) if len(own.points) >= ENOUGH else None


def feelings(view: View, within: Window) -> tuple[str, ...]:
    """Return the words that the reader found for how it felt, each once, by the alphabet; they are never counted."""
    (own,) = in_days(view, within, Feelings, shared=False)
    about = (entry.body.words for _, entry in own if isinstance(entry.body, Feelings))
    return tuple(sorted({word for words in about for word in words}))


def _schedules(view: View, schedule: CheckInSchedule | str | None) -> tuple[CheckInSchedule, ...]:
    if schedule is None:
        return scheduled(view)
    return (view.state(CheckInSchedule, schedule if isinstance(schedule, str) else schedule.id),)
