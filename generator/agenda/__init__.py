"""What somebody has to do or to know by a day: reviews, rates, laws, disclosures, reports, announcements, holidays.

Each sort is a small public function of one parameter, `catalogue`, in a module of this folder, found by listing it.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from generator.agenda.entry import GROUPS, Due, distance
from generator.catalogue import Catalogue
from generator.due import last_valid_day

Search = Callable[[Catalogue], Iterator[Due]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is due as of a day; `rebuild` is the next day on which the site has to be built again."""

    today: date
    until: date
    rebuild: date
    entries: tuple[Due, ...]
    """By day; what is overdue comes first."""

    @property
    def groups(self) -> Mapping[str, list[Due]]:
        """The entries by group, all groups in their order."""
        found: dict[str, list[Due]] = {group: [] for group in GROUPS}
        for entry in self.entries:
            found[distance(self.today, entry.day).group].append(entry)
        return found

    @property
    def has_missed(self) -> bool:
        """Tell whether a duty is overdue."""
        return any(entry.day < self.today and entry.severity == "warning" for entry in self.entries)

    def of_department(self, department: str) -> Agenda:
        """Return what a department has to do or to know."""
        entries = tuple(entry for entry in self.entries if entry.department == department)
        return Agenda(today=self.today, until=self.until, rebuild=self.rebuild, entries=entries)


@cache
def all_searches() -> tuple[Search, ...]:
    """Return the functions that look for what is due, by module and name."""
    found: list[Search] = []
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        found += [
            value
            for name, value in sorted(vars(module).items())
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
        ]
    return tuple(function for function in found if list(inspect.signature(function).parameters) == ["catalogue"])


def agenda_of(catalogue: Catalogue, announce_days: int, days: int) -> Agenda:
    """Return what is overdue and what is due within so many days after the catalogue's."""
    until = catalogue.today + timedelta(days=days)
    found = (entry for search in all_searches() for entry in search(catalogue) if entry.day <= until)
    return Agenda(
        today=catalogue.today,
        until=until,
        rebuild=last_valid_day(catalogue, announce_days) + timedelta(days=1),
        entries=tuple(_in_order(found)),
    )


def _in_order(entries: Iterable[Due]) -> list[Due]:
    return sorted(entries, key=lambda entry: (entry.day, entry.kind, entry.item.path, entry.detail))
