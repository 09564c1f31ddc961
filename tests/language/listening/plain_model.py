"""Listening told plainly: one changing object, words instead of types, every rule as it stands in the docs."""

import datetime as dt
from typing import Final

import pendulum

from reconnect.language.listening import Listening, ListeningForm
from reconnect.language.listening.acts import (
    AskedToListen,
    ListeningPaused,
    ListeningStopped,
    NotThen,
    StepTaken,
    TimeSuits,
    WentOn,
    WordsNotWanted,
    WordsWanted,
)
from reconnect.record.entry import Entry

HOUR: Final = dt.timedelta(hours=1)
SPEAKERS: Final = {"speak", "confirm", "more", "answer"}
BEFORE_STEPS: Final = (TimeSuits, NotThen, WentOn, WordsWanted, WordsNotWanted)
AFTER_STEPS: Final = (ListeningPaused, ListeningStopped)


class Model:
    """A talk as somebody with a sheet of paper would keep track of it."""

    def __init__(self, people: list[str], form: ListeningForm, ends: list[pendulum.DateTime]) -> None:
        """Begin with an empty sheet."""
        self.people = people
        self.rounds = [(each.about.value, {step.value for step in each.steps}) for each in form.rounds]
        self.ends = ends
        self.says: dict[str, pendulum.DateTime | None] = {}
        self.opened: pendulum.DateTime | None = None
        self.began = False
        self.step = "speak"
        self.had = dict.fromkeys(people, 0)
        self.resting: set[str] = set()
        self.want: set[str] = set()
        self.stopped = False

    def finished(self) -> bool:
        """Everyone had a turn in every round."""
        return len(self.people) > 1 and all(count == len(self.rounds) for count in self.had.values())

    def stage(self, at: pendulum.DateTime) -> str:
        """Return the name of the stage."""
        if self.stopped:
            return "stopped"
        if self.finished():
            return "heard"
        if any(end <= at for end in self.ends):
            return "stopped"
        if self.resting:
            return "paused"
        if self.opened is None or (not self.began and at >= self.opened + HOUR):
            return "asked"
        return "ahead" if at < self.opened else "open"

    def speaker(self) -> str:
        """Whoever has had the fewest turns; among those, whoever comes first."""
        return min(self.people, key=lambda person: self.had[person])

    def listener(self) -> str:
        """Whoever sits next to the speaker; in the next round one further, and around again without the speaker."""
        me = self.people.index(self.speaker())
        others = self.people[me + 1 :] + self.people[:me]
        return others[self.had[self.speaker()] % len(others)]

    def person(self) -> str:
        """Whose step it is."""
        return self.speaker() if self.step in SPEAKERS else self.listener()

    def words(self) -> set[str]:
        """What can be said now."""
        return {
            "speak": {"spoke", "passed_on"},
            "say_back": {"said_back"},
            "confirm": {"got_it", "not_quite"},
            "ask_more": {"asked_for_more"},
            "more": {"spoke", "no_more"},
            "clarify": {"clarified", "passed_on"},
            "answer": {"spoke", "passed_on"},
            "validate": {"validated", "passed_on"},
            "empathise": {"empathised", "passed_on"},
        }[self.step]

    def take(self, word: str) -> None:
        """Take the step: go through the turn once more, and see where one ends up."""
        self.began = True
        _, steps = self.rounds[self.had[self.speaker()]]
        gone = {
            "not_quite": "say_back",
            "said_back": "confirm",
            "asked_for_more": "more",
            "clarified": "answer",
        }.get(word)
        if gone is None and word == "spoke" and "say_back" in steps:
            gone = "say_back"
        if gone is None:
            over = {"confirm": 1, "more": 2, "clarify": 3, "answer": 3, "validate": 4, "empathise": 5}
            left = ["say_back", "ask_more", "clarify", "validate", "empathise"][over.get(self.step, 5) :]
            gone = next((step for step in left if step in steps), None)
        if gone is None:
            self.had[self.speaker()] += 1
        self.step = gone or "speak"

    def talk_about_time(self, by: str, start: pendulum.DateTime | None, at: pendulum.DateTime) -> None:
        """Note what somebody says about the time."""
        if not self.began:
            self.says[by] = start
            said = {self.says.get(person) for person in self.people}
            agreed = next(iter(said)) if len(said) == 1 and len(self.people) > 1 else None
            self.opened = None if agreed is None else max(agreed, at)


def retold(talk: Listening, at: pendulum.DateTime) -> tuple[Model, list[str]] | None:
    """Tell a talk as of an instant, reading all its acts anew; beside it the words that everyone wanted kept."""
    acts = list(talk.told(at))
    first = next((act for act in acts if isinstance(act.body, AskedToListen)), None)
    if first is None or not isinstance(first.body, AskedToListen):
        return None
    stays = [stay for stay in talk.membership.stays if stay.covers(first.at)]
    people = [person for person in talk.membership.order if person in {stay.person for stay in stays}]
    while people and people[0] != first.author:
        people.append(people.pop(0))
    ends = [end for end in (*(stay.until for stay in stays), talk.membership.ended) if end is not None]
    ends += [first.at] if talk.founding and len(people) < 2 else []
    model = Model(people, first.body.form, ends)
    model.says[first.author] = max(first.body.start, first.at)
    head, kept = first.content, []
    for moment in sorted({act.at for act in acts if act.at >= first.at}):
        now = [act for act in acts if act.at == moment]
        if model.stage(moment) in {"heard", "stopped"}:
            break
        _tell_all(model, now, BEFORE_STEPS)
        while (step := _next(model, now, head)) is not None:
            model.take(step[1])
            head = step[0].content
            kept += [step[0].id] if set(people) <= model.want else []
        _tell_all(model, now, AFTER_STEPS)
    return model, kept if people and set(people) <= model.want else []


def _next(model: Model, now: list[Entry], head: str) -> tuple[Entry, str] | None:
    """Find the first act of an instant that is the next step of the talk."""
    for act in now:
        word = act.body.word.value if isinstance(act.body, StepTaken) and act.body.follows == head else ""
        if model.stage(act.at) == "open" and act.author == model.person() and word in model.words():
            return act, word
    return None


def _tell_all(model: Model, now: list[Entry], kinds: tuple[type, ...]) -> None:
    for act in (act for kind in kinds for act in now if isinstance(act.body, kind)):
        if not model.people or act.author in model.people:
            _tell(model, act.author, act.body, act.at)


def _tell(model: Model, by: str, body: object, at: pendulum.DateTime) -> None:
    match body:
        case TimeSuits(start=start):
            if at < start + HOUR:
                model.talk_about_time(by, start, at)
        case NotThen(start=start):
            model.talk_about_time(by, None if start is None or start < at else start, at)
        case WentOn():
            model.resting.discard(by)
        case ListeningPaused():
            model.resting.add(by)
        case WordsWanted():
            model.want.add(by)
        case WordsNotWanted():
            model.want.discard(by)
        case _:
            model.stopped = True
