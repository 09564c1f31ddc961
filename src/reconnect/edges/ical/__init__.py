"""Calendars: what people agreed on as a calendar file, and the busy times of a calendar of one's own (extra `ical`)."""

from importlib.util import find_spec

from reconnect.errors import MissingExtra

if find_spec("icalendar") is None:
    raise MissingExtra("ical", "icalendar")

from reconnect.edges.ical.item import Item
from reconnect.edges.ical.reading import busy
from reconnect.edges.ical.writing import calendar

__all__ = ["Item", "busy", "calendar"]
