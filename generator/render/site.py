"""What every renderer is handed, and the making of pages from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.catalogue import Catalogue, Subjects
from generator.due import last_valid_day_of
from generator.facts import Group, Sheet
from generator.history import NOTHING_KNOWN, History
from generator.item import Item
from generator.outputs import Output, page_output
from generator.render import templates
from generator.settings import Settings
from generator.shell import Page, Shell, base_of

DISTRICTS = ("各地办事", "districts")
"""Label and address of the page above those of the districts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A catalogue with the shells, templates and settings to render it."""

    catalogue: Catalogue
    settings: Settings
    theme: Path
    shells: Mapping[tuple[str, int], Shell]
    """Shell of each section at each depth of address; the section "" serves pages that belong to no kind."""
    valid_until: date
    """The last day on which every output is right if nobody builds anew."""
    history: History = NOTHING_KNOWN
    """What items said before, for those who hold an older print."""

    @property
    def today(self) -> date:
        """The day the site is rendered for."""
        return self.catalogue.today

    @property
    def announced_until(self) -> str:
        """The last day whose changes are announced today, in ISO form, which compares like the values of facts."""
        return (self.today + timedelta(days=self.settings.announce_days)).isoformat()

    def page(self, page: Page, section: str = "", made_from: tuple[str, ...] = ()) -> Output:
        """Return the output of a page in the shell of its section and depth."""
        depth = page.address.count("/") + 1 if page.address else 0
        shell = self.shells[section, depth]
        return page_output(page.address, shell.fill(page, self.settings.url), made_from)

    def document(self, name: str, address: str, made_from: tuple[str, ...] = (), **context: Any) -> Output:
        """Return a page that is a document of its own, without navigation: a screen, a notice, a handout."""
        return page_output(address, self.article(name, address, **context), made_from)

    def article(self, name: str, address: str, **context: Any) -> str:
        """Render a template for an address; the names that every template may use are added here."""
        return templates.render(self.theme, name, **{**self.context(address), **context})

    def context(self, address: str) -> dict[str, Any]:
        """Return the names that every template may use."""
        return {
            "base": base_of(address),
            "page_url": f"{self.settings.url}{address}/" if address else self.settings.url,
            "today": self.today,
            "valid_until": self.valid_until,
            "site": self.settings,
            "tree": self.tree,
            "back": self.back,
            "known": self.catalogue.by_path,
            "subjects": self.subjects,
            "in_districts": self.in_districts,
            "announced_until": self.announced_until,
        }

    def above(self, item: Item) -> tuple[tuple[str, str], ...]:
        """Return label and address of the pages above an item's: its kind's list, or its district."""
        if not item.within:
            return ((item.kind.label, item.kind.plural),)
        district = self.catalogue.by_path[item.within.rstrip("/")]
        return (DISTRICTS, (district.name, district.path))

    def called(self, item: Item) -> str:
        """Return the name of an item, with the district that it is of."""
        if not item.within or item.within == f"{item.path}/":
            return item.name
        return f"{item.name}（{self.catalogue.by_path[item.within.rstrip('/')].name}）"

    def tree(self, path: str) -> Group:
        """Return the facts of an item by its path, for templates that follow a reference."""
        return self.catalogue.sheet(self.catalogue.by_path[path]).tree

    def in_districts(self, item: Item) -> list[tuple[Sheet, Sheet]]:
        """Return the sheet of each district that has an item too, with the sheet of the district's item."""
        return self.catalogue.in_districts(item)

    def subjects(self) -> Mapping[str, Subjects]:
        """Return what each item is about, by its path."""
        return self.catalogue.subjects

    def back(self, kind: str, path: str) -> list[Sheet]:
        """Return the sheets of the items of a kind that refer to an item, those in force first."""
        target = self.catalogue.by_path[path]
        items = self.catalogue.referring(kind, target)
        return self.sheets(sorted(items, key=lambda item: item.is_withdrawn(self.today)))

    def valid_until_for(self, items: Iterable[Item]) -> date:
        """Return the last day on which what is said today of some items is still right."""
        ahead = self.settings.announce_days
        return min((last_valid_day_of(item, self.catalogue, ahead) for item in items), default=self.valid_until)

    def sheets(self, items: Iterable[Item]) -> list[Sheet]:
        """Return the facts of items."""
        return [self.catalogue.sheet(item) for item in items]
