"""The days on which what is published changes by itself: a rate begins, an item starts, ends or is announced.

Whoever builds on each of these days, and after each edit, shows the right values on every day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.facts import difference
from generator.item import Item
from generator.kinds import all_kinds

DAYS_KNOWN = 120
"""For how many days, today included, a page knows when a hall is open."""


def coming_days(catalogue: Catalogue, announce_days: int) -> list[date]:
    """Return the days after the catalogue's on which something published changes, announcements included."""
    return _coming(catalogue.items, catalogue, announce_days)


def _coming(items: Iterable[Item], catalogue: Catalogue, announce_days: int) -> list[date]:
    known = catalogue.turning_days  # walked once for each item: a hall is referred to by every guide
    turning = {day for item in items for day in known[item.path]}
    announced = {day - timedelta(days=announce_days) for day in turning}
    return sorted(day for day in turning | announced if day > catalogue.today)


def last_valid_day(catalogue: Catalogue, announce_days: int) -> date:
    """Return the last day on which everything published today is still right; opening hours reach only so far."""
    return _day_before(coming_days(catalogue, announce_days), catalogue.today)


def last_valid_day_of(item: Item, catalogue: Catalogue, announce_days: int) -> date:
    """Return the last day on which what is said of an item, and of the items that it refers to, is still right."""
    found = (catalogue.find(link.kind, link.identifier) for link in catalogue.links[item.path])
    items = [item, *(other for other in found if other)]
    return _day_before(_coming(items, catalogue, announce_days), catalogue.today)


def _day_before(coming: list[date], today: date) -> date:
    known = today + timedelta(days=DAYS_KNOWN - 1)
    return min(known, coming[0] - timedelta(days=1)) if coming else known


class Turn(NamedTuple):
    """A statement of an item that changes by itself: on which day, what it is called, how it reads before and after."""

    day: date
    item: Item
    label: str
    before: str
    after: str


def coming_turns(catalogue: Catalogue, until: date) -> Iterator[Turn]:
    """Yield what changes by itself after the catalogue's day up to a day, in order."""
    turning: dict[date, list[Item]] = {}
    for item in catalogue.items:
        for day in catalogue.turning_days[item.path]:
            if catalogue.today < day <= until:
                turning.setdefault(day, []).append(item)
    for day, items in sorted(turning.items()):
        eve, then = catalogue.as_of(day - timedelta(days=1)), catalogue.as_of(day)
        turns: dict[str, list[Turn]] = {}
        fresh = _with_those_that_refer(catalogue, items)
        while fresh:  # what turns may turn those who say it too: a fee its guides, and these what sums them up
            turns |= {item.path: list(_turns(item, eve, then)) for item in fresh}
            turned = [item for item in fresh if turns[item.path]]
            fresh = [item for item in _with_those_that_refer(catalogue, turned) if item.path not in turns]
        for path in sorted(turns):
            yield from turns[path]


def _with_those_that_refer(catalogue: Catalogue, items: Iterable[Item]) -> list[Item]:
    found = {item.path: item for item in items}
    for item in list(found.values()):
        found |= {other.path: other for kind in all_kinds() for other in catalogue.referring(kind, item)}
    return [found[path] for path in sorted(found)]


def _turns(item: Item, eve: Catalogue, then: Catalogue) -> Iterator[Turn]:
    gone = item.is_withdrawn(then.today)
    if item.is_withdrawn(eve.today) != gone:
        states = ("有效", "不再有效") if gone else ("未生效", "有效")
        yield Turn(then.today, item, "状态", *states)
    for path, before, after in difference(eve.sheet(item).facts, then.sheet(item).facts):
        fact = after or before
        assert fact is not None
        if ".next_" not in path:  # the announcement of what now happens, or of what comes after it
            yield Turn(then.today, item, fact.label, before.text if before else "", after.text if after else "")
