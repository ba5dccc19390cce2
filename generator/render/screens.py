"""The screens above the windows of a hall: one page a window, that a machine shows for months without a hand on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import orjson

from generator.facts import Fact, Group, Sheet
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall, Window
from generator.outputs import Output
from generator.render.opening import opening_calendar, spans_on, valid_until_at
from generator.render.site import Site

DATA = "facts.json"
_KEY = re.compile(r'data-fact="([^"]+)"')


class Notice(NamedTuple):
    """A change ahead that people at a window should know of: a new rate, or a guide's last day."""

    day: date
    guide: Sheet
    facts: Group
    """The guide's use of the fee with the new rate, or the guide itself with its last day."""
    is_fee: bool


def screen_outputs(site: Site) -> Iterator[Output]:
    """Yield the screen of every window of every hall, and the facts that it shows as data."""
    for hall in site.catalogue.all_of(Hall):
        by_window = guides_by_window(site, hall)
        times: dict[str, Any] = {
            "calendar": opening_calendar(hall, site.today),
            "limited": limited_calendar(hall, site.today),
            "valid_until": valid_until_at(site, hall),
        }
        for window, tree in zip(hall.windows, site.catalogue.sheet(hall).tree.windows, strict=True):
            screen = _screen(site, hall, window, tree, by_window.get(window.no, []), times)
            yield screen
            yield _screen_data(site, hall, window, screen, times["valid_until"])


def screen_address(hall: Hall, window: Window) -> str:
    """Return the address of a window's screen."""
    return f"{hall.path}/windows/{window.no.lower()}"


def _screen(site: Site, hall: Hall, window: Window, tree: Group, guides: list[Guide], times: dict[str, Any]) -> Output:
    address = screen_address(hall, window)
    return site.document(
        "hall/window.html",
        address,
        made_from=(hall.path, *(guide.path for guide in guides)),
        screen=address,
        title=f"{window.no} {window.name}",
        hall=site.catalogue.sheet(hall).tree,
        window=tree,
        guides=[sheet.tree for sheet in site.sheets(guides)],
        notices=coming_notices(site, guides),
        **times,
    )


def _screen_data(site: Site, hall: Hall, window: Window, screen: Output, valid_until: date) -> Output:
    """Return the facts that a screen shows, in the order in which it shows them, for programs and for comparing."""
    keys = dict.fromkeys(_KEY.findall(screen.data.decode()))
    document = {
        "hall": hall.path,
        "window": window.no,
        "as_of": site.today.isoformat(),
        "valid_until": valid_until.isoformat(),
        "facts": [_said(_fact_at(site, key)) for key in keys],
    }
    data = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return Output(f"{screen_address(hall, window)}/{DATA}", data, screen.made_from)


def _fact_at(site: Site, key: str) -> Fact:
    path, _, inner = key.partition("#")
    return site.catalogue.sheet(site.catalogue.by_path[path]).facts[inner]


def _said(fact: Fact) -> dict[str, str]:
    return {"fact": fact.key, "value": fact.value, "text": fact.text, "label": fact.label}


def guides_by_window(site: Site, hall: Hall) -> dict[str, list[Guide]]:
    """Return the guides in force that each window of a hall handles, by the window's number."""
    found: dict[str, list[Guide]] = {}
    for guide in site.catalogue.referring("guide", hall):
        if isinstance(guide, Guide) and guide.hall == hall.id and not guide.is_withdrawn(site.today):
            for no in guide.every_window:
                found.setdefault(no, []).append(guide)
    return found


def coming_notices(site: Site, guides: Iterable[Guide]) -> list[Notice]:
    """Return the changes of guides within the announced days, the nearest first."""
    found = [notice for guide in guides for notice in _notices(site, guide)]
    return sorted(
        (notice for notice in found if (notice.day - site.today).days <= site.settings.announce_days),
        key=lambda notice: (notice.day, notice.guide.item.path),
    )


def _notices(site: Site, guide: Guide) -> Iterator[Notice]:
    sheet = site.catalogue.sheet(guide)
    for use in sheet.tree.fees:
        starts: Fact | None = getattr(use, "next_from", None)
        if starts:
            yield Notice(date.fromisoformat(starts.value), sheet, use, is_fee=True)
    if guide.planned_end and guide.planned_end >= site.today:
        yield Notice(guide.planned_end, sheet, sheet.tree, is_fee=False)


def limited_calendar(hall: Hall, today: date) -> str:
    """Return JSON of the spans in which a part of the hall serves, on days when it is else closed."""
    known: dict[str, list[str]] = json.loads(opening_calendar(hall, today))
    rows = tuple(row.model_copy(update={"service": None}) for row in hall.hours if row.service)
    partly = hall.model_copy(update={"hours": rows})
    spans = {day: spans_on(partly, date.fromisoformat(day)) for day, full in known.items() if not full}
    return json.dumps({day: found for day, found in spans.items() if found}, separators=(",", ":"))
