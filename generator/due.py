"""The days on which what is published changes by itself: a rate begins, an item starts, ends or is announced.

Whoever builds on each of these days, and after each edit, shows the right values on every day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.catalogue import Catalogue
from generator.item import Part

DAYS_KNOWN = 120
"""For how many days, today included, a page knows when a hall is open."""


def turning_days(part: Part) -> Iterator[date]:
    """Yield the first day of each state of a part and of the parts within it."""
    for attribute, lag in (*((name, 0) for name in part.first_days), *((name, 1) for name in part.last_days)):
        if (day := getattr(part, attribute)) is not None:
            yield day + timedelta(days=lag)
    for value in part.__dict__.values():
        for entry in value if isinstance(value, tuple) else (value,):
            if isinstance(entry, Part):
                yield from turning_days(entry)


def coming_days(catalogue: Catalogue, announce_days: int) -> list[date]:
    """Return the days after the catalogue's on which something published changes, announcements included."""
    turning = {day for item in catalogue.items for day in turning_days(item)}
    announced = {day - timedelta(days=announce_days) for day in turning}
    return sorted(day for day in turning | announced if day > catalogue.today)


def last_valid_day(catalogue: Catalogue, announce_days: int) -> date:
    """Return the last day on which everything published today is still right; opening hours reach only so far."""
    coming = coming_days(catalogue, announce_days)
    known = catalogue.today + timedelta(days=DAYS_KNOWN - 1)
    return min(known, coming[0] - timedelta(days=1)) if coming else known
