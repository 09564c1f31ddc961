"""Calendars: what people agreed on as a calendar file, and the busy times of a calendar of one's own (extra `ical`)."""

from importlib import import_module

from reconnect.errors import MissingExtra

try:
    import_module("icalendar")
except ImportError:
    raise MissingExtra("ical", "icalendar") from None

from reconnect.edges.ical.item import Item
from reconnect.edges.ical.reading import busy
from reconnect.edges.ical.writing import calendar

__all__ = ["Item", "busy", "calendar"]
