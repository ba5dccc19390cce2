"""Working days by the State Council's yearly holiday notice, through a maintained holiday library."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays

_ANNOUNCED_YEARS = frozenset(day.year for day in holidays)


def is_announced(year: int) -> bool:
    """Tell whether the library knows the holiday notice of a year."""
    return year in _ANNOUNCED_YEARS


@cache
def is_workday(day: date) -> bool:
    """Tell whether a day is a working day; in years without a notice, Monday to Friday."""
    if is_announced(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def add_workdays(start: date, count: int) -> date:
    """Return the day that lies `count` working days after a start; the start itself is not counted."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
