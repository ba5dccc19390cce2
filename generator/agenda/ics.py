"""An agenda as a calendar file (RFC 5545): all-day events that calendar programs can subscribe to.

The time stamp is the agenda's day, so that the same content gives the same bytes; a name stays when a day moves, so
that an event moves with it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from generator.agenda import Agenda
from generator.agenda.entry import WEEK, Due, distance
from generator.agenda.layout import name_of
from generator.catalogue import Catalogue

_PRODUCT = "-//Tongchuang//due//ZH"


def as_ics(agenda: Agenda, catalogue: Catalogue, url: str, title: str) -> bytes:
    """Return the calendar file; `url` is the public address of the site, with a slash at the end."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    for entry in agenda.entries:
        calendar.add_component(_event(agenda, entry, catalogue, url))
    return bytes(calendar.to_ical())


def _event(agenda: Agenda, entry: Due, catalogue: Catalogue, url: str) -> Event:
    event = Event()
    late = "已过期：" if entry.day < agenda.today else ""
    who = name_of(catalogue, entry.department)
    lines = [entry.text, entry.action, f"负责：{who}" if who else ""]
    event.add("uid", f"{entry.identity}@{url.split('/')[2]}")
    event.add("dtstamp", _stamp(agenda.today))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", f"{late}{entry.label}：{entry.item.name}")
    event.add("description", "\n".join(filter(None, lines)))
    event.add("categories", [entry.label])
    event.add("url", f"{url}{entry.item.path}/")
    event.add("transp", "TRANSPARENT")
    if distance(agenda.today, entry.day).days >= 0:
        event.add_component(_alarm(entry))
    return event


def _alarm(entry: Due) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"还有 {WEEK} 天：{entry.item.name}")
    alarm.add("trigger", timedelta(days=-WEEK))
    return alarm


def _stamp(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
