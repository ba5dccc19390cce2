"""What is published for a row of the disclosure catalogue: its places on this site, resolved to items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.item import Item
from generator.kinds import all_kinds
from generator.kinds.department import Department
from generator.kinds.disclosure import Disclosure
from generator.kinds.hall import Hall


class Found(NamedTuple):
    """What was found for a row: items of its own, items of its department in a column, and how it names them."""

    own: tuple[Item, ...]
    """Items that a place leads to, or all of a standing list that belong to the row's department."""
    near: tuple[Item, ...]
    """Items in a column of news or of documents: whether one is about the row, only people can tell."""
    columns: tuple[str, ...]
    """Addresses that lead to a page of many things, which says nothing of the row alone."""
    outside: tuple[str, ...]
    """Addresses on other sites."""

    @property
    def newest(self) -> date | None:
        """The day of the newest item of the row's own."""
        return max((day for item in self.own if (day := item.dated())), default=None)


class Contents:
    """What is published for each row of a catalogue; each column is listed once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._plurals = {model.kind.plural: name for name, model in all_kinds().items()}

    @cached_property
    def _by_department(self) -> Mapping[tuple[str, str], list[Item]]:
        found: dict[tuple[str, str], list[Item]] = {}
        for item in self._catalogue.items:
            if not item.is_withdrawn(self._catalogue.today):
                key = (item.kind.name, str(getattr(item, "department", None) or ""))
                found.setdefault(key, []).append(item)
        return found

    def of(self, row: Disclosure) -> Found:
        """Return what is published for a row."""
        own: dict[str, Item] = {}
        near: dict[str, Item] = {}
        columns: list[str] = []
        for address in (place.page.strip("/") for place in row.places if place.page):
            if item := self._item(address):
                own[item.path] = item
            elif listed := self._listed(address, row.department):
                is_about = self._is_standing(address)
                (own if is_about else near).update(_by_path(listed))
                columns += [] if is_about else [address]
            else:
                columns.append(address)
        outside = tuple(place.link for place in row.places if place.link)
        return Found(tuple(own.values()), tuple(near.values()), tuple(dict.fromkeys(columns)), outside)

    def _listed(self, address: str, department: str) -> list[Item]:
        """Return what a column has of a department; a row on others' items, such as all fees, is about all of them."""
        kind = self._plurals.get(address, "")
        found = self._by_department.get((kind, department))
        if found or not kind or all_kinds()[kind].kind.latest_first:
            return found or []
        return [item for (name, _), items in self._by_department.items() if name == kind for item in items]

    def _is_standing(self, address: str) -> bool:
        """Tell whether a column is no news and every item of it says whose it is."""
        kind = self._plurals[address]
        has_all = (kind, "") not in self._by_department
        return has_all and not all_kinds()[kind].kind.latest_first

    def _item(self, address: str) -> Item | None:
        """Return the item at an address; pages of a department or a hall are about many things."""
        item = self._catalogue.by_path.get(address.partition("#")[0].strip("/"))
        if item is None or isinstance(item, Department | Hall) or item.is_withdrawn(self._catalogue.today):
            return None
        return item


def _by_path(items: Iterable[Item]) -> dict[str, Item]:
    return {item.path: item for item in items}
