"""When a hall is open, as data that a small script needs to say 开门 or 关门, and until when what it shows is right."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

from generator.due import DAYS_KNOWN
from generator.kinds.hall import Hall
from generator.render.site import Site
from generator.workdays import is_announced, is_workday

_SEASON = re.compile(r"(\d{1,2})月(\d{1,2})日(?:至|到|-|—|～)(?:次年)?(\d{1,2})月(\d{1,2})日")


def opening_calendar(hall: Hall, today: date) -> str:
    """Return JSON: ISO date → list of spans such as 09:00-12:00, for the coming days.

    Rows with a limited service count only where the hall is open at all for everyone: they are left out. Days in years
    whose holiday notice is not out yet are left out too, so that the page says nothing rather than something wrong.
    """
    days = (today + timedelta(days=number) for number in range(DAYS_KNOWN))
    spans = {day.isoformat(): spans_on(hall, day) for day in days if is_announced(day.year)}
    return json.dumps(spans, separators=(",", ":"))


def spans_on(hall: Hall, day: date) -> list[str]:
    """Return the opening spans of a day for the full service."""
    for hours in hall.hours:
        if not hours.service and _is_day(hours.days, day) and in_season(hours.season, day):
            return list(hours.spans)
    return []


def _is_day(days: str, day: date) -> bool:
    if days == "工作日":
        return is_workday(day)
    weekday = {"周六": (5,), "周日": (6,), "周末": (5, 6), "每天": range(7)}[days]
    return day.weekday() in weekday and (days == "每天" or not is_workday(day))


def in_season(season: str | None, day: date) -> bool:
    """Tell whether a day lies in a season written as 5月1日至9月30日; a season may run over the new year."""
    match = _SEASON.search(season or "")
    if not match:
        return True
    first_month, first_day, last_month, last_day = map(int, match.groups())
    first, last, here = (first_month, first_day), (last_month, last_day), (day.month, day.day)
    return first <= here <= last if first <= last else here >= first or here <= last


def valid_until_at(site: Site, hall: Hall) -> date:
    """Return the last day on which what is said today of a hall and of all that it handles is still right."""
    return site.valid_until_for([hall, *site.catalogue.referring("guide", hall)])
