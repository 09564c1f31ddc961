"""The phrasebook turns phrases into sentences: a locale, a zone and names come in only here."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Final

from attrs import field, frozen

from reconnect.errors import InvalidPhrase
from reconnect.language._shelf import PHRASES, locales_on, nearest, tables
from reconnect.phrase import Param, Phrase
from reconnect.temporal.zone import as_zone, local_time

__all__ = ["locales", "render"]

_NOBODY: Final[Mapping[str, str]] = {}
_WORDS: Final = frozenset({"calendar", "words"})  # tables of a pack that hold no sentences
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def render(phrase: Phrase, *, locale: str = "en", zone: str = "UTC", names: Mapping[str, str] = _NOBODY) -> str:
    """Say a phrase in the words of a locale, with local times and the names people like to be called.

    >>> phrase = Phrase.of("outlook.open", until=dt.datetime(2026, 1, 5, 21, tzinfo=dt.UTC))
    >>> render(phrase, zone="Europe/Paris")
    'A check-in is open now, until 22:00.'
    >>> render(phrase, zone="Europe/Vienna", locale="de-AT")
    'Ein Check-in ist gerade offen, bis 22:00 Uhr.'

    Args:
        phrase: what to say.
        locale: a language, such as `en`, or a locale of it: `de-AT` is said as `de`.
        zone: the zone of the person it is said to.
        names: how people like to be called, by id (`view.names`); an id stands for itself where none is given.

    Raises:
        InvalidPhrase: there is no such locale or key, or a parameter is missing or of another type.
        InvalidZone: there is no such zone.
    """
    return _Voice(pack=_pack(locale), zone=as_zone(zone), names=names).say(phrase)


def locales() -> tuple[str, ...]:
    """Return the locales that have a pack; `de-AT` is answered by `de`."""
    return locales_on(PHRASES)


@frozen(kw_only=True)
class _Pack:
    """What one locale knows: sentences by key, and its words for days, months and stretches of time."""

    sentences: Mapping[str, str]
    words: Mapping[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]


def _pack(locale: str) -> _Pack:
    found = nearest(locale, PHRASES)
    if found is None:
        raise InvalidPhrase(f"a locale among {', '.join(locales())}", "another")
    return _read(found)


@lru_cache
def _read(locale: str) -> _Pack:
    found = tables(PHRASES, locale)
    return _Pack(
        sentences={f"{t}.{key}": said for t, of in found.items() if t not in _WORDS for key, said in of.items()},
        words=found["words"],
        weekdays=tuple(found["calendar"]["weekdays"]),
        months=tuple(found["calendar"]["months"]),
    )


@frozen(kw_only=True)
class _Voice:
    """One way of saying things: a pack, a zone, and names."""

    pack: _Pack
    zone: str
    names: Mapping[str, str] = field(repr=False)

    def say(self, phrase: Phrase) -> str:
        """Fill the sentence of a phrase with its parameters, each said as the sentence asks."""
        sentence = self.pack.sentences.get(phrase.key)
        if sentence is None:
            raise InvalidPhrase("a key of the phrasebook", phrase.key)
        params = dict(phrase.params)
        said: list[str] = []
        for text, name, how, _ in Formatter().parse(sentence):
            said.append(text)
            if name is not None:
                if name not in params:
                    raise InvalidPhrase(f"the parameter {name} for {phrase.key}", "none")
                said.append(self._param(params[name], how or "", f"{phrase.key}, {name}"))
        return "".join(said)

    def _param(  # noqa: C901, PLR0911 - one case for each way of saying something
        self, value: Param, how: str, where: str
    ) -> str:
        way, _, rest = how.partition(" ")
        match way, value:
            case "", str() | int():
                return str(value)
            case "number", str() | int() if _NUMBER.fullmatch(str(value)):
                return str(value).replace(".", self.pack.words["point"])
            case "count", int():
                one, many = rest.split("|")
                return f"{value} {one if value == 1 else many}"
            case "phrase", Phrase():
                return self.say(value)
            case "name", str():
                return self._name(value)
            case "names", tuple():
                return self._names(value, rest)
            case "time", dt.datetime():
                return self._time(value)
            case "moment", dt.datetime():
                return self._moment(value)
            case "day", dt.date():
                return self._day(value)
            case "span", dt.timedelta():
                return self._span(value)
            case _:
                raise InvalidPhrase(
                    f"a parameter that can be said as {how or 'text'!r} ({where})", f"a {type(value).__name__}"
                )

    def _name(self, person: str) -> str:
        return self.names.get(person) or person

    def _names(self, people: tuple[str | Phrase, ...], verbs: str) -> str:
        """List people; some languages need a verb that knows whether it is one or several."""
        *first, last = [self.say(each) if isinstance(each, Phrase) else self._name(each) for each in people]
        listed = f"{self.pack.words['comma'].join(first)}{self.pack.words['and']}{last}" if first else last
        one, _, many = verbs.partition("|")
        verb = many if first else one
        return f"{listed} {verb}" if verb else listed

    def _time(self, moment: dt.datetime) -> str:
        local = local_time(moment, self.zone)
        return self.pack.words["time"].format(hour=local.hour, minute=local.minute)

    def _day(self, day: dt.date) -> str:
        local = local_time(day, self.zone) if isinstance(day, dt.datetime) else day
        words = {"weekday": self.pack.weekdays[local.weekday()], "month": self.pack.months[local.month - 1]}
        return self.pack.words["day"].format(**words, day=local.day, year=local.year)

    def _moment(self, moment: dt.datetime) -> str:
        return self.pack.words["moment"].format(day=self._day(moment), time=self._time(moment))

    def _span(self, length: dt.timedelta) -> str:
        """Say a stretch of time in days, hours and minutes, the two largest that are there."""
        minutes = round(length / dt.timedelta(minutes=1))
        parts = {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}
        there = [(unit, count) for unit, count in parts.items() if count] or [("minutes", 0)]
        said = [f"{n} {self.pack.words[unit if n != 1 else f'one_{unit[:-1]}']}" for unit, n in there[:2]]
        return self.pack.words["and"].join(said)
