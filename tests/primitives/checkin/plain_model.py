"""Check-ins told plainly: slow, by lists and enumeration, written from the rules and from no other code.

It takes what was agreed from `Proposal` (which has laws of its own) and everything else from the entries. For each
thing that someone says, it works out afresh what everyone could know at that instant.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from typing import Any, Final

from reconnect.consent.proposal import Proposal
from reconnect.primitives.checkin.acts import (
    Held,
    LetGo,
    Moved,
    Paused,
    Rainchecked,
    Resumed,
    Scheduled,
    Stopped,
)
from reconnect.primitives.checkin.occurrence import Counts, OccurrenceKey
from reconnect.primitives.checkin.rhythm import Rhythm
from reconnect.primitives.checkin.schedule import CheckInSchedule
from reconnect.record.entry import Entry
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import WEEKDAYS, Frequency
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap

DAYS: Final = 100  # how many days of each rule are written out: further than any test looks
NEVER: Final = dt.datetime(9999, 11, 30, tzinfo=dt.UTC)
CHANGING: Final = (Held, LetGo, Moved, Rainchecked)


def starts_of(rule: Recurrence) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Write out the local starts of a plain rule with their instants, day by day."""
    zone = zoneinfo.ZoneInfo(rule.zone)
    for number in range(DAYS):
        local = rule.start + dt.timedelta(days=number)
        if rule.rule.frequency is Frequency.DAILY:
            due = number % rule.rule.every == 0
        else:
            weeks = (local.date().toordinal() - 1) // 7 - (rule.start.date().toordinal() - 1) // 7
            due = WEEKDAYS[local.weekday()] in rule.rule.days and weeks % rule.rule.every == 0
        instant = local.replace(tzinfo=zone).astimezone(dt.UTC)
        skipped = instant.astimezone(zone).replace(tzinfo=None) != local
        if due and not (skipped and rule.gap is Gap.SKIP):
            yield local, instant


def table_of(rhythm: Rhythm, schedule: str) -> dict[OccurrenceKey, dt.datetime]:
    """Write out the check-ins of a rhythm; of several at one instant, the last by its clock is the one."""
    all_: dict[OccurrenceKey, dt.datetime] = {}
    for rule in rhythm.recurrences:
        for local, instant in starts_of(rule):
            all_.setdefault(OccurrenceKey(schedule=schedule, original_start=local, zone=rule.zone), instant)
    last: dict[dt.datetime, OccurrenceKey] = {}
    for key in sorted(all_):
        last[all_[key]] = key
    return {key: instant for instant, key in last.items()}


class Told:
    """What a schedule's acts come to as of an instant."""

    def __init__(self, story: CheckInSchedule, at: dt.datetime) -> None:
        """Read the acts one after the other."""
        self.at = at
        self.id = story.id
        self.tables: dict[int, dict[OccurrenceKey, dt.datetime]] = {}
        self.opens: dict[tuple[int, dt.datetime, dt.datetime], frozenset[dt.datetime]] = {}
        self.proposals = [
            Proposal(
                id=str(name),
                circle=story.circle,
                acts=tuple(act for act in story.acts if act.about == name),
                founding=story.founding,
            )
            for name in sorted({str(act.about) for act in story.acts if isinstance(act.body, Proposal.bodies)})
        ]
        self.acts = [act for act in self.in_order(story) if act.at <= at and act.about == story.id]
        self.times: dict[OccurrenceKey, list[dt.datetime]] = {}
        self.wishes: dict[OccurrenceKey, dict[str, dt.datetime]] = {}
        self.waiting: set[OccurrenceKey] = set()
        self.rainchecked: set[OccurrenceKey] = set()
        self.held: dict[OccurrenceKey, dict[str, Any]] = {}
        self.gone: set[OccurrenceKey] = set()
        self.worlds: dict[dt.datetime, list[dict[str, Any]]] = {}
        for act in self.acts:
            if isinstance(act.body, CHANGING):
                self.hear(act)

    @staticmethod
    def in_order(story: CheckInSchedule) -> list[Entry]:
        """Order what members said: by instant; at one instant protection last, then circle order, then id."""
        order = list(story.membership.order)
        heard = [act for act in story.acts if act.author in story.membership.at(act.at)]
        return sorted(
            heard,
            key=lambda act: (
                act.at,
                getattr(act.body, "protective", False),
                order.index(act.author),
                act.id,
                act.content,
            ),
        )

    # What was agreed.

    def world(self, at: dt.datetime) -> list[dict[str, Any]]:
        """Return the versions of the schedule as everyone could know them at an instant."""
        if at not in self.worlds:
            self.worlds[at] = self.versions(at)
        return self.worlds[at]

    def agreements(self, said: list[Entry], at: dt.datetime) -> dict[str, dict[str, Any]]:
        """Work out who agreed on what, and until when."""
        agreed: dict[str, dict[str, Any]] = {}
        for whole in self.proposals:
            if not any(act.at <= at for act in whole.acts):
                continue
            p = whole.as_of(at)
            for held in p.held():
                if isinstance(p.offer.value, Rhythm):
                    stops = [
                        act.at
                        for act in said
                        if isinstance(act.body, Stopped) and act.author in p.offer.people and act.at >= held.start
                    ]
                    agreed[p.id] = {
                        "rhythm": p.offer.value,
                        "people": p.offer.people,
                        "agreed": held.start,
                        "end": min([held.end, *stops]),
                        "lapse": held.start + p.offer.lasts,
                        "about": p.about,
                    }
        return agreed

    def versions(self, at: dt.datetime) -> list[dict[str, Any]]:
        """Lay what was agreed about this schedule end to end."""
        said = [act for act in self.acts if act.at <= at]
        agreed = self.agreements(said, at)
        wanted = [(p["agreed"], 0, name) for name, p in agreed.items() if p["about"] == self.id]
        for place, act in enumerate(said):
            if isinstance(act.body, Scheduled) and act.body.proposal in agreed:
                named = agreed[act.body.proposal]
                if named["about"] is None and act.author in named["people"]:
                    wanted.append((act.at, place + 1, act.body.proposal))
        line: list[dict[str, Any]] = []
        for since, place, name in sorted(wanted):
            terms = agreed[name]
            in_force = bool(line) and since < line[-1]["until"]
            if terms["agreed"] <= since <= terms["end"] and not (in_force and place > 0):
                if line and since <= line[-1]["until"]:
                    line[-1]["until"] = since
                    line[-1]["followed"] = True
                line.append({**terms, "since": since, "until": terms["end"], "followed": False})
        for number in reversed(range(len(line))):
            version = line[number]
            version["ends"] = version["end"]
            if version["followed"]:
                own = NEVER if version["end"] == version["lapse"] else version["end"]
                version["ends"] = min(own, line[number + 1]["ends"])
        return [version for version in line if version["since"] < version["until"]]

    def table(self, rhythm: Rhythm) -> dict[OccurrenceKey, dt.datetime]:
        """Write out a rhythm, once."""
        if id(rhythm) not in self.tables:
            self.tables[id(rhythm)] = table_of(rhythm, self.id)
        return self.tables[id(rhythm)]

    # Where a check-in is.

    def find(self, key: OccurrenceKey, known: dt.datetime) -> dict[str, Any] | None:
        """Return where a check-in stands, as known at an instant: the first version that opens it has it."""
        if key in self.held:
            return self.held[key]
        taken: set[dt.datetime] = set()
        for version in self.world(known):
            table, rhythm = self.table(version["rhythm"]), version["rhythm"]
            if key in table and table[key] >= version["since"] and table[key] not in taken:
                starts = [table[key], *self.times.get(key, [])]
                before = starts[-1]
                if key in self.waiting:
                    starts.append(max(self.wishes[key].values()))
                if any(start - rhythm.early < version["until"] for start in starts):
                    return {
                        "version": version,
                        "original": table[key],
                        "start": starts[-1],
                        "window": (starts[-1] - rhythm.early, starts[-1] + rhythm.late),
                        "before": (before - rhythm.early, before + rhythm.late),
                        "before start": before,
                        "moved": before != table[key],
                    }
            if version is not self.world(known)[-1]:
                taken |= self.opened(version)
        return None

    def opened(self, version: dict[str, Any]) -> frozenset[dt.datetime]:
        """Return the starts of the check-ins that a version opens by its rhythm alone, written out once."""
        name = (id(version["rhythm"]), version["since"], version["until"])
        if name not in self.opens:
            times, early = self.table(version["rhythm"]).values(), version["rhythm"].early
            since = (at for at in times if version["since"] <= at)
            self.opens[name] = frozenset(at for at in since if at - early < version["until"])
        return self.opens[name]

    # What people said.

    def hear(self, act: Entry) -> None:  # noqa: C901, PLR0911 - the rules, one after the other
        """Take in one thing that someone said about one check-in, if it was allowed."""
        key, now = act.body.key, act.at  # type: ignore[attr-defined]  # only acts about one check-in come here
        found = self.find(key, now)
        if found is None or key in self.held or act.author not in found["version"]["people"]:
            return
        opens, closes = found["window"]
        ends = found["version"]["ends"]
        if isinstance(act.body, Held):
            when = now if act.body.when is None else act.body.when
            if when > now or when >= ends:
                return
            if opens <= when < closes:
                self.held[key] = found
            elif found["before"][0] <= when < found["before"][1]:
                self.held[key] = {**found, "start": found["before start"], "window": found["before"]}
            return
        if key in self.gone or now >= closes or now >= ends:
            return
        if isinstance(act.body, LetGo):
            self.gone.add(key)
            return
        to = act.body.to  # type: ignore[attr-defined]  # only new times are left
        if to <= now or to > NEVER:
            return
        same, wishes = to == found["start"] and key not in self.waiting, self.wishes.setdefault(key, {})
        if isinstance(act.body, Moved) and same:
            wishes.pop(act.author, None)
            return
        if isinstance(act.body, Rainchecked):
            if same:
                return
            self.waiting.add(key)
            self.rainchecked.add(key)
        wishes[act.author] = to
        everyone = all(wishes.get(person) == to for person in found["version"]["people"])
        if everyone and (key in self.waiting or now < opens):
            self.times.setdefault(key, []).append(to)
            self.waiting.discard(key)
            self.wishes[key] = {}

    def paused(self, found: dict[str, Any]) -> bool:
        """Tell whether a check-in lies in someone's pause, less what its author resumed."""
        for place, act in enumerate(self.acts):
            if not isinstance(act.body, Paused) or act.author not in found["version"]["people"]:
                continue
            resumed = [
                later.at
                for later in self.acts[place + 1 :]
                if isinstance(later.body, Resumed) and later.author == act.author
            ]
            end = min([act.body.window.end, *resumed])
            if act.body.window.start <= found["start"] < end and act.at < found["window"][1]:
                return True
        return False

    # What it comes to.

    def keys(self) -> set[OccurrenceKey]:
        """Return every check-in that there may be."""
        tables = (self.table(version["rhythm"]) for version in self.world(self.at))
        return set().union(*tables, self.times, self.wishes, self.held)

    def occurrences(self, within: Window) -> list[tuple[Any, ...]]:
        """Return the check-ins whose slot starts inside a window, in order."""
        found = {key: self.find(key, self.at) for key in self.keys()}
        return sorted(
            (there["start"], key, *there["window"], there["moved"], key in self.rainchecked)
            for key, there in found.items()
            if there is not None and within.start <= there["start"] < within.end
        )

    def standing(self, key: OccurrenceKey) -> str:
        """Tell how a check-in stands."""
        found = self.find(key, self.at)
        if key in self.held:
            return "held"
        if found is None or key in self.gone:
            return "let_go"
        if self.paused(found):
            return "paused"
        opens, closes = found["window"]
        ended = found["version"]["ends"] < closes and found["version"]["ends"] <= self.at
        if ended or (self.at >= closes and key in self.waiting):
            return "let_go"
        if self.at >= closes:
            return "unanswered"
        return "open" if self.at >= opens and key not in self.waiting else "not_due"

    def counts(self, within: Window) -> Counts:
        """Count the check-ins whose slot starts inside a window."""
        standings = [self.standing(there[1]) for there in self.occurrences(within)]
        due = [standing for standing in standings if standing in {"held", "unanswered"}]
        return Counts(
            due=len(due),
            held=standings.count("held"),
            paused=standings.count("paused"),
            let_go=standings.count("let_go"),
        )
