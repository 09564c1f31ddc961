"""Shelves hold the entries of a view by what they are about and by what they are, so that nobody reads them all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from reconnect.record.entry import Entry

__all__ = ["Shelves"]


class Shelves:
    """The entries of one view, put in order once: by the id that they are about, and by the class of their body."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Begin with entries in the order in which they are shown."""
        self._entries = entries
        self._found: dict[type | tuple[type, ...], tuple[Entry, ...]] = {}

    def about(self, id: str) -> tuple[Entry, ...]:  # noqa: A002 - the field's own name, fixed by the design
        """Return the entries about one id, in order."""
        return self._by_subject.get(id, ())

    def of(self, kinds: type | tuple[type, ...]) -> tuple[Entry, ...]:
        """Return the entries whose body is of a class, or of one of several, in order; looked for once."""
        found = self._found.get(kinds)
        if found is None:
            places = [places for cls, places in self._by_class.items() if issubclass(cls, kinds)]
            one = places[0] if len(places) == 1 else sorted(place for some in places for place in some)
            found = self._found[kinds] = tuple(self._entries[place] for place in one)
        return found

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[Entry, ...]]:
        subjects = defaultdict[str, list[Entry]](list)
        for entry in self._entries:
            if entry.about is not None:
                subjects[entry.about].append(entry)
        return {about: tuple(entries) for about, entries in subjects.items()}

    @cached_property
    def _by_class(self) -> Mapping[type, list[int]]:
        classes = defaultdict[type, list[int]](list)
        for place, entry in enumerate(self._entries):
            classes[type(entry.body)].append(place)
        return classes
