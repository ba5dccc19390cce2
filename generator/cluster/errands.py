"""Units as bytes: what a unit calls and with what, where the site, its items and their facts are only named.

What several units have in common (the guides of a touch-screen, the filters of a list) is packed once, and unpacked
where a unit that needs it is made: a machine that makes the touch-screen of one hall unpacks the guides of this hall.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from generator.catalogue import Catalogue
from generator.cluster.pickling import Name, dumps, loads
from generator.facts import Sheet
from generator.item import Item
from generator.outputs import Output
from generator.render.changes_feeds import change_feed_outputs
from generator.render.changes_pages import change_outputs
from generator.render.districts import CHANNELS as DISTRICT_CHANNELS
from generator.render.history import history_outputs
from generator.render.office import office_outputs
from generator.render.site import Site
from generator.render.unit import Unit

Make = Callable[[Site], Iterable[Output]]

AT_HOME = (change_outputs, change_feed_outputs, history_outputs, office_outputs, *DISTRICT_CHANNELS)
"""What asks the history of the whole site, or looks into the project's folder: both are dearer to ship than to use.

So do districts' pages, which are made from the few files that each district has of its own.
"""
LARGEST = 1_000_000
"""Bytes of a unit; one that is not told in so few is made where it is."""
SITE, CATALOGUE, ITEM, SHEET, SHARED = "site", "catalogue", "item", "sheet", "shared"


class Errand(NamedTuple):
    """A unit on its way."""

    name: str
    item: str
    make: bytes
    is_whole: bool
    """Whether it is made from the site alone, all of it, which takes long."""


class Errands(NamedTuple):
    """Units that can be made anywhere, what several of them have in common, and those to be made here."""

    errands: list[Errand]
    shared: list[bytes]
    here: list[Unit]


def errands_of(units: Sequence[Unit]) -> Errands:
    """Pack units."""
    shared = _common(units)
    numbers = {id(value): number for number, value in enumerate(shared)}
    found = Errands([], [dumps(value, partial(_name_of, numbers, value)) for value in shared], [])
    for unit in units:
        if (errand := _errand(unit, numbers)) is None:
            found.here.append(unit)
        else:
            found.errands.append(errand)
    return found


class Reader:
    """Unpacks what makes a unit, for a site of its own."""

    def __init__(self, site: Site, shared: Sequence[bytes]) -> None:
        self._site = site
        self._shared = shared
        self._made: dict[int, Any] = {}

    def made_by(self, errand: Errand) -> Make:
        """Return what makes a unit of a site."""
        make: Make = loads(errand.make, self._named)
        return make

    def _named(self, name: Name) -> Any:
        match name:
            case (str(sort), path) if sort == SHEET:
                return self._site.catalogue.sheet(self._site.catalogue.by_path[path])
            case (str(sort), path) if sort == ITEM:
                return self._site.catalogue.by_path[path]
            case (str(sort), number) if sort == SHARED:
                return self._common(int(number))
        return self._site if name == (SITE,) else self._site.catalogue

    def _common(self, number: int) -> Any:
        if number not in self._made:
            self._made[number] = loads(self._shared[number], self._named)
        return self._made[number]


def _errand(unit: Unit, numbers: dict[int, int]) -> Errand | None:
    if any(value in AT_HOME for value in _given(unit.make) if callable(value)):
        return None
    try:
        data = dumps(unit.make, partial(_name_of, numbers, None))
    except (pickle.PicklingError, TypeError, AttributeError):  # something made on the spot
        return None
    return Errand(unit.name, unit.item, data, not isinstance(unit.make, partial)) if len(data) <= LARGEST else None


def _given(make: Any) -> Iterator[Any]:
    """Yield a function, or the functions of one that calls another with something, and all that they are given."""
    if isinstance(make, partial):
        yield make.func
        for value in (*make.args, *make.keywords.values()):
            yield from _given(value)
    else:
        yield make


def _common(units: Sequence[Unit]) -> list[Any]:
    """Return what more than one unit is given, but for what has a name and what is small."""
    times: Counter[int] = Counter()
    values: dict[int, Any] = {}
    for value in (value for unit in units for value in _given(unit.make)):
        if not callable(value) and not isinstance(value, Site | Item | Sheet | str | int | None):
            values[id(value)] = value
            times[id(value)] += 1
    return [values[number] for number, count in times.items() if count > 1]


def _name_of(numbers: dict[int, int], whole: object, value: Any) -> Name | None:
    """Return by which name a value is known elsewhere; None for what has none, and for what is being packed."""
    match value:
        case Sheet():
            return SHEET, value.item.path
        case Item():
            return ITEM, value.path
        case Site():
            return (SITE,)
        case Catalogue():
            return (CATALOGUE,)
    number = numbers.get(id(value))
    return None if number is None or value is whole else (SHARED, str(number))
