"""What is due, for the office: a page by department, and calendar files to subscribe to."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.agenda import Agenda, agenda_of
from generator.agenda.entry import GROUPS, Distance, Due, distance
from generator.agenda.layout import name_of
from generator.facts import Sheet
from generator.item_places import files_of
from generator.outputs import Output
from generator.render.site import Site

DAYS = 90
"""How far the page and the calendars look ahead."""
_CALENDAR = "office/due"


class Row(NamedTuple):
    """An entry with the facts of its item, the distance of its day and the file to mend."""

    entry: Due
    sheet: Sheet
    away: Distance
    file: str


class Section(NamedTuple):
    """The entries of a department; no sheet for those that name none."""

    department: str
    sheet: Sheet | None
    rows: list[Row]


def agenda_for(site: Site) -> Agenda:
    """Return what the page and the calendars tell."""
    return agenda_of(site.catalogue, site.settings.announce_days, DAYS)


def due_context(site: Site) -> Mapping[str, Any]:
    """Return what the page's template is given."""
    agenda = agenda_for(site)
    counts = [(GROUPS[group], len(entries)) for group, entries in agenda.groups.items()]
    return {"counts": counts, "sections": _sections(site, agenda), "days": DAYS, "calendar": f"{_CALENDAR}.ics"}


def _sections(site: Site, agenda: Agenda) -> list[Section]:
    files = files_of(site.settings.root)
    found: dict[str, list[Row]] = {}
    for entry in agenda.entries:
        away = distance(agenda.today, entry.day)
        row = Row(entry, site.catalogue.sheet(entry.item), away, files.get(entry.item.path, ""))
        found.setdefault(entry.department, []).append(row)
    return [Section(name, _sheet(site, name), rows) for name, rows in sorted(found.items(), key=_named_first)]


def _named_first(pair: tuple[str, list[Row]]) -> tuple[bool, str]:
    return not pair[0], pair[0]


def _sheet(site: Site, department: str) -> Sheet | None:
    item = site.catalogue.find("department", department)
    return site.catalogue.sheet(item) if item else None


def calendar_outputs(site: Site) -> Iterator[Output]:
    """Yield the calendar of the site and one of each department that has something to do."""
    calendar = importlib.import_module(
        "generator.agenda.ics"
    )  # imported here: it takes a while, and only builds need it
    agenda, catalogue, url = agenda_for(site), site.catalogue, site.settings.url
    title = f"{site.settings.name}到期提醒"
    yield Output(f"{_CALENDAR}.ics", calendar.as_ics(agenda, catalogue, url, title))
    for item in catalogue.of_kind("department"):
        part = agenda.of_department(item.id)
        name = f"{title}（{name_of(catalogue, item.id)}）"
        yield Output(f"{_CALENDAR}/{item.id}.ics", calendar.as_ics(part, catalogue, url, name))
